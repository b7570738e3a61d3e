//! Drafts: words that could not be recorded, kept in the git directory until they can.

use serde::{Deserialize, Serialize};

use super::super::announce;
use super::super::session::Session;
use super::super::write_args::CommitArgs;
use super::declare::{self, Declaration};
use crate::failure::{Exit, Failure, Message};
use crate::say;

const PREFIX: &str = "draft-";

/// A declaration that is not recorded yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Draft {
    pub declaration: Declaration,
    /// Nothing is missing but the commit.
    pub complete: bool,
}

/// The name of the draft of a declaration that began at its `declared` moment.
pub fn name(session: &Session<'_>) -> String {
    // The process tells two declarations of one second apart.
    format!("{PREFIX}{}-{}.json", session.app.context.now.format("%Y%m%dT%H%M%S"), std::process::id())
}

/// Keeps `declaration` and returns `error` with a word about how to go on.
pub fn keep(
    session: &Session<'_>,
    declaration: &Declaration,
    complete: bool,
    error: anyhow::Error,
) -> anyhow::Result<anyhow::Error> {
    save(session, &name(session), declaration, complete)?;
    let app = session.app;
    app.ui.error(&app.locale.text("draft-kept"));
    Ok(error)
}

/// Writes the draft, over its earlier state.
pub fn save(
    session: &Session<'_>,
    name: &str,
    declaration: &Declaration,
    complete: bool,
) -> anyhow::Result<()> {
    let draft = Draft { declaration: declaration.clone(), complete };
    let bytes = serde_json::to_vec_pretty(&draft)?;
    session.store.save_private(name, &bytes)
}

/// The drafts of this store, oldest first.
pub fn all(session: &Session<'_>) -> anyhow::Result<Vec<(String, Draft)>> {
    let mut drafts = Vec::new();
    for name in session.store.list_private(PREFIX)? {
        let Some(bytes) = session.store.read_private(&name)? else { continue };
        let draft = serde_json::from_slice(&bytes).map_err(|error| {
            Failure::new(Exit::Invalid, "draft-unreadable").with("name", &name).with("reason", error)
        })?;
        drafts.push((name, draft));
    }
    Ok(drafts)
}

/// Records what was kept: what is complete at once, the rest on a terminal.
pub fn resume(session: &Session<'_>, args: &CommitArgs) -> anyhow::Result<Exit> {
    let drafts = all(session)?;
    if drafts.is_empty() {
        return Err(Failure::new(Exit::NotFound, "no-draft").hint(Message::new("hint-new")).into());
    }
    for (name, Draft { declaration, complete }) in drafts {
        if !complete {
            if !session.app.ui.interactive() {
                return Err(Failure::new(Exit::Usage, "draft-incomplete")
                    .hint(Message::new("hint-resume"))
                    .into());
            }
            let exit = super::Interview::resumed(session, declaration, args, name).run()?;
            if exit != Exit::Done {
                return Ok(exit);
            }
            continue;
        }
        let recorded = declare::declare(session, &declaration, args)?;
        if recorded.commit.is_some() {
            session.store.remove_private(&name)?;
        }
        declare::announce(session, &declaration, &recorded)?;
        announce::print(session, &recorded)?;
    }
    Ok(Exit::Done)
}

/// Throws the drafts away, and shows their words once more.
pub fn discard(session: &Session<'_>) -> anyhow::Result<()> {
    let app = session.app;
    let names = session.store.list_private(PREFIX)?;
    for name in &names {
        if let Some(bytes) = session.store.read_private(name)? {
            app.ui.say(&crate::view::sanitize::sanitize_block(&String::from_utf8_lossy(&bytes)));
        }
        session.store.remove_private(name)?;
    }
    app.ui.say(&say!(app.locale, "drafts-discarded", count = names.len()));
    Ok(())
}
