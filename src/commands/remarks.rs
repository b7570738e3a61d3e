//! Faults as remarks of a check, and remarks as lines.

use super::app::App;
use crate::document::consistency::{Remark, Weight};
use crate::failure::Failure;
use crate::ui::Stream;
use crate::view::palette::Style;
use crate::view::sanitize::sanitize;

pub fn as_error(fault: &Failure) -> Remark {
    Remark {
        weight: Weight::Error,
        place: fault.place.clone(),
        message: fault.message.clone(),
        hints: fault.hints.clone(),
    }
}

pub fn as_warning(fault: &Failure) -> Remark {
    Remark { weight: Weight::Warning, ..as_error(fault) }
}

/// The remark with its place, then its hints.
pub fn lines(app: &App, remark: &Remark) -> Vec<String> {
    let (style, key) = match remark.weight {
        Weight::Error => (Style::Bad, "check-error"),
        Weight::Warning => (Style::Warning, "check-warning"),
        Weight::Note => (Style::Faint, "check-note"),
    };
    let place = remark.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
    let label = app.ui.paint(Stream::Out, style, &app.locale.text(key));
    let told = format!("{}{label} {}", sanitize(&place), sanitize(&app.locale.say(&remark.message)));
    let hint = app.locale.text("hint-label");
    let hints = remark.hints.iter().map(|message| format!("  {hint} {}", sanitize(&app.locale.say(message))));
    std::iter::once(told).chain(hints).collect()
}
