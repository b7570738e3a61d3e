//! The grammar of times that people type: English and Japanese words and figures to an [`Expression`].

mod clock;
mod day;
mod length;
mod scan;

use chrono::FixedOffset;

use self::clock::{clock, offset};
use self::day::day;
use self::length::length;
use self::scan::Scan;

pub(super) use self::clock::Clock;
pub(super) use self::day::Day;

/// A time as it was typed, before it is known what moment that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expression {
    Now,
    /// So much away from now; negative is ago.
    Distance {
        days: i64,
        seconds: i64,
    },
    /// A time of day, on that day if one is named, in the offset if one is named.
    Clock {
        day: Option<Day>,
        clock: Clock,
        offset: Option<FixedOffset>,
    },
    /// A day without a time.
    Day(Day),
}

/// Reads `text`, which is in NFKC and lower case; none if it is no time.
pub(super) fn read(text: &str) -> Option<Expression> {
    let whole = |parse: fn(&mut Scan<'_>) -> Option<Expression>| {
        let mut scan = Scan(text);
        let expression = parse(&mut scan)?;
        scan.skip_blanks();
        scan.0.is_empty().then_some(expression)
    };
    [now, signed_distance, distance, day_then_clock, clock_then_day].into_iter().find_map(whole)
}

fn now(scan: &mut Scan<'_>) -> Option<Expression> {
    ["now", "たった今", "ただいま", "今", "いま"]
        .into_iter()
        .any(|word| scan.takes(word))
        .then_some(Expression::Now)
}

/// `-12m`, `-2h30m`, `+20m`.
fn signed_distance(scan: &mut Scan<'_>) -> Option<Expression> {
    let sign = scan.one_of(&[("-", -1), ("+", 1)])?;
    length(scan).map(|length| length.away(sign))
}

/// `15分前`, `1時間半前`, `15 min ago`, `in 20 minutes`, `20分後`.
fn distance(scan: &mut Scan<'_>) -> Option<Expression> {
    let ahead = scan.takes("in");
    let length = length(scan)?;
    scan.skip_blanks();
    let sides = [("ago", -1), ("前", -1), ("まえ", -1), ("later", 1), ("from now", 1), ("後", 1)];
    let sign = if ahead { 1 } else { scan.one_of(&sides)? };
    Some(length.away(sign))
}

fn day_then_clock(scan: &mut Scan<'_>) -> Option<Expression> {
    let day = scan.maybe(day);
    // The `T` of RFC 3339 is in lower case like everything here; a time of day may follow it at once.
    let joined = ["の", "、", ","].into_iter().any(|word| scan.takes(word));
    if day.is_some() && !joined {
        scan.0 = scan.0.strip_prefix('t').unwrap_or(scan.0);
    }
    match (day, scan.maybe(clock)) {
        (day, Some(clock)) => Some(Expression::Clock { day, clock, offset: scan.maybe(offset) }),
        (Some(day), None) => Some(Expression::Day(day)),
        (None, None) => None,
    }
}

fn clock_then_day(scan: &mut Scan<'_>) -> Option<Expression> {
    let clock = clock(scan)?;
    scan.takes(" on");
    Some(Expression::Clock { day: Some(day(scan)?), clock, offset: None })
}
