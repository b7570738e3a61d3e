//! Acts without a store to come back to: the first one of all, and the merge that git asks for.

use std::fs;

use super::strace::{self, Effect, Point, WRITING};
use super::{chosen, ready};
use crate::chance::Chance;
use crate::environment::TestEnv;
use crate::team::Team;

fn points(counts: &strace::Counts) -> Vec<Point> {
    let mut points = Vec::new();
    for effect in [Effect::Kill, Effect::Once("ENOSPC")] {
        for (call, times) in &counts.own {
            points.extend((1..=*times).map(|nth| Point { call, nth, effect, children: false }));
        }
    }
    points
}

#[test]
fn a_store_that_was_begun_is_finished_by_the_same_command() {
    if !ready() {
        return;
    }
    let env = TestEnv::without_store();
    env.set("INCIDENT_LANG", "en");
    let (folder, log) = (env.home().join("incidents"), env.home().join("log"));
    let beginning = env.moment();
    let (counts, _) = strace::count(&env.incident(["init", "incidents"]), &WRITING, &log);
    let tree = env.git_in(&folder, ["rev-parse", "HEAD^{tree}"]);
    let mut reached = 0;
    for point in chosen(points(&counts), 5, &mut Chance::new(0)) {
        fs::remove_dir_all(&folder).unwrap();
        env.turn_back(beginning);
        let ended = strace::run_at(&env.incident(["init", "incidents"]), &point, &log);
        reached += usize::from(ended.hit);
        let said = format!("{point:?}: {} {}", ended.stdout, ended.stderr);
        assert!(ended.code != Some(0) || folder.join("severity.toml").exists(), "{said}");
        env.turn_back(beginning);
        let mut again = env.run(["init", "incidents"]);
        if again.stderr.contains("hint: if no git command is running any more") {
            // git's configuration has no owner's name in its lock: a person decides, as with git itself.
            fs::remove_file(folder.join(".git/config.lock")).unwrap();
            again = env.run(["init", "incidents"]);
        }
        assert!(
            again.code == 0 || again.stderr.contains("already"),
            "{said}: {}{}",
            again.stdout,
            again.stderr
        );
        assert_eq!(env.git_in(&folder, ["rev-parse", "HEAD^{tree}"]), tree, "{said}");
        env.run(["-C", "incidents", "new", "Checkout fails", "--severity=SEV1"]).succeeds();
        assert_eq!(env.git_in(&folder, ["status", "--porcelain"]), "", "{said}");
        env.git_in(&folder, ["fsck", "--strict", "--no-dangling"]);
    }
    assert!(reached > 0, "no point was reached");
}

/// Two clones of which each has recorded a note: theirs is fetched, and not merged.
fn diverged() -> Team {
    let team = Team::new(&["aoi", "ben"]);
    team.declare("aoi", "Checkout fails");
    team.sync("aoi");
    team.sync("ben");
    team.run("aoi", ["note", "From Aoi"]).succeeds();
    team.run("ben", ["note", "From Ben"]).succeeds();
    team.git("aoi", &["push", "--quiet"]);
    team.git("ben", &["fetch", "--quiet"]);
    team
}

fn has_both(text: &str) -> bool {
    ["From Aoi", "From Ben"].iter().all(|words| text.matches(words).count() == 1)
}

#[test]
fn a_merge_gives_git_one_side_or_both_and_never_half() {
    if !ready() {
        return;
    }
    let team = diverged();
    let home = team.env.home();
    let path = team.path_of("ben", "");
    for (name, version) in [("base", "main~1"), ("ours", "main"), ("theirs", "origin/main")] {
        fs::write(home.join(name), team.git("ben", &["show", &format!("{version}:{path}")])).unwrap();
    }
    let (log, ours) = (home.join("log"), fs::read_to_string(home.join("ours")).unwrap());
    let merge = || {
        let mut command =
            team.env.incident(["merge-driver", "base", "ours", "theirs", "7", "incidents/x.md"]);
        command.current_dir(&home);
        command
    };
    let (counts, ended) = strace::count(&merge(), &WRITING, &log);
    let merged = fs::read_to_string(home.join("ours")).unwrap();
    assert!(ended.code == Some(0) && has_both(&merged), "{merged}");
    for point in chosen(points(&counts), 5, &mut Chance::new(0)) {
        fs::write(home.join("ours"), &ours).unwrap();
        let ended = strace::run_at(&merge(), &point, &log);
        let text = fs::read_to_string(home.join("ours")).unwrap();
        assert!(ended.hit, "{point:?} was not reached");
        let is_whole = text == merged || (text == ours && ended.code != Some(0));
        assert!(is_whole, "{point:?} {:?}: {}{text}", ended.code, ended.stderr);
    }
    under_git(&team, &counts);
}

/// git merges with a driver that dies at one of its calls: what it leaves can be given up, and the merge done again.
fn under_git(team: &Team, counts: &strace::Counts) {
    let program = env!("CARGO_BIN_EXE_incident");
    let driver = |around: &str| format!("{around} '{program}' merge-driver %O %A %B %L %P");
    let merge = |driver: &str| {
        let setting = format!("merge.incident.driver={driver}");
        let mut git = team.env.program("git", &team.folder("ben"));
        git.args(["-c", &setting, "merge", "--quiet", "--no-edit", "origin/main"]).output().unwrap()
    };
    let before = (team.git("ben", &["rev-parse", "main"]), team.incident("ben"));
    let state = || (team.git("ben", &["rev-parse", "main"]), team.incident("ben"));
    let kills = points(counts).into_iter().filter(|point| point.effect == Effect::Kill).collect();
    for point in chosen(kills, 5, &mut Chance::new(0)) {
        let kill = format!("inject={}:signal=SIGKILL:when={}", point.call, point.nth);
        let output = merge(&driver(&format!("strace -qq -o /dev/null -e {kill}")));
        let said = format!("{point:?}: {}", String::from_utf8_lossy(&output.stderr));
        // Killed after its last write, it has done all that git asked for, and git does not look at its end.
        assert!(!output.status.success() || has_both(&team.incident("ben")), "{said}");
        if team.folder("ben").join(".git/MERGE_HEAD").exists() {
            team.git("ben", &["merge", "--abort"]);
        }
        let left = team.status("ben");
        let is_own = |line: &str| line.starts_with("?? .incident-");
        assert!(left.lines().all(is_own), "{said}: {left}");
        assert_eq!(state(), before, "{said}");
    }
    assert!(merge(&driver("")).status.success() && has_both(&team.incident("ben")));
    team.run("ben", ["check"]).succeeds();
}
