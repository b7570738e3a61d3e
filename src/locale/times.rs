//! Times and durations as people read them.
