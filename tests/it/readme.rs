//! The terminal sessions of the README, run as they stand. `SNAPSHOTS=overwrite` writes them anew.

use std::fs;
use std::path::Path;

use crate::environment::TestEnv;

const FENCE: &str = "```console\n";

#[test]
fn the_sessions_of_the_readme_are_true() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = fs::read_to_string(&path).unwrap();
    let played = played(&text);
    if std::env::var_os("SNAPSHOTS").is_some_and(|mode| mode == "overwrite") {
        fs::write(&path, &played).unwrap();
        return;
    }
    snapbox::assert_data_eq!(played, snapbox::IntoData::into_data(text));
}

/// `text` with what its commands print now.
fn played(text: &str) -> String {
    let mut parts = text.split(FENCE);
    let mut played = parts.next().unwrap_or_default().to_owned();
    let mut count = 0;
    for part in parts {
        let (session, rest) = part.split_once("```\n").expect("a session is closed");
        played.push_str(&format!("{FENCE}{}```\n{rest}", play(session)));
        count += 1;
    }
    assert!(count > 0, "the README shows a session");
    played
}

/// The commands of a session in a shell of their own, each with what it prints.
fn play(session: &str) -> String {
    let env = TestEnv::without_store();
    let mut folder = env.home();
    let mut text = String::new();
    for command in session.lines().filter_map(|line| line.strip_prefix("$ ")) {
        text.push_str(&format!("$ {command}\n"));
        match command.strip_prefix("cd ") {
            Some(name) => folder.push(name),
            None => text.push_str(&output(&env, &folder, command)),
        }
    }
    text
}

/// What a person would see: both streams in the order in which they were written.
fn output(env: &TestEnv, folder: &Path, command: &str) -> String {
    let incident = env.incident([]);
    let mut shell = env.program("sh", folder);
    let program = Path::new(incident.get_program()).parent().unwrap().to_owned();
    let path = std::env::var("PATH").unwrap_or_default();
    for (name, value) in incident.get_envs() {
        shell.envs(value.map(|value| (name, value)));
    }
    shell.env("PATH", format!("{}:{path}", program.display()));
    let done = shell.args(["-c", &format!("{{ {command} ; }} 2>&1")]).output().unwrap();
    assert!(done.status.success(), "{command}: {}", String::from_utf8_lossy(&done.stdout));
    let shown = String::from_utf8(done.stdout).unwrap();
    let lines = shown.lines().map(|line| format!("{}\n", without_hash(line)));
    lines.collect::<String>().replace(&env.home().display().to_string(), "~")
}

/// A commit's hash is another one whenever a default file changes; any will do to show what it looks like.
fn without_hash(line: &str) -> String {
    let hash = line.len().checked_sub(9).and_then(|start| line.get(start..)).unwrap_or_default();
    let inner = hash.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or_default();
    let is_hash = inner.len() == 7 && inner.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_hash { line.replace(hash, "(3f9c2d1)") } else { line.to_owned() }
}
