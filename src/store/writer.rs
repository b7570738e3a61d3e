//! The only way to write: a lock on the store, the bytes of the branch's tip, and commits of given paths.

use anyhow::Result;
use chrono::{DateTime, FixedOffset};
use git2::Oid;

use super::commit::Transaction;
use super::failures::not_recovered;
use super::journal::{Journal, parse_id};
use super::lock::StoreLock;
use super::{NamedEmail, Store, StorePath, recovery, worktree};
use crate::failure::{Failure, Message};

/// What may be left out of a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommitOptions {
    /// Run `pre-commit` and `commit-msg`; `--no-verify` turns it off.
    pub verify: bool,
    /// Sign where `commit.gpgsign` says so; `--no-gpg-sign` turns it off.
    pub sign: bool,
}

impl Default for CommitOptions {
    fn default() -> Self {
        Self { verify: true, sign: true }
    }
}

/// A commit to be made.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Each file's new bytes as git stores them; none removes it.
    pub files: Vec<(StorePath, Option<Vec<u8>>)>,
    /// Hand edits that the new bytes take in, as [`WorktreeFile`] gave them: they may be replaced in the worktree.
    pub seen: Vec<(StorePath, Vec<u8>)>,
    /// Subject, body and trailers.
    pub message: String,
    pub author: NamedEmail,
    pub committer: NamedEmail,
    /// When it happened.
    pub author_time: DateTime<FixedOffset>,
    /// When it was recorded.
    pub committer_time: DateTime<FixedOffset>,
    pub options: CommitOptions,
}

/// What became of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Committed {
        commit: String,
        /// What the person should know, such as a file that could not be put into the worktree.
        warnings: Vec<Message>,
    },
    /// The branch has everything already: no commit.
    Unchanged,
    /// The branch moved since the writer read it. The writer reads the new tip from now on: compute anew and retry.
    Moved,
}

/// The worktree's file, compared with the branch's tip after git's conversions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorktreeFile {
    /// As the tip has it, or there is no worktree.
    Clean,
    /// Deleted by hand.
    Missing,
    /// Changed by hand; the bytes as git would store them.
    Edited(Vec<u8>),
    /// Not at the tip; the bytes as git would store them.
    Untracked(Vec<u8>),
    /// What is staged differs from the tip and from the worktree: what the person means cannot be known.
    PartlyStaged,
}

/// The right to write to the store, which no other process has meanwhile.
pub struct Writer<'a> {
    pub(super) store: &'a Store,
    pub(super) tip: Option<Oid>,
    recovered: Vec<Message>,
    _lock: StoreLock,
}

impl Store {
    /// Waits for other writers, finishes or discards what a dead one left, and gives the right to write.
    ///
    /// # Errors
    /// Exit 6 while an operation of git is in progress, or when another writer does not end.
    pub fn lock(&self) -> Result<Writer<'_>> {
        self.private_directory()?;
        // Longer than for git's locks: whoever has this one is alive, and others may stand in line.
        let lock = StoreLock::acquire(&self.lock_path(), self.patience * 4)?;
        self.refuse(self.operation_in_progress())?;
        let recovered = recovery::recover(self)?;
        Ok(Writer { store: self, tip: self.tip_id()?, recovered, _lock: lock })
    }

    /// Whether a writer died on the way, or is at work. Costs one look at a file.
    pub fn has_unfinished_journal(&self) -> bool {
        self.private_root().join(super::journal::NAME).exists()
    }

    /// What `lock` does for a dead writer's commit, for commands that only read. Where another writer is at work or an
    /// operation is in progress it does nothing; where it cannot be done, that is said, and what is there can be read.
    pub fn recover(&self) -> Vec<Message> {
        if !self.has_unfinished_journal() || self.worktree_operation().is_some() {
            return Vec::new();
        }
        let recovered = || match StoreLock::try_acquire(&self.lock_path())? {
            Some(_lock) => recovery::recover(self),
            None => Ok(Vec::new()),
        };
        recovered().unwrap_or_else(|error| not_recovered(&error))
    }

    fn lock_path(&self) -> std::path::PathBuf {
        self.private_root().join("lock")
    }
}

impl Writer<'_> {
    /// The committed bytes of `path` at the branch's tip.
    ///
    /// # Errors
    /// It is no file, or too large.
    pub fn read(&self, path: &StorePath) -> Result<Option<Vec<u8>>> {
        self.store.read_at(self.tip, path)
    }

    /// What the person at hand has done to `path` since the tip.
    ///
    /// # Errors
    /// The file or the index cannot be read.
    pub fn worktree(&self, path: &StorePath) -> Result<WorktreeFile> {
        worktree::compare(self.store, self.tip, path)
    }

    /// Puts the file at `path` back into the worktree as the tip has it, if it was deleted by hand; says whether it was.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn restore(&self, path: &StorePath) -> Result<bool> {
        let entry = self.store.entry_at(self.tip, path)?;
        let Some(entry) = entry.filter(|_| self.store.placement.has_worktree()) else { return Ok(false) };
        if worktree::raw_bytes(self.store, path)?.is_some() {
            return Ok(false);
        }
        let bytes = self.store.worktree_bytes(path, entry.id())?;
        worktree::put_back(self.store, path, Some(&bytes), &Journal::begin(self.store, self.tip)?.token)?;
        Ok(true)
    }

    /// What was mended when the lock was taken, for the person to know.
    pub fn recovered(&self) -> &[Message] {
        &self.recovered
    }

    /// The commit that `read` reads.
    pub fn tip(&self) -> Option<String> {
        self.tip.map(|tip| tip.to_string())
    }

    /// Ends what an earlier commit of this writer could not bring to its end: a new journal would take the place of the
    /// one that says how.
    pub(super) fn end_unfinished(&mut self) -> Result<()> {
        if self.store.has_unfinished_journal() {
            recovery::recover(self.store)?;
        }
        Ok(())
    }

    /// Makes one commit on the branch's tip that changes the proposal's files alone, then puts them into the worktree
    /// and the index. What else is staged or unsaved stays as it is. On an error everything is as it was.
    ///
    /// # Errors
    /// A hook, signing or the identity (exit 7), a lock or a file in the way (exit 6), or the system (exit 1).
    pub fn commit(&mut self, proposal: &Proposal) -> Result<Outcome> {
        self.end_unfinished()?;
        let outcome = match self.transact(proposal) {
            // A garbage collection of git's removes folders of objects while we write into them.
            Err(error) if is_unwritten(&error) => self.transact(proposal)?,
            outcome => outcome?,
        };
        self.tip = match &outcome {
            // Ours, not whatever the branch has by now: what is computed from it must not overwrite what came after.
            Outcome::Committed { commit, .. } => parse_id(Some(commit.as_str())),
            Outcome::Unchanged | Outcome::Moved => self.store.tip_id()?,
        };
        Ok(outcome)
    }

    fn transact(&self, proposal: &Proposal) -> Result<Outcome> {
        match Transaction::prepare(self.store, self.tip, proposal)? {
            Some(transaction) => transaction.run(),
            None => Ok(Outcome::Unchanged),
        }
    }
}

/// Whether an object could not be written.
fn is_unwritten(error: &anyhow::Error) -> bool {
    error.downcast_ref::<Failure>().is_some_and(|failure| {
        let writing = ("doing", "writing".to_owned());
        failure.message.key == "store-git-failed" && failure.message.facts.contains(&writing)
    })
}
