//! Arguments that every writing command takes.

use clap::Args;

use super::session::{Actor, Session};
use crate::domain::act::Act;
use crate::domain::invocation::quoted;
use crate::domain::moment::Moment;
use crate::domain::text::folded;
use crate::failure::{Exit, Failure, Message};
use crate::store::CommitOptions;

/// Which incident, where another argument stands first.
#[derive(Args, Clone, Debug, Default)]
pub struct Target {
    /// The incident: id, a part of it, alias, or words of its title [default: the only live one]
    #[arg(short, long, value_name = "INCIDENT")]
    pub incident: Option<String>,
}

impl Target {
    /// The option as it was given, behind a blank, for a command that is suggested.
    pub fn as_typed(&self) -> String {
        self.incident.as_ref().map(|word| format!(" -i {}", quoted(word))).unwrap_or_default()
    }
}

/// Which incident, where no other argument stands first: by its place, or by the option of all other commands.
#[derive(Args, Clone, Debug, Default)]
pub struct Which {
    /// The incident: id, a part of it, alias, or words of its title [default: the only live one]
    #[arg(value_name = "INCIDENT")]
    incident: Option<String>,

    /// The same, written as with the other commands
    #[arg(short = 'i', long = "incident", value_name = "INCIDENT")]
    named: Option<String>,
}

impl Which {
    /// The word that names it. Two that differ are a slip, and which one was meant is not guessed.
    pub fn word(&self) -> Result<Option<&str>, Failure> {
        match (self.incident.as_deref(), self.named.as_deref()) {
            (Some(one), Some(other)) if folded(one) != folded(other) => {
                Err(Failure::new(Exit::Usage, "two-incidents").with("one", one).with("other", other))
            }
            (one, other) => Ok(one.or(other)),
        }
    }
}

/// When, by whom, and how it is committed.
#[derive(Args, Clone, Debug, Default)]
pub struct Recording {
    /// When it happened, if not now: 02:40, -12m, "yesterday 23:50", ~02:40
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub at: Option<String>,

    /// Record for somebody else
    #[arg(long, value_name = "PERSON")]
    pub by: Option<String>,

    #[command(flatten)]
    pub commit: CommitArgs,
}

/// How the commit is made.
#[derive(Args, Clone, Debug, Default)]
pub struct CommitArgs {
    /// Show the change and the commit message, and do nothing
    #[arg(short = 'n', long)]
    pub dry_run: bool,

    /// Skip the pre-commit and commit-msg hooks
    #[arg(long)]
    pub no_verify: bool,

    /// Do not sign the commit
    #[arg(long)]
    pub no_gpg_sign: bool,
}

impl CommitArgs {
    pub fn options(&self) -> CommitOptions {
        CommitOptions { verify: !self.no_verify, sign: !self.no_gpg_sign }
    }
}

/// An act about to be recorded: who is at the keyboard, for whom, and when it happened.
pub struct Recorder {
    pub actor: Actor,
    /// Whose act it is, as the timeline names people.
    pub who: String,
    /// The name of whoever is at the keyboard, where it is not their own act.
    pub by: Option<String>,
    pub at: Moment,
}

impl Recorder {
    pub fn new(session: &Session<'_>, recording: &Recording) -> anyhow::Result<Self> {
        Self::at(session, session.moment(recording.at.as_deref())?, recording.by.as_deref())
    }

    pub fn at(session: &Session<'_>, at: Moment, by: Option<&str>) -> anyhow::Result<Self> {
        let actor = session.actor()?;
        let Some(person) = by else {
            return Ok(Self { who: actor.name.clone(), by: None, at, actor });
        };
        let handle = session.handle_of(person, &actor);
        let who = session.settings.staff.display_name(&handle).to_owned();
        let by = (handle != actor.handle).then(|| actor.name.clone());
        Ok(Self { who, by, at, actor })
    }

    /// For a person that git has no name for, who typed it in for this one record.
    pub fn named(session: &Session<'_>, at: Moment, name: &str) -> anyhow::Result<Self> {
        let actor = session.actor_named(name)?;
        Ok(Self { who: actor.name.clone(), by: None, at, actor })
    }

    pub fn act<'a>(&'a self, session: &Session<'_>, text: &'a str) -> Act<'a> {
        Act { at: self.at, recorded: session.now(), who: &self.who, text }
    }
}

/// The words of `-m`, without which `command` has nothing to record.
pub fn required_words<'a>(words: Option<&'a str>, missing: &'static str) -> anyhow::Result<&'a str> {
    match words.map(str::trim) {
        Some(words) if !words.is_empty() => Ok(words),
        _ => Err(Failure::new(Exit::Usage, missing).hint(Message::new("hint-message-flag")).into()),
    }
}
