//! The user's `git` program, for what libgit2 does not do: history with filters, hooks, signing, odd indexes, remotes.

use std::ffi::OsString;
use std::io::{ErrorKind, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::thread;

use anyhow::{Context, Result};

use crate::failure::{Exit, Failure, Message};

/// Variables that a hook or `rebase --exec` around us may have set for another repository (`git rev-parse --local-env-vars`),
/// and those that change what a path among the arguments means. Settings (`GIT_CONFIG_COUNT`) are meant for us, too.
const FOREIGN_VARIABLES: [&str; 19] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_QUARANTINE_PATH",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_GRAFT_FILE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_REPLACE_REF_BASE",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
];

/// The `git` program, started in one directory.
#[derive(Clone, Debug)]
pub struct Git {
    directory: PathBuf,
}

/// One start of `git`: what to say to it besides its arguments.
#[derive(Default)]
pub struct Call<'a> {
    pub arguments: Vec<OsString>,
    pub environment: Vec<(&'static str, OsString)>,
    pub input: &'a [u8],
}

/// What `git` answered.
#[derive(Debug)]
pub struct Answer {
    pub status: ExitStatus,
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
}

impl Answer {
    /// What it said on both streams, trimmed, for people.
    pub fn words(&self) -> String {
        let spoken = [self.stderr.as_slice(), self.stdout.as_slice()].concat();
        String::from_utf8_lossy(&spoken).trim().to_owned()
    }
}

impl<'a> Call<'a> {
    pub fn new(arguments: &[&str]) -> Self {
        Self { arguments: arguments.iter().map(OsString::from).collect(), ..Self::default() }
    }

    #[must_use]
    pub fn argument(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    #[must_use]
    pub fn environment(mut self, name: &'static str, value: impl Into<OsString>) -> Self {
        self.environment.push((name, value.into()));
        self
    }

    #[must_use]
    pub fn input(mut self, input: &'a [u8]) -> Self {
        self.input = input;
        self
    }

    /// As one would type it, for messages.
    fn line(&self) -> String {
        let words: Vec<_> = self.arguments.iter().map(|word| word.to_string_lossy()).collect();
        format!("git {}", words.join(" "))
    }
}

impl Git {
    pub fn new(directory: &Path) -> Self {
        Self { directory: directory.to_owned() }
    }

    pub(super) fn directory(&self) -> &Path {
        &self.directory
    }

    /// Runs it to its end, whatever its exit status. It never pages, translates, or asks for a password on the terminal.
    ///
    /// # Errors
    /// The program is missing or cannot be started.
    pub fn run(&self, call: &Call<'_>) -> Result<Answer> {
        let mut child = self.start(call, Stdio::piped())?;
        let mut stdin = child.stdin.take();
        let (mut out, err) = (child.stdout.take(), child.stderr.take());
        // `wait_with_output` would panic where a pipe cannot be read.
        let (stdout, stderr) = thread::scope(|scope| {
            // A child may fill its output before it has read its input; it may also not read it at all.
            scope.spawn(|| stdin.take().map(|mut stdin| stdin.write_all(call.input)));
            let stderr = scope.spawn(|| read_all(err));
            (read_all(out.take()), stderr.join())
        });
        let status = child.wait().with_context(|| call.line())?;
        let stderr = stderr.unwrap_or_else(|_| Ok(Vec::new()));
        let stdout = stdout.with_context(|| call.line())?;
        Ok(Answer { status, stdout, stderr: stderr.with_context(|| call.line())? })
    }

    /// Its standard output, where it ends well.
    ///
    /// # Errors
    /// The program is missing, or says that it failed: with the command line and its words.
    pub fn output(&self, call: &Call<'_>) -> Result<Vec<u8>> {
        let answer = self.run(call)?;
        if answer.status.success() { Ok(answer.stdout) } else { Err(failed(call, &answer)) }
    }

    /// Starts it and hands `read` its standard output as it comes, until that has enough.
    ///
    /// # Errors
    /// As `output`, or what `read` returns.
    pub fn stream(
        &self,
        call: &Call<'_>,
        read: impl FnOnce(ChildStdout) -> Result<ControlFlow<()>>,
    ) -> Result<()> {
        let mut child = self.start(call, Stdio::piped())?;
        drop(child.stdin.take());
        let stdout = child.stdout.take().expect("its output is piped");
        let err = child.stderr.take();
        let (read, stderr) = thread::scope(|scope| {
            // A child that has much to complain of would wait for somebody to hear it, and its output would never end.
            let stderr = scope.spawn(|| read_all(err));
            // The pipe is dropped at the end of this, which ends the child: nothing is left behind.
            (read(stdout), stderr.join())
        });
        let stderr = stderr.unwrap_or_else(|_| Ok(Vec::new()));
        let status = child.wait().with_context(|| call.line())?;
        if read?.is_break() {
            // It ended because nobody listens any more.
            return Ok(());
        }
        let answer = Answer { status, stdout: Vec::new(), stderr: stderr.with_context(|| call.line())? };
        if answer.status.success() { Ok(()) } else { Err(failed(call, &answer)) }
    }

    fn start(&self, call: &Call<'_>, stderr: Stdio) -> Result<Child> {
        let mut command = Command::new("git");
        for variable in FOREIGN_VARIABLES {
            command.env_remove(variable);
        }
        command
            .arg("--no-pager")
            .arg("-C")
            .arg(&self.directory)
            .args(&call.arguments)
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("LC_ALL", "C.UTF-8")
            .env("LANGUAGE", "C")
            .envs(call.environment.iter().map(|(name, value)| (*name, value)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(stderr);
        command.spawn().map_err(|error| not_started(&error)).with_context(|| call.line())
    }
}

fn read_all(pipe: Option<impl Read>) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match pipe {
        Some(mut pipe) => pipe.read_to_end(&mut bytes).map(|_| bytes),
        None => Ok(bytes),
    }
}

fn not_started(error: &std::io::Error) -> Failure {
    if error.kind() == ErrorKind::NotFound {
        Failure::new(Exit::Git, "store-git-missing").hint(Message::new("store-hint-install-git"))
    } else {
        Failure::new(Exit::Git, "store-git-not-started").with("error", error)
    }
}

pub(super) fn failed(call: &Call<'_>, answer: &Answer) -> anyhow::Error {
    Failure::new(Exit::Git, "store-command-failed")
        .with("command", call.line())
        .with("output", answer.words())
        .into()
}
