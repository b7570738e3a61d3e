//! What an assignment is meant to bring about, as values: the measure of every edit.

use serde_yaml::{Mapping, Value as Yaml};

use crate::domain::change::{Assignment, Value};
use crate::domain::moment::Moment;

use super::source::Source;
use super::yaml::{Node, Shape};
use super::{front_matter, strict, yaml};

/// Whether the file says so already, in whatever spelling.
pub(super) fn is_satisfied(root: &Node, assignment: &Assignment) -> bool {
    let mut node = Some(root);
    for key in &assignment.path {
        node = node.and_then(|node| node.get(key)).map(|pair| &pair.value);
    }
    let (Some(node), Some(value)) = (node, &assignment.value) else {
        return node.is_none() && assignment.value.is_none();
    };
    let text = node.text();
    match value {
        Value::Null => node.is_null(),
        Value::Bool(value) => text == Some(if *value { "true" } else { "false" }),
        Value::Int(value) => text.is_some_and(|text| text == value.to_string()),
        Value::Text(value) => text == Some(value),
        Value::Time(moment) => text.and_then(Moment::parse) == Some(*moment),
        Value::List(values) => match &node.shape {
            Shape::Scalar { .. } => text.is_some_and(|text| *values == [text]),
            Shape::List { items, .. } => {
                items.iter().map(Node::text).eq(values.iter().map(|value| Some(value.as_str())))
            }
            Shape::Map { .. } => false,
        },
    }
}

/// What the front matter must say afterwards.
pub(super) fn intended(before: Yaml, assignment: &Assignment) -> Yaml {
    let mut root = if let Yaml::Mapping(map) = before { map } else { Mapping::new() };
    let key = |index: usize| Yaml::String(assignment.path[index].clone());
    match (assignment.path.len(), &assignment.value) {
        (1, Some(value)) => drop(root.insert(key(0), to_yaml(value))),
        (1, None) => drop(root.shift_remove(key(0))),
        (_, value) => {
            let inner = root.entry(key(0)).or_insert(Yaml::Null);
            if inner.is_null() {
                *inner = Yaml::Mapping(Mapping::new());
            }
            if let Yaml::Mapping(map) = inner {
                match value {
                    Some(value) => drop(map.insert(key(1), to_yaml(value))),
                    None => drop(map.shift_remove(key(1))),
                }
            }
        }
    }
    Yaml::Mapping(root)
}

fn to_yaml(value: &Value) -> Yaml {
    match value {
        Value::Null => Yaml::Null,
        Value::Bool(value) => Yaml::Bool(*value),
        Value::Int(value) => Yaml::Number((*value).into()),
        Value::Text(text) => Yaml::String(text.clone()),
        Value::List(items) => Yaml::Sequence(items.iter().cloned().map(Yaml::String).collect()),
        Value::Time(moment) => Yaml::String(moment.to_string()),
    }
}

/// Whether both readers read `intended` out of the front matter of `text`.
pub(super) fn says(path: &str, text: &str, intended: &Yaml) -> bool {
    let source = Source { path, text };
    let Ok(fences) = front_matter::split(&source) else { return false };
    let value = yaml::read(&source, &fences).and_then(|root| strict::read(&source, &fences, &root));
    match value {
        Ok(Yaml::Null) => intended.as_mapping().is_some_and(Mapping::is_empty),
        Ok(value) => value == *intended,
        Err(_) => false,
    }
}
