//! Being told to end in the middle of a prompt: what was typed is kept, ended or not.

use std::fs::File;
use std::io::Read;

use rustix::fs::{CWD, FileType, Mode, mknodat};

use crate::environment::TestEnv;
use crate::pty::Terminal;

const CTRL_C: &str = "\u{3}";

/// All that is kept in the git directory for later.
fn kept(env: &TestEnv) -> String {
    let private = env.store.join(".git/incident");
    let files = std::fs::read_dir(private).unwrap().map(|entry| entry.unwrap().path());
    let is_kept = |path: &std::path::PathBuf| path.extension().is_some_and(|end| end == "json");
    files.filter(is_kept).map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

/// Types `keys`, each after what is waited for, and closes the terminal. Returns when the program has ended.
fn hang_up(env: &TestEnv, args: &[&str], keys: &[(&str, &str)]) {
    let end = env.home().join("end");
    mknodat(CWD, &end, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    let mut command = env.incident(args.iter().copied());
    command.env("END_OF_TERMINAL", &end);
    let mut terminal = Terminal::spawn(&command, 80);
    // It is open as long as the program runs.
    let mut open = File::open(&end).unwrap();
    for (shown, keys) in keys {
        terminal.expect(shown);
        terminal.send(keys);
    }
    terminal.expect(keys.last().unwrap().1.rsplit('\r').next().unwrap());
    drop(terminal);
    open.read_to_end(&mut Vec::new()).unwrap();
}

#[test]
fn a_terminal_that_closes_keeps_a_report_that_was_being_typed() {
    let env = TestEnv::new();
    env.declare("Checkout is slow");
    hang_up(&env, &["new"], &[("Number [0]:", "1"), ("add", "the page is white\rand the cart is em")]);
    let kept = kept(&env);
    assert!(kept.contains("the page is white\\nand the cart is em"), "{kept}");
    env.run(["new", "--resume"]).succeeds();
    assert!(env.incident_file().contains("and the cart is em"));
}

#[test]
fn a_terminal_that_closes_keeps_half_a_title() {
    let env = TestEnv::new();
    let keys = [("Number [1]:", "1"), ("Number [0]:", "1"), ("\u{2460}", "y"), ("Title", "Nobody can p")];
    hang_up(&env, &["new"], &keys);
    let kept = kept(&env);
    assert!(kept.contains("Nobody can p"), "{kept}");
}

#[test]
fn a_program_that_is_told_to_end_records_what_was_said_and_keeps_what_was_half_typed() {
    for signal in ["TERM", "HUP"] {
        let env = TestEnv::new();
        let mut terminal = Terminal::spawn(&env.incident(["new"]), 80);
        for (shown, keys) in [
            ("Number [1]:", "1"),
            ("Number [0]:", "1"),
            ("\u{2460}", "y"),
            ("Title", "Down\r"),
            ("Since when", "02:40\r"),
            ("Number [0]:", "1"),
            ("What you see", "first line\rhalf a l"),
        ] {
            terminal.expect(shown);
            terminal.send(keys);
        }
        terminal.expect("half a l");
        terminal.signal(signal);
        let finished = terminal.finish();
        assert_eq!(finished.code, 0, "{}", finished.output);
        let kept = kept(&env);
        assert!(kept.contains("first line\\nhalf a l"), "{kept}");
        assert!(env.incident_file().contains("detected_by: monitoring"));
    }
}

#[test]
fn a_hand_over_that_was_left_goes_on_where_it_was() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["assign", "commander", "me"]).succeeds();
    let mut terminal = Terminal::spawn(&env.incident(["handover", "mio"]), 80);
    for (shown, keys) in [
        ("Now:", "\r"),
        ("Waiting for:", "accounting to call back\r"),
        ("Promised:", "half a sent"),
        ("half a sent", CTRL_C),
    ] {
        terminal.expect(shown);
        terminal.send(keys);
    }
    let finished = terminal.finish();
    assert_eq!(finished.code, 130, "{}", finished.output);
    assert!(finished.output.contains("incident handover mio -i 4gv3"), "{}", finished.output);
    let mut terminal = Terminal::spawn(&env.incident(["handover", "mio", "--accepted"]), 80);
    for (shown, keys) in [
        ("Now:", "\r"),
        ("accounting to call back", "\r"),
        ("half a sent", "ence\r"),
        ("Do not:", "\r"),
        ("Undecided:", "\r"),
    ] {
        terminal.expect(shown);
        terminal.send(keys);
    }
    let finished = terminal.finish();
    assert_eq!(finished.code, 0, "{}", finished.output);
    let file = env.incident_file();
    assert!(file.contains("accounting to call back") && file.contains("half a sentence"), "{file}");
    assert_eq!(kept(&env), "");
}

#[test]
fn words_that_nothing_keeps_are_given_back() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let mut terminal = Terminal::spawn(&env.incident(["link"]), 80);
    terminal.expect(":");
    terminal.send("https://example.org/ha");
    terminal.expect("https://example.org/ha");
    terminal.send(CTRL_C);
    let finished = terminal.finish();
    assert_eq!(finished.code, 130, "{}", finished.output);
    assert!(finished.output.contains("what you had typed: https://example.org/ha"), "{}", finished.output);
}

#[test]
fn a_terminal_that_closes_keeps_a_link_that_was_being_typed() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    hang_up(&env, &["link"], &[(":", "https://example.org/ha")]);
    assert_eq!(kept(&env), "\"https://example.org/ha\"");
    let mut terminal = Terminal::spawn(&env.incident(["link"]), 80);
    terminal.expect("https://example.org/ha");
    terminal.send("lf\r");
    let finished = terminal.finish();
    assert_eq!(finished.code, 0, "{}", finished.output);
    assert!(env.incident_file().contains("https://example.org/half"));
    assert_eq!(kept(&env), "");
}

#[test]
fn what_was_typed_in_the_menu_stands_there_the_next_time() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    hang_up(&env, &[], &[("Key:", "n"), ("Number", "1"), (":", "Half a th")]);
    assert_eq!(kept(&env), "\"Half a th\"");
    let mut terminal = Terminal::spawn(&env.incident([]), 80);
    for (shown, keys) in [("Key:", "n"), ("Number", "1"), ("Half a th", "ought\r"), ("Key:", "q")] {
        terminal.expect(shown);
        terminal.send(keys);
    }
    let finished = terminal.finish();
    assert_eq!(finished.code, 0, "{}", finished.output);
    assert!(env.incident_file().contains("Half a thought"));
    assert_eq!(kept(&env), "");
}

#[test]
fn what_was_done_is_kept_where_the_menu_is_told_to_end_before_it_knows_when() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let mut terminal = Terminal::spawn(&env.incident([]), 80);
    for (shown, keys) in [("Key:", "s"), ("Number", "2"), (":", "Rolled back\r"), ("When", "0")] {
        terminal.expect(shown);
        terminal.send(keys);
    }
    terminal.expect("0");
    terminal.signal("TERM");
    let finished = terminal.finish();
    assert_eq!(finished.code, 130, "{}", finished.output);
    assert!(finished.output.contains("what you had typed: Rolled back"), "{}", finished.output);
    assert_eq!(kept(&env), "\"Rolled back\"");
}
