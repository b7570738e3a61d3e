//! Real repositories for the tests of this module.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use chrono::DateTime;
use tempfile::TempDir;

use super::{CommitOptions, NamedEmail, Outcome, Proposal, Store, StorePath};
use crate::failure::{Exit, Failure};

/// A repository in a temporary directory, untouched by the configuration of whoever runs the tests.
pub(super) struct TestRepository {
    _directory: TempDir,
    pub top: PathBuf,
}

impl TestRepository {
    /// An empty repository on the unborn branch `main`.
    pub(super) fn empty() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let top = fs::canonicalize(directory.path()).unwrap().join("repository");
        let repository = Self { _directory: directory, top };
        fs::create_dir(&repository.top).unwrap();
        repository.git(&["init", "--quiet", "--initial-branch=main", "."]);
        let hooks = repository.top.join(".git/hooks");
        for (key, value) in [
            ("core.hooksPath", hooks.to_str().unwrap()),
            ("core.autocrlf", "false"),
            ("commit.gpgsign", "false"),
            ("user.name", "Aoi"),
            ("user.email", "aoi@example.org"),
        ] {
            repository.git(&["config", key, value]);
        }
        repository
    }

    /// One with a commit of two files: `a.md` (`a1`) and `other.txt` (`other`).
    pub(super) fn with_commit() -> Self {
        let repository = Self::empty();
        repository.write("a.md", "a1\n");
        repository.write("other.txt", "other\n");
        repository.commit_all("first");
        repository
    }

    pub(super) fn run(&self, arguments: &[&str]) -> Output {
        run_in(&self.top, arguments)
    }

    /// What `git` prints; it must end well.
    pub(super) fn git(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "git {arguments:?}: {} {words}",
            String::from_utf8_lossy(&output.stdout)
        );
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }

    pub(super) fn commit_all(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        let full = self.top.join(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        fs::write(full, text).unwrap();
    }

    pub(super) fn text(&self, path: &str) -> Option<String> {
        fs::read(self.top.join(path)).ok().map(|bytes| String::from_utf8(bytes).unwrap())
    }

    /// Makes an executable hook of shell lines.
    pub(super) fn hook(&self, event: &str, lines: &str) {
        let path = format!(".git/hooks/{event}");
        self.write(&path, &format!("#!/bin/sh\n{lines}\n"));
        make_executable(&self.top.join(path));
    }

    pub(super) fn store(&self) -> Store {
        open(&self.top)
    }

    /// `git status`, one line per change.
    pub(super) fn status(&self) -> Vec<String> {
        self.git(&["status", "--porcelain", "--untracked-files=all"]).lines().map(str::to_owned).collect()
    }

    /// The repository is sound, and nothing temporary is left in it.
    pub(super) fn assert_sound(&self) {
        self.git(&["fsck", "--strict"]);
        let private = self.top.join(".git/incident");
        let names: Vec<_> =
            fs::read_dir(private).into_iter().flatten().map(|e| e.unwrap().file_name()).collect();
        assert!(names.iter().all(|name| name == "lock"), "{names:?}");
        assert!(!self.top.join(".git/index.lock").exists());
        assert!(!self.status().iter().any(|line| line.contains(".incident-")), "{:?}", self.status());
    }
}

pub(super) fn open(directory: &Path) -> Store {
    Store::open(directory).unwrap().with_patience(Duration::from_millis(30))
}

pub(super) fn run_in(directory: &Path, arguments: &[&str]) -> Output {
    Command::new("git")
        .arg("-C")
        .arg(directory)
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap()
}

pub(super) fn make_executable(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }
}

pub(super) fn path(text: &str) -> StorePath {
    StorePath::parse(text).unwrap()
}

/// A proposal for `files`, none removing one.
pub(super) fn proposal(files: &[(&str, Option<&str>)]) -> Proposal {
    let person = |name: &str| NamedEmail { name: name.to_owned(), email: format!("{name}@example.org") };
    Proposal {
        seen: Vec::new(),
        files: files
            .iter()
            .map(|(name, text)| (path(name), text.map(|text| text.as_bytes().to_vec())))
            .collect(),
        message: "20261120-k7qm: subject\n\nbody\n\nIncident: 20261120-k7qm".to_owned(),
        author: person("author"),
        committer: person("committer"),
        author_time: DateTime::parse_from_rfc3339("2026-11-20T02:40:00+09:00").unwrap(),
        committer_time: DateTime::parse_from_rfc3339("2026-11-20T02:55:12+09:00").unwrap(),
        options: CommitOptions::default(),
    }
}

/// Commits `files`, and gives the warnings' keys.
pub(super) fn record(store: &Store, files: &[(&str, Option<&str>)]) -> Vec<&'static str> {
    match store.lock().unwrap().commit(&proposal(files)).unwrap() {
        Outcome::Committed { warnings, .. } => warnings.iter().map(|warning| warning.key).collect(),
        other => panic!("{other:?}"),
    }
}

/// The message's key and the exit code of an error.
pub(super) fn failure<T>(result: anyhow::Result<T>) -> (&'static str, Exit) {
    let error = result.err().expect("it fails");
    let failure: &Failure = error.downcast_ref().unwrap_or_else(|| panic!("no failure: {error:#}"));
    (failure.message.key, failure.exit)
}
