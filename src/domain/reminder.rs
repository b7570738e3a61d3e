//! What somebody should be reminded of while an incident is live. Only ever a remark, with a way out.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use chrono_tz::Tz;

use super::deadline::{WorkingHours, deadline};
use super::event::{Entry, EventKind};
use super::handover::{Offer, pending};
use super::incident::{Answer, Incident};
use super::moment::minute;
use super::people::Staff;
use super::policy::{Hours, Policy};

/// How long before it is due a promised update is spoken of.
const SOON: TimeDelta = TimeDelta::minutes(5);
/// How long an incident may be without somebody who leads it, and an answer open.
const UNCLAIMED: TimeDelta = TimeDelta::minutes(10);
/// How long nothing may be recorded, and an impact be provisional.
const STILL: TimeDelta = TimeDelta::hours(2);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reminder<'a> {
    UpdateSoon(DateTime<FixedOffset>),
    UpdateLate(DateTime<FixedOffset>),
    /// Nobody holds the role that leads.
    NoLead {
        role: &'a str,
    },
    /// A hand-over waits for an answer.
    Offered(Offer<'a>),
    /// The status and everything else has stood still since then.
    Still(DateTime<FixedOffset>),
    /// So many questions are answered with "not sure".
    AnswersOpen(usize),
    /// The impact was said to be provisional, and nobody has confirmed it.
    ImpactProvisional,
}

impl Reminder<'_> {
    /// Whether something that was promised has not been kept.
    pub fn is_late(&self) -> bool {
        matches!(self, Self::UpdateLate(_))
    }
}

/// What reminders are reckoned by.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    pub policy: &'a Policy,
    pub staff: &'a Staff,
    pub zone: Tz,
    pub holidays: &'a [NaiveDate],
    pub working_hours: WorkingHours,
    pub now: DateTime<FixedOffset>,
}

impl<'a> Watch<'a> {
    /// What to be reminded of in a live incident, the most urgent first.
    pub fn reminders(&self, incident: &Incident, entries: &'a [Entry]) -> Vec<Reminder<'a>> {
        let offers = pending(incident, entries).into_iter().map(Reminder::Offered);
        let found = [
            self.update(incident, entries),
            self.no_lead(incident),
            self.answers(incident),
            self.impact(entries),
            self.still(entries),
        ];
        let mut found: Vec<Reminder<'a>> = found.into_iter().flatten().collect();
        found.splice(1.min(found.len())..1.min(found.len()), offers);
        found
    }

    /// When the next update is due: as promised, else as the level wants it after the last one or the declaration.
    pub fn next_update(&self, incident: &Incident, entries: &[Entry]) -> Option<DateTime<FixedOffset>> {
        if let Some(promised) = incident.next_update {
            return Some(promised.at);
        }
        let level = self.policy.level(incident.severity.as_deref()?)?;
        let is_update = |entry: &&Entry| matches!(entry.kind, EventKind::Update { .. });
        let last = entries.iter().filter(is_update).map(|entry| entry.at.at).max();
        let from = last.or_else(|| incident.declared().map(|declared| declared.at))?;
        let due = deadline(level.update_every?, from, self.zone, self.holidays)?;
        match level.hours {
            Hours::Always => Some(due),
            Hours::Business => self.working_hours.next(due, self.zone, self.holidays),
        }
    }

    fn update(&self, incident: &Incident, entries: &[Entry]) -> Option<Reminder<'a>> {
        let due = self.next_update(incident, entries)?;
        match minute(due) - minute(self.now) {
            left if left < TimeDelta::zero() => Some(Reminder::UpdateLate(due)),
            left if left <= SOON => Some(Reminder::UpdateSoon(due)),
            _ => None,
        }
    }

    fn no_lead(&self, incident: &Incident) -> Option<Reminder<'a>> {
        let lead = self.staff.lead()?;
        let unclaimed = self.has_been(UNCLAIMED, incident.declared()?.at);
        (unclaimed && incident.holders(&lead.id).is_empty()).then_some(Reminder::NoLead { role: &lead.id })
    }

    fn answers(&self, incident: &Incident) -> Option<Reminder<'a>> {
        let open = incident.answers.values().filter(|answer| **answer == Answer::Unsure).count();
        let old = self.has_been(UNCLAIMED, incident.declared()?.at);
        (old && open > 0).then_some(Reminder::AnswersOpen(open))
    }

    fn impact(&self, entries: &[Entry]) -> Option<Reminder<'a>> {
        let said = entries.iter().filter(|entry| matches!(entry.kind, EventKind::Impact { .. }));
        let last = said.max_by_key(|entry| entry.recorded_at())?;
        let provisional = last.kind == EventKind::Impact { confirmed: false };
        (provisional && self.has_been(STILL, last.recorded_at())).then_some(Reminder::ImpactProvisional)
    }

    fn still(&self, entries: &[Entry]) -> Option<Reminder<'a>> {
        let last = entries.iter().map(Entry::recorded_at).max()?;
        self.has_been(STILL, last).then_some(Reminder::Still(last))
    }

    fn has_been(&self, length: TimeDelta, since: DateTime<FixedOffset>) -> bool {
        self.now - since >= length
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::NoteKind;
    use crate::domain::samples::{incident, moment, staff};

    fn entry(at: &str, kind: EventKind) -> Entry {
        Entry::new(moment(at), moment(at).at, "Alice", kind, "")
    }

    /// The names of the reminders at `now`.
    #[track_caller]
    fn check(now: &str, incident: &Incident, entries: &[Entry], expected: &[&str]) {
        let (policy, staff) = (Policy::default(), staff());
        let watch = Watch {
            policy: &policy,
            staff: &staff,
            zone: chrono_tz::Asia::Tokyo,
            holidays: &[],
            working_hours: WorkingHours::default(),
            now: moment(now).at,
        };
        let name = |reminder: &Reminder<'_>| {
            format!("{reminder:?}").split(['(', ' ']).next().unwrap_or_default().to_owned()
        };
        let found: Vec<String> = watch.reminders(incident, entries).iter().map(name).collect();
        assert_eq!(found, expected, "{now}");
    }

    #[test]
    fn an_incident_without_a_lead_is_spoken_of_after_ten_minutes() {
        check("03:04", &incident(), &[], &[]);
        check("03:05", &incident(), &[], &["NoLead"]);
        let led = Incident { roles: vec![("commander".into(), vec!["alice".into()])], ..incident() };
        check("03:05", &led, &[], &[]);
    }

    #[test]
    fn a_promised_update_is_spoken_of_before_it_is_late() {
        let led = Incident { roles: vec![("commander".into(), vec!["alice".into()])], ..incident() };
        let promised = Incident { next_update: Some(moment("03:30")), ..led };
        check("03:24", &promised, &[], &[]);
        check("03:25", &promised, &[], &["UpdateSoon"]);
        check("03:30", &promised, &[], &["UpdateSoon"]);
        check("03:31", &promised, &[], &["UpdateLate"]);
    }

    #[test]
    fn what_stands_still_or_open_is_spoken_of() {
        let led = Incident { roles: vec![("commander".into(), vec!["alice".into()])], ..incident() };
        let unsure = Incident { answers: [("q".to_owned(), Answer::Unsure)].into(), ..led.clone() };
        check("03:10", &unsure, &[], &["AnswersOpen"]);
        let note = entry("03:00", EventKind::Note(NoteKind::Note));
        check("04:59", &led, std::slice::from_ref(&note), &[]);
        check("05:00", &led, &[note], &["Still"]);
        let provisional = entry("03:00", EventKind::Impact { confirmed: false });
        let confirmed = entry("04:00", EventKind::Impact { confirmed: true });
        check("05:00", &led, std::slice::from_ref(&provisional), &["ImpactProvisional", "Still"]);
        check("05:00", &led, &[provisional, confirmed], &[]);
    }

    #[test]
    fn an_unanswered_offer_is_spoken_of_at_once() {
        let led = Incident { roles: vec![("commander".into(), vec!["alice".into()])], ..incident() };
        let kind =
            EventKind::HandoverOffered { role: "commander".into(), from: "alice".into(), to: "bob".into() };
        check("03:00", &led, &[entry("03:00", kind)], &["Offered"]);
    }
}
