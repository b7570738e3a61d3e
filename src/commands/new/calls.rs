//! Whom to call once an incident is declared. Nothing rings by itself.

use super::super::session::Session;
use super::super::who::opens;
use super::declaration::Declaration;
use crate::domain::calling::{Plan, Round};
use crate::domain::incident::{Incident, Mode};
use crate::domain::people::Channel;
use crate::domain::scope::Circumstances;
use crate::say;
use crate::view::who::in_one_line;

/// Says whom to call where nothing could be recorded: the fire does not wait for that.
pub fn say_of_declaration(session: &Session<'_>, declaration: &Declaration) {
    if is_real(session, declaration) {
        let (level, _) = declaration.assess(&session.policy);
        say(session, about(declaration, level.as_deref()), &[]);
    }
}

/// Whether somebody's phone is to ring for it.
pub fn ring(session: &Session<'_>, declaration: &Declaration, incident: &Incident) -> bool {
    let plan = plan(session, Circumstances::from(incident), &incident.roles);
    is_real(session, declaration) && plan.rings()
}

fn is_real(session: &Session<'_>, declaration: &Declaration) -> bool {
    declaration.mode == Mode::Real && !declaration.is_declined(&session.policy)
}

fn about<'a>(declaration: &'a Declaration, level: Option<&'a str>) -> Circumstances<'a> {
    Circumstances { status: None, level, kind: declaration.kind.as_deref(), products: &declaration.products }
}

fn plan<'a>(
    session: &'a Session<'_>,
    about: Circumstances<'a>,
    roles: &'a [(String, Vec<String>)],
) -> Plan<'a> {
    Plan::of(&session.settings.staff, &session.policy, about, roles)
}

/// Says whom to call, by name and number where the store knows them, and what else the level asks for. Whoever holds a role
/// of `roles` need not be called for it.
pub fn say<'a>(session: &'a Session<'_>, about: Circumstances<'a>, roles: &'a [(String, Vec<String>)]) {
    let app = session.app;
    let is_held = |role: &str| roles.iter().any(|(id, people)| id == role && !people.is_empty());
    let is_open = |round: &Round<'_>| !round.role.is_some_and(is_held);
    let rings = match plan(session, about, roles) {
        Plan::Calls(mut rounds) => {
            rounds.retain(is_open);
            say_rounds(session, &rounds);
            !rounds.is_empty()
        }
        Plan::Roles(mut rounds) => {
            rounds.retain(is_open);
            say_roles(session, about.level, &rounds);
            false
        }
    };
    let level = about.level.and_then(|level| session.policy.level(level));
    let also = level.map(|level| level.also.get(app.locale.lang())).unwrap_or_default();
    if !also.is_empty() {
        app.ui.tell(&format!("  {also}"));
    }
    if rings {
        app.ui.tell_command(&app.locale.text("new-all-numbers"), &session.command("who"));
    }
}

fn say_rounds(session: &Session<'_>, rounds: &[Round<'_>]) {
    let app = session.app;
    let names = session.names();
    let rings_now = |round: &Round<'_>| round.by == Channel::Phone && opens(session, round).is_none();
    if rounds.iter().any(rings_now) {
        app.ui.tell(&app.locale.text("new-nothing-rings"));
    }
    for round in rounds {
        let role = round.role.map(|role| say!(app.locale, "new-for-role", role = names.role(role)));
        let (role, people) = (role.unwrap_or_default(), in_one_line(round, &names));
        let line = match (opens(session, round), round.by) {
            (Some(opens), _) => {
                let time = session.clock().date_time(opens);
                say!(app.locale, "new-call-later", role = role, time = time, people = people)
            }
            (None, Channel::Phone) => say!(app.locale, "new-phone", role = role, people = people),
            (None, Channel::Chat) => say!(app.locale, "new-chat", role = role, people = people),
        };
        app.ui.tell(&line);
    }
}

/// Where nothing is set up, the roles that the level calls.
fn say_roles(session: &Session<'_>, level: Option<&str>, rounds: &[Round<'_>]) {
    let (app, names) = (session.app, session.names());
    let roles: Vec<String> =
        rounds.iter().filter_map(|round| round.role).map(|role| names.role(role)).collect();
    let roles = roles.join(&app.locale.text("list-separator"));
    if roles.is_empty() {
        return;
    }
    if level.is_none_or(|level| session.policy.level(level).is_none()) {
        app.ui.tell(&say!(app.locale, "new-call-lead", role = roles));
    } else {
        app.ui.tell(&say!(app.locale, "new-call", roles = roles));
    }
}
