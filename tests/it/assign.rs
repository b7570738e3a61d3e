//! `incident assign`: roles taken, handed over and given up.

use snapbox::str;

use crate::environment::{TestEnv, same};

#[test]
fn whoever_types_takes_the_lead() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["assign", "commander"]).shows(str![[r#"
20261120-4gv3
--- stderr
  Don't fix it yourself: decide, delegate, watch the clock.
✔ Recorded 4gv3 Checkout fails: Role Incident commander +Aoi Arita · Taken on ([COMMIT])

"#]]);
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T02:56:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T02:56:12+09:00

20261120-4gv3: Role Incident commander +Aoi Arita (+1)

Incident: 20261120-4gv3
Incident-Event: role_taken {"role":"commander","person":"aoi","who":"Aoi Arita"}
Incident-At: 2026-11-20T02:56:12+09:00
Incident-Event: milestone {"milestone":"acknowledged","who":"Aoi Arita"}
Incident-At: 2026-11-20T02:56:12+09:00
Incident-Recorded: 2026-11-20T02:56:12+09:00


M	incidents/2026/11/20261120-4gv3-checkout-fails.md

"#]],
    );
    env.run(["assign", "commander", "me"]).shows(str![[r#"
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
status: triage
detected_by: null
reporter: aoi

roles:
  commander: aoi

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
- 2026-11-20 02:56 · Role Incident commander +Aoi Arita · Aoi Arita
- 2026-11-20 02:56 · Taken on · Aoi Arita

## Links <!-- incident:links -->

"#]],
    );
}

#[test]
fn a_role_is_handed_over_and_given_up() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["assign", "Incident commander", "aoi"]).succeeds();
    env.run(["assign", "commander", "Mio", "--accepted", "-m", "My shift ends"]).shows(str![[r#"
20261120-4gv3
--- stderr
  Don't fix it yourself: decide, delegate, watch the clock.
“Mio” is not among the people in incident.toml; recorded as written.
✔ Recorded 4gv3 Checkout fails: Handover Incident commander Aoi Arita → Mio — My shift ends ([COMMIT])
  Incident commander: Aoi Arita (02:56–02:57) → Mio (02:57–)
Aoi Arita, thank you; you may leave.

"#]]);
    env.run(["assign", "commander", "Mio", "--remove"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Role Incident commander −Mio ([COMMIT])

"#]]);
    env.run(["assign", "commander", "Mio", "--remove"]).shows(str![[r#"
20261120-4gv3
--- stderr
Nothing changed: it is so already.

"#]]);
    env.run(["timeline"]).shows(str![[r#"
Fri 20 Nov
  02:55  Declared · Aoi Arita
         SEV1 (stated)
  02:56  Role Incident commander +Aoi Arita · Aoi Arita
  02:56  Taken on · Aoi Arita
  02:57  Handover Incident commander Aoi Arita → Mio · Aoi Arita
         My shift ends
  02:58  Role Incident commander −Mio · Aoi Arita

"#]]);
}

#[test]
fn several_people_respond() {
    let env = TestEnv::japanese();
    env.declare("決済が全部エラーになる");
    env.run(["assign", "指揮"]).shows(str![[r#"
20261120-4gv3
--- stderr
  自分では直さない。決めて、頼んで、時計を見る。
✔ 記録しました　4gv3 決済が全部エラーになる　役割 指揮 +Aoi Arita · 引き受け（[COMMIT]）

"#]]);
    env.run(["assign", "対応者", "me"]).shows(str![[r#"
20261120-4gv3
--- stderr
  調べて直す。触る前と触った後に、指揮に一言。
✔ 記録しました　4gv3 決済が全部エラーになる　役割 対応者 +Aoi Arita（[COMMIT]）

"#]]);
    env.run(["assign", "responder", "美緒", "--at=-1m"]).shows(str![[r#"
20261120-4gv3
--- stderr
  調べて直す。触る前と触った後に、指揮に一言。
「美緒」は incident.toml の人の一覧にありません。このまま記録しました。
Aoi Aritaさんが対応者と指揮を兼ねたままです。
片方を外す: incident assign responder aoi --remove -i 4gv3
✔ 記録しました　4gv3 決済が全部エラーになる　役割 対応者 +美緒（[COMMIT]）

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

roles:
  commander: aoi
  responder: [aoi, 美緒]

times:
  declared: 2026-11-20T02:55:12+09:00
  acknowledged: 2026-11-20T02:56:12+09:00

products: []
---

# 決済が全部エラーになる

## ひとことで

<!-- お客様や社員に何が起きたかを1文で。あとからで構いません。 -->

## 影響

<!-- 誰が・何を・いつからいつまで・何件。仮なら「仮」と書き、確定したら出どころも添えます。 -->

## やること <!-- incident:actions -->

## 経過 <!-- incident:timeline +09:00 -->

- 2026-11-20 02:55 · 起票 · Aoi Arita — SEV1（指定）
- 2026-11-20 02:56 · 役割 指揮 +Aoi Arita · Aoi Arita
- 2026-11-20 02:56 · 引き受け · Aoi Arita
- 2026-11-20 02:57 · 役割 対応者 +Aoi Arita · Aoi Arita
- 2026-11-20 02:57 · 役割 対応者 +美緒 · Aoi Arita（記録 02:58）

## 参考 <!-- incident:links -->

"#]],
    );
    env.run(["assign", "responder", "me", "--remove"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ 記録しました　4gv3 決済が全部エラーになる　役割 対応者 −Aoi Arita（[COMMIT]）

"#]]);
}

#[test]
fn people_of_the_list_are_known_by_handle_name_and_address() {
    let env = TestEnv::new();
    env.write(
        "incident.toml",
        env.read("incident.toml")
            + "\n[[person]]\nhandle = \"mio\"\nname = \"Mio Sato\"\nemail = \"mio@example.org\"\n",
    );
    env.commit_by_hand("Add Mio");
    env.declare("Checkout fails");
    for word in ["mio", "Mio Sato", "mio@example.org"] {
        env.run(["assign", "scribe", word]).succeeds();
    }
    assert_eq!(env.commits(), 4);
    env.run(["show", "--json"]).json()["incident"]["roles"].to_string();
    env.run(["assign", "communications", "nobody@example.org"]).shows(str![[r#"
20261120-4gv3
--- stderr
  At the promised time, tell staff and customers what is known, and only that.
“nobody@example.org” is not among the people in incident.toml; recorded as written.
✔ Recorded 4gv3 Checkout fails: Role Communications +nobody@example.org ([COMMIT])

"#]]);
}

#[test]
fn a_role_that_nobody_knows_is_refused() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let before = env.state();
    env.run(["assign", "comander"]).shows(str![[r#"
--- stderr
error: there is no role “comander”
hint: did you mean commander (Incident commander)?
--- exit 3

"#]]);
    env.run(["assign", "zzz", "Mio"]).shows(str![[r#"
--- stderr
error: there is no role “zzz”
hint: known here: commander (Incident commander), communications, scribe, responder
--- exit 3

"#]]);
    env.run(["assign", "commander", " "]).shows(str![[r#"
--- stderr
error: name the person
--- exit 2

"#]]);
    env.run(["assign", "commander", "Mio", "-n"]).shows(str![[r#"
20261120-4gv3
--- stderr
--- a/incidents/2026/11/20261120-4gv3-checkout-fails.md
+++ b/incidents/2026/11/20261120-4gv3-checkout-fails.md
@@ -10,7 +10,8 @@
 detected_by: null
 reporter: aoi
 
-roles: {}
+roles:
+  commander: Mio
 
 times:
   declared: 2026-11-20T02:55:12+09:00
@@ -33,5 +34,6 @@
 ## Timeline <!-- incident:timeline +09:00 -->
 
 - 2026-11-20 02:55 · Declared · Aoi Arita — SEV1 (stated)
+- 2026-11-20 02:59 · Role Incident commander +Mio · Aoi Arita
 
 ## Links <!-- incident:links -->
Commit message:
20261120-4gv3: Role Incident commander +Mio

Incident: 20261120-4gv3
Incident-Event: role_taken {"role":"commander","person":"Mio","who":"Aoi Arita"}
Incident-At: 2026-11-20T02:59:12+09:00
Incident-Recorded: 2026-11-20T02:59:12+09:00
Dry run: nothing was written.

"#]]);
    assert_eq!(env.state(), before);
}

#[test]
fn whoever_is_nearly_known_is_pointed_out() {
    let env = TestEnv::japanese();
    let person = "\n[[person]]\nhandle = \"watanabe\"\nname = \"渡辺\"\nemail = \"watanabe@example.org\"\n";
    env.write("incident.toml", env.read("incident.toml") + person);
    env.commit_by_hand("people");
    env.declare("決済が全部エラー");
    env.run(["assign", "指揮", "watanbe"]).shows(str![[r#"
20261120-4gv3
--- stderr
  自分では直さない。決めて、頼んで、時計を見る。
「watanbe」は incident.toml の人の一覧にありません。このまま記録しました。
  もしかして: watanabe (渡辺)
✔ 記録しました　4gv3 決済が全部エラー　役割 指揮 +watanbe（[COMMIT]）
引き受けるとき: incident assign commander me -i 4gv3

"#]]);
    assert!(!env.run(["assign", "対応者", "e\u{1b}[31mv"]).stderr.contains('\u{1b}'));
    env.run(["assign", "対応者", "だれか"]).shows(str![[r#"
20261120-4gv3
--- stderr
  調べて直す。触る前と触った後に、指揮に一言。
「だれか」は incident.toml の人の一覧にありません。このまま記録しました。
✔ 記録しました　4gv3 決済が全部エラー　役割 対応者 +だれか（[COMMIT]）

"#]]);
}
