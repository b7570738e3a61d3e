//! A person's machine for tests: a home of its own, real git, the real program, and a clock that ticks with every command.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use chrono::{DateTime, FixedOffset, TimeDelta};
use snapbox::IntoData;
use tempfile::TempDir;

/// When the first command after `init` runs.
const BEGINNING: &str = "2026-11-20T02:55:12+09:00";

const GIT_CONFIG: &str =
    "[user]\n\tname = Aoi Arita\n\temail = aoi@example.org\n[init]\n\tdefaultBranch = main\n";

/// A home with a store in it, which is sound when the test ends.
pub struct TestEnv {
    home: TempDir,
    /// The store, and where commands run.
    pub store: PathBuf,
    now: Cell<DateTime<FixedOffset>>,
    seed: Cell<u64>,
    variables: RefCell<BTreeMap<String, String>>,
}

/// Where the clock and chance of a [`TestEnv`] stand.
#[derive(Clone, Copy)]
pub struct Moment {
    now: DateTime<FixedOffset>,
    seed: u64,
}

impl TestEnv {
    /// A store and a person who speak English.
    pub fn new() -> Self {
        Self::with_store("en")
    }

    /// A store and a person who speak Japanese.
    pub fn japanese() -> Self {
        Self::with_store("ja")
    }

    fn with_store(lang: &str) -> Self {
        let mut env = Self::without_store();
        env.set("INCIDENT_LANG", lang);
        env.run(["init", "incidents"]).succeeds();
        env.store.push("incidents");
        env
    }

    /// A home with a name for git and nothing else. Commands run in it.
    pub fn without_store() -> Self {
        let home = tempfile::Builder::new().prefix("incident-test-").tempdir().unwrap();
        fs::write(home.path().join(".gitconfig"), GIT_CONFIG).unwrap();
        let now = DateTime::parse_from_rfc3339(BEGINNING).unwrap() - TimeDelta::minutes(1);
        let store = home.path().canonicalize().unwrap();
        Self { home, store, now: Cell::new(now), seed: Cell::new(1), variables: RefCell::default() }
    }

    pub fn home(&self) -> PathBuf {
        self.home.path().canonicalize().unwrap()
    }

    /// Sets a variable of the environment for all commands that follow.
    pub fn set(&self, name: &str, value: &str) {
        self.variables.borrow_mut().insert(name.to_owned(), value.to_owned());
    }

    pub fn unset(&self, name: &str) {
        self.variables.borrow_mut().remove(name);
    }

    /// Lets time pass, on top of the minute that each command takes.
    pub fn wait(&self, minutes: i64) {
        self.now.set(self.now.get() + TimeDelta::minutes(minutes));
    }

    /// What the clock and chance say now, for [`Self::turn_back`].
    pub fn moment(&self) -> Moment {
        Moment { now: self.now.get(), seed: self.seed.get() }
    }

    /// Lets the next commands have the time and the chance of `moment` once more.
    pub fn turn_back(&self, moment: Moment) {
        self.now.set(moment.now);
        self.seed.set(moment.seed);
    }

    /// `program` in `folder` with this environment and nothing of the machine's own. Git shares the clock.
    pub fn program(&self, program: &str, folder: &Path) -> Command {
        let now = self.now.get();
        let date = now.to_rfc3339();
        let mut command = Command::new(program);
        command.current_dir(folder).env_clear();
        for name in ["PATH", "LLVM_PROFILE_FILE"] {
            command.envs(std::env::var_os(name).map(|value| (name, value)));
        }
        command.env("HOME", self.home()).env("TZ", "Asia/Tokyo").env("LANG", "C.UTF-8");
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_SYSTEM", "/dev/null");
        command.env("INCIDENT_NOW", &date).env("INCIDENT_SEED", self.seed.get().to_string());
        if program == "git" {
            command.env("GIT_AUTHOR_DATE", &date).env("GIT_COMMITTER_DATE", &date);
        }
        command.envs(&*self.variables.borrow()).stdin(Stdio::null());
        command
    }

    /// The program with `args`, ready to be started in the store; the clock ticks, and chance falls otherwise.
    pub fn incident<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Command {
        let mut command = self.program(env!("CARGO_BIN_EXE_incident"), &self.store);
        command.args(args);
        self.wait(1);
        self.seed.set(self.seed.get() + 1);
        command
    }

    /// Runs the program in the store, with nobody at the keyboard.
    pub fn run<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Ran {
        self.finish(self.incident(args), "")
    }

    /// Like [`Self::run`], in `folder`.
    pub fn run_in<'a>(&self, folder: &Path, args: impl IntoIterator<Item = &'a str>) -> Ran {
        let mut command = self.incident(args);
        command.current_dir(folder);
        self.finish(command, "")
    }

    /// Like [`Self::run`], with `input` on standard input.
    pub fn run_with_input<'a>(&self, args: impl IntoIterator<Item = &'a str>, input: &str) -> Ran {
        self.finish(self.incident(args), input)
    }

    fn finish(&self, mut command: Command, input: &str) -> Ran {
        command.stdin(if input.is_empty() { Stdio::null() } else { Stdio::piped() });
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(input.as_bytes()).unwrap();
        }
        let output = child.wait_with_output().unwrap();
        Ran {
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
            code: output.status.code().expect("no signal ends the program"),
            home: self.home().display().to_string(),
        }
    }

    /// Declares an incident of the worst level and returns its id.
    #[track_caller]
    pub fn declare(&self, title: &str) -> String {
        self.run(["new", title, "--severity", "SEV1"]).succeeds().stdout.trim().to_owned()
    }

    /// What git prints; it must succeed.
    #[track_caller]
    pub fn git<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> String {
        self.git_in(&self.store, args)
    }

    #[track_caller]
    pub fn git_in<'a>(&self, folder: &Path, args: impl IntoIterator<Item = &'a str>) -> String {
        let mut command = self.program("git", folder);
        let output = command.args(args).output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git failed: {stderr}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// People, both times and the message of the newest commit, and the paths in it.
    pub fn last_commit(&self) -> String {
        let format = "--format=%an <%ae> %ad%n%cn <%ce> %cd%n%n%B";
        self.git(["-c", "core.quotePath=false", "log", "-1", "--date=iso-strict", format, "--name-status"])
    }

    pub fn head(&self) -> String {
        self.git(["rev-parse", "HEAD"]).trim().to_owned()
    }

    /// The number of commits on the branch.
    pub fn commits(&self) -> usize {
        self.git(["rev-list", "--count", "HEAD"]).trim().parse().unwrap()
    }

    pub fn status_porcelain(&self) -> String {
        self.git(["-c", "core.quotePath=false", "status", "--porcelain"])
    }

    /// All that must stay as it is when a command is refused: the branch, the index and the files.
    pub fn state(&self) -> State {
        let mut files = BTreeMap::new();
        read_folder(&self.store, &mut files);
        let staged = self.git(["ls-files", "--stage"]);
        State { head: self.git(["rev-parse", "--all"]), status: self.status_porcelain(), staged, files }
    }

    /// The path in the store of the only incident file, or of the one whose name has `part` in it.
    #[track_caller]
    pub fn path_of(&self, part: &str) -> String {
        let listed = self.git(["-c", "core.quotePath=false", "ls-files", "incidents"]);
        let is_incident = |path: &&str| {
            !path.ends_with(".postmortem.md") && !path.ends_with("README.md") && path.contains(part)
        };
        let mut paths = listed.lines().filter(is_incident);
        let path = paths.next().expect("an incident file").to_owned();
        assert_eq!(paths.next(), None, "one file is meant");
        path
    }

    /// The text of the only incident file.
    #[track_caller]
    pub fn incident_file(&self) -> String {
        self.read(&self.path_of(""))
    }

    #[track_caller]
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.store.join(path)).unwrap()
    }

    /// Writes a file of the store, by hand.
    #[track_caller]
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.store.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// Takes the preset's own checklists out of `incident.toml`.
    #[track_caller]
    pub fn drop_checklists(&self) {
        let settings = self.read("incident.toml");
        let (rules, rest) = settings.split_once("# --- Checklists").unwrap();
        let people = &rest[rest.rfind("\n[[person]]").unwrap()..];
        self.write("incident.toml", format!("{}{people}", rules.trim_end_matches('\n').to_owned() + "\n"));
    }

    /// Removes a file of the store, by hand.
    #[track_caller]
    pub fn remove(&self, path: &str) {
        fs::remove_file(self.store.join(path)).unwrap();
    }

    /// Replaces `old`, which must be there, in a file of the store, as an editor would.
    #[track_caller]
    pub fn replace(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert!(text.contains(old), "{old:?} is not in {text}");
        self.write(path, text.replacen(old, new, 1));
    }

    /// Commits all of the worktree with plain git, as people do.
    pub fn commit_by_hand(&self, message: &str) {
        self.git(["add", "--all"]);
        self.git(["commit", "--quiet", "-m", message]);
        self.wait(1);
    }

    /// Every object that a branch needs is there and whole, and no lock or temporary file was left behind.
    #[track_caller]
    pub fn fsck(&self) {
        let Some(folder) = self.store.ancestors().find(|folder| folder.join(".git").exists()) else { return };
        let mut command = self.program("git", folder);
        let output = command.args(["fsck", "--strict", "--no-dangling"]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let git_directory = folder.join(".git");
        assert!(!git_directory.join("index.lock").exists(), "the index was left locked");
        let own = all_files(&git_directory.join("incident"));
        let left: Vec<&PathBuf> = own.iter().filter(|path| !is_kept(path)).collect();
        assert!(left.is_empty(), "left behind: {left:?}");
    }
}

impl Drop for TestEnv {
    fn drop(&mut self) {
        // A failing test has said enough.
        if !std::thread::panicking() {
            self.fsck();
        }
    }
}

pub fn make_executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// What a command did.
pub struct Ran {
    pub stdout: String,
    pub stderr: String,
    pub code: i32,
    home: String,
}

impl Ran {
    /// It printed exactly this: standard output, then standard error under a rule, then the exit code if it is not 0.
    #[track_caller]
    pub fn shows(&self, expected: impl IntoData) -> &Self {
        let mut all = self.stdout.clone();
        if !self.stderr.is_empty() {
            all.push_str("--- stderr\n");
            all.push_str(&self.stderr);
        }
        if self.code != 0 {
            all.push_str(&format!("--- exit {}\n", self.code));
        }
        same(&all.replace(&self.home, "[HOME]"), expected);
        self
    }

    #[track_caller]
    pub fn succeeds(self) -> Self {
        assert_eq!(self.code, 0, "{}{}", self.stdout, self.stderr);
        self
    }

    /// The one JSON document on standard output, with nothing on standard error.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        assert_eq!(self.stderr, "");
        serde_json::from_str(&self.stdout).unwrap()
    }

    /// The one JSON document on standard error, with nothing on standard output.
    #[track_caller]
    pub fn json_error(&self) -> serde_json::Value {
        assert_eq!(self.stdout, "");
        serde_json::from_str(&self.stderr).unwrap()
    }
}

/// `actual` is exactly `expected`, the names of commits apart. With `SNAPSHOTS=overwrite` it becomes so.
#[track_caller]
pub fn same(actual: &str, expected: impl IntoData) {
    snapbox::Assert::new().action_env("SNAPSHOTS").eq(without_hashes(actual), expected.into_data().raw());
}

/// Names of commits follow from every byte of the store, the wording of templates included.
fn without_hashes(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_alphanumeric()) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        kept.push_str(before);
        kept.push_str(if is_hash(word) { "[COMMIT]" } else { word });
        rest = after;
    }
    kept + rest
}

fn is_hash(word: &str) -> bool {
    let hexadecimal = word.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c));
    matches!(word.len(), 7 | 40) && hexadecimal
}

/// A store at rest.
#[derive(Debug, PartialEq, Eq)]
pub struct State {
    head: String,
    status: String,
    staged: String,
    /// Each file by a number that follows from its bytes: a difference shows which file, not two whole stores.
    files: BTreeMap<PathBuf, u64>,
}

impl State {
    /// The same but for where branches are.
    pub fn without_refs(&self) -> (&str, &str, &BTreeMap<PathBuf, u64>) {
        (&self.status, &self.staged, &self.files)
    }
}

/// Everything below `folder` but git's own; a link is the path that it leads to.
fn read_folder(folder: &Path, files: &mut BTreeMap<PathBuf, u64>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().is_some_and(|name| name == ".git") {
            continue;
        }
        if let Ok(target) = fs::read_link(&path) {
            files.insert(path, number(target.as_os_str().as_encoded_bytes()));
        } else if path.is_dir() {
            read_folder(&path, files);
        } else {
            files.insert(path.clone(), number(&fs::read(&path).unwrap()));
        }
    }
}

fn number(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

fn all_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = BTreeMap::new();
    if folder.is_dir() {
        read_folder(folder, &mut files);
    }
    files.into_keys().collect()
}

/// Of what the program has in the git directory: its locks, the drafts, and what sharing needs.
fn is_kept(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let own = ["lock", "share.lock", "share-next.lock", "share-trouble", "attributes"];
    own.contains(&name.as_ref())
        || ["draft-", "edit-", "update-", "typed-"].iter().any(|prefix| name.starts_with(prefix))
}
