//! Any file as an incident file: read or refused with its faults at their places, and never half read.

use incident::document::consistency::{Known, remarks};
use incident::document::{
    Replaced, TimelineLine, empty_sections, parse, parse_present, prose_sections, regions, replace_region,
    without_regions, wrap_region,
};
use incident::domain::text::Lang;
use incident::view::postmortem::Regions;

use super::input::{self, Desk};

const PATH: &str = "incidents/2026/11/20261120-k7qm.md";

pub fn holds(data: &[u8]) {
    let desk = Desk::of(Lang::Ja);
    let present = parse_present(PATH, data);
    let text = input::text(data);
    let file = match parse(PATH, data, &desk.vocabulary) {
        Ok(file) => file,
        Err(faults) => return input::have_places(&String::from_utf8_lossy(data), &faults),
    };
    let text = text.expect("what parses is text");
    assert_eq!(present.as_ref(), Ok(&file.incident), "both readings say the same");
    assert!(text.ends_with(&file.body), "the body is a part of the text");
    let lines: Vec<&str> = text.split('\n').collect();
    for line in &file.timeline.lines {
        let (TimelineLine::Entry { line, text, .. } | TimelineLine::Other { line, text }) = line;
        let first = text.split(['\n', '\r']).next().unwrap_or_default();
        assert!(lines[line - 1].contains(first), "{first:?} is in line {line}");
    }
    let (flow, policy, staff) = (&desk.settings.flow, &desk.policy, &desk.settings.staff);
    for remark in remarks(PATH, text, &file, Known { flow, policy, staff }) {
        let place = remark.place.expect("a remark has its place");
        assert!((1..=lines.len()).contains(&place.line), "{place} is below the file");
    }
    prose_sections(&file.body);
    empty_sections(text);
    holds_as_review(text);
}

/// The same text as a review beside an incident: what was generated can be generated anew, and nothing else changes.
fn holds_as_review(text: &str) {
    without_regions(text, &Regions::NAMES);
    for region in regions(text) {
        let content = "<!-- /incident:generated -->\n<!-- incident:generated facts -->\nx";
        if let Replaced::Text(new) = replace_region(text, &region.name, content) {
            assert_eq!(regions(&new).len(), regions(text).len(), "as many regions as before");
            assert_eq!(replace_region(&new, &region.name, content), Replaced::Text(new.clone()));
        }
    }
    let wrapped = wrap_region("facts", text);
    assert_eq!(regions(&wrapped).len(), 1, "words do not end their region");
}
