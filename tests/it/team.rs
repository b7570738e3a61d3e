//! A team: a repository in the middle, and clones of it that people work in, on one machine.

use std::path::{Path, PathBuf};

use crate::environment::{Ran, TestEnv};

/// Clones of one store, the first of which made it. Nothing is shared by itself unless a test asks for it.
pub struct Team {
    pub env: TestEnv,
}

impl Team {
    /// A hub and the clones `aoi`, `ben` … of a store in English.
    pub fn new(clones: &[&str]) -> Self {
        let env = TestEnv::without_store();
        env.set("INCIDENT_LANG", "en");
        env.set("INCIDENT_SHARE", "off");
        let team = Self { env };
        team.git_in(&team.env.home(), &["init", "--quiet", "--bare", "hub.git"]);
        team.git_in(&team.env.home(), &["clone", "--quiet", "hub.git", clones[0]]);
        team.env.run_in(&team.env.home(), ["init", clones[0]]).succeeds();
        team.git(clones[0], &["push", "--quiet", "--set-upstream", "origin", "main"]);
        for clone in &clones[1..] {
            team.git_in(&team.env.home(), &["clone", "--quiet", "hub.git", clone]);
        }
        for clone in clones {
            let mut name = (*clone).to_owned();
            name[..1].make_ascii_uppercase();
            team.git(clone, &["config", "user.name", &name]);
            team.git(clone, &["config", "user.email", &format!("{clone}@example.org")]);
        }
        team
    }

    pub fn folder(&self, clone: &str) -> PathBuf {
        self.env.home().join(clone)
    }

    /// The program, in the clone of `who`.
    pub fn run<'a>(&self, who: &str, args: impl IntoIterator<Item = &'a str>) -> Ran {
        self.env.run_in(&self.folder(who), args)
    }

    #[track_caller]
    pub fn git(&self, who: &str, args: &[&str]) -> String {
        self.git_in(&self.folder(who), args)
    }

    #[track_caller]
    pub fn git_in(&self, folder: &Path, args: &[&str]) -> String {
        self.env.git_in(folder, args.iter().copied())
    }

    /// Declares an incident in the clone of `who`, and gives its id.
    #[track_caller]
    pub fn declare(&self, who: &str, title: &str) -> String {
        self.run(who, ["new", title, "--severity", "SEV1"]).succeeds().stdout.trim().to_owned()
    }

    #[track_caller]
    pub fn sync(&self, who: &str) -> Ran {
        self.run(who, ["sync"]).succeeds()
    }

    #[track_caller]
    pub fn read(&self, who: &str, path: &str) -> String {
        std::fs::read_to_string(self.folder(who).join(path)).unwrap()
    }

    #[track_caller]
    pub fn write(&self, who: &str, path: &str, text: &str) {
        let path = self.folder(who).join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// The only incident's file in the clone of `who`.
    #[track_caller]
    pub fn incident(&self, who: &str) -> String {
        self.read(who, &self.path_of(who, ""))
    }

    /// The path of the incident file whose name has `part` in it.
    #[track_caller]
    pub fn path_of(&self, who: &str, part: &str) -> String {
        let listed = self.git(who, &["-c", "core.quotePath=false", "ls-files", "--deduplicate", "incidents"]);
        let mut paths = listed.lines().filter(|path| !path.ends_with("README.md") && path.contains(part));
        let path = paths.next().expect("an incident file").to_owned();
        assert_eq!(paths.next(), None, "one file is meant");
        path
    }

    #[track_caller]
    pub fn replace(&self, who: &str, path: &str, old: &str, new: &str) {
        let text = self.read(who, path);
        assert!(text.contains(old), "{old:?} is not in {text}");
        self.write(who, path, &text.replacen(old, new, 1));
    }

    /// Whether the file has all the `words`.
    pub fn incident_has(&self, who: &str, path: &str, words: &[&str]) -> bool {
        let text = self.read(who, path);
        words.iter().all(|word| text.contains(word))
    }

    pub fn head(&self, who: &str) -> String {
        self.git(who, &["rev-parse", "HEAD"]).trim().to_owned()
    }

    pub fn tree(&self, who: &str) -> String {
        self.git(who, &["rev-parse", "HEAD^{tree}"]).trim().to_owned()
    }

    pub fn status(&self, who: &str) -> String {
        self.git(who, &["status", "--porcelain"])
    }

    /// Every clone is whole, and nothing temporary is left in it.
    #[track_caller]
    pub fn sound(&self, who: &str) {
        self.git(who, &["fsck", "--strict", "--no-dangling"]);
        assert!(!self.folder(who).join(".git/index.lock").exists());
        assert!(!self.folder(who).join(".git/incident/journal").exists());
    }
}
