//! The triage policy: levels, kinds, products, questions and rules, as `severity.toml` states them.

use std::collections::BTreeMap;
use std::fmt;

use chrono::TimeDelta;

use super::scope::{self, Scope};
use super::text::{Text, named};

/// A length of time in the policy, such as `20m` or `3bd`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    Minutes(u32),
    Days(u32),
    /// Days that are neither weekend nor holiday.
    WorkingDays(u32),
}

impl Span {
    /// How long it takes at least: a working day is a day here.
    pub fn length(self) -> TimeDelta {
        match self {
            Self::Minutes(minutes) => TimeDelta::minutes(minutes.into()),
            Self::Days(days) | Self::WorkingDays(days) => TimeDelta::days(days.into()),
        }
    }

    /// Reads `20m`, `4h`, `3d`, `2w` or `3bd`; none for anything else and for zero.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.find(|c: char| !c.is_ascii_digit())?;
        let (count, unit) = text.split_at(digits);
        let count: u32 = count.parse().ok().filter(|count| *count > 0)?;
        match unit {
            "m" => Some(Self::Minutes(count)),
            "h" => count.checked_mul(60).map(Self::Minutes),
            "d" => Some(Self::Days(count)),
            "w" => count.checked_mul(7).map(Self::Days),
            "bd" => Some(Self::WorkingDays(count)),
            _ => None,
        }
    }
}

/// When something counts or somebody may be called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hours {
    #[default]
    Always,
    /// In the store's working hours alone.
    Business,
}

/// A severity level and what it asks of people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Level {
    pub id: String,
    pub name: Text,
    /// When an incident is of this level.
    pub when: Text,
    pub update_every: Option<Span>,
    /// Whether its promises run at night and on days off.
    pub hours: Hours,
    pub postmortem_within: Option<Span>,
    /// The postmortem template's name; none is the default one.
    pub postmortem: Option<String>,
    /// Roles to call at once.
    pub page: Vec<String>,
    /// What else the level asks for.
    pub also: Text,
}

/// What a kind comes to when no rule matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Level(String),
    /// Not an incident.
    Declined,
}

/// A kind of incident: outage, wrong data, a lost badge …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    pub id: String,
    pub name: Text,
    /// A few words beside the number in the list.
    pub hint: Text,
    /// Decides alone: no question is asked.
    pub level: Option<String>,
    pub otherwise: Option<Verdict>,
    /// The named store that this kind is recorded in, since a commit cannot be unwritten.
    pub store: Option<String>,
    /// Said after the declaration, such as whom the law wants told.
    pub note: Text,
    /// Whether a product is asked for: a lost phone is none's.
    pub of_product: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    pub id: String,
    pub name: Text,
    /// What whoever works on it must know, such as that it cannot be rolled back.
    pub note: Text,
}

/// What "not sure" comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unsure {
    /// Keep asking; the level found is "possibly worse".
    #[default]
    Open,
    /// Take the worse side at once.
    Worse,
}

/// When a question is put to people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AskWhen {
    #[default]
    Now,
    /// After the report, by others: `new` does not ask it.
    Later,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub id: String,
    pub ask: Text,
    /// An observable test, shown on request.
    pub hint: Text,
    /// Asked only for these kinds; empty is all.
    pub kinds: Vec<String>,
    /// Asked only if one of these products is touched; empty is all.
    pub products: Vec<String>,
    pub unsure: Unsure,
    pub ask_when: AskWhen,
}

impl Question {
    /// Whether it concerns an incident of `kind` that touches `products`.
    pub fn applies(&self, kind: Option<&str>, products: &[String]) -> bool {
        scope::allows(&self.kinds, kind) && scope::touches(&self.products, products)
    }
}

/// If all of `when` holds, the incident is at least of `level`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Question ids and the answer each must have.
    pub when: BTreeMap<String, bool>,
    pub level: String,
}

/// `all_down=yes, urgent=no → SEV1`, in the words of the command line.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let condition = |(id, yes): (&String, &bool)| format!("{id}={}", if *yes { "yes" } else { "no" });
        let conditions: Vec<String> = self.when.iter().map(condition).collect();
        write!(f, "{} → {}", conditions.join(", "), self.level)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldType {
    Text,
    Choice,
    Number,
    Date,
    /// A day and a time, such as the one until which a client must have it.
    Time,
}

/// A team's own fact to record at intake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub id: String,
    /// What the fact is called on pages, where the question is too long for that.
    pub name: Text,
    pub ask: Text,
    /// How to find the answer, shown on request.
    pub hint: Text,
    pub kind: FieldType,
    pub choices: Vec<(String, Text)>,
    pub required: bool,
    /// Asked only for these kinds; empty is all.
    pub kinds: Vec<String>,
    /// Asked only if one of these products is touched; empty is all.
    pub products: Vec<String>,
}

impl Field {
    /// Whether it concerns an incident of `kind` that touches `products`.
    pub fn applies(&self, kind: Option<&str>, products: &[String]) -> bool {
        scope::allows(&self.kinds, kind) && scope::touches(&self.products, products)
    }
}

/// Something to do first, said to whoever declares an incident that it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstStep {
    pub text: Text,
    pub scope: Scope,
}

/// A test of the policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    pub name: Text,
    pub kind: Option<String>,
    pub products: Vec<String>,
    pub answers: BTreeMap<String, bool>,
    pub expect: Verdict,
}

/// The whole of `severity.toml`, checked: every reference in it names something that exists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// What counts as an incident.
    pub definition: Text,
    /// Worst first: the position is the rank. Never empty.
    pub levels: Vec<Level>,
    pub kinds: Vec<Kind>,
    pub products: Vec<Product>,
    pub questions: Vec<Question>,
    pub rules: Vec<Rule>,
    pub fields: Vec<Field>,
    pub cases: Vec<Case>,
    /// What to do first, shown after `new`.
    pub first_steps: Vec<FirstStep>,
}

impl Policy {
    /// Whether an incident of this level is to be reviewed: where no level says, and as long as none is known, it is.
    pub fn asks_for_review(&self, level: Option<&str>) -> bool {
        let asks = |level: &Level| level.postmortem_within.is_some() || level.postmortem.is_some();
        level.and_then(|id| self.level(id)).is_none_or(asks) || !self.levels.iter().any(asks)
    }

    /// 0 for the worst level; none for a level the policy does not have.
    pub fn rank(&self, level: &str) -> Option<usize> {
        self.levels.iter().position(|known| known.id == level)
    }

    /// The team's own fact with this id, name or question.
    pub fn find_field(&self, word: &str) -> Option<&Field> {
        let by_id = self.fields.iter().find(|field| field.id == word);
        by_id.or_else(|| {
            self.fields.iter().find(|field| field.name.is_called(word) || field.ask.is_called(word))
        })
    }

    pub fn level(&self, id: &str) -> Option<&Level> {
        self.levels.iter().find(|level| level.id == id)
    }

    pub fn kind(&self, id: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.id == id)
    }

    pub fn product(&self, id: &str) -> Option<&Product> {
        self.products.iter().find(|product| product.id == id)
    }

    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// The level with this id or this name, in either language and whatever the case.
    pub fn find_level(&self, word: &str) -> Option<&Level> {
        named(&self.levels, word, |level| (&level.id, &level.name))
    }

    pub fn find_kind(&self, word: &str) -> Option<&Kind> {
        named(&self.kinds, word, |kind| (&kind.id, &kind.name))
    }

    pub fn find_product(&self, word: &str) -> Option<&Product> {
        named(&self.products, word, |product| (&product.id, &product.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_a_number_and_a_unit() {
        for (text, expected) in [
            ("20m", Some(Span::Minutes(20))),
            ("4h", Some(Span::Minutes(240))),
            ("3d", Some(Span::Days(3))),
            ("1w", Some(Span::Days(7))),
            ("3bd", Some(Span::WorkingDays(3))),
            ("0m", None),
            ("m", None),
            ("20", None),
            ("-1d", None),
            ("99999999999m", None),
        ] {
            assert_eq!(Span::parse(text), expected, "{text}");
        }
    }

    #[test]
    fn a_level_asks_for_a_review_by_its_time_or_its_template() {
        let level = |id: &str, within: Option<Span>, template: Option<&str>| Level {
            id: id.to_owned(),
            postmortem_within: within,
            postmortem: template.map(str::to_owned),
            ..Level::default()
        };
        let levels = vec![
            level("1", Some(Span::Days(3)), None),
            level("2", None, Some("light")),
            level("3", None, None),
        ];
        let some = Policy { levels, ..Policy::default() };
        let none = Policy { levels: vec![level("3", None, None)], ..Policy::default() };
        for (policy, id, expected) in [
            (&some, Some("1"), true),
            (&some, Some("2"), true),
            (&some, Some("3"), false),
            (&some, Some("gone"), true),
            (&some, None, true),
            (&none, Some("3"), true),
        ] {
            assert_eq!(policy.asks_for_review(id), expected, "{id:?}");
        }
    }
}
