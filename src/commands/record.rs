//! Writing to one incident: lock, take in hand edits, change what must change, commit, and try again if the branch moved.

use chrono::{DateTime, FixedOffset};

use super::hand_edit;
use super::session::Session;
use super::write_args::{CommitArgs, Recorder};
use crate::document::trailers::trailers;
use crate::document::{Edited, IncidentFile, Section, apply, parse};
use crate::domain::change::Change;
use crate::domain::event::Entry;
use crate::domain::id::IncidentId;
use crate::domain::incident::Incident;
use crate::failure::{Exit, Failure, Failures, Message};
use crate::store::{Outcome, Proposal, StorePath, Writer};
use crate::view::subject;

/// Tries to commit on a branch that keeps moving; each one has the newest tip.
const ATTEMPTS: usize = 5;

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

/// Files that go into the same commit as the incident's own, such as its postmortem.
pub type OtherFiles = Vec<(StorePath, Option<Vec<u8>>)>;

/// Changes one incident file by `decide`, in one commit. `decide` sees the committed file and may be asked again if
/// the branch moves meanwhile; an empty change is no commit.
pub fn record(
    session: &Session<'_>,
    path: &StorePath,
    recorder: &Recorder,
    args: &CommitArgs,
    decide: &dyn Fn(&IncidentFile) -> anyhow::Result<Change>,
) -> anyhow::Result<Recorded> {
    record_with(session, path, recorder, args, &|file| Ok((decide(file)?, OtherFiles::new())))
}

/// Like [`record`], with other files in the same commit.
pub fn record_with(
    session: &Session<'_>,
    path: &StorePath,
    recorder: &Recorder,
    args: &CommitArgs,
    decide: &dyn Fn(&IncidentFile) -> anyhow::Result<(Change, OtherFiles)>,
) -> anyhow::Result<Recorded> {
    let mut writer = session.store.lock()?;
    let mut remarks = writer.recovered().to_vec();
    for _ in 0..ATTEMPTS {
        let Some(text) = hand_edit::current_text(session, &mut writer, path, recorder, args, &mut remarks)?
        else {
            continue;
        };
        let before = parse(path.as_str(), text.as_bytes(), &session.vocabulary).map_err(Failures)?;
        let (change, others) = decide(&before)?;
        if change.is_empty() && others.is_empty() {
            let incident = before.incident;
            return Ok(Recorded { path: path.clone(), incident, entries: Vec::new(), commit: None, remarks });
        }
        let step = Step { session, path, recorder, args };
        if let Some(recorded) = step.commit(&mut writer, &text, &change, others, &mut remarks)? {
            return Ok(recorded);
        }
    }
    Err(branch_keeps_moving())
}

pub fn branch_keeps_moving() -> anyhow::Error {
    Failure::new(Exit::Refused, "branch-keeps-moving").hint(Message::new("hint-again")).into()
}

/// One attempt to commit a change of one incident.
struct Step<'a> {
    session: &'a Session<'a>,
    path: &'a StorePath,
    recorder: &'a Recorder,
    args: &'a CommitArgs,
}

impl Step<'_> {
    fn commit(
        &self,
        writer: &mut Writer<'_>,
        text: &str,
        change: &Change,
        others: OtherFiles,
        remarks: &mut Vec<Message>,
    ) -> anyhow::Result<Option<Recorded>> {
        let edited = self.edit(text, change)?;
        let after =
            parse(self.path.as_str(), edited.text.as_bytes(), &self.session.vocabulary).map_err(Failures)?;
        let message = commit_message(self.session, &after.incident.id, &change.entries, self.recorder);
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
        let section_added = |section: &Section| Message::new(appended_key(section));
        remarks.extend(edited.appended.iter().map(section_added));
        let remarks = std::mem::take(remarks);
        let entries = change.entries.clone();
        Ok(Some(Recorded { path: self.path.clone(), incident: after.incident, entries, commit, remarks }))
    }

    fn edit(&self, text: &str, change: &Change) -> anyhow::Result<Edited> {
        edit(self.session, self.path, text, change)
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
    let subject = subject::of_entries(id, entries, &session.vocabulary);
    let trailers = trailers(id, entries, session.now(), recorder.by.as_deref());
    format!("{subject}\n\n{trailers}")
}

/// A commit by whoever is at the keyboard: authored when it happened, committed now.
pub fn proposal(
    session: &Session<'_>,
    recorder: &Recorder,
    args: &CommitArgs,
    files: OtherFiles,
    message: String,
    at: DateTime<FixedOffset>,
) -> Proposal {
    Proposal {
        files,
        message,
        author: recorder.actor.identity.author.clone(),
        committer: recorder.actor.identity.committer.clone(),
        author_time: at,
        committer_time: session.now(),
        options: args.options(),
    }
}

/// Shows what would be committed: a diff of every file, and the message.
pub fn show_dry_run(
    session: &Session<'_>,
    before: &str,
    files: &OtherFiles,
    message: &str,
) -> anyhow::Result<()> {
    let ui = &session.app.ui;
    if session.app.globals.json {
        return Ok(());
    }
    for (index, (path, bytes)) in files.iter().enumerate() {
        let old = if index == 0 {
            before.to_owned()
        } else {
            session.read_text(path.as_str())?.unwrap_or_default()
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

fn appended_key(section: &Section) -> &'static str {
    match section {
        Section::Timeline => "remark-timeline-added",
        Section::Actions => "remark-actions-added",
        Section::Links => "remark-links-added",
    }
}
