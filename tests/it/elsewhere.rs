//! Commands that are suggested for a store which is not found from where one stands: each says how to get to it.

use crate::environment::TestEnv;

/// A store that is known by the name `security`, used from the home, and an incident that nobody leads.
fn private_store() -> TestEnv {
    let env = TestEnv::new();
    let config = env.home().join(".config/incident");
    std::fs::create_dir_all(&config).unwrap();
    let text = format!("[stores]\nsecurity = \"{}\"\n", env.store.display());
    std::fs::write(config.join("config.toml"), text).unwrap();
    env
}

/// The end of an id, by which people call an incident.
fn short(id: &str) -> String {
    id.split('-').next_back().unwrap_or_default().to_owned()
}

/// What a command says when it is run from the home, with its lines joined.
fn said(env: &TestEnv, args: &[&str]) -> String {
    let ran = env.run_in(&env.home(), [&["-C", "security"], args].concat());
    let said = format!("{} {}", ran.stdout, ran.stderr);
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn says(env: &TestEnv, args: &[&str], line: &str) {
    let said = said(env, args);
    assert!(said.contains(line), "{line:?} in:\n{said}");
}

#[test]
fn a_reminder_says_how_to_get_to_the_store_and_which_incident_is_meant() {
    let env = private_store();
    let id = short(&env.declare("keys leaked"));
    env.run(["severity", "SEV2", "-i", &id]).succeeds();
    env.wait(12);
    says(&env, &["show", &id], &format!("nobody yet: incident -C security assign commander me -i {id}"));
    let lead = format!("To take it: incident -C security assign commander me -i {id}");
    says(&env, &["watch", "--once"], &lead);
    env.run(["update", "-i", &id, "looking", "--next", "5m"]).succeeds();
    let soon = format!("Nothing new? incident -C security update -i {id} --no-change");
    says(&env, &["watch", "--once"], &soon);
    says(&env, &["brief", "--for", "newcomer"], &format!("incident -C security timeline {id}"));
}

#[test]
fn a_hint_says_how_to_get_to_the_store() {
    let env = private_store();
    says(&env, &["list"], "incident -C security new");
    says(&env, &["show"], "hint: incident -C security list --all");
    let id = short(&env.declare("keys leaked"));
    says(&env, &["update", "-i", &id], &format!("incident -C security update -i {id} \"what is known\""));
    says(&env, &["update", "-i", &id], &format!("incident -C security update -i {id} --no-change"));
    let customers = format!("hint: incident -C security update -i {id} --customers");
    says(&env, &["brief", "--for", "customers"], &customers);
    let first = format!("none was given yet: incident -C security update -i {id}");
    says(&env, &["brief", "--report", "3"], &first);
    says(&env, &["show", "nothing like it"], "incident -C security list --all");
    says(&env, &["set", "title"], "incident -C security set title=");
    says(&env, &["link", "javascript:x"], "incident -C security link https://");
    env.write("severity.toml", "levels = 3\n");
    env.commit_by_hand("Break the rules");
    says(&env, &["show", &id], "Where it is wrong: incident -C security check");
}

#[test]
fn the_page_for_newcomers_is_refreshed_in_the_store_that_is_meant() {
    let env = private_store();
    env.replace("severity.toml", "en = \"Critical\"", "en = \"Red alert\"");
    env.commit_by_hand("Call it red");
    says(&env, &["check"], "incident -C security init --readme");
    said(&env, &["init", "--readme"]);
    assert!(env.read("incidents/README.md").contains("SEV1 (Red alert)"));
}

#[test]
fn who_makes_a_store_elsewhere_is_told_how_to_declare_in_it() {
    let env = TestEnv::without_store();
    env.set("INCIDENT_LANG", "en");
    let ran = env.run(["init", "incidents"]).succeeds();
    let expected = format!("To declare: incident -C {} new", env.home().join("incidents").display());
    assert!(ran.stderr.contains(&expected), "{}", ran.stderr);
}
