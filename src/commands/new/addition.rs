//! More about an incident that is recorded already: what it takes to write it now, or later from a draft.

use serde::{Deserialize, Serialize};

use super::super::archive::Found;
use super::super::record::{Recorded, record};
use super::super::session::Session;
use super::super::write_args::{CommitArgs, Recorder};
use super::declaration::Declaration;
use crate::domain::act::{self, Act};
use crate::domain::change::Change;
use crate::domain::event::{Milestone, NoteKind};
use crate::domain::facts::{self, Fact, Setting};
use crate::domain::incident::Incident;
use crate::domain::moment::Moment;
use crate::say;
use crate::store::StorePath;

/// Facts and words about one incident, for one commit.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Addition {
    /// The incident's file.
    path: String,
    /// `k7qm 決済が全部エラーになる`, for people.
    pub about: String,
    /// When it was said.
    pub at: Moment,
    pub by: Option<String>,
    /// The name to record under where git knows none.
    pub name: Option<String>,
    pub started: Option<Moment>,
    pub mitigated: Option<Moment>,
    pub detected_by: Option<String>,
    pub fields: Vec<(String, String)>,
    /// Where it went instead of being an incident.
    pub went_to: String,
    pub seen: String,
}

impl Addition {
    /// Nothing yet, about the incident in `path`, by whoever makes the declaration.
    pub fn to(
        session: &Session<'_>,
        path: &StorePath,
        incident: &Incident,
        declaration: &Declaration,
    ) -> Self {
        Self {
            path: path.to_string(),
            about: format!("{} {}", incident.id.short(), incident.title),
            at: Moment::exact(session.now()),
            by: declaration.by.clone(),
            name: declaration.name.clone(),
            started: None,
            mitigated: None,
            detected_by: None,
            fields: Vec::new(),
            went_to: String::new(),
            seen: String::new(),
        }
    }

    /// Nothing yet, about an incident that is known.
    pub fn to_found(session: &Session<'_>, found: &Found, declaration: &Declaration) -> Self {
        Self::to(session, &found.path, &found.incident, declaration)
    }

    pub fn is_empty(&self) -> bool {
        let facts = self.started.is_some() || self.mitigated.is_some() || self.detected_by.is_some();
        !facts && self.fields.is_empty() && self.went_to.is_empty() && self.seen.trim().is_empty()
    }

    /// Takes words that were left half typed behind `label`.
    pub fn keep_half(&mut self, label: &str, typed: &str) {
        if !typed.trim().is_empty() {
            self.add_seen(&format!("{label}: {}", typed.trim()));
        }
    }

    /// Adds what was half typed.
    pub fn take_in(&mut self, half: Self) {
        if self.went_to.is_empty() {
            self.went_to = half.went_to;
        }
        self.add_seen(&half.seen);
    }

    pub fn add_seen(&mut self, text: &str) {
        self.seen = [self.seen.trim(), text].join("\n").trim().to_owned();
    }

    /// Records it, in one commit; no commit if the incident says all of it already.
    pub fn record(&self, session: &Session<'_>, args: &CommitArgs) -> anyhow::Result<Recorded> {
        let recorder = match &self.name {
            Some(name) => Recorder::named(session, self.at, name)?,
            None => Recorder::at(session, self.at, self.by.as_deref())?,
        };
        let went = say!(session.documents, "declined-went-to", place = self.went_to.as_str());
        record(session, &StorePath::parse(&self.path)?, &recorder, args, &|file| {
            let act = recorder.act(session, "");
            let mut change = self.facts(&file.incident, &act);
            if !self.went_to.is_empty() {
                change.add(act::note(NoteKind::Decision, &Act { text: &went, ..act }));
            }
            if !self.seen.trim().is_empty() {
                change.add(act::note(NoteKind::Note, &Act { text: self.seen.trim(), ..act }));
            }
            Ok(change)
        })
    }

    fn facts(&self, incident: &Incident, act: &Act<'_>) -> Change {
        let mut change = Change::default();
        let milestones = [(Milestone::ImpactStarted, self.started), (Milestone::Mitigated, self.mitigated)];
        for (milestone, at) in milestones {
            if let Some(at) = at {
                change.add(act::reach(incident, milestone, &Act { at, ..*act }));
            }
        }
        if let Some(word) = &self.detected_by {
            let setting = Setting::Text(word.clone());
            change.add(facts::set(incident, &Fact::DetectedBy, &setting, act));
        }
        for (field, value) in &self.fields {
            let setting = Setting::Text(value.clone());
            change.add(facts::set(incident, &Fact::Field(field.clone()), &setting, act));
        }
        change
    }
}
