//! The questions of a declaration, one key each, and its title. What is settled is not asked again.

use super::super::answers::finding_in_words;
use super::super::asking::Asking;
use super::declaration::default_title;
use super::flags::title_of;
use super::interview::{Interview, Step};
use crate::domain::policy::Kind;
use crate::domain::triage::Finding;
use crate::ui::{Choice, Item, LinePrompt, OnEnter, PromptSession, Reply};
use crate::view::palette::Style;

impl Interview<'_, '_> {
    /// The kind comes first: a private one goes to another store before a word is typed.
    pub(super) fn ask_kind(&mut self, prompts: &mut PromptSession<'_>) -> anyhow::Result<Step> {
        let (policy, locale) = (&self.session.policy, &self.session.app.locale);
        if self.declaration.kind.is_some() || policy.kinds.is_empty() {
            return Ok(Step::On);
        }
        let private = locale.text("new-kind-private");
        let item = |kind: &Kind| {
            let hint = kind.hint.get(locale.lang());
            let hint = if kind.store.is_some() { format!("{hint}{private}") } else { hint.to_owned() };
            Item::new(kind.name.get(locale.lang()), hint)
        };
        let items: Vec<Item> = policy.kinds.iter().map(item).collect();
        let prompt = locale.text("new-what-kind");
        match prompts.choose(&Choice { prompt: &prompt, items: &items, zero: None, enter: Some(1) })? {
            Reply::Value(index) => {
                self.declaration.kind = Some(policy.kinds[index.unwrap_or(0)].id.clone());
                Ok(Step::On)
            }
            Reply::Interrupted { .. } => Ok(Step::Left),
        }
    }

    pub(super) fn ask_product(&mut self, prompts: &mut PromptSession<'_>) -> anyhow::Result<Step> {
        let (policy, locale) = (&self.session.policy, &self.session.app.locale);
        let kind = self.declaration.kind.as_deref().and_then(|kind| policy.kind(kind));
        let of_product = kind.is_none_or(|kind| kind.of_product);
        if self.declaration.asked_for_product || !of_product || policy.products.len() < 2 {
            return Ok(Step::On);
        }
        let item = |name: &str| Item::new(name, "");
        let items: Vec<Item> =
            policy.products.iter().map(|product| item(product.name.get(locale.lang()))).collect();
        let (prompt, not_sure) = (locale.text("new-which-product"), locale.text("new-product-not-sure"));
        let choice = Choice { prompt: &prompt, items: &items, zero: Some(&not_sure), enter: Some(0) };
        match prompts.choose(&choice)? {
            Reply::Value(index) => {
                let chosen = index.map(|index| policy.products[index].id.clone());
                self.declaration.products = chosen.into_iter().collect();
                self.declaration.asked_for_product = true;
                self.save()?;
                Ok(Step::On)
            }
            Reply::Interrupted { .. } => Ok(Step::Left),
        }
    }

    /// Every question that could still make the level worse, and what they led to.
    pub(super) fn ask_questions(&mut self, prompts: &mut PromptSession<'_>) -> anyhow::Result<Step> {
        let kind = self.declaration.kind.clone();
        let products = self.declaration.products.clone();
        let mut asking = Asking {
            session: self.session,
            kind: kind.as_deref(),
            products: &products,
            answers: self.declaration.answers.clone(),
            skipped: self.declaration.later.clone(),
            asked: self.declaration.asked.clone(),
            recorded: false,
        };
        let put = asking.next().is_some();
        while let Some(question) = asking.next() {
            let reply = asking.ask(prompts, question)?;
            self.declaration.answers.clone_from(&asking.answers);
            self.declaration.later.clone_from(&asking.skipped);
            self.declaration.asked.clone_from(&asking.asked);
            self.save()?;
            if let Reply::Interrupted { .. } = reply {
                return Ok(Step::Left);
            }
        }
        if put {
            self.session.app.ui.say("\n");
        }
        self.tell_finding();
        Ok(Step::On)
    }

    /// The level that the answers lead to, before the title is typed.
    fn tell_finding(&self) {
        let app = self.session.app;
        let (_, assessment) = self.declaration.assess(&self.session.policy);
        let style = match assessment.finding {
            Finding::Level(_) => Style::Strong,
            Finding::Unrated | Finding::Declined => Style::Warning,
        };
        app.ui.tell_in(style, &finding_in_words(self.session, &assessment));
    }

    /// Half a title is no answer, but it comes back as the text on the line.
    pub(super) fn ask_title(&mut self, prompts: &mut PromptSession<'_>) -> anyhow::Result<Step> {
        if self.declaration.title.is_some() {
            return Ok(Step::On);
        }
        let default = default_title(self.session, &self.declaration);
        let label = self.session.app.locale.text("new-title");
        let start = std::mem::take(&mut self.declaration.half_title);
        let prompt = LinePrompt { enter: OnEnter::Take(&default), start: &start, ..LinePrompt::new(&label) };
        match prompts.line(&prompt)? {
            Reply::Value(title) => {
                let title = title_of(self.session, &title);
                self.declaration.title = Some(if title.is_empty() { default } else { title });
                Ok(Step::On)
            }
            Reply::Interrupted { typed } => {
                self.declaration.half_title = typed.trim().to_owned();
                Ok(Step::Left)
            }
        }
    }
}
