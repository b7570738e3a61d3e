//! "That's it": a report is added to an incident that is known already.

use super::super::announce::announce;
use super::super::archive::Found;
use super::super::record::record;
use super::super::session::Session;
use super::super::write_args::{CommitArgs, Recorder};
use crate::domain::act;
use crate::domain::event::NoteKind;
use crate::domain::moment::Moment;
use crate::failure::{Exit, Failure};
use crate::say;
use crate::ui::{Item, LinesPrompt, Reply};
use crate::view::list;

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

/// Asks for the report and records it as a note.
pub fn join(session: &Session<'_>, found: &Found, args: &CommitArgs) -> anyhow::Result<Exit> {
    let app = session.app;
    let label = say!(app.locale, "join-what-to-add", id = found.incident.id.short());
    let lines = match app.ui.session()?.lines(&LinesPrompt { label: &label })? {
        Reply::Value(lines) => lines,
        Reply::Interrupted { typed } if typed.trim().is_empty() => {
            return Err(Failure::new(Exit::Interrupted, "interrupted").into());
        }
        // Words that were typed are recorded rather than lost.
        Reply::Interrupted { typed } => typed.lines().map(str::to_owned).collect(),
    };
    let text = lines.join("\n");
    let text = if text.trim().is_empty() { session.documents.text("join-noticed-too") } else { text };
    let recorder = Recorder::at(session, Moment::exact(session.now()), None)?;
    let recorded = record(session, &found.path, &recorder, args, &|_| {
        Ok(act::note(NoteKind::Note, &recorder.act(session, &text)))
    })?;
    announce(session, &recorded)?;
    Ok(Exit::Done)
}
