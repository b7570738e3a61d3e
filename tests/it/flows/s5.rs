//! S5: everybody declares, SRE, support and corporate IT alike; four levels, four roles, and chat is the war room.

use snapbox::str;

use super::Team;
use crate::environment::same;

const PEOPLE: &str = r#"
[[person]]
handle = "okada"
name = "岡田"
email = "okada@example.org"
chat = "@okada"

[[person]]
handle = "tanabe"
name = "田辺"
email = "tanabe@example.org"
phone = "090-0000-0001"
areas = ["web"]

[[person]]
handle = "mizuno"
name = "水野"
email = "mizuno@example.org"
phone = "090-0000-0002"
areas = ["platform"]

[[person]]
handle = "fujii"
name = "藤井"
email = "fujii@example.org"
phone = "090-0000-0003"

[[person]]
handle = "ueda"
name = "上田"
email = "ueda@example.org"
phone = "090-0000-0004"
areas = ["security"]

[[call]]
levels = ["SEV1", "SEV2"]
kinds = ["outage", "data", "it"]
role = "commander"
people = ["mizuno"]

[[call]]
levels = ["SEV1", "SEV2"]
products = ["web", "console"]
role = "responder"
people = ["tanabe", "mizuno"]
after = "10m"

[[call]]
levels = ["SEV1"]
role = "communications"
people = ["fujii"]

[[call]]
kinds = ["security", "device"]
role = "commander"
people = ["ueda"]

[[call]]
levels = ["SEV3"]
by = "chat"
hours = "business"
people = ["tanabe"]
"#;

/// User support is at the keyboard first.
fn team() -> Team {
    let team = Team::new("full", PEOPLE);
    team.become_person("okada", "岡田");
    team
}

/// Twenty people wait for prescriptions that do not open; the id of the incident, for `-i`.
fn declared(team: &Team) -> String {
    let answers = ["--answer", "all_down=no", "--answer", "harm=no", "--answer", "many_stuck=yes"];
    let words = ["new", "処方の画面が開かない", "--kind", "outage", "--product", "web"];
    team.run([&words[..], &answers].concat()).succeeds().stdout.trim().to_owned()
}

#[test]
fn an_outage_from_support_to_the_weekly_meeting() {
    let team = team();
    // S5-12: when to declare, and what to do first, for those who are no engineers.
    same(
        &team.play(&[], &[("キー:", "ｑ")]).screen.join("\n"),
        str![[r#"

いま動いている事案はありません。
どういうときに起票するか:
  お客様か社員が困っている、または放っておくと困ることになる出来事。迷ったら起票
  する（違えば「対象外」で閉じればよい）。
d 起票   a 過去の事案   q 抜ける
キー: q
"#]],
    );
    // S5-11: roles, and the product as a fact of its own.
    let words = [
        "new",
        "処方の画面が開かない",
        "--kind",
        "サービス障害",
        "--product",
        "お客様向けWeb",
        "--answer",
        "all_down=いいえ",
        "--answer",
        "harm=いいえ",
        "--answer",
        "many_stuck=はい",
    ];
    team.run(words).shows(str![[r#"
20261120-7jx8
--- stderr
✔ 記録しました　7jx8 処方の画面が開かない　SEV2「重大」　02:59
自動の電話は設定されていません。
電話してください（指揮）: 水野 090-0000-0002
電話してください（対応者）: 田辺 090-0000-0001 → 10分出なければ 水野 090-0000-0002
  夜は当番だけに知らせる
連絡先をすべて見る: incident who

いまやること
  □ 報告者: わかることだけ書いて起票。指揮が来るまで預かる
  □ 指揮: 役割を声に出して決め、次の連絡時刻を宣言する
  □ 対応者: 直前の変更を見る。戻せるなら戻すのが先
引き受ける: incident assign commander me
書き残す: incident note "…"
見る: incident show 7jx8
第一報を貼る: incident brief 7jx8

"#]]);
    // S5-17: first responders by product and level, then the platform's.
    team.run(["who"]).shows(str![[r#"
連絡先　7jx8 処方の画面が開かない　SEV2「重大」

指揮　電話
  水野  090-0000-0002  platform

対応者　電話（10分出なければ次の人へ）
  1  田辺  090-0000-0001  web
  2  水野  090-0000-0002  platform

  夜は当番だけに知らせる
  一次: Web当番、二次: 基盤当番

"#]]);
    // S5-10: SRE is called at once, and whoever joins late reads one page.
    team.become_person("mizuno", "水野");
    team.run(["assign", "指揮", "me"]).succeeds();
    team.run(["assign", "連絡担当", "藤井"]).succeeds();
    team.run(["assign", "対応者", "田辺"]).succeeds();
    // S5-09: the checklist says what to do where chat is down too; nothing here needs the network.
    team.run(["status", "調査中"]).shows(str![[r#"
20261120-7jx8
--- stderr
✔ 記録しました　7jx8 処方の画面が開かない　確認中 → 調査中（[COMMIT]）
いまやること
 1 □ 役割を声に出して割り当てる  指揮 水野
     → incident assign scribe 名前
 2 □ 専用チャンネルを作る。チャットも落ちていたら、電話会議を開く  連絡担当 藤井
 3 □ 直前の変更を見る  対応者 田辺
 4 □ 戻せるなら、調べる前に戻す  対応者 田辺
 5 □ 約束した時刻に伝える（変わりがなくても）  連絡担当 藤井
済んだら: incident step 1 -i 7jx8

"#]]);
    // S5-01: the room is made by hand, and its address is kept.
    team.run(["link", "https://chat.example.org/inc-2026-11-20", "作戦室"]).succeeds();
    // S5-19: what is looked at is an action of the moment, and is ticked.
    team.run(["step", "専用チャンネル"]).shows(str![[r#"
20261120-7jx8
--- stderr
✔ 記録しました　7jx8 処方の画面が開かない　手順 済み — 専用チャンネルを作る。チャットも落ちていたら、電話会議を開く（[COMMIT]）
いまやること
 1 □ 役割を声に出して割り当てる  指揮 水野
     → incident assign scribe 名前
 2 ✔ 専用チャンネルを作る。チャットも落ちていたら、電話会議を開く  水野 03:06
 3 □ 直前の変更を見る  対応者 田辺
 4 □ 戻せるなら、調べる前に戻す  対応者 田辺
 5 □ 約束した時刻に伝える（変わりがなくても）  連絡担当 藤井
済んだら: incident step 1 -i 7jx8

"#]]);
    team.become_person("tanabe", "田辺");
    // S5-02: pages that tell what happened are one command each.
    team.run(["link", "https://github.com/example/rx/pull/812", "直前のリリース"]).succeeds();
    team.run(["link", "https://sentry.example.org/issues/99"]).succeeds();
    team.run(["status", "対処中", "-m", "812 を戻す"]).succeeds();
    team.become_person("fujii", "藤井");
    // S5-03: a promise has a time, which is on every page; ringing at that time comes later.
    let words = "処方の画面を開けない状態が続いています。復旧に向けて対応しています。";
    team.run(["update", "直前のリリースを戻しています", "--customers", words]).succeeds();
    team.run(["brief"]).shows(str![[r#"
【第一報】処方の画面が開かない（SEV2）　11/20(金) 03:10
状況　　　　直前のリリースを戻しています
影響　　　　お客様向けWeb（確認中）
見込み　　　未定
お客様に　　「処方の画面を開けない状態が続いています。復旧に向けて対応してい
　　　　　　　ます。」
言わない　　原因、補償
次の連絡　　03:40（変わりがなくても連絡します）
指揮　　　　水野
問い合わせ　藤井

"#]]);
    team.run(["brief", "--for", "customers"]).shows(str![[r#"
処方の画面を開けない状態が続いています。復旧に向けて対応しています。

"#]]);
    team.wait(31);
    team.run(["show"]).shows(str![[r#"
処方の画面が開かない
20261120-7jx8  SEV2「重大」  対処中（03:09から 35分）

指揮            水野（03:01から）
連絡担当        藤井
対応者          田辺
次の連絡        03:40（4分遅れ）
前回の連絡      第1報　03:10（34分前）
最新            03:10（34分前） 藤井　連絡 第1報 — 直前のリリースを戻しています
起票            02:59
引き受け        03:01
引き受けるまで  2分
種類            サービス障害
サービス        お客様向けWeb — 一次: Web当番、二次: 基盤当番
報告者          岡田
ファイル        incidents/2026/11/20261120-7jx8-処方の画面が開かない.md

いまやること
 1 □ 戻せるなら、調べる前に戻す  対応者 田辺
 2 □ 触る前と触った後に、指揮に一言  対応者 田辺
 3 □ 約束した時刻に伝える（変わりがなくても）  連絡担当 藤井

参考
作戦室  https://chat.example.org/inc-2026-11-20
直前のリリース  https://github.com/example/rx/pull/812
https://sentry.example.org/issues/99

経過
11/20(金)
  02:59  起票 · 岡田
         SEV2（はい: 大勢が足止めされて、待つしかない状態ですか）
  03:01  役割 指揮 +水野 · 水野
  03:01  引き受け · 水野
  03:02  役割 連絡担当 +藤井 · 水野
  03:03  役割 対応者 +田辺 · 水野
  03:04  確認中 → 調査中 · 水野
  03:05  リンク · 水野
         作戦室 https://chat.example.org/inc-2026-11-20
  03:06  手順 済み · 水野
         専用チャンネルを作る。チャットも落ちていたら、電話会議を開く
  03:07  リンク · 田辺
         直前のリリース https://github.com/example/rx/pull/812
  03:08  リンク · 田辺
         https://sentry.example.org/issues/99
  03:09  調査中 → 対処中 · 田辺
         812 を戻す
  03:10  連絡 第1報 · 藤井
         直前のリリースを戻しています
         - お客様に: 処方の画面を開けない状態が続いています。復旧に向けて対応し
         ています。
         - 言わない: 原因、補償
         - 見込み: 未定
         - 次の連絡: 03:40

"#]]);
    team.become_person("tanabe", "田辺");
    let change = "https://github.com/example/rx/pull/812";
    team.run([
        "set",
        "impact_started=02:40",
        "気づいたきっかけ=お客様",
        &format!("caused_by_change={change}"),
    ])
    .shows(str![[r#"
20261120-7jx8
--- stderr
✔ 記録しました　7jx8 処方の画面が開かない　影響開始: 02:40 · 気づいたきっかけ: お客様 · 原因の変更: https://github.com/example/rx/pull/812（[COMMIT]）

"#]]);
    team.run(["mitigate", "-m", "開くようになった"]).succeeds();
    // S5-14: the review and how to begin it are on the checklist.
    team.run(["resolve"]).shows(str![[r#"
20261120-7jx8
--- stderr
✔ 記録しました　7jx8 処方の画面が開かない　経過観察 → 振り返り中（[COMMIT]）
お疲れさまでした。休んでください。
収束を伝える文面: incident brief 7jx8
振り返りの期限は 11/27(金) です: incident postmortem 7jx8
いまやること
 1 □ 振り返りを書く
     → incident postmortem
 2 □ 初めての人がいたら「読む前に」を声に出して読む
 3 □ 再発防止に担当と期限を付け、定例で追う  指揮 水野
済んだら: incident step 1 -i 7jx8

"#]]);
    team.run(["postmortem"]).succeeds();
    let review = review(&team);
    assert!(review.contains("> **読む前に** 誰がやっても起こりえた"), "{review}");
    // S5-13: actions have an owner and a date, and are gone through in the weekly meeting.
    team.run(["step", "再発防止"]).succeeds();
    // S5-16: times to restore and the change that caused it, for whoever counts.
    let shown = team.run(["show", "処方", "--json"]).json();
    assert_eq!(shown["incident"]["caused_by_change"], change);
    same(
        &serde_json::to_string_pretty(&shown["incident"]["times"]).unwrap(),
        str![[r#"
{
  "acknowledged": "2026-11-20T03:01:12+09:00",
  "declared": "2026-11-20T02:59:12+09:00",
  "impact_started": "2026-11-20T02:40:00+09:00",
  "mitigated": "2026-11-20T03:46:12+09:00",
  "resolved": "2026-11-20T03:47:12+09:00"
}
"#]],
    );
    team.run(["close"]).succeeds();
    // S5-04: what was stays a list with groups of its own.
    team.run(["list", "--all", "--severity", "SEV2"]).shows(str![[r#"
事案           レベル  状態  件名                  指揮  起票
20261120-7jx8  SEV2    完了  処方の画面が開かない  水野  02:59
--- stderr
1件（完了1）

"#]]);
    same(
        &team.incident_file(),
        str![[r#"
---
schema: 1
id: 20261120-7jx8
title: 処方の画面が開かない

kind: outage
severity: SEV2
mode: real
status: closed
detected_by: customer
reporter: okada

roles:
  commander: mizuno
  communications: fujii
  responder: [tanabe]

times:
  impact_started: 2026-11-20T02:40:00+09:00
  declared: 2026-11-20T02:59:12+09:00
  acknowledged: 2026-11-20T03:01:12+09:00
  mitigated: 2026-11-20T03:46:12+09:00
  resolved: 2026-11-20T03:47:12+09:00
  closed: 2026-11-20T03:51:12+09:00
answers:
  all_down: false
  harm: false
  many_stuck: true
caused_by_change: https://github.com/example/rx/pull/812

products: [web]
---

# 処方の画面が開かない

## ひとことで

<!-- お客様や社員に何が起きたかを1文で。あとからで構いません。 -->

## 影響

<!-- 誰が・何を・いつからいつまで・何件。仮なら「仮」と書き、確定したら出どころも添えます。 -->

## やること <!-- incident:actions -->

## 経過 <!-- incident:timeline +09:00 -->

- 2026-11-20 02:40 · 影響開始 · 田辺（記録 03:45）
- 2026-11-20 02:59 · 起票 · 岡田 — SEV2（はい: 大勢が足止めされて、待つしかない状態ですか）
- 2026-11-20 03:01 · 役割 指揮 +水野 · 水野
- 2026-11-20 03:01 · 引き受け · 水野
- 2026-11-20 03:02 · 役割 連絡担当 +藤井 · 水野
- 2026-11-20 03:03 · 役割 対応者 +田辺 · 水野
- 2026-11-20 03:04 · 確認中 → 調査中 · 水野
- 2026-11-20 03:05 · リンク · 水野 — 作戦室 https://chat.example.org/inc-2026-11-20
- 2026-11-20 03:06 · 手順 +open-room · 水野 — 専用チャンネルを作る。チャットも落ちていたら、電話会議を開く
- 2026-11-20 03:07 · リンク · 田辺 — 直前のリリース https://github.com/example/rx/pull/812
- 2026-11-20 03:08 · リンク · 田辺 — https://sentry.example.org/issues/99
- 2026-11-20 03:09 · 調査中 → 対処中 · 田辺 — 812 を戻す
- 2026-11-20 03:10 · 連絡 第1報 · 藤井 — 直前のリリースを戻しています
  - お客様に: 処方の画面を開けない状態が続いています。復旧に向けて対応しています。
  - 言わない: 原因、補償
  - 見込み: 未定
  - 次の連絡: 03:40
- 2026-11-20 03:45 · 変更 detected_by: - → customer · 田辺
- 2026-11-20 03:45 · 変更 caused_by_change: - → https://github.com/example/rx/pull/812 · 田辺
- 2026-11-20 03:46 · 対処中 → 経過観察 · 田辺 — 開くようになった
- 2026-11-20 03:47 · 経過観察 → 振り返り中 · 田辺
- 2026-11-20 03:48 · 振り返り · 田辺
- 2026-11-20 03:49 · 手順 +follow-actions · 田辺 — 再発防止に担当と期限を付け、定例で追う
- 2026-11-20 03:51 · 振り返り中 → 完了 · 田辺

## 参考 <!-- incident:links -->

- [作戦室](https://chat.example.org/inc-2026-11-20)
- [直前のリリース](https://github.com/example/rx/pull/812)
- [sentry.example.org/issues/99](https://sentry.example.org/issues/99)

"#]],
    );
    team.run(["check"]).succeeds();
}

fn review(team: &Team) -> String {
    let files = team.git(["-c", "core.quotePath=false", "ls-files", "incidents"]);
    team.read(files.lines().find(|file| file.ends_with(".postmortem.md")).unwrap())
}

#[test]
fn a_laptop_left_in_a_taxi_is_seen_by_few() {
    let team = team();
    // S5-15: lost devices have questions and facts of their own, and a store that few can read.
    let words = ["new", "ノートPCをタクシーに忘れた", "--kind", "端末・入館証の紛失"];
    let answers = ["--answer", "readable=no", "--answer", "customer_data=yes"];
    team.run([&words[..], &answers].concat()).shows(str![[r#"
20261120-6t9q
--- stderr
この種類は「security」に記録します。社内でも一部の人にしか見えません。
✔ 記録しました　6t9q ノートPCをタクシーに忘れた　SEV2「重大」　02:58
自動の電話は設定されていません。
電話してください（指揮）: 上田 090-0000-0004
  夜は当番だけに知らせる
連絡先をすべて見る: incident -C security who
まず情シスに遠隔ロックを頼み、警察・駅・店に届ける。個人情報が関わるなら、法務に今日中に一報。

いまやること
  □ 報告者: わかることだけ書いて起票。指揮が来るまで預かる
  □ 指揮: 役割を声に出して決め、次の連絡時刻を宣言する
  □ 対応者: 直前の変更を見る。戻せるなら戻すのが先
引き受ける: incident -C security assign commander me
書き残す: incident -C security note "…"
見る: incident -C security show 6t9q
第一報を貼る: incident -C security brief 6t9q

"#]]);
    team.run(["-C", "security", "step"]).shows(str![[r#"
 1 □ 遠隔ロック・遠隔消去を頼み、結果を書く  ◆情シス  03:13 まで（あと14分）
 2 □ 警察・駅・店に届け、受付番号を控える
 3 □ ほかの1人にも見てもらい、本当に起きているかを確かめる
 4 □ 指揮を引き受ける人を決める（迷ったら当番が引き受ける）
     03:08 まで（あと9分）
     → incident assign commander me
 5 □ セキュリティ責任者を呼ぶ  指揮  ◆セキュリティ
 6 □ 個人情報が関わるなら、法務に今日中に一報  指揮  ◆法務

"#]]);
    team.run(["-C", "security", "step", "遠隔ロック"]).succeeds();
    let facts = ["item=会社のPC 12番", "locked=かかる", "wiped=03:00 に消去した"];
    team.run(["-C", "security", "set", facts[0], facts[1], facts[2]]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　6t9q ノートPCをタクシーに忘れた　なくしたもの: 会社のPC 12番 · ロック: かかる · 遠隔ロック・消去: 03:00 に消去した（[COMMIT]）

"#]]);
    team.run(["list", "--all"]).shows(str![[r#"
--- stderr
まだ何もありません。起票する: incident new

"#]]);
}

#[test]
fn what_is_tried_out_and_what_a_machine_declares() {
    let team = team();
    // S5-06: a try-out is an incident like any other, apart from the real ones.
    // S5-18: so is a drill: everything is operated, and nobody is called.
    team.run(["new", "避難訓練", "--drill", "--kind", "outage", "--severity", "SEV1"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　6t9q 【訓練】避難訓練　SEV1「緊急」　02:58
【訓練】です。だれも呼ばれません。

いまやること
  □ 報告者: わかることだけ書いて起票。指揮が来るまで預かる
  □ 指揮: 役割を声に出して決め、次の連絡時刻を宣言する
  □ 対応者: 直前の変更を見る。戻せるなら戻すのが先
引き受ける: incident assign commander me
書き残す: incident note "…"
見る: incident show 6t9q
第一報を貼る: incident brief 6t9q

"#]]);
    // S5-20: an alert declares with a key of its own, and only once.
    // S5-05: everything is read and written by programs.
    let words =
        ["new", "ディスク残り5%", "--severity", "SEV4", "--key", "alert-4711", "--json", "--no-input"];
    let first = team.run(words).succeeds().stdout;
    let again = team.run(words).succeeds().stdout;
    let id = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap()["incident"]["id"].clone();
    assert_eq!(id(&first), id(&again));
    let listed = team.run(["list", "--json"]).json();
    let modes: Vec<&str> =
        listed["incidents"].as_array().unwrap().iter().map(|it| it["mode"].as_str().unwrap()).collect();
    assert_eq!(modes, ["drill", "real"]);
}

#[test]
fn five_keys_and_a_title_declare_an_incident() {
    let team = team();
    // S5-08: Japanese throughout, and with the input method left on.
    let keys = [
        ("番号 [1]", "１"),
        ("番号 [0]", "１"),
        ("誰も使えない状態ですか", "ｎ"),
        ("害が出ていますか", "いいえ"),
        ("待つしかない状態ですか", "はい"),
        ("件名", "処方が開かない\r"),
    ];
    assert_eq!(team.keystrokes_to_declare(&keys), 8 + "処方が開かない\r".chars().count());
}

#[test]
fn a_night_is_played_from_the_menu() {
    let team = team();
    let id = declared(&team);
    team.become_person("mizuno", "水野");
    let finished = team.play(
        &[],
        &[
            ("キー:", "ｈ"),
            ("キー:", "ｓ"),
            ("番号 [1]", "１"),
            ("したこと", "\r"),
            ("いつ [いま]", "\r"),
            ("キー:", "ｎ"),
            ("番号 [1]", "１"),
            ("メモ: ", "直前のリリースは812\r"),
            ("キー:", "ｑ"),
        ],
    );
    same(
        &finished.screen.join("\n"),
        str![[r#"

処方の画面が開かない
20261120-6t9q  SEV2「重大」  確認中（02:58から 1分）
指揮           まだいません: incident assign commander me -i 6t9q
直近           02:58  起票  SEV2（はい: 大勢が足止めされて、待つしかない状態です
               か）  岡田
次の連絡       03:28（あと29分）
見込み         未定
お客様向けWeb  一次: Web当番、二次: 基盤当番
 1 □ ほかの1人にも見てもらい、本当に起きているかを確かめる
 2 □ 指揮を引き受ける人を決める（迷ったら当番が引き受ける）
     03:08 まで（あと9分）
1–2 済みにする   h 引き受ける   u 連絡を出す   s 状態   n メモ   l レベル
w だれを呼ぶか   t 追いつく   e 編集   x 取り消し   d 起票   b 一覧へ   q 抜ける
キー: h
$ incident assign commander me -i 20261120-6t9q
  自分では直さない。決めて、頼んで、時計を見る。
✔ 記録しました　6t9q 処方の画面が開かない　役割 指揮 +水野 · 引き受け（[COMMIT]）
20261120-6t9q

処方の画面が開かない
20261120-6t9q  SEV2「重大」  確認中（02:58から 1分）
指揮           水野（02:59〜）
直近           02:59  引き受け  水野
次の連絡       03:28（あと29分）
見込み         未定
お客様向けWeb  一次: Web当番、二次: 基盤当番
 1 □ ほかの1人にも見てもらい、本当に起きているかを確かめる
 2 □ 指揮を引き受ける人を決める（迷ったら当番が引き受ける）
     03:08 まで（あと9分）
1–2 済みにする   h 交代   u 連絡を出す   s 状態   n メモ   l レベル
w だれを呼ぶか   t 追いつく   e 編集   x 取り消し   d 起票   b 一覧へ   q 抜ける
キー: s
どの状態にしますか（いま: 確認中）
  1 調査中      指揮が決まり、調べはじめた
  2 対処中      手を打っている（切り戻し・回避・修正）
  3 経過観察    影響は止まった。ぶり返さないか見ている
  4 振り返り中  収束した。振り返りと再発防止を進める
  5 完了        振り返りまで終わった
  6 対象外      インシデントではなかった（行き先を残す）
番号 [1]: 1 調査中
したこと:
いつ [いま]:
$ incident status investigating -i 20261120-6t9q
✔ 記録しました　6t9q 処方の画面が開かない　確認中 → 調査中（[COMMIT]）
20261120-6t9q

処方の画面が開かない
20261120-6t9q  SEV2「重大」  調査中（02:59から 1分未満）
指揮           水野（02:59〜）
直近           02:59  確認中 → 調査中  水野
次の連絡       03:28（あと29分）
見込み         未定
お客様向けWeb  一次: Web当番、二次: 基盤当番
 1 □ 役割を声に出して割り当てる  指揮 水野
     → incident assign scribe 名前
 2 □ 専用チャンネルを作る。チャットも落ちていたら、電話会議を開く  連絡担当
 3 □ 直前の変更を見る  対応者
 4 □ 戻せるなら、調べる前に戻す  対応者
 5 □ 約束した時刻に伝える（変わりがなくても）  連絡担当
1–5 済みにする   h 交代   u 連絡を出す   s 状態   n メモ   l レベル
w だれを呼ぶか   t 追いつく   e 編集   x 取り消し   d 起票   b 一覧へ   q 抜ける
キー: n
メモの種類
  1 メモ
  2 前提
  3 調べたこと
  4 考えたこと
  5 試したこと
  6 決めたこと
  7 連絡したこと
番号 [1]: 1 メモ
メモ: 直前のリリースは812
$ incident note --kind note -i 20261120-6t9q -m 直前のリリースは812
✔ 記録しました　6t9q 処方の画面が開かない　メモ — 直前のリリースは812（[COMMIT]）
20261120-6t9q

処方の画面が開かない
20261120-6t9q  SEV2「重大」  調査中（02:59から 1分未満）
指揮           水野（02:59〜）
直近           02:59  メモ  直前のリリースは812  水野
次の連絡       03:28（あと29分）
見込み         未定
お客様向けWeb  一次: Web当番、二次: 基盤当番
 1 □ 役割を声に出して割り当てる  指揮 水野
     → incident assign scribe 名前
 2 □ 専用チャンネルを作る。チャットも落ちていたら、電話会議を開く  連絡担当
 3 □ 直前の変更を見る  対応者
 4 □ 戻せるなら、調べる前に戻す  対応者
 5 □ 約束した時刻に伝える（変わりがなくても）  連絡担当
1–5 済みにする   h 交代   u 連絡を出す   s 状態   n メモ   l レベル
w だれを呼ぶか   t 追いつく   e 編集   x 取り消し   d 起票   b 一覧へ   q 抜ける
キー: q
"#]],
    );
    team.run(["handover", "田辺", "-i", &id]).shows(str![[r#"
20261120-6t9q
--- stderr
  自分では直さない。決めて、頼んで、時計を見る。
✔ 記録しました　6t9q 処方の画面が開かない　交代の依頼 指揮 水野 → 田辺 — いま: 調査中。直前のリリースは812（02:59）（[COMMIT]）
田辺さんが引き受けるまで、指揮は水野さんのままです。
引き受けるとき: incident assign commander me -i 6t9q

"#]]);
}
