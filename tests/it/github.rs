//! What is made for GitHub: annotations, and the guide that says how to use them.

use std::fs;
use std::path::Path;

use snapbox::str;

use crate::environment::TestEnv;

/// A store in the folder `ops` of a repository, with one thing to say about it of each weight.
fn shop() -> TestEnv {
    let mut env = TestEnv::without_store();
    env.store.push("shop");
    fs::create_dir(&env.store).unwrap();
    env.git(["init", "--quiet"]);
    env.run(["init", "ops"]).succeeds();
    env.store.push("ops");
    env.declare("Checkout fails");
    env
}

fn faulty() -> TestEnv {
    let env = shop();
    env.write("incidents/2026/11/20261101-gggg-a,b:c.md", "---\nid: 20261101-gggg\ntitle: [oops\n---\n");
    let broken = "- 2026-11-20 03:00 · Note · Mio — by hand\n- 100 % ##[stop-commands]x\n\n## Links";
    env.replace(&env.path_of("checkout"), "\n## Links", broken);
    env
}

#[test]
fn findings_are_annotations_with_paths_of_the_repository() {
    let env = faulty();
    env.run(["check", "--annotations", "github"]).shows(str![[r#"
incidents/2026/11/20261101-gggg-a,b:c.md:4:1: error this is not valid YAML: while parsing a flow sequence, expected ',' or ']'
incidents/2026/11/20261120-4gv3-checkout-fails.md:1:1: note 1 entry has no commit as witness
incidents/2026/11/20261120-4gv3-checkout-fails.md:37:1: warning this line of the timeline does not read as an entry; it is kept and shown as it is
::error file=ops/incidents/2026/11/20261101-gggg-a%2Cb%3Ac.md,line=4,col=1,title=incident check::this is not valid YAML: while parsing a flow sequence, expected ',' or ']'
::notice file=ops/incidents/2026/11/20261120-4gv3-checkout-fails.md,line=1,col=1,title=incident check::1 entry has no commit as witness
::warning file=ops/incidents/2026/11/20261120-4gv3-checkout-fails.md,line=37,col=1,title=incident check::this line of the timeline does not read as an entry; it is kept and shown as it is
--- stderr
2 incidents checked: 1 error, 1 warning
--- exit 5

"#]]);
    env.run(["--lang=ja", "check", "--annotations=github", "--no-history"]).shows(str![[r#"
incidents/2026/11/20261101-gggg-a,b:c.md:4:1: エラー YAML として読めません: while parsing a flow sequence, expected ',' or ']'
incidents/2026/11/20261120-4gv3-checkout-fails.md:37:1: 注意 経過のこの行は記録として読めません（そのまま残し、表示します）
::error file=ops/incidents/2026/11/20261101-gggg-a%2Cb%3Ac.md,line=4,col=1,title=incident check::YAML として読めません: while parsing a flow sequence, expected ',' or ']'
::warning file=ops/incidents/2026/11/20261120-4gv3-checkout-fails.md,line=37,col=1,title=incident check::経過のこの行は記録として読めません（そのまま残し、表示します）
--- stderr
2件を調べました。エラー 1件、注意 1件
--- exit 5

"#]]);
}

#[test]
fn the_page_of_the_run_is_left_alone() {
    let env = faulty();
    let page = env.home().join("summary.md");
    env.set("GITHUB_STEP_SUMMARY", page.to_str().unwrap());
    env.run(["check", "--annotations=github"]);
    assert!(!page.exists());
}

#[test]
fn json_has_no_annotations_among_it() {
    let env = faulty();
    let found = env.run(["check", "--annotations=github", "--json"]);
    assert_eq!(found.code, 5);
    assert_eq!(found.json(), env.run(["check", "--here", "--json"]).json());
}

#[test]
fn what_is_checked_out_is_checked_even_without_the_stores_branch() {
    let env = faulty();
    env.git(["checkout", "--quiet", "--detach"]);
    env.git(["branch", "--quiet", "-D", "main"]);
    assert_eq!(env.run(["check"]).code, 7);
    for flags in [["check", "--annotations=github"], ["check", "--here"]] {
        let ran = env.run(flags);
        assert_eq!(ran.code, 5, "{}", ran.stderr);
    }
}

#[test]
fn the_workflow_of_the_guide_is_a_workflow_whose_commands_run() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide/github.md");
    let text = fs::read_to_string(guide).unwrap();
    let workflow = text.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let workflow: serde_yaml::Value = serde_yaml::from_str(workflow).unwrap();
    assert_eq!(workflow["permissions"]["contents"], "read");
    let steps = workflow["jobs"]["check"]["steps"].as_sequence().unwrap();
    assert_eq!(steps[0]["with"]["fetch-depth"], 0);
    let commands: Vec<&str> =
        steps.iter().filter_map(|step| step["run"].as_str()?.strip_prefix("incident ")).collect();
    assert_eq!(commands.len(), 1);
    let run = |env: &TestEnv| env.run(commands[0].split_whitespace());
    let sound = run(&shop());
    assert_eq!((sound.code, sound.stdout.as_str()), (0, ""));
    let found = run(&faulty());
    assert_eq!(found.code, 5);
    assert!(found.stdout.contains("::error file=ops/"), "{}", found.stdout);
}
