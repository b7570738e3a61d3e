//! Timeline events: what happened, when, and who says so.

use chrono::{DateTime, FixedOffset};

use super::moment::{Moment, minute};

/// A point in an incident's life that figures are computed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Milestone {
    ImpactStarted,
    Detected,
    Declared,
    Acknowledged,
    CustomersTold,
    Mitigated,
    Resolved,
    Closed,
}

impl Milestone {
    pub const ALL: [Self; 8] = [
        Self::ImpactStarted,
        Self::Detected,
        Self::Declared,
        Self::Acknowledged,
        Self::CustomersTold,
        Self::Mitigated,
        Self::Resolved,
        Self::Closed,
    ];

    /// The key under `times:` and the word in commands and JSON.
    pub fn token(self) -> &'static str {
        match self {
            Self::ImpactStarted => "impact_started",
            Self::Detected => "detected",
            Self::Declared => "declared",
            Self::Acknowledged => "acknowledged",
            Self::CustomersTold => "customers_told",
            Self::Mitigated => "mitigated",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
        }
    }

    pub fn from_token(token: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|milestone| milestone.token() == token)
    }

    /// Whether a later entry moves it (`mitigated`, `resolved`, `closed`); of the others the first entry stands.
    pub fn last_wins(self) -> bool {
        matches!(self, Self::Mitigated | Self::Resolved | Self::Closed)
    }
}

/// What kind of remark a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoteKind {
    Note,
    Premise,
    Checked,
    Thought,
    Tried,
    Decision,
    Contact,
}

impl NoteKind {
    pub const ALL: [Self; 7] =
        [Self::Note, Self::Premise, Self::Checked, Self::Thought, Self::Tried, Self::Decision, Self::Contact];

    pub fn token(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Premise => "premise",
            Self::Checked => "checked",
            Self::Thought => "thought",
            Self::Tried => "tried",
            Self::Decision => "decision",
            Self::Contact => "contact",
        }
    }
}

/// What happened. Ids are those of the configuration, or the words found where the configuration knows no such id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum EventKind {
    Milestone(Milestone),
    /// The status moved; `from` and `to` are status ids.
    Status {
        from: String,
        to: String,
    },
    /// The level moved; none is "not rated".
    Severity {
        from: Option<String>,
        to: Option<String>,
    },
    /// Somebody took up a role.
    RoleTaken {
        role: String,
        person: String,
    },
    /// Somebody gave up a role.
    RoleLeft {
        role: String,
        person: String,
    },
    /// A role passed from one person to another.
    Handover {
        role: String,
        from: String,
        to: String,
    },
    /// Somebody was asked to take a role over and has not said yes yet.
    HandoverOffered {
        role: String,
        from: String,
        to: String,
    },
    /// A step of a checklist was ticked, or the tick was taken back.
    Step {
        id: String,
        done: bool,
    },
    Note(NoteKind),
    /// A numbered status update.
    Update {
        number: u32,
    },
    /// What is known of the impact, provisional at first, then confirmed.
    Impact {
        confirmed: bool,
    },
    ActionOpened {
        id: String,
    },
    ActionDone {
        id: String,
    },
    ActionDropped {
        id: String,
    },
    /// A fact of the front matter changed; an empty string is "no value".
    Set {
        key: String,
        from: String,
        to: String,
    },
    Link,
    Attach,
    Run,
    Postmortem,
    Correction,
    Undo,
}

/// One entry of the timeline.
///
/// Entries have no id: two that are equal in every part are the same fact said twice, and are counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    pub at: Moment,
    pub kind: EventKind,
    /// Whose act it was: the display name as it stands in the line. Empty where nobody is named.
    pub who: String,
    /// The words, possibly over several lines; may be empty.
    pub text: String,
    /// When it was written down, where that differs from `at` by a minute or more.
    pub recorded: Option<DateTime<FixedOffset>>,
}

impl Entry {
    /// An entry about `at`, written down at `recorded` by `who`.
    pub fn new(
        at: Moment,
        recorded: DateTime<FixedOffset>,
        who: impl Into<String>,
        kind: EventKind,
        text: impl Into<String>,
    ) -> Self {
        let late = minute(at.at) != minute(recorded);
        Self { at, kind, who: who.into(), text: text.into(), recorded: late.then_some(recorded) }
    }

    /// The entry as a line of a file can hold it: whole minutes in the section's offset, no stray blanks.
    pub fn as_written(&self, offset: FixedOffset) -> Self {
        Self {
            at: self.at.in_offset(offset).to_minute(),
            recorded: self.recorded.map(|recorded| minute(recorded.with_timezone(&offset))),
            text: tidy_text(&self.text),
            who: self.who.trim().to_owned(),
            kind: self.kind.clone(),
        }
    }

    /// When it was written down: the stamp, or the moment itself.
    pub fn recorded_at(&self) -> DateTime<FixedOffset> {
        self.recorded.unwrap_or(self.at.at)
    }
}

/// `text` without blank lines at its ends and blanks at the ends of its lines, which Markdown does not keep.
pub fn tidy_text(text: &str) -> String {
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    lines.join("\n")
}
