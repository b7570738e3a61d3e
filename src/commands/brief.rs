//! `incident brief`: the block to paste, for whoever is to read it.

use clap::ValueEnum;
use serde::Serialize;

use super::app::App;
use super::archive::find;
use super::either_language;
use super::session::{Need, Session};
use super::write_args::Which;
use crate::document::{IncidentFile, parse_correction, parse_report};
use crate::domain::event::Entry;
use crate::domain::incident::Incident;
use crate::domain::moment::Moment;
use crate::domain::names::Purpose;
use crate::domain::report::{Correction, Known, Report};
use crate::failure::{Exit, Failure, Message};
use crate::locale::Locale;
use crate::locale::times::Clock;
use crate::view::brief::Brief;

/// Print how an incident stands, ready to paste into chat or mail
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    #[command(flatten)]
    pub which: Which,

    /// Who is to read it
    #[arg(long = "for", value_name = "WHOM", default_value = "staff", value_parser = either_language::values::<Audience>("audience"))]
    pub audience: Audience,

    /// The update of this number instead of the latest
    #[arg(long, value_name = "NUMBER", value_parser = either_language::number::<u32>)]
    pub report: Option<u32>,
}

/// The values of `--for`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Audience {
    /// Colleagues: the latest update as it was given
    Staff,
    /// Customers: the approved words and nothing else
    Customers,
    /// The management: impact, estimate, next update
    Management,
    /// Whoever joins now: roles, decisions and what was tried as well
    Newcomer,
}

#[derive(Serialize)]
struct BriefJson {
    id: String,
    #[serde(rename = "for")]
    audience: String,
    /// The number of the update; none where there was none yet.
    report: Option<u32>,
    text: String,
}

pub fn run(args: Args, app: &App) -> anyhow::Result<()> {
    let session = Session::open(app, Need::Nothing)?;
    let found = find(&session, args.which.word()?, Purpose::Reading)?;
    let file = session.incident_file(&found.path)?;
    let desk = Desk::new(&session);
    let told = Told::of(&session, &file, args.report)?;
    let text = desk.text(&session, &told, args.audience)?;
    if !app.globals.json {
        app.ui.out(&text)?;
        super::announce::say_where_read(&session);
        return Ok(());
    }
    let audience = args.audience.to_possible_value();
    let json = BriefJson {
        id: file.incident.id.to_string(),
        audience: audience.map(|value| value.get_name().to_owned()).unwrap_or_default(),
        report: told.report.as_ref().map(|(_, report)| report.number),
        text,
    };
    app.print_json("incident.brief", &json)
}

/// What was reported in an incident.
pub struct Told<'a> {
    file: &'a IncidentFile,
    report: Option<(&'a Entry, Report)>,
    is_latest: bool,
    corrections: Vec<Correction>,
    last_words: Option<String>,
}

impl<'a> Told<'a> {
    /// With the report of this number, else the latest, if there is one.
    pub fn of(session: &Session<'_>, file: &'a IncidentFile, number: Option<u32>) -> anyhow::Result<Self> {
        let mut reports = reports(session, file);
        let latest = reports.last().map(|(_, report)| report.number);
        if let Some(number) = number {
            reports.retain(|(_, report)| report.number == number);
            if reports.is_empty() {
                return Err(no_such_report(session, &file.incident, number, latest).into());
            }
        }
        let last_words = last_words(&reports);
        let report = reports.pop();
        let number = report.as_ref().map(|(_, report)| report.number);
        let corrections =
            file.timeline.entries().filter_map(|entry| parse_correction(entry, &session.vocabulary));
        let corrections = corrections.filter(|correction| Some(correction.number) == number).collect();
        Ok(Self { file, report, is_latest: number == latest, corrections, last_words })
    }
}

/// Every report of the file, by its number, and by when it was given where two have the same.
pub fn reports<'a>(session: &Session<'_>, file: &'a IncidentFile) -> Vec<(&'a Entry, Report)> {
    let read = |entry: &'a Entry| Some((entry, parse_report(entry, &session.vocabulary)?));
    let mut reports: Vec<_> = file.timeline.entries().filter_map(read).collect();
    reports.sort_by_key(|(entry, report)| (report.number, entry.recorded_at()));
    reports
}

/// What is known by the latest report that said more than that nothing changed.
pub fn last_words(reports: &[(&Entry, Report)]) -> Option<String> {
    reports.iter().rev().find_map(|(_, report)| match &report.known {
        Known::Words(words) => Some(words.clone()),
        Known::NoChange => None,
    })
}

pub fn no_such_report(
    session: &Session<'_>,
    incident: &Incident,
    number: u32,
    latest: Option<u32>,
) -> Failure {
    let failure = Failure::new(Exit::NotFound, "no-such-report").with("number", number);
    match latest {
        Some(latest) => failure.hint(Message::new("hint-latest-report").with("number", latest)),
        None => failure.hint(session.hint("hint-first-report").with("id", incident.id.short())),
    }
}

/// The language of the block: the store's, like that of all documents, unless another one is asked for.
pub struct Desk {
    locale: Locale,
}

impl Desk {
    pub fn new(session: &Session<'_>) -> Self {
        Self { locale: Locale::new(session.app.globals.lang.unwrap_or(session.settings.lang)) }
    }

    pub fn text(&self, session: &Session<'_>, told: &Told<'_>, audience: Audience) -> anyhow::Result<String> {
        let clock = self.clock(session);
        let brief = self.brief(session, told, &clock);
        Ok(match audience {
            Audience::Staff => brief.for_staff(),
            Audience::Customers => brief.for_customers().ok_or_else(|| no_customer_words(session, &brief))?,
            Audience::Management => brief.for_management(),
            Audience::Newcomer => brief.for_newcomer(),
        })
    }

    /// The block of a correction that was made at `at`.
    pub fn correction(
        &self,
        session: &Session<'_>,
        told: &Told<'_>,
        correction: &Correction,
        at: Moment,
    ) -> String {
        let clock = self.clock(session);
        self.brief(session, told, &clock).of_correction(correction, at)
    }

    fn clock<'b>(&'b self, session: &Session<'_>) -> Clock<'b> {
        Clock { locale: &self.locale, ..session.clock() }
    }

    fn brief<'b>(&'b self, session: &'b Session<'_>, told: &'b Told<'_>, clock: &'b Clock<'b>) -> Brief<'b> {
        Brief {
            names: session.names_in(&self.locale),
            clock,
            invocation: session.invocation(),
            file: told.file,
            report: told.report.as_ref().map(|(entry, report)| (*entry, report)),
            is_latest: told.is_latest,
            corrections: &told.corrections,
            last_words: told.last_words.as_deref(),
        }
    }
}

fn no_customer_words(session: &Session<'_>, brief: &Brief<'_>) -> Failure {
    let key = if brief.has_outlived_words() { "customer-words-outlived" } else { "no-customer-words" };
    let hint = session.hint("hint-customer-words").with("id", brief.file.incident.id.short());
    Failure::new(Exit::NotFound, key).hint(hint)
}
