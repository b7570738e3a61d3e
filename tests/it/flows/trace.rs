//! Each need of the five teams stands in the guide once, and beside a step of the test that the guide names.

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

/// How many needs each team wrote down.
const NEEDS: [(&str, usize); 5] = [("S1", 17), ("S2", 19), ("S3", 13), ("S4", 18), ("S5", 20)];

/// What does not fit, one line each.
#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    fn unless(&mut self, fits: bool, fault: impl FnOnce() -> String) {
        if !fits {
            self.0.push(fault());
        }
    }
}

/// A line of the guide's tables: a need, and the test that shows it, if one does.
struct Row {
    id: String,
    test: Option<String>,
    answer: String,
}

#[test]
fn each_need_of_the_five_teams_is_answered() {
    let needs: Vec<String> = NEEDS
        .iter()
        .flat_map(|(team, count)| (1..=*count).map(move |nr| format!("{team}-{nr:02}")))
        .collect();
    let rows = rows(&read("docs/guide/flows.md").unwrap());
    let mut faults = Faults::default();
    for need in &needs {
        let count = rows.iter().filter(|row| row.id == *need).count();
        faults.unless(count == 1, || format!("{need} stands {count} times in the guide"));
    }
    for row in &rows {
        faults.unless(needs.contains(&row.id), || format!("{} is nobody's need", row.id));
        faults.unless(!row.answer.is_empty(), || format!("{} has no answer", row.id));
    }
    for (team, _) in NEEDS {
        let test = team.to_lowercase();
        let shown = shown(&read(&format!("tests/it/flows/{test}.rs")).unwrap_or_default());
        let named = rows.iter().filter(|row| row.test.as_deref() == Some(&test));
        let named: BTreeSet<String> = named.map(|row| row.id.clone()).collect();
        for id in named.symmetric_difference(&shown) {
            faults.unless(shown.contains(id), || format!("{id} stands beside no step of {test}"));
            faults.unless(named.contains(id), || {
                format!("{id} is shown by {test}, which the guide does not say")
            });
        }
    }
    for Row { id, test, .. } in &rows {
        let own = id[..2].to_lowercase();
        faults.unless(test.as_ref().is_none_or(|test| *test == own), || format!("{id} is for {own} to show"));
    }
    assert!(faults.0.is_empty(), "{}", faults.0.join("\n"));
}

fn read(path: &str) -> io::Result<String> {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
}

fn rows(guide: &str) -> Vec<Row> {
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect()
    };
    let mut rows = Vec::new();
    for cells in guide.lines().filter(|line| line.starts_with("| S")).map(cells) {
        let [id, _, test, answer] = &cells[..] else { panic!("four columns: {cells:?}") };
        let test = (test != "—").then(|| test.clone());
        rows.push(Row { id: id.clone(), test, answer: answer.clone() });
    }
    rows
}

/// The needs that stand above a step: `// S1-07`, with or without words behind a colon.
fn shown(source: &str) -> BTreeSet<String> {
    let comments = source.lines().filter_map(|line| line.trim_start().strip_prefix("// "));
    let ids = comments.map(|comment| comment.split(':').next().unwrap_or_default());
    ids.filter(|id| id.starts_with('S') && id.contains('-') && !id.contains(' ')).map(str::to_owned).collect()
}
