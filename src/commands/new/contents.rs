//! What the first commit holds: the incident file as `new` writes it, and the commit's message.

use tera::Context as TemplateContext;

use super::super::answers::reason_in_words;
use super::super::archive::FOLDER;
use super::super::record::commit_message;
use super::super::session::Session;
use super::super::templates::templates;
use super::super::write_args::Recorder;
use super::declaration::Declaration;
use crate::domain::act::answer_value;
use crate::domain::change::{Change, Value};
use crate::domain::event::{Entry, EventKind, Milestone, NoteKind};
use crate::domain::flow::{Category, Status};
use crate::domain::id::IncidentId;
use crate::domain::incident::Mode;
use crate::domain::slug::slug;
use crate::domain::triage::Assessment;
use crate::say;
use crate::store::StorePath;
use crate::view::subject::shortened;

/// `incidents/2026/11/20261120-k7qm-checkout-errors.md`
pub fn path_of(id: &IncidentId, title: &str) -> anyhow::Result<StorePath> {
    let slug = slug(title).map(|slug| format!("-{slug}")).unwrap_or_default();
    Ok(StorePath::parse(&format!("{FOLDER}/{}/{id}{slug}.md", id.date().format("%Y/%m")))?)
}

/// The file before anything is said in it: the keys in their order, and the body of the template.
///
/// Keys that change often are kept apart by ones that do not, so that plain git can merge two changes.
pub fn skeleton(session: &Session<'_>, id: &IncidentId, title: &str) -> anyhow::Result<String> {
    let templates = templates(session)?;
    let mut context = TemplateContext::new();
    context.insert("id", id.as_str());
    context.insert("title", title);
    context.insert("offset", &session.now().offset().to_string());
    context.insert("lang", session.settings.lang.tag());
    let body = templates.incident(&context)?;
    let status = &session.settings.flow.first().id;
    let front = format!(
        "---\nschema: 1\nid: {id}\ntitle: untitled\n\nkind: null\nseverity: null\nmode: real\nstatus: {status}\n\
         detected_by: null\nreporter: null\n\nroles: {{}}\n\ntimes: {{}}\n\nproducts: []\n---\n\n"
    );
    Ok(front + body.trim_start())
}

/// What the declaration says, as a change of the skeleton.
pub fn change(session: &Session<'_>, declaration: &Declaration, recorder: &Recorder) -> Change {
    let mut change = Change::default();
    change.set("title", Value::Text(declaration.title_or_default(session)));
    if let Some(kind) = &declaration.kind {
        change.set("kind", Value::Text(kind.clone()));
    }
    let (level, assessment) = declaration.assess(&session.policy);
    if let Some(level) = &level {
        change.set("severity", Value::Text(level.clone()));
    }
    change.set("mode", Value::Text(declaration.mode.token().to_owned()));
    if let Some(detected_by) = &declaration.detected_by {
        change.set("detected_by", Value::Text(detected_by.clone()));
    }
    change.set("reporter", Value::Text(reporter(session, declaration, recorder)));
    if !declaration.products.is_empty() {
        change.set("products", Value::List(declaration.products.clone()));
    }
    set_times_and_answers(&mut change, declaration);
    if let Some(key) = &declaration.key {
        change.set("key", Value::Text(key.clone()));
    }
    let reason = reason_of(session, declaration, level.as_deref(), &assessment);
    change.entries = entries(session, declaration, recorder, &reason);
    if let Some(status) = opening_status(session, declaration) {
        change.set("status", Value::Text(status.id.clone()));
        let from = session.settings.flow.first().id.clone();
        let kind = EventKind::Status { from, to: status.id.clone() };
        change.entries.push(Entry::new(declaration.declared, session.now(), &recorder.who, kind, ""));
    }
    change
}

fn set_times_and_answers(change: &mut Change, declaration: &Declaration) {
    if let Some(started) = declaration.started {
        change.set_in("times", Milestone::ImpactStarted.token(), Value::Time(started));
    }
    change.set_in("times", Milestone::Declared.token(), Value::Time(declaration.declared));
    for (question, answer) in &declaration.answers {
        change.set_in("answers", question, answer_value(*answer));
    }
    for (field, value) in &declaration.fields {
        change.set_in("fields", field, Value::Text(value.clone()));
    }
}

/// The status that it begins with, where that is not the flow's first: it was no incident, or it is over already.
fn opening_status<'a>(session: &'a Session<'_>, declaration: &Declaration) -> Option<&'a Status> {
    let flow = &session.settings.flow;
    if declaration.is_declined(&session.policy) {
        return flow.first_in(Category::Declined);
    }
    // When it ended is not known here, so no milestone is stamped.
    let over = || flow.first_in(Category::Learning).or_else(|| flow.first_in(Category::Closed));
    (declaration.mode == Mode::Retrospective).then(over).flatten()
}

fn reporter(session: &Session<'_>, declaration: &Declaration, recorder: &Recorder) -> String {
    let by = declaration.by.as_deref().map(|by| session.handle_of(by, &recorder.actor));
    by.unwrap_or_else(|| recorder.actor.handle.clone())
}

/// `SEV1（…）`: the level and why, in the language of the documents.
fn reason_of(
    session: &Session<'_>,
    declaration: &Declaration,
    level: Option<&str>,
    assessment: &Assessment,
) -> String {
    let locale = &session.documents;
    let shown = session.names_in(locale).level(level);
    let why = if declaration.severity.is_some() {
        locale.text("reason-stated")
    } else {
        reason_in_words(session, locale, assessment)
    };
    let possible =
        assessment.possible.as_deref().filter(|_| level.is_some() && declaration.severity.is_none());
    match (why.is_empty(), possible) {
        (true, _) => shown,
        (false, None) => say!(locale, "declared-with-reason", level = shown, reason = why),
        (false, Some(possible)) => {
            let shown = say!(locale, "declared-possibly", level = shown, possible = possible);
            say!(locale, "declared-with-reason", level = shown, reason = why)
        }
    }
}

/// The beginning of the impact, the declaration, and what is seen.
fn entries(
    session: &Session<'_>,
    declaration: &Declaration,
    recorder: &Recorder,
    reason: &str,
) -> Vec<Entry> {
    let now = session.now();
    let milestone =
        |milestone, at, text: &str| Entry::new(at, now, &recorder.who, EventKind::Milestone(milestone), text);
    let mut entries = vec![milestone(Milestone::Declared, declaration.declared, reason)];
    if let Some(started) = declaration.started {
        entries.push(milestone(Milestone::ImpactStarted, started, ""));
    }
    if !declaration.seen.trim().is_empty() {
        let kind = EventKind::Note(NoteKind::Note);
        entries.push(Entry::new(declaration.declared, now, &recorder.who, kind, declaration.seen.trim()));
    }
    entries
}

/// `20261120-k7qm: 起票 決済が全部エラーになる（SEV1）`
pub fn message(
    session: &Session<'_>,
    id: &IncidentId,
    title: &str,
    declaration: &Declaration,
    change: &Change,
    recorder: &Recorder,
) -> String {
    let (level, _) = declaration.assess(&session.policy);
    let level = session.names_in(&session.documents).level(level.as_deref());
    let title = shortened(title);
    let subject = say!(session.documents, "subject-declared", id = id.as_str(), title = title, level = level);
    let rest = commit_message(session, id, &change.entries, recorder);
    let trailers = rest.split_once("\n\n").map_or("", |(_, trailers)| trailers);
    format!("{subject}\n\n{trailers}")
}
