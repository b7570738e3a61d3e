//! The path from answers to a level: which questions are put in which order, which are not and why, and what decided.

use std::collections::BTreeMap;

use super::incident::Answer;
use super::policy::{AskWhen, Policy, Question};
use super::triage::{Assessment, Situation};

/// What becomes of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Put, and answered.
    Answered(Answer),
    /// Put, or still to be put, and not answered.
    Open,
    /// Answered although nothing depended on it any more.
    Spare(Answer),
    /// Not put: it cannot make the level worse any more.
    Settled,
    /// Not put by `new`: others answer it after the report.
    Later,
    /// Not put: the kind decides alone.
    KindDecides,
    /// Not put: it is for other kinds.
    OtherKind,
    /// Not put: it is for other products.
    OtherProduct,
    /// Not put: no rule depends on it.
    Unused,
}

impl Turn {
    /// Whether it is among the questions that people see, in the order of asking.
    pub fn is_put(self) -> bool {
        matches!(self, Self::Answered(_) | Self::Open)
    }

    /// The name of the turn in data that programs read.
    pub fn token(self) -> &'static str {
        match self {
            Self::Answered(_) => "answered",
            Self::Open => "open",
            Self::Spare(_) => "not_needed",
            Self::Settled => "cannot_make_worse",
            Self::Later => "later",
            Self::KindDecides => "kind_decides",
            Self::OtherKind => "other_kind",
            Self::OtherProduct => "other_product",
            Self::Unused => "in_no_rule",
        }
    }

    pub fn answer(self) -> Option<Answer> {
        match self {
            Self::Answered(answer) | Self::Spare(answer) => Some(answer),
            _ => None,
        }
    }
}

/// The whole path.
#[derive(Clone, Debug)]
pub struct Path<'a> {
    /// Every question of the policy: first those that are put, in order.
    pub turns: Vec<(&'a Question, Turn)>,
    pub assessment: Assessment,
    /// The positions of the rules that match, the one that decides first.
    pub matched: Vec<usize>,
    /// The positions of the rules that could still make it worse, worst first.
    pub possible: Vec<usize>,
}

/// Plays the questions again with the answers of `situation`.
pub fn path<'a>(situation: &Situation<'a>) -> Path<'a> {
    let mut turns = put(situation);
    let rest = situation
        .policy
        .questions
        .iter()
        .filter(|question| !turns.iter().any(|(put, _)| put.id == question.id));
    let rest: Vec<_> = rest.map(|question| (question, not_put(situation, question))).collect();
    turns.extend(rest);
    let assessment = situation.assess();
    let matched = situation.matching_rules();
    let found = matched.first().and_then(|rule| rank(situation.policy, *rule)).unwrap_or(usize::MAX);
    let mut possible = situation.open_rules();
    possible.retain(|rule| rank(situation.policy, *rule).is_some_and(|rank| rank < found));
    if assessment.open.is_empty() {
        possible.clear();
    }
    Path { turns, assessment, matched, possible }
}

fn rank(policy: &Policy, rule: usize) -> Option<usize> {
    policy.rank(&policy.rules.get(rule)?.level)
}

/// The questions as they are put one after the other, each answered as `situation` has it.
fn put<'a>(situation: &Situation<'a>) -> Vec<(&'a Question, Turn)> {
    let mut answers: BTreeMap<String, Answer> = BTreeMap::new();
    let (mut left, mut turns) = (Vec::new(), Vec::new());
    loop {
        let so_far = Situation { answers: &answers, ..*situation };
        let next = so_far.remaining(&left).first().map(|question| question.id.clone());
        let Some(question) = next.and_then(|id| situation.policy.question(&id)) else { break };
        let turn = match situation.answers.get(&question.id) {
            Some(answer) => {
                answers.insert(question.id.clone(), *answer);
                Turn::Answered(*answer)
            }
            None => {
                left.push(question.id.clone());
                Turn::Open
            }
        };
        turns.push((question, turn));
    }
    turns
}

fn not_put(situation: &Situation<'_>, question: &Question) -> Turn {
    let (policy, kind) = (situation.policy, situation.kind);
    if !question.kinds.is_empty() && !kind.is_some_and(|kind| question.kinds.iter().any(|of| of == kind)) {
        return Turn::OtherKind;
    }
    if !question.applies(kind, situation.products) {
        return Turn::OtherProduct;
    }
    if kind.and_then(|kind| policy.kind(kind)).is_some_and(|kind| kind.level.is_some()) {
        return Turn::KindDecides;
    }
    match (situation.answers.get(&question.id), question.ask_when) {
        (Some(answer), AskWhen::Later) => Turn::Answered(*answer),
        (Some(answer), AskWhen::Now) => Turn::Spare(*answer),
        _ if !policy.rules.iter().any(|rule| rule.when.contains_key(&question.id)) => Turn::Unused,
        (None, AskWhen::Later) => Turn::Later,
        (None, AskWhen::Now) => Turn::Settled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::policy_review::samples::policy;

    /// `kind product? question=y|n|w …` → each question with its turn, then the rules that match and may still match.
    #[track_caller]
    fn check(input: &str, expected: &str) {
        let policy = policy(POLICY);
        let (mut kind, mut products, mut answers) = (None, Vec::new(), BTreeMap::new());
        for word in input.split_whitespace() {
            match word.split_once('=') {
                Some((id, "y")) => answers.insert(id.to_owned(), Answer::Yes),
                Some((id, "n")) => answers.insert(id.to_owned(), Answer::No),
                Some((id, _)) => answers.insert(id.to_owned(), Answer::Unsure),
                None if kind.is_none() => {
                    kind = Some(word);
                    None
                }
                None => {
                    products.push(word.to_owned());
                    None
                }
            };
        }
        let situation = Situation { policy: &policy, kind, products: &products, answers: &answers };
        let path = path(&situation);
        let turns = path.turns.iter().filter(|(_, turn)| *turn != Turn::OtherKind);
        let turns: Vec<String> = turns
            .map(|(question, turn)| {
                let answer = turn.answer().map(|answer| format!("={}", answer.token())).unwrap_or_default();
                format!("{}{answer} {}", question.id, turn.token())
            })
            .collect();
        let shown = format!("{} | {:?} | {:?}", turns.join(", "), path.matched, path.possible);
        assert_eq!(shown, expected, "{input}");
    }

    const POLICY: &str = "\
        level S1; level S2; level S3; \
        kind outage; kind lost S3; kind axes; \
        ask some outage S3; ask api outage@api S2; ask all outage S1; ask when lost S1; \
        ask heavy axes; ask soon axes later; ask idle axes; \
        rule heavy soon S1; rule !heavy soon S2";

    #[test]
    fn questions_are_put_until_nothing_can_get_worse() {
        check("outage", "all open, some open, api other_product | [] | [2, 0]");
        check("outage all=y", "all=yes answered, some cannot_make_worse, api other_product | [2] | []");
        check("outage api all=n some=y", "all=no answered, api open, some=yes answered | [0] | [1]");
        check(
            "outage some=y all=y",
            "all=yes answered, some=yes not_needed, api other_product | [2, 0] | []",
        );
        check("outage all=w some=n", "all=unsure answered, some=no answered, api other_product | [] | [2]");
    }

    #[test]
    fn a_question_that_is_not_put_says_why() {
        check("lost", "when kind_decides | [] | []");
        check("axes heavy=y", "heavy=yes answered, soon later, idle in_no_rule | [] | [4]");
        check("axes heavy=y soon=y", "heavy=yes answered, soon=yes answered, idle in_no_rule | [4] | []");
    }
}
