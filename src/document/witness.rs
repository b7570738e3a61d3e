//! What git witnesses: events rebuilt from commits alone, and how they fit the entries that the file has.

use chrono::{DateTime, FixedOffset};

use super::derived::derived_events;
use super::parse::{IncidentFile, TimelineLine, parse};
use super::trailers::{Witness, parse_trailers};
use super::vocabulary::{Named, Vocabulary, find};
use crate::domain::event::{Entry, EventKind};
use crate::domain::timeline::{Event, Item, Source};

/// One commit of an incident file.
#[derive(Clone, Debug)]
pub struct Version {
    pub commit: String,
    pub author: String,
    pub author_time: DateTime<FixedOffset>,
    pub committer_time: DateTime<FixedOffset>,
    pub message: String,
    /// The file's text in each parent; empty for the commit that created it.
    pub before: Vec<String>,
    /// None where the commit removed the file.
    pub after: Option<String>,
}

/// Something that the commits and the file do not agree on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contradiction {
    /// The tool recorded this entry in `commit`; the file no longer has it as it was.
    Altered {
        entry: Entry,
        commit: String,
        /// The commit that took it out, and its author, where history shows one.
        by: Option<(String, String)>,
    },
}

/// A timeline with its witnesses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joined {
    pub items: Vec<Item>,
    pub contradictions: Vec<Contradiction>,
}

/// The events that the commits tell, in the order in which they were recorded.
///
/// A commit of the tool tells them in its trailers; any other is read from what it changed: entries that it added, and
/// a status or level that moved without an entry.
pub fn from_history(path: &str, versions: &[Version], vocabulary: &Vocabulary) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    for version in versions {
        let told = parse_trailers(&version.message);
        if let Some(undone) = told.as_ref().and_then(|witness| witness.undoes.as_deref()) {
            for event in events.iter_mut().filter(|event| event.commit.as_deref() == Some(undone)) {
                event.undone = true;
            }
        }
        match told.filter(|witness| !witness.entries.is_empty()) {
            Some(witness) => events.extend(told_events(witness, &version.commit)),
            None => events.extend(derived_events(path, version, vocabulary)),
        }
    }
    events
}

fn told_events(witness: Witness, commit: &str) -> Vec<Event> {
    let recorded = witness.recorded;
    let event = |entry| Event {
        entry,
        witnessed: Some(recorded),
        commit: Some(commit.to_owned()),
        source: Source::Tool,
        undone: false,
    };
    witness.entries.into_iter().map(event).collect()
}

pub(super) fn written_entries(file: &IncidentFile) -> Vec<Entry> {
    file.timeline.entries().map(|entry| entry.as_written(file.timeline.offset)).collect()
}

/// The file's timeline, each entry with the commit that witnesses it, sorted by when things happened.
pub fn join(path: &str, file: &IncidentFile, versions: &[Version], vocabulary: &Vocabulary) -> Joined {
    let offset = file.timeline.offset;
    let mut witnesses: Vec<Option<Event>> =
        from_history(path, versions, vocabulary).into_iter().map(Some).collect();
    let mut joined = Joined::default();
    for line in &file.timeline.lines {
        match line {
            TimelineLine::Other { text, line } => {
                joined.items.push(Item::Unread { text: text.clone(), line: *line });
            }
            TimelineLine::Entry { entry, .. } => {
                let written = entry.as_written(offset);
                let event = take_witness(&mut witnesses, &written, offset, vocabulary).unwrap_or(Event {
                    entry: written,
                    witnessed: None,
                    commit: None,
                    source: Source::File,
                    undone: false,
                });
                joined.items.push(Item::Event(event));
            }
        }
    }
    let mut silent = Vec::new();
    for event in witnesses.into_iter().flatten() {
        // Derived moves never were in the file; what was undone has left it by right.
        if event.source == Source::Tool && !event.undone {
            joined.contradictions.push(altered(path, &event, versions, vocabulary));
        }
        if event.undone || is_silent(&event, versions, path, vocabulary) {
            silent.push(event);
        }
    }
    sort(&mut joined.items);
    for event in silent {
        insert(&mut joined.items, event, versions);
    }
    joined
}

fn take_witness(
    witnesses: &mut [Option<Event>],
    written: &Entry,
    offset: FixedOffset,
    vocabulary: &Vocabulary,
) -> Option<Event> {
    let fits = |event: &&mut Option<Event>| {
        event.as_ref().is_some_and(|event| {
            !event.undone && is_same_fact(&event.entry.as_written(offset), written, vocabulary)
        })
    };
    witnesses.iter_mut().find(fits)?.take()
}

/// Whether two entries tell the same, though the configuration may have given other names to things since.
fn is_same_fact(witnessed: &Entry, written: &Entry, vocabulary: &Vocabulary) -> bool {
    let apart_from_kind = |entry: &Entry| Entry { kind: EventKind::Correction, ..entry.clone() };
    apart_from_kind(witnessed) == apart_from_kind(written)
        && is_same_kind(&witnessed.kind, &written.kind, vocabulary)
}

fn is_same_kind(witnessed: &EventKind, written: &EventKind, v: &Vocabulary) -> bool {
    use EventKind::{Handover, RoleLeft, RoleTaken, Severity, Status};
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
        (Handover { role: a, from: b, to: c }, Handover { role: d, from: e, to: f }) => {
            is_same_name(a, d, &v.roles) && is_same_name(b, e, &v.people) && is_same_name(c, f, &v.people)
        }
        _ => witnessed == written,
    }
}

/// A name that the configuration does not know any more may be any of those it knows.
fn is_same_name(a: &str, b: &str, named: &[Named]) -> bool {
    match (find(named, a), find(named, b)) {
        (Some(a), Some(b)) => a == b,
        (None, None) => a == b,
        _ => true,
    }
}

/// Whether the event was derived from values, and so never had an entry.
fn is_silent(event: &Event, versions: &[Version], path: &str, vocabulary: &Vocabulary) -> bool {
    if event.source != Source::Hand {
        return false;
    }
    let version = versions.iter().find(|version| Some(&version.commit) == event.commit.as_ref());
    let after = version.and_then(|version| version.after.as_ref());
    let file = after.and_then(|text| parse(path, text.as_bytes(), vocabulary).ok());
    file.is_some_and(|file| !written_entries(&file).contains(&event.entry.as_written(file.timeline.offset)))
}

/// Which commit took the entry out.
fn altered(path: &str, event: &Event, versions: &[Version], vocabulary: &Vocabulary) -> Contradiction {
    let has = |text: &String| {
        let file = parse(path, text.as_bytes(), vocabulary).ok();
        file.is_some_and(|file| {
            written_entries(&file).contains(&event.entry.as_written(file.timeline.offset))
        })
    };
    let took_out = |version: &&Version| {
        version.before.iter().any(has) && version.after.as_ref().is_some_and(|after| !has(after))
    };
    let by = versions.iter().rev().find(took_out);
    Contradiction::Altered {
        entry: event.entry.clone(),
        commit: event.commit.clone().unwrap_or_default(),
        by: by.map(|version| (version.commit.clone(), version.author.clone())),
    }
}

/// Puts an event that has no line in the file where it belongs: by the minute, then by the order of the commits.
fn insert(items: &mut Vec<Item>, event: Event, versions: &[Version]) {
    let place = |event: &Event| {
        let commit = |version: &Version| Some(&version.commit) == event.commit.as_ref();
        (event.entry.at.to_minute().at, versions.iter().position(commit))
    };
    let own = place(&event);
    let is_later = |item: &Item| {
        item.event().map(place).is_some_and(|(at, order)| at > own.0 || (at == own.0 && order > own.1))
    };
    let index = items.iter().position(is_later).unwrap_or(items.len());
    items.insert(index, Item::Event(event));
}

/// By when things happened; lines that are no entries stay behind the entry they follow.
fn sort(items: &mut [Item]) {
    let mut last = None;
    let mut keyed: Vec<(Option<DateTime<FixedOffset>>, Item)> = Vec::with_capacity(items.len());
    for item in items.iter() {
        if let Some(event) = item.event() {
            last = Some(event.entry.at.at);
        }
        keyed.push((last, item.clone()));
    }
    keyed.sort_by_key(|(at, _)| *at);
    for (place, (_, item)) in items.iter_mut().zip(keyed) {
        *place = item;
    }
}
