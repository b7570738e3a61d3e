//! `incident show`: one incident as a page.

use std::collections::BTreeMap;

use serde::Serialize;

use super::app::App;
use super::archive::{Found, find};
use super::session::{Need, Session};
use super::write_args::Which;
use super::{step, timeline};
use crate::document::{IncidentFile, parse, prose_sections};
use crate::domain::checklist::{self, Step};
use crate::domain::event::Entry;
use crate::domain::id::IncidentId;
use crate::domain::names::Purpose;
use crate::domain::timeline::Item;
use crate::failure::Failures;
use crate::say;
use crate::store::StorePath;
use crate::ui::Stream;
use crate::view::checklist::StepJson;
use crate::view::json::{ActionJson, EventJson, IncidentJson, answers};
use crate::view::show::{Content, Page};
use crate::view::subject;

/// How many entries of a live incident a terminal shows.
const LATEST: usize = 12;

/// Show one incident: what it is, who is on it, what has happened
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    #[command(flatten)]
    pub which: Which,
}

#[derive(Serialize)]
struct ShowJson {
    incident: FullJson,
}

#[derive(Serialize)]
struct FullJson {
    #[serde(flatten)]
    incident: IncidentJson,
    answers: BTreeMap<String, &'static str>,
    timeline: Vec<EventJson>,
    actions: Vec<ActionJson>,
    links: Vec<String>,
    /// The checklist as it is now.
    steps: Vec<StepJson>,
    body: String,
    postmortem: Option<String>,
    /// Incidents that this one names.
    related: Vec<RelatedJson>,
}

#[derive(Serialize)]
struct RelatedJson {
    id: String,
    title: String,
    status: String,
    duplicate_of: Option<String>,
}

impl RelatedJson {
    fn new(Found { incident, .. }: &Found) -> Self {
        Self {
            id: incident.id.to_string(),
            title: incident.title.clone(),
            status: incident.status.clone(),
            duplicate_of: incident.duplicate_of.clone(),
        }
    }
}

pub fn run(args: Args, app: &App) -> anyhow::Result<()> {
    let session = Session::open(app, Need::Nothing)?;
    let found = find(&session, args.which.word()?, Purpose::Reading)?;
    let bytes = session.store.read(&found.path)?.unwrap_or_default();
    let file = parse(found.path.as_str(), &bytes, &session.vocabulary).map_err(Failures)?;
    let postmortem = super::postmortem::path_for(&found.path)?;
    let postmortem = session.store.read(&postmortem)?.map(|_| postmortem);
    if app.globals.json {
        return print_json(&session, &found, &file, postmortem.as_ref());
    }
    let (width, palette) = (app.ui.width(Stream::Out), app.ui.palette(Stream::Out));
    let clock = session.clock();
    let show_zone = session.is_elsewhere();
    let page = Page {
        names: session.names(),
        clock: &clock,
        invocation: session.invocation(),
        width,
        palette,
        show_zone,
    };
    let entries = file.timeline.to_entries();
    let steps = steps(&session, &file, &entries);
    let to_do = step::view(&session, &clock, Stream::Out).to_do(&steps, &file.incident);
    let items = timeline::from_file(&file);
    let earlier = left_out(&session, &file, &items);
    let related = related(&session, &file)?;
    let latest = latest(&session, &file, items.len());
    let content = Content {
        file: &file,
        path: found.path.as_str(),
        timeline: &timeline::rendered(&session, &items[earlier..], false),
        earlier,
        latest: &latest,
        to_do: to_do.as_ref(),
        related: &related.iter().map(|found| &found.incident).collect::<Vec<_>>(),
        sections: &prose_sections(&file.body),
        postmortem: postmortem.as_ref().map(StorePath::as_str),
    };
    app.ui.out(&page.render(&content))?;
    super::announce::say_where_read(&session);
    Ok(())
}

/// The checklist of an incident that still asks somebody to act.
fn steps<'a>(
    session: &'a Session<'_>,
    file: &IncidentFile,
    entries: &'a [Entry],
) -> Vec<checklist::Item<'a>> {
    let open = session.settings.flow.category(&file.incident.status).is_open();
    let steps: &[Step] = if open { &session.settings.steps } else { &[] };
    checklist::checklist(steps, &file.incident, entries)
}

/// How many entries to leave out at the beginning: on a terminal, while it is live, the latest are what one looks for.
fn left_out(session: &Session<'_>, file: &IncidentFile, items: &[Item]) -> usize {
    let live = session.settings.flow.category(&file.incident.status).is_live();
    let on_terminal = session.app.ui.limit(Stream::Out).is_some();
    if live && on_terminal { items.len().saturating_sub(LATEST) } else { 0 }
}

/// From so many entries on, the latest is told at the top as well.
const LONG: usize = 6;

/// The latest entry in one line: when, what, by whom; nothing where the timeline is short.
fn latest(session: &Session<'_>, file: &IncidentFile, entries: usize) -> String {
    let latest = file.timeline.entries().max_by_key(|entry| (entry.at.at, entry.recorded_at()));
    let Some(entry) = latest.filter(|_| entries >= LONG) else { return String::new() };
    let clock = session.clock();
    let what = subject::of_each(std::slice::from_ref(entry), &session.spoken_vocabulary(), &clock);
    let (time, what, who) = (clock.time_with_distance(entry.at.at), what.concat(), entry.who.as_str());
    say!(session.app.locale, "latest-entry", time = time, who = who, what = what)
}

/// So many incidents that a text speaks of are looked up.
const MOST_RELATED: usize = 10;

/// The incident that this one is the same as, and those whose ids stand in its text.
fn related(session: &Session<'_>, file: &IncidentFile) -> anyhow::Result<Vec<Found>> {
    let named = file.incident.duplicate_of.as_deref().into_iter();
    let links = file.links.iter().map(String::as_str);
    let told = file.timeline.entries().map(|entry| entry.text.as_str());
    let words = |text: &'_ str| -> Vec<IncidentId> {
        let tokens = text.split(|c: char| !c.is_alphanumeric() && c != '-');
        tokens.filter_map(IncidentId::leading).collect()
    };
    let mut ids: Vec<IncidentId> = Vec::new();
    for id in named.chain(told).chain(links).flat_map(words) {
        if id != file.incident.id && !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids.truncate(MOST_RELATED);
    if ids.is_empty() { Ok(Vec::new()) } else { super::archive::by_ids(session, &ids) }
}

fn print_json(
    session: &Session<'_>,
    found: &Found,
    file: &IncidentFile,
    postmortem: Option<&StorePath>,
) -> anyhow::Result<()> {
    let incident =
        IncidentJson::new(&file.incident, found.path.as_str(), &session.policy, &session.settings.flow);
    let (entries, clock) = (file.timeline.to_entries(), session.clock());
    let view = step::view(session, &clock, Stream::Out);
    let full = FullJson {
        incident,
        answers: answers(&file.incident.answers),
        timeline: file.timeline.entries().map(EventJson::new).collect(),
        actions: file.actions.iter().map(ActionJson::new).collect(),
        links: file.links.clone(),
        steps: steps(session, file, &entries).iter().map(|step| view.json(step)).collect(),
        body: file.body.clone(),
        postmortem: postmortem.map(ToString::to_string),
        related: related(session, file)?.iter().map(RelatedJson::new).collect(),
    };
    session.app.print_json("incident.show", &ShowJson { incident: full })
}
