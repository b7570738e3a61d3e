//! The stretch of time that people mean by `2026-11`, `先月`, `今週`, a day, or a moment.

use std::ops::Range;

use chrono::{DateTime, Datelike, Days, FixedOffset, Months, NaiveDate, TimeZone, Weekday};
use chrono_tz::Tz;

use super::text::folded;
use super::time_expression::{TimeError, parse};
use super::time_grammar::{Expression, read};

/// From the beginning of what `text` names to its end: a year, a month, a week, a day, or a moment, which has no length.
pub fn parse_period(
    text: &str,
    now: DateTime<FixedOffset>,
    zone: Tz,
) -> Result<Range<DateTime<FixedOffset>>, TimeError> {
    let plain = folded(text);
    let today = now.with_timezone(&zone).date_naive();
    let midnight = |day: NaiveDate| {
        let at = zone.from_local_datetime(&day.and_hms_opt(0, 0, 0)?).earliest()?;
        Some(at.fixed_offset())
    };
    if let Some((first, months)) = months(&plain, today) {
        let range = || Some(midnight(first)?..midnight(first.checked_add_months(Months::new(months))?)?);
        return range().ok_or_else(|| TimeError::NoSuchDay { text: text.to_owned() });
    }
    if let Some(monday) = monday(&plain, today) {
        let range = || Some(midnight(monday)?..midnight(monday.checked_add_days(Days::new(7))?)?);
        return range().ok_or_else(|| TimeError::NoSuchDay { text: text.to_owned() });
    }
    let at = parse(text, now, zone)?.at;
    if !matches!(read(&plain), Some(Expression::Day(_))) {
        return Ok(at..at);
    }
    let next = at.with_timezone(&zone).date_naive().succ_opt();
    let end = next.and_then(midnight).ok_or_else(|| TimeError::NoSuchDay { text: text.to_owned() })?;
    Ok(at..end)
}

/// The first day of a week.
fn monday(plain: &str, today: NaiveDate) -> Option<NaiveDate> {
    let this_week = today.week(Weekday::Mon).first_day();
    match plain {
        "this week" | "今週" => Some(this_week),
        "last week" | "先週" => this_week.checked_sub_days(Days::new(7)),
        _ => None,
    }
}

/// The first day of a year or a month, and how many months it has.
fn months(plain: &str, today: NaiveDate) -> Option<(NaiveDate, u32)> {
    let this_month = today.with_day(1)?;
    let this_year = this_month.with_month(1)?;
    match plain {
        "this month" | "今月" => return Some((this_month, 1)),
        "last month" | "先月" => return Some((this_month.checked_sub_months(Months::new(1))?, 1)),
        "this year" | "今年" => return Some((this_year, 12)),
        "last year" | "去年" | "昨年" => {
            return Some((this_year.checked_sub_months(Months::new(12))?, 12));
        }
        _ => {}
    }
    let whole = plain.strip_suffix('月').map(|rest| rest.replace('年', "-"));
    let whole = whole.as_deref().unwrap_or_else(|| plain.strip_suffix('年').unwrap_or(plain));
    let (year, month) = match whole.split_once(['-', '/']) {
        Some((year, month)) if !month.is_empty() && month.len() <= 2 => (year, Some(number(month)?)),
        Some(_) => return None,
        None => (whole, None),
    };
    let year = i32::try_from(number(year).filter(|_| year.len() == 4)?).ok()?;
    let first = NaiveDate::from_ymd_opt(year, month.unwrap_or(1), 1)?;
    Some((first, if month.is_some() { 1 } else { 12 }))
}

fn number(digits: &str) -> Option<u32> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let now = DateTime::parse_from_rfc3339("2026-11-20T02:55:00+09:00").expect("a time");
        let found = match parse_period(text, now, chrono_tz::Asia::Tokyo) {
            Ok(period) => {
                let shown = |at: DateTime<FixedOffset>| at.format("%Y-%m-%d %H:%M").to_string();
                format!("{}, {}", shown(period.start), shown(period.end))
            }
            Err(error) => format!("{error:?}"),
        };
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_month_and_a_year_are_whole() {
        for text in ["2026-11", "2026/11", "2026年11月", "２０２６－１１", "this month", "今月"] {
            check(text, "2026-11-01 00:00, 2026-12-01 00:00");
        }
        check("2026-2", "2026-02-01 00:00, 2026-03-01 00:00");
        check("先月", "2026-10-01 00:00, 2026-11-01 00:00");
        for text in ["2025", "2025年", "去年", "last year"] {
            check(text, "2025-01-01 00:00, 2026-01-01 00:00");
        }
    }

    #[test]
    fn a_week_begins_on_monday() {
        for text in ["this week", "今週"] {
            check(text, "2026-11-16 00:00, 2026-11-23 00:00");
        }
        check("先週", "2026-11-09 00:00, 2026-11-16 00:00");
        check("last week", "2026-11-09 00:00, 2026-11-16 00:00");
    }

    #[test]
    fn a_day_lasts_until_the_next() {
        for text in ["2026-11-19", "昨日", "11/19", "yesterday", "20261119"] {
            check(text, "2026-11-19 00:00, 2026-11-20 00:00");
        }
    }

    #[test]
    fn a_moment_has_no_length() {
        check("02:40", "2026-11-20 02:40, 2026-11-20 02:40");
        check("-2h", "2026-11-20 00:55, 2026-11-20 00:55");
        check("昨日 23:50", "2026-11-19 23:50, 2026-11-19 23:50");
    }

    #[test]
    fn what_no_calendar_has_is_an_error() {
        check("2026-13", "NotATime { text: \"2026-13\" }");
        check("", "Empty");
        check("いつか", "NotATime { text: \"いつか\" }");
    }
}
