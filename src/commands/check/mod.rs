//! `incident check`: everything that is wrong, in one run.

mod mending;
mod witnesses;

use std::collections::BTreeMap;

use serde::Serialize;

use self::witnesses::HistoryJson;
use crate::commands::announce::short;
use crate::commands::app::App;
use crate::commands::archive::{Archive, Broken, Found};
use crate::commands::lineage;
use crate::commands::pages;
use crate::commands::policy::review::Configuration;
use crate::commands::remarks::{as_error, lines};
use crate::commands::session::Session;
use crate::config::SETTINGS_FILE;
use crate::document::consistency::{self, Known, Remark, Weight};
use crate::document::parse;
use crate::document::witness::{self, Contradiction, Version};
use crate::domain::duplicates;
use crate::domain::id::IncidentId;
use crate::domain::incident::Incident;
use crate::domain::timeline::Source;
use crate::failure::{Exit, Failure, Message, Place};
use crate::say;
use crate::store::StorePath;
use crate::view::annotations::{github, inert};
use crate::view::json::{FindingJson, finding};
use crate::view::store_readme;

/// Check everything: configuration, incident files, and what git witnesses
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// Check only these files, given as paths in the store
    #[arg(value_name = "FILE")]
    pub paths: Vec<String>,

    /// Look at the files alone, not at their history
    #[arg(long)]
    pub no_history: bool,

    /// Look at what the commits are worth as witnesses, too: signatures, the order of their times, squashes, shallow clones
    #[arg(long, conflicts_with = "no_history")]
    pub history: bool,

    /// Check the files that are checked out, whatever branch the store is on
    #[arg(long)]
    pub here: bool,

    /// Mend what a rule can mend, each as a commit: ids in two files, names that say another id, recorded entries that were
    /// lost. On a terminal you are asked for each
    #[arg(long, conflicts_with_all = ["paths", "here", "no_history", "annotations"])]
    pub fix: bool,

    /// With --fix: show what would be mended, and do nothing
    #[arg(short = 'n', long, requires = "fix")]
    pub dry_run: bool,

    /// Print the findings as annotations, too, for the service that runs this: github. Implies --here
    #[arg(long, value_name = "SERVICE", hide_possible_values = true)]
    pub annotations: Option<Service>,
}

/// The values of `--annotations`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Service {
    Github,
}

#[derive(Serialize)]
struct CheckJson {
    /// How many incident files were looked at.
    checked: usize,
    findings: Vec<FindingJson>,
    /// With `--history`: the commits of incident files, by what they are worth.
    history: Option<HistoryJson>,
}

pub fn run(args: Args, app: &App) -> anyhow::Result<Exit> {
    let as_checked_out = args.here || args.annotations.is_some();
    let session =
        if as_checked_out { Session::open_as_checked_out(app)? } else { Session::open_quietly(app)? };
    // By the default rules nothing of the store's own is mended.
    let nothing_to_mend =
        args.fix && session.unreadable.is_empty() && !mending::mend(&session, args.dry_run)?;
    let mut check = Check { session: &session, remarks: Vec::new(), history: None };
    if args.paths.is_empty() {
        check.configuration()?;
    }
    let archive = Archive::read(&session)?;
    let wanted =
        |path: &StorePath| args.paths.is_empty() || args.paths.iter().any(|named| named == path.as_str());
    let found: Vec<&Found> = archive.found.iter().filter(|found| wanted(&found.path)).collect();
    for broken in archive.broken.iter().filter(|broken| wanted(&broken.path)) {
        check.remarks.extend(broken.faults.iter().take(MOST_FAULTS).map(as_error));
        check.more_faults(broken);
    }
    if args.paths.is_empty() {
        check.remarks.extend(archive.refused.iter().map(as_error));
    }
    for path in archive.pages.iter().filter(|path| wanted(path)) {
        check.remarks.extend(pages::remarks(&session, path));
    }
    for path in args.paths.iter().filter(|path| !exists(&archive, path)) {
        check.remarks.push(as_error(&Failure::new(Exit::NotFound, "check-no-such-file").with("path", path)));
    }
    if args.paths.is_empty() {
        check.duplicates(&archive);
        if session.unreadable.is_empty() {
            check.originals(&archive)?;
        }
    }
    check.remarks.extend(session.unreadable.iter().map(|path| form_only(path)));
    let form_only = !session.unreadable.is_empty();
    let mut histories =
        if args.no_history || form_only { BTreeMap::new() } else { histories(&session, &archive)? };
    if args.history {
        let wanted =
            histories.iter().filter(|(path, _)| wanted(path)).map(|(path, own)| (path.clone(), own.clone()));
        let (remarks, history) = witnesses::of_histories(&session, &wanted.collect())?;
        check.remarks.extend(remarks);
        check.history = Some(history);
    }
    for found in &found {
        check.file(found, histories.remove(&found.path))?;
    }
    let broken = archive.broken.iter().filter(|broken| wanted(&broken.path)).count();
    if nothing_to_mend {
        check.say_nothing_mended();
    }
    check.report(found.len() + broken, args.annotations)
}

/// The versions of every incident file, by the names that the files of `archive` have.
fn histories(session: &Session<'_>, archive: &Archive) -> anyhow::Result<BTreeMap<StorePath, Vec<Version>>> {
    let found = archive.found.iter().map(|found| &found.path);
    lineage::of_all(session, &found.chain(archive.broken.iter().map(|broken| &broken.path)).collect())
}

/// By the default rules every name of the store's own would be unknown, and every entry with one an altered one.
fn form_only(path: &str) -> Remark {
    let place = Place { path: path.to_owned(), line: 1, column: 1 };
    Remark::new(Weight::Note, place, Message::new("check-form-only").with("path", path))
}

fn exists(archive: &Archive, path: &str) -> bool {
    let found = archive.found.iter().map(|found| &found.path);
    let broken = archive.broken.iter().map(|broken| &broken.path);
    found.chain(broken).chain(&archive.pages).any(|known| known.as_str() == path)
}

/// Of one file that cannot be read. Whoever has mended these sees the rest.
const MOST_FAULTS: usize = 10;

/// A check under way.
struct Check<'a> {
    session: &'a Session<'a>,
    remarks: Vec<Remark>,
    history: Option<HistoryJson>,
}

impl Check<'_> {
    /// The policy with its cases, the settings, and what one says of the other.
    fn configuration(&mut self) -> anyhow::Result<()> {
        let session = self.session;
        let settings = StorePath::parse(SETTINGS_FILE)?;
        if session.store.is_missing(&settings)? {
            self.remarks.push(as_error(&session.store.deleted_by_hand(&settings)));
        }
        self.remarks.extend(Configuration::of_store(session)?.review(session.app.locale.lang()).remarks);
        if !session.unreadable.is_empty() {
            return Ok(());
        }
        self.readme()?;
        self.remarks.extend(crate::commands::templates::templates(session)?.faults().map(as_error));
        self.remarks.extend(crate::commands::schema::remarks(session)?);
        Ok(())
    }

    /// Says how many faults of a file are not shown: a hostile one can have thousands.
    fn more_faults(&mut self, broken: &Broken) {
        let Some(next) = broken.faults.get(MOST_FAULTS) else { return };
        let message = Message::new("check-more-faults").with("count", broken.faults.len() - MOST_FAULTS);
        self.remarks.push(Remark { message, hints: Vec::new(), ..as_error(next) });
    }

    /// The page for newcomers, where it tells of other levels or statuses than the configuration does.
    fn readme(&mut self) -> anyhow::Result<()> {
        let session = self.session;
        let Some(text) = session.read_text(store_readme::PATH)? else { return Ok(()) };
        let names = session.names_in(&session.documents);
        if let Some(line) = store_readme::stale_line(&text, names) {
            let place = Place { path: store_readme::PATH.to_owned(), line, column: 1 };
            let mut remark = Remark::new(Weight::Note, place, Message::new("check-readme-stale"));
            remark.hints.push(session.hint("hint-init-readme"));
            self.remarks.push(remark);
        }
        Ok(())
    }

    /// The same id in two files, and ids that differ from their file's name.
    fn duplicates(&mut self, archive: &Archive) {
        for (id, files) in archive.duplicates() {
            for found in &files[1..] {
                let fault = Failure::new(Exit::Invalid, "check-duplicate-id")
                    .with("id", id)
                    .with("other", &files[0].path);
                self.remarks.push(as_error(&self.mendable(fault).at(&found.path, 1, 1)));
            }
        }
        for found in &archive.found {
            let id = &found.incident.id;
            if let Some(named) = IncidentId::leading(found.path.file_name()).filter(|named| named != id) {
                let fault = Failure::new(Exit::Invalid, "check-id-differs-from-name")
                    .with("id", id)
                    .with("name", named);
                self.remarks.push(as_error(&self.mendable(fault).at(&found.path, 1, 1)));
            }
        }
    }

    /// What `--fix` can mend.
    fn mendable(&self, fault: Failure) -> Failure {
        fault.hint(self.hint_fix())
    }

    fn hint_fix(&self) -> Message {
        Message::new("hint-check-fix").with("command", self.session.command("check --fix"))
    }

    /// Incidents that are the same as one that is not there, as themselves, or as another although they go on.
    fn originals(&mut self, archive: &Archive) -> anyhow::Result<()> {
        let by_id: BTreeMap<&str, &Incident> =
            archive.found.iter().map(|found| (found.incident.id.as_str(), &found.incident)).collect();
        let original_of = |id: &str| by_id.get(id).and_then(|incident| incident.duplicate_of.as_deref());
        for found in &archive.found {
            let Some(original) = found.incident.duplicate_of.as_deref() else { continue };
            let open = self.session.settings.flow.category(&found.incident.status).is_open();
            let (weight, key) = match (by_id.contains_key(original), open) {
                (false, _) => (Weight::Error, "check-original-missing"),
                _ if duplicates::is_in_circle(found.incident.id.as_str(), original_of) => {
                    (Weight::Error, "check-original-circle")
                }
                (true, true) => (Weight::Warning, "check-original-of-open"),
                (true, false) => continue,
            };
            let text = self.session.read_text(found.path.as_str())?.unwrap_or_default();
            let line =
                text.lines().position(|line| line.starts_with("duplicate_of:")).map_or(1, |line| line + 1);
            let place = Place { path: found.path.to_string(), line, column: 1 };
            self.remarks.push(Remark::new(weight, place, Message::new(key).with("id", original)));
        }
        Ok(())
    }

    /// One file by itself, and against its history.
    fn file(&mut self, found: &Found, versions: Option<Vec<Version>>) -> anyhow::Result<()> {
        let session = self.session;
        let bytes = session.store.read(&found.path)?.unwrap_or_default();
        let file = match parse(found.path.as_str(), &bytes, &session.vocabulary) {
            Ok(file) => file,
            Err(faults) => {
                self.remarks.extend(faults.iter().map(as_error));
                return Ok(());
            }
        };
        if !session.unreadable.is_empty() {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&bytes);
        let settings = &session.settings;
        let known = Known { flow: &settings.flow, policy: &session.policy, staff: &settings.staff };
        self.remarks.extend(consistency::remarks(found.path.as_str(), &text, &file, known));
        if let Some(versions) = versions {
            self.history(found, &file, &versions);
        }
        Ok(())
    }

    fn history(&mut self, found: &Found, file: &crate::document::IncidentFile, versions: &[Version]) {
        let session = self.session;
        let path = found.path.as_str();
        let joined = witness::join(path, file, versions, &session.vocabulary);
        let place = |line| Place { path: path.to_owned(), line, column: 1 };
        for Contradiction::Altered { entry, commit, by } in joined.contradictions {
            let what = crate::view::subject::of_entry(&entry, &session.vocabulary);
            let mut message =
                Message::new("check-entry-altered").with("entry", what).with("commit", short(&commit));
            if let Some((by, author)) = by {
                message = Message { key: "check-entry-altered-by", ..message }
                    .with("by", short(&by))
                    .with("author", author);
            }
            let hints = vec![self.hint_fix()];
            self.remarks.push(Remark { hints, ..Remark::new(Weight::Error, place(1), message) });
        }
        let unwitnessed = joined.items.iter().filter_map(|item| item.event());
        let unwitnessed = unwitnessed.filter(|event| event.source == Source::File).count();
        if unwitnessed > 0 {
            let key =
                if session.store.is_shallow() { "check-unwitnessed-shallow" } else { "check-unwitnessed" };
            let message = Message::new(key).with("count", unwitnessed);
            self.remarks.push(Remark::new(Weight::Note, place(1), message));
        }
    }

    fn has_errors(&self) -> bool {
        self.remarks.iter().any(|remark| remark.weight == Weight::Error)
    }

    fn say_nothing_mended(&self) {
        let app = self.session.app;
        let key = if self.has_errors() { "mend-by-hand" } else { "nothing-changed" };
        app.ui.say(&app.locale.text(key));
    }

    /// Shows what was found, worst first within each file, and decides the exit code.
    fn report(mut self, checked: usize, annotations: Option<Service>) -> anyhow::Result<Exit> {
        let app = self.session.app;
        self.remarks.sort_by(|a, b| (&a.place, a.weight).cmp(&(&b.place, b.weight)));
        let exit = if self.has_errors() { Exit::Invalid } else { Exit::Done };
        if app.globals.json {
            let findings = self.remarks.iter().map(|remark| finding(remark, &app.locale)).collect();
            app.print_json("incident.check", &CheckJson { checked, findings, history: self.history })?;
            return Ok(exit);
        }
        let mut lines: Vec<String> = self.remarks.iter().flat_map(|remark| lines(app, remark)).collect();
        if let Some(Service::Github) = annotations {
            let prefix = self.session.store.prefix();
            lines = lines.iter().map(|line| inert(line)).collect();
            lines.extend(self.remarks.iter().map(|remark| github(remark, prefix, &app.locale)));
        }
        app.ui.out(&lines.join("\n"))?;
        if let Some(history) = &self.history {
            app.ui.out(&witnesses::in_words(self.session, history))?;
        }
        let count = |weight| self.remarks.iter().filter(|remark| remark.weight == weight).count();
        let (errors, warnings) = (count(Weight::Error), count(Weight::Warning));
        app.ui.say(&say!(app.locale, "check-totals", count = checked, errors = errors, warnings = warnings));
        Ok(exit)
    }
}
