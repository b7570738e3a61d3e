//! Words of fixed tokens, such as kinds of notes: taken by token or by name, in either language.

use std::str::FromStr;

use clap::builder::{EnumValueParser, PossibleValue, TypedValueParser};
use clap::error::{ContextKind, ContextValue};
use clap::{Arg, Command, Error, ValueEnum};

use crate::config::nearest;
use crate::domain::text::{Lang, folded};
use crate::locale::Locale;

/// Of `tokens`, the one that `word` is or that is called so in either language. Their names are the labels of `group`.
pub fn token<'a>(group: &str, tokens: impl IntoIterator<Item = &'a str>, word: &str) -> Option<&'a str> {
    let typed = folded(word);
    tokens
        .into_iter()
        .find(|token| *token == typed || labels(group, token).iter().any(|label| folded(label) == typed))
}

fn labels(group: &str, token: &str) -> Vec<String> {
    Lang::ALL.map(|lang| Locale::new(lang).label(group, token)).into()
}

/// Reads a number, in full-width figures too.
pub fn number<T: FromStr>(word: &str) -> Result<T, T::Err> {
    folded(word).parse()
}

/// Reads the values of `T`, whose names are the labels of `group`.
pub fn values<T: ValueEnum + Clone + Send + Sync + 'static>(group: &'static str) -> Values<T> {
    Values { group, tokens: EnumValueParser::new() }
}

/// See [`values`].
#[derive(Clone)]
pub struct Values<T: ValueEnum + Clone + Send + Sync + 'static> {
    group: &'static str,
    tokens: EnumValueParser<T>,
}

impl<T: ValueEnum + Clone + Send + Sync + 'static> TypedValueParser for Values<T> {
    type Value = T;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<T, Error> {
        let values = || T::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        let tokens: Vec<String> = values().map(|value| value.get_name().to_owned()).collect();
        let word = value.to_string_lossy();
        let found = token(self.group, tokens.iter().map(String::as_str), &word);
        let mut error =
            match self.tokens.parse_ref(command, argument, found.map_or(value, std::ffi::OsStr::new)) {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
        let written: Vec<PossibleValue> = values().collect();
        let written = written.iter().flat_map(PossibleValue::get_name_and_aliases).map(str::to_owned);
        let labels = tokens.iter().flat_map(|token| labels(self.group, token));
        let known: Vec<String> = written.chain(labels).collect();
        if error.get(ContextKind::SuggestedValue).is_none()
            && let Some(near) = nearest(&word, known.iter().map(String::as_str)).first()
        {
            error.insert(ContextKind::SuggestedValue, ContextValue::String((*near).to_owned()));
        }
        Err(error)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        self.tokens.possible_values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::NoteKind;
    use crate::domain::incident::{DETECTED_BY, Mode};

    #[test]
    fn every_token_is_found_by_itself_and_by_its_names() {
        let groups: [(&str, Vec<&str>); 3] = [
            ("note-kind", NoteKind::ALL.map(NoteKind::token).into()),
            ("mode", Mode::ALL.map(Mode::token).into()),
            ("detected-by", DETECTED_BY.into()),
        ];
        for (group, tokens) in groups {
            for wanted in &tokens {
                for word in
                    labels(group, wanted).into_iter().chain([(*wanted).to_owned(), wanted.to_uppercase()])
                {
                    assert_eq!(token(group, tokens.iter().copied(), &word), Some(*wanted), "{group} {word}");
                }
            }
            assert_eq!(token(group, tokens, "???"), None);
        }
    }
}
