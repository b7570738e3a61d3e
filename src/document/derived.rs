//! What a commit that people made tells: the entries that it added, and what moved without an entry saying so.

use std::collections::HashMap;
use std::rc::Rc;

use super::readings::{Reading, Readings};
use super::witness::Version;
use crate::domain::event::{Entry, EventKind};
use crate::domain::incident::Incident;
use crate::domain::moment::Moment;

/// What a commit changed that no trailer tells.
#[derive(Debug, Default)]
pub(super) struct Derived {
    /// Entries that came into the file.
    pub entries: Vec<Entry>,
    /// Moves that no entry tells of.
    pub moves: Vec<Entry>,
}

/// Reads it from the versions before and after the commit.
pub(super) fn derived<'a>(version: &'a Version, readings: &mut Readings<'a>) -> Derived {
    let Some(after) = version.after.as_deref().and_then(|text| readings.of(text)) else {
        return Derived::default();
    };
    let before: Vec<Rc<Reading>> = version.before.iter().filter_map(|text| readings.of(text)).collect();
    // A parent that does not parse says nothing about what changed.
    if before.len() != version.before.len() {
        return Derived::default();
    }
    let known = before.iter().flat_map(|reading| &reading.entries);
    let entries = surplus(&after.entries, known);
    let moves = silent_moves(&before, &after.incident, &entries, version);
    Derived { entries, moves }
}

/// Status and level that moved without an entry saying so, as on GitHub's web page.
fn silent_moves(before: &[Rc<Reading>], after: &Incident, new: &[Entry], version: &Version) -> Vec<Entry> {
    let Some(first) = before.first() else { return Vec::new() };
    let mut moves = Vec::new();
    let everywhere = |differs: &dyn Fn(&Incident) -> bool| before.iter().all(|old| differs(&old.incident));
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
pub(super) fn surplus<'e>(all: &[Entry], known: impl Iterator<Item = &'e Entry>) -> Vec<Entry> {
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
