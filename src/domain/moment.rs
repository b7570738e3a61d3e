//! A point in time as people state it: with an offset, exact or approximate.

use std::cmp::Ordering;
use std::fmt;

use chrono::{DateTime, FixedOffset, SecondsFormat, Timelike};
use serde::{Deserialize, Serialize};

/// When something happened. Precision is one second; `approximate` says that a person only knew "about then".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Moment {
    pub at: DateTime<FixedOffset>,
    pub approximate: bool,
}

impl Moment {
    pub fn exact(at: DateTime<FixedOffset>) -> Self {
        Self { at: whole_seconds(at), approximate: false }
    }

    pub fn about(at: DateTime<FixedOffset>) -> Self {
        Self { at: whole_seconds(at), approximate: true }
    }

    /// Reads the form of the front matter: RFC 3339, with a leading `~` if approximate.
    ///
    /// A `T` or a blank may stand between date and time. Returns none for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (approximate, rest) = match text.strip_prefix('~') {
            Some(rest) => (true, rest.trim_start()),
            None => (false, text),
        };
        let at = DateTime::parse_from_rfc3339(rest).ok()?;
        Some(Self { at: whole_seconds(at), approximate })
    }

    /// The same moment written with another offset.
    pub fn in_offset(self, offset: FixedOffset) -> Self {
        Self { at: self.at.with_timezone(&offset), ..self }
    }

    /// The start of the minute it falls in, which is all that a timeline line keeps.
    pub fn to_minute(self) -> Self {
        Self { at: minute(self.at), ..self }
    }
}

/// The front matter form: `2026-11-20T02:40:00+09:00`, with `~` before an approximate one.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.approximate {
            f.write_str("~")?;
        }
        f.write_str(&rfc3339(self.at))
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.to_string()
    }
}

impl TryFrom<String> for Moment {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or(text)
    }
}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> Ordering {
        self.at.cmp(&other.at).then(self.approximate.cmp(&other.approximate))
    }
}

/// RFC 3339 to the second with a numeric offset, the one form that files, trailers and JSON use.
pub fn rfc3339(at: DateTime<FixedOffset>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// The start of the minute that `at` falls in.
pub fn minute(at: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
    let at = whole_seconds(at);
    at.with_second(0).unwrap_or(at)
}

fn whole_seconds(at: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
    at.with_nanosecond(0).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_form_round_trips() {
        for text in ["2026-11-20T02:40:00+09:00", "~2026-11-20T02:40:00+09:00", "2026-11-20T02:40:00+00:00"] {
            assert_eq!(Moment::parse(text).map(|moment| moment.to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in ["", "~", "2026-02-30T00:00:00Z", "2024-08-13T015:00", "yes", "2026-11-20"] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }
}
