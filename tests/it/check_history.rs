//! `incident check --history`: what the commits are worth as witnesses.

use snapbox::str;

use crate::environment::{TestEnv, same};

/// A store whose owner signs with a key that the clone is told to trust.
fn signing() -> TestEnv {
    let env = TestEnv::new();
    let key = env.home().join("key");
    let mut command = env.program("ssh-keygen", &env.home());
    command.args(["-q", "-t", "ed25519", "-N", "", "-C", "aoi@example.org", "-f"]).arg(&key);
    assert!(command.status().unwrap().success(), "ssh-keygen is there");
    let public = std::fs::read_to_string(key.with_extension("pub")).unwrap();
    let trusted = env.home().join("trusted");
    std::fs::write(&trusted, format!("aoi@example.org {public}")).unwrap();
    env.git(["config", "gpg.format", "ssh"]);
    env.git(["config", "user.signingkey", key.to_str().unwrap()]);
    env.git(["config", "gpg.ssh.allowedSignersFile", trusted.to_str().unwrap()]);
    env.git(["config", "commit.gpgsign", "true"]);
    env
}

#[test]
fn signatures_are_verified_by_git() {
    let env = signing();
    env.declare("Checkout fails");
    env.run(["note", "signed"]).succeeds();
    env.run(["check", "--history"]).shows(str![[r#"
2 commits · 2 signed and valid
--- stderr
1 incident checked: no errors, no warnings

"#]]);
    env.run(["note", "not signed", "--no-gpg-sign"]).succeeds();
    env.run(["check", "--history"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:1:1: warning commit [COMMIT] by Aoi Arita is not signed, although Aoi Arita had signed before
3 commits · 2 signed and valid · 1 not signed
--- stderr
1 incident checked: no errors, 1 warning

"#]]);
    env.git(["config", "--unset", "gpg.ssh.allowedSignersFile"]);
    same(
        env.run(["check", "--history", "--lang", "ja"]).stdout.lines().last().unwrap(),
        str!["コミット 3件 · ここでは確かめられない署名 2件 · 署名なし 1件"],
    );
}

#[test]
fn a_commit_that_was_forged_under_a_signature_fails_the_check() {
    let env = signing();
    env.declare("Checkout fails");
    env.run(["note", "as it was"]).succeeds();
    let forged = env.git(["cat-file", "commit", "HEAD"]).replace("as it was", "as it suits");
    std::fs::write(env.home().join("forged"), forged).unwrap();
    let path = env.home().join("forged");
    let commit = env.git(["hash-object", "-t", "commit", "-w", path.to_str().unwrap()]);
    env.git(["update-ref", "refs/heads/main", commit.trim()]);
    env.run(["check", "--history"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:1:1: error commit [COMMIT] by Aoi Arita: its signature is bad
incidents/2026/11/20261120-4gv3-checkout-fails.md:1:1: error “Note — as it suits”, recorded in [COMMIT], is no longer there as it was
  hint: incident check --fix
incidents/2026/11/20261120-4gv3-checkout-fails.md:1:1: note 1 entry has no commit as witness
2 commits · 1 signed and valid · 1 with a bad signature
--- stderr
1 incident checked: 2 errors, no warnings
--- exit 5

"#]]);
    assert_eq!(env.run(["check", "--history", "--json"]).json()["history"]["bad"], 1);
}

#[test]
fn times_that_run_backwards_and_commits_that_were_made_again_are_told() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["note", "first"]).succeeds();
    env.wait(-30);
    env.run(["note", "from a clock that is slow"]).succeeds();
    env.wait(90);
    env.run(["note", "on the side"]).succeeds();
    env.wait(10);
    env.git(["commit", "--quiet", "--amend", "--no-edit"]);
    env.run(["check", "--history"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:1:1: warning commit [COMMIT] by Aoi Arita says to be 29 min older than what it builds on
incidents/2026/11/20261120-4gv3-checkout-fails.md:1:1: note commit [COMMIT] by Aoi Arita was made again at 04:09, by a rebase or an amend: its time is no witness of when this was recorded
4 commits · 4 not signed · 1 older than what they build on · 1 made again later
--- stderr
1 incident checked: no errors, 1 warning

"#]]);
}

#[test]
fn what_a_squash_and_a_shallow_clone_hide_is_said() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.git(["checkout", "--quiet", "-b", "side"]);
    env.replace("incident.toml", "branch = \"main\"\n", "");
    env.run(["note", "one"]).succeeds();
    env.run(["note", "two"]).succeeds();
    env.git(["checkout", "--quiet", "--", "incident.toml"]);
    env.git(["checkout", "--quiet", "main"]);
    env.git(["merge", "--quiet", "--squash", "side"]);
    env.git(["commit", "--quiet", "--no-edit"]);
    env.run(["check", "--history"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:1:1: note commit [COMMIT] by Aoi Arita holds 2 records that a squash has put together: their own commits can no longer be verified
2 commits · 2 not signed · 1 squashed
--- stderr
1 incident checked: no errors, no warnings

"#]]);
    let address = format!("file://{}", env.store.display());
    env.git_in(&env.home(), ["clone", "--quiet", "--depth", "1", &address, "shallow"]);
    env.run_in(&env.home().join("shallow"), ["check", "--history"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:1:1: note commit [COMMIT] by Aoi Arita holds 2 records that a squash has put together: their own commits can no longer be verified
1 commit · 1 not signed · 1 squashed · this clone lacks the beginning of the history: git fetch --unshallow
--- stderr
1 incident checked: no errors, no warnings

"#]]);
}

#[test]
fn a_squash_under_a_message_of_its_own_is_said() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    for words in ["one", "two", "three"] {
        env.run(["note", words]).succeeds();
    }
    env.git(["reset", "--quiet", "--soft", "HEAD~3"]);
    env.git(["commit", "--quiet", "-m", "squash"]);
    env.run(["check", "--history"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:1:1: note commit [COMMIT] by Aoi Arita brought 3 entries at once: when each was recorded cannot be verified
2 commits · 2 not signed · 1 with several entries at once
--- stderr
1 incident checked: no errors, no warnings

"#]]);
    let lines = env.run(["check", "--history", "--lang", "ja"]).stdout;
    same(
        &lines,
        str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:1:1: 参考 コミット [COMMIT]（Aoi Arita）で 3件の記録がまとめて入っています。それぞれをいつ記録したかは確かめられません
コミット 2件 · 署名なし 2件 · まとめて入った記録のあるもの 1件

"#]],
    );
    assert_eq!(env.run(["check", "--history", "--json"]).json()["history"]["together"], 1);
}

#[test]
fn entries_that_came_one_by_one_or_were_only_moved_did_not_come_together() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let path = env.path_of("");
    for words in ["one", "two"] {
        let anchor = "<!-- incident:timeline +09:00 -->\n\n";
        env.replace(&path, anchor, &format!("{anchor}- 2026-11-20 02:58 · Note · Ben — {words}\n"));
        env.git(["commit", "--quiet", "--all", "-m", "By hand"]);
    }
    env.git(["checkout", "--quiet", "-b", "side", "HEAD~1"]);
    env.write("elsewhere.txt", "");
    env.commit_by_hand("On the side");
    env.git(["checkout", "--quiet", "main"]);
    env.git(["merge", "--quiet", "--no-ff", "--no-edit", "side"]);
    env.git(["mv", &path, "incidents/20261120-4gv3-elsewhere.md"]);
    env.git(["commit", "--quiet", "-m", "Move"]);
    let timeline = env.run(["timeline"]).stdout;
    assert!(timeline.contains("one") && timeline.contains("two"), "{timeline}");
    assert_eq!(env.run(["check", "--history", "--json"]).json()["history"]["together"], 0);
}

#[test]
fn who_changed_what_was_recorded_is_named() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["note", "Nobody noticed"]).succeeds();
    let path = env.path_of("");
    env.replace(&path, "Nobody noticed", "Everybody noticed");
    env.git(["-c", "user.name=Ben", "commit", "--quiet", "--all", "-m", "Tidy up"]);
    env.run(["check", "--history"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:1:1: error “Note — Nobody noticed”, recorded in [COMMIT], was changed or removed in [COMMIT] by Ben
  hint: incident check --fix
3 commits · 3 not signed
--- stderr
1 incident checked: 1 error, no warnings
--- exit 5

"#]]);
}
