//! Taking out of a worktree's file what was put there for the hooks of a commit that was never made.

use anyhow::Result;
use git2::{MergeFileInput, Oid, merge_file};

use super::changed_file::ChangedFile;
use super::failures::git_failed;
use super::journal::Journal;
use super::swap::kept_beside;
use super::worktree::{self, Placed};
use super::{Store, index};
use crate::failure::Message;

/// Puts the worktree's file back to before `file`. Where hooks have seen it, it may be neither our file nor the one
/// before it; left alone, what was not recorded would pass for a hand edit. What a hook has staged is the hook's work,
/// and goes. Of anything else our change is taken out, and where that cannot be told apart, git keeps it as an object.
pub(super) fn take_back(store: &Store, journal: &Journal, file: &ChangedFile) -> Result<Option<Message>> {
    let mut back = file.reversed();
    if worktree::place(store, &back, &journal.token)? == Placed::Done {
        return Ok(None);
    }
    // Somebody's deletion holds nothing of ours.
    let Some(raw) = worktree::raw_bytes(store, &file.path)? else { return Ok(None) };
    let found = store.stored_bytes(&file.path, raw)?;
    let found_id = store.repository.blob(&found).map_err(git_failed("writing"))?;
    back.old = Some(found_id);
    let mut message = None;
    if staged_by_hook(store, journal, file) != Some(found_id) {
        if let Some(without) = without_change(store, file, &found)? {
            back.new = Some(store.repository.blob(&without).map_err(git_failed("writing"))?);
        } else {
            message = Some(kept_beside("store-kept-aside", store, file, found_id));
        }
    }
    worktree::place(store, &back, &journal.token)?;
    Ok(message)
}

/// Whether what stands in the worktree is neither ours nor what hooks have made of it.
pub(super) fn is_changed_since(store: &Store, journal: &Journal, file: &ChangedFile) -> Result<bool> {
    let current = worktree::current_id(store, &file.path)?;
    Ok(current.is_some() && current != file.new && current != staged_by_hook(store, journal, file))
}

/// What the hooks had staged for the file when they were interrupted; the index may be half written.
fn staged_by_hook(store: &Store, journal: &Journal, file: &ChangedFile) -> Option<Oid> {
    let staged = index::entry_in(store, &journal.work_file(store, "index"), &file.path);
    staged.ok().flatten().map(|entry| entry.id)
}

/// `found` without the change from `file.old` to `file.new`; none where they cannot be told apart.
fn without_change(store: &Store, file: &ChangedFile, found: &[u8]) -> Result<Option<Vec<u8>>> {
    let (Some(before), Some(ours)) = (file.seen.or(file.old), file.new) else { return Ok(None) };
    if !store.has_object(ours)? {
        return Ok(None);
    }
    let name = file.path.as_str();
    let (before, ours) = (store.blob_at(before, name)?, store.blob_at(ours, name)?);
    let [mut ancestor, mut one, mut other] = [(); 3].map(|()| MergeFileInput::new());
    ancestor.content(&ours);
    one.content(found);
    other.content(&before);
    let merged = merge_file(&ancestor, &one, &other, None).map_err(git_failed("reading"))?;
    Ok(merged.is_automergeable().then(|| merged.content().to_vec()))
}
