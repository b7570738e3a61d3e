//! The store: one git repository, its files and its history, and the only way to write them.
//!
//! Reading takes the checked-out files, or the branch's tree where another branch is checked out. Writing goes
//! through `Store::lock` and `Writer::commit`: one commit that holds the given paths alone.
#![expect(clippy::disallowed_methods, reason = "this module owns files and the git program")]

mod accounts;
mod advance;
mod branch;
mod changed_file;
mod combine;
mod commit;
mod configuration;
mod conversion;
mod create;
mod driver;
mod durable;
mod exchange;
mod failures;
mod follow;
pub mod git;
mod give_up;
mod history;
mod hooks;
mod identity;
mod index;
mod journal;
mod listing;
mod lock;
mod missing;
mod object;
mod open;
mod operation;
mod outdated;
mod path;
mod placement;
mod preflight;
mod private;
mod pruned;
mod read;
mod recovery;
mod signatures;
mod signing;
mod substitute;
mod swap;
mod taking_back;
#[cfg(test)]
mod testing;
mod upstream;
mod worktree;
mod writer;

use std::cell::RefCell;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use git2::{Oid, Repository};

pub use combine::{Combination, Conflict};
pub use configuration::ConfigEnv;
pub use create::{create, repository_around};
pub use driver::Registration;
pub use exchange::{Attendance, Pushed};
pub use history::{FileChange, Person, Revision};
pub use identity::{Identity, IdentityEnv, NamedEmail, default_identity};
pub use listing::Listing;
pub use missing::rules_missing;
pub use open::{Hidden, discover, discover_committed, finish_interrupted, resolved};
pub use operation::Operation;
pub use path::StorePath;
pub use placement::Placement;
pub use private::{Claim, PrivateLock};
pub use read::MAX_FILE_BYTES;
pub use signatures::Signature;
pub use upstream::{Distance, Upstream};
pub use writer::{CommitOptions, Outcome, Proposal, WorktreeFile, Writer};

/// One store, opened.
pub struct Store {
    repository: Repository,
    git: git::Git,
    root: PathBuf,
    /// The root's path inside the repository, with a `/` at its end; empty at the top.
    prefix: String,
    placement: Placement,
    config_env: ConfigEnv,
    /// How long to wait for somebody else's lock.
    patience: Duration,
    /// Folders known to lie inside the store.
    inside: RefCell<HashSet<PathBuf>>,
}

impl Store {
    /// The directory that holds `severity.toml`, without symbolic links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The way from the top of the repository to the store, with a `/` at its end; empty at the top.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Where the store's branch is shared, else `origin`, else the first remote.
    pub fn remote_url(&self) -> Option<String> {
        let upstream = self.placement.branch_reference().and_then(|reference| {
            let name = self.repository.branch_upstream_remote(&reference).ok()?;
            name.as_str().ok().map(str::to_owned)
        });
        let remotes = self.repository.remotes().ok()?;
        let first = remotes.iter().flatten().flatten().next().map(str::to_owned);
        let names = [upstream, Some("origin".to_owned()), first];
        let found = names.into_iter().flatten().find_map(|name| self.repository.find_remote(&name).ok())?;
        found.url().ok().map(str::to_owned)
    }

    /// Where reads and writes of the store go.
    pub fn placement(&self) -> &Placement {
        &self.placement
    }

    /// The user's `git` program, started in this repository.
    pub fn git(&self) -> &git::Git {
        &self.git
    }

    /// The same store, waiting for locks of others for at most `patience`.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// The commit at the end of the store's branch; none while nothing has been committed.
    ///
    /// # Errors
    /// The branch cannot be read.
    pub fn tip(&self) -> Result<Option<String>> {
        Ok(self.tip_id()?.map(|id| id.to_string()))
    }

    /// Whether the clone lacks a part of the history.
    pub fn is_shallow(&self) -> bool {
        self.repository.is_shallow()
    }

    /// The whole id and the subject of the commit that `id` begins; none if there is none, or several.
    pub fn commit_named(&self, id: &str) -> Option<(String, String)> {
        let commit = self.repository.revparse_single(id).ok()?.peel_to_commit().ok()?;
        let found = commit.id().to_string();
        let subject = String::from_utf8_lossy(commit.summary_bytes()?).into_owned();
        // A branch or a tag may be called like a hash, and is none.
        found.starts_with(&id.to_lowercase()).then_some((found, subject))
    }

    fn tip_id(&self) -> Result<Option<Oid>> {
        self.id_of(&self.placement.reference())
    }

    /// The commit that a reference leads to; none if there is no such reference, or nothing is committed on it yet.
    fn id_of(&self, reference: &str) -> Result<Option<Oid>> {
        match self.repository.refname_to_id(reference) {
            Ok(id) => Ok(Some(id)),
            Err(error) if error.code() == git2::ErrorCode::NotFound => Ok(None),
            Err(error) => Err(failures::git_failed("reading")(error)),
        }
    }

    /// `path` as git names it, from the top of the repository.
    pub fn in_repository(&self, path: &StorePath) -> String {
        format!("{}{path}", self.prefix)
    }
}
