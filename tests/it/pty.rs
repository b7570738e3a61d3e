//! A terminal for tests: a program behind a pseudo-terminal, what it shows, and the keys that are sent to it.

use std::process::Command;
use std::time::Duration;

use expectrl::process::unix::WaitStatus;
use expectrl::session::OsSession;
use expectrl::{Eof, Expect, Regex, Session};

use crate::screen::Screen;

/// Says so if the program does not give the terminal back as it was; ends with the program's exit code.
///
/// It waits for a line first: the library sets a size of its own at a time of its own.
const WRAPPER: &str = r#"
read -r start
stty sane cols "$COLUMNS_OF_TERMINAL" rows 24
[ -z "$END_OF_TERMINAL" ] || exec 9>"$END_OF_TERMINAL"
before=$(stty -g)
"$@"
code=$?
[ "$(stty -g)" = "$before" ] || echo "THE TERMINAL WAS LEFT CHANGED"
exit $code
"#;

/// A program that believes to run on a terminal of 24 lines. Dropping it ends the program.
pub struct Terminal {
    session: OsSession,
    columns: usize,
    shown: String,
}

impl Terminal {
    /// Starts `command` with its arguments, its folder and no environment but its own on a terminal of so many columns.
    pub fn spawn(command: &Command, columns: u16) -> Self {
        let mut wrapped = Command::new("sh");
        wrapped.args(["-c", WRAPPER, "terminal"]).arg(command.get_program()).args(command.get_args());
        wrapped.env_clear();
        for name in ["PATH", "LLVM_PROFILE_FILE"] {
            wrapped.envs(std::env::var_os(name).map(|value| (name, value)));
        }
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => wrapped.env(name, value),
                None => wrapped.env_remove(name),
            };
        }
        wrapped.env("COLUMNS_OF_TERMINAL", columns.to_string());
        wrapped.env("TERM", "xterm-256color");
        if let Some(folder) = command.get_current_dir() {
            wrapped.current_dir(folder);
        }
        let mut session = Session::spawn(wrapped).unwrap();
        session.send("\n").unwrap();
        // How long before a test fails, not how long it takes: the machine may be busy.
        session.set_expect_timeout(Some(Duration::from_secs(30)));
        Self { session, columns: columns.into(), shown: String::new() }
    }

    /// Waits until `text` is shown, behind what was waited for before.
    #[track_caller]
    pub fn expect(&mut self, text: &str) {
        match self.session.expect(text) {
            Ok(found) => self.shown.push_str(&String::from_utf8_lossy(found.as_bytes())),
            Err(error) => {
                let rest = self.session.check(Regex("(?s).+")).map(|rest| rest.as_bytes().to_vec());
                let rest = String::from_utf8_lossy(&rest.unwrap_or_default()).into_owned();
                panic!(
                    "waiting for {text:?}: {error}\n--- shown ---\n{}\n--- then ---\n{rest:?}",
                    self.shown
                );
            }
        }
    }

    /// Presses keys: characters, or the bytes that a terminal sends for others.
    pub fn send(&mut self, keys: &str) {
        self.session.send(keys).unwrap();
    }

    /// Sends the signal of this name to the program.
    pub fn signal(&self, name: &str) {
        let shell = self.session.get_process().pid();
        let children = std::fs::read_to_string(format!("/proc/{shell}/task/{shell}/children")).unwrap();
        let sent = Command::new("kill").args(["-s", name]).args(children.split_whitespace()).status();
        assert!(sent.unwrap().success());
    }

    /// Waits for the end of the program: all that it wrote, escape codes included, and its exit code.
    #[track_caller]
    pub fn finish(mut self) -> Finished {
        let rest = self.session.expect(Eof).unwrap();
        self.shown.push_str(&String::from_utf8_lossy(rest.as_bytes()));
        let code = match self.session.get_process().wait().unwrap() {
            WaitStatus::Exited(_, code) => code,
            other => panic!("the program did not exit: {other:?}"),
        };
        assert!(!self.shown.contains("THE TERMINAL WAS LEFT CHANGED"), "{}", self.shown);
        let screen = Screen::of(&self.shown, self.columns);
        Finished { code, screen, output: self.shown }
    }
}

/// What is left when a program on a terminal has ended.
pub struct Finished {
    pub code: i32,
    /// The lines as a person sees them, without blanks at their ends.
    pub screen: Vec<String>,
    pub output: String,
}
