//! The terminal's input, key by key: no echo, no lines, and Ctrl-C is a key, until it is given back.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use rustix::event::Timespec;
use rustix::io::{Errno, ioctl_fionread, read, retry_on_intr};
use rustix::termios::{
    InputModes, LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};

use super::departure::{Departure, Waited};
use super::keys::{Bytes, Key, Wait, decode};

/// [`Wait::Briefly`] and [`Wait::Patiently`].
const BRIEF: Timespec = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };
const PATIENT: Timespec = Timespec { tv_sec: 1, tv_nsec: 0 };

/// What was read but not used yet. It outlives a session, so that nothing typed is lost between two.
#[derive(Debug, Default)]
pub(super) struct TypedAhead {
    keys: VecDeque<Key>,
    /// The last byte was a CR: an LF right after it belongs to it.
    after_return: bool,
}

/// Owns the terminal's input. Dropping it restores the terminal, after a panic too.
pub(super) struct Keyboard<'a> {
    before: Termios,
    typed_ahead: &'a RefCell<TypedAhead>,
    departure: &'a Departure,
}

impl<'a> Keyboard<'a> {
    pub(super) fn open(typed_ahead: &'a RefCell<TypedAhead>, departure: &'a Departure) -> io::Result<Self> {
        let before = tcgetattr(io::stdin())?;
        let mut ours = before.clone();
        // Output processing stays on: a line break must still return to the first column.
        ours.local_modes -= LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG | LocalModes::IEXTEN;
        ours.input_modes -=
            InputModes::ICRNL | InputModes::INLCR | InputModes::IGNCR | InputModes::IXON | InputModes::ISTRIP;
        ours.special_codes[SpecialCodeIndex::VMIN] = 1;
        ours.special_codes[SpecialCodeIndex::VTIME] = 0;
        // `Drain` keeps what was typed before; `Flush` would throw it away.
        tcsetattr(io::stdin(), OptionalActions::Drain, &ours)?;
        departure.watch();
        Ok(Self { before, typed_ahead, departure })
    }

    /// Waits for a key.
    pub(super) fn key(&mut self) -> io::Result<Key> {
        let ahead = self.typed_ahead.borrow_mut().keys.pop_front();
        match ahead {
            Some(key) => Ok(key),
            None => self.read_key(Wait::Forever).map(|key| key.unwrap_or(Key::HangUp)),
        }
    }

    /// The next key if it arrives together with the one before, as in a paste or a word from an input method.
    pub(super) fn key_at_once(&mut self) -> io::Result<Option<Key>> {
        let ahead = self.typed_ahead.borrow_mut().keys.pop_front();
        if ahead.is_some() { Ok(ahead) } else { self.read_key(Wait::Briefly) }
    }

    /// Puts `key` back, to be the next one.
    pub(super) fn put_back(&mut self, key: Key) {
        self.typed_ahead.borrow_mut().keys.push_front(key);
    }

    /// Whether more was typed already.
    pub(super) fn is_ready(&self) -> bool {
        !self.typed_ahead.borrow().keys.is_empty() || bytes_wait()
    }

    /// Whether something is typed within so long.
    pub(super) fn waits_within(&self, time: Duration) -> io::Result<bool> {
        if self.is_ready() {
            return Ok(true);
        }
        let timeout = Timespec::try_from(time).map_err(|_| io::ErrorKind::InvalidInput)?;
        Ok(self.departure.wait(Some(&timeout))? != Waited::Nothing)
    }

    /// Whether more arrives together with the key before.
    pub(super) fn has_more(&mut self) -> io::Result<bool> {
        let key = self.key_at_once()?;
        Ok(key.map(|key| self.put_back(key)).is_some())
    }

    fn read_key(&mut self, wait: Wait) -> io::Result<Option<Key>> {
        let Some(mut first) = self.next(wait)? else { return Ok(None) };
        if first == b'\n' && self.typed_ahead.borrow().after_return {
            self.typed_ahead.borrow_mut().after_return = false;
            let Some(byte) = self.next(wait)? else { return Ok(None) };
            first = byte;
        }
        self.typed_ahead.borrow_mut().after_return = first == b'\r';
        decode(first, self).map(Some)
    }

    /// Reads one byte and no more: what is not asked for stays in the terminal, for the next reader.
    fn read_byte(&self) -> io::Result<Option<u8>> {
        let mut byte = [0];
        match retry_on_intr(|| read(io::stdin(), &mut byte)) {
            Ok(0) | Err(Errno::IO) => Ok(None),
            Ok(_) => Ok(Some(byte[0])),
            Err(error) => Err(error.into()),
        }
    }
}

impl Bytes for Keyboard<'_> {
    fn next(&mut self, wait: Wait) -> io::Result<Option<u8>> {
        if bytes_wait() {
            return self.read_byte();
        }
        let timeout = match wait {
            Wait::Forever => None,
            Wait::Briefly => Some(BRIEF),
            Wait::Patiently => Some(PATIENT),
        };
        match self.departure.wait(timeout.as_ref())? {
            Waited::Input => self.read_byte(),
            Waited::ToldToEnd | Waited::Nothing => Ok(None),
        }
    }
}

fn bytes_wait() -> bool {
    ioctl_fionread(io::stdin()).is_ok_and(|bytes| bytes > 0)
}

impl Drop for Keyboard<'_> {
    fn drop(&mut self) {
        // A terminal that has gone needs no restoring.
        let _ = tcsetattr(io::stdin(), OptionalActions::Drain, &self.before);
        self.departure.let_go();
    }
}
