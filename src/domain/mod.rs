//! The vocabulary and the rules of incident work, as pure values: no file, clock, environment or terminal.

pub mod act;
pub mod action;
mod avoidance;
pub mod calling;
pub mod change;
pub mod checklist;
pub mod closing;
pub mod deadline;
pub mod duplicates;
pub mod durations;
pub mod event;
pub mod facts;
pub mod flow;
pub mod handover;
pub mod id;
pub mod incident;
pub mod invocation;
pub mod links;
pub mod moment;
pub mod names;
pub mod people;
pub mod period;
pub mod policy;
pub mod policy_path;
pub mod policy_review;
pub mod reminder;
pub mod report;
pub mod scope;
pub mod selection;
pub mod similarity;
pub mod slug;
pub mod text;
pub mod time_expression;
mod time_grammar;
pub mod timeline;
pub mod triage;

#[cfg(test)]
pub(crate) mod samples;
