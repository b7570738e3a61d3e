//! The text of one file with its path, so that every fault can say where it is.

use std::ops::Range;

use crate::failure::{Exit, Failure, Place};

/// Larger files are no incident files, whatever their name.
pub const MAX_FILE: usize = 8 * 1024 * 1024;
/// GitHub shows front matter as one row: anything near this size is an attack or an accident.
pub const MAX_FRONT_MATTER: usize = 256 * 1024;

#[derive(Clone, Copy, Debug)]
pub(super) struct Source<'a> {
    pub(super) path: &'a str,
    pub(super) text: &'a str,
}

impl<'a> Source<'a> {
    /// The text of a file that people could have written: UTF-8, no NUL, of a sane size.
    pub(super) fn new(path: &'a str, bytes: &'a [u8]) -> Result<Self, Failure> {
        if bytes.len() > MAX_FILE {
            return Err(Failure::new(Exit::Invalid, "file-too-large")
                .with("size", bytes.len().div_ceil(1024 * 1024))
                .with("limit", MAX_FILE / (1024 * 1024))
                .at(path, 1, 1));
        }
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let valid = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
            Source { path, text: valid }.fault("file-not-utf8", valid.len())
        })?;
        let source = Self { path, text };
        match text.find('\0') {
            Some(at) => Err(source.fault("file-binary", at)),
            None => Ok(source),
        }
    }

    /// A fault at the byte offset `at`.
    pub(super) fn fault(&self, key: &'static str, at: usize) -> Failure {
        let (line, column) = position(self.text, at);
        Failure::new(Exit::Invalid, key).at(self.path, line, column)
    }

    pub(super) fn place(&self, at: usize) -> Place {
        let (line, column) = position(self.text, at);
        Place { path: self.path.to_owned(), line, column }
    }

    /// The places of `offsets`, which ascend: each is counted on from the one before.
    pub(super) fn places(&self, offsets: impl Iterator<Item = usize>) -> impl Iterator<Item = Place> {
        let (mut counted, mut line, mut column) = (0, 1, 1);
        offsets.map(move |at| {
            let between = self.text.get(counted..at).unwrap_or_default();
            (counted, line) = (at, line + between.matches('\n').count());
            column = match between.rfind('\n') {
                Some(newline) => between[newline + 1..].chars().count() + 1,
                None => column + between.chars().count(),
            };
            Place { path: self.path.to_owned(), line, column }
        })
    }

    /// The line end that the file uses, judged by its first line.
    pub(super) fn line_end(&self) -> &'static str {
        match self.text.find('\n') {
            Some(at) if self.text[..at].ends_with('\r') => "\r\n",
            _ => "\n",
        }
    }
}

/// Line and column of a byte offset, both from 1, columns in characters.
fn position(text: &str, at: usize) -> (usize, usize) {
    let mut end = at.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = &text[..end];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    (line, before[line_start..].chars().count() + 1)
}

/// The start of the line that `at` is in.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The end of the line that `at` is in, without its line end.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    if end > at && text[..end].ends_with('\r') && end < text.len() { end - 1 } else { end }
}

/// The start of the line after the one that `at` is in, or the end of the text.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1)
}

/// A piece of text to put in place of a range of bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Splice {
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

impl Splice {
    pub(super) fn new(range: Range<usize>, text: impl Into<String>) -> Self {
        Self { range, text: text.into() }
    }

    pub(super) fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::new(at..at, text)
    }
}

/// `text` with the splices, which must not overlap; everything else stays byte for byte.
pub(super) fn spliced(text: &str, mut splices: Vec<Splice>) -> String {
    splices.sort_by_key(|splice| (splice.range.start, splice.range.end));
    let mut out = String::with_capacity(text.len() + 256);
    let mut done = 0;
    for Splice { range, text: new } in splices {
        out.push_str(&text[done..range.start]);
        out.push_str(&new);
        done = range.end;
    }
    out.push_str(&text[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_from_one_in_characters() {
        let text = "日本\r\nx\n";
        for (at, expected) in [(0, (1, 1)), (3, (1, 2)), (8, (2, 1)), (10, (3, 1))] {
            assert_eq!(position(text, at), expected, "{at}");
        }
        let found: Vec<(usize, usize)> = Source { path: "a.md", text }
            .places([0, 3, 8, 8, 10].into_iter())
            .map(|place| (place.line, place.column))
            .collect();
        assert_eq!(found, [(1, 1), (1, 2), (2, 1), (2, 1), (3, 1)]);
        assert_eq!((line_start(text, 9), line_end(text, 8), next_line(text, 0)), (8, 9, 8));
        assert_eq!(line_end(text, 0), 6);
    }

    #[test]
    fn bytes_that_are_no_text_are_refused_where_they_stand() {
        let place = |bytes: &[u8]| Source::new("a.md", bytes).err().map(|failure| failure.to_string());
        assert_eq!(place(b"ok\n"), None);
        assert_eq!(place(b"a\nb\xff"), Some("a.md:2:2 file-not-utf8".into()));
        assert_eq!(place(b"a\0"), Some("a.md:1:2 file-binary".into()));
    }
}
