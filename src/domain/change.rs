//! What one act does to one incident: the keys it sets and the entries it adds.

use super::action::ActionItem;
use super::event::Entry;
use super::moment::Moment;

/// A value of the front matter that a command may write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Null,
    Bool(bool),
    /// A whole number, written plain.
    Int(i64),
    /// A string, quoted only where YAML would read it as something else.
    Text(String),
    List(Vec<String>),
    Time(Moment),
}

/// One key of the front matter and its new value; none removes the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The key, or the keys from the outside in, such as `["times", "detected"]`. One or two of them.
    pub path: Vec<String>,
    pub value: Option<Value>,
}

/// Everything that one act changes in an incident file. An empty change is no act.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    pub assignments: Vec<Assignment>,
    pub entries: Vec<Entry>,
    /// Action items to add, or to rewrite where the file has one with the same id.
    pub actions: Vec<ActionItem>,
    /// Markdown links to add to the links section.
    pub links: Vec<String>,
}

impl Change {
    pub fn is_empty(&self) -> bool {
        let Self { assignments, entries, actions, links } = self;
        assignments.is_empty() && entries.is_empty() && actions.is_empty() && links.is_empty()
    }

    /// Sets a top-level key.
    pub fn set(&mut self, key: &str, value: Value) {
        self.put(&[key], Some(value));
    }

    /// Sets a key inside a map, such as `times` → `detected`.
    pub fn set_in(&mut self, map: &str, key: &str, value: Value) {
        self.put(&[map, key], Some(value));
    }

    /// Removes a key, if it is there.
    pub fn remove(&mut self, path: &[&str]) {
        self.put(path, None);
    }

    /// Adds what `other` changes; of a key that both set, its value.
    pub fn add(&mut self, other: Self) {
        let Self { assignments, entries, actions, links } = other;
        assignments.into_iter().for_each(|Assignment { path, value }| self.assign(path, value));
        self.entries.extend(entries);
        self.actions.extend(actions);
        self.links.extend(links);
    }

    fn put(&mut self, path: &[&str], value: Option<Value>) {
        self.assign(path.iter().map(|key| (*key).to_owned()).collect(), value);
    }

    fn assign(&mut self, path: Vec<String>, value: Option<Value>) {
        self.assignments.retain(|assignment| assignment.path != path);
        self.assignments.push(Assignment { path, value });
    }
}
