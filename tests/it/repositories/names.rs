//! Names and bytes: conversions of line ends and encodings, filters, letters of every kind.

use snapbox::str;

use super::play::{hinted, plays, plays_few, shared_store, types};
use crate::environment::TestEnv;

/// A store whose files are checked out as `attributes` and `settings` have it.
fn converted(attributes: &str, settings: &[(&str, &str)]) -> TestEnv {
    let env = shared_store();
    let own = env.read(".gitattributes");
    env.write(".gitattributes", format!("{own}{attributes}"));
    for (key, value) in settings {
        env.git(["config", key, value]);
    }
    env.git(["add", "--renormalize", "."]);
    env.git(["commit", "--quiet", "--allow-empty", "-m", "Attributes"]);
    for file in ["app.rs", "severity.toml", "incident.toml", "docs/guide.md", "incidents/README.md"] {
        env.remove(file);
    }
    env.git(["checkout", "--quiet", "."]);
    env
}

#[test]
fn line_ends() {
    for (attributes, settings) in [
        ("", &[("core.autocrlf", "true")][..]),
        ("", &[("core.autocrlf", "input")]),
        ("", &[("core.autocrlf", "true"), ("core.safecrlf", "true")]),
        ("* text=auto\n", &[("core.eol", "crlf")]),
        ("*.md text eol=crlf\n", &[]),
        ("*.md text eol=lf\n", &[("core.autocrlf", "true")]),
        ("*.md -text\n", &[("core.autocrlf", "true")]),
        ("* text\n", &[]),
    ] {
        plays_few(&converted(attributes, settings));
    }
}

#[test]
fn ident_and_other_encodings_and_filters() {
    let env = converted("*.md ident\n", &[]);
    plays(&env);
    // A filter that changes nothing of ours, one that does, and one that is not there.
    let env = converted(
        "*.rs filter=no\n",
        &[("filter.no.clean", "cat"), ("filter.no.smudge", "cat"), ("filter.no.required", "true")],
    );
    plays(&env);
}

#[test]
fn a_filter_program() {
    let env = converted(
        "*.md filter=swap\n",
        &[
            ("filter.swap.clean", "sed 's/worktree-side/stored-side/'"),
            ("filter.swap.smudge", "sed 's/stored-side/worktree-side/'"),
        ],
    );
    plays(&env);
}

#[test]
fn a_filter_that_encrypts() {
    let env = converted(
        "incidents/2026/** filter=crypt\n",
        &[("filter.crypt.clean", "tr a-z b-za"), ("filter.crypt.smudge", "tr b-za a-z")],
    );
    let before = env.state();
    let refused = env.run(["new", "Checkout fails", "--severity", "SEV1"]);
    refused.shows(str![[r#"
--- stderr
error: git would not store incidents/2026/11/20261120-4gv3-checkout-fails.md as it is written: .gitattributes has a filter=crypt for it
hint: to except incidents from it: echo '/incidents/** !filter !working-tree-encoding' >>[HOME]/incidents/.gitattributes
hint: your words are kept; when the way is clear: incident new --resume
--- exit 6

"#]]);
    assert_eq!(env.state(), before);
    types(&env, &hinted(&refused)[0]);
    env.git(["commit", "--quiet", "-m", "Except incidents", ".gitattributes"]);
    types(&env, &hinted(&refused)[1]);
    plays(&env);
}

#[test]
fn a_filter_that_is_set_after_the_commit() {
    let env = shared_store();
    let id = env.declare("Checkout fails");
    let own = env.read(".gitattributes");
    env.write(".gitattributes", format!("{own}incidents/2026/** filter=crypt\n"));
    env.commit_by_hand("Encrypt");
    env.git(["config", "filter.crypt.clean", "tr a-z b-za"]);
    let before = env.state();
    let refused = env.run(["note", &id, "It goes on"]);
    refused.shows(str![[r#"
--- stderr
error: git would not store incidents/2026/11/20261120-4gv3-checkout-fails.md as it is written: .gitattributes has a filter=crypt for it
hint: to except incidents from it: echo '/incidents/** !filter !working-tree-encoding' >>[HOME]/incidents/.gitattributes
--- exit 6

"#]]);
    assert_eq!(env.state(), before);
    types(&env, &hinted(&refused)[0]);
    env.run(["note", &id, "It goes on"]).succeeds();
}

#[test]
fn another_encoding_in_the_worktree() {
    let env = converted("incidents/2026/** text working-tree-encoding=UTF-16LE-BOM\n", &[]);
    let before = env.state();
    let refused = env.run(["new", "Checkout fails", "--severity", "SEV1"]);
    refused.shows(str![[r#"
--- stderr
error: git would not store incidents/2026/11/20261120-4gv3-checkout-fails.md as it is written: .gitattributes has a working-tree-encoding=UTF-16LE-BOM for it
hint: to except incidents from it: echo '/incidents/** !filter !working-tree-encoding' >>[HOME]/incidents/.gitattributes
hint: your words are kept; when the way is clear: incident new --resume
--- exit 6

"#]]);
    assert_eq!(env.state(), before);
    types(&env, &hinted(&refused)[0]);
    env.git(["commit", "--quiet", "-m", "Except incidents", ".gitattributes"]);
    plays(&env);
}

#[test]
fn names_that_differ_in_case() {
    for ignore in ["true", "false"] {
        let env = shared_store();
        env.write("INCIDENTS/2026/11/note.md", "loud\n");
        env.write("Incidents/README.md", "mixed\n");
        env.git(["add", "--all"]);
        env.git(["commit", "--quiet", "-m", "Names"]);
        env.git(["config", "core.ignoreCase", ignore]);
        env.write("INCIDENTS/2026/11/note.md", "unsaved\n");
        plays_few(&env);
    }
}

#[test]
fn folders_with_names_of_every_kind() {
    for folder in [
        "運用/障害 記録",
        "it's \"ours\" $HOME `x`",
        "e\u{301}te\u{301}",
        ":(top)ops",
        "-ops",
        "a*[b]?",
        "back\\slash",
    ] {
        let mut env = TestEnv::without_store();
        env.set("INCIDENT_LANG", "en");
        env.set("INCIDENT_SHARE", "off");
        env.store.push("shop");
        std::fs::create_dir(&env.store).unwrap();
        env.git(["init", "--quiet"]);
        env.write("app.rs", "fn main() {}\n");
        env.write("日本 語.txt", "1\n");
        env.commit_by_hand("Begin");
        env.run(["init", "--", folder]).succeeds();
        env.write("app.rs", "fn main() { unsaved() }\n");
        env.write("日本 語.txt", "2\n");
        env.write("\"quoted\"\t.txt", "2\n");
        env.git(["config", "core.precomposeUnicode", "true"]);
        env.store.push(folder);
        plays_few(&env);
        env.git(["checkout", "--quiet", "-b", "feature"]);
        env.run(["note", "-i", "4gv3", "On main"]).succeeds();
        env.run(["new", "決済 が 止まる", "--severity", "SEV1"]).succeeds();
    }
}

#[test]
#[cfg(unix)]
fn a_folder_that_is_a_link() {
    let env = TestEnv::new();
    let id = env.declare("Checkout fails");
    env.git(["mv", "incidents", "docs"]);
    std::os::unix::fs::symlink("docs", env.store.join("incidents")).unwrap();
    env.git(["add", "--all"]);
    env.git(["commit", "--quiet", "-m", "Keep all documents in one place"]);
    let before = env.state();
    let listed = env.run(["list"]);
    assert!(listed.stdout.contains("Checkout fails"), "{}", listed.stdout);
    env.run(["check"]).shows(str![[r#"
error incidents is a symbolic link: git keeps the link alone, and nothing behind it is recorded
  hint: git -C [HOME]/incidents rm --quiet incidents && git -C [HOME]/incidents mv [HOME]/incidents/docs incidents && git -C [HOME]/incidents commit -m "A folder in the place of a link"
--- stderr
1 incident checked: 1 error, no warnings
--- exit 5

"#]]);
    env.run(["new", "More", "--severity=SEV2"]).shows(str![[r#"
--- stderr
error: incidents is a symbolic link: git keeps the link alone, and nothing behind it is recorded
hint: git -C [HOME]/incidents rm --quiet incidents && git -C [HOME]/incidents mv [HOME]/incidents/docs incidents && git -C [HOME]/incidents commit -m "A folder in the place of a link"
hint: your words are kept; when the way is clear: incident new --resume
--- exit 1

"#]]);
    let refused = env.run(["note", &id, "x"]);
    refused.shows(str![[r#"
--- stderr
error: incidents is a symbolic link: git keeps the link alone, and nothing behind it is recorded
hint: git -C [HOME]/incidents rm --quiet incidents && git -C [HOME]/incidents mv [HOME]/incidents/docs incidents && git -C [HOME]/incidents commit -m "A folder in the place of a link"
--- exit 1

"#]]);
    assert_eq!(env.state(), before);
    types(&env, &hinted(&refused)[0]);
    env.run(["note", &id, "x"]).succeeds();
}
