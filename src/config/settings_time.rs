//! Zone, days off and working hours of `incident.toml`.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::toml_table::{Located, Table};
use crate::domain::deadline::WorkingHours;
use crate::failure::Message;

/// The store's zone; none where the file names none, or none that exists.
pub fn zone(root: &Table<'_>) -> Option<Tz> {
    let name = root.string("zone")?;
    let zone = name.value.parse().ok();
    if zone.is_none() {
        let fault = root.source.fault(name.span, "config-unknown-zone").with("name", name.value);
        root.source.report(fault.hint(Message::new("hint-zone-example")));
    }
    zone
}

/// Days off, beside the weekends.
pub fn holidays(root: &Table<'_>) -> Vec<NaiveDate> {
    let day = |text: Located<String>| {
        let parsed = text.value.parse().ok();
        if parsed.is_none() {
            root.source.report(root.source.fault(text.span, "config-bad-date").with("value", text.value));
        }
        parsed
    };
    root.strings("holidays").into_iter().filter_map(day).collect()
}

/// `09:00-18:00`, in the store's zone.
pub fn working_hours(root: &Table<'_>) -> WorkingHours {
    let Some(text) = root.string("working_hours") else { return WorkingHours::default() };
    WorkingHours::parse(&text.value).unwrap_or_else(|| {
        root.source.report(root.source.fault(text.span, "config-bad-hours").with("value", text.value));
        WorkingHours::default()
    })
}
