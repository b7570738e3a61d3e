//! Opening a store, and saying exactly why a repository cannot be opened.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use git2::{ErrorCode, Repository, RepositoryOpenFlags};

use super::failures::{file_failed, git_failed, git_line, quoted};
use super::git::{Call, Git};
use super::placement::{Placement, head_branch};
use super::{ConfigEnv, Store};
use crate::failure::{Exit, Failure, Message};

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(5);

/// The nearest directory from `start` upwards that has a `severity.toml`.
pub fn discover(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|directory| directory.join("severity.toml").is_file()).map(Path::to_owned)
}

/// A store that is committed, and whose files are not where somebody looks for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// This directory lacks its `severity.toml`: somebody has deleted it, or a sparse checkout leaves it out.
    Deleted(PathBuf),
    /// The repository is bare.
    Bare(PathBuf),
}

/// `path`, which need not be there, without symbolic links as far as it is; none if nothing of it can be looked at.
pub fn resolved(path: &Path) -> Option<PathBuf> {
    let existing = path.ancestors().find(|directory| directory.is_dir())?;
    let below = path.strip_prefix(existing).ok()?;
    Some(fs::canonicalize(existing).ok()?.components().chain(below.components()).collect())
}

/// The nearest store from `start` upwards that HEAD has, for where [`discover`] finds none.
pub fn discover_committed(start: &Path) -> Option<Hidden> {
    let start = &resolved(start)?;
    let existing = start.ancestors().find(|directory| directory.is_dir())?;
    let repository = Repository::discover(existing).ok()?;
    let tree = repository.head().ok()?.peel_to_tree().ok()?;
    let has_store = |folder: &Path| tree.get_path(&folder.join("severity.toml")).is_ok();
    let Some(top) = repository.workdir() else {
        return has_store(Path::new("")).then(|| Hidden::Bare(repository.path().to_owned()));
    };
    let top = fs::canonicalize(top).ok()?;
    let is_store = |directory: &&Path| directory.strip_prefix(&top).is_ok_and(has_store);
    start.ancestors().find(is_store).map(|directory| Hidden::Deleted(directory.to_owned()))
}

/// Ends what a dead writer left of the store at `root`, such as its first commit, and says whether its rules are there.
pub fn finish_interrupted(root: &Path) -> bool {
    let store = Store::open(root).ok().filter(Store::has_unfinished_journal);
    store.inspect(|store| drop(store.recover())).is_some() && discover(root).as_deref() == Some(root)
}

impl Store {
    /// Opens the store whose `severity.toml` is in `directory`, on the branch that HEAD names.
    ///
    /// # Errors
    /// There is no repository around it, or one that cannot be used; the hint has the command that mends it.
    pub fn open(directory: &Path) -> Result<Self> {
        let root = fs::canonicalize(directory).map_err(|error| file_failed("reading", directory, &error))?;
        let repository = open_repository(&root)?;
        let top = repository.workdir().unwrap_or_else(|| repository.path());
        let top = fs::canonicalize(top).map_err(|error| file_failed("reading", top, &error))?;
        let prefix = prefix_of(&root, &top)?;
        let head = head_branch(&repository)?;
        let placement = match (repository.is_bare(), head) {
            (true, Some(branch)) => Placement::Elsewhere { head: Some(branch.clone()), branch },
            (_, branch) => Placement::CheckedOut { branch },
        };
        let store = Self {
            git: Git::new(&top),
            repository,
            root,
            prefix,
            placement,
            config_env: ConfigEnv::default(),
            patience: PATIENCE,
            inside: RefCell::new(HashSet::new()),
        };
        store.share_with_accounts();
        Ok(store)
    }
}

/// The root's path from the top of the repository, `/` between and after its components.
fn prefix_of(root: &Path, top: &Path) -> Result<String> {
    let outside = || Failure::new(Exit::Git, "store-outside-worktree").with("path", root.display());
    let below = root.strip_prefix(top).map_err(|_| outside())?;
    let mut prefix = String::new();
    for component in below.components() {
        prefix.push_str(component.as_os_str().to_str().ok_or_else(outside)?);
        prefix.push('/');
    }
    Ok(prefix)
}

fn open_repository(root: &Path) -> Result<Repository> {
    let no_ceilings: [&Path; 0] = [];
    Repository::open_ext(root, RepositoryOpenFlags::empty(), no_ceilings).map_err(|error| {
        match error.code() {
            ErrorCode::NotFound => no_repository(root).into(),
            ErrorCode::Owner => unsafe_directory(root).into(),
            _ => unsupported(root, error.message()).map_or_else(|| git_failed("reading")(error), Into::into),
        }
    })
}

fn no_repository(root: &Path) -> Failure {
    Failure::new(Exit::Git, "store-no-repository")
        .with("path", root.display())
        .hint(Message::new("store-hint-git-init").with("path", quoted(root)))
}

fn unsafe_directory(root: &Path) -> Failure {
    // git compares with the repository's top, which cannot be asked for while it is refused.
    let top = root.ancestors().find(|directory| directory.join(".git").exists()).unwrap_or(root);
    Failure::new(Exit::Git, "store-unsafe-directory")
        .with("path", top.display())
        .hint(Message::new("store-hint-safe-directory").with("path", quoted(top)))
}

/// The failure for a kind of repository that libgit2 does not open, told from its `message`.
fn unsupported(root: &Path, message: &str) -> Option<Failure> {
    if let Some(extension) = message.strip_prefix("unsupported extension name extensions.") {
        return Some(unsupported_extension(root, extension));
    }
    let format = message.strip_prefix("unknown object format '")?.trim_end_matches('\'');
    Some(
        Failure::new(Exit::Git, "store-object-format-unsupported")
            .with("format", format)
            .hint(Message::new("store-hint-new-repository")),
    )
}

fn unsupported_extension(root: &Path, extension: &str) -> Failure {
    let command = |words: &str| Message::new("store-hint-run").with("command", git_line(root, words));
    match extension.to_ascii_lowercase().as_str() {
        // How older versions of git noted what newer ones note with the remote.
        "partialclone" => {
            let noted = Git::new(root).output(&Call::new(&["config", "extensions.partialClone"]));
            let remote = noted.unwrap_or_else(|_| b"origin".to_vec());
            let remote = String::from_utf8_lossy(&remote).trim().to_owned();
            Failure::new(Exit::Git, "store-partial-clone")
                .hint(command(&format!("config remote.{remote}.promisor true")))
                .hint(command("config --unset extensions.partialClone"))
        }
        "refstorage" => {
            let clone = format!("git clone --ref-format=files {} {}", quoted(root), quoted(&beside(root)));
            Failure::new(Exit::Git, "store-reftable")
                .hint(
                    Message::new("store-hint-migrate-refs")
                        .with("command", git_line(root, "refs migrate --ref-format=files")),
                )
                .hint(Message::new("store-hint-clone-refs").with("command", clone))
        }
        _ => Failure::new(Exit::Git, "store-extension-unsupported").with("extension", extension),
    }
}

/// A name for a clone of the repository of `root`.
fn beside(root: &Path) -> PathBuf {
    let mut name = root.file_name().unwrap_or_default().to_owned();
    name.push("-files");
    root.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{TestRepository, failure};
    use super::*;

    #[test]
    fn what_cannot_be_used_is_named() {
        let check = |settings: &[(&str, &str)], expected: &str| {
            let repository = TestRepository::with_commit();
            repository.git(&["config", "core.repositoryFormatVersion", "1"]);
            for (key, value) in settings {
                repository.git(&["config", key, value]);
            }
            assert_eq!(failure(Store::open(&repository.top)), (expected, Exit::Git), "{settings:?}");
        };
        check(&[("extensions.partialClone", "origin")], "store-partial-clone");
        check(&[("extensions.somethingNew", "true")], "store-extension-unsupported");
        check(&[("extensions.objectFormat", "sha256")], "store-object-format-unsupported");
        check(&[("extensions.refStorage", "reftable")], "store-reftable");
    }

    #[test]
    fn outside_a_repository() {
        let directory = tempfile::tempdir().unwrap();
        let error = Store::open(directory.path()).err().unwrap();
        let failure: &Failure = error.downcast_ref().unwrap();
        assert_eq!(failure.message.key, "store-no-repository");
        assert_eq!(failure.hints[0].key, "store-hint-git-init");
        assert!(Store::open(&directory.path().join("absent")).is_err());
    }

    #[test]
    fn a_store_whose_files_are_not_there_is_found_in_the_commit() {
        let repository = TestRepository::with_commit();
        let top = repository.top.canonicalize().unwrap();
        assert_eq!(discover_committed(&top), None);
        repository.write("ops/severity.toml", "");
        repository.commit_all("a store");
        let deleted = Some(Hidden::Deleted(top.join("ops")));
        for place in ["ops", "ops/incidents/2026"] {
            assert_eq!(discover_committed(&top.join(place)), deleted, "{place}");
        }
        assert_eq!(discover_committed(&top), None);
        repository.write("severity.toml", "");
        repository.commit_all("another");
        let bare = top.with_file_name("bare.git");
        repository.git(&["clone", "--quiet", "--bare", ".", bare.to_str().unwrap()]);
        assert_eq!(discover_committed(&bare.join("refs")), Some(Hidden::Bare(bare.canonicalize().unwrap())));
        assert_eq!(discover_committed(&top.join("ops")), deleted);
        assert_eq!(discover_committed(tempfile::tempdir().unwrap().path()), None);
    }

    #[test]
    fn the_nearest_store_upwards_is_found() {
        let directory = tempfile::tempdir().unwrap();
        let inner = directory.path().join("a/store/incidents/2026");
        fs::create_dir_all(&inner).unwrap();
        assert_eq!(discover(&inner), None);
        fs::write(directory.path().join("a/store/severity.toml"), "").unwrap();
        assert_eq!(discover(&inner), Some(directory.path().join("a/store")));
    }
}
