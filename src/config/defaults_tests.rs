//! What holds for every preset.

use std::collections::{BTreeMap, BTreeSet};

use tera::Context;

use super::*;
use crate::config::templates::Templates;
use crate::config::{Settings, parse_policy, parse_settings};
use crate::domain::incident::Answer;
use crate::domain::policy::{AskWhen, Policy, Question};
use crate::domain::scope::Scope;
use crate::domain::text::Text;
use crate::domain::triage::{Finding, Situation, failing_cases};

fn policy(preset: &Preset) -> Policy {
    let loaded = parse_policy(preset.name, preset.policy).expect("a preset's policy has no fault");
    assert!(loaded.warnings.is_empty(), "{:?}", loaded.warnings);
    loaded.value
}

fn settings(preset: &Preset) -> Settings {
    let loaded = parse_settings(preset.name, preset.settings).expect("a preset's settings have no fault");
    assert!(loaded.warnings.is_empty(), "{:?}", loaded.warnings);
    loaded.value
}

#[test]
fn there_is_neither_fault_nor_doubt_in_them_and_their_cases_pass() {
    for preset in &PRESETS {
        let policy = policy(preset);
        assert_eq!(failing_cases(&policy), [], "{}", preset.name);
        let expected: BTreeSet<_> = policy.cases.iter().map(|case| format!("{:?}", case.expect)).collect();
        assert!(expected.len() >= 3, "the cases of {} show few levels", preset.name);
        let settings = settings(preset);
        assert!(settings.staff.lead().is_some(), "{}", preset.name);
        assert!(!settings.steps.is_empty(), "{}", preset.name);
    }
}

/// What playing all answers of one kind came to.
#[derive(Default)]
struct Played {
    counts: BTreeSet<usize>,
    found: BTreeSet<String>,
    asked: BTreeSet<String>,
}

/// Answers yes and no to every question that is still worth asking, whoever is to answer it.
fn play(policy: &Policy, kind: &str, product: Option<&str>, played: &mut Played) {
    let products: Vec<String> = product.into_iter().map(str::to_owned).collect();
    let mut open = vec![BTreeMap::new()];
    while let Some(answers) = open.pop() {
        let situation = Situation { policy, kind: Some(kind), products: &products, answers: &answers };
        match next(policy, &situation) {
            Some(question) => {
                played.asked.insert(question.id.clone());
                for answer in [Answer::Yes, Answer::No] {
                    let mut answers = answers.clone();
                    answers.insert(question.id.clone(), answer);
                    open.push(answers);
                }
            }
            None => {
                played.counts.insert(answers.len());
                played.found.insert(match situation.assess().finding {
                    Finding::Level(level) => level,
                    Finding::Declined => "declined".to_owned(),
                    Finding::Unrated => "unrated".to_owned(),
                });
            }
        }
    }
}

fn next<'p>(policy: &'p Policy, situation: &Situation<'_>) -> Option<&'p Question> {
    let open = situation.assess().open.into_iter().find(|id| !situation.answers.contains_key(id));
    open.and_then(|id| policy.question(&id))
}

#[test]
fn so_many_questions_lead_to_a_level_and_each_of_them_can() {
    // Preset, kind, the fewest and the most questions, what they can lead to.
    let expected = "\
full outage 1-5 SEV1 SEV2 SEV3 SEV4
full data 1-3 SEV1 SEV2 SEV3
full security 1-3 SEV1 SEV2 SEV3
full device 1-2 SEV1 SEV2 SEV3
full it 1-2 SEV1 SEV2 SEV3
sev3 outage 1-4 SEV1 SEV2 SEV3 declined
sev3 security 1-3 SEV1 SEV2 SEV3
sev3 legal 0-0 SEV1
yes-no-5 outage 1-6 LV1 LV2 LV3 LV4 LV5
yes-no-5 leak 1-4 LV1 LV2 LV3 LV4 LV5
yes-no-5 money 1-4 LV1 LV2 LV3 LV4 LV5
yes-no-5 lost 0-0 LV2
yes-no-5 other 1-4 LV1 LV2 LV3 LV4 LV5
two-axis fault 2-2 P1 P2 P3 P4
two-axis data 2-2 P1 P2 P3 P4
two-axis leak 0-0 P1
four-step incident 1-3 SEV1 SEV2 SEV3
";
    let mut lines = String::new();
    for preset in &PRESETS {
        let policy = policy(preset);
        let mut asked = BTreeSet::new();
        let mut found = BTreeSet::new();
        for kind in &policy.kinds {
            let mut played = Played::default();
            let products = policy.products.iter().map(|product| Some(product.id.as_str()));
            products.chain([None]).for_each(|product| play(&policy, &kind.id, product, &mut played));
            let (fewest, most) = (played.counts.first().unwrap_or(&0), played.counts.last().unwrap_or(&0));
            let levels = played.found.iter().cloned().collect::<Vec<_>>().join(" ");
            lines.push_str(&format!("{} {} {fewest}-{most} {levels}\n", preset.name, kind.id));
            asked.extend(played.asked);
            found.extend(played.found);
        }
        for question in &policy.questions {
            assert!(asked.contains(&question.id), "{}: nobody is asked {}", preset.name, question.id);
        }
        for level in &policy.levels {
            assert!(found.contains(&level.id), "{}: nothing leads to {}", preset.name, level.id);
        }
    }
    assert_eq!(lines, expected);
}

#[test]
fn only_the_two_axes_are_judged_after_the_report() {
    for preset in &PRESETS {
        let later = policy(preset).questions.iter().any(|question| question.ask_when == AskWhen::Later);
        assert_eq!(later, preset.name == "two-axis", "{}", preset.name);
    }
}

/// The keys whose values people read.
const READ: [&str; 9] = ["name", "when", "ask", "hint", "also", "note", "does", "text", "with"];

/// The texts below `value` that are not there in both languages, by the way to them.
fn in_one_language(value: &toml::Value, path: &str, found: &mut Vec<String>) {
    match value {
        toml::Value::Table(table) => {
            let words = |lang: &str| table.get(lang).and_then(toml::Value::as_str).unwrap_or_default().trim();
            let is_text = table.contains_key("ja") || table.contains_key("en");
            if is_text && (words("ja").is_empty() || words("en").is_empty()) {
                found.push(path.to_owned());
            }
            for (key, value) in table {
                let path = format!("{path}.{key}");
                // A rule's `when` is a table of answers.
                if READ.contains(&key.as_str()) && value.is_str() {
                    found.push(path.clone());
                }
                in_one_language(value, &path, found);
            }
        }
        toml::Value::Array(items) => items.iter().for_each(|item| in_one_language(item, path, found)),
        _ => {}
    }
}

#[test]
fn every_text_exists_in_both_languages() {
    for preset in &PRESETS {
        for text in [preset.policy, preset.settings] {
            let mut found = Vec::new();
            in_one_language(&toml::from_str(text).expect("valid"), preset.name, &mut found);
            assert_eq!(found, Vec::<String>::new());
        }
    }
}

#[test]
fn names_mean_one_thing_in_each_language() {
    for preset in &PRESETS {
        let (policy, settings) = (policy(preset), settings(preset));
        let named = |id: &str, name: &Text| (id.to_owned(), name.clone());
        let lists: [Vec<(String, Text)>; 5] = [
            policy.levels.iter().map(|level| named(&level.id, &level.name)).collect(),
            policy.kinds.iter().map(|kind| named(&kind.id, &kind.name)).collect(),
            policy.products.iter().map(|product| named(&product.id, &product.name)).collect(),
            settings.flow.statuses().iter().map(|status| named(&status.id, &status.name)).collect(),
            settings.staff.roles.iter().map(|role| named(&role.id, &role.name)).collect(),
        ];
        for list in lists {
            let mut owners: BTreeMap<String, String> = BTreeMap::new();
            for (id, name) in list {
                for word in name.all().map(str::to_lowercase).chain([id.to_lowercase()]) {
                    let owner = owners.entry(word.clone()).or_insert_with(|| id.clone());
                    assert_eq!(*owner, id, "{}: {word} means two things", preset.name);
                }
            }
        }
        let mut steps: Vec<&str> = settings.steps.iter().map(|step| step.id.as_str()).collect();
        steps.sort_unstable();
        let count = steps.len();
        steps.dedup();
        assert_eq!(steps.len(), count, "{}: a step's id stands twice", preset.name);
    }
}

#[test]
fn what_they_refer_to_exists() {
    for preset in &PRESETS {
        let (policy, settings) = (policy(preset), settings(preset));
        let check = |what: &str, ids: &[String], known: &dyn Fn(&str) -> bool| {
            for id in ids {
                assert!(known(id), "{}: {what} names {id}", preset.name);
            }
        };
        let role = |id: &str| settings.staff.roles.iter().any(|role| role.id == id);
        let scope = |what: &str, scope: &Scope| {
            check(what, &scope.statuses, &|id| settings.flow.get(id).is_some());
            check(what, &scope.levels, &|id| policy.level(id).is_some());
            check(what, &scope.kinds, &|id| policy.kind(id).is_some());
            check(what, &scope.products, &|id| policy.product(id).is_some());
        };
        for level in &policy.levels {
            check(&level.id, &level.page, &role);
        }
        for step in &policy.first_steps {
            scope(step.text.get(Lang::En), &step.scope);
        }
        for of in &settings.staff.roles {
            check(&of.id, &of.apart_from, &role);
        }
        for status in settings.flow.statuses() {
            scope(&status.id, &status.usual_for);
        }
        for step in &settings.steps {
            scope(&step.id, &step.scope);
            check(&step.id, step.role.as_slice(), &role);
        }
    }
}

#[test]
fn every_template_that_a_level_names_can_be_rendered_in_both_languages() {
    let mut context = Context::new();
    for key in ["id", "title", "author", "lang", "offset"] {
        context.insert(key, key);
    }
    let regions: BTreeMap<&str, &str> =
        ["facts", "impact", "diagram", "timeline", "actions"].map(|name| (name, name)).into();
    context.insert("region", &regions);
    for preset in &PRESETS {
        for lang in Lang::ALL {
            let own: Vec<(String, String)> = preset
                .body(lang)
                .map(|body| ("incident.md".to_owned(), body.to_owned()))
                .into_iter()
                .collect();
            let templates = Templates::new(lang, &own);
            let body = templates.incident(&context).expect("the body is valid");
            for anchor in ["actions", "timeline", "links"] {
                assert!(body.contains(&format!("<!-- incident:{anchor}")), "{}: {body}", preset.name);
            }
            for level in policy(preset).levels {
                let Some(name) = &level.postmortem else { continue };
                let text = templates.postmortem(Some(name), &context).expect("the template is valid");
                assert!(text.contains("<!-- incident:actions -->\n\nactions\n"), "{text}");
                assert!(text.contains("\ndiagram\n\ntimeline\n") && text.contains("\nimpact\n"), "{text}");
            }
        }
    }
}

/// What a question may take of a line of 80 columns, beside its number, how many are left, and the answer.
const WIDEST_QUESTION: usize = 52;

#[test]
fn a_japanese_question_stands_on_one_line() {
    for preset in &PRESETS {
        for question in policy(preset).questions {
            let ask = question.ask.get(Lang::Ja);
            assert!(unicode_width::UnicodeWidthStr::width(ask) <= WIDEST_QUESTION, "{}: {ask}", preset.name);
            assert!(!question.hint.get(Lang::Ja).is_empty(), "{}: {ask} has no hint", preset.name);
        }
    }
}
