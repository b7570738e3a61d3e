//! Merging the front matter: key by key on its text, value by value where both sides changed the same key.

use std::ops::Range;

use serde_yaml::{Mapping, Value as Yaml};

use crate::domain::change::{Assignment, Value};
use crate::domain::event::Entry;
use crate::failure::{Failure, Message};

use super::fields;
use super::merge::{MergeRules, Sides, Version, one_sided};
use super::merge_rules::Judge;
use super::present::KEYS;
use super::prose::{self, Conflicts};
use super::scalar;
use super::source::{Source, line_start, next_line};
use super::yaml::{Node, Pair, Shape};

/// The merged front matter.
pub(super) struct Fields {
    /// The lines between the fences.
    pub(super) text: String,
    /// What they say.
    pub(super) values: Mapping,
    pub(super) title: String,
    /// Values that lost and stand in no entry.
    pub(super) losers: Vec<Entry>,
    pub(super) notes: Vec<Message>,
}

/// Merges the front matter; `entries` are those of the merged timeline.
pub(super) fn merge(
    sides: &Sides<'_>,
    entries: &[Entry],
    rules: &MergeRules<'_>,
) -> Result<Fields, Vec<Failure>> {
    let mut merger = Merger { judge: Judge::new(sides, entries, rules) };
    let base = sides.base.as_ref().map(Slot::of).transpose()?;
    let (one, other) = (Slot::of(&sides.one)?, Slot::of(&sides.other)?);
    let (text, values) = merger.block(&[], base.as_ref(), &one, &other);
    let (losers, notes) = merger.judge.finish(&values)?;
    let title = values.get("title").map(scalar::shown).unwrap_or_default();
    Ok(Fields { text, values, title, losers, notes })
}

/// A block map in the text of one version: whole lines.
struct Slot<'a> {
    text: &'a str,
    map: &'a Node,
    region: Range<usize>,
    values: &'a Mapping,
}

/// A pair of a block map with the comments and blank lines above it.
struct Segment<'a> {
    key: &'a str,
    lead: &'a str,
    lines: &'a str,
    /// Where the lines begin in the text of the version.
    start: usize,
    pair: &'a Pair,
    value: &'a Yaml,
    text: &'a str,
}

impl<'a> Slot<'a> {
    /// The whole front matter. One that is written in braces is left to people.
    fn of(version: &'a Version<'a>) -> Result<Self, Vec<Failure>> {
        let yaml = &version.fences.yaml;
        if matches!(version.root.shape, Shape::Map { flow: true, .. }) {
            return Err(vec![version.source.fault("merge-unsafe", yaml.start)]);
        }
        let (text, map) = (version.source.text, &version.root);
        Ok(Self { text, map, region: yaml.clone(), values: &version.values })
    }

    fn segments(&self) -> (Vec<Segment<'a>>, &'a str) {
        let mut at = self.region.start;
        let mut segments = Vec::new();
        for pair in self.map.pairs() {
            let start = line_start(self.text, pair.key_start).max(at);
            let end = lines_end(self.text, pair).min(self.region.end);
            segments.push(Segment {
                key: &pair.key,
                lead: &self.text[at..start],
                lines: &self.text[start..end],
                start,
                pair,
                value: value_of(self.values, &pair.key),
                text: self.text,
            });
            at = end;
        }
        (segments, &self.text[at..self.region.end])
    }
}

/// Where the lines of a pair end. Blank lines that a block scalar keeps are its own.
fn lines_end(text: &str, pair: &Pair) -> usize {
    let end = next_line(text, pair.value.content_end(text).max(pair.value_start));
    let keeps_blank = pair.value.text().is_some_and(|value| value.ends_with("\n\n"));
    if keeps_blank { end.max(pair.value.end) } else { end }
}

/// The value under a key, whatever YAML makes of the key.
fn value_of<'a>(values: &'a Mapping, key: &str) -> &'a Yaml {
    let found = values
        .get(key)
        .or_else(|| values.iter().find(|(other, _)| scalar::shown(other) == key).map(|(_, value)| value));
    found.unwrap_or(&Yaml::Null)
}

impl<'a> Segment<'a> {
    /// The map below the key, if it is written in lines of its own.
    fn inner(&self) -> Option<Slot<'a>> {
        match (&self.pair.value.shape, self.value) {
            (Shape::Map { flow: false, .. }, Yaml::Mapping(values)) => {
                let first = next_line(self.text, self.pair.value_start);
                let end = self.start + self.lines.len();
                Some(Slot { text: self.text, map: &self.pair.value, region: first..end, values })
            }
            _ => None,
        }
    }
}

struct Merger<'a> {
    judge: Judge<'a>,
}

impl Merger<'_> {
    /// Merges a block map; the result has the lines and what they say.
    fn block(
        &mut self,
        path: &[&str],
        base: Option<&Slot<'_>>,
        one: &Slot<'_>,
        other: &Slot<'_>,
    ) -> (String, Mapping) {
        let (base_segments, base_tail) = base.map(Slot::segments).unwrap_or_default();
        let ((one_segments, one_tail), (other_segments, other_tail)) = (one.segments(), other.segments());
        let known = [one.values, other.values];
        let mut text = String::new();
        let mut values = Mapping::new();
        for key in order(&base_segments, &one_segments, &other_segments) {
            let of = |segments: &[Segment<'_>]| segments.iter().position(|segment| segment.key == key);
            let base = of(&base_segments).map(|at| &base_segments[at]);
            let one = of(&one_segments).map(|at| &one_segments[at]);
            let other = of(&other_segments).map(|at| &other_segments[at]);
            let path: Vec<&str> = path.iter().copied().chain([key]).collect();
            let Some((lines, value)) = self.pair(&path, base, one, other) else { continue };
            let lead = |segment: &Segment<'_>| segment.lead.to_owned();
            let [base, one, other] = [base, one, other].map(|segment| segment.map(lead));
            text.push_str(&comments(base.as_deref(), one.as_deref(), other.as_deref()));
            text.push_str(&lines);
            values.insert(key_of(key, known), value);
        }
        text.push_str(&comments(base.map(|_| base_tail), Some(one_tail), Some(other_tail)));
        (text, values)
    }

    /// The lines and the value of one key, or none where it is gone.
    fn pair(
        &mut self,
        path: &[&str],
        base: Option<&Segment<'_>>,
        one: Option<&Segment<'_>>,
        other: Option<&Segment<'_>>,
    ) -> Option<(String, Yaml)> {
        let taken = |segment: &Segment<'_>| (segment.lines.to_owned(), segment.value.clone());
        let (one, other) = match (one, other) {
            (Some(one), Some(other)) => (one, other),
            (None, None) => return None,
            (Some(kept), None) | (None, Some(kept)) => {
                let keeps = self.judge.keeps(path, base.map(|base| base.value), kept.value, one.is_some());
                return keeps.then(|| taken(kept));
            }
        };
        let lines = one_sided(base.map(|base| base.lines), Some(one.lines), Some(other.lines));
        if let Some(Some(lines)) = lines {
            return Some(taken(if lines == one.lines { one } else { other }));
        }
        if let (Some(one_map), Some(other_map)) = (one.inner(), other.inner()) {
            let base_map = base.and_then(Segment::inner);
            let (inner, values) = self.block(path, base_map.as_ref(), &one_map, &other_map);
            let header = &one.lines[..one_map.region.start - one.start];
            let key = header.split(':').next().unwrap_or_default();
            let text =
                if values.is_empty() { format!("{key}: {{}}\n{inner}") } else { format!("{header}{inner}") };
            return Some((text, Yaml::Mapping(values)));
        }
        let value = self.judge.value(path, base.map(|base| base.value), one.value, other.value);
        if value == *one.value && value == *other.value {
            // Both say the same in other words: which words stay must not depend on the rest of the file.
            return Some(taken(if one.lines <= other.lines { one } else { other }));
        }
        if value == *one.value {
            return Some(taken(one));
        }
        if value == *other.value {
            return Some(taken(other));
        }
        Some((rewritten(one, &value), value))
    }
}

/// The lines of a pair with another value in them.
fn rewritten(segment: &Segment<'_>, value: &Yaml) -> String {
    literal(segment, value).or_else(|| assigned(segment, value)).unwrap_or_else(|| {
        let head = &segment.text[segment.start..segment.pair.value_start];
        format!("{head} {}\n", scalar::flow(value))
    })
}

/// A text of several lines in the block scalar that stands there.
fn literal(segment: &Segment<'_>, value: &Yaml) -> Option<String> {
    let text = value.as_str()?;
    let (header, content) = segment.lines.split_once('\n')?;
    let indent = &content[..content.len() - content.trim_start_matches(' ').len()];
    let mut lines = format!("{header}\n");
    for line in text.lines() {
        lines.push_str(&if line.is_empty() { "\n".to_owned() } else { format!("{indent}{line}\n") });
    }
    let read: Yaml = serde_yaml::from_str(&lines).ok()?;
    (read.get(segment.key)? == value).then_some(lines)
}

/// A list or a text in place of what stands there, by the rules of an edit.
fn assigned(segment: &Segment<'_>, value: &Yaml) -> Option<String> {
    let value = match value {
        Yaml::String(text) => Value::Text(text.clone()),
        Yaml::Sequence(items) => {
            let texts = items.iter().map(|item| item.as_str().map(str::to_owned));
            Value::List(texts.collect::<Option<_>>()?)
        }
        _ => return None,
    };
    let text = format!("---\n{}---\n", segment.lines);
    let assignment = Assignment { path: vec![segment.key.to_owned()], value: Some(value) };
    let edited = fields::assign(&Source { path: "", text: &text }, &assignment).ok()?;
    Some(edited.strip_prefix("---\n")?.strip_suffix("---\n")?.to_owned())
}

/// The key as YAML reads it: `1` is a number.
fn key_of(key: &str, sides: [&Mapping; 2]) -> Yaml {
    let find = |values: &Mapping| values.keys().find(|other| scalar::shown(other) == key).cloned();
    sides.into_iter().find_map(find).unwrap_or_else(|| Yaml::String(key.to_owned()))
}

/// The comments above a key: the side that changed them, or those of both.
fn comments(base: Option<&str>, one: Option<&str>, other: Option<&str>) -> String {
    match (one, other) {
        (Some(one), Some(other)) => prose::merge(base, one, other, Conflicts::Joined).0,
        (one, other) => one.or(other).unwrap_or_default().to_owned(),
    }
}

/// The keys of both sides: in the order of the side that has moved some, new ones behind their predecessor.
fn order<'s>(base: &[Segment<'s>], one: &[Segment<'s>], other: &[Segment<'s>]) -> Vec<&'s str> {
    let keys = |segments: &[Segment<'s>]| segments.iter().map(|segment| segment.key).collect::<Vec<_>>();
    let (base, one, other) = (keys(base), keys(one), keys(other));
    let known = |side: &[&'s str], by: &[&'s str]| {
        side.iter().copied().filter(|key| by.contains(key)).collect::<Vec<_>>()
    };
    let one_moved = known(&one, &base) != known(&base, &one);
    let (mut keys, second) =
        if one_moved || known(&other, &base) == known(&base, &other) { (one, other) } else { (other, one) };
    let rank = |key: &'s str| (KEYS.iter().position(|known| *known == key).unwrap_or(KEYS.len()), key);
    for (index, key) in second.iter().enumerate() {
        if keys.contains(key) {
            continue;
        }
        let before = second[..index].iter().rev().find_map(|key| keys.iter().position(|other| other == key));
        let mut at = before.map_or(0, |before| before + 1);
        while at < keys.len() && !second.contains(&keys[at]) && rank(keys[at]) < rank(key) {
            at += 1;
        }
        keys.insert(at, key);
    }
    keys
}
