//! Kinds that are recorded in a store of their own: decided before the title, since a commit cannot be unwritten.

use std::path::Path;

use super::super::session::{Need, Session};
use super::super::store_choice::{self, Choice};
use crate::failure::{Exit, Failure, Message};
use crate::say;
use crate::ui::{Reply, YesNoPrompt};

/// The session of the store that `kind` belongs to; none if that is this one.
pub fn route<'a>(
    session: &Session<'a>,
    kind: Option<&str>,
    here: bool,
) -> anyhow::Result<Option<Session<'a>>> {
    let kind = kind.and_then(|kind| session.policy.kind(kind));
    let Some(name) = kind.and_then(|kind| kind.store.as_deref()).filter(|_| !here) else { return Ok(None) };
    let app = session.app;
    match store_choice::named(name)? {
        Some(Choice::Found(directory)) if is_same(&directory, session.store.root()) => Ok(None),
        Some(Choice::Found(directory)) => {
            app.ui.say(&say!(app.locale, "new-private", store = name));
            Session::open_at(app, &directory, Need::Policy).map(Some)
        }
        _ => not_set_up(session, name).map(|()| None),
    }
}

fn is_same(one: &Path, other: &Path) -> bool {
    one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

/// Nothing is recorded here until the person says so.
fn not_set_up(session: &Session<'_>, name: &str) -> anyhow::Result<()> {
    let app = session.app;
    let refusal = Failure::new(Exit::Refused, "private-store-missing")
        .with("store", name)
        .hint(Message::new("hint-private-store").with("store", name))
        .hint(Message::new("hint-here"));
    if !app.ui.interactive() {
        return Err(refusal.into());
    }
    let text = say!(app.locale, "new-private-missing", store = name);
    let (yes, no) = (app.locale.text("new-private-here"), app.locale.text("new-private-stop"));
    let prompt = YesNoPrompt { text: &text, yes: &yes, no: &no, enter: Some(false) };
    match app.ui.session()?.yes_no(&prompt)? {
        Reply::Value(true) => Ok(()),
        Reply::Value(false) => Err(refusal.into()),
        Reply::Interrupted { .. } => Err(Failure::new(Exit::Interrupted, "interrupted").into()),
    }
}
