//! One file of a commit, as git's blobs before and after.

use anyhow::{Context, Result};
use git2::{FileMode, ObjectType, Oid, TreeEntry};

use super::failures::git_failed;
use super::{Store, StorePath, worktree};
use crate::failure::{Exit, Failure};

/// A file's way from one blob to another; none is its absence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ChangedFile {
    pub path: StorePath,
    pub old: Option<Oid>,
    pub new: Option<Oid>,
    /// A hand edit that `new` takes in: the worktree may have it in place of `old`.
    pub seen: Option<Oid>,
    /// An older committed version that is staged, and that the worktree may have as well: nothing of anybody's.
    pub outdated: Option<Oid>,
    /// git's file mode.
    pub mode: u32,
    /// Whether the file becomes executable, or no longer is.
    pub turned: bool,
}

impl ChangedFile {
    /// Writes the blob of `bytes`, which are to be at `path` after commit `tip`.
    ///
    /// # Errors
    /// The path is a folder or a link at the tip; or it is new, and the worktree has something else there.
    pub(super) fn write(
        store: &Store,
        tip: Option<Oid>,
        path: &StorePath,
        bytes: Option<&[u8]>,
        seen: Option<&[u8]>,
    ) -> Result<Self> {
        if store.placement.has_worktree() {
            worktree::check_folder(store, path)?;
        }
        store.refuse_linked_folders(tip, path)?;
        let entry = store.entry_at(tip, path)?;
        if entry.as_ref().is_some_and(|entry| !is_plain_file(entry)) {
            return Err(Failure::new(Exit::Failed, "store-not-a-file").with("path", path).into());
        }
        let blob = |bytes: Option<&[u8]>| bytes.map(|bytes| store.repository.blob(bytes)).transpose();
        if let Some(bytes) = bytes {
            store.refuse_filtered(path, bytes)?;
        }
        let new = blob(bytes).map_err(git_failed("writing"))?;
        // Kept as an object too, so that whoever takes the commit back can put it back.
        let seen = blob(seen).map_err(git_failed("writing"))?;
        if store.placement.has_worktree() {
            worktree::check_writable(store, path)?;
        }
        if entry.is_none() && store.placement.has_worktree() {
            let there = worktree::current_id(store, path)?;
            if there.is_some() && there != new && there != seen {
                return Err(Failure::new(Exit::Refused, "store-file-in-the-way").with("path", path).into());
            }
        }
        let mode = entry.as_ref().map_or(i32::from(FileMode::Blob), TreeEntry::filemode);
        let mode = u32::try_from(mode).context("git's file modes are positive")?;
        let old = entry.map(|entry| entry.id());
        Ok(Self { path: path.clone(), old, new, seen, outdated: None, mode, turned: false })
    }

    /// Whether the worktree has what this change may replace.
    pub(super) fn may_replace(&self, current: Option<Oid>) -> bool {
        let is_some_of = |id: Option<Oid>| id.is_some() && current == id;
        current == self.old || is_some_of(self.seen) || is_some_of(self.outdated)
    }

    /// The way back.
    pub(super) fn reversed(&self) -> Self {
        let put_back = self.seen.or(self.old);
        Self {
            path: self.path.clone(),
            old: self.new,
            new: put_back,
            seen: None,
            outdated: None,
            mode: self.mode,
            turned: false,
        }
    }
}

fn is_plain_file(entry: &TreeEntry<'_>) -> bool {
    let executable = i32::from(FileMode::BlobExecutable);
    let is_file_mode = [i32::from(FileMode::Blob), executable].contains(&entry.filemode());
    entry.kind() == Some(ObjectType::Blob) && is_file_mode
}
