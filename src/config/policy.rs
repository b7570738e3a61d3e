//! `severity.toml` → the triage policy.

use super::Loaded;
use super::policy_items::{cases, fields, first_steps, kinds, levels, products, questions};
use super::policy_rules::{Names, check_references, rules};
use super::toml_table::{Source, Table};
use crate::domain::policy::{FirstStep, Policy};
use crate::domain::text::Text;
use crate::failure::Failure;

pub fn parse(path: &str, text: &str) -> Result<Loaded<Policy>, Vec<Failure>> {
    let source = Source::new(path, text);
    let document = source.document();
    if !source.faults.borrow().is_empty() {
        // Half of what seems to be missing or unknown further on is only unread.
        return Err(source.faults.take());
    }
    let root = Table::new(&source, document.get_ref(), 0..0);
    let policy = read(&root);
    root.finish();
    let faults = source.faults.take();
    if faults.is_empty() {
        Ok(Loaded { value: policy, warnings: source.warnings.take() })
    } else {
        Err(faults)
    }
}

fn read(root: &Table<'_>) -> Policy {
    let names = Names::default();
    let levels = levels(root, &names);
    if levels.is_empty() && root.source.faults.borrow().is_empty() {
        root.source.report(root.source.fault(0..0, "policy-no-level"));
    }
    let kinds = kinds(root, &names);
    let products = products(root, &names);
    let (questions, short_rules) = questions(root, &names);
    let rules = rules(root, &names, short_rules);
    let (definition, first_steps) = definition(root, &names);
    let cases = cases(root, &names);
    let fields = fields(root, &names);
    check_references(root.source, &names);
    Policy { definition, levels, kinds, products, questions, rules, fields, cases, first_steps }
}

/// What counts as an incident, and what to do first.
fn definition(root: &Table<'_>, names: &Names) -> (Text, Vec<FirstStep>) {
    let Some(table) = root.table("definition") else { return Default::default() };
    let found = (table.words(), first_steps(&table, names));
    table.finish();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::defaults;

    /// The faults of `text`, or else its warnings, one a line.
    fn check(text: &str, expected: &str) {
        let found = match parse("severity.toml", text) {
            Ok(loaded) => loaded.warnings,
            Err(faults) => faults,
        };
        let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(lines.join("\n"), expected, "{text}");
    }

    #[test]
    fn the_default_policys_own_cases_pass() {
        let policy = parse("severity.toml", defaults::POLICY).expect("the default policy is valid").value;
        assert_eq!(crate::domain::triage::failing_cases(&policy), []);
        assert!(policy.cases.len() >= 6);
    }

    const LEVEL: &str = "[[level]]\nid = \"SEV1\"\n";

    #[test]
    fn the_default_policy_has_neither_fault_nor_doubt() {
        check(defaults::POLICY, "");
    }

    #[test]
    fn each_fault_has_its_place() {
        check("", "severity.toml:1:1 policy-no-level");
        check("[[level]]\n", "severity.toml:1:1 config-missing-key key=\"id\"");
        check("[[level]]\nid = 1\n", "severity.toml:2:6 config-expected-string found=\"integer\"");
        check(
            &format!("{LEVEL}update_every = \"soon\"\n"),
            "severity.toml:3:16 config-bad-span value=\"soon\"",
        );
        check(
            &format!("{LEVEL}[[question]]\nid = \"q\"\nask = \"?\"\nyes = \"SEV9\"\n"),
            "severity.toml:6:7 policy-unknown-level name=\"SEV9\"",
        );
        check(
            &format!("{LEVEL}[[rule]]\nwhen = {{ gone = true }}\nlevel = \"SEV1\"\n"),
            "severity.toml:4:10 policy-unknown-question name=\"gone\"",
        );
        check(&format!("{LEVEL}name = \"\\u001b[31mred\"\n"), "severity.toml:3:8 config-control-character");
        check(&format!("{LEVEL}{LEVEL}"), "severity.toml:4:6 policy-duplicate-id name=\"SEV1\"");
        check(
            &format!(
                "{LEVEL}[definition]\n[[definition.first]]\nen = \"a\"\nlevels = \"SEV1\"\nproducts = [\"app\"]\n"
            ),
            "severity.toml:7:13 policy-unknown-product name=\"app\"",
        );
        check(
            &format!("{LEVEL}[definition]\n[[definition.first]]\nlevels = \"SEV1\"\n"),
            "severity.toml:4:1 config-no-words",
        );
        check(&format!("{LEVEL}sevrity = 1\n"), "severity.toml:3:1 config-unknown-key name=\"sevrity\"");
    }

    #[test]
    fn all_faults_are_found_in_one_run() {
        let text = "[[level]]\nid = \"A\"\n[[kind]]\nid = \"k\"\nlevel = \"B\"\notherwise = \"C\"\n";
        check(
            text,
            "severity.toml:5:9 policy-unknown-level name=\"B\"\nseverity.toml:6:13 policy-unknown-level name=\"C\"",
        );
        let broken = parse("severity.toml", "a = \nb = [\n").expect_err("two syntax errors");
        assert!(broken.len() >= 2, "{broken:?}");
    }
}
