//! What a commit that people made tells: the entries that it added, and what moved without an entry saying so.

use std::collections::HashMap;

use super::parse::{IncidentFile, parse};
use super::vocabulary::Vocabulary;
use super::witness::{Version, written_entries};
use crate::domain::event::{Entry, EventKind};
use crate::domain::incident::Incident;
use crate::domain::moment::Moment;
use crate::domain::timeline::{Event, Source};

/// What a commit changed that no trailer tells.
pub(super) fn derived_events(path: &str, version: &Version, vocabulary: &Vocabulary) -> Vec<Event> {
    let read = |text: &String| parse(path, text.as_bytes(), vocabulary).ok();
    let Some(after) = version.after.as_ref().and_then(read) else { return Vec::new() };
    let before: Vec<IncidentFile> = version.before.iter().filter_map(read).collect();
    // A parent that does not parse says nothing about what changed.
    if before.len() != version.before.len() {
        return Vec::new();
    }
    let known: Vec<Entry> = before.iter().flat_map(written_entries).collect();
    let mut new = surplus(&written_entries(&after), &known);
    new.extend(silent_moves(&before, &after.incident, &new, version));
    let event = |entry| Event {
        entry,
        witnessed: Some(version.committer_time),
        commit: Some(version.commit.clone()),
        source: Source::Hand,
        undone: false,
    };
    new.into_iter().map(event).collect()
}

/// Status and level that moved without an entry saying so, as on GitHub's web page.
fn silent_moves(before: &[IncidentFile], after: &Incident, new: &[Entry], version: &Version) -> Vec<Entry> {
    let Some(first) = before.first() else { return Vec::new() };
    let mut moves = Vec::new();
    let everywhere = |differs: &dyn Fn(&Incident) -> bool| before.iter().all(|file| differs(&file.incident));
    if everywhere(&|old| old.status != after.status) {
        let kind = EventKind::Status { from: first.incident.status.clone(), to: after.status.clone() };
        moves.push(kind);
    }
    if everywhere(&|old| old.severity != after.severity) {
        let kind = EventKind::Severity { from: first.incident.severity.clone(), to: after.severity.clone() };
        moves.push(kind);
    }
    if everywhere(&|old| old.title != after.title) {
        let (from, to) = (first.incident.title.clone(), after.title.clone());
        moves.push(EventKind::Set { key: "title".to_owned(), from, to });
    }
    // A squash brings several moves at once; together they tell of this one.
    moves.retain(|kind| !new.iter().any(|entry| leads_to_same(&entry.kind, kind)));
    let at = Moment::exact(version.author_time);
    let entry = |kind| Entry::new(at, version.committer_time, version.author.clone(), kind, "");
    moves.into_iter().map(entry).collect()
}

/// Whether two moves of the same thing end at the same value.
fn leads_to_same(one: &EventKind, other: &EventKind) -> bool {
    use EventKind::{Set, Severity, Status};
    match (one, other) {
        (Status { to: a, .. }, Status { to: b, .. }) => a == b,
        (Severity { to: a, .. }, Severity { to: b, .. }) => a == b,
        (Set { key: k, to: a, .. }, Set { key: l, to: b, .. }) => k == l && a == b,
        _ => false,
    }
}

/// The entries of `all` beyond those of `known`, counted: the same entry twice is two facts.
fn surplus(all: &[Entry], known: &[Entry]) -> Vec<Entry> {
    let mut left: HashMap<&Entry, usize> = HashMap::new();
    for entry in known {
        *left.entry(entry).or_default() += 1;
    }
    let mut new = Vec::new();
    for entry in all {
        match left.get_mut(entry) {
            Some(count) if *count > 0 => *count -= 1,
            _ => new.push(entry.clone()),
        }
    }
    new
}
