//! Kinds of repositories: worktrees, clones, submodules, formats and indexes.

use std::fs;

use snapbox::str;

use super::play::{Play, cloned, hinted, plays, plays_few, shared_store, types};
use crate::environment::TestEnv;

#[test]
fn a_linked_worktree_has_its_own_branch() {
    let mut env = shared_store();
    env.git(["worktree", "add", "--quiet", "-b", "second", "../linked"]);
    let main = env.store.clone();
    env.store = env.home().join("linked");
    env.write("app.rs", "fn main() { unsaved() }\n");
    let incident_toml = env.read("incident.toml").replace("branch = \"main\"\n", "");
    env.write("incident.toml", incident_toml);
    env.git(["commit", "--quiet", "-m", "Any branch", "incident.toml"]);
    Play { branch: "second", ..Play::new(&env) }.all();
    assert_eq!(env.git_in(&main, ["status", "--porcelain"]), "");
}

#[test]
fn a_worktree_with_relative_paths() {
    let mut env = shared_store();
    env.git(["checkout", "--quiet", "-b", "elsewhere"]);
    env.git(["worktree", "add", "--quiet", "../linked", "main"]);
    let main = env.store.clone();
    env.store = env.home().join("linked");
    fs::write(env.store.join(".git"), "gitdir: ../incidents/.git/worktrees/linked\n").unwrap();
    fs::write(main.join(".git/worktrees/linked/gitdir"), "../../../../linked/.git\n").unwrap();
    plays(&env);
    assert_eq!(env.git_in(&main, ["status", "--porcelain"]), "");
    // What git notes from 2.48 on; an older one would refuse the whole repository.
    env.git(["config", "core.repositoryFormatVersion", "1"]);
    env.git(["config", "extensions.relativeWorktrees", "true"]);
    if env.program("git", &env.store).arg("status").output().unwrap().status.success() {
        plays_few(&env);
    } else {
        env.run(["list"]).succeeds();
    }
    env.git_in(
        &env.home(),
        ["config", "--file", "incidents/.git/config", "--unset", "extensions.relativeWorktrees"],
    );
}

#[test]
fn a_bare_repository_with_worktrees_beside_it() {
    let mut env = shared_store();
    env.git(["clone", "--quiet", "--bare", ".", "../project/.bare"]);
    let project = env.home().join("project");
    fs::write(project.join(".git"), "gitdir: ./.bare\n").unwrap();
    env.git_in(&project, ["worktree", "add", "--quiet", "main", "main"]);
    env.git_in(&project, ["worktree", "add", "--quiet", "-b", "feature", "feature", "main"]);
    let feature = project.join("feature");
    env.store = project.join("main");
    env.write("app.rs", "fn main() { unsaved() }\n");
    plays(&env);
    env.run_in(&feature, ["note", "From the other one"]).succeeds();
    assert_eq!(env.git_in(&feature, ["status", "--porcelain"]), "");
    assert_eq!(env.status_porcelain(), " M app.rs\n");
    env.run_in(&project, ["list"]).shows(str![[r#"
ID             LEVEL  STATUS  TITLE           LEAD  DECLARED
20261120-4gv3  SEV1   Fixing  Checkout fails        02:56
--- stderr
1 incident: 1 live

"#]]);
}

#[test]
fn a_bare_repository() {
    let env = cloned(&["--bare"]);
    Play { worktree: false, ..Play::new(&env) }.all();
}

#[test]
fn a_git_directory_elsewhere() {
    let env = cloned(&["--separate-git-dir", "../elsewhere.git"]);
    env.write("app.rs", "fn main() { unsaved() }\n");
    Play { sync: true, ..Play::new(&env) }.all();
}

#[test]
fn a_store_in_a_submodule() {
    let mut env = shared_store();
    env.git(["clone", "--quiet", "--bare", ".", "../hub.git"]);
    let top = env.home().join("super");
    env.git(["init", "--quiet", "../super"]);
    let hub = env.home().join("hub.git").display().to_string();
    let add = ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", &hub, "ops"];
    env.git_in(&top, add);
    env.git_in(&top, ["commit", "--quiet", "-m", "A submodule"]);
    env.store = top.join("ops");
    env.write("app.rs", "fn main() { unsaved() }\n");
    Play { sync: true, ..Play::new(&env) }.all();
    assert_eq!(env.git_in(&top, ["status", "--porcelain=v2"]).lines().count(), 1);
    // As `git submodule update` leaves it.
    env.git(["checkout", "--quiet", "app.rs"]);
    env.git(["checkout", "--quiet", "--detach"]);
    Play { worktree: false, ..Play::new(&env) }.all();
}

#[test]
fn a_store_beside_a_submodule() {
    let env = shared_store();
    env.git(["clone", "--quiet", "--bare", ".", "../hub.git"]);
    let hub = env.home().join("hub.git").display().to_string();
    env.git(["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", &hub, "sub"]);
    env.git(["commit", "--quiet", "-m", "A submodule"]);
    env.git_in(&env.store.join("sub"), ["checkout", "--quiet", "--detach", "HEAD~1"]);
    env.write("sub/severity.toml", "unsaved\n");
    plays(&env);
}

#[test]
fn sparse_checkouts() {
    for args in [
        &["set", "--cone", "incidents"][..],
        &["set", "--cone", "--sparse-index", "incidents"],
        &["set", "--no-cone", "/*", "!/docs/"],
    ] {
        let env = shared_store();
        env.git(["sparse-checkout"].into_iter().chain(args.iter().copied()));
        assert!(!env.store.join("docs/guide.md").exists());
        env.write("app.rs", "fn main() { unsaved() }\n");
        plays(&env);
    }
}

#[test]
fn a_sparse_checkout_without_the_incidents() {
    for args in [
        &["set", "--cone", "docs"][..],
        &["set", "--cone", "--sparse-index", "docs"],
        &["set", "--no-cone", "/*", "!/incidents/"],
    ] {
        let env = shared_store();
        let id = env.declare("Search is slow");
        env.git(["sparse-checkout"].into_iter().chain(args.iter().copied()));
        assert!(!env.store.join("incidents/2026").exists());
        let listed = env.run(["list"]).succeeds().stdout;
        assert!(listed.contains(&id), "{args:?}: {listed}");
        env.run(["show", &id]).succeeds();
        env.run(["note", "-i", &id, "It is not here"]).succeeds();
        assert_eq!(env.status_porcelain(), "", "{args:?}");
        assert!(!env.store.join("incidents/2026").exists(), "{args:?}");
        env.run(["timeline", &id]).succeeds();
        env.run(["check"]).succeeds();
    }
}

#[test]
fn a_sparse_checkout_without_the_store() {
    for args in [&["--cone", "docs"][..], &["--cone", "--sparse-index", "docs"], &["--no-cone", "/docs/"]] {
        let mut env = TestEnv::without_store();
        env.set("INCIDENT_SHARE", "off");
        env.git(["init", "--quiet", "--initial-branch=main", "product"]);
        let top = env.home().join("product");
        env.store = top.clone();
        env.write("docs/guide.md", "# Guide\n");
        env.run(["init", "ops"]).succeeds();
        env.store = top.join("ops");
        env.commit_by_hand("Something else");
        let id = env.declare("Search is slow");
        env.store = top;
        env.git(["sparse-checkout", "set"].into_iter().chain(args.iter().copied()));
        assert!(!env.store.join("ops").exists());
        let (head, other) = (env.head(), env.home().join("other-way"));
        std::os::unix::fs::symlink(&env.store, &other).unwrap();
        for folder in [&env.store, &other] {
            for ran in [
                env.run_in(folder, ["-C", "ops", "list"]),
                env.run_in(folder, ["-C", "ops", "new", "x", "--severity", "SEV3"]),
                env.run_in(folder, ["init", "ops"]),
            ] {
                ran.shows(str![[r#"
--- stderr
error: [HOME]/product/ops/severity.toml is committed, but this sparse checkout leaves it out
hint: to bring it back: git -C [HOME]/product sparse-checkout add ops
--- exit 6

"#]]);
            }
        }
        assert_eq!((env.head(), env.status_porcelain().as_str()), (head, ""));
        types(&env, "git sparse-checkout add ops");
        env.store.push("ops");
        assert!(env.run(["list"]).succeeds().stdout.contains(&id));
        plays_few(&env);
    }
}

#[test]
fn clones_without_all_of_the_history_or_with_somebody_elses_objects() {
    for args in
        [&["--depth", "1"][..], &["--shared", "--local"], &["--single-branch"], &["--no-tags", "--mirror"]]
    {
        let env = cloned(args);
        let bare = args.contains(&"--mirror");
        if !bare {
            env.write("app.rs", "fn main() { unsaved() }\n");
        }
        Play { worktree: !bare, sync: !bare, ..Play::new(&env) }.few();
    }
}

#[test]
fn a_partial_clone_fetches_what_it_needs() {
    for filter in ["--filter=blob:none", "--filter=tree:0"] {
        let mut env = shared_store();
        let id = env.declare("Search is slow");
        env.run(["note", "It is the index"]).succeeds();
        env.run(["note", "It is not"]).succeeds();
        env.git(["clone", "--quiet", "--bare", ".", "../hub.git"]);
        let (hub, other) = (env.home().join("hub.git"), env.home().join("gone.git"));
        env.git_in(&hub, ["config", "uploadpack.allowFilter", "true"]);
        env.git_in(&hub, ["config", "uploadpack.allowAnySHA1InWant", "true"]);
        let url = format!("file://{}", hub.display());
        env.git(["clone", "--quiet", filter, &url, "../clone"]);
        let first = env.store.clone();
        env.store = env.home().join("clone");
        // What git does behind our back would be in the way of its own `fsck`.
        env.git(["config", "gc.auto", "0"]);
        fs::rename(&hub, &other).unwrap();
        env.run(["show", &id]).succeeds();
        let refused = env.run(["timeline", &id]);
        assert_ne!(refused.code, 0, "{filter}");
        fs::rename(&other, &hub).unwrap();
        env.write("app.rs", "fn main() { unsaved() }\n");
        Play { sync: true, ..Play::new(&env) }.all();
        env.run(["timeline", &id]).succeeds();
        // Somebody else's commits come whole, and nobody is asked for them again.
        env.git_in(&first, ["pull", "--quiet", &url, "main"]);
        env.run_in(&first, ["note", "-i", &id, "From elsewhere"]).succeeds();
        env.git_in(&first, ["push", "--quiet", &url, "main"]);
        env.run(["note", "-i", &id, "From here"]).succeeds();
        env.run(["sync"]).succeeds();
        // git itself needs the trees, and says so in its own words.
        let hint =
            if filter.ends_with("none") { &hinted(&refused)[0] } else { "git fetch --refetch --no-filter" };
        types(&env, hint);
        fs::rename(&hub, &other).unwrap();
        assert!(env.run(["timeline", &id]).succeeds().stdout.contains("From elsewhere"));
        env.run(["undo", &id]).succeeds();
        env.git(["fsck", "--strict", "--no-dangling"]);
    }
}

#[test]
fn a_partial_clone_of_the_old_form_is_refused() {
    let env = cloned(&["--filter=blob:none"]);
    env.git(["config", "extensions.partialClone", "origin"]);
    env.git(["config", "--unset", "remote.origin.promisor"]);
    let before = env.state();
    let refused = env.run(["list"]);
    refused.shows(str![[r#"
--- stderr
error: this is a partial clone of an old form, which cannot be used as a store
hint: git -C [HOME]/clone config remote.origin.promisor true
hint: git -C [HOME]/clone config --unset extensions.partialClone
--- exit 7

"#]]);
    env.run(["--lang=ja", "new", "x", "--severity=SEV1"]).shows(str![[r#"
--- stderr
エラー: 古い形式の部分クローンは保管場所として使えません
ヒント: git -C [HOME]/clone config remote.origin.promisor true
ヒント: git -C [HOME]/clone config --unset extensions.partialClone
--- exit 7

"#]]);
    assert_eq!(env.state(), before);
    for command in hinted(&refused) {
        types(&env, &command);
    }
    Play { sync: true, ..Play::new(&env) }.all();
}

#[test]
fn formats_that_are_refused() {
    let mut env = TestEnv::new();
    let made = env.store.clone();
    let home = env.home();
    for kind in ["--object-format=sha256", "--ref-format=reftable"] {
        env.store = home.join(kind.rsplit('=').next().unwrap());
        env.git_in(&home, ["init", "--quiet", kind, env.store.to_str().unwrap()]);
        for name in ["severity.toml", "incident.toml"] {
            env.write(name, fs::read(made.join(name)).unwrap());
        }
        env.commit_by_hand("A store");
    }
    env.store = home.join("sha256");
    let refused = env.run(["list"]);
    refused.shows(str![[r#"
--- stderr
error: this repository uses sha256 for its objects, which cannot be used as a store
hint: keep the store in a repository of its own: incident init ~/incidents
--- exit 7

"#]]);
    let before = env.state();
    env.run(["new", "Checkout fails", "--severity", "SEV1"]).shows(str![[r#"
--- stderr
error: this repository uses sha256 for its objects, which cannot be used as a store
hint: keep the store in a repository of its own: incident init ~/incidents
--- exit 7

"#]]);
    assert_eq!(env.state(), before);
    types(
        &env,
        &format!("mkdir ../new; cp ~/.gitconfig ../new; HOME=$(realpath ../new); {}", hinted(&refused)[0]),
    );
    env.store = home.join("reftable");
    let refused = env.run(["list"]);
    refused.shows(str![[r#"
--- stderr
error: this repository keeps its branches as a reftable, which cannot be used as a store
hint: with git 2.48 or later: git -C [HOME]/reftable refs migrate --ref-format=files
hint: otherwise, into a clone: git clone --ref-format=files [HOME]/reftable [HOME]/reftable-files
--- exit 7

"#]]);
    // The first of them, where git is new enough.
    types(&env, &hinted(&refused)[1]);
    env.store = home.join("reftable-files");
    plays(&env);
}

#[test]
fn indexes_of_every_kind() {
    for settings in [
        &["core.splitIndex=true"][..],
        &["core.untrackedCache=true"],
        &["core.fsmonitor=.git/monitor"],
        &["feature.manyFiles=true"],
        &["index.version=4"],
        &["index.skipHash=true"],
        &["core.fileMode=false"],
        &["core.checkStat=minimal", "core.trustctime=false"],
    ] {
        let env = shared_store();
        env.write(".git/monitor", "#!/bin/sh\nprintf 'now\\0/\\0'\n");
        crate::environment::make_executable(&env.store.join(".git/monitor"));
        for setting in settings {
            let (key, value) = setting.split_once('=').unwrap();
            env.git(["config", key, value]);
        }
        env.git(["update-index", "--force-write-index"]);
        env.git(["status"]);
        env.write("app.rs", "fn main() { unsaved() }\n");
        if settings[0].starts_with("core.fileMode") {
            crate::environment::make_executable(&env.store.join("docs/guide.md"));
        }
        plays_few(&env);
    }
}

#[test]
fn a_repository_of_the_oldest_format_and_one_with_a_worktrees_settings() {
    let env = shared_store();
    env.git(["config", "--unset", "core.repositoryFormatVersion"]);
    plays(&env);
    let env = shared_store();
    env.git(["config", "extensions.worktreeConfig", "true"]);
    env.git(["config", "--worktree", "user.name", "Worktree"]);
    plays(&env);
    assert!(env.last_commit().starts_with("Worktree <"), "{}", env.last_commit());
}

#[test]
fn replaced_and_grafted_commits() {
    let env = shared_store();
    env.declare("Search is slow");
    env.git(["replace", "--graft", "HEAD~1"]);
    plays(&env);
    let env = shared_store();
    env.declare("Search is slow");
    let parent = env.git(["rev-parse", "HEAD~1"]);
    env.write(".git/info/grafts", parent);
    plays(&env);
}

#[test]
fn a_replaced_tip() {
    let env = shared_store();
    let tip = env.head();
    env.write("app.rs", "fn main() { replaced() }\n");
    env.commit_by_hand("To be");
    let other = env.head();
    env.git(["reset", "--quiet", "--hard", &tip]);
    env.git(["replace", &tip, &other]);
    env.git(["reset", "--quiet", "--hard"]);
    assert!(env.read("app.rs").contains("replaced"));
    plays(&env);
}

#[test]
fn names_that_are_ambiguous() {
    let env = shared_store();
    env.git(["tag", "main", "HEAD~1"]);
    env.git(["tag", "HEAD", "HEAD~1"]);
    env.git(["branch", "refs/heads/main", "HEAD~1"]);
    env.write("main", "A file\n");
    env.write("HEAD", "A file\n");
    env.git(["add", "main"]);
    plays(&env);
}

#[test]
fn a_repository_that_a_group_shares() {
    let env = shared_store();
    env.git(["config", "core.sharedRepository", "group"]);
    types(&env, "chmod -R g+w .git && find .git -type d -exec chmod g+s {} +");
    plays(&env);
    let mut find = env.program("find", &env.store.join(".git"));
    let output =
        find.args(["-type", "d", "-not", "-perm", "-g+w", "-o", "-name", "*.lock", "-not", "-perm", "-g+w"]);
    let output = output.output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "");
}
