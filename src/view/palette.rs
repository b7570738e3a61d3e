//! Colour and weight on a terminal: whether there is any is decided once, and passed as a value.

/// What a piece of text is, from which its look follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Stands out by weight alone.
    Strong,
    /// Of less interest: hints, times of recording.
    Faint,
    /// Went well, or is over.
    Good,
    /// Wants attention soon.
    Warning,
    /// Wants attention now.
    Bad,
    /// What can be typed: keys, ids, commands.
    Accent,
}

impl Style {
    const ALL: [Self; 6] = [Self::Strong, Self::Faint, Self::Good, Self::Warning, Self::Bad, Self::Accent];

    /// The SGR parameters (ECMA-48, 8.3.117). Only the eight basic colours, which themes make readable.
    fn codes(self) -> &'static str {
        match self {
            Self::Strong => "1",
            Self::Faint => "2",
            Self::Good => "32",
            Self::Warning => "33",
            Self::Bad => "1;31",
            Self::Accent => "36",
        }
    }
}

/// Paints text, or leaves it plain where there is no colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    Plain,
    Coloured,
}

/// The SGR parameter that ends a look.
const END: &str = "0";

impl Palette {
    /// `text` in the look of `style`. Measure and pad before painting: the codes take no columns.
    pub fn paint(self, style: Style, text: &str) -> String {
        match self {
            Self::Coloured if !text.is_empty() => {
                format!("\u{1b}[{}m{text}\u{1b}[{END}m", style.codes())
            }
            _ => text.to_owned(),
        }
    }

    /// How many bytes of `text` are a code of this palette that it begins with.
    pub(super) fn look_at(self, text: &str) -> usize {
        let Some(parameters) = text.strip_prefix("\u{1b}[").filter(|_| self == Self::Coloured) else {
            return 0;
        };
        let codes = Style::ALL.map(Style::codes).into_iter().chain([END]);
        let own =
            codes.filter(|codes| parameters.strip_prefix(codes).is_some_and(|rest| rest.starts_with('m')));
        own.map(|codes| codes.len() + "\u{1b}[m".len()).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_coloured_palette_adds_codes() {
        assert_eq!(Palette::Plain.paint(Style::Bad, "SEV1"), "SEV1");
        assert_eq!(Palette::Coloured.paint(Style::Bad, "SEV1"), "\u{1b}[1;31mSEV1\u{1b}[0m");
        assert_eq!(Palette::Coloured.paint(Style::Bad, ""), "");
    }
}
