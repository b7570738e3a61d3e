//! `incident set KEY=VALUE`: which facts there are, and what setting one changes.

use super::act::{Act, reach};
use super::change::{Change, Value};
use super::event::{EventKind, Milestone};
use super::incident::{Incident, Mode};
use super::moment::Moment;

/// A fact that has no command of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    Title,
    Kind,
    Products,
    Mode,
    DetectedBy,
    Reporter,
    CausedByChange,
    /// What is known of the impact, provisional until it is confirmed.
    Impact {
        confirmed: bool,
    },
    NextUpdate,
    ExpectedEnd,
    Importance,
    Urgency,
    Milestone(Milestone),
    /// A fact of the team's own, from `[[field]]`.
    Field(String),
}

/// What a key of `set` names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    Fact(Fact),
    /// Another command changes it: that command.
    Elsewhere(&'static str),
    /// Nothing may change it.
    Fixed,
    Unknown,
}

/// Every key that `set` takes, beside milestones and the team's own fields.
pub const KEYS: [(&str, Fact); 13] = [
    ("title", Fact::Title),
    ("kind", Fact::Kind),
    ("products", Fact::Products),
    ("product", Fact::Products),
    ("mode", Fact::Mode),
    ("detected_by", Fact::DetectedBy),
    ("reporter", Fact::Reporter),
    ("caused_by_change", Fact::CausedByChange),
    ("impact", Fact::Impact { confirmed: false }),
    ("impact_confirmed", Fact::Impact { confirmed: true }),
    ("next_update", Fact::NextUpdate),
    ("expected_end", Fact::ExpectedEnd),
    ("importance", Fact::Importance),
];

impl Key {
    /// What `key` names, given the ids of the team's own fields.
    pub fn named(key: &str, fields: &[String]) -> Self {
        if key == "urgency" {
            return Self::Fact(Fact::Urgency);
        }
        if let Some((_, fact)) = KEYS.iter().find(|(name, _)| *name == key) {
            return Self::Fact(fact.clone());
        }
        if let Some(milestone) = Milestone::from_token(key.strip_prefix("times.").unwrap_or(key)) {
            return Self::Fact(Fact::Milestone(milestone));
        }
        let field = key.strip_prefix("fields.").unwrap_or(key);
        if fields.iter().any(|id| id == field) {
            return Self::Fact(Fact::Field(field.to_owned()));
        }
        match key {
            "status" => Self::Elsewhere("status"),
            "severity" | "answers" => Self::Elsewhere("severity"),
            "roles" | "role" | "commander" => Self::Elsewhere("assign"),
            "id" | "schema" | "key" | "aliases" => Self::Fixed,
            _ => Self::Unknown,
        }
    }
}

/// A value as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setting {
    Clear,
    Text(String),
    List(Vec<String>),
    Time(Moment),
    Mode(Mode),
}

/// Sets `fact`. A fact that has that value already gives an empty change.
pub fn set(incident: &Incident, fact: &Fact, setting: &Setting, act: &Act<'_>) -> Change {
    if let (Fact::Milestone(milestone), Setting::Time(at)) = (fact, setting) {
        return reach(incident, *milestone, &Act { at: *at, ..*act });
    }
    let mut change = Change::default();
    let (path, from) = place(incident, fact);
    let to = in_words(setting);
    // What was provisional may be confirmed in the same words.
    let confirms = *fact == Fact::Impact { confirmed: true } && !to.is_empty();
    if from == to && !confirms {
        return change;
    }
    let keys: Vec<&str> = path.iter().map(String::as_str).collect();
    match (setting, keys.as_slice()) {
        _ if from == to => {}
        (Setting::Clear, _) => change.remove(&keys),
        (_, [map, key]) => change.set_in(map, key, value(setting)),
        (_, [key, ..]) => change.set(key, value(setting)),
        (_, []) => return change,
    }
    let key = path.last().cloned().unwrap_or_default();
    let kind = match fact {
        Fact::Impact { confirmed } => EventKind::Impact { confirmed: *confirmed },
        _ => EventKind::Set { key, from, to: to.clone() },
    };
    // The impact is what people read; beside it the reason has no place.
    let mut entry = act.entry(kind);
    if matches!(fact, Fact::Impact { .. }) {
        entry.text = if act.text.is_empty() { to } else { format!("{to}\n{}", act.text) };
    }
    change.entries.push(entry);
    change
}

/// Where the fact stands in the front matter, and its present value in words.
fn place(incident: &Incident, fact: &Fact) -> (Vec<String>, String) {
    let one = |key: &str| vec![key.to_owned()];
    let words = |value: &Option<String>| value.clone().unwrap_or_default();
    let time = |value: &Option<Moment>| value.map(|at| at.to_string()).unwrap_or_default();
    match fact {
        Fact::Title => (one("title"), incident.title.clone()),
        Fact::Kind => (one("kind"), words(&incident.kind)),
        Fact::Products => (one("products"), incident.products.join(", ")),
        Fact::Mode => (one("mode"), incident.mode.token().to_owned()),
        Fact::DetectedBy => (one("detected_by"), words(&incident.detected_by)),
        Fact::Reporter => (one("reporter"), words(&incident.reporter)),
        Fact::CausedByChange => (one("caused_by_change"), words(&incident.caused_by_change)),
        Fact::Impact { .. } => (one("impact"), words(&incident.impact)),
        Fact::NextUpdate => (one("next_update"), time(&incident.next_update)),
        Fact::ExpectedEnd => (one("expected_end"), time(&incident.expected_end)),
        Fact::Importance => (one("importance"), words(&incident.importance)),
        Fact::Urgency => (one("urgency"), words(&incident.urgency)),
        Fact::Milestone(milestone) => {
            let at = incident.times.get(milestone).copied();
            (vec!["times".to_owned(), milestone.token().to_owned()], time(&at))
        }
        Fact::Field(id) => {
            (vec!["fields".to_owned(), id.clone()], incident.fields.get(id).cloned().unwrap_or_default())
        }
    }
}

fn in_words(setting: &Setting) -> String {
    match setting {
        Setting::Clear => String::new(),
        Setting::Text(text) => text.clone(),
        Setting::List(items) => items.join(", "),
        Setting::Time(at) => at.to_string(),
        Setting::Mode(mode) => mode.token().to_owned(),
    }
}

fn value(setting: &Setting) -> Value {
    match setting {
        Setting::Clear => Value::Null,
        Setting::Text(text) => Value::Text(text.clone()),
        Setting::List(items) => Value::List(items.clone()),
        Setting::Time(at) => Value::Time(*at),
        Setting::Mode(mode) => Value::Text(mode.token().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{act, incident, moment, told};

    #[track_caller]
    fn check(incident: &Incident, fact: &Fact, setting: &Setting, expected: &[&str]) {
        let change = set(incident, fact, setting, &act("03:00", "03:00", "seen"));
        assert_eq!(told(&change), expected, "{fact:?}");
    }

    fn text(words: &str) -> Setting {
        Setting::Text(words.to_owned())
    }

    #[test]
    fn keys_name_facts_commands_and_what_is_fixed() {
        let fields = ["clients".to_owned()];
        let field = Key::Fact(Fact::Field("clients".to_owned()));
        for (key, expected) in [
            ("title", Key::Fact(Fact::Title)),
            ("product", Key::Fact(Fact::Products)),
            ("impact", Key::Fact(Fact::Impact { confirmed: false })),
            ("impact_confirmed", Key::Fact(Fact::Impact { confirmed: true })),
            ("urgency", Key::Fact(Fact::Urgency)),
            ("detected", Key::Fact(Fact::Milestone(Milestone::Detected))),
            ("times.detected", Key::Fact(Fact::Milestone(Milestone::Detected))),
            ("clients", field.clone()),
            ("fields.clients", field),
            ("status", Key::Elsewhere("status")),
            ("answers", Key::Elsewhere("severity")),
            ("commander", Key::Elsewhere("assign")),
            ("id", Key::Fixed),
            ("schema", Key::Fixed),
            ("times.id", Key::Unknown),
            ("colour", Key::Unknown),
            ("", Key::Unknown),
        ] {
            assert_eq!(Key::named(key, &fields), expected, "{key}");
        }
    }

    #[test]
    fn each_fact_has_its_key_and_its_line() {
        let one = |fact, words: &str, key: &str, from: &str| {
            let assigned = format!("{key}=Text({words:?})");
            let entry = format!("03:00 Set {key}: {from:?} → {words:?} Alice: seen");
            check(&incident(), &fact, &text(words), &[&assigned, &entry]);
        };
        one(Fact::Title, "Search is slow", "title", "Checkout fails");
        one(Fact::Kind, "outage", "kind", "");
        one(Fact::DetectedBy, "customer", "detected_by", "");
        one(Fact::Reporter, "bob", "reporter", "");
        one(Fact::CausedByChange, "1234abc", "caused_by_change", "");
        one(Fact::Importance, "high", "importance", "");
        one(Fact::Urgency, "low", "urgency", "");
    }

    #[test]
    fn values_keep_their_type() {
        check(
            &incident(),
            &Fact::Products,
            &Setting::List(vec!["web".to_owned(), "app".to_owned()]),
            &["products=List([\"web\", \"app\"])", "03:00 Set products: \"\" → \"web, app\" Alice: seen"],
        );
        check(
            &incident(),
            &Fact::Mode,
            &Setting::Mode(Mode::Drill),
            &["mode=Text(\"drill\")", "03:00 Set mode: \"real\" → \"drill\" Alice: seen"],
        );
        check(
            &incident(),
            &Fact::NextUpdate,
            &Setting::Time(moment("~03:30")),
            &[
                "next_update=Time(Moment { at: 2026-11-20T03:30:00+09:00, approximate: true })",
                "03:00 Set next_update: \"\" → \"~2026-11-20T03:30:00+09:00\" Alice: seen",
            ],
        );
        check(
            &incident(),
            &Fact::Field("clients".to_owned()),
            &text("12"),
            &["fields.clients=Text(\"12\")", "03:00 Set clients: \"\" → \"12\" Alice: seen"],
        );
    }

    #[test]
    fn the_impact_is_its_own_line() {
        check(
            &incident(),
            &Fact::Impact { confirmed: false },
            &text("40% of payments"),
            &[
                "impact=Text(\"40% of payments\")",
                "03:00 Impact { confirmed: false } Alice: 40% of payments\nseen",
            ],
        );
        let known = Incident { impact: Some("40% of payments".to_owned()), ..incident() };
        check(
            &known,
            &Fact::Impact { confirmed: true },
            &text("1,203 payments"),
            &[
                "impact=Text(\"1,203 payments\")",
                "03:00 Impact { confirmed: true } Alice: 1,203 payments\nseen",
            ],
        );
    }

    #[test]
    fn clearing_removes_the_key() {
        let set = Incident { expected_end: Some(moment("04:00")), ..incident() };
        check(
            &set,
            &Fact::ExpectedEnd,
            &Setting::Clear,
            &["-expected_end", "03:00 Set expected_end: \"2026-11-20T04:00:00+09:00\" → \"\" Alice: seen"],
        );
        check(
            &incident(),
            &Fact::Milestone(Milestone::Declared),
            &Setting::Clear,
            &["-times.declared", "03:00 Set declared: \"2026-11-20T02:55:00+09:00\" → \"\" Alice: seen"],
        );
    }

    #[test]
    fn a_milestone_happens_when_it_is_set_to() {
        check(
            &incident(),
            &Fact::Milestone(Milestone::ImpactStarted),
            &Setting::Time(moment("~02:40")),
            &[
                "times.impact_started=Time(Moment { at: 2026-11-20T02:40:00+09:00, approximate: true })",
                "~02:40 Milestone(ImpactStarted) Alice: seen (03:00)",
            ],
        );
    }

    #[test]
    fn what_is_so_already_is_no_change() {
        check(&incident(), &Fact::Title, &text("Checkout fails"), &[]);
        check(&incident(), &Fact::Mode, &Setting::Mode(Mode::Real), &[]);
        check(&incident(), &Fact::Urgency, &Setting::Clear, &[]);
        check(&incident(), &Fact::Milestone(Milestone::Declared), &Setting::Time(moment("02:55")), &[]);
    }
}
