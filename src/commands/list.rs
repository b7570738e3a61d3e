//! `incident list`: what is open, worst first.

use clap::ValueEnum;
use serde::Serialize;

use super::answers;
use super::app::App;
use super::archive::{Archive, Found};
use super::session::{Need, Session};
use super::set;
use super::status::find_status;
use crate::domain::flow::Category;
use crate::domain::incident::{Incident, Mode};
use crate::domain::moment::Moment;
use crate::failure::Failure;
use crate::say;
use crate::ui::Stream;
use crate::view::json::IncidentJson;
use crate::view::list;

/// List incidents: those that are open, worst first
#[derive(clap::Args, Clone, Debug, Default)]
pub struct Args {
    /// Those that are over, too
    #[arg(short, long)]
    pub all: bool,

    /// Of this status or category, by id or name; may be repeated
    #[arg(short, long, value_name = "STATUS")]
    pub status: Vec<String>,

    /// Of this level or a worse one; `unrated` for those without
    #[arg(long, value_name = "LEVEL")]
    pub severity: Option<String>,

    /// Of this kind
    #[arg(short, long, value_name = "KIND")]
    pub kind: Option<String>,

    /// That touch this product
    #[arg(short, long, value_name = "PRODUCT")]
    pub product: Option<String>,

    /// In which this person has a role
    #[arg(long, value_name = "PERSON")]
    pub person: Option<String>,

    /// Of this mode
    #[arg(long, value_name = "MODE")]
    pub mode: Option<ModeFilter>,

    /// Declared at this time or later
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub since: Option<String>,

    /// Declared before this time
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub until: Option<String>,

    /// With these words in the title
    #[arg(long, value_name = "WORDS")]
    pub text: Option<String>,

    /// At most this many
    #[arg(long, value_name = "COUNT")]
    pub limit: Option<usize>,
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
    let archive = Archive::read(&session)?;
    let filter = Filter::new(&session, &archive, &args)?;
    let mut shown: Vec<&Found> =
        archive.found.iter().filter(|found| filter.admits(&found.incident)).collect();
    let names = session.names();
    list::by_urgency(&mut shown, &names, |found| &found.incident);
    let open = shown.len();
    shown.truncate(args.limit.unwrap_or(usize::MAX));
    if app.globals.json {
        return print_json(&session, &archive, &shown);
    }
    let incidents: Vec<&Incident> = shown.iter().map(|found| &found.incident).collect();
    if incidents.is_empty() {
        app.ui.say(&app.locale.text(filter.nothing_shown(&archive)));
    } else {
        let (limit, palette) = (app.ui.limit(Stream::Out), app.ui.palette(Stream::Out));
        app.ui.out(&list::table(&incidents, &names, &session.clock(), limit, palette))?;
        // With a filter, `--all` shows no more.
        let hidden = if filter.is_plain() { archive.found.len() - open } else { 0 };
        app.ui.say(&list::totals(&incidents, hidden, &names));
    }
    say_broken(&session, &archive);
    super::announce::say_where_read(&session);
    Ok(())
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
        app.ui.say(&say!(app.locale, "list-broken", count = count));
    }
}

fn in_one_line(session: &Session<'_>, fault: &Failure) -> String {
    let place = fault.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
    let line = format!("{place}{}", session.app.locale.say(&fault.message));
    crate::view::sanitize::sanitize(&line).into_owned()
}

fn print_json(session: &Session<'_>, archive: &Archive, shown: &[&Found]) -> anyhow::Result<()> {
    let incident = |found: &&Found| {
        IncidentJson::new(&found.incident, found.path.as_str(), &session.policy, &session.settings.flow)
    };
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
    let list =
        ListJson { incidents: shown.iter().map(incident).collect(), broken: broken.chain(refused).collect() };
    session.app.print_json("incident.list", &list)
}

fn fact<'a>(fault: &'a Failure, name: &str) -> &'a str {
    fault.message.facts.iter().find(|(key, _)| *key == name).map_or("", |(_, fact)| fact)
}

/// What the options admit. Without `--all` and without a filter by status or time, what is over is left out.
struct Filter<'a> {
    session: &'a Session<'a>,
    args: &'a Args,
    worst_rank: Option<usize>,
    kind: Option<String>,
    product: Option<String>,
    person: Option<String>,
    since: Option<Moment>,
    until: Option<Moment>,
}

impl<'a> Filter<'a> {
    fn new(session: &'a Session<'a>, archive: &Archive, args: &'a Args) -> anyhow::Result<Self> {
        let level = args.severity.as_deref().filter(|word| *word != UNRATED);
        let level = level.map(|word| answers::find_level(session, word)).transpose()?;
        // What the configuration has dropped can still be asked for; a slip of the finger finds nothing in silence.
        let used = |fits: &dyn Fn(&Incident) -> bool| archive.found.iter().any(|found| fits(&found.incident));
        let kind = |word: &String| match used(&|incident| incident.kind.as_ref() == Some(word)) {
            true => Ok(word.clone()),
            false => set::kind(session, word),
        };
        let product = |word: &String| match used(&|incident| incident.products.contains(word)) {
            true => Ok(word.clone()),
            false => set::product(session, word),
        };
        for word in &args.status {
            let is_category = Category::ALL.into_iter().any(|category| category.token() == word);
            if !is_category && !used(&|incident| incident.status == *word) {
                find_status(session, word)?;
            }
        }
        let moment = |text: &Option<String>| text.as_deref().map(|text| session.any_moment(text)).transpose();
        let person = match args.person.as_deref() {
            Some(word) if word.eq_ignore_ascii_case("me") => Some(session.actor()?.handle),
            Some(word) => {
                Some(session.settings.staff.person(word).map_or(word.to_owned(), |one| one.handle.clone()))
            }
            None => None,
        };
        Ok(Self {
            session,
            args,
            worst_rank: level.and_then(|level| session.policy.rank(&level)),
            kind: args.kind.as_ref().map(kind).transpose()?,
            product: args.product.as_ref().map(product).transpose()?,
            person,
            since: moment(&args.since)?,
            until: moment(&args.until)?,
        })
    }

    fn admits(&self, incident: &Incident) -> bool {
        self.by_status(incident)
            && self.by_severity(incident)
            && self.kind.as_ref().is_none_or(|kind| incident.kind.as_ref() == Some(kind))
            && self.product.as_ref().is_none_or(|product| incident.products.contains(product))
            && self.person.as_ref().is_none_or(|person| has_role(incident, person))
            && self.args.mode.is_none_or(|mode| incident.mode == mode.into())
            && self.by_time(incident)
            && self.args.text.as_deref().is_none_or(|words| has_words(&incident.title, words))
    }

    fn by_status(&self, incident: &Incident) -> bool {
        let flow = &self.session.settings.flow;
        let category = flow.category(&incident.status);
        if self.args.status.is_empty() {
            return self.args.all || self.has_filter() || category.is_open();
        }
        self.args.status.iter().any(|word| {
            let wanted = Category::ALL.into_iter().find(|category| category.token() == *word);
            match flow.find(word) {
                Some(status) => status.id == incident.status || wanted == Some(category),
                None => wanted == Some(category) || *word == incident.status,
            }
        })
    }

    /// Whether what is over is left out only because nobody asked for it.
    fn is_plain(&self) -> bool {
        !self.args.all && self.args.status.is_empty() && !self.has_filter()
    }

    /// What to say where nothing is shown.
    fn nothing_shown(&self, archive: &Archive) -> &'static str {
        let unreadable = !archive.broken.is_empty() || !archive.refused.is_empty();
        match (archive.found.is_empty(), self.is_plain()) {
            (true, _) if unreadable => "list-none-readable",
            (true, _) => "list-none-yet",
            (false, true) => "list-none",
            (false, false) => "list-no-match",
        }
    }

    /// Whether the person asks for something in particular, which may well be over.
    fn has_filter(&self) -> bool {
        let Args { severity, kind, product, person, mode, since, until, text, .. } = self.args;
        mode.is_some()
            || [severity, kind, product, person, since, until, text].iter().any(|filter| filter.is_some())
    }

    fn by_severity(&self, incident: &Incident) -> bool {
        match (self.args.severity.as_deref(), &incident.severity) {
            (None, _) => true,
            (Some(UNRATED), severity) => severity.is_none(),
            (Some(_), None) => false,
            (Some(_), Some(level)) => {
                self.session.policy.rank(level) <= self.worst_rank
                    && self.session.policy.rank(level).is_some()
            }
        }
    }

    fn by_time(&self, incident: &Incident) -> bool {
        let declared = incident.declared().map(|declared| declared.at);
        let since = self.since.is_none_or(|since| declared.is_some_and(|declared| declared >= since.at));
        since && self.until.is_none_or(|until| declared.is_some_and(|declared| declared < until.at))
    }
}

const UNRATED: &str = "unrated";

impl From<ModeFilter> for Mode {
    fn from(filter: ModeFilter) -> Self {
        match filter {
            ModeFilter::Real => Self::Real,
            ModeFilter::Drill => Self::Drill,
            ModeFilter::Retrospective => Self::Retrospective,
        }
    }
}

fn has_role(incident: &Incident, person: &str) -> bool {
    let holds = incident.roles.iter().any(|(_, people)| people.iter().any(|one| one == person));
    holds || incident.reporter.as_deref() == Some(person)
}

fn has_words(title: &str, words: &str) -> bool {
    let title = title.to_lowercase();
    words.to_lowercase().split_whitespace().all(|word| title.contains(word))
}
