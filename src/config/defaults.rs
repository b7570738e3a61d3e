//! The presets, embedded. The default one is the pair of files that stand at the top of this repository.

use crate::domain::text::Lang;

/// What a store begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    pub name: &'static str,
    /// Its `severity.toml`.
    pub policy: &'static str,
    /// Its `incident.toml`.
    pub settings: &'static str,
    /// Its own body of a new incident file, in Japanese and in English; none is the built-in one.
    body: Option<[&'static str; 2]>,
}

impl Preset {
    /// The body of a new incident file, if the preset has one of its own.
    pub fn body(&self, lang: Lang) -> Option<&'static str> {
        self.body.map(|[ja, en]| match lang {
            Lang::Ja => ja,
            Lang::En => en,
        })
    }
}

/// The files of a folder of `presets/`.
macro_rules! preset {
    ($name:literal, $body:expr) => {
        Preset {
            name: $name,
            policy: include_str!(concat!("../../presets/", $name, "/severity.toml")),
            settings: include_str!(concat!("../../presets/", $name, "/incident.toml")),
            body: $body,
        }
    };
}

pub const FULL: Preset = Preset { name: "full", policy: POLICY, settings: SETTINGS, body: None };
pub const SEV3: Preset = preset!("sev3", None);
pub const YES_NO_5: Preset = preset!("yes-no-5", None);
pub const TWO_AXIS: Preset = preset!(
    "two-axis",
    Some([
        include_str!("../../presets/two-axis/incident.ja.md"),
        include_str!("../../presets/two-axis/incident.en.md"),
    ])
);
pub const FOUR_STEP: Preset = preset!("four-step", None);

/// The default one first.
pub const PRESETS: [Preset; 5] = [FULL, SEV3, YES_NO_5, TWO_AXIS, FOUR_STEP];

/// The default `severity.toml`.
pub const POLICY: &str = include_str!("../../severity.toml");

/// The default `incident.toml`: what is absent from a store's own is taken from here.
pub const SETTINGS: &str = include_str!("../../incident.toml");

#[cfg(test)]
#[path = "defaults_tests.rs"]
mod tests;
