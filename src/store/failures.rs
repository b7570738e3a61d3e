//! Failures of files and of libgit2, in one shape: what was being done, to what, and what the system said.

use std::io;
use std::path::Path;

use crate::domain::invocation;
use crate::failure::{Exit, Failure, Message};

/// A file operation that the system refused. `doing` is `reading`, `writing`, `creating`, `removing` or `locking`.
pub(super) fn file_failed(doing: &'static str, path: &Path, error: &io::Error) -> anyhow::Error {
    Failure::new(Exit::Failed, "store-file-failed")
        .with("doing", doing)
        .with("path", path.display())
        .with("error", error)
        .into()
}

/// `git` and `words`, as somebody types it wherever they stand, about the repository at `root`.
pub(super) fn git_line(root: &Path, words: &str) -> String {
    format!("git -C {} {words}", quoted(root))
}

/// `path` as a word of a command to be typed.
pub(super) fn quoted(path: &Path) -> String {
    invocation::quoted(&path.to_string_lossy())
}

/// Turns an error of libgit2 into a failure. `doing` is `reading`, `writing`, `moving` (a branch) or `indexing`.
pub(super) fn git_failed(doing: &'static str) -> impl Fn(git2::Error) -> anyhow::Error {
    move |error| {
        Failure::new(Exit::Git, "store-git-failed").with("doing", doing).with("error", error.message()).into()
    }
}

/// The warning that what was recorded is not in the worktree yet, and why.
pub(super) fn worktree_behind(error: &anyhow::Error) -> Vec<Message> {
    with_cause("store-worktree-behind", error)
}

/// The warning that what a dead writer left could not be ended, and why. Nobody may know whether it had recorded anything.
pub(super) fn not_recovered(error: &anyhow::Error) -> Vec<Message> {
    with_cause("store-not-recovered", error)
}

fn with_cause(key: &'static str, error: &anyhow::Error) -> Vec<Message> {
    let mut messages = vec![Message::new(key)];
    match error.downcast_ref::<Failure>() {
        Some(failure) => messages.extend(std::iter::once(&failure.message).chain(&failure.hints).cloned()),
        None => messages.push(Message::new("store-cause").with("error", format!("{error:#}"))),
    }
    messages
}
