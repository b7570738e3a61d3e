//! What went wrong, as facts: which message, with which words in it, what mends it, and the exit code.
//!
//! A failure carries no wording. `cli` puts it into the user's language when it ends the program.

use std::error::Error;
use std::fmt;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    Done = 0,
    Failed = 1,
    /// Wrong usage, or answers missing off a terminal.
    Usage = 2,
    NotFound = 3,
    Ambiguous = 4,
    /// An invalid file or policy; the place says where.
    Invalid = 5,
    /// Wrong state, an operation in progress, or a lock.
    Refused = 6,
    /// git, a hook, the identity, or signing.
    Git = 7,
    Network = 8,
    Interrupted = 130,
}

/// A message of `locales/`, by its key, and the facts that are put into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub key: &'static str,
    pub facts: Vec<(&'static str, String)>,
}

impl Message {
    /// The message `key`, without facts yet.
    pub fn new(key: &'static str) -> Self {
        Self { key, facts: Vec::new() }
    }

    /// With a fact, under the name that the message has for it.
    #[must_use]
    pub fn with(mut self, name: &'static str, fact: impl fmt::Display) -> Self {
        self.facts.push((name, fact.to_string()));
        self
    }
}

/// A place in a file, as editors understand it. Line and column count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Relative to the store.
    pub path: String,
    pub line: usize,
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.path, self.line, self.column)
    }
}

/// The reason for ending with an error, or one fault among several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub exit: Exit,
    pub message: Message,
    /// Commands or advice that mend it, each shown as a `hint:` line.
    pub hints: Vec<Message>,
    pub place: Option<Place>,
}

impl Failure {
    /// An end with `exit` that the message `key` explains.
    pub fn new(exit: Exit, key: &'static str) -> Self {
        Self { exit, message: Message::new(key), hints: Vec::new(), place: None }
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, fact: impl fmt::Display) -> Self {
        self.message = self.message.with(name, fact);
        self
    }

    #[must_use]
    pub fn hint(mut self, hint: Message) -> Self {
        self.hints.push(hint);
        self
    }

    #[must_use]
    pub fn at(mut self, path: impl fmt::Display, line: usize, column: usize) -> Self {
        self.place = Some(Place { path: path.to_string(), line, column });
        self
    }
}

/// For logs and tests only: the key and the facts.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place} ")?;
        }
        f.write_str(self.message.key)?;
        for (name, fact) in &self.message.facts {
            write!(f, " {name}={fact:?}")?;
        }
        Ok(())
    }
}

impl Error for Failure {}

/// Several faults found in one run, such as all those of a file. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failures(pub Vec<Failure>);

impl fmt::Display for Failures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl Error for Failures {}
