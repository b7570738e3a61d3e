//! `incident init`: a new store, with its first commit.

mod files;
mod preset;
mod readme;

use std::path::{Path, PathBuf};

use chrono_tz::Tz;

use self::files::{files, store_lang};
pub use self::preset::Preset;
use super::app::App;
use super::session::{Need, Session, config_env, identity_environment, identity_environment_of};
use super::store_choice::{lacks_rules, without_dots};
use crate::context;
use crate::domain::moment::Moment;
use crate::failure::{Exit, Failure, Message};
use crate::locale::Locale;
use crate::say;
use crate::store::{self, CommitOptions, Outcome, Proposal, Registration};

/// Set up a place for incidents: a git repository with levels, questions and roles
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// Where; it is created if need be [default: here]
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,

    /// Rules to begin with [default: full; on a terminal you are asked]
    #[arg(long, value_name = "NAME")]
    pub preset: Option<Preset>,

    /// Write the templates that the preset uses too, to be changed
    #[arg(long)]
    pub templates: bool,

    /// The time zone of the records, such as Asia/Tokyo [default: that of this machine]
    #[arg(long, value_name = "ZONE", value_parser = parse_zone)]
    pub zone: Option<Tz>,

    /// In a store that is there: write incidents/README.md, or bring its generated parts up to date
    #[arg(long, conflicts_with_all = ["preset", "templates", "zone"])]
    pub readme: bool,
}

/// What a new store is made of.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub preset: Preset,
    pub templates: bool,
    pub zone: Option<Tz>,
    /// Who makes it, where git knows nobody.
    pub name: Option<String>,
}

fn parse_zone(name: &str) -> Result<Tz, Failure> {
    name.parse().map_err(|_| {
        Failure::new(Exit::Usage, "config-unknown-zone")
            .with("name", name)
            .hint(Message::new("hint-zone-example"))
    })
}

pub fn run(args: Args, app: &App) -> anyhow::Result<()> {
    if args.readme {
        return readme::write(app, args.dir.as_deref());
    }
    let named = args.dir.or_else(|| app.globals.store.as_ref().map(PathBuf::from));
    let directory = match named {
        Some(named) => app.context.cwd.join(context::expand_home(&named)),
        None => app.context.cwd.clone(),
    };
    let directory = without_dots(&directory);
    refuse_second(&directory)?;
    let preset = args.preset.map_or_else(|| preset::choose(app), Ok)?;
    let options = Options { preset, templates: args.templates, zone: args.zone, name: None };
    let files = create(app, &directory, &options)?;
    app.ui.say(&say!(app.locale, "init-done", path = directory.display().to_string()));
    let session = Session::open_at(app, &directory, Need::Nothing)?;
    app.ui.tell(&app.locale.text("init-next"));
    app.ui.tell_command(&app.locale.text("init-declare"), &session.command("new"));
    if app.globals.json {
        return app.print_json("incident.init", &InitJson { files, commit: session.store.tip()? });
    }
    Ok(app.ui.out(&directory.display().to_string())?)
}

#[derive(serde::Serialize)]
struct InitJson {
    files: Vec<String>,
    commit: Option<String>,
}

fn refuse_second(directory: &Path) -> anyhow::Result<()> {
    let around = store::discover(directory);
    let exists = Failure::new(Exit::Refused, "store-exists").with("path", directory.display());
    if around.as_deref() == Some(directory) {
        return Err(exists.into());
    }
    // The rules of the preset must not take the place of the store's own.
    if let Some(root) = lacks_rules(directory) {
        let failure = if store::finish_interrupted(&root) { exists } else { store::rules_missing(&root) };
        return Err(failure.into());
    }
    let Some(around) = around else { return Ok(()) };
    // A repository of its own inside the store's folder is another matter.
    let is_own =
        store::repository_around(directory).is_some_and(|top| top != around && top.starts_with(&around));
    if is_own {
        return Ok(());
    }
    Err(Failure::new(Exit::Refused, "store-around")
        .with("path", around.display())
        .hint(Message::new("hint-command").with("command", "incident new"))
        .hint(Message::new("hint-init"))
        .into())
}

/// Makes a store at `directory`, in the repository there or in a new one, and commits what it made: the paths of that.
pub fn create(app: &App, directory: &Path, options: &Options) -> anyhow::Result<Vec<String>> {
    refuse_second(directory)?;
    // Known before anything is made: whoever has no name cannot commit.
    let environment = match &options.name {
        Some(name) => identity_environment_of(name, None),
        None => identity_environment(),
    };
    store::default_identity(directory, &config_env(), &environment)?;
    let store = store::create(directory)?.with_config_env(&config_env())?;
    store.recover().iter().for_each(|done| app.ui.say(&app.locale.say(done)));
    let identity = store.identity(&environment)?;
    store.preflight(&CommitOptions::default())?;
    let person = (identity.author.name.clone(), identity.author.email.clone());
    let files = files(app, &store, options, &person)?;
    let paths = files.iter().map(|(path, _)| path.to_string()).collect();
    let now = app.context.now_in(options.zone.unwrap_or(app.context.zone));
    let proposal = Proposal {
        files,
        seen: Vec::new(),
        message: format!("{}\n", Locale::new(store_lang(app)).text("subject-init")),
        author: identity.author,
        committer: identity.committer,
        author_time: Moment::exact(now).at,
        committer_time: Moment::exact(now).at,
        options: CommitOptions::default(),
    };
    if let Registration::Held(message) = store.register_driver()? {
        app.ui.say(&app.locale.say(&message));
    }
    let mut writer = store.lock()?;
    super::record::retried(|| match writer.commit(&proposal)? {
        Outcome::Moved => Ok(None),
        Outcome::Unchanged => Ok(Some(())),
        Outcome::Committed { warnings, .. } => {
            warnings.iter().for_each(|warning| app.ui.say(&app.locale.say(warning)));
            Ok(Some(()))
        }
    })?;
    Ok(paths)
}
