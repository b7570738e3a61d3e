//! What decides about colour and questions: flags, environment and streams, as plain values.

use crate::view::palette::Palette;

use super::Stream;

/// `--color`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorChoice {
    #[default]
    Auto,
    Always,
    Never,
}

/// What `context` found in the environment and `cli` on the command line.
#[derive(Clone, Debug, Default)]
pub struct UiSettings {
    pub stdin_is_terminal: bool,
    pub stdout_is_terminal: bool,
    pub stderr_is_terminal: bool,
    pub color: ColorChoice,
    /// `NO_COLOR` is set and not empty (no-color.org).
    pub no_color: bool,
    /// `CLICOLOR_FORCE` is set and neither empty nor `0` (bixense.com/clicolors).
    pub clicolor_force: bool,
    pub term: Option<String>,
    /// `COLUMNS`, which beats what the terminal says.
    pub columns: Option<u16>,
    pub no_input: bool,
    pub json: bool,
    /// `CI` is set and not empty.
    pub ci: bool,
    pub quiet: bool,
}

impl UiSettings {
    /// Whether somebody is there to answer. A terminal that cannot move its cursor does not count.
    pub fn interactive(&self) -> bool {
        let asked_not_to = self.no_input || self.json || self.ci;
        self.stdin_is_terminal && self.stderr_is_terminal && !asked_not_to && !self.is_dumb()
    }

    pub(super) fn is_terminal(&self, stream: Stream) -> bool {
        match stream {
            Stream::Out => self.stdout_is_terminal,
            Stream::Err => self.stderr_is_terminal,
        }
    }

    pub(super) fn palette(&self, stream: Stream) -> Palette {
        let coloured = match self.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto if self.no_color => false,
            ColorChoice::Auto => self.clicolor_force || (self.is_terminal(stream) && !self.is_dumb()),
        };
        if coloured { Palette::Coloured } else { Palette::Plain }
    }

    fn is_dumb(&self) -> bool {
        self.term.as_deref() == Some("dumb")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terminal() -> UiSettings {
        UiSettings {
            stdin_is_terminal: true,
            stdout_is_terminal: true,
            stderr_is_terminal: true,
            term: Some("xterm-256color".to_owned()),
            ..UiSettings::default()
        }
    }

    #[test]
    fn questions_need_a_person() {
        assert!(terminal().interactive());
        assert!(UiSettings { stdout_is_terminal: false, ..terminal() }.interactive());
        for nobody in [
            UiSettings { stdin_is_terminal: false, ..terminal() },
            UiSettings { stderr_is_terminal: false, ..terminal() },
            UiSettings { no_input: true, ..terminal() },
            UiSettings { json: true, ..terminal() },
            UiSettings { ci: true, ..terminal() },
            UiSettings { term: Some("dumb".to_owned()), ..terminal() },
        ] {
            assert!(!nobody.interactive(), "{nobody:?}");
        }
    }

    #[test]
    fn colour_is_decided_for_each_stream() {
        use ColorChoice::{Always, Never};
        let piped = UiSettings { stdout_is_terminal: false, ..terminal() };
        for (settings, out, err) in [
            (terminal(), true, true),
            (piped.clone(), false, true),
            (UiSettings { clicolor_force: true, ..piped.clone() }, true, true),
            (UiSettings { color: Always, no_color: true, ..piped }, true, true),
            (UiSettings { color: Never, clicolor_force: true, ..terminal() }, false, false),
            (UiSettings { no_color: true, clicolor_force: true, ..terminal() }, false, false),
            (UiSettings { term: Some("dumb".to_owned()), ..terminal() }, false, false),
        ] {
            let coloured = [Stream::Out, Stream::Err].map(|s| settings.palette(s) == Palette::Coloured);
            assert_eq!(coloured, [out, err], "{settings:?}");
        }
    }
}
