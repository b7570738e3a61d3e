//! What things are called: the names behind ids, in the reader's language.

use crate::domain::flow::Flow;
use crate::domain::moment::Moment;
use crate::domain::people::Staff;
use crate::domain::policy::{FieldType, Policy};
use crate::locale::Locale;

/// The configuration to look names up in, and the language to answer in.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    pub locale: &'a Locale,
    pub flow: &'a Flow,
    pub policy: &'a Policy,
    pub staff: &'a Staff,
}

impl Names<'_> {
    pub fn status(&self, id: &str) -> String {
        let name = self.flow.get(id).map(|status| status.name.get(self.locale.lang()));
        name.filter(|name| !name.is_empty()).unwrap_or(id).to_owned()
    }

    pub fn role(&self, id: &str) -> String {
        let name =
            self.staff.roles.iter().find(|role| role.id == id).map(|role| role.name.get(self.locale.lang()));
        name.filter(|name| !name.is_empty()).unwrap_or(id).to_owned()
    }

    pub fn kind(&self, id: &str) -> String {
        let name = self.policy.kind(id).map(|kind| kind.name.get(self.locale.lang()));
        name.filter(|name| !name.is_empty()).unwrap_or(id).to_owned()
    }

    pub fn product(&self, id: &str) -> String {
        let name = self.policy.product(id).map(|product| product.name.get(self.locale.lang()));
        name.filter(|name| !name.is_empty()).unwrap_or(id).to_owned()
    }

    /// The level as people say it: its id.
    pub fn level(&self, id: Option<&str>) -> String {
        id.map_or_else(|| self.locale.text("severity-unrated"), str::to_owned)
    }

    /// The level with its name: `SEV1 (Critical)`.
    pub fn level_in_full(&self, id: Option<&str>) -> String {
        let level = id.and_then(|id| self.policy.level(id));
        match level.map(|level| level.name.get(self.locale.lang())).filter(|name| !name.is_empty()) {
            Some(name) => crate::say!(self.locale, "level-in-full", level = self.level(id), name = name),
            None => self.level(id),
        }
    }

    /// The names behind handles, in a list.
    pub fn people(&self, handles: &[String]) -> String {
        let names: Vec<&str> = handles.iter().map(|handle| self.staff.display_name(handle)).collect();
        names.join(&self.locale.text("list-separator"))
    }

    /// What the team's own fact is called: by its name, else by its question, where the policy has one.
    pub fn field(&self, id: &str) -> String {
        let asked = self.policy.fields.iter().find(|field| field.id == id);
        let called = asked.into_iter().flat_map(|field| [&field.name, &field.ask]);
        let called = called.map(|text| text.get(self.locale.lang())).find(|name| !name.is_empty());
        called.unwrap_or(id).to_owned()
    }

    /// What the team's own fact is, as people read it: a choice by its name, a moment as `time` shows it.
    pub fn field_value(&self, id: &str, value: &str, time: impl Fn(Moment) -> String) -> String {
        let field = self.policy.fields.iter().find(|field| field.id == id);
        let chosen = field.into_iter().flat_map(|field| &field.choices).find(|(choice, _)| choice == value);
        let name = chosen.map(|(_, name)| name.get(self.locale.lang())).filter(|name| !name.is_empty());
        let moment =
            || Moment::parse(value).filter(|_| field.is_some_and(|field| field.kind == FieldType::Time));
        name.map(str::to_owned).or_else(|| moment().map(time)).unwrap_or_else(|| value.to_owned())
    }

    /// How the incident was noticed; a team's own word stays as it is.
    pub fn detected_by(&self, token: &str) -> String {
        self.locale.label("detected-by", token)
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::text::Lang;
    use crate::view::samples::Desk;

    #[test]
    fn ids_have_names_in_both_languages_and_unknown_ones_stay() {
        let both = [Lang::Ja, Lang::En].map(Desk::new);
        let check = |of: &dyn Fn(&super::Names<'_>) -> String, ja: &str, en: &str| {
            let found: Vec<String> = both.iter().map(|desk| of(&desk.names())).collect();
            assert_eq!(found, [ja, en]);
        };
        check(&|names| names.status("fixing"), "対処中", "Fixing");
        check(&|names| names.status("gone"), "gone", "gone");
        check(&|names| names.role("commander"), "指揮", "Incident commander");
        check(&|names| names.role("cook"), "cook", "cook");
        check(&|names| names.kind("outage"), "サービス障害", "Service outage");
        check(&|names| names.kind("fire"), "fire", "fire");
        check(&|names| names.product("web"), "お客様向けWeb", "Customer web");
        check(&|names| names.product("tv"), "tv", "tv");
        check(&|names| names.field("clients"), "影響クライアント数", "Clients affected");
        check(&|names| names.field("urls"), "urls", "urls");
        let value =
            |names: &super::Names<'_>, value: &str| names.field_value("clients", value, |at| at.to_string());
        check(&|names| value(names, "12"), "12", "12");
        check(&|names| names.level(None), "未判定", "Not rated yet");
        check(&|names| names.level_in_full(Some("SEV1")), "SEV1「緊急」", "SEV1 (Critical)");
        check(&|names| names.level_in_full(Some("P0")), "P0", "P0");
        check(&|names| names.level_in_full(None), "未判定", "Not rated yet");
        let people = ["arita".to_owned(), "bob".to_owned()];
        check(&|names| names.people(&people), "有田、bob", "有田, bob");
        check(&|names| names.people(&[]), "", "");
        check(&|names| names.detected_by("customer"), "お客様", "Customer");
        check(&|names| names.detected_by("a dog"), "a dog", "a dog");
    }
}
