//! What a check finds: in the rules, among the files of the store, in one file, and between a file and its history.

use std::collections::BTreeMap;

use crate::commands::announce::short;
use crate::commands::archive::{Archive, Broken, Found};
use crate::commands::pages;
use crate::commands::policy::review::Configuration;
use crate::commands::remarks::as_error;
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
use crate::store::StorePath;
use crate::view::store_readme;

/// Of one file that cannot be read. Whoever has mended these sees the rest.
const MOST_FAULTS: usize = 10;

/// A check under way.
pub struct Check<'a> {
    session: &'a Session<'a>,
    archive: &'a Archive,
    /// The files that are looked at; none: everything.
    only: &'a [String],
    pub remarks: Vec<Remark>,
}

impl<'a> Check<'a> {
    pub fn new(session: &'a Session<'a>, archive: &'a Archive, only: &'a [String]) -> Self {
        Self { session, archive, only, remarks: Vec::new() }
    }

    /// Whether `path` is to be looked at.
    pub fn wants(&self, path: &StorePath) -> bool {
        self.only.is_empty() || self.only.iter().any(|named| named == path.as_str())
    }

    /// What concerns the store as a whole, where no files are named.
    ///
    /// # Errors
    /// A part of the store cannot be read.
    pub fn whole(&mut self) -> anyhow::Result<()> {
        if self.only.is_empty() {
            self.configuration()?;
            self.remarks.extend(self.archive.refused.iter().map(as_error));
            self.duplicates();
            if self.session.unreadable.is_empty() {
                self.originals()?;
            }
        }
        self.remarks.extend(self.session.unreadable.iter().map(|path| form_only(path)));
        Ok(())
    }

    /// The files by themselves, and incidents against their history where `histories` has it. Says how many incident
    /// files were looked at.
    ///
    /// # Errors
    /// A file cannot be read from the disk.
    pub fn files(&mut self, mut histories: BTreeMap<StorePath, Vec<Version>>) -> anyhow::Result<usize> {
        let archive = self.archive;
        let mut checked = 0;
        for broken in archive.broken.iter().filter(|broken| self.wants(&broken.path)).collect::<Vec<_>>() {
            self.remarks.extend(broken.faults.iter().take(MOST_FAULTS).map(as_error));
            self.more_faults(broken);
            checked += 1;
        }
        for path in archive.pages.iter().filter(|path| self.wants(path)).collect::<Vec<_>>() {
            self.remarks.extend(pages::remarks(self.session, path));
        }
        for path in self.only.iter().filter(|path| !exists(archive, path)) {
            let absent = Failure::new(Exit::NotFound, "check-no-such-file").with("path", path);
            self.remarks.push(as_error(&absent));
        }
        for found in archive.found.iter().filter(|found| self.wants(&found.path)).collect::<Vec<_>>() {
            self.file(found, histories.remove(&found.path))?;
            checked += 1;
        }
        Ok(checked)
    }

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
    fn duplicates(&mut self) {
        for (id, files) in self.archive.duplicates() {
            for found in &files[1..] {
                let fault = Failure::new(Exit::Invalid, "check-duplicate-id")
                    .with("id", id)
                    .with("other", &files[0].path);
                self.remarks.push(as_error(&self.mendable(fault).at(&found.path, 1, 1)));
            }
        }
        for found in &self.archive.found {
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
    fn originals(&mut self) -> anyhow::Result<()> {
        let archive = self.archive;
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
