//! Being told to end while a question is put, by a terminal that closes or by `kill`: the question ends, and what was
//! typed is kept as after Ctrl-C.

use std::io;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, retry_on_intr};
use signal_hook::consts::{SIGHUP, SIGTERM};
use signal_hook::{flag, low_level::pipe};

/// What has been typed, or else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Waited {
    /// There is something to read, be it the end.
    Input,
    ToldToEnd,
    Nothing,
}

/// The signals that end a program, noticed while it asks. At any other time they do what they always do.
#[derive(Debug)]
pub(super) struct Departure {
    /// The signals end the program at once.
    at_once: Arc<AtomicBool>,
    /// Has a byte when one of them came. It is never read, so that each question that follows ends, too.
    told: UnixStream,
}

impl Departure {
    pub(super) fn new() -> io::Result<Self> {
        let at_once = Arc::new(AtomicBool::new(true));
        let (told, telling) = UnixStream::pair()?;
        for signal in [SIGHUP, SIGTERM] {
            flag::register_conditional_default(signal, Arc::clone(&at_once))?;
            pipe::register(signal, telling.try_clone()?)?;
        }
        Ok(Self { at_once, told })
    }

    /// From here on the signals are only noticed.
    pub(super) fn watch(&self) {
        self.at_once.store(false, Ordering::SeqCst);
    }

    /// From here on they end the program again; not where one came already, since what was typed is still to be kept.
    pub(super) fn let_go(&self) {
        if !matches!(self.wait(Some(&Timespec { tv_sec: 0, tv_nsec: 0 })), Ok(Waited::ToldToEnd)) {
            self.at_once.store(true, Ordering::SeqCst);
        }
    }

    /// Waits for something to be typed, for ever or so long.
    pub(super) fn wait(&self, timeout: Option<&Timespec>) -> io::Result<Waited> {
        let stdin = io::stdin();
        let mut waited = [PollFd::new(&self.told, PollFlags::IN), PollFd::new(&stdin, PollFlags::IN)];
        match timeout {
            None => retry_on_intr(|| poll(&mut waited, None))?,
            // A window that changes its size interrupts the wait.
            Some(_) => match poll(&mut waited, timeout) {
                Err(Errno::INTR) => return Ok(Waited::Nothing),
                ready => ready?,
            },
        };
        let [told, typed] = waited.map(|one| !one.revents().is_empty());
        Ok(match (told, typed) {
            (true, _) => Waited::ToldToEnd,
            (false, true) => Waited::Input,
            (false, false) => Waited::Nothing,
        })
    }
}
