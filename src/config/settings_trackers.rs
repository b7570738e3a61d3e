//! `[[tracker]]` of `incident.toml`: where tickets are.

use super::toml_table::Table;
use crate::domain::links::{Tracker, safe_address};

/// `[[tracker]]`, in the file's order.
pub fn trackers(root: &Table<'_>) -> Vec<Tracker> {
    root.tables("tracker").into_iter().filter_map(tracker).collect()
}

fn tracker(table: Table<'_>) -> Option<Tracker> {
    let (prefix, url) = (table.required("prefix"), table.required("url"));
    let source = table.source;
    table.finish();
    let (prefix, url) = (prefix?, url?);
    let is_usable = url.value.contains("{key}") && safe_address(&url.value.replace("{key}", "A-1")).is_some();
    if !is_usable {
        source.report(source.fault(url.span, "config-bad-tracker").with("value", &url.value));
    }
    Some(Tracker { prefix: prefix.value, url: url.value })
}
