//! Where the store's branch is: checked out here, in another worktree, or nowhere.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use git2::Repository;

use super::Store;
use super::failures::git_failed;
use crate::failure::{Exit, Failure, Message};

/// Where reads and writes of a store go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placement {
    /// To the checked-out files. No branch: HEAD is detached.
    CheckedOut { branch: Option<String> },
    /// To the files of another worktree of the same repository, which has the store's branch checked out.
    /// `Store::root` is there.
    OtherWorktree { branch: String, head: Option<String> },
    /// To the branch alone; the files at hand belong to `head` (none if detached) and are left alone.
    Elsewhere { branch: String, head: Option<String> },
}

impl Placement {
    /// Whether the store's files can be seen in a directory.
    pub fn has_worktree(&self) -> bool {
        !matches!(self, Self::Elsewhere { .. })
    }

    /// The store's branch; none with a detached HEAD.
    pub fn branch(&self) -> Option<&str> {
        match self {
            Self::CheckedOut { branch } => branch.as_deref(),
            Self::OtherWorktree { branch, .. } | Self::Elsewhere { branch, .. } => Some(branch),
        }
    }

    /// The branch's full name; none with a detached HEAD.
    pub(super) fn branch_reference(&self) -> Option<String> {
        self.branch().map(|branch| format!("refs/heads/{branch}"))
    }

    /// What a commit moves.
    pub(super) fn reference(&self) -> String {
        self.branch_reference().unwrap_or_else(|| "HEAD".to_owned())
    }
}

/// The branch that HEAD names, born or not; none if it is detached.
///
/// # Errors
/// It cannot be read: nobody knows then whose the files at hand are.
pub(super) fn head_branch(repository: &Repository) -> Result<Option<String>> {
    let head = repository.find_reference("HEAD").map_err(git_failed("reading"))?;
    let target = head.symbolic_target().map_err(git_failed("reading"))?;
    Ok(target.and_then(|target| target.strip_prefix("refs/heads/")).map(str::to_owned))
}

impl Store {
    /// The same store on the branch that `incident.toml` names. With none named it stays where HEAD is.
    ///
    /// # Errors
    /// The branch does not exist, its name is none, or the repository is bare and names no branch.
    pub fn on_branch(mut self, branch: Option<&str>) -> Result<Self> {
        let Some(branch) = branch else {
            return if self.repository.is_bare() { Err(bare_needs_branch().into()) } else { Ok(self) };
        };
        if !git2::Branch::name_is_valid(branch).unwrap_or(false) {
            return Err(Failure::new(Exit::Git, "store-branch-invalid").with("branch", branch).into());
        }
        let head = head_branch(&self.repository)?;
        let bare = self.repository.is_bare();
        if head.as_deref() == Some(branch) && !bare {
            self.placement = Placement::CheckedOut { branch: head };
            return Ok(self);
        }
        if self.repository.find_reference(&format!("refs/heads/{branch}")).is_err() {
            return Err(self.branch_missing(branch).into());
        }
        if let Some(directory) = self.worktree_of(branch)? {
            return self.moved_to(&directory, branch, head);
        }
        self.placement = Placement::Elsewhere { branch: branch.to_owned(), head };
        Ok(self)
    }

    /// The store as another worktree has it. Its files and index would go stale if only the branch moved.
    fn moved_to(self, directory: &Path, branch: &str, head: Option<String>) -> Result<Self> {
        let there = Self::open(&directory.join(&self.prefix))?.with_patience(self.patience);
        let mut there = there.with_config_env(&self.config_env)?;
        there.placement = Placement::OtherWorktree { branch: branch.to_owned(), head };
        Ok(there)
    }

    /// The top of another worktree that stands on `branch` and has the store's directory.
    fn worktree_of(&self, branch: &str) -> Result<Option<PathBuf>> {
        let names = self.repository.worktrees().map_err(git_failed("reading"))?;
        let linked = names.iter().flatten().flatten().filter_map(|name| {
            let worktree = self.repository.find_worktree(name).ok()?;
            Repository::open(worktree.path()).ok()
        });
        let main = self.repository.is_worktree().then(|| Repository::open(self.repository.commondir()).ok());
        let standing_there = linked
            .chain(main.flatten())
            .filter(|other| !other.is_bare() && stands_on(other, branch))
            .filter_map(|other| other.workdir().map(Path::to_owned))
            .find(|directory| fs::metadata(directory.join(&self.prefix)).is_ok_and(|place| place.is_dir()));
        Ok(standing_there)
    }

    fn branch_missing(&self, branch: &str) -> Failure {
        let failure = Failure::new(Exit::Git, "store-branch-missing").with("branch", branch);
        let remote = format!("origin/{branch}");
        if self.repository.find_reference(&format!("refs/remotes/{remote}")).is_ok() {
            return failure
                .hint(Message::new("store-hint-track-branch").with("branch", branch).with("remote", remote));
        }
        failure.hint(Message::new("store-hint-name-branch"))
    }
}

/// Whether another worktree has `branch` checked out. One that cannot be read is not counted, as one that is gone.
fn stands_on(worktree: &Repository, branch: &str) -> bool {
    head_branch(worktree).is_ok_and(|head| head.as_deref() == Some(branch))
}

fn bare_needs_branch() -> Failure {
    Failure::new(Exit::Git, "store-bare-needs-branch").hint(Message::new("store-hint-name-branch"))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{TestRepository, failure, open, path, record};
    use super::*;

    #[test]
    fn the_branch_that_head_names_is_checked_out() {
        for repository in [TestRepository::empty(), TestRepository::with_commit()] {
            let checked_out = Placement::CheckedOut { branch: Some("main".to_owned()) };
            assert_eq!(*repository.store().on_branch(None).unwrap().placement(), checked_out);
            assert_eq!(*repository.store().on_branch(Some("main")).unwrap().placement(), checked_out);
        }
    }

    #[test]
    fn a_branch_that_is_not_there() {
        let repository = TestRepository::with_commit();
        let hint_for = |branch: &str| {
            let error = repository.store().on_branch(Some(branch)).err().unwrap();
            let failure: &Failure = error.downcast_ref().unwrap();
            (failure.message.key, failure.hints.first().map(|hint| hint.key))
        };
        assert_eq!(hint_for("ops"), ("store-branch-missing", Some("store-hint-name-branch")));
        repository.git(&["update-ref", "refs/remotes/origin/ops", "HEAD"]);
        assert_eq!(hint_for("ops"), ("store-branch-missing", Some("store-hint-track-branch")));
        assert_eq!(hint_for("../../config"), ("store-branch-invalid", None));
        assert_eq!(hint_for("-x"), ("store-branch-invalid", None));
    }

    #[test]
    fn a_bare_repository_needs_a_branch() {
        let repository = TestRepository::with_commit();
        let bare = repository.top.parent().unwrap().join("bare.git");
        repository.git(&["clone", "--quiet", "--bare", ".", bare.to_str().unwrap()]);
        assert_eq!(failure(open(&bare).on_branch(None)), ("store-bare-needs-branch", Exit::Git));
        let store = open(&bare).on_branch(Some("main")).unwrap();
        assert_eq!(store.read(&path("a.md")).unwrap().unwrap(), b"a1\n");
        record(&store, &[("a.md", Some("a2\n"))]);
        assert_eq!(store.read(&path("a.md")).unwrap().unwrap(), b"a2\n");
    }

    #[test]
    fn a_rebase_elsewhere_stops_only_its_own_branch() {
        let repository = TestRepository::with_commit();
        repository.git(&["checkout", "--quiet", "-b", "feature"]);
        repository.write("a.md", "feature\n");
        repository.commit_all("feature");
        repository.git(&["checkout", "--quiet", "main"]);
        repository.write("a.md", "main\n");
        repository.commit_all("main");
        repository.git(&["checkout", "--quiet", "feature"]);
        assert!(!repository.run(&["rebase", "main"]).status.success());
        assert_eq!(failure(repository.store().lock()), ("store-operation-in-progress", Exit::Refused));
        let store = repository.store().on_branch(Some("main")).unwrap();
        record(&store, &[("b.md", Some("b\n"))]);
        let rebased = repository.store().on_branch(Some("feature")).unwrap();
        assert_eq!(failure(rebased.lock()), ("store-operation-in-progress", Exit::Refused));
    }

    #[test]
    fn commits_that_the_upstream_lacks_are_counted() {
        let repository = TestRepository::with_commit();
        let store = repository.store();
        assert_eq!(store.unshared(), None);
        repository.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
        for (key, value) in [
            ("remote.origin.url", "."),
            ("remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*"),
            ("branch.main.remote", "origin"),
            ("branch.main.merge", "refs/heads/main"),
        ] {
            repository.git(&["config", key, value]);
        }
        assert_eq!(store.unshared(), Some(0));
        record(&store, &[("b.md", Some("b\n"))]);
        record(&store, &[("b.md", Some("c\n"))]);
        assert_eq!(store.unshared(), Some(2));
    }
}
