//! Clones that work apart and sync when they like end with the same records, and with all of them.

use crate::chance::{Chance, seeds};
use crate::team::Team;

const PEOPLE: [&str; 4] = ["aoi", "ben", "chi", "dai"];
const STATUSES: [&str; 5] = ["investigating", "fixing", "monitoring", "resolved", "investigating"];
const LEVELS: [&str; 3] = ["SEV1", "SEV2", "SEV3"];

/// A team at work, and what it was told is recorded.
struct Work {
    team: Team,
    people: Vec<&'static str>,
    chance: Chance,
    incidents: Vec<String>,
    /// The words of every note, each of which occurs once in all.
    notes: Vec<(String, String)>,
    /// The words of what was taken back.
    mistakes: Vec<String>,
    /// Every commit that was announced, with whom it was made by.
    commits: Vec<(&'static str, String)>,
}

impl Work {
    fn begin(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let people = PEOPLE[..2 + chance.below(3)].to_vec();
        let team = Team::new(&people);
        let mut work = Self {
            team,
            people,
            chance,
            incidents: Vec::new(),
            notes: Vec::new(),
            mistakes: Vec::new(),
            commits: Vec::new(),
        };
        work.declare("aoi");
        work.team.sync("aoi");
        work
    }

    fn declare(&mut self, who: &'static str) {
        let title = format!("Incident {}", self.incidents.len());
        let id = self.team.declare(who, &title);
        self.incidents.push(id);
        self.commits.push((who, self.team.head(who)));
    }

    /// One thing that somebody does where they are, whatever the others do.
    fn step(&mut self) {
        let who = *self.chance.pick(&self.people.clone());
        let Some(id) = self.known(who) else { return self.sync(who) };
        match self.chance.below(15) {
            0..=3 => self.note(who, &id),
            4 | 5 => {
                let status = *self.chance.pick(&STATUSES);
                self.record(who, &["status", status, "-i", &id]);
            }
            6 => {
                let level = *self.chance.pick(&LEVELS);
                self.record(who, &["severity", level, "-i", &id, "-m", "as it looks now"]);
            }
            7 => self.record(who, &["assign", "commander", "me", "-i", &id]),
            8 => {
                let fact = format!("impact={}%", self.chance.below(100));
                self.record(who, &["set", &fact, "-i", &id]);
            }
            9 => self.edit_by_hand(who, &id),
            10 => self.declare(who),
            11 => self.rename(who, &id),
            12 => self.note_by_mistake(who, &id),
            _ => self.sync(who),
        }
    }

    /// An incident that `who` has.
    fn known(&mut self, who: &str) -> Option<String> {
        let listed = self.team.git(who, &["ls-files", "incidents"]);
        let here: Vec<String> = self.incidents.iter().filter(|id| listed.contains(*id)).cloned().collect();
        (!here.is_empty()).then(|| self.chance.pick(&here).clone())
    }

    fn note(&mut self, who: &'static str, id: &str) {
        let words = format!("word {} of {who}", self.notes.len());
        self.record(who, &["note", &words, "-i", id]);
        self.notes.push((id.to_owned(), words));
    }

    fn record(&mut self, who: &'static str, args: &[&str]) {
        let before = self.team.head(who);
        let ran = self.team.run(who, args.iter().copied());
        assert_eq!(ran.code, 0, "{args:?}: {}", ran.stderr);
        let head = self.team.head(who);
        if head != before {
            self.commits.push((who, head));
        }
    }

    /// Words of a person's own, on a line of their own: what nobody else writes.
    fn edit_by_hand(&mut self, who: &'static str, id: &str) {
        let path = self.team.path_of(who, id);
        let words = format!("hand {} of {who}", self.notes.len());
        let text = self.team.read(who, &path);
        self.team.write(who, &path, &text.replacen("\n## Impact\n", &format!("\n## Impact\n\n{words}\n"), 1));
        self.note(who, id);
        self.notes.push((id.to_owned(), words));
    }

    /// With git, as somebody who likes another name better.
    fn rename(&mut self, who: &'static str, id: &str) {
        let old = self.team.path_of(who, id);
        let new = format!("incidents/2026/11/{id}-called-by-{who}.md");
        if old != new {
            self.team.git(who, &["mv", &old, &new]);
            self.team.git(who, &["commit", "--quiet", "-m", "A better name"]);
            self.commits.push((who, self.team.head(who)));
        }
    }

    /// Written, and taken back by whoever wrote it.
    fn note_by_mistake(&mut self, who: &'static str, id: &str) {
        let words = format!("mistake {} of {who}", self.mistakes.len());
        self.record(who, &["note", &words, "-i", id]);
        self.record(who, &["undo", id]);
        self.mistakes.push(words);
    }

    fn sync(&mut self, who: &str) {
        self.team.sync(who);
    }

    /// Everybody syncs until nobody has anything new.
    fn meet(&mut self) {
        for _ in 0..2 {
            for who in self.people.clone() {
                self.sync(who);
            }
        }
    }

    /// All clones have the same tree, with every note once and every commit in its history.
    fn verify(&self) {
        let first = self.people[0];
        for who in &self.people {
            assert_eq!(self.team.tree(who), self.team.tree(first), "{who}");
            assert_eq!(self.team.status(who), "", "{who}");
            self.team.sound(who);
        }
        for (id, words) in &self.notes {
            let path = self.team.path_of(first, id);
            let text = self.team.read(first, &path);
            let lines = text
                .lines()
                .filter(|line| line.ends_with(words.as_str()) || line.contains(&format!("{words} ")));
            assert_eq!(lines.count(), 1, "{words} in {text}");
        }
        let all: String =
            self.incidents.iter().map(|id| self.team.read(first, &self.team.path_of(first, id))).collect();
        for words in &self.mistakes {
            assert!(!all.contains(&format!("{words}\n")), "{words} is back");
        }
        let history = self.team.git(first, &["rev-list", "HEAD"]);
        for (who, commit) in &self.commits {
            assert!(history.contains(commit.as_str()), "{commit} of {who} is gone");
        }
        let checked = self.team.run(first, ["check"]);
        let faults = checked.stdout.lines().filter(|line| line.contains(" error "));
        // Two people wrote at the same place: both versions stand there, and that is said.
        let other: Vec<&str> = faults.filter(|line| !line.contains("conflict markers")).collect();
        assert_eq!(other, Vec::<&str>::new());
    }
}

#[test]
fn clones_that_sync_in_any_order_end_alike() {
    for seed in seeds(3) {
        let mut work = Work::begin(seed);
        for _ in 0..16 {
            work.step();
        }
        work.meet();
        work.verify();
    }
}
