//! `incident watch`: the commander's pane, drawn anew each minute, with a bell when something is due.

use std::collections::BTreeSet;
use std::time::Duration;

use super::app::App;
use super::archive::{Archive, Found, find};
use super::menu::screen;
use super::session::{Need, Session};
use super::write_args::Which;
use crate::domain::names::Purpose;
use crate::failure::{Exit, Failure, Message};
use crate::say;
use crate::ui::{Pressed, Reply, Stream};

/// How often the pane is drawn.
const EVERY: Duration = Duration::from_secs(60);

/// Keep a live incident in a pane: drawn each minute, with a bell when an update is due
///
/// Without an incident, all that are live. It writes nothing and waits for nothing; off a terminal it prints once.
#[derive(clap::Args, Clone, Debug)]
#[command(mut_arg("incident", |arg| {
    arg.help("The incident: id, a part of it, alias, or words of its title [default: all that are live]")
}))]
pub struct Args {
    #[command(flatten)]
    pub which: Which,

    /// Print it once and end
    #[arg(long)]
    pub once: bool,
}

pub fn run(args: Args, app: &App) -> anyhow::Result<()> {
    if app.globals.json {
        let data = ["show --json", "list --json"].map(|command| format!("incident {command}"));
        let failure = Failure::new(Exit::Usage, "watch-is-for-eyes");
        let hint = |command| Message::new("hint-command").with("command", command);
        return Err(data.map(hint).into_iter().fold(failure, Failure::hint).into());
    }
    if args.once || !app.ui.interactive() {
        return Ok(app.ui.out(&draw(&args, app, Stream::Out)?.text)?);
    }
    let mut rung = BTreeSet::new();
    let mut prompts = app.ui.session()?;
    loop {
        let pane = draw(&args, app, Stream::Err)?;
        let bell = !pane.late.is_subset(&rung);
        prompts.show(&pane.text, bell)?;
        rung = pane.late;
        match prompts.key_within(EVERY)? {
            Some(Reply::Interrupted { .. } | Reply::Value(Pressed::Key('q'))) => return Ok(()),
            Some(Reply::Value(_)) | None => {}
        }
    }
}

/// What the pane shows, and what of it should have been done already.
struct Pane {
    text: String,
    /// A promise that was not kept, by incident and time.
    late: BTreeSet<String>,
}

fn draw(args: &Args, app: &App, stream: Stream) -> anyhow::Result<Pane> {
    let session = Session::open(app, Need::Silence)?;
    session.look_at_clock()?;
    let watched = match args.which.word()? {
        Some(word) => vec![find(&session, Some(word), Purpose::Reading)?],
        None => live(&session)?,
    };
    let time = session.clock().time(session.now());
    let title = match (stream, watched.is_empty()) {
        (_, true) => say!(app.locale, "watch-nothing-live", time = time) + "\n",
        (Stream::Err, false) => say!(app.locale, "watch-title", time = time) + "\n",
        (Stream::Out, false) => String::new(),
    };
    let unreadable = session.preset_remarks().map(|remark| remark + "\n").collect::<String>();
    let mut pane = Pane { text: unreadable + &title, late: BTreeSet::new() };
    for found in &watched {
        let file = session.incident_file(&found.path)?;
        if !pane.text.is_empty() {
            pane.text.push('\n');
        }
        pane.text.push_str(&screen::of_one(&session, &file, stream));
        let entries = file.timeline.to_entries();
        let late = screen::watch(&session).reminders(&file.incident, &entries);
        let late = late.iter().filter(|reminder| reminder.is_late());
        pane.late.extend(late.map(|reminder| format!("{} {reminder:?}", file.incident.id)));
    }
    Ok(pane)
}

fn live(session: &Session<'_>) -> anyhow::Result<Vec<Found>> {
    let flow = &session.settings.flow;
    let mut found = Archive::read(session)?.found;
    found.retain(|found| flow.category(&found.incident.status).is_live());
    crate::view::list::by_urgency(&mut found, &session.names(), |found| &found.incident);
    Ok(found)
}
