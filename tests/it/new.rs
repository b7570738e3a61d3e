//! `incident new`: what is recorded, and what is refused.

use incident::config::defaults;
use snapbox::str;

use crate::environment::{TestEnv, same};

#[test]
fn a_title_and_a_level_are_enough() {
    let env = TestEnv::new();
    env.run(["new", "Checkout returns errors", "--severity", "SEV1"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout returns errors: SEV1 (Critical), 02:55
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
    same(
        &env.incident_file(),
        str![[r#"
---
schema: 1
id: 20261120-4gv3
title: Checkout returns errors

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

# Checkout returns errors

## In one sentence

<!-- What happened to customers or staff, in one sentence. It can wait. -->

## Impact

<!-- Who, what, from when to when, how many. Say “provisional” until it is confirmed, then name the source. -->

## Actions <!-- incident:actions -->

## Timeline <!-- incident:timeline +09:00 -->

- 2026-11-20 02:55 · Declared · Aoi Arita — SEV1 (stated)

## Links <!-- incident:links -->

"#]],
    );
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T02:55:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T02:55:12+09:00

20261120-4gv3: declared, Checkout returns errors (SEV1)

Incident: 20261120-4gv3
Incident-Event: milestone {"milestone":"declared","who":"Aoi Arita","text":"SEV1 (stated)"}
Incident-At: 2026-11-20T02:55:12+09:00
Incident-Recorded: 2026-11-20T02:55:12+09:00


A	incidents/2026/11/20261120-4gv3-checkout-returns-errors.md

"#]],
    );
    assert_eq!(env.status_porcelain(), "");
}

#[test]
fn a_title_and_a_level_are_enough_in_japanese() {
    let env = TestEnv::japanese();
    env.run(["new", "決済画面でエラーが出る", "--severity", "SEV1"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ 記録しました　4gv3 決済画面でエラーが出る　SEV1「緊急」　02:55
呼ぶ人: 指揮、連絡担当
  全社に第一報。夜も止めない

いまやること
  □ 報告者: わかることだけ書いて起票。指揮が来るまで預かる
  □ 指揮: 役割を声に出して決め、次の連絡時刻を宣言する
  □ 対応者: 直前の変更を見る。戻せるなら戻すのが先
引き受ける: incident assign commander me
書き残す: incident note "…"
見る: incident show 4gv3
第一報を貼る: incident brief 4gv3

"#]]);
    same(
        &env.incident_file(),
        str![[r#"
---
schema: 1
id: 20261120-4gv3
title: 決済画面でエラーが出る

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

# 決済画面でエラーが出る

## ひとことで

<!-- お客様や社員に何が起きたかを1文で。あとからで構いません。 -->

## 影響

<!-- 誰が・何を・いつからいつまで・何件。仮なら「仮」と書き、確定したら出どころも添えます。 -->

## やること <!-- incident:actions -->

## 経過 <!-- incident:timeline +09:00 -->

- 2026-11-20 02:55 · 起票 · Aoi Arita — SEV1（指定）

## 参考 <!-- incident:links -->

"#]],
    );
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T02:55:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T02:55:12+09:00

20261120-4gv3: 起票 決済画面でエラーが出る（SEV1）

Incident: 20261120-4gv3
Incident-Event: milestone {"milestone":"declared","who":"Aoi Arita","text":"SEV1（指定）"}
Incident-At: 2026-11-20T02:55:12+09:00
Incident-Recorded: 2026-11-20T02:55:12+09:00


A	incidents/2026/11/20261120-4gv3-決済画面でエラーが出る.md

"#]],
    );
    assert_eq!(env.status_porcelain(), "");
}

#[test]
fn every_answer_is_a_flag() {
    let env = TestEnv::new();
    env.run([
        "new",
        "Partners cannot import",
        "--kind=outage",
        "--product=partner-api",
        "--product=web",
        "--answer=all_down=no",
        "--answer=harm=unsure",
        "--answer=partner_stopped=yes",
        "--started=~02:40",
        "--at=-5m",
        "--by=Mio",
        "--detected-by=customer",
        "--message=Error E-42\non every import",
        "--key=alert-7",
    ])
    .shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Partners cannot import: SEV1 (Critical), 02:50
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
    same(
        &env.incident_file(),
        str![[r#"
---
schema: 1
id: 20261120-4gv3
title: Partners cannot import

kind: outage
severity: SEV1
mode: real
status: triage
detected_by: customer
reporter: Mio

roles: {}

times:
  impact_started: ~2026-11-20T02:40:00+09:00
  declared: 2026-11-20T02:50:12+09:00
answers:
  all_down: false
  harm: unsure
  partner_stopped: true
key: alert-7

products: [partner-api, web]
---

# Partners cannot import

## In one sentence

<!-- What happened to customers or staff, in one sentence. It can wait. -->

## Impact

<!-- Who, what, from when to when, how many. Say “provisional” until it is confirmed, then name the source. -->

## Actions <!-- incident:actions -->

## Timeline <!-- incident:timeline +09:00 -->

- 2026-11-20 ~02:40 · Impact began · Mio (recorded 02:55)
- 2026-11-20 02:50 · Declared · Mio — SEV1 (yes: Is money, data or anyone's safety being harmed?) (recorded 02:55)
- 2026-11-20 02:50 · Note · Mio — Error E-42 (recorded 02:55)
  on every import

## Links <!-- incident:links -->

"#]],
    );
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T02:50:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T02:55:12+09:00

20261120-4gv3: declared, Partners cannot import (SEV1)

Incident: 20261120-4gv3
Incident-Event: milestone {"milestone":"declared","who":"Mio","text":"SEV1 (yes: Is money, data or anyone's safety being harmed?)"}
Incident-At: 2026-11-20T02:50:12+09:00
Incident-Event: milestone {"milestone":"impact_started","who":"Mio"}
Incident-At: ~2026-11-20T02:40:00+09:00
Incident-Event: note {"kind":"note","who":"Mio","text":"Error E-42\non every import"}
Incident-At: 2026-11-20T02:50:12+09:00
Incident-Recorded: 2026-11-20T02:55:12+09:00
Incident-By: Aoi Arita


A	incidents/2026/11/20261120-4gv3-partners-cannot-import.md

"#]],
    );
}

#[test]
fn the_kind_and_the_answers_decide_the_level() {
    let env = TestEnv::new();
    let args = ["new", "Slow search", "-k", "outage", "-p", "web", "--answers", "-"];
    env.run_with_input(args, "all_down: false\nharm: no\nmany_stuck: n\nanyone: true\n").shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Slow search: SEV3 (Limited), 02:55
  No night call; shown at 9:00 on the next working day

What to do now
  □ Reporter: declare with what you know; you hold it until a commander comes
  □ Commander: give out roles aloud and name the time of the next update
  □ Responder: look at the latest change; if it can be rolled back, do that first
Take command: incident assign commander me
Write things down: incident note "…"
See it: incident show 4gv3
First report, to paste: incident brief 4gv3

"#]]);
    env.run(["new", "Wrong totals", "-k", "Wrong or lost data", "--answer", "gone=yes"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ Recorded 6t9q Wrong totals: SEV1 (Critical), 02:56
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
    env.run(["list"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE         LEAD  DECLARED
20261120-6t9q  SEV1   Triage  Wrong totals        02:56
20261120-4gv3  SEV3   Triage  Slow search         02:55
--- stderr
2 incidents: 2 live

"#]]);
}

#[test]
fn what_to_do_first_may_be_for_some_incidents_alone() {
    let env = TestEnv::new();
    let (before, after) = defaults::POLICY.split_once("[[definition.first]]").unwrap();
    let levels = after.split_once("# --- Levels").unwrap().1;
    let first = "[[definition.first]]\nen = \"Tell the whole company\"\nlevels = [\"SEV1\"]\n\
                 [[definition.first]]\nen = \"Lock the device\"\nkinds = [\"device\"]\n\n# --- Levels";
    env.write("severity.toml", format!("{before}{first}{levels}"));
    env.run(["new", "Checkout fails", "--severity=SEV1"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: SEV1 (Critical), 02:55
Call now: Incident commander, Communications
  First report to the whole company; nights included

What to do now
  □ Tell the whole company
Take command: incident assign commander me
Write things down: incident note "…"
See it: incident show 4gv3
First report, to paste: incident brief 4gv3

"#]]);
    env.run(["new", "Slow search", "--severity=SEV3"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ Recorded 6t9q Slow search: SEV3 (Limited), 02:56
  No night call; shown at 9:00 on the next working day
Take command: incident assign commander me
Write things down: incident note "…"
See it: incident show 6t9q
First report, to paste: incident brief 6t9q

"#]]);
}

#[test]
fn without_answers_each_that_matters_is_named() {
    let env = TestEnv::new();
    let before = env.state();
    env.run(["new", "Slow"]).shows(str![[r#"
--- stderr
error: say what kind of thing it is
hint: --kind one of outage, data, security, device, it
hint: to record without a level: --unrated
--- exit 2

"#]]);
    env.run(["new", "Slow", "-k", "outage", "-p", "web"]).shows(str![[r#"
--- stderr
error: the level needs answers
hint: “Is a main feature down for everyone?”: --answer all_down=yes|no|unsure
hint: “Is money, data or anyone's safety being harmed?”: --answer harm=yes|no|unsure
hint: “Are many people stuck, with nothing to do but wait?”: --answer many_stuck=yes|no|unsure
hint: “Is even one person affected right now?”: --answer anyone=yes|no|unsure
hint: to record without a level: --unrated
--- exit 2

"#]]);
    env.run(["--lang=ja", "new", "遅い", "-k", "outage", "--answer", "all_down=no"]).shows(str![[r#"
--- stderr
エラー: レベルを決めるには答えが要ります
ヒント: 「お金・データ・人の安全に、害が出ていますか」に答える: --answer harm=yes|no|unsure
ヒント: 「大勢が足止めされて、待つしかない状態ですか」に答える: --answer many_stuck=yes|no|unsure
ヒント: 「困っている人が、1人でもいますか」に答える: --answer anyone=yes|no|unsure
ヒント: レベルなしで記録する: --unrated
--- exit 2

"#]]);
    env.run(["new", "Slow", "-k", "outage", "--answer", "many_stuck=yes"]).shows(str![[r#"
--- stderr
error: the level needs answers
hint: “Is a main feature down for everyone?”: --answer all_down=yes|no|unsure
hint: “Is money, data or anyone's safety being harmed?”: --answer harm=yes|no|unsure
hint: to record without a level: --unrated
--- exit 2

"#]]);
    assert_eq!(env.state(), before);
}

#[test]
fn an_incident_need_not_be_rated() {
    let env = TestEnv::new();
    env.run(["new", "Something is odd", "--unrated"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Something is odd: Not rated yet, 02:55
Call only: Incident commander
Rate it when you know more: incident severity -i 4gv3

What to do now
  □ Reporter: declare with what you know; you hold it until a commander comes
  □ Commander: give out roles aloud and name the time of the next update
  □ Responder: look at the latest change; if it can be rolled back, do that first
Take command: incident assign commander me
Write things down: incident note "…"
See it: incident show 4gv3
First report, to paste: incident brief 4gv3

"#]]);
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T02:55:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T02:55:12+09:00

20261120-4gv3: declared, Something is odd (Not rated yet)

Incident: 20261120-4gv3
Incident-Event: milestone {"milestone":"declared","who":"Aoi Arita","text":"Not rated yet"}
Incident-At: 2026-11-20T02:55:12+09:00
Incident-Recorded: 2026-11-20T02:55:12+09:00


A	incidents/2026/11/20261120-4gv3-something-is-odd.md

"#]],
    );
    env.run(["list"]).shows(str![[r#"
ID             LEVEL          STATUS  TITLE             LEAD  DECLARED
20261120-4gv3  Not rated yet  Triage  Something is odd        02:55
--- stderr
1 incident: 1 live; 1 unrated

"#]]);
}

#[test]
fn words_that_nobody_knows_are_refused_with_those_that_are_near() {
    let env = TestEnv::new();
    let before = env.state();
    env.run(["new", "x", "--severity", "SEV9"]).shows(str![[r#"
--- stderr
error: there is no level “SEV9”
hint: known here: SEV1, SEV2, SEV3, SEV4
--- exit 3

"#]]);
    env.run(["new", "x", "--kind", "outrage", "--unrated"]).shows(str![[r#"
--- stderr
error: there is no kind “outrage”
hint: did you mean outage (Service outage)?
--- exit 3

"#]]);
    env.run(["new", "x", "--product", "wep", "--unrated"]).shows(str![[r#"
--- stderr
error: there is no product “wep”
hint: did you mean web (Customer web)?
--- exit 3

"#]]);
    env.run(["new", "x", "--kind", "outage", "--answer", "all_donw=yes"]).shows(str![[r#"
--- stderr
error: there is no question “all_donw”
hint: did you mean all_down?
--- exit 3

"#]]);
    env.run(["new", "x", "--kind", "outage", "--answer", "all_down=perhaps"]).shows(str![[r#"
--- stderr
error: “all_down=perhaps”: answer yes, no or unsure
--- exit 2

"#]]);
    env.run(["new", "x", "--unrated", "--field", "clients=3"]).shows(str![[r#"
--- stderr
error: “clients=3” is no field of this store
hint: known here: item, last_seen, locked, wiped
--- exit 2

"#]]);
    env.run(["new", "x", "--unrated", "--at", "25:99"]).shows(str![[r#"
--- stderr
error: there is no such time: “25:99” (hours end at 29, minutes at 59)
hint: 02:40, ~02:40, -12m, 15 min ago, yesterday 23:50, 25:40, 11-19 23:50, 2026-11-19T23:50:00+09:00
--- exit 2

"#]]);
    env.run(["new", "x", "--unrated", "--at", "2027-01-01 10:00"]).shows(str![[r#"
--- stderr
error: “2027-01-01 10:00” is yet to come: it is 2026-11-20 03:02 now
hint: 02:40, ~02:40, -12m, 15 min ago, yesterday 23:50, 25:40, 11-19 23:50, 2026-11-19T23:50:00+09:00
--- exit 2

"#]]);
    env.run(["new", "x", "--severty", "SEV1"]).shows(str![[r#"
--- stderr
error: unknown option “--severty”
hint: did you mean “--severity”?
--- exit 2

"#]]);
    env.run(["--lang=ja", "new", "x", "--severity", "最悪"]).shows(str![[r#"
--- stderr
エラー: 「最悪」というレベルはありません
ヒント: ここで使えるもの: SEV1, SEV2, SEV3, SEV4
--- exit 3

"#]]);
    assert_eq!(env.state(), before);
}

#[test]
fn a_repeated_key_returns_the_first_incident() {
    let env = TestEnv::new();
    let first = env.run(["new", "Disk full", "--severity=SEV3", "--key=alert-7"]).succeeds().stdout;
    let head = env.head();
    let again = env.run(["new", "Disk still full", "--severity=SEV1", "--key=alert-7"]);
    again.shows(str![[r#"
20261120-4gv3
--- stderr
This key was used before; that incident is returned.

"#]]);
    assert_eq!((again.stdout, env.head()), (first, head));
}

#[test]
fn practice_and_what_is_over_say_so() {
    let env = TestEnv::new();
    env.run(["new", "Fire drill", "--severity=SEV1", "--drill"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 [DRILL] Fire drill: SEV1 (Critical), 02:55
DRILL: nobody is called.

What to do now
  □ Reporter: declare with what you know; you hold it until a commander comes
  □ Commander: give out roles aloud and name the time of the next update
  □ Responder: look at the latest change; if it can be rolled back, do that first
Take command: incident assign commander me
Write things down: incident note "…"
See it: incident show 4gv3
First report, to paste: incident brief 4gv3

"#]]);
    env.run(["new", "Last week", "--severity=SEV3", "--retro", "--at=2026-11-13 10:00"]).shows(str![[r#"
20261113-6t9q
--- stderr
✔ Recorded 6t9q Last week: SEV3 (Limited), 10:00

"#]]);
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-13T10:00:00+09:00
Aoi Arita <aoi@example.org> 2026-11-20T02:56:12+09:00

20261113-6t9q: declared, Last week (SEV3)

Incident: 20261113-6t9q
Incident-Event: milestone {"milestone":"declared","who":"Aoi Arita","text":"SEV3 (stated)"}
Incident-At: 2026-11-13T10:00:00+09:00
Incident-Event: status {"from":"triage","to":"resolved","who":"Aoi Arita"}
Incident-At: 2026-11-13T10:00:00+09:00
Incident-Recorded: 2026-11-20T02:56:12+09:00


A	incidents/2026/11/20261113-6t9q-last-week.md

"#]],
    );
    env.run(["list"]).shows(str![[r#"
ID             LEVEL  STATUS     TITLE               LEAD  DECLARED
20261120-4gv3  SEV1   Triage     [DRILL] Fire drill        02:55
20261113-6t9q  SEV3   Reviewing  Last week                 Fri 13 Nov 10:00
--- stderr
2 incidents: 1 live, 1 in review

"#]]);
}

#[test]
fn a_dry_run_shows_the_file_and_the_message_and_writes_nothing() {
    let env = TestEnv::new();
    let before = env.state();
    env.run(["new", "Checkout returns errors", "--severity=SEV1", "-n"]).shows(str![[r#"
--- stderr
--- /dev/null
+++ b/incidents/2026/11/20261120-4gv3-checkout-returns-errors.md
@@ -0,0 +1,37 @@
+---
+schema: 1
+id: 20261120-4gv3
+title: Checkout returns errors
+
+kind: null
+severity: SEV1
+mode: real
+status: triage
+detected_by: null
+reporter: aoi
+
+roles: {}
+
+times:
+  declared: 2026-11-20T02:55:12+09:00
+
+products: []
+---
+
+# Checkout returns errors
+
+## In one sentence
+
+<!-- What happened to customers or staff, in one sentence. It can wait. -->
+
+## Impact
+
+<!-- Who, what, from when to when, how many. Say “provisional” until it is confirmed, then name the source. -->
+
+## Actions <!-- incident:actions -->
+
+## Timeline <!-- incident:timeline +09:00 -->
+
+- 2026-11-20 02:55 · Declared · Aoi Arita — SEV1 (stated)
+
+## Links <!-- incident:links -->
Commit message:
20261120-4gv3: declared, Checkout returns errors (SEV1)

Incident: 20261120-4gv3
Incident-Event: milestone {"milestone":"declared","who":"Aoi Arita","text":"SEV1 (stated)"}
Incident-At: 2026-11-20T02:55:12+09:00
Incident-Recorded: 2026-11-20T02:55:12+09:00
Dry run: nothing was written.

"#]]);
    assert_eq!(env.state(), before);
}

#[test]
fn json_tells_the_change() {
    let env = TestEnv::new();
    let change = env.run(["new", "Checkout fails", "--severity=SEV1", "--started=~02:40", "--json"]).json();
    assert_eq!((&change["schema"], &change["kind"]), (&1.into(), &"incident.change".into()));
    assert_eq!(change["commit"], env.head());
    let incident = &change["incident"];
    assert_eq!(incident["path"], env.path_of(""));
    assert_eq!((&incident["severity"], &incident["rank"]), (&"SEV1".into(), &0.into()));
    assert_eq!((&incident["kind"], &incident["impact"]), (&().into(), &().into()));
    assert_eq!(incident["products"], serde_json::json!([]));
    assert_eq!(incident["approximate"], serde_json::json!(["impact_started"]));
    assert_eq!(incident["times"]["declared"], "2026-11-20T02:55:12+09:00");
    assert_eq!(change["events"].as_array().unwrap().len(), 2);
}

#[test]
fn a_private_kind_is_not_recorded_here_by_accident() {
    let env = TestEnv::new();
    let before = env.state();
    env.run(["new", "Laptop left in a taxi", "-k", "device", "--severity=SEV2"]).shows(str![[r#"
--- stderr
error: this kind belongs in the store “security”, which is not set up; nothing was recorded
hint: name it in ~/.config/incident/config.toml: [stores] security = "DIR"
hint: to record it in this store: --here
--- exit 6

"#]]);
    assert_eq!(env.state(), before);
    env.run(["new", "Laptop left in a taxi", "-k", "device", "--severity=SEV2", "--here"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ Recorded 6t9q Laptop left in a taxi: SEV2 (Major), 02:56
Call now: Incident commander
  At night only those on duty hear of it
First ask IT for the remote lock, and report the loss to police, station or shop. If personal data is involved, tell legal today.

What to do now
  □ Reporter: declare with what you know; you hold it until a commander comes
  □ Commander: give out roles aloud and name the time of the next update
  □ Responder: look at the latest change; if it can be rolled back, do that first
Take command: incident assign commander me
Write things down: incident note "…"
See it: incident show 6t9q
First report, to paste: incident brief 6t9q

"#]]);
    let private = env.home().join("private");
    env.run_in(&env.home(), ["init", "private"]).succeeds();
    let config = format!("[stores]\nsecurity = \"{}\"\n", private.display());
    env.write("../.config/incident/config.toml", config);
    let head = env.head();
    env.run(["new", "Stolen phone", "-k", "device", "--severity=SEV2"]).shows(str![[r#"
20261120-rzk5
--- stderr
This kind goes to “security”, which few can see.
✔ Recorded rzk5 Stolen phone: SEV2 (Major), 02:58
Call now: Incident commander
  At night only those on duty hear of it
First ask IT for the remote lock, and report the loss to police, station or shop. If personal data is involved, tell legal today.

What to do now
  □ Reporter: declare with what you know; you hold it until a commander comes
  □ Commander: give out roles aloud and name the time of the next update
  □ Responder: look at the latest change; if it can be rolled back, do that first
Take command: incident -C security assign commander me
Write things down: incident -C security note "…"
See it: incident -C security show rzk5
First report, to paste: incident -C security brief rzk5

"#]]);
    assert_eq!(env.head(), head);
    env.run(["-C", "security", "list"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE         LEAD  DECLARED
20261120-rzk5  SEV2   Triage  Stolen phone        02:58
--- stderr
1 incident: 1 live

"#]]);
}
