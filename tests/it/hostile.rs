//! Files and words that mean harm, and machines that cannot write: a clear error or an inert rendering, and nothing changed.

#![allow(clippy::print_stdout, reason = "a test that cannot be made here says so")]

use std::fs;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::PathBuf;

use snapbox::str;

use crate::environment::{TestEnv, same};

const HOSTILE: &str =
    "\u{1b}[31mred\u{7}\u{202e}evil\u{2066} <script>alert(1)</script> | `x` <!-- incident:timeline -->";

#[test]
fn a_hostile_title_is_cleaned_when_it_is_declared() {
    let env = TestEnv::new();
    env.run(["new", &format!("{HOSTILE}\nsecond line\r\nthird"), "--severity=SEV3", "-q"]).shows(str![[r#"
20261120-4gv3

"#]]);
    same(
        &env.incident_file(),
        str![[r#"
---
schema: 1
id: 20261120-4gv3
title: redevil <script>alert(1)</script> | `x` <!-- incident:timeline --> second line third

kind: null
severity: SEV3
mode: real
status: triage
detected_by: null
reporter: aoi

roles: {}

times:
  declared: 2026-11-20T02:55:12+09:00

products: []
---

# redevil \<script>alert(1)\</script> | `x` \<!-- incident:timeline --> second line third

## In one sentence

<!-- What happened to customers or staff, in one sentence. It can wait. -->

## Impact

<!-- Who, what, from when to when, how many. Say “provisional” until it is confirmed, then name the source. -->

## Actions <!-- incident:actions -->

## Timeline <!-- incident:timeline +09:00 -->

- 2026-11-20 02:55 · Declared · Aoi Arita — SEV3 (stated)

## Links <!-- incident:links -->

"#]],
    );
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T02:55:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T02:55:12+09:00

20261120-4gv3: declared, redevil <script>alert(1)</script> | `x` <!-- incident:timeline --> second line third (SEV3)

Incident: 20261120-4gv3
Incident-Event: milestone {"milestone":"declared","who":"Aoi Arita","text":"SEV3 (stated)"}
Incident-At: 2026-11-20T02:55:12+09:00
Incident-Recorded: 2026-11-20T02:55:12+09:00


A	incidents/2026/11/20261120-4gv3-redevil-script-alert-1-script-x-incident-timeline.md

"#]],
    );
    env.run(["check"]).shows(str![[r#"
--- stderr
1 incident checked: no errors, no warnings

"#]]);
    env.run(["note", "x"]).succeeds();
    env.run(["postmortem", "-q"]).succeeds();
    env.run(["postmortem"]).succeeds();
}

#[test]
fn hostile_words_of_a_file_are_shown_inert() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let path = env.path_of("");
    env.replace(&path, "title: Checkout fails", "title: \"\\e[31mred\\a\u{202e}evil\\nline\"");
    env.replace(&path, "## Impact\n", &format!("## Impact \u{1b}[2J\n\n{HOSTILE}\n"));
    let entry = format!("- 2026-11-20 03:00 · Note · Mio\u{1b}[31m — {HOSTILE}\n\n## Links");
    env.replace(&path, "\n## Links", &entry);
    env.git(["add", "--all"]);
    env.git(["commit", "--quiet", "-m", "A pull request"]);
    for args in [&["list"][..], &["show"], &["timeline"], &["check"], &["--color=never", "list"]] {
        let ran = env.run(args.iter().copied());
        for text in [&ran.stdout, &ran.stderr] {
            let inert = |c: char| c == '\n' || !(c.is_control() || "\u{202e}\u{2066}".contains(c));
            assert!(text.chars().all(inert), "{args:?}: {text:?}");
        }
    }
    env.run(["list"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE                                 LEAD  DECLARED
20261120-4gv3  SEV1   Triage  \u{1b}[31mred\u{7}\u{202e}evil\nline        02:55
--- stderr
1 incident: 1 live

"#]]);
    env.run(["timeline"]).shows(str![[r#"
Fri 20 Nov
  02:55  Declared · Aoi Arita
         SEV1 (stated)
  02:56  Title: Checkout fails → \u{1b}[31mred\u{7}\u{202e}evil\nline
         Aoi Arita · by hand
  03:00  Note · Mio\u{1b}[31m · recorded 02:56 · by hand
         \u{1b}[31mred\u{7}\u{202e}evil\u{2066} <script>alert(1)</script> | `x`
         <!-- incident:timeline -->

"#]]);
    env.run(["note", "still works"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 \u{1b}[31mred\u{7}\u{202e}evil\nline: Note — still works ([COMMIT])

"#]]);
}

#[test]
fn ids_and_paths_do_not_leave_the_store() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    fs::write(env.home().join("secret.md"), "---\nid: 20261120-qrst\ntitle: x\nstatus: triage\n---\n")
        .unwrap();
    let before = env.state();
    env.run(["show", "../secret.md"]).shows(str![[r#"
--- stderr
error: nothing matches “../secret.md”
hint: to see them all: incident list --all
--- exit 3

"#]]);
    env.run(["note", "x", "-i", "../../x"]).shows(str![[r#"
--- stderr
error: nothing matches “../../x”
hint: to see them all: incident list --all
--- exit 3

"#]]);
    env.run(["note", "x", "-i", "/etc/passwd"]).shows(str![[r#"
--- stderr
error: nothing matches “/etc/passwd”
hint: to see them all: incident list --all
--- exit 3

"#]]);
    env.run(["check", "../secret.md"]).shows(str![[r#"
error ../secret.md is no incident file of this store
--- stderr
0 incidents checked: 1 error, no warnings
--- exit 5

"#]]);
    env.run(["postmortem", "../secret"]).shows(str![[r#"
--- stderr
error: nothing matches “../secret”
hint: to see them all: incident list --all
--- exit 3

"#]]);
    assert_eq!(env.state(), before);
}

#[test]
fn a_link_out_of_the_store_is_not_followed() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let secret = env.home().join("secret.md");
    let text = "---\nid: 20261120-qrst\ntitle: secret words\nstatus: triage\n---\n";
    fs::write(&secret, text).unwrap();
    symlink(&secret, env.store.join("incidents/20261120-qrst-link.md")).unwrap();
    env.run(["list"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE           LEAD  DECLARED
20261120-4gv3  SEV1   Triage  Checkout fails        02:55
--- stderr
1 incident: 1 live
! incidents/20261120-qrst-link.md is a symbolic link that does not lead to a file of the store
1 file could not be read. Details: incident check

"#]]);
    env.run(["note", "x", "-i", "20261120-qrst"]).shows(str![[r#"
--- stderr
error: nothing matches “20261120-qrst”
hint: to see them all: incident list --all
--- exit 3

"#]]);
    env.run(["check"]).shows(str![[r#"
error incidents/20261120-qrst-link.md is a symbolic link that does not lead to a file of the store
--- stderr
1 incident checked: 1 error, no warnings
--- exit 5

"#]]);
    assert_eq!(fs::read_to_string(&secret).unwrap(), text);
    fs::remove_file(env.store.join("incidents/20261120-qrst-link.md")).unwrap();
    let folder = env.home().join("elsewhere");
    fs::create_dir(&folder).unwrap();
    fs::rename(env.store.join("incidents/2026"), folder.join("2026")).unwrap();
    symlink(folder.join("2026"), env.store.join("incidents/2026")).unwrap();
    env.run(["list"]).shows(str![[r#"
--- stderr
No incident could be read.
! incidents/2026 is a symbolic link that does not lead to a file of the store
1 file could not be read. Details: incident check

"#]]);
    let ran = env.run(["new", "Search fails", "--severity=SEV3"]);
    ran.shows(str![[r#"
--- stderr
error: incidents/2026/11/20261120-y7xp-search-fails.md is a symbolic link that does not lead to a file of the store
hint: your words are kept; when the way is clear: incident new --resume
--- exit 1

"#]]);
}

#[test]
fn a_huge_file_is_not_read() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let huge = env.store.join("incidents/20261101-gggg-huge.md");
    fs::File::create(&huge).unwrap().set_len(100 << 20).unwrap();
    env.run(["list"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE           LEAD  DECLARED
20261120-4gv3  SEV1   Triage  Checkout fails        02:55
--- stderr
1 incident: 1 live
! incidents/20261101-gggg-huge.md has 100 MiB; more than 8 MiB are not read
1 file could not be read. Details: incident check

"#]]);
    env.run(["show", "20261101-gggg"]).shows(str![[r#"
--- stderr
error: incidents/20261101-gggg-huge.md has 100 MiB; more than 8 MiB are not read
--- exit 1

"#]]);
    env.run(["check"]).shows(str![[r#"
error incidents/20261101-gggg-huge.md has 100 MiB; more than 8 MiB are not read
--- stderr
2 incidents checked: 1 error, no warnings
--- exit 5

"#]]);
    env.run(["note", "still works"]).succeeds();
}

#[test]
fn a_yaml_bomb_is_an_error() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let mut bomb = "---\nid: 20261101-gggg\na0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..9 {
        let below = format!("*a{}, ", level - 1).repeat(9);
        bomb.push_str(&format!("a{level}: &a{level} [{below}]\n"));
    }
    env.write("incidents/20261101-gggg-bomb.md", bomb + "---\n");
    env.run(["check"]).shows(str![[r#"
incidents/20261101-gggg-bomb.md:3:5: error anchors (&) and aliases (*) are not accepted; put a text that begins like this in quotes
incidents/20261101-gggg-bomb.md:4:5: error anchors (&) and aliases (*) are not accepted; put a text that begins like this in quotes
incidents/20261101-gggg-bomb.md:4:10: error anchors (&) and aliases (*) are not accepted; put a text that begins like this in quotes
incidents/20261101-gggg-bomb.md:4:15: error anchors (&) and aliases (*) are not accepted; put a text that begins like this in quotes
incidents/20261101-gggg-bomb.md:4:20: error anchors (&) and aliases (*) are not accepted; put a text that begins like this in quotes
incidents/20261101-gggg-bomb.md:4:25: error anchors (&) and aliases (*) are not accepted; put a text that begins like this in quotes
incidents/20261101-gggg-bomb.md:4:30: error anchors (&) and aliases (*) are not accepted; put a text that begins like this in quotes
incidents/20261101-gggg-bomb.md:4:35: error anchors (&) and aliases (*) are not accepted; put a text that begins like this in quotes
incidents/20261101-gggg-bomb.md:4:40: error anchors (&) and aliases (*) are not accepted; put a text that begins like this in quotes
incidents/20261101-gggg-bomb.md:4:45: error anchors (&) and aliases (*) are not accepted; put a text that begins like this in quotes
incidents/20261101-gggg-bomb.md:4:50: error 71 more faults in this file are not shown
--- stderr
2 incidents checked: 11 errors, no warnings
--- exit 5

"#]]);
    env.run(["list"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE           LEAD  DECLARED
20261120-4gv3  SEV1   Triage  Checkout fails        02:55
--- stderr
1 incident: 1 live
! incidents/20261101-gggg-bomb.md:3:5: anchors (&) and aliases (*) are not accepted; put a text that begins like this in quotes
1 file could not be read. Details: incident check

"#]]);
}

#[test]
fn a_faulty_policy_stops_new_and_hides_nothing() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let policy = env.read("severity.toml");
    env.write("severity.toml", policy.replacen("yes = \"SEV1\"", "yes = \"SEV9\"", 1));
    let before = env.state();
    env.run(["new", "x", "--severity=SEV1"]).shows(str![[r#"
--- stderr
error: severity.toml:133:7: there is no level “SEV9”
hint: did you mean SEV1, SEV2, SEV3?
hint: to see all that is wrong: incident check
hint: what is committed is fine; to go back to that: git -C [HOME]/incidents restore --staged --worktree severity.toml
hint: your words are kept; when the way is clear: incident new --resume
--- exit 5

"#]]);
    env.run(["severity", "SEV2"]).shows(str![[r#"
--- stderr
error: severity.toml:133:7: there is no level “SEV9”
hint: did you mean SEV1, SEV2, SEV3?
hint: to see all that is wrong: incident check
hint: what is committed is fine; to go back to that: git -C [HOME]/incidents restore --staged --worktree severity.toml
--- exit 5

"#]]);
    env.run(["list"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE           LEAD  DECLARED
20261120-4gv3  SEV1   Triage  Checkout fails        02:55
--- stderr
severity.toml cannot be read: the default rules stand in for it. Where it is wrong: incident check
1 incident: 1 live

"#]]);
    assert_eq!(env.state(), before);
    env.run(["note", "Notes need no policy"]).succeeds();
    env.write("severity.toml", policy.clone() + "\n[[level]\n");
    env.run(["--lang=ja", "new", "x", "--severity=SEV1"]).shows(str![[r#"
--- stderr
エラー: severity.toml:335:9: TOML として読めません: unclosed array table, expected `]`
ヒント: 誤りをすべて見る: incident check
ヒント: コミットされている方は正しいので、そちらに戻すには: git -C [HOME]/incidents restore --staged --worktree severity.toml
ヒント: 書いた内容は預かりました。片づいたら: incident new --resume
--- exit 5

"#]]);
    env.write("severity.toml", policy.into_bytes().into_iter().chain([0xff]).collect::<Vec<u8>>());
    env.run(["new", "x", "--severity=SEV1"]).shows(str![[r#"
--- stderr
error: severity.toml:334:1: this is not UTF-8 text
hint: to see all that is wrong: incident check
hint: what is committed is fine; to go back to that: git -C [HOME]/incidents restore --staged --worktree severity.toml
hint: your words are kept; when the way is clear: incident new --resume
--- exit 5

"#]]);
    env.write("severity.toml", "");
    env.run(["new", "x", "--unrated"]).shows(str![[r#"
--- stderr
error: severity.toml:1:1: the policy has no level; it needs at least one [[level]]
hint: to see all that is wrong: incident check
hint: what is committed is fine; to go back to that: git -C [HOME]/incidents restore --staged --worktree severity.toml
hint: your words are kept; when the way is clear: incident new --resume
--- exit 5

"#]]);
}

#[test]
fn without_a_store_the_command_is_shown_that_makes_one() {
    let env = TestEnv::without_store();
    for args in [&["list"][..], &["new", "x"], &["--lang=ja", "note", "x"]] {
        let ran = env.run(args.iter().copied());
        assert_eq!(ran.code, 3);
    }
    env.run(["list"]).shows(str![[r#"
--- stderr
error: there is no store for incidents here
hint: to create one: incident init ~/incidents
hint: to use another: incident -C DIR …, or default = "DIR" in ~/.config/incident/config.toml
--- exit 3

"#]]);
    env.run(["--lang=ja", "new", "x", "--severity=SEV1"]).shows(str![[r#"
--- stderr
エラー: ここにはインシデントの保管場所がありません
ヒント: 作る: incident init ~/incidents
ヒント: 別の場所を使う: incident -C フォルダー …、または ~/.config/incident/config.toml に default = "フォルダー"
--- exit 3

"#]]);
    env.run(["-C", "nowhere", "list"]).shows(str![[r#"
--- stderr
error: there is no store at [HOME]/nowhere
hint: to create it: incident init [HOME]/nowhere
--- exit 3

"#]]);
    env.set("INCIDENT_STORE", "/does/not/exist");
    env.run(["new", "x"]).shows(str![[r#"
--- stderr
error: there is no store at /does/not/exist
hint: to create it: incident init /does/not/exist
--- exit 3

"#]]);
}

#[test]
fn a_folder_without_git_is_no_store() {
    let mut env = TestEnv::without_store();
    env.store.push("plain");
    env.write("severity.toml", "");
    env.run(["list"]).shows(str![[r#"
--- stderr
error: [HOME]/plain is not in a git repository
hint: git init [HOME]/plain
--- exit 7

"#]]);
}

/// Root writes wherever it likes, so a file stands where a folder would have to be, too.
#[test]
fn a_place_that_cannot_be_written_is_an_error() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.write("incidents/2026/12", "a file, not a folder\n");
    env.commit_by_hand("In the way");
    let before = env.state();
    env.wait(60 * 24 * 20);
    env.run(["new", "In December", "--severity=SEV3"]).shows(str![[r#"
--- stderr
error: cannot write to the git repository: D/F conflict when updating tree
hint: your words are kept; when the way is clear: incident new --resume
--- exit 7

"#]]);
    assert_eq!(env.state(), before);
    let folder = env.store.join("incidents/2026/11");
    let open = fs::metadata(&folder).unwrap().permissions();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(folder.join("probe"), "").is_ok() {
        println!("skipped: permissions do not bind this user");
        fs::remove_file(folder.join("probe")).unwrap();
    } else {
        let ran = env.run(["note", "x"]);
        assert_ne!(ran.code, 0, "{}", ran.stderr);
    }
    fs::set_permissions(&folder, open).unwrap();
    assert_eq!(env.state(), before);
}

/// A small disk of its own, until it is dropped.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// None where this user may not mount one.
    fn mount(env: &TestEnv) -> Option<Self> {
        fs::create_dir_all(&env.store).unwrap();
        let mut mount = env.program("mount", &env.home());
        mount.args(["-t", "tmpfs", "-o", "size=3m", "none"]).arg(&env.store);
        mount.output().is_ok_and(|output| output.status.success()).then(|| Self(env.store.clone()))
    }

    /// Leaves so many blocks of 4 KiB.
    fn leave(&self, blocks: u64) {
        let path = self.0.join(".git/filling");
        let mut filling = fs::File::create(&path).unwrap();
        let block = [0; 4096];
        let mut written = 0;
        while filling.write_all(&block).is_ok() {
            written += 1;
        }
        filling.set_len((written - blocks) * 4096).unwrap();
    }

    fn clear(&self) {
        fs::remove_file(self.0.join(".git/filling")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg(&self.0).output();
    }
}

#[test]
fn a_full_disk_leaves_nothing_half_done() {
    let mut env = TestEnv::without_store();
    env.store.push("incidents");
    let Some(disk) = SmallDisk::mount(&env) else {
        println!("skipped: this user cannot mount a small disk");
        return;
    };
    env.run_in(&env.home(), ["init", "incidents"]).succeeds();
    env.declare("Checkout fails");
    let mut refused = 0;
    for blocks in 0..16 {
        let before = (env.head(), env.incident_file());
        disk.leave(blocks);
        let ran = env.run(["note", &format!("With {blocks} blocks left")]);
        disk.clear();
        if ran.code == 0 {
            assert!(env.incident_file().contains(&format!("With {blocks} blocks left")), "{}", ran.stderr);
        } else {
            refused += 1;
            assert!(ran.stderr.contains("No space left"), "{}", ran.stderr);
            assert_eq!((env.head(), env.incident_file()), before, "{}", ran.stderr);
        }
        env.run(["check"]).succeeds();
        assert_eq!(env.status_porcelain(), "", "{}", ran.stderr);
        env.fsck();
    }
    assert!((1..16).contains(&refused), "{refused}");
}

#[test]
fn standard_output_that_is_full_or_gone_is_no_panic() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let mut full = env.incident(["show"]);
    full.stdout(fs::File::options().write(true).open("/dev/full").unwrap());
    let output = full.output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    same(
        &format!("{stderr}{}\n", output.status.code().unwrap()),
        str![[r#"
error: cannot write the output: No space left on device (os error 28)
1

"#]],
    );
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut gone = env.incident(["show"]);
    let output = gone.stdout(writer).output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));
}

/// Only root can give files away.
#[test]
fn a_repository_of_somebody_else_is_not_trusted() {
    let env = TestEnv::new();
    let uid = fs::metadata(&env.store).unwrap().uid();
    if chown(&env.store, Some(uid + 1), None).is_err() {
        println!("skipped: this user cannot give files away");
        return;
    }
    env.run(["list"]).shows(str![[r#"
--- stderr
error: [HOME]/incidents belongs to somebody else, and git does not trust it
hint: git config --global --add safe.directory [HOME]/incidents
--- exit 7

"#]]);
    env.run(["--lang=ja", "new", "x", "--severity=SEV1"]).shows(str![[r#"
--- stderr
エラー: [HOME]/incidents の所有者が別の人のため、gitが信頼していません
ヒント: git config --global --add safe.directory [HOME]/incidents
--- exit 7

"#]]);
    chown(&env.store, Some(uid), None).unwrap();
    env.run(["list"]).succeeds();
}

#[test]
fn an_error_in_json_is_json_whatever_was_typed() {
    let env = TestEnv::new();
    let ran = env.run(["--json", "show", "x\u{202e}y\u{1b}[31m"]);
    let error: serde_json::Value = serde_json::from_str(ran.stderr.trim()).unwrap();
    assert_eq!(error["exit"], 3);
}

#[test]
fn a_faulty_user_configuration_is_not_looked_at_where_a_store_is_near() {
    let env = TestEnv::new();
    let folder = env.home().join(".config/incident");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), "default = \"/a\"\ndefault = \"/b\"\n").unwrap();
    env.declare("Checkout fails");
    env.run(["-C", ".", "note", "one", "-q"]).succeeds();
}
