//! Any file and any change of it: what is meant changes, everything else stays byte for byte, or the edit is refused.

use incident::document::{Headings, IncidentFile, TimelineLine, apply, parse, parse_action, parse_entry};
use incident::domain::change::{Change, Value};
use incident::domain::event::{Entry, EventKind, NoteKind};
use incident::domain::moment::Moment;
use incident::domain::text::Lang;
use incident::failure::Failure;
use serde_yaml::{Mapping, Value as Yaml};

use super::input::{self, Desk};

const PATH: &str = "incidents/2026/11/20261120-k7qm.md";

/// The parts are a file, and what to change: one line each (see [`change`]).
pub fn holds(data: &[u8]) {
    let Some(text) = input::text(data) else { return };
    let [file, orders] = input::some_parts(text);
    let change = change(orders);
    let Ok(edited) = edit(file, &change) else { return };
    if change.is_empty() {
        assert_eq!(edited, file, "nothing was asked for");
    }
    let facts = Change { entries: Vec::new(), links: Vec::new(), ..change.clone() };
    assert_eq!(edit(&edited, &facts).as_ref(), Ok(&edited), "twice is once");
    keeps_line_ends(file, &edited);
    let Some(before) = read(file) else { return };
    says_what_was_meant(file, &before, &edited, &change);
    // An order may take away what every file needs, such as its id.
    let Some(after) = read(&edited) else { return };
    keeps_body(&before, &after, &change);
    has_entries(&before, &after, &change);
    for action in &change.actions {
        assert!(
            after.actions.iter().any(|one| (&one.id, one.done) == (&action.id, action.done)),
            "{action:?}"
        );
    }
}

fn edit(text: &str, change: &Change) -> Result<String, Vec<Failure>> {
    let headings =
        Headings { timeline: "経過".into(), actions: "やること".into(), links: "参考".into() };
    let edited = apply(PATH, text, change, &Desk::of(Lang::Ja).vocabulary, &headings);
    let edited = edited.map(|edited| edited.text);
    edited.inspect_err(|faults| input::have_places(text, faults))
}

fn read(text: &str) -> Option<IncidentFile> {
    parse(PATH, text.as_bytes(), &Desk::of(Lang::Ja).vocabulary).ok()
}

/// `key=words`, `map.key=words`, `key=[a,b]`, `key=~` for null, `-key`; `*ENTRY` or words of a note, `!ACTION`, `@LINK`.
/// A backslash before an `n` is a line break.
fn change(orders: &str) -> Change {
    let vocabulary = &Desk::of(Lang::Ja).vocabulary;
    let mut change = Change::default();
    // Whoever makes a text of a map and names a key in it contradicts themselves.
    let key = |order: &str| order.trim_start_matches('-').split('=').next().map(str::to_owned);
    let keys = orders.lines().filter_map(key);
    let maps: Vec<String> = keys.filter_map(|key| Some(key.split_once('.')?.0.to_owned())).collect();
    for order in orders.lines().take(8) {
        let order = order.replace("\\n", "\n");
        if let Some(words) = order.strip_prefix('*') {
            let offset = *input::now().offset();
            let entry = parse_entry(words, offset, vocabulary).unwrap_or_else(|| note(words));
            change.entries.push(entry);
        } else if let Some(words) = order.strip_prefix('!') {
            let action = parse_action(words, vocabulary);
            // No command asks for two actions of one name.
            let is_new = |id: &str| change.actions.iter().all(|known| known.id != id);
            change.actions.extend(action.filter(|action| is_new(&action.id)));
        } else if let Some(words) = order.strip_prefix('@') {
            change.links.push(words.to_owned());
        } else if let Some(key) = order.strip_prefix('-') {
            change.remove(&key.splitn(2, '.').collect::<Vec<_>>());
        } else if let Some((key, words)) = order.split_once('=') {
            match key.split_once('.') {
                Some((map, key)) => change.set_in(map, key, value(words)),
                None if maps.iter().any(|map| map == key) => {}
                None => change.set(key, value(words)),
            }
        }
    }
    change
}

fn note(words: &str) -> Entry {
    let at = Moment::exact(input::now());
    Entry::new(at, at.at, "葉山", EventKind::Note(NoteKind::Note), words)
}

fn value(words: &str) -> Value {
    let items = words.strip_prefix('[').and_then(|words| words.strip_suffix(']'));
    match (words, items, Moment::parse(words)) {
        ("~", ..) => Value::Null,
        (_, Some(items), _) => Value::List(items.split(',').map(str::to_owned).collect()),
        (_, _, Some(moment)) => Value::Time(moment),
        _ => Value::Text(words.to_owned()),
    }
}

fn keeps_line_ends(before: &str, after: &str) {
    let is_crlf = |text: &str| text.contains("\r\n") && !text.replace("\r\n", "").contains(['\n', '\r']);
    assert!(!is_crlf(before) || is_crlf(after), "every line ends as those of the file: {after:?}");
    assert_eq!(before.starts_with('\u{feff}'), after.starts_with('\u{feff}'));
}

/// The text between the fences.
fn front_matter<'t>(text: &'t str, body: &str) -> &'t str {
    let front = &text[..text.len() - body.len()];
    let start = front.find('\n').map_or(front.len(), |end| end + 1);
    let end = front.trim_end_matches('\n').rfind('\n').map_or(start, |line| line + 1);
    &front[start..end.max(start)]
}

fn mapping(yaml: &str) -> Mapping {
    match serde_yaml::from_str(yaml) {
        Ok(Yaml::Mapping(mapping)) => mapping,
        _ => Mapping::new(),
    }
}

/// The keys that were named say what they were told to, and every other one says what it said.
fn says_what_was_meant(text: &str, before: &IncidentFile, edited: &str, change: &Change) {
    let old = front_matter(text, &before.body);
    let after = edited.replacen(text.split('\n').next().unwrap_or_default(), "", 1);
    let after = after.split_once('\n').map_or("", |(_, rest)| rest);
    let fence = |line: &str| line.trim_end_matches([' ', '\t', '\r', '\n']) == "---";
    let new: String = after.split_inclusive('\n').take_while(|line| !fence(line)).collect();
    let named = |key: &str| change.assignments.iter().any(|one| one.path[0] == key);
    let (old_values, new_values) = (mapping(old), mapping(&new));
    for (key, value) in &old_values {
        if !key.as_str().is_some_and(named) {
            assert_eq!(new_values.get(key), Some(value), "{key:?} was not named:\n{new}");
        }
    }
    for key in new_values.keys() {
        assert!(old_values.contains_key(key) || key.as_str().is_some_and(named), "{key:?} is new");
    }
    for assignment in &change.assignments {
        let [key] = &assignment.path[..] else { continue };
        let found = new_values.get(key.as_str());
        match &assignment.value {
            None => assert_eq!(found, None, "{key} is gone"),
            Some(Value::Null) => assert!(found.is_some_and(Yaml::is_null), "{key} is null"),
            Some(Value::Text(words)) => {
                let is_same = match found {
                    Some(Yaml::String(found)) => found == words,
                    // `title: 2026` said it before.
                    found => found == old_values.get(key.as_str()),
                };
                assert!(is_same, "{key} is {found:?}, not {words:?}");
            }
            Some(_) => assert!(found.is_some(), "{key} is there"),
        }
    }
    keeps_comments(old, &new, &named);
}

/// A comment that stands on a line of its own, above or behind other keys, stays.
fn keeps_comments(old: &str, new: &str, named: &dyn Fn(&str) -> bool) {
    let is_plain = old.lines().all(|line| {
        let key = line.split(':').next().unwrap_or_default();
        let simple = |value: &str| value.chars().all(|c| c.is_alphanumeric() || c == ' ' || c == '-');
        line.starts_with('#')
            || line.split_once(": ").is_some_and(|(key, value)| simple(key) && simple(value) && !named(key))
            || named(key)
    });
    let comments =
        |text: &str| text.lines().filter(|line| line.starts_with('#')).map(str::to_owned).collect::<Vec<_>>();
    assert!(!is_plain || comments(old) == comments(new), "comments stay:\n{new}");
}

/// Every line of the body is there, in its order, but for those that were to change.
fn keeps_body(before: &IncidentFile, after: &IncidentFile, change: &Change) {
    let is_titled = change.assignments.iter().any(|one| one.path == ["title"]);
    if is_titled || !change.actions.is_empty() {
        return;
    }
    if change.entries.is_empty() && change.links.is_empty() {
        assert_eq!(before.body, after.body, "nothing was to change in the body");
    }
    // A carriage return at the end is a line's own until something follows it.
    let mut kept = before.body.lines().map(without_cr).peekable();
    for line in after.body.lines().map(without_cr) {
        kept.next_if(|next| *next == line);
    }
    assert_eq!(kept.next(), None, "the old lines are there in their order:\n{}", after.body);
}

fn without_cr(line: &str) -> &str {
    line.trim_end_matches('\r')
}

/// The entries are those that were there and those that were added.
fn has_entries(before: &IncidentFile, after: &IncidentFile, change: &Change) {
    let told = |file: &IncidentFile| {
        let lines = file.timeline.lines.iter().map(|line| match line {
            TimelineLine::Entry { entry, .. } => format!("{entry:?}"),
            TimelineLine::Other { text, .. } => text.clone(),
        });
        lines.collect::<Vec<_>>()
    };
    let offset = after.timeline.offset;
    let mut expected = told(before);
    if !change.entries.is_empty() && !before.timeline.present {
        expected.clear();
    }
    if before.timeline.offset != offset {
        return;
    }
    expected.extend(change.entries.iter().map(|entry| format!("{:?}", entry.as_written(offset))));
    let mut found = told(after);
    if !before.timeline.present {
        found.retain(|line| expected.contains(line));
    }
    expected.sort();
    found.sort();
    assert_eq!(found, expected, "the record is what it was, and what was added");
}
