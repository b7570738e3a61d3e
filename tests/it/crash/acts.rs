//! Every act that writes, with the store that it is done in.

use std::process::Command;

use crate::environment::{TestEnv, make_executable};
use crate::team::Team;

/// One act: how its store is prepared, and the command line. `{1}` and `{2}` are the ids that `prepare` gives.
pub struct Act {
    pub name: &'static str,
    pub prepare: fn() -> Prepared,
    pub words: &'static [&'static str],
}

pub struct Prepared {
    pub env: TestEnv,
    pub ids: Vec<String>,
}

pub const ACTS: &[Act] = &[
    act("new", live, &["new", "Said-once is slow", "--severity", "SEV2"]),
    act(
        "new with the rest",
        live,
        &["new", "Said-once", "--severity=SEV2", "--started=02:40", "--by=Mio", "-p", "web"],
    ),
    act("note", live, &["note", "-i", "{1}", "Said-once"]),
    act("note with a link", live, &["note", "-i", "{1}", "Said-once https://example.org/d/7"]),
    act("status", live, &["status", "fixing", "-i", "{1}", "-m", "Said-once"]),
    act("mitigate", live, &["mitigate", "{1}", "-m", "Said-once"]),
    act("resolve", live, &["resolve", "{1}", "-m", "Said-once"]),
    act("close", over, &["close", "{1}"]),
    act("reopen", over, &["reopen", "{1}", "-m", "Said-once"]),
    act("severity", live, &["severity", "SEV2", "-i", "{1}", "-m", "Said-once"]),
    act("assign", live, &["assign", "responder", "me", "-i", "{1}"]),
    act("handover", live, &["handover", "mio", "-i", "{1}", "--do-not", "Said-once"]),
    act(
        "handover accepted at once",
        live,
        &["handover", "mio", "--accepted", "-i", "{1}", "--do-not", "Said-once"],
    ),
    act("accept", offered, &["assign", "commander", "me", "-i", "{1}"]),
    act("step", live, &["step", "1", "-i", "{1}", "-m", "Said-once"]),
    act("set", live, &["set", "detected=02:51", "title=Said-once", "-i", "{1}"]),
    act("update", live, &["update", "Said-once", "-i", "{1}", "--next", "20m"]),
    act("link", live, &["link", "https://example.org/d/7", "Said-once", "-i", "{1}"]),
    act("edit", copied, &["edit", "{1}", "--from", "../copy.md"]),
    act("undo", noted, &["undo", "{1}"]),
    act("duplicate", live, &["decline", "{2}", "--duplicate-of", "{1}", "-m", "Said-once"]),
    act("merge into", live, &["decline", "{2}", "--merge-into", "{1}"]),
    act("postmortem", over, &["postmortem", "{1}"]),
    act("check --fix of an id", twice, &["check", "--fix"]),
    act("check --fix of an entry", lost, &["check", "--fix"]),
    act("hand edit", edited, &["note", "-i", "{1}", "Said-once"]),
    act("hand move", moved, &["note", "-i", "{1}", "Said-once"]),
    act("readme", without_readme, &["init", "--readme"]),
    act("another branch", elsewhere, &["note", "-i", "{1}", "Said-once"]),
    act("new on another branch", elsewhere, &["new", "Said-once", "--severity=SEV2"]),
    act("hooks", with_hooks, &["note", "-i", "{1}", "Said-once"]),
    act("new with hooks", with_hooks, &["new", "Said-once", "--severity=SEV2"]),
    act("signing", signing, &["note", "-i", "{1}", "Said-once"]),
    act("the program's index", program_index, &["note", "-i", "{1}", "Said-once"]),
    act("sync receives", behind, &["sync"]),
    act("sync sends", ahead, &["sync"]),
    act("sync merges", diverged, &["sync"]),
];

const fn act(name: &'static str, prepare: fn() -> Prepared, words: &'static [&'static str]) -> Act {
    Act { name, prepare, words }
}

impl Act {
    pub fn command(&self, prepared: &Prepared) -> Command {
        let fill = |word: &&str| {
            let filled = prepared.ids.iter().enumerate();
            filled
                .fold((*word).to_owned(), |word, (index, id)| word.replace(&format!("{{{}}}", index + 1), id))
        };
        let words: Vec<String> = self.words.iter().map(fill).collect();
        prepared.env.incident(words.iter().map(String::as_str))
    }
}

/// Two live incidents, and work of the person that is none of the program's business.
fn live() -> Prepared {
    let env = TestEnv::new();
    let people = "\n[[person]]\nhandle = \"mio\"\nname = \"Mio Mori\"\nemail = \"mio@example.org\"\n";
    env.write("incident.toml", env.read("incident.toml") + people);
    for name in ["staged.txt", "both.txt", "unsaved.txt", "gone.txt"] {
        env.write(name, "committed\n");
    }
    env.commit_by_hand("More");
    let ids = vec![env.declare("Checkout fails"), env.declare("Cards are refused")];
    env.run(["assign", "commander", "me", "-i", &ids[0]]).succeeds();
    env.run(["note", "-i", &ids[1], "Three calls so far"]).succeeds();
    own_work(&env);
    Prepared { env, ids }
}

fn own_work(env: &TestEnv) {
    env.write("staged.txt", "staged\n");
    env.write("both.txt", "staged\n");
    env.write("new.txt", "new\n");
    env.git(["add", "staged.txt", "both.txt", "new.txt"]);
    env.write("both.txt", "unsaved\n");
    env.write("unsaved.txt", "unsaved\n");
    env.remove("gone.txt");
    env.write("untracked.txt", "untracked\n");
}

fn over() -> Prepared {
    let prepared = live();
    prepared.env.run(["resolve", &prepared.ids[0]]).succeeds();
    prepared
}

fn noted() -> Prepared {
    let prepared = live();
    prepared.env.run(["note", "-i", &prepared.ids[0], "Written in error"]).succeeds();
    prepared
}

fn offered() -> Prepared {
    let prepared = live();
    prepared.env.run(["handover", "mio", "-i", &prepared.ids[0], "--do-not", "apply it again"]).succeeds();
    for role in ["AUTHOR", "COMMITTER"] {
        prepared.env.set(&format!("GIT_{role}_NAME"), "Mio Mori");
        prepared.env.set(&format!("GIT_{role}_EMAIL"), "mio@example.org");
    }
    prepared
}

fn copied() -> Prepared {
    let prepared = live();
    let text = prepared.env.read(&prepared.env.path_of("checkout"));
    prepared.env.write("../copy.md", text + "\nSaid-once, in prose.\n");
    prepared
}

/// A file was copied, and has an id that another has by right.
fn twice() -> Prepared {
    let prepared = live();
    let env = &prepared.env;
    let path = env.path_of("checkout");
    let copy = path.replace("checkout-fails", "search-is-slow");
    env.write(&copy, env.read(&path).replace("Checkout fails", "Search is slow"));
    env.write(&copy.replace(".md", ".postmortem.md"), "# Review\n");
    env.git(["add", "incidents"]);
    env.git(["commit", "-qm", "Copy", "--", "incidents"]);
    prepared
}

/// An entry was taken out by hand, and that was committed.
fn lost() -> Prepared {
    let prepared = live();
    let env = &prepared.env;
    env.run(["note", "-i", &prepared.ids[0], "Said-once"]).succeeds();
    env.run(["note", "-i", &prepared.ids[0], "And more"]).succeeds();
    let path = env.path_of("checkout");
    let text = env.read(&path);
    let kept: String =
        text.lines().filter(|line| !line.contains("Said-once")).map(|l| format!("{l}\n")).collect();
    env.write(&path, kept);
    env.git(["commit", "-qm", "Tidy", "--", "incidents"]);
    prepared
}

fn edited() -> Prepared {
    let prepared = live();
    let path = prepared.env.path_of("checkout");
    prepared.env.write(&path, prepared.env.read(&path) + "\nA thought, by hand.\n");
    prepared
}

fn moved() -> Prepared {
    let prepared = live();
    let path = prepared.env.path_of("checkout");
    let to = path.replace("checkout-fails", "checkout-is-broken");
    std::fs::rename(prepared.env.store.join(&path), prepared.env.store.join(to)).unwrap();
    prepared
}

fn without_readme() -> Prepared {
    let prepared = live();
    prepared.env.git(["rm", "-q", "incidents/README.md"]);
    prepared.env.git(["commit", "-qm", "Drop the page", "--", "incidents"]);
    prepared
}

/// A feature branch is checked out, with work on it; incidents go to `main`.
fn elsewhere() -> Prepared {
    let prepared = live();
    let env = &prepared.env;
    env.git(["stash", "-q", "-u"]);
    env.git(["checkout", "-q", "-b", "feature"]);
    env.git(["stash", "pop", "-q", "--index"]);
    prepared
}

fn with_hooks() -> Prepared {
    let prepared = live();
    for (name, lines) in [
        (
            "pre-commit",
            "for f in $(git diff --cached --name-only --diff-filter=d -- incidents); do echo >>$f; echo '<!-- formatted -->' >>$f; git add $f; done",
        ),
        ("prepare-commit-msg", "echo 'Prepared: yes' >>\"$1\""),
        ("commit-msg", "grep -q Prepared \"$1\""),
        ("post-commit", "true"),
    ] {
        let path = format!(".git/hooks/{name}");
        prepared.env.write(&path, format!("#!/bin/sh\n{lines}\n"));
        make_executable(&prepared.env.store.join(&path));
    }
    prepared
}

fn signing() -> Prepared {
    let prepared = live();
    let env = &prepared.env;
    let key = env.home().join("key");
    let made = env
        .program("ssh-keygen", &env.home())
        .args(["-q", "-t", "ed25519", "-N", "", "-f"])
        .arg(&key)
        .status();
    assert!(made.unwrap().success());
    for (name, value) in
        [("commit.gpgsign", "true"), ("gpg.format", "ssh"), ("user.signingkey", key.to_str().unwrap())]
    {
        env.git(["config", name, value]);
    }
    prepared
}

/// The index has what only git's own program writes.
fn program_index() -> Prepared {
    let prepared = live();
    prepared.env.git(["config", "core.untrackedCache", "true"]);
    prepared.env.git(["update-index", "--untracked-cache"]);
    prepared
}

/// Two clones; commands run in the one of Ben, who has work of his own.
fn clones() -> (Team, Vec<String>) {
    let team = Team::new(&["aoi", "ben"]);
    for name in ["staged.txt", "both.txt", "unsaved.txt", "gone.txt"] {
        team.write("aoi", name, "committed\n");
    }
    team.git("aoi", &["add", "--all"]);
    team.git("aoi", &["commit", "-qm", "More"]);
    let ids = vec![team.declare("aoi", "Checkout fails")];
    team.sync("aoi");
    team.sync("ben");
    (team, ids)
}

fn in_bens_clone((team, ids): (Team, Vec<String>)) -> Prepared {
    let folder = team.folder("ben");
    let mut env = team.env;
    env.store = folder;
    own_work(&env);
    Prepared { env, ids }
}

fn behind() -> Prepared {
    let (team, ids) = clones();
    team.run("aoi", ["note", "Said-once"]).succeeds();
    team.declare("aoi", "Search is slow");
    team.sync("aoi");
    in_bens_clone((team, ids))
}

fn ahead() -> Prepared {
    let (team, ids) = clones();
    team.run("ben", ["note", "Said-once"]).succeeds();
    in_bens_clone((team, ids))
}

fn diverged() -> Prepared {
    let (team, ids) = clones();
    team.run("aoi", ["status", "fixing", "-m", "roll back"]).succeeds();
    team.declare("aoi", "Search is slow");
    team.sync("aoi");
    team.run("ben", ["assign", "commander", "me"]).succeeds();
    team.run("ben", ["note", "Said-once"]).succeeds();
    in_bens_clone((team, ids))
}
