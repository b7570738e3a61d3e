//! Checklists: what to do next and by whom, for each status, level, kind, product and role, and what has been ticked.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};

use super::act::Act;
use super::change::Change;
use super::event::{Entry, EventKind};
use super::incident::Incident;
use super::policy::Span;
use super::scope::Scope;
use super::text::{Text, folded};

/// Something to do, as the configuration states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What the timeline calls it, so that its words may change.
    pub id: String,
    pub text: Text,
    /// The role that does it, by its id; none is whoever is there.
    pub role: Option<String>,
    pub scope: Scope,
    /// Another team without which it cannot be done.
    pub with: Text,
    /// How soon it should be done, counted from when the incident asks for it.
    pub within: Option<Span>,
    /// How to do it, shown on request.
    pub hint: Text,
}

/// A step of an incident, and the entry that ticked it.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    pub step: &'a Step,
    pub ticked: Option<&'a Entry>,
    /// From when its time is counted: the incident came into a status that asks for it, or was declared.
    pub since: Option<DateTime<FixedOffset>>,
}

/// The steps that the incident asks for as it is now, in the order of the configuration.
pub fn checklist<'a>(steps: &'a [Step], incident: &Incident, entries: &'a [Entry]) -> Vec<Item<'a>> {
    let ticked = ticked(entries);
    let asked = steps.iter().filter(|step| step.scope.covers(incident));
    let item = |step: &'a Step| Item {
        step,
        ticked: ticked.get(step.id.as_str()).copied(),
        since: since(step, incident, entries),
    };
    asked.map(item).collect()
}

/// When the incident came from a status that does not ask for `step` into one that does and has been in such ones since.
fn since(step: &Step, incident: &Incident, entries: &[Entry]) -> Option<DateTime<FixedOffset>> {
    let asks = |status: &String| step.scope.statuses.is_empty() || step.scope.statuses.contains(status);
    let entered = |entry: &Entry| match &entry.kind {
        EventKind::Status { from, to } => !asks(from) && asks(to),
        _ => false,
    };
    let entered = entries.iter().filter(|entry| entered(entry)).map(|entry| entry.at.at).max();
    entered.or_else(|| incident.declared().map(|declared| declared.at))
}

/// The steps that are ticked, each with the entry that says so; what was recorded last stands.
pub fn ticked(entries: &[Entry]) -> BTreeMap<&str, &Entry> {
    let mut about: Vec<&Entry> =
        entries.iter().filter(|entry| matches!(entry.kind, EventKind::Step { .. })).collect();
    about.sort_by_key(|entry| entry.recorded_at());
    let mut ticked = BTreeMap::new();
    for entry in about {
        match &entry.kind {
            EventKind::Step { id, done: true } => ticked.insert(id.as_str(), entry),
            EventKind::Step { id, done: false } => ticked.remove(id.as_str()),
            _ => None,
        };
    }
    ticked
}

/// Ticks the step, or takes its tick back; `words` is the step's text in the language of the record. Nothing changes where
/// it is so already.
pub fn tick(entries: &[Entry], step: &Step, done: bool, words: &str, act: &Act<'_>) -> Change {
    if ticked(entries).contains_key(step.id.as_str()) == done {
        return Change::default();
    }
    let text = [words, act.text].join("\n");
    let kind = EventKind::Step { id: step.id.clone(), done };
    let entry = Act { text: text.trim(), ..*act }.entry(kind);
    Change { entries: vec![entry], ..Change::default() }
}

/// The step with this id, with this number in `items` from 1, or the only one whose words in any language begin like this
/// or, failing that, have this in them.
pub fn find<'a>(items: &[Item<'a>], word: &str) -> Option<&'a Step> {
    let by_id = items.iter().find(|item| item.step.id == word);
    let typed = folded(word);
    let number = typed.parse::<usize>().ok().and_then(|number| items.get(number.checked_sub(1)?));
    let only = |fits: fn(&str, &str) -> bool| {
        let fits = |item: &&Item<'_>| item.step.text.all().any(|text| fits(&folded(text), &typed));
        let mut fitting = items.iter().filter(fits);
        fitting.next().filter(|_| fitting.next().is_none() && !typed.is_empty())
    };
    let by_words =
        || only(|text, typed| text.starts_with(typed)).or_else(|| only(|text, typed| text.contains(typed)));
    by_id.or(number).or_else(by_words).map(|item| item.step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{act, incident, moment, told};

    fn step(id: &str, status: &str, role: &str) -> Step {
        Step {
            id: id.to_owned(),
            text: Text::plain(format!("Do {id}")),
            role: Some(role.to_owned()),
            scope: Scope { statuses: vec![status.to_owned()], ..Scope::default() },
            with: Text::default(),
            within: None,
            hint: Text::default(),
        }
    }

    fn ticking(id: &str, at: &str, recorded: &str, done: bool) -> Entry {
        let kind = EventKind::Step { id: id.to_owned(), done };
        Entry::new(moment(at), moment(recorded).at, "Alice", kind, "")
    }

    #[test]
    fn what_was_recorded_last_stands() {
        let entries = [
            ticking("lock", "03:00", "03:10", false),
            ticking("lock", "03:05", "03:05", true),
            ticking("call", "03:00", "03:00", true),
        ];
        assert_eq!(ticked(&entries).into_keys().collect::<Vec<_>>(), ["call"]);
        assert_eq!(ticked(&entries[1..]).into_keys().collect::<Vec<_>>(), ["call", "lock"]);
    }

    #[test]
    fn a_checklist_is_that_of_the_status() {
        let steps = [step("look", "triage", "commander"), step("watch", "monitoring", "commander")];
        let entries = [ticking("look", "03:00", "03:00", true)];
        let items = checklist(&steps, &incident(), &entries);
        assert_eq!(items.len(), 1);
        assert!(items[0].step.id == "look" && items[0].ticked.is_some());
    }

    #[test]
    fn time_is_counted_from_when_the_incident_came_to_ask_for_a_step() {
        let mut tell = step("tell", "fixing", "commander");
        tell.scope.statuses.push("monitoring".to_owned());
        let moved = |at: &str, from: &str, to: &str| {
            let kind = EventKind::Status { from: from.to_owned(), to: to.to_owned() };
            Entry::new(moment(at), moment(at).at, "Alice", kind, "")
        };
        let fixed = moved("03:00", "triage", "fixing");
        let watched = moved("03:20", "fixing", "monitoring");
        let back = [moved("03:30", "monitoring", "triage"), moved("03:40", "triage", "fixing")];
        for (entries, expected) in [
            (vec![], incident().declared().map(|declared| declared.at)),
            (vec![fixed.clone(), watched.clone()], Some(moment("03:00").at)),
            ([vec![fixed, watched], back.to_vec()].concat(), Some(moment("03:40").at)),
        ] {
            assert_eq!(since(&tell, &incident(), &entries), expected);
        }
    }

    #[test]
    fn a_step_is_ticked_once_with_its_words_and_ones_own() {
        let look = step("look", "triage", "commander");
        let change = tick(&[], &look, true, "Look at it", &act("03:00", "03:00", "it is down"));
        let kind = "Step { id: \"look\", done: true }";
        assert_eq!(told(&change), [format!("03:00 {kind} Alice: Look at it\nit is down")]);
        assert!(tick(&change.entries, &look, true, "Look at it", &act("03:01", "03:01", "")).is_empty());
        let back = tick(&change.entries, &look, false, "Look at it", &act("03:02", "03:02", ""));
        assert_eq!(told(&back), ["03:02 Step { id: \"look\", done: false } Alice: Look at it"]);
    }

    #[test]
    fn steps_are_named_by_id_number_or_words() {
        let steps = [step("look", "triage", "a"), step("lock", "triage", "a"), step("2nd", "triage", "a")];
        let incident = incident();
        let items = checklist(&steps, &incident, &[]);
        for (word, expected) in [
            ("lock", Some("lock")),
            ("1", Some("look")),
            ("3", Some("2nd")),
            ("３", Some("2nd")),
            ("do loc", Some("lock")),
            ("ＬＯＯ", Some("look")),
            ("lo", None),
            ("do", None),
            ("0", None),
            ("4", None),
            ("", None),
        ] {
            assert_eq!(find(&items, word).map(|step| step.id.as_str()), expected, "{word}");
        }
    }
}
