//! The shape of the source: which layer uses which, how long things are, and words that must not stay.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// What each layer may use besides itself, in the order of `src/lib.rs`: downwards only, and no edge another.
const LAYERS: &[(&str, &[&str])] = &[
    ("failure", &[]),
    ("domain", &["failure"]),
    ("document", &["failure", "domain"]),
    ("locale", &["failure", "domain", "document"]),
    ("config", &["failure", "domain"]),
    ("view", &["failure", "domain", "document", "locale", "config"]),
    ("context", &["failure", "domain"]),
    ("store", &["failure", "domain"]),
    ("ui", &["failure", "domain", "locale", "view"]),
    ("commands", &["failure", "domain", "document", "locale", "config", "view", "context", "store", "ui"]),
    (
        "cli",
        &["failure", "domain", "document", "locale", "config", "view", "context", "store", "ui", "commands"],
    ),
];

/// Who may name what leads out of the program.
const EDGES: &[(&str, &[&str])] = &[
    ("git2", &["store"]),
    ("rustix", &["store", "ui"]),
    ("dialoguer", &["ui"]),
    ("getrandom", &["context", "store"]),
    ("std::env", &["context"]),
    ("std::fs", &["context", "store"]),
    ("std::process", &["context", "store", "ui", "cli", "main"]),
];

/// The modules that own an edge, and so may call what `clippy.toml` forbids.
const OWNERS: &[&str] = &["src/context.rs", "src/store/mod.rs", "src/ui/editor.rs"];

/// Lines of a file, and of a function, that are not for tests.
const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 60;

/// Written in two parts, or this file would name them.
const UNFINISHED: &[&str] = &[
    concat!("to", "do!"),
    concat!("unimpl", "emented!"),
    concat!("d", "bg!"),
    concat!("FIX", "ME"),
    concat!("TO", "DO"),
    concat!("XX", "X"),
    concat!("#[ig", "nore"),
];

const SLEEP: &str = concat!("thread::", "sleep");

/// Waits between two looks at a lock that another process holds.
const MAY_SLEEP: &str = "src/store/lock.rs";

/// Folders of one machine, which mean nothing on another; in two parts, as above.
const MACHINE_PATHS: &[&str] = &[concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/Us", "ers/")];

/// Names that say nothing.
const VAGUE: &[&str] = &["utils", "util", "helpers", "helper", "common", "manager", "misc"];

#[test]
fn layers_import_only_downwards() {
    let mut found = Vec::new();
    for file in program() {
        let layer = file.layer();
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == layer) else { continue };
        for used in imports(&file.code()) {
            if used != layer && !allowed.contains(&used.as_str()) {
                found.push(format!("{} uses {used}", file.path));
            }
        }
        if file.code().contains(&"super::".repeat(file.depth())) {
            found.push(format!("{} climbs out of its layer by `super`", file.path));
        }
    }
    none("imports that do not go downwards", &found);
}

#[test]
fn the_layers_are_the_modules_of_the_program_in_reading_order() {
    let lib = read("src/lib.rs");
    let modules: Vec<&str> =
        lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let layers: Vec<&str> = LAYERS.iter().map(|(name, _)| *name).collect();
    assert_eq!(modules, layers);
    for (place, (layer, allowed)) in LAYERS.iter().enumerate() {
        assert!(allowed.iter().all(|name| layers[..place].contains(name)), "{layer} is above what it uses");
    }
}

#[test]
fn only_its_owner_touches_an_edge() {
    let mut found = Vec::new();
    for file in program() {
        for (edge, owners) in EDGES {
            if file.code().contains(edge) && !owners.contains(&file.layer()) {
                found.push(format!("{} names {edge}", file.path));
            }
        }
    }
    none("edges touched from elsewhere", &found);
}

#[test]
fn only_the_owners_of_an_edge_are_excused_from_the_forbidden_calls() {
    let lint = concat!("clippy::disallowed", "_methods");
    let excused: Vec<String> =
        sources("src").into_iter().filter(|file| file.text.contains(lint)).map(|file| file.path).collect();
    assert_eq!(excused, OWNERS);
}

#[test]
fn files_and_functions_are_short() {
    let mut found = Vec::new();
    for file in program() {
        let text = shipped(&file.text);
        let lines = text.lines().count();
        if lines > LONGEST_FILE {
            found.push(format!("{} has {lines} lines", file.path));
        }
        for (function, lines) in functions(&text) {
            if lines > LONGEST_FUNCTION {
                found.push(format!("{}: `{function}` has {lines} lines", file.path));
            }
        }
    }
    none("what is too long", &found);
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    let silent: Vec<String> = everything()
        .into_iter()
        .filter(|file| !file.text.starts_with("//! "))
        .map(|file| file.path)
        .collect();
    none("files without a first line of documentation", &silent);
}

#[test]
fn nothing_is_left_unfinished_and_nothing_waits_for_luck() {
    let mut found = Vec::new();
    for file in everything() {
        for word in UNFINISHED.iter().filter(|word| file.text.contains(**word)) {
            found.push(format!("{}: {word}", file.path));
        }
        if file.text.contains(SLEEP) && file.path != MAY_SLEEP {
            found.push(format!("{}: {SLEEP}", file.path));
        }
    }
    none("words that must not stay", &found);
}

#[test]
fn no_file_depends_on_one_machine() {
    let mut found = Vec::new();
    for file in everything() {
        for path in MACHINE_PATHS.iter().filter(|path| file.text.contains(**path)) {
            found.push(format!("{}: {path}", file.path));
        }
    }
    none("paths of one machine", &found);
}

#[test]
fn every_file_of_tests_is_run() {
    let named_in = |file: &str, name: &str| {
        read(file).lines().any(|line| line.trim_start_matches("pub ") == format!("mod {name};"))
    };
    let is_run = |path: &String| match path.trim_start_matches("tests/it/").split_once('/') {
        Some((folder, "mod.rs")) => named_in("tests/it/main.rs", folder),
        Some((folder, _)) => named_in(&format!("tests/it/{folder}/mod.rs"), stem(path)),
        None => path == "tests/it/main.rs" || named_in("tests/it/main.rs", stem(path)),
    };
    let forgotten: Vec<String> =
        sources("tests/it").into_iter().map(|file| file.path).filter(|path| !is_run(path)).collect();
    none("files of tests that nothing names", &forgotten);
}

#[test]
fn names_say_something() {
    let mut found = Vec::new();
    for file in everything() {
        let modules = file.text.lines().filter_map(|line| line.trim_start().split_once("mod "));
        let modules = modules.map(|(_, name)| name.trim_end_matches([' ', '{', ';']));
        let path = file.path.trim_end_matches(".rs").split('/');
        for name in path.chain(modules).filter(|name| VAGUE.contains(name)) {
            found.push(format!("{}: {name}", file.path));
        }
    }
    none("vague names", &found);
}

/// The measures above, on a file that breaks what they look for.
#[test]
fn the_measures_see_what_they_measure() {
    let text = "\
//! A file.

use crate::domain::id::IncidentId;
#[cfg(test)]
use crate::cli;

pub(super) const fn long(
    id: &IncidentId,
) -> bool {
    // crate::ui is only spoken of.
    crate::store::discover(id)
}

fn short() {}

#[cfg(test)]
mod tests {
    use crate::commands;
}
";
    let file = Source { path: "src/view/list.rs".to_owned(), text: text.to_owned() };
    assert_eq!(imports(&file.code()), BTreeSet::from(["domain".to_owned(), "store".to_owned()]));
    assert_eq!((file.layer(), file.depth()), ("view", 2));
    assert_eq!(functions(&shipped(text)), [("long".to_owned(), 6)]);
    assert_eq!(shipped(text).lines().count(), 13);
}

/// A file by its path from the root of the project.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The first module below the crate: `view` of `src/view/list.rs`.
    fn layer(&self) -> &str {
        let inside = self.path.trim_start_matches("src/");
        inside.split(['/', '.']).next().unwrap_or(inside)
    }

    /// How many modules deep it lies below the crate.
    fn depth(&self) -> usize {
        let own = if self.path.ends_with("/mod.rs") { 0 } else { 1 };
        self.path.matches('/').count() - 1 + own
    }

    /// What is compiled into the program, without lines of comment.
    fn code(&self) -> String {
        let text = shipped(&self.text);
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        code.map(|line| format!("{line}\n")).collect()
    }
}

/// `text` without its items under `#[cfg(test)]`. A module of tests ends the file.
fn shipped(text: &str) -> String {
    let mut kept = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if !is_for_tests(line) {
            kept.push_str(line);
            kept.push('\n');
            continue;
        }
        let attribute = |line: &&str| line.trim_start().starts_with("#[");
        let item = lines.by_ref().find(|line| !attribute(line)).unwrap_or_default();
        if item.contains("mod ") && item.ends_with('{') {
            break;
        }
        if !item.ends_with([';', '}']) {
            let end = format!("{}}}", indent(item));
            lines.by_ref().find(|line| *line == end);
        }
    }
    kept
}

/// Whether the item below this attribute is compiled for tests alone.
fn is_for_tests(line: &str) -> bool {
    matches!(line.trim_start(), "#[cfg(test)]" | "#[cfg(all(test, unix))]")
}

/// The modules of the crate that `code` names.
fn imports(code: &str) -> BTreeSet<String> {
    code.split("crate::")
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default())
        // A macro stands at the root, wherever it is written.
        .map(|name| if name == "say" { "locale" } else { name }.to_owned())
        .collect()
}

/// The functions of formatted code that are longer than a line, with the number of their lines.
fn functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else { continue };
        let end = format!("{}}}", indent(line));
        if let Some(length) = lines[start..].iter().position(|line| *line == end) {
            found.push((name.to_owned(), length + 1));
        }
    }
    found
}

fn function_name(line: &str) -> Option<&str> {
    let (before, after) = line.split_once("fn ")?;
    let qualifier = |word: &str| matches!(word, "pub" | "const" | "async") || word.contains(['(', ')']);
    let begins = before.split_whitespace().all(qualifier) && !line.ends_with([';', '}']);
    begins.then(|| after.split(['(', '<']).next().unwrap_or(after))
}

fn indent(line: &str) -> &str {
    &line[..line.len() - line.trim_start().len()]
}

/// The files of the program, without those that only its tests include.
fn program() -> Vec<Source> {
    let sources = sources("src");
    let of_tests: BTreeSet<String> = sources.iter().flat_map(included_for_tests).collect();
    sources.into_iter().filter(|file| !of_tests.contains(&file.path)).collect()
}

/// The files that `file` includes under `#[cfg(test)]`, by name or by path.
fn included_for_tests(file: &Source) -> Vec<String> {
    let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let lines: Vec<&str> = file.text.lines().collect();
    let after = lines.windows(2).filter(|pair| is_for_tests(pair[0])).map(|pair| pair[1]);
    after
        .filter_map(|line| {
            let path = line.strip_prefix("#[path = \"").and_then(|rest| rest.strip_suffix("\"]"));
            let module = || line.split_once("mod ")?.1.strip_suffix(';');
            path.map(str::to_owned).or_else(|| Some(format!("{}.rs", module()?)))
        })
        .map(|name| format!("{folder}/{name}"))
        .collect()
}

/// The program and its tests.
fn everything() -> Vec<Source> {
    let mut files = sources("src");
    files.extend(sources("tests"));
    files
}

/// The Rust files below `folder`, in order of their paths.
fn sources(folder: &str) -> Vec<Source> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root().join(folder)).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{folder}/{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            found.extend(sources(&path));
        } else if path.ends_with(".rs") {
            let text = read(&path);
            found.push(Source { path, text });
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.trim_end_matches(".rs")
}

/// Fails with the list of `found`.
fn none(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}
