//! `incident.toml` → language, zone, branch, statuses, roles and people.

use std::cell::LazyCell;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::toml_table::{Source, Table};
use super::{Loaded, SETTINGS_FILE, defaults};
use crate::domain::event::Milestone;
use crate::domain::flow::{Category, Flow, Status};
use crate::domain::people::{Person, Role, Staff};
use crate::domain::text::Lang;
use crate::failure::{Failure, Message};

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
            staff: Staff { people: Vec::new(), roles: roles(&root) },
            holidays: Vec::new(),
        }
    }
}

pub fn parse(path: &str, text: &str) -> Result<Loaded<Settings>, Vec<Failure>> {
    let source = Source::new(path, text);
    let document = source.document();
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
const SHARES: [(&str, Share); 2] = [("auto", Share::Auto), ("manual", Share::Manual)];

fn read(root: &Table<'_>) -> Settings {
    // Reading the preset takes a while, and most stores have statuses and roles of their own.
    let preset = LazyCell::new(Settings::preset);
    let mut roles = roles(root);
    if roles.is_empty() {
        roles.clone_from(&preset.staff.roles);
    }
    Settings {
        lang: root.word("lang", &LANGUAGES).unwrap_or(Lang::En),
        zone: zone(root).unwrap_or(Tz::UTC),
        branch: root.string("branch").map(|branch| branch.value),
        share: root.word("share", &SHARES).unwrap_or(Share::Manual),
        flow: Flow::new(statuses(root)).unwrap_or_else(|| preset.flow.clone()),
        staff: Staff { people: people(root), roles },
        holidays: holidays(root),
    }
}

fn zone(root: &Table<'_>) -> Option<Tz> {
    let name = root.string("zone")?;
    let zone = name.value.parse().ok();
    if zone.is_none() {
        let fault = root.source.fault(name.span, "config-unknown-zone").with("name", name.value);
        root.source.report(fault.hint(Message::new("hint-zone-example")));
    }
    zone
}

fn statuses(root: &Table<'_>) -> Vec<Status> {
    root.tables("status").into_iter().filter_map(status).collect()
}

fn status(table: Table<'_>) -> Option<Status> {
    let categories = Category::ALL.map(|category| (category.token(), category));
    let milestones = Milestone::ALL.map(|milestone| (milestone.token(), milestone));
    let id = table.required("id");
    let category = table.required("category").and_then(|word| table.meaning(&word, &categories));
    let stamps = table.strings("stamps");
    let status = Status {
        name: table.text("name"),
        category: category.unwrap_or(Category::Live),
        stamps: stamps.iter().filter_map(|word| table.meaning(word, &milestones)).collect(),
        does: table.text("does"),
        id: id.as_ref().map(|id| id.value.clone()).unwrap_or_default(),
    };
    table.finish();
    id.map(|_| status)
}

fn roles(root: &Table<'_>) -> Vec<Role> {
    root.tables("role").into_iter().filter_map(role).collect()
}

fn role(table: Table<'_>) -> Option<Role> {
    let id = table.required("id");
    let role = Role {
        name: table.text("name"),
        does: table.text("does"),
        lead: table.boolean("lead").unwrap_or(false),
        many: table.boolean("many").unwrap_or(false),
        apart_from: table.strings("apart_from").into_iter().map(|role| role.value).collect(),
        id: id.as_ref().map(|id| id.value.clone()).unwrap_or_default(),
    };
    table.finish();
    id.map(|_| role)
}

fn people(root: &Table<'_>) -> Vec<Person> {
    let person = |table: Table<'_>| {
        let handle = table.required("handle");
        let name = table.string("name").map(|name| name.value);
        let email = table.string("email").map(|email| email.value);
        let phone = table.string("phone").map(|phone| phone.value);
        table.finish();
        handle.map(|handle| Person {
            name: name.unwrap_or(handle.value.clone()),
            handle: handle.value,
            email,
            phone,
        })
    };
    root.tables("person").into_iter().filter_map(person).collect()
}

fn holidays(root: &Table<'_>) -> Vec<NaiveDate> {
    let day = |text: super::toml_table::Located<String>| {
        let parsed = text.value.parse().ok();
        if parsed.is_none() {
            root.source.report(root.source.fault(text.span, "config-bad-date").with("value", text.value));
        }
        parsed
    };
    root.strings("holidays").into_iter().filter_map(day).collect()
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
            ("zome = \"UTC\"\n", "incident.toml:1:1 config-unknown-key name=\"zome\""),
        ] {
            assert_eq!(faults(text), expected);
        }
    }
}
