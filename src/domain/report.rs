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

    /// What a person means by `text`: a time, words, or words that end in a time. `time` reads a time.
    ///
    /// The error is that of `time`, for figures that are none.
    pub fn read<E>(text: &str, time: impl Fn(&str) -> Result<Moment, E>) -> Result<Self, E> {
        let text = text.trim();
        let error = match time(text) {
            Ok(at) => return Ok(Self { words: String::new(), at: Some(at) }),
            Err(error) => error,
        };
        for (start, _) in text.char_indices().filter(|(start, _)| may_begin_time(text, *start)) {
            if let Ok(at) = time(&text[start..]) {
                let words = text[..start]
                    .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '、' | ':'));
                return Ok(Self { words: words.to_owned(), at: Some(at) });
            }
        }
        let says_something = text.chars().filter(|c| c.is_alphabetic()).count() > 1;
        if says_something { Ok(Self { words: text.to_owned(), at: None }) } else { Err(error) }
    }
}

/// Whether a time could stand from `start` to the end: not in the middle of a word or a figure, and with a figure in it.
fn may_begin_time(text: &str, start: usize) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '/' | '.');
    let inside =
        text[..start].chars().next_back().is_some_and(is_plain) && text[start..].starts_with(is_plain);
    !inside && text[start..].contains(|c: char| c.is_numeric())
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
    use crate::domain::time_expression;

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
    fn an_estimate_is_a_time_or_words_or_both() {
        let now = moment("03:36").at;
        let time = |text: &str| time_expression::parse_next(text, now, chrono_tz::Asia::Tokyo);
        for (text, words, at) in [
            ("04:30", "", Some("04:30")),
            ("~04:30", "", Some("~04:30")),
            ("1時間後", "", Some("04:36")),
            ("収束の判断 04:30頃", "収束の判断", Some("~04:30")),
            ("収束の判断は04:30ごろ", "収束の判断は", Some("~04:30")),
            ("decision on “resolved” around 04:30", "decision on “resolved”", Some("~04:30")),
            ("v2.1 is out, 11/21 9:00", "v2.1 is out", Some("2026-11-21T09:00:00+09:00")),
            ("some time this afternoon", "some time this afternoon", None),
            ("業者の回答しだい", "業者の回答しだい", None),
            ("the 2nd try", "the 2nd try", None),
        ] {
            let expected = Estimate { words: words.to_owned(), at: at.map(moment) };
            assert_eq!(Estimate::read(text, time), Ok(expected), "{text}");
        }
        for text in ["25:99", "", "4", "12h30:00"] {
            assert!(Estimate::read(text, time).is_err(), "{text}");
        }
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
