//! When the next report is promised.

use super::super::session::Session;
use crate::domain::deadline::deadline;
use crate::domain::incident::Incident;
use crate::domain::moment::{Moment, minute};
use crate::domain::policy::Hours;
use crate::failure::{Exit, Failure, Message};

/// When the level wants the next report, counted from now; what was promised before and is to come, where it wants none.
pub fn next_update(session: &Session<'_>, incident: &Incident) -> Option<Moment> {
    if !session.settings.flow.category(&incident.status).is_live() {
        return None;
    }
    let now = session.now();
    by_level(session, incident).or_else(|| incident.next_update.filter(|promised| promised.at > now))
}

fn by_level(session: &Session<'_>, incident: &Incident) -> Option<Moment> {
    let level = session.policy.level(incident.severity.as_deref()?)?;
    let settings = &session.settings;
    let due = deadline(level.update_every?, session.now(), settings.zone, &settings.holidays)?;
    let due = match level.hours {
        Hours::Always => due,
        Hours::Business => settings.working_hours.next(due, settings.zone, &settings.holidays)?,
    };
    Some(Moment::exact(due).to_minute())
}

/// `03:55`, `明日 9:00`, or `20m` from now.
pub fn moment(session: &Session<'_>, text: &str) -> anyhow::Result<Moment> {
    let moment = session.promised_moment(text)?;
    if moment.to_minute().at < minute(session.now()) {
        let time = session.clock().moment(moment);
        return Err(Failure::new(Exit::Usage, "next-update-passed")
            .with("time", time)
            .hint(Message::new("hint-next-update"))
            .into());
    }
    Ok(moment.to_minute())
}
