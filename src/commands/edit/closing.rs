//! What was edited becomes one commit: merged with what was recorded meanwhile, and announced.

use super::super::announce::{print, short};
use super::super::archive::Found;
use super::super::hand_edit::{HandEdits, Settled, TakenIn, commit_edit, merge_copy};
use super::super::record::{Recorded, retried, show_dry_run};
use super::super::session::Session;
use super::super::write_args::{CommitArgs, Recorder};
use super::say_where;
use crate::document::merge::merge_document;
use crate::document::parse_present;
use crate::domain::event::EventKind;
use crate::domain::incident::Incident;
use crate::failure::{Exit, Failure, Failures, Message};
use crate::say;
use crate::store::{Outcome, StorePath, Writer};
use crate::view::diff::changed_lines;
use crate::view::palette::Style;
use crate::view::sanitize::sanitize;
use crate::view::subject;

/// Everything that recording an edit takes.
pub struct Closing<'a> {
    pub session: &'a Session<'a>,
    pub found: &'a Found,
    pub path: &'a StorePath,
    pub recorder: &'a Recorder,
    pub how: &'a CommitArgs,
}

impl Closing<'_> {
    /// The committed text, once no hand edit of it is left uncommitted.
    pub fn settled(&self) -> anyhow::Result<String> {
        let mut writer = self.session.store.lock()?;
        let mut edits = self.edits(&writer);
        let text = retried(|| self.committed(&mut writer, &mut edits))?;
        self.say_all(&edits.remarks);
        text.ok_or_else(|| self.absent())
    }

    fn edits(&self, writer: &Writer<'_>) -> HandEdits<'_> {
        let remarks = writer.recovered().to_vec();
        HandEdits { session: self.session, recorder: self.recorder, args: self.how, remarks }
    }

    /// None if the branch moved meanwhile; the inner none where there is no such file.
    fn committed(
        &self,
        writer: &mut Writer<'_>,
        edits: &mut HandEdits<'_>,
    ) -> anyhow::Result<Option<Option<String>>> {
        let settled = if self.is_review() {
            edits.settle_document(writer, self.path)?
        } else {
            edits.settle_incident(writer, self.path)?
        };
        Ok(match settled {
            Settled::Text(text) => Some(Some(text)),
            Settled::Absent => Some(None),
            Settled::Moved => None,
        })
    }

    fn is_review(&self) -> bool {
        *self.path != self.found.path
    }

    fn absent(&self) -> anyhow::Error {
        if !self.is_review() {
            return self.session.store.deleted_by_hand(self.path).into();
        }
        let command = self.session.command(&format!("postmortem {}", self.found.incident.id.short()));
        let hint = Message::new("hint-command").with("command", command);
        Failure::new(Exit::NotFound, "edit-no-postmortem").with("path", self.path).hint(hint).into()
    }

    fn say_all(&self, remarks: &[Message]) {
        let app = self.session.app;
        remarks.iter().for_each(|remark| app.ui.tell_in(Style::Warning, &app.locale.say(remark)));
    }

    /// Records `edited`, a copy of `base` with a person's changes.
    pub fn record(&self, base: &str, edited: &str) -> anyhow::Result<()> {
        let mut writer = self.session.store.lock()?;
        let mut edits = self.edits(&writer);
        retried(|| {
            let Some(committed) = self.committed(&mut writer, &mut edits)? else { return Ok(None) };
            let Some(committed) = committed else {
                return Err(Failure::new(Exit::Refused, "edit-file-gone").with("path", self.path).into());
            };
            let taken = self.taken(base, &committed, edited)?;
            if taken.text == committed {
                self.say_all(&edits.remarks);
                self.say_all(&taken.remarks());
                return self.nothing_changed().map(Some);
            }
            let message = (self.path, taken.text.as_str(), taken.id.as_str());
            if self.how.dry_run {
                let files = vec![(self.path.clone(), Some(taken.text.clone().into_bytes()))];
                let message = super::super::hand_edit::edit_message(self.session, &taken.id);
                show_dry_run(self.session, &committed, &files, &message)?;
                return self.conclude(&committed, &taken, None).map(Some);
            }
            match commit_edit(self.session, &mut writer, message, self.recorder, self.how)? {
                Outcome::Moved => Ok(None),
                Outcome::Unchanged => self.nothing_changed().map(Some),
                Outcome::Committed { commit, warnings } => {
                    self.say_all(&edits.remarks);
                    self.say_all(&warnings);
                    self.conclude(&committed, &taken, Some(commit)).map(Some)
                }
            }
        })
    }

    fn taken(&self, base: &str, committed: &str, edited: &str) -> anyhow::Result<TakenIn> {
        if !self.is_review() {
            return merge_copy(self.session, self.path, base, committed, edited);
        }
        let merged = merge_document(base, committed, edited);
        let id = self.found.incident.id.to_string();
        Ok(TakenIn { notes: merged.notes, ..TakenIn::as_it_is(&merged.text, &id) })
    }

    /// Says what changed, and what the merge has decided or kept.
    fn conclude(&self, before: &str, taken: &TakenIn, commit: Option<String>) -> anyhow::Result<()> {
        let session = self.session;
        let app = session.app;
        let incident = if self.is_review() {
            self.found.incident.clone()
        } else {
            parse_present(self.path.as_str(), taken.text.as_bytes()).map_err(Failures)?
        };
        self.say_all(&taken.remarks());
        if let Some(commit) = &commit {
            let mut parts = self.moves(before, &incident);
            parts.push(say!(app.locale, "edit-lines", count = changed_lines(before, &taken.text)));
            let what = sanitize(&parts.join(" · ")).into_owned();
            let title = sanitize(&incident.title).into_owned();
            let message = Message::new("edit-done")
                .with("id", incident.id.short())
                .with("title", title)
                .with("what", what)
                .with("commit", short(commit));
            app.ui.tell_done(&app.locale.say(&message));
            say_where(session);
        }
        let path = self.found.path.clone();
        print(session, &Recorded { path, incident, entries: Vec::new(), commit, remarks: Vec::new() })
    }

    /// What moved in the front matter, as the timeline tells it.
    fn moves(&self, before: &str, after: &Incident) -> Vec<String> {
        let Ok(before) = parse_present(self.path.as_str(), before.as_bytes()) else { return Vec::new() };
        let mut kinds = Vec::new();
        if before.status != after.status {
            kinds.push(EventKind::Status { from: before.status.clone(), to: after.status.clone() });
        }
        if before.severity != after.severity {
            kinds.push(EventKind::Severity { from: before.severity.clone(), to: after.severity.clone() });
        }
        if before.title != after.title {
            let (from, to) = (before.title.clone(), after.title.clone());
            kinds.push(EventKind::Set { key: "title".to_owned(), from, to });
        }
        let (vocabulary, clock) = (self.session.spoken_vocabulary(), self.session.clock());
        let told =
            |kind: &EventKind| subject::what_of_kind(kind, &vocabulary, clock.locale, |at| clock.moment(at));
        kinds.iter().map(told).collect()
    }

    pub fn nothing_changed(&self) -> anyhow::Result<()> {
        let app = self.session.app;
        app.ui.say(&app.locale.text("nothing-changed"));
        let (path, incident) = (self.found.path.clone(), self.found.incident.clone());
        let recorded = Recorded { path, incident, entries: Vec::new(), commit: None, remarks: Vec::new() };
        print(self.session, &recorded)
    }
}
