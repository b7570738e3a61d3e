//! Files that people have really written: read without a crash, edited without losing a byte.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests read the corpora from disk, and say when they do not"
)]

use std::path::{Path, PathBuf};

use incident::document::vocabulary::{Approximate, Names, Vocabulary};
use incident::document::{Headings, apply, parse, parse_present};
use incident::domain::change::{Change, Value};

fn corpora() -> Option<PathBuf> {
    let named = std::env::var_os("INCIDENT_CORPORA").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora"));
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: there is no folder {}", folder.display());
    None
}

/// Every file in the folder and below, with its path from there.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).expect("a folder that was just listed") {
            let path = entry.expect("an entry of a folder").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
                found.push((name, std::fs::read(&path).expect("a file that was just listed")));
            }
        }
    }
    found
}

/// Words by their tokens alone: no language is needed here.
fn vocabulary() -> Vocabulary {
    Vocabulary::new(Vec::new(), Approximate::Prefix, false, Names::default())
}

fn headings() -> Headings {
    Headings { timeline: "Timeline".into(), actions: "Actions".into(), links: "Links".into() }
}

fn edit(path: &str, text: &str, change: &Change) -> Option<String> {
    match apply(path, text, change, &vocabulary(), &headings()) {
        Ok(edited) => Some(edited.text),
        Err(failures) => {
            assert!(failures.iter().all(|failure| failure.place.is_some()), "{path}: {failures:?}");
            None
        }
    }
}

#[test]
fn real_files_are_read_without_a_crash_and_each_fault_has_a_place() {
    let Some(folder) = corpora() else { return };
    for (path, bytes) in files(&folder) {
        for faults in [parse(&path, &bytes, &vocabulary()).err(), parse_present(&path, &bytes).err()] {
            let faults = faults.unwrap_or_else(|| panic!("{path} is no file of this program"));
            assert!(
                !faults.is_empty() && faults.iter().all(|fault| fault.place.is_some()),
                "{path}: {faults:?}"
            );
        }
    }
}

#[test]
fn an_edit_that_says_nothing_new_changes_no_byte() {
    let Some(folder) = corpora() else { return };
    let mut edited = 0;
    for (path, bytes) in files(&folder) {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let Some(result) = edit(&path, &text, &Change::default()) else { continue };
        assert_eq!(result, text, "{path}");
        let title = text.lines().find_map(|line| line.strip_prefix("title: "));
        let mut same = Change::default();
        same.set("title", Value::Text(title.unwrap_or_default().trim().trim_matches(['"', '\'']).to_owned()));
        same.remove(&["no-such-key"]);
        assert_eq!(edit(&path, &text, &same), Some(text), "{path}");
        edited += 1;
    }
    assert!(edited > 0, "no file could be edited");
}

#[test]
fn setting_a_key_changes_its_line_and_no_other() {
    let Some(folder) = corpora() else { return };
    for (path, bytes) in files(&folder) {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        if edit(&path, &text, &Change::default()).is_none() {
            continue;
        }
        for (key, value) in [("severity", "no: really"), ("status", "fixing"), ("date", "2026-11-20")] {
            let mut change = Change::default();
            change.set(key, Value::Text(value.into()));
            let result = edit(&path, &text, &change).unwrap_or_else(|| panic!("{path}: {key} cannot be set"));
            let without = |text: &str| -> Vec<String> {
                text.split_inclusive('\n')
                    .filter(|line| !line.starts_with(&format!("{key}:")))
                    .map(str::to_owned)
                    .collect()
            };
            assert_ne!(result, text, "{path}");
            assert_eq!(without(&result), without(&text), "{path}: {key}");
            change.remove(&[key]);
            assert_eq!(
                edit(&path, &result, &change).map(|text| without(&text)),
                Some(without(&text)),
                "{path}"
            );
        }
    }
}
