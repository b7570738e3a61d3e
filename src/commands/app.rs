//! What every command is given: the surroundings, the terminal, the words, and the global options.

use std::rc::Rc;

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::context::Context;
use crate::domain::text::Lang;
use crate::failure::{Exit, Failure, Message};
use crate::locale::Locale;
use crate::ui::{ColorChoice, Ui};
use crate::view::sanitize::inert_json;

/// Options that every command takes.
#[derive(Args, Clone, Debug)]
pub struct Globals {
    /// Use the store in this directory, or the named store of your configuration
    #[arg(short = 'C', long, value_name = "DIR|NAME", global = true, help_heading = "Global options")]
    pub store: Option<String>,

    /// Speak this language: en or ja
    #[arg(long, value_name = "LANG", global = true, help_heading = "Global options", value_parser = parse_lang)]
    pub lang: Option<Lang>,

    /// When to use colour: on a terminal, always, or never
    #[arg(long, value_name = "WHEN", global = true, help_heading = "Global options")]
    pub color: Option<Color>,

    /// Never ask; what is missing is an error
    #[arg(long, global = true, help_heading = "Global options")]
    pub no_input: bool,

    /// Print data and errors as JSON, and never ask
    #[arg(long, global = true, help_heading = "Global options")]
    pub json: bool,

    /// Print nothing but data and errors
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub quiet: bool,

    /// The menu runs it, and shows what is to be done now itself
    #[arg(long, global = true, hide = true)]
    pub from_menu: bool,
}

/// The values of `--color`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

impl From<Color> for ColorChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => Self::Auto,
            Color::Always => Self::Always,
            Color::Never => Self::Never,
        }
    }
}

fn parse_lang(tag: &str) -> Result<Lang, Failure> {
    tag.parse().map_err(|_| {
        let known = Message::new("hint-known-names").with("names", Lang::ALL.map(Lang::tag).join(", "));
        Failure::new(Exit::Usage, "no-such-language").with("word", tag).hint(known)
    })
}

/// One run of the program.
pub struct App {
    pub context: Context,
    pub ui: Ui,
    /// The user's language.
    pub locale: Rc<Locale>,
    pub globals: Globals,
}

impl App {
    /// Says what was wrong with an answer, which is then asked for again.
    pub fn tell_failure(&self, error: &anyhow::Error) {
        let Some(failure) = error.downcast_ref::<Failure>() else { return self.ui.tell(&error.to_string()) };
        self.ui.tell(&format!("  {}", self.locale.say(&failure.message)));
        for hint in &failure.hints {
            self.ui.tell(&format!("  {}", self.locale.say(hint)));
        }
    }

    /// Prints a JSON document of `kind`, the form that all data has under `--json`.
    pub fn print_json(&self, kind: &'static str, data: &impl Serialize) -> anyhow::Result<()> {
        #[derive(Serialize)]
        struct Envelope<'a, T: Serialize> {
            schema: u32,
            kind: &'static str,
            #[serde(flatten)]
            data: &'a T,
        }
        let text = serde_json::to_string_pretty(&Envelope { schema: 1, kind, data })?;
        Ok(self.ui.out(&inert_json(&text))?)
    }
}
