//! Whatever is changed, only that is.

use super::*;

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
        let items: String = existing.iter().map(|entry| format!("{}\n", crate::document::format_entry(entry, nine, &v))).collect();
        let file = format!("---\nid: x\n---\n\n## 経過 <!-- incident:timeline +09:00 -->\n\n{items}\n## 次\n\n- x\n");
        let file = if crlf { file.replace('\n', "\r\n") } else { file };
        let change = Change { entries: new.clone(), ..Change::default() };
        let edited = edit(&file, &change);
        prop_assert!(edited.is_ok(), "{:?} in {}", edited, file);
        let edited = edited.unwrap().text;
        let source = Source { path: "a.md", text: &edited };
        let fences = front_matter::split(&source).unwrap();
        let outline = outline::read(&source, fences.body).unwrap();
        let lines = crate::document::parse::timeline_lines(&source, outline.get(Section::Timeline).unwrap(), nine, &v);
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
