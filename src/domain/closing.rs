//! What a team wants to see before an incident is closed. It is closed all the same: this is advice.

use super::action::{ActionClass, ActionItem};

/// What has to be there before an incident is closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CloseWhen {
    #[default]
    Nothing,
    /// Actions are written down.
    Plan,
    /// The review is written, where the level asks for one.
    Reviewed,
    /// No action is open.
    ActionsDone,
}

/// What is there of an incident that is being closed.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    /// Those of the incident and of its review.
    pub actions: &'a [ActionItem],
    pub asks_for_review: bool,
    pub is_reviewed: bool,
}

/// What is not there yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    Plan,
    Review,
    DoneActions,
}

impl CloseWhen {
    /// What `outcome` lacks. Work during the incident itself is no follow-up.
    pub fn missing(self, outcome: &Outcome<'_>) -> Option<Missing> {
        let mut follow_ups = outcome.actions.iter().filter(|action| action.class != Some(ActionClass::Now));
        match self {
            Self::Nothing => None,
            Self::Plan => follow_ups.next().is_none().then_some(Missing::Plan),
            Self::Reviewed => (outcome.asks_for_review && !outcome.is_reviewed).then_some(Missing::Review),
            Self::ActionsDone => follow_ups.any(|action| !action.done).then_some(Missing::DoneActions),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn action(class: Option<ActionClass>, done: bool) -> ActionItem {
        ActionItem {
            id: "A1".to_owned(),
            done,
            text: "Add a test".to_owned(),
            owner: None,
            due: None,
            ticket: None,
            class,
        }
    }

    #[test]
    fn actions_are_planned_and_then_done() {
        let (now, prevent) = (Some(ActionClass::Now), Some(ActionClass::Prevent));
        let (plan, done) = (Some(Missing::Plan), Some(Missing::DoneActions));
        for (actions, of_plan, of_done) in [
            (vec![], plan, None),
            (vec![(now, false)], plan, None),
            (vec![(prevent, false)], None, done),
            (vec![(None, false)], None, done),
            (vec![(prevent, true), (now, false)], None, None),
            (vec![(prevent, true), (prevent, false)], None, done),
        ] {
            let items: Vec<ActionItem> = actions.iter().map(|(class, done)| action(*class, *done)).collect();
            let outcome = Outcome { actions: &items, asks_for_review: true, is_reviewed: false };
            assert_eq!(CloseWhen::Plan.missing(&outcome), of_plan, "{actions:?}");
            assert_eq!(CloseWhen::ActionsDone.missing(&outcome), of_done, "{actions:?}");
            assert_eq!(CloseWhen::Nothing.missing(&outcome), None, "{actions:?}");
        }
    }

    #[test]
    fn a_review_is_missed_where_one_is_asked_for() {
        for (asks_for_review, is_reviewed, expected) in [
            (true, false, Some(Missing::Review)),
            (true, true, None),
            (false, false, None),
            (false, true, None),
        ] {
            let outcome = Outcome { actions: &[], asks_for_review, is_reviewed };
            assert_eq!(CloseWhen::Reviewed.missing(&outcome), expected, "{outcome:?}");
        }
    }
}
