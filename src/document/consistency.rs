//! What does not fit together within one incident file: the present against the record, names against the configuration.

use super::parse::{IncidentFile, TimelineLine};
use super::present::KEYS;
use crate::domain::durations::{Duration, Length};
use crate::domain::event::{Entry, EventKind};
use crate::domain::flow::Flow;
use crate::domain::people::Staff;
use crate::domain::policy::Policy;
use crate::failure::{Message, Place};

/// How much a remark matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Fails the check.
    Error,
    /// Should be looked at.
    Warning,
    /// Good to know.
    Note,
}

/// Something worth saying about a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    pub weight: Weight,
    pub place: Option<Place>,
    pub message: Message,
    pub hints: Vec<Message>,
}

impl Remark {
    pub fn new(weight: Weight, place: Place, message: Message) -> Self {
        Self { weight, place: Some(place), message, hints: Vec::new() }
    }
}

/// The configuration that a file is compared with.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    pub flow: &'a Flow,
    pub policy: &'a Policy,
    pub staff: &'a Staff,
}

/// Everything that does not fit, in the order of the file.
pub fn remarks(path: &str, text: &str, file: &IncidentFile, known: Known<'_>) -> Vec<Remark> {
    let at = |key: &str| Place { path: path.to_owned(), line: line_of(text, key), column: 1 };
    let mut remarks = Vec::new();
    remarks.extend(
        file.conflict.clone().map(|place| Remark::new(Weight::Error, place, Message::new("check-conflict"))),
    );
    remarks.extend(near_misses(file));
    remarks.extend(names(file, known, &at));
    remarks.extend(present_against_record(file, known.flow, &at));
    remarks.extend(impossible_lengths(file, &at));
    if !file.timeline.present {
        remarks.push(Remark::new(Weight::Note, at("id"), Message::new("check-no-timeline")));
    }
    remarks.extend(unread_lines(path, file));
    remarks.sort_by_key(|remark| remark.place.as_ref().map_or(0, |place| place.line));
    remarks
}

/// Unknown keys that look like a known one mistyped. Others are the team's own.
fn near_misses(file: &IncidentFile) -> Vec<Remark> {
    let remark = |(key, place): &(String, Place)| {
        let near = KEYS.into_iter().find(|known| strsim::damerau_levenshtein(known, key) <= 2)?;
        let message = Message::new("check-key-near-miss").with("key", key).with("known", near);
        Some(Remark::new(Weight::Warning, place.clone(), message))
    };
    file.unknown_keys.iter().filter(|(key, _)| !key.starts_with("x-")).filter_map(remark).collect()
}

/// Ids of the configuration that it does not have.
fn names(file: &IncidentFile, known: Known<'_>, at: &dyn Fn(&str) -> Place) -> Vec<Remark> {
    let incident = &file.incident;
    let mut remarks = Vec::new();
    let mut unknown = |key: &str, message: &'static str, name: &str| {
        remarks.push(Remark::new(Weight::Warning, at(key), Message::new(message).with("name", name)));
    };
    if known.flow.get(&incident.status).is_none() {
        unknown("status", "check-unknown-status", &incident.status);
    }
    if let Some(level) = incident.severity.as_deref().filter(|level| known.policy.level(level).is_none()) {
        unknown("severity", "check-unknown-level", level);
    }
    if let Some(kind) = incident.kind.as_deref().filter(|kind| known.policy.kind(kind).is_none()) {
        unknown("kind", "check-unknown-kind", kind);
    }
    for product in incident.products.iter().filter(|product| known.policy.product(product).is_none()) {
        unknown("products", "check-unknown-product", product);
    }
    for (role, _) in
        incident.roles.iter().filter(|(role, _)| !known.staff.roles.iter().any(|one| one.id == *role))
    {
        unknown("roles", "check-unknown-role", role);
    }
    remarks
}

/// The front matter is the present, the timeline the record. Where they disagree, neither is rewritten.
fn present_against_record(file: &IncidentFile, flow: &Flow, at: &dyn Fn(&str) -> Place) -> Vec<Remark> {
    let mut entries: Vec<&Entry> = file.timeline.entries().collect();
    entries.sort_by_key(|entry| entry.recorded_at());
    let incident = &file.incident;
    let mut remarks = Vec::new();
    let mut differs = |key: &str, present: &str, record: &str| {
        let message = Message::new("check-present-differs")
            .with("key", key)
            .with("present", present)
            .with("record", record);
        remarks.push(Remark::new(Weight::Warning, at(key), message));
    };
    let last_status = entries.iter().rev().find_map(|entry| match &entry.kind {
        EventKind::Status { to, .. } => Some(to.as_str()),
        _ => None,
    });
    if let Some(status) = last_status.filter(|status| *status != incident.status) {
        differs("status", &incident.status, status);
    }
    let last_level = entries.iter().rev().find_map(|entry| match &entry.kind {
        EventKind::Severity { to, .. } => Some(to.as_deref()),
        _ => None,
    });
    if let Some(level) = last_level.filter(|level| *level != incident.severity.as_deref()) {
        differs("severity", incident.severity.as_deref().unwrap_or("null"), level.unwrap_or("null"));
    }
    let recorded: Vec<Entry> = entries.into_iter().cloned().collect();
    for (milestone, of_record) in flow.milestones(&recorded) {
        let present = incident.times.get(&milestone);
        if present.is_some_and(|present| present.to_minute().at != of_record.to_minute().at) {
            let present = present.map(ToString::to_string).unwrap_or_default();
            differs(milestone.token(), &present, &of_record.to_string());
        }
    }
    remarks
}

/// Ends before their starts.
fn impossible_lengths(file: &IncidentFile, at: &dyn Fn(&str) -> Place) -> Vec<Remark> {
    let negative = |duration: &Duration| duration.of(&file.incident, None) == Length::Negative;
    let remark = |duration: Duration| {
        let (start, end) = duration.between();
        let message =
            Message::new("check-end-before-start").with("start", start.token()).with("end", end.token());
        Remark::new(Weight::Warning, at(end.token()), message)
    };
    Duration::ALL.into_iter().filter(negative).map(remark).collect()
}

fn unread_lines(path: &str, file: &IncidentFile) -> Vec<Remark> {
    let remark = |line: &TimelineLine| match line {
        TimelineLine::Entry { .. } => None,
        TimelineLine::Other { line, .. } => {
            let place = Place { path: path.to_owned(), line: *line, column: 1 };
            Some(Remark::new(Weight::Warning, place, Message::new("check-unread-line")))
        }
    };
    file.timeline.lines.iter().filter_map(remark).collect()
}

/// The line of the front matter that begins with `key`, however far it is indented; the first line if there is none.
fn line_of(text: &str, key: &str) -> usize {
    let is_key = |line: &str| {
        line.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':'))
    };
    text.lines().position(is_key).map_or(1, |index| index + 1)
}
