//! Hand edits: committed first, on their own, as what they are; entries they would drop are kept.

use super::moved::{self, Moved};
use super::postmortem::owner_of;
use super::record::retried;
use super::record::{edit, proposal};
use super::session::Session;
use super::write_args::{CommitArgs, Recorder};
use crate::document::merge::{MergeRules, merge, missing_entries};
use crate::document::parse;
use crate::domain::change::Change;
use crate::domain::event::Entry;
use crate::domain::id::IncidentId;
use crate::domain::moment::rfc3339;
use crate::failure::{Exit, Failure, Failures, Message};
use crate::say;
use crate::store::{Outcome, Proposal, StorePath, WorktreeFile, Writer};

/// What taking in hand edits needs to know, and what it has to say.
pub struct HandEdits<'a> {
    pub session: &'a Session<'a>,
    pub recorder: &'a Recorder,
    pub args: &'a CommitArgs,
    pub remarks: Vec<Message>,
}

/// A file's text once no hand edit of it is left uncommitted.
pub enum Settled {
    Text(String),
    /// There is no such file.
    Absent,
    /// The branch moved meanwhile: begin anew.
    Moved,
}

impl HandEdits<'_> {
    /// The text of the incident file at `path`. A hand edit of it becomes a commit of its own, without the loss of
    /// entries that the tool had recorded. A dry run takes it as if it were committed.
    pub fn settle_incident(&mut self, writer: &mut Writer<'_>, path: &StorePath) -> anyhow::Result<Settled> {
        // A closure, since the method itself would fix the lifetime that `settle` chooses.
        #[expect(clippy::redundant_closure_for_method_calls, reason = "the method is not general enough")]
        self.settle(writer, path, |hand, writer| hand.with_recorded_entries(writer))
    }

    /// Commits a hand edit of the incident file at `path`, where there is one.
    pub fn settle_if_edited(&mut self, writer: &mut Writer<'_>, path: &StorePath) -> anyhow::Result<()> {
        retried(|| match writer.worktree(path)? {
            WorktreeFile::Clean | WorktreeFile::Missing => Ok(Some(())),
            _ => Ok(match self.settle_incident(writer, path)? {
                Settled::Moved => None,
                Settled::Text(_) | Settled::Absent => Some(()),
            }),
        })
    }

    /// The same for a file that holds no record, such as a postmortem: the edit is taken as it is.
    pub fn settle_document(&mut self, writer: &mut Writer<'_>, path: &StorePath) -> anyhow::Result<Settled> {
        // A review that was moved goes with its incident.
        if let Some(owner) = owner_of(path)
            && matches!(writer.worktree(&owner)?, WorktreeFile::Untracked(_))
            && matches!(self.settle_incident(writer, &owner)?, Settled::Moved)
        {
            return Ok(Settled::Moved);
        }
        self.settle(writer, path, |hand, _| {
            let id = IncidentId::leading(path.file_name()).map(|id| id.to_string());
            Ok(TakenIn::as_it_is(hand.edited, &id.unwrap_or_else(|| path.file_name().to_owned())))
        })
    }

    fn settle(
        &mut self,
        writer: &mut Writer<'_>,
        path: &StorePath,
        take_in: impl FnOnce(&HandEdit<'_>, &Writer<'_>) -> anyhow::Result<TakenIn>,
    ) -> anyhow::Result<Settled> {
        let session = self.session;
        let committed = writer.read(path)?.map(|bytes| text_of(path, bytes)).transpose()?;
        let edited = match writer.worktree(path)? {
            WorktreeFile::Clean => return Ok(committed.map_or(Settled::Absent, Settled::Text)),
            WorktreeFile::Missing => return Err(session.store.deleted_by_hand(path).into()),
            WorktreeFile::PartlyStaged => return Err(session.store.partly_staged(path).into()),
            WorktreeFile::Edited(bytes) | WorktreeFile::Untracked(bytes) => text_of(path, bytes)?,
        };
        let moved = if committed.is_none() { moved::origin(session, path, &edited)? } else { None };
        let before = committed.as_deref().or(moved.as_ref().map(|moved| moved.text.as_str()));
        let hand = HandEdit { session, path, moved: moved.as_ref(), committed: before, edited: &edited };
        let taken = take_in(&hand, writer)?;
        if self.args.dry_run {
            return Ok(Settled::Text(taken.text));
        }
        if moved.is_none() && committed.as_ref() == Some(&taken.text) {
            let Some(left) = writer.give_up(path, edited.as_bytes())? else { return Ok(Settled::Moved) };
            self.remarks.extend(left);
            self.remarks
                .push(Message::new("remark-edit-given-up").with("path", path).with("count", taken.kept));
            return Ok(Settled::Text(taken.text));
        }
        if hand.commit(writer, &taken, self.recorder, self.args)? == Outcome::Moved {
            return Ok(Settled::Moved);
        }
        self.remarks.push(hand.remark());
        self.remarks.extend(taken.remarks());
        Ok(Settled::Text(taken.text))
    }
}

/// A hand edit as it is to be committed.
pub struct TakenIn {
    pub text: String,
    /// The incident it belongs to.
    pub id: String,
    /// How many recorded entries it would have dropped.
    pub kept: usize,
    /// What was decided where the edit and what was committed since had changed the same.
    pub notes: Vec<Message>,
}

impl TakenIn {
    pub fn as_it_is(text: &str, id: &str) -> Self {
        Self { text: text.to_owned(), id: id.to_owned(), kept: 0, notes: Vec::new() }
    }

    /// What the person should know about it.
    pub fn remarks(&self) -> Vec<Message> {
        let kept = (self.kept > 0).then(|| Message::new("remark-entries-kept").with("count", self.kept));
        kept.into_iter().chain(self.notes.iter().cloned()).collect()
    }
}

/// Somebody changed an incident file in an editor since it was committed.
struct HandEdit<'a> {
    session: &'a Session<'a>,
    path: &'a StorePath,
    /// Where it is committed, if they have moved it as well.
    moved: Option<&'a Moved>,
    committed: Option<&'a str>,
    edited: &'a str,
}

impl HandEdit<'_> {
    /// The edited text, with the entries that the tool had recorded and the edit would drop, and those entries.
    ///
    /// An editor window that was opened before they were recorded is the usual cause, so the edit is merged with what
    /// was committed since, from the version that the window was opened on.
    fn with_recorded_entries(&self, writer: &Writer<'_>) -> anyhow::Result<TakenIn> {
        let vocabulary = &self.session.vocabulary;
        // An invalid file is never committed and never touched.
        let file = parse(self.path.as_str(), self.edited.as_bytes(), vocabulary).map_err(Failures)?;
        let as_it_is = TakenIn::as_it_is(self.edited, file.incident.id.as_str());
        let Some(committed) = self.committed else { return Ok(as_it_is) };
        self.refuse_lost_anchor(committed, file.timeline.present)?;
        let kept = self.missing(committed, self.edited)?.len();
        if kept == 0 {
            return Ok(as_it_is);
        }
        let base = self.opened_version(writer)?;
        let taken = self.merged_onto(committed, base.as_deref().unwrap_or(committed))?;
        Ok(TakenIn { kept, id: as_it_is.id, ..taken })
    }

    /// The edit, made to `base`, together with what was committed since and every entry of it.
    fn merged_onto(&self, committed: &str, base: &str) -> anyhow::Result<TakenIn> {
        let levels = merge_levels(self.session);
        let vocabulary = &self.session.vocabulary;
        let rules = MergeRules { vocabulary, flow: &self.session.settings.flow, levels: &levels };
        let merged =
            merge(self.path.as_str(), Some(base), committed, self.edited, &rules).map_err(Failures)?;
        let still_dropped = self.missing(committed, &merged.text)?;
        let change = Change { entries: still_dropped, ..Change::default() };
        let text = edit(self.session, self.path, &merged.text, &change)?.text;
        Ok(TakenIn { text, notes: merged.notes, ..TakenIn::as_it_is("", "") })
    }

    /// Without its anchor the timeline is a list like any other, and every entry of it would seem to be gone.
    fn refuse_lost_anchor(&self, committed: &str, present: bool) -> anyhow::Result<()> {
        let before =
            parse(self.path.as_str(), committed.as_bytes(), &self.session.vocabulary).map_err(Failures)?;
        if present || !before.timeline.present {
            return Ok(());
        }
        let anchor = format!("<!-- incident:timeline {} -->", before.timeline.offset);
        let hint = Message::new("hint-put-anchor-back").with("anchor", anchor).with("path", self.path);
        Err(Failure::new(Exit::Refused, "anchor-lost").with("path", self.path).hint(hint).into())
    }

    /// What the editor was opened on: of the versions whose entries the edit has all kept, the one that it differs from
    /// least; of several, the newest.
    fn opened_version(&self, writer: &Writer<'_>) -> anyhow::Result<Option<String>> {
        let path = self.moved.map_or(self.path, |moved| &moved.from);
        let revisions = writer.history(std::slice::from_ref(path))?;
        let mut likeliest: Option<(usize, String)> = None;
        for revision in revisions.iter().rev() {
            let Some(blob) = revision.changes.iter().find_map(|change| change.new.as_deref()) else {
                continue;
            };
            let Ok(text) = String::from_utf8(self.session.store.blob(blob)?) else { continue };
            if !self.missing(&text, self.edited).is_ok_and(|missing| missing.is_empty()) {
                continue;
            }
            let changed = crate::view::diff::changed_lines(&text, self.edited);
            if likeliest.as_ref().is_none_or(|(least, _)| changed < *least) {
                likeliest = Some((changed, text));
            }
        }
        Ok(likeliest.map(|(_, text)| text))
    }

    fn missing(&self, recorded: &str, edited: &str) -> anyhow::Result<Vec<Entry>> {
        let path = self.path.as_str();
        Ok(missing_entries(path, recorded, edited, &self.session.vocabulary).map_err(Failures)?)
    }

    fn commit(
        &self,
        writer: &mut Writer<'_>,
        taken: &TakenIn,
        recorder: &Recorder,
        args: &CommitArgs,
    ) -> anyhow::Result<Outcome> {
        let seen = vec![(self.path.clone(), self.edited.as_bytes().to_vec())];
        let mut proposal =
            proposal_of_edit(self.session, (self.path, &taken.text, &taken.id), recorder, args);
        if let Some(moved) = self.moved {
            proposal.files.extend(moved.files(self.session, writer, self.path)?);
        }
        writer.commit(&Proposal { seen, ..proposal })
    }

    fn remark(&self) -> Message {
        let remark = Message::new("remark-hand-edit").with("path", self.path);
        match self.moved {
            Some(moved) => Message { key: "remark-hand-move", ..remark }.with("from", &moved.from),
            None => remark,
        }
    }
}

/// What a person has made of a copy of `base`, on top of what is committed by now. Entries of the copy that are gone
/// are kept.
pub fn merge_copy(
    session: &Session<'_>,
    path: &StorePath,
    base: &str,
    committed: &str,
    edited: &str,
) -> anyhow::Result<TakenIn> {
    let file = parse(path.as_str(), edited.as_bytes(), &session.vocabulary).map_err(Failures)?;
    let hand = HandEdit { session, path, moved: None, committed: Some(committed), edited };
    let kept = hand.missing(base, edited)?.len();
    let taken = hand.merged_onto(committed, base)?;
    Ok(TakenIn { kept, id: file.incident.id.to_string(), ..taken })
}

/// Commits the edited text of a file: path, text, and the incident's id.
pub fn commit_edit(
    session: &Session<'_>,
    writer: &mut Writer<'_>,
    edit: (&StorePath, &str, &str),
    recorder: &Recorder,
    args: &CommitArgs,
) -> anyhow::Result<Outcome> {
    writer.commit(&proposal_of_edit(session, edit, recorder, args))
}

fn proposal_of_edit(
    session: &Session<'_>,
    (path, text, id): (&StorePath, &str, &str),
    recorder: &Recorder,
    args: &CommitArgs,
) -> Proposal {
    let files = vec![(path.clone(), Some(text.as_bytes().to_vec()))];
    proposal(session, recorder, args, files, edit_message(session, id), session.now())
}

/// The message of a commit that records what was edited by hand.
pub fn edit_message(session: &Session<'_>, id: &str) -> String {
    let subject = say!(session.documents, "subject-hand-edit", id = id);
    message_without_entries(session, &subject, id, "")
}

/// The message of a commit that changes an incident's file and tells of no event; `trailers` are lines of their own.
pub fn message_without_entries(session: &Session<'_>, subject: &str, id: &str, trailers: &str) -> String {
    let recorded = rfc3339(session.now());
    format!("{subject}\n\nIncident: {id}\n{trailers}Incident-Recorded: {recorded}\n")
}

/// The levels as a merge compares them, worst first.
pub fn merge_levels(session: &Session<'_>) -> Vec<String> {
    session.policy.levels.iter().map(|level| level.id.clone()).collect()
}

fn text_of(path: &StorePath, bytes: Vec<u8>) -> anyhow::Result<String> {
    String::from_utf8(bytes).map_err(|_| Failure::new(Exit::Invalid, "not-utf8").at(path, 1, 1).into())
}
