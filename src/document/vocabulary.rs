//! The words that stand in incident files, handed in from outside: this layer knows no language.

use crate::domain::action::ActionClass;
use crate::domain::event::{Milestone, NoteKind};

/// A word of the files whose meaning is fixed and whose spelling depends on the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Word {
    Milestone(Milestone),
    Note(NoteKind),
    Severity,
    /// The level of an incident that has none.
    Unrated,
    Role,
    Handover,
    /// A hand-over that was asked for.
    HandoverOffered,
    /// A step of a checklist.
    Step,
    /// A status update; `#` in its spelling stands for the number.
    Update,
    ImpactProvisional,
    ImpactConfirmed,
    ActionOpened,
    ActionDone,
    ActionDropped,
    Set,
    Link,
    Attach,
    Run,
    Postmortem,
    Correction,
    Undo,
    /// In the stamp that says when an entry was written down.
    Recorded,
    /// Before the due date of an action.
    Due,
    Class(ActionClass),
    Report(ReportWord),
}

/// A word inside the text of a report or of its correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReportWord {
    /// Before the words that customers may be given.
    Customers,
    /// Before what is not to be said yet.
    NotYet,
    Estimate,
    Next,
    /// More is affected than was said.
    Wider,
    /// The impact is confirmed.
    Confirmed,
    Wrong,
    Right,
    /// In place of what is known.
    NoChange,
    /// In place of an estimate.
    NoEstimate,
}

impl ReportWord {
    pub const ALL: [Self; 10] = [
        Self::Customers,
        Self::NotYet,
        Self::Estimate,
        Self::Next,
        Self::Wider,
        Self::Confirmed,
        Self::Wrong,
        Self::Right,
        Self::NoChange,
        Self::NoEstimate,
    ];

    /// Those that begin an item of the text.
    pub const LABELS: [Self; 8] = [
        Self::Customers,
        Self::NotYet,
        Self::Estimate,
        Self::Next,
        Self::Wider,
        Self::Confirmed,
        Self::Wrong,
        Self::Right,
    ];

    fn token(self) -> &'static str {
        match self {
            Self::Customers => "report_customers",
            Self::NotYet => "report_not_yet",
            Self::Estimate => "report_estimate",
            Self::Next => "report_next",
            Self::Wider => "report_wider",
            Self::Confirmed => "report_confirmed",
            Self::Wrong => "report_wrong",
            Self::Right => "report_right",
            Self::NoChange => "report_no_change",
            Self::NoEstimate => "report_no_estimate",
        }
    }
}

impl Word {
    /// Every word, so that a language can be checked for completeness.
    pub fn all() -> Vec<Self> {
        let milestones = Milestone::ALL.into_iter().map(Self::Milestone);
        let notes = NoteKind::ALL.into_iter().map(Self::Note);
        let classes = ActionClass::ALL.into_iter().map(Self::Class);
        let single = [
            Self::Severity,
            Self::Unrated,
            Self::Role,
            Self::Handover,
            Self::HandoverOffered,
            Self::Step,
            Self::Update,
            Self::ImpactProvisional,
            Self::ImpactConfirmed,
            Self::ActionOpened,
            Self::ActionDone,
            Self::ActionDropped,
            Self::Set,
            Self::Link,
            Self::Attach,
            Self::Run,
            Self::Postmortem,
            Self::Correction,
            Self::Undo,
            Self::Recorded,
            Self::Due,
        ];
        let reports = ReportWord::ALL.into_iter().map(Self::Report);
        milestones.chain(notes).chain(single).chain(classes).chain(reports).collect()
    }

    /// The word's name in no language, unique among all words. It always parses, too.
    pub fn token(self) -> &'static str {
        match self {
            Self::Milestone(milestone) => milestone.token(),
            Self::Note(kind) => kind.token(),
            Self::Severity => "severity",
            Self::Unrated => "unrated",
            Self::Role => "role",
            Self::Handover => "handover",
            Self::HandoverOffered => "handover_offered",
            Self::Step => "step",
            Self::Update => "update",
            Self::ImpactProvisional => "impact_provisional",
            Self::ImpactConfirmed => "impact_confirmed",
            Self::ActionOpened => "action_opened",
            Self::ActionDone => "action_done",
            Self::ActionDropped => "action_dropped",
            Self::Set => "set",
            Self::Link => "link",
            Self::Attach => "attach",
            Self::Run => "run",
            Self::Postmortem => "postmortem",
            Self::Correction => "correction",
            Self::Undo => "undo",
            Self::Recorded => "recorded",
            Self::Due => "due",
            Self::Report(word) => word.token(),
            Self::Class(class) => match class {
                ActionClass::Now => "class_now",
                ActionClass::Prevent => "class_prevent",
                ActionClass::Detect => "class_detect",
                ActionClass::Mitigate => "class_mitigate",
                ActionClass::Process => "class_process",
            },
        }
    }
}

/// Something of the configuration that has an id and names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub id: String,
    /// The first is the one that is written; all of them and the id are read.
    pub names: Vec<String>,
}

/// How an approximate time is written. All forms are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approximate {
    /// `~02:40`
    Prefix,
    /// `02:40頃`
    Suffix,
}

/// The words of one store: how they are written, and every way in which they are read.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    words: Vec<(Word, Vec<String>)>,
    approximate: Approximate,
    wide_parens: bool,
    pub statuses: Vec<Named>,
    pub levels: Vec<Named>,
    pub roles: Vec<Named>,
    /// Written by name, meant by handle.
    pub people: Vec<Named>,
    /// The team's own facts and their choices, which files have by their ids.
    pub fields: Vec<(Named, Vec<Named>)>,
}

/// The statuses, levels, roles and people that a store knows.
#[derive(Clone, Debug, Default)]
pub struct Names {
    pub statuses: Vec<Named>,
    pub levels: Vec<Named>,
    pub roles: Vec<Named>,
    /// Written by name, meant by handle.
    pub people: Vec<Named>,
    /// The team's own facts and their choices, which files have by their ids.
    pub fields: Vec<(Named, Vec<Named>)>,
}

impl Vocabulary {
    /// Of each word, the first spelling is written and all are read. `wide_parens` writes `（記録 02:57）`.
    pub fn new(
        words: Vec<(Word, Vec<String>)>,
        approximate: Approximate,
        wide_parens: bool,
        names: Names,
    ) -> Self {
        let Names { statuses, levels, roles, people, fields } = names;
        Self { words, approximate, wide_parens, statuses, levels, roles, people, fields }
    }

    pub fn approximate(&self) -> Approximate {
        self.approximate
    }

    /// The parentheses that are written.
    pub fn parens(&self) -> (&'static str, &'static str) {
        if self.wide_parens { ("（", "）") } else { (" (", ")") }
    }

    /// How `word` is written.
    pub fn written(&self, word: Word) -> &str {
        self.spellings(word).next().unwrap_or(word.token())
    }

    /// Every way in which `word` is read, the written one first and its token last.
    pub fn spellings(&self, word: Word) -> impl Iterator<Item = &str> {
        let known = self.words.iter().filter(move |(key, _)| *key == word).flat_map(|(_, names)| names);
        known.map(String::as_str).filter(|name| !name.is_empty()).chain([word.token()])
    }

    /// Whether `text` is `word` in some spelling.
    pub fn is(&self, word: Word, text: &str) -> bool {
        self.spellings(word).any(|name| name.eq_ignore_ascii_case(text))
    }
}

/// The id that `word` means: an id first, else a name of one.
pub fn find<'a>(named: &'a [Named], word: &str) -> Option<&'a str> {
    let by_id = named.iter().find(|one| one.id == word);
    let is_named = |one: &&Named| one.names.iter().any(|name| name.eq_ignore_ascii_case(word));
    by_id.or_else(|| named.iter().find(is_named)).map(|one| one.id.as_str())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn named(id: &str, names: &[&str]) -> Named {
        Named { id: id.into(), names: names.iter().map(|name| (*name).to_owned()).collect() }
    }

    /// A vocabulary with the words of the locale files, for the tests of this layer.
    pub(crate) fn vocabulary(japanese: bool) -> Vocabulary {
        let en = include_str!("../../locales/en/words.ftl");
        let ja = include_str!("../../locales/ja/words.ftl");
        let spelling = |source: &str, word: Word| {
            let key = format!("word-{} = ", word.token().replace('_', "-"));
            let line = source.lines().find_map(|line| line.strip_prefix(&key));
            line.unwrap_or_else(|| panic!("{key} is missing")).to_owned()
        };
        let words = Word::all().into_iter().map(|word| {
            let both = [spelling(ja, word), spelling(en, word)];
            let [first, second] = both;
            (word, if japanese { vec![first, second] } else { vec![second, first] })
        });
        let order = |ja: &'static str, en: &'static str| if japanese { [ja, en] } else { [en, ja] };
        let statuses = vec![
            named("triage", &order("受付", "Triage")),
            named("investigating", &order("調査中", "Investigating")),
            named("fixing", &order("対処中", "Fixing")),
            named("monitoring", &order("経過観察", "Monitoring")),
            named("resolved", &order("収束", "Resolved")),
            named("closed", &order("完了", "Closed")),
        ];
        let levels = ["SEV1", "SEV2", "SEV3"].map(|id| named(id, &[id])).to_vec();
        let roles = vec![
            named("commander", &order("指揮", "Incident commander")),
            named("investigator", &order("調査", "Investigator")),
        ];
        let approximate = if japanese { Approximate::Suffix } else { Approximate::Prefix };
        Vocabulary::new(
            words.collect(),
            approximate,
            japanese,
            Names { statuses, levels, roles, ..Names::default() },
        )
    }

    #[test]
    fn tokens_are_unique() {
        let tokens: BTreeSet<_> = Word::all().into_iter().map(Word::token).collect();
        assert_eq!(tokens.len(), Word::all().len());
    }

    #[test]
    fn an_id_beats_a_name() {
        let names = [named("a", &["b"]), named("b", &["Bee"])];
        assert_eq!(find(&names, "b"), Some("b"));
        assert_eq!(find(&names, "bee"), Some("b"));
        assert_eq!(find(&names, "c"), None);
    }
}
