//! The copy that is edited: in the git directory, beside the text that it was made from, until it is recorded.

use std::path::PathBuf;

use super::super::session::Session;
use crate::domain::id::IncidentId;
use crate::failure::{Exit, Failure, Failures, Message};
use crate::store::Claim;

/// Ends the name of the text that the copy was made from.
const BASE: &str = ".base";

/// The place of one copy. While it is held, nobody else edits it.
pub struct Draft<'a> {
    session: &'a Session<'a>,
    id: &'a IncidentId,
    name: String,
    _claim: Claim,
}

impl<'a> Draft<'a> {
    /// The place of the copy of an incident file or of its review. Its name tells editors that it is Markdown.
    pub fn of(session: &'a Session<'a>, id: &'a IncidentId, is_review: bool) -> anyhow::Result<Self> {
        let name = format!("edit-{id}{}.md", if is_review { ".postmortem" } else { "" });
        let Some(claim) = session.store.claim_private(&name)? else {
            return Err(Failure::new(Exit::Refused, "edit-under-way").with("id", id.short()).into());
        };
        Ok(Self { session, id, name, _claim: claim })
    }

    /// The text that a kept copy was made from; none where no copy was kept.
    pub fn base(&self) -> anyhow::Result<Option<String>> {
        let Some(base) = self.session.store.read_private(&self.base_name())? else { return Ok(None) };
        // A copy that cannot be read is told of here, before another one takes its place.
        self.read()?;
        let place = self.path()?.display().to_string();
        let text = String::from_utf8(base);
        Ok(Some(
            text.map_err(|_| Failure::new(Exit::Invalid, "not-utf8").at(format!("{place}{BASE}"), 1, 1))?,
        ))
    }

    /// Makes the copy.
    pub fn begin(&self, base: &str) -> anyhow::Result<()> {
        self.session.store.save_private(&self.base_name(), base.as_bytes())?;
        self.save(base.as_bytes())
    }

    pub fn save(&self, bytes: &[u8]) -> anyhow::Result<()> {
        self.session.store.save_private(&self.name, bytes)
    }

    /// What stands in the copy. An editor that has removed it has left nothing.
    pub fn read(&self) -> anyhow::Result<Vec<u8>> {
        Ok(self.session.store.read_private(&self.name)?.unwrap_or_default())
    }

    pub fn path(&self) -> anyhow::Result<PathBuf> {
        Ok(self.session.store.private_directory()?.join(&self.name))
    }

    pub fn remove(&self) -> anyhow::Result<()> {
        self.session.store.remove_private(&self.base_name())?;
        self.session.store.remove_private(&self.name)
    }

    fn base_name(&self) -> String {
        format!("{}{BASE}", self.name)
    }

    /// The error, with where the text is kept and how to go on.
    pub fn kept(&self, mut error: anyhow::Error) -> anyhow::Error {
        let place = self.path().map(|path| crate::context::short_path(&path)).unwrap_or_default();
        let review = if self.name.contains(".postmortem") { " --postmortem" } else { "" };
        let command = |flag| self.session.command(&format!("edit {}{review} {flag}", self.id.short()));
        let hints = [
            Message::new("edit-kept").with("path", place).with("command", command("--resume")),
            Message::new("edit-discard").with("command", command("--discard")),
        ];
        if let Some(failure) = error.downcast_mut::<Failure>() {
            failure.hints.extend(hints);
        } else if let Some(last) = error.downcast_mut::<Failures>().and_then(|all| all.0.last_mut()) {
            last.hints.extend(hints);
        } else {
            let app = self.session.app;
            hints.iter().for_each(|hint| app.ui.error(&app.locale.say(hint)));
        }
        error
    }
}
