//! Text measured in terminal columns, where a Japanese character takes two: cut, padded and wrapped by them.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

const ELLIPSIS: &str = "…";

/// What must not begin a line (JIS X 4051), kana that are written small among them.
const NEVER_FIRST: &str =
    "、。，．・：；？！」』）］｝〕〉》】〙〗”’%％,.:;?!)]}ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々〜～…";

/// What must not end a line.
const NEVER_LAST: &str = "「『（［｛〔〈《【〘〖“‘([{";

/// The columns that `text` takes on a terminal. It must hold no escape codes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// `text` in at most `limit` columns, with `…` in place of what was cut.
pub fn truncate(text: &str, limit: usize) -> Cow<'_, str> {
    if width(text) <= limit {
        return Cow::Borrowed(text);
    }
    if limit == 0 {
        return Cow::Borrowed("");
    }
    let kept = fitting(text, limit - width(ELLIPSIS));
    Cow::Owned(format!("{}{ELLIPSIS}", kept.trim_end()))
}

/// The longest beginning of `text` that takes at most `limit` columns and splits no character.
pub fn fitting(text: &str, limit: usize) -> &str {
    let mut taken = 0;
    for (start, grapheme) in text.grapheme_indices(true) {
        taken += width(grapheme);
        if taken > limit {
            return &text[..start];
        }
    }
    text
}

/// `text` followed by blanks up to `columns`; longer text as it is.
pub fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// `text` preceded by blanks up to `columns`, for numbers.
pub fn pad_left(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

/// The lines of `text`, each of at most `limit` columns (at least 2).
///
/// English breaks at blanks, Japanese between any two characters but before `。` and its like; a longer word is
/// split. Line breaks of the text are kept, blanks at a break are dropped.
pub fn wrap(text: &str, limit: usize) -> Vec<String> {
    text.split('\n').flat_map(|line| wrap_line(line, limit.max(2))).collect()
}

/// The parts with `between` between them, in lines of at most `limit` columns that break between parts where they can.
pub fn wrap_between(parts: &[String], between: &str, limit: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut().filter(|line| width(line) + width(between) + width(part) <= limit) {
            Some(line) => line.push_str(&format!("{between}{part}")),
            None => lines.extend(wrap(part, limit)),
        }
    }
    lines
}

fn wrap_line(line: &str, limit: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = line;
    while fitting(rest, limit).len() < rest.len() {
        let end = break_point(rest, limit);
        lines.push(rest[..end].trim_end().to_owned());
        rest = rest[end..].trim_start();
    }
    if !rest.is_empty() || lines.is_empty() {
        lines.push(rest.to_owned());
    }
    lines
}

/// Where to end the first line of `text`, which is wider than `limit`. Never 0.
fn break_point(text: &str, limit: usize) -> usize {
    let mut best = None;
    let mut taken = 0;
    let mut before = "";
    let units = short_units(text, limit / 2);
    let in_unit = |at: usize| units.iter().any(|unit| unit.start < at && at < unit.end);
    for (start, grapheme) in text.grapheme_indices(true) {
        if start > 0 && may_break(before, grapheme) && !in_unit(start) {
            best = Some(start);
        }
        taken += width(grapheme);
        if taken > limit && grapheme != " " {
            return best.unwrap_or(start).max(first_len(text));
        }
        before = grapheme;
    }
    text.len()
}

/// What stands in full-width parentheses of at most `limit` columns, which is read as one: `（あと9分）`.
fn short_units(text: &str, limit: usize) -> Vec<Range<usize>> {
    let mut units = Vec::new();
    for (start, _) in text.match_indices('（') {
        let Some(len) = text[start..].find('）').map(|end| end + '）'.len_utf8()) else { break };
        if width(&text[start..start + len]) <= limit {
            units.push(start..start + len);
        }
    }
    units
}

fn first_len(text: &str) -> usize {
    text.graphemes(true).next().map_or(0, str::len)
}

fn may_break(before: &str, after: &str) -> bool {
    let blank = |grapheme: &str| grapheme.chars().all(char::is_whitespace);
    let among = |set: &str, grapheme: &str| grapheme.chars().next().is_some_and(|first| set.contains(first));
    if blank(after) {
        return false;
    }
    if blank(before) {
        return true;
    }
    let wide = width(before) == 2 || width(after) == 2;
    wide && !among(NEVER_FIRST, after) && !among(NEVER_LAST, before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_japanese_character_takes_two_columns() {
        for (text, expected) in
            [("", 0), ("abc", 3), ("決済", 4), ("ｱ", 1), ("が", 2), ("か\u{3099}", 2), ("👩\u{200d}💻", 2)]
        {
            assert_eq!(width(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_too_wide_is_cut_between_characters() {
        for (text, limit, expected) in [
            ("checkout", 8, "checkout"),
            ("checkout", 7, "checko…"),
            ("決済画面", 8, "決済画面"),
            ("決済画面", 7, "決済画…"),
            ("決済画面", 6, "決済…"),
            ("決済画面", 1, "…"),
            ("決済画面", 0, ""),
            ("all down", 5, "all…"),
            ("か\u{3099}か\u{3099}", 3, "か\u{3099}…"),
        ] {
            let cut = truncate(text, limit);
            assert_eq!(cut, expected, "{text} in {limit}");
            assert!(width(&cut) <= limit, "{text} in {limit}");
        }
    }

    #[test]
    fn padding_counts_columns() {
        assert_eq!(pad("決済", 6), "決済  ");
        assert_eq!(pad_left("12", 4), "  12");
        assert_eq!(pad("決済", 2), "決済");
    }

    #[track_caller]
    fn wraps(text: &str, limit: usize, expected: &[&str]) {
        let lines = wrap(text, limit);
        assert_eq!(lines, expected, "{text}");
        assert!(lines.iter().all(|line| width(line) <= limit.max(2)), "{lines:?}");
    }

    #[test]
    fn parts_stay_whole_where_they_fit() {
        let parts = ["営業に渡す", "連絡担当", "◆営業"].map(str::to_owned);
        assert_eq!(wrap_between(&parts, "  ", 20), ["営業に渡す  連絡担当", "◆営業"]);
        assert_eq!(wrap_between(&parts, "  ", 8), ["営業に渡", "す", "連絡担当", "◆営業"]);
    }

    #[test]
    fn lines_break_where_the_language_allows() {
        wraps("", 10, &[""]);
        wraps("Is it unusable for everyone?", 12, &["Is it", "unusable for", "everyone?"]);
        wraps("決済画面でエラーが出る", 10, &["決済画面で", "エラーが出", "る"]);
        wraps("切り戻した。原因は調査中", 10, &["切り戻し", "た。原因は", "調査中"]);
        wraps("監視の「決済」が鳴る", 8, &["監視の", "「決済」", "が鳴る"]);
        wraps("payments の成功率が 0%", 12, &["payments の", "成功率が 0%"]);
        wraps("abcdefghij", 4, &["abcd", "efgh", "ij"]);
        wraps("one\n\ntwo", 10, &["one", "", "two"]);
        wraps("次の連絡は 03:30（あと9分）です", 24, &["次の連絡は 03:30", "（あと9分）です"]);
        wraps("（切り戻しと再起動を試した）", 12, &["（切り戻しと", "再起動を試し", "た）"]);
        wraps("決", 1, &["決"]);
        wraps("。。。。", 4, &["。。", "。。"]);
    }
}
