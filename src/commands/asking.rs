//! The questionnaire under way: which question comes next, and what an answer to it means.

use std::collections::BTreeMap;

use super::session::Session;
use crate::domain::incident::Answer;
use crate::domain::policy::Question;
use crate::domain::triage::Situation;
use crate::ui::{PromptSession, QuestionKey, QuestionPrompt, Reply};

/// Asks everything that still matters to an incident that is recorded, and returns all the answers.
pub fn ask_all(
    session: &Session<'_>,
    kind: Option<&str>,
    products: &[String],
    answers: BTreeMap<String, Answer>,
) -> anyhow::Result<BTreeMap<String, Answer>> {
    let mut prompts = session.app.ui.session()?;
    let (skipped, asked) = (Vec::new(), Vec::new());
    let mut asking = Asking { session, kind, products, answers, skipped, asked, recorded: true };
    while let Some(question) = asking.next() {
        asking.ask(&mut prompts, question)?.answered()?;
    }
    Ok(asking.answers)
}

/// The questionnaire under way.
pub struct Asking<'a> {
    pub session: &'a Session<'a>,
    pub kind: Option<&'a str>,
    pub products: &'a [String],
    pub answers: BTreeMap<String, Answer>,
    /// Left for later.
    pub skipped: Vec<String>,
    /// What was asked, in order, for going back.
    pub asked: Vec<String>,
    /// Whether the report has been made, so that what others judge afterwards is asked as well.
    pub recorded: bool,
}

impl<'a> Asking<'a> {
    pub fn situation(&self) -> Situation<'_> {
        Situation {
            policy: &self.session.policy,
            kind: self.kind,
            products: self.products,
            answers: &self.answers,
        }
    }

    /// The question to put next; none when no answer could make the level worse.
    pub fn next(&self) -> Option<&'a Question> {
        let id = self.remaining().into_iter().next()?;
        self.session.policy.question(&id)
    }

    fn remaining(&self) -> Vec<String> {
        let situation = self.situation();
        let questions = if self.recorded {
            situation.remaining_after_report(&self.skipped)
        } else {
            situation.remaining(&self.skipped)
        };
        questions.into_iter().map(|question| question.id.clone()).collect()
    }

    /// Puts one question and takes in the answer.
    pub fn ask(&mut self, prompts: &mut PromptSession<'_>, question: &Question) -> anyhow::Result<Reply<()>> {
        let lang = self.session.app.locale.lang();
        let remaining = self.remaining().len();
        let reply = prompts.question(&QuestionPrompt {
            number: self.asked.len() + 1,
            text: question.ask.get(lang),
            hint: question.hint.get(lang),
            remaining: Some(remaining.saturating_sub(1)),
            can_go_back: !self.asked.is_empty(),
        })?;
        Ok(reply.map(|key| self.take(question, key)))
    }

    fn take(&mut self, question: &Question, key: QuestionKey) {
        let answer = match key {
            QuestionKey::Yes => Answer::Yes,
            QuestionKey::No => Answer::No,
            QuestionKey::Unsure => Answer::Unsure,
            QuestionKey::Later => {
                self.skipped.push(question.id.clone());
                self.asked.push(question.id.clone());
                return;
            }
            QuestionKey::Back => {
                if let Some(last) = self.asked.pop() {
                    self.skipped.retain(|id| *id != last);
                    self.answers.remove(&last);
                }
                return;
            }
        };
        self.answers.insert(question.id.clone(), answer);
        self.asked.push(question.id.clone());
    }
}
