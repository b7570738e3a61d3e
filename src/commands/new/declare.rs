//! From a declaration to a file and a commit, and what is said when it is done.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tera::Context as TemplateContext;

use super::super::announce::say_where;
use super::super::answers::{finding_in_words, reason_in_words};
use super::super::archive::{Archive, FOLDER};
use super::super::record::{Recorded, branch_keeps_moving, commit_message, edit, proposal, show_dry_run};
use super::super::session::Session;
use super::super::templates::templates;
use super::super::write_args::{CommitArgs, Recorder};
use crate::document::parse;
use crate::domain::act::answer_value;
use crate::domain::change::{Change, Value};
use crate::domain::event::{Entry, EventKind, Milestone, NoteKind};
use crate::domain::id::IncidentId;
use crate::domain::incident::{Answer, Mode};
use crate::domain::moment::Moment;
use crate::domain::policy::Policy;
use crate::domain::slug::slug;
use crate::domain::triage::{Assessment, Finding, Situation};
use crate::failure::Failures;
use crate::say;
use crate::store::{Outcome, StorePath};
use crate::ui::Stream;
use crate::view::palette::Style;

/// What is known when an incident is declared.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Declaration {
    pub kind: Option<String>,
    pub products: Vec<String>,
    pub answers: BTreeMap<String, Answer>,
    /// The level stated by hand, which no answer overrules.
    pub severity: Option<String>,
    /// Recorded without a level, on purpose.
    pub unrated: bool,
    pub title: Option<String>,
    pub mode: Mode,
    pub declared: Moment,
    pub started: Option<Moment>,
    pub detected_by: Option<String>,
    pub seen: String,
    pub fields: Vec<(String, String)>,
    pub by: Option<String>,
    pub key: Option<String>,
    /// Whether the product is settled: given, asked for, or not worth asking.
    pub asked_for_product: bool,
    /// The name to record under where git knows none.
    pub name: Option<String>,
}

impl Declaration {
    pub fn situation<'a>(&'a self, policy: &'a Policy) -> Situation<'a> {
        let kind = self.kind.as_deref();
        Situation { policy, kind, products: &self.products, answers: &self.answers }
    }

    /// Whether it can be recorded without a question.
    pub fn is_enough(&self) -> bool {
        self.title.is_some() && (self.severity.is_some() || self.unrated)
    }

    /// The level, by hand or by the answers.
    pub fn assess(&self, policy: &Policy) -> (Option<String>, Assessment) {
        let assessment = self.situation(policy).assess();
        let level = match (&self.severity, self.unrated, &assessment.finding) {
            (Some(level), _, _) => Some(level.clone()),
            (None, false, Finding::Level(level)) => Some(level.clone()),
            _ => None,
        };
        (level, assessment)
    }

    /// The title, or one made of product and kind.
    pub fn title_or_default(&self, session: &Session<'_>) -> String {
        self.title.clone().unwrap_or_else(|| default_title(session, self))
    }
}

/// `決済のサービス障害`: what stands in brackets where a title is asked for. In the language of the documents.
pub fn default_title(session: &Session<'_>, declaration: &Declaration) -> String {
    let names = session.names_in(&session.documents);
    let kind = declaration.kind.as_deref().map(|kind| names.kind(kind));
    let products: Vec<String> = declaration.products.iter().map(|product| names.product(product)).collect();
    let products = products.join(&session.documents.text("list-separator"));
    match (kind, products.is_empty()) {
        (Some(kind), true) => kind,
        (Some(kind), false) => say!(session.documents, "new-default-title", kind = kind, product = products),
        (None, _) => session.documents.text("new-title-of-nothing"),
    }
}

/// Records the declaration: one file, one commit.
pub fn declare(
    session: &Session<'_>,
    declaration: &Declaration,
    args: &CommitArgs,
) -> anyhow::Result<Recorded> {
    let recorder = recorder(session, declaration)?;
    let title = declaration.title_or_default(session);
    let mut writer = session.store.lock()?;
    let mut remarks = writer.recovered().to_vec();
    for _ in 0..5 {
        let archive = Archive::read(session)?;
        let date = declaration.declared.at.with_timezone(&session.settings.zone).date_naive();
        let id = session.app.context.new_id(date, |id| archive.has_id(id))?;
        let path = path_of(&id, &title)?;
        let change = change(session, declaration, &recorder);
        let skeleton = skeleton(session, &id, &title)?;
        let text = edit(session, &path, &skeleton, &change)?.text;
        let file = parse(path.as_str(), text.as_bytes(), &session.vocabulary).map_err(Failures)?;
        let message = message(session, &id, &title, declaration, &change, &recorder);
        let files = vec![(path.clone(), Some(text.into_bytes()))];
        let entries = change.entries.clone();
        if args.dry_run {
            show_dry_run(session, "", &files, &message)?;
            return Ok(Recorded { path, incident: file.incident, entries, commit: None, remarks });
        }
        let at = declaration.declared.at;
        match writer.commit(&proposal(session, &recorder, args, files, message, at))? {
            Outcome::Moved | Outcome::Unchanged => {}
            Outcome::Committed { commit, warnings } => {
                remarks.extend(warnings);
                return Ok(Recorded {
                    path,
                    incident: file.incident,
                    entries,
                    commit: Some(commit),
                    remarks,
                });
            }
        }
    }
    Err(branch_keeps_moving())
}

/// Who records it. A name typed in for this one record stands in where git knows none.
fn recorder(session: &Session<'_>, declaration: &Declaration) -> anyhow::Result<Recorder> {
    match &declaration.name {
        Some(name) => Recorder::named(session, declaration.declared, name),
        None => Recorder::at(session, declaration.declared, declaration.by.as_deref()),
    }
}

/// `incidents/2026/11/20261120-k7qm-checkout-errors.md`
fn path_of(id: &IncidentId, title: &str) -> anyhow::Result<StorePath> {
    let slug = slug(title).map(|slug| format!("-{slug}")).unwrap_or_default();
    Ok(StorePath::parse(&format!("{FOLDER}/{}/{id}{slug}.md", id.date().format("%Y/%m")))?)
}

/// The file before anything is said in it: the keys in their order, and the body of the template.
///
/// Keys that change often are kept apart by ones that do not, so that plain git can merge two changes.
fn skeleton(session: &Session<'_>, id: &IncidentId, title: &str) -> anyhow::Result<String> {
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

fn change(session: &Session<'_>, declaration: &Declaration, recorder: &Recorder) -> Change {
    let mut change = Change::default();
    let title = declaration.title_or_default(session);
    change.set("title", Value::Text(title));
    if let Some(kind) = &declaration.kind {
        change.set("kind", Value::Text(kind.clone()));
    }
    let (level, assessment) = declaration.assess(&session.policy);
    if let Some(level) = &level {
        change.set("severity", Value::Text(level.clone()));
    }
    change.set("mode", Value::Text(declaration.mode.token().to_owned()));
    let declined =
        declaration.severity.is_none() && !declaration.unrated && assessment.finding == Finding::Declined;
    let declined =
        session.settings.flow.first_in(crate::domain::flow::Category::Declined).filter(|_| declined);
    if let Some(detected_by) = &declaration.detected_by {
        change.set("detected_by", Value::Text(detected_by.clone()));
    }
    change.set("reporter", Value::Text(reporter(session, declaration, recorder)));
    if !declaration.products.is_empty() {
        change.set("products", Value::List(declaration.products.clone()));
    }
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
    if let Some(key) = &declaration.key {
        change.set("key", Value::Text(key.clone()));
    }
    let reason = reason_of(session, declaration, level.as_deref(), &assessment);
    change.entries = entries(session, declaration, recorder, reason);
    if let Some(status) = declined {
        change.set("status", Value::Text(status.id.clone()));
        let from = session.settings.flow.first().id.clone();
        let kind = EventKind::Status { from, to: status.id.clone() };
        change.entries.push(Entry::new(declaration.declared, session.now(), &recorder.who, kind, ""));
    }
    change
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
    reason: String,
) -> Vec<Entry> {
    let now = session.now();
    let milestone =
        |milestone, at, text: &str| Entry::new(at, now, &recorder.who, EventKind::Milestone(milestone), text);
    let mut entries = vec![milestone(Milestone::Declared, declaration.declared, &reason)];
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
fn message(
    session: &Session<'_>,
    id: &IncidentId,
    title: &str,
    declaration: &Declaration,
    change: &Change,
    recorder: &Recorder,
) -> String {
    let (level, _) = declaration.assess(&session.policy);
    let level = session.names_in(&session.documents).level(level.as_deref());
    let subject = say!(session.documents, "subject-declared", id = id.as_str(), title = title, level = level);
    let rest = commit_message(session, id, &change.entries, recorder);
    let trailers = rest.split_once("\n\n").map_or("", |(_, trailers)| trailers);
    format!("{subject}\n\n{trailers}")
}

/// What was recorded, who is to be called, and what to do first.
pub fn announce(session: &Session<'_>, declaration: &Declaration, recorded: &Recorded) -> anyhow::Result<()> {
    if recorded.commit.is_none() {
        return Ok(());
    }
    let app = session.app;
    let locale = &app.locale;
    let say = |text: &str| app.ui.say(text);
    for remark in &recorded.remarks {
        say(&app.ui.paint(Stream::Err, Style::Warning, &locale.say(remark)));
    }
    let incident = &recorded.incident;
    let names = session.names();
    let mark = app.ui.paint(Stream::Err, Style::Good, "✔");
    let title = crate::view::sanitize::sanitize(&incident.title).into_owned();
    let time = session.clock().time(declaration.declared.at);
    let level = names.level_in_full(incident.severity.as_deref());
    say(&format!(
        "{mark} {}",
        say!(locale, "new-recorded", id = incident.id.short(), title = title, level = level, time = time)
    ));
    let (_, assessment) = declaration.assess(&session.policy);
    if declaration.severity.is_none() && assessment.possible.is_some() && incident.severity.is_some() {
        say(&finding_in_words(session, &assessment));
    }
    say_where(session);
    if declaration.mode == Mode::Drill {
        say(&locale.text("new-drill"));
    } else {
        say_calls(session, incident.severity.as_deref());
    }
    if let Some(note) = incident
        .kind
        .as_deref()
        .and_then(|kind| session.policy.kind(kind))
        .map(|kind| kind.note.get(locale.lang()))
    {
        if !note.is_empty() {
            say(note);
        }
    }
    if declaration.mode != Mode::Retrospective {
        say_first_steps(session, &incident.id);
    }
    Ok(())
}

/// Which roles to call. Nothing rings by itself.
fn say_calls(session: &Session<'_>, level: Option<&str>) {
    let app = session.app;
    let names = session.names();
    let Some(level) = level.and_then(|level| session.policy.level(level)) else {
        let lead = session.settings.staff.lead().map(|role| names.role(&role.id)).unwrap_or_default();
        app.ui.say(&say!(app.locale, "new-call-lead", role = lead));
        return;
    };
    let roles: Vec<String> = level.page.iter().map(|role| names.role(role)).collect();
    if !roles.is_empty() {
        let roles = roles.join(&app.locale.text("list-separator"));
        app.ui.say(&say!(app.locale, "new-call", roles = roles));
    }
    let also = level.also.get(app.locale.lang());
    if !also.is_empty() {
        app.ui.say(&format!("  {also}"));
    }
}

fn say_first_steps(session: &Session<'_>, id: &IncidentId) {
    let app = session.app;
    let lang = app.locale.lang();
    if !session.policy.first_steps.is_empty() {
        app.ui.say("\n");
        app.ui.say(&app.ui.paint(Stream::Err, Style::Strong, &app.locale.text("new-first-steps")));
        for step in &session.policy.first_steps {
            for (number, line) in
                crate::view::width::wrap(step.get(lang), app.ui.width(Stream::Err).saturating_sub(4))
                    .iter()
                    .enumerate()
            {
                app.ui.say(&format!("{}{line}", if number == 0 { "  □ " } else { "    " }));
            }
        }
    }
    app.ui.say(&say!(app.locale, "new-next", id = id.short()));
}
