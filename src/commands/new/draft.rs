//! Drafts: words that could not be recorded, kept in the git directory until they can.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::super::session::Session;
use super::addition::Addition;
use super::declaration::Declaration;
use super::summary;
use super::typed::Typed;
use crate::failure::{Failure, Failures, Message};
use crate::say;
use crate::store::{Claim, Store};
use crate::view::sanitize::sanitize_block;

const PREFIX: &str = "draft-";

/// What is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Draft {
    /// Not understood yet.
    Typed(Typed),
    /// Being asked for.
    Declaration(Declaration),
    /// Nothing is missing but the commit.
    Complete(Declaration),
    /// More about an incident that is recorded.
    Addition(Addition),
}

/// The place of one draft in the store. While it is held, no other process takes the draft up.
#[derive(Debug)]
pub struct Slot {
    name: String,
    /// A rehearsal keeps nothing.
    keeps: bool,
    claim: Option<Claim>,
}

impl Slot {
    /// A place for a new draft. Where `keeps` is not true, nothing is ever kept in it.
    pub fn new(session: &Session<'_>, keeps: bool) -> Self {
        // The process tells two declarations of one second apart.
        let context = &session.app.context;
        let time = context.now.format("%Y%m%dT%H%M%S");
        Self { name: format!("{PREFIX}{time}-{}.json", context.process), keeps, claim: None }
    }

    /// The same place for a rehearsal, which leaves the draft as it is.
    pub fn kept_as_it_is(self) -> Self {
        Self { keeps: false, ..self }
    }

    /// Writes the draft, over its earlier state.
    pub fn save(&mut self, session: &Session<'_>, draft: &Draft) -> anyhow::Result<()> {
        if !self.keeps {
            return Ok(());
        }
        if self.claim.is_none() {
            self.claim = session.store.claim_private(&self.name)?;
        }
        session.store.save_private(&self.name, &serde_json::to_vec_pretty(draft)?)
    }

    pub fn remove(&self, session: &Session<'_>) -> anyhow::Result<()> {
        if self.keeps { session.store.remove_private(&self.name) } else { Ok(()) }
    }

    /// Keeps `draft` because of `error`, which is returned with a word about how to go on.
    pub fn keep(&mut self, session: &Session<'_>, draft: &Draft, error: anyhow::Error) -> anyhow::Error {
        if !self.keeps {
            return error;
        }
        if let Err(lost) = self.save(session, draft) {
            // Even then the words must not be gone.
            let app = session.app;
            app.ui.error(&app.locale.text("draft-not-kept"));
            app.ui.error(&summary::of(session, draft).join("\n"));
            return lost.context(error);
        }
        with_hint(session, error)
    }
}

fn with_hint(session: &Session<'_>, mut error: anyhow::Error) -> anyhow::Error {
    let hint = Message::new("draft-kept").with("command", session.command("new --resume"));
    if let Some(failure) = error.downcast_mut::<Failure>() {
        failure.hints.push(hint);
    } else if let Some(last) = error.downcast_mut::<Failures>().and_then(|all| all.0.last_mut()) {
        last.hints.push(hint);
    } else {
        session.app.ui.error(&session.app.locale.say(&hint));
    }
    error
}

/// The drafts of this store that nobody is working on, oldest first. One that cannot be read is named and left alone.
pub fn all(session: &Session<'_>) -> anyhow::Result<Vec<(Slot, Draft)>> {
    let mut drafts = Vec::new();
    for name in session.store.list_private(PREFIX)? {
        let Some(claim) = session.store.claim_private(&name)? else { continue };
        let Some(bytes) = session.store.read_private(&name)? else { continue };
        match serde_json::from_slice(&bytes) {
            Ok(draft) => drafts.push((Slot { name, keeps: true, claim: Some(claim) }, draft)),
            Err(error) => {
                let reason = error.to_string();
                session.app.ui.tell(&say!(
                    session.app.locale,
                    "draft-unreadable",
                    name = name,
                    reason = reason
                ));
            }
        }
    }
    Ok(drafts)
}

/// Whether drafts wait in the store at `directory`.
pub fn are_in(directory: &Path) -> anyhow::Result<bool> {
    Ok(!Store::open(directory)?.list_private(PREFIX)?.is_empty())
}

/// Throws the drafts away, and shows their words once more.
pub fn discard(session: &Session<'_>) -> anyhow::Result<()> {
    let app = session.app;
    let drafts = all(session)?;
    for (slot, draft) in &drafts {
        app.ui.tell(&summary::of(session, draft).join("\n"));
        slot.remove(session)?;
    }
    let unreadable = discard_unreadable(session)?;
    app.ui.tell(&say!(app.locale, "drafts-discarded", count = drafts.len() + unreadable));
    Ok(())
}

/// How many could not be read, and are gone after their bytes were shown.
fn discard_unreadable(session: &Session<'_>) -> anyhow::Result<usize> {
    let mut count = 0;
    for name in session.store.list_private(PREFIX)? {
        let Some(_claim) = session.store.claim_private(&name)? else { continue };
        let bytes = session.store.read_private(&name)?.unwrap_or_default();
        session.app.ui.say(&sanitize_block(&String::from_utf8_lossy(&bytes)));
        session.store.remove_private(&name)?;
        count += 1;
    }
    Ok(count)
}
