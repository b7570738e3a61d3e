//! What is wrong with a page beside the incidents, such as a review.

use super::prose::conflict_marker;
use super::regions::unclosed;
use super::source::Source;
use crate::failure::Failure;

/// The faults of one page.
#[derive(Debug, Default)]
pub struct PageFaults {
    /// A merge has left both versions of some words.
    pub conflict: Option<Failure>,
    /// Generated parts that have lost their end.
    pub unclosed: Vec<Failure>,
}

/// Looks at the page at `path`. What is no text has none of these faults.
pub fn page_faults(path: &str, bytes: &[u8]) -> PageFaults {
    let Ok(source) = Source::new(path, bytes) else { return PageFaults::default() };
    let conflict = conflict_marker(source.text).map(|at| source.fault("check-conflict", at));
    let unclosed = unclosed(source.text).into_iter();
    let unclosed = unclosed.map(|(name, at)| source.fault("check-part-unclosed", at).with("name", name));
    PageFaults { conflict, unclosed: unclosed.collect() }
}
