//! The user's commit hooks, run by `git hook run` on an index that differs from the tip in our paths alone.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use anyhow::Result;
use git2::Oid;

use super::Store;
use super::failures::file_failed;
use super::git::Call;
use crate::failure::{Exit, Failure, Message};

impl Store {
    /// Whether git would run a hook for `event`.
    pub(super) fn has_hook(&self, event: &str) -> bool {
        let file = self.hooks_directory().join(event);
        fs::metadata(file).is_ok_and(|file| is_executable(&file)) || self.has_configured_hook(event)
    }

    fn hooks_directory(&self) -> PathBuf {
        let configured = self.config_path("core.hooksPath");
        let top = self.repository.workdir().unwrap_or_else(|| self.repository.path());
        // A relative one starts where hooks run.
        configured.map_or_else(|| self.repository.commondir().join("hooks"), |path| top.join(path))
    }

    /// Newer versions of git take hooks from `hook.<name>.event`, too.
    fn has_configured_hook(&self, event: &str) -> bool {
        let Ok(config) = self.repository.config() else { return false };
        let Ok(mut entries) = config.entries(Some(r"^hook\..*\.event$")) else { return false };
        let mut found = false;
        while let Some(Ok(entry)) = entries.next() {
            found |= entry.value().is_ok_and(|value| value == event);
        }
        found
    }

    /// Runs a hook that may refuse the commit.
    ///
    /// # Errors
    /// The hook said no: its name and its words, with the option that skips it as the hint.
    pub(super) fn run_hook(&self, event: &str, arguments: &[&Path], index: &Path) -> Result<()> {
        let mut call = Call::new(&["hook", "run", "--ignore-missing", event, "--"])
            .environment("GIT_INDEX_FILE", index)
            .environment("GIT_EDITOR", ":");
        for argument in arguments {
            call = call.argument(*argument);
        }
        let answer = self.git.run(&call)?;
        if answer.status.success() {
            return Ok(());
        }
        let words = answer.words();
        // git before 2.36 has no `hook run`.
        let key = if words.contains("'hook' is not a git command") {
            "store-git-too-old"
        } else {
            "store-hook-failed"
        };
        let failure = Failure::new(Exit::Git, key).with("hook", event).with("output", words);
        // As with git, `--no-verify` does not skip the one that prepares the message.
        let skips = event != "prepare-commit-msg";
        Err(if skips { failure.hint(Message::new("store-hint-no-verify")) } else { failure }.into())
    }

    /// Tells `post-commit`, which can no longer refuse anything.
    pub(super) fn tell_post_commit(&self) -> Option<Message> {
        let output = self.tell("post-commit", &[])?;
        Some(failed(["store-post-commit-failed", "store-post-commit-failed-silently"], output))
    }

    /// Tells `post-merge`, which some tools rely on to follow the branch.
    pub(super) fn tell_post_merge(&self) -> Option<Message> {
        let output = self.tell("post-merge", &["--", "0"])?;
        Some(failed(["store-post-merge-failed", "store-post-merge-failed-silently"], output))
    }

    /// What a hook that can refuse nothing said when it failed.
    fn tell(&self, event: &str, arguments: &[&str]) -> Option<String> {
        if !self.has_hook(event) {
            return None;
        }
        let call = Call::new(&["hook", "run", "--ignore-missing", event]).environment("GIT_EDITOR", ":");
        match self.git.run(&arguments.iter().fold(call, |call, argument| call.argument(*argument))) {
            Ok(answer) if answer.status.success() => None,
            Ok(answer) => Some(answer.words()),
            Err(error) => Some(error.to_string()),
        }
    }

    /// Makes `file` an index of `tree`. Entries the worktree's index shares keep their dates, so that a hook need not
    /// read the whole worktree.
    pub(super) fn write_hook_index(&self, file: &Path, tree: Oid) -> Result<()> {
        let index = self.index_path();
        let copied = self.placement.has_worktree() && index.exists();
        if copied {
            fs::copy(&index, file).map_err(|error| file_failed("reading", &index, &error))?;
        }
        let tree = tree.to_string();
        let arguments: &[&str] =
            if copied { &["read-tree", "--reset", &tree] } else { &["read-tree", &tree] };
        self.git.output(&Call::new(arguments).environment("GIT_INDEX_FILE", file))?;
        if copied {
            // Its exit status says that files differ, which is no failure.
            self.git
                .run(&Call::new(&["update-index", "-q", "--refresh"]).environment("GIT_INDEX_FILE", file))?;
        }
        Ok(())
    }
}

/// The first message with what a hook said, or the second where it said nothing.
fn failed([with_output, silently]: [&'static str; 2], output: String) -> Message {
    match output.trim() {
        "" => Message::new(silently),
        _ => Message::new(with_output).with("output", output),
    }
}

#[cfg(unix)]
fn is_executable(file: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.is_file() && file.permissions().mode() & 0o111 != 0
}

#[cfg(not(unix))]
fn is_executable(file: &Metadata) -> bool {
    file.is_file()
}

#[cfg(all(test, unix))]
mod tests {
    use super::super::testing::{TestRepository, failure, path, proposal, record};
    use super::super::{CommitOptions, Outcome};
    use super::*;

    #[test]
    fn a_refusing_hook_leaves_everything_as_it_was() {
        // It may even have changed the file before it refuses: that might be what somebody has saved meanwhile.
        for (lines, text, status) in [
            ("echo 'no way' >&2; exit 1", "a1\n", &["M  other.txt"][..]),
            ("echo changed >>a.md; git add a.md; exit 1", "a1\n", &["M  other.txt"]),
            ("sed -i '1i changed' a.md; exit 1", "a1\n", &["M  other.txt"]),
            ("rm a.md b.md; exit 1", "a1\n", &["M  other.txt"]),
        ] {
            let repository = TestRepository::with_commit();
            repository.write("other.txt", "staged\n");
            repository.git(&["add", "other.txt"]);
            repository.hook("pre-commit", lines);
            let store = repository.store();
            let tip = store.tip().unwrap();
            let result =
                store.lock().unwrap().commit(&proposal(&[("a.md", Some("a2\n")), ("b.md", Some("b\n"))]));
            let error = result.unwrap_err();
            let failure: &Failure = error.downcast_ref().unwrap();
            assert_eq!(failure.message.key, "store-hook-failed");
            let kept = failure.hints.iter().any(|hint| hint.key == "store-kept-aside");
            assert_eq!(kept, lines.starts_with("sed"), "{:?}", failure.hints);
            assert_eq!(store.tip().unwrap(), tip);
            assert_eq!(repository.text("a.md").unwrap(), text, "{lines}");
            assert_eq!(repository.status(), status, "{lines}");
            repository.assert_sound();

            repository.git(&["checkout", "--quiet", "--", "a.md"]);
            let mut skipping = proposal(&[("a.md", Some("a2\n"))]);
            skipping.options = CommitOptions { verify: false, sign: true };
            let outcome = store.lock().unwrap().commit(&skipping).unwrap();
            assert!(matches!(outcome, Outcome::Committed { .. }));
        }
    }

    #[test]
    fn a_hook_may_refuse_that_the_branch_moves() {
        for born in [true, false] {
            let repository = if born { TestRepository::with_commit() } else { TestRepository::empty() };
            repository
                .hook("reference-transaction", "test \"$1\" = committed || { echo frozen >&2; exit 1; }");
            let store = repository.store();
            let tip = store.tip().unwrap();
            let result = store.lock().unwrap().commit(&proposal(&[("a.md", Some("a2\n"))]));
            assert_eq!(failure(result), ("store-move-refused", Exit::Git));
            assert_eq!((store.tip().unwrap(), repository.status()), (tip, Vec::new()));

            repository.hook("reference-transaction", "echo \"$1\" >>.git/told");
            assert_eq!(record(&store, &[("a.md", Some("a2\n"))]), [""; 0]);
            assert_eq!(repository.text(".git/told").unwrap(), "prepared\ncommitted\n");
            assert_eq!(repository.text("a.md").unwrap(), "a2\n");
            let reflog = repository.git(&["reflog", "-1", "--format=%gn %gs", "main"]);
            assert_eq!(reflog, "committer incident: 20261120-k7qm: subject");
            assert_eq!(repository.status(), [""; 0]);
            repository.assert_sound();
        }
        let repository = TestRepository::with_commit();
        repository.hook("reference-transaction", "exit 0");
        let store = repository.store();
        let mut writer = store.lock().unwrap();
        repository.write("other.txt", "theirs\n");
        repository.commit_all("theirs");
        assert_eq!(writer.commit(&proposal(&[("a.md", Some("a2\n"))])).unwrap(), Outcome::Moved);
        repository.write(".git/refs/heads/main.lock", "");
        let held = writer.commit(&proposal(&[("a.md", Some("a2\n"))]));
        assert_eq!(failure(held), ("store-branch-locked", Exit::Refused));
    }

    #[test]
    fn a_hooks_words_are_shown() {
        let repository = TestRepository::with_commit();
        repository.hook("commit-msg", "echo 'title too long' >&2; echo second; exit 3");
        let store = repository.store();
        let error = store.lock().unwrap().commit(&proposal(&[("a.md", Some("a2\n"))])).unwrap_err();
        let failure: &Failure = error.downcast_ref().unwrap();
        let facts = [("hook", "commit-msg".to_owned()), ("output", "title too long\nsecond".to_owned())];
        assert_eq!(failure.message.facts, facts);
        assert_eq!(failure.hints, [Message::new("store-hint-no-verify")]);
    }

    #[test]
    fn a_hook_sees_our_files_alone_and_may_reformat_them() {
        let repository = TestRepository::with_commit();
        repository.write("other.txt", "staged\n");
        repository.git(&["add", "other.txt"]);
        repository.hook(
            "pre-commit",
            "git diff --cached --name-only >\"$(git rev-parse --git-dir)/seen\"\n\
             test \"$(cat a.md)\" = a2 || exit 1\n\
             echo formatted >>a.md\ngit add a.md",
        );
        assert_eq!(record(&repository.store(), &[("a.md", Some("a2\n"))]), [""; 0]);
        assert_eq!(repository.text(".git/seen").unwrap(), "a.md\n");
        assert_eq!(repository.git(&["show", "HEAD:a.md"]), "a2\nformatted");
        assert_eq!(repository.text("a.md").unwrap(), "a2\nformatted\n");
        assert_eq!(repository.status(), ["M  other.txt"]);
        repository.assert_sound();
    }

    #[test]
    fn message_hooks_may_change_the_message() {
        let repository = TestRepository::with_commit();
        repository.hook("prepare-commit-msg", "echo \"$2\" >>\"$1\"");
        repository.hook("commit-msg", "echo 'Ticket: 1' >>\"$1\"");
        repository
            .hook("post-commit", "git log -1 --format=%s >\"$(git rev-parse --git-dir)/posted\"; exit 1");
        let store = repository.store();
        assert_eq!(record(&store, &[("a.md", Some("a2\n"))]), ["store-post-commit-failed-silently"]);
        assert!(repository.git(&["log", "-1", "--format=%B"]).ends_with("k7qm\nmessage\nTicket: 1"));
        assert_eq!(repository.text(".git/posted").unwrap(), "20261120-k7qm: subject\n");
        repository.assert_sound();
    }

    #[test]
    fn hooks_are_looked_for_where_git_looks() {
        let repository = TestRepository::with_commit();
        let store = repository.store();
        assert!(!store.has_hook("pre-commit"));
        repository.write(".git/hooks/pre-commit", "#!/bin/sh\nexit 1\n");
        assert!(!store.has_hook("pre-commit"), "it is not executable");
        repository.write("team/pre-commit", "#!/bin/sh\n");
        super::super::testing::make_executable(&repository.top.join("team/pre-commit"));
        repository.git(&["config", "core.hooksPath", "team"]);
        assert!(repository.store().has_hook("pre-commit"));
        repository.git(&["config", "hook.lint.event", "commit-msg"]);
        assert!(repository.store().has_hook("commit-msg"));
    }

    #[test]
    fn another_branchs_files_are_not_checked_by_pre_commit() {
        let repository = TestRepository::with_commit();
        repository.git(&["checkout", "--quiet", "-b", "feature"]);
        repository.hook("pre-commit", "exit 1");
        repository.hook("commit-msg", "echo checked >>\"$1\"");
        let store = repository.store().on_branch(Some("main")).unwrap();
        assert_eq!(record(&store, &[("a.md", Some("a2\n"))]), ["store-pre-commit-skipped"]);
        assert!(repository.git(&["log", "-1", "--format=%B", "main"]).ends_with("checked"));
        assert_eq!(store.read(&path("a.md")).unwrap().unwrap(), b"a2\n");
        assert_eq!(repository.status(), [""; 0]);
        repository.assert_sound();
    }
}
