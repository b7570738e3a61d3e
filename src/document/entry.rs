//! A timeline entry as lines of a file: `- DATE TIME · WORDS · WHO — TEXT (recorded …)`.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};

use crate::domain::event::{Entry, tidy_text};
use crate::domain::moment::Moment;

use super::escape::{self, DASH, DOT};
use super::kind::{self, Spelling};
use super::vocabulary::{Approximate, Vocabulary, Word};

/// The entry as a list item: one or more lines, further ones indented by two blanks, without a line end.
///
/// [`parse_entry`] reads back `entry.as_written(offset)`, whatever people have put into it.
pub fn format_entry(entry: &Entry, offset: FixedOffset, v: &Vocabulary) -> String {
    let entry = entry.as_written(offset);
    let readable = spell(&entry, offset, Spelling::Readable, v);
    if parse_entry(&readable, offset, v).as_ref() == Some(&entry) {
        return readable;
    }
    spell(&entry, offset, Spelling::Verbatim, v)
}

fn spell(entry: &Entry, offset: FixedOffset, spelling: Spelling, v: &Vocabulary) -> String {
    let time = time_of_day(entry.at, v);
    let mut line = format!("{} {time} {DOT} ", entry.at.at.format("%Y-%m-%d"));
    line.push_str(&kind::format(&entry.kind, spelling, v));
    if !entry.who.is_empty() {
        line.push_str(&format!(" {DOT} {}", escape::name(&entry.who)));
    }
    let mut text = entry.text.lines();
    if let Some(first) = text.next() {
        line.push_str(&format!(" {DASH} {}", escape::line(first)));
    }
    match entry.recorded {
        Some(recorded) => line.push_str(&stamp(recorded, entry.at.at, v)),
        None => {
            if let Some((at, _)) = split_stamp(&line, entry.at.at, offset, v) {
                line.insert(at, '\\');
            }
        }
    }
    for further in text {
        line.push('\n');
        if !further.is_empty() {
            line.push_str(&format!("  {}", escape::line(further)));
        }
    }
    format!("- {line}")
}

/// `02:40`, and as the language has it if it is approximate.
fn time_of_day(at: Moment, v: &Vocabulary) -> String {
    let time = at.at.format("%H:%M");
    match v.approximate() {
        _ if !at.approximate => time.to_string(),
        Approximate::Prefix => format!("~{time}"),
        Approximate::Suffix => format!("{time}頃"),
    }
}

/// A time in the words of an entry about `entry`: in its offset, with the day where it is another one.
pub(super) fn written_time(at: Moment, entry: DateTime<FixedOffset>, v: &Vocabulary) -> String {
    let at = at.in_offset(*entry.offset());
    let time = time_of_day(at, v);
    if at.at.date_naive() == entry.date_naive() {
        time
    } else {
        format!("{} {time}", at.at.format("%Y-%m-%d"))
    }
}

/// Reads what [`written_time`] writes.
pub(super) fn read_time(text: &str, entry: DateTime<FixedOffset>) -> Option<Moment> {
    let found = moment(text, *entry.offset())
        .or_else(|| moment(&format!("{} {text}", entry.format("%Y-%m-%d")), *entry.offset()));
    found.map(|(at, _)| at.to_minute())
}

/// ` (recorded 02:57)`, with the day where it is another one.
fn stamp(recorded: DateTime<FixedOffset>, at: DateTime<FixedOffset>, v: &Vocabulary) -> String {
    let (open, close) = v.parens();
    let same_day = recorded.date_naive() == at.date_naive();
    let time = recorded.format(if same_day { "%H:%M" } else { "%Y-%m-%d %H:%M" });
    format!("{open}{} {time}{close}", v.written(Word::Recorded))
}

/// Reads a list item, with or without its bullet. Returns none for what is not an entry.
///
/// `offset` is the one that the section's anchor names.
pub fn parse_entry(item: &str, offset: FixedOffset, v: &Vocabulary) -> Option<Entry> {
    let (bullet, item) = split_bullet(item);
    let mut lines = item.lines();
    let first = lines.next()?.trim_end();
    let (when, rest) = escape::split_once(first, DOT)?;
    let (at, own_offset) = moment(when, offset)?;
    let rest_start = first.len() - rest.len();
    let (end, recorded) = match split_stamp(first, at.at, own_offset, v) {
        Some((start, recorded)) if start >= rest_start => (start, Some(recorded)),
        _ => (first.len(), None),
    };
    let rest = first[rest_start..end].trim_end();
    let (facts, words) = escape::split_once(rest, DASH).unwrap_or((rest, ""));
    let (head, who) = escape::split_once(facts, DOT).unwrap_or((facts, ""));
    let kind = kind::parse(head, v)?;
    if !is_writable(at.at, offset) || recorded.is_some_and(|recorded| !is_writable(recorded, offset)) {
        return None;
    }
    let mut text = escape::unescape(words);
    for line in lines {
        text.push('\n');
        text.push_str(&escape::unescape(dedent(line, bullet.max(2)).trim_end()));
    }
    Some(Entry { at, kind, who: escape::unescape(who), text: tidy_text(&text), recorded })
}

/// Whether the year has four digits in the section's offset: no other is read again.
fn is_writable(at: DateTime<FixedOffset>, offset: FixedOffset) -> bool {
    (0..=9999).contains(&at.with_timezone(&offset).year())
}

/// The bullet's width with its blanks, and what follows it.
pub(super) fn split_bullet(item: &str) -> (usize, &str) {
    let rest = item.trim_start_matches(' ');
    let Some(content) = rest.strip_prefix(['-', '*', '+']).filter(|rest| rest.starts_with([' ', '\t']))
    else {
        return (0, item);
    };
    let content = content.trim_start_matches([' ', '\t']);
    (item.len() - content.len(), content)
}

/// `line` without up to `width` leading blanks.
pub(super) fn dedent(line: &str, width: usize) -> &str {
    let blanks = line.bytes().take(width).take_while(|byte| *byte == b' ').count();
    &line[blanks..]
}

/// `2026-11-20 02:40`, the time as `~02:40`, `02:40頃` or `02:40ごろ`, perhaps with an offset behind it.
fn moment(when: &str, offset: FixedOffset) -> Option<(Moment, FixedOffset)> {
    let mut parts = when.split_whitespace();
    let (date, time) = (parse_date(parts.next()?)?, parts.next()?);
    let offset = parts.next().map_or(Some(offset), parse_offset)?;
    if parts.next().is_some() {
        return None;
    }
    let exact = time.strip_prefix('~').unwrap_or(time);
    let exact = exact.strip_suffix('頃').or_else(|| exact.strip_suffix("ごろ")).unwrap_or(exact);
    let at = local(date.and_time(parse_time(exact)?), offset)?;
    Some((Moment { at, approximate: exact.len() != time.len() }, offset))
}

fn local(at: NaiveDateTime, offset: FixedOffset) -> Option<DateTime<FixedOffset>> {
    offset.from_local_datetime(&at).single()
}

pub(super) fn parse_date(text: &str) -> Option<NaiveDate> {
    (text.len() == 10).then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())?
}

fn parse_time(text: &str) -> Option<NaiveTime> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    let format = if text.len() > 5 { "%H:%M:%S" } else { "%H:%M" };
    digits.then(|| NaiveTime::parse_from_str(text, format).ok())?
}

/// `+09:00`, `-0330` or `Z`.
pub(super) fn parse_offset(text: &str) -> Option<FixedOffset> {
    if matches!(text, "Z" | "z" | "UTC") {
        return FixedOffset::east_opt(0);
    }
    let (sign, digits) = match text.chars().next()? {
        '+' => (1, &text[1..]),
        '-' => (-1, &text[1..]),
        '−' => (-1, &text['−'.len_utf8()..]),
        _ => return None,
    };
    let digits = digits.replacen(':', "", 1);
    if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (digits[..2].parse().ok()?, digits[2..].parse().ok()?);
    (minutes < 60).then(|| FixedOffset::east_opt(sign * (hours * 60 + minutes) * 60))?
}

/// Where a recorded stamp at the end of `line` begins, and the time in it.
fn split_stamp(
    line: &str,
    at: DateTime<FixedOffset>,
    offset: FixedOffset,
    v: &Vocabulary,
) -> Option<(usize, DateTime<FixedOffset>)> {
    let inner_end = line.strip_suffix([')', '）'])?.len();
    let start = line[..inner_end].rfind(['(', '（'])?;
    if escape::is_escaped(line, start) {
        return None;
    }
    let inner = line[start..inner_end].trim_start_matches(['(', '（']);
    let mut parts = inner.rsplitn(2, char::is_whitespace);
    let time = parse_time(parts.next()?)?;
    let before = parts.next()?.trim_end();
    let is_word = |text: &str| v.is(Word::Recorded, text.trim());
    if is_word(before) {
        return Some((start, local(at.date_naive().and_time(time), offset)?));
    }
    let (word, date) = before.rsplit_once(char::is_whitespace)?;
    let date = parse_date(date).filter(|_| is_word(word))?;
    Some((start, local(date.and_time(time), offset)?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::samples::{self, at, offset};
    use crate::document::vocabulary::tests::vocabulary;
    use crate::domain::event::{EventKind, Milestone, NoteKind};

    /// The line reads as this and is written like this in the language of the vocabulary.
    fn check(japanese: bool, line: &str, expected: &Entry) {
        let v = vocabulary(japanese);
        assert_eq!(parse_entry(line, offset(9), &v).as_ref(), Some(expected), "{line}");
        assert_eq!(parse_entry(line, offset(9), &vocabulary(!japanese)).as_ref(), Some(expected), "{line}");
        assert_eq!(format_entry(expected, offset(9), &v), line);
    }

    fn entry(at: Moment, kind: EventKind, who: &str, text: &str) -> Entry {
        Entry { at, kind, who: who.into(), text: text.into(), recorded: None }
    }

    fn exact() -> Moment {
        Moment::exact(at("2026-11-20T02:58:00+09:00"))
    }

    #[test]
    fn entries_are_written_and_read_in_both_languages() {
        let late = Entry {
            recorded: Some(at("2026-11-20T02:55:00+09:00")),
            ..entry(
                Moment::about(at("2026-11-20T02:40:00+09:00")),
                EventKind::Milestone(Milestone::ImpactStarted),
                "葉山",
                "監視のエラー率が上昇",
            )
        };
        check(true, "- 2026-11-20 02:40頃 · 影響開始 · 葉山 — 監視のエラー率が上昇（記録 02:55）", &late);
        check(
            false,
            "- 2026-11-20 ~02:40 · Impact began · 葉山 — 監視のエラー率が上昇 (recorded 02:55)",
            &late,
        );
        let next_day = Entry { recorded: Some(at("2026-11-21T09:00:00+09:00")), ..late };
        check(
            true,
            "- 2026-11-20 02:40頃 · 影響開始 · 葉山 — 監視のエラー率が上昇（記録 2026-11-21 09:00）",
            &next_day,
        );
        let kinds = [
            (
                EventKind::Status { from: "triage".into(), to: "investigating".into() },
                "受付 → 調査中",
                "Triage → Investigating",
            ),
            (
                EventKind::Severity { from: None, to: Some("SEV2".into()) },
                "レベル 未判定 → SEV2",
                "Level not rated → SEV2",
            ),
            (
                EventKind::RoleTaken { role: "commander".into(), person: "alice".into() },
                "役割 指揮 +alice",
                "Role Incident commander +alice",
            ),
            (
                EventKind::RoleLeft { role: "unknown".into(), person: "Alice Smith".into() },
                "役割 unknown −Alice Smith",
                "Role unknown −Alice Smith",
            ),
            (
                EventKind::Handover {
                    role: "commander".into(), from: "佐藤".into(), to: "渡辺 次郎".into()
                },
                "交代 指揮 佐藤 → 渡辺 次郎",
                "Handover Incident commander 佐藤 → 渡辺 次郎",
            ),
            (EventKind::Update { number: 2 }, "連絡 第2報", "Update 2"),
            (EventKind::ActionOpened { id: "A1".into() }, "やること +A1", "Action +A1"),
            (EventKind::ActionDone { id: "A1".into() }, "済み A1", "Done A1"),
            (
                EventKind::Set { key: "title".into(), from: String::new(), to: "a: b".into() },
                "変更 title: - → a: b",
                "Set title: - → a: b",
            ),
            (EventKind::Note(NoteKind::Decision), "決めたこと", "Decision"),
            (EventKind::Impact { confirmed: true }, "影響（確定）", "Impact (confirmed)"),
        ];
        for (kind, ja, en) in kinds {
            let expected = entry(exact(), kind, "有田", "");
            check(true, &format!("- 2026-11-20 02:58 · {ja} · 有田"), &expected);
            check(false, &format!("- 2026-11-20 02:58 · {en} · 有田"), &expected);
        }
    }

    #[test]
    fn further_lines_belong_to_the_text() {
        let expected = entry(exact(), EventKind::Run, "", "one\n\n  three");
        check(false, "- 2026-11-20 02:58 · Ran — one\n\n    three", &expected);
    }

    #[test]
    fn what_people_type_is_understood() {
        let v = vocabulary(true);
        let status = EventKind::Status { from: "調査".into(), to: "fixing".into() };
        for (line, expected) in [
            (
                "* 2026-11-20 02:58 +09:00 · Note",
                Some(entry(exact(), EventKind::Note(NoteKind::Note), "", "")),
            ),
            ("2026-11-19 17:58 Z · note", Some(entry(exact(), EventKind::Note(NoteKind::Note), "", ""))),
            ("- 2026-11-20 02:58 · 調査 → Fixing", Some(entry(exact(), status, "", ""))),
            ("- 2026-11-20 02:58", None),
            ("- 2026-11-20 02:58 · 手で編集 · x", None),
            ("- 2026-13-20 02:58 · Note", None),
            ("- 02:58 · Note", None),
            ("-026-11-20 02:58 · Note", None),
            ("- 9999-12-31 20:00 Z · Note", None),
            ("- 2026-11-20 02:58 · Note (recorded -026-11-20 02:59)", None),
            ("- 2026-11-20 02:58 · a → b → c", None),
            ("- 2026-11-20 02:58 · → b", None),
            ("", None),
        ] {
            assert_eq!(parse_entry(line, offset(9), &v), expected, "{line}");
        }
    }

    proptest! {
        #![proptest_config(samples::cases(1500))]
        #[test]
        fn any_entry_reads_back(entry in samples::entry(), japanese: bool, hours in -12..=14_i32) {
            let v = vocabulary(japanese);
            let written = format_entry(&entry, offset(hours), &v);
            prop_assert_eq!(parse_entry(&written, offset(hours), &v), Some(entry.as_written(offset(hours))), "{}", written);
            let hidden = |c: char| c.is_control() && c != '\n' && c != '\t';
            prop_assert!(!written.contains(hidden), "{:?}", written);
            for further in written.lines().skip(1) {
                prop_assert!(further.is_empty() || further.starts_with("  "), "{:?}", written);
            }
        }
    }
}
