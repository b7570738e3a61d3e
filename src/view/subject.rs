//! Commit subjects and one-line summaries of events, in the words of a vocabulary.

use super::sanitize::sanitize;
use super::width::truncate;
use crate::document::describe;
use crate::document::vocabulary::Vocabulary;
use crate::domain::event::{Entry, EventKind};
use crate::domain::id::IncidentId;
use crate::domain::moment::Moment;
use crate::locale::Locale;
use crate::locale::times::Clock;

/// What GitHub and `git log --oneline` show of a subject before they cut it, roughly.
const LONGEST: usize = 100;

/// `20261120-k7qm: fixing → monitoring — error rate back to normal`
pub fn of_entries(id: &IncidentId, entries: &[Entry], vocabulary: &Vocabulary) -> String {
    let Some(first) = entries.first() else { return id.to_string() };
    let more = if entries.len() > 1 { format!(" (+{})", entries.len() - 1) } else { String::new() };
    let line = format!("{id}: {}", of_entry(first, vocabulary));
    format!("{}{more}", truncate(&line, LONGEST))
}

/// What happened and the first line of the words: `Fixing → Monitoring — error rate back to normal`.
pub fn of_entry(entry: &Entry, vocabulary: &Vocabulary) -> String {
    with_words(describe(&entry.kind, vocabulary), entry)
}

/// Each entry as people are told it: `Next update: 03:30`.
pub fn of_each(entries: &[Entry], vocabulary: &Vocabulary, clock: &Clock<'_>) -> Vec<String> {
    let time = |at| clock.moment(at);
    let what = |entry: &Entry| what(&entry.kind, vocabulary, clock.locale, time);
    entries.iter().map(|entry| with_words(what(entry), entry)).collect()
}

/// Always one line: what stands behind a line break could pass for the trailers of a commit.
fn with_words(what: String, entry: &Entry) -> String {
    let line = match entry.text.lines().find(|line| !line.trim().is_empty()) {
        Some(words) => format!("{what} — {}", words.trim()),
        None => what,
    };
    sanitize(&line).into_owned()
}

/// What happened, as people are told it: a fact by its label, a time as `time` shows it.
pub fn what(
    kind: &EventKind,
    vocabulary: &Vocabulary,
    locale: &Locale,
    time: impl Fn(Moment) -> String,
) -> String {
    let EventKind::Set { key, from, to } = kind else { return describe(kind, vocabulary) };
    let value = |value: &str| match (Moment::parse(value), key.as_str()) {
        _ if value.is_empty() => "-".to_owned(),
        (Some(at), _) => time(at),
        (None, "mode") => locale.label("mode", value),
        (None, "detected_by") => locale.label("detected-by", value),
        (None, _) => value.to_owned(),
    };
    let label = match locale.label("milestone", key) {
        label if label != *key => label,
        _ => locale.label("fact", key),
    };
    let before = if from.is_empty() { String::new() } else { format!("{} → ", value(from)) };
    format!("{label}: {before}{}", value(to))
}
