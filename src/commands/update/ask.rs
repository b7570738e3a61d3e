//! The questions of a report, one line each. What is typed is kept as it is typed.

use super::super::session::Session;
use super::draft::Draft;
use super::words::{self, Before, Wording};
use crate::document::IncidentFile;
use crate::domain::report::{Estimate, Known, next_number};
use crate::say;
use crate::ui::{LinePrompt, OnEnter, PromptSession, Reply};
use crate::view::list;
use crate::view::sanitize::{sanitize, sanitize_block};

/// Asks everything that a report says.
pub fn ask(
    session: &Session<'_>,
    file: &IncidentFile,
    before: &Before,
    draft: &mut Draft,
) -> anyhow::Result<Reply<Wording>> {
    greet(session, file, before, draft);
    let prompts = session.app.ui.session()?;
    Interview { session, before, draft, prompts }.run()
}

/// Which report it is, of what, and what was said before.
fn greet(session: &Session<'_>, file: &IncidentFile, before: &Before, draft: &Draft) {
    let app = session.app;
    let number = next_number(file.timeline.entries());
    let title = list::title(&file.incident, &session.names());
    let (id, title) = (file.incident.id.short(), sanitize(&title));
    app.ui.tell(&say!(app.locale, "update-greeting", number = number, id = id, title = title.as_ref()));
    if let Some((entry, report)) = &before.last {
        let time = session.clock().moment(entry.at);
        let words = match &report.known {
            Known::Words(words) => sanitize_block(words).into_owned(),
            Known::NoChange => session.documents.text("brief-no-change"),
        };
        app.ui.tell(&say!(app.locale, "update-before", number = report.number, time = time, words = words));
        if let Some(words) = &report.customers {
            let words = sanitize_block(words);
            app.ui.tell(&say!(app.locale, "update-customers-before", words = words.as_ref()));
        }
    }
    if !draft.is_empty() {
        app.ui.tell(&app.locale.text("update-draft-found"));
    }
}

struct Interview<'a> {
    session: &'a Session<'a>,
    before: &'a Before,
    draft: &'a mut Draft,
    prompts: PromptSession<'a>,
}

/// Which of the lines is asked.
type Line = fn(&mut Wording) -> &mut Option<String>;

/// Says what cannot be understood.
type Check = fn(&Session<'_>, &str) -> anyhow::Result<()>;

impl Interview<'_> {
    fn run(mut self) -> anyhow::Result<Reply<Wording>> {
        let locale = &self.session.app.locale;
        let first = self.before.known_at_first(self.session);
        let as_before = locale.text("update-as-before");
        let known = match self.before.known {
            Some(_) => OnEnter::Leave(as_before.as_str()),
            None => OnEnter::Leave(first.as_str()),
        };
        let not_now = locale.text("update-not-to-customers-yet");
        let customers = self.before.customers().map_or(not_now.as_str(), |_| as_before.as_str());
        let not_yet = self.before.not_yet(self.session);
        let (estimate, next) = (self.estimate(), self.next());
        let any: Check = |_, _| Ok(());
        let lines: [(&str, Line, OnEnter<'_>, Check); 5] = [
            ("update-known", |wording| &mut wording.known, known, any),
            ("update-customers", |wording| &mut wording.customers, OnEnter::Leave(customers), any),
            ("update-not-yet", |wording| &mut wording.not_yet, OnEnter::Leave(&not_yet), any),
            (
                "update-estimate",
                |wording| &mut wording.estimate,
                OnEnter::Leave(&estimate),
                |session, text| words::estimate(session, text).map(drop),
            ),
            (
                "update-next",
                |wording| &mut wording.next,
                OnEnter::Leave(&next),
                |session, text| words::next(session, text).map(drop),
            ),
        ];
        for (label, line, enter, check) in lines {
            if let Reply::Interrupted { typed } = self.line(&locale.text(label), line, enter, check)? {
                return Ok(Reply::Interrupted { typed });
            }
        }
        Ok(Reply::Value(self.draft.wording.clone()))
    }

    /// Asks one line until it can be understood.
    fn line(
        &mut self,
        label: &str,
        line: Line,
        enter: OnEnter<'_>,
        check: Check,
    ) -> anyhow::Result<Reply<()>> {
        loop {
            let start = line(&mut self.draft.wording).clone().unwrap_or_default();
            let reply = self.prompts.line(&LinePrompt { label, enter, start: &start })?;
            self.session.look_at_clock()?;
            let (typed, is_left) = match reply {
                Reply::Value(typed) => (typed, false),
                Reply::Interrupted { typed } => (typed, true),
            };
            *line(&mut self.draft.wording) = Some(typed.trim().to_owned()).filter(|typed| !typed.is_empty());
            if is_left {
                return Ok(Reply::Interrupted { typed });
            }
            self.draft.save(self.session)?;
            let understood = line(&mut self.draft.wording).as_deref().map(|text| check(self.session, text));
            match understood.transpose() {
                Ok(_) => return Ok(Reply::Value(())),
                Err(error) => self.session.app.tell_failure(&error),
            }
        }
    }

    fn estimate(&self) -> String {
        let Estimate { words, at } = &self.before.estimate;
        let time = at.map(|at| self.session.clock().moment(at));
        let parts: Vec<String> =
            [words.clone()].into_iter().filter(|words| !words.is_empty()).chain(time).collect();
        if parts.is_empty() { self.session.app.locale.text("brief-no-estimate") } else { parts.join(" ") }
    }

    fn next(&self) -> String {
        let time = self.before.next.map(|at| self.session.clock().moment(at));
        time.unwrap_or_else(|| self.session.app.locale.text("update-no-next"))
    }
}
