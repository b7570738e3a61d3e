//! Any words as a time, a day, a length or a period: a moment of the zone at hand, or a reason why not.

use chrono::{DateTime, Datelike, FixedOffset};
use chrono_tz::Tz;
use incident::domain::moment::Moment;
use incident::domain::period::parse_period;
use incident::domain::policy::Span;
use incident::domain::text::Lang;
use incident::domain::time_expression::{TimeError, parse, parse_due_day, parse_next, parse_past};
use incident::locale::Locale;
use incident::locale::times::Clock;

use super::input;

const ZONES: [Tz; 4] = [Tz::Asia__Tokyo, Tz::America__New_York, Tz::Australia__Lord_Howe, Tz::UTC];

/// The parts are the words, and the moment at which they are said.
pub fn holds(data: &[u8]) {
    let Some(text) = input::text(data) else { return };
    let [words, said] = input::some_parts(text);
    let now = Moment::parse(said.trim()).map_or_else(input::now, |moment| moment.at);
    for zone in ZONES {
        is_of_its_zone(words, now, zone);
        if let Ok(period) = parse_period(words, now, zone) {
            assert!(period.start <= period.end, "{words:?} is {period:?}");
        }
    }
    let _ = parse_due_day(words, now.date_naive());
    if let Some(span) = Span::parse(words) {
        assert!(span.length() > chrono::TimeDelta::zero(), "{words:?}");
    }
    if let Some(moment) = Moment::parse(words) {
        assert_eq!(Moment::parse(&moment.to_string()), Some(moment), "{words:?}");
        for lang in Lang::ALL {
            let locale = Locale::new(lang);
            input::is_inert(&Clock { locale: &locale, now, zone: Tz::Asia__Tokyo }.moment(moment));
        }
    }
}

fn is_of_its_zone(words: &str, now: DateTime<FixedOffset>, zone: Tz) {
    let found = parse(words, now, zone);
    for result in [&found, &parse_past(words, now, zone), &parse_next(words, now, zone)] {
        match result {
            Ok(moment) => {
                let own = moment.at.with_timezone(&zone).fixed_offset();
                assert_eq!(*moment.at.offset(), *own.offset(), "{words:?} has the offset of {zone}");
                assert!((1..=9999).contains(&moment.at.year()), "{words:?} is {moment}");
                assert_eq!(Moment::parse(&moment.to_string()).as_ref(), Some(moment), "{words:?}");
                let again = parse(&moment.to_string(), now, zone);
                assert_eq!(again.as_ref(), Ok(moment), "what is written down is read as the same");
            }
            Err(error) => {
                error.message();
            }
        }
    }
    match (found, parse_past(words, now, zone)) {
        (Ok(moment), past) if moment.at <= now => assert_eq!(past, Ok(moment)),
        (Ok(moment), past) => {
            assert!(matches!(past, Err(TimeError::Future { .. })), "{moment} is past: {past:?}");
        }
        (Err(error), past) => assert_eq!(past, Err(error)),
    }
}
