//! The block that people paste: how things stand, for colleagues, customers, the management or whoever joins.

use super::brief_layout::{Row, block};
use super::list;
use super::names::Names;
use super::sanitize::{sanitize, sanitize_block};
use crate::document::IncidentFile;
use crate::domain::event::{Entry, Milestone, NoteKind};
use crate::domain::flow::Category;
use crate::domain::incident::Incident;
use crate::domain::invocation::Invocation;
use crate::domain::moment::Moment;
use crate::domain::report::{Bearing, Correction, Known, Report};
use crate::domain::text::Lang;
use crate::locale::times::Clock;
use crate::say;

/// What a block is made of.
#[derive(Clone, Copy)]
pub struct Brief<'a> {
    /// In the language of the block.
    pub names: Names<'a>,
    pub clock: &'a Clock<'a>,
    pub invocation: &'a Invocation,
    pub file: &'a IncidentFile,
    /// The report it gives, and its entry; none where there was none yet.
    pub report: Option<(&'a Entry, &'a Report)>,
    /// Whether that is the latest one, so that what it promised may have changed since.
    pub is_latest: bool,
    pub corrections: &'a [Correction],
    /// What is known by the latest report that said more than that nothing changed.
    pub last_words: Option<&'a str>,
}

impl Brief<'_> {
    /// For colleagues: the report as it was given; the declaration or the end where that is what there is to say.
    pub fn for_staff(&self) -> String {
        let (tag, at) = self.occasion();
        let mut rows = vec![self.row("brief-status", self.known())];
        for correction in self.corrections {
            rows.push(self.row("brief-corrected", self.corrected(correction)));
        }
        rows.push(self.row("brief-impact", self.impact()));
        rows.extend(self.estimate());
        rows.extend(self.customers_and_not_yet());
        rows.extend(self.dates());
        rows.extend(self.next());
        rows.extend(self.people());
        block(&self.heading(&tag, at), &rows, self.names.locale)
    }

    /// That an earlier report was wrong.
    pub fn of_correction(&self, correction: &Correction, at: Moment) -> String {
        let tag = say!(self.names.locale, "brief-tag-correction", number = correction.number);
        let mut rows = Vec::new();
        if !correction.wrong.is_empty() {
            rows.push(self.row("brief-wrong", sanitize_block(&correction.wrong)));
        }
        rows.push(self.row("brief-right", sanitize_block(&correction.right)));
        rows.extend(self.next());
        rows.extend(self.people());
        block(&self.heading(&tag, at), &rows, self.names.locale)
    }

    /// The words that customers may be given, and no others; none while there are none that still hold.
    pub fn for_customers(&self) -> Option<String> {
        let words = self.report?.1.customers.as_deref().filter(|_| !self.has_outlived_words())?;
        Some(sanitize_block(words).into_owned())
    }

    /// Whether the words for customers were given before the impact was over: who reads them now would be misled.
    pub fn has_outlived_words(&self) -> bool {
        let Some((entry, report)) = self.report.filter(|_| self.is_latest) else { return false };
        let ends = [Milestone::Mitigated, Milestone::Resolved];
        let ends = ends.iter().filter_map(|milestone| self.incident().times.get(milestone));
        report.customers.is_some() && ends.into_iter().any(|end| end.to_minute().at > entry.at.to_minute().at)
    }

    /// For the management: what it costs, when it ends, when they hear again, and from whom.
    pub fn for_management(&self) -> String {
        let mut rows = vec![self.row("brief-impact", self.impact()), self.row("brief-status", self.status())];
        rows.extend(self.estimate());
        rows.extend(self.dates());
        rows.extend(self.next());
        rows.extend(self.people());
        block(&self.heading_now(), &rows, self.names.locale)
    }

    /// For whoever joins: how it stands, who does what, what was decided and tried.
    pub fn for_newcomer(&self) -> String {
        let mut rows = vec![self.row("brief-status", self.status_and_words())];
        rows.push(self.row("brief-impact", self.impact()));
        for (role, people) in &self.incident().roles {
            rows.push(Row::new(self.names.role(role), self.names.people(people)));
        }
        for (label, kind) in [("brief-decided", NoteKind::Decision), ("brief-tried", NoteKind::Tried)] {
            rows.extend(self.remarks(label, kind));
        }
        rows.extend(self.estimate());
        rows.extend(self.next());
        let id = self.incident().id.short();
        rows.push(self.row("brief-more", self.invocation.command(&format!("timeline {id}"))));
        block(&self.heading_now(), &rows, self.names.locale)
    }

    pub(super) fn incident(&self) -> &Incident {
        &self.file.incident
    }

    pub(super) fn category(&self) -> Category {
        self.names.flow.category(&self.incident().status)
    }

    pub(super) fn row(&self, label: &str, value: impl AsRef<str>) -> Row {
        Row::new(self.names.locale.text(label), value)
    }

    /// Whether the incident is over, and nothing was reported since.
    pub(super) fn is_over(&self) -> bool {
        let resolved = self.incident().times.get(&Milestone::Resolved);
        let reported = self.report.map(|(entry, _)| entry.at);
        self.is_latest
            && !self.category().is_live()
            && resolved.is_some_and(|at| reported.is_none_or(|before| before.to_minute().at <= at.at))
    }

    /// What the block is called, and of when it is.
    fn occasion(&self) -> (String, Moment) {
        let locale = self.names.locale;
        let resolved = self.incident().times.get(&Milestone::Resolved).filter(|_| self.is_over());
        if let Some(at) = resolved {
            return (locale.text("brief-tag-resolved"), *at);
        }
        let Some((entry, report)) = self.report else {
            return (locale.text("brief-tag-first"), Moment::exact(self.clock.now));
        };
        let number = report.number;
        let tag = match report.bearing {
            Bearing::Wider => say!(locale, "brief-tag-wider", number = number),
            Bearing::Confirmed => say!(locale, "brief-tag-confirmed", number = number),
            Bearing::Plain if number == 1 => locale.text("brief-tag-first"),
            Bearing::Plain => say!(locale, "brief-tag-update", number = number),
        };
        (tag, entry.at)
    }

    /// `【第3報】決済が全部エラーになる（SEV1）　11/20(金) 03:36`
    fn heading(&self, tag: &str, at: Moment) -> String {
        self.heading_with(tag, &self.names.level(self.incident().severity.as_deref()), at)
    }

    fn heading_with(&self, tag: &str, level: &str, at: Moment) -> String {
        let locale = self.names.locale;
        let title = list::title(self.incident(), &self.names);
        let time = format!("{}{}", self.clock.time(at.at), self.zone(at));
        let when = say!(locale, "brief-when", day = self.clock.day(at.at), time = time);
        say!(
            locale,
            "brief-heading",
            tag = tag,
            title = sanitize(&title).as_ref(),
            level = level,
            when = when
        )
    }

    /// For those who do not know the levels by heart.
    fn heading_now(&self) -> String {
        let level = self.names.level_in_full(self.incident().severity.as_deref());
        self.heading_with(&self.names.locale.text("brief-tag-now"), &level, Moment::exact(self.clock.now))
    }

    /// ` JST`, which Japanese readers take for granted.
    fn zone(&self, at: Moment) -> String {
        let zone = at.at.with_timezone(&self.clock.zone).format(" %Z").to_string();
        if self.names.locale.lang() == Lang::Ja && zone == " JST" { String::new() } else { zone }
    }

    fn known(&self) -> String {
        let locale = self.names.locale;
        if self.is_over() {
            return locale.text("brief-over");
        }
        match self.report.map(|(_, report)| &report.known) {
            None => locale.text("brief-not-known-yet"),
            Some(Known::NoChange) => locale.text("brief-no-change"),
            Some(Known::Words(words)) => sanitize_block(words).into_owned(),
        }
    }

    fn corrected(&self, correction: &Correction) -> String {
        let right = sanitize_block(&correction.right);
        if correction.wrong.is_empty() {
            return right.into_owned();
        }
        let wrong = sanitize_block(&correction.wrong);
        say!(self.names.locale, "brief-wrong-and-right", wrong = wrong.as_ref(), right = right.as_ref())
    }

    /// Whoever joins wants more than that nothing changed.
    fn status_and_words(&self) -> String {
        let words = self.last_words.map(|words| sanitize_block(words).into_owned());
        [self.status()].into_iter().chain(words).collect::<Vec<_>>().join("\n")
    }

    fn status(&self) -> String {
        self.names.status(&self.incident().status)
    }

    fn customers_and_not_yet(&self) -> Vec<Row> {
        let none = || self.row("brief-customers", self.names.locale.text("brief-no-words-yet"));
        let customers = match self.for_customers() {
            Some(words) => Some(self.row("brief-customers", words).quoted()),
            None if self.has_outlived_words() => {
                Some(self.row("brief-customers", self.names.locale.text("brief-words-outlived")))
            }
            None => (!self.is_over()).then(none),
        };
        let not_yet =
            self.report.map(|(_, report)| report.not_yet.as_str()).filter(|words| !words.is_empty());
        let not_yet = not_yet.map(|words| self.row("brief-not-yet", sanitize_block(words)));
        customers.into_iter().chain(not_yet).collect()
    }
}

#[cfg(test)]
#[path = "brief_tests.rs"]
mod tests;
