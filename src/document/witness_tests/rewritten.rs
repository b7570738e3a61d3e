//! Histories that are not a line: merges, squashes, undone commits, removed files, shallow clones.

use super::*;

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
