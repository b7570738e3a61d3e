//! The incidents of a store, read for lists and for finding the one that is meant.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::moved::id_of;
use super::pages::is_page;
use super::session::Session;
use crate::document::{conflict_marker, parse_present};
use crate::domain::flow::{Category, Flow};
use crate::domain::id::IncidentId;
use crate::domain::incident::Incident;
use crate::domain::names::{Candidate, Purpose, Resolution, resolve};
use crate::failure::{Exit, Failure, Failures, Message};
use crate::say;
use crate::store::StorePath;
use crate::ui::{Item, YesNoPrompt};

/// The folder of the incident files.
pub const FOLDER: &str = "incidents";

/// An incident file that could be read.
#[derive(Clone, Debug)]
pub struct Found {
    pub path: StorePath,
    pub incident: Incident,
    /// Whether a merge has left its markers in the file's words.
    pub conflicted: bool,
}

impl Found {
    /// Reads the file's head.
    ///
    /// # Errors
    /// Every fault of it.
    pub fn read(path: StorePath, bytes: &[u8]) -> Result<Self, Vec<Failure>> {
        let incident = parse_present(path.as_str(), bytes)?;
        let conflicted = std::str::from_utf8(bytes).is_ok_and(|text| conflict_marker(text).is_some());
        Ok(Self { path, incident, conflicted })
    }
}

/// A file that looks like an incident's and could not be read.
#[derive(Clone, Debug)]
pub struct Broken {
    pub path: StorePath,
    pub id: Option<IncidentId>,
    pub faults: Vec<Failure>,
}

/// Everything under `incidents/`.
#[derive(Clone, Debug, Default)]
pub struct Archive {
    pub found: Vec<Found>,
    pub broken: Vec<Broken>,
    /// What could not even be looked at, such as links out of the store.
    pub refused: Vec<Failure>,
    /// Reviews and other pages beside the incidents, unread.
    pub pages: Vec<StorePath>,
}

impl Archive {
    pub fn read(session: &Session<'_>) -> anyhow::Result<Self> {
        let folder = StorePath::parse(FOLDER)?;
        let listing = session.store.list(&folder)?;
        let missing = session.store.missing(&folder, &listing.paths)?;
        let mut archive = Self { refused: listing.refused, ..Self::default() };
        let (incidents, others): (Vec<_>, Vec<_>) = listing.paths.into_iter().partition(may_be_incident);
        archive.pages = others.into_iter().filter(is_page).collect();
        for path in incidents {
            archive.add(session, path);
        }
        for path in missing.into_iter().filter(may_be_incident) {
            archive.add_missing(session, path)?;
        }
        Ok(archive)
    }

    /// The newest incidents by their ids, at most `most` of those declared on `since` or later: no other file is read.
    pub fn newest(session: &Session<'_>, since: NaiveDate, most: usize) -> anyhow::Result<Self> {
        let dated = |path: StorePath| Some((IncidentId::leading(path.file_name())?.date(), path));
        let mut newest: Vec<(NaiveDate, StorePath)> =
            files(session)?.into_iter().filter_map(dated).filter(|(date, _)| *date >= since).collect();
        newest.sort_by(|one, other| other.cmp(one));
        newest.truncate(most);
        let mut archive = Self::default();
        for (_, path) in newest {
            archive.add(session, path);
        }
        Ok(archive)
    }

    /// A committed file that is gone. It was only moved where another file, not committed yet, has its incident.
    fn add_missing(&mut self, session: &Session<'_>, path: StorePath) -> anyhow::Result<()> {
        let store = &session.store;
        let id = store.read_committed(&path)?.and_then(|bytes| id_of(&path, &bytes));
        let is_it = |other: Option<&IncidentId>| other.is_some() && other == id.as_ref();
        let found = self.found.iter().find(|found| is_it(Some(&found.incident.id))).map(|found| &found.path);
        let broken =
            || self.broken.iter().find(|broken| is_it(broken.id.as_ref())).map(|broken| &broken.path);
        let fault = match found.or_else(broken) {
            Some(to) if !store.is_committed(to)? => return Ok(()),
            Some(to) => Failure::new(Exit::Refused, "store-file-moved")
                .with("path", &path)
                .with("to", to)
                .hint(Message::new("store-hint-remove").with("command", store.git_command("commit", &path))),
            None => store.deleted_by_hand(&path),
        };
        self.broken.push(Broken { path, id, faults: vec![fault] });
        Ok(())
    }

    /// The ids that stand in several files, with those files.
    pub fn duplicates(&self) -> Vec<(&IncidentId, Vec<&Found>)> {
        let mut files: BTreeMap<&IncidentId, Vec<&Found>> = BTreeMap::new();
        for found in &self.found {
            files.entry(&found.incident.id).or_default().push(found);
        }
        files.into_iter().filter(|(_, files)| files.len() > 1).collect()
    }

    fn add(&mut self, session: &Session<'_>, path: StorePath) {
        let id = IncidentId::leading(path.file_name());
        let bytes = match session.store.read(&path) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return,
            Err(error) => {
                let fault = fault_of(&path, &error);
                self.broken.push(Broken { path, id, faults: vec![fault] });
                return;
            }
        };
        match Found::read(path.clone(), &bytes) {
            Ok(found) => self.found.push(found),
            // Without an id in its name or its front matter it is just a page.
            Err(faults) if id.is_some() || mentions_id(&bytes) => {
                self.broken.push(Broken { path, id, faults });
            }
            Err(_) => self.pages.push(path),
        }
    }
}

/// Why the file at `path` could not be read.
pub fn fault_of(path: &StorePath, error: &anyhow::Error) -> Failure {
    error
        .downcast_ref::<Failure>()
        .cloned()
        .unwrap_or_else(|| Failure::new(Exit::Failed, "unreadable").with("path", path).with("reason", error))
}

/// Which incident a command is about: `word`, else `$INCIDENT`, else the only live one, else the person's choice.
pub fn find(session: &Session<'_>, word: Option<&str>, purpose: Purpose) -> anyhow::Result<Found> {
    let from_environment = crate::context::variable("INCIDENT");
    match word.or(from_environment.as_deref()) {
        Some(word) => match by_id_in_name(session, word)? {
            Some(found) => Ok(found),
            None => by_name(session, &Archive::read(session)?, word, purpose),
        },
        None => the_only_live(session, &Archive::read(session)?, purpose),
    }
}

/// The incident whose file is named by the id, or by the random part of it, that `word` is: no other file has to be
/// read. None where that is not a single one, or where the file disagrees with its name.
fn by_id_in_name(session: &Session<'_>, word: &str) -> anyhow::Result<Option<Found>> {
    let is_meant = |id: &IncidentId| id.as_str() == word || id.short() == word;
    let mut named = files(session)?
        .into_iter()
        .filter(|path| IncidentId::leading(path.file_name()).as_ref().is_some_and(is_meant));
    let (Some(path), None) = (named.next(), named.next()) else { return Ok(None) };
    let Some(bytes) = session.store.read(&path)? else { return Ok(None) };
    let found = Found::read(path, &bytes).map_err(|faults| to_mend(session, faults))?;
    Ok(is_meant(&found.incident.id).then_some(found))
}

/// The incidents with these ids, in their order, as far as there are such files and they can be read. No other file is.
pub fn by_ids(session: &Session<'_>, ids: &[IncidentId]) -> anyhow::Result<Vec<Found>> {
    let mut archive = Archive::default();
    for path in files(session)? {
        if IncidentId::leading(path.file_name()).is_some_and(|id| ids.contains(&id)) {
            archive.add(session, path);
        }
    }
    archive.found.sort_by_key(|found| ids.iter().position(|id| *id == found.incident.id));
    Ok(archive.found)
}

/// Every file that may hold an incident.
fn files(session: &Session<'_>) -> anyhow::Result<Vec<StorePath>> {
    let listing = session.store.list(&StorePath::parse(FOLDER)?)?;
    Ok(listing.paths.into_iter().filter(may_be_incident).collect())
}

/// The file that is named by `id`. Reads no file.
pub fn path_by_name(session: &Session<'_>, id: &IncidentId) -> anyhow::Result<Option<StorePath>> {
    let is_named = |path: &StorePath| IncidentId::leading(path.file_name()).as_ref() == Some(id);
    Ok(files(session)?.into_iter().find(is_named))
}

/// The ids that files are named by, which a new incident must not take. Reads no file.
pub fn taken_ids(session: &Session<'_>) -> anyhow::Result<BTreeSet<IncidentId>> {
    Ok(files(session)?.iter().filter_map(|path| IncidentId::leading(path.file_name())).collect())
}

fn by_name(session: &Session<'_>, archive: &Archive, word: &str, purpose: Purpose) -> anyhow::Result<Found> {
    if let Some(found) = archive.found.iter().find(|found| is_path(session, found, word)) {
        return Ok(found.clone());
    }
    if let Some(broken) = archive.broken.iter().find(|broken| is_broken(broken, word)) {
        anyhow::bail!(to_mend(session, broken.faults.clone()));
    }
    let flow = &session.settings.flow;
    let candidate = |found| candidate(flow, found);
    let candidates: Vec<Candidate<'_>> = archive.found.iter().map(candidate).collect();
    match resolve(word, &candidates, purpose) {
        Resolution::One(index) => Ok(archive.found[index].clone()),
        Resolution::Many(indices) => pick(session, archive, &indices, word),
        Resolution::ByTitle(indices) => confirmed(session, archive, &indices, word),
        Resolution::None { near } => Err(not_found(session, archive, word, &near).into()),
    }
}

/// `faults` of a file, with what to do about them: no command mends what a person wrote.
pub fn to_mend(session: &Session<'_>, mut faults: Vec<Failure>) -> Failures {
    if let Some(last) = faults.last_mut().filter(|last| last.place.is_some()) {
        let command = session.command("check");
        last.hints.push(Message::new("hint-mend-by-hand").with("command", command));
    }
    Failures(faults)
}

fn candidate<'a>(flow: &Flow, found: &'a Found) -> Candidate<'a> {
    let incident = &found.incident;
    let open = flow.category(&incident.status).is_open();
    Candidate { id: &incident.id, aliases: &incident.aliases, title: &incident.title, open }
}

fn is_path(session: &Session<'_>, found: &Found, word: &str) -> bool {
    let below_root = || session.store.root().join(found.path.as_str()) == session.app.context.cwd.join(word);
    found.path.as_str() == word || (word.contains('/') && below_root())
}

fn is_broken(broken: &Broken, word: &str) -> bool {
    let by_id = broken.id.as_ref().is_some_and(|id| id.as_str() == word || id.short() == word);
    by_id || broken.path.as_str() == word
}

/// How many incidents are offered in an error.
const MOST_HINTS: usize = 5;

/// The only live incident; where none is live, the only one under review, but not for what is written of live ones.
fn the_only_live(session: &Session<'_>, archive: &Archive, purpose: Purpose) -> anyhow::Result<Found> {
    let flow = &session.settings.flow;
    let of = |wanted: fn(Category) -> bool| -> Vec<usize> {
        let category = |index: &usize| flow.category(&archive.found[*index].incident.status);
        (0..archive.found.len()).filter(|index| wanted(category(index))).collect()
    };
    let mut meant = of(Category::is_live);
    if meant.is_empty() && purpose != Purpose::Writing {
        meant = of(Category::is_open);
    }
    match meant.as_slice() {
        [only] => Ok(archive.found[*only].clone()),
        [] => {
            let failure =
                Failure::new(Exit::NotFound, "nothing-live").hint(session.hint("hint-name-incident"));
            // One of those that cannot be read may be the live one.
            let unread = archive.broken.len() + archive.refused.len();
            let broken = (unread > 0).then(|| session.hint("hint-broken-files").with("count", unread));
            let reviewed = of(Category::is_open).into_iter().take(MOST_HINTS).map(|index| {
                let incident = &archive.found[index].incident;
                Message::new("hint-candidate").with("id", &incident.id).with("title", &incident.title)
            });
            Err(broken.into_iter().chain(reviewed).fold(failure, Failure::hint).into())
        }
        several => pick(session, archive, several, ""),
    }
}

/// Lets the person choose; off a terminal an error that lists the candidates.
fn pick(session: &Session<'_>, archive: &Archive, indices: &[usize], word: &str) -> anyhow::Result<Found> {
    let ui = &session.app.ui;
    let line = |index: &usize| {
        let incident = &archive.found[*index].incident;
        let level = incident.severity.clone().unwrap_or_else(|| session.app.locale.text("severity-unrated"));
        Item::new(format!("{} {}", incident.id.short(), incident.title), level)
    };
    let items: Vec<Item> = indices.iter().map(line).collect();
    if !ui.interactive() {
        let is_live =
            |index: &usize| session.settings.flow.category(&archive.found[*index].incident.status).is_live();
        let key = match word {
            "" if indices.iter().any(is_live) => "several-live",
            "" => "several-under-review",
            _ => "ambiguous-incident",
        };
        let failure = Failure::new(Exit::Ambiguous, key).with("word", word).with("count", items.len());
        anyhow::bail!(with_candidates(failure, archive, indices));
    }
    let prompt = say!(session.app.locale, "pick-incident", count = items.len());
    let chosen = ui.session()?.pick(&prompt, &items)?.answered()?;
    Ok(archive.found[indices[chosen]].clone())
}

/// Words of a title are no name to write under: the person says which it is; off a terminal an error names the ids.
fn confirmed(
    session: &Session<'_>,
    archive: &Archive,
    indices: &[usize],
    word: &str,
) -> anyhow::Result<Found> {
    let ui = &session.app.ui;
    if let ([only], true) = (indices, ui.interactive()) {
        let found = &archive.found[*only];
        let (id, title) = (found.incident.id.short(), found.incident.title.as_str());
        let text = say!(session.app.locale, "title-meant", id = id, title = title);
        let prompt = YesNoPrompt { text: &text, yes: "", no: "", enter: None };
        if ui.session()?.yes_no(&prompt)?.answered()? {
            return Ok(found.clone());
        }
    } else if ui.interactive() {
        return pick(session, archive, indices, word);
    }
    let failure = Failure::new(Exit::Ambiguous, "title-is-no-id").with("word", word);
    let shown = &indices[..indices.len().min(MOST_HINTS)];
    Err(with_candidates(failure, archive, shown).into())
}

fn with_candidates(failure: Failure, archive: &Archive, indices: &[usize]) -> Failure {
    indices.iter().fold(failure, |failure, index| {
        let incident = &archive.found[*index].incident;
        failure.hint(Message::new("hint-candidate").with("id", &incident.id).with("title", &incident.title))
    })
}

fn not_found(session: &Session<'_>, archive: &Archive, word: &str, near: &[usize]) -> Failure {
    let mut failure =
        with_candidates(Failure::new(Exit::NotFound, "no-such-incident").with("word", word), archive, near);
    let closed_too = || session.settings.flow.first_in(Category::Closed).is_some();
    if near.is_empty() && closed_too() {
        failure = failure.hint(session.hint("hint-list-all"));
    }
    // It may have been declared elsewhere.
    failure.hints.extend(super::announce::not_taken_in(session));
    failure
}

/// A Markdown file that is neither a postmortem nor an index page nor inside an attachment folder.
pub fn may_be_incident(path: &StorePath) -> bool {
    let name = path.file_name();
    let attached = || {
        let folders = path.as_str().rsplit('/').skip(1);
        folders.into_iter().any(|folder| IncidentId::leading(folder).is_some())
    };
    let page = ["readme.md", "index.md"].iter().any(|page| name.eq_ignore_ascii_case(page));
    name.ends_with(".md") && !name.ends_with(".postmortem.md") && !page && !attached()
}

/// Whether the front matter has an `id` at all, so that a broken one is not taken for an ordinary page. What an editor
/// may have done to the file does not matter: blank lines above, a byte order mark, UTF-16.
pub fn mentions_id(bytes: &[u8]) -> bool {
    let text = decoded(&bytes[..bytes.len().min(4096)]);
    let mut lines = text.trim_start_matches('\u{feff}').lines().skip_while(|line| line.trim().is_empty());
    lines.next().is_some_and(|line| line.starts_with("---"))
        && lines.take_while(|line| line.trim_end() != "---").any(|line| line.starts_with("id:"))
}

/// The text in the encoding that its byte order mark names, else in UTF-8.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let utf16 = |unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect::<String>()
    };
    match bytes {
        [0xff, 0xfe, ..] => utf16(u16::from_le_bytes).into(),
        [0xfe, 0xff, ..] => utf16(u16::from_be_bytes).into(),
        _ => String::from_utf8_lossy(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_files_may_be_incidents() {
        for (path, expected) in [
            ("incidents/2026/11/20261120-k7qm-checkout.md", true),
            ("incidents/20261120-k7qm.md", true),
            ("incidents/by hand.md", true),
            ("incidents/README.md", false),
            ("incidents/2026/Index.md", false),
            ("incidents/20261120-k7qm-x.postmortem.md", false),
            ("incidents/20261120-k7qm-x/notes.md", false),
            ("incidents/20261120-k7qm-x/2026/notes.md", false),
            ("incidents/2026/11/20261120-k7qm.MD", false),
            ("incidents/20261120-k7qm.txt", false),
        ] {
            assert_eq!(may_be_incident(&StorePath::parse(path).expect("a path")), expected, "{path}");
        }
    }

    #[test]
    fn a_page_is_no_broken_incident_unless_its_front_matter_has_an_id() {
        for (text, expected) in [
            ("---\nid: x\n---\n", true),
            ("---\r\ntitle: [\r\nid: x\r\n", true),
            ("---\ntitle: x\n---\nid: y\n", false),
            ("---\nfields:\n  id: x\n---\n", false),
            ("# A page\nid: x\n", false),
            ("", false),
        ] {
            assert_eq!(mentions_id(text.as_bytes()), expected, "{text:?}");
        }
        let late = format!("---\n{}id: x\n", "# a long comment\n".repeat(1000));
        assert!(!mentions_id(late.as_bytes()));
        assert!(mentions_id(b"---\n\xff\xfe\nid: x\n"));
        let file = "\u{feff}\n---\nid: x\n---\n";
        let utf16 = |bytes: fn(u16) -> [u8; 2]| file.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        for bytes in [file.as_bytes().to_vec(), utf16(u16::to_le_bytes), utf16(u16::to_be_bytes)] {
            assert!(mentions_id(&bytes), "{bytes:?}");
        }
    }

    #[test]
    fn a_broken_file_is_found_by_its_name() {
        let path = StorePath::parse("incidents/20261120-k7qm-x.md").expect("a path");
        let broken = Broken { id: IncidentId::leading(path.file_name()), path, faults: Vec::new() };
        for (word, expected) in [
            ("20261120-k7qm", true),
            ("k7qm", true),
            ("incidents/20261120-k7qm-x.md", true),
            ("k7", false),
            ("x", false),
        ] {
            assert_eq!(is_broken(&broken, word), expected, "{word}");
        }
    }
}
