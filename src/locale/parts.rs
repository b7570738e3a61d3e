//! The message files of `locales/`, embedded: one line per part.

use crate::domain::text::Lang;

/// The messages about one subject, in both languages, as Fluent source.
pub(super) struct Part {
    en: &'static str,
    ja: &'static str,
}

impl Part {
    pub(super) fn source(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Ja => self.ja,
        }
    }

    /// Whether the part has a message `key`, without parsing it.
    pub(super) fn has(&self, lang: Lang, key: &str) -> bool {
        let source = self.source(lang);
        source.match_indices(key).any(|(start, _)| {
            let begins_line = start == 0 || source.as_bytes()[start - 1] == b'\n';
            begins_line && source[start + key.len()..].trim_start_matches(' ').starts_with('=')
        })
    }
}

macro_rules! parts {
    ($($name:literal,)+) => {
        [$(Part {
            en: include_str!(concat!("../../locales/en/", $name, ".ftl")),
            ja: include_str!(concat!("../../locales/ja/", $name, ".ftl")),
        },)+ HELP]
    };
}

/// Japanese only: the English help is the doc comments of the commands.
const HELP: Part = Part { en: "", ja: include_str!("../../locales/ja/help.ftl") };

/// A message stands in one part only. Messages of one part cannot refer to those of another.
pub(super) static PARTS: [Part; 16] = parts![
    "check",
    "cli",
    "clock",
    "commands",
    "config",
    "document",
    "examples",
    "new",
    "postmortem",
    "store",
    "time",
    "ui",
    "usage",
    "view",
    "words",
];
