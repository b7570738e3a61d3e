//! git's configuration files where the environment puts others in their place, which libgit2 does not look at.

use std::path::{Path, PathBuf};

use anyhow::Result;
use git2::{Config, ConfigLevel, ErrorCode};

use super::Store;
use super::failures::git_failed;
use super::git::{Call, Git};

/// `GIT_CONFIG_GLOBAL` and `GIT_CONFIG_SYSTEM`; an empty path is no file at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfigFiles {
    pub global: Option<PathBuf>,
    pub system: Option<PathBuf>,
}

impl ConfigFiles {
    /// Puts the files in the place of those that `config` has read.
    pub(super) fn replace_in(&self, config: &mut Config) -> Result<()> {
        let nothing = Path::new("/dev/null");
        let file =
            |path: &'_ PathBuf| if path.as_os_str().is_empty() { nothing.to_owned() } else { path.clone() };
        if let Some(global) = &self.global {
            // git then reads neither `~/.gitconfig` nor the file under `$XDG_CONFIG_HOME`.
            config.add_file(nothing, ConfigLevel::XDG, true).map_err(git_failed("reading"))?;
            config.add_file(&file(global), ConfigLevel::Global, true).map_err(git_failed("reading"))?;
        }
        if let Some(system) = &self.system {
            config.add_file(&file(system), ConfigLevel::System, true).map_err(git_failed("reading"))?;
        }
        Ok(())
    }
}

impl Store {
    /// A value of git's configuration, as the user wrote it.
    pub fn config_value(&self, key: &str) -> Option<String> {
        value_in(&self.repository.config().ok()?, &self.git, key, None)
    }

    pub(super) fn config_bool(&self, key: &str) -> bool {
        let Ok(config) = self.repository.config() else { return false };
        if asks_program(&config) {
            return value_in(&config, &self.git, key, Some("bool")).is_some_and(|value| value == "true");
        }
        config.get_bool(key).unwrap_or(false)
    }

    /// As `config_bool`, for a setting that must not be taken for unset where it cannot be understood.
    pub(super) fn config_flag(&self, key: &str) -> Result<bool> {
        let config = self.repository.config().map_err(git_failed("reading"))?;
        match config.get_bool(key) {
            _ if asks_program(&config) => Ok(self.config_bool(key)),
            Ok(value) => Ok(value),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(false),
            Err(error) => Err(git_failed("reading")(error)),
        }
    }

    /// A path of git's configuration, in which `~` is the home.
    pub(super) fn config_path(&self, key: &str) -> Option<PathBuf> {
        let config = self.repository.config().ok()?;
        if asks_program(&config) {
            return value_in(&config, &self.git, key, Some("path")).map(PathBuf::from);
        }
        config.get_path(key).ok()
    }

    /// The same store, with git's configuration as the environment has it.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn with_config_files(self, files: &ConfigFiles) -> Result<Self> {
        files.replace_in(&mut self.repository.config().map_err(git_failed("reading"))?)?;
        Ok(self)
    }
}

/// The value of `key` in `config`; with a `kind`, as git reads such a value.
pub(super) fn value_in(config: &Config, git: &Git, key: &str, kind: Option<&str>) -> Option<String> {
    if !asks_program(config) {
        return config.get_string(key).ok();
    }
    let call = Call::new(&["config", "--includes", "--get"]);
    let call = match kind {
        Some(kind) => call.argument(format!("--type={kind}")),
        None => call,
    };
    let value = git.output(&call.argument(key)).ok()?;
    String::from_utf8(value).ok()?.strip_suffix('\n').map(str::to_owned)
}

/// Whether a file is included on a condition that only the program knows: the address of a remote.
fn asks_program(config: &Config) -> bool {
    let entries = config.entries(Some(r"^includeif\.hasconfig:.*\.path$"));
    entries.is_ok_and(|mut entries| matches!(entries.next(), Some(Ok(_))))
}

#[cfg(test)]
mod tests {
    use super::super::testing::TestRepository;
    use super::*;

    #[test]
    fn the_environments_files_take_the_place_of_the_usual_ones() {
        let repository = TestRepository::empty();
        repository.git(&["config", "--unset", "user.name"]);
        let path = repository.top.join("elsewhere");
        std::fs::write(&path, "[user]\n\tname = Mio\n").unwrap();
        let files = ConfigFiles { global: Some(path), system: Some(PathBuf::new()) };
        let store = repository.store().with_config_files(&files).unwrap();
        assert_eq!(store.config_value("user.name").as_deref(), Some("Mio"));
        assert_eq!(store.config_value("user.email").as_deref(), Some("aoi@example.org"));
    }
}
