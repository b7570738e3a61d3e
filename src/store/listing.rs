//! All files below a folder of the store: the worktree's, or those of the branch's tree.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::Result;
use git2::{ObjectType, Oid, Tree};

use super::failures::{file_failed, git_failed, quoted};
use super::read::{MODE_LINK, is_absence, leaves_store};
use super::{Placement, Store, StorePath};
use crate::failure::{Exit, Failure, Message};

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
    /// All files below `under`, without following links; an absent folder has none. Links to what is listed itself
    /// are left out.
    ///
    /// # Errors
    /// A folder or a tree that cannot be read.
    pub fn list(&self, under: &StorePath) -> Result<Listing> {
        let mut listing = Listing::default();
        match &self.placement {
            Placement::Elsewhere { .. } => self.list_committed(under, &mut listing)?,
            _ => {
                self.list_folder(under, &mut listing)?;
                listing.paths.extend(self.left_out(under)?);
            }
        }
        listing.paths.sort();
        listing.paths.dedup();
        Ok(listing)
    }

    fn list_folder(&self, under: &StorePath, listing: &mut Listing) -> Result<()> {
        let full = self.root.join(under.as_str());
        match fs::symlink_metadata(&full) {
            Err(error) if is_absence(&error) => return Ok(()),
            Err(error) => return listing.pass_over(under, &full, &error),
            Ok(folder) if folder.is_symlink() => {
                self.check_inside(under, &full, true)?;
                // What is in it can be read, and not written.
                listing.refused.push(self.passed_link(under));
            }
            Ok(_) => self.check_inside(under, &full, false)?,
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
                listing.refused.extend(self.link_passed_over(&path));
            } else if kind.is_file() {
                listing.paths.push(path);
            }
        }
        Ok(())
    }

    fn list_committed(&self, under: &StorePath, listing: &mut Listing) -> Result<()> {
        let Some(entry) = self.entry_at(self.tip_id()?, under)? else { return Ok(()) };
        if entry.filemode() == MODE_LINK {
            listing.refused.push(self.passed_link(under));
        }
        match self.tree_below(under)? {
            Some(tree) => self.list_tree(&tree, under, listing),
            None => Ok(()),
        }
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
                    listing.refused.extend(self.committed_link_passed_over(entry.id(), &path)?);
                }
                Some(ObjectType::Blob) => listing.paths.push(path),
                _ => {}
            }
        }
        Ok(())
    }

    /// Why the link at `path` of the worktree is passed over; none if what it leads to is listed itself.
    fn link_passed_over(&self, path: &StorePath) -> Option<Failure> {
        let real = fs::canonicalize(self.root.join(path.as_str())).ok();
        let Some(real) = real.filter(|real| real.starts_with(&self.root)) else {
            return Some(leaves_store(path));
        };
        let top = fs::canonicalize(self.root.join(path.top()));
        if top.is_ok_and(|top| real.starts_with(top)) { None } else { Some(self.passed_link(path)) }
    }

    /// The failure for a link to something of the store that is not listed, with what puts that in the link's place.
    pub(super) fn passed_link(&self, path: &StorePath) -> Failure {
        let failure = Failure::new(Exit::Failed, "store-link-passed").with("path", path);
        let link = self.root.join(path.as_str());
        let is_link = fs::symlink_metadata(&link).is_ok_and(|there| there.is_symlink());
        let key = if is_link { "store-hint-replace-link" } else { "store-hint-commit-folder" };
        let hint = Message::new(key).with("root", quoted(&self.root)).with("link", quoted(path.as_ref()));
        match fs::canonicalize(&link) {
            Ok(target) => failure.hint(hint.with("target", quoted(&target))),
            Err(_) => failure,
        }
    }

    /// As `link_passed_over`, for one of the branch's tree.
    fn committed_link_passed_over(&self, target: Oid, path: &StorePath) -> Result<Option<Failure>> {
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
        Ok(if place.first() == Some(&path.top()) { None } else { Some(self.passed_link(path)) })
    }
}

fn unusable_name(under: &StorePath, name: &str) -> Failure {
    Failure::new(Exit::Failed, "store-name-unusable").with("folder", under).with("name", name.escape_debug())
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
    fn what_is_behind_a_link_is_no_record() {
        use super::super::testing::proposal;
        use std::os::unix::fs::symlink;
        let repository = TestRepository::with_commit();
        repository.write("docs/real/old.md", "old\n");
        repository.write("incidents/2026/a.md", "a\n");
        let link = |target: &str, name: &str| symlink(target, repository.top.join(name)).unwrap();
        link("docs/real", "linked");
        link("../docs/real", "incidents/2025");
        link("../docs/real/old.md", "incidents/old.md");
        link("2026", "incidents/latest");
        let passed = vec!["store-link-passed"; 2];
        let in_worktree = (vec!["incidents/2026/a.md"], passed);
        let store = repository.store();
        assert_eq!(names(&store.list(&path("incidents")).unwrap()), in_worktree);
        let linked = store.list(&path("linked")).unwrap();
        assert_eq!(names(&linked), (vec!["linked/old.md"], vec!["store-link-passed"]));

        repository.commit_all("links");
        for name in ["linked/new.md", "incidents/2025/new.md"] {
            let written = store.lock().unwrap().commit(&proposal(&[(name, Some("x\n"))]));
            assert_eq!(failure(written).0, "store-link-passed", "{name}");
        }
        repository.git(&["checkout", "--quiet", "--orphan", "feature"]);
        let elsewhere = repository.store().on_branch(Some("main")).unwrap();
        assert_eq!(names(&elsewhere.list(&path("incidents")).unwrap()), in_worktree);
        let linked = elsewhere.list(&path("linked")).unwrap();
        assert_eq!(names(&linked), (vec![], vec!["store-link-passed"]));
        let written = elsewhere.lock().unwrap().commit(&proposal(&[("linked/new.md", Some("x\n"))]));
        assert_eq!(failure(written).0, "store-link-passed");
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
}
