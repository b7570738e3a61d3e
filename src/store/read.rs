//! Reading the store's files: from the worktree, or from the branch's tree where another branch is checked out.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;

use anyhow::Result;
use git2::{Commit, ErrorCode, ObjectType, Oid, TreeEntry};

use super::failures::{file_failed, git_failed};
use super::object::object_id;
use super::{Placement, Store, StorePath};
use crate::failure::{Exit, Failure};

/// Larger files are refused: no incident is, and reading one must not exhaust the memory.
pub const MAX_FILE_BYTES: u64 = 8 * 1024 * 1024;

/// git's file mode of a symbolic link.
pub(super) const MODE_LINK: i32 = 0o120_000;

impl Store {
    /// The bytes of a file as the person at hand sees it: the worktree's, or the branch's where it is not checked out.
    ///
    /// # Errors
    /// A symbolic link that leads out of the store, something that is not a file, or a file over `MAX_FILE_BYTES`.
    pub fn read(&self, path: &StorePath) -> Result<Option<Vec<u8>>> {
        match &self.placement {
            Placement::Elsewhere { .. } => self.read_at(self.tip_id()?, path),
            _ => match self.read_file(path)? {
                None if self.is_left_out(path)? => self.read_at(self.tip_id()?, path),
                there => Ok(there),
            },
        }
    }

    /// The content of an object of git by its full id.
    ///
    /// # Errors
    /// No such blob, or one over `MAX_FILE_BYTES`.
    pub fn blob(&self, id: &str) -> Result<Vec<u8>> {
        self.blob_at(object_id(id)?, id)
    }

    /// The bytes of `path` in the commit with this full id; none where that has no such file.
    ///
    /// # Errors
    /// No such commit, or no file, or one over `MAX_FILE_BYTES`.
    pub fn read_in(&self, commit: &str, path: &StorePath) -> Result<Option<Vec<u8>>> {
        self.read_at(Some(object_id(commit)?), path)
    }

    /// The bytes of `path` in commit `tip`.
    pub(super) fn read_at(&self, tip: Option<Oid>, path: &StorePath) -> Result<Option<Vec<u8>>> {
        let Some(entry) = self.entry_at(tip, path)? else { return Ok(None) };
        if entry.filemode() == MODE_LINK || entry.kind() != Some(ObjectType::Blob) {
            return Err(Failure::new(Exit::Failed, "store-not-a-file").with("path", path).into());
        }
        self.blob_at(entry.id(), path.as_str()).map(Some)
    }

    /// What git's tree of commit `tip` has at `path`.
    pub(super) fn entry_at(&self, tip: Option<Oid>, path: &StorePath) -> Result<Option<TreeEntry<'static>>> {
        let Some(tip) = tip else { return Ok(None) };
        let tree = self.commit(tip)?.tree().map_err(git_failed("reading"))?;
        match tree.get_path(Path::new(&self.in_repository(path))) {
            Ok(entry) => Ok(Some(entry)),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
            Err(error) => Err(git_failed("reading")(error)),
        }
    }

    pub(super) fn commit(&self, id: Oid) -> Result<Commit<'_>> {
        self.repository.find_commit(self.substitute(id)).map_err(git_failed("reading"))
    }

    /// Whether a blob is here and no larger than what is read.
    pub(super) fn can_read(&self, id: Oid) -> bool {
        self.header(id).is_ok_and(|(size, _)| size as u64 <= MAX_FILE_BYTES)
    }

    /// Whether git has the object, whatever it is.
    pub(super) fn has_object(&self, id: Oid) -> Result<bool> {
        Ok(self.repository.odb().map_err(git_failed("reading"))?.exists(id))
    }

    pub(super) fn blob_at(&self, id: Oid, name: &str) -> Result<Vec<u8>> {
        let (size, _) = self.header(id)?;
        if size as u64 > MAX_FILE_BYTES {
            return Err(too_large(name, size as u64));
        }
        let blob = self.repository.find_blob(id).map_err(git_failed("reading"))?;
        Ok(blob.content().to_owned())
    }

    pub(super) fn read_file(&self, path: &StorePath) -> Result<Option<Vec<u8>>> {
        let full = self.root.join(path.as_str());
        let file = match fs::symlink_metadata(&full) {
            Ok(file) => file,
            Err(error) if is_absence(&error) => return Ok(None),
            Err(error) => return Err(file_failed("reading", &full, &error)),
        };
        self.check_inside(path, &full, file.is_symlink())?;
        let file = if file.is_symlink() { fs::metadata(&full) } else { Ok(file) }
            .map_err(|error| file_failed("reading", &full, &error))?;
        if !file.is_file() {
            return Err(Failure::new(Exit::Failed, "store-not-a-file").with("path", path).into());
        }
        if file.len() > MAX_FILE_BYTES {
            return Err(too_large(path.as_str(), file.len()));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(file.len()).unwrap_or(0));
        File::open(&full)
            .and_then(|file| file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes))
            .map_err(|error| file_failed("reading", &full, &error))?;
        // It may have grown since it was measured.
        if bytes.len() as u64 > MAX_FILE_BYTES {
            return Err(too_large(path.as_str(), bytes.len() as u64));
        }
        Ok(Some(bytes))
    }

    /// Refuses to write below a folder that is a symbolic link: git keeps the link, and nothing behind it.
    ///
    /// # Errors
    /// One of the folders is such a link, in the worktree or in commit `tip`.
    pub(super) fn refuse_linked_folders(&self, tip: Option<Oid>, path: &StorePath) -> Result<()> {
        for folder in std::iter::successors(path.parent(), StorePath::parent) {
            let committed = self.entry_at(tip, &folder)?;
            let is_link = |entry: TreeEntry<'_>| entry.filemode() == MODE_LINK;
            let full = self.root.join(folder.as_str());
            let is_there = || fs::symlink_metadata(&full).is_ok_and(|there| there.is_symlink());
            if committed.is_some_and(is_link) || self.placement.has_worktree() && is_there() {
                return Err(self.passed_link(&folder).into());
            }
        }
        Ok(())
    }

    /// Refuses a path that reaches out of the store through a symbolic link, its own or one of its folders'.
    pub(super) fn check_inside(&self, path: &StorePath, full: &Path, is_link: bool) -> Result<()> {
        let folder = full.parent().unwrap_or(&self.root);
        if !is_link && self.inside.borrow().contains(folder) {
            return Ok(());
        }
        let place = if is_link { full } else { folder };
        let inside = fs::canonicalize(place).is_ok_and(|real| real.starts_with(&self.root));
        if !inside {
            return Err(leaves_store(path).into());
        }
        if !is_link {
            self.inside.borrow_mut().insert(folder.to_owned());
        }
        Ok(())
    }
}

pub(super) fn is_absence(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

pub(super) fn leaves_store(path: &StorePath) -> Failure {
    Failure::new(Exit::Failed, "store-link-leaves").with("path", path)
}

fn too_large(name: &str, size: u64) -> anyhow::Error {
    let mebibytes = size.div_ceil(1024 * 1024);
    let limit = MAX_FILE_BYTES / (1024 * 1024);
    Failure::new(Exit::Failed, "store-file-too-large")
        .with("path", name)
        .with("mebibytes", mebibytes)
        .with("limit", limit)
        .into()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{TestRepository, failure, path};
    use super::*;

    #[test]
    fn absent_files_and_folders_are_none() {
        let repository = TestRepository::with_commit();
        let store = repository.store();
        assert_eq!(store.read(&path("a.md")).unwrap().unwrap(), b"a1\n");
        assert_eq!(store.read(&path("absent/x.md")).unwrap(), None);
        assert_eq!(store.read(&path("a.md/x.md")).unwrap(), None);
    }

    #[test]
    #[cfg(unix)]
    fn writing_does_not_go_through_links() {
        use super::super::testing::proposal;
        let repository = TestRepository::with_commit();
        fs::create_dir(repository.top.join("../outside")).unwrap();
        std::os::unix::fs::symlink("../outside", repository.top.join("incidents")).unwrap();
        let store = repository.store();
        for name in ["incidents/x.md", "incidents/deep/x.md"] {
            let mut writer = store.lock().unwrap();
            let result = writer.commit(&proposal(&[(name, Some("x\n"))]));
            assert_eq!(failure(result).0, "store-link-leaves", "{name}");
        }
        assert_eq!(fs::read_dir(repository.top.join("../outside")).unwrap().count(), 0);
        repository.assert_sound();
    }

    #[test]
    fn large_files_are_refused_unread() {
        let repository = TestRepository::with_commit();
        let huge = File::create(repository.top.join("huge.md")).unwrap();
        huge.set_len(MAX_FILE_BYTES).unwrap();
        let store = repository.store();
        assert!(store.read(&path("huge.md")).is_ok());
        huge.set_len(4 << 30).unwrap();
        assert_eq!(failure(store.read(&path("huge.md"))), ("store-file-too-large", Exit::Failed));
        huge.set_len(MAX_FILE_BYTES + 1).unwrap();
        repository.commit_all("huge");
        let blob = repository.git(&["rev-parse", "HEAD:huge.md"]);
        assert_eq!(failure(store.blob(&blob)).0, "store-file-too-large");
    }

    #[test]
    fn folders_are_no_files() {
        let repository = TestRepository::with_commit();
        repository.write("incidents/x.md", "");
        repository.commit_all("folder");
        let store = repository.store();
        assert_eq!(failure(store.read(&path("incidents"))).0, "store-not-a-file");
        assert_eq!(failure(store.lock().unwrap().read(&path("incidents"))).0, "store-not-a-file");
    }
}
