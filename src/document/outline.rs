//! The sections that the tool writes to, found by the anchor comment in a top-level heading, and the blocks in them.

use std::ops::Range;

use chrono::FixedOffset;
use comrak::nodes::{ListType, NodeValue};
use comrak::{Arena, Options, parse_document};

use crate::failure::Failure;

use super::entry::parse_offset;
use super::source::Source;

/// More faults than anybody reads; finding the place of each takes time.
const MAX_FAULTS: usize = 100;

/// A section that the tool writes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Section {
    Timeline,
    Actions,
    Links,
}

impl Section {
    pub const ALL: [Self; 3] = [Self::Timeline, Self::Actions, Self::Links];

    /// The word in the anchor: `<!-- incident:timeline +09:00 -->`.
    pub fn token(self) -> &'static str {
        match self {
            Self::Timeline => "timeline",
            Self::Actions => "actions",
            Self::Links => "links",
        }
    }

    /// The anchor comment; the timeline's names the offset of its times.
    pub fn anchor(self, offset: Option<FixedOffset>) -> String {
        match offset {
            Some(offset) => format!("<!-- incident:{} {offset} -->", self.token()),
            None => format!("<!-- incident:{} -->", self.token()),
        }
    }

    /// Whether the comment anchors a section.
    pub(super) fn is_anchor(comment: &str) -> bool {
        Self::read(comment).is_some()
    }

    /// Reads a comment that is an anchor, and what follows its word.
    fn read(comment: &str) -> Option<(Self, &str)> {
        let inner = comment.strip_prefix("<!--")?.strip_suffix("-->")?.trim();
        let (word, argument) = inner.strip_prefix("incident:")?.split_once(' ').unwrap_or((&inner[9..], ""));
        let section = Self::ALL.into_iter().find(|section| section.token() == word)?;
        Some((section, argument.trim()))
    }
}

/// What a block of a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlockKind {
    /// An item of a bullet list.
    Item,
    /// A comment or other HTML: advice to the writer.
    Html,
    Other,
}

/// A block of a section: whole lines, as byte offsets in the file, without blank lines behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) range: Range<usize>,
    pub(super) kind: BlockKind,
}

/// A section with an anchor: its heading and everything up to the next heading that is not below it or has an anchor too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Anchored {
    pub(super) section: Section,
    /// The offset named in the anchor.
    pub(super) offset: Option<FixedOffset>,
    /// From the heading's line on.
    pub(super) range: Range<usize>,
    /// Where the lines behind the heading begin.
    pub(super) content: usize,
    pub(super) blocks: Vec<Block>,
}

/// The structure of a body as far as the tool needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Outline {
    pub(super) sections: Vec<Anchored>,
    /// The first heading of level 1.
    pub(super) title: Option<Range<usize>>,
}

impl Outline {
    pub(super) fn get(&self, section: Section) -> Option<&Anchored> {
        self.sections.iter().find(|found| found.section == section)
    }
}

/// A top-level block or list item as the Markdown parser found it.
struct Raw {
    range: Range<usize>,
    kind: BlockKind,
    /// The level, if it is a heading.
    heading: Option<u8>,
    anchors: Vec<String>,
    /// Where the heading's lines end.
    end_line: usize,
}

/// Reads the body, which is `body` of the file.
pub(super) fn read(source: &Source<'_>, body: Range<usize>) -> Result<Outline, Vec<Failure>> {
    let text = &source.text[body.clone()];
    let lines = line_starts(text, body.start);
    let mut raw = raw_blocks(text, &lines);
    let starts: Vec<usize> = raw.iter().map(|block| block.range.start).chain([body.end]).collect();
    for (block, next) in raw.iter_mut().zip(&starts[1..]) {
        block.range.end = *next;
    }
    let mut outline = Outline::default();
    let mut faults = Vec::new();
    for (index, block) in raw.iter().enumerate() {
        let Some(level) = block.heading else { continue };
        if level == 1 && outline.title.is_none() {
            outline.title = Some(block.range.start..block.end_line);
        }
        for anchor in &block.anchors {
            let Some((section, argument)) = Section::read(anchor) else { continue };
            let offset = parse_offset(argument);
            if section == Section::Timeline && !argument.is_empty() && offset.is_none() {
                let fault = source.fault("anchor-offset", block.range.start);
                faults.push(fault.with("value", argument));
            }
            // One heading begins one section: two would have the same lines.
            let is_taken = outline.sections.last().is_some_and(|last| last.range.start == block.range.start);
            if is_taken || outline.get(section).is_some() {
                if faults.len() < MAX_FAULTS {
                    let key = if is_taken { "anchors-in-one-heading" } else { "anchor-twice" };
                    faults.push(source.fault(key, block.range.start).with("name", section.token()));
                }
                continue;
            }
            let rest = &raw[index + 1..];
            let anchored = |block: &Raw| block.anchors.iter().any(|anchor| Section::is_anchor(anchor));
            let is_next = |block: &Raw| block.heading.is_some_and(|next| next <= level) || anchored(block);
            let count = rest.iter().position(is_next).unwrap_or(rest.len());
            let end = rest.get(count).map_or(body.end, |block| block.range.start);
            outline.sections.push(Anchored {
                section,
                offset,
                range: block.range.start..end,
                content: block.end_line,
                blocks: rest[..count].iter().flat_map(|block| trimmed(source.text, block)).collect(),
            });
        }
    }
    if faults.is_empty() { Ok(outline) } else { Err(faults) }
}

/// The offsets at which lines begin, counted as Markdown counts lines, and the end of the text.
fn line_starts(text: &str, start: usize) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends_line = |at: usize| bytes[at] == b'\n' || bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    let inner = (0..bytes.len()).filter(|at| ends_line(*at)).map(|at| at + 1);
    let mut starts: Vec<usize> = [0].into_iter().chain(inner).map(|at| start + at).collect();
    if starts.last() != Some(&(start + text.len())) {
        starts.push(start + text.len());
    }
    starts
}

fn raw_blocks(text: &str, lines: &[usize]) -> Vec<Raw> {
    let arena = Arena::new();
    let root = parse_document(&arena, text, &Options::default());
    let last = lines.last().copied().unwrap_or_default();
    let line = |number: usize| lines.get(number.saturating_sub(1)).copied().unwrap_or(last);
    let mut raw = Vec::new();
    for node in root.children() {
        let data = node.data();
        let (start, end) = (data.sourcepos.start.line, data.sourcepos.end.line);
        let mut block = Raw {
            range: line(start)..line(end + 1),
            kind: BlockKind::Other,
            heading: None,
            anchors: Vec::new(),
            end_line: line(end + 1),
        };
        match &data.value {
            NodeValue::List(list) if list.list_type == ListType::Bullet => {
                raw.extend(node.children().map(|item| {
                    let start = line(item.data().sourcepos.start.line);
                    Raw {
                        range: start..start,
                        kind: BlockKind::Item,
                        heading: None,
                        anchors: Vec::new(),
                        end_line: start,
                    }
                }));
                continue;
            }
            NodeValue::HtmlBlock(_) => block.kind = BlockKind::Html,
            NodeValue::Heading(heading) => {
                block.heading = Some(heading.level);
                block.anchors.extend(node.children().filter_map(|child| match &child.data().value {
                    NodeValue::HtmlInline(html) => Some(html.clone()),
                    _ => None,
                }));
            }
            _ => {}
        }
        raw.push(block);
    }
    raw
}

/// The lines of the block without blank ones behind it.
///
/// Lines that follow an item after a blank one without being indented are no part of it (a link's definition, say).
fn trimmed(text: &str, block: &Raw) -> Vec<Block> {
    let mut ends = Vec::new();
    let mut start = block.range.start;
    let (mut end, mut blank) = (start, false);
    for line in text[block.range.clone()].split_inclusive('\n') {
        let line_start = ends.last().copied().unwrap_or(block.range.start);
        ends.push(line_start + line.len());
        let is_blank = line.trim().is_empty();
        let leaves = block.kind == BlockKind::Item && blank && !is_blank && !line.starts_with([' ', '\t']);
        if leaves {
            let rest = Raw {
                range: line_start..block.range.end,
                kind: BlockKind::Other,
                heading: None,
                anchors: Vec::new(),
                end_line: 0,
            };
            let mut blocks = vec![Block { range: start..end, kind: block.kind }];
            blocks.extend(trimmed(text, &rest));
            return blocks;
        }
        if !is_blank {
            end = line_start + line.len();
        }
        blank = is_blank;
    }
    if end == start {
        start = end;
    }
    vec![Block { range: start..end, kind: block.kind }]
}
