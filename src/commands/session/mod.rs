//! A store opened for one command, with its configuration, its words, and who is at the keyboard.

mod actor;
mod loading;
mod moments;

use std::cell::{Cell, LazyCell, OnceCell};
use std::rc::Rc;

use chrono::{DateTime, FixedOffset, Utc};

use super::app::App;
use super::store_choice::{self, Choice};
use crate::config::Settings;
use crate::context;
use crate::document::vocabulary::Vocabulary;
use crate::document::{IncidentFile, parse};
use crate::domain::invocation::Invocation;
use crate::domain::moment::Moment;
use crate::domain::policy::Policy;
use crate::domain::text::Lang;
use crate::failure::{Failure, Failures, Message};
use crate::locale::Locale;
use crate::locale::times::Clock;
use crate::locale::words::vocabulary;
use crate::store::{Placement, Store, StorePath};
use crate::view::names::Names;

pub use self::actor::{Actor, NO_ADDRESS, config_env, identity_environment, identity_environment_of, is_me};
use self::loading::{load_policy, load_settings, preset_remark, read_text};

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

/// One store with its rules, read once for a run, and how its person sees it.
pub struct Session<'a> {
    pub app: &'a App,
    pub store: Store,
    pub policy: Rc<Policy>,
    pub settings: Rc<Settings>,
    /// The files of the configuration for which the default stands in, since they cannot be read.
    pub unreadable: Vec<&'static str>,
    /// The words of the store's files, put together when they are first needed: a list does without.
    pub vocabulary: Lazy<Vocabulary>,
    /// The language of the store's documents.
    pub documents: Locale,
    now: Cell<DateTime<Utc>>,
    /// How commands are typed here; found out when it is first needed.
    invocation: OnceCell<Invocation>,
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

    /// Opens the store in `directory`.
    ///
    /// # Errors
    /// There is none, or what `need` asks for cannot be read.
    pub fn open_at(app: &'a App, directory: &std::path::Path, need: Need) -> anyhow::Result<Self> {
        Self::open_with(app, directory, need, false)
    }

    fn open_with(
        app: &'a App,
        directory: &std::path::Path,
        need: Need,
        as_checked_out: bool,
    ) -> anyhow::Result<Self> {
        let store = Store::open(directory)?.with_config_env(&config_env())?;
        let settings = load_settings(&store)?;
        let branch = settings.value.branch.as_deref().filter(|_| !as_checked_out);
        let store = store.on_branch(branch)?;
        // What a dead writer left is ended first: its files would be read half old, half new.
        store.recover().iter().for_each(|done| app.ui.say(&app.locale.say(done)));
        // On another branch the settings may be others.
        let mut settings = match store.placement() {
            Placement::Elsewhere { .. } | Placement::OtherWorktree { .. } => load_settings(&store)?,
            Placement::CheckedOut { .. } => settings,
        };
        let mut policy = load_policy(&store)?;
        if matches!(need, Need::Settings | Need::Policy) {
            settings.require(app, &store)?;
        }
        if need == Need::Policy {
            policy.require(app, &store)?;
        }
        let unreadable: Vec<_> = settings.unreadable().into_iter().chain(policy.unreadable()).collect();
        if need != Need::Silence {
            // Even to those who asked for quiet: what follows may be wrong.
            let remarks = unreadable.iter().map(|path| preset_remark(app, &store, path));
            remarks.for_each(|remark| app.ui.error(&app.locale.say(&remark)));
        }
        let (settings, policy) = (Rc::new(settings.value), Rc::new(policy.value));
        let vocabulary = words_of(settings.lang, Rc::clone(&settings), Rc::clone(&policy));
        let documents = Locale::new(settings.lang);
        let now = Cell::new(app.context.now);
        let invocation = OnceCell::new();
        Ok(Self { app, store, policy, settings, unreadable, vocabulary, documents, now, invocation })
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

    /// What is read from here on was said at `moment`, until somebody looks at the clock again.
    pub fn go_back_to(&self, moment: DateTime<Utc>) {
        self.now.set(moment);
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

    /// What to say on a screen of its own where the default stands in for files that cannot be read.
    pub fn preset_remarks(&self) -> impl Iterator<Item = String> {
        let remark = |path: &&str| self.app.locale.say(&preset_remark(self.app, &self.store, path));
        self.unreadable.iter().map(remark)
    }

    /// The text of a file of the store; none where it is not there.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn read_text(&self, path: &str) -> anyhow::Result<Option<String>> {
        read_text(&self.store, path)
    }

    /// The incident that the file at `path` holds, with its record.
    pub fn incident_file(&self, path: &StorePath) -> anyhow::Result<IncidentFile> {
        let bytes = self.store.read(path)?.ok_or_else(|| self.store.deleted_by_hand(path))?;
        Ok(parse(path.as_str(), &bytes, &self.vocabulary).map_err(Failures)?)
    }

    /// Words that were kept for what is recorded by now may stay behind where they cannot be removed, and cannot be kept
    /// where nothing can be written: that is said under `key`, and is no failure.
    pub fn say_of_kept(&self, key: &str, done: anyhow::Result<()>) {
        let Err(error) = done else { return };
        let locale = &self.app.locale;
        self.app.ui.error(&locale.text(key));
        match error.downcast_ref::<Failure>() {
            Some(failure) => self.app.ui.error(&locale.say(&failure.message)),
            None => self.app.ui.error(&error.to_string()),
        }
    }

    /// How a command of this store is typed here: with what it takes to find the store, where that is needed.
    pub fn invocation(&self) -> &Invocation {
        self.invocation.get_or_init(|| store_choice::invocation(self.app, self.store.root()))
    }

    /// `incident` and `words` as somebody types it here.
    pub fn command(&self, words: &str) -> String {
        self.invocation().command(words)
    }

    /// The hint `key`, which is a command with words of its language.
    pub fn hint(&self, key: &'static str) -> Message {
        Message::new(key).with("incident", self.invocation())
    }
}

fn words_of(lang: Lang, settings: Rc<Settings>, policy: Rc<Policy>) -> Lazy<Vocabulary> {
    LazyCell::new(Box::new(move || vocabulary(lang, &settings.flow, &policy, &settings.staff)))
}
