//! Any words and any incident file as people see them: nothing that steers a terminal, nothing that breaks a table.

use incident::document::TimelineLine;
use incident::document::consistency::{Known, remarks};
use incident::document::{IncidentFile, parse, parse_report, prose_sections};
use incident::domain::event::Entry;
use incident::domain::invocation::Invocation;
use incident::domain::links::{self, Reference, Tracker};
use incident::domain::reminder::Watch;
use incident::domain::report::Report;
use incident::domain::text::Lang;
use incident::domain::timeline::{Event, Item, Source};
use incident::locale::Locale;
use incident::locale::times::Clock;
use incident::view::brief::Brief;
use incident::view::diagram::Diagram;
use incident::view::markdown::{Linker, Table, cell, link_in_words, link_item};
use incident::view::names::Names;
use incident::view::palette::Palette;
use incident::view::postmortem::Regions;
use incident::view::sanitize::{clean_title, is_hostile, sanitize, sanitize_block};
use incident::view::show::{Content, Page};
use incident::view::situation::Situation;
use incident::view::timeline::Layout;
use incident::view::width::{truncate, width, wrap};
use incident::view::{annotations, list, subject};

use super::input::{self, Desk};

const PATH: &str = "incidents/2026/11/20261120-k7qm.md";

pub fn holds(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    words_are_harmless(&text);
    cells_stay_cells(&text);
    lines_fit(&text);
    let desk = Desk::of(Lang::Ja);
    if let Ok(file) = parse(PATH, data, &desk.vocabulary) {
        Lang::ALL.into_iter().for_each(|lang| pages_are_inert(&text, &file, lang));
    }
}

fn words_are_harmless(text: &str) {
    let seen = |text: &str| {
        let mut before = None;
        text.chars().any(|c| is_hostile(c, before.replace(c)))
    };
    let one_line = sanitize(text);
    assert!(!seen(&one_line), "{one_line:?}");
    assert_eq!(sanitize(&one_line), one_line, "what is harmless stays");
    let block = sanitize_block(text);
    assert!(!seen(&block.replace(['\n', '\t'], "")) || seen(""), "{block:?}");
    assert_eq!(sanitize_block(&block), block, "what is harmless stays");
    let (title, _) = clean_title(text);
    assert!(!seen(&title), "{title:?}");
    assert_eq!(clean_title(&title), (title.clone(), false), "a clean title stays");
}

fn cells_stay_cells(text: &str) {
    let trackers = [Tracker { prefix: "PAY".into(), url: "https://t.example.org/{key}".into() }];
    let lead = |reference: Reference, word: &str| match reference {
        Reference::Commit => None,
        Reference::Ticket => links::ticket_address(word, &trackers),
        Reference::Incident => Some(format!("{word}.md")),
        Reference::Address => links::safe_address(word),
    };
    let linked = Linker { trackers: &trackers, lead: &lead }.cell(text);
    for cell in [cell(text), linked] {
        assert!(!cell.contains(['\n', '\r']), "{cell:?}");
        let ends = cell.match_indices('|').any(|(at, _)| !is_escaped(&cell, at));
        assert!(!ends, "a bar ends the cell: {cell:?}");
        input::is_inert(&cell);
    }
    let item = link_item(text, Some("https://example.org"));
    assert!(!item.contains('\n'), "{item:?}");
    link_in_words(&item);
    link_in_words(text);
    for found in links::find(text, &trackers) {
        assert!(text.get(found.range).is_some_and(|word| !word.is_empty()));
    }
    if let Some(address) = links::safe_address(text) {
        assert!(
            !address.contains(|c: char| c.is_whitespace() || c.is_control() || "<>()\"".contains(c)),
            "{address:?}"
        );
        assert!(
            ["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme)),
            "{address:?}"
        );
    }
}

fn is_escaped(text: &str, at: usize) -> bool {
    text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

fn lines_fit(text: &str) {
    let line = sanitize(text);
    for limit in [2, 20, 80] {
        assert!(width(&truncate(&line, limit)) <= limit, "{line:?}");
        for row in wrap(&line, limit) {
            assert!(width(&row) <= limit, "{row:?} of {line:?}");
        }
    }
}

/// Every page of the incident, in one language of the reader.
fn pages_are_inert(text: &str, file: &IncidentFile, lang: Lang) {
    let desk = Desk::of(lang);
    let locale = Locale::new(lang);
    let clock = Clock { locale: &locale, now: input::now(), zone: chrono_tz::Asia::Tokyo };
    let (flow, policy, staff) = (&desk.settings.flow, &desk.policy, &desk.settings.staff);
    let names = Names { locale: &locale, flow, policy, staff };
    let vocabulary = &desk.vocabulary;
    let items: Vec<Item> = file.timeline.lines.iter().map(item).collect();
    let invocation = Invocation::default();
    for width in [20, 80] {
        let page = Page {
            names,
            clock: &clock,
            invocation: &invocation,
            width,
            palette: Palette::Plain,
            show_zone: true,
        };
        let layout = Layout {
            clock: &clock,
            vocabulary,
            width,
            palette: Palette::Plain,
            show_sources: true,
            show_offset: true,
        };
        let timeline = layout.render(&items);
        input::is_inert(&timeline);
        let latest = subject::of_each(&file.timeline.to_entries(), vocabulary, &clock).concat();
        let sections = prose_sections(&file.body);
        let content = Content {
            file,
            path: PATH,
            timeline: &timeline,
            earlier: 1,
            latest: &latest,
            related: &[&file.incident],
            sections: &sections,
            postmortem: None,
            to_do: None,
        };
        input::is_inert(&page.render(&content));
        let watch = Watch {
            policy,
            staff,
            zone: chrono_tz::Asia::Tokyo,
            holidays: &[],
            working_hours: desk.settings.working_hours,
            now: input::now(),
        };
        input::is_inert(&Situation { page, vocabulary, watch, steps: &desk.settings.steps }.render(file));
        input::is_inert(&list::table(&[&file.incident], &names, &clock, Some(width), Palette::Plain));
    }
    blocks_are_inert(file, names, &clock);
    documents_are_inert(file, &items, names, &clock);
    for remark in remarks(PATH, text, file, Known { flow, policy, staff }) {
        let line = annotations::github(&remark, "", &locale);
        input::is_inert(&line);
        assert!(!line.contains('\n'), "one command a line: {line:?}");
    }
}

fn item(line: &TimelineLine) -> Item {
    match line {
        TimelineLine::Other { text, line } => Item::Unread { text: text.clone(), line: *line },
        TimelineLine::Entry { entry, .. } => Item::Event(Event {
            entry: entry.clone(),
            witnessed: None,
            commit: None,
            source: Source::File,
            undone: None,
        }),
    }
}

/// What is pasted into a chat.
fn blocks_are_inert(file: &IncidentFile, names: Names<'_>, clock: &Clock<'_>) {
    let read = |entry: &Entry| Some((entry.clone(), parse_report(entry, &Desk::of(Lang::Ja).vocabulary)?));
    let reports: Vec<(Entry, Report)> = file.timeline.entries().filter_map(read).take(3).collect();
    for report in reports.iter().map(Some).chain([None]) {
        let report = report.map(|(entry, report)| (entry, report));
        let brief = Brief {
            names,
            clock,
            invocation: &Invocation::default(),
            file,
            report,
            is_latest: true,
            corrections: &[],
            last_words: Some("x"),
        };
        for block in [brief.for_staff(), brief.for_management(), brief.for_newcomer()] {
            input::is_inert(&block);
        }
        brief.for_customers().iter().for_each(|block| input::is_inert(block));
    }
}

/// What is written into documents, which are read on terminals, too.
fn documents_are_inert(file: &IncidentFile, items: &[Item], names: Names<'_>, clock: &Clock<'_>) {
    let vocabulary = &Desk::of(names.locale.lang()).vocabulary;
    let lead = |_: Reference, word: &str| links::safe_address(word);
    let linker = Linker { trackers: &[], lead: &lead };
    let table = Table { clock, vocabulary, linker }.of_items(items, &|commit| commit.to_owned());
    input::is_inert(&table);
    let rows = table.lines().count();
    assert_eq!(rows, items.len() + 2, "one row an item:\n{table}");
    let entries: Vec<&Entry> = file.timeline.entries().collect();
    let diagram = Diagram { names, clock, vocabulary }.text(&file.incident, &entries);
    input::is_inert(&diagram);
    assert!(!diagram.contains("%%") && !diagram.contains('`') && !diagram.contains('<'), "{diagram}");
    let regions = Regions { names, clock, vocabulary, path: "a.postmortem.md", due: None, linker };
    for name in Regions::NAMES {
        input::is_inert(&regions.content(name, file));
    }
}
