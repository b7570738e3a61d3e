//! Small policies for tests, each written in one line.

use crate::domain::policy::Hours;
use crate::domain::policy::{AskWhen, Case, Kind, Level, Policy, Product, Question, Rule, Unsure, Verdict};
use crate::domain::text::Text;

/// A policy of statements such as `level S1`, `kind k S2` (fixed), `kind k else declined`, `ask q k@web,app S1 later`,
/// `rule a !b S1` and `case name k S1 a`, each ended by `;`. A `-` is every kind.
pub(crate) fn policy(text: &str) -> Policy {
    let mut policy = Policy::default();
    for statement in text.split(';') {
        let words: Vec<&str> = statement.split_whitespace().collect();
        match words.as_slice() {
            [] => {}
            ["level", id] => policy.levels.push(level(id)),
            ["kind", id] => policy.kinds.push(kind(id, None, None)),
            ["kind", id, "else", word] => policy.kinds.push(kind(id, None, Some(verdict(word)))),
            ["kind", id, level] => policy.kinds.push(kind(id, Some(level), None)),
            ["ask", id, rest @ ..] => ask(&mut policy, id, rest),
            ["rule", when @ .., level] => {
                let when = when.iter().map(|word| condition(word)).collect();
                policy.rules.push(Rule { when, level: (*level).to_owned() });
            }
            ["case", name, kind, expect, yes @ ..] => policy.cases.push(Case {
                name: Text::plain(*name),
                kind: Some((*kind).to_owned()),
                products: Vec::new(),
                answers: yes.iter().map(|id| ((*id).to_owned(), true)).collect(),
                expect: verdict(expect),
            }),
            other => panic!("no such statement: {other:?}"),
        }
    }
    policy
}

fn ask(policy: &mut Policy, id: &str, rest: &[&str]) {
    let is_level = |word: &str| policy.levels.iter().any(|level| level.id == word);
    let scope = rest.first().copied().filter(|word| !is_level(word)).unwrap_or("-");
    let (kind, products) = scope.split_once('@').unwrap_or((scope, ""));
    let products: Vec<String> = products.split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect();
    for id in &products {
        if policy.product(id).is_none() {
            policy.products.push(Product { id: id.clone(), name: Text::default(), note: Text::default() });
        }
    }
    let level = rest.iter().copied().find(|word| is_level(word)).map(str::to_owned);
    policy.rules.extend(level.map(|level| Rule { when: [(id.to_owned(), true)].into(), level }));
    policy.questions.push(Question {
        id: id.to_owned(),
        ask: Text::plain(id),
        hint: Text::default(),
        kinds: if kind == "-" { Vec::new() } else { vec![kind.to_owned()] },
        products,
        unsure: Unsure::Open,
        ask_when: if rest.contains(&"later") { AskWhen::Later } else { AskWhen::Now },
    });
}

fn condition(word: &str) -> (String, bool) {
    word.strip_prefix('!').map_or((word.to_owned(), true), |id| (id.to_owned(), false))
}

fn verdict(word: &str) -> Verdict {
    if word == "declined" { Verdict::Declined } else { Verdict::Level(word.to_owned()) }
}

fn kind(id: &str, level: Option<&str>, otherwise: Option<Verdict>) -> Kind {
    Kind {
        id: id.to_owned(),
        name: Text::default(),
        hint: Text::default(),
        level: level.map(str::to_owned),
        otherwise,
        store: None,
        note: Text::default(),
        of_product: true,
    }
}

fn level(id: &str) -> Level {
    Level {
        id: id.to_owned(),
        name: Text::default(),
        when: Text::default(),
        update_every: None,
        postmortem_within: None,
        postmortem: None,
        page: Vec::new(),
        also: Text::default(),
        hours: Hours::default(),
    }
}
