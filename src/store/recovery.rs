//! Ending the commit of a writer that died: finished if the branch had moved, taken back if not.

use anyhow::Result;
use git2::Oid;

use super::changed_file::ChangedFile;
use super::failures::git_failed;
use super::follow::follow;
use super::index::{self, IndexWriter, Update};
use super::journal::{self, Journal};
use super::lock::IndexLock;
use super::swap::clear_work_files;
use super::taking_back::{is_changed_since, take_back};
use super::{Store, StorePath, worktree};
use crate::failure::Message;

/// Ends what the journal describes, and says what was done. The caller holds the store's lock, so its writer is dead.
pub(super) fn recover(store: &Store) -> Result<Vec<Message>> {
    let messages = match Journal::load(store)? {
        Some(journal) => end(store, &journal)?,
        None if store.has_unfinished_journal() => vec![Journal::set_aside(store)?],
        None => Vec::new(),
    };
    // What was written before the journal was.
    for name in store.list_private(journal::WORK)? {
        store.remove_private(&name)?;
    }
    store.sweep()?;
    Ok(messages)
}

fn end(store: &Store, journal: &Journal) -> Result<Vec<Message>> {
    let root = journal.current_root(store);
    let opened = match &root {
        // A worktree that is gone needs no mending; one that cannot be opened now may come back, and does.
        Some(root) if *root != store.root && root.exists() => {
            Some(Store::open(root)?.with_patience(store.patience))
        }
        _ => None,
    };
    let there = opened.as_ref().unwrap_or(store);
    let has_worktree = opened.is_some() || root.is_some_and(|root| root == store.root);
    if has_worktree {
        // It is in a person's hands, even if the branch to be written now is another one.
        there.refuse(there.worktree_operation())?;
        IndexLock::break_own(there.repository.path(), &journal.token)?;
    } else if let Some(directory) = journal.git_directory(store) {
        // git may yet learn where the worktree was moved to.
        IndexLock::break_own(&directory, &journal.token)?;
    }
    there.break_branch_lock(journal)?;
    let mut messages = Vec::new();
    match &journal.new_commit {
        Some(commit) if has_moved(there, journal)? => {
            messages.push(Message::new("store-recovered").with("commit", commit));
            messages.extend(if has_worktree { finish(there, journal)? } else { Vec::new() });
        }
        _ => {
            messages.push(Message::new("store-discarded"));
            messages.extend(if has_worktree { discard(there, journal)? } else { Vec::new() });
        }
    }
    journal.remove(store)?;
    Ok(messages)
}

/// Whether the journal's commit is on its branch. What cannot be read decides nothing: the journal stays.
fn has_moved(store: &Store, journal: &Journal) -> Result<bool> {
    let Some(new) = journal::parse_id(journal.new_commit.as_deref()) else { return Ok(false) };
    let Some(tip) = store.id_of(&journal.reference)? else { return Ok(false) };
    // git keeps what a branch leads to, and prunes the rest: what it has pruned was never on the branch.
    if tip != new
        && (Some(tip) == journal::parse_id(journal.old_commit.as_deref()) || !store.has_object(new)?)
    {
        return Ok(false);
    }
    Ok(tip == new || store.repository.graph_descendant_of(tip, new).map_err(git_failed("reading"))?)
}

fn finish(store: &Store, journal: &Journal) -> Result<Vec<Message>> {
    // A half-written one would be in the way of the same step.
    journal.remove_work_files(store)?;
    // What was committed since, or on another branch, is not ours to bring forward.
    let mut current = Vec::new();
    let files = journal.changed_files()?;
    let mut messages = clear_work_files(store, &files, &journal.token)?;
    for file in files {
        if head_blob(store, &file.path)? != file.new {
            continue;
        }
        if is_lost(store, file.new)? {
            messages.push(Message::new("store-object-lost").with("path", &file.path));
        } else {
            current.push(file);
        }
    }
    messages.extend(follow(store, &current, IndexWriter::begin(store, journal)?, &journal.token)?);
    Ok(messages)
}

/// Whether git has no object of this name any more.
fn is_lost(store: &Store, id: Option<Oid>) -> Result<bool> {
    id.map_or(Ok(false), |id| store.has_object(id).map(|there| !there))
}

/// Takes back what was put into the worktree for a hook to see. Nothing else is there before the branch moves.
fn discard(store: &Store, journal: &Journal) -> Result<Vec<Message>> {
    let files = journal.changed_files()?;
    let mut messages = clear_work_files(store, &files, &journal.token)?;
    for file in files {
        if !journal.is_shown(&file.path) || head_blob(store, &file.path)? != file.old {
            continue;
        }
        if is_lost(store, file.reversed().new)? {
            // A hand edit that the file took in, which is nowhere else any more.
            messages.push(Message::new("store-not-taken-back").with("path", &file.path));
        } else if file.reversed().new.is_none() && is_changed_since(store, journal, &file)? {
            messages.push(Message::new("store-left-untracked").with("path", &file.path));
        } else {
            messages.extend(take_back(store, journal, &file)?);
        }
        unstage(store, journal, &file)?;
    }
    Ok(messages)
}

/// Takes out of the index what somebody has staged of the file that was never recorded.
fn unstage(store: &Store, journal: &Journal, file: &ChangedFile) -> Result<()> {
    let staged = index::entry(store, &file.path)?.map(|entry| entry.id);
    if staged.is_none() || staged != file.new {
        return Ok(());
    }
    let file = ChangedFile { old: file.new, new: file.old, seen: None, ..file.clone() };
    let in_worktree = worktree::current_id(store, &file.path)? == file.new;
    IndexWriter::begin(store, journal)?.update(&[Update { file, in_worktree }]).map(drop)
}

/// The blob of `path` in the commit that the worktree has checked out.
fn head_blob(store: &Store, path: &StorePath) -> Result<Option<Oid>> {
    Ok(store.entry_at(store.id_of("HEAD")?, path)?.map(|entry| entry.id()))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::mem;

    use super::super::commit::Transaction;
    use super::super::testing::{TestRepository, failure, open, path, proposal, run_in};
    use super::super::{StorePath, WorktreeFile};

    /// Where a writer dies.
    #[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
    enum Death {
        ShownToHook,
        CommitWritten,
        IndexLocked,
        BranchMoved,
        WorktreePlaced,
        IndexWritten,
    }

    const DEATHS: [Death; 6] = [
        Death::ShownToHook,
        Death::CommitWritten,
        Death::IndexLocked,
        Death::BranchMoved,
        Death::WorktreePlaced,
        Death::IndexWritten,
    ];

    /// Does the steps of a commit up to `death`, and leaves everything as a killed process would.
    fn die(store: &super::Store, death: Death) {
        let proposal = proposal(&[("a.md", Some("a2\n")), ("new/b.md", Some("b1\n"))]);
        let tip = store.tip_id().unwrap();
        store.private_directory().unwrap();
        let mut transaction = Transaction::prepare(store, tip, &proposal).unwrap().unwrap();
        if death == Death::ShownToHook {
            transaction.show_files().unwrap();
            return;
        }
        let commit = transaction.write_commit().unwrap();
        transaction.save_journal().unwrap();
        if death == Death::CommitWritten {
            return;
        }
        let index = transaction.lock_index().unwrap().unwrap();
        if death >= Death::BranchMoved {
            assert!(transaction.move_branch(commit).unwrap());
        }
        if death >= Death::WorktreePlaced {
            for file in &transaction.files {
                super::worktree::place(store, file, "other").unwrap();
            }
        }
        if death == Death::IndexWritten {
            super::follow(store, &transaction.files, index, "other").unwrap();
        } else {
            mem::forget(index);
        }
    }

    fn keys(messages: &[super::Message]) -> Vec<&'static str> {
        messages.iter().map(|message| message.key).collect()
    }

    #[test]
    fn a_dead_writer_is_finished_or_taken_back() {
        for death in DEATHS {
            let repository = TestRepository::with_commit();
            repository.write("other.txt", "staged\n");
            repository.git(&["add", "other.txt"]);
            let store = repository.store();
            let tip = store.tip().unwrap();
            die(&store, death);
            // What a kill in the middle of a write leaves behind.
            let journal = super::Journal::load(&store).unwrap().unwrap();
            repository.write(&format!(".incident-{}", journal.token), "a");
            for name in ["index", "lock", "new-index", "new-index.lock"] {
                fs::write(journal.work_file(&store, name), "half").unwrap();
            }

            let writer = store.lock().unwrap();
            let moved = death >= Death::BranchMoved;
            let expected = if moved { "store-recovered" } else { "store-discarded" };
            assert_eq!(keys(writer.recovered()), [expected], "{death:?}");
            assert_eq!(store.tip().unwrap() != tip, moved, "{death:?}");
            let (a, b) = if moved { ("a2\n", Some("b1\n")) } else { ("a1\n", None) };
            assert_eq!(repository.text("a.md").as_deref(), Some(a), "{death:?}");
            assert_eq!(repository.text("new/b.md").as_deref(), b, "{death:?}");
            for name in ["a.md", "new/b.md"] {
                assert_eq!(writer.worktree(&path(name)).unwrap(), WorktreeFile::Clean, "{death:?} {name}");
            }
            assert_eq!(repository.status(), ["M  other.txt"], "{death:?}");
            assert!(!store.has_unfinished_journal());
            repository.assert_sound();
        }
    }

    #[test]
    fn what_a_person_did_since_is_theirs() {
        for death in DEATHS {
            let repository = TestRepository::with_commit();
            let store = repository.store();
            die(&store, death);
            repository.write("a.md", "by hand\n");
            let messages = store.recover();
            let (warned, text, status): (&[_], _, &[_]) = if death >= Death::BranchMoved {
                (&["store-recovered", "store-file-left"], "by hand\n", &[" M a.md"])
            } else if death == Death::ShownToHook {
                // What they have made of a file that held what was not recorded is kept aside.
                (&["store-discarded", "store-kept-aside"], "a1\n", &[])
            } else {
                (&["store-discarded"], "by hand\n", &[" M a.md"])
            };
            assert_eq!(keys(&messages), warned, "{death:?}");
            assert_eq!(repository.text("a.md").as_deref(), Some(text), "{death:?}");
            assert_eq!(repository.status(), status, "{death:?}");
            repository.assert_sound();
        }
    }

    #[test]
    fn a_commit_made_since_is_not_taken_back() {
        let repository = TestRepository::with_commit();
        let store = repository.store();
        die(&store, Death::BranchMoved);
        fs::remove_file(repository.top.join(".git/index.lock")).unwrap();
        // The stale worktree is committed as it is: the person's own doing from here on.
        repository.git(&["commit", "--quiet", "--all", "--message", "by hand"]);
        store.recover();
        assert_eq!(repository.text("a.md").as_deref(), Some("a1\n"));
        assert_eq!(repository.status(), [""; 0]);
        repository.assert_sound();
    }

    #[test]
    fn nothing_is_recovered_under_a_living_writer() {
        let repository = TestRepository::with_commit();
        let store = repository.store();
        let other = repository.store();
        let _living = other.lock().unwrap();
        die(&store, Death::BranchMoved);
        assert!(store.has_unfinished_journal());
        assert_eq!(store.recover(), []);
        assert!(store.has_unfinished_journal());
    }

    #[test]
    fn the_worktree_of_the_dead_writer_is_mended() {
        let repository = TestRepository::with_commit();
        let linked = repository.top.parent().unwrap().join("linked");
        repository.git(&["worktree", "add", "--quiet", "-b", "feature", linked.to_str().unwrap()]);
        die(&open(&linked), Death::BranchMoved);
        assert_eq!(keys(repository.store().lock().unwrap().recovered()), ["store-recovered"]);
        assert_eq!(fs::read(linked.join("a.md")).unwrap(), b"a2\n");
        assert_eq!(run_in(&linked, &["status", "--porcelain"]).stdout, b"");
        assert_eq!(repository.text("a.md").as_deref(), Some("a1\n"));
        repository.assert_sound();
    }

    #[test]
    fn what_was_moved_since_is_found() {
        for death in DEATHS {
            let repository = TestRepository::with_commit();
            let moved = repository.top.with_file_name("moved");
            let linked = repository.top.with_file_name("linked");
            repository.git(&["worktree", "add", "--quiet", "-b", "feature", linked.to_str().unwrap()]);
            die(&repository.store(), death);
            fs::rename(&repository.top, &moved).unwrap();
            run_in(&moved, &["worktree", "repair", linked.to_str().unwrap()]);
            // Whoever comes next, wherever they stand.
            let next = if death == Death::BranchMoved { &linked } else { &moved };
            let recorded = death >= Death::BranchMoved;
            let expected = if recorded { "store-recovered" } else { "store-discarded" };
            assert_eq!(keys(&open(next).recover()), [expected], "{death:?}");
            let text = if recorded { "a2\n" } else { "a1\n" };
            assert_eq!(fs::read_to_string(moved.join("a.md")).unwrap(), text, "{death:?}");
            assert_eq!(run_in(&moved, &["status", "--porcelain"]).stdout, b"", "{death:?}");

            // A linked worktree, which git calls by a name of its own.
            let away = linked.with_file_name("away");
            die(&open(&linked), death);
            fs::rename(&linked, &away).unwrap();
            run_in(&moved, &["worktree", "repair", away.to_str().unwrap()]);
            assert_eq!(keys(&open(&away).recover()), [expected], "{death:?}");
            assert_eq!(fs::read_to_string(away.join("a.md")).unwrap(), text, "{death:?}");
            assert_eq!(run_in(&away, &["status", "--porcelain"]).stdout, b"", "{death:?}");
        }
    }

    #[test]
    fn what_git_has_pruned_was_never_recorded() {
        let repository = TestRepository::with_commit();
        let store = repository.store();
        let tip = store.tip().unwrap();
        for moved in [false, true] {
            die(&store, Death::IndexLocked);
            fs::remove_file(repository.top.join(".git/index.lock")).unwrap();
            if moved {
                repository.git(&["commit", "--quiet", "--allow-empty", "--message", "theirs"]);
            }
            repository.git(&["gc", "--quiet", "--prune=now"]);
            let store = repository.store();
            assert_eq!(keys(&store.recover()), ["store-discarded"], "{moved}");
            assert_eq!(store.tip().unwrap() != tip, moved);
            assert_eq!(repository.status(), [""; 0]);
            repository.assert_sound();
        }
    }

    #[test]
    fn what_git_has_lost_is_said_and_blocks_nothing() {
        let lose = |repository: &TestRepository, id: &str| {
            fs::remove_file(repository.top.join(format!(".git/objects/{}/{}", &id[..2], &id[2..]))).unwrap();
        };
        let repository = TestRepository::with_commit();
        die(&repository.store(), Death::BranchMoved);
        lose(&repository, &repository.git(&["rev-parse", "main:a.md"]));
        assert_eq!(keys(&repository.store().recover()), ["store-recovered", "store-object-lost"]);
        assert_eq!(repository.text("a.md").as_deref(), Some("a1\n"));
        assert_eq!(repository.text("new/b.md").as_deref(), Some("b1\n"));
        assert!(!repository.store().has_unfinished_journal());

        // A hand edit, in the file alone by now, together with what was not recorded.
        let repository = TestRepository::with_commit();
        let store = repository.store();
        die(&store, Death::ShownToHook);
        let mut journal = super::Journal::load(&store).unwrap().unwrap();
        journal.files[0].seen = Some("0123456789012345678901234567890123456789".to_owned());
        journal.save(&store).unwrap();
        assert_eq!(keys(&store.recover()), ["store-discarded", "store-not-taken-back"]);
        assert_eq!(repository.text("a.md").as_deref(), Some("a2\n"));
        assert!(!store.has_unfinished_journal());
    }

    #[test]
    fn what_is_no_journal_is_set_aside_and_another_versions_is_not() {
        for junk in ["", "junk\n", "[]", "{}"] {
            let repository = TestRepository::with_commit();
            let store = repository.store();
            repository.write(".git/incident/journal", junk);
            store.preflight(&super::super::CommitOptions::default()).unwrap();
            assert_eq!(keys(store.lock().unwrap().recovered()), ["store-journal-set-aside"], "{junk:?}");
            assert_eq!(repository.text(".git/incident/unreadable-journal").as_deref(), Some(junk));
            assert!(!store.has_unfinished_journal());
        }
        for other in [r#"{"schema":2,"anything":[]}"#, r#"{"schema":1}"#] {
            let repository = TestRepository::with_commit();
            let store = repository.store();
            repository.write(".git/incident/journal", other);
            assert_eq!(failure(store.lock()).0, "store-journal-unreadable");
            let said = keys(&store.recover());
            assert_eq!(said[..2], ["store-not-recovered", "store-journal-unreadable"]);
            assert_eq!(repository.text(".git/incident/journal").as_deref(), Some(other));
        }
    }

    #[test]
    fn a_lock_left_on_the_branch_is_removed_and_gits_is_not() {
        for elsewhere in [false, true] {
            let repository = TestRepository::with_commit();
            repository.git(&["branch", "ops"]);
            let branch = if elsewhere { "ops" } else { "main" };
            let store = repository.store().on_branch(Some(branch)).unwrap();
            let lock = format!(".git/refs/heads/{branch}.lock");
            let commit = || super::Journal::load(&store).unwrap().unwrap().new_commit.unwrap();
            let other = format!("{}\n", store.tip().unwrap().unwrap());
            die(&store, Death::CommitWritten);
            let own = format!("{}\n", commit());
            for (content, removed) in [(own.as_str(), true), ("", true), (other.as_str(), false)] {
                die(&store, Death::CommitWritten);
                repository.write(&lock, content);
                assert_eq!(keys(&store.recover()), ["store-discarded"], "{content:?}");
                assert_eq!(!repository.top.join(&lock).exists(), removed, "{content:?}");
            }
            fs::remove_file(repository.top.join(&lock)).unwrap();
            assert_eq!(repository.text("a.md").as_deref(), Some("a1\n"));
            repository.assert_sound();
        }
    }

    #[test]
    fn what_a_hook_has_made_of_it_is_taken_back_and_kept() {
        let repository = TestRepository::with_commit();
        let store = repository.store();
        die(&store, Death::ShownToHook);
        // One that nobody could tell from a hand edit, and one whose file is new: without ours, nothing would be left.
        repository.write("a.md", "A2, formatted\n");
        repository.write("new/b.md", "b1\nformatted\n");
        let messages = store.recover();
        assert_eq!(keys(&messages), ["store-discarded", "store-kept-aside", "store-left-untracked"]);
        assert_eq!(repository.text("a.md").as_deref(), Some("a1\n"));
        assert_eq!(repository.text("new/b.md").as_deref(), Some("b1\nformatted\n"));
        assert_eq!(repository.status(), ["?? new/b.md"]);
        let command = &messages[1].facts.iter().find(|(name, _)| *name == "command").unwrap().1;
        let kept = command.rsplit(' ').next().unwrap();
        assert_eq!(repository.git(&["cat-file", "blob", kept]), "A2, formatted");
        repository.assert_sound();
    }

    #[test]
    fn what_was_staged_of_it_is_taken_back_too() {
        for changed in [false, true] {
            let repository = TestRepository::with_commit();
            let store = repository.store();
            die(&store, Death::ShownToHook);
            repository.git(&["add", "--all"]);
            let (text, status) = if changed {
                repository.write("new/b.md", "b1\nmy own words\n");
                (Some("b1\nmy own words\n"), vec!["?? new/b.md"])
            } else {
                (None, Vec::new())
            };
            store.recover();
            assert_eq!(repository.text("a.md").as_deref(), Some("a1\n"));
            assert_eq!(repository.text("new/b.md").as_deref(), text);
            assert_eq!(repository.status(), status);
            repository.assert_sound();
        }
    }

    #[test]
    fn what_cannot_be_read_decides_nothing() {
        let repository = TestRepository::with_commit();
        let store = repository.store();
        die(&store, Death::BranchMoved);
        let branch = repository.top.join(".git/refs/heads/main");
        let tip = fs::read(&branch).unwrap();
        fs::write(&branch, "no id").unwrap();
        store.recover();
        assert!(store.has_unfinished_journal());
        fs::write(&branch, tip).unwrap();
        assert_eq!(keys(&store.recover()), ["store-recovered"]);
        repository.assert_sound();
    }

    #[test]
    fn a_worktree_in_the_middle_of_a_merge_is_left_alone() {
        let repository = TestRepository::with_commit();
        let store = repository.store();
        die(&store, Death::CommitWritten);
        repository.write(".git/MERGE_HEAD", &store.tip().unwrap().unwrap());
        assert_eq!(store.recover(), []);
        repository.git(&["branch", "ops"]);
        let elsewhere = repository.store().on_branch(Some("ops")).unwrap();
        assert_eq!(failure(elsewhere.lock()).0, "store-operation-in-progress");
        assert!(store.has_unfinished_journal());
        fs::remove_file(repository.top.join(".git/MERGE_HEAD")).unwrap();
        assert_eq!(keys(elsewhere.lock().unwrap().recovered()), ["store-discarded"]);
    }

    #[test]
    fn an_index_lock_of_gits_is_never_removed() {
        let repository = TestRepository::with_commit();
        let store = repository.store();
        die(&store, Death::CommitWritten);
        repository.write(".git/index.lock", "");
        store.recover();
        assert!(repository.top.join(".git/index.lock").exists());
        let none: [StorePath; 0] = [];
        assert_eq!(store.history(&none).unwrap().len(), 1);
    }
}
