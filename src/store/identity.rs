//! Who records: the names and addresses git would use, never an invented one.

use anyhow::Result;

use super::Store;
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

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedEmail {
    pub name: String,
    pub email: String,
}

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
        let email = environment.email.as_ref();
        Ok(Identity {
            author: NamedEmail {
                name: self.resolve(environment.author_name.as_ref(), "author.name", "user.name", None)?,
                email: self.resolve(
                    environment.author_email.as_ref(),
                    "author.email",
                    "user.email",
                    email,
                )?,
            },
            committer: NamedEmail {
                name: self.resolve(
                    environment.committer_name.as_ref(),
                    "committer.name",
                    "user.name",
                    None,
                )?,
                email: self.resolve(
                    environment.committer_email.as_ref(),
                    "committer.email",
                    "user.email",
                    email,
                )?,
            },
        })
    }

    fn resolve(
        &self,
        given: Option<&String>,
        own_key: &str,
        user_key: &str,
        fallback: Option<&String>,
    ) -> Result<String> {
        given
            .cloned()
            .or_else(|| self.config_value(own_key))
            .or_else(|| self.config_value(user_key))
            .or_else(|| fallback.cloned())
            .map(|text| cleaned(&text))
            .filter(|text| !text.is_empty())
            .ok_or_else(|| missing().into())
    }
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
