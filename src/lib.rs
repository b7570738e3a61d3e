//! `incident`: declare, run and review incidents from a terminal, in a git repository.
//!
//! The modules in reading order, each importing only from those above it; the four edges do not use each other.

pub mod failure;

pub mod domain;

pub mod document;

pub mod locale;

pub mod config;

pub mod view;

pub mod context;
pub mod store;
pub mod ui;

pub mod commands;

pub mod cli;
