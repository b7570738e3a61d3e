//! `incident undo`: what it takes back, what it leaves alone, and when it says no.

use snapbox::str;

use crate::environment::{TestEnv, same};

/// Work as Bob from here on.
fn as_bob(env: &TestEnv) {
    env.set("GIT_AUTHOR_NAME", "Bob Baker");
    env.set("GIT_AUTHOR_EMAIL", "bob@example.org");
}

fn as_aoi(env: &TestEnv) {
    env.unset("GIT_AUTHOR_NAME");
    env.unset("GIT_AUTHOR_EMAIL");
}

#[track_caller]
fn is_sound(env: &TestEnv) {
    let ran = env.run(["check", "--lang=en"]);
    assert!(ran.stderr.ends_with(" checked: no errors, no warnings\n"), "{}{}", ran.stdout, ran.stderr);
    assert_eq!(ran.stdout, "");
}

#[test]
fn a_note_leaves_the_file_and_stays_in_the_history() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let before = env.incident_file();
    env.run(["note", "wrong incident"]).succeeds();
    env.run(["undo"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Took back 4gv3 Checkout fails: Note — wrong incident, recorded 02:56 ([COMMIT])
To bring it back: incident undo 4gv3 --redo

"#]]);
    assert_eq!(env.incident_file(), before);
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T02:57:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T02:57:12+09:00

20261120-4gv3: undo Note — wrong incident

Incident: 20261120-4gv3
Incident-Recorded: 2026-11-20T02:57:12+09:00
Incident-Undoes: [COMMIT]


M	incidents/2026/11/20261120-4gv3-checkout-fails.md

"#]],
    );
    env.run(["timeline"]).shows(str![[r#"
Fri 20 Nov
  02:55  Declared · Aoi Arita
         SEV1 (stated)

"#]]);
    env.run(["timeline", "--all"]).shows(str![[r#"
Fri 20 Nov
  02:55  Declared · Aoi Arita
         SEV1 (stated)
  02:56  Note · Aoi Arita · undone by Aoi Arita 02:57
         wrong incident

"#]]);
    is_sound(&env);
}

#[test]
fn in_japanese() {
    let env = TestEnv::japanese();
    env.declare("決済が全部エラーになる");
    env.run(["status", "対処中"]).succeeds();
    env.run(["undo"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ 取り消しました　4gv3 決済が全部エラーになる　確認中 → 対処中（02:56 の記録、[COMMIT]）
元に戻すとき: incident undo 4gv3 --redo

"#]]);
    env.run(["timeline", "--all"]).shows(str![[r#"
11/20(金)
  02:55  起票 · Aoi Arita
         SEV1（指定）
  02:56  確認中 → 対処中 · Aoi Arita · Aoi Aritaが取り消し 02:57

"#]]);
    env.run(["undo", "--redo"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ 元に戻しました　4gv3 決済が全部エラーになる　確認中 → 対処中（[COMMIT]）
もう一度取り消すとき: incident undo 4gv3

"#]]);
    env.run(["undo", "--redo"]).shows(str![[r#"
--- stderr
エラー: 4gv3 に、元に戻せる自分の取り消しはありません
--- exit 6

"#]]);
    as_bob(&env);
    env.run(["undo", "4gv3"]).shows(str![[r#"
--- stderr
エラー: 4gv3 に、取り消せる自分の変更はもうありません。最後の変更は Aoi Aritaさんの 確認中 → 対処中 です（02:56、[COMMIT]）
ヒント: incident undo 4gv3 --commit [COMMIT]
--- exit 6

"#]]);
    as_aoi(&env);
    env.run(["undo"]).succeeds();
    env.run(["undo"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ 記録しました　4gv3 決済が全部エラーになる　確認中 → 対象外 — 誤って起票した（[COMMIT]）
起票は消さずに、「インシデントではなかった」と記録しました。
元に戻すとき: incident undo 4gv3 --redo

"#]]);
    env.run(["undo"]).shows(str![[r#"
--- stderr
エラー: 4gv3 に、取り消せる自分の変更はもうありません
--- exit 6

"#]]);
    same(
        &env.git(["log", "-3", "--format=%s"]),
        str![[r#"
20261120-4gv3: 確認中 → 対象外 — 誤って起票した
20261120-4gv3: 取り消し: 確認中 → 対処中
20261120-4gv3: 取り消しを戻す: 確認中 → 対処中

"#]],
    );
    is_sound(&env);
}

#[test]
fn status_and_its_milestone_go_back() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let before = env.incident_file();
    env.run(["mitigate"]).succeeds();
    assert!(env.incident_file().contains("mitigated:"));
    env.run(["undo"]).succeeds();
    assert_eq!(env.incident_file(), before);
    is_sound(&env);
}

#[test]
fn each_kind_of_act_goes_back() {
    let acts: [&[&str]; 7] = [
        &["severity", "SEV2", "-m", "only a part"],
        &["assign", "commander", "me"],
        &["assign", "responder", "Bob"],
        &["set", "detected=02:51", "detected_by=monitoring"],
        &["set", "title=Checkout fails for all"],
        &["note", "one", "--kind", "tried", "--at=-20m"],
        &["postmortem"],
    ];
    for act in acts {
        let env = TestEnv::new();
        env.declare("Checkout fails");
        let before = env.git(["rev-parse", "HEAD^{tree}"]);
        env.run(act.iter().copied()).succeeds();
        assert_ne!(env.git(["rev-parse", "HEAD^{tree}"]), before, "{act:?}");
        env.run(["undo"]).succeeds();
        assert_eq!(env.git(["rev-parse", "HEAD^{tree}"]), before, "{act:?}");
        assert_eq!(env.status_porcelain(), "", "{act:?}");
        is_sound(&env);
    }
}

#[test]
fn a_handover_goes_back_to_whoever_had_the_role() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["assign", "commander", "Mio"]).succeeds();
    let before = env.incident_file();
    env.run([
        "handover",
        "Bob",
        "--role=commander",
        "--accepted",
        "--now=x",
        "--waiting=x",
        "--promised=x",
        "--do-not=x",
        "--undecided=x",
    ])
    .succeeds();
    env.run(["undo"]).succeeds();
    assert_eq!(env.incident_file(), before);
    is_sound(&env);
}

#[test]
fn later_changes_of_others_stay() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["note", "mistaken"]).succeeds();
    as_bob(&env);
    env.run(["status", "fixing"]).succeeds();
    env.run(["note", "kept"]).succeeds();
    as_aoi(&env);
    env.run(["undo"]).succeeds();
    let file = env.incident_file();
    assert!(!file.contains("mistaken"), "{file}");
    assert!(file.contains("kept") && file.contains("status: fixing"), "{file}");
    env.run(["timeline", "--all"]).shows(str![[r#"
Fri 20 Nov
  02:55  Declared · Aoi Arita
         SEV1 (stated)
  02:56  Note · Aoi Arita · undone by Aoi Arita 02:59
         mistaken
  02:57  Triage → Fixing · Bob Baker
  02:58  Note · Bob Baker
         kept

"#]]);
    is_sound(&env);
    env.run(["undo", "--redo"]).succeeds();
    assert!(env.incident_file().contains("mistaken"));
    is_sound(&env);
}

#[test]
fn what_was_changed_again_is_not_guessed() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["status", "fixing"]).succeeds();
    as_bob(&env);
    env.run(["note", "between"]).succeeds();
    env.run(["mitigate"]).succeeds();
    env.run(["note", "after"]).succeeds();
    as_aoi(&env);
    let before = env.state();
    env.run(["undo"]).shows(str![[r#"
--- stderr
error: “Triage → Fixing” cannot be taken back: Bob Baker changed the same at 02:58: Fixing → Monitoring ([COMMIT])
hint: incident edit 4gv3
--- exit 6

"#]]);
    assert_eq!(env.state(), before);
    // There and back again leaves the same value, and a record that speaks of it.
    as_bob(&env);
    env.run(["status", "fixing"]).succeeds();
    as_aoi(&env);
    assert_eq!(env.run(["undo"]).code, 6);
}

#[test]
fn nothing_of_yours() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    as_bob(&env);
    env.run(["undo", "4gv3"]).shows(str![[r#"
--- stderr
error: nothing of yours is left to take back in 4gv3; the last change is by Aoi Arita at 02:55: Declared — SEV1 (stated) ([COMMIT])
hint: incident undo 4gv3 --commit [COMMIT]
--- exit 6

"#]]);
    env.run(["undo", "--redo", "4gv3"]).shows(str![[r#"
--- stderr
error: you have taken nothing back in 4gv3
--- exit 6

"#]]);
    env.run(["undo", "4gv3", "--commit", "abcdef0"]).shows(str![[r#"
--- stderr
error: [COMMIT] is no commit of this incident
hint: git log incidents/2026/11/20261120-4gv3-checkout-fails.md
--- exit 3

"#]]);
}

#[test]
fn a_commit_can_be_named() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["note", "first"]).succeeds();
    let first = env.head();
    env.run(["note", "second"]).succeeds();
    as_bob(&env);
    env.run(["undo", "4gv3", "--commit", &first[..8]]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Took back 4gv3 Checkout fails: Note — first, recorded 02:56 ([COMMIT])
It was a change of Aoi Arita; let them know.
To bring it back: incident undo 4gv3 --redo

"#]]);
    let file = env.incident_file();
    assert!(!file.contains("first") && file.contains("second"), "{file}");
    env.run(["undo", "4gv3", "--commit", &first[..8]]).shows(str![[r#"
--- stderr
error: [COMMIT] was taken back already, by Bob Baker ([COMMIT])
--- exit 6

"#]]);
    is_sound(&env);
}

#[test]
fn a_declaration_is_declined() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let rehearsed = env.run(["undo", "--dry-run"]).succeeds();
    assert!(rehearsed.stderr.ends_with("Dry run: nothing was written.\n"), "{}", rehearsed.stderr);
    env.wait(-1);
    env.run(["undo"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Triage → Not an incident — declared by mistake ([COMMIT])
A declaration is not deleted: it is now on record as no incident.
To bring it back: incident undo 4gv3 --redo

"#]]);
    assert!(env.incident_file().contains("status: declined"));
    is_sound(&env);
    env.run(["undo"]).shows(str![[r#"
--- stderr
error: nothing of yours is left to take back in 4gv3
--- exit 6

"#]]);
    env.run(["undo", "--redo"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Brought back 4gv3 Checkout fails: Declared — SEV1 (stated) ([COMMIT])
To take it back again: incident undo 4gv3

"#]]);
    assert!(env.incident_file().contains("status: triage"));
    is_sound(&env);
}

#[test]
fn without_a_name_the_incident_that_you_changed_last() {
    let env = TestEnv::new();
    env.declare("One");
    env.declare("Two");
    let closed = env.path_of("one");
    env.run(["close", "-q", env.path_of("one").split('-').nth(1).unwrap()]).succeeds();
    assert!(env.read(&closed).contains("status: closed"));
    env.run(["undo"]).succeeds();
    assert!(env.read(&closed).contains("status: triage"));
}

#[test]
fn other_work_is_untouched() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.write("notes.md", "One\n");
    env.commit_by_hand("Begin");
    env.write("notes.md", "One\nstaged\n");
    env.git(["add", "notes.md"]);
    env.write("notes.md", "One\nstaged\nunsaved\n");
    env.write("new.txt", "untracked\n");
    env.run(["note", "mistaken"]).succeeds();
    let before = (env.status_porcelain(), env.git(["diff"]), env.git(["diff", "--cached"]));
    env.run(["undo"]).succeeds();
    assert_eq!((env.status_porcelain(), env.git(["diff"]), env.git(["diff", "--cached"])), before);
}

#[test]
fn an_unsaved_edit_is_kept_and_not_what_is_taken_back() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["note", "mistaken"]).succeeds();
    env.replace(&env.path_of(""), "## Impact\n", "## Impact\n\nNobody can pay.\n");
    env.run(["undo"]).shows(str![[r#"
20261120-4gv3
--- stderr
Your edit of incidents/2026/11/20261120-4gv3-checkout-fails.md was recorded first, as a commit of its own.
✔ Took back 4gv3 Checkout fails: Note — mistaken, recorded 02:56 ([COMMIT])
To bring it back: incident undo 4gv3 --redo

"#]]);
    let file = env.incident_file();
    assert!(file.contains("Nobody can pay.") && !file.contains("mistaken"), "{file}");
    // The edit is a commit of its own by now, and can be taken back like any other.
    env.run(["undo"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Took back 4gv3 Checkout fails: record a hand edit, recorded 02:57 ([COMMIT])
To bring it back: incident undo 4gv3 --redo

"#]]);
    assert!(!env.incident_file().contains("Nobody can pay."));
    is_sound(&env);
}

#[test]
fn a_review_that_somebody_wrote_in_stays() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["postmortem"]).succeeds();
    as_bob(&env);
    let review = env.path_of("").replace(".md", ".postmortem.md");
    let text = env.read(&review);
    env.write(&review, format!("{text}\nWhat Bob found.\n"));
    env.commit_by_hand("Write the review");
    as_aoi(&env);
    env.run(["undo"]).shows(str![[r#"
--- stderr
error: “Postmortem” cannot be taken back: Bob Baker changed the same at 02:57: Write the review ([COMMIT])
hint: incident edit 4gv3
--- exit 6

"#]]);
    assert!(env.read(&review).contains("What Bob found."));
}

#[test]
fn an_act_on_two_incidents_goes_back_in_both() {
    let env = TestEnv::new();
    let [one, _] = ["One", "Two"].map(|title| env.declare(title));
    let paths = [env.path_of("one"), env.path_of("two")];
    let before = paths.each_ref().map(|path| env.read(path));
    for path in &paths {
        env.replace(path, "mode: real", "mode: drill");
    }
    env.git(["add", "--all"]);
    let message = format!("{one}: both\n\nIncident: {one}\nIncident-Recorded: 2026-11-20T03:00:00+09:00\n");
    env.git(["commit", "--quiet", "-m", &message]);
    env.run(["undo", &one]).succeeds();
    assert_eq!(paths.each_ref().map(|path| env.read(path)), before);
    is_sound(&env);
}

#[test]
fn after_a_merge_from_another_clone() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.git(["checkout", "--quiet", "-b", "other"]);
    as_bob(&env);
    env.run(["assign", "commander", "Bob"]).succeeds();
    env.git(["checkout", "--quiet", "main"]);
    as_aoi(&env);
    env.run(["set", "detected=02:51"]).succeeds();
    let merged =
        env.program("git", &env.store).args(["merge", "--quiet", "--no-edit", "-Xours", "other"]).output();
    assert!(merged.unwrap().status.success());
    env.wait(1);
    env.run(["undo"]).succeeds();
    let file = env.incident_file();
    assert!(!file.contains("detected:"), "{file}");
}

#[test]
fn on_a_branch_that_is_not_checked_out() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.git(["checkout", "--quiet", "-b", "feature"]);
    env.run(["note", "mistaken"]).succeeds();
    let before = env.state();
    env.run(["undo"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Took back 4gv3 Checkout fails: Note — mistaken, recorded 02:56 ([COMMIT])
To bring it back: incident undo 4gv3 --redo
On branch main; the files you have checked out are untouched.

"#]]);
    assert_eq!(env.git(["log", "-1", "--format=%s", "main"]), "20261120-4gv3: undo Note — mistaken\n");
    assert_eq!(env.status_porcelain(), "");
    assert_ne!(env.state(), before);
    env.run(["timeline", "--all"]).succeeds();
}

#[test]
fn a_dry_run_shows_the_change_and_does_nothing() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["note", "mistaken"]).succeeds();
    let before = env.state();
    env.run(["undo", "--dry-run"]).shows(str![[r#"
20261120-4gv3
--- stderr
--- a/incidents/2026/11/20261120-4gv3-checkout-fails.md
+++ b/incidents/2026/11/20261120-4gv3-checkout-fails.md
@@ -33,6 +33,5 @@
 ## Timeline <!-- incident:timeline +09:00 -->
 
 - 2026-11-20 02:55 · Declared · Aoi Arita — SEV1 (stated)
-- 2026-11-20 02:56 · Note · Aoi Arita — mistaken
 
 ## Links <!-- incident:links -->
Commit message:
20261120-4gv3: undo Note — mistaken

Incident: 20261120-4gv3
Incident-Recorded: 2026-11-20T02:57:12+09:00
Incident-Undoes: [COMMIT]
Dry run: nothing was written.

"#]]);
    assert_eq!(env.state(), before);
}

#[test]
fn as_json() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["status", "fixing"]).succeeds();
    let undone = env.head();
    let json = env.run(["undo", "--json"]).json();
    assert_eq!(json["kind"], "incident.change");
    assert_eq!(json["incident"]["status"], "triage");
    assert_eq!(json["commit"], env.head());
    let events = env.run(["timeline", "--all", "--json"]).json();
    assert_eq!(events["events"][1]["commit"], undone);
    assert_eq!(events["events"][1]["undone"]["by"], "Aoi Arita");
    assert_eq!(events["events"][1]["undone"]["commit"], env.head());
    assert_eq!(events["events"][0]["undone"], serde_json::Value::Null);
}

#[test]
fn what_a_shallow_clone_does_not_hold_is_not_taken_back() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let url = format!("file://{}", env.store.display());
    env.git_in(&env.home(), ["clone", "--quiet", "--depth", "1", &url, "shallow"]);
    let shallow = env.home().join("shallow");
    let refused = env.run_in(&shallow, ["undo"]);
    assert_eq!(refused.code, 6, "{}", refused.stderr);
    assert!(refused.stderr.contains("git fetch --unshallow"), "{}", refused.stderr);
}

#[test]
fn a_duplicate_goes_back_in_both_whichever_is_named() {
    for (option, by_original) in
        [("--duplicate-of", false), ("--duplicate-of", true), ("--merge-into", false), ("--merge-into", true)]
    {
        let env = TestEnv::new();
        let [original, same] = ["One", "Two"].map(|title| env.declare(title));
        let paths = [env.path_of("one"), env.path_of("two")];
        let before = paths.each_ref().map(|path| env.read(path));
        env.run(["decline", &same, option, &original]).succeeds();
        env.run(["undo", if by_original { &original } else { &same }]).succeeds();
        assert_eq!(paths.each_ref().map(|path| env.read(path)), before, "{option} {by_original}");
        is_sound(&env);
    }
}

#[test]
fn a_squash_of_several_records_is_not_taken_back_as_one() {
    for squash in [true, false] {
        let env = TestEnv::new();
        env.declare("Checkout fails");
        let begin = env.head();
        env.set("GIT_AUTHOR_NAME", "Ben");
        env.set("GIT_AUTHOR_EMAIL", "ben@example.org");
        env.run(["note", "Ben saw smoke"]).succeeds();
        env.unset("GIT_AUTHOR_NAME");
        env.unset("GIT_AUTHOR_EMAIL");
        env.run(["note", "mine"]).succeeds();
        let tip = env.head();
        let messages = env.git(["log", "--reverse", "--format=* %s%n%n%b", &format!("{begin}..")]);
        env.git(["reset", "--quiet", "--hard", &begin]);
        env.git(["merge", "--quiet", "--squash", &tip]);
        if squash {
            env.git(["commit", "--quiet", "--no-edit"]);
        } else {
            env.git(["commit", "--quiet", "-m", &format!("Both (#1)\n\n{messages}")]);
        }
        let before = env.state();
        env.run(["undo"]).shows(str![[r#"
--- stderr
error: [COMMIT] holds 2 records, maybe of several people: all of them would be taken back
hint: git revert [COMMIT]
--- exit 6

"#]]);
        assert_eq!(env.state(), before);
    }
}
