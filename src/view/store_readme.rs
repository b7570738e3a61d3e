//! `incidents/README.md`, for those who see a store for the first time.

use super::names::Names;
use crate::config::templates::cell;
use crate::document::{Region, Replaced, regions, replace_region, wrap_region};
use crate::domain::text::Lang;

/// Where it stands in a store.
pub const PATH: &str = "incidents/README.md";

const ENGLISH: &str = include_str!("../../templates/store/readme.en.md");
const JAPANESE: &str = include_str!("../../templates/store/readme.ja.md");

/// The generated parts of the page.
const PARTS: [&str; 3] = ["definition", "statuses", "levels"];

/// A new page in the language of `names`.
pub fn text(names: Names<'_>) -> String {
    let template = match names.locale.lang() {
        Lang::En => ENGLISH,
        Lang::Ja => JAPANESE,
    };
    PARTS.iter().fold(template.to_owned(), |text, part| {
        text.replace(&format!("<!-- region {part} -->"), &wrap_region(part, &content(part, names)))
    })
}

/// `text` with its generated parts brought up to date. What a person has changed stays.
pub fn refreshed(text: &str, names: Names<'_>) -> String {
    PARTS.iter().fold(text.to_owned(), |text, part| {
        match replace_region(&text, part, &content(part, names)) {
            Replaced::Text(new) => new,
            Replaced::EditedByHand | Replaced::Unclosed | Replaced::Absent => text,
        }
    })
}

/// The line of the first generated part that the configuration no longer agrees with.
pub fn stale_line(text: &str, names: Names<'_>) -> Option<usize> {
    let stale = |region: &Region| {
        let part = PARTS.iter().find(|part| **part == region.name)?;
        let new = replace_region(text, part, &content(part, names));
        matches!(new, Replaced::Text(new) if new != text).then_some(region.opening.start)
    };
    let at = regions(text).iter().find_map(stale)?;
    Some(text[..at].matches('\n').count() + 1)
}

fn content(part: &str, names: Names<'_>) -> String {
    let (locale, lang) = (names.locale, names.locale.lang());
    let rows = |heads: [&str; 2], rows: Vec<(String, String)>| {
        let heads = heads.map(|key| locale.text(key));
        let lines = rows.iter().map(|(name, words)| format!("| {} | {} |", cell(name), cell(words)));
        let head = [format!("| {} | {} |", heads[0], heads[1]), "|---|---|".to_owned()];
        head.into_iter().chain(lines).collect::<Vec<_>>().join("\n")
    };
    match part {
        "definition" => {
            let words = names.policy.definition.get(lang);
            if words.is_empty() { locale.text("readme-no-definition") } else { words.to_owned() }
        }
        "statuses" => {
            let statuses = names.flow.statuses().iter();
            let row = |id: &str, does: &str| (names.status(id), does.to_owned());
            let told = statuses.map(|status| row(&status.id, status.does.get(lang))).collect();
            rows(["readme-status", "readme-meaning"], told)
        }
        _ => {
            let levels = names.policy.levels.iter();
            let told =
                levels.map(|level| (names.level_in_full(Some(&level.id)), level.when.get(lang).to_owned()));
            rows(["readme-level", "readme-when"], told.collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Text;
    use crate::view::samples::Desk;

    #[test]
    fn a_page_is_stale_when_the_configuration_says_something_else() {
        for lang in Lang::ALL {
            let mut desk = Desk::new(lang);
            let page = text(desk.names());
            assert_eq!(regions(&page).len(), PARTS.len());
            assert!(!page.contains("<!-- region"), "{page}");
            assert_eq!(stale_line(&page, desk.names()), None);
            assert_eq!(refreshed(&page, desk.names()), page);
            desk.policy.levels[0].when = Text::plain("never | ever");
            assert!(stale_line(&page, desk.names()).is_some());
            let new = refreshed(&page, desk.names());
            assert!(new.contains("never \\| ever"), "{new}");
            assert_eq!(stale_line(&new, desk.names()), None);
            // What a person has changed is theirs, and never stale.
            let theirs = page.replace("| --- |", "").replace("|---|---|", "| :-- | :-- |");
            assert_eq!(stale_line(&theirs, desk.names()), None);
        }
    }
}
