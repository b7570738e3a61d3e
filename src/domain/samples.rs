//! A small team, its flow and one of its incidents, for the tests of this layer and of those above.

use super::act::Act;
use super::change::Change;
use super::event::{Entry, EventKind, Milestone};
use super::flow::{Category, Flow, Status};
use super::incident::{Incident, Mode};
use super::moment::Moment;
use super::people::{Person, Role, Staff};
use super::scope::Scope;
use super::text::Text;

/// `~02:40` or `02:40` in the night of the sample, or a whole RFC 3339 time.
pub(crate) fn moment(text: &str) -> Moment {
    let (about, time) = text.strip_prefix('~').map_or(("", text), |time| ("~", time));
    let whole = if time.len() == 5 { format!("{about}2026-11-20T{time}:00+09:00") } else { text.to_owned() };
    Moment::parse(&whole).expect("a time")
}

/// Alice's act: it happened at `at` and was recorded at `recorded`.
pub(crate) fn act(at: &str, recorded: &str, text: &'static str) -> Act<'static> {
    Act { at: moment(at), recorded: moment(recorded).at, who: "Alice", text }
}

/// An incident that was just declared, at 02:55.
pub(crate) fn incident() -> Incident {
    Incident {
        id: "20261120-k7qm".parse().expect("an id"),
        title: "Checkout fails".to_owned(),
        kind: None,
        products: Vec::new(),
        mode: Mode::Real,
        severity: None,
        status: "triage".to_owned(),
        detected_by: None,
        reporter: None,
        roles: Vec::new(),
        times: [(Milestone::Declared, moment("02:55"))].into(),
        answers: [].into(),
        caused_by_change: None,
        impact: None,
        importance: None,
        urgency: None,
        duplicate_of: None,
        next_update: None,
        expected_end: None,
        fields: [].into(),
        aliases: Vec::new(),
        key: None,
    }
}

pub(crate) fn flow() -> Flow {
    let status = |id: &str, category, stamps: &[Milestone]| Status {
        id: id.to_owned(),
        name: Text::default(),
        category,
        stamps: stamps.to_owned(),
        does: Text::default(),
        usual_for: Scope::default(),
    };
    Flow::new(vec![
        status("triage", Category::Triage, &[]),
        status("fixing", Category::Live, &[Milestone::Acknowledged]),
        status("monitoring", Category::Live, &[Milestone::Mitigated]),
        status("closed", Category::Closed, &[Milestone::Closed]),
        status("declined", Category::Declined, &[]),
    ])
    .expect("it has statuses")
}

/// Alice and a Japanese colleague; `commander` leads, and `responder` may be several people.
pub(crate) fn staff() -> Staff {
    let person = |handle: &str, name: &str, email: &str| Person {
        handle: handle.to_owned(),
        name: name.to_owned(),
        email: Some(email.to_owned()),
        phone: None,
        chat: None,
        areas: Vec::new(),
    };
    let role = |id: &str, ja: &str, en: &str, lead| Role {
        id: id.to_owned(),
        name: Text { ja: Some(ja.to_owned()), en: Some(en.to_owned()) },
        does: Text::default(),
        lead,
        many: !lead,
        apart_from: Vec::new(),
    };
    Staff {
        people: vec![
            person("alice", "Alice", "alice@example.org"),
            person("arita", "有田", "arita@example.org"),
        ],
        roles: vec![
            role("commander", "指揮", "Incident commander", true),
            role("responder", "対応者", "Responder", false),
        ],
        calls: Vec::new(),
    }
}

/// The change in one line each: `key=value` for what is set, `-key` for what is removed, then the entries.
pub(crate) fn told(change: &Change) -> Vec<String> {
    let assigned = change.assignments.iter().map(|assignment| {
        let path = assignment.path.join(".");
        assignment.value.as_ref().map_or(format!("-{path}"), |value| format!("{path}={value:?}"))
    });
    assigned.chain(change.entries.iter().map(told_entry)).collect()
}

/// `02:57 Note(Decision) Alice: words (03:02)`
fn told_entry(entry: &Entry) -> String {
    let about = if entry.at.approximate { "~" } else { "" };
    let kind = match &entry.kind {
        EventKind::Set { key, from, to } => format!("Set {key}: {from:?} → {to:?}"),
        other => format!("{other:?}"),
    };
    let words = if entry.text.is_empty() { String::new() } else { format!(": {}", entry.text) };
    let stamp = entry.recorded.map(|recorded| recorded.format(" (%H:%M)").to_string());
    format!("{about}{} {kind} {}{words}{}", entry.at.at.format("%H:%M"), entry.who, stamp.unwrap_or_default())
}
