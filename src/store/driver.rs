//! Telling git that incident files are merged by this program: the attribute in the store, the driver in the clone.

use anyhow::Result;
use git2::{Config, ConfigLevel, ErrorCode};

use super::combine::DRIVER;
use super::failures::{git_failed, quoted};
use super::{Store, StorePath};
use crate::failure::Message;

/// What `.gitattributes` of the store says.
pub const ATTRIBUTE: &str = "incidents/**/*.md merge=incident";

/// How git starts the driver. Where the program is missing, git would keep our side without a word; so lines are merged
/// as git merges them then.
const COMMAND: &str = "if command -v incident >/dev/null 2>&1; \
    then incident merge-driver %O %A %B %L %P; \
    else git merge-file --marker-size=%L %A %O %B; fi";

/// What became of registering the driver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Registration {
    Made,
    There,
    /// Something holds the configuration: what the person should know. The program's own merges name the driver by
    /// themselves; git's go by lines until it is registered.
    Held(Message),
}

impl Store {
    /// Registers the driver in this clone's configuration, unless one is there already, whatever it says.
    ///
    /// # Errors
    /// The configuration cannot be written.
    pub fn register_driver(&self) -> Result<Registration> {
        let key = format!("merge.{DRIVER}.driver");
        if self.config_value(&key).is_some() {
            return Ok(Registration::There);
        }
        let mut config = self.own_config().map_err(git_failed("writing"))?;
        let written = config
            .set_str(&format!("merge.{DRIVER}.name"), "incident files, by their structure")
            .and_then(|()| config.set_str(&key, COMMAND));
        match written {
            Ok(()) => Ok(Registration::Made),
            // As git does, libgit2 leaves its lock of the configuration behind where it is killed.
            Err(error) if error.code() == ErrorCode::Locked => {
                let lock = quoted(&self.repository.commondir().join("config.lock"));
                Ok(Registration::Held(Message::new("driver-not-registered").with("path", lock)))
            }
            Err(error) => Err(git_failed("writing")(error)),
        }
    }

    fn own_config(&self) -> Result<Config, git2::Error> {
        self.repository.config()?.open_level(ConfigLevel::Local)
    }

    /// The text of the store's `.gitattributes` with the line that names the driver; none if it has it.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn attributes_with_driver(&self) -> Result<Option<Vec<u8>>> {
        let path = StorePath::parse(".gitattributes")?;
        let mut text = self.read(&path)?.unwrap_or_default();
        if String::from_utf8_lossy(&text).lines().any(|line| line.trim() == ATTRIBUTE) {
            return Ok(None);
        }
        if text.last().is_some_and(|byte| *byte != b'\n') {
            text.push(b'\n');
        }
        text.extend_from_slice(ATTRIBUTE.as_bytes());
        text.push(b'\n');
        Ok(Some(text))
    }
}
