//! Lengths of time between milestones: a number, or the reason why there is none.

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::event::Milestone;
use super::incident::Incident;
use super::moment::Moment;

/// A length between two milestones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    Known {
        length: TimeDelta,
        /// One of the two moments is approximate.
        approximate: bool,
    },
    /// The later moment has not come: how long it has been going on.
    Running { length: TimeDelta, approximate: bool },
    /// The milestone that is missing.
    Missing(Milestone),
    /// The later moment lies before the earlier one: a time must be wrong.
    Negative,
}

/// A duration by its definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duration {
    /// `impact_started` → `mitigated`: how long people were in trouble.
    Impact,
    /// `impact_started` → `detected`
    Detection,
    /// `declared` → `acknowledged`
    Acknowledgement,
    /// `detected` → `mitigated`
    Mitigation,
    /// `declared` → `resolved`
    Resolution,
}

impl Duration {
    pub const ALL: [Self; 5] =
        [Self::Impact, Self::Detection, Self::Acknowledgement, Self::Mitigation, Self::Resolution];

    /// The name in messages and JSON.
    pub fn token(self) -> &'static str {
        match self {
            Self::Impact => "impact",
            Self::Detection => "detection",
            Self::Acknowledgement => "acknowledgement",
            Self::Mitigation => "mitigation",
            Self::Resolution => "resolution",
        }
    }

    /// The milestones it lies between.
    pub fn between(self) -> (Milestone, Milestone) {
        match self {
            Self::Impact => (Milestone::ImpactStarted, Milestone::Mitigated),
            Self::Detection => (Milestone::ImpactStarted, Milestone::Detected),
            Self::Acknowledgement => (Milestone::Declared, Milestone::Acknowledged),
            Self::Mitigation => (Milestone::Detected, Milestone::Mitigated),
            Self::Resolution => (Milestone::Declared, Milestone::Resolved),
        }
    }

    /// Its value for `incident`. `now` measures what is still going on; none, as for something over, measures nothing.
    pub fn of(self, incident: &Incident, now: Option<DateTime<FixedOffset>>) -> Length {
        let (start, end) = self.between();
        let Some(start_at) = incident.times.get(&start) else { return Length::Missing(start) };
        match (incident.times.get(&end), now) {
            (Some(end_at), _) => between(*start_at, *end_at),
            (None, Some(now)) => match between(*start_at, Moment::exact(now)) {
                Length::Known { length, approximate } => Length::Running { length, approximate },
                other => other,
            },
            (None, None) => Length::Missing(end),
        }
    }
}

fn between(start: Moment, end: Moment) -> Length {
    let length = end.at - start.at;
    if length < TimeDelta::zero() {
        return Length::Negative;
    }
    Length::Known { length, approximate: start.approximate || end.approximate }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{incident, moment};

    /// The length with these milestones recorded, now being 03:40 if it still goes on.
    #[track_caller]
    fn check(duration: Duration, times: &[(Milestone, &str)], goes_on: bool, expected: Length) {
        let times = times.iter().map(|(milestone, at)| (*milestone, moment(at))).collect();
        let incident = Incident { times, ..incident() };
        let now = goes_on.then(|| moment("03:40").at);
        assert_eq!(
            duration.of(&incident, now),
            expected,
            "{duration:?} of {times:?}",
            times = incident.times
        );
    }

    fn minutes(minutes: i64, approximate: bool) -> Length {
        Length::Known { length: TimeDelta::minutes(minutes), approximate }
    }

    #[test]
    fn each_lies_between_its_milestones() {
        use Milestone::{Acknowledged, Declared, Detected, ImpactStarted, Mitigated, Resolved};
        let night = [
            (ImpactStarted, "02:40"),
            (Detected, "02:51"),
            (Declared, "02:55"),
            (Acknowledged, "02:58"),
            (Mitigated, "03:31"),
            (Resolved, "04:00"),
        ];
        check(Duration::Impact, &night, false, minutes(51, false));
        check(Duration::Detection, &night, false, minutes(11, false));
        check(Duration::Acknowledgement, &night, false, minutes(3, false));
        check(Duration::Mitigation, &night, false, minutes(40, false));
        check(Duration::Resolution, &night, false, minutes(65, false));
    }

    #[test]
    fn a_number_or_the_reason_why_there_is_none() {
        use Milestone::{ImpactStarted, Mitigated};
        let running = |approximate| Length::Running { length: TimeDelta::minutes(60), approximate };
        for (times, goes_on, expected) in [
            (&[(ImpactStarted, "~02:40"), (Mitigated, "03:31")][..], true, minutes(51, true)),
            (&[(ImpactStarted, "02:40"), (Mitigated, "~03:31")], false, minutes(51, true)),
            (&[(ImpactStarted, "02:40"), (Mitigated, "02:40")], false, minutes(0, false)),
            (&[(ImpactStarted, "02:40")], true, running(false)),
            (&[(ImpactStarted, "~02:40")], true, running(true)),
            (&[(ImpactStarted, "02:40")], false, Length::Missing(Mitigated)),
            (&[(Mitigated, "03:31")], true, Length::Missing(ImpactStarted)),
            (&[], false, Length::Missing(ImpactStarted)),
            (&[(ImpactStarted, "03:31"), (Mitigated, "02:40")], false, Length::Negative),
            (&[(ImpactStarted, "05:00")], true, Length::Negative),
        ] {
            check(Duration::Impact, times, goes_on, expected);
        }
    }

    #[test]
    fn offsets_do_not_change_a_length() {
        use Milestone::{Declared, Resolved};
        let times = [(Declared, "02:55"), (Resolved, "2026-11-19T18:55:00+00:00")];
        check(Duration::Resolution, &times, false, minutes(60, false));
    }
}
