//! Incident files as text: reading, splicing and merging Markdown with front matter, without touching a byte more than needed.

mod actions;
mod byte_offsets;
pub mod consistency;
mod derived;
mod edit;
mod entry;
mod escape;
mod fields;
mod front_matter;
mod intent;
mod item_check;
mod items;
mod kind;
mod matching;
pub mod merge;
mod merge_body;
mod merge_fields;
mod merge_items;
mod merge_rules;
mod outline;
mod page;
mod parse;
mod present;
mod prose;
mod readings;
mod regions;
mod report;
mod scalar;
mod source;
mod strict;
pub mod trailers;
pub mod undo;
pub mod undone;
pub mod vocabulary;
pub mod witness;
mod written;
mod yaml;

pub use actions::{format_action, is_action_id, parse_action};
pub use edit::{Edited, apply};
pub use entry::{format_entry, parse_entry};
pub use items::Headings;
pub use kind::describe;
pub use outline::Section;
pub use page::{PageFaults, page_faults};
pub use parse::{IncidentFile, Timeline, TimelineLine, parse, parse_present};
pub use present::{KEYS, SCHEMA};
pub use prose::conflict_marker;
pub use regions::{Region, Replaced, regions, replace_region, without_regions, wrap_region};
pub use report::{format_correction, format_report, parse_correction, parse_report};
pub use written::{empty_sections, prose_sections};

#[cfg(test)]
pub(crate) mod samples;
