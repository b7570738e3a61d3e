//! A store's configuration: `severity.toml` and `incident.toml`, checked and turned into domain values.

pub mod defaults;
pub mod line_format;
pub mod places;
mod policy;
mod policy_items;
mod policy_rules;
pub mod references;
pub mod schemas;
mod settings;
mod settings_staff;
mod settings_time;
mod settings_trackers;
mod template_limits;
pub mod templates;
mod toml_table;
pub mod user;

use crate::domain::policy::Policy;
use crate::domain::text::joined;
use crate::failure::{Failure, Message};

pub use settings::{Settings, Share};

pub const POLICY_FILE: &str = "severity.toml";
pub const SETTINGS_FILE: &str = "incident.toml";

/// A file that could be used, and what is doubtful in it.
#[derive(Debug)]
pub struct Loaded<T> {
    pub value: T,
    /// Reported by `check`, and only mentioned elsewhere.
    pub warnings: Vec<Failure>,
}

/// The policy of the default preset, for where a store's own cannot be read.
pub fn preset_policy() -> Policy {
    parse_policy(POLICY_FILE, defaults::POLICY).map(|loaded| loaded.value).unwrap_or_default()
}

/// Reads the text of `severity.toml`. The error holds every fault of the file, each with its place.
pub fn parse_policy(path: &str, text: &str) -> Result<Loaded<Policy>, Vec<Failure>> {
    policy::parse(path, text)
}

/// Reads the text of `incident.toml`; what is absent from it is the default preset's.
pub fn parse_settings(path: &str, text: &str) -> Result<Loaded<Settings>, Vec<Failure>> {
    settings::parse(path, text)
}

/// The hint for `word`, which is none of `known`: the near ones, else all; none if there are none.
pub fn suggestion<'a>(word: &str, known: impl Iterator<Item = &'a str> + Clone) -> Option<Message> {
    let near = nearest(word, known.clone());
    let (key, names) =
        if near.is_empty() { ("hint-known-names", known.collect()) } else { ("hint-near-names", near) };
    (!names.is_empty()).then(|| Message::new(key).with("names", names.join(", ")))
}

/// The words of `known` that `word` was probably meant to be, nearest first, at most three.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let typed = joined(word);
    let mut scored: Vec<(f64, &str)> = known
        .map(|candidate| (likeness(&typed, &joined(candidate)), candidate))
        .filter(|(score, _)| *score > 0.75)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    scored.truncate(3);
    scored.into_iter().map(|(_, candidate)| candidate).collect()
}

/// How much two words are alike, up to 1. A slip or two count for little, wherever in the word they are.
fn likeness(typed: &str, candidate: &str) -> f64 {
    let shorter = typed.chars().count().min(candidate.chars().count());
    let slips = match strsim::damerau_levenshtein(typed, candidate) {
        0 => 1.0,
        1 if shorter >= 3 => 0.93,
        2 if shorter >= 6 => 0.86,
        _ => 0.0,
    };
    strsim::jaro_winkler(typed, candidate).max(slips)
}
