//! `incident timeline` and its witnesses: the file, the commits, and what people do with plain git.

use snapbox::str;

use crate::environment::{TestEnv, same};

fn night(env: &TestEnv) {
    env.declare("Checkout fails");
    env.run(["set", "impact_started=~02:40"]).succeeds();
    env.run(["status", "fixing", "-m", "Rolling back"]).succeeds();
    env.run(["note", "The provider was told", "--at=-2m", "--by=Mio"]).succeeds();
    env.run(["mitigate"]).succeeds();
}

#[test]
fn the_file_and_the_history_tell_the_same() {
    let env = TestEnv::new();
    night(&env);
    env.run(["timeline"]).shows(str![[r#"
Fri 20 Nov
  ~02:40  Impact began · Aoi Arita · recorded 02:56
  02:55   Declared · Aoi Arita
          SEV1 (stated)
  02:56   Note · Mio · recorded 02:58
          The provider was told
  02:57   Triage → Fixing · Aoi Arita
          Rolling back
  02:59   Fixing → Monitoring · Aoi Arita

"#]]);
    let joined = env.run(["timeline", "--json"]).json();
    let rebuilt = env.run(["timeline", "--from-history", "--json"]).json();
    assert_eq!(joined["kind"], "incident.timeline");
    assert_eq!(joined["events"].as_array().unwrap().len(), 5);
    assert!(joined["events"].as_array().unwrap().iter().all(|event| event["source"] == "tool"));
    assert_eq!(joined["events"], rebuilt["events"]);
}

#[test]
fn the_history_alone_is_enough() {
    let env = TestEnv::japanese();
    night(&env);
    let shown = env.run(["timeline", "--from-history"]);
    shown.shows(str![[r#"
11/20(金)
  02:40ごろ  影響開始 · Aoi Arita · 記録 02:56
  02:55      起票 · Aoi Arita
             SEV1（指定）
  02:56      メモ · Mio · 記録 02:58
             The provider was told
  02:57      確認中 → 対処中 · Aoi Arita
             Rolling back
  02:59      対処中 → 経過観察 · Aoi Arita

"#]]);
    assert_eq!(shown.stdout, env.run(["timeline"]).stdout);
}

#[test]
fn a_status_changed_by_hand_is_a_transition_too() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.replace(&env.path_of(""), "status: triage", "status: fixing");
    env.commit_by_hand("Update 20261120.md");
    env.run(["timeline"]).shows(str![[r#"
Fri 20 Nov
  02:55  Declared · Aoi Arita
         SEV1 (stated)
  02:56  Triage → Fixing · Aoi Arita · by hand

"#]]);
    env.run(["timeline", "--from-history"]).shows(str![[r#"
Fri 20 Nov
  02:55  Declared · Aoi Arita
         SEV1 (stated)
  02:56  Triage → Fixing · Aoi Arita · by hand

"#]]);
    let events = env.run(["timeline", "--json"]).json()["events"].clone();
    assert_eq!((&events[1]["source"], &events[1]["to"]), (&"hand".into(), &"fixing".into()));
    env.run(["check"]).shows(str![[r#"
--- stderr
1 incident checked: no errors, no warnings

"#]]);
    env.run(["status", "fixing"]).shows(str![[r#"
20261120-4gv3
--- stderr
Nothing changed: it is so already.

"#]]);
}

#[test]
fn an_empty_timeline_says_where_entries_are_read() {
    let env = TestEnv::new();
    env.write(
        "incidents/20261120-k7qm-by-hand.md",
        "---\nid: 20261120-k7qm\ntitle: By hand\nstatus: fixing\n---\n\n## Timeline\n\n- 12:03 looked at it\n",
    );
    env.run(["timeline", "k7qm"]).shows(str![[r#"
--- stderr
No entries yet. They are read below a heading with <!-- incident:timeline -->; to begin them: incident note -i k7qm "…"

"#]]);
    env.set("INCIDENT_LANG", "ja");
    env.run(["timeline", "k7qm"]).shows(str![[r#"
--- stderr
経過の記録はまだありません。読み取るのは <!-- incident:timeline --> の付いた見出しの下です。書き始めるには: incident note -i k7qm "…"

"#]]);
}

#[test]
fn an_entry_deleted_afterwards_fails_the_check() {
    let env = TestEnv::new();
    night(&env);
    let path = env.path_of("");
    let text = env.read(&path);
    let line = text.lines().find(|line| line.contains("The provider was told")).unwrap().to_owned();
    env.replace(&path, &format!("{line}\n"), "");
    env.commit_by_hand("Tidy up");
    env.run(["timeline"]).shows(str![[r#"
Fri 20 Nov
  ~02:40  Impact began · Aoi Arita · recorded 02:56
  02:55   Declared · Aoi Arita
          SEV1 (stated)
  02:57   Triage → Fixing · Aoi Arita
          Rolling back
  02:59   Fixing → Monitoring · Aoi Arita
--- stderr
1 recorded entry was changed or removed since. Details: incident check

"#]]);
    env.run(["check"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:1:1: error “Note — The provider was told”, recorded in [COMMIT], was changed or removed in [COMMIT] by Aoi Arita
  hint: incident check --fix
--- stderr
1 incident checked: 1 error, no warnings
--- exit 5

"#]]);
    env.run(["--lang=ja", "check"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:1:1: エラー [COMMIT] で記録された「Note — The provider was told」を、Aoi Aritaさんが [COMMIT] で変えたか消しています
  ヒント: incident check --fix
--- stderr
1件を調べました。エラー 1件、注意 0件
--- exit 5

"#]]);
    let findings = env.run(["check", "--json"]);
    assert_eq!(findings.code, 5);
    assert_eq!(findings.json()["findings"][0]["code"], "check-entry-altered-by");
}

#[test]
fn an_entry_reworded_afterwards_fails_the_check() {
    let env = TestEnv::new();
    night(&env);
    env.replace(&env.path_of(""), "The provider was told", "The provider knew");
    env.commit_by_hand("Reword");
    env.run(["timeline"]).shows(str![[r#"
Fri 20 Nov
  ~02:40  Impact began · Aoi Arita · recorded 02:56
  02:55   Declared · Aoi Arita
          SEV1 (stated)
  02:56   Note · Mio · recorded 03:00 · by hand
          The provider knew
  02:57   Triage → Fixing · Aoi Arita
          Rolling back
  02:59   Fixing → Monitoring · Aoi Arita
--- stderr
1 recorded entry was changed or removed since. Details: incident check

"#]]);
    env.run(["check"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:1:1: error “Note — The provider was told”, recorded in [COMMIT], was changed or removed in [COMMIT] by Aoi Arita
  hint: incident check --fix
--- stderr
1 incident checked: 1 error, no warnings
--- exit 5

"#]]);
}

#[test]
fn an_entry_written_by_hand_only_lacks_a_witness() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let heading = "## Links";
    let entry = "- 2026-11-20 03:00 · Note · Mio — Typed on the web page\n- just a line\n\n## Links";
    env.replace(&env.path_of(""), &format!("\n{heading}"), entry);
    env.run(["timeline"]).shows(str![[r#"
Fri 20 Nov
  02:55  Declared · Aoi Arita
         SEV1 (stated)
  03:00  Note · Mio · no commit
         Typed on the web page
  ? - just a line

"#]]);
    env.commit_by_hand("Update on the web");
    env.run(["timeline"]).shows(str![[r#"
Fri 20 Nov
  02:55  Declared · Aoi Arita
         SEV1 (stated)
  03:00  Note · Mio · recorded 02:57 · by hand
         Typed on the web page
  ? - just a line

"#]]);
    env.run(["check"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:37:1: warning this line of the timeline does not read as an entry; it is kept and shown as it is
--- stderr
1 incident checked: no errors, 1 warning

"#]]);
}

#[test]
fn both_times_stand_where_they_differ() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.wait(60);
    env.run(["note", "It began at the deploy", "--at=yesterday 23:50"]).succeeds();
    env.run(["note", "Seen in the log", "--at=25:40"]).succeeds();
    env.run(["timeline"]).shows(str![[r#"
Thu 19 Nov
  23:50  Note · Aoi Arita · recorded Fri 20 Nov 03:56
         It began at the deploy
Fri 20 Nov
  01:40  Note · Aoi Arita · recorded 03:57
         Seen in the log
  02:55  Declared · Aoi Arita
         SEV1 (stated)

"#]]);
    same(env.run(["show"]).stdout.lines().last().unwrap(), str!["         SEV1 (stated)"]);
}

#[test]
fn a_squashed_history_is_no_contradiction() {
    let env = TestEnv::new();
    night(&env);
    env.git(["reset", "--quiet", "--soft", "HEAD~4"]);
    env.git(["commit", "--quiet", "-m", "Squashed"]);
    env.run(["check"]).shows(str![[r#"
--- stderr
1 incident checked: no errors, no warnings

"#]]);
    env.run(["timeline"]).shows(str![[r#"
Fri 20 Nov
  ~02:40  Impact began · Aoi Arita · recorded 03:00 · by hand
  02:55   Declared · Aoi Arita
          SEV1 (stated)
  02:56   Note · Mio · recorded 03:00 · by hand
          The provider was told
  02:57   Triage → Fixing · Aoi Arita · recorded 03:00 · by hand
          Rolling back
  02:59   Fixing → Monitoring · Aoi Arita · recorded 03:00 · by hand

"#]]);
}
