//! The words of a status update as text: what is known, then a list of what else was said, each behind its label.
//!
//! ```text
//! Impact is over; watching that it does not return.
//! - Customers: Payments were unavailable from 2:40 to 3:31.
//! - Do not say: cause
//! - Estimate: decision on “resolved” ~04:30
//! - Next: 03:55
//! ```

use crate::domain::event::{Entry, EventKind, tidy_text};
use crate::domain::moment::Moment;
use crate::domain::report::{Bearing, Correction, Estimate, Known, Report};

use super::entry::{read_time, written_time};
use super::kind::describe;
use super::vocabulary::{ReportWord, Vocabulary, Word};

/// What stands before a label.
const BULLET: &str = "- ";

/// How far further lines of an item are indented.
const INDENT: &str = "  ";

/// Lines of free words, and items with labels below them.
#[derive(Default)]
struct Parts {
    lead: String,
    items: Vec<(ReportWord, String)>,
}

impl Parts {
    fn under(lead: String) -> Self {
        Self { lead, items: Vec::new() }
    }

    fn add(&mut self, label: ReportWord, text: impl Into<String>) {
        self.items.push((label, text.into()));
    }

    fn get(&self, label: ReportWord) -> Option<&str> {
        self.items.iter().find(|(known, _)| *known == label).map(|(_, text)| text.as_str())
    }

    fn write(&self, v: &Vocabulary) -> String {
        let shielded = |line: &str| {
            let is_label = label(line.trim_start_matches('\\'), v).is_some();
            if is_label { format!("\\{line}") } else { line.to_owned() }
        };
        let mut lines: Vec<String> = self.lead.lines().map(shielded).collect();
        for (word, text) in &self.items {
            let label = v.written(Word::Report(*word));
            let mut text = text.lines();
            let first = text.next().unwrap_or_default();
            lines.push(if first.is_empty() {
                format!("{BULLET}{label}")
            } else {
                format!("{BULLET}{label}: {first}")
            });
            lines.extend(text.map(|line| format!("{INDENT}{line}")));
        }
        tidy_text(&lines.join("\n"))
    }

    fn read(text: &str, v: &Vocabulary) -> Self {
        let mut parts = Self::default();
        for line in text.lines() {
            match (label(line, v), parts.items.last_mut()) {
                (Some((word, rest)), _) => parts.add(word, rest),
                (None, Some((_, text))) => {
                    text.push('\n');
                    text.push_str(line.strip_prefix(INDENT).unwrap_or(line));
                }
                (None, None) => {
                    let is_shielded =
                        line.starts_with('\\') && label(line.trim_start_matches('\\'), v).is_some();
                    parts.lead.push_str(if is_shielded { &line[1..] } else { line });
                    parts.lead.push('\n');
                }
            }
        }
        parts.lead = tidy_text(&parts.lead);
        parts.items.iter_mut().for_each(|(_, text)| *text = tidy_text(text));
        parts
    }
}

/// The label at the beginning of `line`, and what follows it.
fn label<'a>(line: &'a str, v: &Vocabulary) -> Option<(ReportWord, &'a str)> {
    let line = line.strip_prefix(BULLET)?;
    ReportWord::LABELS.into_iter().find_map(|word| {
        v.spellings(Word::Report(word)).find_map(|spelling| {
            let start = line.get(..spelling.len()).filter(|start| start.eq_ignore_ascii_case(spelling))?;
            let rest = &line[start.len()..];
            let text = rest.strip_prefix(':').or_else(|| rest.strip_prefix('：'));
            match text {
                Some(text) => Some((word, text.trim_start())),
                None => rest.trim().is_empty().then_some((word, "")),
            }
        })
    })
}

/// The text of the report's entry, which is about `at` in the offset of the timeline. Times are to the minute.
///
/// [`parse_report`] reads back what it says.
pub fn format_report(report: &Report, at: Moment, v: &Vocabulary) -> String {
    let mut parts = Parts::under(match &report.known {
        Known::Words(words) if !words.trim().is_empty() => words.trim().to_owned(),
        _ => v.written(Word::Report(ReportWord::NoChange)).to_owned(),
    });
    match report.bearing {
        Bearing::Plain => {}
        Bearing::Wider => parts.add(ReportWord::Wider, ""),
        Bearing::Confirmed => parts.add(ReportWord::Confirmed, ""),
    }
    if let Some(words) = report.customers.as_deref().map(str::trim).filter(|words| !words.is_empty()) {
        parts.add(ReportWord::Customers, words);
    }
    if !report.not_yet.trim().is_empty() {
        parts.add(ReportWord::NotYet, report.not_yet.trim());
    }
    parts.add(ReportWord::Estimate, written_estimate(&report.estimate, at, v));
    if let Some(next) = report.next {
        parts.add(ReportWord::Next, written_time(next, at.at, v));
    }
    parts.write(v)
}

/// What the entry of a report says; none for another entry.
pub fn parse_report(entry: &Entry, v: &Vocabulary) -> Option<Report> {
    let EventKind::Update { number } = entry.kind else { return None };
    let parts = Parts::read(&entry.text, v);
    let is_no_change = parts.lead.is_empty() || v.is(Word::Report(ReportWord::NoChange), &parts.lead);
    let known = if is_no_change { Known::NoChange } else { Known::Words(parts.lead.clone()) };
    let bearing = match (parts.get(ReportWord::Wider), parts.get(ReportWord::Confirmed)) {
        (Some(_), _) => Bearing::Wider,
        (None, Some(_)) => Bearing::Confirmed,
        (None, None) => Bearing::Plain,
    };
    let words = |label| parts.get(label).map(str::to_owned).filter(|words| !words.is_empty());
    let estimate = parts.get(ReportWord::Estimate).map(|text| read_estimate(text, entry.at, v));
    Some(Report {
        number,
        bearing,
        known,
        customers: words(ReportWord::Customers),
        not_yet: words(ReportWord::NotYet).unwrap_or_default(),
        estimate: estimate.unwrap_or_default(),
        next: parts.get(ReportWord::Next).and_then(|text| read_time(text, entry.at.at)),
    })
}

/// `decision on “resolved” ~04:30`, on one line.
fn written_estimate(estimate: &Estimate, at: Moment, v: &Vocabulary) -> String {
    if estimate.is_unknown() {
        return v.written(Word::Report(ReportWord::NoEstimate)).to_owned();
    }
    let words = estimate.words.split_whitespace().map(str::to_owned);
    let time = estimate.at.map(|time| written_time(time, at.at, v));
    words.chain(time).collect::<Vec<_>>().join(" ")
}

/// A time at the end of the words is the time of the estimate.
fn read_estimate(text: &str, at: Moment, v: &Vocabulary) -> Estimate {
    let words: Vec<&str> = text.split_whitespace().collect();
    if v.is(Word::Report(ReportWord::NoEstimate), &words.join(" ")) {
        return Estimate::default();
    }
    // Date and time, or the time alone.
    let time = [2, 1].into_iter().filter_map(|count| words.len().checked_sub(count)).find_map(|start| {
        let time = read_time(&words[start..].join(" "), at.at)?;
        Some((start, time))
    });
    match time {
        Some((start, time)) => Estimate { words: words[..start].join(" "), at: Some(time) },
        None => Estimate { words: words.join(" "), at: None },
    }
}

/// The text of the entry of a correction.
pub fn format_correction(correction: &Correction, v: &Vocabulary) -> String {
    let mut parts = Parts::under(describe(&EventKind::Update { number: correction.number }, v));
    if !correction.wrong.trim().is_empty() {
        parts.add(ReportWord::Wrong, correction.wrong.trim());
    }
    parts.add(ReportWord::Right, correction.right.trim());
    parts.write(v)
}

/// What the entry of a correction says; none for another entry, or one that names no report.
pub fn parse_correction(entry: &Entry, v: &Vocabulary) -> Option<Correction> {
    if entry.kind != EventKind::Correction {
        return None;
    }
    let parts = Parts::read(&entry.text, v);
    let Some(EventKind::Update { number }) = super::kind::parse(&parts.lead, v) else { return None };
    let words = |label| parts.get(label).unwrap_or_default().to_owned();
    Some(Correction { number, wrong: words(ReportWord::Wrong), right: words(ReportWord::Right) })
}

#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;
