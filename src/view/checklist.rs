//! A checklist as lines: what is to be done and by whom, what is done, and what is late.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Serialize;

use super::names::Names;
use super::palette::{Palette, Style};
use super::sanitize::sanitize;
use super::width::{wrap, wrap_between};
use crate::domain::checklist::Item;
use crate::domain::deadline::deadline;
use crate::domain::incident::Incident;
use crate::domain::moment::minute;
use crate::locale::times::Clock;
use crate::say;

/// How a checklist is shown, and when its steps are late.
pub struct Checklist<'a> {
    pub names: Names<'a>,
    pub clock: &'a Clock<'a>,
    pub holidays: &'a [NaiveDate],
    pub width: usize,
    pub palette: Palette,
}

/// The part of a checklist that somebody who looks at the whole incident needs.
#[derive(Clone, Debug)]
pub struct ToDo {
    /// The steps that are open, ready to be shown.
    pub lines: Vec<String>,
    /// How many are ticked.
    pub done: usize,
}

/// A step in JSON.
#[derive(Debug, Serialize)]
pub struct StepJson {
    id: String,
    text: String,
    role: Option<String>,
    with: Option<String>,
    hint: Option<String>,
    due: Option<String>,
    done: bool,
    by: Option<String>,
    at: Option<String>,
}

impl Checklist<'_> {
    /// A numbered line for each step, in as many rows as it takes; how to do it stands below the one that is next.
    pub fn lines(&self, items: &[Item<'_>], incident: &Incident) -> Vec<String> {
        let next = items.iter().position(|item| item.ticked.is_none());
        let rows = |(index, item)| {
            let hint = if next == Some(index) { self.hint(item) } else { Vec::new() };
            [self.item(item, index + 1, incident), hint].concat()
        };
        items.iter().enumerate().flat_map(rows).collect()
    }

    /// What is still to be done, under the numbers that the whole list has; none where nothing is.
    pub fn to_do(&self, items: &[Item<'_>], incident: &Incident) -> Option<ToDo> {
        let open = |(_, item): &(usize, &Item<'_>)| item.ticked.is_none();
        let rows = items.iter().enumerate().filter(open);
        let lines: Vec<Vec<String>> =
            rows.map(|(index, item)| self.item(item, index + 1, incident)).collect();
        let done = items.len() - lines.len();
        (!lines.is_empty()).then(|| ToDo { lines: lines.concat(), done })
    }

    /// As [`Self::lines`], with how to do it below every step that is to be done.
    pub fn lines_in_full(&self, items: &[Item<'_>], incident: &Incident) -> Vec<String> {
        let rows = |(index, item): (usize, &Item<'_>)| {
            let hint = if item.ticked.is_none() { self.hint(item) } else { Vec::new() };
            [self.item(item, index + 1, incident), hint].concat()
        };
        items.iter().enumerate().flat_map(rows).collect()
    }

    fn hint(&self, item: &Item<'_>) -> Vec<String> {
        let hint = sanitize(item.step.hint.get(self.names.locale.lang())).into_owned();
        let lines =
            if hint.is_empty() { Vec::new() } else { wrap(&hint, self.width.saturating_sub(7).max(10)) };
        let row = |(index, line): (usize, String)| {
            let margin = if index == 0 { "     → " } else { "       " };
            format!("{margin}{}", self.palette.paint(Style::Faint, &line))
        };
        lines.into_iter().enumerate().map(row).collect()
    }

    fn item(&self, item: &Item<'_>, number: usize, incident: &Incident) -> Vec<String> {
        let head = format!("{number:>2} {} ", if item.ticked.is_some() { "✔" } else { "□" });
        let text = sanitize(item.step.text.get(self.names.locale.lang())).into_owned();
        let mut parts = vec![text];
        match item.ticked {
            Some(entry) => parts.push(format!("{} {}", sanitize(&entry.who), self.clock.moment(entry.at))),
            None => parts.extend(self.facts(item, incident)),
        }
        let late = item.ticked.is_none() && self.is_late(item);
        let style = match item.ticked {
            Some(_) => Some(Style::Faint),
            None => late.then_some(Style::Bad),
        };
        let lines = wrap_between(&parts, "  ", self.width.saturating_sub(5).max(10));
        let paint = |(index, line): (usize, String)| {
            let line = style.map_or_else(|| line.clone(), |style| self.palette.paint(style, &line));
            if index == 0 { format!("{head}{line}") } else { format!("     {line}") }
        };
        lines.into_iter().enumerate().map(paint).collect()
    }

    /// Who does it, with which other team, and until when.
    fn facts(&self, item: &Item<'_>, incident: &Incident) -> Vec<String> {
        let (step, locale) = (item.step, self.names.locale);
        let role = step.role.as_deref().map(|role| match incident.holders(role) {
            [] => self.names.role(role),
            people => format!("{} {}", self.names.role(role), self.names.people(people)),
        });
        let with = Some(step.with.get(locale.lang())).filter(|team| !team.is_empty());
        let with = with.map(|team| format!("◆{team}"));
        let due = self.due(item).map(|due| {
            say!(locale, "step-until", time = self.clock.date_time(due), distance = self.clock.lateness(due))
        });
        [role, with, due].into_iter().flatten().map(|fact| sanitize(&fact).into_owned()).collect()
    }

    fn due(&self, item: &Item<'_>) -> Option<DateTime<FixedOffset>> {
        deadline(item.step.within?, item.since?, self.clock.zone, self.holidays)
    }

    fn is_late(&self, item: &Item<'_>) -> bool {
        self.due(item).is_some_and(|due| minute(due) < minute(self.clock.now))
    }

    pub fn json(&self, item: &Item<'_>) -> StepJson {
        let lang = self.names.locale.lang();
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        StepJson {
            id: item.step.id.clone(),
            text: item.step.text.get(lang).to_owned(),
            role: item.step.role.clone(),
            with: some(item.step.with.get(lang)),
            hint: some(item.step.hint.get(lang)),
            due: self.due(item).map(|due| due.to_rfc3339()),
            done: item.ticked.is_some(),
            by: item.ticked.and_then(|entry| some(&entry.who)),
            at: item.ticked.map(|entry| entry.at.at.to_rfc3339()),
        }
    }
}
