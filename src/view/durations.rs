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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::Milestone;
    use crate::domain::samples::{incident, moment};
    use crate::domain::text::Lang;
    use chrono::TimeDelta;

    #[test]
    fn a_number_or_the_reason_in_words() {
        let length = TimeDelta::minutes(51);
        for (value, ja, en) in [
            (Length::Known { length, approximate: false }, "51分", "51 min"),
            (Length::Known { length, approximate: true }, "約51分", "about 51 min"),
            (Length::Running { length, approximate: true }, "約51分（継続中）", "about 51 min so far"),
            (
                Length::Missing(Milestone::Detected),
                "不明（「検知」の記録なし）",
                "unknown: “Noticed” is not recorded",
            ),
            (Length::Negative, "不明（終わりが始まりより前）", "unknown: it ends before it begins"),
        ] {
            let shown = [Lang::Ja, Lang::En].map(|lang| in_words(value, &Locale::new(lang)));
            assert_eq!(shown, [ja, en]);
        }
    }

    /// The durations of an incident with these milestones at 03:40, each in a line.
    #[track_caller]
    fn check(times: &[(Milestone, &str)], live: bool, expected: &[&str]) {
        let times = times.iter().map(|(milestone, at)| (*milestone, moment(at))).collect();
        let now = live.then(|| moment("03:40").at);
        let rows = shown(&Incident { times, ..incident() }, now, &Locale::new(Lang::En));
        let lines: Vec<String> = rows.into_iter().map(|(label, value)| format!("{label}: {value}")).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn only_what_says_something_is_shown() {
        use Milestone::{Acknowledged, Declared, Detected, ImpactStarted, Mitigated, Resolved};
        check(&[], true, &[]);
        check(&[(Declared, "02:55")], true, &[]);
        check(&[(ImpactStarted, "02:40"), (Declared, "02:55")], true, &["Impact lasted: 1 h so far"]);
        check(&[(ImpactStarted, "02:40"), (Declared, "02:55")], false, &[]);
        let over = [
            (ImpactStarted, "~02:40"),
            (Detected, "02:51"),
            (Declared, "02:55"),
            (Acknowledged, "02:50"),
            (Mitigated, "03:31"),
            (Resolved, "04:00"),
        ];
        check(
            &over,
            false,
            &[
                "Impact lasted: about 51 min",
                "Time to notice: about 11 min",
                "Time to take on: unknown: it ends before it begins",
                "Time to mitigate: 40 min",
                "Time to resolve: 1 h 5 min",
            ],
        );
    }
}
