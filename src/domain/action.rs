//! Action items: work that an incident asks for, during it or after it.

use chrono::NaiveDate;

/// Why the work is done; `Now` is work during the incident itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActionClass {
    Now,
    Prevent,
    Detect,
    Mitigate,
    Process,
}

impl ActionClass {
    pub const ALL: [Self; 5] = [Self::Now, Self::Prevent, Self::Detect, Self::Mitigate, Self::Process];

    pub fn token(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Prevent => "prevent",
            Self::Detect => "detect",
            Self::Mitigate => "mitigate",
            Self::Process => "process",
        }
    }
}

/// One line of a section that carries the `incident:actions` anchor.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ActionItem {
    /// `A1`, `N2`: unique over the incident and its postmortem.
    pub id: String,
    pub done: bool,
    pub text: String,
    pub owner: Option<String>,
    pub due: Option<NaiveDate>,
    pub ticket: Option<String>,
    pub class: Option<ActionClass>,
}
