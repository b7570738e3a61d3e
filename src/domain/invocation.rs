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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_options_stand_before_the_words() {
        for (options, expected) in [("", "incident who"), ("-C security", "incident -C security who")] {
            assert_eq!(Invocation::new(options).command("who"), expected);
        }
    }
}
