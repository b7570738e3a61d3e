//! Reads values out of a TOML table and collects every fault with its place, instead of stopping at the first.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::suggestion;
use crate::domain::policy::Span as TimeSpan;
use crate::domain::text::Text;
use crate::failure::{Exit, Failure};

/// More faults than anybody reads, of a file that is not meant to be read.
const MAX_FAULTS: usize = 100;

/// A value and the bytes of the file it stands in.
#[derive(Clone, Debug)]
pub struct Located<T> {
    pub value: T,
    pub span: Range<usize>,
}

/// The values without their places.
pub fn values<T>(list: Vec<Located<T>>) -> Vec<T> {
    list.into_iter().map(|located| located.value).collect()
}

/// One file being read: where it is, what it says, and what is wrong with it so far.
pub struct Source<'a> {
    path: &'a str,
    text: &'a str,
    pub faults: RefCell<Vec<Failure>>,
    pub warnings: RefCell<Vec<Failure>>,
}

impl<'a> Source<'a> {
    pub fn new(path: &'a str, text: &'a str) -> Self {
        Self { path, text, faults: RefCell::default(), warnings: RefCell::default() }
    }

    /// Parses the file; syntax errors, all of them, are the faults.
    pub fn document(&self) -> Spanned<DeTable<'a>> {
        let (document, errors) = DeTable::parse_recoverable(self.text);
        // Of what is left open a hundred times, the parser says so a hundred times.
        let mut told = Vec::new();
        for error in errors.into_iter().take(MAX_FAULTS) {
            let fault =
                self.fault(error.span().unwrap_or(0..0), "toml-syntax").with("reason", error.message());
            if !told.contains(&fault) {
                told.push(fault);
            }
        }
        told.into_iter().for_each(|fault| self.report(fault));
        document
    }

    /// A fault of the file at `span`, to be completed and pushed.
    pub fn fault(&self, span: Range<usize>, key: &'static str) -> Failure {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let column = before[line_start..].chars().count() + 1;
        Failure::new(Exit::Invalid, key).at(self.path, line, column)
    }

    pub fn report(&self, fault: Failure) {
        if !self.is_full() {
            self.faults.borrow_mut().push(fault);
        }
    }

    /// Whether further faults are not worth looking for.
    pub fn is_full(&self) -> bool {
        self.faults.borrow().len() >= MAX_FAULTS
    }

    pub fn warn(&self, warning: Failure) {
        self.warnings.borrow_mut().push(warning);
    }

    /// Reports that `word` names nothing among `known`, and what it was probably meant to be.
    pub fn unknown_reference<'k>(
        &self,
        key: &'static str,
        word: &Located<String>,
        known: impl Iterator<Item = &'k str> + Clone,
    ) -> Failure {
        let fault = self.fault(word.span.clone(), key).with("name", &word.value);
        suggestion(&word.value, known).into_iter().fold(fault, Failure::hint)
    }
}

/// Whether a terminal would act on the character, or show what follows in another order, instead of showing it.
fn steers_terminal(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A table of the file, which remembers the keys it was asked for.
pub struct Table<'a> {
    pub source: &'a Source<'a>,
    entries: &'a DeTable<'a>,
    pub span: Range<usize>,
    asked: RefCell<BTreeSet<&'static str>>,
}

impl<'a> Table<'a> {
    pub fn new(source: &'a Source<'a>, entries: &'a DeTable<'a>, span: Range<usize>) -> Self {
        Self { source, entries, span, asked: RefCell::default() }
    }

    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// The value as text: a string, or a table of strings by language.
    pub fn text(&self, key: &'static str) -> Text {
        let Some(value) = self.value(key) else { return Text::default() };
        match value.get_ref() {
            DeValue::String(words) => Text::plain(words.as_ref()),
            DeValue::Table(languages) => {
                let table = Table::new(self.source, languages, value.span());
                let text = table.words();
                table.finish();
                text
            }
            _ => {
                self.wrong_type::<Text>(value, "config-expected-text");
                Text::default()
            }
        }
    }

    /// The table's own words by language.
    pub fn words(&self) -> Text {
        let words = |lang| self.string(lang).map(|located| located.value);
        Text { ja: words("ja"), en: words("en") }
    }

    /// Reports a table that has no words in any language.
    pub fn require_words(&self) {
        if self.words().is_empty() {
            self.source.report(self.source.fault(self.span.clone(), "config-no-words"));
        }
    }

    /// Whether the value is an array whose items are tables.
    pub fn is_list_of_tables(&self, key: &str) -> bool {
        let items = self.entries.get(key).and_then(|value| value.get_ref().as_array());
        items.and_then(|items| items.iter().next()).is_some_and(|item| item.get_ref().is_table())
    }

    /// The value of `key`, by which only one table of its kind is known. The first of several is found, and no reason to
    /// stop anybody at night: the others are warned of.
    pub fn own_name(&self, key: &'static str, seen: &mut BTreeSet<String>) -> Option<Located<String>> {
        let name = self.required(key)?;
        if !seen.insert(name.value.clone()) {
            self.source
                .warn(self.source.fault(name.span.clone(), "policy-duplicate-id").with("name", &name.value));
        }
        Some(name)
    }

    pub fn string(&self, key: &'static str) -> Option<Located<String>> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(Located { value: text.clone().into_owned(), span: value.span() }),
            _ => self.wrong_type(value, "config-expected-string"),
        }
    }

    /// A string that must be there and not be empty.
    pub fn required(&self, key: &'static str) -> Option<Located<String>> {
        if !self.has(key) {
            self.asked.borrow_mut().insert(key);
            let fault = self.source.fault(self.span.clone(), "config-missing-key").with("key", key);
            self.source.report(fault);
            return None;
        }
        let found = self.string(key)?;
        if found.value.trim().is_empty() {
            self.source.report(self.source.fault(found.span, "config-empty-value").with("key", key));
            return None;
        }
        Some(found)
    }

    pub fn boolean(&self, key: &'static str) -> Option<bool> {
        let value = self.value(key)?;
        value.get_ref().as_bool().or_else(|| self.wrong_type(value, "config-expected-boolean"))
    }

    /// A list of strings; a single string counts as a list of one.
    pub fn strings(&self, key: &'static str) -> Vec<Located<String>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let items = match value.get_ref() {
            DeValue::String(text) => {
                return vec![Located { value: text.clone().into_owned(), span: value.span() }];
            }
            DeValue::Array(items) => items.iter(),
            _ => return self.wrong_type(value, "config-expected-strings").unwrap_or_default(),
        };
        let string = |item: &Spanned<DeValue<'a>>| match item.get_ref() {
            DeValue::String(text) => Some(Located { value: text.clone().into_owned(), span: item.span() }),
            _ => self.wrong_type(item, "config-expected-string"),
        };
        items.filter_map(string).collect()
    }

    /// The table's keys and their yes or no, for conditions and answers.
    pub fn booleans(&self, key: &'static str) -> Vec<(Located<String>, bool)> {
        let Some(table) = self.table(key) else { return Vec::new() };
        let entry = |(name, value): (&Spanned<Cow<'a, str>>, &Spanned<DeValue<'a>>)| {
            let located = Located { value: name.get_ref().clone().into_owned(), span: name.span() };
            match value.get_ref().as_bool() {
                Some(answer) => Some((located, answer)),
                None => self.wrong_type(value, "config-expected-boolean"),
            }
        };
        table.entries.iter().filter_map(entry).collect()
    }

    /// The table's keys and their strings.
    pub fn string_values(&self) -> Vec<(String, String)> {
        let entry = |(name, value): (&Spanned<Cow<'a, str>>, &Spanned<DeValue<'a>>)| match value.get_ref() {
            DeValue::String(text) => Some((name.get_ref().clone().into_owned(), text.clone().into_owned())),
            _ => self.wrong_type(value, "config-expected-string"),
        };
        self.entries.iter().filter_map(entry).collect()
    }

    /// A length of time such as `20m` or `3bd`.
    pub fn time_span(&self, key: &'static str) -> Option<TimeSpan> {
        let text = self.string(key)?;
        let parsed = TimeSpan::parse(&text.value);
        if parsed.is_none() {
            self.source.report(self.source.fault(text.span, "config-bad-span").with("value", text.value));
        }
        parsed
    }

    /// One of a fixed set of words.
    pub fn word<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let text = self.string(key)?;
        self.meaning(&text, words)
    }

    /// What one of a fixed set of words means; any other is a fault.
    pub fn meaning<T: Copy>(&self, text: &Located<String>, words: &[(&str, T)]) -> Option<T> {
        let found = words.iter().find(|(word, _)| *word == text.value).map(|(_, meaning)| *meaning);
        if found.is_none() {
            let known = words.iter().map(|(word, _)| *word);
            self.source.report(self.source.unknown_reference("config-unknown-word", text, known));
        }
        found
    }

    pub fn table(&self, key: &'static str) -> Option<Self> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Table(entries) => Some(Table::new(self.source, entries, value.span())),
            _ => self.wrong_type(value, "config-expected-table"),
        }
    }

    /// The tables of an array of tables such as `[[level]]`.
    pub fn tables(&self, key: &'static str) -> Vec<Self> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            return self.wrong_type(value, "config-expected-tables").unwrap_or_default();
        };
        let table = |item: &'a Spanned<DeValue<'a>>| match item.get_ref() {
            DeValue::Table(entries) => Some(Table::new(self.source, entries, item.span())),
            _ => self.wrong_type(item, "config-expected-table"),
        };
        items.iter().filter_map(table).collect()
    }

    /// Warns of the keys that nobody asked for. Those that begin with `x-` are the team's own.
    pub fn finish(self) {
        let asked = self.asked.borrow();
        for (key, _) in self.entries {
            let name = key.get_ref().as_ref();
            if asked.contains(name) || name.starts_with("x-") {
                continue;
            }
            if self.source.warnings.borrow().len() >= MAX_FAULTS {
                break;
            }
            let located = Located { value: name.to_owned(), span: key.span() };
            let known = asked.iter().copied();
            self.source.warn(self.source.unknown_reference("config-unknown-key", &located, known));
        }
    }

    fn value(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().insert(key);
        let value = self.entries.get(key)?;
        if value.get_ref().as_str().is_some_and(|text| text.contains(steers_terminal)) {
            self.source.report(self.source.fault(value.span(), "config-control-character"));
        }
        Some(value)
    }

    /// Reports that another type stands here than `expected`, the key of the message that says which.
    fn wrong_type<T>(&self, value: &Spanned<DeValue<'_>>, expected: &'static str) -> Option<T> {
        let fault = self.source.fault(value.span(), expected);
        self.source.report(fault.with("found", value.get_ref().type_str()));
        None
    }
}
