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
