//! Tests of the program as a whole, in one binary, which links once.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

mod editor;
mod help;
mod locales;
mod merge;
mod prompts;
mod pty;
mod screen;
