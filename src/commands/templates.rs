//! The templates that a store's documents are made from.

use super::session::Session;
use crate::config::templates::{FOLDER, Templates};
use crate::store::StorePath;

/// The templates of the store's language, the team's own over the built-in ones.
pub fn templates(session: &Session<'_>) -> anyhow::Result<Templates> {
    let folder = StorePath::parse(FOLDER)?;
    let mut own = Vec::new();
    for path in session.store.list(&folder)?.paths {
        let name = path.as_str().trim_start_matches(FOLDER).trim_start_matches('/').to_owned();
        if let Some(text) = session.read_text(path.as_str())?.filter(|_| name.ends_with(".md")) {
            own.push((name, text));
        }
    }
    Ok(Templates::new(session.settings.lang, &own))
}
