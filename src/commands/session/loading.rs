//! The configuration of a store: what is faulty in it is an error where it is needed, else the default with a word.

use super::super::app::App;
use super::super::store_choice;
use crate::config::{self, Loaded, POLICY_FILE, SETTINGS_FILE, Settings, defaults};
use crate::domain::policy::Policy;
use crate::failure::{Exit, Failure, Failures, Message};
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

/// One file of the configuration, and the default in its place where it cannot be read.
pub(super) struct File<T> {
    pub value: T,
    path: &'static str,
    faults: Vec<Failure>,
    /// Whether what is committed of it could be read.
    committed_is_fine: bool,
}

pub(super) fn load_settings(store: &Store) -> anyhow::Result<File<Settings>> {
    load(store, SETTINGS_FILE, &config::parse_settings, "", Settings::preset)
}

pub(super) fn load_policy(store: &Store) -> anyhow::Result<File<Policy>> {
    // The branch may not have the file that the worktree has.
    load(store, POLICY_FILE, &config::parse_policy, defaults::POLICY, config::preset_policy)
}

type Parse<T> = dyn Fn(&str, &str) -> Result<Loaded<T>, Vec<Failure>>;

/// `absent` is what a store without the file has.
fn load<T>(
    store: &Store,
    path: &'static str,
    parse: &Parse<T>,
    absent: &str,
    preset: impl FnOnce() -> T,
) -> anyhow::Result<File<T>> {
    let place = StorePath::parse(path)?;
    let faults = match read_text(store, path) {
        Ok(None) if store.is_missing(&place)? => {
            let faults = vec![store.deleted_by_hand(&place)];
            return Ok(File { value: preset(), path, faults, committed_is_fine: false });
        }
        Ok(text) => match parse(path, text.as_deref().unwrap_or(absent)) {
            Err(faults) => faults,
            Ok(Loaded { value, .. }) => {
                return Ok(File { value, path, faults: Vec::new(), committed_is_fine: true });
            }
        },
        Err(error) => vec![error.downcast::<Failure>()?],
    };
    let committed = store.read_committed(&place)?.and_then(|bytes| String::from_utf8(bytes).ok());
    let committed_is_fine = committed.is_some_and(|text| parse(path, &text).is_ok());
    Ok(File { value: preset(), path, faults, committed_is_fine })
}

impl<T> File<T> {
    /// The path where the default stands in.
    pub fn unreadable(&self) -> Option<&'static str> {
        (!self.faults.is_empty()).then_some(self.path)
    }

    /// The error where it is needed and cannot be read, with the commands that mend it.
    pub fn require(&mut self, app: &App, store: &Store) -> anyhow::Result<()> {
        let Some(last) = self.faults.last_mut() else { return Ok(()) };
        let command = store_choice::invocation(app, store.root()).command("check");
        last.hints.push(Message::new("hint-see-faults").with("command", command));
        if self.committed_is_fine {
            last.hints.push(store.discard_hint(&StorePath::parse(self.path)?));
        }
        Err(Failures(std::mem::take(&mut self.faults)).into())
    }
}

/// That the default stands in for the file at `path`.
pub(super) fn preset_remark(app: &App, store: &Store, path: &str) -> Message {
    let incident = store_choice::invocation(app, store.root());
    Message::new("using-default-preset").with("path", path).with("incident", incident)
}
