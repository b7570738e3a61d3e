//! Questions that one key answers: yes, no, not sure, later; show the hint, go back.

use std::io;

use crate::locale::{Locale, say};
use crate::view::palette::Style;
use crate::view::sanitize::sanitize;
use crate::view::width::{pad, width, wrap};

use super::answer::{self, Answer};
use super::keys::Key;
use super::session::{PromptSession, Reply, Stroke};

/// Room at the right for the answer, as wide as the longest one.
const ANSWER_COLUMNS: usize = 12;

/// No line of a question is longer: the eye must not travel.
const WIDEST: usize = 80;

/// One question of the policy.
#[derive(Clone, Copy, Debug)]
pub struct QuestionPrompt<'a> {
    /// Counts from 1.
    pub number: usize,
    pub text: &'a str,
    /// An observable test, shown on `?`; empty if there is none.
    pub hint: &'a str,
    /// How many more may follow, where that is known; 0 says nothing.
    pub remaining: Option<usize>,
    pub can_go_back: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionKey {
    Yes,
    No,
    Unsure,
    /// Enter: decides nothing.
    Later,
    Back,
}

/// A question with two answers.
#[derive(Clone, Copy, Debug)]
pub struct YesNoPrompt<'a> {
    pub text: &'a str,
    /// What `y` means; empty is "yes".
    pub yes: &'a str,
    /// What `n` means; empty is "no".
    pub no: &'a str,
    /// What Enter means. With none it is not an answer.
    pub enter: Option<bool>,
}

impl PromptSession<'_> {
    /// Asks one question of the policy. `?` shows its hint and asks again.
    pub fn question(&mut self, question: &QuestionPrompt<'_>) -> io::Result<Reply<QuestionKey>> {
        if !self.legend_shown {
            self.legend_shown = true;
            let legend = legend(self.locale(), self.width());
            self.write(&format!("{}\n", self.paint(Style::Faint, &legend)))?;
        }
        let lines = question_lines(self.locale(), question, self.width());
        loop {
            self.write(&lines.join("\n"))?;
            let stroke = self.stroke()?;
            let key = match self.meaning(&stroke) {
                Meaning::Interrupted => return self.interrupted(),
                Meaning::Enter => QuestionKey::Later,
                Meaning::Answer(Answer::Yes) => QuestionKey::Yes,
                Meaning::Answer(Answer::No) => QuestionKey::No,
                Meaning::Answer(Answer::Unsure) => QuestionKey::Unsure,
                Meaning::Answer(Answer::Back) if question.can_go_back => QuestionKey::Back,
                Meaning::Answer(Answer::Back) => {
                    self.write("\n")?;
                    self.note(&self.locale().text("ui-no-question-before"))?;
                    continue;
                }
                Meaning::Answer(Answer::Hint) => {
                    self.show_hint(question.hint)?;
                    continue;
                }
                Meaning::Nothing => {
                    self.not_understood(&stroke, ["ui-keys-question", "ui-keys-yes-no-ime"], &[])?;
                    continue;
                }
            };
            self.show_answer(&lines, &self.locale().text(word_of(key)))?;
            return Ok(Reply::Value(key));
        }
    }

    /// Asks a question that only yes and no answer.
    pub fn yes_no(&mut self, question: &YesNoPrompt<'_>) -> io::Result<Reply<bool>> {
        let locale = self.locale();
        let word =
            |given: &str, key| if given.is_empty() { locale.text(key) } else { sanitize(given).into() };
        let (yes, no) = (word(question.yes, "ui-yes"), word(question.no, "ui-no"));
        let lines = yes_no_lines(locale, question, [&yes, &no], self.width());
        loop {
            self.write(&lines.join("\n"))?;
            let stroke = self.stroke()?;
            let answer = match (self.meaning(&stroke), question.enter) {
                (Meaning::Interrupted, _) => return self.interrupted(),
                (Meaning::Answer(Answer::Yes), _) | (Meaning::Enter, Some(true)) => true,
                (Meaning::Answer(Answer::No), _) | (Meaning::Enter, Some(false)) => false,
                _ => {
                    self.not_understood(&stroke, ["ui-keys-yes-no", "ui-keys-yes-no-ime"], &[])?;
                    continue;
                }
            };
            self.show_answer(&lines, if answer { &yes } else { &no })?;
            return Ok(Reply::Value(answer));
        }
    }

    /// What a stroke says. Answers that were composed together with the first are put back for the next question.
    fn meaning(&mut self, stroke: &Stroke) -> Meaning {
        match stroke {
            Stroke::Key(Key::Interrupt | Key::EndOfInput | Key::HangUp) => Meaning::Interrupted,
            Stroke::Key(Key::Enter) => Meaning::Enter,
            Stroke::Key(Key::Char(c)) => answer::of_key(*c).map_or(Meaning::Nothing, Meaning::Answer),
            Stroke::Key(_) => Meaning::Nothing,
            Stroke::Composed(text) => match answer::of_word(text) {
                Some((answer, taken)) => {
                    self.put_back(&text[taken..]);
                    Meaning::Answer(answer)
                }
                None => Meaning::Nothing,
            },
        }
    }

    fn show_hint(&self, hint: &str) -> io::Result<()> {
        let locale = self.locale();
        let text = match hint {
            "" => locale.text("ui-no-hint"),
            hint => say!(locale, "ui-hint", hint = sanitize(hint).as_ref()),
        };
        self.write("\n")?;
        self.note(&text)
    }

    /// Ends the prompt's last line with the chosen word, in a column of its own where there is room.
    fn show_answer(&self, lines: &[String], word: &str) -> io::Result<()> {
        let last = lines.last().map_or(0, |line| width(line));
        let column = self.width().min(WIDEST) - ANSWER_COLUMNS;
        if width(word) > ANSWER_COLUMNS {
            self.write("\n")?;
            let lines = wrap(word, self.width() - 2);
            return lines
                .iter()
                .try_for_each(|line| self.write(&format!("  {}\n", self.paint(Style::Strong, line))));
        }
        let gap = " ".repeat(column.saturating_sub(last));
        self.write(&format!("{gap}{}\n", self.paint(Style::Strong, word)))
    }

    pub(super) fn interrupted<T>(&self) -> io::Result<Reply<T>> {
        self.write("\n")?;
        Ok(Reply::interrupted())
    }
}

enum Meaning {
    Answer(Answer),
    Enter,
    Interrupted,
    Nothing,
}

fn word_of(key: QuestionKey) -> &'static str {
    match key {
        QuestionKey::Yes => "ui-yes",
        QuestionKey::No => "ui-no",
        QuestionKey::Unsure => "ui-unsure",
        QuestionKey::Later => "ui-later",
        QuestionKey::Back => "ui-back",
    }
}

/// `y はい　n いいえ …`, broken between two keys where it does not fit.
fn legend(locale: &Locale, columns: usize) -> String {
    let keys = [("y", "ui-yes"), ("n", "ui-no"), ("w", "ui-unsure"), ("?", "ui-example"), ("-", "ui-back")];
    let entries = keys.iter().map(|(key, word)| format!("{key} {}", locale.text(word)));
    let enter = format!("Enter {}", locale.text("ui-later"));
    joined(entries.chain([enter]), columns)
}

/// `entries` beside each other, on as few lines as `columns` allow.
pub(super) fn joined(entries: impl Iterator<Item = String>, columns: usize) -> String {
    let mut text = String::new();
    let mut line = 0;
    for entry in entries {
        let taken = width(&entry);
        if line == 0 {
            line = taken;
        } else if line + 2 + taken <= columns {
            text.push_str("  ");
            line += 2 + taken;
        } else {
            text.push('\n');
            line = taken;
        }
        text.push_str(&entry);
    }
    text
}

/// The question as it stands on the screen; the last line ends with a blank, where the answer goes.
fn question_lines(locale: &Locale, question: &QuestionPrompt<'_>, columns: usize) -> Vec<String> {
    let number = circled(question.number);
    let remaining = question.remaining.filter(|count| *count > 0);
    let remaining = remaining.map(|count| say!(locale, "ui-remaining", count = count)).unwrap_or_default();
    let indent = width(&number) + 1;
    let text = format!("{}{remaining}", sanitize(question.text));
    let mut lines = answered_lines(&text, columns - indent);
    for (index, line) in lines.iter_mut().enumerate() {
        *line = format!("{}{line}", pad(if index == 0 { &number } else { "" }, indent));
    }
    lines
}

fn yes_no_lines(
    locale: &Locale,
    question: &YesNoPrompt<'_>,
    [yes, no]: [&str; 2],
    columns: usize,
) -> Vec<String> {
    let keys = match question.enter {
        Some(true) => [format!("y, Enter {yes}"), format!("n {no}")],
        Some(false) => [format!("y {yes}"), format!("n, Enter {no}")],
        None => [format!("y {yes}"), format!("n {no}")],
    };
    let keys = keys.join(&locale.text("ui-between-keys"));
    let text = say!(locale, "ui-with-keys", text = sanitize(question.text).as_ref(), keys = keys);
    answered_lines(&text, columns)
}

/// `text` wrapped so that an answer fits behind its last line.
fn answered_lines(text: &str, columns: usize) -> Vec<String> {
    let mut lines = wrap(text, columns.min(WIDEST).saturating_sub(ANSWER_COLUMNS));
    if let Some(last) = lines.last_mut() {
        last.push(' ');
    }
    lines
}

/// ① to ⑳ (U+2460), then plain figures.
fn circled(number: usize) -> String {
    let offset = u32::try_from(number).ok().filter(|number| (1..=20).contains(number));
    let circled = offset.and_then(|offset| char::from_u32(0x245f + offset));
    circled.map_or_else(|| format!("{number}."), String::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Lang;

    fn question(remaining: Option<usize>) -> QuestionPrompt<'static> {
        let text = "決済がすべて失敗している状態ですか";
        QuestionPrompt { number: 1, text, hint: "", remaining, can_go_back: false }
    }

    #[test]
    fn a_question_leaves_room_for_its_answer() {
        let locale = Locale::new(Lang::Ja);
        assert_eq!(question_lines(&locale, &question(None), 80), ["① 決済がすべて失敗している状態ですか "]);
        assert_eq!(
            question_lines(&locale, &question(Some(2)), 80),
            ["① 決済がすべて失敗している状態ですか（あと2問） "]
        );
        assert_eq!(
            question_lines(&locale, &question(Some(2)), 40),
            ["① 決済がすべて失敗している状", "  態ですか（あと2問） "]
        );
    }

    #[test]
    fn the_legend_fits_any_terminal() {
        let locale = Locale::new(Lang::Ja);
        assert_eq!(legend(&locale, 80), "y はい  n いいえ  w わからない  ? 例  - 戻る  Enter あとで");
        assert_eq!(legend(&locale, 40), "y はい  n いいえ  w わからない  ? 例\n- 戻る  Enter あとで");
    }

    #[test]
    fn numbers_are_circled_while_there_are_circles() {
        assert_eq!([1, 20, 21].map(circled), ["①", "⑳", "21."]);
    }
}
