//! The words of a report: as they were typed, and what they mean after what was said before.

use serde::{Deserialize, Serialize};

use super::super::brief::{last_words, reports};
use super::super::session::Session;
use super::{Args, promise};
use crate::document::IncidentFile;
use crate::domain::event::Entry;
use crate::domain::moment::Moment;
use crate::domain::report::{Bearing, Estimate, Known, Report};

/// What takes words back.
const NOTHING: [&str; 4] = ["none", "-", "なし", "無し"];

/// What says that nobody can tell.
const UNKNOWN: [&str; 8] = ["unknown", "none", "?", "-", "未定", "不明", "わからない", "なし"];

/// As typed; none is "as it was, or as usual".
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Wording {
    pub no_change: bool,
    pub known: Option<String>,
    pub customers: Option<String>,
    pub not_yet: Option<String>,
    pub estimate: Option<String>,
    pub next: Option<String>,
}

/// What was said before.
pub struct Before {
    pub last: Option<(Entry, Report)>,
    /// By the latest report that said more than that nothing changed.
    pub known: Option<String>,
    /// The present estimate, unless its time has passed.
    pub estimate: Estimate,
    /// When the level wants the next report.
    pub next: Option<Moment>,
}

impl Before {
    pub fn of(session: &Session<'_>, file: &IncidentFile) -> Self {
        let mut reports = reports(session, file);
        let known = last_words(&reports);
        let last = reports.pop().map(|(entry, report)| (entry.clone(), report));
        let said = last.as_ref().map(|(_, report)| report.estimate.clone()).unwrap_or_default();
        let minute = |at: Moment| at.to_minute().at;
        let estimate = match (file.incident.expected_end, said.at) {
            (now, said_at) if now.map(minute) == said_at.map(minute) => said,
            (at, _) => Estimate { words: String::new(), at },
        };
        let has_passed = estimate.at.is_some_and(|at| at.at <= session.now());
        let estimate = if has_passed { Estimate::default() } else { estimate };
        Self { last, known, estimate, next: promise::next_update(session, &file.incident) }
    }

    fn report(&self) -> Option<&Report> {
        self.last.as_ref().map(|(_, report)| report)
    }

    pub fn customers(&self) -> Option<&str> {
        self.report().and_then(|report| report.customers.as_deref())
    }

    /// What is not to be said yet: as before, and cause and compensation at first.
    pub fn not_yet(&self, session: &Session<'_>) -> String {
        let usual = || session.documents.text("update-usually-not-yet");
        self.report().map_or_else(usual, |report| report.not_yet.clone())
    }

    /// What stands in place of words in a first report that has none.
    pub fn known_at_first(&self, session: &Session<'_>) -> String {
        session.documents.text("brief-not-known-yet")
    }
}

/// A report but for its number.
pub struct Said {
    pub known: Known,
    pub customers: Option<String>,
    pub not_yet: String,
    pub estimate: Estimate,
    pub next: Option<Moment>,
}

impl Said {
    pub fn report(&self, number: u32, bearing: Bearing) -> Report {
        Report {
            number,
            bearing,
            known: self.known.clone(),
            customers: self.customers.clone(),
            not_yet: self.not_yet.clone(),
            estimate: self.estimate.clone(),
            next: self.next,
        }
    }
}

impl Wording {
    pub fn of_args(args: &Args) -> Self {
        Self {
            no_change: args.no_change,
            known: args.words(),
            customers: args.customers.clone(),
            not_yet: args.not_yet.clone(),
            estimate: args.estimate.clone(),
            next: args.next.clone(),
        }
    }

    /// What it means. `confirms` says that the impact is what the report is about.
    pub fn settle(&self, session: &Session<'_>, before: &Before, confirms: bool) -> anyhow::Result<Said> {
        let kept = || {
            let confirming = confirms.then(|| session.documents.text("update-confirms-impact"));
            let words = confirming.or_else(|| before.known.clone());
            words.unwrap_or_else(|| before.known_at_first(session))
        };
        let known = match (&self.known, self.no_change) {
            (_, true) => Known::NoChange,
            (known, false) => Known::Words(known.clone().unwrap_or_else(kept)),
        };
        let customers = match &self.customers {
            Some(words) => spoken(words),
            None => before.customers().map(str::to_owned),
        };
        let not_yet = match &self.not_yet {
            Some(words) => spoken(words).unwrap_or_default(),
            None => before.not_yet(session),
        };
        let estimate = match &self.estimate {
            Some(text) => estimate(session, text)?,
            None => before.estimate.clone(),
        };
        let next = match &self.next {
            Some(text) => next(session, text)?,
            None => before.next,
        };
        Ok(Said { known, customers, not_yet, estimate, next })
    }
}

/// The words, unless they say that there are none.
fn spoken(words: &str) -> Option<String> {
    let words = words.trim();
    (!words.is_empty() && !is_among(&NOTHING, words)).then(|| words.to_owned())
}

fn is_among(words: &[&str], text: &str) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(text.trim()))
}

/// A time, words, words with a time, or that nobody can tell.
pub fn estimate(session: &Session<'_>, text: &str) -> anyhow::Result<Estimate> {
    if text.trim().is_empty() || is_among(&UNKNOWN, text) {
        return Ok(Estimate::default());
    }
    Estimate::read(text, |text| session.next_moment(text))
}

/// A time that is to come, a length from now, or none.
pub fn next(session: &Session<'_>, text: &str) -> anyhow::Result<Option<Moment>> {
    if is_among(&NOTHING, text) { Ok(None) } else { promise::moment(session, text).map(Some) }
}
