//! Where the front matter of a file begins and ends.

use std::ops::Range;

use crate::failure::Failure;

use super::source::{MAX_FRONT_MATTER, Source, line_end, next_line};

/// The two parts of a file, as byte ranges. Between them stand the fences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fences {
    /// The YAML between the fences, with its last line end.
    pub(super) yaml: Range<usize>,
    /// Everything after the closing fence.
    pub(super) body: Range<usize>,
}

/// Finds the fences: the first line, after a byte order mark at most, and the next line of its kind.
///
/// A `---` further down is a rule of the body.
pub(super) fn split(source: &Source<'_>) -> Result<Fences, Failure> {
    let text = source.text;
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    if !is_fence(text, start) {
        return Err(source.fault("front-matter-missing", start));
    }
    let yaml = next_line(text, start);
    let mut line = yaml;
    while line < text.len() {
        if line - yaml > MAX_FRONT_MATTER {
            return Err(source.fault("front-matter-too-large", yaml).with("limit", MAX_FRONT_MATTER / 1024));
        }
        if is_fence(text, line) {
            return Ok(Fences { yaml: yaml..line, body: next_line(text, line)..text.len() });
        }
        line = next_line(text, line);
    }
    Err(source.fault("front-matter-open", start))
}

/// Whether `---` stands alone on the line that begins at `start`.
fn is_fence(text: &str, start: usize) -> bool {
    text[start..line_end(text, start)].trim_end_matches([' ', '\t', '\r']) == "---"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<(&str, &str), &str>) {
        let source = Source { path: "a.md", text };
        let found = split(&source).map(|fences| (&text[fences.yaml], &text[fences.body]));
        let found = found.map_err(|failure| failure.to_string());
        assert_eq!(found.as_ref().map_err(String::as_str).copied(), expected, "{text:?}");
    }

    #[test]
    fn fences_stand_alone_on_their_lines() {
        check("---\na: 1\n---\nbody\n", Ok(("a: 1\n", "body\n")));
        check("\u{feff}--- \t\r\na: 1\r\n---\r\nbody", Ok(("a: 1\r\n", "body")));
        check("---\n---\n", Ok(("", "")));
        check("---\na: 1\n---", Ok(("a: 1\n", "")));
        check("---\na: 1\n---\n\n---\n\nx\n", Ok(("a: 1\n", "\n---\n\nx\n")));
        check("---\na: 1\n --- \n--- x\n---\n", Ok(("a: 1\n --- \n--- x\n", "")));
    }

    #[test]
    fn a_file_without_fences_says_so() {
        check("", Err("a.md:1:1 front-matter-missing"));
        check("# Title\n", Err("a.md:1:1 front-matter-missing"));
        check("\n---\na: 1\n---\n", Err("a.md:1:1 front-matter-missing"));
        check("----\na: 1\n---\n", Err("a.md:1:1 front-matter-missing"));
        check("---\na: 1\n", Err("a.md:1:1 front-matter-open"));
        check("---", Err("a.md:1:1 front-matter-open"));
        let long = format!("---\n{}---\n", "a: 1\n".repeat(60_000));
        check(&long, Err("a.md:2:1 front-matter-too-large limit=\"256\""));
    }
}
