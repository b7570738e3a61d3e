//! "That's it": a report is added to an incident that is known already.

use super::super::announce::announce;
use super::super::archive::{Archive, Found};
use super::super::session::Session;
use super::super::write_args::CommitArgs;
use super::addition::Addition;
use super::declaration::Declaration;
use super::draft::{Draft, Slot};
use super::rest;
use crate::domain::incident::Mode;
use crate::failure::Exit;
use crate::say;
use crate::ui::{Item, LinesPrompt, Reply};
use crate::view::list;

/// The real incidents that somebody has to act on now.
pub fn live(session: &Session<'_>, archive: &Archive) -> Vec<Found> {
    let flow = &session.settings.flow;
    let is_live = |found: &&Found| {
        let incident = &found.incident;
        incident.mode != Mode::Drill && flow.category(&incident.status).is_live()
    };
    archive.found.iter().filter(is_live).cloned().collect()
}

/// A live incident as a line to choose.
pub fn item(session: &Session<'_>, found: &Found) -> Item {
    let names = session.names();
    let incident = &found.incident;
    let level = names.level(incident.severity.as_deref());
    let declared =
        incident.declared().map(|declared| session.clock().distance(declared.at)).unwrap_or_default();
    let label = format!("{} {}", incident.id.short(), list::title(incident, &names));
    Item::new(label, format!("{level} {} {declared}", names.status(&incident.status)))
}

/// Asks for the report and records it as a note. Words that were typed when the person
/// leaves are kept.
pub fn join(
    session: &Session<'_>,
    found: &Found,
    declaration: &Declaration,
    args: &CommitArgs,
    mut slot: Slot,
) -> anyhow::Result<Exit> {
    let mut addition = Addition::to_found(session, found, declaration);
    addition.detected_by.clone_from(&declaration.detected_by);
    addition.started = declaration.started;
    // A title and a message of the command line are a report as well.
    addition.add_seen(declaration.title.as_deref().unwrap_or_default());
    addition.add_seen(&declaration.seen);
    let app = session.app;
    let label = say!(app.locale, "join-what-to-add", id = found.incident.id.short());
    match app.ui.session()?.lines(&LinesPrompt { label: &label })? {
        Reply::Value(lines) => addition.add_seen(&lines.join("\n")),
        Reply::Interrupted { typed } if typed.trim().is_empty() => {
            app.ui.tell(&app.locale.text("new-nothing-recorded"));
            return Ok(Exit::Interrupted);
        }
        Reply::Interrupted { typed } => {
            addition.add_seen(&typed);
            app.ui.tell(&app.locale.text("new-nothing-recorded"));
            rest::keep_half(session, &mut slot, addition)?;
            return Ok(Exit::Interrupted);
        }
    }
    if addition.is_empty() {
        addition.seen = session.documents.text("join-noticed-too");
    }
    session.look_at_clock()?;
    let recorded = match addition.record(session, args) {
        Ok(recorded) => recorded,
        Err(error) => return Err(slot.keep(session, &Draft::Addition(addition), error)),
    };
    session.say_of_kept("draft-left", slot.remove(session));
    announce(session, &recorded)?;
    if !session.settings.flow.category(&recorded.incident.status).is_live() {
        let command = session.command(&format!("reopen {}", recorded.incident.id.short()));
        app.ui.tell_command(&app.locale.text("join-is-over"), &command);
    }
    Ok(Exit::Done)
}
