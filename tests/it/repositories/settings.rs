//! Settings and surroundings: hooks, signatures, identities, variables, owners and permissions.
#![expect(clippy::print_stdout, reason = "a test that cannot run here says so")]

use std::fs;
use std::os::unix::fs::chown;

use snapbox::str;

use super::play::{Play, hinted, plays, plays_few, shared_store, types};
use crate::environment::{TestEnv, make_executable};

fn hook(env: &TestEnv, path: &str, lines: &str) {
    env.write(path, format!("#!/bin/sh\n{lines}\n"));
    make_executable(&env.store.join(path));
}

#[test]
fn hooks_wherever_git_looks_for_them() {
    let count = "echo ran >>\"$(git rev-parse --git-common-dir)/ran\"";
    for (setting, path) in [
        (None, ".git/hooks"),
        (Some("team hooks"), "team hooks"),
        (Some("~/hooks"), "../hooks"),
        (Some("[HOME]/hooks"), "../hooks"),
    ] {
        let env = shared_store();
        if let Some(setting) = setting {
            let setting = setting.replace("[HOME]", env.home().to_str().unwrap());
            env.git(["config", "core.hooksPath", &setting]);
        }
        hook(&env, &format!("{path}/pre-commit"), count);
        hook(&env, &format!("{path}/post-commit"), count);
        env.write("app.rs", "fn main() { unsaved() }\n");
        env.write("staged.rs", "staged\n");
        env.git(["add", "staged.rs"]);
        plays_few(&env);
        assert!(env.read(".git/ran").lines().count() >= 10, "{setting:?}: {}", env.read(".git/ran"));
    }
}

#[test]
fn a_hook_that_reformats() {
    let env = shared_store();
    // As many do: every staged file, mended and staged again.
    hook(
        &env,
        ".git/hooks/pre-commit",
        "git diff --cached --name-only --diff-filter=d -z | xargs -0 -r sed -i 's/[ \\t]*$//; s/First/first/; s/first words/First words/'\n\
         git diff --cached --name-only --diff-filter=d -z | xargs -0 -r git add",
    );
    env.write("app.rs", "fn main() { unsaved() }  \n");
    env.write("staged.rs", "staged  \n");
    env.git(["add", "staged.rs"]);
    plays(&env);
}

#[test]
fn a_hook_that_refuses() {
    let env = shared_store();
    env.declare("Checkout fails");
    hook(&env, ".git/hooks/pre-commit", "echo 'the build is red' >&2; exit 1");
    let before = env.state();
    env.run(["note", "x"]).shows(str![[r#"
--- stderr
error: the pre-commit hook refused the commit
the build is red
hint: to record without the check: --no-verify
--- exit 7

"#]]);
    assert_eq!(env.state(), before);
    env.run(["note", "x", "--no-verify"]).succeeds();
    assert_eq!(env.status_porcelain(), "");
}

/// An editor saves the file while a slow hook looks at it, and the hook refuses then.
#[test]
fn what_is_saved_while_a_hook_runs_stays() {
    let env = shared_store();
    env.declare("Checkout fails");
    let path = env.path_of("");
    let save = format!("sed -i 's/^## Impact/Nobody can pay.\\n\\n## Impact/' {path}; exit 1");
    hook(&env, ".git/hooks/pre-commit", &save);
    let head = env.head();
    assert_eq!(env.run(["note", "First words"]).code, 7);
    let text = env.read(&path);
    assert!(text.contains("Nobody can pay.\n") && !text.contains("First words"), "{text}");
    assert_eq!((env.head(), env.status_porcelain()), (head, format!(" M {path}\n")));
    env.remove(".git/hooks/pre-commit");
    env.run(["note", "First words"]).succeeds();
    assert!(env.git(["show", &format!("HEAD:{path}")]).contains("Nobody can pay."));
}

#[test]
fn a_setting_that_cannot_be_understood_signs_nothing_and_records_nothing() {
    let env = shared_store();
    env.declare("Checkout fails");
    env.git(["config", "commit.gpgsign", "yse"]);
    let before = env.state();
    env.run(["note", "x"]).shows(str![[r#"
--- stderr
error: cannot read from the git repository: failed to parse 'yse' as a boolean
--- exit 7

"#]]);
    assert_eq!(env.state(), before);
    env.run(["note", "x", "--no-gpg-sign"]).succeeds();
}

#[test]
fn signed_with_ssh() {
    let env = shared_store();
    types(&env, "ssh-keygen -q -t ed25519 -N '' -C test -f ../key");
    let public = fs::read_to_string(env.home().join("key.pub")).unwrap();
    fs::write(env.home().join("signers"), format!("aoi@example.org {public}")).unwrap();
    for (key, value) in [
        ("gpg.format", "ssh"),
        ("user.signingKey", "~/key.pub"),
        ("gpg.ssh.allowedSignersFile", "~/signers"),
        ("commit.gpgSign", "true"),
    ] {
        env.git(["config", "--global", key, value]);
    }
    plays_few(&env);
    assert_eq!(env.git(["log", "-5", "--format=%G?"]), "G\n".repeat(5));
    let before = env.state();
    fs::remove_file(env.home().join("key")).unwrap();
    fs::remove_file(env.home().join("key.pub")).unwrap();
    env.run(["note", "x"]).shows(str![[r#"
--- stderr
error: the commit could not be signed
error: Couldn't load public key [HOME]/key.pub: No such file or directory?
hint: to record unsigned: --no-gpg-sign
--- exit 7

"#]]);
    assert_eq!(env.state(), before);
    env.run(["note", "x", "--no-gpg-sign"]).succeeds();
}

#[test]
fn signed_with_gpg() {
    let env = shared_store();
    types(
        &env,
        "mkdir -m 700 ../.gnupg && gpg --batch --quiet --passphrase '' \
         --quick-gen-key 'Aoi Arita <aoi@example.org>' ed25519 sign 0",
    );
    env.git(["config", "--global", "commit.gpgSign", "true"]);
    plays_few(&env);
    let signed = env.git(["log", "-5", "--format=%G?"]);
    types(&env, "gpgconf --kill all");
    assert_eq!(signed, "G\n".repeat(5));
    let before = env.state();
    env.git(["config", "user.signingKey", "0000000000000000"]);
    let refused = env.run(["note", "x"]);
    types(&env, "gpgconf --kill all");
    refused.shows(str![[r#"
--- stderr
error: the commit could not be signed
error: gpg failed to sign the data:
gpg: skipped "0000000000000000": No secret key
[GNUPG:] INV_SGNR 9 0000000000000000
[GNUPG:] FAILURE sign 17
gpg: signing failed: No secret key
hint: to record unsigned: --no-gpg-sign
--- exit 7

"#]]);
    assert_eq!(env.state(), before);
    env.run(["note", "x", "--no-gpg-sign"]).succeeds();
}

#[test]
fn nobody() {
    let env = shared_store();
    env.write("../.gitconfig", "[user]\n\tuseConfigOnly = true\n");
    let before = env.state();
    let refused = env.run(["new", "Checkout fails", "--severity", "SEV1"]);
    refused.shows(str![[r#"
--- stderr
error: git does not know your name and e-mail address
hint: git config --global user.name "Your Name"
hint: git config --global user.email you@example.org
hint: your words are kept; when the way is clear: incident new --resume
--- exit 7

"#]]);
    assert_eq!(env.state(), before);
    for command in hinted(&refused) {
        types(&env, &command);
    }
    plays(&env);
}

#[test]
fn a_person_from_a_file_that_is_included() {
    for condition in [
        "gitdir:~/incidents/",
        "gitdir/i:~/INCIDENTS/",
        "onbranch:main",
        "hasconfig:remote.*.url:https://example.org/**",
    ] {
        let env = shared_store();
        env.git(["remote", "add", "origin", "https://example.org/store.git"]);
        let file = format!("[user]\n\tuseConfigOnly = true\n[includeIf \"{condition}\"]\n\tpath = work\n");
        env.write("../.gitconfig", file);
        env.write("../work", "[user]\n\tname = At Work\n\temail = work@example.org\n");
        plays_few(&env);
        assert!(env.last_commit().starts_with("At Work <work@example.org>"), "{condition}");
    }
}

#[test]
fn settings_for_messages_change_none() {
    let env = shared_store();
    env.write("../template", "# A template\n\nTicket: \n");
    for (key, value) in [
        ("commit.template", "~/template"),
        ("core.commentChar", "2"),
        ("commit.cleanup", "scissors"),
        ("commit.status", "true"),
        ("commit.verbose", "2"),
        ("core.editor", "false"),
        ("i18n.commitEncoding", "ISO-8859-1"),
        ("i18n.logOutputEncoding", "ISO-8859-1"),
        ("log.showSignature", "true"),
        ("log.follow", "true"),
        ("log.date", "relative"),
        ("format.pretty", "oneline"),
        ("color.ui", "always"),
        ("core.pager", "false"),
        ("core.abbrev", "4"),
        ("diff.noprefix", "true"),
        ("diff.external", "false"),
        ("status.showUntrackedFiles", "no"),
        ("core.excludesFile", "~/ignored"),
        ("push.default", "nothing"),
        ("gc.auto", "1"),
    ] {
        env.git(["config", key, value]);
    }
    env.write("../ignored", "*.md\nincidents/\n");
    env.run(["new", "決済 — café", "--severity", "SEV1"]).succeeds();
    let message = env.git(["cat-file", "commit", "HEAD"]);
    assert!(message.contains("declared, 決済 — café (SEV1)"), "{message}");
    assert!(!message.contains("\nencoding "), "{message}");
    plays(&env);
}

#[test]
fn variables_of_a_hook_around_us() {
    let env = shared_store();
    env.git(["init", "--quiet", "../other"]);
    let other = env.home().join("other");
    env.git_in(&other, ["commit", "--quiet", "--allow-empty", "-m", "Somebody's"]);
    let path = |name: &str| other.join(name).display().to_string();
    let around = vec![
        ("GIT_DIR", path(".git")),
        ("GIT_WORK_TREE", path("")),
        ("GIT_INDEX_FILE", path(".git/index")),
        ("GIT_PREFIX", "sub/".to_owned()),
        ("GIT_OBJECT_DIRECTORY", path(".git/objects")),
        ("GIT_NAMESPACE", "theirs".to_owned()),
    ];
    Play { around, ..Play::new(&env) }.all();
    assert_eq!(env.git_in(&other, ["rev-list", "--all", "--count"]).trim(), "1");
    assert_eq!(env.git_in(&other, ["status", "--porcelain"]), "");
}

#[test]
fn from_a_hook_of_the_same_repository() {
    let env = shared_store();
    env.declare("Checkout fails");
    let program = env!("CARGO_BIN_EXE_incident");
    hook(&env, ".git/hooks/post-merge", &format!("'{program}' note 'Merged'"));
    env.git(["checkout", "--quiet", "-b", "other"]);
    env.write("other.rs", "other\n");
    env.commit_by_hand("Other");
    env.git(["checkout", "--quiet", "main"]);
    env.git(["merge", "--quiet", "other"]);
    assert!(env.incident_file().contains("Note · Aoi Arita — Merged"));
    assert_eq!(env.status_porcelain(), "");
    env.remove(".git/hooks/post-merge");
    hook(&env, ".git/hooks/pre-commit", &format!("'{program}' note 'Committing'; echo $? >../code"));
    env.write("app.rs", "fn main() { more() }\n");
    env.git(["commit", "--quiet", "--all", "-m", "More"]);
    assert_eq!(env.read("../code"), "6\n");
    assert_eq!(env.status_porcelain(), "");
}

#[test]
fn somebody_elses_repository() {
    let env = shared_store();
    if chown(env.store.join(".git"), Some(65534), None)
        .and_then(|()| chown(&env.store, Some(65534), None))
        .is_err()
    {
        println!("skipped: this user cannot give files away");
        return;
    }
    let refused = env.run(["list"]);
    refused.shows(str![[r#"
--- stderr
error: [HOME]/incidents belongs to somebody else, and git does not trust it
hint: git config --global --add safe.directory [HOME]/incidents
--- exit 7

"#]]);
    types(&env, &hinted(&refused)[0]);
    plays(&env);
}

#[test]
fn a_hook_that_fails_without_a_word_is_told_so() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    hook(&env, ".git/hooks/post-commit", "#!/bin/sh\nexit 1\n");
    env.run(["note", "still works"]).shows(str![[r#"
20261120-4gv3
--- stderr
recorded, but the post-commit hook failed, without a word
✔ Recorded 4gv3 Checkout fails: Note — still works ([COMMIT])

"#]]);
}
