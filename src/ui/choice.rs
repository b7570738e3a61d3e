//! Choosing one of several by its number: one key up to nine, figures and Enter beyond.

use std::io;

use crate::locale::Fact;
use crate::view::palette::Style;
use crate::view::sanitize::sanitize;
use crate::view::width::{pad, width, wrap};

use super::answer;
use super::keys::Key;
use super::line::{LinePrompt, OnEnter};
use super::session::{PromptSession, Reply, Stroke};

/// The least room in which a hint stands beside its label, not below it.
const LEAST_HINT: usize = 16;

/// Up to this many, one key chooses.
const ONE_KEY: usize = 9;

/// Something to choose, with a few words beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub label: String,
    /// Empty if there are none.
    pub hint: String,
}

impl Item {
    pub fn new(label: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { label: label.into(), hint: hint.into() }
    }
}

/// A numbered list to choose from. Never empty.
#[derive(Clone, Copy, Debug)]
pub struct Choice<'a> {
    pub prompt: &'a str,
    /// Numbered from 1.
    pub items: &'a [Item],
    /// What 0 means, such as "not sure"; none if 0 is no choice.
    pub zero: Option<&'a str>,
    /// The number that Enter means. With none it is not an answer.
    pub enter: Option<usize>,
}

impl PromptSession<'_> {
    /// Asks for one of the items. The value is its index, or none for 0.
    pub fn choose(&mut self, choice: &Choice<'_>) -> io::Result<Reply<Option<usize>>> {
        self.write(&self.list(choice))?;
        let label = self.locale().text("ui-number");
        loop {
            let reply = if choice.items.len() <= ONE_KEY {
                self.number_by_key(choice, &label)?
            } else {
                self.number_by_line(choice, &label)?
            };
            let number = match reply {
                Reply::Interrupted { typed } => return Ok(Reply::Interrupted { typed }),
                Reply::Value(number) => number,
            };
            if let Some(index) = number.and_then(|number| index_of(choice, number)) {
                return Ok(Reply::Value(index));
            }
        }
    }

    /// Asks which of `items` is meant, where none of them is likelier than the others.
    pub fn pick(&mut self, prompt: &str, items: &[Item]) -> io::Result<Reply<usize>> {
        loop {
            let choice = Choice { prompt, items, zero: None, enter: None };
            match self.choose(&choice)? {
                Reply::Value(Some(index)) => return Ok(Reply::Value(index)),
                Reply::Value(None) => {}
                Reply::Interrupted { typed } => return Ok(Reply::Interrupted { typed }),
            }
        }
    }

    /// One key; none if it was not understood, which is then said.
    fn number_by_key(&mut self, choice: &Choice<'_>, label: &str) -> io::Result<Reply<Option<usize>>> {
        let default = choice.enter.map(|number| format!(" [{number}]")).unwrap_or_default();
        self.write(&format!("{label}{default}: "))?;
        let stroke = self.stroke()?;
        let number = match stroke {
            Stroke::Key(Key::Interrupt | Key::EndOfInput | Key::HangUp) => return self.interrupted(),
            Stroke::Key(Key::Enter) => choice.enter,
            Stroke::Key(Key::Char(c)) => answer::digit(c),
            _ => None,
        };
        match number.filter(|number| index_of(choice, *number).is_some()) {
            Some(number) => {
                let chosen = self.paint(Style::Strong, &label_of(choice, number));
                self.write(&format!("{number} {chosen}\n"))?;
                Ok(Reply::Value(Some(number)))
            }
            None => {
                let facts = range(choice);
                self.not_understood(&stroke, ["ui-keys-number", "ui-keys-number-ime"], &facts)?;
                Ok(Reply::Value(None))
            }
        }
    }

    /// Figures and Enter; none if they are no number of the list, which is then said.
    fn number_by_line(&mut self, choice: &Choice<'_>, label: &str) -> io::Result<Reply<Option<usize>>> {
        let default = choice.enter.map(|number| number.to_string());
        let enter = default.as_deref().map_or(OnEnter::Nothing, OnEnter::Take);
        let prompt = LinePrompt { enter, ..LinePrompt::new(label) };
        let typed = match self.line(&prompt)? {
            Reply::Interrupted { typed } => return Ok(Reply::Interrupted { typed }),
            Reply::Value(typed) => typed,
        };
        let number = answer::number(&typed).filter(|number| index_of(choice, *number).is_some());
        match number {
            Some(number) => {
                self.write(&format!("  {}\n", self.paint(Style::Strong, &label_of(choice, number))))?;
            }
            None => self.note(&self.locale().format("ui-keys-number", &range(choice)))?,
        }
        Ok(Reply::Value(number))
    }

    /// The prompt and the items below it.
    fn list(&self, choice: &Choice<'_>) -> String {
        let mut text = String::new();
        for line in wrap(&sanitize(choice.prompt), self.width()) {
            text.push_str(&line);
            text.push('\n');
        }
        let entries = entries(choice);
        if entries.iter().all(|entry| entry.hint.is_empty())
            && let Some(line) = on_one_line(&entries, self.width())
        {
            return text + &line;
        }
        let labels = entries.iter().map(|entry| width(&entry.label)).max().unwrap_or(0);
        for entry in &entries {
            text.push_str(&self.entry_lines(entry, labels));
        }
        text
    }

    /// `  1 サービス障害          使えない・遅い`, with the hint below where it is narrow.
    fn entry_lines(&self, entry: &Entry, labels: usize) -> String {
        let columns = self.width();
        let number = format!("  {} ", entry.number);
        let indent = width(&number);
        let beside =
            (columns.saturating_sub(indent + labels + 2) >= LEAST_HINT).then_some(indent + labels + 2);
        let mut text = String::new();
        if let (Some(column), false) = (beside, entry.hint.is_empty()) {
            for (index, line) in wrap(&entry.hint, columns - column).iter().enumerate() {
                let label = if index == 0 { format!("{number}{}", entry.label) } else { String::new() };
                text.push_str(&format!("{}{}\n", pad(&label, column), self.paint(Style::Faint, line)));
            }
            return text;
        }
        for (index, line) in wrap(&entry.label, columns - indent).iter().enumerate() {
            text.push_str(&format!(
                "{}{line}\n",
                if index == 0 { number.clone() } else { " ".repeat(indent) }
            ));
        }
        for line in wrap(&entry.hint, columns - indent - 2).iter().filter(|line| !line.is_empty()) {
            text.push_str(&format!("{}{}\n", " ".repeat(indent + 2), self.paint(Style::Faint, line)));
        }
        text
    }
}

/// An item as it is listed.
struct Entry {
    /// As wide as the largest.
    number: String,
    label: String,
    hint: String,
}

/// The items in the order they are listed: 0 is the last.
fn entries(choice: &Choice<'_>) -> Vec<Entry> {
    let figures = choice.items.len().to_string().len();
    let entry = |number: usize, label: &str, hint: &str| Entry {
        number: format!("{number:>figures$}"),
        label: sanitize(label).into_owned(),
        hint: sanitize(hint).into_owned(),
    };
    let items = choice.items.iter().zip(1..).map(|(item, number)| entry(number, &item.label, &item.hint));
    items.chain(choice.zero.map(|label| entry(0, label, ""))).collect()
}

fn on_one_line(entries: &[Entry], columns: usize) -> Option<String> {
    let listed: Vec<String> =
        entries.iter().map(|entry| format!("{} {}", entry.number, entry.label)).collect();
    let line = format!("  {}", listed.join("   "));
    (width(&line) <= columns).then(|| line + "\n")
}

/// What `number` chooses: an item's index, none for 0; nothing if it is not in the list.
fn index_of(choice: &Choice<'_>, number: usize) -> Option<Option<usize>> {
    match number {
        0 => choice.zero.map(|_| None),
        _ => (number <= choice.items.len()).then(|| Some(number - 1)),
    }
}

fn label_of(choice: &Choice<'_>, number: usize) -> String {
    let label = match number {
        0 => choice.zero.unwrap_or_default(),
        _ => &choice.items[number - 1].label,
    };
    sanitize(label).into_owned()
}

fn range(choice: &Choice<'_>) -> [(&'static str, Fact); 2] {
    let first: usize = if choice.zero.is_some() { 0 } else { 1 };
    [("first", first.into()), ("last", choice.items.len().into())]
}
