//! The worktree's files: what a person did to them, and putting new bytes in their place.

use std::fs::{self, Permissions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::Result;
use git2::Oid;
use tempfile::NamedTempFile;

use super::changed_file::ChangedFile;
use super::failures::{file_failed, git_line, quoted};
use super::private::sync_directory;
use super::read::is_absence;
use super::swap::{Swapped, keep, swap};
use super::{Store, StorePath, WorktreeFile, index};
use crate::failure::{Exit, Failure, Message};

/// What `place` did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placed {
    /// The worktree has the new bytes.
    Done,
    /// The worktree has neither the old nor the new bytes: somebody's own, left alone.
    Left,
    /// The same, and what somebody had saved just before that is this object of git's.
    LeftTwice(Oid),
}

/// Compares the worktree's file with the one of commit `tip`.
pub(super) fn compare(store: &Store, tip: Option<Oid>, path: &StorePath) -> Result<WorktreeFile> {
    if !store.placement.has_worktree() {
        return Ok(WorktreeFile::Clean);
    }
    let committed = store.entry_at(tip, path)?.map(|entry| entry.id());
    let raw = store.read_file(path)?;
    let current = raw.as_ref().map(|raw| store.stored_id(path, raw)).transpose()?;
    if current == committed {
        // The index, which may be large, is not read for this: `commit` looks at it anyway.
        return Ok(WorktreeFile::Clean);
    }
    if let Some(raw) = &raw {
        // What a filter makes of the file is no edit of anybody's.
        store.refuse_filtered(path, raw)?;
    }
    let staged = index::entry(store, path)?;
    if current.is_none() && staged.as_ref().is_some_and(|entry| entry.skip_worktree) {
        return Ok(WorktreeFile::Clean);
    }
    let staged = staged.map(|entry| entry.id);
    if let (Some(_), Some(id)) = (committed, staged.filter(|_| staged != committed))
        && store.was_committed(path, id)?
    {
        // Nothing that is staged is the person's.
        return match raw {
            Some(raw) if current != staged => store.stored_bytes(path, raw).map(WorktreeFile::Edited),
            Some(_) => Ok(WorktreeFile::Clean),
            None => Ok(WorktreeFile::Missing),
        };
    }
    if staged != committed && staged != current {
        return Ok(WorktreeFile::PartlyStaged);
    }
    match (committed, raw) {
        (_, None) => Ok(WorktreeFile::Missing),
        (Some(_), Some(raw)) => store.stored_bytes(path, raw).map(WorktreeFile::Edited),
        (None, Some(raw)) => store.stored_bytes(path, raw).map(WorktreeFile::Untracked),
    }
}

impl Store {
    /// The refusal for a file whose staged content is neither the branch's nor the worktree's.
    pub fn partly_staged(&self, path: &StorePath) -> Failure {
        let command = self.git_command("restore --staged", path);
        Failure::new(Exit::Refused, "store-partly-staged")
            .with("path", path)
            .hint(Message::new("store-hint-unstage").with("command", command))
    }

    /// The failure for a file that is committed and that somebody has deleted from the worktree.
    pub fn deleted_by_hand(&self, path: &StorePath) -> Failure {
        Failure::new(Exit::Refused, "store-file-deleted")
            .with("path", path)
            .hint(restore_hint(&self.root, path.as_str()))
    }

    /// How what was changed by hand in a file is given up for what is committed.
    pub fn discard_hint(&self, path: &StorePath) -> Message {
        Message { key: "store-hint-discard", ..restore_hint(&self.root, path.as_str()) }
    }

    /// `git` and `words` about the file at `path`, as somebody types it anywhere.
    pub fn git_command(&self, words: &str, path: &StorePath) -> String {
        git_command(&self.root, words, path.as_str())
    }
}

pub(super) fn restore_hint(root: &Path, path: &str) -> Message {
    let command = git_command(root, "restore --staged --worktree", path);
    Message::new("store-hint-restore").with("command", command)
}

fn git_command(root: &Path, words: &str, path: &str) -> String {
    git_line(root, &format!("{words} {}", quoted(path.as_ref())))
}

/// The bytes in the worktree, for `put_back`. A symbolic link counts as somebody's own and is refused.
pub(super) fn raw_bytes(store: &Store, path: &StorePath) -> Result<Option<Vec<u8>>> {
    let full = store.root.join(path.as_str());
    if fs::symlink_metadata(&full).is_ok_and(|file| file.is_symlink()) {
        return Err(Failure::new(Exit::Failed, "store-not-a-file").with("path", path).into());
    }
    store.read_file(path)
}

/// The id of the blob that git would store for the worktree's file.
pub(super) fn current_id(store: &Store, path: &StorePath) -> Result<Option<Oid>> {
    raw_bytes(store, path)?.map(|raw| store.stored_id(path, &raw)).transpose()
}

/// Whether the checkout leaves the file out, which then stays out. One that is there despite its flag in the index is
/// what people read, and is treated as any other.
pub(super) fn is_left_out(store: &Store, path: &StorePath, staged: Option<&index::Entry>) -> Result<bool> {
    Ok(staged.is_some_and(|entry| entry.skip_worktree) && raw_bytes(store, path)?.is_none())
}

/// Gives the worktree's file its new bytes, if it has the old ones, the hand edit that they take in, or the new ones already.
/// `token` names the temporary file.
pub(super) fn place(store: &Store, file: &ChangedFile, token: &str) -> Result<Placed> {
    let path = &file.path;
    let raw = raw_bytes(store, path)?;
    let current = raw.as_ref().map(|raw| store.stored_id(path, raw)).transpose()?;
    if current == file.new {
        turn(store, file)?;
        return Ok(Placed::Done);
    }
    if !file.may_replace(current) {
        return Ok(Placed::Left);
    }
    let bytes = file.new.map(|new| new_bytes(store, file, raw.as_ref(), new)).transpose()?;
    let ready = ready(store, path, bytes.as_deref(), token)?;
    // Writing took its time: what an editor has saved meanwhile is somebody's own.
    if raw_bytes(store, path)? != raw {
        return Ok(Placed::Left);
    }
    let placed = put(store, path, ready, raw.as_deref())?;
    if placed == Placed::Done {
        turn(store, file)?;
    }
    Ok(placed)
}

/// Makes the file executable, or no longer so, where the change says it.
#[cfg(unix)]
fn turn(store: &Store, file: &ChangedFile) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let created_executable = file.old.is_none() && file.mode & 0o111 != 0;
    if file.new.is_none() || !(file.turned || created_executable) {
        return Ok(());
    }
    let full = store.root.join(file.path.as_str());
    let set = fs::metadata(&full).and_then(|there| {
        let mode = there.permissions().mode();
        // Whoever may read it may run it, as git does.
        let bits = if file.mode & 0o111 == 0 { mode & !0o111 } else { mode | ((mode & 0o444) >> 2) };
        fs::set_permissions(&full, Permissions::from_mode(bits))
    });
    set.map_err(|error| file_failed("writing", &full, &error))
}

#[cfg(not(unix))]
fn turn(_store: &Store, _file: &ChangedFile) -> Result<()> {
    Ok(())
}

/// What to write for the blob `new` in place of `raw`. A file that is kept without conversion stays so, whatever git
/// would do when checking it out anew.
fn new_bytes(store: &Store, file: &ChangedFile, raw: Option<&Vec<u8>>, new: Oid) -> Result<Vec<u8>> {
    let name = file.path.as_str();
    let stored = file.old.map(|old| store.blob_at(old, name)).transpose()?;
    if raw.is_some() && raw == stored.as_ref() {
        store.blob_at(new, name)
    } else {
        store.worktree_bytes(&file.path, new)
    }
}

/// Makes the worktree's file exactly `bytes`, or removes it: beside and renamed, never through a half-written state.
pub(super) fn put_back(store: &Store, path: &StorePath, bytes: Option<&[u8]>, token: &str) -> Result<()> {
    let raw = raw_bytes(store, path)?;
    put(store, path, ready(store, path, bytes, token)?, raw.as_deref()).map(drop)
}

/// `bytes` in a file beside, on the disk; none where the file is to be removed.
fn ready(
    store: &Store,
    path: &StorePath,
    bytes: Option<&[u8]>,
    token: &str,
) -> Result<Option<NamedTempFile>> {
    let full = store.root.join(path.as_str());
    let folder = full.parent().unwrap_or(&store.root);
    check_folder(store, path)?;
    let Some(bytes) = bytes else { return Ok(None) };
    fs::create_dir_all(folder).map_err(|error| file_failed("creating", folder, &error))?;
    let written = write_beside(folder, &full, bytes, token);
    written.map(Some).map_err(|error| file_failed("writing", &full, &error))
}

/// Gives the worktree's file what is `ready`, if it still is `raw`.
fn put(store: &Store, path: &StorePath, ready: Option<NamedTempFile>, raw: Option<&[u8]>) -> Result<Placed> {
    let full = store.root.join(path.as_str());
    let Some(file) = ready else { return remove(store, &full).map(|()| Placed::Done) };
    let folder = full.parent().unwrap_or(&store.root);
    let swapped = match raw {
        None => file.persist_noclobber(&full).map(|_| Swapped::Done).map_err(|error| error.error),
        Some(raw) => swap(file, &full, raw),
    };
    let swapped = swapped
        .and_then(|swapped| sync_directory(folder).map(|()| swapped))
        .map_err(|error| file_failed("writing", &full, &error))?;
    Ok(match swapped {
        Swapped::Done => Placed::Done,
        Swapped::Left => Placed::Left,
        Swapped::LeftTwice(earlier) => Placed::LeftTwice(keep(store, path, earlier)?),
    })
}

/// The name of the file beside, in which a writer with `token` gets the new version ready.
pub(super) fn work_name(token: &str) -> String {
    format!(".incident-{token}")
}

/// Refuses folders that symbolic links lead out of the store, whether the file's own folder exists yet or not.
pub(super) fn check_folder(store: &Store, path: &StorePath) -> Result<()> {
    let full = store.root.join(path.as_str());
    let existing = full.ancestors().skip(1).find(|folder| fs::symlink_metadata(folder).is_ok());
    store.check_inside(path, &existing.unwrap_or(&store.root).join("file"), false)
}

/// Finds out whether the file can be written, while the branch has not moved and everything can be taken back.
pub(super) fn check_writable(store: &Store, path: &StorePath) -> Result<()> {
    let full = store.root.join(path.as_str());
    // A file may still be where a folder is to come.
    let folder = full.ancestors().skip(1).find(|folder| folder.is_dir()).unwrap_or(&store.root);
    let tried = tempfile::tempfile_in(folder).map(drop);
    tried.map_err(|error| file_failed("writing", folder, &error))
}

pub(super) fn write_beside(
    folder: &Path,
    full: &Path,
    bytes: &[u8],
    token: &str,
) -> std::io::Result<NamedTempFile> {
    let before = match fs::metadata(full) {
        Ok(file) => Some(file.permissions()),
        Err(error) if is_absence(&error) => None,
        Err(error) => return Err(error),
    };
    let mut file = new_file(folder, &work_name(token))?;
    file.write_all(bytes)?;
    if let Some(permissions) = &before {
        file.as_file().set_permissions(permissions.clone())?;
    }
    file.as_file().sync_all()?;
    Ok(file)
}

fn new_file(folder: &Path, name: &str) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(name).rand_bytes(0);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file: the user's umask takes its part away.
        builder.permissions(Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Removes the file and the folders that it leaves empty, as git does.
fn remove(store: &Store, full: &Path) -> Result<()> {
    match fs::remove_file(full) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(file_failed("removing", full, &error));
        }
        _ => {}
    }
    for folder in full.ancestors().skip(1).take_while(|folder| *folder != store.root) {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}
