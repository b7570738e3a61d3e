//! The merge driver as git runs it: in `merge`, `rebase` and `merge-tree`; and where git has to do without it.

use std::path::Path;

use snapbox::str;

use crate::environment::same;
use crate::team::Team;

/// A team whose git finds the program by its name, as the registered driver does.
fn with_program() -> Team {
    let team = Team::new(&["aoi", "ben"]);
    let program = Path::new(env!("CARGO_BIN_EXE_incident"));
    let path = std::env::var("PATH").unwrap();
    team.env.set("PATH", &format!("{}:{path}", program.parent().unwrap().display()));
    team.declare("aoi", "Checkout fails");
    team.sync("aoi");
    team.sync("ben");
    team
}

/// Both sides record a status at the same place of the file, and a note.
fn diverge(team: &Team) {
    team.run("aoi", ["status", "fixing", "-m", "roll back"]).succeeds();
    team.run("aoi", ["note", "From Aoi"]).succeeds();
    team.git("aoi", &["push", "--quiet"]);
    team.run("ben", ["status", "monitoring", "-m", "it is back"]).succeeds();
    team.run("ben", ["note", "From Ben"]).succeeds();
    team.git("ben", &["fetch", "--quiet"]);
}

/// The entries of the timeline in the file of `ben`.
fn entries(text: &str) -> String {
    text.lines().filter(|line| line.starts_with("- 2026")).map(|line| format!("{line}\n")).collect()
}

#[test]
fn git_merges_by_structure_whichever_way_it_is_asked() {
    let mut merged = Vec::new();
    for command in [&["merge", "--quiet", "origin/main"][..], &["rebase", "--quiet", "origin/main"]] {
        let team = with_program();
        diverge(&team);
        team.git("ben", command);
        assert_eq!(team.status("ben"), "");
        merged.push(team.incident("ben"));
        team.run("ben", ["check"]).succeeds();
        team.sync("ben");
        team.sync("aoi");
        assert_eq!(team.tree("aoi"), team.tree("ben"));
    }
    same(
        &entries(&merged[0]),
        str![[r#"
- 2026-11-20 02:55 · Declared · Aoi Arita — SEV1 (stated)
- 2026-11-20 02:58 · Triage → Fixing · Aoi Arita — roll back
- 2026-11-20 02:59 · Note · Aoi Arita — From Aoi
- 2026-11-20 03:00 · Triage → Monitoring · Ben — it is back
- 2026-11-20 03:01 · Note · Ben — From Ben

"#]],
    );
    assert_eq!(merged[0], merged[1]);
    let team = with_program();
    diverge(&team);
    let tree = team.git("ben", &["merge-tree", "--write-tree", "main", "origin/main"]);
    let path = team.path_of("ben", "");
    assert_eq!(team.git("ben", &["show", &format!("{}:{path}", tree.trim())]), merged[0]);
}

#[test]
fn words_that_both_have_changed_are_a_conflict_for_git() {
    let team = with_program();
    let path = team.path_of("ben", "");
    for (who, words) in [("aoi", "Nobody can pay."), ("ben", "Nothing can be bought.")] {
        team.replace(who, &path, "## Impact\n", &format!("## Impact\n\n{words}\n"));
    }
    diverge(&team);
    let mut command = team.env.program("git", &team.folder("ben"));
    let output = command.args(["merge", "origin/main"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(team.status("ben"), format!("UU {path}\n"));
    let text = team.incident("ben");
    assert!(text.contains("<<<<<<< 1\n"), "{text}");
    assert!(text.contains("status: monitoring\n"), "the facts are merged: {text}");
    assert!(text.contains("From Aoi") && text.contains("From Ben"));
}

/// Each has merged the other's end, and both went on: there are two bases, which git merges first, with the same driver.
#[test]
fn histories_that_cross_are_merged_by_both_their_bases() {
    let team = with_program();
    let path = team.path_of("ben", "");
    for (who, words) in [("aoi", "Nobody can pay."), ("ben", "Nothing can be bought.")] {
        team.replace(who, &path, "## Impact\n", &format!("## Impact\n\n{words}\n"));
    }
    diverge(&team);
    team.git("ben", &["push", "--quiet", "origin", "main:ben"]);
    team.git("aoi", &["fetch", "--quiet"]);
    for (who, other, words) in [("aoi", "origin/ben", "1"), ("ben", "origin/main", "2")] {
        let mut command = team.env.program("git", &team.folder(who));
        assert_eq!(command.args(["merge", other]).output().unwrap().status.code(), Some(1));
        let text = team.incident(who);
        let (before, rest) = text.split_once("<<<<<<< 1\n").unwrap();
        let (_, behind) = rest.split_once(">>>>>>> 2\n").unwrap();
        team.write(who, &path, &format!("{before}Chosen by {who}: {words}.\n{behind}"));
        team.git(who, &["commit", "--quiet", "--all", "--no-edit"]);
        team.run(who, ["note", &format!("After the merge of {who}")]).succeeds();
    }
    team.git("aoi", &["push", "--quiet"]);
    team.git("ben", &["fetch", "--quiet"]);
    assert_eq!(team.git("ben", &["merge-base", "--all", "main", "origin/main"]).lines().count(), 2);
    team.run("ben", ["sync"]).shows(str![[r#"
--- stderr
✔ Received 2 changes from origin/main.
incidents/2026/11/20261120-4gv3-checkout-fails.md: both sides have changed the same words; both stand there now, between <<<<<<< and >>>>>>>. To choose: incident edit 4gv3
✔ Shared (origin/main, 03:04).

"#]]);
    let text = team.incident("ben");
    same(
        &entries(&text),
        str![[r#"
- 2026-11-20 02:55 · Declared · Aoi Arita — SEV1 (stated)
- 2026-11-20 02:58 · Triage → Fixing · Aoi Arita — roll back
- 2026-11-20 02:59 · Note · Aoi Arita — From Aoi
- 2026-11-20 03:00 · Triage → Monitoring · Ben — it is back
- 2026-11-20 03:01 · Note · Ben — From Ben
- 2026-11-20 03:02 · Note · Aoi Arita — After the merge of aoi
- 2026-11-20 03:03 · Note · Ben — After the merge of ben

"#]],
    );
    assert!(
        ["Chosen by aoi: 1.", "Chosen by ben: 2."].iter().all(|words| text.matches(words).count() == 1),
        "{text}"
    );
    team.sync("aoi");
    assert_eq!(team.tree("aoi"), team.tree("ben"));
}

#[test]
fn a_version_that_is_no_incident_file_is_left_to_the_person() {
    let team = with_program();
    let path = team.path_of("ben", "");
    diverge(&team);
    team.git("ben", &["reset", "--quiet", "--hard", "HEAD~1"]);
    team.replace("ben", &path, "status: monitoring", "status: [monitoring");
    team.git("ben", &["commit", "--quiet", "--all", "-m", "Break it"]);
    let mut command = team.env.program("git", &team.folder("ben"));
    let output = command.args(["merge", "origin/main"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let words =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(words.contains("CONFLICT"), "{words}");
    let text = team.incident("ben");
    assert!(text.contains("status: [monitoring") && text.contains("status: fixing"), "{text}");
    team.git("ben", &["merge", "--abort"]);
    team.run("ben", ["sync"]).shows(str![[r#"
--- stderr
error: incidents/2026/11/20261120-4gv3-checkout-fails.md:10:12: this is not valid YAML: illegal placement of ':' indicator
--- exit 5

"#]]);
}

#[test]
fn without_the_program_git_merges_lines_and_marks_what_it_cannot() {
    let team = Team::new(&["aoi", "ben"]);
    team.declare("aoi", "Checkout fails");
    team.sync("aoi");
    team.sync("ben");
    diverge(&team);
    let mut command = team.env.program("git", &team.folder("ben"));
    let output = command.args(["merge", "origin/main"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "nothing is lost without a marker");
    let text = team.incident("ben");
    assert!(text.contains("<<<<<<<") && text.contains("From Aoi") && text.contains("From Ben"), "{text}");
}

/// What a hosting service makes of two branches: its repository has no worktree, and knows no driver of ours. None is a
/// conflict.
fn by_button(team: &Team, [one, other]: [&Act; 2]) -> Option<String> {
    for (who, act) in [("aoi", one), ("ben", other)] {
        team.git(who, &["fetch", "--quiet"]);
        team.git(who, &["reset", "--quiet", "--hard", "origin/main"]);
        act.of(team, who);
        team.git(who, &["push", "--quiet", "--force", "origin", &format!("HEAD:refs/heads/of-{who}")]);
    }
    let hub = team.folder("hub.git");
    let mut command = team.env.program("git", &hub);
    let output = command.args(["merge-tree", "--write-tree", "of-aoi", "of-ben"]).output().unwrap();
    let tree = String::from_utf8(output.stdout).unwrap().lines().next().unwrap().to_owned();
    output.status.success().then_some(tree)
}

/// What one of the two does to the only incident, or beside it.
enum Act {
    Run(&'static [&'static str]),
    /// By hand: these words in the place of those.
    Write(&'static str, &'static str),
}

impl Act {
    fn of(&self, team: &Team, who: &str) {
        match self {
            Self::Run(args) => {
                team.run(who, args.iter().copied()).succeeds();
            }
            Self::Write(old, new) => {
                team.replace(who, &team.path_of(who, "checkout"), old, new);
                team.git(who, &["commit", "--quiet", "--all", "-m", "By hand"]);
            }
        }
    }

    /// Something that only this act leaves in the files.
    fn trace(&self) -> &'static str {
        match self {
            Self::Run(args) => args.last().unwrap(),
            Self::Write(_, new) => new.trim_start_matches("## Impact\n\n"),
        }
    }
}

/// `docs/guide/github.md` has this table for people.
#[test]
fn what_a_service_without_the_program_merges_by_its_button() {
    use Act::{Run, Write};
    let impact = || Write("## Impact\n", "## Impact\n\nNobody can pay.\n");
    let sentence = || Write("# Checkout fails\n", "# Checkout fails\n\nSince noon.\n");
    let (note, other_note) =
        (|| Run(&["note", "-i", "4gv3", "roll back"]), || Run(&["note", "-i", "4gv3", "look at it"]));
    let status = || Run(&["status", "fixing", "-i", "4gv3", "-m", "rolling back"]);
    let severity = || Run(&["severity", "SEV2", "-i", "4gv3", "-m", "one region"]);
    let link = || Run(&["link", "-i", "4gv3", "https://example.org/log"]);
    let one = || Run(&["new", "--severity", "SEV3", "Search is slow"]);
    let two = || Run(&["new", "--severity", "SEV3", "Mails are late"]);
    let title = || Write("title: Checkout fails", "title: Nobody can pay");
    let products = || Write("products: []", "products: [shop]");
    let mode = || Write("mode: real", "mode: drill");
    let level = || Write("severity: SEV1", "severity: SEV3");
    let team = Team::new(&["aoi", "ben"]);
    team.declare("aoi", "Checkout fails");
    team.sync("aoi");
    for (name, acts, clean) in [
        ("prose and a status", [impact(), status()], true),
        ("prose and a level", [impact(), severity()], true),
        ("prose and a note", [impact(), note()], true),
        ("prose in two sections", [impact(), sentence()], true),
        ("two facts of the head apart", [title(), level()], true),
        ("two incidents", [one(), two()], true),
        ("an incident and a note on another", [one(), note()], true),
        ("the same section", [impact(), Write("## Impact\n", "## Impact\n\nNothing sells.\n")], false),
        ("two facts of the head side by side", [mode(), level()], false),
        ("two notes", [note(), other_note()], false),
        ("a status and a note", [status(), note()], false),
        ("a status and a level", [status(), severity()], false),
        ("a link and a note", [link(), note()], false),
        ("the head's end and a status", [products(), status()], true),
    ] {
        let merged = by_button(&team, [&acts[0], &acts[1]]);
        assert_eq!(merged.is_some(), clean, "{name}");
        let Some(tree) = merged else { continue };
        let hub = team.folder("hub.git");
        let commit = ["commit-tree", &tree, "-p", "of-aoi", "-p", "of-ben", "-m", "Merge"];
        let commit = team.git_in(&hub, &commit);
        team.git_in(&hub, &["update-ref", "refs/heads/merged", commit.trim()]);
        team.git("ben", &["fetch", "--quiet"]);
        team.git("ben", &["reset", "--quiet", "--hard", "origin/merged"]);
        let found = team.run("ben", ["check"]);
        assert_eq!(found.code, 0, "{name}: {}", found.stdout);
        for act in &acts {
            team.git("ben", &["grep", "--quiet", "-F", act.trace().trim(), "--", "incidents/2026"]);
        }
    }
}
