//! `incident init`: a new store, with its first commit.

use std::path::{Path, PathBuf};

use chrono_tz::Tz;

use super::app::App;
use super::session::{
    NO_ADDRESS, Need, Session, config_files, identity_environment, identity_environment_of,
};
use crate::config::templates::BUILT_IN;
use crate::config::{POLICY_FILE, SETTINGS_FILE, defaults};
use crate::context;
use crate::domain::moment::Moment;
use crate::domain::text::Lang;
use crate::failure::{Exit, Failure, Message};
use crate::say;
use crate::store::{self, CommitOptions, Outcome, Proposal, Store, StorePath};

/// Set up a place for incidents: a git repository with levels, questions and roles
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// Where; it is created if need be [default: here]
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,

    /// Rules to begin with
    #[arg(long, value_name = "NAME", default_value = "full", hide_possible_values = true)]
    pub preset: Preset,

    /// Write the built-in templates too, to be changed
    #[arg(long)]
    pub templates: bool,

    /// The time zone of the records, such as Asia/Tokyo [default: that of this machine]
    #[arg(long, value_name = "ZONE", value_parser = parse_zone)]
    pub zone: Option<Tz>,
}

/// The values of `--preset`.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
pub enum Preset {
    #[default]
    Full,
}

/// What a new store is made of.
#[derive(Clone, Debug, Default)]
pub struct Options {
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
    let Preset::Full = args.preset;
    let named = args.dir.or_else(|| app.globals.store.as_ref().map(PathBuf::from));
    let directory = match named {
        Some(named) => app.context.cwd.join(context::expand_home(&named)),
        None => app.context.cwd.clone(),
    };
    create(app, &directory, &Options { templates: args.templates, zone: args.zone, name: None })?;
    app.ui.say(&say!(app.locale, "init-done", path = directory.display().to_string()));
    app.ui.say(&app.locale.text("init-next"));
    if app.globals.json {
        let session = Session::open_at(app, &directory, Need::Nothing)?;
        let files: Vec<String> = vec![POLICY_FILE.to_owned(), SETTINGS_FILE.to_owned()];
        return app.print_json("incident.init", &InitJson { files, commit: session.store.tip()? });
    }
    Ok(app.ui.out(&directory.display().to_string())?)
}

#[derive(serde::Serialize)]
struct InitJson {
    files: Vec<String>,
    commit: Option<String>,
}

/// Makes a store at `directory`, in the repository there or in a new one, and commits what it made.
pub fn create(app: &App, directory: &Path, options: &Options) -> anyhow::Result<()> {
    if store::discover(directory).as_deref() == Some(directory) {
        return Err(Failure::new(Exit::Refused, "store-exists").with("path", directory.display()).into());
    }
    // Known before anything is made: whoever has no name cannot commit.
    let environment = match &options.name {
        Some(name) => identity_environment_of(name, None),
        None => identity_environment(),
    };
    store::default_identity(directory, &config_files(), &environment)?;
    let store = store::create(directory)?.with_config_files(&config_files())?;
    let identity = store.identity(&environment)?;
    store.preflight(&CommitOptions::default())?;
    let person = (identity.author.name.clone(), identity.author.email.clone());
    let files = files(app, &store, options, &person)?;
    let now = app.context.now_in(options.zone.unwrap_or(app.context.zone));
    let proposal = Proposal {
        files,
        seen: Vec::new(),
        message: format!("{}\n", crate::locale::Locale::new(store_lang(app)).text("subject-init")),
        author: identity.author,
        committer: identity.committer,
        author_time: Moment::exact(now).at,
        committer_time: Moment::exact(now).at,
        options: CommitOptions::default(),
    };
    let mut writer = store.lock()?;
    for _ in 0..super::record::ATTEMPTS {
        match writer.commit(&proposal)? {
            Outcome::Moved => {}
            Outcome::Unchanged => return Ok(()),
            Outcome::Committed { warnings, .. } => {
                warnings.iter().for_each(|warning| app.ui.say(&app.locale.say(warning)));
                return Ok(());
            }
        }
    }
    Err(super::record::branch_keeps_moving())
}

type Files = Vec<(StorePath, Option<Vec<u8>>)>;

/// The policy, the settings, and the templates if they are asked for. A file that is there already stays as it is.
fn files(app: &App, store: &Store, options: &Options, person: &(String, String)) -> anyhow::Result<Files> {
    let lang = store_lang(app);
    let mut texts = vec![
        (POLICY_FILE.to_owned(), defaults::POLICY.to_owned()),
        (SETTINGS_FILE.to_owned(), settings_text(app, store, options, person)),
    ];
    if options.templates {
        let ending = format!(".{lang}.md");
        let of_lang = BUILT_IN.iter().filter_map(|(name, text)| Some((name.strip_suffix(&ending)?, *text)));
        texts.extend(of_lang.map(|(name, text)| (format!("templates/{name}.md"), text.to_owned())));
    }
    let mut files = Files::new();
    for (path, text) in texts {
        let path = StorePath::parse(&path)?;
        if store.read(&path)?.is_none() {
            files.push((path, Some(text.into_bytes())));
        }
    }
    Ok(files)
}

/// The preset's settings, after what only this store can know.
fn settings_text(app: &App, store: &Store, options: &Options, (name, email): &(String, String)) -> String {
    let zone = options.zone.unwrap_or(app.context.zone);
    let mut head = format!("lang = {}\nzone = {}\n", quoted(store_lang(app).tag()), quoted(zone.name()));
    if let Some(branch) = store.placement().branch() {
        head.push_str(&format!("branch = {}\n", quoted(branch)));
    }
    if store.has_remote() {
        head.push_str("share = \"auto\"\n");
    }
    let handle = handle(name, email);
    let mut person = format!("\n[[person]]\nhandle = {}\nname = {}\n", quoted(&handle), quoted(name));
    if email != NO_ADDRESS {
        person.push_str(&format!("email = {}\n", quoted(email)));
    }
    let (comment, rest) = defaults::SETTINGS.split_once("\n\n").unwrap_or(("", defaults::SETTINGS));
    format!("{comment}\n\n{head}\n{rest}{person}")
}

/// The part of the address before the `@`, else the name: short, and what others would type.
fn handle(name: &str, email: &str) -> String {
    let local = if email == NO_ADDRESS { "" } else { email.split('@').next().unwrap_or_default() };
    let base = if local.is_empty() { name } else { local };
    let kept: String = base.chars().filter(|c| c.is_alphanumeric() || "._-".contains(*c)).collect();
    if kept.is_empty() { "me".to_owned() } else { kept.to_lowercase() }
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// `--lang` says what the documents are written in; without it, the user's language.
fn store_lang(app: &App) -> Lang {
    app.globals.lang.unwrap_or_else(|| app.locale.lang())
}
