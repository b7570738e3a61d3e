//! Moving the store's branch by compare-and-swap, with an entry in its reflog.

use anyhow::Result;
use git2::{ErrorCode, Oid, Signature};

use super::failures::git_failed;
use super::{Store, lock};
use crate::failure::{Exit, Failure};

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
            return Err(Failure::new(Exit::Refused, "store-branch-locked").with("branch", reference).into());
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
}
