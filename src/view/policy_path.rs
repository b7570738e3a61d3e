//! How an incident came to its level: the questions in asking order, those not asked and why, and what decided.

use super::hanging::Hanging;
use super::names::Names;
use super::palette::{Palette, Style};
use super::policy_overview::own_level;
use super::sanitize::sanitize;
use super::width::{pad, width};
use crate::domain::incident::Answer;
use crate::domain::policy::{Question, Unsure};
use crate::domain::policy_path::{Path, Turn};
use crate::domain::triage::{Finding, Reason};
use crate::say;

/// How the page is laid out.
#[derive(Clone, Copy)]
pub struct PathPage<'a> {
    pub names: Names<'a>,
    pub width: usize,
    pub palette: Palette,
}

/// What stands on the page.
pub struct PathContent<'a> {
    /// The incident's short name and title; none where the answers are those of the command line.
    pub heading: Option<(&'a str, &'a str)>,
    pub kind: Option<&'a str>,
    pub products: &'a [String],
    pub path: &'a Path<'a>,
    /// The recorded level in words, where it is another than the rules come to.
    pub recorded: Option<&'a str>,
    /// The command that answers what is open.
    pub next: Option<&'a str>,
}

/// A label and lines beside it.
type Row = (String, Vec<(String, Option<Style>)>);

impl PathPage<'_> {
    pub fn render(&self, content: &PathContent<'_>) -> String {
        let locale = self.names.locale;
        let mut page = String::new();
        if let Some((id, title)) = content.heading {
            let line = Hanging::new(sanitize(title)).styled(Some(Style::Strong));
            page.push_str(
                &line.after(format!("{id}  "), Some(Style::Accent)).render(self.width, self.palette),
            );
        }
        let mut about: Vec<Row> = Vec::new();
        if let Some(kind) = content.kind {
            about.push((locale.text("fact-kind"), vec![(self.names.kind(kind), None)]));
        }
        if !content.products.is_empty() {
            let products: Vec<String> = content.products.iter().map(|id| self.names.product(id)).collect();
            about.push((
                locale.text("fact-products"),
                vec![(products.join(&locale.text("list-separator")), None)],
            ));
        }
        page.push_str(&self.rows(&about));
        page.push_str(&self.asked(content.path));
        page.push_str(&self.not_asked(content.path));
        page.push_str(&format!("\n{}", self.rows(&self.outcome(content))));
        page.trim_start_matches('\n').to_owned()
    }

    /// The questions that are put, numbered, each with its answer and the level of a yes.
    fn asked(&self, path: &Path<'_>) -> String {
        let put: Vec<&(&Question, Turn)> = path.turns.iter().filter(|(_, turn)| turn.is_put()).collect();
        if put.is_empty() {
            return String::new();
        }
        let answers: Vec<String> = put.iter().map(|(_, turn)| self.answer(*turn)).collect();
        let widest = answers.iter().map(|answer| width(answer)).max().unwrap_or(0);
        let mut text = self.section("explain-questions");
        for (at, ((question, turn), answer)) in put.iter().zip(&answers).enumerate() {
            let style = match turn {
                Turn::Answered(Answer::Yes) => Some(Style::Strong),
                Turn::Answered(_) => None,
                _ => Some(Style::Warning),
            };
            let level = own_level(self.names.policy, question).map(|level| format!(" → {level}"));
            let counts_as_yes = *turn == Turn::Answered(Answer::Unsure) && question.unsure == Unsure::Worse;
            let unsure = self.names.locale.text("explain-unsure-worse");
            let unsure = if counts_as_yes { format!(" · {unsure}") } else { String::new() };
            let tail = format!("{}{}{unsure}", question.id, level.unwrap_or_default());
            let line = Hanging::new(sanitize(question.ask.get(self.names.locale.lang())))
                .after(format!("{:>3}  ", at + 1), Some(Style::Faint))
                .after(format!("{}  ", pad(answer, widest)), style);
            text.push_str(&line.tail(sanitize(&tail)).render(self.width, self.palette));
        }
        text
    }

    fn answer(&self, turn: Turn) -> String {
        let key = match turn.answer() {
            Some(Answer::Yes) => "explain-yes",
            Some(Answer::No) => "explain-no",
            Some(Answer::Unsure) => "explain-unsure",
            None => "explain-open",
        };
        self.names.locale.text(key)
    }

    /// The questions that are not put, by the reason; those of other kinds are only counted.
    fn not_asked(&self, path: &Path<'_>) -> String {
        let locale = self.names.locale;
        let mut groups: Vec<(String, Vec<String>)> = Vec::new();
        for (question, turn) in path.turns.iter().filter(|(_, turn)| !turn.is_put()) {
            let reason = match turn {
                Turn::Spare(_) => "explain-not-needed",
                Turn::Settled => "explain-cannot-worsen",
                Turn::Later => "explain-later",
                Turn::KindDecides => "explain-kind-decides",
                Turn::OtherProduct => "explain-other-product",
                Turn::Unused => "explain-unused",
                Turn::OtherKind | Turn::Answered(_) | Turn::Open => continue,
            };
            let reason = locale.text(reason);
            let answer = turn.answer().map(|answer| format!("={}", answer.token())).unwrap_or_default();
            let tail = format!("{}  {}{answer}", question.ask.get(locale.lang()), question.id);
            match groups.iter_mut().find(|(of, _)| *of == reason) {
                Some((_, questions)) => questions.push(tail),
                None => groups.push((reason, vec![tail])),
            }
        }
        let others = path.turns.iter().filter(|(_, turn)| *turn == Turn::OtherKind).count();
        if groups.is_empty() && others == 0 {
            return String::new();
        }
        let mut text = self.section("explain-not-asked");
        for (reason, questions) in groups {
            text.push_str(&Hanging::new(reason).after("  ", None).render(self.width, self.palette));
            for question in questions {
                let (ask, id) = question.rsplit_once("  ").unwrap_or((&question, ""));
                let line = Hanging::new(sanitize(ask)).after("     ", None).tail(sanitize(id));
                text.push_str(&line.styled(Some(Style::Faint)).render(self.width, self.palette));
            }
        }
        if others > 0 {
            let line = Hanging::new(say!(locale, "explain-other-kinds", n = others)).after("  ", None);
            text.push_str(&line.styled(Some(Style::Faint)).render(self.width, self.palette));
        }
        text
    }

    /// The level, why, what is still possible, and what a person made of it.
    fn outcome(&self, content: &PathContent<'_>) -> Vec<Row> {
        let (locale, names, path) = (self.names.locale, &self.names, content.path);
        let rule = |position: &usize| names.policy.rules[*position].to_string();
        let (level, style) = match &path.assessment.finding {
            Finding::Level(level) => (names.level_in_full(Some(level)), Style::Strong),
            Finding::Declined => (locale.text("policy-declined"), Style::Strong),
            Finding::Unrated => (names.level(None), Style::Warning),
        };
        let mut rows = vec![(locale.text("explain-level"), vec![(level, Some(style))])];
        let why = match &path.assessment.reason {
            Reason::Answers(_) => path.matched.iter().map(rule).collect(),
            Reason::Kind => vec![locale.text("reason-kind")],
            Reason::Otherwise => vec![locale.text("explain-otherwise")],
            Reason::Nothing => vec![locale.text("explain-nothing-yet")],
        };
        let lines = why.into_iter().enumerate();
        let lines = lines.map(|(at, line)| (line, (at > 0).then_some(Style::Faint))).collect();
        rows.push((locale.text("explain-why"), lines));
        if !path.possible.is_empty() {
            let lines = path.possible.iter().map(|position| (rule(position), Some(Style::Warning))).collect();
            rows.push((locale.text("explain-possible"), lines));
        }
        if let Some(recorded) = content.recorded {
            rows.push((locale.text("explain-recorded"), vec![(recorded.to_owned(), Some(Style::Warning))]));
        }
        if let Some(next) = content.next {
            rows.push((locale.text("explain-next"), vec![(next.to_owned(), Some(Style::Accent))]));
        }
        rows
    }

    fn section(&self, key: &'static str) -> String {
        format!("\n{}\n", self.palette.paint(Style::Strong, &self.names.locale.text(key)))
    }

    /// Labels in one column, lines in the other.
    fn rows(&self, rows: &[Row]) -> String {
        let widest = rows.iter().map(|(label, _)| width(label)).max().unwrap_or(0);
        let mut text = String::new();
        for (label, lines) in rows {
            for (at, (line, style)) in lines.iter().enumerate() {
                let label = pad(if at == 0 { label } else { "" }, widest);
                let line = Hanging::new(sanitize(line)).styled(*style);
                let line = line.after(format!("{label}  "), Some(Style::Faint));
                text.push_str(&line.render(self.width, self.palette));
            }
        }
        text
    }
}
