//! Who is at the keyboard, and what git knows of them.

use super::Session;
use crate::context;
use crate::domain::text::folded;
use crate::store::{ConfigEnv, Identity, IdentityEnv};

/// The address of a person who has given none; reserved for that by RFC 2606.
pub const NO_ADDRESS: &str = "unknown@invalid";

/// Who acts.
#[derive(Clone, Debug)]
pub struct Actor {
    pub identity: Identity,
    /// The handle of the store's list of people, else the git name.
    pub handle: String,
    /// As the timeline names them.
    pub name: String,
}

impl Session<'_> {
    /// Who is at the keyboard.
    pub fn actor(&self) -> anyhow::Result<Actor> {
        Ok(self.actor_of(self.store.identity(&identity_environment())?))
    }

    /// Whoever says to be called `name`, where git knows nobody.
    pub fn actor_named(&self, name: &str) -> anyhow::Result<Actor> {
        let known = self.settings.staff.person(name).and_then(|person| person.email.as_deref());
        Ok(self.actor_of(self.store.identity(&identity_environment_of(name, known))?))
    }

    fn actor_of(&self, identity: Identity) -> Actor {
        let person = self.settings.staff.person(&identity.author.email);
        let person = person.or_else(|| self.settings.staff.person(&identity.author.name));
        let (handle, name) = match person {
            Some(person) => (person.handle.clone(), person.name.clone()),
            None => (identity.author.name.clone(), identity.author.name.clone()),
        };
        Actor { identity, handle, name }
    }

    /// How `word`, a handle, name, e-mail or `me`, is written in roles; a name the store does not know stays as it is.
    pub fn handle_of(&self, word: &str, actor: &Actor) -> String {
        if is_me(word) {
            return actor.handle.clone();
        }
        self.settings.staff.person(word).map_or_else(|| word.to_owned(), |person| person.handle.clone())
    }
}

/// Whether whoever is at the keyboard means themselves.
pub fn is_me(word: &str) -> bool {
    ["me", "自分", "私"].contains(&folded(word).as_str())
}

/// What the environment says of git's configuration.
pub fn config_env() -> ConfigEnv {
    let path = |name| context::raw_variable(name).map(std::path::PathBuf::from);
    let no_system = context::variable("GIT_CONFIG_NOSYSTEM")
        .is_some_and(|word| !["0", "false", "no", "off"].contains(&word.to_lowercase().as_str()));
    let system = if no_system { Some(std::path::PathBuf::new()) } else { path("GIT_CONFIG_SYSTEM") };
    let has_settings = ["GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS"]
        .into_iter()
        .any(|name| context::variable(name).is_some_and(|value| value != "0"));
    ConfigEnv { global: path("GIT_CONFIG_GLOBAL"), system, has_settings }
}

pub fn identity_environment() -> IdentityEnv {
    IdentityEnv {
        author_name: context::variable("GIT_AUTHOR_NAME"),
        author_email: context::variable("GIT_AUTHOR_EMAIL"),
        committer_name: context::variable("GIT_COMMITTER_NAME"),
        committer_email: context::variable("GIT_COMMITTER_EMAIL"),
        email: context::variable("EMAIL"),
    }
}

/// As [`identity_environment`], with what it lacks taken from a person who typed in their name.
pub fn identity_environment_of(name: &str, address: Option<&str>) -> IdentityEnv {
    let mut environment = identity_environment();
    environment.author_name.get_or_insert_with(|| name.to_owned());
    environment.committer_name.get_or_insert_with(|| name.to_owned());
    environment.email.get_or_insert_with(|| address.unwrap_or(NO_ADDRESS).to_owned());
    environment
}
