//! Editing one line of text, in characters as people see them: keys in, text and what to draw out.

use unicode_segmentation::UnicodeSegmentation;

use crate::view::sanitize::is_hostile;
use crate::view::width::{fitting, width};

use super::keys::Key;

/// What a key did to the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pressed {
    /// The line is to be drawn again.
    Edited,
    /// Enter: the text is complete.
    Done,
    /// Ctrl-C, the end of input, or the terminal has gone.
    Interrupted,
}

/// The part of the line that fits, and where the cursor stands in it, in columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) text: String,
    pub(super) cursor: usize,
}

/// A line being typed. The cursor stands between two visible characters.
#[derive(Clone, Debug, Default)]
pub(super) struct LineEditor {
    text: String,
    /// In bytes, always at the boundary of a grapheme.
    cursor: usize,
}

impl LineEditor {
    /// Starts with `text`, and the cursor behind it.
    pub(super) fn new(text: &str) -> Self {
        let mut editor = Self::default();
        text.chars().for_each(|c| editor.insert(c));
        editor
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn press(&mut self, key: Key) -> Pressed {
        match key {
            Key::Char(c) => self.insert(c),
            Key::Tab => self.insert(' '),
            Key::Backspace => self.erase(self.before_cursor()),
            Key::EndOfInput if self.text.is_empty() => return Pressed::Interrupted,
            Key::Delete | Key::EndOfInput => self.delete(),
            Key::Left => self.cursor = self.before_cursor(),
            Key::Right => self.cursor = self.after_cursor(),
            Key::Home => self.cursor = 0,
            Key::End => self.cursor = self.text.len(),
            Key::EraseLine => self.erase(0),
            Key::EraseWord => self.erase(self.word_start()),
            Key::EraseRest => self.text.truncate(self.cursor),
            Key::Enter => return Pressed::Done,
            Key::Interrupt | Key::HangUp => return Pressed::Interrupted,
            Key::Unknown => {}
        }
        Pressed::Edited
    }

    /// What to draw in `columns` (at least 4): the whole line, or the part around the cursor.
    ///
    /// The last column stays free, so that the terminal never wraps.
    pub(super) fn window(&self, columns: usize) -> Window {
        let room = columns.saturating_sub(1).max(3);
        let (before, after) = self.text.split_at(self.cursor);
        if width(&self.text) <= room {
            return Window { text: self.text.clone(), cursor: width(before) };
        }
        let kept_right = width(after).min(room / 4);
        let left = last_fitting(before, room - kept_right);
        let right = fitting(after, room - width(&left));
        Window { cursor: width(&left), text: left + right }
    }

    fn insert(&mut self, c: char) {
        if is_hostile(c, self.text[..self.cursor].chars().next_back()) {
            return;
        }
        self.text.insert(self.cursor, c);
        self.cursor = self.boundary_from(self.cursor + c.len_utf8());
    }

    /// Erases from `start` up to the cursor.
    fn erase(&mut self, start: usize) {
        self.text.drain(start..self.cursor);
        self.cursor = self.boundary_from(start);
    }

    fn delete(&mut self) {
        self.text.drain(self.cursor..self.after_cursor());
        self.cursor = self.boundary_from(self.cursor);
    }

    fn before_cursor(&self) -> usize {
        self.text[..self.cursor].grapheme_indices(true).next_back().map_or(0, |(start, _)| start)
    }

    fn after_cursor(&self) -> usize {
        self.cursor + self.text[self.cursor..].graphemes(true).next().map_or(0, str::len)
    }

    fn word_start(&self) -> usize {
        let before = self.text[..self.cursor].trim_end();
        before
            .rfind(char::is_whitespace)
            .map_or(0, |blank| blank + before[blank..].chars().next().map_or(0, char::len_utf8))
    }

    /// The first boundary at or behind `position`: an edit may have joined what stood on both sides of it.
    fn boundary_from(&self, position: usize) -> usize {
        let mut starts = self.text.grapheme_indices(true).map(|(start, _)| start);
        starts.find(|start| *start >= position).unwrap_or(self.text.len())
    }
}

/// The end of `text` in at most `columns`, with `…` in place of what was left out.
fn last_fitting(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut start = text.len();
    let mut taken = 1;
    for (index, grapheme) in text.grapheme_indices(true).rev() {
        taken += width(grapheme);
        if taken > columns {
            break;
        }
        start = index;
    }
    format!("…{}", &text[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Types `keys`; a character stands for itself, and `<name>` for a key.
    fn typed(keys: &str) -> LineEditor {
        let mut editor = LineEditor::default();
        let mut rest = keys;
        while let Some(c) = rest.chars().next() {
            let named = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
            let key = match named {
                Some((name, _)) => named_key(name),
                None => Key::Char(c),
            };
            rest = named.map_or(&rest[c.len_utf8()..], |(_, rest)| rest);
            assert_eq!(editor.press(key), Pressed::Edited);
        }
        editor
    }

    fn named_key(name: &str) -> Key {
        match name {
            "bs" => Key::Backspace,
            "del" => Key::Delete,
            "left" => Key::Left,
            "right" => Key::Right,
            "home" => Key::Home,
            "end" => Key::End,
            "u" => Key::EraseLine,
            "w" => Key::EraseWord,
            "k" => Key::EraseRest,
            "tab" => Key::Tab,
            "d" => Key::EndOfInput,
            other => panic!("no key is named {other}"),
        }
    }

    /// The text with `|` at the cursor.
    #[track_caller]
    fn check(keys: &str, expected: &str) {
        let editor = typed(keys);
        let (before, after) = editor.text.split_at(editor.cursor);
        assert_eq!(format!("{before}|{after}"), expected, "{keys}");
    }

    #[test]
    fn keys_edit_whole_characters() {
        check("決済<bs>", "決|");
        check("<bs><left><del>", "|");
        check("か\u{3099}<bs>", "|");
        check("👩\u{200d}💻<bs>x", "x|");
        check("決済<left><left>x", "x|決済");
        check("決済<home><del>", "|済");
        check("ab<left>X<end>Y", "aXbY|");
        check("ab<left><d>", "a|");
        check("a<tab>b", "a b|");
    }

    #[test]
    fn words_and_lines_are_erased() {
        check("決済 が 全部<w>", "決済 が |");
        check("決済　全部  <w>", "決済　|");
        check("word<w><w>", "|");
        check("決済が<left><u>", "|が");
        check("決済が<left><k>", "決済|");
    }

    #[test]
    fn what_steers_the_terminal_is_dropped() {
        check("a\u{202e}b\u{200b}c\u{feff}", "abc|");
        assert_eq!(LineEditor::new("a\u{1b}[31m\nb").text(), "a[31mb");
    }

    #[test]
    fn joining_characters_keep_the_cursor_between_visible_ones() {
        check("e<left>か<right>\u{301}", "かe\u{301}|");
        check("a\u{301}<left>x", "x|a\u{301}");
    }

    #[test]
    fn a_long_line_scrolls_with_the_cursor() {
        let line = "決済が全部エラーになる";
        for (keys, columns, text, cursor) in [
            (line.to_owned(), 40, "決済が全部エラーになる", 22),
            (line.to_owned(), 12, "…ラーになる", 11),
            (format!("{line}<home>"), 12, "決済が全部", 0),
            (format!("{line}<left><left>"), 12, "…エラーにな", 9),
            (format!("{line}<home><right>"), 4, "決", 2),
            ("0123456789".to_owned(), 8, "…456789", 7),
        ] {
            let window = typed(&keys).window(columns);
            assert!(width(&window.text) < columns.max(4), "{window:?} in {columns}");
            assert_eq!(window, Window { text: text.to_owned(), cursor }, "{keys} in {columns}");
        }
    }

    #[test]
    fn enter_ends_and_ctrl_c_interrupts() {
        assert_eq!(typed("a").press(Key::Enter), Pressed::Done);
        assert_eq!(typed("a").press(Key::Interrupt), Pressed::Interrupted);
        assert_eq!(typed("").press(Key::EndOfInput), Pressed::Interrupted);
        assert_eq!(typed("a").press(Key::HangUp), Pressed::Interrupted);
        assert_eq!(typed("a").press(Key::Unknown), Pressed::Edited);
    }
}
