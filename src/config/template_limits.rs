//! What a team's template may not do: it comes with a pull request, and must cost no more than what it says.
//!
//! A document needs no loop and no variable of its own. With them, a few lines would run for hours or fill the memory.

use std::io::{self, Write};

use tera::{Error, Kwargs, State, Tera, TeraResult};

use super::templates::FOLDER;
use crate::failure::{Exit, Failure};

/// No document is larger: such a file would not be read again.
const MAX_DOCUMENT: usize = 8 * 1024 * 1024;

/// Of all templates of a team together: each may include another twice, and that one the next.
const MAX_INCLUDES: usize = 32;

/// The words of statements that repeat or remember.
const REFUSED: [&str; 4] = ["for", "set", "set_global", "component"];

/// What is wrong with the template `name`, of which `includes` have been counted so far.
pub(super) fn fault(name: &str, text: &str, includes: &mut usize) -> Option<Failure> {
    words(text).find_map(|(at, word)| {
        *includes += usize::from(word == "include");
        let failure = if REFUSED.contains(&word) {
            Failure::new(Exit::Invalid, "template-refused-word").with("word", word)
        } else if *includes > MAX_INCLUDES {
            Failure::new(Exit::Invalid, "template-too-many-includes").with("limit", MAX_INCLUDES)
        } else {
            return None;
        };
        let before = &text[..at];
        let line = before.rsplit('\n').next().unwrap_or_default();
        let place = format!("{FOLDER}/{name}");
        Some(failure.at(place, before.matches('\n').count() + 1, line.chars().count() + 1))
    })
}

/// The words between braces that are no text in quotation marks, and where they stand.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    let mut open: Option<&str> = None;
    std::iter::from_fn(move || {
        while at < text.len() {
            let rest = &text[at..];
            let Some(end) = open else {
                at += rest.find("{{").into_iter().chain(rest.find("{%")).min().unwrap_or(rest.len());
                open = if text[at..].starts_with("{{") { Some("}}") } else { Some("%}") };
                at = (at + 2).min(text.len());
                continue;
            };
            let first = rest.chars().next()?;
            if rest.starts_with(end) {
                open = None;
                at += end.len();
            } else if matches!(first, '"' | '\'' | '`') {
                at += rest[1..].find(first).map_or(rest.len(), |closing| closing + 2);
            } else if first.is_alphanumeric() || first == '_' {
                let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
                at += length;
                return Some((at - length, &rest[..length]));
            } else {
                at += first.len_utf8();
            }
        }
        None
    })
}

/// Filters that make more of a text than it was, in place of tera's own.
pub(super) fn bound_filters(tera: &mut Tera) {
    tera.register_filter("replace", |text: &str, words: Kwargs, _: &State| -> TeraResult<String> {
        let (from, to) = (words.must_get::<&str>("from")?, words.must_get::<&str>("to")?);
        sane(text.matches(from).count().saturating_mul(to.len()).saturating_add(text.len()))?;
        Ok(text.replace(from, to))
    });
    tera.register_filter("indent", |text: &str, words: Kwargs, _: &State| -> TeraResult<String> {
        let width = words.get::<usize>("width")?.unwrap_or(4);
        let lines = text.split('\n').count();
        sane(lines.saturating_mul(width).saturating_add(text.len()))?;
        Ok(text.replace('\n', &format!("\n{}", " ".repeat(width))))
    });
    tera.register_filter("join", |items: Vec<String>, words: Kwargs, _: &State| -> TeraResult<String> {
        let between = words.get::<&str>("sep")?.unwrap_or_default();
        let own: usize = items.iter().map(String::len).sum();
        sane(items.len().saturating_mul(between.len()).saturating_add(own))?;
        Ok(items.join(between))
    });
}

fn sane(length: usize) -> TeraResult<()> {
    if length > MAX_DOCUMENT { Err(Error::message("the text would be too long")) } else { Ok(()) }
}

/// A document of a sane size that is being written.
#[derive(Default)]
pub(super) struct Document(Vec<u8>);

impl Document {
    pub(super) fn into_text(self) -> String {
        String::from_utf8_lossy(&self.0).into_owned()
    }

    pub(super) fn is_full(&self) -> bool {
        self.0.len() > MAX_DOCUMENT
    }

    /// The failure of the template `file`, which fills it.
    pub(super) fn too_large(file: &str) -> Failure {
        let failure = Failure::new(Exit::Invalid, "template-too-large");
        failure.with("limit", MAX_DOCUMENT / (1024 * 1024)).at(format!("{FOLDER}/{file}"), 1, 1)
    }
}

impl Write for Document {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.extend_from_slice(bytes);
        if self.is_full() { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(bytes.len()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_repeats_or_remembers_is_refused_at_its_place() {
        for (text, expected) in [
            ("for {{ title }} {% if a %}{% include \"for.md\" %}{% endif %}", None),
            ("{{ 'set' }} {{ `for` }} format }} {% set", Some("templates/a.md:1:38")),
            ("one\n {%- for a in b %}", Some("templates/a.md:2:6")),
            ("{{ [x for x in y] }}", Some("templates/a.md:1:7")),
            ("{% component a() %}", Some("templates/a.md:1:4")),
            ("{{ offset }} {{ title", None),
            ("{{ \"open", None),
            ("{%", None),
        ] {
            let fault = fault("a.md", text, &mut 0);
            let place = fault.and_then(|fault| fault.place).map(|place| place.to_string());
            assert_eq!(place.as_deref(), expected, "{text}");
        }
        let many = "{% include \"b.md\" %}".repeat(40);
        let fault = fault("a.md", &many, &mut 0).map(|fault| fault.to_string());
        assert_eq!(fault.as_deref(), Some("templates/a.md:1:644 template-too-many-includes limit=\"32\""));
    }
}
