//! Labels in one column and values in the other, for pasting into chat and mail: no colour, and no terminal's width.

use super::sanitize::{sanitize, sanitize_block};
use super::width::{width, wrap};
use crate::domain::text::Lang;
use crate::locale::Locale;

/// What a block takes at most.
const WIDEST: usize = 78;

/// A label that takes more, such as the name of a role, moves its own value only.
const WIDEST_LABEL: usize = 12;

/// A blank of two columns, which keeps Japanese text aligned in every typeface.
const WIDE_BLANK: char = '\u{3000}';

/// A label and its value. Both may be a person's words, and are made harmless here.
pub(super) struct Row {
    label: String,
    value: String,
    quoted: bool,
}

impl Row {
    pub(super) fn new(label: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        let (label, value) = (sanitize(label.as_ref()), sanitize_block(value.as_ref()));
        Self { label: label.into_owned(), value: value.into_owned(), quoted: false }
    }

    /// The value is said in these words.
    pub(super) fn quoted(self) -> Self {
        Self { quoted: true, ..self }
    }
}

/// The heading, and the rows below it.
pub(super) fn block(heading: &str, rows: &[Row], locale: &Locale) -> String {
    let wide = locale.lang() == Lang::Ja;
    let widths = rows.iter().map(|row| width(&row.label));
    let widest = widths.filter(|width| *width <= WIDEST_LABEL).max().unwrap_or(0);
    let column = widest + if wide { 2 } else { 1 };
    let mut lines = vec![sanitize(heading).into_owned()];
    for row in rows {
        let values = if row.quoted {
            quoted(&row.value, WIDEST - column, wide)
        } else {
            wrap(&row.value, WIDEST - column)
        };
        for (number, value) in values.iter().enumerate() {
            let label = if number == 0 { row.label.as_str() } else { "" };
            lines.push(format!("{}{value}", filled(label, column, wide)).trim_end().to_owned());
        }
    }
    lines.join("\n") + "\n"
}

/// `text` in quotation marks; further lines stand below the first word.
fn quoted(text: &str, room: usize, wide: bool) -> Vec<String> {
    let (open, close, margin) = if wide { ("「", "」", "\u{3000}") } else { ("“", "”", " ") };
    let lines = wrap(text.trim(), room - width(open) - width(close));
    let last = lines.len() - 1;
    let line = |(number, line): (usize, &String)| {
        let before = if number == 0 { open } else { margin };
        format!("{before}{line}{}", if number == last { close } else { "" })
    };
    lines.iter().enumerate().map(line).collect()
}

/// `label` and blanks up to `column`.
fn filled(label: &str, column: usize, wide: bool) -> String {
    let missing = column.saturating_sub(width(label)).max(1);
    let blanks: String = if wide {
        " ".repeat(missing % 2) + &WIDE_BLANK.to_string().repeat(missing / 2)
    } else {
        " ".repeat(missing)
    };
    format!("{label}{blanks}")
}
