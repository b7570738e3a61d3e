//! Files that a side has moved. git tells by likeness, and files made from one template are all alike; whose file one is,
//! says the id in it. So nobody's record ends up in another incident, and no incident becomes two.

use std::collections::BTreeSet;

use crate::commands::moved::id_of;
use crate::commands::pages::is_page;
use crate::commands::postmortem::owner_of;
use crate::commands::session::Session;
use crate::domain::id::IncidentId;
use crate::store::{FileChange, StorePath};

/// A file that the sides know by different names.
pub struct Renamed {
    /// The blob of then.
    pub base: String,
    /// The blobs of both sides.
    pub ours: String,
    pub theirs: String,
    /// What it is called from now on.
    pub name: StorePath,
    /// What it was called, by any side.
    pub others: BTreeSet<StorePath>,
}

/// The files that have other names on a side than they had when the sides parted, where both have changed something.
///
/// # Errors
/// The histories cannot be read.
pub fn renamed(session: &Session<'_>, ours: &str, theirs: &str) -> anyhow::Result<Vec<Renamed>> {
    let store = &session.store;
    let sides = [store.changes_since_parted(ours, theirs)?, store.changes_since_parted(theirs, ours)?];
    let gone: BTreeSet<(&StorePath, &String)> = sides.iter().flatten().filter_map(removed).collect();
    let mut renamed = Vec::new();
    for (path, base) in gone {
        let Some(id) = id_at(session, path, base)? else { continue };
        let [ours, theirs] = [&sides[0], &sides[1]].map(|changes| found(session, (path, base, &id), changes));
        let (Some(ours), Some(theirs)) = (ours?, theirs?) else { continue };
        // What one side alone has done is right as git has it.
        if [&ours, &theirs].iter().any(|(name, blob)| name == path && blob == base) {
            continue;
        }
        // Whoever syncs first, both find the same.
        let mut others = BTreeSet::from([ours.0, theirs.0]);
        others.remove(path);
        let Some(name) = others.pop_first() else { continue };
        others.insert(path.clone());
        renamed.push(Renamed { base: base.clone(), ours: ours.1, theirs: theirs.1, name, others });
    }
    Ok(renamed)
}

fn removed(change: &FileChange) -> Option<(&StorePath, &String)> {
    let old = change.old.first()?.as_ref()?;
    (change.new.is_none() && is_page(&change.path)).then_some((&change.path, old))
}

/// Where the file that was at `path` is on the side that made `changes`, and its blob; none where it was removed.
fn found(
    session: &Session<'_>,
    (path, base, id): (&StorePath, &str, &IncidentId),
    changes: &[FileChange],
) -> anyhow::Result<Option<(StorePath, String)>> {
    let Some(own) = changes.iter().find(|change| change.path == *path) else {
        return Ok(Some((path.clone(), base.to_owned())));
    };
    if let Some(blob) = &own.new {
        return Ok(Some((path.clone(), blob.clone())));
    }
    let added = changes.iter().filter(|change| change.is_new());
    for change in added.filter(|change| {
        is_page(&change.path) && owner_of(&change.path).is_some() == owner_of(path).is_some()
    }) {
        if let Some(blob) = &change.new
            && id_at(session, &change.path, blob)?.as_ref() == Some(id)
        {
            return Ok(Some((change.path.clone(), blob.clone())));
        }
    }
    Ok(None)
}

/// The id of the incident that the page at `path` belongs to: a review says it by its name.
fn id_at(session: &Session<'_>, path: &StorePath, blob: &str) -> anyhow::Result<Option<IncidentId>> {
    if owner_of(path).is_some() {
        return Ok(IncidentId::leading(path.file_name()));
    }
    Ok(id_of(path, &session.store.blob(blob)?))
}
