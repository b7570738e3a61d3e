//! Lengths of time as people type them: `2h30m`, `15分`, `1時間半`, `half an hour`.

use super::Expression;
use super::scan::Scan;

#[derive(Clone, Copy, Default)]
pub(super) struct Length {
    pub(super) days: i64,
    pub(super) seconds: i64,
}

impl Length {
    pub(super) fn away(self, sign: i64) -> Expression {
        Expression::Distance { days: sign * self.days, seconds: sign * self.seconds }
    }
}

const DAY: Length = Length { days: 1, seconds: 0 };
const WEEK: Length = Length { days: 7, seconds: 0 };
const HOUR: Length = Length { days: 0, seconds: 3600 };
const MINUTE: Length = Length { days: 0, seconds: 60 };
const SECOND: Length = Length { days: 0, seconds: 1 };

/// Longer words before those they begin with.
const UNITS: [(&str, Length); 26] = [
    ("weeks", WEEK),
    ("week", WEEK),
    ("w", WEEK),
    ("週間", WEEK),
    ("days", DAY),
    ("day", DAY),
    ("d", DAY),
    ("日", DAY),
    ("hours", HOUR),
    ("hour", HOUR),
    ("hrs", HOUR),
    ("hr", HOUR),
    ("h", HOUR),
    ("時間", HOUR),
    ("minutes", MINUTE),
    ("minute", MINUTE),
    ("mins", MINUTE),
    ("min", MINUTE),
    ("m", MINUTE),
    ("分", MINUTE),
    ("seconds", SECOND),
    ("second", SECOND),
    ("secs", SECOND),
    ("sec", SECOND),
    ("s", SECOND),
    ("秒", SECOND),
];

/// One or more of a number and a unit.
pub(super) fn length(scan: &mut Scan<'_>) -> Option<Length> {
    let mut total = Length::default();
    let mut found = false;
    while let Some(part) = scan.maybe(length_part) {
        total = Length { days: total.days + part.days, seconds: total.seconds + part.seconds };
        found = true;
    }
    found.then_some(total)
}

fn length_part(scan: &mut Scan<'_>) -> Option<Length> {
    scan.skip_blanks();
    if scan.takes("half an hour") {
        return Some(Length { seconds: 1800, ..Length::default() });
    }
    let count = if scan.takes("an") || scan.takes("a") { 1 } else { i64::from(scan.digits(6)?.0) };
    scan.skip_blanks();
    // `2h30m`: a unit of one letter may be followed by a digit, never by a letter.
    let unit = scan.one_of(&UNITS)?;
    let half = if unit.seconds == HOUR.seconds && scan.takes("半") { 1800 } else { 0 };
    Some(Length { days: count * unit.days, seconds: count * unit.seconds + half })
}
