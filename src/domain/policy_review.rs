//! What a policy can come to: levels that nothing reaches, questions and rules that decide nothing, kinds without choice.
//!
//! "Can" means: for some kind, some products, and some yes or no to every question that they ask. More products ask
//! more questions, so it is enough to look at the smallest sets of products that ask what a rule needs.

use std::collections::{BTreeMap, BTreeSet};

use super::avoidance::{Conditions, avoidable};
use super::policy::{Kind, Policy, Question, Rule, Verdict};

/// Something about a policy that its author should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Only a person who sets it by hand can give this level.
    UnreachableLevel { level: String },
    /// No answer to the question can change the level.
    IdleQuestion { question: String, why: Idle },
    /// The rule, by its position, decides nothing that others would not decide as well.
    IdleRule { rule: usize, why: Idle },
    /// Neither fixed nor with an `otherwise`: all no is the last level.
    KindWithoutVerdict { kind: String, verdict: Verdict },
    /// Whatever is answered, it comes to this.
    OneVerdict { kind: String, verdict: Verdict, asks: bool },
    /// Two cases have one name; the later one.
    DuplicateCase { case: usize },
    /// The case, by its position, answers what is not asked of its kind and products.
    CaseAnswersUnasked { case: usize, question: String },
    /// More rules than are examined.
    TooLarge { rules: usize },
}

/// Why something decides nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Idle {
    /// No rule has the question among its conditions.
    InNoRule,
    /// No kind asks it, or none asks all that the rule needs.
    NeverAsked,
    /// Whenever it would decide, this rule, by its position, gives the same or a worse level.
    Outranked { by: usize },
    /// Whenever it would decide, one of several others gives the same or a worse level.
    NoEffect,
}

/// More than this is not examined, so that no file can keep a check busy.
const MOST_RULES: usize = 400;

/// More sets of products than this are not tried; the rule then counts as one that can decide.
const MOST_SETS: usize = 200;

/// Everything doubtful, in the order of the file's parts.
pub fn doubts(policy: &Policy) -> Vec<Doubt> {
    if policy.rules.len() > MOST_RULES {
        return vec![Doubt::TooLarge { rules: policy.rules.len() }];
    }
    let review = Review::new(policy);
    let mut doubts = review.unreachable_levels();
    doubts.extend(review.kinds_without_choice());
    doubts.extend(review.idle());
    doubts.extend(cases(policy));
    doubts
}

/// The verdicts that an incident of `kind` can come to, worst first; of too many rules, every level.
pub fn reachable(policy: &Policy, kind: Option<&Kind>) -> Vec<Verdict> {
    if policy.rules.len() > MOST_RULES {
        return policy.levels.iter().map(|level| Verdict::Level(level.id.clone())).collect();
    }
    Review::new(policy).verdicts(kind)
}

struct Review<'a> {
    policy: &'a Policy,
    /// The rules whose level exists, with its rank.
    ranked: Vec<(usize, &'a Rule)>,
}

/// A kind, and the products that are touched.
#[derive(Clone, Copy)]
struct Asker<'s> {
    kind: Option<&'s Kind>,
    products: &'s [String],
}

impl Asker<'_> {
    fn asks(&self, question: &Question) -> bool {
        question.applies(self.kind.map(|kind| kind.id.as_str()), self.products)
    }
}

impl<'a> Review<'a> {
    fn new(policy: &'a Policy) -> Self {
        let ranked = policy.rules.iter().filter_map(|rule| Some((policy.rank(&rule.level)?, rule))).collect();
        Self { policy, ranked }
    }

    /// The kinds that ask questions; where there are no kinds, all incidents are of one.
    fn kinds(&self) -> Vec<Option<&'a Kind>> {
        if self.policy.kinds.is_empty() {
            return vec![None];
        }
        self.policy.kinds.iter().filter(|kind| kind.level.is_none()).map(Some).collect()
    }

    fn unreachable_levels(&self) -> Vec<Doubt> {
        if self.policy.rules.is_empty() && self.policy.kinds.is_empty() {
            // Every level is set by hand.
            return Vec::new();
        }
        let all = match self.policy.kinds.as_slice() {
            [] => self.verdicts(None),
            kinds => kinds.iter().flat_map(|kind| self.verdicts(Some(kind))).collect(),
        };
        let unreached =
            self.policy.levels.iter().filter(|level| !all.contains(&Verdict::Level(level.id.clone())));
        unreached.map(|level| Doubt::UnreachableLevel { level: level.id.clone() }).collect()
    }

    fn kinds_without_choice(&self) -> Vec<Doubt> {
        let mut doubts = Vec::new();
        for kind in self.policy.kinds.iter().filter(|kind| kind.level.is_none()) {
            if let (None, Some(verdict)) = (&kind.otherwise, self.otherwise(Some(kind))) {
                doubts.push(Doubt::KindWithoutVerdict { kind: kind.id.clone(), verdict });
            }
            let asks = self
                .ranked
                .iter()
                .any(|(_, rule)| self.product_sets(kind.into(), rule.when.keys()).is_some());
            if let [verdict] = self.verdicts(Some(kind)).as_slice()
                && kind.otherwise.is_some()
            {
                doubts.push(Doubt::OneVerdict { kind: kind.id.clone(), verdict: verdict.clone(), asks });
            }
        }
        doubts
    }

    /// What the kind can come to, worst first.
    fn verdicts(&self, kind: Option<&Kind>) -> Vec<Verdict> {
        if let Some(level) = kind.and_then(|kind| kind.level.clone()) {
            return vec![Verdict::Level(level)];
        }
        let decides = |rank: usize| {
            let of_rank = self.ranked.iter().filter(|(of, _)| *of == rank);
            of_rank.clone().any(|(_, rule)| self.can_decide(kind, rule, &self.worse_than(rank)))
        };
        let levels = self.policy.levels.iter().enumerate().filter(|(rank, _)| decides(*rank));
        let mut found: Vec<Verdict> = levels.map(|(_, level)| Verdict::Level(level.id.clone())).collect();
        let all: Vec<&Rule> = self.ranked.iter().map(|(_, rule)| *rule).collect();
        let otherwise = self.otherwise(kind).filter(|verdict| !found.contains(verdict));
        if let Some(verdict) =
            otherwise.filter(|_| self.avoids(Asker { kind, products: &[] }, &Conditions::new(), &all))
        {
            found.push(verdict);
            found.sort_by_key(|verdict| match verdict {
                Verdict::Level(level) => self.policy.rank(level),
                Verdict::Declined => Some(usize::MAX),
            });
        }
        found
    }

    fn otherwise(&self, kind: Option<&Kind>) -> Option<Verdict> {
        let stated = kind.and_then(|kind| kind.otherwise.clone());
        stated.or_else(|| self.policy.levels.last().map(|level| Verdict::Level(level.id.clone())))
    }

    fn worse_than(&self, rank: usize) -> Vec<&'a Rule> {
        self.ranked.iter().filter(|(of, _)| *of < rank).map(|(_, rule)| *rule).collect()
    }

    /// Whether the rule can hold in `kind` while none of `others` does.
    fn can_decide(&self, kind: Option<&Kind>, rule: &Rule, others: &[&Rule]) -> bool {
        let Some(sets) = self.product_sets(kind, rule.when.keys()) else { return false };
        sets.is_empty()
            || sets.iter().any(|products| self.avoids(Asker { kind, products }, &rule.when, others))
    }

    /// Whether there are answers with `given` among them under which none of `others` holds.
    fn avoids(&self, asker: Asker<'_>, given: &Conditions, others: &[&Rule]) -> bool {
        let asked = |id: &String| self.policy.question(id).is_some_and(|question| asker.asks(question));
        let can_hold = |rule: &&&Rule| rule.when.keys().all(asked);
        let avoided: Vec<&Conditions> = others.iter().filter(can_hold).map(|rule| &rule.when).collect();
        avoidable(given.iter().map(|(id, answer)| (id.as_str(), *answer)).collect(), &avoided)
    }

    /// The smallest sets of products with which `kind` asks all of `questions`; none where it never does, and no set
    /// at all where there are too many to try.
    fn product_sets<'q>(
        &self,
        kind: Option<&Kind>,
        questions: impl Iterator<Item = &'q String>,
    ) -> Option<Vec<Vec<String>>> {
        let id = kind.map(|kind| kind.id.as_str());
        let mut sets: BTreeSet<Vec<String>> = [Vec::new()].into();
        for question in questions {
            let question = self.policy.question(question)?;
            if !question.kinds.is_empty() && !id.is_some_and(|id| question.kinds.iter().any(|of| of == id)) {
                return None;
            }
            let widened = |set: Vec<String>| -> Vec<Vec<String>> {
                if question.applies(id, &set) {
                    return vec![set];
                }
                let with = |product: &String| set.iter().chain([product]).cloned().collect();
                question.products.iter().map(with).collect()
            };
            sets = sets.into_iter().flat_map(widened).collect();
            if sets.len() > MOST_SETS {
                return Some(Vec::new());
            }
        }
        Some(sets.into_iter().collect())
    }

    /// The rules and questions that decide nothing. What is said of a rule is not said of its question once more.
    fn idle(&self) -> Vec<Doubt> {
        let rules = self.idle_rules();
        let mut doubts = Vec::new();
        let mut told: BTreeSet<&String> = BTreeSet::new();
        for (position, why) in &rules {
            let rule = &self.policy.rules[*position];
            told.extend(rule.when.keys());
            let only = rule.when.keys().next().filter(|_| rule.when.len() == 1);
            doubts.push(match only.filter(|question| !self.matters(question)) {
                Some(question) => Doubt::IdleQuestion { question: question.clone(), why: why.clone() },
                None => Doubt::IdleRule { rule: *position, why: why.clone() },
            });
        }
        for question in self.policy.questions.iter().filter(|question| !told.contains(&question.id)) {
            let used = self.policy.rules.iter().any(|rule| rule.when.contains_key(&question.id));
            if !used || !self.matters(&question.id) {
                let why = if used { Idle::NoEffect } else { Idle::InNoRule };
                doubts.push(Doubt::IdleQuestion { question: question.id.clone(), why });
            }
        }
        doubts
    }

    /// Every rule that can be left out without any level changing but to "nothing matches", later ones first to go.
    fn idle_rules(&self) -> BTreeMap<usize, Idle> {
        let mut idle = BTreeMap::new();
        for position in (0..self.policy.rules.len()).rev() {
            let rule = &self.policy.rules[position];
            let Some(rank) = self.policy.rank(&rule.level) else { continue };
            let kept = |other: usize| other != position && !idle.contains_key(&other);
            let others: Vec<usize> = (0..self.policy.rules.len()).filter(|other| kept(*other)).collect();
            let ranks = |other: &&usize| {
                self.policy.rank(&self.policy.rules[**other].level).is_some_and(|of| of <= rank)
            };
            let as_bad: Vec<&Rule> =
                others.iter().filter(ranks).map(|other| &self.policy.rules[*other]).collect();
            if self.kinds().into_iter().any(|kind| self.can_decide(kind, rule, &as_bad)) {
                continue;
            }
            let asked =
                self.kinds().into_iter().any(|kind| self.product_sets(kind, rule.when.keys()).is_some());
            let implied = |other: &&usize| {
                self.policy.rules[**other].when.iter().all(|(id, yes)| rule.when.get(id) == Some(yes))
            };
            let why = match others.iter().filter(ranks).find(implied) {
                _ if !asked => Idle::NeverAsked,
                Some(by) => Idle::Outranked { by: *by },
                None => Idle::NoEffect,
            };
            idle.insert(position, why);
        }
        idle
    }

    /// Whether some incident's level depends on the answer to this question.
    fn matters(&self, question: &String) -> bool {
        let with_it = self.ranked.iter().filter(|(_, rule)| rule.when.contains_key(question));
        with_it.clone().any(|(rank, rule)| {
            self.kinds().into_iter().any(|kind| self.changes_level(kind, question, *rank, rule))
        })
    }

    /// Whether `rule` can decide in `kind` with one answer to `question` while the other answer leads elsewhere.
    fn changes_level(&self, kind: Option<&Kind>, question: &String, rank: usize, rule: &Rule) -> bool {
        let Some(sets) = self.product_sets(kind, rule.when.keys()) else { return false };
        let level = Verdict::Level(rule.level.clone());
        if sets.is_empty() || self.otherwise(kind).as_ref() != Some(&level) {
            return sets.is_empty()
                || sets.iter().any(|products| {
                    self.turns(Asker { kind, products }, question, rank, &rule.when, &Conditions::new())
                });
        }
        // Nothing at all would lead to the same level: with the other answer, a milder rule has to hold.
        self.ranked.iter().filter(|(of, _)| *of > rank).any(|(_, milder)| {
            let needed: BTreeSet<&String> = rule.when.keys().chain(milder.when.keys()).collect();
            let sets = self.product_sets(kind, needed.into_iter()).unwrap_or_default();
            sets.iter().any(|products| {
                self.turns(Asker { kind, products }, question, rank, &rule.when, &milder.when)
            })
        })
    }

    /// Whether there are answers to the other questions with which `when` decides at `rank`, and with the other answer
    /// to `question` nothing as bad holds while `milder` does.
    fn turns(
        &self,
        asker: Asker<'_>,
        question: &String,
        rank: usize,
        when: &Conditions,
        milder: &Conditions,
    ) -> bool {
        let Some(answer) = when.get(question) else { return false };
        if milder.get(question) == Some(answer) {
            return false;
        }
        let mut given: BTreeMap<&str, bool> = BTreeMap::new();
        for (id, wanted) in when.iter().chain(milder).filter(|(id, _)| *id != question) {
            if given.insert(id, *wanted).is_some_and(|before| before != *wanted) {
                return false;
            }
        }
        let asked = |id: &String| self.policy.question(id).is_some_and(|question| asker.asks(question));
        let holding = self.ranked.iter().filter(|(of, rule)| *of <= rank && rule.when.keys().all(asked));
        // With `answer` the worse rules must not hold, with the other answer neither those nor the equal ones.
        let without = |rule: &Rule, answer: bool| {
            let fits = rule.when.get(question).is_none_or(|wanted| *wanted == answer);
            fits.then(|| {
                rule.when
                    .iter()
                    .filter(|(id, _)| *id != question)
                    .map(|(id, yes)| (id.clone(), *yes))
                    .collect()
            })
        };
        let mut avoided: Vec<Conditions> = Vec::new();
        for (of, rule) in holding {
            avoided.extend(without(rule, *answer).filter(|_| *of < rank));
            avoided.extend(without(rule, !answer));
        }
        avoidable(given, &avoided.iter().collect::<Vec<_>>())
    }
}

fn cases(policy: &Policy) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    for (position, case) in policy.cases.iter().enumerate() {
        let same = |other: &super::policy::Case| {
            !case.name.is_empty() && other.name.all().any(|name| case.name.all().any(|own| own == name))
        };
        if policy.cases[..position].iter().any(same) {
            doubts.push(Doubt::DuplicateCase { case: position });
        }
        let unasked = |id: &&String| {
            policy
                .question(id)
                .is_some_and(|question| !question.applies(case.kind.as_deref(), &case.products))
        };
        for question in case.answers.keys().filter(unasked) {
            doubts.push(Doubt::CaseAnswersUnasked { case: position, question: question.clone() });
        }
    }
    doubts
}

#[cfg(test)]
#[path = "policy_review_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "policy_samples.rs"]
pub(super) mod samples;
