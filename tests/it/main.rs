//! Tests of the program as a whole, in one binary, which links once.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

mod help;
mod locales;
mod prompts;
mod pty;
mod screen;
