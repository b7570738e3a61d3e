//! `incident sync`: takes in what others have recorded, merged with what this clone has, and sends what they lack.

mod joining;
mod outcome;
mod renaming;
mod sending;
mod taking;

pub use self::joining::{Joined, driver, join};
pub use self::sending::held_back;
pub use self::taking::take_what_is_easy;

use super::app::App;
use super::session::{Need, Session};
use super::share;
use super::write_args::{CommitArgs, Recorder};
use crate::domain::moment::Moment;
use crate::failure::{Exit, Failure, Message};
use crate::store::{Attendance, Pushed, Registration, Upstream};

/// Take in what others have recorded, and send them what is only here
///
/// Fetches, merges by the structure of the incident files, and pushes, with your own git. What you have staged or not
/// saved yet stays as it is.
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// Show what would come and go, and do neither
    #[arg(short = 'n', long)]
    pub dry_run: bool,

    /// Send the branch's other commits too, where the store is a part of a repository
    #[arg(long)]
    pub all: bool,

    /// Skip the pre-commit and commit-msg hooks for what you have edited and not committed
    #[arg(long)]
    pub no_verify: bool,

    /// Do not sign the commit that joins both sides
    #[arg(long)]
    pub no_gpg_sign: bool,

    /// In the background, after a write: send without being in anybody's way
    #[arg(long, hide = true)]
    pub unattended: bool,
}

/// How often a push is tried: each time another one was quicker, what that one brought is taken in first.
pub const ATTEMPTS: u32 = 5;

pub fn run(args: &Args, app: &App) -> anyhow::Result<()> {
    if args.unattended {
        return share::run_unattended(app);
    }
    let session = Session::open(app, Need::Settings)?;
    let upstream = session.store.upstream()?;
    if !args.dry_run {
        register_driver(&session)?;
    }
    let sync = Sync { session: &session, upstream, args, recorder: recorder(&session)? };
    if args.dry_run { sync.preview() } else { sync.run() }
}

/// Has git itself merge incident files by the program from now on. What holds that up does not hold up the exchange.
fn register_driver(session: &Session<'_>) -> anyhow::Result<()> {
    let app = session.app;
    match session.store.register_driver()? {
        Registration::Made => app.ui.say(&app.locale.text("driver-registered")),
        Registration::Held(message) => app.ui.say(&app.locale.say(&message)),
        Registration::There => {}
    }
    Ok(())
}

fn recorder(session: &Session<'_>) -> anyhow::Result<Recorder> {
    Recorder::at(session, Moment::exact(session.now()), None)
}

/// One run, with everything it needs to know.
struct Sync<'a> {
    session: &'a Session<'a>,
    upstream: Upstream,
    args: &'a Args,
    recorder: Recorder,
}

impl Sync<'_> {
    fn run(&self) -> anyhow::Result<()> {
        let _turn = share::take_turn(self.session);
        let mut outcome = outcome::Outcome::new(&self.upstream);
        match self.exchange(&mut outcome) {
            Ok(()) => self.conclude(outcome),
            Err(error) => {
                // What has come in is here, whether or not the rest could go out.
                self.tell_received(&outcome);
                Err(error)
            }
        }
    }

    fn exchange(&self, outcome: &mut outcome::Outcome) -> anyhow::Result<()> {
        let store = &self.session.store;
        let mut held = None;
        for attempt in 0..ATTEMPTS {
            let theirs = self.fetch()?;
            outcome.add(self.take(theirs.as_deref())?);
            let Some(tip) = store.tip()?.filter(|tip| Some(tip) != theirs.as_ref()) else { return Ok(()) };
            self.refuse_strangers()?;
            outcome.sent = store.distance().map_or(0, |distance| distance.ahead);
            held = match store.push(&self.upstream, &tip, self.attendance())? {
                Pushed::Done => return Ok(()),
                Pushed::Behind => None,
                Pushed::Held(failure) => Some(failure),
            };
            store.pause_before_retry(attempt);
        }
        let always_behind = || {
            Failure::new(Exit::Network, "sync-always-behind")
                .with("upstream", self.upstream.short())
                .hint(Message::new("hint-again"))
        };
        Err(held.unwrap_or_else(always_behind).into())
    }

    /// The end of the branch there; none while it does not exist.
    fn fetch(&self) -> anyhow::Result<Option<String>> {
        let store = &self.session.store;
        let before = store.upstream_tip(&self.upstream)?;
        let there = store.fetch(&self.upstream, self.attendance())?;
        let after = if there { store.upstream_tip(&self.upstream)? } else { None };
        self.tell_if_rewritten(before.as_deref(), after.as_deref())?;
        Ok(after)
    }

    /// Nothing recorded disappears because somebody has rewritten the branch there: what this clone has goes back. Who
    /// wanted it forgotten has to know.
    fn tell_if_rewritten(&self, before: Option<&str>, after: Option<&str>) -> anyhow::Result<()> {
        let app = self.session.app;
        let Some(before) = before else { return Ok(()) };
        let key = match after {
            Some(after) if self.session.store.leads_to(before, after)? => return Ok(()),
            Some(_) => "sync-rewritten",
            None => "sync-branch-gone",
        };
        app.ui.say(&app.locale.say(&Message::new(key).with("upstream", self.upstream.short())));
        Ok(())
    }

    fn attendance(&self) -> Attendance {
        if self.session.app.ui.interactive() { Attendance::Attended } else { Attendance::Unattended }
    }

    fn commit_args(&self) -> CommitArgs {
        CommitArgs {
            dry_run: self.args.dry_run,
            no_verify: self.args.no_verify,
            no_gpg_sign: self.args.no_gpg_sign,
        }
    }
}
