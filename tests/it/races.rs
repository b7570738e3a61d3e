//! Many at once on one machine: what a command says that it recorded is in the file and in history once, and nobody's
//! work is lost.
//!
//! `INCIDENT_RACE=8x50` has 8 processes record 50 times each; `INCIDENT_CASES` and `INCIDENT_SEED_FROM` choose seeds.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::chance::{Chance, seeds};
use crate::environment::TestEnv;
use crate::team::Team;

/// Processes that write, and how often each does.
fn size(few: (usize, usize)) -> (usize, usize) {
    let Ok(text) = std::env::var("INCIDENT_RACE") else { return few };
    let (writers, writes) = text.split_once('x').unwrap();
    (writers.parse().unwrap(), writes.parse().unwrap())
}

/// A command that records something, and where that is to be found once: in history, in a file or its name.
struct Act {
    command: Command,
    in_history: String,
    in_file: String,
}

struct Done {
    act: Act,
    output: Output,
}

impl Act {
    fn new(command: Command, in_history: String, in_file: String) -> Self {
        Self { command, in_history, in_file }
    }

    fn note(command: Command, words: &str) -> Self {
        Self::new(command, format!("\"text\":\"{words}"), format!("— {words}"))
    }

    fn run(mut self) -> Done {
        let output = self.command.output().unwrap();
        Done { act: self, output }
    }
}

impl Done {
    fn stderr(&self) -> String {
        String::from_utf8_lossy(&self.output.stderr).into_owned()
    }

    /// Whether it says that something was recorded. Setting a level that stands already records nothing.
    fn is_acknowledged(&self) -> bool {
        self.output.status.success() && self.stderr().contains("✔ Recorded")
    }
}

/// The `nth` act of `writer`, with words that no other has.
fn act(env: &TestEnv, ids: &[String], writer: usize, nth: usize, chance: &mut Chance) -> Act {
    let words = format!("w{writer}n{nth}.");
    let id = chance.pick(ids).clone();
    let status = *chance.pick(&["fixing", "monitoring", "investigating"]);
    let level = *chance.pick(&["SEV1", "SEV2", "SEV3"]);
    let url = format!("https://example.org/{words}");
    match chance.below(11) {
        0 => {
            let command = env.incident(["new", &words, "--severity", "SEV3"]);
            Act::new(command, format!(": declared, {words} ("), format!("-w{writer}n{nth}.md"))
        }
        1 => Act::note(env.incident(["status", status, "-m", &words, "-i", &id]), &words),
        2 => Act::note(env.incident(["severity", level, "-m", &words, "-i", &id]), &words),
        3 => {
            let command = env.incident(["set", &format!("title={words}"), "-i", &id]);
            Act::new(command, format!("\"to\":\"{words}\""), format!("→ {words} ·"))
        }
        4 => Act::note(env.incident(["update", &words, "-i", &id]), &words),
        5 => {
            let command = env.incident(["assign", "responder", &words, "-i", &id]);
            Act::new(command, format!("\"person\":\"{words}\""), format!("+{words} ·"))
        }
        6 => Act::note(env.incident(["link", &url, &words, "-i", &id]), &words),
        7 => {
            let command = env.incident(["step", "1", "-m", &words, "-i", &id]);
            Act::new(command, format!("\\n{words}\""), format!("  {words}"))
        }
        _ => Act::note(env.incident(["note", &words, "-i", &id]), &words),
    }
}

/// Each writer does its acts one after the other, all writers at once; `beside` goes on until they have ended.
fn race(writers: Vec<Vec<Act>>, beside: &[&(dyn Fn(&AtomicBool) + Sync)]) -> Vec<Done> {
    let ended = AtomicBool::new(false);
    thread::scope(|scope| {
        for other in beside {
            scope.spawn(|| other(&ended));
        }
        let run = |acts: Vec<Act>| acts.into_iter().map(Act::run).collect::<Vec<_>>();
        let running: Vec<_> = writers.into_iter().map(|acts| scope.spawn(move || run(acts))).collect();
        let done = running.into_iter().map(thread::ScopedJoinHandle::join).collect::<Vec<_>>();
        ended.store(true, Ordering::SeqCst);
        done.into_iter().flat_map(Result::unwrap).collect()
    })
}

fn writers(env: &TestEnv, ids: &[String], few: (usize, usize), chance: &mut Chance) -> Vec<Vec<Act>> {
    let (writers, writes) = size(few);
    let mut acts = |writer| (0..writes).map(|nth| act(env, ids, writer, nth, chance)).collect();
    (0..writers).map(&mut acts).collect()
}

/// What was acknowledged is there once, and what was refused is nowhere.
#[expect(clippy::print_stdout, reason = "the figures")]
fn check_recorded(env: &TestEnv, folder: &Path, done: &[Done]) {
    let files = env.git_in(folder, ["grep", "-h", "", "main", "--", "incidents"]);
    let names = env.git_in(folder, ["ls-tree", "-r", "--name-only", "main"]);
    let history = env.git_in(folder, ["log", "--format=%B", "main"]);
    let times = |texts: &[&str], words: &str| {
        texts.iter().flat_map(|text| text.lines()).filter(|line| line.contains(words)).count()
    };
    for Done { output, .. } in done {
        assert_ne!(output.status.code(), Some(101), "{}", String::from_utf8_lossy(&output.stderr));
    }
    for done in done {
        let found = (times(&[&history], &done.act.in_history), times(&[&files, &names], &done.act.in_file));
        let expected = if done.is_acknowledged() { (1, 1) } else { (0, 0) };
        assert_eq!(found, expected, "{:?}: {}", done.act.command, done.stderr());
    }
    let acknowledged = done.iter().filter(|done| done.is_acknowledged()).count();
    let refused = done.iter().filter(|done| !done.output.status.success()).count();
    println!("{} acts: {acknowledged} recorded, {refused} refused", done.len());
}

/// A person's own commits with plain git, each tried again while another command of git's is at work.
fn commit_own_files(env: &TestEnv, folder: &Path, number: usize) -> Vec<[Command; 2]> {
    fs::create_dir_all(folder.join("own")).unwrap();
    let commands = (0..number).map(|nth| {
        let name = format!("own/{nth}.txt");
        fs::write(folder.join(&name), format!("{nth}\n")).unwrap();
        let (mut add, mut commit) = (env.program("git", folder), env.program("git", folder));
        add.args(["add", &name]);
        commit.args(["commit", "-qm", &format!("Own file {nth}.")]);
        [add, commit]
    });
    commands.collect()
}

/// Tries again as long as git says that another command is at work; `excuses` are words with which it may give up.
fn until_it_ends(command: &mut Command, excuses: &[&str]) {
    loop {
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        let says = |signs: &[&str]| signs.iter().any(|sign| said.contains(sign));
        if output.status.success() || says(excuses) {
            return;
        }
        assert!(says(&["index.lock", "cannot lock ref", "index file open failed"]), "{said}");
    }
}

#[test]
fn nothing_is_lost_among_many_writers() {
    for seed in seeds(1) {
        let env = TestEnv::new();
        let ids = [env.declare("Checkout fails"), env.declare("Cards are refused")];
        let acts = writers(&env, &ids, (4, 5), &mut Chance::new(seed));
        let own = commit_own_files(&env, &env.store, acts.iter().map(Vec::len).sum::<usize>() / 4);
        let number = own.len();
        let own = std::sync::Mutex::new(own);
        let commit_own =
            |_: &AtomicBool| own.lock().unwrap().iter_mut().flatten().for_each(|git| until_it_ends(git, &[]));
        let (lock, store) = (env.store.join(".git/index.lock"), env.store.clone());
        let program = || {
            let mut git = Command::new("git");
            git.arg("-C").arg(&store).args(["log", "--oneline"]).output().unwrap()
        };
        let hold_lock = |ended: &AtomicBool| {
            while !ended.load(Ordering::SeqCst) {
                let held = OpenOptions::new().write(true).create_new(true).open(&lock).is_ok();
                (0..3).for_each(|_| drop(program()));
                if held {
                    fs::remove_file(&lock).unwrap();
                }
                (0..3).for_each(|_| drop(program()));
            }
        };
        let done = race(acts, &[&commit_own, &hold_lock]);
        check_recorded(&env, &env.store, &done);
        // The last step of a checklist may have been ticked by another; nobody is refused for having come too late.
        let is_refused =
            |done: &&Done| !done.output.status.success() && !done.stderr().contains("there is no step");
        if let Some(done) = done.iter().find(is_refused) {
            panic!("{:?}: {}", done.act.command, done.stderr());
        }
        let own = env.git(["log", "--format=%s", "--grep", "^Own file", "main"]);
        assert_eq!(own.lines().count(), number);
        assert_eq!(env.git(["ls-tree", "-r", "--name-only", "main", "own/"]).lines().count(), number);
        assert_eq!(env.git(["rev-list", "--merges", "main"]), "", "the branch is linear");
        assert_eq!(env.status_porcelain(), "");
        env.run(["check"]).succeeds();
    }
}

/// Adds a line to the file as a shell does. It is there when this returns: where the file was replaced in between, the
/// line is added again, as somebody does who looks.
fn add_line(env: &Command, path: &Path, line: &str) {
    let in_history = || {
        let mut git = Command::new("git");
        git.envs(env.get_envs().filter_map(|(name, value)| Some((name, value?))));
        git.current_dir(env.get_current_dir().unwrap()).args(["grep", "-qF", line, "main"]);
        git.status().unwrap().success()
    };
    while !fs::read_to_string(path).unwrap_or_default().contains(line) && !in_history() {
        match OpenOptions::new().append(true).open(path) {
            Ok(mut file) => file.write_all(format!("\n{line}\n").as_bytes()).unwrap(),
            // Where names cannot change places, the old file is gone for a moment.
            Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::NotFound, "{error}"),
        }
    }
}

#[test]
fn what_is_typed_into_a_file_meanwhile_is_not_lost() {
    for seed in seeds(1) {
        let env = TestEnv::new();
        let ids = [env.declare("Checkout fails")];
        let path = env.path_of("checkout");
        let acts = |writer: usize, number: usize| -> Vec<Act> {
            let words = (0..number).map(|nth| format!("s{seed}w{writer}n{nth}."));
            words.map(|words| Act::note(env.incident(["note", &words, "-i", &ids[0]]), &words)).collect()
        };
        let (writers, writes) = size((2, 4));
        let acts: Vec<_> = (0..writers).map(|writer| acts(writer, writes)).collect();
        let git = env.program("git", &env.store);
        let lines: Vec<String> = (0..writes).map(|nth| format!("Typed by hand {nth}.")).collect();
        let commands: Vec<_> = lines
            .iter()
            .map(|line| {
                let (mut add, mut commit) = (env.program("git", &env.store), env.program("git", &env.store));
                add.args(["add", &path]);
                commit.args(["commit", "-qm", line, "--", &path]);
                [add, commit]
            })
            .collect();
        let commands = std::sync::Mutex::new(commands);
        let (full, lines_typed) = (env.store.join(&path), &lines);
        let type_lines = |_: &AtomicBool| {
            for (nth, line) in lines_typed.iter().enumerate() {
                add_line(&git, &full, line);
                if nth % 2 == 0 {
                    // The program may have been quicker, with this or with another change: then there is nothing to do.
                    let excuses = ["nothing to commit", "no changes added", "nothing added"];
                    let commands = &mut commands.lock().unwrap()[nth];
                    commands.iter_mut().for_each(|command| until_it_ends(command, &excuses));
                }
            }
        };
        let done = race(acts, &[&type_lines]);
        env.run(["note", "The last one"]).succeeds();
        // A commit by hand of a file that had not got the newest entry yet takes that out: it is found, and put back.
        env.run(["check", "--fix"]).succeeds();
        check_recorded(&env, &env.store, &done);
        let text = env.read(&path);
        for line in &lines {
            assert_eq!(text.matches(line.as_str()).count(), 1, "{line}\n{text}");
        }
        assert_eq!(env.status_porcelain(), "");
        env.run(["check"]).succeeds();
    }
}

#[test]
fn syncs_and_writes_in_one_clone_wait_for_each_other() {
    for seed in seeds(1) {
        let team = Team::new(&["aoi", "ben"]);
        let ids = [team.declare("aoi", "Checkout fails")];
        team.sync("aoi");
        team.sync("ben");
        let (writers, writes) = size((1, 4));
        let mut acts = Vec::new();
        for who in ["aoi", "ben"] {
            for writer in 0..writers {
                let words = (0..writes).map(|nth| format!("s{seed}{who}{writer}n{nth}."));
                let note = |words: String| {
                    let mut command = team.env.incident(["note", &words, "-i", &ids[0]]);
                    command.current_dir(team.folder(who));
                    Act::note(command, &words)
                };
                acts.push(words.map(note).collect::<Vec<_>>());
            }
        }
        let syncs = |who: &str| -> Vec<Command> {
            let sync = |_| {
                let mut command = team.env.incident(["sync"]);
                command.current_dir(team.folder(who));
                command
            };
            (0..writes).map(sync).collect()
        };
        let syncs = ["aoi", "ben", "ben"].map(syncs).map(std::sync::Mutex::new);
        let again = |which: usize| {
            let syncs = &syncs;
            move |_: &AtomicBool| {
                for sync in &mut *syncs[which].lock().unwrap() {
                    let output = sync.output().unwrap();
                    let said = String::from_utf8_lossy(&output.stderr).into_owned();
                    // It may give up: where a lock is held for too long, or the branch there does not stand still.
                    let code = output.status.code().unwrap();
                    assert!([0, 6, 8].contains(&code), "{code}: {said}");
                    assert_eq!(code != 0, said.contains("error:"), "{said}");
                }
            }
        };
        let (one, two, three) = (again(0), again(1), again(2));
        let done = race(acts, &[&one, &two, &three]);
        for who in ["aoi", "ben", "aoi"] {
            team.sync(who);
        }
        assert_eq!(team.tree("aoi"), team.tree("ben"));
        for who in ["aoi", "ben"] {
            check_recorded(&team.env, &team.folder(who), &done);
            assert_eq!(team.status(who), "");
            team.sound(who);
        }
        let refused: Vec<String> =
            done.iter().filter(|done| !done.is_acknowledged()).map(Done::stderr).collect();
        assert!(refused.is_empty(), "{}", refused.join("\n"));
    }
}
