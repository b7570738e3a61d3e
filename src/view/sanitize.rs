//! Text from files and people made harmless: what would steer a terminal or deceive the eye is shown, not obeyed.

use std::borrow::Cow;
use std::fmt::Write;

/// `text` for one line of output: every control, bidi and invisible character escaped, such as `\u{202e}`.
pub fn sanitize(text: &str) -> Cow<'_, str> {
    escape(text, false)
}

/// `text` for several lines of output: like [`sanitize`], but line breaks and tabs stay.
pub fn sanitize_block(text: &str) -> Cow<'_, str> {
    escape(text, true)
}

/// A title as it is recorded, and whether anything was changed: line breaks and tabs are blanks, and what
/// [`sanitize`] would escape is gone. Blanks around it do not count as a change.
pub fn clean_title(text: &str) -> (String, bool) {
    let mut clean = String::with_capacity(text.len());
    let mut before = None;
    for c in text.chars() {
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
    fn a_title_is_one_harmless_line() {
        for (text, expected, changed) in [
            ("決済が全部エラー", "決済が全部エラー", false),
            ("  padded  ", "padded", false),
            ("one\r\ntwo\nthree", "one two three", true),
            ("a\tb\u{2029}c", "a b c", true),
            ("\u{1b}[31mred\u{202e}", "[31mred", true),
            ("\n", "", true),
            ("👩\u{200d}💻", "👩\u{200d}💻", false),
        ] {
            assert_eq!(clean_title(text), (expected.to_owned(), changed), "{text:?}");
        }
    }
}
