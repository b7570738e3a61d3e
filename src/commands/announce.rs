//! What a writing command says when it is done: the commit on standard error, the id or JSON on standard output.

use serde::Serialize;

use super::record::Recorded;
use super::session::Session;
use super::share;
use crate::failure::Message;
use crate::say;
use crate::view::json::{EventJson, IncidentJson};
use crate::view::palette::Style;
use crate::view::subject;

#[derive(Serialize)]
struct ChangeJson {
    incident: IncidentJson,
    events: Vec<EventJson>,
    commit: Option<String>,
    /// What only one command has to say.
    #[serde(flatten)]
    more: serde_json::Map<String, serde_json::Value>,
}

/// Says what was recorded, in the words of the timeline, and prints the id.
pub fn announce(session: &Session<'_>, recorded: &Recorded) -> anyhow::Result<()> {
    announce_with(session, recorded, serde_json::Map::new())
}

/// The same, with `more` in the JSON object.
pub fn announce_with(
    session: &Session<'_>,
    recorded: &Recorded,
    more: serde_json::Map<String, serde_json::Value>,
) -> anyhow::Result<()> {
    tell(session, recorded);
    match (&recorded.commit, recorded.entries.is_empty()) {
        (Some(_), _) => say_where(session),
        (None, true) => session.app.ui.say(&session.app.locale.text("nothing-changed")),
        (None, false) => {}
    }
    print_with(session, recorded, more)
}

/// Says what was recorded of one incident, where something was.
pub fn tell(session: &Session<'_>, recorded: &Recorded) {
    let app = session.app;
    let lines = subject::of_each(&recorded.entries, &session.spoken_vocabulary(), &session.clock());
    for remark in &recorded.remarks {
        app.ui.tell_in(Style::Warning, &app.locale.say(remark));
    }
    if let Some(commit) = recorded.commit.as_deref().filter(|_| !recorded.entries.is_empty()) {
        let short = short(commit);
        let id = recorded.incident.id.short();
        let title = subject::shortened(&recorded.incident.title);
        let what = crate::view::sanitize::sanitize(&lines.join(" · ")).into_owned();
        app.ui.tell_done(&say!(app.locale, "recorded", id = id, title = title, what = what, commit = short));
    }
}

/// Says where the record is and is not, and begins to share it where the store does that by itself.
pub fn say_where(session: &Session<'_>) {
    say_branch(session, "recorded-on-branch");
    if share::is_automatic(session) {
        // What was recorded just now is on its way. Only a reason to doubt that is worth a word.
        if share::last_trouble(session).is_some() {
            say_unshared(session, "not-shared-yet-automatic");
        }
    } else {
        say_unshared(session, "not-shared-yet");
    }
    share::begin(session);
}

/// Says it where what was read is on another branch, or not shared yet, or where there is more at the other end.
pub fn say_where_read(session: &Session<'_>) {
    say_branch(session, "read-from-branch");
    let automatic = share::is_automatic(session);
    say_unshared(session, if automatic { "not-shared-yet-automatic" } else { "not-shared-yet" });
    // Of what is unrelated that has been said.
    if unrelated(session).is_none()
        && let Some(message) = not_taken_in(session)
    {
        session.app.ui.tell(&session.app.locale.say(&message));
    }
}

/// That the upstream is another repository, which `sync` refuses to join.
fn unrelated(session: &Session<'_>) -> Option<Message> {
    session.store.distance().filter(|distance| distance.ahead > 0 && distance.behind > 0)?;
    let upstream = session.store.upstream().ok().filter(|upstream| session.store.is_unrelated(upstream))?;
    Some(Message::new("upstream-unrelated").with("upstream", upstream.short()))
}

/// That there is more at the other end, as far as this clone knows, and the command that takes it in.
pub fn not_taken_in(session: &Session<'_>) -> Option<Message> {
    if let Some(message) = unrelated(session) {
        return Some(message);
    }
    let behind = session.store.distance()?.behind;
    let upstream = session.store.upstream().ok().filter(|_| behind > 0)?;
    let message = Message::new("not-taken-in-yet").with("upstream", upstream.short()).with("count", behind);
    Some(message.with("command", session.command("sync")))
}

/// `key` is the message about a branch that is not checked out.
fn say_branch(session: &Session<'_>, key: &'static str) {
    if let crate::store::Placement::Elsewhere { branch, head } = session.store.placement()
        // A bare repository has no files that another branch could be mistaken for.
        && head.as_ref() != Some(branch)
    {
        session.app.ui.tell(&session.app.locale.say(&Message::new(key).with("branch", branch)));
    }
}

/// `key` is the message about what is on this machine alone.
fn say_unshared(session: &Session<'_>, key: &'static str) {
    let app = session.app;
    // No command shares it, whatever stopped the last one.
    if let Some(message) = unrelated(session) {
        return app.ui.tell(&app.locale.say(&message));
    }
    let Some(count) = session.store.unshared().filter(|count| *count > 0) else { return };
    let command = session.command("sync");
    app.ui.tell(&app.locale.say(&Message::new(key).with("count", count).with("command", command)));
    if let Some(trouble) = share::last_trouble(session) {
        let at = trouble.at.parse().map(|at| session.clock().time(at)).unwrap_or(trouble.at);
        let message = Message::new("share-stopped").with("at", at).with("reason", trouble.reason);
        app.ui.tell(&crate::view::sanitize::sanitize_block(&app.locale.say(&message)));
    }
}

/// The beginning of a commit's id, as git shows it.
pub fn short(commit: &str) -> &str {
    commit.get(..7).unwrap_or(commit)
}

/// The id alone, or the JSON object of the change.
pub fn print(session: &Session<'_>, recorded: &Recorded) -> anyhow::Result<()> {
    print_with(session, recorded, serde_json::Map::new())
}

/// The same, with `more` in the JSON object.
pub fn print_with(
    session: &Session<'_>,
    recorded: &Recorded,
    more: serde_json::Map<String, serde_json::Value>,
) -> anyhow::Result<()> {
    if session.app.globals.json {
        let change = change_of(session, recorded, more);
        return session.app.print_json("incident.change", &change);
    }
    Ok(session.app.ui.out(recorded.incident.id.as_str())?)
}

fn change_of(
    session: &Session<'_>,
    recorded: &Recorded,
    more: serde_json::Map<String, serde_json::Value>,
) -> ChangeJson {
    let (path, commit) = (recorded.path.as_str(), recorded.commit.as_deref());
    let event = |entry| EventJson::recorded_now(entry, session.now(), commit);
    ChangeJson {
        incident: IncidentJson::new(&recorded.incident, path, &session.policy, &session.settings.flow),
        events: recorded.entries.iter().map(event).collect(),
        commit: recorded.commit.clone(),
        more,
    }
}

/// What the same commit changed in another incident, for the JSON object of the first.
pub fn change_as_value(session: &Session<'_>, recorded: &Recorded) -> anyhow::Result<serde_json::Value> {
    Ok(serde_json::to_value(change_of(session, recorded, serde_json::Map::new()))?)
}
