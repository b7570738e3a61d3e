//! `incident handover`, and `assign` where somebody else holds the role: a role passes when it is accepted.

use snapbox::str;

use crate::environment::{TestEnv, same};
use crate::pty::Terminal;

/// An incident in a store that knows Mio.
fn declared(env: &TestEnv) {
    let people = "\n[[person]]\nhandle = \"mio\"\nname = \"Mio Mori\"\nemail = \"mio@example.org\"\n";
    env.write("incident.toml", &(env.read("incident.toml") + people));
    env.git(["commit", "-qam", "people"]);
    env.declare("Checkout fails");
}

/// Aoi commands.
fn commanded(env: &TestEnv) {
    declared(env);
    env.run(["assign", "commander", "me"]).succeeds();
}

/// Mio is at the keyboard from now on.
fn as_mio(env: &TestEnv) {
    for (variable, value) in [
        ("GIT_AUTHOR_NAME", "Mio Mori"),
        ("GIT_AUTHOR_EMAIL", "mio@example.org"),
        ("GIT_COMMITTER_NAME", "Mio Mori"),
        ("GIT_COMMITTER_EMAIL", "mio@example.org"),
    ] {
        env.set(variable, value);
    }
}

#[test]
fn what_the_next_person_has_to_know_is_drafted_from_the_record() {
    let env = TestEnv::new();
    commanded(&env);
    env.run(["status", "fixing", "-m", "rolling back"]).succeeds();
    env.run(["set", "next_update=03:30", "expected_end=04:30"]).succeeds();
    env.run(["handover", "--print"]).shows(str![[r#"
Now: Fixing; rolling back (02:57)
Promised: next update at 03:30; over by 04:30, we said

"#]]);
    env.run(["handover", "mio", "--accepted", "--do-not", "apply it again", "--undecided", "refunds"])
        .shows(str![[r#"
20261120-4gv3
--- stderr
  Don't fix it yourself: decide, delegate, watch the clock.
✔ Recorded 4gv3 Checkout fails: Handover Incident commander Aoi Arita → Mio Mori — Now: Fixing; rolling back (02:57) ([COMMIT])
  Incident commander: Aoi Arita (02:56–03:00) → Mio Mori (03:00–)
Aoi Arita, thank you; you may leave.

"#]]);
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T03:00:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T03:00:12+09:00

20261120-4gv3: Handover Incident commander Aoi Arita → Mio Mori — Now: Fixing; rolling back (02:57)

Incident: 20261120-4gv3
Incident-Event: handover {"role":"commander","from":"aoi","to":"mio","who":"Aoi Arita","text":"Now: Fixing; rolling back (02:57)\nPromised: next update at 03:30; over by 04:30, we said\nDo not: apply it again\nUndecided: refunds"}
Incident-At: 2026-11-20T03:00:12+09:00
Incident-Recorded: 2026-11-20T03:00:12+09:00


M	incidents/2026/11/20261120-4gv3-checkout-fails.md

"#]],
    );
    env.run(["timeline"]).shows(str![[r#"
Fri 20 Nov
  02:55  Declared · Aoi Arita
         SEV1 (stated)
  02:56  Role Incident commander +Aoi Arita · Aoi Arita
  02:56  Taken on · Aoi Arita
  02:57  Triage → Fixing · Aoi Arita
         rolling back
  02:58  Next update: 03:30 · Aoi Arita
  02:58  Estimate: 04:30 · Aoi Arita
  03:00  Handover Incident commander Aoi Arita → Mio Mori · Aoi Arita
         Now: Fixing; rolling back (02:57)
         Promised: next update at 03:30; over by 04:30, we said
         Do not: apply it again
         Undecided: refunds

"#]]);
    env.run(["check"]).succeeds();
}

#[test]
fn until_it_is_accepted_the_role_stays_where_it_is() {
    let env = TestEnv::new();
    commanded(&env);
    env.run(["assign", "commander", "mio"]).shows(str![[r#"
20261120-4gv3
--- stderr
  Don't fix it yourself: decide, delegate, watch the clock.
✔ Recorded 4gv3 Checkout fails: Offered Incident commander Aoi Arita → Mio Mori ([COMMIT])
Incident commander stays with Aoi Arita until Mio Mori accepts.
To accept: incident assign commander me -i 4gv3

"#]]);
    assert!(env.incident_file().contains("commander: aoi"));
    as_mio(&env);
    env.run(["assign", "commander", "me"]).shows(str![[r#"
20261120-4gv3
--- stderr
  Don't fix it yourself: decide, delegate, watch the clock.
✔ Recorded 4gv3 Checkout fails: Handover Incident commander Aoi Arita → Mio Mori ([COMMIT])
  Incident commander: Aoi Arita (02:56–02:58) → Mio Mori (02:58–)
Aoi Arita, thank you; you may leave.

"#]]);
    assert!(env.incident_file().contains("commander: mio"));
    env.run(["assign", "commander", "me"]).shows(str![[r#"
20261120-4gv3
--- stderr
Nothing changed: it is so already.

"#]]);
}

#[test]
fn a_scribe_records_that_somebody_took_over() {
    let env = TestEnv::japanese();
    commanded(&env);
    env.run(["assign", "指揮", "mio", "--by", "mio"]).shows(str![[r#"
20261120-4gv3
--- stderr
  自分では直さない。決めて、頼んで、時計を見る。
✔ 記録しました　4gv3 Checkout fails　交代 指揮 Aoi Arita → Mio Mori（[COMMIT]）
  指揮: Aoi Arita（02:56〜02:57） → Mio Mori（02:57〜）
Aoi Aritaさん、お疲れさまでした。離れて大丈夫です。

"#]]);
    env.run(["handover"]).shows(str![[r#"
--- stderr
エラー: だれかを指定してください
ヒント: incident handover mio --accepted
--- exit 2

"#]]);
    env.run(["handover", "aoi", "--role", "料理人"]).shows(str![[r#"
--- stderr
エラー: 「料理人」という役割はありません
ヒント: ここで使えるもの: commander (指揮), communications (連絡担当), scribe (記録係), responder (対応者)
--- exit 3

"#]]);
}

#[test]
fn on_a_terminal_each_line_is_asked_for_and_the_answer_waited_for() {
    let env = TestEnv::japanese();
    commanded(&env);
    env.run(["status", "対処中", "-m", "設定を戻す"]).succeeds();
    let mut terminal = Terminal::spawn(&env.incident(["handover"]), 80);
    terminal.expect("だれに:");
    terminal.send("Mio Mori\r");
    terminal.expect("いま:");
    terminal.expect("対処中。設定を戻す");
    terminal.send("\r");
    terminal.expect("待っていること:");
    terminal.send("経理の折り返し\r");
    terminal.expect("約束したこと:");
    terminal.send("\r");
    terminal.expect("やってはいけないこと:");
    terminal.send("設定の再適用\r");
    terminal.expect("まだ決めていないこと:");
    terminal.send("\r");
    terminal.expect("引き受けましたか");
    terminal.send("はい");
    let finished = terminal.finish();
    assert_eq!(finished.code, 0);
    same(
        &finished.screen.join("\n"),
        str![[r#"
だれに: Mio Mori
引き継ぎメモです。直すところは直し、そのままでよければ Enter を押してください。
いま: 対処中。設定を戻す（02:57）
待っていること: 経理の折り返し
約束したこと:
やってはいけないこと: 設定の再適用
まだ決めていないこと:
Mio Moriさん、お願いできますか。引き受けたら声に出してください。
Mio Moriさんは引き受けましたか（y はい / n まだ）                   はい
  自分では直さない。決めて、頼んで、時計を見る。
✔ 記録しました　4gv3 Checkout fails　交代 指揮 Aoi Arita → Mio Mori — いま: 対処
中。設定を戻す（02:57）（[COMMIT]）
20261120-4gv3
  指揮: Aoi Arita（02:56〜02:58） → Mio Mori（02:58〜）
Aoi Aritaさん、お疲れさまでした。離れて大丈夫です。
"#]],
    );
    assert!(env.incident_file().contains("commander: mio"));
    assert!(env.incident_file().contains("待っていること: 経理の折り返し"));
}

#[test]
fn who_is_given_the_lead_has_not_taken_it_on_before_they_say_so() {
    let env = TestEnv::new();
    declared(&env);
    env.run(["assign", "commander", "mio"]).shows(str![[r#"
20261120-4gv3
--- stderr
  Don't fix it yourself: decide, delegate, watch the clock.
✔ Recorded 4gv3 Checkout fails: Role Incident commander +Mio Mori ([COMMIT])
To accept: incident assign commander me -i 4gv3

"#]]);
    assert!(!env.incident_file().contains("acknowledged"));
    as_mio(&env);
    env.run(["assign", "commander", "me"]).shows(str![[r#"
20261120-4gv3
--- stderr
  Don't fix it yourself: decide, delegate, watch the clock.
✔ Recorded 4gv3 Checkout fails: Taken on ([COMMIT])

"#]]);
    env.run(["assign", "commander", "me"]).shows(str![[r#"
20261120-4gv3
--- stderr
Nothing changed: it is so already.

"#]]);
    assert!(env.incident_file().contains("acknowledged: 2026-11-20T02:57:12+09:00"));
}
