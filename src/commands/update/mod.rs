//! `incident update`: a numbered report of what is known, what may be said, and what is promised.

mod ask;
mod correct;
mod draft;
mod promise;
mod words;

use super::announce::announce;
use super::app::App;
use super::archive::{Found, find};
use super::brief::{Audience, Desk, Told};
use super::either_language;
use super::record::{Recorded, record};
use super::session::{Need, Session};
use super::write_args::{Recorder, Recording, Target};
use crate::document::{IncidentFile, format_report};
use crate::domain::act::{self, Act};
use crate::domain::change::Change;
use crate::domain::event::{Milestone, NoteKind};
use crate::domain::facts::{self, Fact, Setting};
use crate::domain::names::Purpose;
use crate::domain::report::{Bearing, Report, give, next_number};
use crate::failure::{Exit, Failure};
use crate::say;
use crate::ui::{Reply, Stream};
use crate::view::palette::Style;

use self::words::{Before, Said, Wording};

/// Tell people how it stands: a numbered update, ready to paste
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// What is known, for colleagues; several words are joined by blanks
    #[arg(value_name = "TEXT")]
    pub text: Vec<String>,

    /// What is known, as a flag
    #[arg(short, long, value_name = "TEXT", conflicts_with = "text", allow_hyphen_values = true)]
    pub message: Option<String>,

    /// The words that customers may be given; none takes them back
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub customers: Option<String>,

    /// The customers have been given these words
    #[arg(long)]
    pub told: bool,

    /// What is not to be said yet
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub not_yet: Option<String>,

    /// When it is thought to be over: a time, words with a time, or unknown
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub estimate: Option<String>,

    /// When the next update follows: a time, 20m, or none [default: as the level asks]
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub next: Option<String>,

    /// Nothing new; work goes on
    #[arg(long, conflicts_with_all = ["text", "message", "wider", "impact", "confirmed"])]
    pub no_change: bool,

    /// More is affected than was said before
    #[arg(long)]
    pub wider: bool,

    /// What is known of the impact, provisional until it is confirmed
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub impact: Option<String>,

    /// The impact is confirmed
    #[arg(long, conflicts_with = "wider")]
    pub confirmed: bool,

    /// The update of this number was wrong; TEXT is what is right
    #[arg(
        long,
        value_name = "NUMBER",
        value_parser = either_language::number::<u32>,
        conflicts_with_all = ["customers", "told", "not_yet", "estimate", "next", "no_change", "wider", "impact", "confirmed"],
    )]
    pub corrects: Option<u32>,

    /// What was wrong in it
    #[arg(long, value_name = "TEXT", requires = "corrects", allow_hyphen_values = true)]
    pub wrong: Option<String>,

    #[command(flatten)]
    pub target: Target,

    #[command(flatten)]
    pub recording: Recording,
}

impl Args {
    fn words(&self) -> Option<String> {
        let words = self.message.clone().unwrap_or_else(|| self.text.join(" "));
        Some(words.trim().to_owned()).filter(|words| !words.is_empty())
    }

    /// Whether they say enough for a report.
    fn say_something(&self) -> bool {
        let texts = [&self.customers, &self.not_yet, &self.estimate, &self.next, &self.impact];
        self.words().is_some()
            || self.no_change
            || self.wider
            || self.confirmed
            || self.told
            || texts.iter().any(|text| text.is_some())
    }

    fn bearing(&self) -> Bearing {
        match (self.wider, self.confirmed) {
            (true, _) => Bearing::Wider,
            (false, true) => Bearing::Confirmed,
            (false, false) => Bearing::Plain,
        }
    }
}

pub fn run(args: Args, app: &App) -> anyhow::Result<Exit> {
    let session = Session::open(app, Need::Settings)?;
    if let Some(number) = args.corrects {
        return correct::run(&session, &args, number).map(|()| Exit::Done);
    }
    let asks = !args.say_something() && app.ui.interactive();
    if !asks && !args.say_something() {
        let failure = Failure::new(Exit::Usage, "update-without-words");
        let target = args.target.as_typed();
        let hint = |key| session.hint(key).with("target", &target);
        return Err(failure.hint(hint("hint-update")).hint(hint("hint-no-change")).into());
    }
    let found = find(&session, args.target.incident.as_deref(), Purpose::Writing)?;
    let recorder = Recorder::new(&session, &args.recording)?;
    let file = session.incident_file(&found.path)?;
    let before = Before::of(&session, &file);
    if !asks {
        let said = Wording::of_args(&args).settle(&session, &before, args.confirmed)?;
        return tell(&session, &args, &found, &recorder, &said).map(|()| Exit::Done);
    }
    let mut draft = draft::Draft::of(&session, &found.incident.id, args.recording.commit.dry_run)?;
    let wording = match ask::ask(&session, &file, &before, &mut draft)? {
        Reply::Value(wording) => wording,
        Reply::Interrupted { .. } => return draft.leave(&session).map(|()| Exit::Interrupted),
    };
    // The questions took their time: the report is of now.
    let recorder = Recorder::new(&session, &args.recording)?;
    let said = wording.settle(&session, &before, false)?;
    tell(&session, &args, &found, &recorder, &said).map_err(|error| draft.keep(&session, error))?;
    session.say_of_kept("draft-left", draft.remove(&session));
    Ok(Exit::Done)
}

/// Records the report and shows the block.
fn tell(
    session: &Session<'_>,
    args: &Args,
    found: &Found,
    recorder: &Recorder,
    said: &Said,
) -> anyhow::Result<()> {
    if args.told && said.customers.is_none() {
        let failure = Failure::new(Exit::Usage, "told-without-words");
        return Err(failure
            .hint(session.hint("hint-customer-words").with("id", found.incident.id.short()))
            .into());
    }
    let recorded = record(session, &found.path, recorder, &args.recording.commit, &|file| {
        change(session, args, file, recorder, said)
    })?;
    announce(session, &recorded)?;
    if recorded.commit.is_some() {
        show_block(session, found, &recorded)?;
        tell_if_over(session, &recorded);
    }
    Ok(())
}

/// People are told of what goes on: points out where the record says that it is over.
fn tell_if_over(session: &Session<'_>, recorded: &Recorded) {
    let (app, incident) = (session.app, &recorded.incident);
    if !session.settings.flow.category(&incident.status).is_open() {
        let status = session.names().status(&incident.status);
        app.ui.tell_in(Style::Warning, &say!(app.locale, "update-of-what-is-over", status = status));
        let command = session.command(&format!("reopen {}", incident.id.short()));
        app.ui.tell_command(&app.locale.text("update-reopen"), &command);
    }
}

fn change(
    session: &Session<'_>,
    args: &Args,
    file: &IncidentFile,
    recorder: &Recorder,
    said: &Said,
) -> anyhow::Result<Change> {
    let incident = &file.incident;
    let report = said.report(next_number(file.timeline.entries()), args.bearing());
    let at = recorder.at.in_offset(file.timeline.offset);
    let text = format_report(&report, at, &session.vocabulary);
    let mut change = give(incident, &report, &recorder.act(session, &text));
    let act = recorder.act(session, "");
    change.add(impact(session, args, file, &act)?);
    if args.told {
        change.add(customers_told(session, file, &report, &act));
    }
    Ok(change)
}

/// The impact as the arguments have it; the words that stand are confirmed where there are no others.
fn impact(session: &Session<'_>, args: &Args, file: &IncidentFile, act: &Act<'_>) -> anyhow::Result<Change> {
    let words = match (&args.impact, args.confirmed) {
        (None, false) => return Ok(Change::default()),
        (Some(words), _) => Some(words.trim().to_owned()),
        (None, true) => file.incident.impact.clone(),
    };
    let Some(words) = words.filter(|words| !words.is_empty()) else {
        return Err(Failure::new(Exit::Usage, "confirmed-without-impact")
            .hint(session.hint("hint-impact-confirmed").with("id", file.incident.id.short()))
            .into());
    };
    let fact = Fact::Impact { confirmed: args.confirmed };
    Ok(facts::set(&file.incident, &fact, &Setting::Text(words), act))
}

/// The first time is a milestone, and every later one a remark.
fn customers_told(session: &Session<'_>, file: &IncidentFile, report: &Report, act: &Act<'_>) -> Change {
    if !file.incident.times.contains_key(&Milestone::CustomersTold) {
        return act::reach(&file.incident, Milestone::CustomersTold, act);
    }
    let text = say!(session.documents, "update-told-again", number = report.number);
    act::note(NoteKind::Contact, &Act { text: &text, ..*act })
}

/// The block to paste on a terminal; elsewhere, and for whoever wants it later, the command that prints it.
fn show_block(session: &Session<'_>, found: &Found, recorded: &Recorded) -> anyhow::Result<()> {
    let app = session.app;
    let id = recorded.incident.id.short();
    let on_terminal = app.ui.limit(Stream::Err).is_some();
    if on_terminal {
        let file = session.incident_file(&found.path)?;
        let told = Told::of(session, &file, None)?;
        let text = Desk::new(session).text(session, &told, Audience::Staff)?;
        app.ui.say(&app.locale.text("update-ready-to-paste"));
        app.ui.say(&text);
    }
    let label = app.locale.text(if on_terminal { "update-paste-again" } else { "update-paste" });
    app.ui.tell_command(&label, &session.command(&format!("brief {id}")));
    Ok(())
}
