//! A command under `strace`, which kills it, or lets a call of it fail, at one chosen call.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};

/// Whatever changes a file, a name or a lock.
pub const WRITING: [&str; 23] = [
    "write",
    "pwrite64",
    "writev",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "link",
    "linkat",
    "mkdir",
    "mkdirat",
    "rmdir",
    "fsync",
    "fdatasync",
    "ftruncate",
    "chmod",
    "fchmod",
    "fchmodat",
    "utimensat",
    "flock",
    "copy_file_range",
    "sendfile",
];

/// What may fail besides: opening and reading.
pub const READING: [&str; 4] = ["openat", "read", "pread64", "getdents64"];

/// What happens at the `nth` call of `call`.
#[derive(Clone, Debug)]
pub struct Point {
    pub call: &'static str,
    pub nth: usize,
    pub effect: Effect,
    /// Whether the programs that it starts are hit as well, whichever comes to its `nth` call first.
    pub children: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    Kill,
    /// This call fails once.
    Once(&'static str),
    /// It fails from this call on, as on a full disk.
    FromThere(&'static str),
}

/// How a command under `strace` ended.
pub struct Ended {
    /// None if a signal ended it.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
    /// Whether the point was reached.
    pub hit: bool,
    /// Whether it was what the command says that could not be written.
    pub is_mute: bool,
}

/// How often each call was made: by the program, and most often by any of the programs it started.
#[derive(Debug, Default)]
pub struct Counts {
    pub own: BTreeMap<&'static str, usize>,
    pub children: BTreeMap<&'static str, usize>,
}

/// Why nothing can be injected here; none if it can.
pub fn missing() -> Option<String> {
    let tried = Command::new("strace")
        .args(["-qq", "-o", "/dev/null", "-e", "inject=write:signal=SIGKILL:when=1", "echo", "x"])
        .output();
    match tried {
        Err(error) => Some(format!("strace cannot be started: {error}")),
        Ok(output) if output.stdout.is_empty() && output.status.code().is_none() => None,
        Ok(output) => Some(format!(
            "strace may not trace here: {} {}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        )),
    }
}

/// Runs `command` with what is to happen at `point`; `log` is a file for what `strace` says.
pub fn run_at(command: &Command, point: &Point, log: &Path) -> Ended {
    let nth = point.nth;
    let effect = match point.effect {
        Effect::Kill => format!("signal=SIGKILL:when={nth}"),
        Effect::Once(error) => format!("error={error}:when={nth}"),
        Effect::FromThere(error) => format!("error={error}:when={nth}+"),
    };
    let trace = format!("trace={}", point.call);
    let inject = format!("inject={}:{effect}", point.call);
    let follow: &[&str] = if point.children { &["-f"] } else { &[] };
    let words = [follow, &["-q", "-e", &trace, "-e", &inject]].concat();
    let (code, stdout, stderr) = run(command, &words, log);
    let said = std::fs::read_to_string(log).unwrap_or_default();
    let sign = if point.effect == Effect::Kill { "+++ killed by SIGKILL" } else { "(INJECTED)" };
    let is_mute = said.lines().any(|line| {
        let words = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        line.contains("(INJECTED)") && (words.starts_with("write(1,") || words.starts_with("write(2,"))
    });
    Ended { code, stdout, stderr, hit: said.contains(sign), is_mute }
}

/// Runs `command` unharmed, and counts the calls of `calls`.
pub fn count(command: &Command, calls: &[&'static str], log: &Path) -> (Counts, Ended) {
    let trace = format!("trace={}", calls.join(","));
    let (code, stdout, stderr) = run(command, &["-f", "-q", "-e", &trace, "-e", "signal=none"], log);
    let said = std::fs::read_to_string(log).unwrap_or_default();
    let mut by_process: BTreeMap<&str, BTreeMap<&'static str, usize>> = BTreeMap::new();
    let mut own = None;
    for line in said.lines() {
        let Some((process, rest)) = line.split_once(' ') else { continue };
        own.get_or_insert(process);
        let name = rest.trim_start().split('(').next().unwrap_or_default();
        if let Some(call) = calls.iter().find(|call| **call == name) {
            *by_process.entry(process).or_default().entry(call).or_default() += 1;
        }
    }
    let mut counts = Counts::default();
    for (process, calls) in by_process {
        if Some(process) == own {
            counts.own = calls;
        } else {
            for (call, number) in calls {
                let most = counts.children.entry(call).or_default();
                *most = number.max(*most);
            }
        }
    }
    (counts, Ended { code, stdout, stderr, hit: false, is_mute: false })
}

/// `command` with the same surroundings under `strace`. Returns when every process that it started has ended, too: they
/// all inherit a copy of its output.
fn run(command: &Command, words: &[&str], log: &Path) -> (Option<i32>, String, String) {
    let mut traced = Command::new("sh");
    traced.arg("-c").arg("exec 9>&1; exec strace \"$@\"").arg("strace").arg("-o").arg(log).args(words);
    traced.arg("--").arg(command.get_program()).args(command.get_args()).env_clear();
    let set = |(name, value): (_, Option<_>)| value.map(|value| (name, value));
    traced.envs(command.get_envs().filter_map(set).collect::<Vec<(&OsStr, &OsStr)>>());
    traced.current_dir(command.get_current_dir().unwrap()).stdin(Stdio::null());
    let output = traced.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}
