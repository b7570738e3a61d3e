//! Names that `severity.toml` defines and refers to, and the rules made of them.

use std::cell::RefCell;
use std::collections::HashSet;

use super::toml_table::{Located, Source, Table};
use crate::domain::policy::{Rule, Verdict};

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    Level,
    Kind,
    Product,
    Question,
    Field,
}

/// The word that stands for "not an incident" where a level could stand.
const DECLINED: &str = "declined";

/// The ids defined and the references made so far. References are checked at the end, since order is free.
#[derive(Default)]
pub struct Names {
    /// In the order of the file.
    defined: RefCell<Vec<(Scope, String)>>,
    known: RefCell<HashSet<(Scope, String)>>,
    referred: RefCell<Vec<(Scope, Located<String>)>>,
}

impl Names {
    /// The `id` of `table`, entered as a name of `scope`. Missing or double ids are reported.
    pub fn define(&self, table: &Table<'_>, scope: Scope) -> Option<String> {
        let id = table.required("id")?;
        let entry = (scope, id.value.clone());
        if !self.known.borrow_mut().insert(entry.clone()) {
            table.source.report(table.source.fault(id.span, "policy-duplicate-id").with("name", id.value));
            return None;
        }
        if id.value.chars().any(|c| c.is_whitespace() || c.is_control() || "=,/:#[]{}".contains(c)) {
            table.source.report(table.source.fault(id.span, "policy-bad-id").with("name", &id.value));
        }
        self.defined.borrow_mut().push(entry);
        Some(id.value)
    }

    /// Notes that `name` must be defined in `scope`, and passes it on.
    pub fn refer(&self, scope: Scope, name: Located<String>) -> String {
        let value = name.value.clone();
        self.referred.borrow_mut().push((scope, name));
        value
    }
}

/// A level, or `declined`.
pub fn verdict(names: &Names, word: Located<String>) -> Verdict {
    if word.value == DECLINED { Verdict::Declined } else { Verdict::Level(names.refer(Scope::Level, word)) }
}

/// The rules: the short forms of the questions, then every `[[rule]]`.
pub fn rules(root: &Table<'_>, names: &Names, mut rules: Vec<Rule>) -> Vec<Rule> {
    for table in root.tables("rule") {
        let when = table.booleans("when");
        if when.is_empty() && table.source.faults.borrow().is_empty() {
            table.source.report(table.source.fault(table.span.clone(), "policy-rule-without-condition"));
        }
        let when = when.into_iter().map(|(id, yes)| (names.refer(Scope::Question, id), yes)).collect();
        if let Some(level) = table.required("level") {
            rules.push(Rule { when, level: names.refer(Scope::Level, level) });
        }
        table.finish();
    }
    rules
}

/// Reports every reference to something that the file does not define, in the order of the file.
pub fn check_references(source: &Source<'_>, names: &Names) {
    let defined = names.defined.borrow();
    let mut referred = names.referred.take();
    referred.sort_by_key(|(_, name)| name.span.start);
    for (scope, name) in referred {
        if source.is_full() {
            break;
        }
        if names.known.borrow().contains(&(scope, name.value.clone())) {
            continue;
        }
        let known = defined.iter().filter(|(of, _)| *of == scope).map(|(_, id)| id.as_str());
        source.report(source.unknown_reference(unknown(scope), &name, known));
    }
}

fn unknown(scope: Scope) -> &'static str {
    match scope {
        Scope::Level => "policy-unknown-level",
        Scope::Kind => "policy-unknown-kind",
        Scope::Product => "policy-unknown-product",
        Scope::Question | Scope::Field => "policy-unknown-question",
    }
}
