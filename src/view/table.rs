//! Columns of text aligned by what they take on the terminal, fitted to its width.

use super::palette::{Palette, Style};
use super::sanitize::sanitize;
use super::width::{pad, pad_left, truncate, width};

const GAP: usize = 2;

/// The least columns a flexible column is cut down to before others are left out.
const LEAST_FLEXIBLE: usize = 16;

/// The most columns that flexible ones are filled up to where nothing is cut.
const WIDEST_UNCUT: usize = 60;

/// How a column is laid out, and what happens to it when the terminal is narrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Always shown whole.
    Whole,
    /// Cut with `…` where it must be: for titles.
    Flexible,
    /// Left out when there is no room, the last such column first.
    Optional,
}

#[derive(Clone, Debug)]
pub struct Column {
    pub header: String,
    pub fit: Fit,
    /// Numbers stand at the right.
    pub right: bool,
}

impl Column {
    pub fn new(header: impl Into<String>, fit: Fit) -> Self {
        Self { header: header.into(), fit, right: false }
    }

    #[must_use]
    pub fn right(mut self) -> Self {
        self.right = true;
        self
    }
}

/// One field of a row, made harmless when it is made.
#[derive(Clone, Debug)]
pub struct Cell {
    text: String,
    style: Option<Style>,
}

impl Cell {
    pub fn new(text: &str) -> Self {
        Self { text: sanitize(text).into_owned(), style: None }
    }

    pub fn styled(text: &str, style: Style) -> Self {
        Self { style: Some(style), ..Self::new(text) }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

/// Rows under columns. A row with fewer cells than columns ends early.
#[derive(Clone, Debug)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    pub fn new(columns: Vec<Column>) -> Self {
        Self { columns, rows: Vec::new() }
    }

    pub fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows as lines, each with its line break and no blanks at its end.
    ///
    /// `limit` is the terminal's width; none, as for a pipe, cuts nothing.
    pub fn render(&self, limit: Option<usize>, palette: Palette) -> String {
        let layout = self.layout(&self.natural_widths(false), limit);
        self.rows.iter().map(|row| self.line(row, &layout, limit.is_some(), palette)).collect()
    }

    /// Like [`Self::render`], under a line of the columns' headers.
    pub fn render_with_header(&self, limit: Option<usize>, palette: Palette) -> String {
        let layout = self.layout(&self.natural_widths(true), limit);
        let header: Vec<Cell> =
            self.columns.iter().map(|column| Cell::styled(&column.header, Style::Faint)).collect();
        let cuts = limit.is_some();
        let rows = self.rows.iter().map(|row| self.line(row, &layout, cuts, palette));
        std::iter::once(self.line(&header, &layout, cuts, palette)).chain(rows).collect()
    }

    fn natural_widths(&self, with_header: bool) -> Vec<usize> {
        let columns = self.columns.iter().enumerate();
        columns
            .map(|(index, column)| {
                let cells = self.rows.iter().filter_map(|row| row.get(index));
                let header = if with_header { width(&column.header) } else { 0 };
                cells.map(|cell| width(&cell.text)).max().unwrap_or(0).max(header)
            })
            .collect()
    }

    /// The width of each column; none for one that is left out, such as an empty one.
    fn layout(&self, natural: &[usize], limit: Option<usize>) -> Vec<Option<usize>> {
        let mut layout: Vec<Option<usize>> =
            natural.iter().map(|columns| (*columns > 0).then_some(*columns)).collect();
        let Some(limit) = limit else {
            // One long title must not push what follows it away in every other row.
            let flexible =
                self.columns.iter().zip(&mut layout).filter(|(column, _)| column.fit == Fit::Flexible);
            flexible.for_each(|(_, columns)| *columns = columns.map(|columns| columns.min(WIDEST_UNCUT)));
            return layout;
        };
        while total(&layout) - self.spare(&layout, LEAST_FLEXIBLE) > limit {
            let last_optional = (0..layout.len())
                .rev()
                .find(|index| self.columns[*index].fit == Fit::Optional && layout[*index].is_some());
            let Some(index) = last_optional else { break };
            layout[index] = None;
        }
        self.shrink(&mut layout, limit);
        layout
    }

    /// How many columns the flexible ones can give up while keeping `least` each.
    fn spare(&self, layout: &[Option<usize>], least: usize) -> usize {
        let flexible = self.columns.iter().zip(layout).filter(|(column, _)| column.fit == Fit::Flexible);
        flexible.map(|(_, columns)| columns.map_or(0, |columns| columns.saturating_sub(least))).sum()
    }

    /// Takes from the widest flexible column, one column at a time, until the row fits.
    fn shrink(&self, layout: &mut [Option<usize>], limit: usize) {
        while total(layout) > limit {
            let flexible = (0..layout.len()).filter(|index| self.columns[*index].fit == Fit::Flexible);
            let Some(widest) = flexible.max_by_key(|index| layout[*index]) else { return };
            match layout[widest] {
                Some(columns) if columns > 1 => layout[widest] = Some(columns - 1),
                _ => return,
            }
        }
    }

    /// Where nothing is cut, a cell that is wider than its column stands out of it.
    fn line(&self, row: &[Cell], layout: &[Option<usize>], cuts: bool, palette: Palette) -> String {
        let shown = row.iter().zip(&self.columns).zip(layout);
        let mut line = String::new();
        let mut blanks = 0;
        for ((cell, column), columns) in shown {
            let Some(columns) = *columns else { continue };
            let text = if cuts { truncate(&cell.text, columns) } else { cell.text.as_str().into() };
            let padded = if column.right { pad_left(&text, columns) } else { pad(&text, columns) };
            let inner = padded.trim();
            if !inner.is_empty() {
                let leading = width(&padded) - width(padded.trim_start());
                line.push_str(&" ".repeat(blanks + leading));
                line.push_str(
                    &cell.style.map_or_else(|| inner.to_owned(), |style| palette.paint(style, inner)),
                );
                blanks = 0;
            }
            blanks += if inner.is_empty() { columns } else { width(&padded) - width(padded.trim_end()) };
            blanks += GAP;
        }
        line.push('\n');
        line
    }
}

fn total(layout: &[Option<usize>]) -> usize {
    let shown: Vec<usize> = layout.iter().flatten().copied().collect();
    shown.iter().sum::<usize>() + GAP * shown.len().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn incidents() -> Table {
        let mut table = Table::new(vec![
            Column::new("ID", Fit::Whole),
            Column::new("レベル", Fit::Whole),
            Column::new("件名", Fit::Flexible),
            Column::new("指揮", Fit::Optional),
            Column::new("分", Fit::Optional).right(),
        ]);
        table.row(vec![
            "k7qm".into(),
            "SEV1".into(),
            "決済が全部エラーになる".into(),
            "佐藤".into(),
            "51".into(),
        ]);
        table.row(vec!["t4wr".into(), "".into(), "社用スマホを電車に忘れた".into(), "".into(), "5".into()]);
        table
    }

    #[track_caller]
    fn check(limit: Option<usize>, expected: &str) {
        let shown = incidents().render(limit, Palette::Plain);
        assert_eq!(shown, expected);
        if let Some(limit) = limit {
            assert!(shown.lines().all(|line| width(line) <= limit), "{shown}");
        }
        assert!(shown.lines().all(|line| line.trim_end() == line), "{shown}");
    }

    #[test]
    fn columns_line_up_by_display_width() {
        let whole = "k7qm  SEV1  決済が全部エラーになる    佐藤  51\n\
                     t4wr        社用スマホを電車に忘れた         5\n";
        check(None, whole);
        check(Some(80), whole);
    }

    #[test]
    fn a_narrow_terminal_cuts_the_title_then_leaves_columns_out() {
        check(
            Some(40),
            "k7qm  SEV1  決済が全部エラー…   佐藤  51\n\
             t4wr        社用スマホを電車…          5\n",
        );
        check(Some(30), "k7qm  SEV1  決済が全部エラー…\nt4wr        社用スマホを電車…\n");
        check(Some(20), "k7qm  SEV1  決済が…\nt4wr        社用ス…\n");
    }

    #[test]
    fn a_header_widens_its_column() {
        let shown = incidents().render_with_header(None, Palette::Plain);
        assert_eq!(shown.lines().next(), Some("ID    レベル  件名                      指揮  分"));
    }

    #[test]
    fn a_column_without_content_takes_no_room() {
        let mut table = Table::new(vec![Column::new("a", Fit::Whole), Column::new("b", Fit::Whole)]);
        table.row(vec!["".into(), "x".into()]);
        assert_eq!(table.render(None, Palette::Plain), "x\n");
    }

    #[test]
    fn hostile_text_is_shown_inert_and_colour_takes_no_room() {
        let mut table = Table::new(vec![Column::new("", Fit::Whole), Column::new("", Fit::Whole)]);
        table.row(vec![Cell::styled("a\u{1b}[2J", Style::Bad), "x".into()]);
        table.row(vec!["b".into(), "y".into()]);
        assert_eq!(
            table.render(None, Palette::Coloured),
            "\u{1b}[1;31ma\\u{1b}[2J\u{1b}[0m  x\nb           y\n"
        );
    }
}
