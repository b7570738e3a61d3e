//! What counts at night, at the top of an incident's page: since when, who, what was promised, and what came last.

use super::palette::Style;
use super::show::{Content, Page, Rows};
use crate::document::IncidentFile;
use crate::domain::event::{Entry, EventKind};
use crate::domain::flow::Flow;
use crate::domain::handover::tenures;
use crate::domain::incident::Incident;
use crate::domain::moment::Moment;
use crate::locale::times::length;
use crate::say;

impl Page<'_> {
    /// The status, since when where the record says so, and for how long while somebody has to act.
    pub(super) fn status(&self, file: &IncidentFile) -> String {
        let locale = self.names.locale;
        let status = self.names.status(&file.incident.status);
        let Some(since) = since(file, self.names.flow) else { return status };
        let time = self.clock.moment(since);
        if !self.is_live(&file.incident) || since.at > self.clock.now {
            return say!(locale, "status-since", status = status, time = time);
        }
        let length = length(locale, self.clock.now - since.at);
        say!(locale, "status-so-far", status = status, time = time, length = length)
    }

    /// Who holds which role, and since when somebody leads.
    pub(super) fn add_people(&self, rows: &mut Rows, file: &IncidentFile) {
        let (names, incident) = (&self.names, &file.incident);
        self.add_missing_lead(rows, incident);
        let entries = file.timeline.to_entries();
        let held = tenures(incident, &entries);
        let lead = names.staff.lead().filter(|_| self.is_live(incident));
        for (role, people) in &incident.roles {
            let leads = lead.is_some_and(|lead| lead.id == *role);
            let mut present = held.iter().filter(|one| leads && one.role == *role && one.until.is_none());
            let since = present.find_map(|one| one.since);
            let people = names.people(people);
            let shown = match since.map(|at| self.clock.moment(at)) {
                Some(time) => say!(names.locale, "person-since", person = people, time = time),
                None => people,
            };
            rows.add(names.role(role), shown);
        }
    }

    /// That nobody leads is said while somebody should.
    pub(super) fn add_missing_lead(&self, rows: &mut Rows, incident: &Incident) {
        let names = &self.names;
        let lead = names.staff.lead().filter(|lead| incident.holders(&lead.id).is_empty());
        if let Some(lead) = lead.filter(|_| self.is_live(incident)) {
            let (id, role) = (incident.id.short(), lead.id.as_str());
            let nobody = say!(names.locale, "fact-nobody", incident = self.invocation, role = role, id = id);
            rows.add_styled(names.role(&lead.id), nobody, Some(Style::Warning));
        }
    }

    /// What was promised for later, and by how much it is late.
    pub(super) fn add_promises(&self, rows: &mut Rows, incident: &Incident) {
        let locale = self.names.locale;
        let promises =
            [("fact-next-update", incident.next_update), ("fact-expected-end", incident.expected_end)];
        for (label, at) in promises.into_iter().filter(|_| self.is_live(incident)) {
            let Some(at) = at else { continue };
            let distance = self.clock.lateness(at.at);
            let value = say!(locale, "time-with-distance", time = self.clock.moment(at), distance = distance);
            let late = at.to_minute().at < Moment::exact(self.clock.now).to_minute().at;
            rows.add_styled(locale.text(label), value, late.then_some(Style::Bad));
        }
    }

    /// The number of the last status update, and how long ago it was.
    pub(super) fn add_updates(&self, rows: &mut Rows, file: &IncidentFile) {
        let locale = self.names.locale;
        let number = |entry: &Entry| match entry.kind {
            EventKind::Update { number } => Some(number),
            _ => None,
        };
        let updates = file.timeline.entries().filter_map(|entry| Some((number(entry)?, entry.at.at)));
        let Some((number, at)) = updates.max() else { return };
        let time = match self.is_live(&file.incident) {
            true => self.clock.time_with_distance(at),
            false => self.clock.date_time(at),
        };
        rows.add(
            locale.text("fact-last-update"),
            say!(locale, "update-number", number = number, time = time),
        );
    }

    /// The latest entry, where the timeline is too far below to be seen at once.
    pub(super) fn add_latest(&self, rows: &mut Rows, content: &Content<'_>) {
        if self.is_live(&content.file.incident) {
            rows.add(self.names.locale.text("fact-latest"), content.latest);
        }
    }

    pub(super) fn is_live(&self, incident: &Incident) -> bool {
        self.names.flow.category(&incident.status).is_live()
    }
}

/// When the present status began: the entry about it that was recorded last; the declaration where none moved it.
fn since(file: &IncidentFile, flow: &Flow) -> Option<Moment> {
    let mut moves: Vec<_> =
        file.timeline.entries().filter(|entry| matches!(entry.kind, EventKind::Status { .. })).collect();
    moves.sort_by_key(|entry| entry.recorded_at());
    match moves.last() {
        Some(entry) => matches!(&entry.kind, EventKind::Status { to, .. } if *to == file.incident.status)
            .then_some(entry.at),
        None => file.incident.declared().filter(|_| file.incident.status == flow.first().id),
    }
}
