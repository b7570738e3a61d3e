//! Findings as workflow commands, which GitHub Actions shows beside the lines of a pull request.

use super::sanitize::{sanitize, sanitize_block};
use crate::document::consistency::{Remark, Weight};
use crate::locale::Locale;

/// `::error file=…,line=…,col=…,title=…::message`. `prefix` leads from the top of the repository to the store.
pub fn github(remark: &Remark, prefix: &str, locale: &Locale) -> String {
    let command = match remark.weight {
        Weight::Error => "error",
        Weight::Warning => "warning",
        Weight::Note => "notice",
    };
    let mut properties = Vec::new();
    if let Some(place) = &remark.place {
        properties.push(format!("file={}", property(&format!("{prefix}{}", place.path))));
        properties.push(format!("line={}", place.line));
        properties.push(format!("col={}", place.column));
    }
    properties.push("title=incident check".to_owned());
    let label = locale.text("hint-label");
    let hints = remark.hints.iter().map(|hint| format!("\n{label} {}", locale.say(hint)));
    let message = locale.say(&remark.message) + &hints.collect::<String>();
    format!("::{command} {}::{}", properties.join(","), data(&message))
}

/// A line of ordinary output in which the runner finds no command.
pub fn inert(line: &str) -> String {
    let line = line.replace("##[", "## [");
    if line.trim_start().starts_with("::") { format!("\\{line}") } else { line }
}

/// The message: line breaks stay, as GitHub wants them written.
fn data(text: &str) -> String {
    let text = sanitize_block(text).replace("##[", "## [");
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(&sanitize(text)).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Lang;
    use crate::failure::{Message, Place};

    fn remark(weight: Weight, path: &str, fact: &str) -> Remark {
        let message = Message::new("check-no-such-file").with("path", fact);
        Remark::new(weight, Place { path: path.to_owned(), line: 3, column: 5 }, message)
    }

    #[test]
    fn what_separates_and_what_breaks_lines_is_escaped_as_github_documents_it() {
        let locale = Locale::new(Lang::En);
        for (weight, path, fact, expected) in [
            (
                Weight::Error,
                "incidents/a.md",
                "x",
                "::error file=ops/incidents/a.md,line=3,col=5,title=incident check::x is no incident file of this store",
            ),
            (
                Weight::Warning,
                "a,b:c%.md",
                "100 %\n::error::no",
                "::warning file=ops/a%2Cb%3Ac%25.md,line=3,col=5,title=incident check::100 %25%0A::error::no is no incident file of this store",
            ),
            (
                Weight::Note,
                "障害.md",
                "##[add-mask]x\u{1b}[2J",
                "::notice file=ops/障害.md,line=3,col=5,title=incident check::## [add-mask]x\\u{1b}[2J is no incident file of this store",
            ),
        ] {
            assert_eq!(github(&remark(weight, path, fact), "ops/", &locale), expected);
        }
    }

    #[test]
    fn without_a_place_the_message_stands_alone_and_hints_follow_it() {
        let hint = Message::new("hint-known-names").with("names", "a, b");
        let remark = Remark { place: None, hints: vec![hint], ..remark(Weight::Error, "", "x") };
        let found = github(&remark, "", &Locale::new(Lang::En));
        assert!(
            found.starts_with("::error title=incident check::x is no incident file of this store%0Ahint: "),
            "{found}"
        );
    }

    #[test]
    fn ordinary_lines_hold_no_command() {
        for (line, expected) in [
            ("incidents/a.md:1:1: error x", "incidents/a.md:1:1: error x"),
            ("a ##[stop-commands]b", "a ## [stop-commands]b"),
            ("  ::stop-commands::b", "\\  ::stop-commands::b"),
        ] {
            assert_eq!(inert(line), expected);
        }
    }
}
