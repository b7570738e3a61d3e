//! Sharing by itself: after each write a process of its own sends the branch, and nobody waits for it.
//!
//! It touches neither the worktree nor the index nor the local branch, so that no git command of a person ever finds a
//! lock of it. Where the other end has moved on, both are joined in a commit that only the other end has until the next
//! `sync` here.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::app::App;
use super::session::{Need, Session};
use super::sync::{ATTEMPTS, held_back, join};
use super::write_args::{CommitArgs, Recorder};
use crate::config::Share;
use crate::context;
use crate::domain::moment::{Moment, rfc3339};
use crate::failure::{Failure, Failures, Message};
use crate::store::{Attendance, PrivateLock, Pushed, Upstream};

/// The lock of the process that shares.
const TURN: &str = "share";
/// The lock of the one that waits to be the next.
const NEXT: &str = "share-next";
/// What stopped the last one; not there if nothing did.
const TROUBLE: &str = "share-trouble";

/// How long one waits for another, which may be waiting for a server that does not answer.
const PATIENCE: Duration = Duration::from_secs(15 * 60);

/// How long a person's own sync waits for one in the background. Both at once do no harm.
const SHORT_PATIENCE: Duration = Duration::from_secs(3);

/// Why the records could not be sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Trouble {
    /// When that was, RFC 3339.
    pub at: String,
    /// In the words of whoever recorded.
    pub reason: String,
}

/// Whether this store shares by itself, and this run may begin it.
pub fn is_automatic(session: &Session<'_>) -> bool {
    let wanted = session.settings.share == Share::Auto && session.store.upstream().is_ok();
    wanted && context::variable("INCIDENT_SHARE").is_none_or(|word| word != "off")
}

/// Begins to share what was recorded, if the store does that by itself. That it cannot be begun is no failure of what
/// was recorded, and is seen by what every list says is not shared yet.
pub fn begin(session: &Session<'_>) {
    if !is_automatic(session) {
        return;
    }
    let waits = context::variable("INCIDENT_SHARE").is_some_and(|word| word == "wait");
    let begun = context::own_program().and_then(|program| {
        let words =
            ["--quiet", "--no-input", "--lang", session.app.locale.lang().tag(), "sync", "--unattended"];
        session.store.start_own_program(&program, &words, waits)
    });
    if let Err(error) = begun {
        session.app.ui.say(&format!("{error:#}"));
    }
}

/// Lets what is being shared in the background be shared, and holds the next one off.
pub fn take_turn(session: &Session<'_>) -> Option<PrivateLock> {
    session.store.lock_private(TURN, SHORT_PATIENCE).ok()
}

/// The process that `begin` starts.
pub fn run_unattended(app: &App) -> anyhow::Result<()> {
    app.ui.leave_terminal();
    let session = Session::open(app, Need::Settings)?;
    // Whoever waits already will send what is recorded by now.
    let Some(next) = session.store.try_lock_private(NEXT)? else { return Ok(()) };
    // What is not sent now goes with what is recorded next.
    let Ok(_turn) = session.store.lock_private(TURN, PATIENCE) else { return Ok(()) };
    drop(next);
    match send(&session) {
        Ok(None) => forget_trouble(&session),
        Ok(Some(reason)) => keep_trouble(&session, app.locale.say(&reason)),
        Err(error) => keep_trouble(&session, reason_of(app, &error)),
    }
}

/// Sends what the other end lacks. What stands in the way and is no failure is returned.
fn send(session: &Session<'_>) -> anyhow::Result<Option<Message>> {
    let upstream = session.store.upstream()?;
    if let Some(reason) = held_back(session, &upstream)? {
        return Ok(Some(reason));
    }
    let mut held = None;
    for attempt in 0..ATTEMPTS {
        let is_there = session.store.fetch(&upstream, Attendance::Unattended)?;
        let theirs = if is_there { session.store.upstream_tip(&upstream)? } else { None };
        let Some(ours) = session.store.tip()? else { return Ok(None) };
        let commit = match theirs {
            Some(theirs) if session.store.leads_to(&ours, &theirs)? => return Ok(None),
            Some(theirs) if !session.store.leads_to(&theirs, &ours)? => {
                match joined(session, (&ours, &theirs), &upstream)? {
                    Some(commit) => commit,
                    None => return Ok(Some(Message::new("share-needs-sync"))),
                }
            }
            _ => ours,
        };
        held = match session.store.push(&upstream, &commit, Attendance::Unattended)? {
            Pushed::Done => return Ok(None),
            Pushed::Behind => None,
            Pushed::Held(failure) => Some(failure.message),
        };
        session.store.pause_before_retry(attempt);
    }
    Ok(held.or_else(|| Some(Message::new("sync-always-behind").with("upstream", upstream.short()))))
}

/// The commit that joins both ends; none where a person should look at it, or is needed to sign it.
fn joined(session: &Session<'_>, ends: (&str, &str), upstream: &Upstream) -> anyhow::Result<Option<String>> {
    let args = CommitArgs::default();
    if session.store.must_sign(args.options())? {
        return Ok(None);
    }
    let joined = join(session, ends.0, ends.1, upstream)?;
    if !joined.conflicted.is_empty() {
        return Ok(None);
    }
    let recorder = Recorder::at(session, Moment::exact(session.now()), None)?;
    joined.commit(session, ends, upstream, (&recorder, &args)).map(Some)
}

fn reason_of(app: &App, error: &anyhow::Error) -> String {
    let failures = error.downcast_ref::<Failures>().and_then(|failures| failures.0.first());
    let failure = error.downcast_ref::<Failure>().or(failures);
    let reason = failure.map_or_else(|| format!("{error:#}"), |failure| app.locale.say(&failure.message));
    // What git said follows below, for those who ask for it by a sync of their own.
    reason.lines().next().unwrap_or_default().trim_end_matches(':').to_owned()
}

fn keep_trouble(session: &Session<'_>, reason: String) -> anyhow::Result<()> {
    let trouble = Trouble { at: rfc3339(session.now()), reason };
    session.store.save_private(TROUBLE, &serde_json::to_vec(&trouble)?)
}

/// Everything is shared: what once stood in the way is past.
pub fn forget_trouble(session: &Session<'_>) -> anyhow::Result<()> {
    session.store.remove_private(TROUBLE)
}

/// What stopped the last process that tried to share.
pub fn last_trouble(session: &Session<'_>) -> Option<Trouble> {
    serde_json::from_slice(&session.store.read_private(TROUBLE).ok()??).ok()
}
