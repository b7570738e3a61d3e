//! `incident brief`: the block to paste, for each reader.

use serde_json::json;
use snapbox::str;

use crate::environment::TestEnv;

/// An incident with roles, two updates and a decision.
fn night(env: &TestEnv) {
    env.run(["new", "決済が全部エラーになる", "--severity", "SEV1", "--started", "02:40頃", "-q"]).succeeds();
    env.run(["assign", "指揮", "佐藤", "-q"]).succeeds();
    env.run(["note", "--kind", "decision", "調べる前に設定を戻す", "-q"]).succeeds();
    env.run(["update", "設定を戻している", "--impact", "すべての決済", "-q"]).succeeds();
    env.run(["mitigate", "--at", "-1m", "-q"]).succeeds();
    let known = "影響は止まりました。再発しないか確認しています。";
    let words = "2時40分ごろから、決済がご利用いただけませんでした。現在はご利用いただけます。9時までに改めてご案内します。";
    env.run(["update", known, "--customers", words, "--estimate", "収束の判断 04:30頃", "-q"]).succeeds();
}

#[test]
fn each_reader_has_a_block_of_their_own() {
    let env = TestEnv::japanese();
    night(&env);
    env.run(["brief"]).shows(str![[r#"
【第2報】決済が全部エラーになる（SEV1）　11/20(金) 03:00
状況　　　　影響は止まりました。再発しないか確認しています。
影響　　　　02:40ごろ〜02:58、すべての決済（約18分・確定前）
見込み　　　収束の判断 04:30ごろ
お客様に　　「2時40分ごろから、決済がご利用いただけませんでした。現在はご利
　　　　　　　用いただけます。9時までに改めてご案内します。」
言わない　　原因、補償
次の連絡　　03:20（変わりがなくても連絡します）
指揮　　　　佐藤
問い合わせ　Aoi Arita

"#]]);
    env.run(["brief", "--for", "customers"]).shows(str![[r#"
2時40分ごろから、決済がご利用いただけませんでした。現在はご利用いただけます。9時までに改めてご案内します。

"#]]);
    env.run(["brief", "--for", "management"]).shows(str![[r#"
【現状】決済が全部エラーになる（SEV1「緊急」）　11/20(金) 03:03
影響　　　　02:40ごろ〜02:58、すべての決済（約18分・確定前）
状況　　　　経過観察
見込み　　　収束の判断 04:30ごろ
次の連絡　　03:20（変わりがなくても連絡します）
指揮　　　　佐藤
問い合わせ　Aoi Arita

"#]]);
    env.run(["brief", "--for", "newcomer"]).shows(str![[r#"
【現状】決済が全部エラーになる（SEV1「緊急」）　11/20(金) 03:04
状況　　　　経過観察
　　　　　　影響は止まりました。再発しないか確認しています。
影響　　　　02:40ごろ〜02:58、すべての決済（約18分・確定前）
指揮　　　　佐藤
決めたこと　02:57 調べる前に設定を戻す
見込み　　　収束の判断 04:30ごろ
次の連絡　　03:20（変わりがなくても連絡します）
経過　　　　incident timeline 4gv3

"#]]);
    env.run(["brief", "--lang", "en"]).shows(str![[r#"
[Update 2] 決済が全部エラーになる (SEV1)   Fri 20 Nov, 03:00 JST
Status     影響は止まりました。再発しないか確認しています。
Impact     about 02:40–02:58, すべての決済 (about 18 min, to be confirmed)
Estimate   収束の判断 about 04:30
Customers  “2時40分ごろから、決済がご利用いただけませんでした。現在はご利用い
            ただけます。9時までに改めてご案内します。”
Do not say 原因、補償
Next       03:20, whether or not there is news
Incident commander 佐藤
Contact    Aoi Arita

"#]]);
}

#[test]
fn the_block_follows_the_store_unless_another_language_is_asked_for() {
    let env = TestEnv::japanese();
    night(&env);
    env.set("INCIDENT_LANG", "en");
    assert!(env.run(["brief"]).succeeds().stdout.starts_with("【第2報】"));
    assert!(env.run(["brief", "--lang=en"]).succeeds().stdout.starts_with("[Update 2]"));
}

#[test]
fn an_earlier_update_stands_as_it_was_given() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["update", "Looking", "--next", "03:10", "-q"]).succeeds();
    env.run(["update", "--no-change", "--next", "03:30", "-q"]).succeeds();
    env.run(["brief", "--report", "1"]).shows(str![[r#"
[First report] Checkout fails (SEV1)   Fri 20 Nov, 02:56 JST
Status     Looking
Impact     being checked
Estimate   no estimate yet
Customers  no approved words yet
Do not say cause, compensation
Next       03:10, whether or not there is news
Contact    Aoi Arita

"#]]);
    env.run(["brief", "--report", "9"]).shows(str![[r#"
--- stderr
error: there is no update 9
hint: the latest is update 2
--- exit 3

"#]]);
    // The promise of the latest is the one that stands now.
    env.run(["set", "next_update=03:40", "expected_end=05:00", "-q"]).succeeds();
    env.run(["brief"]).shows(str![[r#"
[Update 2] Checkout fails (SEV1)   Fri 20 Nov, 02:57 JST
Status     No change; work continues.
Impact     being checked
Estimate   05:00
Customers  no approved words yet
Do not say cause, compensation
Next       03:40, whether or not there is news
Contact    Aoi Arita

"#]]);
}

#[test]
fn before_the_first_update_the_declaration_is_the_report() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["brief"]).shows(str![[r#"
[First report] Checkout fails (SEV1)   Fri 20 Nov, 02:56 JST
Status    Details are still being checked.
Impact    being checked
Estimate  no estimate yet
Customers no approved words yet
Contact   Aoi Arita

"#]]);
    env.run(["brief", "--for", "customers"]).shows(str![[r#"
--- stderr
error: there are no words yet that customers may be given
hint: incident update -i 4gv3 --customers "what they may be told"
--- exit 3

"#]]);
    env.run(["brief", "--report", "1"]).shows(str![[r#"
--- stderr
error: there is no update 1
hint: none was given yet: incident update -i 4gv3
--- exit 3

"#]]);
}

#[test]
fn what_is_over_says_so_until_something_else_is_reported() {
    let env = TestEnv::new();
    env.run(["new", "Checkout fails", "--severity", "SEV1", "--started", "02:40", "-q"]).succeeds();
    env.run(["update", "Rolled back", "-q"]).succeeds();
    env.run(["mitigate", "-q"]).succeeds();
    env.run(["resolve", "-q"]).succeeds();
    env.run(["brief", "4g"]).shows(str![[r#"
[Resolved] Checkout fails (SEV1)   Fri 20 Nov, 02:58 JST
Status     Thank you. The review will follow.
Impact     02:40–02:57 (17 min, to be confirmed)
Do not say cause, compensation
Contact    Aoi Arita

"#]]);
    env.run(["update", "-i", "4gv3", "Refunds are done", "-q"]).succeeds();
    env.run(["brief", "4g"]).shows(str![[r#"
[Update 2] Checkout fails (SEV1)   Fri 20 Nov, 03:00 JST
Status     Refunds are done
Impact     02:40–02:57 (17 min, to be confirmed)
Customers  no approved words yet
Do not say cause, compensation
Contact    Aoi Arita

"#]]);
}

#[test]
fn a_drill_is_never_taken_for_the_real_thing() {
    let env = TestEnv::japanese();
    env.run(["new", "訓練の障害", "--severity", "SEV1", "--drill", "-q"]).succeeds();
    assert!(env.run(["brief"]).succeeds().stdout.starts_with("【第一報】【訓練】訓練の障害（SEV1）"));
}

#[test]
fn a_day_of_the_teams_own_is_shown_and_hostile_words_are_harmless() {
    let env = TestEnv::new();
    env.write(
        "severity.toml",
        "[[level]]\nid = \"P1\"\n[[field]]\nid = \"client_deadline\"\nask = \"Client needs it by\"\ntype = \"date\"\n",
    );
    env.commit_by_hand("Own policy");
    env.run(["new", "x", "--severity", "P1", "--field", "client_deadline=2026-11-24", "-q"]).succeeds();
    env.run(["update", "a\u{1b}[2J\u{202e}b\n- Next: 09:00", "--customers", "“quoted”", "-q"]).succeeds();
    env.run(["brief"]).shows(str![[r#"
[First report] x (P1)   Fri 20 Nov, 02:57 JST
Status     a\u{1b}[2J\u{202e}b
           - Next: 09:00
Impact     being checked
Estimate   no estimate yet
Customers  ““quoted””
Do not say cause, compensation
Client needs it by Tue 24 Nov
Contact    Aoi Arita

"#]]);
}

#[test]
fn programs_get_the_block_as_text() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["update", "Looking", "--customers", "We are on it.", "-q"]).succeeds();
    let printed = env.run(["brief", "--for", "customers", "--json"]).json();
    let expected = json!({
        "schema": 1, "kind": "incident.brief", "id": "20261120-4gv3", "for": "customers", "report": 1,
        "text": "We are on it.",
    });
    assert_eq!(printed, expected);
}
