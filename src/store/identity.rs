//! Who records: the names and addresses git would use, never an invented one.

use std::path::Path;

use anyhow::Result;
use git2::{Config, Repository};

use super::configuration::Settings;
use super::failures::git_failed;
use super::git::Git;
use super::{ConfigEnv, Store};
use crate::failure::{Exit, Failure, Message};

/// The variables by which git lets a person override the configured identity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IdentityEnv {
    /// `GIT_AUTHOR_NAME`
    pub author_name: Option<String>,
    /// `GIT_AUTHOR_EMAIL`
    pub author_email: Option<String>,
    /// `GIT_COMMITTER_NAME`
    pub committer_name: Option<String>,
    /// `GIT_COMMITTER_EMAIL`
    pub committer_email: Option<String>,
    /// `EMAIL`
    pub email: Option<String>,
}

/// A name and an address, as they stand in a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedEmail {
    pub name: String,
    pub email: String,
}

/// Whose act a commit records, and who records it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub author: NamedEmail,
    pub committer: NamedEmail,
}

impl Store {
    /// Author and committer, from the environment first, then from `author.*`, `committer.*` and `user.*`.
    ///
    /// # Errors
    /// A name or an address is nowhere; the hints have the commands that set them.
    pub fn identity(&self, environment: &IdentityEnv) -> Result<Identity> {
        resolve_both(environment, &|key| self.config_value(key))
    }
}

/// Who would record in a store at `directory`, which need not exist yet: to be known before anything is made.
///
/// # Errors
/// As for [`Store::identity`].
pub fn default_identity(
    directory: &Path,
    config_env: &ConfigEnv,
    environment: &IdentityEnv,
) -> Result<Identity> {
    let of_repository = Repository::discover(directory).and_then(|repository| repository.config());
    let config = of_repository.or_else(|_| Config::open_default()).map_err(git_failed("reading"))?;
    let git = Git::new(directory.ancestors().find(|folder| folder.is_dir()).unwrap_or(directory));
    let settings = Settings::new(config, &git, config_env)?;
    resolve_both(environment, &|key| settings.value(key))
}

fn resolve_both(environment: &IdentityEnv, setting: &dyn Fn(&str) -> Option<String>) -> Result<Identity> {
    let email = environment.email.as_ref();
    let IdentityEnv { author_name, author_email, committer_name, committer_email, .. } = environment;
    let one = |name: &Option<String>, address: &Option<String>, keys: [&str; 2]| -> Result<NamedEmail> {
        Ok(NamedEmail {
            name: resolve(name.as_ref(), [keys[0], "user.name"], None, setting)?,
            email: resolve(address.as_ref(), [keys[1], "user.email"], email, setting)?,
        })
    };
    Ok(Identity {
        author: one(author_name, author_email, ["author.name", "author.email"])?,
        committer: one(committer_name, committer_email, ["committer.name", "committer.email"])?,
    })
}

fn resolve(
    given: Option<&String>,
    keys: [&str; 2],
    fallback: Option<&String>,
    setting: &dyn Fn(&str) -> Option<String>,
) -> Result<String> {
    let found = given.cloned().or_else(|| keys.into_iter().find_map(setting)).or_else(|| fallback.cloned());
    found.map(|text| cleaned(&text)).filter(|text| !text.is_empty()).ok_or_else(|| missing().into())
}

/// Without what git itself drops from names, since it would end the field (`strbuf_addstr_without_crud`).
fn cleaned(text: &str) -> String {
    let text: String = text.chars().filter(|c| !matches!(c, '<' | '>' | '\n' | '\0')).collect();
    text.trim_matches(|c: char| c <= ' ' || matches!(c, '.' | ',' | ':' | ';' | '"' | '\\' | '\'')).to_owned()
}

fn missing() -> Failure {
    Failure::new(Exit::Git, "store-identity-missing")
        .hint(Message::new("store-hint-user-name"))
        .hint(Message::new("store-hint-user-email"))
}

#[cfg(test)]
mod tests {
    use super::super::testing::TestRepository;
    use super::*;

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn the_environment_goes_before_the_settings() {
        let check = |environment: IdentityEnv, settings: &[(&str, &str)], author: &str, committer: &str| {
            let repository = TestRepository::empty();
            for (key, value) in settings {
                repository.git(&["config", key, value]);
            }
            let identity = repository.store().identity(&environment).unwrap();
            let shown = |person: &NamedEmail| format!("{} <{}>", person.name, person.email);
            assert_eq!(shown(&identity.author), author);
            assert_eq!(shown(&identity.committer), committer);
        };
        let none = IdentityEnv::default;
        let aoi = "Aoi <aoi@example.org>";
        check(none(), &[], aoi, aoi);
        check(
            none(),
            &[("author.name", "葉山"), ("committer.email", "c@x")],
            "葉山 <aoi@example.org>",
            "Aoi <c@x>",
        );
        let given = IdentityEnv { author_name: some("Ren"), committer_email: some("r@x"), ..none() };
        check(given, &[("author.name", "葉山")], "Ren <aoi@example.org>", "Aoi <r@x>");
        check(IdentityEnv { email: some("e@x"), ..none() }, &[], aoi, aoi);
        check(IdentityEnv { author_name: some(" A <b>\n, "), ..none() }, &[], "A b <aoi@example.org>", aoi);
    }

    #[test]
    fn nobody_is_invented() {
        let repository = TestRepository::empty();
        repository.git(&["config", "user.name", ""]);
        let error = repository.store().identity(&IdentityEnv::default()).unwrap_err();
        let failure: &Failure = error.downcast_ref().unwrap();
        assert_eq!((failure.message.key, failure.exit), ("store-identity-missing", Exit::Git));
        assert_eq!(failure.hints.len(), 2);
    }
}
