//! The timeline on a terminal: both times where they differ, who, what, and how it is known.

use chrono::Datelike;

use super::palette::{Palette, Style};
use super::sanitize::sanitize;
use super::width::{pad, width, wrap};
use crate::document::describe;
use crate::document::vocabulary::Vocabulary;
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
                let heading = self.clock.day(event.entry.at.at);
                text.push_str(&format!("{}\n", self.palette.paint(Style::Faint, &heading)));
            }
            text.push_str(&self.event(event, time_width));
        }
        text
    }

    fn event(&self, event: &Event, time_width: usize) -> String {
        let time = pad(&self.time(event), time_width);
        let indent = time_width + 4;
        let room = self.width.saturating_sub(indent).max(16);
        let head = self.head(event);
        let mut lines = wrap(&head, room);
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
    fn head(&self, event: &Event) -> String {
        let what = sanitize(&describe(&event.entry.kind, self.vocabulary)).into_owned();
        let mut parts = vec![what];
        if !event.entry.who.is_empty() {
            parts.push(sanitize(&event.entry.who).into_owned());
        }
        let locale = self.clock.locale;
        let happened = event.entry.at.at;
        if let Some(recorded) = event.recorded().filter(|recorded| is_another_minute(*recorded, happened)) {
            let same_day = self.clock.day(recorded) == self.clock.day(happened);
            let time = if same_day { self.clock.time(recorded) } else { self.clock.date_time(recorded) };
            parts.push(say!(locale, "timeline-recorded", time = time));
        }
        match event.source {
            Source::Hand => parts.push(locale.text("timeline-by-hand")),
            Source::File if self.show_sources => parts.push(locale.text("timeline-unwitnessed")),
            Source::File | Source::Tool => {}
        }
        if event.undone {
            parts.push(locale.text("timeline-undone"));
        }
        parts.join(" · ")
    }

    fn style(&self, event: &Event) -> Style {
        use crate::domain::event::EventKind as Kind;
        match event.entry.kind {
            _ if event.undone => Style::Faint,
            Kind::Status { .. } | Kind::Severity { .. } | Kind::Milestone(_) => Style::Strong,
            _ => Style::Accent,
        }
    }

    fn time(&self, event: &Event) -> String {
        let time = self.clock.time(event.entry.at.at);
        if event.entry.at.approximate { say!(self.clock.locale, "time-about", time = time) } else { time }
    }

    /// A line of the file that is no entry: shown where it stands.
    fn unread(&self, item: &Item) -> String {
        let Item::Unread { text, .. } = item else { return String::new() };
        let lines = wrap(&sanitize(text), self.width.saturating_sub(4).max(16));
        lines.iter().map(|line| format!("  ? {}\n", self.palette.paint(Style::Warning, line))).collect()
    }
}

fn is_another_minute(
    a: chrono::DateTime<chrono::FixedOffset>,
    b: chrono::DateTime<chrono::FixedOffset>,
) -> bool {
    crate::domain::moment::minute(a) != crate::domain::moment::minute(b)
}
