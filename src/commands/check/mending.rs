//! `incident check --fix`: what can be mended by a rule, one commit each, never without a word.

use std::collections::BTreeSet;

use crate::commands::archive::{Archive, FOLDER, Found};
use crate::commands::hand_edit::{HandEdits, Settled, message_without_entries};
use crate::commands::lineage;
use crate::commands::moved::beside;
use crate::commands::record::{Files, edit, locked, message_about, proposal, retried};
use crate::commands::session::Session;
use crate::commands::write_args::{CommitArgs, Recorder};
use crate::document::witness::{self, Contradiction, Version};
use crate::document::{IncidentFile, parse};
use crate::domain::change::{Change, Value};
use crate::domain::event::{Entry, EventKind};
use crate::domain::id::IncidentId;
use crate::domain::moment::Moment;
use crate::failure::{Exit, Failure, Failures, Message};
use crate::say;
use crate::store::{Outcome, StorePath, Writer};
use crate::ui::YesNoPrompt;
use crate::view::subject;

/// What can be mended in one file.
enum Mending {
    /// Another incident has its id by right: it gets a new one, and keeps the old as an alias.
    NewId { old: IncidentId, new: IncidentId },
    /// Its name says another id than it has itself.
    Name { to: StorePath },
    /// Entries that were recorded in these commits and have been lost since.
    Entries { lost: Vec<(Entry, String)> },
}

/// Mends what it can, asking for each on a terminal, and says what it did: whether there was anything.
pub fn mend(session: &Session<'_>, dry_run: bool) -> anyhow::Result<bool> {
    let recorder = Recorder::at(session, Moment::exact(session.now()), None)?;
    let args = CommitArgs { dry_run, ..CommitArgs::default() };
    let (mut mended, mut left) = (0, 0);
    for (path, mending) in mendings(session)? {
        let about = mending.about(session, &path);
        if dry_run {
            session.app.ui.say(&session.app.locale.say(&about));
        } else if is_wanted(session, &about)? {
            let work = Work { session, recorder: &recorder, args: &args, path: &path };
            work.run(&mending)?;
            session.app.ui.tell_done(&session.app.locale.say(&about));
            mended += 1;
        } else {
            left += 1;
        }
    }
    if mended > 0 {
        crate::commands::announce::say_where(session);
    } else if dry_run {
        session.app.ui.say(&session.app.locale.text("dry-run-done"));
    } else if left > 0 {
        session.app.ui.say(&session.app.locale.text("mend-left"));
    }
    Ok(dry_run || mended + left > 0)
}

/// Without a terminal `--fix` itself is the answer.
fn is_wanted(session: &Session<'_>, about: &Message) -> anyhow::Result<bool> {
    let app = session.app;
    if !app.ui.interactive() {
        return Ok(true);
    }
    app.ui.say(&app.locale.say(about));
    let text = app.locale.text("mend-ask");
    let prompt = YesNoPrompt { text: &text, yes: "", no: "", enter: Some(true) };
    app.ui.session()?.yes_no(&prompt)?.answered()
}

/// In the order in which they are to be done: ids first, since a name follows from one.
fn mendings(session: &Session<'_>) -> anyhow::Result<Vec<(StorePath, Mending)>> {
    let archive = Archive::read(session)?;
    let mut all = new_ids(&archive);
    let renumbered: BTreeSet<StorePath> = all.iter().map(|(path, _)| path.clone()).collect();
    for found in archive.found.iter().filter(|found| !renumbered.contains(&found.path)) {
        all.extend(name_of(found, &archive)?.map(|mending| (found.path.clone(), mending)));
    }
    let histories = super::histories(session, &archive)?;
    for (found, versions) in
        archive.found.iter().filter_map(|found| Some((found, histories.get(&found.path)?)))
    {
        // What cannot be read whole is told by the check itself.
        let Ok(file) = session.incident_file(&found.path) else { continue };
        let lost = lost_entries(session, &found.path, &file, versions);
        if !lost.is_empty() {
            all.insert(0, (found.path.clone(), Mending::Entries { lost }));
        }
    }
    Ok(all)
}

/// The earlier declaration keeps the id, of two at the same time the first path; a file whose name says a free id of its
/// own takes that one.
fn new_ids(archive: &Archive) -> Vec<(StorePath, Mending)> {
    let mut taken: BTreeSet<IncidentId> =
        archive.found.iter().map(|found| found.incident.id.clone()).collect();
    let mut mendings = Vec::new();
    for (id, mut files) in archive.duplicates() {
        files.sort_by_key(|found| (found.incident.declared().map(|at| at.at), &found.path));
        for found in files.into_iter().skip(1) {
            let named = IncidentId::leading(found.path.file_name()).filter(|named| !taken.contains(named));
            let new = named.unwrap_or_else(|| id.instead(found.path.as_str(), |new| taken.contains(new)));
            taken.insert(new.clone());
            mendings.push((found.path.clone(), Mending::NewId { old: id.clone(), new }));
        }
    }
    mendings
}

/// The name that a file should have whose name begins with another id; none where that is taken.
fn name_of(found: &Found, archive: &Archive) -> anyhow::Result<Option<Mending>> {
    let id = &found.incident.id;
    let Some(named) = IncidentId::leading(found.path.file_name()).filter(|named| named != id) else {
        return Ok(None);
    };
    let to = renamed(&found.path, &named, id)?;
    let broken = archive.broken.iter().map(|broken| &broken.path);
    let is_free = archive.found.iter().map(|other| &other.path).chain(broken).all(|other| *other != to);
    Ok(is_free.then_some(Mending::Name { to }))
}

fn renamed(path: &StorePath, old: &IncidentId, new: &IncidentId) -> anyhow::Result<StorePath> {
    let Some(rest) = path.file_name().strip_prefix(old.as_str()) else { return Ok(path.clone()) };
    let name = format!("{new}{rest}");
    Ok(match path.parent() {
        Some(folder) => folder.join(&name)?,
        None => StorePath::parse(&name)?,
    })
}

/// What the tool recorded, and the file no longer has: each with the commit that tells of it.
fn lost_entries(
    session: &Session<'_>,
    path: &StorePath,
    file: &IncidentFile,
    versions: &[Version],
) -> Vec<(Entry, String)> {
    let joined = witness::join(path.as_str(), file, versions, &session.vocabulary);
    let lost = |Contradiction::Altered { entry, commit, .. }| (entry, commit);
    joined.contradictions.into_iter().map(lost).collect()
}

impl Mending {
    fn about(&self, session: &Session<'_>, path: &StorePath) -> Message {
        match self {
            Self::NewId { old, new } => {
                Message::new("mend-new-id").with("path", path).with("old", old).with("new", new)
            }
            Self::Name { to } => Message::new("mend-name").with("path", path).with("to", to),
            Self::Entries { lost } => {
                let vocabulary = session.spoken_vocabulary();
                let words: Vec<String> =
                    lost.iter().map(|(entry, _)| subject::of_entry(entry, &vocabulary)).collect();
                let words = crate::view::sanitize::sanitize(&words.join(" / ")).into_owned();
                Message::new("mend-entries")
                    .with("path", path)
                    .with("count", lost.len())
                    .with("entries", words)
            }
        }
    }
}

/// One file being mended.
struct Work<'a> {
    session: &'a Session<'a>,
    recorder: &'a Recorder,
    args: &'a CommitArgs,
    path: &'a StorePath,
}

impl Work<'_> {
    fn run(&self, mending: &Mending) -> anyhow::Result<()> {
        locked(self.session, self.recorder, self.args, |writer, edits| {
            retried(|| self.attempt(mending, writer, edits))
        })
    }

    /// None if the branch moved meanwhile.
    fn attempt(
        &self,
        mending: &Mending,
        writer: &mut Writer<'_>,
        edits: &mut HandEdits<'_>,
    ) -> anyhow::Result<Option<()>> {
        let Self { session, recorder, args, path } = *self;
        let text = match edits.settle_incident(writer, path)? {
            Settled::Text(text) => text,
            Settled::Absent => return Ok(Some(())),
            Settled::Moved => return Ok(None),
        };
        let mended = match mending {
            Mending::NewId { old, new } => self.with_new_id(writer, &text, old, new)?,
            Mending::Name { to } => Some(self.with_name(writer, text, to)?),
            Mending::Entries { .. } => self.with_entries(&text)?,
        };
        let Some((files, message)) = mended else { return Ok(Some(())) };
        let commit = writer.commit(&proposal(session, recorder, args, files, message, session.now()))?;
        Ok((commit != Outcome::Moved).then_some(()))
    }

    /// None where it has another id by now: somebody else has given it one.
    fn with_new_id(
        &self,
        writer: &Writer<'_>,
        text: &str,
        old: &IncidentId,
        new: &IncidentId,
    ) -> anyhow::Result<Option<(Files, String)>> {
        let session = self.session;
        let file = parse(self.path.as_str(), text.as_bytes(), &session.vocabulary).map_err(Failures)?;
        if file.incident.id != *old {
            return Ok(None);
        }
        let kind = EventKind::Set { key: "id".to_owned(), from: old.to_string(), to: new.to_string() };
        let mut change = Change::default();
        change.entries.push(self.recorder.act(session, "").entry(kind));
        change.set("id", Value::Text(new.to_string()));
        let mut aliases = file.incident.aliases;
        if !aliases.iter().any(|alias| alias == old.as_str()) {
            aliases.push(old.to_string());
        }
        change.set("aliases", Value::List(aliases));
        let edited = edit(session, self.path, text, &change)?;
        let to = renamed(self.path, old, new)?;
        let message = message_about(session, &[(new, &change.entries)], self.recorder);
        Ok(Some((self.moved(writer, edited.text, &to)?, message)))
    }

    fn with_name(
        &self,
        writer: &Writer<'_>,
        text: String,
        to: &StorePath,
    ) -> anyhow::Result<(Files, String)> {
        let session = self.session;
        let id = IncidentId::leading(to.file_name()).map(|id| id.to_string()).unwrap_or_default();
        let subject = say!(session.documents, "subject-renamed", id = id.as_str());
        let message = message_without_entries(session, &subject, &id, "");
        Ok((self.moved(writer, text, to)?, message))
    }

    /// None where nothing is lost any more: somebody else has put it back, or it was gone from the worktree alone.
    fn with_entries(&self, text: &str) -> anyhow::Result<Option<(Files, String)>> {
        let session = self.session;
        let file = parse(self.path.as_str(), text.as_bytes(), &session.vocabulary).map_err(Failures)?;
        let lost = lost_entries(session, self.path, &file, &lineage::versions(session, self.path)?);
        if lost.is_empty() {
            return Ok(None);
        }
        let entries: Vec<Entry> = lost.iter().map(|(entry, _)| entry.clone()).collect();
        let edited = edit(session, self.path, text, &Change { entries, ..Change::default() })?;
        let id = &file.incident.id;
        let subject = say!(session.documents, "subject-restored", id = id.as_str(), count = lost.len());
        let commits: BTreeSet<&str> = lost.iter().map(|(_, commit)| commit.as_str()).collect();
        let restores: String =
            commits.iter().map(|commit| format!("Incident-Restores: {commit}\n")).collect();
        let message = message_without_entries(session, &subject, id.as_str(), &restores);
        Ok(Some((vec![(self.path.clone(), Some(edited.text.into_bytes()))], message)))
    }

    /// The file under the name `to`, with the review and the attachments that are called after it.
    fn moved(&self, writer: &Writer<'_>, text: String, to: &StorePath) -> anyhow::Result<Files> {
        let mut files = vec![(to.clone(), Some(text.into_bytes()))];
        if to == self.path {
            return Ok(files);
        }
        files.push((self.path.clone(), None));
        for path in self.session.store.list(&StorePath::parse(FOLDER)?)?.paths {
            let Some(there) = beside(&path, self.path, to)? else { continue };
            if let Some(bytes) = writer.read(&path)? {
                files.extend([(there, Some(bytes)), (path, None)]);
            }
        }
        // Not even one that cannot be read gives way.
        for (there, _) in files.iter().filter(|(_, bytes)| bytes.is_some()) {
            if writer.read(there)?.is_some() {
                return Err(Failure::new(Exit::Refused, "store-file-in-the-way").with("path", there).into());
            }
        }
        Ok(files)
    }
}
