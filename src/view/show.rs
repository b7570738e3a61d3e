//! One incident as a page: how bad it is, since when, who is on it, what was promised, and what has happened.

use super::checklist::ToDo;
use super::markdown::link_in_words;
use super::names::Names;
use super::palette::{Palette, Style};
use super::sanitize::{sanitize, sanitize_block};
use super::width::{width, wrap};
use super::{durations, list};
use crate::document::IncidentFile;
use crate::domain::action::ActionItem;
use crate::domain::incident::{Incident, Mode};
use crate::domain::invocation::Invocation;
use crate::locale::times::Clock;
use crate::say;

/// How the page is laid out.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    pub names: Names<'a>,
    pub clock: &'a Clock<'a>,
    pub invocation: &'a Invocation,
    pub width: usize,
    pub palette: Palette,
    /// Names the zone of the times, for a reader whose own clock shows others.
    pub show_zone: bool,
}

/// What stands on the page.
pub struct Content<'a> {
    pub file: &'a IncidentFile,
    pub path: &'a str,
    /// The timeline, as lines that are ready to be shown.
    pub timeline: &'a str,
    /// How many earlier entries it leaves out.
    pub earlier: usize,
    /// The latest entry in one line; empty where the timeline is short.
    pub latest: &'a str,
    /// What of the checklist is to be done now.
    pub to_do: Option<&'a ToDo>,
    /// Incidents that this one names: the one that it is the same as, and those that its text speaks of.
    pub related: &'a [&'a Incident],
    /// The written sections: heading and text.
    pub sections: &'a [(String, String)],
    pub postmortem: Option<&'a str>,
}

/// A label, its value, and how loud it is.
struct Row {
    label: String,
    value: String,
    style: Option<Style>,
}

/// The rows that have a value.
#[derive(Default)]
pub(super) struct Rows(Vec<Row>);

impl Rows {
    pub(super) fn add(&mut self, label: String, value: impl Into<String>) {
        self.add_styled(label, value, None);
    }

    pub(super) fn add_styled(&mut self, label: String, value: impl Into<String>, style: Option<Style>) {
        let value = value.into();
        if !value.trim().is_empty() {
            self.0.push(Row { label, value, style });
        }
    }
}

impl Page<'_> {
    pub fn render(&self, content: &Content<'_>) -> String {
        let (file, locale) = (content.file, self.names.locale);
        let mut page = self.heading(file);
        page.push('\n');
        page.push_str(&self.facts(content));
        if let Some(to_do) = content.to_do {
            let heading = say!(locale, "heading-to-do", done = to_do.done);
            page.push_str(&self.section(&heading, &to_do.lines.join("\n")));
        }
        for (heading, text) in content.sections {
            page.push_str(&self.section(heading, &self.prose(text)));
        }
        if !file.actions.is_empty() {
            let lines: Vec<String> = file.actions.iter().map(|action| self.action(action)).collect();
            page.push_str(&self.section(&locale.text("heading-actions"), &lines.join("\n")));
        }
        if !file.links.is_empty() {
            let lines: Vec<String> = file.links.iter().map(|link| self.prose(&link_in_words(link))).collect();
            page.push_str(&self.section(&locale.text("heading-links"), &lines.join("\n")));
        }
        if !content.timeline.is_empty() {
            let timeline = format!("{}{}", self.left_out(content), content.timeline.trim_end());
            page.push_str(&self.section(&locale.text("heading-timeline"), &timeline));
        }
        page
    }

    /// The title, then id, level and status, in one line if there is room.
    pub(super) fn heading(&self, file: &IncidentFile) -> String {
        let (names, incident) = (&self.names, &file.incident);
        let live = names.flow.category(&incident.status).is_live();
        let level_style = match incident.severity.as_deref().map(|level| names.policy.rank(level)) {
            None | Some(Some(0)) if live => Some(Style::Bad),
            Some(Some(1)) if live => Some(Style::Warning),
            _ => None,
        };
        let parts = [
            (incident.id.to_string(), Some(Style::Accent)),
            (names.level_in_full(incident.severity.as_deref()), level_style),
            (self.status(file), None),
        ];
        let mut lines: Vec<String> = wrap(&sanitize(&list::title(incident, names)), self.width)
            .iter()
            .map(|line| self.palette.paint(Style::Strong, line))
            .collect();
        let mut room = 0;
        for (text, style) in parts {
            let text = sanitize(&text);
            let shown = style.map_or_else(|| text.to_string(), |style| self.palette.paint(style, &text));
            match lines.last_mut().filter(|_| room >= width(&text) + 2) {
                Some(line) => line.push_str(&format!("  {shown}")),
                None => {
                    lines.push(shown);
                    room = self.width + 2;
                }
            }
            room = room.saturating_sub(width(&text) + 2);
        }
        lines.join("\n") + "\n"
    }

    fn facts(&self, content: &Content<'_>) -> String {
        let incident = &content.file.incident;
        let locale = self.names.locale;
        let mut rows = Rows::default();
        rows.add(locale.text("fact-impact"), incident.impact.as_deref().unwrap_or_default());
        self.add_people(&mut rows, content.file);
        self.add_promises(&mut rows, incident);
        self.add_updates(&mut rows, content.file);
        self.add_latest(&mut rows, content);
        for (milestone, at) in &incident.times {
            rows.add(locale.label("milestone", milestone.token()), self.clock.moment(*at));
        }
        let live = self.is_live(incident);
        for (label, value) in durations::shown(incident, live.then_some(self.clock.now), locale) {
            rows.add(label, value);
        }
        self.add_attributes(&mut rows, incident);
        self.add_related(&mut rows, content);
        rows.add(locale.text("fact-file"), content.path);
        rows.add(locale.text("fact-postmortem"), content.postmortem.unwrap_or_default());
        if self.show_zone {
            let now = self.clock.now.with_timezone(&self.clock.zone);
            rows.add(locale.text("fact-zone"), format!("{} {}", self.clock.zone, now.format("%:z")));
        }
        self.columns(&rows)
    }

    /// What it is about, and the team's own facts.
    fn add_attributes(&self, rows: &mut Rows, incident: &Incident) {
        let (locale, names) = (self.names.locale, &self.names);
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let known = |value: &Option<String>| value.clone().filter(|word| word != "unknown");
        rows.add(
            locale.text("fact-kind"),
            incident.kind.as_deref().map(|id| names.kind(id)).unwrap_or_default(),
        );
        rows.add(locale.text("fact-products"), self.products(incident));
        if incident.mode == Mode::Retrospective {
            rows.add(locale.text("fact-mode"), locale.text("mode-retrospective"));
        }
        let noticed = known(&incident.detected_by).map(|word| names.detected_by(&word));
        rows.add(locale.text("fact-detected-by"), noticed.unwrap_or_default());
        let reporter = incident.reporter.as_deref().map(|handle| names.staff.display_name(handle));
        rows.add(locale.text("fact-reporter"), reporter.unwrap_or_default());
        rows.add(locale.text("fact-importance"), text(&incident.importance));
        rows.add(locale.text("fact-urgency"), text(&incident.urgency));
        let cause = known(&incident.caused_by_change).filter(|word| word != "none");
        rows.add(locale.text("fact-caused-by-change"), cause.unwrap_or_default());
        for (field, value) in &incident.fields {
            let value = names.field_value(field, value, |at| self.clock.moment(at));
            rows.add(names.field(field), value);
        }
    }

    /// The products, each with what the team says about it while somebody has to act.
    fn products(&self, incident: &Incident) -> String {
        let (locale, names) = (self.names.locale, &self.names);
        let note = |id: &str| {
            let product = names.policy.product(id).filter(|_| self.is_live(incident));
            product.map(|product| product.note.get(locale.lang())).unwrap_or_default()
        };
        if incident.products.iter().all(|id| note(id).is_empty()) {
            let products: Vec<String> = incident.products.iter().map(|id| names.product(id)).collect();
            return products.join(&locale.text("list-separator"));
        }
        let line = |id: &String| match note(id) {
            "" => names.product(id),
            note => say!(locale, "product-with-note", product = names.product(id), note = note),
        };
        incident.products.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// The incident that this one is the same as, how many have reported this one, and others that it speaks of.
    fn add_related(&self, rows: &mut Rows, content: &Content<'_>) {
        let (locale, incident) = (self.names.locale, &content.file.incident);
        let original = incident.duplicate_of.as_deref();
        let line = |other: &Incident| {
            let status = self.names.status(&other.status);
            let title = list::title(other, &self.names);
            say!(locale, "related-incident", id = other.id.short(), title = title, status = status)
        };
        let is_original = |other: &Incident| original == Some(other.id.as_str());
        let is_same = |other: &Incident| other.duplicate_of.as_deref() == Some(incident.id.as_str());
        let lines = |fits: &dyn Fn(&Incident) -> bool| {
            let lines = content.related.iter().filter(|other| fits(other)).map(|other| line(other));
            lines.collect::<Vec<_>>().join("\n")
        };
        let found = lines(&is_original);
        let found = if found.is_empty() { original.unwrap_or_default().to_owned() } else { found };
        rows.add(locale.text("fact-duplicate-of"), found);
        let same = content.related.iter().filter(|other| is_same(other)).count();
        if same > 0 {
            let count = say!(locale, "reported-times", count = same + 1);
            rows.add(locale.text("fact-reports"), format!("{count}\n{}", lines(&is_same)));
        }
        rows.add(locale.text("fact-related"), lines(&|other| !is_original(other) && !is_same(other)));
    }

    /// Labels in one column, values wrapped in the other.
    pub(super) fn columns(&self, rows: &Rows) -> String {
        let widest = rows.0.iter().map(|row| width(&sanitize(&row.label))).max().unwrap_or(0);
        let label_width = widest.min(self.width / 2);
        let room = self.width.saturating_sub(label_width + 2).max(10);
        let mut text = String::new();
        for row in &rows.0 {
            let mut labels = wrap(&sanitize(&row.label), label_width).into_iter();
            let mut values = wrap(&sanitize_block(row.value.trim()), room).into_iter();
            loop {
                let (label, value) = (labels.next(), values.next());
                if label.is_none() && value.is_none() {
                    break;
                }
                let label = label.unwrap_or_default();
                let blanks = " ".repeat(label_width.saturating_sub(width(&label)));
                let label = format!("{}{blanks}", self.palette.paint(Style::Faint, &label));
                let value = value.unwrap_or_default();
                let value =
                    row.style.map_or_else(|| value.clone(), |style| self.palette.paint(style, &value));
                text.push_str(format!("{label}  {value}").trim_end());
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

    /// The action in one line, or in several of which the further ones stand under its text.
    fn action(&self, action: &ActionItem) -> String {
        let mark = if action.done { "✔" } else { "□" };
        let owner = action.owner.as_deref().map(|owner| self.names.staff.display_name(owner).to_owned());
        let due = action.due.map(|due| say!(self.names.locale, "action-due", day = self.clock.date(due)));
        let facts = [owner, due, action.ticket.clone()].into_iter().flatten();
        let parts: Vec<String> =
            [format!("{} {}", action.id, action.text)].into_iter().chain(facts).collect();
        let lines = wrap(&sanitize(&parts.join("  ")), self.width.saturating_sub(2).max(10));
        format!("{mark} {}", lines.join("\n  "))
    }

    /// A line in place of the entries that are not shown, with the command that shows them.
    fn left_out(&self, content: &Content<'_>) -> String {
        if content.earlier == 0 {
            return String::new();
        }
        let id = content.file.incident.id.short();
        let (locale, incident) = (self.names.locale, self.invocation);
        let line = say!(locale, "timeline-earlier", incident = incident, count = content.earlier, id = id);
        format!("{}\n", self.palette.paint(Style::Faint, &line))
    }
}

#[cfg(test)]
#[path = "show_tests.rs"]
mod tests;
