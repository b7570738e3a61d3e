//! Names by which one of the two configuration files speaks of what stands in the other, or of its own parts.

use super::Settings;
use super::toml_table::{Located, Source, Table};
use crate::domain::policy::Policy;
use crate::failure::Failure;

/// What a name must name.
#[derive(Clone, Copy)]
enum To {
    Level,
    Kind,
    Product,
    Status,
    Role,
    Person,
}

/// Where `incident.toml` names something: the array of tables, the key, and what it must name.
const IN_SETTINGS: [(&str, &str, To); 13] = [
    ("status", "kinds", To::Kind),
    ("status", "products", To::Product),
    ("role", "apart_from", To::Role),
    ("step", "role", To::Role),
    ("step", "statuses", To::Status),
    ("step", "levels", To::Level),
    ("step", "kinds", To::Kind),
    ("step", "products", To::Product),
    ("call", "role", To::Role),
    ("call", "people", To::Person),
    ("call", "levels", To::Level),
    ("call", "kinds", To::Kind),
    ("call", "products", To::Product),
];

/// Where `severity.toml` names something of `incident.toml`.
const IN_POLICY: [(&str, &str, To); 1] = [("level", "page", To::Role)];

/// Both files, read and as text.
pub struct Both<'a> {
    pub policy: &'a Policy,
    pub policy_path: &'a str,
    pub policy_text: &'a str,
    pub settings: &'a Settings,
    pub settings_path: &'a str,
    pub settings_text: &'a str,
}

/// Every name that names nothing, with its place and what was probably meant.
pub fn dangling(both: &Both<'_>) -> Vec<Failure> {
    let mut found = in_file(both, both.policy_path, both.policy_text, &IN_POLICY);
    found.extend(in_file(both, both.settings_path, both.settings_text, &IN_SETTINGS));
    found
}

fn in_file(
    both: &Both<'_>,
    path: &str,
    text: &str,
    names: &[(&'static str, &'static str, To)],
) -> Vec<Failure> {
    let source = Source::new(path, text);
    let document = source.document();
    let root = Table::new(&source, document.get_ref(), 0..0);
    let mut found = Vec::new();
    for (array, key, to) in names {
        for name in root.tables(array).iter().flat_map(|table| table.strings(key)) {
            found.extend(unknown(both, &source, &name, *to));
        }
    }
    found.sort_by(|one, other| one.place.cmp(&other.place));
    found
}

/// The fault of a name that names nothing.
fn unknown(both: &Both<'_>, source: &Source<'_>, name: &Located<String>, to: To) -> Option<Failure> {
    let (policy, settings) = (both.policy, both.settings);
    let (message, known): (_, Vec<&str>) = match to {
        To::Level => ("check-unknown-level", policy.levels.iter().map(|level| level.id.as_str()).collect()),
        To::Kind => ("check-unknown-kind", policy.kinds.iter().map(|kind| kind.id.as_str()).collect()),
        To::Product => ("check-unknown-product", policy.products.iter().map(|one| one.id.as_str()).collect()),
        To::Status => (
            "check-unknown-status",
            settings.flow.statuses().iter().map(|status| status.id.as_str()).collect(),
        ),
        To::Role => {
            ("check-unknown-role", settings.staff.roles.iter().map(|role| role.id.as_str()).collect())
        }
        To::Person => {
            ("check-unknown-person", settings.staff.people.iter().map(|one| one.handle.as_str()).collect())
        }
    };
    let is_known = known.contains(&name.value.as_str());
    (!is_known).then(|| source.unknown_reference(message, name, known.into_iter()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{parse_policy, parse_settings};

    #[track_caller]
    fn check(policy_text: &str, settings_text: &str, expected: &[&str]) {
        let policy = parse_policy("severity.toml", policy_text).expect("a valid policy").value;
        let settings = parse_settings("incident.toml", settings_text).expect("valid settings").value;
        let both = Both {
            policy: &policy,
            policy_path: "severity.toml",
            policy_text,
            settings: &settings,
            settings_path: "incident.toml",
            settings_text,
        };
        let found: Vec<String> = dangling(&both).iter().map(ToString::to_string).collect();
        assert_eq!(found, expected);
    }

    const POLICY: &str = "[[level]]\nid = \"S1\"\npage = [\"commander\"]\n[[kind]]\nid = \"k\"\n";

    #[test]
    fn the_default_files_fit_together() {
        check(crate::config::defaults::POLICY, crate::config::defaults::SETTINGS, &[]);
        check(POLICY, "", &[]);
    }

    #[test]
    fn every_name_that_names_nothing_is_found() {
        check(
            &POLICY.replace("commander", "captain"),
            "",
            &["severity.toml:3:9 check-unknown-role name=\"captain\""],
        );
        check(
            POLICY,
            "[[role]]\nid = \"chef\"\napart_from = \"cook\"\n",
            &[
                "severity.toml:3:9 check-unknown-role name=\"commander\"",
                "incident.toml:3:14 check-unknown-role name=\"cook\"",
            ],
        );
        let step = "[[step]]\nid = \"a\"\ntext = \"b\"\nrole = \"x\"\nstatuses = [\"triage\", \"y\"]\n\
                    levels = [\"S1\", \"S9\"]\nkinds = [\"k\", \"z\"]\nproducts = [\"p\"]\n";
        check(
            POLICY,
            step,
            &[
                "incident.toml:4:8 check-unknown-role name=\"x\"",
                "incident.toml:5:23 check-unknown-status name=\"y\"",
                "incident.toml:6:17 check-unknown-level name=\"S9\"",
                "incident.toml:7:15 check-unknown-kind name=\"z\"",
                "incident.toml:8:13 check-unknown-product name=\"p\"",
            ],
        );
        let call = "[[person]]\nhandle = \"sato\"\n[[call]]\npeople = [\"sato\", \"saito\"]\nrole = \"x\"\n";
        check(
            POLICY,
            call,
            &[
                "incident.toml:4:19 check-unknown-person name=\"saito\"",
                "incident.toml:5:8 check-unknown-role name=\"x\"",
            ],
        );
    }
}
