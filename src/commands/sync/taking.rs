//! Taking in what is at the other end: hand edits first, then the join, then the branch moves.

use super::Sync;
use super::joining::{Joined, join};
use crate::commands::archive::may_be_incident;
use crate::commands::record::{locked, proposal, retried};
use crate::commands::session::{Session, config_env};
use crate::commands::share;
use crate::commands::write_args::{CommitArgs, Recorder};
use crate::failure::Message;
use crate::store::{Outcome, Store, StorePath, Writer};

/// Says how much has come in.
const RECEIVED: &str = "sync-received";

/// What has come in.
#[derive(Default)]
pub struct Taken {
    /// Commits that were not here.
    pub received: usize,
    /// The commit that joins both sides, where both had something.
    pub merge: Option<String>,
    pub notes: Vec<(StorePath, Message)>,
    pub conflicted: Vec<StorePath>,
    /// What else the person should know.
    pub remarks: Vec<Message>,
}

impl Sync<'_> {
    /// Brings the branch to hold everything that `theirs` does.
    pub(super) fn take(&self, theirs: Option<&str>) -> anyhow::Result<Taken> {
        let Some(theirs) = theirs else { return Ok(Taken::default()) };
        let store = &self.session.store;
        if store.tip()?.is_some() && store.has_commit(theirs)? {
            return Ok(Taken::default());
        }
        let received = store.distance().map_or(0, |distance| distance.behind);
        let remarks = self.settle_hand_edits(theirs)?;
        let whole = whole_repository(self.session)?;
        let mut writer = whole.lock()?;
        let taken = retried(|| self.advance(&mut writer, theirs))?;
        Ok(Taken { received, remarks: remarks.into_iter().chain(taken.remarks).collect(), ..taken })
    }

    /// A file that somebody has edited and not committed, and that changes now, becomes a commit of its own first.
    fn settle_hand_edits(&self, theirs: &str) -> anyhow::Result<Vec<Message>> {
        let (session, args) = (self.session, self.commit_args());
        let Some(tip) = session.store.tip()? else { return Ok(Vec::new()) };
        let coming = session.store.brought_by(&tip, theirs)?;
        let own: Vec<StorePath> = coming.into_iter().filter(is_incident).collect();
        locked(session, &self.recorder, &args, |writer, edits| {
            for path in &own {
                edits.settle_if_edited(writer, path)?;
            }
            // What was taken in before the edits is counted with all that has come.
            edits.remarks.retain(|remark| remark.key != RECEIVED);
            Ok(std::mem::take(&mut edits.remarks))
        })
    }

    /// One attempt; none if the branch moved meanwhile.
    fn advance(&self, writer: &mut Writer<'_>, theirs: &str) -> anyhow::Result<Option<Taken>> {
        let args = self.commit_args();
        let who =
            proposal(self.session, &self.recorder, &args, Vec::new(), String::new(), self.session.now());
        let (joined, commit) = match writer.tip() {
            Some(ours) if !self.session.store.leads_to(&ours, theirs)? => {
                let joined = join(self.session, &ours, theirs, &self.upstream)?;
                let with = (&self.recorder, &args);
                let commit = joined.commit(self.session, (&ours, theirs), &self.upstream, with)?;
                (Some(joined), commit)
            }
            _ => (None, theirs.to_owned()),
        };
        let what = if joined.is_some() { "merge" } else { "fast-forward to" };
        let reason = format!("incident sync: {what} {}", self.upstream.short());
        let remarks = match writer.advance(&commit, &who, &reason)? {
            Outcome::Moved => return Ok(None),
            Outcome::Unchanged => Vec::new(),
            Outcome::Committed { warnings, .. } => warnings,
        };
        let merge = joined.is_some().then_some(commit);
        let (notes, conflicted) =
            joined.map(|Joined { notes, conflicted, .. }| (notes, conflicted)).unwrap_or_default();
        Ok(Some(Taken { merge, notes, conflicted, remarks, ..Taken::default() }))
    }
}

/// Takes in, before something is recorded, what has arrived since, so that it is recorded on top of that: only where the
/// branch just has to move forward, nothing of the person's is in the way, and the repository is the store's alone.
/// What it says is for the person to know.
pub fn take_what_is_easy(session: &Session<'_>, recorder: &Recorder) -> Vec<Message> {
    let distance = session.store.distance().filter(|distance| distance.ahead == 0 && distance.behind > 0);
    let Some(distance) = distance else { return Vec::new() };
    if !session.store.prefix().is_empty() || !share::is_automatic(session) {
        return Vec::new();
    }
    let mut said = Vec::new();
    // What cannot be taken in now is as good later, by a sync.
    if let Ok(true) = forward(session, recorder, &mut said) {
        let upstream = session.store.upstream().map(|upstream| upstream.short()).unwrap_or_default();
        said.push(Message::new(RECEIVED).with("count", distance.behind).with("upstream", upstream));
    }
    said
}

/// Moves the branch forward to where the other end is known to be; false if it was moved meanwhile.
fn forward(session: &Session<'_>, recorder: &Recorder, said: &mut Vec<Message>) -> anyhow::Result<bool> {
    let upstream = session.store.upstream()?;
    let Some(theirs) = session.store.upstream_tip(&upstream)? else { return Ok(false) };
    let whole = whole_repository(session)?;
    let mut writer = whole.lock()?;
    said.extend(writer.recovered().iter().cloned());
    let who = proposal(session, recorder, &CommitArgs::default(), Vec::new(), String::new(), session.now());
    let reason = format!("incident sync: fast-forward to {}", upstream.short());
    let Outcome::Committed { warnings, .. } = writer.advance(&theirs, &who, &reason)? else {
        return Ok(false);
    };
    said.extend(warnings);
    Ok(true)
}

/// The store's repository with every file of the branch, which all move with it.
fn whole_repository(session: &Session<'_>) -> anyhow::Result<Store> {
    let (store, branch) = (&session.store, session.settings.branch.as_deref());
    let whole = Store::open(store.root())?.with_config_env(&config_env())?;
    Ok(whole.on_branch(branch)?.at_top())
}

fn is_incident(path: &StorePath) -> bool {
    path.as_str().starts_with("incidents/") && may_be_incident(path)
}
