//! What is sent, and what must not be sent without being asked for.

use super::Sync;
use crate::commands::session::Session;
use crate::failure::{Exit, Failure, Message};
use crate::say;
use crate::store::Upstream;
use crate::ui::YesNoPrompt;

/// How many subjects are named.
const SHOWN: usize = 3;

/// Why the branch is not sent by itself: it has commits that are not the store's, which nobody has asked to be sent.
///
/// # Errors
/// The history cannot be read.
pub fn held_back(session: &Session<'_>, upstream: &Upstream) -> anyhow::Result<Option<Message>> {
    let strangers = session.store.unshared_strangers(upstream)?;
    if strangers.is_empty() {
        return Ok(None);
    }
    let subjects: Vec<&str> = strangers.iter().take(SHOWN).map(String::as_str).collect();
    let message = Message::new("sync-strangers").with("count", strangers.len());
    Ok(Some(message.with("subjects", subjects.join(" / "))))
}

impl Sync<'_> {
    /// Asks before commits are sent that are not the store's; off a terminal, `--all` is the answer.
    pub(super) fn refuse_strangers(&self) -> anyhow::Result<()> {
        let (session, app) = (self.session, self.session.app);
        if self.args.all {
            return Ok(());
        }
        let Some(message) = held_back(session, &self.upstream)? else { return Ok(()) };
        if app.ui.interactive() {
            app.ui.tell(&app.locale.say(&message));
            let label = say!(app.locale, "sync-send-all", upstream = self.upstream.short());
            let prompt = YesNoPrompt { text: &label, yes: "", no: "", enter: Some(false) };
            if app.ui.session()?.yes_no(&prompt)?.answered()? {
                return Ok(());
            }
        }
        let hint = Message::new("sync-hint-command").with("command", session.command("sync --all"));
        Err(Failure { message, ..Failure::new(Exit::Refused, "sync-strangers") }.hint(hint).into())
    }
}
