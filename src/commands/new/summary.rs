//! What a draft holds, in the words of the questions, for whoever goes on with it.

use super::super::session::Session;
use super::addition::Addition;
use super::declaration::Declaration;
use super::draft::Draft;
use crate::domain::incident::Answer;
use crate::domain::moment::Moment;
use crate::say;
use crate::view::sanitize::{sanitize, sanitize_block};

/// The draft on a few lines.
pub fn of(session: &Session<'_>, draft: &Draft) -> Vec<String> {
    match draft {
        Draft::Declaration(declaration) | Draft::Complete(declaration) => {
            let mut lines = vec![in_short(session, declaration)];
            lines.extend(said(session, declaration));
            lines
        }
        Draft::Addition(addition) => of_addition(session, addition),
        Draft::Typed(typed) => {
            let at = typed.at.with_timezone(&session.settings.zone).fixed_offset();
            let time = session.clock().date_time(at);
            vec![format!("{time} {}", sanitize_block(&typed.command()))]
        }
    }
}

/// The declaration on one line: when it was begun, and what says most about it.
pub fn in_short(session: &Session<'_>, declaration: &Declaration) -> String {
    let time = session.clock().date_time(declaration.declared.at);
    format!("{time} {}", sanitize(&subject(session, declaration)))
}

/// The title as far as it was typed, else kind and products.
fn subject(session: &Session<'_>, declaration: &Declaration) -> String {
    if let Some(title) = &declaration.title {
        return title.clone();
    }
    if !declaration.half_title.is_empty() {
        return format!("{}…", declaration.half_title);
    }
    let names = session.names();
    let kind = declaration.kind.iter().map(|kind| names.kind(kind));
    let products = declaration.products.iter().map(|product| names.product(product));
    kind.chain(products).collect::<Vec<_>>().join(" ")
}

/// What was said so far, a line each.
pub fn said(session: &Session<'_>, declaration: &Declaration) -> Vec<String> {
    let locale = &session.app.locale;
    let names = session.names();
    let mut lines = Vec::new();
    let mut line = |label: &str, value: String| {
        if !value.is_empty() {
            lines.push(format!("  {label}: {}", sanitize_block(&value)));
        }
    };
    line(
        &locale.text("summary-kind"),
        declaration.kind.as_deref().map(|kind| names.kind(kind)).unwrap_or_default(),
    );
    let products: Vec<String> = declaration.products.iter().map(|product| names.product(product)).collect();
    line(&locale.text("summary-product"), products.join(&locale.text("list-separator")));
    for id in &declaration.asked {
        let question = session.policy.question(id).map_or(id.as_str(), |asked| asked.ask.get(locale.lang()));
        line(question, locale.text(answer_word(declaration.answers.get(id))));
    }
    line(&locale.text("new-title"), declaration.title.clone().unwrap_or_default());
    line(&locale.text("new-title"), declaration.half_title.clone());
    line(&locale.text("summary-seen"), declaration.seen.clone());
    lines
}

fn of_addition(session: &Session<'_>, addition: &Addition) -> Vec<String> {
    let locale = &session.app.locale;
    let time = |at: Option<Moment>| at.map(|at| session.clock().moment(at)).unwrap_or_default();
    let detected_by = addition.detected_by.as_deref().map(|word| session.names().detected_by(word));
    let mut facts = vec![
        (locale.text("rest-since-when"), time(addition.started)),
        (locale.text("rest-until-when"), time(addition.mitigated)),
        (locale.text("rest-how-noticed"), detected_by.unwrap_or_default()),
    ];
    facts.extend(addition.fields.iter().cloned());
    facts.push((locale.text("rest-where-it-went"), addition.went_to.clone()));
    facts.push((locale.text("summary-seen"), addition.seen.clone()));
    let said = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let lines = said.map(|(label, value)| format!("  {label}: {}", sanitize_block(&value)));
    let about = say!(locale, "summary-addition", about = sanitize(&addition.about).as_ref());
    std::iter::once(about).chain(lines).collect()
}

fn answer_word(answer: Option<&Answer>) -> &'static str {
    match answer {
        Some(Answer::Yes) => "ui-yes",
        Some(Answer::No) => "ui-no",
        Some(Answer::Unsure) => "ui-unsure",
        None => "ui-later",
    }
}
