//! From answers to a level: the worst of all the rules that match, and what still has to be asked.

use std::collections::BTreeMap;

use super::incident::Answer;
use super::policy::{AskWhen, Case, Policy, Question, Rule, Unsure, Verdict};

/// What is known when a level is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    pub policy: &'a Policy,
    pub kind: Option<&'a str>,
    pub products: &'a [String],
    /// The answers so far; a question left for later is not among them.
    pub answers: &'a BTreeMap<String, Answer>,
}

/// The outcome of the questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Not enough is known for any level.
    Unrated,
    Level(String),
    Declined,
}

/// Why the outcome is what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The kind decides alone.
    Kind,
    /// A rule matched; these questions made it match.
    Answers(Vec<String>),
    /// No rule matched.
    Otherwise,
    /// Nothing decided yet.
    Nothing,
}

/// The level, why, and what could still change it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    pub finding: Finding,
    pub reason: Reason,
    /// The worst level that open questions could still lead to, if worse than the finding.
    pub possible: Option<String>,
    /// The questions that are open and could make it worse, those of the worst level first.
    pub open: Vec<String>,
}

/// Whether a rule applies, given the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Match {
    Yes,
    No,
    Open,
}

impl<'a> Situation<'a> {
    pub fn assess(&self) -> Assessment {
        let (finding, reason) = self.finding();
        let bound = self.rank_of(&finding);
        let open_rules = self.rules_in(Match::Open).filter(|(rank, _)| *rank < bound);
        let worst = open_rules.map(|(rank, _)| rank).min();
        let possible = worst.map(|rank| self.policy.levels[rank].id.clone());
        let open = match self.fixed_level() {
            Some(_) => Vec::new(),
            None => self.undecided(bound).into_iter().map(|question| question.id.clone()).collect(),
        };
        let possible = possible.filter(|_| !open.is_empty());
        Assessment { finding, reason, possible, open }
    }

    /// The questions that are still worth asking now, in asking order: worst level first, a product's own before the
    /// kind's. `skipped` were left for later.
    pub fn remaining(&self, skipped: &[String]) -> Vec<&'a Question> {
        let mut questions = self.remaining_after_report(skipped);
        questions.retain(|question| question.ask_when == AskWhen::Now);
        questions
    }

    /// Like [`Self::remaining`], with the questions that are only put once the incident is recorded.
    pub fn remaining_after_report(&self, skipped: &[String]) -> Vec<&'a Question> {
        if self.fixed_level().is_some() {
            return Vec::new();
        }
        let bound = self.matched().map_or(usize::MAX, |(rank, _)| rank);
        let mut questions = self.undecided(bound);
        questions
            .retain(|question| !self.answers.contains_key(&question.id) && !skipped.contains(&question.id));
        questions
    }

    /// Every question that concerns this kind and these products, in the file's order.
    pub fn applicable(&self) -> impl Iterator<Item = &'a Question> + use<'a> {
        let (kind, products) = (self.kind, self.products);
        self.policy.questions.iter().filter(move |question| question.applies(kind, products))
    }

    /// The positions of the rules that match, worst level first.
    pub fn matching_rules(&self) -> Vec<usize> {
        self.positions(Match::Yes)
    }

    /// The positions of the rules that open questions may still make match, worst level first.
    pub fn open_rules(&self) -> Vec<usize> {
        self.positions(Match::Open)
    }

    fn positions(&self, state: Match) -> Vec<usize> {
        if self.fixed_level().is_some() {
            return Vec::new();
        }
        let rules = self.policy.rules.iter().enumerate().filter(|(_, rule)| self.matching(rule) == state);
        let mut found: Vec<usize> = rules.map(|(position, _)| position).collect();
        found.sort_by_key(|position| self.policy.rank(&self.policy.rules[*position].level));
        found
    }

    fn finding(&self) -> (Finding, Reason) {
        if let Some(level) = self.fixed_level() {
            return (Finding::Level(level.to_owned()), Reason::Kind);
        }
        if let Some((rank, rule)) = self.matched() {
            let because = rule.when.keys().cloned().collect();
            return (Finding::Level(self.policy.levels[rank].id.clone()), Reason::Answers(because));
        }
        if self.all_is_answered() {
            (self.otherwise(), Reason::Otherwise)
        } else {
            (Finding::Unrated, Reason::Nothing)
        }
    }

    fn fixed_level(&self) -> Option<&'a str> {
        self.policy.kind(self.kind?)?.level.as_deref()
    }

    fn otherwise(&self) -> Finding {
        let declared = self.kind.and_then(|kind| self.policy.kind(kind)?.otherwise.as_ref());
        match declared {
            Some(Verdict::Level(level)) => Finding::Level(level.clone()),
            Some(Verdict::Declined) => Finding::Declined,
            None => {
                self.policy.levels.last().map_or(Finding::Unrated, |level| Finding::Level(level.id.clone()))
            }
        }
    }

    /// Whether "nothing matches" is an answer rather than a lack of answers: somebody said yes or no, and left nothing.
    fn all_is_answered(&self) -> bool {
        let mut asked = self.applicable().filter(|question| self.is_used(question)).peekable();
        if asked.peek().is_none() {
            return self.kind.is_some();
        }
        let mut definite = false;
        for question in asked {
            match self.answers.get(&question.id) {
                None => return false,
                Some(Answer::Unsure) => {}
                Some(_) => definite = true,
            }
        }
        definite
    }

    fn is_used(&self, question: &Question) -> bool {
        self.policy.rules.iter().any(|rule| rule.when.contains_key(&question.id))
    }

    /// The worst rule that matches, with the rank of its level.
    fn matched(&self) -> Option<(usize, &'a Rule)> {
        self.rules_in(Match::Yes).min_by_key(|(rank, _)| *rank)
    }

    fn rules_in(&self, state: Match) -> impl Iterator<Item = (usize, &'a Rule)> + '_ {
        let with_rank = |rule: &'a Rule| Some((self.policy.rank(&rule.level)?, rule));
        self.policy.rules.iter().filter(move |rule| self.matching(rule) == state).filter_map(with_rank)
    }

    fn matching(&self, rule: &Rule) -> Match {
        let mut state = Match::Yes;
        for (id, wanted) in &rule.when {
            match self.holds(id, *wanted) {
                Match::No => return Match::No,
                Match::Open => state = Match::Open,
                Match::Yes => {}
            }
        }
        state
    }

    /// Whether the condition that `id` is answered with `wanted` holds. A question that does not apply cannot be met.
    fn holds(&self, id: &str, wanted: bool) -> Match {
        let Some(question) = self.policy.question(id).filter(|q| q.applies(self.kind, self.products)) else {
            return Match::No;
        };
        match self.answers.get(id) {
            Some(Answer::Yes) => {
                if wanted {
                    Match::Yes
                } else {
                    Match::No
                }
            }
            Some(Answer::No) => {
                if wanted {
                    Match::No
                } else {
                    Match::Yes
                }
            }
            Some(Answer::Unsure) if question.unsure == Unsure::Worse => Match::Yes,
            Some(Answer::Unsure) | None => Match::Open,
        }
    }

    /// The questions without a yes or no that a rule of a rank below `bound` still waits for.
    fn undecided(&self, bound: usize) -> Vec<&'a Question> {
        let mut found: Vec<(usize, bool, usize, &Question)> = Vec::new();
        for (position, question) in self.policy.questions.iter().enumerate() {
            let waiting = self.rules_in(Match::Open).filter(|(_, rule)| self.waits_for(rule, &question.id));
            if let Some(rank) = waiting.map(|(rank, _)| rank).min().filter(|rank| *rank < bound) {
                found.push((rank, question.products.is_empty(), position, question));
            }
        }
        found.sort_by_key(|(rank, general, position, _)| (*rank, *general, *position));
        found.into_iter().map(|(_, _, _, question)| question).collect()
    }

    fn waits_for(&self, rule: &Rule, id: &str) -> bool {
        rule.when.get(id).is_some_and(|wanted| self.holds(id, *wanted) == Match::Open)
    }

    fn rank_of(&self, finding: &Finding) -> usize {
        match finding {
            Finding::Level(level) => self.policy.rank(level).unwrap_or(usize::MAX),
            Finding::Unrated | Finding::Declined => usize::MAX,
        }
    }
}

/// What a case of the policy comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Played {
    pub finding: Finding,
    pub reason: Reason,
    /// The position of the rule that decided.
    pub rule: Option<usize>,
    /// Whether it is what the case expects.
    pub passes: bool,
}

/// Plays a case: it gives the answers that are yes; the questions it does not name are answered no.
pub fn play(policy: &Policy, case: &Case) -> Played {
    let answer = |question: &Question| {
        let yes = case.answers.get(&question.id).copied().unwrap_or(false);
        (question.id.clone(), if yes { Answer::Yes } else { Answer::No })
    };
    let answers: BTreeMap<String, Answer> = policy.questions.iter().map(answer).collect();
    let (kind, products) = (case.kind.as_deref(), case.products.as_slice());
    let situation = Situation { policy, kind, products, answers: &answers };
    let Assessment { finding, reason, .. } = situation.assess();
    let expected = match &case.expect {
        Verdict::Level(level) => Finding::Level(level.clone()),
        Verdict::Declined => Finding::Declined,
    };
    let passes = finding == expected;
    Played { finding, reason, rule: situation.matching_rules().first().copied(), passes }
}

/// Plays the policy's own cases, and returns those that come out otherwise, with what came out.
pub fn failing_cases(policy: &Policy) -> Vec<(usize, Finding)> {
    let played = policy.cases.iter().map(|case| play(policy, case)).enumerate();
    played.filter(|(_, played)| !played.passes).map(|(index, played)| (index, played.finding)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::policy::{Kind, Level, Policy};
    use crate::domain::text::Text;

    fn question(id: &str, kinds: &[&str], products: &[&str], unsure: Unsure) -> Question {
        Question {
            id: id.into(),
            ask: Text::plain(id),
            hint: Text::default(),
            kinds: kinds.iter().map(ToString::to_string).collect(),
            products: products.iter().map(ToString::to_string).collect(),
            unsure,
            ask_when: AskWhen::Now,
        }
    }

    fn kind(id: &str, level: Option<&str>, otherwise: Option<Verdict>) -> Kind {
        let text = Text::default;
        let level = level.map(Into::into);
        Kind {
            id: id.into(),
            name: text(),
            hint: text(),
            level,
            otherwise,
            store: None,
            note: text(),
            of_product: true,
        }
    }

    fn rule(when: &[(&str, bool)], level: &str) -> Rule {
        Rule { when: when.iter().map(|(id, yes)| ((*id).to_owned(), *yes)).collect(), level: level.into() }
    }

    fn policy() -> Policy {
        let level = |id: &str| Level {
            id: id.into(),
            name: Text::default(),
            when: Text::default(),
            update_every: None,
            hours: Default::default(),
            postmortem_within: None,
            postmortem: None,
            page: Vec::new(),
            also: Text::default(),
        };
        Policy {
            levels: ["S1", "S2", "S3", "S4"].map(level).into(),
            kinds: vec![
                kind("outage", None, None),
                kind("lost", Some("S3"), None),
                kind("idea", None, Some(Verdict::Declined)),
                kind("axes", None, Some(Verdict::Level("S4".into()))),
            ],
            questions: vec![
                question("some", &["outage", "idea"], &[], Unsure::Worse),
                question("many", &["outage"], &[], Unsure::Worse),
                question("api", &["outage"], &["api"], Unsure::Open),
                question("all", &["outage"], &[], Unsure::Open),
                question("important", &["axes"], &[], Unsure::Open),
                question("urgent", &["axes"], &[], Unsure::Open),
            ],
            rules: vec![
                rule(&[("some", true)], "S3"),
                rule(&[("many", true)], "S2"),
                rule(&[("api", true)], "S2"),
                rule(&[("all", true)], "S1"),
                rule(&[("important", true), ("urgent", true)], "S1"),
                rule(&[("important", false), ("urgent", true)], "S2"),
                rule(&[("important", true), ("urgent", false)], "S3"),
            ],
            ..Policy::default()
        }
    }

    /// `kind product? question=y|n|w …` → `finding [possibly level] | questions still worth asking`.
    #[track_caller]
    fn check(input: &str, expected: &str) {
        let policy = policy();
        let mut words = input.split_whitespace().peekable();
        let kind = words.next();
        let mut products = Vec::new();
        let mut answers = BTreeMap::new();
        for word in words {
            match word.split_once('=') {
                Some((id, "y")) => answers.insert(id.to_owned(), Answer::Yes),
                Some((id, "n")) => answers.insert(id.to_owned(), Answer::No),
                Some((id, _)) => answers.insert(id.to_owned(), Answer::Unsure),
                None => {
                    products.push(word.to_owned());
                    None
                }
            };
        }
        let situation = Situation { policy: &policy, kind, products: &products, answers: &answers };
        let assessment = situation.assess();
        let finding = match assessment.finding {
            Finding::Unrated => "unrated".to_owned(),
            Finding::Level(level) => level,
            Finding::Declined => "declined".to_owned(),
        };
        let possibly = assessment.possible.map(|level| format!(" possibly {level}")).unwrap_or_default();
        let remaining: Vec<&str> = situation.remaining(&[]).iter().map(|q| q.id.as_str()).collect();
        assert_eq!(format!("{finding}{possibly} | {}", remaining.join(" ")), expected, "{input}");
    }

    #[test]
    fn questions_come_worst_level_first_and_a_products_own_before_the_kinds() {
        check("outage", "unrated possibly S1 | all many some");
        check("outage api", "unrated possibly S1 | all api many some");
        check("outage web all=n", "unrated possibly S2 | many some");
    }

    #[test]
    fn the_worst_rule_that_matches_decides_and_ends_the_questions_it_outranks() {
        check("outage all=y", "S1 | ");
        check("outage many=y", "S2 possibly S1 | all");
        check("outage all=n many=y", "S2 | ");
        check("outage some=y many=y all=n", "S2 | ");
    }

    #[test]
    fn all_no_is_the_kinds_otherwise_and_all_later_is_unrated() {
        check("outage all=n many=n some=n", "S4 | ");
        check("idea some=n", "declined | ");
        check("lost", "S3 | ");
        check("outage all=n many=n", "unrated possibly S3 | some");
    }

    #[test]
    fn not_sure_takes_the_worse_side_or_stays_open() {
        check("outage all=w many=n some=n", "S4 possibly S1 | ");
        check("outage all=w many=w", "S2 possibly S1 | ");
        check("outage all=w many=n some=y", "S3 possibly S1 | ");
        check("axes important=w urgent=w", "unrated possibly S1 | ");
    }

    #[test]
    fn rules_may_combine_and_negate() {
        check("axes important=y urgent=y", "S1 | ");
        check("axes important=n urgent=y", "S2 | ");
        check("axes important=y urgent=n", "S3 | ");
        check("axes important=n urgent=n", "S4 | ");
        check("axes urgent=y", "unrated possibly S1 | important");
    }
}
