//! The commits of incident files, also under the names that the files had before: a commit that takes one away and
//! brings one of the same incident has moved it, and what was recorded until then stays witnessed.
//!
//! git's own guess (`--follow`) goes by likeness, and files made from one template are alike.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::archive::{FOLDER, may_be_incident};
use super::moved::{id_of, ids_of};
use super::session::Session;
use crate::document::trailers::parse_trailers;
use crate::document::witness::Version;
use crate::store::{FileChange, Revision, StorePath};

/// The versions of the file at `path`, oldest first.
pub fn versions(session: &Session<'_>, path: &StorePath) -> anyhow::Result<Vec<Version>> {
    let mut names = vec![path.clone()];
    loop {
        let revisions = session.store.history(&names)?;
        let mut earlier = BTreeSet::new();
        for revision in &revisions {
            for name in &names {
                earlier.extend(taken_over(session, revision, name)?);
            }
        }
        earlier.retain(|name| !names.contains(name));
        if earlier.is_empty() {
            let of = |revision: &Revision| {
                let changes: Vec<&FileChange> = revision.changes.iter().collect();
                version(session, revision, &changes, &names)
            };
            return revisions.iter().map(of).collect();
        }
        names.extend(earlier);
    }
}

/// What `revision` did to the file that it calls `path`.
pub fn version_at(session: &Session<'_>, revision: &Revision, path: &StorePath) -> anyhow::Result<Version> {
    let own: Vec<&FileChange> = revision.changes.iter().filter(|change| change.path == *path).collect();
    version(session, revision, &own, &[])
}

/// The versions of every incident file that there is or was, in one walk over the history; those of a file that has
/// another name by now, one of `there`, under that.
pub fn of_all(
    session: &Session<'_>,
    there: &BTreeSet<&StorePath>,
) -> anyhow::Result<BTreeMap<StorePath, Vec<Version>>> {
    let revisions = session.store.history(&[StorePath::parse(FOLDER)?])?;
    let names = Names::read(session, &revisions, there)?;
    let mut histories: BTreeMap<StorePath, Vec<Version>> = BTreeMap::new();
    for revision in &revisions {
        let mut by_name: BTreeMap<&StorePath, Vec<&FileChange>> = BTreeMap::new();
        for change in revision.changes.iter().filter(|change| may_be_incident(&change.path)) {
            by_name.entry(names.today(&change.path)).or_default().push(change);
        }
        for (name, changes) in by_name {
            let version = version(session, revision, &changes, names.all(name))?;
            histories.entry(name.clone()).or_default().push(version);
        }
    }
    Ok(histories)
}

/// What files are called today that had other names.
#[derive(Default)]
struct Names {
    today: HashMap<StorePath, StorePath>,
    all: HashMap<StorePath, Vec<StorePath>>,
}

impl Names {
    fn read(
        session: &Session<'_>,
        revisions: &[Revision],
        there: &BTreeSet<&StorePath>,
    ) -> anyhow::Result<Self> {
        let mut next = HashMap::new();
        for revision in revisions {
            for change in revision.changes.iter().filter(|change| may_be_incident(&change.path)) {
                let gone = gone_to_a_merge(session, revision, change)?;
                next.extend(gone.into_iter().map(|old| (old, change.path.clone())));
                let old = predecessor(session, &revision.changes, change)?;
                next.extend(old.map(|old| (old.path.clone(), change.path.clone())));
            }
        }
        let mut names = Self::default();
        for old in next.keys().filter(|old| !there.contains(old)) {
            // Names that were given back and forth lead in a circle, but not past one that is there.
            let mut steps = std::iter::successors(next.get(old), |name| next.get(*name)).take(next.len());
            if let Some(today) = steps.find(|name| there.contains(name)) {
                names.today.insert(old.clone(), today.clone());
                names.all.entry(today.clone()).or_insert_with(|| vec![today.clone()]).push(old.clone());
            }
        }
        Ok(names)
    }

    fn today<'a>(&'a self, name: &'a StorePath) -> &'a StorePath {
        self.today.get(name).unwrap_or(name)
    }

    /// Every name of the file that is called `today`, or just that.
    fn all(&self, today: &StorePath) -> &[StorePath] {
        self.all.get(today).map_or(&[], Vec::as_slice)
    }
}

/// What the incident's file was called that is at `path` since `revision`: nothing where it was not there before.
fn taken_over(
    session: &Session<'_>,
    revision: &Revision,
    path: &StorePath,
) -> anyhow::Result<Vec<StorePath>> {
    let Some(change) = revision.changes.iter().find(|change| change.path == *path) else {
        return Ok(Vec::new());
    };
    let mut names = gone_to_a_merge(session, revision, change)?;
    let tells = parse_trailers(&revision.message).is_some_and(|witness| !witness.entries.is_empty());
    // What the program records besides moving a file is told by a commit of its own: this is a declaration.
    if change.is_new() && !tells {
        names.extend(old_name(session, &revision.commit, path)?.map(|old| old.path));
    }
    // Where another file has the old name by now, its commits are not this one's.
    let mut free = Vec::new();
    for name in names {
        if !session.store.is_committed(&name)? {
            free.push(name);
        }
    }
    Ok(free)
}

/// What the file of `change` was called on the sides of a merge that had it under another name.
fn gone_to_a_merge(
    session: &Session<'_>,
    revision: &Revision,
    change: &FileChange,
) -> anyhow::Result<Vec<StorePath>> {
    let (Some(blob), false) = (&change.new, change.is_new()) else { return Ok(Vec::new()) };
    let mut names = Vec::new();
    for (parent, old) in revision.parents.iter().zip(&change.old) {
        if old.is_some() {
            continue;
        }
        let ids = ids_of(&change.path, &session.store.blob(blob)?);
        for (path, blob) in session.store.removed_between(parent, &revision.commit)? {
            if may_be_incident(&path) && has_one_of(session, &path, &blob, &ids)? {
                names.push(path);
            }
        }
    }
    Ok(names)
}

/// The file that `commit` removed and that had the incident before which is at `path` since.
pub fn old_name(session: &Session<'_>, commit: &str, path: &StorePath) -> anyhow::Result<Option<FileChange>> {
    let changes = session.store.revision(commit)?.map(|whole| whole.changes).unwrap_or_default();
    let Some(added) = changes.iter().find(|change| change.path == *path) else { return Ok(None) };
    Ok(predecessor(session, &changes, added)?.cloned())
}

/// The file that went where `added` came, with the same id or one that `added` is found by as well.
fn predecessor<'a>(
    session: &Session<'_>,
    changes: &'a [FileChange],
    added: &FileChange,
) -> anyhow::Result<Option<&'a FileChange>> {
    let mut gone =
        changes.iter().filter(|change| change.new.is_none() && may_be_incident(&change.path)).peekable();
    let is_page = added.is_new() && may_be_incident(&added.path);
    let Some(blob) = added.new.as_ref().filter(|_| is_page && gone.peek().is_some()) else { return Ok(None) };
    let ids = ids_of(&added.path, &session.store.blob(blob)?);
    for change in gone {
        if let Some(blob) = change.old.iter().flatten().next()
            && has_one_of(session, &change.path, blob, &ids)?
        {
            return Ok(Some(change));
        }
    }
    Ok(None)
}

fn has_one_of(session: &Session<'_>, path: &StorePath, blob: &str, ids: &[String]) -> anyhow::Result<bool> {
    let id = id_of(path, &session.store.blob(blob)?);
    Ok(id.is_some_and(|id| ids.contains(&id.to_string())))
}

/// What `revision` did to the file that has had `names`: of its changes, those are `changes`.
fn version(
    session: &Session<'_>,
    revision: &Revision,
    changes: &[&FileChange],
    names: &[StorePath],
) -> anyhow::Result<Version> {
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let mut before = Vec::new();
    for (index, parent) in revision.parents.iter().enumerate() {
        let blob = changes.iter().find_map(|change| change.old.get(index)?.as_ref());
        let bytes = match blob {
            Some(blob) => Some(session.store.blob(blob)?),
            // A merge names the file as it is after it; a side may know it by another name.
            None if revision.parents.len() > 1 => of_parent(session, parent, names)?,
            None => None,
        };
        before.extend(bytes.map(text));
    }
    let after = changes.iter().find_map(|change| change.new.as_ref());
    Ok(Version {
        commit: revision.commit.clone(),
        author: revision.author.name.clone(),
        author_time: revision.author.time,
        committer_time: revision.committer.time,
        message: revision.message.clone(),
        before,
        after: after.map(|blob| session.store.blob(blob)).transpose()?.map(text),
    })
}

fn of_parent(session: &Session<'_>, parent: &str, names: &[StorePath]) -> anyhow::Result<Option<Vec<u8>>> {
    for name in names {
        if let Some(bytes) = session.store.read_in(parent, name)? {
            return Ok(Some(bytes));
        }
    }
    Ok(None)
}
