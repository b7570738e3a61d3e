//! From answers to a level.
