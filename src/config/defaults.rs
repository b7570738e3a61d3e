//! The default preset, embedded: the same files that stand at the top of this repository.

/// The default `severity.toml`.
pub const POLICY: &str = include_str!("../../severity.toml");

/// The default `incident.toml`: what is absent from a store's own is taken from here.
pub const SETTINGS: &str = include_str!("../../incident.toml");
