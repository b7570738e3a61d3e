//! The objects of a commit: blobs, the tree made from the tip's, and the commit itself.

use anyhow::Result;
use chrono::{DateTime, FixedOffset};
use git2::build::TreeUpdateBuilder;
use git2::{FileMode, ObjectType, Oid, Signature, Time, Tree};

use super::changed_file::ChangedFile;
use super::failures::git_failed;
use super::{NamedEmail, Proposal, Store};

/// The full name of an object of git's.
///
/// # Errors
/// It is none.
pub(super) fn object_id(name: &str) -> Result<Oid> {
    Oid::from_str(name).map_err(git_failed("reading"))
}

impl Store {
    /// The tree of commit `tip`; the empty one while nothing has been committed.
    fn tree_of(&self, tip: Option<Oid>) -> Result<Tree<'_>> {
        if let Some(tip) = tip {
            return self.commit(tip)?.tree().map_err(git_failed("reading"));
        }
        let empty = self.repository.treebuilder(None).and_then(|builder| builder.write());
        empty.and_then(|empty| self.repository.find_tree(empty)).map_err(git_failed("writing"))
    }

    /// The tree of `tip` with `files` changed.
    pub(super) fn tree_with(&self, tip: Option<Oid>, files: &[ChangedFile]) -> Result<Oid> {
        let mut builder = TreeUpdateBuilder::new();
        for file in files {
            let path = self.in_repository(&file.path);
            match file.new {
                Some(blob) => builder.upsert(path, blob, file_mode(file.mode)),
                None => builder.remove(path),
            };
        }
        builder.create_updated(&self.repository, &self.tree_of(tip)?).map_err(git_failed("writing"))
    }

    /// Writes the commit, signed where the user's settings say so. Nothing refers to it yet.
    ///
    /// # Errors
    /// It cannot be written, or not signed.
    pub(super) fn write_any_commit(
        &self,
        proposal: &Proposal,
        message: &str,
        tree: Oid,
        parents: &[Oid],
    ) -> Result<Oid> {
        if self.must_sign(proposal.options)? {
            self.write_signed_commit(proposal, message, tree, parents)
        } else {
            self.write_commit(proposal, message, tree, parents)
        }
    }

    /// Writes the commit, unsigned.
    fn write_commit(&self, proposal: &Proposal, message: &str, tree: Oid, parents: &[Oid]) -> Result<Oid> {
        let tree = self.repository.find_tree(tree).map_err(git_failed("reading"))?;
        // The parents themselves, also where git shows others in their place.
        let parent = |id: &Oid| self.repository.find_commit(*id).map_err(git_failed("reading"));
        let parents = parents.iter().map(parent).collect::<Result<Vec<_>>>()?;
        let author = signature(&proposal.author, proposal.author_time)?;
        let committer = signature(&proposal.committer, proposal.committer_time)?;
        let parents: Vec<_> = parents.iter().collect();
        let commit = self.repository.commit_create_buffer(&author, &committer, message, &tree, &parents);
        commit
            .and_then(|commit| self.repository.odb()?.write(ObjectType::Commit, &commit))
            .map_err(git_failed("writing"))
    }
}

/// `person` at `time`, in git's terms.
pub(super) fn signature(person: &NamedEmail, time: DateTime<FixedOffset>) -> Result<Signature<'static>> {
    let minutes = time.offset().local_minus_utc() / 60;
    Signature::new(&person.name, &person.email, &Time::new(time.timestamp(), minutes))
        .map_err(git_failed("writing"))
}

fn file_mode(mode: u32) -> FileMode {
    if mode == u32::from(FileMode::BlobExecutable) { FileMode::BlobExecutable } else { FileMode::Blob }
}
