//! Bringing what a commit is made of onto the disk before anything depends on it: libgit2 leaves that to the system, where
//! git itself waits (`core.fsync`), and the journal, which promises the commit, must not outlive it.

use std::fs::File;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread::{self, ScopedJoinHandle};

use anyhow::Result;
use git2::{ErrorCode, Oid};

use super::Store;
use super::changed_file::ChangedFile;
use super::failures::{file_failed, git_failed};
use super::pruned::Copies;
use super::read::is_absence;

/// So many files are synced at the same time.
const AT_ONCE: usize = 16;

impl Store {
    /// Syncs the commit, its trees on the way to `files`, and their blobs, and gives copies of them. What git has packed
    /// is on the disk already. None where git has thrown one of them away.
    ///
    /// # Errors
    /// The system refuses.
    pub(super) fn sync_commit(&self, commit: Oid, files: &[ChangedFile]) -> Result<Option<Copies>> {
        let root = self.repository.find_commit(commit).and_then(|commit| commit.tree());
        let root = match root {
            Err(error) if error.code() == ErrorCode::NotFound => return Ok(None),
            root => root.map_err(git_failed("reading"))?,
        };
        let mut objects = vec![commit, root.id()];
        for file in files {
            objects.extend(file.new.into_iter().chain(file.seen));
            let path = self.in_repository(&file.path);
            for folder in Path::new(&path).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty())
            {
                // A file that goes may have been its folder's last.
                objects.extend(root.get_path(folder).ok().map(|entry| entry.id()));
            }
        }
        objects.sort_unstable();
        objects.dedup();
        self.sync_objects(&objects)?;
        self.copies_of(&objects)
    }

    /// Syncs those of the objects that are loose.
    pub(super) fn sync_objects(&self, objects: &[Oid]) -> Result<()> {
        let paths: Vec<PathBuf> = objects.iter().map(|id| self.loose_object(*id)).collect();
        for paths in paths.chunks(AT_ONCE) {
            // All together they wait for the disk about as long as one.
            let synced = thread::scope(|scope| {
                let running: Vec<_> = paths.iter().map(|path| scope.spawn(|| sync_file(path))).collect();
                running.into_iter().map(ScopedJoinHandle::join).collect::<Vec<_>>()
            });
            synced.into_iter().try_for_each(|done| done.unwrap_or_else(|panic| resume_unwind(panic)))?;
        }
        Ok(())
    }

    /// Syncs the reference that was moved.
    ///
    /// # Errors
    /// The system refuses.
    pub(super) fn sync_branch(&self) -> Result<()> {
        let reference = self.placement.reference();
        let folder = if reference == "HEAD" { self.repository.path() } else { self.repository.commondir() };
        sync_file(&folder.join(reference))
    }

    pub(super) fn loose_object(&self, id: Oid) -> PathBuf {
        let name = id.to_string();
        let (folder, file) = name.split_at(2);
        self.repository.commondir().join("objects").join(folder).join(file)
    }
}

/// Syncs a file, if it is there, as git does: not its folder.
fn sync_file(path: &Path) -> Result<()> {
    match File::open(path).and_then(|file| file.sync_all()) {
        Err(error) if !is_absence(&error) => Err(file_failed("writing", path, &error)),
        _ => Ok(()),
    }
}
