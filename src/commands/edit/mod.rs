//! `incident edit`: the person's editor on a copy, and a merge when it closes.
//!
//! Never on the file itself: while the window is open others record, and what does not parse must not be what they find.

mod closing;
mod draft;
mod judgement;

use self::closing::Closing;
use self::draft::Draft;
use self::judgement::{Expected, Judgement, with_notes, without_notes};
use super::announce::say_where;
use super::app::App;
use super::archive::{Found, find};
use super::postmortem::path_for;
use super::session::{Need, Session};
use super::write_args::{CommitArgs, Recorder, Which};
use crate::context;
use crate::document::consistency::Known;
use crate::domain::moment::Moment;
use crate::domain::names::Purpose;
use crate::failure::{Exit, Failure, Failures, Message};
use crate::store::StorePath;

/// Edit an incident in your editor: on a copy that is checked, and merged when you close it
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    #[command(flatten)]
    pub which: Which,

    /// Its review, not the incident itself
    #[arg(long)]
    pub postmortem: bool,

    /// Take the new text from this file, or from standard input with -
    #[arg(long, value_name = "FILE", conflicts_with_all = ["resume", "discard"])]
    pub from: Option<String>,

    /// Go on with the copy that was kept
    #[arg(long, conflicts_with = "discard")]
    pub resume: bool,

    /// Throw the copy away that was kept
    #[arg(long)]
    pub discard: bool,

    #[command(flatten)]
    pub how: CommitArgs,
}

pub fn run(args: Args, app: &App) -> anyhow::Result<()> {
    let session = Session::open(app, Need::Settings)?;
    let found = find(&session, args.which.word()?, Purpose::Writing)?;
    let path = if args.postmortem { path_for(&found.path)? } else { found.path.clone() };
    let recorder = Recorder::at(&session, Moment::exact(session.now()), None)?;
    let closing =
        Closing { session: &session, found: &found, path: &path, recorder: &recorder, how: &args.how };
    let edit = Edit { session: &session, args: &args, found: &found, path: &path, closing: &closing };
    if args.discard {
        return edit.discard();
    }
    match &args.from {
        Some(name) => edit.take(name),
        None => edit.by_hand(),
    }
}

/// One edit.
struct Edit<'a> {
    session: &'a Session<'a>,
    args: &'a Args,
    found: &'a Found,
    path: &'a StorePath,
    closing: &'a Closing<'a>,
}

impl Edit<'_> {
    /// `path` is where what is wrong is told to be.
    fn expected<'b>(&'b self, path: &'b str, base: &'b str) -> Expected<'b> {
        let Session { settings, policy, vocabulary, .. } = self.session;
        let known = Known { flow: &settings.flow, policy, staff: &settings.staff };
        let incident = (!self.args.postmortem).then_some((&**vocabulary, known));
        Expected { path, base, incident }
    }

    fn discard(&self) -> anyhow::Result<()> {
        let app = self.session.app;
        let draft = self.draft()?;
        let was_kept = draft.base()?.is_some();
        draft.remove()?;
        if !was_kept {
            return Err(self.no_draft());
        }
        app.ui.say(&app.locale.text("edit-discarded"));
        Ok(())
    }

    fn draft(&self) -> anyhow::Result<Draft<'_>> {
        Draft::of(self.session, &self.found.incident.id, self.args.postmortem)
    }

    fn no_draft(&self) -> anyhow::Error {
        let id = self.found.incident.id.short();
        let hint = Message::new("hint-command").with("command", self.session.command(&format!("edit {id}")));
        Failure::new(Exit::NotFound, "edit-no-draft").with("id", id).hint(hint).into()
    }

    /// The text that a script gives.
    fn take(&self, name: &str) -> anyhow::Result<()> {
        let base = self.closing.settled()?;
        let text = context::read_input(&self.session.app.context.cwd, name)?;
        match self.expected(name, &base).judge(text.as_bytes()) {
            Judgement::Unchanged => self.closing.nothing_changed(),
            Judgement::Emptied => Err(Failure::new(Exit::Refused, "edit-emptied").into()),
            Judgement::Faults(faults) => Err(Failures(faults).into()),
            Judgement::Text(text) => self.closing.record(&base, &text),
        }
    }

    /// The copy in an editor; off a terminal the copy that was kept, as it is.
    fn by_hand(&self) -> anyhow::Result<()> {
        let app = self.session.app;
        if !app.ui.interactive() && !self.args.resume {
            let id = self.found.incident.id.short();
            let by_hand = Message::new("edit-by-hand").with("path", self.path);
            let command = self.session.command(&format!("edit {id} --from FILE"));
            return Err(Failure::new(Exit::Usage, "edit-needs-terminal")
                .hint(Message::new("hint-command").with("command", command))
                .hint(by_hand)
                .into());
        }
        let settled = if self.args.resume { None } else { Some(self.closing.settled()?) };
        let draft = self.draft()?;
        let base = match (draft.base()?, settled) {
            (Some(base), _) => {
                app.ui.tell(&app.locale.text("edit-resumed"));
                base
            }
            (None, Some(settled)) => {
                draft.begin(&settled)?;
                settled
            }
            (None, None) => {
                draft.remove()?;
                return Err(self.no_draft());
            }
        };
        let Some(text) = self.typed(&draft, &base)? else {
            draft.remove()?;
            return self.closing.nothing_changed();
        };
        // The time in the editor counts.
        self.session.look_at_clock()?;
        self.closing.record(&base, &text).map_err(|error| draft.kept(error))?;
        if !self.args.how.dry_run {
            self.session.say_of_kept("draft-left", draft.remove());
        }
        Ok(())
    }

    /// What was typed and can be recorded; none where nothing was.
    fn typed(&self, draft: &Draft<'_>, base: &str) -> anyhow::Result<Option<String>> {
        let app = self.session.app;
        let expected = self.expected(self.path.as_str(), base);
        let mut refused: Option<Vec<u8>> = None;
        loop {
            let before = without_notes(&draft.read()?).to_owned();
            let ended_well = !app.ui.interactive() || app.ui.edit_file(&self.editor(), &draft.path()?)?;
            let after = without_notes(&draft.read()?).to_owned();
            draft.save(&after)?;
            match expected.judge(&after) {
                Judgement::Unchanged if ended_well => return Ok(None),
                Judgement::Unchanged => {
                    draft.remove()?;
                    return Err(self.editor_failed().into());
                }
                Judgement::Emptied => return Err(self.emptied(draft, base, &before)?),
                _ if !ended_well => return Err(draft.kept(self.editor_failed().into())),
                Judgement::Text(text) => return Ok(Some(text)),
                Judgement::Faults(faults) => {
                    let again = refused.as_ref() != Some(&after) && app.ui.interactive();
                    if !again {
                        return Err(draft.kept(Failures(faults).into()));
                    }
                    draft.save(&with_notes(&after, &faults, &app.locale))?;
                    refused = Some(after);
                }
            }
        }
    }

    fn editor_failed(&self) -> Failure {
        Failure::new(Exit::Failed, "edit-editor-failed").with("editor", self.editor())
    }

    /// An empty file is no wish to empty the record. What had been typed before is put back into the copy.
    fn emptied(&self, draft: &Draft<'_>, base: &str, before: &[u8]) -> anyhow::Result<anyhow::Error> {
        let error = Failure::new(Exit::Refused, "edit-emptied").into();
        if before == base.as_bytes() {
            draft.remove()?;
            return Ok(error);
        }
        draft.save(before)?;
        Ok(draft.kept(error))
    }

    /// As git chooses it.
    fn editor(&self) -> String {
        let variable = |name| context::variable(name).filter(|editor| !editor.trim().is_empty());
        variable("GIT_EDITOR")
            .or_else(|| self.session.store.config_value("core.editor"))
            .or_else(|| variable("VISUAL"))
            .or_else(|| variable("EDITOR"))
            .unwrap_or_else(|| "vi".to_owned())
    }
}
