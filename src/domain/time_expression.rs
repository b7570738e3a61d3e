//! What moment people mean by `02:40`, `15分前`, `昨日 23:50頃` or `25:40`.

use std::error::Error;
use std::fmt;
use std::ops::RangeInclusive;

use chrono::{
    DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone,
};
use chrono_tz::Tz;
use unicode_normalization::UnicodeNormalization;

use crate::failure::Message;

use super::moment::Moment;
use super::time_grammar::{Clock, Day, Expression, read};

/// Why a text gives no moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimeError {
    Empty,
    /// It is none of the known forms.
    NotATime {
        text: String,
    },
    /// No calendar has that day.
    NoSuchDay {
        text: String,
    },
    /// No clock shows that time: hours end at 29, minutes at 59.
    NoSuchTime {
        text: String,
    },
    /// A night or a morning without a time of day.
    NoTimeOfDay {
        text: String,
    },
    /// It is yet to come, where only what has happened makes sense.
    Future {
        text: String,
        now: DateTime<FixedOffset>,
    },
    /// A year for which no offsets or no dates are written.
    OutOfRange {
        text: String,
    },
}

impl TimeError {
    /// The message of `locales/`; `time-forms` is the hint that goes with it.
    pub fn message(&self) -> Message {
        match self {
            Self::Empty => Message::new("time-empty"),
            Self::NotATime { text } => Message::new("time-not-a-time").with("text", text),
            Self::NoSuchDay { text } => Message::new("time-no-such-day").with("text", text),
            Self::NoSuchTime { text } => Message::new("time-no-such-time").with("text", text),
            Self::NoTimeOfDay { text } => Message::new("time-no-time-of-day").with("text", text),
            Self::Future { text, now } => {
                Message::new("time-future").with("text", text).with("now", now.format("%Y-%m-%d %H:%M"))
            }
            Self::OutOfRange { text } => Message::new("time-out-of-range")
                .with("text", text)
                .with("first", YEARS.start().to_string())
                .with("last", YEARS.end().to_string()),
        }
    }
}

/// For logs and tests only.
impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl Error for TimeError {}

/// 29 February comes every fourth year, but for three centuries in four.
const LEAP_YEARS_APART: i32 = 8;

/// Offsets were not whole minutes before, and RFC 3339 has no later year.
const YEARS: RangeInclusive<i32> = 1972..=9999;

/// Which moment is meant where a text fits several.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Toward {
    /// The last one that is not after now.
    Past,
    /// The first one that is not before now.
    Future,
}

/// The moment that `text` names, for what happened: `02:40` is the last such moment at or before `now`.
///
/// The offset of the result is that of `zone`. A time that a change of the clocks skips is taken with the offset
/// before the change (RFC 5545, 3.3.5), one that it repeats is the last of the two that is not after `now`. A day
/// alone is its beginning, approximately.
pub fn parse(text: &str, now: DateTime<FixedOffset>, zone: Tz) -> Result<Moment, TimeError> {
    resolve(text, now, zone, Toward::Past)
}

/// Like [`parse`], where only what has happened makes sense.
pub fn parse_past(text: &str, now: DateTime<FixedOffset>, zone: Tz) -> Result<Moment, TimeError> {
    let moment = parse(text, now, zone)?;
    let is_over = moment.at <= now;
    let now = now.with_timezone(&zone).fixed_offset();
    if is_over { Ok(moment) } else { Err(TimeError::Future { text: text.to_owned(), now }) }
}

/// The moment that `text` names, for what is promised: `04:30` is the next such moment at or after `now`.
pub fn parse_next(text: &str, now: DateTime<FixedOffset>, zone: Tz) -> Result<Moment, TimeError> {
    resolve(text, now, zone, Toward::Future)
}

/// The day that `text` names, for what is due: `12/4`, `明日` and `金曜` are the next such day from `today` on.
pub fn parse_due_day(text: &str, today: NaiveDate) -> Result<NaiveDate, TimeError> {
    let plain = plain(text)?;
    let no_such_day = || TimeError::NoSuchDay { text: text.to_owned() };
    match read(&plain) {
        Some(Expression::Day(day)) => date(day, today, Toward::Future).ok_or_else(no_such_day),
        Some(Expression::Distance { days, seconds: 0 }) => today
            .checked_add_signed(TimeDelta::try_days(days).ok_or_else(no_such_day)?)
            .ok_or_else(no_such_day),
        _ => Err(TimeError::NotATime { text: text.to_owned() }),
    }
}

fn resolve(text: &str, now: DateTime<FixedOffset>, zone: Tz, toward: Toward) -> Result<Moment, TimeError> {
    let plain = plain(text)?;
    let (rest, about) = without_about(&plain);
    let expression = read(&rest).ok_or_else(|| TimeError::NotATime { text: text.to_owned() })?;
    let place = Place { text, now, zone };
    let (at, exact) = match expression {
        Expression::Now => (now, true),
        Expression::Distance { days, seconds } => (place.away(days, seconds)?, true),
        Expression::Clock { day, clock, offset } => (place.at(day, clock, offset, toward)?, true),
        Expression::Day(day) => (place.start_of(day, toward)?, false),
    };
    if !YEARS.contains(&at.year()) {
        return Err(TimeError::OutOfRange { text: text.to_owned() });
    }
    let at = zone.from_utc_datetime(&at.naive_utc()).fixed_offset();
    Ok(if about || !exact { Moment::about(at) } else { Moment::exact(at) })
}

/// What was typed, with the input method's forms made plain and in lower case.
fn plain(text: &str) -> Result<String, TimeError> {
    let dashes = |c| match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | 'ー' => '-',
        '〜' => '~',
        other => other,
    };
    let plain: String = text.nfkc().map(dashes).flat_map(char::to_lowercase).collect();
    let plain = plain.trim();
    if plain.is_empty() { Err(TimeError::Empty) } else { Ok(plain.to_owned()) }
}

/// The text without the words for "about", and whether there were any.
fn without_about(text: &str) -> (String, bool) {
    let mut rest = text;
    for before in ["~", "about ", "around ", "approx. ", "ca. ", "約", "およそ"] {
        rest = rest.strip_prefix(before).unwrap_or(rest).trim_start();
    }
    for after in ["頃", "ごろ", "ころ", "くらい", "ぐらい", "あたり", "~"] {
        rest = rest.strip_suffix(after).unwrap_or(rest).trim_end();
    }
    let mut about = rest.len() < text.len();
    let mut rest = rest.to_owned();
    for (inside, plain) in [("ほど前", "前"), ("くらい前", "前"), ("ぐらい前", "前")] {
        if let Some(start) = rest.strip_suffix(inside) {
            rest = format!("{start}{plain}");
            about = true;
        }
    }
    (rest, about)
}

/// Where and when `text` was typed.
struct Place<'a> {
    text: &'a str,
    now: DateTime<FixedOffset>,
    zone: Tz,
}

impl Place<'_> {
    /// Days are days of the calendar, the rest is time that passes.
    fn away(&self, days: i64, seconds: i64) -> Result<DateTime<FixedOffset>, TimeError> {
        let from = if days == 0 {
            Some(self.now)
        } else {
            let local = self.local(None, self.now);
            TimeDelta::try_days(days)
                .and_then(|days| local.checked_add_signed(days))
                .and_then(|there| self.instant(there, None))
        };
        let length = TimeDelta::try_seconds(seconds);
        let at = from.zip(length).and_then(|(from, length)| from.checked_add_signed(length));
        at.ok_or_else(|| self.no_such_day())
    }

    fn at(
        &self,
        day: Option<Day>,
        clock: Clock,
        offset: Option<FixedOffset>,
        toward: Toward,
    ) -> Result<DateTime<FixedOffset>, TimeError> {
        if clock.hour > 29 || clock.minute > 59 || clock.second > 59 {
            return Err(TimeError::NoSuchTime { text: self.text.to_owned() });
        }
        let today = self.local(offset, self.now).date();
        let on = |date: NaiveDate, clock| self.on(date, clock, offset);
        let fits = |at: &DateTime<FixedOffset>| match toward {
            Toward::Past => *at <= self.now,
            Toward::Future => *at >= self.now,
        };
        let at = match day {
            None => {
                let clock = Clock { hour: clock.hour % 24, ..clock };
                nearest(today, 1, toward).find_map(|date| on(date, clock).filter(fits))
            }
            Some(day @ Day::Weekday(_)) => {
                let same_days =
                    date(day, today, toward).into_iter().flat_map(|date| nearest(date, 7, toward));
                same_days.into_iter().find_map(|date| on(date, clock).filter(fits))
            }
            Some(Day::LastNight) => {
                let (days_ago, clock) = last_night(clock);
                nearest(today - days_ago, 1, Toward::Past)
                    .find_map(|date| on(date, clock).filter(|at| *at <= self.now))
            }
            Some(Day::Tonight) => on(today, evening(clock)),
            Some(day) => date(day, today, toward).and_then(|date| on(date, clock)),
        };
        at.ok_or_else(|| self.no_such_day())
    }

    fn start_of(&self, day: Day, toward: Toward) -> Result<DateTime<FixedOffset>, TimeError> {
        if matches!(day, Day::LastNight | Day::ThisMorning | Day::Tonight) {
            return Err(TimeError::NoTimeOfDay { text: self.text.to_owned() });
        }
        let date = date(day, self.local(None, self.now).date(), toward);
        let start = date.and_then(|date| self.instant(date.and_time(NaiveTime::MIN), None));
        start.ok_or_else(|| self.no_such_day())
    }

    /// The moment at which the clocks show `clock`, on `date` or in the night after it.
    fn on(
        &self,
        date: NaiveDate,
        clock: Clock,
        offset: Option<FixedOffset>,
    ) -> Option<DateTime<FixedOffset>> {
        let date = date.checked_add_days(Days::new(u64::from(clock.hour / 24)))?;
        self.instant(date.and_hms_opt(clock.hour % 24, clock.minute, clock.second)?, offset)
    }

    /// The moment of a local time: see [`parse`] for what the changes of the clocks make of it.
    fn instant(&self, local: NaiveDateTime, offset: Option<FixedOffset>) -> Option<DateTime<FixedOffset>> {
        if let Some(offset) = offset {
            return offset.from_local_datetime(&local).single();
        }
        let found = self.zone.from_local_datetime(&local).map(|at| at.fixed_offset());
        match (found.earliest(), found.latest()) {
            (Some(first), Some(last)) => Some(if last <= self.now { last } else { first }),
            _ => {
                let day = TimeDelta::days(1);
                let before = self.zone.from_local_datetime(&local.checked_sub_signed(day)?).earliest()?;
                before.fixed_offset().checked_add_signed(day)
            }
        }
    }

    fn local(&self, offset: Option<FixedOffset>, at: DateTime<FixedOffset>) -> NaiveDateTime {
        match offset {
            Some(offset) => at.with_timezone(&offset).naive_local(),
            None => at.with_timezone(&self.zone).naive_local(),
        }
    }

    fn no_such_day(&self) -> TimeError {
        TimeError::NoSuchDay { text: self.text.to_owned() }
    }
}

/// `date`, and the one `days` from it towards the past or the future.
fn nearest(date: NaiveDate, days: u64, toward: Toward) -> impl Iterator<Item = NaiveDate> {
    [Some(date), shifted(date, days, toward)].into_iter().flatten()
}

fn shifted(date: NaiveDate, days: u64, toward: Toward) -> Option<NaiveDate> {
    match toward {
        Toward::Past => date.checked_sub_days(Days::new(days)),
        Toward::Future => date.checked_add_days(Days::new(days)),
    }
}

/// The date that `day` is, seen from `today`; none if the calendar has no such day.
fn date(day: Day, today: NaiveDate, toward: Toward) -> Option<NaiveDate> {
    match day {
        Day::Away(days) => today.checked_add_signed(TimeDelta::try_days(days)?),
        Day::LastNight => today.pred_opt(),
        Day::ThisMorning | Day::Tonight => Some(today),
        Day::Date { year, month, day } => NaiveDate::from_ymd_opt(year, month, day),
        Day::Weekday(weekday) => {
            (0..7).filter_map(|days| shifted(today, days, toward)).find(|date| date.weekday() == weekday)
        }
        Day::Yearless { month, day } => {
            let dates = (0..=LEAP_YEARS_APART).filter_map(|years| match toward {
                Toward::Past => NaiveDate::from_ymd_opt(today.year() - years, month, day),
                Toward::Future => NaiveDate::from_ymd_opt(today.year() + years, month, day),
            });
            dates
                .into_iter()
                .find(|date| if toward == Toward::Past { *date <= today } else { *date >= today })
        }
    }
}

/// How many days before today the clock of last night is to be read, and that clock on 24 hours: `昨夜 9時` is in
/// the evening, `昨夜 1:30` after midnight.
fn last_night(clock: Clock) -> (TimeDelta, Clock) {
    match clock.hour {
        0..6 => (TimeDelta::zero(), clock),
        _ => (TimeDelta::days(1), evening(clock)),
    }
}

/// What is said of an evening on a clock of 12 hours.
fn evening(clock: Clock) -> Clock {
    let hour = if (5..12).contains(&clock.hour) { clock.hour + 12 } else { clock.hour };
    Clock { hour, ..clock }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339(text).unwrap()
    }

    /// Friday, 20 November 2026, 02:55:12 in Tokyo.
    fn now() -> DateTime<FixedOffset> {
        at("2026-11-20T02:55:12+09:00")
    }

    /// `expected` is the front matter's form without `2026-` and the offset.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let moment = parse(text, now(), chrono_tz::Asia::Tokyo).map(|moment| moment.to_string());
        let (about, rest) = expected.strip_prefix('~').map_or(("", expected), |rest| ("~", rest));
        let rest = if rest.len() == 11 { format!("{rest}:00") } else { rest.to_owned() };
        let year = if rest.len() == 14 { "2026-" } else { "" };
        assert_eq!(moment, Ok(format!("{about}{year}{rest}+09:00")), "{text}");
    }

    #[test]
    fn rfc_3339_and_what_is_nearly_so() {
        check("2026-11-19T23:50:30+09:00", "11-19T23:50:30");
        check("2026-11-19T14:50:30Z", "11-19T23:50:30");
        check("2026-11-19 23:50:30+09:00", "11-19T23:50:30");
        check("2026-11-19T23:50+09:00", "11-19T23:50");
        check("2026-11-19T23:50", "11-19T23:50");
        check("2026-11-19 23:50", "11-19T23:50");
        check("2026-11-19 09:50 -05:00", "11-19T23:50");
        check("2026-11-19T23:50:30.5+0900", "11-19T23:50:30");
        check("20261119 23:50", "11-19T23:50");
        check("~2026-11-19T23:50:00+09:00", "~11-19T23:50");
        check("17:40Z", "11-20T02:40");
        check("11/19 17:40 UTC", "11-20T02:40");
        check("02:40 JST", "11-20T02:40");
    }

    #[test]
    fn a_time_of_day_is_the_last_one() {
        check("02:40", "11-20T02:40");
        check("2:40", "11-20T02:40");
        check("02:55:12", "11-20T02:55:12");
        check("02:55:13", "11-19T02:55:13");
        check("02:56", "11-19T02:56");
        check("23:50", "11-19T23:50");
        check("25:40", "11-20T01:40");
        check("27:10", "11-19T03:10");
        check("24:00", "11-20T00:00");
        check("11pm", "11-19T23:00");
        check("2:40 am", "11-20T02:40");
        check("12am", "11-20T00:00");
        check("12:30 PM", "11-19T12:30");
        check("午後11時50分", "11-19T23:50");
        check("午前0時", "11-20T00:00");
        check("2時40分", "11-20T02:40");
        check("2時40分30秒", "11-20T02:40:30");
        check("23時半", "11-19T23:30");
        check("2時", "11-20T02:00");
        check("25時半", "11-20T01:30");
    }

    #[test]
    fn distances_reach_back_from_now() {
        for now in ["now", "今", "いま", "たった今", "-0m"] {
            check(now, "11-20T02:55:12");
        }
        check("-12m", "11-20T02:43:12");
        check("-90s", "11-20T02:53:42");
        check("-1h", "11-20T01:55:12");
        check("-2h30m", "11-20T00:25:12");
        check("-1d", "11-19T02:55:12");
        check("−12m", "11-20T02:43:12");
        check("15分前", "11-20T02:40:12");
        check("１５分前", "11-20T02:40:12");
        check("15 分 前", "11-20T02:40:12");
        check("2時間前", "11-20T00:55:12");
        check("1時間半前", "11-20T01:25:12");
        check("1時間30分前", "11-20T01:25:12");
        check("3日前", "11-17T02:55:12");
        check("15分ほど前", "~11-20T02:40:12");
        check("約2時間前", "~11-20T00:55:12");
        check("15 min ago", "11-20T02:40:12");
        check("2 hours ago", "11-20T00:55:12");
        check("1 hour 30 minutes ago", "11-20T01:25:12");
        check("an hour ago", "11-20T01:55:12");
        check("half an hour ago", "11-20T02:25:12");
        check("a week ago", "11-13T02:55:12");
        check("about 15m ago", "~11-20T02:40:12");
        check("20分後", "11-20T03:15:12");
        check("in 20 minutes", "11-20T03:15:12");
        check("+20m", "11-20T03:15:12");
    }

    #[test]
    fn days_have_names_in_both_languages() {
        for yesterday in
            ["yesterday", "昨日", "きのう", "昨夜", "昨晩", "last night", "木曜", "木曜日", "Thursday"]
        {
            check(&format!("{yesterday} 23:50"), "11-19T23:50");
        }
        check("昨日23:50", "11-19T23:50");
        check("昨日の23時50分", "11-19T23:50");
        check("23:50 yesterday", "11-19T23:50");
        check("23:50 on Thursday", "11-19T23:50");
        check("昨日 25:40", "11-20T01:40");
        check("昨夜 1:30", "11-20T01:30");
        check("昨夜 9時", "11-19T21:00");
        check("昨夜 2:58", "11-19T02:58");
        check("一昨日 23:50", "11-18T23:50");
        check("おととい 9:00", "11-18T09:00");
        check("今日 9:00", "11-20T09:00");
        check("today 0:10", "11-20T00:10");
        check("今朝 2時", "11-20T02:00");
        check("今夜 9時", "11-20T21:00");
        check("明日 9:00", "11-21T09:00");
        check("金曜 2:40", "11-20T02:40");
        check("fri 23:50", "11-13T23:50");
        check("月曜 10:00", "11-16T10:00");
    }

    #[test]
    fn dates_may_lack_their_year() {
        check("11-19 23:50", "11-19T23:50");
        check("11/19 23:50", "11-19T23:50");
        check("11/19(木) 23:50", "11-19T23:50");
        check("１１／１９（木）　２３：５０", "11-19T23:50");
        check("11月19日 23時50分", "11-19T23:50");
        check("2026年11月19日23時50分", "11-19T23:50");
        check("2026/11/19 23:50", "11-19T23:50");
        check("Thu 19 Nov 23:50", "11-19T23:50");
        check("nov 19, 2026 23:50", "11-19T23:50");
        check("12/31 23:50", "2025-12-31T23:50:00");
        check("11/19 25:40", "11-20T01:40");
        check("2/29 10:00", "2024-02-29T10:00:00");
    }

    #[test]
    fn about_is_kept() {
        for text in [
            "~02:40",
            "～02:40",
            "〜０２：４０",
            "02:40頃",
            "02:40ごろ",
            "02:40 頃",
            "約02:40",
            "about 02:40",
            "2時40分ごろ",
        ] {
            check(text, "~11-20T02:40");
        }
        check("昨日 23:50頃", "~11-19T23:50");
        check("昨日", "~11-19T00:00");
        check("一昨日", "~11-18T00:00");
        check("2026-11-19", "~11-19T00:00");
        check("月曜", "~11-16T00:00");
    }

    #[test]
    fn what_is_no_time_says_why() {
        let parse = |text: &str| parse_past(text, now(), chrono_tz::Asia::Tokyo);
        for text in ["", "  ", "　"] {
            assert_eq!(parse(text), Err(TimeError::Empty), "{text:?}");
        }
        for text in [
            "soon",
            "2",
            "12",
            "2:4",
            "15分",
            "ago",
            "02:40 xyz",
            "2時15分前",
            "13 pm",
            "さっき",
            "-",
            "月",
            "~",
        ] {
            assert_eq!(parse(text), Err(TimeError::NotATime { text: text.to_owned() }));
        }
        for text in ["2/30 10:00", "13/1 10:00", "2026-02-29 10:00"] {
            assert_eq!(parse(text), Err(TimeError::NoSuchDay { text: text.to_owned() }));
        }
        for text in ["30:00", "02:60", "2時99分", "02:40:61"] {
            assert_eq!(parse(text), Err(TimeError::NoSuchTime { text: text.to_owned() }));
        }
        for text in ["昨夜", "今朝", "tonight"] {
            assert_eq!(parse(text), Err(TimeError::NoTimeOfDay { text: text.to_owned() }));
        }
        let future = TimeError::Future { text: "今日 9:00".to_owned(), now: now() };
        assert_eq!(parse("今日 9:00"), Err(future));
        for text in ["1970-01-01", "-999999d"] {
            assert_eq!(parse(text), Err(TimeError::OutOfRange { text: text.to_owned() }));
        }
    }

    #[test]
    fn a_promise_is_the_next_one() {
        for (text, expected) in [
            ("04:30頃", "~2026-11-20T04:30:00+09:00"),
            ("02:40", "2026-11-21T02:40:00+09:00"),
            ("20分後", "2026-11-20T03:15:12+09:00"),
            ("金曜 2:00", "2026-11-27T02:00:00+09:00"),
            ("1/5 10:00", "2027-01-05T10:00:00+09:00"),
            ("明日", "~2026-11-21T00:00:00+09:00"),
        ] {
            let moment = parse_next(text, now(), chrono_tz::Asia::Tokyo).map(|moment| moment.to_string());
            assert_eq!(moment.as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_due_has_a_day() {
        let due = |text: &str| parse_due_day(text, now().date_naive()).map(|date| date.to_string());
        for (text, expected) in [
            ("12/4", "2026-12-04"),
            ("1/5", "2027-01-05"),
            ("2026-12-04", "2026-12-04"),
            ("12月4日", "2026-12-04"),
            ("明日", "2026-11-21"),
            ("金曜", "2026-11-20"),
            ("monday", "2026-11-23"),
            ("3日後", "2026-11-23"),
            ("+2w", "2026-12-04"),
        ] {
            assert_eq!(due(text).as_deref(), Ok(expected), "{text}");
        }
        assert_eq!(due("02:40"), Err(TimeError::NotATime { text: "02:40".to_owned() }));
        assert_eq!(due("2/30"), Err(TimeError::NoSuchDay { text: "2/30".to_owned() }));
    }

    #[test]
    fn clocks_that_change_are_followed() {
        let new_york = |text: &str, now: &str| {
            parse(text, at(now), chrono_tz::America::New_York).map(|moment| moment.to_string())
        };
        for (text, now, expected) in [
            // 2026-03-08: 02:00 to 03:00 is skipped.
            ("2026-03-08 02:30", "2026-03-08T12:00:00-04:00", "2026-03-08T03:30:00-04:00"),
            ("-1d", "2026-03-08T12:00:00-04:00", "2026-03-07T12:00:00-05:00"),
            ("-12h", "2026-03-08T12:00:00-04:00", "2026-03-07T23:00:00-05:00"),
            // 2026-11-01: 01:00 to 02:00 comes twice.
            ("01:30", "2026-11-01T12:00:00-05:00", "2026-11-01T01:30:00-05:00"),
            ("01:30", "2026-11-01T01:40:00-04:00", "2026-11-01T01:30:00-04:00"),
            ("2026-11-01T01:30:00-04:00", "2026-11-01T12:00:00-05:00", "2026-11-01T01:30:00-04:00"),
        ] {
            assert_eq!(new_york(text, now).as_deref(), Ok(expected), "{text} at {now}");
        }
    }
}
