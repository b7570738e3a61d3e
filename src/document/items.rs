//! Adding list items to the anchored sections: entries by time, actions and links at the end.

use chrono::{DateTime, FixedOffset};

use crate::domain::action::ActionItem;
use crate::domain::change::Change;
use crate::domain::moment::Moment;
use crate::failure::Failure;

use super::actions::{format_action, parse_action};
use super::entry::{format_entry, parse_entry, split_bullet};
use super::item_check::{blocks_of, expected_blocks};
use super::outline::{self, Anchored, Block, BlockKind, Section};
use super::parse::utc;
use super::source::{Source, Splice, next_line, spliced};
use super::vocabulary::Vocabulary;
use super::{front_matter, yaml};

/// The headings of sections that have to be added, without their anchors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headings {
    pub timeline: String,
    pub actions: String,
    pub links: String,
}

impl Headings {
    fn of(&self, section: Section) -> &str {
        match section {
            Section::Timeline => &self.timeline,
            Section::Actions => &self.actions,
            Section::Links => &self.links,
        }
    }
}

/// A list item to add, with the time that decides on its place if it has one.
pub(super) struct NewItem {
    pub(super) text: String,
    at: Option<DateTime<FixedOffset>>,
}

/// Adds what `change` has for one section. Says whether the section had to be added, too.
pub(super) fn add(
    source: &Source<'_>,
    section: Section,
    change: &Change,
    v: &Vocabulary,
    headings: &Headings,
) -> Result<(String, bool), Vec<Failure>> {
    let fences = front_matter::split(source).map_err(|failure| vec![failure])?;
    let outline = outline::read(source, fences.body.clone())?;
    let anchored = outline.get(section);
    let offset = match anchored.and_then(|anchored| anchored.offset) {
        Some(offset) => offset,
        None => default_offset(source, &fences, change)?,
    };
    let (rewritten, new) = wanted(source, section, anchored, (change, offset), v);
    if rewritten.is_empty() && new.is_empty() {
        return Ok((source.text.to_owned(), false));
    }
    let candidates = match anchored {
        Some(anchored) => {
            placed(source, anchored, &new, |raw| parse_entry(raw, offset, v).map(|entry| entry.at.at))
        }
        None => {
            let anchor = section.anchor((section == Section::Timeline).then_some(offset));
            appended(source, fences.body.start, &format!("## {} {anchor}", headings.of(section)), &new)
        }
    };
    let expected = expected_blocks(source, &outline, section, (&rewritten, &new));
    for mut splices in candidates {
        splices.extend(rewritten.iter().cloned());
        let text = spliced(source.text, splices);
        let added = anchored.is_none().then_some(section);
        if blocks_of(source.path, &text, added).as_ref() == Some(&expected) {
            return Ok((text, anchored.is_none()));
        }
    }
    let at = anchored.map_or(fences.body.start, |anchored| anchored.range.start);
    Err(vec![source.fault("edit-unsafe-section", at).with("name", section.token())])
}

/// The offset of a record whose anchor names none: that of the declaration, else of the first new entry.
fn default_offset(
    source: &Source<'_>,
    fences: &front_matter::Fences,
    change: &Change,
) -> Result<FixedOffset, Vec<Failure>> {
    let root = yaml::read(source, fences)?;
    let declared = root.get("times").and_then(|times| times.value.get("declared"));
    let declared =
        declared.and_then(|pair| Moment::parse(pair.value.text()?)).map(|moment| *moment.at.offset());
    let first = || change.entries.first().map(|entry| *entry.at.at.offset());
    Ok(declared.or_else(first).unwrap_or_else(utc))
}

/// What the change asks of the section: items to write anew in their place, and items to add.
fn wanted(
    source: &Source<'_>,
    section: Section,
    anchored: Option<&Anchored>,
    (change, offset): (&Change, FixedOffset),
    v: &Vocabulary,
) -> (Vec<Splice>, Vec<NewItem>) {
    let mut rewritten = Vec::new();
    let mut new = Vec::new();
    match section {
        Section::Timeline => {
            let mut entries: Vec<_> = change.entries.iter().map(|entry| entry.as_written(offset)).collect();
            entries.sort_by_key(|entry| entry.at.at);
            new.extend(
                entries
                    .iter()
                    .map(|entry| NewItem { text: format_entry(entry, offset, v), at: Some(entry.at.at) }),
            );
        }
        Section::Actions => {
            for action in &change.actions {
                let old = anchored.and_then(|anchored| {
                    let parsed = |block: &&Block| parse_action(&source.text[block.range.clone()], v);
                    let mut items = anchored.blocks.iter().filter(|block| block.kind == BlockKind::Item);
                    items.find(|block| parsed(block).is_some_and(|parsed| parsed.id == action.id))
                });
                match old {
                    Some(block) => rewritten.extend(rewrite(source, block, action, v)),
                    None => new.push(NewItem { text: format_action(action, v), at: None }),
                }
            }
        }
        Section::Links => {
            let text = |link: &String| format!("- {}", link.split_whitespace().collect::<Vec<_>>().join(" "));
            new.extend(change.links.iter().map(|link| NewItem { text: text(link), at: None }));
        }
    }
    (rewritten, new)
}

/// Changes the first line of an action, or its checkbox alone where nothing else differs.
fn rewrite(source: &Source<'_>, block: &Block, action: &ActionItem, v: &Vocabulary) -> Option<Splice> {
    let raw = &source.text[block.range.clone()];
    let old = parse_action(raw, v)?;
    if old == *action {
        return None;
    }
    let start = block.range.start + split_bullet(raw).0;
    if (ActionItem { done: action.done, ..old }) == *action {
        return Some(Splice::new(start + 1..start + 2, if action.done { "x" } else { " " }));
    }
    let first = raw.lines().next().unwrap_or_default().trim_end();
    let written = format_action(action, v);
    Some(Splice::new(start..block.range.start + first.len(), split_bullet(&written).1))
}

/// Ways of placing new items in a section that is there.
fn placed(
    source: &Source<'_>,
    anchored: &Anchored,
    new: &[NewItem],
    time: impl Fn(&str) -> Option<DateTime<FixedOffset>>,
) -> Vec<Vec<Splice>> {
    let items: Vec<(&Block, Option<DateTime<FixedOffset>>)> = anchored
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Item)
        .map(|block| (block, time(&source.text[block.range.clone()])))
        .collect();
    if items.is_empty() {
        let last = anchored.blocks.last().map_or(anchored.content, |block| block.range.end);
        return [last, anchored.content].map(|at| vec![paragraph(source, at, new)]).to_vec();
    }
    vec![new.iter().map(|item| beside(source, &items, item)).collect()]
}

/// Puts one item into a list: behind the last item that is not later, with whatever unread items follow that.
fn beside(source: &Source<'_>, items: &[(&Block, Option<DateTime<FixedOffset>>)], new: &NewItem) -> Splice {
    let eol = source.line_end();
    let earlier = |(_, at): &(&Block, Option<DateTime<FixedOffset>>)| {
        at.is_some_and(|at| new.at.is_none_or(|new| at <= new))
    };
    let is_timed = items.iter().any(|(_, at)| at.is_some());
    let next = match items.iter().rposition(earlier) {
        Some(last) if new.at.is_some() => {
            items[last + 1..].iter().position(|(_, at)| at.is_some()).map(|next| last + 1 + next)
        }
        None if new.at.is_some() && is_timed => items.iter().position(|(_, at)| at.is_some()),
        _ => None,
    };
    if next == Some(0) {
        let block = items[0].0;
        let text = styled(&new.text, &source.text[block.range.clone()], eol);
        return Splice::insert(block.range.start, format!("{text}{eol}"));
    }
    let block = items[next.unwrap_or(items.len()) - 1].0;
    let raw = &source.text[block.range.clone()];
    let text = styled(&new.text, raw, eol);
    let end = if raw.ends_with(['\n', '\r']) { eol } else { "" };
    Splice::insert(block.range.end, format!("{}{text}{end}", missing_end(raw, eol)))
}

/// What a line needs so that another can follow it. A carriage return is none for git and most editors.
fn missing_end<'t>(line: &str, eol: &'t str) -> &'t str {
    match line.chars().next_back() {
        Some('\n') => "",
        Some('\r') => "\n",
        _ => eol,
    }
}

/// The item with the bullet and the indentation of its neighbour, so that both are in one list.
fn styled(text: &str, neighbour: &str, eol: &str) -> String {
    let blanks = neighbour.len() - neighbour.trim_start_matches(' ').len();
    let bullet = neighbour[blanks..].chars().next().filter(|c| "-*+".contains(*c)).unwrap_or('-');
    let indent = " ".repeat(blanks);
    let mut out = format!("{indent}{bullet}{}", text.strip_prefix('-').unwrap_or(text));
    if blanks > 0 {
        out = out
            .lines()
            .enumerate()
            .map(
                |(index, line)| {
                    if index == 0 || line.is_empty() { line.to_owned() } else { format!("{indent}{line}") }
                },
            )
            .collect::<Vec<_>>()
            .join("\n");
    }
    out.replace('\n', eol)
}

/// The items as a list of their own at `at`, the start of a line, set off by blank lines.
fn paragraph(source: &Source<'_>, at: usize, new: &[NewItem]) -> Splice {
    let (text, eol) = (source.text, source.line_end());
    let mut out = format!("{}{eol}", missing_end(&text[..at], eol));
    for item in new {
        out.push_str(&item.text.replace('\n', eol));
        out.push_str(eol);
    }
    let next = &text[at..next_line(text, at)];
    if !next.trim().is_empty() {
        out.push_str(eol);
    }
    Splice::insert(at, out)
}

/// Ways of adding a section: at the end, or before everything else where the end is not safe (an unclosed fence).
fn appended(source: &Source<'_>, body: usize, heading: &str, new: &[NewItem]) -> Vec<Vec<Splice>> {
    let eol = source.line_end();
    let items: String = new.iter().map(|item| format!("{}{eol}", item.text.replace('\n', eol))).collect();
    let section = format!("{heading}{eol}{eol}{items}");
    let text = source.text;
    let gap = match () {
        () if text.ends_with(&eol.repeat(2)) || text.len() == body => "".to_owned(),
        () if text.ends_with('\n') => eol.to_owned(),
        () => eol.repeat(2),
    };
    let gap = if text.len() == body { eol.repeat(if text.ends_with('\n') { 1 } else { 2 }) } else { gap };
    let at_end = Splice::insert(text.len(), format!("{gap}{section}"));
    let at_start = Splice::insert(body, format!("{eol}{section}{eol}"));
    vec![vec![at_end], vec![at_start]]
}
