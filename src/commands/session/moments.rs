//! The times that a person states, by the clock and the zone of a session.

use super::Session;
use crate::domain::moment::Moment;
use crate::domain::time_expression::{self, TimeError};
use crate::failure::{Exit, Failure, Message};

impl Session<'_> {
    /// What `--at` means; without it, now.
    pub fn moment(&self, at: Option<&str>) -> anyhow::Result<Moment> {
        match at {
            None => Ok(Moment::exact(self.now())),
            Some(text) => self.past_moment(text),
        }
    }

    /// A stated time that must not lie ahead.
    pub fn past_moment(&self, text: &str) -> anyhow::Result<Moment> {
        time_expression::parse_past(text, self.now(), self.settings.zone).map_err(|error| bad_time(&error))
    }

    /// A stated time that may lie ahead, such as the end of a period.
    pub fn any_moment(&self, text: &str) -> anyhow::Result<Moment> {
        time_expression::parse(text, self.now(), self.settings.zone).map_err(|error| bad_time(&error))
    }

    /// A promised time: `03:30` is the next such moment.
    pub fn next_moment(&self, text: &str) -> anyhow::Result<Moment> {
        time_expression::parse_next(text, self.now(), self.settings.zone).map_err(|error| bad_time(&error))
    }
}

fn bad_time(error: &TimeError) -> anyhow::Error {
    let failure = Failure { message: error.message(), ..Failure::new(Exit::Usage, "time-not-a-time") };
    failure.hint(Message::new("time-forms")).into()
}
