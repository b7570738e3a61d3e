//! `incident set`: every fact without a command of its own, and the ones that stay closed.

use snapbox::str;

use crate::environment::{TestEnv, same};

#[test]
fn each_fact_is_a_key_and_a_line_in_the_timeline() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run([
        "set",
        "title=Card payments fail",
        "kind=outage",
        "products=web,Mobile app",
        "mode=retrospective",
        "detected_by=customer",
        "reporter=Mio",
        "caused_by_change=v2.5.0",
        "impact=About 300 orders",
        "next_update=03:30",
        "expected_end=2026-11-20 06:00",
        "importance=high",
        "urgency=high",
        "-m",
        "From the call",
    ])
    .shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Card payments fail: Title: Checkout fails → Card payments fail — From the call · Kind: outage · Products: web, app · Mode: Real → Recorded later · Noticed by: Customer · Reported by: aoi → Mio · Caused by change: v2.5.0 · Impact (provisional) — About 300 orders · Next update: 03:30 · Estimate: 06:00 · Importance: high · Urgency: high ([COMMIT])

"#]]);
    same(
        &env.incident_file(),
        str![[r#"
---
schema: 1
id: 20261120-4gv3
title: Card payments fail

kind: outage
severity: SEV1
importance: high
urgency: high
mode: retrospective
status: triage
detected_by: customer
reporter: Mio

roles: {}

times:
  declared: 2026-11-20T02:55:12+09:00
next_update: 2026-11-20T03:30:00+09:00
expected_end: 2026-11-20T06:00:00+09:00
impact: About 300 orders
caused_by_change: v2.5.0

products: [web, app]
---

# Card payments fail

## In one sentence

<!-- What happened to customers or staff, in one sentence. It can wait. -->

## Impact

<!-- Who, what, from when to when, how many. Say “provisional” until it is confirmed, then name the source. -->

## Actions <!-- incident:actions -->

## Timeline <!-- incident:timeline +09:00 -->

- 2026-11-20 02:55 · Declared · Aoi Arita — SEV1 (stated)
- 2026-11-20 02:56 · Set title: Checkout fails → Card payments fail · Aoi Arita — From the call
- 2026-11-20 02:56 · Set kind: - → outage · Aoi Arita
- 2026-11-20 02:56 · Set products: - → web, app · Aoi Arita
- 2026-11-20 02:56 · Set mode: real → retrospective · Aoi Arita
- 2026-11-20 02:56 · Set detected_by: - → customer · Aoi Arita
- 2026-11-20 02:56 · Set reporter: aoi → Mio · Aoi Arita
- 2026-11-20 02:56 · Set caused_by_change: - → v2.5.0 · Aoi Arita
- 2026-11-20 02:56 · Impact (provisional) · Aoi Arita — About 300 orders
- 2026-11-20 02:56 · Set next_update: - → 2026-11-20T03:30:00+09:00 · Aoi Arita
- 2026-11-20 02:56 · Set expected_end: - → 2026-11-20T06:00:00+09:00 · Aoi Arita
- 2026-11-20 02:56 · Set importance: - → high · Aoi Arita
- 2026-11-20 02:56 · Set urgency: - → high · Aoi Arita

## Links <!-- incident:links -->

"#]],
    );
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T02:56:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T02:56:12+09:00

20261120-4gv3: Set title: Checkout fails → Card payments fail — From the call (+11)

Incident: 20261120-4gv3
Incident-Event: set {"key":"title","from":"Checkout fails","to":"Card payments fail","who":"Aoi Arita","text":"From the call"}
Incident-At: 2026-11-20T02:56:12+09:00
Incident-Event: set {"key":"kind","from":"","to":"outage","who":"Aoi Arita"}
Incident-At: 2026-11-20T02:56:12+09:00
Incident-Event: set {"key":"products","from":"","to":"web, app","who":"Aoi Arita"}
Incident-At: 2026-11-20T02:56:12+09:00
Incident-Event: set {"key":"mode","from":"real","to":"retrospective","who":"Aoi Arita"}
Incident-At: 2026-11-20T02:56:12+09:00
Incident-Event: set {"key":"detected_by","from":"","to":"customer","who":"Aoi Arita"}
Incident-At: 2026-11-20T02:56:12+09:00
Incident-Event: set {"key":"reporter","from":"aoi","to":"Mio","who":"Aoi Arita"}
Incident-At: 2026-11-20T02:56:12+09:00
Incident-Event: set {"key":"caused_by_change","from":"","to":"v2.5.0","who":"Aoi Arita"}
Incident-At: 2026-11-20T02:56:12+09:00
Incident-Event: impact {"confirmed":false,"who":"Aoi Arita","text":"About 300 orders"}
Incident-At: 2026-11-20T02:56:12+09:00
Incident-Event: set {"key":"next_update","from":"","to":"2026-11-20T03:30:00+09:00","who":"Aoi Arita"}
Incident-At: 2026-11-20T02:56:12+09:00
Incident-Event: set {"key":"expected_end","from":"","to":"2026-11-20T06:00:00+09:00","who":"Aoi Arita"}
Incident-At: 2026-11-20T02:56:12+09:00
Incident-Event: set {"key":"importance","from":"","to":"high","who":"Aoi Arita"}
Incident-At: 2026-11-20T02:56:12+09:00
Incident-Event: set {"key":"urgency","from":"","to":"high","who":"Aoi Arita"}
Incident-At: 2026-11-20T02:56:12+09:00
Incident-Recorded: 2026-11-20T02:56:12+09:00


M	incidents/2026/11/20261120-4gv3-checkout-fails.md

"#]],
    );
    env.run(["set", "impact_confirmed=312 orders"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Card payments fail: Impact (confirmed) — 312 orders ([COMMIT])

"#]]);
    env.run(["check"]).shows(str![[r#"
--- stderr
1 incident checked: no errors, no warnings

"#]]);
}

#[test]
fn a_milestone_is_set_corrected_and_taken_away() {
    let env = TestEnv::japanese();
    env.declare("決済が全部エラーになる");
    env.run(["set", "detected=02:51"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ 記録しました　4gv3 決済が全部エラーになる　検知: 02:51（[COMMIT]）

"#]]);
    env.run(["set", "times.detected=~02:45", "-m", "監視の記録から"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ 記録しました　4gv3 決済が全部エラーになる　検知: 02:51 → 02:45ごろ — 監視の記録から（[COMMIT]）

"#]]);
    env.run(["set", "detected=~02:45"]).shows(str![[r#"
20261120-4gv3
--- stderr
変わりはありません。すでにその状態です。

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
status: triage
detected_by: null
reporter: aoi

roles: {}

times:
  detected: ~2026-11-20T02:45:00+09:00
  declared: 2026-11-20T02:55:12+09:00

products: []
---

# 決済が全部エラーになる

## ひとことで

<!-- お客様や社員に何が起きたかを1文で。あとからで構いません。 -->

## 影響

<!-- 誰が・何を・いつからいつまで・何件。仮なら「仮」と書き、確定したら出どころも添えます。 -->

## やること <!-- incident:actions -->

## 経過 <!-- incident:timeline +09:00 -->

- 2026-11-20 02:51 · 検知 · Aoi Arita（記録 02:56）
- 2026-11-20 02:55 · 起票 · Aoi Arita — SEV1（指定）
- 2026-11-20 02:57 · 変更 detected: 2026-11-20T02:51:00+09:00 → ~2026-11-20T02:45:00+09:00 · Aoi Arita — 監視の記録から

## 参考 <!-- incident:links -->

"#]],
    );
    env.run(["set", "detected="]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ 記録しました　4gv3 決済が全部エラーになる　検知: 02:45ごろ → -（[COMMIT]）

"#]]);
    env.run(["set", "declared="]).shows(str![[r#"
--- stderr
エラー: この項目は空にできません
--- exit 2

"#]]);
    env.run(["timeline"]).shows(str![[r#"
11/20(金)
  02:51  検知 · Aoi Arita · 記録 02:56
  02:55  起票 · Aoi Arita
         SEV1（指定）
  02:57  検知: 02:51 → 02:45ごろ · Aoi Arita
         監視の記録から
  02:59  検知: 02:45ごろ → - · Aoi Arita

"#]]);
    env.run(["check"]).shows(str![[r#"
--- stderr
1件を調べました。エラー 0件、注意 0件

"#]]);
}

#[test]
fn what_cannot_be_set_is_refused_with_the_way() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let before = env.state();
    env.run(["set", "status=fixing"]).shows(str![[r#"
--- stderr
error: “status” has a command of its own
hint: incident status
--- exit 2

"#]]);
    env.run(["set", "severity=SEV2"]).shows(str![[r#"
--- stderr
error: “severity” has a command of its own
hint: incident severity
--- exit 2

"#]]);
    env.run(["set", "commander=Mio"]).shows(str![[r#"
--- stderr
error: “commander” has a command of its own
hint: incident assign
--- exit 2

"#]]);
    env.run(["set", "id=20261120-abcd"]).shows(str![[r#"
--- stderr
error: “id” never changes
--- exit 6

"#]]);
    env.run(["set", "tilte=x"]).shows(str![[r#"
--- stderr
error: there is no fact “tilte”
hint: did you mean title?
--- exit 2

"#]]);
    env.run(["set", "title="]).shows(str![[r#"
--- stderr
error: this fact cannot be taken away
--- exit 2

"#]]);
    env.run(["set", "title"]).shows(str![[r#"
--- stderr
error: “title” sets nothing; write KEY=VALUE
hint: incident set title="…" detected_by=customer
--- exit 2

"#]]);
    env.run(["set", "kind=outrage"]).shows(str![[r#"
--- stderr
error: there is no kind “outrage”
hint: did you mean outage (Service outage)?
--- exit 3

"#]]);
    env.run(["set", "products=web,wep"]).shows(str![[r#"
--- stderr
error: there is no product “wep”
hint: did you mean web (Customer web)?
--- exit 3

"#]]);
    env.run(["set", "mode=test"]).shows(str![[r#"
--- stderr
error: there is no mode “test”
hint: known here: real, drill, retrospective
--- exit 2

"#]]);
    env.run(["set", "resolved=tomorrow 10:00"]).shows(str![[r#"
--- stderr
error: “tomorrow 10:00” is yet to come: it is 2026-11-20 03:06 now
hint: 02:40, ~02:40, -12m, 15 min ago, yesterday 23:50, 25:40, 11-19 23:50, 2026-11-19T23:50:00+09:00
--- exit 2

"#]]);
    env.run(["set", "title=ok", "kind=outrage"]).shows(str![[r#"
--- stderr
error: there is no kind “outrage”
hint: did you mean outage (Service outage)?
--- exit 3

"#]]);
    env.run(["--lang=ja", "set", "id=x"]).shows(str![[r#"
--- stderr
エラー: 「id」は変えられません
--- exit 6

"#]]);
    env.run(["set", "title=Another", "-n"]).shows(str![[r#"
20261120-4gv3
--- stderr
--- a/incidents/2026/11/20261120-4gv3-checkout-fails.md
+++ b/incidents/2026/11/20261120-4gv3-checkout-fails.md
@@ -1,7 +1,7 @@
 ---
 schema: 1
 id: 20261120-4gv3
-title: Checkout fails
+title: Another
 
 kind: null
 severity: SEV1
@@ -18,7 +18,7 @@
 products: []
 ---
 
-# Checkout fails
+# Another
 
 ## In one sentence
 
@@ -33,5 +33,6 @@
 ## Timeline <!-- incident:timeline +09:00 -->
 
 - 2026-11-20 02:55 · Declared · Aoi Arita — SEV1 (stated)
+- 2026-11-20 03:09 · Set title: Checkout fails → Another · Aoi Arita
 
 ## Links <!-- incident:links -->
Commit message:
20261120-4gv3: Set title: Checkout fails → Another

Incident: 20261120-4gv3
Incident-Event: set {"key":"title","from":"Checkout fails","to":"Another","who":"Aoi Arita"}
Incident-At: 2026-11-20T03:09:12+09:00
Incident-Recorded: 2026-11-20T03:09:12+09:00
Dry run: nothing was written.

"#]]);
    assert_eq!(env.state(), before);
}

#[test]
fn fields_of_the_team_hold_what_fits_them() {
    let env = TestEnv::new();
    env.write(
        "severity.toml",
        env.read("severity.toml")
            + "\n[[field]]\nid = \"clients\"\nask = \"Clients affected\"\ntype = \"number\"\n\
               \n[[field]]\nid = \"region\"\nask = \"Region\"\ntype = \"choice\"\nchoices = [\"east\", \"west\"]\n\
               \n[[field]]\nid = \"code\"\nask = \"Error code\"\ntype = \"text\"\n",
    );
    env.commit_by_hand("Ask for more");
    env.run(["new", "Checkout fails", "--severity=SEV2", "--field=clients=3", "--field=region=east"])
        .succeeds();
    env.run(["set", "clients=17", "code=00123456"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: clients: 3 → 17 · code: 00123456 ([COMMIT])

"#]]);
    same(
        &env.incident_file(),
        str![[r#"
---
schema: 1
id: 20261120-4gv3
title: Checkout fails

kind: null
severity: SEV2
mode: real
status: triage
detected_by: null
reporter: aoi

roles: {}

times:
  declared: 2026-11-20T02:56:12+09:00
fields:
  clients: "17"
  region: east
  code: "00123456"

products: []
---

# Checkout fails

## In one sentence

<!-- What happened to customers or staff, in one sentence. It can wait. -->

## Impact

<!-- Who, what, from when to when, how many. Say “provisional” until it is confirmed, then name the source. -->

## Actions <!-- incident:actions -->

## Timeline <!-- incident:timeline +09:00 -->

- 2026-11-20 02:56 · Declared · Aoi Arita — SEV2 (stated)
- 2026-11-20 02:57 · Set clients: 3 → 17 · Aoi Arita
- 2026-11-20 02:57 · Set code: - → 00123456 · Aoi Arita

## Links <!-- incident:links -->

"#]],
    );
    let fields = env.run(["show", "--json"]).json()["incident"]["fields"].to_string();
    same(&fields, str![[r#"{"clients":"17","code":"00123456","region":"east"}"#]]);
    let before = env.state();
    env.run(["set", "clients=many"]).shows(str![[r#"
--- stderr
error: clients needs a number, not “many”
--- exit 2

"#]]);
    env.run(["set", "region=north"]).shows(str![[r#"
--- stderr
error: “north” is no choice for region
hint: known here: east, west
--- exit 2

"#]]);
    env.run(["new", "x", "--severity=SEV2", "--field=clints=3"]).shows(str![[r#"
--- stderr
error: “clints=3” is no field of this store
hint: known here: item, last_seen, locked, wiped, clients, region, code
--- exit 2

"#]]);
    assert_eq!(env.state(), before);
}

#[test]
fn values_that_yaml_would_retype_stay_words() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    for title in ["no", "1e5", "0012345", "2026-11-20", "a: b # c", "- x", "'quoted\"", "~", "[x]", "@me"] {
        env.run(["set", &format!("title={title}"), "-q"]).succeeds();
        assert_eq!(env.run(["show", "--json"]).json()["incident"]["title"], title);
    }
    env.run(["check"]).shows(str![[r#"
--- stderr
1 incident checked: no errors, no warnings

"#]]);
}

#[test]
fn a_heading_with_escapes_follows_the_title() {
    let env = TestEnv::new();
    env.declare("A <b>");
    assert!(env.incident_file().contains("\n# A \\<b>\n"));
    env.run(["set", "title=B <!-- incident:timeline -->", "-q"]).succeeds();
    assert!(env.incident_file().contains("\n# B \\<!-- incident:timeline -->\n"), "{}", env.incident_file());
    env.run(["check"]).succeeds();
}

#[test]
fn a_promised_time_may_be_a_length_alone() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["set", "next_update=20m"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Next update: 03:16 ([COMMIT])

"#]]);
    env.run(["set", "next_update=later"]).shows(str![[r#"
--- stderr
error: “later” is not a time
hint: 03:30, 20m, +1h30m, in 20 minutes, tomorrow 9:00, 11-20 03:30, 2026-11-20T03:30:00+09:00
--- exit 2

"#]]);
    env.run(["set", "mitigated=20m"]).shows(str![[r#"
--- stderr
error: “20m” is not a time
hint: 02:40, ~02:40, -12m, 15 min ago, yesterday 23:50, 25:40, 11-19 23:50, 2026-11-19T23:50:00+09:00
--- exit 2

"#]]);
}
