//! What commits of the tool, of people and of merges tell, and how it fits the file.

mod renamed;
mod rewritten;
mod told;

use chrono::TimeDelta;

use super::*;
use crate::document::entry::format_entry;
use crate::document::parse::parse;
use crate::document::samples::{at, offset};
use crate::document::trailers::trailers;
use crate::document::vocabulary::Named;
use crate::document::vocabulary::tests::vocabulary;
use crate::domain::event::{EventKind, NoteKind};
use crate::domain::moment::Moment;

const PATH: &str = "incidents/20261120-k7qm.md";

const FILE: &str = "\
---
id: 20261120-k7qm
title: Checkout fails
severity: SEV1
status: triage
times:
  declared: 2026-11-20T02:55:12+09:00
---

## Timeline <!-- incident:timeline +09:00 -->

";

/// A file and the commits that led to it, a minute apart from 03:00:20 on, named c1, c2 …
struct History {
    versions: Vec<Version>,
    text: String,
    vocabulary: Vocabulary,
}

impl History {
    fn new() -> Self {
        let mut history = Self { versions: Vec::new(), text: FILE.to_owned(), vocabulary: vocabulary(false) };
        history.commit("Add a file", Vec::new(), Some(FILE.to_owned()));
        history
    }

    fn now(&self) -> DateTime<FixedOffset> {
        let minutes = i64::try_from(self.versions.len()).unwrap();
        at("2026-11-20T03:00:20+09:00") + TimeDelta::minutes(minutes)
    }

    fn commit(&mut self, message: &str, before: Vec<String>, after: Option<String>) -> &mut Self {
        self.versions.push(Version {
            commit: format!("c{}", self.versions.len() + 1),
            author: "Mio".to_owned(),
            author_time: self.now(),
            committer_time: self.now(),
            message: message.to_owned(),
            before,
            after: after.clone(),
        });
        self.text = after.unwrap_or_default();
        self
    }

    /// The tool records that this was noted at `time`, such as `02:57:30`.
    fn note(&mut self, time: &str, text: &str) -> &mut Self {
        let entry = note(time, self.now(), text);
        self.record(&entry)
    }

    fn record(&mut self, entry: &Entry) -> &mut Self {
        let after = format!("{}{}\n", self.text, format_entry(entry, offset(9), &self.vocabulary));
        let message = message(std::slice::from_ref(entry), self.now());
        self.commit(&message, vec![self.text.clone()], Some(after))
    }

    /// Somebody replaces `old` with `new` in an editor.
    fn edit(&mut self, old: &str, new: &str) -> &mut Self {
        assert!(self.text.contains(old), "{old} is not in:\n{}", self.text);
        self.commit("Update file", vec![self.text.clone()], Some(self.text.replacen(old, new, 1)))
    }

    /// Somebody adds lines at the end.
    fn append(&mut self, lines: &str) -> &mut Self {
        let text = self.text.clone();
        self.commit("Update file", vec![text.clone()], Some(format!("{text}{lines}\n")))
    }

    fn joined(&self) -> Joined {
        let file = parse(PATH, self.text.as_bytes(), &self.vocabulary).expect("a valid file");
        join(PATH, &file, &self.versions, &self.vocabulary)
    }

    #[track_caller]
    fn check(&self, expected: &[&str]) {
        assert_eq!(shown(&self.joined().items), expected);
    }

    /// `NOTE lost from COMMIT in COMMIT by AUTHOR`
    #[track_caller]
    fn check_contradictions(&self, expected: &[&str]) {
        let shown = |Contradiction::Altered { entry, commit, by }: &Contradiction| {
            let by = by.as_ref().map(|(by, author)| format!(" in {by} by {author}"));
            format!("{} lost from {commit}{}", entry.text, by.unwrap_or_default())
        };
        let found: Vec<String> = self.joined().contradictions.iter().map(shown).collect();
        assert_eq!(found, expected);
    }

    #[track_caller]
    fn check_history(&self, expected: &[&str]) {
        let events = from_history(PATH, &self.versions, &self.vocabulary);
        let items: Vec<Item> = events.into_iter().map(Item::Event).collect();
        assert_eq!(shown(&items), expected);
    }
}

fn note(time: &str, recorded: DateTime<FixedOffset>, text: &str) -> Entry {
    let at = Moment::exact(at(&format!("2026-11-20T{time}+09:00")));
    Entry::new(at, recorded, "Alice", EventKind::Note(NoteKind::Note), text)
}

fn message(entries: &[Entry], recorded: DateTime<FixedOffset>) -> String {
    let id = "20261120-k7qm".parse().unwrap();
    format!("20261120-k7qm: something\n\n{}", trailers(&id, entries, recorded, None))
}

/// `HH:MM:SS words, SOURCE COMMIT recorded HH:MM:SS`
fn shown(items: &[Item]) -> Vec<String> {
    items
        .iter()
        .map(|item| match item {
            Item::Unread { text, line } => format!("? {text} ({line})"),
            Item::Event(event) => {
                let words = match &event.entry.kind {
                    EventKind::Note(_) => event.entry.text.clone(),
                    EventKind::Status { from, to } => format!("{from} → {to}"),
                    EventKind::Severity { from, to } => {
                        format!("{} → {}", from.clone().unwrap_or_default(), to.clone().unwrap_or_default())
                    }
                    other => format!("{other:?}"),
                };
                let commit = event.commit.as_ref().map(|commit| format!(" {commit}")).unwrap_or_default();
                let recorded = event.recorded().map(|at| at.format(" recorded %H:%M:%S").to_string());
                let undone = if event.undone.is_some() { " undone" } else { "" };
                format!(
                    "{} {words}, {}{commit}{}{undone}",
                    event.entry.at.at.format("%H:%M:%S"),
                    event.source.token(),
                    recorded.unwrap_or_default()
                )
            }
        })
        .collect()
}
