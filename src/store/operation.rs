//! Operations of git that a person has begun and not ended, during which nothing is recorded.

use std::fs;
use std::path::Path;

use git2::RepositoryState;

use super::failures::git_line;
use super::{Placement, Store};
use crate::failure::{Exit, Failure, Message};

/// An act of git that has begun in a worktree and not ended, as `git status` tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    Merge,
    Rebase,
    CherryPick,
    Revert,
    Bisect,
    /// `git am`
    Mail,
}

impl Operation {
    /// The word of git for it.
    pub fn token(self) -> &'static str {
        match self {
            Self::Merge => "merge",
            Self::Rebase => "rebase",
            Self::CherryPick => "cherry-pick",
            Self::Revert => "revert",
            Self::Bisect => "bisect",
            Self::Mail => "am",
        }
    }

    fn from_state(state: RepositoryState) -> Option<Self> {
        match state {
            RepositoryState::Clean => None,
            RepositoryState::Merge => Some(Self::Merge),
            RepositoryState::Revert | RepositoryState::RevertSequence => Some(Self::Revert),
            RepositoryState::CherryPick | RepositoryState::CherryPickSequence => Some(Self::CherryPick),
            RepositoryState::Bisect => Some(Self::Bisect),
            RepositoryState::Rebase | RepositoryState::RebaseInteractive | RepositoryState::RebaseMerge => {
                Some(Self::Rebase)
            }
            RepositoryState::ApplyMailbox | RepositoryState::ApplyMailboxOrRebase => Some(Self::Mail),
        }
    }
}

impl Store {
    /// What stands in the way of a commit on the store's branch: an operation in the worktree that has it checked out,
    /// or a rebase of it anywhere. One on another branch does not.
    pub fn operation_in_progress(&self) -> Option<Operation> {
        if let Placement::Elsewhere { branch, .. } = &self.placement {
            return self.is_rebased(branch).then_some(Operation::Rebase);
        }
        self.worktree_operation()
    }

    /// What is in progress in the worktree at hand, whatever branch it is on.
    pub(super) fn worktree_operation(&self) -> Option<Operation> {
        let state = Operation::from_state(self.repository.state());
        state.or_else(|| rest_of_sequence(self.repository.path()))
    }

    fn is_rebased(&self, branch: &str) -> bool {
        let common = self.repository.commondir();
        let linked = fs::read_dir(common.join("worktrees"))
            .map(|entries| entries.flatten().map(|entry| entry.path()).collect::<Vec<_>>())
            .unwrap_or_default();
        linked
            .iter()
            .map(std::path::PathBuf::as_path)
            .chain([common])
            .any(|directory| rebases(directory, branch))
    }

    /// The refusal while `operation`, if any, is in progress.
    pub(super) fn refuse(&self, operation: Option<Operation>) -> Result<(), Failure> {
        let Some(operation) = operation else { return Ok(()) };
        let failure =
            Failure::new(Exit::Refused, "store-operation-in-progress").with("operation", operation.token());
        let finish = match operation {
            Operation::Bisect => "bisect reset".to_owned(),
            _ => format!("{} --continue", operation.token()),
        };
        let line = |words: &str| git_line(&self.root, words);
        Err(failure
            .hint(Message::new("store-hint-look").with("command", line("status")))
            .hint(Message::new("store-hint-finish").with("command", line(&finish))))
    }
}

/// What is left to be done of several commits, after the one that stopped was committed by hand.
fn rest_of_sequence(git_directory: &Path) -> Option<Operation> {
    let left = fs::read_to_string(git_directory.join("sequencer/todo")).ok()?;
    match left.split_whitespace().next()? {
        "revert" => Some(Operation::Revert),
        "pick" => Some(Operation::CherryPick),
        _ => None,
    }
}

fn rebases(git_directory: &Path, branch: &str) -> bool {
    ["rebase-merge", "rebase-apply"].iter().any(|kind| {
        fs::read_to_string(git_directory.join(kind).join("head-name"))
            .is_ok_and(|name| name.trim() == format!("refs/heads/{branch}"))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{TestRepository, failure};
    use super::super::{CommitOptions, Store};
    use super::*;

    /// A repository whose branches `main` and `side` conflict.
    fn conflicting() -> TestRepository {
        let repository = TestRepository::with_commit();
        repository.git(&["checkout", "--quiet", "-b", "side"]);
        repository.write("a.md", "side\n");
        repository.commit_all("side");
        repository.git(&["checkout", "--quiet", "main"]);
        repository.write("a.md", "main\n");
        repository.commit_all("main");
        repository
    }

    #[test]
    fn nothing_is_recorded_during_an_operation() {
        let check = |begin: &[&str], expected: Operation| {
            let repository = conflicting();
            let store: Store = repository.store();
            assert_eq!(store.operation_in_progress(), None);
            repository.run(begin);
            assert_eq!(store.operation_in_progress(), Some(expected), "{begin:?}");
            let refused = ("store-operation-in-progress", Exit::Refused);
            assert_eq!(failure(store.lock()), refused);
            assert_eq!(failure(store.preflight(&CommitOptions::default())), refused);
        };
        check(&["merge", "side"], Operation::Merge);
        check(&["rebase", "side"], Operation::Rebase);
        check(&["cherry-pick", "side"], Operation::CherryPick);
        check(&["revert", "--no-edit", "side"], Operation::Revert);
        check(&["bisect", "start"], Operation::Bisect);
    }

    #[test]
    fn the_rest_of_several_commits_is_an_operation() {
        for (command, expected) in [("cherry-pick", Operation::CherryPick), ("revert", Operation::Revert)] {
            let repository = conflicting();
            repository.git(&["checkout", "--quiet", "side"]);
            repository.write("b.md", "side\n");
            repository.commit_all("more");
            repository.git(&["checkout", "--quiet", "main"]);
            repository.run(&[command, "side~1", "side"]);
            repository.write("a.md", "both\n");
            repository.commit_all("by hand");
            assert_eq!(repository.store().operation_in_progress(), Some(expected));
        }
    }
}
