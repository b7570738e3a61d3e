//! `incident show`: one incident as a page.

use std::collections::BTreeMap;

use serde::Serialize;

use super::app::App;
use super::archive::{Found, find};
use super::session::{Need, Session};
use super::timeline;
use crate::document::{IncidentFile, parse, prose_sections};
use crate::domain::names::Purpose;
use crate::domain::timeline::Item;
use crate::failure::Failures;
use crate::store::StorePath;
use crate::ui::Stream;
use crate::view::json::{ActionJson, EventJson, IncidentJson, answers};
use crate::view::show::{Content, Page};

/// How many entries of a live incident a terminal shows.
const LATEST: usize = 12;

/// Show one incident: what it is, who is on it, what has happened
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// The incident: id, a part of it, alias, or words of its title [default: the only live one]
    #[arg(value_name = "INCIDENT")]
    pub incident: Option<String>,
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
    body: String,
    postmortem: Option<String>,
}

pub fn run(args: Args, app: &App) -> anyhow::Result<()> {
    let session = Session::open(app, Need::Nothing)?;
    let found = find(&session, args.incident.as_deref(), Purpose::Reading)?;
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
    let page = Page { names: session.names(), clock: &clock, width, palette, show_zone };
    let items = timeline::from_file(&file);
    let earlier = left_out(&session, &file, &items);
    let content = Content {
        file: &file,
        path: found.path.as_str(),
        timeline: &timeline::rendered(&session, &items[earlier..], false),
        earlier,
        sections: &prose_sections(&file.body),
        postmortem: postmortem.as_ref().map(StorePath::as_str),
    };
    app.ui.out(&page.render(&content))?;
    super::announce::say_where_read(&session);
    Ok(())
}

/// How many entries to leave out at the beginning: on a terminal, while it is live, the latest are what one looks for.
fn left_out(session: &Session<'_>, file: &IncidentFile, items: &[Item]) -> usize {
    let live = session.settings.flow.category(&file.incident.status).is_live();
    let on_terminal = session.app.ui.limit(Stream::Out).is_some();
    if live && on_terminal { items.len().saturating_sub(LATEST) } else { 0 }
}

fn print_json(
    session: &Session<'_>,
    found: &Found,
    file: &IncidentFile,
    postmortem: Option<&StorePath>,
) -> anyhow::Result<()> {
    let incident =
        IncidentJson::new(&file.incident, found.path.as_str(), &session.policy, &session.settings.flow);
    let full = FullJson {
        incident,
        answers: answers(&file.incident.answers),
        timeline: file.timeline.entries().map(EventJson::new).collect(),
        actions: file.actions.iter().map(ActionJson::new).collect(),
        links: file.links.clone(),
        body: file.body.clone(),
        postmortem: postmortem.map(ToString::to_string),
    };
    session.app.print_json("incident.show", &ShowJson { incident: full })
}
