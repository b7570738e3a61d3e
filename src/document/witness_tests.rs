//! What commits of the tool, of people and of merges tell, and how it fits the file.

use chrono::TimeDelta;

use super::*;
use crate::document::entry::format_entry;
use crate::document::parse::parse;
use crate::document::samples::{at, offset};
use crate::document::trailers::trailers;
use crate::document::vocabulary::Named;
use crate::document::vocabulary::tests::vocabulary;
use crate::domain::event::{EventKind, NoteKind};
use crate::domain::moment::Moment;

const PATH: &str = "incidents/20261120-k7qm.md";

const FILE: &str = "\
---
id: 20261120-k7qm
title: Checkout fails
severity: SEV1
status: triage
times:
  declared: 2026-11-20T02:55:12+09:00
---

## Timeline <!-- incident:timeline +09:00 -->

";

/// A file and the commits that led to it, a minute apart from 03:00:20 on, named c1, c2 …
struct History {
    versions: Vec<Version>,
    text: String,
    vocabulary: Vocabulary,
}

impl History {
    fn new() -> Self {
        let mut history = Self { versions: Vec::new(), text: FILE.to_owned(), vocabulary: vocabulary(false) };
        history.commit("Add a file", Vec::new(), Some(FILE.to_owned()));
        history
    }

    fn now(&self) -> DateTime<FixedOffset> {
        let minutes = i64::try_from(self.versions.len()).unwrap();
        at("2026-11-20T03:00:20+09:00") + TimeDelta::minutes(minutes)
    }

    fn commit(&mut self, message: &str, before: Vec<String>, after: Option<String>) -> &mut Self {
        self.versions.push(Version {
            commit: format!("c{}", self.versions.len() + 1),
            author: "Mio".to_owned(),
            author_time: self.now(),
            committer_time: self.now(),
            message: message.to_owned(),
            before,
            after: after.clone(),
        });
        self.text = after.unwrap_or_default();
        self
    }

    /// The tool records that this was noted at `time`, such as `02:57:30`.
    fn note(&mut self, time: &str, text: &str) -> &mut Self {
        let entry = note(time, self.now(), text);
        self.record(&entry)
    }

    fn record(&mut self, entry: &Entry) -> &mut Self {
        let after = format!("{}{}\n", self.text, format_entry(entry, offset(9), &self.vocabulary));
        let message = message(std::slice::from_ref(entry), self.now());
        self.commit(&message, vec![self.text.clone()], Some(after))
    }

    /// Somebody replaces `old` with `new` in an editor.
    fn edit(&mut self, old: &str, new: &str) -> &mut Self {
        assert!(self.text.contains(old), "{old} is not in:\n{}", self.text);
        self.commit("Update file", vec![self.text.clone()], Some(self.text.replacen(old, new, 1)))
    }

    /// Somebody adds lines at the end.
    fn append(&mut self, lines: &str) -> &mut Self {
        let text = self.text.clone();
        self.commit("Update file", vec![text.clone()], Some(format!("{text}{lines}\n")))
    }

    fn joined(&self) -> Joined {
        let file = parse(PATH, self.text.as_bytes(), &self.vocabulary).expect("a valid file");
        join(PATH, &file, &self.versions, &self.vocabulary)
    }

    #[track_caller]
    fn check(&self, expected: &[&str]) {
        assert_eq!(shown(&self.joined().items), expected);
    }

    /// `NOTE lost from COMMIT in COMMIT by AUTHOR`
    #[track_caller]
    fn check_contradictions(&self, expected: &[&str]) {
        let shown = |Contradiction::Altered { entry, commit, by }: &Contradiction| {
            let by = by.as_ref().map(|(by, author)| format!(" in {by} by {author}"));
            format!("{} lost from {commit}{}", entry.text, by.unwrap_or_default())
        };
        let found: Vec<String> = self.joined().contradictions.iter().map(shown).collect();
        assert_eq!(found, expected);
    }

    #[track_caller]
    fn check_history(&self, expected: &[&str]) {
        let events = from_history(PATH, &self.versions, &self.vocabulary);
        let items: Vec<Item> = events.into_iter().map(Item::Event).collect();
        assert_eq!(shown(&items), expected);
    }
}

fn note(time: &str, recorded: DateTime<FixedOffset>, text: &str) -> Entry {
    let at = Moment::exact(at(&format!("2026-11-20T{time}+09:00")));
    Entry::new(at, recorded, "Alice", EventKind::Note(NoteKind::Note), text)
}

fn message(entries: &[Entry], recorded: DateTime<FixedOffset>) -> String {
    let id = "20261120-k7qm".parse().unwrap();
    format!("20261120-k7qm: something\n\n{}", trailers(&id, entries, recorded, None))
}

/// `HH:MM:SS words, SOURCE COMMIT recorded HH:MM:SS`
fn shown(items: &[Item]) -> Vec<String> {
    items
        .iter()
        .map(|item| match item {
            Item::Unread { text, line } => format!("? {text} ({line})"),
            Item::Event(event) => {
                let words = match &event.entry.kind {
                    EventKind::Note(_) => event.entry.text.clone(),
                    EventKind::Status { from, to } => format!("{from} → {to}"),
                    EventKind::Severity { from, to } => {
                        format!("{} → {}", from.clone().unwrap_or_default(), to.clone().unwrap_or_default())
                    }
                    other => format!("{other:?}"),
                };
                let commit = event.commit.as_ref().map(|commit| format!(" {commit}")).unwrap_or_default();
                let recorded = event.recorded().map(|at| at.format(" recorded %H:%M:%S").to_string());
                let undone = if event.undone.is_some() { " undone" } else { "" };
                format!(
                    "{} {words}, {}{commit}{}{undone}",
                    event.entry.at.at.format("%H:%M:%S"),
                    event.source.token(),
                    recorded.unwrap_or_default()
                )
            }
        })
        .collect()
}

#[test]
fn the_tools_commits_tell_to_the_second() {
    let mut history = History::new();
    history.note("03:01:20", "one").note("02:40:59", "two");
    let expected = ["02:40:59 two, tool c3 recorded 03:02:20", "03:01:20 one, tool c2 recorded 03:01:20"];
    history.check(&expected);
    history.check_contradictions(&[]);
    history.check_history(&[expected[1], expected[0]]);
}

#[test]
fn no_version_is_read_where_trailers_tell() {
    let mut history = History::new();
    history.note("03:01:20", "one").note("03:02:20", "two").note("03:03:20", "three");
    let mut readings = Readings::new(PATH, &history.vocabulary);
    assert_eq!(tell(&history.versions[1..], &mut readings).len(), 3);
    assert_eq!(readings.count(), 0);
    history.append("- 2026-11-20 03:04 · Note · Mio — by hand").edit("triage", "fixing");
    let mut readings = Readings::new(PATH, &history.vocabulary);
    assert_eq!(tell(&history.versions, &mut readings).len(), 5);
    assert_eq!(readings.count(), 4, "the file that was added, and three around two edits");
}

#[test]
fn a_text_is_read_once_however_much_was_lost() {
    let mut history = History::new();
    for text in ["one", "two", "three"] {
        history.note("03:01:20", text);
    }
    history.edit(" — one", " — 1").edit(" — two", " — 2").edit(" — three", " — 3");
    history.check_contradictions(&[
        "one lost from c2 in c5 by Mio",
        "two lost from c3 in c6 by Mio",
        "three lost from c4 in c7 by Mio",
    ]);
    let mut readings = Readings::new(PATH, &history.vocabulary);
    for told in tell(&history.versions, &mut readings) {
        altered(&told.event, &history.versions, &mut readings);
    }
    assert_eq!(readings.count(), history.versions.len());
}

#[test]
fn what_people_commit_is_read_from_the_difference() {
    let mut history = History::new();
    history
        .append("- 2026-11-20 02:58 · Note · Mio — typed")
        .edit("status: triage", "status: fixing")
        .edit("severity: SEV1", "severity: SEV2")
        .edit("title: Checkout fails", "title: Search fails");
    history.check(&[
        "02:58:00 typed, hand c2 recorded 03:01:20",
        "03:02:20 triage → fixing, hand c3 recorded 03:02:20",
        "03:03:20 SEV1 → SEV2, hand c4 recorded 03:03:20",
        "03:04:20 Set { key: \"title\", from: \"Checkout fails\", to: \"Search fails\" }, hand c5 recorded 03:04:20",
    ]);
}

#[test]
fn a_move_with_its_entry_is_told_once() {
    let mut history = History::new();
    let text = history.text.replace("triage", "fixing");
    let after = format!("{text}- 2026-11-20 02:58 · Triage → Fixing · Mio\n");
    history.commit("Fixing", vec![history.text.clone()], Some(after));
    history.check(&["02:58:00 triage → fixing, hand c2 recorded 03:01:20"]);
}

#[test]
fn equal_times_keep_the_order_of_the_commits() {
    let mut history = History::new();
    history.note("03:01:20", "before").edit("triage", "fixing");
    history.versions[2].author_time = at("2026-11-20T03:01:50+09:00");
    history.note("03:01:40", "after");
    history.check(&[
        "03:01:20 before, tool c2 recorded 03:01:20",
        "03:01:50 triage → fixing, hand c3 recorded 03:02:20",
        "03:01:40 after, tool c4 recorded 03:03:20",
    ]);
}

#[test]
fn a_recorded_entry_that_was_changed_or_removed_is_a_contradiction() {
    let mut reworded = History::new();
    reworded.note("03:01:20", "one").edit(" — one", " — won");
    reworded.check(&["03:01:00 won, hand c3 recorded 03:02:20"]);
    reworded.check_contradictions(&["one lost from c2 in c3 by Mio"]);

    let mut removed = History::new();
    removed
        .note("03:01:20", "one")
        .note("03:02:20", "two")
        .edit("- 2026-11-20 03:01 · Note · Alice — one\n", "");
    removed.check(&["03:02:20 two, tool c3 recorded 03:02:20"]);
    removed.check_contradictions(&["one lost from c2 in c4 by Mio"]);

    let mut moved = History::new();
    moved.note("03:01:20", "one").edit("03:01 · Note", "03:11 · Note");
    moved.check_contradictions(&["one lost from c2 in c3 by Mio"]);

    // Not yet committed: nobody is to blame.
    let mut unsaved = History::new();
    unsaved.note("03:01:20", "one");
    unsaved.text = unsaved.text.replace("one", "won");
    unsaved.check(&["03:01:00 won, file"]);
    unsaved.check_contradictions(&["one lost from c2"]);
}

#[test]
fn the_same_entry_twice_is_two_facts() {
    let mut history = History::new();
    history.note("03:01:20", "again").note("03:01:40", "again");
    // Written down within a minute of each other, they are the same line.
    history.versions[2].message = message(
        &[note("03:01:40", at("2026-11-20T03:01:40+09:00"), "again")],
        at("2026-11-20T03:01:40+09:00"),
    );
    let line = "- 2026-11-20 03:01 · Note · Alice — again\n";
    history.text = format!("{FILE}{line}{line}");
    history
        .check(&["03:01:20 again, tool c2 recorded 03:01:20", "03:01:40 again, tool c3 recorded 03:01:40"]);
    history.text = format!("{FILE}{line}{line}{line}");
    assert_eq!(shown(&history.joined().items)[2], "03:01:00 again, file");
    history.text = format!("{FILE}{line}");
    history.check_contradictions(&["again lost from c3"]);
}

#[test]
fn lines_that_are_no_entries_stay_behind_what_they_follow() {
    let mut history = History::new();
    history
        .append("- first of all")
        .note("03:05:20", "late")
        .append("- about that")
        .note("02:40:20", "early");
    history.check(&[
        "? - first of all (12)",
        "02:40:20 early, tool c5 recorded 03:04:20",
        "03:05:20 late, tool c3 recorded 03:02:20",
        "? - about that (14)",
    ]);
}

#[test]
fn times_match_in_the_offset_of_the_section() {
    let mut history = History::new();
    history.edit("+09:00 -->", "+00:00 -->");
    let entry = note("03:01:20", at("2026-11-20T03:01:20+09:00"), "abroad");
    let line = format_entry(&entry, offset(0), &history.vocabulary);
    assert!(line.contains("2026-11-19 18:01"), "{line}");
    let after = format!("{}{line}\n", history.text);
    history.commit(
        &message(&[entry], at("2026-11-20T03:01:20+09:00")),
        vec![history.text.clone()],
        Some(after),
    );
    history.check(&["03:01:20 abroad, tool c3 recorded 03:01:20"]);
    history.check_contradictions(&[]);
}

#[test]
fn a_merge_tells_only_what_no_parent_has() {
    let mut history = History::new();
    history.note("03:01:20", "ours");
    let ours = history.text.clone();
    history.text = FILE.to_owned();
    history.note("03:02:20", "theirs");
    let theirs = history.text.clone();
    let merged = format!("{ours}{}", theirs.strip_prefix(FILE).unwrap());
    history.commit("Merge branch 'x'", vec![ours.clone(), theirs.clone()], Some(merged));
    history
        .check(&["03:01:20 ours, tool c2 recorded 03:01:20", "03:02:20 theirs, tool c3 recorded 03:02:20"]);
    history.check_contradictions(&[]);
    // One that takes a side loses what the other side had.
    history.commit("Merge branch 'y'", vec![ours.clone(), theirs], Some(ours));
    history.check_contradictions(&["theirs lost from c3 in c5 by Mio"]);
}

#[test]
fn a_commit_picked_onto_another_branch_tells_nothing_new() {
    let mut history = History::new();
    history.note("03:01:20", "one");
    let picked = Version { commit: "c3".to_owned(), ..history.versions[1].clone() };
    history.versions.push(picked);
    history.check(&["03:01:20 one, tool c2 recorded 03:01:20"]);
    history.check_contradictions(&[]);
}

#[test]
fn a_squash_keeps_its_witnesses() {
    let mut history = History::new();
    history.note("03:01:20", "one").note("02:40:40", "two").append("- 2026-11-20 02:41 · Note · Mio — typed");
    let [first, second] = [1, 2].map(|index| history.versions[index].message.clone());
    let tail = "Co-authored-by: Mio <mio@example.org>";
    let squashed = format!("Outage (#7)\n\n* {first}\n* {second}\n* Update file\n\n{tail}\n");
    let indented = squashed.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n");
    for message in [squashed, indented] {
        let mut squash = History::new();
        squash.commit(&message, vec![FILE.to_owned()], Some(history.text.clone()));
        squash.check(&[
            "02:40:40 two, tool c2 recorded 03:02:20",
            "02:41:00 typed, hand c2 recorded 03:01:20",
            "03:01:20 one, tool c2 recorded 03:01:20",
        ]);
        squash.check_contradictions(&[]);
    }
    let mut bare = History::new();
    bare.commit("Squashed", vec![FILE.to_owned()], Some(history.text.clone()));
    bare.check(&[
        "02:40:00 two, hand c2 recorded 03:01:20",
        "02:41:00 typed, hand c2 recorded 03:01:20",
        "03:01:00 one, hand c2 recorded 03:01:20",
    ]);
}

#[test]
fn what_a_squash_took_back_within_itself_never_was() {
    let mut history = History::new();
    history.note("03:01:20", "one").note("03:02:20", "mistaken");
    let [first, second] = [1, 2].map(|index| history.versions[index].message.clone());
    let kept = history.versions[1].after.clone();
    let mut squash = History::new();
    squash.commit(&format!("{first}\n{second}"), vec![FILE.to_owned()], kept);
    squash.check(&["03:01:20 one, tool c2 recorded 03:01:20"]);
    squash.check_contradictions(&[]);
}

#[test]
fn what_was_undone_has_left_by_right() {
    let mut history = History::new();
    history.note("03:01:20", "one");
    let id = "20261120-k7qm".parse().unwrap();
    let undo = format!("Undo\n\n{}Incident-Undoes: c2\n", trailers(&id, &[], history.now(), None));
    history.commit(&undo, vec![history.text.clone()], Some(FILE.to_owned()));
    history.check(&["03:01:20 one, tool c2 recorded 03:01:20 undone"]);
    history.check_contradictions(&[]);

    let redo = undo.replace("Undoes: c2", "Undoes: c3");
    let with_note = history.versions[1].after.clone();
    history.commit(&redo, vec![FILE.to_owned()], with_note);
    history.check(&["03:01:20 one, tool c2 recorded 03:01:20"]);
    history.check_contradictions(&[]);
}

#[test]
fn a_rebased_undo_is_known_by_what_it_took_out() {
    let mut history = History::new();
    history.note("03:01:20", "one");
    let id = "20261120-k7qm".parse().unwrap();
    let undo = format!("Undo\n\n{}Incident-Undoes: 0ld\n", trailers(&id, &[], history.now(), None));
    history.commit(&undo, vec![history.text.clone()], Some(FILE.to_owned()));
    history.check(&["03:01:20 one, tool c2 recorded 03:01:20 undone"]);
    history.check_contradictions(&[]);
}

#[test]
fn a_file_that_was_removed_and_came_back() {
    let mut history = History::new();
    history.note("03:01:20", "one");
    let text = history.text.clone();
    history.commit("Remove", vec![text.clone()], None).commit("Restore", Vec::new(), Some(text.clone()));
    history.check(&["03:01:20 one, tool c2 recorded 03:01:20"]);
    history.check_contradictions(&[]);
    // It came back without the entry: the commit that removed it took the entry out.
    let mut emptied = History::new();
    emptied.note("03:01:20", "one");
    emptied.commit("Remove", vec![text], None).commit("Anew", Vec::new(), Some(FILE.to_owned()));
    emptied.check_contradictions(&["one lost from c2 in c3 by Mio"]);
}

#[test]
fn versions_that_do_not_parse_tell_nothing() {
    let mut history = History::new();
    history.edit("id: 20261120-k7qm", "id: [").edit("id: [", "id: 20261120-k7qm");
    history.append("- 2026-11-20 03:01 · Note · Mio — typed");
    history.check(&["03:01:00 typed, hand c4 recorded 03:03:20"]);
}

#[test]
fn a_shallow_history_only_lacks_witnesses() {
    let mut history = History::new();
    history.note("03:01:20", "one").note("03:02:20", "two");
    history.versions.drain(..2);
    history.check(&["03:01:00 one, file", "03:02:20 two, tool c3 recorded 03:02:20"]);
    history.versions.clear();
    history.check(&["03:01:00 one, file", "03:02:00 two, file"]);
    history.check_contradictions(&[]);
}

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
