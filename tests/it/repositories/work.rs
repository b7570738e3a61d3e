//! Work of somebody's own in the worktree, branches that are not there yet, and operations in progress.

use snapbox::str;

use super::play::{Play, hinted, plays, shared_store, types};
use crate::environment::TestEnv;

#[test]
fn work_in_every_state_stays_as_it_is() {
    let env = shared_store();
    env.write("staged.rs", "staged\n");
    env.git(["add", "staged.rs"]);
    env.write("partly.rs", "first\n");
    env.git(["add", "partly.rs"]);
    env.write("partly.rs", "first\nsecond\n");
    env.write("app.rs", "fn main() { unsaved() }\n");
    env.git(["rm", "--quiet", "--cached", "docs/guide.md"]);
    env.git(["mv", "incidents/README.md", "incidents/moved.md"]);
    env.write("intended.rs", "later\n");
    env.git(["add", "--intent-to-add", "intended.rs"]);
    env.write("new/deep/untracked.rs", "untracked\n");
    env.write("schemas/incident.json", "{}\n");
    env.git(["update-index", "--assume-unchanged", "schemas/incident.json"]);
    env.write(".git/info/exclude", "*.log\n");
    env.write("ignored.log", "ignored\n");
    plays(&env);
}

#[test]
fn a_partly_staged_incident_is_refused() {
    let env = shared_store();
    env.declare("Checkout fails");
    let path = env.path_of("");
    env.replace(&path, "## Impact\n", "## Impact\n\nStaged.\n");
    env.git(["add", &path]);
    env.replace(&path, "Staged.", "Staged, and more.");
    let before = env.state();
    let refused = env.run(["note", "x"]);
    refused.shows(str![[r#"
--- stderr
error: incidents/2026/11/20261120-4gv3-checkout-fails.md is only partly staged: what is staged is neither committed nor in the file
hint: to keep the file and drop what is staged: git -C [HOME]/incidents restore --staged incidents/2026/11/20261120-4gv3-checkout-fails.md
--- exit 6

"#]]);
    assert_eq!(env.state(), before);
    types(&env, &hinted(&refused)[0]);
    env.run(["note", "x"]).succeeds();
    assert!(env.incident_file().contains("Staged, and more."));
    assert_eq!(env.status_porcelain(), "");
}

#[test]
fn a_branch_without_a_commit() {
    let mut env = TestEnv::without_store();
    env.set("INCIDENT_LANG", "en");
    env.run(["init", "made"]).succeeds();
    let made = env.home().join("made");
    env.store.push("unborn");
    std::fs::create_dir_all(&env.store).unwrap();
    env.git(["init", "--quiet"]);
    for name in ["severity.toml", "incident.toml"] {
        env.write(name, std::fs::read(made.join(name)).unwrap());
    }
    plays(&env);
    assert_eq!(env.git(["rev-list", "--max-parents=0", "--count", "HEAD"]).trim(), "1");
}

#[test]
fn a_detached_head_with_a_branch_named() {
    let env = shared_store();
    env.git(["checkout", "--quiet", "--detach"]);
    env.write("app.rs", "fn main() { unsaved() }\n");
    Play { worktree: false, ..Play::new(&env) }.all();
    assert_eq!(env.status_porcelain(), " M app.rs\n");
}

/// A conflict of `app.rs` between `main`, checked out, and `other`, and the incident on main.
fn conflicting() -> TestEnv {
    let env = shared_store();
    env.run(["new", "Checkout fails", "--severity", "SEV1"]).succeeds();
    env.git(["checkout", "--quiet", "-b", "other"]);
    env.write("app.rs", "fn other() {}\n");
    env.commit_by_hand("Other");
    env.git(["checkout", "--quiet", "main"]);
    env.write("app.rs", "fn here() {}\n");
    env.commit_by_hand("Here");
    env
}

#[test]
fn every_operation_in_progress_is_named_and_left_alone_until_it_is_ended() {
    for (operation, begin) in [
        ("merge", "git merge other"),
        ("rebase", "git rebase other"),
        ("rebase", "git rebase --apply other"),
        ("cherry-pick", "git cherry-pick other"),
        ("revert", "git revert --no-edit HEAD~1"),
        ("am", "git format-patch -1 --stdout other >../patch; git am --3way ../patch"),
        ("bisect", "git bisect start HEAD HEAD~1"),
    ] {
        let env = conflicting();
        if operation == "revert" {
            env.write("app.rs", "fn there() {}\n");
            env.commit_by_hand("There");
        }
        let mut shell = env.program("sh", &env.store);
        let begun = shell.args(["-c", begin]).output().unwrap();
        let before = env.state();
        let refused = env.run(["note", "x"]);
        assert_eq!(
            refused.code,
            6,
            "{operation}: {}{}",
            refused.stderr,
            String::from_utf8_lossy(&begun.stdout)
        );
        let name = format!("error: a {operation} is in progress in this repository\n");
        assert!(refused.stderr.starts_with(&name), "{operation}: {}", refused.stderr);
        for read in [&["list"][..], &["show"], &["timeline"], &["check"]] {
            env.run(read.iter().copied()).succeeds();
        }
        assert_eq!(env.state(), before, "{operation}");
        let hints = hinted(&refused);
        types(&env, &hints[0]);
        if operation != "bisect" {
            env.write("app.rs", "fn both() {}\n");
            env.git(["add", "app.rs"]);
        }
        types(&env, &hints[1]);
        env.run(["note", "x"]).succeeds();
        assert_eq!(env.status_porcelain(), "", "{operation}");
    }
}

#[test]
fn an_index_that_is_locked_is_named() {
    let env = shared_store();
    env.declare("Checkout fails");
    env.write(".git/index.lock", "");
    let before = env.state();
    let refused = env.run(["note", "x"]);
    refused.shows(str![[r#"
--- stderr
error: another git command is writing (it holds [HOME]/incidents/.git/index.lock)
hint: if no git command is running any more: rm [HOME]/incidents/.git/index.lock
--- exit 6

"#]]);
    assert_eq!(env.state(), before);
    env.run(["list"]).succeeds();
    types(&env, &hinted(&refused)[0]);
    plays(&env);
}
