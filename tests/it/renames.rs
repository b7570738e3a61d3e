//! Two clones that call one incident's file by different names: it stays one incident.

use snapbox::str;

use crate::environment::same;
use crate::team::Team;

/// Two clones that have one incident with a review.
fn team() -> Team {
    let team = Team::new(&["aoi", "ben"]);
    team.declare("aoi", "Checkout fails");
    team.run("aoi", ["resolve"]).succeeds();
    team.run("aoi", ["postmortem", "4gv3"]).succeeds();
    team.sync("aoi");
    team.sync("ben");
    team
}

/// The incident's file, not its review.
fn page(team: &Team, who: &str) -> String {
    let path = team.path_of(who, ".postmortem.md");
    path.replace(".postmortem.md", ".md")
}

/// Gives the incident's file and its review another name, as somebody does with git.
fn rename(team: &Team, who: &str, name: &str) {
    let old = page(team, who);
    let new = old.replace("checkout-fails", name);
    for suffix in [".md", ".postmortem.md"] {
        team.git(who, &["mv", &old.replace(".md", suffix), &new.replace(".md", suffix)]);
    }
    team.git(who, &["commit", "--quiet", "--all", "-m", "A better name"]);
}

fn files(team: &Team, who: &str) -> String {
    team.git(who, &["ls-files", "incidents/2026"])
}

#[test]
fn what_both_have_moved_gets_one_of_both_names() {
    let team = team();
    rename(&team, "aoi", "nobody-can-pay");
    rename(&team, "ben", "cards-are-refused");
    team.run("aoi", ["note", "From Aoi", "-i", "4gv3"]).succeeds();
    team.run("ben", ["note", "From Ben", "-i", "4gv3"]).succeeds();
    team.sync("aoi");
    team.run("ben", ["sync"]).shows(str![[r#"
--- stderr
✔ Received 2 changes from origin/main.
incidents/2026/11/20261120-4gv3-cards-are-refused.md: the sides called it by different names (incidents/2026/11/20261120-4gv3-checkout-fails.md, incidents/2026/11/20261120-4gv3-nobody-can-pay.md); it has this one now
incidents/2026/11/20261120-4gv3-cards-are-refused.postmortem.md: the sides called it by different names (incidents/2026/11/20261120-4gv3-checkout-fails.postmortem.md, incidents/2026/11/20261120-4gv3-nobody-can-pay.postmortem.md); it has this one now
✔ Shared (origin/main, 03:03).

"#]]);
    same(
        &files(&team, "ben"),
        str![[r#"
incidents/2026/11/20261120-4gv3-cards-are-refused.md
incidents/2026/11/20261120-4gv3-cards-are-refused.postmortem.md

"#]],
    );
    let text = team.read("ben", &page(&team, "ben"));
    assert!(text.contains("From Aoi") && text.contains("From Ben"), "{text}");
    team.sync("aoi");
    assert_eq!((team.tree("aoi"), team.status("ben")), (team.tree("ben"), String::new()));
    team.run("ben", ["check"]).succeeds();
    let timeline = team.run("ben", ["timeline", "4gv3", "--json"]).json();
    let sources: Vec<&str> =
        timeline["events"].as_array().unwrap().iter().filter_map(|event| event["source"].as_str()).collect();
    assert!(sources.iter().all(|source| *source == "tool"), "{sources:?}");
}

#[test]
fn what_one_has_moved_and_the_other_rewritten_stays_one_file() {
    let team = team();
    let path = page(&team, "ben");
    let rewrite = |who: &str| {
        let words: String =
            (0..300).map(|number| format!("\nWhat {who} has found out, part {number}.\n")).collect();
        team.replace(who, &path, if who == "aoi" { "## In one sentence\n" } else { "## Impact\n" }, &words);
    };
    rewrite("aoi");
    rename(&team, "aoi", "nobody-can-pay");
    rewrite("ben");
    team.run("ben", ["note", "From Ben", "-i", "4gv3"]).succeeds();
    team.sync("aoi");
    team.run("ben", ["sync"]).shows(str![[r#"
--- stderr
✔ Received 1 change from origin/main.
incidents/2026/11/20261120-4gv3-nobody-can-pay.md: the sides called it by different names (incidents/2026/11/20261120-4gv3-checkout-fails.md); it has this one now
✔ Shared (origin/main, 03:02).

"#]]);
    same(
        &files(&team, "ben"),
        str![[r#"
incidents/2026/11/20261120-4gv3-nobody-can-pay.md
incidents/2026/11/20261120-4gv3-nobody-can-pay.postmortem.md

"#]],
    );
    let text = team.read("ben", &page(&team, "ben"));
    assert!(text.matches("part 299").count() == 2 && text.contains("From Ben"), "{text}");
    team.sync("aoi");
    assert_eq!(team.tree("aoi"), team.tree("ben"));
    team.run("aoi", ["check"]).succeeds();
}

#[test]
fn what_one_has_removed_is_not_taken_for_moved() {
    let team = team();
    let path = page(&team, "aoi");
    team.git("aoi", &["rm", "--quiet", &path]);
    team.git("aoi", &["commit", "--quiet", "-m", "Gone"]);
    team.run("ben", ["note", "From Ben", "-i", "4gv3"]).succeeds();
    team.sync("aoi");
    let ran = team.sync("ben");
    assert!(
        ran.stderr.contains("one side removed the file, the other changed it; it stays"),
        "{}",
        ran.stderr
    );
    assert!(team.read("ben", &path).contains("From Ben"));
}

/// git takes the new incident of one side for the moved one: it is more like what that was than that is by now.
#[test]
fn what_git_takes_for_moved_gets_no_record_of_another_incident() {
    let prepare = || {
        let team = Team::new(&["aoi", "ben"]);
        team.declare("aoi", "Checkout fails");
        team.sync("aoi");
        team.sync("ben");
        let path = team.path_of("aoi", "");
        let words: String = (0..60).map(|number| format!("\nFound out, part {number}.\n")).collect();
        team.replace("aoi", &path, "## Impact\n", &format!("## Impact\n{words}"));
        team.git("aoi", &["mv", &path, &path.replace("checkout-fails", "nobody-can-pay")]);
        team.git("aoi", &["commit", "--quiet", "--all", "-m", "A better name"]);
        team.declare("aoi", "Search fails");
        team.run("ben", ["note", "From Ben", "-i", "4gv3"]).succeeds();
        team.sync("aoi");
        team
    };
    let team = prepare();
    team.sync("ben");
    let read = |who: &str, part: &str| team.read(who, &team.path_of(who, part));
    assert!(!read("ben", "search-fails").contains("From Ben"));
    assert!(read("ben", "nobody-can-pay").contains("From Ben"));
    team.sync("aoi");
    assert_eq!(team.tree("aoi"), team.tree("ben"));
    team.run("ben", ["check"]).succeeds();

    let team = prepare();
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_incident")).parent().unwrap();
    team.env.set("PATH", &format!("{}:{}", program.display(), std::env::var("PATH").unwrap()));
    team.git("ben", &["fetch", "--quiet"]);
    let output =
        team.env.program("git", &team.folder("ben")).args(["merge", "origin/main"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("the two versions are of different incidents"), "{said}");
}
