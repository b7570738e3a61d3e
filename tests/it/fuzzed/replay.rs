//! Every seed of `fuzz/seeds/`, played without a fuzzer: what was found once is held for good.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use super::{edit, entry, file, merge, names, policy, settings, template, time, view};

/// Panics where it does not hold for these bytes.
type Property = fn(&[u8]);

/// Each target and its property.
const TARGETS: [(&str, Property); 10] = [
    ("edit", edit::holds),
    ("entry", entry::holds),
    ("file", file::holds),
    ("merge", merge::holds),
    ("names", names::holds),
    ("policy", policy::holds),
    ("settings", settings::holds),
    ("template", template::holds),
    ("time", time::holds),
    ("view", view::holds),
];

#[test]
fn every_seed_of_every_target_holds() {
    let mut failed = Vec::new();
    for (target, holds) in TARGETS {
        for seed in seeds(target) {
            let data = fs::read(&seed).unwrap();
            if catch_unwind(AssertUnwindSafe(|| holds(&data))).is_err() {
                failed.push(seed);
            }
        }
    }
    assert!(failed.is_empty(), "the reasons stand above: {failed:#?}");
}

#[test]
fn every_fuzz_target_is_replayed() {
    let known: BTreeSet<String> = TARGETS.iter().map(|(target, _)| (*target).to_owned()).collect();
    assert_eq!(names_in("fuzz_targets"), known, "a target without a replay, or a replay without a target");
    assert_eq!(names_in("seeds"), known, "seeds of no target");
    let manifest = fs::read_to_string(folder().join("Cargo.toml")).unwrap();
    for (target, _) in TARGETS {
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{target}.rs\"")), "{target} is not built");
        let code = fs::read_to_string(folder().join(format!("fuzz_targets/{target}.rs"))).unwrap();
        assert!(code.contains(&format!("::{target}::holds(data)")), "{target} tests something else");
        assert!(!seeds(target).is_empty(), "{target} has no seed");
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

fn seeds(target: &str) -> Vec<PathBuf> {
    let mut seeds: Vec<PathBuf> = listed(&folder().join("seeds").join(target)).collect();
    seeds.sort();
    seeds
}

fn names_in(name: &str) -> BTreeSet<String> {
    let stem = |path: PathBuf| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    listed(&folder().join(name)).filter_map(stem).collect()
}

fn listed(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.unwrap().path())
}
