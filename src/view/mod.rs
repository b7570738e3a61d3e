//! What people and programs read: domain values as text, JSON, HTML and SVG. No terminal and no file.

pub mod palette;
pub mod sanitize;
pub mod table;
pub mod width;
