//! Answers to the policy's questions, from flags and from files, and what they come to in words.

use std::collections::BTreeMap;
use std::path::Path;

use super::session::Session;
use crate::config::suggestion;
use crate::context;
use crate::domain::incident::Answer;
use crate::domain::policy::{AskWhen, Question};
use crate::domain::triage::{Assessment, Finding, Reason, Situation};
use crate::failure::{Exit, Failure, Message};
use crate::locale::Locale;
use crate::say;

/// Answers on the command line.
#[derive(clap::Args, Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct AnswerArgs {
    /// Answer a question: yes, no or unsure; may be repeated
    #[arg(short, long, value_name = "QUESTION=ANSWER")]
    pub answer: Vec<String>,

    /// Read answers from a YAML or JSON file, or from standard input with -
    #[arg(long, value_name = "FILE")]
    pub answers: Option<String>,

    /// What stands in that file, once it was read.
    #[arg(skip)]
    pub text: Option<String>,
}

impl AnswerArgs {
    pub fn is_empty(&self) -> bool {
        self.answer.is_empty() && self.answers.is_none()
    }

    /// Reads the file, which may be gone later.
    pub fn take_in(&mut self, cwd: &Path) -> anyhow::Result<()> {
        if let (Some(path), None) = (&self.answers, &self.text) {
            self.text = Some(context::read_input(cwd, path)?);
        }
        Ok(())
    }

    /// The answers given, those of flags over those of the file.
    pub fn read(
        &self,
        session: &Session<'_>,
        kind: Option<&str>,
    ) -> anyhow::Result<BTreeMap<String, Answer>> {
        let mut given = self.clone();
        given.take_in(&session.app.context.cwd)?;
        let mut found = match (&given.answers, &given.text) {
            (Some(path), Some(text)) => from_file(session, path, text)?,
            _ => BTreeMap::new(),
        };
        for pair in &self.answer {
            let Some((id, word)) = pair.split_once('=') else {
                return Err(Failure::new(Exit::Usage, "answer-without-value").with("text", pair).into());
            };
            let id = known_question(session, kind, id.trim())?;
            match answer_word(word.trim()) {
                Some(Some(answer)) => found.insert(id, answer),
                Some(None) => found.remove(&id),
                None => {
                    return Err(Failure::new(Exit::Usage, "answer-not-understood").with("text", pair).into());
                }
            };
        }
        Ok(found)
    }
}

/// What the word answers; the inner none is "later".
fn answer_word(word: &str) -> Option<Option<Answer>> {
    match word.to_lowercase().as_str() {
        "yes" | "y" | "true" | "はい" => Some(Some(Answer::Yes)),
        "no" | "n" | "false" | "いいえ" => Some(Some(Answer::No)),
        "unsure" | "w" | "not sure" | "わからない" => Some(Some(Answer::Unsure)),
        "later" | "" | "null" | "あとで" => Some(None),
        _ => None,
    }
}

fn from_file(session: &Session<'_>, path: &str, text: &str) -> anyhow::Result<BTreeMap<String, Answer>> {
    let parsed: BTreeMap<String, serde_yaml::Value> = serde_yaml::from_str(text).map_err(|error| {
        let place = error.location().map_or((1, 1), |place| (place.line(), place.column()));
        Failure::new(Exit::Invalid, "answers-unreadable").with("reason", &error).at(path, place.0, place.1)
    })?;
    let mut found = BTreeMap::new();
    for (id, value) in parsed {
        let word = match &value {
            serde_yaml::Value::Bool(yes) => yes.to_string(),
            serde_yaml::Value::Null => String::new(),
            serde_yaml::Value::String(word) => word.clone(),
            _ => "?".to_owned(),
        };
        let id = known_question(session, None, &id)?;
        match answer_word(&word) {
            Some(Some(answer)) => found.insert(id, answer),
            Some(None) => None,
            None => {
                return Err(Failure::new(Exit::Usage, "answer-not-understood")
                    .with("text", format!("{id}={word}"))
                    .into());
            }
        };
    }
    Ok(found)
}

/// `id` if the policy asks it, of `kind` where that is known.
fn known_question(session: &Session<'_>, kind: Option<&str>, id: &str) -> anyhow::Result<String> {
    if session.policy.question(id).is_some() {
        return Ok(id.to_owned());
    }
    let fits = |question: &&Question| {
        kind.is_none()
            || question.kinds.is_empty()
            || question.kinds.iter().any(|of| Some(of.as_str()) == kind)
    };
    let known: Vec<&str> =
        session.policy.questions.iter().filter(fits).map(|question| question.id.as_str()).collect();
    let failure = Failure::new(Exit::NotFound, "no-such-question").with("word", id);
    Err(suggestion(id, known.into_iter()).into_iter().fold(failure, Failure::hint).into())
}

/// The id of the level with this id or name; an error that names those there are.
pub fn find_level(session: &Session<'_>, word: &str) -> anyhow::Result<String> {
    let policy = &session.policy;
    if let Some(level) = policy.find_level(word) {
        return Ok(level.id.clone());
    }
    let ids: Vec<&str> = policy.levels.iter().map(|level| level.id.as_str()).collect();
    Err(Failure::new(Exit::NotFound, "no-such-level")
        .with("word", word)
        .hint(Message::new("hint-known-names").with("names", ids.join(", ")))
        .into())
}

/// Why the level is what it is, for the record.
pub fn reason_in_words(session: &Session<'_>, locale: &Locale, assessment: &Assessment) -> String {
    match &assessment.reason {
        Reason::Kind => locale.text("reason-kind"),
        Reason::Otherwise => locale.text("reason-otherwise"),
        Reason::Nothing => String::new(),
        Reason::Answers(ids) => {
            let asked =
                |id: &String| session.policy.question(id).map(|question| question.ask.get(locale.lang()));
            let questions: Vec<&str> = ids.iter().filter_map(asked).collect();
            say!(locale, "reason-answers", questions = questions.join(" / "))
        }
    }
}

/// The level found, what it might still be, and why it is open: the line after the last question.
pub fn finding_in_words(session: &Session<'_>, assessment: &Assessment) -> String {
    let locale = &session.app.locale;
    let names = session.names();
    match &assessment.finding {
        Finding::Unrated => locale.text("found-unrated"),
        Finding::Declined => locale.text("found-declined"),
        Finding::Level(level) => {
            let full = names.level_in_full(Some(level));
            let worst = session.policy.rank(level) == Some(0);
            match (&assessment.possible, assessment.open.first()) {
                (Some(possible), Some(open)) => {
                    let question =
                        session.policy.question(open).map(|question| question.ask.get(locale.lang()));
                    say!(
                        locale,
                        "found-possibly",
                        level = full,
                        possible = possible.as_str(),
                        question = question.unwrap_or(open)
                    )
                }
                _ if worst => say!(locale, "found-worst", level = full),
                _ => say!(locale, "found-level", level = full),
            }
        }
    }
}

/// The error off a terminal: every answer that could still matter, with its text and its flag.
pub fn missing(session: &Session<'_>, situation: &Situation<'_>, key: &'static str) -> Failure {
    let lang = session.app.locale.lang();
    let mut failure = Failure::new(Exit::Usage, key);
    for question in situation.remaining(&[]) {
        failure = failure.hint(
            Message::new("hint-answer").with("id", &question.id).with("question", question.ask.get(lang)),
        );
    }
    let later = situation.applicable().filter(|question| question.ask_when == AskWhen::Later);
    for question in later.filter(|question| !situation.answers.contains_key(&question.id)) {
        failure = failure.hint(
            Message::new("hint-answer").with("id", &question.id).with("question", question.ask.get(lang)),
        );
    }
    failure
}
