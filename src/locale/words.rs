//! The words that incident files are written with, and every way in which they are read.

use crate::document::vocabulary::{Approximate, Named, Names, Vocabulary, Word};
use crate::domain::flow::Flow;
use crate::domain::people::Staff;
use crate::domain::policy::{Field, Policy};
use crate::domain::text::{Lang, Text};

use super::Locale;

/// Every word in the store's language, then in the other ones, which are only read.
pub fn words(store_lang: Lang) -> Vec<(Word, Vec<String>)> {
    let others = Lang::ALL.into_iter().filter(|lang| *lang != store_lang);
    let locales: Vec<Locale> = [store_lang].into_iter().chain(others).map(Locale::new).collect();
    let spellings = |word: Word| {
        let key = format!("word-{}", word.token().replace('_', "-"));
        locales.iter().map(|locale| locale.text(&key)).collect()
    };
    Word::all().into_iter().map(|word| (word, spellings(word))).collect()
}

/// The vocabulary of a store: the tool's own words and the names that the store has given.
pub fn vocabulary(lang: Lang, flow: &Flow, policy: &Policy, staff: &Staff) -> Vocabulary {
    let names = Names {
        statuses: flow.statuses().iter().map(|status| named(lang, &status.id, &status.name)).collect(),
        levels: policy.levels.iter().map(|level| as_id(&level.id, &level.name)).collect(),
        roles: staff.roles.iter().map(|role| named(lang, &role.id, &role.name)).collect(),
        people: staff
            .people
            .iter()
            .map(|person| named(lang, &person.handle, &Text::plain(&person.name)))
            .collect(),
        fields: policy.fields.iter().map(|field| own_fact(lang, field)).collect(),
    };
    let japanese = lang == Lang::Ja;
    let approximate = if japanese { Approximate::Suffix } else { Approximate::Prefix };
    Vocabulary::new(words(lang), approximate, japanese, names)
}

/// Written in the store's language; by its id where it has no name.
fn named(lang: Lang, id: &str, name: &Text) -> Named {
    let mut names = vec![name.get(lang).to_owned()];
    names.extend(name.all().filter(|other| *other != name.get(lang)).map(str::to_owned));
    names.retain(|name| !name.is_empty());
    if names.is_empty() {
        names.push(id.to_owned());
    }
    Named { id: id.to_owned(), names }
}

fn own_fact(lang: Lang, field: &Field) -> (Named, Vec<Named>) {
    let choices = field.choices.iter().map(|(id, name)| named(lang, id, name));
    (named(lang, &field.id, &field.name), choices.collect())
}

/// A level is written by its id, `SEV1`, which is what people say aloud; its names are read.
fn as_id(id: &str, name: &Text) -> Named {
    let names = [id].into_iter().chain(name.all()).filter(|name| !name.is_empty());
    Named { id: id.to_owned(), names: names.map(str::to_owned).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::Milestone;
    use crate::domain::flow::{Category, Status};

    #[test]
    fn every_word_has_a_spelling_of_its_own_in_each_language() {
        for lang in Lang::ALL {
            let mut written: Vec<String> =
                words(lang).into_iter().map(|(_, spellings)| spellings[0].to_lowercase()).collect();
            assert!(!written.iter().any(|word| word.starts_with("word-")), "{written:?}");
            written.sort();
            let before = written.clone();
            written.dedup();
            assert_eq!(written, before, "{lang}");
        }
    }

    #[test]
    fn the_store_writes_its_language_and_reads_both() {
        let all = words(Lang::Ja);
        let (_, spellings) =
            all.iter().find(|(word, _)| *word == Word::Milestone(Milestone::Detected)).unwrap();
        assert_eq!(spellings, &["検知", "Noticed"]);
    }

    #[test]
    fn statuses_are_written_by_name_and_levels_by_id() {
        let name = Text { ja: Some("対処中".into()), en: Some("Fixing".into()) };
        let status = |id: &str, name: &Text| Status {
            id: id.into(),
            name: name.clone(),
            category: Category::Live,
            stamps: Vec::new(),
            does: Text::default(),
            usual_for: Default::default(),
        };
        let flow = Flow::new(vec![status("fixing", &name), status("bare", &Text::default())]).unwrap();
        let vocabulary = vocabulary(Lang::En, &flow, &Policy::default(), &Staff::default());
        assert_eq!(vocabulary.statuses[0].names, ["Fixing", "対処中"]);
        assert_eq!(vocabulary.statuses[1].names, ["bare"]);
        assert_eq!(as_id("SEV1", &name).names, ["SEV1", "対処中", "Fixing"]);
    }
}
