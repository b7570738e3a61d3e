//! `incident watch`: what a pane shows, and when it rings.

use snapbox::str;

use crate::environment::{TestEnv, same};
use crate::pty::Terminal;

#[test]
fn a_pane_is_no_data() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["watch", "--json"]).shows(str![[r#"
--- stderr
{"schema":1,"kind":"incident.error","exit":2,"message":"watch draws a pane and has no data of its own","hints":["incident show --json","incident list --json"],"path":null,"line":null,"column":null}
--- exit 2

"#]]);
    env.run(["watch", "--json", "--lang=ja"]).shows(str![[r#"
--- stderr
{"schema":1,"kind":"incident.error","exit":2,"message":"watch は画面を描くだけで、JSON では出せません","hints":["incident show --json","incident list --json"],"path":null,"line":null,"column":null}
--- exit 2

"#]]);
}

#[test]
fn off_a_terminal_it_prints_what_is_live_once() {
    let env = TestEnv::new();
    env.run(["watch"]).shows(str![[r#"
02:55 · nothing is live

"#]]);
    let id = env.declare("Checkout fails");
    env.run(["new", "検索が遅い", "--severity", "SEV3", "--product", "web"]).succeeds();
    env.run(["set", "next_update=03:10", "expected_end=04:30", "-i", &id]).succeeds();
    env.wait(15);
    env.run(["watch"]).shows(str![[r#"
Checkout fails
20261120-6t9q  SEV1 (Critical)  Triage since 02:56, 18 min
Incident commander  nobody yet: incident assign commander me -i 6t9q
Latest              02:58  Estimate: 04:30  Aoi Arita
Next update         03:10 (4 min late)
Estimate            04:30
! The update promised for 03:10 is 4 min late. People are waiting for it.
! Nobody has taken on Incident commander for ten minutes. To take it: incident
  assign commander me -i 6t9q
 1 □ Have somebody else look, to be sure that it happens
 2 □ Settle who commands; in doubt, whoever is on call  by 03:06 (8 min late)

検索が遅い
20261120-7jx8  SEV3 (Limited)  Triage since 02:57, 17 min
Incident commander  nobody yet: incident assign commander me -i 7jx8
Latest              02:57  Declared  SEV3 (stated)  Aoi Arita
Next update         09:00 (in 5 h 46 min)
Estimate            no estimate
Customer web        first the web on-call, then the platform’s
! Nobody has taken on Incident commander for ten minutes. To take it: incident
  assign commander me -i 7jx8
 1 □ Have somebody else look, to be sure that it happens

"#]]);
    env.run(["watch", &id, "--lang", "ja"]).shows(str![[r#"
Checkout fails
20261120-6t9q  SEV1「緊急」  確認中（02:56から 19分）
指揮      まだいません: incident assign commander me -i 6t9q
直近      02:58  見込み: 04:30  Aoi Arita
次の連絡  03:10（5分遅れ）
見込み    04:30
! 03:10 の連絡が5分遅れです。待っている人がいます。
! 10分たちましたが、指揮が決まっていません。引き受けるなら: incident assign
  commander me -i 6t9q
 1 □ ほかの1人にも見てもらい、本当に起きているかを確かめる
 2 □ 指揮を引き受ける人を決める（迷ったら当番が引き受ける）
     03:06 まで（9分遅れ）

"#]]);
    env.run(["watch", "nothing"]).shows(str![[r#"
--- stderr
error: nothing matches “nothing”
hint: to see them all: incident list --all
--- exit 3

"#]]);
}

#[test]
fn it_speaks_of_what_is_open_and_still() {
    let env = TestEnv::japanese();
    env.run([
        "new",
        "決済が全部エラー",
        "--kind",
        "outage",
        "--answer",
        "all_down=unsure",
        "--answer",
        "harm=yes",
    ])
    .succeeds();
    env.run(["assign", "指揮", "me"]).succeeds();
    env.wait(125);
    env.run(["watch"]).shows(str![[r#"
決済が全部エラー
20261120-4gv3  SEV1「緊急」  確認中（02:55から 2時間7分）
指揮      Aoi Arita（02:56〜）
直近      02:56  引き受け  Aoi Arita
次の連絡  03:15（1時間47分遅れ）
見込み    未定
! 03:15 の連絡が1時間47分遅れです。待っている人がいます。
! 「わからない」のままの質問が1つあります。いまわかりますか: incident severity
  -i 4gv3
! 「確認中」のまま、02:56 から記録がありません。違っていれば状態を、合っていれば
  一言を残してください。
 1 □ ほかの1人にも見てもらい、本当に起きているかを確かめる
 2 □ 指揮を引き受ける人を決める（迷ったら当番が引き受ける）
     03:05 まで（1時間57分遅れ）

"#]]);
}

#[test]
fn the_pane_is_drawn_anew_at_a_key_and_rings_once() {
    let env = TestEnv::japanese();
    env.declare("決済が全部エラー");
    env.run(["set", "next_update=03:10"]).succeeds();
    env.wait(20);
    let mut terminal = Terminal::spawn(&env.incident(["watch"]), 80);
    terminal.expect("遅れです");
    terminal.send(" ");
    terminal.expect("遅れです");
    terminal.send("q");
    let finished = terminal.finish();
    assert_eq!(finished.code, 0);
    assert_eq!(finished.output.matches('\u{7}').count(), 1);
    same(
        &finished.screen.join("\n"),
        str![[r#"
03:17　Ctrl-C か q で抜けます。ほかのキーで見直します

決済が全部エラー
20261120-4gv3  SEV1「緊急」  確認中（02:55から 22分）
指揮      まだいません: incident assign commander me -i 4gv3
直近      02:56  次の連絡: 03:10  Aoi Arita
次の連絡  03:10（7分遅れ）
見込み    未定
! 03:10 の連絡が7分遅れです。待っている人がいます。
! 10分たちましたが、指揮が決まっていません。引き受けるなら: incident assign
  commander me -i 4gv3
 1 □ ほかの1人にも見てもらい、本当に起きているかを確かめる
 2 □ 指揮を引き受ける人を決める（迷ったら当番が引き受ける）
     03:05 まで（12分遅れ）
"#]],
    );
}
