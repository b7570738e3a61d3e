//! Moving the store's branch to a commit that is there already, such as a merge, with everything it changes in the
//! worktree and the index: journal, index lock, branch, worktree, index, as for a commit of our own.

use std::collections::HashSet;

use anyhow::Result;
use git2::{Delta, DiffDelta, Oid};

use super::changed_file::ChangedFile;
use super::commit::begin_index;
use super::failures::{git_failed, git_line};
use super::follow::finish;
use super::journal::Journal;
use super::object::{object_id, signature};
use super::{Combination, Outcome, Proposal, Store, StorePath, Writer, index, worktree};
use crate::failure::{Exit, Failure, Message};

/// git's modes of what is a file and nothing else.
const PLAIN: [u32; 2] = [0o100_644, 0o100_755];

impl Writer<'_> {
    /// Moves the branch forward to `commit`, which has the tip as an ancestor, and brings the worktree and the index up
    /// to it. What is staged or unsaved elsewhere stays; `who` is the committer for the branch's log.
    ///
    /// # Errors
    /// Exit 6 where somebody's own change stands in the way of one that comes: nothing has been done then.
    pub fn advance(&mut self, commit: &str, who: &Proposal, reason: &str) -> Result<Outcome> {
        self.end_unfinished()?;
        let commit = object_id(commit)?;
        let Some(advance) = Advance::prepare(self.store, self.tip, commit)? else {
            return Ok(Outcome::Unchanged);
        };
        let outcome = advance.run(who, reason)?;
        self.tip = match outcome {
            Outcome::Committed { .. } => Some(commit),
            Outcome::Moved | Outcome::Unchanged => self.store.tip_id()?,
        };
        Ok(outcome)
    }
}

impl Store {
    /// Writes the commit that joins `ours` and `theirs` with the tree of `combination`, in which the paths of
    /// `resolved` have those bytes, or are gone. Nothing refers to it yet.
    ///
    /// # Errors
    /// It cannot be written, or not signed where it must be.
    pub fn merge_commit(
        &self,
        (ours, theirs): (&str, &str),
        combination: &Combination,
        resolved: &[(String, Option<Vec<u8>>)],
        proposal: &Proposal,
    ) -> Result<String> {
        let tree = self.resolved_tree(combination, resolved)?;
        let parents = [ours, theirs].map(object_id);
        let parents = parents.into_iter().collect::<Result<Vec<Oid>>>()?;
        let message =
            git2::message_prettify(proposal.message.as_str(), None).map_err(git_failed("writing"))?;
        Ok(self.write_any_commit(proposal, &message, tree, &parents)?.to_string())
    }
}

/// A move of the branch on its way.
struct Advance<'a> {
    store: &'a Store,
    tip: Option<Oid>,
    commit: Oid,
    files: Vec<ChangedFile>,
    journal: Journal,
}

impl<'a> Advance<'a> {
    /// Finds out what changes, and whether anything stands in the way; none if the tip is the commit.
    fn prepare(store: &'a Store, tip: Option<Oid>, commit: Oid) -> Result<Option<Self>> {
        if tip == Some(commit) {
            return Ok(None);
        }
        let files =
            if store.placement.has_worktree() { changed_files(store, tip, commit)? } else { Vec::new() };
        refuse_local_changes(store, &files)?;
        let mut journal = Journal::begin(store, tip)?;
        journal.new_commit = Some(commit.to_string());
        journal.set_files(&files);
        Ok(Some(Self { store, tip, commit, files, journal }))
    }

    fn run(self, who: &Proposal, reason: &str) -> Result<Outcome> {
        let Some(copies) = self.store.sync_commit(self.commit, &self.files)? else {
            return Ok(Outcome::Moved);
        };
        self.journal.save(self.store)?;
        let moved = begin_index(self.store, &self.journal, &self.files).and_then(|index| {
            let committer = signature(&who.committer, who.committer_time)?;
            let moved = self.store.move_branch(self.tip, self.commit, &committer, reason)?;
            Ok(moved.then_some(index))
        });
        match moved {
            Ok(Some(index)) => {
                let mut warnings = finish(self.store, &self.files, (index, &copies), &self.journal);
                warnings.extend(self.store.tell_post_merge());
                Ok(Outcome::Committed { commit: self.commit.to_string(), warnings })
            }
            Ok(None) => self.journal.remove(self.store).map(|()| Outcome::Moved),
            Err(error) => match self.journal.remove(self.store) {
                Ok(()) => Err(error),
                Err(second) => Err(error.context(second.to_string())),
            },
        }
    }
}

/// What the worktree has to go through from `tip` to `commit`: what goes first, so that a folder may take a file's place.
fn changed_files(store: &Store, tip: Option<Oid>, commit: Oid) -> Result<Vec<ChangedFile>> {
    let tree = |id: Oid| store.commit(id)?.tree().map_err(git_failed("reading"));
    let (old, new) = (tip.map(tree).transpose()?, tree(commit)?);
    let diff =
        store.repository.diff_tree_to_tree(old.as_ref(), Some(&new), None).map_err(git_failed("reading"))?;
    let mut files = Vec::new();
    let mut beyond = Vec::new();
    for delta in diff.deltas() {
        match changed_file(&delta) {
            // What cannot be written into the worktree would stop each writer after the branch has moved.
            Ok(file) if file.new.is_none_or(|new| store.can_read(new)) => files.push(file),
            Ok(file) => beyond.push(file.path.to_string()),
            Err(path) => beyond.push(path),
        }
    }
    if !beyond.is_empty() {
        let command = git_line(&store.root, &format!("merge {commit}"));
        return Err(Failure::new(Exit::Refused, "sync-not-plain-files")
            .with("paths", beyond.join(", "))
            .hint(Message::new("sync-hint-command").with("command", command))
            .into());
    }
    files.sort_by_key(|file| file.new.is_some());
    Ok(files)
}

/// One change, or the path of one that only git knows how to make: a link, a submodule, an unusual name.
fn changed_file(delta: &DiffDelta<'_>) -> Result<ChangedFile, String> {
    let (old, new) = (delta.old_file(), delta.new_file());
    let path = new.path_bytes().or(old.path_bytes()).unwrap_or_default();
    let shown = || String::from_utf8_lossy(path).escape_debug().to_string();
    let path =
        std::str::from_utf8(path).ok().and_then(|path| StorePath::parse(path).ok()).ok_or_else(shown)?;
    let side = |file: &git2::DiffFile<'_>, absent: Delta| {
        (delta.status() != absent).then(|| (file.id(), u32::from(file.mode())))
    };
    let (old, new) = (side(&old, Delta::Added), side(&new, Delta::Deleted));
    if [old, new].iter().flatten().any(|(_, mode)| !PLAIN.contains(mode)) {
        return Err(shown());
    }
    let (old_mode, mode) = (old.map(|(_, mode)| mode), new.or(old).map_or(PLAIN[0], |(_, mode)| mode));
    let turned = old_mode.is_some_and(|old| old != mode);
    let (old, new) = (old.map(|(id, _)| id), new.map(|(id, _)| id));
    Ok(ChangedFile { path, old, new, seen: None, outdated: None, mode, turned })
}

/// Nothing that is about to change may hold work that is not committed.
fn refuse_local_changes(store: &Store, files: &[ChangedFile]) -> Result<()> {
    let mut own = Vec::<String>::new();
    let index = index::View::read(store)?;
    let mut writable = HashSet::new();
    for file in files {
        let staged = index.entry(store, &file.path);
        let file = &store.over_outdated(file, staged.as_ref())?;
        let is_skipped = worktree::is_left_out(store, &file.path, staged.as_ref())?;
        let current = worktree::current_id(store, &file.path)?;
        if !is_skipped && writable.insert(file.path.parent()) {
            worktree::check_writable(store, &file.path)?;
        }
        let untouched = is_skipped || current == file.new || file.may_replace(current);
        if !untouched || !file.is_staged_as(staged.as_ref()) {
            own.push(file.path.to_string());
        }
    }
    if own.is_empty() {
        return Ok(());
    }
    Err(Failure::new(Exit::Refused, "sync-local-changes")
        .with("paths", own.join(", "))
        .hint(Message::new("store-hint-look").with("command", git_line(&store.root, "status")))
        .into())
}
