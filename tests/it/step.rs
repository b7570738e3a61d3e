//! `incident step`: checklists by status, level, kind and product, ticked and recorded.

use snapbox::str;

use crate::environment::{TestEnv, same};

const STEPS: &str = r#"
[[step]]
id = "roll-back"
text = { ja = "直前のリリースを戻す", en = "Roll the last release back" }
statuses = ["triage", "investigating"]
products = ["web"]
role = "responder"
within = "15m"

[[step]]
id = "store-review"
text = { ja = "修正版の審査を急ぐ", en = "Ask the store for a fast review" }
products = ["app"]

[[step]]
id = "tell-sales"
text = { ja = "営業に一文を渡す", en = "Give sales one sentence" }
levels = ["SEV1"]
role = "communications"
with = { ja = "営業", en = "Sales" }

[[step]]
id = "watch"
text = { ja = "30分、ぶり返さないか見る", en = "Watch it for 30 minutes" }
statuses = ["monitoring"]
"#;

/// A store with a checklist, and an incident of the web in it.
fn with_steps(env: &TestEnv) {
    env.drop_checklists();
    env.write("incident.toml", env.read("incident.toml") + STEPS);
    env.git(["commit", "-qam", "checklists"]);
    env.run(["new", "Checkout fails", "--product", "web", "--severity", "SEV1"]).succeeds();
}

#[test]
fn a_checklist_is_that_of_the_incident_as_it_is_now() {
    let env = TestEnv::new();
    with_steps(&env);
    env.run(["step"]).shows(str![[r#"
 1 □ Roll the last release back  Responder  by 03:10 (in 14 min)
 2 □ Give sales one sentence  Communications  ◆Sales

"#]]);
    env.run(["status", "monitoring"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Triage → Monitoring ([COMMIT])
Skipped: Investigating, Fixing. That is fine.
Now watch that it does not come back.
To do now
 1 □ Give sales one sentence  Communications  ◆Sales
 2 □ Watch it for 30 minutes
When it is done: incident step 1 -i 4gv3

"#]]);
    env.wait(30);
    env.run(["step", "--lang", "ja"]).shows(str![[r#"
 1 □ 営業に一文を渡す  連絡担当  ◆営業
 2 □ 30分、ぶり返さないか見る

"#]]);
    env.run(["step", "--json"]).shows(str![[r#"
{
  "schema": 1,
  "kind": "incident.step",
  "id": "20261120-4gv3",
  "status": "monitoring",
  "steps": [
    {
      "id": "tell-sales",
      "text": "Give sales one sentence",
      "role": "communications",
      "with": "Sales",
      "hint": null,
      "due": null,
      "done": false,
      "by": null,
      "at": null
    },
    {
      "id": "watch",
      "text": "Watch it for 30 minutes",
      "role": null,
      "with": null,
      "hint": null,
      "due": null,
      "done": false,
      "by": null,
      "at": null
    }
  ]
}

"#]]);
}

#[test]
fn steps_are_ticked_by_number_id_or_words_and_recorded() {
    let env = TestEnv::new();
    with_steps(&env);
    env.run(["step", "1", "give", "-m", "told Kobayashi"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Step done — Roll the last release back · Step done — Give sales one sentence ([COMMIT])

"#]]);
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T02:56:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T02:56:12+09:00

20261120-4gv3: Step +roll-back — Roll the last release back (+1)

Incident: 20261120-4gv3
Incident-Event: step {"id":"roll-back","done":true,"who":"Aoi Arita","text":"Roll the last release back\ntold Kobayashi"}
Incident-At: 2026-11-20T02:56:12+09:00
Incident-Event: step {"id":"tell-sales","done":true,"who":"Aoi Arita","text":"Give sales one sentence\ntold Kobayashi"}
Incident-At: 2026-11-20T02:56:12+09:00
Incident-Recorded: 2026-11-20T02:56:12+09:00


M	incidents/2026/11/20261120-4gv3-checkout-fails.md

"#]],
    );
    env.run(["step", "roll-back"]).shows(str![[r#"
20261120-4gv3
--- stderr
Nothing changed: it is so already.

"#]]);
    env.run(["step", "1", "--undo", "-m", "it did not work"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Step to be done again — Roll the last release back ([COMMIT])
To do now
 1 □ Roll the last release back  Responder  by 03:10 (in 12 min)
 2 ✔ Give sales one sentence  Aoi Arita 02:56
When it is done: incident step 1 -i 4gv3

"#]]);
    env.run(["step"]).shows(str![[r#"
 1 □ Roll the last release back  Responder  by 03:10 (in 11 min)
 2 ✔ Give sales one sentence  Aoi Arita 02:56

"#]]);
    env.run(["timeline"]).shows(str![[r#"
Fri 20 Nov
  02:55  Declared · Aoi Arita
         SEV1 (stated)
  02:56  Step done · Aoi Arita
         Roll the last release back
         told Kobayashi
  02:56  Step done · Aoi Arita
         Give sales one sentence
         told Kobayashi
  02:58  Step to be done again · Aoi Arita
         Roll the last release back
         it did not work

"#]]);
    env.run(["check"]).succeeds();
}

#[test]
fn a_japanese_record_is_read_back() {
    let env = TestEnv::japanese();
    with_steps(&env);
    env.run(["step", "営業に"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ 記録しました　4gv3 Checkout fails　手順 済み — 営業に一文を渡す（[COMMIT]）
いまやること
 1 □ 直前のリリースを戻す  対応者  03:10 まで（あと14分）
 2 ✔ 営業に一文を渡す  Aoi Arita 02:56
済んだら: incident step 1 -i 4gv3

"#]]);
    let file = env.incident_file();
    let line = file.lines().find(|line| line.contains("手順")).unwrap_or_default();
    same(line, str!["- 2026-11-20 02:56 · 手順 +tell-sales · Aoi Arita — 営業に一文を渡す"]);
    env.run(["step", "--lang", "en"]).shows(str![[r#"
 1 □ Roll the last release back  Responder  by 03:10 (in 13 min)
 2 ✔ Give sales one sentence  Aoi Arita 02:56

"#]]);
}

#[test]
fn what_is_not_on_the_list_is_an_error() {
    let env = TestEnv::new();
    with_steps(&env);
    env.run(["step", "tell-sale"]).shows(str![[r#"
--- stderr
error: there is no step “tell-sale” on the checklist now
hint: did you mean tell-sales (Give sales one sentence)?
--- exit 3

"#]]);
    env.run(["step", "9"]).shows(str![[r#"
--- stderr
error: there is no step “9” on the checklist now
hint: known here: roll-back (Roll the last release back), tell-sales (Give sales one sentence)
--- exit 3

"#]]);
    env.run(["step", "--undo"]).shows(str![[r#"
--- stderr
error: missing <STEP>...
hint: incident step --undo <STEP>...
--- exit 2

"#]]);
    // A step of another status is known by its id.
    env.run(["step", "watch"]).succeeds();
    env.run(["step", "1", "--dry-run"]).shows(str![[r#"
20261120-4gv3
--- stderr
--- a/incidents/2026/11/20261120-4gv3-checkout-fails.md
+++ b/incidents/2026/11/20261120-4gv3-checkout-fails.md
@@ -34,5 +34,6 @@
 
 - 2026-11-20 02:55 · Declared · Aoi Arita — SEV1 (stated)
 - 2026-11-20 02:59 · Step +watch · Aoi Arita — Watch it for 30 minutes
+- 2026-11-20 03:00 · Step +roll-back · Aoi Arita — Roll the last release back
 
 ## Links <!-- incident:links -->
Commit message:
20261120-4gv3: Step +roll-back — Roll the last release back

Incident: 20261120-4gv3
Incident-Event: step {"id":"roll-back","done":true,"who":"Aoi Arita","text":"Roll the last release back"}
Incident-At: 2026-11-20T03:00:12+09:00
Incident-Recorded: 2026-11-20T03:00:12+09:00
Dry run: nothing was written.

"#]]);
}

#[test]
fn how_to_do_it_stands_below_what_is_next_and_on_request_below_all() {
    let env = TestEnv::new();
    env.drop_checklists();
    let steps = STEPS.replace("role = ", "hint = \"see the handbook\"\nrole = ");
    env.write("incident.toml", env.read("incident.toml") + &steps);
    env.git(["commit", "-qam", "checklists"]);
    env.run(["new", "Checkout fails", "--product", "web", "--severity", "SEV1"]).succeeds();
    env.run(["step"]).shows(str![[r#"
 1 □ Roll the last release back  Responder  by 03:10 (in 14 min)
     → see the handbook
 2 □ Give sales one sentence  Communications  ◆Sales
     → see the handbook

"#]]);
    env.run(["status", "investigating"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Triage → Investigating ([COMMIT])
To do now
 1 □ Roll the last release back  Responder  by 03:10 (in 13 min)
     → see the handbook
 2 □ Give sales one sentence  Communications  ◆Sales
When it is done: incident step 1 -i 4gv3

"#]]);
    env.run(["step", "last release"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Step done — Roll the last release back ([COMMIT])
To do now
 1 ✔ Roll the last release back  Aoi Arita 02:58
 2 □ Give sales one sentence  Communications  ◆Sales
     → see the handbook
When it is done: incident step 2 -i 4gv3

"#]]);
}

#[test]
fn a_level_brings_its_steps() {
    let env = TestEnv::new();
    env.drop_checklists();
    env.write("incident.toml", env.read("incident.toml") + STEPS);
    env.git(["commit", "-qam", "checklists"]);
    env.run(["new", "Checkout fails", "--unrated", "-k", "outage"]).succeeds();
    env.run(["severity", "SEV1"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Level not rated → SEV1 ([COMMIT])
Call now: Incident commander, Communications
  First report to the whole company; nights included
To do now
 1 □ Give sales one sentence  Communications  ◆Sales
When it is done: incident step 1 -i 4gv3

"#]]);
    env.run(["severity", "SEV3"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Level SEV1 → SEV3 ([COMMIT])

"#]]);
}
