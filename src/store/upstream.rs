//! Where the store's branch is shared: the remote, the branch there, and what this clone remembers of it.

use anyhow::Result;
use git2::{ErrorCode, Oid};

use super::Store;
use super::failures::{git_failed, git_line, quoted};
use super::object::object_id;
use crate::failure::{Exit, Failure, Message};

/// The branch of another repository that the store's branch is shared with (`branch.<name>.remote` and `.merge`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upstream {
    /// The remote's name in git's configuration.
    pub remote: String,
    /// The branch there, in full: `refs/heads/main`.
    pub branch: String,
    /// What this clone remembers of it: `refs/remotes/origin/main`.
    pub(super) tracking: String,
}

impl Upstream {
    /// As git shows it: `origin/main`.
    pub fn short(&self) -> String {
        format!("{}/{}", self.remote, self.branch_name())
    }

    /// The branch there: `main`.
    pub fn branch_name(&self) -> &str {
        self.branch.strip_prefix("refs/heads/").unwrap_or(&self.branch)
    }
}

/// How the store's branch and its upstream differ, as far as this clone knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Distance {
    /// Commits that only this clone has.
    pub ahead: usize,
    /// Commits that only the upstream has.
    pub behind: usize,
}

impl Store {
    /// Whether the repository knows another one to share with.
    pub fn has_remote(&self) -> bool {
        self.repository.remotes().is_ok_and(|remotes| !remotes.is_empty())
    }

    /// Where the store's branch is shared.
    ///
    /// # Errors
    /// There is no remote, the branch has no upstream, or no branch is checked out; the hint has the command that
    /// makes one.
    pub fn upstream(&self) -> Result<Upstream, Failure> {
        let Some(reference) = self.placement.branch_reference() else {
            return Err(Failure::new(Exit::Refused, "sync-detached").hint(Message::new("sync-hint-switch")));
        };
        self.upstream_of(&reference).ok_or_else(|| self.no_upstream())
    }

    fn upstream_of(&self, reference: &str) -> Option<Upstream> {
        let text = |name: git2::Buf| name.as_str().ok().map(str::to_owned);
        let remote = self.repository.branch_upstream_remote(reference).ok().and_then(text)?;
        let tracking = self.repository.branch_upstream_name(reference).ok().and_then(text)?;
        let name = reference.strip_prefix("refs/heads/")?;
        let branch = self.config_value(&format!("branch.{name}.merge"))?;
        // A branch of this very repository is shared with nobody.
        (remote != ".").then_some(Upstream { remote, branch, tracking })
    }

    fn no_upstream(&self) -> Failure {
        let branch = self.placement.branch().unwrap_or_default();
        let remotes = self.repository.remotes();
        let mut names: Vec<&str> = remotes.iter().flatten().flatten().flatten().collect();
        names.sort_by_key(|name| (*name != "origin", *name));
        match names.first() {
            None => Failure::new(Exit::Network, "sync-no-remote").hint(
                Message::new("sync-hint-command")
                    .with("command", git_line(&self.root, "remote add origin URL")),
            ),
            Some(remote) => {
                let command = git_line(
                    &self.root,
                    &format!("push --set-upstream {} {}", quoted(remote.as_ref()), quoted(branch.as_ref())),
                );
                Failure::new(Exit::Network, "sync-no-upstream")
                    .with("branch", branch)
                    .hint(Message::new("sync-hint-command").with("command", command))
            }
        }
    }

    /// The commit at the end of the upstream as of the last time this clone looked; none if it never saw one.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn upstream_tip(&self, upstream: &Upstream) -> Result<Option<String>> {
        Ok(self.remembered(upstream)?.map(|id| id.to_string()))
    }

    pub(super) fn remembered(&self, upstream: &Upstream) -> Result<Option<Oid>> {
        self.id_of(&upstream.tracking)
    }

    /// Forgets what the branch there was: it is no longer there, and all that is here is still to be shared.
    pub(super) fn forget(&self, upstream: &Upstream) -> Result<()> {
        match self.repository.find_reference(&upstream.tracking).and_then(|mut there| there.delete()) {
            Err(error) if error.code() != ErrorCode::NotFound => Err(git_failed("moving")(error)),
            _ => Ok(()),
        }
    }

    /// How far the branch and its upstream are apart; none without an upstream.
    pub fn distance(&self) -> Option<Distance> {
        let upstream = self.upstream().ok()?;
        let tip = self.tip_id().ok()??;
        let Some(theirs) = self.remembered(&upstream).ok()? else {
            return Some(Distance { ahead: self.count_commits(tip)?, behind: 0 });
        };
        if tip == theirs {
            return Some(Distance::default());
        }
        let (ahead, behind) = self.repository.graph_ahead_behind(tip, theirs).ok()?;
        Some(Distance { ahead, behind })
    }

    /// Whether the branch and its upstream, as far as both are known here, have no commit in common.
    pub fn is_unrelated(&self, upstream: &Upstream) -> bool {
        let tips = (self.tip_id(), self.remembered(upstream));
        let (Ok(Some(tip)), Ok(Some(theirs))) = tips else { return false };
        // What a shallow clone lacks may be what they have in common.
        let apart = |error: git2::Error| error.code() == ErrorCode::NotFound && !self.is_shallow();
        self.repository.merge_base(tip, theirs).err().is_some_and(apart)
    }

    fn count_commits(&self, tip: Oid) -> Option<usize> {
        let mut walk = self.repository.revwalk().ok()?;
        walk.push(tip).ok()?;
        Some(walk.count())
    }

    /// How many records the upstream lacks: commits, and where the store is a part of a repository, those that change
    /// something in it. None without an upstream.
    pub fn unshared(&self) -> Option<usize> {
        if self.prefix.is_empty() {
            return Some(self.distance()?.ahead);
        }
        let upstream = self.upstream().ok()?;
        let commits = self.unshared_commits(&upstream).ok()?;
        Some(commits.iter().filter(|commit| self.changes(commit, true).unwrap_or(true)).count())
    }

    /// The subjects of the commits that the upstream lacks and that change something outside the store, which nobody
    /// has asked to be sent. A store that has its repository to itself has none.
    ///
    /// # Errors
    /// The commits cannot be read.
    pub fn unshared_strangers(&self, upstream: &Upstream) -> Result<Vec<String>> {
        if self.prefix.is_empty() {
            return Ok(Vec::new());
        }
        let mut strangers = Vec::new();
        for commit in self.unshared_commits(upstream)? {
            if commit.parent_count() < 2 && self.changes(&commit, false)? {
                let subject = commit.summary_bytes().unwrap_or_default();
                strangers.push(String::from_utf8_lossy(subject).into_owned());
            }
        }
        Ok(strangers)
    }

    fn unshared_commits(&self, upstream: &Upstream) -> Result<Vec<git2::Commit<'_>>> {
        let Some(tip) = self.tip_id()? else { return Ok(Vec::new()) };
        let mut walk = self.repository.revwalk().map_err(git_failed("reading"))?;
        walk.push(tip).map_err(git_failed("reading"))?;
        if let Some(theirs) = self.remembered(upstream)? {
            walk.hide(theirs).map_err(git_failed("reading"))?;
        }
        walk.map(|id| self.commit(id.map_err(git_failed("reading"))?)).collect()
    }

    /// Whether the commit changes a file of the store, or one that is not (`own` false).
    fn changes(&self, commit: &git2::Commit<'_>, own: bool) -> Result<bool> {
        let tree = commit.tree().map_err(git_failed("reading"))?;
        let before = commit.parent(0).ok().and_then(|parent| parent.tree().ok());
        let diff = self.repository.diff_tree_to_tree(before.as_ref(), Some(&tree), None);
        let diff = diff.map_err(git_failed("reading"))?;
        let prefix = self.prefix.as_bytes();
        Ok(diff.deltas().any(|delta| {
            let path = delta.new_file().path_bytes().or(delta.old_file().path_bytes());
            path.is_none_or(|path| path.starts_with(prefix) == own)
        }))
    }

    /// Whether the branch's history has `commit` already.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn has_commit(&self, commit: &str) -> Result<bool> {
        self.tip()?.map_or(Ok(false), |tip| self.leads_to(commit, &tip))
    }

    /// Whether the commit `ancestor` is `descendant` or one of its ancestors.
    ///
    /// # Errors
    /// The history cannot be read.
    pub fn leads_to(&self, ancestor: &str, descendant: &str) -> Result<bool> {
        let (ancestor, descendant) = (object_id(ancestor)?, object_id(descendant)?);
        let descends = || self.repository.graph_descendant_of(descendant, ancestor);
        Ok(ancestor == descendant || descends().map_err(git_failed("reading"))?)
    }

    /// The same store seen from the top of its repository, for what concerns every file of the branch.
    #[must_use]
    pub fn at_top(self) -> Self {
        let top = self.git.directory().to_owned();
        Self { root: top, prefix: String::new(), inside: std::cell::RefCell::default(), ..self }
    }
}
