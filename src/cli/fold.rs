//! Folding of clap's help at the terminal's width: clap breaks lines only at blanks, and Japanese has none.

use crate::view::width::{width, wrap};

const ESCAPE: char = '\u{1b}';

/// `help` with its lines folded at `columns`. What follows a line's first gap of two blanks stays in its column.
pub fn fold(help: &str, columns: usize) -> String {
    let lines: Vec<String> = help.split('\n').map(|line| fold_line(line, columns)).collect();
    lines.join("\n")
}

fn fold_line(line: &str, columns: usize) -> String {
    let (label, text) = line.split_at(text_start(line));
    let indent = width(&plain(label));
    if indent + width(text) <= columns || text.contains(ESCAPE) {
        return line.to_owned();
    }
    let lines = wrap(text, columns.saturating_sub(indent));
    format!("{label}{}", lines.join(&format!("\n{}", " ".repeat(indent))))
}

/// Where the description begins in `  --option <VALUE>  description`, else the first character.
fn text_start(line: &str) -> usize {
    let margin = line.len() - line.trim_start_matches(' ').len();
    let Some(gap) = line[margin..].find("  ") else {
        return margin;
    };
    let rest = &line[margin + gap..];
    margin + gap + rest.len() - rest.trim_start_matches(' ').len()
}

/// `text` without its colours.
fn plain(text: &str) -> String {
    let mut escape = false;
    let visible = |character: &char| {
        let hidden = escape || *character == ESCAPE;
        escape = hidden && *character != 'm';
        !hidden
    };
    text.chars().filter(visible).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_and_descriptions_stay_in_their_column() {
        for (line, columns, expected) in [
            ("", 10, ""),
            ("  見出し", 10, "  見出し"),
            ("経過に一言を残す", 10, "経過に一言\nを残す"),
            ("    経過に一言を残す", 14, "    経過に一言\n    を残す"),
            ("  -a, --all  すべてを含める", 24, "  -a, --all  すべてを含\n             める"),
            ("  \u{1b}[1m-a\u{1b}[0m  すべてを含める", 14, "  \u{1b}[1m-a\u{1b}[0m  すべてを\n      含める"),
            ("\u{1b}[1m使い方:\u{1b}[0m incident note", 10, "\u{1b}[1m使い方:\u{1b}[0m incident note"),
        ] {
            assert_eq!(fold(line, columns), expected, "{line}");
        }
        assert_eq!(fold("一\n二", 10), "一\n二");
    }
}
