//! The second opinion: the front matter as the strict reader takes it, compared with the tree.

use serde_yaml::Value;

use crate::failure::Failure;

use super::front_matter::Fences;
use super::source::Source;
use super::yaml::{Node, Shape, Style};

/// What the strict reader makes of the same text.
///
/// Where the two readers disagree (one knows YAML 1.1, the other 1.2), the file is refused rather than guessed at.
pub(super) fn read(source: &Source<'_>, fences: &Fences, root: &Node) -> Result<Value, Vec<Failure>> {
    let yaml = &source.text[fences.yaml.clone()];
    let value: Value = serde_yaml::from_str(yaml).map_err(|error| {
        // The strict reader counts characters, so its index is no offset; its line and column are right.
        let at = error.location().map_or(0, |location| offset_of(yaml, location.line(), location.column()));
        vec![source.fault("yaml-invalid", fences.yaml.start + at).with("reason", reason(&error))]
    })?;
    match disagreement(root, &value) {
        Some(at) => Err(vec![source.fault("yaml-disputed", at)]),
        None => Ok(value),
    }
}

/// The byte at `line` and `column`, both from 1, as YAML 1.1 counts lines: there, a lone carriage return ends one, and so
/// do three characters that no editor takes for a line break.
fn offset_of(yaml: &str, line: usize, column: usize) -> usize {
    let mut rest = yaml;
    for _ in 1..line {
        let Some(at) = rest.find(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) else { break };
        let end = if rest[at..].starts_with("\r\n") {
            2
        } else {
            rest[at..].chars().next().map_or(0, char::len_utf8)
        };
        rest = &rest[at + end..];
    }
    let within: usize = rest.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
    yaml.len() - rest.len() + within
}

/// The reader's words without the position, which is counted in the front matter and not in the file.
fn reason(error: &serde_yaml::Error) -> String {
    let words = error.to_string();
    let end = words.find(" at line ").unwrap_or(words.len());
    words[..end].to_owned()
}

/// Where the tree and the value first differ.
fn disagreement(node: &Node, value: &Value) -> Option<usize> {
    let differs = Some(node.start);
    match (&node.shape, value) {
        (Shape::Scalar { text, .. }, Value::String(other)) => (text != other).then_some(node.start),
        (Shape::Scalar { .. }, Value::Null) => (!node.is_null()).then_some(node.start),
        (Shape::Scalar { style, .. }, Value::Bool(_) | Value::Number(_)) => {
            (*style != Style::Plain || node.is_null()).then_some(node.start)
        }
        (Shape::Map { pairs, .. }, Value::Null) if pairs.is_empty() => None,
        (Shape::Map { pairs, .. }, Value::Mapping(map)) if pairs.len() == map.len() => {
            pairs.iter().zip(map).find_map(|(pair, (key, value))| {
                let other_key = key.as_str().is_some_and(|key| key != pair.key);
                if other_key { Some(pair.key_start) } else { disagreement(&pair.value, value) }
            })
        }
        (Shape::List { items, .. }, Value::Sequence(values)) if items.len() == values.len() => {
            items.iter().zip(values).find_map(|(item, value)| disagreement(item, value))
        }
        _ => differs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{front_matter, yaml};

    #[test]
    fn readers_that_disagree_are_not_believed() {
        let text = "---\na: [x, 1, null]\nb: {c: d}\n---\n";
        let source = Source { path: "a.md", text };
        let fences = front_matter::split(&source).unwrap();
        let root = yaml::read(&source, &fences).unwrap();
        let agrees =
            |yaml: &str| disagreement(&root, &serde_yaml::from_str(yaml).unwrap()).map(|at| &text[at..=at]);
        for (yaml, expected) in [
            ("{a: [x, 1, null], b: {c: d}}", None),
            ("{a: [y, 1, null], b: {c: d}}", Some("x")),
            ("{a: [x, 1, 0], b: {c: d}}", Some("n")),
            ("{a: [x, 1], b: {c: d}}", Some("[")),
            ("{a: [x, 1, null], b: {e: d}}", Some("c")),
            ("{a: [x, 1, null], b: [c]}", Some("{")),
            ("{a: [x, 1, null]}", Some("a")),
        ] {
            assert_eq!(agrees(yaml), expected, "{yaml}");
        }
    }

    #[test]
    fn a_fault_has_its_line_in_the_file() {
        let text = "---\n日本: 語\na: x\n\tb: y\n---\n";
        let source = Source { path: "a.md", text };
        let fences = front_matter::split(&source).unwrap();
        let root = Node { start: 4, end: 4, shape: Shape::List { flow: false, items: Vec::new() } };
        let faults = read(&source, &fences, &root).unwrap_err();
        assert_eq!(faults[0].place.as_ref().map(|place| place.line), Some(4), "{faults:?}");
    }

    #[test]
    fn lines_are_counted_as_the_strict_reader_counts_them() {
        let yaml = "a\r\nb\rc\u{2028}d語e\n";
        for (line, column, expected) in
            [(1, 1, "a"), (2, 1, "b"), (3, 1, "c"), (4, 1, "d"), (4, 3, "e"), (5, 1, ""), (9, 9, "")]
        {
            let at = offset_of(yaml, line, column);
            assert!(yaml[at..].starts_with(expected), "{line}:{column} is {at}");
        }
    }
}
