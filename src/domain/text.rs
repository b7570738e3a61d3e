//! Text that exists in one or in both languages, and the languages themselves.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// A language that messages and documents are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    En,
    Ja,
}

impl Lang {
    pub const ALL: [Self; 2] = [Self::En, Self::Ja];

    /// The language tag, as in `--lang ja`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ja => "ja",
        }
    }

    /// The language that a POSIX locale such as `ja_JP.UTF-8` asks for; `C` and unknown ones give none.
    pub fn from_locale(locale: &str) -> Option<Self> {
        let language = locale.split(['_', '.', '@', '-']).next()?;
        language.to_ascii_lowercase().parse().ok()
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Lang {
    type Err = String;

    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|lang| lang.tag() == tag).ok_or_else(|| tag.to_owned())
    }
}

/// A text of the configuration: one string for every language, or a table by language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    pub ja: Option<String>,
    pub en: Option<String>,
}

impl Text {
    /// The same words in every language.
    pub fn plain(words: impl Into<String>) -> Self {
        let words = words.into();
        Self { ja: Some(words.clone()), en: Some(words) }
    }

    /// The words in `lang`, else in the other language, else nothing.
    pub fn get(&self, lang: Lang) -> &str {
        let (first, second) = match lang {
            Lang::Ja => (&self.ja, &self.en),
            Lang::En => (&self.en, &self.ja),
        };
        first.as_deref().or(second.as_deref()).unwrap_or_default()
    }

    /// The words in each language that has some, without repetition.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let second = self.en.as_deref().filter(|en| self.ja.as_deref() != Some(en));
        self.ja.as_deref().into_iter().chain(second)
    }

    pub fn is_empty(&self) -> bool {
        self.all().all(str::is_empty)
    }

    /// Whether `word` is these words in either language, however it was typed.
    pub fn is_called(&self, word: &str) -> bool {
        let word = folded(word);
        !word.is_empty() && self.all().any(|name| folded(name) == word)
    }

    /// Whether a name in either language begins or ends with `part`, which is folded.
    fn has_part(&self, part: &str) -> bool {
        part.chars().count() >= LEAST_PART
            && self.all().map(folded).any(|name| name.starts_with(part) || name.ends_with(part))
    }
}

/// What was typed, with the forms of input methods made plain (NFKC) and in lower case: `ＳＥＶ１` is `sev1`.
pub fn folded(text: &str) -> String {
    text.trim().nfkc().flat_map(char::to_lowercase).collect()
}

/// What was typed as [`folded`], with no blank anywhere: `三尾 澪` and `三尾澪` are one name.
pub fn joined(text: &str) -> String {
    folded(text).split_whitespace().collect()
}

/// Fewer characters are no part of a name.
const LEAST_PART: usize = 2;

/// Of `items`, the one with the id `word`, else the one whose id or name in either language it is, however typed; else the
/// only one whose name it is but for what stands in parentheses behind it: `上長` for `上長（判断）`; else the only one
/// whose name begins or ends with it: people say 対応者 to an インシデント対応者.
pub fn named<'a, T>(items: &'a [T], word: &str, label: impl Fn(&T) -> (&str, &Text)) -> Option<&'a T> {
    let typed = folded(word);
    let by_id = items.iter().find(|item| label(item).0 == word);
    let by_name = || {
        items.iter().find(|item| {
            let (id, name) = label(item);
            folded(id) == typed || name.is_called(word)
        })
    };
    let only = |fits: &dyn Fn(&Text) -> bool| {
        let mut called = items.iter().filter(|item| !typed.is_empty() && fits(label(item).1));
        called.next().filter(|_| called.next().is_none())
    };
    let in_short =
        |name: &str| folded(name).split_once('(').is_some_and(|(name, _)| name.trim_end() == typed);
    by_id
        .or_else(by_name)
        .or_else(|| only(&|name| name.all().any(in_short)))
        .or_else(|| only(&|name| name.has_part(&typed)))
}

/// One line of Markdown text: no line breaks, and nothing that begins HTML, such as a forged anchor.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        // A backslash that people have typed must not take the one before `<` for itself.
        if c == '<' && line.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 0 {
            line.push('\\');
        }
        line.push(c);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_names_its_language() {
        for (locale, expected) in [
            ("ja_JP.UTF-8", Some(Lang::Ja)),
            ("ja", Some(Lang::Ja)),
            ("en_US", Some(Lang::En)),
            ("C", None),
            ("C.UTF-8", None),
            ("", None),
        ] {
            assert_eq!(Lang::from_locale(locale), expected, "{locale}");
        }
    }

    #[test]
    fn a_missing_language_falls_back_to_the_other() {
        let text = Text { ja: Some("障害".into()), en: None };
        assert_eq!(text.get(Lang::En), "障害");
        assert_eq!(Text::plain("web").all().collect::<Vec<_>>(), ["web"]);
    }

    #[test]
    fn a_name_is_found_however_it_is_typed() {
        let text = |en: &str, ja: &str| Text { en: Some(en.to_owned()), ja: Some(ja.to_owned()) };
        let items = [
            ("fixing", text("Fixing", "対処中")),
            ("closed", text("Fixing", "ログ")),
            ("Fixing", text("", "")),
            ("lead", text("Lead (decides)", "上長（判断）")),
            ("a", text("Team (a)", "上（甲）")),
            ("b", text("Team (b)", "上（乙）")),
        ];
        for (word, expected) in [
            ("fixing", Some(0)),
            ("Fixing", Some(2)),
            ("ＦＩＸＩＮＧ", Some(0)),
            ("対処中", Some(0)),
            (" 対処中　", Some(0)),
            ("ﾛｸﾞ", Some(1)),
            ("対処", Some(0)),
            ("処中", Some(0)),
            ("対", None),
            ("fix", None),
            ("上長", Some(3)),
            ("LEAD", Some(3)),
            ("lead (decides)", Some(3)),
            ("team", None),
            ("上", None),
            ("", None),
        ] {
            let found = named(&items, word, |(id, name)| (id, name));
            let index = found.and_then(|found| items.iter().position(|item| item.0 == found.0));
            assert_eq!(index, expected, "{word:?}");
        }
    }
}
