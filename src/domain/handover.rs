//! Roles passing from one person to another: what was asked for, what was accepted, and who held what from when to when.

use super::act::Act;
use super::change::Change;
use super::event::{Entry, EventKind};
use super::incident::Incident;
use super::moment::Moment;
use super::people::Role;

/// A hand-over that was asked for and is not accepted yet. Until it is, the role stays where it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer<'a> {
    pub role: &'a str,
    pub from: &'a str,
    pub to: &'a str,
    pub entry: &'a Entry,
}

/// The offers that nobody has answered, at most one for each role.
pub fn pending<'a>(incident: &Incident, entries: &'a [Entry]) -> Vec<Offer<'a>> {
    let mut offers: Vec<Offer<'a>> = Vec::new();
    for entry in by_recording(entries) {
        if let EventKind::HandoverOffered { role, from, to } = &entry.kind {
            offers.retain(|offer| offer.role != role);
            offers.push(Offer { role, from, to, entry });
        } else if let EventKind::Handover { role, .. } | EventKind::RoleLeft { role, .. } = &entry.kind {
            offers.retain(|offer| offer.role != role);
        }
    }
    offers.retain(|offer| !incident.holders(offer.role).iter().any(|holder| holder == offer.to));
    offers
}

/// Somebody is asked to take `role` over from those who hold it.
pub fn offer(incident: &Incident, role: &Role, to: &str, act: &Act<'_>) -> Change {
    let holders = incident.holders(&role.id);
    if holders.iter().any(|holder| holder == to) {
        return Change::default();
    }
    let (role, from, to) = (role.id.clone(), holders.join(", "), to.to_owned());
    Change { entries: vec![act.entry(EventKind::HandoverOffered { role, from, to })], ..Change::default() }
}

/// The time during which somebody held a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenure {
    pub role: String,
    pub person: String,
    /// None where the record does not say.
    pub since: Option<Moment>,
    /// None while it lasts.
    pub until: Option<Moment>,
}

/// Who held which role from when to when, in the order in which they took them on.
pub fn tenures(incident: &Incident, entries: &[Entry]) -> Vec<Tenure> {
    let mut tenures: Vec<Tenure> = Vec::new();
    for entry in by_recording(entries) {
        match &entry.kind {
            EventKind::RoleTaken { role, person } => begin(&mut tenures, role, person, Some(entry.at)),
            EventKind::RoleLeft { role, person } => end(&mut tenures, role, person, entry.at),
            EventKind::Handover { role, from, to } => {
                from.split(", ").for_each(|person| end(&mut tenures, role, person, entry.at));
                begin(&mut tenures, role, to, Some(entry.at));
            }
            _ => {}
        }
    }
    // What the front matter says stands, whatever the record lacks.
    for (role, people) in &incident.roles {
        people.iter().for_each(|person| begin(&mut tenures, role, person, None));
    }
    for tenure in tenures.iter_mut().filter(|tenure| tenure.until.is_none()) {
        let holds = incident.holders(&tenure.role).contains(&tenure.person);
        tenure.until = tenure.since.filter(|_| !holds);
    }
    tenures
}

fn begin(tenures: &mut Vec<Tenure>, role: &str, person: &str, since: Option<Moment>) {
    let is_open = |tenure: &Tenure| is_of(tenure, role, person) && tenure.until.is_none();
    if !tenures.iter().any(is_open) {
        tenures.push(Tenure { role: role.to_owned(), person: person.to_owned(), since, until: None });
    }
}

fn end(tenures: &mut Vec<Tenure>, role: &str, person: &str, until: Moment) {
    let open = tenures.iter_mut().find(|tenure| is_of(tenure, role, person) && tenure.until.is_none());
    match open {
        Some(tenure) => tenure.until = Some(until),
        None if person.is_empty() => {}
        None => tenures.push(Tenure {
            role: role.to_owned(),
            person: person.to_owned(),
            since: None,
            until: Some(until),
        }),
    }
}

fn is_of(tenure: &Tenure, role: &str, person: &str) -> bool {
    tenure.role == role && tenure.person == person
}

fn by_recording(entries: &[Entry]) -> Vec<&Entry> {
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    sorted.sort_by_key(|entry| entry.recorded_at());
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{act, incident, moment, staff, told};

    fn entry(at: &str, kind: EventKind) -> Entry {
        Entry::new(moment(at), moment(at).at, "Alice", kind, "")
    }

    fn offered(at: &str, to: &str) -> Entry {
        let role = "commander".to_owned();
        entry(at, EventKind::HandoverOffered { role, from: "alice".into(), to: to.into() })
    }

    fn taken(at: &str, role: &str, person: &str) -> Entry {
        entry(at, EventKind::RoleTaken { role: role.into(), person: person.into() })
    }

    fn passed(at: &str, from: &str, to: &str) -> Entry {
        entry(at, EventKind::Handover { role: "commander".into(), from: from.into(), to: to.into() })
    }

    fn held_by(person: &str) -> Incident {
        Incident { roles: vec![("commander".to_owned(), vec![person.to_owned()])], ..incident() }
    }

    #[test]
    fn an_offer_stands_until_it_is_answered() {
        let waiting = |incident: &Incident, entries: &[Entry]| {
            pending(incident, entries).iter().map(|offer| offer.to.to_owned()).collect::<Vec<_>>()
        };
        let alice = held_by("alice");
        assert_eq!(waiting(&alice, &[offered("03:00", "arita")]), ["arita"]);
        assert_eq!(waiting(&alice, &[offered("03:00", "arita"), offered("03:05", "bob")]), ["bob"]);
        let answered = [offered("03:00", "arita"), passed("03:10", "alice", "arita")];
        assert_eq!(waiting(&held_by("arita"), &answered), [""; 0]);
        assert_eq!(waiting(&held_by("arita"), &answered[..1]), [""; 0]);
    }

    #[test]
    fn an_offer_changes_nothing_but_the_record() {
        let role = &staff().roles[0];
        let change = offer(&held_by("alice"), role, "arita", &act("03:50", "03:50", "notes"));
        let kind = "HandoverOffered { role: \"commander\", from: \"alice\", to: \"arita\" }";
        assert_eq!(told(&change), [format!("03:50 {kind} Alice: notes")]);
        assert!(offer(&held_by("arita"), role, "arita", &act("03:50", "03:50", "")).is_empty());
    }

    #[test]
    fn start_and_end_of_each_role_are_kept() {
        let shown = |incident: &Incident, entries: &[Entry]| {
            let time = |at: Option<Moment>| at.map_or("?".into(), |at| at.at.format("%H:%M").to_string());
            let line = |tenure: Tenure| {
                format!("{} {} {}–{}", tenure.role, tenure.person, time(tenure.since), time(tenure.until))
            };
            tenures(incident, entries).into_iter().map(line).collect::<Vec<_>>()
        };
        let entries = [taken("02:58", "commander", "alice"), passed("03:50", "alice", "arita")];
        assert_eq!(
            shown(&held_by("arita"), &entries),
            ["commander alice 02:58–03:50", "commander arita 03:50–?"]
        );
        assert_eq!(shown(&held_by("bob"), &[]), ["commander bob ?–?"]);
        assert_eq!(
            shown(&held_by("bob"), &entries[1..]),
            ["commander alice ?–03:50", "commander arita 03:50–03:50", "commander bob ?–?"]
        );
    }
}
