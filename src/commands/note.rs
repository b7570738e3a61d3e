//! `incident note`: a remark in the timeline.

use clap::ValueEnum;

use super::announce::announce;
use super::app::App;
use super::archive::{Found, find};
use super::either_language;
use super::record::record;
use super::session::{Need, Session};
use super::write_args::{Recorder, Recording, Target, required_words};
use crate::context;
use crate::domain::act;
use crate::domain::event::NoteKind;
use crate::domain::names::Purpose;
use crate::failure::{Failure, Message};
use crate::say;

/// Add a remark to the timeline
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// The words; several are joined by blanks, and - reads standard input. Without any, your editor opens
    #[arg(value_name = "TEXT")]
    pub text: Vec<String>,

    /// The words, as a flag
    #[arg(short, long, value_name = "TEXT", conflicts_with = "text", allow_hyphen_values = true)]
    pub message: Option<String>,

    /// What kind of remark it is
    #[arg(short, long, value_name = "KIND", default_value = "note", value_parser = either_language::values::<Kind>("note-kind"))]
    pub kind: Kind,

    #[command(flatten)]
    pub target: Target,

    #[command(flatten)]
    pub recording: Recording,
}

/// The values of `--kind`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Kind {
    /// Anything
    Note,
    /// What you took to be true
    Premise,
    /// What you looked at, and what it showed
    Checked,
    /// A theory, and what it rests on
    Thought,
    /// What you did, and what came of it
    Tried,
    /// What was decided, by whom and why
    Decision,
    /// Who was told what
    Contact,
}

impl From<Kind> for NoteKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Note => Self::Note,
            Kind::Premise => Self::Premise,
            Kind::Checked => Self::Checked,
            Kind::Thought => Self::Thought,
            Kind::Tried => Self::Tried,
            Kind::Decision => Self::Decision,
            Kind::Contact => Self::Contact,
        }
    }
}

pub fn run(args: Args, app: &App) -> anyhow::Result<()> {
    let session = Session::open(app, Need::Settings)?;
    let found = find(&session, args.target.incident.as_deref(), Purpose::Writing)?;
    let recorder = Recorder::new(&session, &args.recording)?;
    let text = words(&session, &args, &found)?;
    let recorded = record(&session, &found.path, &recorder, &args.recording.commit, &|_| {
        Ok(act::note(args.kind.into(), &recorder.act(&session, &text)))
    })
    .map_err(|error| if is_given(&args) { error } else { with_words(error, &text) })?;
    announce(&session, &recorded)
}

/// Whether the command line has the words.
fn is_given(args: &Args) -> bool {
    args.message.is_some() || !args.text.is_empty()
}

/// `error`, with the words that stood in an editor and nowhere else.
fn with_words(mut error: anyhow::Error, words: &str) -> anyhow::Error {
    if let Some(failure) = error.downcast_mut::<Failure>() {
        failure.hints.push(Message::new("interrupted-words").with("words", words));
    }
    error
}

/// The words of the arguments, else those that the person writes in an editor.
fn words(session: &Session<'_>, args: &Args, found: &Found) -> anyhow::Result<String> {
    let joined = args.text.join(" ");
    let given = args.message.as_deref().unwrap_or(&joined);
    if given == "-" {
        let piped = context::read_input(&session.app.context.cwd, given)?;
        return required_words(Some(&piped), "note-without-words").map(str::to_owned);
    }
    if !given.trim().is_empty() || !session.app.ui.interactive() {
        return required_words(Some(given), "note-without-words").map(str::to_owned);
    }
    let advice = say!(
        session.app.locale,
        "note-advice",
        id = found.incident.id.as_str(),
        title = &found.incident.title
    );
    let advice: String = advice.lines().map(|line| format!("# {line}\n")).collect();
    let editor = context::variable("GIT_EDITOR").or_else(|| session.store.config_value("core.editor"));
    let written = session.app.ui.edit(editor.as_deref(), &format!("\n{advice}"))?;
    required_words(Some(&written), "note-without-words").map(str::to_owned)
}
