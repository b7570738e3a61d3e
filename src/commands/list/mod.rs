//! `incident list`: what is open, worst first, or what is asked for.

mod selecting;

use clap::ValueEnum;
use serde::Serialize;
use serde_json::Value;

use super::app::App;
use super::archive::{Archive, Found};
use super::either_language;
use super::pages;
use super::session::{Need, Session};
use crate::config::line_format::LineFormat;
use crate::domain::event::Milestone;
use crate::domain::incident::{Incident, Mode};
use crate::failure::{Failure, Message};
use crate::say;
use crate::ui::Stream;
use crate::view::json::IncidentJson;
use crate::view::list::{self, Order, Totals};
use crate::view::sanitize::sanitize;

/// List incidents: those that are open, worst first
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Args {
    /// Those that are over, too
    #[arg(short, long)]
    pub all: bool,

    /// Of this status or category, by id or name; may be repeated
    #[arg(short, long, value_name = "STATUS")]
    pub status: Vec<String>,

    /// Of this level: SEV2, SEV2+ for that and worse, or unrated; may be repeated
    #[arg(short, long, value_name = "LEVEL", visible_alias = "severity")]
    pub level: Vec<String>,

    /// Of this kind; may be repeated
    #[arg(short, long, value_name = "KIND")]
    pub kind: Vec<String>,

    /// That touch this product; may be repeated
    #[arg(short, long, value_name = "PRODUCT")]
    pub product: Vec<String>,

    /// In which this person, or me, has a role, has reported or has acted; may be repeated
    #[arg(long, value_name = "PERSON")]
    pub person: Vec<String>,

    /// In which somebody has this role; with --person, that person
    #[arg(long, value_name = "ROLE")]
    pub role: Vec<String>,

    /// Of this mode; may be repeated
    #[arg(long, value_name = "MODE", value_parser = either_language::values::<ModeFilter>("mode"))]
    pub mode: Vec<ModeFilter>,

    /// Declared in this month, on this day, at this time, or later
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub since: Option<String>,

    /// Declared before this time, or at the latest in this month or on this day
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub until: Option<String>,

    /// With these words in the title or the text; may be repeated for others
    #[arg(short, long, value_name = "WORDS")]
    pub text: Vec<String>,

    /// With this value in a field of your own; may be repeated
    #[arg(long, value_name = "FIELD=VALUE")]
    pub field: Vec<String>,

    /// By level, time of declaration, last entry, status or title
    #[arg(long, value_name = "KEY", default_value = "level", value_parser = either_language::values::<Sort>("sort"))]
    pub sort: Sort,

    /// The other way round
    #[arg(short, long)]
    pub reverse: bool,

    /// At most this many
    #[arg(long, value_name = "COUNT", value_parser = either_language::number::<usize>)]
    pub limit: Option<usize>,

    /// Print a line for each, by a template with the fields of --json: "{{ id }} {{ title }}"
    #[arg(short, long, value_name = "TEMPLATE", conflicts_with = "json")]
    pub format: Option<String>,
}

/// The values of `--sort`.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum Sort {
    /// What needs somebody first
    #[default]
    #[value(alias = "severity")]
    Level,
    /// The newest first
    Declared,
    /// What was written to last
    Updated,
    /// In the order of the flow
    Status,
    /// By the alphabet
    Title,
}

/// The values of `--mode`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ModeFilter {
    /// Those that count
    Real,
    /// Practice
    Drill,
    /// Recorded after they were over
    Retrospective,
}

#[derive(Serialize)]
struct ListJson {
    incidents: Vec<IncidentJson>,
    totals: Totals,
    /// Files that could not be read, each with its first fault.
    broken: Vec<BrokenJson>,
}

#[derive(Serialize)]
struct BrokenJson {
    path: String,
    line: Option<usize>,
    column: Option<usize>,
    message: String,
}

pub fn run(args: Args, app: &App) -> anyhow::Result<()> {
    let session = Session::open(app, Need::Nothing)?;
    let format = args.format.as_deref().map(|text| LineFormat::new("--format", text)).transpose()?;
    let archive = Archive::read(&session)?;
    let selection = selecting::selection(&session, &archive, &args)?;
    // Whoever asks for something in particular may well mean what is over.
    let plain = !args.all && selection.is_empty();
    let mut shown = selecting::selected(&session, &archive, &selection)?;
    let names = session.names();
    if plain {
        shown.retain(|found| names.flow.category(&found.incident.status).is_open());
    }
    selecting::sort(&session, &mut shown, args.sort, args.reverse)?;
    let hidden = if plain { archive.found.len() - shown.len() } else { 0 };
    let incidents = shown.iter().map(|found| &found.incident);
    let mut totals = Totals::of(incidents, hidden, names.flow);
    shown.truncate(args.limit.unwrap_or(usize::MAX));
    totals.shown = shown.len();
    if app.globals.json {
        return print_json(&session, &archive, &shown, totals);
    }
    if let Some(format) = &format {
        for found in &shown {
            app.ui.out(&format.line(&fields_of(&session, found)?)?)?;
        }
    } else if shown.is_empty() && totals.count == 0 {
        app.ui.say(&app.locale.say(&session.hint(nothing_shown(&archive, plain))));
    } else {
        let incidents: Vec<&Incident> = shown.iter().map(|found| &found.incident).collect();
        let (limit, palette) = (app.ui.limit(Stream::Out), app.ui.palette(Stream::Out));
        app.ui.out(&list::table(&incidents, &names, &session.clock(), limit, palette))?;
        app.ui.say(&totals.in_words(&app.locale));
    }
    say_broken(&session, &archive);
    super::announce::say_where_read(&session);
    Ok(())
}

/// What to say where nothing is shown.
fn nothing_shown(archive: &Archive, plain: bool) -> &'static str {
    let unreadable = !archive.broken.is_empty() || !archive.refused.is_empty();
    match (archive.found.is_empty(), plain) {
        (true, _) if unreadable => "list-none-readable",
        (true, _) => "list-none-yet",
        (false, true) => "list-none",
        (false, false) => "list-no-match",
    }
}

/// What `--format` may ask for: the JSON object, with every milestone, role and field that there may be, so that only
/// a slip is an error. Texts are inert on a terminal and stay on their line.
fn fields_of(session: &Session<'_>, found: &Found) -> anyhow::Result<Value> {
    let mut fields = serde_json::to_value(json_of(session, found))?;
    let mut fill = |map: &str, keys: &mut dyn Iterator<Item = &str>, empty: &Value| {
        if let Some(Value::Object(map)) = fields.get_mut(map) {
            for key in keys {
                map.entry(key).or_insert_with(|| empty.clone());
            }
        }
    };
    let (roles, own) = (&session.settings.staff.roles, &session.policy.fields);
    fill("times", &mut Milestone::ALL.into_iter().map(Milestone::token), &Value::Null);
    fill("roles", &mut roles.iter().map(|role| role.id.as_str()), &Value::Array(Vec::new()));
    fill("fields", &mut own.iter().map(|field| field.id.as_str()), &Value::Null);
    make_inert(&mut fields);
    Ok(fields)
}

fn make_inert(value: &mut Value) {
    match value {
        Value::String(text) => *text = sanitize(text).into_owned(),
        Value::Array(items) => items.iter_mut().for_each(make_inert),
        Value::Object(map) => map.values_mut().for_each(make_inert),
        _ => {}
    }
}

/// One line for each file that could not be read: it must not vanish from sight.
fn say_broken(session: &Session<'_>, archive: &Archive) {
    let app = session.app;
    for fault in archive.broken.iter().filter_map(|broken| broken.faults.first()) {
        app.ui.error(&format!("! {}", in_one_line(session, fault)));
    }
    for fault in &archive.refused {
        app.ui.error(&format!("! {}", in_one_line(session, fault)));
    }
    let count = archive.broken.len() + archive.refused.len();
    if count > 0 {
        app.ui.say(&say!(app.locale, "list-broken", incident = session.invocation(), count = count));
    }
    let conflicted = archive.found.iter().filter(|found| found.conflicted).map(|found| &found.path);
    for path in conflicted.chain(pages::conflicted(session, archive)) {
        let line = match pages::edit_command(session, path) {
            Some(command) => Message::new("list-conflicted").with("command", command),
            None => Message::new("list-conflicted-page"),
        };
        app.ui.error(&app.locale.say(&line.with("path", path)));
    }
}

fn in_one_line(session: &Session<'_>, fault: &Failure) -> String {
    let place = fault.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
    let line = format!("{place}{}", session.app.locale.say(&fault.message));
    sanitize(&line).into_owned()
}

fn json_of(session: &Session<'_>, found: &Found) -> IncidentJson {
    IncidentJson::new(&found.incident, found.path.as_str(), &session.policy, &session.settings.flow)
}

fn print_json(
    session: &Session<'_>,
    archive: &Archive,
    shown: &[&Found],
    totals: Totals,
) -> anyhow::Result<()> {
    let locale = &session.app.locale;
    let row = |path: &str, fault: Option<&Failure>| {
        let place = fault.and_then(|fault| fault.place.as_ref());
        BrokenJson {
            path: path.to_owned(),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            message: fault.map(|fault| locale.say(&fault.message)).unwrap_or_default(),
        }
    };
    let broken = archive.broken.iter().map(|broken| row(broken.path.as_str(), broken.faults.first()));
    let refused = archive.refused.iter().map(|fault| row(fact(fault, "path"), Some(fault)));
    let incidents = shown.iter().map(|found| json_of(session, found)).collect();
    let list = ListJson { incidents, totals, broken: broken.chain(refused).collect() };
    session.app.print_json("incident.list", &list)
}

fn fact<'a>(fault: &'a Failure, name: &str) -> &'a str {
    fault.message.facts.iter().find(|(key, _)| *key == name).map_or("", |(_, fact)| fact)
}

impl From<ModeFilter> for Mode {
    fn from(filter: ModeFilter) -> Self {
        match filter {
            ModeFilter::Real => Self::Real,
            ModeFilter::Drill => Self::Drill,
            ModeFilter::Retrospective => Self::Retrospective,
        }
    }
}

impl From<Sort> for Order {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Level => Self::Urgency,
            Sort::Declared => Self::Declared,
            Sort::Updated => Self::Updated,
            Sort::Status => Self::Status,
            Sort::Title => Self::Title,
        }
    }
}
