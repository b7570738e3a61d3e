//! The two locks of a commit: ours, which the kernel drops when we die, and git's `index.lock`.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::failures::{file_failed, quoted};
use super::private::remove_if_there;
use super::read::is_absence;
use crate::failure::{Exit, Failure, Message};

/// Holds every other writer of this repository off for as long as it lives.
#[derive(Debug)]
pub(super) struct StoreLock {
    _file: File,
}

impl StoreLock {
    /// # Errors
    /// Another writer still has it when `patience` ends, or the system cannot lock.
    pub(super) fn acquire(path: &Path, patience: Duration) -> Result<Self> {
        let taken =
            Self::acquire_within(path, patience).map_err(|error| file_failed("locking", path, &error))?;
        taken.ok_or_else(|| Failure::new(Exit::Refused, "store-locked").with("path", path.display()).into())
    }

    /// Takes it only if nobody has it.
    ///
    /// # Errors
    /// The system cannot lock.
    pub(super) fn try_acquire(path: &Path) -> Result<Option<Self>> {
        Self::acquire_within(path, Duration::ZERO).map_err(|error| file_failed("locking", path, &error))
    }

    fn acquire_within(path: &Path, patience: Duration) -> std::io::Result<Option<Self>> {
        loop {
            let file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
            let file = match file.try_lock() {
                Ok(()) => Some(file),
                Err(TryLockError::WouldBlock) => wait_in_line(file, patience).transpose()?,
                Err(TryLockError::Error(error)) => return Err(error),
            };
            let Some(file) = file else { return Ok(None) };
            // Whoever had it may have removed it with what it stood for, and the next one has made another.
            if is_at(&file, path)? {
                return Ok(Some(Self { _file: file }));
            }
        }
    }
}

/// Whether `file` is what stands at `path` now.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> std::io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let ours = file.metadata()?;
    match fs::metadata(path) {
        Ok(there) => Ok((there.dev(), there.ino()) == (ours.dev(), ours.ino())),
        Err(error) if is_absence(&error) => Ok(false),
        Err(error) => Err(error),
    }
}

/// A file that is open cannot be removed there.
#[cfg(not(unix))]
fn is_at(_file: &File, _path: &Path) -> std::io::Result<bool> {
    Ok(true)
}

/// Waits for the lock of `file` as the kernel has it: whoever came first has it first. Among many, whoever just tries
/// again now and then may never find it free. None when `patience` ends.
fn wait_in_line(file: File, patience: Duration) -> Option<std::io::Result<File>> {
    if patience.is_zero() {
        return None;
    }
    let (sender, receiver) = mpsc::channel();
    // If it comes too late, nobody receives it, and it is free again.
    thread::spawn(move || sender.send(file.lock().map(|()| file)));
    receiver.recv_timeout(patience).ok()
}

/// git's lock on the index of one worktree. It holds our token, so that a later command can tell it from git's own.
pub(super) struct IndexLock {
    path: PathBuf,
    token: String,
}

impl IndexLock {
    /// Takes the lock of the index in `git_directory`, as `git` would, by way of the temporary file `work`.
    ///
    /// # Errors
    /// Somebody else still has it when `patience` ends.
    pub(super) fn acquire(
        git_directory: &Path,
        token: &str,
        work: &Path,
        patience: Duration,
    ) -> Result<Self> {
        let path = path_in(git_directory);
        let taken = wait(patience, || match create_with(&path, token, work) {
            Ok(()) => Ok(Some(())),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(None),
            Err(error) => Err(file_failed("locking", &path, &error)),
        })?;
        match taken {
            Some(()) => Ok(Self { path, token: token.to_owned() }),
            None => Err(held(&path).into()),
        }
    }

    /// Removes the lock in `git_directory` if it is the one of `token`: its holder has died, or could not remove it.
    ///
    /// # Errors
    /// Whose it is cannot be read, or it cannot be removed.
    pub(super) fn break_own(git_directory: &Path, token: &str) -> Result<()> {
        let path = path_in(git_directory);
        if is_own(&path, token).map_err(|error| file_failed("reading", &path, &error))? {
            remove_if_there(&path)?;
        }
        Ok(())
    }
}

impl Drop for IndexLock {
    fn drop(&mut self) {
        if is_own(&self.path, &self.token).unwrap_or(false) {
            // If this fails, the end of the journal tries again, and the journal stays if that fails, too.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// The refusal while `path` is held by somebody else.
pub(super) fn held(path: &Path) -> Failure {
    Failure::new(Exit::Refused, "store-index-locked")
        .with("path", path.display())
        .hint(Message::new("store-hint-index-lock").with("path", quoted(path)))
}

pub(super) fn path_in(git_directory: &Path) -> PathBuf {
    git_directory.join("index.lock")
}

fn is_own(path: &Path, token: &str) -> std::io::Result<bool> {
    match fs::read(path) {
        Ok(content) => Ok(content == token.as_bytes()),
        Err(error) if is_absence(&error) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Creates `path` with its content in one step, so that no crash leaves an empty lock of ours behind.
fn create_with(path: &Path, token: &str, work: &Path) -> std::io::Result<()> {
    fs::write(work, token)?;
    let linked = fs::hard_link(work, path);
    fs::remove_file(work)?;
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => {
            // A file system without hard links.
            OpenOptions::new().write(true).create_new(true).open(path)?.write_all(token.as_bytes())
        }
        linked => linked,
    }
}

/// Tries `attempt` until it gives something or `patience` ends, waiting longer each time.
pub(super) fn wait<T>(
    patience: Duration,
    mut attempt: impl FnMut() -> Result<Option<T>>,
) -> Result<Option<T>> {
    let begun = Instant::now();
    let mut pause = Duration::from_millis(2);
    loop {
        if let Some(taken) = attempt()? {
            return Ok(Some(taken));
        }
        let left = patience.saturating_sub(begun.elapsed());
        if left.is_zero() {
            return Ok(None);
        }
        thread::sleep(pause.min(left));
        pause = (pause * 2).min(Duration::from_millis(100));
    }
}
