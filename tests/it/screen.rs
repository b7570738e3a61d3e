//! What a terminal shows after the bytes of a program: the few codes that the program uses, wide characters and wrapping.

use unicode_width::UnicodeWidthChar;

/// The second cell of a wide character.
const COVERED: char = '\0';

/// Lines of cells and a cursor. A real terminal scrolls; this one grows.
pub struct Screen {
    lines: Vec<Vec<char>>,
    row: usize,
    column: usize,
    columns: usize,
}

impl Screen {
    /// The lines that `output` leaves on a terminal of so many columns, without blanks at their ends.
    pub fn of(output: &str, columns: usize) -> Vec<String> {
        let mut screen = Self { lines: vec![Vec::new()], row: 0, column: 0, columns };
        let mut rest = output;
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            match c {
                '\u{1b}' => rest = screen.escape(rest),
                '\r' => screen.column = 0,
                '\n' => screen.next_line(),
                c if c.is_control() => {}
                c => screen.put(c),
            }
        }
        let text = |line: &Vec<char>| line.iter().filter(|c| **c != COVERED).collect::<String>();
        let mut lines: Vec<String> =
            screen.lines.iter().map(|line| text(line).trim_end().to_owned()).collect();
        while lines.last().is_some_and(String::is_empty) {
            lines.pop();
        }
        lines
    }

    fn next_line(&mut self) {
        self.row += 1;
        if self.row == self.lines.len() {
            self.lines.push(Vec::new());
        }
    }

    fn put(&mut self, c: char) {
        let width = c.width().unwrap_or(0);
        if width == 0 {
            return;
        }
        if self.column + width > self.columns {
            self.next_line();
            self.column = 0;
        }
        let line = &mut self.lines[self.row];
        while line.len() < self.column + width {
            line.push(' ');
        }
        line[self.column] = c;
        line[self.column + 1..self.column + width].fill(COVERED);
        self.column += width;
    }

    /// Obeys the code after an escape, and gives what follows it.
    fn escape<'a>(&mut self, rest: &'a str) -> &'a str {
        let rest = rest.strip_prefix('[').expect("only control sequences are used");
        let end = rest.find(|c: char| c.is_ascii_alphabetic()).expect("a control sequence ends");
        let count = rest[..end].parse().unwrap_or(1);
        match rest.as_bytes()[end] {
            b'C' => self.column = (self.column + count).min(self.columns - 1),
            b'H' => (self.row, self.column) = (0, 0),
            // All of it, which is the only way in which it is used.
            b'J' => {
                self.lines.iter_mut().for_each(Vec::clear);
                self.lines.truncate(self.row + 1);
            }
            b'K' => self.lines[self.row].truncate(self.column),
            b'm' => {}
            other => panic!("the terminal of the tests does not know the code {:?}", char::from(other)),
        }
        &rest[end + 1..]
    }
}
