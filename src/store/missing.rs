//! What the branch has and the worktree lacks: deleted or moved by hand, and not committed.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use git2::Repository;

use super::failures::{git_line, quoted};
use super::git::{Call, Git};
use super::read::is_absence;
use super::worktree::restore_hint;
use super::{Listing, Store, StorePath, index};
use crate::failure::{Exit, Failure, Message};

impl Store {
    /// The files below `under` at the branch's tip that are neither among `there`, the worktree's, nor anything else
    /// in it. What a sparse checkout leaves out is not missing.
    ///
    /// # Errors
    /// The tree or the index cannot be read.
    pub fn missing(&self, under: &StorePath, there: &[StorePath]) -> Result<Vec<StorePath>> {
        if !self.placement().has_worktree() {
            return Ok(Vec::new());
        }
        let there: HashSet<&StorePath> = there.iter().collect();
        let mut missing = self.committed(under)?;
        missing.retain(|path| !there.contains(path) && self.is_absent(path));
        if missing.is_empty() {
            return Ok(missing);
        }
        let left_out = index::left_out(self, under)?;
        missing.retain(|path| !left_out.contains(&self.in_repository(path)));
        Ok(missing)
    }

    /// Whether the file at `path` is committed, and was deleted or moved away by hand.
    ///
    /// # Errors
    /// The tree or the index cannot be read.
    pub fn is_missing(&self, path: &StorePath) -> Result<bool> {
        if !self.placement().has_worktree() || !self.is_absent(path) || !self.is_committed(path)? {
            return Ok(false);
        }
        Ok(!index::entry(self, path)?.is_some_and(|entry| entry.skip_worktree))
    }

    /// The files below `under` that a sparse checkout leaves out, and that the branch's tip has.
    pub(super) fn left_out(&self, under: &StorePath) -> Result<Vec<StorePath>> {
        if !self.config_bool("core.sparseCheckout") {
            return Ok(Vec::new());
        }
        let left_out = index::left_out(self, under)?;
        let mut paths = if left_out.is_empty() { Vec::new() } else { self.committed(under)? };
        paths.retain(|path| left_out.contains(&self.in_repository(path)));
        Ok(paths)
    }

    /// Whether a sparse checkout leaves `path` out.
    pub(super) fn is_left_out(&self, path: &StorePath) -> Result<bool> {
        let staged = if self.config_bool("core.sparseCheckout") { index::entry(self, path)? } else { None };
        Ok(staged.is_some_and(|entry| entry.skip_worktree))
    }

    /// The files below `under` at the branch's tip, whatever the worktree has.
    fn committed(&self, under: &StorePath) -> Result<Vec<StorePath>> {
        let mut listing = Listing::default();
        if let Some(tree) = self.tree_below(under)? {
            self.list_tree(&tree, under, &mut listing)?;
        }
        Ok(listing.paths)
    }

    /// Whether the branch's tip has something at `path`.
    ///
    /// # Errors
    /// The tree cannot be read.
    pub fn is_committed(&self, path: &StorePath) -> Result<bool> {
        Ok(self.entry_at(self.tip_id()?, path)?.is_some())
    }

    /// What the branch's tip has at `path`, whatever the worktree has.
    ///
    /// # Errors
    /// It is no file, or too large.
    pub fn read_committed(&self, path: &StorePath) -> Result<Option<Vec<u8>>> {
        self.read_at(self.tip_id()?, path)
    }

    fn is_absent(&self, path: &StorePath) -> bool {
        fs::symlink_metadata(self.root().join(Path::new(path.as_str())))
            .is_err_and(|error| is_absence(&error))
    }
}

/// The failure for the store at `root` whose `severity.toml` is committed and not in the worktree.
pub fn rules_missing(root: &Path) -> Failure {
    const NAME: &str = "severity.toml";
    let path = root.join(NAME);
    if let Some(top) = left_out_of(root) {
        // Patterns of both kinds of sparse checkout: files at the top are never left out of one by folders.
        let folder = root.strip_prefix(&top).ok().filter(|folder| !folder.as_os_str().is_empty());
        let pattern = quoted(folder.unwrap_or_else(|| Path::new("/*.toml")));
        let command = git_line(&top, &format!("sparse-checkout add {pattern}"));
        return Failure::new(Exit::Refused, "store-left-out")
            .with("path", path.display())
            .hint(Message::new("store-hint-restore").with("command", command));
    }
    Failure::new(Exit::Refused, "store-file-deleted")
        .with("path", path.display())
        .hint(restore_hint(root, NAME))
}

/// The top of the repository whose sparse checkout leaves out what is below `root`, which need not exist.
fn left_out_of(root: &Path) -> Option<PathBuf> {
    let existing = root.ancestors().find(|directory| directory.is_dir())?;
    let top = fs::canonicalize(Repository::discover(existing).ok()?.workdir()?).ok()?;
    let below = root.strip_prefix(&top).ok()?;
    let path = if below.as_os_str().is_empty() { Path::new("severity.toml") } else { below };
    let listed =
        Git::new(&top).output(&Call::new(&["ls-files", "-t", "--sparse", "--"]).argument(path)).ok()?;
    listed.starts_with(b"S ").then_some(top)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{TestRepository, path};
    use super::*;

    #[test]
    fn what_was_deleted_or_moved_by_hand_is_missing_and_what_was_left_out_is_not() {
        let repository = TestRepository::with_commit();
        for name in ["in/a.md", "in/b.md", "in/sub/c.md", "in/d.md", "out.md"] {
            repository.write(name, "text\n");
        }
        repository.commit_all("files");
        let names = || -> Vec<String> {
            let missing = repository.store().missing(&path("in"), &[]).unwrap();
            missing.iter().map(ToString::to_string).collect()
        };
        assert_eq!(names(), [""; 0]);
        fs::rename(repository.top.join("in/a.md"), repository.top.join("in/z.md")).unwrap();
        repository.git(&["rm", "--quiet", "in/sub/c.md"]);
        fs::remove_file(repository.top.join("out.md")).unwrap();
        repository.git(&["update-index", "--skip-worktree", "in/d.md"]);
        fs::remove_file(repository.top.join("in/d.md")).unwrap();
        assert_eq!(names(), ["in/a.md", "in/sub/c.md"]);
        repository.git(&["update-index", "--split-index"]);
        assert_eq!(names(), ["in/a.md", "in/sub/c.md"]);
        assert!(
            repository
                .store()
                .missing(&path("in"), &[path("in/a.md"), path("in/sub/c.md")])
                .unwrap()
                .is_empty()
        );
        repository.git(&["branch", "other"]);
        assert!(
            repository
                .store()
                .on_branch(Some("other"))
                .unwrap()
                .missing(&path("in"), &[])
                .unwrap()
                .is_empty()
        );
        assert!(repository.store().is_committed(&path("in/a.md")).unwrap());
        assert!(!repository.store().is_committed(&path("in/z.md")).unwrap());
    }
}
