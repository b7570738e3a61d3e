//! `incident schema`: the JSON Schemas of the configuration, of incident files, and of what `--json` prints.

use serde::Serialize;

use super::app::App;
use super::session::Session;
use crate::config::schemas::{IN_STORE, SCHEMAS, Schema, directive, find, path};
use crate::config::suggestion;
use crate::document::consistency::{Remark, Weight};
use crate::failure::{Exit, Failure, Message, Place};
use crate::ui::Stream;
use crate::view::palette::Style;
use crate::view::table::{Cell, Column, Fit, Table};

/// Print a JSON Schema: of the configuration, of incident files, or of what --json prints
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// Which one [default: list them]
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
}

#[derive(Serialize)]
struct SchemasJson {
    schemas: Vec<SchemaJson>,
}

#[derive(Serialize)]
struct SchemaJson {
    name: &'static str,
    description: String,
}

pub fn run(args: Args, app: &App) -> anyhow::Result<()> {
    let Some(word) = args.name else { return list(app) };
    let schema = find(&word).ok_or_else(|| {
        let failure = Failure::new(Exit::NotFound, "no-such-schema").with("word", &word);
        let known = SCHEMAS.iter().map(|schema| schema.name);
        suggestion(&word, known).into_iter().fold(failure, Failure::hint)
    })?;
    Ok(app.ui.out(schema.text.trim_end())?)
}

fn list(app: &App) -> anyhow::Result<()> {
    if app.globals.json {
        let schema = |schema: &Schema| SchemaJson { name: schema.name, description: about(app, schema) };
        return app
            .print_json("incident.schema", &SchemasJson { schemas: SCHEMAS.iter().map(schema).collect() });
    }
    let mut table = Table::new(vec![Column::new("", Fit::Whole), Column::new("", Fit::Flexible)]);
    for schema in &SCHEMAS {
        table.row(vec![Cell::styled(schema.name, Style::Accent), about(app, schema).into()]);
    }
    let text = table.render(app.ui.limit(Stream::Out), app.ui.palette(Stream::Out));
    Ok(app.ui.out(text.trim_end())?)
}

fn about(app: &App, schema: &Schema) -> String {
    app.locale.label("schema-about", &schema.name.replace('.', "-"))
}

/// What a check says of the schemas that a store holds for editors: one is missing, or of another version.
pub fn remarks(session: &Session<'_>) -> anyhow::Result<Vec<Remark>> {
    let mut remarks = Vec::new();
    for schema in SCHEMAS.iter().filter(|schema| IN_STORE.contains(&schema.name)) {
        let held = path(schema.name);
        let file = format!("{}.toml", schema.name);
        let (key, place) = match session.read_text(&held)? {
            Some(text) if text.lines().eq(schema.text.lines()) => continue,
            Some(_) => ("check-schema-differs", &held),
            None => {
                let text = session.read_text(&file)?.unwrap_or_default();
                if !text.lines().any(|line| line == directive(schema.name)) {
                    continue;
                }
                ("check-schema-missing", &file)
            }
        };
        let place = Place { path: place.clone(), line: 1, column: 1 };
        let message = Message::new(key).with("path", &held);
        let hint = Message::new("hint-write-schema").with("name", schema.name).with("path", &held);
        remarks.push(Remark { hints: vec![hint], ..Remark::new(Weight::Note, place, message) });
    }
    Ok(remarks)
}
