//! A time during which the terminal is ours, and what every prompt needs: words, width, keys.

use std::io::{self, Write};

use rustix::io::Errno;

use crate::failure::{Exit, Failure, Message};
use crate::locale::{Fact, Locale};
use crate::view::palette::Style;
use crate::view::sanitize::sanitize;
use crate::view::width::{truncate, wrap};

use super::keyboard::Keyboard;
use super::keys::Key;
use super::{Stream, Ui, answer};

/// What came of a prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply<T> {
    Value(T),
    /// Ctrl-C, the end of input, or a terminal that has gone. `typed` is what stood on the line, to be kept as a draft.
    Interrupted {
        typed: String,
    },
}

impl<T> Reply<T> {
    pub(super) fn interrupted() -> Self {
        Self::Interrupted { typed: String::new() }
    }

    /// The answer, for whom leaving the prompt ends the program. Words that were half typed are given back.
    pub fn answered(self) -> anyhow::Result<T> {
        let typed = match self {
            Self::Value(value) => return Ok(value),
            Self::Interrupted { typed } => typed,
        };
        let failure = Failure::new(Exit::Interrupted, "interrupted");
        Err(match typed.trim() {
            "" => failure,
            words => failure.hint(Message::new("interrupted-words").with("words", words)),
        }
        .into())
    }

    pub fn map<U>(self, map: impl FnOnce(T) -> U) -> Reply<U> {
        match self {
            Self::Value(value) => Reply::Value(map(value)),
            Self::Interrupted { typed } => Reply::Interrupted { typed },
        }
    }
}

/// What was typed where a single key is an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stroke {
    Key(Key),
    /// Japanese that came at once from an input method.
    Composed(String),
}

/// The terminal, taken over to ask questions. Dropping it gives the terminal back as it was.
///
/// The terminal stays without echo between two prompts: what is typed ahead waits for its prompt, unseen.
pub struct PromptSession<'a> {
    ui: &'a Ui,
    pub(super) keyboard: Keyboard<'a>,
    pub(super) legend_shown: bool,
}

impl<'a> PromptSession<'a> {
    pub(super) fn new(ui: &'a Ui, keyboard: Keyboard<'a>) -> Self {
        Self { ui, keyboard, legend_shown: false }
    }

    pub(super) fn locale(&self) -> &'a Locale {
        &self.ui.locale
    }

    pub(super) fn width(&self) -> usize {
        self.ui.width(Stream::Err)
    }

    pub(super) fn paint(&self, style: Style, text: &str) -> String {
        self.ui.paint(Stream::Err, style, text)
    }

    /// Writes to the terminal, exactly `text`. One that has gone is no failure: the next key says so, and what was
    /// typed until then can still be kept.
    pub(super) fn write(&self, text: &str) -> io::Result<()> {
        let mut stderr = io::stderr().lock();
        let written = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
        written.or_else(|error| if is_gone(&error) { Ok(()) } else { Err(error) })
    }

    /// Waits for a key, or for what an input method sends at once.
    pub(super) fn stroke(&mut self) -> io::Result<Stroke> {
        let key = self.keyboard.key()?;
        let Key::Char(first) = key else { return Ok(Stroke::Key(key)) };
        if !answer::is_japanese(first) || answer::of_key(first).is_some() || answer::digit(first).is_some() {
            return Ok(Stroke::Key(key));
        }
        let mut composed = String::from(first);
        while let Some(next) = self.keyboard.key_at_once()? {
            match next {
                Key::Char(c) if answer::is_japanese(c) => composed.push(c),
                other => {
                    self.keyboard.put_back(other);
                    break;
                }
            }
        }
        Ok(Stroke::Composed(composed))
    }

    /// Puts typed characters back, to be the next ones.
    pub(super) fn put_back(&mut self, text: &str) {
        for c in text.chars().rev() {
            self.keyboard.put_back(Key::Char(c));
        }
    }

    /// Answers a stroke that is not understood: below the line of the prompt, which is then to be shown again.
    ///
    /// `key` is the advice with the input method off; `key_ime` the one where it seems to be on. What came together
    /// with the stroke is dropped with it, and shown: a letter inside of pasted words must not answer anything.
    pub(super) fn not_understood(
        &mut self,
        stroke: &Stroke,
        [key, key_ime]: [&'static str; 2],
        facts: &[(&str, Fact)],
    ) -> io::Result<()> {
        let japanese = match stroke {
            Stroke::Composed(_) => true,
            Stroke::Key(Key::Char(c)) => answer::is_japanese(*c),
            Stroke::Key(_) => false,
        };
        let advice = self.locale().format(if japanese { key_ime } else { key }, facts);
        let mut typed = match stroke {
            Stroke::Composed(text) => text.clone(),
            Stroke::Key(Key::Char(c)) => c.to_string(),
            Stroke::Key(_) => String::new(),
        };
        if !typed.is_empty() {
            typed.push_str(&self.rest_of_paste()?);
        }
        self.write(&format!("{}\n", truncate(&sanitize(&typed), 12)))?;
        self.note(&advice)
    }

    /// Takes what was typed already, up to the end of its line.
    fn rest_of_paste(&mut self) -> io::Result<String> {
        let mut rest = String::new();
        while self.keyboard.is_ready() {
            match self.keyboard.key()? {
                Key::Char(c) => rest.push(c),
                Key::Tab => rest.push(' '),
                Key::Enter => break,
                other => {
                    self.keyboard.put_back(other);
                    break;
                }
            }
        }
        Ok(rest)
    }

    /// A remark on lines of its own.
    pub(super) fn note(&self, text: &str) -> io::Result<()> {
        let lines = wrap(text, self.width() - 2);
        lines.iter().try_for_each(|line| self.write(&format!("  {}\n", self.paint(Style::Warning, line))))
    }
}

fn is_gone(error: &io::Error) -> bool {
    error.raw_os_error() == Some(Errno::IO.raw_os_error())
}
