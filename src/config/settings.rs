//! `incident.toml` → language, zone, branch, statuses, roles and people.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::settings_staff::{calls, people, role};
use super::settings_time::{holidays, working_hours, zone};
use super::settings_trackers::trackers;
use super::toml_table::{Source, Table, values};
use super::{Loaded, SETTINGS_FILE, defaults};
use crate::domain::checklist::Step;
use crate::domain::closing::CloseWhen;
use crate::domain::deadline::WorkingHours;
use crate::domain::event::Milestone;
use crate::domain::flow::{Category, Flow, Status};
use crate::domain::links::Tracker;
use crate::domain::people::{Role, Staff};
use crate::domain::scope::Scope;
use crate::domain::text::Lang;
use crate::failure::Failure;

/// Whether each write starts to share itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    Auto,
    Manual,
}

/// How a store is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The language of the documents.
    pub lang: Lang,
    /// The zone that ids and times of the store are written in.
    pub zone: Tz,
    /// The branch the store lives on; none is whatever is checked out.
    pub branch: Option<String>,
    pub share: Share,
    pub flow: Flow,
    pub staff: Staff,
    /// Days that are not working days, beside the weekends.
    pub holidays: Vec<NaiveDate>,
    pub working_hours: WorkingHours,
    /// What closing an incident should wait for; only ever advice.
    pub close_when: CloseWhen,
    /// The checklists, step by step.
    pub steps: Vec<Step>,
    /// Where tickets are, by the beginning of their keys.
    pub trackers: Vec<Tracker>,
}

impl Settings {
    /// Those of the default preset.
    pub fn preset() -> Self {
        let source = Source::new(SETTINGS_FILE, defaults::SETTINGS);
        let document = source.document();
        let root = Table::new(&source, document.get_ref(), 0..0);
        let flow = Flow::new(statuses(&root)).expect("the default preset has statuses; a test reads it");
        Self {
            lang: Lang::En,
            zone: Tz::UTC,
            branch: None,
            share: Share::Manual,
            flow,
            staff: Staff { people: Vec::new(), roles: roles(&root), calls: Vec::new() },
            holidays: Vec::new(),
            working_hours: WorkingHours::default(),
            close_when: close_when(&root).unwrap_or_default(),
            steps: steps(&root),
            trackers: Vec::new(),
        }
    }
}

pub fn parse(path: &str, text: &str) -> Result<Loaded<Settings>, Vec<Failure>> {
    let source = Source::new(path, text);
    let document = source.document();
    if !source.faults.borrow().is_empty() {
        // Half of what seems to be missing or unknown further on is only unread.
        return Err(source.faults.take());
    }
    let root = Table::new(&source, document.get_ref(), 0..0);
    let settings = read(&root);
    root.finish();
    let faults = source.faults.take();
    if faults.is_empty() {
        Ok(Loaded { value: settings, warnings: source.warnings.take() })
    } else {
        Err(faults)
    }
}

const LANGUAGES: [(&str, Lang); 2] = [("ja", Lang::Ja), ("en", Lang::En)];
const CLOSE_WHEN: [(&str, CloseWhen); 4] = [
    ("nothing", CloseWhen::Nothing),
    ("plan", CloseWhen::Plan),
    ("reviewed", CloseWhen::Reviewed),
    ("actions_done", CloseWhen::ActionsDone),
];
const SHARES: [(&str, Share); 2] = [("auto", Share::Auto), ("manual", Share::Manual)];

fn read(root: &Table<'_>) -> Settings {
    let (lang, zone) = (root.word("lang", &LANGUAGES), zone(root));
    let (branch, share) = (root.string("branch"), root.word("share", &SHARES));
    // Reading the preset takes a while, and most stores have statuses and roles of their own.
    let preset = LazyCell::new(Settings::preset);
    let flow = Flow::new(statuses(root));
    let mut roles = roles(root);
    let mut steps = steps(root);
    // The preset's steps name the preset's statuses and roles.
    if steps.is_empty() && flow.is_none() && roles.is_empty() {
        steps.clone_from(&preset.steps);
    }
    if roles.is_empty() {
        roles.clone_from(&preset.staff.roles);
    }
    Settings {
        lang: lang.unwrap_or(Lang::En),
        zone: zone.unwrap_or(Tz::UTC),
        branch: branch.map(|branch| branch.value),
        share: share.unwrap_or(Share::Manual),
        flow: flow.unwrap_or_else(|| preset.flow.clone()),
        staff: Staff { people: people(root), roles, calls: calls(root) },
        holidays: holidays(root),
        working_hours: working_hours(root),
        close_when: close_when(root).unwrap_or_else(|| preset.close_when),
        steps,
        trackers: trackers(root),
    }
}

fn close_when(root: &Table<'_>) -> Option<CloseWhen> {
    root.word("close_when", &CLOSE_WHEN)
}

fn statuses(root: &Table<'_>) -> Vec<Status> {
    let mut seen = BTreeSet::new();
    root.tables("status").into_iter().filter_map(|table| status(table, &mut seen)).collect()
}

fn status(table: Table<'_>, seen: &mut BTreeSet<String>) -> Option<Status> {
    let categories = Category::ALL.map(|category| (category.token(), category));
    let milestones = Milestone::ALL.map(|milestone| (milestone.token(), milestone));
    let id = table.own_name("id", seen);
    let category = table.required("category").and_then(|word| table.meaning(&word, &categories));
    let stamps = table.strings("stamps");
    let status = Status {
        name: table.text("name"),
        category: category.unwrap_or(Category::Live),
        stamps: stamps.iter().filter_map(|word| table.meaning(word, &milestones)).collect(),
        does: table.text("does"),
        usual_for: Scope {
            kinds: values(table.strings("kinds")),
            products: values(table.strings("products")),
            ..Scope::default()
        },
        id: id.as_ref().map(|id| id.value.clone()).unwrap_or_default(),
    };
    table.finish();
    id.map(|_| status)
}

fn steps(root: &Table<'_>) -> Vec<Step> {
    let mut seen = BTreeSet::new();
    root.tables("step").into_iter().filter_map(|table| step(table, &mut seen)).collect()
}

fn step(table: Table<'_>, seen: &mut BTreeSet<String>) -> Option<Step> {
    let (id, words) = (table.own_name("id", seen), table.text("text"));
    if words.is_empty() {
        let fault = table.source.fault(table.span.clone(), "config-missing-key");
        table.source.report(fault.with("key", "text"));
    }
    let step = Step {
        text: words,
        role: table.string("role").map(|role| role.value),
        scope: Scope { statuses: values(table.strings("statuses")), ..scope(&table) },
        with: table.text("with"),
        within: table.time_span("within"),
        hint: table.text("hint"),
        id: id.as_ref().map(|id| id.value.clone()).unwrap_or_default(),
    };
    table.finish();
    id.map(|_| step)
}

/// The levels, kinds and products that a part of the configuration is for.
pub fn scope(table: &Table<'_>) -> Scope {
    Scope {
        statuses: Vec::new(),
        levels: values(table.strings("levels")),
        kinds: values(table.strings("kinds")),
        products: values(table.strings("products")),
    }
}

fn roles(root: &Table<'_>) -> Vec<Role> {
    let mut seen = BTreeSet::new();
    root.tables("role").into_iter().filter_map(|table| role(table, &mut seen)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> String {
        let found = match parse("incident.toml", text) {
            Ok(loaded) => loaded.warnings,
            Err(faults) => faults,
        };
        found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_default_preset_has_neither_fault_nor_doubt() {
        assert_eq!(faults(defaults::SETTINGS), "");
        let preset = Settings::preset();
        assert_eq!(preset.flow.first().category, Category::Triage);
        assert!(preset.staff.lead().is_some());
    }

    #[test]
    fn an_empty_file_is_the_default_preset() {
        let loaded = parse("incident.toml", "").expect("nothing in it can be wrong");
        assert_eq!(loaded.value, Settings::preset());
    }

    #[test]
    fn each_fault_has_its_place() {
        for (text, expected) in [
            ("zone = \"Tokio\"\n", "incident.toml:1:8 config-unknown-zone name=\"Tokio\""),
            ("lang = \"fr\"\n", "incident.toml:1:8 config-unknown-word name=\"fr\""),
            (
                "[[status]]\nid = \"a\"\ncategory = \"open\"\n",
                "incident.toml:3:12 config-unknown-word name=\"open\"",
            ),
            ("holidays = [\"soon\"]\n", "incident.toml:1:13 config-bad-date value=\"soon\""),
            ("working_hours = \"9-5\"\n", "incident.toml:1:17 config-bad-hours value=\"9-5\""),
            ("[[step]]\nid = \"a\"\n", "incident.toml:1:1 config-missing-key key=\"text\""),
            ("[[call]]\nby = \"pigeon\"\n", "incident.toml:2:6 config-unknown-word name=\"pigeon\""),
            (
                "[[tracker]]\nprefix = \"PAY\"\nurl = \"javascript:{key}\"\n",
                "incident.toml:3:7 config-bad-tracker value=\"javascript:{key}\"",
            ),
            (
                "[[person]]\nhandle = \"a\"\n[[person]]\nhandle = \"a\"\n",
                "incident.toml:4:10 policy-duplicate-id name=\"a\"",
            ),
            (
                "[[role]]\nid = \"a\"\n[[role]]\nid = \"a\"\n",
                "incident.toml:4:6 policy-duplicate-id name=\"a\"",
            ),
            (
                "[[status]]\nid = \"a\"\ncategory = \"live\"\n[[status]]\nid = \"a\"\ncategory = \"live\"\n",
                "incident.toml:5:6 policy-duplicate-id name=\"a\"",
            ),
            (
                "[[step]]\nid = \"a\"\ntext = \"x\"\n[[step]]\nid = \"a\"\ntext = \"x\"\n",
                "incident.toml:5:6 policy-duplicate-id name=\"a\"",
            ),
            ("zome = \"UTC\"\n", "incident.toml:1:1 config-unknown-key name=\"zome\""),
        ] {
            assert_eq!(faults(text), expected);
        }
    }
}
