//! Bringing the worktree and the index up to a commit of the branch they have checked out.

use anyhow::Result;

use super::Store;
use super::changed_file::ChangedFile;
use super::failures::worktree_behind;
use super::index::{IndexWriter, Update};
use super::journal::Journal;
use super::pruned::Copies;
use super::swap::kept_beside;
use super::worktree::{self, Placed};
use crate::failure::Message;

/// Puts `files` into the worktree and the index, each only where it still has the old bytes, and says what was left
/// alone. `token` names the temporary files.
pub(super) fn follow(
    store: &Store,
    files: &[ChangedFile],
    index: IndexWriter<'_>,
    token: &str,
) -> Result<Vec<Message>> {
    let mut warnings = Vec::new();
    let mut updates = Vec::new();
    for file in files {
        let staged = index.entry(&file.path)?;
        let file = store.over_outdated(file, staged.as_ref())?;
        let skipped = worktree::is_left_out(store, &file.path, staged.as_ref())?;
        let placed = if skipped { None } else { Some(worktree::place(store, &file, token)?) };
        if let Some(Placed::LeftTwice(kept)) = placed {
            warnings.push(kept_beside("store-kept-beside", store, &file, kept));
        }
        let in_worktree = placed == Some(Placed::Done);
        if file.outdated.is_some() {
            warnings.push(Message::new("store-file-outdated").with("path", &file.path));
        }
        if !skipped && !in_worktree {
            warnings.push(Message::new("store-file-left").with("path", &file.path));
        }
        updates.push(Update { file, in_worktree });
    }
    let left = index.update(&updates)?;
    warnings.extend(left.into_iter().map(|path| Message::new("store-staged-left").with("path", path)));
    Ok(warnings)
}

/// The last steps of a writer whose commit the branch has: worktree and index, where there are any (`index`), a look at
/// the commit's objects (`copies`), and the end of its journal. What cannot be done now stays in the journal, and is no
/// failure: the fact is recorded.
pub(super) fn finish(
    store: &Store,
    files: &[ChangedFile],
    (index, copies): (Option<IndexWriter<'_>>, &Copies),
    journal: &Journal,
) -> Vec<Message> {
    let followed = || {
        store.write_again(copies)?;
        let warnings = index.map_or(Ok(Vec::new()), |index| follow(store, files, index, &journal.token))?;
        store.sync_branch().map(|()| warnings)
    };
    let followed = followed();
    let finished = store.outlive_collection(copies).and(followed);
    let finished = finished.and_then(|warnings| journal.remove(store).map(|()| warnings));
    finished.unwrap_or_else(|error| worktree_behind(&error))
}

#[cfg(test)]
mod tests {
    use super::super::WorktreeFile;
    use super::super::testing::{TestRepository, path, record};

    #[test]
    fn a_file_that_is_there_despite_its_flag_is_followed() {
        let repository = TestRepository::with_commit();
        repository.git(&["update-index", "--skip-worktree", "a.md"]);
        let store = repository.store();
        assert_eq!(record(&store, &[("a.md", Some("a2\n"))]), [""; 0]);
        assert_eq!(repository.text("a.md").as_deref(), Some("a2\n"));
        repository.write("a.md", "mine\n");
        assert_eq!(record(&store, &[("a.md", Some("a3\n"))]), ["store-file-left"]);
        assert_eq!(repository.text("a.md").as_deref(), Some("mine\n"));
        std::fs::remove_file(repository.top.join("a.md")).unwrap();
        assert_eq!(record(&store, &[("a.md", Some("a4\n"))]), [""; 0]);
        assert_eq!(repository.text("a.md"), None, "what is left out stays out");
        assert_eq!(store.lock().unwrap().worktree(&path("a.md")).unwrap(), WorktreeFile::Clean);
        assert_eq!(repository.git(&["ls-files", "-t", "a.md"]), "S a.md");
        assert_eq!(repository.status(), [""; 0]);
        repository.assert_sound();
    }
}
