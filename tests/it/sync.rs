//! `incident sync`: what comes in, what goes out, what stays as it is, and each way to fail.

use serde_json::json;
use snapbox::str;

use crate::environment::same;
use crate::team::Team;

#[test]
fn two_people_meet_in_one_record() {
    let team = Team::new(&["aoi", "ben"]);
    let id = team.declare("aoi", "Checkout fails");
    team.sync("aoi").shows(str![[r#"
--- stderr
✔ Shared (origin/main, 02:56).

"#]]);
    team.sync("ben").shows(str![[r#"
--- stderr
git merges incident files by their structure now (merge.incident in this clone's configuration).
✔ Received 1 change from origin/main.

"#]]);
    team.run("aoi", ["status", "fixing", "-m", "roll back"]).succeeds();
    team.run("aoi", ["note", "From Aoi"]).succeeds();
    team.run("ben", ["assign", "commander", "me"]).succeeds();
    team.run("ben", ["note", "From Ben"]).succeeds();
    team.sync("aoi");
    team.run("ben", ["sync", "--dry-run"]).shows(str![[r#"
--- stderr
origin/main: 2 to receive, 2 to send.
incidents/2026/11/20261120-4gv3-checkout-fails.md: both sides changed times.acknowledged; this stands: 2026-11-20T02:58:12+09:00, not 2026-11-20T03:00:12+09:00
Dry run: nothing was written.

"#]]);
    team.sync("ben").shows(str![[r#"
--- stderr
✔ Received 2 changes from origin/main.
incidents/2026/11/20261120-4gv3-checkout-fails.md: both sides changed times.acknowledged; this stands: 2026-11-20T02:58:12+09:00, not 2026-11-20T03:00:12+09:00
✔ Shared (origin/main, 03:04).

"#]]);
    team.sync("ben").shows(str![[r#"
--- stderr
Nothing to exchange: origin/main has the same.

"#]]);
    team.sync("aoi").shows(str![[r#"
--- stderr
✔ Received 3 changes from origin/main.

"#]]);
    assert_eq!(team.head("aoi"), team.head("ben"));
    same(
        &team.run("aoi", ["timeline", &id]).succeeds().stdout,
        str![[r#"
Fri 20 Nov
  02:55  Declared · Aoi Arita
         SEV1 (stated)
  02:58  Triage → Fixing · Aoi Arita
         roll back
  02:59  Note · Aoi Arita
         From Aoi
  03:00  Role Incident commander +Ben · Ben
  03:00  Taken on · Ben
  03:01  Note · Ben
         From Ben

"#]],
    );
    team.run("aoi", ["check"]).shows(str![[r#"
--- stderr
1 incident checked: no errors, no warnings

"#]]);
    same(
        &team.git("ben", &["log", "-1", "--format=%an%n%B%P"]),
        str![[r#"
Ben
Merge remote-tracking branch 'origin/main'

incidents/2026/11/20261120-4gv3-checkout-fails.md: both sides changed times.acknowledged; this stands: 2026-11-20T02:58:12+09:00, not 2026-11-20T03:00:12+09:00
[COMMIT] [COMMIT]

"#]],
    );
    for who in ["aoi", "ben"] {
        assert_eq!(team.status(who), "", "{who}");
        team.sound(who);
    }
}

#[test]
fn staged_and_unsaved_work_stays_as_it_is() {
    let team = Team::new(&["aoi", "ben"]);
    team.declare("aoi", "Checkout fails");
    team.declare("aoi", "Search is slow");
    team.sync("aoi");
    team.sync("ben");
    let (first, second) = (team.path_of("ben", "checkout"), team.path_of("ben", "search"));
    let id = first[18..31].to_owned();
    team.run("aoi", ["note", "-i", &id, "From Aoi"]).succeeds();
    team.sync("aoi");
    team.run("ben", ["note", "-i", &id, "From Ben"]).succeeds();
    team.write("ben", "staged.txt", "staged\n");
    team.git("ben", &["add", "staged.txt"]);
    team.write("ben", "new.txt", "new\n");
    team.replace("ben", "incident.toml", "lang = \"en\"\n", "lang = \"en\" # ours\n");
    team.git("ben", &["add", "incident.toml"]);
    team.replace("ben", "incident.toml", "# ours", "# ours, and more");
    // A hand edit of an incident that the other side has not touched is nobody's business yet.
    team.replace("ben", &second, "## Impact", "## Impact on them");
    let before = team.status("ben");
    team.sync("ben");
    assert_eq!(team.status("ben"), before);
    assert!(team.incident_has("ben", &first, &["From Aoi", "From Ben"]));
    assert_eq!(team.git("ben", &["show", ":incident.toml"]).matches("# ours\n").count(), 1);
    team.sound("ben");
}

#[test]
fn a_hand_edit_that_the_other_side_touches_is_committed_first() {
    let team = Team::new(&["aoi", "ben"]);
    let id = team.declare("aoi", "Checkout fails");
    team.sync("aoi");
    team.sync("ben");
    team.run("aoi", ["note", "-i", &id, "From Aoi"]).succeeds();
    team.sync("aoi");
    let path = team.path_of("ben", "");
    team.replace("ben", &path, "## Impact", "## Impact, by hand");
    team.sync("ben").shows(str![[r#"
--- stderr
✔ Received 1 change from origin/main.
Your edit of incidents/2026/11/20261120-4gv3-checkout-fails.md was recorded first, as a commit of its own.
✔ Shared (origin/main, 03:00).

"#]]);
    assert_eq!(team.status("ben"), "");
    assert!(team.incident_has("ben", &path, &["From Aoi", "## Impact, by hand"]));
}

#[test]
fn a_change_in_the_way_is_named_and_nothing_is_done() {
    let team = Team::new(&["aoi", "ben"]);
    team.write("aoi", "page.txt", "theirs\n");
    team.git("aoi", &["add", "page.txt"]);
    team.git("aoi", &["commit", "--quiet", "-m", "Add a page"]);
    team.sync("aoi");
    team.write("ben", "page.txt", "mine\n");
    let head = team.head("ben");
    team.run("ben", ["sync"]).shows(str![[r#"
--- stderr
git merges incident files by their structure now (merge.incident in this clone's configuration).
error: what comes in would change files in which you have something not committed yet: page.txt
hint: see where it stands: git -C [HOME]/ben status
--- exit 6

"#]]);
    assert_eq!((team.head("ben"), team.read("ben", "page.txt")), (head, "mine\n".to_owned()));
    team.sound("ben");
}

#[test]
fn both_versions_of_the_same_words_are_kept_and_said() {
    let team = Team::new(&["aoi", "ben"]);
    team.declare("aoi", "Checkout fails");
    team.sync("aoi");
    team.sync("ben");
    let path = team.path_of("aoi", "");
    for (who, words) in [("aoi", "Nobody can pay."), ("ben", "Nothing can be bought.")] {
        team.replace(who, &path, "## Impact\n", &format!("## Impact\n\n{words}\n"));
        team.run(who, ["note", &format!("From {who}")]).succeeds();
    }
    team.sync("aoi");
    team.run("ben", ["sync"]).shows(str![[r#"
--- stderr
✔ Received 2 changes from origin/main.
incidents/2026/11/20261120-4gv3-checkout-fails.md: both sides have changed the same words; both stand there now, between <<<<<<< and >>>>>>>. To choose: incident edit 4gv3
✔ Shared (origin/main, 03:01).

"#]]);
    team.run("ben", ["check"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:29:1: error a merge left conflict markers here
--- stderr
1 incident checked: 1 error, no warnings
--- exit 5

"#]]);
    team.run("ben", ["list"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE           LEAD  DECLARED
20261120-4gv3  SEV1   Triage  Checkout fails        02:55
--- stderr
1 incident: 1 live
! incidents/2026/11/20261120-4gv3-checkout-fails.md: a merge left both versions of some words between markers. To choose: incident edit 4gv3

"#]]);
    team.sync("aoi");
    assert_eq!(team.tree("aoi"), team.tree("ben"));
}

#[test]
fn both_versions_of_the_same_words_of_a_review_are_pointed_out() {
    let team = Team::new(&["aoi", "ben"]);
    team.declare("aoi", "Checkout fails");
    team.run("aoi", ["resolve"]).succeeds();
    team.run("aoi", ["postmortem", "--template", "classic"]).succeeds();
    team.write("aoi", "incidents/calls.md", "# Calls\n");
    team.git("aoi", &["add", "incidents"]);
    team.git("aoi", &["commit", "--quiet", "--message", "Calls"]);
    team.sync("aoi");
    team.sync("ben");
    let review = team.path_of("aoi", ".postmortem.md");
    for (who, words) in [("aoi", "The page was short."), ("ben", "The alarm was loud.")] {
        team.replace(who, &review, "## What went well\n", &format!("## What went well\n\n{words}\n"));
        team.write(who, "incidents/calls.md", &format!("# Calls\n\n{words}\n"));
        team.git(who, &["commit", "--quiet", "--all", "--message", "Words"]);
    }
    team.sync("aoi");
    team.run("ben", ["sync"]).shows(str![[r#"
--- stderr
✔ Received 1 change from origin/main.
incidents/2026/11/20261120-4gv3-checkout-fails.postmortem.md: both sides have changed the same words; both stand there now, between <<<<<<< and >>>>>>>. To choose: incident edit 4gv3 --postmortem
incidents/calls.md: both sides have changed the same words; both stand there now, between <<<<<<< and >>>>>>>. Choose with any editor, and commit.
✔ Shared (origin/main, 03:01).

"#]]);
    team.run("ben", ["check"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.postmortem.md:76:1: error a merge left conflict markers here
incidents/calls.md:2:1: error a merge left conflict markers here
--- stderr
1 incident checked: 2 errors, no warnings
--- exit 5

"#]]);
    team.run("ben", ["list"]).shows(str![[r#"
ID             LEVEL  STATUS     TITLE           LEAD  DECLARED
20261120-4gv3  SEV1   Reviewing  Checkout fails        02:55
--- stderr
1 incident: 1 in review
! incidents/2026/11/20261120-4gv3-checkout-fails.postmortem.md: a merge left both versions of some words between markers. To choose: incident edit 4gv3 --postmortem
! incidents/calls.md: a merge left both versions of some words between markers. Choose with any editor, and commit.

"#]]);
    team.run("ben", ["check", &review]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.postmortem.md:76:1: error a merge left conflict markers here
--- stderr
0 incidents checked: 1 error, no warnings
--- exit 5

"#]]);
}

#[test]
fn a_removed_file_that_the_other_side_has_changed_stays() {
    let team = Team::new(&["aoi", "ben"]);
    let id = team.declare("aoi", "Checkout fails");
    team.sync("aoi");
    team.sync("ben");
    team.run("aoi", ["note", "-i", &id, "From Aoi"]).succeeds();
    team.sync("aoi");
    let path = team.path_of("ben", "");
    team.git("ben", &["rm", "--quiet", &path]);
    team.git("ben", &["commit", "--quiet", "-m", "Remove it"]);
    team.run("ben", ["sync"]).shows(str![[r#"
--- stderr
✔ Received 1 change from origin/main.
incidents/2026/11/20261120-4gv3-checkout-fails.md: one side removed the file, the other changed it; it stays
✔ Shared (origin/main, 03:00).

"#]]);
    assert!(team.incident_has("ben", &path, &["From Aoi"]));
}

#[test]
fn conflicts_of_other_files_are_left_to_git() {
    let team = Team::new(&["aoi", "ben"]);
    for who in ["aoi", "ben"] {
        team.write(who, "page.txt", &format!("{who}\n"));
        team.git(who, &["add", "page.txt"]);
        team.git(who, &["commit", "--quiet", "-m", "Add a page"]);
    }
    team.sync("aoi");
    let head = team.head("ben");
    team.run("ben", ["sync"]).shows(str![[r#"
--- stderr
git merges incident files by their structure now (merge.incident in this clone's configuration).
error: both sides have changed the same lines of files that are not incidents: page.txt
hint: git -C [HOME]/ben pull --no-rebase origin main
--- exit 8

"#]]);
    assert_eq!((team.head("ben"), team.status("ben")), (head, String::new()));
}

#[test]
fn where_nothing_can_be_shared_the_way_is_named() {
    let team = Team::new(&["aoi"]);
    team.git("aoi", &["branch", "--unset-upstream"]);
    team.run("aoi", ["sync"]).shows(str![[r#"
--- stderr
error: branch main is not shared with a branch of another repository yet
hint: git -C [HOME]/aoi push --set-upstream origin main
--- exit 8

"#]]);
    team.git("aoi", &["remote", "remove", "origin"]);
    team.run("aoi", ["sync"]).shows(str![[r#"
--- stderr
error: this repository knows no other one to share with
hint: git -C [HOME]/aoi remote add origin URL
--- exit 8

"#]]);
    team.git("aoi", &["checkout", "--quiet", "--detach"]);
    team.run("aoi", ["sync", "--lang", "ja"]).shows(str![[r#"
--- stderr
エラー: 共有する相手のリポジトリが設定されていません
ヒント: git -C [HOME]/aoi remote add origin URL
--- exit 8

"#]]);
}

#[test]
fn what_the_other_end_says_is_told_and_nothing_is_tried_again() {
    let team = Team::new(&["aoi"]);
    team.declare("aoi", "Checkout fails");
    let hub = team.env.home().join("hub.git");
    let hook = hub.join("hooks/pre-receive");
    std::fs::create_dir_all(hook.parent().unwrap()).unwrap();
    let count = hub.join("count");
    let script = format!("#!/bin/sh\necho x >>{}\necho 'main is protected' >&2\nexit 1\n", count.display());
    std::fs::write(&hook, script).unwrap();
    crate::environment::make_executable(&hook);
    team.run("aoi", ["sync"]).shows(str![[r#"
--- stderr
error: origin/main did not take the records, which are safe here:
remote: main is protected
[remote rejected] (pre-receive hook declined)
hint: if the branch is protected, send them to one of their own and open a pull request: git -C [HOME]/aoi push origin HEAD:refs/heads/incidents
--- exit 8

"#]]);
    assert_eq!(std::fs::read_to_string(&count).unwrap(), "x\n", "it is not tried again");
    team.run("aoi", ["list"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE           LEAD  DECLARED
20261120-4gv3  SEV1   Triage  Checkout fails        02:55
--- stderr
1 incident: 1 live
Only on this machine (1 unshared). To share: incident sync

"#]]);
    team.git("aoi", &["remote", "set-url", "origin", "http://127.0.0.1:1/hub.git"]);
    let refused = team.run("aoi", ["sync", "--json"]);
    assert_eq!(refused.json_error()["exit"], json!(8));
    assert!(refused.stderr.contains("cannot reach origin"), "{}", refused.stderr);
    team.git("aoi", &["remote", "set-url", "origin", "../gone.git"]);
    let refused = team.run("aoi", ["sync", "--lang", "ja"]);
    assert!(refused.stderr.contains("リポジトリがありません"), "{}", refused.stderr);
    assert_eq!(refused.code, 8);
}

#[test]
fn a_configuration_that_is_held_does_not_hold_up_the_exchange() {
    let team = Team::new(&["aoi"]);
    team.declare("aoi", "Checkout fails");
    team.git("aoi", &["config", "--remove-section", "merge.incident"]);
    team.write("aoi", ".git/config.lock", "");
    team.run("aoi", ["sync"]).shows(str![[r#"
--- stderr
git itself cannot merge incident files by their structure yet: another program holds its configuration; if none is running any more: rm [HOME]/aoi/.git/config.lock
✔ Shared (origin/main, 02:56).

"#]]);
    std::fs::remove_file(team.folder("aoi").join(".git/config.lock")).unwrap();
    team.run("aoi", ["sync"]).shows(str![[r#"
--- stderr
git merges incident files by their structure now (merge.incident in this clone's configuration).
Nothing to exchange: origin/main has the same.

"#]]);
}

#[test]
fn other_commits_of_a_product_are_not_sent_unasked() {
    let team = Team::new(&["aoi"]);
    let home = team.env.home();
    team.git_in(&home, &["init", "--quiet", "--bare", "shop.git"]);
    team.git_in(&home, &["clone", "--quiet", "shop.git", "shop"]);
    team.write("shop", "app.rs", "fn main() {}\n");
    team.git("shop", &["add", "."]);
    team.git("shop", &["commit", "--quiet", "-m", "Begin"]);
    team.git("shop", &["push", "--quiet", "--set-upstream", "origin", "main"]);
    team.env.run_in(&team.folder("shop"), ["init", "ops"]).succeeds();
    team.write("shop", "app.rs", "fn main() { half() }\n");
    team.git("shop", &["commit", "--quiet", "--all", "-m", "Half of an idea"]);
    let ops = team.folder("shop").join("ops");
    team.env.run_in(&ops, ["sync"]).shows(str![[r#"
--- stderr
error: 1 commit on this branch that is no incident record would be sent, too: Half of an idea
hint: incident sync --all
--- exit 6

"#]]);
    team.env.run_in(&ops, ["sync", "--all"]).shows(str![[r#"
--- stderr
✔ Shared (origin/main, 02:57).

"#]]);
    team.env.run_in(&ops, ["sync", "--json"]).shows(str![[r#"
{
  "schema": 1,
  "kind": "incident.sync",
  "upstream": "origin/main",
  "dry_run": false,
  "received": 0,
  "sent": 0,
  "commit": null,
  "decisions": [],
  "conflicted": [],
  "duplicates": []
}

"#]]);
}

#[test]
fn a_branch_that_is_not_checked_out_is_shared_too() {
    let team = Team::new(&["aoi", "ben"]);
    team.declare("aoi", "Checkout fails");
    team.sync("aoi");
    team.git("ben", &["checkout", "--quiet", "-b", "feature"]);
    team.write("ben", "draft.txt", "draft\n");
    team.declare("ben", "Search is slow");
    let before = team.status("ben");
    team.run("ben", ["sync"]).shows(str![[r#"
--- stderr
git merges incident files by their structure now (merge.incident in this clone's configuration).
✔ Received 1 change from origin/main.
✔ Shared (origin/main, 02:58).

"#]]);
    assert_eq!(team.status("ben"), before);
    team.sync("aoi");
    assert_eq!(team.head("aoi"), team.git("ben", &["rev-parse", "main"]).trim());
    assert_eq!(team.run("aoi", ["list", "--json"]).json()["incidents"].as_array().unwrap().len(), 2);
}

#[test]
fn a_file_may_become_executable_and_a_folder_take_a_files_place() {
    let team = Team::new(&["aoi", "ben"]);
    team.write("aoi", "tool", "#!/bin/sh\n");
    team.write("aoi", "page", "a file\n");
    team.git("aoi", &["add", "."]);
    team.git("aoi", &["commit", "--quiet", "-m", "Add a tool"]);
    team.sync("aoi");
    team.sync("ben");
    team.git("aoi", &["update-index", "--chmod=+x", "tool"]);
    team.git("aoi", &["rm", "--quiet", "page"]);
    team.write("aoi", "page/inner", "a folder\n");
    team.git("aoi", &["add", "page"]);
    team.git("aoi", &["commit", "--quiet", "-m", "Turn both"]);
    team.git("aoi", &["checkout", "--quiet", "."]);
    team.sync("aoi");
    team.sync("ben");
    assert_eq!(
        (team.status("ben"), team.read("ben", "page/inner")),
        (String::new(), "a folder\n".to_owned())
    );
    team.sound("ben");
}

#[test]
fn what_only_git_can_bring_in_is_left_to_it() {
    let team = Team::new(&["aoi", "ben"]);
    std::os::unix::fs::symlink("severity.toml", team.folder("aoi").join("link")).unwrap();
    team.git("aoi", &["add", "link"]);
    team.git("aoi", &["commit", "--quiet", "-m", "Add a link"]);
    team.sync("aoi");
    let refused = team.run("ben", ["sync"]);
    refused.shows(str![[r#"
--- stderr
git merges incident files by their structure now (merge.incident in this clone's configuration).
error: what comes in changes things that only git itself can change here: link
hint: git -C [HOME]/ben merge [COMMIT]
--- exit 6

"#]]);
    team.git("ben", &["merge", "--quiet", "origin/main"]);
    team.sync("ben");
}

#[test]
fn whatever_form_the_index_has() {
    for settings in [&["core.splitIndex=true"][..], &["index.version=4"], &["feature.manyFiles=true"]] {
        let team = Team::new(&["aoi", "ben"]);
        team.declare("aoi", "Checkout fails");
        team.sync("aoi");
        team.sync("ben");
        for setting in settings {
            let (key, value) = setting.split_once('=').unwrap();
            team.git("ben", &["config", key, value]);
        }
        team.git("ben", &["update-index", "--force-write-index"]);
        team.write("ben", "unsaved.txt", "unsaved\n");
        team.git("ben", &["add", "unsaved.txt"]);
        team.run("aoi", ["note", "From Aoi"]).succeeds();
        team.sync("aoi");
        team.run("ben", ["note", "From Ben"]).succeeds();
        team.sync("ben");
        assert_eq!(team.status("ben"), "A  unsaved.txt\n", "{settings:?}");
        assert!(team.incident("ben").contains("From Aoi") && team.incident("ben").contains("From Ben"));
        let path = team.path_of("ben", "");
        team.replace("ben", &path, "## Impact\n", "## Impact\n\nNobody can pay.\n");
        team.git("ben", &["add", &path]);
        team.run("aoi", ["sync"]).succeeds();
        team.run("aoi", ["note", "More"]).succeeds();
        team.sync("aoi");
        team.sync("ben");
        assert_eq!(team.status("ben"), "A  unsaved.txt\n", "{settings:?}");
    }
}

#[test]
fn a_file_that_is_too_large_to_be_written_is_left_to_git() {
    let team = Team::new(&["aoi", "ben"]);
    team.declare("aoi", "Checkout fails");
    team.sync("aoi");
    team.sync("ben");
    team.write("aoi", "video.bin", &"x".repeat(9 << 20));
    team.git("aoi", &["add", "video.bin"]);
    team.git("aoi", &["commit", "--quiet", "-m", "Add a recording"]);
    team.sync("aoi");
    let head = team.head("ben");
    let refused = team.run("ben", ["sync"]);
    assert!(
        refused.code == 6 && refused.stderr.contains("itself can change here: video.bin"),
        "{}",
        refused.stderr
    );
    assert_eq!((team.head("ben"), team.status("ben")), (head, String::new()));
    team.run("ben", ["note", "It goes on"]).succeeds();
    team.git("ben", &["merge", "--quiet", "origin/main"]);
    team.sync("ben");
    team.run("ben", ["note", "And on"]).succeeds();
    assert_eq!(team.status("ben"), "");
}

#[test]
fn an_edit_that_a_hook_refuses_is_not_committed_by_the_way() {
    let team = Team::new(&["aoi", "ben"]);
    team.declare("aoi", "Checkout fails");
    team.sync("aoi");
    team.sync("ben");
    team.run("aoi", ["note", "From Aoi"]).succeeds();
    team.sync("aoi");
    let path = team.path_of("ben", "");
    team.replace("ben", &path, "## Impact\n", "## Impact\n\nThe password is hunter2.\n");
    team.write("ben", ".git/hooks/pre-commit", "#!/bin/sh\n! git diff --cached | grep -q hunter2\n");
    crate::environment::make_executable(&team.folder("ben").join(".git/hooks/pre-commit"));
    let head = team.head("ben");
    team.run("ben", ["sync"]).shows(str![[r#"
--- stderr
error: the pre-commit hook refused the commit
hint: to record without the check: --no-verify
--- exit 7

"#]]);
    assert_eq!((team.head("ben"), team.status("ben").as_str()), (head, format!(" M {path}\n").as_str()));
    team.run("ben", ["sync", "--no-verify"]).succeeds();
}

#[test]
fn records_go_out_by_themselves_and_come_together() {
    let team = Team::new(&["aoi", "ben"]);
    team.env.set("INCIDENT_SHARE", "wait");
    team.git("aoi", &["config", "commit.gpgsign", "false"]);
    let id = team.declare("aoi", "Checkout fails");
    let hub =
        |what: &str| team.git_in(&team.env.home().join("hub.git"), &["rev-parse", what]).trim().to_owned();
    assert_eq!(hub("main"), team.head("aoi"));
    team.env.set("INCIDENT_SHARE", "off");
    team.sync("ben");
    team.env.set("INCIDENT_SHARE", "wait");
    team.run("aoi", ["note", "-i", &id, "From Aoi"]).succeeds();
    let head = team.head("ben");
    team.run("ben", ["note", "-i", &id, "From Ben"]).succeeds();
    // Nothing but the note moved the branch here, and the other end has both.
    assert_eq!(team.git("ben", &["rev-parse", "HEAD^"]).trim(), head);
    assert_eq!(hub("main^1"), team.head("ben"));
    assert_eq!(hub("main^2"), team.head("aoi"));
    team.run("ben", ["list"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE           LEAD  DECLARED
20261120-4gv3  SEV1   Triage  Checkout fails        02:55
--- stderr
1 incident: 1 live
origin/main has 2 newer changes. To take them in: incident sync

"#]]);
    team.sync("ben");
    team.sync("aoi");
    assert_eq!(team.tree("aoi"), team.tree("ben"));
    let path = team.path_of("aoi", "");
    assert!(team.incident_has("aoi", &path, &["From Aoi", "From Ben"]));
}

#[test]
fn what_cannot_go_out_is_said_until_it_has() {
    let team = Team::new(&["aoi"]);
    team.env.set("INCIDENT_SHARE", "wait");
    let hub = team.env.home().join("hub.git");
    let away = team.env.home().join("away.git");
    std::fs::rename(&hub, &away).unwrap();
    let id = team.declare("aoi", "Checkout fails");
    team.run("aoi", ["note", "Again"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Note — Again ([COMMIT])
Only on this machine; will be sent when possible (2 unshared). Now: incident sync
Sharing stopped at 02:55: there is no repository at origin ([HOME]/hub.git)

"#]]);
    team.run("aoi", ["list", "--lang", "ja"]).shows(str![[r#"
事案           レベル  状態    件名            指揮  起票
20261120-4gv3  SEV1    確認中  Checkout fails        02:55
--- stderr
1件（対応中1）
まだこのPCにしかありません。つながり次第送ります（未共有 2件）。いま送る: incident sync
02:56 に共有が止まりました: there is no repository at origin ([HOME]/hub.git)

"#]]);
    std::fs::rename(&away, &hub).unwrap();
    team.run("aoi", ["note", "-i", &id, "Back"]).succeeds();
    team.run("aoi", ["list"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE           LEAD  DECLARED
20261120-4gv3  SEV1   Triage  Checkout fails        02:55
--- stderr
1 incident: 1 live

"#]]);
}

#[test]
fn what_has_arrived_is_taken_in_before_more_is_recorded_on_top() {
    let team = Team::new(&["aoi", "ben"]);
    team.env.set("INCIDENT_SHARE", "wait");
    let id = team.declare("aoi", "Checkout fails");
    team.git("ben", &["fetch", "--quiet"]);
    team.run("ben", ["show", &id]).shows(str![[r#"
--- stderr
error: nothing matches “20261120-4gv3”
hint: to see them all: incident list --all
hint: origin/main has 1 newer change. To take them in: incident sync
--- exit 3

"#]]);
    // Unsaved work elsewhere is not in the way.
    team.replace("ben", "incident.toml", "lang = \"en\"", "lang = \"en\" ");
    team.declare("ben", "Search is slow");
    assert_eq!(team.status("ben"), " M incident.toml\n");
    assert_eq!(team.git("ben", &["rev-list", "--merges", "HEAD"]), "", "it came first, then the declaration");
    team.sync("aoi");
    team.run("aoi", ["note", "-i", &id, "One"]).succeeds();
    team.git("ben", &["fetch", "--quiet"]);
    team.run("ben", ["note", "-i", &id, "Two"]).shows(str![[r#"
20261120-4gv3
--- stderr
Received 1 change from origin/main.
✔ Recorded 4gv3 Checkout fails: Note — Two ([COMMIT])

"#]]);
    team.sync("aoi");
    assert_eq!(team.head("aoi"), team.head("ben"));
    assert_eq!(team.git("ben", &["log", "-1", "--format=%s", "HEAD^"]), format!("{id}: Note — One\n"));
}

#[test]
fn what_a_sync_takes_in_is_counted_once() {
    let team = Team::new(&["aoi", "ben"]);
    team.env.set("INCIDENT_SHARE", "wait");
    team.declare("aoi", "Checkout fails");
    team.run("ben", ["sync"]).shows(str![[r#"
--- stderr
git merges incident files by their structure now (merge.incident in this clone's configuration).
✔ Received 1 change from origin/main.

"#]]);
}

#[test]
fn an_upstream_of_another_repository_is_called_so() {
    let team = Team::new(&["aoi"]);
    team.declare("aoi", "Checkout fails");
    team.git("aoi", &["checkout", "--quiet", "--orphan", "other"]);
    team.git("aoi", &["commit", "--quiet", "--message", "Other"]);
    team.git("aoi", &["push", "--quiet", "--force", "origin", "other:main"]);
    team.git("aoi", &["checkout", "--quiet", "main"]);
    team.git("aoi", &["fetch", "--quiet"]);
    team.run("aoi", ["list"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE           LEAD  DECLARED
20261120-4gv3  SEV1   Triage  Checkout fails        02:55
--- stderr
1 incident: 1 live
origin/main and the branch here have no commit in common, so nothing can be shared: it is another repository. To name the right branch: git branch --set-upstream-to REMOTE/BRANCH

"#]]);
    let written = team.run("aoi", ["note", "Still alone"]);
    assert!(written.stderr.contains("no commit in common"), "{}", written.stderr);
    assert!(!written.stderr.contains("To share"), "{}", written.stderr);
}

#[test]
fn who_sends_again_what_was_rewritten_or_deleted_there_is_told() {
    let team = Team::new(&["aoi", "ben"]);
    team.declare("aoi", "Checkout fails");
    team.run("aoi", ["note", "To be forgotten"]).succeeds();
    team.sync("aoi");
    team.sync("ben");
    team.git("aoi", &["reset", "--quiet", "--hard", "HEAD~1"]);
    team.git("aoi", &["push", "--quiet", "--force"]);
    team.run("ben", ["sync"]).shows(str![[r#"
--- stderr
origin/main was rewritten: it no longer has commits that it had. Those that are here go back with the records.
✔ Shared (origin/main, 02:59).

"#]]);
    team.git_in(&team.env.home().join("hub.git"), &["update-ref", "-d", "refs/heads/main"]);
    team.run("ben", ["sync"]).shows(str![[r#"
--- stderr
origin/main is no longer there. It is made anew from what is here.
✔ Shared (origin/main, 03:00).

"#]]);
    team.sync("ben");
}

#[test]
fn a_hook_that_keeps_the_records_back_is_named() {
    let team = Team::new(&["aoi"]);
    team.declare("aoi", "Checkout fails");
    let hook = |script: &str| {
        team.write("aoi", ".git/hooks/pre-push", script);
        crate::environment::make_executable(&team.folder("aoi").join(".git/hooks/pre-push"));
    };
    hook("#!/bin/sh\necho not on a Friday >&2; exit 1\n");
    team.run("aoi", ["sync"]).shows(str![[r#"
--- stderr
error: the pre-push hook kept the records back from origin/main; they are safe here
not on a Friday
hint: to send them without the check: git -C [HOME]/aoi push --no-verify origin main
--- exit 7

"#]]);
    hook("#!/bin/sh\nexit 1\n");
    team.run("aoi", ["sync"]).shows(str![[r#"
--- stderr
error: the pre-push hook kept the records back from origin/main; they are safe here
hint: to send them without the check: git -C [HOME]/aoi push --no-verify origin main
--- exit 7

"#]]);
}
