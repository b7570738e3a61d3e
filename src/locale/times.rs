//! Times and lengths of time as people read them: short, absolute first, the day always with its weekday.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeDelta, TimeZone};
use chrono_tz::Tz;

use crate::domain::moment::{Moment, minute};

use super::{Locale, say};

/// What times are told by: the words, the present moment, and the zone that the reader lives in.
pub struct Clock<'a> {
    pub locale: &'a Locale,
    pub now: DateTime<FixedOffset>,
    pub zone: Tz,
}

impl Clock<'_> {
    /// `02:55`
    pub fn time(&self, at: DateTime<FixedOffset>) -> String {
        self.local(at).format("%H:%M").to_string()
    }

    /// The day of `at`: `11/20(金)`, `Fri 20 Nov`.
    pub fn day(&self, at: DateTime<FixedOffset>) -> String {
        self.date(self.local(at).date_naive())
    }

    /// `11/20(金)`, `Fri 20 Nov`; with the year unless it is this one.
    pub fn date(&self, date: NaiveDate) -> String {
        if date.year() != self.today().year() {
            return self.full_date(date);
        }
        let weekday = date.weekday().number_from_monday();
        say!(self.locale, "day", month = date.month(), day = date.day(), weekday = weekday)
    }

    /// `2026/11/20(金)`, `Fri 20 Nov 2026`: for documents, which are read in other years.
    pub fn full_date(&self, date: NaiveDate) -> String {
        let (year, month, day) = (date.year(), date.month(), date.day());
        let weekday = date.weekday().number_from_monday();
        say!(self.locale, "day-of-year", year = year, month = month, day = day, weekday = weekday)
    }

    /// The time alone if it is today, else the day too: `11/19(木) 23:50`.
    pub fn date_time(&self, at: DateTime<FixedOffset>) -> String {
        let time = self.time(at);
        if self.local(at).date_naive() == self.today() {
            return time;
        }
        say!(self.locale, "day-and-time", day = self.day(at), time = time)
    }

    /// Like [`Self::date_time`], and it shows where the moment is approximate: `02:40ごろ`.
    pub fn moment(&self, moment: Moment) -> String {
        let time = self.date_time(moment.at);
        if moment.approximate { say!(self.locale, "time-about", time = time) } else { time }
    }

    /// How far away `at` is: `あと18分`, `3分前`. Counted in the minutes that a clock shows.
    pub fn distance(&self, at: DateTime<FixedOffset>) -> String {
        let ahead = minute(at) - minute(self.now);
        let length = rough_length(self.locale, ahead.abs());
        if ahead.is_zero() {
            let key = if at > self.now { "distance-soon" } else { "distance-just-now" };
            self.locale.text(key)
        } else if ahead > TimeDelta::zero() {
            say!(self.locale, "distance-ahead", length = length)
        } else {
            say!(self.locale, "distance-past", length = length)
        }
    }

    /// By how much `due` has passed: `7分遅れ`; how far away it is while it has not.
    pub fn lateness(&self, due: DateTime<FixedOffset>) -> String {
        if minute(due) >= minute(self.now) {
            return self.distance(due);
        }
        let length = rough_length(self.locale, minute(self.now) - minute(due));
        say!(self.locale, "distance-late", length = length)
    }

    /// `03:55（あと18分）`: absolute first, so that copied text keeps its meaning.
    pub fn time_with_distance(&self, at: DateTime<FixedOffset>) -> String {
        say!(self.locale, "time-with-distance", time = self.date_time(at), distance = self.distance(at))
    }

    fn today(&self) -> NaiveDate {
        self.local(self.now).date_naive()
    }

    fn local(&self, at: DateTime<FixedOffset>) -> DateTime<Tz> {
        self.zone.from_utc_datetime(&at.naive_utc())
    }
}

/// `51分`, `1時間20分`, `2日3時間`, and from a week on whole days; seconds are cut off. Never negative.
pub fn length(locale: &Locale, length: TimeDelta) -> String {
    let (days, hours, minutes) = parts(length);
    match (days, hours, minutes) {
        (0, 0, 0) => locale.text("length-under-a-minute"),
        (0, 0, _) => say!(locale, "length-minutes", minutes = minutes),
        (0, _, 0) => say!(locale, "length-hours", hours = hours),
        (0, _, _) => say!(locale, "length-hours-minutes", hours = hours, minutes = minutes),
        (1..7, 1.., _) => say!(locale, "length-days-hours", days = days, hours = hours),
        _ => say!(locale, "length-days", days = days),
    }
}

/// The same for a length between two moments of which one is approximate: `約51分`.
pub fn about_length(locale: &Locale, about: TimeDelta) -> String {
    say!(locale, "length-about", length = length(locale, about))
}

/// A distance is a matter of days from the second day on.
fn rough_length(locale: &Locale, exact: TimeDelta) -> String {
    let days = exact.num_days();
    if days >= 2 { say!(locale, "length-days", days = days) } else { length(locale, exact) }
}

/// Days, hours and minutes.
fn parts(length: TimeDelta) -> (i64, i64, i64) {
    let minutes = length.num_minutes().max(0);
    (minutes / (24 * 60), minutes / 60 % 24, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Lang;

    /// Friday, 20 November 2026, in Tokyo.
    fn at(time: &str) -> DateTime<FixedOffset> {
        let text = if time.len() == 5 { format!("2026-11-20T{time}:00+09:00") } else { time.to_owned() };
        DateTime::parse_from_rfc3339(&text).unwrap()
    }

    fn in_both(show: impl Fn(&Clock<'_>) -> String) -> [String; 2] {
        [Lang::Ja, Lang::En].map(|lang| {
            let locale = Locale::new(lang);
            show(&Clock { locale: &locale, now: at("03:37"), zone: chrono_tz::Asia::Tokyo })
        })
    }

    #[test]
    fn days_carry_their_weekday_and_another_year_is_named() {
        for (time, ja, en) in [
            ("02:55", "11/20(金)", "Fri 20 Nov"),
            ("2026-11-19T17:55:00Z", "11/20(金)", "Fri 20 Nov"),
            ("2026-03-01T00:00:00+09:00", "3/1(日)", "Sun 1 Mar"),
            ("2025-11-20T02:55:00+09:00", "2025/11/20(木)", "Thu 20 Nov 2025"),
        ] {
            assert_eq!(in_both(|clock| clock.day(at(time))), [ja, en], "{time}");
        }
    }

    #[test]
    fn the_day_is_left_out_today() {
        for (time, ja, en) in [
            ("02:55", "02:55", "02:55"),
            ("2026-11-19T17:55:00Z", "02:55", "02:55"),
            ("2026-11-19T23:50:00+09:00", "11/19(木) 23:50", "Thu 19 Nov 23:50"),
            ("2025-12-31T23:50:00+09:00", "2025/12/31(水) 23:50", "Wed 31 Dec 2025 23:50"),
        ] {
            assert_eq!(in_both(|clock| clock.date_time(at(time))), [ja, en], "{time}");
        }
    }

    #[test]
    fn an_approximate_moment_is_shown_as_such() {
        let moment = Moment::about(at("02:40"));
        assert_eq!(in_both(|clock| clock.moment(moment)), ["02:40ごろ", "about 02:40"]);
        assert_eq!(in_both(|clock| clock.moment(Moment::exact(at("02:40")))), ["02:40", "02:40"]);
    }

    #[test]
    fn distances_point_ahead_or_back() {
        for (time, ja, en) in [
            ("03:55", "あと18分", "in 18 min"),
            ("03:34", "3分前", "3 min ago"),
            ("03:37", "たった今", "just now"),
            ("2026-11-20T03:37:30+09:00", "まもなく", "any moment"),
            ("2026-11-20T03:38:30+09:00", "あと1分", "in 1 min"),
            ("02:17", "1時間20分前", "1 h 20 min ago"),
            ("05:37", "あと2時間", "in 2 h"),
            ("2026-11-19T00:37:00+09:00", "1日3時間前", "1 day 3 h ago"),
            ("2026-11-23T09:00:00+09:00", "あと3日", "in 3 days"),
        ] {
            assert_eq!(in_both(|clock| clock.distance(at(time))), [ja, en], "{time}");
        }
    }

    #[test]
    fn what_is_late_says_by_how_much() {
        for (time, ja, en) in [
            ("03:30", "7分遅れ", "7 min late"),
            ("03:40", "あと3分", "in 3 min"),
            ("2026-11-06T03:37:00+09:00", "14日遅れ", "14 days late"),
        ] {
            assert_eq!(in_both(|clock| clock.lateness(at(time))), [ja, en], "{time}");
        }
        assert_eq!(
            in_both(|clock| clock.time_with_distance(at("03:55"))),
            ["03:55（あと18分）", "03:55 (in 18 min)"]
        );
    }

    #[test]
    fn lengths_use_the_two_largest_units() {
        for (seconds, ja, en) in [
            (0, "1分未満", "under 1 min"),
            (59, "1分未満", "under 1 min"),
            (-5, "1分未満", "under 1 min"),
            (51 * 60 + 59, "51分", "51 min"),
            (60 * 60, "1時間", "1 h"),
            (80 * 60, "1時間20分", "1 h 20 min"),
            (24 * 3600 + 59 * 60, "1日", "1 day"),
            (27 * 3600, "1日3時間", "1 day 3 h"),
            (7 * 24 * 3600 + 3 * 3600, "7日", "7 days"),
        ] {
            let shown = in_both(|clock| length(clock.locale, TimeDelta::seconds(seconds)));
            assert_eq!(shown, [ja, en], "{seconds}");
        }
        assert_eq!(
            in_both(|clock| about_length(clock.locale, TimeDelta::minutes(51))),
            ["約51分", "about 51 min"]
        );
    }
}
