//! How the timeline stands on a terminal.

use super::*;
use crate::document::TimelineLine;
use crate::domain::samples::moment;
use crate::domain::text::Lang;
use crate::domain::timeline::Undoing;
use crate::view::samples::{Desk, NIGHT};
use snapbox::{IntoData, assert_data_eq, str};

/// The items of the file, of which the entry that says 切り戻し was made by hand, and a late one was undone.
fn items(desk: &Desk, text: &str) -> Vec<Item> {
    let event = |entry: &crate::domain::event::Entry| Event {
        entry: entry.clone(),
        witnessed: None,
        commit: None,
        source: if entry.text.contains("切り戻し") { Source::Hand } else { Source::File },
        undone: entry.text.contains("undone").then(undoing),
    };
    let lines = desk.file(text).timeline.lines;
    lines
        .iter()
        .map(|line| match line {
            TimelineLine::Entry { entry, .. } => Item::Event(event(entry)),
            TimelineLine::Other { text, line } => Item::Unread { text: text.clone(), line: *line },
        })
        .collect()
}

fn undoing() -> Box<Undoing> {
    Box::new(Undoing { commit: "c9".to_owned(), by: "Bob".to_owned(), at: moment("03:05").at })
}

fn layout<'a>(desk: &'a Desk, clock: &'a Clock<'a>, width: usize) -> Layout<'a> {
    let (vocabulary, palette) = (&desk.vocabulary, Palette::Plain);
    Layout { clock, vocabulary, width, palette, show_sources: false, show_offset: false }
}

#[track_caller]
fn check(lang: Lang, columns: usize, text: &str, expected: impl IntoData) {
    let desk = Desk::new(lang);
    let clock = desk.clock();
    let shown = layout(&desk, &clock, columns).render(&items(&desk, text));
    assert!(shown.lines().all(|line| width(line) <= columns && line.trim_end() == line), "{shown}");
    assert_data_eq!(shown, expected.into_data().raw());
}

#[test]
fn each_day_has_a_heading_and_both_times_stand_where_they_differ() {
    check(
        Lang::Ja,
        80,
        NIGHT,
        str![[r#"
11/19(木)
  23:50      メモ · Alice · 記録 11/20(金) 02:57
             夜間のリリース
11/20(金)
  02:40ごろ  影響開始 · 有田 · 記録 02:56
  02:55      起票 · Alice
             SEV1（全員が使えない）
  02:58      確認中 → 対処中 · 有田 · 手で編集
             切り戻しを決定
  ? - 電話した
  03:06      次の連絡: 03:30 · 有田

"#]],
    );
    check(
        Lang::En,
        80,
        NIGHT,
        str![[r#"
Thu 19 Nov
  23:50   Note · Alice · recorded Fri 20 Nov 02:57
          夜間のリリース
Fri 20 Nov
  ~02:40  Impact began · 有田 · recorded 02:56
  02:55   Declared · Alice
          SEV1（全員が使えない）
  02:58   Triage → Fixing · 有田 · by hand
          切り戻しを決定
  ? - 電話した
  03:06   Next update: 03:30 · 有田

"#]],
    );
}

#[test]
fn a_narrow_timeline_wraps_under_its_words() {
    check(
        Lang::Ja,
        30,
        NIGHT,
        str![[r#"
11/19(木)
  23:50      メモ · Alice
             記録 11/20(金)
             02:57
             夜間のリリース
11/20(金)
  02:40ごろ  影響開始 · 有田
             記録 02:56
  02:55      起票 · Alice
             SEV1（全員が使え
             ない）
  02:58      確認中 → 対処中
             有田 · 手で編集
             切り戻しを決定
  ? - 電話した
  03:06      次の連絡: 03:30
             有田

"#]],
    );
}

#[test]
fn words_of_several_lines_keep_them() {
    let text = NIGHT.replacen("- 電話した\n", "- 2026-11-20 03:01 · Note · Alice — one\n\n  three\n", 1);
    let desk = Desk::new(Lang::En);
    let clock = desk.clock();
    let shown = layout(&desk, &clock, 80).render(&items(&desk, &text)[4..5]);
    assert_eq!(shown, "Fri 20 Nov\n  03:01  Note · Alice\n         one\n\n         three\n");
}

#[test]
fn what_is_known_of_an_event_is_said_behind_it() {
    let desk = Desk::new(Lang::En);
    let clock = desk.clock();
    let line = |source, witnessed: Option<&str>, undone: bool, show_sources| {
        let items = items(&desk, NIGHT);
        let event = items[2].event().expect("an event").clone();
        let witnessed = witnessed.map(|at| moment(at).at);
        let undone = undone.then(undoing);
        let event = Event { source, witnessed, undone, ..event };
        let layout = Layout { show_sources, ..layout(&desk, &clock, 80) };
        layout.render(&[Item::Event(event)]).lines().nth(1).map(str::to_owned).unwrap_or_default()
    };
    for (source, witnessed, undone, show_sources, expected) in [
        (Source::Tool, Some("02:55"), false, true, ""),
        (Source::Tool, Some("2026-11-20T02:55:59+09:00"), false, true, ""),
        (Source::Tool, Some("02:56"), false, true, " · recorded 02:56"),
        (Source::Tool, Some("2026-11-21T09:00:00+09:00"), false, true, " · recorded Sat 21 Nov 09:00"),
        (Source::Hand, Some("02:56"), false, true, " · recorded 02:56 · by hand"),
        (Source::File, None, false, true, " · no commit"),
        (Source::File, None, false, false, ""),
        (Source::Tool, Some("02:55"), true, true, " · undone by Bob 03:05"),
    ] {
        let found = line(source, witnessed, undone, show_sources);
        assert_eq!(found, format!("  02:55  Declared · Alice{expected}"));
    }
}

#[test]
fn the_offset_is_named_for_those_elsewhere() {
    let desk = Desk::new(Lang::En);
    let clock = desk.clock();
    let layout = Layout { show_offset: true, ..layout(&desk, &clock, 80) };
    let shown = layout.render(&items(&desk, NIGHT)[2..3]);
    assert_eq!(shown, "Fri 20 Nov +09:00\n  02:55  Declared · Alice\n         SEV1（全員が使えない）\n");
}

#[test]
fn hostile_words_are_shown_inert() {
    let text = NIGHT
        .replacen("電話した", "電話\u{1b}[2Jした", 1)
        .replacen("切り戻しを決定", "切り戻し\u{202e}を決定", 1)
        .replacen("起票 · Alice", "起票 · \u{1b}[31mAlice", 1);
    let desk = Desk::new(Lang::Ja);
    let clock = desk.clock();
    let shown = layout(&desk, &clock, 80).render(&items(&desk, &text));
    for part in ["電話\\u{1b}[2Jした", "切り戻し\\u{202e}を決定", "\\u{1b}[31mAlice"] {
        assert!(shown.contains(part), "{part} in:\n{shown}");
    }
}
