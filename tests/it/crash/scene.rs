//! One act, tried again and again from the same beginning, and what must hold whatever happened to it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::acts::{Act, Prepared};
use super::strace::{self, Counts, Effect, Ended, Point, READING, WRITING};
use crate::environment::{Moment, State};

/// A home that can be put back to how it was before the act.
pub struct Scene<'a> {
    act: &'a Act,
    prepared: Prepared,
    kept: tempfile::TempDir,
    beginning: Moment,
    before: Whole,
    /// What the act comes to when nothing happens to it.
    after: Whole,
    code: Option<i32>,
    /// The branch's trees from before to after.
    trees: Vec<String>,
    /// The bytes that a file which the act changes may have meanwhile.
    versions: Vec<(String, BTreeSet<Option<Vec<u8>>>)>,
    pub counts: Counts,
}

/// The clone, and the repository in the middle if there is one.
#[derive(Debug, PartialEq, Eq)]
struct Whole {
    state: State,
    middle: String,
}

impl Whole {
    /// All but where branches are: what was fetched may stay, and the store's branch is looked at by itself.
    fn rest(&self) -> (&str, &str, &BTreeMap<PathBuf, u64>) {
        self.state.without_refs()
    }
}

impl<'a> Scene<'a> {
    pub fn new(act: &'a Act) -> Self {
        let prepared = (act.prepare)();
        let kept = tempfile::Builder::new().prefix("incident-kept-").tempdir().unwrap();
        copy(&prepared.env.home(), kept.path());
        let beginning = prepared.env.moment();
        let (before, old) = (whole(&prepared), tip(&prepared));
        let calls = [&WRITING[..], &READING[..]].concat();
        let (counts, ended) = strace::count(&act.command(&prepared), &calls, &kept.path().join("log"));
        let after = whole(&prepared);
        let mut scene = Self {
            act,
            prepared,
            kept,
            beginning,
            before,
            after,
            counts,
            code: ended.code,
            trees: Vec::new(),
            versions: Vec::new(),
        };
        assert!(scene.after != scene.before, "{}: {}{}", act.name, ended.stdout, ended.stderr);
        scene.read_versions(&old);
        scene
    }

    fn read_versions(&mut self, old: &str) {
        let env = &self.prepared.env;
        let commits = env.git(["rev-list", "--reverse", &format!("{old}..main")]);
        let commits: Vec<&str> = [old].into_iter().chain(commits.lines()).collect();
        self.trees = commits.iter().map(|commit| tree_of(&self.prepared, commit)).collect();
        let changed = env.git(["diff", "--name-only", "-z", old, "main"]);
        let worktree = |path: &str| fs::read(env.store.join(path)).ok();
        let mut versions = Vec::new();
        for path in changed.split_terminator('\0') {
            let mut bytes: BTreeSet<_> = commits.iter().map(|commit| self.blob(commit, path)).collect();
            bytes.insert(worktree(path));
            versions.push((path.to_owned(), bytes));
        }
        self.restore();
        for (path, bytes) in &mut versions {
            bytes.insert(fs::read(self.prepared.env.store.join(path)).ok());
        }
        self.versions = versions;
    }

    fn blob(&self, commit: &str, path: &str) -> Option<Vec<u8>> {
        let mut show = self.prepared.env.program("git", &self.prepared.env.store);
        let output = show.args(["show", &format!("{commit}:{path}")]).output().unwrap();
        output.status.success().then_some(output.stdout)
    }

    /// Puts everything back, the clock included.
    fn restore(&self) {
        let home = self.prepared.env.home();
        for entry in fs::read_dir(&home).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
        }
        copy(self.kept.path(), &home);
        self.prepared.env.turn_back(self.beginning);
    }

    /// What is wrong after the act was hit at `point`; None if the point was not reached.
    pub fn hit(&self, point: &Point) -> Option<Vec<String>> {
        self.restore();
        let ended = strace::run_at(&self.act.command(&self.prepared), point, &self.log());
        if !ended.hit {
            return None;
        }
        let mut wrong = Vec::new();
        self.check(point, &ended, &mut wrong);
        let said = || format!(" [exit {:?}] {} | {}", ended.code, ended.stdout.trim(), ended.stderr.trim());
        Some(
            wrong
                .into_iter()
                .map(|wrong| format!("{} {point:?}: {wrong}{}", self.act.name, said()))
                .collect(),
        )
    }

    fn log(&self) -> PathBuf {
        self.kept.path().with_extension("log")
    }

    fn check(&self, point: &Point, ended: &Ended, wrong: &mut Vec<String>) {
        let fsck = self.git(&["fsck", "--strict", "--no-dangling"]);
        if !fsck.0 {
            wrong.push(format!("git fsck: {}", fsck.1));
            return;
        }
        if ended.stderr.contains("panicked") || ended.code == Some(101) {
            wrong.push("panicked".to_owned());
        }
        self.check_worktree(wrong);
        let at_end = |tree: &str| self.trees.last().is_some_and(|last| last == tree);
        let tree = tree_of(&self.prepared, "main");
        if !self.trees.contains(&tree) {
            wrong.push("the branch is neither at the old nor at the new state".to_owned());
        }
        let succeeded = ended.code == self.code;
        if succeeded && !at_end(&tree) {
            wrong.push("success was reported over something not recorded".to_owned());
        }
        if let Some(code) = ended.code.filter(|_| !succeeded && !ended.is_mute)
            && (code == 0 || ended.stderr.trim().is_empty())
        {
            wrong.push("it failed without a word".to_owned());
        }
        // What sync has merged stays, whether or not it could be sent.
        // And what could not be read for the words below the record takes nothing from the record.
        let is_told = self.act.words == ["sync"] || ended.stderr.contains("✔ ");
        if ended.code.is_some() && !succeeded && !ended.is_mute && at_end(&tree) && !is_told {
            wrong.push("it is recorded, but failure was reported".to_owned());
        }
        self.check_next(point, &tree, wrong);
    }

    fn check_worktree(&self, wrong: &mut Vec<String>) {
        let shown_to_hooks = self.act.name.contains("hooks");
        for (path, versions) in self.versions.iter().filter(|_| !shown_to_hooks) {
            let bytes = fs::read(self.prepared.env.store.join(path)).ok();
            if !versions.contains(&bytes) {
                wrong.push(format!("{path} is half written"));
            }
        }
    }

    /// The commands after it mend everything, and nothing is recorded twice.
    fn check_next(&self, point: &Point, tree: &str, wrong: &mut Vec<String>) {
        let env = &self.prepared.env;
        let listed = env.run(["list", "--all"]);
        if listed.code != 0 {
            wrong.push(format!("list fails: {}{}", listed.stdout, listed.stderr));
        }
        let is_repeatable = matches!(self.act.words[0], "sync" | "check" | "init");
        let is_done = self.trees.last().is_some_and(|last| last == tree);
        if self.trees.first().is_some_and(|first| first == tree)
            && !is_done
            && whole(&self.prepared).rest() != self.before.rest()
        {
            self.compare(&self.before, "taken back", wrong);
        }
        if !is_done || is_repeatable {
            env.turn_back(self.beginning);
            let repeated = self.act.command(&self.prepared).output().unwrap();
            if repeated.status.code() != self.code {
                let words = String::from_utf8_lossy(&repeated.stderr).into_owned();
                if point.children && words.contains("is safe here") {
                    // The other side was killed with a branch locked, which only somebody there can mend.
                    return;
                }
                wrong.push(format!("done again, it fails: {words}"));
                return;
            }
        }
        self.compare(&self.after, "completed", wrong);
        let words = format!("Afterwards-{}", point.nth);
        let noted = env.run(["note", "-i", &self.prepared.ids[0], &words]);
        if noted.code != 0 {
            wrong.push(format!("a note afterwards fails: {}", noted.stderr));
            return;
        }
        for (place, text) in [
            ("file", self.git(&["grep", "-h", &words, "main"]).1),
            ("history", self.git(&["log", "--format=%B", "--grep", &words, "main", "--"]).1),
        ] {
            let times =
                text.lines().filter(|line| place == "file" || line.starts_with("Incident-Event")).count();
            if times != 1 {
                wrong.push(format!("the note afterwards is {times} times in the {place}"));
            }
        }
        self.check_left_over(wrong);
    }

    fn compare(&self, expected: &Whole, when: &str, wrong: &mut Vec<String>) {
        let actual = whole(&self.prepared);
        if actual != *expected {
            wrong.push(format!(
                "{when}, it differs: {}",
                difference(&format!("{expected:#?}"), &format!("{actual:#?}"))
            ));
        }
    }

    /// No lock, no journal and no temporary file is left.
    fn check_left_over(&self, wrong: &mut Vec<String>) {
        let env = &self.prepared.env;
        let found = Command::new("find")
            .arg(env.home())
            .args([
                "-name",
                "*.lock",
                "-o",
                "-name",
                "journal*",
                "-o",
                "-name",
                "work-*",
                "-o",
                "-name",
                "saving-*",
                "-o",
                "-name",
                ".incident-*",
                "-o",
                "-name",
                "*.claim",
                "-o",
                "-name",
                "tmp_*",
            ])
            .output()
            .unwrap();
        let found = String::from_utf8_lossy(&found.stdout).into_owned();
        let is_kept = |path: &&str| {
            // A draft that is still there is claimed by a file beside it.
            let claimed = path.strip_suffix(".claim").is_some_and(|draft| Path::new(draft).exists());
            claimed
                || path.contains("/hub.git/")
                || path.contains("/incident/share")
                || path.contains("/objects/")
        };
        for path in found.lines().filter(|path| !is_kept(path) && !path.ends_with("/incident/lock")) {
            wrong.push(format!("left behind: {path}"));
        }
    }

    fn git(&self, words: &[&str]) -> (bool, String) {
        let mut git = self.prepared.env.program("git", &self.prepared.env.store);
        let output = git.args(words).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&said).into_owned())
    }

    /// Every point at which the act can be hit in one way.
    pub fn points(&self, effect: Effect, children: bool) -> Vec<Point> {
        let counts = if children { &self.counts.children } else { &self.counts.own };
        let writes = |call: &&str| WRITING.contains(call) || matches!(effect, Effect::Once("EIO" | "EACCES"));
        let mut points = Vec::new();
        for (call, times) in counts.iter().filter(|(call, _)| writes(call)) {
            points.extend((1..=*times).map(|nth| Point { call, nth, effect, children }));
        }
        points
    }
}

/// The lines that only one of them has.
fn difference(expected: &str, actual: &str) -> String {
    let only = |one: &str, other: &str, sign: &str| {
        let other: BTreeSet<&str> = other.lines().collect();
        one.lines()
            .filter(|line| !other.contains(line))
            .map(|line| format!("\n    {sign}{}", line.trim()))
            .collect::<String>()
    };
    only(expected, actual, "-") + &only(actual, expected, "+")
}

fn copy(from: &Path, to: &Path) {
    let done = Command::new("cp").arg("-a").arg(from.join(".")).arg(to).status().unwrap();
    assert!(done.success());
}

fn whole(prepared: &Prepared) -> Whole {
    let hub = prepared.env.home().join("hub.git");
    let middle = if hub.exists() { prepared.env.git_in(&hub, ["rev-parse", "--all"]) } else { String::new() };
    Whole { state: prepared.env.state(), middle }
}

fn tip(prepared: &Prepared) -> String {
    prepared.env.git(["rev-parse", "main"]).trim().to_owned()
}

fn tree_of(prepared: &Prepared, commit: &str) -> String {
    prepared.env.git(["rev-parse", &format!("{commit}^{{tree}}")]).trim().to_owned()
}
