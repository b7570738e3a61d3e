//! Merging the list items of the anchored sections: entries, actions and links, each a fact of its own.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use chrono::{DateTime, FixedOffset};

use crate::domain::event::Entry;
use crate::failure::Message;

use super::actions::parse_action;
use super::entry::{format_entry, parse_entry};
use super::merge::{Sides, Version, one_sided};
use super::outline::{BlockKind, Section};
use super::prose::{self, Conflicts};
use super::vocabulary::Vocabulary;

/// The items of one section after the merge.
#[derive(Default)]
pub(super) struct Items {
    pub(super) elements: Vec<Element>,
    pub(super) notes: Vec<Message>,
}

impl Items {
    pub(super) fn entries(&self) -> Vec<Entry> {
        self.elements.iter().filter_map(|element| element.entry.clone()).collect()
    }
}

/// A block of a section: an item, or what stands between items.
#[derive(Clone, Debug)]
pub(super) struct Element {
    key: Key,
    /// Which of the elements with this key it is.
    number: usize,
    /// Its lines, each closed.
    pub(super) raw: String,
    /// The blank lines before it.
    pub(super) gap: String,
    entry: Option<Entry>,
}

/// What makes two elements the same fact.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Entry(Entry),
    /// An action that the base knows is its id, one that is new its id and words.
    Action(String, String),
    Raw(String),
}

type Identity = (Key, usize);

impl Element {
    fn identity(&self) -> Identity {
        (self.key.clone(), self.number)
    }

    /// When it happened and when it was recorded; an unread element goes with the one before it.
    fn time(&self) -> Option<(DateTime<FixedOffset>, DateTime<FixedOffset>)> {
        self.entry.as_ref().map(|entry| (entry.at.at, entry.recorded_at()))
    }
}

/// Merges the items of `section`, written for the offset that the merged anchor names.
pub(super) fn merge(sides: &Sides<'_>, section: Section, offset: FixedOffset, v: &Vocabulary) -> Items {
    let known: HashSet<String> =
        sides.base.as_ref().map(|base| action_ids(base, section, v)).unwrap_or_default();
    let of = |version: &Version<'_>| elements(version, section, (offset, &known), v);
    let base = sides.base.as_ref().map(of).unwrap_or_default();
    let (one, other) = (of(&sides.one), of(&sides.other));
    let mut items = Items::default();
    let [base_by, one_by, other_by] = [&base, &one, &other].map(|elements| by_identity(elements));
    let mut kept: HashMap<Identity, String> = HashMap::new();
    let mut doubled: HashMap<Identity, String> = HashMap::new();
    for identity in one_by.keys().chain(other_by.keys()) {
        let raw = |of: &HashMap<Identity, &Element>| of.get(identity).map(|element| element.raw.clone());
        let (base, one, other) = (raw(&base_by), raw(&one_by), raw(&other_by));
        match one_sided(base.as_deref(), one.as_deref(), other.as_deref()) {
            Some(Some(raw)) => drop(kept.insert(identity.clone(), raw.to_owned())),
            Some(None) => {}
            None => match (one, other) {
                (Some(one), Some(other)) => {
                    let (raw, second) = both(base.as_deref(), &one, &other, &identity.0);
                    kept.insert(identity.clone(), raw);
                    doubled.extend(second.map(|second| (identity.clone(), second)));
                }
                (edited, None) | (None, edited) => kept.extend(edited.map(|raw| (identity.clone(), raw))),
            },
        }
    }
    let mut written = HashSet::new();
    for mut element in sequence(&one, &other, &kept) {
        let identity = element.identity();
        let raws = [kept.get(&identity), doubled.get(&identity)];
        for raw in raws.into_iter().flatten() {
            element.raw.clone_from(raw);
            // A conflict that was merged before comes back with both versions on one side.
            let repeated = matches!(element.key, Key::Action(..)) && !written.insert(raw.clone());
            if !repeated {
                items.elements.push(element.clone());
            }
        }
    }
    if let Some(first) = items.elements.first_mut() {
        first.gap.clear();
    }
    items.notes = twice(&items.elements, &known, v);
    items
}

/// An item that both sides have changed: the words of both if they fit into one, else both items.
fn both(base: Option<&str>, one: &str, other: &str, key: &Key) -> (String, Option<String>) {
    let (first, second) = if one <= other { (one, other) } else { (other, one) };
    if !matches!(key, Key::Action(..)) {
        return (first.to_owned(), None);
    }
    let split = |text: &str| text.replace('\n', "\u{1}\n").replace(' ', "\u{2}\n");
    let whole = |text: &str| text.replace("\u{2}\n", " ").replace("\u{1}\n", "\n");
    let base = base.map(split);
    let (merged, conflicted) =
        prose::merge(base.as_deref(), &split(first), &split(second), Conflicts::Marked);
    if conflicted { (first.to_owned(), Some(second.to_owned())) } else { (whole(&merged), None) }
}

/// Notes about ids that both sides have given to new actions.
fn twice(elements: &[Element], known: &HashSet<String>, v: &Vocabulary) -> Vec<Message> {
    let ids = elements.iter().filter(|element| matches!(element.key, Key::Action(..)));
    let ids: Vec<String> =
        ids.filter_map(|element| parse_action(&element.raw, v)).map(|action| action.id).collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    let mut notes = Vec::new();
    for id in &ids {
        let times = times.entry(id).or_default();
        *times += 1;
        if *times == 2 && !known.contains(id) {
            notes.push(Message::new("merge-action-twice").with("id", id));
        }
    }
    notes
}

fn action_ids(version: &Version<'_>, section: Section, v: &Vocabulary) -> HashSet<String> {
    let blocks = version.outline.get(section).map_or(&[][..], |anchored| &anchored.blocks);
    let parsed = blocks.iter().filter_map(|block| parse_action(&version.source.text[block.range.clone()], v));
    parsed.map(|action| action.id).collect()
}

/// From the first item to the last, with what stands between them.
pub(super) fn span(version: &Version<'_>, section: Section) -> Option<std::ops::Range<usize>> {
    let blocks = &version.outline.get(section)?.blocks;
    let mut items = blocks.iter().filter(|block| block.kind == BlockKind::Item);
    let first = items.next()?;
    let last = items.next_back().unwrap_or(first);
    Some(first.range.start..last.range.end)
}

fn elements(
    version: &Version<'_>,
    section: Section,
    (offset, known): (FixedOffset, &HashSet<String>),
    v: &Vocabulary,
) -> Vec<Element> {
    let Some(span) = span(version, section) else { return Vec::new() };
    let text = version.source.text;
    let blocks = version.outline.get(section).map_or(&[][..], |anchored| &anchored.blocks);
    let mut counts: HashMap<Key, usize> = HashMap::new();
    let mut end = span.start;
    let inside = blocks.iter().filter(|block| span.start <= block.range.start && block.range.end <= span.end);
    inside
        .map(|block| {
            let raw = &text[block.range.clone()];
            let gap = text[end..block.range.start].to_owned();
            end = block.range.end;
            let is_item = block.kind == BlockKind::Item;
            let entry = (is_item && section == Section::Timeline)
                .then(|| parse_entry(raw, version.offset, v))
                .flatten();
            let action = (is_item && section == Section::Actions).then(|| parse_action(raw, v)).flatten();
            let mut raw = raw.to_owned();
            let key = match (&entry, action) {
                (Some(entry), _) => {
                    if version.offset != offset {
                        raw = format!("{}\n", format_entry(entry, offset, v));
                    }
                    Key::Entry(entry.clone())
                }
                (None, Some(action)) if known.contains(&action.id) => Key::Action(action.id, String::new()),
                (None, Some(action)) => Key::Action(action.id, action.text),
                (None, None) => Key::Raw(raw.trim_end().to_owned()),
            };
            let count = counts.entry(key.clone()).or_default();
            *count += 1;
            Element { key, number: *count, raw, gap, entry }
        })
        .collect()
}

fn by_identity(elements: &[Element]) -> HashMap<Identity, &Element> {
    elements.iter().map(|element| (element.identity(), element)).collect()
}

/// The kept elements of both sides: each side in its own order, new ones by time.
///
/// Where the sides contradict each other, the order of `one` stands.
fn sequence(one: &[Element], other: &[Element], kept: &HashMap<Identity, String>) -> Vec<Element> {
    let is_kept = |element: &&Element| kept.contains_key(&element.identity());
    let one: Vec<&Element> = one.iter().filter(is_kept).collect();
    let other: Vec<&Element> = other.iter().filter(is_kept).collect();
    let (one_times, other_times) = (times(&one), times(&other));
    let identities =
        |elements: &[&Element]| elements.iter().map(|element| element.identity()).collect::<Vec<_>>();
    let (one_ids, other_ids) = (identities(&one), identities(&other));
    let mut steps = prose::common_unique(&one_ids, &other_ids);
    steps.push((one.len(), other.len()));
    let in_one: HashSet<&Identity> = one_ids.iter().collect();
    let mut merged = Vec::new();
    let (mut left, mut right) = (0, 0);
    for (next_left, next_right) in steps {
        while left < next_left || right < next_right {
            let skipped = right < next_right && in_one.contains(&other_ids[right]);
            if skipped {
                right += 1;
            } else if right == next_right
                || left < next_left
                    && before((one[left], one_times[left]), (other[right], other_times[right]))
                        == Ordering::Less
            {
                merged.push(one[left].clone());
                left += 1;
            } else {
                merged.push(other[right].clone());
                right += 1;
            }
        }
        if left < one.len() && right < other.len() {
            merged.push(one[left].clone());
            (left, right) = (left + 1, right + 1);
        }
    }
    merged
}

type Times = Option<(DateTime<FixedOffset>, DateTime<FixedOffset>)>;

/// The time of each element; one that has none goes with the one before it.
fn times(elements: &[&Element]) -> Vec<Times> {
    let mut last = None;
    elements
        .iter()
        .map(|element| {
            last = element.time().or(last);
            last
        })
        .collect()
}

fn before((one, one_time): (&Element, Times), (other, other_time): (&Element, Times)) -> Ordering {
    let number = |element: &Element| match &element.key {
        Key::Action(id, _) => id.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse::<u64>().ok(),
        _ => None,
    };
    let order = one_time.cmp(&other_time).then_with(|| number(one).cmp(&number(other)));
    order.then_with(|| one.raw.cmp(&other.raw))
}
