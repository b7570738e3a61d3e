//! Hand edits: committed first, on their own, as what they are; entries they would drop are kept.

use super::record::{edit, proposal};
use super::session::Session;
use super::write_args::{CommitArgs, Recorder};
use crate::document::merge::{MergeRules, merge, missing_entries};
use crate::document::parse;
use crate::domain::change::Change;
use crate::domain::event::Entry;
use crate::failure::{Exit, Failure, Failures, Message};
use crate::say;
use crate::store::{Outcome, StorePath, WorktreeFile, Writer};

/// The committed text of `path`, after a hand edit of it has become a commit of its own. None if the branch moved
/// meanwhile. A dry run takes the hand edit as if it were committed.
pub fn current_text(
    session: &Session<'_>,
    writer: &mut Writer<'_>,
    path: &StorePath,
    recorder: &Recorder,
    args: &CommitArgs,
    remarks: &mut Vec<Message>,
) -> anyhow::Result<Option<String>> {
    let committed = writer.read(path)?.map(|bytes| text_of(path, bytes)).transpose()?;
    let edited = match writer.worktree(path)? {
        WorktreeFile::Clean => return committed.map(Some).ok_or_else(|| gone(path)),
        WorktreeFile::Missing => return Err(gone(path)),
        WorktreeFile::PartlyStaged => {
            return Err(session.store.partly_staged(path).into());
        }
        WorktreeFile::Edited(bytes) | WorktreeFile::Untracked(bytes) => text_of(path, bytes)?,
    };
    let hand = HandEdit { session, path, committed: committed.as_deref(), edited: &edited };
    let (text, kept) = hand.with_recorded_entries()?;
    if args.dry_run {
        return Ok(Some(text));
    }
    if hand.commit(writer, &text, recorder, args)? == Outcome::Moved {
        return Ok(None);
    }
    remarks.push(Message::new("remark-hand-edit").with("path", path));
    if !kept.is_empty() {
        remarks.push(Message::new("remark-entries-kept").with("count", kept.len()));
    }
    Ok(Some(text))
}

/// Somebody changed an incident file in an editor since it was committed.
struct HandEdit<'a> {
    session: &'a Session<'a>,
    path: &'a StorePath,
    committed: Option<&'a str>,
    edited: &'a str,
}

impl HandEdit<'_> {
    /// The edited text, with the entries that the tool had recorded and the edit would drop, and those entries.
    ///
    /// An editor window that was opened before they were recorded is the usual cause, so the edit is merged with what
    /// was committed since, from the version that the window was opened on.
    fn with_recorded_entries(&self) -> anyhow::Result<(String, Vec<Entry>)> {
        let vocabulary = &self.session.vocabulary;
        // An invalid file is never committed and never touched.
        parse(self.path.as_str(), self.edited.as_bytes(), vocabulary).map_err(Failures)?;
        let Some(committed) = self.committed else { return Ok((self.edited.to_owned(), Vec::new())) };
        let dropped = self.missing(committed, self.edited)?;
        if dropped.is_empty() {
            return Ok((self.edited.to_owned(), Vec::new()));
        }
        let levels: Vec<String> = self.session.policy.levels.iter().map(|level| level.id.clone()).collect();
        let rules = MergeRules { vocabulary, flow: &self.session.settings.flow, levels: &levels };
        let base = self.opened_version()?;
        let base = base.as_deref().unwrap_or(committed);
        let merged =
            merge(self.path.as_str(), Some(base), committed, self.edited, &rules).map_err(Failures)?;
        let still_dropped = self.missing(committed, &merged.text)?;
        let change = Change { entries: still_dropped, ..Change::default() };
        let text = edit(self.session, self.path, &merged.text, &change)?.text;
        Ok((text, dropped))
    }

    /// The newest version whose entries the edit has all kept: what the editor was opened on.
    fn opened_version(&self) -> anyhow::Result<Option<String>> {
        let revisions = self.session.store.history(std::slice::from_ref(self.path))?;
        for revision in revisions.iter().rev() {
            let Some(blob) = revision.changes.iter().find_map(|change| change.new.as_deref()) else {
                continue;
            };
            let Ok(text) = String::from_utf8(self.session.store.blob(blob)?) else { continue };
            if self.missing(&text, self.edited).is_ok_and(|missing| missing.is_empty()) {
                return Ok(Some(text));
            }
        }
        Ok(None)
    }

    fn missing(&self, recorded: &str, edited: &str) -> anyhow::Result<Vec<Entry>> {
        let path = self.path.as_str();
        Ok(missing_entries(path, recorded, edited, &self.session.vocabulary).map_err(Failures)?)
    }

    fn commit(
        &self,
        writer: &mut Writer<'_>,
        text: &str,
        recorder: &Recorder,
        args: &CommitArgs,
    ) -> anyhow::Result<Outcome> {
        let parsed =
            parse(self.path.as_str(), text.as_bytes(), &self.session.vocabulary).map_err(Failures)?;
        let id = &parsed.incident.id;
        let subject = say!(self.session.documents, "subject-hand-edit", id = id.as_str());
        let recorded = crate::domain::moment::rfc3339(self.session.now());
        let message = format!("{subject}\n\nIncident: {id}\nIncident-Recorded: {recorded}\n");
        let files = vec![(self.path.clone(), Some(text.as_bytes().to_vec()))];
        writer.commit(&proposal(self.session, recorder, args, files, message, self.session.now()))
    }
}

fn text_of(path: &StorePath, bytes: Vec<u8>) -> anyhow::Result<String> {
    String::from_utf8(bytes).map_err(|_| Failure::new(Exit::Invalid, "not-utf8").at(path, 1, 1).into())
}

fn gone(path: &StorePath) -> anyhow::Error {
    Failure::new(Exit::Refused, "file-deleted-by-hand")
        .with("path", path)
        .hint(Message::new("hint-restore-file").with("path", path))
        .into()
}
