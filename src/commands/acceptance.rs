//! Whether a role passes at once: only whoever takes it over can say so, or somebody who heard them say it.

use super::announce::announce;
use super::record::Recorded;
use super::session::Session;
use super::write_args::Recorder;
use crate::domain::act::{self, Act, Assignment};
use crate::domain::change::Change;
use crate::domain::event::{EventKind, Milestone};
use crate::domain::handover::{self, tenures};
use crate::domain::incident::Incident;
use crate::domain::people::Role;
use crate::say;
use crate::ui::YesNoPrompt;
use crate::view::handover::tenure;

/// What a hand-over comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acceptance {
    Accepted,
    /// Given what nobody else has to give up; they have not said yes yet.
    Given,
    /// Asked for: until they say yes the role stays where it is.
    Offered,
}

/// Whether `person` takes `role` over from those who hold it, as `flag` says or a person at the terminal.
///
/// A role that nobody holds, or several may hold, passes from nobody.
pub fn settle(
    session: &Session<'_>,
    incident: &Incident,
    role: &Role,
    person: &str,
    flag: bool,
    recorder: &Recorder,
) -> anyhow::Result<Acceptance> {
    let holders = incident.holders(&role.id);
    let staff = &session.settings.staff;
    let takes_it_themselves = recorder.who == staff.display_name(person);
    let holds_already = holders.iter().any(|holder| holder == person);
    if flag || takes_it_themselves {
        return Ok(Acceptance::Accepted);
    }
    if role.many || holders.is_empty() || holds_already {
        return Ok(Acceptance::Given);
    }
    if !session.app.ui.interactive() {
        return Ok(Acceptance::Offered);
    }
    let person = staff.display_name(person);
    let text = say!(session.app.locale, "handover-accepted", person = person);
    let no = session.app.locale.text("handover-not-yet");
    let prompt = YesNoPrompt { text: &text, yes: "", no: &no, enter: None };
    let accepted = session.app.ui.session()?.yes_no(&prompt)?.answered()?;
    Ok(if accepted { Acceptance::Accepted } else { Acceptance::Offered })
}

/// The change that `acceptance` comes to.
pub fn change(
    incident: &Incident,
    role: &Role,
    person: &str,
    acceptance: Acceptance,
    act: &Act<'_>,
) -> Change {
    match acceptance {
        Acceptance::Accepted => act::assign(incident, role, Assignment::Take(person), act),
        Acceptance::Given => act::assign(incident, role, Assignment::Give(person), act),
        Acceptance::Offered => handover::offer(incident, role, person, act),
    }
}

/// Says what was recorded, who holds the role now, and who may rest.
pub fn conclude(session: &Session<'_>, role: &Role, recorded: &Recorded) -> anyhow::Result<()> {
    announce(session, recorded)?;
    if recorded.commit.is_none() {
        return Ok(());
    }
    let (app, names) = (session.app, session.names());
    let people = |list: &str| -> String {
        let handles: Vec<String> = list.split(", ").map(str::to_owned).collect();
        names.people(&handles)
    };
    let is_taken_on = recorded.incident.times.contains_key(&Milestone::Acknowledged);
    for entry in &recorded.entries {
        match &entry.kind {
            EventKind::HandoverOffered { from, to, .. } => {
                let (from, to) = (people(from), people(to));
                let role_name = names.role(&role.id);
                app.ui.tell(&say!(app.locale, "handover-offered", role = role_name, from = from, to = to));
                tell_how_to_accept(session, role, recorded);
            }
            EventKind::RoleTaken { .. } if role.lead && !is_taken_on => {
                tell_how_to_accept(session, role, recorded);
            }
            EventKind::Handover { from, .. } => {
                tell_tenures(session, role, recorded)?;
                app.ui.tell(&say!(app.locale, "handover-thanks", person = people(from)));
            }
            _ => {}
        }
    }
    Ok(())
}

fn tell_how_to_accept(session: &Session<'_>, role: &Role, recorded: &Recorded) {
    let app = session.app;
    let id = recorded.incident.id.short();
    let command = session.command(&format!("assign {} me -i {id}", role.id));
    app.ui.tell_command(&app.locale.text("handover-accept"), &command);
}

/// `指揮: 佐藤（02:58〜03:50）→ 渡辺（03:50〜）`
fn tell_tenures(session: &Session<'_>, role: &Role, recorded: &Recorded) -> anyhow::Result<()> {
    let file = session.incident_file(&recorded.path)?;
    let entries = file.timeline.to_entries();
    let (names, clock) = (session.names(), session.clock());
    let held: Vec<String> = tenures(&file.incident, &entries)
        .iter()
        .filter(|one| one.role == role.id)
        .map(|one| tenure(one, &names, &clock))
        .collect();
    session.app.ui.tell(&format!("  {}: {}", names.role(&role.id), held.join(" → ")));
    Ok(())
}
