//! `incident handover`: a role passes on, with what the next person has to know.

mod draft;

use serde::Serialize;

use self::draft::Draft;
use crate::commands::acceptance;
use crate::commands::app::App;
use crate::commands::archive::find;
use crate::commands::assign::{brief, find_role};
use crate::commands::record::record;
use crate::commands::session::{Need, Session};
use crate::commands::write_args::{Recorder, Recording, Target};
use crate::document::IncidentFile;
use crate::domain::handover::pending;
use crate::domain::incident::Incident;
use crate::domain::names::Purpose;
use crate::domain::people::Role;
use crate::failure::{Exit, Failure, Message};
use crate::locale::times::Clock;
use crate::say;
use crate::ui::{LinePrompt, OnEnter, PromptSession, Reply};
use crate::view::handover::Handover;
use crate::view::sanitize::sanitize_block;

/// Hand a role over, with what the next person has to know
///
/// Five lines are drafted from the record: where it stands, what is being waited for, what was promised, what must not be
/// done, and what is undecided. The role passes when the other person says yes; until then it stays where it is.
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// Who takes it over: handle, name or e-mail
    #[arg(value_name = "PERSON")]
    pub person: Option<String>,

    /// The role [default: the one you hold, else the lead]
    #[arg(short, long, value_name = "ROLE")]
    pub role: Option<String>,

    /// They have said yes
    #[arg(long)]
    pub accepted: bool,

    #[command(flatten)]
    pub lines: Lines,

    /// Print the draft and record nothing
    #[arg(long)]
    pub print: bool,

    #[command(flatten)]
    pub target: Target,

    #[command(flatten)]
    pub recording: Recording,
}

/// Words in place of the drafted ones.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Lines {
    /// Where it stands [default: status and last words]
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub now: Option<String>,

    /// What is being waited for [default: open work]
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub waiting: Option<String>,

    /// What was promised [default: next update and estimate]
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub promised: Option<String>,

    /// What must not be done
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub do_not: Option<String>,

    /// What is not decided yet
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub undecided: Option<String>,
}

#[derive(Serialize)]
struct HandoverJson {
    id: String,
    now: String,
    waiting: String,
    promised: String,
    do_not: String,
    undecided: String,
    text: String,
}

pub fn run(args: Args, app: &App) -> anyhow::Result<()> {
    let session = Session::open(app, Need::Settings)?;
    let purpose = if args.print { Purpose::Reading } else { Purpose::Writing };
    let found = find(&session, args.target.incident.as_deref(), purpose)?;
    let file = session.incident_file(&found.path)?;
    let draft = drafted(&session, &args.lines, &file);
    if args.print {
        return print(&session, &file.incident, draft);
    }
    let recorder = Recorder::new(&session, &args.recording)?;
    let role = role_of(&session, args.role.as_deref(), &file.incident, &recorder)?;
    tell_if_asked(&session, &file, role, &recorder);
    let mut kept =
        Draft::of(&session, &found.incident.id, args.person.as_deref(), args.recording.commit.dry_run)?;
    let (person, draft) = if app.ui.interactive() {
        asked(&session, &args, draft, &mut kept).map_err(|error| kept.keep(error))?
    } else {
        (args.person.clone().ok_or_else(|| nobody_named(&session))?, draft)
    };
    let person = session.handle_of(person.trim(), &recorder.actor);
    let acceptance = acceptance::settle(&session, &file.incident, role, &person, args.accepted, &recorder)
        .map_err(|error| kept.keep(error))?;
    let words = draft.lines(&session.documents).join("\n");
    let recorded = record(&session, &found.path, &recorder, &args.recording.commit, &|file| {
        let act = recorder.act(&session, &words);
        Ok(acceptance::change(&file.incident, role, &person, acceptance, &act))
    })
    .map_err(|error| kept.keep(error))?;
    session.say_of_kept("draft-left", kept.remove(&session));
    if recorded.commit.is_some() {
        brief(&session, role, &person, &recorded.incident);
    }
    acceptance::conclude(&session, role, &recorded)
}

/// The draft, which nobody has been given yet.
fn print(session: &Session<'_>, incident: &Incident, draft: Handover) -> anyhow::Result<()> {
    let text = draft.lines(&session.documents).join("\n");
    let app = session.app;
    if !app.globals.json {
        return Ok(app.ui.out(&sanitize_block(&text))?);
    }
    let Handover { now, waiting, promised, do_not, undecided } = draft;
    let id = incident.id.to_string();
    let json = HandoverJson { id, now, waiting, promised, do_not, undecided, text };
    app.print_json("incident.handover", &json)
}

fn nobody_named(session: &Session<'_>) -> Failure {
    Failure::new(Exit::Usage, "nobody-named")
        .hint(Message::new("hint-command").with("command", session.command("handover mio --accepted")))
}

/// Whoever was asked to take the role over wants to say yes, not to hand it on.
fn tell_if_asked(session: &Session<'_>, file: &IncidentFile, role: &Role, recorder: &Recorder) {
    let app = session.app;
    let entries = file.timeline.to_entries();
    for offer in pending(&file.incident, &entries).iter().filter(|offer| offer.to == recorder.actor.handle) {
        if offer.role == role.id {
            let command = session.command(&format!("assign {} me -i {}", role.id, file.incident.id.short()));
            let name = session.names().role(&role.id);
            app.ui.tell(&say!(app.locale, "handover-asked-of-you", role = name));
            app.ui.tell_command(&app.locale.text("handover-accept"), &command);
        }
    }
}

/// The role that is meant: the named one, else one that the person holds alone, else the lead.
fn role_of<'a>(
    session: &'a Session<'_>,
    word: Option<&str>,
    incident: &Incident,
    recorder: &Recorder,
) -> anyhow::Result<&'a Role> {
    if let Some(word) = word {
        return find_role(session, word);
    }
    let staff = &session.settings.staff;
    let holds = |role: &&Role| !role.many && incident.holders(&role.id).contains(&recorder.actor.handle);
    let role = staff.roles.iter().find(holds).or_else(|| staff.lead());
    role.ok_or_else(|| Failure::new(Exit::NotFound, "no-lead-role").into())
}

/// The record's own draft, with the words of the command line in it.
fn drafted(session: &Session<'_>, lines: &Lines, file: &IncidentFile) -> Handover {
    let names = session.names_in(&session.documents);
    let clock = Clock { locale: &session.documents, now: session.now(), zone: session.settings.zone };
    let draft = Handover::draft(&names, &clock, file, &session.settings.steps);
    let given = |line: &Option<String>, drafted: String| line.clone().unwrap_or(drafted);
    Handover {
        now: given(&lines.now, draft.now),
        waiting: given(&lines.waiting, draft.waiting),
        promised: given(&lines.promised, draft.promised),
        do_not: given(&lines.do_not, draft.do_not),
        undecided: given(&lines.undecided, draft.undecided),
    }
}

/// Asks whom, and for each line that no flag gave, on which the draft stands to be edited, or what was kept from before.
fn asked(
    session: &Session<'_>,
    args: &Args,
    draft: Handover,
    kept: &mut Draft,
) -> anyhow::Result<(String, Handover)> {
    let app = session.app;
    if !kept.is_empty() {
        app.ui.tell(&app.locale.text("update-draft-found"));
    }
    let mut prompts = app.ui.session()?;
    let person = match &args.person {
        Some(person) => person.clone(),
        None => loop {
            let person = line(session, &mut prompts, "handover-to", "", kept)?;
            if !person.is_empty() {
                break person;
            }
        },
    };
    app.ui.tell(&app.locale.text("handover-edit"));
    let mut ask = |given: &Option<String>, key: &'static str, drafted: String| match given {
        Some(_) => Ok(drafted),
        None => line(session, &mut prompts, key, &drafted, kept),
    };
    let lines = &args.lines;
    let handover = Handover {
        now: ask(&lines.now, "handover-now", draft.now)?,
        waiting: ask(&lines.waiting, "handover-waiting", draft.waiting)?,
        promised: ask(&lines.promised, "handover-promised", draft.promised)?,
        do_not: ask(&lines.do_not, "handover-do-not", draft.do_not)?,
        undecided: ask(&lines.undecided, "handover-undecided", draft.undecided)?,
    };
    drop(prompts);
    app.ui.tell(&say!(app.locale, "handover-say-aloud", person = person.as_str()));
    Ok((person, handover))
}

/// One line. What is typed is kept, ended or not, until the hand-over is recorded.
fn line(
    session: &Session<'_>,
    prompts: &mut PromptSession<'_>,
    key: &'static str,
    drafted: &str,
    kept: &mut Draft,
) -> anyhow::Result<String> {
    let label = session.app.locale.text(key);
    let start = kept.get(key).unwrap_or(drafted).to_owned();
    match prompts.line(&LinePrompt { label: &label, enter: OnEnter::Nothing, start: &start })? {
        Reply::Value(typed) => {
            kept.take_in(session, key, drafted, &typed)?;
            Ok(typed)
        }
        Reply::Interrupted { typed } => {
            kept.take_in(session, key, drafted, &typed)?;
            Err(Failure::new(Exit::Interrupted, "interrupted").into())
        }
    }
}
