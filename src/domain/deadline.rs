//! When something is due that a policy wants within a span of time.

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, TimeDelta, TimeZone, Weekday};
use chrono_tz::Tz;

use super::policy::Span;

/// When `span` from `from` is over: the last moment at which it is not late. None beyond the calendar's end.
///
/// Minutes are time that passes; days keep the local time of day. Working days leave out weekends and `holidays` and
/// end with the last second of their day: one of them from any time on Friday is the end of Monday.
pub fn deadline(
    span: Span,
    from: DateTime<FixedOffset>,
    zone: Tz,
    holidays: &[NaiveDate],
) -> Option<DateTime<FixedOffset>> {
    let local = from.with_timezone(&zone).naive_local();
    let due = match span {
        Span::Minutes(minutes) => return from.checked_add_signed(TimeDelta::minutes(minutes.into())),
        Span::Days(days) => local.checked_add_days(Days::new(days.into()))?,
        Span::WorkingDays(days) => {
            let last =
                working_days_after(local.date(), holidays).nth(days.checked_sub(1)?.try_into().ok()?)?;
            last.and_hms_opt(23, 59, 59)?
        }
    };
    let found = zone.from_local_datetime(&due).earliest();
    // Where the clocks skip that time, the first hour that they show after it.
    let due = found.or_else(|| zone.from_local_datetime(&(due + TimeDelta::hours(1))).earliest())?;
    Some(due.fixed_offset())
}

/// The days after `date` on which people work.
fn working_days_after(date: NaiveDate, holidays: &[NaiveDate]) -> impl Iterator<Item = NaiveDate> {
    let days = std::iter::successors(date.succ_opt(), NaiveDate::succ_opt);
    days.filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !holidays.contains(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From Friday, 20 November 2026, 02:55 in Tokyo; the Monday after is a holiday.
    #[track_caller]
    fn check(span: &str, expected: &str) {
        let from = DateTime::parse_from_rfc3339("2026-11-20T02:55:00+09:00").unwrap();
        let holidays = [NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()];
        let due = deadline(Span::parse(span).unwrap(), from, chrono_tz::Asia::Tokyo, &holidays);
        assert_eq!(due.map(|due| due.to_rfc3339()).as_deref(), Some(expected), "{span}");
    }

    #[test]
    fn time_passes_by_minutes_and_days() {
        check("20m", "2026-11-20T03:15:00+09:00");
        check("4h", "2026-11-20T06:55:00+09:00");
        check("3d", "2026-11-23T02:55:00+09:00");
        check("2w", "2026-12-04T02:55:00+09:00");
    }

    #[test]
    fn working_days_leave_out_weekends_and_holidays() {
        check("1bd", "2026-11-24T23:59:59+09:00");
        check("3bd", "2026-11-26T23:59:59+09:00");
        check("5bd", "2026-11-30T23:59:59+09:00");
    }

    #[test]
    fn a_day_keeps_its_time_when_the_clocks_change() {
        let from = DateTime::parse_from_rfc3339("2026-03-07T02:30:00-05:00").unwrap();
        let due = deadline(Span::Days(1), from, chrono_tz::America::New_York, &[]);
        assert_eq!(due.map(|due| due.to_rfc3339()).as_deref(), Some("2026-03-08T03:30:00-04:00"));
        let due = deadline(Span::Days(2), from, chrono_tz::America::New_York, &[]);
        assert_eq!(due.map(|due| due.to_rfc3339()).as_deref(), Some("2026-03-09T02:30:00-04:00"));
    }
}
