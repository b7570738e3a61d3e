//! A command line that could not even be understood, since the rules cannot be read: kept as it was typed.

use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::super::app::App;
use super::super::session::{Need, Session};
use super::declaration::Declaration;
use super::draft::{Draft, Slot};
use super::{Args, flags};
use crate::domain::invocation::quoted;
use crate::failure::Failures;

/// The words, and when they were typed: `-10m` counts from then.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Typed {
    pub at: DateTime<Utc>,
    pub args: Args,
}

/// Keeps the words of `args` in the store at `directory`, whose rules are faulty, and says so beside `error`.
pub fn keep(app: &App, directory: &Path, args: &Args, error: anyhow::Error) -> anyhow::Error {
    let is_fault_of_rules = error.is::<Failures>();
    if !is_fault_of_rules || args.commit.dry_run || flags::are_absent(args) {
        return error;
    }
    let mut args = args.clone();
    let kept =
        args.answers.take_in(&app.context.cwd).and_then(|()| Session::open_at(app, directory, Need::Silence));
    match kept {
        Ok(session) => {
            let draft = Draft::Typed(Typed { at: app.context.now, args });
            Slot::new(&session, true).keep(&session, &draft, error)
        }
        Err(second) => error.context(second),
    }
}

impl Typed {
    /// What the words say by the rules that can be read by now.
    pub fn read(&self, session: &Session<'_>) -> anyhow::Result<Declaration> {
        session.go_back_to(self.at);
        let declaration = flags::read(session, &self.args, None);
        session.look_at_clock()?;
        declaration
    }

    /// The command line, as it may be typed again.
    pub fn command(&self) -> String {
        let args = &self.args;
        let mut words = vec!["incident new".to_owned()];
        words.extend(args.title.as_deref().map(quoted));
        let mut option = |name: &str, values: &mut dyn Iterator<Item = &String>| {
            words.extend(values.map(|value| format!("--{name} {}", quoted(value))));
        };
        option("kind", &mut args.kind.iter());
        option("product", &mut args.product.iter());
        option("severity", &mut args.severity.iter());
        option("answer", &mut args.answers.answer.iter());
        option("field", &mut args.field.iter());
        option("at", &mut args.at.iter());
        option("started", &mut args.started.iter());
        option("by", &mut args.by.iter());
        option("message", &mut args.message.iter());
        option("detected-by", &mut args.detected_by.iter());
        option("key", &mut args.key.iter());
        let flags =
            [("unrated", args.unrated), ("drill", args.drill), ("retro", args.retro), ("here", args.here)];
        words.extend(flags.into_iter().filter(|(_, is_set)| *is_set).map(|(name, _)| format!("--{name}")));
        if let Some(answers) = &args.answers.text {
            words.push(format!("--answers - <<'EOF'\n{}\nEOF", answers.trim_end()));
        }
        words.join(" ")
    }
}
