//! The readable part of an incident's file name, made of its title.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Bytes, not characters: file systems count them (255 a name, 143 where names are encrypted).
const MOST_BYTES: usize = 50;

/// Names that Windows keeps for devices, whatever follows a dot.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// `Checkout errors!` is `checkout-errors`, `決済画面でエラーが出る` stays as it is; none if nothing readable is left.
///
/// Letters and digits of any script stay (NFC), Latin ones in lower case; everything between them is one hyphen. So
/// no name has a path separator, a dot, a blank or a character that is not seen.
pub fn slug(title: &str) -> Option<String> {
    let mut slug = String::new();
    for c in title.nfc() {
        if is_readable(c) {
            slug.push(c.to_ascii_lowercase());
        } else if is_combining_mark(c) && !is_variation_selector(c) {
            // It belongs to the letter before it, if there is one.
            if !slug.is_empty() && !slug.ends_with('-') {
                slug.push(c);
            }
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = shortened(slug.trim_end_matches('-'));
    (!slug.is_empty() && !is_device(slug)).then(|| slug.to_owned())
}

/// Letters and digits, without the fillers of Hangul, which are letters that are not seen.
fn is_readable(c: char) -> bool {
    c.is_alphanumeric() && !matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}')
}

fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// At most [`MOST_BYTES`] of `slug`, ending with a whole word unless that would lose more than half.
fn shortened(slug: &str) -> &str {
    if slug.len() <= MOST_BYTES {
        return slug;
    }
    let end = (0..=MOST_BYTES).rev().find(|end| slug.is_char_boundary(*end)).unwrap_or(0);
    let cut = &slug[..end];
    let word_end = if slug[end..].starts_with('-') { Some(end) } else { cut.rfind('-') };
    word_end.filter(|word_end| *word_end > MOST_BYTES / 2).map_or(cut, |word_end| &slug[..word_end])
}

/// `con`, `com1` and the like.
fn is_device(slug: &str) -> bool {
    let numbered = slug.strip_prefix("com").or_else(|| slug.strip_prefix("lpt"));
    DEVICES.contains(&slug)
        || numbered.is_some_and(|rest| rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_gives_a_readable_name() {
        for (title, expected) in [
            ("Checkout errors!", Some("checkout-errors")),
            ("決済画面でエラーが出る", Some("決済画面でエラーが出る")),
            ("API が 500 を返す（決済）", Some("api-が-500-を返す-決済")),
            ("  --a__b//c\\d..  ", Some("a-b-c-d")),
            ("../../etc/passwd", Some("etc-passwd")),
            ("か\u{3099}め", Some("がめ")),
            ("Ärger in Zürich", Some("Ärger-in-zürich")),
            ("हिन्दी", Some("हिन्दी")),
            ("a\u{202e}b\u{200b}c\u{0}d", Some("a-b-c-d")),
            ("❤\u{fe0f} ok", Some("ok")),
            ("CON", None),
            ("com1", None),
            ("console", Some("console")),
            ("!!!", None),
            ("\u{3164}", None),
            ("", None),
        ] {
            assert_eq!(slug(title).as_deref(), expected, "{title:?}");
        }
    }

    #[test]
    fn a_long_title_is_cut_between_words_or_characters() {
        for (title, expected) in [
            (
                "Everyone sees errors at the checkout since this morning in Europe",
                "everyone-sees-errors-at-the-checkout-since-this",
            ),
            ("決済画面でエラーが出て誰も注文できない状態が続いている", "決済画面でエラーが出て誰も注文で"),
            (&"x".repeat(60), &"x".repeat(50)),
            (&format!("{} y", "x".repeat(50)), &"x".repeat(50)),
        ] {
            let slug = slug(title).unwrap();
            assert_eq!(slug, expected);
            assert!(slug.len() <= MOST_BYTES);
        }
    }
}
