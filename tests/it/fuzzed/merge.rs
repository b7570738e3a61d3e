//! Any three versions of a file: both directions agree, nothing recorded is lost, and markers stand in prose alone.

use std::collections::BTreeSet;

use chrono::Offset;
use incident::document::merge::{MergeRules, Merged, merge, merge_document};
use incident::document::{IncidentFile, TimelineLine, parse};
use incident::domain::text::Lang;

use super::input::{self, Desk};

const PATH: &str = "incidents/2026/11/20261120-k7qm.md";

/// The parts are two sides, and the version that both come from; without it the file is new on both sides.
pub fn holds(data: &[u8]) {
    let Some(text) = input::text(data) else { return };
    let parts = input::parts(text);
    let [ours, theirs, ..] = parts[..] else { return };
    let base = parts.get(2).copied();
    let Ok(merged) = merged(base, ours, theirs) else { return };
    for side in [ours, theirs] {
        assert_eq!(
            self::merged(base, side, side).map(|same| same.text).as_deref(),
            Ok(side),
            "nobody changed it"
        );
        assert_eq!(
            self::merged(Some(ours), ours, side).map(|one| one.text).as_deref(),
            Ok(side),
            "one changed it"
        );
    }
    let versions = [Some(ours), Some(theirs), base.or(Some(ours))].map(|text| text.and_then(read));
    if let [Some(ours), Some(theirs), Some(base)] = &versions {
        let file =
            read(&merged.text).unwrap_or_else(|| panic!("it does not parse any more:\n{}", merged.text));
        is_kept([ours, theirs], parts.get(2).map(|_| base), &file, &merged.text);
        if !text.contains("<<<<<<<") {
            assert_eq!(file.conflict.is_some(), merged.conflicted, "markers are told:\n{}", merged.text);
        }
        is_settled(&merged, parts[..2].try_into().expect("two sides"), parts.get(2).copied());
    }
    let base = base.unwrap_or_default();
    assert_eq!(merge_document(base, ours, theirs).text, merge_document(base, theirs, ours).text);
}

fn merged(base: Option<&str>, ours: &str, theirs: &str) -> Result<Merged, ()> {
    let desk = Desk::of(Lang::Ja);
    let levels: Vec<String> = desk.policy.levels.iter().map(|level| level.id.clone()).collect();
    let rules = MergeRules { vocabulary: &desk.vocabulary, flow: &desk.settings.flow, levels: &levels };
    let result = merge(PATH, base, ours, theirs, &rules);
    let mirrored = merge(PATH, base, theirs, ours, &rules);
    assert_eq!(result.is_ok(), mirrored.is_ok(), "both directions agree");
    let (result, mirrored) = (result.map_err(|_| ())?, mirrored.map_err(|_| ())?);
    assert_eq!(result, mirrored, "the sides are equal");
    Ok(result)
}

fn read(text: &str) -> Option<IncidentFile> {
    parse(PATH, text.as_bytes(), &Desk::of(Lang::Ja).vocabulary).ok()
}

/// Entries and lines that do not read as one, the keys that mean nothing here, actions and links.
fn told(file: &IncidentFile) -> Vec<String> {
    let lines = file.timeline.lines.iter().flat_map(|line| match line {
        // The anchors of two versions may name different offsets for the same moment.
        TimelineLine::Entry { entry, .. } => vec![format!("{:?}", entry.as_written(chrono::Utc.fix()))],
        // Two paragraphs with no blank line between them are one.
        TimelineLine::Other { text, .. } => {
            text.lines().filter(|line| line.starts_with(['-', '*', '+'])).map(str::to_owned).collect()
        }
    });
    let keys = file.unknown_keys.iter().map(|(key, _)| format!("key {key:?}"));
    // The words of an action that both have changed may become one.
    // Two of one name are one.
    let actions: BTreeSet<String> =
        file.actions.iter().map(|action| format!("action {}", action.id)).collect();
    let links = file.links.iter().map(|link| format!("link {}", with_lf(link)));
    lines.chain(keys).chain(actions).chain(links).collect()
}

/// A file that both have changed has the line ends of most of its lines.
fn with_lf(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// What a side has is in the result, as often as it has it, unless the other side has taken it away.
fn is_kept(sides: [&IncidentFile; 2], base: Option<&IncidentFile>, merged: &IncidentFile, text: &str) {
    let count = |told: &[String], line: &String| told.iter().filter(|other| *other == line).count();
    let [one, other, result] = [sides[0], sides[1], merged].map(told);
    let base = base.map(told).unwrap_or_default();
    for line in one.iter().chain(&other) {
        let (one, other, before) = (count(&one, line), count(&other, line), count(&base, line));
        let least = if one < before || other < before { one.min(other) } else { one.max(other) };
        // Where a code block was left open around the whole timeline of one side, it is prose to be joined with.
        let is_there = || text.lines().filter(|other| other == line).count() >= least;
        assert!(count(&result, line) >= least || is_there(), "{line} is lost: {result:#?}");
    }
}

/// Merging a side into the result again brings no entry and no value that it has not.
fn is_settled(merged: &Merged, sides: [&str; 2], base: Option<&str>) {
    if merged.conflicted || base.is_none() {
        return;
    }
    let first = read(&merged.text).map(|file| (file.incident, file.unknown_keys.len()));
    for side in sides {
        // An anchor in running text may become that of a section: such a merge is left to the person.
        let Ok(again) = self::merged(base, &merged.text, side) else { continue };
        let again = read(&again.text).map(|file| (file.incident, file.unknown_keys.len()));
        assert_eq!(again, first, "merging twice is merging once");
    }
}
