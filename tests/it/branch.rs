//! Where commits go: the store's branch, checked out or not; operations in progress; other worktrees.

use snapbox::str;

use crate::environment::{TestEnv, same};

/// A store in a folder of a larger repository.
fn shop() -> TestEnv {
    let mut env = TestEnv::without_store();
    env.store.push("shop");
    std::fs::create_dir(&env.store).unwrap();
    env.git(["init", "--quiet"]);
    env.write("app.rs", "fn main() {}\n");
    env.commit_by_hand("Begin");
    env.run(["init", "ops"]).succeeds();
    env.store.push("ops");
    env
}

#[test]
fn a_store_in_a_folder_commits_only_its_own_paths() {
    let env = shop();
    env.write("../app.rs", "fn main() { todo() }\n");
    env.declare("Checkout fails");
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T02:56:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T02:56:12+09:00

20261120-4gv3: declared, Checkout fails (SEV1)

Incident: 20261120-4gv3
Incident-Event: milestone {"milestone":"declared","who":"Aoi Arita","text":"SEV1 (stated)"}
Incident-At: 2026-11-20T02:56:12+09:00
Incident-Recorded: 2026-11-20T02:56:12+09:00


A	ops/incidents/2026/11/20261120-4gv3-checkout-fails.md

"#]],
    );
    assert_eq!(env.status_porcelain(), " M app.rs\n");
    env.run_in(&env.store.join("incidents"), ["note", "From below"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Note — From below ([COMMIT])

"#]]);
    env.run_in(&env.home().join("shop"), ["list"]).shows(str![[r#"
--- stderr
error: there is no store for incidents here
hint: to create one: incident init ~/incidents
hint: to use another: incident -C DIR …, or default = "DIR" in ~/.config/incident/config.toml
--- exit 3

"#]]);
}

#[test]
fn on_a_feature_branch_the_stores_branch_is_written() {
    let env = shop();
    env.git(["checkout", "--quiet", "-b", "feature"]);
    env.write("../app.rs", "fn main() { work() }\n");
    env.git(["add", "--all"]);
    env.git(["commit", "--quiet", "-m", "Work"]);
    let (head, status) = (env.head(), env.status_porcelain());
    env.run(["new", "Checkout fails", "--severity=SEV1", "-q"]).shows(str![[r#"
20261120-4gv3

"#]]);
    env.run(["note", "Rolled back"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Note — Rolled back ([COMMIT])
On branch main; the files you have checked out are untouched.

"#]]);
    env.run(["list"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE           LEAD  DECLARED
20261120-4gv3  SEV1   Triage  Checkout fails        02:56
--- stderr
1 incident: 1 live
As on branch main.

"#]]);
    env.run(["--lang=ja", "list"]).shows(str![[r#"
事案           レベル  状態    件名            指揮  起票
20261120-4gv3  SEV1    確認中  Checkout fails        02:56
--- stderr
1件（対応中1）
ブランチ main の内容です。

"#]]);
    assert_eq!((env.head(), env.status_porcelain()), (head, status));
    same(
        &env.git(["log", "main", "--format=%s", "--name-only"]),
        str![[r#"
20261120-4gv3: Note — Rolled back

ops/incidents/2026/11/20261120-4gv3-checkout-fails.md
20261120-4gv3: declared, Checkout fails (SEV1)

ops/incidents/2026/11/20261120-4gv3-checkout-fails.md
Set up incident records

ops/.gitattributes
ops/incident.toml
ops/incidents/README.md
ops/schemas/incident.json
ops/schemas/severity.json
ops/severity.toml
Begin

app.rs

"#]],
    );
    env.git(["checkout", "--quiet", "main"]);
    assert_eq!(env.status_porcelain(), "");
    env.run(["check"]).shows(str![[r#"
--- stderr
1 incident checked: no errors, no warnings

"#]]);
}

/// A product's repository in the middle of work: staged, unstaged, partly staged and new files, on a feature branch.
fn in_the_middle_of_work() -> TestEnv {
    let env = shop();
    env.write("../staged.rs", "one\n");
    env.write("../both.rs", "one\n");
    env.commit_by_hand("More files");
    env.git(["checkout", "--quiet", "-b", "feature"]);
    env.write("../app.rs", "fn main() { work() }\n");
    env.write("../staged.rs", "two\n");
    env.write("../both.rs", "two\n");
    env.git(["add", "../staged.rs", "../both.rs"]);
    env.write("../both.rs", "three\n");
    env.write("../new.rs", "new\n");
    env
}

#[test]
fn every_act_leaves_the_work_on_a_feature_branch_alone() {
    let env = in_the_middle_of_work();
    let before = env.state();
    let on_main = || env.git(["rev-list", "--count", "main"]).trim().parse::<usize>().unwrap();
    env.run(["new", "Checkout fails", "--severity", "SEV1"]).succeeds();
    for act in [
        &["assign", "commander", "me"][..],
        &["handover", "mio", "--do-not", "apply it again"],
        &["status", "fixing", "-m", "rolling back"],
        &["note", "--kind", "decision", "roll back first"],
        &["update", "We are rolling back", "--next", "03:30"],
        &["severity", "SEV2", "-m", "one region"],
        &["set", "detected=02:51"],
        &["undo"],
        &["mitigate"],
        &["resolve"],
        &["postmortem"],
        &["close", "4gv3"],
    ] {
        let commits = on_main();
        env.run(act.iter().copied()).succeeds();
        assert_eq!(on_main(), commits + 1, "{act:?}");
        // Only main has moved: what is checked out, staged, unsaved and new is as it was.
        let after = env.state();
        assert_eq!(env.git(["rev-parse", "--abbrev-ref", "HEAD"]).trim(), "feature");
        assert_eq!(after.without_refs(), before.without_refs(), "{act:?}");
    }
    for read in [
        &["list", "--all"][..],
        &["show", "4gv3"],
        &["timeline", "4gv3"],
        &["step", "-i", "4gv3"],
        &["check"],
    ] {
        env.run(read.iter().copied()).succeeds();
    }
    assert_eq!(env.state().without_refs(), before.without_refs());
}

#[test]
fn a_detached_head_is_said() {
    let env = TestEnv::new();
    env.write("incident.toml", env.read("incident.toml").replace("branch = \"main\"\n", ""));
    env.commit_by_hand("Any branch will do");
    env.git(["checkout", "--quiet", "--detach"]);
    env.run(["new", "Checkout fails", "--severity=SEV1"]).shows(str![[r#"
20261120-4gv3
--- stderr
HEAD is detached: the commit is on no branch and can get lost; check a branch out, or name one in incident.toml
✔ Recorded 4gv3 Checkout fails: SEV1 (Critical), 02:56
Call now: Incident commander, Communications
  First report to the whole company; nights included

What to do now
  □ Reporter: declare with what you know; you hold it until a commander comes
  □ Commander: give out roles aloud and name the time of the next update
  □ Responder: look at the latest change; if it can be rolled back, do that first
Take command: incident assign commander me
Write things down: incident note "…"
See it: incident show 4gv3
First report, to paste: incident brief 4gv3

"#]]);
    assert_eq!(env.status_porcelain(), "");
}

#[test]
fn a_detached_head_does_not_matter_where_the_branch_is_named() {
    let env = TestEnv::new();
    env.git(["checkout", "--quiet", "--detach"]);
    let head = env.head();
    env.declare("Checkout fails");
    assert_eq!(env.head(), head);
    assert_eq!(env.git(["rev-list", "--count", "main"]).trim(), "2");
    env.run(["list"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE           LEAD  DECLARED
20261120-4gv3  SEV1   Triage  Checkout fails        02:55
--- stderr
1 incident: 1 live
As on branch main.

"#]]);
}

#[test]
fn nothing_is_recorded_in_the_middle_of_a_merge() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.write("notes.md", "One\n");
    env.commit_by_hand("One");
    env.git(["checkout", "--quiet", "-b", "other", "HEAD~1"]);
    env.write("notes.md", "Two\n");
    env.commit_by_hand("Two");
    env.git(["checkout", "--quiet", "main"]);
    let mut merge = env.program("git", &env.store);
    assert!(!merge.args(["merge", "other"]).output().unwrap().status.success());
    let before = env.state();
    env.run(["status", "fixing"]).shows(str![[r#"
--- stderr
error: a merge is in progress in this repository
hint: see where it stands: git -C [HOME]/incidents status
hint: when it is resolved: git -C [HOME]/incidents merge --continue
--- exit 6

"#]]);
    env.run(["--lang=ja", "note", "x"]).shows(str![[r#"
--- stderr
エラー: このリポジトリは merge の途中です
ヒント: 様子を見る: git -C [HOME]/incidents status
ヒント: 片づいたら: git -C [HOME]/incidents merge --continue
--- exit 6

"#]]);
    env.run(["list"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE           LEAD  DECLARED
20261120-4gv3  SEV1   Triage  Checkout fails        02:55
--- stderr
1 incident: 1 live

"#]]);
    assert_eq!(env.state(), before);
    env.run(["new", "Search fails", "--severity=SEV2"]).shows(str![[r#"
--- stderr
error: a merge is in progress in this repository
hint: see where it stands: git -C [HOME]/incidents status
hint: when it is resolved: git -C [HOME]/incidents merge --continue
hint: your words are kept; when the way is clear: incident new --resume
--- exit 6

"#]]);
    assert_eq!(env.state(), before);
    env.git(["merge", "--abort"]);
    env.run(["new", "--resume"]).succeeds();
    assert_eq!(env.run(["list", "--json"]).json()["incidents"].as_array().unwrap().len(), 2);
}

#[test]
fn nothing_is_recorded_in_the_middle_of_a_rebase() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.git(["checkout", "--quiet", "-b", "other"]);
    env.write("notes.md", "One\n");
    env.commit_by_hand("One");
    env.git(["checkout", "--quiet", "main"]);
    env.write("notes.md", "Two\n");
    env.commit_by_hand("Two");
    let mut rebase = env.program("git", &env.store);
    assert!(!rebase.args(["rebase", "other"]).output().unwrap().status.success());
    let before = env.state();
    env.run(["status", "fixing"]).shows(str![[r#"
--- stderr
error: a rebase is in progress in this repository
hint: see where it stands: git -C [HOME]/incidents status
hint: when it is resolved: git -C [HOME]/incidents rebase --continue
--- exit 6

"#]]);
    assert_eq!(env.state(), before);
    env.git(["rebase", "--abort"]);
    env.run(["status", "fixing"]).succeeds();
    env.git(["checkout", "--quiet", "other"]);
    let mut rebase = env.program("git", &env.store);
    assert!(!rebase.args(["rebase", "main"]).output().unwrap().status.success());
    let status = env.status_porcelain();
    env.run(["note", "The rebase of another branch is no obstacle"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Note — The rebase of another branch is no obstacle ([COMMIT])
On branch main; the files you have checked out are untouched.

"#]]);
    assert_eq!(env.status_porcelain(), status);
    env.git(["rebase", "--abort"]);
}

#[test]
fn a_linked_worktree_works() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let linked = env.home().join("linked");
    env.git(["worktree", "add", "--quiet", "-b", "second", "../linked"]);
    env.run_in(&linked, ["note", "From the other folder"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Note — From the other folder ([COMMIT])

"#]]);
    env.run(["timeline"]).shows(str![[r#"
Fri 20 Nov
  02:55  Declared · Aoi Arita
         SEV1 (stated)
  02:56  Note · Aoi Arita
         From the other folder

"#]]);
    assert_eq!(env.status_porcelain(), "");
    assert_eq!(env.git_in(&linked, ["status", "--porcelain"]), "");
}

#[test]
fn what_is_only_on_this_machine_is_counted() {
    let env = TestEnv::new();
    env.git(["init", "--quiet", "--bare", "../remote.git"]);
    env.git(["remote", "add", "origin", "../remote.git"]);
    env.git(["push", "--quiet", "-u", "origin", "main"]);
    env.declare("Checkout fails");
    env.run(["note", "x"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Note — x ([COMMIT])
Only on this machine (2 unshared). To share: incident sync

"#]]);
    env.run(["--lang=ja", "list"]).shows(str![[r#"
事案           レベル  状態    件名            指揮  起票
20261120-4gv3  SEV1    確認中  Checkout fails        02:55
--- stderr
1件（対応中1）
まだこのPCにしかありません（未共有 2件）。送る: incident sync

"#]]);
    env.git(["push", "--quiet"]);
    env.run(["list"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE           LEAD  DECLARED
20261120-4gv3  SEV1   Triage  Checkout fails        02:55
--- stderr
1 incident: 1 live

"#]]);
}

#[test]
fn a_store_whose_rules_were_deleted_is_no_place_without_a_store() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.remove("severity.toml");
    let before = env.state();
    for command in [&["list"][..], &["check"], &["new", "x", "--severity", "SEV1"], &["init"]] {
        env.run(command.iter().copied()).shows(str![[r#"
--- stderr
error: [HOME]/incidents/severity.toml is committed, but the file is gone
hint: to bring it back: git -C [HOME]/incidents restore --staged --worktree severity.toml
--- exit 6

"#]]);
    }
    let home = env.home();
    env.run_in(&home, ["--lang=ja", "-C", "incidents/incidents", "note", "x"]).shows(str![[r#"
--- stderr
エラー: [HOME]/incidents/severity.toml はコミットされていますが、ファイルがありません
ヒント: 戻す: git -C [HOME]/incidents restore --staged --worktree severity.toml
--- exit 6

"#]]);
    assert_eq!(env.state(), before);
    env.git(["restore", "--staged", "--worktree", "severity.toml"]);
    env.run(["check"]).succeeds();
}

#[test]
fn a_bare_clone_is_a_store() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.git(["clone", "--quiet", "--bare", ".", "../bare.git"]);
    let bare = env.home().join("bare.git");
    env.run_in(&bare, ["note", "x"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Note — x ([COMMIT])

"#]]);
    env.run_in(&env.home(), ["-C", "bare.git", "list"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE           LEAD  DECLARED
20261120-4gv3  SEV1   Triage  Checkout fails        02:55
--- stderr
1 incident: 1 live

"#]]);
    env.run_in(&bare, ["check"]).succeeds();
    env.replace("incident.toml", "branch = \"main\"", "");
    env.commit_by_hand("No branch");
    env.git(["push", "--quiet", "--force", "../bare.git", "main"]);
    env.run_in(&bare, ["list"]).shows(str![[r#"
--- stderr
error: this repository is bare, and incident.toml names no branch
hint: name an existing branch in incident.toml: branch = "main"
--- exit 7

"#]]);
}
