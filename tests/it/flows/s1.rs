//! S1: a start-up's first written rules. 報告 → 会議 → 対処 → 振り返り, three roles with a deputy each.

use snapbox::str;

use super::Team;
use crate::environment::same;

const PEOPLE: &str = r#"
[[person]]
handle = "ishii"
name = "石井"
email = "ishii@example.org"
phone = "090-0000-0003"

[[person]]
handle = "noda"
name = "野田"
email = "noda@example.org"
phone = "090-0000-0001"

[[person]]
handle = "hara"
name = "原"
email = "hara@example.org"
phone = "090-0000-0002"

[[person]]
handle = "sano"
name = "佐野"
email = "sano@example.org"
phone = "090-0000-0004"

[[call]]
levels = ["SEV1"]
role = "commander"
people = ["noda", "hara"]
after = "5m"

[[call]]
levels = ["SEV1"]
role = "responder"
people = ["ishii", "hara"]
after = "5m"

[[call]]
levels = ["SEV1"]
role = "contact"
people = ["sano", "noda"]
after = "5m"

[[call]]
levels = ["SEV2", "SEV3"]
by = "chat"
hours = "business"
role = "commander"
people = ["noda"]
"#;

fn team() -> Team {
    let team = Team::new("four-step", PEOPLE);
    team.become_person("ishii", "石井");
    team
}

#[test]
fn two_keys_and_a_title_declare_an_incident() {
    let team = team();
    let keys = [("番号 [0]", "１"), ("続けられない状態ですか", "ｙ"), ("件名", "ログイン不可\r")];
    assert_eq!(team.keystrokes_to_declare(&keys), 2 + "ログイン不可\r".chars().count());
}

#[test]
fn the_flow_is_played_by_commands() {
    let team = team();
    // S1-08
    assert!(team.read("severity.toml").contains("人によって迷うものは、報告してから会議で決める。"));
    // S1-09
    team.run(["policy", "check"]).shows(str![[r#"
--- stderr
severity.toml: レベル 3、質問 3、例は3件とも合格

"#]]);
    // S1-10
    let ran = team.run(["new", "お客様がログインできない", "-p", "core", "-a", "work_stopped=yes"]);
    ran.shows(str![[r#"
20261120-7jx8
--- stderr
✔ 記録しました　7jx8 お客様がログインできない　SEV1「お客様の業務が止まる」　02:59
自動の電話は設定されていません。
電話してください（インシデントコマンダー）: 野田 090-0000-0001 → 5分出なければ 原 090-0000-0002
電話してください（インシデント対応者）: 石井 090-0000-0003 → 5分出なければ 原 090-0000-0002
電話してください（顧客連絡者）: 佐野 090-0000-0004 → 5分出なければ 野田 090-0000-0001
  15分以内に会議。経営に見込み（または「未定」）を毎回伝える
連絡先をすべて見る: incident who

いまやること
  □ 報告者: 一行でよい。「何が・いつから・どのお客様」
  □ コマンダー: 会議の最初に、役割と次の連絡時刻を決める
  □ 顧客連絡者: 営業に「言ってよいこと・まだ言わないこと」を渡す
引き受ける: incident assign commander me
書き残す: incident note "…"
見る: incident show 7jx8
第一報を貼る: incident brief 7jx8

"#]]);
    team.become_person("noda", "野田");
    // S1-06
    team.run(["assign", "コマンダー", "me"]).shows(str![[r#"
20261120-7jx8
--- stderr
  情報を自分に集め、旗を振る。会議を開き、閉じる。
✔ 記録しました　7jx8 お客様がログインできない　役割 インシデントコマンダー +野田 · 引き受け（[COMMIT]）

"#]]);
    team.run([]).shows(str![[r#"
事案           レベル  状態  件名                      指揮  起票
20261120-7jx8  SEV1    報告  お客様がログインできない  野田  02:59
--- stderr
1件（対応中1）

"#]]);
    // S1-11
    team.run(["status", "会議"]).shows(str![[r#"
20261120-7jx8
--- stderr
✔ 記録しました　7jx8 お客様がログインできない　報告 → 会議（[COMMIT]）
いまやること
 1 □ わかっていることを、すべてコマンダーに集める  インシデントコマンダー 野田
 2 □ インシデントかどうか、レベルは合っているかを決める
     インシデントコマンダー 野田
 3 □ 役割と次の連絡時刻を、声に出して決める  インシデントコマンダー 野田
 4 □ 営業に「言ってよいこと・まだ言わないこと」を渡す  顧客連絡者  ◆営業
 5 □ 経営に、見込み（または「未定」）と次の連絡時刻を伝える  顧客連絡者  ◆経営
 6 □ 口頭で決めたことも、記録に一言残す
済んだら: incident step 1 -i 7jx8

"#]]);
    team.run(["assign", "顧客連絡者", "佐野"]).succeeds();
    team.run(["note", "--kind", "決めたこと", "証明書を更新してから、ほかの原因を探す"]).succeeds();
    team.run(["step", "1", "3"]).succeeds();
    team.become_person("sano", "佐野");
    // S1-07
    team.run([
        "update",
        "2時台から、全員がログインできない。証明書の期限切れらしい",
        "--customers=ただいまログインできません。4時までに改めてご案内します。",
        "--estimate=04:00頃",
        "--impact=すべてのお客様",
    ])
    .succeeds();
    team.run(["brief", "--for", "お客様"]).shows(str![[r#"
ただいまログインできません。4時までに改めてご案内します。

"#]]);
    team.run(["brief", "--for", "経営"]).shows(str![[r#"
【現状】お客様がログインできない（SEV1「お客様の業務が止まる」）　11/20(金) 03:08
影響　　　　すべてのお客様（確定前）
状況　　　　会議
見込み　　　04:00ごろ
次の連絡　　03:36（変わりがなくても連絡します）
インシデントコマンダー 野田
問い合わせ　佐野

"#]]);
    team.run(["step", "営業に", "経営に"]).succeeds();
    team.become_person("noda", "野田");
    team.run(["status", "対処"]).succeeds();
    team.become_person("ishii", "石井");
    // S1-01
    team.run(["assign", "対応者", "me"]).succeeds();
    team.become_person("yoshida", "吉田");
    team.run(["assign", "対応者", "me", "-m", "認証に詳しいので入ります"]).succeeds();
    team.run(["mitigate", "-m", "証明書を更新した"]).succeeds();
    team.become_person("noda", "野田");
    team.run(["resolve", "-m", "お客様と同じ画面で確かめた"]).shows(str![[r#"
20261120-7jx8
--- stderr
✔ 記録しました　7jx8 お客様がログインできない　対処 → 振り返り — お客様と同じ画面で確かめた（[COMMIT]）
お疲れさまでした。休んでください。
収束を伝える文面: incident brief 7jx8
振り返りの期限は 11/27(金) です: incident postmortem 7jx8
いまやること
 1 □ 根本原因を取り除く計画を書く（何を・誰が・いつまでに）
     インシデントコマンダー 野田
     → incident postmortem
 2 □ 初めての人がいたら「読む前に」を声に出して読む
 3 □ これから入る人が読んでわかるかを見直す
 4 □ 決まり（レベル・質問・役割）に直したい点があれば、1つ書く
     インシデントコマンダー 野田
済んだら: incident step 1 -i 7jx8

"#]]);
    review(&team);
    look_back(&team);
}

/// The day after: the plan, the document, the list.
fn review(team: &Team) {
    team.wait(7 * 60);
    // S1-12
    team.run(["postmortem"]).shows(str![[r#"
20261120-7jx8
--- stderr
✔ 記録しました　7jx8 お客様がログインできない　振り返り（[COMMIT]）
下書きを incidents/2026/11/20261120-7jx8-お客様がログインできない.postmortem.md に書きました。どのエディターでも書けます。自動の部分を新しくするには、同じコマンドをもう一度。
まだ空の節: 何が起きたか、影響、根本原因、根本原因の除去計画、対応の振り返り、これから入る人へ

"#]]);
    let path = team.path_of("").replace(".md", ".postmortem.md");
    let review = team.read(&path);
    let headings: Vec<&str> = review.lines().filter(|line| line.starts_with('#')).collect();
    same(
        &headings.join("\n"),
        str![[r#"
# 振り返り: お客様がログインできない
## 何が起きたか
## 影響
## 経過
## 根本原因
## 根本原因の除去計画 <!-- incident:actions -->
## 対応の振り返り
## これから入る人へ
"#]],
    );
    // S1-15
    assert!(review.contains("\n> 誰かを責めるためではなく、同じことで困らないための記録です。"), "{review}");
    // S1-02
    let plan = "- [ ] A1 証明書の期限を30日前に知らせる — @yoshida 期限 2026-12-04（早く気づく）";
    let heading = "## 根本原因の除去計画 <!-- incident:actions -->\n";
    team.replace(&path, heading, &format!("{heading}\n{plan}\n"));
    // S1-03
    let heading = "## これから入る人へ\n";
    team.replace(&path, heading, &format!("{heading}\n認証サーバーの証明書は、年に1度手で更新している。\n"));
    team.commit_by_hand("振り返りを書く");
    team.run(["close"]).shows(str![[r#"
20261120-7jx8
--- stderr
✔ 記録しました　7jx8 お客様がログインできない　振り返り → 完了（[COMMIT]）

"#]]);
    team.run(["check"]).shows(str![[r#"
--- stderr
1件を調べました。エラー 0件、注意 0件

"#]]);
}

/// Whoever was not there, and how the rules go on.
fn look_back(team: &Team) {
    team.become_person("takano", "高野");
    // S1-13
    team.run(["list", "--all"]).shows(str![[r#"
事案           レベル  状態  件名                      指揮  起票
20261120-7jx8  SEV1    完了  お客様がログインできない  野田  02:59
--- stderr
1件（完了1）

"#]]);
    // S1-05
    team.run(["timeline", "ログイン"]).shows(str![[r#"
11/20(金)
  02:59  起票 · 石井
         SEV1（はい: お客様が、仕事を続けられない状態ですか）
  03:00  役割 インシデントコマンダー +野田 · 野田
  03:00  引き受け · 野田
  03:02  報告 → 会議 · 野田
  03:03  役割 顧客連絡者 +佐野 · 野田
  03:04  決めたこと · 野田
         証明書を更新してから、ほかの原因を探す
  03:05  手順 済み · 野田
         わかっていることを、すべてコマンダーに集める
  03:05  手順 済み · 野田
         役割と次の連絡時刻を、声に出して決める
  03:06  連絡 第1報 · 佐野
         2時台から、全員がログインできない。証明書の期限切れらしい
         - お客様に: ただいまログインできません。4時までに改めてご案内します。
         - 言わない: 原因、補償
         - 見込み: 04:00頃
         - 次の連絡: 03:36
  03:06  影響（仮） · 佐野
         すべてのお客様
  03:09  手順 済み · 佐野
         営業に「言ってよいこと・まだ言わないこと」を渡す
  03:09  手順 済み · 佐野
         経営に、見込み（または「未定」）と次の連絡時刻を伝える
  03:10  会議 → 対処 · 野田
  03:11  役割 インシデント対応者 +石井 · 石井
  03:12  役割 インシデント対応者 +吉田 · 吉田
         認証に詳しいので入ります
  03:13  影響解消 · 吉田
         証明書を更新した
  03:14  対処 → 振り返り · 野田
         お客様と同じ画面で確かめた
  10:15  振り返り · 野田
  10:17  振り返り → 完了 · 野田

"#]]);
    team.become_person("ishii", "石井");
    team.wait(11 * 60);
    // S1-14
    let at_night = ["new", "夜間バッチが遅れている", "-p", "core", "-s", "SEV3"];
    team.run(at_night).shows(str![[r#"
20261120-t92j
--- stderr
✔ 記録しました　t92j 夜間バッチが遅れている　SEV3「社内だけ」　21:21
営業時間外です。11/23(月) 09:00 に知らせてください（インシデントコマンダー）: 野田 090-0000-0001
  会議は任意。夜間・休日は役割のある人以外に知らせない
連絡先をすべて見る: incident who

いまやること
  □ 報告者: 一行でよい。「何が・いつから・どのお客様」
  □ コマンダー: 会議の最初に、役割と次の連絡時刻を決める
  □ 顧客連絡者: 営業に「言ってよいこと・まだ言わないこと」を渡す
引き受ける: incident assign commander me
書き残す: incident note "…"
見る: incident show t92j
第一報を貼る: incident brief t92j

"#]]);
    // S1-16
    let question = "kinds = [\"incident\"]\nunsure = \"worse\"\nyes = \"SEV2\"";
    team.replace("severity.toml", question, &question.replace("SEV2", "SEV3"));
    team.run(["policy", "check"]).shows(str![[r#"
severity.toml:38:6: 注意 どう答えても SEV2 にはなりません。人が手で付けるときだけのレベルです
severity.toml:98:6: 注意 「visible」にどう答えても、レベルは変わりません
severity.toml:114:1: エラー 例「帳票のロゴが古い」は SEV2 になるはずですが、SEV3 になります（visible=yes → SEV3）
--- stderr
severity.toml: レベル 3、質問 3、例は3件中2件が合格。エラー 1件、注意 2件
--- exit 5

"#]]);
}

#[test]
fn the_night_is_played_on_a_terminal() {
    let team = team();
    let keys = [
        // S1-04
        ("お客様に迷惑がかかっている、またはかかりそうな出来事", "ｄ"),
        ("番号 [0]", "１"),
        ("続けられない状態ですか（あと2問）", "ｙ"),
        ("件名", "ログイン不可\r"),
        ("いつから困っていましたか", "02:40頃\r"),
        ("何で気づきましたか", "２"),
        ("見えていること", "\r"),
        ("キー:", "ｈ"),
        ("+石井 · 引き受け", ""),
        ("キー:", "ｓ"),
        ("1 会議", "１"),
        ("したこと", "集まった\r\r"),
        ("報告 → 会議", ""),
        ("キー:", "３"),
        ("手順 済み", ""),
        ("キー:", "ｕ"),
        ("いまわかっていること", "全員がログインできない\r"),
        ("お客様に伝えてよい文", "ただいまログインできません。\r"),
        ("まだ言わないこと", "\r"),
        ("復旧の見込み", "\r"),
        ("次の連絡", "\r"),
        ("このまま貼れます", ""),
        ("キー:", "ｑ"),
    ];
    let finished = team.play(&[], &keys);
    assert_eq!(finished.code, 0, "{}", finished.output);
    let last = finished.screen.iter().rposition(|line| line == "ログイン不可").unwrap();
    same(
        &finished.screen[last..].join("\n"),
        str![[r#"
ログイン不可
20261120-6t9q  SEV1「お客様の業務が止まる」  会議（02:58から 1分未満）
困っていた時間          約18分（継続中）
インシデントコマンダー  石井（02:58〜）
直近                    02:58  連絡 第1報  全員がログインできない  石井
次の連絡                03:28（あと30分）
見込み                  未定
 1 □ わかっていることを、すべてコマンダーに集める  インシデントコマンダー 石井
 2 □ インシデントかどうか、レベルは合っているかを決める
     インシデントコマンダー 石井
 3 ✔ 役割と次の連絡時刻を、声に出して決める  石井 02:58
 4 □ 営業に「言ってよいこと・まだ言わないこと」を渡す  顧客連絡者  ◆営業
 5 □ 経営に、見込み（または「未定」）と次の連絡時刻を伝える  顧客連絡者  ◆経営
 6 □ 口頭で決めたことも、記録に一言残す
1–6 済みにする   h 交代   u 連絡を出す   s 状態   n メモ   l レベル
w だれを呼ぶか   t 追いつく   e 編集   x 取り消し   d 起票   b 一覧へ   q 抜ける
キー: q
"#]],
    );
    let file = team.incident_file();
    same(
        file.split_once("## 経過").unwrap().1,
        str![[r#"
 <!-- incident:timeline +09:00 -->

- 2026-11-20 02:40頃 · 影響開始 · 石井（記録 02:58）
- 2026-11-20 02:58 · 起票 · 石井 — SEV1（はい: お客様が、仕事を続けられない状態ですか）
- 2026-11-20 02:58 · 変更 detected_by: - → customer · 石井
- 2026-11-20 02:58 · 役割 インシデントコマンダー +石井 · 石井
- 2026-11-20 02:58 · 引き受け · 石井
- 2026-11-20 02:58 · 報告 → 会議 · 石井 — 集まった
- 2026-11-20 02:58 · 手順 +meet-roles · 石井 — 役割と次の連絡時刻を、声に出して決める
- 2026-11-20 02:58 · 連絡 第1報 · 石井 — 全員がログインできない
  - お客様に: ただいまログインできません。
  - 言わない: 原因、補償
  - 見込み: 未定
  - 次の連絡: 03:28

## 参考 <!-- incident:links -->

"#]],
    );
}
