//! What a sync has done, told to the person or as JSON.

use serde::Serialize;

use super::Sync;
use super::joining::join;
use super::taking::Taken;
use crate::commands::archive::{Archive, Found};
use crate::commands::pages::edit_command;
use crate::domain::id::IncidentId;
use crate::failure::Message;
use crate::say;
use crate::store::{StorePath, Upstream};
use crate::view::palette::Style;

/// What has come and gone, over all attempts.
pub struct Outcome {
    upstream: String,
    taken: Taken,
    /// Commits that the other end lacked.
    pub sent: usize,
}

#[derive(Serialize)]
struct SyncJson {
    upstream: String,
    dry_run: bool,
    received: usize,
    sent: usize,
    /// The commit that joins both sides.
    commit: Option<String>,
    decisions: Vec<DecisionJson>,
    conflicted: Vec<String>,
    duplicates: Vec<DuplicateJson>,
}

#[derive(Serialize)]
struct DecisionJson {
    path: String,
    message: String,
}

#[derive(Serialize)]
struct DuplicateJson {
    id: String,
    paths: Vec<String>,
}

impl Outcome {
    pub fn new(upstream: &Upstream) -> Self {
        Self { upstream: upstream.short(), taken: Taken::default(), sent: 0 }
    }

    pub fn add(&mut self, taken: Taken) {
        self.taken.received += taken.received;
        self.taken.merge = taken.merge.or(self.taken.merge.take());
        self.taken.notes.extend(taken.notes);
        self.taken.conflicted.extend(taken.conflicted);
        self.taken.remarks.extend(taken.remarks);
    }
}

impl Sync<'_> {
    /// Says what was done, and what it has brought to light.
    pub(super) fn conclude(&self, outcome: Outcome) -> anyhow::Result<()> {
        let (session, app) = (self.session, self.session.app);
        crate::commands::share::forget_trouble(session)?;
        let at = session.clock().time(session.now());
        let upstream = outcome.upstream.as_str();
        self.tell_received(&outcome);
        if outcome.sent > 0 {
            app.ui.tell_done(&say!(
                app.locale,
                "sync-shared",
                upstream = upstream,
                count = outcome.sent,
                at = at
            ));
        }
        if outcome.taken.received == 0 && outcome.sent == 0 {
            app.ui.say(&say!(app.locale, "sync-same", upstream = upstream));
        }
        self.print(outcome, false)
    }

    /// Says what has come in, and what was decided then.
    pub(super) fn tell_received(&self, outcome: &Outcome) {
        let app = self.session.app;
        let (count, upstream) = (outcome.taken.received, outcome.upstream.as_str());
        if count > 0 {
            app.ui.tell_done(&say!(app.locale, "sync-received", count = count, upstream = upstream));
        }
        self.tell(&outcome.taken);
    }

    /// Says what would be done.
    pub(super) fn preview(&self) -> anyhow::Result<()> {
        let (session, app) = (self.session, self.session.app);
        let store = &session.store;
        let theirs = self.fetch()?;
        let distance = store.distance().unwrap_or_default();
        let mut outcome = Outcome { sent: distance.ahead, ..Outcome::new(&self.upstream) };
        outcome.taken.received = if theirs.is_some() { distance.behind } else { 0 };
        if let (Some(ours), Some(theirs)) = (store.tip()?, &theirs)
            && distance.ahead > 0
            && distance.behind > 0
        {
            let joined = join(session, &ours, theirs, &self.upstream)?;
            (outcome.taken.notes, outcome.taken.conflicted) = (joined.notes, joined.conflicted);
        }
        let (received, sent) = (outcome.taken.received, outcome.sent);
        app.ui.say(&say!(
            app.locale,
            "sync-would",
            upstream = outcome.upstream.as_str(),
            received = received,
            sent = sent
        ));
        self.tell(&outcome.taken);
        app.ui.say(&app.locale.text("dry-run-done"));
        self.print(outcome, true)
    }

    fn tell(&self, taken: &Taken) {
        let app = self.session.app;
        for remark in &taken.remarks {
            app.ui.tell_in(Style::Warning, &app.locale.say(remark));
        }
        for (path, note) in &taken.notes {
            app.ui.tell(&format!("{path}: {}", app.locale.say(note)));
        }
        for path in &taken.conflicted {
            let message = match edit_command(self.session, path) {
                Some(command) => Message::new("sync-prose-conflict").with("command", command),
                None => Message::new("sync-prose-conflict-page"),
            };
            app.ui.tell_in(Style::Warning, &app.locale.say(&message.with("path", path)));
        }
    }

    fn print(&self, outcome: Outcome, dry_run: bool) -> anyhow::Result<()> {
        let (session, app) = (self.session, self.session.app);
        let duplicates = if outcome.taken.received > 0 { self.duplicates()? } else { Vec::new() };
        for DuplicateJson { id, paths } in &duplicates {
            let message = Message::new("sync-duplicate").with("id", id).with("paths", paths.join(", "));
            app.ui.error(&app.locale.say(&message.with("command", session.command("check --fix"))));
        }
        if !app.globals.json {
            return Ok(());
        }
        let decision = |(path, note): &(StorePath, Message)| DecisionJson {
            path: path.to_string(),
            message: app.locale.say(note),
        };
        app.print_json(
            "incident.sync",
            &SyncJson {
                upstream: outcome.upstream,
                dry_run,
                received: outcome.taken.received,
                sent: outcome.sent,
                commit: outcome.taken.merge,
                decisions: outcome.taken.notes.iter().map(decision).collect(),
                conflicted: outcome.taken.conflicted.iter().map(ToString::to_string).collect(),
                duplicates,
            },
        )
    }

    /// Ids that stand in two files now.
    fn duplicates(&self) -> anyhow::Result<Vec<DuplicateJson>> {
        let archive = Archive::read(self.session)?;
        let duplicate = |(id, files): (&IncidentId, Vec<&Found>)| DuplicateJson {
            id: id.to_string(),
            paths: files.iter().map(|found| found.path.to_string()).collect(),
        };
        Ok(archive.duplicates().into_iter().map(duplicate).collect())
    }
}
