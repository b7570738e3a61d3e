//! The screens of the menu and of `watch`.

use super::super::archive::Found;
use super::super::session::Session;
use crate::document::IncidentFile;
use crate::domain::reminder::Watch;
use crate::say;
use crate::ui::Stream;
use crate::view::show::Page;
use crate::view::situation::Situation;
use crate::view::width::{pad, truncate, width, wrap};
use crate::view::{list, sanitize::sanitize};

/// What reminders of this store are reckoned by, now.
pub fn watch<'a>(session: &'a Session<'_>) -> Watch<'a> {
    Watch {
        policy: &session.policy,
        staff: &session.settings.staff,
        zone: session.settings.zone,
        holidays: &session.settings.holidays,
        working_hours: session.settings.working_hours,
        now: session.now(),
    }
}

/// One incident, for `stream`.
pub fn of_one(session: &Session<'_>, file: &IncidentFile, stream: Stream) -> String {
    let ui = &session.app.ui;
    let clock = session.clock();
    let page = Page {
        names: session.names(),
        clock: &clock,
        invocation: session.invocation(),
        width: ui.width(stream),
        palette: ui.palette(stream),
        show_zone: session.is_elsewhere(),
    };
    let vocabulary = session.spoken_vocabulary();
    let situation =
        Situation { page, vocabulary: &vocabulary, watch: watch(session), steps: &session.settings.steps };
    situation.render(file)
}

/// The incidents with their numbers; where there are none, what would be one.
pub fn of_all(session: &Session<'_>, open: &[Found]) -> String {
    let app = session.app;
    let columns = app.ui.width(Stream::Err);
    if open.is_empty() {
        let mut lines = vec![app.locale.text("menu-nothing-live")];
        let definition = session.policy.definition.get(app.locale.lang());
        if !definition.is_empty() {
            lines.push(format!("{}:", app.locale.text("menu-definition")));
            lines.extend(wrap(&sanitize(definition), columns - 2).iter().map(|line| format!("  {line}")));
        }
        return lines.join("\n");
    }
    let names = session.names();
    let levels: Vec<String> =
        open.iter().map(|found| names.level(found.incident.severity.as_deref())).collect();
    let statuses: Vec<String> = open.iter().map(|found| names.status(&found.incident.status)).collect();
    let widest = |texts: &[String]| texts.iter().map(|text| width(&sanitize(text))).max().unwrap_or(0);
    let (level_width, status_width) = (widest(&levels), widest(&statuses));
    let mut lines = vec![say!(app.locale, "menu-open")];
    for (number, ((found, level), status)) in open.iter().zip(&levels).zip(&statuses).enumerate() {
        let title = sanitize(&list::title(&found.incident, &names)).into_owned();
        let (level, status) = (pad(&sanitize(level), level_width), pad(&sanitize(status), status_width));
        let line = format!("{:>2} {}  {level}  {status}  {title}", number + 1, found.incident.id.short());
        lines.push(truncate(&line, columns).into_owned());
    }
    lines.join("\n")
}
