//! The front matter as a tree of keys and values that knows where each of them stands.
//!
//! Anchors, aliases and tags are refused: incident files need none, and they are what YAML bombs are made of.

use std::collections::HashSet;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, StrInput};

use crate::failure::Failure;

use super::byte_offsets::ByteOffsets;
use super::front_matter::Fences;
use super::source::Source;

/// How deeply values may be nested.
const MAX_DEPTH: usize = 16;
/// More faults than anybody reads; finding the place of each takes time.
const MAX_FAULTS: usize = 100;

/// A value and the bytes it stands on, as offsets in the file.
///
/// A value that is left out begins and ends behind its colon; a block scalar begins at its `|` or `>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) shape: Shape,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Scalar { text: String, style: Style },
    Map { flow: bool, pairs: Vec<Pair> },
    List { flow: bool, items: Vec<Node> },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Single,
    Double,
    Block,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) key: String,
    pub(super) key_start: usize,
    /// Behind the colon.
    pub(super) value_start: usize,
    pub(super) value: Node,
}

impl Node {
    pub(super) fn pairs(&self) -> &[Pair] {
        if let Shape::Map { pairs, .. } = &self.shape { pairs } else { &[] }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Pair> {
        self.pairs().iter().find(|pair| pair.key == key)
    }

    /// Where its last character ends, without the line ends that a block scalar takes in.
    pub(super) fn content_end(&self, text: &str) -> usize {
        self.start + text[self.start..self.end].trim_end().len()
    }

    /// The text of a scalar that is not null.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.shape {
            Shape::Scalar { text, .. } if !self.is_null() => Some(text),
            _ => None,
        }
    }

    pub(super) fn is_null(&self) -> bool {
        let nulls = ["", "~", "null", "Null", "NULL"];
        matches!(&self.shape, Shape::Scalar { text, style: Style::Plain } if nulls.contains(&text.as_str()))
    }
}

/// Reads the front matter. Every fault says where it is; syntax errors end the reading.
pub(super) fn read(source: &Source<'_>, fences: &Fences) -> Result<Node, Vec<Failure>> {
    let yaml = &source.text[fences.yaml.clone()];
    let mut reader = Reader {
        source,
        parser: Parser::new_from_str(yaml),
        bytes: ByteOffsets::new(yaml, fences.yaml.start),
        faults: Vec::new(),
    };
    let root = reader.document().map_err(|failure| vec![failure])?;
    if !reader.faults.is_empty() {
        return Err(reader.faults);
    }
    match root {
        Some(root) if matches!(root.shape, Shape::Map { .. }) => Ok(root),
        Some(root) if !root.is_null() => Err(vec![source.fault("front-matter-not-a-map", root.start)]),
        _ => {
            let at = fences.yaml.start;
            Ok(Node { start: at, end: at, shape: Shape::Map { flow: false, pairs: Vec::new() } })
        }
    }
}

struct Reader<'a> {
    source: &'a Source<'a>,
    parser: Parser<'a, StrInput<'a>>,
    bytes: ByteOffsets,
    faults: Vec<Failure>,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<(Event<'a>, Span), Failure> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => {
                let at = self.bytes.get(error.marker().index()).min(self.source.text.len());
                Err(self.source.fault("yaml-invalid", at).with("reason", error.info()))
            }
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn document(&mut self) -> Result<Option<Node>, Failure> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => return Ok(root),
                Event::StreamStart | Event::Nothing | Event::DocumentEnd => {}
                Event::DocumentStart(_) if root.is_some() => {
                    return Err(self.source.fault("yaml-two-documents", self.bytes.get(span.start.index())));
                }
                Event::DocumentStart(_) => {}
                event => root = Some(self.node(event, span, None, 0)?),
            }
        }
    }

    /// Reads the node that `event` begins; `behind` is where its key's colon or its dash ends.
    fn node(
        &mut self,
        event: Event<'a>,
        span: Span,
        behind: Option<usize>,
        depth: usize,
    ) -> Result<Node, Failure> {
        let (start, end) = (self.bytes.get(span.start.index()), self.bytes.get(span.end.index()));
        if depth > MAX_DEPTH {
            return Err(self.source.fault("yaml-too-deep", start).with("limit", MAX_DEPTH));
        }
        let (anchor, tagged) = match &event {
            Event::Alias(_) => (1, false),
            Event::Scalar(_, _, anchor, tag) => (*anchor, tag.is_some()),
            Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag) => (*anchor, tag.is_some()),
            _ => (0, false),
        };
        let fault = if anchor != 0 { Some("yaml-alias") } else { tagged.then_some("yaml-tag") };
        if let Some(key) = fault.filter(|_| self.faults.len() < MAX_FAULTS) {
            self.faults.push(self.source.fault(key, start));
        }
        match event {
            Event::Scalar(text, style, ..) => Ok(self.scalar(text.into_owned(), style, start..end, behind)),
            Event::SequenceStart(..) => self.list(start, end, depth),
            Event::MappingStart(..) => self.map(start, end, depth),
            _ => Ok(Node { start, end, shape: Shape::List { flow: true, items: Vec::new() } }),
        }
    }

    fn scalar(
        &self,
        text: String,
        style: ScalarStyle,
        at: std::ops::Range<usize>,
        behind: Option<usize>,
    ) -> Node {
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::Single,
            ScalarStyle::DoubleQuoted => Style::Double,
            ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
        };
        let (mut start, mut end) = (at.start, at.end);
        let behind = behind.unwrap_or(start);
        if style == Style::Plain && text.is_empty() {
            (start, end) = (behind, behind);
        } else if style == Style::Block {
            // The parser names the content only; the header stands before it.
            let gap = &self.source.text[behind..];
            start = gap.find(['|', '>']).map_or(start, |header| behind + header);
        } else if let Style::Single | Style::Double = style {
            end = closing_quote(self.source.text, start);
        }
        Node { start, end, shape: Shape::Scalar { text, style } }
    }

    fn list(&mut self, start: usize, open_end: usize, depth: usize) -> Result<Node, Failure> {
        let flow = open_end > start;
        let mut items: Vec<Node> = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if event == Event::SequenceEnd {
                let end = self.end_of(flow, items.last(), start);
                return Ok(Node { start, end, shape: Shape::List { flow, items } });
            }
            let behind = items.last().map_or(start, |item| item.end);
            items.push(self.node(event, span, Some(behind), depth + 1)?);
        }
    }

    fn map(&mut self, start: usize, open_end: usize, depth: usize) -> Result<Node, Failure> {
        let flow = open_end > start;
        let mut pairs: Vec<Pair> = Vec::new();
        let mut seen = HashSet::new();
        loop {
            let (event, span) = self.next()?;
            if event == Event::MappingEnd {
                let end = self.end_of(flow, pairs.last().map(|pair| &pair.value), start);
                return Ok(Node { start, end, shape: Shape::Map { flow, pairs } });
            }
            let key_node = self.node(event, span, None, depth + 1)?;
            let value_start = self.behind_colon(key_node.end);
            let (event, span) = self.next()?;
            let value = self.node(event, span, Some(value_start), depth + 1)?;
            let Shape::Scalar { text: key, .. } = key_node.shape else {
                if self.faults.len() < MAX_FAULTS {
                    self.faults.push(self.source.fault("yaml-key-not-text", key_node.start));
                }
                continue;
            };
            if !seen.insert(key.clone()) && self.faults.len() < MAX_FAULTS {
                let fault = self.source.fault("yaml-duplicate-key", key_node.start).with("key", &key);
                self.faults.push(fault);
            }
            pairs.push(Pair { key, key_start: key_node.start, value_start, value });
        }
    }

    /// The end of a collection: its last value's, or its bracket's (the parser's span takes in comments behind that).
    fn end_of(&self, flow: bool, last: Option<&Node>, start: usize) -> usize {
        let inner = last.map_or(start + usize::from(flow), |node| node.end);
        if flow { closing_bracket(self.source.text, inner) } else { inner.max(start) }
    }

    /// The place behind the colon that follows a key, or the key's end where it has none.
    fn behind_colon(&self, key_end: usize) -> usize {
        let rest = &self.source.text[key_end..];
        let gap = rest.len() - rest.trim_start().len();
        if rest[gap..].starts_with(':') { key_end + gap + 1 } else { key_end }
    }
}

/// Behind the quote that closes the scalar at `start`.
fn closing_quote(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let quote = bytes[start];
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 1,
            byte if byte == quote && quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 1,
            byte if byte == quote => return at + 1,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// Behind the bracket that closes the collection whose last value ends at `at`; comments may stand before it.
fn closing_bracket(text: &str, at: usize) -> usize {
    let mut in_comment = false;
    for (index, byte) in text.bytes().enumerate().skip(at) {
        match byte {
            b'\n' => in_comment = false,
            b'#' => in_comment = true,
            b']' | b'}' if !in_comment => return index + 1,
            _ => {}
        }
    }
    text.len()
}
