//! The terminal: what is printed where, in which width and colour, and the questions put to people.

mod answer;
mod choice;
mod departure;
mod editor;
mod keyboard;
mod keys;
mod line;
mod line_editor;
mod menu;
mod question;
mod session;
mod settings;

use std::cell::{OnceCell, RefCell};
use std::io::{self, Write};
use std::rc::Rc;

use rustix::termios::tcgetwinsize;

use crate::locale::Locale;
use crate::view::palette::{Palette, Style};
use crate::view::sanitize::{inert, sanitize_block};
use crate::view::width::{width, wrap};

pub use self::choice::{Choice, Item};
pub use self::line::{LinePrompt, LinesPrompt, OnEnter};
pub use self::menu::Pressed;
pub use self::question::{QuestionKey, QuestionPrompt, YesNoPrompt};
pub use self::session::{PromptSession, Reply};
pub use self::settings::{ColorChoice, UiSettings};

use self::departure::Departure;
use self::keyboard::{Keyboard, TypedAhead};

/// Columns assumed where there is no terminal to ask.
const DEFAULT_WIDTH: usize = 80;

/// Where text goes: data to `Out`, everything said to people to `Err`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    Out,
    Err,
}

/// The one way to the terminal and the standard streams.
pub struct Ui {
    settings: UiSettings,
    locale: Rc<Locale>,
    typed_ahead: RefCell<TypedAhead>,
    departure: OnceCell<Departure>,
}

impl Ui {
    pub fn new(settings: UiSettings, locale: Rc<Locale>) -> Self {
        Self { settings, locale, typed_ahead: RefCell::default(), departure: OnceCell::new() }
    }

    /// Whether questions may be asked.
    pub fn interactive(&self) -> bool {
        self.settings.interactive()
    }

    /// The columns of the terminal that reads `stream`; 80 off a terminal. Never less than 20.
    pub fn width(&self, stream: Stream) -> usize {
        self.limit(stream).unwrap_or(DEFAULT_WIDTH)
    }

    /// Like [`Self::width`], but none off a terminal, where nothing is to be cut.
    pub fn limit(&self, stream: Stream) -> Option<usize> {
        if !self.settings.is_terminal(stream) {
            return None;
        }
        let columns = self.settings.columns.or_else(|| terminal_columns(stream));
        let columns = columns.map_or(DEFAULT_WIDTH, usize::from);
        Some(columns.max(20))
    }

    /// Whether `stream` takes colour, as a value for views.
    pub fn palette(&self, stream: Stream) -> Palette {
        self.settings.palette(stream)
    }

    /// `text` as it looks on `stream`.
    pub fn paint(&self, stream: Stream, style: Style, text: &str) -> String {
        self.palette(stream).paint(style, text)
    }

    /// Writes data to standard output, with a line break at its end. See [`is_broken_pipe`] for the error
    /// of a reader that has gone.
    pub fn out(&self, text: &str) -> io::Result<()> {
        write_lines(io::stdout().lock(), &inert(text, self.palette(Stream::Out)))
    }

    /// Tells the person something on standard error, unless they asked for quiet.
    pub fn say(&self, text: &str) {
        if !self.settings.quiet {
            self.error(text);
        }
    }

    /// Like [`Self::say`], with the lines of a terminal broken where words end. What follows is as far to the right.
    pub fn tell(&self, text: &str) {
        self.say(&self.folded(text).join("\n"));
    }

    /// Like [`Self::tell`], as `style` looks.
    pub fn tell_in(&self, style: Style, text: &str) {
        let lines = self.folded(text);
        let painted: Vec<String> = lines.iter().map(|line| self.paint(Stream::Err, style, line)).collect();
        self.say(&painted.join("\n"));
    }

    /// Tells the person that something is done, behind a mark.
    pub fn tell_done(&self, text: &str) {
        let lines = self.folded(&format!("✔ {text}")).join("\n");
        self.say(&lines.replacen('✔', &self.paint(Stream::Err, Style::Good, "✔"), 1));
    }

    /// Tells the person which command to type for what. A command is never broken: it has a line of its own if need be.
    pub fn tell_command(&self, label: &str, command: &str) {
        let gap =
            if self.limit(Stream::Err).is_some_and(|columns| width(label) + 2 + width(command) > columns) {
                "\n  "
            } else {
                " "
            };
        self.say(&format!("{label}:{gap}{command}"));
    }

    fn folded(&self, text: &str) -> Vec<String> {
        // What is told may quote files and people.
        let text = sanitize_block(text);
        let Some(columns) = self.limit(Stream::Err) else { return text.lines().map(str::to_owned).collect() };
        text.lines().flat_map(|line| fold(line, columns)).collect()
    }

    /// Tells the person what went wrong, on standard error.
    pub fn error(&self, text: &str) {
        // Nobody is left to tell that standard error is closed.
        let _ = write_lines(io::stderr().lock(), &inert(text, self.palette(Stream::Err)));
    }

    /// Goes on without the terminal: closing it does not end this process, and no program that it starts can ask there.
    pub fn leave_terminal(&self) {
        // It fails where there is no terminal to leave, which is as well.
        let _ = rustix::process::setsid();
    }

    /// Takes the terminal over to ask questions, until the session is dropped.
    ///
    /// Fails with `Unsupported` where no question may be asked: see [`Self::interactive`].
    pub fn session(&self) -> io::Result<PromptSession<'_>> {
        if !self.interactive() {
            return Err(io::ErrorKind::Unsupported.into());
        }
        let departure = match self.departure.get() {
            Some(departure) => departure,
            None => {
                let new = Departure::new()?;
                self.departure.get_or_init(|| new)
            }
        };
        let keyboard = Keyboard::open(&self.typed_ahead, departure)?;
        Ok(PromptSession::new(self, keyboard))
    }
}

/// The lines of `line` in so many columns. What follows the first stands below its text, behind blanks and bullet.
fn fold(line: &str, columns: usize) -> Vec<String> {
    let text = line.trim_start_matches(' ');
    let text = text.strip_prefix("□ ").unwrap_or(text);
    let (head, text) = line.split_at(line.len() - text.len());
    let lines = wrap(text, columns.saturating_sub(width(head)));
    let margin = " ".repeat(width(head));
    let head_or_margin = |index| if index == 0 { head } else { margin.as_str() };
    lines.iter().enumerate().map(|(index, line)| format!("{}{line}", head_or_margin(index))).collect()
}

/// Whether the reader of standard output has gone, as `head` does: no failure, the program just ends.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let mut causes = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

fn write_lines(mut stream: impl Write, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    if !text.is_empty() && !text.ends_with('\n') {
        stream.write_all(b"\n")?;
    }
    stream.flush()
}

/// How many columns the terminal on `stream` says that it has; none off a terminal.
pub fn terminal_columns(stream: Stream) -> Option<u16> {
    let size = match stream {
        Stream::Out => tcgetwinsize(io::stdout()),
        Stream::Err => tcgetwinsize(io::stderr()),
    };
    size.ok().map(|size| size.ws_col).filter(|columns| *columns > 0)
}

/// How many rows the terminal has that questions are put on; none off a terminal.
fn terminal_rows() -> Option<usize> {
    tcgetwinsize(io::stderr()).ok().map(|size| size.ws_row.into()).filter(|rows| *rows > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_below_their_text() {
        for (line, expected) in [
            ("", vec![""]),
            ("one two three", vec!["one two", "three"]),
            ("  one two three", vec!["  one two", "  three"]),
            ("  □ 指揮が来る", vec!["  □ 指揮が", "    来る"]),
        ] {
            assert_eq!(fold(line, 10), expected, "{line}");
        }
    }
}
