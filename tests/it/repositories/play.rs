//! The acts that every row goes through, and what must be the same afterwards.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::environment::{Ran, TestEnv};

/// Where incident files are, from the top of the store.
const OURS: &str = "incidents/2026/";

/// One repository, and how the program is started in it.
pub struct Play<'a> {
    pub env: &'a TestEnv,
    /// Variables that only the program sees, not the git of the test.
    pub around: Vec<(&'static str, String)>,
    /// The repository's own worktree; a bare one has none.
    pub worktree: bool,
    /// The branch that the store is on.
    pub branch: &'static str,
    pub sync: bool,
}

/// Everything of the surroundings that is nobody's business but their owner's.
#[derive(Debug, PartialEq, Eq)]
struct Surroundings {
    status: Vec<String>,
    index: Vec<String>,
    files: BTreeMap<PathBuf, (u32, Vec<u8>)>,
    refs: Vec<String>,
    settings: Vec<String>,
    head: String,
}

/// Plays few acts in the store of `env`, on its branch `main`.
#[track_caller]
pub fn plays_few(env: &TestEnv) {
    Play::new(env).few();
}

/// Plays all acts in the store of `env`, on its branch `main`.
#[track_caller]
pub fn plays(env: &TestEnv) {
    Play::new(env).all();
}

impl<'a> Play<'a> {
    pub fn new(env: &'a TestEnv) -> Self {
        Self { env, around: Vec::new(), worktree: true, branch: "main", sync: false }
    }

    pub fn run<'b>(&self, args: impl IntoIterator<Item = &'b str>) -> Ran {
        for (name, value) in &self.around {
            self.env.set(name, value);
        }
        let ran = self.env.run(args);
        for (name, _) in &self.around {
            self.env.unset(name);
        }
        ran
    }

    /// Every act once, each a commit of our paths alone, with the surroundings as they were.
    #[track_caller]
    pub fn all(&self) {
        self.acts(true);
    }

    /// The acts that go different ways through the program, for rows that differ in a setting alone.
    #[track_caller]
    pub fn few(&self) {
        self.acts(false);
    }

    #[track_caller]
    fn acts(&self, all: bool) {
        let (before, tip) = (self.surroundings(), self.tip());
        let id = self.writes(&["new", "Checkout fails", "--severity", "SEV1"]).stdout.trim().to_owned();
        let id = id.as_str();
        let mut commits = 4;
        if self.worktree {
            self.hand_edit(id, "Nobody can pay.");
            commits += 1;
        }
        self.writes(&["note", "-i", id, "First words"]);
        if all {
            self.writes(&["status", "fixing", "-i", id, "-m", "roll back"]);
            let copy = self.env.home().join("copy.md");
            let text =
                self.committed(id).replace("# Checkout fails\n", "# Checkout fails\n\nSeen in the shop.\n");
            fs::write(&copy, text).unwrap();
            self.writes(&["edit", id, "--from", copy.to_str().unwrap()]);
            commits += 2;
        }
        self.writes(&["note", "-i", id, "A mistake"]);
        self.writes(&["undo", id]);
        assert!(self.run(["list"]).succeeds().stdout.contains(id));
        self.run(["check"]).succeeds();
        if all {
            assert!(self.run(["show", id]).succeeds().stdout.contains("First words"));
            assert!(self.run(["timeline", id]).succeeds().stdout.contains("First words"));
        }
        self.touched_ours_alone(&tip, commits);
        if self.sync {
            self.run(["sync"]).succeeds();
        }
        self.is_recorded(id, all);
        assert_eq!(self.surroundings(), before);
        if self.worktree {
            self.has_no_phantoms();
        }
        self.git(&["fsck", "--strict", "--no-dangling"]);
    }

    #[track_caller]
    fn writes(&self, args: &[&str]) -> Ran {
        self.run(args.iter().copied()).succeeds()
    }

    /// What was said is in the file, once, and what was taken back is not.
    #[track_caller]
    fn is_recorded(&self, id: &str, all: bool) {
        let text = self.committed(id);
        let (in_all, by_hand) = (usize::from(all), usize::from(self.worktree));
        for (words, times) in [
            ("First words", 1),
            ("A mistake", 0),
            ("Nobody can pay.", by_hand),
            ("Seen in the shop.", in_all),
            ("status: fixing", in_all),
        ] {
            assert_eq!(text.matches(words).count(), times, "{words}: {text}");
        }
    }

    /// The end of the store's branch; empty where nothing is committed.
    fn tip(&self) -> String {
        let mut command = self.env.program("git", &self.env.store);
        let reference = format!("refs/heads/{}", self.branch);
        let output = command.args(["rev-parse", "--quiet", "--verify", &reference]).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Since `before` the branch has so many commits more, with incident files in each and nothing else.
    #[track_caller]
    fn touched_ours_alone(&self, before: &str, commits: usize) {
        let range = if before.is_empty() { self.tip() } else { format!("{before}..{}", self.tip()) };
        let prefix = self.git(&["rev-parse", "--show-prefix"]);
        let ours = format!("{}{OURS}", prefix.trim_end_matches('\n'));
        let log = self.git(&["-c", "color.ui=false", "log", "-z", "--format=%x01", "--name-only", &range]);
        let each: Vec<&str> = log.split('\u{1}').skip(1).collect();
        assert_eq!(each.len(), commits, "{log}");
        for paths in each {
            let mut paths = paths.split('\0').map(str::trim).filter(|path| !path.is_empty()).peekable();
            assert!(paths.peek().is_some(), "an empty commit: {log}");
            assert!(paths.all(|path| path.starts_with(&ours)), "{log}");
        }
    }

    /// Adds prose to the file in the worktree, as an editor would: with the line ends that are there.
    #[track_caller]
    fn hand_edit(&self, id: &str, words: &str) {
        let path = self.env.store.join(self.path(id));
        let text = fs::read_to_string(&path).unwrap();
        let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let heading = format!("## Impact{end}");
        assert!(text.contains(&heading), "{text}");
        fs::write(&path, text.replacen(&heading, &format!("{heading}{end}{words}{end}"), 1)).unwrap();
    }

    /// The path of the incident in the store.
    #[track_caller]
    pub fn path(&self, id: &str) -> String {
        let reference = format!("refs/heads/{}", self.branch);
        let names = self.git(&["ls-tree", "-r", "-z", "--name-only", &reference, "--", "incidents/"]);
        let names: Vec<&str> = names.split('\0').filter(|name| name.contains(id)).collect();
        assert_eq!(names.len(), 1, "{id} in {names:?}");
        names[0].to_owned()
    }

    /// The incident as the branch has it.
    #[track_caller]
    pub fn committed(&self, id: &str) -> String {
        let path = self.path(id);
        let prefix = self.prefix();
        self.git(&["cat-file", "blob", &format!("refs/heads/{}:{prefix}{path}", self.branch)])
    }

    /// How a path of the store begins for git.
    fn prefix(&self) -> &'static str {
        let bare = self.git(&["rev-parse", "--is-bare-repository"]);
        if bare == "true\n" { "" } else { "./" }
    }

    /// git finds nothing changed of ours: by its index as we left it, by that refreshed, and by a new one.
    #[track_caller]
    fn has_no_phantoms(&self) {
        let ours = |text: String| -> Vec<String> {
            text.lines().filter(|line| line.contains(OURS)).map(str::to_owned).collect()
        };
        let none: [String; 0] = [];
        assert_eq!(ours(self.git(&["status", "--porcelain=v2"])), none, "as we left it");
        let mut refresh = self.env.program("git", &self.env.store);
        refresh.args(["update-index", "--really-refresh"]).output().unwrap();
        assert_eq!(ours(self.git(&["status", "--porcelain=v2"])), none, "refreshed");
        let other = self.env.home().join("other-index");
        for args in [&["read-tree", "HEAD"][..], &["status", "--porcelain=v2"]] {
            let mut command = self.env.program("git", &self.env.store);
            let output = command.env("GIT_INDEX_FILE", &other).args(args).output().unwrap();
            assert!(output.status.success());
            assert_eq!(ours(String::from_utf8(output.stdout).unwrap()), none, "as a new index has it");
        }
        fs::remove_file(&other).unwrap();
    }

    #[track_caller]
    fn git(&self, args: &[&str]) -> String {
        self.env.git(args.iter().copied())
    }

    fn surroundings(&self) -> Surroundings {
        let lines = |text: String, ours: &str| -> Vec<String> {
            text.lines().filter(|line| !line.contains(ours)).map(str::to_owned).collect()
        };
        let mut files = BTreeMap::new();
        let (mut status, mut index) = (Vec::new(), Vec::new());
        if self.worktree {
            let top = PathBuf::from(self.git(&["rev-parse", "--show-toplevel"]).trim_end_matches('\n'));
            read_folder(&top, &self.env.store.join(OURS), &mut files);
            status = lines(self.git(&["status", "--porcelain=v2", "--untracked-files=all"]), OURS);
            index = lines(self.git(&["ls-files", "--stage", "-v", "--full-name", ":/"]), OURS);
        }
        let refs = lines(self.git(&["for-each-ref"]), &format!("refs/heads/{}", self.branch));
        Surroundings {
            status,
            index,
            files,
            refs: refs.into_iter().filter(|line| !line.contains("refs/remotes/")).collect(),
            // `sync` registers the merge driver.
            settings: lines(self.git(&["config", "--local", "--list"]), "merge.incident."),
            head: fs::read_to_string(
                self.env.store.join(self.git(&["rev-parse", "--git-path", "HEAD"]).trim_end_matches('\n')),
            )
            .unwrap(),
        }
    }
}

/// The files below `folder` with their modes, but for git's own and those in `except`.
fn read_folder(folder: &Path, except: &Path, files: &mut BTreeMap<PathBuf, (u32, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().is_some_and(|name| name == ".git") || path.starts_with(except) {
            continue;
        }
        let file = fs::symlink_metadata(&path).unwrap();
        if file.is_dir() {
            read_folder(&path, except, files);
        } else if file.is_symlink() {
            files.insert(
                path.clone(),
                (0, fs::read_link(&path).unwrap().into_os_string().into_encoded_bytes()),
            );
        } else {
            files.insert(path.clone(), (file.permissions().mode(), fs::read(&path).unwrap()));
        }
    }
}

/// The commands in the hints of a refusal.
pub fn hinted(ran: &Ran) -> Vec<String> {
    let hints = ran.stderr.lines().filter_map(|line| line.strip_prefix("hint: "));
    let commands = hints.map(|hint| {
        let explained = ["git ", "incident ", "rm "].iter().all(|word| !hint.starts_with(word));
        hint.split_once(": ").filter(|_| explained).map_or(hint, |(_, command)| command).to_owned()
    });
    commands.collect()
}

/// Types `line` into a shell in the store.
#[track_caller]
pub fn types(env: &TestEnv, line: &str) {
    let program = Path::new(env!("CARGO_BIN_EXE_incident")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let mut shell = env.program("sh", &env.store);
    let output = shell.env("PATH", path).env("GIT_EDITOR", "true").args(["-c", line]).output().unwrap();
    assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A store of its own, with a file of somebody else's in it.
pub fn shared_store() -> TestEnv {
    let env = TestEnv::new();
    env.set("INCIDENT_SHARE", "off");
    env.write("app.rs", "fn main() {}\n");
    env.write("docs/guide.md", "# Guide\n");
    env.commit_by_hand("Something else");
    env
}

/// A clone of a store through `args`, in which commands run from now on.
pub fn cloned(args: &[&str]) -> TestEnv {
    let mut env = shared_store();
    env.git(["clone", "--quiet", "--bare", ".", "../hub.git"]);
    let hub = format!("file://{}", env.home().join("hub.git").display());
    let place = env.home().join("clone");
    let mut all = vec!["clone", "--quiet"];
    all.extend(args);
    all.extend([hub.as_str(), place.to_str().unwrap()]);
    env.git(all);
    env.store = place;
    env
}
