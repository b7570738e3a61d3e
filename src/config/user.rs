//! The user's own `config.toml`: which store is meant where none is near, and stores by name.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::toml_table::{Source, Table};
use crate::failure::Failure;

/// Stores that the user named. Paths may begin with `~`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserConfig {
    pub default: Option<PathBuf>,
    pub stores: BTreeMap<String, PathBuf>,
}

/// Reads `default = "…"` and `[stores]`. The error holds every fault, each with its place.
pub fn parse(path: &str, text: &str) -> Result<UserConfig, Vec<Failure>> {
    let source = Source::new(path, text);
    let document = source.document();
    let root = Table::new(&source, document.get_ref(), 0..0);
    let default = root.string("default").map(|path| PathBuf::from(path.value));
    let stores = root.table("stores").map(|table| table.string_values()).unwrap_or_default();
    let stores: BTreeMap<String, PathBuf> =
        stores.into_iter().map(|(name, path)| (name, PathBuf::from(path))).collect();
    // `default` may name one of the stores.
    let default =
        default.map(|path| path.to_str().and_then(|name| stores.get(name)).cloned().unwrap_or(path));
    let faults = source.faults.take();
    if faults.is_empty() { Ok(UserConfig { default, stores }) } else { Err(faults) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stores_have_names_and_one_may_be_the_default() {
        let text = "default = \"acme\"\n[stores]\nacme = \"~/incidents\"\nsecurity = \"/srv/security\"\n";
        let config = parse("config.toml", text).expect("valid");
        assert_eq!(config.default, Some(PathBuf::from("~/incidents")));
        assert_eq!(config.stores["security"], PathBuf::from("/srv/security"));
    }

    #[test]
    fn a_path_is_a_string() {
        let faults = parse("config.toml", "[stores]\na = 1\n").expect_err("not a string");
        assert_eq!(faults[0].to_string(), "config.toml:2:5 config-expected-string found=\"integer\"");
    }
}
