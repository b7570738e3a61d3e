//! What each kind of act changes in an incident. An act that changes nothing gives an empty change.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};

use super::change::{Change, Value};
use super::event::{Entry, EventKind, Milestone, NoteKind};
use super::flow::{Category, Flow, Status};
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
    // Nobody waits any longer; what was promised stays in the record.
    if !flow.category(&to.id).is_live() {
        let promises = [("next_update", incident.next_update), ("expected_end", incident.expected_end)];
        promises.iter().filter(|(_, at)| at.is_some()).for_each(|(key, _)| change.remove(&[key]));
    }
    // What goes on is no duplicate any more.
    if incident.duplicate_of.is_some() && flow.category(&to.id) != Category::Declined {
        change.remove(&["duplicate_of"]);
    }
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
        // Answers alone are facts too: the record must say why the level stands.
        change.entries.extend(answer_entries(incident, answers, act));
    }
    change
}

/// A line for each answer that is new; the first has the reason.
fn answer_entries(incident: &Incident, answers: &BTreeMap<String, Answer>, act: &Act<'_>) -> Vec<Entry> {
    let new = answers.iter().filter(|(question, answer)| incident.answers.get(*question) != Some(answer));
    let entry = |(number, (question, answer)): (usize, (&String, &Answer))| {
        let from = incident.answers.get(question).map(|before| before.token()).unwrap_or_default().to_owned();
        let kind = EventKind::Set { key: question.clone(), from, to: answer.token().to_owned() };
        if number == 0 { act.entry(kind) } else { act.plain_entry(kind) }
    };
    new.enumerate().map(entry).collect()
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
    /// Is given it by somebody else, and has not said yes.
    Give(&'a str),
    Leave(&'a str),
}

/// Somebody takes up or gives up `role`. Taking the lead for the first time acknowledges the incident; being given it
/// does not, until they take it themselves.
pub fn assign(incident: &Incident, role: &Role, assignment: Assignment<'_>, act: &Act<'_>) -> Change {
    let mut change = Change::default();
    let holders = incident.holders(&role.id);
    let mut after: Vec<String> = holders.to_vec();
    let id = role.id.clone();
    let holds = |person: &str| holders.iter().any(|holder| holder == person);
    match assignment {
        Assignment::Take(person) if holds(person) => {}
        Assignment::Give(person) if holds(person) => return change,
        Assignment::Leave(person) if !holds(person) => return change,
        Assignment::Take(person) | Assignment::Give(person) if role.many || holders.is_empty() => {
            after.push(person.to_owned());
            change.entries.push(act.entry(EventKind::RoleTaken { role: id, person: person.to_owned() }));
        }
        Assignment::Take(person) | Assignment::Give(person) => {
            let from = holders.join(", ");
            after = vec![person.to_owned()];
            change.entries.push(act.entry(EventKind::Handover { role: id, from, to: person.to_owned() }));
        }
        Assignment::Leave(person) => {
            after.retain(|holder| holder != person);
            change.entries.push(act.entry(EventKind::RoleLeft { role: id, person: person.to_owned() }));
        }
    }
    if after != holders {
        set_holders(&mut change, role, after);
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{act, flow, incident, moment, staff, told};

    #[track_caller]
    fn check(change: &Change, expected: &[&str]) {
        assert_eq!(told(change), expected);
        assert_eq!(change.is_empty(), expected.is_empty());
    }

    /// The sample after it was fixed, mitigated and closed.
    fn over() -> Incident {
        let mut incident = incident();
        incident.status = "closed".to_owned();
        incident.times.insert(Milestone::Acknowledged, moment("02:58"));
        incident.times.insert(Milestone::Mitigated, moment("03:20"));
        incident.times.insert(Milestone::Closed, moment("03:50"));
        incident
    }

    #[test]
    fn entering_a_status_stamps_and_clears_milestones() {
        let to = |id: &str| flow().get(id).expect("a status").clone();
        let enter = |incident: &Incident, id: &str, text| {
            enter(incident, &flow(), &to(id), &act("04:00", "04:00", text))
        };
        check(
            &enter(&incident(), "fixing", "rolling back"),
            &[
                "status=Text(\"fixing\")",
                "times.acknowledged=Time(Moment { at: 2026-11-20T04:00:00+09:00, approximate: false })",
                "04:00 Status { from: \"triage\", to: \"fixing\" } Alice: rolling back",
            ],
        );
        // What was acknowledged once stays so; what was over no longer is.
        check(
            &enter(&over(), "fixing", ""),
            &[
                "status=Text(\"fixing\")",
                "-times.mitigated",
                "-times.closed",
                "04:00 Status { from: \"closed\", to: \"fixing\" } Alice",
            ],
        );
        check(
            &enter(&incident(), "declined", "a planned restart"),
            &[
                "status=Text(\"declined\")",
                "04:00 Status { from: \"triage\", to: \"declined\" } Alice: a planned restart",
            ],
        );
        check(&enter(&incident(), "triage", "again"), &[]);
    }

    #[test]
    fn a_promise_ends_with_the_incident() {
        let promised = Incident {
            next_update: Some(moment("04:10")),
            expected_end: Some(moment("05:00")),
            ..incident()
        };
        for (to, expected) in [("fixing", false), ("closed", true), ("declined", true)] {
            let to = flow().get(to).expect("a status").clone();
            let told = told(&enter(&promised, &flow(), &to, &act("04:00", "04:00", "")));
            let ends = |key: &str| told.iter().any(|line| *line == format!("-{key}"));
            assert_eq!((ends("next_update"), ends("expected_end")), (expected, expected), "{}", to.id);
        }
    }

    #[test]
    fn a_milestone_is_reached_once_and_corrected_after() {
        let reach = |milestone, at, recorded, text| reach(&incident(), milestone, &act(at, recorded, text));
        check(
            &reach(Milestone::Detected, "~02:51", "03:00", "an alert"),
            &["~02:51 Milestone(Detected) Alice: an alert (03:00)"]
                .map(|entry| {
                    vec![
                        "times.detected=Time(Moment { at: 2026-11-20T02:51:00+09:00, approximate: true })",
                        entry,
                    ]
                })
                .concat(),
        );
        // The correction happened when it was recorded, and names both times.
        check(
            &reach(Milestone::Declared, "02:50", "03:00", "the first call"),
            &[
                "times.declared=Time(Moment { at: 2026-11-20T02:50:00+09:00, approximate: false })",
                "03:00 Set declared: \"2026-11-20T02:55:00+09:00\" → \"2026-11-20T02:50:00+09:00\" Alice: the first call",
            ],
        );
        check(
            &reach(Milestone::Declared, "~02:55", "03:00", ""),
            &[
                "times.declared=Time(Moment { at: 2026-11-20T02:55:00+09:00, approximate: true })",
                "03:00 Set declared: \"2026-11-20T02:55:00+09:00\" → \"~2026-11-20T02:55:00+09:00\" Alice",
            ],
        );
        check(&reach(Milestone::Declared, "02:55", "03:00", ""), &[]);
    }

    #[test]
    fn a_rating_keeps_the_answers_that_led_to_it() {
        let mut rated = incident();
        rated.severity = Some("SEV2".to_owned());
        rated.answers.insert("all_down".to_owned(), Answer::No);
        let none = BTreeMap::new();
        let answers: BTreeMap<String, Answer> =
            [("all_down", Answer::No), ("many_stuck", Answer::Yes), ("money", Answer::Unsure)]
                .map(|(question, answer)| (question.to_owned(), answer))
                .into();
        let act = act("03:00", "03:00", "checked");
        check(
            &rate(&incident(), Some("SEV1"), &none, &act),
            &["severity=Text(\"SEV1\")", "03:00 Severity { from: None, to: Some(\"SEV1\") } Alice: checked"],
        );
        check(
            &rate(&rated, None, &none, &act),
            &["severity=Null", "03:00 Severity { from: Some(\"SEV2\"), to: None } Alice: checked"],
        );
        check(
            &rate(&rated, Some("SEV2"), &answers, &act),
            &[
                "answers.many_stuck=Bool(true)",
                "answers.money=Text(\"unsure\")",
                "03:00 Set many_stuck: \"\" → \"yes\" Alice: checked",
                "03:00 Set money: \"\" → \"unsure\" Alice",
            ],
        );
        check(&rate(&rated, Some("SEV2"), &[("all_down".to_owned(), Answer::No)].into(), &act), &[]);
        check(&rate(&incident(), None, &none, &act), &[]);
    }

    /// An incident in which these people hold these roles.
    fn held(roles: &[(&str, &[&str])]) -> Incident {
        let people = |people: &[&str]| people.iter().map(|person| (*person).to_owned()).collect();
        let roles = roles.iter().map(|(role, holders)| ((*role).to_owned(), people(holders))).collect();
        Incident { roles, ..incident() }
    }

    #[track_caller]
    fn check_assign(incident: &Incident, role: &str, assignment: Assignment<'_>, expected: &[&str]) {
        let staff = staff();
        let role = staff.role(role).expect("a role");
        check(&assign(incident, role, assignment, &act("03:00", "03:00", "")), expected);
    }

    #[test]
    fn the_first_to_take_the_lead_acknowledges() {
        use Assignment::{Leave, Take};
        check_assign(
            &incident(),
            "commander",
            Take("alice"),
            &[
                "roles.commander=Text(\"alice\")",
                "times.acknowledged=Time(Moment { at: 2026-11-20T03:00:00+09:00, approximate: false })",
                "03:00 RoleTaken { role: \"commander\", person: \"alice\" } Alice",
                "03:00 Milestone(Acknowledged) Alice",
            ],
        );
        let mut led = held(&[("commander", &["alice"])]);
        led.times.insert(Milestone::Acknowledged, moment("02:58"));
        check_assign(
            &led,
            "commander",
            Take("arita"),
            &[
                "roles.commander=Text(\"arita\")",
                "03:00 Handover { role: \"commander\", from: \"alice\", to: \"arita\" } Alice",
            ],
        );
        check_assign(&led, "commander", Take("alice"), &[]);
        check_assign(
            &led,
            "commander",
            Leave("alice"),
            &["-roles.commander", "03:00 RoleLeft { role: \"commander\", person: \"alice\" } Alice"],
        );
        check_assign(&led, "commander", Leave("arita"), &[]);
    }

    #[test]
    fn who_is_given_the_lead_acknowledges_by_taking_it() {
        use Assignment::{Give, Take};
        check_assign(
            &incident(),
            "commander",
            Give("bob"),
            &[
                "roles.commander=Text(\"bob\")",
                "03:00 RoleTaken { role: \"commander\", person: \"bob\" } Alice",
            ],
        );
        let given = held(&[("commander", &["bob"])]);
        check_assign(&given, "commander", Give("bob"), &[]);
        check_assign(
            &given,
            "commander",
            Take("bob"),
            &[
                "times.acknowledged=Time(Moment { at: 2026-11-20T03:00:00+09:00, approximate: false })",
                "03:00 Milestone(Acknowledged) Alice",
            ],
        );
    }

    #[test]
    fn a_role_for_many_is_held_beside_each_other() {
        use Assignment::{Leave, Take};
        let two = held(&[("responder", &["bob", "mio"])]);
        check_assign(
            &incident(),
            "responder",
            Take("bob"),
            &[
                "roles.responder=List([\"bob\"])",
                "03:00 RoleTaken { role: \"responder\", person: \"bob\" } Alice",
            ],
        );
        check_assign(
            &two,
            "responder",
            Take("alice"),
            &[
                "roles.responder=List([\"bob\", \"mio\", \"alice\"])",
                "03:00 RoleTaken { role: \"responder\", person: \"alice\" } Alice",
            ],
        );
        check_assign(
            &two,
            "responder",
            Leave("bob"),
            &[
                "roles.responder=List([\"mio\"])",
                "03:00 RoleLeft { role: \"responder\", person: \"bob\" } Alice",
            ],
        );
        check_assign(&two, "responder", Take("mio"), &[]);
    }

    #[test]
    fn a_note_is_always_a_fact() {
        check(
            &note(NoteKind::Checked, &act("02:50", "03:00", "the log")),
            &["02:50 Note(Checked) Alice: the log (03:00)"],
        );
    }
}
