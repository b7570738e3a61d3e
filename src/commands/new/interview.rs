//! Declaring on a terminal: keys first, words last, and nothing said is ever lost.

use super::super::announce;
use super::super::archive::{Archive, Found};
use super::super::session::Session;
use super::super::write_args::CommitArgs;
use super::declaration::Declaration;
use super::declare::{self, Declared};
use super::draft::{Draft, Slot};
use super::routing::{Route, route};
use super::{calls, join, outcome, rest, similar, start, summary};
use crate::context;
use crate::domain::id::IncidentId;
use crate::domain::incident::Mode;
use crate::failure::{Exit, Failure};
use crate::say;
use crate::ui::{Choice, Item, PromptSession, Reply};
use crate::view::palette::Style;

/// How the questions come to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beginning {
    Fresh,
    /// In the store that the kind names, after the questions up to the kind.
    Routed,
    /// With words that were kept: what lives was shown the first time.
    Resumed,
}

/// What the questions led to.
enum Course<'a> {
    /// All is asked: record it.
    Record,
    /// It is an incident that is known already.
    Join(Box<Found>),
    /// The person left; what was said is kept.
    Left,
    /// The kind belongs to another store: ask on there.
    Elsewhere(Box<Session<'a>>),
}

/// Whether the person goes on, or has left with Ctrl-C.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    On,
    Left,
}

/// A declaration being asked for.
pub struct Interview<'s, 'a> {
    pub(super) session: &'s Session<'a>,
    pub(super) declaration: Declaration,
    args: &'s CommitArgs,
    slot: Slot,
    beginning: Beginning,
    /// What the person knows to be another matter.
    apart: Vec<IncidentId>,
}

impl<'s, 'a> Interview<'s, 'a> {
    pub fn new(
        session: &'s Session<'a>,
        declaration: Declaration,
        args: &'s CommitArgs,
        slot: Slot,
        beginning: Beginning,
    ) -> Self {
        Self { session, declaration, args, slot, beginning, apart: Vec::new() }
    }

    pub fn run(mut self) -> anyhow::Result<Exit> {
        let app = self.session.app;
        let mut prompts = app.ui.session()?;
        let course = self.ask(&mut prompts)?;
        drop(prompts);
        match course {
            Course::Record => self.record(),
            Course::Join(found) => join::join(self.session, &found, &self.declaration, self.args, self.slot),
            Course::Elsewhere(session) => self.go_to(&session),
            Course::Left => self.leave(),
        }
    }

    fn ask(&mut self, prompts: &mut PromptSession<'_>) -> anyhow::Result<Course<'a>> {
        if self.ask_name(prompts)? == Step::Left {
            return Ok(Course::Left);
        }
        self.greet();
        if self.beginning != Beginning::Resumed
            && self.declaration.mode == Mode::Real
            && let Some(course) = self.ask_if_known(prompts)?
        {
            return Ok(course);
        }
        if !self.declaration.is_rated() {
            if self.ask_kind(prompts)? == Step::Left {
                return Ok(Course::Left);
            }
            match self.route()? {
                Route::Here => self.save()?,
                Route::HereByChoice => {
                    self.declaration.here = true;
                    self.save()?;
                }
                Route::Private(session) => return Ok(Course::Elsewhere(session)),
                Route::Left => return Ok(Course::Left),
            }
            if self.ask_product(prompts)? == Step::Left || self.ask_questions(prompts)? == Step::Left {
                return Ok(Course::Left);
            }
        }
        match self.ask_title(prompts)? {
            Step::On => self.ask_if_alike(prompts),
            Step::Left => Ok(Course::Left),
        }
    }

    /// What the title is like, asked with one key: what has begun meanwhile, and what was over a short while ago.
    fn ask_if_alike(&mut self, prompts: &mut PromptSession<'_>) -> anyhow::Result<Course<'a>> {
        self.save()?;
        // A question that cannot be put does not stand in the way of the record.
        let similar = similar::to(self.session, &self.declaration, &self.apart).unwrap_or_default();
        if similar.is_empty() {
            return Ok(Course::Record);
        }
        let app = self.session.app;
        let prompt = say!(app.locale, "similar-is-it-one", count = similar.len());
        let (items, other) =
            (similar::items(self.session, &similar), app.locale.text("similar-another-matter"));
        let choice = Choice { prompt: &prompt, items: &items, zero: Some(&other), enter: Some(0) };
        match prompts.choose(&choice)? {
            Reply::Value(Some(index)) => Ok(Course::Join(Box::new(similar[index].found.clone()))),
            Reply::Value(None) => Ok(Course::Record),
            Reply::Interrupted { .. } => Ok(Course::Left),
        }
    }

    /// Who records, where git does not know: asking once beats refusing at night.
    fn ask_name(&mut self, prompts: &mut PromptSession<'_>) -> anyhow::Result<Step> {
        if self.declaration.name.is_some() || self.session.actor().is_ok() {
            return Ok(Step::On);
        }
        self.declaration.name = start::ask_name(self.session.app, prompts)?;
        Ok(if self.declaration.name.is_some() { Step::On } else { Step::Left })
    }

    /// Where it is recorded and by whom, and what stands in the way.
    fn greet(&self) {
        let app = self.session.app;
        if self.beginning != Beginning::Routed {
            self.tell_where();
        }
        if let Some(obstacle) = start::obstacle(self.session, self.args) {
            self.tell_obstacle(&obstacle);
        }
        if self.beginning == Beginning::Resumed {
            app.ui.tell(&summary::said(self.session, &self.declaration).join("\n"));
        }
        app.ui.say("\n");
    }

    fn tell_where(&self) {
        let (session, app) = (self.session, self.session.app);
        let actor = session.actor().ok().map(|actor| actor.name);
        let who = actor.or_else(|| self.declaration.name.clone()).unwrap_or_default();
        let time = session.clock().time(self.declaration.declared.at);
        let store = context::short_path(session.store.root());
        app.ui.tell(&say!(app.locale, "new-greeting", store = store, who = who, time = time));
        if self.declaration.mode == Mode::Drill {
            app.ui.tell_in(Style::Warning, &app.locale.text("new-is-drill"));
        }
    }

    fn tell_obstacle(&self, obstacle: &anyhow::Error) {
        let app = self.session.app;
        let failure = obstacle.downcast_ref::<Failure>();
        let reason = failure.map_or_else(|| obstacle.to_string(), |failure| app.locale.say(&failure.message));
        app.ui.tell_in(Style::Warning, &say!(app.locale, "new-obstacle", reason = reason));
        for hint in failure.iter().flat_map(|failure| &failure.hints) {
            app.ui.tell(&format!("  {}", app.locale.say(hint)));
        }
    }

    /// Live incidents first: joining one is the commonest right answer.
    fn ask_if_known(&mut self, prompts: &mut PromptSession<'_>) -> anyhow::Result<Option<Course<'a>>> {
        let app = self.session.app;
        let mut live = join::live(self.session, &Archive::read(self.session)?);
        similar::likest_first(&self.declaration, &mut live);
        if live.is_empty() {
            if self.beginning == Beginning::Fresh {
                app.ui.tell(&app.locale.text("new-nothing-live"));
            }
            return Ok(None);
        }
        let items: Vec<Item> = live.iter().map(|found| join::item(self.session, found)).collect();
        let prompt = say!(app.locale, "new-is-it-known", count = live.len());
        let other = app.locale.text("new-another-matter");
        let choice = Choice { prompt: &prompt, items: &items, zero: Some(&other), enter: Some(0) };
        match prompts.choose(&choice)? {
            Reply::Value(Some(index)) => Ok(Some(Course::Join(Box::new(live[index].clone())))),
            Reply::Value(None) => {
                self.apart = live.into_iter().map(|found| found.incident.id).collect();
                Ok(None)
            }
            Reply::Interrupted { .. } => Ok(Some(Course::Left)),
        }
    }

    /// Decided before anything that is said about a private kind is kept.
    fn route(&self) -> anyhow::Result<Route<'a>> {
        if self.declaration.here {
            return Ok(Route::Here);
        }
        route(self.session, self.declaration.kind.as_deref())
    }

    /// Asks on in the store that the kind names. What was kept here before goes.
    fn go_to(mut self, session: &Session<'a>) -> anyhow::Result<Exit> {
        self.slot.remove(self.session)?;
        self.declaration.adapt_to(&session.policy);
        let slot = Slot::new(session, !self.args.dry_run);
        Interview::new(session, self.declaration, self.args, slot, Beginning::Routed).run()
    }

    pub(super) fn save(&mut self) -> anyhow::Result<()> {
        let draft = Draft::Declaration(self.declaration.clone());
        if self.declaration.is_worth_keeping(&self.session.policy) {
            self.slot.save(self.session, &draft)?;
        }
        Ok(())
    }

    fn leave(mut self) -> anyhow::Result<Exit> {
        let (session, app) = (self.session, self.session.app);
        if self.args.dry_run || !self.declaration.is_worth_keeping(&session.policy) {
            app.ui.tell(&app.locale.text("new-nothing-recorded"));
            return Ok(Exit::Interrupted);
        }
        self.save()?;
        app.ui.tell(&app.locale.text("draft-of-answers"));
        let go_on = session.command("new --resume");
        let discard = session.command("new --discard");
        app.ui.tell_command(&app.locale.text("draft-resume"), &go_on);
        app.ui.tell_command(&app.locale.text("draft-discard"), &discard);
        Ok(Exit::Interrupted)
    }

    /// Commits, says so, and then asks for the rest.
    fn record(self) -> anyhow::Result<Exit> {
        let Self { session, mut declaration, args, mut slot, .. } = self;
        session.look_at_clock()?;
        declare::settle_id(session, &mut declaration)?;
        // On the disk before the commit: not even a crash between the two loses or doubles it.
        let kept = Draft::Complete(declaration.clone());
        slot.save(session, &kept)?;
        let recorded = match declare::declare(session, &declaration, args) {
            Ok(Declared::Recorded(recorded)) => recorded,
            Ok(Declared::Before(recorded)) => {
                slot.remove(session)?;
                outcome::announce_earlier(session, &declaration);
                return announce::print(session, &recorded).map(|()| Exit::Done);
            }
            Err(error) => {
                calls::say_of_declaration(session, &declaration);
                return Err(slot.keep(session, &kept, error));
            }
        };
        slot.remove(session)?;
        crate::commands::share::begin(session);
        if args.dry_run {
            return Ok(Exit::Done);
        }
        outcome::announce(session, &declaration, &recorded);
        rest::ask(session, &declaration, recorded, args, slot)
    }
}
