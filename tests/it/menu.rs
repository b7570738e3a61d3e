//! Bare `incident`: a menu on a terminal, the list elsewhere.

use snapbox::str;

use crate::environment::{TestEnv, same};
use crate::pty::Terminal;

const STEPS: &str = r#"
[[step]]
id = "roll-back"
text = { ja = "直前のリリースを戻す", en = "Roll the last release back" }
role = "responder"
within = "15m"

[[step]]
id = "tell-sales"
text = { ja = "営業に一文を渡す", en = "Give sales one sentence" }
role = "communications"
with = { ja = "営業", en = "Sales" }
"#;

fn with_steps(env: &TestEnv) {
    env.drop_checklists();
    env.write("incident.toml", env.read("incident.toml") + STEPS);
    env.commit_by_hand("checklists");
}

fn menu(env: &TestEnv) -> Terminal {
    Terminal::spawn(&env.incident([]), 80)
}

#[test]
fn an_empty_store_says_what_an_incident_is() {
    let env = TestEnv::japanese();
    let mut terminal = menu(&env);
    terminal.expect("キー:");
    terminal.send("ｑ");
    let finished = terminal.finish();
    assert_eq!(finished.code, 0);
    same(
        &finished.screen.join("\n"),
        str![[r#"

いま動いている事案はありません。
どういうときに起票するか:
  お客様か社員が困っている、または放っておくと困ることになる出来事。迷ったら起票
  する（違えば「対象外」で閉じればよい）。
d 起票   a 過去の事案   q 抜ける
キー: q
"#]],
    );
}

#[test]
fn the_only_live_incident_is_shown_with_all_that_can_be_done_about_it() {
    let env = TestEnv::japanese();
    with_steps(&env);
    env.run(["new", "決済が全部エラー", "-p", "web", "--severity", "SEV1"]).succeeds();
    let mut terminal = menu(&env);
    terminal.expect("キー:");
    terminal.send("h");
    terminal.expect("キー:");
    terminal.send("2");
    terminal.expect("キー:");
    terminal.send("s");
    terminal.expect("番号");
    terminal.send("2設定を戻す\r\r");
    terminal.expect("対処中");
    terminal.expect("キー:");
    terminal.send("n");
    terminal.expect("番号");
    terminal.send("6切り戻しを決定\r");
    terminal.expect("キー:");
    terminal.send("\u{3}");
    let finished = terminal.finish();
    assert_eq!(finished.code, 130);
    same(
        &finished.screen.join("\n"),
        str![[r#"

決済が全部エラー
20261120-4gv3  SEV1「緊急」  確認中（02:56から 1分）
指揮           まだいません: incident assign commander me -i 4gv3
直近           02:56  起票  SEV1（指定）  Aoi Arita
次の連絡       03:16（あと19分）
見込み         未定
お客様向けWeb  一次: Web当番、二次: 基盤当番
 1 □ 直前のリリースを戻す  対応者  03:11 まで（あと14分）
 2 □ 営業に一文を渡す  連絡担当  ◆営業
1–2 済みにする   h 引き受ける   u 連絡を出す   s 状態   n メモ   l レベル
w だれを呼ぶか   t 追いつく   e 編集   x 取り消し   d 起票   b 一覧へ   q 抜ける
キー: h
$ incident assign commander me -i 20261120-4gv3
  自分では直さない。決めて、頼んで、時計を見る。
✔ 記録しました　4gv3 決済が全部エラー　役割 指揮 +Aoi Arita · 引き受け
（[COMMIT]）
20261120-4gv3

決済が全部エラー
20261120-4gv3  SEV1「緊急」  確認中（02:56から 1分）
指揮           Aoi Arita（02:57〜）
直近           02:57  引き受け  Aoi Arita
次の連絡       03:16（あと19分）
見込み         未定
お客様向けWeb  一次: Web当番、二次: 基盤当番
 1 □ 直前のリリースを戻す  対応者  03:11 まで（あと14分）
 2 □ 営業に一文を渡す  連絡担当  ◆営業
1–2 済みにする   h 交代   u 連絡を出す   s 状態   n メモ   l レベル
w だれを呼ぶか   t 追いつく   e 編集   x 取り消し   d 起票   b 一覧へ   q 抜ける
キー: 2
$ incident step tell-sales -i 20261120-4gv3
✔ 記録しました　4gv3 決済が全部エラー　手順 済み — 営業に一文を渡す（[COMMIT]）
20261120-4gv3

決済が全部エラー
20261120-4gv3  SEV1「緊急」  確認中（02:56から 1分）
指揮           Aoi Arita（02:57〜）
直近           02:57  手順 済み  営業に一文を渡す  Aoi Arita
次の連絡       03:16（あと19分）
見込み         未定
お客様向けWeb  一次: Web当番、二次: 基盤当番
 1 □ 直前のリリースを戻す  対応者  03:11 まで（あと14分）
 2 ✔ 営業に一文を渡す  Aoi Arita 02:57
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
番号 [1]: 2 対処中
したこと: 設定を戻す
いつ [いま]:
$ incident status fixing -i 20261120-4gv3 -m 設定を戻す
✔ 記録しました　4gv3 決済が全部エラー　確認中 → 対処中 — 設定を戻す（[COMMIT]）
20261120-4gv3
調査中を飛ばしました。かまいません。

決済が全部エラー
20261120-4gv3  SEV1「緊急」  対処中（02:57から 1分未満）
指揮           Aoi Arita（02:57〜）
直近           02:57  確認中 → 対処中  設定を戻す  Aoi Arita
次の連絡       03:16（あと19分）
見込み         未定
お客様向けWeb  一次: Web当番、二次: 基盤当番
 1 □ 直前のリリースを戻す  対応者  03:11 まで（あと14分）
 2 ✔ 営業に一文を渡す  Aoi Arita 02:57
1–2 済みにする   h 交代   u 連絡を出す   s 状態   n メモ   l レベル
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
番号 [1]: 6 決めたこと
メモ: 切り戻しを決定
$ incident note --kind decision -i 20261120-4gv3 -m 切り戻しを決定
✔ 記録しました　4gv3 決済が全部エラー　決めたこと — 切り戻しを決定（[COMMIT]）
20261120-4gv3

決済が全部エラー
20261120-4gv3  SEV1「緊急」  対処中（02:57から 1分未満）
指揮           Aoi Arita（02:57〜）
直近           02:57  決めたこと  切り戻しを決定  Aoi Arita
次の連絡       03:16（あと19分）
見込み         未定
お客様向けWeb  一次: Web当番、二次: 基盤当番
 1 □ 直前のリリースを戻す  対応者  03:11 まで（あと14分）
 2 ✔ 営業に一文を渡す  Aoi Arita 02:57
1–2 済みにする   h 交代   u 連絡を出す   s 状態   n メモ   l レベル
w だれを呼ぶか   t 追いつく   e 編集   x 取り消し   d 起票   b 一覧へ   q 抜ける
キー:
エラー: 中断しました
"#]],
    );
    env.run(["timeline"]).shows(str![[r#"
11/20(金)
  02:56  起票 · Aoi Arita
         SEV1（指定）
  02:57  役割 指揮 +Aoi Arita · Aoi Arita
  02:57  引き受け · Aoi Arita
  02:57  手順 済み · Aoi Arita
         営業に一文を渡す
  02:57  確認中 → 対処中 · Aoi Arita
         設定を戻す
  02:57  決めたこと · Aoi Arita
         切り戻しを決定

"#]]);
}

#[test]
fn of_several_one_is_chosen_and_a_prompt_can_be_left() {
    let env = TestEnv::new();
    env.run(["new", "Search is slow", "--severity", "SEV3"]).succeeds();
    env.declare("Checkout fails");
    let mut terminal = menu(&env);
    terminal.expect("Key:");
    terminal.send("z");
    terminal.expect("Key:");
    terminal.send("2");
    terminal.expect("Key:");
    terminal.send("s");
    terminal.expect("Number");
    terminal.send("\u{3}");
    terminal.expect("Key:");
    terminal.send("b");
    terminal.expect("Key:");
    terminal.send("q");
    let finished = terminal.finish();
    assert_eq!(finished.code, 0);
    same(
        &finished.screen.join("\n"),
        str![[r#"

Open now
 1 6t9q  SEV1  Triage  Checkout fails
 2 4gv3  SEV3  Triage  Search is slow
1–2 choose one   d declare   a past ones   q quit
Key: z
  these keys work here: 1–2 choose one   d declare   a past ones   q quit
Key: 2

Search is slow
20261120-4gv3  SEV3 (Limited)  Triage since 02:55, 2 min
Incident commander  nobody yet: incident assign commander me -i 4gv3
Latest              02:55  Declared  SEV3 (stated)  Aoi Arita
Next update         09:00 (in 6 h 3 min)
Estimate            no estimate
 1 □ Have somebody else look, to be sure that it happens
1 tick a step   h take the lead   u update   s status   n note   l level
w who to call   t catch up   e edit   x undo   d declare   b all   q quit
Key: s
Which status? (now: Triage)
  1 Investigating    Somebody commands, and the search has begun
  2 Fixing           Acting on it: roll back, work around, fix
  3 Monitoring       Impact is over; watching that it does not return
  4 Reviewing        Over; the review and the prevention work go on
  5 Closed           The review is done too
  6 Not an incident  It was no incident; where it went is on record
Number [1]:

Search is slow
20261120-4gv3  SEV3 (Limited)  Triage since 02:55, 2 min
Incident commander  nobody yet: incident assign commander me -i 4gv3
Latest              02:55  Declared  SEV3 (stated)  Aoi Arita
Next update         09:00 (in 6 h 3 min)
Estimate            no estimate
 1 □ Have somebody else look, to be sure that it happens
1 tick a step   h take the lead   u update   s status   n note   l level
w who to call   t catch up   e edit   x undo   d declare   b all   q quit
Key: b

Open now
 1 6t9q  SEV1  Triage  Checkout fails
 2 4gv3  SEV3  Triage  Search is slow
1–2 choose one   d declare   a past ones   q quit
Key: q
"#]],
    );
}

#[test]
fn what_is_under_review_is_offered_where_nothing_is_live() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["resolve"]).succeeds();
    let mut terminal = menu(&env);
    terminal.expect("Key:");
    terminal.send("p");
    terminal.expect("A draft stands in");
    terminal.expect("Key:");
    terminal.send("q");
    assert_eq!(terminal.finish().code, 0);
    assert_eq!(env.git(["log", "-1", "--format=%s"]).trim(), "20261120-4gv3: Postmortem");
}

#[test]
fn an_act_that_fails_says_so_and_the_menu_goes_on() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.write(".git/hooks/pre-commit", "#!/bin/sh\necho no >&2\nexit 1\n");
    make_executable(&env, ".git/hooks/pre-commit");
    let mut terminal = menu(&env);
    terminal.expect("Key:");
    terminal.send("h");
    terminal.expect("error:");
    terminal.expect("Key:");
    terminal.send("q");
    assert_eq!(terminal.finish().code, 0);
    assert_eq!(env.commits(), 2);
}

fn make_executable(env: &TestEnv, path: &str) {
    use std::os::unix::fs::PermissionsExt;
    let path = env.store.join(path);
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn off_a_terminal_it_is_the_list() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run([]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE           LEAD  DECLARED
20261120-4gv3  SEV1   Triage  Checkout fails        02:55
--- stderr
1 incident: 1 live

"#]]);
}

#[test]
fn pasted_words_are_no_keys_and_what_is_not_shown_is_counted() {
    let env = TestEnv::new();
    for number in 1..=11 {
        env.run(["new", &format!("Matter {number} of its own kind {number}"), "--severity", "SEV3"])
            .succeeds();
    }
    let before = env.commits();
    let mut terminal = menu(&env);
    terminal.expect("and 2 more: incident list");
    terminal.expect("Key:");
    terminal.send("1");
    terminal.expect("Key:");
    terminal.send("hx please");
    terminal.expect("these keys work here");
    terminal.expect("Key:");
    terminal.send("q");
    assert_eq!(terminal.finish().code, 0);
    assert_eq!(env.commits(), before);
}
