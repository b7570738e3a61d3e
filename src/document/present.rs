//! The front matter as an incident: every value checked, every fault at its place.

use std::collections::BTreeMap;

use crate::domain::event::Milestone;
use crate::domain::id::IncidentId;
use crate::domain::incident::{Answer, Incident, Mode};
use crate::domain::moment::Moment;
use crate::failure::{Failure, Place};

use super::source::Source;
use super::yaml::{Node, Pair, Shape};

/// The version of the file format that this program writes, and the newest that it reads.
pub const SCHEMA: u32 = 1;

/// The keys of an incident file, in the order in which they are written.
pub const KEYS: [&str; 23] = [
    "schema",
    "id",
    "title",
    "kind",
    "severity",
    "importance",
    "urgency",
    "mode",
    "status",
    "detected_by",
    "reporter",
    "products",
    "roles",
    "times",
    "next_update",
    "expected_end",
    "impact",
    "answers",
    "fields",
    "caused_by_change",
    "duplicate_of",
    "aliases",
    "key",
];

/// Reads the incident out of the tree; `unknown` receives the keys that mean nothing to this program.
pub(super) fn read(
    source: &Source<'_>,
    root: &Node,
    unknown: &mut Vec<(String, Place)>,
) -> Result<Incident, Vec<Failure>> {
    let mut reader = Reader { source, faults: Vec::new() };
    reader.schema(root);
    let id = reader.id(root);
    let (title, status) = (reader.required(root, "title"), reader.required(root, "status"));
    let (roles, times, answers) = (reader.roles(root), reader.times(root, unknown), reader.answers(root));
    let (products, aliases) = (reader.list(root, "products"), reader.list(root, "aliases"));
    let (next_update, expected_end) = (reader.time(root, "next_update"), reader.time(root, "expected_end"));
    let (mode, fields) = (reader.mode(root), reader.fields(root));
    let mut text = |key| reader.text(root, key);
    let (kind, severity, detected_by) = (text("kind"), text("severity"), text("detected_by"));
    let (reporter, key, duplicate_of) = (text("reporter"), text("key"), text("duplicate_of"));
    let (impact, importance, urgency) = (text("impact"), text("importance"), text("urgency"));
    let caused_by_change = text("caused_by_change");
    let strangers = root.pairs().iter().filter(|pair| !KEYS.contains(&pair.key.as_str()));
    let places = source.places(strangers.clone().map(|pair| pair.key_start));
    unknown.extend(strangers.map(|pair| pair.key.clone()).zip(places));
    match (id, title, status) {
        (Some(id), Some(title), Some(status)) if reader.faults.is_empty() => Ok(Incident {
            id,
            title,
            kind,
            products,
            mode,
            severity,
            status,
            detected_by,
            reporter,
            roles,
            times,
            answers,
            caused_by_change,
            impact,
            importance,
            urgency,
            duplicate_of,
            next_update,
            expected_end,
            fields,
            aliases,
            key,
        }),
        _ => Err(reader.faults),
    }
}

struct Reader<'a> {
    source: &'a Source<'a>,
    faults: Vec<Failure>,
}

impl Reader<'_> {
    fn fault(&mut self, key: &'static str, at: usize, name: &str, value: &str) {
        self.faults.push(self.source.fault(key, at).with("key", name).with("value", value));
    }

    fn schema(&mut self, root: &Node) {
        let Some(pair) = root.get("schema") else { return };
        let text = self.scalar(pair).unwrap_or_default();
        match text.parse::<u32>() {
            Ok(schema) if (1..=SCHEMA).contains(&schema) => {}
            Ok(schema) if schema > SCHEMA => {
                let fault = self.source.fault("file-schema-newer", pair.value.start);
                self.faults.push(fault.with("schema", schema).with("known", SCHEMA));
            }
            _ => self.fault("file-schema-invalid", pair.value.start, "schema", &text),
        }
    }

    fn id(&mut self, root: &Node) -> Option<IncidentId> {
        let text = self.required(root, "id")?;
        let id = text.parse().ok();
        if id.is_none() {
            let at = root.get("id").map_or(root.start, |pair| pair.value.start);
            self.fault("file-id-invalid", at, "id", &text);
        }
        id
    }

    fn required(&mut self, root: &Node, key: &'static str) -> Option<String> {
        let Some(pair) = root.get(key) else {
            self.faults.push(self.source.fault("file-key-missing", root.start).with("key", key));
            return None;
        };
        let text = self.scalar(pair);
        let usable = text.filter(|text| !text.trim().is_empty());
        if usable.is_none() && matches!(pair.value.shape, Shape::Scalar { .. }) {
            self.faults.push(self.source.fault("file-key-empty", pair.value.start).with("key", key));
        }
        usable
    }

    /// The text of a scalar, whatever YAML takes it for; none for null.
    fn scalar(&mut self, pair: &Pair) -> Option<String> {
        if !matches!(pair.value.shape, Shape::Scalar { .. }) {
            self.faults.push(self.source.fault("file-not-text", pair.value.start).with("key", &pair.key));
        }
        pair.value.text().map(str::to_owned)
    }

    fn text(&mut self, root: &Node, key: &str) -> Option<String> {
        let text = self.scalar(root.get(key)?)?;
        (!text.is_empty()).then_some(text)
    }

    /// A list of texts, or a single one.
    fn list(&mut self, root: &Node, key: &str) -> Vec<String> {
        root.get(key).map(|pair| self.texts(pair)).unwrap_or_default()
    }

    fn texts(&mut self, pair: &Pair) -> Vec<String> {
        match &pair.value.shape {
            Shape::Scalar { .. } => pair.value.text().map(str::to_owned).into_iter().collect(),
            Shape::List { items, .. } => {
                let odd = items.iter().find(|item| !matches!(item.shape, Shape::Scalar { .. }));
                if let Some(odd) = odd {
                    self.faults.push(self.source.fault("file-not-text", odd.start).with("key", &pair.key));
                }
                items.iter().filter_map(|item| item.text().map(str::to_owned)).collect()
            }
            Shape::Map { .. } => {
                let fault = self.source.fault("file-not-a-list", pair.value.start);
                self.faults.push(fault.with("key", &pair.key));
                Vec::new()
            }
        }
    }

    fn mode(&mut self, root: &Node) -> Mode {
        let Some(text) = self.text(root, "mode") else { return Mode::default() };
        let at = root.get("mode").map_or(root.start, |pair| pair.value.start);
        Mode::from_token(&text).unwrap_or_else(|| {
            self.fault("file-mode-unknown", at, "mode", &text);
            Mode::default()
        })
    }

    /// A time; `none` and `unknown` are none.
    fn time(&mut self, root: &Node, key: &str) -> Option<Moment> {
        self.moment(root.get(key)?)
    }

    fn moment(&mut self, pair: &Pair) -> Option<Moment> {
        let text = self.scalar(pair).filter(|text| !matches!(text.as_str(), "" | "none" | "unknown"))?;
        let moment = Moment::parse(&text);
        if moment.is_none() {
            self.fault("file-time-invalid", pair.value.start, &pair.key, &text);
        }
        moment
    }

    /// The pairs of a map; none for null.
    fn map<'n>(&mut self, root: &'n Node, key: &str) -> &'n [Pair] {
        let Some(pair) = root.get(key) else { return &[] };
        if !pair.value.is_null() && !matches!(pair.value.shape, Shape::Map { .. }) {
            self.faults.push(self.source.fault("file-not-a-map", pair.value.start).with("key", key));
        }
        pair.value.pairs()
    }

    fn roles(&mut self, root: &Node) -> Vec<(String, Vec<String>)> {
        let pairs = self.map(root, "roles");
        pairs.iter().map(|pair| (pair.key.clone(), self.texts(pair))).collect()
    }

    fn times(&mut self, root: &Node, unknown: &mut Vec<(String, Place)>) -> BTreeMap<Milestone, Moment> {
        let mut times = BTreeMap::new();
        for pair in self.map(root, "times") {
            match Milestone::from_token(&pair.key) {
                Some(milestone) => times.extend(self.moment(pair).map(|moment| (milestone, moment))),
                None => unknown.push((format!("times.{}", pair.key), self.source.place(pair.key_start))),
            }
        }
        times
    }

    fn answers(&mut self, root: &Node) -> BTreeMap<String, Answer> {
        let mut answers = BTreeMap::new();
        for pair in self.map(root, "answers") {
            let Some(text) = self.scalar(pair) else { continue };
            match answer(&text) {
                Some(answer) => {
                    answers.insert(pair.key.clone(), answer);
                }
                None => self.fault("file-answer-invalid", pair.value.start, &pair.key, &text),
            }
        }
        answers
    }

    fn fields(&mut self, root: &Node) -> BTreeMap<String, String> {
        let pairs = self.map(root, "fields");
        let filled = pairs.iter().filter(|pair| !pair.value.is_null());
        filled.map(|pair| (pair.key.clone(), self.texts(pair).join(", "))).collect()
    }
}

fn answer(text: &str) -> Option<Answer> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "y" => Some(Answer::Yes),
        "false" | "no" | "n" => Some(Answer::No),
        "unsure" => Some(Answer::Unsure),
        _ => None,
    }
}
