//! The versions of one file as they were read, each text at most once.

use std::collections::HashMap;
use std::rc::Rc;

use chrono::FixedOffset;

use super::parse::parse;
use super::vocabulary::Vocabulary;
use crate::domain::event::Entry;
use crate::domain::incident::Incident;

/// What one version says.
#[derive(Debug)]
pub(super) struct Reading {
    pub incident: Incident,
    /// The timeline as it is written, in the file's order.
    pub entries: Vec<Entry>,
    pub offset: FixedOffset,
}

/// Reads versions when they are asked for: most commits say in their trailers what they did.
pub(super) struct Readings<'a> {
    path: &'a str,
    vocabulary: &'a Vocabulary,
    read: HashMap<&'a str, Option<Rc<Reading>>>,
}

impl<'a> Readings<'a> {
    pub fn new(path: &'a str, vocabulary: &'a Vocabulary) -> Self {
        Self { path, vocabulary, read: HashMap::new() }
    }

    /// What `text` says; none where it is no valid incident file.
    pub fn of(&mut self, text: &'a str) -> Option<Rc<Reading>> {
        let (path, vocabulary) = (self.path, self.vocabulary);
        self.read.entry(text).or_insert_with(|| read(path, text, vocabulary).map(Rc::new)).clone()
    }

    /// How many versions had to be read so far.
    #[cfg(test)]
    pub fn count(&self) -> usize {
        self.read.len()
    }
}

fn read(path: &str, text: &str, vocabulary: &Vocabulary) -> Option<Reading> {
    let file = parse(path, text.as_bytes(), vocabulary).ok()?;
    let offset = file.timeline.offset;
    let entries = file.timeline.entries().map(|entry| entry.as_written(offset)).collect();
    Some(Reading { incident: file.incident, entries, offset })
}
