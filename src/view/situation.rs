//! An incident as whoever runs it sees it: where it stands, who is on it, what was promised, what to do.

use super::checklist::Checklist;
use super::durations;
use super::handover::tenure;
use super::palette::{Palette, Style};
use super::sanitize::sanitize;
use super::show::{Page, Rows};
use super::subject;
use super::width::wrap;
use crate::document::IncidentFile;
use crate::document::vocabulary::Vocabulary;
use crate::domain::checklist::{self, Step};
use crate::domain::durations::Duration;
use crate::domain::event::Entry;
use crate::domain::handover::tenures;
use crate::domain::incident::Incident;
use crate::domain::reminder::{Reminder, Watch};
use crate::say;

/// What the screen is made from.
pub struct Situation<'a> {
    pub page: Page<'a>,
    /// In the reader's language.
    pub vocabulary: &'a Vocabulary,
    pub watch: Watch<'a>,
    pub steps: &'a [Step],
}

impl Situation<'_> {
    /// The screen, in lines.
    pub fn render(&self, file: &IncidentFile) -> String {
        let entries = file.timeline.to_entries();
        let incident = &file.incident;
        let mut screen = self.page.heading(file);
        screen.push_str(&self.facts(incident, &entries));
        if self.page.names.flow.category(&incident.status).is_live() {
            for reminder in self.watch.reminders(incident, &entries) {
                let style = if reminder.is_late() { Style::Bad } else { Style::Warning };
                let text = self.in_words(&reminder, incident);
                screen.push_str(&marked(&text, self.page.width, self.page.palette, style));
            }
        }
        for line in self.checklist(incident, &entries) {
            screen.push_str(&line);
            screen.push('\n');
        }
        screen
    }

    fn checklist(&self, incident: &Incident, entries: &[Entry]) -> Vec<String> {
        let page = &self.page;
        let view = Checklist {
            names: page.names,
            clock: page.clock,
            holidays: self.watch.holidays,
            width: page.width,
            palette: page.palette,
        };
        view.lines(&checklist::checklist(self.steps, incident, entries), incident)
    }

    fn facts(&self, incident: &Incident, entries: &[Entry]) -> String {
        let (page, locale, clock) = (&self.page, self.page.names.locale, self.page.clock);
        let mut rows = Rows::default();
        rows.add(locale.text("fact-impact"), incident.impact.as_deref().unwrap_or_default());
        let impact = Duration::Impact.of(incident, Some(clock.now));
        if incident.times.contains_key(&Duration::Impact.between().0) {
            rows.add(durations::label(Duration::Impact, locale), durations::in_words(impact, locale));
        }
        self.add_people(&mut rows, incident, entries);
        rows.add(locale.text("situation-latest"), self.latest(entries));
        if page.names.flow.category(&incident.status).is_live() {
            let next = self.watch.next_update(incident, entries);
            let next = next.map(|due| {
                let (time, distance) = (clock.date_time(due), clock.lateness(due));
                say!(locale, "time-with-distance", time = time, distance = distance)
            });
            rows.add(locale.text("fact-next-update"), next.unwrap_or_default());
            let end = incident.expected_end.map(|end| clock.moment(end));
            rows.add(
                locale.text("fact-expected-end"),
                end.unwrap_or_else(|| locale.text("situation-no-estimate")),
            );
        }
        for product in incident.products.iter().filter_map(|id| page.names.policy.product(id)) {
            rows.add(page.names.product(&product.id), product.note.get(locale.lang()));
        }
        page.columns(&rows)
    }

    /// Who holds which role, and since when.
    fn add_people(&self, rows: &mut Rows, incident: &Incident, entries: &[Entry]) {
        let (names, clock) = (&self.page.names, self.page.clock);
        self.page.add_missing_lead(rows, incident);
        let held = tenures(incident, entries);
        for (role, _) in &incident.roles {
            let people: Vec<String> = held
                .iter()
                .filter(|one| one.role == *role && one.until.is_none())
                .map(|one| tenure(one, names, clock))
                .collect();
            rows.add(names.role(role), people.join(&names.locale.text("list-separator")));
        }
    }

    /// What was recorded last, in a line.
    fn latest(&self, entries: &[Entry]) -> String {
        let Some(entry) = entries.iter().max_by_key(|entry| entry.recorded_at()) else {
            return String::new();
        };
        let clock = self.page.clock;
        let what = subject::what(entry, self.vocabulary, clock.locale, |at| clock.moment(at));
        let words = entry.text.lines().next().unwrap_or_default();
        let parts = [clock.moment(entry.at), what, words.to_owned(), entry.who.clone()];
        parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("  ")
    }

    /// The reminder as it is said, with the command that answers it.
    fn in_words(&self, reminder: &Reminder<'_>, incident: &Incident) -> String {
        let (names, clock) = (&self.page.names, self.page.clock);
        let (locale, command, id) = (names.locale, self.page.invocation, incident.id.short());
        match reminder {
            Reminder::UpdateSoon(due) => {
                let (time, distance) = (clock.date_time(*due), clock.distance(*due));
                say!(
                    locale,
                    "remind-update-soon",
                    incident = command,
                    id = id,
                    time = time,
                    distance = distance
                )
            }
            Reminder::UpdateLate(due) => {
                say!(locale, "remind-update-late", time = clock.date_time(*due), late = clock.lateness(*due))
            }
            Reminder::NoLead { role } => {
                say!(
                    locale,
                    "remind-no-lead",
                    incident = command,
                    name = names.role(role),
                    role = *role,
                    id = id
                )
            }
            Reminder::Offered(offer) => {
                let person = names.staff.display_name(offer.to);
                say!(locale, "remind-offered", role = names.role(offer.role), person = person)
            }
            Reminder::Still(since) => {
                let status = names.status(&incident.status);
                say!(locale, "remind-still", status = status, time = clock.date_time(*since))
            }
            Reminder::AnswersOpen(count) => {
                say!(locale, "remind-answers", incident = command, count = *count, id = id)
            }
            Reminder::ImpactProvisional => locale.text("remind-impact"),
        }
    }
}

/// A line behind a mark, and what follows it below its text.
fn marked(text: &str, width: usize, palette: Palette, style: Style) -> String {
    let lines = wrap(&sanitize(text), width.saturating_sub(2).max(10));
    let mark = |(index, line): (usize, &String)| {
        let head = if index == 0 { "! " } else { "  " };
        format!("{}\n", palette.paint(style, &format!("{head}{line}")))
    };
    lines.iter().enumerate().map(mark).collect()
}
