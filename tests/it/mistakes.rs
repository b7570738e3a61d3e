//! Words that name nothing and things left out: what is suggested, and nothing is changed.

use snapbox::str;

use crate::environment::TestEnv;
use crate::pty::Terminal;

#[test]
fn the_likeliest_command_is_suggested_first() {
    let env = TestEnv::new();
    for (word, expected) in [
        ("hndover", "handover"),
        ("tmeline", "timeline"),
        ("clsoe", "close"),
        ("reslove", "resolve"),
        ("lst", "list"),
    ] {
        let ran = env.run([word]);
        let first = ran.stderr.lines().nth(1).unwrap_or_default().to_owned();
        assert_eq!(first, format!("hint: did you mean “incident {expected}”?"), "{word}: {}", ran.stderr);
    }
}

#[test]
fn a_word_that_is_no_value_gets_the_likeliest_one() {
    let env = TestEnv::new();
    for (args, expected) in [
        (["list", "--sort", "severty"], "did you mean “severity”?"),
        (["list", "--product", "wbe"], "did you mean web (Customer web)?"),
        (["list", "--kind", "otuage"], "did you mean outage (Service outage)?"),
        (["list", "--status", "fxiing"], "did you mean fixing?"),
    ] {
        let ran = env.run(args);
        assert!(ran.code != 0 && ran.stderr.contains(expected), "{args:?}: {}", ran.stderr);
    }
    env.run(["list", "--sort", "severity"]).succeeds();
}

#[test]
fn a_word_of_ones_own_is_kept_and_a_slip_pointed_out() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["set", "detected_by=costumer"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Noticed by: costumer ([COMMIT])
“costumer” is recorded as it is; did you mean customer?

"#]]);
    env.run(["set", "detected_by=鳥", "--lang=ja"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ 記録しました　4gv3 Checkout fails　気づいたきっかけ: costumer → 鳥（[COMMIT]）
「鳥」のまま記録しました。ふつうは monitoring, customer, staff, partner のどれかです。

"#]]);
    assert_eq!(env.run(["set", "detected_by=customer"]).succeeds().stderr.lines().count(), 1);
}

#[test]
fn what_is_left_out_is_listed_off_a_terminal() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let before = env.state();
    env.run(["status"]).shows(str![[r#"
--- stderr
error: name the status
hint: known here: triage, investigating, fixing, monitoring, resolved (Reviewing), closed, declined (Not an incident)
--- exit 2

"#]]);
    env.run(["assign"]).shows(str![[r#"
--- stderr
error: name the role
hint: known here: commander (Incident commander), communications, scribe, responder
--- exit 2

"#]]);
    env.run(["link"]).shows(str![[r#"
--- stderr
error: name what to link
hint: an address begins with https://, http:// or mailto:, a ticket is like PAY-123: incident link https://example.org/page "what it is"
--- exit 2

"#]]);
    env.run(["--lang=ja", "status"]).shows(str![[r#"
--- stderr
エラー: どの状態にするかを指定してください
ヒント: ここで使えるもの: triage (確認中), investigating (調査中), fixing (対処中), monitoring (経過観察), resolved (振り返り中), closed (完了), declined (対象外)
--- exit 2

"#]]);
    env.run(["--lang=ja", "assign"]).shows(str![[r#"
--- stderr
エラー: どの役割かを指定してください
ヒント: ここで使えるもの: commander (指揮), communications (連絡担当), scribe (記録係), responder (対応者)
--- exit 2

"#]]);
    env.run(["--lang=ja", "link"]).shows(str![[r#"
--- stderr
エラー: 何を足すかを指定してください
ヒント: URL は https://、http://、mailto: のどれかで始めます。チケットは PAY-123 の形です: incident link https://example.org/page "何のページか"
--- exit 2

"#]]);
    assert_eq!(env.state(), before);
}

#[test]
fn what_is_left_out_is_chosen_at_a_terminal() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let play = |command: &str, question: &str, keys: &str| {
        let mut terminal = Terminal::spawn(&env.incident([command]), 80);
        terminal.expect(question);
        terminal.expect(": ");
        terminal.send(keys);
        let finished = terminal.finish();
        assert_eq!(finished.code, 0, "{}", finished.output);
    };
    play("status", "Which status?", "\r");
    play("assign", "Which role", "1");
    play("link", "Address, commit or ticket", "https://example.org/a\r");
    let file = env.incident_file();
    for text in ["status: investigating", "commander: aoi", "https://example.org/a"] {
        assert!(file.contains(text), "{text} in {file}");
    }
}

#[test]
fn of_two_that_do_not_go_together_either_may_be_left_out() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["update", "--no-change", "words"]).shows(str![[r#"
--- stderr
error: --no-change does not go with [TEXT]...
hint: leave out --no-change or [TEXT]...
--- exit 2

"#]]);
    env.run(["--lang=ja", "update", "--no-change", "words"]).shows(str![[r#"
--- stderr
エラー: --no-change は [TEXT]... と一緒には使えません
ヒント: --no-change か [TEXT]... の片方を外してください
--- exit 2

"#]]);
}

#[test]
fn an_unrated_incident_without_a_kind_is_given_one_first() {
    let env = TestEnv::new();
    env.run(["new", "Checkout fails", "--unrated"]).succeeds();
    let ran = env.run(["severity"]);
    let last: Vec<&str> = ran.stderr.lines().rev().take(2).collect();
    let kinds = "hint: known here: outage, data, security, device, it";
    let first = "hint: to say what kind it is, which questions go by: incident set kind=KIND -i 4gv3";
    assert_eq!(last, [kinds, first]);
}

#[test]
fn a_name_is_the_same_with_and_without_its_blank() {
    let env = TestEnv::japanese();
    let settings = env.read("incident.toml");
    env.write("incident.toml", settings + "\n[[person]]\nhandle = \"mio\"\nname = \"三尾 澪\"\n");
    env.commit_by_hand("Name Mio");
    env.declare("決済が失敗する");
    for name in ["三尾澪", "三尾　澪", "三尾 澪"] {
        env.run(["note", "確認した", "--by", name]).succeeds();
    }
    env.run(["assign", "commander", "三尾澪"]).succeeds();
    let file = env.incident_file();
    assert_eq!(file.matches("· 三尾 澪 —").count(), 3, "{file}");
    assert!(file.contains("commander: mio"), "{file}");
    env.run(["assign", "scribe", "三屋 澪"]).shows(str![[r#"
20261120-4gv3
--- stderr
  起きたこと・決めたことを、時刻つきでそのまま書く。意見は書かない。
「三屋 澪」は incident.toml の人の一覧にありません。このまま記録しました。
  もしかして: mio (三尾 澪)
✔ 記録しました　4gv3 決済が失敗する　役割 記録係 +三屋 澪（[COMMIT]）

"#]]);
}

#[test]
fn figures_may_be_full_width_wherever_they_are_typed() {
    let env = TestEnv::japanese();
    env.declare("決済が失敗する");
    for args in [
        &["step", "１"][..],
        &["note", "確認", "--at", "２分前"],
        &["update", "調査中", "--next", "２０分"],
        &["brief", "--report", "１"],
        &["list", "--limit", "１"],
        &["update", "--corrects", "１", "復旧した"],
    ] {
        let ran = env.run(args.iter().copied());
        assert_eq!(ran.code, 0, "{args:?}: {}", ran.stderr);
    }
}

#[test]
fn words_about_a_status_that_is_there_already_are_kept_as_a_note() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["status", "fixing"]).succeeds();
    env.run(["status", "fixing", "-m", "rolling back"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Note — rolling back ([COMMIT])

"#]]);
    env.run(["reopen", "-m", "never over"]).succeeds();
    env.run(["mitigate"]).succeeds();
    env.run(["mitigate", "-m", "by the old release"]).succeeds();
    env.run(["status", "monitoring"]).shows(str![[r#"
20261120-4gv3
--- stderr
Nothing changed: it is so already.

"#]]);
    let file = env.incident_file();
    for text in
        ["Note · Aoi Arita — rolling back", "Note · Aoi Arita — never over", "Note · Aoi Arita — by the old"]
    {
        assert!(file.contains(text), "{text} in {file}");
    }
}

#[test]
fn an_update_of_what_is_over_is_pointed_out() {
    let env = TestEnv::new();
    let id = env.declare("Checkout fails");
    env.run(["close"]).succeeds();
    env.run(["update", "-i", &id, "It is back"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Update 1 — It is back ([COMMIT])
To paste it: incident brief 4gv3
The record says that it is over: Closed.
If it goes on: incident reopen 4gv3

"#]]);
    env.run(["--lang=ja", "update", "-i", &id, "It is back again"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ 記録しました　4gv3 Checkout fails　連絡 第2報 — It is back again（[COMMIT]）
貼り付ける文面: incident brief 4gv3
この事案は、記録では終わっています（完了）。
まだ続いているなら: incident reopen 4gv3

"#]]);
}

#[test]
fn whoever_was_asked_to_take_over_is_told_how_to_accept() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["assign", "commander", "Mio"]).succeeds();
    env.run(["handover", "me", "--role", "commander", "--by", "Mio"]).succeeds();
    env.run(["handover"]).shows(str![[r#"
--- stderr
You were asked to take over Incident commander.
To accept: incident assign commander me -i 4gv3
error: name the person
hint: incident handover mio --accepted
--- exit 2

"#]]);
}

#[test]
fn a_ticket_whose_tracker_nobody_has_named_says_so() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["link", "PAY-12"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Link — PAY-12 ([COMMIT])
Where it leads is not known. With this in incident.toml it becomes a link: [[tracker]] prefix = "PAY", url = "https://…/{key}"

"#]]);
    env.run(["link", "PAY-13", "--lang=ja"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ 記録しました　4gv3 Checkout fails　リンク — PAY-13（[COMMIT]）
チケットの場所がまだ設定されていません。incident.toml の [[tracker]] に prefix = "PAY" と url = "https://…/{key}" を書くと、リンクになります。

"#]]);
}

#[test]
fn a_name_that_stands_twice_in_the_configuration_has_its_place() {
    let env = TestEnv::new();
    let settings = env.read("incident.toml");
    env.write("incident.toml", settings + "\n[[role]]\nid = \"scribe\"\n");
    let ran = env.run(["check"]);
    assert!(ran.stdout.contains("“scribe” is defined twice"), "{}", ran.stdout);
}

#[test]
fn one_long_title_pushes_nothing_away_in_a_pipe() {
    let env = TestEnv::new();
    env.declare(&"long ".repeat(60));
    env.declare("Checkout fails");
    let list = env.run(["list"]).succeeds().stdout;
    let short = list.lines().find(|line| line.contains("Checkout")).unwrap();
    assert!(short.len() < 140, "{list}");
    assert!(list.contains(&"long ".repeat(59)), "nothing is cut: {list}");
}
