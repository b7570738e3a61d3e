//! How a command is typed where its reader stands: with the options that lead to the store from there.

use std::fmt;

/// `incident`, with the options it takes to find the store: none, `-C NAME` or `-C DIR`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invocation {
    options: String,
}

impl Invocation {
    pub fn new(options: impl Into<String>) -> Self {
        Self { options: options.into() }
    }

    /// `incident`, the options, and `words`.
    pub fn command(&self, words: &str) -> String {
        format!("{self} {words}")
    }
}

/// What stands before the command's name.
impl fmt::Display for Invocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("incident")?;
        if self.options.is_empty() { Ok(()) } else { write!(f, " {}", self.options) }
    }
}

/// `word` as a shell takes it for one.
pub fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-~+@%:=,".contains(c) || (cfg!(windows) && c == '\\');
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_quoted_where_a_shell_would_not_take_it_for_one() {
        for (word, expected) in [
            ("security", "security"),
            ("~/incidents-2026_a.b", "~/incidents-2026_a.b"),
            ("/home/aoi/障害/store", "/home/aoi/障害/store"),
            ("my store", "'my store'"),
            ("$(rm -r x)", "'$(rm -r x)'"),
            ("it's;rm", r"'it'\''s;rm'"),
            ("a\nb", "'a\nb'"),
            ("", "''"),
        ] {
            assert_eq!(quoted(word), expected);
        }
    }

    #[test]
    fn the_options_stand_before_the_words() {
        for (options, expected) in [("", "incident who"), ("-C security", "incident -C security who")] {
            assert_eq!(Invocation::new(options).command("who"), expected);
        }
    }
}
