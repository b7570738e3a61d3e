//! The worktree's file and its new version change places at once, so that what an editor saves in the last moment is
//! there to be looked at, and goes back.

use std::fs;
use std::path::Path;

use anyhow::Result;
use git2::Oid;
use tempfile::NamedTempFile;

use super::changed_file::ChangedFile;
use super::failures::{file_failed, git_failed, git_line};
use super::private::remove_if_there;
use super::read::is_absence;
use super::worktree::work_name;
use super::{Store, StorePath};
use crate::failure::Message;

/// What stands in the file's place now.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Swapped {
    /// The new version.
    Done,
    /// What somebody has saved since it was looked at.
    Left,
    /// The same, saved while the new version stood there for a moment; and what had been saved before that.
    LeftTwice(Vec<u8>),
}

/// Puts `file` in the place of the one at `full`, if that is `raw`.
pub(super) fn swap(file: NamedTempFile, full: &Path, raw: &[u8]) -> std::io::Result<Swapped> {
    swap_meanwhile(file, full, raw, || {})
}

/// As `swap`; `meanwhile` is what happens as soon as the two have changed places.
#[cfg(target_os = "linux")]
fn swap_meanwhile(
    file: NamedTempFile,
    full: &Path,
    raw: &[u8],
    meanwhile: impl FnOnce(),
) -> std::io::Result<Swapped> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    let ours = fs::read(file.path())?;
    let change_places = || renameat_with(CWD, file.path(), CWD, full, RenameFlags::EXCHANGE);
    match change_places() {
        Ok(()) => {}
        Err(rustix::io::Errno::NOENT) => return Ok(Swapped::Left),
        // Not every file system can.
        Err(_) => return file.persist(full).map(|_| Swapped::Done).map_err(|error| error.error),
    }
    meanwhile();
    if fs::read(file.path())? == raw {
        // Dropped, it would be left behind without a word where it cannot be removed.
        return file.close().map(|()| Swapped::Done);
    }
    change_places()?;
    if fs::read(file.path())? == ours {
        return Ok(Swapped::Left);
    }
    // Whoever saved it again had ours before their eyes: that is the newest, and stays.
    change_places()?;
    fs::read(file.path()).map(Swapped::LeftTwice)
}

#[cfg(not(target_os = "linux"))]
fn swap_meanwhile(
    file: NamedTempFile,
    full: &Path,
    _raw: &[u8],
    _meanwhile: impl FnOnce(),
) -> std::io::Result<Swapped> {
    file.persist(full).map(|_| Swapped::Done).map_err(|error| error.error)
}

/// Removes what a dead writer of `files` with `token` may have left beside them. Where it died while a file and its new
/// version had changed places, and somebody had just saved theirs, git keeps that as an object, and the person is told.
pub(super) fn clear_work_files(store: &Store, files: &[ChangedFile], token: &str) -> Result<Vec<Message>> {
    let mut messages = Vec::new();
    for file in files {
        let work = store.root.join(file.path.as_str()).with_file_name(work_name(token));
        let left = match fs::read(&work) {
            Ok(left) => left,
            Err(error) if is_absence(&error) => continue,
            Err(error) => return Err(file_failed("reading", &work, &error)),
        };
        // All files of a folder get ready under one name.
        if !files.iter().any(|file| is_version(store, file, &left)) {
            let kept = keep(store, &file.path, left)?;
            messages.push(kept_beside("store-kept-of-dead", store, file, kept));
        }
        remove_if_there(&work)?;
    }
    Ok(messages)
}

/// Whether `left` is a version that the change is about, or the beginning of one that was being written.
fn is_version(store: &Store, file: &ChangedFile, left: &[u8]) -> bool {
    let versions = [file.old, file.new, file.seen, file.outdated].into_iter().flatten();
    let stored = store.stored_id(&file.path, left).ok();
    let mut versions = versions.filter(|version| store.can_read(*version));
    versions.any(|version| {
        let begins =
            || store.worktree_bytes(&file.path, version).is_ok_and(|version| version.starts_with(left));
        stored == Some(version) || begins()
    })
}

/// Makes an object of git's of what somebody has saved at `path`.
pub(super) fn keep(store: &Store, path: &StorePath, bytes: Vec<u8>) -> Result<Oid> {
    store.repository.blob(&store.stored_bytes(path, bytes)?).map_err(git_failed("writing"))
}

/// That somebody's version of a file is an object of git's, and how to see it.
pub(super) fn kept_beside(key: &'static str, store: &Store, file: &ChangedFile, kept: Oid) -> Message {
    let command = git_line(&store.root, &format!("cat-file blob {kept}"));
    Message::new(key).with("path", &file.path).with("command", command)
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::super::worktree::write_beside;
    use super::*;

    /// What `swap` made of a file that held `there` instead of `seen`, and that somebody saved as `since` meanwhile.
    fn check(there: Option<&str>, since: Option<&str>, expected: (&Swapped, &str)) {
        let folder = tempfile::tempdir().unwrap();
        let full = folder.path().join("a.md");
        let save = |text: &str| fs::write(&full, text).unwrap();
        there.into_iter().for_each(save);
        let ready = write_beside(folder.path(), &full, b"new", "token").unwrap();
        let swapped = swap_meanwhile(ready, &full, b"seen", || since.into_iter().for_each(save)).unwrap();
        let text = fs::read_to_string(&full).unwrap_or_default();
        assert_eq!((&swapped, text.as_str()), expected, "{there:?} {since:?}");
        let names = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(names, usize::from(there.is_some()), "nothing is left beside it");
    }

    #[test]
    fn what_was_saved_in_the_last_moment_stays() {
        check(Some("seen"), None, (&Swapped::Done, "new"));
        check(Some("seen"), Some("new, and more"), (&Swapped::Done, "new, and more"));
        check(Some("saved"), None, (&Swapped::Left, "saved"));
        check(None, None, (&Swapped::Left, ""));
        let twice = Swapped::LeftTwice(b"saved".to_vec());
        check(Some("saved"), Some("new, and more"), (&twice, "new, and more"));
    }

    #[test]
    fn what_a_dead_writer_left_beside_is_thrown_away_only_where_it_is_known() {
        use super::super::testing::{TestRepository, path};
        let repository = TestRepository::with_commit();
        let store = repository.store();
        let change =
            || ChangedFile::write(&store, store.tip_id().unwrap(), &path("a.md"), Some(b"a2\n"), None);
        for (left, kept) in [("a1\n", false), ("a2\n", false), ("a", false), ("", false), ("mine\n", true)] {
            repository.write(&work_name("token"), left);
            let messages = clear_work_files(&store, &[change().unwrap()], "token").unwrap();
            assert_eq!(messages.len(), usize::from(kept), "{left:?}");
            assert_eq!(repository.status(), [""; 0]);
            for message in messages {
                let command = &message.facts.iter().find(|(name, _)| *name == "command").unwrap().1;
                let blob = command.rsplit(' ').next().unwrap();
                assert_eq!(repository.git(&["cat-file", "blob", blob]), "mine");
            }
        }
    }
}
