//! What must hold whatever the bytes are: one property for each fuzz target of `fuzz/`, and a replay of all its seeds.
//!
//! A target calls the very function that the replay calls. What a fuzzer finds becomes a seed there once it is mended.

pub mod edit;
pub mod entry;
pub mod file;
pub mod input;
pub mod merge;
pub mod names;
pub mod policy;
pub mod settings;
pub mod template;
pub mod time;
pub mod view;

#[cfg(test)]
mod replay;
