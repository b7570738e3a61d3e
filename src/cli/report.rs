//! How errors are shown, in one place: the message, what mends it, and the exit code.

use std::ffi::OsString;
use std::io::{IsTerminal, Write};

use clap::error::ErrorKind;
use serde::Serialize;

use super::{command, help, usage};
use crate::context;
use crate::failure::{Exit, Failure, Failures};
use crate::locale::Locale;
use crate::ui::{Stream, terminal_columns};
use crate::view::sanitize::{inert_json, sanitize_block};

/// A fault as `--json` prints it on standard error.
#[derive(Serialize)]
struct ErrorObject {
    schema: u32,
    kind: &'static str,
    exit: u8,
    message: String,
    hints: Vec<String>,
    path: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
}

/// Ends a command line that was not understood, or that asked for help.
pub fn usage(error: clap::Error, locale: &Locale, arguments: &[OsString]) -> Exit {
    if error.kind() == ErrorKind::DisplayVersion {
        // As it is: putting the whole help together takes longer than all else that this run does.
        let _ = write!(std::io::stdout().lock(), "{}", error.render());
        return Exit::Done;
    }
    if help::is_request(&error) {
        return help_text(&error, locale, arguments);
    }
    let (message, hints) = usage::render(&error, locale);
    let json = arguments.iter().any(|word| word == "--json");
    show(&[Shown { message, hints, place: None, exit: Exit::Usage }], locale, json);
    Exit::Usage
}

/// Help and version are data, and go to standard output; help that nobody asked for is an error.
fn help_text(error: &clap::Error, locale: &Locale, arguments: &[OsString]) -> Exit {
    let columns = context::variable("COLUMNS").and_then(|columns| columns.parse().ok());
    let columns = columns.or_else(|| terminal_columns(Stream::Out)).map_or(80, usize::from);
    let colors = std::io::stdout().is_terminal() && context::variable("NO_COLOR").is_none();
    let text = help::asked(command(), arguments, locale, columns.min(100), colors).unwrap_or_default();
    // A reader that has gone is no failure.
    if error.use_stderr() {
        let _ = write!(std::io::stderr().lock(), "{text}");
        return Exit::Usage;
    }
    let _ = write!(std::io::stdout().lock(), "{text}");
    Exit::Done
}

/// Ends a command that failed.
pub fn error(error: &anyhow::Error, locale: &Locale, json: bool) -> Exit {
    let faults = match (error.downcast_ref::<Failures>(), error.downcast_ref::<Failure>()) {
        (Some(Failures(faults)), _) => faults.iter().map(|fault| Shown::new(fault, locale)).collect(),
        (None, Some(failure)) => {
            let mut shown = Shown::new(failure, locale);
            shown.add_cause(error, failure);
            vec![shown]
        }
        (None, None) => vec![match error.downcast_ref::<std::io::Error>() {
            Some(reason) => {
                Shown::new(&Failure::new(Exit::Failed, "cannot-print").with("reason", reason), locale)
            }
            None => Shown::unexpected(error),
        }],
    };
    let exit = faults.first().map_or(Exit::Failed, |fault| fault.exit);
    show(&faults, locale, json);
    exit
}

struct Shown {
    message: String,
    hints: Vec<String>,
    place: Option<crate::failure::Place>,
    exit: Exit,
}

impl Shown {
    fn new(failure: &Failure, locale: &Locale) -> Self {
        Self {
            message: locale.say(&failure.message),
            hints: failure.hints.iter().map(|hint| locale.say(hint)).collect(),
            place: failure.place.clone(),
            exit: failure.exit,
        }
    }

    fn unexpected(error: &anyhow::Error) -> Self {
        Self { message: format!("{error:#}"), hints: Vec::new(), place: None, exit: Exit::Failed }
    }

    /// Adds what the operating system or git said, which nobody here can translate.
    fn add_cause(&mut self, error: &anyhow::Error, failure: &Failure) {
        let cause = error.root_cause();
        if cause.downcast_ref::<Failure>().is_none() && cause.to_string() != failure.to_string() {
            self.message = format!("{}: {cause}", self.message);
        }
    }
}

fn show(faults: &[Shown], locale: &Locale, json: bool) {
    let mut lines = Vec::new();
    for fault in faults {
        if json {
            lines.push(as_json(fault));
            continue;
        }
        let place = fault.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
        let told = format!("{} {place}{}", locale.text("error-label"), fault.message);
        let hints = fault.hints.iter().map(|hint| format!("{} {hint}", locale.text("hint-label")));
        lines.extend([told].into_iter().chain(hints).map(|line| sanitize_block(&line).into_owned()));
    }
    // Nobody is left to tell that standard error is closed.
    let _ = writeln!(std::io::stderr().lock(), "{}", lines.join("\n"));
}

fn as_json(fault: &Shown) -> String {
    let place = fault.place.as_ref();
    let object = ErrorObject {
        schema: 1,
        kind: "incident.error",
        exit: fault.exit as u8,
        message: fault.message.clone(),
        hints: fault.hints.clone(),
        path: place.map(|place| place.path.clone()),
        line: place.map(|place| place.line),
        column: place.map(|place| place.column),
    };
    let text = serde_json::to_string(&object).unwrap_or_else(|error| error.to_string());
    inert_json(&text).into_owned()
}
