//! The call list: whom to call in which order, how to reach them, and what they are asked for.

use chrono::{DateTime, FixedOffset};

use super::names::Names;
use super::palette::{Palette, Style};
use super::sanitize::{sanitize, sanitize_block};
use super::table::{Cell, Column, Fit, Table};
use super::width::wrap;
use crate::domain::calling::Round;
use crate::domain::people::{Channel, Person};
use crate::locale::times::{Clock, length};
use crate::say;

/// How the list is laid out.
#[derive(Clone, Copy)]
pub struct CallList<'a> {
    pub names: Names<'a>,
    pub clock: &'a Clock<'a>,
    /// Who holds which role already.
    pub roles: &'a [(String, Vec<String>)],
    pub limit: Option<usize>,
    pub palette: Palette,
}

impl CallList<'_> {
    /// One round: what for, then the people by number. `opens` is when they may be called, if not now.
    pub fn round(&self, round: &Round<'_>, opens: Option<DateTime<FixedOffset>>) -> String {
        let mut text = format!("{}\n", self.palette.paint(Style::Strong, &self.purpose(round)));
        if let Some(opens) = opens {
            let remark = say!(self.names.locale, "who-closed", time = self.clock.date_time(opens));
            text.push_str(&self.remark(&remark, Style::Warning));
        }
        let people: Vec<Callee> = round.people.iter().map(|handle| self.callee(handle)).collect();
        if people.is_empty() {
            text.push_str(&self.remark(&self.names.locale.text("who-nobody"), Style::Warning));
        }
        text.push_str(&self.table(&people, people.len() > 1));
        let note = round.note.map(|note| note.get(self.names.locale.lang())).unwrap_or_default();
        text + &self.remark(note, Style::Faint)
    }

    /// People without an order.
    pub fn people<'b>(&self, people: impl Iterator<Item = &'b Person>) -> String {
        let people: Vec<Callee> = people.map(|person| self.callee(&person.handle)).collect();
        self.table(&people, false)
    }

    /// `Incident commander: the next one after 10 min`
    fn purpose(&self, round: &Round<'_>) -> String {
        let locale = self.names.locale;
        let role = round.role.map_or_else(|| locale.text("who-anybody"), |role| self.names.role(role));
        let role = sanitize(&role).into_owned();
        let head = match round.by {
            Channel::Phone => say!(locale, "who-by-phone", role = role),
            Channel::Chat => say!(locale, "who-by-chat", role = role),
        };
        match round.after.filter(|_| round.people.len() > 1) {
            Some(after) => {
                say!(locale, "who-next-after", head = head, length = length(locale, after.length()))
            }
            None => head,
        }
    }

    fn callee(&self, handle: &str) -> Callee {
        let person = self.names.staff.person(handle);
        let holds = self.roles.iter().filter(|(_, people)| people.iter().any(|holder| holder == handle));
        let holds: Vec<String> = holds.map(|(role, _)| format!("✔ {}", self.names.role(role))).collect();
        let reached = person.is_some_and(|person| person.phone.is_some() || person.chat.is_some());
        let areas = person.map(|person| person.areas.join(&self.names.locale.text("list-separator")));
        Callee {
            name: self.names.staff.display_name(handle).to_owned(),
            phone: match person.and_then(|person| person.phone.clone()) {
                None if !reached => self.names.locale.text("who-no-number"),
                phone => phone.unwrap_or_default(),
            },
            chat: person.and_then(|person| person.chat.clone()).unwrap_or_default(),
            areas: areas.unwrap_or_default(),
            holds: holds.join(" "),
        }
    }

    fn table(&self, people: &[Callee], numbered: bool) -> String {
        let fits = [Fit::Whole, Fit::Whole, Fit::Whole, Fit::Whole, Fit::Whole, Fit::Optional];
        let mut table = Table::new(fits.map(|fit| Column::new("", fit)).to_vec());
        for (index, person) in people.iter().enumerate() {
            table.row(vec![
                Cell::from(if numbered { (index + 1).to_string() } else { String::new() }),
                Cell::new(&person.name),
                Cell::new(&person.phone),
                Cell::new(&person.chat),
                Cell::styled(&person.holds, Style::Good),
                Cell::styled(&person.areas, Style::Faint),
            ]);
        }
        let limit = self.limit.map(|limit| limit.saturating_sub(2));
        table.render(limit, self.palette).lines().map(|line| format!("  {line}\n")).collect()
    }

    /// Words below a round, or nothing where there are none.
    pub fn remark(&self, words: &str, style: Style) -> String {
        if words.trim().is_empty() {
            return String::new();
        }
        let words = sanitize_block(words.trim());
        let lines = match self.limit {
            Some(limit) => wrap(&words, limit.saturating_sub(2).max(10)),
            None => words.lines().map(str::to_owned).collect(),
        };
        lines.iter().map(|line| format!("  {}\n", self.palette.paint(style, line))).collect()
    }
}

/// One person as the list shows them.
struct Callee {
    name: String,
    phone: String,
    chat: String,
    areas: String,
    holds: String,
}

/// `佐藤 090-1111-2222 → 出なければ10分後 渡辺 080-…`: a round in one line.
pub fn in_one_line(round: &Round<'_>, names: &Names<'_>) -> String {
    let locale = names.locale;
    let person = |handle: &&str| {
        let person = names.staff.person(handle);
        let reached = person.and_then(|person| match round.by {
            Channel::Phone => person.phone.as_deref().or(person.chat.as_deref()),
            Channel::Chat => person.chat.as_deref().or(person.phone.as_deref()),
        });
        let words = [Some(names.staff.display_name(handle)), reached];
        sanitize(&words.into_iter().flatten().collect::<Vec<_>>().join(" ")).into_owned()
    };
    let people: Vec<String> = round.people.iter().map(person).collect();
    let arrow = match round.after {
        Some(after) => say!(locale, "who-arrow-after", length = length(locale, after.length())),
        None => locale.text("who-arrow"),
    };
    people.join(&arrow)
}
