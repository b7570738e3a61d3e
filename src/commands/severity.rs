//! `incident severity`: set the level of an incident, or ask the questions again.

use std::collections::BTreeMap;

use super::announce::announce;
use super::answers::{self, AnswerArgs};
use super::app::App;
use super::archive::find;
use super::asking;
use super::new::calls;
use super::record::record;
use super::session::{Need, Session};
use super::write_args::{Recorder, Recording, Target};
use crate::domain::act;
use crate::domain::calling;
use crate::domain::incident::{Answer, Incident};
use crate::domain::names::Purpose;
use crate::domain::scope::Circumstances;
use crate::domain::triage::{Finding, Situation};
use crate::failure::{Exit, Failure, Message};
use crate::say;

/// Set the level of an incident, or work it out from the questions again
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// The level: its id or name; without one the questions decide
    #[arg(value_name = "LEVEL")]
    pub level: Option<String>,

    /// Take the level away: not rated
    #[arg(long, conflicts_with = "level")]
    pub unrated: bool,

    #[command(flatten)]
    pub answers: AnswerArgs,

    /// Why
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true)]
    pub message: Option<String>,

    #[command(flatten)]
    pub target: Target,

    #[command(flatten)]
    pub recording: Recording,
}

pub fn run(args: Args, app: &App) -> anyhow::Result<()> {
    let session = Session::open(app, Need::Policy)?;
    let stated = args.level.as_deref().map(|word| answers::find_level(&session, word)).transpose()?;
    let found = find(&session, args.target.incident.as_deref(), Purpose::Writing)?;
    let recorder = Recorder::new(&session, &args.recording)?;
    let given = args.answers.read(&session, found.incident.kind.as_deref())?;
    let (level, answers, reason) = match stated {
        Some(level) => (Some(level), given, String::new()),
        None if args.unrated => (None, given, String::new()),
        None => from_questions(&session, &found.incident, given)?,
    };
    let words = args.message.unwrap_or(reason);
    let recorded = record(&session, &found.path, &recorder, &args.recording.commit, &|file| {
        Ok(act::rate(&file.incident, level.as_deref(), &answers, &recorder.act(&session, &words)))
    })?;
    announce(&session, &recorded)?;
    let calls_others =
        calling::calls_others(&session.policy, &session.settings.flow, &found.incident, &recorded.incident);
    if recorded.commit.is_some() && calls_others {
        calls::say(&session, Circumstances::from(&recorded.incident), &recorded.incident.roles);
    }
    if recorded.incident.severity == found.incident.severity {
        return Ok(());
    }
    super::step::tell_rest(&session, &recorded)
}

type Rating = (Option<String>, BTreeMap<String, Answer>, String);

/// The level that the questions come to: those given, those answered before, and on a terminal the rest.
fn from_questions(
    session: &Session<'_>,
    incident: &Incident,
    given: BTreeMap<String, Answer>,
) -> anyhow::Result<Rating> {
    let (kind, products) = (incident.kind.as_deref(), incident.products.as_slice());
    let mut answers = incident.answers.clone();
    answers.extend(given.clone());
    if session.app.ui.interactive() {
        // What nobody was sure of is asked again; whoever leaves it for later leaves it as it was.
        let mut sure = answers.clone();
        sure.retain(|id, answer| *answer != Answer::Unsure || given.contains_key(id));
        answers.extend(asking::ask_all(session, kind, products, sure)?);
    }
    let situation = Situation { policy: &session.policy, kind, products, answers: &answers };
    if !session.app.ui.interactive() && !situation.remaining_after_report(&[]).is_empty() {
        return Err(undecided(session, incident, &situation).into());
    }
    let assessment = situation.assess();
    let reason = answers::reason_in_words(session, &session.documents, &assessment);
    match assessment.finding {
        Finding::Level(level) => Ok((Some(level), answers, reason)),
        Finding::Unrated if !session.app.ui.interactive() || answers == incident.answers => {
            Err(undecided(session, incident, &situation).into())
        }
        Finding::Unrated => Ok((incident.severity.clone(), answers, reason)),
        Finding::Declined => {
            session.app.ui.say(&say!(session.app.locale, "severity-declined", id = incident.id.short()));
            Err(Failure::new(Exit::Refused, "severity-is-no-incident")
                .hint(session.hint("hint-decline").with("id", incident.id.short()))
                .into())
        }
    }
}

/// What is still to be answered, and the kind first where nobody has said it: most questions are about one kind.
fn undecided(session: &Session<'_>, incident: &Incident, situation: &Situation<'_>) -> Failure {
    let failure = answers::missing(session, situation, "severity-undecided");
    let kinds = &session.policy.kinds;
    if incident.kind.is_some() || kinds.is_empty() {
        return failure;
    }
    let kinds: Vec<&str> = kinds.iter().map(|kind| kind.id.as_str()).collect();
    let command = session.command(&format!("set kind=KIND -i {}", incident.id.short()));
    failure
        .hint(Message::new("hint-kind-first").with("command", command))
        .hint(Message::new("hint-known-names").with("names", kinds.join(", ")))
}
