//! Incident files that were moved or deleted by hand.

use std::path::{Path, PathBuf};

use snapbox::str;

use crate::environment::{Ran, TestEnv, same};

/// Moves a file of the store, as `mv` or `git mv` would.
fn move_file(env: &TestEnv, by_git: bool, from: &str, to: &str) {
    let (old, new) = (env.store.join(from), env.store.join(to));
    std::fs::create_dir_all(new.parent().unwrap()).unwrap();
    if by_git {
        env.git(["mv", from, to]);
    } else {
        std::fs::rename(old, new).unwrap();
    }
}

fn cloned(env: &TestEnv) -> PathBuf {
    env.git(["clone", "--quiet", ".", "../clone"]);
    env.store.with_file_name("clone")
}

fn committed(env: &TestEnv) -> Vec<String> {
    let listed = env.git(["-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", "HEAD", "incidents"]);
    listed.lines().filter(|path| !path.ends_with("README.md")).map(str::to_owned).collect()
}

#[test]
fn a_file_moved_by_hand_has_no_second_life_under_its_old_name() {
    for by_git in [false, true] {
        for to in ["incidents/2026/11/20261120-4gv3-all-payments-fail.md", "incidents/payments.md"] {
            for command in [&["note", "x", "-q"][..], &["update", "x", "-q", "--next", "30m"]] {
                let env = TestEnv::new();
                let id = env.declare("Checkout fails");
                move_file(&env, by_git, &env.path_of(""), to);
                env.run(["check"]).succeeds();
                env.run(command.iter().copied()).succeeds();
                assert_eq!(committed(&env), [to], "{by_git} {command:?}");
                assert_eq!(env.status_porcelain(), "", "{by_git} {command:?}");
                let clone = cloned(&env);
                env.run_in(&clone, ["check"]).succeeds();
                env.run_in(&clone, ["show", &id]).succeeds();
            }
        }
    }
}

#[test]
fn a_move_is_told_and_keeps_what_was_changed_in_the_same_breath() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let opened = env.incident_file();
    env.run(["note", "one", "-q"]).succeeds();
    let to = "incidents/2026/11/20261120-4gv3-payments.md";
    move_file(&env, false, &env.path_of(""), to);
    env.write(to, opened.replacen("## Impact\n", "## Impact\n\nNobody can pay.\n", 1));
    env.run(["note", "two"]).shows(str![[r#"
20261120-4gv3
--- stderr
Your move of incidents/2026/11/20261120-4gv3-checkout-fails.md to incidents/2026/11/20261120-4gv3-payments.md was recorded first, as a commit of its own.
1 recorded entry that the edit would have dropped was kept.
✔ Recorded 4gv3 Checkout fails: Note — two ([COMMIT])

"#]]);
    let text = env.read(to);
    assert!(
        text.contains("Nobody can pay.") && text.contains(" — one\n") && text.contains(" — two\n"),
        "{text}"
    );
    assert_eq!(env.status_porcelain(), "");
    env.run(["--lang=ja", "check"]).shows(str![[r#"
--- stderr
1件を調べました。エラー 0件、注意 0件

"#]]);
}

#[test]
fn what_was_moved_along_is_committed_along() {
    for command in [
        &["note", "x", "-q"][..],
        &["edit", "4gv3", "--from", "new.md", "-q"],
        &["edit", "4gv3", "--postmortem", "--from", "review.md", "-q"],
    ] {
        let env = TestEnv::new();
        env.declare("Checkout fails");
        for status in ["mitigate", "resolve"] {
            env.run([status, "-q"]).succeeds();
        }
        env.run(["postmortem", "4gv3", "-q"]).succeeds();
        let old = "incidents/2026/11/20261120-4gv3-checkout-fails";
        let new = "incidents/2026/11/20261120-4gv3-payments";
        env.write(&format!("{old}/graph.png"), b"\x89PNG\xff");
        env.commit_by_hand("A graph");
        for rest in [".md", ".postmortem.md", "/graph.png"] {
            move_file(&env, rest == ".md", &format!("{old}{rest}"), &format!("{new}{rest}"));
        }
        std::fs::remove_dir(env.store.join(old)).unwrap();
        env.write(
            "../new.md",
            env.read(&format!("{new}.md")).replacen("## Impact\n", "## Impact\n\nNobody.\n", 1),
        );
        env.write("../review.md", env.read(&format!("{new}.postmortem.md")) + "\nMore.\n");
        let from = env.home();
        let mut arguments = vec!["-C", "incidents"];
        arguments.extend(command);
        arguments.extend((command[0] == "note").then_some(["-i", "4gv3"]).iter().flatten());
        env.run_in(&from, arguments).succeeds();
        let expected = [".md", ".postmortem.md", "/graph.png"].map(|rest| format!("{new}{rest}"));
        assert_eq!(committed(&env), expected, "{command:?}");
        assert_eq!(env.status_porcelain(), "", "{command:?}");
    }
}

#[test]
fn where_the_branch_is_elsewhere_the_files_at_hand_are_not_looked_at() {
    let env = TestEnv::new();
    let id = env.declare("Checkout fails");
    let path = env.path_of("");
    env.git(["checkout", "--quiet", "-b", "feature"]);
    move_file(&env, false, &path, "incidents/payments.md");
    let before = env.status_porcelain();
    env.run(["note", "x", "-q", "-i", &id]).succeeds();
    assert_eq!(env.status_porcelain(), before);
    assert_eq!(env.git(["ls-tree", "-r", "--name-only", "main", "incidents/2026"]).trim(), path);
    env.run(["check"]).succeeds();
}

#[test]
fn a_copy_is_no_move() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let path = env.path_of("");
    env.write("incidents/copy.md", env.read(&path));
    env.run(["note", "x", "-i", "incidents/copy.md", "-q"]).succeeds();
    assert!(committed(&env).contains(&path));
    assert!(Path::new(&env.store.join(&path)).exists());
}

#[test]
fn a_deleted_file_is_no_incident_that_was_never_there() {
    for staged in [false, true] {
        let env = TestEnv::new();
        let id = env.declare("Checkout fails");
        env.run(["new", "Search is slow", "--severity", "SEV2"]).succeeds();
        let path = env.path_of("checkout");
        if staged {
            env.git(["rm", "--quiet", &path]);
        } else {
            env.remove(&path);
        }
        let before = env.state();
        env.run(["list"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE           LEAD  DECLARED
20261120-6t9q  SEV2   Triage  Search is slow        02:56
--- stderr
1 incident: 1 live
! incidents/2026/11/20261120-4gv3-checkout-fails.md is committed, but the file is gone
1 file could not be read. Details: incident check

"#]]);
        env.run(["check"]).shows(str![[r#"
error incidents/2026/11/20261120-4gv3-checkout-fails.md is committed, but the file is gone
  hint: to bring it back: git -C [HOME]/incidents restore --staged --worktree incidents/2026/11/20261120-4gv3-checkout-fails.md
--- stderr
2 incidents checked: 1 error, no warnings
--- exit 5

"#]]);
        for command in [["show", "4gv3"], ["show", &path], ["timeline", &id]] {
            env.run(command).shows(str![[r#"
--- stderr
error: incidents/2026/11/20261120-4gv3-checkout-fails.md is committed, but the file is gone
hint: to bring it back: git -C [HOME]/incidents restore --staged --worktree incidents/2026/11/20261120-4gv3-checkout-fails.md
--- exit 6

"#]]);
        }
        env.run(["--lang=ja", "note", "x", "-i", "4gv3"]).shows(str![[r#"
--- stderr
エラー: incidents/2026/11/20261120-4gv3-checkout-fails.md はコミットされていますが、ファイルがありません
ヒント: 戻す: git -C [HOME]/incidents restore --staged --worktree incidents/2026/11/20261120-4gv3-checkout-fails.md
--- exit 6

"#]]);
        assert_eq!(env.state(), before);
        let store = env.store.display().to_string();
        env.git(["-C", &store, "restore", "--staged", "--worktree", &path]);
        env.run(["check"]).succeeds();
        assert_eq!(env.status_porcelain(), "");
    }
}

#[test]
fn what_a_sparse_checkout_leaves_out_is_not_deleted() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.git(["sparse-checkout", "set", "--no-cone", "/*", "!/incidents/"]);
    env.run(["list"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE           LEAD  DECLARED
20261120-4gv3  SEV1   Triage  Checkout fails        02:55
--- stderr
1 incident: 1 live

"#]]);
    env.run(["check"]).succeeds();
}

#[test]
fn an_old_name_that_is_still_committed_is_found() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let path = env.path_of("");
    env.write("incidents/payments.md", env.read(&path));
    env.commit_by_hand("A copy");
    env.remove(&path);
    env.run(["check"]).shows(str![[r#"
error incidents/2026/11/20261120-4gv3-checkout-fails.md is gone, but still committed: other clones have this incident twice, here and in incidents/payments.md
  hint: to commit that it is gone: git -C [HOME]/incidents commit incidents/2026/11/20261120-4gv3-checkout-fails.md
--- stderr
2 incidents checked: 1 error, no warnings
--- exit 5

"#]]);
    env.git(["commit", "--quiet", "-m", "Gone", &path]);
    env.run(["check"]).succeeds();
}

#[test]
fn taking_back_a_move_moves_back_and_declines_nothing() {
    for committed_by_hand in [false, true] {
        let env = TestEnv::new();
        env.declare("Checkout fails");
        let path = env.path_of("");
        let (folder, moved) = (path.strip_suffix(".md").unwrap(), "incidents/20261120-4gv3-payments");
        env.write(&format!("{folder}/graph.png"), b"\x89PNG\xff");
        env.commit_by_hand("A graph");
        move_file(&env, true, &path, &format!("{moved}.md"));
        if committed_by_hand {
            env.git(["commit", "--quiet", "-m", "A better name"]);
        } else {
            move_file(&env, true, &format!("{folder}/graph.png"), &format!("{moved}/graph.png"));
            env.run(["note", "x", "-q"]).succeeds();
            env.run(["undo", "-q"]).succeeds();
        }
        env.run(["undo", "4gv3"]).succeeds();
        assert_eq!(committed(&env), [path.clone(), format!("{folder}/graph.png")], "{committed_by_hand}");
        assert_eq!(std::fs::read(env.store.join(format!("{folder}/graph.png"))).unwrap(), b"\x89PNG\xff");
        assert!(env.read(&path).contains("\nstatus: triage\n"));
        assert_eq!(env.status_porcelain(), "");
    }
}

/// A file that was moved with plain git is still witnessed by what was committed under its old name.
#[test]
fn a_file_moved_with_git_keeps_its_witnesses() {
    let env = TestEnv::new();
    let id = env.declare("Checkout fails");
    env.run(["note", "first"]).succeeds();
    env.git(["checkout", "--quiet", "-b", "side"]);
    env.run(["note", "on the side"]).succeeds();
    env.git(["checkout", "--quiet", "main"]);
    let old = env.path_of("");
    let new = old.replace("checkout-fails", "nobody-can-pay");
    env.git(["mv", &old, &new]);
    env.git(["commit", "--quiet", "-m", "A better name"]);
    env.git(["merge", "--quiet", "-m", "Both", "side"]);
    env.run(["note", "after it"]).succeeds();
    let events = |ran: &Ran| {
        let json = ran.json();
        let all = json["events"].as_array().unwrap();
        let told = |event: &serde_json::Value| format!("{} {}\n", event["source"], event["text"]);
        all.iter().map(told).collect::<String>()
    };
    for args in [&["timeline", "--json"][..], &["timeline", "--from-history", "--json"]] {
        same(
            &events(&env.run(args.iter().copied())),
            str![[r#"
"tool" "SEV1 (stated)"
"tool" "first"
"tool" "on the side"
"tool" "after it"

"#]],
        );
    }
    env.run(["check"]).shows(str![[r#"
--- stderr
1 incident checked: no errors, no warnings

"#]]);
    env.git(["mv", &new, &old]);
    env.replace(&old, "first", "altered");
    env.git(["commit", "--quiet", "-a", "-m", "The old name was fine"]);
    env.run(["check"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:1:1: error “Note — first”, recorded in [COMMIT], was changed or removed in [COMMIT] by Aoi Arita
  hint: incident check --fix
--- stderr
1 incident checked: 1 error, no warnings
--- exit 5

"#]]);
    env.run(["check", "--fix"]).succeeds();
    assert_eq!(env.read(&old).matches("— first").count(), 1);
    env.run(["undo", &id]).succeeds();
}
