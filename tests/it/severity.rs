//! `incident severity`: a level by hand, and a level by the answers.

use snapbox::str;

use crate::environment::{TestEnv, same};

#[test]
fn a_level_is_set_by_its_id_or_name() {
    let env = TestEnv::new();
    env.run(["new", "Slow search", "--unrated", "-k", "outage"]).succeeds();
    env.run(["severity", "SEV3"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Slow search: Level not rated → SEV3 ([COMMIT])
  No night call; shown at 9:00 on the next working day
To do now
 1 □ Have somebody else look, to be sure that it happens
When it is done: incident step 1 -i 4gv3

"#]]);
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T02:56:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T02:56:12+09:00

20261120-4gv3: Level not rated → SEV3

Incident: 20261120-4gv3
Incident-Event: severity {"from":null,"to":"SEV3","who":"Aoi Arita"}
Incident-At: 2026-11-20T02:56:12+09:00
Incident-Recorded: 2026-11-20T02:56:12+09:00


M	incidents/2026/11/20261120-4gv3-slow-search.md

"#]],
    );
    env.run(["severity", "major", "-m", "Two customers phoned"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Slow search: Level SEV3 → SEV2 — Two customers phoned ([COMMIT])
Call now: Incident commander
  At night only those on duty hear of it
To do now
 1 □ Have somebody else look, to be sure that it happens
 2 □ Settle who commands; in doubt, whoever is on call  by 03:05 (in 8 min)
When it is done: incident step 1 -i 4gv3

"#]]);
    env.run(["severity", "SEV2"]).shows(str![[r#"
20261120-4gv3
--- stderr
Nothing changed: it is so already.

"#]]);
    env.run(["severity", "--unrated"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Slow search: Level SEV2 → not rated ([COMMIT])
To do now
 1 □ Have somebody else look, to be sure that it happens
When it is done: incident step 1 -i 4gv3

"#]]);
    same(
        &env.incident_file(),
        str![[r#"
---
schema: 1
id: 20261120-4gv3
title: Slow search

kind: outage
severity: null
mode: real
status: triage
detected_by: null
reporter: aoi

roles: {}

times:
  declared: 2026-11-20T02:55:12+09:00

products: []
---

# Slow search

## In one sentence

<!-- What happened to customers or staff, in one sentence. It can wait. -->

## Impact

<!-- Who, what, from when to when, how many. Say “provisional” until it is confirmed, then name the source. -->

## Actions <!-- incident:actions -->

## Timeline <!-- incident:timeline +09:00 -->

- 2026-11-20 02:55 · Declared · Aoi Arita — Not rated yet
- 2026-11-20 02:56 · Level not rated → SEV3 · Aoi Arita
- 2026-11-20 02:57 · Level SEV3 → SEV2 · Aoi Arita — Two customers phoned
- 2026-11-20 02:59 · Level SEV2 → not rated · Aoi Arita

## Links <!-- incident:links -->

"#]],
    );
}

#[test]
fn the_questions_decide_again() {
    let env = TestEnv::japanese();
    env.run(["new", "検索が遅い", "-k", "outage", "-p", "web", "--answer=all_down=no", "--answer=harm=no"])
        .shows(str![[r#"
--- stderr
エラー: レベルを決めるには答えが要ります
ヒント: 「大勢が足止めされて、待つしかない状態ですか」に答える: --answer many_stuck=yes|no|unsure
ヒント: 「困っている人が、1人でもいますか」に答える: --answer anyone=yes|no|unsure
ヒント: レベルなしで記録する: --unrated
--- exit 2

"#]]);
    env.run(["new", "検索が遅い", "--unrated", "-k", "outage", "-p", "web"]).succeeds();
    env.run(["severity", "--answer=all_down=no", "--answer=harm=no"]).shows(str![[r#"
--- stderr
エラー: 答えが足りず、レベルが決まりません
ヒント: 「大勢が足止めされて、待つしかない状態ですか」に答える: --answer many_stuck=yes|no|unsure
ヒント: 「困っている人が、1人でもいますか」に答える: --answer anyone=yes|no|unsure
--- exit 2

"#]]);
    env.run(["severity", "--answer=all_down=no", "--answer=harm=no", "--answer=many_stuck=yes"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　6t9q 検索が遅い　レベル 未判定 → SEV2 — はい: 大勢が足止めされて、待つしかない状態ですか（[COMMIT]）
呼ぶ人: 指揮
  夜は当番だけに知らせる
いまやること
 1 □ ほかの1人にも見てもらい、本当に起きているかを確かめる
 2 □ 指揮を引き受ける人を決める（迷ったら当番が引き受ける）
     03:06 まで（あと8分）
済んだら: incident step 1 -i 6t9q

"#]]);
    same(
        &env.incident_file(),
        str![[r#"
---
schema: 1
id: 20261120-6t9q
title: 検索が遅い

kind: outage
severity: SEV2
mode: real
status: triage
detected_by: null
reporter: aoi

roles: {}

times:
  declared: 2026-11-20T02:56:12+09:00
answers:
  all_down: false
  harm: false
  many_stuck: true

products: [web]
---

# 検索が遅い

## ひとことで

<!-- お客様や社員に何が起きたかを1文で。あとからで構いません。 -->

## 影響

<!-- 誰が・何を・いつからいつまで・何件。仮なら「仮」と書き、確定したら出どころも添えます。 -->

## やること <!-- incident:actions -->

## 経過 <!-- incident:timeline +09:00 -->

- 2026-11-20 02:56 · 起票 · Aoi Arita — 未判定
- 2026-11-20 02:58 · レベル 未判定 → SEV2 · Aoi Arita — はい: 大勢が足止めされて、待つしかない状態ですか

## 参考 <!-- incident:links -->

"#]],
    );
    env.run(["severity", "--answer=all_down=yes"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　6t9q 検索が遅い　レベル SEV2 → SEV1 — はい: 主な機能を、誰も使えない状態ですか（[COMMIT]）
呼ぶ人: 指揮、連絡担当
  全社に第一報。夜も止めない
いまやること
 1 □ ほかの1人にも見てもらい、本当に起きているかを確かめる
 2 □ 指揮を引き受ける人を決める（迷ったら当番が引き受ける）
     03:06 まで（あと7分）
済んだら: incident step 1 -i 6t9q

"#]]);
    env.run(["severity", "--answer=all_down=yes"]).shows(str![[r#"
20261120-6t9q
--- stderr
変わりはありません。すでにその状態です。

"#]]);
}

#[test]
fn what_nobody_knows_is_refused() {
    let env = TestEnv::new();
    env.run(["new", "Slow search", "--severity=SEV3", "-k", "outage"]).succeeds();
    let before = env.state();
    env.run(["severity", "SEV9"]).shows(str![[r#"
--- stderr
error: there is no level “SEV9”
hint: known here: SEV1, SEV2, SEV3, SEV4
--- exit 3

"#]]);
    env.run(["severity", "SEV1", "--unrated"]).shows(str![[r#"
--- stderr
error: [LEVEL] does not go with --unrated
hint: leave out [LEVEL] or --unrated
--- exit 2

"#]]);
    env.run(["severity"]).shows(str![[r#"
--- stderr
error: the answers do not decide the level yet
hint: “Is a main feature down for everyone?”: --answer all_down=yes|no|unsure
hint: “Is money, data or anyone's safety being harmed?”: --answer harm=yes|no|unsure
hint: “Are many people stuck, with nothing to do but wait?”: --answer many_stuck=yes|no|unsure
hint: “Is even one person affected right now?”: --answer anyone=yes|no|unsure
--- exit 2

"#]]);
    env.run(["severity", "--answer=al_down=yes"]).shows(str![[r#"
--- stderr
error: there is no question “al_down”
hint: did you mean all_down?
--- exit 3

"#]]);
    env.run(["severity", "--answers=missing.yaml"]).shows(str![[r#"
--- stderr
error: cannot read missing.yaml: No such file or directory (os error 2)
--- exit 1

"#]]);
    env.run_with_input(["severity", "--answers=-"], "all_down: [yes\n").shows(str![[r#"
--- stderr
error: -:2:1: the answers cannot be read: did not find expected ',' or ']' at line 2 column 1, while parsing a flow sequence at line 1 column 11
--- exit 5

"#]]);
    assert_eq!(env.state(), before);
}

#[test]
fn a_dry_run_and_json_agree() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let before = env.state();
    env.run(["severity", "SEV2", "-n"]).shows(str![[r#"
20261120-4gv3
--- stderr
--- a/incidents/2026/11/20261120-4gv3-checkout-fails.md
+++ b/incidents/2026/11/20261120-4gv3-checkout-fails.md
@@ -4,7 +4,7 @@
 title: Checkout fails
 
 kind: null
-severity: SEV1
+severity: SEV2
 mode: real
 status: triage
 detected_by: null
@@ -33,5 +33,6 @@
 ## Timeline <!-- incident:timeline +09:00 -->
 
 - 2026-11-20 02:55 · Declared · Aoi Arita — SEV1 (stated)
+- 2026-11-20 02:56 · Level SEV1 → SEV2 · Aoi Arita
 
 ## Links <!-- incident:links -->
Commit message:
20261120-4gv3: Level SEV1 → SEV2

Incident: 20261120-4gv3
Incident-Event: severity {"from":"SEV1","to":"SEV2","who":"Aoi Arita"}
Incident-At: 2026-11-20T02:56:12+09:00
Incident-Recorded: 2026-11-20T02:56:12+09:00
Dry run: nothing was written.

"#]]);
    assert_eq!(env.state(), before);
    let change = env.run(["severity", "SEV2", "--json"]).json();
    assert_eq!(change["incident"]["rank"], 1);
    let event = &change["events"][0];
    assert_eq!(
        (&event["type"], &event["from"], &event["to"]),
        (&"severity".into(), &"SEV1".into(), &"SEV2".into())
    );
}

#[test]
fn nobody_asked_means_nothing_lowered() {
    let env = TestEnv::new();
    let unsure =
        ["--answer=all_down=no", "--answer=harm=unsure", "--answer=many_stuck=no", "--answer=anyone=yes"];
    let new = ["new", "Checkout fails", "--kind=outage", "-q"];
    env.run(new.into_iter().chain(unsure)).succeeds();
    let before = env.state();
    env.run(["severity"]).shows(str![[r#"
20261120-4gv3
--- stderr
Nothing changed: it is so already.

"#]]);
    assert_eq!(env.state(), before);
}
