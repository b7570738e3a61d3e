//! The block that people paste: how things stand, for colleagues, customers, the management or whoever joins.

use super::brief_layout::{Row, block};
use super::durations;
use super::list;
use super::names::Names;
use super::sanitize::{sanitize, sanitize_block};
use crate::document::IncidentFile;
use crate::domain::durations::{Duration, Length};
use crate::domain::event::{Entry, EventKind, Milestone, NoteKind};
use crate::domain::flow::Category;
use crate::domain::incident::Incident;
use crate::domain::moment::Moment;
use crate::domain::policy::FieldType;
use crate::domain::report::{Bearing, Correction, Known, Report, impact_is_confirmed};
use crate::domain::text::Lang;
use crate::locale::times::Clock;
use crate::say;

/// How many remarks of each sort a newcomer is shown: the latest.
const REMARKS: usize = 5;

/// What a block is made of.
#[derive(Clone, Copy)]
pub struct Brief<'a> {
    /// In the language of the block.
    pub names: Names<'a>,
    pub clock: &'a Clock<'a>,
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

    /// The words that customers may be given, and no others; none while there are none.
    pub fn for_customers(&self) -> Option<String> {
        let words = self.report?.1.customers.as_deref()?;
        Some(sanitize_block(words).into_owned())
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
        rows.push(self.row("brief-more", format!("incident timeline {id}")));
        block(&self.heading_now(), &rows, self.names.locale)
    }

    fn incident(&self) -> &Incident {
        &self.file.incident
    }

    fn category(&self) -> Category {
        self.names.flow.category(&self.incident().status)
    }

    fn row(&self, label: &str, value: impl Into<String>) -> Row {
        Row::new(self.names.locale.text(label), value)
    }

    /// Whether the incident is over, and nothing was reported since.
    fn is_over(&self) -> bool {
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
        let locale = self.names.locale;
        let title = list::title(self.incident(), &self.names);
        let level = self.names.level(self.incident().severity.as_deref());
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

    fn heading_now(&self) -> String {
        self.heading(&self.names.locale.text("brief-tag-now"), Moment::exact(self.clock.now))
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

    /// `02:40ごろ〜03:31、すべての決済（約51分・確定前）`
    fn impact(&self) -> String {
        let (locale, incident) = (self.names.locale, self.incident());
        let time = |milestone| incident.times.get(&milestone).map(|at| self.clock.moment(*at));
        let period = match (time(Milestone::ImpactStarted), time(Milestone::Mitigated)) {
            (Some(start), Some(end)) => say!(locale, "brief-from-to", start = start, end = end),
            (Some(start), None) => say!(locale, "brief-since", start = start),
            (None, Some(end)) => say!(locale, "brief-until", end = end),
            (None, None) => String::new(),
        };
        let words = incident.impact.as_deref().map(|words| sanitize_block(words.trim()).into_owned());
        let parts: Vec<String> =
            [period, words.unwrap_or_default()].into_iter().filter(|part| !part.is_empty()).collect();
        if parts.is_empty() {
            return locale.text("brief-impact-not-known");
        }
        let length = match Duration::Impact.of(incident, None) {
            length @ Length::Known { .. } => Some(durations::in_words(length, locale)),
            _ => None,
        };
        let is_confirmed = impact_is_confirmed(self.file.timeline.entries()) == Some(true);
        let state = locale.text(if is_confirmed { "brief-confirmed" } else { "brief-provisional" });
        let remarks =
            length.into_iter().chain([state]).collect::<Vec<_>>().join(&locale.text("brief-between-remarks"));
        let what = parts.join(&locale.text("list-separator"));
        say!(locale, "brief-with-remarks", text = what, remarks = remarks)
    }

    /// When it is thought to be over. What was said with the latest report may have been changed since.
    fn estimate(&self) -> Option<Row> {
        if self.category() != Category::Triage && self.category() != Category::Live {
            return None;
        }
        let said = self.report.map(|(_, report)| report.estimate.clone()).unwrap_or_default();
        let minute = |at: Moment| at.to_minute().at;
        let now = self.incident().expected_end;
        let estimate = match now {
            _ if !self.is_latest || said.at.map(minute) == now.map(minute) => said,
            at => crate::domain::report::Estimate { words: String::new(), at },
        };
        let time = estimate.at.map(|at| self.clock.moment(at));
        let words = Some(sanitize(&estimate.words).into_owned()).filter(|words| !words.is_empty());
        let parts: Vec<String> = words.into_iter().chain(time).collect();
        let text =
            if parts.is_empty() { self.names.locale.text("brief-no-estimate") } else { parts.join(" ") };
        Some(self.row("brief-estimate", text))
    }

    fn customers_and_not_yet(&self) -> Vec<Row> {
        let none = || self.row("brief-customers", self.names.locale.text("brief-no-words-yet"));
        let customers = match self.for_customers() {
            Some(words) => Some(self.row("brief-customers", words).quoted()),
            None => (!self.is_over()).then(none),
        };
        let not_yet =
            self.report.map(|(_, report)| report.not_yet.as_str()).filter(|words| !words.is_empty());
        let not_yet = not_yet.map(|words| self.row("brief-not-yet", sanitize_block(words)));
        customers.into_iter().chain(not_yet).collect()
    }

    /// Days of the team's own, such as the one a client must have it by.
    fn dates(&self) -> Vec<Row> {
        let is_date = |id: &String| {
            self.names.policy.fields.iter().any(|field| field.id == *id && field.kind == FieldType::Date)
        };
        let dates = self.incident().fields.iter().filter(|(id, value)| is_date(id) && !value.is_empty());
        let shown = |value: &str| {
            value.parse().map_or_else(|_| sanitize(value).into_owned(), |day| self.clock.date(day))
        };
        dates.map(|(id, value)| Row::new(sanitize(&self.names.field(id)), shown(value))).collect()
    }

    fn next(&self) -> Option<Row> {
        let promised = match self.report {
            Some((_, report)) if !self.is_latest => report.next,
            _ => self.incident().next_update,
        };
        let promised = promised.filter(|_| !self.is_over())?;
        let time = self.clock.moment(promised);
        Some(self.row("brief-next", say!(self.names.locale, "brief-next-in-any-case", time = time)))
    }

    /// Who leads, and whom to ask: whoever tells people about it.
    fn people(&self) -> Vec<Row> {
        let (names, incident) = (&self.names, self.incident());
        let mut rows = Vec::new();
        let lead = names.staff.lead();
        let leading = lead.map(|lead| names.people(incident.holders(&lead.id))).unwrap_or_default();
        if let Some(lead) = lead.filter(|_| !leading.is_empty()) {
            rows.push(Row::new(names.role(&lead.id), sanitize(&leading)));
        }
        let asked = self.report.map(|(entry, _)| entry.who.as_str()).unwrap_or_default();
        if !asked.is_empty() && asked != leading {
            rows.push(self.row("brief-contact", sanitize(asked)));
        }
        rows
    }

    fn remarks(&self, label: &str, kind: NoteKind) -> Option<Row> {
        let said = self.file.timeline.entries().filter(|entry| entry.kind == EventKind::Note(kind));
        let lines: Vec<String> = said
            .map(|entry| format!("{} {}", self.clock.moment(entry.at), sanitize_block(&entry.text)))
            .collect();
        let latest = &lines[lines.len().saturating_sub(REMARKS)..];
        (!latest.is_empty()).then(|| self.row(label, latest.join("\n")))
    }
}

#[cfg(test)]
#[path = "brief_tests.rs"]
mod tests;
