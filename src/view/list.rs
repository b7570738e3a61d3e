//! The list of incidents: what burns first, and how many there are.

use std::cmp::Reverse;

use super::names::Names;
use super::palette::{Palette, Style};
use super::table::{Cell, Column, Fit, Table};
use crate::domain::flow::Category;
use crate::domain::incident::{Incident, Mode};
use crate::locale::times::Clock;
use crate::say;

/// Sorts by what needs somebody first: live before the rest, unrated before the worst level, newest first.
pub fn by_urgency<T>(incidents: &mut [T], names: &Names<'_>, incident: impl Fn(&T) -> &Incident) {
    incidents.sort_by_key(|item| {
        let incident = incident(item);
        let category = names.flow.category(&incident.status);
        let group = match category {
            Category::Triage | Category::Live => 0,
            Category::Learning => 1,
            Category::Closed => 2,
            Category::Declined => 3,
        };
        // Levels that the policy no longer has come after those it has.
        let rank =
            incident.severity.as_deref().map(|level| names.policy.rank(level).unwrap_or(usize::MAX - 1));
        let rank = if group == 0 { rank.map_or(0, |rank| rank + 1) } else { 0 };
        (group, rank, Reverse(incident.declared().map(|declared| declared.at)), incident.id.clone())
    });
}

/// The incidents as a table. `limit` is the terminal's width, none for a pipe.
pub fn table(
    incidents: &[&Incident],
    names: &Names<'_>,
    clock: &Clock<'_>,
    limit: Option<usize>,
    palette: Palette,
) -> String {
    let locale = names.locale;
    let mut table = Table::new(vec![
        Column::new(locale.text("column-id"), Fit::Whole),
        Column::new(locale.text("column-level"), Fit::Whole),
        Column::new(locale.text("column-status"), Fit::Whole),
        Column::new(locale.text("column-title"), Fit::Flexible),
        Column::new(locale.text("column-lead"), Fit::Optional),
        Column::new(locale.text("column-declared"), Fit::Optional),
    ]);
    for incident in incidents {
        table.row(row(incident, names, clock));
    }
    table.render_with_header(limit, palette)
}

fn row(incident: &Incident, names: &Names<'_>, clock: &Clock<'_>) -> Vec<Cell> {
    let live = names.flow.category(&incident.status).is_live();
    let lead = names.staff.lead().map(|role| names.people(incident.holders(&role.id))).unwrap_or_default();
    let declared = incident.declared().map(|declared| clock.moment(declared)).unwrap_or_default();
    vec![
        Cell::styled(incident.id.as_str(), Style::Accent),
        level_cell(incident, names, live),
        Cell::new(&names.status(&incident.status)),
        Cell::new(&title(incident, names)),
        Cell::new(&lead),
        Cell::styled(&declared, Style::Faint),
    ]
}

/// The level, loud only where somebody has to act on it.
fn level_cell(incident: &Incident, names: &Names<'_>, live: bool) -> Cell {
    let text = names.level(incident.severity.as_deref());
    match incident.severity.as_deref().map(|level| names.policy.rank(level)) {
        None if live => Cell::styled(&text, Style::Bad),
        Some(Some(0)) if live => Cell::styled(&text, Style::Bad),
        Some(Some(1)) if live => Cell::styled(&text, Style::Warning),
        _ => Cell::new(&text),
    }
}

/// The title, marked where the incident is not a real one.
pub fn title(incident: &Incident, names: &Names<'_>) -> String {
    match incident.mode {
        Mode::Drill => say!(names.locale, "title-drill", title = incident.title.as_str()),
        Mode::Real | Mode::Retrospective => incident.title.clone(),
    }
}

/// `3 incidents, 1 live`, and how many are hidden.
pub fn totals(incidents: &[&Incident], hidden: usize, names: &Names<'_>) -> String {
    let live = incidents.iter().filter(|incident| names.flow.category(&incident.status).is_live()).count();
    say!(names.locale, "list-totals", count = incidents.len(), live = live, hidden = hidden)
}
