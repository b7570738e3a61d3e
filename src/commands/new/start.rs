//! Before the first question: the store, made if there is none, and what stands in the way of writing.

use std::path::{Path, PathBuf};

use super::super::app::App;
use super::super::archive::Archive;
use super::super::init;
use super::super::record::Recorded;
use super::super::session::{Need, Session};
use super::super::store_choice::{self, Choice};
use super::super::write_args::CommitArgs;
use crate::context;
use crate::failure::{Exit, Failure};
use crate::say;
use crate::ui::{LinePrompt, OnEnter, Reply, YesNoPrompt};

/// The store of this run. Where there is none, a person at a terminal is offered to create one.
pub fn open_or_create(app: &App) -> anyhow::Result<Session<'_>> {
    let choice = store_choice::choose(app)?;
    let directory = match &choice {
        Choice::Found(directory) => directory.clone(),
        _ if !app.ui.interactive() => return Err(store_choice::none_found(&choice).into()),
        Choice::Missing(path) => confirm_path(app, path)?,
        Choice::Nowhere => ask_for_path(app)?,
    };
    if choice != Choice::Found(directory.clone()) {
        init::create(app, &directory, &init::Options::default())?;
        app.ui.say(&say!(app.locale, "first-run-created", path = directory.display().to_string()));
    }
    Session::open_at(app, &directory, Need::Policy)
}

/// The person named this path: a yes is enough.
fn confirm_path(app: &App, path: &Path) -> anyhow::Result<PathBuf> {
    let text = say!(app.locale, "first-run-confirm", path = path.display().to_string());
    let prompt = YesNoPrompt { text: &text, yes: "", no: "", enter: Some(true) };
    match app.ui.session()?.yes_no(&prompt)? {
        Reply::Value(true) => Ok(path.to_owned()),
        Reply::Value(false) => Err(store_choice::none_found(&Choice::Missing(path.to_owned())).into()),
        Reply::Interrupted { .. } => Err(Failure::new(Exit::Interrupted, "interrupted").into()),
    }
}

/// Never inside the repository that the person happens to stand in: a second store born at night is a lost incident.
fn ask_for_path(app: &App) -> anyhow::Result<PathBuf> {
    app.ui.say(&app.locale.text("first-run-no-store"));
    let label = app.locale.text("first-run-where");
    let suggestion = "~/incidents";
    let prompt = LinePrompt { enter: OnEnter::Take(suggestion), ..LinePrompt::new(&label) };
    match app.ui.session()?.line(&prompt)? {
        Reply::Value(path) => Ok(app.context.cwd.join(context::expand_home(Path::new(&path)))),
        Reply::Interrupted { .. } => Err(Failure::new(Exit::Interrupted, "interrupted").into()),
    }
}

/// What would stop the commit, as far as it can be known before anything is typed.
pub fn obstacle(session: &Session<'_>, args: &CommitArgs) -> Option<anyhow::Error> {
    if args.dry_run {
        return None;
    }
    session.store.preflight(&args.options()).err()
}

/// The incident that was declared with `key` before.
pub fn by_key(session: &Session<'_>, key: Option<&str>) -> anyhow::Result<Option<Recorded>> {
    let Some(key) = key else { return Ok(None) };
    let archive = Archive::read(session)?;
    let known = archive.found.into_iter().find(|found| found.incident.key.as_deref() == Some(key));
    Ok(known.map(|found| Recorded {
        path: found.path,
        incident: found.incident,
        entries: Vec::new(),
        commit: None,
        remarks: Vec::new(),
    }))
}
