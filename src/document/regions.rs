//! The parts of a postmortem that are generated anew, whatever people write around them.

use std::ops::Range;

use super::source::{Splice, line_end, next_line, spliced};

const OPEN: &str = "<!-- incident:generated ";
const CLOSE: &str = "<!-- /incident:generated -->";

/// A region `<!-- incident:generated NAME SUM -->` … `<!-- /incident:generated -->`, each comment on a line of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    pub name: String,
    /// The checksum of the content as it was generated, by which a person's changes are noticed.
    pub sum: String,
    /// The bytes of the opening comment's line, with its line break.
    pub opening: Range<usize>,
    /// The bytes between the lines of the two comments.
    pub content: Range<usize>,
}

/// What came of a replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replaced {
    Text(String),
    /// A person has changed what stands there: it is theirs now.
    EditedByHand,
    /// Its end is missing, so that nobody can say which lines are generated and which a person's.
    Unclosed,
    /// The text has no such region.
    Absent,
}

/// The regions of a text in its order. One that is not closed is none.
pub fn regions(text: &str) -> Vec<Region> {
    scan(text).0
}

/// The regions that have lost their end: the name, and where the opening comment begins.
pub fn unclosed(text: &str) -> Vec<(&str, usize)> {
    scan(text).1.into_iter().map(|(label, opening)| (named(label).0, opening.start)).collect()
}

/// The regions that are closed, and the labels and lines of the opening comments that none closes.
fn scan(text: &str) -> (Vec<Region>, Vec<(&str, Range<usize>)>) {
    let mut found = Vec::new();
    let mut unclosed = Vec::new();
    let mut open: Option<(&str, Range<usize>)> = None;
    let mut at = 0;
    while at < text.len() {
        let line = text[at..line_end(text, at)].trim();
        let next = next_line(text, at);
        if let Some(label) = line.strip_prefix(OPEN).and_then(|rest| rest.strip_suffix("-->")) {
            unclosed.extend(open.replace((label.trim(), at..next)));
        } else if line == CLOSE
            && let Some((label, opening)) = open.take()
        {
            let (name, sum) = named(label);
            let content = opening.end..at;
            found.push(Region { name: name.to_owned(), sum: sum.trim().to_owned(), opening, content });
        }
        at = next;
    }
    unclosed.extend(open);
    (found, unclosed)
}

/// The name and the checksum that an opening comment says.
fn named(label: &str) -> (&str, &str) {
    label.split_once(' ').unwrap_or((label, ""))
}

/// A new region with `content`, for a document that is written for the first time.
pub fn wrap_region(name: &str, content: &str) -> String {
    let content = inert_lines(content, "\n");
    format!("{}\n{content}{CLOSE}", opening(name, &content))
}

/// `text` with new content in the region `name`; everything else stays byte for byte.
///
/// Comments in `content` that would open or close a region are made harmless.
pub fn replace_region(text: &str, name: &str, content: &str) -> Replaced {
    let Some(region) = regions(text).into_iter().find(|region| region.name == name) else {
        let is_open = unclosed(text).iter().any(|(open, _)| *open == name);
        return if is_open { Replaced::Unclosed } else { Replaced::Absent };
    };
    let present = &text[region.content.clone()];
    if region.sum != checksum(present) {
        return Replaced::EditedByHand;
    }
    let eol = if text[region.opening.clone()].ends_with("\r\n") { "\r\n" } else { "\n" };
    let content = inert_lines(content, eol);
    let head = format!("{}{eol}", opening(name, &content));
    Replaced::Text(spliced(
        text,
        vec![Splice::new(region.opening.start..region.content.end, head + &content)],
    ))
}

/// `text` without its front matter and without what was generated in the regions called `names`, under which people
/// are to write.
pub fn without_regions(text: &str, names: &[&str]) -> String {
    let body =
        text.strip_prefix("---").and_then(|rest| rest.split_once("\n---")).map_or(text, |(_, body)| body);
    let told = regions(body).into_iter().filter(|region| names.contains(&region.name.as_str()));
    let splices = told.map(|region| Splice::new(region.content, String::new()));
    spliced(body, splices.collect())
}

fn opening(name: &str, content: &str) -> String {
    format!("{OPEN}{name} {} -->", checksum(content))
}

fn inert_lines(content: &str, eol: &str) -> String {
    let mut lines = String::with_capacity(content.len() + 2);
    for line in content.lines() {
        let marks = line.trim().starts_with(OPEN.trim_end()) || line.trim() == CLOSE;
        lines.push_str(&if marks { line.replace("<!--", "&lt;!--") } else { line.to_owned() });
        lines.push_str(eol);
    }
    lines
}

/// FNV-1a, 32 bits, over the lines without their ends: line endings are not a person's words.
fn checksum(content: &str) -> String {
    let bytes = content.lines().flat_map(|line| line.trim_end().bytes().chain([b'\n']));
    let sum = bytes.fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("{sum:08x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(content: &str) -> String {
        format!("a  \n{}\nb\n", wrap_region("times", content))
    }

    #[test]
    fn a_region_is_replaced_and_nothing_else() {
        let text = document("old");
        assert_eq!(replace_region(&text, "times", "1\n2"), Replaced::Text(document("1\n2")));
        assert_eq!(replace_region(&text, "times", "1\n2\n"), Replaced::Text(document("1\n2")));
        assert_eq!(replace_region(&text, "times", "old"), Replaced::Text(text.clone()));
        assert_eq!(replace_region(&text, "people", "x"), Replaced::Absent);
        let windows = text.replace('\n', "\r\n");
        let expected = document("1\n2").replace('\n', "\r\n");
        assert_eq!(replace_region(&windows, "times", "1\n2"), Replaced::Text(expected));
    }

    #[test]
    fn what_a_person_changed_is_left_alone() {
        let edited = document("old").replace("old", "old, and a word of mine");
        assert_eq!(replace_region(&edited, "times", "new"), Replaced::EditedByHand);
    }

    #[test]
    fn content_cannot_end_its_region() {
        let hostile = document("<!-- /incident:generated -->\nx");
        assert_eq!(regions(&hostile).len(), 1);
        assert_eq!(replace_region(&hostile, "times", "1"), Replaced::Text(document("1")));
    }

    #[test]
    fn an_open_region_is_none() {
        assert_eq!(regions("<!-- incident:generated a -->\nx\n"), []);
        let two = "<!-- incident:generated a 1 -->\n<!-- incident:generated b 2 -->\n<!-- /incident:generated -->\n";
        assert_eq!(regions(two).into_iter().map(|region| region.name).collect::<Vec<_>>(), ["b"]);
        assert_eq!(unclosed(two), [("a", 0)]);
        assert_eq!(replace_region(two, "a", "new"), Replaced::Unclosed);
    }
}
