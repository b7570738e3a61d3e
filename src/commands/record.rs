//! Writing to one incident: lock, take in hand edits, change what must change, commit, and try again if the branch moved.

use chrono::{DateTime, FixedOffset};

use super::hand_edit::{HandEdits, Settled};
use super::links;
use super::session::Session;
use super::sync::take_what_is_easy;
use super::write_args::{CommitArgs, Recorder};
use crate::document::trailers::trailers_of;
use crate::document::{Edited, IncidentFile, Section, apply, parse};
use crate::domain::change::Change;
use crate::domain::event::Entry;
use crate::domain::id::IncidentId;
use crate::domain::incident::Incident;
use crate::failure::{Exit, Failure, Failures, Message};
use crate::say;
use crate::store::{Outcome, Proposal, StorePath, Writer};
use crate::view::subject;

/// Tries to commit on a branch that keeps moving; each one has the newest tip.
const ATTEMPTS: usize = 20;

/// What `attempt` gives; it gives nothing where the branch moved meanwhile, and begins anew then.
///
/// # Errors
/// Those of `attempt`, or exit 6 where the branch never stands still.
pub fn retried<T>(mut attempt: impl FnMut() -> anyhow::Result<Option<T>>) -> anyhow::Result<T> {
    for _ in 0..ATTEMPTS {
        if let Some(done) = attempt()? {
            return Ok(done);
        }
    }
    Err(Failure::new(Exit::Refused, "branch-keeps-moving").hint(Message::new("hint-again")).into())
}

/// Files of a commit: the new bytes, or none to remove one.
pub type Files = Vec<(StorePath, Option<Vec<u8>>)>;

/// What an act left behind.
#[derive(Debug)]
pub struct Recorded {
    pub path: StorePath,
    /// The incident as it is now.
    pub incident: Incident,
    /// The entries that were added; empty where nothing had to change.
    pub entries: Vec<Entry>,
    /// None where nothing had to change, or for a dry run.
    pub commit: Option<String>,
    /// What the person should know: hand edits taken in, sections added, files left alone.
    pub remarks: Vec<Message>,
}

/// What to change: the incident, and the new text of the document beside it, if that changes too.
pub type Decision = (Change, Option<String>);

/// Changes one incident file by `decide`, in one commit. `decide` sees the committed file and may be asked again if
/// the branch moves meanwhile; an empty change is no commit.
pub fn record(
    session: &Session<'_>,
    path: &StorePath,
    recorder: &Recorder,
    args: &CommitArgs,
    decide: &dyn Fn(&IncidentFile) -> anyhow::Result<Change>,
) -> anyhow::Result<Recorded> {
    let recording = Recording { session, path, document: None, recorder, args, trailer: None };
    recording.run(&|file, _| Ok((decide(file)?, None)))
}

/// Does `act` under the store's lock, with hand edits to be taken in first.
pub fn locked<T>(
    session: &Session<'_>,
    recorder: &Recorder,
    args: &CommitArgs,
    act: impl FnOnce(&mut Writer<'_>, &mut HandEdits<'_>) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let taken = if args.dry_run { Vec::new() } else { take_what_is_easy(session, recorder) };
    let mut writer = session.store.lock()?;
    let remarks = writer.recovered().iter().cloned().chain(taken).collect();
    let mut edits = HandEdits { session, recorder, args, remarks };
    let done = act(&mut writer, &mut edits);
    if done.is_err() {
        // What was done before the failure is done: a hand edit may have become a commit.
        edits.remarks.iter().for_each(|remark| session.app.ui.error(&session.app.locale.say(remark)));
    }
    done
}

/// An act on one incident, and possibly on a document beside it.
pub struct Recording<'a> {
    pub session: &'a Session<'a>,
    pub path: &'a StorePath,
    /// The other file of the same commit, such as the postmortem.
    pub document: Option<&'a StorePath>,
    pub recorder: &'a Recorder,
    pub args: &'a CommitArgs,
    /// A further line of the commit's trailers.
    pub trailer: Option<&'a str>,
}

impl Recording<'_> {
    /// Like [`record`]; `decide` sees the document's committed text, too.
    pub fn run(
        &self,
        decide: &dyn Fn(&IncidentFile, Option<&str>) -> anyhow::Result<Decision>,
    ) -> anyhow::Result<Recorded> {
        locked(self.session, self.recorder, self.args, |writer, edits| {
            retried(|| self.attempt(writer, edits, decide))
        })
    }

    /// None if the branch moved meanwhile.
    fn attempt(
        &self,
        writer: &mut Writer<'_>,
        edits: &mut HandEdits<'_>,
        decide: &dyn Fn(&IncidentFile, Option<&str>) -> anyhow::Result<Decision>,
    ) -> anyhow::Result<Option<Recorded>> {
        let Self { session, path, .. } = *self;
        let Some((text, document)) = self.settled(edits, writer)? else { return Ok(None) };
        let before = parse(path.as_str(), text.as_bytes(), &session.vocabulary).map_err(Failures)?;
        let (mut change, new_document) = decide(&before, document.as_deref())?;
        let collected = links::collected(&change.entries, &before.links);
        if change.is_empty() && new_document.is_none() {
            let (incident, remarks) = (before.incident, std::mem::take(&mut edits.remarks));
            return Ok(Some(Recorded {
                path: path.clone(),
                incident,
                entries: Vec::new(),
                commit: None,
                remarks,
            }));
        }
        change.links.extend(collected.iter().cloned());
        let others = new_document.zip(self.document);
        let others = others.map(|(text, path)| (path.clone(), Some(text.into_bytes()))).into_iter().collect();
        let recorded = self.commit(writer, &text, &change, others, &mut edits.remarks)?;
        Ok(recorded.map(|recorded| {
            let remarks = recorded.remarks.into_iter().chain(links::remark(&collected)).collect();
            Recorded { remarks, ..recorded }
        }))
    }

    /// Both texts, without hand edits that are not committed; none if the branch moved meanwhile.
    fn settled(
        &self,
        edits: &mut HandEdits<'_>,
        writer: &mut Writer<'_>,
    ) -> anyhow::Result<Option<(String, Option<String>)>> {
        let text = match edits.settle_incident(writer, self.path)? {
            Settled::Text(text) => text,
            Settled::Absent => return Err(self.session.store.deleted_by_hand(self.path).into()),
            Settled::Moved => return Ok(None),
        };
        let Some(document) = self.document else { return Ok(Some((text, None))) };
        match edits.settle_document(writer, document)? {
            Settled::Text(document) => Ok(Some((text, Some(document)))),
            Settled::Absent => Ok(Some((text, None))),
            Settled::Moved => Ok(None),
        }
    }
}

impl Recording<'_> {
    /// One attempt; none if the branch moved meanwhile.
    fn commit(
        &self,
        writer: &mut Writer<'_>,
        text: &str,
        change: &Change,
        others: Files,
        remarks: &mut Vec<Message>,
    ) -> anyhow::Result<Option<Recorded>> {
        let edited = edit(self.session, self.path, text, change)?;
        let after =
            parse(self.path.as_str(), edited.text.as_bytes(), &self.session.vocabulary).map_err(Failures)?;
        let message = commit_message(self.session, &after.incident.id, &change.entries, self.recorder);
        let message = message + self.trailer.unwrap_or_default();
        let mut files = vec![(self.path.clone(), Some(edited.text.into_bytes()))];
        files.extend(others);
        let at = change.entries.first().map_or(self.recorder.at.at, |entry| entry.at.at);
        let commit = if self.args.dry_run {
            show_dry_run(self.session, text, &files, &message)?;
            None
        } else {
            match writer.commit(&proposal(self.session, self.recorder, self.args, files, message, at))? {
                Outcome::Moved => return Ok(None),
                Outcome::Unchanged => None,
                Outcome::Committed { commit, warnings } => {
                    remarks.extend(warnings);
                    Some(commit)
                }
            }
        };
        remarks.extend(sections_added(&edited.appended));
        let remarks = std::mem::take(remarks);
        let entries = change.entries.clone();
        Ok(Some(Recorded { path: self.path.clone(), incident: after.incident, entries, commit, remarks }))
    }
}

/// `text` with `change` made to it.
pub fn edit(session: &Session<'_>, path: &StorePath, text: &str, change: &Change) -> anyhow::Result<Edited> {
    let headings = crate::document::Headings {
        timeline: session.documents.text("heading-timeline"),
        actions: session.documents.text("heading-actions"),
        links: session.documents.text("heading-links"),
    };
    Ok(apply(path.as_str(), text, change, &session.vocabulary, &headings).map_err(Failures)?)
}

/// Subject and trailers of the commit that records `entries`.
pub fn commit_message(
    session: &Session<'_>,
    id: &IncidentId,
    entries: &[Entry],
    recorder: &Recorder,
) -> String {
    message_about(session, &[(id, entries)], recorder)
}

/// The same for several incidents at once; the subject is about the first.
pub fn message_about(session: &Session<'_>, told: &[(&IncidentId, &[Entry])], recorder: &Recorder) -> String {
    let subject = match told {
        [(id, []), ..] => say!(session.documents, "subject-document", id = id.as_str()),
        [(id, entries), ..] => subject::of_entries(id, entries, &session.vocabulary),
        [] => String::new(),
    };
    let trailers = trailers_of(told, session.now(), recorder.by.as_deref());
    format!("{subject}\n\n{trailers}")
}

/// A commit by whoever is at the keyboard: authored when it happened, committed now.
pub fn proposal(
    session: &Session<'_>,
    recorder: &Recorder,
    args: &CommitArgs,
    files: Files,
    message: String,
    at: DateTime<FixedOffset>,
) -> Proposal {
    Proposal {
        files,
        seen: Vec::new(),
        message,
        author: recorder.actor.identity.author.clone(),
        committer: recorder.actor.identity.committer.clone(),
        author_time: at,
        committer_time: session.now(),
        options: args.options(),
    }
}

/// Shows what would be committed: a diff of every file, and the message.
pub fn show_dry_run(session: &Session<'_>, before: &str, files: &Files, message: &str) -> anyhow::Result<()> {
    let ui = &session.app.ui;
    if session.app.globals.json {
        return Ok(());
    }
    for (index, (path, bytes)) in files.iter().enumerate() {
        let old = if index == 0 {
            before.to_owned()
        } else {
            // To be looked at only: it may be a picture.
            String::from_utf8_lossy(&session.store.read(path)?.unwrap_or_default()).into_owned()
        };
        let new = bytes.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
        let diff = crate::view::diff::unified(path.as_str(), &old, &new);
        ui.say(&crate::view::sanitize::sanitize_block(&diff));
    }
    ui.say(&session.app.locale.text("dry-run-message"));
    ui.say(&crate::view::sanitize::sanitize_block(message));
    ui.say(&session.app.locale.text("dry-run-done"));
    Ok(())
}

/// A remark about each section that a file had not.
pub fn sections_added(appended: &[Section]) -> impl Iterator<Item = Message> {
    appended.iter().map(|section| Message::new(appended_key(section)))
}

fn appended_key(section: &Section) -> &'static str {
    match section {
        Section::Timeline => "remark-timeline-added",
        Section::Actions => "remark-actions-added",
        Section::Links => "remark-links-added",
    }
}
