//! Where the parts of `severity.toml` stand, for remarks that are made once it has been read.

use toml::de::DeValue;

use super::toml_table::Source;
use crate::failure::Place;

/// The places of the tables of one file.
pub struct Places {
    /// The name of the array, the id where it has one, and where that or else the table stands.
    tables: Vec<(String, Option<String>, Place)>,
    start: Place,
}

impl Places {
    /// Reads `text` once more. Of a file that is not valid TOML as far as it goes.
    pub fn read(path: &str, text: &str) -> Self {
        let source = Source::new(path, text);
        let document = source.document();
        let place = |span| source.fault(span, "").place;
        let start = Place { path: path.to_owned(), line: 1, column: 1 };
        let mut tables = Vec::new();
        for (name, value) in document.get_ref() {
            for item in value.get_ref().as_array().into_iter().flat_map(|items| items.iter()) {
                let id = item.get_ref().as_table().and_then(|table| table.get("id"));
                let span = id.map_or_else(|| item.span(), toml::Spanned::span);
                let id = id.and_then(|id| match id.get_ref() {
                    DeValue::String(id) => Some(id.clone().into_owned()),
                    _ => None,
                });
                tables.push((name.get_ref().clone().into_owned(), id, place(span).unwrap_or(start.clone())));
            }
        }
        Self { tables, start }
    }

    /// Where the table of `array` with this id stands, else the file's beginning.
    pub fn of(&self, array: &str, id: &str) -> Place {
        let found = self.tables.iter().find(|(name, of, _)| name == array && of.as_deref() == Some(id));
        found.map_or(&self.start, |(.., place)| place).clone()
    }

    /// Where the table of `array` at this position stands, else the file's beginning.
    pub fn nth(&self, array: &str, position: usize) -> Place {
        let mut of_array = self.tables.iter().filter(|(name, ..)| name == array);
        of_array.nth(position).map_or(&self.start, |(.., place)| place).clone()
    }

    /// How many tables `array` has.
    pub fn count(&self, array: &str) -> usize {
        self.tables.iter().filter(|(name, ..)| name == array).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_found_by_id_and_by_position() {
        let text =
            "[[level]]\nid = \"A\"\n\n[[level]]\nname = \"b\"\nid = \"B\"\n\n[[rule]]\nlevel = \"A\"\n";
        let places = Places::read("severity.toml", text);
        let shown = |place: Place| place.to_string();
        assert_eq!(shown(places.of("level", "B")), "severity.toml:6:6");
        assert_eq!(shown(places.nth("rule", 0)), "severity.toml:8:1");
        assert_eq!(shown(places.of("level", "C")), "severity.toml:1:1");
        assert_eq!((places.count("level"), places.count("rule"), places.count("case")), (2, 1, 0));
    }
}
