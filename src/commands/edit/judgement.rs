//! What an editor has left in a copy: nothing new, a text that can be recorded, or faults, shown on top of the copy.

use crate::document::consistency::{Known, Remark, remarks};
use crate::document::vocabulary::Vocabulary;
use crate::document::{IncidentFile, parse, parse_present};
use crate::failure::{Exit, Failure, Message};
use crate::locale::Locale;
use crate::view::sanitize::sanitize;

/// Begins the lines on top of a copy that are ours. No line of Markdown begins so.
const MARK: &str = "#!";

/// What stands in a copy when its editor has ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Judgement {
    /// What stood there before.
    Unchanged,
    /// Nothing at all.
    Emptied,
    Text(String),
    Faults(Vec<Failure>),
}

/// What the copy has to hold.
pub struct Expected<'a> {
    pub path: &'a str,
    /// What the copy was made from.
    pub base: &'a str,
    /// For an incident file: the words of its timeline, and the names it may have. A review may say anything.
    pub incident: Option<(&'a Vocabulary, Known<'a>)>,
}

/// What a check would condemn, and an edit must not bring in.
const CONDEMNED: [&str; 3] = ["check-conflict", "check-unknown-status", "check-unknown-level"];

impl Expected<'_> {
    pub fn judge(&self, bytes: &[u8]) -> Judgement {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => return Judgement::Faults(vec![self.not_text(bytes, error.valid_up_to())]),
        };
        let text = like(self.base, text);
        if text == self.base {
            return Judgement::Unchanged;
        }
        if text.trim().is_empty() {
            return Judgement::Emptied;
        }
        match self.faults(&text) {
            faults if faults.is_empty() => Judgement::Text(text),
            faults => Judgement::Faults(faults),
        }
    }

    fn not_text(&self, bytes: &[u8], valid: usize) -> Failure {
        let before = String::from_utf8_lossy(&bytes[..valid]).into_owned();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Failure::new(Exit::Invalid, "not-utf8").at(self.path, line, column)
    }

    fn faults(&self, text: &str) -> Vec<Failure> {
        let Some((vocabulary, known)) = self.incident else { return Vec::new() };
        let file = match parse(self.path, text.as_bytes(), vocabulary) {
            Ok(file) => file,
            Err(faults) => return faults,
        };
        let mut faults = Vec::new();
        let line = |key: &str| text.lines().position(|line| line.starts_with(key)).map_or(1, |line| line + 1);
        if let Ok(before) = parse_present(self.path, self.base.as_bytes())
            && before.id != file.incident.id
        {
            let fault = Failure::new(Exit::Invalid, "edit-id-changed").with("id", &before.id);
            faults.push(fault.at(self.path, line("id:"), 1));
        }
        let before = parse(self.path, self.base.as_bytes(), vocabulary).ok();
        let condemned = |text: &str, file: &IncidentFile| {
            let mut remarks = remarks(self.path, text, file, known);
            remarks.retain(|remark| CONDEMNED.contains(&remark.message.key));
            remarks
        };
        let old = before.as_ref().map(|before| condemned(self.base, before)).unwrap_or_default();
        // What was there before is not this edit's fault.
        let is_new = |remark: &Remark| !old.iter().any(|old| old.message == remark.message);
        faults.extend(condemned(text, &file).into_iter().filter(is_new).map(|remark| fault(remark, known)));
        if let Some(before) = before
            && before.timeline.present
            && !file.timeline.present
        {
            let anchor = format!("<!-- incident:timeline {} -->", before.timeline.offset);
            let hint = Message::new("edit-put-anchor-back").with("anchor", anchor);
            faults.push(Failure::new(Exit::Invalid, "edit-anchor-lost").hint(hint).at(self.path, 1, 1));
        }
        faults
    }
}

fn fault(remark: Remark, known: Known<'_>) -> Failure {
    let names: Vec<&str> = match remark.message.key {
        "check-unknown-status" => known.flow.statuses().iter().map(|status| status.id.as_str()).collect(),
        "check-unknown-level" => known.policy.levels.iter().map(|level| level.id.as_str()).collect(),
        _ => Vec::new(),
    };
    let known_names =
        (!names.is_empty()).then(|| Message::new("hint-known-names").with("names", names.join(", ")));
    let hints = remark.hints.into_iter().chain(known_names).collect();
    Failure { exit: Exit::Invalid, message: remark.message, hints, place: remark.place }
}

/// `text` with the byte order mark and the line ends of `base`: editors put in their own.
fn like(base: &str, text: &str) -> String {
    let has_mark = base.starts_with('\u{feff}');
    let crlf = base.contains("\r\n");
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let text = if crlf { text.replace('\n', "\r\n") } else { text };
    if has_mark { format!("\u{feff}{text}") } else { text }
}

/// The copy with what is wrong with it on top. Lines are counted as they are there.
pub fn with_notes(bytes: &[u8], faults: &[Failure], locale: &Locale) -> Vec<u8> {
    let mut notes = vec![locale.text("edit-note")];
    let own = 1 + faults.iter().map(|fault| 1 + fault.hints.len()).sum::<usize>();
    for fault in faults {
        let message = sanitize(&locale.say(&fault.message)).into_owned();
        let place = fault.place.as_ref();
        let note = Message::new("edit-note-fault")
            .with("line", place.map_or(1, |place| place.line) + own)
            .with("column", place.map_or(1, |place| place.column))
            .with("message", message);
        notes.push(locale.say(&note));
        let hints = fault.hints.iter().map(|hint| format!("  {}", sanitize(&locale.say(hint))));
        notes.extend(hints);
    }
    let notes: String = notes.iter().map(|note| format!("{MARK} {note}\n")).collect();
    [notes.as_bytes(), bytes].concat()
}

/// The copy without the lines on top that are ours.
pub fn without_notes(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut rest = bytes;
    while rest.starts_with(MARK.as_bytes()) {
        let end = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |end| end + 1);
        rest = &rest[end..];
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Lang;

    #[test]
    fn notes_come_and_go_and_count_themselves() {
        let locale = Locale::new(Lang::En);
        let fault = Failure::new(Exit::Invalid, "not-utf8").at("x.md", 3, 2).hint(Message::new("hint-again"));
        for text in ["---\nid: x\n", "", "\u{feff}x", "# Title\n", "a\r\nb\r\n"] {
            let shown = with_notes(text.as_bytes(), std::slice::from_ref(&fault), &locale);
            let stripped = text.strip_prefix('\u{feff}').unwrap_or(text);
            assert_eq!(
                String::from_utf8_lossy(without_notes(&shown)).trim_start_matches('\u{feff}'),
                stripped
            );
            let shown = String::from_utf8(shown).unwrap();
            assert!(shown.contains("line 6, column 2"), "{shown}");
        }
    }

    #[test]
    fn an_editors_line_ends_and_mark_are_no_change() {
        for base in ["a\nb\n", "a\r\nb\r\n", "\u{feff}a\nb\n"] {
            for typed in ["a\nb\n", "a\r\nb\r\n", "\u{feff}a\r\nb\r\n"] {
                let expected = Expected { path: "x.md", base, incident: None };
                assert_eq!(expected.judge(typed.as_bytes()), Judgement::Unchanged, "{base:?} {typed:?}");
            }
        }
        let expected = Expected { path: "x.md", base: "a\n", incident: None };
        assert_eq!(expected.judge(b" \n"), Judgement::Emptied);
        assert_eq!(expected.judge("b\r\n".as_bytes()), Judgement::Text("b\n".to_owned()));
        let faults = expected.judge(b"a\n\xe3x");
        let Judgement::Faults(faults) = faults else { panic!("{faults:?}") };
        assert_eq!(faults[0].to_string(), "x.md:2:1 not-utf8");
    }
}
