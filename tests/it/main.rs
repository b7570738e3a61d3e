//! Tests of the program as a whole, in one binary, which links once.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

mod assign;
mod branch;
mod check;
mod editor;
mod environment;
mod hand_edit;
mod help;
mod hostile;
mod identity;
mod init;
mod language;
mod list;
mod locales;
mod merge;
mod new;
mod note;
mod postmortem;
mod prompts;
mod pty;
mod screen;
mod set;
mod severity;
mod show;
mod status;
mod timeline;
