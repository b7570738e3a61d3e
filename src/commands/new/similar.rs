//! Incidents that a declaration may be about as well, so that nothing is recorded twice.

use chrono::{Days, TimeDelta};

use super::super::announce;
use super::super::archive::{Archive, Found};
use super::super::record::Recorded;
use super::super::session::Session;
use super::declaration::Declaration;
use super::join;
use crate::domain::event::Milestone;
use crate::domain::flow::Category;
use crate::domain::id::IncidentId;
use crate::domain::incident::{Incident, Mode};
use crate::domain::similarity::{ALIKE, Subject, similarity};
use crate::say;
use crate::ui::Item;
use crate::view::list;
use crate::view::sanitize::sanitize;

/// What was over for longer is another matter, or it has come back and deserves a record of its own.
const OVER_FOR_DAYS: i64 = 7;

/// Older incidents are not looked at, nor more than so many: `new` must not slow down as the archive grows.
const DECLARED_WITHIN_DAYS: u64 = 30;
const MOST_READ: usize = 100;

/// More would have to be read at night.
const MOST_SHOWN: usize = 3;

/// An incident that a new one is like.
#[derive(Clone, Debug)]
pub struct Similar {
    pub found: Found,
    score: f64,
}

/// The live incidents, and those that were over within a week, that `declaration` is like; the likest first. None of
/// `apart`, which the person knows to be another matter.
pub fn to(
    session: &Session<'_>,
    declaration: &Declaration,
    apart: &[IncidentId],
) -> anyhow::Result<Vec<Similar>> {
    if declaration.mode != Mode::Real {
        return Ok(Vec::new());
    }
    let Some(title) = &declaration.title else { return Ok(Vec::new()) };
    let today = session.now().date_naive();
    let since = today.checked_sub_days(Days::new(DECLARED_WITHIN_DAYS)).unwrap_or(today);
    let archive = Archive::newest(session, since, MOST_READ)?;
    let ours = Subject { title, kind: declaration.kind.as_deref(), products: &declaration.products };
    let same = |found: &Found| declaration.id.as_deref() == Some(found.incident.id.as_str());
    let mut similar: Vec<Similar> = archive
        .found
        .into_iter()
        .filter(|found| !same(found) && !apart.contains(&found.incident.id))
        .filter(|found| is_recent(session, &found.incident))
        .map(|found| {
            let score = similarity(&ours, &subject(&found.incident));
            Similar { found, score }
        })
        .filter(|similar| similar.score >= ALIKE)
        .collect();
    similar.sort_by(|one, other| other.score.total_cmp(&one.score));
    similar.truncate(MOST_SHOWN);
    Ok(similar)
}

/// Those of `live` that a title is like first.
pub fn likest_first(declaration: &Declaration, live: &mut [Found]) {
    let Some(title) = &declaration.title else { return };
    let ours = Subject { title, kind: declaration.kind.as_deref(), products: &declaration.products };
    let score = |found: &Found| similarity(&ours, &subject(&found.incident));
    live.sort_by(|one, other| score(other).total_cmp(&score(one)));
}

fn subject(incident: &Incident) -> Subject<'_> {
    Subject { title: &incident.title, kind: incident.kind.as_deref(), products: &incident.products }
}

fn is_recent(session: &Session<'_>, incident: &Incident) -> bool {
    if incident.mode != Mode::Real {
        return false;
    }
    let ended = [Milestone::Closed, Milestone::Resolved, Milestone::Mitigated];
    let ended = ended.iter().filter_map(|milestone| incident.times.get(milestone)).max_by_key(|at| at.at);
    let ended = ended.copied().or_else(|| incident.declared());
    match session.settings.flow.category(&incident.status) {
        Category::Triage | Category::Live => true,
        Category::Declined => false,
        Category::Learning | Category::Closed => {
            ended.is_some_and(|ended| session.now() - ended.at <= TimeDelta::days(OVER_FOR_DAYS))
        }
    }
}

/// Names what a new incident is like on standard error, each with the command for whoever sees that it is the same,
/// and prints the incident. It is recorded already: nothing that happens here takes that back.
pub fn print(session: &Session<'_>, declaration: &Declaration, recorded: &Recorded) -> anyhow::Result<()> {
    let similar = to(session, declaration, std::slice::from_ref(&recorded.incident.id)).unwrap_or_default();
    tell(session, &recorded.incident.id, &similar);
    let mut more = serde_json::Map::new();
    more.insert("similar".to_owned(), similar.iter().map(|similar| json(session, similar)).collect());
    announce::print_with(session, recorded, more)
}

fn tell(session: &Session<'_>, declared: &IncidentId, similar: &[Similar]) {
    let app = session.app;
    for Similar { found, .. } in similar {
        let incident = &found.incident;
        let names = session.names();
        let title = list::title(incident, &names);
        let (title, id) = (sanitize(&title), incident.id.short());
        let status = names.status(&incident.status);
        app.ui.tell(&say!(
            app.locale,
            "similar-found",
            id = id,
            title = title.as_ref(),
            status = sanitize(&status).as_ref()
        ));
        let command = session.command(&format!("decline {} --merge-into {id}", declared.short()));
        app.ui.tell_command(&app.locale.text("similar-if-same"), &command);
    }
}

/// A look-alike as `incident.change` has it. `score` goes from 0 to 1: how much the titles have in common.
fn json(session: &Session<'_>, Similar { found, score }: &Similar) -> serde_json::Value {
    let incident = &found.incident;
    serde_json::json!({
        "id": incident.id.as_str(),
        "title": incident.title,
        "status": incident.status,
        "live": session.settings.flow.category(&incident.status).is_live(),
        "score": (score * 100.0).round() / 100.0,
    })
}

/// The look-alikes as lines to choose from.
pub fn items(session: &Session<'_>, similar: &[Similar]) -> Vec<Item> {
    similar.iter().map(|similar| join::item(session, &similar.found)).collect()
}
