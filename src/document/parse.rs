//! An incident file as values: the present from its front matter, the record from its sections.

use chrono::FixedOffset;

use crate::domain::action::ActionItem;
use crate::domain::event::Entry;
use crate::domain::incident::Incident;
use crate::failure::{Failure, Place};

use super::actions::parse_action;
use super::entry::{parse_entry, split_bullet};
use super::outline::{self, Anchored, BlockKind, Outline, Section};
use super::source::Source;
use super::vocabulary::Vocabulary;
use super::{front_matter, present, prose, strict, yaml};

/// Everything that a file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncidentFile {
    pub incident: Incident,
    pub timeline: Timeline,
    pub actions: Vec<ActionItem>,
    /// The items of the links section as Markdown.
    pub links: Vec<String>,
    /// Keys that mean nothing to this program. They stay in the file.
    pub unknown_keys: Vec<(String, Place)>,
    /// The Markdown behind the front matter.
    pub body: String,
    /// The first line of a conflict that a merge has left, if there is one.
    pub conflict: Option<Place>,
}

/// The section of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// Whether the file has such a section.
    pub present: bool,
    /// The offset of its times.
    pub offset: FixedOffset,
    pub lines: Vec<TimelineLine>,
}

/// A block of the record, in the file's order. `line` counts from 1 in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimelineLine {
    Entry {
        entry: Entry,
        line: usize,
        text: String,
    },
    /// What does not read as an entry.
    Other {
        text: String,
        line: usize,
    },
}

impl Timeline {
    /// The entries in the file's order.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.lines.iter().filter_map(|line| match line {
            TimelineLine::Entry { entry, .. } => Some(entry),
            TimelineLine::Other { .. } => None,
        })
    }

    /// The same, as the rules take them.
    pub fn to_entries(&self) -> Vec<Entry> {
        self.entries().cloned().collect()
    }
}

/// Reads a whole file. Every fault is found, not just the first.
pub fn parse(path: &str, bytes: &[u8], v: &Vocabulary) -> Result<IncidentFile, Vec<Failure>> {
    let source = Source::new(path, bytes).map_err(|failure| vec![failure])?;
    let fences = front_matter::split(&source).map_err(|failure| vec![failure])?;
    let outline = outline::read(&source, fences.body.clone());
    let mut unknown_keys = Vec::new();
    let incident = yaml::read(&source, &fences).and_then(|root| {
        strict::read(&source, &fences, &root)?;
        present::read(&source, &root, &mut unknown_keys)
    });
    let (incident, outline) = match (incident, outline) {
        (Ok(incident), Ok(outline)) => (incident, outline),
        (incident, outline) => {
            let faults = [incident.err(), outline.err()];
            return Err(explained(&source, faults.into_iter().flatten().flatten().collect()));
        }
    };
    Ok(IncidentFile {
        timeline: timeline(&source, &outline, default_offset(&incident), v),
        actions: actions(&source, &outline, v),
        links: links(&source, &outline),
        unknown_keys,
        body: source.text[fences.body].to_owned(),
        conflict: prose::conflict_marker(source.text).map(|at| source.place(at)),
        incident,
    })
}

/// Reads the front matter alone, which is all that a list needs.
pub fn parse_present(path: &str, bytes: &[u8]) -> Result<Incident, Vec<Failure>> {
    let source = Source::new(path, bytes).map_err(|failure| vec![failure])?;
    let fences = front_matter::split(&source).map_err(|failure| vec![failure])?;
    let present =
        yaml::read(&source, &fences).and_then(|root| present::read(&source, &root, &mut Vec::new()));
    present.map_err(|faults| explained(&source, faults))
}

/// The one fault behind all others, where a merge has left its markers.
fn explained(source: &Source<'_>, faults: Vec<Failure>) -> Vec<Failure> {
    match prose::conflict_marker(source.text) {
        Some(at) => vec![source.fault("file-has-conflict", at)],
        None => faults,
    }
}

/// The offset of a record that names none: the one in which the incident was declared.
fn default_offset(incident: &Incident) -> FixedOffset {
    incident.declared().map_or_else(utc, |declared| *declared.at.offset())
}

pub(super) fn utc() -> FixedOffset {
    FixedOffset::east_opt(0).expect("no offset is a valid one")
}

fn timeline(source: &Source<'_>, outline: &Outline, default: FixedOffset, v: &Vocabulary) -> Timeline {
    let Some(anchored) = outline.get(Section::Timeline) else {
        return Timeline { present: false, offset: default, lines: Vec::new() };
    };
    let offset = anchored.offset.unwrap_or(default);
    Timeline { present: true, offset, lines: timeline_lines(source, anchored, offset, v) }
}

pub(super) fn timeline_lines(
    source: &Source<'_>,
    anchored: &Anchored,
    offset: FixedOffset,
    v: &Vocabulary,
) -> Vec<TimelineLine> {
    let told = anchored.blocks.iter().filter(|block| block.kind != BlockKind::Html);
    let (mut line, mut counted) = (1, 0);
    told.map(|block| {
        let raw = &source.text[block.range.clone()];
        // Counted on from the block before: a hostile file may have a million of them.
        line += source.text[counted..block.range.start].matches('\n').count();
        counted = block.range.start;
        let text = raw.trim_end().to_owned();
        let entry = (block.kind == BlockKind::Item).then(|| parse_entry(raw, offset, v)).flatten();
        match entry {
            Some(entry) => TimelineLine::Entry { entry, line, text },
            None => TimelineLine::Other { text, line },
        }
    })
    .collect()
}

fn items<'a>(source: &Source<'a>, outline: &'a Outline, section: Section) -> impl Iterator<Item = &'a str> {
    let blocks = outline.get(section).map_or(&[][..], |anchored| &anchored.blocks);
    let text = source.text;
    blocks.iter().filter(|block| block.kind == BlockKind::Item).map(move |block| &text[block.range.clone()])
}

fn actions(source: &Source<'_>, outline: &Outline, v: &Vocabulary) -> Vec<ActionItem> {
    items(source, outline, Section::Actions).filter_map(|item| parse_action(item, v)).collect()
}

fn links(source: &Source<'_>, outline: &Outline) -> Vec<String> {
    items(source, outline, Section::Links).map(|item| split_bullet(item).1.trim().to_owned()).collect()
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
