//! Entries, actions and links, put in where they belong.

use super::*;

fn note(time: &str, words: &str) -> Entry {
    let at = Moment::exact(at(&format!("2026-11-20T{time}:00+09:00")));
    Entry {
        at,
        kind: EventKind::Note(NoteKind::Note),
        who: String::new(),
        text: words.into(),
        recorded: None,
    }
}

/// Entries added to a body, with LF and with CRLF.
fn check_entries(before: &str, entries: &[Entry], after: &str) {
    let change = Change { entries: entries.to_vec(), ..Change::default() };
    for eol in ["\n", "\r\n"] {
        let file = |body: &str| format!("---\nid: x\n---\n{body}").replace('\n', eol);
        let edited = edit(&file(before), &change).map(|edited| edited.text);
        assert_eq!(edited, Ok(file(after)), "{before:?}");
    }
}

#[test]
fn entries_are_put_in_by_time() {
    let line = |time: &str, words: &str| format!("- 2026-11-20 {time} · メモ — {words}\n");
    let head = "\n## 経過 <!-- incident:timeline +09:00 -->\n";
    let (a, b) = (line("02:00", "a"), line("03:00", "b"));
    let x = [note("02:30", "x")];
    let new = line("02:30", "x");
    check_entries(&format!("{head}\n{a}{b}\n## next\n"), &x, &format!("{head}\n{a}{new}{b}\n## next\n"));
    check_entries(&format!("{head}\n{a}\n{b}"), &x, &format!("{head}\n{a}{new}\n{b}"));
    check_entries(&format!("{head}\n{b}"), &x, &format!("{head}\n{new}{b}"));
    check_entries(&format!("{head}\n{a}"), &x, &format!("{head}\n{a}{new}"));
    check_entries(&format!("{head}\n{}", a.trim_end()), &x, &format!("{head}\n{a}{}", new.trim_end()));
    check_entries(head, &x, &format!("{head}\n{new}"));
    check_entries(&format!("{head}## next\n"), &x, &format!("{head}\n{new}\n## next\n"));
    check_entries(
        &format!("{head}\n<!-- auto -->\n\n## next\n"),
        &x,
        &format!("{head}\n<!-- auto -->\n\n{new}\n## next\n"),
    );
    check_entries(&format!("{head}\n{a}- raw words\n{b}"), &x, &format!("{head}\n{a}- raw words\n{new}{b}"));
    check_entries(
        &format!("{head}\n{}{}", a.replace('-', "*").replace("2026*11*20", "2026-11-20"), ""),
        &x,
        &format!("{head}\n{}* {}", a.replacen('-', "*", 1), &new[2..]),
    );
    let same = [note("02:00", "second"), note("02:00", "third")];
    check_entries(
        &format!("{head}\n{a}{b}"),
        &same,
        &format!("{head}\n{a}{}{}{b}", line("02:00", "second"), line("02:00", "third")),
    );
    check_entries(&format!("{head}\n{b}{a}"), &x, &format!("{head}\n{b}{a}{new}"));
    check_entries(
        &format!("{head}\n- 2026-11-20 02:00 · メモ — a\n\n  more\n\n{b}"),
        &x,
        &format!("{head}\n- 2026-11-20 02:00 · メモ — a\n\n  more\n{new}\n{b}"),
    );
}

#[test]
fn a_missing_section_is_added_and_said() {
    let added = "## 経過 <!-- incident:timeline +09:00 -->\n\n- 2026-11-20 02:30 · メモ — x\n";
    let change = Change { entries: vec![note("02:30", "x")], ..Change::default() };
    for (before, after) in [
        ("", format!("\n{added}")),
        ("\n# T\n\ntext\n", format!("\n# T\n\ntext\n\n{added}")),
        ("\n# T\n\ntext", format!("\n# T\n\ntext\n\n{added}")),
        ("\n```\nopen\n", format!("\n{added}\n\n```\nopen\n")),
        ("\n> ## q <!-- incident:timeline -->\n", format!("\n> ## q <!-- incident:timeline -->\n\n{added}")),
        ("\n## `<!-- incident:timeline -->`\n", format!("\n## `<!-- incident:timeline -->`\n\n{added}")),
    ] {
        let edited = edit(&format!("---\nid: x\n---\n{before}"), &change);
        let expected =
            Edited { text: format!("---\nid: x\n---\n{after}"), appended: vec![Section::Timeline] };
        assert_eq!(edited, Ok(expected));
    }
    let twice = format!("---\nid: x\n---\n{added}\n{added}");
    assert_eq!(edit(&twice, &change), Err("a.md:8:1 anchor-twice name=\"timeline\"".into()));
    let bad = "---\nid: x\n---\n## x <!-- incident:timeline JST -->\n";
    assert_eq!(edit(bad, &change), Err("a.md:4:1 anchor-offset value=\"JST\"".into()));
}

#[test]
fn actions_and_links_are_added_at_the_end_or_changed_in_place() {
    let action = |id: &str, done: bool, words: &str| ActionItem {
        id: id.into(),
        done,
        text: words.into(),
        owner: None,
        due: None,
        ticket: None,
        class: None,
    };
    let file =
        |items: &str| format!("---\nid: x\n---\n\n## Do <!-- incident:actions -->\n\n{items}\n## End\n");
    for (before, new, after) in [
        ("- [ ] A1 one\n", action("A2", false, "two"), "- [ ] A1 one\n- [ ] A2 two\n"),
        (
            "- [ ] A1 one — @bob — seen\n  more\n",
            ActionItem { owner: Some("bob".into()), ..action("A1", true, "one") },
            "- [x] A1 one — @bob — seen\n  more\n",
        ),
        ("- [ ] A1 one\n  more\n", action("A1", false, "uno"), "- [ ] A1 uno\n  more\n"),
        ("- [x] A1 one\n", action("A1", true, "one"), "- [x] A1 one\n"),
    ] {
        let change = Change { actions: vec![new], ..Change::default() };
        assert_eq!(edit(&file(before), &change).map(|edited| edited.text), Ok(file(after)));
    }
    let change = Change { links: vec!["[log](https://x.y)".into()], ..Change::default() };
    let edited = edit("---\nid: x\n---\n", &change).map(|edited| edited.text);
    assert_eq!(
        edited,
        Ok("---\nid: x\n---\n\n## 参考 <!-- incident:links -->\n\n- [log](https://x.y)\n".into())
    );
}

#[test]
fn a_file_that_does_not_parse_is_left_alone() {
    let mut change = Change::default();
    change.set("a", Value::Null);
    for (text, expected) in [
        ("", "a.md:1:1 front-matter-missing"),
        ("---\na: 1\na: 2\n---\n", "a.md:3:1 yaml-duplicate-key key=\"a\""),
        ("---\na: &x 1\nb: *x\n---\n", "a.md:2:4 yaml-alias; a.md:3:4 yaml-alias"),
        ("---\na: !!str 1\n---\n", "a.md:2:4 yaml-tag"),
        ("---\n- a\n---\n", "a.md:2:1 front-matter-not-a-map"),
    ] {
        assert_eq!(edit(text, &change), Err(expected.into()), "{text:?}");
    }
    assert!(edit("---\na: [1\n---\n", &change).is_err_and(|fault| fault.contains("yaml-invalid")));
    assert!(edit("---\na: 1\n\tb: 2\n---\n", &change).is_err());
    let deep = format!("---\na: {}1{}\n---\n", "[".repeat(30), "]".repeat(30));
    assert!(edit(&deep, &change).is_err_and(|fault| fault.contains("yaml-too-deep")));
}

#[test]
fn a_fault_stands_where_the_person_has_it() {
    let check = |file: &str, change: &Change, place: &str| {
        let refused = edit(file, change).unwrap_err();
        assert!(refused.starts_with(&format!("a.md:{place} ")), "{refused}");
    };
    let mut change = Change::default();
    change.set("impact", Value::Text("all".into()));
    change.links.push("---".into());
    // What is added to the front matter moves what stands below it.
    check("---\nid: 1\n---\n\nwords\n", &change, "4:1");
    change.set("times", Value::Text("late".into()));
    change.set_in("times", "declared", Value::Text("now".into()));
    check("---\nid: 1\ntimes:\n  declared: 2026-11-20T02:55:12+09:00\n---\n", &change, "3:1");
}
