//! People and the roles they hold.

use super::policy::{Hours, Span};
use super::scope::{Circumstances, Scope};
use super::text::{Text, folded, joined, named};

/// Somebody the store knows by a handle, from `[[person]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub handle: String,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// How chat calls them, such as `@arita`.
    pub chat: Option<String>,
    /// What they know their way around in, for calling people together by area.
    pub areas: Vec<String>,
}

/// A part somebody plays in an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    pub id: String,
    pub name: Text,
    /// What the role does, told to whoever takes it on.
    pub does: Text,
    /// The one role that is called first and answers for the incident.
    pub lead: bool,
    /// Several people may hold it at once.
    pub many: bool,
    /// Roles that one person should not hold beside this one.
    pub apart_from: Vec<String>,
}

/// How people are reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Channel {
    #[default]
    Phone,
    Chat,
}

/// Who is to be called for some incidents, in which order, and what they are asked to take on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub scope: Scope,
    /// The role that they are asked to take, by its id.
    pub role: Option<String>,
    /// Handles; the next one is for when nobody answers.
    pub people: Vec<String>,
    /// How long to wait for an answer before the next one.
    pub after: Option<Span>,
    pub by: Channel,
    pub hours: Hours,
    pub note: Text,
}

/// Everybody and every role that the store names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Staff {
    pub people: Vec<Person>,
    pub roles: Vec<Role>,
    /// In the order in which they are made.
    pub calls: Vec<Call>,
}

impl Staff {
    /// The person with this handle, name or e-mail.
    pub fn person(&self, word: &str) -> Option<&Person> {
        let by_handle = self.people.iter().find(|person| person.handle == word);
        by_handle.or_else(|| {
            let (typed, name) = (folded(word), joined(word));
            let called = |person: &&Person| {
                let address = person.email.as_deref().map(folded);
                folded(&person.handle) == typed
                    || joined(&person.name) == name
                    || address.as_ref() == Some(&typed)
            };
            self.people.iter().find(called)
        })
    }

    /// The role with this id or this name in either language.
    pub fn role(&self, word: &str) -> Option<&Role> {
        named(&self.roles, word, |role| (&role.id, &role.name))
    }

    /// The calls that an incident like this asks for, in their order.
    pub fn calls_for<'a>(&self, about: impl Into<Circumstances<'a>>) -> impl Iterator<Item = &Call> {
        let about = about.into();
        self.calls.iter().filter(move |call| call.scope.covers(about))
    }

    pub fn lead(&self) -> Option<&Role> {
        self.roles.iter().find(|role| role.lead)
    }

    /// How a person is called in what people read: the name behind the handle, else the word itself.
    pub fn display_name<'a>(&'a self, handle: &'a str) -> &'a str {
        self.person(handle).map_or(handle, |person| &person.name)
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::samples::staff;

    #[test]
    fn people_are_found_by_handle_name_or_address() {
        for (word, expected) in [
            ("arita", Some("arita")),
            ("有田", Some("arita")),
            ("ARITA@example.ORG", Some("arita")),
            ("Alice", Some("alice")),
            ("ＡＬＩＣＥ", Some("alice")),
            ("有 田", Some("arita")),
            (" 有　田 ", Some("arita")),
            ("", None),
        ] {
            let staff = staff();
            assert_eq!(staff.person(word).map(|person| person.handle.as_str()), expected, "{word}");
        }
    }

    #[test]
    fn a_handle_beats_the_name_of_somebody_else() {
        let mut staff = staff();
        staff.people[0].name = "arita".to_owned();
        assert_eq!(staff.display_name("arita"), "有田");
        assert_eq!(staff.display_name("somebody"), "somebody");
    }

    #[test]
    fn roles_are_found_by_id_or_by_name_in_either_language() {
        for (word, expected) in [
            ("commander", Some("commander")),
            ("指揮", Some("commander")),
            ("incident COMMANDER", Some("commander")),
            ("incident", Some("commander")),
            ("指", None),
            ("commanders", None),
        ] {
            let staff = staff();
            assert_eq!(staff.role(word).map(|role| role.id.as_str()), expected, "{word}");
        }
        assert_eq!(staff().lead().map(|role| role.id.clone()).as_deref(), Some("commander"));
    }
}
