//! `incident step`: the checklist of the moment, and what is done of it.

use serde::Serialize;

use super::announce::announce;
use super::app::App;
use super::archive::{Found, find};
use super::record::{Recorded, record};
use super::session::{Need, Session};
use super::suggestion::{Named, not_known};
use super::write_args::{Recorder, Recording, Target};
use crate::domain::change::Change;
use crate::domain::checklist::{self, Item, Step};
use crate::domain::event::Entry;
use crate::domain::incident::Incident;
use crate::domain::names::Purpose;
use crate::failure::Failure;
use crate::ui::Stream;
use crate::view::checklist::{Checklist, StepJson};

/// See what is to be done now, and tick what is done
///
/// The steps are those that incident.toml names for this status, level, kind and product. ◆ marks what needs another team.
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Args {
    /// The steps that are done: number, id, or first words
    #[arg(value_name = "STEP")]
    pub steps: Vec<String>,

    /// They are not done after all
    #[arg(long, requires = "steps")]
    pub undo: bool,

    /// What came of it
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true, requires = "steps")]
    pub message: Option<String>,

    #[command(flatten)]
    pub target: Target,

    #[command(flatten)]
    pub recording: Recording,
}

#[derive(Serialize)]
struct StepsJson {
    id: String,
    status: String,
    steps: Vec<StepJson>,
}

pub fn run(args: Args, app: &App) -> anyhow::Result<()> {
    let session = Session::open(app, Need::Settings)?;
    let purpose = if args.steps.is_empty() { Purpose::Reading } else { Purpose::Following };
    let found = find(&session, args.target.incident.as_deref(), purpose)?;
    if args.steps.is_empty() {
        return show(&session, &found);
    }
    let recorder = Recorder::new(&session, &args.recording)?;
    let words = args.message.clone().unwrap_or_default();
    let recorded = record(&session, &found.path, &recorder, &args.recording.commit, &|file| {
        let entries = file.timeline.to_entries();
        let mut change = Change::default();
        for step in named(&session, &args.steps, &file.incident, &entries)? {
            let text = step.text.get(session.documents.lang());
            let act = recorder.act(&session, &words);
            change.add(checklist::tick(&entries, step, !args.undo, text, &act));
        }
        Ok(change)
    })?;
    announce(&session, &recorded)?;
    tell_rest(&session, &recorded)
}

/// The steps that the words name, each once.
fn named<'a>(
    session: &'a Session<'_>,
    words: &[String],
    incident: &Incident,
    entries: &[Entry],
) -> anyhow::Result<Vec<&'a Step>> {
    let all = &session.settings.steps;
    let items = checklist::checklist(all, incident, entries);
    let mut steps: Vec<&Step> = Vec::new();
    for word in words {
        // What was to be done in an earlier status can still be ticked by its id.
        let found = checklist::find(&items, word).map(|step| step.id.as_str()).unwrap_or(word);
        let step = all.iter().find(|step| step.id == found);
        let step = step.ok_or_else(|| no_such_step(session, word, &items))?;
        if !steps.iter().any(|other| other.id == step.id) {
            steps.push(step);
        }
    }
    Ok(steps)
}

fn no_such_step(session: &Session<'_>, word: &str, items: &[Item<'_>]) -> Failure {
    let known = items.iter().map(|item| Named { id: &item.step.id, name: Some(&item.step.text) });
    not_known(session, "no-such-step", word, known)
}

/// The checklist as data.
fn show(session: &Session<'_>, found: &Found) -> anyhow::Result<()> {
    let file = session.incident_file(&found.path)?;
    let entries = file.timeline.to_entries();
    let items = checklist::checklist(&session.settings.steps, &file.incident, &entries);
    let app = session.app;
    let clock = session.clock();
    let view = view(session, &clock, Stream::Out);
    if app.globals.json {
        let steps = items.iter().map(|item| view.json(item)).collect();
        let (id, status) = (file.incident.id.to_string(), file.incident.status.clone());
        return app.print_json("incident.step", &StepsJson { id, status, steps });
    }
    if items.is_empty() {
        app.ui.say(&app.locale.text("no-steps"));
        return Ok(());
    }
    app.ui.out(&view.lines_in_full(&items, &file.incident).join("\n"))?;
    super::announce::say_where_read(session);
    Ok(())
}

/// How the session's checklists are shown on `stream`.
pub fn view<'a>(
    session: &'a Session<'_>,
    clock: &'a crate::locale::times::Clock<'a>,
    stream: Stream,
) -> Checklist<'a> {
    let ui = &session.app.ui;
    Checklist {
        names: session.names(),
        clock,
        holidays: &session.settings.holidays,
        width: ui.width(stream),
        palette: ui.palette(stream),
    }
}

/// Says what of the checklist is still to be done, as the incident stands now.
pub fn tell_rest(session: &Session<'_>, recorded: &Recorded) -> anyhow::Result<()> {
    // The menu shows the checklist anew after each act.
    let is_shown = session.app.globals.from_menu;
    if recorded.commit.is_none() || session.settings.steps.is_empty() || is_shown {
        return Ok(());
    }
    let file = session.incident_file(&recorded.path)?;
    let entries = file.timeline.to_entries();
    let items = checklist::checklist(&session.settings.steps, &file.incident, &entries);
    let Some(next) = items.iter().position(|item| item.ticked.is_none()) else { return Ok(()) };
    let app = session.app;
    let clock = session.clock();
    let lines = view(session, &clock, Stream::Err).lines(&items, &file.incident);
    app.ui.say(&app.locale.text("steps-left"));
    lines.iter().for_each(|line| app.ui.say(line));
    let command = session.command(&format!("step {} -i {}", next + 1, recorded.incident.id.short()));
    app.ui.tell_command(&app.locale.text("steps-tick"), &command);
    Ok(())
}
