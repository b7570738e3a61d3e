//! The timeline as it is known: entries, and what witnesses them.

use chrono::{DateTime, FixedOffset};

use super::event::Entry;

/// How an event is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The tool recorded it, and its commit says so.
    Tool,
    /// Somebody changed the file in an editor or on a web page.
    Hand,
    /// It stands in the file and no commit witnesses it.
    File,
}

impl Source {
    pub fn token(self) -> &'static str {
        match self {
            Self::Tool => "tool",
            Self::Hand => "hand",
            Self::File => "file",
        }
    }
}

/// What took an event back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undoing {
    pub commit: String,
    /// Who did it, as git names them.
    pub by: String,
    pub at: DateTime<FixedOffset>,
}

/// An entry and its witness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub entry: Entry,
    /// When the witness says it was written down, to the second.
    pub witnessed: Option<DateTime<FixedOffset>>,
    pub commit: Option<String>,
    pub source: Source,
    /// Taken back later; no longer in the file.
    pub undone: Option<Box<Undoing>>,
}

impl Event {
    /// When it was written down, as far as anything says so.
    pub fn recorded(&self) -> Option<DateTime<FixedOffset>> {
        self.witnessed.or(self.entry.recorded)
    }
}

/// What a timeline shows in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    Event(Event),
    /// A line of the file that is no entry, and its line number.
    Unread {
        text: String,
        line: usize,
    },
}

impl Item {
    pub fn event(&self) -> Option<&Event> {
        match self {
            Self::Event(event) => Some(event),
            Self::Unread { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::{EventKind, NoteKind};
    use crate::domain::samples::{act, moment};

    #[test]
    fn a_witness_knows_better_when_it_was_written_down() {
        let entry = act("02:50", "02:57", "").entry(EventKind::Note(NoteKind::Note));
        let event = |witnessed: Option<&str>, entry: &Entry| Event {
            entry: entry.clone(),
            witnessed: witnessed.map(|at| moment(at).at),
            commit: None,
            source: Source::File,
            undone: None,
        };
        let bare = Entry { recorded: None, ..entry.clone() };
        for (witnessed, entry, expected) in
            [(Some("02:58"), &entry, Some("02:58")), (None, &entry, Some("02:57")), (None, &bare, None)]
        {
            assert_eq!(event(witnessed, entry).recorded(), expected.map(|at| moment(at).at));
        }
    }
}
