//! From the bytes a terminal sends to keys.

use std::io;

/// A key as the prompts know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// A character, never a control character.
    Char(char),
    /// CR or LF, and the two together once.
    Enter,
    Tab,
    Backspace,
    Delete,
    Left,
    Right,
    Home,
    End,
    /// Ctrl-U: all before the cursor.
    EraseLine,
    /// Ctrl-W: the word before the cursor.
    EraseWord,
    /// Ctrl-K: all behind the cursor.
    EraseRest,
    /// Ctrl-C.
    Interrupt,
    /// Ctrl-D.
    EndOfInput,
    /// The terminal has gone.
    HangUp,
    /// A key that no prompt uses, or bytes that are no key.
    Unknown,
}

/// How long to wait for a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wait {
    /// Until there is one.
    Forever,
    /// Only as long as the parts of one key may be apart: an escape may also stand alone.
    Briefly,
    /// As long as a slow line may take to bring the rest of a sequence that has begun.
    Patiently,
}

/// Where bytes come from; none is the end of input, or that nothing came in time.
pub(super) trait Bytes {
    fn next(&mut self, wait: Wait) -> io::Result<Option<u8>>;
}

/// The key that begins with the byte `first`.
pub(super) fn decode(first: u8, bytes: &mut impl Bytes) -> io::Result<Key> {
    Ok(match first {
        b'\r' | b'\n' => Key::Enter,
        b'\t' => Key::Tab,
        0x01 => Key::Home,
        0x02 => Key::Left,
        0x03 => Key::Interrupt,
        0x04 => Key::EndOfInput,
        0x05 => Key::End,
        0x06 => Key::Right,
        0x08 | 0x7f => Key::Backspace,
        0x0b => Key::EraseRest,
        0x15 => Key::EraseLine,
        0x17 => Key::EraseWord,
        0x1b => escape_sequence(bytes)?,
        0x20..=0x7e => Key::Char(char::from(first)),
        0x80.. => character(first, bytes)?,
        _ => Key::Unknown,
    })
}

/// The rest of a UTF-8 character (RFC 3629).
fn character(first: u8, bytes: &mut impl Bytes) -> io::Result<Key> {
    let len = match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Ok(Key::Unknown),
    };
    let mut encoded = vec![first];
    while encoded.len() < len {
        let Some(byte) = bytes.next(Wait::Forever)? else { return Ok(Key::HangUp) };
        encoded.push(byte);
    }
    let character = std::str::from_utf8(&encoded).ok().and_then(|text| text.chars().next());
    Ok(character.filter(|c| !c.is_control()).map_or(Key::Unknown, Key::Char))
}

/// What follows an escape: a control sequence (ECMA-48, 5.4), a key of the keypad (SS3), a character typed with Alt, or
/// nothing. All of it is taken, known or not, so that nothing of it ends up in the text.
fn escape_sequence(bytes: &mut impl Bytes) -> io::Result<Key> {
    match bytes.next(Wait::Briefly)? {
        Some(b'[') => control_sequence(bytes),
        Some(b'O') => keypad_key(bytes),
        // Some terminals send one more escape for Alt.
        Some(0x1b) => escape_sequence(bytes),
        Some(first @ 0x80..) => character(first, bytes).map(|_| Key::Unknown),
        _ => Ok(Key::Unknown),
    }
}

fn control_sequence(bytes: &mut impl Bytes) -> io::Result<Key> {
    let (parameters, last) = match parameters(bytes)? {
        // The function keys of the Linux console have a letter behind a second bracket.
        (parameters, Some(b'[')) if parameters.is_empty() => {
            return bytes.next(Wait::Patiently).map(|_| Key::Unknown);
        }
        taken => taken,
    };
    ended(last, bytes, |last| named(&parameters, last))
}

fn keypad_key(bytes: &mut impl Bytes) -> io::Result<Key> {
    let (parameters, last) = parameters(bytes)?;
    ended(last, bytes, |last| if last == b'M' { Key::Enter } else { named(&parameters, last) })
}

/// The parameters of a sequence, and the byte that is none any more, if one came.
fn parameters(bytes: &mut impl Bytes) -> io::Result<(Vec<u8>, Option<u8>)> {
    let mut parameters = Vec::new();
    loop {
        match bytes.next(Wait::Patiently)? {
            Some(byte @ 0x20..=0x3f) => parameters.push(byte),
            last => return Ok((parameters, last)),
        }
    }
}

/// The key of a sequence that ends with `last`. A byte that ends none breaks the sequence off, and is a key of its own.
fn ended(last: Option<u8>, bytes: &mut impl Bytes, named: impl Fn(u8) -> Key) -> io::Result<Key> {
    match last {
        None => Ok(Key::Unknown),
        Some(last @ 0x40..=0x7e) => Ok(named(last)),
        Some(other) => decode(other, bytes),
    }
}

fn named(parameters: &[u8], last: u8) -> Key {
    match (parameters, last) {
        (_, b'C') => Key::Right,
        (_, b'D') => Key::Left,
        (_, b'H') | (b"1" | b"7", b'~') => Key::Home,
        (_, b'F') | (b"4" | b"8", b'~') => Key::End,
        (b"3", b'~') => Key::Delete,
        _ => Key::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes, and pauses between them that are too long for parts of one key.
    struct Given(std::collections::VecDeque<Option<u8>>);

    impl Bytes for Given {
        fn next(&mut self, wait: Wait) -> io::Result<Option<u8>> {
            while wait != Wait::Briefly && self.0.front() == Some(&None) {
                self.0.pop_front();
            }
            Ok(self.0.pop_front().flatten())
        }
    }

    /// What is typed, with `…` for a pause.
    fn given(typed: &str) -> Given {
        let typed = typed.split('…').map(|part| part.bytes().map(Some).collect::<Vec<_>>());
        Given(typed.collect::<Vec<_>>().join(&None).into())
    }

    #[track_caller]
    fn check(typed: &str, expected: &[Key]) {
        let mut bytes = given(typed);
        let mut keys = Vec::new();
        while let Some(first) = bytes.next(Wait::Forever).unwrap() {
            keys.push(decode(first, &mut bytes).unwrap());
        }
        assert_eq!(keys, expected, "{typed:?}");
    }

    #[test]
    fn characters_of_any_length_are_keys() {
        check("yé決👩", &[Key::Char('y'), Key::Char('é'), Key::Char('決'), Key::Char('👩')]);
        check("ｙ？", &[Key::Char('ｙ'), Key::Char('？')]);
    }

    #[test]
    fn editing_keys_are_known_by_code_and_by_sequence() {
        check("\u{1b}[D\u{1b}OD\u{2}", &[Key::Left; 3]);
        check("\u{1b}[C\u{1b}[1;5C\u{6}", &[Key::Right; 3]);
        check("\u{1b}[H\u{1b}[1~\u{1b}[7~\u{1b}OH\u{1}", &[Key::Home; 5]);
        check("\u{1b}[F\u{1b}[4~\u{1b}[8~\u{5}", &[Key::End; 4]);
        check("\u{1b}[3~", &[Key::Delete]);
        check("\u{7f}\u{8}", &[Key::Backspace; 2]);
        check("\u{15}\u{17}\u{b}", &[Key::EraseLine, Key::EraseWord, Key::EraseRest]);
        check("\u{1b}OM", &[Key::Enter]);
        check("\r\u{3}\u{4}\t", &[Key::Enter, Key::Interrupt, Key::EndOfInput, Key::Tab]);
    }

    #[test]
    fn what_is_no_key_of_ours_is_one_unknown_key() {
        for typed in ["\u{1b}", "\u{1b}[A", "\u{1b}[200~", "\u{1b}x", "\u{1a}", "\0", "\u{9b}"] {
            check(typed, &[Key::Unknown]);
        }
    }

    #[test]
    fn a_sequence_is_taken_whole_whatever_it_is() {
        for typed in [
            "\u{1b}OP",
            "\u{1b}O5P",
            "\u{1b}O1;5P",
            "\u{1b}[15;2~",
            "\u{1b}[[A",
            "\u{1b}[<0;10;20M",
            "\u{1b}\u{1b}[A",
            "\u{1b}é",
        ] {
            check(&format!("{typed}x"), &[Key::Unknown, Key::Char('x')]);
        }
        check("\u{1b}\u{1b}[Dx", &[Key::Left, Key::Char('x')]);
    }

    #[test]
    fn a_sequence_may_come_in_two_parts_and_an_escape_alone() {
        check("\u{1b}[1;…5Dx", &[Key::Left, Key::Char('x')]);
        check("\u{1b}[…15~x", &[Key::Unknown, Key::Char('x')]);
        check("\u{1b}O…Px", &[Key::Unknown, Key::Char('x')]);
        check(
            "\u{1b}…Outage",
            &[&[Key::Unknown], &"Outage".chars().map(Key::Char).collect::<Vec<_>>()[..]].concat(),
        );
    }

    #[test]
    fn a_sequence_that_is_broken_off_takes_no_other_key_with_it() {
        check("\u{1b}[1\r", &[Key::Enter]);
        check("\u{1b}[\u{3}", &[Key::Interrupt]);
        check("\u{1b}[決", &[Key::Char('決')]);
    }

    #[test]
    fn broken_text_is_unknown_and_cut_text_a_hang_up() {
        let mut bytes = given("");
        assert_eq!(decode(0xff, &mut bytes).unwrap(), Key::Unknown);
        assert_eq!(decode(0xe6, &mut bytes).unwrap(), Key::HangUp);
    }
}
