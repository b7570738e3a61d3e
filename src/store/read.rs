//! Reading the store's files: from the worktree, or from the branch's tree where another branch is checked out.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;

use anyhow::Result;
use git2::{Commit, ErrorCode, ObjectType, Oid, Tree, TreeEntry};

use super::failures::{file_failed, git_failed, quoted};
use super::{Placement, Store, StorePath};
use crate::failure::{Exit, Failure, Message};

/// Larger files are refused: no incident is, and reading one must not exhaust the memory.
pub const MAX_FILE_BYTES: u64 = 8 * 1024 * 1024;

/// git's file modes of a folder and of a symbolic link.
const MODE_LINK: i32 = 0o120_000;

/// The files below a folder.
#[derive(Debug, Default)]
pub struct Listing {
    /// Sorted by their bytes.
    pub paths: Vec<StorePath>,
    /// What was passed over, and why.
    pub refused: Vec<Failure>,
}

impl Listing {
    /// Goes on without a folder that is closed to this account: it hides nothing beside it.
    fn pass_over(&mut self, folder: &StorePath, full: &Path, error: &std::io::Error) -> Result<()> {
        if error.kind() != ErrorKind::PermissionDenied {
            return Err(file_failed("reading", full, error));
        }
        let command = format!("chmod u+rx {}", quoted(full));
        let fault = Failure::new(Exit::Failed, "store-folder-closed").with("path", folder);
        self.refused.push(fault.hint(Message::new("hint-command").with("command", command)));
        Ok(())
    }
}

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

    /// All files below `under`, without following links; an absent folder has none. Links to files of the store
    /// are left out, since the file itself is listed.
    ///
    /// # Errors
    /// A folder or a tree that cannot be read.
    pub fn list(&self, under: &StorePath) -> Result<Listing> {
        let mut listing = Listing::default();
        match &self.placement {
            Placement::Elsewhere { .. } => {
                if let Some(tree) = self.tree_below(under)? {
                    self.list_tree(&tree, under, &mut listing)?;
                }
            }
            _ => {
                self.list_folder(under, &mut listing)?;
                listing.paths.extend(self.left_out(under)?);
            }
        }
        listing.paths.sort();
        listing.paths.dedup();
        Ok(listing)
    }

    /// The content of an object of git by its full id.
    ///
    /// # Errors
    /// No such blob, or one over `MAX_FILE_BYTES`.
    pub fn blob(&self, id: &str) -> Result<Vec<u8>> {
        self.blob_at(Oid::from_str(id).map_err(git_failed("reading"))?, id)
    }

    /// The bytes of `path` in the commit with this full id; none where that has no such file.
    ///
    /// # Errors
    /// No such commit, or no file, or one over `MAX_FILE_BYTES`.
    pub fn read_in(&self, commit: &str, path: &StorePath) -> Result<Option<Vec<u8>>> {
        self.read_at(Some(Oid::from_str(commit).map_err(git_failed("reading"))?), path)
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
            .and_then(|file| file.take(MAX_FILE_BYTES).read_to_end(&mut bytes))
            .map_err(|error| file_failed("reading", &full, &error))?;
        Ok(Some(bytes))
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

    fn list_folder(&self, under: &StorePath, listing: &mut Listing) -> Result<()> {
        let full = self.root.join(under.as_str());
        match fs::symlink_metadata(&full) {
            Err(error) if is_absence(&error) => return Ok(()),
            Err(error) => return listing.pass_over(under, &full, &error),
            Ok(folder) => self.check_inside(under, &full, folder.is_symlink())?,
        }
        let entries = match fs::read_dir(&full) {
            Ok(entries) => entries,
            Err(error) => return listing.pass_over(under, &full, &error),
        };
        for entry in entries {
            let entry = entry.map_err(|error| file_failed("reading", &full, &error))?;
            let kind = entry.file_type().map_err(|error| file_failed("reading", &full, &error))?;
            let name = entry.file_name();
            let Some(path) = name.to_str().and_then(|name| under.join(name).ok()) else {
                listing.refused.push(unusable_name(under, &name.to_string_lossy()));
                continue;
            };
            if kind.is_dir() {
                self.list_folder(&path, listing)?;
            } else if kind.is_symlink() {
                listing
                    .refused
                    .extend(self.check_inside(&path, &entry.path(), true).err().map(|_| leaves_store(&path)));
            } else if kind.is_file() {
                listing.paths.push(path);
            }
        }
        Ok(())
    }

    pub(super) fn tree_below(&self, under: &StorePath) -> Result<Option<Tree<'_>>> {
        let Some(entry) = self.entry_at(self.tip_id()?, under)? else { return Ok(None) };
        if entry.kind() != Some(ObjectType::Tree) {
            return Ok(None);
        }
        self.repository.find_tree(entry.id()).map(Some).map_err(git_failed("reading"))
    }

    pub(super) fn list_tree(&self, tree: &Tree<'_>, under: &StorePath, listing: &mut Listing) -> Result<()> {
        for entry in tree {
            let name = entry.name().ok();
            let Some(path) = name.and_then(|name| under.join(name).ok()) else {
                listing.refused.push(unusable_name(under, &String::from_utf8_lossy(entry.name_bytes())));
                continue;
            };
            match entry.kind() {
                Some(ObjectType::Tree) => {
                    let below = self.repository.find_tree(entry.id()).map_err(git_failed("reading"))?;
                    self.list_tree(&below, &path, listing)?;
                }
                Some(ObjectType::Blob) if entry.filemode() == MODE_LINK => {
                    listing.refused.extend(self.link_leaves(entry.id(), &path)?);
                }
                Some(ObjectType::Blob) => listing.paths.push(path),
                _ => {}
            }
        }
        Ok(())
    }

    /// Why the link at `path` of the branch's tree is refused; none if it names a place in the store.
    fn link_leaves(&self, target: Oid, path: &StorePath) -> Result<Option<Failure>> {
        let target = self.blob_at(target, path.as_str())?;
        let target = String::from_utf8_lossy(&target).into_owned();
        let mut place: Vec<&str> = path.as_str().split('/').collect();
        place.pop();
        if target.starts_with('/') {
            return Ok(Some(leaves_store(path)));
        }
        for component in target.split('/') {
            match component {
                "" | "." => {}
                ".." if place.pop().is_none() => return Ok(Some(leaves_store(path))),
                ".." => {}
                name => place.push(name),
            }
        }
        Ok(None)
    }
}

pub(super) fn is_absence(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

fn leaves_store(path: &StorePath) -> Failure {
    Failure::new(Exit::Failed, "store-link-leaves").with("path", path)
}

fn unusable_name(under: &StorePath, name: &str) -> Failure {
    Failure::new(Exit::Failed, "store-name-unusable").with("folder", under).with("name", name.escape_debug())
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

    fn names(listing: &Listing) -> (Vec<&str>, Vec<&str>) {
        let paths = listing.paths.iter().map(StorePath::as_str).collect();
        (paths, listing.refused.iter().map(|failure| failure.message.key).collect())
    }

    #[test]
    fn absent_files_and_folders_are_none() {
        let repository = TestRepository::with_commit();
        let store = repository.store();
        assert_eq!(store.read(&path("a.md")).unwrap().unwrap(), b"a1\n");
        assert_eq!(store.read(&path("absent/x.md")).unwrap(), None);
        assert_eq!(store.read(&path("a.md/x.md")).unwrap(), None);
        assert_eq!(names(&store.list(&path("absent")).unwrap()), (vec![], vec![]));
    }

    #[test]
    #[cfg(unix)]
    fn links_do_not_lead_out() {
        use std::os::unix::fs::symlink;
        let repository = TestRepository::with_commit();
        repository.write("../outside/secret.md", "secret\n");
        repository.write("incidents/real.md", "real\n");
        let link = |target: &str, name: &str| symlink(target, repository.top.join(name)).unwrap();
        link("/etc/passwd", "incidents/absolute.md");
        link("../../outside/secret.md", "incidents/relative.md");
        link("real.md", "incidents/inside.md");
        link("../../outside", "incidents/folder");
        link("nowhere", "incidents/dangling.md");
        let store = repository.store();
        for name in ["incidents/absolute.md", "incidents/relative.md", "incidents/folder/secret.md"] {
            assert_eq!(failure(store.read(&path(name))), ("store-link-leaves", Exit::Failed), "{name}");
        }
        assert_eq!(store.read(&path("incidents/inside.md")).unwrap().unwrap(), b"real\n");
        let refused = vec!["store-link-leaves"; 4];
        assert_eq!(names(&store.list(&path("incidents")).unwrap()), (vec!["incidents/real.md"], refused));

        repository.commit_all("links");
        repository.git(&["checkout", "--quiet", "--orphan", "feature"]);
        let elsewhere = repository.store().on_branch(Some("main")).unwrap();
        let (paths, refused) = (vec!["incidents/real.md"], vec!["store-link-leaves"; 3]);
        assert_eq!(names(&elsewhere.list(&path("incidents")).unwrap()), (paths, refused));
        assert_eq!(failure(elsewhere.read(&path("incidents/relative.md"))).0, "store-not-a-file");
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
    #[cfg(unix)]
    fn names_that_are_no_text_are_reported() {
        use std::os::unix::ffi::OsStrExt;
        let repository = TestRepository::with_commit();
        repository.write("incidents/ok.md", "");
        let name = std::ffi::OsStr::from_bytes(b"bad\xff.md");
        fs::write(repository.top.join("incidents").join(name), "").unwrap();
        repository.write("incidents/\u{1b}[2J.md", "");
        let listing = repository.store().list(&path("incidents")).unwrap();
        assert_eq!(names(&listing), (vec!["incidents/ok.md"], vec!["store-name-unusable"; 2]));
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
