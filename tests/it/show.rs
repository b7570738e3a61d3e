//! `incident show`: one incident as a page, in a pipe, on a terminal, and as JSON.

use snapbox::str;

use crate::environment::{TestEnv, same};
use crate::pty::Terminal;

/// A night's worth of records.
fn busy(env: &TestEnv) -> String {
    let new = ["new", "決済が全部エラーになる", "--severity=SEV1", "-k", "outage", "-p", "web"];
    let id = env.run(new).succeeds().stdout.trim().to_owned();
    env.run(["set", "impact_started=~02:40", "detected=02:51"]).succeeds();
    env.run(["assign", "commander"]).succeeds();
    env.run(["assign", "responder", "Mio"]).succeeds();
    env.run(["status", "fixing", "-m", "Rolling back to v2.4"]).succeeds();
    let long =
        "A line that is far too long for a terminal of eighty columns, and that therefore goes on below";
    env.run(["note", "--kind=decision", long]).succeeds();
    env.run(["set", "impact=All card payments fail", "next_update=03:30"]).succeeds();
    env.run(["note", "The old error rate is back", "--at=-8m"]).succeeds();
    id
}

#[test]
fn a_page_has_facts_sections_and_timeline() {
    let env = TestEnv::new();
    let id = busy(&env);
    let path = env.path_of("");
    env.replace(&path, "<!-- What happened to", "Nobody could pay by card.\n\n<!-- What happened to");
    env.replace(
        &path,
        "incident:actions -->\n",
        "incident:actions -->\n\n- [ ] A1 Cap the retries — @Mio due 2026-12-04\n",
    );
    env.commit_by_hand("Fill in the summary");
    env.run(["show"]).shows(str![[r#"
決済が全部エラーになる
20261120-4gv3  SEV1 (Critical)  Fixing since 02:59, 5 min

Impact              All card payments fail
Incident commander  Aoi Arita (since 02:57)
Responder           Mio
Next update         03:30 (in 26 min)
Latest              03:01 (3 min ago) Aoi Arita: Next update: 03:30
Impact began        about 02:40
Noticed             02:51
Declared            02:55
Taken on            02:57
Impact lasted       about 24 min so far
Time to notice      about 11 min
Time to take on     2 min
Kind                Service outage
Products            Customer web — first the web on-call, then the platform’s
Reported by         Aoi Arita
File                incidents/2026/11/20261120-4gv3-決済が全部エラーになる.md

To do now
 1 □ Give the whole company a first report  Communications  by 03:19 (in 15 min)
 2 □ If it can be rolled back, do that before investigating  Responder Mio
 3 □ Tell the commander before and after you touch anything  Responder Mio
 4 □ Report at the promised time, news or not  Communications

In one sentence
Nobody could pay by card.

Actions
□ A1 Cap the retries  Mio  due Fri 4 Dec

Timeline
Fri 20 Nov
  ~02:40  Impact began · Aoi Arita · recorded 02:56
  02:51   Noticed · Aoi Arita · recorded 02:56
  02:54   Note · Aoi Arita · recorded 03:02
          The old error rate is back
  02:55   Declared · Aoi Arita
          SEV1 (stated)
  02:57   Role Incident commander +Aoi Arita · Aoi Arita
  02:57   Taken on · Aoi Arita
  02:58   Role Responder +Mio · Aoi Arita
  02:59   Triage → Fixing · Aoi Arita
          Rolling back to v2.4
  03:00   Decision · Aoi Arita
          A line that is far too long for a terminal of eighty columns, and that
          therefore goes on below
  03:01   Impact (provisional) · Aoi Arita
          All card payments fail
  03:01   Next update: 03:30 · Aoi Arita

"#]]);
    env.run(["--lang=ja", "show", &id]).shows(str![[r#"
決済が全部エラーになる
20261120-4gv3  SEV1「緊急」  対処中（02:59から 6分）

影響            All card payments fail
指揮            Aoi Arita（02:57から）
対応者          Mio
次の連絡        03:30（あと25分）
最新            03:01（4分前） Aoi Arita　次の連絡: 03:30
影響開始        02:40ごろ
検知            02:51
起票            02:55
引き受け        02:57
困っていた時間  約25分（継続中）
気づくまで      約11分
引き受けるまで  2分
種類            サービス障害
サービス        お客様向けWeb — 一次: Web当番、二次: 基盤当番
報告者          Aoi Arita
ファイル        incidents/2026/11/20261120-4gv3-決済が全部エラーになる.md

いまやること
 1 □ 全社に第一報を出す  連絡担当  03:19 まで（あと14分）
 2 □ 戻せるなら、調べる前に戻す  対応者 Mio
 3 □ 触る前と触った後に、指揮に一言  対応者 Mio
 4 □ 約束した時刻に伝える（変わりがなくても）  連絡担当

In one sentence
Nobody could pay by card.

やること
□ A1 Cap the retries  Mio  期限 12/4(金)

経過
11/20(金)
  02:40ごろ  影響開始 · Aoi Arita · 記録 02:56
  02:51      検知 · Aoi Arita · 記録 02:56
  02:54      メモ · Aoi Arita · 記録 03:02
             The old error rate is back
  02:55      起票 · Aoi Arita
             SEV1 (stated)
  02:57      役割 指揮 +Aoi Arita · Aoi Arita
  02:57      引き受け · Aoi Arita
  02:58      役割 対応者 +Mio · Aoi Arita
  02:59      確認中 → 対処中 · Aoi Arita
             Rolling back to v2.4
  03:00      決めたこと · Aoi Arita
             A line that is far too long for a terminal of eighty columns, and
             that therefore goes on below
  03:01      影響（仮） · Aoi Arita
             All card payments fail
  03:01      次の連絡: 03:30 · Aoi Arita

"#]]);
}

#[test]
fn a_narrow_terminal_wraps_and_a_wide_one_does_not() {
    let env = TestEnv::new();
    busy(&env);
    let narrow = Terminal::spawn(&env.incident(["show", "--color=never"]), 50).finish();
    same(
        &narrow.screen.join("\n"),
        str![[r#"
決済が全部エラーになる
20261120-4gv3  SEV1 (Critical)
Fixing since 02:59, 4 min

Impact              All card payments fail
Incident commander  Aoi Arita (since 02:57)
Responder           Mio
Next update         03:30 (in 27 min)
Latest              03:01 (2 min ago) Aoi Arita:
                    Next update: 03:30
Impact began        about 02:40
Noticed             02:51
Declared            02:55
Taken on            02:57
Impact lasted       about 23 min so far
Time to notice      about 11 min
Time to take on     2 min
Kind                Service outage
Products            Customer web — first the web
                    on-call, then the platform’s
Reported by         Aoi Arita
File                incidents/2026/11/20261120-4gv
                    3-決済が全部エラーになる.md

To do now
 1 □ Give the whole company a first report
     Communications  by 03:19 (in 16 min)
 2 □ If it can be rolled back, do that before
     investigating  Responder Mio
 3 □ Tell the commander before and after you touch
     anything  Responder Mio
 4 □ Report at the promised time, news or not
     Communications

Timeline
Fri 20 Nov
  ~02:40  Impact began · Aoi Arita
          recorded 02:56
  02:51   Noticed · Aoi Arita · recorded 02:56
  02:54   Note · Aoi Arita · recorded 03:02
          The old error rate is back
  02:55   Declared · Aoi Arita
          SEV1 (stated)
  02:57   Role Incident commander +Aoi Arita
          Aoi Arita
  02:57   Taken on · Aoi Arita
  02:58   Role Responder +Mio · Aoi Arita
  02:59   Triage → Fixing · Aoi Arita
          Rolling back to v2.4
  03:00   Decision · Aoi Arita
          A line that is far too long for a
          terminal of eighty columns, and that
          therefore goes on below
  03:01   Impact (provisional) · Aoi Arita
          All card payments fail
  03:01   Next update: 03:30 · Aoi Arita
"#]],
    );
    assert_eq!(narrow.code, 0);
    let wide = Terminal::spawn(&env.incident(["show", "--color=never"]), 120).finish();
    same(
        &wide.screen.join("\n"),
        str![[r#"
決済が全部エラーになる
20261120-4gv3  SEV1 (Critical)  Fixing since 02:59, 5 min

Impact              All card payments fail
Incident commander  Aoi Arita (since 02:57)
Responder           Mio
Next update         03:30 (in 26 min)
Latest              03:01 (3 min ago) Aoi Arita: Next update: 03:30
Impact began        about 02:40
Noticed             02:51
Declared            02:55
Taken on            02:57
Impact lasted       about 24 min so far
Time to notice      about 11 min
Time to take on     2 min
Kind                Service outage
Products            Customer web — first the web on-call, then the platform’s
Reported by         Aoi Arita
File                incidents/2026/11/20261120-4gv3-決済が全部エラーになる.md

To do now
 1 □ Give the whole company a first report  Communications  by 03:19 (in 15 min)
 2 □ If it can be rolled back, do that before investigating  Responder Mio
 3 □ Tell the commander before and after you touch anything  Responder Mio
 4 □ Report at the promised time, news or not  Communications

Timeline
Fri 20 Nov
  ~02:40  Impact began · Aoi Arita · recorded 02:56
  02:51   Noticed · Aoi Arita · recorded 02:56
  02:54   Note · Aoi Arita · recorded 03:02
          The old error rate is back
  02:55   Declared · Aoi Arita
          SEV1 (stated)
  02:57   Role Incident commander +Aoi Arita · Aoi Arita
  02:57   Taken on · Aoi Arita
  02:58   Role Responder +Mio · Aoi Arita
  02:59   Triage → Fixing · Aoi Arita
          Rolling back to v2.4
  03:00   Decision · Aoi Arita
          A line that is far too long for a terminal of eighty columns, and that therefore goes on below
  03:01   Impact (provisional) · Aoi Arita
          All card payments fail
  03:01   Next update: 03:30 · Aoi Arita
"#]],
    );
}

#[test]
fn colours_stand_where_they_mean_something() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let shown = env.run(["show", "--color=always"]);
    assert!(shown.stdout.contains("\u{1b}["));
    env.wait(-1);
    assert_eq!(dialoguer::console::strip_ansi_codes(&shown.stdout), env.run(["show"]).stdout);
    env.set("CLICOLOR_FORCE", "1");
    assert!(env.run(["show"]).stdout.contains("\u{1b}["));
    env.set("NO_COLOR", "1");
    assert!(!env.run(["show"]).stdout.contains("\u{1b}["));
}

#[test]
fn an_incident_is_named_in_many_ways() {
    let env = TestEnv::new();
    let id = env.declare("Checkout fails");
    env.run(["close", "-m", "Done"]).succeeds();
    let other = env.declare("Search is slow");
    let page = env.run(["show", &id]).stdout;
    env.wait(-1);
    let path = env.path_of("checkout");
    for word in [&id[9..], &id[9..11], "checkout", &path] {
        assert_eq!(env.run(["show", word]).stdout.lines().next(), page.lines().next(), "{word}");
    }
    env.set("INCIDENT", &other);
    assert!(env.run(["show"]).stdout.contains("Search is slow"));
    env.unset("INCIDENT");
    env.declare("Search is gone");
    env.run(["show"]).shows(str![[r#"
--- stderr
error: 2 incidents are live; name the one you mean
hint: 20261120-7jx8 Search is slow
hint: 20261120-myvj Search is gone
--- exit 4

"#]]);
    env.run(["show", "search"]).shows(str![[r#"
--- stderr
error: “search” may mean 2 incidents
hint: 20261120-7jx8 Search is slow
hint: 20261120-myvj Search is gone
--- exit 4

"#]]);
    env.run(["show", "20261120"]).shows(str![[r#"
--- stderr
error: “20261120” may mean 3 incidents
hint: 20261120-7jx8 Search is slow
hint: 20261120-myvj Search is gone
hint: 20261120-4gv3 Checkout fails
--- exit 4

"#]]);
    env.run(["show", "serch"]).shows(str![[r#"
--- stderr
error: nothing matches “serch”
hint: to see them all: incident list --all
--- exit 3

"#]]);
    env.run(["--lang=ja", "show", "zzzz"]).shows(str![[r#"
--- stderr
エラー: 「zzzz」に当てはまる事案はありません
ヒント: 一覧を見る: incident list --all
--- exit 3

"#]]);
    env.run(["show", "../../x"]).shows(str![[r#"
--- stderr
error: nothing matches “../../x”
hint: to see them all: incident list --all
--- exit 3

"#]]);
    env.run(["show", ""]).shows(str![[r#"
--- stderr
error: nothing matches “”
hint: to see them all: incident list --all
--- exit 3

"#]]);
}

#[test]
fn json_is_the_whole_file() {
    let env = TestEnv::new();
    busy(&env);
    let shown = env.run(["show", "--json"]).json();
    assert_eq!(shown["kind"], "incident.show");
    let incident = &shown["incident"];
    assert_eq!(incident["answers"], serde_json::json!({}));
    assert_eq!(incident["actions"], serde_json::json!([]));
    assert_eq!(incident["links"], serde_json::json!([]));
    assert_eq!(incident["postmortem"], serde_json::json!(null));
    assert_eq!(incident["roles"], serde_json::json!({"commander": ["aoi"], "responder": ["Mio"]}));
    assert_eq!(incident["approximate"], serde_json::json!(["impact_started"]));
    assert_eq!(incident["next_update"], "2026-11-20T03:30:00+09:00");
    let timeline = incident["timeline"].as_array().unwrap();
    assert_eq!(timeline[0]["type"], "milestone");
    assert!(incident["body"].as_str().unwrap().contains("incident:timeline"));
}

#[test]
fn a_page_names_what_it_is_the_same_as_and_what_was_reported_again() {
    let env = TestEnv::japanese();
    let first = env.declare("決済画面でエラーが出る");
    let second = env.declare("カードで払えない");
    env.run(["decline", &second, "--duplicate-of", &first]).succeeds();
    let page = env.run(["show", &first]).succeeds().stdout;
    let short = |id: &str| id.split_once('-').expect("an id").1.to_owned();
    let again = format!("{} カードで払えない（対象外）", short(&second));
    assert!(page.contains("2件。同じ事案:") && page.contains(&again), "{page}");
    let page = env.run(["show", &second]).succeeds().stdout;
    let original = format!("同じ事案  {} 決済画面でエラーが出る（確認中）", short(&first));
    assert!(page.contains(&original), "{page}");
    let shown = env.run(["show", &first, "--json"]).json();
    assert_eq!(shown["incident"]["related"][0]["duplicate_of"], first.as_str());
}

#[test]
fn what_the_team_says_of_a_product_stands_beside_it_while_it_burns() {
    let env = TestEnv::new();
    env.replace("severity.toml", "first the web on-call, then the platform’s", "Ask the web team, #web");
    env.commit_by_hand("Say who looks after the web");
    env.run(["new", "Checkout fails", "--severity=SEV1", "-p", "web", "-p", "app"]).succeeds();
    let page = env.run(["show"]).succeeds().stdout;
    assert!(page.contains("Customer web — Ask the web team, #web\n"), "{page}");
    env.run(["close"]).succeeds();
    let page = env.run(["show", "checkout"]).succeeds().stdout;
    assert!(!page.contains("#web"), "{page}");
}

#[test]
fn the_page_has_the_steps_that_are_to_be_done_now() {
    let env = TestEnv::japanese();
    let id = env.declare("決済が全部エラー");
    env.run(["step", "1"]).succeeds();
    let to_do = |args: &[&str]| {
        let shown = env.run(args.iter().copied()).succeeds().stdout;
        let part =
            shown.split_once("いまやること").map(|(_, rest)| rest.split("\n\n").next().unwrap().to_owned());
        part.unwrap_or_default()
    };
    same(
        &to_do(&["show"]),
        str![[r#"
（1件は済み）
 2 □ 指揮を引き受ける人を決める（迷ったら当番が引き受ける）
     03:05 まで（あと8分）
"#]],
    );
    same(&to_do(&["--lang=en", "show"]), str![""]);
    let json = env.run(["--json", "show"]).json();
    let steps = json["incident"]["steps"].as_array().unwrap();
    assert_eq!((steps[0]["done"].as_bool(), steps[1]["done"].as_bool()), (Some(true), Some(false)));
    env.run(["decline", &id, "--to", "PROD-1"]).succeeds();
    assert_eq!(to_do(&["show", &id]), "");
    assert_eq!(env.run(["--json", "show", &id]).json()["incident"]["steps"], serde_json::json!([]));
}
