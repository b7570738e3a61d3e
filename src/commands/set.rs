//! `incident set`: every fact that has no command of its own.

use super::announce::announce;
use super::app::App;
use super::archive::find;
use super::either_language;
use super::record::record;
use super::session::{Need, Session};
use super::suggestion::{Named, not_known};
use super::write_args::{Recorder, Recording, Target};
use crate::config;
use crate::domain::change::Change;
use crate::domain::event::Milestone;
use crate::domain::facts::{self, Fact, KEYS, Key, Setting};
use crate::domain::incident::{DETECTED_BY, Mode};
use crate::domain::names::Purpose;
use crate::domain::policy::FieldType;
use crate::domain::text::{folded, named};
use crate::failure::{Exit, Failure, Message};
use crate::say;
use crate::view::sanitize::clean_title;

/// Set facts of an incident: title, kind, times, impact and your own fields
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// The fact and its value; nothing after the sign takes it away
    #[arg(value_name = "KEY=VALUE", required = true)]
    pub assignments: Vec<String>,

    /// Why
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true)]
    pub message: Option<String>,

    #[command(flatten)]
    pub target: Target,

    #[command(flatten)]
    pub recording: Recording,
}

pub fn run(args: Args, app: &App) -> anyhow::Result<()> {
    let session = Session::open(app, Need::Settings)?;
    let settings =
        args.assignments.iter().map(|pair| parse(&session, pair)).collect::<Result<Vec<_>, _>>()?;
    for (number, (fact, _)) in settings.iter().enumerate() {
        if settings[..number].iter().any(|(earlier, _)| earlier == fact) {
            let pair = &args.assignments[number];
            return Err(Failure::new(Exit::Usage, "set-twice").with("text", pair).into());
        }
    }
    let found = find(&session, args.target.incident.as_deref(), Purpose::Writing)?;
    let recorder = Recorder::new(&session, &args.recording)?;
    let words = args.message.unwrap_or_default();
    let recorded = record(&session, &found.path, &recorder, &args.recording.commit, &|file| {
        let mut all = Change::default();
        for (fact, setting) in &settings {
            // The reason is told once, with the first fact that changes.
            let reason = if all.is_empty() { words.as_str() } else { "" };
            let change = facts::set(&file.incident, fact, setting, &recorder.act(&session, reason));
            all.add(change);
        }
        Ok(all)
    })?;
    announce(&session, &recorded)?;
    for (fact, setting) in &settings {
        if let (Fact::DetectedBy, Setting::Text(word)) = (fact, setting) {
            tell_unusual(&session, word);
        }
    }
    Ok(())
}

/// A team may have words of its own for how it notices things; what looks like a slip is pointed out.
pub fn tell_unusual(session: &Session<'_>, word: &str) {
    if DETECTED_BY.contains(&word) {
        return;
    }
    let app = session.app;
    let near = config::nearest(word, DETECTED_BY.into_iter());
    app.ui.tell(&match near.first() {
        Some(near) => say!(app.locale, "detected-by-slip", word = word, near = *near),
        None => say!(app.locale, "detected-by-unusual", word = word, usual = DETECTED_BY.join(", ")),
    });
}

/// `KEY=VALUE` as a fact and a value that fits it.
pub fn parse(session: &Session<'_>, pair: &str) -> anyhow::Result<(Fact, Setting)> {
    let Some((key, value)) = pair.split_once('=') else {
        return Err(Failure::new(Exit::Usage, "set-without-value")
            .with("text", pair)
            .hint(session.hint("hint-set-example"))
            .into());
    };
    let (key, value) = (key.trim(), value.trim());
    let fields: Vec<String> = session.policy.fields.iter().map(|field| field.id.clone()).collect();
    match Key::named(&token_of(session, key), &fields) {
        Key::Fact(fact) => {
            let setting = setting(session, &fact, value)?;
            Ok((fact, setting))
        }
        Key::Elsewhere(command) => Err(Failure::new(Exit::Usage, "set-elsewhere")
            .with("key", key)
            .hint(Message::new("hint-command").with("command", session.command(command)))
            .into()),
        Key::Fixed => Err(Failure::new(Exit::Refused, "set-fixed").with("key", key).into()),
        Key::Unknown => Err(unknown(key, &fields).into()),
    }
}

/// The key for `word`, which may be what the fact is called on the page, in either language.
fn token_of(session: &Session<'_>, word: &str) -> String {
    let facts = KEYS.iter().map(|(key, _)| *key).chain(["urgency"]);
    let known = either_language::token("fact", facts, word)
        .or_else(|| either_language::token("milestone", Milestone::ALL.map(Milestone::token), word));
    let field = || session.policy.find_field(word);
    known.or_else(|| field().map(|field| field.id.as_str())).unwrap_or(word).to_owned()
}

fn unknown(key: &str, fields: &[String]) -> Failure {
    let mut known: Vec<&str> = fields.iter().map(String::as_str).collect();
    known.extend_from_slice(&KEYS.map(|(key, _)| key));
    known.extend_from_slice(&Milestone::ALL.map(Milestone::token));
    known.push("urgency");
    let failure = Failure::new(Exit::Usage, "set-unknown-key").with("key", key);
    config::suggestion(key, known.into_iter()).into_iter().fold(failure, Failure::hint)
}

fn setting(session: &Session<'_>, fact: &Fact, value: &str) -> anyhow::Result<Setting> {
    if value.is_empty() {
        return match fact {
            Fact::Title | Fact::Mode | Fact::Milestone(Milestone::Declared) => {
                Err(Failure::new(Exit::Usage, "set-needs-value").into())
            }
            _ => Ok(Setting::Clear),
        };
    }
    Ok(match fact {
        Fact::Milestone(_) => Setting::Time(session.past_moment(value)?),
        Fact::NextUpdate | Fact::ExpectedEnd => Setting::Time(session.promised_moment(value)?),
        Fact::Title => match clean_title(value).0 {
            title if title.is_empty() => return Err(Failure::new(Exit::Usage, "set-needs-value").into()),
            title => Setting::Text(title),
        },
        Fact::Kind => Setting::Text(kind(session, value)?),
        Fact::Products => {
            let names = value.split(',').map(str::trim).filter(|name| !name.is_empty());
            Setting::List(names.map(|name| product(session, name)).collect::<Result<_, _>>()?)
        }
        Fact::Mode => Setting::Mode(mode(value)?),
        Fact::DetectedBy => Setting::Text(detected_by(value)),
        Fact::Reporter => Setting::Text(session.handle_of(value, &session.actor()?)),
        Fact::Field(id) => Setting::Text(field_value(session, id, value)?),
        _ => Setting::Text(value.to_owned()),
    })
}

fn mode(word: &str) -> anyhow::Result<Mode> {
    let token = either_language::token("mode", Mode::ALL.map(Mode::token), word);
    token.and_then(Mode::from_token).ok_or_else(|| {
        let names = Mode::ALL.map(Mode::token).join(", ");
        let failure = Failure::new(Exit::Usage, "no-such-mode").with("word", word);
        failure.hint(Message::new("hint-known-names").with("names", names)).into()
    })
}

/// The token for a word or name of how it was noticed; a team's own word stays.
pub fn detected_by(word: &str) -> String {
    either_language::token("detected-by", DETECTED_BY, word).unwrap_or(word).to_owned()
}

/// The id of the kind with this id or name.
pub fn kind(session: &Session<'_>, word: &str) -> anyhow::Result<String> {
    let policy = &session.policy;
    if let Some(kind) = policy.find_kind(word) {
        return Ok(kind.id.clone());
    }
    let known = policy.kinds.iter().map(|kind| Named { id: &kind.id, name: Some(&kind.name) });
    Err(not_known(session, "no-such-kind", word, known).into())
}

/// The id of the product with this id or name.
pub fn product(session: &Session<'_>, word: &str) -> anyhow::Result<String> {
    let policy = &session.policy;
    if let Some(product) = policy.find_product(word) {
        return Ok(product.id.clone());
    }
    let known = policy.products.iter().map(|product| Named { id: &product.id, name: Some(&product.name) });
    Err(not_known(session, "no-such-product", word, known).into())
}

/// `value` if it fits the field's type.
pub fn field_value(session: &Session<'_>, id: &str, value: &str) -> anyhow::Result<String> {
    let Some(field) = session.policy.fields.iter().find(|field| field.id == id) else {
        return Ok(value.to_owned());
    };
    let refused = |key| Failure::new(Exit::Usage, key).with("field", id).with("value", value);
    let plain = folded(value);
    match field.kind {
        FieldType::Text => Ok(value.to_owned()),
        FieldType::Number if plain.parse::<f64>().is_ok_and(f64::is_finite) => Ok(plain),
        FieldType::Number => Err(refused("field-not-a-number").into()),
        FieldType::Date if plain.parse::<chrono::NaiveDate>().is_ok() => Ok(plain),
        FieldType::Date => Err(refused("field-not-a-date").into()),
        FieldType::Time => Ok(session.next_moment(value)?.to_string()),
        FieldType::Choice => {
            let chosen = named(&field.choices, value, |(id, name)| (id, name)).map(|(id, _)| id.clone());
            let ids: Vec<&str> = field.choices.iter().map(|(id, _)| id.as_str()).collect();
            chosen.ok_or_else(|| {
                let hint = Message::new("hint-known-names").with("names", ids.join(", "));
                refused("field-not-a-choice").hint(hint).into()
            })
        }
    }
}
