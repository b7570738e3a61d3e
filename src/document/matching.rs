//! Which line of the file tells what which commit told.

use std::collections::{HashMap, HashSet, VecDeque};

use chrono::FixedOffset;

use super::vocabulary::{Named, Vocabulary, find};
use super::witness::Told;
use crate::domain::event::{Entry, EventKind};
use crate::domain::timeline::{Event, Source};

/// What the commits tell, from which the lines of the file take their witnesses.
pub(super) struct Pool {
    told: Vec<Told>,
    /// The entry of each as a line of the file holds it.
    as_written: Vec<Entry>,
    taken: Vec<bool>,
}

impl Pool {
    pub fn new(told: Vec<Told>, offset: FixedOffset) -> Self {
        let as_written = told.iter().map(|told| told.event.entry.as_written(offset)).collect();
        let taken = vec![false; told.len()];
        Self { told, as_written, taken }
    }

    /// The event behind each of the lines `written`; its words where no commit bears witness to them.
    ///
    /// Lines that are exactly what was recorded come first, so that one under another name takes none of theirs.
    pub fn take_for(&mut self, written: Vec<Entry>, vocabulary: &Vocabulary) -> Vec<Event> {
        let mut exact = Places::of(self.free().map(|index| (self.as_written[index].clone(), index)));
        let exact: Vec<Option<usize>> = written.iter().map(|entry| exact.take(entry, |_| true)).collect();
        exact.iter().flatten().for_each(|index| self.taken[*index] = true);
        let mut alike =
            Places::of(self.free().map(|index| (apart_from_kind(&self.as_written[index]), index)));
        let found = exact.into_iter().zip(&written).map(|(index, entry)| {
            let is_same = |index: usize| is_same_kind(&self.as_written[index].kind, &entry.kind, vocabulary);
            index.or_else(|| alike.take(&apart_from_kind(entry), is_same))
        });
        let found: Vec<Option<usize>> = found.collect();
        found.iter().flatten().for_each(|index| self.taken[*index] = true);
        let event = |(index, entry): (Option<usize>, Entry)| match index {
            Some(index) => self.told[index].event.clone(),
            None => Event { entry, witnessed: None, commit: None, source: Source::File, undone: None },
        };
        found.into_iter().zip(written).map(event).collect()
    }

    /// What no line has taken and nobody has undone.
    fn free(&self) -> impl Iterator<Item = usize> {
        (0..self.told.len()).filter(|index| !self.taken[*index] && self.told[*index].event.undone.is_none())
    }

    fn left(&self) -> impl Iterator<Item = &Told> {
        self.told.iter().zip(&self.taken).filter(|(_, taken)| !**taken).map(|(told, _)| told)
    }

    /// What the tool recorded and the file no longer has. What was undone has left it by right, and a commit that was
    /// picked onto another branch tells nothing new.
    pub fn lost(&self) -> impl Iterator<Item = &Told> {
        // The same recording, to the second.
        let recording = |event: &Event| (event.entry.clone(), event.witnessed);
        let mut with_line: HashMap<_, HashSet<&Option<String>>> = HashMap::new();
        for (told, _) in self.told.iter().zip(&self.taken).filter(|(_, taken)| **taken) {
            with_line.entry(recording(&told.event)).or_default().insert(&told.event.commit);
        }
        let has_line = move |told: &&Told| {
            let commits = with_line.get(&recording(&told.event));
            commits.is_some_and(|commits| commits.iter().any(|commit| **commit != told.event.commit))
        };
        self.left()
            .filter(|told| told.event.source == Source::Tool && told.event.undone.is_none())
            .filter(move |told| !has_line(told))
    }

    /// What has no line in the file and never had one, or no longer.
    pub fn without_line(&self) -> Vec<Event> {
        let shown = self.left().filter(|told| told.event.undone.is_some() || !told.written);
        shown.map(|told| told.event.clone()).collect()
    }
}

/// Where each entry is told, in order: a file may have a hundred thousand of them, so none is looked for from the start.
struct Places(HashMap<Entry, VecDeque<usize>>);

impl Places {
    fn of(entries: impl Iterator<Item = (Entry, usize)>) -> Self {
        let mut places: HashMap<Entry, VecDeque<usize>> = HashMap::new();
        for (entry, index) in entries {
            places.entry(entry).or_default().push_back(index);
        }
        Self(places)
    }

    /// Takes the first place of `entry` that `fits`.
    fn take(&mut self, entry: &Entry, fits: impl Fn(usize) -> bool) -> Option<usize> {
        let places = self.0.get_mut(entry)?;
        let at = places.iter().position(|index| fits(*index))?;
        places.remove(at)
    }
}

/// The entry without what happened, which the configuration may have given another name to since.
fn apart_from_kind(entry: &Entry) -> Entry {
    Entry { kind: EventKind::Correction, ..entry.clone() }
}

/// Whether both tell the same, though the configuration may have given other names to things since.
fn is_same_kind(witnessed: &EventKind, written: &EventKind, v: &Vocabulary) -> bool {
    use EventKind::{Handover, HandoverOffered, RoleLeft, RoleTaken, Severity, Status};
    let level = |a: &Option<String>, b: &Option<String>| match (a, b) {
        (Some(a), Some(b)) => is_same_name(a, b, &v.levels),
        (a, b) => a == b,
    };
    match (witnessed, written) {
        (Status { from: a, to: b }, Status { from: c, to: d }) => {
            is_same_name(a, c, &v.statuses) && is_same_name(b, d, &v.statuses)
        }
        (Severity { from: a, to: b }, Severity { from: c, to: d }) => level(a, c) && level(b, d),
        (RoleTaken { role: a, person: b }, RoleTaken { role: c, person: d })
        | (RoleLeft { role: a, person: b }, RoleLeft { role: c, person: d }) => {
            is_same_name(a, c, &v.roles) && is_same_name(b, d, &v.people)
        }
        (Handover { role: a, from: b, to: c }, Handover { role: d, from: e, to: f })
        | (HandoverOffered { role: a, from: b, to: c }, HandoverOffered { role: d, from: e, to: f }) => {
            is_same_name(a, d, &v.roles) && is_same_name(b, e, &v.people) && is_same_name(c, f, &v.people)
        }
        _ => witnessed == written,
    }
}

/// A name that the configuration does not know any more may have meant anything, an id that is gone among them.
fn is_same_name(a: &str, b: &str, named: &[Named]) -> bool {
    match (find(named, a), find(named, b)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}
