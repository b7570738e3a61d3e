//! `incident new` beside what is recorded already: nothing twice, and nothing in the way.

use snapbox::str;

use crate::environment::TestEnv;
use crate::pty::{Finished, Terminal};

/// Types each of the keys when the text beside it is shown.
#[track_caller]
fn play(env: &TestEnv, keys: &[(&str, &str)]) -> Finished {
    let mut terminal = Terminal::spawn(&env.incident(["new"]), 80);
    for (shown, keys) in keys {
        terminal.expect(shown);
        terminal.send(keys);
    }
    terminal.finish()
}

fn titles(env: &TestEnv) -> String {
    env.run(["list", "--all", "--format={{ title }}"]).succeeds().stdout
}

#[test]
fn off_a_terminal_it_is_recorded_and_what_is_alike_is_named() {
    let env = TestEnv::japanese();
    env.run(["new", "決済画面でエラーが出る", "--severity=SEV2", "-q"]).succeeds();
    env.run(["new", "検索が遅い", "--severity=SEV2"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　6t9q 検索が遅い　SEV2「重大」　02:56
呼ぶ人: 指揮
  夜は当番だけに知らせる

いまやること
  □ 報告者: わかることだけ書いて起票。指揮が来るまで預かる
  □ 指揮: 役割を声に出して決め、次の連絡時刻を宣言する
  □ 対応者: 直前の変更を見る。戻せるなら戻すのが先
引き受ける: incident assign commander me
書き残す: incident note "…"
見る: incident show 6t9q
第一報を貼る: incident brief 6t9q

"#]]);
    env.run(["new", "決済が全部失敗する", "--severity=SEV1"]).shows(str![[r#"
20261120-7jx8
--- stderr
✔ 記録しました　7jx8 決済が全部失敗する　SEV1「緊急」　02:57
呼ぶ人: 指揮、連絡担当
  全社に第一報。夜も止めない

いまやること
  □ 報告者: わかることだけ書いて起票。指揮が来るまで預かる
  □ 指揮: 役割を声に出して決め、次の連絡時刻を宣言する
  □ 対応者: 直前の変更を見る。戻せるなら戻すのが先
引き受ける: incident assign commander me
書き残す: incident note "…"
見る: incident show 7jx8
第一報を貼る: incident brief 7jx8
似た事案: 4gv3 決済画面でエラーが出る（確認中）
同じことなら: incident decline 7jx8 --merge-into 4gv3

"#]]);
    assert_eq!(env.commits(), 4);
}

#[test]
fn json_names_what_is_alike() {
    let env = TestEnv::new();
    env.run(["new", "Checkout errors", "--severity=SEV2"]).succeeds();
    let change = env.run(["new", "Checkout fails", "--severity=SEV1", "--json"]).json();
    assert_eq!(change["incident"]["title"], "Checkout fails");
    let similar = &change["similar"][0];
    assert_eq!((&similar["title"], &similar["live"]), (&"Checkout errors".into(), &true.into()));
    let change = env.run(["new", "Badge reader down", "--severity=SEV1", "--json"]).json();
    assert_eq!(change["similar"], serde_json::json!([]));
}

#[test]
fn what_was_over_long_ago_practice_and_what_was_none_are_not_named() {
    let env = TestEnv::new();
    let old = env.declare("Checkout fails");
    env.run(["resolve", &old]).succeeds();
    env.run(["new", "Checkout fails", "--severity=SEV1", "--drill"]).succeeds();
    let none = env.run(["new", "Checkout fails", "--severity=SEV4"]).succeeds();
    assert!(none.stderr.contains("Looks alike"), "{}", none.stderr);
    env.run(["decline", none.stdout.trim()]).succeeds();
    env.wait(8 * 24 * 60);
    let new = env.run(["new", "Checkout fails", "--severity=SEV1"]).succeeds();
    assert!(!new.stderr.contains("Looks alike"), "{}", new.stderr);
}

#[test]
fn after_the_title_one_key_joins_what_is_alike() {
    let env = TestEnv::japanese();
    let over = env.declare("ログが出ない");
    env.run(["resolve", &over]).succeeds();
    let keys = [
        ("番号 [1]:", "1"),
        ("番号 [0]:", "1"),
        ("（あと3問）", "y"),
        ("件名", "ログが出ていない\r"),
        ("似た事案が1件あります", "1"),
        ("何を書き足しますか", "また出なくなった\r\r"),
    ];
    let finished = play(&env, &keys);
    assert_eq!(finished.code, 0, "{}", finished.output);
    assert!(finished.output.contains("終わった事案です。再発なら: incident reopen"), "{}", finished.output);
    assert_eq!(titles(&env), "ログが出ない\n");
    let file = env.incident_file();
    assert!(file.contains("ログが出ていない\n  また出なくなった"), "{file}");
}

#[test]
fn enter_records_it_as_another_matter() {
    let env = TestEnv::new();
    let over = env.declare("Checkout errors");
    env.run(["resolve", &over]).succeeds();
    let keys = [
        ("Number [1]:", "1"),
        ("Number [0]:", "1"),
        ("to go)", "y"),
        ("Title", "Checkout fails\r"),
        ("This looks like one that is recorded. Is it the same?", "\r"),
        ("Since when", "\u{3}"),
    ];
    let finished = play(&env, &keys);
    assert_eq!(finished.code, 0, "{}", finished.output);
    assert_eq!(titles(&env), "Checkout fails\nCheckout errors\n");
}

#[test]
fn what_was_called_another_matter_is_not_asked_about_again() {
    let env = TestEnv::new();
    env.declare("Checkout errors");
    let keys = [
        ("Is this about", "0"),
        ("Number [1]:", "1"),
        ("Number [0]:", "1"),
        ("to go)", "y"),
        ("Title", "Checkout fails\r"),
        ("Since when", "\u{3}"),
    ];
    let finished = play(&env, &keys);
    assert_eq!(finished.code, 0, "{}", finished.output);
    assert!(!finished.output.contains("looks like"), "{}", finished.output);
}

#[test]
fn leaving_at_the_question_keeps_the_title() {
    let env = TestEnv::new();
    let over = env.declare("Checkout errors");
    env.run(["resolve", &over]).succeeds();
    let keys = [
        ("Number [1]:", "1"),
        ("Number [0]:", "1"),
        ("to go)", "y"),
        ("Title", "Checkout fails\r"),
        ("Is it the same?", "\u{3}"),
    ];
    assert_eq!(play(&env, &keys).code, 130);
    assert_eq!(titles(&env), "Checkout errors\n");
    let mut terminal = Terminal::spawn(&env.incident(["new", "--resume"]), 80);
    terminal.expect("Is it the same?");
    terminal.send("0");
    terminal.expect("Since when");
    terminal.send("\u{3}");
    assert_eq!(terminal.finish().code, 0);
    assert_eq!(titles(&env), "Checkout fails\nCheckout errors\n");
}
