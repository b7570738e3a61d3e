//! `incident who`: whom to call, from the store, without network.

mod json;
mod subject;

use chrono::{DateTime, FixedOffset};

use super::app::App;
use super::session::{Need, Session};
use super::write_args::Which;
use crate::config::SETTINGS_FILE;
use crate::domain::calling::{self, Plan, Round};
use crate::failure::{Exit, Failure, Message};
use crate::say;
use crate::ui::Stream;
use crate::view::list;
use crate::view::palette::Style;
use crate::view::sanitize::sanitize;
use crate::view::who::CallList;

use self::json::WhoJson;
use self::subject::Subject;

/// Show whom to call: in which order, how to reach them, and for which role
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    #[command(flatten)]
    pub which: Which,

    /// For any incident of this level
    #[arg(short, long, value_name = "LEVEL", visible_alias = "level", conflicts_with = "Which")]
    pub severity: Option<String>,

    /// For any incident of this kind
    #[arg(short, long, value_name = "KIND", conflicts_with = "Which")]
    pub kind: Option<String>,

    /// For any incident of this product; may be repeated
    #[arg(short, long, value_name = "PRODUCT", conflicts_with = "Which")]
    pub product: Vec<String>,

    /// The people who know this area, whatever the incident
    #[arg(short, long, value_name = "AREA", conflicts_with_all = ["severity", "kind", "product"])]
    pub area: Option<String>,
}

pub fn run(args: Args, app: &App) -> anyhow::Result<()> {
    let session = Session::open(app, Need::Nothing)?;
    if let Some(area) = args.area.as_deref() {
        return show_area(&session, area);
    }
    let subject = Subject::of(&session, &args)?;
    let plan = subject.plan(&session);
    if app.globals.json {
        return app
            .print_json("incident.who", &WhoJson::of(&session, &subject, &plan, notes(&session, &subject)));
    }
    let clock = session.clock();
    let list = call_list(&session, &clock, subject.roles());
    let mut text = heading(&session, &subject);
    for round in plan.rounds() {
        text.push('\n');
        text.push_str(&list.round(round, opens(&session, round)));
    }
    if matches!(plan, Plan::Roles(_)) {
        text.push_str(&with_phones(&session, &list, plan.rounds().is_empty()));
    }
    let notes = notes(&session, &subject);
    if !notes.is_empty() {
        text.push('\n');
    }
    text.extend(notes.iter().map(|note| list.remark(note, Style::Faint)));
    app.ui.out(&text)?;
    if session.settings.staff.calls.is_empty() {
        app.ui.tell(&say!(app.locale, "who-not-set-up", file = SETTINGS_FILE));
    }
    Ok(())
}

fn call_list<'b>(
    session: &'b Session<'_>,
    clock: &'b crate::locale::times::Clock<'b>,
    roles: &'b [(String, Vec<String>)],
) -> CallList<'b> {
    let ui = &session.app.ui;
    CallList {
        names: session.names(),
        clock,
        roles,
        limit: ui.limit(Stream::Out),
        palette: ui.palette(Stream::Out),
    }
}

/// When the people of `round` may be called; none if that is now.
pub fn opens(session: &Session<'_>, round: &Round<'_>) -> Option<DateTime<FixedOffset>> {
    let settings = &session.settings;
    calling::opens(round.hours, settings.working_hours, session.now(), settings.zone, &settings.holidays)
}

/// `Whom to call for k7qm All payments fail (SEV1)`
fn heading(session: &Session<'_>, subject: &Subject) -> String {
    let (locale, names) = (&session.app.locale, session.names());
    let text = match &subject.incident {
        Some(incident) => {
            let (id, title) = (incident.id.short(), list::title(incident, &names));
            let level = names.level_in_full(incident.severity.as_deref());
            say!(locale, "who-for-incident", id = id, title = sanitize(&title).as_ref(), level = level)
        }
        None if subject.is_anything => locale.text("who-for-anything"),
        None => {
            let level = subject.level.as_deref().map(|level| names.level_in_full(Some(level)));
            let kind = subject.kind.as_deref().map(|kind| names.kind(kind));
            let products = subject.products.iter().map(|product| names.product(product));
            let words: Vec<String> = level.into_iter().chain(kind).chain(products).collect();
            say!(locale, "who-for", what = words.join(&locale.text("list-separator")))
        }
    };
    let palette = session.app.ui.palette(Stream::Out);
    format!("{}\n", palette.paint(Style::Accent, &text))
}

/// Where nothing is set up, everybody who has a phone is better than nobody.
fn with_phones(session: &Session<'_>, list: &CallList<'_>, is_empty: bool) -> String {
    let staff = &session.settings.staff;
    let locale = &session.app.locale;
    let mut text = String::new();
    if is_empty {
        text.push_str(&format!("\n{}\n", locale.text("who-no-call")));
    }
    if calling::with_phones(staff).next().is_some() {
        let palette = session.app.ui.palette(Stream::Out);
        text.push_str(&format!("\n{}\n", palette.paint(Style::Strong, &locale.text("who-with-phones"))));
        text.push_str(&list.people(calling::with_phones(staff)));
    }
    text
}

/// What level, kind and products have to say to whoever is called.
fn notes(session: &Session<'_>, subject: &Subject) -> Vec<String> {
    let (policy, lang) = (&session.policy, session.app.locale.lang());
    let level = subject.level.as_deref().and_then(|level| policy.level(level)).map(|level| &level.also);
    let kind = subject.kind.as_deref().and_then(|kind| policy.kind(kind)).map(|kind| &kind.note);
    let products = subject.products.iter().filter_map(|product| policy.product(product));
    let texts = level.into_iter().chain(kind).chain(products.map(|product| &product.note));
    texts.map(|text| text.get(lang).to_owned()).filter(|text| !text.is_empty()).collect()
}

fn show_area(session: &Session<'_>, area: &str) -> anyhow::Result<()> {
    let app = session.app;
    let staff = &session.settings.staff;
    let people = calling::of_area(staff, area);
    if people.is_empty() {
        let known = calling::areas(staff);
        let failure = Failure::new(Exit::NotFound, "no-such-area").with("word", area);
        return Err(match known.is_empty() {
            true => failure.hint(Message::new("hint-areas").with("file", SETTINGS_FILE)),
            false => failure.hint(Message::new("hint-known-names").with("names", known.join(", "))),
        }
        .into());
    }
    if app.globals.json {
        return app.print_json("incident.who", &WhoJson::of_people(&people));
    }
    let clock = session.clock();
    Ok(app.ui.out(&call_list(session, &clock, &[]).people(people.into_iter()))?)
}
