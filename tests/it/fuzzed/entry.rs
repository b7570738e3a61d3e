//! Any line as an entry of a timeline, an action or a report: what is read is written, and what is written is read.

use chrono::FixedOffset;
use incident::document::trailers::{parse_trailers, trailers};
use incident::document::vocabulary::Vocabulary;
use incident::document::{
    format_action, format_entry, format_report, parse_action, parse_correction, parse_entry, parse_report,
};
use incident::domain::event::{Entry, EventKind, Milestone, NoteKind};
use incident::domain::id::IncidentId;
use incident::domain::moment::Moment;
use incident::domain::text::Lang;

use super::input::{self, Desk};

/// The parts are a line of a file, and the words that a made-up entry has: who, text, and three names in its kind.
pub fn holds(data: &[u8]) {
    let Some(text) = input::text(data).filter(|text| !text.contains('\0')) else { return };
    let [line, words @ ..] = input::some_parts::<6>(text);
    let offset = FixedOffset::east_opt(9 * 3600).expect("an offset");
    for lang in Lang::ALL {
        let vocabulary = &Desk::of(lang).vocabulary;
        if let Some(entry) = parse_entry(line, offset, vocabulary) {
            reads_back(&entry, offset, vocabulary);
        }
        if let Some(action) = parse_action(line, vocabulary) {
            let written = format_action(&action, vocabulary);
            assert_eq!(parse_action(&written, vocabulary), Some(action), "{written}");
        }
        for entry in made_up(words) {
            reads_back(&entry, offset, vocabulary);
        }
    }
}

fn reads_back(entry: &Entry, offset: FixedOffset, vocabulary: &Vocabulary) {
    let written = format_entry(entry, offset, vocabulary);
    let expected = entry.as_written(offset);
    assert_eq!(parse_entry(&written, offset, vocabulary), Some(expected.clone()), "{written}");
    let mut lines = written.lines();
    assert!(lines.next().is_some_and(|first| first.starts_with("- ")), "{written:?}");
    assert!(lines.all(|line| line.is_empty() || line.starts_with("  ")), "{written:?}");
    if let Some(report) = parse_report(&expected, vocabulary) {
        let text = format_report(&report, expected.at, vocabulary);
        let again = parse_report(&Entry { text, ..expected.clone() }, vocabulary);
        assert_eq!(again, Some(report), "{written}");
    }
    parse_correction(&expected, vocabulary);
    is_witnessed(entry);
}

/// The trailers of the commit tell the same entry.
fn is_witnessed(entry: &Entry) {
    let id: IncidentId = "20261120-k7qm".parse().expect("an id");
    let recorded = entry.recorded_at();
    let told = trailers(&id, std::slice::from_ref(entry), recorded, Some(&entry.who));
    let witness = parse_trailers(&format!("subject\n\n{told}")).unwrap_or_else(|| panic!("{told:?}"));
    let [again] = &witness.entries[..] else { panic!("{told:?}") };
    assert_eq!((&again.kind, &again.at, &again.text), (&entry.kind, &entry.at, &entry.text), "{told:?}");
}

/// Entries of a third of the kinds that have words in them, by the length of the words.
fn made_up([who, text, one, two, three]: [&str; 5]) -> Vec<Entry> {
    let [role, key] = [one, one].map(str::to_owned);
    let (from, to) = (two.to_owned(), three.to_owned());
    let kinds = vec![
        EventKind::Note(NoteKind::Decision),
        EventKind::Milestone(Milestone::ImpactStarted),
        EventKind::Status { from: from.clone(), to: to.clone() },
        EventKind::Severity { from: Some(from.clone()), to: Some(to.clone()) },
        EventKind::Severity { from: None, to: Some(to.clone()) },
        EventKind::RoleTaken { role: role.clone(), person: to.clone() },
        EventKind::RoleLeft { role: role.clone(), person: to.clone() },
        EventKind::Handover { role: role.clone(), from: from.clone(), to: to.clone() },
        EventKind::HandoverOffered { role, from: from.clone(), to: to.clone() },
        EventKind::Step { id: from.clone(), done: text.len() % 2 == 0 },
        EventKind::ActionOpened { id: to.clone() },
        EventKind::Set { key, from, to },
        EventKind::Update { number: 3 },
        EventKind::Impact { confirmed: true },
        EventKind::Correction,
    ];
    let at = Moment::about(input::now());
    let recorded = input::now() + chrono::TimeDelta::minutes(17);
    let entry = |kind| Entry::new(at, recorded, who, kind, text);
    kinds.into_iter().skip(text.len() % 3).step_by(3).map(entry).collect()
}
