//! Objects that git has otherwise than the library: those that `git replace` stands others in for, and those that a
//! partial clone has left with its remote.

use anyhow::Result;
use git2::{ErrorCode, ObjectType, Oid};

use super::Store;
use super::failures::{git_failed, git_line};
use super::git::Call;
use crate::failure::{Exit, Failure, Message};

impl Store {
    /// The object that git takes in the place of `id`, which may be `id` itself.
    pub(super) fn substitute(&self, id: Oid) -> Oid {
        if self.is_turned_off("core.useReplaceRefs") {
            return id;
        }
        self.repository.refname_to_id(&format!("refs/replace/{id}")).unwrap_or(id)
    }

    /// Size and kind of the object `id`, which git fetches first where a partial clone lacks it.
    ///
    /// # Errors
    /// It is nowhere, or cannot be fetched now.
    pub(super) fn header(&self, id: Oid) -> Result<(usize, ObjectType)> {
        let objects = self.repository.odb().map_err(git_failed("reading"))?;
        match objects.read_header(id) {
            Err(error) if error.code() == ErrorCode::NotFound && self.is_partial() => {
                self.bring(id)?;
                objects.refresh().and_then(|()| objects.read_header(id)).map_err(git_failed("reading"))
            }
            header => header.map_err(git_failed("reading")),
        }
    }

    /// Whether a remote has objects for us that were left there.
    fn is_partial(&self) -> bool {
        let Ok(config) = self.repository.config() else { return false };
        let Ok(mut entries) = config.entries(Some(r"^remote\..*\.promisor$")) else { return false };
        matches!(entries.next(), Some(Ok(_)))
    }

    /// Has git fetch what it promised to fetch when it is needed.
    fn bring(&self, id: Oid) -> Result<()> {
        let answer = self.git.run(&Call::new(&["cat-file", "-e"]).argument(id.to_string()))?;
        if answer.status.success() {
            return Ok(());
        }
        let command = git_line(&self.root, "fetch --refetch --no-filter");
        Err(Failure::new(Exit::Network, "store-object-not-fetched")
            .with("output", answer.words())
            .hint(Message::new("store-hint-fetch-all").with("command", command))
            .into())
    }
}
