//! What the menu asks for before an act that needs words. Whoever leaves a prompt does nothing.

use super::super::archive::{Found, find};
use super::super::session::Session;
use crate::domain::event::{Milestone, NoteKind};
use crate::domain::flow::Status;
use crate::domain::names::Purpose;
use crate::say;
use crate::ui::{Choice, Item, LinePrompt, OnEnter, PromptSession, Reply};

/// `status fixing -i k7qm -m … --at …`; none if the person left.
pub fn status(session: &Session<'_>, id: &str) -> anyhow::Result<Option<Vec<String>>> {
    let app = session.app;
    let found = find(session, Some(id), Purpose::Reading)?;
    let choices = usual(session, &found);
    let names = session.names();
    let item = |status: &&Status| Item::new(names.status(&status.id), status.does.get(app.locale.lang()));
    let items: Vec<Item> = choices.iter().map(item).collect();
    let now = names.status(&found.incident.status);
    let prompt = say!(app.locale, "menu-to-status", status = now);
    let mut prompts = app.ui.session()?;
    let choice =
        Choice { prompt: &prompt, items: &items, zero: None, enter: next(session, &found, &choices) };
    let Reply::Value(Some(index)) = prompts.choose(&choice)? else { return Ok(None) };
    let to = choices[index];
    let stops = to.stamps.contains(&Milestone::Mitigated);
    let label = app.locale.text(if stops { "menu-what-stopped-it" } else { "menu-what-was-done" });
    let Some(words) = line(&mut prompts, &label, OnEnter::Nothing)? else { return Ok(None) };
    let (when, present) = (app.locale.text("menu-when"), app.locale.text("menu-now"));
    let Some(at) = line(&mut prompts, &when, OnEnter::Leave(&present))? else { return Ok(None) };
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
    let words = line(&mut prompts, &locale.text("menu-note-words"), OnEnter::Nothing)?;
    let Some(words) = words.filter(|words| !words.is_empty()) else { return Ok(None) };
    let kind = NoteKind::ALL[index].token();
    let command = ["note", "--kind", kind, "-i", id, "-m", &words];
    Ok(Some(command.map(str::to_owned).to_vec()))
}

/// The statuses that incidents like this usually pass through, the present one apart.
fn usual<'s>(session: &'s Session<'_>, found: &Found) -> Vec<&'s Status> {
    let statuses = session.settings.flow.statuses().iter();
    let incident = &found.incident;
    statuses.filter(|status| status.id != incident.status && status.usual_for.covers(incident)).collect()
}

/// The number, from 1, of the status that comes next.
fn next(session: &Session<'_>, found: &Found, choices: &[&Status]) -> Option<usize> {
    let flow = &session.settings.flow;
    let now = flow.position(&found.incident.status)?;
    let further = |status: &&Status| flow.position(&status.id).is_some_and(|position| position > now);
    choices.iter().position(further).map(|index| index + 1)
}

fn option(name: &str, value: String) -> Vec<String> {
    if value.is_empty() { Vec::new() } else { vec![name.to_owned(), value] }
}

fn line(prompts: &mut PromptSession<'_>, label: &str, enter: OnEnter<'_>) -> anyhow::Result<Option<String>> {
    Ok(match prompts.line(&LinePrompt { enter, ..LinePrompt::new(label) })? {
        Reply::Value(text) => Some(text),
        Reply::Interrupted { .. } => None,
    })
}
