//! The files that a new store begins with.

use super::super::app::App;
use super::super::session::NO_ADDRESS;
use super::Options;
use crate::config::templates::{BUILT_IN, FOLDER};
use crate::config::{POLICY_FILE, SETTINGS_FILE, parse_policy, parse_settings, schemas};
use crate::domain::text::Lang;
use crate::locale::Locale;
use crate::store::{Store, StorePath};
use crate::view::names::Names;
use crate::view::store_readme;

/// What is to be written, for [`crate::store::Proposal`].
pub type Files = Vec<(StorePath, Option<Vec<u8>>)>;

/// Whoever makes the store: name and address.
pub type Person = (String, String);

/// The files by path, with their texts. One that is there already stays as it is.
pub fn files(app: &App, store: &Store, options: &Options, person: &Person) -> anyhow::Result<Files> {
    let mut texts = vec![
        (POLICY_FILE.to_owned(), schemas::with_directive("severity", options.preset.files().policy)),
        (
            SETTINGS_FILE.to_owned(),
            schemas::with_directive("incident", &settings(app, store, options, person)),
        ),
    ];
    let held = schemas::IN_STORE.into_iter().filter_map(schemas::find);
    texts.extend(held.map(|schema| (schemas::path(schema.name), schema.text.to_owned())));
    texts.extend(templates(options, store_lang(app)));
    texts.extend(readme(options, store_lang(app)));
    let mut files = Files::new();
    for (path, text) in texts {
        let path = StorePath::parse(&path)?;
        if store.read(&path)?.is_none() {
            files.push((path, Some(text.into_bytes())));
        }
    }
    if let Some(attributes) = store.attributes_with_driver()? {
        files.push((StorePath::parse(".gitattributes")?, Some(attributes)));
    }
    Ok(files)
}

/// `--lang` says what the documents are written in; without it, the user's language.
pub fn store_lang(app: &App) -> Lang {
    app.globals.lang.unwrap_or_else(|| app.locale.lang())
}

/// The preset's own body of an incident file, and where they are asked for the templates that its levels use.
fn templates(options: &Options, lang: Lang) -> Vec<(String, String)> {
    let preset = options.preset.files();
    let path = |name: &str| format!("{FOLDER}/{name}.md");
    let own = preset.body(lang);
    let mut files: Vec<(String, String)> =
        own.map(|body| (path("incident"), body.to_owned())).into_iter().collect();
    if options.templates {
        let mut names: Vec<String> = if own.is_none() { vec!["incident".to_owned()] } else { Vec::new() };
        let levels = parse_policy(POLICY_FILE, preset.policy).map(|policy| policy.value.levels);
        let used = levels.unwrap_or_default().into_iter().filter_map(|level| level.postmortem);
        names.extend(used.map(|name| format!("postmortem-{name}")));
        names.dedup();
        files.extend(names.iter().filter_map(|name| Some((path(name), built_in(name, lang)?.to_owned()))));
    }
    files
}

/// The page for newcomers, in the words of the preset.
fn readme(options: &Options, lang: Lang) -> Option<(String, String)> {
    let preset = options.preset.files();
    let policy = parse_policy(POLICY_FILE, preset.policy).ok()?.value;
    let settings = parse_settings(SETTINGS_FILE, preset.settings).ok()?.value;
    let locale = Locale::new(lang);
    let names = Names { locale: &locale, flow: &settings.flow, policy: &policy, staff: &settings.staff };
    Some((store_readme::PATH.to_owned(), store_readme::text(names)))
}

fn built_in(name: &str, lang: Lang) -> Option<&'static str> {
    let file = format!("{name}.{lang}.md");
    BUILT_IN.iter().find(|(name, _)| *name == file).map(|(_, text)| *text)
}

/// The preset's settings, after what only this store can know.
fn settings(app: &App, store: &Store, options: &Options, (name, email): &Person) -> String {
    let zone = options.zone.unwrap_or(app.context.zone);
    let mut head = format!("lang = {}\nzone = {}\n", quoted(store_lang(app).tag()), quoted(zone.name()));
    if let Some(branch) = store.placement().branch() {
        head.push_str(&format!("branch = {}\n", quoted(branch)));
    }
    if store.has_remote() {
        head.push_str("share = \"auto\"\n");
    }
    let handle = handle(name, email);
    let mut person = format!("\n[[person]]\nhandle = {}\nname = {}\n", quoted(&handle), quoted(name));
    if email != NO_ADDRESS {
        person.push_str(&format!("email = {}\n", quoted(email)));
    }
    let preset = options.preset.files().settings;
    let (comment, rest) = preset.split_once("\n\n").unwrap_or(("", preset));
    format!("{comment}\n\n{head}\n{rest}{person}")
}

/// The part of the address before the `@`, else the name: short, and what others would type.
fn handle(name: &str, email: &str) -> String {
    let local = if email == NO_ADDRESS { "" } else { email.split('@').next().unwrap_or_default() };
    let base = if local.is_empty() { name } else { local };
    let kept: String = base.chars().filter(|c| c.is_alphanumeric() || "._-".contains(*c)).collect();
    if kept.is_empty() { "me".to_owned() } else { kept.to_lowercase() }
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
