//! One incident as a page: what it is, since when, who is on it, and what has happened.

use super::names::Names;
use super::palette::{Palette, Style};
use super::sanitize::{sanitize, sanitize_block};
use super::width::{pad, width, wrap};
use super::{durations, list};
use crate::domain::action::ActionItem;
use crate::domain::event::Milestone;
use crate::domain::incident::{Incident, Mode};
use crate::locale::times::Clock;
use crate::say;

/// How the page is laid out.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    pub names: Names<'a>,
    pub clock: &'a Clock<'a>,
    pub width: usize,
    pub palette: Palette,
}

/// What stands on the page, beside the incident itself.
pub struct Content<'a> {
    pub incident: &'a Incident,
    pub path: &'a str,
    pub actions: &'a [ActionItem],
    /// The timeline, as lines that are ready to be shown.
    pub timeline: &'a str,
    /// The written sections: heading and text.
    pub sections: &'a [(String, String)],
    pub postmortem: Option<&'a str>,
}

impl Page<'_> {
    pub fn render(&self, content: &Content<'_>) -> String {
        let incident = content.incident;
        let mut page = self.heading(incident);
        page.push('\n');
        page.push_str(&self.facts(content));
        for (heading, text) in content.sections {
            page.push_str(&self.section(heading, &self.prose(text)));
        }
        if !content.actions.is_empty() {
            let lines: Vec<String> = content.actions.iter().map(|action| self.action(action)).collect();
            page.push_str(&self.section(&self.names.locale.text("heading-actions"), &lines.join("\n")));
        }
        if !content.timeline.is_empty() {
            let heading = self.names.locale.text("heading-timeline");
            page.push_str(&self.section(&heading, content.timeline.trim_end()));
        }
        page
    }

    /// The title, then id, level and status in one line.
    fn heading(&self, incident: &Incident) -> String {
        let names = &self.names;
        let live = names.flow.category(&incident.status).is_live();
        let title = list::title(incident, names);
        let title: Vec<String> = wrap(&sanitize(&title), self.width)
            .iter()
            .map(|line| self.palette.paint(Style::Strong, line))
            .collect();
        let level = names.level_in_full(incident.severity.as_deref());
        let level = match incident.severity.as_deref().map(|level| names.policy.rank(level)) {
            None | Some(Some(0)) if live => self.palette.paint(Style::Bad, &sanitize(&level)),
            Some(Some(1)) if live => self.palette.paint(Style::Warning, &sanitize(&level)),
            _ => sanitize(&level).into_owned(),
        };
        let status = sanitize(&names.status(&incident.status)).into_owned();
        let id = self.palette.paint(Style::Accent, incident.id.as_str());
        format!("{}\n{id}  {level}  {status}\n", title.join("\n"))
    }

    fn facts(&self, content: &Content<'_>) -> String {
        let incident = content.incident;
        let (locale, names) = (self.names.locale, &self.names);
        let mut rows: Vec<(String, String)> = Vec::new();
        let mut row = |label: String, value: String| {
            if !value.is_empty() {
                rows.push((label, value));
            }
        };
        row(
            locale.text("fact-kind"),
            incident.kind.as_deref().map(|kind| names.kind(kind)).unwrap_or_default(),
        );
        let products: Vec<String> = incident.products.iter().map(|product| names.product(product)).collect();
        row(locale.text("fact-products"), products.join(&locale.text("list-separator")));
        if incident.mode == Mode::Retrospective {
            row(locale.text("fact-mode"), locale.text("mode-retrospective"));
        }
        row(locale.text("fact-impact"), incident.impact.clone().unwrap_or_default());
        for (role, people) in &incident.roles {
            row(names.role(role), names.people(people));
        }
        let noticed = incident.detected_by.as_deref().filter(|word| *word != "unknown");
        row(locale.text("fact-detected-by"), noticed.map(|word| names.detected_by(word)).unwrap_or_default());
        for (milestone, label) in self.milestones(incident) {
            row(label, self.milestone(incident, milestone));
        }
        let live = names.flow.category(&incident.status).is_live();
        for (label, value) in durations::shown(incident, live.then_some(self.clock.now), locale) {
            row(label, value);
        }
        let promise = |at: Option<crate::domain::moment::Moment>| {
            at.map(|at| self.clock.time_with_distance(at.at)).unwrap_or_default()
        };
        row(locale.text("fact-next-update"), promise(incident.next_update.filter(|_| live)));
        row(locale.text("fact-expected-end"), promise(incident.expected_end.filter(|_| live)));
        for (field, value) in &incident.fields {
            row(field.clone(), value.clone());
        }
        row(locale.text("fact-file"), content.path.to_owned());
        row(locale.text("fact-postmortem"), content.postmortem.unwrap_or_default().to_owned());
        self.columns(&rows)
    }

    fn milestones(&self, incident: &Incident) -> Vec<(Milestone, String)> {
        let label =
            |milestone: Milestone| (milestone, self.names.locale.label("milestone", milestone.token()));
        incident.times.keys().copied().map(label).collect()
    }

    fn milestone(&self, incident: &Incident, milestone: Milestone) -> String {
        incident.times.get(&milestone).map(|at| self.clock.moment(*at)).unwrap_or_default()
    }

    /// Labels in one column, values wrapped in the other.
    fn columns(&self, rows: &[(String, String)]) -> String {
        let label_width =
            rows.iter().map(|(label, _)| width(&sanitize(label))).max().unwrap_or(0).min(self.width / 2);
        let room = self.width.saturating_sub(label_width + 2).max(10);
        let mut text = String::new();
        for (label, value) in rows {
            let label = self.palette.paint(Style::Faint, &pad(&sanitize(label), label_width));
            for (number, line) in wrap(&sanitize(value), room).iter().enumerate() {
                let first = if number == 0 { label.clone() } else { " ".repeat(label_width) };
                text.push_str(format!("{first}  {line}").trim_end());
                text.push('\n');
            }
        }
        text
    }

    fn section(&self, heading: &str, text: &str) -> String {
        format!("\n{}\n{text}\n", self.palette.paint(Style::Strong, &sanitize(heading)))
    }

    fn prose(&self, text: &str) -> String {
        let safe = sanitize_block(text.trim()).into_owned();
        let lines = safe.lines().flat_map(|line| wrap(line, self.width));
        lines.collect::<Vec<_>>().join("\n")
    }

    fn action(&self, action: &ActionItem) -> String {
        let mark = if action.done { "✔" } else { "□" };
        let owner =
            action.owner.as_deref().map(|owner| format!("  {}", self.names.staff.display_name(owner)));
        let due = action.due.map(|due| say!(self.names.locale, "action-due", day = self.clock.date(due)));
        let text = format!(
            "{mark} {} {}{}{}",
            action.id,
            action.text,
            owner.unwrap_or_default(),
            due.map(|due| format!("  {due}")).unwrap_or_default()
        );
        wrap(&sanitize(&text), self.width).join("\n")
    }
}
