//! What the options of `list` ask for, in the terms of the store.

use chrono::{DateTime, FixedOffset};

use super::super::answers;
use super::super::archive::{Archive, Found};
use super::super::assign::{find_role, near_people};
use super::super::either_language;
use super::super::session::{Session, is_me};
use super::super::set;
use super::super::status::find_status;
use super::{Args, Sort};
use crate::document::parse;
use crate::domain::event::Entry;
use crate::domain::flow::Category;
use crate::domain::incident::{Incident, Mode};
use crate::domain::period::parse_period;
use crate::domain::selection::{Answer, LevelRange, Selection, Standing, words};
use crate::domain::text::folded;
use crate::failure::{Exit, Failure, Message};
use crate::say;
use crate::view::list::{self, Updates};

/// What `args` ask for.
///
/// # Errors
/// A word that names nothing. What the configuration has dropped can still be asked for; a slip of the finger must
/// not find nothing in silence.
pub fn selection(session: &Session<'_>, archive: &Archive, args: &Args) -> anyhow::Result<Selection> {
    let reader = Reader { session, archive };
    let mut selection = Selection {
        standings: all(&args.status, |word| reader.standing(word))?,
        levels: all(&args.level, |word| reader.level(word))?,
        kinds: all(&args.kind, |word| reader.kind(word))?,
        products: all(&args.product, |word| reader.product(word))?,
        roles: all(&args.role, |word| reader.role(word))?,
        people: all(&args.person, |word| reader.person(word))?,
        modes: args.mode.iter().map(|mode| Mode::from(*mode)).collect(),
        since: args.since.as_deref().map(|text| reader.period(text)).transpose()?.map(|period| period.start),
        until: args.until.as_deref().map(|text| reader.period(text)).transpose()?.map(|period| period.end),
        words: args.text.iter().map(|text| words(text)).collect(),
        ..Selection::default()
    };
    for pair in &args.field {
        let (field, value) = reader.field(pair)?;
        selection.fields.entry(field).or_default().push(value);
    }
    Ok(selection)
}

fn all<T>(words: &[String], read: impl Fn(&str) -> anyhow::Result<T>) -> anyhow::Result<Vec<T>> {
    words.iter().map(|word| read(word.trim())).collect()
}

/// Reads what people call things.
struct Reader<'a> {
    session: &'a Session<'a>,
    archive: &'a Archive,
}

impl Reader<'_> {
    /// Whether an incident has what no configuration may know any more.
    fn is_used(&self, fits: impl Fn(&Incident) -> bool) -> bool {
        self.archive.found.iter().any(|found| fits(&found.incident))
    }

    fn standing(&self, word: &str) -> anyhow::Result<Standing> {
        if let Some(status) = self.session.settings.flow.find(word) {
            return Ok(Standing::Status(status.id.clone()));
        }
        let token = either_language::token("category", Category::ALL.map(Category::token), word);
        if let Some(category) = Category::ALL.into_iter().find(|category| Some(category.token()) == token) {
            return Ok(Standing::Category(category));
        }
        if self.is_used(|incident| incident.status == word) {
            return Ok(Standing::Status(word.to_owned()));
        }
        find_status(self.session, word).map(|status| Standing::Status(status.id.clone()))
    }

    /// `SEV2`, `SEV2+` or `SEV2以上`, `unrated`.
    fn level(&self, word: &str) -> anyhow::Result<LevelRange> {
        let policy = &self.session.policy;
        if policy.find_level(word).is_none() {
            if either_language::token("severity", ["unrated"], word).is_some() {
                return Ok(LevelRange::Unrated);
            }
            let typed = folded(word);
            if let Some(least) = ["+", "以上"].iter().find_map(|sign| typed.strip_suffix(sign)) {
                return answers::find_level(self.session, least.trim()).map(LevelRange::AtLeast);
            }
            if self.is_used(|incident| incident.severity.as_deref() == Some(word)) {
                return Ok(LevelRange::Exactly(word.to_owned()));
            }
        }
        answers::find_level(self.session, word).map(LevelRange::Exactly)
    }

    fn kind(&self, word: &str) -> anyhow::Result<String> {
        match self.is_used(|incident| incident.kind.as_deref() == Some(word)) {
            true => Ok(word.to_owned()),
            false => set::kind(self.session, word),
        }
    }

    fn product(&self, word: &str) -> anyhow::Result<String> {
        match self.is_used(|incident| incident.products.iter().any(|product| product == word)) {
            true => Ok(word.to_owned()),
            false => set::product(self.session, word),
        }
    }

    fn role(&self, word: &str) -> anyhow::Result<String> {
        match self.is_used(|incident| !incident.holders(word).is_empty()) {
            true => Ok(word.to_owned()),
            false => find_role(self.session, word).map(|role| role.id.clone()),
        }
    }

    /// Anybody may have had a part in an incident, listed or not.
    fn person(&self, word: &str) -> anyhow::Result<String> {
        if is_me(word) {
            return Ok(self.session.actor()?.handle);
        }
        if let Some(known) = self.session.settings.staff.person(word) {
            return Ok(known.handle.clone());
        }
        if !self.is_used(|incident| {
            incident.roles.iter().any(|(_, people)| people.iter().any(|person| person == word))
        }) && let Some(near) = near_people(self.session, word)
        {
            let app = self.session.app;
            app.ui.tell(&say!(app.locale, "list-person-unknown", word = word));
            app.ui.tell(&format!("  {}", app.locale.say(&near)));
        }
        Ok(word.to_owned())
    }

    fn period(&self, text: &str) -> anyhow::Result<std::ops::Range<DateTime<FixedOffset>>> {
        let (now, zone) = (self.session.now(), self.session.settings.zone);
        parse_period(text, now, zone).map_err(|error| {
            let failure =
                Failure { message: error.message(), ..Failure::new(Exit::Usage, "time-not-a-time") };
            failure.hint(Message::new("list-time-forms")).into()
        })
    }

    fn field(&self, pair: &str) -> anyhow::Result<(String, String)> {
        let fields = &self.session.policy.fields;
        let word = pair.split_once('=').map_or(pair, |(word, _)| word).trim();
        let id = self.session.policy.find_field(word).map(|field| field.id.clone());
        let id = id
            .or_else(|| self.is_used(|incident| incident.fields.contains_key(word)).then(|| word.to_owned()));
        match (id, pair.split_once('=')) {
            (Some(id), Some((_, value))) => {
                let value = set::field_value(self.session, &id, value.trim())?;
                Ok((id, value))
            }
            _ => {
                let ids: Vec<&str> = fields.iter().map(|field| field.id.as_str()).collect();
                let failure = Failure::new(Exit::Usage, "no-such-field").with("text", pair);
                let failure = match ids.is_empty() {
                    true => failure,
                    false => failure.hint(Message::new("hint-known-names").with("names", ids.join(", "))),
                };
                Err(failure.into())
            }
        }
    }
}

/// Those of `archive` that `selection` admits. A body is read only where the front matter does not decide.
pub fn selected<'a>(
    session: &Session<'_>,
    archive: &'a Archive,
    selection: &Selection,
) -> anyhow::Result<Vec<&'a Found>> {
    let mut selected = Vec::new();
    for found in &archive.found {
        let admitted = match selection.judge(&found.incident, &session.settings.flow, &session.policy) {
            Answer::No => false,
            Answer::Yes => true,
            Answer::OnlyTheBodySays => in_body(session, found, selection)?,
        };
        if admitted {
            selected.push(found);
        }
    }
    Ok(selected)
}

/// Sorts by what was asked for. The bodies are read only where the last entry decides.
pub fn sort(session: &Session<'_>, found: &mut [&Found], by: Sort, reverse: bool) -> anyhow::Result<()> {
    let mut updates = Updates::new();
    if matches!(by, Sort::Updated) {
        for one in found.iter() {
            let last = last_recorded(session, one)?.or_else(|| one.incident.declared().map(|at| at.at));
            updates.extend(last.map(|at| (one.incident.id.clone(), at)));
        }
    }
    list::sort(found, by.into(), reverse, &session.names(), &updates, |found| &found.incident);
    Ok(())
}

/// When something was last recorded in the file; none where its timeline cannot be read or is empty.
fn last_recorded(session: &Session<'_>, found: &Found) -> anyhow::Result<Option<DateTime<FixedOffset>>> {
    let bytes = session.store.read(&found.path)?.unwrap_or_default();
    let file = parse(found.path.as_str(), &bytes, &session.vocabulary).ok();
    Ok(file.and_then(|file| file.timeline.entries().map(Entry::recorded_at).max()))
}

fn in_body(session: &Session<'_>, found: &Found, selection: &Selection) -> anyhow::Result<bool> {
    let bytes = session.store.read(&found.path)?.unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let acted = |person: &str| {
        let name = session.settings.staff.display_name(person);
        // Reading the entries costs more than looking for the name in the text.
        (text.contains(name) || text.contains(person))
            && parse(found.path.as_str(), &bytes, &session.vocabulary).is_ok_and(|file| {
                file.timeline.entries().any(|entry| entry.who == name || entry.who == person)
            })
    };
    let body = text.splitn(3, "---").nth(2).unwrap_or(&text);
    Ok(selection.admits_body(&found.incident, body, &acted))
}
