//! The pages beside the incident files, such as their reviews: which they are, and what is wrong with them.

use super::archive::{Archive, FOLDER, fault_of, may_be_incident};
use super::postmortem::owner_of;
use super::remarks::{as_error, as_warning};
use super::session::Session;
use crate::document::consistency::Remark;
use crate::document::{PageFaults, page_faults};
use crate::domain::id::IncidentId;
use crate::failure::{Failure, Message};
use crate::store::StorePath;

/// An incident, its review, or another page beside them.
pub fn is_page(path: &StorePath) -> bool {
    path.as_str().split('/').next() == Some(FOLDER) && path.file_name().ends_with(".md")
}

/// The command that opens a page in which both versions of some words stand; none where only an editor does.
pub fn edit_command(session: &Session<'_>, path: &StorePath) -> Option<String> {
    let is_review = owner_of(path).is_some();
    let id = IncidentId::leading(path.file_name()).filter(|_| is_review || may_be_incident(path))?;
    let option = if is_review { " --postmortem" } else { "" };
    Some(session.command(&format!("edit {}{option}", id.short())))
}

/// What is wrong with the page at `path`.
pub fn remarks(session: &Session<'_>, path: &StorePath) -> Vec<Remark> {
    match faults(session, path) {
        Ok(PageFaults { conflict, unclosed }) => {
            let unclosed = unclosed.iter().map(|fault| as_warning(&fault.clone().hint(hint_unclosed())));
            conflict.iter().map(as_error).chain(unclosed).collect()
        }
        Err(fault) => vec![as_error(&fault)],
    }
}

/// How a generated part whose end is missing is mended.
pub fn hint_unclosed() -> Message {
    Message::new("hint-part-unclosed")
}

/// The pages in which a merge has left both versions of some words.
pub fn conflicted<'a>(session: &Session<'_>, archive: &'a Archive) -> Vec<&'a StorePath> {
    let is_conflicted =
        |path: &&StorePath| faults(session, path).is_ok_and(|faults| faults.conflict.is_some());
    archive.pages.iter().filter(is_conflicted).collect()
}

fn faults(session: &Session<'_>, path: &StorePath) -> Result<PageFaults, Failure> {
    let bytes = session.store.read(path).map_err(|error| fault_of(path, &error))?;
    Ok(page_faults(path.as_str(), &bytes.unwrap_or_default()))
}
