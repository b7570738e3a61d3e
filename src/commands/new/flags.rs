//! The declaration as far as the command line gives it.

use super::super::answers;
use super::super::session::Session;
use super::super::set;
use super::Args;
use super::declaration::Declaration;
use crate::domain::incident::Mode;
use crate::failure::{Exit, Failure, Message};
use crate::view::sanitize::clean_title;

/// Whether the command line says nothing about the incident.
pub fn are_absent(args: &Args) -> bool {
    let words = [&args.title, &args.kind, &args.severity, &args.at, &args.started, &args.by];
    let more = [&args.message, &args.detected_by, &args.key];
    words.into_iter().chain(more).all(Option::is_none)
        && args.product.is_empty()
        && args.field.is_empty()
        && args.answers.is_empty()
        && !args.unrated
        && !args.drill
        && !args.retro
}

/// Reads the words of the command line by the policy of `session`. `name` is who records where git knows nobody.
pub fn read(session: &Session<'_>, args: &Args, name: Option<String>) -> anyhow::Result<Declaration> {
    let policy = &session.policy;
    let only_kind = || (policy.kinds.len() == 1).then(|| policy.kinds[0].id.clone());
    let kind = args.kind.as_deref().map(|word| set::kind(session, word)).transpose()?.or_else(only_kind);
    let mut products =
        args.product.iter().map(|word| set::product(session, word)).collect::<Result<Vec<_>, _>>()?;
    // Where there is only one, it is that one.
    if let ([only], true) = (policy.products.as_slice(), products.is_empty()) {
        products.push(only.id.clone());
    }
    let title = args.title.as_deref().map(|title| title_of(session, title));
    Ok(Declaration {
        answers: args.answers.read(session, kind.as_deref())?,
        kind,
        asked_for_product: !products.is_empty() || policy.products.len() < 2,
        products,
        later: Vec::new(),
        asked: Vec::new(),
        severity: args.severity.as_deref().map(|word| answers::find_level(session, word)).transpose()?,
        unrated: args.unrated,
        title: title.filter(|title| !title.is_empty()),
        half_title: String::new(),
        mode: mode(args),
        declared: session.moment(args.at.as_deref())?,
        started: args.started.as_deref().map(|text| session.past_moment(text)).transpose()?,
        detected_by: args.detected_by.as_deref().map(set::detected_by),
        seen: args.message.clone().unwrap_or_default(),
        fields: fields(session, &args.field)?,
        by: args.by.clone(),
        key: args.key.clone(),
        here: args.here,
        name,
        id: None,
    })
}

/// The title without line breaks, control and bidi characters, and a word about it where there were some.
pub fn title_of(session: &Session<'_>, title: &str) -> String {
    let (clean, changed) = clean_title(title);
    if changed {
        session.app.ui.tell(&session.app.locale.text("new-title-cleaned"));
    }
    clean
}

fn mode(args: &Args) -> Mode {
    match (args.drill, args.retro) {
        (true, _) => Mode::Drill,
        (_, true) => Mode::Retrospective,
        _ => Mode::Real,
    }
}

fn fields(session: &Session<'_>, pairs: &[String]) -> anyhow::Result<Vec<(String, String)>> {
    let ids: Vec<&str> = session.policy.fields.iter().map(|field| field.id.as_str()).collect();
    let field = |pair: &String| {
        let known = pair.split_once('=');
        let known = known.and_then(|(word, value)| Some((session.policy.find_field(word.trim())?, value)));
        let Some((field, value)) = known else {
            let failure = Failure::new(Exit::Usage, "no-such-field").with("text", pair);
            return Err(failure.hint(Message::new("hint-known-names").with("names", ids.join(", "))).into());
        };
        Ok((field.id.clone(), set::field_value(session, &field.id, value.trim())?))
    };
    pairs.iter().map(field).collect()
}
