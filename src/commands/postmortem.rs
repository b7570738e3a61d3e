//! `incident postmortem`: the review document, with everything in it that can be computed.

use chrono::NaiveDate;
use serde::Serialize;
use tera::Context as TemplateContext;

use super::announce::announce;
use super::app::App;
use super::archive::find;
use super::links::{self, From};
use super::record::{self, Decision, Recorded};
use super::session::{Need, Session};
use super::templates::templates;
use super::write_args::{Recorder, Recording, Which};
use crate::document::{IncidentFile, Replaced, empty_sections, replace_region, without_regions, wrap_region};
use crate::domain::act::Act;
use crate::domain::change::Change;
use crate::domain::deadline::deadline;
use crate::domain::event::{EventKind, Milestone};
use crate::domain::incident::Incident;
use crate::domain::moment::Moment;
use crate::domain::names::Purpose;
use crate::failure::{Exit, Failure, Message};
use crate::say;
use crate::store::StorePath;
use crate::view::markdown::Linker;
use crate::view::postmortem::Regions;
use crate::view::sanitize::sanitize;

/// Write the review of an incident: a draft with timeline, durations, people and actions filled in
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    #[command(flatten)]
    pub which: Which,

    /// The template: classic, light, prevention, report, memo, furikaeri, or one of your own [default: the level's]
    #[arg(short, long, value_name = "NAME")]
    pub template: Option<String>,

    /// Print the document and write nothing
    #[arg(long)]
    pub print: bool,

    #[command(flatten)]
    pub recording: Recording,
}

#[derive(Serialize)]
struct ReviewJson {
    id: String,
    path: String,
    /// Whether it stands there already.
    written: bool,
    text: String,
}

pub fn run(args: Args, app: &App) -> anyhow::Result<()> {
    let session = Session::open(app, Need::Settings)?;
    // Words of a title are enough to look, not to write. Named by nothing, it is the one under review.
    let word = args.which.word()?;
    let purpose = if args.print || word.is_none() { Purpose::Reading } else { Purpose::Writing };
    let found = find(&session, word, purpose)?;
    let path = path_for(&found.path)?;
    let recorder = Recorder::new(&session, &args.recording)?;
    let review = Review { session: &session, args: &args, path: &path, recorder: &recorder };
    if args.print {
        return review.print(&session.incident_file(&found.path)?);
    }
    let recording = record::Recording {
        session: &session,
        path: &found.path,
        document: Some(&path),
        recorder: &recorder,
        args: &args.recording.commit,
        trailer: None,
    };
    let recorded = recording.run(&|file, written| review.change(file, written))?;
    announce(&session, &recorded)?;
    review.conclude(&recorded)
}

/// The review document of the incident file at `path`.
pub fn path_for(path: &StorePath) -> anyhow::Result<StorePath> {
    let stem = path.as_str().strip_suffix(".md").unwrap_or(path.as_str());
    Ok(StorePath::parse(&format!("{stem}.postmortem.md"))?)
}

/// The incident file whose review `path` is; none if it is no review.
pub fn owner_of(path: &StorePath) -> Option<StorePath> {
    let stem = path.as_str().strip_suffix(".postmortem.md")?;
    StorePath::parse(&format!("{stem}.md")).ok()
}

/// The day until which the level wants the review; none if it wants none or the incident is not over.
pub fn due(session: &Session<'_>, incident: &Incident) -> Option<NaiveDate> {
    let level = session.policy.level(incident.severity.as_deref()?)?;
    let resolved = incident.times.get(&Milestone::Resolved)?;
    let zone = session.settings.zone;
    let at = deadline(level.postmortem_within?, resolved.at, zone, &session.settings.holidays)?;
    Some(at.with_timezone(&zone).date_naive())
}

/// The address of a review that is written elsewhere.
pub fn linked(file: &IncidentFile) -> Option<&str> {
    let reviews = file.timeline.entries().filter(|entry| entry.kind == EventKind::Postmortem);
    reviews.filter_map(|entry| crate::domain::links::addresses(&entry.text).next()).last()
}

/// One review being written or brought up to date.
struct Review<'a> {
    session: &'a Session<'a>,
    args: &'a Args,
    path: &'a StorePath,
    recorder: &'a Recorder,
}

impl Review<'_> {
    /// The document as it would be written; of a template that is asked for, as it would be from the start.
    fn print(&self, file: &IncidentFile) -> anyhow::Result<()> {
        let app = self.session.app;
        let written = self.session.read_text(self.path.as_str())?;
        let kept = written.as_deref().filter(|_| self.args.template.is_none());
        let (text, _) = self.text(file, kept)?;
        if !app.globals.json {
            return Ok(app.ui.out(&text)?);
        }
        let id = file.incident.id.to_string();
        let json = ReviewJson { id, path: self.path.to_string(), written: written.is_some(), text };
        app.print_json("incident.postmortem", &json)
    }

    /// What changes in the incident file, and the review beside it.
    fn change(&self, file: &IncidentFile, written: Option<&str>) -> anyhow::Result<Decision> {
        let mut change = Change::default();
        if let (Some(_), Some(template)) = (written, self.args.template.as_deref()) {
            return Err(self.written_already(file, template).into());
        }
        if written.is_none() && self.args.template.is_none() && linked(file).is_some() {
            return Ok((change, None));
        }
        let (text, _) = self.text(file, written)?;
        if written == Some(text.as_str()) {
            return Ok((change, None));
        }
        if written.is_none() {
            let act = Act { at: Moment::exact(self.session.now()), ..self.recorder.act(self.session, "") };
            change.entries.push(act.entry(EventKind::Postmortem));
        }
        Ok((change, Some(text)))
    }

    /// A draft stands there, and perhaps a person's words in it: another template would have to throw them away.
    fn written_already(&self, file: &IncidentFile, template: &str) -> Failure {
        let id = file.incident.id.short();
        let look = self.session.command(&format!("postmortem {id} --print --template {template}"));
        Failure::new(Exit::Refused, "postmortem-written-already")
            .with("path", self.path)
            .hint(Message::new("hint-other-template").with("command", look))
            .hint(Message::new("hint-postmortem-anew").with("path", self.path))
    }

    /// The document, and what to say of each part that is therefore left alone: a person has changed it, or it has lost
    /// its end.
    fn text(&self, file: &IncidentFile, written: Option<&str>) -> anyhow::Result<(String, Vec<Message>)> {
        let session = self.session;
        let names = session.names_in(&session.documents);
        let clock = crate::locale::times::Clock {
            locale: &session.documents,
            now: session.now(),
            zone: session.settings.zone,
        };
        let from = From::File(self.path.as_str());
        let lead = |reference, word: &str| links::address(session, from, reference, word);
        let regions = Regions {
            names,
            clock: &clock,
            vocabulary: &session.vocabulary,
            path: self.path.as_str(),
            due: due(session, &file.incident),
            linker: Linker { trackers: &session.settings.trackers, lead: &lead },
        };
        match written {
            None => Ok((self.scaffold(file, &regions)?, Vec::new())),
            Some(text) => Ok(self.refreshed(text, file, &regions)),
        }
    }

    /// `text` with its generated parts brought up to date, and what to say of those that are not.
    fn refreshed(&self, text: &str, file: &IncidentFile, regions: &Regions<'_>) -> (String, Vec<Message>) {
        let mut text = text.to_owned();
        let mut kept = Vec::new();
        for name in Regions::NAMES {
            let key = match replace_region(&text, name, &regions.content(name, file)) {
                Replaced::Text(new) => {
                    text = new;
                    continue;
                }
                Replaced::Absent => continue,
                Replaced::EditedByHand => "postmortem-region-kept",
                Replaced::Unclosed => "postmortem-region-unclosed",
            };
            kept.push(Message::new(key).with("name", name).with("path", self.path));
        }
        (text, kept)
    }

    fn scaffold(&self, file: &IncidentFile, regions: &Regions<'_>) -> anyhow::Result<String> {
        let session = self.session;
        let incident = &file.incident;
        let level = incident.severity.as_deref().and_then(|level| session.policy.level(level));
        let of_level = level.and_then(|level| level.postmortem.as_deref());
        let mut context = TemplateContext::new();
        context.insert("id", incident.id.as_str());
        context.insert("title", &incident.title);
        context.insert("author", &self.recorder.who);
        context.insert("lang", session.settings.lang.tag());
        let filled: std::collections::BTreeMap<&str, String> = Regions::NAMES
            .into_iter()
            .map(|name| (name, wrap_region(name, &regions.content(name, file))))
            .collect();
        context.insert("region", &filled);
        Ok(templates(session)?.postmortem(self.args.template.as_deref().or(of_level), &context)?)
    }

    /// Says where the review stands, which generated parts a person has taken over, and what is still to be written.
    fn conclude(&self, recorded: &Recorded) -> anyhow::Result<()> {
        let session = self.session;
        let app = session.app;
        let file = session.incident_file(&recorded.path)?;
        let Some(text) = session.read_text(self.path.as_str())? else {
            if let Some(address) = linked(&file) {
                let (incident, id) = (session.invocation(), file.incident.id.short());
                let address = sanitize(address);
                let address = address.as_ref();
                let locale = &app.locale;
                app.ui.say(&say!(
                    locale,
                    "postmortem-elsewhere",
                    incident = incident,
                    id = id,
                    address = address
                ));
            }
            return Ok(());
        };
        let (_, kept) = self.text(&file, Some(&text))?;
        if recorded.commit.is_some() {
            let key = match (recorded.entries.is_empty(), kept.is_empty()) {
                (false, _) => "postmortem-written",
                (true, true) => "postmortem-refreshed",
                (true, false) => "postmortem-refreshed-others",
            };
            app.ui.say(&app.locale.say(&Message::new(key).with("path", self.path)));
        }
        for remark in kept {
            app.ui.say(&app.locale.say(&remark));
        }
        let empty = empty_sections(&without_regions(&text, &Regions::TO_BE_COMPLETED));
        if !empty.is_empty() {
            let list = empty.join(&app.locale.text("list-separator"));
            app.ui.say(&say!(app.locale, "postmortem-empty", sections = list));
        }
        Ok(())
    }
}
