//! The configuration of a store: what is faulty in it is an error where it is needed, else the default with a word.

use super::super::app::App;
use super::super::store_choice;
use super::Need;
use crate::config::{self, Loaded, POLICY_FILE, SETTINGS_FILE, Settings, defaults};
use crate::domain::policy::Policy;
use crate::failure::{Exit, Failure, Failures};
use crate::say;
use crate::store::{Store, StorePath};

pub(super) fn read_text(store: &Store, path: &str) -> anyhow::Result<Option<String>> {
    let Some(bytes) = store.read(&StorePath::parse(path)?)? else { return Ok(None) };
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Failure::new(Exit::Invalid, "not-utf8").at(path, line, 1)
    })?;
    // A mark that some editors put first; TOML has no place for it.
    Ok(Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)))
}

pub(super) fn load_settings(app: &App, store: &Store, need: Need) -> anyhow::Result<Settings> {
    let text = read_text(store, SETTINGS_FILE)?.unwrap_or_default();
    let parsed = config::parse_settings(SETTINGS_FILE, &text);
    accept(app, store, parsed, need, matches!(need, Need::Settings | Need::Policy), Settings::preset)
}

pub(super) fn load_policy(app: &App, store: &Store, need: Need) -> anyhow::Result<Policy> {
    let preset =
        || config::parse_policy(POLICY_FILE, defaults::POLICY).map(|loaded| loaded.value).unwrap_or_default();
    let Some(text) = read_text(store, POLICY_FILE)? else {
        // The branch may not have the file that the worktree has.
        return Ok(preset());
    };
    accept(app, store, config::parse_policy(POLICY_FILE, &text), need, need == Need::Policy, preset)
}

/// The value; where it is faulty, an error if it is needed, else a word about it and the default.
fn accept<T>(
    app: &App,
    store: &Store,
    parsed: Result<Loaded<T>, Vec<Failure>>,
    need: Need,
    needed: bool,
    preset: impl FnOnce() -> T,
) -> anyhow::Result<T> {
    match parsed {
        Ok(loaded) => Ok(loaded.value),
        Err(faults) if needed => Err(Failures(faults).into()),
        Err(_) if need == Need::Silence => Ok(preset()),
        Err(faults) => {
            for fault in &faults {
                let place = fault.place.as_ref().map(ToString::to_string).unwrap_or_default();
                app.ui.say(&format!("{place}: {}", app.locale.say(&fault.message)));
            }
            let incident = &store_choice::invocation(app, store.root());
            app.ui.say(&say!(app.locale, "using-default-preset", incident = incident));
            Ok(preset())
        }
    }
}
