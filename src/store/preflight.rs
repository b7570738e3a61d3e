//! What would make a commit fail, as far as it can be known before the first question is asked.

use std::fs;

use anyhow::Result;

use super::failures::file_failed;
use super::journal::Journal;
use super::{CommitOptions, Store, lock};
use crate::failure::{Exit, Failure};

impl Store {
    /// Looks for everything that would stand in the way of a commit, cheaply and without asking anybody.
    /// The identity is `identity`'s to check.
    ///
    /// # Errors
    /// What `lock` or `Writer::commit` would fail with.
    pub fn preflight(&self, options: &CommitOptions) -> Result<()> {
        self.refuse(self.operation_in_progress())?;
        self.tip_id()?;
        self.check_writable()?;
        if self.placement.has_worktree() {
            self.check_index_lock()?;
        }
        if self.must_sign(*options)? {
            self.check_signing()?;
        }
        Ok(())
    }

    fn check_writable(&self) -> Result<()> {
        let directory = self.private_directory()?;
        tempfile::tempfile_in(&directory).map_err(|error| file_failed("writing", &directory, &error))?;
        let read_only = fs::metadata(&self.root).is_ok_and(|root| root.permissions().readonly());
        if self.placement.has_worktree() && read_only {
            return Err(Failure::new(Exit::Failed, "store-read-only")
                .with("path", self.root.display())
                .into());
        }
        Ok(())
    }

    /// A lock that a dead writer of ours left is no obstacle: the next one breaks it.
    fn check_index_lock(&self) -> Result<()> {
        let path = lock::path_in(self.repository.path());
        let Ok(content) = fs::read(&path) else { return Ok(()) };
        let journal = Journal::load(self)?;
        let own = journal.is_some_and(|journal| journal.token.as_bytes() == content);
        if own { Ok(()) } else { Err(lock::held(&path).into()) }
    }
}
