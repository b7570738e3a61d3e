//! Which incident is meant: by its place or by `-i` with every command, and by words of its title.

use snapbox::str;

use crate::environment::TestEnv;
use crate::pty::Terminal;

#[test]
fn every_command_about_an_incident_takes_its_option() {
    let env = TestEnv::new();
    let id = env.declare("Checkout fails");
    env.declare("Login fails");
    for command in [
        &["mitigate"][..],
        &["resolve"],
        &["reopen"],
        &["close"],
        &["reopen"],
        &["undo"],
        &["show"],
        &["timeline"],
        &["brief"],
        &["who"],
        &["watch", "--once"],
        &["postmortem"],
        &["edit", "--from=-"],
        &["policy", "explain"],
        &["decline"],
    ] {
        let text = env.read(&env.path_of(&id));
        let args: Vec<&str> = command.iter().copied().chain(["-i", &id]).collect();
        let ran = env.run_with_input(args.iter().copied(), &text);
        assert_eq!(ran.code, 0, "{command:?}: {}", ran.stderr);
    }
    assert!(env.read(&env.path_of("login")).contains("status: triage"));
}

#[test]
fn the_same_incident_may_be_named_twice_and_two_may_not() {
    let env = TestEnv::new();
    let id = env.declare("Checkout fails");
    env.run(["mitigate", &id, "-i", &id, "-n"]).succeeds();
    let before = env.state();
    env.run(["mitigate", &id, "-i", "k7qm"]).shows(str![[r#"
--- stderr
error: two incidents are named: “20261120-4gv3” and “k7qm”
--- exit 2

"#]]);
    env.run(["mitigate", &id, "-i", "k7qm", "--lang=ja"]).shows(str![[r#"
--- stderr
エラー: 事案が2つ指定されています: 「20261120-4gv3」と「k7qm」
--- exit 2

"#]]);
    assert_eq!(env.state(), before);
}

#[test]
fn words_of_a_title_are_enough_to_look_and_not_to_record() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["brief", "checkout"]).succeeds();
    let before = env.state();
    env.run(["note", "-i", "checkout", "x"]).shows(str![[r#"
--- stderr
error: “checkout” is only in a title, and to record it takes the id
hint: 20261120-4gv3 Checkout fails
--- exit 4

"#]]);
    env.run(["note", "-i", "checkout", "x", "--lang=ja"]).shows(str![[r#"
--- stderr
エラー: 件名の言葉「checkout」だけでは記録できません。ID で指定してください
ヒント: 20261120-4gv3 Checkout fails
--- exit 4

"#]]);
    assert_eq!(env.state(), before);
}

#[test]
fn at_a_terminal_words_of_a_title_are_confirmed() {
    let env = TestEnv::japanese();
    env.declare("決済が全部エラーになる");
    let before = env.commits();
    let note = |answer: &str| {
        let mut terminal = Terminal::spawn(&env.incident(["note", "-i", "決済", "成功率は0%"]), 80);
        terminal.expect("4gv3 「決済が全部エラーになる」のことですか");
        terminal.send(answer);
        terminal.finish()
    };
    assert_ne!(note("n").code, 0);
    assert_eq!(env.commits(), before);
    assert_eq!(note("y").code, 0);
    assert_eq!(env.commits(), before + 1);
    assert!(env.incident_file().contains("成功率は0%"));
}
