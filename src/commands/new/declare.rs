//! From a declaration to its commit.

use super::super::archive::{Archive, Found, taken_ids};
use super::super::record::{Recorded, edit, proposal, retried, show_dry_run};
use super::super::session::Session;
use super::super::write_args::{CommitArgs, Recorder};
use super::contents;
use super::declaration::Declaration;
use crate::commands::sync::take_what_is_easy;
use crate::document::parse;
use crate::domain::id::IncidentId;
use crate::failure::{Failures, Message};
use crate::store::{Outcome, Writer};

/// What became of a declaration.
pub enum Declared {
    Recorded(Recorded),
    /// It was recorded before: with the same key, or by a command that ended before it could say so.
    Before(Recorded),
}

/// Gives the declaration the id that it will have, for a draft that must not be recorded twice.
pub fn settle_id(session: &Session<'_>, declaration: &mut Declaration) -> anyhow::Result<()> {
    if declaration.id.is_none() {
        declaration.id = Some(new_id(session, declaration)?.to_string());
    }
    Ok(())
}

/// A free id for the declaration, by the day it was made.
fn new_id(session: &Session<'_>, declaration: &Declaration) -> anyhow::Result<IncidentId> {
    let date = declaration.declared.at.with_timezone(&session.settings.zone).date_naive();
    let taken = taken_ids(session)?;
    session.app.context.new_id(date, |id| taken.contains(id))
}

/// Records the declaration: one file, one commit.
pub fn declare(
    session: &Session<'_>,
    declaration: &Declaration,
    args: &CommitArgs,
) -> anyhow::Result<Declared> {
    let recorder = match &declaration.name {
        // A name typed in for this one record stands in where git knows none.
        Some(name) => Recorder::named(session, declaration.declared, name)?,
        None => Recorder::at(session, declaration.declared, declaration.by.as_deref())?,
    };
    let taken = if args.dry_run { Vec::new() } else { take_what_is_easy(session, &recorder) };
    for taken in taken {
        session.app.ui.say(&session.app.locale.say(&taken));
    }
    let step = Step { session, declaration, recorder, args };
    let mut writer = session.store.lock()?;
    retried(|| {
        let planned: Option<IncidentId> = declaration.id.as_deref().and_then(|id| id.parse().ok());
        let taken = taken_ids(session)?;
        let is_taken = planned.as_ref().is_some_and(|id| taken.contains(id));
        // Only then is the archive worth reading.
        if (declaration.key.is_some() || is_taken)
            && let Some(found) = recorded_before(session, declaration)?
        {
            return Ok(Some(Declared::Before(as_recorded(found, writer.recovered().to_vec()))));
        }
        let id = match planned.filter(|_| !is_taken) {
            Some(id) => id,
            None => new_id(session, declaration)?,
        };
        Ok(step.commit(&mut writer, &id)?.map(Declared::Recorded))
    })
}

/// One attempt to commit a declaration.
struct Step<'a> {
    session: &'a Session<'a>,
    declaration: &'a Declaration,
    recorder: Recorder,
    args: &'a CommitArgs,
}

impl Step<'_> {
    /// None if the branch moved meanwhile.
    fn commit(&self, writer: &mut Writer<'_>, id: &IncidentId) -> anyhow::Result<Option<Recorded>> {
        let Self { session, declaration, recorder, args } = self;
        let title = declaration.title_or_default(session);
        let path = contents::path_of(id, &title)?;
        let change = contents::change(session, declaration, recorder);
        let skeleton = contents::skeleton(session, id, &title)?;
        let text = edit(session, &path, &skeleton, &change)?.text;
        let incident = parse(path.as_str(), text.as_bytes(), &session.vocabulary).map_err(Failures)?.incident;
        let message = contents::message(session, id, &title, declaration, &change, recorder);
        let files = vec![(path.clone(), Some(text.into_bytes()))];
        let mut remarks = writer.recovered().to_vec();
        let commit = if args.dry_run {
            show_dry_run(session, "", &files, &message)?;
            None
        } else {
            let proposal = proposal(session, recorder, args, files, message, declaration.declared.at);
            match writer.commit(&proposal)? {
                Outcome::Moved | Outcome::Unchanged => return Ok(None),
                Outcome::Committed { commit, warnings } => {
                    remarks.extend(warnings);
                    Some(commit)
                }
            }
        };
        Ok(Some(Recorded { path, incident, entries: change.entries, commit, remarks }))
    }
}

/// The incident that this declaration, or one with the same key, has led to.
fn recorded_before(session: &Session<'_>, declaration: &Declaration) -> anyhow::Result<Option<Found>> {
    let same = |found: &&Found| {
        let incident = &found.incident;
        let key = declaration.key.is_some() && incident.key == declaration.key;
        let id = declaration.id.as_deref() == Some(incident.id.as_str())
            && incident.declared() == Some(declaration.declared);
        key || id
    };
    Ok(Archive::read(session)?.found.iter().find(same).cloned())
}

/// The incident with the declaration's key, if there is one.
pub fn by_key(session: &Session<'_>, key: Option<&str>) -> anyhow::Result<Option<Recorded>> {
    let Some(key) = key else { return Ok(None) };
    let has_key = |found: &Found| found.incident.key.as_deref() == Some(key);
    let known = Archive::read(session)?.found.into_iter().find(has_key);
    Ok(known.map(|found| as_recorded(found, Vec::new())))
}

fn as_recorded(found: Found, remarks: Vec<Message>) -> Recorded {
    Recorded { path: found.path, incident: found.incident, entries: Vec::new(), commit: None, remarks }
}
