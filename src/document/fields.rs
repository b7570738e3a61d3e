//! Splicing one key of the front matter: only the bytes that must change do.

use crate::domain::change::{Assignment, Value};
use crate::domain::event::Milestone;
use crate::failure::Failure;

use super::front_matter::{self, Fences};
use super::intent::{intended, is_satisfied, says};
use super::present::KEYS;
use super::scalar::{self, Site};
use super::source::{Source, Splice, line_end, line_start, next_line, spliced};
use super::strict;
use super::yaml::{self, Node, Pair, Shape, Style};

/// `source` with the assignment made, and nothing else changed.
///
/// What comes out has been read again and says exactly what was meant, or nothing comes out.
pub(super) fn assign(source: &Source<'_>, assignment: &Assignment) -> Result<String, Vec<Failure>> {
    let one = |failure| vec![failure];
    let fences = front_matter::split(source).map_err(one)?;
    let root = yaml::read(source, &fences)?;
    let before = strict::read(source, &fences, &root)?;
    if is_satisfied(&root, assignment) {
        return Ok(source.text.to_owned());
    }
    let editor = Editor { source, fences: &fences, root: &root };
    let intended = intended(before, assignment);
    for splices in editor.candidates(assignment)? {
        let text = spliced(source.text, splices);
        if says(source.path, &text, &intended) {
            return Ok(text);
        }
    }
    let at = root.get(&assignment.path[0]).map_or(fences.yaml.start, |pair| pair.key_start);
    Err(one(source.fault("edit-unsafe", at).with("key", assignment.path.join("."))))
}

/// Refuses what is to go into a value that can hold no keys, at its place in the file as the person has it.
pub(super) fn refuse_in_scalars(
    source: &Source<'_>,
    root: &Node,
    assignments: &[Assignment],
) -> Result<(), Vec<Failure>> {
    for Assignment { path, value } in assignments {
        let parent = root.get(&path[0]).filter(|_| path.len() > 1 && value.is_some());
        if let Some(parent) = parent.filter(|parent| !holds_keys(&parent.value)) {
            return Err(vec![not_a_map(source, parent)]);
        }
    }
    Ok(())
}

fn holds_keys(node: &Node) -> bool {
    matches!(node.shape, Shape::Map { .. }) || (matches!(node.shape, Shape::Scalar { .. }) && node.is_null())
}

fn not_a_map(source: &Source<'_>, pair: &Pair) -> Failure {
    source.fault("file-not-a-map", pair.value.start).with("key", &pair.key)
}

struct Editor<'a> {
    source: &'a Source<'a>,
    fences: &'a Fences,
    root: &'a Node,
}

impl Editor<'_> {
    /// Ways of making the change, the best one first; the caller takes the first that reads as intended.
    fn candidates(&self, assignment: &Assignment) -> Result<Vec<Vec<Splice>>, Vec<Failure>> {
        let key = &assignment.path[0];
        let parent = self.root.get(key);
        let Some(inner_key) = assignment.path.get(1) else {
            return Ok(match (parent, &assignment.value) {
                (Some(pair), Some(value)) => self.replace(pair, value, is_flow(self.root)),
                (Some(pair), None) => self.remove(self.root, pair, None),
                (None, Some(value)) => {
                    let line = format!("{}: {}", scalar::key(key), scalar::format(value, site(self.root)));
                    self.insert(self.root, key, &[line], &KEYS)
                }
                (None, None) => Vec::new(),
            });
        };
        let milestones = Milestone::ALL.map(Milestone::token);
        let order: &[&str] = if key == "times" { &milestones } else { &[] };
        let Some(value) = &assignment.value else {
            let pair = parent.and_then(|parent| Some((parent, parent.value.get(inner_key)?)));
            let removed = pair.map(|(parent, pair)| self.remove(&parent.value, pair, Some(parent)));
            return Ok(removed.unwrap_or_default());
        };
        let line = |site: Site| format!("{}: {}", scalar::key(inner_key), scalar::format(value, site));
        let Some(parent) = parent else {
            let key_text = scalar::key(key);
            let lines = if is_flow(self.root) {
                vec![format!("{key_text}: {{{}}}", line(Site::FLOW))]
            } else {
                vec![format!("{key_text}:"), format!("{}{}", self.indent(), line(Site::BLOCK))]
            };
            return Ok(self.insert(self.root, key, &lines, &KEYS));
        };
        match (&parent.value.shape, parent.value.get(inner_key)) {
            (Shape::Map { flow, .. }, Some(pair)) => Ok(self.replace(pair, value, *flow)),
            (Shape::Map { pairs, .. }, None) if !pairs.is_empty() => {
                Ok(self.insert(&parent.value, inner_key, &[line(site(&parent.value))], order))
            }
            (Shape::Map { .. }, None) => Ok(vec![self.fill(parent, &line(site(self.root)))]),
            (Shape::Scalar { .. }, _) if parent.value.is_null() => {
                Ok(vec![self.fill(parent, &line(site(self.root)))])
            }
            _ => Err(vec![not_a_map(self.source, parent)]),
        }
    }

    /// Puts `value` in place of what stands behind the key.
    fn replace(&self, pair: &Pair, value: &Value, flow: bool) -> Vec<Vec<Splice>> {
        let node = &pair.value;
        let style = if let Shape::Scalar { style, .. } = &node.shape { *style } else { Style::Plain };
        let text = scalar::format(value, Site { flow, style });
        let end = node.content_end(self.source.text);
        let whole = match &node.shape {
            _ if node.start == node.end => vec![Splice::insert(pair.value_start, format!(" {text}"))],
            Shape::Map { flow: false, .. } | Shape::List { flow: false, .. } => {
                let lines = line_start(self.source.text, node.start)..next_line(self.source.text, end);
                vec![Splice::insert(pair.value_start, format!(" {text}")), Splice::new(lines, "")]
            }
            _ => vec![Splice::new(node.start..end, text)],
        };
        self.lists(node, value).into_iter().chain([whole]).collect()
    }

    /// A list that only grows at its end, or only loses items, keeps its form.
    fn lists(&self, node: &Node, value: &Value) -> Option<Vec<Splice>> {
        let (Shape::List { flow, items }, Value::List(values)) = (&node.shape, value) else { return None };
        let old: Option<Vec<&str>> = items.iter().map(Node::text).collect();
        let (old, last) = (old?, items.last()?);
        let added = values
            .iter()
            .skip(old.len())
            .map(|value| scalar::string(value, Site { flow: *flow, ..Site::BLOCK }));
        let grows = values.len() > old.len() && old.iter().zip(values).all(|(old, new)| old == new);
        if grows && *flow {
            let text: String = added.map(|item| format!(", {item}")).collect();
            return Some(vec![Splice::insert(last.end, text)]);
        }
        if *flow {
            return None;
        }
        let text = self.source.text;
        if grows {
            let dash = &text[line_start(text, last.start)..last.start];
            let lines: String = added.map(|item| format!("{dash}{item}{}", self.source.line_end())).collect();
            return Some(vec![Splice::insert(next_line(text, last.content_end(text)), lines)]);
        }
        let mut wanted = values.iter().peekable();
        let gone =
            items.iter().filter(|item| wanted.next_if(|value| Some(value.as_str()) == item.text()).is_none());
        let lines = gone.map(|item| {
            Splice::new(line_start(text, item.start)..next_line(text, item.content_end(text)), "")
        });
        let splices: Vec<Splice> = lines.collect();
        (wanted.peek().is_none() && splices.len() < items.len()).then_some(splices)
    }

    /// Adds the pair that `lines` write behind the key that precedes it in `order`.
    fn insert(&self, map: &Node, key: &str, lines: &[String], order: &[&str]) -> Vec<Vec<Splice>> {
        let rank = |key: &str| order.iter().position(|known| *known == key);
        let before = match rank(key) {
            Some(own) => {
                let earlier =
                    map.pairs().iter().filter(|pair| rank(&pair.key).is_some_and(|rank| rank < own));
                earlier.max_by_key(|pair| rank(&pair.key))
            }
            None => map.pairs().last(),
        };
        let text = self.source.text;
        if is_flow(map) {
            let line = lines.join(" ");
            let splice = match (before, map.pairs().first()) {
                (Some(before), _) => {
                    Splice::insert(before.value.end.max(before.value_start), format!(", {line}"))
                }
                (None, Some(first)) => Splice::insert(first.key_start, format!("{line}, ")),
                (None, None) => Splice::insert(map.start + 1, line),
            };
            return vec![vec![splice]];
        }
        let indent =
            map.pairs().first().map_or("", |first| &text[line_start(text, first.key_start)..first.key_start]);
        let eol = self.source.line_end();
        let new: String = lines.iter().map(|line| format!("{indent}{line}{eol}")).collect();
        let next = |pair: &Pair| map.pairs().iter().find(|other| other.key_start > pair.key_start);
        let places = match (before, map.pairs().first()) {
            (Some(before), _) => {
                let behind = next_line(text, before.value.content_end(text));
                let last = next(before).map_or(self.fences.yaml.end, |next| line_start(text, next.key_start));
                vec![behind, last]
            }
            (None, Some(first)) => vec![line_start(text, first.key_start)],
            (None, None) => vec![self.fences.yaml.end],
        };
        places.into_iter().map(|at| vec![Splice::insert(at, new.clone())]).collect()
    }

    /// Gives an empty map its first pair, on the line below the key.
    fn fill(&self, parent: &Pair, line: &str) -> Vec<Splice> {
        let (text, node) = (self.source.text, &parent.value);
        if is_flow(self.root) {
            return vec![Splice::new(parent.value_start..node.end, format!(" {{{line}}}"))];
        }
        let outer = &text[line_start(text, parent.key_start)..parent.key_start];
        let new = format!("{outer}{}{line}{}", self.indent(), self.source.line_end());
        let below = next_line(text, line_end(text, node.end));
        vec![Splice::new(parent.value_start..node.end, ""), Splice::insert(below, new)]
    }

    /// Takes a pair out, with its lines; a map that it leaves empty becomes `{}`.
    fn remove(&self, map: &Node, pair: &Pair, parent: Option<&Pair>) -> Vec<Vec<Splice>> {
        let (text, pairs) = (self.source.text, map.pairs());
        let index = pairs.iter().position(|other| other.key_start == pair.key_start).unwrap_or_default();
        let end = pair.value.content_end(text).max(pair.value_start);
        if is_flow(map) {
            let before = index.checked_sub(1).map(|before| &pairs[before].value);
            let range = match (pairs.get(index + 1), before) {
                (Some(next), _) => pair.key_start..next.key_start,
                (None, Some(before)) => before.end..end,
                (None, None) => pair.key_start..end,
            };
            return vec![vec![Splice::new(range, "")]];
        }
        let start = line_start(text, pair.key_start);
        let below = next_line(text, end);
        // A block scalar above that keeps its blank lines would take in those below the pair.
        let blank: usize =
            text[below..].split_inclusive('\n').take_while(|line| line.trim().is_empty()).map(str::len).sum();
        let emptied = parent.filter(|_| pairs.len() == 1);
        let ends = [below, (below + blank).min(self.fences.yaml.end)];
        let lines = |end: usize| {
            let braces = emptied.map(|parent| Splice::insert(parent.value_start, " {}"));
            braces.into_iter().chain([Splice::new(start..end, "")]).collect()
        };
        ends.map(lines).to_vec()
    }

    /// How far maps inside the front matter are indented in this file.
    fn indent(&self) -> &str {
        let text = self.source.text;
        let first = self.root.pairs().iter().find_map(|pair| match &pair.value.shape {
            Shape::Map { flow: false, pairs } => pairs.first(),
            _ => None,
        });
        first.map_or("  ", |first| &text[line_start(text, first.key_start)..first.key_start])
    }
}

fn is_flow(map: &Node) -> bool {
    matches!(map.shape, Shape::Map { flow: true, .. })
}

fn site(map: &Node) -> Site {
    if is_flow(map) { Site::FLOW } else { Site::BLOCK }
}
