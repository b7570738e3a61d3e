//! Lines whose text is wrapped beside what stands before it.

use super::palette::{Palette, Style};
use super::width::{width, wrap};

/// Pieces of a line, each in its own look, before a text that is wrapped.
#[derive(Clone, Debug, Default)]
pub struct Hanging {
    prefix: Vec<(String, Option<Style>)>,
    text: String,
    style: Option<Style>,
    tail: String,
}

impl Hanging {
    /// A line of `text`, which must be safe for the terminal.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Puts `piece` after the pieces before it.
    #[must_use]
    pub fn after(mut self, piece: impl Into<String>, style: Option<Style>) -> Self {
        self.prefix.push((piece.into(), style));
        self
    }

    #[must_use]
    pub fn styled(mut self, style: Option<Style>) -> Self {
        self.style = style;
        self
    }

    /// What follows the text and steps back; on a line of its own where there is no room.
    #[must_use]
    pub fn tail(mut self, tail: impl Into<String>) -> Self {
        self.tail = tail.into();
        self
    }

    /// The lines, each with its line break, of at most `limit` columns.
    pub fn render(&self, limit: usize, palette: Palette) -> String {
        let indent: usize = self.prefix.iter().map(|(piece, _)| width(piece)).sum();
        let room = limit.saturating_sub(indent).max(10);
        let mut lines = wrap(&self.text, room);
        let last = lines.last().map_or(0, |line| width(line));
        let paint = |style: Option<Style>, text: &str| {
            style.map_or_else(|| text.to_owned(), |style| palette.paint(style, text))
        };
        for line in &mut lines {
            *line = paint(self.style, line);
        }
        if !self.tail.is_empty() {
            let tails = wrap(&self.tail, room);
            match (tails.as_slice(), lines.last_mut()) {
                ([tail], Some(line)) if last + 2 + width(tail) <= room => {
                    line.push_str(&format!("  {}", palette.paint(Style::Faint, tail)));
                }
                _ => lines.extend(tails.iter().map(|tail| palette.paint(Style::Faint, tail))),
            }
        }
        let prefix: String =
            self.prefix.iter().map(|(piece, style)| painted(piece, *style, palette)).collect();
        let blanks = " ".repeat(indent);
        let lines = lines.iter().enumerate();
        let lines = lines.map(|(at, line)| format!("{}{line}", if at == 0 { &prefix } else { &blanks }));
        lines.map(|line| format!("{}\n", line.trim_end())).collect()
    }
}

/// The piece with only its words painted, not the blanks that pad it.
fn painted(piece: &str, style: Option<Style>, palette: Palette) -> String {
    let words = piece.trim_end();
    let blanks = &piece[words.len()..];
    style.map_or_else(|| piece.to_owned(), |style| format!("{}{blanks}", palette.paint(style, words)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(limit: usize, expected: &str) {
        let line = Hanging::new("主な機能を、誰も使えない状態ですか").after(" 1  ", None).tail("all_down");
        assert_eq!(line.render(limit, Palette::Plain), expected);
    }

    #[test]
    fn text_is_wrapped_beside_its_prefix_and_the_tail_takes_what_is_left() {
        check(80, " 1  主な機能を、誰も使えない状態ですか  all_down\n");
        check(40, " 1  主な機能を、誰も使えない状態ですか\n    all_down\n");
        check(30, " 1  主な機能を、誰も使えない状\n    態ですか  all_down\n");
    }
}
