//! Kinds that are recorded in a store of their own: decided before the title, since a commit cannot be unwritten.

use std::path::Path;

use super::super::session::{Need, Session};
use super::super::store_choice::{self, Choice};
use crate::failure::{Exit, Failure, Message};
use crate::say;
use crate::ui::{Reply, YesNoPrompt};

/// Where a kind is recorded.
pub enum Route<'a> {
    /// In the store at hand.
    Here,
    /// In the store at hand, because the person says so.
    HereByChoice,
    /// In the store that the kind names.
    Private(Box<Session<'a>>),
    /// The person left instead of choosing.
    Left,
}

/// Finds the store that `kind` belongs to.
///
/// # Errors
/// It is not set up, and nobody says to record it here: nothing may be recorded.
pub fn route<'a>(session: &Session<'a>, kind: Option<&str>) -> anyhow::Result<Route<'a>> {
    let kind = kind.and_then(|kind| session.policy.kind(kind));
    let Some(name) = kind.and_then(|kind| kind.store.as_deref()) else { return Ok(Route::Here) };
    let app = session.app;
    match store_choice::named(name)? {
        Some(Choice::Found(directory)) if is_same(&directory, session.store.root()) => Ok(Route::Here),
        Some(Choice::Found(directory)) => {
            app.ui.tell(&say!(app.locale, "new-private", store = name));
            Ok(Route::Private(Box::new(Session::open_at(app, &directory, Need::Policy)?)))
        }
        _ => ask_where(session, name),
    }
}

fn is_same(one: &Path, other: &Path) -> bool {
    one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

/// Nothing is recorded here until the person says so.
fn ask_where<'a>(session: &Session<'a>, name: &str) -> anyhow::Result<Route<'a>> {
    let app = session.app;
    let refusal = Failure::new(Exit::Refused, "private-store-missing")
        .with("store", name)
        .hint(Message::new("hint-private-store").with("store", name))
        .hint(Message::new("hint-here"));
    if !app.ui.interactive() {
        return Err(refusal.into());
    }
    app.ui.tell(&say!(app.locale, "new-private-missing", store = name));
    let text = app.locale.text("new-private-here");
    let prompt = YesNoPrompt { text: &text, yes: "", no: "", enter: Some(false) };
    match app.ui.session()?.yes_no(&prompt)? {
        Reply::Value(true) => Ok(Route::HereByChoice),
        Reply::Value(false) => Err(refusal.into()),
        Reply::Interrupted { .. } => Ok(Route::Left),
    }
}
