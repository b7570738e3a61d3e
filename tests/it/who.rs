//! `incident who`: the call list, and what `new` says of it.

use serde_json::json;
use snapbox::str;

use crate::environment::TestEnv;

const PEOPLE: &str = r#"
[[person]]
handle = "sato"
name = "佐藤"
phone = "090-1111-2222"
chat = "@sato"
areas = ["server", "infra"]

[[person]]
handle = "watanabe"
name = "渡辺"
phone = "080-3333-4444"

[[person]]
handle = "mori"
name = "森"
chat = "@mori"
areas = ["frontend"]
"#;

const CALLS: &str = r#"
[[call]]
levels = ["SEV1", "SEV2"]
role = "commander"
people = ["sato", "watanabe", "somebody"]
after = "10m"
note = { ja = "2回鳴らす", en = "ring twice" }

[[call]]
levels = ["SEV1"]
products = ["app"]
role = "communications"
people = ["mori"]
by = "chat"

[[call]]
levels = ["SEV3"]
people = ["sato"]
hours = "business"
"#;

fn store(japanese: bool, parts: &[&str]) -> TestEnv {
    let env = if japanese { TestEnv::japanese() } else { TestEnv::new() };
    let mut settings = env.read("incident.toml");
    parts.iter().for_each(|part| settings.push_str(part));
    env.write("incident.toml", settings);
    env.commit_by_hand("People");
    env
}

#[test]
fn the_list_is_that_of_the_incidents_level_and_products() {
    let env = store(true, &[PEOPLE, CALLS]);
    env.run(["new", "決済が全部エラーになる", "--severity", "SEV1", "--product", "app", "-q"]).succeeds();
    env.run(["assign", "指揮", "佐藤", "-q"]).succeeds();
    env.run(["who"]).shows(str![[r#"
連絡先　4gv3 決済が全部エラーになる　SEV1「緊急」

指揮　電話（10分出なければ次の人へ）
  1  佐藤      090-1111-2222  @sato  ✔ 指揮  server、infra
  2  渡辺      080-3333-4444
  3  somebody  番号なし
  2回鳴らす

連絡担当　チャット
  森  @mori  frontend

  全社に第一報。夜も止めない
  一次: アプリ当番、二次: 基盤当番。審査があるので、すぐには戻せない

"#]]);
    env.run(["who", "--lang", "en"]).shows(str![[r#"
Whom to call for 4gv3 決済が全部エラーになる: SEV1 (Critical)

Incident commander: by phone; no answer after 10 min: the next one
  1  佐藤      090-1111-2222  @sato  ✔ Incident commander  server, infra
  2  渡辺      080-3333-4444
  3  somebody  no number
  ring twice

Communications: by chat
  森  @mori  frontend

  First report to the whole company; nights included
  first the app on-call, then the platform’s; store review, so no quick roll-back

"#]]);
    env.run(["who", "--severity", "SEV2"]).shows(str![[r#"
連絡先　SEV2「重大」

指揮　電話（10分出なければ次の人へ）
  1  佐藤      090-1111-2222  @sato  server、infra
  2  渡辺      080-3333-4444
  3  somebody  番号なし
  2回鳴らす

  夜は当番だけに知らせる

"#]]);
    env.run(["who", "--severity", "緊急", "--product", "web"]).shows(str![[r#"
連絡先　SEV1「緊急」、お客様向けWeb

指揮　電話（10分出なければ次の人へ）
  1  佐藤      090-1111-2222  @sato  server、infra
  2  渡辺      080-3333-4444
  3  somebody  番号なし
  2回鳴らす

  全社に第一報。夜も止めない
  一次: Web当番、二次: 基盤当番

"#]]);
}

#[test]
fn outside_working_hours_nobody_is_phoned_who_need_not_be() {
    let env = store(false, &[PEOPLE, CALLS]);
    env.run(["who", "--level", "SEV3"]).shows(str![[r#"
Whom to call for SEV3 (Limited)

To call: by phone
  Outside working hours: do not phone now, tell them at 09:00.
  佐藤  090-1111-2222  @sato  server, infra

  No night call; shown at 9:00 on the next working day

"#]]);
    env.wait(7 * 60);
    env.run(["who", "--level", "SEV3"]).shows(str![[r#"
Whom to call for SEV3 (Limited)

To call: by phone
  佐藤  090-1111-2222  @sato  server, infra

  No night call; shown at 9:00 on the next working day

"#]]);
}

#[test]
fn where_nothing_is_live_everybody_is_shown() {
    let env = store(true, &[PEOPLE, CALLS]);
    env.run(["who"]).shows(str![[r#"
連絡先　いま動いている事案はないので、すべてを出します

指揮　電話（10分出なければ次の人へ）
  1  佐藤      090-1111-2222  @sato  server、infra
  2  渡辺      080-3333-4444
  3  somebody  番号なし
  2回鳴らす

連絡担当　チャット
  森  @mori  frontend

呼ぶ人　電話
  いまは営業時間外です。電話はせず、09:00 に知らせます。
  佐藤  090-1111-2222  @sato  server、infra

"#]]);
}

#[test]
fn without_calls_the_roles_of_the_level_and_all_phones_are_shown() {
    let env = store(true, &[PEOPLE]);
    env.declare("決済が全部エラーになる");
    env.run(["assign", "連絡担当", "森", "-q"]).succeeds();
    env.run(["who"]).shows(str![[r#"
連絡先　4gv3 決済が全部エラーになる　SEV1「緊急」

指揮　電話
  まだいません

連絡担当　電話
  森  @mori  ✔ 連絡担当  frontend

電話番号のある人
  佐藤  090-1111-2222  @sato  server、infra
  渡辺  080-3333-4444

  全社に第一報。夜も止めない
--- stderr
呼ぶ順番を決めるには、incident.toml に [[call]] を書きます。番号は [[person]] の phone に。

"#]]);
    let env = TestEnv::new();
    env.run(["who", "--severity", "SEV4"]).shows(str![[r#"
Whom to call for SEV4 (Early sign)

Nobody is set up to be called at once for this.

  Seen in the weekly meeting; after 30 still days, asks whether to close
--- stderr
To say who is called first, write [[call]] into incident.toml; numbers go to phone of [[person]].

"#]]);
}

#[test]
fn people_are_called_together_by_area() {
    let env = store(true, &[PEOPLE]);
    env.run(["who", "--area", "Frontend"]).shows(str![[r#"
  森  @mori  frontend

"#]]);
    env.run(["who", "--area", "dba"]).shows(str![[r#"
--- stderr
エラー: 「dba」がわかる人は見つかりません
ヒント: ここで使えるもの: server, infra, frontend
--- exit 3

"#]]);
    TestEnv::new().run(["who", "--area", "dba"]).shows(str![[r#"
--- stderr
error: nobody is known for “dba”
hint: write areas = ["frontend"] to a [[person]] of incident.toml
--- exit 3

"#]]);
}

#[test]
fn what_is_no_level_is_an_error() {
    TestEnv::new().run(["who", "--severity", "SEV9"]).shows(str![[r#"
--- stderr
error: there is no level “SEV9”
hint: known here: SEV1, SEV2, SEV3, SEV4
--- exit 3

"#]]);
    TestEnv::new().run(["who", "zzzz"]).shows(str![[r#"
--- stderr
error: nothing matches “zzzz”
hint: to see them all: incident list --all
--- exit 3

"#]]);
}

#[test]
fn a_declaration_says_whom_to_call() {
    let env = store(true, &[PEOPLE, CALLS]);
    env.run(["new", "決済が全部エラーになる", "--severity", "SEV1", "--product", "app"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ 記録しました　4gv3 決済が全部エラーになる　SEV1「緊急」　02:56
自動の電話は設定されていません。
電話してください（指揮）: 佐藤 090-1111-2222 → 10分出なければ 渡辺 080-3333-4444 → 10分出なければ somebody
チャットで知らせてください（連絡担当）: 森 @mori
  全社に第一報。夜も止めない
連絡先をすべて見る: incident who

いまやること
  □ 報告者: わかることだけ書いて起票。指揮が来るまで預かる
  □ 指揮: 役割を声に出して決め、次の連絡時刻を宣言する
  □ 対応者: 直前の変更を見る。戻せるなら戻すのが先
引き受ける: incident assign commander me
書き残す: incident note "…"
見る: incident show 4gv3
第一報を貼る: incident brief 4gv3

"#]]);
    env.set("INCIDENT_LANG", "en");
    env.run(["new", "Search is slow", "--severity", "SEV3"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ Recorded 6t9q Search is slow: SEV3 (Limited), 02:57
Outside working hours; tell them at 09:00: 佐藤 090-1111-2222
  No night call; shown at 9:00 on the next working day
All numbers: incident who

What to do now
  □ Reporter: declare with what you know; you hold it until a commander comes
  □ Commander: give out roles aloud and name the time of the next update
  □ Responder: look at the latest change; if it can be rolled back, do that first
Take command: incident assign commander me
Write things down: incident note "…"
See it: incident show 6t9q
First report, to paste: incident brief 6t9q

"#]]);
    assert!(!env.run(["new", "x", "--severity", "SEV1", "--drill"]).succeeds().stderr.contains("090-"));
}

#[test]
fn programs_get_people_and_times() {
    let env = store(false, &[PEOPLE, CALLS]);
    let shown = env.run(["who", "--severity", "SEV3", "--json"]).json();
    let sato = json!({
        "handle": "sato", "name": "佐藤", "phone": "090-1111-2222", "chat": "@sato", "areas": ["server", "infra"],
        "roles": [],
    });
    let call = json!({
        "role": null, "by": "phone", "opens": "2026-11-20T09:00:00+09:00", "after_s": null, "note": null,
        "people": [sato],
    });
    let expected = json!({
        "schema": 1, "kind": "incident.who", "id": null, "severity": "SEV3", "configured": true, "calls": [call],
        "people": [], "notes": ["No night call; shown at 9:00 on the next working day"],
    });
    assert_eq!(shown, expected);
    let shown = env.run(["who", "--area", "infra", "--json"]).json();
    assert_eq!(shown["people"][0]["handle"], "sato");
}

#[test]
fn hostile_names_do_not_reach_the_terminal() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.replace(&env.path_of(""), "roles: {}", "roles:\n  commander: \"a\\e[2J\\u202eb\"");
    env.commit_by_hand("A name");
    let shown = env.run(["who"]).succeeds().stdout;
    assert!(shown.contains("a\\u{1b}[2J\\u{202e}b"), "{shown:?}");
    assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown:?}");
}
