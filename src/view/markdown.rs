//! The timeline as a Markdown table, and links that GitHub follows.

use chrono::NaiveDate;

use super::sanitize::sanitize_block;
use super::subject;
use super::timeline::short_time;
use crate::config::templates;
use crate::document::vocabulary::Vocabulary;
use crate::domain::event::Entry;
use crate::domain::links::{self, Reference, Tracker};
use crate::domain::moment::Moment;
use crate::domain::timeline::Item;
use crate::locale::times::Clock;
use crate::say;

/// Where the references in people's words lead to.
#[derive(Clone, Copy)]
pub struct Linker<'a> {
    pub trackers: &'a [Tracker],
    /// The address behind a word, if it has one.
    pub lead: &'a dyn Fn(Reference, &str) -> Option<String>,
}

/// The text of a table cell. What would steer a terminal or hide from the eye is shown: documents are read there, too.
pub fn cell(text: &str) -> String {
    templates::cell(&sanitize_block(text))
}

impl Linker<'_> {
    /// The text of a table cell, in which commits, tickets and incidents are links. Links that people made stay theirs.
    pub fn cell(&self, text: &str) -> String {
        let text = cell(text);
        let mut out = String::with_capacity(text.len());
        let (mut at, mut looked_at, mut is_code) = (0, 0, false);
        for found in links::find(&text, self.trackers) {
            let (before, word) = (&text[..found.range.start], &text[found.range.clone()]);
            is_code ^= before[looked_at..].matches('`').count() % 2 == 1;
            looked_at = before.len();
            let is_theirs = before.ends_with(['[', '(', '<', '/'])
                && text[found.range.end..].starts_with([']', ')', '>']);
            if is_code || is_theirs {
                continue;
            }
            let Some(address) = (self.lead)(found.reference, word) else { continue };
            out.push_str(&text[at..found.range.start]);
            out.push_str(&match found.reference {
                Reference::Address => format!("<{address}>"),
                _ => format!("[{word}]({address})"),
            });
            at = found.range.end;
        }
        out.push_str(&text[at..]);
        out
    }
}

/// The record as the rows of a table.
#[derive(Clone, Copy)]
pub struct Table<'a> {
    pub clock: &'a Clock<'a>,
    pub vocabulary: &'a Vocabulary,
    pub linker: Linker<'a>,
}

impl Table<'_> {
    /// A table of what happened when, by whom. With `commit`, a column of the commits that witness it.
    pub fn of_items(&self, items: &[Item], commit: &dyn Fn(&str) -> String) -> String {
        let locale = self.clock.locale;
        let head = ["postmortem-when", "postmortem-what", "postmortem-who", "timeline-commit"];
        let head = head.map(|key| locale.text(key)).join(" | ");
        let mut lines = vec![format!("| {head} |"), "|---|---|---|---|".to_owned()];
        lines.extend(items.iter().map(|item| match item {
            Item::Event(event) => {
                let witness = event.commit.as_deref().map(commit).unwrap_or_default();
                format!("{} {witness} |", self.row(&event.entry))
            }
            Item::Unread { text, .. } => format!("| ? | {} | | |", cell(text)),
        }));
        lines.join("\n")
    }

    /// `| when | what — words | who |`
    pub fn row(&self, entry: &Entry) -> String {
        let what = subject::what(entry, self.vocabulary, self.clock.locale, |at| self.in_full(at));
        let what = cell(&what);
        let what = if entry.text.is_empty() {
            what
        } else {
            format!("{what} — {}", self.linker.cell(&entry.text))
        };
        let time = short_time(self.clock, entry.at);
        format!("| {} {time} | {what} | {} |", self.day(entry.at).format("%Y-%m-%d"), cell(&entry.who))
    }

    /// The day in the store's zone. A document is read on other days and in other years: no part of a time is left out.
    pub fn day(&self, at: Moment) -> NaiveDate {
        at.at.with_timezone(&self.clock.zone).date_naive()
    }

    pub fn in_full(&self, at: Moment) -> String {
        let (day, time) = (self.clock.full_date(self.day(at)), short_time(self.clock, at));
        say!(self.clock.locale, "day-and-time", day = day, time = time)
    }
}

/// An item of the links section: `[text](address)`, or the text alone.
pub fn link_item(text: &str, address: Option<&str>) -> String {
    let mut words = String::with_capacity(text.len());
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()) {
        if "\\`*_[]<|".contains(c) {
            words.push('\\');
        }
        words.push(c);
    }
    match address {
        Some(address) => format!("[{words}]({address})"),
        None => words,
    }
}

/// An item of the links section as it is read on a terminal: its text and its address, or the address alone where the
/// text says nothing else. An item that is more than one link is left as it is.
pub fn link_in_words(item: &str) -> String {
    let inner = item.strip_prefix('[').and_then(|rest| rest.strip_suffix(')'));
    let Some((text, address)) = inner.and_then(|inner| inner.rsplit_once("](")) else {
        return item.to_owned();
    };
    if text.contains("](") || address.contains(char::is_whitespace) {
        return item.to_owned();
    }
    let mut words = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        words.extend(if c == '\\' { rest.next() } else { Some(c) });
    }
    let bare = address.split_once("://").map_or(address, |(_, bare)| bare);
    if words == bare || words == address { address.to_owned() } else { format!("{words}  {address}") }
}

/// A file name as a relative link that GitHub follows: RFC 3986, with letters of any script kept.
pub fn encoded(name: &str) -> String {
    let keep = |c: char| c.is_alphanumeric() || "-._~".contains(c);
    name.chars().map(|c| if keep(c) { c.to_string() } else { percent(c) }).collect()
}

fn percent(c: char) -> String {
    let mut bytes = [0; 4];
    c.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// The way from the file `from` to the file `to`, both paths of one store, as a link.
pub fn relative(from: &str, to: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) = (from.split('/').collect(), to.split('/').collect());
    let last = from.len().min(to.len()).saturating_sub(1);
    let shared = from.iter().zip(&to).take(last).take_while(|(a, b)| a == b).count();
    let up = vec!["..".to_owned(); from.len() - 1 - shared];
    up.into_iter().chain(to[shared..].iter().map(|part| encoded(part))).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_in_a_cell_become_links_and_hostile_words_do_not() {
        let trackers = [Tracker { prefix: "PAY".into(), url: "https://t.example.org/{key}".into() }];
        let lead = |reference: Reference, word: &str| match reference {
            Reference::Commit => {
                (word == "3f9c2d1").then(|| "https://github.com/a/b/commit/3f9c2d1".to_owned())
            }
            Reference::Ticket => links::ticket_address(word, &trackers),
            Reference::Incident => Some(format!("../10/{word}.md")),
            Reference::Address => links::safe_address(word),
        };
        let linker = Linker { trackers: &trackers, lead: &lead };
        for (text, expected) in [
            ("rolled 3f9c2d1 back", "rolled [3f9c2d1](https://github.com/a/b/commit/3f9c2d1) back"),
            ("4f9c2d1 is unknown", "4f9c2d1 is unknown"),
            (
                "PAY-7、20261012-t5y6と同じ",
                "[PAY-7](https://t.example.org/PAY-7)、[20261012-t5y6](../10/20261012-t5y6.md)と同じ",
            ),
            ("https://example.org/xを見た", "<https://example.org/x>を見た"),
            ("a | <b> `3f9c2d1`", "a \\| \\<b> `3f9c2d1`"),
            ("[3f9c2d1](https://example.org)", "[3f9c2d1](https://example.org)"),
        ] {
            assert_eq!(linker.cell(text), expected);
        }
    }

    #[test]
    fn a_link_is_its_text_and_its_address_on_a_terminal() {
        for (item, expected) in [
            ("[作戦室](https://chat.example.org/a)", "作戦室  https://chat.example.org/a"),
            ("[example.org/x](https://example.org/x)", "https://example.org/x"),
            (r"[The \[d\]](https://example.org/a_%28b%29)", "The [d]  https://example.org/a_%28b%29"),
            ("PAY-123 refunds", "PAY-123 refunds"),
            ("[a](https://a) and [b](https://b)", "[a](https://a) and [b](https://b)"),
            ("[unfinished](", "[unfinished]("),
        ] {
            assert_eq!(link_in_words(item), expected);
        }
    }

    #[test]
    fn an_item_of_the_links_says_its_text_and_nothing_else() {
        for (text, address, expected) in [
            ("acme/shop#12", Some("https://x.org"), "[acme/shop#12](https://x.org)"),
            (
                "a](javascript:x) [b\n\n- c",
                Some("https://x.org"),
                "[a\\](javascript:x) \\[b - c](https://x.org)",
            ),
            ("PAY-1 <!-- x", None, "PAY-1 \\<!-- x"),
        ] {
            assert_eq!(link_item(text, address), expected);
        }
    }

    #[test]
    fn a_relative_link_climbs_no_further_than_it_must() {
        for (from, to, expected) in [
            ("incidents/2026/11/a.md", "incidents/2026/11/b.md", "b.md"),
            ("incidents/2026/11/a.md", "incidents/2026/10/決済 (web).md", "../10/決済%20%28web%29.md"),
            ("incidents/README.md", "incidents/2026/10/b.md", "2026/10/b.md"),
            ("incidents/2026/11/a.md", "severity.toml", "../../../severity.toml"),
        ] {
            assert_eq!(relative(from, to), expected);
        }
    }
}
