//! What can wait until the incident is recorded: since when, how noticed, what is seen. A second commit.

use super::super::record::{Recorded, record};
use super::super::session::Session;
use super::super::set;
use super::super::write_args::{CommitArgs, Recorder};
use super::declare::Declaration;
use crate::domain::act::{self, Act};
use crate::domain::change::Change;
use crate::domain::event::{Milestone, NoteKind};
use crate::domain::facts::{self, Fact, Setting};
use crate::domain::incident::{DETECTED_BY, Incident};
use crate::domain::moment::Moment;
use crate::failure::Failure;
use crate::ui::{Choice, Item, LinePrompt, LinesPrompt, OnEnter, PromptSession, Reply};

/// What was answered.
#[derive(Clone, Debug, Default)]
struct Answers {
    started: Option<Moment>,
    detected_by: Option<String>,
    seen: String,
    fields: Vec<(String, String)>,
}

/// Asks for the rest and records it; none if there was nothing to add. Leaving with Ctrl-C keeps what was said.
pub fn ask(
    session: &Session<'_>,
    declaration: &Declaration,
    declared: &Recorded,
    args: &CommitArgs,
) -> anyhow::Result<Option<Recorded>> {
    let app = session.app;
    app.ui.say("\n");
    app.ui.say(&app.locale.text("rest-can-wait"));
    let mut answers = Answers::default();
    let mut prompts = app.ui.session()?;
    questions(session, declaration, &mut prompts, &mut answers)?;
    drop(prompts);
    let recorder = match &declaration.name {
        Some(name) => Recorder::named(session, Moment::exact(session.now()), name)?,
        None => Recorder::at(session, Moment::exact(session.now()), declaration.by.as_deref())?,
    };
    let recorded = record(session, &declared.path, &recorder, args, &|file| {
        Ok(change(&file.incident, &answers, &recorder.act(session, "")))
    })?;
    if recorded.commit.is_none() {
        return Ok(None);
    }
    app.ui.say(&app.locale.text("rest-recorded"));
    let entries = declared.entries.iter().chain(&recorded.entries).cloned().collect();
    Ok(Some(Recorded { entries, ..recorded }))
}

/// Asks one after the other, until Ctrl-C.
fn questions(
    session: &Session<'_>,
    declaration: &Declaration,
    prompts: &mut PromptSession<'_>,
    answers: &mut Answers,
) -> anyhow::Result<()> {
    if declaration.started.is_none() && !since_when(session, prompts, answers)? {
        return Ok(());
    }
    if declaration.detected_by.is_none() && !how_noticed(session, prompts, answers)? {
        return Ok(());
    }
    if !own_fields(session, declaration, prompts, answers)? {
        return Ok(());
    }
    if declaration.seen.is_empty() {
        let label = session.app.locale.text("rest-what-is-seen");
        answers.seen = match prompts.lines(&LinesPrompt { label: &label })? {
            Reply::Value(lines) => lines.join("\n"),
            Reply::Interrupted { typed } => typed,
        };
    }
    Ok(())
}

fn since_when(
    session: &Session<'_>,
    prompts: &mut PromptSession<'_>,
    answers: &mut Answers,
) -> anyhow::Result<bool> {
    let app = session.app;
    let (label, unknown) = (app.locale.text("rest-since-when"), app.locale.text("rest-not-known"));
    loop {
        let prompt = LinePrompt { enter: OnEnter::Leave(&unknown), ..LinePrompt::new(&label) };
        match prompts.line(&prompt)? {
            Reply::Interrupted { .. } => return Ok(false),
            Reply::Value(text) if text.is_empty() => return Ok(true),
            Reply::Value(text) => match session.past_moment(&text) {
                Ok(moment) => {
                    answers.started = Some(moment);
                    return Ok(true);
                }
                Err(error) => say_failure(session, &error),
            },
        }
    }
}

fn how_noticed(
    session: &Session<'_>,
    prompts: &mut PromptSession<'_>,
    answers: &mut Answers,
) -> anyhow::Result<bool> {
    let app = session.app;
    let names = session.names();
    let items: Vec<Item> = DETECTED_BY.iter().map(|token| Item::new(names.detected_by(token), "")).collect();
    let (prompt, unknown) = (app.locale.text("rest-how-noticed"), app.locale.text("rest-not-known"));
    let choice = Choice { prompt: &prompt, items: &items, zero: Some(&unknown), enter: Some(0) };
    match prompts.choose(&choice)? {
        Reply::Value(index) => {
            answers.detected_by = index.map(|index| DETECTED_BY[index].to_owned());
            Ok(true)
        }
        Reply::Interrupted { .. } => Ok(false),
    }
}

/// The team's own facts. A value that does not fit its type is asked for again.
fn own_fields(
    session: &Session<'_>,
    declaration: &Declaration,
    prompts: &mut PromptSession<'_>,
    answers: &mut Answers,
) -> anyhow::Result<bool> {
    let lang = session.app.locale.lang();
    let concerns = |kinds: &[String]| {
        kinds.is_empty() || declaration.kind.as_ref().is_some_and(|kind| kinds.contains(kind))
    };
    for field in session.policy.fields.iter().filter(|field| concerns(&field.kinds)) {
        if declaration.fields.iter().any(|(id, _)| *id == field.id) {
            continue;
        }
        loop {
            match prompts.line(&LinePrompt::new(field.ask.get(lang)))? {
                Reply::Interrupted { .. } => return Ok(false),
                Reply::Value(text) if text.is_empty() => break,
                Reply::Value(text) => match set::field_value(session, &field.id, &text) {
                    Ok(value) => {
                        answers.fields.push((field.id.clone(), value));
                        break;
                    }
                    Err(error) => say_failure(session, &error),
                },
            }
        }
    }
    Ok(true)
}

fn say_failure(session: &Session<'_>, error: &anyhow::Error) {
    let app = session.app;
    match error.downcast_ref::<Failure>() {
        Some(failure) => {
            app.ui.say(&format!("  {}", app.locale.say(&failure.message)));
            for hint in &failure.hints {
                app.ui.say(&format!("  {}", app.locale.say(hint)));
            }
        }
        None => app.ui.say(&error.to_string()),
    }
}

fn change(incident: &Incident, answers: &Answers, act: &Act<'_>) -> Change {
    let mut all = Change::default();
    let mut add = |change: Change| {
        all.assignments.extend(change.assignments);
        all.entries.extend(change.entries);
    };
    if let Some(started) = answers.started {
        add(act::reach(incident, Milestone::ImpactStarted, &Act { at: started, ..*act }));
    }
    if let Some(word) = &answers.detected_by {
        add(facts::set(incident, &Fact::DetectedBy, &Setting::Text(word.clone()), act));
    }
    for (field, value) in &answers.fields {
        add(facts::set(incident, &Fact::Field(field.clone()), &Setting::Text(value.clone()), act));
    }
    if !answers.seen.trim().is_empty() {
        add(act::note(NoteKind::Note, &Act { text: answers.seen.trim(), ..*act }));
    }
    all
}
