//! Writing to two incidents at once: one commit changes both files, or neither.

use super::hand_edit::{HandEdits, Settled};
use super::record::{Recorded, edit, locked, message_about, proposal, retried, sections_added, show_dry_run};
use super::session::Session;
use super::write_args::{CommitArgs, Recorder};
use crate::document::{Edited, IncidentFile, parse};
use crate::domain::change::Change;
use crate::domain::event::Entry;
use crate::domain::id::IncidentId;
use crate::failure::Failures;
use crate::store::{Outcome, StorePath, Writer};

/// Changes two incident files by `decide`, in one commit whose subject is about the first that changes. `decide` sees
/// the committed files and may be asked again if the branch moves meanwhile; two empty changes are no commit.
pub fn record_both(
    session: &Session<'_>,
    paths: [&StorePath; 2],
    recorder: &Recorder,
    args: &CommitArgs,
    decide: &dyn Fn([&IncidentFile; 2]) -> anyhow::Result<[Change; 2]>,
) -> anyhow::Result<[Recorded; 2]> {
    let act = Act { session, paths, recorder, args };
    locked(session, recorder, args, |writer, edits| {
        retried(|| {
            let Some(one) = settled(edits, writer, paths[0])? else { return Ok(None) };
            let Some(other) = settled(edits, writer, paths[1])? else { return Ok(None) };
            let texts = [one, other];
            let files = [act.parse(0, &texts[0])?, act.parse(1, &texts[1])?];
            let changes = decide([&files[0], &files[1]])?;
            act.commit(writer, edits, &texts, changes)
        })
    })
}

/// The committed text of the file at `path`; none if the branch moved.
fn settled(
    edits: &mut HandEdits<'_>,
    writer: &mut Writer<'_>,
    path: &StorePath,
) -> anyhow::Result<Option<String>> {
    match edits.settle_incident(writer, path)? {
        Settled::Text(text) => Ok(Some(text)),
        Settled::Absent => Err(edits.session.store.deleted_by_hand(path).into()),
        Settled::Moved => Ok(None),
    }
}

struct Act<'a> {
    session: &'a Session<'a>,
    paths: [&'a StorePath; 2],
    recorder: &'a Recorder,
    args: &'a CommitArgs,
}

impl Act<'_> {
    fn parse(&self, index: usize, text: &str) -> anyhow::Result<IncidentFile> {
        let path = self.paths[index].as_str();
        Ok(parse(path, text.as_bytes(), &self.session.vocabulary).map_err(Failures)?)
    }

    /// One attempt; none if the branch moved meanwhile.
    fn commit(
        &self,
        writer: &mut Writer<'_>,
        edits: &mut HandEdits<'_>,
        texts: &[String; 2],
        changes: [Change; 2],
    ) -> anyhow::Result<Option<[Recorded; 2]>> {
        let Self { session, recorder, args, .. } = *self;
        let mut after = Vec::new();
        for (index, change) in changes.iter().enumerate() {
            let edited = edit(session, self.paths[index], &texts[index], change)?;
            let file = self.parse(index, &edited.text)?;
            after.push((edited, file.incident));
        }
        let changed: Vec<usize> = (0..changes.len()).filter(|index| !changes[*index].is_empty()).collect();
        let file = |index: &usize| {
            let Edited { text, .. } = &after[*index].0;
            (self.paths[*index].clone(), Some(text.clone().into_bytes()))
        };
        let files: Vec<_> = changed.iter().map(file).collect();
        let about = |index: &usize| (&after[*index].1.id, changes[*index].entries.as_slice());
        let told: Vec<(&IncidentId, &[Entry])> = changed.iter().map(about).collect();
        let message = message_about(session, &told, recorder);
        let commit = match changed.first() {
            None => None,
            Some(first) if args.dry_run => {
                show_dry_run(session, &texts[*first], &files, &message)?;
                None
            }
            Some(_) => {
                match writer.commit(&proposal(session, recorder, args, files, message, recorder.at.at))? {
                    Outcome::Moved => return Ok(None),
                    Outcome::Unchanged => None,
                    Outcome::Committed { commit, warnings } => {
                        edits.remarks.extend(warnings);
                        Some(commit)
                    }
                }
            }
        };
        for (edited, _) in &after {
            edits.remarks.extend(sections_added(&edited.appended));
        }
        // Said once, with the first.
        let mut remarks = [std::mem::take(&mut edits.remarks), Vec::new()].into_iter();
        let mut rest = self.paths.into_iter().zip(after).zip(changes);
        let mut next = || {
            let ((path, (_, incident)), change) = rest.next()?;
            let commit = commit.clone().filter(|_| !change.is_empty());
            let remarks = remarks.next()?;
            Some(Recorded { path: path.clone(), incident, entries: change.entries, commit, remarks })
        };
        Ok(next().zip(next()).map(|(one, other)| [one, other]))
    }
}
