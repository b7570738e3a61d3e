//! Typing words: one line, or several until a blank one.

use std::io;

use crate::view::palette::Style;
use crate::view::sanitize::sanitize;
use crate::view::width::{width, wrap};

use super::line_editor::{LineEditor, Pressed};
use super::session::{PromptSession, Reply};

/// The least room to type in beside the label; with less, the line below is used.
const LEAST_ROOM: usize = 20;

/// What Enter alone means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnEnter<'a> {
    /// Empty text.
    #[default]
    Nothing,
    /// This text, shown in brackets.
    Take(&'a str),
    /// Empty text, for which this word is shown in brackets: "not known".
    Leave(&'a str),
}

/// One line of words.
#[derive(Clone, Copy, Debug)]
pub struct LinePrompt<'a> {
    pub label: &'a str,
    pub enter: OnEnter<'a>,
    /// Stands on the line from the start, to be edited: words kept from before.
    pub start: &'a str,
}

impl<'a> LinePrompt<'a> {
    pub fn new(label: &'a str) -> Self {
        Self { label, enter: OnEnter::Nothing, start: "" }
    }
}

/// Several lines of words.
#[derive(Clone, Copy, Debug)]
pub struct LinesPrompt<'a> {
    /// Says that a blank line ends.
    pub label: &'a str,
}

impl PromptSession<'_> {
    /// Asks for one line. The value has no blanks around it, no control and no invisible characters.
    pub fn line(&mut self, prompt: &LinePrompt<'_>) -> io::Result<Reply<String>> {
        let label = self.label(prompt)?;
        let reply = self.edit(&label, prompt.start)?;
        let Reply::Value(typed) = reply else { return Ok(reply) };
        let typed = typed.trim().to_owned();
        match prompt.enter {
            OnEnter::Take(text) if typed.is_empty() => self.show_taken(&label, text).map(Reply::Value),
            _ => {
                self.write("\n")?;
                Ok(Reply::Value(typed))
            }
        }
    }

    /// Asks for lines until a blank one. Blank lines inside of a paste are kept.
    pub fn lines(&mut self, prompt: &LinesPrompt<'_>) -> io::Result<Reply<Vec<String>>> {
        for line in wrap(&sanitize(prompt.label), self.width()) {
            self.write(&format!("{line}\n"))?;
        }
        let mut lines: Vec<String> = Vec::new();
        loop {
            match self.edit("  ", "")? {
                Reply::Value(line) => {
                    self.write("\n")?;
                    let blank = line.trim().is_empty();
                    if blank && !self.keyboard.has_more()? {
                        return Ok(Reply::Value(without_blank_ends(lines)));
                    }
                    lines.push(line.trim_end().to_owned());
                }
                Reply::Interrupted { typed } => {
                    lines.push(typed);
                    return Ok(Reply::Interrupted { typed: without_blank_ends(lines).join("\n") });
                }
            }
        }
    }

    /// Writes what of the label does not fit beside the text, and gives the part that does.
    fn label(&self, prompt: &LinePrompt<'_>) -> io::Result<String> {
        let shown = match prompt.enter {
            OnEnter::Nothing => String::new(),
            OnEnter::Take(text) | OnEnter::Leave(text) => format!(" [{}]", sanitize(text)),
        };
        let label = format!("{}{shown}:", sanitize(prompt.label));
        if width(&label) + 1 + LEAST_ROOM <= self.width() {
            return Ok(label + " ");
        }
        for line in wrap(&label, self.width()) {
            self.write(&format!("{line}\n"))?;
        }
        Ok("  ".to_owned())
    }

    /// Edits a line behind `label` until Enter, and leaves the cursor behind the whole text.
    fn edit(&mut self, label: &str, start: &str) -> io::Result<Reply<String>> {
        let mut editor = LineEditor::new(start);
        let columns = self.width() - width(label);
        self.draw(label, &editor, columns)?;
        loop {
            let key = self.keyboard.key()?;
            let pressed = editor.press(key);
            match pressed {
                // A paste is drawn once, when it has ended.
                Pressed::Edited if self.keyboard.is_ready() => {}
                Pressed::Edited => self.draw(label, &editor, columns)?,
                Pressed::Done | Pressed::Interrupted => {
                    self.write(&format!("\r{label}{}\u{1b}[K", editor.text()))?;
                    let text = editor.text().to_owned();
                    if pressed == Pressed::Done {
                        return Ok(Reply::Value(text));
                    }
                    self.write("\n")?;
                    return Ok(Reply::Interrupted { typed: text });
                }
            }
        }
    }

    fn draw(&self, label: &str, editor: &LineEditor, columns: usize) -> io::Result<()> {
        let window = editor.window(columns);
        let column = width(label) + window.cursor;
        let to_cursor = if column > 0 { format!("\u{1b}[{column}C") } else { String::new() };
        self.write(&format!("\r{label}{}\u{1b}[K\r{to_cursor}", window.text))
    }

    fn show_taken(&self, label: &str, text: &str) -> io::Result<String> {
        self.write(&format!("\r{label}{}\u{1b}[K\n", self.paint(Style::Strong, &sanitize(text))))?;
        Ok(text.to_owned())
    }
}

fn without_blank_ends(mut lines: Vec<String>) -> Vec<String> {
    while lines.last().is_some_and(|line| line.trim().is_empty()) {
        lines.pop();
    }
    let first = lines.iter().position(|line| !line.trim().is_empty()).unwrap_or(0);
    lines.split_off(first)
}
