//! What people and programs read: domain values as text, JSON, HTML and SVG. No terminal and no file.

pub mod annotations;
pub mod brief;
mod brief_layout;
mod brief_rows;
pub mod checklist;
pub mod diagram;
pub mod diff;
pub mod durations;
pub mod handover;
mod hanging;
pub mod json;
pub mod list;
pub mod markdown;
pub mod names;
pub mod palette;
pub mod policy_overview;
pub mod policy_path;
pub mod postmortem;
pub mod sanitize;
pub mod show;
mod show_night;
pub mod situation;
pub mod store_readme;
pub mod subject;
pub mod table;
pub mod timeline;
pub mod who;
pub mod width;

#[cfg(test)]
mod samples;
