//! What commits tell, and how it fits the entries of the file.

use super::*;

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
