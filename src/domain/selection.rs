//! Which incidents of many are meant: by status, level, kind, people, time, words and a team's own facts.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};

use super::flow::{Category, Flow};
use super::incident::{Incident, Mode};
use super::policy::Policy;
use super::text::folded;

/// A status by its id, or all of a category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    Status(String),
    Category(Category),
}

/// A level, that level and all worse ones, or none yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LevelRange {
    Exactly(String),
    AtLeast(String),
    Unrated,
}

/// What must be so. Of several values of one kind any will do; an empty list asks nothing.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    pub standings: Vec<Standing>,
    pub levels: Vec<LevelRange>,
    pub kinds: Vec<String>,
    pub products: Vec<String>,
    /// Roles that somebody holds; with `people`, that one of them holds.
    pub roles: Vec<String>,
    /// Handles or names of people who have a part in it.
    pub people: Vec<String>,
    pub modes: Vec<Mode>,
    pub since: Option<DateTime<FixedOffset>>,
    pub until: Option<DateTime<FixedOffset>>,
    /// Each the words of one `--text`, all of which must be there.
    pub words: Vec<Vec<String>>,
    /// By field, the values that will do.
    pub fields: BTreeMap<String, Vec<String>>,
}

/// What the front matter says of an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    No,
    Yes,
    /// The body has to be read, for words or for who acted.
    OnlyTheBodySays,
}

impl Selection {
    /// Whether it asks for anything.
    pub fn is_empty(&self) -> bool {
        let Self { standings, levels, kinds, products, roles, people, modes, since, until, words, fields } =
            self;
        let lists = [kinds, products, roles, people].iter().all(|list| list.is_empty());
        let others = standings.is_empty() && levels.is_empty() && modes.is_empty() && words.is_empty();
        lists && others && since.is_none() && until.is_none() && fields.is_empty()
    }

    /// Whether the front matter decides, and how.
    pub fn judge(&self, incident: &Incident, flow: &Flow, policy: &Policy) -> Answer {
        let Self { kinds, products, modes, .. } = self;
        let any =
            |wanted: &[String], has: &dyn Fn(&String) -> bool| wanted.is_empty() || wanted.iter().any(has);
        let sure = self.by_standing(incident, flow)
            && self.by_level(incident, policy)
            && any(kinds, &|kind| incident.kind.as_ref() == Some(kind))
            && any(products, &|product| incident.products.contains(product))
            && (modes.is_empty() || modes.contains(&incident.mode))
            && self.by_time(incident)
            && self.by_fields(incident)
            && self.by_roles(incident);
        if !sure {
            return Answer::No;
        }
        // With a role it is about holding it, which the front matter says.
        let settled = self.people.is_empty() || !self.roles.is_empty() || self.has_part(incident);
        if settled && self.has_words(&incident.title) { Answer::Yes } else { Answer::OnlyTheBodySays }
    }

    /// Whether the body has what the front matter has not: the words, or one of the people among those who `acted`.
    pub fn admits_body(&self, incident: &Incident, text: &str, acted: &dyn Fn(&str) -> bool) -> bool {
        let by_people = self.people.is_empty()
            || !self.roles.is_empty()
            || self.has_part(incident)
            || self.people.iter().any(|person| acted(person));
        by_people && (self.words.is_empty() || self.has_words(&format!("{}\n{text}", incident.title)))
    }

    fn by_standing(&self, incident: &Incident, flow: &Flow) -> bool {
        let fits = |standing: &Standing| match standing {
            Standing::Status(id) => *id == incident.status,
            Standing::Category(category) => flow.category(&incident.status) == *category,
        };
        self.standings.is_empty() || self.standings.iter().any(fits)
    }

    fn by_level(&self, incident: &Incident, policy: &Policy) -> bool {
        let level = incident.severity.as_deref();
        let fits = |range: &LevelRange| match range {
            LevelRange::Exactly(id) => level == Some(id),
            LevelRange::Unrated => level.is_none(),
            LevelRange::AtLeast(id) => {
                let rank = level.and_then(|level| policy.rank(level));
                rank.is_some() && rank <= policy.rank(id)
            }
        };
        self.levels.is_empty() || self.levels.iter().any(fits)
    }

    fn by_time(&self, incident: &Incident) -> bool {
        let declared = incident.declared().map(|declared| declared.at);
        let since = self.since.is_none_or(|since| declared.is_some_and(|declared| declared >= since));
        since && self.until.is_none_or(|until| declared.is_some_and(|declared| declared < until))
    }

    fn by_fields(&self, incident: &Incident) -> bool {
        let has = |(field, wanted): (&String, &Vec<String>)| {
            let value = incident.fields.get(field).map(|value| folded(value)).unwrap_or_default();
            wanted.iter().any(|one| folded(one) == value)
        };
        self.fields.iter().all(has)
    }

    fn by_roles(&self, incident: &Incident) -> bool {
        let held = |role: &String| {
            let holders = incident.holders(role);
            match self.people.as_slice() {
                [] => !holders.is_empty(),
                people => people.iter().any(|person| holders.contains(person)),
            }
        };
        self.roles.is_empty() || self.roles.iter().any(held)
    }

    /// Whether one of the people holds a role or has reported it.
    fn has_part(&self, incident: &Incident) -> bool {
        let holds = |person: &String| incident.roles.iter().any(|(_, people)| people.contains(person));
        self.people.iter().any(|person| holds(person) || incident.reporter.as_ref() == Some(person))
    }

    fn has_words(&self, text: &str) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let text = folded(text);
        self.words.iter().any(|words| words.iter().all(|word| text.contains(word.as_str())))
    }
}

/// The words of one `--text`, as they are looked for.
pub fn words(text: &str) -> Vec<String> {
    folded(text).split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{flow, incident, moment};

    fn policy() -> Policy {
        let level = |id: &str| super::super::policy::Level { id: id.to_owned(), ..Default::default() };
        Policy { levels: ["SEV1", "SEV2", "SEV3"].map(level).into(), ..Policy::default() }
    }

    fn sample() -> Incident {
        Incident {
            severity: Some("SEV2".to_owned()),
            kind: Some("outage".to_owned()),
            products: vec!["web".to_owned(), "app".to_owned()],
            roles: vec![("commander".to_owned(), vec!["alice".to_owned()])],
            reporter: Some("bob".to_owned()),
            fields: [("clients".to_owned(), "１２".to_owned())].into(),
            title: "決済ログが出ない Checkout".to_owned(),
            ..incident()
        }
    }

    #[track_caller]
    fn check(selection: &Selection, expected: Answer) {
        assert_eq!(selection.judge(&sample(), &flow(), &policy()), expected, "{selection:?}");
    }

    fn some(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn of_one_kind_any_will_do_and_all_kinds_must() {
        let kinds = |kinds: &[&str]| Selection { kinds: some(kinds), ..Selection::default() };
        check(&Selection::default(), Answer::Yes);
        check(&kinds(&["data", "outage"]), Answer::Yes);
        check(&kinds(&["data"]), Answer::No);
        check(&Selection { products: some(&["app"]), ..kinds(&["outage"]) }, Answer::Yes);
        check(&Selection { products: some(&["crm"]), ..kinds(&["outage"]) }, Answer::No);
        check(&Selection { modes: vec![Mode::Drill], ..Selection::default() }, Answer::No);
    }

    #[test]
    fn levels_are_exact_or_at_least() {
        use LevelRange::{AtLeast, Exactly, Unrated};
        let levels = |levels: Vec<LevelRange>| Selection { levels, ..Selection::default() };
        let id = str::to_owned;
        check(&levels(vec![Exactly(id("SEV2"))]), Answer::Yes);
        check(&levels(vec![Exactly(id("SEV3"))]), Answer::No);
        check(&levels(vec![AtLeast(id("SEV3"))]), Answer::Yes);
        check(&levels(vec![AtLeast(id("SEV1"))]), Answer::No);
        check(&levels(vec![Unrated]), Answer::No);
        check(&levels(vec![Unrated, Exactly(id("SEV2"))]), Answer::Yes);
    }

    #[test]
    fn a_status_is_named_itself_or_by_its_category() {
        let standing = |one| Selection { standings: vec![one], ..Selection::default() };
        check(&standing(Standing::Status("triage".to_owned())), Answer::Yes);
        check(&standing(Standing::Status("fixing".to_owned())), Answer::No);
        check(&standing(Standing::Category(Category::Triage)), Answer::Yes);
    }

    #[test]
    fn the_end_of_a_time_is_outside_it() {
        let between = |since: &str, until: &str| Selection {
            since: Some(moment(since).at),
            until: Some(moment(until).at),
            ..Selection::default()
        };
        check(&between("02:55", "02:56"), Answer::Yes);
        check(&between("02:50", "02:55"), Answer::No);
    }

    #[test]
    fn people_hold_roles_have_reported_or_have_acted() {
        let people = |people: &[&str]| Selection { people: some(people), ..Selection::default() };
        check(&people(&["alice"]), Answer::Yes);
        check(&people(&["bob"]), Answer::Yes);
        check(&people(&["carol"]), Answer::OnlyTheBodySays);
        check(&Selection { roles: some(&["commander"]), ..people(&["alice"]) }, Answer::Yes);
        check(&Selection { roles: some(&["commander"]), ..people(&["bob"]) }, Answer::No);
        check(&Selection { roles: some(&["responder"]), ..Selection::default() }, Answer::No);
        assert!(people(&["carol"]).admits_body(&sample(), "", &|person| person == "carol"));
        assert!(!people(&["carol"]).admits_body(&sample(), "", &|_| false));
    }

    #[test]
    fn words_are_found_however_they_are_typed() {
        let text = |texts: &[&str]| Selection {
            words: texts.iter().map(|text| words(text)).collect(),
            ..Selection::default()
        };
        check(&text(&["ﾛｸﾞ checkout"]), Answer::Yes);
        check(&text(&["見当たらない", "ＣＨＥＣＫ"]), Answer::Yes);
        check(&text(&["検索"]), Answer::OnlyTheBodySays);
        assert!(text(&["決済 検索"]).admits_body(&sample(), "## 検索\n", &|_| false));
        assert!(!text(&["決済 会計"]).admits_body(&sample(), "## 検索\n", &|_| false));
    }

    #[test]
    fn fields_are_alike_in_either_width() {
        let field = |value: &[&str]| Selection {
            fields: [("clients".to_owned(), some(value))].into(),
            ..Selection::default()
        };
        check(&field(&["12"]), Answer::Yes);
        check(&field(&["13", "12"]), Answer::Yes);
        check(&field(&["13"]), Answer::No);
    }
}
