//! `incident init --readme`: the page for newcomers in a store that is there already.

use std::path::Path;

use super::super::app::App;
use super::super::record;
use super::super::session::{Need, Session};
use super::super::write_args::{CommitArgs, Recorder, Recording};
use crate::context;
use crate::say;
use crate::store::{Outcome, StorePath, discover};
use crate::view::store_readme::{PATH, refreshed, text};

/// Writes the page, or brings its generated parts up to date. A person's words in it stay, and one that was deleted by
/// hand comes back with them.
pub fn write(app: &App, directory: Option<&Path>) -> anyhow::Result<()> {
    let session = match directory {
        None => Session::open(app, Need::Policy)?,
        Some(directory) => {
            let directory = app.context.cwd.join(context::expand_home(directory));
            let directory = discover(&directory).unwrap_or(directory);
            Session::open_at(app, &directory, Need::Policy)?
        }
    };
    let recorder = Recorder::new(&session, &Recording::default())?;
    let path = StorePath::parse(PATH)?;
    let mut writer = session.store.lock()?;
    let was_deleted = writer.restore(&path)?;
    record::retried(|| {
        let names = session.names_in(&session.documents);
        let present = session.read_text(PATH)?;
        let new = present.as_ref().map_or_else(|| text(names), |present| refreshed(present, names));
        if present.as_ref() == Some(&new) {
            app.ui.say(&match was_deleted {
                true => say!(app.locale, "readme-restored", path = PATH),
                false => app.locale.text("nothing-changed"),
            });
            return Ok(Some(()));
        }
        let files = vec![(path.clone(), Some(new.into_bytes()))];
        let message = format!("{}\n", session.documents.text("subject-readme"));
        let args = CommitArgs::default();
        let proposal = record::proposal(&session, &recorder, &args, files, message, session.now());
        if let Outcome::Moved = writer.commit(&proposal)? {
            return Ok(None);
        }
        app.ui.say(&say!(app.locale, "readme-written", path = PATH));
        Ok(Some(()))
    })?;
    Ok(app.ui.out(PATH)?)
}
