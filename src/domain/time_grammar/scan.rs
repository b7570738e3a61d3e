//! Reading a text from its beginning, word by word and number by number.

/// What is left to read.
pub(super) struct Scan<'a>(pub(super) &'a str);

impl Scan<'_> {
    pub(super) fn skip_blanks(&mut self) {
        self.0 = self.0.trim_start();
    }

    /// Takes `word` if it comes next. A word of letters must end there.
    pub(super) fn takes(&mut self, word: &str) -> bool {
        let Some(rest) = self.0.strip_prefix(word) else { return false };
        let goes_on = |text: &str| text.starts_with(|c: char| c.is_ascii_alphabetic());
        if word.ends_with(|c: char| c.is_ascii_alphabetic()) && goes_on(rest) {
            return false;
        }
        self.0 = rest;
        true
    }

    /// Takes the first of `words` that comes next, and gives what stands beside it.
    pub(super) fn one_of<T: Copy>(&mut self, words: &[(&str, T)]) -> Option<T> {
        words.iter().find(|(word, _)| self.takes(word)).map(|(_, value)| *value)
    }

    /// Takes up to `most` digits.
    pub(super) fn digits(&mut self, most: usize) -> Option<(u32, usize)> {
        let len = self.0.bytes().take_while(u8::is_ascii_digit).count();
        if len == 0 || len > most {
            return None;
        }
        let (digits, rest) = self.0.split_at(len);
        self.0 = rest;
        digits.parse().ok().map(|number| (number, len))
    }

    pub(super) fn number(&mut self) -> Option<u32> {
        self.digits(2).map(|(number, _)| number)
    }

    /// What `parse` reads, or nothing, and then nothing is taken.
    pub(super) fn maybe<T>(&mut self, parse: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let start = self.0;
        let value = parse(self);
        if value.is_none() {
            self.0 = start;
        }
        value
    }
}
