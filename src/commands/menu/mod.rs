//! Bare `incident`: what is open, and what makes sense to do about it now, one key each.
//!
//! Each act is a command line that the program runs as if it had been typed; the menu shows it, so that it can be learnt.

mod acts;
mod prompts;
pub mod screen;

use self::acts::{Act, What};
use super::app::App;
use super::archive::{Archive, Found};
use super::list;
use super::session::{Need, Session};
use crate::failure::Exit;
use crate::say;
use crate::ui::{Pressed, Stream};
use crate::view::palette::Style;

/// Runs a command line, errors shown, without the program's own name.
pub type Execute<'a> = dyn Fn(&[String]) -> Exit + 'a;

/// How many incidents one key chooses from.
const MOST: usize = 9;

/// Shows the menu until the person leaves; off a terminal, the incidents that are open.
pub fn run(app: &App, execute: &Execute<'_>) -> anyhow::Result<()> {
    if !app.ui.interactive() {
        return list::run(list::Args::default(), app);
    }
    let mut menu = Menu { app, execute, chosen: Chosen::Nothing };
    while menu.turn()? {}
    Ok(())
}

/// Which incident the menu is about.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Chosen {
    /// Nobody has said: the only one there is, else all of them.
    Nothing,
    All,
    /// By its full id.
    One(String),
}

struct Menu<'a> {
    app: &'a App,
    execute: &'a Execute<'a>,
    chosen: Chosen,
}

impl Menu<'_> {
    /// One screen and one key; false once the person leaves.
    fn turn(&mut self) -> anyhow::Result<bool> {
        let session = Session::open(self.app, Need::Silence)?;
        session.preset_remarks().for_each(|remark| self.app.ui.tell_in(Style::Warning, &remark));
        session.look_at_clock()?;
        let archive = Archive::read(&session)?;
        let (open, hidden) = open_incidents(&session, archive);
        let act = match self.subject(&open) {
            Some(found) => self.of_one(&session, found)?,
            None => self.of_all(&session, &open, hidden)?,
        };
        match act {
            None | Some(What::Quit) => Ok(false),
            Some(what) => self.perform(&session, what).map(|()| true),
        }
    }

    /// The incident that the screen is about, if it is about one.
    fn subject<'f>(&mut self, open: &'f [Found]) -> Option<&'f Found> {
        match &self.chosen {
            Chosen::All => None,
            Chosen::One(id) => open.iter().find(|found| found.incident.id.as_str() == id),
            Chosen::Nothing => match open {
                [only] => Some(only),
                _ => None,
            },
        }
    }

    fn of_one(&self, session: &Session<'_>, found: &Found) -> anyhow::Result<Option<What>> {
        let file = session.incident_file(&found.path)?;
        self.app.ui.say(&format!("\n{}", screen::of_one(session, &file, Stream::Err)));
        let acts = acts::for_incident(session, &file);
        self.choose(&acts)
    }

    fn of_all(&self, session: &Session<'_>, open: &[Found], hidden: usize) -> anyhow::Result<Option<What>> {
        self.app.ui.say(&format!("\n{}", screen::of_all(session, open)));
        if hidden > 0 {
            self.app.ui.tell(&say!(
                self.app.locale,
                "menu-more",
                incident = session.invocation(),
                count = hidden
            ));
        }
        self.choose(&acts::for_overview(session.app, open))
    }

    /// The act whose key is pressed; none if the person leaves.
    fn choose(&self, acts: &[Act]) -> anyhow::Result<Option<What>> {
        let app = self.app;
        let shown = acts::legend(acts, app.ui.width(Stream::Err));
        app.ui.say(&app.ui.paint(Stream::Err, Style::Faint, &shown));
        let keys: Vec<char> = acts.iter().map(|act| act.key).collect();
        let label = app.locale.text("menu-key");
        Ok(
            match app
                .ui
                .session()?
                .press(&label, &keys, &acts::legend(acts, usize::MAX), false)?
                .answered()?
            {
                Pressed::Enter => None,
                Pressed::Key(key) => acts.iter().find(|act| act.key == key).map(|act| act.what.clone()),
            },
        )
    }

    fn perform(&mut self, session: &Session<'_>, what: What) -> anyhow::Result<()> {
        let words = match what {
            What::Choose(id) => {
                self.chosen = Chosen::One(id);
                return Ok(());
            }
            What::All => {
                self.chosen = Chosen::All;
                return Ok(());
            }
            What::Command(words) => Some(words),
            What::Status(id) => prompts::status(session, &id)?,
            What::Note(id) => prompts::note(session, &id)?,
            What::Quit => None,
        };
        // Whoever left a prompt is back at the menu.
        let Some(words) = words else { return Ok(()) };
        self.app.ui.say(&self.app.ui.paint(Stream::Err, Style::Faint, &command_line(session, &words)));
        (self.execute)(&words);
        if words.first().is_some_and(|word| word == "new") {
            self.chosen = Chosen::Nothing;
        }
        Ok(())
    }
}

/// `$ incident status fixing -m "rolled back"`
fn command_line(session: &Session<'_>, words: &[String]) -> String {
    let quoted = |word: &String| match word.chars().all(|c| c.is_alphanumeric() || "-_./:=~".contains(c)) {
        true => word.clone(),
        false => format!("\"{}\"", word.replace('"', "\\\"")),
    };
    let words: Vec<String> = words.iter().map(quoted).collect();
    crate::view::sanitize::sanitize(&format!("$ {}", session.command(&words.join(" ")))).into_owned()
}

/// The live incidents, or else those under review, as the list sorts them, and how many more there are than keys.
fn open_incidents(session: &Session<'_>, archive: Archive) -> (Vec<Found>, usize) {
    let app = session.app;
    let flow = &session.settings.flow;
    let unread = archive.broken.len() + archive.refused.len();
    if unread > 0 {
        app.ui.tell_in(
            Style::Warning,
            &say!(app.locale, "hint-broken-files", incident = session.invocation(), count = unread),
        );
    }
    let mut open: Vec<Found> = archive.found;
    open.retain(|found| flow.category(&found.incident.status).is_open());
    crate::view::list::by_urgency(&mut open, &session.names(), |found| &found.incident);
    let live = open.iter().filter(|found| flow.category(&found.incident.status).is_live()).count();
    // While something burns, what is under review can wait.
    open.truncate(if live > 0 { live } else { open.len() });
    let hidden = open.len().saturating_sub(MOST);
    open.truncate(MOST);
    (open, hidden)
}
