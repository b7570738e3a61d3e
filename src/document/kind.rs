//! The words between a timeline entry's time and its author: what happened.

use crate::domain::event::{EventKind, Milestone, NoteKind};

use super::escape::{self, ARROW};
use super::vocabulary::{self, Named, Vocabulary, Word};

/// How an entry is spelt: the way people like to read it, or so that nothing in it can be misread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    Readable,
    /// Every name is written by its id, escaped in full.
    Verbatim,
}

/// Words that say everything by themselves.
fn alone() -> impl Iterator<Item = (Word, EventKind)> {
    let milestones = Milestone::ALL.into_iter().map(|one| (Word::Milestone(one), EventKind::Milestone(one)));
    let notes = NoteKind::ALL.into_iter().map(|one| (Word::Note(one), EventKind::Note(one)));
    let others = [
        (Word::ImpactProvisional, EventKind::Impact { confirmed: false }),
        (Word::ImpactConfirmed, EventKind::Impact { confirmed: true }),
        (Word::Link, EventKind::Link),
        (Word::Attach, EventKind::Attach),
        (Word::Run, EventKind::Run),
        (Word::Postmortem, EventKind::Postmortem),
        (Word::Correction, EventKind::Correction),
        (Word::Undo, EventKind::Undo),
    ];
    milestones.chain(notes).chain(others)
}

/// Writes the parts of an entry's words in one spelling.
struct Speller<'a> {
    spelling: Spelling,
    v: &'a Vocabulary,
}

impl<'a> Speller<'a> {
    fn word(&self, word: Word) -> &'a str {
        match self.spelling {
            Spelling::Readable => self.v.written(word),
            Spelling::Verbatim => word.token(),
        }
    }

    fn text(&self, text: &str) -> String {
        match self.spelling {
            Spelling::Readable => escape::field(text),
            Spelling::Verbatim => escape::field_in_full(text),
        }
    }

    fn name(&self, id: &str, named: &[Named]) -> String {
        match self.spelling {
            Spelling::Readable => named_field(id, named),
            Spelling::Verbatim => escape::field_in_full(id),
        }
    }

    fn status(&self, id: &str) -> String {
        self.name(id, &self.v.statuses)
    }

    fn level(&self, id: Option<&str>) -> String {
        id.map_or_else(|| self.word(Word::Unrated).to_owned(), |id| self.name(id, &self.v.levels))
    }

    fn person(&self, handle: &str) -> String {
        self.name(handle, &self.v.people)
    }

    fn role(&self, word: Word, id: &str) -> String {
        format!("{} {}", self.word(word), self.name(id, &self.v.roles))
    }
}

/// What happened, in the words of the store.
pub(super) fn format(kind: &EventKind, spelling: Spelling, v: &Vocabulary) -> String {
    let s = Speller { spelling, v };
    match kind {
        EventKind::Status { from, to } => format!("{} {ARROW} {}", s.status(from), s.status(to)),
        EventKind::Severity { from, to } => {
            let (from, to) = (s.level(from.as_deref()), s.level(to.as_deref()));
            format!("{} {from} {ARROW} {to}", s.word(Word::Severity))
        }
        EventKind::RoleTaken { role, person } => {
            format!("{} +{}", s.role(Word::Role, role), s.person(person))
        }
        EventKind::RoleLeft { role, person } => format!("{} −{}", s.role(Word::Role, role), s.person(person)),
        EventKind::Handover { role, from, to } => {
            format!("{} {} {ARROW} {}", s.role(Word::Handover, role), s.person(from), s.person(to))
        }
        EventKind::HandoverOffered { role, from, to } => {
            let (from, to) = (s.person(from), s.person(to));
            format!("{} {from} {ARROW} {to}", s.role(Word::HandoverOffered, role))
        }
        EventKind::Step { id, done } => {
            let sign = if *done { '+' } else { '−' };
            format!("{} {sign}{}", s.word(Word::Step), s.text(id))
        }
        EventKind::Update { number } => match s.word(Word::Update).split_once('#') {
            Some((before, after)) => format!("{before}{number}{after}"),
            None => format!("{} {number}", s.word(Word::Update)),
        },
        EventKind::ActionOpened { id } => format!("{} +{}", s.word(Word::ActionOpened), s.text(id)),
        EventKind::ActionDone { id } => format!("{} {}", s.word(Word::ActionDone), s.text(id)),
        EventKind::ActionDropped { id } => format!("{} {}", s.word(Word::ActionDropped), s.text(id)),
        EventKind::Set { key, from, to } => {
            let (from, to) = (s.text(from), s.text(to));
            format!("{} {}: {from} {ARROW} {to}", s.word(Word::Set), s.text(key))
        }
        other => {
            let found = alone().find(|(_, kind)| kind == other);
            found.map_or_else(String::new, |(word, _)| s.word(word).to_owned())
        }
    }
}

/// What happened as people are told it: the words of an entry without escapes.
pub fn describe(kind: &EventKind, v: &Vocabulary) -> String {
    escape::unescape(&format(kind, Spelling::Readable, v))
}

/// The name behind an id, or the id itself where the name would mean something else.
fn named_field(id: &str, named: &[Named]) -> String {
    let known = named.iter().find(|one| one.id == id).and_then(|one| one.names.first());
    let name = known.filter(|name| vocabulary::find(named, name) == Some(id));
    escape::field(name.map_or(id, String::as_str))
}

/// Reads what [`format()`] writes, in either language and as people type it.
pub(super) fn parse(head: &str, v: &Vocabulary) -> Option<EventKind> {
    let by_itself = alone().find(|(word, _)| v.is(*word, head)).map(|(_, kind)| kind);
    by_itself
        .or_else(|| update(head, v))
        .or_else(|| after(head, Word::Severity, v, |rest| severity(rest, v)))
        .or_else(|| after(head, Word::Set, v, set))
        .or_else(|| after(head, Word::Role, v, |rest| role(rest, v)))
        .or_else(|| {
            let (role, from, to) = after(head, Word::Handover, v, |rest| handover(rest, v))?;
            Some(EventKind::Handover { role, from, to })
        })
        .or_else(|| {
            let (role, from, to) = after(head, Word::HandoverOffered, v, |rest| handover(rest, v))?;
            Some(EventKind::HandoverOffered { role, from, to })
        })
        .or_else(|| after(head, Word::Step, v, step))
        .or_else(|| action(head, v))
        .or_else(|| {
            let (from, to) = arrow(head)?;
            Some(EventKind::Status { from: id(from, &v.statuses)?, to: id(to, &v.statuses)? })
        })
}

/// Reads the part after `word` and a blank.
fn after<T>(head: &str, word: Word, v: &Vocabulary, read: impl Fn(&str) -> Option<T>) -> Option<T> {
    v.spellings(word).find_map(|spelling| {
        let start = head.get(..spelling.len()).filter(|start| start.eq_ignore_ascii_case(spelling))?;
        let rest = &head[start.len()..];
        read(rest.strip_prefix(char::is_whitespace)?.trim_start())
    })
}

/// The two sides of the only arrow.
fn arrow(text: &str) -> Option<(&str, &str)> {
    let (from, to) = escape::split_once(text, ARROW)?;
    escape::separators(to, ARROW).next().is_none().then_some((from, to))
}

/// The id that a field means, or its words; an empty field means nothing at all.
fn id(raw: &str, named: &[Named]) -> Option<String> {
    if raw.is_empty() {
        return None;
    }
    let text = escape::unescape_field(raw);
    let known = if escape::is_verbatim(raw) { None } else { vocabulary::find(named, &text) };
    Some(known.map_or(text.clone(), str::to_owned))
}

fn text(raw: &str) -> Option<String> {
    (!raw.is_empty()).then(|| escape::unescape_field(raw))
}

fn update(head: &str, v: &Vocabulary) -> Option<EventKind> {
    let number = v.spellings(Word::Update).find_map(|spelling| {
        let (before, behind) = spelling.split_once('#').unwrap_or((spelling, ""));
        let start = head.get(..before.len()).filter(|start| start.eq_ignore_ascii_case(before))?;
        let digits = head[start.len()..].strip_suffix(behind)?.trim_start();
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
    })?;
    Some(EventKind::Update { number })
}

fn severity(rest: &str, v: &Vocabulary) -> Option<EventKind> {
    let (from, to) = arrow(rest)?;
    let level = |raw: &str| -> Option<Option<String>> {
        if v.is(Word::Unrated, raw) { Some(None) } else { id(raw, &v.levels).map(Some) }
    };
    Some(EventKind::Severity { from: level(from)?, to: level(to)? })
}

fn set(rest: &str) -> Option<EventKind> {
    let (key, values) = rest.split_once(": ")?;
    let (from, to) = arrow(values)?;
    Some(EventKind::Set { key: text(key)?, from: text(from)?, to: text(to)? })
}

fn role(rest: &str, v: &Vocabulary) -> Option<EventKind> {
    let sign = |c: char| matches!(c, '+' | '−' | '-');
    let starts = |at: usize| rest[..at].chars().next_back().is_some_and(char::is_whitespace);
    let (at, found) = rest.match_indices(sign).find(|(at, _)| starts(*at))?;
    let role = id(rest[..at].trim_end(), &v.roles)?;
    let person = id(&rest[at + found.len()..], &v.people)?;
    Some(if found == "+" {
        EventKind::RoleTaken { role, person }
    } else {
        EventKind::RoleLeft { role, person }
    })
}

/// `ROLE FROM → TO`: the role is the longest name that is known, else one word.
fn handover(rest: &str, v: &Vocabulary) -> Option<(String, String, String)> {
    let (left, to) = arrow(rest)?;
    let names = v.roles.iter().flat_map(|role| role.names.iter().chain([&role.id]));
    let known = names.map(|name| escape::field(name)).filter(|name| {
        left.strip_prefix(name.as_str()).is_some_and(|behind| behind.starts_with(char::is_whitespace))
    });
    let length = known.map(|name| name.len()).max().or_else(|| left.find(char::is_whitespace))?;
    let (role, from) = left.split_at(length);
    let (from, to) = (id(from.trim_start(), &v.people)?, id(to, &v.people)?);
    Some((id(role, &v.roles)?, from, to))
}

fn step(rest: &str) -> Option<EventKind> {
    let done = rest.starts_with('+');
    Some(EventKind::Step { id: text(rest.strip_prefix(['+', '−', '-'])?)?, done })
}

fn action(head: &str, v: &Vocabulary) -> Option<EventKind> {
    let opened = |rest: &str| Some(EventKind::ActionOpened { id: text(rest.strip_prefix('+')?)? });
    after(head, Word::ActionOpened, v, opened)
        .or_else(|| {
            after(head, Word::ActionDone, v, |rest| one_word(rest).map(|id| EventKind::ActionDone { id }))
        })
        .or_else(|| {
            after(head, Word::ActionDropped, v, |rest| {
                one_word(rest).map(|id| EventKind::ActionDropped { id })
            })
        })
}

/// An id that is a single word, so that a status such as `Done for now → Open` stays a status.
fn one_word(rest: &str) -> Option<String> {
    (!rest.contains(char::is_whitespace)).then(|| text(rest))?
}
