//! Carrying out a change in the text of a file: lossless, verified, or refused.

use crate::domain::change::{Change, Value};
use crate::domain::text::one_line;
use crate::failure::{Exit, Failure};

use super::escape::says;
use super::front_matter;
use super::items::{self, Headings};
use super::outline::{self, Section};
use super::source::{Source, Splice, line_end, spliced};
use super::vocabulary::Vocabulary;
use super::{fields, strict, yaml};

/// A changed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    pub text: String,
    /// Sections that were missing and have been added.
    pub appended: Vec<Section>,
}

/// Makes `change` in the file's text.
///
/// Whatever the change does not concern stays byte for byte; a change that says nothing new changes nothing.
/// Fails, and returns nothing, where the file does not parse or the change could not be made safely.
pub fn apply(
    path: &str,
    text: &str,
    change: &Change,
    v: &Vocabulary,
    headings: &Headings,
) -> Result<Edited, Vec<Failure>> {
    let one = |failure: Failure| vec![failure];
    let source = Source::new(path, text.as_bytes()).map_err(one)?;
    let fences = front_matter::split(&source).map_err(one)?;
    let root = yaml::read(&source, &fences)?;
    strict::read(&source, &fences, &root)?;
    outline::read(&source, fences.body.clone())?;
    let old_title = root.get("title").and_then(|pair| pair.value.text()).map(str::to_owned);
    fields::refuse_in_scalars(&source, &root, &change.assignments)?;
    let (original, mut text) = (text, text.to_owned());
    for assignment in &change.assignments {
        if !(1..=2).contains(&assignment.path.len()) {
            let key = assignment.path.join(".");
            return Err(one(Failure::new(Exit::Invalid, "edit-unsafe").with("key", key).at(path, 1, 1)));
        }
        let assigned = fields::assign(&Source { path, text: &text }, assignment);
        text = assigned.map_err(|faults| in_original(original, &text, faults))?;
        if let ([key], Some(Value::Text(title)), Some(old)) =
            (&assignment.path[..], &assignment.value, &old_title)
            && key == "title"
        {
            text = retitled(&Source { path, text: &text }, old, title)?;
        }
    }
    let mut appended = Vec::new();
    for section in Section::ALL {
        let added = items::add(&Source { path, text: &text }, section, change, v, headings);
        let (edited, is_new) = added.map_err(|faults| in_original(original, &text, faults))?;
        text = edited;
        appended.extend(is_new.then_some(section));
    }
    // No edit may make a file that nobody can read any more: too large, or with a NUL in it.
    Source::new(path, text.as_bytes()).map_err(|failure| one(failure.at(path, 1, 1)))?;
    Ok(Edited { text, appended })
}

/// The places of `faults`, which are those of `edited`, in the text that the person has.
fn in_original(original: &str, edited: &str, mut faults: Vec<Failure>) -> Vec<Failure> {
    let (old, new): (Vec<&str>, Vec<&str>) = (original.split('\n').collect(), edited.split('\n').collect());
    let before = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let rest = old.len().min(new.len()) - before;
    let after = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(old, new)| old == new).count();
    for place in faults.iter_mut().filter_map(|fault| fault.place.as_mut()) {
        if place.line > new.len() - after {
            place.line = place.line + old.len() - new.len();
        } else if place.line > before {
            (place.line, place.column) = ((before + 1).min(old.len()), 1);
        }
    }
    faults
}

/// Follows the title in the first heading, if that said the old one.
fn retitled(source: &Source<'_>, old: &str, new: &str) -> Result<String, Vec<Failure>> {
    let fences = front_matter::split(source).map_err(|failure| vec![failure])?;
    let outline = outline::read(source, fences.body)?;
    let heading = outline.title.and_then(|heading| {
        let line = &source.text[heading.start..line_end(source.text, heading.start)];
        let content = line.trim_start_matches(' ').strip_prefix("# ")?.trim();
        let start = heading.start + line.find(content).filter(|_| says(content, old))?;
        Some(start..start + content.len())
    });
    let splices = heading.map(|range| Splice::new(range, one_line(new))).into_iter().collect();
    Ok(spliced(source.text, splices))
}

#[cfg(test)]
#[path = "edit_tests/mod.rs"]
mod tests;
