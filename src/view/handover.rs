//! What whoever takes over has to know, drafted from the record: five lines, of which a person writes two.

use super::names::Names;
use super::sanitize::sanitize;
use crate::document::IncidentFile;
use crate::domain::action::ActionClass;
use crate::domain::checklist::{self, Step};
use crate::domain::event::{Entry, EventKind};
use crate::domain::handover::Tenure;
use crate::locale::times::Clock;
use crate::say;

/// The lines of a hand-over, in the language of the record. An empty one is left out of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handover {
    pub now: String,
    pub waiting: String,
    pub promised: String,
    pub do_not: String,
    pub undecided: String,
}

impl Handover {
    /// What the record knows: where it stands, what is open, and what was promised.
    pub fn draft(names: &Names<'_>, clock: &Clock<'_>, file: &IncidentFile, steps: &[Step]) -> Self {
        let entries = file.timeline.to_entries();
        Self {
            now: now(names, clock, file, &entries),
            waiting: waiting(names, file, &entries, steps),
            promised: promised(names, clock, file),
            ..Self::default()
        }
    }

    /// The lines with their labels, in the order in which they are read aloud.
    pub fn lines(&self, locale: &crate::locale::Locale) -> Vec<String> {
        let Self { now, waiting, promised, do_not, undecided } = self;
        let labelled = [
            ("handover-now", now),
            ("handover-waiting", waiting),
            ("handover-promised", promised),
            ("handover-do-not", do_not),
            ("handover-undecided", undecided),
        ];
        let filled = labelled.into_iter().filter(|(_, text)| !text.is_empty());
        filled.map(|(label, text)| format!("{}: {text}", locale.text(label))).collect()
    }
}

/// The status, and the last words about it.
fn now(names: &Names<'_>, clock: &Clock<'_>, file: &IncidentFile, entries: &[Entry]) -> String {
    let status = names.status(&file.incident.status);
    let told = |entry: &&Entry| {
        !entry.text.is_empty()
            && matches!(entry.kind, EventKind::Status { .. } | EventKind::Note(_) | EventKind::Update { .. })
    };
    let Some(last) = entries.iter().filter(told).max_by_key(|entry| entry.recorded_at()) else {
        return status;
    };
    let words = last.text.lines().next().unwrap_or_default();
    say!(names.locale, "handover-stands", status = status, time = clock.moment(last.at), words = words)
}

/// Open work of the fire, and steps that need another team.
fn waiting(names: &Names<'_>, file: &IncidentFile, entries: &[Entry], steps: &[Step]) -> String {
    let open = file.actions.iter().filter(|action| !action.done && action.class == Some(ActionClass::Now));
    let actions = open.map(|action| {
        let owner = action.owner.as_deref().map(|owner| names.staff.display_name(owner));
        owner.map_or_else(|| action.text.clone(), |owner| format!("{owner} {}", action.text))
    });
    let lang = names.locale.lang();
    let items = checklist::checklist(steps, &file.incident, entries);
    let with = items.iter().filter(|item| item.ticked.is_none() && !item.step.with.get(lang).is_empty());
    let with = with.map(|item| {
        let (text, team) = (item.step.text.get(lang), item.step.with.get(lang));
        say!(names.locale, "handover-with-team", text = text, team = team)
    });
    actions.chain(with).collect::<Vec<_>>().join(&names.locale.text("handover-separator"))
}

fn promised(names: &Names<'_>, clock: &Clock<'_>, file: &IncidentFile) -> String {
    let incident = &file.incident;
    let update = incident
        .next_update
        .map(|at| say!(names.locale, "handover-promised-update", time = clock.moment(at)));
    let end =
        incident.expected_end.map(|at| say!(names.locale, "handover-promised-end", time = clock.moment(at)));
    let said: Vec<String> = [update, end].into_iter().flatten().collect();
    said.join(&names.locale.text("handover-separator"))
}

/// `佐藤（02:58〜03:50）`
pub fn tenure(tenure: &Tenure, names: &Names<'_>, clock: &Clock<'_>) -> String {
    let person = sanitize(names.staff.display_name(&tenure.person)).into_owned();
    let time = |at: Option<crate::domain::moment::Moment>| at.map(|at| clock.moment(at)).unwrap_or_default();
    match (tenure.since, tenure.until) {
        (None, None) => person,
        (since, until) => {
            let (since, until) = (time(since), time(until));
            say!(names.locale, "held-from-until", person = person, since = since, until = until)
        }
    }
}
