//! The list of incidents: what burns first, and how many there are.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde::Serialize;

use super::names::Names;
use super::palette::{Palette, Style};
use super::table::{Cell, Column, Fit, Table};
use crate::domain::flow::{Category, Flow};
use crate::domain::id::IncidentId;
use crate::domain::incident::{Incident, Mode};
use crate::domain::text::folded;
use crate::locale::Locale;
use crate::locale::times::Clock;
use crate::say;

/// Below so many columns, ids are shown short.
const NARROW: usize = 60;

/// What incidents are listed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// What needs somebody first: live before the rest, unrated before the worst level, newest first.
    #[default]
    Urgency,
    /// The newest first.
    Declared,
    /// By the last entry, newest first.
    Updated,
    /// By the flow, then newest first.
    Status,
    Title,
}

/// When something was last recorded of each incident; asked for by `Order::Updated` alone.
pub type Updates = BTreeMap<IncidentId, DateTime<FixedOffset>>;

/// Sorts by `order`, or the other way round.
pub fn sort<T>(
    incidents: &mut [T],
    order: Order,
    reverse: bool,
    names: &Names<'_>,
    updates: &Updates,
    incident: impl Fn(&T) -> &Incident,
) {
    let newest =
        |incident: &Incident| (Reverse(incident.declared().map(|declared| declared.at)), incident.id.clone());
    match order {
        Order::Urgency => by_urgency(incidents, names, incident),
        Order::Declared => incidents.sort_by_key(|item| newest(incident(item))),
        Order::Updated => incidents.sort_by_key(|item| {
            let incident = incident(item);
            (Reverse(updates.get(&incident.id).copied()), newest(incident))
        }),
        Order::Status => incidents.sort_by_key(|item| {
            let incident = incident(item);
            (names.flow.position(&incident.status).unwrap_or(usize::MAX), newest(incident))
        }),
        Order::Title => incidents.sort_by_cached_key(|item| {
            let incident = incident(item);
            (folded(&incident.title), newest(incident))
        }),
    }
    if reverse {
        incidents.reverse();
    }
}

pub fn by_urgency<T>(incidents: &mut [T], names: &Names<'_>, incident: impl Fn(&T) -> &Incident) {
    incidents.sort_by_cached_key(|item| {
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
    let narrow = limit.is_some_and(|limit| limit < NARROW);
    for incident in incidents {
        // The random part names it as well, and leaves room for the title.
        let id = if narrow { incident.id.short() } else { incident.id.as_str() };
        table.row(row(incident, id, names, clock));
    }
    table.render_with_header(limit, palette)
}

fn row(incident: &Incident, id: &str, names: &Names<'_>, clock: &Clock<'_>) -> Vec<Cell> {
    let live = names.flow.category(&incident.status).is_live();
    let lead = names.staff.lead().map(|role| names.people(incident.holders(&role.id))).unwrap_or_default();
    let declared = incident.declared().map(|declared| clock.moment(declared)).unwrap_or_default();
    vec![
        Cell::styled(id, Style::Accent),
        level_cell(incident, names, live),
        Cell::new(&status(incident, names)),
        Cell::new(&title(incident, names)),
        Cell::new(&lead),
        Cell::styled(&declared, Style::Faint),
    ]
}

/// The status, and which incident it is the same as.
fn status(incident: &Incident, names: &Names<'_>) -> String {
    let status = names.status(&incident.status);
    match incident.duplicate_of.as_deref() {
        Some(original) => {
            let short = original.rsplit('-').next().unwrap_or(original);
            say!(names.locale, "status-same-as", status = status, id = short)
        }
        None => status,
    }
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

/// How many incidents there are of each sort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// All that were meant.
    pub count: usize,
    /// Of them, those that a limit lets through.
    pub shown: usize,
    /// Triage and live.
    pub live: usize,
    pub learning: usize,
    pub closed: usize,
    pub declined: usize,
    /// Of the live ones, those without a level.
    pub unrated: usize,
    /// Those that are over, where nobody asked for them.
    pub hidden: usize,
}

impl Totals {
    pub fn of<'a>(incidents: impl IntoIterator<Item = &'a Incident>, hidden: usize, flow: &Flow) -> Self {
        let mut totals = Self { hidden, ..Self::default() };
        for incident in incidents {
            totals.count += 1;
            match flow.category(&incident.status) {
                Category::Triage | Category::Live => {
                    totals.live += 1;
                    totals.unrated += usize::from(incident.severity.is_none());
                }
                Category::Learning => totals.learning += 1,
                Category::Closed => totals.closed += 1,
                Category::Declined => totals.declined += 1,
            }
        }
        totals.shown = totals.count;
        totals
    }

    /// `12 incidents: 2 live, 3 in review, 7 closed; 1 unrated`, and how many are not shown.
    pub fn in_words(&self, locale: &Locale) -> String {
        let parts = [
            ("totals-live", self.live),
            ("totals-learning", self.learning),
            ("totals-closed", self.closed),
            ("totals-declined", self.declined),
        ];
        let parts = parts.iter().filter(|(_, count)| *count > 0);
        let parts: Vec<String> =
            parts.map(|(key, count)| locale.format(key, &[("count", (*count).into())])).collect();
        let parts = parts.join(&locale.text("list-separator"));
        let mut line = say!(locale, "totals", count = self.count, parts = parts);
        let more = [
            ("totals-unrated", self.unrated),
            ("totals-limited", if self.shown < self.count { self.shown } else { 0 }),
            ("totals-hidden", self.hidden),
        ];
        for (key, count) in more.into_iter().filter(|(_, count)| *count > 0) {
            line.push_str(&locale.format(key, &[("count", count.into())]));
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::Milestone;
    use crate::domain::samples::{incident, moment};
    use crate::domain::text::Lang;
    use crate::view::samples::Desk;
    use crate::view::width::width;

    /// `ID LEVEL STATUS TIME`, with `-` for no level.
    fn made(row: &str) -> Incident {
        let [id, level, status, time] = row.split(' ').collect::<Vec<_>>()[..] else { panic!("{row}") };
        Incident {
            id: format!("20261120-{id}").parse().expect("an id"),
            severity: Some(level.to_owned()).filter(|level| level != "-"),
            status: status.to_owned(),
            times: [(Milestone::Declared, moment(time))].into(),
            ..incident()
        }
    }

    #[test]
    fn what_needs_somebody_first_stands_first() {
        let mut all: Vec<Incident> = [
            "pppp SEV1 closed 02:59",
            "qqqq SEV4 resolved 02:40",
            "rrrr SEV1 resolved 02:30",
            "ssss P0 fixing 02:50",
            "tttt SEV2 fixing 02:40",
            "nnnn SEV1 monitoring 02:30",
            "gggg SEV1 fixing 02:45",
            "hhhh - triage 02:20",
            "jjjj - declined 03:00",
            "kkkk SEV3 mending 02:40",
            "mmmm SEV1 fixing 02:45",
        ]
        .map(made)
        .into();
        by_urgency(&mut all, &Desk::new(Lang::En).names(), |incident| incident);
        let order: Vec<&str> = all.iter().map(|incident| incident.id.short()).collect();
        // Unrated; SEV1 by time, then id; worse levels; a level that is gone; under review by time; closed; declined.
        let expected =
            ["hhhh", "gggg", "mmmm", "nnnn", "tttt", "kkkk", "ssss", "qqqq", "rrrr", "pppp", "jjjj"];
        assert_eq!(order, expected);
    }

    fn some() -> [Incident; 3] {
        let mut first = made("k7qm SEV1 fixing ~02:40");
        first.title = "決済が全部エラーになる".to_owned();
        first.roles = vec![("commander".to_owned(), vec!["arita".to_owned()])];
        let mut second = made("t4wr - triage 2026-11-19T23:50:00+09:00");
        second.mode = Mode::Drill;
        second.title = "Search\u{1b}[2J is slow".to_owned();
        [first, second, made("x2yz SEV2 resolved 2025-11-20T02:40:00+09:00")]
    }

    #[track_caller]
    fn check(lang: Lang, limit: Option<usize>, expected: &str) {
        let desk = Desk::new(lang);
        let incidents = some();
        let incidents: Vec<&Incident> = incidents.iter().collect();
        let shown = table(&incidents, &desk.names(), &desk.clock(), limit, Palette::Plain);
        assert_eq!(shown, expected, "\n{shown}");
        assert!(shown.lines().all(|line| limit.is_none_or(|limit| width(line) <= limit)), "{shown}");
    }

    #[test]
    fn a_row_tells_level_status_title_lead_and_time() {
        check(
            Lang::En,
            None,
            "\
ID             LEVEL          STATUS     TITLE                            LEAD  DECLARED
20261120-k7qm  SEV1           Fixing     決済が全部エラーになる           有田  about 02:40
20261120-t4wr  Not rated yet  Triage     [DRILL] Search\\u{1b}[2J is slow        Thu 19 Nov 23:50
20261120-x2yz  SEV2           Reviewing  Checkout fails                         Thu 20 Nov 2025 02:40
",
        );
    }

    #[test]
    fn a_narrow_terminal_cuts_titles_and_leaves_columns_out() {
        check(
            Lang::Ja,
            Some(80),
            "\
事案           レベル  状態        件名               指揮  起票
20261120-k7qm  SEV1    対処中      決済が全部エラー…  有田  02:40ごろ
20261120-t4wr  未判定  確認中      【訓練】Search\\u…        11/19(木) 23:50
20261120-x2yz  SEV2    振り返り中  Checkout fails           2025/11/20(木) 02:40
",
        );
        check(
            Lang::Ja,
            Some(60),
            "\
事案           レベル  状態        件名                 指揮
20261120-k7qm  SEV1    対処中      決済が全部エラーに…  有田
20261120-t4wr  未判定  確認中      【訓練】Search\\u{1…
20261120-x2yz  SEV2    振り返り中  Checkout fails
",
        );
        check(
            Lang::Ja,
            Some(40),
            "\
事案  レベル  状態        件名
k7qm  SEV1    対処中      決済が全部エ…
t4wr  未判定  確認中      【訓練】Searc…
x2yz  SEV2    振り返り中  Checkout fails
",
        );
    }

    #[test]
    fn colour_is_for_what_burns() {
        let desk = Desk::new(Lang::En);
        let painted = |row: &str| {
            let incident = made(row);
            let table = table(&[&incident], &desk.names(), &desk.clock(), None, Palette::Coloured);
            let level = incident.severity.unwrap_or_else(|| "Not rated yet".to_owned());
            let at = table.find(&level).expect("the level is shown");
            table[..at].rsplit('\u{1b}').next().unwrap_or_default().to_owned()
        };
        for (row, expected) in [
            ("k7qm SEV1 fixing 02:40", "[1;31m"),
            ("k7qm - triage 02:40", "[1;31m"),
            ("k7qm SEV2 fixing 02:40", "[33m"),
            ("k7qm SEV3 fixing 02:40", "[0m  "),
            ("k7qm SEV1 closed 02:40", "[0m  "),
        ] {
            assert_eq!(painted(row), expected, "{row}");
        }
    }

    #[test]
    fn incidents_stand_in_the_order_that_is_asked_for() {
        let rows = ["pppp SEV1 closed 02:59", "qqqq SEV4 fixing 02:40", "rrrr SEV1 triage 02:30"];
        let titles = ["ﾛｸﾞ", "Checkout", "apple"];
        let all: Vec<Incident> = rows
            .into_iter()
            .zip(titles)
            .map(|(row, title)| Incident { title: title.to_owned(), ..made(row) })
            .collect();
        let times = ["03:00", "03:20", "03:10"].map(|time| moment(time).at);
        let updates = all.iter().map(|incident| incident.id.clone()).zip(times).collect();
        for (order, reverse, expected) in [
            (Order::Urgency, false, "rrrr qqqq pppp"),
            (Order::Declared, false, "pppp qqqq rrrr"),
            (Order::Declared, true, "rrrr qqqq pppp"),
            (Order::Updated, false, "qqqq rrrr pppp"),
            (Order::Updated, true, "pppp rrrr qqqq"),
            (Order::Status, false, "rrrr qqqq pppp"),
            (Order::Title, false, "rrrr qqqq pppp"),
            (Order::Title, true, "pppp qqqq rrrr"),
        ] {
            let mut sorted = all.clone();
            sort(&mut sorted, order, reverse, &Desk::new(Lang::En).names(), &updates, |incident| incident);
            let ids: Vec<&str> = sorted.iter().map(|incident| incident.id.short()).collect();
            assert_eq!(ids.join(" "), expected, "{order:?} {reverse}");
        }
    }

    #[test]
    fn totals_count_in_the_readers_language() {
        let [ja, en] = [Lang::Ja, Lang::En].map(Locale::new);
        let one = Totals { count: 1, shown: 1, live: 1, ..Totals::default() };
        let many = Totals {
            count: 13,
            shown: 10,
            live: 2,
            learning: 3,
            closed: 7,
            declined: 1,
            unrated: 1,
            hidden: 0,
        };
        for (totals, expected) in [
            (one, ["1件（対応中1）", "1 incident: 1 live"]),
            (
                Totals { hidden: 2, ..one },
                [
                    "1件（対応中1）　終わった2件は省略（--all で表示）",
                    "1 incident: 1 live; 2 that are over not shown (--all)",
                ],
            ),
            (
                many,
                [
                    "13件（対応中2、振り返り中3、完了7、対象外1）　うち未判定1　はじめの10件を表示",
                    "13 incidents: 2 live, 3 in review, 7 closed, 1 declined; 1 unrated; first 10 shown",
                ],
            ),
        ] {
            assert_eq!([&ja, &en].map(|locale| totals.in_words(locale)), expected);
        }
        let desk = Desk::new(Lang::En);
        let counted = Totals::of(&some(), 4, desk.names().flow);
        let expected =
            Totals { count: 3, shown: 3, live: 2, learning: 1, unrated: 1, hidden: 4, ..Totals::default() };
        assert_eq!(counted, expected);
    }
}
