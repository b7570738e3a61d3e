//! git's index: reading one entry, and changing ours alone while everything staged by others stays.
//!
//! Split and sparse indexes are beyond libgit2; the `git` program reads and writes those.

use std::collections::{HashMap, HashSet};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::Result;
use git2::{Index, IndexEntry, IndexTime, Oid};

use super::changed_file::ChangedFile;
use super::failures::{file_failed, git_failed};
use super::git::Call;
use super::journal::Journal;
use super::lock::IndexLock;
use super::read::is_absence;
use super::{Store, StorePath};

/// The bits of an index entry's extended flags (git's `Documentation/gitformat-index.txt`).
const INTENT_TO_ADD: u16 = 1 << 13;
const SKIP_WORKTREE: u16 = 1 << 14;

/// What is staged for a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub id: Oid,
    /// Left out of a sparse checkout.
    pub skip_worktree: bool,
}

/// A file to be staged.
pub(super) struct Update {
    pub file: ChangedFile,
    /// Whether the worktree's file has the new bytes, so that its dates belong into the index.
    pub in_worktree: bool,
}

/// The staged entry of `path` in the worktree's index.
pub(super) fn entry(store: &Store, path: &StorePath) -> Result<Option<Entry>> {
    entry_in(store, &store.index_path(), path)
}

/// The entry of `path` in another index file of this repository.
pub(super) fn entry_in(store: &Store, file: &Path, path: &StorePath) -> Result<Option<Entry>> {
    match Index::open(file) {
        Ok(index) => Ok(entry_of(&index, &store.in_repository(path))),
        Err(_) => entry_by_program(store, file, path),
    }
}

/// What is staged, read once for many paths.
pub(super) enum View {
    Library(Index),
    Program(HashMap<String, Entry>),
}

impl View {
    pub(super) fn read(store: &Store) -> Result<Self> {
        if let Ok(index) = Index::open(&store.index_path()) {
            return Ok(Self::Library(index));
        }
        let call = Call::new(&["ls-files", "--stage", "-t", "-z", "--full-name", "--", ":/"]);
        parse_staged(&store.git.output(&call)?).map(Self::Program)
    }

    /// The staged entry of `path`.
    pub(super) fn entry(&self, store: &Store, path: &StorePath) -> Option<Entry> {
        let path = store.in_repository(path);
        match self {
            Self::Library(index) => entry_of(index, &path),
            Self::Program(staged) => staged.get(&path).cloned(),
        }
    }
}

/// The files below `under` that a sparse checkout leaves out, as git names them.
pub(super) fn left_out(store: &Store, under: &StorePath) -> Result<HashSet<String>> {
    let folder = format!("{}/", store.in_repository(under));
    match Index::open(&store.index_path()) {
        Ok(index) => {
            let skipped = index.iter().filter(|entry| entry.flags_extended & SKIP_WORKTREE != 0);
            let names = skipped.filter_map(|entry| String::from_utf8(entry.path).ok());
            Ok(names.filter(|name| name.starts_with(&folder)).collect())
        }
        Err(_) => {
            let call = Call::new(&["ls-files", "-t", "-z", "--"])
                .argument(folder)
                .environment("GIT_LITERAL_PATHSPECS", "1");
            let lines = store.git.output(&call)?;
            let lines = String::from_utf8_lossy(&lines).into_owned();
            Ok(lines.split('\0').filter_map(|line| line.strip_prefix("S ")).map(str::to_owned).collect())
        }
    }
}

/// The right to write one worktree's index, and a copy of it to be changed and put in its place.
pub(super) struct IndexWriter<'a> {
    store: &'a Store,
    copy: PathBuf,
    /// None where only the `git` program can write it.
    library: Option<Index>,
    /// When the index was written last; none if there is no index yet.
    written: Option<SystemTime>,
    _lock: IndexLock,
}

impl<'a> IndexWriter<'a> {
    /// Takes `index.lock` and reads the index. `journal` names the lock and the temporary files.
    ///
    /// # Errors
    /// Somebody else holds the lock for too long, or the system refuses.
    pub(super) fn begin(store: &'a Store, journal: &Journal) -> Result<Self> {
        let work = journal.work_file(store, "lock");
        let lock = IndexLock::acquire(store.repository.path(), &journal.token, &work, store.patience)?;
        let (path, copy) = (store.index_path(), journal.work_file(store, "new-index"));
        let written = match fs::metadata(&path).and_then(|index| index.modified()) {
            Ok(written) => Some(written),
            // An index that is there and cannot be read would be replaced by one of our entries alone.
            Err(error) if is_absence(&error) => None,
            Err(error) => return Err(file_failed("reading", &path, &error)),
        };
        if written.is_some() {
            fs::copy(&path, &copy).map_err(|error| file_failed("reading", &path, &error))?;
            keep_time(&copy, written)?;
        }
        let library = Index::open(&copy).ok().filter(|_| !store.prefers_program_for_index());
        Ok(Self { store, copy, library, written, _lock: lock })
    }

    /// The staged entry of `path`.
    pub(super) fn entry(&self, path: &StorePath) -> Result<Option<Entry>> {
        match &self.library {
            Some(index) => Ok(entry_of(index, &self.store.in_repository(path))),
            None => entry_by_program(self.store, &self.copy, path),
        }
    }

    /// Stages `updates`, each only if what is staged is its old or its new blob, and gives the paths left alone.
    pub(super) fn update(mut self, updates: &[Update]) -> Result<Vec<StorePath>> {
        let mut left = Vec::new();
        let mut changed = Vec::new();
        for update in updates {
            let staged = self.entry(&update.file.path)?;
            if update.file.is_staged_as(staged.as_ref()) {
                changed.push((update, staged));
            } else {
                left.push(update.file.path.clone());
            }
        }
        match self.library.take() {
            Some(index) => write_entries(self.store, index, &changed)?,
            None => write_by_program(self.store, &self.copy, &changed)?,
        }
        keep_time(&self.copy, self.written)?;
        let path = self.store.index_path();
        fs::rename(&self.copy, &path).map_err(|error| file_failed("writing", &path, &error))?;
        Ok(left)
    }
}

impl ChangedFile {
    /// Whether the staged entry is one that this change may replace.
    pub(super) fn is_staged_as(&self, staged: Option<&Entry>) -> bool {
        let id = staged.map(|entry| entry.id);
        id == self.new || self.may_replace(id)
    }
}

/// Gives the new index the old one's date. git trusts an entry whose file is older than the index; with a newer date it
/// would no longer look at a file that was changed in the same tick in which the old index was written.
fn keep_time(work: &Path, written: Option<SystemTime>) -> Result<()> {
    let Some(written) = written else { return Ok(()) };
    fs::OpenOptions::new()
        .write(true)
        .open(work)
        .and_then(|file| file.set_modified(written))
        .map_err(|error| file_failed("writing", work, &error))
}

type Changed<'a> = (&'a Update, Option<Entry>);

fn write_entries(store: &Store, mut index: Index, changed: &[Changed<'_>]) -> Result<()> {
    for (update, staged) in changed {
        let path = store.in_repository(&update.file.path);
        match update.file.new {
            None if staged.is_none() => {}
            None => index.remove(Path::new(&path), 0).map_err(git_failed("indexing"))?,
            Some(id) => {
                index.add(&new_entry(store, update, id, staged.as_ref())).map_err(git_failed("indexing"))?;
            }
        }
    }
    index.write().map_err(git_failed("indexing"))
}

fn write_by_program(store: &Store, file: &Path, changed: &[Changed<'_>]) -> Result<()> {
    let mut lines = Vec::new();
    for (update, _) in changed {
        let path = store.in_repository(&update.file.path);
        let (mode, id) = update.file.new.map_or((0, Oid::ZERO_SHA1), |id| (update.file.mode, id));
        lines.extend_from_slice(format!("{mode:o} {id}\t{path}\0").as_bytes());
    }
    let run = |arguments: &[&str], lines: &[u8]| {
        let call = Call::new(arguments)
            .environment("GIT_INDEX_FILE", file)
            .environment("GIT_OPTIONAL_LOCKS", "1")
            .input(lines);
        store.git.output(&call).map(drop)
    };
    run(&["update-index", "-z", "--index-info"], &lines)?;
    let is_left_out = |staged: &Option<Entry>| staged.as_ref().is_some_and(|entry| entry.skip_worktree);
    let left_out = changed.iter().filter(|(update, staged)| update.file.new.is_some() && is_left_out(staged));
    let names: Vec<String> =
        left_out.map(|(update, _)| store.in_repository(&update.file.path) + "\0").collect();
    if names.is_empty() {
        return Ok(());
    }
    // It has forgotten that the checkout leaves them out.
    run(&["update-index", "--skip-worktree", "-z", "--stdin"], names.concat().as_bytes())
}

fn entry_of(index: &Index, path: &str) -> Option<Entry> {
    let entry = index.get_path(Path::new(path), 0)?;
    let intended = entry.flags_extended & INTENT_TO_ADD != 0;
    (!intended).then_some(Entry { id: entry.id, skip_worktree: entry.flags_extended & SKIP_WORKTREE != 0 })
}

fn entry_by_program(store: &Store, file: &Path, path: &StorePath) -> Result<Option<Entry>> {
    let call = Call::new(&["ls-files", "--stage", "-t", "-z", "--"])
        .argument(store.in_repository(path))
        .environment("GIT_INDEX_FILE", file)
        .environment("GIT_LITERAL_PATHSPECS", "1");
    let staged = parse_staged(&store.git.output(&call)?)?;
    Ok(staged.into_iter().next().map(|(_, entry)| entry))
}

/// Reads `H 100644 <id> 0\t<path>` and NUL, with `S` for a file left out of a sparse checkout; nothing of a conflict.
fn parse_staged(output: &[u8]) -> Result<HashMap<String, Entry>> {
    let mut staged = HashMap::new();
    for line in String::from_utf8_lossy(output).split_terminator('\0') {
        let Some((facts, path)) = line.split_once('\t') else { continue };
        let mut words = facts.split(' ');
        let (tag, id, stage) = (words.next(), words.nth(1), words.next());
        if let Some(id) = id.filter(|_| stage == Some("0")) {
            let id = Oid::from_str(id).map_err(git_failed("indexing"))?;
            staged.insert(path.to_owned(), Entry { id, skip_worktree: tag == Some("S") });
        }
    }
    Ok(staged)
}

fn new_entry(store: &Store, update: &Update, id: Oid, staged: Option<&Entry>) -> IndexEntry {
    let full = store.root.join(update.file.path.as_str());
    let file = fs::symlink_metadata(full).ok().filter(|_| update.in_worktree);
    let skipped = staged.is_some_and(|entry| entry.skip_worktree);
    let entry = IndexEntry {
        ctime: IndexTime::new(0, 0),
        mtime: IndexTime::new(0, 0),
        dev: 0,
        ino: 0,
        mode: update.file.mode,
        uid: 0,
        gid: 0,
        file_size: 0,
        id,
        flags: 0,
        flags_extended: if skipped { SKIP_WORKTREE } else { 0 },
        path: store.in_repository(&update.file.path).into_bytes(),
    };
    match file {
        Some(file) => with_dates(entry, &file),
        None => entry,
    }
}

/// The entry with the file's dates and sizes, cut to 32 bits as git does.
#[cfg(unix)]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the format has 32 bits")]
fn with_dates(entry: IndexEntry, file: &Metadata) -> IndexEntry {
    use std::os::unix::fs::MetadataExt;
    IndexEntry {
        ctime: IndexTime::new(file.ctime() as i32, file.ctime_nsec() as u32),
        mtime: IndexTime::new(file.mtime() as i32, file.mtime_nsec() as u32),
        dev: file.dev() as u32,
        ino: file.ino() as u32,
        uid: file.uid(),
        gid: file.gid(),
        file_size: file.size() as u32,
        ..entry
    }
}

/// Without dates git compares the content once and fills them in.
#[cfg(not(unix))]
fn with_dates(entry: IndexEntry, _file: &Metadata) -> IndexEntry {
    entry
}

impl Store {
    pub(super) fn index_path(&self) -> PathBuf {
        self.repository.path().join("index")
    }

    /// libgit2 would drop what these settings keep in the index, and the next `git status` would be slow.
    fn prefers_program_for_index(&self) -> bool {
        let is_on = |key| self.config_value(key).is_some_and(|value| value != "false");
        is_on("core.fsmonitor") || is_on("core.untrackedCache")
    }
}
