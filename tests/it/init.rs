//! `incident init`: a store from nothing, in one command.

use std::fs;

use snapbox::str;

use crate::environment::{TestEnv, same};
use crate::pty::Terminal;

#[test]
fn a_store_is_a_repository_with_two_files() {
    let mut env = TestEnv::without_store();
    env.run(["init", "incidents"]).shows(str![[r#"
[HOME]/incidents
--- stderr
A store is ready at [HOME]/incidents.
Change levels, questions and products in severity.toml, roles and people in incident.toml.
To declare: incident -C [HOME]/incidents new

"#]]);
    env.store.push("incidents");
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T02:54:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T02:54:12+09:00

Set up incident records


A	.gitattributes
A	incident.toml
A	incidents/README.md
A	schemas/incident.json
A	schemas/severity.json
A	severity.toml

"#]],
    );
    assert_eq!(env.status_porcelain(), "");
    same(
        env.read("incident.toml").split("[[status]]").next().unwrap(),
        str![[r##"
#:schema ./schemas/incident.json
# How incidents are run: language, statuses, roles, checklists and people.
# Every part is optional; what is left out is as in the default preset. Check changes with `incident check`.

lang = "en"
zone = "Asia/Tokyo"
branch = "main"

# Advice when closing: first the review, where the level asks for one (plan, actions_done or nothing in its place).
close_when = "reviewed"

# The usual order; teams skip and go back, which is recorded and never refused.

"##]],
    );
    env.run(["list"]).shows(str![[r#"
--- stderr
No incidents yet. To declare one: incident new

"#]]);
    env.run(["check"]).shows(str![[r#"
--- stderr
0 incidents checked: no errors, no warnings

"#]]);
}

#[test]
fn a_store_in_japanese_with_templates() {
    let mut env = TestEnv::without_store();
    env.run(["init", "incidents", "--lang=ja", "--zone=Asia/Tokyo", "--templates"]).shows(str![[r#"
[HOME]/incidents
--- stderr
保管場所ができました: [HOME]/incidents
レベル・質問・サービスは severity.toml、役割と人は incident.toml で変えられます。
起票する: incident -C [HOME]/incidents new

"#]]);
    env.store.push("incidents");
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T02:54:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T02:54:12+09:00

インシデントの保管場所を作る


A	.gitattributes
A	incident.toml
A	incidents/README.md
A	schemas/incident.json
A	schemas/severity.json
A	severity.toml
A	templates/incident.md
A	templates/postmortem-classic.md
A	templates/postmortem-light.md

"#]],
    );
    env.run(["--lang=ja", "check"]).shows(str![[r#"
--- stderr
0件を調べました。エラー 0件、注意 0件

"#]]);
}

#[test]
fn what_is_there_already_is_kept() {
    let mut env = TestEnv::without_store();
    env.store.push("shop");
    fs::create_dir(&env.store).unwrap();
    env.git(["init", "--quiet"]);
    env.write("README.md", "The shop\n");
    env.commit_by_hand("Begin");
    env.write("incident.toml", "lang = \"en\"\nzone = \"Europe/Berlin\"\n");
    env.write("staged.txt", "not yet\n");
    env.git(["add", "staged.txt"]);
    env.run(["init"]).shows(str![[r#"
[HOME]/shop
--- stderr
A store is ready at [HOME]/shop.
Change levels, questions and products in severity.toml, roles and people in incident.toml.
To declare: incident new

"#]]);
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T02:55:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T02:55:12+09:00

Set up incident records


A	.gitattributes
A	incidents/README.md
A	schemas/incident.json
A	schemas/severity.json
A	severity.toml

"#]],
    );
    same(
        &env.status_porcelain(),
        str![[r#"
A  staged.txt
?? incident.toml

"#]],
    );
    assert_eq!(env.read("incident.toml"), "lang = \"en\"\nzone = \"Europe/Berlin\"\n");
}

#[test]
fn a_second_store_in_the_same_place_is_refused() {
    let env = TestEnv::new();
    let before = env.state();
    env.run(["init"]).shows(str![[r#"
--- stderr
error: there is a store at [HOME]/incidents already
--- exit 6

"#]]);
    env.run(["init", "--preset=none"]).shows(str![[r#"
--- stderr
error: “none” is no value for --preset <NAME>
hint: one of full, sev3, yes-no-5, two-axis, four-step
--- exit 2

"#]]);
    env.run(["init", "--zone=Mars/Olympus", "../other"]).shows(str![[r#"
--- stderr
error: “Mars/Olympus” is no value for --zone <ZONE>: there is no time zone “Mars/Olympus”
hint: use an IANA name, such as Asia/Tokyo or Europe/Berlin
--- exit 2

"#]]);
    assert_eq!(env.state(), before);
    assert!(!env.home().join("other").exists());
}

#[test]
fn a_folder_of_a_repository_can_be_a_store() {
    let mut env = TestEnv::without_store();
    env.store.push("shop");
    fs::create_dir(&env.store).unwrap();
    env.git(["init", "--quiet"]);
    env.write("README.md", "The shop\n");
    env.commit_by_hand("Begin");
    env.run(["init", "ops/incidents", "--json"]).succeeds();
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T02:55:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T02:55:12+09:00

Set up incident records


A	ops/incidents/.gitattributes
A	ops/incidents/incident.toml
A	ops/incidents/incidents/README.md
A	ops/incidents/schemas/incident.json
A	ops/incidents/schemas/severity.json
A	ops/incidents/severity.toml

"#]],
    );
    env.store.push("ops/incidents");
    env.run(["new", "Checkout fails", "--severity=SEV2", "--quiet"]).shows(str![[r#"
20261120-4gv3

"#]]);
    assert_eq!(env.status_porcelain(), "");
    assert_eq!(env.path_of(""), "incidents/2026/11/20261120-4gv3-checkout-fails.md");
}

#[test]
fn the_page_for_newcomers_is_in_the_words_of_the_store_and_no_incident() {
    for lang in ["en", "ja"] {
        let env = TestEnv::without_store();
        env.set("INCIDENT_LANG", lang);
        env.run(["init", "."]).succeeds();
        let page = env.read("incidents/README.md");
        let (word, level) =
            if lang == "en" { ("Fixing", "SEV1 (Critical)") } else { ("対処中", "SEV1「緊急」") };
        assert!(page.contains(word) && page.contains(level) && !page.contains("<!-- region"), "{page}");
        let listed = env.run(["list", "--all", "--json"]).json();
        assert_eq!(listed["incidents"].as_array().unwrap().len(), 0);
        let checked = env.run(["check", "--json"]).json();
        assert_eq!((&checked["checked"], checked["findings"].as_array().unwrap().len()), (&0.into(), 0));
    }
}

#[test]
fn a_page_that_was_deleted_by_hand_comes_back() {
    let env = TestEnv::new();
    let page = env.read("incidents/README.md");
    env.remove("incidents/README.md");
    env.run(["init", "--readme"]).shows(str![[r#"
incidents/README.md
--- stderr
incidents/README.md was deleted here, and is back as it was recorded.

"#]]);
    assert_eq!(env.read("incidents/README.md"), page);
    assert_eq!(env.status_porcelain(), "");
    env.replace("severity.toml", "name = { ja = \"緊急\", en = \"Critical\" }", "name = \"Red\"");
    env.commit_by_hand("Call it red");
    env.remove("incidents/README.md");
    env.run(["init", "--readme"]).succeeds();
    assert!(env.read("incidents/README.md").contains("| SEV1 (Red) |"));
    assert_eq!(env.status_porcelain(), "");
}

#[test]
fn a_store_may_be_made_beside_the_one_at_hand() {
    let env = TestEnv::new();
    let beside = env.home().join("beside");
    env.run(["init", "../beside", "-q"]).succeeds();
    assert!(beside.join("severity.toml").is_file());
    fs::remove_dir_all(&beside).unwrap();
    let mut terminal =
        Terminal::spawn(&env.incident(["-C", "../beside", "new", "Checkout fails", "--severity=SEV1"]), 80);
    terminal.expect("no store at");
    terminal.send("y");
    let finished = terminal.finish();
    assert_eq!(finished.code, 0, "{}", finished.output);
    assert_eq!(env.git_in(&beside, ["rev-list", "--count", "main"]).trim(), "2");
    assert_eq!(env.status_porcelain(), "");
}

#[test]
fn a_store_is_made_neither_inside_another_nor_at_a_file() {
    let env = TestEnv::new();
    let before = env.state();
    env.run(["init", "inner"]).shows(str![[r#"
--- stderr
error: this is inside the store at [HOME]/incidents, and commands here use that one
hint: incident new
hint: to create one: incident init ~/incidents
--- exit 6

"#]]);
    env.run(["init", "inner", "--lang=ja"]).shows(str![[r#"
--- stderr
エラー: ここは [HOME]/incidents の保管場所の中です。ここでのコマンドは、その保管場所を使います
ヒント: incident new
ヒント: 作る: incident init ~/incidents
--- exit 6

"#]]);
    assert_eq!(env.state(), before);
    let env = TestEnv::without_store();
    env.write("file", "");
    env.run(["init", "file"]).shows(str![[r#"
--- stderr
error: [HOME]/file is a file, and a store needs a folder
hint: to create one: incident init ~/incidents
--- exit 6

"#]]);
    env.run(["init", "file/below", "--lang=ja"]).shows(str![[r#"
--- stderr
エラー: [HOME]/file はファイルです。保管場所にはフォルダーが要ります
ヒント: 作る: incident init ~/incidents
--- exit 6

"#]]);
}

#[test]
fn a_page_that_is_there_stays_and_a_stale_one_is_said_and_refreshed() {
    let mut env = TestEnv::without_store();
    env.write("mine/incidents/README.md", "# Ours\n");
    env.store.push("mine");
    env.git(["init", "--quiet"]);
    env.commit_by_hand("Begin");
    env.run(["init", "."]).succeeds();
    assert_eq!(env.read("incidents/README.md"), "# Ours\n");
    env.run(["check"]).succeeds();

    let env = TestEnv::new();
    env.run(["init", "--readme"]).shows(str![[r#"
incidents/README.md
--- stderr
Nothing changed: it is so already.

"#]]);
    env.replace("severity.toml", "name = { ja = \"緊急\", en = \"Critical\" }", "name = \"Red | alert\"");
    env.replace("incidents/README.md", "To declare one", "How to declare");
    env.commit_by_hand("Call it red");
    env.run(["check"]).shows(str![[r#"
incidents/README.md:42:1: note this page says something else than severity.toml and incident.toml do
  hint: to bring it up to date: incident init --readme
--- stderr
0 incidents checked: no errors, no warnings

"#]]);
    env.run(["--lang=ja", "check"]).shows(str![[r#"
incidents/README.md:42:1: 参考 このページの内容が、severity.toml や incident.toml と違っています
  ヒント: 新しくするとき: incident init --readme
--- stderr
0件を調べました。エラー 0件、注意 0件

"#]]);
    env.run(["init", "--readme"]).shows(str![[r#"
incidents/README.md
--- stderr
incidents/README.md is up to date with severity.toml and incident.toml.

"#]]);
    let page = env.read("incidents/README.md");
    assert!(page.contains("| SEV1 (Red \\| alert) |") && page.contains("How to declare"), "{page}");
    env.run(["check"]).succeeds();
}

#[test]
fn the_lock_of_a_git_that_was_killed_is_named() {
    let env = TestEnv::without_store();
    fs::create_dir_all(env.home().join("incidents/.git")).unwrap();
    fs::write(env.home().join("incidents/.git/config.lock"), "").unwrap();
    env.run(["init", "incidents"]).shows(str![[r#"
--- stderr
error: “git init --quiet” failed: error: could not lock config file [HOME]/incidents/.git/config: File exists
fatal: could not set 'core.repositoryformatversion' to '0'
hint: if no git command is running any more: rm [HOME]/incidents/.git/config.lock
--- exit 7

"#]]);
    fs::remove_file(env.home().join("incidents/.git/config.lock")).unwrap();
    env.run(["init", "incidents"]).succeeds();
}

#[test]
fn the_folder_at_hand_is_named_without_its_dot() {
    let env = TestEnv::without_store();
    let folder = env.home().join("records");
    fs::create_dir(&folder).unwrap();
    let ran = env.run_in(&folder, ["init", "."]).succeeds();
    assert_eq!(ran.stdout.trim_end(), folder.to_str().unwrap());
}
