//! Which line of the file tells what which commit told.

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
        let exact: Vec<Option<usize>> = written.iter().map(|entry| self.take(|one| one == entry)).collect();
        let found = exact
            .into_iter()
            .zip(&written)
            .map(|(index, entry)| index.or_else(|| self.take(|one| is_same_fact(one, entry, vocabulary))));
        let found: Vec<Option<usize>> = found.collect();
        let event = |(index, entry): (Option<usize>, Entry)| match index {
            Some(index) => self.told[index].event.clone(),
            None => Event { entry, witnessed: None, commit: None, source: Source::File, undone: None },
        };
        found.into_iter().zip(written).map(event).collect()
    }

    fn take(&mut self, fits: impl Fn(&Entry) -> bool) -> Option<usize> {
        let is_free = |index: &usize| !self.taken[*index] && self.told[*index].event.undone.is_none();
        let index = (0..self.told.len()).filter(is_free).find(|index| fits(&self.as_written[*index]))?;
        self.taken[index] = true;
        Some(index)
    }

    fn left(&self) -> impl Iterator<Item = &Told> {
        self.told.iter().zip(&self.taken).filter(|(_, taken)| !**taken).map(|(told, _)| told)
    }

    /// What the tool recorded and the file no longer has. What was undone has left it by right, and a commit that was
    /// picked onto another branch tells nothing new.
    pub fn lost(&self) -> impl Iterator<Item = &Told> {
        let has_line = |told: &&Told| {
            let copies = self.told.iter().zip(&self.taken).filter(|(_, taken)| **taken);
            copies.into_iter().any(|(copy, _)| is_copy(&copy.event, &told.event))
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

/// Whether both are the same recording, to the second, in two commits.
fn is_copy(one: &Event, other: &Event) -> bool {
    one.entry == other.entry && one.witnessed == other.witnessed && one.commit != other.commit
}

/// Whether two entries tell the same, though the configuration may have given other names to things since.
fn is_same_fact(witnessed: &Entry, written: &Entry, vocabulary: &Vocabulary) -> bool {
    let apart_from_kind = |entry: &Entry| Entry { kind: EventKind::Correction, ..entry.clone() };
    apart_from_kind(witnessed) == apart_from_kind(written)
        && is_same_kind(&witnessed.kind, &written.kind, vocabulary)
}

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
