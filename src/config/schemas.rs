//! The JSON Schemas, embedded: of both configuration files, of an incident file's front matter, and of what `--json` prints.

/// A schema, as it is printed.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    /// What people ask for: `severity`, or the kind of an output, such as `incident.list`.
    pub name: &'static str,
    pub text: &'static str,
}

macro_rules! schemas {
    ($($name:literal,)+) => {
        /// Every schema: first those of files, then those of outputs.
        pub const SCHEMAS: [Schema; [$($name),+].len()] = [$(Schema {
            name: $name,
            text: include_str!(concat!("../../schemas/", $name, ".json")),
        }),+];
    };
}

// Of every kind that `--json` prints there is one; a test compares.
schemas![
    "severity",
    "incident",
    "front-matter",
    "incident.brief",
    "incident.change",
    "incident.check",
    "incident.error",
    "incident.handover",
    "incident.init",
    "incident.list",
    "incident.policy.check",
    "incident.policy.explain",
    "incident.postmortem",
    "incident.schema",
    "incident.show",
    "incident.step",
    "incident.sync",
    "incident.timeline",
    "incident.who",
];

/// Those that a store holds beside the files which they are of, so that editors find them without a network.
pub const IN_STORE: [&str; 2] = ["severity", "incident"];

/// The schema with this name; the name of its file will do.
pub fn find(word: &str) -> Option<Schema> {
    let name = word.strip_suffix(".toml").or_else(|| word.strip_suffix(".json")).unwrap_or(word);
    SCHEMAS.into_iter().find(|schema| schema.name == name)
}

/// Where a store holds the schema with this name.
pub fn path(name: &str) -> String {
    format!("schemas/{name}.json")
}

/// The line by which a TOML file tells editors of its schema.
pub fn directive(name: &str) -> String {
    format!("#:schema ./{}", path(name))
}

/// `text` with that line at its head.
pub fn with_directive(name: &str, text: &str) -> String {
    let line = directive(name);
    if text.lines().any(|other| other == line) { text.to_owned() } else { format!("{line}\n{text}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_is_found_by_its_name_and_by_its_files() {
        for (word, expected) in [
            ("severity", Some("severity")),
            ("severity.toml", Some("severity")),
            ("severity.json", Some("severity")),
            ("incident.toml", Some("incident")),
            ("incident.list", Some("incident.list")),
            ("list", None),
        ] {
            assert_eq!(find(word).map(|schema| schema.name), expected, "{word}");
        }
    }

    #[test]
    fn the_line_for_editors_is_there_once() {
        let once = with_directive("severity", "# Levels.\n");
        assert_eq!(once, "#:schema ./schemas/severity.json\n# Levels.\n");
        assert_eq!(with_directive("severity", &once), once);
    }
}
