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

    /// Like [`Self::next_moment`], for what can only lie ahead: a length alone, `20m`, counts from now.
    pub fn promised_moment(&self, text: &str) -> anyhow::Result<Moment> {
        let (now, zone) = (self.now(), self.settings.zone);
        let moment = time_expression::parse_next(text, now, zone).or_else(|error| {
            time_expression::parse_next(&format!("+{}", text.trim()), now, zone).map_err(|_| error)
        });
        moment.map_err(|error| with_forms(&error, "time-forms-ahead"))
    }
}

fn bad_time(error: &TimeError) -> anyhow::Error {
    with_forms(error, "time-forms")
}

/// `error`, with the examples of the message `forms`.
fn with_forms(error: &TimeError, forms: &'static str) -> anyhow::Error {
    let failure = Failure { message: error.message(), ..Failure::new(Exit::Usage, "time-not-a-time") };
    failure.hint(Message::new(forms)).into()
}
