//! Any file as `severity.toml`: rules that can be played and shown, or faults at their places.

use std::collections::BTreeMap;

use incident::config::parse_policy;
use incident::domain::incident::Answer;
use incident::domain::policy::Policy;
use incident::domain::policy_review::{doubts, reachable};
use incident::domain::text::Lang;
use incident::domain::triage::{Finding, Situation, failing_cases};
use incident::failure::Failure;
use incident::locale::Locale;
use incident::view::names::Names;
use incident::view::palette::Palette;
use incident::view::policy_overview::Overview;
use incident::view::sanitize::sanitize_block;
use incident::view::store_readme;

use super::input::{self, Desk};

const PATH: &str = "severity.toml";

pub fn holds(data: &[u8]) {
    let Some(text) = input::text(data) else { return };
    let loaded = match parse_policy(PATH, text) {
        Ok(loaded) => loaded,
        Err(faults) => {
            are_told(&faults);
            return input::have_places(text, &faults);
        }
    };
    if !loaded.warnings.is_empty() {
        input::have_places(text, &loaded.warnings);
        are_told(&loaded.warnings);
    }
    let policy = loaded.value;
    assert!(!policy.levels.is_empty(), "a policy has levels");
    is_played(&policy);
    is_shown(&policy);
    let twice = parse_policy(PATH, text).map(|loaded| loaded.value);
    assert_eq!(twice.as_ref(), Ok(&policy), "the same file is the same policy");
}

/// What a fault says is inert once it is told as `cli` tells it, in both languages.
pub fn are_told(faults: &[Failure]) {
    for lang in Lang::ALL {
        let locale = Locale::new(lang);
        let words = faults.iter().flat_map(|fault| fault.hints.iter().chain([&fault.message]));
        words.for_each(|message| input::is_inert(&sanitize_block(&locale.say(message))));
    }
}

/// Whatever is answered, there is a finding, and it is one that the policy has.
fn is_played(policy: &Policy) {
    let products: Vec<String> = policy.products.iter().map(|product| product.id.clone()).take(3).collect();
    let kinds = policy.kinds.iter().map(Some).chain([None]);
    for kind in kinds.take(5) {
        reachable(policy, kind);
        for answer in [Answer::Yes, Answer::No, Answer::Unsure] {
            let questions = policy.questions.iter().map(|question| (question.id.clone(), answer));
            let mut answers: BTreeMap<String, Answer> = questions.collect();
            for _ in 0..2 {
                let kind = kind.map(|kind| kind.id.as_str());
                let situation = Situation { policy, kind, products: &products, answers: &answers };
                let assessment = situation.assess();
                if let Finding::Level(level) = &assessment.finding {
                    assert!(policy.level(level).is_some(), "{level} is a level");
                }
                situation.remaining(&[]);
                situation.matching_rules();
                situation.open_rules();
                answers.pop_last();
            }
        }
    }
    failing_cases(policy);
    doubts(policy);
}

fn is_shown(policy: &Policy) {
    let settings = &Desk::of(Lang::Ja).settings;
    for lang in Lang::ALL {
        let locale = Locale::new(lang);
        let names = Names { locale: &locale, flow: &settings.flow, policy, staff: &settings.staff };
        for width in [20, 80] {
            input::is_inert(&Overview { names, width, palette: Palette::Plain }.render());
        }
        let page = store_readme::text(names);
        assert_eq!(store_readme::refreshed(&page, names), page, "a new page is up to date");
        assert_eq!(store_readme::stale_line(&page, names), None);
    }
}
