//! `incident check --fix`: what a rule can mend, and what is said of the rest.

use snapbox::str;

use crate::environment::{TestEnv, same};
use crate::pty::Terminal;
use crate::team::Team;

#[test]
fn a_file_that_was_copied_gets_an_id_of_its_own() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["note", "seen"]).succeeds();
    let path = env.path_of("");
    let text = env.read(&path);
    env.write(
        &path.replace("checkout-fails", "search-is-slow"),
        text.replace("Checkout fails", "Search is slow"),
    );
    env.write(&path.replace("checkout-fails.md", "search-is-slow.postmortem.md"), "# Review\n");
    env.commit_by_hand("Copy one");
    env.run(["check"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-search-is-slow.md:1:1: error the id 20261120-4gv3 also stands in incidents/2026/11/20261120-4gv3-checkout-fails.md
  hint: incident check --fix
--- stderr
2 incidents checked: 1 error, no warnings
--- exit 5

"#]]);
    env.run(["check", "--fix", "--dry-run"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-search-is-slow.md:1:1: error the id 20261120-4gv3 also stands in incidents/2026/11/20261120-4gv3-checkout-fails.md
  hint: incident check --fix
--- stderr
incidents/2026/11/20261120-4gv3-search-is-slow.md: another incident has the id 20261120-4gv3 by right; this one becomes 20261120-z3jt, and is found by the old id as well.
Dry run: nothing was written.
2 incidents checked: 1 error, no warnings
--- exit 5

"#]]);
    assert_eq!(env.commits(), 4);
    env.run(["check", "--fix"]).shows(str![[r#"
--- stderr
✔ incidents/2026/11/20261120-4gv3-search-is-slow.md: another incident has the id 20261120-4gv3 by right; this one becomes 20261120-z3jt, and is found by the old id as well.
2 incidents checked: no errors, no warnings

"#]]);
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T03:00:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T03:00:12+09:00

20261120-z3jt: Set id: 20261120-4gv3 → 20261120-z3jt

Incident: 20261120-z3jt
Incident-Event: set {"key":"id","from":"20261120-4gv3","to":"20261120-z3jt","who":"Aoi Arita"}
Incident-At: 2026-11-20T03:00:12+09:00
Incident-Recorded: 2026-11-20T03:00:12+09:00


R085	incidents/2026/11/20261120-4gv3-search-is-slow.md	incidents/2026/11/20261120-z3jt-search-is-slow.md
R100	incidents/2026/11/20261120-4gv3-search-is-slow.postmortem.md	incidents/2026/11/20261120-z3jt-search-is-slow.postmortem.md

"#]],
    );
    same(
        &env.git(["ls-files", "incidents"]),
        str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md
incidents/2026/11/20261120-z3jt-search-is-slow.md
incidents/2026/11/20261120-z3jt-search-is-slow.postmortem.md
incidents/README.md

"#]],
    );
    env.run(["check", "--fix"]).shows(str![[r#"
--- stderr
Nothing changed: it is so already.
2 incidents checked: no errors, no warnings

"#]]);
    assert_eq!(env.status_porcelain(), "");
    let new = env.path_of("search")[18..31].to_owned();
    same(
        &env.run(["timeline", &new]).stdout,
        str![[r#"
Fri 20 Nov
  02:55  Declared · Aoi Arita · no commit
         SEV1 (stated)
  02:56  Note · Aoi Arita · no commit
         seen
  03:00  id: 20261120-4gv3 → 20261120-z3jt · Aoi Arita

"#]],
    );
}

#[test]
fn two_clones_that_drew_the_same_id_part_alike() {
    let team = Team::new(&["aoi", "ben"]);
    for (who, title) in [("aoi", "Checkout fails"), ("ben", "Search is slow")] {
        let mut command = team.env.incident(["new", title, "--severity", "SEV1"]);
        let output = command.current_dir(team.folder(who)).env("INCIDENT_SEED", "7").output().unwrap();
        assert!(output.status.success());
    }
    team.sync("aoi");
    team.run("ben", ["sync"]).shows(str![[r#"
--- stderr
git merges incident files by their structure now (merge.incident in this clone's configuration).
✔ Received 1 change from origin/main.
✔ Shared (origin/main, 02:58).
20261120-y7xp stands in two files now: incidents/2026/11/20261120-y7xp-checkout-fails.md, incidents/2026/11/20261120-y7xp-search-is-slow.md. To give one of them a new id: incident check --fix

"#]]);
    team.sync("aoi");
    // Both mend it, and find the same.
    team.run("ben", ["check", "--fix"]).shows(str![[r#"
--- stderr
✔ incidents/2026/11/20261120-y7xp-search-is-slow.md: another incident has the id 20261120-y7xp by right; this one becomes 20261120-7p73, and is found by the old id as well.
Only on this machine (1 unshared). To share: incident sync
2 incidents checked: no errors, no warnings

"#]]);
    team.run("aoi", ["check", "--fix"]).succeeds();
    team.sync("ben");
    team.sync("aoi");
    team.sync("ben");
    assert_eq!(team.tree("aoi"), team.tree("ben"));
    team.run("aoi", ["check"]).shows(str![[r#"
--- stderr
2 incidents checked: no errors, no warnings

"#]]);
}

#[test]
fn a_name_that_says_another_id_follows_the_id() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let path = env.path_of("");
    env.git(["mv", &path, &path.replace("4gv3", "zzzz")]);
    env.commit_by_hand("Rename it");
    env.run(["check", "--fix"]).shows(str![[r#"
--- stderr
✔ incidents/2026/11/20261120-zzzz-checkout-fails.md: renamed to incidents/2026/11/20261120-4gv3-checkout-fails.md, by the id it has.
1 incident checked: no errors, no warnings

"#]]);
    assert_eq!(env.path_of(""), path);
}

/// A conflict that somebody resolved by throwing one side away.
#[test]
fn a_name_is_not_taken_from_a_file_that_cannot_be_read() {
    let env = TestEnv::new();
    let id = env.declare("Checkout fails");
    let path = env.path_of("");
    let copy = path.replace(&id, "20261120-zzzz");
    env.write(&copy, env.read(&path));
    env.write(&path, "---\nstatus: [broken\n---\nWords of somebody.\n");
    env.commit_by_hand("By hand");
    env.run(["check", "--fix"]);
    assert_eq!(env.git(["show", &format!("HEAD:{path}")]), "---\nstatus: [broken\n---\nWords of somebody.\n");
    assert!(env.store.join(&copy).exists());
}

fn lost() -> TestEnv {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["note", "first"]).succeeds();
    env.run(["note", "second"]).succeeds();
    let path = env.path_of("");
    let text = env.read(&path);
    let kept: String =
        text.lines().filter(|line| !line.contains("first")).map(|line| format!("{line}\n")).collect();
    env.write(&path, kept);
    env.commit_by_hand("Resolve the conflict");
    env
}

#[test]
fn an_entry_that_history_still_has_is_put_back() {
    let env = lost();
    env.run(["check"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:1:1: error “Note — first”, recorded in [COMMIT], was changed or removed in [COMMIT] by Aoi Arita
  hint: incident check --fix
--- stderr
1 incident checked: 1 error, no warnings
--- exit 5

"#]]);
    env.run(["check", "--fix"]).shows(str![[r#"
--- stderr
✔ incidents/2026/11/20261120-4gv3-checkout-fails.md: a recorded entry that was lost is put back: Note — first
1 incident checked: no errors, no warnings

"#]]);
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T03:00:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T03:00:12+09:00

20261120-4gv3: put back a lost entry

Incident: 20261120-4gv3
Incident-Restores: [COMMIT]
Incident-Recorded: 2026-11-20T03:00:12+09:00


M	incidents/2026/11/20261120-4gv3-checkout-fails.md

"#]],
    );
    env.run(["check"]).shows(str![[r#"
--- stderr
1 incident checked: no errors, no warnings

"#]]);
    let timeline = env.run(["timeline"]).succeeds().stdout;
    assert_eq!(timeline.matches("first").count(), 1, "{timeline}");
    // From history alone it is told once, too.
    let history = env.run(["timeline", "--from-history"]).succeeds().stdout;
    assert_eq!(history.matches("first").count(), 1, "{history}");
    env.run(["check", "--fix"]).shows(str![[r#"
--- stderr
Nothing changed: it is so already.
1 incident checked: no errors, no warnings

"#]]);
}

#[test]
fn what_was_lost_is_put_back_once_whoever_looks() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["note", "first"]).succeeds();
    let path = env.path_of("");
    let drop_it = || {
        let text = env.read(&path);
        let kept: String =
            text.lines().filter(|line| !line.contains("first")).map(|line| format!("{line}\n")).collect();
        env.write(&path, kept);
    };
    // Not committed: the file alone lacks it.
    drop_it();
    let before = env.head();
    env.run(["check", "--fix"]).succeeds();
    assert_eq!(
        (env.head(), env.status_porcelain(), env.read(&path).matches("first").count()),
        (before, String::new(), 1)
    );
    // Two at once.
    drop_it();
    env.commit_by_hand("Tidy");
    let both = [env.incident(["check", "--fix"]), env.incident(["check", "--fix"])];
    let running: Vec<_> = both.into_iter().map(|mut command| command.spawn().unwrap()).collect();
    for mut child in running {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(env.read(&path).matches("first").count(), 1);
    env.run(["check"]).succeeds();
}

#[test]
fn on_a_terminal_each_repair_is_asked_for() {
    let env = lost();
    let before = env.state();
    let mut terminal = Terminal::spawn(&env.incident(["check", "--fix"]), 80);
    terminal.expect("n No)");
    terminal.send("n");
    same(
        &terminal.finish().screen.join("\n"),
        str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md: a recorded entry that was los
t is put back: Note — first
Mend it? (y, Enter Yes / n No)                                      No
Left as it was.
incidents/2026/11/20261120-4gv3-checkout-fails.md:1:1: error “Note — first”, rec
orded in [COMMIT], was changed or removed in [COMMIT] by Aoi Arita
  hint: incident check --fix
1 incident checked: 1 error, no warnings
"#]],
    );
    assert_eq!(env.state(), before);
    let mut terminal = Terminal::spawn(&env.incident(["check", "--fix", "--lang=ja"]), 80);
    terminal.expect("いいえ）");
    terminal.send("y");
    same(
        &terminal.finish().screen.join("\n"),
        str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md: 失われた記録 1件を戻します:
メモ — first
直しますか（y, Enter はい / n いいえ）                              はい
✔ incidents/2026/11/20261120-4gv3-checkout-fails.md: 失われた記録 1件を戻します:
メモ — first
1件を調べました。エラー 0件、注意 0件
"#]],
    );
    env.run(["check"]).succeeds();
}

#[test]
fn what_a_badly_resolved_conflict_leaves_is_said() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let path = env.path_of("");
    let text = env.read(&path);
    env.write(&path, text.replace("status: triage\n", "status: triage\nstatus: fixing\n"));
    env.run(["check"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:10:1: error “status” stands here a second time
--- stderr
1 incident checked: 1 error, no warnings
--- exit 5

"#]]);
    env.run(["note", "x"]).shows(str![[r#"
--- stderr
error: no incident is live; name the one you mean
hint: incident list --all
hint: 1 file could not be read: incident check
--- exit 3

"#]]);
    env.write(
        &path,
        text.replace(
            "status: triage\n",
            "<<<<<<< HEAD\nstatus: triage\n=======\nstatus: fixing\n>>>>>>> theirs\n",
        ),
    );
    env.run(["check", "--lang", "ja"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:9:1: エラー マージの衝突の印が残っています
--- stderr
1件を調べました。エラー 1件、注意 0件
--- exit 5

"#]]);
    env.run(["list"]).shows(str![[r#"
--- stderr
No incident could be read.
! incidents/2026/11/20261120-4gv3-checkout-fails.md:9:1: a merge left conflict markers here
1 file could not be read. Details: incident check

"#]]);
    env.run(["check", "--fix"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:9:1: error a merge left conflict markers here
--- stderr
Nothing here can be mended by rule; what is wrong is for you to mend:
1 incident checked: 1 error, no warnings
--- exit 5

"#]]);
    assert!(env.read(&path).contains("<<<<<<<"), "nothing is touched");
}

#[test]
fn what_no_rule_can_mend_is_left_to_people() {
    let env = TestEnv::new();
    let id = env.declare("Checkout fails");
    env.replace(&env.path_of(&id), "## Impact\n", "## Impact\n\n<<<<<<< 1\na\n=======\nb\n>>>>>>> 2\n");
    env.commit_by_hand("Leave the choice open");
    env.run(["check", "--fix"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:29:1: error a merge left conflict markers here
--- stderr
Nothing here can be mended by rule; what is wrong is for you to mend:
1 incident checked: 1 error, no warnings
--- exit 5

"#]]);
}
