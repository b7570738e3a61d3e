//! What a key means as an answer, whatever the input method made of it.

use unicode_normalization::UnicodeNormalization;

/// What a person can say to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Yes,
    No,
    Unsure,
    Hint,
    Back,
}

/// Words that an input method delivers at once. Their first characters differ, so the beginning of one will do.
const WORDS: [(&str, Answer); 8] = [
    ("はい", Answer::Yes),
    ("ハイ", Answer::Yes),
    ("いいえ", Answer::No),
    ("イイエ", Answer::No),
    ("わからない", Answer::Unsure),
    ("分からない", Answer::Unsure),
    ("戻る", Answer::Back),
    ("もどる", Answer::Back),
];

/// The answer that one key stands for.
pub(super) fn of_key(key: char) -> Option<Answer> {
    match plain(key) {
        'y' => Some(Answer::Yes),
        // What `n` becomes in Roman input when nothing follows it.
        'n' | 'ん' | 'ン' => Some(Answer::No),
        'w' => Some(Answer::Unsure),
        '?' => Some(Answer::Hint),
        '-' | 'ー' | '\u{2010}'..='\u{2015}' | '\u{2212}' => Some(Answer::Back),
        _ => None,
    }
}

/// The answer that `text` begins with, and how many bytes of it that took; none unless all of `text` is answers.
pub(super) fn of_word(text: &str) -> Option<(Answer, usize)> {
    WORDS.iter().find_map(|(word, answer)| {
        if word.starts_with(text) && !text.is_empty() {
            return Some((*answer, text.len()));
        }
        let rest = text.strip_prefix(word)?;
        of_word(rest).map(|_| (*answer, word.len()))
    })
}

/// The digit that a key stands for, full-width ones too.
pub(super) fn digit(key: char) -> Option<usize> {
    plain(key).to_digit(10).map(|digit| digit as usize)
}

/// The number that `text` stands for.
pub(super) fn number(text: &str) -> Option<usize> {
    text.trim().nfkc().collect::<String>().parse().ok()
}

/// Whether `key` can only come from a Japanese input method.
pub(super) fn is_japanese(key: char) -> bool {
    matches!(key, '\u{3000}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
}

/// The key that stands for `key` with the input method off.
pub(super) fn plain(key: char) -> char {
    std::iter::once(key).nfkc().next().unwrap_or(key).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_is_an_answer_with_the_input_method_on_or_off() {
        for (keys, expected) in [
            ("yYｙＹ", Some(Answer::Yes)),
            ("nNｎＮん", Some(Answer::No)),
            ("wWｗＷ", Some(Answer::Unsure)),
            ("?？", Some(Answer::Hint)),
            ("-ー－−ｰ‐", Some(Answer::Back)),
            ("x1決はい 　", None),
        ] {
            for key in keys.chars() {
                assert_eq!(of_key(key), expected, "{key}");
            }
        }
    }

    #[test]
    fn a_word_is_an_answer_and_a_sentence_is_not() {
        for (text, expected) in [
            ("はい", Some((Answer::Yes, "はい"))),
            ("は", Some((Answer::Yes, "は"))),
            ("いいえ", Some((Answer::No, "いいえ"))),
            ("い", Some((Answer::No, "い"))),
            ("わからない", Some((Answer::Unsure, "わからない"))),
            ("分からない", Some((Answer::Unsure, "分からない"))),
            ("戻る", Some((Answer::Back, "戻る"))),
            ("はいいいえ", Some((Answer::Yes, "はい"))),
            ("はいはい", Some((Answer::Yes, "はい"))),
            ("はやく", None),
            ("決済", None),
            ("", None),
        ] {
            assert_eq!(of_word(text), expected.map(|(answer, taken)| (answer, taken.len())), "{text}");
        }
    }

    #[test]
    fn digits_may_be_full_width() {
        assert_eq!(
            ["3", "３", "一", "a"].map(|key| digit(key.chars().next().unwrap())),
            [Some(3), Some(3), None, None]
        );
        assert_eq!(["12", "１２ ", "", "-1"].map(number), [Some(12), Some(12), None, None]);
    }
}
