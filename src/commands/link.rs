//! `incident link`: a page, a commit or a ticket that belongs to an incident.

use super::announce::announce;
use super::app::App;
use super::archive::find;
use super::half_typed;
use super::links::{self, From};
use super::record::record;
use super::session::{Need, Session};
use super::write_args::{Recorder, Recording, Target};
use crate::config::SETTINGS_FILE;
use crate::domain::change::Change;
use crate::domain::event::EventKind;
use crate::domain::links::{Reference, may_be_commit, safe_address, title};
use crate::domain::names::Purpose;
use crate::failure::{Exit, Failure, Message};
use crate::say;
use crate::ui::LinePrompt;
use crate::view::markdown::link_item;

/// Add a link: a page, a commit of this repository, or a ticket
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// An address, the beginning of a commit's hash, or the key of a ticket; without it you are asked
    #[arg(value_name = "URL|COMMIT|TICKET")]
    pub what: Option<String>,

    /// What to call it; several words are joined by blanks [default: derived from it]
    #[arg(value_name = "TEXT")]
    pub text: Vec<String>,

    /// The review is written at this address
    #[arg(long, value_name = "URL", conflicts_with_all = ["what", "text"])]
    pub postmortem: Option<String>,

    #[command(flatten)]
    pub target: Target,

    #[command(flatten)]
    pub recording: Recording,
}

pub fn run(args: Args, app: &App) -> anyhow::Result<()> {
    let session = Session::open(app, Need::Settings)?;
    let link = match &args.postmortem {
        Some(address) => {
            Link::to_page(&session, address, &session.documents.text("heading-postmortem-link")).map(|link| {
                Link { kind: EventKind::Postmortem, words: link.address.clone().unwrap_or_default(), ..link }
            })
        }
        None => {
            let what = args.what.clone().map_or_else(|| asked(&session), Ok)?;
            Link::new(&session, &what, &args.text.join(" "))
        }
    }?;
    let found = find(&session, args.target.incident.as_deref(), Purpose::Writing)?;
    let recorder = Recorder::new(&session, &args.recording)?;
    let recorded = record(&session, &found.path, &recorder, &args.recording.commit, &|file| {
        let mut change = Change::default();
        let is_listed = links::has(&file.links, link.address.as_deref(), link.key.as_deref());
        let is_told =
            file.timeline.entries().any(|entry| entry.kind == link.kind && entry.text == link.words);
        if !is_listed {
            change.links.push(link.item.clone());
        }
        // A page that was noted before may turn out to be the review.
        if !is_listed || link.kind == EventKind::Postmortem && !is_told {
            change.entries.push(recorder.act(&session, &link.words).entry(link.kind.clone()));
        }
        Ok(change)
    })?;
    announce(&session, &recorded)?;
    if let (Some(key), None, true) = (&link.key, &link.address, recorded.commit.is_some())
        && let Some((prefix, _)) = key.rsplit_once('-').filter(|_| is_ticket(key))
    {
        app.ui.tell(&say!(app.locale, "link-no-tracker", file = SETTINGS_FILE, prefix = prefix));
    }
    Ok(())
}

/// What to link, typed in at the terminal.
fn asked(session: &Session<'_>) -> anyhow::Result<String> {
    let app = session.app;
    if !app.ui.interactive() {
        let failure = Failure::new(Exit::Usage, "link-nothing-named");
        return Err(failure.hint(session.hint("hint-link-forms")).into());
    }
    let label = app.locale.text("link-what");
    half_typed::line(session, &mut app.ui.session()?, "link", &LinePrompt::new(&label))?.answered()
}

/// A link about to be recorded.
struct Link {
    kind: EventKind,
    /// What stands among the links, as Markdown.
    item: String,
    /// What stands in the timeline.
    words: String,
    address: Option<String>,
    /// The hash or the key, by which it is found again.
    key: Option<String>,
}

impl Link {
    fn new(session: &Session<'_>, what: &str, text: &str) -> Result<Self, Failure> {
        let (what, text) = (what.trim(), text.trim());
        if what.contains(':') {
            return Self::to_page(session, what, text);
        }
        if let Some((commit, subject)) =
            Some(what).filter(|what| is_hash(what)).and_then(|what| session.store.commit_named(what))
        {
            let short = super::announce::short(&commit).to_owned();
            let words = format!("{short} {}", if text.is_empty() { &subject } else { text });
            return Ok(Self::of_key(session, Reference::Commit, short, words));
        }
        if is_ticket(what) {
            let words = format!("{what} {text}");
            return Ok(Self::of_key(session, Reference::Ticket, what.to_owned(), words));
        }
        if may_be_commit(what) {
            let hint = Message::new("hint-link-commit");
            return Err(Failure::new(Exit::NotFound, "link-no-such-commit").with("word", what).hint(hint));
        }
        Err(Failure::new(Exit::Usage, "link-not-understood")
            .with("word", what)
            .hint(session.hint("hint-link-forms")))
    }

    fn to_page(session: &Session<'_>, address: &str, text: &str) -> Result<Self, Failure> {
        let Some(address) = safe_address(address) else {
            let failure = Failure::new(Exit::Usage, "link-unsafe").with("word", address);
            return Err(failure.hint(session.hint("hint-link-forms")));
        };
        let (name, words) = match text {
            "" => (title(&address), address.clone()),
            text => (text.to_owned(), format!("{text} {address}")),
        };
        Ok(Self {
            kind: EventKind::Link,
            item: link_item(&name, Some(&address)),
            words,
            address: Some(address),
            key: None,
        })
    }

    fn of_key(session: &Session<'_>, reference: Reference, key: String, words: String) -> Self {
        let words = words.trim().to_owned();
        let address = links::address(session, From::Paste, reference, &key);
        Self {
            kind: EventKind::Link,
            item: link_item(&words, address.as_deref()),
            words,
            address,
            key: Some(key),
        }
    }
}

/// Whether git may be asked for a commit of that name; a branch of that name is none.
fn is_hash(word: &str) -> bool {
    (4..=40).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether `word` looks like the key of a ticket, whose tracker need not be known.
fn is_ticket(word: &str) -> bool {
    let is_prefix = |prefix: &str| {
        prefix.starts_with(|c: char| c.is_ascii_uppercase())
            && prefix.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
    };
    word.rsplit_once('-').is_some_and(|(prefix, number)| {
        is_prefix(prefix) && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}
