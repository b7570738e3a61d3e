//! Joining two ends of a branch: git merges the trees, the program's driver the incident files.

use std::collections::BTreeSet;

use super::renaming::renamed;
use crate::commands::merging::{Rules, Versions, merge_versions};
use crate::commands::pages::is_page;
use crate::commands::record::proposal;
use crate::commands::session::Session;
use crate::commands::write_args::{CommitArgs, Recorder};
use crate::context;
use crate::document::merge::PROSE_CONFLICT;
use crate::domain::invocation;
use crate::failure::{Exit, Failure, Failures, Message};
use crate::say;
use crate::store::{Combination, Conflict, StorePath, Upstream};

/// What two ends of the branch come to.
pub struct Joined {
    combination: Combination,
    /// The conflicts of git's that were none by structure: path in the repository and bytes, none where the file goes.
    resolved: Vec<(String, Option<Vec<u8>>)>,
    /// What was decided where both sides had changed the same, by file.
    pub notes: Vec<(StorePath, Message)>,
    /// Files whose prose has markers now.
    pub conflicted: Vec<StorePath>,
}

/// The command line by which git starts this program as a merge driver, for the store at hand.
pub fn driver(session: &Session<'_>) -> anyhow::Result<String> {
    let quoted = |path: &std::path::Path| invocation::quoted(&path.display().to_string());
    let (program, root) = (context::own_program()?, session.store.root());
    // A `%` of a path is not a place for git to fill in.
    let words = [quoted(&program), "-C".to_owned(), quoted(root)].map(|word| word.replace('%', "%%"));
    Ok(format!("{} --quiet merge-driver %O %A %B %L %P", words.join(" ")))
}

/// Joins the commits `ours` and `theirs`; nothing moves.
///
/// # Errors
/// Files that are not the store's conflict, or a version of an incident cannot be read.
pub fn join(session: &Session<'_>, ours: &str, theirs: &str, upstream: &Upstream) -> anyhow::Result<Joined> {
    let store = &session.store;
    let rules = Rules::of(session);
    let combination = store.combine(ours, theirs, &driver(session)?)?;
    let mut joined = Joined { combination, resolved: Vec::new(), notes: Vec::new(), conflicted: Vec::new() };
    let mut foreign = Vec::new();
    let settled = joined.follow_renames(session, (ours, theirs), &rules)?;
    for conflict in joined.combination.conflicts.clone() {
        match store.path_in_store(&conflict.path).filter(is_page) {
            _ if settled.contains(&conflict.path) => {}
            Some(path) => joined.resolve(session, &path, &conflict, &rules)?,
            None => foreign.push(conflict.path),
        }
    }
    if !foreign.is_empty() {
        return Err(foreign_conflict(session, &foreign, upstream).into());
    }
    for both in store.changed_by_both(ours, theirs)? {
        if let Some(path) = store.path_in_store(&both.path).filter(is_page)
            && let (Some(ours), Some(theirs)) = (&both.ours, &both.theirs)
            && let Ok(merged) = merge_blobs(session, &path, (both.base.as_deref(), ours, theirs), &rules)?
        {
            // What stands between markers is told for itself.
            let notes = merged.notes.into_iter().filter(|note| note.key != PROSE_CONFLICT);
            joined.notes.extend(notes.map(|note| (path.clone(), note)));
        }
    }
    Ok(joined)
}

fn merge_blobs(
    session: &Session<'_>,
    path: &StorePath,
    (base, ours, theirs): (Option<&str>, &str, &str),
    rules: &Rules,
) -> anyhow::Result<Result<crate::document::merge::Merged, Vec<Failure>>> {
    let blob = |id: &str| session.store.blob(id);
    let (base, ours, theirs) = (base.map(blob).transpose()?, blob(ours)?, blob(theirs)?);
    Ok(merge_versions(path, Versions { base: base.as_deref(), ours: &ours, theirs: &theirs }, rules))
}

fn foreign_conflict(session: &Session<'_>, paths: &[String], upstream: &Upstream) -> Failure {
    let command = session.store.pull_command(upstream);
    Failure::new(Exit::Network, "sync-others-conflict")
        .with("paths", paths.join(", "))
        .hint(Message::new("sync-hint-command").with("command", command))
}

impl Joined {
    /// Puts together what a side has moved, and returns every path that is settled by that.
    fn follow_renames(
        &mut self,
        session: &Session<'_>,
        (ours, theirs): (&str, &str),
        rules: &Rules,
    ) -> anyhow::Result<BTreeSet<String>> {
        let mut settled = BTreeSet::new();
        for renamed in renamed(session, ours, theirs)? {
            let (path, from) = (&renamed.name, renamed.others.iter());
            let blobs = (Some(renamed.base.as_str()), renamed.ours.as_str(), renamed.theirs.as_str());
            let merged = merge_blobs(session, path, blobs, rules)?.map_err(Failures)?;
            if merged.conflicted {
                self.conflicted.push(path.clone());
            }
            let from = from.map(ToString::to_string).collect::<Vec<_>>().join(", ");
            let about = Message::new("sync-renamed").with("from", from);
            let notes = merged.notes.into_iter().filter(|note| note.key != PROSE_CONFLICT);
            self.notes.extend([about].into_iter().chain(notes).map(|note| (path.clone(), note)));
            let gone = renamed.others.iter().map(|other| (session.store.in_repository(other), None));
            let name = session.store.in_repository(path);
            settled.extend(gone.clone().map(|(other, _)| other).chain([name.clone()]));
            self.resolved.extend(gone.chain([(name, Some(merged.text.into_bytes()))]));
        }
        Ok(settled)
    }

    /// An edit beats a removal; two edits are merged, and what is left of a conflict then stands in the prose.
    fn resolve(
        &mut self,
        session: &Session<'_>,
        path: &StorePath,
        conflict: &Conflict,
        rules: &Rules,
    ) -> anyhow::Result<()> {
        let (Some(ours), Some(theirs)) = (&conflict.ours, &conflict.theirs) else {
            if let Some(kept) = conflict.ours.as_deref().or(conflict.theirs.as_deref()) {
                self.resolved.push((conflict.path.clone(), Some(session.store.blob(kept)?)));
                self.notes.push((path.clone(), Message::new("sync-removal-undone")));
            }
            return Ok(());
        };
        let merged = merge_blobs(session, path, (conflict.base.as_deref(), ours, theirs), rules)?;
        let merged = merged.map_err(Failures)?;
        if merged.conflicted {
            self.conflicted.push(path.clone());
        }
        self.resolved.push((conflict.path.clone(), Some(merged.text.into_bytes())));
        Ok(())
    }

    /// Writes the commit that joins both; no branch moves.
    ///
    /// # Errors
    /// It cannot be written, or not signed where it must be.
    pub fn commit(
        &self,
        session: &Session<'_>,
        ends: (&str, &str),
        upstream: &Upstream,
        (recorder, args): (&Recorder, &CommitArgs),
    ) -> anyhow::Result<String> {
        let mut message = say!(session.documents, "subject-merge", upstream = upstream.short()) + "\n";
        for (path, note) in &self.notes {
            message.push_str(&format!("\n{path}: {}", session.documents.say(note)));
        }
        let proposal = proposal(session, recorder, args, Vec::new(), message, session.now());
        session.store.merge_commit(ends, &self.combination, &self.resolved, &proposal)
    }
}
