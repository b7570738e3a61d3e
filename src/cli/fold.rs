//! Folding of lines at the terminal's width, by the rules of Japanese typesetting.
//!
//! clap breaks lines only at blanks, and Japanese has none.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Characters that no line may begin with (行頭禁則).
const NOT_FIRST: &str =
    "、。，．・：；？！）］｝」』】〕〉》ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々〜…,.:;?!)]}";
/// Characters that no line may end with (行末禁則).
const NOT_LAST: &str = "（［｛「『【〔〈《([{";
/// Where a folded line goes on if its description begins too far to the right.
const SHALLOW: usize = 10;

/// `text` with every line folded at `columns`. What follows a line's first gap of two blanks stays in its column.
pub fn fold(text: &str, columns: usize) -> String {
    let lines: Vec<String> = text.split('\n').map(|line| fold_line(line, columns)).collect();
    lines.join("\n")
}

fn fold_line(line: &str, columns: usize) -> String {
    if width(line) <= columns {
        return line.to_owned();
    }
    let indent = " ".repeat(hanging_column(line, columns));
    let mut folded = String::new();
    let mut column = 0;
    for piece in pieces(line) {
        let is_first = folded.is_empty() || column == indent.len();
        if column + width(piece.trim_end_matches(' ')) > columns && !is_first {
            folded.truncate(folded.trim_end_matches(' ').len());
            folded.push('\n');
            folded.push_str(&indent);
            column = indent.len();
        }
        folded.push_str(piece);
        column += width(piece);
    }
    folded
}

/// The column of the description in `  --option <VALUE>  description`, else that of the first character.
fn hanging_column(line: &str, columns: usize) -> usize {
    let plain = plain(line);
    let text = plain.trim_start_matches(' ');
    let margin = plain.len() - text.len();
    let Some(gap) = text.find("  ") else {
        return margin;
    };
    let description = text[gap..].trim_start_matches(' ');
    let column = margin + width(&text[..text.len() - description.len()]);
    if column * 5 > columns * 3 { SHALLOW.min(columns / 2) } else { column }
}

/// The parts of a line that must not be broken, each with the blanks that follow it.
fn pieces(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    let mut escape = false;
    for (index, character) in line.char_indices() {
        if escape || character == '\u{1b}' {
            escape = character != 'm';
            continue;
        }
        if before.is_some_and(|before| may_break(before, character)) {
            pieces.push(&line[start..index]);
            start = index;
        }
        before = Some(character);
    }
    pieces.push(&line[start..]);
    pieces
}

fn may_break(before: char, after: char) -> bool {
    if before == ' ' || after == ' ' {
        return before == ' ' && after != ' ';
    }
    let wide = |character: char| character.width().unwrap_or(0) > 1;
    (wide(before) || wide(after)) && !NOT_FIRST.contains(after) && !NOT_LAST.contains(before)
}

/// Columns taken on a terminal; colours take none.
fn width(text: &str) -> usize {
    plain(text).width()
}

/// `text` without its colours.
fn plain(text: &str) -> String {
    let mut escape = false;
    let visible = |character: &char| {
        let hidden = escape || *character == '\u{1b}';
        escape = hidden && *character != 'm';
        !hidden
    };
    text.chars().filter(visible).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, columns: usize, expected: &[&str]) {
        assert_eq!(fold(line, columns).split('\n').collect::<Vec<_>>(), expected);
    }

    #[test]
    fn short_lines_stay_as_they_are() {
        check("  見出し  ", 10, &["  見出し  "]);
        check("", 10, &[""]);
    }

    #[test]
    fn japanese_breaks_between_characters_but_not_before_punctuation() {
        check("あいうえおかき", 10, &["あいうえお", "かき"]);
        check("あいうえお。かき", 10, &["あいうえ", "お。かき"]);
        check("あいう「えおか」", 8, &["あいう", "「えお", "か」"]);
    }

    #[test]
    fn latin_words_hold_together() {
        check("これは --no-verify です", 12, &["これは", "--no-verify", "です"]);
        check("averyveryverylongword", 8, &["averyveryverylongword"]);
    }

    #[test]
    fn descriptions_stay_in_their_column() {
        check("  -a, --all  すべてを含める", 24, &["  -a, --all  すべてを含", "             める"]);
        check(
            "  --a-very-long-option <VALUE>  すべて",
            34,
            &["  --a-very-long-option <VALUE>  す", "          べて"],
        );
    }

    #[test]
    fn colours_take_no_room() {
        check("\u{1b}[1mあい\u{1b}[0mうえ", 8, &["\u{1b}[1mあい\u{1b}[0mうえ"]);
        check("\u{1b}[1mあい\u{1b}[0mうえ", 4, &["\u{1b}[1mあい\u{1b}[0m", "うえ"]);
    }
}
