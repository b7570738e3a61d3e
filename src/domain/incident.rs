//! An incident as its front matter states it: the present, not the record.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::event::Milestone;
use super::id::IncidentId;
use super::moment::Moment;

/// Whether an incident counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    #[default]
    Real,
    /// Practice: nobody is called and no figure counts it.
    Drill,
    /// Recorded after it was over.
    Retrospective,
}

impl Mode {
    pub const ALL: [Self; 3] = [Self::Real, Self::Drill, Self::Retrospective];

    pub fn token(self) -> &'static str {
        match self {
            Self::Real => "real",
            Self::Drill => "drill",
            Self::Retrospective => "retrospective",
        }
    }

    pub fn from_token(token: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.token() == token)
    }
}

/// A reply to a question of the policy. A question with no reply was left for later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    Yes,
    No,
    /// "I looked and cannot tell."
    Unsure,
}

impl Answer {
    /// The word of the command line: `--answer all_down=yes`.
    pub fn token(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unsure => "unsure",
        }
    }
}

/// How the incident was noticed. Teams may use other words; these are the ones the tool offers.
pub const DETECTED_BY: [&str; 4] = ["monitoring", "customer", "staff", "partner"];

/// The front matter of an incident file, as typed values. Keys that are not known here stay in the file untouched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    pub id: IncidentId,
    pub title: String,
    pub kind: Option<String>,
    pub products: Vec<String>,
    pub mode: Mode,
    /// The level, or none while it is not rated.
    pub severity: Option<String>,
    pub status: String,
    pub detected_by: Option<String>,
    pub reporter: Option<String>,
    /// Role ids in the file's order, each with the handles or names that hold it.
    pub roles: Vec<(String, Vec<String>)>,
    pub times: BTreeMap<Milestone, Moment>,
    pub answers: BTreeMap<String, Answer>,
    /// A revision, `none`, or `unknown`.
    pub caused_by_change: Option<String>,
    pub impact: Option<String>,
    pub importance: Option<String>,
    pub urgency: Option<String>,
    /// The id of the incident that this one is the same as.
    pub duplicate_of: Option<String>,
    pub next_update: Option<Moment>,
    pub expected_end: Option<Moment>,
    /// A team's own facts, as text.
    pub fields: BTreeMap<String, String>,
    /// Other ids that this incident answers to.
    pub aliases: Vec<String>,
    /// The caller's key of `new --key`, by which a repeat finds it again.
    pub key: Option<String>,
}

impl Incident {
    /// The people who hold `role`.
    pub fn holders(&self, role: &str) -> &[String] {
        self.roles.iter().find(|(id, _)| id == role).map_or(&[], |(_, people)| people)
    }

    pub fn declared(&self) -> Option<Moment> {
        self.times.get(&Milestone::Declared).copied()
    }
}
