//! Times of day as people type them: `2:40`, `25:40`, `2時40分`, `23時半`, `11pm`, and offsets.

use chrono::FixedOffset;

use super::scan::Scan;

/// A time of day. An hour of 24 or more is one of the night that follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::domain) struct Clock {
    pub(in crate::domain) hour: u32,
    pub(in crate::domain) minute: u32,
    pub(in crate::domain) second: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

/// `2:40`, `02:40:30`, `2時40分`, `23時半`, `午後2時`, `2:40 pm`, `11pm`.
pub(super) fn clock(scan: &mut Scan<'_>) -> Option<Clock> {
    scan.skip_blanks();
    let noon = [("午前", Half::Morning), ("午後", Half::Afternoon)];
    let before = scan.one_of(&noon);
    scan.skip_blanks();
    let hour = scan.number()?;
    let rest = scan.maybe(minutes_by_colon).or_else(|| scan.maybe(minutes_by_kanji));
    let after = scan.maybe(|scan| {
        scan.skip_blanks();
        scan.one_of(&[("am", Half::Morning), ("pm", Half::Afternoon)])
    });
    if rest.is_none() && after.is_none() {
        return None;
    }
    let (minute, second) = rest.unwrap_or((0, 0));
    Some(Clock { hour: in_half(hour, before.or(after))?, minute, second })
}

fn minutes_by_colon(scan: &mut Scan<'_>) -> Option<(u32, u32)> {
    if !scan.takes(":") {
        return None;
    }
    let (minute, _) = scan.digits(2).filter(|(_, len)| *len == 2)?;
    let second = if scan.takes(":") { scan.number()? } else { 0 };
    if scan.takes(".") {
        scan.digits(9)?;
    }
    Some((minute, second))
}

fn minutes_by_kanji(scan: &mut Scan<'_>) -> Option<(u32, u32)> {
    if !scan.takes("時") {
        return None;
    }
    if scan.takes("半") {
        return Some((30, 0));
    }
    let part =
        |scan: &mut Scan<'_>, unit: &str| scan.maybe(|scan| scan.number().filter(|_| scan.takes(unit)));
    let minute = part(scan, "分").unwrap_or(0);
    let second = part(scan, "秒").unwrap_or(0);
    Some((minute, second))
}

/// The hour of the whole day; none if the half of the day has no such hour.
fn in_half(hour: u32, half: Option<Half>) -> Option<u32> {
    match half {
        None => Some(hour),
        Some(_) if hour > 12 => None,
        Some(Half::Morning) => Some(hour % 12),
        Some(Half::Afternoon) => Some(hour % 12 + 12),
    }
}

/// `z`, `jst`, `+09:00`, `-0500`, `+09`.
pub(super) fn offset(scan: &mut Scan<'_>) -> Option<FixedOffset> {
    scan.skip_blanks();
    if let Some(hours) = scan.one_of(&[("z", 0), ("utc", 0), ("jst", 9)]) {
        return FixedOffset::east_opt(hours * 3600);
    }
    let sign = scan.one_of(&[("+", 1), ("-", -1)])?;
    let (number, len) = scan.digits(4)?;
    let (hours, minutes) = match len {
        4 => (number / 100, number % 100),
        2 if scan.takes(":") => (number, scan.number()?),
        2 => (number, 0),
        _ => return None,
    };
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    FixedOffset::east_opt(sign * seconds).filter(|_| minutes < 60)
}
