//! Which value stands where both sides have changed the same key: the rules, and what is said about each decision.

use std::cmp::Ordering;
use std::collections::HashSet;

use chrono::{DateTime, FixedOffset, TimeZone};
use serde_yaml::{Mapping, Value as Yaml};

use crate::domain::event::{Entry, EventKind, Milestone};
use crate::domain::flow::Category;
use crate::domain::id::IncidentId;
use crate::domain::moment::{Moment, minute};
use crate::failure::{Failure, Message};

use super::merge::{MergeRules, Sides, fixed_rule};
use super::parse::utc;
use super::prose::{self, Conflicts};
use super::scalar::shown;

/// Decides, and keeps what it has decided against.
pub(super) struct Judge<'a> {
    sides: &'a Sides<'a>,
    /// The merged timeline.
    entries: &'a [Entry],
    rules: &'a MergeRules<'a>,
    /// Key, loser and winner.
    lost: Vec<(String, String, String)>,
    notes: Vec<Message>,
    faults: Vec<Failure>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(sides: &'a Sides<'a>, entries: &'a [Entry], rules: &'a MergeRules<'a>) -> Self {
        Self { sides, entries, rules, lost: Vec::new(), notes: Vec::new(), faults: Vec::new() }
    }

    /// Whether a key stays that one side has and the other has not.
    ///
    /// An edit beats a removal. A milestone that the other side's later move has cleared is gone.
    pub(super) fn keeps(&self, path: &[&str], base: Option<&Yaml>, kept: &Yaml, by_one: bool) -> bool {
        if base == Some(kept) {
            return false;
        }
        let ["times", name] = path else { return true };
        let Some(milestone) = Milestone::from_token(name) else { return true };
        let own = if by_one { &self.sides.one } else { &self.sides.other };
        let told_by =
            |entries: &[Entry]| self.rules.flow.milestones(&by_recording(entries)).contains_key(&milestone);
        !told_by(&own.entries) || told_by(self.entries)
    }

    /// The value of a key that both sides have and have changed in different ways.
    pub(super) fn value(&mut self, path: &[&str], base: Option<&Yaml>, one: &Yaml, other: &Yaml) -> Yaml {
        if one == other || base == Some(other) {
            return one.clone();
        }
        if base == Some(one) {
            return other.clone();
        }
        match (one, other) {
            (Yaml::Mapping(one), Yaml::Mapping(other)) => {
                Yaml::Mapping(self.map(path, base.and_then(Yaml::as_mapping), one, other))
            }
            (Yaml::Mapping(_), _) | (_, Yaml::Mapping(_)) => self.scalar(path, one, other),
            (Yaml::Sequence(_), _) | (_, Yaml::Sequence(_)) => list(base, one, other),
            _ => match (one.as_str(), other.as_str()) {
                (Some(one), Some(other)) if one.contains('\n') && other.contains('\n') => {
                    Yaml::String(lines(base.and_then(Yaml::as_str), one, other))
                }
                _ => self.decide(path, base, one, other),
            },
        }
    }

    fn map(&mut self, path: &[&str], base: Option<&Mapping>, one: &Mapping, other: &Mapping) -> Mapping {
        let mut merged = Mapping::new();
        let added = other.keys().filter(|key| !one.contains_key(*key));
        for key in one.keys().chain(added) {
            let name = shown(key);
            let path: Vec<&str> = path.iter().copied().chain([name.as_str()]).collect();
            let base = base.and_then(|base| base.get(key));
            let value = match (one.get(key), other.get(key)) {
                (Some(one), Some(other)) => Some(self.value(&path, base, one, other)),
                (Some(kept), None) => self.keeps(&path, base, kept, true).then(|| kept.clone()),
                (None, kept) => kept.filter(|kept| self.keeps(&path, base, kept, false)).cloned(),
            };
            if let Some(value) = value {
                merged.insert(key.clone(), value);
            }
        }
        merged
    }

    fn decide(&mut self, path: &[&str], base: Option<&Yaml>, one: &Yaml, other: &Yaml) -> Yaml {
        match path {
            ["id" | "schema"] => {
                let is_id = path == ["id"];
                let key = if is_id { "merge-different-incidents" } else { "merge-different-schema" };
                let version = &self.sides.one;
                let at = version.root.get(path[0]).map_or(0, |pair| pair.value.start);
                let fault = version.source.fault(key, at);
                self.faults.push(fault.with("one", shown(one)).with("other", shown(other)));
                one.clone()
            }
            ["status"] => self.status(base, one, other),
            ["severity"] => self.severity(one, other),
            ["times", name] if Milestone::from_token(name).is_some() => {
                self.milestone(path, name, one, other)
            }
            _ => self.scalar(path, one, other),
        }
    }

    /// Both forward from the base: the further; either went back: the more open.
    fn status(&mut self, base: Option<&Yaml>, one: &Yaml, other: &Yaml) -> Yaml {
        let flow = self.rules.flow;
        let position = |status: &Yaml| flow.position(&shown(status));
        let (Some(first), Some(second)) = (position(one), position(other)) else {
            return self.scalar(&["status"], one, other);
        };
        let start = base.and_then(position);
        let forward = start.is_none_or(|start| first > start && second > start);
        let declined = |status: &Yaml| flow.category(&shown(status)) == Category::Declined;
        let one_is_further = match (declined(one), declined(other)) {
            (true, false) => true,
            (false, true) => false,
            _ => first > second,
        };
        let goes_on = forward && declined(one) == declined(other);
        let (kept, lost) = if one_is_further == goes_on { (one, other) } else { (other, one) };
        let key = if goes_on { "merge-status-further" } else { "merge-status-open" };
        self.note(key, &["status"], kept, lost);
        kept.clone()
    }

    /// The worse; a level that nobody knows is not better than any, and no level is better than all.
    fn severity(&mut self, one: &Yaml, other: &Yaml) -> Yaml {
        let rank = |level: &Yaml| {
            let known = self.rules.levels.iter().position(|id| *id == shown(level));
            if level.is_null() { (2, 0) } else { known.map_or((0, 0), |rank| (1, rank)) }
        };
        let order = rank(one).cmp(&rank(other));
        let order = order.then_with(|| fixed_rule(&shown(one), &shown(other)));
        let (kept, lost) = if order == Ordering::Less { (one, other) } else { (other, one) };
        self.note("merge-severity-worse", &["severity"], kept, lost);
        kept.clone()
    }

    /// The side that the merged timeline confirms, else the first or the last time as the milestone asks.
    fn milestone(&mut self, path: &[&str], name: &str, one: &Yaml, other: &Yaml) -> Yaml {
        let milestone = Milestone::from_token(name);
        let times = (Moment::parse(&shown(one)), Moment::parse(&shown(other)));
        let (Some(milestone), (Some(first), Some(second))) = (milestone, times) else {
            return self.scalar(path, one, other);
        };
        let told = self
            .rules
            .flow
            .milestones(&by_recording(self.entries))
            .get(&milestone)
            .map(|told| minute(told.at));
        let confirms = |moment: Moment| told == Some(minute(moment.at));
        let one_wins = match (confirms(first), confirms(second)) {
            (true, false) => true,
            (false, true) => false,
            _ if first == second => fixed_rule(&shown(one), &shown(other)) == Ordering::Greater,
            _ => (first > second) == milestone.last_wins(),
        };
        let (kept, lost) = if one_wins { (one, other) } else { (other, one) };
        self.note("merge-value", path, kept, lost);
        kept.clone()
    }

    /// The side whose entry was recorded later, else a fixed rule.
    fn scalar(&mut self, path: &[&str], one: &Yaml, other: &Yaml) -> Yaml {
        let order = self.told(path, &self.sides.one.entries).cmp(&self.told(path, &self.sides.other.entries));
        let order = order.then_with(|| fixed_rule(&shown(one), &shown(other)));
        let (kept, lost) = if order == Ordering::Greater { (one, other) } else { (other, one) };
        self.note("merge-value", path, kept, lost);
        kept.clone()
    }

    /// When the latest entry about the key was recorded that the base had not.
    fn told(&self, path: &[&str], entries: &[Entry]) -> Option<DateTime<FixedOffset>> {
        let known: HashSet<&Entry> = self.sides.base.iter().flat_map(|base| &base.entries).collect();
        let new = entries.iter().filter(|entry| is_about(&entry.kind, path) && !known.contains(entry));
        new.map(Entry::recorded_at).max()
    }

    fn note(&mut self, key: &'static str, path: &[&str], kept: &Yaml, lost: &Yaml) {
        let (name, kept, lost) = (path.join("."), shown(kept), shown(lost));
        self.notes.push(Message::new(key).with("key", &name).with("kept", &kept).with("lost", &lost));
        self.lost.push((name, lost, kept));
    }

    /// Entries for the losers that the merged timeline does not tell, and what is to be said.
    pub(super) fn finish(self, values: &Mapping) -> Result<(Vec<Entry>, Vec<Message>), Vec<Failure>> {
        if !self.faults.is_empty() {
            return Err(self.faults);
        }
        let last = self.entries.iter().map(Entry::recorded_at).max();
        let declared = || {
            let times = values.get("times")?.as_mapping()?;
            Some(Moment::parse(&shown(times.get("declared")?))?.at)
        };
        let first_day = || {
            let id: IncidentId = values.get("id").map(shown)?.parse().ok()?;
            utc().from_local_datetime(&id.date().and_hms_opt(0, 0, 0)?).single()
        };
        let at = last.or_else(declared).or_else(first_day);
        let untold = self.lost.into_iter().filter(|(key, lost, _)| {
            let path: Vec<&str> = key.split('.').collect();
            let tells = |entry: &&Entry| is_about(&entry.kind, &path) && mentions(entry, lost);
            !lost.is_empty() && !self.entries.iter().any(|entry| tells(&entry))
        });
        let entry = |(key, from, to): (String, String, String)| {
            let at = at?;
            // A milestone is set by its bare name.
            let key = key.strip_prefix("times.").map_or(key.clone(), str::to_owned);
            Some(Entry::new(Moment::exact(at), at, "", EventKind::Set { key, from, to }, ""))
        };
        Ok((untold.filter_map(entry).collect(), self.notes))
    }
}

/// The entries in the order in which they were recorded; those of one minute keep their order.
fn by_recording(entries: &[Entry]) -> Vec<Entry> {
    let mut entries = entries.to_vec();
    entries.sort_by_key(Entry::recorded_at);
    entries
}

/// Whether an entry of this kind says something about the key.
fn is_about(kind: &EventKind, path: &[&str]) -> bool {
    let last = path.last().copied().unwrap_or_default();
    match kind {
        EventKind::Set { key, .. } => key == last || *key == path.join("."),
        EventKind::Status { .. } => path == ["status"],
        EventKind::Severity { .. } => path == ["severity"],
        EventKind::RoleTaken { role, .. }
        | EventKind::RoleLeft { role, .. }
        | EventKind::Handover { role, .. } => path == ["roles", role.as_str()],
        EventKind::Milestone(milestone) => path == ["times", milestone.token()],
        EventKind::Update { .. } => matches!(path, ["next_update" | "expected_end"]),
        EventKind::Impact { .. } => path == ["impact"],
        _ => false,
    }
}

/// Whether people can read the value in the entry.
fn mentions(entry: &Entry, value: &str) -> bool {
    match &entry.kind {
        EventKind::Set { from, to, .. } | EventKind::Status { from, to } => from == value || to == value,
        EventKind::Severity { from, to } => [from, to].into_iter().flatten().any(|level| level == value),
        EventKind::RoleTaken { person, .. } | EventKind::RoleLeft { person, .. } => person == value,
        EventKind::Handover { from, to, .. } | EventKind::HandoverOffered { from, to, .. } => {
            from == value || to == value
        }
        EventKind::Milestone(_) => {
            Moment::parse(value).is_some_and(|moment| minute(moment.at) == minute(entry.at.at))
        }
        _ => entry.text.contains(value),
    }
}

/// Texts of several lines are merged as text; where both sides changed the same lines, those of both stand.
fn lines(base: Option<&str>, one: &str, other: &str) -> String {
    let closed = |text: &str| if text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") };
    let base = base.map(closed);
    let (mut merged, _) = prose::merge(base.as_deref(), &closed(one), &closed(other), Conflicts::Joined);
    if !(one.ends_with('\n') || other.ends_with('\n')) {
        merged.pop();
    }
    merged
}

/// The base without what either side took out, and what both have added. A single value counts as a list of one.
fn list(base: Option<&Yaml>, one: &Yaml, other: &Yaml) -> Yaml {
    let base = base.map(items).unwrap_or_default();
    let (one_items, other_items) = (items(one), items(other));
    let [in_base, in_one, in_other] =
        [&base, &one_items, &other_items].map(|items| items.iter().collect::<HashSet<_>>());
    let kept = base.iter().filter(|item| in_one.contains(item) && in_other.contains(item));
    let mut merged: Vec<Yaml> = kept.cloned().collect();
    let both = one_items.iter().chain(&other_items);
    let mut added: Vec<Yaml> = both.filter(|item| !in_base.contains(item)).cloned().collect();
    added.sort_by_cached_key(shown);
    added.dedup();
    merged.extend(added);
    if merged == one_items {
        one.clone()
    } else if merged == other_items {
        other.clone()
    } else {
        Yaml::Sequence(merged)
    }
}

fn items(value: &Yaml) -> Vec<Yaml> {
    match value {
        Yaml::Sequence(items) => items.clone(),
        Yaml::Null => Vec::new(),
        single => vec![single.clone()],
    }
}
