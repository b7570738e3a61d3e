//! `incident undo`: the last own change is taken back by a commit of its own, and later changes stay.
//!
//! An undo leaves no entry in the file: it is there for slips, and a line about a slip would say it twice. The commits
//! keep both, and `timeline --all` shows what was taken back, by whom and when. A declaration is never taken out: it is
//! declined, with an entry like any other. Undoing again takes back the change before, not the undo; that is what
//! `--redo` is for.

mod reversal;
mod target;

use self::reversal::{Outcome as Reversed, Reversal};
use self::target::{History, Target, in_words, subject_of};
use super::announce::{announce, print, say_where, short};
use super::app::App;
use super::archive::Found;
use super::hand_edit::HandEdits;
use super::record::{Recorded, proposal, retried, show_dry_run};
use super::session::{Need, Session};
use super::write_args::{CommitArgs, Recorder, Which};
use crate::document::trailers::trailers;
use crate::document::witness::Version;
use crate::domain::act;
use crate::domain::flow::Category;
use crate::domain::incident::Incident;
use crate::domain::moment::Moment;
use crate::failure::{Exit, Failure, Message};
use crate::say;
use crate::store::{Outcome, Writer};
use crate::view::palette::Style;
use crate::view::sanitize::sanitize;

/// Take back your last change of an incident; what came later stays
#[derive(clap::Args, Clone, Debug)]
#[command(mut_arg("incident", |arg| {
    arg.help("The incident: id, a part of it, alias, or words of its title [default: the one you changed last]")
}))]
pub struct Args {
    #[command(flatten)]
    pub which: Which,

    /// Take back this commit, instead of your last change
    #[arg(long, visible_alias = "at-commit", value_name = "COMMIT")]
    pub commit: Option<String>,

    /// Bring back what you took back last
    #[arg(long, conflicts_with = "commit")]
    pub redo: bool,

    #[command(flatten)]
    pub how: CommitArgs,
}

pub fn run(args: Args, app: &App) -> anyhow::Result<()> {
    let session = Session::open(app, Need::Settings)?;
    let recorder = Recorder::at(&session, Moment::exact(session.now()), None)?;
    let found = target::incident(&session, args.which.word()?, &recorder.actor)?;
    let undo = Undo { session: &session, args: &args, found: &found, recorder: &recorder };
    let done = undo.run()?;
    undo.conclude(&done)
}

/// One run.
struct Undo<'a> {
    session: &'a Session<'a>,
    args: &'a Args,
    found: &'a Found,
    recorder: &'a Recorder,
}

/// What was taken back, and what came of it.
struct Done {
    /// The change that went or came back.
    change: Version,
    recorded: Recorded,
}

impl Undo<'_> {
    fn run(&self) -> anyhow::Result<Done> {
        let Self { session, args, .. } = *self;
        retried(|| {
            // Before a hand edit is taken in: that is not what is to be taken back.
            let history = History::read(session, &self.found.path)?;
            let targets =
                history.targets(args, &self.found.path, &self.recorder.actor, &session.settings.staff)?;
            if let Some(first) = targets.first() {
                first.has_its_parent(session)?;
                first.is_one_record()?;
            }
            if let [target, ..] = targets.as_slice()
                && target.declares(session, &self.found.path)?
            {
                return self.decline(&history, target.clone()).map(Some);
            }
            let mut writer = session.store.lock()?;
            let remarks = writer.recovered().to_vec();
            let mut edits = HandEdits { session, recorder: self.recorder, args: &args.how, remarks };
            match self.attempt(&mut writer, &mut edits, &history, targets) {
                Ok(Some(Attempt::Done(done))) => Ok(Some(*done)),
                Ok(Some(Attempt::Declaration(target))) => {
                    drop(writer);
                    self.decline(&history, *target).map(Some)
                }
                Ok(None) => Ok(None),
                Err(error) => {
                    edits
                        .remarks
                        .iter()
                        .for_each(|remark| session.app.ui.error(&session.app.locale.say(remark)));
                    Err(error)
                }
            }
        })
    }

    /// Takes back the first of `targets` that is still there; none if the branch moved meanwhile.
    fn attempt(
        &self,
        writer: &mut Writer<'_>,
        edits: &mut HandEdits<'_>,
        history: &History,
        targets: Vec<Target>,
    ) -> anyhow::Result<Option<Attempt>> {
        for target in targets {
            target.has_its_parent(self.session)?;
            target.is_one_record()?;
            if target.declares(self.session, &self.found.path)? {
                return Ok(Some(Attempt::Declaration(Box::new(target))));
            }
            let target = target.whole(self.session, &self.found.path)?;
            let reversal = Reversal { session: self.session, path: &self.found.path, target: &target };
            match reversal.files(writer, edits)? {
                Reversed::Moved => return Ok(None),
                Reversed::Gone => {}
                Reversed::InTheWay(path) => return Err(reversal.in_the_way(history, &path)?.into()),
                Reversed::Files { files, before, incident } => {
                    let message = self.message(history, &target);
                    let Some(commit) = self.commit(writer, edits, (files, &before), message)? else {
                        return Ok(None);
                    };
                    let recorded = Recorded {
                        path: self.found.path.clone(),
                        incident: incident.map_or_else(|| self.found.incident.clone(), |incident| *incident),
                        entries: Vec::new(),
                        commit,
                        remarks: std::mem::take(&mut edits.remarks),
                    };
                    let change = history.first_of(&target).clone();
                    return Ok(Some(Attempt::Done(Box::new(Done { change, recorded }))));
                }
            }
        }
        Err(history.nothing_left(self.session, &self.found.incident.id, self.args.redo).into())
    }

    /// The new commit, or the diff of a dry run (the inner none); none if the branch moved meanwhile.
    fn commit(
        &self,
        writer: &mut Writer<'_>,
        edits: &mut HandEdits<'_>,
        (files, before): (super::record::Files, &str),
        message: String,
    ) -> anyhow::Result<Option<Option<String>>> {
        let (session, how) = (self.session, &self.args.how);
        if how.dry_run {
            show_dry_run(session, before, &files, &message)?;
            return Ok(Some(None));
        }
        let now = session.now();
        match writer.commit(&proposal(session, self.recorder, how, files, message, now))? {
            Outcome::Moved => Ok(None),
            Outcome::Unchanged => Ok(Some(None)),
            Outcome::Committed { commit, warnings } => {
                edits.remarks.extend(warnings);
                Ok(Some(Some(commit)))
            }
        }
    }

    fn message(&self, history: &History, target: &Target) -> String {
        let id = &self.found.incident.id;
        let key = if self.args.redo { "subject-redo" } else { "subject-undo" };
        let what = subject_of(history.first_of(target));
        let subject = Message::new(key).with("id", id).with("what", what);
        let trailers = trailers(id, &[], self.session.now(), None);
        let subject = self.session.documents.say(&subject);
        format!("{subject}\n\n{trailers}Incident-Undoes: {}\n", target.version.commit)
    }

    /// A declaration stays on record; that it was none is recorded too.
    fn decline(&self, history: &History, target: Target) -> anyhow::Result<Done> {
        let session = self.session;
        let flow = &session.settings.flow;
        let Some(to) = flow.first_in(Category::Declined) else {
            return Err(Failure::new(Exit::Invalid, "no-declined-status").into());
        };
        let words = session.documents.text("undo-declined-words");
        let undoes = format!("Incident-Undoes: {}\n", target.version.commit);
        let recording = super::record::Recording {
            session,
            path: &self.found.path,
            document: None,
            recorder: self.recorder,
            args: &self.args.how,
            trailer: Some(&undoes),
        };
        let recorded = recording.run(&|file, _| {
            Ok((act::enter(&file.incident, flow, to, &self.recorder.act(session, &words)), None))
        })?;
        if recorded.entries.is_empty() {
            return Err(history.nothing_left(session, &self.found.incident.id, false).into());
        }
        Ok(Done { change: target.version, recorded })
    }

    /// Says exactly what was taken back, and how to bring it back.
    fn conclude(&self, done: &Done) -> anyhow::Result<()> {
        let session = self.session;
        let app = session.app;
        let Done { change, recorded } = done;
        if !recorded.entries.is_empty() {
            announce(session, recorded)?;
            if recorded.commit.is_some() {
                app.ui.tell(&app.locale.text("undo-declined"));
                self.tell_way_back(&recorded.incident);
            }
            return Ok(());
        }
        for remark in &recorded.remarks {
            app.ui.tell_in(Style::Warning, &app.locale.say(remark));
        }
        if let Some(commit) = &recorded.commit {
            let incident = &recorded.incident;
            let key = if self.args.redo { "undo-brought-back" } else { "undo-done" };
            let message = Message::new(key)
                .with("id", incident.id.short())
                .with("title", sanitize(&incident.title))
                .with("what", in_words(change, session))
                .with("time", session.clock().date_time(change.committer_time))
                .with("commit", short(commit));
            app.ui.tell_done(&app.locale.say(&message));
            if change.author != self.recorder.actor.identity.author.name {
                let author = sanitize(&change.author).into_owned();
                app.ui.tell(&say!(app.locale, "undo-of-another", author = author));
            }
            self.tell_way_back(incident);
            say_where(session);
        }
        print(session, recorded)
    }

    fn tell_way_back(&self, incident: &Incident) {
        let (label, option) =
            if self.args.redo { ("undo-take-back", "") } else { ("undo-bring-back", " --redo") };
        let ui = &self.session.app.ui;
        let command = self.session.command(&format!("undo {}{option}", incident.id.short()));
        ui.tell_command(&self.session.app.locale.text(label), &command);
    }
}

/// How far one attempt came.
enum Attempt {
    Done(Box<Done>),
    /// What is left is the declaration itself.
    Declaration(Box<Target>),
}
