//! An action item as a line of a file: `- [ ] A1 text — @owner due 2026-12-04 PAY-123 (prevent)`.

use chrono::NaiveDate;

use crate::domain::action::{ActionClass, ActionItem};

use super::entry::{parse_date, split_bullet};
use super::escape::{self, DASH};
use super::vocabulary::{Vocabulary, Word};

/// The action as a list item, in the words of the store.
pub fn format_action(action: &ActionItem, v: &Vocabulary) -> String {
    let mut line = format!("- [{}] {}", if action.done { 'x' } else { ' ' }, escape::field(&action.id));
    let text = escape::name(&action.text);
    if !text.is_empty() {
        line.push_str(&format!(" {text}"));
    }
    let facts = [
        action.owner.as_ref().map(|owner| format!("@{}", escape::name(owner))),
        action.due.map(|due| format!("{} {due}", v.written(Word::Due))),
        action.ticket.as_ref().map(|ticket| escape::name(ticket)),
    ];
    let mut facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    if let Some(class) = action.class {
        let (open, close) = v.parens();
        facts.push_str(&format!("{open}{}{close}", v.written(Word::Class(class))));
    }
    if !facts.is_empty() {
        line.push_str(&format!(" {DASH} {}", facts.trim_start()));
    }
    line
}

/// Reads a list item that begins with a checkbox and an id such as `A1`. Only its first line is read.
pub fn parse_action(item: &str, v: &Vocabulary) -> Option<ActionItem> {
    let (_, content) = split_bullet(item);
    let line = content.lines().next()?.trim_end();
    let (done, rest) = checkbox(line)?;
    let (id, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    if !is_action_id(id) {
        return None;
    }
    let rest = rest.trim();
    let (text, facts) = split_facts(rest, v);
    Some(ActionItem {
        id: id.to_owned(),
        done,
        text: escape::unescape(text),
        owner: facts.owner,
        due: facts.due,
        ticket: facts.ticket,
        class: facts.class,
    })
}

/// Whether `[ ]` or `[x]` stands before it, and what follows.
fn checkbox(line: &str) -> Option<(bool, &str)> {
    let mut chars = line.strip_prefix('[')?.chars();
    let done = match chars.next()? {
        ' ' => false,
        'x' | 'X' => true,
        _ => return None,
    };
    Some((done, chars.as_str().strip_prefix(']')?.trim_start()))
}

/// One to three letters and a number: `A1`, `N12`.
pub fn is_action_id(id: &str) -> bool {
    let letters = id.bytes().take_while(u8::is_ascii_alphabetic).count();
    let digits = &id.as_bytes()[letters..];
    (1..=3).contains(&letters) && !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
}

#[derive(Default)]
struct Facts {
    owner: Option<String>,
    due: Option<NaiveDate>,
    ticket: Option<String>,
    class: Option<ActionClass>,
}

/// The words, and the facts behind the first dash that has some behind it.
fn split_facts<'a>(text: &'a str, v: &Vocabulary) -> (&'a str, Facts) {
    for at in escape::separators(text, DASH) {
        let behind = text[at + DASH.len_utf8()..].trim_start();
        if let Some(facts) = read_facts(behind, v) {
            return (text[..at].trim_end(), facts);
        }
    }
    (text, Facts::default())
}

/// Reads `@owner due DATE TICKET (class)`; what follows a further dash, such as evidence, is not read.
fn read_facts(text: &str, v: &Vocabulary) -> Option<Facts> {
    let mut facts = Facts::default();
    let own = text.split(DASH).next().unwrap_or_default().trim();
    let (words, class) = split_class(own, v);
    facts.class = class;
    let mut owner: Vec<&str> = Vec::new();
    let mut words = words.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let date = words.peek().and_then(|next| parse_date(next));
        if v.is(Word::Due, word) && date.is_some() {
            facts.due = date;
            words.next();
        } else if is_ticket(word) {
            facts.ticket = Some(escape::unescape(word));
        } else if let Some(name) = word.strip_prefix('@').filter(|_| owner.is_empty()) {
            owner.push(name);
        } else if !owner.is_empty() && facts.due.is_none() && facts.ticket.is_none() {
            owner.push(word);
        }
    }
    facts.owner = (!owner.is_empty()).then(|| escape::unescape(&owner.join(" ")));
    let found =
        facts.owner.is_some() || facts.due.is_some() || facts.class.is_some() || facts.ticket.is_some();
    found.then_some(facts)
}

/// The parenthesis at the end, if its first word is a class.
fn split_class<'a>(text: &'a str, v: &Vocabulary) -> (&'a str, Option<ActionClass>) {
    let found = text.strip_suffix([')', '）']).and_then(|inner| {
        let start = inner.rfind(['(', '（'])?;
        let words = inner[start..].trim_start_matches(['(', '（']);
        let word = words.split(['・', ',', '、']).next()?.trim();
        let is_it = |class: &ActionClass| v.is(Word::Class(*class), word) || class.token() == word;
        let class = ActionClass::ALL.into_iter().find(is_it)?;
        Some((text[..start].trim_end(), class))
    });
    match found {
        Some((before, class)) => (before, Some(class)),
        None => (text, None),
    }
}

/// `PAY-123`, `#12`, `owner/repo#12` or a URL.
fn is_ticket(word: &str) -> bool {
    let numbered = |sign: char| {
        word.rsplit_once(sign).is_some_and(|(before, number)| {
            !number.is_empty()
                && number.bytes().all(|byte| byte.is_ascii_digit())
                && before.chars().all(|c| c.is_ascii_alphanumeric() || "-_/.".contains(c))
                && (sign == '#' || before.starts_with(|c: char| c.is_ascii_alphabetic()))
        })
    };
    word.contains("://") || numbered('#') || numbered('-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::vocabulary::tests::vocabulary;

    fn item(id: &str, text: &str) -> ActionItem {
        ActionItem {
            id: id.into(),
            done: false,
            text: text.into(),
            owner: None,
            due: None,
            ticket: None,
            class: None,
        }
    }

    #[test]
    fn actions_are_written_and_read_in_both_languages() {
        let full = ActionItem {
            owner: Some("bob".into()),
            due: NaiveDate::from_ymd_opt(2026, 12, 4),
            ticket: Some("PAY-123".into()),
            class: Some(ActionClass::Prevent),
            ..item("A1", "上限を付ける")
        };
        let named = ActionItem { done: true, owner: Some("Alice Smith".into()), ..item("N2", "roll back") };
        for (japanese, action, line) in [
            (true, &full, "- [ ] A1 上限を付ける — @bob 期限 2026-12-04 PAY-123（起こさない）"),
            (false, &full, "- [ ] A1 上限を付ける — @bob due 2026-12-04 PAY-123 (Prevent)"),
            (false, &named, "- [x] N2 roll back — @Alice Smith"),
            (false, &item("A3", "a \\— b"), "- [ ] A3 a \\\\— b"),
            (false, &item("A3", "a — b"), "- [ ] A3 a \\— b"),
        ] {
            assert_eq!(format_action(action, &vocabulary(japanese)), line);
            assert_eq!(parse_action(line, &vocabulary(!japanese)).as_ref(), Some(action), "{line}");
        }
    }

    #[test]
    fn what_people_type_is_understood() {
        let v = vocabulary(true);
        let parsed =
            parse_action("* [X] N1 設定を戻す — @suzuki（いまやる）— 完了 03:31 [a1b2](https://x)", &v);
        let expected = ActionItem {
            done: true,
            owner: Some("suzuki".into()),
            class: Some(ActionClass::Now),
            ..item("N1", "設定を戻す")
        };
        assert_eq!(parsed, Some(expected));
        let parsed = parse_action("- [ ] A9 dash — in words", &v);
        assert_eq!(parsed, Some(item("A9", "dash — in words")));
        for line in ["- [ ] no id", "- A1 no box", "[ ]", "", "- [ ] 1A x", "- [y] A1 x"] {
            assert_eq!(parse_action(line, &v), None, "{line}");
        }
    }
}
