//! `incident decline`: one matter recorded twice becomes one, in one commit that both files tell of.

use serde_json::json;
use snapbox::str;

use crate::environment::{TestEnv, same};

/// Two reports of one matter: the first goes on.
fn two(env: &TestEnv) -> [String; 2] {
    let new = |args: &[&str]| env.run(args.iter().copied()).succeeds().stdout.trim().to_owned();
    let first = new(&["new", "Checkout errors", "--severity=SEV2", "-p", "web"]);
    let second =
        new(&["new", "Cards are refused", "--severity=SEV3", "-p", "app", "--by=Mio", "--started=02:40"]);
    env.run(["note", "-i", &second, "-k", "contact", "Three calls so far", "--by=Kenji"]).succeeds();
    [first, second]
}

#[test]
fn both_files_tell_of_a_duplicate_in_one_commit() {
    let env = TestEnv::new();
    let [first, second] = two(&env);
    let before = env.commits();
    env.run(["decline", &second, "--duplicate-of", &first, "-m", "One outage"]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ Recorded 4gv3 Checkout errors: Note — 20261120-6t9q “Cards are refused” is the same as this ([COMMIT])
✔ Recorded 6t9q Cards are refused: Triage → Not an incident — One outage ([COMMIT])

"#]]);
    assert_eq!(env.commits(), before + 1);
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T02:58:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T02:58:12+09:00

20261120-6t9q: Triage → Not an incident — One outage

Incident: 20261120-6t9q
Incident-Event: status {"from":"triage","to":"declined","who":"Aoi Arita","text":"One outage\nThe same as 20261120-4gv3"}
Incident-At: 2026-11-20T02:58:12+09:00
Incident: 20261120-4gv3
Incident-Event: note {"kind":"note","who":"Aoi Arita","text":"20261120-6t9q “Cards are refused” is the same as this"}
Incident-At: 2026-11-20T02:58:12+09:00
Incident-Recorded: 2026-11-20T02:58:12+09:00


M	incidents/2026/11/20261120-4gv3-checkout-errors.md
M	incidents/2026/11/20261120-6t9q-cards-are-refused.md

"#]],
    );
    let list = env.run(["list", "--all", "--json"]).json();
    assert_eq!(list["incidents"][1]["duplicate_of"], first.as_str());
    env.run(["list", "--all"]).shows(str![[r#"
ID             LEVEL  STATUS                  TITLE              LEAD  DECLARED
20261120-4gv3  SEV2   Triage                  Checkout errors          02:55
20261120-6t9q  SEV3   Not an incident → 4gv3  Cards are refused        02:56
--- stderr
2 incidents: 1 live, 1 declined

"#]]);
    env.run(["timeline", &first]).shows(str![[r#"
Fri 20 Nov
  02:55  Declared · Aoi Arita
         SEV2 (stated)
  02:58  Note · Aoi Arita
         20261120-6t9q “Cards are refused” is the same as this

"#]]);
    let shown = env.run(["timeline", &first, "--from-history"]).succeeds().stdout;
    assert!(shown.contains("is the same as this") && !shown.contains("Triage → Not an incident"), "{shown}");
    env.run(["check"]).succeeds();
    env.run(["decline", &second, "--duplicate-of", &first]).shows(str![[r#"
20261120-6t9q
--- stderr
Nothing changed: it is so already.

"#]]);
}

#[test]
fn a_merge_carries_over_what_was_reported() {
    let env = TestEnv::japanese();
    let [first, second] = two(&env);
    env.run(["decline", &second, "--merge-into", &first]).shows(str![[r#"
20261120-6t9q
--- stderr
✔ 記録しました　4gv3 Checkout errors　メモ — 20261120-6t9q「Cards are refused」をここに統合（[COMMIT]）
4gv3 に3行を引き継ぎました。
✔ 記録しました　6t9q Cards are refused　確認中 → 対象外 — 20261120-4gv3 に統合（[COMMIT]）

"#]]);
    let file = env.read(&env.path_of(&first));
    let told: Vec<&str> =
        file.lines().filter(|line| line.starts_with("- 20") || line.contains("products")).collect();
    same(
        &told.join("\n"),
        str![[r#"
products: [web, app]
- 2026-11-20 02:40 · 影響開始 · Mio（記録 02:58）
- 2026-11-20 02:55 · 起票 · Aoi Arita — SEV2（指定）
- 2026-11-20 02:56 · メモ · Mio — Cards are refused（6t9q から）（記録 02:58）
- 2026-11-20 02:57 · 連絡したこと · Kenji — Three calls so far（6t9q から）（記録 02:58）
- 2026-11-20 02:58 · メモ · Aoi Arita — 20261120-6t9q「Cards are refused」をここに統合
"#]],
    );
    assert!(file.contains("impact_started: 2026-11-20T02:40:00+09:00"), "{file}");
    env.run(["check"]).succeeds();
    // What was carried over is not carried over again.
    let state = env.state();
    env.run(["decline", &second, "--merge-into", &first]).succeeds();
    assert_eq!(env.state(), state);
}

#[test]
fn what_was_a_duplicate_can_be_merged_later() {
    let env = TestEnv::new();
    let [first, second] = two(&env);
    env.run(["decline", &second, "--duplicate-of", &first]).succeeds();
    env.run(["decline", &second, "--merge-into", &first]).succeeds();
    let file = env.read(&env.path_of(&first));
    assert!(file.contains("Kenji — Three calls so far (from "), "{file}");
    env.run(["check"]).succeeds();
}

#[test]
fn json_has_both_changes() {
    let env = TestEnv::new();
    let [first, second] = two(&env);
    let change = env.run(["decline", &second, "--merge-into", &first, "--json"]).json();
    assert_eq!(change["incident"]["duplicate_of"], first.as_str());
    assert_eq!(change["original"]["incident"]["id"], first.as_str());
    assert_eq!(change["original"]["incident"]["products"], json!(["web", "app"]));
    assert_eq!(change["original"]["commit"], change["commit"]);
}

#[test]
fn a_dry_run_shows_both_files_and_changes_neither() {
    let env = TestEnv::new();
    let [first, second] = two(&env);
    let state = env.state();
    let shown = env.run(["decline", &second, "--duplicate-of", &first, "--dry-run"]).succeeds().stderr;
    for part in [format!("+duplicate_of: {first}"), "+- 2026-11-20 02:58 · Note".to_owned()] {
        assert!(shown.contains(&part), "{part} in {shown}");
    }
    assert_eq!(env.state(), state);
}

#[test]
fn hand_edits_of_either_file_are_settled_first() {
    let env = TestEnv::new();
    let [first, second] = two(&env);
    let before = env.commits();
    for id in [&first, &second] {
        env.replace(&env.path_of(id), "## Impact\n", "## Impact\n\nNobody can pay.\n");
    }
    let ran = env.run(["decline", &second, "--merge-into", &first]).succeeds();
    assert_eq!(ran.stderr.matches("was recorded first").count(), 2, "{}", ran.stderr);
    assert_eq!(env.commits(), before + 3);
    assert_eq!(env.status_porcelain(), "");
    env.run(["check"]).succeeds();
}

#[test]
fn a_broken_file_stops_both() {
    let env = TestEnv::new();
    let [first, second] = two(&env);
    let path = env.path_of(&first);
    env.replace(&path, "severity: SEV2", "severity: [SEV2");
    let before = env.head();
    assert_eq!(env.run(["decline", &second, "--duplicate-of", &first]).code, 5);
    assert_eq!(env.head(), before);
}

#[test]
fn a_chain_leads_to_its_end_and_a_circle_is_refused() {
    let env = TestEnv::new();
    let [first, second] = two(&env);
    let third = env.declare("Payment is refused");
    env.run(["decline", &second, "--duplicate-of", &first]).succeeds();
    env.run(["decline", &third, "--duplicate-of", &second]).shows(str![[r#"
20261120-rzk5
--- stderr
6t9q is itself the same as 4gv3, which is taken.
✔ Recorded 4gv3 Checkout errors: Note — 20261120-rzk5 “Payment is refused” is the same as this ([COMMIT])
✔ Recorded rzk5 Payment is refused: Triage → Not an incident — The same as 20261120-4gv3 ([COMMIT])

"#]]);
    assert!(env.read(&env.path_of(&third)).contains(&format!("duplicate_of: {first}")));
    env.run(["decline", &first, "--duplicate-of", &second]).shows(str![[r#"
--- stderr
error: 6t9q is itself recorded as the same as 4gv3, in a circle
hint: incident reopen 6t9q
--- exit 6

"#]]);
    env.run(["decline", &first, "--duplicate-of", &first]).shows(str![[r#"
--- stderr
error: an incident is no duplicate of itself
--- exit 2

"#]]);
}

#[test]
fn what_goes_on_again_is_no_duplicate() {
    let env = TestEnv::new();
    let [first, second] = two(&env);
    env.run(["decline", &second, "--duplicate-of", &first]).succeeds();
    env.run(["reopen", &second, "-m", "Another card company"]).succeeds();
    assert!(!env.read(&env.path_of(&second)).contains("duplicate_of"));
    env.run(["check"]).succeeds();
}

#[test]
fn check_finds_originals_that_cannot_be() {
    let env = TestEnv::new();
    let [first, second] = two(&env);
    let third = env.declare("Payment is refused");
    env.run(["decline", &second, "--duplicate-of", &first]).succeeds();
    env.run(["decline", &third]).succeeds();
    let mark = |id: &str, original: &str| {
        env.replace(&env.path_of(id), "status:", &format!("duplicate_of: {original}\nstatus:"));
    };
    mark(&first, &second);
    mark(&third, "20261120-zzzz");
    env.commit_by_hand("Mark by hand");
    env.run(["check", "--no-history"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-errors.md:9:1: error it is recorded as the same as 20261120-6t9q, which leads back to it
incidents/2026/11/20261120-6t9q-cards-are-refused.md:18:1: error it is recorded as the same as 20261120-4gv3, which leads back to it
incidents/2026/11/20261120-rzk5-payment-is-refused.md:9:1: error it is recorded as the same as 20261120-zzzz, which no file has
--- stderr
3 incidents checked: 3 errors, no warnings
--- exit 5

"#]]);
    env.replace(&env.path_of(&second), &format!("duplicate_of: {first}\n"), "");
    env.commit_by_hand("Mend one");
    let left = env.run(["check", "--no-history"]).stdout;
    assert!(left.contains("and yet goes on"), "{left}");
}

#[test]
fn where_it_went_has_two_names() {
    let env = TestEnv::new();
    let id = env.declare("A question");
    env.run(["decline", &id, "--went-to=PROD-812"]).succeeds();
    assert!(env.incident_file().contains("Went to: PROD-812"));
}
