//! `incident status` and its short forms: moves, guards, milestones.

use snapbox::str;

use crate::environment::{TestEnv, same};

#[test]
fn a_move_is_one_commit_with_its_reason() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["status", "investigating"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Triage → Investigating ([COMMIT])
To do now
 1 □ Give out roles aloud  Incident commander
     → incident assign scribe NAME
 2 □ Open a channel; if chat is down too, a telephone conference  Communications
 3 □ Give the whole company a first report  Communications  by 03:16 (in 20 min)
 4 □ Look at the latest change  Responder
 5 □ Report at the promised time, news or not  Communications
When it is done: incident step 1 -i 4gv3

"#]]);
    env.run(["status", "Fixing", "-m", "Rolling back"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Investigating → Fixing — Rolling back ([COMMIT])
To do now
 1 □ Give the whole company a first report  Communications  by 03:16 (in 19 min)
     → The words to paste: incident update
 2 □ Tell the commander before and after you touch anything  Responder
 3 □ Report at the promised time, news or not  Communications
When it is done: incident step 1 -i 4gv3

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
status: fixing
detected_by: null
reporter: aoi

roles: {}

times:
  declared: 2026-11-20T02:55:12+09:00
  acknowledged: 2026-11-20T02:56:12+09:00

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
- 2026-11-20 02:56 · Triage → Investigating · Aoi Arita
- 2026-11-20 02:57 · Investigating → Fixing · Aoi Arita — Rolling back

## Links <!-- incident:links -->

"#]],
    );
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T02:57:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T02:57:12+09:00

20261120-4gv3: Investigating → Fixing — Rolling back

Incident: 20261120-4gv3
Incident-Event: status {"from":"investigating","to":"fixing","who":"Aoi Arita","text":"Rolling back"}
Incident-At: 2026-11-20T02:57:12+09:00
Incident-Recorded: 2026-11-20T02:57:12+09:00


M	incidents/2026/11/20261120-4gv3-checkout-fails.md

"#]],
    );
    assert_eq!(env.status_porcelain(), "");
}

#[test]
fn words_of_both_languages_are_understood() {
    let env = TestEnv::japanese();
    env.declare("決済が全部エラーになる");
    env.run(["status", "対処中", "-m", "切り戻しを決定"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ 記録しました　4gv3 決済が全部エラーになる　確認中 → 対処中 — 切り戻しを決定（[COMMIT]）
調査中を飛ばしました。かまいません。
いまやること
 1 □ 全社に第一報を出す  連絡担当  03:16 まで（あと20分）
     → 貼る文: incident update
 2 □ 触る前と触った後に、指揮に一言  対応者
 3 □ 約束した時刻に伝える（変わりがなくても）  連絡担当
済んだら: incident step 1 -i 4gv3

"#]]);
    env.run(["status", "Monitoring", "--at=15分前"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ 記録しました　4gv3 決済が全部エラーになる　対処中 → 経過観察（[COMMIT]）
ここからは、ぶり返さないかを見ます。
いまやること
 1 □ 30分、エラーと問い合わせがぶり返さないかを見る  対応者
 2 □ 影響が止まったことを、社内とお客様に伝える  連絡担当
済んだら: incident step 1 -i 4gv3

"#]]);
    same(
        &env.incident_file(),
        str![[r#"
---
schema: 1
id: 20261120-4gv3
title: 決済が全部エラーになる

kind: null
severity: SEV1
mode: real
status: monitoring
detected_by: null
reporter: aoi

roles: {}

times:
  declared: 2026-11-20T02:55:12+09:00
  acknowledged: 2026-11-20T02:56:12+09:00
  mitigated: 2026-11-20T02:42:12+09:00

products: []
---

# 決済が全部エラーになる

## ひとことで

<!-- お客様や社員に何が起きたかを1文で。あとからで構いません。 -->

## 影響

<!-- 誰が・何を・いつからいつまで・何件。仮なら「仮」と書き、確定したら出どころも添えます。 -->

## やること <!-- incident:actions -->

## 経過 <!-- incident:timeline +09:00 -->

- 2026-11-20 02:42 · 対処中 → 経過観察 · Aoi Arita（記録 02:57）
- 2026-11-20 02:55 · 起票 · Aoi Arita — SEV1（指定）
- 2026-11-20 02:56 · 確認中 → 対処中 · Aoi Arita — 切り戻しを決定

## 参考 <!-- incident:links -->

"#]],
    );
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T02:42:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T02:57:12+09:00

20261120-4gv3: 対処中 → 経過観察

Incident: 20261120-4gv3
Incident-Event: status {"from":"fixing","to":"monitoring","who":"Aoi Arita"}
Incident-At: 2026-11-20T02:42:12+09:00
Incident-Recorded: 2026-11-20T02:57:12+09:00


M	incidents/2026/11/20261120-4gv3-決済が全部エラーになる.md

"#]],
    );
    env.run(["status", "なおった"]).shows(str![[r#"
--- stderr
エラー: 「なおった」という状態はありません
ヒント: ここで使えるもの: triage (確認中), investigating (調査中), fixing (対処中), monitoring (経過観察), resolved (振り返り中), closed (完了), declined (対象外)
--- exit 3

"#]]);
}

#[test]
fn short_forms_reach_their_milestones() {
    let env = TestEnv::new();
    let id = env.declare("Checkout fails");
    env.run(["set", "impact_started=02:40"]).succeeds();
    env.run(["mitigate", "-m", "Rolled back", "--at=-5m"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Triage → Monitoring — Rolled back ([COMMIT])
  Impact lasted: 12 min
Skipped: Investigating, Fixing. That is fine.
Now watch that it does not come back.
To do now
 1 □ Watch for half an hour that errors and enquiries do not come back
     Responder
 2 □ Tell staff and customers that the impact is over  Communications
When it is done: incident step 1 -i 4gv3

"#]]);
    env.run(["resolve"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Monitoring → Reviewing ([COMMIT])
Thank you. Get some rest.
To tell the others: incident brief 4gv3
Review due Wed 25 Nov: incident postmortem 4gv3
To do now
 1 □ Write the review
     → incident postmortem
 2 □ If somebody is here for the first time, read “Before you read” aloud
 3 □ Give actions an owner and a date, and follow them in the weekly meeting
     Incident commander
When it is done: incident step 1 -i 4gv3

"#]]);
    env.run(["close", &id]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Reviewing → Closed ([COMMIT])
Closed, though the review is not written yet. That is fine if you mean it.
To write it: incident postmortem 4gv3

"#]]);
    env.run(["show", &id]).shows(str![[r#"
Checkout fails
20261120-4gv3  SEV1 (Critical)  Closed since 02:59

Impact began     02:40
Declared         02:55
Impact over      02:52
Resolved         02:58
Closed           02:59
Impact lasted    12 min
Time to resolve  3 min
Reported by      Aoi Arita
File             incidents/2026/11/20261120-4gv3-checkout-fails.md

Timeline
Fri 20 Nov
  02:40  Impact began · Aoi Arita · recorded 02:56
  02:52  Triage → Monitoring · Aoi Arita · recorded 02:57
         Rolled back
  02:55  Declared · Aoi Arita
         SEV1 (stated)
  02:58  Monitoring → Reviewing · Aoi Arita
  02:59  Reviewing → Closed · Aoi Arita

"#]]);
}

#[test]
fn reopening_clears_the_milestones_of_the_end() {
    let env = TestEnv::new();
    let id = env.declare("Checkout fails");
    env.run(["close"]).succeeds();
    let times = |env: &TestEnv| env.run(["show", &id, "--json"]).json()["incident"]["times"].to_string();
    same(
        &times(&env),
        str![[r#"{"closed":"2026-11-20T02:56:12+09:00","declared":"2026-11-20T02:55:12+09:00"}"#]],
    );
    env.run(["reopen", &id[9..], "-m", "It is back"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Closed → Investigating — It is back ([COMMIT])
Reopened. The earlier end stays on record.
To do now
 1 □ Give out roles aloud  Incident commander
     → incident assign scribe NAME
 2 □ Open a channel; if chat is down too, a telephone conference  Communications
 3 □ Give the whole company a first report  Communications  by 03:18 (in 20 min)
 4 □ Look at the latest change  Responder
 5 □ Report at the promised time, news or not  Communications
When it is done: incident step 1 -i 4gv3

"#]]);
    same(
        &times(&env),
        str![[r#"{"acknowledged":"2026-11-20T02:58:12+09:00","declared":"2026-11-20T02:55:12+09:00"}"#]],
    );
    env.run(["reopen", &id]).shows(str![[r#"
20261120-4gv3
--- stderr
Nothing changed: it is so already.

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
status: investigating
detected_by: null
reporter: aoi

roles: {}

times:
  declared: 2026-11-20T02:55:12+09:00
  acknowledged: 2026-11-20T02:58:12+09:00

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
- 2026-11-20 02:56 · Triage → Closed · Aoi Arita
- 2026-11-20 02:58 · Closed → Investigating · Aoi Arita — It is back

## Links <!-- incident:links -->

"#]],
    );
}

#[test]
fn what_is_so_already_is_no_commit() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["status", "fixing"]).succeeds();
    let before = env.state();
    env.run(["status", "fixing"]).shows(str![[r#"
20261120-4gv3
--- stderr
Nothing changed: it is so already.

"#]]);
    let change = env.run(["status", "fixing", "--json"]).json();
    assert_eq!((&change["commit"], &change["events"]), (&().into(), &serde_json::json!([])));
    assert_eq!(env.state(), before);
}

#[test]
fn a_guard_keeps_two_people_from_stepping_on_each_other() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let before = env.state();
    env.run(["status", "resolved", "--if-status=monitoring"]).shows(str![[r#"
--- stderr
error: the status is triage, not monitoring
--- exit 6

"#]]);
    env.run(["status", "resolved", "--if-status=monitorng"]).shows(str![[r#"
--- stderr
error: there is no status “monitorng”
hint: did you mean monitoring?
--- exit 3

"#]]);
    let error = env.run(["status", "resolved", "--if-status=monitoring", "--json"]);
    assert_eq!(error.code, 6);
    same(
        &error.stderr,
        str![[r#"
{"schema":1,"kind":"incident.error","exit":6,"message":"the status is triage, not monitoring","hints":[],"path":null,"line":null,"column":null}

"#]],
    );
    assert_eq!(env.state(), before);
    env.run(["status", "fixing", "--if-status=triage"]).succeeds();
}

#[test]
fn a_status_that_nobody_knows_is_refused() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let before = env.state();
    env.run(["status", "fixng"]).shows(str![[r#"
--- stderr
error: there is no status “fixng”
hint: did you mean fixing?
--- exit 3

"#]]);
    env.run(["status", "zzz"]).shows(str![[r#"
--- stderr
error: there is no status “zzz”
hint: known here: triage, investigating, fixing, monitoring, resolved (Reviewing), closed, declined (Not an incident)
--- exit 3

"#]]);
    env.run(["--lang=ja", "status", "zzz"]).shows(str![[r#"
--- stderr
エラー: 「zzz」という状態はありません
ヒント: ここで使えるもの: triage (確認中), investigating (調査中), fixing (対処中), monitoring (経過観察), resolved (振り返り中), closed (完了), declined (対象外)
--- exit 3

"#]]);
    env.run(["status"]).shows(str![[r#"
--- stderr
error: name the status
hint: known here: triage, investigating, fixing, monitoring, resolved (Reviewing), closed, declined (Not an incident)
--- exit 2

"#]]);
    env.run(["status", "fixing", "-i", "zzzz"]).shows(str![[r#"
--- stderr
error: nothing matches “zzzz”
hint: to see them all: incident list --all
--- exit 3

"#]]);
    assert_eq!(env.state(), before);
}

#[test]
fn a_dry_run_changes_nothing() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let before = env.state();
    env.run(["status", "fixing", "-m", "Rolling back", "--dry-run"]).shows(str![[r#"
20261120-4gv3
--- stderr
--- a/incidents/2026/11/20261120-4gv3-checkout-fails.md
+++ b/incidents/2026/11/20261120-4gv3-checkout-fails.md
@@ -6,7 +6,7 @@
 kind: null
 severity: SEV1
 mode: real
-status: triage
+status: fixing
 detected_by: null
 reporter: aoi
 
@@ -14,6 +14,7 @@
 
 times:
   declared: 2026-11-20T02:55:12+09:00
+  acknowledged: 2026-11-20T02:56:12+09:00
 
 products: []
 ---
@@ -33,5 +34,6 @@
 ## Timeline <!-- incident:timeline +09:00 -->
 
 - 2026-11-20 02:55 · Declared · Aoi Arita — SEV1 (stated)
+- 2026-11-20 02:56 · Triage → Fixing · Aoi Arita — Rolling back
 
 ## Links <!-- incident:links -->
Commit message:
20261120-4gv3: Triage → Fixing — Rolling back

Incident: 20261120-4gv3
Incident-Event: status {"from":"triage","to":"fixing","who":"Aoi Arita","text":"Rolling back"}
Incident-At: 2026-11-20T02:56:12+09:00
Incident-Recorded: 2026-11-20T02:56:12+09:00
Dry run: nothing was written.

"#]]);
    let change = env.run(["status", "fixing", "-n", "--json"]).json();
    assert_eq!((&change["commit"], &change["events"][0]["to"]), (&().into(), &"fixing".into()));
    assert_eq!(env.state(), before);
}

#[test]
fn an_act_can_be_recorded_late_and_for_somebody_else() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.wait(30);
    env.run(["status", "fixing", "--at=~03:10", "--by=Mio", "-m", "Rolling back"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Triage → Fixing — Rolling back ([COMMIT])
Skipped: Investigating. That is fine.
To do now
 1 □ Give the whole company a first report  Communications  by 03:30 (in 4 min)
     → The words to paste: incident update
 2 □ Tell the commander before and after you touch anything  Responder
 3 □ Report at the promised time, news or not  Communications
When it is done: incident step 1 -i 4gv3

"#]]);
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T03:10:00+09:00
Aoi Arita <aoi@example.org> 2026-11-20T03:26:12+09:00

20261120-4gv3: Triage → Fixing — Rolling back

Incident: 20261120-4gv3
Incident-Event: status {"from":"triage","to":"fixing","who":"Mio","text":"Rolling back"}
Incident-At: ~2026-11-20T03:10:00+09:00
Incident-Recorded: 2026-11-20T03:26:12+09:00
Incident-By: Aoi Arita


M	incidents/2026/11/20261120-4gv3-checkout-fails.md

"#]],
    );
    env.run(["timeline"]).shows(str![[r#"
Fri 20 Nov
  02:55   Declared · Aoi Arita
          SEV1 (stated)
  ~03:10  Triage → Fixing · Mio · recorded 03:26
          Rolling back

"#]]);
}

#[test]
fn declining_says_where_it_went() {
    let env = TestEnv::new();
    let one = env.declare("How do I export?");
    env.run(["decline", "--to=https://support.example.org/7", "-m", "A question"]).shows(str![[r#"
20261120-4gv3
--- stderr
Also under Links: support.example.org/7
✔ Recorded 4gv3 How do I export?: Triage → Not an incident — A question ([COMMIT])

"#]]);
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T02:56:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T02:56:12+09:00

20261120-4gv3: Triage → Not an incident — A question

Incident: 20261120-4gv3
Incident-Event: status {"from":"triage","to":"declined","who":"Aoi Arita","text":"A question\nWent to: https://support.example.org/7"}
Incident-At: 2026-11-20T02:56:12+09:00
Incident-Recorded: 2026-11-20T02:56:12+09:00


M	incidents/2026/11/20261120-4gv3-how-do-i-export.md

"#]],
    );
    let two = env.declare("Checkout fails");
    let three = env.declare("Payments fail");
    env.run(["decline", &three, "--duplicate-of", &two]).shows(str![[r#"
20261120-rzk5
--- stderr
✔ Recorded 7jx8 Checkout fails: Note — 20261120-rzk5 “Payments fail” is the same as this ([COMMIT])
✔ Recorded rzk5 Payments fail: Triage → Not an incident — The same as 20261120-7jx8 ([COMMIT])

"#]]);
    same(
        &env.read(&env.path_of(&three)),
        str![[r#"
---
schema: 1
id: 20261120-rzk5
title: Payments fail

kind: null
severity: SEV1
mode: real
status: declined
detected_by: null
reporter: aoi

roles: {}

times:
  declared: 2026-11-20T02:58:12+09:00
duplicate_of: 20261120-7jx8

products: []
---

# Payments fail

## In one sentence

<!-- What happened to customers or staff, in one sentence. It can wait. -->

## Impact

<!-- Who, what, from when to when, how many. Say “provisional” until it is confirmed, then name the source. -->

## Actions <!-- incident:actions -->

## Timeline <!-- incident:timeline +09:00 -->

- 2026-11-20 02:58 · Declared · Aoi Arita — SEV1 (stated)
- 2026-11-20 02:59 · Triage → Not an incident · Aoi Arita — The same as 20261120-7jx8

## Links <!-- incident:links -->

"#]],
    );
    let before = env.state();
    env.run(["decline", &two, "--duplicate-of", &two]).shows(str![[r#"
--- stderr
error: an incident is no duplicate of itself
--- exit 2

"#]]);
    env.run(["decline", &two, "--duplicate-of", "zzzz"]).shows(str![[r#"
--- stderr
error: nothing matches “zzzz”
hint: to see them all: incident list --all
--- exit 3

"#]]);
    assert_eq!(env.state(), before);
    env.run(["reopen", &one]).succeeds();
}

#[test]
fn a_flow_of_the_teams_own_is_followed() {
    let env = TestEnv::new();
    env.write(
        "incident.toml",
        "lang = \"en\"\nzone = \"Asia/Tokyo\"\n\
         [[status]]\nid = \"open\"\nname = \"Open\"\ncategory = \"live\"\n\
         [[status]]\nid = \"done\"\nname = \"Done\"\ncategory = \"closed\"\nstamps = [\"resolved\", \"closed\"]\n",
    );
    env.commit_by_hand("Two statuses are enough");
    let id = env.declare("Checkout fails");
    env.run(["mitigate", "-m", "Rolled back"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Impact over — Rolled back ([COMMIT])

"#]]);
    env.run(["resolve"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Open → Done ([COMMIT])
Closed, though the review is not written yet. That is fine if you mean it.
To write it: incident postmortem 4gv3

"#]]);
    env.run(["decline", &id]).shows(str![[r#"
--- stderr
error: incident.toml has no status of the category “declined”
--- exit 5

"#]]);
    env.run(["check"]).shows(str![[r#"
incidents/README.md:30:1: note this page says something else than severity.toml and incident.toml do
  hint: to bring it up to date: incident init --readme
--- stderr
1 incident checked: no errors, no warnings

"#]]);
}

#[test]
fn the_only_one_under_review_is_moved_where_none_is_live() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["resolve"]).succeeds();
    assert_eq!(
        env.run(["note", "a word"]).code,
        3,
        "what happens now may belong to what is not declared yet"
    );
    env.run(["close"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Reviewing → Closed ([COMMIT])
Closed, though the review is not written yet. That is fine if you mean it.
To write it: incident postmortem 4gv3

"#]]);
    assert_eq!(env.run(["reopen"]).code, 3);
    let live = env.declare("Search fails");
    assert_eq!(env.run(["status", "fixing"]).stdout.trim(), live);
    env.run(["resolve"]).succeeds();
    env.declare("Login fails");
    env.run(["resolve"]).succeeds();
    env.run(["close"]).shows(str![[r#"
--- stderr
error: 2 incidents are under review; name the one you mean
hint: 20261120-wysg Login fails
hint: 20261120-y7xp Search fails
--- exit 4

"#]]);
}

#[test]
fn closing_points_out_what_the_team_wants_to_see_first() {
    let env = TestEnv::japanese();
    let wants = |what: &str| {
        let settings = env.read("incident.toml");
        let kept: Vec<&str> = settings.lines().filter(|line| !line.starts_with("close_when")).collect();
        env.write("incident.toml", format!("close_when = \"{what}\"\n{}\n", kept.join("\n")));
    };
    let id = env.declare("決済が全部エラー");
    let action = "- [ ] A1 試験を足す — 期限 2026-12-04（起こさない）\n";
    for (wanted, expected) in
        [("plan", true), ("reviewed", true), ("actions_done", false), ("nothing", false)]
    {
        wants(wanted);
        let closed = env.run(["close", &id]).succeeds();
        assert_eq!(closed.stderr.contains("ただし"), expected, "{wanted}: {}", closed.stderr);
        env.run(["reopen", &id]).succeeds();
    }
    let path = env.path_of("");
    let text = env.read(&path);
    let (before, after) = text.split_once("<!-- incident:actions -->").unwrap();
    env.write(
        &path,
        format!("{before}<!-- incident:actions -->\n\n{action}{}", after.trim_start_matches('\n')),
    );
    wants("plan");
    let closed = env.run(["close", &id]).succeeds();
    assert!(!closed.stderr.contains("ただし"), "{}", closed.stderr);
    env.run(["reopen", &id]).succeeds();
    wants("actions_done");
    env.run(["close", &id]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ 記録しました　4gv3 決済が全部エラー　調査中 → 完了（[COMMIT]）
対処中、経過観察、振り返り中を飛ばしました。かまいません。
完了にしました。ただし、終わっていない再発防止策があります。わかっていれば、このままでかまいません。
書くには: incident postmortem 4gv3

"#]]);
}

#[test]
fn what_was_promised_for_later_ends_with_the_incident() {
    let env = TestEnv::new();
    let id = env.declare("Checkout fails");
    env.run(["update", "looking", "--next", "20m", "--estimate", "~04:30"]).succeeds();
    let promised = || {
        let json = env.run(["--json", "show", &id]).json();
        [&json["incident"]["next_update"], &json["incident"]["expected_end"]].map(|at| !at.is_null())
    };
    assert_eq!(promised(), [true, true]);
    env.run(["decline", "--to", "PROD-1"]).succeeds();
    assert_eq!(promised(), [false, false]);
    let brief = env.run(["brief", &id]).succeeds().stdout;
    assert!(!brief.contains("Next"), "{brief}");
    // The next morning nobody is late with what was promised in the night.
    env.wait(600);
    env.run(["reopen", &id]).succeeds();
    let page = env.run(["show", &id]).succeeds().stdout;
    assert!(page.contains("Last update") && !page.contains("Next update"), "{page}");
}
