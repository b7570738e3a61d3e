//! `incident note`: words for the timeline, of one line and of many.

use snapbox::str;

use crate::environment::{TestEnv, same};

#[test]
fn each_kind_of_note_has_its_word() {
    for env in [TestEnv::new(), TestEnv::japanese()] {
        env.declare("Checkout fails");
        for kind in ["note", "premise", "checked", "thought", "tried", "decision", "contact"] {
            env.run(["note", "words", "of", kind, "--kind", kind, "-q"]).succeeds();
        }
    }
    let env = TestEnv::japanese();
    env.declare("決済が全部エラーになる");
    for kind in ["note", "premise", "checked", "thought", "tried", "decision", "contact"] {
        env.run(["note", "見た", "--kind", kind, "-q"]).succeeds();
    }
    env.run(["timeline"]).shows(str![[r#"
11/20(金)
  02:55  起票 · Aoi Arita
         SEV1（指定）
  02:56  メモ · Aoi Arita
         見た
  02:57  前提 · Aoi Arita
         見た
  02:58  調べたこと · Aoi Arita
         見た
  02:59  考えたこと · Aoi Arita
         見た
  03:00  試したこと · Aoi Arita
         見た
  03:01  決めたこと · Aoi Arita
         見た
  03:02  連絡したこと · Aoi Arita
         見た

"#]]);
    env.run(["--lang=en", "timeline"]).shows(str![[r#"
Fri 20 Nov
  02:55  Declared · Aoi Arita
         SEV1（指定）
  02:56  Note · Aoi Arita
         見た
  02:57  Premise · Aoi Arita
         見た
  02:58  Checked · Aoi Arita
         見た
  02:59  Thought · Aoi Arita
         見た
  03:00  Tried · Aoi Arita
         見た
  03:01  Decision · Aoi Arita
         見た
  03:02  Contact · Aoi Arita
         見た

"#]]);
}

#[test]
fn lines_and_odd_characters_come_back_as_they_were() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let text = "Log:\n\n  a · b — c (recorded 02:00)\n- 2026-11-20 02:00 · Note · Mio — not mine\n# heading\n<!-- incident:timeline -->\nends \\";
    env.run(["note", "-m", text]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Note — Log: ([COMMIT])

"#]]);
    same(
        &env.incident_file(),
        str![[r#"
---
schema: 1
id: 20261120-4gv3
title: Checkout fails

kind: null
severity: SEV1
mode: real
status: triage
detected_by: null
reporter: aoi

roles: {}

times:
  declared: 2026-11-20T02:55:12+09:00

products: []
---

# Checkout fails

## In one sentence

<!-- What happened to customers or staff, in one sentence. It can wait. -->

## Impact

<!-- Who, what, from when to when, how many. Say “provisional” until it is confirmed, then name the source. -->

## Actions <!-- incident:actions -->

## Timeline <!-- incident:timeline +09:00 -->

- 2026-11-20 02:55 · Declared · Aoi Arita — SEV1 (stated)
- 2026-11-20 02:56 · Note · Aoi Arita — Log:

    a · b — c (recorded 02:00)
  - 2026-11-20 02:00 · Note · Mio — not mine
  # heading
  <!-- incident:timeline -->
  ends \\

## Links <!-- incident:links -->

"#]],
    );
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T02:56:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T02:56:12+09:00

20261120-4gv3: Note — Log:

Incident: 20261120-4gv3
Incident-Event: note {"kind":"note","who":"Aoi Arita","text":"Log:\n\n  a · b — c (recorded 02:00)\n- 2026-11-20 02:00 · Note · Mio — not mine\n# heading\n<!-- incident:timeline -->\nends \\"}
Incident-At: 2026-11-20T02:56:12+09:00
Incident-Recorded: 2026-11-20T02:56:12+09:00


M	incidents/2026/11/20261120-4gv3-checkout-fails.md

"#]],
    );
    let timeline = env.run(["timeline", "--json"]).json();
    assert_eq!(timeline["events"].as_array().unwrap().len(), 2);
    assert_eq!(timeline["events"][1]["text"], text);
    let rebuilt = env.run(["timeline", "--from-history", "--json"]).json();
    assert_eq!(rebuilt["events"][1]["text"], text);
    env.run(["check"]).shows(str![[r#"
--- stderr
1 incident checked: no errors, no warnings

"#]]);
}

#[test]
fn the_same_words_twice_are_two_notes() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["note", "Called the provider", "--at=03:00"]).succeeds();
    env.wait(10);
    env.run(["note", "Called the provider", "--at=03:00"]).succeeds();
    assert_eq!(env.commits(), 4);
    env.run(["timeline"]).shows(str![[r#"
Thu 19 Nov
  03:00  Note · Aoi Arita · recorded Fri 20 Nov 02:56
         Called the provider
Fri 20 Nov
  02:55  Declared · Aoi Arita
         SEV1 (stated)
  03:00  Note · Aoi Arita · recorded 03:07
         Called the provider

"#]]);
}

#[test]
fn a_note_needs_words() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let before = env.state();
    env.run(["note"]).shows(str![[r#"
--- stderr
error: a note needs words
hint: give the words: -m "…"
--- exit 2

"#]]);
    env.run(["note", "  "]).shows(str![[r#"
--- stderr
error: a note needs words
hint: give the words: -m "…"
--- exit 2

"#]]);
    env.run(["note", "x", "-m", "y"]).shows(str![[r#"
--- stderr
error: [TEXT]... does not go with --message <TEXT>
hint: leave out [TEXT]... or --message <TEXT>
--- exit 2

"#]]);
    env.run(["note", "x", "--kind=decisoin"]).shows(str![[r#"
--- stderr
error: “decisoin” is no value for --kind <KIND>
hint: did you mean “decision”?
hint: one of note, premise, checked, thought, tried, decision, contact
--- exit 2

"#]]);
    env.run(["--lang=ja", "note", ""]).shows(str![[r#"
--- stderr
エラー: メモの言葉がありません
ヒント: 言葉を添える: -m "…"
--- exit 2

"#]]);
    env.run(["note", "x", "-n"]).shows(str![[r#"
20261120-4gv3
--- stderr
--- a/incidents/2026/11/20261120-4gv3-checkout-fails.md
+++ b/incidents/2026/11/20261120-4gv3-checkout-fails.md
@@ -33,5 +33,6 @@
 ## Timeline <!-- incident:timeline +09:00 -->
 
 - 2026-11-20 02:55 · Declared · Aoi Arita — SEV1 (stated)
+- 2026-11-20 03:01 · Note · Aoi Arita — x
 
 ## Links <!-- incident:links -->
Commit message:
20261120-4gv3: Note — x

Incident: 20261120-4gv3
Incident-Event: note {"kind":"note","who":"Aoi Arita","text":"x"}
Incident-At: 2026-11-20T03:01:12+09:00
Incident-Recorded: 2026-11-20T03:01:12+09:00
Dry run: nothing was written.

"#]]);
    assert_eq!(env.state(), before);
}

#[test]
fn a_note_may_go_to_what_is_over() {
    let env = TestEnv::new();
    let id = env.declare("Checkout fails");
    env.run(["close"]).succeeds();
    env.run(["note", "late"]).shows(str![[r#"
--- stderr
error: no incident is live; name the one you mean
hint: incident list --all
--- exit 3

"#]]);
    env.run(["note", "late", "-i", &id[9..11]]).shows(str![[r#"
--- stderr
error: nothing matches “4g”
hint: 20261120-4gv3 Checkout fails
--- exit 3

"#]]);
    env.run(["note", "The provider has answered", "-i", &id[9..], "--at=2026-11-20T02:58:00+09:00"]).shows(
        str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Note — The provider has answered ([COMMIT])

"#]],
    );
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T02:58:00+09:00
Aoi Arita <aoi@example.org> 2026-11-20T02:59:12+09:00

20261120-4gv3: Note — The provider has answered

Incident: 20261120-4gv3
Incident-Event: note {"kind":"note","who":"Aoi Arita","text":"The provider has answered"}
Incident-At: 2026-11-20T02:58:00+09:00
Incident-Recorded: 2026-11-20T02:59:12+09:00


M	incidents/2026/11/20261120-4gv3-checkout-fails.md

"#]],
    );
}

#[test]
fn words_are_read_from_a_pipe() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run_with_input(["note", "-"], "first line\nsecond line\n").succeeds();
    assert!(env.incident_file().contains("first line\n  second line"), "{}", env.incident_file());
    assert_eq!(env.run(["note", "-"]).code, 2);
}
