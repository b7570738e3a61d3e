//! Lengths of time in words: a number, or the reason why there is none.

use chrono::{DateTime, FixedOffset};

use crate::domain::durations::{Duration, Length};
use crate::domain::incident::Incident;
use crate::locale::Locale;
use crate::locale::times::{about_length, length};
use crate::say;

/// The label and the value of each duration that has a value or goes on.
pub fn shown(
    incident: &Incident,
    now: Option<DateTime<FixedOffset>>,
    locale: &Locale,
) -> Vec<(String, String)> {
    let worth_showing = |duration: &Duration| !matches!(duration.of(incident, now), Length::Missing(_));
    let row = |duration: Duration| (label(duration, locale), in_words(duration.of(incident, now), locale));
    // What only counts up says little, but for the impact itself.
    let settled = |duration: &Duration| {
        *duration == Duration::Impact || !matches!(duration.of(incident, now), Length::Running { .. })
    };
    Duration::ALL.into_iter().filter(worth_showing).filter(settled).map(row).collect()
}

pub fn label(duration: Duration, locale: &Locale) -> String {
    locale.label("duration", duration.token())
}

/// `51 min`, `about 51 min`, `51 min so far`, or why there is no number.
pub fn in_words(value: Length, locale: &Locale) -> String {
    let words =
        |value, approximate| if approximate { about_length(locale, value) } else { length(locale, value) };
    match value {
        Length::Known { length, approximate } => words(length, approximate),
        Length::Running { length, approximate } => {
            say!(locale, "duration-so-far", length = words(length, approximate))
        }
        Length::Missing(milestone) => {
            let name = locale.label("milestone", milestone.token());
            say!(locale, "duration-missing", milestone = name)
        }
        Length::Negative => locale.text("duration-negative"),
    }
}
