//! The rows of the block: impact, estimate, promises and people.

use super::brief::Brief;
use super::brief_layout::Row;
use super::durations;
use super::sanitize::{sanitize, sanitize_block};
use crate::domain::durations::{Duration, Length};
use crate::domain::event::{EventKind, Milestone, NoteKind};
use crate::domain::moment::Moment;
use crate::domain::policy::FieldType;
use crate::domain::report::{Estimate, impact_is_confirmed};
use crate::say;

/// How many remarks of each sort a newcomer is shown: the latest.
const REMARKS: usize = 5;

impl Brief<'_> {
    /// `02:40ごろ〜03:31、すべての決済（約51分・確定前）`
    pub(super) fn impact(&self) -> String {
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
            let products: Vec<String> = incident.products.iter().map(|id| self.names.product(id)).collect();
            let products = sanitize(&products.join(&locale.text("list-separator"))).into_owned();
            let unknown = locale.text("brief-impact-not-known");
            return match products.as_str() {
                "" => unknown,
                text => say!(locale, "brief-with-remarks", text = text, remarks = unknown),
            };
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
    pub(super) fn estimate(&self) -> Option<Row> {
        if !self.category().is_live() {
            return None;
        }
        let said = self.report.map(|(_, report)| report.estimate.clone()).unwrap_or_default();
        let minute = |at: Moment| at.to_minute().at;
        let now = self.incident().expected_end;
        let estimate = match now {
            _ if !self.is_latest || said.at.map(minute) == now.map(minute) => said,
            at => Estimate { words: String::new(), at },
        };
        let time = estimate.at.map(|at| self.clock.moment(at));
        let words = Some(sanitize(&estimate.words).into_owned()).filter(|words| !words.is_empty());
        let parts: Vec<String> = words.into_iter().chain(time).collect();
        let text =
            if parts.is_empty() { self.names.locale.text("brief-no-estimate") } else { parts.join(" ") };
        Some(self.row("brief-estimate", text))
    }

    /// Days and times of the team's own, such as the one a client must have it by.
    pub(super) fn dates(&self) -> Vec<Row> {
        let is_date = |id: &String| {
            let of_time = |kind| matches!(kind, FieldType::Date | FieldType::Time);
            self.names.policy.fields.iter().any(|field| field.id == *id && of_time(field.kind))
        };
        let dates = self.incident().fields.iter().filter(|(id, value)| is_date(id) && !value.is_empty());
        let shown = |id: &str, value: &str| match value.parse() {
            Ok(day) => self.clock.date(day),
            Err(_) => sanitize(&self.names.field_value(id, value, |at| self.clock.moment(at))).into_owned(),
        };
        dates.map(|(id, value)| Row::new(self.names.field(id), shown(id, value))).collect()
    }

    pub(super) fn next(&self) -> Option<Row> {
        let promised = match self.report {
            Some((_, report)) if !self.is_latest => report.next,
            _ => self.incident().next_update,
        };
        let promised = promised.filter(|_| !self.is_over())?;
        let time = self.clock.moment(promised);
        Some(self.row("brief-next", say!(self.names.locale, "brief-next-in-any-case", time = time)))
    }

    /// Who leads, and whom to ask: whoever tells people about it, and before that whoever reported it.
    pub(super) fn people(&self) -> Vec<Row> {
        let (names, incident) = (&self.names, self.incident());
        let mut rows = Vec::new();
        let lead = names.staff.lead();
        let leading = lead.map(|lead| names.people(incident.holders(&lead.id))).unwrap_or_default();
        if let Some(lead) = lead.filter(|_| !leading.is_empty()) {
            rows.push(Row::new(names.role(&lead.id), &leading));
        }
        let reporter = incident.reporter.as_deref().filter(|_| !self.is_over());
        let reporter = reporter.map(|handle| names.staff.display_name(handle)).unwrap_or_default();
        let asked = self.report.map_or(reporter, |(entry, _)| entry.who.as_str());
        if !asked.is_empty() && asked != leading {
            rows.push(self.row("brief-contact", sanitize(asked)));
        }
        rows
    }

    pub(super) fn remarks(&self, label: &str, kind: NoteKind) -> Option<Row> {
        let said = self.file.timeline.entries().filter(|entry| entry.kind == EventKind::Note(kind));
        let lines: Vec<String> = said
            .map(|entry| format!("{} {}", self.clock.moment(entry.at), sanitize_block(&entry.text)))
            .collect();
        let latest = &lines[lines.len().saturating_sub(REMARKS)..];
        (!latest.is_empty()).then(|| self.row(label, latest.join("\n")))
    }
}
