//! What the menu asks for before an act that needs words. Whoever leaves a prompt does nothing.

use super::super::archive::find;
use super::super::half_typed;
use super::super::session::Session;
use super::super::status::choose;
use crate::domain::event::{Milestone, NoteKind};
use crate::domain::names::Purpose;
use crate::failure::Message;
use crate::ui::{Choice, Item, LinePrompt, OnEnter, Reply};
use crate::view::sanitize::sanitize_block;

/// `status fixing -i k7qm -m … --at …`; none if the person left.
pub fn status(session: &Session<'_>, id: &str) -> anyhow::Result<Option<Vec<String>>> {
    let app = session.app;
    let found = find(session, Some(id), Purpose::Reading)?;
    let mut prompts = app.ui.session()?;
    let Reply::Value(to) = choose(session, &found, &mut prompts)? else { return Ok(None) };
    let stops = to.stamps.contains(&Milestone::Mitigated);
    let label = app.locale.text(if stops { "menu-what-stopped-it" } else { "menu-what-was-done" });
    let name = format!("status-{id}");
    let prompt = LinePrompt::new(&label);
    let Some(words) = answered(session, half_typed::line(session, &mut prompts, &name, &prompt)?) else {
        return Ok(None);
    };
    let (when, present) = (app.locale.text("menu-when"), app.locale.text("menu-now"));
    let prompt = LinePrompt { enter: OnEnter::Leave(&present), ..LinePrompt::new(&when) };
    let Some(at) = answered(session, prompts.line(&prompt)?) else {
        half_typed::keep(session, &name, &words);
        give_back(session, &words);
        return Ok(None);
    };
    let mut command = vec!["status".to_owned(), to.id.clone(), "-i".to_owned(), id.to_owned()];
    command.extend(option("-m", words));
    command.extend(option("--at", at));
    Ok(Some(command))
}

/// `note -k decision -i k7qm -m …`; none if the person left or said nothing.
pub fn note(session: &Session<'_>, id: &str) -> anyhow::Result<Option<Vec<String>>> {
    let locale = &session.app.locale;
    let items: Vec<Item> =
        NoteKind::ALL.iter().map(|kind| Item::new(locale.label("note-kind", kind.token()), "")).collect();
    let prompt = locale.text("menu-note-kind");
    let choice = Choice { prompt: &prompt, items: &items, zero: None, enter: Some(1) };
    let mut prompts = session.app.ui.session()?;
    let Reply::Value(Some(index)) = prompts.choose(&choice)? else { return Ok(None) };
    let (name, label) = (format!("note-{id}"), locale.text("menu-note-words"));
    let reply = half_typed::line(session, &mut prompts, &name, &LinePrompt::new(&label))?;
    let Some(words) = answered(session, reply).filter(|words| !words.is_empty()) else { return Ok(None) };
    let kind = NoteKind::ALL[index].token();
    let command = ["note", "--kind", kind, "-i", id, "-m", &words];
    Ok(Some(command.map(str::to_owned).to_vec()))
}

fn option(name: &str, value: String) -> Vec<String> {
    if value.is_empty() { Vec::new() } else { vec![name.to_owned(), value] }
}

/// What was typed; none if the person left, who gets the words back that stood there.
fn answered(session: &Session<'_>, reply: Reply<String>) -> Option<String> {
    match reply {
        Reply::Value(text) => Some(text),
        Reply::Interrupted { typed } => {
            give_back(session, &typed);
            None
        }
    }
}

/// Words that nothing was made of, to be copied.
fn give_back(session: &Session<'_>, words: &str) {
    if !words.trim().is_empty() {
        let app = session.app;
        app.ui
            .error(&sanitize_block(&app.locale.say(&Message::new("interrupted-words").with("words", words))));
    }
}
