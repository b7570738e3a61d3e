//! git's configuration with what the environment adds or puts in its place, which libgit2 does not look at.

use std::path::{Path, PathBuf};

use anyhow::Result;
use git2::{Config, ConfigLevel, ErrorCode};

use super::Store;
use super::failures::git_failed;
use super::git::{Call, Git, failed};

/// How `git config --get` ends where there is no such key.
const NOT_SET: i32 = 1;

/// What the environment says of git's configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfigEnv {
    /// `GIT_CONFIG_GLOBAL`: the file in the place of the person's own; an empty path is no file at all.
    pub global: Option<PathBuf>,
    /// `GIT_CONFIG_SYSTEM`, or an empty path for `GIT_CONFIG_NOSYSTEM`.
    pub system: Option<PathBuf>,
    /// Whether settings stand in the environment itself (`GIT_CONFIG_COUNT`, or `git -c` around us).
    pub has_settings: bool,
}

impl ConfigEnv {
    /// Puts the files in the place of those that `config` has read.
    fn replace_in(&self, config: &mut Config) -> Result<()> {
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

/// The configuration as git has it in one place: read by libgit2, or asked of the program where libgit2 cannot know.
pub(super) struct Settings<'a> {
    config: Config,
    git: &'a Git,
    asks_program: bool,
}

impl<'a> Settings<'a> {
    /// # Errors
    /// A file that the environment names cannot be read.
    pub(super) fn new(mut config: Config, git: &'a Git, environment: &ConfigEnv) -> Result<Self> {
        environment.replace_in(&mut config)?;
        Ok(Self::with_files(config, git, environment.has_settings))
    }

    /// `config` has the files of the environment already.
    fn with_files(config: Config, git: &'a Git, in_environment: bool) -> Self {
        let asks_program = in_environment || includes_by_remote(&config);
        Self { config, git, asks_program }
    }

    /// A value as the user wrote it.
    pub(super) fn value(&self, key: &str) -> Option<String> {
        if self.asks_program { self.asked(key, None).ok()? } else { self.config.get_string(key).ok() }
    }

    /// None where it is not set.
    fn bool(&self, key: &str) -> Result<Option<bool>> {
        if self.asks_program {
            return Ok(self.asked(key, Some("bool"))?.map(|value| value == "true"));
        }
        match self.config.get_bool(key) {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
            Err(error) => Err(git_failed("reading")(error)),
        }
    }

    /// A path, in which `~` is the home.
    fn path(&self, key: &str) -> Option<PathBuf> {
        if self.asks_program {
            return self.asked(key, Some("path")).ok()?.map(PathBuf::from);
        }
        self.config.get_path(key).ok()
    }

    /// What the program says; with a `kind`, as git reads such a value.
    fn asked(&self, key: &str, kind: Option<&str>) -> Result<Option<String>> {
        let call = Call::new(&["config", "--includes", "--get"]);
        let call = match kind {
            Some(kind) => call.argument(format!("--type={kind}")),
            None => call,
        };
        let call = call.argument(key);
        let answer = self.git.run(&call)?;
        match answer.status.code() {
            Some(NOT_SET) => Ok(None),
            Some(0) => Ok(String::from_utf8_lossy(&answer.stdout).strip_suffix('\n').map(str::to_owned)),
            _ => Err(failed(&call, &answer)),
        }
    }
}

impl Store {
    fn settings(&self) -> Result<Settings<'_>> {
        let config = self.repository.config().map_err(git_failed("reading"))?;
        Ok(Settings::with_files(config, &self.git, self.config_env.has_settings))
    }

    /// A value of git's configuration, as the user wrote it.
    pub fn config_value(&self, key: &str) -> Option<String> {
        self.settings().ok()?.value(key)
    }

    pub(super) fn config_bool(&self, key: &str) -> bool {
        self.config_flag(key).unwrap_or(false)
    }

    /// Whether a setting that is on by itself is off.
    pub(super) fn is_turned_off(&self, key: &str) -> bool {
        self.settings().and_then(|settings| settings.bool(key)).is_ok_and(|value| value == Some(false))
    }

    /// As `config_bool`, for a setting that must not be taken for unset where it cannot be understood.
    pub(super) fn config_flag(&self, key: &str) -> Result<bool> {
        Ok(self.settings()?.bool(key)?.unwrap_or(false))
    }

    /// A path of git's configuration, in which `~` is the home.
    pub(super) fn config_path(&self, key: &str) -> Option<PathBuf> {
        self.settings().ok()?.path(key)
    }

    /// The same store, with git's configuration as the environment has it.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn with_config_env(mut self, environment: &ConfigEnv) -> Result<Self> {
        environment.replace_in(&mut self.repository.config().map_err(git_failed("reading"))?)?;
        self.config_env = environment.clone();
        Ok(self)
    }
}

/// Whether a file is included on a condition that only the program knows: the address of a remote.
fn includes_by_remote(config: &Config) -> bool {
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
        let environment = ConfigEnv { global: Some(path), system: Some(PathBuf::new()), has_settings: false };
        let store = repository.store().with_config_env(&environment).unwrap();
        assert_eq!(store.config_value("user.name").as_deref(), Some("Mio"));
        assert_eq!(store.config_value("user.email").as_deref(), Some("aoi@example.org"));
    }
}
