//! Doubts about small policies, each written in one line.

use super::samples::policy;
use super::*;

/// The doubts about a policy, one after the other.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found: Vec<String> = doubts(&policy(text)).iter().map(in_short).collect();
    assert_eq!(found, expected, "{text}");
}

fn in_short(doubt: &Doubt) -> String {
    let verdict = |verdict: &Verdict| match verdict {
        Verdict::Level(level) => level.clone(),
        Verdict::Declined => "declined".to_owned(),
    };
    match doubt {
        Doubt::UnreachableLevel { level } => format!("unreachable {level}"),
        Doubt::IdleQuestion { question, why } => format!("question {question} {why:?}"),
        Doubt::IdleRule { rule, why } => format!("rule {rule} {why:?}"),
        Doubt::KindWithoutVerdict { kind, verdict: to } => format!("kind {kind} → {}", verdict(to)),
        Doubt::OneVerdict { kind, verdict: to, asks } => format!("only {kind} {} {asks}", verdict(to)),
        Doubt::DuplicateCase { case } => format!("case {case} twice"),
        Doubt::CaseAnswersUnasked { case, question } => format!("case {case} {question}"),
        Doubt::TooLarge { rules } => format!("too large: {rules}"),
    }
}

const TWO: &str = "level S1; level S2; level S3; kind k else S3; kind fixed S2;";

#[test]
fn a_sound_policy_has_no_doubts() {
    check("level S1", &[]);
    check(&format!("{TWO} ask a k S1; ask b k S2"), &[]);
    check(
        "level S1; level S2; level S3; level S4; kind k else S4; ask a k; ask b k; \
         rule a b S1; rule a !b S2; rule !a b S3",
        &[],
    );
}

#[test]
fn levels_that_nothing_reaches() {
    check(&format!("level S0; {TWO} ask a k S1"), &["unreachable S0"]);
    check("level S1; level S2; level S3; kind k else S2; ask a k S1", &["unreachable S3"]);
    // `otherwise` is behind two rules of which one always holds.
    check(
        "level S1; level S2; level S3; kind k else S3; ask a k; rule a S1; rule !a S2",
        &["unreachable S3"],
    );
    check("level S1; level S2; ask a S1", &[]);
}

#[test]
fn kinds_without_choice() {
    check("level S1; level S2; kind k; ask a k S1", &["kind k → S2"]);
    check(&format!("{TWO} kind m else S3; ask a k S1"), &["only m S3 false"]);
    check(
        &format!("{TWO} kind m else S3; ask a k S1; ask b m S3"),
        &["only m S3 true", "question b NoEffect"],
    );
    check(&format!("{TWO} kind m else declined; ask a k S1; ask b m S3"), &[]);
}

#[test]
fn questions_without_effect() {
    check(&format!("{TWO} ask a k S1; ask b k"), &["question b InNoRule"]);
    check(&format!("{TWO} ask a k S1; ask b fixed S1"), &["question b NeverAsked"]);
    check(&format!("{TWO} ask a k S1; ask b k S3"), &["question b NoEffect"]);
    // Whatever `a` is, the level is the same.
    check(
        &format!("{TWO} ask a k; ask b k S1; rule a S2; rule !a S2"),
        &["unreachable S3", "question a NoEffect"],
    );
    // It only tells two rules of one level apart.
    check(
        &format!("{TWO} ask a k; ask b k; rule a b S1; rule !a b S1; rule !b S2"),
        &["unreachable S3", "question a NoEffect"],
    );
}

#[test]
fn rules_that_never_decide() {
    check(&format!("{TWO} ask a k S1; ask b k S2; rule a b S2"), &["rule 2 Outranked { by: 0 }"]);
    check(&format!("{TWO} ask a k S1; ask b k S2; rule a b S1"), &["rule 2 Outranked { by: 0 }"]);
    check(&format!("{TWO} ask a k S1; rule a S1"), &["rule 1 Outranked { by: 0 }"]);
    check(&format!("{TWO} kind m else S3; ask a k S1; ask b m S2; rule a b S1"), &["rule 2 NeverAsked"]);
    // One of the two worse rules always holds.
    check(
        "level S1; level S2; level S3; kind k else S3; ask a k; ask b k S2; rule a S1; rule !a S1",
        &["unreachable S2", "unreachable S3", "only k S1 true", "question b NoEffect", "question a NoEffect"],
    );
}

#[test]
fn products_are_taken_into_account() {
    // Both products may be touched at once.
    check(&format!("{TWO} ask a k@web; ask b k@app; rule a b S1"), &[]);
    // For the product alone it decides; for all others the worse rule hides it.
    check(&format!("{TWO} ask a k S1; ask b k@web S2"), &[]);
    // `b` needs web, and with web the question `a` is asked, of which either answer is worse.
    check(
        &format!("{TWO} ask a k@web; ask b k@web S2; rule a S1; rule !a S1; ask c k@app S2"),
        &["question b NoEffect", "question a NoEffect"],
    );
}

#[test]
fn cases_are_told_apart_and_answer_what_is_asked() {
    check(&format!("{TWO} ask a k S1; case one k S1 a; case one k S3"), &["case 1 twice"]);
    check(&format!("{TWO} ask a k S1; case one fixed S2 a"), &["case 0 a"]);
}

#[test]
fn what_is_too_large_is_not_examined() {
    let rules = "rule a S1;".repeat(MOST_RULES + 1);
    check(&format!("{TWO} ask a k; {rules}"), &["too large: 401"]);
}

mod agreement {
    use proptest::prelude::*;

    use super::super::super::incident::Answer;
    use super::super::super::triage::{Finding, Situation};
    use super::*;

    const QUESTIONS: [&str; 4] = ["a", "b", "c", "d"];

    /// Every kind, products and whole set of answers, with what it comes to.
    fn all(policy: &Policy) -> Vec<(String, Vec<String>, u32, Finding)> {
        let mut found = Vec::new();
        for kind in policy.kinds.iter().filter(|kind| kind.level.is_none()) {
            for products in [vec![], vec!["web"], vec!["app"], vec!["web", "app"]] {
                let products: Vec<String> = products.into_iter().map(str::to_owned).collect();
                for bits in 0..16u32 {
                    let answer = |at: usize| if bits >> at & 1 == 1 { Answer::Yes } else { Answer::No };
                    let answers =
                        QUESTIONS.iter().enumerate().map(|(at, id)| ((*id).to_owned(), answer(at))).collect();
                    let situation =
                        Situation { policy, kind: Some(&kind.id), products: &products, answers: &answers };
                    found.push((kind.id.clone(), products.clone(), bits, situation.assess().finding));
                }
            }
        }
        found
    }

    proptest! {
        /// Levels and questions are doubted exactly where playing every set of answers finds no use for them.
        #[test]
        fn the_review_agrees_with_playing_everything(
            kinds in prop::collection::vec(0usize..4, 1..3),
            scopes in prop::collection::vec((0usize..3, 0usize..4), 4),
            rules in prop::collection::vec((prop::collection::btree_map(0usize..4, any::<bool>(), 1..4), 0usize..3), 1..6),
        ) {
            let otherwise = ["", " else S1", " else S3", " else declined"];
            let mut text = "level S1; level S2; level S3".to_owned();
            for (at, of) in kinds.iter().enumerate() {
                text.push_str(&format!("; kind k{at}{}", otherwise[*of]));
            }
            for (id, (kind, product)) in QUESTIONS.iter().zip(&scopes) {
                let kind = if *kind < kinds.len() { format!(" k{kind}") } else { " -".to_owned() };
                text.push_str(&format!("; ask {id}{kind}{}", ["", "@web", "@app", "@web,app"][*product]));
            }
            for (when, level) in &rules {
                let when = when.iter().map(|(at, yes)| format!("{}{}", if *yes { "" } else { "!" }, QUESTIONS[*at]));
                text.push_str(&format!("; rule {} S{}", when.collect::<Vec<_>>().join(" "), level + 1));
            }
            let policy = policy(&text);
            let outcomes = all(&policy);
            let found = doubts(&policy);
            for level in &policy.levels {
                let reached = outcomes.iter().any(|(.., finding)| *finding == Finding::Level(level.id.clone()));
                let doubted = found.contains(&Doubt::UnreachableLevel { level: level.id.clone() });
                prop_assert_eq!(reached, !doubted, "{} {}", text, level.id);
            }
            let review = Review::new(&policy);
            for (at, id) in QUESTIONS.iter().enumerate() {
                let matters = outcomes.iter().any(|(kind, products, bits, finding)| {
                    outcomes.iter().any(|(of, with, others, other)| {
                        kind == of && products == with && *bits ^ *others == 1 << at && finding != other
                    })
                });
                prop_assert_eq!(matters, review.matters(&(*id).to_owned()), "{} {}", text, id);
            }
        }
    }
}
