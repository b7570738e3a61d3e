//! Giving up a file's uncommitted change that holds nothing which is not recorded, such as an old editor window's.

use anyhow::Result;
use git2::Oid;

use super::changed_file::ChangedFile;
use super::commit::begin_index;
use super::follow::follow;
use super::journal::Journal;
use super::{StorePath, Writer};
use crate::failure::Message;

impl Writer<'_> {
    /// Puts what the tip has at `path` in the place of `edit`, the bytes of which [`Self::worktree`] gave, in the
    /// worktree and the index; says what was left alone because it is something else by now. No branch moves; none if it
    /// has moved since the writer read it, as with [`super::Outcome::Moved`].
    ///
    /// # Errors
    /// A lock in the way (exit 6), or the system (exit 1): what was not done then is done by the next writer.
    pub fn give_up(&mut self, path: &StorePath, edit: &[u8]) -> Result<Option<Vec<Message>>> {
        self.end_unfinished()?;
        let store = self.store;
        let files = vec![ChangedFile::write(store, self.tip, path, self.read(path)?.as_deref(), Some(edit))?];
        let mut journal = Journal::begin(store, self.tip)?;
        // Whoever finds it does the same: the branch is where it has to be.
        journal.new_commit = self.tip.as_ref().map(Oid::to_string);
        journal.set_files(&files);
        journal.save(store)?;
        let done = begin_index(store, &journal, &files).and_then(|index| {
            // What was committed meanwhile may be the very edit.
            let tip = store.tip_id()?;
            if tip != self.tip {
                self.tip = tip;
                return Ok(None);
            }
            let left = index.map_or(Ok(Vec::new()), |index| follow(store, &files, index, &journal.token));
            left.map(Some)
        });
        journal.remove(store)?;
        done
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{TestRepository, path};

    #[test]
    fn an_edit_is_given_up_and_nothing_else() {
        let repository = TestRepository::with_commit();
        for stage in [false, true] {
            repository.write("a.md", "old\n");
            if stage {
                repository.git(&["add", "a.md"]);
            }
            repository.write("other.txt", "unsaved\n");
            let store = repository.store();
            let mut writer = store.lock().unwrap();
            assert!(writer.give_up(&path("a.md"), b"old\n").unwrap().unwrap().is_empty());
            assert_eq!(repository.text("a.md").unwrap(), "a1\n");
            assert_eq!(repository.status(), [" M other.txt"]);
        }
        repository.write("a.md", "by hand\n");
        let left = repository.store().lock().unwrap().give_up(&path("a.md"), b"old\n").unwrap().unwrap();
        assert_eq!(left.iter().map(|message| message.key).collect::<Vec<_>>(), ["store-file-left"]);
        assert_eq!(repository.text("a.md").unwrap(), "by hand\n");
        let store = repository.store();
        let mut writer = store.lock().unwrap();
        repository.commit_all("by hand");
        assert_eq!(writer.give_up(&path("a.md"), b"by hand\n").unwrap(), None);
        assert_eq!(repository.text("a.md").unwrap(), "by hand\n");
        assert_eq!(writer.read(&path("a.md")).unwrap().unwrap(), b"by hand\n");
        repository.assert_sound();
    }
}
