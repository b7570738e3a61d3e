//! The trailers of a commit message, which bear witness to entries: to the second, and in no language.
//!
//! `Incident: ID` for each incident that it tells of, then for each of its entries `Incident-Event: TYPE {details}` and `Incident-At: TIME`, then once
//! `Incident-Recorded: TIME`, and `Incident-By: WHO` where somebody recorded it for somebody else. `Incident-Undoes:` and
//! `Incident-Restores:` name commits.

use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value, json};

use crate::domain::event::{Entry, EventKind, Milestone, NoteKind};
use crate::domain::id::IncidentId;
use crate::domain::moment::{Moment, rfc3339};

/// What the trailers of one commit say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    pub incident: IncidentId,
    pub entries: Vec<Entry>,
    pub recorded: DateTime<FixedOffset>,
    /// Who recorded it for somebody else.
    pub by: Option<String>,
    /// The commit that this one takes back, from `Incident-Undoes:`.
    pub undoes: Option<String>,
    /// Whether it puts back what was lost, which is told by the commits that recorded it: `Incident-Restores:` names them.
    pub restores: bool,
}

/// The trailers of a commit that records `entries`, each line with its end.
pub fn trailers(
    id: &IncidentId,
    entries: &[Entry],
    recorded: DateTime<FixedOffset>,
    by: Option<&str>,
) -> String {
    trailers_of(&[(id, entries)], recorded, by)
}

/// The trailers of a commit that records entries of several incidents.
pub fn trailers_of(
    told: &[(&IncidentId, &[Entry])],
    recorded: DateTime<FixedOffset>,
    by: Option<&str>,
) -> String {
    let mut out = String::new();
    for (id, entries) in told {
        out.push_str(&format!("Incident: {id}\n"));
        for entry in *entries {
            let (token, details) = event(entry, recorded);
            out.push_str(&format!("Incident-Event: {token} {details}\nIncident-At: {}\n", entry.at));
        }
    }
    out.push_str(&format!("Incident-Recorded: {}\n", rfc3339(recorded)));
    if let Some(by) = by {
        out.push_str(&format!("Incident-By: {}\n", one_line(by)));
    }
    out
}

/// The name as it is, or as a JSON string where it would not stay on its line.
fn one_line(name: &str) -> String {
    let plain =
        name.trim() == name && !name.is_empty() && !name.starts_with('"') && !name.contains(char::is_control);
    if plain { name.to_owned() } else { Value::from(name).to_string() }
}

fn event(entry: &Entry, recorded: DateTime<FixedOffset>) -> (&'static str, Value) {
    let (token, details) = kind(&entry.kind);
    let mut details = if let Value::Object(map) = details { map } else { Map::new() };
    if !entry.who.is_empty() {
        details.insert("who".into(), entry.who.clone().into());
    }
    if !entry.text.is_empty() {
        details.insert("text".into(), entry.text.clone().into());
    }
    if entry.recorded != derived_stamp(entry.at, recorded) {
        details.insert("recorded".into(), entry.recorded.map_or(Value::Null, |at| rfc3339(at).into()));
    }
    (token, Value::Object(details))
}

/// The stamp that an entry has unless its details say otherwise.
fn derived_stamp(at: Moment, recorded: DateTime<FixedOffset>) -> Option<DateTime<FixedOffset>> {
    Entry::new(at, recorded, "", EventKind::Undo, "").recorded
}

fn kind(kind: &EventKind) -> (&'static str, Value) {
    match kind {
        EventKind::Milestone(milestone) => ("milestone", json!({ "milestone": milestone.token() })),
        EventKind::Status { from, to } => ("status", json!({ "from": from, "to": to })),
        EventKind::Severity { from, to } => ("severity", json!({ "from": from, "to": to })),
        EventKind::RoleTaken { role, person } => ("role_taken", json!({ "role": role, "person": person })),
        EventKind::RoleLeft { role, person } => ("role_left", json!({ "role": role, "person": person })),
        EventKind::Handover { role, from, to } => {
            ("handover", json!({ "role": role, "from": from, "to": to }))
        }
        EventKind::HandoverOffered { role, from, to } => {
            ("handover_offered", json!({ "role": role, "from": from, "to": to }))
        }
        EventKind::Step { id, done } => ("step", json!({ "id": id, "done": done })),
        EventKind::Note(note) => ("note", json!({ "kind": note.token() })),
        EventKind::Update { number } => ("update", json!({ "number": number })),
        EventKind::Impact { confirmed } => ("impact", json!({ "confirmed": confirmed })),
        EventKind::ActionOpened { id } => ("action_opened", json!({ "id": id })),
        EventKind::ActionDone { id } => ("action_done", json!({ "id": id })),
        EventKind::ActionDropped { id } => ("action_dropped", json!({ "id": id })),
        EventKind::Set { key, from, to } => ("set", json!({ "key": key, "from": from, "to": to })),
        EventKind::Link => ("link", json!({})),
        EventKind::Attach => ("attach", json!({})),
        EventKind::Run => ("run", json!({})),
        EventKind::Postmortem => ("postmortem", json!({})),
        EventKind::Correction => ("correction", json!({})),
        EventKind::Undo => ("undo", json!({})),
    }
}

fn parse_kind(token: &str, details: &Map<String, Value>) -> Option<EventKind> {
    let text = |key: &str| details.get(key)?.as_str().map(str::to_owned);
    let level = |key: &str| match details.get(key)? {
        Value::Null => Some(None),
        Value::String(id) => Some(Some(id.clone())),
        _ => None,
    };
    Some(match token {
        "milestone" => EventKind::Milestone(Milestone::from_token(&text("milestone")?)?),
        "status" => EventKind::Status { from: text("from")?, to: text("to")? },
        "severity" => EventKind::Severity { from: level("from")?, to: level("to")? },
        "role_taken" => EventKind::RoleTaken { role: text("role")?, person: text("person")? },
        "role_left" => EventKind::RoleLeft { role: text("role")?, person: text("person")? },
        "handover" => EventKind::Handover { role: text("role")?, from: text("from")?, to: text("to")? },
        "handover_offered" => {
            EventKind::HandoverOffered { role: text("role")?, from: text("from")?, to: text("to")? }
        }
        "step" => EventKind::Step { id: text("id")?, done: details.get("done")?.as_bool()? },
        "note" => {
            let token = text("kind")?;
            EventKind::Note(NoteKind::ALL.into_iter().find(|kind| kind.token() == token)?)
        }
        "update" => EventKind::Update { number: details.get("number")?.as_u64()?.try_into().ok()? },
        "impact" => EventKind::Impact { confirmed: details.get("confirmed")?.as_bool()? },
        "action_opened" => EventKind::ActionOpened { id: text("id")? },
        "action_done" => EventKind::ActionDone { id: text("id")? },
        "action_dropped" => EventKind::ActionDropped { id: text("id")? },
        "set" => EventKind::Set { key: text("key")?, from: text("from")?, to: text("to")? },
        "link" => EventKind::Link,
        "attach" => EventKind::Attach,
        "run" => EventKind::Run,
        "postmortem" => EventKind::Postmortem,
        "correction" => EventKind::Correction,
        "undo" => EventKind::Undo,
        _ => return None,
    })
}

/// When what the message tells was recorded: one time, or those of all that a squash has put together.
pub fn recorded_times(message: &str) -> Vec<DateTime<FixedOffset>> {
    let lines = message.lines().filter_map(|line| line.trim().strip_prefix("Incident-Recorded:"));
    lines.filter_map(|time| DateTime::parse_from_rfc3339(time.trim()).ok()).collect()
}

/// What a commit message tells of its incident; of several, of the first.
pub fn parse_trailers(message: &str) -> Option<Witness> {
    parse_each(message).into_iter().next()
}

/// Reads the last paragraph of a commit message: what it tells of each incident, if it is a witness of any.
///
/// An event that this program does not know is passed over.
pub fn parse_each(message: &str) -> Vec<Witness> {
    parse_last_paragraph(message).unwrap_or_default()
}

fn parse_last_paragraph(message: &str) -> Option<Vec<Witness>> {
    let lines: Vec<&str> = message.trim_end().lines().collect();
    let start = lines.iter().rposition(|line| line.trim().is_empty()).map_or(0, |blank| blank + 1);
    let last = &lines[start..];
    let values = |key: &'static str| {
        last.iter().filter_map(move |line| line.strip_prefix(key)?.strip_prefix(':')).map(str::trim)
    };
    let recorded = DateTime::parse_from_rfc3339(values("Incident-Recorded").next_back()?).ok()?;
    let by = values("Incident-By").next_back().filter(|by| !by.is_empty());
    let by = by.map(|by| serde_json::from_str(by).unwrap_or_else(|_| by.to_owned()));
    let undoes = values("Incident-Undoes").next_back().filter(|commit| !commit.is_empty()).map(str::to_owned);
    let restores = values("Incident-Restores").next().is_some();
    let mut witnesses: Vec<Witness> = Vec::new();
    let begins: Vec<usize> = (0..last.len()).filter(|line| last[*line].starts_with("Incident:")).collect();
    let ends = begins.iter().skip(1).copied().chain([last.len()]);
    for (begin, end) in begins.iter().copied().zip(ends) {
        let incident: IncidentId = last[begin].strip_prefix("Incident:")?.trim().parse().ok()?;
        let entries = entries(&last[begin..end], recorded);
        match witnesses.iter_mut().find(|witness| witness.incident == incident) {
            Some(witness) => witness.entries.extend(entries),
            None => {
                witnesses.push(Witness {
                    incident,
                    entries,
                    recorded,
                    by: by.clone(),
                    undoes: undoes.clone(),
                    restores,
                });
            }
        }
    }
    Some(witnesses)
}

/// Each event with the time in the line below it.
fn entries(lines: &[&str], recorded: DateTime<FixedOffset>) -> Vec<Entry> {
    let pairs = lines.iter().zip(lines.iter().skip(1));
    let read = |(event, at): (&&str, &&str)| {
        let event = event.strip_prefix("Incident-Event:")?.trim();
        let at = Moment::parse(at.strip_prefix("Incident-At:")?.trim())?;
        let (token, details) = event.split_once(' ')?;
        let details: Map<String, Value> = serde_json::from_str(details).ok()?;
        let text = |key: &str| details.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let stamp = match details.get("recorded") {
            None => derived_stamp(at, recorded),
            Some(stamp) => stamp.as_str().and_then(|stamp| DateTime::parse_from_rfc3339(stamp).ok()),
        };
        Some(Entry {
            at,
            kind: parse_kind(token, &details)?,
            who: text("who"),
            text: text("text"),
            recorded: stamp,
        })
    };
    pairs.filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::samples::{self, at};

    #[test]
    fn the_form_is_one_line_per_fact() {
        let kind = EventKind::Status { from: "fixing".into(), to: "monitoring".into() };
        let entry = Entry::new(
            Moment::about(at("2026-11-20T03:31:20+09:00")),
            at("2026-11-20T03:36:02+09:00"),
            "葉山",
            kind,
            "two\nlines",
        );
        let id: IncidentId = "20261120-k7qm".parse().unwrap();
        let written =
            trailers(&id, std::slice::from_ref(&entry), at("2026-11-20T03:36:02+09:00"), Some("有田"));
        assert_eq!(
            written,
            "Incident: 20261120-k7qm\n\
             Incident-Event: status {\"from\":\"fixing\",\"to\":\"monitoring\",\"who\":\"葉山\",\"text\":\"two\\nlines\"}\n\
             Incident-At: ~2026-11-20T03:31:20+09:00\n\
             Incident-Recorded: 2026-11-20T03:36:02+09:00\n\
             Incident-By: 有田\n"
        );
    }

    #[test]
    fn only_a_whole_last_paragraph_is_a_witness() {
        let good = "Incident: 20261120-k7qm\nIncident-Recorded: 2026-11-20T03:36:02+09:00";
        let count = |message: &str| match parse_each(message).as_slice() {
            [witness] => Some(witness.entries.len()),
            _ => None,
        };
        assert_eq!(count(good), Some(0));
        assert_eq!(count(&format!("subject\n\nbody\n\n{good}\nSigned-off-by: x\n\n")), Some(0));
        assert_eq!(count(&format!("subject\r\n\r\n{}\r\n", good.replace('\n', "\r\n"))), Some(0));
        assert_eq!(count(&format!("{good}\n\nmore words")), None);
        assert_eq!(count(&format!("{good}\nIncident: nonsense")), None);
        assert_eq!(count("Incident: ../../x\nIncident-Recorded: 2026-11-20T03:36:02+09:00"), None);
        assert_eq!(count("Incident: 20261120-k7qm"), None);
        assert_eq!(count(""), None);
        let event = "Incident-Event: note {\"kind\":\"note\"}\nIncident-At: 2026-11-20T03:36:02+09:00";
        assert_eq!(count(&format!("{good}\n{event}")), Some(1));
        assert_eq!(
            count(&format!("{good}\nIncident-Event: note {{\n{event}\nIncident-Event: dance {{}}")),
            Some(1)
        );
        let undo =
            parse_trailers(&format!("{good}\nIncident-Undoes: 1234abc")).and_then(|witness| witness.undoes);
        assert_eq!(undo.as_deref(), Some("1234abc"));
    }

    #[test]
    fn one_commit_may_tell_of_two_incidents() {
        let ids = ["20261120-k7qm", "20261120-t4wr"].map(|id| id.parse::<IncidentId>().unwrap());
        let now = at("2026-11-20T03:36:02+09:00");
        let note = |text: &str| {
            let kind = EventKind::Note(NoteKind::Note);
            Entry::new(Moment::exact(now), now, "葉山", kind, text)
        };
        let (one, other) = ([note("a"), note("b")], [note("c")]);
        let written = trailers_of(&[(&ids[0], &one), (&ids[1], &other)], now, None);
        let read = parse_each(&written);
        let told: Vec<_> =
            read.iter().map(|witness| (&witness.incident, witness.entries.as_slice())).collect();
        assert_eq!(told, [(&ids[0], one.as_slice()), (&ids[1], other.as_slice())]);
    }

    proptest! {
        #![proptest_config(samples::cases(500))]
        #[test]
        fn any_entries_read_back(
            entries in prop::collection::vec(samples::entry(), 0..4),
            recorded in samples::moment(),
            by in prop::option::of(samples::word()),
            subject in samples::text(),
        ) {
            let id: IncidentId = "20261120-k7qm".parse().unwrap();
            let written = trailers(&id, &entries, recorded.at, by.as_deref());
            let witness = Witness { incident: id, entries, recorded: recorded.at, by, undoes: None, restores: false };
            prop_assert_eq!(parse_trailers(&format!("{subject}\n\n{written}")), Some(witness), "{}", written);
        }

        #[test]
        fn free_text_never_panics(message: String, id in samples::text()) {
            parse_trailers(&message);
            parse_trailers(&format!("Incident: 20261120-k7qm\nIncident-Recorded: 2026-11-20T03:36:02Z\nIncident-Event: {id}"));
        }
    }
}
