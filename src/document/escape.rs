//! Backslash escapes that keep the words of people apart from the signs of a line.

/// The signs between the parts of an entry; they separate only with blanks (or the line's end) on both sides.
pub(super) const DOT: char = '·';
pub(super) const ARROW: char = '→';
pub(super) const DASH: char = '—';

const SIGNS: [char; 3] = [DOT, ARROW, DASH];

/// What a backslash may stand before; before anything else it is itself.
fn is_escapable(c: char) -> bool {
    matches!(c, '\\' | '(' | '（') || SIGNS.contains(&c)
}

/// Characters that would break the line or hide in it.
fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// A name or an id inside a line: unambiguous beside its neighbours, and readable. An empty one is `-`.
pub(super) fn field(text: &str) -> String {
    if text.is_empty() {
        return "-".to_owned();
    }
    if text == "-" {
        return point('-');
    }
    words(text, true)
}

/// The name of a person: like [`field`], but may be absent.
pub(super) fn name(text: &str) -> String {
    words(text, true)
}

/// One line of free text, which stands last and so needs little escaping.
pub(super) fn line(text: &str) -> String {
    words(text, false)
}

/// A name or an id with everything escaped that is not a letter or a digit: never pretty, never misread.
pub(super) fn field_in_full(text: &str) -> String {
    if text.is_empty() {
        return "-".to_owned();
    }
    let plain = |index: usize, c: char| index > 0 && c.is_alphanumeric();
    text.chars()
        .enumerate()
        .map(|(index, c)| if plain(index, c) { c.to_string() } else { point(c) })
        .collect()
}

fn words(text: &str, is_field: bool) -> String {
    let chars: Vec<char> = text.chars().collect();
    let is_end =
        |index: Option<usize>| index.and_then(|index| chars.get(index)).is_none_or(|c| c.is_whitespace());
    let mut out = String::with_capacity(text.len());
    for (index, &c) in chars.iter().enumerate() {
        let next = chars.get(index + 1).copied();
        let outer = index == 0 || next.is_none();
        if is_hidden(c) && (is_field || c != '\t') || is_field && outer && c.is_whitespace() {
            out.push_str(&point(c));
        } else if c == '\\' && next.is_none_or(|next| is_escapable(next) || next == 'u' || is_hidden(next))
            || is_field && SIGNS.contains(&c) && is_end(index.checked_sub(1)) && is_end(Some(index + 1))
        {
            out.push('\\');
            out.push(c);
        } else {
            out.push(c);
        }
    }
    out
}

/// A character by its number, `\u{85}`.
fn point(c: char) -> String {
    format!("\\u{{{:x}}}", u32::from(c))
}

/// The text behind the escapes.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(found) = rest.find('\\') {
        out.push_str(&rest[..found]);
        let after = &rest[found + 1..];
        if let Some((c, tail)) = numbered(after) {
            out.push(c);
            rest = tail;
        } else if let Some(c) = after.chars().next().filter(|c| is_escapable(*c)) {
            out.push(c);
            rest = &after[c.len_utf8()..];
        } else {
            out.push('\\');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn numbered(after: &str) -> Option<(char, &str)> {
    let (digits, tail) = after.strip_prefix("u{")?.split_once('}')?;
    let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
    Some((c, tail))
}

/// Whether a heading's `content` is `title`, as it is or with Markdown's escapes.
pub(super) fn says(content: &str, title: &str) -> bool {
    let mut characters = content.chars().peekable();
    let mut unescaped = String::with_capacity(content.len());
    while let Some(c) = characters.next() {
        let escaped = if c == '\\' { characters.next_if(char::is_ascii_punctuation) } else { None };
        unescaped.push(escaped.unwrap_or(c));
    }
    content == title || unescaped == title
}

/// The text of a field, whose `-` is "nothing".
pub(super) fn unescape_field(raw: &str) -> String {
    if raw == "-" { String::new() } else { unescape(raw) }
}

/// Whether the field was escaped so that it must not be read as a name of anything.
pub(super) fn is_verbatim(raw: &str) -> bool {
    raw.starts_with("\\u{")
}

/// The byte offsets of `sign` where it separates: not escaped, and blanks or the end on both sides.
pub(super) fn separators(text: &str, sign: char) -> impl Iterator<Item = usize> {
    text.match_indices(sign).map(|(at, _)| at).filter(move |at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + sign.len_utf8()..].chars().next();
        before.is_none_or(char::is_whitespace) && after.is_none_or(char::is_whitespace)
    })
}

/// Splits at the first separating `sign`, without the blanks around it.
pub(super) fn split_once(text: &str, sign: char) -> Option<(&str, &str)> {
    let at = separators(text, sign).next()?;
    Some((text[..at].trim_end(), text[at + sign.len_utf8()..].trim_start()))
}

/// Whether the character at byte `at` stands behind an escaping backslash.
pub(super) fn is_escaped(text: &str, at: usize) -> bool {
    text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_reads_back() {
        for text in
            ["a · b", "·", "→ x", "\\", "\\\\srv\\u", "C:\\temp", " x ", "a\nb", "\u{85}", "\\(", "a\\ · b"]
        {
            for written in [field(text), field_in_full(text)] {
                assert_eq!(unescape_field(&written), text, "{written}");
                assert_eq!(separators(&written, DOT).count(), 0, "{written}");
                assert!(!written.contains('\n'), "{written}");
            }
            assert_eq!(unescape(&line(text)), text);
        }
    }

    #[test]
    fn ordinary_words_stay_as_they_are() {
        for text in ["葉山", "Alice Smith", "a→b", "C:\\temp", "x—y", "(late)", "切り戻し、確認"]
        {
            assert_eq!(field(text), text);
            assert_eq!(line(text), text);
        }
    }
}
