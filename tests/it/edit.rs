//! `incident edit`: a copy in an editor, checked, merged, and never lost.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use snapbox::str;

use crate::environment::{Ran, TestEnv, same};
use crate::pty::Terminal;

/// The file with `old` replaced, handed in as a script would.
#[track_caller]
fn edit_from(env: &TestEnv, old: &str, new: &str) -> Ran {
    let text = env.incident_file();
    assert!(text.contains(old), "{text}");
    env.run_with_input(["edit", "--from", "-"], &text.replacen(old, new, 1))
}

/// Makes an editor of a shell script, whose `$1` is the copy.
fn editor(env: &TestEnv, script: &str) {
    let path = env.home().join("editor.sh");
    fs::write(&path, format!("#!/bin/sh\nexec 2>&1\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    env.set("EDITOR", path.to_str().unwrap());
}

/// Runs `incident edit` on a terminal: what is seen, and the exit code.
#[track_caller]
fn on_terminal(env: &TestEnv, args: &[&str]) -> (String, i32) {
    let command = env.incident(args.iter().copied());
    let finished = Terminal::spawn(&command, 120).finish();
    let home = env.home().display().to_string();
    let shown = finished.screen.join("\n").replace(&home, "[HOME]");
    (format!("{}\n", shown.trim_end()), finished.code)
}

fn copies(env: &TestEnv) -> Vec<String> {
    let entries = fs::read_dir(env.store.join(".git/incident")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name.starts_with("edit-")).collect();
    names.sort();
    names
}

#[test]
fn a_text_from_a_script() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    edit_from(&env, "status: triage", "status: fixing").shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded your edit of 4gv3 Checkout fails: Triage → Fixing · 2 lines differ ([COMMIT])

"#]]);
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T02:56:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T02:56:12+09:00

20261120-4gv3: record a hand edit

Incident: 20261120-4gv3
Incident-Recorded: 2026-11-20T02:56:12+09:00


M	incidents/2026/11/20261120-4gv3-checkout-fails.md

"#]],
    );
    assert_eq!(env.status_porcelain(), "");
    env.run(["check"]).succeeds();
    edit_from(&env, "# Checkout", "# Checkout").shows(str![[r#"
20261120-4gv3
--- stderr
Nothing changed: it is so already.

"#]]);
    edit_from(&env, "id: 20261120", "id: 20261121").shows(str![[r#"
--- stderr
error: -:3:1: the id must stay 20261120-4gv3
--- exit 5

"#]]);
    edit_from(&env, "status: fixing", "status: [").shows(str![[r#"
--- stderr
error: -:10:1: this is not valid YAML: invalid indentation
--- exit 5

"#]]);
    env.run_with_input(["edit", "--from", "-"], " \n").shows(str![[r#"
--- stderr
error: the edited file was empty; nothing was recorded
--- exit 6

"#]]);
    env.run(["edit"]).shows(str![[r#"
--- stderr
error: there is no terminal to open an editor on
hint: incident edit 4gv3 --from FILE
hint: or edit it by hand, and the next command takes it in: incidents/2026/11/20261120-4gv3-checkout-fails.md
--- exit 2

"#]]);
    env.run(["edit", "--resume"]).shows(str![[r#"
--- stderr
error: no copy of 4gv3 was kept
hint: incident edit 4gv3
--- exit 3

"#]]);
    env.run(["edit", "--postmortem", "--from=x"]).shows(str![[r#"
--- stderr
error: there is no incidents/2026/11/20261120-4gv3-checkout-fails.postmortem.md yet
hint: incident postmortem 4gv3
--- exit 3

"#]]);
    assert_eq!(copies(&env), [""; 0]);
}

#[test]
fn in_japanese() {
    let env = TestEnv::japanese();
    env.declare("決済が全部エラーになる");
    edit_from(&env, "status: triage", "status: fixing").shows(str![[r#"
20261120-4gv3
--- stderr
✔ 編集を記録しました　4gv3 決済が全部エラーになる　確認中 → 対処中 · 2行の違い（[COMMIT]）

"#]]);
    edit_from(&env, "id: 20261120", "id: 20261121").shows(str![[r#"
--- stderr
エラー: -:3:1: id は 20261120-4gv3 のままにしてください
--- exit 5

"#]]);
    env.run(["edit"]).shows(str![[r#"
--- stderr
エラー: 端末がないので、エディターを開けません
ヒント: incident edit 4gv3 --from FILE
ヒント: ファイルをそのまま編集してもかまいません。次のコマンドが取り込みます: incidents/2026/11/20261120-4gv3-決済が全部エラーになる.md
--- exit 2

"#]]);
    env.run(["edit", "--discard"]).shows(str![[r#"
--- stderr
エラー: 4gv3 の写しは残っていません
ヒント: incident edit 4gv3
--- exit 3

"#]]);
}

#[test]
fn entries_that_the_tool_recorded_are_kept() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["note", "one"]).succeeds();
    edit_from(&env, "Aoi Arita — one", "Aoi Arita — won").shows(str![[r#"
20261120-4gv3
--- stderr
1 recorded entry that the edit would have dropped was kept.
✔ Recorded your edit of 4gv3 Checkout fails: 1 line differs ([COMMIT])

"#]]);
    let file = env.incident_file();
    assert!(file.contains("— one\n") && file.contains("— won\n"), "{file}");
    env.run(["check"]).succeeds();
}

#[test]
fn line_ends_and_marks_of_the_editor_are_no_change() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let before = env.incident_file();
    let typed =
        format!("\u{feff}{}", before.replace("## Impact\n", "## Impact\n\nAll.\n").replace('\n', "\r\n"));
    env.run_with_input(["edit", "--from", "-"], &typed).succeeds();
    assert_eq!(env.incident_file(), before.replace("## Impact\n", "## Impact\n\nAll.\n"));
}

#[test]
fn an_unsaved_edit_is_recorded_first() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.replace(&env.path_of(""), "## Impact\n", "## Impact\n\nNobody can pay.\n");
    edit_from(&env, "mode: real", "mode: drill").shows(str![[r#"
20261120-4gv3
--- stderr
Your edit of incidents/2026/11/20261120-4gv3-checkout-fails.md was recorded first, as a commit of its own.
✔ Recorded your edit of 4gv3 Checkout fails: 2 lines differ ([COMMIT])

"#]]);
    assert_eq!(env.status_porcelain(), "");
}

#[test]
fn a_copy_is_merged_with_what_was_recorded_meanwhile() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let program = env!("CARGO_BIN_EXE_incident");
    editor(
        &env,
        &format!(
            "sed -i 's/^## Impact$/## Impact\\n\\nNobody can pay./' \"$1\"\nINCIDENT_LANG=en {program} note meanwhile -q -i 4gv3 </dev/null >/dev/null\n{program} status fixing -q -i 4gv3 </dev/null >/dev/null"
        ),
    );
    let (shown, code) = on_terminal(&env, &["edit"]);
    same(
        &shown,
        str![[r#"
✔ Recorded your edit of 4gv3 Checkout fails: 2 lines differ ([COMMIT])
20261120-4gv3

"#]],
    );
    assert_eq!(code, 0);
    let file = env.incident_file();
    assert!(
        file.contains("Nobody can pay.") && file.contains("meanwhile") && file.contains("status: fixing"),
        "{file}"
    );
    assert_eq!(copies(&env), [""; 0]);
}

#[test]
fn what_does_not_parse_comes_back_with_the_error_on_top() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let seen = env.home().join("seen");
    editor(
        &env,
        &format!(
            "if grep -q '^#!' \"$1\"; then head -3 \"$1\" > {seen}; sed -i 's/^status: \\[/status: fixing/' \"$1\"; else sed -i 's/^status: .*/status: [/' \"$1\"; fi",
            seen = seen.display()
        ),
    );
    let (shown, code) = on_terminal(&env, &["edit"]);
    same(
        &shown,
        str![[r#"
✔ Recorded your edit of 4gv3 Checkout fails: Triage → Fixing · 2 lines differ ([COMMIT])
20261120-4gv3

"#]],
    );
    assert_eq!(code, 0);
    same(
        &fs::read_to_string(seen).unwrap(),
        str![[r#"
#! This cannot be recorded yet. Mend it below and save; these lines go away by themselves.
#! line 12, column 1: this is not valid YAML: invalid indentation
---

"#]],
    );
    let file = env.incident_file();
    assert!(file.starts_with("---\n") && file.contains("status: fixing\n"), "{file}");
    assert_eq!(copies(&env), [""; 0]);
}

#[test]
fn what_is_left_as_it_was_is_kept_and_taken_up_again() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let before = env.state();
    editor(&env, "sed -i 's/^status: .*/status: [/' \"$1\"");
    let (shown, code) = on_terminal(&env, &["edit"]);
    same(
        &shown,
        str![[r#"
error: incidents/2026/11/20261120-4gv3-checkout-fails.md:10:1: this is not valid YAML: invalid indentation
hint: your text is kept in ~/incidents/.git/incident/edit-20261120-4gv3.md. To go on: incident edit 4gv3 --resume
hint: to throw it away: incident edit 4gv3 --discard

"#]],
    );
    assert_eq!((code, env.state()), (5, before));
    assert!(copies(&env).contains(&"edit-20261120-4gv3.md".to_owned()));
    // Meanwhile work goes on.
    env.run(["note", "meanwhile"]).succeeds();
    editor(&env, "sed -i 's/^status: .*/status: fixing/' \"$1\"");
    let (shown, code) = on_terminal(&env, &["edit"]);
    same(
        &shown,
        str![[r#"
Going on with the copy that was kept.
✔ Recorded your edit of 4gv3 Checkout fails: Triage → Fixing · 2 lines differ ([COMMIT])
20261120-4gv3

"#]],
    );
    assert_eq!(code, 0);
    let file = env.incident_file();
    assert!(file.contains("meanwhile") && file.contains("status: fixing\n"), "{file}");
    assert_eq!(copies(&env), [""; 0]);
}

#[test]
fn an_editor_that_fails_or_empties_the_file() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let before = env.state();
    for (script, kept) in [
        ("exit 1", false),
        (": > \"$1\"", false),
        ("rm \"$1\"", false),
        ("echo words >> \"$1\"; exit 3", true),
    ] {
        editor(&env, script);
        let (shown, code) = on_terminal(&env, &["edit"]);
        assert!(code == 1 || code == 6, "{script}: {code} {shown}");
        assert_eq!(!copies(&env).is_empty(), kept, "{script}: {shown}");
        assert_eq!(env.state(), before, "{script}");
    }
    // An editor that empties a copy with words in it does not take them away.
    editor(&env, ": > \"$1\"");
    let (shown, _) = on_terminal(&env, &["edit", "--resume"]);
    same(
        &shown,
        str![[r#"
Going on with the copy that was kept.
error: the edited file was empty; nothing was recorded
hint: your text is kept in ~/incidents/.git/incident/edit-20261120-4gv3.md. To go on: incident edit 4gv3 --resume
hint: to throw it away: incident edit 4gv3 --discard

"#]],
    );
    env.run(["edit", "--resume"]).succeeds();
    assert!(env.incident_file().ends_with("words\n"));
}

#[test]
fn bytes_that_are_no_text() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    editor(&env, "grep -aq '^#!' \"$1\" || printf 'a\\377b\\n' >> \"$1\"");
    let (shown, code) = on_terminal(&env, &["edit"]);
    assert_eq!(code, 5, "{shown}");
    env.run(["edit", "--discard"]).shows(str![[r#"
--- stderr
The copy that was kept is gone. The incident is as it was.

"#]]);
    assert_eq!(copies(&env), [""; 0]);
}

#[test]
fn a_file_removed_from_the_branch_meanwhile() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    editor(&env, "echo words >> \"$1\"; git rm -q -r incidents; git commit -q -m gone");
    let (shown, code) = on_terminal(&env, &["edit"]);
    same(
        &shown,
        str![[r#"
error: incidents/2026/11/20261120-4gv3-checkout-fails.md was removed from the branch while you edited it
hint: your text is kept in ~/incidents/.git/incident/edit-20261120-4gv3.md. To go on: incident edit 4gv3 --resume
hint: to throw it away: incident edit 4gv3 --discard

"#]],
    );
    assert_eq!(code, 6);
    assert!(!copies(&env).is_empty());
}

#[test]
fn prose_that_both_have_changed_has_markers() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let path = env.path_of("");
    editor(
        &env,
        &format!(
            "sed -i 's/^## Impact$/## Impact\\n\\nNobody./' \"$1\"; sed -i 's/^## Impact$/## Impact\\n\\nEverybody./' {path}; git commit -q -am other"
        ),
    );
    let (shown, code) = on_terminal(&env, &["edit"]);
    same(
        &shown,
        str![[r#"
both sides rewrote the same lines; both versions stand between marks
✔ Recorded your edit of 4gv3 Checkout fails: 5 lines differ ([COMMIT])
20261120-4gv3

"#]],
    );
    assert_eq!(code, 0);
    let file = env.incident_file();
    assert!(file.contains("Nobody.") && file.contains("Everybody.") && file.contains("<<<<<<<"), "{file}");
}

#[test]
fn the_review() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["edit", "--postmortem", "--from=x"]).shows(str![[r#"
--- stderr
error: there is no incidents/2026/11/20261120-4gv3-checkout-fails.postmortem.md yet
hint: incident postmortem 4gv3
--- exit 3

"#]]);
    env.run(["postmortem"]).succeeds();
    editor(&env, "echo 'What went well' >> \"$1\"");
    let (shown, code) = on_terminal(&env, &["edit", "--postmortem"]);
    same(
        &shown,
        str![[r#"
✔ Recorded your edit of 4gv3 Checkout fails: 1 line differs ([COMMIT])
20261120-4gv3

"#]],
    );
    assert_eq!(code, 0);
    assert!(env.read(&env.path_of("").replace(".md", ".postmortem.md")).ends_with("What went well\n"));
}

#[test]
fn on_a_branch_that_is_not_checked_out() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let text = env.incident_file();
    env.git(["checkout", "--quiet", "-b", "feature"]);
    let edited = text.replacen("status: triage", "status: fixing", 1);
    env.run_with_input(["edit", "--from", "-"], &edited).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded your edit of 4gv3 Checkout fails: Triage → Fixing · 2 lines differ ([COMMIT])
On branch main; the files you have checked out are untouched.

"#]]);
    assert_eq!(env.incident_file(), text);
    assert_eq!(env.status_porcelain(), "");
    assert!(env.git(["show", &format!("main:{}", env.path_of(""))]).contains("status: fixing"));
}

#[test]
fn a_dry_run_shows_the_change_and_does_nothing() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let before = env.state();
    let text = env.incident_file().replacen("mode: real", "mode: drill", 1);
    env.run_with_input(["edit", "--dry-run", "--from", "-"], &text).shows(str![[r#"
20261120-4gv3
--- stderr
--- a/incidents/2026/11/20261120-4gv3-checkout-fails.md
+++ b/incidents/2026/11/20261120-4gv3-checkout-fails.md
@@ -5,7 +5,7 @@
 
 kind: null
 severity: SEV1
-mode: real
+mode: drill
 status: triage
 detected_by: null
 reporter: aoi
Commit message:
20261120-4gv3: record a hand edit

Incident: 20261120-4gv3
Incident-Recorded: 2026-11-20T02:56:12+09:00
Dry run: nothing was written.

"#]]);
    assert_eq!(env.state(), before);
}

#[test]
fn what_a_check_would_condemn_is_not_recorded() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let before = env.state();
    let text = env.incident_file();
    let bad =
        text.replacen("status: triage", "status: fixd", 1).replacen("severity: SEV1", "severity: SEV9", 1);
    let bad = bad.replacen("## Impact\n", "## Impact\n\n<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n", 1);
    env.write("../bad.md", &bad);
    env.run(["edit", "--from", "../bad.md"]).shows(str![[r#"
--- stderr
error: ../bad.md:7:1: severity.toml has no level “SEV9”
hint: known here: SEV1, SEV2, SEV3, SEV4
error: ../bad.md:9:1: incident.toml has no status “fixd”
hint: known here: triage, investigating, fixing, monitoring, resolved, closed, declined
error: ../bad.md:29:1: a merge left conflict markers here
--- exit 5

"#]]);
    assert_eq!(env.state(), before);
    // What was there before does not stand in the way of another edit.
    env.write(&env.path_of(""), &bad);
    env.commit_by_hand("As it is");
    let better = env.incident_file().replacen("SEV9", "SEV2", 1);
    env.run_with_input(["edit", "--from", "-", "-q"], &better).succeeds();
}
