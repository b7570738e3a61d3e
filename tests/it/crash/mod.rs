//! Killed at any instant, and refused by the system at any instant: the record is the old one or the new one, nothing is
//! recorded twice, and the next command ends what was begun.
//!
//! A plain run hits some acts at one call each; `INCIDENT_POINTS=all` tries every call of every act, a number that many, and
//! `INCIDENT_ACT` only the acts whose name has that in it.

mod acts;
mod alone;
mod scene;
mod strace;

use self::acts::ACTS;
use self::scene::Scene;
use self::strace::{Effect, Point};
use crate::chance::Chance;

/// Of so many acts a plain run tries one, and each test others.
const SHARE: usize = 8;

/// How many points of each kind are tried with every act.
fn wanted(few: usize) -> usize {
    match std::env::var("INCIDENT_POINTS").as_deref() {
        Ok("all") => usize::MAX,
        Ok(number) => number.parse().unwrap(),
        Err(_) => few,
    }
}

fn chosen(mut points: Vec<Point>, few: usize, chance: &mut Chance) -> Vec<Point> {
    while points.len() > wanted(few) {
        points.swap_remove(chance.below(points.len()));
    }
    points
}

/// Whether calls can be hit here. Where `INCIDENT_STRACE` is set, they must be.
#[expect(clippy::print_stdout, reason = "shown to whoever asks why")]
fn ready() -> bool {
    let missing = strace::missing();
    if let Some(reason) = &missing {
        println!("skipped: {reason}");
        assert!(std::env::var_os("INCIDENT_STRACE").is_none(), "{reason}");
    }
    missing.is_none()
}

/// Hits the acts from `first` on in the ways of `effects`, each with whether the programs it starts are hit as well.
#[expect(clippy::print_stdout, reason = "the figures, and where the test fails")]
fn try_all(effects: &[(Effect, bool)], first: usize) {
    if !ready() {
        return;
    }
    let only = std::env::var("INCIDENT_ACT").unwrap_or_default();
    let seed = std::env::var("INCIDENT_SEED_FROM").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0);
    let mut chance = Chance::new(seed);
    let mut wrong = Vec::new();
    let (mut tried, mut reached) = (0, 0);
    let share = if only.is_empty() && std::env::var_os("INCIDENT_POINTS").is_none() { SHARE } else { 1 };
    for act in ACTS.iter().filter(|act| act.name.contains(&only)).skip(first % share).step_by(share) {
        let scene = Scene::new(act);
        let before = (tried, wrong.len());
        for (effect, children) in effects {
            for point in chosen(scene.points(*effect, *children), 1, &mut chance) {
                tried += 1;
                if let Some(found) = scene.hit(&point) {
                    reached += 1;
                    found.iter().for_each(|found| println!("WRONG {found}"));
                    wrong.extend(found);
                }
            }
        }
        println!("{}: {} points, {} wrong", act.name, tried - before.0, wrong.len() - before.1);
    }
    println!("{effects:?}: {tried} points tried, {reached} reached, {} wrong", wrong.len());
    // A call that a run makes is made again by the next one, but for what chance and threads decide.
    assert!(tried == 0 || reached * 2 > tried, "only {reached} of {tried} points were reached");
    assert!(wrong.is_empty(), "{} of {reached}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn killed_at_any_call() {
    try_all(&[(Effect::Kill, false)], 2);
}

#[test]
fn killed_together_with_what_it_started() {
    try_all(&[(Effect::Kill, true)], 6);
}

#[test]
fn a_call_fails_once() {
    try_all(
        &[(Effect::Once("ENOSPC"), false), (Effect::Once("EACCES"), false), (Effect::Once("EIO"), false)],
        1,
    );
}

#[test]
fn everything_fails_from_there() {
    try_all(&[(Effect::FromThere("ENOSPC"), false), (Effect::FromThere("ENOSPC"), true)], 3);
}
