//! `incident check`: every fault, all of them in one run.

use snapbox::str;

use crate::environment::TestEnv;

#[test]
fn every_broken_file_is_reported_in_one_run() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.write("incidents/2026/11/20261101-gggg-yaml.md", "---\nid: 20261101-gggg\ntitle: [oops\n---\n");
    env.write("incidents/2026/11/20261102-hhhh-empty.md", "");
    env.write("incidents/2026/11/20261103-jjjj-binary.md", b"---\nid: \xff\xfe\x00\n---\n");
    env.write("incidents/2026/11/20261104-kkkk-no-front-matter.md", "# Just a page\n");
    env.write("incidents/2026/11/20261105-mmmm-no-status.md", "---\nid: 20261105-mmmm\ntitle: x\n---\n");
    env.write("incidents/2026/11/20261106-nnnn-id.md", "---\nid: ../../x\ntitle: x\nstatus: triage\n---\n");
    env.write("incidents/2026/11/20261107-pppp-twice.md", "---\nid: 20261107-pppp\nid: 20261107-pppp\n---\n");
    env.run(["check"]).shows(str![[r#"
incidents/2026/11/20261101-gggg-yaml.md:4:1: error this is not valid YAML: while parsing a flow sequence, expected ',' or ']'
incidents/2026/11/20261102-hhhh-empty.md:1:1: error the file does not begin with a line “---”
incidents/2026/11/20261103-jjjj-binary.md:2:5: error this byte is not UTF-8 text
incidents/2026/11/20261104-kkkk-no-front-matter.md:1:1: error the file does not begin with a line “---”
incidents/2026/11/20261105-mmmm-no-status.md:2:1: error “status” is missing
incidents/2026/11/20261106-nnnn-id.md:2:5: error “../../x” is no incident id; one looks like 20261120-k7qm
incidents/2026/11/20261107-pppp-twice.md:3:1: error “id” stands here a second time
--- stderr
8 incidents checked: 7 errors, no warnings
--- exit 5

"#]]);
    env.run(["--lang=ja", "check"]).shows(str![[r#"
incidents/2026/11/20261101-gggg-yaml.md:4:1: エラー YAML として読めません: while parsing a flow sequence, expected ',' or ']'
incidents/2026/11/20261102-hhhh-empty.md:1:1: エラー ファイルの先頭に「---」の行がありません
incidents/2026/11/20261103-jjjj-binary.md:2:5: エラー この文字は UTF-8 として読めません
incidents/2026/11/20261104-kkkk-no-front-matter.md:1:1: エラー ファイルの先頭に「---」の行がありません
incidents/2026/11/20261105-mmmm-no-status.md:2:1: エラー 「status」がありません
incidents/2026/11/20261106-nnnn-id.md:2:5: エラー 「../../x」はインシデントの ID ではありません。20261120-k7qm の形です
incidents/2026/11/20261107-pppp-twice.md:3:1: エラー 「id」が2回書かれています
--- stderr
8件を調べました。エラー 7件、注意 0件
--- exit 5

"#]]);
    env.run(["list"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE           LEAD  DECLARED
20261120-4gv3  SEV1   Triage  Checkout fails        02:55
--- stderr
1 incident: 1 live
! incidents/2026/11/20261101-gggg-yaml.md:4:1: this is not valid YAML: while parsing a flow sequence, expected ',' or ']'
! incidents/2026/11/20261102-hhhh-empty.md:1:1: the file does not begin with a line “---”
! incidents/2026/11/20261103-jjjj-binary.md:2:5: this byte is not UTF-8 text
! incidents/2026/11/20261104-kkkk-no-front-matter.md:1:1: the file does not begin with a line “---”
! incidents/2026/11/20261105-mmmm-no-status.md:2:1: “status” is missing
! incidents/2026/11/20261106-nnnn-id.md:2:5: “../../x” is no incident id; one looks like 20261120-k7qm
! incidents/2026/11/20261107-pppp-twice.md:3:1: “id” stands here a second time
7 files could not be read. Details: incident check

"#]]);
    let found = env.run(["check", "--json"]).json();
    assert_eq!((&found["schema"], &found["kind"]), (&1.into(), &"incident.check".into()));
    assert_eq!(found["findings"][0]["path"], "incidents/2026/11/20261101-gggg-yaml.md");
}

#[test]
fn faults_of_the_configuration_have_places() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.write(
        "severity.toml",
        "[[level]]\nid = \"SEV1\"\n\n[[question]]\nid = \"down\"\nask = \"Down?\"\nyes = \"SEV7\"\n\n\
         [[question]]\nid = \"down\"\nask = \"Again?\"\nyez = \"SEV1\"\n\n\
         [[case]]\nname = \"no such answer\"\nanswers = { up = true }\nexpect = \"SEV1\"\n",
    );
    env.write(
        "incident.toml",
        "lang = \"fr\"\nzone = \"Mars/Olympus\"\n[[status]]\nid = \"x\"\ncategory = \"alive\"\n",
    );
    env.run(["check"]).shows(str![[r#"
incident.toml:1:1: note since incident.toml cannot be read, the incidents were only looked at for their form
incident.toml:1:8: error “fr” means nothing here
  hint: known here: ja, en
incident.toml:2:8: error there is no time zone “Mars/Olympus”
  hint: use an IANA name, such as Asia/Tokyo or Europe/Berlin
incident.toml:5:12: error “alive” means nothing here
  hint: did you mean live?
severity.toml:1:1: note since severity.toml cannot be read, the incidents were only looked at for their form
severity.toml:7:7: error there is no level “SEV7”
  hint: did you mean SEV1?
severity.toml:10:6: error “down” is defined twice
severity.toml:16:13: error there is no question “up”
  hint: known here: down
--- stderr
1 incident checked: 6 errors, no warnings
--- exit 5

"#]]);
    env.run(["list"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE           LEAD  DECLARED
20261120-4gv3  SEV1   Triage  Checkout fails        17:55
--- stderr
incident.toml cannot be read: the default rules stand in for it. Where it is wrong: incident check
severity.toml cannot be read: the default rules stand in for it. Where it is wrong: incident check
1 incident: 1 live

"#]]);
}

#[test]
fn a_case_of_the_policy_that_fails_is_named() {
    let env = TestEnv::new();
    let policy = env.read("severity.toml").replace(
        "answers = { seen = true }\nexpect = \"SEV2\"",
        "answers = { seen = true }\nexpect = \"SEV1\"",
    );
    env.write("severity.toml", policy);
    env.run(["check"]).shows(str![[r#"
severity.toml:323:1: error the case “figures ten times too high were sent to customers” expects SEV1 and comes out as SEV2 (seen=yes → SEV2)
--- stderr
0 incidents checked: 1 error, no warnings
--- exit 5

"#]]);
    env.run(["--lang=ja", "check"]).shows(str![[r#"
severity.toml:323:1: エラー 例「1桁違う集計をお客様に送った」は SEV1 になるはずですが、SEV2 になります（seen=yes → SEV2）
--- stderr
0件を調べました。エラー 1件、注意 0件
--- exit 5

"#]]);
}

#[test]
fn what_does_not_fit_together_is_a_warning() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let path = env.path_of("");
    env.run(["status", "fixing"]).succeeds();
    env.replace(&path, "status: fixing", "status: fxing");
    env.replace(&path, "severity: SEV1", "severity: SEV9");
    env.replace(&path, "roles: {}", "roles:\n  captain: mio");
    env.replace(&path, "products: []", "products: [wep]\nproduct_s: x\nx-own: y");
    env.replace(
        &path,
        "  declared:",
        "  impact_started: 2026-11-20T05:00:00+09:00\n  mitigated: 2026-11-20T04:00:00+09:00\n  declared:",
    );
    env.run(["check"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:7:1: warning severity.toml has no level “SEV9”
incidents/2026/11/20261120-4gv3-checkout-fails.md:9:1: warning incident.toml has no status “fxing”
incidents/2026/11/20261120-4gv3-checkout-fails.md:9:1: warning status says fxing, the timeline ends at fixing
incidents/2026/11/20261120-4gv3-checkout-fails.md:14:1: warning incident.toml has no role “captain”
incidents/2026/11/20261120-4gv3-checkout-fails.md:18:1: warning mitigated lies before impact_started
incidents/2026/11/20261120-4gv3-checkout-fails.md:22:1: warning severity.toml has no product “wep”
incidents/2026/11/20261120-4gv3-checkout-fails.md:23:1: warning unknown key “product_s”; did you mean “products”?
--- stderr
1 incident checked: no errors, 7 warnings

"#]]);
    env.run(["check", "--json"]).json();
}

#[test]
fn the_same_id_in_two_files_is_an_error() {
    let env = TestEnv::new();
    let id = env.declare("Checkout fails");
    let text = env.incident_file();
    env.write(&format!("incidents/{id}-copy.md"), &text);
    env.write("incidents/20261120-zzzz-other.md", text.replace(&id, "20261120-yyyy"));
    env.run(["check"]).shows(str![[r#"
incidents/20261120-4gv3-copy.md:1:1: error the id 20261120-4gv3 also stands in incidents/2026/11/20261120-4gv3-checkout-fails.md
  hint: incident check --fix
incidents/20261120-zzzz-other.md:1:1: error the id is 20261120-yyyy, but the file is named 20261120-zzzz
  hint: incident check --fix
--- stderr
3 incidents checked: 2 errors, no warnings
--- exit 5

"#]]);
    env.run(["note", "x", "-i", &id]).shows(str![[r#"
--- stderr
error: “20261120-4gv3” may mean 2 incidents
hint: 20261120-4gv3 Checkout fails
hint: 20261120-4gv3 Checkout fails
--- exit 4

"#]]);
}

#[test]
fn conflict_markers_and_duplicate_anchors_stop_writing() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let path = env.path_of("");
    let whole = env.read(&path);
    let conflict = "<<<<<<< ours\nOne.\n=======\nTwo.\n>>>>>>> theirs\n\n## Impact";
    env.write(&path, whole.replacen("## Impact", conflict, 1));
    env.commit_by_hand("Merge badly");
    env.run(["check"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:27:1: error a merge left conflict markers here
--- stderr
1 incident checked: 1 error, no warnings
--- exit 5

"#]]);
    env.run(["list"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE           LEAD  DECLARED
20261120-4gv3  SEV1   Triage  Checkout fails        02:55
--- stderr
1 incident: 1 live
! incidents/2026/11/20261120-4gv3-checkout-fails.md: a merge left both versions of some words between markers. To choose: incident edit 4gv3

"#]]);
    env.write(&path, whole + "\n## Again <!-- incident:timeline -->\n");
    env.commit_by_hand("Paste it twice");
    let before = env.state();
    env.run(["note", "x"]).shows(str![[r#"
--- stderr
error: incidents/2026/11/20261120-4gv3-checkout-fails.md:39:1: a second section carries the anchor incident:timeline
--- exit 5

"#]]);
    env.run(["check"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:39:1: error a second section carries the anchor incident:timeline
--- stderr
1 incident checked: 1 error, no warnings
--- exit 5

"#]]);
    assert_eq!(env.state(), before);
}

#[test]
fn named_files_are_checked_alone() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.write("incidents/2026/11/20261102-hhhh-empty.md", "");
    let path = env.path_of("");
    env.run(["check", &path]).shows(str![[r#"
--- stderr
1 incident checked: no errors, no warnings

"#]]);
    env.run(["check", "incidents/2026/11/20261102-hhhh-empty.md"]).shows(str![[r#"
incidents/2026/11/20261102-hhhh-empty.md:1:1: error the file does not begin with a line “---”
--- stderr
1 incident checked: 1 error, no warnings
--- exit 5

"#]]);
    env.run(["check", "incidents/none.md"]).shows(str![[r#"
error incidents/none.md is no incident file of this store
--- stderr
0 incidents checked: 1 error, no warnings
--- exit 5

"#]]);
}

#[test]
fn markers_of_a_merge_are_named_as_what_they_are() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let path = env.path_of("");
    let sides = "<<<<<<< ours\nstatus: fixing\n=======\nstatus: resolved\n>>>>>>> theirs\n";
    env.write(&path, env.read(&path).replace("status: triage\n", sides));
    env.run(["check"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:9:1: error a merge left conflict markers here
--- stderr
1 incident checked: 1 error, no warnings
--- exit 5

"#]]);
}
