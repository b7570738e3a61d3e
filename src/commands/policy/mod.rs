//! `incident policy`: look at the rules that turn answers into a level.

pub mod check;
pub mod explain;
pub mod review;

use clap::Subcommand;

use super::app::App;
use crate::failure::Exit;

/// Try out and explain the rules that turn answers into a level
#[derive(clap::Args, Clone, Debug)]
#[command(disable_help_subcommand = true, arg_required_else_help = true)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand, Clone, Debug)]
pub enum Command {
    Check(check::Args),
    Explain(explain::Args),
}

pub fn run(args: Args, app: &App) -> anyhow::Result<Exit> {
    match args.command {
        Command::Check(args) => check::run(args, app),
        Command::Explain(args) => explain::run(args, app).map(|()| Exit::Done),
    }
}
