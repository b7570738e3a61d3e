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

#[test]
fn plain_text_merge_keeps_prose_and_facts_and_different_incidents_apart() {
    let team = Team::new(&["aoi", "ben"]);
    team.declare("aoi", "Checkout fails");
    team.sync("aoi");
    team.sync("ben");
    // As GitHub's button does it: no driver at all.
    for who in ["aoi", "ben"] {
        team.git(who, &["config", "--remove-section", "merge.incident"]);
        team.git(who, &["config", "merge.incident.driver", "false"]);
    }
    let path = team.path_of("aoi", "");
    team.replace("aoi", &path, "## Impact\n", "## Impact\n\nNobody can pay.\n");
    team.git("aoi", &["commit", "--quiet", "--all", "-m", "Say who is hit"]);
    team.git("aoi", &["push", "--quiet"]);
    team.run("ben", ["status", "fixing"]).succeeds();
    team.declare("ben", "Search is slow");
    team.git("ben", &["fetch", "--quiet"]);
    team.git("ben", &["-c", "core.attributesFile=/dev/null", "rm", "--quiet", "--cached", ".gitattributes"]);
    team.git("ben", &["commit", "--quiet", "-m", "Merge as a service does"]);
    std::fs::remove_file(team.folder("ben").join(".gitattributes")).unwrap();
    team.git("ben", &["merge", "--quiet", "origin/main"]);
    let text = team.read("ben", &path);
    assert!(text.contains("Nobody can pay.") && text.contains("status: fixing"), "{text}");
    team.run("ben", ["check"]).succeeds();
}
