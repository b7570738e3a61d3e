//! What git witnesses: events rebuilt from commits alone, and how they fit the entries that the file has.

use std::collections::HashMap;

use chrono::{DateTime, FixedOffset};

use super::derived::{Derived, derived};
use super::matching::Pool;
use super::parse::{IncidentFile, TimelineLine};
use super::readings::Readings;
use super::trailers::{Witness, parse_each, recorded_times};
use super::undone;
use super::vocabulary::Vocabulary;
use crate::domain::event::Entry;
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

/// What a commit tells.
pub(super) struct Told {
    pub event: Event,
    /// Whether it has, or had, a line in the file; a move derived from values never had one.
    pub written: bool,
}

/// The events that the commits tell, in the order in which they were recorded.
///
/// A commit of the tool tells them in its trailers; any other is read from what it changed: entries that it added, and
/// a status or level that moved without an entry.
pub fn from_history(path: &str, versions: &[Version], vocabulary: &Vocabulary) -> Vec<Event> {
    let told = tell(versions, &mut Readings::new(path, vocabulary));
    told.into_iter().map(|told| told.event).collect()
}

fn tell<'a>(versions: &'a [Version], readings: &mut Readings<'a>) -> Vec<Told> {
    let mut all: Vec<Told> = Vec::new();
    for version in versions {
        let mut witnesses = witnesses(&version.message);
        keep_own(&mut witnesses, version, readings);
        let brings_back =
            |witness: &Witness| (witness.undoes.is_some() || witness.restores) && witness.entries.is_empty();
        if matches!(witnesses.as_slice(), [only] if brings_back(only)) {
            // What goes back to what it was is no event of its own.
            continue;
        }
        witnesses.retain(|witness| !witness.entries.is_empty());
        match witnesses.as_slice() {
            [witness] => all.extend(told_by(witness, &version.commit)),
            several => all.extend(derived_from(version, several, readings)),
        }
    }
    undone::mark(&mut all, versions, readings);
    all
}

/// Leaves out what a commit tells of other incidents that it changed as well.
fn keep_own<'a>(witnesses: &mut Vec<Witness>, version: &'a Version, readings: &mut Readings<'a>) {
    let Some(first) = witnesses.first().map(|witness| witness.incident.clone()) else { return };
    if witnesses.iter().all(|witness| witness.incident == first) {
        return;
    }
    let text = version.after.as_deref().or(version.before.first().map(String::as_str));
    if let Some(reading) = text.and_then(|text| readings.of(text)) {
        witnesses.retain(|witness| witness.incident == reading.incident.id);
    }
}

/// What the message bears witness to: one commit's trailers, or those of all that a squash has put together.
fn witnesses(message: &str) -> Vec<Witness> {
    let lines = || message.lines().map(str::trim);
    if lines().filter(|line| line.starts_with("Incident-Recorded:")).count() <= 1 {
        return parse_each(message);
    }
    let paragraphs = lines().collect::<Vec<_>>();
    paragraphs.split(|line| line.is_empty()).flat_map(|lines| parse_each(&lines.join("\n"))).collect()
}

fn told_by(witness: &Witness, commit: &str) -> Vec<Told> {
    let event = |entry: &Entry| Event {
        entry: entry.clone(),
        witnessed: Some(witness.recorded),
        commit: Some(commit.to_owned()),
        source: Source::Tool,
        undone: None,
    };
    witness.entries.iter().map(|entry| Told { event: event(entry), written: true }).collect()
}

/// What the commit changed. Of a squash, `witnesses` know to the second what the tool recorded; what was undone
/// within it never arrived.
fn derived_from<'a>(version: &'a Version, witnesses: &[Witness], readings: &mut Readings<'a>) -> Vec<Told> {
    let Derived { entries, moves } = derived(version, readings);
    let offset = version.after.as_deref().and_then(|text| readings.of(text)).map(|reading| reading.offset);
    let mut by_tool: Vec<Told> =
        witnesses.iter().flat_map(|witness| told_by(witness, &version.commit)).collect();
    let by_hand = |entry| Event {
        entry,
        witnessed: Some(version.committer_time),
        commit: Some(version.commit.clone()),
        source: Source::Hand,
        undone: None,
    };
    let written = entries.into_iter().map(|entry| {
        let is_it = |told: &Told| offset.is_some_and(|offset| told.event.entry.as_written(offset) == entry);
        match by_tool.iter().position(is_it) {
            Some(index) => by_tool.remove(index),
            None => Told { event: by_hand(entry), written: true },
        }
    });
    let written: Vec<Told> = written.collect();
    let silent = moves.into_iter().map(|entry| Told { event: by_hand(entry), written: false });
    written.into_iter().chain(silent).collect()
}

/// How many entries each commit brought that tells of none, for those that brought several: typed in one sitting, or
/// recorded one by one and squashed under a message that has lost their trailers.
pub fn brought_together<'a>(
    path: &str,
    versions: &'a [Version],
    vocabulary: &Vocabulary,
) -> HashMap<&'a str, usize> {
    let mut readings = Readings::new(path, vocabulary);
    let silent = versions.iter().filter(|version| recorded_times(&version.message).is_empty());
    let brought = silent.map(|version| (&*version.commit, derived(version, &mut readings).entries.len()));
    brought.filter(|(_, count)| *count > 1).collect()
}

/// The file's timeline, each entry with the commit that witnesses it, sorted by when things happened.
pub fn join(path: &str, file: &IncidentFile, versions: &[Version], vocabulary: &Vocabulary) -> Joined {
    let mut readings = Readings::new(path, vocabulary);
    let mut pool = Pool::new(tell(versions, &mut readings), file.timeline.offset);
    let written: Vec<Entry> =
        file.timeline.entries().map(|entry| entry.as_written(file.timeline.offset)).collect();
    let mut events = pool.take_for(written, vocabulary).into_iter();
    let items = file.timeline.lines.iter().filter_map(|line| match line {
        TimelineLine::Other { text, line } => Some(Item::Unread { text: text.clone(), line: *line }),
        TimelineLine::Entry { .. } => events.next().map(Item::Event),
    });
    let mut joined = Joined { items: items.collect(), contradictions: Vec::new() };
    for told in pool.lost() {
        joined.contradictions.push(altered(&told.event, versions, &mut readings));
    }
    sort(&mut joined.items);
    for event in pool.without_line() {
        insert(&mut joined.items, event, versions);
    }
    joined
}

/// Which commit took the entry out.
fn altered<'a>(event: &Event, versions: &'a [Version], readings: &mut Readings<'a>) -> Contradiction {
    let mut has = |text: &'a String| {
        let reading = readings.of(text);
        reading.is_some_and(|reading| reading.entries.contains(&event.entry.as_written(reading.offset)))
    };
    let mut took_out =
        |version: &&'a Version| version.before.iter().any(&mut has) && !version.after.iter().any(&mut has);
    let by = versions.iter().rev().find(|version| took_out(version));
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

/// By the minute in which things happened, which is all that the file tells of most; within it, in the file's order.
/// Lines that are no entries stay behind the entry they follow.
fn sort(items: &mut [Item]) {
    let mut last = None;
    let mut keyed: Vec<(Option<DateTime<FixedOffset>>, Item)> = Vec::with_capacity(items.len());
    for item in items.iter() {
        if let Some(event) = item.event() {
            last = Some(event.entry.at.to_minute().at);
        }
        keyed.push((last, item.clone()));
    }
    keyed.sort_by_key(|(at, _)| *at);
    for (place, (_, item)) in items.iter_mut().zip(keyed) {
        *place = item;
    }
}

#[cfg(test)]
#[path = "witness_tests/mod.rs"]
mod tests;
