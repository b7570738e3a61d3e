//! Which store is meant: the option, the environment, the folder one stands in, the user's configuration.

use std::path::{Component, Path, PathBuf};

use super::app::App;
use crate::config::user::{self, UserConfig};
use crate::context;
use crate::domain::invocation::{Invocation, quoted};
use crate::failure::{Exit, Failure, Failures, Message};
use crate::store::{self, Hidden};

/// Where the store is, or would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    Found(PathBuf),
    /// Named by the person, but there is no store there yet.
    Missing(PathBuf),
    /// The store here lacks its `severity.toml`, which is committed.
    WithoutRules(PathBuf),
    /// Nothing names a store.
    Nowhere,
}

/// Finds the store for this run.
pub fn choose(app: &App) -> anyhow::Result<Choice> {
    let named = app.globals.store.clone().or_else(|| context::variable("INCIDENT_STORE"));
    if let Some(name) = named {
        return by_name(app, &name);
    }
    if let Some(found) = around(&app.context.cwd) {
        return Ok(found);
    }
    Ok(match &user_config()?.default {
        Some(path) => at(&context::expand_home(path)),
        None => Choice::Nowhere,
    })
}

/// Whether the text of a user's configuration can be read and names no default store.
pub fn names_no_default(text: &str) -> bool {
    user::parse("", text).is_ok_and(|config| config.default.is_none())
}

/// The store that the user's configuration calls `name`, if it does.
pub fn named(name: &str) -> anyhow::Result<Option<Choice>> {
    let user = user_config()?;
    Ok(user.stores.get(name).map(|path| at(&context::expand_home(path))))
}

/// How a command of the store at `root` is typed here.
pub fn invocation(app: &App, root: &Path) -> Invocation {
    Invocation::new(options_for(app, root).unwrap_or_default())
}

/// How a command of the store that the user's configuration calls `name` is typed anywhere.
pub fn invocation_by_name(name: &str) -> Invocation {
    Invocation::new(format!("-C {}", quoted(name)))
}

/// The options that lead from here to the store at `root`: none, `-C NAME` or `-C DIR`.
fn options_for(app: &App, root: &Path) -> anyhow::Result<String> {
    let is_it = |path: &Path| path.canonicalize().is_ok_and(|path| path == root);
    let named = app.globals.store.clone();
    if matches!(choose(app)?, Choice::Found(found) if is_it(&found)) {
        return Ok(named.map(|name| format!("-C {}", quoted(&name))).unwrap_or_default());
    }
    let user = user_config()?;
    let name = user.stores.iter().find(|(_, path)| is_it(&context::expand_home(path)));
    Ok(match name {
        Some((name, _)) => format!("-C {}", quoted(name)),
        None => format!("-C {}", quoted(&root.display().to_string())),
    })
}

/// The error where a command needs a store and there is none.
pub fn none_found(choice: &Choice) -> Failure {
    match choice {
        Choice::Missing(path) => Failure::new(Exit::NotFound, "no-store-at")
            .with("path", path.display())
            .hint(Message::new("hint-init-at").with("path", path.display())),
        Choice::WithoutRules(root) => store::rules_missing(root),
        _ => Failure::new(Exit::NotFound, "no-store")
            .hint(Message::new("hint-init"))
            .hint(Message::new("hint-store")),
    }
}

/// A directory, or a name of the user's configuration, which is not looked at where it is not needed.
fn by_name(app: &App, name: &str) -> anyhow::Result<Choice> {
    let directory = at(&app.context.cwd.join(context::expand_home(Path::new(name))));
    if name.contains('/') || matches!(name, "." | "..") {
        return Ok(directory);
    }
    match user_config()?.stores.get(name) {
        Some(path) => Ok(at(&context::expand_home(path))),
        None => Ok(directory),
    }
}

/// The store at `path` or above it; above only if `path` exists, so that a new one is never mistaken for part of another.
fn at(path: &Path) -> Choice {
    let path = &without_dots(path);
    let found = match path.canonicalize() {
        Ok(path) => around(&path),
        Err(_) => lacks_rules(path).map(Choice::WithoutRules),
    };
    found.unwrap_or_else(|| Choice::Missing(path.to_owned()))
}

/// `path` without `.` and `..`, which would make a place beside a store look like one inside it.
pub fn without_dots(path: &Path) -> PathBuf {
    let goes_up = path.components().any(|component| component == Component::ParentDir);
    let resolved = if goes_up { store::resolved(path) } else { None };
    resolved.unwrap_or_else(|| path.components().collect())
}

/// The store at `path` itself, if it is committed and its rules are not in the worktree.
pub fn lacks_rules(path: &Path) -> Option<PathBuf> {
    match store::discover_committed(path)? {
        Hidden::Deleted(root) => store::resolved(path).filter(|path| *path == root),
        Hidden::Bare(_) => None,
    }
}

/// The store in `directory` or above it; none if there is none.
fn around(directory: &Path) -> Option<Choice> {
    let found = store::discover(directory).map(Choice::Found);
    found.or_else(|| match store::discover_committed(directory)? {
        Hidden::Bare(path) => Some(Choice::Found(path)),
        Hidden::Deleted(root) if store::finish_interrupted(&root) => Some(Choice::Found(root)),
        Hidden::Deleted(root) => Some(Choice::WithoutRules(root)),
    })
}

fn user_config() -> anyhow::Result<UserConfig> {
    let Some(text) = context::user_config()? else { return Ok(UserConfig::default()) };
    let path = context::user_config_path().unwrap_or_default();
    Ok(user::parse(&path.display().to_string(), &text).map_err(Failures)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_there_is_no_store_the_way_to_one_is_named() {
        let hints = |choice: &Choice| -> Vec<&str> {
            let failure = none_found(choice);
            [failure.message.key].into_iter().chain(failure.hints.iter().map(|hint| hint.key)).collect()
        };
        assert_eq!(hints(&Choice::Missing("/x".into())), ["no-store-at", "hint-init-at"]);
        assert_eq!(hints(&Choice::Nowhere), ["no-store", "hint-init", "hint-store"]);
    }
}
