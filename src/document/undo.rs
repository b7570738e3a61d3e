//! Taking a change back out of a file that has changed since: a three-way merge whose base is the change.
//!
//! Where a later change stands in the way, nothing is decided: a merge of two people's work has to end in something,
//! taking back has not.

use super::consistency::{self, Known};
use super::merge::{MergeRules, Merged, merge, merge_document};
use super::parse::parse;

/// A file before and after the change that is taken back, and as it is now; none where there was no file.
#[derive(Clone, Copy, Debug)]
pub struct Versions<'a> {
    pub before: Option<&'a str>,
    pub after: Option<&'a str>,
    pub now: Option<&'a str>,
}

/// What a file has to become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reversed {
    /// The new text; none where the file goes.
    File(Option<String>),
    /// The change is no longer there.
    Gone,
    /// Something changed the same later.
    InTheWay,
}

/// Takes a change back out of an incident file.
pub fn reverse_incident(
    path: &str,
    versions: Versions<'_>,
    rules: &MergeRules<'_>,
    known: Known<'_>,
) -> Reversed {
    let Versions { before: Some(before), after: Some(after), now: Some(now) } = versions else {
        return reverse_whole(versions);
    };
    let Ok(merged) = merge(path, Some(after), now, before, rules) else { return Reversed::InTheWay };
    if merged.text == now {
        return Reversed::Gone;
    }
    let undecided = merged.conflicted || !merged.notes.is_empty();
    if undecided || contradicts(path, now, &merged.text, rules, known) {
        return Reversed::InTheWay;
    }
    Reversed::File(Some(merged.text))
}

/// Takes a change back out of a file that holds no record.
pub fn reverse_document(versions: Versions<'_>) -> Reversed {
    let Versions { before: Some(before), after: Some(after), now: Some(now) } = versions else {
        return reverse_whole(versions);
    };
    match merge_document(after, now, before) {
        Merged { conflicted: true, .. } => Reversed::InTheWay,
        Merged { text, .. } if text == now => Reversed::Gone,
        Merged { text, .. } => Reversed::File(Some(text)),
    }
}

/// Of a file that was added or removed, all or nothing.
fn reverse_whole(versions: Versions<'_>) -> Reversed {
    let Versions { before, after, now } = versions;
    if now == before {
        Reversed::Gone
    } else if now == after {
        Reversed::File(before.map(str::to_owned))
    } else {
        Reversed::InTheWay
    }
}

/// Whether the present would say something else than the record that stays, as after a status that came back later.
fn contradicts(path: &str, now: &str, then: &str, rules: &MergeRules<'_>, known: Known<'_>) -> bool {
    let differing = |text: &str| {
        let file = parse(path, text.as_bytes(), rules.vocabulary).ok()?;
        let remarks = consistency::remarks(path, text, &file, known);
        let facts = |remark: consistency::Remark| remark.message;
        Some(
            remarks
                .into_iter()
                .map(facts)
                .filter(|message| message.key == "check-present-differs")
                .collect::<Vec<_>>(),
        )
    };
    match (differing(now), differing(then)) {
        (Some(before), Some(after)) => after.iter().any(|message| !before.contains(message)),
        (_, None) => true,
        (None, Some(_)) => false,
    }
}
