//! The parts of `severity.toml`: levels, kinds, products, questions, fields, first steps and cases.

use std::collections::BTreeSet;

use super::policy_rules::{Names, Scope, verdict};
use super::toml_table::{Table, values};
use crate::domain::policy::{
    AskWhen, Case, Field, FieldType, FirstStep, Hours, Kind, Level, Product, Question, Rule, Unsure, Verdict,
};
use crate::domain::scope;
use crate::domain::text::Text;

/// The words of `hours`.
pub const HOURS: [(&str, Hours); 2] = [("always", Hours::Always), ("business", Hours::Business)];

pub fn levels(root: &Table<'_>, names: &Names) -> Vec<Level> {
    root.tables("level").into_iter().filter_map(|table| level(table, names)).collect()
}

fn level(table: Table<'_>, names: &Names) -> Option<Level> {
    let id = names.define(&table, Scope::Level);
    let level = Level {
        name: table.text("name"),
        when: table.text("when"),
        update_every: table.time_span("update_every"),
        hours: table.word("hours", &HOURS).unwrap_or_default(),
        postmortem_within: table.time_span("postmortem_within"),
        postmortem: table.string("postmortem").map(|name| name.value),
        page: values(table.strings("page")),
        also: table.text("also"),
        id: id.clone().unwrap_or_default(),
    };
    table.finish();
    id.map(|_| level)
}

pub fn kinds(root: &Table<'_>, names: &Names) -> Vec<Kind> {
    root.tables("kind").into_iter().filter_map(|table| kind(table, names)).collect()
}

fn kind(table: Table<'_>, names: &Names) -> Option<Kind> {
    let id = names.define(&table, Scope::Kind);
    let kind = Kind {
        name: table.text("name"),
        hint: table.text("hint"),
        level: table.string("level").map(|level| names.refer(Scope::Level, level)),
        otherwise: table.string("otherwise").map(|word| verdict(names, word)),
        store: table.string("store").map(|name| name.value),
        note: table.text("note"),
        of_product: table.boolean("product").unwrap_or(true),
        id: id.clone().unwrap_or_default(),
    };
    table.finish();
    id.map(|_| kind)
}

pub fn products(root: &Table<'_>, names: &Names) -> Vec<Product> {
    let product = |table: Table<'_>| {
        let id = names.define(&table, Scope::Product);
        let (name, note) = (table.text("name"), table.text("note"));
        table.finish();
        id.map(|id| Product { id, name, note })
    };
    root.tables("product").into_iter().filter_map(product).collect()
}

/// The questions, and the rules that `yes =` is short for.
pub fn questions(root: &Table<'_>, names: &Names) -> (Vec<Question>, Vec<Rule>) {
    let mut rules = Vec::new();
    let tables = root.tables("question");
    let questions = tables.into_iter().filter_map(|table| question(table, names, &mut rules)).collect();
    (questions, rules)
}

fn question(table: Table<'_>, names: &Names, rules: &mut Vec<Rule>) -> Option<Question> {
    let id = names.define(&table, Scope::Question);
    let question = Question {
        ask: table.text("ask"),
        hint: table.text("hint"),
        kinds: references(&table, "kinds", names, Scope::Kind),
        products: references(&table, "products", names, Scope::Product),
        unsure: table.word("unsure", &[("open", Unsure::Open), ("worse", Unsure::Worse)]).unwrap_or_default(),
        ask_when: table
            .word("ask_when", &[("now", AskWhen::Now), ("later", AskWhen::Later)])
            .unwrap_or_default(),
        id: id.clone().unwrap_or_default(),
    };
    if question.ask.is_empty() {
        table.source.report(table.source.fault(table.span.clone(), "config-missing-key").with("key", "ask"));
    }
    if let (Some(level), Some(id)) = (table.string("yes"), &id) {
        rules.push(Rule { when: [(id.clone(), true)].into(), level: names.refer(Scope::Level, level) });
    }
    table.finish();
    id.map(|_| question)
}

pub fn fields(root: &Table<'_>, names: &Names) -> Vec<Field> {
    root.tables("field").into_iter().filter_map(|table| field(table, names)).collect()
}

const FIELD_TYPES: [(&str, FieldType); 5] = [
    ("text", FieldType::Text),
    ("choice", FieldType::Choice),
    ("number", FieldType::Number),
    ("date", FieldType::Date),
    ("time", FieldType::Time),
];

fn field(table: Table<'_>, names: &Names) -> Option<Field> {
    let id = names.define(&table, Scope::Field);
    let field = Field {
        name: table.text("name"),
        ask: table.text("ask"),
        hint: table.text("hint"),
        kind: table.word("type", &FIELD_TYPES).unwrap_or(FieldType::Text),
        choices: choices(&table),
        required: table.boolean("required").unwrap_or(false),
        kinds: references(&table, "kinds", names, Scope::Kind),
        products: references(&table, "products", names, Scope::Product),
        id: id.clone().unwrap_or_default(),
    };
    if field.kind == FieldType::Choice && field.choices.is_empty() {
        table
            .source
            .report(table.source.fault(table.span.clone(), "config-missing-key").with("key", "choices"));
    }
    table.finish();
    id.map(|_| field)
}

/// `choices = ["a", "b"]`, or `[[field.choices]]` with an id and a name.
fn choices(table: &Table<'_>) -> Vec<(String, Text)> {
    if table.is_list_of_tables("choices") {
        let mut seen = BTreeSet::new();
        let choice = |table: Table<'_>| {
            let id = table.own_name("id", &mut seen).map(|id| id.value);
            let name = table.text("name");
            table.finish();
            id.map(|id| (id, name))
        };
        return table.tables("choices").into_iter().filter_map(choice).collect();
    }
    table.strings("choices").into_iter().map(|word| (word.value.clone(), Text::plain(word.value))).collect()
}

/// What to do first: words, and which incidents they are for.
pub fn first_steps(definition: &Table<'_>, names: &Names) -> Vec<FirstStep> {
    let step = |table: Table<'_>| {
        table.require_words();
        let step = FirstStep {
            text: table.words(),
            scope: scope::Scope {
                statuses: Vec::new(),
                levels: references(&table, "levels", names, Scope::Level),
                kinds: references(&table, "kinds", names, Scope::Kind),
                products: references(&table, "products", names, Scope::Product),
            },
        };
        table.finish();
        step
    };
    definition.tables("first").into_iter().map(step).collect()
}

pub fn cases(root: &Table<'_>, names: &Names) -> Vec<Case> {
    root.tables("case").into_iter().filter_map(|table| case(table, names)).collect()
}

fn case(table: Table<'_>, names: &Names) -> Option<Case> {
    let expect = table.required("expect").map(|word| verdict(names, word));
    let answers = table.booleans("answers");
    let mut products = references(&table, "product", names, Scope::Product);
    products.extend(references(&table, "products", names, Scope::Product));
    let case = Case {
        name: table.text("name"),
        kind: table.string("kind").map(|kind| names.refer(Scope::Kind, kind)),
        products,
        answers: answers.into_iter().map(|(id, yes)| (names.refer(Scope::Question, id), yes)).collect(),
        expect: expect.clone().unwrap_or(Verdict::Declined),
    };
    table.finish();
    expect.map(|_| case)
}

fn references(table: &Table<'_>, key: &'static str, names: &Names, scope: Scope) -> Vec<String> {
    table.strings(key).into_iter().map(|name| names.refer(scope, name)).collect()
}
