//! `incident status` and its short forms: where an incident stands.

use super::announce::announce;
use super::app::App;
use super::archive::{Found, find};
use super::record::{Recorded, record};
use super::session::{Need, Session};
use super::suggestion::{Named, not_known, suggestion};
use super::write_args::{Recorder, Recording, Target, Which};
use crate::domain::act::{self, Act};
use crate::domain::change::Change;
use crate::domain::durations::{Duration, Length};
use crate::domain::event::{Milestone, NoteKind};
use crate::domain::flow::{Category, Move, Status};
use crate::domain::names::Purpose;
use crate::failure::{Exit, Failure};
use crate::say;
use crate::ui::{Choice, Item, PromptSession, Reply};
use crate::view::durations;

/// Move an incident to another status
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// The status: its id or name; without one you choose at the terminal
    #[arg(value_name = "STATUS")]
    pub status: Option<String>,

    #[command(flatten)]
    pub target: Target,

    /// What was done, or why
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true)]
    pub message: Option<String>,

    /// Only if this is the current status; otherwise exit 6
    #[arg(long, value_name = "STATUS")]
    pub if_status: Option<String>,

    #[command(flatten)]
    pub recording: Recording,
}

// No doc comment: it would be the help of every command that takes these.
#[derive(clap::Args, Clone, Debug)]
pub struct ShortArgs {
    #[command(flatten)]
    pub which: Which,

    /// What was done, or why
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true)]
    pub message: Option<String>,

    #[command(flatten)]
    pub recording: Recording,
}

pub fn run(args: Args, app: &App) -> anyhow::Result<()> {
    let session = Session::open(app, Need::Settings)?;
    let named = args.status.as_deref().map(|status| find_status(&session, status)).transpose()?;
    if named.is_none() && !app.ui.interactive() {
        return Err(no_status_named(&session).into());
    }
    let only_from = args.if_status.as_deref().map(|status| find_status(&session, status)).transpose()?;
    let found = find(&session, args.target.incident.as_deref(), Purpose::Following)?;
    let to = match named {
        Some(to) => to,
        None => choose(&session, &found, &mut app.ui.session()?)?.answered()?,
    };
    let recorder = Recorder::new(&session, &args.recording)?;
    let words = args.message.unwrap_or_default();
    let recorded = record(&session, &found.path, &recorder, &args.recording.commit, &|file| {
        guard(&file.incident.status, only_from)?;
        let act = recorder.act(&session, &words);
        Ok(or_words(act::enter(&file.incident, &session.settings.flow, to, &act), &act))
    })?;
    conclude(&session, &found, to, &recorded)
}

/// `mitigate`, `resolve`, `close`: to the first status that stamps the milestone, or the milestone alone.
pub fn reach(args: ShortArgs, milestone: Milestone, app: &App) -> anyhow::Result<()> {
    let session = Session::open(app, Need::Settings)?;
    let to = session.settings.flow.stamping(milestone);
    let found = find(&session, args.which.word()?, Purpose::Following)?;
    let recorder = Recorder::new(&session, &args.recording)?;
    let words = args.message.unwrap_or_default();
    let recorded = record(&session, &found.path, &recorder, &args.recording.commit, &|file| {
        let act = recorder.act(&session, &words);
        let change = match to {
            Some(status) => act::enter(&file.incident, &session.settings.flow, status, &act),
            None => act::reach(&file.incident, milestone, &act),
        };
        Ok(or_words(change, &act))
    })?;
    match to {
        Some(to) => conclude(&session, &found, to, &recorded),
        None => announce(&session, &recorded),
    }
}

/// `reopen`: back to the first live status.
pub fn reopen(args: ShortArgs, app: &App) -> anyhow::Result<()> {
    let session = Session::open(app, Need::Settings)?;
    let flow = &session.settings.flow;
    let to = flow.first_in(Category::Live).unwrap_or_else(|| flow.first());
    let found = find(&session, args.which.word()?, Purpose::Following)?;
    let recorder = Recorder::new(&session, &args.recording)?;
    let words = args.message.unwrap_or_default();
    let recorded = record(&session, &found.path, &recorder, &args.recording.commit, &|file| {
        let act = recorder.act(&session, &words);
        let goes_on = flow.category(&file.incident.status).is_live();
        let change = if goes_on { Change::default() } else { act::enter(&file.incident, flow, to, &act) };
        Ok(or_words(change, &act))
    })?;
    conclude(&session, &found, to, &recorded)
}

/// `change`; where nothing changes but something was said, the words as a remark.
pub fn or_words(change: Change, act: &Act<'_>) -> Change {
    if change.is_empty() && !act.text.is_empty() { act::note(NoteKind::Note, act) } else { change }
}

/// Lets the person choose among the statuses that incidents like this usually pass through; Enter is the next one.
pub fn choose<'s>(
    session: &'s Session<'_>,
    found: &Found,
    prompts: &mut PromptSession<'_>,
) -> anyhow::Result<Reply<&'s Status>> {
    let (locale, names) = (&session.app.locale, session.names());
    let (incident, flow) = (&found.incident, &session.settings.flow);
    let usual = |status: &&Status| status.id != incident.status && status.usual_for.covers(incident);
    let choices: Vec<&Status> = flow.statuses().iter().filter(usual).collect();
    let item = |status: &&Status| Item::new(names.status(&status.id), status.does.get(locale.lang()));
    let items: Vec<Item> = choices.iter().map(item).collect();
    let now = flow.position(&incident.status);
    let further = |status: &&Status| now.is_some_and(|now| flow.position(&status.id) > Some(now));
    let enter = choices.iter().position(further).map(|index| index + 1);
    let prompt = say!(locale, "menu-to-status", status = names.status(&incident.status));
    loop {
        let reply = prompts.choose(&Choice { prompt: &prompt, items: &items, zero: None, enter })?;
        match reply.map(|index| index.map(|index| choices[index])) {
            Reply::Value(None) => {}
            Reply::Value(Some(status)) => return Ok(Reply::Value(status)),
            Reply::Interrupted { typed } => return Ok(Reply::Interrupted { typed }),
        }
    }
}

fn no_status_named(session: &Session<'_>) -> Failure {
    let failure = Failure::new(Exit::Usage, "no-status-named");
    suggestion("", known(session), session.app.locale.lang()).into_iter().fold(failure, Failure::hint)
}

fn known<'a>(session: &'a Session<'_>) -> impl Iterator<Item = Named<'a>> {
    let statuses = session.settings.flow.statuses().iter();
    statuses.map(|status| Named { id: &status.id, name: Some(&status.name) })
}

/// The status with this id or name; an error that names the near ones, or all.
pub fn find_status<'a>(session: &'a Session<'_>, word: &str) -> anyhow::Result<&'a Status> {
    let flow = &session.settings.flow;
    flow.find(word).ok_or_else(|| not_known(session, "no-such-status", word, known(session)).into())
}

fn guard(current: &str, only_from: Option<&Status>) -> anyhow::Result<()> {
    match only_from {
        Some(expected) if expected.id != current => Err(Failure::new(Exit::Refused, "status-is-another")
            .with("status", current)
            .with("expected", &expected.id)
            .into()),
        _ => Ok(()),
    }
}

/// Says what the move came to: what was skipped, what was reached, and what comes next.
pub fn conclude(
    session: &Session<'_>,
    before: &Found,
    to: &Status,
    recorded: &Recorded,
) -> anyhow::Result<()> {
    announce(session, recorded)?;
    let (was, is) = (&before.incident, &recorded.incident);
    let moved = was.status != is.status || was.times != is.times;
    if recorded.commit.is_none() || !moved {
        return Ok(());
    }
    let app = session.app;
    let settings = &session.settings;
    let names = session.names();
    if to.stamps.contains(&Milestone::Mitigated) {
        let length = Duration::Impact.of(&recorded.incident, None);
        if !matches!(length, Length::Missing(_)) {
            let label = durations::label(Duration::Impact, &app.locale);
            app.ui.say(&format!("  {label}: {}", durations::in_words(length, &app.locale)));
        }
    }
    match settings.flow.movement(&before.incident.status, &to.id, (&recorded.incident).into()) {
        Move::Next => {}
        Move::Skipped(passed) => {
            let passed: Vec<String> = passed.iter().map(|status| names.status(&status.id)).collect();
            app.ui.say(&say!(
                app.locale,
                "move-skipped",
                statuses = passed.join(&app.locale.text("list-separator"))
            ));
        }
        Move::Back => {
            let times = &recorded.incident.times;
            let cleared = before.incident.times.keys().any(|milestone| !times.contains_key(milestone));
            app.ui.say(&app.locale.text(if cleared { "move-back-cleared" } else { "move-back" }));
        }
        Move::Reopened => app.ui.say(&app.locale.text("move-reopened")),
    }
    let reviewed_already = settings.flow.category(&before.incident.status) == Category::Learning;
    if to.category != Category::Learning || !reviewed_already {
        next_step(session, to, recorded);
    }
    super::closing::advise(session, to, recorded)?;
    super::step::tell_rest(session, recorded)
}

/// One line of what to do next, by category.
fn next_step(session: &Session<'_>, to: &Status, recorded: &Recorded) {
    let app = session.app;
    let id = recorded.incident.id.short();
    match to.category {
        Category::Learning => {
            app.ui.say(&app.locale.text("next-rest"));
            app.ui
                .tell_command(&app.locale.text("next-tell-others"), &session.command(&format!("brief {id}")));
            let label = match super::postmortem::due(session, &recorded.incident) {
                Some(day) => say!(app.locale, "next-postmortem-due", day = session.clock().date(day)),
                None => app.locale.text("next-postmortem"),
            };
            app.ui.tell_command(&label, &session.command(&format!("postmortem {id}")));
        }
        Category::Live if to.stamps.contains(&Milestone::Mitigated) => {
            app.ui.say(&app.locale.text("next-watch"));
        }
        _ => {}
    }
}
