//! One key out of several, whatever the input method made of it, and a screen that waits for one.

use std::io;
use std::time::Duration;

use crate::locale::say;

use super::answer;
use super::keys::Key;
use super::session::{PromptSession, Reply, Stroke};
use super::terminal_rows;

/// What was pressed where a key chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// A letter or figure, plain and in lower case.
    Key(char),
    Enter,
}

impl PromptSession<'_> {
    /// Waits for one of `keys`, or Enter if it means something. Any other key gets an answer, and is asked for again.
    ///
    /// `legend` is what they do, for whoever pressed one that does nothing.
    pub fn press(
        &mut self,
        label: &str,
        keys: &[char],
        legend: &str,
        enter: bool,
    ) -> io::Result<Reply<Pressed>> {
        loop {
            self.write(&format!("{label}: "))?;
            let stroke = self.stroke()?;
            let pressed = match &stroke {
                Stroke::Key(Key::Interrupt | Key::EndOfInput | Key::HangUp) => return self.interrupted(),
                Stroke::Key(Key::Enter) if enter => Some(Pressed::Enter),
                Stroke::Key(Key::Char(c)) => Some(Pressed::Key(answer::plain(*c))),
                Stroke::Composed(text) => only_char(text).map(|c| Pressed::Key(answer::plain(c))),
                Stroke::Key(_) => None,
            };
            // A pasted word is no key, whatever letter it begins with.
            let pasted = matches!(pressed, Some(Pressed::Key(_))) && self.keyboard.is_ready();
            let known = |pressed: &Pressed| {
                !pasted && (matches!(pressed, Pressed::Enter) || is_one_of(*pressed, keys))
            };
            if let Some(pressed) = pressed.filter(known) {
                let shown = if let Pressed::Key(key) = pressed { key.to_string() } else { String::new() };
                self.write(&format!("{shown}\n"))?;
                return Ok(Reply::Value(pressed));
            }
            let facts = [("keys", legend.to_owned().into())];
            self.not_understood(&stroke, ["menu-keys", "menu-keys-ime"], &facts)?;
        }
    }

    /// Shows `screen` in place of everything that was there, and rings the bell if asked to.
    pub fn show(&mut self, screen: &str, bell: bool) -> io::Result<()> {
        // Erase all, cursor home (ECMA-48, 8.3.39 and 8.3.21).
        let bell = if bell { "\u{7}" } else { "" };
        let shown =
            fitted(screen, terminal_rows(), |left| say!(self.locale(), "ui-lines-below", count = left));
        self.write(&format!("\u{1b}[2J\u{1b}[H{shown}{bell}"))
    }

    /// Waits for a key at most so long; none if the time has passed.
    pub fn key_within(&mut self, time: Duration) -> io::Result<Option<Reply<Pressed>>> {
        if !self.keyboard.waits_within(time)? {
            return Ok(None);
        }
        Ok(Some(match self.stroke()? {
            Stroke::Key(Key::Interrupt | Key::EndOfInput | Key::HangUp) => Reply::interrupted(),
            Stroke::Key(Key::Char(c)) => Reply::Value(Pressed::Key(answer::plain(c))),
            Stroke::Composed(text) => {
                let key = only_char(&text).map(answer::plain);
                Reply::Value(key.map_or(Pressed::Enter, Pressed::Key))
            }
            Stroke::Key(_) => Reply::Value(Pressed::Enter),
        }))
    }
}

/// The top of `screen` that `rows` have room for, with what `left` says of the lines below it: a terminal would scroll the
/// top away, where the most urgent stands.
fn fitted(screen: &str, rows: Option<usize>, left: impl Fn(usize) -> String) -> String {
    let lines: Vec<&str> = screen.lines().collect();
    // The cursor stands in a row of its own.
    match rows.map(|rows| rows.saturating_sub(2).max(1)) {
        Some(room) if lines.len() > room + 1 => {
            format!("{}\n{}\n", lines[..room].join("\n"), left(lines.len() - room))
        }
        _ => screen.to_owned(),
    }
}

/// A single letter that an input method has sent.
fn only_char(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

fn is_one_of(pressed: Pressed, keys: &[char]) -> bool {
    matches!(pressed, Pressed::Key(key) if keys.contains(&key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_of_a_screen_stays_where_not_all_of_it_fits() {
        let left = |count: usize| format!("+{count}");
        for (rows, expected) in [
            (None, "a\nb\nc\nd\n"),
            (Some(24), "a\nb\nc\nd\n"),
            (Some(5), "a\nb\nc\nd\n"),
            (Some(4), "a\nb\n+2\n"),
            (Some(1), "a\n+3\n"),
        ] {
            assert_eq!(fitted("a\nb\nc\nd\n", rows, left), expected, "{rows:?}");
        }
    }
}
