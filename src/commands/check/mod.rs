//! `incident check`: everything that is wrong, in one run.

mod findings;
mod mending;
mod witnesses;

use std::collections::BTreeMap;

use serde::Serialize;

use self::findings::Check;
use self::witnesses::HistoryJson;
use crate::commands::app::App;
use crate::commands::archive::Archive;
use crate::commands::lineage;
use crate::commands::remarks::lines;
use crate::commands::session::Session;
use crate::document::consistency::{Remark, Weight};
use crate::document::witness::Version;
use crate::failure::Exit;
use crate::say;
use crate::store::StorePath;
use crate::view::annotations::{github, inert};
use crate::view::json::{FindingJson, finding};

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
    // By the default rules nothing of the store's own is mended, and every entry with such a name would be an altered one.
    let by_form = !session.unreadable.is_empty();
    let nothing_to_mend = args.fix && !by_form && !mending::mend(&session, args.dry_run)?;
    let archive = Archive::read(&session)?;
    let mut check = Check::new(&session, &archive, &args.paths);
    check.whole()?;
    let histories = if args.no_history || by_form { BTreeMap::new() } else { histories(&session, &archive)? };
    let mut history = None;
    if args.history {
        let wanted = histories.iter().filter(|(path, _)| check.wants(path));
        let wanted = wanted.map(|(path, versions)| (path.clone(), versions.clone())).collect();
        let (remarks, commits) = witnesses::of_histories(&session, &wanted)?;
        check.remarks.extend(remarks);
        history = Some(commits);
    }
    let checked = check.files(histories)?;
    let report = Report { session: &session, remarks: check.remarks, history, checked };
    if nothing_to_mend {
        report.say_nothing_mended();
    }
    report.show(args.annotations)
}

/// The versions of every incident file, by the names that the files of `archive` have.
fn histories(session: &Session<'_>, archive: &Archive) -> anyhow::Result<BTreeMap<StorePath, Vec<Version>>> {
    let found = archive.found.iter().map(|found| &found.path);
    lineage::of_all(session, &found.chain(archive.broken.iter().map(|broken| &broken.path)).collect())
}

/// What was found, for people and programs.
struct Report<'a> {
    session: &'a Session<'a>,
    remarks: Vec<Remark>,
    history: Option<HistoryJson>,
    /// How many incident files were looked at.
    checked: usize,
}

impl Report<'_> {
    fn has_errors(&self) -> bool {
        self.remarks.iter().any(|remark| remark.weight == Weight::Error)
    }

    fn say_nothing_mended(&self) {
        let app = self.session.app;
        let key = if self.has_errors() { "mend-by-hand" } else { "nothing-changed" };
        app.ui.say(&app.locale.text(key));
    }

    /// Shows what was found, worst first within each file, and decides the exit code.
    fn show(mut self, annotations: Option<Service>) -> anyhow::Result<Exit> {
        let app = self.session.app;
        self.remarks.sort_by(|a, b| (&a.place, a.weight).cmp(&(&b.place, b.weight)));
        let exit = if self.has_errors() { Exit::Invalid } else { Exit::Done };
        if app.globals.json {
            let findings = self.remarks.iter().map(|remark| finding(remark, &app.locale)).collect();
            app.print_json(
                "incident.check",
                &CheckJson { checked: self.checked, findings, history: self.history },
            )?;
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
        app.ui.say(&say!(
            app.locale,
            "check-totals",
            count = self.checked,
            errors = errors,
            warnings = warnings
        ));
        Ok(exit)
    }
}
