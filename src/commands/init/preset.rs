//! Which preset a store begins with: its name on the command line, or one key on a terminal.

use clap::ValueEnum;

use super::super::app::App;
use crate::config::defaults;
use crate::locale::Locale;
use crate::ui::{Choice, Item};

/// The values of `--preset`. Their help says whom each is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Preset {
    /// A company that works together: four levels, four roles, chat as the war room
    #[default]
    Full,
    /// A product team of about ten: three levels, two roles, roll back first
    Sev3,
    /// One place to report everything, lost items too: questions lead to level 5 (worst) to 1
    #[value(name = "yes-no-5")]
    YesNo5,
    /// Software for businesses: report first, importance and urgency are judged afterwards
    TwoAxis,
    /// A team's first rules: report, meet, handle, review
    FourStep,
}

impl Preset {
    pub fn files(self) -> &'static defaults::Preset {
        match self {
            Self::Full => &defaults::FULL,
            Self::Sev3 => &defaults::SEV3,
            Self::YesNo5 => &defaults::YES_NO_5,
            Self::TwoAxis => &defaults::TWO_AXIS,
            Self::FourStep => &defaults::FOUR_STEP,
        }
    }

    /// Whom it is for, as the help says it.
    fn described(self, locale: &Locale) -> String {
        let translated = locale.optional(&format!("help-init--preset--{}", self.files().name), &[]);
        let own = || self.to_possible_value()?.get_help().map(ToString::to_string);
        translated.or_else(own).unwrap_or_default()
    }
}

/// Asks for the preset with one key; off a terminal it is the default one.
pub fn choose(app: &App) -> anyhow::Result<Preset> {
    if !app.ui.interactive() {
        return Ok(Preset::default());
    }
    let presets = Preset::value_variants();
    let item = |preset: &Preset| Item::new(preset.files().name, preset.described(&app.locale));
    let items: Vec<Item> = presets.iter().map(item).collect();
    let prompt = app.locale.text("init-which-preset");
    let choice = Choice { prompt: &prompt, items: &items, zero: None, enter: Some(1) };
    let index = app.ui.session()?.choose(&choice)?.answered()?;
    Ok(presets[index.unwrap_or(0)])
}
