//! What each kind of act changes in an incident. An act that changes nothing gives an empty change.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};

use super::change::{Change, Value};
use super::event::{Entry, EventKind, Milestone, NoteKind};
use super::flow::{Flow, Status};
use super::incident::{Answer, Incident};
use super::moment::Moment;
use super::people::Role;

/// Who says what about when.
#[derive(Clone, Copy, Debug)]
pub struct Act<'a> {
    /// When it happened.
    pub at: Moment,
    /// When it is written down.
    pub recorded: DateTime<FixedOffset>,
    /// Whose act it is, as the timeline names people.
    pub who: &'a str,
    /// The words or the reason; may be empty.
    pub text: &'a str,
}

impl Act<'_> {
    pub fn entry(&self, kind: EventKind) -> Entry {
        Entry::new(self.at, self.recorded, self.who, kind, self.text)
    }

    /// An entry that has no words of its own.
    fn plain_entry(&self, kind: EventKind) -> Entry {
        Entry::new(self.at, self.recorded, self.who, kind, "")
    }
}

/// The incident enters the status `to`.
pub fn enter(incident: &Incident, flow: &Flow, to: &Status, act: &Act<'_>) -> Change {
    let mut change = Change::default();
    if incident.status == to.id {
        return change;
    }
    change.set("status", Value::Text(to.id.clone()));
    let mut times = incident.times.clone();
    flow.stamp(&mut times, &to.id, act.at);
    set_times(&mut change, &incident.times, &times);
    change.entries.push(act.entry(EventKind::Status { from: incident.status.clone(), to: to.id.clone() }));
    change
}

/// A milestone that no status stands for. One that is set already is corrected, and the correction shows both values.
pub fn reach(incident: &Incident, milestone: Milestone, act: &Act<'_>) -> Change {
    let mut change = Change::default();
    match incident.times.get(&milestone) {
        Some(before) if *before == act.at => return change,
        Some(before) => {
            let kind = EventKind::Set {
                key: milestone.token().to_owned(),
                from: before.to_string(),
                to: act.at.to_string(),
            };
            let now = Act { at: Moment::exact(act.recorded), ..*act };
            change.entries.push(now.entry(kind));
        }
        None => change.entries.push(act.entry(EventKind::Milestone(milestone))),
    }
    change.set_in("times", milestone.token(), Value::Time(act.at));
    change
}

/// The level becomes `to`, and the answers that led there are kept.
pub fn rate(
    incident: &Incident,
    to: Option<&str>,
    answers: &BTreeMap<String, Answer>,
    act: &Act<'_>,
) -> Change {
    let mut change = Change::default();
    for (question, answer) in answers {
        if incident.answers.get(question) != Some(answer) {
            change.set_in("answers", question, answer_value(*answer));
        }
    }
    if incident.severity.as_deref() != to {
        change.set("severity", to.map_or(Value::Null, |level| Value::Text(level.to_owned())));
        let kind = EventKind::Severity { from: incident.severity.clone(), to: to.map(str::to_owned) };
        change.entries.push(act.entry(kind));
    } else if !change.is_empty() {
        // Answers alone are worth a line too: the record must say why the level stands.
        change.entries.push(act.entry(EventKind::Note(NoteKind::Decision)));
    }
    change
}

pub fn answer_value(answer: Answer) -> Value {
    match answer {
        Answer::Yes => Value::Bool(true),
        Answer::No => Value::Bool(false),
        Answer::Unsure => Value::Text("unsure".to_owned()),
    }
}

/// How somebody comes to hold a role, or stops holding it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assignment<'a> {
    /// Takes it up; where one person holds it, from whoever held it before.
    Take(&'a str),
    Leave(&'a str),
}

/// Somebody takes up or gives up `role`. Taking the lead for the first time acknowledges the incident.
pub fn assign(incident: &Incident, role: &Role, assignment: Assignment<'_>, act: &Act<'_>) -> Change {
    let mut change = Change::default();
    let holders = incident.holders(&role.id);
    let mut after: Vec<String> = holders.to_vec();
    let id = role.id.clone();
    match assignment {
        Assignment::Take(person) if holders.iter().any(|holder| holder == person) => return change,
        Assignment::Leave(person) if !holders.iter().any(|holder| holder == person) => return change,
        Assignment::Take(person) if role.many || holders.is_empty() => {
            after.push(person.to_owned());
            change.entries.push(act.entry(EventKind::RoleTaken { role: id, person: person.to_owned() }));
        }
        Assignment::Take(person) => {
            let from = holders.join(", ");
            after = vec![person.to_owned()];
            change.entries.push(act.entry(EventKind::Handover { role: id, from, to: person.to_owned() }));
        }
        Assignment::Leave(person) => {
            after.retain(|holder| holder != person);
            change.entries.push(act.entry(EventKind::RoleLeft { role: id, person: person.to_owned() }));
        }
    }
    set_holders(&mut change, role, after);
    let first_lead = role.lead && matches!(assignment, Assignment::Take(_));
    if first_lead && !incident.times.contains_key(&Milestone::Acknowledged) {
        change.set_in("times", Milestone::Acknowledged.token(), Value::Time(act.at));
        change.entries.push(act.plain_entry(EventKind::Milestone(Milestone::Acknowledged)));
    }
    change
}

fn set_holders(change: &mut Change, role: &Role, mut people: Vec<String>) {
    match people.len() {
        0 => change.remove(&["roles", &role.id]),
        1 if !role.many => change.set_in("roles", &role.id, Value::Text(people.remove(0))),
        _ => change.set_in("roles", &role.id, Value::List(people)),
    }
}

/// A remark. Remarks with the same words are as many facts.
pub fn note(kind: NoteKind, act: &Act<'_>) -> Change {
    Change { entries: vec![act.entry(EventKind::Note(kind))], ..Change::default() }
}

/// Sets and removes what differs between two states of `times`.
fn set_times(change: &mut Change, before: &BTreeMap<Milestone, Moment>, after: &BTreeMap<Milestone, Moment>) {
    for milestone in Milestone::ALL {
        match (before.get(&milestone), after.get(&milestone)) {
            (old, Some(new)) if old != Some(new) => {
                change.set_in("times", milestone.token(), Value::Time(*new));
            }
            (Some(_), None) => change.remove(&["times", milestone.token()]),
            _ => {}
        }
    }
}
