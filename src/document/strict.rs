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
        let at = error.location().map_or(0, |location| location.index());
        let at = (fences.yaml.start + at).min(fences.yaml.end);
        vec![source.fault("yaml-invalid", at).with("reason", reason(&error))]
    })?;
    match disagreement(root, &value) {
        Some(at) => Err(vec![source.fault("yaml-disputed", at)]),
        None => Ok(value),
    }
}

/// The reader's words without the position, which is counted in the front matter and not in the file.
fn reason(error: &serde_yaml::Error) -> String {
    let words = error.to_string();
    let end = words.rfind(" at line ").unwrap_or(words.len());
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
