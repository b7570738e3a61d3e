//! Whether answers exist under which none of some conditions holds whole: a search that follows what is forced first.

use std::collections::BTreeMap;

/// Question ids and the answer that each must have.
pub type Conditions = BTreeMap<String, bool>;

/// After so many steps the search gives up and says yes. Policies that people can read take a few dozen.
const MOST_STEPS: usize = 5_000;

/// Whether the `given` answers can be completed so that each of `avoided` is broken by at least one answer.
pub fn avoidable<'a>(given: BTreeMap<&'a str, bool>, avoided: &[&'a Conditions]) -> bool {
    let mut answers = given;
    // The answers added since, each with whether the other one is still to be tried.
    let mut added: Vec<(&str, bool)> = Vec::new();
    for _ in 0..MOST_STEPS {
        match next(&answers, avoided) {
            Next::Done => return true,
            Next::Forced(id, answer) => {
                answers.insert(id, answer);
                added.push((id, false));
            }
            Next::Free(id, answer) => {
                answers.insert(id, answer);
                added.push((id, true));
            }
            Next::Stuck => {
                if !turn_back(&mut answers, &mut added) {
                    return false;
                }
            }
        }
    }
    true
}

/// Takes answers back up to the last that may be turned round, and turns it; false if there is none.
fn turn_back<'a>(answers: &mut BTreeMap<&'a str, bool>, added: &mut Vec<(&'a str, bool)>) -> bool {
    while let Some((id, may_turn)) = added.pop() {
        let answer = answers.remove(id);
        if let (true, Some(answer)) = (may_turn, answer) {
            answers.insert(id, !answer);
            added.push((id, false));
            return true;
        }
    }
    false
}

enum Next<'a> {
    /// Every condition is broken.
    Done,
    /// One holds whatever else is answered.
    Stuck,
    /// One is broken by this answer alone.
    Forced(&'a str, bool),
    /// This answer breaks one that others break too.
    Free(&'a str, bool),
}

fn next<'a>(answers: &BTreeMap<&'a str, bool>, avoided: &[&'a Conditions]) -> Next<'a> {
    let mut free = None;
    for conditions in avoided {
        let broken =
            |(id, wanted): (&String, &bool)| answers.get(id.as_str()).is_some_and(|one| one != wanted);
        if conditions.iter().any(broken) {
            continue;
        }
        let mut open = conditions.iter().filter(|(id, _)| !answers.contains_key(id.as_str()));
        match (open.next(), open.next()) {
            (None, _) => return Next::Stuck,
            (Some((id, wanted)), None) => return Next::Forced(id, !wanted),
            (Some((id, wanted)), Some(_)) => {
                free.get_or_insert((id, !wanted));
            }
        }
    }
    free.map_or(Next::Done, |(id, answer)| Next::Free(id, answer))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `a !b`: a is yes and b is no.
    fn conditions(text: &str) -> Conditions {
        let one = |word: &str| match word.strip_prefix('!') {
            Some(id) => (id.to_owned(), false),
            None => (word.to_owned(), true),
        };
        text.split_whitespace().map(one).collect()
    }

    #[track_caller]
    fn check(given: &str, avoided: &[&str], expected: bool) {
        let (given, avoided) = (conditions(given), avoided.iter().map(|text| conditions(text)));
        let avoided: Vec<Conditions> = avoided.collect();
        let given = given.iter().map(|(id, answer)| (id.as_str(), *answer)).collect();
        assert_eq!(avoidable(given, &avoided.iter().collect::<Vec<_>>()), expected);
    }

    #[test]
    fn what_is_forced_decides() {
        check("", &[], true);
        check("a", &["a"], false);
        check("a", &["a b"], true);
        check("a", &["a b", "!b"], false);
        check("", &["a", "!a b"], true);
        check("", &["a b", "a !b", "!a b", "!a !b"], false);
        check("", &["a b", "a !b", "!a b"], true);
        check("c", &["a", "!a"], false);
    }

    proptest! {
        /// The search agrees with trying every answer.
        #[test]
        fn it_finds_what_trying_everything_finds(
            avoided in prop::collection::vec(prop::collection::btree_map("[a-e]", any::<bool>(), 1..4), 0..12),
        ) {
            let avoided: Vec<&Conditions> = avoided.iter().collect();
            let ids = ["a", "b", "c", "d", "e"];
            let found = (0u32..32).any(|bits| {
                let answer = |id: &str| ids.iter().position(|one| *one == id).is_some_and(|at| bits >> at & 1 == 1);
                avoided.iter().all(|conditions| conditions.iter().any(|(id, wanted)| answer(id) != *wanted))
            });
            prop_assert_eq!(avoidable(BTreeMap::new(), &avoided), found);
        }
    }
}
