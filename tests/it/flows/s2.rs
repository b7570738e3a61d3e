//! S2: a product team that does not hesitate. Quick check, call out, roll back where it can be done, two roles, two people.

use snapbox::str;

use super::Team;
use crate::environment::same;

const PEOPLE: &str = r#"
[[person]]
handle = "mori"
name = "森"
email = "mori@example.org"
phone = "090-0000-0001"
areas = ["web"]

[[person]]
handle = "kato"
name = "加藤"
email = "kato@example.org"
phone = "090-0000-0002"

[[person]]
handle = "abe"
name = "阿部"
email = "abe@example.org"
phone = "090-0000-0003"
chat = "@abe"
areas = ["ios", "android"]

[[call]]
levels = ["SEV1", "SEV2"]
role = "commander"
people = ["mori", "kato"]
after = "10m"

[[call]]
levels = ["SEV1", "SEV2"]
role = "investigator"
products = ["ios", "android"]
people = ["abe"]

[[call]]
levels = ["SEV3"]
by = "chat"
hours = "business"
role = "investigator"
people = ["abe"]
"#;

fn team() -> Team {
    let team = Team::new("sev3", PEOPLE);
    team.become_person("abe", "阿部");
    team
}

#[test]
fn three_keys_and_a_title_declare_an_incident() {
    let team = team();
    let keys =
        [("番号 [1]", "１"), ("番号 [0]", "５"), ("使えない状態ですか", "はい"), ("件名", "再生できない\r")];
    assert_eq!(team.keystrokes_to_declare(&keys), 4 + "再生できない\r".chars().count());
}

#[test]
fn an_outage_of_the_web_is_rolled_back_by_commands() {
    let team = team();
    // S2-05
    let everyone = ["new", "配信が止まった", "-k", "不具合・障害", "-p", "動画配信", "-a", "everyone=yes"];
    team.run(everyone).shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　6t9q 配信が止まった　SEV1「全員・売上」　02:58
自動の電話は設定されていません。
電話してください（インシデントコマンダー）: 森 090-0000-0001 → 10分出なければ 加藤 090-0000-0002
  社内全体に第一報。ほかの作業を止める
連絡先をすべて見る: incident who

いまやること
  □ 見つけた人: ざっくり確認は10分まで。迷ったら発報
  □ Web・課金・配信: リリース後に始まったなら、調べる前に切り戻す
引き受ける: incident assign commander me
書き残す: incident note "…"
見る: incident show 6t9q
第一報を貼る: incident brief 6t9q

"#]]);
    // S2-02
    team.run(["set", "detected_by=お客様", "detected=5分前"]).succeeds();
    // S2-03
    team.run(["step"]).shows(str![[r#"
 1 □ 自分の手元で再現するか試す  03:08 まで（あと8分）
     → シークレットウィンドウ・手元のスマホ・別の回線の3つ
 2 □ 誰に影響しているか、ざっくり見る（全員・ある端末だけ・一部）
     03:08 まで（あと8分）
     → 監視、問い合わせ窓口、SNS
 3 □ 10分で切り上げて、発報かチケットかを決める（迷ったら発報）
     03:08 まで（あと8分）
     → 発報: incident status 発報　チケット: incident decline --to チケット番号

"#]]);
    team.run(["step", "1", "2", "3"]).succeeds();
    // S2-01
    team.run(["status", "発報"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　6t9q 配信が止まった　ざっくり確認 → 発報・招集（[COMMIT]）
いまやること
 1 □ チャンネルを作り、起きていること・重大度・影響範囲を貼る
     → 貼る文: incident update
 2 □ コマンダーを決める（調査する人・変更した本人とは別の人）
     03:12 まで（あと10分）
 3 □ 社内全体に第一報を出し、ほかの作業を止めてもらう  インシデントコマンダー
     03:17 まで（あと15分）
 4 □ リリースや設定変更の直後に始まったかを見る
 5 □ そうなら、調べる前に1つ前の版へ戻す
済んだら: incident step 1 -i 6t9q

"#]]);
    // S2-08
    team.run(["update", "設定変更のあと、誰も再生できない", "--impact=全員"]).succeeds();
    team.run(["brief"]).shows(str![[r#"
【第一報】配信が止まった（SEV1）　11/20(金) 03:03
状況　　　　設定変更のあと、誰も再生できない
影響　　　　全員（確定前）
見込み　　　未定
お客様に　　まだお伝えできる文はありません
言わない　　原因、補償
次の連絡　　03:23（変わりがなくても連絡します）
問い合わせ　阿部

"#]]);
    let again = team.run(["new", "配信が止まっています", "-k", "outage", "-p", "delivery", "-s", "SEV1"]);
    assert!(again.stderr.contains("配信が止まった"), "{}", again.stderr);
    let first = team.path_of("配信が止まった").rsplit('/').next().unwrap()[..13].to_owned();
    team.run(["decline", again.stdout.trim(), "--merge-into", &first]).shows(str![[r#"
20261120-wysg
--- stderr
✔ 記録しました　6t9q 配信が止まった　メモ — 20261120-wysg「配信が止まっています」をここに統合（[COMMIT]）
6t9q に1行を引き継ぎました。
✔ 記録しました　wysg 配信が止まっています　ざっくり確認 → 改善チケットへ — 20261120-6t9q に統合（[COMMIT]）

"#]]);
    // S2-09
    team.run(["status", "切り戻し"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　6t9q 配信が止まった　発報・招集 → 切り戻し中（[COMMIT]）
いまやること
 1 □ コマンダーを決める（調査する人・変更した本人とは別の人）
     03:12 まで（あと5分）
     → incident assign commander 名前
 2 □ 社内全体に第一報を出し、ほかの作業を止めてもらう  インシデントコマンダー
     03:17 まで（あと10分）
 3 □ リリースや設定変更の直後に始まったかを見る
 4 □ そうなら、調べる前に1つ前の版へ戻す
 5 □ 戻したあと、症状が消えたかを確かめる
済んだら: incident step 1 -i 6t9q

"#]]);
    team.become_person("mori", "森");
    team.run(["assign", "コマンダー", "me"]).succeeds();
    // S2-11
    team.run(["step", "社内全体に", "-m", "全社チャンネルに貼った"]).succeeds();
    team.run(["assign", "調査担当", "me"]).succeeds();
    // S2-10
    team.run(["assign", "調査担当", "阿部"]).shows(str![[r#"
20261120-6t9q
--- stderr
  いちばん早く被害を止める手を探し、コマンダーに渡す。
森さんが調査担当とインシデントコマンダーを兼ねたままです。
片方を外す: incident assign investigator mori --remove -i 6t9q
✔ 記録しました　6t9q 配信が止まった　役割 調査担当 +阿部（[COMMIT]）

"#]]);
    team.run(["assign", "調査担当", "me", "--remove"]).succeeds();
    // S2-15
    team.run(["mitigate", "-m", "設定を1つ前に戻した"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　6t9q 配信が止まった　切り戻し中 → 収束確認 — 設定を1つ前に戻した（[COMMIT]）
調査・対応中、リリース中を飛ばしました。かまいません。
ここからは、ぶり返さないかを見ます。
いまやること
 1 □ エラーログと監視が、起きる前の水準に戻った  調査担当 阿部
 2 □ 新しい問い合わせが来ていない  ◆サポート
 3 □ チャンネルで収束を知らせる  インシデントコマンダー 森
済んだら: incident step 1 -i 6t9q

"#]]);
    team.run(["step", "1", "2", "3"]).succeeds();
    team.run(["update", "再生できることを確かめた", "--customers=現在は再生できます。"]).succeeds();
    team.run(["resolve"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　6t9q 配信が止まった　収束確認 → 振り返り（[COMMIT]）
お疲れさまでした。休んでください。
収束を伝える文面: incident brief 6t9q
振り返りの期限は 11/25(水) です: incident postmortem 6t9q
いまやること
 1 □ ポストモーテムを書く
     → incident postmortem
 2 □ 関わった人で読み合わせ、対策に担当と期限を付ける
済んだら: incident step 1 -i 6t9q

"#]]);
    prevent(&team);
}

/// What is left when the fire is out: the document, and work that is done only when it is shown.
fn prevent(team: &Team) {
    // S2-16
    team.run(["postmortem"]).succeeds();
    let path = team.path_of("配信が止まった").replace(".md", ".postmortem.md");
    let review = team.read(&path);
    let headings: Vec<&str> = review.lines().filter(|line| line.starts_with("## ")).collect();
    same(
        &headings.join("\n"),
        str![[r#"
## 影響範囲
## 発生から収束までの経過
## 根本原因の深掘り
## 再発防止策 <!-- incident:actions -->
## 対応のうまくいった点
## 対応で問題があった点
"#]],
    );
    let heading = "## 再発防止策 <!-- incident:actions -->\n";
    let action = "- [ ] A1 配信設定の変更は1割から始める — @abe 期限 2026-11-27（被害を小さく）\n";
    team.replace(&path, heading, &format!("{heading}\n{action}"));
    team.commit_by_hand("読み合わせた");
    // S2-17
    team.run(["status", "再発防止"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　6t9q 配信が止まった　振り返り → 再発防止（[COMMIT]）
いまやること
 1 □ 毎朝、再発防止策の進み具合を確かめる  インシデントコマンダー 森
 2 □ 「やったつもり」にしない: 終わりは証拠（PR・設定・画面）で確かめる
     インシデントコマンダー 森
 3 □ 対策がすべて終わったら、チャンネルをアーカイブする
     インシデントコマンダー 森
済んだら: incident step 1 -i 6t9q

"#]]);
    // S2-18
    team.run(["close"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　6t9q 配信が止まった　再発防止 → 完了（[COMMIT]）
完了にしました。ただし、終わっていない再発防止策があります。わかっていれば、このままでかまいません。
書くには: incident postmortem 6t9q

"#]]);
    let closed = team.path_of("配信が止まった");
    team.run(["undo", &closed]).succeeds();
    team.replace(&path, "- [ ] A1", "- [x] A1");
    team.commit_by_hand("対策を終えた");
    assert!(!team.run(["close"]).succeeds().stderr.contains("終わっていない"));
}

#[test]
fn an_app_goes_past_the_roll_back() {
    let team = team();
    // S2-06
    let android = [
        "new",
        "新しい版でログインできない",
        "-k=outage",
        "-p=Androidアプリ",
        "-a=everyone=no",
        "-a=revenue=no",
        "-a=whole_group=yes",
    ];
    team.run(android).shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　6t9q 新しい版でログインできない　SEV2「大勢」　02:58
自動の電話は設定されていません。
電話してください（インシデントコマンダー）: 森 090-0000-0001 → 10分出なければ 加藤 090-0000-0002
電話してください（調査担当）: 阿部 090-0000-0003
  報告・承認の相手をコマンダーが選び、記録に残す
連絡先をすべて見る: incident who

いまやること
  □ 見つけた人: ざっくり確認は10分まで。迷ったら発報
  □ iOS・Android: 切り戻さず、修正版と強制アップデートの準備
引き受ける: incident assign commander me
書き残す: incident note "…"
見る: incident show 6t9q
第一報を貼る: incident brief 6t9q

"#]]);
    team.run(["status", "発報"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　6t9q 新しい版でログインできない　ざっくり確認 → 発報・招集（[COMMIT]）
いまやること
 1 □ チャンネルを作り、起きていること・重大度・影響範囲を貼る
     → 貼る文: incident update
 2 □ コマンダーを決める（調査する人・変更した本人とは別の人）
     03:09 まで（あと10分）
 3 □ 報告する相手・承認をもらう相手を選び、書き残す  インシデントコマンダー
 4 □ 切り戻さない。サーバー側で止められないかを先に見る  調査担当
済んだら: incident step 1 -i 6t9q

"#]]);
    team.become_person("mori", "森");
    team.run(["assign", "コマンダー", "me"]).succeeds();
    // S2-12
    team.run(["note", "--kind=決めたこと", "報告先は開発責任者、承認は加藤"]).succeeds();
    team.run(["status", "調査・対応中"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　6t9q 新しい版でログインできない　発報・招集 → 調査・対応中（[COMMIT]）
いまやること
 1 □ コマンダーを決める（調査する人・変更した本人とは別の人）
     03:09 まで（あと7分）
     → incident assign commander 名前
 2 □ 報告する相手・承認をもらう相手を選び、書き残す  インシデントコマンダー 森
 3 □ 切り戻さない。サーバー側で止められないかを先に見る  調査担当
 4 □ 修正版を作り、審査の特急を申請する  調査担当
 5 □ 原因より先に、いちばん早く被害を止める手を探す  調査担当
 6 □ どの手でいくかを決め、書き残す  インシデントコマンダー 森
済んだら: incident step 1 -i 6t9q

"#]]);
    // S2-14
    team.run(["status", "リリース中"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　6t9q 新しい版でログインできない　調査・対応中 → リリース中（[COMMIT]）
いまやること
 1 □ 強制アップデートを設定する  調査担当
 2 □ 直したところと、その周りをテストする  調査担当
 3 □ 出してよいかを決める  インシデントコマンダー 森
済んだら: incident step 1 -i 6t9q

"#]]);
    team.run(["step", "app-force"]).succeeds();
    team.run(["status", "収束確認", "-m", "新しい版が7割に届いた"]).succeeds();
    team.run(["timeline"]).shows(str![[r#"
11/20(金)
  02:58  起票 · 阿部
         SEV2（はい: ある端末・OS・新規登録の人が、全員つまずいていますか）
  02:59  ざっくり確認 → 発報・招集 · 阿部
  03:00  役割 インシデントコマンダー +森 · 森
  03:00  引き受け · 森
  03:01  決めたこと · 森
         報告先は開発責任者、承認は加藤
  03:02  発報・招集 → 調査・対応中 · 森
  03:03  調査・対応中 → リリース中 · 森
  03:04  手順 済み · 森
         強制アップデートを設定する
  03:05  リリース中 → 収束確認 · 森
         新しい版が7割に届いた

"#]]);
}

#[test]
fn small_private_and_mistaken_ones_find_their_place() {
    let team = team();
    let no = |question: &'static str| ["-a", question];
    let all_no = [no("everyone=no"), no("revenue=no"), no("whole_group=no")].concat();
    // S2-07
    let some =
        [vec!["new", "遅い回線で止まる", "-k", "outage", "-p", "web", "-a", "anyone=yes"], all_no.clone()];
    team.run(some.concat()).shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　6t9q 遅い回線で止まる　SEV3「一部」　02:58
営業時間外です。09:00 に知らせてください（調査担当）: 阿部 @abe
  確定した影響と、かかる時間を先に見積もる
連絡先をすべて見る: incident who

いまやること
  □ 見つけた人: ざっくり確認は10分まで。迷ったら発報
  □ Web・課金・配信: リリース後に始まったなら、調べる前に切り戻す
引き受ける: incident assign commander me
書き残す: incident note "…"
見る: incident show 6t9q
第一報を貼る: incident brief 6t9q

"#]]);
    team.run(["status", "発報"]).succeeds();
    // S2-13
    team.run(["step"]).shows(str![[r#"
 1 □ チャンネルを作り、起きていること・重大度・影響範囲を貼る
     → 貼る文: incident update
 2 □ コマンダーを決める（調査する人・変更した本人とは別の人）
     03:09 まで（あと9分）
     → incident assign commander 名前
 3 □ 影響の詳細と、直すのにかかる時間を見積もる  調査担当
 4 □ リリースや設定変更の直後に始まったかを見る
 5 □ そうなら、調べる前に1つ前の版へ戻す
     → incident status 切り戻し

"#]]);
    // S2-04
    let nobody = [vec!["new", "文言の誤字", "-k", "outage", "-p", "web", "-a", "anyone=no"], all_no];
    let declined = team.run(nobody.concat());
    declined.shows(str![[r#"
20261120-5nsm
--- stderr
✔ 対象外として記録しました　5nsm 文言の誤字　03:01
違っていたら: incident reopen 5nsm
行き先を残す: incident decline 5nsm --to PROD-123

"#]]);
    team.run(["decline", declined.stdout.trim(), "--to", "PROD-812"]).shows(str![[r#"
20261120-5nsm
--- stderr
✔ 記録しました　5nsm 文言の誤字　メモ — 行き先: PROD-812（[COMMIT]）

"#]]);
    let leak = ["new", "他人の視聴履歴が見えた", "-k", "情報漏えい・不正アクセス", "-a", "leak_unknown=yes"];
    team.run(leak).shows(str![[r#"
20261120-6tgq
--- stderr
この種類は「security」に記録します。社内でも一部の人にしか見えません。
✔ 記録しました　6tgq 他人の視聴履歴が見えた　SEV1「全員・売上」　03:03
自動の電話は設定されていません。
電話してください（インシデントコマンダー）: 森 090-0000-0001 → 10分出なければ 加藤 090-0000-0002
  社内全体に第一報。ほかの作業を止める
連絡先をすべて見る: incident -C security who
個人情報が関わるなら、法務に今日中に一報（個人情報保護委員会への速報はおおむね3〜5日以内）。

いまやること
  □ 見つけた人: ざっくり確認は10分まで。迷ったら発報
引き受ける: incident -C security assign commander me
書き残す: incident -C security note "…"
見る: incident -C security show 6tgq
第一報を貼る: incident -C security brief 6tgq

"#]]);
    team.run(["new", "配信を止めるよう求められた", "-k", "legal"]).shows(str![[r#"
20261120-xxmr
--- stderr
✔ 記録しました　xxmr 配信を止めるよう求められた　SEV1「全員・売上」　03:04
自動の電話は設定されていません。
電話してください（インシデントコマンダー）: 森 090-0000-0001 → 10分出なければ 加藤 090-0000-0002
  社内全体に第一報。ほかの作業を止める
連絡先をすべて見る: incident who

いまやること
  □ 見つけた人: ざっくり確認は10分まで。迷ったら発報
引き受ける: incident assign commander me
書き残す: incident note "…"
見る: incident show xxmr
第一報を貼る: incident brief xxmr

"#]]);
    team.run(["list", "--all"]).shows(str![[r#"
事案           レベル  状態            件名                        指揮  起票
20261120-xxmr  SEV1    ざっくり確認    配信を止めるよう求められた        03:04
20261120-6t9q  SEV3    発報・招集      遅い回線で止まる                  02:58
20261120-5nsm  未判定  改善チケットへ  文言の誤字                        03:01
--- stderr
3件（対応中2、対象外1）

"#]]);
}

#[test]
fn the_night_is_played_on_a_terminal() {
    let team = team();
    let keys = [
        ("見つけたらまず「ざっくり確認」", "ｄ"),
        ("番号 [1]", "１"),
        ("番号 [0]", "１"),
        ("基本を使えない状態ですか", "ｎ"),
        ("支払い・更新", "いいえ"),
        ("全員つまずいていますか", "？"),
        ("同じ端末の同僚1人に試してもらう", ""),
        ("全員つまずいていますか", "ｎ"),
        ("売上に響きますか", "はい"),
        ("件名", "シークバーが動かない\r"),
        ("いつから困っていましたか", "\r"),
        ("番号 [0]", "３"),
        ("見えていること", "\r"),
        ("キー:", "１"),
        ("済み", ""),
        ("キー:", "ｓ"),
        ("1 発報・招集", "１"),
        ("したこと", "\r\r"),
        ("ざっくり確認 → 発報・招集", ""),
        ("キー:", "ｈ"),
        ("+阿部", ""),
        ("キー:", "ｑ"),
    ];
    let finished = team.play(&[], &keys);
    assert_eq!(finished.code, 0, "{}", finished.output);
    let last = finished.screen.iter().rposition(|line| line == "シークバーが動かない").unwrap();
    same(
        &finished.screen[last..].join("\n"),
        str![[r#"
シークバーが動かない
20261120-6t9q  SEV3「一部」  発報・招集（02:58から 1分未満）
インシデントコマンダー  阿部（02:58〜）
直近                    02:58  引き受け  阿部
次の連絡                09:00（あと6時間2分）
見込み                  未定
Web                     切り戻せる（先に切り戻し）
 1 □ チャンネルを作り、起きていること・重大度・影響範囲を貼る
     → 貼る文: incident update
 2 □ コマンダーを決める（調査する人・変更した本人とは別の人）
     03:08 まで（あと10分）
 3 □ 影響の詳細と、直すのにかかる時間を見積もる  調査担当
 4 □ リリースや設定変更の直後に始まったかを見る
 5 □ そうなら、調べる前に1つ前の版へ戻す
1–5 済みにする   h 交代   u 連絡を出す   s 状態   n メモ   l レベル
w だれを呼ぶか   t 追いつく   e 編集   x 取り消し   d 起票   b 一覧へ   q 抜ける
キー: q
"#]],
    );
}
