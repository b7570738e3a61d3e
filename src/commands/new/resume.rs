//! Going on with what was kept: `new --resume`, and plain `new` where a draft is waiting.

use super::super::announce;
use super::super::session::Session;
use super::super::store_choice::{self, Choice};
use super::super::write_args::CommitArgs;
use super::addition::Addition;
use super::declaration::Declaration;
use super::declare::{Declared, declare, settle_id};
use super::draft::{self, Draft, Slot};
use super::interview::{Beginning, Interview};
use super::routing::Route;
use super::typed::Typed;
use super::{complete, of_kind, outcome, summary};
use crate::failure::{Exit, Failure, Message};
use crate::say;
use crate::store::discover;
use crate::ui::{Choice as Prompt, Item, Reply, YesNoPrompt};

/// Records what was kept: what is complete at once, the rest by asking on.
pub fn run(session: &Session<'_>, args: &CommitArgs) -> anyhow::Result<Exit> {
    let drafts = draft::all(session)?;
    if drafts.is_empty() {
        return Err(nothing_kept(session)?.into());
    }
    let mut incomplete = Vec::new();
    let before = drafts.len();
    for (slot, kept) in drafts {
        let slot = if args.dry_run { slot.kept_as_it_is() } else { slot };
        match kept {
            Draft::Typed(typed) => incomplete.extend(write_typed(session, args, slot, typed)?),
            Draft::Declaration(declaration) => incomplete.push((slot, declaration)),
            Draft::Complete(declaration) => write_declaration(session, args, slot, declaration)?,
            Draft::Addition(addition) => write_addition(session, args, slot, addition)?,
        }
    }
    let written = before > incomplete.len();
    if incomplete.is_empty() {
        return Ok(Exit::Done);
    }
    let app = session.app;
    if app.ui.interactive() {
        if incomplete.len() == 1
            && let Some((slot, declaration)) = incomplete.pop()
        {
            return go_on(session, args, slot, declaration);
        }
        return match choose(session, &mut incomplete)? {
            Reply::Value(Some((slot, declaration))) => go_on(session, args, slot, declaration),
            Reply::Value(None) => Ok(Exit::Done),
            Reply::Interrupted { .. } => Ok(Exit::Interrupted),
        };
    }
    if written {
        app.ui.tell(&say!(app.locale, "drafts-left", count = incomplete.len()));
        return Ok(Exit::Done);
    }
    let hint = Message::new("hint-resume").with("command", session.command("new --resume"));
    Err(Failure::new(Exit::Usage, "draft-incomplete").hint(hint).into())
}

/// What a person who types plain `new` wants, where drafts are waiting.
pub enum Wish {
    GoOn(Exit),
    StartAnew,
}

/// Offers to go on with a draft. Starting anew keeps it.
pub fn offer(session: &Session<'_>, args: &CommitArgs) -> anyhow::Result<Wish> {
    let mut declarations = Vec::new();
    let mut ready = 0;
    for (slot, kept) in draft::all(session)? {
        match kept {
            Draft::Declaration(declaration) => declarations.push((slot, declaration)),
            Draft::Typed(_) | Draft::Complete(_) | Draft::Addition(_) => ready += 1,
        }
    }
    let app = session.app;
    if ready > 0 {
        app.ui.tell(&say!(app.locale, "drafts-unwritten", count = ready));
        app.ui.tell_command(&app.locale.text("drafts-write"), &session.command("new --resume"));
    }
    if declarations.is_empty() {
        return Ok(Wish::StartAnew);
    }
    match choose(session, &mut declarations)? {
        Reply::Value(Some((slot, declaration))) => {
            drop(declarations);
            go_on(session, args, slot, declaration).map(Wish::GoOn)
        }
        Reply::Value(None) => Ok(Wish::StartAnew),
        Reply::Interrupted { .. } => Ok(Wish::GoOn(Exit::Interrupted)),
    }
}

type Chosen = Option<(Slot, Declaration)>;

/// Takes the draft to go on with out of `drafts`: the only one after a yes, else one of the list, the newest first.
fn choose(session: &Session<'_>, drafts: &mut Vec<(Slot, Declaration)>) -> anyhow::Result<Reply<Chosen>> {
    let app = session.app;
    let short = |declaration: &Declaration| summary::in_short(session, declaration);
    if let [(_, declaration)] = drafts.as_slice() {
        app.ui.tell(&say!(app.locale, "draft-found", draft = short(declaration)));
        let text = app.locale.text("draft-go-on");
        let (yes, no) = (app.locale.text("draft-continue"), app.locale.text("draft-start-anew"));
        let prompt = YesNoPrompt { text: &text, yes: &yes, no: &no, enter: Some(true) };
        let reply = app.ui.session()?.yes_no(&prompt)?;
        return Ok(reply.map(|yes| if yes { drafts.pop() } else { None }));
    }
    drafts.reverse();
    let items: Vec<Item> = drafts.iter().map(|(_, declaration)| Item::new(short(declaration), "")).collect();
    let (text, anew) = (app.locale.text("draft-which"), app.locale.text("draft-start-anew"));
    let prompt = Prompt { prompt: &text, items: &items, zero: Some(&anew), enter: Some(1) };
    let reply = app.ui.session()?.choose(&prompt)?;
    Ok(reply.map(|index| index.map(|index| drafts.remove(index))))
}

fn go_on(
    session: &Session<'_>,
    args: &CommitArgs,
    slot: Slot,
    declaration: Declaration,
) -> anyhow::Result<Exit> {
    Interview::new(session, declaration, args, slot, Beginning::Resumed).run()
}

/// Records what was typed while the rules could not be read, where it belongs. What is not complete is given back.
fn write_typed(
    session: &Session<'_>,
    args: &CommitArgs,
    mut slot: Slot,
    mut typed: Typed,
) -> anyhow::Result<Option<(Slot, Declaration)>> {
    let other = match of_kind(session, &typed.args) {
        Ok(Route::Here) => None,
        Ok(Route::HereByChoice) => {
            typed.args.here = true;
            None
        }
        Ok(Route::Private(other)) => Some(other),
        Ok(Route::Left) => return Ok(None),
        Err(error) => return Err(slot.keep(session, &Draft::Typed(typed), error)),
    };
    let place = other.as_deref().unwrap_or(session);
    let declaration = match typed.read(place) {
        Ok(declaration) => declaration,
        Err(error) => return Err(slot.keep(session, &Draft::Typed(typed), error)),
    };
    let is_complete = declaration.is_enough() || complete(place, &declaration).is_ok();
    let Some(place) = other.as_deref() else {
        if is_complete {
            return write_declaration(session, args, slot, declaration).map(|()| None);
        }
        return Ok(Some((slot, declaration)));
    };
    let mut there = Slot::new(place, !args.dry_run);
    if is_complete {
        there.save(place, &Draft::Complete(declaration.clone()))?;
        slot.remove(session)?;
        return write_declaration(place, args, there, declaration).map(|()| None);
    }
    there.save(place, &Draft::Declaration(declaration))?;
    slot.remove(session)?;
    let command = place.command("new --resume");
    session.app.ui.tell_command(&session.app.locale.text("draft-resume"), &command);
    Ok(None)
}

/// Records a declaration that lacks nothing but its commit.
fn write_declaration(
    session: &Session<'_>,
    args: &CommitArgs,
    mut slot: Slot,
    mut declaration: Declaration,
) -> anyhow::Result<()> {
    settle_id(session, &mut declaration)?;
    let kept = Draft::Complete(declaration.clone());
    slot.save(session, &kept)?;
    let recorded = match declare(session, &declaration, args) {
        Ok(Declared::Recorded(recorded)) if recorded.commit.is_some() => {
            outcome::announce(session, &declaration, &recorded);
            recorded
        }
        Ok(Declared::Recorded(recorded)) => recorded,
        Ok(Declared::Before(recorded)) => {
            outcome::announce_earlier(session, &declaration);
            recorded
        }
        Err(error) => return Err(slot.keep(session, &kept, error)),
    };
    slot.remove(session)?;
    if args.dry_run { Ok(()) } else { announce::print(session, &recorded) }
}

/// Records what was added to an incident.
fn write_addition(
    session: &Session<'_>,
    args: &CommitArgs,
    mut slot: Slot,
    addition: Addition,
) -> anyhow::Result<()> {
    let recorded = match addition.record(session, args) {
        Ok(recorded) => recorded,
        Err(error) => return Err(slot.keep(session, &Draft::Addition(addition), error)),
    };
    if recorded.commit.is_some() {
        let about = addition.about.as_str();
        session.app.ui.tell_done(&say!(session.app.locale, "draft-added", about = about));
    }
    slot.remove(session)?;
    if args.dry_run { Ok(()) } else { announce::print(session, &recorded) }
}

/// The error where there is no draft, which names the private stores that have one.
fn nothing_kept(session: &Session<'_>) -> anyhow::Result<Failure> {
    let mut failure = Failure::new(Exit::NotFound, "no-draft");
    let mut names: Vec<&str> = session.policy.kinds.iter().filter_map(|kind| kind.store.as_deref()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let Some(Choice::Found(directory)) = store_choice::named(name)? else { continue };
        let is_other = discover(&directory).is_some_and(|root| root != session.store.root());
        if is_other && draft::are_in(&directory)? {
            let command = store_choice::invocation_by_name(name).command("new --resume");
            failure = failure.hint(Message::new("hint-command").with("command", command));
        }
    }
    Ok(failure.hint(session.hint("hint-new")))
}
