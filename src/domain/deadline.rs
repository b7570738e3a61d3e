//! When something is due that a policy wants within a span of time.

use chrono::{
    DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Weekday,
};
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
    in_zone(due, zone)
}

/// The local time in `zone`; where the clocks skip it, the first hour that they show after it.
fn in_zone(local: NaiveDateTime, zone: Tz) -> Option<DateTime<FixedOffset>> {
    let found = zone.from_local_datetime(&local).earliest();
    let found = found.or_else(|| zone.from_local_datetime(&(local + TimeDelta::hours(1))).earliest())?;
    Some(found.fixed_offset())
}

/// When people work on working days, in the store's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkingHours {
    pub from: NaiveTime,
    /// The first moment that is no longer in them.
    pub until: NaiveTime,
}

impl Default for WorkingHours {
    /// Nine to six.
    fn default() -> Self {
        let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("a time of day");
        Self { from: time(9), until: time(18) }
    }
}

impl WorkingHours {
    /// Reads `09:00-18:00`; none unless the day ends after it began.
    pub fn parse(text: &str) -> Option<Self> {
        let (from, until) = text.split_once('-')?;
        let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
        Some(Self { from: time(from)?, until: time(until)? }).filter(|hours| hours.from < hours.until)
    }

    /// `at` if people work then, else the next moment at which they begin. None beyond the calendar's end.
    pub fn next(
        self,
        at: DateTime<FixedOffset>,
        zone: Tz,
        holidays: &[NaiveDate],
    ) -> Option<DateTime<FixedOffset>> {
        let local = at.with_timezone(&zone).naive_local();
        let (date, time) = (local.date(), local.time());
        if is_working_day(date, holidays) && time < self.until {
            return if time >= self.from { Some(at) } else { in_zone(date.and_time(self.from), zone) };
        }
        in_zone(working_days_after(date, holidays).next()?.and_time(self.from), zone)
    }
}

fn is_working_day(day: NaiveDate, holidays: &[NaiveDate]) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !holidays.contains(&day)
}

/// The days after `date` on which people work.
fn working_days_after(date: NaiveDate, holidays: &[NaiveDate]) -> impl Iterator<Item = NaiveDate> {
    let days = std::iter::successors(date.succ_opt(), NaiveDate::succ_opt);
    days.filter(|day| is_working_day(*day, holidays))
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
    fn work_goes_on_in_the_next_working_hours() {
        let holidays = [NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()];
        let hours = WorkingHours::parse("09:00-18:00").unwrap();
        assert_eq!(hours, WorkingHours::default());
        for (at, expected) in [
            ("2026-11-20T02:55:00+09:00", "2026-11-20T09:00:00+09:00"),
            ("2026-11-20T09:00:00+09:00", "2026-11-20T09:00:00+09:00"),
            ("2026-11-20T17:59:59+09:00", "2026-11-20T17:59:59+09:00"),
            ("2026-11-20T18:00:00+09:00", "2026-11-24T09:00:00+09:00"),
            ("2026-11-21T12:00:00+09:00", "2026-11-24T09:00:00+09:00"),
        ] {
            let at = DateTime::parse_from_rfc3339(at).unwrap();
            let next = hours.next(at, chrono_tz::Asia::Tokyo, &holidays).unwrap();
            assert_eq!(next.to_rfc3339(), expected, "{at}");
        }
        for text in ["", "9", "18:00-09:00", "09:00-09:00", "25:00-26:00"] {
            assert_eq!(WorkingHours::parse(text), None, "{text}");
        }
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
