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

    /// The keys of its messages, found without parsing them.
    pub(super) fn keys(&self, lang: Lang) -> impl Iterator<Item = &'static str> {
        self.source(lang)
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
            .filter_map(|line| line.split_once('='))
            .map(|(key, _)| key.trim_end())
    }
}

macro_rules! parts {
    ($($name:literal,)+) => {
        pub(super) static PARTS: [Part; [$($name),+].len() + 1] = [$(Part {
            en: include_str!(concat!("../../locales/en/", $name, ".ftl")),
            ja: include_str!(concat!("../../locales/ja/", $name, ".ftl")),
        },)+ HELP];
    };
}

/// Japanese only: the English help is the doc comments of the commands.
const HELP: Part = Part { en: "", ja: include_str!("../../locales/ja/help.ftl") };

// A message stands in one part only. Messages of one part cannot refer to those of another.
parts![
    "brief",
    "check",
    "cli",
    "clock",
    "commands",
    "config",
    "diagram",
    "document",
    "edit",
    "examples",
    "handover",
    "links",
    "list",
    "menu",
    "new",
    "policy",
    "postmortem",
    "presets",
    "readme",
    "show",
    "schema",
    "similar",
    "steps",
    "store",
    "sync",
    "time",
    "ui",
    "undo",
    "update",
    "usage",
    "view",
    "who",
    "words",
];
