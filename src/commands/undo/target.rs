//! What is to be taken back: which incident, and which of its commits.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use super::super::announce::short;
use super::super::archive::{FOLDER, Found, find, may_be_incident};
use super::super::lineage::{old_name, version_at};
use super::super::postmortem;
use super::super::session::{Actor, Session};
use super::Args;
use crate::document::trailers::{parse_trailers, recorded_times};
use crate::document::undone::{TakenBack, taken_back, undoes};
use crate::document::witness::Version;
use crate::domain::id::IncidentId;
use crate::domain::names::Purpose;
use crate::domain::people::Staff;
use crate::failure::{Exit, Failure, Failures, Message};
use crate::store::{Person, Revision, StorePath};
use crate::view::sanitize::sanitize;
use crate::view::subject;

/// The fewest characters of a commit's id that name it, as git has it.
const LEAST_COMMIT: usize = 4;

/// The incident that `word` or `$INCIDENT` names, else the one that this person changed last: a slip is taken back
/// where it was made, even if it has closed the incident.
pub fn incident(session: &Session<'_>, word: Option<&str>, actor: &Actor) -> anyhow::Result<Found> {
    if word.is_some() || crate::context::variable("INCIDENT").is_some() {
        return find(session, word, Purpose::Writing);
    }
    match changed_last(session, actor)? {
        Some(found) => Ok(found),
        None => find(session, None, Purpose::Reading),
    }
}

fn changed_last(session: &Session<'_>, actor: &Actor) -> anyhow::Result<Option<Found>> {
    let mut last = None;
    session.store.walk_history(&[StorePath::parse(FOLDER)?], |revision| {
        if revision.parents.len() < 2 && is_by(&revision.author, actor, &session.settings.staff) {
            last = Some(revision);
            // The rest of the history is not needed.
            return Ok(ControlFlow::Break(()));
        }
        Ok(ControlFlow::Continue(()))
    })?;
    let changes = last.map(|revision| revision.changes).unwrap_or_default();
    for change in changes {
        let Some(path) = incident_of(&change.path) else { continue };
        let Some(bytes) = session.store.read(&path)? else { continue };
        return Ok(Some(Found::read(path, &bytes).map_err(Failures)?));
    }
    Ok(None)
}

/// The incident file that the file at `path` is or belongs to.
fn incident_of(path: &StorePath) -> Option<StorePath> {
    let path = postmortem::owner_of(path).unwrap_or_else(|| path.clone());
    may_be_incident(&path).then_some(path)
}

/// Whether `person` of a commit is whoever is at the keyboard: by the address, or by the store's list of people.
fn is_by(person: &Person, actor: &Actor, staff: &Staff) -> bool {
    let own = &actor.identity.author;
    let same_name = person.name == own.name;
    if person.email.eq_ignore_ascii_case(&own.email) {
        return same_name || person.email != super::super::session::NO_ADDRESS;
    }
    let known = |email: &str| staff.person(email).map(|person| &person.handle);
    known(&person.email).is_some_and(|handle| Some(handle) == known(&own.email))
}

/// A commit that may be taken back.
#[derive(Clone, Debug)]
pub struct Target {
    pub version: Version,
    /// Its paths that are this incident's.
    pub revision: Revision,
}

impl Target {
    /// With every path of it that belongs to what it recorded: one act may reach into a second incident. What people
    /// commit by hand may hold anything: of that, the name that the incident's file at `path` had before.
    pub fn whole(mut self, session: &Session<'_>, path: &StorePath) -> anyhow::Result<Self> {
        if parse_trailers(&self.version.message).is_none() {
            let old_name =
                if self.adds(path) { old_name(session, &self.version.commit, path)? } else { None };
            self.revision.changes.extend(old_name);
            return Ok(self);
        }
        let whole = session.store.revision(&self.version.commit)?;
        Ok(Self { revision: whole.unwrap_or(self.revision), ..self })
    }

    /// Fails for what several records have been put into: taking back one of them would take back all.
    ///
    /// # Errors
    /// Exit 6, with the command that takes back the whole of it.
    pub fn is_one_record(&self) -> anyhow::Result<()> {
        let several = recorded_times(&self.version.message).len();
        if several < 2 {
            return Ok(());
        }
        let commit = short(&self.version.commit);
        let hint = Message::new("hint-command").with("command", format!("git revert {commit}"));
        let failure =
            Failure::new(Exit::Refused, "undo-squash").with("commit", commit).with("count", several);
        Err(failure.hint(hint).into())
    }

    /// Fails where a shallow clone ends: a commit there looks as if it had written all there is.
    pub fn has_its_parent(&self, session: &Session<'_>) -> anyhow::Result<()> {
        if session.store.is_shallow() && self.revision.parents.is_empty() {
            let failure = Failure::new(Exit::Refused, "undo-shallow");
            let hint = Message::new("hint-command").with("command", "git fetch --unshallow");
            return Err(failure.hint(hint).into());
        }
        Ok(())
    }

    /// Whether it brought the incident into being whose file is at `path`, rather than moved the file there.
    pub fn declares(&self, session: &Session<'_>, path: &StorePath) -> anyhow::Result<bool> {
        Ok(self.adds(path) && old_name(session, &self.version.commit, path)?.is_none())
    }

    fn adds(&self, path: &StorePath) -> bool {
        self.revision.changes.iter().any(|change| change.path == *path && change.is_new())
    }
}

/// What `version` recorded, as people are told it.
pub fn in_words(version: &Version, session: &Session<'_>) -> String {
    let entries = parse_trailers(&version.message).map(|witness| witness.entries);
    let entries = entries.unwrap_or_default();
    if entries.is_empty() {
        return sanitize(&subject_of(version)).into_owned();
    }
    let lines = subject::of_each(&entries, &session.spoken_vocabulary(), &session.clock());
    sanitize(&lines.join(" · ")).into_owned()
}

/// The commit's subject without the id at its beginning.
pub fn subject_of(version: &Version) -> String {
    let line = version.message.lines().next().unwrap_or_default().trim();
    let own = line.split_once(": ").filter(|(id, _)| IncidentId::leading(id).is_some());
    own.map_or(line, |(_, rest)| rest).to_owned()
}

/// The commits of one incident: of its file, its review, and what lies beside it.
pub struct History {
    pub versions: Vec<Version>,
    people: Vec<(Person, usize)>,
    taken_back: HashMap<String, TakenBack>,
    revisions: Vec<Revision>,
}

impl History {
    pub fn read(session: &Session<'_>, path: &StorePath) -> anyhow::Result<Self> {
        let folder = path.as_str().strip_suffix(".md").unwrap_or(path.as_str());
        let paths = [path.clone(), postmortem::path_for(path)?, StorePath::parse(folder)?];
        let revisions = session.store.history(&paths)?;
        let versions = revisions.iter().map(|revision| version_at(session, revision, path));
        let versions: Vec<Version> = versions.collect::<Result<_, _>>()?;
        let people = revisions.iter().map(|one| (one.author.clone(), one.parents.len())).collect();
        let taken_back = taken_back(&versions);
        Ok(Self { versions, people, taken_back, revisions })
    }

    /// What may be taken back, the likeliest first.
    pub fn targets(
        &self,
        args: &Args,
        path: &StorePath,
        actor: &Actor,
        staff: &Staff,
    ) -> anyhow::Result<Vec<Target>> {
        if let Some(named) = &args.commit {
            return Ok(vec![self.named(named, path)?]);
        }
        let own = (0..self.versions.len()).rev().filter(|index| {
            let (author, parents) = &self.people[*index];
            let is_undo = undoes(&self.versions[*index]).is_some();
            *parents < 2 && is_by(author, actor, staff) && is_undo == args.redo && !self.is_taken_back(*index)
        });
        // What takes back an undo is no undo that could be taken back itself.
        let undone: HashSet<String> =
            self.versions.iter().filter(|one| undoes(one).is_some()).map(|one| one.commit.clone()).collect();
        let own = own.filter(|index| {
            let target = undoes(&self.versions[*index]).map(|(target, _)| target);
            target.is_none_or(|target| !undone.contains(&target))
        });
        Ok(own.map(|index| self.target(index)).collect())
    }

    /// The commits from `index` on, oldest first.
    pub fn revisions_after(&self, index: usize) -> &[Revision] {
        self.revisions.get(index..).unwrap_or_default()
    }

    fn is_taken_back(&self, index: usize) -> bool {
        self.taken_back.contains_key(&self.versions[index].commit)
    }

    fn target(&self, index: usize) -> Target {
        Target { version: self.versions[index].clone(), revision: self.revisions[index].clone() }
    }

    fn named(&self, commit: &str, path: &StorePath) -> anyhow::Result<Target> {
        let fits = |version: &Version| commit.len() >= LEAST_COMMIT && version.commit.starts_with(commit);
        let mut fitting = (0..self.versions.len()).filter(|index| fits(&self.versions[*index]));
        let (index, None) = (fitting.next(), fitting.next()) else {
            return Err(Failure::new(Exit::Ambiguous, "undo-commit-ambiguous").with("commit", commit).into());
        };
        let Some(index) = index else {
            let hint = Message::new("hint-command").with("command", format!("git log {path}"));
            return Err(Failure::new(Exit::NotFound, "undo-no-such-commit")
                .with("commit", commit)
                .hint(hint)
                .into());
        };
        if let Some(TakenBack { undoing, .. }) = self.taken_back.get(&self.versions[index].commit) {
            return Err(Failure::new(Exit::Refused, "undo-taken-back-already")
                .with("commit", short(&self.versions[index].commit))
                .with("by", &undoing.by)
                .with("undo", short(&undoing.commit))
                .into());
        }
        if self.people[index].1 > 1 {
            return Err(Failure::new(Exit::Refused, "undo-merge").with("commit", commit).into());
        }
        Ok(self.target(index))
    }

    /// The change that it is about in the end: of an undo, what that had taken back.
    pub fn first_of<'a>(&'a self, target: &'a Target) -> &'a Version {
        let first = undoes(&target.version).map(|(first, _)| first);
        let first = self.versions.iter().find(|version| Some(&version.commit) == first.as_ref());
        first.unwrap_or(&target.version)
    }

    /// The error where this person has nothing to take back: what changed last, and whose change that was.
    pub fn nothing_left(&self, session: &Session<'_>, id: &IncidentId, redo: bool) -> Failure {
        if redo {
            return Failure::new(Exit::Refused, "undo-nothing-to-redo").with("id", id.short());
        }
        let is_change = |index: &usize| {
            let version = &self.versions[*index];
            undoes(version).is_none() && !self.is_taken_back(*index) && self.people[*index].1 < 2
        };
        let Some(last) = (0..self.versions.len()).rev().find(is_change) else {
            return Failure::new(Exit::Refused, "undo-nothing").with("id", id.short());
        };
        let target = self.target(last);
        let failure = Failure::new(Exit::Refused, "undo-nothing-own")
            .with("id", id.short())
            .with("author", sanitize(&target.version.author))
            .with("what", in_words(&target.version, session))
            .with("time", session.clock().date_time(target.version.committer_time))
            .with("commit", short(&target.version.commit));
        let command = format!("undo {} --commit {}", id.short(), short(&target.version.commit));
        failure.hint(Message::new("hint-command").with("command", session.command(&command)))
    }
}
