//! The files of an undo: each as it would be without the change, or what stands in the way.

use super::super::announce::short;
use super::super::archive::may_be_incident;
use super::super::hand_edit::{HandEdits, Settled, merge_levels};
use super::super::record::Files;
use super::super::session::Session;
use super::target::{History, Target, in_words, subject_of};
use crate::document::consistency::Known;
use crate::document::merge::MergeRules;
use crate::document::parse_present;
use crate::document::undo::{Reversed, Versions, reverse_document, reverse_incident};
use crate::domain::incident::Incident;
use crate::failure::{Exit, Failure, Failures, Message};
use crate::store::{FileChange, Revision, StorePath, WorktreeFile, Writer};
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

/// What one file comes to.
enum File {
    Becomes {
        now: String,
        /// None where it goes.
        bytes: Option<Vec<u8>>,
    },
    Gone,
    InTheWay,
    Moved,
}

impl Reversal<'_> {
    pub fn files(&self, writer: &mut Writer<'_>, edits: &mut HandEdits<'_>) -> anyhow::Result<Outcome> {
        let mut changes: Vec<&FileChange> = self.target.revision.changes.iter().collect();
        changes.sort_by_key(|change| change.path != *self.path);
        let (mut files, mut before, mut incident) = (Files::new(), None, None);
        for change in changes {
            match self.file(writer, edits, change)? {
                File::Moved => return Ok(Outcome::Moved),
                File::Gone => {}
                File::InTheWay => return Ok(Outcome::InTheWay(change.path.clone())),
                File::Becomes { now, bytes } => {
                    before.get_or_insert(now);
                    if change.path == *self.path
                        && let Some(bytes) = &bytes
                    {
                        let then = parse_present(self.path.as_str(), bytes).map_err(Failures)?;
                        incident = Some(Box::new(then));
                    }
                    files.push((change.path.clone(), bytes));
                }
            }
        }
        Ok(match before {
            Some(before) => Outcome::Files { files, before, incident },
            None => Outcome::Gone,
        })
    }

    fn file(
        &self,
        writer: &mut Writer<'_>,
        edits: &mut HandEdits<'_>,
        change: &FileChange,
    ) -> anyhow::Result<File> {
        let old = self.blob(change.old.first().and_then(Option::as_ref))?;
        let new = self.blob(change.new.as_ref())?;
        let (Ok(before), Ok(after)) = (text_of(old.as_deref()), text_of(new.as_deref())) else {
            return of_no_text(writer, &change.path, old, new);
        };
        let Some(now) = self.now(writer, edits, &change.path)? else { return Ok(File::Moved) };
        Ok(match self.reverse(&change.path, Versions { before, after, now: now.as_deref() }) {
            Reversed::Gone => File::Gone,
            Reversed::InTheWay => File::InTheWay,
            Reversed::File(text) => {
                File::Becomes { now: now.unwrap_or_default(), bytes: text.map(String::into_bytes) }
            }
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

    fn blob(&self, id: Option<&String>) -> anyhow::Result<Option<Vec<u8>>> {
        id.map(|id| self.session.store.blob(id)).transpose()
    }

    /// Names the change that came between: the first version from which this one cannot be taken back any more.
    pub fn in_the_way(&self, history: &History, path: &StorePath) -> anyhow::Result<Failure> {
        let own = history.versions.iter().position(|one| one.commit == self.target.version.commit);
        let later = history.revisions_after(own.map_or(0, |own| own + 1));
        let words = in_words(&self.target.version, self.session);
        let command = self.session.command(&format!("edit {}", self.short_id()));
        let hint = Message::new("hint-command").with("command", command);
        let Some(later) = self.blocking(later, path)?.or(later.last()) else {
            return Ok(Failure::new(Exit::Refused, "undo-in-the-way").with("what", words).hint(hint));
        };
        let is_it = |one: &&crate::document::witness::Version| one.commit == later.commit;
        let what = history.versions.iter().find(is_it).map(subject_of).unwrap_or_default();
        Ok(Failure::new(Exit::Refused, "undo-changed-later")
            .with("what", words)
            .with("author", sanitize(&later.author.name))
            .with("later", sanitize(&what))
            .with("time", self.session.clock().date_time(later.committer.time))
            .with("commit", short(&later.commit))
            .hint(hint))
    }

    fn blocking<'b>(&self, later: &'b [Revision], path: &StorePath) -> anyhow::Result<Option<&'b Revision>> {
        let change_of = |revision: &'b Revision| revision.changes.iter().find(|change| change.path == *path);
        let own = self.target.revision.changes.iter().find(|change| change.path == *path);
        let old = self.blob(own.and_then(|change| change.old.first()?.as_ref()))?;
        let new = self.blob(own.and_then(|change| change.new.as_ref()))?;
        for revision in later {
            let Some(change) = change_of(revision) else { continue };
            let now = self.blob(change.new.as_ref())?;
            let texts = (text_of(old.as_deref()), text_of(new.as_deref()), text_of(now.as_deref()));
            // What is no text is blocked by the first change of it.
            let (Ok(before), Ok(after), Ok(now)) = texts else { return Ok(Some(revision)) };
            if self.reverse(path, Versions { before, after, now }) == Reversed::InTheWay {
                return Ok(Some(revision));
            }
        }
        Ok(None)
    }

    fn short_id(&self) -> String {
        let id = crate::domain::id::IncidentId::leading(self.path.file_name());
        id.map_or_else(|| self.path.to_string(), |id| id.short().to_owned())
    }
}

fn text_of(bytes: Option<&[u8]>) -> Result<Option<&str>, std::str::Utf8Error> {
    bytes.map(std::str::from_utf8).transpose()
}

/// Of a file that is no text, such as a picture, all or nothing.
fn of_no_text(
    writer: &Writer<'_>,
    path: &StorePath,
    old: Option<Vec<u8>>,
    new: Option<Vec<u8>>,
) -> anyhow::Result<File> {
    let now = writer.read(path)?;
    Ok(if now == old {
        File::Gone
    } else if now == new && writer.worktree(path)? == WorktreeFile::Clean {
        File::Becomes { now: String::new(), bytes: old }
    } else {
        File::InTheWay
    })
}
