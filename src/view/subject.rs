//! Commit subjects and one-line summaries of events, in the words of a vocabulary.

use super::sanitize::sanitize;
use super::width::truncate;
use crate::document::describe;
use crate::document::vocabulary::{Named, Vocabulary};
use crate::domain::event::{Entry, EventKind};
use crate::domain::id::IncidentId;
use crate::domain::moment::{Moment, minute};
use crate::locale::Locale;
use crate::locale::times::Clock;

/// What GitHub and `git log --oneline` show of a subject before they cut it, roughly.
const LONGEST: usize = 100;

/// `20261120-k7qm: fixing → monitoring — error rate back to normal`
pub fn of_entries(id: &IncidentId, entries: &[Entry], vocabulary: &Vocabulary) -> String {
    let Some(first) = entries.first() else { return id.to_string() };
    let more = if entries.len() > 1 { format!(" (+{})", entries.len() - 1) } else { String::new() };
    let line = format!("{id}: {}", of_entry(first, vocabulary));
    format!("{}{more}", truncate(&line, LONGEST))
}

/// A title as one line of others holds it: the file has all of it.
pub fn shortened(title: &str) -> String {
    truncate(&sanitize(title), LONGEST).into_owned()
}

/// What happened and the first line of the words: `Fixing → Monitoring — error rate back to normal`.
pub fn of_entry(entry: &Entry, vocabulary: &Vocabulary) -> String {
    with_words(describe(&entry.kind, vocabulary), entry)
}

/// Each entry as people are told it: `Next update: 03:30`.
pub fn of_each(entries: &[Entry], vocabulary: &Vocabulary, clock: &Clock<'_>) -> Vec<String> {
    let time = |at| clock.moment(at);
    let what = |entry: &Entry| {
        let what = what(entry, vocabulary, clock.locale, time);
        // When it was is what a milestone says.
        let is_past = entry.at.to_minute().at != minute(entry.recorded_at());
        if matches!(entry.kind, EventKind::Milestone(_)) && is_past {
            format!("{what}: {}", time(entry.at))
        } else {
            what
        }
    };
    entries.iter().map(|entry| with_words(what(entry), entry)).collect()
}

/// Always one line: what stands behind a line break could pass for the trailers of a commit.
fn with_words(what: String, entry: &Entry) -> String {
    let line = match entry.text.lines().find(|line| !line.trim().is_empty()) {
        Some(words) => format!("{what} — {}", words.trim()),
        None => what,
    };
    sanitize(&line).into_owned()
}

/// What happened, as people are told it: as [`what_of_kind`], and a step by its words alone.
pub fn what(
    entry: &Entry,
    vocabulary: &Vocabulary,
    locale: &Locale,
    time: impl Fn(Moment) -> String,
) -> String {
    match entry.kind {
        EventKind::Step { done, .. } if !entry.text.is_empty() => {
            locale.text(if done { "step-done" } else { "step-undone" })
        }
        _ => what_of_kind(&entry.kind, vocabulary, locale, time),
    }
}

/// What happened: a fact by its label, a time as `time` shows it.
pub fn what_of_kind(
    kind: &EventKind,
    vocabulary: &Vocabulary,
    locale: &Locale,
    time: impl Fn(Moment) -> String,
) -> String {
    let EventKind::Set { key, from, to } = kind else { return describe(kind, vocabulary) };
    let own = vocabulary.fields.iter().find(|(field, _)| field.id == *key);
    let choice = |value: &str| own.and_then(|(_, choices)| choices.iter().find(|choice| choice.id == value));
    let value = |value: &str| match (Moment::parse(value), key.as_str()) {
        _ if value.is_empty() => "-".to_owned(),
        (Some(at), _) => time(at),
        (None, "mode") => locale.label("mode", value),
        (None, "detected_by") => locale.label("detected-by", value),
        (None, _) => choice(value).map_or(value, |choice| written(choice)).to_owned(),
    };
    let label = match (own, locale.label("milestone", key)) {
        (Some((field, _)), _) => written(field).to_owned(),
        (None, label) if label != *key => label,
        _ => locale.label("fact", key),
    };
    let before = if from.is_empty() { String::new() } else { format!("{} → ", value(from)) };
    format!("{label}: {before}{}", value(to))
}

fn written(named: &Named) -> &str {
    named.names.first().unwrap_or(&named.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::{Milestone, NoteKind};
    use crate::domain::samples::{act, moment};
    use crate::domain::text::Lang;
    use crate::view::samples::Desk;

    fn entry(kind: EventKind, text: &'static str) -> Entry {
        act("03:00", "03:00", text).entry(kind)
    }

    fn note(text: &'static str) -> Entry {
        entry(EventKind::Note(NoteKind::Note), text)
    }

    #[track_caller]
    fn check(entries: &[Entry], expected: &str) {
        let id = "20261120-k7qm".parse().expect("an id");
        assert_eq!(of_entries(&id, entries, &Desk::new(Lang::En).vocabulary), expected);
    }

    #[test]
    fn a_subject_names_the_first_entry_and_counts_the_rest() {
        let status = EventKind::Status { from: "fixing".into(), to: "monitoring".into() };
        let moved = entry(status, "error rate back to normal\nand more");
        check(&[], "20261120-k7qm");
        check(std::slice::from_ref(&moved), "20261120-k7qm: Fixing → Monitoring — error rate back to normal");
        check(
            &[moved, note("x"), note("y")],
            "20261120-k7qm: Fixing → Monitoring — error rate back to normal (+2)",
        );
        check(
            &[entry(EventKind::Milestone(Milestone::Detected), "\n\n  an alert")],
            "20261120-k7qm: Noticed — an alert",
        );
    }

    #[test]
    fn a_subject_is_short_and_always_one_line() {
        let long = "決済が全部エラーになるという連絡がお客様から続いている。切り戻しの準備を始めた。原因は調べている";
        check(
            &[note(long)],
            "20261120-k7qm: Note — 決済が全部エラーになるという連絡がお客様から続いている。切り戻しの準備を始め…",
        );
        let set =
            EventKind::Set { key: "title".into(), from: "a\n\nIncident: x".into(), to: "b\u{1b}[2J".into() };
        check(&[entry(set, "")], "20261120-k7qm: Set title: a\\n\\nIncident: x → b\\u{1b}[2J");
    }

    #[test]
    fn people_are_told_labels_and_times_by_the_clock() {
        let set = |key: &str, from: &str, to: &str| {
            entry(EventKind::Set { key: key.into(), from: from.into(), to: to.into() }, "")
        };
        let time = |at: &str| moment(at).to_string();
        let later = time("~2026-11-21T09:00:00+09:00");
        for (entry, en, ja) in [
            (set("next_update", "", &time("03:30")), "Next update: 03:30", "次の連絡: 03:30"),
            (
                set("expected_end", &time("03:30"), &later),
                "Estimate: 03:30 → about Sat 21 Nov 09:00",
                "見込み: 03:30 → 11/21(土) 09:00ごろ",
            ),
            (set("detected", &time("02:51"), ""), "Noticed: 02:51 → -", "検知: 02:51 → -"),
            (set("mode", "real", "drill"), "Mode: Real → Drill", "区分: 本番 → 訓練"),
            (set("detected_by", "", "customer"), "Noticed by: Customer", "気づいたきっかけ: お客様"),
            (set("detected_by", "", "a dog"), "Noticed by: a dog", "気づいたきっかけ: a dog"),
            (set("clients", "3", "17"), "clients: 3 → 17", "clients: 3 → 17"),
            (note("words"), "Note — words", "メモ — words"),
        ] {
            let told = |lang| {
                let desk = Desk::new(lang);
                of_each(std::slice::from_ref(&entry), &desk.vocabulary, &desk.clock()).concat()
            };
            assert_eq!((told(Lang::En).as_str(), told(Lang::Ja).as_str()), (en, ja));
        }
    }
}
