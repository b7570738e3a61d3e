//! Words of a hand-over that was not recorded, kept in the git directory.

use std::collections::BTreeMap;

use super::super::session::Session;
use crate::domain::id::IncidentId;
use crate::failure::{Failure, Message};

/// What was typed for a hand-over of one incident.
pub struct Draft {
    name: String,
    command: String,
    /// A rehearsal keeps nothing.
    keeps: bool,
    /// By the keys of the questions.
    words: BTreeMap<String, String>,
}

impl Draft {
    /// What was kept for this incident, else nothing yet. `person` is who takes over, where the command line says so.
    pub fn of(
        session: &Session<'_>,
        id: &IncidentId,
        person: Option<&str>,
        is_rehearsal: bool,
    ) -> anyhow::Result<Self> {
        let name = format!("handover-{id}.json");
        let kept = session.store.read_private(&name)?;
        // What cannot be read is nobody's words any more, and is only replaced by new ones.
        let words = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        let person = person.map(|person| format!(" {person}")).unwrap_or_default();
        let command = session.command(&format!("handover{person} -i {}", id.short()));
        Ok(Self { name, command, keeps: !is_rehearsal, words })
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// What was typed where `key` asked.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.words.get(key).map(String::as_str)
    }

    /// Takes in what was typed where `key` asked and `drafted` stood. What the record says by itself is not kept.
    pub fn take_in(
        &mut self,
        session: &Session<'_>,
        key: &str,
        drafted: &str,
        typed: &str,
    ) -> anyhow::Result<()> {
        if typed.trim() == drafted.trim() {
            self.words.remove(key);
        } else {
            self.words.insert(key.to_owned(), typed.trim().to_owned());
        }
        if !self.keeps || self.is_empty() {
            return Ok(());
        }
        session.store.save_private(&self.name, &serde_json::to_vec_pretty(&self.words)?)
    }

    pub fn remove(&self, session: &Session<'_>) -> anyhow::Result<()> {
        if self.keeps { session.store.remove_private(&self.name) } else { Ok(()) }
    }

    /// Says beside `error` that the words are kept, and how to go on.
    pub fn keep(&self, mut error: anyhow::Error) -> anyhow::Error {
        if self.keeps
            && !self.is_empty()
            && let Some(failure) = error.downcast_mut::<Failure>()
        {
            failure.hints.push(Message::new("draft-kept").with("command", &self.command));
        }
        error
    }
}
