//! `incident timeline`: what happened, and what witnesses it.

use clap::ValueEnum;
use serde::Serialize;

use super::announce::short;
use super::app::App;
use super::archive::{Found, find};
use super::lineage;
use super::links::{self, From};
use super::session::{Need, Session};
use super::write_args::Which;
use crate::document::witness::{self, Version};
use crate::document::{IncidentFile, TimelineLine, parse};
use crate::domain::moment::rfc3339;
use crate::domain::names::Purpose;
use crate::domain::timeline::{Event, Item, Source};
use crate::failure::{Exit, Failure, Failures};
use crate::say;
use crate::ui::Stream;
use crate::view::diagram::Diagram;
use crate::view::json::EventJson;
use crate::view::markdown::{Linker, Table};
use crate::view::timeline::Layout;

/// Show what happened and when, with the commits that witness it
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    #[command(flatten)]
    pub which: Which,

    /// Rebuild it from git alone, without looking at the file
    #[arg(long)]
    pub from_history: bool,

    /// What was undone, too
    #[arg(short, long)]
    pub all: bool,

    /// For whom: a terminal, a page in Markdown, or a diagram that GitHub draws (Mermaid)
    #[arg(short, long, value_name = "FORMAT", default_value = "text", hide_default_value = true)]
    pub format: Format,
}

/// The values of `--format`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Format {
    /// As it is read on a terminal
    Text,
    /// A table with links
    Markdown,
    /// The text of a diagram; put it between lines ```mermaid and ```
    Mermaid,
}

#[derive(Serialize)]
struct TimelineJson {
    id: String,
    events: Vec<EventJson>,
    /// Lines of the file that are no entries.
    unread: Vec<UnreadJson>,
}

#[derive(Serialize)]
struct UnreadJson {
    line: usize,
    text: String,
}

pub fn run(args: Args, app: &App) -> anyhow::Result<()> {
    let session = Session::open(app, Need::Nothing)?;
    let found = find(&session, args.which.word()?, Purpose::Reading)?;
    let versions = lineage::versions(&session, &found.path)?;
    let mut items = if args.from_history {
        rebuilt(&session, &found, &versions)?
    } else {
        joined(&session, &found, &versions)?
    };
    items.retain(|item| args.all || item.event().is_none_or(|event| event.undone.is_none()));
    if app.globals.json {
        return print_json(&session, &found, &items);
    }
    app.ui.out(&match args.format {
        Format::Text => rendered(&session, &items, !versions.is_empty()),
        Format::Markdown => markdown(&session, &items),
        Format::Mermaid => mermaid(&session, &found, &items),
    })?;
    if items.is_empty() {
        let command = session.command(&format!("note -i {} \"…\"", found.incident.id.short()));
        app.ui.say(&say!(app.locale, "timeline-empty", command = command));
    }
    if session.store.is_shallow() {
        app.ui.say(&app.locale.text("timeline-shallow"));
    }
    super::announce::say_where_read(&session);
    Ok(())
}

fn joined(session: &Session<'_>, found: &Found, versions: &[Version]) -> anyhow::Result<Vec<Item>> {
    let bytes = session.store.read(&found.path)?.unwrap_or_default();
    let path = found.path.as_str();
    let file = parse(path, &bytes, &session.vocabulary).map_err(Failures)?;
    let joined = witness::join(path, &file, versions, &session.vocabulary);
    if !joined.contradictions.is_empty() {
        let count = joined.contradictions.len();
        session.app.ui.say(&say!(
            session.app.locale,
            "timeline-contradictions",
            incident = session.invocation(),
            count = count
        ));
    }
    Ok(joined.items)
}

fn rebuilt(session: &Session<'_>, found: &Found, versions: &[Version]) -> anyhow::Result<Vec<Item>> {
    if versions.is_empty() {
        return Err(Failure::new(Exit::NotFound, "no-history")
            .with("path", &found.path)
            .hint(session.hint("hint-timeline-of-file").with("id", found.incident.id.short()))
            .into());
    }
    let mut events = witness::from_history(found.path.as_str(), versions, &session.vocabulary);
    events.sort_by_key(|event| event.entry.at.to_minute().at);
    Ok(events.into_iter().map(Item::Event).collect())
}

/// The timeline as the file alone tells it.
pub fn from_file(file: &IncidentFile) -> Vec<Item> {
    let item = |line: &TimelineLine| match line {
        TimelineLine::Other { text, line } => Item::Unread { text: text.clone(), line: *line },
        TimelineLine::Entry { entry, .. } => Item::Event(Event {
            entry: entry.clone(),
            witnessed: None,
            commit: None,
            source: Source::File,
            undone: None,
        }),
    };
    file.timeline.lines.iter().map(item).collect()
}

/// The lines to show. `show_sources` marks what no commit witnesses.
pub fn rendered(session: &Session<'_>, items: &[Item], show_sources: bool) -> String {
    let ui = &session.app.ui;
    let vocabulary = session.spoken_vocabulary();
    let clock = session.clock();
    let layout = Layout {
        clock: &clock,
        vocabulary: &vocabulary,
        width: ui.width(Stream::Out),
        palette: ui.palette(Stream::Out),
        show_sources,
        show_offset: session.is_elsewhere(),
    };
    layout.render(items)
}

/// As a table to be pasted, in the reader's language.
fn markdown(session: &Session<'_>, items: &[Item]) -> String {
    let (clock, vocabulary, github) = (session.clock(), session.spoken_vocabulary(), links::github(session));
    let lead = |reference, word: &str| links::address(session, From::Paste, reference, word);
    let linker = Linker { trackers: &session.settings.trackers, lead: &lead };
    let table = Table { clock: &clock, vocabulary: &vocabulary, linker };
    table.of_items(items, &|commit| match &github {
        Some(github) => format!("[{}]({})", short(commit), github.commit(commit)),
        None => short(commit).to_owned(),
    })
}

fn mermaid(session: &Session<'_>, found: &Found, items: &[Item]) -> String {
    let (clock, vocabulary) = (session.clock(), session.spoken_vocabulary());
    let diagram = Diagram { names: session.names(), clock: &clock, vocabulary: &vocabulary };
    let entries: Vec<_> = items.iter().filter_map(Item::event).map(|event| &event.entry).collect();
    diagram.text(&found.incident, &entries)
}

fn print_json(session: &Session<'_>, found: &Found, items: &[Item]) -> anyhow::Result<()> {
    let event = |event: &Event| EventJson {
        recorded: event.recorded().map(rfc3339),
        commit: event.commit.clone(),
        source: event.source.token(),
        undone: event.undone.as_deref().map(Into::into),
        ..EventJson::new(&event.entry)
    };
    let unread = |item: &Item| match item {
        Item::Unread { text, line } => Some(UnreadJson { line: *line, text: text.clone() }),
        Item::Event(_) => None,
    };
    let timeline = TimelineJson {
        id: found.incident.id.to_string(),
        events: items.iter().filter_map(Item::event).map(event).collect(),
        unread: items.iter().filter_map(unread).collect(),
    };
    session.app.print_json("incident.timeline", &timeline)
}
