//! `incident list`: what is open, worst first, and what can be asked for.

use snapbox::str;

use crate::environment::TestEnv;

/// One incident of each standing: unrated, worst, closed, declined, a drill, and one under review.
fn several(env: &TestEnv) {
    env.run(["new", "Totals look odd", "--unrated", "-k", "data"]).succeeds();
    env.run(["new", "Search is slow", "--severity=SEV3", "-k", "outage", "-p", "web"]).succeeds();
    let payment =
        env.run(["new", "決済が全部エラーになる", "--severity=SEV1", "-p", "web", "-p", "app"]).succeeds();
    env.run(["assign", "commander", "Mio", "-i", payment.stdout.trim()]).succeeds();
    let badge = env.run(["new", "Badge reader down", "--severity=SEV3", "--at=yesterday 23:50"]).succeeds();
    env.run(["close", badge.stdout.trim()]).succeeds();
    let chat = env.run(["new", "Chat is down", "--severity=SEV2"]).succeeds();
    env.run(["resolve", chat.stdout.trim()]).succeeds();
    env.run(["new", "Evacuate the region", "--severity=SEV2", "--drill"]).succeeds();
}

#[test]
fn the_open_ones_stand_worst_first() {
    let env = TestEnv::new();
    several(&env);
    env.run(["list"]).shows(str![[r#"
ID             LEVEL          STATUS     TITLE                        LEAD  DECLARED
20261120-4gv3  Not rated yet  Triage     Totals look odd                    02:55
20261120-7jx8  SEV1           Triage     決済が全部エラーになる       Mio   02:57
20261120-wysg  SEV2           Triage     [DRILL] Evacuate the region        03:03
20261120-6t9q  SEV3           Triage     Search is slow                     02:56
20261120-6tgq  SEV2           Reviewing  Chat is down                       03:01
--- stderr
5 incidents: 4 live, 1 in review; 1 unrated; 1 that is over not shown (--all)

"#]]);
    env.run(["ls", "--all"]).shows(str![[r#"
ID             LEVEL          STATUS     TITLE                        LEAD  DECLARED
20261120-4gv3  Not rated yet  Triage     Totals look odd                    02:55
20261120-7jx8  SEV1           Triage     決済が全部エラーになる       Mio   02:57
20261120-wysg  SEV2           Triage     [DRILL] Evacuate the region        03:03
20261120-6t9q  SEV3           Triage     Search is slow                     02:56
20261120-6tgq  SEV2           Reviewing  Chat is down                       03:01
20261119-5nsm  SEV3           Closed     Badge reader down                  Thu 19 Nov 23:50
--- stderr
6 incidents: 4 live, 1 in review, 1 closed; 1 unrated

"#]]);
    env.run(["--lang=ja", "list"]).shows(str![[r#"
事案           レベル  状態        件名                         指揮  起票
20261120-4gv3  未判定  確認中      Totals look odd                    02:55
20261120-7jx8  SEV1    確認中      決済が全部エラーになる       Mio   02:57
20261120-wysg  SEV2    確認中      【訓練】Evacuate the region        03:03
20261120-6t9q  SEV3    確認中      Search is slow                     02:56
20261120-6tgq  SEV2    振り返り中  Chat is down                       03:01
--- stderr
5件（対応中4、振り返り中1）　うち未判定1　終わった1件は省略（--all で表示）

"#]]);
}

#[test]
fn filters_find_what_is_over_too() {
    let env = TestEnv::new();
    several(&env);
    env.run(["list", "--status=closed"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE              LEAD  DECLARED
20261119-5nsm  SEV3   Closed  Badge reader down        Thu 19 Nov 23:50
--- stderr
1 incident: 1 closed

"#]]);
    env.run(["list", "--status=Reviewing", "--status=live"]).shows(str![[r#"
ID             LEVEL  STATUS     TITLE         LEAD  DECLARED
20261120-6tgq  SEV2   Reviewing  Chat is down        03:01
--- stderr
1 incident: 1 in review

"#]]);
    env.run(["list", "--level=SEV2+"]).shows(str![[r#"
ID             LEVEL  STATUS     TITLE                        LEAD  DECLARED
20261120-7jx8  SEV1   Triage     決済が全部エラーになる       Mio   02:57
20261120-wysg  SEV2   Triage     [DRILL] Evacuate the region        03:03
20261120-6tgq  SEV2   Reviewing  Chat is down                       03:01
--- stderr
3 incidents: 2 live, 1 in review

"#]]);
    env.run(["list", "--level=unrated"]).shows(str![[r#"
ID             LEVEL          STATUS  TITLE            LEAD  DECLARED
20261120-4gv3  Not rated yet  Triage  Totals look odd        02:55
--- stderr
1 incident: 1 live; 1 unrated

"#]]);
    env.run(["list", "--product=Customer web", "--person=Mio"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE                   LEAD  DECLARED
20261120-7jx8  SEV1   Triage  決済が全部エラーになる  Mio   02:57
--- stderr
1 incident: 1 live

"#]]);
    env.run(["list", "--mode=drill"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE                        LEAD  DECLARED
20261120-wysg  SEV2   Triage  [DRILL] Evacuate the region        03:03
--- stderr
1 incident: 1 live

"#]]);
    env.run(["list", "--text=決済 エラー"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE                   LEAD  DECLARED
20261120-7jx8  SEV1   Triage  決済が全部エラーになる  Mio   02:57
--- stderr
1 incident: 1 live

"#]]);
    env.run(["list", "--since=yesterday 23:00", "--until=02:00"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE              LEAD  DECLARED
20261119-5nsm  SEV3   Closed  Badge reader down        Thu 19 Nov 23:50
--- stderr
1 incident: 1 closed

"#]]);
    env.run(["list", "--all", "--limit=1"]).shows(str![[r#"
ID             LEVEL          STATUS  TITLE            LEAD  DECLARED
20261120-4gv3  Not rated yet  Triage  Totals look odd        02:55
--- stderr
6 incidents: 4 live, 1 in review, 1 closed; 1 unrated; first 1 shown

"#]]);
}

#[test]
fn words_that_no_filter_knows_are_errors() {
    let env = TestEnv::new();
    several(&env);
    env.run(["list", "--level=SEV9+"]).shows(str![[r#"
--- stderr
error: there is no level “sev9”
hint: known here: SEV1, SEV2, SEV3, SEV4
--- exit 3

"#]]);
    env.run(["list", "--status=fixng"]).shows(str![[r#"
--- stderr
error: there is no status “fixng”
hint: did you mean fixing?
--- exit 3

"#]]);
    env.run(["list", "--kind=outrage"]).shows(str![[r#"
--- stderr
error: there is no kind “outrage”
hint: did you mean outage (Service outage)?
--- exit 3

"#]]);
    env.run(["list", "--product=wep"]).shows(str![[r#"
--- stderr
error: there is no product “wep”
hint: did you mean web (Customer web)?
--- exit 3

"#]]);
    env.run(["list", "--mode=false"]).shows(str![[r#"
--- stderr
error: “false” is no value for --mode <MODE>
hint: one of real, drill, retrospective
--- exit 2

"#]]);
    env.run(["list", "--since=whenever"]).shows(str![[r#"
--- stderr
error: “whenever” is not a time
hint: 2026-11, 2026-11-19, yesterday, last week, last month, -7d, 11-19 23:50
--- exit 2

"#]]);
}

#[test]
fn an_empty_store_says_what_to_do() {
    let env = TestEnv::new();
    env.run(["list"]).shows(str![[r#"
--- stderr
No incidents yet. To declare one: incident new

"#]]);
    env.run(["list", "--json"]).shows(str![[r#"
{
  "schema": 1,
  "kind": "incident.list",
  "incidents": [],
  "totals": {
    "count": 0,
    "shown": 0,
    "live": 0,
    "learning": 0,
    "closed": 0,
    "declined": 0,
    "unrated": 0,
    "hidden": 0
  },
  "broken": []
}

"#]]);
    let id = env.declare("Soon over");
    env.run(["decline", &id]).succeeds();
    env.run(["list"]).shows(str![[r#"
--- stderr
No open incidents. Those that are over: incident list --all

"#]]);
}

#[test]
fn one_broken_file_does_not_hide_the_others() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.write("incidents/2026/11/20261119-qrst-broken.md", "---\nid: 20261119-qrst\ntitle: [oops\n---\n");
    env.write("incidents/README.md", "# Not an incident\n");
    env.run(["list"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE           LEAD  DECLARED
20261120-4gv3  SEV1   Triage  Checkout fails        02:55
--- stderr
1 incident: 1 live
! incidents/2026/11/20261119-qrst-broken.md:4:1: this is not valid YAML: while parsing a flow sequence, expected ',' or ']'
1 file could not be read. Details: incident check

"#]]);
    let list = env.run(["list", "--json"]).json();
    assert_eq!(list["incidents"].as_array().unwrap().len(), 1);
    assert_eq!(list["broken"][0]["path"], "incidents/2026/11/20261119-qrst-broken.md");
    assert_eq!(list["broken"][0]["line"], 4);
}

#[test]
fn json_has_every_key_of_an_incident() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["list", "--json"]).shows(str![[r#"
{
  "schema": 1,
  "kind": "incident.list",
  "incidents": [
    {
      "id": "20261120-4gv3",
      "title": "Checkout fails",
      "kind": null,
      "severity": "SEV1",
      "rank": 0,
      "status": "triage",
      "category": "triage",
      "mode": "real",
      "products": [],
      "roles": {},
      "times": {
        "declared": "2026-11-20T02:55:12+09:00"
      },
      "approximate": [],
      "detected_by": null,
      "reporter": "aoi",
      "fields": {},
      "impact": null,
      "importance": null,
      "urgency": null,
      "next_update": null,
      "expected_end": null,
      "caused_by_change": null,
      "duplicate_of": null,
      "aliases": [],
      "path": "incidents/2026/11/20261120-4gv3-checkout-fails.md",
      "live": true
    }
  ],
  "totals": {
    "count": 1,
    "shown": 1,
    "live": 1,
    "learning": 0,
    "closed": 0,
    "declined": 0,
    "unrated": 0,
    "hidden": 0
  },
  "broken": []
}

"#]]);
}

#[test]
fn levels_are_exact_unless_worse_ones_are_asked_for() {
    let env = TestEnv::new();
    several(&env);
    let ids = |level: &str| {
        let ran = env.run(["list", "--format={{ severity or '-' }}", "--level", level]).succeeds();
        ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(ids("SEV2"), "SEV2 SEV2");
    assert_eq!(ids("ＳＥＶ２＋"), "SEV1 SEV2 SEV2");
    assert_eq!(ids("sev2以上"), "SEV1 SEV2 SEV2");
    assert_eq!(ids("未判定"), "-");
}

#[test]
fn filters_are_combined_and_repeated() {
    let env = TestEnv::japanese();
    several(&env);
    let titles = |args: &[&str]| {
        let args = ["list", "--format={{ title }}"].iter().chain(args).copied();
        env.run(args).succeeds().stdout.lines().collect::<Vec<_>>().join(" | ")
    };
    assert_eq!(titles(&["-k", "data", "-k", "サービス障害"]), "Totals look odd | Search is slow");
    assert_eq!(titles(&["-p", "web", "--level=SEV1"]), "決済が全部エラーになる");
    assert_eq!(titles(&["-t", "ｓｌｏｗ", "-t", "決済"]), "決済が全部エラーになる | Search is slow");
    assert_eq!(titles(&["--role", "指揮"]), "決済が全部エラーになる");
    assert_eq!(titles(&["--role", "指揮", "--person", "自分"]), "");
    assert_eq!(titles(&["--mode", "訓練"]), "Evacuate the region");
    assert_eq!(titles(&["--status", "完了", "--until", "昨日"]), "Badge reader down");
    assert_eq!(
        titles(&["--since", "2026-11", "--until", "2026年11月", "--limit=2", "--sort=起票"]),
        "Evacuate the region | Chat is down"
    );
    assert_eq!(titles(&["--until", "2026-10"]), "");
}

#[test]
fn what_was_written_to_last_comes_first() {
    let env = TestEnv::japanese();
    let first = env.declare("Checkout fails");
    let second = env.declare("Search is slow");
    env.declare("Login fails");
    let sorted = |args: &[&str]| {
        let args = ["list", "--format={{ title }}"].iter().chain(args).copied();
        env.run(args).succeeds().stdout.lines().collect::<Vec<_>>().join(" | ")
    };
    env.run(["note", "-i", &first, "Still down"]).succeeds();
    // What counts is when it was written down, not when it happened.
    env.run(["note", "-i", &second, "The index was rebuilt", "--at", "-1h"]).succeeds();
    assert_eq!(sorted(&["--sort=updated"]), "Search is slow | Checkout fails | Login fails");
    assert_eq!(sorted(&["--sort=更新", "--reverse"]), "Login fails | Checkout fails | Search is slow");
}

#[test]
fn words_and_people_are_found_in_the_body() {
    let env = TestEnv::new();
    let first = env.declare("Checkout fails");
    env.declare("Search is slow");
    env.run(["note", "-i", &first, "カードの会社に電話した", "--by=Kenji"]).succeeds();
    let shows = |args: [&str; 2], expected: &str| {
        let ran = env.run(["list", "--format={{ title }}"].into_iter().chain(args)).succeeds();
        assert_eq!(ran.stdout.trim_end(), expected, "{args:?}");
    };
    shows(["--text", "ｶｰﾄﾞ 電話"], "Checkout fails");
    shows(["--text", "カード 検索"], "");
    shows(["--person", "Kenji"], "Checkout fails");
    shows(["--person", "カード"], "");
}

#[test]
fn a_template_makes_a_line_for_each() {
    let env = TestEnv::new();
    env.run(["new", "Checkout fails", "--severity=SEV1", "-p", "web", "-p", "app"]).succeeds();
    let path = env.path_of("");
    env.replace(&path, "title: Checkout fails", "title: \"Checkout\\e[2J\\nfails\"");
    let format = "{{ id }}\\t{{ title }}\\t{{ products | join(sep='+') }}\\t{{ times.mitigated }}{{ live }}";
    env.run(["list", "--format", format]).shows(str![[r#"
20261120-4gv3	Checkout\u{1b}[2J\nfails	web+app	true

"#]]);
    env.run(["list", "--format={{ id }} {{ titel }}"]).shows(str![[r#"
--- stderr
error: --format:1:13: the template cannot be used: Variable `titel` is not defined
hint: did you mean title, times.closed?
--- exit 2

"#]]);
    env.run(["list", "--format={{ id"]).shows(str![[r#"
--- stderr
error: --format:1:6: the template cannot be used: Unexpected end of input
--- exit 2

"#]]);
    env.run(["list", "--format={{ id }}", "--json"]).shows(str![[r#"
--- stderr
{"schema":1,"kind":"incident.error","exit":2,"message":"--format <TEMPLATE> does not go with --json","hints":["leave out --format <TEMPLATE> or --json"],"path":null,"line":null,"column":null}
--- exit 2

"#]]);
}

#[test]
fn fields_of_the_team_filter_too() {
    let env = TestEnv::new();
    let policy = env.read("severity.toml");
    let field = "[[field]]\nid = \"clients\"\nask = { ja = \"影響数\", en = \"Clients affected\" }\ntype = \"number\"\n";
    env.write("severity.toml", format!("{policy}\n{field}"));
    env.commit_by_hand("Ask for the clients");
    env.run(["new", "Checkout fails", "--severity=SEV1", "--field=clients=12"]).succeeds();
    env.run(["new", "Search is slow", "--severity=SEV1", "--field=clients=3"]).succeeds();
    let titles = |pair: &str| env.run(["list", "--format={{ title }}", "--field", pair]).stdout;
    assert_eq!(titles("clients=12"), "Checkout fails\n");
    assert_eq!(titles("影響数=１２"), "Checkout fails\n");
    assert_eq!(titles("影響数=3"), "Search is slow\n");
    env.run(["list", "--field=client=12"]).shows(str![[r#"
--- stderr
error: “client=12” is no field of this store
hint: known here: item, last_seen, locked, wiped, clients
--- exit 2

"#]]);
}

#[test]
fn a_person_whom_nobody_knows_is_said_with_the_likeliest() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["list", "--person", "aio"]).shows(str![[r#"
--- stderr
Nobody called “aio” is among the people in incident.toml.
  did you mean aoi (Aoi Arita)?
No incident is like that.

"#]]);
}
