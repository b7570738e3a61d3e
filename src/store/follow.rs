//! Bringing the worktree and the index up to a commit of the branch they have checked out.

use anyhow::Result;

use super::Store;
use super::changed_file::ChangedFile;
use super::index::{IndexWriter, Update};
use super::worktree::{self, Placed};
use crate::failure::Message;

/// Puts `files` into the worktree and the index, each only where it still has the old bytes, and says what was left
/// alone. `token` names the temporary files.
pub(super) fn follow(
    store: &Store,
    files: &[ChangedFile],
    index: IndexWriter<'_>,
    token: &str,
) -> Result<Vec<Message>> {
    let mut warnings = Vec::new();
    let mut updates = Vec::new();
    for file in files {
        let staged = index.entry(&file.path)?;
        let file = store.over_outdated(file, staged.as_ref())?;
        // What a sparse checkout leaves out stays out.
        let skipped = staged.is_some_and(|entry| entry.skip_worktree);
        let in_worktree = !skipped && worktree::place(store, &file, token)? == Placed::Done;
        if file.outdated.is_some() {
            warnings.push(Message::new("store-file-outdated").with("path", &file.path));
        }
        if !skipped && !in_worktree {
            warnings.push(Message::new("store-file-left").with("path", &file.path));
        }
        updates.push(Update { file, in_worktree });
    }
    let left = index.update(&updates)?;
    warnings.extend(left.into_iter().map(|path| Message::new("store-staged-left").with("path", path)));
    Ok(warnings)
}
