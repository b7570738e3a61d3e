//! Before the first question: the store, made if there is none, who is at the keyboard, and what stands in the way.

use std::path::{Path, PathBuf};

use super::super::app::App;
use super::super::init;
use super::super::session::{Need, Session, config_env, identity_environment};
use super::super::store_choice::{self, Choice};
use super::super::write_args::CommitArgs;
use super::{Args, typed};
use crate::context;
use crate::failure::{Exit, Failure};
use crate::say;
use crate::store::{default_identity, repository_around};
use crate::ui::{LinePrompt, OnEnter, PromptSession, Reply, YesNoPrompt};
use crate::view::palette::Style;

/// The store of a declaration, and the name that the person typed in to make it, where git knows none.
pub struct Opened<'a> {
    pub session: Session<'a>,
    pub name: Option<String>,
}

/// The store of this run. Where there is none, a person at a terminal is offered to create one; where its rules cannot
/// be read, the words of `args` are kept.
pub fn open_or_create<'a>(app: &'a App, args: &Args) -> anyhow::Result<Opened<'a>> {
    let choice = store_choice::choose(app)?;
    let directory = match &choice {
        Choice::Found(directory) => {
            let session = Session::open_at(app, directory, Need::Policy);
            let session = session.map_err(|error| typed::keep(app, directory, args, error))?;
            return Ok(Opened { session, name: None });
        }
        _ if !app.ui.interactive() => return Err(store_choice::none_found(&choice).into()),
        Choice::WithoutRules(_) => return Err(store_choice::none_found(&choice).into()),
        Choice::Missing(path) => confirm_path(app, path)?,
        Choice::Nowhere => ask_for_path(app)?,
    };
    let name = name_for(app, &directory)?;
    init::create(app, &directory, &init::Options { name: name.clone(), ..init::Options::default() })?;
    app.ui.tell(&say!(app.locale, "first-run-created", path = context::short_path(&directory)));
    if choice == Choice::Nowhere {
        // From the repository that the person stands in it would not be found again.
        context::make_default_store(&directory, store_choice::names_no_default)?;
        app.ui.tell(&app.locale.text("first-run-default"));
    }
    app.ui.say("\n");
    Ok(Opened { session: Session::open_at(app, &directory, Need::Policy)?, name })
}

/// The person named this path: a yes is enough.
fn confirm_path(app: &App, path: &Path) -> anyhow::Result<PathBuf> {
    let around = tell_repository_around(app, path);
    let text = say!(app.locale, "first-run-confirm", path = context::short_path(path));
    let prompt = YesNoPrompt { text: &text, yes: "", no: "", enter: Some(!around) };
    match app.ui.session()?.yes_no(&prompt)? {
        Reply::Value(true) => Ok(path.to_owned()),
        Reply::Value(false) => Err(store_choice::none_found(&Choice::Missing(path.to_owned())).into()),
        Reply::Interrupted { .. } => Err(interrupted()),
    }
}

/// Never inside the repository that the person happens to stand in, unless they type it and mean it: a second store
/// born at night is a lost incident.
fn ask_for_path(app: &App) -> anyhow::Result<PathBuf> {
    app.ui.tell(&app.locale.text("first-run-no-store"));
    let label = app.locale.text("first-run-where");
    loop {
        let prompt = LinePrompt { enter: OnEnter::Take("~/incidents"), ..LinePrompt::new(&label) };
        let path = match app.ui.session()?.line(&prompt)? {
            Reply::Value(path) => app.context.cwd.join(context::expand_home(Path::new(&path))),
            Reply::Interrupted { .. } => return Err(interrupted()),
        };
        if !tell_repository_around(app, &path) {
            return Ok(path);
        }
        let text = app.locale.text("first-run-there");
        let prompt = YesNoPrompt { text: &text, yes: "", no: "", enter: Some(false) };
        match app.ui.session()?.yes_no(&prompt)? {
            Reply::Value(true) => return Ok(path),
            Reply::Value(false) => {}
            Reply::Interrupted { .. } => return Err(interrupted()),
        }
    }
}

/// Says so if a store at `path` would be a part of a repository that is there for something else.
fn tell_repository_around(app: &App, path: &Path) -> bool {
    let Some(around) = repository_around(path) else { return false };
    let repository = context::short_path(&around);
    app.ui.tell_in(Style::Warning, &say!(app.locale, "first-run-inside", repository = repository));
    true
}

/// Asks who makes the store at `directory`, where git does not know.
fn name_for(app: &App, directory: &Path) -> anyhow::Result<Option<String>> {
    if default_identity(directory, &config_env(), &identity_environment()).is_ok() {
        return Ok(None);
    }
    ask_name(app, &mut app.ui.session()?)?.map(Some).ok_or_else(interrupted)
}

/// The name to record under; none if the person left.
pub fn ask_name(app: &App, prompts: &mut PromptSession<'_>) -> anyhow::Result<Option<String>> {
    let label = app.locale.text("new-your-name");
    loop {
        match prompts.line(&LinePrompt::new(&label))? {
            Reply::Value(name) if name.is_empty() => {}
            Reply::Value(name) => return Ok(Some(name)),
            Reply::Interrupted { .. } => return Ok(None),
        }
    }
}

fn interrupted() -> anyhow::Error {
    Failure::new(Exit::Interrupted, "interrupted").into()
}

/// What would stop the commit, as far as it can be known before anything is typed.
pub fn obstacle(session: &Session<'_>, args: &CommitArgs) -> Option<anyhow::Error> {
    if args.dry_run {
        return None;
    }
    session.store.preflight(&args.options()).err()
}
