//! What can wait until the incident is recorded: since when, how noticed, what is seen. A second commit.

use super::super::announce;
use super::super::record::Recorded;
use super::super::session::Session;
use super::super::set;
use super::super::write_args::CommitArgs;
use super::addition::Addition;
use super::calls;
use super::declaration::Declaration;
use super::draft::{Draft, Slot};
use super::interview::Step;
use super::summary;
use crate::domain::incident::{DETECTED_BY, Mode};
use crate::domain::moment::Moment;
use crate::domain::policy::{Field, FieldType};
use crate::domain::text::Text;
use crate::failure::Exit;
use crate::ui::{Choice, Item, LinePrompt, LinesPrompt, OnEnter, PromptSession, Reply};

/// Asks for the rest, records it, and prints the incident. Leaving with Ctrl-C records what was said until then, and
/// keeps what was only half typed.
pub fn ask(
    session: &Session<'_>,
    declaration: &Declaration,
    declared: Recorded,
    args: &CommitArgs,
    slot: Slot,
) -> anyhow::Result<Exit> {
    let app = session.app;
    app.ui.say("\n");
    let calls = calls::ring(session, declaration, &declared.incident);
    app.ui.tell(&app.locale.text(if calls { "rest-while-calling" } else { "rest-can-wait" }));
    let addition = Addition::to(session, &declared.path, &declared.incident, declaration);
    let half = addition.clone();
    let mut rest = Rest { session, declaration, prompts: app.ui.session()?, addition, half, slot };
    rest.questions()?;
    let Rest { addition, half, mut slot, prompts, .. } = rest;
    drop(prompts);
    if addition.is_empty() {
        slot.remove(session)?;
        keep_half(session, &mut slot, half)?;
        return announce::print(session, &declared).map(|()| Exit::Done);
    }
    match addition.record(session, args) {
        Ok(recorded) => {
            session.say_of_kept("draft-left", slot.remove(session));
            app.ui.tell(&app.locale.text("rest-recorded"));
            keep_half(session, &mut slot, half)?;
            let entries = declared.entries.iter().chain(&recorded.entries).cloned().collect();
            let commit = recorded.commit.or(declared.commit);
            announce::print(session, &Recorded { entries, commit, ..recorded }).map(|()| Exit::Done)
        }
        Err(error) => {
            // The incident itself is recorded: whoever waits for its id gets it.
            announce::print(session, &declared)?;
            let mut addition = addition;
            addition.take_in(half);
            Err(slot.keep(session, &Draft::Addition(addition), error))
        }
    }
}

/// Keeps words that the person left before they had ended them: whether they are meant is not known.
pub fn keep_half(session: &Session<'_>, slot: &mut Slot, half: Addition) -> anyhow::Result<()> {
    if half.is_empty() {
        return Ok(());
    }
    let app = session.app;
    let kept = Draft::Addition(half);
    app.ui.tell(&app.locale.text("rest-half-kept"));
    app.ui.tell(&summary::of(session, &kept).join("\n"));
    slot.save(session, &kept)?;
    app.ui.tell_command(&app.locale.text("drafts-write"), &session.command("new --resume"));
    app.ui.tell_command(&app.locale.text("draft-discard"), &session.command("new --discard"));
    Ok(())
}

/// The questions of the rest under way.
struct Rest<'a> {
    session: &'a Session<'a>,
    declaration: &'a Declaration,
    prompts: PromptSession<'a>,
    addition: Addition,
    /// What was being typed when the person left.
    half: Addition,
    slot: Slot,
}

impl Rest<'_> {
    fn questions(&mut self) -> anyhow::Result<Step> {
        if self.declaration.is_declined(&self.session.policy) {
            return self.where_it_went();
        }
        if self.declaration.started.is_none() && self.since_when()? == Step::Left {
            return Ok(Step::Left);
        }
        if self.declaration.mode == Mode::Retrospective && self.until_when()? == Step::Left {
            return Ok(Step::Left);
        }
        if self.declaration.detected_by.is_none() && self.how_noticed()? == Step::Left {
            return Ok(Step::Left);
        }
        for field in &self.session.policy.fields {
            if self.is_open(field) && self.own_field(field)? == Step::Left {
                return Ok(Step::Left);
            }
        }
        if self.declaration.seen.is_empty() { self.what_is_seen() } else { Ok(Step::On) }
    }

    fn since_when(&mut self) -> anyhow::Result<Step> {
        let (step, at) = self.time("rest-since-when")?;
        self.addition.started = at;
        self.save()?;
        Ok(step)
    }

    fn until_when(&mut self) -> anyhow::Result<Step> {
        let (step, at) = self.time("rest-until-when")?;
        self.addition.mitigated = at;
        self.save()?;
        Ok(step)
    }

    /// A time that has passed, or none. What is no time is asked again.
    fn time(&mut self, label: &'static str) -> anyhow::Result<(Step, Option<Moment>)> {
        let locale = &self.session.app.locale;
        let (label, unknown) = (locale.text(label), locale.text("rest-not-known"));
        loop {
            let prompt = LinePrompt { enter: OnEnter::Leave(&unknown), ..LinePrompt::new(&label) };
            let reply = self.prompts.line(&prompt)?;
            // `15 minutes ago` counts from when it is said.
            self.session.look_at_clock()?;
            match reply {
                Reply::Interrupted { typed } => {
                    self.half.keep_half(&label, &typed);
                    return Ok((Step::Left, None));
                }
                Reply::Value(text) if text.is_empty() => return Ok((Step::On, None)),
                Reply::Value(text) => match self.session.past_moment(&text) {
                    Ok(moment) => return Ok((Step::On, Some(moment))),
                    Err(error) => self.session.app.tell_failure(&error),
                },
            }
        }
    }

    fn how_noticed(&mut self) -> anyhow::Result<Step> {
        let locale = &self.session.app.locale;
        let names = self.session.names();
        let items: Vec<Item> =
            DETECTED_BY.iter().map(|token| Item::new(names.detected_by(token), "")).collect();
        let (prompt, unknown) = (locale.text("rest-how-noticed"), locale.text("rest-not-known"));
        let choice = Choice { prompt: &prompt, items: &items, zero: Some(&unknown), enter: Some(0) };
        match self.prompts.choose(&choice)? {
            Reply::Value(index) => {
                self.addition.detected_by = index.map(|index| DETECTED_BY[index].to_owned());
                self.save()?;
                Ok(Step::On)
            }
            Reply::Interrupted { .. } => Ok(Step::Left),
        }
    }

    /// Whether a fact of the team's own concerns this kind and is not known yet.
    fn is_open(&self, field: &Field) -> bool {
        let Declaration { kind, products, .. } = self.declaration;
        field.applies(kind.as_deref(), products)
            && !self.declaration.fields.iter().any(|(id, _)| *id == field.id)
    }

    /// One key for one of the field's own choices.
    fn own_choice(&mut self, field: &Field) -> anyhow::Result<Step> {
        let locale = &self.session.app.locale;
        let item = |(id, name): &(String, Text)| {
            let name = name.get(locale.lang());
            Item::new(if name.is_empty() { id } else { name }, "")
        };
        let items: Vec<Item> = field.choices.iter().map(item).collect();
        let (prompt, unknown) = (field.ask.get(locale.lang()), locale.text("rest-not-known"));
        let choice = Choice { prompt, items: &items, zero: Some(&unknown), enter: Some(0) };
        match self.prompts.choose(&choice)? {
            Reply::Value(index) => {
                let chosen = index.and_then(|index| field.choices.get(index));
                let value = chosen.map(|(id, _)| (field.id.clone(), id.clone()));
                self.addition.fields.extend(value);
                self.save()?;
                Ok(Step::On)
            }
            Reply::Interrupted { .. } => Ok(Step::Left),
        }
    }

    /// A value that does not fit its type is asked for again.
    fn own_field(&mut self, field: &Field) -> anyhow::Result<Step> {
        if field.kind == FieldType::Choice {
            return self.own_choice(field);
        }
        let label = field.ask.get(self.session.app.locale.lang());
        loop {
            match self.prompts.line(&LinePrompt::new(label))? {
                Reply::Interrupted { typed } => {
                    self.half.keep_half(label, &typed);
                    return Ok(Step::Left);
                }
                Reply::Value(text) if text.is_empty() => return Ok(Step::On),
                Reply::Value(text) if matches!(text.as_str(), "?" | "？") => {
                    self.session.app.ui.tell(field.hint.get(self.session.app.locale.lang()));
                }
                Reply::Value(text) => match set::field_value(self.session, &field.id, &text) {
                    Ok(value) => {
                        self.addition.fields.push((field.id.clone(), value));
                        self.save()?;
                        return Ok(Step::On);
                    }
                    Err(error) => self.session.app.tell_failure(&error),
                },
            }
        }
    }

    fn where_it_went(&mut self) -> anyhow::Result<Step> {
        let locale = &self.session.app.locale;
        let (label, nowhere) = (locale.text("rest-where-it-went"), locale.text("rest-nowhere"));
        let prompt = LinePrompt { enter: OnEnter::Leave(&nowhere), ..LinePrompt::new(&label) };
        let place = match self.prompts.line(&prompt)? {
            Reply::Value(place) => place,
            Reply::Interrupted { typed } => {
                typed.trim().clone_into(&mut self.half.went_to);
                return Ok(Step::Left);
            }
        };
        self.addition.went_to = place;
        self.save()?;
        Ok(Step::On)
    }

    fn what_is_seen(&mut self) -> anyhow::Result<Step> {
        let label = self.session.app.locale.text("rest-what-is-seen");
        match self.prompts.lines(&LinesPrompt { label: &label })? {
            Reply::Value(lines) => self.addition.add_seen(&lines.join("\n")),
            Reply::Interrupted { typed } => {
                self.half.add_seen(&typed);
                return Ok(Step::Left);
            }
        }
        self.save()?;
        Ok(Step::On)
    }

    /// Keeps what was said, for the case that the terminal goes before the commit.
    fn save(&mut self) -> anyhow::Result<()> {
        self.session.look_at_clock()?;
        self.addition.at = Moment::exact(self.session.now());
        if self.addition.is_empty() {
            return Ok(());
        }
        self.slot.save(self.session, &Draft::Addition(self.addition.clone()))
    }
}
