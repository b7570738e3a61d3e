//! `incident assign`: who holds which role.

use std::collections::BTreeSet;

use super::acceptance;
use super::announce::announce;
use super::app::App;
use super::archive::find;
use super::record::record;
use super::session::{Need, Session};
use super::suggestion::{Named, not_known, suggestion};
use super::write_args::{Recorder, Recording, Target};
use crate::domain::act::{self, Assignment};
use crate::domain::incident::Incident;
use crate::domain::invocation::quoted;
use crate::domain::names::Purpose;
use crate::domain::people::Role;
use crate::domain::text::Text;
use crate::failure::{Exit, Failure, Message};
use crate::say;
use crate::ui::Item;

/// Give somebody a role, or take it from them
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// The role: its id or name; without one you choose at the terminal
    #[arg(value_name = "ROLE")]
    pub role: Option<String>,

    /// Who takes it: handle, name, e-mail, or me
    #[arg(value_name = "PERSON", default_value = "me")]
    pub person: String,

    /// The person gives the role up
    #[arg(long)]
    pub remove: bool,

    /// They have said yes: the role passes at once from whoever holds it
    #[arg(long, conflicts_with = "remove")]
    pub accepted: bool,

    /// Why, or what is handed over
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true)]
    pub message: Option<String>,

    #[command(flatten)]
    pub target: Target,

    #[command(flatten)]
    pub recording: Recording,
}

pub fn run(args: Args, app: &App) -> anyhow::Result<()> {
    let session = Session::open(app, Need::Settings)?;
    let named = args.role.as_deref().map(|word| find_role(&session, word)).transpose()?;
    if named.is_none() && !app.ui.interactive() {
        let failure = Failure::new(Exit::Usage, "no-role-named");
        return Err(suggestion("", known(&session), app.locale.lang())
            .into_iter()
            .fold(failure, Failure::hint)
            .into());
    }
    let found = find(&session, args.target.incident.as_deref(), Purpose::Writing)?;
    let role = named.map_or_else(|| choose(&session, &found.incident), Ok)?;
    let recorder = Recorder::new(&session, &args.recording)?;
    let person = session.handle_of(args.person.trim(), &recorder.actor);
    if person.is_empty() {
        return Err(Failure::new(Exit::Usage, "nobody-named").into());
    }
    let acceptance = match args.remove {
        true => None,
        false => {
            Some(acceptance::settle(&session, &found.incident, role, &person, args.accepted, &recorder)?)
        }
    };
    let words = args.message.unwrap_or_default();
    let recorded = record(&session, &found.path, &recorder, &args.recording.commit, &|file| {
        let act = recorder.act(&session, &words);
        Ok(match acceptance {
            None => act::assign(&file.incident, role, Assignment::Leave(&person), &act),
            Some(acceptance) => acceptance::change(&file.incident, role, &person, acceptance, &act),
        })
    })?;
    if acceptance.is_none() {
        return announce(&session, &recorded);
    }
    if recorded.commit.is_some() {
        brief(&session, role, &person, &recorded.incident);
    }
    acceptance::conclude(&session, role, &recorded)
}

/// The role with this id or name; an error that names those there are.
pub fn find_role<'a>(session: &'a Session<'_>, word: &str) -> anyhow::Result<&'a Role> {
    let staff = &session.settings.staff;
    staff.role(word).ok_or_else(|| not_known(session, "no-such-role", word, known(session)).into())
}

fn known<'a>(session: &'a Session<'_>) -> impl Iterator<Item = Named<'a>> {
    session.settings.staff.roles.iter().map(|role| Named { id: &role.id, name: Some(&role.name) })
}

/// Lets the person choose a role, each with those who hold it.
fn choose<'s>(session: &'s Session<'_>, incident: &Incident) -> anyhow::Result<&'s Role> {
    let (names, roles) = (session.names(), &session.settings.staff.roles);
    let item = |role: &Role| Item::new(names.role(&role.id), names.people(incident.holders(&role.id)));
    let items: Vec<Item> = roles.iter().map(item).collect();
    let prompt = session.app.locale.text("assign-which-role");
    let chosen = session.app.ui.session()?.pick(&prompt, &items)?.answered()?;
    Ok(&roles[chosen])
}

/// Tells what the role does, and points out where one person holds two that should be apart.
pub fn brief(session: &Session<'_>, role: &Role, person: &str, incident: &Incident) {
    let app = session.app;
    let settings = &session.settings;
    let does = role.does.get(app.locale.lang());
    if !does.is_empty() {
        app.ui.say(&format!("  {does}"));
    }
    if !settings.staff.people.is_empty() && settings.staff.person(person).is_none() {
        app.ui.tell(&say!(app.locale, "person-not-listed", person = person));
        let near = near_people(session, person);
        near.iter().for_each(|hint| app.ui.tell(&format!("  {}", app.locale.say(hint))));
    }
    say_who_holds_both(session, role, person, incident);
}

/// Points out where one person holds this role and one that should be apart, whoever was given it now.
fn say_who_holds_both(session: &Session<'_>, role: &Role, person: &str, incident: &Incident) {
    let (app, names) = (session.app, session.names());
    let involved: BTreeSet<&String> = incident.roles.iter().flat_map(|(_, people)| people).collect();
    // Whoever is alone has no choice.
    if involved.len() < 2 {
        return;
    }
    let apart = |other: &&Role| role.apart_from.contains(&other.id) || other.apart_from.contains(&role.id);
    for other in session.settings.staff.roles.iter().filter(apart) {
        let holds_other = |holder: &&String| incident.holders(&other.id).contains(*holder);
        for holder in incident.holders(&role.id).iter().filter(holds_other) {
            let (role_name, other_name) = (names.role(&role.id), names.role(&other.id));
            if holder == person {
                app.ui.say(&say!(app.locale, "roles-better-apart", role = role_name, other = other_name));
            } else {
                let holder_name = names.people(std::slice::from_ref(holder));
                let both = say!(
                    app.locale,
                    "roles-still-together",
                    person = holder_name,
                    role = role_name,
                    other = other_name
                );
                app.ui.say(&both);
                let id = incident.id.short();
                let command =
                    session.command(&format!("assign {} {} --remove -i {id}", role.id, quoted(holder)));
                app.ui.tell_command(&app.locale.text("roles-take-away"), &command);
            }
        }
    }
}

/// Who may have been meant by a name that is not on the list; nobody where none is near.
pub fn near_people(session: &Session<'_>, word: &str) -> Option<Message> {
    let people = &session.settings.staff.people;
    let names: Vec<Text> = people.iter().map(|person| Text::plain(&person.name)).collect();
    let known =
        people.iter().zip(&names).map(|(person, name)| Named { id: &person.handle, name: Some(name) });
    suggestion(word, known, session.app.locale.lang()).filter(|hint| hint.key == "hint-near-names")
}
