//! Merging the body: the sections that the tool keeps item by item, everything else as prose.

use std::borrow::Cow;
use std::ops::Range;

use chrono::FixedOffset;

use crate::domain::text::one_line;
use crate::failure::Message;

use super::escape::says;
use super::merge::{PROSE_CONFLICT, Sides, Version, fixed_rule, one_sided};
use super::merge_items::{self, Items};
use super::outline::Section;
use super::parse::utc;
use super::prose::{self, Conflicts};
use super::source::{Splice, line_end, spliced};
use super::vocabulary::Vocabulary;

/// The merged body.
pub(super) struct Body {
    pub(super) text: String,
    pub(super) conflicted: bool,
    pub(super) notes: Vec<Message>,
    /// The items that each section must have.
    pub(super) kept: Vec<(Section, Vec<String>)>,
}

/// A section in the order of the merged body, with its heading and its items.
pub(super) struct Part {
    section: Section,
    /// The heading's lines.
    heading: String,
    pub(super) items: Items,
}

/// Merges the items of every section.
pub(super) fn parts(sides: &Sides<'_>, v: &Vocabulary) -> Vec<Part> {
    let order = |version: &Version<'_>| {
        version.outline.sections.iter().map(|found| found.section).collect::<Vec<_>>()
    };
    let (mut sections, second) = (order(&sides.one), order(&sides.other));
    for (index, section) in second.iter().enumerate() {
        if !sections.contains(section) {
            let before = second[..index]
                .iter()
                .rev()
                .find_map(|before| sections.iter().position(|other| other == before));
            sections.insert(before.map_or(0, |before| before + 1), *section);
        }
    }
    let part = |section: Section| {
        let (heading, offset) = heading(sides, section);
        Part { section, heading, items: merge_items::merge(sides, section, offset, v) }
    };
    sections.into_iter().map(part).collect()
}

/// The heading of the side that has changed it, and the offset that it names.
fn heading(sides: &Sides<'_>, section: Section) -> (String, FixedOffset) {
    let of = |version: &Version<'_>| {
        let anchored = version.outline.get(section)?;
        Some((version.source.text[anchored.range.start..anchored.content].to_owned(), version.offset))
    };
    let (base, one, other) = (sides.base.as_ref().and_then(of), of(&sides.one), of(&sides.other));
    let picked = one_sided(base.as_ref(), one.as_ref(), other.as_ref()).flatten().cloned();
    // Taken out by one side, it is needed all the same if items are left in it.
    let picked =
        picked.or_else(|| one.into_iter().chain(other).max_by(|one, other| fixed_rule(&one.0, &other.0)));
    picked.unwrap_or_else(|| (String::new(), utc()))
}

/// Puts the body together; `title` is the merged one.
pub(super) fn merge(sides: &Sides<'_>, parts: &[Part], title: &str) -> Body {
    let texts: Vec<(Section, Option<String>)> =
        parts.iter().map(|part| (part.section, part.text(sides))).collect();
    let (text, conflicted) =
        as_a_whole(sides, &texts, title).unwrap_or_else(|| piece_by_piece(sides, &texts, title));
    let raws = |part: &Part| part.items.elements.iter().map(|element| element.raw.clone()).collect();
    let mut notes: Vec<Message> = parts.iter().flat_map(|part| part.items.notes.clone()).collect();
    notes.extend(conflicted.then(|| Message::new(PROSE_CONFLICT)));
    Body { text, conflicted, notes, kept: parts.iter().map(|part| (part.section, raws(part))).collect() }
}

impl Part {
    /// The heading and everything up to the last item; none if one side has taken the section out and the other has added
    /// nothing to it.
    fn text(&self, sides: &Sides<'_>) -> Option<String> {
        let intro = |version: &Version<'_>| {
            version.outline.get(self.section).map(|_| intro(version, self.section).to_owned())
        };
        let base = sides.base.as_ref().and_then(intro);
        let [one, other] = [intro(&sides.one), intro(&sides.other)];
        let is_left = |side: &Option<String>| side.is_none() || *side == base;
        let is_taken_out = base.is_some() && (one.is_none() || other.is_none());
        if self.items.elements.is_empty() && is_taken_out && is_left(&one) && is_left(&other) {
            return None;
        }
        // Where a side has no such section, the words of the other stand.
        let [one, other] = [one, other].map(|side| side.or_else(|| base.clone()).unwrap_or_default());
        let (words, _) = prose::merge(base.as_deref(), &one, &other, Conflicts::Joined);
        let items = self.items.elements.iter().map(|element| format!("{}{}", element.gap, element.raw));
        Some(format!("{}{words}{}", self.heading, items.collect::<String>()))
    }
}

/// Merges the prose in one go, with a line in place of each section.
///
/// None where a section would end up inside a conflict, twice, or nowhere.
fn as_a_whole(sides: &Sides<'_>, parts: &[(Section, Option<String>)], title: &str) -> Option<(String, bool)> {
    let is_kept = |section: Section| parts.iter().any(|(kept, text)| *kept == section && text.is_some());
    let mark = |section: Section| {
        if is_kept(section) { format!("\u{0}{}\n", section.token()) } else { String::new() }
    };
    let whole = |version: &Version<'_>| {
        let mut text = prose_behind(version, None, title).into_owned();
        for found in &version.outline.sections {
            text.push_str(&mark(found.section));
            text.push_str(&prose_behind(version, Some(found.section), title));
        }
        text
    };
    let base = sides.base.as_ref().map(whole);
    let (mut text, conflicted) =
        prose::merge(base.as_deref(), &whole(&sides.one), &whole(&sides.other), Conflicts::Marked);
    if prose::conflicts(&text).any(|conflict| conflict.contains('\0')) {
        return None;
    }
    for (section, part) in parts {
        let Some(part) = part else { continue };
        let mark = mark(*section);
        let (before, behind) = text.split_once(&mark)?;
        if behind.contains(&mark) {
            return None;
        }
        text = format!("{before}{}", prose::behind_list(part, behind));
    }
    Some((text, conflicted))
}

/// Merges what stands before, between and behind the sections, each for itself.
fn piece_by_piece(sides: &Sides<'_>, parts: &[(Section, Option<String>)], title: &str) -> (String, bool) {
    let piece = |after: Option<Section>| {
        let of = |version: &Version<'_>| prose_behind(version, after, title).into_owned();
        let base = sides.base.as_ref().map(of);
        prose::merge(base.as_deref(), &of(&sides.one), &of(&sides.other), Conflicts::Marked)
    };
    let (mut text, mut conflicted) = piece(None);
    for (section, part) in parts {
        let (behind, is_conflicted) = piece(Some(*section));
        text.push_str(&prose::behind_list(part.as_deref().unwrap_or_default(), &behind));
        conflicted |= is_conflicted;
    }
    (text, conflicted)
}

/// What stands between a section's heading and its first item, or all of it if there is none.
fn intro<'a>(version: &Version<'a>, section: Section) -> &'a str {
    let Some(anchored) = version.outline.get(section) else { return "" };
    &version.source.text[anchored.content..items_of(version, section).start]
}

/// The bytes of the items; an empty place behind the last words if there are none.
fn items_of(version: &Version<'_>, section: Section) -> Range<usize> {
    merge_items::span(version, section).unwrap_or_else(|| {
        let end = version.outline.get(section).map_or(version.fences.body.start, |anchored| {
            anchored.blocks.last().map_or(anchored.content, |block| block.range.end)
        });
        end..end
    })
}

/// The prose behind the items of a section (or from the start) up to the next section that the version has.
fn prose_behind<'a>(version: &Version<'a>, after: Option<Section>, title: &str) -> Cow<'a, str> {
    let sections = &version.outline.sections;
    let (start, next) = match after {
        None => (version.fences.body.start, 0),
        Some(section) => match sections.iter().position(|found| found.section == section) {
            Some(index) => (items_of(version, section).end, index + 1),
            None => return Cow::Borrowed(""),
        },
    };
    let end = sections.get(next).map_or(version.fences.body.end, |found| found.range.start);
    retitled(version, start..end, title)
}

/// The range with the merged title in a heading that says the version's own, so that both say the same.
fn retitled<'a>(version: &Version<'a>, range: Range<usize>, title: &str) -> Cow<'a, str> {
    let text = version.source.text;
    let own = version.root.get("title").and_then(|pair| pair.value.text());
    let found =
        version.outline.title.clone().filter(|heading| range.contains(&heading.start)).and_then(|heading| {
            let line = &text[heading.start..line_end(text, heading.start)];
            let said = line
                .strip_prefix("# ")
                .filter(|said| own.is_some_and(|own| says(said.trim(), own)) && !title.is_empty())?;
            let start = heading.start + line.find(said.trim())?;
            Some(start - range.start..start + said.trim().len() - range.start)
        });
    match found {
        Some(found) => Cow::Owned(spliced(&text[range], vec![Splice::new(found, one_line(title))])),
        None => Cow::Borrowed(&text[range]),
    }
}
