//! A store opened for one command, with its configuration, its words, and who is at the keyboard.

use std::cell::{Cell, LazyCell};
use std::rc::Rc;

use chrono::{DateTime, FixedOffset, Utc};

use super::app::App;
use super::store_choice::{self, Choice};
use crate::config::{self, Loaded, POLICY_FILE, SETTINGS_FILE, Settings, defaults};
use crate::context;
use crate::document::vocabulary::Vocabulary;
use crate::document::{IncidentFile, parse};
use crate::domain::moment::Moment;
use crate::domain::policy::Policy;
use crate::domain::text::{Lang, folded};
use crate::domain::time_expression::{self, TimeError};
use crate::failure::{Exit, Failure, Failures, Message};
use crate::locale::Locale;
use crate::locale::times::Clock;
use crate::locale::words::vocabulary;
use crate::store::{ConfigFiles, Identity, IdentityEnv, Placement, Store, StorePath};
use crate::view::names::Names;

/// How much of the configuration must be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// As `Nothing`, for the command that reports every fault itself.
    Silence,
    /// Reading goes on with the default preset, and says so.
    Nothing,
    /// Statuses and roles.
    Settings,
    /// Levels and questions too.
    Policy,
}

/// A value that is made when it is first asked for.
pub type Lazy<T> = LazyCell<T, Box<dyn FnOnce() -> T>>;

pub struct Session<'a> {
    pub app: &'a App,
    pub store: Store,
    pub policy: Rc<Policy>,
    pub settings: Rc<Settings>,
    /// The words of the store's files, put together when they are first needed: a list does without.
    pub vocabulary: Lazy<Vocabulary>,
    /// The language of the store's documents.
    pub documents: Locale,
    now: Cell<DateTime<Utc>>,
}

/// The address of a person who has given none; reserved for that by RFC 2606.
pub const NO_ADDRESS: &str = "unknown@invalid";

/// Who acts.
#[derive(Clone, Debug)]
pub struct Actor {
    pub identity: Identity,
    /// The handle of the store's list of people, else the git name.
    pub handle: String,
    /// As the timeline names them.
    pub name: String,
}

impl<'a> Session<'a> {
    /// Opens the store that this run is about.
    pub fn open(app: &'a App, need: Need) -> anyhow::Result<Self> {
        match store_choice::choose(app)? {
            Choice::Found(directory) => Self::open_at(app, &directory, need),
            missing => Err(store_choice::none_found(&missing).into()),
        }
    }

    /// For `check`, which says all that is wrong itself: what is faulty is the default preset's, without a word.
    pub fn open_quietly(app: &'a App) -> anyhow::Result<Self> {
        Self::open(app, Need::Silence)
    }

    /// Like [`Self::open_quietly`], of the files at hand, whatever branch the store names.
    pub fn open_as_checked_out(app: &'a App) -> anyhow::Result<Self> {
        match store_choice::choose(app)? {
            Choice::Found(directory) => Self::open_with(app, &directory, Need::Silence, true),
            missing => Err(store_choice::none_found(&missing).into()),
        }
    }

    pub fn open_at(app: &'a App, directory: &std::path::Path, need: Need) -> anyhow::Result<Self> {
        Self::open_with(app, directory, need, false)
    }

    fn open_with(
        app: &'a App,
        directory: &std::path::Path,
        need: Need,
        as_checked_out: bool,
    ) -> anyhow::Result<Self> {
        let store = Store::open(directory)?.with_config_files(&config_files())?;
        let settings = load_settings(app, &store, need)?;
        let branch = settings.branch.as_deref().filter(|_| !as_checked_out);
        let store = store.on_branch(branch)?;
        // What a dead writer left is ended first: its files would be read half old, half new.
        store.recover()?.iter().for_each(|done| app.ui.say(&app.locale.say(done)));
        // On another branch the settings may be others.
        let settings = match store.placement() {
            Placement::Elsewhere { .. } | Placement::OtherWorktree { .. } => {
                load_settings(app, &store, need)?
            }
            Placement::CheckedOut { .. } => settings,
        };
        let settings = Rc::new(settings);
        let policy = Rc::new(load_policy(app, &store, need)?);
        let vocabulary = words_of(settings.lang, Rc::clone(&settings), Rc::clone(&policy));
        let documents = Locale::new(settings.lang);
        let now = Cell::new(app.context.now);
        Ok(Self { app, store, policy, settings, vocabulary, documents, now })
    }

    /// The moment of this run in the store's zone.
    pub fn now(&self) -> DateTime<FixedOffset> {
        Moment::exact(self.now.get().with_timezone(&self.settings.zone).fixed_offset()).at
    }

    /// A person was asked, which takes its time: what is recorded from here on is recorded at this moment.
    pub fn look_at_clock(&self) -> anyhow::Result<()> {
        self.now.set(context::clock()?);
        Ok(())
    }

    /// Times as the user reads them.
    pub fn clock(&self) -> Clock<'_> {
        Clock { locale: &self.app.locale, now: self.now(), zone: self.settings.zone }
    }

    /// Whether the reader's own clock shows another time than the store's.
    pub fn is_elsewhere(&self) -> bool {
        let context = &self.app.context;
        context.now_in(self.settings.zone).offset() != context.now_in(context.zone).offset()
    }

    /// Names as the user reads them.
    pub fn names(&self) -> Names<'_> {
        self.names_in(&self.app.locale)
    }

    /// Names in the language of `locale`, such as that of the documents.
    pub fn names_in<'b>(&'b self, locale: &'b Locale) -> Names<'b> {
        Names { locale, flow: &self.settings.flow, policy: &self.policy, staff: &self.settings.staff }
    }

    /// The words of the timeline as the user reads them.
    pub fn spoken_vocabulary(&self) -> Lazy<Vocabulary> {
        words_of(self.app.locale.lang(), Rc::clone(&self.settings), Rc::clone(&self.policy))
    }

    /// What `--at` means; without it, now.
    pub fn moment(&self, at: Option<&str>) -> anyhow::Result<Moment> {
        match at {
            None => Ok(Moment::exact(self.now())),
            Some(text) => self.past_moment(text),
        }
    }

    /// A stated time that must not lie ahead.
    pub fn past_moment(&self, text: &str) -> anyhow::Result<Moment> {
        time_expression::parse_past(text, self.now(), self.settings.zone).map_err(|error| bad_time(&error))
    }

    /// A stated time that may lie ahead, such as the end of a period.
    pub fn any_moment(&self, text: &str) -> anyhow::Result<Moment> {
        time_expression::parse(text, self.now(), self.settings.zone).map_err(|error| bad_time(&error))
    }

    /// A promised time: `03:30` is the next such moment.
    pub fn next_moment(&self, text: &str) -> anyhow::Result<Moment> {
        time_expression::parse_next(text, self.now(), self.settings.zone).map_err(|error| bad_time(&error))
    }

    /// Who is at the keyboard.
    pub fn actor(&self) -> anyhow::Result<Actor> {
        Ok(self.actor_of(self.store.identity(&identity_environment())?))
    }

    /// Whoever says to be called `name`, where git knows nobody.
    pub fn actor_named(&self, name: &str) -> anyhow::Result<Actor> {
        let known = self.settings.staff.person(name).and_then(|person| person.email.as_deref());
        Ok(self.actor_of(self.store.identity(&identity_environment_of(name, known))?))
    }

    fn actor_of(&self, identity: Identity) -> Actor {
        let person = self.settings.staff.person(&identity.author.email);
        let person = person.or_else(|| self.settings.staff.person(&identity.author.name));
        let (handle, name) = match person {
            Some(person) => (person.handle.clone(), person.name.clone()),
            None => (identity.author.name.clone(), identity.author.name.clone()),
        };
        Actor { identity, handle, name }
    }

    /// How `word`, a handle, name, e-mail or `me`, is written in roles; a name the store does not know stays as it is.
    pub fn handle_of(&self, word: &str, actor: &Actor) -> String {
        if is_me(word) {
            return actor.handle.clone();
        }
        self.settings.staff.person(word).map_or_else(|| word.to_owned(), |person| person.handle.clone())
    }

    pub fn read_text(&self, path: &str) -> anyhow::Result<Option<String>> {
        read_text(&self.store, path)
    }

    /// The incident that the file at `path` holds, with its record.
    pub fn incident_file(&self, path: &StorePath) -> anyhow::Result<IncidentFile> {
        let bytes = self.store.read(path)?.ok_or_else(|| self.store.deleted_by_hand(path))?;
        Ok(parse(path.as_str(), &bytes, &self.vocabulary).map_err(Failures)?)
    }

    /// `incident` and `words` as somebody types it here: with what it takes to find this store, where that is needed.
    pub fn command(&self, words: &str) -> String {
        match store_choice::option_for(self.app, self.store.root()).unwrap_or_default() {
            option if option.is_empty() => format!("incident {words}"),
            option => format!("incident {option} {words}"),
        }
    }
}

/// Whether whoever is at the keyboard means themselves.
pub fn is_me(word: &str) -> bool {
    ["me", "自分", "私"].contains(&folded(word).as_str())
}

fn bad_time(error: &TimeError) -> anyhow::Error {
    let failure = Failure { message: error.message(), ..Failure::new(Exit::Usage, "time-not-a-time") };
    failure.hint(Message::new("time-forms")).into()
}

fn read_text(store: &Store, path: &str) -> anyhow::Result<Option<String>> {
    let Some(bytes) = store.read(&StorePath::parse(path)?)? else { return Ok(None) };
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Failure::new(Exit::Invalid, "not-utf8").at(path, line, 1)
    })?;
    // A mark that some editors put first; TOML has no place for it.
    Ok(Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)))
}

fn load_settings(app: &App, store: &Store, need: Need) -> anyhow::Result<Settings> {
    let text = read_text(store, SETTINGS_FILE)?.unwrap_or_default();
    let parsed = config::parse_settings(SETTINGS_FILE, &text);
    accept(app, parsed, need, matches!(need, Need::Settings | Need::Policy), Settings::preset)
}

fn load_policy(app: &App, store: &Store, need: Need) -> anyhow::Result<Policy> {
    let preset =
        || config::parse_policy(POLICY_FILE, defaults::POLICY).map(|loaded| loaded.value).unwrap_or_default();
    let Some(text) = read_text(store, POLICY_FILE)? else {
        // The branch may not have the file that the worktree has.
        return Ok(preset());
    };
    accept(app, config::parse_policy(POLICY_FILE, &text), need, need == Need::Policy, preset)
}

/// The value; where it is faulty, an error if it is needed, else a word about it and the default.
fn accept<T>(
    app: &App,
    parsed: Result<Loaded<T>, Vec<Failure>>,
    need: Need,
    needed: bool,
    preset: impl FnOnce() -> T,
) -> anyhow::Result<T> {
    match parsed {
        Ok(loaded) => Ok(loaded.value),
        Err(faults) if needed => Err(Failures(faults).into()),
        Err(_) if need == Need::Silence => Ok(preset()),
        Err(faults) => {
            for fault in &faults {
                let place = fault.place.as_ref().map(ToString::to_string).unwrap_or_default();
                app.ui.say(&format!("{place}: {}", app.locale.say(&fault.message)));
            }
            app.ui.say(&app.locale.text("using-default-preset"));
            Ok(preset())
        }
    }
}

fn words_of(lang: Lang, settings: Rc<Settings>, policy: Rc<Policy>) -> Lazy<Vocabulary> {
    LazyCell::new(Box::new(move || vocabulary(lang, &settings.flow, &policy, &settings.staff)))
}

/// git's configuration files, where the environment names others.
pub fn config_files() -> ConfigFiles {
    let path = |name| context::raw_variable(name).map(std::path::PathBuf::from);
    let no_system = context::variable("GIT_CONFIG_NOSYSTEM")
        .is_some_and(|word| !["0", "false", "no", "off"].contains(&word.to_lowercase().as_str()));
    let system = if no_system { Some(std::path::PathBuf::new()) } else { path("GIT_CONFIG_SYSTEM") };
    ConfigFiles { global: path("GIT_CONFIG_GLOBAL"), system }
}

pub fn identity_environment() -> IdentityEnv {
    IdentityEnv {
        author_name: context::variable("GIT_AUTHOR_NAME"),
        author_email: context::variable("GIT_AUTHOR_EMAIL"),
        committer_name: context::variable("GIT_COMMITTER_NAME"),
        committer_email: context::variable("GIT_COMMITTER_EMAIL"),
        email: context::variable("EMAIL"),
    }
}

/// As [`identity_environment`], with what it lacks taken from a person who typed in their name.
pub fn identity_environment_of(name: &str, address: Option<&str>) -> IdentityEnv {
    let mut environment = identity_environment();
    environment.author_name.get_or_insert_with(|| name.to_owned());
    environment.committer_name.get_or_insert_with(|| name.to_owned());
    environment.email.get_or_insert_with(|| address.unwrap_or(NO_ADDRESS).to_owned());
    environment
}
