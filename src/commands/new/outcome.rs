//! What is said when an incident is declared: that it is recorded, who is to be called, and what to do first.

use super::super::announce::say_where;
use super::super::answers::finding_in_words;
use super::super::record::Recorded;
use super::super::session::Session;
use super::calls;
use super::declaration::Declaration;
use crate::domain::id::IncidentId;
use crate::domain::incident::{Incident, Mode};
use crate::domain::scope::Circumstances;
use crate::say;
use crate::view::list;
use crate::view::palette::Style;
use crate::view::subject::shortened;

/// Says it on standard error.
pub fn announce(session: &Session<'_>, declaration: &Declaration, recorded: &Recorded) {
    let app = session.app;
    for remark in &recorded.remarks {
        app.ui.tell_in(Style::Warning, &app.locale.say(remark));
    }
    let incident = &recorded.incident;
    let declined = declaration.is_declined(&session.policy);
    app.ui.tell_done(&recorded_line(session, incident, declined));
    // Whoever was asked has seen it before the title.
    if !app.ui.interactive() && !declaration.is_rated() && incident.severity.is_some() {
        let (_, assessment) = declaration.assess(&session.policy);
        if assessment.possible.is_some() {
            app.ui.tell(&finding_in_words(session, &assessment));
        }
    }
    say_where(session);
    match declaration.mode {
        Mode::Retrospective => return,
        _ if declined => {
            let id = incident.id.short();
            let (reopen, text) =
                (session.command(&format!("reopen {id}")), app.locale.text("new-declined-next"));
            app.ui.tell_command(&text, &reopen);
            // On a terminal it is asked next.
            if !app.ui.interactive() {
                let command = session.command(&format!("decline {id} --to PROD-123"));
                app.ui.tell_command(&app.locale.text("new-declined-to"), &command);
            }
            return;
        }
        Mode::Drill => app.ui.tell(&app.locale.text("new-drill")),
        Mode::Real => {
            calls::say(session, Circumstances::from(incident), &incident.roles);
            if incident.severity.is_none() {
                let command = session.command(&format!("severity -i {}", incident.id.short()));
                app.ui.tell_command(&app.locale.text("new-rate-later"), &command);
            }
        }
    }
    say_note_of_kind(session, incident);
    say_first_steps(session, incident);
    say_next(session, &incident.id);
}

/// Says that it was recorded before: with the same key, or by a command that ended before it could say so.
pub fn announce_earlier(session: &Session<'_>, declaration: &Declaration) {
    let key = if declaration.key.is_some() { "new-key-known" } else { "new-recorded-before" };
    session.app.ui.tell(&session.app.locale.text(key));
}

/// `Recorded k7qm All payments fail: SEV1 (Critical), 02:55`
fn recorded_line(session: &Session<'_>, incident: &Incident, declined: bool) -> String {
    let app = session.app;
    let names = session.names();
    let title = list::title(incident, &names);
    let (id, title) = (incident.id.short(), shortened(&title));
    let time = incident.declared().map(|at| session.clock().time(at.at)).unwrap_or_default();
    if declined {
        say!(app.locale, "new-recorded-declined", id = id, title = title.as_str(), time = time)
    } else {
        let level = names.level_in_full(incident.severity.as_deref());
        say!(app.locale, "new-recorded", id = id, title = title.as_str(), level = level, time = time)
    }
}

fn say_note_of_kind(session: &Session<'_>, incident: &Incident) {
    let app = session.app;
    let kind = incident.kind.as_deref().and_then(|kind| session.policy.kind(kind));
    let note = kind.map(|kind| kind.note.get(app.locale.lang())).unwrap_or_default();
    if !note.is_empty() {
        app.ui.tell(note);
    }
}

fn say_first_steps(session: &Session<'_>, incident: &Incident) {
    let app = session.app;
    let mut steps = session.policy.first_steps.iter().filter(|step| step.scope.covers(incident)).peekable();
    if steps.peek().is_none() {
        return;
    }
    app.ui.say("\n");
    app.ui.tell_in(Style::Strong, &app.locale.text("new-first-steps"));
    for step in steps {
        app.ui.tell(&say!(app.locale, "new-first-step", step = step.text.get(app.locale.lang())));
    }
}

/// The commands that come next.
fn say_next(session: &Session<'_>, id: &IncidentId) {
    let app = session.app;
    let command = |label, words: &str| app.ui.tell_command(&app.locale.text(label), &session.command(words));
    if let Some(lead) = session.settings.staff.lead() {
        command("new-take-lead", &format!("assign {} me", lead.id));
    }
    command("new-write-down", "note \"…\"");
    command("new-see-it", &format!("show {}", id.short()));
    command("new-tell-others", &format!("brief {}", id.short()));
}
