//! One matter that was recorded twice: what changes in the one that is declined, and in the one that goes on.

use chrono::{DateTime, FixedOffset};

use super::act::{self, Act};
use super::change::{Change, Value};
use super::event::{Entry, EventKind, Milestone, NoteKind};
use super::flow::{Flow, Status};
use super::id::IncidentId;
use super::incident::Incident;

/// What is known of an incident.
#[derive(Clone, Copy)]
pub struct Record<'a> {
    pub incident: &'a Incident,
    pub entries: &'a [Entry],
    pub links: &'a [String],
}

/// The incident enters the declined status `to`, as the same matter as `original`.
pub fn decline(
    incident: &Incident,
    flow: &Flow,
    to: &Status,
    original: Option<&IncidentId>,
    act: &Act<'_>,
) -> Change {
    let mut change = act::enter(incident, flow, to, act);
    let Some(original) = original.map(IncidentId::as_str) else { return change };
    if incident.duplicate_of.as_deref() == Some(original) {
        return change;
    }
    if change.is_empty() {
        let from = incident.duplicate_of.clone().unwrap_or_default();
        let kind = EventKind::Set { key: "duplicate_of".to_owned(), from, to: original.to_owned() };
        change.entries.push(act.entry(kind));
    }
    change.set("duplicate_of", Value::Text(original.to_owned()));
    change
}

/// What `into` takes over from `from`: who reported what, remarks, links, products, and since when it has been so.
///
/// The entries keep their times and their people; `marked` says in their words where they come from. Levels, roles and
/// milestones stay where they are: they tell of the other record's life. What was carried over before is not again.
pub fn carried(
    from: Record<'_>,
    into: Record<'_>,
    reporter: &str,
    recorded: DateTime<FixedOffset>,
    marked: &dyn Fn(&str) -> String,
) -> Change {
    let mut change = Change::default();
    let told = |at, who: &str, kind: NoteKind, text: &str| {
        Entry::new(at, recorded, who, EventKind::Note(kind), marked(text))
    };
    let report = from.incident.declared().map(|at| told(at, reporter, NoteKind::Note, &from.incident.title));
    let remarks = from.entries.iter().filter_map(|entry| {
        let kind = match entry.kind {
            EventKind::Note(kind) => kind,
            EventKind::Impact { .. } | EventKind::Link | EventKind::Attach | EventKind::Run => NoteKind::Note,
            _ => return None,
        };
        (!entry.text.is_empty()).then(|| told(entry.at, &entry.who, kind, &entry.text))
    });
    change.entries =
        report.into_iter().chain(remarks).filter(|entry| !is_told(into.entries, entry)).collect();
    change.links = from.links.iter().filter(|link| !into.links.contains(link)).cloned().collect();
    let mut products = into.incident.products.clone();
    products
        .extend(from.incident.products.iter().filter(|one| !into.incident.products.contains(one)).cloned());
    if products != into.incident.products {
        change.set("products", Value::List(products));
    }
    carry_beginning(&mut change, from, into, recorded);
    if into.incident.reporter.is_none()
        && let Some(reporter) = &from.incident.reporter
    {
        change.set("reporter", Value::Text(reporter.clone()));
    }
    change
}

/// When people began to be in trouble, where only the other record knows.
fn carry_beginning(change: &mut Change, from: Record<'_>, into: Record<'_>, recorded: DateTime<FixedOffset>) {
    let milestone = Milestone::ImpactStarted;
    let Some(at) = from.incident.times.get(&milestone) else { return };
    if into.incident.times.contains_key(&milestone) {
        return;
    }
    let who = from.entries.iter().find(|entry| entry.kind == EventKind::Milestone(milestone));
    let who = who.map(|entry| entry.who.as_str()).unwrap_or_default();
    change.set_in("times", milestone.token(), Value::Time(*at));
    change.entries.push(Entry::new(*at, recorded, who, EventKind::Milestone(milestone), ""));
}

/// Whether the entries have it, written down whenever.
fn is_told(entries: &[Entry], entry: &Entry) -> bool {
    let minute = |entry: &Entry| entry.at.to_minute();
    entries.iter().any(|other| {
        (&other.kind, &other.who, &other.text) == (&entry.kind, &entry.who, &entry.text)
            && minute(other) == minute(entry)
    })
}

/// Whether following `original_of` from `id` comes back to it.
pub fn is_in_circle<'a>(id: &'a str, original_of: impl Fn(&str) -> Option<&'a str>) -> bool {
    let mut passed = Vec::new();
    let mut at = id;
    while let Some(next) = original_of(at).filter(|next| !passed.contains(next)) {
        if next == id {
            return true;
        }
        passed.push(next);
        at = next;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{act, flow, incident, moment, told};

    fn original() -> IncidentId {
        "20261120-t4wr".parse().expect("an id")
    }

    fn declined() -> Status {
        flow().get("declined").expect("a status").clone()
    }

    #[track_caller]
    fn check(incident: &Incident, expected: &[&str]) {
        let change =
            decline(incident, &flow(), &declined(), Some(&original()), &act("03:00", "03:00", "same"));
        assert_eq!(told(&change), expected);
    }

    #[test]
    fn a_duplicate_is_declined_and_names_its_original() {
        check(
            &incident(),
            &[
                "status=Text(\"declined\")",
                "duplicate_of=Text(\"20261120-t4wr\")",
                "03:00 Status { from: \"triage\", to: \"declined\" } Alice: same",
            ],
        );
        let declined = Incident { status: "declined".to_owned(), ..incident() };
        check(
            &declined,
            &[
                "duplicate_of=Text(\"20261120-t4wr\")",
                "03:00 Set duplicate_of: \"\" → \"20261120-t4wr\" Alice: same",
            ],
        );
        check(&Incident { duplicate_of: Some("20261120-t4wr".to_owned()), ..declined }, &[]);
    }

    #[test]
    fn a_circle_comes_back_to_where_it_began() {
        let original_of = |id: &str| match id {
            "a" => Some("b"),
            "b" | "d" => Some("c"),
            "c" => Some("b"),
            "s" => Some("s"),
            _ => None,
        };
        for (id, expected) in
            [("a", false), ("b", true), ("c", true), ("d", false), ("s", true), ("x", false)]
        {
            assert_eq!(is_in_circle(id, original_of), expected, "{id}");
        }
    }

    #[test]
    fn the_original_takes_over_what_was_reported() {
        let from = Incident {
            title: "Cards are refused".to_owned(),
            products: vec!["web".to_owned(), "app".to_owned()],
            times: [(Milestone::Declared, moment("02:50")), (Milestone::ImpactStarted, moment("~02:40"))]
                .into(),
            ..incident()
        };
        let into =
            Incident { products: vec!["web".to_owned()], reporter: Some("bob".to_owned()), ..incident() };
        let entries = [
            act("02:51", "02:51", "three calls").entry(EventKind::Note(NoteKind::Contact)),
            act("02:52", "02:52", "").entry(EventKind::Note(NoteKind::Note)),
            act("02:53", "02:53", "half of them").entry(EventKind::Impact { confirmed: false }),
            act("02:54", "02:54", "worse").entry(EventKind::Severity { from: None, to: None }),
        ];
        let links = ["https://a.example".to_owned(), "https://b.example".to_owned()];
        let from = Record { incident: &from, entries: &entries, links: &links };
        let carry = |known: &[Entry]| {
            let into = Record { incident: &into, entries: known, links: &links[..1] };
            let marked = |text: &str| format!("k7qm: {text}");
            carried(from, into, "Carol", moment("03:00").at, &marked)
        };
        let change = carry(&[]);
        assert_eq!(
            told(&change),
            [
                "products=List([\"web\", \"app\"])",
                "times.impact_started=Time(Moment { at: 2026-11-20T02:40:00+09:00, approximate: true })",
                "02:50 Note(Note) Carol: k7qm: Cards are refused (03:00)",
                "02:51 Note(Contact) Alice: k7qm: three calls (03:00)",
                "02:53 Note(Note) Alice: k7qm: half of them (03:00)",
                "~02:40 Milestone(ImpactStarted)  (03:00)",
            ]
        );
        assert_eq!(change.links, ["https://b.example"]);
        let again = carry(&change.entries);
        assert!(again.entries.iter().all(|entry| matches!(entry.kind, EventKind::Milestone(_))), "{again:?}");
    }
}
