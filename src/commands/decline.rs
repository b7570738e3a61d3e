//! `incident decline`: it was no incident, or one that is recorded already; where it went is part of the record.

use super::announce;
use super::app::App;
use super::archive::{Found, find};
use super::record::{Recorded, record};
use super::record_both::record_both;
use super::session::{Need, Session};
use super::status::{ShortArgs, conclude, or_words};
use super::write_args::Recorder;
use crate::document::IncidentFile;
use crate::domain::act;
use crate::domain::change::Change;
use crate::domain::duplicates::{self, Record};
use crate::domain::event::NoteKind;
use crate::domain::flow::{Category, Status};
use crate::domain::names::Purpose;
use crate::failure::{Exit, Failure, Message};
use crate::say;

/// Record that it was no incident, or one that is recorded already, and where it went instead
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    #[command(flatten)]
    pub short: ShortArgs,

    /// Where it went instead: a ticket, a URL
    #[arg(long, value_name = "WHERE", visible_alias = "went-to")]
    pub to: Option<String>,

    /// The incident that it is the same as; both say so
    #[arg(long, value_name = "INCIDENT")]
    pub duplicate_of: Option<String>,

    /// As --duplicate-of, and its reports, notes, products and links are carried over to that incident
    #[arg(long, value_name = "INCIDENT", conflicts_with = "duplicate_of")]
    pub merge_into: Option<String>,
}

pub fn run(args: Args, app: &App) -> anyhow::Result<()> {
    let session = Session::open(app, Need::Settings)?;
    let Some(to) = session.settings.flow.first_in(Category::Declined) else {
        return Err(Failure::new(Exit::Invalid, "no-declined-status").into());
    };
    let found = find(&session, args.short.which.word()?, Purpose::Writing)?;
    let original = args.duplicate_of.as_deref().or(args.merge_into.as_deref());
    let original = original.map(|word| original_of(&session, word, &found)).transpose()?;
    let recorder = Recorder::new(&session, &args.short.recording)?;
    let Some(original) = original else {
        let words = words(&session, &args, None);
        let recorded = record(&session, &found.path, &recorder, &args.short.recording.commit, &|file| {
            let act = recorder.act(&session, &words);
            // Where it went is often known later.
            Ok(or_words(act::enter(&file.incident, &session.settings.flow, to, &act), &act))
        })?;
        return conclude(&session, &found, to, &recorded);
    };
    let decline = Decline { session: &session, args: &args, recorder: &recorder, to, original: &original };
    let paths = [&found.path, &original.path];
    let [declined, other] =
        record_both(&session, paths, &recorder, &args.short.recording.commit, &|files| {
            Ok(decline.changes(files))
        })?;
    let mut more = serde_json::Map::new();
    more.insert("original".to_owned(), announce::change_as_value(&session, &other)?);
    decline.tell_of_original(other, &found)?;
    announce::announce_with(&session, &declined, more)
}

/// The incident that `word` names; where that is itself the same as another one, the last of them.
fn original_of(session: &Session<'_>, word: &str, declined: &Found) -> anyhow::Result<Found> {
    let mut original = find(session, Some(word), Purpose::Writing)?;
    if original.path == declined.path {
        return Err(Failure::new(Exit::Usage, "duplicate-of-itself").into());
    }
    let mut passed = vec![declined.path.clone()];
    while let Some(id) = original.incident.duplicate_of.clone() {
        // What names nothing is for `check` to point out.
        let Ok(next) = find(session, Some(&id), Purpose::Reading) else { break };
        if passed.contains(&next.path) {
            let (id, other) = (original.incident.id.short(), next.incident.id.short());
            let failure = Failure::new(Exit::Refused, "duplicate-circle").with("id", id).with("other", other);
            let command = session.command(&format!("reopen {id}"));
            return Err(failure.hint(Message::new("hint-command").with("command", command)).into());
        }
        let (locale, id) = (&session.app.locale, original.incident.id.short());
        session.app.ui.tell(&say!(
            locale,
            "duplicate-followed",
            id = id,
            original = next.incident.id.short()
        ));
        passed.push(original.path);
        original = next;
    }
    Ok(original)
}

/// The reason, and where it went.
fn words(session: &Session<'_>, args: &Args, original: Option<&Found>) -> String {
    let documents = &session.documents;
    let went = args.to.as_deref().map(|to| say!(documents, "declined-went-to", place = to));
    let same = original.map(|original| {
        let id = original.incident.id.as_str();
        match args.merge_into {
            Some(_) => say!(documents, "declined-merged-into", id = id),
            None => say!(documents, "declined-duplicate-of", id = id),
        }
    });
    let parts = [args.short.message.clone(), went, same];
    // Each is a sentence of its own, in a language that may need no blank between them.
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// Declining in favour of an incident that goes on.
struct Decline<'a> {
    session: &'a Session<'a>,
    args: &'a Args,
    recorder: &'a Recorder,
    to: &'a Status,
    original: &'a Found,
}

impl Decline<'_> {
    /// What changes in the one that is declined, and in the other.
    fn changes(&self, [declined, other]: [&IncidentFile; 2]) -> [Change; 2] {
        let Self { session, recorder, .. } = *self;
        let words = words(session, self.args, Some(self.original));
        let flow = &session.settings.flow;
        let act = recorder.act(session, &words);
        let first = duplicates::decline(&declined.incident, flow, self.to, Some(&other.incident.id), &act);
        let carried =
            if self.args.merge_into.is_some() { self.carried(declined, other) } else { Change::default() };
        if first.is_empty() && carried.is_empty() {
            return [first, carried];
        }
        let about = self.about(declined);
        let mut second = act::note(NoteKind::Note, &recorder.act(session, &about));
        second.add(carried);
        [first, second]
    }

    /// `20261120-k7qm "Cards are refused" is the same, and was merged into this one.`
    fn about(&self, declined: &IncidentFile) -> String {
        let documents = &self.session.documents;
        let (id, title) = (declined.incident.id.as_str(), declined.incident.title.as_str());
        match self.args.merge_into {
            Some(_) => say!(documents, "original-takes-over", id = id, title = title),
            None => say!(documents, "original-has-duplicate", id = id, title = title),
        }
    }

    fn carried(&self, declined: &IncidentFile, other: &IncidentFile) -> Change {
        let session = self.session;
        let (ours, theirs) = (declined.timeline.to_entries(), other.timeline.to_entries());
        let from = Record { incident: &declined.incident, entries: &ours, links: &declined.links };
        let into = Record { incident: &other.incident, entries: &theirs, links: &other.links };
        let reporter = declined.incident.reporter.as_deref().unwrap_or_default();
        let reporter = session.settings.staff.display_name(reporter);
        let id = declined.incident.id.short();
        let marked = |text: &str| say!(session.documents, "carried-from", id = id, text = text);
        duplicates::carried(from, into, reporter, session.now(), &marked)
    }

    /// What the one that goes on has got, and what a merge leaves behind.
    fn tell_of_original(&self, mut other: Recorded, declined: &Found) -> anyhow::Result<()> {
        let app = self.session.app;
        let carried = other.entries.len().saturating_sub(1);
        // The others stand in the other record already.
        other.entries.truncate(1);
        announce::tell(self.session, &other);
        if carried > 0 && other.commit.is_some() {
            let id = other.incident.id.short();
            app.ui.say(&say!(app.locale, "merge-carried", count = carried, id = id));
        }
        if self.args.merge_into.is_some() {
            self.tell_open_actions(declined)?;
        }
        Ok(())
    }

    fn tell_open_actions(&self, declined: &Found) -> anyhow::Result<()> {
        let app = self.session.app;
        let file = self.session.incident_file(&declined.path)?;
        let open = file.actions.iter().filter(|action| !action.done).count();
        if open > 0 {
            let id = declined.incident.id.short();
            app.ui.tell(&say!(app.locale, "merge-leaves-actions", count = open, id = id));
        }
        Ok(())
    }
}
