//! Files that a person has moved by hand: what was committed under the old name goes when the new name comes, or other
//! clones would have the incident twice.

use super::archive::{FOLDER, may_be_incident};
use super::record::Files;
use super::session::Session;
use crate::document::parse_present;
use crate::domain::id::IncidentId;
use crate::store::{StorePath, WorktreeFile, Writer};

/// An incident file that is committed under another name than it has now.
pub struct Moved {
    pub from: StorePath,
    /// What is committed there.
    pub text: String,
}

/// Where the file at `to`, which is not committed yet, was before somebody moved it; none if it is new.
pub fn origin(session: &Session<'_>, to: &StorePath, text: &str) -> anyhow::Result<Option<Moved>> {
    if !may_be_incident(to) {
        return Ok(None);
    }
    let Some(id) = id_of(to, text.as_bytes()) else { return Ok(None) };
    for from in session.store.missing(&StorePath::parse(FOLDER)?, &[])?.into_iter().filter(may_be_incident) {
        let Some(bytes) = session.store.read_committed(&from)? else { continue };
        if id_of(&from, &bytes).as_ref() == Some(&id)
            && let Ok(text) = String::from_utf8(bytes)
        {
            return Ok(Some(Moved { from, text }));
        }
    }
    Ok(None)
}

/// The id of the incident in a file: what it says, else what its name says.
pub fn id_of(path: &StorePath, bytes: &[u8]) -> Option<IncidentId> {
    let present = parse_present(path.as_str(), bytes).ok();
    present.map(|incident| incident.id).or_else(|| IncidentId::leading(path.file_name()))
}

/// The ids that the incident in a file is found by: its own, and those that it had.
pub fn ids_of(path: &StorePath, bytes: &[u8]) -> Vec<String> {
    match parse_present(path.as_str(), bytes) {
        Ok(present) => [present.id.to_string()].into_iter().chain(present.aliases).collect(),
        Err(_) => IncidentId::leading(path.file_name()).map(|id| id.to_string()).into_iter().collect(),
    }
}

impl Moved {
    /// What goes with the file that is at `to` by now: its old name, and the review and the attachments that were moved
    /// along with it.
    pub fn files(&self, session: &Session<'_>, writer: &Writer<'_>, to: &StorePath) -> anyhow::Result<Files> {
        let mut files = vec![(self.from.clone(), None)];
        for path in session.store.missing(&StorePath::parse(FOLDER)?, &[])? {
            let Some(there) = beside(&path, &self.from, to)? else { continue };
            if let WorktreeFile::Untracked(bytes) = writer.worktree(&there)? {
                files.extend([(path, None), (there, Some(bytes))]);
            }
        }
        Ok(files)
    }
}

/// Where `path` goes when the incident file `from` becomes `to`: the review and the attachments are called after the
/// incident file. None for any other file.
pub fn beside(path: &StorePath, from: &StorePath, to: &StorePath) -> anyhow::Result<Option<StorePath>> {
    let rest = path.as_str().strip_prefix(stem(from));
    let Some(rest) = rest.filter(|rest| *rest == ".postmortem.md" || rest.starts_with('/')) else {
        return Ok(None);
    };
    Ok(Some(StorePath::parse(&format!("{}{rest}", stem(to)))?))
}

fn stem(path: &StorePath) -> &str {
    path.as_str().strip_suffix(".md").unwrap_or(path.as_str())
}
