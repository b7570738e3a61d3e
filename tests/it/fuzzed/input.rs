//! What the properties share: an input in its parts, a store with the default rules, and what every fault must say.

use std::sync::OnceLock;

use chrono::{DateTime, FixedOffset};
use incident::config::{Settings, defaults, parse_policy, parse_settings};
use incident::document::vocabulary::Vocabulary;
use incident::domain::policy::Policy;
use incident::domain::text::Lang;
use incident::failure::Failure;
use incident::locale::words::vocabulary;

/// Stands between the parts of an input that has several: RECORD SEPARATOR, with or without a line end behind it.
const SEPARATOR: char = '\u{1e}';

/// The input as text, if it is text.
pub fn text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok()
}

/// The parts of an input, as many as there are.
pub fn parts(text: &str) -> Vec<&str> {
    text.split(SEPARATOR).map(|part| part.strip_prefix('\n').unwrap_or(part)).collect()
}

/// The first `N` parts of an input; what is missing is empty.
pub fn some_parts<const N: usize>(text: &str) -> [&str; N] {
    let parts = parts(text);
    std::array::from_fn(|index| parts.get(index).copied().unwrap_or_default())
}

/// A store of the default preset.
pub struct Desk {
    pub settings: Settings,
    pub policy: Policy,
    pub vocabulary: Vocabulary,
}

impl Desk {
    pub fn of(lang: Lang) -> &'static Self {
        static DESKS: [OnceLock<Desk>; Lang::ALL.len()] = [const { OnceLock::new() }; Lang::ALL.len()];
        DESKS[lang as usize].get_or_init(|| Self::new(lang))
    }

    fn new(lang: Lang) -> Self {
        let settings =
            parse_settings("incident.toml", defaults::SETTINGS).expect("the preset is valid").value;
        let policy = parse_policy("severity.toml", defaults::POLICY).expect("the preset is valid").value;
        let vocabulary = vocabulary(lang, &settings.flow, &policy, &settings.staff);
        Self { settings, policy, vocabulary }
    }
}

/// The moment of every run.
pub fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-20T03:40:00+09:00").expect("a time")
}

/// Every fault says where it is, and the place is one that an editor can go to.
pub fn have_places(text: &str, faults: &[Failure]) {
    assert!(!faults.is_empty(), "a refusal without a reason");
    for fault in faults {
        let place = fault.place.as_ref().unwrap_or_else(|| panic!("{fault} has no place"));
        let line = text.split('\n').nth(place.line.saturating_sub(1));
        let line = line.unwrap_or_else(|| panic!("{fault} is below the file"));
        let columns = 1..=line.chars().count() + 1;
        assert!(place.line > 0 && columns.contains(&place.column), "{fault} is beside its line");
    }
}

/// The text holds nothing that a terminal acts on, and nothing that shows other text in another order.
pub fn is_inert(text: &str) {
    let acts = |c: char| (c.is_control() && c != '\n' && c != '\t') || is_bidi(c);
    if let Some(at) = text.find(acts) {
        let start = text[..at].char_indices().rev().nth(40).map_or(0, |(start, _)| start);
        panic!("not inert at {at}: {:?}", text[start..].chars().take(80).collect::<String>());
    }
}

fn is_bidi(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
