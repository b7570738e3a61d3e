//! What a commit is about to do, on the disk before anything moves, so that the next command can end it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use git2::{Oid, Repository};
use serde::{Deserialize, Serialize};

use super::changed_file::ChangedFile;
use super::failures::{file_failed, quoted};
use super::lock::IndexLock;
use super::{Store, StorePath};
use crate::failure::{Exit, Failure, Message};

/// The journal's name among the private files.
pub(super) const NAME: &str = "journal";

/// Where a file is kept that stood in the journal's place and could not be read.
const UNREADABLE: &str = "unreadable-journal";

/// Temporary files of a commit begin so, followed by its token.
pub(super) const WORK: &str = "work-";

/// A commit on its way. Ids are written in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Journal {
    pub schema: u32,
    /// Names the temporary files, and is the content of our `index.lock`.
    pub token: String,
    /// The store in the worktree that is written to, as long as nobody moves it; none if the branch alone moves.
    pub root: Option<PathBuf>,
    /// What git calls that worktree, wherever it is; empty for the main one, none in journals of older versions.
    #[serde(default)]
    pub worktree: Option<String>,
    /// The way from the top of the worktree to the store.
    #[serde(default)]
    pub prefix: String,
    /// The reference that moves: a branch, or HEAD if that is detached.
    pub reference: String,
    pub old_commit: Option<String>,
    /// None until the commit has been made; the branch has not moved then.
    pub new_commit: Option<String>,
    /// The files that were put into the worktree for hooks to see: what stands there now may be the hooks'.
    #[serde(default)]
    pub shown: Vec<String>,
    pub files: Vec<JournalFile>,
}

/// One file's blobs; none is its absence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct JournalFile {
    pub path: String,
    pub old: Option<String>,
    pub new: Option<String>,
    #[serde(default)]
    pub seen: Option<String>,
    pub mode: u32,
    #[serde(default)]
    pub turned: bool,
}

impl Journal {
    pub(super) const SCHEMA: u32 = 1;

    /// Whether hooks may have seen our file at `path` in the worktree.
    pub(super) fn is_shown(&self, path: &StorePath) -> bool {
        self.shown.iter().any(|shown| shown == path.as_str())
    }

    /// A journal with a new token, for a commit on top of `tip`.
    pub(super) fn begin(store: &Store, tip: Option<Oid>) -> Result<Self> {
        let mut random = [0; 8];
        getrandom::fill(&mut random)
            .map_err(|error| Failure::new(Exit::Failed, "store-no-randomness").with("error", error))?;
        Ok(Self {
            schema: Self::SCHEMA,
            token: random.iter().map(|byte| format!("{byte:02x}")).collect(),
            root: store.placement.has_worktree().then(|| store.root.clone()),
            worktree: store.placement.has_worktree().then(|| store.worktree_name()),
            prefix: store.prefix.clone(),
            reference: store.placement.reference(),
            old_commit: tip.map(|tip| tip.to_string()),
            new_commit: None,
            shown: Vec::new(),
            files: Vec::new(),
        })
    }

    /// The journal that a dead writer left; none if there is none, or what is there is none of any version.
    ///
    /// # Errors
    /// It cannot be read, or another version of the program wrote it.
    pub(super) fn load(store: &Store) -> Result<Option<Self>> {
        let Some(bytes) = store.read_private(NAME)? else { return Ok(None) };
        let journal: Option<Self> = serde_json::from_slice(&bytes).ok();
        if let Some(journal) = journal.filter(|journal| journal.schema == Self::SCHEMA) {
            return Ok(Some(journal));
        }
        match serde_json::from_slice(&bytes) {
            Ok(AnyVersion { .. }) => Err(of_another_version(&store.private_root().join(NAME)).into()),
            Err(_) => Ok(None),
        }
    }

    /// Takes away what stands in the journal's place and is none. It holds no promise: a journal is renamed to its
    /// place when all of it is on the disk.
    pub(super) fn set_aside(store: &Store) -> Result<Message> {
        let [path, kept] = [NAME, UNREADABLE].map(|name| store.private_root().join(name));
        fs::rename(&path, &kept).map_err(|error| file_failed("writing", &kept, &error))?;
        Ok(Message::new("store-journal-set-aside").with("path", path.display()).with("kept", kept.display()))
    }

    /// Where the store of the worktree is by now: a folder may have been moved since the journal was written.
    pub(super) fn current_root(&self, store: &Store) -> Option<PathBuf> {
        let Some(name) = &self.worktree else { return self.root.clone() };
        let top = if *name == store.worktree_name() {
            store.repository.workdir().and_then(|top| fs::canonicalize(top).ok())
        } else if name.is_empty() {
            let main = Repository::open(store.repository.commondir()).ok();
            main.and_then(|main| main.workdir().map(Path::to_owned))
        } else {
            store.repository.find_worktree(name).ok().map(|worktree| worktree.path().to_owned())
        };
        top.map(|top| top.join(&self.prefix).components().collect())
    }

    /// The git directory of the worktree; none in journals of older versions.
    pub(super) fn git_directory(&self, store: &Store) -> Option<PathBuf> {
        let common = store.repository.commondir();
        match self.worktree.as_deref()? {
            "" => Some(common.to_owned()),
            name => Some(common.join("worktrees").join(name)),
        }
    }

    pub(super) fn set_files(&mut self, files: &[ChangedFile]) {
        self.files = files.iter().map(JournalFile::new).collect();
    }

    /// What the commit changes.
    ///
    /// # Errors
    /// A path of the journal leads out of the store.
    pub(super) fn changed_files(&self) -> Result<Vec<ChangedFile>> {
        self.files.iter().map(JournalFile::changed_file).collect()
    }

    pub(super) fn save(&self, store: &Store) -> Result<()> {
        let bytes = serde_json::to_vec(self)?;
        store.save_private_by(NAME, &bytes, &format!("{WORK}{}-journal", self.token))
    }

    /// Removes what is left of the commit: its `index.lock`, whose owner nobody knows without the journal, then its
    /// temporary files, then the journal itself.
    pub(super) fn remove(&self, store: &Store) -> Result<()> {
        IndexLock::break_own(store.repository.path(), &self.token)?;
        self.remove_work_files(store)?;
        store.remove_private(NAME)
    }

    pub(super) fn remove_work_files(&self, store: &Store) -> Result<()> {
        for name in store.list_private(&format!("{WORK}{}", self.token))? {
            store.remove_private(&name)?;
        }
        Ok(())
    }

    /// A temporary file of this commit in the private directory.
    pub(super) fn work_file(&self, store: &Store, name: &str) -> PathBuf {
        store.private_root().join(format!("{WORK}{}-{name}", self.token))
    }
}

/// What every version of a journal has.
#[derive(Deserialize)]
struct AnyVersion {
    #[serde(rename = "schema")]
    _schema: u64,
}

fn of_another_version(path: &Path) -> Failure {
    let kept = path.with_file_name(UNREADABLE);
    let command = format!("mv {} {}", quoted(path), quoted(&kept));
    Failure::new(Exit::Failed, "store-journal-unreadable")
        .with("path", path.display())
        .hint(Message::new("store-hint-newer-version"))
        .hint(Message::new("store-hint-give-up-journal").with("command", command))
}

impl Store {
    /// What git calls the worktree at hand; empty for the main one.
    fn worktree_name(&self) -> String {
        let name = self.repository.path().file_name().filter(|_| self.repository.is_worktree());
        name.unwrap_or_default().to_string_lossy().into_owned()
    }
}

impl JournalFile {
    fn new(file: &ChangedFile) -> Self {
        Self {
            path: file.path.as_str().to_owned(),
            old: file.old.map(|id| id.to_string()),
            new: file.new.map(|id| id.to_string()),
            seen: file.seen.map(|id| id.to_string()),
            mode: file.mode,
            turned: file.turned,
        }
    }

    fn changed_file(&self) -> Result<ChangedFile> {
        Ok(ChangedFile {
            path: StorePath::parse(&self.path)?,
            old: parse_id(self.old.as_deref()),
            new: parse_id(self.new.as_deref()),
            seen: parse_id(self.seen.as_deref()),
            outdated: None,
            mode: self.mode,
            turned: self.turned,
        })
    }
}

/// An id of git's, where there is one.
pub(super) fn parse_id(text: Option<&str>) -> Option<Oid> {
    text.and_then(|text| Oid::from_str(text).ok())
}
