//! `incident status` and its short forms: where an incident stands.

use super::announce::announce;
use super::app::App;
use super::archive::{Found, find};
use super::record::{Recorded, record};
use super::session::{Need, Session};
use super::suggestion::{Named, not_known};
use super::write_args::{Recorder, Recording, Target, Which};
use crate::domain::act;
use crate::domain::change::Change;
use crate::domain::durations::{Duration, Length};
use crate::domain::event::Milestone;
use crate::domain::flow::{Category, Move, Status};
use crate::domain::names::Purpose;
use crate::failure::{Exit, Failure};
use crate::say;
use crate::view::durations;

/// Move an incident to another status
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// The status: its id or name
    #[arg(value_name = "STATUS")]
    pub status: String,

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
    let to = find_status(&session, &args.status)?;
    let only_from = args.if_status.as_deref().map(|status| find_status(&session, status)).transpose()?;
    let found = find(&session, args.target.incident.as_deref(), Purpose::Following)?;
    let recorder = Recorder::new(&session, &args.recording)?;
    let words = args.message.unwrap_or_default();
    let recorded = record(&session, &found.path, &recorder, &args.recording.commit, &|file| {
        guard(&file.incident.status, only_from)?;
        Ok(act::enter(&file.incident, &session.settings.flow, to, &recorder.act(&session, &words)))
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
        Ok(match to {
            Some(status) => act::enter(&file.incident, &session.settings.flow, status, &act),
            None => act::reach(&file.incident, milestone, &act),
        })
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
        if flow.category(&file.incident.status).is_live() {
            return Ok(Change::default());
        }
        Ok(act::enter(&file.incident, flow, to, &recorder.act(&session, &words)))
    })?;
    conclude(&session, &found, to, &recorded)
}

/// The status with this id or name; an error that names the near ones, or all.
pub fn find_status<'a>(session: &'a Session<'_>, word: &str) -> anyhow::Result<&'a Status> {
    let flow = &session.settings.flow;
    flow.find(word).ok_or_else(|| {
        let known = flow.statuses().iter().map(|status| Named { id: &status.id, name: Some(&status.name) });
        not_known(session, "no-such-status", word, known).into()
    })
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
    if recorded.commit.is_none() {
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
