//! The generated parts of a postmortem: facts, impact, timeline and actions as Markdown.

use chrono::NaiveDate;

use super::diagram::Diagram;
use super::durations;
use super::markdown::{Linker, Table, cell, encoded};
use super::names::Names;
use super::sanitize::sanitize_block;
use super::timeline::short_time;
use crate::document::vocabulary::Vocabulary;
use crate::document::{IncidentFile, describe, format_action};
use crate::domain::durations::Duration;
use crate::domain::event::{Entry, EventKind, Milestone};
use crate::locale::times::Clock;
use crate::say;

/// What the generated parts are made from. All words are in the language of the documents.
pub struct Regions<'a> {
    pub names: Names<'a>,
    pub clock: &'a Clock<'a>,
    pub vocabulary: &'a Vocabulary,
    /// The postmortem's own path, for links.
    pub path: &'a str,
    pub due: Option<NaiveDate>,
    pub linker: Linker<'a>,
}

impl Regions<'_> {
    /// The names that stand in the anchors and in templates as `{{ region.NAME }}`.
    pub const NAMES: [&'static str; 5] = ["facts", "impact", "diagram", "timeline", "actions"];

    /// Those that are a beginning: without a person's words, their sections count as empty.
    pub const TO_BE_COMPLETED: [&'static str; 2] = ["impact", "actions"];

    /// The Markdown between the anchors of `name`, without a line break at its ends.
    pub fn content(&self, name: &str, file: &IncidentFile) -> String {
        match name {
            "facts" => self.facts(file),
            "impact" => self.impact(file),
            "diagram" => self.diagram(file),
            "timeline" => self.timeline(file),
            "actions" => self.actions(file),
            _ => String::new(),
        }
    }

    /// A table without header: the incident, its durations, and who was on it.
    fn facts(&self, file: &IncidentFile) -> String {
        let (incident, locale) = (&file.incident, self.names.locale);
        let mut rows: Vec<(String, String)> = Vec::new();
        let incident_file = self.path.rsplit('/').next().unwrap_or_default().replace(".postmortem.md", ".md");
        let link = format!("[{}]({})", incident.id, encoded(&incident_file));
        let level = self.names.level_in_full(incident.severity.as_deref());
        rows.push((locale.text("postmortem-incident"), format!("{link} {}", cell(&level))));
        for duration in Duration::ALL {
            let value = durations::in_words(duration.of(incident, None), locale);
            rows.push((durations::label(duration, locale), cell(&value)));
        }
        for (role, people) in &incident.roles {
            rows.push((cell(&self.names.role(role)), cell(&self.names.people(people))));
        }
        if let Some(due) = self.due {
            rows.push((locale.text("postmortem-due"), self.clock.full_date(due)));
        }
        let lines = rows.iter().map(|(label, value)| format!("| {label} | {value} |"));
        ["| | |".to_owned(), "|---|---|".to_owned()].into_iter().chain(lines).collect::<Vec<_>>().join("\n")
    }

    /// From when to when, for how long, and what was recorded of the impact.
    fn impact(&self, file: &IncidentFile) -> String {
        let (incident, locale) = (&file.incident, self.names.locale);
        let mut lines = Vec::new();
        let at = |milestone| incident.times.get(&milestone).copied();
        if let (Some(from), Some(to)) = (at(Milestone::ImpactStarted), at(Milestone::Mitigated)) {
            let table = self.table();
            let same_day = table.day(from) == table.day(to);
            let to = if same_day { short_time(self.clock, to) } else { table.in_full(to) };
            let from = table.in_full(from);
            let length = durations::in_words(Duration::Impact.of(incident, None), locale);
            lines.push(say!(locale, "postmortem-impact", from = from, to = to, length = length));
        }
        let told = file.timeline.entries().filter(|entry| matches!(entry.kind, EventKind::Impact { .. }));
        lines.extend(told.map(|entry| {
            let what = describe(&entry.kind, self.vocabulary);
            format!("- {what}: {}", self.linker.cell(&entry.text))
        }));
        if lines.is_empty() {
            lines.push(locale.text("postmortem-impact-unknown"));
        }
        lines.join("\n")
    }

    /// The incident at a glance, as GitHub draws it.
    fn diagram(&self, file: &IncidentFile) -> String {
        let entries: Vec<&Entry> = file.timeline.entries().collect();
        let diagram = Diagram { names: self.names, clock: self.clock, vocabulary: self.vocabulary };
        format!("```mermaid\n{}\n```", diagram.text(&file.incident, &entries))
    }

    /// A table of what happened when, by whom.
    fn timeline(&self, file: &IncidentFile) -> String {
        let locale = self.names.locale;
        let head =
            [locale.text("postmortem-when"), locale.text("postmortem-what"), locale.text("postmortem-who")];
        let mut lines = vec![format!("| {} |", head.join(" | ")), "|---|---|---|".to_owned()];
        // That a review was written is no part of what it looks back on.
        let happened = file.timeline.entries().filter(|entry| entry.kind != EventKind::Postmortem);
        let mut entries: Vec<&Entry> = happened.collect();
        entries.sort_by_key(|entry| entry.at.at);
        let table = self.table();
        lines.extend(entries.into_iter().map(|entry| table.row(entry)));
        lines.join("\n")
    }

    /// As the record is told everywhere in Markdown.
    fn table(&self) -> Table<'_> {
        Table { clock: self.clock, vocabulary: self.vocabulary, linker: self.linker }
    }

    /// The actions that the incident file has; new ones are written below the generated part.
    fn actions(&self, file: &IncidentFile) -> String {
        if file.actions.is_empty() {
            return self.names.locale.text("postmortem-no-actions");
        }
        // As text, not as list items: they live in the incident file, and must not count twice.
        let line = |action| format_action(action, self.vocabulary).trim_start_matches("- ").to_owned();
        let lines = file.actions.iter().map(line).map(|line| format!("> {}", sanitize_block(&line)));
        lines.collect::<Vec<_>>().join("  \n")
    }
}

#[cfg(test)]
#[path = "postmortem_tests.rs"]
mod tests;
