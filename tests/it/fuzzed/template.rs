//! Any file as a team's template, and any words put into the built-in ones: a document or a fault, soon and of a sane size.

use std::sync::OnceLock;

use incident::config::templates::Templates;
use incident::document::{parse, regions, wrap_region};
use incident::domain::text::Lang;
use incident::failure::Failure;
use incident::view::postmortem::Regions;
use tera::Context;

use super::input::{self, Desk};

/// The parts are the team's `incident.md`, its `postmortem-own.md`, a title, and words for everything else.
pub fn holds(data: &[u8]) {
    let Some(text) = input::text(data) else { return };
    let [incident, review, title, words] = input::some_parts(text);
    let context = context(title, words);
    let own = [("incident.md", incident), ("postmortem-own.md", review)];
    let own = own.map(|(name, text)| (name.to_owned(), text.to_owned()));
    for lang in Lang::ALL {
        let templates = Templates::new(lang, &own);
        for fault in templates.faults() {
            has_place(fault, text);
        }
        for rendered in [templates.incident(&context), templates.postmortem(Some("own"), &context)] {
            match rendered {
                Ok(document) => assert!(document.len() < 16 << 20, "{} bytes", document.len()),
                Err(fault) => has_place(&fault, text),
            }
        }
        built_in_ones_hold(lang, &context, title);
    }
}

fn context(title: &str, words: &str) -> Context {
    let mut context = Context::new();
    context.insert("id", "20261120-k7qm");
    context.insert("title", title);
    context.insert("offset", "+09:00");
    context.insert("lang", "ja");
    context.insert("author", words);
    let region = |name| (name, wrap_region(name, words));
    let filled: std::collections::BTreeMap<&str, String> = Regions::NAMES.into_iter().map(region).collect();
    context.insert("region", &filled);
    context
}

fn has_place(fault: &Failure, text: &str) {
    let place = fault.place.as_ref().unwrap_or_else(|| panic!("{fault} has no place"));
    assert!(place.path.starts_with("templates/"), "{place}");
    assert!(place.line >= 1 && place.line <= text.lines().count() + 1 && place.column >= 1, "{place}");
}

/// No title makes another structure of a new file, and no words end a generated part of a review.
fn built_in_ones_hold(lang: Lang, context: &Context, title: &str) {
    let templates = built_in(lang);
    let body = templates.incident(context).expect("the built-in template takes any words");
    let front = "---\nid: 20261120-k7qm\ntitle: x\nstatus: triage\n---\n\n";
    let file = parse("a.md", format!("{front}{}", body.trim_start()).as_bytes(), &Desk::of(lang).vocabulary);
    match file {
        Ok(file) => assert!(file.timeline.present && file.timeline.lines.is_empty(), "{body}"),
        Err(faults) => assert!(title.contains('\0'), "{faults:?} in {body}"),
    }
    for name in templates.postmortem_names() {
        let review =
            templates.postmortem(Some(&name), context).expect("the built-in template takes any words");
        let names: Vec<String> = regions(&review).into_iter().map(|region| region.name).collect();
        assert_eq!(names, parts_of(lang, &name), "{review}");
    }
}

fn built_in(lang: Lang) -> &'static Templates {
    static BUILT_IN: [OnceLock<Templates>; Lang::ALL.len()] = [const { OnceLock::new() }; Lang::ALL.len()];
    BUILT_IN[lang as usize].get_or_init(|| Templates::new(lang, &[]))
}

/// The generated parts of a built-in review.
fn parts_of(lang: Lang, name: &str) -> Vec<String> {
    let review = built_in(lang).postmortem(Some(name), &context("x", "y")).expect("it takes plain words");
    regions(&review).into_iter().map(|region| region.name).collect()
}
