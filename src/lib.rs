//! `incident`: declare, run and review incidents from a terminal, in a git repository.
//!
//! The modules in reading order, each importing only from those above it.

pub mod cli;
pub mod config;
pub mod context;
pub mod document;
pub mod domain;
pub mod failure;
pub mod locale;
pub mod store;
pub mod ui;
pub mod view;
