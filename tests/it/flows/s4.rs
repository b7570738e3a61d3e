//! S4: engineers beside customer success. Report first; importance and urgency are judged afterwards, with the others.

use snapbox::str;

use super::Team;
use crate::environment::same;

const PEOPLE: &str = r#"
[[person]]
handle = "mori"
name = "森"
areas = ["フロント"]

[[person]]
handle = "ishii"
name = "石井"
areas = ["サーバー", "データ"]
chat = "@ishii"

[[person]]
handle = "ogawa"
name = "小川"
phone = "090-0000-0001"
chat = "@ogawa"

[[person]]
handle = "hayashi"
name = "林"
phone = "090-0000-0002"
areas = ["CS"]

[[call]]
role = "manager"
by = "chat"
people = ["ogawa"]

[[call]]
levels = ["P1"]
role = "manager"
people = ["ogawa"]

[[call]]
levels = ["P1"]
role = "cs"
people = ["hayashi"]
"#;

fn team() -> Team {
    let team = Team::new("two-axis", PEOPLE);
    team.become_person("mori", "森");
    team
}

#[test]
fn a_failed_export_from_the_report_to_the_memo() {
    let team = team();
    // S4-01: what the client did, what was seen, what changed lately and by whom: facts of the form.
    // S4-02: address, screenshot and error text beside them.
    // S4-03: every client or some, as a guess.
    team.run([
        "new",
        "提出データが出力できない",
        "--kind=fault",
        "--product=hr",
        "--detected-by=customer",
        "--field=what=勤怠の締めでCSV出力を押した",
        "--field=最近の変更=昨日の集計の変更、石井",
        "--field=scope=1社",
        "-m=「出力に失敗しました E1024」 https://example.org/shot/1",
    ])
    .shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　6t9q 提出データが出力できない　未判定　02:58
チャットで知らせてください（上長（判断））: 小川 @ogawa
連絡先をすべて見る: incident who
わかったら判定する: incident severity -i 6t9q

いまやること
  □ 誰でも: まず上長に一言。調べきる前でよい
  □ 担当: 聞くのは3つ — 何をしたら／どんな画面に／最近の変更は
  □ 上長: CSに「締め切りはいつか」を聞いてから、重要・緊急を決める
引き受ける: incident assign manager me
書き残す: incident note "…"
見る: incident show 6t9q
第一報を貼る: incident brief 6t9q

"#]]);
    team.run(["assign", "担当エンジニア", "me"]).succeeds();
    team.run(["step"]).shows(str![[r#"
 1 □ 何をしたら、どんな画面になったかを聞く  ◆CS
     → URL・スクリーンショット・エラー文言。もらえるだけもらう
 2 □ 関わる機能が最近変わっていないか、誰が変えたかを見る
     → incident set caused_by_change=リビジョン（なければ none）
 3 □ すべてのお客様か一部か、仮で見る
     → incident set impact="一部のお客様"（確定するまでは仮になる）
 4 □ 調べきる前に、上長に一言（ここがいちばん大事）  ◆上長
     03:13 まで（あと13分）
     → 伝えたら: incident status reported

"#]]);
    team.run(["step", "どんな画面", "変わっていないか", "一部か"]).succeeds();
    // S4-04: the manager hears of it before it is understood.
    team.run(["status", "上長に報告済み", "-m", "小川さんに一言。昨日の変更は把握していた"]).succeeds();
    team.run(["set", "報告した人=小川"]).succeeds();
    team.become_person("ogawa", "小川");
    team.run(["assign", "上長", "me"]).succeeds();
    team.run(["assign", "CS", "林"]).succeeds();
    // S4-15: the client's own deadline, which the report shows beside the estimate.
    team.run(["set", "締め切り=9:00"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　6t9q 提出データが出力できない　締め切り: 09:00（[COMMIT]）

"#]]);
    // S4-05: the level is decided after the report, and then says whom to call.
    // S4-06: how much the client matters is a question of its own, for manager and CS together.
    // S4-07: urgency is the other axis.
    team.run(["severity", "--answer", "important=はい", "--answer", "urgent=はい"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　6t9q 提出データが出力できない　レベル 未判定 → P1 — はい: すべてのお客様、または特に大事なお客様に関わりますか / お客様の業務や、明日までの締め切りに響きますか（[COMMIT]）
  影響の確定は2時間以内。見込みは必ず答える（「未定」でよい）。領域別に招集
いまやること
 1 □ お客様の締め切りをCSに聞く  上長（判断） 小川  ◆CS
     → incident set deadline=17:00
 2 □ 重要・緊急をCSと一緒に決める  上長（判断） 小川  ◆CS
     03:32 まで（あと25分）
 3 □ 仲間を集める（フロント・サーバー・インフラ・データ）  上長（判断） 小川
     ◆各領域
済んだら: incident step 1 -i 6t9q

"#]]);
    // S4-16: people by what they know.
    team.run(["who", "--area", "サーバー"]).shows(str![[r#"
  石井  @ishii  サーバー、データ

"#]]);
    team.run(["step", "仲間を集める"]).succeeds();
    team.become_person("mori", "森");
    // S4-08: first aid, and what the client wants to get done behind what is asked for.
    team.run(["status", "一次対応"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　6t9q 提出データが出力できない　上長に報告済み → 一次対応（[COMMIT]）
いまやること
 1 ✔ 仲間を集める（フロント・サーバー・インフラ・データ）  小川 03:09
 2 □ 要望の前に、何ができれば助かるかを聞く  お客様連絡（CS） 林  ◆CS
     → incident set goal="…"
 3 □ お客様の業務が進む手を打つ（代わりの手順・データ修正）  担当エンジニア 森
 4 □ 一次対応の結果をCSに渡す  担当エンジニア 森  ◆CS
 5 □ 次にすることと、いつ終わりそうかを伝える（「未定」でよい）
     上長（判断） 小川  ◆CS
済んだら: incident step 2 -i 6t9q

"#]]);
    team.run(["set", "お客様がしたいこと=9時までに労基署へ出す"]).succeeds();
    team.run(["step", "要望の前に", "業務が進む", "CSに渡す", "-m", "画面の表から手で写す手順を渡した"])
        .succeeds();
    // S4-09: can it be reproduced?
    // S4-10: if not, four things to check.
    team.run(["status", "原因調査"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　6t9q 提出データが出力できない　一次対応 → 原因調査（[COMMIT]）
いまやること
 1 ✔ 仲間を集める（フロント・サーバー・インフラ・データ）  小川 03:09
 2 □ 再現するか試す（すれば次の4つは飛ばす）  担当エンジニア 森
 3 □ 再現しない①: 関連データまで、同じものを用意したか  担当エンジニア 森
 4 □ 再現しない②: 環境の違い（設定・版・権限・端末）を並べたか
     担当エンジニア 森
 5 □ 再現しない③: サーバーやネットワークの一部だけがおかしくないか
     担当エンジニア 森
 6 □ 再現しない④: 操作ログは、聞いた話と合っているか  担当エンジニア 森
 7 □ 前提・調べたこと・考えたこと・試したことを、その場で残す  担当エンジニア 森
 8 □ 次にすることと、いつ終わりそうかを伝える（「未定」でよい）
     上長（判断） 小川  ◆CS
済んだら: incident step 2 -i 6t9q

"#]]);
    // S4-14: premise, checked, thought, tried.
    team.run(["note", "--kind", "前提", "集計は昨日 18:00 の版"]).succeeds();
    team.run(["note", "--kind", "調べたこと", "E1024 は 42件、3社だけ"]).succeeds();
    team.run(["note", "--kind", "考えたこと", "桁あふれ。合計が10億を超える会社だけ"]).succeeds();
    team.run(["note", "--kind", "試したこと", "型を変えて再集計 → 出力できた"]).succeeds();
    team.run(["step", "再現するか", "その場で残す"]).succeeds();
    team.run(["update", "原因の見当がついた", "--impact", "一部のお客様", "--estimate", "06:00頃"])
        .succeeds();
    // S4-11: the second report, with the impact confirmed; both stay on record.
    team.run(["status", "影響確定・報告"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　6t9q 提出データが出力できない　原因調査 → 影響確定・報告（[COMMIT]）
いまやること
 1 □ 影響範囲を数えて確定する（仮から変わったら、理由も）  担当エンジニア 森
     → incident update --impact "3社・42件" --confirmed
 2 □ 確定した影響を、もう一度上長とCSに報告する  担当エンジニア 森  ◆上長・CS
 3 □ 問い合わせが来る前に、こちらから連絡・お詫びする  お客様連絡（CS） 林  ◆CS
     04:20 まで（あと1時間）
済んだら: incident step 1 -i 6t9q

"#]]);
    team.run([
        "update",
        "3社だけだった",
        "--impact",
        "3社・42件",
        "--confirmed",
        "--customers",
        "データの出力に失敗する不具合があります。",
    ])
    .succeeds();
    team.run(["brief"]).shows(str![[r#"
【第2報・影響確定】提出データが出力できない（P1）　11/20(金) 03:21
状況　　　　　3社だけだった
影響　　　　　3社・42件（確定）
見込み　　　　06:00ごろ
お客様に　　　「データの出力に失敗する不具合があります。」
言わない　　　原因、補償
締め切り　　　09:00
次の連絡　　　03:51（変わりがなくても連絡します）
上長（判断）　小川
問い合わせ　　森

"#]]);
    // S4-12: the clients hear of it before they ask.
    team.become_person("hayashi", "林");
    team.run(["note", "--kind", "連絡したこと", "A社 田中様に電話。お詫びと、9時に間に合う見込み"])
        .succeeds();
    team.run(["step", "問い合わせが来る前に"]).succeeds();
    team.become_person("mori", "森");
    // S4-13: reviewed by several, or fixed together; nothing else broke.
    team.run(["status", "根本対応"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　6t9q 提出データが出力できない　影響確定・報告 → 根本対応（[COMMIT]）
いまやること
 1 □ 次にすることと、いつ終わりそうかを伝える（「未定」でよい）
     上長（判断） 小川  ◆CS
     → incident update
 2 □ 2人以上でレビューするか、モブで直す  担当エンジニア 森
 3 □ ほかが壊れていないか（デグレ）を確かめる  担当エンジニア 森
 4 □ 出す時刻を、お客様の締め切りと合わせる  お客様連絡（CS） 林  ◆CS
済んだら: incident step 1 -i 6t9q

"#]]);
    team.run(["step", "2人以上", "デグレ", "-m", "石井・林とモブで修正"]).succeeds();
    // S4-17: back and forth and skipping are recorded, not refused.
    team.run(["status", "原因調査", "-m", "1社だけまだ出ない"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　6t9q 提出データが出力できない　根本対応 → 原因調査 — 1社だけまだ出ない（[COMMIT]）
前の状態に戻しました。かまいません。
いまやること
 1 ✔ 仲間を集める（フロント・サーバー・インフラ・データ）  小川 03:09
 2 ✔ 再現するか試す（すれば次の4つは飛ばす）  森 03:18
 3 □ 再現しない①: 関連データまで、同じものを用意したか  担当エンジニア 森
 4 □ 再現しない②: 環境の違い（設定・版・権限・端末）を並べたか
     担当エンジニア 森
 5 □ 再現しない③: サーバーやネットワークの一部だけがおかしくないか
     担当エンジニア 森
 6 □ 再現しない④: 操作ログは、聞いた話と合っているか  担当エンジニア 森
 7 ✔ 前提・調べたこと・考えたこと・試したことを、その場で残す  森 03:18
 8 □ 次にすることと、いつ終わりそうかを伝える（「未定」でよい）
     上長（判断） 小川  ◆CS
済んだら: incident step 3 -i 6t9q

"#]]);
    team.run(["resolve", "-m", "3社とも出力できた"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　6t9q 提出データが出力できない　原因調査 → 復旧 — 3社とも出力できた（[COMMIT]）
影響確定・報告、根本対応を飛ばしました。かまいません。
お疲れさまでした。休んでください。
収束を伝える文面: incident brief 6t9q
振り返りの期限は 11/27(金) です: incident postmortem 6t9q
いまやること
 1 □ 証跡をまとめる  担当エンジニア 森
     → incident postmortem --template memo
 2 □ 残っていることに、担当と期限を付ける  上長（判断） 小川
済んだら: incident step 1 -i 6t9q

"#]]);
    team.run(["postmortem"]).succeeds();
    let files = team.git(["-c", "core.quotePath=false", "ls-files", "incidents"]);
    let memo = team.read(files.lines().find(|file| file.ends_with(".postmortem.md")).unwrap());
    assert!(memo.contains("- 影響（仮）: 一部のお客様\n- 影響（確定）: 3社・42件\n"), "{memo}");
    team.run(["show"]).shows(str![[r#"
提出データが出力できない
20261120-6t9q  P1「いま全員で」  復旧（03:28から）

影響                3社・42件
担当エンジニア      森
上長（判断）        小川
お客様連絡（CS）    林
前回の連絡          第2報　03:21
起票                02:58
引き受け            03:04
収束                03:28
引き受けるまで      6分
起票から収束まで    30分
種類                障害・不具合
サービス            人事担当者向け画面
気づいたきっかけ    お客様
報告者              森
最近の変更          昨日の集計の変更、石井
締め切り            09:00
お客様がしたいこと  9時までに労基署へ出す
範囲（仮）          1社
報告した人          小川
操作                勤怠の締めでCSV出力を押した
ファイル            incidents/2026/11/20261120-6t9q-提出データが出力できない.md
振り返り            incidents/2026/11/20261120-6t9q-提出データが出力できな
                    い.postmortem.md

いまやること
 1 □ 証跡をまとめる  担当エンジニア 森
 2 □ 残っていることに、担当と期限を付ける  上長（判断） 小川

経過
11/20(金)
  02:58  起票 · 森
         未判定
  02:58  メモ · 森
         「出力に失敗しました E1024」 https://example.org/shot/1
  02:59  役割 担当エンジニア +森 · 森
  03:01  手順 済み · 森
         何をしたら、どんな画面になったかを聞く
  03:01  手順 済み · 森
         関わる機能が最近変わっていないか、誰が変えたかを見る
  03:01  手順 済み · 森
         すべてのお客様か一部か、仮で見る
  03:02  状況確認 → 上長に報告済み · 森
         小川さんに一言。昨日の変更は把握していた
  03:03  報告した人: 小川 · 森
  03:04  役割 上長（判断） +小川 · 小川
  03:04  引き受け · 小川
  03:05  役割 お客様連絡（CS） +林 · 小川
  03:06  締め切り: 09:00 · 小川
  03:07  レベル 未判定 → P1 · 小川
         はい: すべてのお客様、または特に大事なお客様に関わりますか / お客様の業
         務や、明日までの締め切りに響きますか
  03:09  手順 済み · 小川
         仲間を集める（フロント・サーバー・インフラ・データ）
  03:10  上長に報告済み → 一次対応 · 森
  03:11  お客様がしたいこと: 9時までに労基署へ出す · 森
  03:12  手順 済み · 森
         要望の前に、何ができれば助かるかを聞く
         画面の表から手で写す手順を渡した
  03:12  手順 済み · 森
         お客様の業務が進む手を打つ（代わりの手順・データ修正）
         画面の表から手で写す手順を渡した
  03:12  手順 済み · 森
         一次対応の結果をCSに渡す
         画面の表から手で写す手順を渡した
  03:13  一次対応 → 原因調査 · 森
  03:14  前提 · 森
         集計は昨日 18:00 の版
  03:15  調べたこと · 森
         E1024 は 42件、3社だけ
  03:16  考えたこと · 森
         桁あふれ。合計が10億を超える会社だけ
  03:17  試したこと · 森
         型を変えて再集計 → 出力できた
  03:18  手順 済み · 森
         再現するか試す（すれば次の4つは飛ばす）
  03:18  手順 済み · 森
         前提・調べたこと・考えたこと・試したことを、その場で残す
  03:19  連絡 第1報 · 森
         原因の見当がついた
         - 言わない: 原因、補償
         - 見込み: 06:00頃
         - 次の連絡: 03:49
  03:19  影響（仮） · 森
         一部のお客様
  03:20  原因調査 → 影響確定・報告 · 森
  03:21  連絡 第2報 · 森
         3社だけだった
         - 影響確定
         - お客様に: データの出力に失敗する不具合があります。
         - 言わない: 原因、補償
         - 見込み: 06:00頃
         - 次の連絡: 03:51
  03:21  影響（確定） · 森
         3社・42件
  03:23  連絡したこと · 林
         A社 田中様に電話。お詫びと、9時に間に合う見込み
  03:24  手順 済み · 林
         問い合わせが来る前に、こちらから連絡・お詫びする
  03:25  影響確定・報告 → 根本対応 · 森
  03:26  手順 済み · 森
         2人以上でレビューするか、モブで直す
         石井・林とモブで修正
  03:26  手順 済み · 森
         ほかが壊れていないか（デグレ）を確かめる
         石井・林とモブで修正
  03:27  根本対応 → 原因調査 · 森
         1社だけまだ出ない
  03:28  原因調査 → 復旧 · 森
         3社とも出力できた
  03:29  振り返り · 森

"#]]);
    team.run(["check"]).succeeds();
}

#[test]
fn two_keys_and_a_title_report_it_and_the_menu_judges_it() {
    let team = team();
    let title = "集計が1桁ずれる\r";
    let keys = [("番号 [1]", "２"), ("番号 [0]", "２"), ("件名", title)];
    assert_eq!(team.keystrokes_to_declare(&keys), 2 + title.chars().count());
    team.become_person("ogawa", "小川");
    let keys = [
        ("キー:", "ｈ"),
        ("引き受け", ""),
        ("キー:", "ｌ"),
        ("関わりますか", "はい"),
        ("締め切りに響きますか", "ｎ"),
        ("P3", ""),
        ("キー:", "ｕ"),
        ("わかっていること", "来月の締めまでに直す\r"),
        ("お客様に", "\r"),
        ("まだ言わない", "\r"),
        ("復旧の見込み", "来週の金曜\r"),
        ("次の連絡", "\r"),
        ("キー:", "ｑ"),
    ];
    let finished = team.play(&[], &keys);
    assert_eq!(finished.code, 0, "{}", finished.output);
    // S4-18: what needs another team is marked.
    same(
        &finished.screen.join("\n"),
        str![[r#"

集計が1桁ずれる
20261120-6t9q  未判定  状況確認（02:58から 1分）
上長（判断）  まだいません: incident assign manager me -i 6t9q
直近          02:58  起票  未判定  森
見込み        未定
 1 □ 何をしたら、どんな画面になったかを聞く  ◆CS
     → URL・スクリーンショット・エラー文言。もらえるだけもらう
 2 □ 関わる機能が最近変わっていないか、誰が変えたかを見る
 3 □ すべてのお客様か一部か、仮で見る
 4 □ 調べきる前に、上長に一言（ここがいちばん大事）  ◆上長
     03:13 まで（あと14分）
1–4 済みにする   h 引き受ける   u 連絡を出す   s 状態   n メモ   l レベル
w だれを呼ぶか   t 追いつく   e 編集   x 取り消し   d 起票   b 一覧へ   q 抜ける
キー: h
$ incident assign manager me -i 20261120-6t9q
  報告を受け、重要・緊急を決め、人を集める。
✔ 記録しました　6t9q 集計が1桁ずれる　役割 上長（判断） +小川 · 引き受け
（[COMMIT]）
20261120-6t9q

集計が1桁ずれる
20261120-6t9q  未判定  状況確認（02:58から 1分）
上長（判断）  小川（02:59〜）
直近          02:59  引き受け  小川
見込み        未定
 1 □ 何をしたら、どんな画面になったかを聞く  ◆CS
     → URL・スクリーンショット・エラー文言。もらえるだけもらう
 2 □ 関わる機能が最近変わっていないか、誰が変えたかを見る
 3 □ すべてのお客様か一部か、仮で見る
 4 □ 調べきる前に、上長に一言（ここがいちばん大事）  ◆上長
     03:13 まで（あと14分）
1–4 済みにする   h 交代   u 連絡を出す   s 状態   n メモ   l レベル
w だれを呼ぶか   t 追いつく   e 編集   x 取り消し   d 起票   b 一覧へ   q 抜ける
キー: l
$ incident severity -i 20261120-6t9q
y はい  n いいえ  w わからない  ? 例  - 戻る  Enter あとで
① すべてのお客様、または特に大事なお客様に関わりますか（あと1問）   はい
② お客様の業務や、明日までの締め切りに響きますか                    いいえ
✔ 記録しました　6t9q 集計が1桁ずれる　レベル 未判定 → P3 — はい: すべてのお客
様、または特に大事なお客様に関わりますか（[COMMIT]）
20261120-6t9q
  直す予定日をCSに伝える

集計が1桁ずれる
20261120-6t9q  P3「計画して直す」  状況確認（02:58から 1分）
上長（判断）  小川（02:59〜）
直近          02:59  レベル 未判定 → P3  はい: すべてのお客様、または特に大事な
              お客様に関わりますか  小川
次の連絡      11/23(月) 09:00（あと3日）
見込み        未定
 1 □ 何をしたら、どんな画面になったかを聞く  ◆CS
     → URL・スクリーンショット・エラー文言。もらえるだけもらう
 2 □ 関わる機能が最近変わっていないか、誰が変えたかを見る
 3 □ すべてのお客様か一部か、仮で見る
 4 □ 調べきる前に、上長に一言（ここがいちばん大事）  ◆上長
     03:13 まで（あと14分）
1–4 済みにする   h 交代   u 連絡を出す   s 状態   n メモ   l レベル
w だれを呼ぶか   t 追いつく   e 編集   x 取り消し   d 起票   b 一覧へ   q 抜ける
キー: u
$ incident update -i 20261120-6t9q
第1報　6t9q 集計が1桁ずれる
いつでも Ctrl-C で抜けられます。書いた内容は下書きに残ります。
いまわかっていること（社内向け、1〜2行） [くわしいことはこれから確認します。]:
  来月の締めまでに直す
お客様に伝えてよい文 [まだ伝えない]:
まだ言わないこと [原因、補償]:
復旧の見込み [未定]: 来週の金曜
次の連絡 [11/23(月) 09:00]:
✔ 記録しました　6t9q 集計が1桁ずれる　連絡 第1報 — 来月の締めまでに直す
（[COMMIT]）
20261120-6t9q
──── このまま貼れます ────
【第一報】集計が1桁ずれる（P3）　11/20(金) 02:59
状況　　　　　来月の締めまでに直す
影響　　　　　人事担当者向け画面（確認中）
見込み　　　　来週の金曜
お客様に　　　まだお伝えできる文はありません
言わない　　　原因、補償
次の連絡　　　11/23(月) 09:00（変わりがなくても連絡します）
上長（判断）　小川
もう一度出す: incident brief 6t9q

集計が1桁ずれる
20261120-6t9q  P3「計画して直す」  状況確認（02:58から 1分）
上長（判断）  小川（02:59〜）
直近          02:59  連絡 第1報  来月の締めまでに直す  小川
次の連絡      11/23(月) 09:00（あと3日）
見込み        未定
 1 □ 何をしたら、どんな画面になったかを聞く  ◆CS
     → URL・スクリーンショット・エラー文言。もらえるだけもらう
 2 □ 関わる機能が最近変わっていないか、誰が変えたかを見る
 3 □ すべてのお客様か一部か、仮で見る
 4 □ 調べきる前に、上長に一言（ここがいちばん大事）  ◆上長
     03:13 まで（あと14分）
1–4 済みにする   h 交代   u 連絡を出す   s 状態   n メモ   l レベル
w だれを呼ぶか   t 追いつく   e 編集   x 取り消し   d 起票   b 一覧へ   q 抜ける
キー: q
"#]],
    );
}
