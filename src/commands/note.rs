//! `incident note`: a remark in the timeline.

use clap::ValueEnum;

use super::announce::announce;
use super::app::App;
use super::archive::{Archive, find};
use super::record::record;
use super::session::{Need, Session};
use super::write_args::{Recorder, Recording, Target, required_words};
use crate::domain::act;
use crate::domain::event::NoteKind;
use crate::domain::names::Purpose;

/// Add a remark to the timeline
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// The words; several are joined by blanks
    #[arg(value_name = "TEXT", required_unless_present = "message")]
    pub text: Vec<String>,

    /// The words, as a flag
    #[arg(short, long, value_name = "TEXT", conflicts_with = "text")]
    pub message: Option<String>,

    /// What kind of remark it is
    #[arg(short, long, value_name = "KIND", default_value = "note")]
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
    let joined = args.text.join(" ");
    let text = required_words(args.message.as_deref().or(Some(&joined)), "note-without-words")?;
    let found = find(&session, &Archive::read(&session)?, args.target.incident.as_deref(), Purpose::Writing)?;
    let recorder = Recorder::new(&session, &args.recording)?;
    let recorded = record(&session, &found.path, &recorder, &args.recording.commit, &|_| {
        Ok(act::note(args.kind.into(), &recorder.act(&session, text)))
    })?;
    announce(&session, &recorded)
}
