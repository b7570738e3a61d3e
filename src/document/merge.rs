//! Merging two versions of a file with their common ancestor: the syntax, not a struct, so that unknown keys survive.
//!
//! The result depends on the versions alone, never on which is whose: in a rebase "ours" is upstream.

use std::cmp::Ordering;
use std::collections::HashMap;

use chrono::FixedOffset;
use serde_yaml::Mapping;

use crate::domain::change::Change;
use crate::domain::event::Entry;
use crate::domain::flow::Flow;
use crate::failure::{Exit, Failure, Message};

use super::derived::surplus;
use super::front_matter::{self, Fences};
use super::items::{self, Headings};
use super::outline::{self, Outline, Section};
use super::parse::{TimelineLine, timeline_lines, utc};
use super::prose::{self, Conflicts};
use super::source::Source;
use super::vocabulary::Vocabulary;
use super::yaml::{self, Node};
use super::{merge_body, merge_fields, strict};

/// What a merge has to know of the store.
#[derive(Clone, Copy, Debug)]
pub struct MergeRules<'a> {
    pub vocabulary: &'a Vocabulary,
    pub flow: &'a Flow,
    /// The levels, worst first.
    pub levels: &'a [String],
}

/// Says that both versions of some words stand between markers now.
pub const PROSE_CONFLICT: &str = "merge-prose";

/// A merged file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    pub text: String,
    /// Whether markers stand in the prose.
    pub conflicted: bool,
    /// What was decided where both sides had changed the same.
    pub notes: Vec<Message>,
}

/// Merges two versions whose common ancestor is `base`; none if the file is new on both sides.
///
/// A change of one side alone gives that side, byte for byte. Where both changed, no entry and no key is lost, and
/// the loser of two values stays readable as an entry of the timeline. Fails where that cannot be kept.
pub fn merge(
    path: &str,
    base: Option<&str>,
    ours: &str,
    theirs: &str,
    rules: &MergeRules<'_>,
) -> Result<Merged, Vec<Failure>> {
    let as_is = |text: &str| Ok(Merged { text: text.to_owned(), conflicted: false, notes: Vec::new() });
    if ours == theirs || base == Some(theirs) {
        return as_is(ours);
    }
    if base == Some(ours) {
        return as_is(theirs);
    }
    let texts = [base.unwrap_or("---\n---\n"), ours.min(theirs), ours.max(theirs)].map(Normal::new);
    let [base_version, one, other] = &texts;
    let sides = Sides {
        base: base
            .is_some()
            .then(|| Version::read(path, &base_version.text, rules.vocabulary))
            .transpose()?,
        one: Version::read(path, &one.text, rules.vocabulary)?,
        other: Version::read(path, &other.text, rules.vocabulary)?,
    };
    sides.are_one_incident(path)?;
    let parts = merge_body::parts(&sides, rules.vocabulary);
    let entries: Vec<Entry> = parts.iter().flat_map(|part| part.items.entries()).collect();
    let fields = merge_fields::merge(&sides, &entries, rules)?;
    let body = merge_body::merge(&sides, &parts, &fields.title);
    let mut notes = fields.notes;
    notes.extend(body.notes);
    let text = format!("---\n{}---\n{}", fields.text, body.text);
    let text = with_losers(path, &text, fields.losers, rules.vocabulary)?;
    verify(&Source { path, text: &text }, &fields.values, &body.kept)?;
    Ok(Merged { text: Normal::restore(text, &texts, base.is_some()), conflicted: body.conflicted, notes })
}

/// Merges two versions of a file that holds no record.
pub fn merge_document(base: &str, ours: &str, theirs: &str) -> Merged {
    let (text, conflicted) = prose::merge(Some(base), ours, theirs, Conflicts::Marked);
    let notes = conflicted.then(|| Message::new(PROSE_CONFLICT)).into_iter().collect();
    Merged { text, conflicted, notes }
}

/// Adds the values that lost to the timeline, where people can read them.
fn with_losers(path: &str, text: &str, losers: Vec<Entry>, v: &Vocabulary) -> Result<String, Vec<Failure>> {
    let headings = Headings { timeline: String::new(), actions: String::new(), links: String::new() };
    let change = Change { entries: losers, ..Change::default() };
    items::add(&Source { path, text }, Section::Timeline, &change, v, &headings).map(|(text, _)| text)
}

/// Holds the result to its promise: it parses, says what was decided, and every kept item is in its section.
fn verify(
    source: &Source<'_>,
    values: &Mapping,
    kept: &[(Section, Vec<String>)],
) -> Result<(), Vec<Failure>> {
    let unsafe_merge = || vec![source.fault("merge-unsafe", 0)];
    let fences = front_matter::split(source).map_err(|_| unsafe_merge())?;
    let root = yaml::read(source, &fences).map_err(|_| unsafe_merge())?;
    let value = strict::read(source, &fences, &root).map_err(|_| unsafe_merge())?;
    let says = value.as_mapping().map_or(values.is_empty(), |map| map == values);
    let outline = outline::read(source, fences.body).map_err(|_| unsafe_merge())?;
    let has_all = kept.iter().all(|(section, items)| {
        let blocks = outline.get(*section).map_or(&[][..], |anchored| &anchored.blocks);
        let mut found: HashMap<&str, usize> = HashMap::new();
        for block in blocks {
            *found.entry(source.text[block.range.clone()].trim_end()).or_default() += 1;
        }
        items.iter().all(|item| {
            let left = found.get_mut(item.trim_end()).filter(|left| **left > 0);
            left.map(|left| *left -= 1).is_some()
        })
    });
    if says && has_all { Ok(()) } else { Err(unsafe_merge()) }
}

/// The entries of `recorded` that `edited` lacks, each as often as it lacks it.
///
/// Fails where one of the two has no readable timeline.
pub fn missing_entries(
    path: &str,
    recorded: &str,
    edited: &str,
    v: &Vocabulary,
) -> Result<Vec<Entry>, Vec<Failure>> {
    let edited = Version::read(path, edited, v)?.entries;
    Ok(surplus(&Version::read(path, recorded, v)?.entries, edited.iter()))
}

/// A text with one line end, without byte order mark and with its last line closed, and what it was before.
struct Normal {
    text: String,
    mark: bool,
    crlf: bool,
    open: bool,
}

impl Normal {
    fn new(text: &str) -> Self {
        let (mark, text) = text.strip_prefix('\u{feff}').map_or((false, text), |rest| (true, rest));
        let crlf = text.contains("\r\n") && !text.replace("\r\n", "").contains('\n');
        let open = !text.ends_with('\n');
        let mut text = if crlf { text.replace("\r\n", "\n") } else { text.to_owned() };
        if open {
            text.push('\n');
        }
        Self { text, mark, crlf, open }
    }

    /// Puts back what both sides had, or what one of them has changed.
    fn restore(text: String, [base, one, other]: &[Self; 3], has_base: bool) -> String {
        let pick = |of: fn(&Self) -> bool| {
            let (one, other) = (of(one), of(other));
            if one == other || has_base && of(base) == other { one } else { has_base && other }
        };
        let mut text = text;
        if pick(|normal| normal.open) && text.ends_with('\n') {
            text.pop();
        }
        if pick(|normal| normal.crlf) {
            text = text.replace('\n', "\r\n");
        }
        if pick(|normal| normal.mark) {
            text.insert(0, '\u{feff}');
        }
        text
    }
}

/// One version of the file, read.
pub(super) struct Version<'a> {
    pub(super) source: Source<'a>,
    pub(super) fences: Fences,
    pub(super) root: Node,
    pub(super) values: Mapping,
    pub(super) outline: Outline,
    /// The offset of its timeline.
    pub(super) offset: FixedOffset,
    pub(super) entries: Vec<Entry>,
}

impl<'a> Version<'a> {
    fn read(path: &'a str, text: &'a str, v: &Vocabulary) -> Result<Self, Vec<Failure>> {
        let source = Source::new(path, text.as_bytes()).map_err(|failure| vec![failure])?;
        let fences = front_matter::split(&source).map_err(|failure| vec![failure])?;
        let root = yaml::read(&source, &fences)?;
        let values = match strict::read(&source, &fences, &root)? {
            serde_yaml::Value::Mapping(values) => values,
            _ => Mapping::new(),
        };
        let outline = outline::read(&source, fences.body.clone())?;
        let declared = root.get("times").and_then(|times| times.value.get("declared")?.value.text());
        let declared = declared.and_then(crate::domain::moment::Moment::parse);
        let anchored = outline.get(Section::Timeline);
        let offset = anchored.and_then(|anchored| anchored.offset);
        let offset = offset.or(declared.map(|declared| *declared.at.offset())).unwrap_or_else(utc);
        let lines = anchored.map(|anchored| timeline_lines(&source, anchored, offset, v)).unwrap_or_default();
        let entries = lines.into_iter().filter_map(|line| match line {
            TimelineLine::Entry { entry, .. } => Some(entry),
            TimelineLine::Other { .. } => None,
        });
        let entries = entries.collect();
        Ok(Self { source, fences, root, values, outline, offset, entries })
    }
}

impl Version<'_> {
    fn id(&self) -> Option<&str> {
        self.values.get("id")?.as_str()
    }

    fn aliases(&self) -> impl Iterator<Item = &str> {
        let aliases = self.values.get("aliases").and_then(serde_yaml::Value::as_sequence);
        aliases.into_iter().flatten().filter_map(serde_yaml::Value::as_str)
    }
}

/// The three versions of a merge. Of the sides, `one` has the smaller bytes.
pub(super) struct Sides<'a> {
    pub(super) base: Option<Version<'a>>,
    pub(super) one: Version<'a>,
    pub(super) other: Version<'a>,
}

impl Sides<'_> {
    /// Files made from one template are alike, and git takes one for another that was moved: a record must not end up in
    /// somebody else's. A side that was given a new id says so itself, by its aliases.
    fn are_one_incident(&self, path: &str) -> Result<(), Vec<Failure>> {
        let Some(base) = self.base.as_ref().and_then(Version::id) else { return Ok(()) };
        for side in [&self.one, &self.other] {
            let Some(id) = side.id().filter(|id| *id != base) else { continue };
            if !side.aliases().any(|alias| alias == base) {
                let failure = Failure::new(Exit::Invalid, "merge-different-incidents");
                return Err(vec![failure.with("one", base).with("other", id).at(path, 1, 1)]);
            }
        }
        Ok(())
    }
}

/// The order of two values of which neither is better, so that both merges of the same sides agree.
pub(super) fn fixed_rule(one: &str, other: &str) -> Ordering {
    one.cmp(other)
}

/// Takes the side that has changed, if only one has (or both have alike).
pub(super) fn one_sided<'t, T: PartialEq + ?Sized>(
    base: Option<&'t T>,
    one: Option<&'t T>,
    other: Option<&'t T>,
) -> Option<Option<&'t T>> {
    if one == other || other == base {
        Some(one)
    } else if one == base {
        Some(other)
    } else {
        None
    }
}
