//! `incident new`: declare an incident. What is known is recorded first, everything else can follow.

mod addition;
pub mod calls;
mod contents;
mod declaration;
mod declare;
mod draft;
mod flags;
mod interview;
mod join;
mod outcome;
mod questions;
mod rest;
mod resume;
mod routing;
mod similar;
mod start;
mod summary;
mod typed;

use super::announce;
use super::answers::{self, AnswerArgs};
use super::app::App;
use super::session::{Need, Session};
use super::set;
use super::share;
use super::write_args::CommitArgs;
use crate::failure::{Exit, Failure, Message};

use self::declaration::Declaration;
use self::declare::Declared;
use self::draft::{Draft, Slot};
use self::interview::{Beginning, Interview};
use self::resume::Wish;
use self::routing::Route;

/// Declare an incident: a few yes/no questions, a title, and it is recorded
#[derive(clap::Args, Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
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
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true)]
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
    #[serde(skip)]
    pub commit: CommitArgs,
}

pub fn run(mut args: Args, app: &App) -> anyhow::Result<Exit> {
    if args.discard || args.resume {
        let session = Session::open(app, Need::Policy)?;
        return if args.resume {
            resume::run(&session, &args.commit)
        } else {
            draft::discard(&session).map(|()| Exit::Done)
        };
    }
    let opened = start::open_or_create(app, &args)?;
    let routed = match of_kind(&opened.session, &args)? {
        Route::Here => None,
        Route::HereByChoice => {
            args.here = true;
            None
        }
        Route::Private(session) => Some(session),
        Route::Left => {
            app.ui.tell(&app.locale.text("new-nothing-recorded"));
            return Ok(Exit::Interrupted);
        }
    };
    let session = routed.as_deref().unwrap_or(&opened.session);
    let declaration = flags::read(session, &args, opened.name)?;
    if let Some(earlier) = declare::by_key(session, args.key.as_deref())? {
        outcome::announce_earlier(session, &declaration);
        return announce::print(session, &earlier).map(|()| Exit::Done);
    }
    if !app.ui.interactive() || declaration.is_enough() {
        return without_questions(session, &declaration, &args.commit);
    }
    if flags::are_absent(&args)
        && !args.commit.dry_run
        && let Wish::GoOn(exit) = resume::offer(session, &args.commit)?
    {
        return Ok(exit);
    }
    // What others have declared arrives while the person thinks.
    share::begin(session);
    let slot = Slot::new(session, !args.commit.dry_run);
    Interview::new(session, declaration, &args.commit, slot, Beginning::Fresh).run()
}

/// Where an incident of the kind on the command line is recorded.
fn of_kind<'a>(session: &Session<'a>, args: &Args) -> anyhow::Result<Route<'a>> {
    let kind = args.kind.as_deref().map(|word| set::kind(session, word)).transpose()?;
    if args.here { Ok(Route::Here) } else { routing::route(session, kind.as_deref()) }
}

/// Records what the command line says. What cannot be written is kept.
fn without_questions(
    session: &Session<'_>,
    declaration: &Declaration,
    commit: &CommitArgs,
) -> anyhow::Result<Exit> {
    complete(session, declaration)?;
    match declare::declare(session, declaration, commit) {
        Ok(Declared::Recorded(recorded)) => {
            if commit.dry_run && !session.app.globals.json {
                return Ok(Exit::Done);
            }
            if !commit.dry_run {
                outcome::announce(session, declaration, &recorded);
            }
            similar::print(session, declaration, &recorded)?;
        }
        Ok(Declared::Before(recorded)) => {
            outcome::announce_earlier(session, declaration);
            announce::print(session, &recorded)?;
        }
        Err(error) => {
            let mut slot = Slot::new(session, !commit.dry_run);
            return Err(slot.keep(session, &Draft::Complete(declaration.clone()), error));
        }
    }
    Ok(Exit::Done)
}

/// Off a terminal everything that could still matter must be there, or be left out on purpose.
fn complete(session: &Session<'_>, declaration: &Declaration) -> anyhow::Result<()> {
    if declaration.is_enough() || declaration.is_rated() {
        return Ok(());
    }
    if declaration.kind.is_none() && !session.policy.kinds.is_empty() {
        let ids: Vec<&str> = session.policy.kinds.iter().map(|kind| kind.id.as_str()).collect();
        return Err(Failure::new(Exit::Usage, "new-needs-kind")
            .hint(Message::new("hint-kind-flag").with("names", ids.join(", ")))
            .hint(Message::new("hint-unrated"))
            .into());
    }
    let situation = declaration.situation(&session.policy);
    if situation.remaining(&[]).is_empty() {
        // Nothing is left to ask now: whoever judges it later is asked by the policy.
        return Ok(());
    }
    let failure = answers::missing(session, &situation, "new-needs-answers");
    Err(failure.hint(Message::new("hint-unrated")).into())
}
