//! Objects that a `git gc --prune=now` or `git prune` beside us throws away: until the branch leads to them they are
//! nobody's, and what git has found to be nobody's it removes even if somebody needs it by then.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use git2::{ObjectType, Oid, Repository};

use super::failures::git_failed;
use super::{Store, lock};

/// How long a garbage collection is waited for that does not spare what is young.
const COLLECTION: Duration = Duration::from_secs(10);

/// The loose objects of a commit on its way, to be written again where they are gone.
#[derive(Default)]
pub(super) struct Copies(Vec<(Oid, ObjectType, Vec<u8>)>);

impl Store {
    /// Copies those of the objects `ids` that are loose; none if one is gone already.
    pub(super) fn copies_of(&self, ids: &[Oid]) -> Result<Option<Copies>> {
        let repository = self.opened_anew()?;
        let objects = repository.odb().map_err(git_failed("reading"))?;
        let mut copies = Vec::new();
        for id in ids {
            if !self.loose_object(*id).exists() {
                if objects.exists(*id) {
                    continue;
                }
                return Ok(None);
            }
            let Ok(object) = objects.read(*id) else { return Ok(None) };
            copies.push((*id, object.kind(), object.data().to_vec()));
        }
        Ok(Some(Copies(copies)))
    }

    /// Makes sure that the objects stay, now that the branch leads to them: a garbage collection that is at work may have
    /// looked before that, and is waited for.
    ///
    /// # Errors
    /// The system refuses.
    pub(super) fn outlive_collection(&self, copies: &Copies) -> Result<()> {
        lock::wait(COLLECTION, || Ok((!self.is_throwing_away()).then_some(())))?;
        self.write_again(copies)
    }

    /// Writes what is gone again.
    ///
    /// # Errors
    /// The system refuses.
    pub(super) fn write_again(&self, copies: &Copies) -> Result<()> {
        let repository = self.opened_anew()?;
        let objects = repository.odb().map_err(git_failed("reading"))?;
        let mut written = Vec::new();
        for (id, kind, bytes) in &copies.0 {
            if !objects.exists(*id) {
                written.push(objects.write(*kind, bytes).map_err(git_failed("writing"))?);
            }
        }
        self.sync_objects(&written)
    }

    /// The objects as they are on the disk now: the repository's own view of them may be older.
    fn opened_anew(&self) -> Result<Repository> {
        Repository::open(self.repository.path()).map_err(git_failed("reading"))
    }

    /// Whether a `git gc` is at work that does not spare what is young. It says in a file which process it is.
    fn is_throwing_away(&self) -> bool {
        let Ok(text) = fs::read_to_string(self.repository.commondir().join("gc.pid")) else { return false };
        let process = text.split_whitespace().next().unwrap_or_default();
        // Where processes are no folders, nobody knows whether it lives, and only the settings tell.
        let words = fs::read_to_string(Path::new("/proc").join(process).join("cmdline"));
        let asked =
            words.is_ok_and(|words| ["--prune=now", "--prune=all"].iter().any(|word| words.contains(word)));
        asked || self.config_value("gc.pruneExpire").is_some_and(|age| ["now", "all"].contains(&age.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{TestRepository, record};

    #[test]
    fn what_was_pruned_is_written_again() {
        let repository = TestRepository::with_commit();
        let store = repository.store();
        let blob = store.repository.blob(b"on its way\n").unwrap();
        let copies = store.copies_of(&[blob]).unwrap().unwrap();
        assert_eq!(copies.0.len(), 1);
        repository.git(&["prune", "--expire=now"]);
        assert!(store.copies_of(&[blob]).unwrap().is_none());
        store.write_again(&copies).unwrap();
        assert_eq!(repository.git(&["cat-file", "blob", &blob.to_string()]), "on its way");
        record(&store, &[("a.md", Some("a2\n"))]);
        repository.assert_sound();
    }

    #[test]
    fn what_is_packed_needs_no_copy() {
        let repository = TestRepository::with_commit();
        let blob = git2::Oid::from_str(&repository.git(&["rev-parse", "HEAD:a.md"])).unwrap();
        repository.git(&["repack", "-q", "-a", "-d"]);
        assert_eq!(repository.store().copies_of(&[blob]).unwrap().unwrap().0.len(), 0);
    }
}
