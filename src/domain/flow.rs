//! The life of an incident: statuses in their usual order, the milestones they stamp, and what a move means.

use std::collections::BTreeMap;

use super::event::{Entry, EventKind, Milestone};
use super::moment::Moment;
use super::scope::{Circumstances, Scope};
use super::text::{Text, named};

/// What a status means to the tool, whatever a team calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Category {
    /// Not decided yet what it is.
    Triage,
    /// People are working on it.
    Live,
    /// Over, with lessons and follow-up left.
    Learning,
    Closed,
    /// It was no incident.
    Declined,
}

impl Category {
    pub const ALL: [Self; 5] = [Self::Triage, Self::Live, Self::Learning, Self::Closed, Self::Declined];

    pub fn token(self) -> &'static str {
        match self {
            Self::Triage => "triage",
            Self::Live => "live",
            Self::Learning => "learning",
            Self::Closed => "closed",
            Self::Declined => "declined",
        }
    }

    /// Whether somebody has to act now.
    pub fn is_live(self) -> bool {
        matches!(self, Self::Triage | Self::Live)
    }

    /// Whether it is on the plain list: triage, live and learning.
    pub fn is_open(self) -> bool {
        self.is_live() || self == Self::Learning
    }
}

/// A step of the flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    pub id: String,
    pub name: Text,
    pub category: Category,
    /// The milestones that entering it stamps.
    pub stamps: Vec<Milestone>,
    /// What is being done while it lasts.
    pub does: Text,
    /// The incidents that usually pass through it.
    pub usual_for: Scope,
}

/// The statuses in their usual order. Never empty; the first is where `new` begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    statuses: Vec<Status>,
}

/// How a move compares with the usual order; anything but `Next` is worth a remark, none is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move<'a> {
    Next,
    /// Statuses that were passed over.
    Skipped(Vec<&'a Status>),
    Back,
    /// Back to work on something that was over.
    Reopened,
}

impl Flow {
    /// The flow of these statuses, or none if there are none.
    pub fn new(statuses: Vec<Status>) -> Option<Self> {
        (!statuses.is_empty()).then_some(Self { statuses })
    }

    pub fn statuses(&self) -> &[Status] {
        &self.statuses
    }

    pub fn first(&self) -> &Status {
        &self.statuses[0]
    }

    pub fn get(&self, id: &str) -> Option<&Status> {
        self.statuses.iter().find(|status| status.id == id)
    }

    /// The status with this id or with this name in either language.
    pub fn find(&self, word: &str) -> Option<&Status> {
        named(&self.statuses, word, |status| (&status.id, &status.name))
    }

    /// Unknown statuses count as live, so that nothing hides because of a typo; but what was `closed` or `declined` before
    /// a team changed its statuses stays so.
    pub fn category(&self, id: &str) -> Category {
        let by_name = || Category::ALL.into_iter().find(|category| category.token() == id);
        self.get(id).map(|status| status.category).or_else(by_name).unwrap_or(Category::Live)
    }

    /// The first status that stamps `milestone`: where `mitigate`, `resolve` and `close` go.
    pub fn stamping(&self, milestone: Milestone) -> Option<&Status> {
        self.statuses.iter().find(|status| status.stamps.contains(&milestone))
    }

    pub fn first_in(&self, category: Category) -> Option<&Status> {
        self.statuses.iter().find(|status| status.category == category)
    }

    pub fn position(&self, id: &str) -> Option<usize> {
        self.statuses.iter().position(|status| status.id == id)
    }

    /// What the move from one status to another is, for an incident like this.
    pub fn movement(&self, from: &str, to: &str, about: Circumstances<'_>) -> Move<'_> {
        let (Some(start), Some(end)) = (self.position(from), self.position(to)) else {
            return Move::Next;
        };
        if self.category(to) == Category::Declined {
            return Move::Next;
        }
        if end < start {
            let was_over = !self.category(from).is_live() && self.category(to).is_live();
            return if was_over { Move::Reopened } else { Move::Back };
        }
        let between = self.statuses[start + 1..end.max(start + 1)].iter();
        let skipped: Vec<&Status> = between.filter(|status| status.usual_for.covers(about)).collect();
        if skipped.is_empty() { Move::Next } else { Move::Skipped(skipped) }
    }

    /// The milestones that are no longer true once the incident is in `to`: those stamped further on that can be taken back.
    pub fn cleared_by(&self, to: &str) -> Vec<Milestone> {
        let Some(position) = self.position(to) else {
            return Vec::new();
        };
        let kept = &self.statuses[position].stamps;
        let later = self.statuses[position + 1..].iter().flat_map(|status| &status.stamps);
        let mut cleared: Vec<Milestone> =
            later.copied().filter(|milestone| milestone.last_wins() && !kept.contains(milestone)).collect();
        cleared.sort_unstable();
        cleared.dedup();
        cleared
    }

    /// The milestones that `entries`, in the order in which they were recorded, amount to.
    ///
    /// An entry that sets a milestone by name corrects it, or takes it back, whatever stood before.
    pub fn milestones(&self, entries: &[Entry]) -> BTreeMap<Milestone, Moment> {
        let mut times = BTreeMap::new();
        for entry in entries {
            match &entry.kind {
                EventKind::Milestone(milestone) => stamp_one(&mut times, *milestone, entry.at),
                EventKind::Status { to, .. } => self.stamp(&mut times, to, entry.at),
                EventKind::Set { key, to, .. } => {
                    let Some(milestone) = Milestone::from_token(key) else { continue };
                    if to.is_empty() {
                        times.remove(&milestone);
                    }
                    times.extend(Moment::parse(to).map(|at| (milestone, at)));
                }
                _ => {}
            }
        }
        times
    }

    /// Enters the status `to` at `at`: stamps what it stamps and clears what is no longer true.
    pub fn stamp(&self, times: &mut BTreeMap<Milestone, Moment>, to: &str, at: Moment) {
        for milestone in self.cleared_by(to) {
            times.remove(&milestone);
        }
        for milestone in self.get(to).map_or(&[][..], |status| &status.stamps) {
            stamp_one(times, *milestone, at);
        }
    }
}

/// Of some milestones the first entry stands, of others the last.
fn stamp_one(times: &mut BTreeMap<Milestone, Moment>, milestone: Milestone, at: Moment) {
    if milestone.last_wins() || !times.contains_key(&milestone) {
        times.insert(milestone, at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow() -> Flow {
        let status = |id: &str, category, stamps: &[Milestone]| Status {
            id: id.into(),
            name: Text::plain(id.to_uppercase()),
            category,
            stamps: stamps.into(),
            does: Text::default(),
            usual_for: Scope::default(),
        };
        Flow::new(vec![
            status("triage", Category::Triage, &[]),
            status("fixing", Category::Live, &[Milestone::Acknowledged]),
            status("monitoring", Category::Live, &[Milestone::Mitigated]),
            status("resolved", Category::Learning, &[Milestone::Resolved]),
            status("closed", Category::Closed, &[Milestone::Closed]),
            status("declined", Category::Declined, &[]),
        ])
        .expect("it has statuses")
    }

    fn at(minute: u32) -> Moment {
        Moment::parse(&format!("2026-11-20T02:{minute:02}:00+09:00")).expect("a time")
    }

    /// Walks the statuses, a minute apart, and gives the milestones as `name@minute`.
    #[track_caller]
    fn check(walk: &str, expected: &str) {
        let (flow, mut times, mut minute) = (flow(), BTreeMap::new(), 0);
        for status in walk.split(' ') {
            minute += 1;
            flow.stamp(&mut times, status, at(minute));
        }
        let shown: Vec<String> =
            times.iter().map(|(name, at)| format!("{}@{}", name.token(), at.at.format("%-M"))).collect();
        assert_eq!(shown.join(" "), expected, "{walk}");
    }

    #[test]
    fn statuses_stamp_milestones_and_going_back_clears_what_is_no_longer_true() {
        check("triage fixing monitoring", "acknowledged@2 mitigated@3");
        check("fixing monitoring fixing", "acknowledged@1");
        check("fixing monitoring resolved closed fixing", "acknowledged@1");
        check("fixing monitoring resolved closed resolved", "acknowledged@1 mitigated@2 resolved@5");
        check("fixing monitoring fixing monitoring", "acknowledged@1 mitigated@4");
        check("fixing resolved", "acknowledged@1 resolved@2");
    }

    #[test]
    fn the_unusual_is_told_apart_from_the_usual() {
        let flow = flow();
        for (from, to, expected) in [
            ("triage", "fixing", "next"),
            ("triage", "monitoring", "skipped fixing"),
            ("monitoring", "fixing", "back"),
            ("closed", "fixing", "reopened"),
            ("closed", "resolved", "back"),
            ("fixing", "declined", "next"),
            ("gone", "fixing", "next"),
        ] {
            let found = match flow.movement(from, to, Circumstances::default()) {
                Move::Next => "next".to_owned(),
                Move::Skipped(passed) => {
                    format!("skipped {}", passed.iter().map(|s| s.id.as_str()).collect::<Vec<_>>().join(" "))
                }
                Move::Back => "back".to_owned(),
                Move::Reopened => "reopened".to_owned(),
            };
            assert_eq!(found, expected, "{from} → {to}");
        }
    }

    #[test]
    fn a_status_that_is_not_usual_for_the_incident_is_not_skipped() {
        let mut flow = flow();
        flow.statuses[1].usual_for.products = vec!["web".to_owned()];
        let products = ["web".to_owned()];
        let web = Circumstances { products: &products, ..Circumstances::default() };
        assert!(matches!(flow.movement("triage", "monitoring", web), Move::Skipped(_)));
        assert_eq!(flow.movement("triage", "monitoring", Circumstances::default()), Move::Next);
    }

    #[test]
    fn a_milestone_set_by_name_is_a_correction() {
        let entry = |kind, minute| Entry::new(at(minute), at(minute).at, "", kind, "");
        let set = |key: &str, to| EventKind::Set { key: key.into(), from: String::new(), to };
        let entries = [
            entry(EventKind::Milestone(Milestone::Detected), 5),
            entry(EventKind::Milestone(Milestone::Detected), 9),
            entry(set("detected", at(1).to_string()), 10),
            entry(set("detected", String::new()), 11),
            entry(set("detected", "some time".into()), 12),
            entry(set("title", at(2).to_string()), 13),
        ];
        assert_eq!(flow().milestones(&entries[..2])[&Milestone::Detected], at(5));
        assert_eq!(flow().milestones(&entries[..3])[&Milestone::Detected], at(1));
        assert_eq!(flow().milestones(&entries), BTreeMap::new());
    }

    #[test]
    fn names_and_ids_find_a_status() {
        assert_eq!(flow().find("FIXING").map(|status| status.id.as_str()), Some("fixing"));
        assert_eq!(flow().find("mending"), None);
        assert_eq!(flow().stamping(Milestone::Mitigated).map(|s| s.id.as_str()), Some("monitoring"));
    }
}
