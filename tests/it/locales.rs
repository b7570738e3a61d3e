//! The message files: complete in every language, used by the program, and written in the language they claim.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_bundle::FluentResource;
use incident::domain::text::Lang;
use incident::locale::Locale;

/// Keys that the program puts together, so that they stand nowhere in its source.
const COMPUTED: [&str; 15] = [
    "answer-",
    "audience-",
    "category-",
    "class-",
    "detected-by-",
    "duration-",
    "examples-",
    "fact-",
    "help-",
    "milestone-",
    "mode-",
    "note-kind-",
    "schema-about-",
    "sort-",
    "word-",
];

/// The one part that is Japanese only: the English help stands in the commands.
const JAPANESE_ONLY: &str = "help";

/// What a message says, as it stands in the file.
type Messages = BTreeMap<String, String>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(lang: Lang) -> BTreeMap<String, String> {
    let folder = root().join("locales").join(lang.tag());
    let files = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    files.map(|path| (stem(&path), fs::read_to_string(&path).unwrap())).collect()
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_str().unwrap().to_owned()
}

/// The messages of a file. Continuation lines are indented, or are a closing brace.
fn messages(source: &str) -> Messages {
    let mut messages = Messages::new();
    let mut key = None;
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (name, value) = line.split_once('=').unwrap_or_else(|| panic!("no message: {line}"));
            messages.insert(name.trim_end().to_owned(), value.to_owned());
            key = Some(name.trim_end().to_owned());
        } else if let Some(key) = &key {
            let value = messages.get_mut(key).unwrap();
            value.push('\n');
            value.push_str(line);
        }
    }
    messages
}

/// Every message of a language, whatever the part.
fn all(lang: Lang) -> Messages {
    sources(lang).values().flat_map(|source| messages(source)).collect()
}

fn names_after(text: &str, mark: char) -> BTreeSet<String> {
    let is_name = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    text.split(mark)
        .skip(1)
        .map(|rest| rest.trim_start().chars().take_while(is_name).collect::<String>())
        .filter(|name| !name.is_empty())
        .collect()
}

/// The facts that a message takes, itself or through the messages it refers to.
fn variables(messages: &Messages, key: &str) -> BTreeSet<String> {
    let mut found = names_after(&messages[key], '$');
    for reference in references(messages, key) {
        found.extend(variables(messages, &reference));
    }
    found
}

fn references(messages: &Messages, key: &str) -> Vec<String> {
    names_after(&messages[key], '{').into_iter().filter(|name| messages.contains_key(name)).collect()
}

#[test]
fn every_file_is_valid_and_every_key_is_there_once() {
    for lang in Lang::ALL {
        let mut seen = BTreeMap::new();
        for (part, source) in sources(lang) {
            if let Err((_, errors)) = FluentResource::try_new(source.clone()) {
                panic!("{lang}/{part}.ftl: {errors:?}");
            }
            let keys = source.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()));
            for key in keys.filter_map(|line| line.split_once('=')).map(|(key, _)| key.trim_end().to_owned())
            {
                let other = seen.insert(key.clone(), part.clone());
                assert_eq!(other, None, "{lang}/{part}.ftl: {key} is there twice");
            }
        }
    }
}

#[test]
fn the_program_has_every_message() {
    for lang in Lang::ALL {
        let locale = Locale::new(lang);
        for key in all(lang).keys() {
            assert!(
                locale.optional(key, &[]).is_some(),
                "{key} is in a file that the program does not embed"
            );
        }
    }
}

#[test]
fn both_languages_have_the_same_messages_about_the_same_facts() {
    let (en, mut ja) = (sources(Lang::En), sources(Lang::Ja));
    assert!(ja.remove(JAPANESE_ONLY).is_some());
    assert_eq!(en.keys().collect::<Vec<_>>(), ja.keys().collect::<Vec<_>>());
    for (part, source) in &en {
        let (en, ja) = (messages(source), messages(&ja[part]));
        assert_eq!(en.keys().collect::<Vec<_>>(), ja.keys().collect::<Vec<_>>(), "{part}.ftl");
        for key in en.keys() {
            assert_eq!(variables(&en, key), variables(&ja, key), "the facts of {key} in {part}.ftl");
        }
    }
}

#[test]
fn every_message_is_in_its_language() {
    let is_japanese = |c: char| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}');
    for (key, text) in all(Lang::En) {
        assert!(!text.contains(is_japanese), "{key} has Japanese in the English file");
        assert!(!text.contains("(s)"), "{key}: choose the form by the number");
    }
    for (key, text) in all(Lang::Ja) {
        let same_in_both = words(&text).is_empty() || key.starts_with("examples-") || is_command(&text);
        assert!(text.contains(is_japanese) || same_in_both, "{key} has no Japanese: {text}");
    }
}

/// The letters of a message outside its placeholders.
fn words(text: &str) -> String {
    let outside = text.split('{').map(|piece| piece.split_once('}').map_or(piece, |(_, rest)| rest));
    outside.flat_map(str::chars).filter(char::is_ascii_alphabetic).collect()
}

/// A hint that is nothing but the command to run.
fn is_command(text: &str) -> bool {
    ["{ $incident } ", "incident ", "git "].iter().any(|program| text.trim_start().starts_with(program))
}

/// Messages in which a command stands as it is typed anywhere, and why.
const TYPED_ANYWHERE: [(&str, &str); 6] = [
    ("hint-init", "there is no store yet"),
    ("hint-init-at", "there is no store yet"),
    ("store-hint-new-repository", "the new store is another one"),
    ("hint-store", "it says how to write -C"),
    ("hint-write-schema", "it needs no store, and goes on in the store's folder"),
    ("postmortem-impact-unknown", "it stands in a file, which many people read"),
];

#[test]
fn a_command_in_a_message_begins_with_how_it_is_typed_where_its_reader_stands() {
    let commands: BTreeSet<String> = all(Lang::En)
        .keys()
        .filter_map(|key| Some(key.strip_prefix("examples-")?.split('-').next()?.to_owned()))
        .collect();
    let names_a_command = |text: &str| {
        let is_word = |word: &str| commands.contains(word.trim_end_matches(|c: char| !c.is_alphanumeric()));
        let typed =
            |rest: &str| rest.starts_with("-C ") || is_word(rest.split(' ').next().unwrap_or_default());
        text.split("incident ").skip(1).any(typed)
    };
    for lang in Lang::ALL {
        let mut parts = sources(lang);
        parts.retain(|part, _| !["help", "examples", "schema"].contains(&part.as_str()));
        for (key, text) in parts.values().flat_map(|source| messages(source)) {
            let known = TYPED_ANYWHERE.iter().any(|(known, _)| *known == key);
            assert!(
                known || !names_a_command(&text),
                "{lang}: {key}: begin the command with {{ $incident }}: {text}"
            );
        }
    }
    for (text, expected) in [
        ("to see them: incident list --all", true),
        ("`incident -C x who`", true),
        ("incident check", true),
        ("No incidents yet. { $incident } new", false),
        ("no incident is live", false),
    ] {
        assert_eq!(names_a_command(text), expected, "{text}");
    }
}

#[test]
fn every_key_in_the_source_exists() {
    let known = all(Lang::En);
    let mut missing = BTreeSet::new();
    for (path, code) in code() {
        let unknown = keys_asked_for(&code).into_iter().filter(|key| !known.contains_key(key));
        missing.extend(unknown.map(|key| format!("{}: {key}", path.display())));
    }
    assert!(missing.is_empty(), "no such messages: {missing:#?}");
}

#[test]
fn every_message_is_used() {
    let code = code();
    let messages = all(Lang::En);
    let referred: BTreeSet<String> = messages.keys().flat_map(|key| references(&messages, key)).collect();
    let is_used = |key: &String| {
        let literal = format!("\"{key}\"");
        COMPUTED.iter().any(|prefix| key.starts_with(prefix))
            || referred.contains(key)
            || code.iter().any(|(_, code)| code.contains(&literal))
    };
    let unused: Vec<&String> = messages.keys().filter(|key| !is_used(key)).collect();
    assert!(unused.is_empty(), "nothing uses {unused:?}");
}

/// The program's source files, without their tests, comments and blanks.
fn code() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let source = fs::read_to_string(&path).unwrap();
                let program = source.split("#[cfg(test)]").next().unwrap_or_default();
                let lines = program.lines().filter(|line| !line.trim_start().starts_with("//"));
                files.push((path, lines.flat_map(str::split_whitespace).collect()));
            }
        }
    }
    files
}

/// The keys that `code` asks for by name.
fn keys_asked_for(code: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for call in ["Message::new(\"", "locale.text(\"", "locale.format(\"", "locale.optional(\""] {
        keys.extend(code.split(call).skip(1).filter_map(literal));
    }
    for rest in code.split("Failure::new(Exit::").skip(1) {
        keys.extend(
            rest.split_once(",\"").filter(|(exit, _)| is_name(exit)).and_then(|(_, key)| literal(key)),
        );
    }
    for rest in code.split("say!(").skip(1) {
        keys.extend(rest.split_once(",\"").and_then(|(_, key)| literal(key)));
    }
    keys
}

fn literal(rest: &str) -> Option<String> {
    rest.split_once('"').map(|(key, _)| key.to_owned())
}

fn is_name(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric())
}
