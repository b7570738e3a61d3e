//! What the words of a store refer to: commits of its repository, tickets, other incidents; and what is new among links.

use super::archive;
use super::session::Session;
use crate::domain::event::{Entry, EventKind};
use crate::domain::links::{self, GitHub, Reference};
use crate::failure::Message;
use crate::view::markdown::{link_item, relative};

/// Where a document stands that links to others.
#[derive(Clone, Copy)]
pub enum From<'a> {
    /// At this path of the store.
    File(&'a str),
    /// Anywhere: it is to be pasted.
    Paste,
}

pub fn github(session: &Session<'_>) -> Option<GitHub> {
    GitHub::of_remote(&session.store.remote_url()?)
}

/// The address that `word` stands for, in a document at `from`.
pub fn address(session: &Session<'_>, from: From<'_>, reference: Reference, word: &str) -> Option<String> {
    match reference {
        Reference::Address => links::safe_address(word),
        Reference::Ticket => links::ticket_address(word, &session.settings.trackers),
        Reference::Commit => {
            let (commit, _) = session.store.commit_named(word)?;
            github(session).map(|github| github.commit(&commit))
        }
        Reference::Incident => {
            let path = archive::path_by_name(session, &word.parse().ok()?).ok()??;
            match from {
                From::File(from) => Some(relative(from, path.as_str())),
                From::Paste => {
                    let path = format!("{}{path}", session.store.prefix());
                    let path =
                        path.split('/').map(crate::view::markdown::encoded).collect::<Vec<_>>().join("/");
                    let branch = session.store.placement().branch().unwrap_or("HEAD");
                    github(session).map(|github| github.file(branch, &path))
                }
            }
        }
    }
}

/// Whether one of `items` leads to `address` or, without one, is about `key`.
pub fn has(items: &[String], address: Option<&str>, key: Option<&str>) -> bool {
    let leads = |item: &str| address.is_some_and(|address| links::addresses(item).any(|one| one == address));
    let names = |item: &str| {
        let joins = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        key.is_some_and(|key| item.split(|c| !joins(c)).any(|word| word == key))
    };
    items.iter().any(|item| leads(item) || names(item))
}

/// Addresses in the words of `entries` that are no item of the links yet, each as one.
pub fn collected(entries: &[Entry], items: &[String]) -> Vec<String> {
    let mut new: Vec<String> = Vec::new();
    let told = entries.iter().filter(|entry| !matches!(entry.kind, EventKind::Link | EventKind::Postmortem));
    for address in told.flat_map(|entry| links::addresses(&entry.text)).filter_map(links::safe_address) {
        if !has(items, Some(&address), None) && !has(&new, Some(&address), None) {
            new.push(link_item(&links::title(&address), Some(&address)));
        }
    }
    new
}

/// Says which addresses of somebody's words were added to the links.
pub fn remark(items: &[String]) -> Option<Message> {
    let titles: Vec<String> =
        items.iter().flat_map(|item| links::addresses(item).map(links::title)).collect();
    (!items.is_empty()).then(|| Message::new("remark-links-collected").with("links", titles.join(" · ")))
}
