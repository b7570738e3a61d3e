//! The flows of five teams, in Japanese and on configuration alone: what each of them needs is named beside the step that
//! shows it, and `docs/guide/flows.md` says where the rest is answered.

mod s1;
mod s2;
mod s3;
mod s4;
mod s5;
mod trace;

use std::fs;

use crate::environment::TestEnv;
use crate::pty::{Finished, Terminal};

const CTRL_C: &str = "\u{3}";

/// A team that began with a preset and has put its people in: a [`TestEnv`] of its store, at whose keyboard somebody sits.
pub struct Team {
    env: TestEnv,
}

impl std::ops::Deref for Team {
    type Target = TestEnv;

    fn deref(&self) -> &TestEnv {
        &self.env
    }
}

impl Team {
    /// A store that begins with `preset`, with `people` at the end of its incident.toml. What is private has another one,
    /// called `security`, with the same people.
    pub fn new(preset: &str, people: &str) -> Self {
        let mut env = TestEnv::without_store();
        env.set("INCIDENT_LANG", "ja");
        for store in ["private", "incidents"] {
            env.run(["init", store, "--preset", preset]).succeeds();
        }
        let config = env.home().join(".config/incident");
        fs::create_dir_all(&config).unwrap();
        fs::write(config.join("config.toml"), "[stores]\nsecurity = \"~/private\"\n").unwrap();
        let root = env.store.clone();
        for store in ["private", "incidents"] {
            env.store = root.join(store);
            let settings = env.read("incident.toml");
            env.write("incident.toml", settings + "\n" + people);
            env.commit_by_hand("人と連絡先");
        }
        Self { env }
    }

    /// From here on `name` sits at the keyboard, known to git by an address that begins with `handle`.
    pub fn become_person(&self, handle: &str, name: &str) {
        for who in ["AUTHOR", "COMMITTER"] {
            self.set(&format!("GIT_{who}_NAME"), name);
            self.set(&format!("GIT_{who}_EMAIL"), &format!("{handle}@example.org"));
        }
    }

    /// Runs the program on a terminal of 80 columns and presses each of the keys when the text beside it is shown.
    #[track_caller]
    pub fn play(&self, args: &[&str], keys: &[(&str, &str)]) -> Finished {
        let mut terminal = Terminal::spawn(&self.incident(args.iter().copied()), 80);
        for (shown, keys) in keys {
            terminal.expect(shown);
            terminal.send(keys);
        }
        terminal.finish()
    }

    /// Declares with `keys` alone, leaves at the first question that comes after the commit, and counts the keys.
    #[track_caller]
    pub fn keystrokes_to_declare(&self, keys: &[(&str, &str)]) -> usize {
        let before = self.commits();
        let leave = [("いつから困っていましたか", CTRL_C)];
        let finished = self.play(&["new"], &[keys, &leave].concat());
        assert_eq!((finished.code, self.commits()), (0, before + 1), "{}", finished.output);
        keys.iter().map(|(_, keys)| keys.chars().count()).sum()
    }
}
