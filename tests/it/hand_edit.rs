//! The work of the user: staged, unsaved, and edits of the incident file itself.

use snapbox::str;

use crate::environment::{TestEnv, same};

#[test]
fn staged_and_unsaved_work_is_untouched() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.write("notes.md", "One\n");
    env.write("README.md", "Read me\n");
    env.commit_by_hand("Begin");
    env.write("notes.md", "One\nTwo, staged\n");
    env.git(["add", "notes.md"]);
    env.write("notes.md", "One\nTwo, staged\nThree, unsaved\n");
    env.write("README.md", "Read me later\n");
    env.write("new.txt", "untracked\n");
    env.git(["rm", "--quiet", "--cached", "README.md"]);
    let before = (env.status_porcelain(), env.git(["diff"]), env.git(["diff", "--cached"]));
    env.run(["status", "fixing"]).succeeds();
    env.run(["new", "Another", "--severity=SEV3"]).succeeds();
    assert_eq!((env.status_porcelain(), env.git(["diff"]), env.git(["diff", "--cached"])), before);
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T02:58:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T02:58:12+09:00

20261120-7jx8: declared, Another (SEV3)

Incident: 20261120-7jx8
Incident-Event: milestone {"milestone":"declared","who":"Aoi Arita","text":"SEV3 (stated)"}
Incident-At: 2026-11-20T02:58:12+09:00
Incident-Recorded: 2026-11-20T02:58:12+09:00


A	incidents/2026/11/20261120-7jx8-another.md

"#]],
    );
}

#[test]
fn an_edit_by_hand_is_committed_first_on_its_own() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.replace(&env.path_of(""), "## Impact\n", "## Impact\n\nNobody can pay.\n");
    env.run(["note", "Called the provider"]).shows(str![[r#"
20261120-4gv3
--- stderr
Your edit of incidents/2026/11/20261120-4gv3-checkout-fails.md was recorded first, as a commit of its own.
✔ Recorded 4gv3 Checkout fails: Note — Called the provider ([COMMIT])

"#]]);
    assert_eq!(env.commits(), 4);
    same(
        &env.git(["log", "-2", "--format=%B", "--stat"]),
        str![[r#"
20261120-4gv3: Note — Called the provider

Incident: 20261120-4gv3
Incident-Event: note {"kind":"note","who":"Aoi Arita","text":"Called the provider"}
Incident-At: 2026-11-20T02:56:12+09:00
Incident-Recorded: 2026-11-20T02:56:12+09:00


 incidents/2026/11/20261120-4gv3-checkout-fails.md | 1 +
 1 file changed, 1 insertion(+)
20261120-4gv3: record a hand edit

Incident: 20261120-4gv3
Incident-Recorded: 2026-11-20T02:56:12+09:00


 incidents/2026/11/20261120-4gv3-checkout-fails.md | 2 ++
 1 file changed, 2 insertions(+)

"#]],
    );
    assert_eq!(env.status_porcelain(), "");
    env.run(["check"]).shows(str![[r#"
--- stderr
1 incident checked: no errors, no warnings

"#]]);
}

#[test]
fn a_status_typed_into_the_file_counts_before_the_command() {
    let env = TestEnv::japanese();
    env.declare("決済が全部エラーになる");
    env.replace(&env.path_of(""), "status: triage", "status: fixing   # 切り戻し中");
    env.run(["mitigate"]).shows(str![[r#"
20261120-4gv3
--- stderr
incidents/2026/11/20261120-4gv3-決済が全部エラーになる.md の手編集を、先に別のコミットとして記録しました。
✔ 記録しました　4gv3 決済が全部エラーになる　対処中 → 経過観察（[COMMIT]）
ここからは、ぶり返さないかを見ます。
いまやること
 1 □ 30分、エラーと問い合わせがぶり返さないかを見る  対応者
 2 □ 影響が止まったことを、社内とお客様に伝える  連絡担当
済んだら: incident step 1 -i 4gv3

"#]]);
    env.run(["timeline"]).shows(str![[r#"
11/20(金)
  02:55  起票 · Aoi Arita
         SEV1（指定）
  02:56  確認中 → 対処中 · Aoi Arita · 手で編集
  02:56  対処中 → 経過観察 · Aoi Arita

"#]]);
    env.run(["check"]).shows(str![[r#"
--- stderr
1件を調べました。エラー 0件、注意 0件

"#]]);
    assert!(env.incident_file().contains("status: monitoring   # 切り戻し中"));
}

#[test]
fn an_edit_that_is_partly_staged_is_refused() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let path = env.path_of("");
    env.replace(&path, "## Impact\n", "## Impact\n\nStaged.\n");
    env.git(["add", "--all"]);
    env.replace(&path, "Staged.\n", "Staged.\n\nNot staged.\n");
    let before = env.state();
    env.run(["note", "x"]).shows(str![[r#"
--- stderr
error: incidents/2026/11/20261120-4gv3-checkout-fails.md is only partly staged: what is staged is neither committed nor in the file
hint: to keep the file and drop what is staged: git -C [HOME]/incidents restore --staged incidents/2026/11/20261120-4gv3-checkout-fails.md
--- exit 6

"#]]);
    env.run(["--lang=ja", "note", "x"]).shows(str![[r#"
--- stderr
エラー: incidents/2026/11/20261120-4gv3-checkout-fails.md は一部だけがステージされています（ステージの内容が、コミットともファイルとも違います）
ヒント: ファイルを残し、ステージを取り消す: git -C [HOME]/incidents restore --staged incidents/2026/11/20261120-4gv3-checkout-fails.md
--- exit 6

"#]]);
    assert_eq!(env.state(), before);
}

#[test]
fn an_edit_that_broke_the_file_is_never_committed() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.replace(&env.path_of(""), "title: Checkout fails", "title: [Checkout fails");
    let before = env.state();
    env.run(["note", "x"]).shows(str![[r#"
--- stderr
error: no incident is live; name the one you mean
hint: incident list --all
hint: 1 file could not be read: incident check
--- exit 3

"#]]);
    env.run(["status", "fixing", "-i", "4gv3"]).shows(str![[r#"
--- stderr
error: incidents/2026/11/20261120-4gv3-checkout-fails.md:6:5: this is not valid YAML: illegal placement of ':' indicator
hint: mend it in an editor, then: incident check
--- exit 5

"#]]);
    env.run(["show", "4gv3"]).shows(str![[r#"
--- stderr
error: incidents/2026/11/20261120-4gv3-checkout-fails.md:6:5: this is not valid YAML: illegal placement of ':' indicator
hint: mend it in an editor, then: incident check
--- exit 5

"#]]);
    assert_eq!(env.state(), before);
}

#[test]
fn a_file_deleted_by_hand_is_not_brought_back_silently() {
    let env = TestEnv::new();
    let id = env.declare("Checkout fails");
    std::fs::remove_file(env.store.join(env.path_of(""))).unwrap();
    let before = env.state();
    env.run(["note", "x", "-i", &id]).shows(str![[r#"
--- stderr
error: incidents/2026/11/20261120-4gv3-checkout-fails.md is committed, but the file is gone
hint: to bring it back: git -C [HOME]/incidents restore --staged --worktree incidents/2026/11/20261120-4gv3-checkout-fails.md
--- exit 6

"#]]);
    env.run(["list"]).shows(str![[r#"
--- stderr
No incident could be read.
! incidents/2026/11/20261120-4gv3-checkout-fails.md is committed, but the file is gone
1 file could not be read. Details: incident check

"#]]);
    assert_eq!(env.state(), before);
}

#[test]
fn windows_line_ends_and_comments_stay() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let path = env.path_of("");
    let text = env.read(&path).replacen("status: triage", "status:   'triage' # ours", 1);
    env.write(&path, text.replace('\n', "\r\n"));
    env.git(["-c", "core.autocrlf=false", "add", "--all"]);
    env.git(["-c", "core.autocrlf=false", "commit", "--quiet", "-m", "From Windows"]);
    let before = env.read(&path);
    env.run(["status", "fixing"]).succeeds();
    let after = env.read(&path);
    assert!(after.contains("status:   'fixing' # ours\r\n"), "{after}");
    assert_eq!(after.matches('\n').count(), after.matches("\r\n").count());
    let unchanged = |line: &&str| before.contains(line);
    assert_eq!(after.lines().filter(|line| !unchanged(line)).count(), 3);
    assert_eq!(env.status_porcelain(), "");
}

#[test]
fn a_file_written_by_hand_is_an_incident_at_once() {
    let env = TestEnv::new();
    let text = "---\nid: 20261119-wxyz\ntitle: Written by hand\nstatus: fixing\n---\n\nNo sections at all.\n";
    env.write("incidents/20261119-wxyz.md", text);
    env.run(["list"]).shows(str![[r#"
ID             LEVEL          STATUS  TITLE            LEAD  DECLARED
20261119-wxyz  Not rated yet  Fixing  Written by hand
--- stderr
1 incident: 1 live; 1 unrated

"#]]);
    env.run(["note", "First words"]).shows(str![[r#"
20261119-wxyz
--- stderr
Your edit of incidents/20261119-wxyz.md was recorded first, as a commit of its own.
The file had no timeline section; one was added at its end.
✔ Recorded wxyz Written by hand: Note — First words ([COMMIT])

"#]]);
    same(
        &env.read("incidents/20261119-wxyz.md"),
        str![[r#"
---
id: 20261119-wxyz
title: Written by hand
status: fixing
---

No sections at all.

## Timeline <!-- incident:timeline +09:00 -->

- 2026-11-20 02:56 · Note · Aoi Arita — First words

"#]],
    );
    assert_eq!(env.status_porcelain(), "");
}

#[test]
fn a_timeline_without_its_anchor_is_not_recorded_twice() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let path = env.path_of("");
    let text = env.read(&path);
    env.write(&path, text.replace("## Timeline <!-- incident:timeline +09:00 -->", "## What happened"));
    let before = env.state();
    env.run(["note", "one"]).shows(str![[r#"
--- stderr
error: the timeline of incidents/2026/11/20261120-4gv3-checkout-fails.md has lost its anchor
hint: put <!-- incident:timeline +09:00 --> behind the heading of the timeline in incidents/2026/11/20261120-4gv3-checkout-fails.md; the heading itself may say anything
--- exit 6

"#]]);
    assert_eq!(env.state(), before);
}
