//! Fetching and pushing the store's branch through the user's `git`, which knows their keys, proxies and helpers.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::Result;

use super::failures::{file_failed, git_line, quoted};
use super::git::{Answer, Call};
use super::upstream::Upstream;
use super::{Store, lock};
use crate::failure::{Exit, Failure, Message};

/// Whether somebody is there to be asked for a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attendance {
    /// git may ask on the terminal.
    Attended,
    /// Nothing may be asked, and nothing may wait for an answer.
    Unattended,
}

/// What became of a push.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pushed {
    Done,
    /// The branch there has commits that this one lacks.
    Behind,
    /// Something there holds the branch, such as another push, or what is left of one: with what was said.
    Held(Failure),
}

impl Store {
    /// Brings this clone's memory of the upstream up to date, and says whether the branch is there at all.
    ///
    /// # Errors
    /// Exit 8: the other repository cannot be reached, or does not let us in.
    pub fn fetch(&self, upstream: &Upstream, attendance: Attendance) -> Result<bool> {
        let refspec = format!("+{}:{}", upstream.branch, upstream.tracking);
        let call = attended(
            Call::new(&[
                "fetch",
                "--quiet",
                "--no-tags",
                "--no-write-fetch-head",
                "--no-auto-maintenance",
                "--no-filter",
            ]),
            attendance,
        );
        let answer = self.git.run(&call.argument(&upstream.remote).argument(refspec))?;
        if answer.status.success() {
            return Ok(true);
        }
        if answer.words().contains("couldn't find remote ref") {
            self.forget(upstream)?;
            return Ok(false);
        }
        Err(self.trouble(upstream, &answer).into())
    }

    /// Makes `commit` the end of the branch there; never by force.
    ///
    /// # Errors
    /// Exit 8: refused for another reason than being behind, or the other repository cannot be reached.
    pub fn push(&self, upstream: &Upstream, commit: &str, attendance: Attendance) -> Result<Pushed> {
        let refspec = format!("{commit}:{}", upstream.branch);
        let call = attended(Call::new(&["push", "--porcelain"]), attendance);
        let answer = self.git.run(&call.argument(&upstream.remote).argument(refspec))?;
        if answer.status.success() {
            return Ok(Pushed::Done);
        }
        match Rejection::read(&answer) {
            Some(Rejection::Behind) => Ok(Pushed::Behind),
            Some(Rejection::Held) => {
                Ok(Pushed::Held(refused(upstream, &answer).hint(Message::new("hint-again"))))
            }
            Some(Rejection::Refused) => {
                Err(refused(upstream, &answer).hint(self.pull_request_hint(upstream)).into())
            }
            None if self.has_hook("pre-push") && is_kept_back(&answer) => {
                Err(self.kept_back(upstream, &answer).into())
            }
            None => Err(self.trouble(upstream, &answer).into()),
        }
    }

    fn kept_back(&self, upstream: &Upstream, answer: &Answer) -> Failure {
        let [remote, branch] = [&upstream.remote, upstream.branch_name()].map(|word| quoted(word.as_ref()));
        let command = git_line(&self.root, &format!("push --no-verify {remote} {branch}"));
        Failure::new(Exit::Git, "sync-kept-back")
            .with("upstream", upstream.short())
            .with("output", spoken(answer))
            .hint(Message::new("sync-hint-push-unchecked").with("command", command))
    }

    /// Lets whoever was quicker finish: a little longer each time, and never as long as another one that waits, too.
    pub fn pause_before_retry(&self, attempt: u32) {
        let mut random = [0; 1];
        // Without chance both would just wait equally long.
        let _ = getrandom::fill(&mut random);
        let pause = Duration::from_millis(50 * (1 << attempt.min(4)) + u64::from(random[0]));
        let _ = lock::wait::<()>(pause, || Ok(None));
    }

    /// Starts `program`, which is this one, in the store: not to be waited for unless `waits`, without the terminal.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn start_own_program(&self, program: &Path, words: &[&str], waits: bool) -> Result<()> {
        let mut command = Command::new(program);
        command.arg("-C").arg(&self.root).args(words).current_dir(&self.root);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let failed = |error| file_failed("starting", program, &error);
        let mut child = command.spawn().map_err(failed)?;
        if waits {
            child.wait().map_err(failed)?;
        }
        Ok(())
    }

    fn pull_request_hint(&self, upstream: &Upstream) -> Message {
        let remote = quoted(upstream.remote.as_ref());
        let command = git_line(&self.root, &format!("push {remote} HEAD:refs/heads/incidents"));
        Message::new("sync-hint-pull-request").with("command", command)
    }

    /// The command that merges the upstream by git alone.
    pub fn pull_command(&self, upstream: &Upstream) -> String {
        let [remote, branch] = [&upstream.remote, upstream.branch_name()].map(|word| quoted(word.as_ref()));
        git_line(&self.root, &format!("pull --no-rebase {remote} {branch}"))
    }

    fn trouble(&self, upstream: &Upstream, answer: &Answer) -> Failure {
        let words = spoken(answer);
        let failure = Failure::new(Exit::Network, trouble_key(&words)).with("remote", &upstream.remote);
        let try_it = git_line(&self.root, &format!("fetch {}", quoted(upstream.remote.as_ref())));
        failure
            .with("url", self.remote_url().unwrap_or_default())
            .with("output", words)
            .hint(Message::new("sync-hint-command").with("command", try_it))
    }
}

/// The other side said no: a protected branch, a hook there, or trouble of its own.
fn refused(upstream: &Upstream, answer: &Answer) -> Failure {
    Failure::new(Exit::Network, "sync-refused")
        .with("upstream", upstream.short())
        .with("output", spoken(answer))
}

/// How git answers in its C locale, which is what [`super::git::Git`] starts it in.
fn trouble_key(words: &str) -> &'static str {
    let says = |signs: &[&str]| signs.iter().any(|sign| words.to_lowercase().contains(sign));
    if says(&[
        "could not resolve host",
        "couldn't connect",
        "failed to connect",
        "connection refused",
        "connection timed out",
        "connection reset",
        "network is unreachable",
        "no route to host",
        "operation timed out",
        "temporary failure in name resolution",
        "unable to connect",
    ]) {
        "sync-unreachable"
    } else if says(&[
        "authentication failed",
        "permission denied",
        "could not read username",
        "could not read password",
        "terminal prompts disabled",
        "host key verification failed",
        "invalid credentials",
        "returned error: 401",
        "returned error: 403",
    ]) {
        "sync-not-let-in"
    } else if says(&["does not appear to be a git repository", "repository not found", "does not exist"]) {
        "sync-no-repository"
    } else {
        "sync-failed"
    }
}

/// Why a push was turned down (`git push --porcelain`: `!\tFROM:TO\t[rejected] (fetch first)`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rejection {
    Behind,
    Held,
    Refused,
}

impl Rejection {
    fn read(answer: &Answer) -> Option<Self> {
        let stdout = String::from_utf8_lossy(&answer.stdout);
        let line = stdout.lines().find(|line| line.starts_with("!\t"))?;
        let summary = line.rsplit('\t').next().unwrap_or_default();
        let is_behind = ["(fetch first)", "(non-fast-forward)", "(stale info)"];
        // Two pushes at once: the other one has moved the branch, or is about to.
        let is_raced = ["but expected ", "incorrect old value", "reference already exists"];
        let stderr = String::from_utf8_lossy(&answer.stderr);
        let says = |sign: &&str| summary.contains(sign) || stderr.contains(sign);
        Some(if is_behind.iter().any(|sign| summary.contains(sign)) || is_raced.iter().any(says) {
            Self::Behind
        } else if says(&".lock': File exists") {
            Self::Held
        } else {
            Self::Refused
        })
    }
}

/// Whether git had reached the other side, and asked nothing of it: a hook here has said no.
fn is_kept_back(answer: &Answer) -> bool {
    let stderr = String::from_utf8_lossy(&answer.stderr);
    stderr.contains("error: failed to push some refs") && !stderr.contains("fatal: ")
}

/// What the other side and git said, without the machine's own lines and git's advice.
fn spoken(answer: &Answer) -> String {
    let stderr = String::from_utf8_lossy(&answer.stderr);
    let stdout = String::from_utf8_lossy(&answer.stdout);
    let rejected = stdout.lines().filter_map(|line| line.strip_prefix("!\t")?.rsplit('\t').next());
    let said = stderr
        .lines()
        .filter(|line| !line.starts_with("hint:") && !line.starts_with("error: failed to push"));
    let lines: Vec<&str> = said.chain(rejected).map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

fn attended(call: Call<'_>, attendance: Attendance) -> Call<'_> {
    match attendance {
        Attendance::Attended => call.environment("GIT_TERMINAL_PROMPT", "1"),
        Attendance::Unattended => call
            .environment("GIT_TERMINAL_PROMPT", "0")
            .environment("GIT_ASKPASS", "true")
            .environment("SSH_ASKPASS", "true")
            .environment("SSH_ASKPASS_REQUIRE", "never")
            // A server that accepts and then says nothing.
            .environment("GIT_HTTP_LOW_SPEED_LIMIT", "1")
            .environment("GIT_HTTP_LOW_SPEED_TIME", "30"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_push_is_tried_again_only_where_that_may_help() {
        let check = |summary: &str, remote: &str, expected: Rejection| {
            let answer = Answer {
                status: std::process::ExitStatus::default(),
                stdout: format!("To ../hub.git\n!\tHEAD:refs/heads/main\t{summary}\nDone\n").into_bytes(),
                stderr: remote.as_bytes().to_vec(),
            };
            assert_eq!(Rejection::read(&answer), Some(expected), "{summary} {remote}");
        };
        check("[rejected] (fetch first)", "", Rejection::Behind);
        check("[rejected] (non-fast-forward)", "", Rejection::Behind);
        let failed = "[remote rejected] (failed to update ref)";
        let lock = "remote: error: cannot lock ref 'refs/heads/main': ";
        check(failed, &format!("{lock}is at 1234 but expected 5678"), Rejection::Behind);
        check(
            failed,
            &format!("{lock}Unable to create '/hub.git/refs/heads/main.lock': File exists."),
            Rejection::Held,
        );
        check(
            failed,
            &format!("{lock}Unable to create '/hub.git/main.lock': Permission denied"),
            Rejection::Refused,
        );
        check(failed, "remote: fatal: No space left on device", Rejection::Refused);
        check("[remote rejected] (protected branch hook declined)", "", Rejection::Refused);
    }

    #[test]
    fn gits_words_are_told_apart() {
        for (words, expected) in [
            ("fatal: unable to access 'http://x/': Could not resolve host: x", "sync-unreachable"),
            ("ssh: connect to host x port 22: Connection refused", "sync-unreachable"),
            ("fatal: Authentication failed for 'https://x/y.git/'", "sync-not-let-in"),
            (
                "git@x: Permission denied (publickey).\nfatal: Could not read from remote repository.",
                "sync-not-let-in",
            ),
            ("fatal: could not read Username for 'https://x': terminal prompts disabled", "sync-not-let-in"),
            ("fatal: '/gone.git' does not appear to be a git repository", "sync-no-repository"),
            ("fatal: early EOF", "sync-failed"),
        ] {
            assert_eq!(trouble_key(words), expected, "{words}");
        }
    }
}
