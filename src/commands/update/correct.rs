//! `incident update --corrects`: an earlier report was wrong. The report stays as it was given.

use super::super::announce::announce;
use super::super::archive::find;
use super::super::brief::{Desk, Told, no_such_report};
use super::super::record::record;
use super::super::session::Session;
use super::super::write_args::{Recorder, required_words};
use super::Args;
use crate::document::format_correction;
use crate::domain::change::Change;
use crate::domain::event::EventKind;
use crate::domain::names::Purpose;
use crate::domain::report::{Correction, numbers};
use crate::ui::Stream;

pub fn run(session: &Session<'_>, args: &Args, number: u32) -> anyhow::Result<()> {
    let words = args.words();
    let right = required_words(words.as_deref(), "correction-without-words")?.to_owned();
    let wrong = args.wrong.clone().unwrap_or_default();
    let correction = Correction { number, wrong, right };
    let found = find(session, args.target.incident.as_deref(), Purpose::Writing)?;
    let recorder = Recorder::new(session, &args.recording)?;
    let text = format_correction(&correction, &session.vocabulary);
    let recorded = record(session, &found.path, &recorder, &args.recording.commit, &|file| {
        if !numbers(file.timeline.entries()).any(|known| known == number) {
            let latest = numbers(file.timeline.entries()).max();
            return Err(no_such_report(session, &file.incident, number, latest).into());
        }
        let entry = recorder.act(session, &text).entry(EventKind::Correction);
        Ok(Change { entries: vec![entry], ..Change::default() })
    })?;
    announce(session, &recorded)?;
    let app = session.app;
    if recorded.commit.is_some() && app.ui.limit(Stream::Err).is_some() {
        let file = session.incident_file(&found.path)?;
        let told = Told::of(session, &file, None)?;
        app.ui.say(&app.locale.text("update-ready-to-paste"));
        app.ui.say(&Desk::new(session).correction(session, &told, &correction, recorder.at));
    }
    Ok(())
}
