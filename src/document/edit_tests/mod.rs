//! What an edit changes, and that it changes nothing else.

mod fields;
mod properties;
mod sections;

use proptest::prelude::*;

use super::*;
use crate::document::samples::{self, at};
use crate::document::vocabulary::tests::vocabulary;
use crate::domain::action::ActionItem;
use crate::domain::event::{Entry, EventKind, NoteKind};
use crate::domain::moment::Moment;

fn headings() -> Headings {
    Headings { timeline: "経過".into(), actions: "やること".into(), links: "参考".into() }
}

fn edit(text: &str, change: &Change) -> Result<Edited, String> {
    apply("a.md", text, change, &vocabulary(true), &headings())
        .map_err(|failures| failures.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
}

/// One assignment on front matter, with LF and with CRLF.
fn check(before: &str, path: &[&str], value: Option<Value>, after: &str) {
    let mut change = Change::default();
    match (path, value) {
        ([key], Some(value)) => change.set(key, value),
        ([map, key], Some(value)) => change.set_in(map, key, value),
        (path, _) => change.remove(path),
    }
    for eol in ["\n", "\r\n"] {
        let file = |yaml: &str| format!("---\n{yaml}---\n\n# 題\n\n---\nend").replace('\n', eol);
        let edited = edit(&file(before), &change).map(|edited| edited.text);
        assert_eq!(edited, Ok(file(after)), "{path:?} in {before:?}");
    }
}

fn text(text: &str) -> Option<Value> {
    Some(Value::Text(text.into()))
}

fn list(items: &[&str]) -> Option<Value> {
    Some(Value::List(items.iter().map(|item| (*item).to_owned()).collect()))
}
