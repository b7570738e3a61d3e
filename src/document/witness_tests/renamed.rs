//! Facts whose people, statuses and levels have got other names since.

use super::*;

/// The tool recorded `then`; the configuration calls it `now` since, and the file's line reads so.
#[track_caller]
fn check_renamed(then: EventKind, rename: impl Fn(&mut Vocabulary), matches: bool) {
    let mut history = History::new();
    let recorded = history.now();
    let entry = Entry::new(Moment::exact(recorded), recorded, "Alice", then, "");
    history.record(&entry);
    rename(&mut history.vocabulary);
    let joined = history.joined();
    let source = joined.items[0].event().expect("an event").source;
    assert_eq!((source == Source::Tool, joined.contradictions.is_empty()), (matches, matches), "{entry:?}");
}

#[test]
fn names_given_anew_are_still_the_same_facts() {
    let rename = |named: &mut Vec<Named>, old: &str, new: &str| {
        let one = named.iter_mut().find(|one| one.id == old).expect("an id");
        one.id = new.to_owned();
        one.names = vec![new.to_uppercase()];
    };
    let fixing = || EventKind::Status { from: "triage".into(), to: "fixing".into() };
    check_renamed(fixing(), |v| rename(&mut v.statuses, "fixing", "mending"), true);
    let level = EventKind::Severity { from: None, to: Some("SEV2".into()) };
    check_renamed(level, |v| rename(&mut v.levels, "SEV2", "P2"), true);
    let taken = EventKind::RoleTaken { role: "commander".into(), person: "alice".into() };
    check_renamed(taken, |v| rename(&mut v.roles, "commander", "lead"), true);
    let passed = || EventKind::Handover { role: "commander".into(), from: "a".into(), to: "b".into() };
    check_renamed(passed(), |v| v.people.push(Named { id: "bob".into(), names: vec!["b".into()] }), true);
    // A rename must not hide that the line says something else.
    check_renamed(fixing(), |v| rename(&mut v.statuses, "closed", "done"), true);
    let mut history = History::new();
    let recorded = history.now();
    history.record(&Entry::new(Moment::exact(recorded), recorded, "Alice", fixing(), ""));
    history.edit("Triage → Fixing", "Triage → Monitoring");
    assert_eq!(history.joined().contradictions.len(), 1);
}

#[test]
fn a_line_takes_its_own_witness_before_one_of_another_name() {
    let mut history = History::new();
    let recorded = history.now();
    let status = |to: &str| {
        let kind = EventKind::Status { from: "triage".into(), to: to.into() };
        Entry::new(Moment::exact(recorded), recorded, "Alice", kind, "")
    };
    history.record(&status("gone")).record(&status("fixing"));
    history.versions[2].message = message(&[status("fixing")], recorded);
    let (gone, fixing) = ("Triage → gone", "Triage → Fixing");
    history.text = history.text.replace(gone, "x").replace(fixing, gone).replace('x', fixing);
    history.check(&[
        "03:01:20 triage → fixing, tool c3 recorded 03:01:20",
        "03:01:20 triage → gone, tool c2 recorded 03:01:20",
    ]);
}
