//! `incident policy explain`: the path from answers to a level, of an incident, of given answers, or of the whole policy.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::answers::AnswerArgs;
use super::super::app::App;
use super::super::archive::{Found, find};
use super::super::session::{Need, Session};
use super::super::set;
use super::super::write_args::Which;
use super::check::{RuleJson, reason_token};
use super::review::{finding_token, verdict_token};
use crate::domain::event::EventKind;
use crate::domain::incident::{Answer, Incident};
use crate::domain::moment::rfc3339;
use crate::domain::names::Purpose;
use crate::domain::policy::{AskWhen, Kind, Policy, Question, Unsure};
use crate::domain::policy_path::{Path, path};
use crate::domain::policy_review;
use crate::domain::triage::{Finding, Situation};
use crate::failure::{Exit, Failure, Message};
use crate::say;
use crate::ui::Stream;
use crate::view::policy_overview::{self, Overview};
use crate::view::policy_path::{PathContent, PathPage};

/// Show how answers lead to a level: for an incident, for given answers, or the whole policy
#[derive(clap::Args, Clone, Debug)]
#[command(mut_arg("incident", |arg| {
    arg.help("The incident: id, a part of it, alias, or words of its title [default: the whole policy]")
}))]
pub struct Args {
    #[command(flatten)]
    pub which: Which,

    /// What kind of thing it is
    #[arg(long, value_name = "KIND", conflicts_with = "Which")]
    pub kind: Option<String>,

    /// What is affected; may be repeated
    #[arg(long, value_name = "PRODUCT", conflicts_with = "Which")]
    pub product: Vec<String>,

    #[command(flatten)]
    pub answers: AnswerArgs,
}

/// What the path is played with.
struct Given {
    kind: Option<String>,
    products: Vec<String>,
    answers: BTreeMap<String, Answer>,
    /// The incident, and how its level was set where a person did that.
    incident: Option<(Incident, Option<SetByHand>)>,
}

/// A level that somebody gave by hand.
#[derive(Clone, Debug, Serialize)]
struct SetByHand {
    level: Option<String>,
    at: Option<String>,
    by: Option<String>,
    reason: Option<String>,
}

pub fn run(args: Args, app: &App) -> anyhow::Result<()> {
    let session = Session::open(app, Need::Policy)?;
    let word = args.which.word()?;
    let nothing_given =
        word.is_none() && args.kind.is_none() && args.product.is_empty() && args.answers.is_empty();
    if nothing_given {
        return overview(&session);
    }
    let given = match word {
        Some(word) => of_incident(&session, word, &args.answers)?,
        None => of_flags(&session, &args)?,
    };
    let situation = Situation {
        policy: &session.policy,
        kind: given.kind.as_deref(),
        products: &given.products,
        answers: &given.answers,
    };
    let path = path(&situation);
    if app.globals.json {
        let shown = ExplainJson { path: Some(PathJson::new(&session, &given, &path)), kinds: Vec::new() };
        return app.print_json("incident.policy.explain", &shown);
    }
    let id = given.incident.as_ref().map(|(incident, _)| incident.id.short().to_owned());
    let title = given.incident.as_ref().map(|(incident, _)| incident.title.as_str());
    let recorded = recorded_in_words(&session, &given, &path);
    let next = next_command(&session, &given, &path);
    let content = PathContent {
        heading: id.as_deref().zip(title),
        kind: given.kind.as_deref(),
        products: &given.products,
        path: &path,
        recorded: recorded.as_deref(),
        next: next.as_deref(),
    };
    let (width, palette) = (app.ui.width(Stream::Out), app.ui.palette(Stream::Out));
    let page = PathPage { names: session.names(), width, palette };
    Ok(app.ui.out(page.render(&content).trim_end())?)
}

fn overview(session: &Session<'_>) -> anyhow::Result<()> {
    let app = session.app;
    if app.globals.json {
        let kinds = session.policy.kinds.iter().map(Some);
        let kinds: Vec<Option<&Kind>> =
            if session.policy.kinds.is_empty() { vec![None] } else { kinds.collect() };
        let kinds = kinds.into_iter().map(|kind| KindJson::new(session, kind)).collect();
        return app.print_json("incident.policy.explain", &ExplainJson { path: None, kinds });
    }
    let (width, palette) = (app.ui.width(Stream::Out), app.ui.palette(Stream::Out));
    let page = Overview { names: session.names(), width, palette };
    Ok(app.ui.out(page.render().trim_end())?)
}

/// The incident's own answers, with those of the command line over them.
fn of_incident(session: &Session<'_>, word: &str, answers: &AnswerArgs) -> anyhow::Result<Given> {
    let found = find(session, Some(word), Purpose::Reading)?;
    let set_by_hand = set_by_hand(session, &found)?;
    let incident = found.incident;
    let mut all = incident.answers.clone();
    all.extend(answers.read(session, incident.kind.as_deref())?);
    Ok(Given {
        kind: incident.kind.clone(),
        products: incident.products.clone(),
        answers: all,
        incident: Some((incident, set_by_hand)),
    })
}

fn of_flags(session: &Session<'_>, args: &Args) -> anyhow::Result<Given> {
    let kinds = &session.policy.kinds;
    let kind = match (&args.kind, kinds.as_slice()) {
        (Some(word), _) => Some(set::kind(session, word)?),
        (None, []) => None,
        (None, [only]) => Some(only.id.clone()),
        (None, several) => {
            let ids: Vec<&str> = several.iter().map(|kind| kind.id.as_str()).collect();
            return Err(Failure::new(Exit::Usage, "new-needs-kind")
                .hint(Message::new("hint-kind-flag").with("names", ids.join(", ")))
                .into());
        }
    };
    let products = args.product.iter().map(|word| set::product(session, word)).collect::<Result<_, _>>()?;
    let answers = args.answers.read(session, kind.as_deref())?;
    Ok(Given { kind, products, answers, incident: None })
}

/// The last entry that gave the incident the level it has.
fn set_by_hand(session: &Session<'_>, found: &Found) -> anyhow::Result<Option<SetByHand>> {
    let file = session.incident_file(&found.path)?;
    let severity = &file.incident.severity;
    let gave = |kind: &EventKind| matches!(kind, EventKind::Severity { to, .. } if to == severity);
    let mut entries: Vec<_> = file.timeline.entries().filter(|entry| gave(&entry.kind)).collect();
    entries.sort_by_key(|entry| entry.recorded_at());
    Ok(entries.last().map(|entry| SetByHand {
        level: severity.clone(),
        at: Some(rfc3339(entry.at.at)),
        by: Some(entry.who.clone()).filter(|who| !who.is_empty()),
        reason: Some(entry.text.clone()).filter(|text| !text.is_empty()),
    }))
}

/// The recorded level where the rules come to another one.
fn recorded(given: &Given, path: &Path<'_>) -> Option<SetByHand> {
    let (incident, by_hand) = given.incident.as_ref()?;
    let found = match &path.assessment.finding {
        Finding::Level(level) => Some(level.as_str()),
        Finding::Declined => return None,
        Finding::Unrated => None,
    };
    if incident.severity.as_deref() == found {
        return None;
    }
    let unknown = SetByHand { level: incident.severity.clone(), at: None, by: None, reason: None };
    Some(by_hand.clone().unwrap_or(unknown))
}

fn recorded_in_words(session: &Session<'_>, given: &Given, path: &Path<'_>) -> Option<String> {
    let recorded = recorded(given, path)?;
    let locale = &session.app.locale;
    let level = session.names().level_in_full(recorded.level.as_deref());
    let at = recorded.at.as_deref().and_then(|at| chrono::DateTime::parse_from_rfc3339(at).ok());
    let at = at.map(|at| session.clock().date_time(at.with_timezone(at.offset())));
    let mut words = match (at, recorded.by) {
        (Some(at), Some(by)) => say!(locale, "explain-set-by", level = level, at = at, by = by),
        _ => level,
    };
    if let Some(reason) = recorded.reason {
        words.push_str(&say!(locale, "explain-set-because", reason = reason));
    }
    Some(words)
}

/// What answers the first open question, or the first one for later.
fn next_command(session: &Session<'_>, given: &Given, path: &Path<'_>) -> Option<String> {
    let (incident, _) = given.incident.as_ref()?;
    path.assessment.open.first().filter(|_| session.settings.flow.category(&incident.status).is_open())?;
    Some(session.command(&format!("severity -i {}", incident.id.short())))
}

#[derive(Serialize)]
struct ExplainJson {
    /// Null where the whole policy is shown.
    path: Option<PathJson>,
    /// The whole policy; empty where a path is shown.
    kinds: Vec<KindJson>,
}

#[derive(Serialize)]
struct PathJson {
    incident: Option<String>,
    kind: Option<String>,
    products: Vec<String>,
    /// Every question of the policy, those that are put first and in order.
    questions: Vec<TurnJson>,
    /// A level, `declined`, or null while nothing decides.
    level: Option<String>,
    decided_by: &'static str,
    /// The rules that apply, the one that decides first.
    rules: Vec<RuleJson>,
    /// The worst level that open questions could still lead to.
    possible: Option<String>,
    possible_rules: Vec<RuleJson>,
    /// The level that is recorded, where it is another one.
    recorded: Option<SetByHand>,
}

#[derive(Serialize)]
struct TurnJson {
    id: String,
    ask: String,
    turn: &'static str,
    answer: Option<&'static str>,
}

impl PathJson {
    fn new(session: &Session<'_>, given: &Given, path: &Path<'_>) -> Self {
        let (policy, lang) = (&session.policy, session.app.locale.lang());
        let turn = |(question, turn): &(&Question, crate::domain::policy_path::Turn)| TurnJson {
            id: question.id.clone(),
            ask: question.ask.get(lang).to_owned(),
            turn: turn.token(),
            answer: turn.answer().map(Answer::token),
        };
        let rules = |positions: &[usize]| positions.iter().map(|rule| RuleJson::new(policy, *rule)).collect();
        let finding = &path.assessment.finding;
        Self {
            incident: given.incident.as_ref().map(|(incident, _)| incident.id.to_string()),
            kind: given.kind.clone(),
            products: given.products.clone(),
            questions: path.turns.iter().map(turn).collect(),
            level: Some(finding_token(finding).to_owned()).filter(|_| *finding != Finding::Unrated),
            decided_by: reason_token(&path.assessment.reason),
            rules: rules(&path.matched),
            possible: path.assessment.possible.clone(),
            possible_rules: rules(&path.possible),
            recorded: recorded(given, path),
        }
    }
}

#[derive(Serialize)]
struct KindJson {
    /// Null where the policy has no kinds.
    id: Option<String>,
    name: Option<String>,
    /// The level that it has whatever is answered.
    fixed: Option<String>,
    /// A level or `declined`, where no rule applies.
    otherwise: Option<String>,
    /// The named store that it is recorded in.
    store: Option<String>,
    questions: Vec<QuestionJson>,
    /// The rules of more than a plain yes.
    rules: Vec<RuleJson>,
    /// What it can come to, worst first.
    reaches: Vec<String>,
}

#[derive(Serialize)]
struct QuestionJson {
    id: String,
    ask: String,
    products: Vec<String>,
    later: bool,
    /// `open` or `worse`.
    unsure: &'static str,
    /// The level of a yes alone.
    level: Option<String>,
}

impl KindJson {
    fn new(session: &Session<'_>, kind: Option<&Kind>) -> Self {
        let (policy, lang): (&Policy, _) = (&session.policy, session.app.locale.lang());
        let fixed = kind.and_then(|kind| kind.level.clone());
        let asked = if fixed.is_some() { Vec::new() } else { policy_overview::questions(policy, kind) };
        let rules = policy_overview::combined(policy, &asked).into_iter();
        let last = policy.levels.last().map(|level| level.id.clone()).filter(|_| fixed.is_none());
        let otherwise = kind.and_then(|kind| kind.otherwise.as_ref()).map(verdict_token).map(str::to_owned);
        let question = |question: &&Question| QuestionJson {
            id: question.id.clone(),
            ask: question.ask.get(lang).to_owned(),
            products: question.products.clone(),
            later: question.ask_when == AskWhen::Later,
            unsure: if question.unsure == Unsure::Worse { "worse" } else { "open" },
            level: policy_overview::own_level(policy, question).map(str::to_owned),
        };
        Self {
            id: kind.map(|kind| kind.id.clone()),
            name: kind.map(|kind| session.names().kind(&kind.id)),
            otherwise: otherwise.or(last),
            fixed,
            store: kind.and_then(|kind| kind.store.clone()),
            questions: asked.iter().map(question).collect(),
            rules: rules
                .map(|rule| RuleJson { when: rule.when.clone(), level: rule.level.clone() })
                .collect(),
            reaches: policy_review::reachable(policy, kind)
                .iter()
                .map(|one| verdict_token(one).to_owned())
                .collect(),
        }
    }
}
