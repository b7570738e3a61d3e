//! The call list as programs read it.

use serde::Serialize;

use super::super::session::Session;
use super::opens;
use super::subject::Subject;
use crate::domain::calling::{self, Plan, Round};
use crate::domain::moment::rfc3339;
use crate::domain::people::{Channel, Person};

#[derive(Default, Serialize)]
pub struct WhoJson {
    id: Option<String>,
    severity: Option<String>,
    /// Whether the store says whom to call, not only which roles.
    configured: bool,
    calls: Vec<CallJson>,
    /// Where no order is set up, everybody with a phone; with `--area`, those who know it.
    people: Vec<PersonJson>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct CallJson {
    role: Option<String>,
    by: &'static str,
    /// When they may be called, if not now.
    opens: Option<String>,
    after_s: Option<i64>,
    note: Option<String>,
    people: Vec<PersonJson>,
}

#[derive(Serialize)]
struct PersonJson {
    handle: String,
    name: String,
    phone: Option<String>,
    chat: Option<String>,
    areas: Vec<String>,
    /// The roles they hold in this incident.
    roles: Vec<String>,
}

impl WhoJson {
    pub fn of(session: &Session<'_>, subject: &Subject, plan: &Plan<'_>, notes: Vec<String>) -> Self {
        let staff = &session.settings.staff;
        let configured = matches!(plan, Plan::Calls(_));
        let phones = calling::with_phones(staff).filter(|_| !configured);
        Self {
            id: subject.incident.as_ref().map(|incident| incident.id.to_string()),
            severity: subject.level.clone(),
            configured,
            calls: plan.rounds().iter().map(|round| CallJson::of(session, subject, round)).collect(),
            people: phones.map(|person| PersonJson::of(person, subject.roles())).collect(),
            notes,
        }
    }

    /// People without an incident.
    pub fn of_people(people: &[&Person]) -> Self {
        let people = people.iter().map(|person| PersonJson::of(person, &[])).collect();
        Self { people, ..Self::default() }
    }
}

impl CallJson {
    fn of(session: &Session<'_>, subject: &Subject, round: &Round<'_>) -> Self {
        let staff = &session.settings.staff;
        let note = round.note.map(|note| note.get(session.app.locale.lang()).to_owned());
        let person = |handle: &&str| match staff.person(handle) {
            Some(person) => PersonJson::of(person, subject.roles()),
            None => PersonJson::unlisted(handle, subject.roles()),
        };
        Self {
            role: round.role.map(str::to_owned),
            by: if round.by == Channel::Phone { "phone" } else { "chat" },
            opens: opens(session, round).map(rfc3339),
            after_s: round.after.map(|after| after.length().num_seconds()),
            note: note.filter(|note| !note.is_empty()),
            people: round.people.iter().map(person).collect(),
        }
    }
}

impl PersonJson {
    fn of(person: &Person, roles: &[(String, Vec<String>)]) -> Self {
        Self {
            name: person.name.clone(),
            phone: person.phone.clone(),
            chat: person.chat.clone(),
            areas: person.areas.clone(),
            ..Self::unlisted(&person.handle, roles)
        }
    }

    fn unlisted(handle: &str, roles: &[(String, Vec<String>)]) -> Self {
        let holds = roles.iter().filter(|(_, people)| people.iter().any(|holder| holder == handle));
        Self {
            handle: handle.to_owned(),
            name: handle.to_owned(),
            phone: None,
            chat: None,
            areas: Vec::new(),
            roles: holds.map(|(role, _)| role.clone()).collect(),
        }
    }
}
