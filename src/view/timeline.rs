//! The timeline on a terminal: both times where they differ, who, what, and how it is known.

use chrono::{DateTime, Datelike, FixedOffset};

use super::palette::{Palette, Style};
use super::sanitize::sanitize;
use super::subject;
use super::width::{pad, width, wrap, wrap_between};
use crate::document::vocabulary::Vocabulary;
use crate::domain::event::EventKind;
use crate::domain::moment::{Moment, minute};
use crate::domain::timeline::{Event, Item, Source};
use crate::locale::times::Clock;
use crate::say;

/// How the timeline is laid out.
#[derive(Clone, Copy)]
pub struct Layout<'a> {
    pub clock: &'a Clock<'a>,
    /// In the reader's language.
    pub vocabulary: &'a Vocabulary,
    pub width: usize,
    pub palette: Palette,
    /// Marks what no commit witnesses and what was done by hand.
    pub show_sources: bool,
    /// Names the offset of the times, for a reader whose own clock shows others.
    pub show_offset: bool,
}

impl Layout<'_> {
    /// One line or more an event, under a line for each day.
    pub fn render(&self, items: &[Item]) -> String {
        let mut text = String::new();
        let mut day = None;
        let time_width =
            items.iter().filter_map(Item::event).map(|event| width(&self.time(event))).max().unwrap_or(5);
        for item in items {
            let Some(event) = item.event() else {
                text.push_str(&self.unread(item));
                continue;
            };
            let date = event.entry.at.at.with_timezone(&self.clock.zone).num_days_from_ce();
            if day != Some(date) {
                day = Some(date);
                let heading = self.day(event);
                text.push_str(&format!("{}\n", self.palette.paint(Style::Faint, &heading)));
            }
            text.push_str(&self.event(event, time_width));
        }
        text
    }

    fn day(&self, event: &Event) -> String {
        let at = event.entry.at.at;
        let offset = at.with_timezone(&self.clock.zone).format(" %:z").to_string();
        format!("{}{}", self.clock.day(at), if self.show_offset { offset.as_str() } else { "" })
    }

    fn event(&self, event: &Event, time_width: usize) -> String {
        let time = pad(&self.time(event), time_width);
        let indent = time_width + 4;
        let room = self.width.saturating_sub(indent).max(16);
        let mut lines = wrap_between(&self.head(event), " · ", room);
        for line in event.entry.text.lines() {
            lines.extend(wrap(&sanitize(line), room));
        }
        let mut text = String::new();
        for (number, line) in lines.iter().enumerate() {
            match number {
                0 => text.push_str(&format!("  {time}  {}\n", self.palette.paint(self.style(event), line))),
                _ => text.push_str(format!("{}{line}", " ".repeat(indent)).trim_end()),
            }
            if number > 0 {
                text.push('\n');
            }
        }
        text
    }

    /// What happened, whose act it was, and what is to be said about the record itself.
    fn head(&self, event: &Event) -> Vec<String> {
        let time = |at| self.clock.moment(at);
        let what = subject::what(&event.entry, self.vocabulary, self.clock.locale, time);
        let mut parts = vec![sanitize(&what).into_owned()];
        if !event.entry.who.is_empty() {
            parts.push(sanitize(&event.entry.who).into_owned());
        }
        let locale = self.clock.locale;
        let happened = event.entry.at.at;
        if let Some(recorded) = event.recorded().filter(|recorded| minute(*recorded) != minute(happened)) {
            parts.push(say!(locale, "timeline-recorded", time = self.time_below(happened, recorded)));
        }
        match event.source {
            Source::Hand => parts.push(locale.text("timeline-by-hand")),
            Source::File if self.show_sources => parts.push(locale.text("timeline-unwitnessed")),
            Source::File | Source::Tool => {}
        }
        if let Some(undone) = &event.undone {
            let (by, time) = (sanitize(&undone.by), self.time_below(happened, undone.at));
            parts.push(say!(locale, "timeline-undone", by = by.as_ref(), time = time));
        }
        parts
    }

    /// `at` under the heading of the day of `happened`: there, even today has to be named.
    fn time_below(&self, happened: DateTime<FixedOffset>, at: DateTime<FixedOffset>) -> String {
        let (day, time) = (self.clock.day(at), self.clock.time(at));
        if day == self.clock.day(happened) {
            return time;
        }
        say!(self.clock.locale, "day-and-time", day = day, time = time)
    }

    fn style(&self, event: &Event) -> Style {
        match event.entry.kind {
            _ if event.undone.is_some() => Style::Faint,
            EventKind::Status { .. } | EventKind::Severity { .. } | EventKind::Milestone(_) => Style::Strong,
            _ => Style::Accent,
        }
    }

    fn time(&self, event: &Event) -> String {
        short_time(self.clock, event.entry.at)
    }

    /// A line of the file that is no entry: shown where it stands.
    fn unread(&self, item: &Item) -> String {
        let Item::Unread { text, .. } = item else { return String::new() };
        let lines = wrap(&sanitize(text), self.width.saturating_sub(4).max(16));
        lines.iter().map(|line| format!("  ? {}\n", self.palette.paint(Style::Warning, line))).collect()
    }
}

/// The time of day in a column of times: `02:40`, `~02:40`.
pub fn short_time(clock: &Clock<'_>, at: Moment) -> String {
    let time = clock.time(at.at);
    if at.approximate { say!(clock.locale, "timeline-about", time = time) } else { time }
}

#[cfg(test)]
#[path = "timeline_tests.rs"]
mod tests;
