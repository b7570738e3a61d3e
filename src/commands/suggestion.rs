//! What may have been meant by a word that names nothing: the near names, else all there are.

use super::session::Session;
use crate::config::nearest;
use crate::domain::text::{Lang, Text};
use crate::failure::{Exit, Failure, Message};

/// Something that people name by its id or by its name in either language.
#[derive(Clone, Copy)]
pub struct Named<'a> {
    pub id: &'a str,
    /// None for what has an id alone.
    pub name: Option<&'a Text>,
}

/// The failure `key` about `word`, which names none of `known`, with what may have been meant.
pub fn not_known<'a>(
    session: &Session<'_>,
    key: &'static str,
    word: &str,
    known: impl IntoIterator<Item = Named<'a>>,
) -> Failure {
    let failure = Failure::new(Exit::NotFound, key).with("word", word);
    suggestion(word, known, session.app.locale.lang()).into_iter().fold(failure, Failure::hint)
}

/// The hint for `word`, which is none of `known`; none if nothing is known.
pub fn suggestion<'a>(word: &str, known: impl IntoIterator<Item = Named<'a>>, lang: Lang) -> Option<Message> {
    let known: Vec<Named<'a>> = known.into_iter().collect();
    let words = |named: &Named<'a>| -> Vec<&'a str> {
        std::iter::once(named.id).chain(named.name.into_iter().flat_map(Text::all)).collect()
    };
    let near_words = nearest(word, known.iter().flat_map(words));
    let mut near: Vec<&Named<'a>> = Vec::new();
    for found in near_words.iter().filter_map(|near| known.iter().find(|named| words(named).contains(near))) {
        if !near.iter().any(|other| other.id == found.id) {
            near.push(found);
        }
    }
    let (key, shown) = match (near.is_empty(), known.is_empty()) {
        (_, true) => return None,
        (true, false) => ("hint-known-names", known.iter().collect()),
        (false, false) => ("hint-near-names", near),
    };
    let labels: Vec<String> = shown.into_iter().map(|named| label(named, lang)).collect();
    Some(Message::new(key).with("names", labels.join(", ")))
}

/// `fixing (対処中)`, or the id alone where the name says no more.
fn label(named: &Named<'_>, lang: Lang) -> String {
    match named.name.map(|name| name.get(lang)) {
        Some(name) if !name.is_empty() && !name.eq_ignore_ascii_case(named.id) => {
            format!("{} ({name})", named.id)
        }
        _ => named.id.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, lang: Lang, expected: &str) {
        let names = [("fixing", "Fixing", "対処中"), ("resolved", "Reviewing", "振り返り中")];
        let names = names.map(|(id, en, ja)| (id, Text { ja: Some(ja.to_owned()), en: Some(en.to_owned()) }));
        let known = names.iter().map(|(id, name)| Named { id, name: Some(name) });
        let found =
            suggestion(word, known, lang).map(|message| format!("{} {}", message.key, message.facts[0].1));
        assert_eq!(found.as_deref(), Some(expected), "{word}");
    }

    #[test]
    fn near_names_are_offered_once_each() {
        check("fixng", Lang::En, "hint-near-names fixing");
        check("reviewng", Lang::Ja, "hint-near-names resolved (振り返り中)");
    }

    #[test]
    fn where_nothing_is_near_all_are_shown() {
        check("zzz", Lang::En, "hint-known-names fixing, resolved (Reviewing)");
        assert_eq!(suggestion("zzz", [], Lang::En), None);
    }
}
