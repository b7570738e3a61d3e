//! Commit subjects and one-line summaries of events, in the words of a vocabulary.

use crate::document::describe;
use crate::document::vocabulary::Vocabulary;
use crate::domain::event::Entry;
use crate::domain::id::IncidentId;

/// What GitHub and `git log --oneline` show of a subject before they cut it, roughly.
const LONGEST: usize = 100;

/// `20261120-k7qm: fixing → monitoring — error rate back to normal`
pub fn of_entries(id: &IncidentId, entries: &[Entry], vocabulary: &Vocabulary) -> String {
    let Some(first) = entries.first() else { return id.to_string() };
    let more = if entries.len() > 1 { format!(" (+{})", entries.len() - 1) } else { String::new() };
    let line = format!("{id}: {}", of_entry(first, vocabulary));
    format!("{}{more}", crate::view::width::truncate(&line, LONGEST))
}

/// What happened and the first line of the words: `Fixing → Monitoring — error rate back to normal`.
pub fn of_entry(entry: &Entry, vocabulary: &Vocabulary) -> String {
    let what = describe(&entry.kind, vocabulary);
    match entry.text.lines().find(|line| !line.trim().is_empty()) {
        Some(words) => format!("{what} — {}", words.trim()),
        None => what,
    }
}

/// Each entry on a line of its own.
pub fn of_each(entries: &[Entry], vocabulary: &Vocabulary) -> Vec<String> {
    entries.iter().map(|entry| of_entry(entry, vocabulary)).collect()
}
