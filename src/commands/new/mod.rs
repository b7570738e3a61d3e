//! `incident new`: declare an incident. What is known is recorded first, everything else can follow.

mod declare;
mod draft;
mod interview;
mod join;
mod rest;
mod routing;
mod start;

use super::announce;
use super::answers::{self, AnswerArgs};
use super::app::App;
use super::archive::Archive;
use super::session::Session;
use super::set;
use super::write_args::CommitArgs;
use crate::domain::incident::{DETECTED_BY, Mode};
use crate::domain::triage::Finding;
use crate::failure::{Exit, Failure, Message};
use crate::view::sanitize::clean_title;

use self::declare::Declaration;
use self::interview::Interview;

/// Declare an incident: a few yes/no questions, a title, and it is recorded
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Args {
    /// What it is, in a few words
    #[arg(value_name = "TITLE")]
    pub title: Option<String>,

    /// The kind: its id or name
    #[arg(short, long, value_name = "KIND")]
    pub kind: Option<String>,

    /// A product it touches; may be repeated
    #[arg(short, long, value_name = "PRODUCT")]
    pub product: Vec<String>,

    /// The level; then no question is asked
    #[arg(short, long, value_name = "LEVEL", conflicts_with = "unrated")]
    pub severity: Option<String>,

    /// Record without a level; no question is asked
    #[arg(long)]
    pub unrated: bool,

    #[command(flatten)]
    pub answers: AnswerArgs,

    /// A fact of your own intake; may be repeated
    #[arg(long, value_name = "FIELD=VALUE")]
    pub field: Vec<String>,

    /// When it was declared, if not now
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub at: Option<String>,

    /// Since when people have been in trouble
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub started: Option<String>,

    /// Who declares it, if not you
    #[arg(long, value_name = "PERSON")]
    pub by: Option<String>,

    /// What is seen: screen, error text, URL
    #[arg(short, long, value_name = "TEXT")]
    pub message: Option<String>,

    /// How it was noticed: monitoring, customer, staff, partner
    #[arg(long, value_name = "WORD")]
    pub detected_by: Option<String>,

    /// A repeat with the same key returns the first incident
    #[arg(long, value_name = "KEY")]
    pub key: Option<String>,

    /// Practice: nobody is called and nothing counts
    #[arg(long, conflicts_with = "retro")]
    pub drill: bool,

    /// It is over already, and recorded for the archive
    #[arg(long)]
    pub retro: bool,

    /// Record here, even if the kind has a store of its own
    #[arg(long)]
    pub here: bool,

    /// Write what was kept when something stood in the way
    #[arg(long, conflicts_with_all = ["title", "discard"])]
    pub resume: bool,

    /// Throw the kept drafts away
    #[arg(long, conflicts_with = "title")]
    pub discard: bool,

    #[command(flatten)]
    pub commit: CommitArgs,
}

pub fn run(args: Args, app: &App) -> anyhow::Result<Exit> {
    let session = start::open_or_create(app)?;
    if args.discard {
        return draft::discard(&session).map(|()| Exit::Done);
    }
    if args.resume {
        return draft::resume(&session, &args.commit);
    }
    let declaration = from_flags(&session, &args)?;
    if let Some(earlier) = start::by_key(&session, args.key.as_deref())? {
        app.ui.say(&app.locale.text("new-key-known"));
        announce::print(&session, &earlier)?;
        return Ok(Exit::Done);
    }
    begin(&session, declaration, &args.commit, args.here)
}

/// Takes a declaration, complete or not, to its commit.
pub fn begin(
    session: &Session<'_>,
    declaration: Declaration,
    commit: &CommitArgs,
    here: bool,
) -> anyhow::Result<Exit> {
    let routed = routing::route(session, declaration.kind.as_deref(), here)?;
    let session = routed.as_ref().unwrap_or(session);
    if session.app.ui.interactive() && !declaration.is_enough() {
        return Interview::new(session, declaration, commit, here).run();
    }
    complete(session, &declaration)?;
    let obstacle = start::obstacle(session, commit);
    if let Some(obstacle) = obstacle {
        return Err(draft::keep(session, &declaration, true, obstacle)?);
    }
    let recorded = match declare::declare(session, &declaration, commit) {
        Ok(recorded) => recorded,
        Err(error) => return Err(draft::keep(session, &declaration, true, error)?),
    };
    declare::announce(session, &declaration, &recorded)?;
    announce::print(session, &recorded)?;
    Ok(Exit::Done)
}

/// The declaration as far as the command line gives it.
fn from_flags(session: &Session<'_>, args: &Args) -> anyhow::Result<Declaration> {
    let policy = &session.policy;
    let only_kind = || (policy.kinds.len() == 1).then(|| policy.kinds[0].id.clone());
    let kind = match &args.kind {
        Some(word) => Some(set::kind(session, word)?),
        None => only_kind(),
    };
    let products =
        args.product.iter().map(|word| set::product(session, word)).collect::<Result<Vec<_>, _>>()?;
    let severity = args.severity.as_deref().map(|word| answers::find_level(session, word)).transpose()?;
    let declared = session.moment(args.at.as_deref())?;
    let started = args.started.as_deref().map(|text| session.past_moment(text)).transpose()?;
    let mode = match (args.drill, args.retro) {
        (true, _) => Mode::Drill,
        (_, true) => Mode::Retrospective,
        _ => Mode::Real,
    };
    let title = args.title.as_deref().map(|title| title_of(session, title));
    Ok(Declaration {
        answers: args.answers.read(session, kind.as_deref())?,
        kind,
        products,
        severity,
        unrated: args.unrated,
        title: title.filter(|title| !title.is_empty()),
        mode,
        declared,
        started,
        detected_by: args.detected_by.as_deref().map(|word| detected_by(session, word)),
        seen: args.message.clone().unwrap_or_default(),
        fields: fields(session, &args.field)?,
        by: args.by.clone(),
        key: args.key.clone(),
        asked_for_product: !args.product.is_empty() || policy.products.len() < 2,
        name: None,
    })
}

/// The title without line breaks, control and bidi characters, and a word about it where there were some.
pub fn title_of(session: &Session<'_>, title: &str) -> String {
    let (clean, changed) = clean_title(title);
    if changed {
        session.app.ui.say(&session.app.locale.text("new-title-cleaned"));
    }
    clean
}

/// The token for a word or name of how it was noticed; a team's own word stays.
fn detected_by(session: &Session<'_>, word: &str) -> String {
    let names = session.names();
    let known = DETECTED_BY
        .into_iter()
        .find(|token| token.eq_ignore_ascii_case(word) || names.detected_by(token) == word);
    known.unwrap_or(word).to_owned()
}

fn fields(session: &Session<'_>, pairs: &[String]) -> anyhow::Result<Vec<(String, String)>> {
    let ids: Vec<&str> = session.policy.fields.iter().map(|field| field.id.as_str()).collect();
    let field = |pair: &String| {
        let known = pair.split_once('=').filter(|(id, _)| ids.contains(&id.trim()));
        let Some((id, value)) = known else {
            let failure = Failure::new(Exit::Usage, "no-such-field").with("text", pair);
            return Err(failure.hint(Message::new("hint-known-names").with("names", ids.join(", "))).into());
        };
        Ok((id.trim().to_owned(), set::field_value(session, id.trim(), value.trim())?))
    };
    pairs.iter().map(field).collect()
}

/// Off a terminal everything that could still matter must be there, or be left out on purpose.
fn complete(session: &Session<'_>, declaration: &Declaration) -> anyhow::Result<()> {
    if declaration.is_enough() {
        return Ok(());
    }
    let assessment = declaration.situation(&session.policy).assess();
    if declaration.kind.is_none() && !session.policy.kinds.is_empty() {
        let ids: Vec<&str> = session.policy.kinds.iter().map(|kind| kind.id.as_str()).collect();
        return Err(Failure::new(Exit::Usage, "new-needs-kind")
            .hint(Message::new("hint-kind-flag").with("names", ids.join(", ")))
            .hint(Message::new("hint-unrated"))
            .into());
    }
    let remaining = declaration.situation(&session.policy).remaining(&[]);
    if assessment.finding == Finding::Unrated && remaining.is_empty() {
        // Whoever judges it is asked later: the policy says so.
        return Ok(());
    }
    if remaining.is_empty() {
        return Ok(());
    }
    let failure = answers::missing(session, &declaration.situation(&session.policy), "new-needs-answers");
    Err(failure.hint(Message::new("hint-unrated")).into())
}

/// The incidents that somebody has to act on now.
pub fn live(session: &Session<'_>, archive: &Archive) -> Vec<super::archive::Found> {
    let flow = &session.settings.flow;
    let is_live = |found: &&super::archive::Found| flow.category(&found.incident.status).is_live();
    archive.found.iter().filter(is_live).cloned().collect()
}
