//! Failures of files and of libgit2, in one shape: what was being done, to what, and what the system said.

use std::io;
use std::path::Path;

use crate::failure::{Exit, Failure};

/// A file operation that the system refused. `doing` is `reading`, `writing`, `creating`, `removing` or `locking`.
pub(super) fn file_failed(doing: &'static str, path: &Path, error: &io::Error) -> anyhow::Error {
    Failure::new(Exit::Failed, "store-file-failed")
        .with("doing", doing)
        .with("path", path.display())
        .with("error", error)
        .into()
}

/// Turns an error of libgit2 into a failure. `doing` is `reading`, `writing`, `moving` (a branch) or `indexing`.
pub(super) fn git_failed(doing: &'static str) -> impl Fn(git2::Error) -> anyhow::Error {
    move |error| {
        Failure::new(Exit::Git, "store-git-failed").with("doing", doing).with("error", error.message()).into()
    }
}
