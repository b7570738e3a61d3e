//! The whole policy as a page: for each kind its questions in asking order, worst level first, and what remains.

use std::collections::BTreeMap;

use super::hanging::Hanging;
use super::names::Names;
use super::palette::{Palette, Style};
use super::sanitize::sanitize;
use super::width::{pad, width};
use crate::domain::policy::{AskWhen, Kind, Policy, Question, Rule, Unsure, Verdict};
use crate::domain::triage::Situation;
use crate::say;

/// How the page is laid out.
#[derive(Clone, Copy)]
pub struct Overview<'a> {
    pub names: Names<'a>,
    pub width: usize,
    pub palette: Palette,
}

impl Overview<'_> {
    pub fn render(&self) -> String {
        let mut page = self.levels();
        match self.names.policy.kinds.as_slice() {
            [] => page.push_str(&format!("\n{}", self.rows(None))),
            kinds => {
                for kind in kinds {
                    page.push_str(&format!("\n{}{}", self.heading(kind), self.rows(Some(kind))));
                }
            }
        }
        page
    }

    /// The levels, worst first, each with when it applies.
    fn levels(&self) -> String {
        let lang = self.names.locale.lang();
        let level = |level: &crate::domain::policy::Level| {
            let words = [level.name.get(lang), level.when.get(lang)].map(str::trim);
            let words: Vec<&str> = words.into_iter().filter(|words| !words.is_empty()).collect();
            self.row(&level.id, &words.join(" — "), "")
        };
        self.names.policy.levels.iter().map(level).collect()
    }

    fn heading(&self, kind: &Kind) -> String {
        let name = sanitize(&self.names.kind(&kind.id)).into_owned();
        let line = Hanging::new(name.clone()).styled(Some(Style::Accent));
        let id = if name == kind.id { String::new() } else { sanitize(&kind.id).into_owned() };
        line.tail(id).render(self.width, self.palette)
    }

    fn rows(&self, kind: Option<&Kind>) -> String {
        let locale = self.names.locale;
        let mut rows = String::new();
        if let Some(store) = kind.and_then(|kind| kind.store.as_deref()) {
            let private = say!(locale, "explain-private", store = store);
            let line = Hanging::new(sanitize(&private)).after(self.level_cell(""), None);
            rows.push_str(&line.styled(Some(Style::Warning)).render(self.width, self.palette));
        }
        if let Some(level) = kind.and_then(|kind| kind.level.as_deref()) {
            return rows + &self.row(level, &locale.text("explain-fixed"), "");
        }
        let asked = questions(self.names.policy, kind);
        for question in &asked {
            let level = own_level(self.names.policy, question);
            let ask = question.ask.get(locale.lang());
            rows.push_str(&self.row(level.unwrap_or("·"), ask, &self.remarks(question)));
        }
        for rule in combined(self.names.policy, &asked) {
            let conditions =
                rule.when.iter().map(|(id, yes)| format!("{id}={}", if *yes { "yes" } else { "no" }));
            let conditions: Vec<String> = conditions.collect();
            rows.push_str(&self.row(&rule.level, &conditions.join(" + "), ""));
        }
        let last = self.names.policy.levels.last().map(|level| Verdict::Level(level.id.clone()));
        match kind.and_then(|kind| kind.otherwise.clone()).or(last) {
            Some(Verdict::Level(level)) => rows + &self.row(&level, &locale.text("explain-otherwise"), ""),
            Some(Verdict::Declined) => rows + &self.row("―", &locale.text("explain-otherwise-declined"), ""),
            None => rows,
        }
    }

    fn row(&self, level: &str, text: &str, tail: &str) -> String {
        let line = Hanging::new(sanitize(text)).after(self.level_cell(level), Some(Style::Strong));
        line.tail(sanitize(tail)).render(self.width, self.palette)
    }

    /// The level in a column that is as wide as the widest of them.
    fn level_cell(&self, level: &str) -> String {
        let widest =
            self.names.policy.levels.iter().map(|level| width(&sanitize(&level.id))).max().unwrap_or(0);
        format!("  {}  ", pad(&sanitize(level), widest.min(self.width / 3)))
    }

    /// What sets a question apart: the products that it is for, who answers it, what "not sure" comes to.
    fn remarks(&self, question: &Question) -> String {
        let locale = self.names.locale;
        let products: Vec<String> = question.products.iter().map(|id| self.names.product(id)).collect();
        let mut remarks = vec![question.id.clone()];
        if !products.is_empty() {
            let products = products.join(&locale.text("list-separator"));
            remarks.push(say!(locale, "explain-only-products", products = products));
        }
        if question.ask_when == AskWhen::Later {
            remarks.push(locale.text("explain-asked-later"));
        }
        if question.unsure == Unsure::Worse {
            remarks.push(locale.text("explain-unsure-worse"));
        }
        remarks.join(" · ")
    }
}

/// The questions of `kind` in asking order, those for later and those without a rule at the end.
pub fn questions<'a>(policy: &'a Policy, kind: Option<&Kind>) -> Vec<&'a Question> {
    let all: Vec<String> = policy.products.iter().map(|product| product.id.clone()).collect();
    let none = BTreeMap::new();
    let kind = kind.map(|kind| kind.id.as_str());
    let situation = Situation { policy, kind, products: &all, answers: &none };
    let order: Vec<String> = situation.remaining(&[]).iter().map(|question| question.id.clone()).collect();
    let mut questions: Vec<&Question> =
        policy.questions.iter().filter(|question| question.applies(kind, &all)).collect();
    questions.sort_by_key(|question| order.iter().position(|id| *id == question.id).unwrap_or(usize::MAX));
    questions
}

/// The level that a yes to `question` alone comes to.
pub fn own_level<'a>(policy: &'a Policy, question: &Question) -> Option<&'a str> {
    let alone = |rule: &&Rule| rule.when.len() == 1 && rule.when.get(&question.id) == Some(&true);
    let rules = policy.rules.iter().filter(alone);
    rules.min_by_key(|rule| policy.rank(&rule.level)).map(|rule| rule.level.as_str())
}

/// The rules of more than a plain yes whose questions are all among `asked`, worst level first.
pub fn combined<'a>(policy: &'a Policy, asked: &[&Question]) -> Vec<&'a Rule> {
    let is_asked = |id: &String| asked.iter().any(|question| question.id == *id);
    let is_plain = |rule: &Rule| rule.when.len() == 1 && rule.when.values().all(|yes| *yes);
    let mut rules: Vec<&Rule> =
        policy.rules.iter().filter(|rule| !is_plain(rule) && rule.when.keys().all(is_asked)).collect();
    rules.sort_by_key(|rule| policy.rank(&rule.level));
    rules
}
