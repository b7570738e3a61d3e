//! Files that are staged as an older commit has them, such as after a checkout that crossed a writer: git reads the
//! branch first and moves HEAD last, and whoever writes in between is not seen. Nothing in them is anybody's own.

use anyhow::Result;
use git2::Oid;

use super::changed_file::ChangedFile;
use super::git::Call;
use super::index::Entry;
use super::{Store, StorePath};

impl Store {
    /// `file` as a change that may also take the place of what is `staged`, where that is an older committed version.
    pub(super) fn over_outdated(&self, file: &ChangedFile, staged: Option<&Entry>) -> Result<ChangedFile> {
        let mut file = file.clone();
        let foreign = staged.filter(|_| file.old.is_some() && !file.is_staged_as(staged));
        if let Some(entry) = foreign
            && self.was_committed(&file.path, entry.id)?
        {
            file.outdated = Some(entry.id);
        }
        Ok(file)
    }

    /// Whether an older commit of the branch has the blob `id` at `path`.
    pub(super) fn was_committed(&self, path: &StorePath, id: Oid) -> Result<bool> {
        let call = Call::new(&["log", "-1", "-m", "--full-history", "--format=%H"])
            .argument(format!("--find-object={id}"))
            .argument(self.placement.reference())
            .argument("--")
            .argument(self.in_repository(path))
            .environment("GIT_LITERAL_PATHSPECS", "1");
        let answer = self.git.run(&call)?;
        Ok(answer.status.success() && !answer.stdout.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{TestRepository, failure, path, proposal, record};
    use super::super::{Outcome, WorktreeFile};

    /// `a.md` with the versions `a1`, `a2` and `a3`, the last of which is committed.
    fn with_versions() -> TestRepository {
        let repository = TestRepository::with_commit();
        for text in ["a2\n", "a3\n"] {
            repository.write("a.md", text);
            repository.commit_all(text);
        }
        repository
    }

    #[test]
    fn an_older_version_that_is_staged_is_brought_up_to_date() {
        for old in ["a1\n", "a2\n"] {
            let repository = with_versions();
            repository.write("a.md", old);
            repository.git(&["add", "a.md"]);
            let store = repository.store();
            let worktree = store.lock().unwrap().worktree(&path("a.md")).unwrap();
            assert_eq!(worktree, WorktreeFile::Clean);
            assert_eq!(record(&store, &[("a.md", Some("a4\n"))]), ["store-file-outdated"]);
            assert_eq!(repository.text("a.md").as_deref(), Some("a4\n"));
            assert_eq!(repository.status(), [""; 0]);
            repository.assert_sound();
        }
    }

    #[test]
    fn what_is_in_the_file_stays_where_only_the_index_is_outdated() {
        for (text, expected) in
            [("a3\n", WorktreeFile::Clean), ("mine\n", WorktreeFile::Edited(b"mine\n".to_vec()))]
        {
            let repository = with_versions();
            repository.write("a.md", "a1\n");
            repository.git(&["add", "a.md"]);
            repository.write("a.md", text);
            let store = repository.store();
            let mut writer = store.lock().unwrap();
            assert_eq!(writer.worktree(&path("a.md")).unwrap(), expected);
            let mut proposal = proposal(&[("a.md", Some("a4\n"))]);
            proposal.seen = vec![(path("a.md"), text.as_bytes().to_vec())];
            let outcome = writer.commit(&proposal).unwrap();
            assert!(matches!(outcome, Outcome::Committed { .. }));
            assert_eq!(repository.text("a.md").as_deref(), Some("a4\n"));
            assert_eq!(repository.status(), [""; 0]);
        }
    }

    #[test]
    fn what_was_never_committed_is_somebodys() {
        let repository = with_versions();
        repository.write("a.md", "mine\n");
        repository.git(&["add", "a.md"]);
        repository.write("a.md", "a3\n");
        let store = repository.store();
        let mut writer = store.lock().unwrap();
        let refused = writer.commit(&proposal(&[("a.md", Some("a4\n"))]));
        assert_eq!(failure(refused).0, "store-partly-staged");
        assert_eq!(repository.status(), ["MM a.md"]);
    }

    /// git writes the worktree and the index of a merge before it moves HEAD.
    #[test]
    fn what_a_merge_has_staged_is_not_taken_for_somebodys() {
        let repository = with_versions();
        let store = repository.store();
        let mut writer = store.lock().unwrap();
        repository.write("a.md", "theirs\n");
        repository.git(&["add", "a.md"]);
        let tree = repository.git(&["write-tree"]);
        let theirs = repository.git(&["commit-tree", "-p", "main", "-m", "theirs", &tree]);
        repository.git(&["update-ref", "refs/heads/main", &theirs]);
        assert_eq!(writer.commit(&proposal(&[("a.md", Some("a4\n"))])).unwrap(), Outcome::Moved);
        assert!(matches!(
            writer.commit(&proposal(&[("a.md", Some("a4\n"))])).unwrap(),
            Outcome::Committed { .. }
        ));
        assert_eq!(repository.status(), [""; 0]);
        repository.assert_sound();
    }

    #[test]
    fn a_branch_that_is_checked_out_meanwhile_is_not_moved_behind_the_worktree() {
        let repository = with_versions();
        repository.git(&["checkout", "--quiet", "-b", "feature"]);
        let store = repository.store().on_branch(Some("main")).unwrap();
        let mut writer = store.lock().unwrap();
        repository.git(&["checkout", "--quiet", "main"]);
        let refused = writer.commit(&proposal(&[("a.md", Some("a4\n"))]));
        assert_eq!(failure(refused).0, "store-branch-switched");
        assert_eq!((repository.text("a.md").as_deref(), repository.status()), (Some("a3\n"), Vec::new()));
    }

    #[test]
    fn an_outdated_file_lets_the_branch_move_on() {
        let repository = with_versions();
        repository.git(&["checkout", "--quiet", "-b", "theirs"]);
        repository.write("a.md", "a4\n");
        repository.commit_all("theirs");
        repository.git(&["checkout", "--quiet", "main"]);
        let theirs = repository.git(&["rev-parse", "theirs"]);
        repository.write("a.md", "a1\n");
        repository.git(&["add", "a.md"]);
        let store = repository.store();
        let outcome = store.lock().unwrap().advance(&theirs, &proposal(&[]), "joined").unwrap();
        let Outcome::Committed { warnings, .. } = outcome else { panic!("{outcome:?}") };
        assert_eq!(warnings.iter().map(|said| said.key).collect::<Vec<_>>(), ["store-file-outdated"]);
        assert_eq!(repository.text("a.md").as_deref(), Some("a4\n"));
        assert_eq!(repository.status(), [""; 0]);
    }
}
