//! What does not fit together within one incident file: the present against the record, names against the configuration.

use super::parse::{IncidentFile, TimelineLine};
use super::present::KEYS;
use crate::domain::durations::{Duration, Length};
use crate::domain::event::{Entry, EventKind, Milestone};
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
        let near = match key.strip_prefix("times.") {
            Some(key) => format!("times.{}", nearest(key, Milestone::ALL.into_iter().map(Milestone::token))?),
            None => nearest(key, KEYS.into_iter())?.to_owned(),
        };
        let message = Message::new("check-key-near-miss").with("key", key).with("known", near);
        Some(Remark::new(Weight::Warning, place.clone(), message))
    };
    file.unknown_keys.iter().filter(|(key, _)| !key.starts_with("x-")).filter_map(remark).collect()
}

/// The known key that `key` is probably meant to be: one slip for three letters, two at most.
fn nearest<'a>(key: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let slips = |known: &str| strsim::damerau_levenshtein(known, key);
    let near = known.filter(|known| slips(known) <= (known.chars().count() / 3).min(2));
    near.min_by_key(|known| slips(known))
}

/// Names of the file that the configuration does not have.
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
        unknown(&format!("roles.{role}"), "check-unknown-role", role);
    }
    remarks
}

/// What the moves, in the order in which they were recorded, have come to: one value, or several where people moved it in
/// different ways without knowing of each other, of which a merge has chosen one. The last is the one recorded last.
fn open_ends<T: PartialEq + Copy>(moves: impl Iterator<Item = (T, T)>) -> Vec<T> {
    let mut ends = Vec::new();
    for (from, to) in moves {
        ends.retain(|end| *end != from && *end != to);
        ends.push(to);
    }
    ends
}

/// The front matter is the present, the timeline the record. Where they disagree, neither is rewritten.
fn present_against_record(file: &IncidentFile, flow: &Flow, at: &dyn Fn(&str) -> Place) -> Vec<Remark> {
    let mut entries: Vec<&Entry> = file.timeline.entries().collect();
    entries.sort_by_key(|entry| entry.recorded_at());
    let incident = &file.incident;
    let mut remarks = Vec::new();
    let mut differs = |key: &str, present: &str, record: &str| {
        let message = Message::new("check-present-differs")
            .with("key", key.trim_start_matches("times."))
            .with("present", present)
            .with("record", record);
        remarks.push(Remark::new(Weight::Warning, at(key), message));
    };
    let statuses = open_ends(entries.iter().filter_map(|entry| match &entry.kind {
        EventKind::Status { from, to } => Some((from.as_str(), to.as_str())),
        _ => None,
    }));
    // A name that the configuration no longer has cannot be compared.
    let known = statuses.last().filter(|status| flow.get(status).is_some());
    if let Some(status) = known.filter(|_| !statuses.contains(&incident.status.as_str())) {
        differs("status", &incident.status, status);
    }
    let levels = open_ends(entries.iter().filter_map(|entry| match &entry.kind {
        EventKind::Severity { from, to } => Some((from.as_deref(), to.as_deref())),
        _ => None,
    }));
    if let Some(level) = levels.last().filter(|_| !levels.contains(&incident.severity.as_deref())) {
        differs("severity", incident.severity.as_deref().unwrap_or("null"), level.unwrap_or("null"));
    }
    let recorded: Vec<Entry> = entries.into_iter().cloned().collect();
    for (milestone, of_record) in flow.milestones(&recorded) {
        let present = incident.times.get(&milestone);
        if present.is_some_and(|present| present.to_minute().at != of_record.to_minute().at) {
            let present = present.map(ToString::to_string).unwrap_or_default();
            differs(&format!("times.{}", milestone.token()), &present, &of_record.to_string());
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
        Remark::new(Weight::Warning, at(&format!("times.{}", end.token())), message)
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

/// The line of the front matter on which `key` stands, or `inner` of the map `outer.inner`; the map's own line where
/// it is written in one, and the first line where there is no such key.
fn line_of(text: &str, key: &str) -> usize {
    let is_key =
        |line: &str, key: &str| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':'));
    let front_matter = || text.lines().enumerate().skip(1).take_while(|(_, line)| line.trim_end() != "---");
    let (outer, inner) = key.split_once('.').map_or((key, None), |(outer, inner)| (outer, Some(inner)));
    let Some((index, _)) = front_matter().find(|(_, line)| is_key(line, outer)) else { return 1 };
    let below = front_matter().skip_while(|(number, _)| *number <= index);
    let mut below = below.take_while(|(_, line)| !line.starts_with(|first: char| first.is_alphanumeric()));
    let found = inner.and_then(|inner| below.find(|(_, line)| is_key(line.trim_start(), inner)));
    found.map_or(index, |(number, _)| number) + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse::parse;
    use crate::document::vocabulary::tests::vocabulary;
    use crate::domain::policy::{Kind, Level, Product, Verdict};
    use crate::domain::samples::{flow, staff};
    use crate::domain::text::Text;

    const FILE: &str = "\
---
id: 20261120-k7qm
title: Checkout fails
kind: outage
products: [web]
severity: SEV2
status: fixing
roles:
  commander: alice
times:
  declared: 2026-11-20T02:55:12+09:00
  acknowledged: 2026-11-20T02:58:00+09:00
---

## Timeline <!-- incident:timeline +09:00 -->

- 2026-11-20 02:55 · Declared · Alice
- 2026-11-20 02:58 · Triage → fixing · Alice
- 2026-11-20 02:59 · Level not rated → SEV2 · Alice
";

    fn policy() -> Policy {
        let (name, none) = (Text::default(), Text::default());
        let level = Level {
            id: "SEV2".into(),
            name: name.clone(),
            when: none.clone(),
            update_every: None,
            hours: Default::default(),
            postmortem_within: None,
            postmortem: None,
            page: Vec::new(),
            also: none.clone(),
        };
        let kind = Kind {
            id: "outage".into(),
            name: name.clone(),
            hint: none.clone(),
            level: None,
            otherwise: Some(Verdict::Declined),
            store: None,
            note: none,
            of_product: true,
        };
        let products = vec![Product { id: "web".into(), name, note: Text::default() }];
        Policy { levels: vec![level], kinds: vec![kind], products, ..Policy::default() }
    }

    /// The file with `old` replaced by `new` has exactly these remarks: `LINE KEY facts`.
    #[track_caller]
    fn check(old: &str, new: &str, expected: &[&str]) {
        assert!(FILE.contains(old), "{old}");
        let text = FILE.replacen(old, new, 1);
        let file = parse("a.md", text.as_bytes(), &vocabulary(false)).expect("a valid file");
        let (flow, staff, policy) = (flow(), staff(), policy());
        let known = Known { flow: &flow, policy: &policy, staff: &staff };
        let shown = |remark: &Remark| {
            let facts: Vec<&str> = remark.message.facts.iter().map(|(_, fact)| fact.as_str()).collect();
            let place = remark.place.as_ref().expect("a place");
            format!("{} {:?} {} {}", place.line, remark.weight, remark.message.key, facts.join(" "))
        };
        let found: Vec<String> = remarks("a.md", &text, &file, known).iter().map(shown).collect();
        let found: Vec<&str> = found.iter().map(|line| line.trim_end()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_fits_together_has_no_remark() {
        check("", "", &[]);
        check("  declared:", "  # a comment\n  declared:", &[]);
        check("title:", "x-own: 1\nowner: mio\nok: yes\npr: 7\nurl: x\ntitle:", &[]);
    }

    #[test]
    fn names_that_the_configuration_lacks() {
        check("kind: outage", "kind: fire", &["4 Warning check-unknown-kind fire"]);
        check(
            "[web]",
            "[web, app, tv]",
            &["5 Warning check-unknown-product app", "5 Warning check-unknown-product tv"],
        );
        check(
            "  commander: alice",
            "  commander: alice\n  cook: mio",
            &["10 Warning check-unknown-role cook"],
        );
        check("roles:\n  commander: alice", "roles: {cook: mio}", &["8 Warning check-unknown-role cook"]);
        check(
            "severity: SEV2",
            "severity: SEV9",
            &["6 Warning check-unknown-level SEV9", "6 Warning check-present-differs severity SEV9 SEV2"],
        );
        check(
            "status: fixing",
            "status: cooking",
            &[
                "7 Warning check-unknown-status cooking",
                "7 Warning check-present-differs status cooking fixing",
            ],
        );
    }

    #[test]
    fn keys_with_a_slip_in_them() {
        check("title:", "sevrity: SEV1\ntitle:", &["3 Warning check-key-near-miss sevrity severity"]);
        check("title:", "nextupdate: x\ntitle:", &["3 Warning check-key-near-miss nextupdate next_update"]);
        check("title:", "kid: x\ntitle:", &["3 Warning check-key-near-miss kid kind"]);
        check(
            "  declared:",
            "  detcted: 2026-11-20T02:51:00+09:00\n  declared:",
            &["11 Warning check-key-near-miss times.detcted times.detected"],
        );
        check("  declared:", "  lunch: 2026-11-20T12:00:00+09:00\n  declared:", &[]);
    }

    #[test]
    fn the_present_against_the_record() {
        check("status: fixing", "status: triage", &["7 Warning check-present-differs status triage fixing"]);
        check("severity: SEV2", "severity:", &["6 Warning check-present-differs severity null SEV2"]);
        check(
            "acknowledged: 2026-11-20T02:58:00",
            "acknowledged: 2026-11-20T02:57:59",
            &[
                "12 Warning check-present-differs acknowledged 2026-11-20T02:57:59+09:00 2026-11-20T02:58:00+09:00",
            ],
        );
        // Seconds are not in the timeline, and what the present lacks nobody has to record.
        check("T02:58:00", "T02:58:59", &[]);
        check("  acknowledged: 2026-11-20T02:58:00+09:00\n", "", &[]);
        // Of two moves from the same status, made apart, either may stand: a merge has decided.
        let fork = "- 2026-11-20 02:59 · Triage → Monitoring · Bob\n- 2026-11-20 02:59";
        check("- 2026-11-20 02:59", fork, &[]);
        // What was recorded last counts, not what happened last.
        check(
            "- 2026-11-20 02:59",
            "- 2026-11-20 02:50 · Fixing → Monitoring · Alice (recorded 03:30)\n- 2026-11-20 02:59",
            &["7 Warning check-present-differs status fixing monitoring"],
        );
    }

    #[test]
    fn ends_before_their_starts() {
        check(
            "  declared:",
            "  impact_started: 2026-11-20T02:40:00+09:00\n  detected: 2026-11-20T02:30:00+09:00\n  declared:",
            &["12 Warning check-end-before-start impact_started detected"],
        );
    }

    #[test]
    fn lines_that_are_no_entries_and_a_section_that_is_missing() {
        check(
            "- 2026-11-20 02:58",
            "- called the provider\n- 2026-11-20 02:58",
            &["18 Warning check-unread-line"],
        );
        check(" <!-- incident:timeline +09:00 -->", "", &["2 Note check-no-timeline"]);
    }

    #[test]
    fn a_conflict_that_was_left() {
        let conflict = "\nWe saw\n<<<<<<< ours\none\n=======\ntwo\n>>>>>>> theirs\n\n## Timeline <";
        check("## Timeline <", conflict, &["17 Error check-conflict"]);
    }

    #[test]
    fn the_line_of_a_key_is_in_the_front_matter() {
        let text = "---\nimpact: |\n  status: none\n  closed: x\nstatus : a\ntimes:\n  # c\n  closed: y\n---\nid: z\n";
        for (key, expected) in
            [("status", 5), ("times.closed", 8), ("times.declared", 6), ("id", 1), ("impact", 2), ("stat", 1)]
        {
            assert_eq!(line_of(text, key), expected, "{key}");
        }
        assert_eq!(line_of("---\r\nid: 1\r\nstatus: a\r\n---\r\n", "status"), 3);
    }
}
