//! The command line: which command was meant, and how the program ends.

mod dashes;
mod fold;
pub mod help;
mod report;
pub mod usage;

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::process::ExitCode;
use std::rc::Rc;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::commands::app::{App, Globals};
use crate::commands::{
    assign, brief, check, decline, edit, handover, init, link, list, menu, merge_driver, new, note, policy,
    postmortem, schema, set, severity, show, status, step, sync, timeline, undo, update, watch, who,
};
use crate::context::{self, Context};
use crate::domain::text::Lang;
use crate::failure::Exit;
use crate::locale::Locale;
use crate::ui::{Ui, UiSettings, is_broken_pipe};

/// Declare, run and review incidents from a terminal, in a git repository
///
/// Without a command, shows what is open, and on a terminal what can be done about it, one key each.
#[derive(Parser)]
#[command(name = "incident", version, propagate_version = true)]
struct Cli {
    #[command(flatten)]
    globals: Globals,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    Init(init::Args),
    New(Box<new::Args>),
    #[command(visible_alias = "ls")]
    List(list::Args),
    Show(show::Args),
    Status(status::Args),
    /// Record that the impact is over
    Mitigate(status::ShortArgs),
    /// Record that it is over and will not return
    Resolve(status::ShortArgs),
    /// Close an incident
    Close(status::ShortArgs),
    /// Go back to work on one that was over
    Reopen(status::ShortArgs),
    Decline(decline::Args),
    Severity(severity::Args),
    Assign(assign::Args),
    Handover(handover::Args),
    Step(step::Args),
    Note(note::Args),
    Link(link::Args),
    Update(Box<update::Args>),
    Brief(brief::Args),
    Who(who::Args),
    Set(set::Args),
    Edit(edit::Args),
    Undo(undo::Args),
    Timeline(timeline::Args),
    Watch(watch::Args),
    Check(check::Args),
    Policy(policy::Args),
    Postmortem(postmortem::Args),
    Schema(schema::Args),
    Sync(sync::Args),
    MergeDriver(merge_driver::Args),
}

/// The whole command line in English, for help, completions and tests.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs the program on the arguments it was started with.
pub fn main() -> ExitCode {
    ExitCode::from(run(&context::arguments()) as u8)
}

fn run(arguments: &[OsString]) -> Exit {
    let lang = language_option(arguments).unwrap_or_else(context::language);
    let locale = Rc::new(Locale::new(lang));
    let words = dashes::set_apart(arguments, command);
    let parsed = command().try_get_matches_from(words.iter()).and_then(|found| Cli::from_arg_matches(&found));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return report::usage(error, &locale, arguments),
    };
    let json = cli.globals.json;
    let ui = Ui::new(ui_settings(&cli.globals), Rc::clone(&locale));
    let result = Context::read().and_then(|context| {
        let app = App { context, ui, locale: Rc::clone(&locale), globals: cli.globals };
        match cli.command {
            Some(command) => dispatch(command, &app),
            None => menu::run(&app, &|words| run(&with_globals(arguments, words))).map(|()| Exit::Done),
        }
    });
    match result {
        Ok(exit) => exit,
        Err(error) if is_broken_pipe(&error) => Exit::Done,
        Err(error) => report::error(&error, &locale, json),
    }
}

/// The command line that `words` would have been with the options of this one, which has no command.
fn with_globals(arguments: &[OsString], words: &[String]) -> Vec<OsString> {
    let from_menu = std::iter::once(OsString::from("--from-menu"));
    arguments.iter().cloned().chain(from_menu).chain(words.iter().map(OsString::from)).collect()
}

fn dispatch(command: Command, app: &App) -> anyhow::Result<Exit> {
    use crate::domain::event::Milestone::{Closed, Mitigated, Resolved};
    match command {
        Command::Init(args) => init::run(args, app)?,
        Command::New(args) => return new::run(*args, app),
        Command::List(args) => list::run(args, app)?,
        Command::Show(args) => show::run(args, app)?,
        Command::Status(args) => status::run(args, app)?,
        Command::Mitigate(args) => status::reach(args, Mitigated, app)?,
        Command::Resolve(args) => status::reach(args, Resolved, app)?,
        Command::Close(args) => status::reach(args, Closed, app)?,
        Command::Reopen(args) => status::reopen(args, app)?,
        Command::Decline(args) => decline::run(args, app)?,
        Command::Severity(args) => severity::run(args, app)?,
        Command::Assign(args) => assign::run(args, app)?,
        Command::Handover(args) => handover::run(args, app)?,
        Command::Step(args) => step::run(args, app)?,
        Command::Link(args) => link::run(args, app)?,
        Command::Note(args) => note::run(args, app)?,
        Command::Update(args) => return update::run(*args, app),
        Command::Brief(args) => brief::run(args, app)?,
        Command::Who(args) => who::run(args, app)?,
        Command::Set(args) => set::run(args, app)?,
        Command::Edit(args) => edit::run(args, app)?,
        Command::Undo(args) => undo::run(args, app)?,
        Command::Timeline(args) => timeline::run(args, app)?,
        Command::Watch(args) => watch::run(args, app)?,
        Command::Check(args) => return check::run(args, app),
        Command::Policy(args) => return policy::run(args, app),
        Command::Schema(args) => schema::run(args, app)?,
        Command::Sync(args) => sync::run(&args, app)?,
        Command::MergeDriver(args) => return merge_driver::run(args, app),
        Command::Postmortem(args) => postmortem::run(args, app)?,
    }
    Ok(Exit::Done)
}

/// `--lang` wherever it stands: help and usage errors need it before the command line is understood.
fn language_option(arguments: &[OsString]) -> Option<Lang> {
    let mut words = arguments.iter().filter_map(|word| word.to_str()).take_while(|word| *word != "--");
    while let Some(word) = words.next() {
        if word == "--lang" {
            return words.next()?.parse().ok();
        }
        if let Some(tag) = word.strip_prefix("--lang=") {
            return tag.parse().ok();
        }
    }
    None
}

fn ui_settings(globals: &Globals) -> UiSettings {
    UiSettings {
        stdin_is_terminal: io::stdin().is_terminal(),
        stdout_is_terminal: io::stdout().is_terminal(),
        stderr_is_terminal: io::stderr().is_terminal(),
        color: globals.color.map(Into::into).unwrap_or_default(),
        no_color: context::variable("NO_COLOR").is_some(),
        clicolor_force: context::variable("CLICOLOR_FORCE").is_some_and(|value| value != "0"),
        term: context::variable("TERM"),
        columns: context::variable("COLUMNS").and_then(|columns| columns.parse().ok()),
        no_input: globals.no_input,
        json: globals.json,
        ci: context::variable("CI").is_some(),
        // What reads JSON reads errors as JSON too, and nothing between them.
        quiet: globals.quiet || globals.json,
    }
}
