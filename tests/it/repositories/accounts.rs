//! Accounts of one machine: one whom permissions bind, and two that write to one store in turn.

#![expect(clippy::print_stdout, reason = "a test that cannot run here says so")]

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::process::Command;

use snapbox::str;

use super::play::{shared_store, types};
use crate::environment::{TestEnv, make_executable, same};

/// An account of the machine that need not have a name, in a group of ours.
const GROUP: u32 = 61_000;

/// `program` as the account `uid`; only root can become another.
fn as_account(env: &TestEnv, (uid, gid): (u32, u32), program: &str) -> Command {
    let mut command = env.program("setpriv", &env.store);
    let [uid, gid] = [format!("--reuid={uid}"), format!("--regid={gid}")];
    command.args([&uid, &gid, "--clear-groups", "--", program]);
    command
}

fn is_root() -> bool {
    fs::metadata("/proc/self").unwrap().uid() == 0
}

/// How it ended and what it said; none where the program could not be started: a build in somebody's home may be closed
/// to others.
fn ended(env: &TestEnv, command: &mut Command) -> Option<(i32, String)> {
    let output = command.output().ok()?;
    let stderr = String::from_utf8(output.stderr).unwrap();
    let started = output.status.code().filter(|code| ![126, 127].contains(code));
    started.map(|code| (code, stderr.replace(env.home().to_str().unwrap(), "[HOME]")))
}

/// The program as an account whom permissions bind, also where the tests are root's; none without one.
fn bound(env: &TestEnv, args: &[&str]) -> Option<(i32, String)> {
    let mut command = if is_root() {
        types(env, "chown -R 65534:65534 ..");
        as_account(env, (65_534, 65_534), env!("CARGO_BIN_EXE_incident"))
    } else {
        env.incident([])
    };
    ended(env, command.args(args))
}

#[test]
fn a_folder_that_is_closed_hides_nothing_beside_it() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    types(&env, "mkdir incidents/2025 && cp incidents/2026/11/*.md incidents/2025/20250101-9zzz-old.md");
    types(&env, "git add . && git commit --quiet --message old && chmod 000 incidents/2025");
    for (args, expected) in [
        (
            &["list"][..],
            str![[r#"
0
1 incident: 1 live
! incidents/2025 may not be read, so nobody knows which incidents are in it
1 file could not be read. Details: incident check

"#]],
        ),
        (
            &["check", "--no-history"][..],
            str![[r#"
5
1 incident checked: 1 error, no warnings

"#]],
        ),
        (
            &["note", "still works", "-i", "4gv3", "-q"][..],
            str![[r#"
0

"#]],
        ),
    ] {
        let Some((code, said)) = bound(&env, args) else {
            println!("skipped: the program cannot be started by another account");
            break;
        };
        same(&format!("{code}\n{said}"), expected);
    }
    // It is ours again, or git would not look at it.
    types(&env, "chmod 755 incidents/2025 && chown -R $(id -u):$(id -g) ..");
}

/// A store in a folder of the group, where every account trusts it.
fn store_of_a_group() -> TestEnv {
    let env = shared_store();
    env.git(["config", "core.sharedRepository", "group"]);
    env.git(["config", "--global", "--add", "safe.directory", env.store.to_str().unwrap()]);
    types(
        &env,
        &format!("chgrp -R {GROUP} .. && chmod -R g+rwX .. && find . -type d -exec chmod g+s {{}} +"),
    );
    env
}

#[test]
fn two_accounts_of_a_group_write_in_turn() {
    if !is_root() {
        println!("skipped: only root can become somebody else");
        return;
    }
    for umask in ["002", "022"] {
        let env = store_of_a_group();
        let id = env.declare("Checkout fails");
        types(&env, &format!("chown -R 61001 .. && chgrp -R {GROUP} .. && chmod -R g+rwX .."));
        for (turn, account) in [61_001, 61_002, 61_001, 61_002].into_iter().enumerate() {
            let words = format!("turn {turn}");
            let line = format!("umask {umask}; exec \"$0\" \"$@\"");
            for args in [&["note", "-i", &id, &words][..], &["new", &words, "--severity", "SEV3"], &["check"]]
            {
                env.wait(1);
                let mut command = as_account(&env, (account, GROUP), "sh");
                command.args(["-c", &line, env!("CARGO_BIN_EXE_incident")]).args(args);
                let Some((code, said)) = ended(&env, &mut command) else {
                    println!("skipped: the program is closed to other accounts here");
                    return;
                };
                assert_eq!(code, 0, "umask {umask}, turn {turn}: {args:?}: {said}");
            }
        }
        let text = env.read(&env.path_of(&id));
        assert_eq!(text.matches("turn ").count(), 4, "{text}");
        assert_eq!(env.status_porcelain(), "");
        assert_eq!(env.run(["list"]).succeeds().stdout.matches("turn ").count(), 4);
        env.fsck();
    }
}

#[test]
fn what_one_account_has_begun_another_ends() {
    if !is_root() {
        println!("skipped: only root can become somebody else");
        return;
    }
    let env = store_of_a_group();
    let id = env.declare("Checkout fails");
    // The hook kills the command that has started it.
    env.write(".git/hooks/pre-commit", "#!/bin/sh\nkill -9 $(ps -o ppid= -p $PPID)\n");
    make_executable(&env.store.join(".git/hooks/pre-commit"));
    types(&env, &format!("chown -R 61001 .. && chgrp -R {GROUP} .. && chmod -R g+rwX .."));
    let line = "umask 022; exec \"$0\" \"$@\"";
    let act = |account: u32, words: &str| {
        let mut command = as_account(&env, (account, GROUP), "sh");
        command.args(["-c", line, env!("CARGO_BIN_EXE_incident"), "note", "-i", &id, words]);
        command.output().unwrap()
    };
    if act(61_001, "killed").status.code() == Some(126) {
        println!("skipped: the program is closed to other accounts here");
        return;
    }
    assert!(env.store.join(".git/incident/journal").exists());
    env.remove(".git/hooks/pre-commit");
    let said = String::from_utf8(act(61_002, "second").stderr).unwrap();
    assert!(said.contains("cleaned up after an interrupted command"), "{said}");
    let text = env.read(&env.path_of(&id));
    assert!(text.contains("second") && !text.contains("killed"), "{text}");
    assert_eq!(env.status_porcelain(), "");
}

#[test]
fn folders_that_cannot_be_written() {
    let env = shared_store();
    let id = env.declare("Checkout fails");
    let own = fs::metadata(env.home()).unwrap().uid();
    let mut all = String::new();
    for closed in ["", ".git", ".git/objects", ".git/refs/heads", "incidents/2026/11"] {
        types(&env, &format!("chmod -R a-w ./{closed}"));
        let before = env.state();
        let note = bound(&env, &["note", "-i", &id, "x"]);
        let list = bound(&env, &["list"]);
        types(&env, &format!("chown -R {own} .. && chmod -R u+w ./{closed}"));
        let (Some((code, said)), Some(read)) = (note, list) else {
            println!("skipped: no account is bound by permissions here");
            return;
        };
        assert_eq!((read.0, env.state()), (0, before), "{closed}: {}", read.1);
        let said: String = said.lines().map(|line| format!("{}\n", without_chance(line))).collect();
        all.push_str(&format!("--- {closed}: exit {code}\n{said}"));
    }
    same(
        &all,
        str![[r#"
--- : exit 1
error: cannot lock [HOME]/incidents/.git/incident/lock: Permission denied (os error 13)
--- .git: exit 1
error: cannot lock [HOME]/incidents/.git/incident/lock: Permission denied (os error 13)
--- .git/objects: exit 7
error: cannot write to the git repository: failed to create temporary file '[HOME]/incidents/.git/objects/tmp_object_git2_…': Permission denied
--- .git/refs/heads: exit 7
error: cannot move the branch: failed to create locked file '[HOME]/incidents/.git/refs/heads/main.lock': Permission denied
--- incidents/2026/11: exit 1
error: cannot write [HOME]/incidents/incidents/2026/11: Permission denied (os error 13)

"#]],
    );
    env.run(["note", "-i", &id, "x"]).succeeds();
}

/// A line without what libgit2 adds to the name of a temporary file.
fn without_chance(line: &str) -> String {
    let Some((before, after)) = line.split_once("tmp_object_git2_") else { return line.to_owned() };
    let after = after.trim_start_matches(|c: char| c.is_ascii_hexdigit());
    format!("{before}tmp_object_git2_…{after}")
}
