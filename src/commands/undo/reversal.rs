//! The files of an undo: each as it would be without the change, or what stands in the way.

use super::super::announce::short;
use super::super::archive::may_be_incident;
use super::super::hand_edit::{HandEdits, Settled, merge_levels};
use super::super::record::Files;
use super::super::session::Session;
use super::super::timeline::version;
use super::target::{History, Target, in_words, subject_of};
use crate::document::consistency::Known;
use crate::document::merge::MergeRules;
use crate::document::parse_present;
use crate::document::undo::{Reversed, Versions, reverse_document, reverse_incident};
use crate::domain::incident::Incident;
use crate::failure::{Exit, Failure, Failures, Message};
use crate::store::{FileChange, StorePath, Writer};
use crate::view::sanitize::sanitize;

/// One change on its way out.
pub struct Reversal<'a> {
    pub session: &'a Session<'a>,
    pub path: &'a StorePath,
    pub target: &'a Target,
}

/// What the files come to.
pub enum Outcome {
    Files {
        files: Files,
        /// The first file as it was.
        before: String,
        /// The incident as it will be, where its file changes.
        incident: Option<Box<Incident>>,
    },
    /// Nothing of the change is left.
    Gone,
    /// Something changed this file later.
    InTheWay(StorePath),
    Moved,
}

impl Reversal<'_> {
    pub fn files(&self, writer: &mut Writer<'_>, edits: &mut HandEdits<'_>) -> anyhow::Result<Outcome> {
        let mut changes: Vec<&FileChange> = self.target.revision.changes.iter().collect();
        changes.sort_by_key(|change| change.path != *self.path);
        let (mut files, mut before, mut incident) = (Files::new(), None, None);
        for change in changes {
            let Some(now) = self.now(writer, edits, &change.path)? else { return Ok(Outcome::Moved) };
            let (old, new) =
                (self.blob(change.old.first().and_then(Option::as_ref))?, self.blob(change.new.as_ref())?);
            let versions = Versions { before: old.as_deref(), after: new.as_deref(), now: now.as_deref() };
            match self.reverse(&change.path, versions) {
                Reversed::Gone => {}
                Reversed::InTheWay => return Ok(Outcome::InTheWay(change.path.clone())),
                Reversed::File(text) => {
                    before.get_or_insert_with(|| now.unwrap_or_default());
                    if change.path == *self.path
                        && let Some(text) = &text
                    {
                        incident = Some(Box::new(
                            parse_present(self.path.as_str(), text.as_bytes()).map_err(Failures)?,
                        ));
                    }
                    files.push((change.path.clone(), text.map(String::into_bytes)));
                }
            }
        }
        Ok(match before {
            Some(before) => Outcome::Files { files, before, incident },
            None => Outcome::Gone,
        })
    }

    fn reverse(&self, path: &StorePath, versions: Versions<'_>) -> Reversed {
        if !may_be_incident(path) {
            return reverse_document(versions);
        }
        let session = self.session;
        let settings = &session.settings;
        let levels = merge_levels(session);
        let rules = MergeRules { vocabulary: &session.vocabulary, flow: &settings.flow, levels: &levels };
        let known = Known { flow: &settings.flow, policy: &session.policy, staff: &settings.staff };
        reverse_incident(path.as_str(), versions, &rules, known)
    }

    /// The committed text without an uncommitted hand edit; none if the branch moved meanwhile.
    fn now(
        &self,
        writer: &mut Writer<'_>,
        edits: &mut HandEdits<'_>,
        path: &StorePath,
    ) -> anyhow::Result<Option<Option<String>>> {
        let settled = if may_be_incident(path) {
            edits.settle_incident(writer, path)?
        } else {
            edits.settle_document(writer, path)?
        };
        Ok(match settled {
            Settled::Text(text) => Some(Some(text)),
            Settled::Absent => Some(None),
            Settled::Moved => None,
        })
    }

    fn blob(&self, id: Option<&String>) -> anyhow::Result<Option<String>> {
        let Some(id) = id else { return Ok(None) };
        let bytes = self.session.store.blob(id)?;
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Names the change that came between: the first version from which this one cannot be taken back any more.
    pub fn in_the_way(&self, history: &History, path: &StorePath) -> Failure {
        let change = self.target.revision.changes.iter().find(|change| change.path == *path);
        let own = history.versions.iter().position(|one| one.commit == self.target.version.commit);
        let later = history.revisions_after(own.map_or(0, |own| own + 1));
        let blocks = |revision: &&crate::store::Revision| {
            let Ok(at) = version(self.session, revision, path) else { return false };
            let text = |id: Option<&String>| self.blob(id).ok().flatten();
            let old = text(change.and_then(|change| change.old.first()?.as_ref()));
            let new = text(change.and_then(|change| change.new.as_ref()));
            let now = at.after.as_deref();
            let versions = Versions { before: old.as_deref(), after: new.as_deref(), now };
            let touches = revision.changes.iter().any(|change| change.path == *path);
            touches && self.reverse(path, versions) == Reversed::InTheWay
        };
        let target = self.target;
        let words = in_words(&target.version, self.session);
        let command = self.session.command(&format!("edit {}", self.short_id()));
        let hint = Message::new("hint-command").with("command", command);
        let Some(later) = later.iter().find(blocks).or(later.last()) else {
            return Failure::new(Exit::Refused, "undo-in-the-way").with("what", words).hint(hint);
        };
        let is_it = |one: &&crate::document::witness::Version| one.commit == later.commit;
        let what = history.versions.iter().find(is_it).map(subject_of).unwrap_or_default();
        Failure::new(Exit::Refused, "undo-changed-later")
            .with("what", words)
            .with("author", sanitize(&later.author.name))
            .with("later", sanitize(&what))
            .with("time", self.session.clock().date_time(later.committer.time))
            .with("commit", short(&later.commit))
            .hint(hint)
    }

    fn short_id(&self) -> String {
        let id = crate::domain::id::IncidentId::leading(self.path.file_name());
        id.map_or_else(|| self.path.to_string(), |id| id.short().to_owned())
    }
}
