//! What is known when an incident is declared, complete or not.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::session::Session;
use crate::domain::incident::{Answer, Mode};
use crate::domain::moment::Moment;
use crate::domain::policy::Policy;
use crate::domain::triage::{Assessment, Finding, Situation};
use crate::say;

/// A declaration on its way to its commit, and what drafts keep of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Declaration {
    pub kind: Option<String>,
    pub products: Vec<String>,
    pub answers: BTreeMap<String, Answer>,
    /// Questions left for later, which are not put a second time.
    pub later: Vec<String>,
    /// The questions that were put, in order, for going back.
    pub asked: Vec<String>,
    /// The level stated by hand, which no answer overrules.
    pub severity: Option<String>,
    /// Recorded without a level, on purpose.
    pub unrated: bool,
    pub title: Option<String>,
    /// What stood on the title's line when the person left.
    pub half_title: String,
    pub mode: Mode,
    pub declared: Moment,
    pub started: Option<Moment>,
    pub detected_by: Option<String>,
    pub seen: String,
    pub fields: Vec<(String, String)>,
    pub by: Option<String>,
    pub key: Option<String>,
    /// Whether the product is settled: given, asked for, or not worth asking.
    pub asked_for_product: bool,
    /// Recorded in this store even if the kind has one of its own.
    pub here: bool,
    /// The name to record under where git knows none.
    pub name: Option<String>,
    /// The id it gets, settled before the commit, so that a draft is never recorded twice.
    pub id: Option<String>,
}

impl Declaration {
    pub fn situation<'a>(&'a self, policy: &'a Policy) -> Situation<'a> {
        let kind = self.kind.as_deref();
        Situation { policy, kind, products: &self.products, answers: &self.answers }
    }

    /// Whether it can be recorded without a question.
    pub fn is_enough(&self) -> bool {
        self.title.is_some() && self.is_rated()
    }

    /// Whether the level is stated, or left open on purpose.
    pub fn is_rated(&self) -> bool {
        self.severity.is_some() || self.unrated
    }

    /// Whether there is anything that would be a loss.
    pub fn is_worth_keeping(&self, policy: &Policy) -> bool {
        let said = !self.answers.is_empty() || !self.later.is_empty() || !self.products.is_empty();
        let words = !self.half_title.is_empty() || !self.seen.is_empty() || !self.fields.is_empty();
        let chosen = self.kind.is_some() && policy.kinds.len() > 1;
        said || words || chosen || self.title.is_some() || self.is_rated()
    }

    /// The level, by hand or by the answers.
    pub fn assess(&self, policy: &Policy) -> (Option<String>, Assessment) {
        let assessment = self.situation(policy).assess();
        let level = match (&self.severity, self.unrated, &assessment.finding) {
            (Some(level), _, _) => Some(level.clone()),
            (None, false, Finding::Level(level)) => Some(level.clone()),
            _ => None,
        };
        (level, assessment)
    }

    /// Whether the answers say that it is no incident, and nobody overrules them.
    pub fn is_declined(&self, policy: &Policy) -> bool {
        !self.is_rated() && self.situation(policy).assess().finding == Finding::Declined
    }

    /// The title, or one made of product and kind.
    pub fn title_or_default(&self, session: &Session<'_>) -> String {
        self.title.clone().unwrap_or_else(|| default_title(session, self))
    }

    /// Drops what another store's policy does not know, to be asked again there.
    pub fn adapt_to(&mut self, policy: &Policy) {
        self.kind = self.kind.take().filter(|kind| policy.kind(kind).is_some());
        let products = self.products.len();
        self.products.retain(|product| policy.product(product).is_some());
        self.asked_for_product &= self.products.len() == products;
        self.answers.retain(|id, _| policy.question(id).is_some());
        self.later.retain(|id| policy.question(id).is_some());
        self.asked.retain(|id| policy.question(id).is_some());
        self.severity = self.severity.take().filter(|level| policy.level(level).is_some());
    }
}

/// `決済のサービス障害`: what stands in brackets where a title is asked for. In the language of the documents.
pub fn default_title(session: &Session<'_>, declaration: &Declaration) -> String {
    let names = session.names_in(&session.documents);
    let kind = declaration.kind.as_deref().map(|kind| names.kind(kind));
    let products: Vec<String> = declaration.products.iter().map(|product| names.product(product)).collect();
    let products = products.join(&session.documents.text("list-separator"));
    match (kind, products.is_empty()) {
        (Some(kind), true) => kind,
        (Some(kind), false) => say!(session.documents, "new-default-title", kind = kind, product = products),
        (None, _) => session.documents.text("new-title-of-nothing"),
    }
}
