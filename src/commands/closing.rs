//! What the team wants to see before an incident is closed. It is closed all the same: this is advice.

use super::postmortem;
use super::record::Recorded;
use super::session::Session;
use crate::document::{IncidentFile, empty_sections, parse_action, without_regions};
use crate::domain::action::ActionItem;
use crate::domain::closing::{CloseWhen, Missing, Outcome};
use crate::domain::event::EventKind;
use crate::domain::flow::{Category, Status};
use crate::say;
use crate::view::palette::Style;
use crate::view::postmortem::Regions;

/// Says what is still missing where the incident has just been closed.
pub fn advise(session: &Session<'_>, to: &Status, recorded: &Recorded) -> anyhow::Result<()> {
    if to.category != Category::Closed || session.settings.close_when == CloseWhen::Nothing {
        return Ok(());
    }
    let file = session.incident_file(&recorded.path)?;
    let review = session.read_text(postmortem::path_for(&recorded.path)?.as_str())?;
    if let Some(key) = missing(session, &file, review.as_deref()) {
        let (locale, id) = (&session.app.locale, recorded.incident.id.short());
        session.app.ui.tell_in(Style::Warning, &say!(locale, "closed-anyway", what = locale.text(key)));
        session
            .app
            .ui
            .tell_command(&locale.text("closed-mend"), &session.command(&format!("postmortem {id}")));
    }
    Ok(())
}

/// What is missing, as the key of a message.
fn missing(session: &Session<'_>, file: &IncidentFile, review: Option<&str>) -> Option<&'static str> {
    let lines = review.unwrap_or_default().lines().map(str::trim_start);
    let of_review = lines.filter_map(|line| parse_action(line, &session.vocabulary));
    let actions: Vec<ActionItem> = file.actions.iter().cloned().chain(of_review).collect();
    let outcome = Outcome {
        actions: &actions,
        asks_for_review: session.policy.asks_for_review(file.incident.severity.as_deref()),
        is_reviewed: is_reviewed(file, review),
    };
    session.settings.close_when.missing(&outcome).map(|missing| match missing {
        Missing::Plan => "closed-without-plan",
        Missing::Review => "closed-without-review",
        Missing::DoneActions => "closed-with-open-actions",
    })
}

/// A review without an empty section, or one that stands elsewhere and is linked.
fn is_reviewed(file: &IncidentFile, review: Option<&str>) -> bool {
    let mut entries = file.timeline.entries();
    let elsewhere = entries.any(|entry| entry.kind == EventKind::Postmortem && entry.text.contains("://"));
    let written = review
        .is_some_and(|text| empty_sections(&without_regions(text, &Regions::TO_BE_COMPLETED)).is_empty());
    elsewhere || written
}
