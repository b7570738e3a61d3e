//! Combining two histories into one tree, with the real base: `git merge-tree`, which touches neither worktree nor index.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use git2::build::TreeUpdateBuilder;
use git2::{ErrorCode, FileMode, Oid};

use super::failures::{file_failed, git_failed};
use super::git::{Answer, Call, Git};
use super::object::object_id;
use super::{FileChange, Store, StorePath};
use crate::failure::{Exit, Failure, Message};

/// The attribute that names the program's merge driver, and its name in git's configuration.
pub const DRIVER: &str = "incident";

/// Where git puts the versions that it hands to a driver.
const MERGES: &str = "merges";

/// git takes a file that is gone for moved to one that is like it. Files made from one template are all alike: what one
/// side recorded in an incident would end up in another that the other side has declared. Only what is the same to the
/// byte was moved.
const NO_GUESSES: [&str; 2] = ["-X", "find-renames=100%"];

/// What two commits come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Combination {
    tree: Oid,
    pub conflicts: Vec<Conflict>,
}

/// A path that git left with a conflict; none is the absence of a version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conflict {
    /// From the top of the repository.
    pub path: String,
    pub base: Option<String>,
    pub ours: Option<String>,
    pub theirs: Option<String>,
    mode: u32,
}

/// A file's blob before and after; none is its absence.
type Blobs = (Option<String>, Option<String>);

impl Store {
    /// Merges `theirs` into `ours`. Files that both have changed are merged by `driver`, a command line as git takes it
    /// (`merge.<driver>.driver`), where they are incident files.
    ///
    /// # Errors
    /// The histories have nothing in common, or git is too old to merge without a worktree.
    pub fn combine(&self, ours: &str, theirs: &str, driver: &str) -> Result<Combination> {
        let attributes = self.attributes_file()?;
        let call = |first: &[&str], guesses: &[&str]| {
            let call = Call::new(first)
                .argument("-c")
                .argument(format!("core.attributesFile={}", attributes.display()))
                .argument("-c")
                .argument(format!("merge.{DRIVER}.driver={driver}"))
                .argument("-c")
                .argument(format!("merge.{DRIVER}.name=incident files"));
            let words = [&["merge-tree", "--write-tree", "-z", "--no-messages"], guesses, &[ours, theirs]];
            words.concat().into_iter().fold(call, Call::argument)
        };
        // The files that git hands to a driver lie where git was started, and stay there if it is killed: not among a
        // person's. There it would find no `.gitattributes`, so it is told to read those of our side.
        let away = |guesses| {
            let call = call(&[&format!("--attr-source={ours}")], guesses);
            call.environment("GIT_DIR", self.repository.path())
        };
        let apart = Git::new(&self.private_folder(MERGES)?);
        let mut answer = apart.run(&away(&NO_GUESSES))?;
        // git before 2.44 guesses, before 2.41 it reads the attributes where it was started.
        if is_unknown(&answer, "strategy-option") || is_unknown(&answer, "`X'") {
            answer = apart.run(&away(&[]))?;
        }
        if is_unknown(&answer, "--attr-source") {
            answer = self.git.run(&call(&[], &[]))?;
        }
        match answer.status.code() {
            Some(0 | 1) => parse(&answer.stdout).context("git merge-tree answers in its own form"),
            _ => Err(not_combined(&answer).into()),
        }
    }

    /// The files that both commits have changed since they parted, in different ways, with the version of then.
    ///
    /// # Errors
    /// The histories cannot be read.
    pub fn changed_by_both(&self, ours: &str, theirs: &str) -> Result<Vec<Conflict>> {
        let (ours, theirs) = (object_id(ours)?, object_id(theirs)?);
        let Some(base) = self.common_ancestor(ours, theirs)? else { return Ok(Vec::new()) };
        let theirs = self.blobs_changed(base, theirs)?;
        let mut both = Vec::new();
        for (path, (base, ours)) in self.blobs_changed(base, ours)? {
            let Some((_, theirs)) = theirs.get(&path).filter(|(_, theirs)| *theirs != ours) else { continue };
            both.push(Conflict { path, base, ours, theirs: theirs.clone(), mode: 0 });
        }
        Ok(both)
    }

    /// What `side` has changed in the store since it parted from `other`.
    ///
    /// # Errors
    /// The histories cannot be read.
    pub fn changes_since_parted(&self, side: &str, other: &str) -> Result<Vec<FileChange>> {
        let (side, other) = (object_id(side)?, object_id(other)?);
        let Some(base) = self.common_ancestor(side, other)? else { return Ok(Vec::new()) };
        let change = |(path, (old, new)): (String, Blobs)| {
            Some(FileChange { path: self.path_in_store(&path)?, old: vec![old], new })
        };
        Ok(self.blobs_changed(base, side)?.into_iter().filter_map(change).collect())
    }

    /// Where two histories parted; none if they have nothing in common.
    fn common_ancestor(&self, one: Oid, other: Oid) -> Result<Option<Oid>> {
        match self.repository.merge_base(one, other) {
            Ok(base) => Ok(Some(base)),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
            Err(error) => Err(git_failed("reading")(error)),
        }
    }

    /// The files of the store that commit `from` has and `to` has not, with their blobs.
    ///
    /// # Errors
    /// A commit cannot be read.
    pub fn removed_between(&self, from: &str, to: &str) -> Result<Vec<(StorePath, String)>> {
        let removed = |(path, blobs): (String, Blobs)| match blobs {
            (Some(old), None) => Some((self.path_in_store(&path)?, old)),
            _ => None,
        };
        Ok(self.blobs_changed(object_id(from)?, object_id(to)?)?.into_iter().filter_map(removed).collect())
    }

    /// The paths that lie between two commits, with the blob before and after.
    fn blobs_changed(&self, from: Oid, to: Oid) -> Result<BTreeMap<String, Blobs>> {
        let tree = |id| self.commit(id)?.tree().map_err(git_failed("reading"));
        let diff = self.repository.diff_tree_to_tree(Some(&tree(from)?), Some(&tree(to)?), None);
        let diff = diff.map_err(git_failed("reading"))?;
        let blob = |file: &git2::DiffFile<'_>| file.exists().then(|| file.id().to_string());
        let change = |delta: git2::DiffDelta<'_>| {
            let path = delta.new_file().path_bytes().or(delta.old_file().path_bytes())?;
            let path = String::from_utf8_lossy(path).into_owned();
            Some((path, (blob(&delta.old_file()), blob(&delta.new_file()))))
        };
        Ok(diff.deltas().filter_map(change).collect())
    }

    /// The files of the store, by their paths in it, that `theirs` brings to `ours`.
    ///
    /// # Errors
    /// The histories cannot be read.
    pub fn brought_by(&self, ours: &str, theirs: &str) -> Result<Vec<StorePath>> {
        let (ours, theirs) = (object_id(ours)?, object_id(theirs)?);
        let base = self.common_ancestor(ours, theirs)?.unwrap_or(ours);
        Ok(self.blobs_changed(base, theirs)?.keys().filter_map(|path| self.path_in_store(path)).collect())
    }

    /// The tree of `combination` with these paths, from the top of the repository, resolved to those bytes, or gone.
    ///
    /// # Errors
    /// The objects cannot be written.
    pub(super) fn resolved_tree(
        &self,
        combination: &Combination,
        resolved: &[(String, Option<Vec<u8>>)],
    ) -> Result<Oid> {
        let tree = self.repository.find_tree(combination.tree).map_err(git_failed("reading"))?;
        let mut builder = TreeUpdateBuilder::new();
        for (path, bytes) in resolved {
            let Some(bytes) = bytes else {
                if tree.get_path(std::path::Path::new(path)).is_ok() {
                    builder.remove(path.as_str());
                }
                continue;
            };
            let conflict = combination.conflicts.iter().find(|conflict| conflict.path == *path);
            let is_executable = conflict.is_some_and(|conflict| conflict.mode == 0o100_755);
            let mode = if is_executable { FileMode::BlobExecutable } else { FileMode::Blob };
            let blob = self.repository.blob(bytes).map_err(git_failed("writing"))?;
            builder.upsert(path.as_str(), blob, mode);
        }
        builder.create_updated(&self.repository, &tree).map_err(git_failed("writing"))
    }

    /// Says which files are incidents', where the branch itself does not (`.gitattributes`): with the least precedence.
    fn attributes_file(&self) -> Result<std::path::PathBuf> {
        const NAME: &str = "attributes";
        let pattern = format!("/{}incidents/**/*.md", self.prefix);
        let line = format!("\"{}\" merge={DRIVER}\n", pattern.replace('\\', "\\\\").replace('"', "\\\""));
        if self.read_private(NAME)?.is_none_or(|bytes| bytes != line.as_bytes()) {
            self.save_private(NAME, line.as_bytes())?;
        }
        let path = self.private_root().join(NAME);
        std::fs::canonicalize(&path).map_err(|error| file_failed("reading", &path, &error))
    }

    /// `path`, from the top of the repository, as the store names it; none outside the store.
    pub fn path_in_store(&self, path: &str) -> Option<StorePath> {
        StorePath::parse(path.strip_prefix(&self.prefix)?).ok()
    }
}

fn is_unknown(answer: &Answer, option: &str) -> bool {
    let words = answer.words();
    words.contains("unknown ") && words.contains(option)
}

fn not_combined(answer: &Answer) -> Failure {
    let words = answer.words();
    if words.contains("unrelated histories") {
        return Failure::new(Exit::Network, "sync-unrelated");
    }
    // git before 2.38 has no `--write-tree`.
    if words.contains("usage:") || words.contains("unknown option") {
        return Failure::new(Exit::Git, "sync-git-too-old").hint(Message::new("store-hint-install-git"));
    }
    Failure::new(Exit::Git, "sync-not-combined").with("output", words)
}

/// Reads `TREE NUL (MODE ID STAGE TAB PATH NUL)*`. None if that is not what `output` is.
fn parse(output: &[u8]) -> Option<Combination> {
    let mut fields = output.split(|byte| *byte == 0);
    let tree = Oid::from_str(std::str::from_utf8(fields.next()?).ok()?.trim()).ok()?;
    let mut conflicts: Vec<Conflict> = Vec::new();
    for field in fields.take_while(|field| !field.is_empty()) {
        let text = String::from_utf8_lossy(field);
        let (facts, path) = text.split_once('\t')?;
        let mut facts = facts.split(' ');
        let (mode, id, stage) = (facts.next()?, facts.next()?, facts.next()?);
        if conflicts.last().is_none_or(|last| last.path != path) {
            conflicts.push(Conflict { path: path.to_owned(), ..Conflict::default() });
        }
        let conflict = conflicts.last_mut()?;
        conflict.mode = u32::from_str_radix(mode, 8).ok()?;
        let version = match stage {
            "1" => &mut conflict.base,
            "2" => &mut conflict.ours,
            _ => &mut conflict.theirs,
        };
        *version = Some(id.to_owned());
    }
    Some(Combination { tree, conflicts })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{TestRepository, failure};

    /// `main` and `theirs`, which have both changed `incidents/a.md` and each a file of its own.
    fn diverged() -> TestRepository {
        let repository = TestRepository::empty();
        repository.write("incidents/a.md", "a\nb\nc\n");
        repository.commit_all("base");
        repository.git(&["checkout", "--quiet", "-b", "theirs"]);
        repository.write("incidents/a.md", "a\nb\nC\n");
        repository.write("theirs.txt", "theirs\n");
        repository.commit_all("theirs");
        repository.git(&["checkout", "--quiet", "main"]);
        repository.write("incidents/a.md", "A\nb\nc\n");
        repository.write("ours.txt", "ours\n");
        repository.commit_all("ours");
        repository
    }

    #[test]
    fn the_driver_merges_what_both_have_changed() {
        let repository = diverged();
        repository.write("ours.txt", "not saved\n");
        let store = repository.store();
        let ids = ["main", "theirs"].map(|name| repository.git(&["rev-parse", name]));
        let combination = store.combine(&ids[0], &ids[1], "cat %O %B >%A; true").unwrap();
        assert_eq!(combination.conflicts, []);
        let show = |path: &str| repository.git(&["show", &format!("{}:{path}", combination.tree)]);
        assert_eq!(show("incidents/a.md"), "a\nb\nc\na\nb\nC");
        assert_eq!((show("ours.txt"), show("theirs.txt")), ("ours".to_owned(), "theirs".to_owned()));

        let combination = store.combine(&ids[0], &ids[1], "echo %P >%A; false").unwrap();
        let [conflict] = &combination.conflicts[..] else { panic!("{combination:?}") };
        assert_eq!(conflict.path, "incidents/a.md");
        let blob = |name: &str| Some(repository.git(&["rev-parse", &format!("{name}:incidents/a.md")]));
        assert_eq!(conflict.base, blob("main~1"));
        assert_eq!((&conflict.ours, &conflict.theirs), (&blob("main"), &blob("theirs")));
        let resolved = [
            ("incidents/a.md".to_owned(), Some(b"both\n".to_vec())),
            ("theirs.txt".to_owned(), None),
            ("absent.txt".to_owned(), None),
        ];
        let tree = store.resolved_tree(&combination, &resolved).unwrap();
        assert_eq!(repository.git(&["show", &format!("{tree}:incidents/a.md")]), "both");
        assert_eq!(repository.git(&["ls-tree", "--name-only", &tree.to_string()]), "incidents\nours.txt");
        assert_eq!(repository.status(), [" M ours.txt"]);
    }

    #[test]
    fn what_git_writes_for_the_driver_lies_in_nobodys_way() {
        let repository = diverged();
        let store = repository.store();
        let ids = ["main", "theirs"].map(|name| repository.git(&["rev-parse", name]));
        let driver = format!("git -C '{}' status --porcelain >%A; true", store.root().display());
        let combination = store.combine(&ids[0], &ids[1], &driver).unwrap();
        assert_eq!(repository.git(&["show", &format!("{}:incidents/a.md", combination.tree)]), "");
    }

    #[test]
    fn the_attributes_of_the_branch_hold() {
        let repository = TestRepository::empty();
        repository.write("a/.gitattributes", "lock -merge\n");
        repository.write("a/lock", "a\nb\nc\n");
        repository.commit_all("base");
        repository.git(&["checkout", "--quiet", "-b", "theirs"]);
        repository.write("a/lock", "a\nb\nC\n");
        repository.commit_all("theirs");
        repository.git(&["checkout", "--quiet", "main"]);
        repository.write("a/lock", "A\nb\nc\n");
        repository.commit_all("ours");
        let ids = ["main", "theirs"].map(|name| repository.git(&["rev-parse", name]));
        let combination = repository.store().combine(&ids[0], &ids[1], "false").unwrap();
        assert_eq!(combination.conflicts[0].path, "a/lock");
    }

    #[test]
    fn a_file_that_one_side_removed_is_a_conflict_without_that_version() {
        let repository = diverged();
        repository.git(&["rm", "--quiet", "incidents/a.md"]);
        repository.git(&["commit", "--quiet", "--message", "gone"]);
        let ids = ["main", "theirs"].map(|name| repository.git(&["rev-parse", name]));
        let combination = repository.store().combine(&ids[0], &ids[1], "false").unwrap();
        let [conflict] = &combination.conflicts[..] else { panic!("{combination:?}") };
        assert!(conflict.base.is_some() && conflict.ours.is_none() && conflict.theirs.is_some());
    }

    #[test]
    fn histories_with_nothing_in_common_are_refused() {
        let repository = diverged();
        repository.git(&["checkout", "--quiet", "--orphan", "other"]);
        repository.commit_all("other");
        let ids = ["main", "other"].map(|name| repository.git(&["rev-parse", name]));
        assert_eq!(failure(repository.store().combine(&ids[0], &ids[1], "false")).0, "sync-unrelated");
    }
}
