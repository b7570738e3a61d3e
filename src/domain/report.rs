//! A numbered status update: what is known, what customers may be told, and what is promised.

use super::act::Act;
use super::change::{Change, Value};
use super::event::{Entry, EventKind};
use super::incident::Incident;
use super::moment::Moment;

/// What a report says. The front matter has what is promised now; this is what was said then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Counted from 1. Two people who were cut off from each other may have given the same number.
    pub number: u32,
    pub bearing: Bearing,
    pub known: Known,
    /// Words that customers may be given; none while there are none.
    pub customers: Option<String>,
    /// What is not to be said yet; may be empty.
    pub not_yet: String,
    pub estimate: Estimate,
    /// When the next report is promised.
    pub next: Option<Moment>,
}

/// How the report bears on what was said of the impact before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bearing {
    #[default]
    Plain,
    Wider,
    /// What was provisional is confirmed.
    Confirmed,
}

/// What is known, for colleagues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// Nothing new; work goes on.
    NoChange,
    /// Never empty.
    Words(String),
}

/// When it is thought to be over. No words and no time are an answer, too: nobody can tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Estimate {
    /// What is to happen then, or an estimate that is no time.
    pub words: String,
    pub at: Option<Moment>,
}

impl Estimate {
    pub fn is_unknown(&self) -> bool {
        self.words.is_empty() && self.at.is_none()
    }
}

/// That an earlier report was wrong, and what is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The report that was wrong.
    pub number: u32,
    /// May be empty.
    pub wrong: String,
    pub right: String,
}

/// The number of the next report.
pub fn next_number<'a>(entries: impl Iterator<Item = &'a Entry>) -> u32 {
    numbers(entries).max().map_or(1, |last| last.saturating_add(1))
}

/// The numbers of all reports.
pub fn numbers<'a>(entries: impl Iterator<Item = &'a Entry>) -> impl Iterator<Item = u32> {
    entries.filter_map(|entry| match entry.kind {
        EventKind::Update { number } => Some(number),
        _ => None,
    })
}

/// Whether the impact was confirmed, by the entry about it that was written down last; none where none says anything.
pub fn impact_is_confirmed<'a>(entries: impl Iterator<Item = &'a Entry>) -> Option<bool> {
    let about_impact = entries.filter_map(|entry| match entry.kind {
        EventKind::Impact { confirmed } => Some((entry.recorded_at(), confirmed)),
        _ => None,
    });
    about_impact.max_by_key(|(recorded, _)| *recorded).map(|(_, confirmed)| confirmed)
}

/// Gives the report: an entry whose words are `act`'s, and what it promises in the front matter.
pub fn give(incident: &Incident, report: &Report, act: &Act<'_>) -> Change {
    let mut change = Change::default();
    let promises = [
        ("next_update", incident.next_update, report.next),
        ("expected_end", incident.expected_end, report.estimate.at),
    ];
    for (key, before, after) in promises {
        match after {
            Some(at) if before != after => change.set(key, Value::Time(at)),
            None if before.is_some() => change.remove(&[key]),
            _ => {}
        }
    }
    change.entries.push(act.entry(EventKind::Update { number: report.number }));
    change
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{act, incident, moment, told};

    fn report(at: Option<&str>, next: Option<&str>) -> Report {
        Report {
            number: 2,
            bearing: Bearing::Plain,
            known: Known::NoChange,
            customers: None,
            not_yet: String::new(),
            estimate: Estimate { words: String::new(), at: at.map(moment) },
            next: next.map(moment),
        }
    }

    #[test]
    fn what_is_promised_stands_in_the_front_matter() {
        let check = |before: [Option<&str>; 2], now: [Option<&str>; 2], expected: &[&str]| {
            let [expected_end, next_update] = before.map(|at| at.map(moment));
            let incident = Incident { expected_end, next_update, ..incident() };
            let change = give(&incident, &report(now[0], now[1]), &act("03:00", "03:00", "words"));
            assert_eq!(told(&change), expected);
        };
        let entry = "03:00 Update { number: 2 } Alice: words";
        check([None, None], [None, None], &[entry]);
        check(
            [Some("04:00"), Some("03:20")],
            [Some("04:00"), Some("03:40")],
            &["next_update=Time(Moment { at: 2026-11-20T03:40:00+09:00, approximate: false })", entry],
        );
        check([Some("04:00"), Some("03:20")], [None, None], &["-next_update", "-expected_end", entry]);
    }

    #[test]
    fn numbers_go_on_from_the_greatest() {
        let entries = |numbers: &[u32]| {
            numbers
                .iter()
                .map(|n| act("03:00", "03:00", "").entry(EventKind::Update { number: *n }))
                .collect::<Vec<_>>()
        };
        for (given, expected) in [(&[][..], 1), (&[1, 2, 2], 3), (&[5, 1], 6), (&[u32::MAX], u32::MAX)] {
            assert_eq!(next_number(entries(given).iter()), expected, "{given:?}");
        }
    }

    #[test]
    fn the_impact_is_what_was_said_of_it_last() {
        let said = |recorded: &'static str, confirmed| {
            act("03:00", recorded, "").entry(EventKind::Impact { confirmed })
        };
        let check = |entries: &[Entry], expected| assert_eq!(impact_is_confirmed(entries.iter()), expected);
        check(&[], None);
        check(&[said("03:05", false)], Some(false));
        check(&[said("03:20", true), said("03:05", false)], Some(true));
    }
}
