//! One line for each of many things, by a template that a person gives on the command line.

use std::collections::BTreeSet;

use serde_json::Value;
use tera::{Context, ErrorKind, Tera};

use super::suggestion;
use crate::failure::{Exit, Failure};

/// What tera calls the template.
const NAME: &str = "line";

/// The template of a line, such as `{{ id }} {{ title }}`, in which `\t` and `\n` are a tab and a line break.
pub struct LineFormat {
    tera: Tera,
    /// The option that it was given by, for errors.
    option: &'static str,
}

impl LineFormat {
    /// # Errors
    /// The template is not one of tera's, with the place in it.
    pub fn new(option: &'static str, template: &str) -> Result<Self, Failure> {
        let mut tera = Tera::new();
        tera.autoescape_on(Vec::<String>::new());
        let template = template.replace("\\t", "\t").replace("\\n", "\n");
        match tera.add_raw_template(NAME, &template) {
            Ok(()) => Ok(Self { tera, option }),
            Err(error) => Err(failure(option, &error)),
        }
    }

    /// The line about `fields`, an object. Its texts are put in as they are.
    ///
    /// # Errors
    /// The template asks for what the object does not have; the hint names what it has.
    pub fn line(&self, fields: &Value) -> Result<String, Failure> {
        let failed = |error: &tera::Error| {
            let failure = failure(self.option, error);
            let known = known_fields(fields);
            let asked = asked_for(&failure).to_owned();
            suggestion(&asked, known.iter().map(String::as_str)).into_iter().fold(failure, Failure::hint)
        };
        let context = Context::from_serialize(fields).map_err(|error| failed(&error))?;
        self.tera.render(NAME, &context).map_err(|error| failed(&error))
    }
}

/// `id, title, times.declared`: the object's keys, and those of the objects in it.
fn known_fields(fields: &Value) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    for (key, value) in fields.as_object().into_iter().flatten() {
        match value.as_object().filter(|inner| !inner.is_empty()) {
            Some(inner) => known.extend(inner.keys().map(|name| format!("{key}.{name}"))),
            None => {
                known.insert(key.clone());
            }
        }
    }
    known
}

/// The name in the reason that a field is not known: it stands in backticks.
fn asked_for(failure: &Failure) -> &str {
    let reason = failure.message.facts.iter().find(|(name, _)| *name == "reason");
    reason.and_then(|(_, reason)| reason.split('`').nth(1)).unwrap_or_default()
}

fn failure(option: &str, error: &tera::Error) -> Failure {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = report.span();
            // Behind it all names are listed, which the hint does better.
            let reason = report.message().split(". Available").next().unwrap_or_default();
            Failure::new(Exit::Usage, "bad-template").with("reason", reason).at(
                option,
                span.start_line.max(1),
                span.start_col + 1,
            )
        }
        _ => {
            // Below its first line it draws the place, which is told otherwise here.
            let text = error.to_string();
            let reason = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
            Failure::new(Exit::Usage, "bad-template").with("reason", reason).at(option, 1, 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn line(template: &str) -> Result<String, Failure> {
        let fields = json!({
            "id": "20261120-k7qm", "title": "a <b> | 決済", "severity": null, "products": ["web", "app"],
            "times": {"declared": "2026-11-20T02:55:12+09:00", "closed": null}, "live": true, "rank": 0,
        });
        LineFormat::new("--format", template)?.line(&fields)
    }

    #[test]
    fn a_line_has_the_fields_as_they_are() {
        for (template, expected) in [
            ("{{ id }}\\t{{ title }}", "20261120-k7qm\ta <b> | 決済"),
            ("{{ severity }}|{{ times.closed }}|{{ rank }}", "||0"),
            ("{{ products | join(sep=\" \") }}", "web app"),
            ("{% if live %}!{% endif %}{{ times.declared }}", "!2026-11-20T02:55:12+09:00"),
            ("{{ severity or \"-\" }}", "-"),
        ] {
            assert_eq!(
                line(template).map_err(|failure| failure.to_string()),
                Ok(expected.to_owned()),
                "{template}"
            );
        }
    }

    #[test]
    fn a_faulty_template_has_its_place_and_the_fields_are_named() {
        for (template, place) in [
            ("{{ id", "--format:1:"),
            ("{{ id }} {{ titel }}", "--format:1:13"),
            ("{{ id }}\\n{{ times.ended }}", "--format:2:"),
            ("{% include \"/etc/passwd\" %}", "--format:1:"),
            ("{{ id | nonsense }}", "--format:1:"),
        ] {
            let failure = line(template).expect_err(template);
            assert_eq!(failure.exit, Exit::Usage, "{template}");
            assert!(failure.to_string().contains(place), "{template}: {failure}");
        }
        for (template, expected) in [
            ("{{ titel }}", "title, times.closed"),
            ("{{ zzz }}", "id, live, products, rank, severity, times.closed, times.declared, title"),
        ] {
            let hint = &line(template).expect_err("no such field").hints[0];
            assert_eq!(hint.facts[0].1, expected);
        }
    }
}
