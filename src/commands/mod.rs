//! One file a command: its arguments, whose doc comments are the English help, and `run`.

pub mod app;
pub mod assign;
pub mod brief;
pub mod check;
pub mod handover;
pub mod init;
pub mod list;
pub mod menu;
pub mod new;
pub mod note;
pub mod policy;
pub mod postmortem;
pub mod set;
pub mod severity;
pub mod show;
pub mod status;
pub mod step;
pub mod timeline;
pub mod undo;
pub mod update;
pub mod watch;
pub mod who;

mod acceptance;
mod announce;
mod answers;
mod archive;
mod asking;
mod either_language;
mod hand_edit;
mod record;
mod remarks;
mod session;
mod store_choice;
mod suggestion;
mod templates;
mod write_args;
