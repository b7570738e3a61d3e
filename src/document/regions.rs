//! The parts of a postmortem that are generated anew, whatever people write around them.

use std::ops::Range;

use super::source::{Splice, line_end, next_line, spliced};

const OPEN: &str = "<!-- incident:generated ";
const CLOSE: &str = "<!-- /incident:generated -->";

/// A region `<!-- incident:generated NAME -->` … `<!-- /incident:generated -->`, each comment on a line of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    pub name: String,
    /// The bytes between the lines of the two comments.
    pub content: Range<usize>,
}

/// The regions of a text in its order. One that is not closed is none.
pub fn regions(text: &str) -> Vec<Region> {
    let mut found = Vec::new();
    let mut open: Option<(String, usize)> = None;
    let mut at = 0;
    while at < text.len() {
        let line = text[at..line_end(text, at)].trim();
        let next = next_line(text, at);
        if let Some(name) = line.strip_prefix(OPEN).and_then(|rest| rest.strip_suffix("-->")) {
            open = Some((name.trim().to_owned(), next));
        } else if line == CLOSE
            && let Some((name, start)) = open.take()
        {
            found.push(Region { name, content: start..at });
        }
        at = next;
    }
    found
}

/// `text` with new content in the region `name`; everything else stays byte for byte. None if it has no such region.
///
/// Comments in `content` that would open or close a region are made harmless.
pub fn replace_region(text: &str, name: &str, content: &str) -> Option<String> {
    let region = regions(text).into_iter().find(|region| region.name == name)?;
    let eol = if text[..region.content.start].ends_with("\r\n") { "\r\n" } else { "\n" };
    let mut new = String::with_capacity(content.len() + 2);
    for line in content.lines() {
        let marks = line.trim().starts_with(OPEN.trim_end()) || line.trim() == CLOSE;
        new.push_str(&if marks { line.replace("<!--", "&lt;!--") } else { line.to_owned() });
        new.push_str(eol);
    }
    Some(spliced(text, vec![Splice::new(region.content, new)]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_replaced_and_nothing_else() {
        let text = "a\r\n<!-- incident:generated times -->\r\nold\r\n<!-- /incident:generated -->\r\nb  \n";
        let expected =
            "a\r\n<!-- incident:generated times -->\r\n1\r\n2\r\n<!-- /incident:generated -->\r\nb  \n";
        assert_eq!(replace_region(text, "times", "1\n2").as_deref(), Some(expected));
        assert_eq!(replace_region(text, "times", "1\n2\n").as_deref(), Some(expected));
        assert_eq!(replace_region(text, "people", "x"), None);
        let hostile = replace_region(text, "times", "<!-- /incident:generated -->\nx").unwrap();
        assert_eq!(regions(&hostile).len(), 1);
        assert_eq!(replace_region(&hostile, "times", "1\n2").as_deref(), Some(expected));
    }

    #[test]
    fn an_open_region_is_none() {
        assert_eq!(regions("<!-- incident:generated a -->\nx\n"), []);
        let two =
            "<!-- incident:generated a -->\n<!-- incident:generated b -->\n<!-- /incident:generated -->\n";
        assert_eq!(regions(two).into_iter().map(|region| region.name).collect::<Vec<_>>(), ["b"]);
    }
}
