//! Who records: git's name, the environment's, somebody else's, and nobody's.

use snapbox::str;

use crate::environment::{TestEnv, make_executable, same};

fn nobody(env: &TestEnv) {
    env.write("../.gitconfig", "[init]\n\tdefaultBranch = main\n[user]\n\tuseConfigOnly = true\n");
}

#[test]
fn without_a_name_the_commands_are_shown_that_give_one() {
    let env = TestEnv::new();
    let id = env.declare("Checkout fails");
    nobody(&env);
    let before = env.state();
    env.run(["status", "fixing"]).shows(str![[r#"
--- stderr
error: git does not know your name and e-mail address
hint: git config --global user.name "Your Name"
hint: git config --global user.email you@example.org
--- exit 7

"#]]);
    env.run(["--lang=ja", "note", "x"]).shows(str![[r#"
--- stderr
エラー: gitにあなたの名前とメールアドレスが設定されていません
ヒント: git config --global user.name "名前"
ヒント: git config --global user.email you@example.org
--- exit 7

"#]]);
    let error = env.run(["note", "x", "-i", &id, "--json"]);
    assert_eq!((error.code, &error.json_error()["exit"]), (7, &7.into()));
    env.run(["list"]).succeeds();
    assert_eq!(env.state(), before);
}

#[test]
fn a_declaration_is_kept_until_there_is_a_name() {
    let env = TestEnv::new();
    nobody(&env);
    let before = env.state();
    env.run(["new", "Checkout fails", "--severity=SEV1"]).shows(str![[r#"
--- stderr
error: git does not know your name and e-mail address
hint: git config --global user.name "Your Name"
hint: git config --global user.email you@example.org
hint: your words are kept; when the way is clear: incident new --resume
--- exit 7

"#]]);
    assert_eq!(env.state(), before);
    env.set("GIT_AUTHOR_NAME", "Mio Sato");
    env.set("GIT_AUTHOR_EMAIL", "mio@example.org");
    env.set("GIT_COMMITTER_NAME", "Shared laptop");
    env.set("GIT_COMMITTER_EMAIL", "laptop@example.org");
    env.run(["new", "--resume"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ Recorded 6t9q Checkout fails: SEV1 (Critical), 02:55
Call now: Incident commander, Communications
  First report to the whole company; nights included

What to do now
  □ Reporter: declare with what you know; you hold it until a commander comes
  □ Commander: give out roles aloud and name the time of the next update
  □ Responder: look at the latest change; if it can be rolled back, do that first
Take command: incident assign commander me
Write things down: incident note "…"
See it: incident show 6t9q
First report, to paste: incident brief 6t9q

"#]]);
    same(
        &env.last_commit(),
        str![[r#"
Mio Sato <mio@example.org> 2026-11-20T02:55:12+09:00
Shared laptop <laptop@example.org> 2026-11-20T02:56:12+09:00

20261120-6t9q: declared, Checkout fails (SEV1)

Incident: 20261120-6t9q
Incident-Event: milestone {"milestone":"declared","who":"Mio Sato","text":"SEV1 (stated)"}
Incident-At: 2026-11-20T02:55:12+09:00
Incident-Recorded: 2026-11-20T02:56:12+09:00


A	incidents/2026/11/20261120-6t9q-checkout-fails.md

"#]],
    );
    env.run(["new", "--resume"]).shows(str![[r#"
--- stderr
error: there is no draft
hint: incident new
--- exit 3

"#]]);
}

#[test]
fn init_needs_a_name_and_makes_nothing_without() {
    let env = TestEnv::without_store();
    env.write(".gitconfig", "[user]\n\tuseConfigOnly = true\n");
    env.run(["init", "incidents"]).shows(str![[r#"
--- stderr
error: git does not know your name and e-mail address
hint: git config --global user.name "Your Name"
hint: git config --global user.email you@example.org
--- exit 7

"#]]);
    assert!(!env.home().join("incidents").exists());
}

#[test]
fn people_of_the_list_are_matched_by_address() {
    let env = TestEnv::new();
    env.set("GIT_AUTHOR_NAME", "aoi");
    env.set("GIT_AUTHOR_EMAIL", "AOI@example.org");
    env.declare("Checkout fails");
    env.run(["assign", "commander"]).succeeds();
    let incident = env.run(["show", "--json"]).json()["incident"].clone();
    assert_eq!(incident["roles"]["commander"], serde_json::json!(["aoi"]));
    assert_eq!(incident["timeline"][0]["by"], "Aoi Arita");
}

#[test]
fn the_name_comes_from_the_files_that_git_would_read() {
    let env = TestEnv::new();
    nobody(&env);
    env.write("../system", "[user]\n\tname = The Machine\n\temail = machine@example.org\n");
    env.write("../global", "[user]\n\tname = Mio Sato\n\temail = mio@example.org\n");
    env.set("GIT_CONFIG_SYSTEM", env.home().join("system").to_str().unwrap());
    assert_eq!(env.run(["new", "No system files", "--severity=SEV3", "-q"]).code, 7);
    env.set("GIT_CONFIG_NOSYSTEM", "0");
    env.run(["new", "The system's", "--severity=SEV3", "-q"]).succeeds();
    assert!(env.last_commit().starts_with("The Machine <machine@example.org>"));
    env.set("GIT_CONFIG_GLOBAL", env.home().join("global").to_str().unwrap());
    env.run(["new", "The person's", "--severity=SEV3", "-q"]).succeeds();
    assert!(env.last_commit().starts_with("Mio Sato <mio@example.org>"));
}

#[test]
fn settings_of_the_environment_count_as_for_git() {
    let env = TestEnv::new();
    nobody(&env);
    let hooks = env.home().join("hooks");
    env.write("../hooks/pre-commit", "#!/bin/sh\necho not now >&2; exit 1\n");
    make_executable(&hooks.join("pre-commit"));
    let settings = [
        ("user.name", "Mio Sato"),
        ("user.email", "mio@example.org"),
        ("core.hooksPath", hooks.to_str().unwrap()),
    ];
    for (at, (key, value)) in settings.into_iter().enumerate() {
        env.set(&format!("GIT_CONFIG_KEY_{at}"), key);
        env.set(&format!("GIT_CONFIG_VALUE_{at}"), value);
    }
    env.set("GIT_CONFIG_COUNT", "2");
    env.run(["new", "With a name", "--severity=SEV3", "-q"]).succeeds();
    assert!(env.last_commit().starts_with("Mio Sato <mio@example.org>"));
    env.set("GIT_CONFIG_COUNT", "3");
    let refused = env.run(["new", "With a hook", "--severity=SEV3", "-q"]);
    assert_eq!((refused.code, refused.stderr.contains("not now")), (7, true), "{}", refused.stderr);
}
