//! Making the repository of a new store.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use git2::Repository;

use super::Store;
use super::failures::{file_failed, quoted};
use super::git::{Call, Git};
use crate::failure::{Exit, Failure, Message};

/// Opens `directory` as a new store: in the repository around it, or in one that is made there with the user's
/// own settings (`init.defaultBranch`, templates).
///
/// # Errors
/// The directory cannot be made, `git` is missing, or the repository around it cannot be used.
pub fn create(directory: &Path) -> Result<Store> {
    if let Some(file) = directory.ancestors().find(|place| place.is_file()) {
        let failure = Failure::new(Exit::Refused, "store-init-at-file").with("path", file.display());
        return Err(failure.hint(Message::new("hint-init")).into());
    }
    fs::create_dir_all(directory).map_err(|error| file_failed("creating", directory, &error))?;
    if Repository::discover(directory).is_err_and(|error| error.code() == git2::ErrorCode::NotFound) {
        // Not what libgit2 cannot open, whatever the default.
        let call = Call::new(&["init", "--quiet"])
            .environment("GIT_DEFAULT_HASH", "sha1")
            .environment("GIT_DEFAULT_REF_FORMAT", "files");
        Git::new(directory).output(&call).map_err(|error| with_lock_hint(error, directory))?;
    }
    Store::open(directory)
}

/// A git that was killed on the way leaves its lock of the configuration behind, and does not say where.
fn with_lock_hint(error: anyhow::Error, directory: &Path) -> anyhow::Error {
    let lock = directory.join(".git/config.lock");
    match error.downcast::<Failure>() {
        Ok(failure) if lock.exists() => {
            failure.hint(Message::new("store-hint-index-lock").with("path", quoted(&lock))).into()
        }
        Ok(failure) => failure.into(),
        Err(error) => error,
    }
}

/// The top of the repository that a store at `directory`, which need not exist yet, would be a part of. None if it
/// would get one of its own, or one in which nothing was ever committed.
pub fn repository_around(directory: &Path) -> Option<PathBuf> {
    let existing = directory.ancestors().find(|directory| directory.is_dir())?;
    let repository = Repository::discover(existing).ok()?;
    let is_used = !repository.head().is_err_and(|error| error.code() == git2::ErrorCode::UnbornBranch);
    repository.workdir().filter(|_| is_used).map(Path::to_owned)
}

#[cfg(test)]
mod tests {
    use super::super::testing::TestRepository;
    use super::super::{Placement, StorePath};
    use super::*;

    #[test]
    fn a_new_store_gets_a_repository_unless_it_is_in_one() {
        let directory = tempfile::tempdir().unwrap();
        let store = create(&directory.path().join("deep/store")).unwrap();
        assert!(directory.path().join("deep/store/.git").is_dir());
        assert!(matches!(store.placement(), Placement::CheckedOut { branch: Some(_) }));
        assert_eq!(store.tip().unwrap(), None);

        let repository = TestRepository::with_commit();
        let store = create(&repository.top.join("ops/incidents")).unwrap();
        assert!(!repository.top.join("ops/incidents/.git").exists());
        let path = StorePath::parse("severity.toml").unwrap();
        assert_eq!(store.in_repository(&path), "ops/incidents/severity.toml");
    }
    #[test]
    fn a_repository_with_commits_is_somebodys() {
        let directory = tempfile::tempdir().unwrap();
        assert_eq!(repository_around(&directory.path().join("deep/store")), None);
        let empty = TestRepository::empty();
        assert_eq!(repository_around(&empty.top), None);
        let repository = TestRepository::with_commit();
        for folder in ["", "ops/incidents"] {
            let around = repository_around(&repository.top.join(folder)).unwrap();
            assert_eq!(around.canonicalize().unwrap(), repository.top.canonicalize().unwrap(), "{folder}");
        }
    }
}
