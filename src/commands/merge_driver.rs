//! `incident merge-driver`: what git runs to merge an incident file that both sides have changed.

use std::path::{Path, PathBuf};

use super::app::App;
use super::merging::{Rules, Versions, merge_versions};
use crate::context;
use crate::document::merge::{Merged, merge_document};
use crate::failure::{Exit, Failure};
use crate::store::{self, StorePath};

/// Merge an incident file for git; init registers it, nobody types it
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// The common ancestor's version (%O); an empty file if there is none
    #[arg(value_name = "BASE")]
    pub base: PathBuf,

    /// Our version (%A), which the result replaces
    #[arg(value_name = "OURS")]
    pub ours: PathBuf,

    /// Their version (%B)
    #[arg(value_name = "THEIRS")]
    pub theirs: PathBuf,

    /// The length of conflict markers (%L)
    #[arg(value_name = "LENGTH")]
    pub length: Option<usize>,

    /// The file's path in the repository (%P)
    #[arg(value_name = "PATH")]
    pub path: Option<String>,
}

pub fn run(args: Args, app: &App) -> anyhow::Result<Exit> {
    let read = |path: &Path| context::read_bytes(&app.context.cwd, path);
    let (base, ours, theirs) = (read(&args.base)?, read(&args.ours)?, read(&args.theirs)?);
    let name = args.path.unwrap_or_else(|| args.ours.display().to_string());
    let path = StorePath::parse(&name)?;
    // git has an empty file where there is no ancestor; an incident file never is.
    let versions = Versions { base: (!base.is_empty()).then_some(&base), ours: &ours, theirs: &theirs };
    let rules = Rules::read(&store_of(app, &name));
    let merged =
        merge_versions(&path, versions, &rules).or_else(|faults| line_by_line(app, versions, faults))?;
    if !merged.text.as_bytes().eq(&ours) {
        context::replace_file(&app.context.cwd, &args.ours, merged.text.as_bytes())?;
    }
    for note in &merged.notes {
        app.ui.say(&format!("{name}: {}", app.locale.say(note)));
    }
    Ok(if merged.conflicted { Exit::Failed } else { Exit::Done })
}

/// The store that holds the file, which need not be checked out: the option's, else the nearest above the file.
fn store_of(app: &App, path: &str) -> PathBuf {
    let named = app.globals.store.as_ref().map(|store| app.context.cwd.join(store));
    named.or_else(|| store::discover(&app.context.cwd.join(path))).unwrap_or_else(|| app.context.cwd.clone())
}

/// A version that is no incident file leaves its conflict to the person, as git does: nothing is decided, nothing is lost.
fn line_by_line(app: &App, versions: Versions<'_>, faults: Vec<Failure>) -> anyhow::Result<Merged> {
    for fault in &faults {
        let place = fault.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
        app.ui.say(&format!("{place}{}", app.locale.say(&fault.message)));
    }
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec());
    let texts = (text(versions.base.unwrap_or_default()), text(versions.ours), text(versions.theirs));
    let (Ok(base), Ok(ours), Ok(theirs)) = texts else {
        return Err(crate::failure::Failures(faults).into());
    };
    // Two ways to have the same text are no conflict; anything else is for the person to look at.
    Ok(Merged { conflicted: true, ..merge_document(&base, &ours, &theirs) })
}
