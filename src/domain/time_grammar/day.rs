//! Days as people type them: `昨日`, `11/19(木)`, `19 Nov`, `Thursday`.

use chrono::Weekday;

use super::scan::Scan;

/// A day as it was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::domain) enum Day {
    /// So many days from today.
    Away(i64),
    /// The night that began on the evening before today.
    LastNight,
    ThisMorning,
    Tonight,
    Weekday(Weekday),
    /// Of a year that is not named.
    Yearless {
        month: u32,
        day: u32,
    },
    Date {
        year: i32,
        month: u32,
        day: u32,
    },
}

const DAY_WORDS: [(&str, Day); 22] = [
    ("the day before yesterday", Day::Away(-2)),
    ("yesterday", Day::Away(-1)),
    ("today", Day::Away(0)),
    ("tomorrow", Day::Away(1)),
    ("last night", Day::LastNight),
    ("this morning", Day::ThisMorning),
    ("tonight", Day::Tonight),
    ("一昨日", Day::Away(-2)),
    ("おととい", Day::Away(-2)),
    ("昨日", Day::Away(-1)),
    ("きのう", Day::Away(-1)),
    ("今日", Day::Away(0)),
    ("きょう", Day::Away(0)),
    ("本日", Day::Away(0)),
    ("明日", Day::Away(1)),
    ("あした", Day::Away(1)),
    ("昨夜", Day::LastNight),
    ("昨晩", Day::LastNight),
    ("ゆうべ", Day::LastNight),
    ("今朝", Day::ThisMorning),
    ("今夜", Day::Tonight),
    ("今晩", Day::Tonight),
];

pub(super) fn day(scan: &mut Scan<'_>) -> Option<Day> {
    scan.skip_blanks();
    if let Some(day) = scan.one_of(&DAY_WORDS) {
        return Some(day);
    }
    let date = scan.maybe(english_date).or_else(|| scan.maybe(date));
    if date.is_some() {
        scan.maybe(weekday_in_brackets);
        return date;
    }
    weekday(scan).map(Day::Weekday)
}

/// `2026-11-19`, `2026/11/19`, `20261119`, `2026年11月19日`, and the same without the year.
fn date(scan: &mut Scan<'_>) -> Option<Day> {
    let (first, len) = scan.digits(8)?;
    match len {
        8 => {
            let (year, month_day) = (first / 10_000, first % 10_000);
            Some(Day::Date { year: year.try_into().ok()?, month: month_day / 100, day: month_day % 100 })
        }
        4 => {
            let separator = scan.one_of(&[("-", "-"), ("/", "/"), ("年", "月")])?;
            let (month, day) = month_and_day(scan, separator)?;
            Some(Day::Date { year: first.try_into().ok()?, month, day })
        }
        1 | 2 => {
            let separator = scan.one_of(&[("-", "-"), ("/", "/"), ("月", "月")])?;
            Some(Day::Yearless { month: first, day: last_part(scan, separator)? })
        }
        _ => None,
    }
}

fn month_and_day(scan: &mut Scan<'_>, separator: &str) -> Option<(u32, u32)> {
    let month = scan.number()?;
    if !scan.takes(separator) {
        return None;
    }
    Some((month, last_part(scan, separator)?))
}

fn last_part(scan: &mut Scan<'_>, separator: &str) -> Option<u32> {
    let day = scan.number()?;
    (separator != "月" || scan.takes("日")).then_some(day)
}

/// `19 nov`, `nov 19`, `thu 19 nov 2026`.
fn english_date(scan: &mut Scan<'_>) -> Option<Day> {
    if scan.maybe(weekday).is_some() && !scan.takes(",") {
        scan.skip_blanks();
    }
    scan.skip_blanks();
    let leading = scan.maybe(month);
    scan.skip_blanks();
    let day = scan.number()?;
    scan.skip_blanks();
    let month = leading.or_else(|| month(scan))?;
    let year = scan.maybe(|scan| {
        scan.takes(",");
        scan.skip_blanks();
        scan.digits(4).filter(|(_, len)| *len == 4 && !scan.0.starts_with(':'))
    });
    match year {
        Some((year, _)) => Some(Day::Date { year: year.try_into().ok()?, month, day }),
        None => Some(Day::Yearless { month, day }),
    }
}

fn month(scan: &mut Scan<'_>) -> Option<u32> {
    let name: String = scan.0.chars().take_while(char::is_ascii_alphabetic).collect();
    let month: chrono::Month = name.parse().ok()?;
    scan.0 = &scan.0[name.len()..];
    Some(month.number_from_month())
}

/// `thursday`, `thu`, `木曜日`, `木曜`.
fn weekday(scan: &mut Scan<'_>) -> Option<Weekday> {
    let name: String = scan.0.chars().take_while(char::is_ascii_alphabetic).collect();
    if let Ok(weekday) = name.parse() {
        scan.0 = &scan.0[name.len()..];
        return Some(weekday);
    }
    let weekday = scan.one_of(&KANJI_WEEKDAYS)?;
    (scan.takes("曜日") || scan.takes("曜")).then_some(weekday)
}

const KANJI_WEEKDAYS: [(&str, Weekday); 7] = [
    ("月", Weekday::Mon),
    ("火", Weekday::Tue),
    ("水", Weekday::Wed),
    ("木", Weekday::Thu),
    ("金", Weekday::Fri),
    ("土", Weekday::Sat),
    ("日", Weekday::Sun),
];

/// `(木)`, as the tool itself shows days.
fn weekday_in_brackets(scan: &mut Scan<'_>) -> Option<()> {
    (scan.takes("(") && scan.one_of(&KANJI_WEEKDAYS).is_some() && scan.takes(")")).then_some(())
}
