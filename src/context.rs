//! What the program is told from outside, read once: the clock, the environment, chance, and the user's own configuration.
#![expect(clippy::disallowed_methods, reason = "this module owns the clock and the environment")]

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process;

use anyhow::Context as _;
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::domain::id::IncidentId;
use crate::domain::text::Lang;
use crate::failure::{Exit, Failure};

/// The moment and the surroundings of one run.
#[derive(Clone, Debug)]
pub struct Context {
    /// When the command began. `INCIDENT_NOW`, RFC 3339, takes the place of the clock.
    pub now: DateTime<Utc>,
    pub cwd: PathBuf,
    /// The zone of the machine.
    pub zone: Tz,
    /// The number of the process, which tells this run from others of the same moment.
    pub process: u32,
    /// Makes ids repeatable in tests: `INCIDENT_SEED`.
    seed: Option<u64>,
}

impl Context {
    pub fn read() -> anyhow::Result<Self> {
        let now = clock()?;
        let cwd = env::current_dir()
            .map_err(|error| Failure::new(Exit::Failed, "no-current-directory").with("reason", error))?;
        let seed = variable("INCIDENT_SEED").and_then(|seed| seed.parse().ok());
        Ok(Self { now, cwd, zone: machine_zone(), process: process::id(), seed })
    }

    /// The moment of the run in `zone`, to the second.
    pub fn now_in(&self, zone: Tz) -> DateTime<FixedOffset> {
        crate::domain::moment::Moment::exact(self.now.with_timezone(&zone).fixed_offset()).at
    }

    /// A new id for a declaration on `date` that `taken` does not refuse.
    pub fn new_id(&self, date: NaiveDate, taken: impl Fn(&IncidentId) -> bool) -> anyhow::Result<IncidentId> {
        for attempt in 0..64 {
            let random = self.random(attempt)?;
            if let Some(id) = IncidentId::from_random(date, &random).filter(|id| !taken(id)) {
                return Ok(id);
            }
        }
        anyhow::bail!(Failure::new(Exit::Failed, "no-free-id"))
    }

    fn random(&self, attempt: u64) -> anyhow::Result<[u8; 16]> {
        let mut bytes = [0; 16];
        match self.seed {
            None => getrandom::fill(&mut bytes)
                .map_err(|error| Failure::new(Exit::Failed, "no-randomness").with("reason", error))?,
            Some(seed) => fill_from_seed(&mut bytes, seed.wrapping_mul(1009).wrapping_add(attempt)),
        }
        Ok(bytes)
    }
}

/// Bytes that follow from `seed` alone (SplitMix64), for tests; never used where chance matters.
fn fill_from_seed(bytes: &mut [u8], seed: u64) {
    let mut state = seed;
    for chunk in bytes.chunks_mut(8) {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        chunk.copy_from_slice(&(mixed ^ (mixed >> 31)).to_le_bytes()[..chunk.len()]);
    }
}

/// What the clock says at this moment; `INCIDENT_NOW` takes its place.
pub fn clock() -> anyhow::Result<DateTime<Utc>> {
    let Some(text) = variable("INCIDENT_NOW") else { return Ok(Utc::now()) };
    let moment = DateTime::parse_from_rfc3339(&text)
        .map_err(|_| Failure::new(Exit::Usage, "bad-clock").with("value", text))?;
    Ok(moment.to_utc())
}

fn machine_zone() -> Tz {
    let named = variable("TZ").and_then(|name| name.trim_start_matches(':').parse().ok());
    named
        .or_else(|| iana_time_zone::get_timezone().ok().and_then(|name| name.parse().ok()))
        .unwrap_or(Tz::UTC)
}

/// The variable, unless it is unset, empty, or not Unicode.
pub fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// The variable even if it is empty, which means something for some.
pub fn raw_variable(name: &str) -> Option<std::ffi::OsString> {
    env::var_os(name)
}

/// The language of messages: `INCIDENT_LANG`, else the locale that POSIX would use, else English.
pub fn language() -> Lang {
    language_of(variable)
}

fn language_of(variable: impl Fn(&str) -> Option<String>) -> Lang {
    let asked = variable("INCIDENT_LANG").and_then(|tag| Lang::from_locale(&tag));
    let locale = || ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(&variable);
    asked.or_else(|| locale().and_then(|locale| Lang::from_locale(&locale))).unwrap_or(Lang::En)
}

/// `path` with a leading `~` replaced by the home directory.
pub fn expand_home(path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), variable("HOME")) {
        (Ok(rest), Some(home)) => Path::new(&home).join(rest),
        _ => path.to_owned(),
    }
}

/// `path` as people write it: with `~` for the home directory, and without `.` in it.
pub fn short_path(path: &Path) -> String {
    below_home(path, variable("HOME").filter(|home| home.len() > 1))
}

fn below_home(path: &Path, home: Option<String>) -> String {
    let path: PathBuf = path.components().collect();
    match home.and_then(|home| path.strip_prefix(home).ok().map(Path::to_owned)) {
        Some(rest) if rest.as_os_str().is_empty() => "~".to_owned(),
        Some(rest) => Path::new("~").join(rest).display().to_string(),
        None => path.display().to_string(),
    }
}

/// Where the user's configuration stands: `$XDG_CONFIG_HOME/incident/config.toml`, else under `~/.config`.
pub fn user_config_path() -> Option<PathBuf> {
    let base = variable("XDG_CONFIG_HOME").map(PathBuf::from);
    let base = base.or_else(|| variable("HOME").map(|home| Path::new(&home).join(".config")))?;
    Some(base.join("incident").join("config.toml"))
}

/// The text of the user's configuration; none if there is none.
pub fn user_config() -> anyhow::Result<Option<String>> {
    let Some(path) = user_config_path() else { return Ok(None) };
    match fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| {
            Failure::new(Exit::Failed, "cannot-read-user-config").with("path", path.display())
        }),
    }
}

/// Makes `store` the one that is meant where none is near, in the user's configuration, if `names_none` says of its text
/// that it names none yet.
pub fn make_default_store(store: &Path, names_none: impl Fn(&str) -> bool) -> anyhow::Result<()> {
    let Some(path) = user_config_path() else { return Ok(()) };
    let before = user_config()?.unwrap_or_default();
    // Another first run may have been quicker; and what does not parse is left to its owner.
    if !names_none(&before) {
        return Ok(());
    }
    let line = format!("default = {}\n", toml::Value::from(store.display().to_string()));
    // A key of the top level stands before any table.
    write_beside(&path, (line + &before).as_bytes())
        .with_context(|| Failure::new(Exit::Failed, "cannot-write-user-config").with("path", path.display()))
}

/// Replaces the file, or what it is a link to, in one step.
fn write_beside(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().unwrap_or(&target);
    fs::create_dir_all(folder)?;
    // Should the program be killed here, its name says whose it is.
    let mut file = tempfile::Builder::new().prefix(".incident-").tempfile_in(folder)?;
    io::Write::write_all(&mut file, bytes)?;
    file.as_file().sync_all()?;
    file.persist(&target)?;
    Ok(())
}

/// The process arguments, as the program was started.
pub fn arguments() -> Vec<std::ffi::OsString> {
    env::args_os().collect()
}

/// The text of a file that the person named, or of standard input for `-`.
pub fn read_input(cwd: &Path, name: &str) -> anyhow::Result<String> {
    let read = if name == "-" { io::read_to_string(io::stdin()) } else { fs::read_to_string(cwd.join(name)) };
    read.with_context(|| Failure::new(Exit::Failed, "cannot-read-input").with("path", name))
}

/// The bytes of a file that another program has named.
pub fn read_bytes(cwd: &Path, name: &Path) -> anyhow::Result<Vec<u8>> {
    let path = cwd.join(name);
    fs::read(&path)
        .with_context(|| Failure::new(Exit::Failed, "cannot-read-input").with("path", name.display()))
}

/// Gives a file that another program has named new bytes, in one step.
pub fn replace_file(cwd: &Path, name: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    write_beside(&cwd.join(name), bytes)
        .with_context(|| Failure::new(Exit::Failed, "cannot-write-file").with("path", name.display()))
}

/// The program that runs, for being started again.
pub fn own_program() -> anyhow::Result<PathBuf> {
    env::current_exe().with_context(|| Failure::new(Exit::Failed, "no-own-program"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_asked_for_in_this_order() {
        for (variables, expected) in [
            (&[][..], Lang::En),
            (&[("LANG", "ja_JP.UTF-8")], Lang::Ja),
            (&[("LANG", "de_DE.UTF-8")], Lang::En),
            (&[("LANG", "ja_JP.UTF-8"), ("LC_MESSAGES", "en_US.UTF-8")], Lang::En),
            (&[("LC_MESSAGES", "en_US.UTF-8"), ("LC_ALL", "ja")], Lang::Ja),
            // The C locale is an answer, and it is English.
            (&[("LANG", "ja_JP.UTF-8"), ("LC_ALL", "C")], Lang::En),
            (&[("LC_ALL", "en"), ("INCIDENT_LANG", "ja")], Lang::Ja),
            (&[("LC_ALL", "ja"), ("INCIDENT_LANG", "fr")], Lang::Ja),
        ] {
            let lookup = |name: &str| {
                let found = variables.iter().find(|(variable, _)| *variable == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(language_of(lookup), expected, "{variables:?}");
        }
    }

    #[test]
    fn paths_are_shown_as_people_write_them() {
        for (path, home, expected) in [
            ("/home/mio/incidents", Some("/home/mio"), "~/incidents"),
            ("/home/mio/./a//b/", Some("/home/mio/"), "~/a/b"),
            ("/home/mio", Some("/home/mio"), "~"),
            ("/home/mioko/a", Some("/home/mio"), "/home/mioko/a"),
            ("/srv/incidents", Some("/home/mio"), "/srv/incidents"),
            ("/srv/./incidents", None, "/srv/incidents"),
        ] {
            assert_eq!(below_home(Path::new(path), home.map(str::to_owned)), expected, "{path}");
        }
    }

    #[test]
    fn a_seed_gives_the_same_ids_and_none_that_is_taken() {
        let context = |seed| Context {
            now: DateTime::UNIX_EPOCH,
            cwd: PathBuf::new(),
            zone: Tz::UTC,
            process: 1,
            seed: Some(seed),
        };
        let date = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a date");
        let id =
            |seed, taken: &[IncidentId]| context(seed).new_id(date, |id| taken.contains(id)).expect("an id");
        let first = id(1, &[]);
        assert!(first.as_str().starts_with("20261120-"), "{first}");
        assert_eq!(id(1, &[]), first);
        assert_ne!(id(2, &[]), first);
        assert_ne!(id(1, std::slice::from_ref(&first)), first);
        let error = context(1).new_id(date, |_| true).expect_err("every id is taken");
        assert_eq!(error.to_string(), "no-free-id");
    }

    #[test]
    fn the_moment_is_told_to_the_second_in_the_stores_zone() {
        let now = DateTime::from_timestamp(1_795_110_912, 987_654_321).expect("a time");
        let context = Context { now, cwd: PathBuf::new(), zone: Tz::UTC, process: 1, seed: None };
        assert_eq!(context.now_in(Tz::Asia__Tokyo).to_rfc3339(), "2026-11-20T02:55:12+09:00");
    }
}
