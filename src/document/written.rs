//! The sections that people write: what stands in them, and which are still empty.

use comrak::nodes::{Node, NodeValue};
use comrak::{Arena, Options, parse_document};

use super::outline::Section;

/// A top-level heading and what is written up to the next one.
struct Written {
    level: u8,
    heading: String,
    /// Whether the heading carries the anchor of a section that the tool keeps.
    anchored: bool,
    /// The Markdown without its comments.
    text: String,
}

/// The headings of level 1 and 2 under which people have written something, with their Markdown.
///
/// Sections that the tool keeps are left out, and so are comments.
pub fn prose_sections(body: &str) -> Vec<(String, String)> {
    let mut sections: Vec<Written> = Vec::new();
    for written in written(body) {
        match sections.last_mut() {
            Some(outer) if written.level > 2 && outer.level <= 2 => {
                let marks = "#".repeat(usize::from(written.level));
                let inner = format!("{marks} {}\n\n{}", written.heading, written.text.trim());
                outer.text = format!("{}\n\n{inner}", outer.text.trim_end());
            }
            _ => sections.push(written),
        }
    }
    sections.retain(|section| !section.anchored && !section.text.trim().is_empty());
    sections.into_iter().map(|section| (section.heading, section.text.trim().to_owned())).collect()
}

/// The headings under which stands nothing but comments and blank lines; one with a filled heading below it is not empty.
pub fn empty_sections(text: &str) -> Vec<String> {
    let sections = written(text);
    let is_empty = |(index, section): &(usize, &Written)| {
        let below = sections[index + 1..].iter().take_while(|below| below.level > section.level);
        section.text.trim().is_empty() && below.into_iter().all(|below| below.text.trim().is_empty())
    };
    sections.iter().enumerate().filter(is_empty).map(|(_, section)| section.heading.clone()).collect()
}

fn written(text: &str) -> Vec<Written> {
    let arena = Arena::new();
    let root = parse_document(&arena, text, &Options::default());
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut sections: Vec<Written> = Vec::new();
    let mut behind_heading = 0;
    for node in root.children() {
        let data = node.data();
        let (start, end) = (data.sourcepos.start.line.saturating_sub(1), data.sourcepos.end.line);
        match &data.value {
            NodeValue::Heading(heading) => {
                let (heading_text, anchored) = heading_words(node);
                sections.push(Written {
                    level: heading.level,
                    heading: heading_text,
                    anchored,
                    text: String::new(),
                });
                behind_heading = end;
            }
            NodeValue::HtmlBlock(block) if is_comment(&block.literal) => behind_heading = end,
            NodeValue::ThematicBreak => behind_heading = end,
            _ => {
                let block = lines.get(behind_heading.min(start)..end.min(lines.len())).unwrap_or_default();
                if let Some(section) = sections.last_mut() {
                    section.text.push_str(&block.concat());
                }
                behind_heading = end;
            }
        }
    }
    sections
}

/// The words of a heading without marks and comments, and whether it has an anchor.
fn heading_words<'a>(heading: Node<'a>) -> (String, bool) {
    let mut words = String::new();
    let mut anchored = false;
    for child in heading.descendants() {
        match &child.data().value {
            NodeValue::Text(text) => words.push_str(text),
            NodeValue::Code(code) => words.push_str(&code.literal),
            NodeValue::HtmlInline(html) => anchored |= Section::is_anchor(html),
            _ => {}
        }
    }
    (words.trim().to_owned(), anchored)
}

/// Whether the block is comments and nothing else.
fn is_comment(html: &str) -> bool {
    let mut rest = html.trim();
    while let Some(inner) = rest.strip_prefix("<!--") {
        let Some((_, behind)) = inner.split_once("-->") else { return true };
        rest = behind.trim_start();
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_kept_sections_are_no_prose() {
        let body = "# Title\n\n## One\n\n<!-- say -->\n\nfirst\n\n- a\n- b\n\n### Inner\n\nx\n\n## Two\n\n<!-- c -->\n\n\
                    ## Log <!-- incident:timeline -->\n\n- y\n";
        let expected = ("One".to_owned(), "first\n\n- a\n- b\n\n### Inner\n\nx".to_owned());
        assert_eq!(prose_sections(body), [expected]);
        assert_eq!(prose_sections(""), []);
    }

    #[test]
    fn a_section_with_only_its_comment_is_empty() {
        let text = "# Title\n\n## One\n<!-- say\n\nmore -->\n\n## Two\n\nwords\n\n## Three\n\n### Inner\n\nx\n\n## `Four`\n";
        assert_eq!(empty_sections(text), ["One", "Four"]);
        assert_eq!(empty_sections("# A\n\n## B\n\n<!-- c -->\n"), ["A", "B"]);
        assert_eq!(empty_sections("# A\n\n<!-- c --> words\n"), Vec::<String>::new());
    }
}
