//! Files of this clone alone, in the git directory: drafts, the journal, the lock. Readable by their owner only,
//! and by the group where accounts share the repository.

use std::fs::{self, DirBuilder, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use tempfile::{Builder, NamedTempFile};

use super::failures::file_failed;
use super::lock::StoreLock;
use super::read::is_absence;
use super::{Store, StorePath};
use crate::failure::{Exit, Failure};

/// Ends the name of the file that stands for a claim.
const CLAIM: &str = ".claim";

/// Begins the name of a file that is being written.
const SAVING: &str = "saving-";

/// The right to a private file, which no other process has as long as this lives.
#[derive(Debug)]
pub struct Claim {
    _lock: StoreLock,
}

/// A lock of this clone, which the kernel drops when its holder ends.
#[derive(Debug)]
pub struct PrivateLock {
    _lock: StoreLock,
}

impl Store {
    /// Takes the lock called `name`, waiting for at most `patience`.
    ///
    /// # Errors
    /// Another process has it all the time, the name is not a plain one, or the system refuses.
    pub fn lock_private(&self, name: &str, patience: Duration) -> Result<PrivateLock> {
        self.private_directory()?;
        StoreLock::acquire(&self.private_path(&lock_name(name))?, patience)
            .map(|lock| PrivateLock { _lock: lock })
    }

    /// Takes the lock called `name` if nobody has it.
    ///
    /// # Errors
    /// The name is not a plain one, or the system refuses.
    pub fn try_lock_private(&self, name: &str) -> Result<Option<PrivateLock>> {
        self.private_directory()?;
        let lock = StoreLock::try_acquire(&self.private_path(&lock_name(name))?)?;
        Ok(lock.map(|lock| PrivateLock { _lock: lock }))
    }

    /// Claims a private file, which need not be there yet; none while another process has it. What stands beside it
    /// for that purpose is removed with the file.
    ///
    /// # Errors
    /// The name is not a plain one, or the system refuses.
    pub fn claim_private(&self, name: &str) -> Result<Option<Claim>> {
        let path = self.private_path(&claim_name(name))?;
        self.private_directory()?;
        Ok(StoreLock::try_acquire(&path)?.map(|lock| Claim { _lock: lock }))
    }

    /// Removes what was never finished: temporary files, and claims of files that were never written. Whoever was about
    /// to write them has died, or could not.
    pub(super) fn sweep(&self) -> Result<()> {
        let directory = self.private_root();
        let entries = fs::read_dir(&directory).map_err(|error| file_failed("reading", &directory, &error))?;
        for path in entries.flatten().map(|entry| entry.path()) {
            let Some(name) = path.to_str() else { continue };
            let is_idle = name.strip_suffix(CLAIM).is_some_and(|file| !Path::new(file).exists());
            let is_temporary =
                path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(SAVING));
            if (is_idle || is_temporary)
                && let Ok(Some(_claim)) = StoreLock::try_acquire(&path)
            {
                remove_if_there(&path)?;
            }
        }
        Ok(())
    }

    /// Writes a private file whole: beside and renamed, and on the disk when this returns.
    ///
    /// # Errors
    /// The name is not a plain one, or the system refuses.
    pub fn save_private(&self, name: &str, bytes: &[u8]) -> Result<()> {
        self.save_private_by(name, bytes, SAVING)
    }

    /// As `save_private`, by way of a temporary file whose name begins with `temporary`.
    pub(super) fn save_private_by(&self, name: &str, bytes: &[u8], temporary: &str) -> Result<()> {
        let path = self.private_path(name)?;
        let directory = self.private_directory()?;
        write_beside(&directory, &path, bytes, &self.temporary(temporary))
            .map_err(|error| file_failed("writing", &path, &error))
    }

    /// # Errors
    /// The name is not a plain one, or the system refuses.
    pub fn read_private(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let path = self.private_path(name)?;
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if is_absence(&error) => Ok(None),
            Err(error) => Err(file_failed("reading", &path, &error)),
        }
    }

    /// Removes a private file; none there is fine.
    ///
    /// # Errors
    /// The name is not a plain one, or the system refuses.
    pub fn remove_private(&self, name: &str) -> Result<()> {
        remove_if_there(&self.private_path(name)?)?;
        remove_if_there(&self.private_path(&claim_name(name))?)
    }

    /// The names of the private files that begin with `prefix`, sorted.
    ///
    /// # Errors
    /// The system refuses.
    pub fn list_private(&self, prefix: &str) -> Result<Vec<String>> {
        let directory = self.private_root();
        let entries = match fs::read_dir(&directory) {
            Ok(entries) => entries,
            Err(error) if is_absence(&error) => return Ok(Vec::new()),
            Err(error) => return Err(file_failed("reading", &directory, &error)),
        };
        let mut names: Vec<String> = entries
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| name.starts_with(prefix) && !name.ends_with(CLAIM))
            .collect();
        names.sort();
        Ok(names)
    }

    /// The directory of the private files, made where it is missing, for caches and programs' files.
    ///
    /// # Errors
    /// The system refuses.
    pub fn private_directory(&self) -> Result<PathBuf> {
        self.made_private(self.private_root())
    }

    /// A folder among the private files, made where it is missing.
    pub(super) fn private_folder(&self, name: &str) -> Result<PathBuf> {
        self.made_private(self.private_directory()?.join(name))
    }

    /// How the temporary files that become private ones are made.
    fn temporary<'a>(&self, name: &'a str) -> Builder<'a, 'static> {
        let mut builder = Builder::new();
        builder.prefix(name);
        #[cfg(unix)]
        if self.is_shared_by_accounts() {
            use std::os::unix::fs::PermissionsExt;
            // Whoever comes next ends what a dead writer has begun, whoever that was.
            builder.permissions(fs::Permissions::from_mode(0o660));
        }
        builder
    }

    fn made_private(&self, directory: PathBuf) -> Result<PathBuf> {
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt;
            builder.mode(if self.is_shared_by_accounts() { 0o770 } else { 0o700 });
        }
        match builder.create(&directory) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                Err(file_failed("creating", &directory, &error))
            }
            _ => Ok(directory),
        }
    }

    pub(super) fn private_root(&self) -> PathBuf {
        self.repository.commondir().join("incident")
    }

    fn private_path(&self, name: &str) -> Result<PathBuf> {
        let name = StorePath::parse(name)?;
        if name.parent().is_some() {
            return Err(Failure::new(Exit::Usage, "store-path-refused").with("path", name).into());
        }
        Ok(self.private_root().join(name.as_str()))
    }
}

fn lock_name(name: &str) -> String {
    format!("{name}.lock")
}

fn claim_name(name: &str) -> String {
    format!("{name}{CLAIM}")
}

/// A new file in `directory`, locked as long as whoever writes it lives.
fn new_temporary(directory: &Path, temporary: &Builder<'_, '_>) -> std::io::Result<NamedTempFile> {
    loop {
        let file = temporary.tempfile_in(directory)?;
        // Another process that sweeps may just have taken it for a dead one's.
        match file.as_file().try_lock() {
            Err(TryLockError::WouldBlock) => {}
            Ok(()) if !file.path().exists() => {}
            // Where there are no locks, nobody sweeps.
            _ => return Ok(file),
        }
    }
}

/// Writes `bytes` into a new file of `directory`, synced, and renames it to `path`.
fn write_beside(
    directory: &Path,
    path: &Path,
    bytes: &[u8],
    temporary: &Builder<'_, '_>,
) -> std::io::Result<()> {
    let mut file = new_temporary(directory, temporary)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    sync_directory(directory)
}

/// Makes a rename in `directory` outlive a power cut, where the system can.
pub(super) fn sync_directory(directory: &Path) -> std::io::Result<()> {
    if cfg!(unix) { fs::File::open(directory)?.sync_all() } else { Ok(()) }
}

pub(super) fn remove_if_there(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if !is_absence(&error) => Err(file_failed("removing", path, &error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{TestRepository, failure};
    use super::*;

    #[test]
    fn private_files_stay_in_the_git_directory() {
        let repository = TestRepository::with_commit();
        let store = repository.store();
        assert_eq!(store.read_private("draft-1").unwrap(), None);
        assert_eq!(store.list_private("").unwrap(), [""; 0]);
        store.save_private("draft-2", b"two").unwrap();
        store.save_private("draft-1", b"one").unwrap();
        store.save_private("draft-1", b"again").unwrap();
        assert_eq!(store.read_private("draft-1").unwrap().unwrap(), b"again");
        assert_eq!(store.list_private("draft-").unwrap(), ["draft-1", "draft-2"]);
        store.remove_private("draft-1").unwrap();
        store.remove_private("draft-1").unwrap();
        assert_eq!(store.list_private("draft-").unwrap(), ["draft-2"]);
        assert_eq!(repository.status(), [""; 0]);
        for name in ["../config", "a/b", ""] {
            assert_eq!(failure(store.save_private(name, b"x")).0, "store-path-refused", "{name}");
        }
    }

    #[test]
    fn a_file_is_claimed_once_until_the_claim_ends() {
        let repository = TestRepository::with_commit();
        let store = repository.store();
        let claim = store.claim_private("draft-1").unwrap();
        assert!(claim.is_some());
        assert!(repository.store().claim_private("draft-1").unwrap().is_none());
        assert!(store.claim_private("draft-2").unwrap().is_some());
        drop(claim);
        // A process that another test is starting has the lock, too, until it becomes another program.
        let mut tries = std::iter::repeat_with(|| store.claim_private("draft-1").unwrap()).take(100_000);
        assert!(tries.any(|claim| claim.is_some()));
        assert_eq!(store.list_private("draft-").unwrap(), [""; 0]);
        store.remove_private("draft-1").unwrap();
        assert!(!repository.top.join(".git/incident/draft-1.claim").exists());

        // Claimed by one that is still at work, and by one that died before it wrote anything.
        let claim = store.claim_private("draft-3").unwrap();
        drop(store.claim_private("draft-4").unwrap());
        repository.write(".git/incident/saving-x", "half a dr");
        store.sweep().unwrap();
        assert!(!repository.top.join(".git/incident/saving-x").exists());
        assert!(claim.is_some() && repository.top.join(".git/incident/draft-3.claim").exists());
        let mut tries = std::iter::repeat_with(|| {
            store.sweep().unwrap();
            repository.top.join(".git/incident/draft-4.claim").exists()
        });
        assert!(tries.by_ref().take(100_000).any(|exists| !exists));
    }

    #[test]
    #[cfg(unix)]
    fn nobody_else_reads_them() {
        use std::os::unix::fs::PermissionsExt;
        let repository = TestRepository::with_commit();
        repository.store().save_private("draft", b"secret").unwrap();
        let mode = |path: &str| fs::metadata(repository.top.join(path)).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(".git/incident"), mode(".git/incident/draft")), (0o700, 0o600));
    }
}
