//! The properties that the fuzz targets hold the program to: the very files that `cargo test` replays.

#[path = "../../tests/it/fuzzed/mod.rs"]
pub mod fuzzed;
