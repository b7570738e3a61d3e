//! The words of the program in one language: messages by key, with facts put into them.

mod parts;
pub mod times;
pub mod words;

use std::collections::HashMap;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::domain::invocation::Invocation;
use crate::domain::text::Lang;
use crate::failure::Message;

use self::parts::{PARTS, Part};

type Bundle = FluentBundle<FluentResource>;

/// What is put into a message in place of `{ $name }`. Only numbers choose plural forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    Text(String),
    Number(i64),
}

impl Fact {
    /// The fact of a [`Message`]: counts are numbers, everything else is text.
    fn named(name: &str, text: &str) -> Self {
        match text.parse() {
            Ok(number) if matches!(name, "count" | "n") => Self::Number(number),
            _ => Self::Text(text.to_owned()),
        }
    }

    fn value(&self) -> FluentValue<'_> {
        match self {
            Self::Text(text) => text.as_str().into(),
            Self::Number(number) => (*number).into(),
        }
    }
}

impl From<&str> for Fact {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Fact {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Fact {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&Invocation> for Fact {
    fn from(invocation: &Invocation) -> Self {
        Self::Text(invocation.to_string())
    }
}

impl From<i64> for Fact {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for Fact {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u32> for Fact {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Fact {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// The messages of one language. A part of them is parsed when its first message is asked for.
pub struct Locale {
    lang: Lang,
}

impl Locale {
    pub fn new(lang: Lang) -> Self {
        Self { lang }
    }

    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// A message that takes no facts.
    pub fn text(&self, key: &str) -> String {
        self.format(key, &[])
    }

    /// The word for a token of `group`, such as `impact_started` of `milestone`; one that a team has made up, as it is.
    pub fn label(&self, group: &str, token: &str) -> String {
        let key = format!("{group}-{}", token.replace('_', "-"));
        self.optional(&key, &[]).unwrap_or_else(|| token.to_owned())
    }

    /// The message of a failure or a hint.
    pub fn say(&self, message: &Message) -> String {
        let facts: Vec<(&str, Fact)> =
            message.facts.iter().map(|(name, text)| (*name, Fact::named(name, text))).collect();
        self.format(message.key, &facts)
    }

    /// The message `key` with `facts`; the other language's where this one lacks it, else the key.
    pub fn format(&self, key: &str, facts: &[(&str, Fact)]) -> String {
        self.optional(key, facts).unwrap_or_else(|| {
            let other = Lang::ALL.into_iter().find(|lang| *lang != self.lang);
            other.and_then(|lang| Self::new(lang).optional(key, facts)).unwrap_or_else(|| key.to_owned())
        })
    }

    /// The message `key` with `facts`, if this language has one.
    pub fn optional(&self, key: &str, facts: &[(&str, Fact)]) -> Option<String> {
        let part = *index(self.lang).get(key)?;
        let bundle = bundle(self.lang, part);
        let pattern = bundle.get_message(key)?.value()?;
        let arguments: FluentArgs<'_> = facts.iter().map(|(name, fact)| (*name, fact.value())).collect();
        let text = bundle.format_pattern(pattern, Some(&arguments), &mut Vec::new());
        // What a program said stands on lines of its own, and it may have said nothing.
        Some(text.trim_end_matches('\n').to_owned())
    }
}

/// The part that each message stands in. Going through the files takes a while, so it is done once for each language.
fn index(lang: Lang) -> &'static HashMap<&'static str, usize> {
    static INDEX: [OnceLock<HashMap<&'static str, usize>>; Lang::ALL.len()] =
        [const { OnceLock::new() }; Lang::ALL.len()];
    INDEX[lang as usize].get_or_init(|| read_index(lang))
}

fn read_index(lang: Lang) -> HashMap<&'static str, usize> {
    let keys_of = |(number, part): (usize, &'static Part)| part.keys(lang).map(move |key| (key, number));
    PARTS.iter().enumerate().flat_map(keys_of).collect()
}

/// The messages of one part, parsed once.
fn bundle(lang: Lang, part: usize) -> &'static Bundle {
    static BUNDLES: [[OnceLock<Bundle>; PARTS.len()]; Lang::ALL.len()] =
        [const { [const { OnceLock::new() }; PARTS.len()] }; Lang::ALL.len()];
    BUNDLES[lang as usize][part].get_or_init(|| parsed(lang, PARTS[part].source(lang)))
}

/// The parsed messages of `source`. What does not parse is left out, which the tests rule out.
fn parsed(lang: Lang, source: &str) -> Bundle {
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
    let mut bundle =
        Bundle::new_concurrent(vec![lang.tag().parse().expect("`en` and `ja` are language tags")]);
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(resource);
    bundle
}

/// A message with facts: `say!(locale, "found", count = files.len(), path = path)`.
#[macro_export]
macro_rules! say {
    ($locale:expr, $key:literal $(, $name:ident = $fact:expr)* $(,)?) => {
        $locale.format($key, &[$((stringify!($name), $crate::locale::Fact::from($fact))),*])
    };
}
pub use say;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_choose_the_plural_and_other_facts_stay_text() {
        let english = Locale::new(Lang::En);
        assert_eq!(say!(english, "length-days", days = 1), "1 day");
        assert_eq!(say!(english, "length-days", days = 2_usize), "2 days");
        assert_eq!(Fact::named("count", "12"), Fact::Number(12));
        assert_eq!(Fact::named("count", "many"), Fact::from("many"));
        assert_eq!(Fact::named("id", "12"), Fact::from("12"));
    }

    #[test]
    fn facts_are_put_in_as_they_are() {
        let message = Message::new("usage-unknown-command").with("word", "{ $x } \u{2068}");
        assert_eq!(Locale::new(Lang::En).say(&message), "unknown command “{ $x } \u{2068}”");
    }

    #[test]
    fn what_this_language_lacks_is_said_in_the_other_one() {
        let english = Locale::new(Lang::En);
        assert_eq!(english.optional("help-new", &[]), None);
        assert_eq!(english.text("help-new"), Locale::new(Lang::Ja).text("help-new"));
        assert_eq!(english.text("no-such-key"), "no-such-key");
    }

    #[test]
    fn tokens_have_labels_and_unknown_ones_stay() {
        let japanese = Locale::new(Lang::Ja);
        assert_eq!(japanese.label("milestone", "impact_started"), "影響開始");
        assert_eq!(japanese.label("detected-by", "carrier_pigeon"), "carrier_pigeon");
    }
}
