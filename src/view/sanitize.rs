//! Text from files and people made harmless: what would steer a terminal or deceive the eye is shown, not obeyed.

use std::borrow::Cow;
use std::fmt::Write;

use super::palette::Palette;

/// `text` for one line of output: every control, bidi and invisible character escaped, such as `\u{202e}`.
pub fn sanitize(text: &str) -> Cow<'_, str> {
    escape(text, false)
}

/// `text` for several lines of output: like [`sanitize`], but line breaks and tabs stay.
pub fn sanitize_block(text: &str) -> Cow<'_, str> {
    escape(text, true)
}

/// `text` as it leaves the program: whatever a view has let through of what steers a terminal or reorders a line is
/// escaped here at the latest, but for the looks of `palette` and for line breaks and tabs.
pub fn inert(text: &str, palette: Palette) -> Cow<'_, str> {
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(at) = rest.find(steers) {
        let (before, from) = rest.split_at(at);
        shown.push_str(before);
        let kept = if from.starts_with("\r\n") { 1 } else { palette.look_at(from) };
        shown.push_str(&from[..kept]);
        rest = &from[kept..];
        if let Some(c) = rest.chars().next().filter(|_| kept == 0) {
            push_escaped(&mut shown, c);
            rest = &rest[c.len_utf8()..];
        }
    }
    shown.push_str(rest);
    Cow::Owned(shown)
}

/// JSON in which what steers a terminal is escaped as JSON has it: the same values, inert where they are looked at.
pub fn inert_json(text: &str) -> Cow<'_, str> {
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let escaped = |c: char| if steers(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
    Cow::Owned(text.chars().map(escaped).collect())
}

/// Whether a terminal acts on `c`, or shows other characters in another order because of it.
fn steers(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t')) || is_bidi(c)
}

/// The controls of the bidirectional algorithm (UAX #9).
fn is_bidi(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A title as it is recorded, and whether anything was changed: line breaks and tabs are blanks, and what
/// [`sanitize`] would escape is gone. Blanks around it do not count as a change.
pub fn clean_title(text: &str) -> (String, bool) {
    let shown = without_sequences(text);
    let mut clean = String::with_capacity(shown.len());
    let mut before = None;
    for c in shown.chars() {
        if matches!(c, '\n' | '\t' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}') {
            if !(c == '\n' && before == Some('\r')) {
                clean.push(' ');
            }
        } else if !is_hostile(c, before) {
            clean.push(c);
        }
        before = Some(c);
    }
    let changed = clean != text;
    (clean.trim().to_owned(), changed)
}

/// `text` without the sequences that steer a terminal (ECMA-48, 5.4 and 5.6): what is left of one whose first character
/// alone is dropped, such as `[31m`, are nobody's words.
pub fn without_sequences(text: &str) -> Cow<'_, str> {
    if !text.contains(INTRODUCERS) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(INTRODUCERS) {
        kept.push_str(&rest[..at]);
        rest = &rest[at..];
        rest = &rest[sequence(rest)..];
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// ESC, and CSI and the beginnings of strings as single characters.
const INTRODUCERS: [char; 6] = ['\u{1b}', '\u{9b}', '\u{9d}', '\u{90}', '\u{9e}', '\u{9f}'];

/// The bytes of the sequence that `text` begins with; those of its first character where it is not whole.
fn sequence(text: &str) -> usize {
    let mut chars = text.chars();
    let first = chars.next().map_or(0, char::len_utf8);
    let (kind, head) = match text[..first].chars().next() {
        Some('\u{1b}') => match chars.next() {
            Some(kind @ ('[' | ']' | 'P' | '^' | '_')) => (kind, first + 1),
            _ => return first,
        },
        Some('\u{9b}') => ('[', first),
        _ => (']', first),
    };
    let body = &text[head..];
    let length = if kind == '[' {
        let parameters = body.find(|c| !matches!(c, ' '..='?')).unwrap_or(body.len());
        body[parameters..].starts_with(|c| matches!(c, '@'..='~')).then_some(parameters + 1)
    } else {
        // A string ends with ST, or with BEL, and holds no line break.
        let line = body.split('\n').next().unwrap_or_default();
        let ends = ["\u{1b}\\", "\u{9c}", "\u{7}"].map(|end| line.find(end).map(|at| at + end.len()));
        ends.into_iter().flatten().min()
    };
    length.map_or(first, |length| head + length)
}

/// Whether `c` after `before` would steer a terminal, reorder text, or not be seen at all.
pub fn is_hostile(c: char, before: Option<char>) -> bool {
    match c {
        '\u{200c}' | '\u{200d}' => !before.is_some_and(joins),
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}' => true,
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => true,
        // Hangul fillers are blank but count as letters; interlinear annotations and tags hide text.
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => true,
        '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => true,
        _ => c.is_control(),
    }
}

/// Whether a zero-width joiner means something after `c`: in emoji, and in Arabic and Indic scripts.
fn joins(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{dff}' | '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

fn escape(text: &str, keeps_breaks: bool) -> Cow<'_, str> {
    let must_escape =
        |c: char, before: Option<char>| is_hostile(c, before) && !(keeps_breaks && matches!(c, '\n' | '\t'));
    let mut before = None;
    let harmless = text.chars().all(|c| {
        let escaped = must_escape(c, before);
        before = Some(c);
        !escaped
    });
    if harmless {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut before = None;
    for c in text.chars() {
        if must_escape(c, before) {
            push_escaped(&mut shown, c);
        } else {
            shown.push(c);
        }
        before = Some(c);
    }
    Cow::Owned(shown)
}

fn push_escaped(shown: &mut String, c: char) {
    match c {
        '\n' => shown.push_str("\\n"),
        '\r' => shown.push_str("\\r"),
        '\t' => shown.push_str("\\t"),
        _ => write!(shown, "{}", c.escape_unicode()).expect("writing to a string cannot fail"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_or_deceives_is_shown_escaped() {
        for (text, expected) in [
            ("決済が全部エラー", "決済が全部エラー"),
            ("\u{1b}[31mred", "\\u{1b}[31mred"),
            ("\u{9b}31mred", "\\u{9b}31mred"),
            ("a\u{202e}b\u{2066}c\u{200f}\u{61c}", "a\\u{202e}b\\u{2066}c\\u{200f}\\u{61c}"),
            ("pay\u{200b}ments", "pay\\u{200b}ments"),
            ("pay\u{200d}ments", "pay\\u{200d}ments"),
            ("決済\u{200d}画面", "決済\\u{200d}画面"),
            ("👩\u{200d}💻 ok", "👩\u{200d}💻 ok"),
            ("a\u{2028}b\u{feff}", "a\\u{2028}b\\u{feff}"),
            ("one\ntwo\ttab\r", "one\\ntwo\\ttab\\r"),
            ("bell\u{7}del\u{7f}nul\0", "bell\\u{7}del\\u{7f}nul\\u{0}"),
            ("\u{e0041}tag", "\\u{e0041}tag"),
        ] {
            assert_eq!(sanitize(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_block_keeps_its_lines() {
        assert_eq!(sanitize_block("one\n\ttwo\r\n\u{1b}c"), "one\n\ttwo\\r\n\\u{1b}c");
        assert!(matches!(sanitize_block("one\ntwo"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_leaves_the_program_has_no_looks_but_its_own() {
        for (text, plain, coloured) in [
            ("one\n\ttwo\r\n", "one\n\ttwo\r\n", "one\n\ttwo\r\n"),
            ("\u{1b}[32mok\u{1b}[0m", "\\u{1b}[32mok\\u{1b}[0m", "\u{1b}[32mok\u{1b}[0m"),
            ("\u{1b}[2J\u{1b}[320m", "\\u{1b}[2J\\u{1b}[320m", "\\u{1b}[2J\\u{1b}[320m"),
            (
                "\u{1b}]8;;x\u{7}\u{9b}1m\u{7f}\r",
                "\\u{1b}]8;;x\\u{7}\\u{9b}1m\\u{7f}\\r",
                "\\u{1b}]8;;x\\u{7}\\u{9b}1m\\u{7f}\\r",
            ),
            ("\u{202e}x\u{200f}\u{200b}", "\\u{202e}x\\u{200f}\u{200b}", "\\u{202e}x\\u{200f}\u{200b}"),
        ] {
            assert_eq!(inert(text, Palette::Plain), plain, "{text:?}");
            assert_eq!(inert(text, Palette::Coloured), coloured, "{text:?}");
        }
    }

    #[test]
    fn json_says_the_same_and_is_inert() {
        let json = "{\n  \"a\": \"\u{9b}31m\u{202e}\u{7f}語\"\n}";
        let shown = inert_json(json);
        assert_eq!(shown, "{\n  \"a\": \"\\u009b31m\\u202e\\u007f語\"\n}");
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(value(&shown), value(json));
    }

    #[test]
    fn a_title_is_one_harmless_line() {
        for (text, expected, changed) in [
            ("決済が全部エラー", "決済が全部エラー", false),
            ("  padded  ", "padded", false),
            ("one\r\ntwo\nthree", "one two three", true),
            ("a\tb\u{2029}c", "a b c", true),
            ("ev\u{1b}[31mil\u{1b}[0m\u{202e}", "evil", true),
            ("\u{9b}1;31mred \u{1b}]8;;http://x\u{7}link\u{1b}]8;;\u{1b}\\", "red link", true),
            ("\u{1b}]0;never ended\u{1b}[\u{1b}", "]0;never ended[", true),
            ("\n", "", true),
            ("👩\u{200d}💻", "👩\u{200d}💻", false),
        ] {
            assert_eq!(clean_title(text), (expected.to_owned(), changed), "{text:?}");
        }
    }
}
