//! Words of a report that could not be given yet, kept in the git directory.

use super::super::session::Session;
use super::words::Wording;
use crate::domain::id::IncidentId;
use crate::failure::{Failure, Message};
use crate::say;

const PREFIX: &str = "update-";

/// What was typed for the next report of one incident.
pub struct Draft {
    name: String,
    id: String,
    /// A rehearsal keeps nothing.
    keeps: bool,
    pub wording: Wording,
}

impl Draft {
    /// What was kept for this incident, else nothing yet.
    pub fn of(session: &Session<'_>, id: &IncidentId, is_rehearsal: bool) -> anyhow::Result<Self> {
        let name = format!("{PREFIX}{id}.json");
        let wording = match session.store.read_private(&name)? {
            None => Wording::default(),
            Some(bytes) => {
                serde_json::from_slice(&bytes).or_else(|error| unreadable(session, &name, &error))?
            }
        };
        Ok(Self { name, id: id.short().to_owned(), keeps: !is_rehearsal, wording })
    }

    pub fn is_empty(&self) -> bool {
        let Wording { known, customers, not_yet, estimate, next, .. } = &self.wording;
        [known, customers, not_yet, estimate, next].iter().all(|words| words.is_none())
    }

    pub fn save(&self, session: &Session<'_>) -> anyhow::Result<()> {
        if !self.keeps || self.is_empty() {
            return Ok(());
        }
        session.store.save_private(&self.name, &serde_json::to_vec_pretty(&self.wording)?)
    }

    pub fn remove(&self, session: &Session<'_>) -> anyhow::Result<()> {
        if self.keeps { session.store.remove_private(&self.name) } else { Ok(()) }
    }

    /// Keeps what was typed when the person goes away in the middle.
    pub fn leave(&self, session: &Session<'_>) -> anyhow::Result<()> {
        self.save(session)?;
        let app = session.app;
        if self.keeps && !self.is_empty() {
            app.ui.tell(&app.locale.text("draft-of-answers"));
            app.ui.tell_command(&app.locale.text("draft-resume"), &self.command(session));
        }
        Ok(())
    }

    /// Says beside `error` that the words are kept, and how to go on.
    pub fn keep(&self, session: &Session<'_>, mut error: anyhow::Error) -> anyhow::Error {
        if !self.keeps || self.is_empty() {
            return error;
        }
        if let Err(lost) = self.save(session) {
            return lost.context(error);
        }
        let command = self.command(session);
        match error.downcast_mut::<Failure>() {
            Some(failure) => failure.hints.push(Message::new("draft-kept").with("command", command)),
            None => session.app.ui.error(&say!(session.app.locale, "draft-kept", command = command)),
        }
        error
    }

    fn command(&self, session: &Session<'_>) -> String {
        session.command(&format!("update -i {}", self.id))
    }
}

/// A draft that cannot be read is set aside where the next one does not take its place, and said.
fn unreadable(session: &Session<'_>, name: &str, error: &serde_json::Error) -> anyhow::Result<Wording> {
    let bytes = session.store.read_private(name)?.unwrap_or_default();
    let aside = format!("unreadable-{name}");
    session.store.save_private(&aside, &bytes)?;
    session.app.ui.tell(&say!(
        session.app.locale,
        "draft-unreadable",
        name = aside,
        reason = error.to_string()
    ));
    Ok(Wording::default())
}
