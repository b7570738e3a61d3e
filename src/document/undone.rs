//! Which commits were taken back by later ones. What takes back an undo brings the first change back.

use std::collections::{HashMap, HashSet};

use super::readings::Readings;
use super::trailers::{Witness, parse_trailers};
use super::witness::{Told, Version};
use crate::domain::event::Entry;
use crate::domain::timeline::Undoing;

/// A commit that takes back another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenBack {
    pub undoing: Undoing,
    /// Whether what it had recorded left the file. A declaration stays: it is declined instead.
    pub removed: bool,
}

/// The commits among `versions` that stand taken back, with what took them back.
pub fn taken_back(versions: &[Version]) -> HashMap<String, TakenBack> {
    let mut found: HashMap<String, TakenBack> = HashMap::new();
    // Newest first: whether an undo still counts is known before what it has undone is looked at.
    for version in versions.iter().rev() {
        let Some((target, witness)) = undoes(version) else { continue };
        if !found.contains_key(&version.commit) {
            let removed = witness.entries.is_empty();
            found.entry(target).or_insert(TakenBack { undoing: undoing(version), removed });
        }
    }
    found
}

/// The commit that this one takes back, as its trailers say.
pub fn undoes(version: &Version) -> Option<(String, Witness)> {
    let witness = parse_trailers(&version.message)?;
    Some((witness.undoes.clone()?, witness))
}

fn undoing(version: &Version) -> Undoing {
    Undoing { commit: version.commit.clone(), by: version.author.clone(), at: version.committer_time }
}

/// Marks what was taken back in `all` that the commits tell.
pub(super) fn mark<'a>(all: &mut [Told], versions: &'a [Version], readings: &mut Readings<'a>) {
    let found = taken_back(versions);
    for told in all.iter_mut() {
        let undone = told.event.commit.as_ref().and_then(|commit| found.get(commit));
        told.event.undone =
            undone.filter(|undone| undone.removed).map(|undone| Box::new(undone.undoing.clone()));
    }
    let known: HashSet<&str> = versions.iter().map(|version| version.commit.as_str()).collect();
    for version in versions.iter().filter(|version| !found.contains_key(&version.commit)) {
        if undoes(version).is_some_and(|(target, _)| !known.contains(target.as_str())) {
            mark_by_content(all, version, readings);
        }
    }
}

/// A rebase gives the commits new names. What an undo took out of the file says then which ones it meant.
fn mark_by_content<'a>(all: &mut [Told], version: &'a Version, readings: &mut Readings<'a>) {
    let after = version.after.as_ref().and_then(|text| readings.of(text));
    let (Some(before), Some(after)) = (version.before.first().and_then(|text| readings.of(text)), after)
    else {
        return;
    };
    let mut left = after.entries.clone();
    for entry in &before.entries {
        if let Some(at) = left.iter().position(|other| other == entry) {
            left.swap_remove(at);
            continue;
        }
        let is_it = |told: &&mut Told| is_written_as(told, entry, before.offset);
        if let Some(told) = all.iter_mut().rev().find(is_it) {
            told.event.undone = Some(Box::new(undoing(version)));
        }
    }
}

fn is_written_as(told: &Told, entry: &Entry, offset: chrono::FixedOffset) -> bool {
    told.event.undone.is_none() && told.event.entry.as_written(offset) == *entry
}
