//! What an edit changes, and that it changes nothing else.

use proptest::prelude::*;

use super::*;
use crate::document::samples::{self, at};
use crate::document::vocabulary::tests::vocabulary;
use crate::domain::action::ActionItem;
use crate::domain::event::{Entry, EventKind, NoteKind};
use crate::domain::moment::Moment;

fn headings() -> Headings {
    Headings { timeline: "経過".into(), actions: "やること".into(), links: "参考".into() }
}

fn edit(text: &str, change: &Change) -> Result<Edited, String> {
    apply("a.md", text, change, &vocabulary(true), &headings())
        .map_err(|failures| failures.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
}

/// One assignment on front matter, with LF and with CRLF.
fn check(before: &str, path: &[&str], value: Option<Value>, after: &str) {
    let mut change = Change::default();
    match (path, value) {
        ([key], Some(value)) => change.set(key, value),
        ([map, key], Some(value)) => change.set_in(map, key, value),
        (path, _) => change.remove(path),
    }
    for eol in ["\n", "\r\n"] {
        let file = |yaml: &str| format!("---\n{yaml}---\n\n# 題\n\n---\nend").replace('\n', eol);
        let edited = edit(&file(before), &change).map(|edited| edited.text);
        assert_eq!(edited, Ok(file(after)), "{path:?} in {before:?}");
    }
}

fn text(text: &str) -> Option<Value> {
    Some(Value::Text(text.into()))
}

fn list(items: &[&str]) -> Option<Value> {
    Some(Value::List(items.iter().map(|item| (*item).to_owned()).collect()))
}

#[test]
fn a_scalar_is_replaced_in_its_place() {
    check("id: x\nmode: real    # drill?\n", &["mode"], text("drill"), "id: x\nmode: drill    # drill?\n");
    check("a: 'x'\nb: \"y\"\n", &["a"], text("it's"), "a: 'it''s'\nb: \"y\"\n");
    check("a: \"決済\" # c\n", &["a"], text("画面"), "a: \"画面\" # c\n");
    check("a: x\n", &["a"], text("no"), "a: \"no\"\n");
    check("a: x\n", &["a"], Some(Value::Null), "a: null\n");
    check("a: null # c\n", &["a"], text("SEV1"), "a: SEV1 # c\n");
    check("a:\nb: 1\n", &["a"], text("SEV1"), "a: SEV1\nb: 1\n");
    check("a:   # later\nb: 1\n", &["a"], text("x"), "a: x   # later\nb: 1\n");
    check("a: |\n  one\n  two\n\n# c\nb: 1\n", &["a"], text("x"), "a: x\n\n# c\nb: 1\n");
    check("a: one\n  two # c\nb: 1\n", &["a"], text("x"), "a: x # c\nb: 1\n");
    check("a: \"one\n  two\"\nb: 1\n", &["a"], text("x"), "a: \"x\"\nb: 1\n");
    check("\"a\" : x\n", &["a"], text("z"), "\"a\" : z\n");
    check("a: x\n", &["a"], Some(Value::Bool(true)), "a: true\n");
    check("a: x\n", &["a"], Some(Value::Int(-3)), "a: -3\n");
    check("{a: x, b: y}\n", &["a"], text("p, q"), "{a: \"p, q\", b: y}\n");
    let time = Moment::about(at("2026-11-20T02:40:00+09:00"));
    check("a: x\n", &["a"], Some(Value::Time(time)), "a: ~2026-11-20T02:40:00+09:00\n");
}

#[test]
fn what_is_said_already_changes_nothing() {
    for (yaml, path, value) in [
        ("title: 2026\n", vec!["title"], text("2026")),
        ("a: 'x'\n", vec!["a"], text("x")),
        ("a: ~\n", vec!["a"], Some(Value::Null)),
        ("products: web\n", vec!["products"], list(&["web"])),
        ("products:\n- web\n", vec!["products"], list(&["web"])),
        ("a: 1\n", vec!["b"], None),
        ("a: {}\n", vec!["a", "b"], None),
        ("roles:\n  commander: alice\n", vec!["roles", "commander"], text("alice")),
    ] {
        check(yaml, &path, value, yaml);
    }
    let time = Moment::exact(at("2026-11-19T17:40:00+00:00"));
    let yaml = "times: {detected: 2026-11-20 02:40:00+09:00}\n";
    check(yaml, &["times", "detected"], Some(Value::Time(time)), yaml);
}

#[test]
fn lists_keep_their_form_where_they_can() {
    check(
        "p:\n  - a # c\n  - b\nq: 1\n",
        &["p"],
        list(&["a", "b", "c, d"]),
        "p:\n  - a # c\n  - b\n  - c, d\nq: 1\n",
    );
    check("p:\n- a\n- b # c\n", &["p"], list(&["b"]), "p:\n- b # c\n");
    check("p: # which\n  - a\n  - b\nq: 1\n", &["p"], list(&["x"]), "p: [x] # which\nq: 1\n");
    check("p: [a, b] # c\n", &["p"], list(&["a", "b", "no"]), "p: [a, b, \"no\"] # c\n");
    check("p: [a,\n  b]\nq: 1\n", &["p"], list(&["b"]), "p: [b]\nq: 1\n");
    check("p: []\n", &["p"], list(&["a"]), "p: [a]\n");
    check("p: a\n", &["p"], list(&["a", "b"]), "p: [a, b]\n");
    check("p: [a]\n", &["p"], list(&[]), "p: []\n");
}

#[test]
fn a_new_key_goes_behind_its_predecessor() {
    check(
        "id: x\n# about\nstatus: a # s\nx-own: 1\n",
        &["severity"],
        text("SEV1"),
        "id: x\nseverity: SEV1\n# about\nstatus: a # s\nx-own: 1\n",
    );
    check("status: a\n", &["id"], text("x"), "id: x\nstatus: a\n");
    check("status: a\nx-own: |\n  t\n", &["zzz"], text("x"), "status: a\nx-own: |\n  t\nzzz: x\n");
    check("status: |+\n  t\n\nkey: k\n", &["impact"], text("x"), "status: |+\n  t\n\nimpact: x\nkey: k\n");
    check("", &["id"], text("x"), "id: x\n");
    check("# only\n", &["id"], text("x"), "# only\nid: x\n");
    check("{id: x}\n", &["status"], text("a"), "{id: x, status: a}\n");
    check("{status: a}\n", &["id"], text("x"), "{id: x, status: a}\n");
    check("{}\n", &["id"], text("x"), "{id: x}\n");
}

#[test]
fn maps_are_filled_in_their_own_form() {
    let time = || Some(Value::Time(Moment::exact(at("2026-11-20T02:40:00+09:00"))));
    check(
        "times:\n    impact_started: x\n    declared: y\nz: 1\n",
        &["times", "detected"],
        time(),
        "times:\n    impact_started: x\n    detected: 2026-11-20T02:40:00+09:00\n    declared: y\nz: 1\n",
    );
    check(
        "times:\n  a: {b: c}\nroles: {}  # who\nz: 1\n",
        &["roles", "lead"],
        text("x"),
        "times:\n  a: {b: c}\nroles:  # who\n  lead: x\nz: 1\n",
    );
    check("roles:\nz: 1\n", &["roles", "lead"], text("x"), "roles:\n  lead: x\nz: 1\n");
    check("roles: ~ # c\nz: 1\n", &["roles", "lead"], text("x"), "roles: # c\n  lead: x\nz: 1\n");
    check("roles: {a: x}\n", &["roles", "b"], text("z"), "roles: {a: x, b: z}\n");
    check(
        "roles:\n    a: x\nid: 1\n",
        &["times", "detected"],
        time(),
        "roles:\n    a: x\ntimes:\n    detected: 2026-11-20T02:40:00+09:00\nid: 1\n",
    );
    check("{id: x}\n", &["roles", "a"], text("b"), "{id: x, roles: {a: b}}\n");
    check("roles:\n  a:\n    - x\n", &["roles", "a"], list(&["x", "z"]), "roles:\n  a:\n    - x\n    - z\n");
    check("roles:\n  a: x\n", &["roles", "a"], list(&["x", "z"]), "roles:\n  a: [x, z]\n");
    let edited = edit("---\nroles: x\n---\n", &{
        let mut change = Change::default();
        change.set_in("roles", "a", Value::Null);
        change
    });
    assert_eq!(edited, Err("a.md:2:8 file-not-a-map key=\"roles\"".into()));
}

#[test]
fn removal_takes_whole_lines() {
    check("a: 1\nb: |\n  x\n  y\nc: 2\n", &["b"], None, "a: 1\nc: 2\n");
    check("a: 1\nb:\n  - x\n# c\n", &["b"], None, "a: 1\n# c\n");
    check("t:\n  a: 1\n  b: 2 # x\n", &["t", "b"], None, "t:\n  a: 1\n");
    check("t: # who\n  b: 2 # x\nz: 1\n", &["t", "b"], None, "t: {} # who\nz: 1\n");
    check("t: {a: 1, b: 2, c: 3}\n", &["t", "b"], None, "t: {a: 1, c: 3}\n");
    check("t: {a: 1, b: 2}\n", &["t", "b"], None, "t: {a: 1}\n");
    check("t: {a: 1}\n", &["t", "a"], None, "t: {}\n");
    check("a: 1\n", &["a"], None, "");
    check("k: |+\n  t\n\na: 1\n\nb: 2\n", &["a"], None, "k: |+\n  t\n\nb: 2\n");
}

#[test]
fn a_title_takes_the_heading_along_if_that_said_the_same() {
    let file = |yaml: &str, heading: &str| format!("---\ntitle: {yaml}\n---\n\n{heading}\n\n# old\n");
    let mut change = Change::default();
    change.set("title", Value::Text("new: one".into()));
    for (before, after) in
        [("# old", "# new: one"), ("#  old ", "#  new: one "), ("# other", "# other"), ("## old", "## old")]
    {
        let edited = edit(&file("old", before), &change).map(|edited| edited.text);
        let expected = if before == "## old" {
            file("'new: one'", after).replace("\n# old", "\n# new: one")
        } else {
            file("'new: one'", after)
        };
        assert_eq!(edited, Ok(expected.replace('\'', "\"")));
    }
}

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

/// Front matter in every form that people use, with the keys that the test will set.
fn front_matter() -> impl Strategy<Value = Vec<(String, String)>> {
    let value = prop_oneof![
        prop::sample::select(vec![
            " x",
            " 'q # r'",
            " \"d: e\"",
            " |\n  block\n\n  more",
            " >-\n  folded\n  text",
            "",
            " null # none",
            " 12",
            " [a, b]",
            "\n  - one # c\n  - two",
            "\n- bare",
            " {k: v, w: [x]}",
            "\n  inner: 1\n  # between\n  other: 決済",
            " two\n  lines",
            " |+\n  keep\n\n",
            " ~2026-11-20T02:40:00+09:00 # about",
            " # only a comment",
            " \"two\n  lines\"",
        ])
        .prop_map(str::to_owned),
    ];
    let comment = prop::sample::select(vec!["", "# 注\n", "\n", "# a: b\n\n"]);
    let keys = ["id", "title", "status", "severity", "roles", "times", "x-own", "products", "日本"];
    let pairs = prop::sample::subsequence(keys.to_vec(), 1..=keys.len());
    pairs.prop_shuffle().prop_flat_map(move |keys| {
        let count = keys.len();
        let values = prop::collection::vec((value.clone(), comment.clone()), count);
        values.prop_map(move |values| {
            let pair = |(key, (value, comment)): (&&str, (String, &str))| {
                let end = if value.ends_with('\n') { "" } else { "\n" };
                ((*key).to_owned(), format!("{comment}{key}:{value}{end}"))
            };
            keys.iter().zip(values).map(pair).collect()
        })
    })
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        samples::word().prop_map(Value::Text),
        prop::collection::vec(samples::word(), 0..4).prop_map(Value::List),
        samples::moment().prop_map(Value::Time),
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
    ]
}

proptest! {
    #![proptest_config(samples::cases(400))]

    #[test]
    fn only_the_named_key_changes(
        pairs in front_matter(),
        key in prop::sample::select(vec!["id", "title", "status", "severity", "roles", "products", "日本", "new-key"]),
        value in prop::option::of(any_value()),
        crlf: bool,
    ) {
        let yaml: String = pairs.iter().map(|(_, text)| text.as_str()).collect();
        let body = "---\n\n# 題\n\n- item\n\n---\n";
        let eol = |text: String| if crlf { text.replace('\n', "\r\n") } else { text };
        let file = eol(format!("---\n{yaml}{body}"));
        let mut change = Change::default();
        match value {
            Some(value) => change.set(key, value),
            None => change.remove(&[key]),
        }
        let edited = edit(&file, &change);
        prop_assert!(edited.is_ok(), "{:?} in {}", edited, file);
        let edited = edited.unwrap().text;
        prop_assert_eq!(edit(&edited, &change).map(|again| again.text), Ok(edited.clone()), "twice is once");
        prop_assert!(edited.ends_with(&eol(body.to_owned())));
        prop_assert!(!crlf || !edited.replace("\r\n", "").contains('\n'), "{:?}", edited);
        for (other, text) in &pairs {
            let kept = text.trim_start_matches("# 注").trim_start_matches("# a: b").trim();
            prop_assert!(other == key || edited.contains(&eol(kept.to_owned())), "{} in {}", kept, edited);
        }
        let before: serde_yaml::Value = serde_yaml::from_str(&yaml).unwrap();
        let after: serde_yaml::Value = serde_yaml::from_str(edited.replace("\r\n", "\n")[4..].split("---\n").next().unwrap()).unwrap_or_default();
        for (other, _) in pairs.iter().filter(|(other, _)| other != key) {
            prop_assert_eq!(&before[other.as_str()], &after[other.as_str()], "{}", edited);
        }
    }

    #[test]
    fn entries_only_add_their_lines(
        existing in prop::collection::vec(samples::entry(), 0..4),
        new in prop::collection::vec(samples::entry(), 1..3),
        crlf: bool,
    ) {
        let v = vocabulary(true);
        let nine = samples::offset(9);
        let items: String = existing.iter().map(|entry| format!("{}\n", super::super::format_entry(entry, nine, &v))).collect();
        let file = format!("---\nid: x\n---\n\n## 経過 <!-- incident:timeline +09:00 -->\n\n{items}\n## 次\n\n- x\n");
        let file = if crlf { file.replace('\n', "\r\n") } else { file };
        let change = Change { entries: new.clone(), ..Change::default() };
        let edited = edit(&file, &change);
        prop_assert!(edited.is_ok(), "{:?} in {}", edited, file);
        let edited = edited.unwrap().text;
        let source = Source { path: "a.md", text: &edited };
        let fences = front_matter::split(&source).unwrap();
        let outline = outline::read(&source, fences.body).unwrap();
        let lines = super::super::parse::timeline_lines(&source, outline.get(Section::Timeline).unwrap(), nine, &v);
        let mut found: Vec<String> = lines.iter().map(|line| format!("{line:?}").split("line:").next().unwrap_or_default().to_owned()).collect();
        let mut expected: Vec<String> = existing.iter().chain(&new).map(|entry| format!("Entry {{ entry: {:?}, ", entry.as_written(nine))).collect();
        found.sort();
        expected.sort();
        prop_assert_eq!(found, expected, "{}", edited);
        let mut kept = file.lines();
        let mut next = kept.next();
        for line in edited.lines() {
            if Some(line) == next { next = kept.next(); }
        }
        prop_assert_eq!(next, None, "the old lines are there in their order: {}", edited);
    }
}
