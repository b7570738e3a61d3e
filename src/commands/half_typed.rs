//! Words that were half typed where one line is asked for: kept in the git directory when the question is left, since a
//! terminal that has gone cannot give them back, and on the line to be edited when it is put again.

use super::session::Session;
use crate::ui::{LinePrompt, PromptSession, Reply};

/// Asks for a line, which begins with what was kept under `name`.
pub fn line(
    session: &Session<'_>,
    prompts: &mut PromptSession<'_>,
    name: &str,
    prompt: &LinePrompt<'_>,
) -> anyhow::Result<Reply<String>> {
    let kept = session.store.read_private(&file(name))?;
    // What cannot be read is nobody's words any more, and is only replaced by new ones.
    let kept: Option<String> = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let start = kept.as_deref().unwrap_or(prompt.start);
    let reply = prompts.line(&LinePrompt { start, ..*prompt })?;
    match &reply {
        Reply::Interrupted { typed } => keep(session, name, typed),
        Reply::Value(_) => session.store.remove_private(&file(name))?,
    }
    Ok(reply)
}

/// Keeps `words` for the next time. Where that fails, they are still given back to whoever is there to read.
pub fn keep(session: &Session<'_>, name: &str, words: &str) {
    let kept = match words.trim() {
        "" => session.store.remove_private(&file(name)),
        words => serde_json::to_vec(words)
            .map_err(Into::into)
            .and_then(|json| session.store.save_private(&file(name), &json)),
    };
    session.say_of_kept("draft-unkept", kept);
}

fn file(name: &str) -> String {
    format!("typed-{name}.json")
}
