//! The closed table of words that timeline entries are written with.
