//! Who is to be called for an incident, in which order, and when they are reached.

use chrono::{DateTime, FixedOffset, NaiveDate};
use chrono_tz::Tz;

use super::deadline::WorkingHours;
use super::flow::Flow;
use super::incident::{Incident, Mode};
use super::people::{Channel, Person, Staff};
use super::policy::{Hours, Policy, Span};
use super::scope::Circumstances;
use super::text::Text;

/// People to be called for one purpose; the next one is for when nobody answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round<'a> {
    /// The role that they are asked to take.
    pub role: Option<&'a str>,
    /// Handles, in order. Nobody, where no call is set up and nobody holds the role.
    pub people: Vec<&'a str>,
    /// How long to wait for an answer.
    pub after: Option<Span>,
    pub by: Channel,
    pub hours: Hours,
    pub note: Option<&'a Text>,
}

/// Whom to call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan<'a> {
    /// As the store has set it up.
    Calls(Vec<Round<'a>>),
    /// Nothing is set up for such an incident: the roles that the level calls, and who holds them.
    Roles(Vec<Round<'a>>),
}

impl<'a> Plan<'a> {
    /// For an incident like this, in which `roles` are held. One without a level calls the lead.
    pub fn of(
        staff: &'a Staff,
        policy: &'a Policy,
        about: Circumstances<'a>,
        roles: &'a [(String, Vec<String>)],
    ) -> Self {
        let calls: Vec<Round<'a>> = staff.calls_for(about).map(Round::of).collect();
        if !calls.is_empty() {
            return Self::Calls(calls);
        }
        let level = about.level.and_then(|level| policy.level(level));
        let called: Vec<&str> = match level {
            Some(level) => level.page.iter().map(String::as_str).collect(),
            None => staff.lead().map(|role| role.id.as_str()).into_iter().collect(),
        };
        let round = |role: &'a str| {
            let holders = roles.iter().find(|(id, _)| id == role).map_or(&[][..], |(_, people)| people);
            let people = holders.iter().map(String::as_str).collect();
            Round {
                role: Some(role),
                people,
                after: None,
                by: Channel::Phone,
                hours: Hours::Always,
                note: None,
            }
        };
        Self::Roles(called.into_iter().map(round).collect())
    }

    pub fn rounds(&self) -> &[Round<'a>] {
        match self {
            Self::Calls(rounds) | Self::Roles(rounds) => rounds,
        }
    }

    /// Whether anybody's phone is to ring.
    pub fn rings(&self) -> bool {
        self.rounds().iter().any(|round| round.by == Channel::Phone)
    }
}

impl<'a> Round<'a> {
    pub fn of(call: &'a super::people::Call) -> Self {
        Self {
            role: call.role.as_deref(),
            people: call.people.iter().map(String::as_str).collect(),
            after: call.after,
            by: call.by,
            hours: call.hours,
            note: Some(&call.note),
        }
    }
}

/// When people whose `hours` these are may be called next; none if that is now.
pub fn opens(
    hours: Hours,
    working: WorkingHours,
    now: DateTime<FixedOffset>,
    zone: Tz,
    holidays: &[NaiveDate],
) -> Option<DateTime<FixedOffset>> {
    match hours {
        Hours::Always => None,
        Hours::Business => working.next(now, zone, holidays).filter(|opens| *opens > now),
    }
}

/// Everybody who can be phoned.
pub fn with_phones(staff: &Staff) -> impl Iterator<Item = &Person> {
    staff.people.iter().filter(|person| person.phone.is_some())
}

/// The people who know their way around in `area`.
pub fn of_area<'a>(staff: &'a Staff, area: &str) -> Vec<&'a Person> {
    let knows = |person: &&Person| person.areas.iter().any(|known| known.eq_ignore_ascii_case(area));
    staff.people.iter().filter(knows).collect()
}

/// Every area that somebody knows, without repeats, in the order of the people.
pub fn areas(staff: &Staff) -> Vec<&str> {
    let mut areas: Vec<&str> = Vec::new();
    for area in staff.people.iter().flat_map(|person| &person.areas) {
        if !areas.iter().any(|known| known.eq_ignore_ascii_case(area)) {
            areas.push(area);
        }
    }
    areas
}

/// Whether a new level calls people whom the old one did not: it is the first, or a worse one, of something that goes on.
pub fn calls_others(policy: &Policy, flow: &Flow, before: &Incident, after: &Incident) -> bool {
    let rank = |incident: &Incident| incident.severity.as_deref().and_then(|id| policy.rank(id));
    let goes_on = flow.category(&after.status).is_live() && after.mode == Mode::Real;
    goes_on && rank(after).is_some_and(|new| rank(before).is_none_or(|old| new < old))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::Call;
    use crate::domain::policy::Level;
    use crate::domain::samples::{flow, incident, moment, staff};
    use crate::domain::scope::Scope;

    fn call(levels: &[&str], people: &[&str], by: Channel) -> Call {
        let owned = |words: &[&str]| words.iter().map(ToString::to_string).collect();
        Call {
            scope: Scope { levels: owned(levels), ..Scope::default() },
            role: Some("commander".to_owned()),
            people: owned(people),
            after: Span::parse("10m"),
            by,
            hours: Hours::Always,
            note: Text::default(),
        }
    }

    fn policy() -> Policy {
        let level = |id: &str, page: &[&str]| Level {
            id: id.to_owned(),
            page: page.iter().map(ToString::to_string).collect(),
            name: Text::default(),
            when: Text::default(),
            update_every: None,
            hours: Hours::Always,
            postmortem_within: None,
            postmortem: None,
            also: Text::default(),
        };
        Policy {
            levels: vec![level("S1", &["commander", "responder"]), level("S4", &[])],
            ..Policy::default()
        }
    }

    /// The plan for an incident of this level: `set up` or `roles`, then each role and its people.
    #[track_caller]
    fn check(calls: Vec<Call>, level: Option<&str>, expected: &str) {
        let staff = Staff { calls, ..staff() };
        let policy = policy();
        let roles = [("responder".to_owned(), vec!["arita".to_owned(), "alice".to_owned()])];
        let about = Circumstances { level, ..Circumstances::default() };
        let plan = Plan::of(&staff, &policy, about, &roles);
        let word = if matches!(plan, Plan::Calls(_)) { "set up" } else { "roles" };
        let rounds = plan.rounds().iter();
        let rounds =
            rounds.map(|round| format!(" {}: {}", round.role.unwrap_or("-"), round.people.join(" ")));
        assert_eq!(format!("{word}{}", rounds.collect::<String>()), expected, "{level:?}");
    }

    #[test]
    fn calls_are_made_as_they_are_set_up_else_by_the_roles_of_the_level() {
        let calls =
            || vec![call(&["S1"], &["alice", "arita"], Channel::Phone), call(&[], &["bob"], Channel::Chat)];
        check(calls(), Some("S1"), "set up commander: alice arita commander: bob");
        check(calls(), Some("S4"), "set up commander: bob");
        check(calls(), None, "set up commander: bob");
        check(calls()[..1].to_vec(), Some("S4"), "roles");
        check(Vec::new(), Some("S1"), "roles commander:  responder: arita alice");
        check(Vec::new(), None, "roles commander: ");
        check(Vec::new(), Some("gone"), "roles commander: ");
    }

    #[test]
    fn the_first_level_and_a_worse_one_call_others_while_it_goes_on() {
        let rated = |level: &str, status: &str, mode| Incident {
            severity: Some(level.to_owned()).filter(|level| level != "-"),
            status: status.to_owned(),
            mode,
            ..incident()
        };
        for (before, after, status, mode, expected) in [
            ("-", "S4", "fixing", Mode::Real, true),
            ("S4", "S1", "fixing", Mode::Real, true),
            ("gone", "S4", "fixing", Mode::Real, true),
            ("S1", "S1", "fixing", Mode::Real, false),
            ("S1", "S4", "fixing", Mode::Real, false),
            ("S4", "-", "fixing", Mode::Real, false),
            ("S4", "gone", "fixing", Mode::Real, false),
            ("S4", "S1", "closed", Mode::Real, false),
            ("S4", "S1", "fixing", Mode::Drill, false),
        ] {
            let (old, new) = (rated(before, status, mode), rated(after, status, mode));
            assert_eq!(
                calls_others(&policy(), &flow(), &old, &new),
                expected,
                "{before} → {after}, {status}, {mode:?}"
            );
        }
    }

    #[test]
    fn only_a_call_by_phone_rings() {
        let rings = |by| {
            let staff = Staff { calls: vec![call(&[], &["bob"], by)], ..staff() };
            Plan::of(&staff, &Policy::default(), Circumstances::default(), &[]).rings()
        };
        assert!(rings(Channel::Phone) && !rings(Channel::Chat));
    }

    #[test]
    fn business_hours_open_in_the_morning() {
        let opens = |hours, at: &str| {
            let zone = chrono_tz::Asia::Tokyo;
            opens(hours, WorkingHours::default(), moment(at).at, zone, &[]).map(|at| at.to_rfc3339())
        };
        assert_eq!(opens(Hours::Always, "02:55"), None);
        assert_eq!(opens(Hours::Business, "10:00"), None);
        assert_eq!(opens(Hours::Business, "02:55").as_deref(), Some("2026-11-20T09:00:00+09:00"));
    }

    #[test]
    fn people_are_called_together_by_area() {
        let mut staff = staff();
        staff.people[0].areas = vec!["frontend".to_owned(), "Infra".to_owned()];
        staff.people[1].areas = vec!["infra".to_owned()];
        let found =
            |area| of_area(&staff, area).iter().map(|person| person.handle.as_str()).collect::<Vec<_>>();
        assert_eq!(found("infra"), ["alice", "arita"]);
        assert_eq!(found("FRONTEND"), ["alice"]);
        assert_eq!(found("dba"), Vec::<&str>::new());
        assert_eq!(areas(&staff), ["frontend", "Infra"]);
    }
}
