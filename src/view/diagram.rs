//! An incident as a Mermaid diagram, which GitHub draws: what status when, how long the impact lasted, what happened.

use chrono::{DateTime, FixedOffset, NaiveDate};

use super::names::Names;
use super::sanitize::clean_title;
use super::subject;
use super::width::truncate;
use crate::document::vocabulary::Vocabulary;
use crate::domain::event::{Entry, EventKind, Milestone, NoteKind};
use crate::domain::incident::Incident;
use crate::domain::moment::{Moment, minute};
use crate::locale::times::Clock;

/// Columns of a label; longer ones run out of the picture.
const LABEL: usize = 48;

/// Columns of the title.
const TITLE: usize = 80;

/// Points beyond which only milestones and levels are drawn: a page of them is no overview.
const MOST_POINTS: usize = 30;

/// What the diagram is made from. All words are in the language of the documents.
#[derive(Clone, Copy)]
pub struct Diagram<'a> {
    pub names: Names<'a>,
    pub clock: &'a Clock<'a>,
    pub vocabulary: &'a Vocabulary,
}

/// One line of the diagram.
struct Bar {
    label: String,
    tag: &'static str,
    from: DateTime<FixedOffset>,
    /// None is a point.
    to: Option<DateTime<FixedOffset>>,
}

impl Diagram<'_> {
    /// The text of the diagram, without fence. It ends when the incident does: reviews come days later.
    pub fn text(&self, incident: &Incident, entries: &[&Entry]) -> String {
        let over = [Milestone::Resolved, Milestone::Closed].iter().find_map(|one| incident.times.get(one));
        let is_part = |at: Moment| over.is_none_or(|over| minute(at.at) <= minute(over.at));
        let mut entries: Vec<&Entry> = entries.iter().copied().filter(|entry| is_part(entry.at)).collect();
        entries.sort_by_key(|entry| entry.at.at);
        let times = incident.times.values().copied().filter(|at| is_part(*at)).map(|at| at.at);
        let all: Vec<_> = times.chain(entries.iter().map(|entry| entry.at.at)).collect();
        let (Some(first), Some(last)) = (all.iter().min().copied(), all.iter().max().copied()) else {
            return String::new();
        };
        let is_short = self.day(first) == self.day(last);
        let mut lines = vec![
            "gantt".to_owned(),
            format!("    title {}", label(&format!("{} {}", incident.id, incident.title), TITLE)),
            "    dateFormat YYYY-MM-DD HH:mm".to_owned(),
            format!("    axisFormat {}", if is_short { "%H:%M" } else { "%m-%d %H:%M" }),
            "    todayMarker off".to_owned(),
        ];
        let sections = [
            ("diagram-status", self.statuses(incident, &entries, last)),
            ("diagram-impact", self.impact(incident)),
            ("diagram-events", self.points(incident, &entries, (is_short, &is_part))),
        ];
        for (key, bars) in sections.iter().filter(|(_, bars)| !bars.is_empty()) {
            lines.push(format!("    section {}", label(&self.names.locale.text(key), LABEL)));
            lines.extend(bars.iter().map(|bar| self.line(bar)));
        }
        lines.join("\n")
    }

    fn line(&self, bar: &Bar) -> String {
        let tag = if bar.tag.is_empty() { String::new() } else { format!("{}, ", bar.tag) };
        let end = bar.to.map_or_else(|| "0m".to_owned(), |to| self.stamp(to));
        format!("    {} :{tag}{}, {end}", bar.label, self.stamp(bar.from))
    }

    /// How long it was in each status; the one that it ended in is a point.
    fn statuses(&self, incident: &Incident, entries: &[&Entry], last: DateTime<FixedOffset>) -> Vec<Bar> {
        let moves = entries.iter().filter_map(|entry| match &entry.kind {
            EventKind::Status { from, to } => Some((entry.at.at, from.as_str(), to.as_str())),
            _ => None,
        });
        let moves: Vec<_> = moves.collect();
        let begin = incident.declared().or_else(|| entries.first().map(|entry| entry.at)).map(|at| at.at);
        let first = moves.first().map_or(incident.status.as_str(), |(_, from, _)| from);
        // What was declared late was in its later statuses before.
        let begin = begin.filter(|begin| moves.first().is_none_or(|(at, ..)| begin <= at));
        let starts = begin.map(|begin| (begin, first)).into_iter();
        let starts: Vec<_> = starts.chain(moves.iter().map(|(at, _, to)| (*at, *to))).collect();
        let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([last]);
        let bar = |((from, status), to): (&(DateTime<FixedOffset>, &str), DateTime<FixedOffset>)| {
            let to = (minute(to) > minute(*from)).then_some(to);
            let tag = if to.is_some() { "" } else { "milestone" };
            Bar { label: label(&self.names.status(status), LABEL), tag, from: *from, to }
        };
        starts.iter().zip(ends).map(bar).collect()
    }

    fn impact(&self, incident: &Incident) -> Vec<Bar> {
        let at = |milestone| incident.times.get(&milestone).map(|moment: &Moment| moment.at);
        match (at(Milestone::ImpactStarted), at(Milestone::Mitigated)) {
            (Some(from), Some(to)) if from < to => {
                let words = self.names.locale.text("diagram-impact");
                vec![Bar { label: label(&words, LABEL), tag: "crit", from, to: Some(to) }]
            }
            _ => Vec::new(),
        }
    }

    /// Milestones, levels, decisions and updates, each with its time.
    fn points(
        &self,
        incident: &Incident,
        entries: &[&Entry],
        (is_short, is_part): (bool, &dyn Fn(Moment) -> bool),
    ) -> Vec<Bar> {
        let name = |kind: &EventKind| {
            subject::what_of_kind(kind, self.vocabulary, self.names.locale, |at| self.time(at, is_short))
        };
        let milestones = incident.times.iter().filter(|(_, at)| is_part(**at));
        let mut points: Vec<(Moment, String)> =
            milestones.map(|(milestone, at)| (*at, name(&EventKind::Milestone(*milestone)))).collect();
        let of_kind =
            |wanted: fn(&EventKind) -> bool| entries.iter().filter(move |entry| wanted(&entry.kind));
        let levels = of_kind(|kind| matches!(kind, EventKind::Severity { .. }));
        points.extend(levels.map(|entry| (entry.at, name(&entry.kind))));
        let told: Vec<_> =
            of_kind(|kind| matches!(kind, EventKind::Note(NoteKind::Decision) | EventKind::Update { .. }))
                .map(|entry| {
                    let words = entry.text.lines().next().unwrap_or_default();
                    let dash = if words.is_empty() { "" } else { " — " };
                    (entry.at, format!("{}{dash}{words}", name(&entry.kind)))
                })
                .collect();
        if points.len() + told.len() <= MOST_POINTS {
            points.extend(told);
        }
        points.sort_by_key(|(at, _)| at.at);
        let bar = |(at, words): (Moment, String)| {
            let label = label(&format!("{} {words}", self.time(at, is_short)), LABEL);
            Bar { label, tag: "milestone", from: at.at, to: None }
        };
        points.into_iter().map(bar).collect()
    }

    fn day(&self, at: DateTime<FixedOffset>) -> NaiveDate {
        at.with_timezone(&self.clock.zone).date_naive()
    }

    fn stamp(&self, at: DateTime<FixedOffset>) -> String {
        at.with_timezone(&self.clock.zone).format("%Y-%m-%d %H:%M").to_string()
    }

    /// The documents are read on other days: a time never leans on today.
    fn time(&self, at: Moment, is_short: bool) -> String {
        let about = if at.approximate { "~" } else { "" };
        let format = if is_short { "%H:%M" } else { "%m-%d %H:%M" };
        format!("{about}{}", at.at.with_timezone(&self.clock.zone).format(format))
    }
}

/// What would begin a statement of its own at the start of a line.
const KEYWORDS: [&str; 18] = [
    "gantt",
    "dateformat",
    "inclusiveenddates",
    "topaxis",
    "axisformat",
    "tickinterval",
    "includes",
    "excludes",
    "todaymarker",
    "weekday",
    "weekend",
    "title",
    "accdescr",
    "acctitle",
    "section",
    "click",
    "call",
    "href",
];

/// Words that a diagram shows and never obeys: whatever is no letter, digit or harmless sign is written by its number.
fn label(text: &str, room: usize) -> String {
    let (clean, _) = clean_title(text);
    let words = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = truncate(&words, room);
    let lower = words.to_lowercase();
    let begins = KEYWORDS.iter().any(|keyword| lower.starts_with(keyword))
        || NaiveDate::parse_from_str(lower.get(..10).unwrap_or_default(), "%Y-%m-%d").is_ok();
    let mut out = String::with_capacity(words.len());
    for (index, c) in words.chars().enumerate() {
        let plain =
            (c.is_alphanumeric() || " -.,/+()~→−—…「」、。（）".contains(c)) && !(begins && index == 0);
        if plain { out.push(c) } else { out.push_str(&format!("#{};", u32::from(c))) }
    }
    if out.is_empty() { "#45;".to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_words_of_a_label_are_obeyed() {
        for (text, expected) in [
            ("決済が全部エラー", "決済が全部エラー"),
            ("a:b;c#d", "a#58;b#59;c#35;d"),
            ("%% no %%{init: {}}%%", "#37;#37; no #37;#37;#123;init#58; #123;#125;#125;#37;#37;"),
            ("section x", "#115;ection x"),
            ("Title", "#84;itle"),
            ("2026-11-20 x", "#50;026-11-20 x"),
            ("20261120-4gv3 x", "20261120-4gv3 x"),
            ("<script>\"x\"</script>", "#60;script#62;#34;x#34;#60;/script#62;"),
            ("```\nclick a", "#96;#96;#96; click a"),
            ("ﬂ°°35¶ß", "ﬂ#176;#176;35#182;ß"),
            ("🔥 fire\u{202e}", "#128293; fire"),
            ("  ", "#45;"),
        ] {
            assert_eq!(label(text, LABEL), expected, "{text:?}");
        }
    }

    #[test]
    fn a_long_label_is_cut() {
        assert_eq!(label("abcdefgh", 5), "abcd…");
    }
}
