//! Document templates: the built-in ones and a team's own from `templates/`, rendered by tera.

use std::collections::BTreeMap;

use tera::{Context, ErrorKind, Kwargs, State, Tera};

use super::suggestion;
use super::template_limits::{self, Document};
use crate::domain::text::{Lang, one_line};
use crate::failure::{Exit, Failure};

/// The folder of a team's own templates.
pub const FOLDER: &str = "templates";

/// The embedded templates: file name and text.
pub const BUILT_IN: [(&str, &str); 14] = [
    ("incident.en.md", include_str!("../../templates/incident.en.md")),
    ("incident.ja.md", include_str!("../../templates/incident.ja.md")),
    ("postmortem-classic.en.md", include_str!("../../templates/postmortem-classic.en.md")),
    ("postmortem-classic.ja.md", include_str!("../../templates/postmortem-classic.ja.md")),
    ("postmortem-furikaeri.en.md", include_str!("../../templates/postmortem-furikaeri.en.md")),
    ("postmortem-furikaeri.ja.md", include_str!("../../templates/postmortem-furikaeri.ja.md")),
    ("postmortem-light.en.md", include_str!("../../templates/postmortem-light.en.md")),
    ("postmortem-light.ja.md", include_str!("../../templates/postmortem-light.ja.md")),
    ("postmortem-memo.en.md", include_str!("../../templates/postmortem-memo.en.md")),
    ("postmortem-memo.ja.md", include_str!("../../templates/postmortem-memo.ja.md")),
    ("postmortem-prevention.en.md", include_str!("../../templates/postmortem-prevention.en.md")),
    ("postmortem-prevention.ja.md", include_str!("../../templates/postmortem-prevention.ja.md")),
    ("postmortem-report.en.md", include_str!("../../templates/postmortem-report.en.md")),
    ("postmortem-report.ja.md", include_str!("../../templates/postmortem-report.ja.md")),
];

/// The postmortem template that is used where neither the level nor the person names one.
pub const DEFAULT_POSTMORTEM: &str = "classic";

/// Templates of one language. A team's own file wins over a built-in one.
pub struct Templates {
    tera: Tera,
    lang: Lang,
    own: Vec<String>,
    /// Those of the team that cannot be used, and why. They stand in nobody's way until they are.
    faults: BTreeMap<String, Failure>,
}

impl Templates {
    /// `own` are the files of the store's `templates/`, by file name.
    pub fn new(lang: Lang, own: &[(String, String)]) -> Self {
        let (tera, faults) = load(own);
        Self { tera, lang, own: own.iter().map(|(name, _)| name.clone()).collect(), faults }
    }

    /// What is wrong with the team's own files, each with its place.
    pub fn faults(&self) -> impl Iterator<Item = &Failure> {
        self.faults.values()
    }

    /// The body of a new incident file.
    pub fn incident(&self, context: &Context) -> Result<String, Failure> {
        self.render(&self.file_for("incident").ok_or_else(|| self.unknown("incident"))?, context)
    }

    /// The postmortem of template `name`; none is the team's own `postmortem.md`, else the default one.
    pub fn postmortem(&self, name: Option<&str>, context: &Context) -> Result<String, Failure> {
        let file = match name {
            Some(name) => self.file_for(&format!("postmortem-{name}")).ok_or_else(|| self.unknown(name))?,
            None => self
                .file_for("postmortem")
                .or_else(|| self.file_for(&format!("postmortem-{DEFAULT_POSTMORTEM}")))
                .ok_or_else(|| self.unknown(DEFAULT_POSTMORTEM))?,
        };
        self.render(&file, context)
    }

    /// The names that `postmortem` takes.
    pub fn postmortem_names(&self) -> Vec<String> {
        let files = self.own.iter().map(String::as_str).chain(BUILT_IN.iter().map(|(name, _)| *name));
        let mut names: Vec<String> = files
            .filter_map(|file| file.strip_prefix("postmortem-")?.strip_suffix(".md"))
            .map(|name| Lang::ALL.iter().fold(name, |name, lang| strip_language(name, *lang)).to_owned())
            .collect();
        names.sort();
        names.dedup();
        names
    }

    /// The file for `stem`: the team's own in this language, the team's own for all languages, the built-in one.
    fn file_for(&self, stem: &str) -> Option<String> {
        let localized = format!("{stem}.{}.md", self.lang);
        let general = format!("{stem}.md");
        let owned = [&localized, &general].into_iter().find(|name| self.own.contains(name)).cloned();
        let built_in = || BUILT_IN.iter().any(|(name, _)| *name == localized).then(|| localized.clone());
        owned.or_else(built_in)
    }

    fn render(&self, file: &str, context: &Context) -> Result<String, Failure> {
        match self.faults.get(file) {
            Some(fault) => Err(fault.clone()),
            None => {
                let mut document = Document::default();
                match self.tera.render_to(file, context, &mut document) {
                    Ok(()) => Ok(document.into_text()),
                    Err(_) if document.is_full() => Err(Document::too_large(file)),
                    Err(error) => Err(failure(file, &error)),
                }
            }
        }
    }

    fn unknown(&self, name: &str) -> Failure {
        let known = self.postmortem_names();
        let failure = Failure::new(Exit::NotFound, "unknown-template").with("name", name);
        suggestion(name, known.iter().map(String::as_str)).into_iter().fold(failure, Failure::hint)
    }
}

fn strip_language(name: &str, lang: Lang) -> &str {
    name.strip_suffix(lang.tag()).and_then(|name| name.strip_suffix('.')).unwrap_or(name)
}

/// The built-in templates and those of `own` that can be used, and what is wrong with the others.
///
/// They may include each other, so one is faulty only if it is so beside all the others that are not.
fn load(own: &[(String, String)]) -> (Tera, BTreeMap<String, Failure>) {
    let mut usable: Vec<(&str, &str)> = BUILT_IN.to_vec();
    let mut left: Vec<(&str, &str)> = own.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let (mut refused, mut includes) = (BTreeMap::new(), 0);
    left.retain(|(name, text)| match template_limits::fault(name, text, &mut includes) {
        Some(fault) => refused.insert((*name).to_owned(), fault).is_some(),
        None => true,
    });
    if let Ok(tera) = engine(usable.iter().chain(&left)) {
        return (tera, refused);
    }
    loop {
        let before = left.len();
        let mut faults = refused.clone();
        left.retain(|template| match engine(usable.iter().chain([template])) {
            Ok(_) => {
                usable.push(*template);
                false
            }
            Err(error) => {
                faults.insert(template.0.to_owned(), failure(template.0, &error));
                true
            }
        });
        if left.len() == before {
            let tera = engine(usable.iter()).expect("each was added to the ones before it");
            return (tera, faults);
        }
    }
}

/// Only the templates given here can be included.
fn engine<'t>(templates: impl Iterator<Item = &'t (&'t str, &'t str)>) -> tera::TeraResult<Tera> {
    let mut tera = Tera::new();
    tera.autoescape_on(Vec::<String>::new());
    tera.register_filter("line", |text: &str, _: Kwargs, _: &State| one_line(text));
    tera.register_filter("cell", |text: &str, _: Kwargs, _: &State| cell(text));
    tera.register_filter("yaml", |text: &str, _: Kwargs, _: &State| yaml(text));
    template_limits::bound_filters(&mut tera);
    tera.add_raw_templates(templates.copied())?;
    Ok(tera)
}

/// A fault of the template `name`, at its place where tera names one.
fn failure(name: &str, error: &tera::Error) -> Failure {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = report.span();
            let path = format!("{FOLDER}/{}", report.filename());
            Failure::new(Exit::Invalid, "bad-template").with("reason", report.message()).at(
                path,
                span.start_line.max(1),
                span.start_col + 1,
            )
        }
        _ => {
            // Below its first line it draws the place, which is told otherwise here.
            let text = error.to_string();
            let reason = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
            let failure = Failure::new(Exit::Invalid, "bad-template").with("reason", reason);
            failure.at(format!("{FOLDER}/{name}"), 1, 1)
        }
    }
}

/// The text of a table cell.
pub fn cell(text: &str) -> String {
    one_line(text).replace('|', "\\|")
}

/// A YAML string that reads back as `text`, always in double quotes.
fn yaml(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context() -> Context {
        let mut context = Context::new();
        context.insert("title", "a | b\n<!-- incident:timeline -->");
        context.insert("offset", "+09:00");
        context
    }

    #[test]
    fn a_hostile_title_stays_one_inert_line() {
        let templates = Templates::new(Lang::En, &[]);
        let body = templates.incident(&context()).expect("renders");
        assert!(body.starts_with("# a | b \\<!-- incident:timeline -->\n"), "{body}");
    }

    #[test]
    fn a_teams_own_file_wins() {
        let own = [("incident.md".to_owned(), "own {{ title | cell }}".to_owned())];
        let templates = Templates::new(Lang::Ja, &own);
        assert_eq!(
            templates.incident(&context()).expect("renders"),
            "own a \\| b \\<!-- incident:timeline -->"
        );
    }

    #[test]
    fn a_faulty_template_has_its_place() {
        for (text, expected) in [
            ("one\n{{ title", "templates/incident.md:2:"),
            ("one\n\n {{ unknown }}", "templates/incident.md:3:"),
            ("{% include \"../../secret\" %}", "templates/incident.md:1:1"),
        ] {
            let own = [("incident.md".to_owned(), text.to_owned())];
            let result = Templates::new(Lang::En, &own).incident(&context());
            let failure = result.expect_err(text).to_string();
            assert!(failure.contains(expected), "{failure}");
        }
    }

    #[test]
    fn a_faulty_template_spoils_no_other() {
        let own = [
            ("a.md", "{% include \"b.md\" %}!"),
            ("b.md", "b"),
            ("c.md", "{{ c"),
            ("d.md", "{% include \"c.md\" %}"),
        ];
        let own = own.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let templates = Templates::new(Lang::En, &own);
        assert!(templates.incident(&context()).is_ok());
        assert_eq!(templates.render("a.md", &context()).expect("includes b"), "b!");
        assert_eq!(templates.faults.keys().collect::<Vec<_>>(), ["c.md", "d.md"]);
    }

    #[test]
    fn an_unknown_postmortem_names_those_there_are() {
        let templates = Templates::new(Lang::En, &[]);
        assert_eq!(
            templates.postmortem_names(),
            ["classic", "furikaeri", "light", "memo", "prevention", "report"]
        );
        let failure = templates.postmortem(Some("clasic"), &context()).expect_err("no such template");
        assert_eq!(failure.hints[0].facts[0].1, "classic");
    }
}
