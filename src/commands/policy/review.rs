//! The two configuration files looked at together: faults, cases that fail, names that name nothing, and doubts.

use std::path::Path;

use super::super::remarks::{as_error, as_warning};
use super::super::session::Session;
use super::super::templates::templates;
use crate::config::places::Places;
use crate::config::references::{self, Both};
use crate::config::{self, POLICY_FILE, SETTINGS_FILE, Settings};
use crate::context;
use crate::document::consistency::{Remark, Weight};
use crate::domain::policy::{Policy, Verdict};
use crate::domain::policy_review::{self, Doubt, Idle};
use crate::domain::text::Lang;
use crate::domain::triage::{Finding, Played, Reason, play};
use crate::failure::{Exit, Failure, Message, Place};

/// A policy to be looked at, and the settings that it is used with.
pub struct Configuration {
    policy_path: String,
    policy: String,
    settings_path: String,
    settings: String,
    /// The names of the postmortem templates there are; none where nobody knows.
    templates: Option<Vec<String>>,
}

/// What was found.
pub struct Reviewed {
    /// None where it cannot be read.
    pub policy: Option<Policy>,
    /// What each case of the policy comes to.
    pub played: Vec<Played>,
    pub remarks: Vec<Remark>,
}

impl Configuration {
    /// That of the store.
    pub fn of_store(session: &Session<'_>) -> anyhow::Result<Self> {
        Ok(Self {
            policy_path: POLICY_FILE.to_owned(),
            policy: session.read_text(POLICY_FILE)?.unwrap_or_default(),
            settings_path: SETTINGS_FILE.to_owned(),
            settings: session.read_text(SETTINGS_FILE)?.unwrap_or_default(),
            templates: Some(templates(session)?.postmortem_names()),
        })
    }

    /// A file, with the settings that stand beside it; where there are none, with those of the store.
    pub fn of_file(cwd: &Path, path: &str, store: Option<&Session<'_>>) -> anyhow::Result<Self> {
        let policy = context::read_input(cwd, path)?;
        let beside = Path::new(path).with_file_name(SETTINGS_FILE).display().to_string();
        let found = if path == "-" { None } else { context::read_input(cwd, &beside).ok() };
        let (settings_path, settings) = match (found, store) {
            (Some(settings), _) => (beside, settings),
            (None, Some(session)) => {
                (SETTINGS_FILE.to_owned(), session.read_text(SETTINGS_FILE)?.unwrap_or_default())
            }
            (None, None) => (SETTINGS_FILE.to_owned(), String::new()),
        };
        let without_mark = |text: String| text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        let (policy, settings) = (without_mark(policy), without_mark(settings));
        Ok(Self { policy_path: path.to_owned(), policy, settings_path, settings, templates: None })
    }

    pub fn policy_path(&self) -> &str {
        &self.policy_path
    }

    /// The policy alone; an error with every fault of its file.
    pub fn policy(&self) -> Result<Policy, Vec<Failure>> {
        config::parse_policy(&self.policy_path, &self.policy).map(|loaded| loaded.value)
    }

    /// Everything there is to say, with names in `lang`.
    pub fn review(&self, lang: Lang) -> Reviewed {
        let mut remarks = Vec::new();
        let policy = match config::parse_policy(&self.policy_path, &self.policy) {
            Err(faults) => {
                remarks.extend(faults.iter().map(as_error));
                None
            }
            Ok(loaded) => {
                remarks.extend(loaded.warnings.iter().map(as_warning));
                Some(loaded.value)
            }
        };
        let settings = match config::parse_settings(&self.settings_path, &self.settings) {
            Err(faults) => {
                remarks.extend(faults.iter().map(as_error));
                None
            }
            Ok(loaded) => {
                remarks.extend(loaded.warnings.iter().map(as_warning));
                Some(loaded.value)
            }
        };
        let mut played = Vec::new();
        if let Some(policy) = &policy {
            let places = Places::read(&self.policy_path, &self.policy);
            played = policy.cases.iter().map(|case| play(policy, case)).collect();
            remarks.extend(failing(policy, &played, &places, lang));
            remarks.extend(self.dangling(policy, settings.as_ref(), &places));
            let doubts = policy_review::doubts(policy);
            remarks.extend(doubts.iter().map(|doubt| remark(policy, doubt, &places, lang)));
        }
        remarks.sort_by(|one, other| (&one.place, one.weight).cmp(&(&other.place, other.weight)));
        Reviewed { policy, played, remarks }
    }

    fn dangling(&self, policy: &Policy, settings: Option<&Settings>, places: &Places) -> Vec<Remark> {
        let mut found = Vec::new();
        if let Some(settings) = settings {
            let both = Both {
                policy,
                policy_path: &self.policy_path,
                policy_text: &self.policy,
                settings,
                settings_path: &self.settings_path,
                settings_text: &self.settings,
            };
            found.extend(references::dangling(&both).iter().map(as_error));
        }
        for level in policy.levels.iter().filter(|_| self.templates.is_some()) {
            let known = self.templates.as_deref().unwrap_or_default();
            let Some(name) = level.postmortem.as_ref().filter(|name| !known.contains(name)) else { continue };
            let hint = config::suggestion(name, known.iter().map(String::as_str));
            let fault = Failure::new(Exit::Invalid, "check-unknown-template").with("level", &level.id);
            let Place { path, line, column } = places.of("level", &level.id);
            let fault = fault.with("name", name).at(path, line, column);
            found.push(as_error(&hint.into_iter().fold(fault, Failure::hint)));
        }
        found
    }
}

pub fn verdict_token(verdict: &Verdict) -> &str {
    match verdict {
        Verdict::Level(level) => level,
        Verdict::Declined => "declined",
    }
}

pub fn finding_token(finding: &Finding) -> &str {
    match finding {
        Finding::Level(level) => level,
        Finding::Declined => "declined",
        Finding::Unrated => "null",
    }
}

/// The cases that come out otherwise than they expect, and what decided.
fn failing(policy: &Policy, played: &[Played], places: &Places, lang: Lang) -> Vec<Remark> {
    let failing = policy.cases.iter().zip(played).enumerate().filter(|(_, (_, played))| !played.passes);
    let remark = |(position, (case, played)): (usize, (&crate::domain::policy::Case, &Played))| {
        let key = match played.reason {
            Reason::Answers(_) => "policy-case-fails-by-rule",
            Reason::Kind => "policy-case-fails-by-kind",
            Reason::Otherwise => "policy-case-fails-by-otherwise",
            Reason::Nothing => "policy-case-fails",
        };
        let rule = played.rule.map(|rule| policy.rules[rule].to_string()).unwrap_or_default();
        let message = Message::new(key)
            .with("name", case.name.get(lang))
            .with("expected", verdict_token(&case.expect))
            .with("found", finding_token(&played.finding))
            .with("rule", rule);
        Remark::new(Weight::Error, places.nth("case", position), message)
    };
    failing.map(remark).collect()
}

/// A doubt in words, at its place.
fn remark(policy: &Policy, doubt: &Doubt, places: &Places, lang: Lang) -> Remark {
    let short = |rule: &usize| policy.rules[*rule].to_string();
    let case = |case: &usize| policy.cases[*case].name.get(lang).to_owned();
    let (weight, message) = match doubt {
        Doubt::UnreachableLevel { level } => {
            (Weight::Warning, Message::new("review-unreachable-level").with("level", level))
        }
        Doubt::IdleQuestion { question, why } => {
            let message = Message::new(question_key(why)).with("question", question);
            (Weight::Warning, message.with("rule", outranking(why).map(short).unwrap_or_default()))
        }
        Doubt::IdleRule { rule, why } => {
            let message = Message::new(rule_key(why)).with("rule", short(rule));
            (Weight::Warning, message.with("other", outranking(why).map(short).unwrap_or_default()))
        }
        Doubt::KindWithoutVerdict { kind, verdict } => {
            let message = Message::new("review-kind-without-verdict").with("kind", kind);
            (Weight::Note, message.with("level", verdict_token(verdict)))
        }
        Doubt::OneVerdict { kind, verdict, asks } => {
            let (weight, key) = match asks {
                true => (Weight::Warning, "review-one-verdict"),
                false => (Weight::Note, "review-one-verdict-unasked"),
            };
            (weight, Message::new(key).with("kind", kind).with("level", verdict_token(verdict)))
        }
        Doubt::DuplicateCase { case: at } => {
            (Weight::Warning, Message::new("review-duplicate-case").with("name", case(at)))
        }
        Doubt::CaseAnswersUnasked { case: at, question } => {
            let message = Message::new("review-case-unasked").with("name", case(at));
            (Weight::Warning, message.with("question", question))
        }
        Doubt::TooLarge { rules } => (Weight::Note, Message::new("review-too-large").with("count", rules)),
    };
    Remark::new(weight, place(policy, doubt, places), message)
}

fn place(policy: &Policy, doubt: &Doubt, places: &Places) -> Place {
    // The rules that `yes =` is short for come first.
    let short_rules = policy.rules.len().saturating_sub(places.count("rule"));
    match doubt {
        Doubt::UnreachableLevel { level } => places.of("level", level),
        Doubt::IdleQuestion { question, .. } => places.of("question", question),
        Doubt::IdleRule { rule, .. } => match policy.rules[*rule].when.keys().next() {
            Some(question) if *rule < short_rules => places.of("question", question),
            _ => places.nth("rule", rule.saturating_sub(short_rules)),
        },
        Doubt::KindWithoutVerdict { kind, .. } | Doubt::OneVerdict { kind, .. } => places.of("kind", kind),
        Doubt::DuplicateCase { case } | Doubt::CaseAnswersUnasked { case, .. } => places.nth("case", *case),
        Doubt::TooLarge { .. } => places.nth("rule", 0),
    }
}

/// The rule that decides in place of the other.
fn outranking(why: &Idle) -> Option<&usize> {
    match why {
        Idle::Outranked { by } => Some(by),
        _ => None,
    }
}

fn question_key(why: &Idle) -> &'static str {
    match why {
        Idle::InNoRule => "review-question-in-no-rule",
        Idle::NeverAsked => "review-question-never-asked",
        Idle::Outranked { .. } => "review-question-outranked",
        Idle::NoEffect => "review-question-no-effect",
    }
}

fn rule_key(why: &Idle) -> &'static str {
    match why {
        Idle::Outranked { .. } => "review-rule-outranked",
        Idle::NeverAsked => "review-rule-never-asked",
        Idle::NoEffect | Idle::InNoRule => "review-rule-no-effect",
    }
}
