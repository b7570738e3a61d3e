//! One commit, step by step: objects, hooks, journal, index lock, branch, worktree, index.
//!
//! Until the branch moves, every step can be taken back; from then on, every step can be done again by whoever
//! finds the journal.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use git2::Oid;

use super::changed_file::ChangedFile;
use super::failures::{file_failed, git_failed};
use super::follow::finish;
use super::index::{self, IndexWriter};
use super::journal::Journal;
use super::object::signature;
use super::pruned::Copies;
use super::taking_back::take_back;
use super::{Outcome, Proposal, Store, lock, placement, worktree};
use crate::failure::{Exit, Failure, Message};

/// How long git may take from the index to HEAD.
const HEAD_FOLLOWS: Duration = Duration::from_secs(1);

/// A commit on its way.
pub(super) struct Transaction<'a> {
    store: &'a Store,
    proposal: &'a Proposal,
    tip: Option<Oid>,
    pub(super) files: Vec<ChangedFile>,
    tree: Oid,
    message: String,
    pub(super) journal: Journal,
    warnings: Vec<Message>,
}

impl<'a> Transaction<'a> {
    /// Writes the objects, which nothing refers to yet; none if the tip has everything already.
    ///
    /// # Errors
    /// A path is no file at the tip, or a new one is taken in the worktree.
    pub(super) fn prepare(
        store: &'a Store,
        tip: Option<Oid>,
        proposal: &'a Proposal,
    ) -> Result<Option<Self>> {
        let mut files = Vec::with_capacity(proposal.files.len());
        for (path, bytes) in &proposal.files {
            let seen = proposal.seen.iter().find(|(seen, _)| seen == path).map(|(_, bytes)| bytes.as_slice());
            files.push(ChangedFile::write(store, tip, path, bytes.as_deref(), seen)?);
        }
        files.retain(|file| file.old != file.new);
        if files.is_empty() {
            return Ok(None);
        }
        let tree = store.tree_with(tip, &files)?;
        let message =
            git2::message_prettify(proposal.message.as_str(), None).map_err(git_failed("writing"))?;
        let journal = Journal::begin(store, tip)?;
        let warnings = Vec::new();
        Ok(Some(Self { store, proposal, tip, files, tree, message, journal, warnings }))
    }

    /// All steps in order. Where one fails before the branch moves, what was done is taken back.
    pub(super) fn run(mut self) -> Result<Outcome> {
        match self.run_to_branch() {
            Ok(Some((commit, index, copies))) => {
                self.follow(index, &copies);
                self.warnings.extend(self.store.tell_post_commit());
                Ok(Outcome::Committed { commit: commit.to_string(), warnings: self.warnings })
            }
            Ok(None) => self.take_back().map(|_| Outcome::Moved),
            Err(error) => match (self.take_back(), error.downcast::<Failure>()) {
                (Ok(messages), Ok(failure)) => Err(messages.into_iter().fold(failure, Failure::hint).into()),
                (_, Ok(failure)) => Err(failure.into()),
                (_, Err(error)) => Err(error),
            },
        }
    }

    /// None where all has to be done anew: the branch has moved, or git has thrown away what was written for it.
    fn run_to_branch(&mut self) -> Result<Option<(Oid, Option<IndexWriter<'a>>, Copies)>> {
        self.run_hooks()?;
        let commit = self.write_commit()?;
        let Some(copies) = self.store.sync_commit(commit, &self.files)? else { return Ok(None) };
        self.save_journal()?;
        let index = self.lock_index()?;
        Ok(self.move_branch(commit)?.then_some((commit, index, copies)))
    }

    /// Hooks see our files in the worktree and in an index of their own, and may change both, as they may for git.
    fn run_hooks(&mut self) -> Result<()> {
        let (store, verify) = (self.store, self.proposal.options.verify);
        let checks_files = verify && store.has_hook("pre-commit");
        let prepares = store.has_hook("prepare-commit-msg");
        let checks_message = verify && store.has_hook("commit-msg");
        if !checks_files && !prepares && !checks_message {
            return Ok(());
        }
        let index = self.journal.work_file(store, "index");
        store.write_hook_index(&index, self.tree)?;
        if checks_files && !store.placement.has_worktree() {
            // It would look at the files of another branch.
            self.warnings.push(Message::new("store-pre-commit-skipped"));
        } else if checks_files {
            self.show_files()?;
            store.run_hook("pre-commit", &[], &index)?;
            self.take_over(&index)?;
        }
        let message = self.journal.work_file(store, "message");
        fs::write(&message, &self.message).map_err(|error| file_failed("writing", &message, &error))?;
        if prepares {
            store.run_hook("prepare-commit-msg", &[&message, "message".as_ref()], &index)?;
        }
        if checks_message {
            store.run_hook("commit-msg", &[&message], &index)?;
        }
        let text = fs::read_to_string(&message).map_err(|error| file_failed("reading", &message, &error))?;
        self.message = git2::message_prettify(text, None).map_err(git_failed("writing"))?;
        if self.message.is_empty() {
            // As git does: a hook's way of refusing.
            return Err(Failure::new(Exit::Git, "store-message-emptied").into());
        }
        Ok(())
    }

    /// Puts our files where the hook looks for them.
    pub(super) fn show_files(&mut self) -> Result<()> {
        for file in &self.files {
            // What a person has done already, such as a move, is not ours to take back.
            if worktree::current_id(self.store, &file.path)? != file.new {
                self.journal.shown.push(file.path.as_str().to_owned());
            }
        }
        self.save_journal()?;
        for file in &self.files {
            worktree::place(self.store, file, &self.journal.token)?;
        }
        Ok(())
    }

    /// Takes over what the hook has staged for our paths, such as a file it reformatted.
    fn take_over(&mut self, index: &Path) -> Result<()> {
        for file in &mut self.files {
            let staged = index::entry_in(self.store, index, &file.path)?;
            if let (Some(_), Some(entry)) = (file.new, staged) {
                file.new = Some(entry.id);
            }
        }
        self.tree = self.store.tree_with(self.tip, &self.files)?;
        Ok(())
    }

    pub(super) fn write_commit(&mut self) -> Result<Oid> {
        let (store, proposal) = (self.store, self.proposal);
        let parents: Vec<Oid> = self.tip.into_iter().collect();
        let commit = store.write_any_commit(proposal, &self.message, self.tree, &parents)?;
        self.journal.new_commit = Some(commit.to_string());
        Ok(commit)
    }

    pub(super) fn save_journal(&mut self) -> Result<()> {
        self.journal.set_files(&self.files);
        self.journal.save(self.store)
    }

    pub(super) fn lock_index(&self) -> Result<Option<IndexWriter<'a>>> {
        begin_index(self.store, &self.journal, &self.files)
    }

    /// Moves the branch to `commit`; false if it moved since the tip was read.
    pub(super) fn move_branch(&self, commit: Oid) -> Result<bool> {
        let subject = self.message.lines().next().unwrap_or_default();
        let committer = signature(&self.proposal.committer, self.proposal.committer_time)?;
        self.store.move_branch(self.tip, commit, &committer, &format!("incident: {subject}"))
    }

    /// Brings the worktree and the index up to the commit.
    fn follow(&mut self, index: Option<IndexWriter<'_>>, copies: &Copies) {
        if self.journal.reference == "HEAD" {
            self.warnings.push(Message::new("store-detached"));
        }
        self.warnings.extend(finish(self.store, &self.files, (index, copies), &self.journal));
    }

    /// Undoes everything done so far; the branch has not moved. What a person has saved while hooks ran stays theirs.
    fn take_back(&self) -> Result<Vec<Message>> {
        let mut messages = Vec::new();
        for file in self.files.iter().filter(|file| self.journal.is_shown(&file.path)) {
            messages.extend(take_back(self.store, &self.journal, file)?);
            // Gone, it holds nothing of anybody's, and would be missing.
            if let (None, Some(old)) = (worktree::raw_bytes(self.store, &file.path)?, file.seen.or(file.old))
            {
                let bytes = self.store.worktree_bytes(&file.path, old)?;
                worktree::put_back(self.store, &file.path, Some(&bytes), &self.journal.token)?;
            }
        }
        self.journal.remove(self.store)?;
        Ok(messages)
    }
}

/// Keeps git's own commands from moving the branch or writing the index while we do, and looks once more whether
/// the worktree is as it was. None where there is no worktree.
///
/// # Errors
/// An operation of git is in progress, another branch was checked out, or something else is staged at one of the paths.
pub(super) fn begin_index<'a>(
    store: &'a Store,
    journal: &Journal,
    files: &[ChangedFile],
) -> Result<Option<IndexWriter<'a>>> {
    if !store.placement.has_worktree() {
        refuse_switch(store)?;
        return Ok(None);
    }
    let index = IndexWriter::begin(store, journal)?;
    refuse_switch(store)?;
    for file in files {
        let staged = index.entry(&file.path)?;
        if store.over_outdated(file, staged.as_ref())?.is_staged_as(staged.as_ref()) {
            continue;
        }
        let is_whole = worktree::current_id(store, &file.path)? == staged.map(|entry| entry.id);
        drop(index);
        if is_whole && tip_moves(store, journal)? {
            // Moving the branch will find it somewhere else.
            return IndexWriter::begin(store, journal).map(Some);
        }
        return Err(store.partly_staged(&file.path).into());
    }
    Ok(Some(index))
}

/// git writes the worktree and the index of a merge or a checkout, lets go of its lock, and moves HEAD at last: what is
/// staged whole may be what HEAD is about to have. Says whether the branch moves.
fn tip_moves(store: &Store, journal: &Journal) -> Result<bool> {
    let moves = lock::wait(store.patience.min(HEAD_FOLLOWS), || {
        refuse_switch(store)?;
        let tip = store.tip_id()?.map(|tip| tip.to_string());
        Ok((tip != journal.old_commit).then_some(()))
    })?;
    Ok(moves.is_some())
}

/// Refuses while an operation of git is in progress, and where HEAD is no longer where the store was opened.
fn refuse_switch(store: &Store) -> Result<()> {
    store.refuse(store.operation_in_progress())?;
    let head = placement::head_branch(&store.repository)?;
    let is_there = head.as_deref() == store.placement.branch() && !store.repository.is_bare();
    if is_there == store.placement.has_worktree() {
        return Ok(());
    }
    let failure = Failure::new(Exit::Refused, "store-branch-switched");
    Err(failure.hint(Message::new("store-hint-again")).into())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{TestRepository, failure, open, path, proposal, record, run_in};
    use super::super::{CommitOptions, Placement, StorePath, WorktreeFile, Writer};
    use super::*;

    #[test]
    fn the_first_commit_of_an_unborn_branch() {
        let repository = TestRepository::empty();
        let store = repository.store();
        assert_eq!(store.tip().unwrap(), None);
        assert_eq!(record(&store, &[("incidents/2026/a.md", Some("one\n"))]), [""; 0]);
        assert_eq!(repository.text("incidents/2026/a.md").unwrap(), "one\n");
        assert_eq!(repository.status(), [""; 0]);
        let log = repository.git(&["log", "--format=%an %ae %aI|%cn %ce %cI|%B", "main"]);
        assert_eq!(
            log,
            "author author@example.org 2026-11-20T02:40:00+09:00\
             |committer committer@example.org 2026-11-20T02:55:12+09:00\
             |20261120-k7qm: subject\n\nbody\n\nIncident: 20261120-k7qm"
        );
        let reflog = repository.git(&["reflog", "--format=%gn %gs", "main"]);
        assert_eq!(reflog, "committer incident: 20261120-k7qm: subject");
        repository.assert_sound();
    }

    #[test]
    fn what_others_have_staged_or_not_saved_stays() {
        let repository = TestRepository::with_commit();
        for name in ["staged.txt", "edited.txt", "both.txt", "gone.txt", "deleted.txt"] {
            repository.write(name, "committed\n");
        }
        repository.commit_all("more");
        repository.write("staged.txt", "staged\n");
        repository.write("both.txt", "staged\n");
        repository.write("new.txt", "new\n");
        repository.git(&["add", "staged.txt", "both.txt", "new.txt"]);
        repository.git(&["rm", "--quiet", "gone.txt"]);
        repository.write("intended.txt", "x\n");
        repository.git(&["add", "--intent-to-add", "intended.txt"]);
        repository.write("both.txt", "edited\n");
        repository.write("edited.txt", "edited\n");
        repository.write("untracked.txt", "untracked\n");
        fs::remove_file(repository.top.join("deleted.txt")).unwrap();
        let before = (repository.status(), repository.git(&["diff"]), repository.git(&["diff", "--cached"]));
        assert_eq!(before.0.len(), 8);

        record(&repository.store(), &[("a.md", Some("a2\n")), ("b.md", Some("b1\n"))]);

        let after = (repository.status(), repository.git(&["diff"]), repository.git(&["diff", "--cached"]));
        assert_eq!(after, before);
        assert_eq!(repository.git(&["show", "--format=", "--name-status"]), "M\ta.md\nA\tb.md");
        assert_eq!(repository.text("a.md").unwrap(), "a2\n");
        repository.assert_sound();
    }

    /// git trusts a file that is older than the index. A rewritten index must not make a change of the same tick older.
    #[test]
    fn a_change_in_the_tick_of_the_last_index_is_still_seen() {
        let repository = TestRepository::with_commit();
        let written = fs::metadata(repository.top.join(".git/index")).unwrap().modified().unwrap();
        let set = |text: &str| {
            repository.write("other.txt", text);
            let file = fs::OpenOptions::new().write(true).open(repository.top.join("other.txt")).unwrap();
            file.set_modified(written).unwrap();
        };
        set("other\n");
        repository.git(&["-c", "core.trustctime=false", "update-index", "--refresh"]);
        fs::OpenOptions::new()
            .write(true)
            .open(repository.top.join(".git/index"))
            .and_then(|index| index.set_modified(written))
            .unwrap();
        set("OTHER\n");
        repository.git(&["config", "core.trustctime", "false"]);
        record(&repository.store(), &[("a.md", Some("a2\n"))]);
        assert_eq!(repository.status(), [" M other.txt"]);
    }

    #[test]
    fn a_branch_that_moved_is_not_overwritten() {
        let repository = TestRepository::with_commit();
        let store = repository.store();
        let mut writer = store.lock().unwrap();
        repository.write("other.txt", "theirs\n");
        repository.commit_all("theirs");
        let theirs = store.tip().unwrap();
        let proposal = proposal(&[("a.md", Some("a2\n"))]);
        assert_eq!(writer.commit(&proposal).unwrap(), Outcome::Moved);
        assert_eq!(
            (store.tip().unwrap(), repository.text("a.md").unwrap()),
            (theirs.clone(), "a1\n".to_owned())
        );
        assert_eq!(repository.status(), [""; 0]);
        assert!(matches!(writer.commit(&proposal).unwrap(), Outcome::Committed { .. }));
        assert_eq!(repository.git(&["rev-parse", "HEAD^"]), theirs.unwrap());
        assert_eq!(writer.commit(&proposal).unwrap(), Outcome::Unchanged);
        repository.assert_sound();
    }

    #[test]
    fn gits_own_lock_is_waited_for_and_then_respected() {
        let repository = TestRepository::with_commit();
        repository.write(".git/index.lock", "");
        let store = repository.store();
        let tip = store.tip().unwrap();
        let result = store.lock().unwrap().commit(&proposal(&[("a.md", Some("a2\n"))]));
        assert_eq!(failure(result), ("store-index-locked", Exit::Refused));
        assert_eq!(
            failure(store.preflight(&CommitOptions::default())),
            ("store-index-locked", Exit::Refused)
        );
        assert_eq!((store.tip().unwrap(), repository.text("a.md").unwrap()), (tip, "a1\n".to_owned()));
        assert!(repository.top.join(".git/index.lock").exists());
        fs::remove_file(repository.top.join(".git/index.lock")).unwrap();
        store.preflight(&CommitOptions::default()).unwrap();
        repository.assert_sound();
    }

    #[test]
    fn a_second_writer_waits_and_then_gives_up() {
        let repository = TestRepository::with_commit();
        let (first, second) = (repository.store(), repository.store());
        let writer = first.lock().unwrap();
        assert_eq!(failure(second.lock()), ("store-locked", Exit::Refused));
        drop(writer);
        assert!(second.lock().is_ok());
    }

    #[test]
    fn removing_a_file_removes_the_folders_it_leaves_empty() {
        let repository = TestRepository::with_commit();
        let store = repository.store();
        record(&store, &[("incidents/2026/11/b.md", Some("b\n"))]);
        record(&store, &[("incidents/2026/11/b.md", None)]);
        assert!(!repository.top.join("incidents").exists());
        assert_eq!(repository.git(&["ls-tree", "-r", "--name-only", "HEAD"]), "a.md\nother.txt");
        assert_eq!(repository.status(), [""; 0]);
        repository.assert_sound();
    }

    #[test]
    fn line_ends_and_modes_stay() {
        let repository = TestRepository::with_commit();
        let store = repository.store();
        super::super::testing::make_executable(&repository.top.join("a.md"));
        repository.commit_all("mode");
        record(&store, &[("a.md", Some("a2\r\nb\n"))]);
        assert_eq!(repository.text("a.md").unwrap(), "a2\r\nb\n");
        assert_eq!(repository.git(&["show", "HEAD:a.md"]), "a2\r\nb");
        assert!(repository.git(&["ls-tree", "HEAD", "a.md"]).starts_with("100755"));
        assert_eq!(repository.status(), [""; 0]);
        repository.assert_sound();
    }

    #[test]
    fn conversions_of_line_ends_are_gits() {
        let repository = TestRepository::with_commit();
        repository.git(&["config", "core.autocrlf", "true"]);
        let store = repository.store();
        record(&store, &[("new.md", Some("one\ntwo\n"))]);
        assert_eq!(repository.text("new.md").unwrap(), "one\r\ntwo\r\n");
        assert_eq!(store.lock().unwrap().worktree(&path("new.md")).unwrap(), WorktreeFile::Clean);
        record(&store, &[("new.md", Some("one\n"))]);
        assert_eq!(repository.text("new.md").unwrap(), "one\r\n");
        // A file that was checked out before the setting keeps its line ends.
        record(&store, &[("a.md", Some("a2\n"))]);
        assert_eq!(repository.text("a.md").unwrap(), "a2\n");
        repository.write("new.md", "one\r\nmore\r\n");
        let edited = WorktreeFile::Edited(b"one\nmore\n".to_vec());
        assert_eq!(store.lock().unwrap().worktree(&path("new.md")).unwrap(), edited);
        assert_eq!(repository.git(&["show", "HEAD:new.md"]), "one");
        repository.git(&["checkout", "--quiet", "."]);
        assert_eq!(repository.status(), [""; 0]);
        repository.assert_sound();
    }

    #[test]
    fn a_persons_own_file_is_never_overwritten() {
        let repository = TestRepository::with_commit();
        let store = repository.store();
        repository.write("new.md", "mine\n");
        let result = store.lock().unwrap().commit(&proposal(&[("new.md", Some("tool\n"))]));
        assert_eq!(failure(result), ("store-file-in-the-way", Exit::Refused));
        assert_eq!(repository.text("new.md").unwrap(), "mine\n");
        assert_eq!(record(&store, &[("new.md", Some("mine\n"))]), [""; 0]);

        repository.write("a.md", "by hand\n");
        assert_eq!(record(&store, &[("a.md", Some("a2\n"))]), ["store-file-left"]);
        assert_eq!(repository.text("a.md").unwrap(), "by hand\n");
        assert_eq!(repository.status(), [" M a.md"]);

        repository.git(&["add", "a.md"]);
        repository.write("a.md", "a2\n");
        let before = (store.tip().unwrap(), repository.status());
        let result = store.lock().unwrap().commit(&proposal(&[("a.md", Some("a3\n"))]));
        assert_eq!(failure(result), ("store-partly-staged", Exit::Refused));
        assert_eq!(repository.git(&["show", ":a.md"]), "by hand");
        assert_eq!((store.tip().unwrap(), repository.status()), before);
        repository.assert_sound();
    }

    #[test]
    fn hand_edits_are_told_apart() {
        let repository = TestRepository::with_commit();
        let store = repository.store();
        let check = |name: &str, expected: WorktreeFile| {
            assert_eq!(store.lock().unwrap().worktree(&path(name)).unwrap(), expected, "{name}");
        };
        check("a.md", WorktreeFile::Clean);
        check("absent.md", WorktreeFile::Clean);
        repository.write("new.md", "n\n");
        check("new.md", WorktreeFile::Untracked(b"n\n".to_vec()));
        repository.git(&["add", "new.md"]);
        check("new.md", WorktreeFile::Untracked(b"n\n".to_vec()));
        repository.write("a.md", "edit\n");
        check("a.md", WorktreeFile::Edited(b"edit\n".to_vec()));
        repository.git(&["add", "a.md"]);
        check("a.md", WorktreeFile::Edited(b"edit\n".to_vec()));
        repository.write("a.md", "edit more\n");
        check("a.md", WorktreeFile::PartlyStaged);
        repository.git(&["reset", "--quiet"]);
        check("a.md", WorktreeFile::Edited(b"edit more\n".to_vec()));
        repository.write("a.md", "a1\n");
        check("a.md", WorktreeFile::Clean);
        fs::remove_file(repository.top.join("a.md")).unwrap();
        check("a.md", WorktreeFile::Missing);
        repository.git(&["rm", "--quiet", "a.md"]);
        check("a.md", WorktreeFile::Missing);
    }

    #[test]
    fn a_detached_head_is_said() {
        let repository = TestRepository::with_commit();
        repository.git(&["checkout", "--quiet", "--detach"]);
        let store = repository.store();
        assert_eq!(*store.placement(), Placement::CheckedOut { branch: None });
        assert_eq!(record(&store, &[("a.md", Some("a2\n"))]), ["store-detached"]);
        assert_eq!(repository.git(&["show", "HEAD:a.md"]), "a2");
        assert_eq!(repository.git(&["show", "main:a.md"]), "a1");
        assert!(!repository.run(&["symbolic-ref", "HEAD"]).status.success());
        assert_eq!(repository.status(), [""; 0]);
        repository.assert_sound();
    }

    #[test]
    fn another_branch_is_written_without_touching_the_worktree() {
        let repository = TestRepository::with_commit();
        repository.git(&["checkout", "--quiet", "-b", "feature"]);
        repository.git(&["rm", "--quiet", "a.md"]);
        repository.git(&["commit", "--quiet", "--message", "feature"]);
        repository.write("other.txt", "edited\n");
        let store = repository.store().on_branch(Some("main")).unwrap();
        let head = Some("feature".to_owned());
        assert_eq!(*store.placement(), Placement::Elsewhere { branch: "main".to_owned(), head });
        assert_eq!(store.read(&path("a.md")).unwrap().unwrap(), b"a1\n");
        record(&store, &[("incidents/b.md", Some("b\n")), ("a.md", Some("a2\n"))]);
        assert_eq!(store.read(&path("a.md")).unwrap().unwrap(), b"a2\n");
        assert_eq!(store.list(&path("incidents")).unwrap().paths, [path("incidents/b.md")]);
        assert_eq!(repository.status(), [" M other.txt"]);
        assert_eq!(repository.text("a.md"), None);
        assert_eq!(repository.git(&["show", "main:other.txt"]), "other");
        repository.assert_sound();
    }

    #[test]
    fn a_branch_of_another_worktree_is_written_there() {
        let repository = TestRepository::with_commit();
        let linked = repository.top.parent().unwrap().join("linked");
        repository.git(&["worktree", "add", "--quiet", "-b", "feature", linked.to_str().unwrap()]);
        let store = open(&linked).on_branch(Some("main")).unwrap();
        assert_eq!(store.root(), repository.top);
        record(&store, &[("a.md", Some("a2\n"))]);
        assert_eq!((repository.text("a.md").unwrap(), repository.status()), ("a2\n".to_owned(), Vec::new()));
        // And in the linked one itself.
        record(&open(&linked), &[("a.md", Some("a3\n"))]);
        assert_eq!(fs::read(linked.join("a.md")).unwrap(), b"a3\n");
        assert_eq!(run_in(&linked, &["status", "--porcelain"]).stdout, b"");
        assert_eq!((repository.text("a.md").unwrap(), repository.status()), ("a2\n".to_owned(), Vec::new()));
        repository.assert_sound();
    }

    #[test]
    fn a_store_in_a_subdirectory_keeps_to_it() {
        let repository = TestRepository::with_commit();
        repository.write("ops/store/severity.toml", "");
        repository.commit_all("store");
        let store = open(&repository.top.join("ops/store"));
        record(&store, &[("incidents/a.md", Some("one\n"))]);
        assert_eq!(repository.git(&["show", "--format=", "--name-only"]), "ops/store/incidents/a.md");
        assert_eq!(store.list(&path("incidents")).unwrap().paths, [path("incidents/a.md")]);
        let revisions = store.history(&[path("incidents")]).unwrap();
        let paths: Vec<&StorePath> =
            revisions.iter().flat_map(|r| &r.changes).map(|change| &change.path).collect();
        assert_eq!(paths, [&path("incidents/a.md")]);
        assert_eq!(repository.status(), [""; 0]);
        repository.assert_sound();
    }

    #[test]
    fn indexes_that_libgit2_cannot_read_are_left_to_git() {
        for setting in ["split", "sparse", "untracked cache"] {
            let repository = TestRepository::with_commit();
            repository.write("folder/c.txt", "c\n");
            repository.write("incidents/d.md", "d\n");
            repository.commit_all("folder");
            match setting {
                "split" => drop(repository.git(&["update-index", "--split-index"])),
                "sparse" => {
                    let arguments = ["sparse-checkout", "set", "--cone", "--sparse-index", "incidents"];
                    repository.git(&arguments);
                }
                _ => drop(repository.git(&["config", "core.untrackedCache", "true"])),
            }
            repository.write("other.txt", "staged\n");
            repository.git(&["add", "other.txt"]);
            let store = repository.store();
            record(&store, &[("incidents/d.md", Some("d2\n")), ("incidents/e.md", Some("e\n"))]);
            assert_eq!(repository.status(), ["M  other.txt"], "{setting}");
            assert_eq!(repository.text("incidents/d.md").unwrap(), "d2\n");
            if setting == "sparse" {
                // git's own sparse index names trees before it writes them.
                repository.git(&["sparse-checkout", "disable"]);
            }
            repository.assert_sound();
        }
    }

    #[test]
    fn files_left_out_of_a_sparse_checkout_stay_out() {
        let repository = TestRepository::with_commit();
        repository.write("incidents/d.md", "d\n");
        repository.write("kept/c.txt", "c\n");
        repository.commit_all("folder");
        repository.git(&["sparse-checkout", "set", "--cone", "kept"]);
        let store = repository.store();
        let mut writer: Writer<'_> = store.lock().unwrap();
        assert_eq!(writer.worktree(&path("incidents/d.md")).unwrap(), WorktreeFile::Clean);
        let outcome = writer.commit(&proposal(&[("incidents/d.md", Some("d2\n"))])).unwrap();
        assert!(matches!(outcome, Outcome::Committed { warnings, .. } if warnings.is_empty()));
        assert_eq!((repository.status(), repository.text("incidents/d.md")), (Vec::new(), None));
        repository.assert_sound();
    }

    #[test]
    fn a_branch_switched_meanwhile_stops_the_commit() {
        let repository = TestRepository::with_commit();
        let store = repository.store();
        let mut writer = store.lock().unwrap();
        repository.git(&["checkout", "--quiet", "-b", "feature"]);
        let result = writer.commit(&proposal(&[("a.md", Some("a2\n"))]));
        assert_eq!(failure(result), ("store-branch-switched", Exit::Refused));
        assert_eq!(repository.text("a.md").unwrap(), "a1\n");
        repository.assert_sound();
    }
}
