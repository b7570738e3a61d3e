//! Moving the store's branch by compare-and-swap, with an entry in its reflog.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use git2::{ErrorCode, Oid, Signature};

use super::failures::{git_failed, quoted};
use super::git::Call;
use super::journal::Journal;
use super::private::remove_if_there;
use super::{Store, lock};
use crate::failure::{Exit, Failure, Message};

/// For how long a branch's lock stays empty at most while its holder lives. git writes the new id into it at once,
/// before it runs hooks.
const EMPTY_LOCK: Duration = Duration::from_secs(1);

/// Asked by git before and told after each move of a reference.
const TRANSACTION_HOOK: &str = "reference-transaction";

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
        if self.has_hook(TRANSACTION_HOOK) {
            return self.move_by_program(tip, commit, committer, message);
        }
        let reference = self.placement.reference();
        let mut references = self.repository.transaction().map_err(git_failed("moving"))?;
        let locked = lock::wait(self.patience, || match references.lock_ref(&reference) {
            Ok(()) => Ok(Some(())),
            Err(error) if error.code() == ErrorCode::Locked => Ok(None),
            Err(error) => Err(git_failed("moving")(error)),
        })?;
        if locked.is_none() {
            return Err(self.branch_held(&reference).into());
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

    /// The same by the user's git, which asks their hook; libgit2 runs none.
    fn move_by_program(
        &self,
        tip: Option<Oid>,
        commit: Oid,
        committer: &Signature<'_>,
        message: &str,
    ) -> Result<bool> {
        let reference = self.placement.reference();
        let when = committer.when();
        let sign = when.sign();
        let zone = when.offset_minutes().abs();
        let date = format!("@{} {sign}{:02}{:02}", when.seconds(), zone / 60, zone % 60);
        let call = || {
            Call::new(&["update-ref", "--no-deref", "-m", message])
                .argument(&reference)
                .argument(commit.to_string())
                // Nothing but zeros: it must not be there yet.
                .argument(tip.unwrap_or(Oid::ZERO_SHA1).to_string())
                .environment("GIT_COMMITTER_DATE", &date)
                .environment("GIT_COMMITTER_NAME", String::from_utf8_lossy(committer.name_bytes()).as_ref())
                .environment("GIT_COMMITTER_EMAIL", String::from_utf8_lossy(committer.email_bytes()).as_ref())
        };
        let ended = lock::wait(self.patience, || {
            let answer = self.git.run(&call())?;
            let is_held = !answer.status.success() && answer.words().contains(".lock': File exists");
            Ok((!is_held).then_some(answer))
        })?;
        match ended {
            None => Err(self.branch_held(&reference).into()),
            Some(answer) if answer.status.success() => Ok(true),
            Some(_) if self.tip_id()? != tip => Ok(false),
            Some(answer) => Err(Failure::new(Exit::Git, "store-move-refused")
                .with("hook", TRANSACTION_HOOK)
                .with("output", answer.words())
                .into()),
        }
    }

    fn branch_held(&self, reference: &str) -> Failure {
        let lock = quoted(&self.branch_lock(reference));
        Failure::new(Exit::Refused, "store-branch-locked")
            .with("branch", reference)
            .hint(Message::new("store-hint-index-lock").with("path", lock))
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
