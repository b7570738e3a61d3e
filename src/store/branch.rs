//! Moving the store's branch by compare-and-swap, with an entry in its reflog.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use git2::{ErrorCode, Oid, Signature};

use super::failures::{git_failed, quoted};
use super::journal::Journal;
use super::private::remove_if_there;
use super::{Store, lock};
use crate::failure::{Exit, Failure, Message};

/// For how long a branch's lock stays empty at most while its holder lives. git writes the new id into it at once,
/// before it runs hooks.
const EMPTY_LOCK: Duration = Duration::from_secs(1);

impl Store {
    /// Moves the branch from `tip` (none: not born yet) to `commit`; false if it is no longer at `tip`.
    ///
    /// # Errors
    /// Somebody else holds its lock for too long, or the system refuses.
    pub(super) fn move_branch(
        &self,
        tip: Option<Oid>,
        commit: Oid,
        committer: &Signature<'_>,
        message: &str,
    ) -> Result<bool> {
        let reference = self.placement.reference();
        let mut references = self.repository.transaction().map_err(git_failed("moving"))?;
        let locked = lock::wait(self.patience, || match references.lock_ref(&reference) {
            Ok(()) => Ok(Some(())),
            Err(error) if error.code() == ErrorCode::Locked => Ok(None),
            Err(error) => Err(git_failed("moving")(error)),
        })?;
        if locked.is_none() {
            let lock = quoted(&self.branch_lock(&reference));
            return Err(Failure::new(Exit::Refused, "store-branch-locked")
                .with("branch", reference)
                .hint(Message::new("store-hint-index-lock").with("path", lock))
                .into());
        }
        if self.tip_id()? != tip {
            return Ok(false);
        }
        references
            .set_target(&reference, commit, Some(committer), message)
            .and_then(|()| references.commit())
            .map_err(git_failed("moving"))?;
        Ok(true)
    }

    /// Where git locks `reference`.
    fn branch_lock(&self, reference: &str) -> PathBuf {
        let is_head = reference == "HEAD";
        let directory = if is_head { self.repository.path() } else { self.repository.commondir() };
        directory.join(format!("{reference}.lock"))
    }

    /// Removes the lock that the dead writer of `journal` left on its branch: one that names its commit, or one that
    /// stays empty. No other command of ours holds one, and git's own are left alone.
    pub(super) fn break_branch_lock(&self, journal: &Journal) -> Result<()> {
        let path = self.branch_lock(&journal.reference);
        let Some(commit) = &journal.new_commit else { return Ok(()) };
        let dead = format!("{commit}\n");
        let freed = lock::wait(self.patience.min(EMPTY_LOCK), || match fs::read(&path) {
            Ok(content) if content == dead.as_bytes() => remove_if_there(&path).map(Some),
            Ok(content) if content.is_empty() => Ok(None),
            _ => Ok(Some(())),
        })?;
        if freed.is_none() { remove_if_there(&path) } else { Ok(()) }
    }
}
