//! The questions of `new` on a terminal: keys first, words last, and nothing said is ever lost.

use super::super::announce;
use super::super::answers::{Asking, finding_in_words};
use super::super::archive::{Archive, Found};
use super::super::session::Session;
use super::super::write_args::CommitArgs;
use super::declare::{self, Declaration, default_title};
use super::{draft, join, live, rest, routing, start, title_of};
use crate::domain::triage::Finding;
use crate::failure::Exit;
use crate::say;
use crate::ui::{Choice, Item, LinePrompt, OnEnter, PromptSession, Reply, Stream};
use crate::view::palette::Style;

/// What the questions led to.
enum Course {
    /// All is asked: record it.
    Record,
    /// It is an incident that is known already.
    Join(Box<Found>),
    /// The person left; what was said is kept.
    Left,
    /// The kind belongs to another store: ask on there.
    Elsewhere,
}

/// A declaration being asked for.
pub struct Interview<'a> {
    session: &'a Session<'a>,
    declaration: Declaration,
    args: &'a CommitArgs,
    here: bool,
    draft: String,
    /// What stands in the way of writing, found before the first question.
    obstacle: Option<anyhow::Error>,
    /// Going on with words that were kept: what lives now was shown the first time.
    resumed: bool,
}

impl<'a> Interview<'a> {
    pub fn new(session: &'a Session<'a>, declaration: Declaration, args: &'a CommitArgs, here: bool) -> Self {
        let (obstacle, draft) = (start::obstacle(session, args), draft::name(session));
        Self { session, declaration, args, here, draft, obstacle, resumed: false }
    }

    /// Goes on where the draft `name` left off.
    pub fn resumed(
        session: &'a Session<'a>,
        declaration: Declaration,
        args: &'a CommitArgs,
        name: String,
    ) -> Self {
        Self { draft: name, resumed: true, ..Self::new(session, declaration, args, true) }
    }

    pub fn run(mut self) -> anyhow::Result<Exit> {
        let app = self.session.app;
        let mut prompts = app.ui.session()?;
        self.greet(&mut prompts)?;
        let course = self.ask(&mut prompts)?;
        drop(prompts);
        match course {
            Course::Record => self.record(),
            Course::Join(found) => join::join(self.session, &found, self.args),
            Course::Elsewhere => {
                let here = self.here;
                let routed = routing::route(self.session, self.declaration.kind.as_deref(), here)?;
                let Some(session) = routed else {
                    self.here = true;
                    return Interview { resumed: true, ..self }.run();
                };
                session.store.remove_private(&self.draft).ok();
                Interview { resumed: true, ..Interview::new(&session, self.declaration, self.args, true) }
                    .run()
            }
            Course::Left => {
                app.ui.say(&app.locale.text("draft-of-answers"));
                Ok(Exit::Interrupted)
            }
        }
    }

    /// Where it is recorded and by whom, and what stands in the way.
    fn greet(&mut self, prompts: &mut PromptSession<'_>) -> anyhow::Result<()> {
        let session = self.session;
        let app = session.app;
        if self.resumed {
            return Ok(());
        }
        let who = match session.actor() {
            Ok(actor) => actor.name,
            // Asking once beats refusing at night.
            Err(_) => match prompts.line(&LinePrompt::new(&app.locale.text("new-your-name")))? {
                Reply::Value(name) if !name.is_empty() => {
                    self.declaration.name = Some(name.clone());
                    self.obstacle = start::obstacle(session, self.args);
                    name
                }
                _ => String::new(),
            },
        };
        let time = session.clock().time(self.declaration.declared.at);
        let store = session.store.root().display().to_string();
        app.ui.say(&say!(app.locale, "new-greeting", store = store, who = who, time = time));
        if let Some(obstacle) = &self.obstacle {
            let reason = obstacle.downcast_ref::<crate::failure::Failure>();
            let reason =
                reason.map_or_else(|| obstacle.to_string(), |failure| app.locale.say(&failure.message));
            let text = say!(app.locale, "new-obstacle", reason = reason);
            app.ui.say(&app.ui.paint(Stream::Err, Style::Warning, &text));
        }
        app.ui.say("\n");
        Ok(())
    }

    fn ask(&mut self, prompts: &mut PromptSession<'_>) -> anyhow::Result<Course> {
        if let Some(course) = self.ask_if_known(prompts)? {
            return Ok(course);
        }
        let stated = self.declaration.severity.is_some() || self.declaration.unrated;
        if !stated {
            if let Some(course) = self.ask_kind(prompts)? {
                return Ok(course);
            }
            if !self.ask_product(prompts)? || !self.ask_questions(prompts)? {
                return Ok(Course::Left);
            }
            self.tell_finding();
        }
        if self.declaration.title.is_none() && !self.ask_title(prompts)? {
            return Ok(Course::Left);
        }
        Ok(Course::Record)
    }

    /// Live incidents first: joining one is the commonest right answer.
    fn ask_if_known(&self, prompts: &mut PromptSession<'_>) -> anyhow::Result<Option<Course>> {
        let app = self.session.app;
        let live = live(self.session, &Archive::read(self.session)?);
        if live.is_empty() || self.resumed {
            if !self.resumed {
                app.ui.say(&app.locale.text("new-nothing-live"));
            }
            return Ok(None);
        }
        let items: Vec<Item> = live.iter().map(|found| join::item(self.session, found)).collect();
        let prompt = say!(app.locale, "new-is-it-known", count = live.len());
        let other = app.locale.text("new-another-matter");
        let choice = Choice { prompt: &prompt, items: &items, zero: Some(&other), enter: Some(0) };
        match prompts.choose(&choice)? {
            Reply::Value(Some(index)) => Ok(Some(Course::Join(Box::new(live[index].clone())))),
            Reply::Value(None) => Ok(None),
            Reply::Interrupted { .. } => self.leave().map(Some),
        }
    }

    /// The kind comes first: a private one goes to another store before a word is typed.
    fn ask_kind(&mut self, prompts: &mut PromptSession<'_>) -> anyhow::Result<Option<Course>> {
        let (policy, lang) = (&self.session.policy, self.session.app.locale.lang());
        if self.declaration.kind.is_some() || policy.kinds.is_empty() {
            return Ok(None);
        }
        let private = self.session.app.locale.text("new-kind-private");
        let item = |kind: &crate::domain::policy::Kind| {
            let hint = kind.hint.get(lang);
            let hint = if kind.store.is_some() { format!("{hint} {private}") } else { hint.to_owned() };
            Item::new(kind.name.get(lang), hint)
        };
        let items: Vec<Item> = policy.kinds.iter().map(item).collect();
        let prompt = self.session.app.locale.text("new-what-kind");
        match prompts.choose(&Choice { prompt: &prompt, items: &items, zero: None, enter: Some(1) })? {
            Reply::Value(index) => {
                let kind = &policy.kinds[index.unwrap_or(0)];
                self.declaration.kind = Some(kind.id.clone());
                self.save()?;
                Ok((kind.store.is_some() && !self.here).then_some(Course::Elsewhere))
            }
            Reply::Interrupted { .. } => self.leave().map(Some),
        }
    }

    fn ask_product(&mut self, prompts: &mut PromptSession<'_>) -> anyhow::Result<bool> {
        let (policy, lang) = (&self.session.policy, self.session.app.locale.lang());
        if self.declaration.asked_for_product || policy.products.len() < 2 {
            return Ok(true);
        }
        let items: Vec<Item> =
            policy.products.iter().map(|product| Item::new(product.name.get(lang), "")).collect();
        let prompt = self.session.app.locale.text("new-which-product");
        let not_sure = self.session.app.locale.text("new-product-not-sure");
        let choice = Choice { prompt: &prompt, items: &items, zero: Some(&not_sure), enter: Some(0) };
        match prompts.choose(&choice)? {
            Reply::Value(index) => {
                self.declaration.products =
                    index.map(|index| policy.products[index].id.clone()).into_iter().collect();
                self.declaration.asked_for_product = true;
                self.save()?;
                Ok(true)
            }
            Reply::Interrupted { .. } => self.leave().map(|_| false),
        }
    }

    /// Every question that could still make the level worse, one key each.
    fn ask_questions(&mut self, prompts: &mut PromptSession<'_>) -> anyhow::Result<bool> {
        let kind = self.declaration.kind.clone();
        let products = self.declaration.products.clone();
        let mut asking = Asking {
            session: self.session,
            kind: kind.as_deref(),
            products: &products,
            answers: self.declaration.answers.clone(),
            skipped: Vec::new(),
            asked: Vec::new(),
        };
        while let Some(question) = asking.next() {
            let reply = asking.ask(prompts, question)?;
            self.declaration.answers.clone_from(&asking.answers);
            self.save()?;
            if let Reply::Interrupted { .. } = reply {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn tell_finding(&self) {
        let app = self.session.app;
        let (_, assessment) = self.declaration.assess(&self.session.policy);
        let text = finding_in_words(self.session, &assessment);
        let style = match assessment.finding {
            Finding::Level(_) => Style::Strong,
            Finding::Unrated | Finding::Declined => Style::Warning,
        };
        app.ui.say("\n");
        app.ui.say(&app.ui.paint(Stream::Err, style, &text));
    }

    fn ask_title(&mut self, prompts: &mut PromptSession<'_>) -> anyhow::Result<bool> {
        let default = default_title(self.session, &self.declaration);
        let label = self.session.app.locale.text("new-title");
        match prompts.line(&LinePrompt { enter: OnEnter::Take(&default), ..LinePrompt::new(&label) })? {
            Reply::Value(title) => {
                let title = title_of(self.session, &title);
                self.declaration.title = Some(if title.is_empty() { default } else { title });
                Ok(true)
            }
            Reply::Interrupted { typed } => {
                let typed = title_of(self.session, &typed);
                // Half a title is not the answer to the question, but its words are kept.
                self.declaration.seen = [self.declaration.seen.as_str(), &typed].join("\n").trim().to_owned();
                self.leave().map(|_| false)
            }
        }
    }

    fn save(&self) -> anyhow::Result<()> {
        draft::save(self.session, &self.draft, &self.declaration, false)
    }

    fn leave(&self) -> anyhow::Result<Course> {
        self.save()?;
        Ok(Course::Left)
    }

    /// Commits, says so, and then asks for the rest.
    fn record(self) -> anyhow::Result<Exit> {
        let Self { session, declaration, args, draft: name, obstacle, .. } = self;
        let attempt = match obstacle {
            Some(obstacle) => Err(obstacle),
            None => declare::declare(session, &declaration, args),
        };
        let recorded = match attempt {
            Ok(recorded) => recorded,
            Err(error) => {
                draft::save(session, &name, &declaration, true)?;
                session.app.ui.error(&session.app.locale.text("draft-kept"));
                return Err(error);
            }
        };
        session.store.remove_private(&name)?;
        declare::announce(session, &declaration, &recorded)?;
        let complete = match recorded.commit {
            Some(_) => rest::ask(session, &declaration, &recorded, args)?.unwrap_or(recorded),
            None => recorded,
        };
        announce::print(session, &complete)?;
        Ok(Exit::Done)
    }
}
