//! A slip in `severity.toml` or `incident.toml`: nothing typed is lost, and nobody is led astray.

use snapbox::str;

use crate::environment::TestEnv;

fn with_slip_in(file: &str) -> TestEnv {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    match file {
        "severity.toml" => env.replace(file, "[[level]]", "[[level]"),
        _ => env.replace(file, "zone = \"", "zone = Asia\""),
    }
    env
}

#[test]
fn a_declaration_waits_for_rules_that_can_be_read() {
    let env = with_slip_in("severity.toml");
    let before = env.state();
    let words = ["new", "Search is slow", "--severity", "SEV2", "--started=-10m", "--answers", "-"];
    env.run_with_input(words, "{}\n").shows(str![[r#"
--- stderr
error: severity.toml:25:9: this is not valid TOML: unclosed array table, expected `]`
hint: to see all that is wrong: incident check
hint: what is committed is fine; to go back to that: git -C [HOME]/incidents restore --staged --worktree severity.toml
hint: your words are kept; when the way is clear: incident new --resume
--- exit 5

"#]]);
    assert_eq!(env.state().without_refs(), before.without_refs());
    env.run(["--lang=ja", "new", "--resume"]).shows(str![[r#"
--- stderr
エラー: severity.toml:25:9: TOML として読めません: unclosed array table, expected `]`
ヒント: 誤りをすべて見る: incident check
ヒント: コミットされている方は正しいので、そちらに戻すには: git -C [HOME]/incidents restore --staged --worktree severity.toml
--- exit 5

"#]]);
    env.git(["restore", "severity.toml"]);
    env.wait(60);
    env.run(["new", "--resume"]).shows(str![[r#"
20261120-rzk5
--- stderr
✔ Recorded rzk5 Search is slow: SEV2 (Major), 02:56
Call now: Incident commander
  At night only those on duty hear of it

What to do now
  □ Reporter: declare with what you know; you hold it until a commander comes
  □ Commander: give out roles aloud and name the time of the next update
  □ Responder: look at the latest change; if it can be rolled back, do that first
Take command: incident assign commander me
Write things down: incident note "…"
See it: incident show rzk5
First report, to paste: incident brief rzk5

"#]]);
    let text = env.read(&env.path_of("search"));
    assert!(text.contains("impact_started: 2026-11-20T02:46:12+09:00"), "{text}");
    assert!(text.contains("declared: 2026-11-20T02:56:12+09:00"), "{text}");
    env.run(["new", "--resume"]).shows(str![[r#"
--- stderr
error: there is no draft
hint: incident new
--- exit 3

"#]]);
}

#[test]
fn a_slip_that_is_committed_has_nothing_to_go_back_to() {
    let env = with_slip_in("incident.toml");
    env.commit_by_hand("A slip");
    env.run(["new", "Search is slow", "--unrated", "--at=-5m"]).shows(str![[r#"
--- stderr
error: incident.toml:6:8: this is not valid TOML: missing opening quote, expected `"`
hint: to see all that is wrong: incident check
hint: your words are kept; when the way is clear: incident new --resume
--- exit 5

"#]]);
    env.run(["new"]).shows(str![[r#"
--- stderr
error: incident.toml:6:8: this is not valid TOML: missing opening quote, expected `"`
hint: to see all that is wrong: incident check
--- exit 5

"#]]);
    env.run(["note", "x"]).shows(str![[r#"
--- stderr
error: incident.toml:6:8: this is not valid TOML: missing opening quote, expected `"`
hint: to see all that is wrong: incident check
--- exit 5

"#]]);
    env.replace("incident.toml", "zone = Asia\"", "zone = \"");
    env.run(["new", "--discard"]).shows(str![[r#"
--- stderr
02:57 incident new 'Search is slow' --at -5m --unrated
1 draft was discarded.

"#]]);
}

#[test]
fn what_was_typed_and_makes_no_sense_by_the_mended_rules_stays() {
    let env = with_slip_in("severity.toml");
    env.run(["new", "Search is slow", "--severity", "SEV9"]).shows(str![[r#"
--- stderr
error: severity.toml:25:9: this is not valid TOML: unclosed array table, expected `]`
hint: to see all that is wrong: incident check
hint: what is committed is fine; to go back to that: git -C [HOME]/incidents restore --staged --worktree severity.toml
hint: your words are kept; when the way is clear: incident new --resume
--- exit 5

"#]]);
    env.git(["restore", "severity.toml"]);
    env.run(["new", "--resume"]).shows(str![[r#"
--- stderr
error: there is no level “SEV9”
hint: known here: SEV1, SEV2, SEV3, SEV4
hint: your words are kept; when the way is clear: incident new --resume
--- exit 3

"#]]);
    env.run(["new", "--discard"]).shows(str![[r#"
--- stderr
02:56 incident new 'Search is slow' --severity SEV9
1 draft was discarded.

"#]]);
}

#[test]
fn who_only_reads_is_told_once_that_defaults_stand_in() {
    for file in ["severity.toml", "incident.toml"] {
        let env = with_slip_in(file);
        for command in [["list", "-q"], ["show", "-q"], ["who", "-q"]] {
            let ran = env.run(command);
            assert_eq!(ran.code, 0);
            let expected = format!(
                "{file} cannot be read: the default rules stand in for it. Where it is wrong: incident check\n"
            );
            assert_eq!(ran.stderr, expected, "{command:?}");
        }
        let ran = env.run(["watch", "--once"]);
        assert!(ran.stdout.contains(&format!("{file} cannot be read")), "{}", ran.stdout);
    }
}

#[test]
fn check_tells_of_the_slip_and_not_of_all_that_seems_to_follow() {
    let env = with_slip_in("severity.toml");
    env.run(["check"]).shows(str![[r#"
severity.toml:1:1: note since severity.toml cannot be read, the incidents were only looked at for their form
severity.toml:25:9: error this is not valid TOML: unclosed array table, expected `]`
--- stderr
1 incident checked: 1 error, no warnings
--- exit 5

"#]]);
    let env = with_slip_in("incident.toml");
    env.run(["--lang=ja", "check"]).shows(str![[r#"
incident.toml:1:1: 参考 incident.toml を読めないため、インシデントは書式だけを調べました
incident.toml:6:8: エラー TOML として読めません: missing opening quote, expected `"`
--- stderr
1件を調べました。エラー 1件、注意 0件
--- exit 5

"#]]);
    env.git(["restore", "incident.toml"]);
    env.replace("severity.toml", "id = \"SEV1\"", "id = \"S1\"");
    env.run(["check"]).shows(str![[r#"
severity.toml:1:1: note since severity.toml cannot be read, the incidents were only looked at for their form
severity.toml:133:7: error there is no level “SEV1”
  hint: did you mean SEV2, SEV3, SEV4?
severity.toml:141:7: error there is no level “SEV1”
  hint: did you mean SEV2, SEV3, SEV4?
severity.toml:183:7: error there is no level “SEV1”
  hint: did you mean SEV2, SEV3, SEV4?
severity.toml:207:7: error there is no level “SEV1”
  hint: did you mean SEV2, SEV3, SEV4?
severity.toml:215:7: error there is no level “SEV1”
  hint: did you mean SEV2, SEV3, SEV4?
severity.toml:231:7: error there is no level “SEV1”
  hint: did you mean SEV2, SEV3, SEV4?
severity.toml:247:7: error there is no level “SEV1”
  hint: did you mean SEV2, SEV3, SEV4?
severity.toml:301:10: error there is no level “SEV1”
  hint: did you mean SEV2, SEV3, SEV4?
--- stderr
1 incident checked: 8 errors, no warnings
--- exit 5

"#]]);
}

#[test]
fn settings_that_were_deleted_are_not_the_defaults() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.remove("incident.toml");
    let before = env.state();
    env.run(["note", "x"]).shows(str![[r#"
--- stderr
error: incident.toml is committed, but the file is gone
hint: to bring it back: git -C [HOME]/incidents restore --staged --worktree incident.toml
hint: to see all that is wrong: incident check
--- exit 6

"#]]);
    env.run(["list"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE           LEAD  DECLARED
20261120-4gv3  SEV1   Triage  Checkout fails        17:55
--- stderr
incident.toml cannot be read: the default rules stand in for it. Where it is wrong: incident check
1 incident: 1 live

"#]]);
    env.run(["check"]).shows(str![[r#"
error incident.toml is committed, but the file is gone
  hint: to bring it back: git -C [HOME]/incidents restore --staged --worktree incident.toml
incident.toml:1:1: note since incident.toml cannot be read, the incidents were only looked at for their form
--- stderr
1 incident checked: 1 error, no warnings
--- exit 5

"#]]);
    assert_eq!(env.state(), before);
    env.git(["rm", "--quiet", "incident.toml"]);
    env.git(["commit", "--quiet", "-m", "Without settings"]);
    env.run(["note", "x"]).succeeds();
}
