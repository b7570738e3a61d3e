//! How large, how deep and how many: each limit is a clear error at its place, and what is within it works.

use std::fmt::Write;
use std::fs;
use std::os::unix::fs::symlink;

use snapbox::str;

use crate::environment::{TestEnv, same};

const ENTRY: &str = "- 2026-11-20 02:55 · Declared · Aoi Arita — SEV1 (stated)\n";

/// A store with one incident, into whose file `text` has been put in place of its only entry.
fn with_entries(text: &str) -> (TestEnv, String) {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let path = env.path_of("");
    env.replace(&path, ENTRY, text);
    env.commit_by_hand("By hand");
    (env, path)
}

/// With keys of the front matter that say `yaml`, what `check` finds.
fn shown_with(yaml: &str) -> String {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.replace(&env.path_of(""), "mode: real\n", &format!("mode: real\n{yaml}\n"));
    let ran = env.run(["check", "--no-history"]);
    format!("{}--- exit {}\n", ran.stdout, ran.code)
}

#[test]
fn front_matter_is_neither_deep_nor_large_nor_full_of_references() {
    let deep = "x-deep: ".to_owned() + &"[".repeat(17) + &"]".repeat(17);
    same(
        &shown_with(&deep),
        str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:9:25: error values are nested more than 16 levels deep here
--- exit 5

"#]],
    );
    same(
        &shown_with(&format!("x-deep: {}", "{a: ".repeat(50_000))),
        str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:9:70: error values are nested more than 16 levels deep here
--- exit 5

"#]],
    );
    same(
        &shown_with(&format!("x-large: \"{}\"", "y".repeat(300_000))),
        str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:2:1: error the front matter is larger than 256 KB
--- exit 5

"#]],
    );
    same(
        &shown_with("x-a: &a [x]\nx-b: *a"),
        str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:9:6: error anchors (&) and aliases (*) are not accepted; put a text that begins like this in quotes
incidents/2026/11/20261120-4gv3-checkout-fails.md:10:6: error anchors (&) and aliases (*) are not accepted; put a text that begins like this in quotes
--- exit 5

"#]],
    );
    same(
        &shown_with(&format!("{}: 1", "k".repeat(2_000))),
        str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:9:2001: error this is not valid YAML: simple key expect ':'
--- exit 5

"#]],
    );
    let fine = "x-deep: ".to_owned() + &"[".repeat(14) + &"]".repeat(14);
    assert_eq!(shown_with(&fine), "--- exit 0\n");
    let keys: String = (0..5_000).map(|number| format!("x-{number}: 1\n")).collect();
    assert_eq!(shown_with(keys.trim_end()), "--- exit 0\n");
}

#[test]
fn rules_are_neither_deep_nor_large() {
    let env = TestEnv::new();
    let policy = env.read("severity.toml");
    let mut said = String::new();
    for text in [
        format!("x-deep = {}{}\n", "[".repeat(100_000), "]".repeat(100_000)),
        format!("x-deep = {}\n", "{a = ".repeat(100_000)),
        format!("{}a = 1\n", "a.".repeat(100_000)),
        format!("# {}\n", "x".repeat(9 << 20)),
    ] {
        env.write("severity.toml", format!("{policy}\n{text}"));
        let ran = env.run(["new", "x", "--severity", "SEV3"]);
        let errors: Vec<&str> = ran.stderr.lines().filter(|line| line.starts_with("error:")).collect();
        writeln!(said, "{}\n--- {} errors, exit {}", errors[0], errors.len(), ran.code).unwrap();
    }
    same(
        &said,
        str![[r#"
error: severity.toml:335:90: this is not valid TOML: cannot recurse further; max recursion depth met
--- 1 errors, exit 5
error: severity.toml:335:410: this is not valid TOML: cannot recurse further; max recursion depth met
--- 2 errors, exit 5
error: severity.toml:1:1: this is not valid TOML: recursion limit
--- 1 errors, exit 5
error: severity.toml has 10 MiB; more than 8 MiB are not read
--- 1 errors, exit 1

"#]],
    );
    let many: String = (0..2_000)
        .map(|number| format!("[[rule]]\nwhen = {{ x = true }}\nlevel = \"L{number}\"\n"))
        .collect();
    env.write("severity.toml", format!("{policy}\n{many}"));
    let ran = env.run(["new", "x", "--severity", "SEV3"]);
    assert_eq!((ran.code, ran.stderr.matches("error: severity.toml").count()), (5, 100));
}

#[test]
fn a_note_that_would_make_the_file_too_large_is_refused() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let before = env.state();
    let words = "many words ".repeat(800_000);
    env.run_with_input(["note", "-"], &words).shows(str![[r#"
--- stderr
error: incidents/2026/11/20261120-4gv3-checkout-fails.md:1:1: the file has 9 MB; an incident file may have 8 MB
--- exit 5

"#]]);
    assert_eq!(env.state(), before);
    env.run(["note", "few words"]).succeeds();
}

#[test]
fn a_title_of_any_length_is_in_the_file_and_short_where_it_is_one_of_many() {
    let env = TestEnv::new();
    let title = "the same words again and again ".repeat(1_000);
    let ran = env.run(["new", &title, "--severity", "SEV3"]).succeeds();
    let lines = || ran.stderr.lines().chain(ran.stdout.lines());
    assert!(lines().all(|line| line.chars().count() < 150), "{}", ran.stderr);
    assert!(env.git(["log", "-1", "--format=%s"]).trim().chars().count() < 150);
    assert!(env.incident_file().contains(title.trim()));
    let noted = env.run(["note", "x"]).succeeds();
    assert!(noted.stderr.lines().all(|line| line.chars().count() < 170), "{}", noted.stderr);
}

#[test]
fn tens_of_thousands_of_entries_of_two_sides_are_merged() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let path = env.path_of("");
    let base = env.read(&path);
    let side = |who: &str| {
        let entry = |number: usize| format!("- 2026-11-20 03:{:02} · Note · {who} — {number}\n", number % 60);
        base.replace(ENTRY, &format!("{ENTRY}{}", (0..10_000).map(entry).collect::<String>()))
    };
    for (name, text) in [("base", &base), ("ours", &side("Aoi")), ("theirs", &side("Mio"))] {
        env.write(&format!("../{name}"), text);
    }
    env.run(["merge-driver", "../base", "../ours", "../theirs", "7", &path]).succeeds();
    let merged = env.read("../ours");
    assert_eq!((merged.matches(" · Aoi — ").count(), merged.matches(" · Mio — ").count()), (10_000, 10_000));
}

#[test]
fn a_long_record_is_read_and_written_as_a_short_one() {
    let mut entries = String::new();
    for number in 0..8_000 {
        writeln!(entries, "- 2026-11-20 02:{:02} · Note · Aoi — word {number}", number % 60).unwrap();
    }
    let (env, path) = with_entries(&entries);
    let timeline = env.run(["timeline"]).succeeds();
    assert_eq!(timeline.stdout.matches("word ").count(), 8_000);
    env.run(["note", "one more"]).succeeds();
    let after = env.read(&path);
    assert!(after.contains("one more") && after.contains("word 7999"));
    env.run(["check", "--no-history"]).succeeds();
}

#[test]
fn a_long_line_and_deep_markdown_are_read() {
    let text = format!(
        "{ENTRY}- 2026-11-20 02:56 · Note · Aoi — {}\n\n{} x\n\n{}y\n\n{}\n",
        "long ".repeat(100_000),
        ">".repeat(20_000),
        "- ".repeat(2_000),
        "[".repeat(20_000)
    );
    let (env, _) = with_entries(&text);
    for args in [&["show"][..], &["timeline"], &["check", "--no-history"], &["note", "works"]] {
        env.run(args.iter().copied()).succeeds();
    }
}

#[test]
fn a_template_costs_no_more_than_what_it_says() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let mut said = String::new();
    for template in [
        "{% for a in range(end=100000) %}{% for b in range(end=100000) %}x{% endfor %}{% endfor %}"
            .to_owned(),
        format!("{{% set a = \"x\" %}}{}{{{{ a }}}}", "{% set a = a ~ a %}".repeat(40)),
        format!("{{{{ \"x\"{} }}}}", " | replace(from=\"x\", to=\"xxxxxxxxxx\")".repeat(12)),
        "{% include \"postmortem-own.md\" %}".to_owned(),
        format!("{}x", "{% include \"big.md\" %}".repeat(20)),
        "{% include \"../severity.toml\" %}".to_owned(),
    ] {
        env.write("templates/postmortem-own.md", template);
        env.write("templates/big.md", "x".repeat(1 << 20));
        let ran = env.run(["postmortem", "--print", "--template", "own"]);
        writeln!(said, "{}--- exit {}", ran.stderr, ran.code).unwrap();
    }
    same(
        &said,
        str![[r#"
error: templates/postmortem-own.md:1:4: a template may not use “for”: no loops, no variables of its own
--- exit 5
error: templates/postmortem-own.md:1:4: a template may not use “set”: no loops, no variables of its own
--- exit 5
error: templates/postmortem-own.md:1:232: the template cannot be used: the text would be too long
--- exit 5
error: templates/postmortem-own.md:1:1: the template cannot be used: Circular include detected for template 'postmortem-own.md'. Include chain: `["postmortem-own.md", "postmortem-own.md"]`
--- exit 5
error: templates/postmortem-own.md:1:1: the document would be larger than 8 MiB
--- exit 5
error: templates/postmortem-own.md:1:1: the template cannot be used: Unknown template `../severity.toml`
--- exit 5

"#]],
    );
}

/// Each part of a store in turn is a link that leads out of it.
#[test]
fn no_part_of_a_store_may_lead_out_of_it() {
    let mut said = String::new();
    for part in ["severity.toml", "incident.toml", "templates", "incidents", "incidents/2026/11"] {
        let env = TestEnv::new();
        env.declare("Checkout fails");
        env.write("templates/postmortem-own.md", "# {{ title }}\n");
        env.commit_by_hand("A template");
        let (inside, outside) = (env.store.join(part), env.home().join("outside"));
        fs::rename(&inside, &outside).unwrap();
        symlink(&outside, &inside).unwrap();
        let listed = || fs::metadata(&outside).map(|file| (file.len(), file.modified().unwrap())).unwrap();
        let before = listed();
        for args in [
            &["list"][..],
            &["new", "Search fails", "--severity", "SEV3"],
            &["note", "x", "-i", "4gv3"],
            &["postmortem", "4gv3", "--print", "--template", "own"],
        ] {
            let ran = env.run(args.iter().copied());
            let told = ran.stderr.lines().next().unwrap_or_default();
            writeln!(said, "{part}: {}: exit {}, {told}", args[0], ran.code).unwrap();
        }
        assert_eq!(listed(), before, "{part}");
        fs::remove_file(&inside).unwrap();
        fs::rename(&outside, &inside).unwrap();
    }
    same(
        &said,
        str![[r#"
severity.toml: list: exit 0, severity.toml cannot be read: the default rules stand in for it. Where it is wrong: incident check
severity.toml: new: exit 1, error: severity.toml is a symbolic link that does not lead to a file of the store
severity.toml: note: exit 0, severity.toml cannot be read: the default rules stand in for it. Where it is wrong: incident check
severity.toml: postmortem: exit 0, severity.toml cannot be read: the default rules stand in for it. Where it is wrong: incident check
incident.toml: list: exit 0, incident.toml cannot be read: the default rules stand in for it. Where it is wrong: incident check
incident.toml: new: exit 1, error: incident.toml is a symbolic link that does not lead to a file of the store
incident.toml: note: exit 1, error: incident.toml is a symbolic link that does not lead to a file of the store
incident.toml: postmortem: exit 1, error: incident.toml is a symbolic link that does not lead to a file of the store
templates: list: exit 0, 1 incident: 1 live
templates: new: exit 1, error: templates is a symbolic link that does not lead to a file of the store
templates: note: exit 0, ✔ Recorded 4gv3 Checkout fails: Note — x ([COMMIT])
templates: postmortem: exit 1, error: templates is a symbolic link that does not lead to a file of the store
incidents: list: exit 1, error: incidents is a symbolic link that does not lead to a file of the store
incidents: new: exit 1, error: incidents is a symbolic link that does not lead to a file of the store
incidents: note: exit 1, error: incidents is a symbolic link that does not lead to a file of the store
incidents: postmortem: exit 1, error: incidents is a symbolic link that does not lead to a file of the store
incidents/2026/11: list: exit 0, No incident could be read.
incidents/2026/11: new: exit 1, error: incidents/2026/11/20261120-7jx8-search-fails.md is a symbolic link that does not lead to a file of the store
incidents/2026/11: note: exit 3, error: nothing matches “4gv3”
incidents/2026/11: postmortem: exit 3, error: nothing matches “4gv3”

"#]],
    );
}
