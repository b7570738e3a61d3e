//! The JSON Schemas: valid themselves, and true of every file and of every output.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use incident::config::defaults::PRESETS;
use incident::config::schemas::{SCHEMAS, find};
use incident::config::{parse_policy, parse_settings};
use jsonschema::Validator;
use serde_json::{Value, json};
use snapbox::str;

use crate::environment::{Ran, TestEnv};
use crate::team::Team;

fn schema(name: &str) -> Value {
    serde_json::from_str(find(name).expect("a schema").text).unwrap()
}

/// What is wrong with `instance`, each fault with its place.
fn faults(validator: &Validator, instance: &Value) -> Vec<String> {
    validator.iter_errors(instance).map(|error| format!("{} {error}", error.instance_path())).collect()
}

#[track_caller]
fn valid(validator: &Validator, instance: &Value, what: &str) {
    assert_eq!(faults(validator, instance), Vec::<String>::new(), "{what}: {instance:#}");
}

fn validator(name: &str) -> Validator {
    jsonschema::validator_for(&schema(name)).unwrap()
}

/// The schema of an output, but with no other keys than those it names: readers must bear new ones, tests must not.
fn strict(name: &str) -> Validator {
    fn close(value: &mut Value) {
        if let Some(object) = value.as_object_mut() {
            let is_schema = object.contains_key("properties") && object.get("type") == Some(&json!("object"));
            if is_schema && !object.contains_key("additionalProperties") {
                object.insert("additionalProperties".to_owned(), json!(false));
            }
            object.values_mut().for_each(close);
        }
        value.as_array_mut().into_iter().flatten().for_each(close);
    }
    let mut schema = schema(name);
    close(&mut schema);
    jsonschema::validator_for(&schema).unwrap()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn toml(text: &str) -> Value {
    toml::from_str(text).unwrap()
}

#[test]
fn every_schema_is_valid_and_says_who_it_is() {
    for schema in &SCHEMAS {
        let value: Value = serde_json::from_str(schema.text).unwrap();
        jsonschema::meta::validate(&value).unwrap();
        assert_eq!(value["$schema"], "https://json-schema.org/draft/2020-12/schema", "{}", schema.name);
        assert_eq!(value["$id"], format!("urn:incident:schema:{}", schema.name));
        if schema.name.starts_with("incident.") {
            assert_eq!(value["properties"]["kind"]["const"], schema.name);
        }
    }
}

#[test]
fn what_several_schemas_define_is_the_same_in_all() {
    let mut seen: BTreeMap<String, Value> = BTreeMap::new();
    for schema in SCHEMAS.iter().filter(|schema| schema.name.starts_with("incident.")) {
        let value: Value = serde_json::from_str(schema.text).unwrap();
        for (name, definition) in value["$defs"].as_object().into_iter().flatten() {
            let first = seen.entry(name.clone()).or_insert_with(|| definition.clone());
            assert_eq!(first, definition, "{name} in {}", schema.name);
        }
    }
}

#[test]
fn every_kind_that_the_program_prints_has_a_schema() {
    let mut printed = BTreeSet::new();
    for path in files_below(&root().join("src"), ".rs") {
        let source = fs::read_to_string(path).unwrap();
        for call in ["print_json(", "kind: \""] {
            for rest in source.split(call).skip(1) {
                let name = rest.trim_start().trim_start_matches('"').split('"').next().unwrap_or_default();
                printed.extend(Some(name.to_owned()).filter(|name| name.starts_with("incident.")));
            }
        }
    }
    let known: BTreeSet<String> = SCHEMAS.iter().map(|schema| schema.name.to_owned()).collect();
    let known: BTreeSet<String> = known.into_iter().filter(|name| name.starts_with("incident.")).collect();
    assert_eq!(printed, known);
    let files = files_below(&root().join("schemas"), ".json");
    assert_eq!(files.len(), SCHEMAS.len(), "a file of schemas/ is not embedded");
}

#[test]
fn the_schemas_are_listed_and_printed() {
    let env = TestEnv::without_store();
    env.run(["schema"]).shows(str![[r#"
severity                 severity.toml: levels, kinds, products, questions, rules, cases
incident                 incident.toml: language, statuses, roles, people, checklists, calls
front-matter             the head of an incident file
incident.brief           what incident brief --json prints
incident.change          what every command that records prints with --json
incident.check           what incident check --json prints
incident.error           what goes wrong, on standard error with --json
incident.handover        what incident handover --print --json prints
incident.init            what incident init --json prints
incident.list            what incident list --json prints
incident.policy.check    what incident policy check --json prints
incident.policy.explain  what incident policy explain --json prints
incident.postmortem      what incident postmortem --print --json prints
incident.schema          what incident schema --json prints
incident.show            what incident show --json prints
incident.step            what incident step --json prints
incident.sync            what incident sync --json prints
incident.timeline        what incident timeline --json prints
incident.who             what incident who --json prints

"#]]);
    env.run(["--lang=ja", "schema"]).shows(str![[r#"
severity                 severity.toml（レベル・種類・サービス・質問・規則・例）
incident                 incident.toml（言語・状態・役割・人・手順・連絡先）
front-matter             事案のファイルの先頭部分
incident.brief           incident brief --json の出力
incident.change          記録するコマンドの --json の出力
incident.check           incident check --json の出力
incident.error           --json のときのエラー（標準エラー出力）
incident.handover        incident handover --print --json の出力
incident.init            incident init --json の出力
incident.list            incident list --json の出力
incident.policy.check    incident policy check --json の出力
incident.policy.explain  incident policy explain --json の出力
incident.postmortem      incident postmortem --print --json の出力
incident.schema          incident schema --json の出力
incident.show            incident show --json の出力
incident.step            incident step --json の出力
incident.sync            incident sync --json の出力
incident.timeline        incident timeline --json の出力
incident.who             incident who --json の出力

"#]]);
    let ran = env.run(["schema", "severity.toml"]).succeeds();
    assert_eq!(ran.stdout, find("severity").unwrap().text);
    env.run(["schema", "incident.lst"]).shows(str![[r#"
--- stderr
error: there is no schema “incident.lst”
hint: did you mean incident.list, incident.step, incident?
--- exit 3

"#]]);
    env.run(["--lang=ja", "schema", "zzz"]).shows(str![[r#"
--- stderr
エラー: 「zzz」というスキーマはありません
ヒント: ここで使えるもの: severity, incident, front-matter, incident.brief, incident.change, incident.check, incident.error, incident.handover, incident.init, incident.list, incident.policy.check, incident.policy.explain, incident.postmortem, incident.schema, incident.show, incident.step, incident.sync, incident.timeline, incident.who
--- exit 3

"#]]);
}

#[test]
fn the_configuration_of_every_preset_is_valid() {
    let (severity, incident) = (validator("severity"), validator("incident"));
    for preset in &PRESETS {
        valid(&severity, &toml(preset.policy), preset.name);
        valid(&incident, &toml(preset.settings), preset.name);
    }
    valid(&incident, &json!({}), "an empty incident.toml");
}

#[test]
fn a_new_store_names_its_schemas_and_holds_them() {
    let env = TestEnv::without_store();
    for preset in &PRESETS {
        let folder = env.home().join(preset.name);
        env.run(["init", &folder.to_string_lossy(), "--preset", preset.name]).succeeds();
        for name in ["severity", "incident"] {
            let text = fs::read_to_string(folder.join(format!("{name}.toml"))).unwrap();
            assert_eq!(text.lines().next(), Some(format!("#:schema ./schemas/{name}.json").as_str()));
            let held = fs::read_to_string(folder.join(format!("schemas/{name}.json"))).unwrap();
            assert_eq!(held, find(name).unwrap().text);
            valid(&validator(name), &toml(&text), preset.name);
        }
    }
}

#[test]
fn a_check_says_which_schema_of_a_store_is_old() {
    let env = TestEnv::new();
    env.write("schemas/severity.json", "{}\n");
    env.remove("schemas/incident.json");
    env.run(["check"]).shows(str![[r#"
incident.toml:1:1: note the file names schemas/incident.json for editors, which is not there
  hint: incident schema incident > schemas/incident.json
schemas/severity.json:1:1: note editors check by schemas/severity.json, which is of another version of this program
  hint: incident schema severity > schemas/severity.json
--- stderr
0 incidents checked: no errors, no warnings

"#]]);
    env.run(["--lang=ja", "check"]).shows(str![[r#"
incident.toml:1:1: 参考 エディターのために schemas/incident.json を指していますが、そのファイルがありません
  ヒント: incident schema incident > schemas/incident.json
schemas/severity.json:1:1: 参考 エディターが使う schemas/severity.json は、このプログラムと版が違います
  ヒント: incident schema severity > schemas/severity.json
--- stderr
0件を調べました。エラー 0件、注意 0件

"#]]);
    // Who has taken the line away wants none.
    env.remove("schemas/severity.json");
    env.replace("severity.toml", "#:schema ./schemas/severity.json\n", "");
    env.replace("incident.toml", "#:schema ./schemas/incident.json\n", "");
    env.run(["check"]).shows(str![[r#"
--- stderr
0 incidents checked: no errors, no warnings

"#]]);
}

fn front_matter(text: &str) -> Value {
    let inner = text.strip_prefix("---\n").and_then(|text| text.split_once("\n---")).expect("front matter").0;
    serde_yaml::from_str(inner).unwrap()
}

#[test]
fn the_front_matter_of_the_worked_examples_is_valid() {
    let validator = validator("front-matter");
    let files = files_below(&root().join("incidents"), ".md");
    let incidents: Vec<&PathBuf> = files
        .iter()
        .filter(|path| !path.to_string_lossy().ends_with(".postmortem.md"))
        .filter(|path| fs::read_to_string(path).unwrap().starts_with("---\n"))
        .collect();
    assert!(incidents.len() >= 3, "{incidents:?}");
    for path in incidents {
        valid(&validator, &front_matter(&fs::read_to_string(path).unwrap()), &path.display().to_string());
    }
}

/// Front matter that the program reads or does not, and whether the schema agrees.
#[test]
fn front_matter_is_valid_where_the_program_reads_it() {
    let validator = validator("front-matter");
    let env = TestEnv::new();
    let head = "id: 20261120-k7qm\ntitle: Errors\nstatus: triage\n";
    for (lines, expected) in [
        ("", true),
        ("own_key: [a, {b: c}]\nx-own: 1\n", true),
        ("severity: null\nproducts: web\nroles: {commander: [a, b], scribe: c}\n", true),
        ("answers: {a: true, b: unsure, c: no}\nfields: {n: 12, m: [a, b]}\n", true),
        ("times: {detected: ~2026-11-20T02:51:00+09:00, resolved: unknown, other: soon}\n", true),
        ("answers: {a: maybe}\n", false),
        ("mode: dril\n", false),
        ("times: {detected: soon}\n", false),
        ("next_update: tomorrow\n", false),
        ("products: {a: b}\n", false),
        ("roles: commander\n", false),
        ("schema: 2\n", false),
        ("title: ''\n", false),
    ] {
        let lines = if lines.starts_with("title") {
            head.replace("title: Errors\n", lines)
        } else {
            format!("{head}{lines}")
        };
        assert_eq!(validator.is_valid(&serde_yaml::from_str(&lines).unwrap()), expected, "{lines}");
        env.write("incidents/20261120-k7qm-errors.md", format!("---\n{lines}---\n\n# Errors\n"));
        let code = env.run(["check", "--no-history"]).code;
        assert_eq!(code == 0, expected, "{lines}");
    }
}

/// The keys that the program knows in a table, as it names them to whoever has written an unknown one.
fn known_keys(name: &str, text: &str) -> BTreeSet<String> {
    let loaded = match name {
        "severity" => parse_policy("x", text).map(|loaded| loaded.warnings),
        _ => parse_settings("x", text).map(|loaded| loaded.warnings),
    };
    let warnings = loaded.expect("no faults");
    assert_eq!(warnings.len(), 1, "{text}");
    let hint = &warnings[0].hints[0];
    assert_eq!(hint.key, "hint-known-names", "{text}");
    hint.facts[0].1.split(", ").map(str::to_owned).collect()
}

#[test]
fn the_schemas_know_the_same_keys_as_the_program() {
    let level = "[[level]]\nid = \"A\"\n";
    let odd = "qqqqqqqq = 1\n";
    for (name, definition, table) in [
        ("severity", "", format!("{odd}{level}")),
        ("severity", "level", format!("{level}{odd}")),
        ("severity", "kind", format!("{level}[[kind]]\nid = \"k\"\n{odd}")),
        ("severity", "product", format!("{level}[[product]]\nid = \"p\"\n{odd}")),
        ("severity", "question", format!("{level}[[question]]\nid = \"q\"\nask = \"?\"\n{odd}")),
        (
            "severity",
            "rule",
            format!(
                "{level}[[question]]\nid = \"q\"\nask = \"?\"\n[[rule]]\nwhen = {{q = true}}\nlevel = \"A\"\n{odd}"
            ),
        ),
        ("severity", "field", format!("{level}[[field]]\nid = \"f\"\n{odd}")),
        ("severity", "case", format!("{level}[[case]]\nexpect = \"A\"\n{odd}")),
        ("severity", "first", format!("{level}[definition]\n[[definition.first]]\nen = \"a\"\n{odd}")),
        ("severity", "choice", format!("{level}[[field]]\nid = \"f\"\n[[field.choices]]\nid = \"c\"\n{odd}")),
        ("incident", "", odd.to_owned()),
        ("incident", "status", format!("[[status]]\nid = \"s\"\ncategory = \"live\"\n{odd}")),
        ("incident", "role", format!("[[role]]\nid = \"r\"\n{odd}")),
        ("incident", "person", format!("[[person]]\nhandle = \"p\"\n{odd}")),
        ("incident", "step", format!("[[step]]\nid = \"s\"\ntext = \"t\"\n{odd}")),
        ("incident", "call", format!("[[call]]\n{odd}")),
        (
            "incident",
            "tracker",
            format!("[[tracker]]\nprefix = \"P\"\nurl = \"https://example.org/{{key}}\"\n{odd}"),
        ),
    ] {
        let schema = schema(name);
        let found = if definition.is_empty() { &schema } else { &schema["$defs"][definition] };
        let keys: BTreeSet<String> = found["properties"].as_object().unwrap().keys().cloned().collect();
        assert_eq!(keys, known_keys(name, &table), "{name} {definition}");
        assert!(!validator(name).is_valid(&toml(&table)), "an unknown key is refused: {table}");
        let own = table.replace("qqqqqqqq", "x-own");
        valid(&validator(name), &toml(&own), "a key of the team's own");
    }
}

/// What the program finds fault with, the schema refuses, as far as one file can tell; and the other way round.
#[test]
fn what_is_wrong_for_the_program_is_wrong_for_the_schema() {
    let level = "[[level]]\nid = \"A\"\n";
    for (name, text) in [
        ("severity", String::new()),
        ("severity", "[[level]]\n".to_owned()),
        ("severity", "[[level]]\nid = 1\n".to_owned()),
        ("severity", "[[level]]\nid = \"A B\"\n".to_owned()),
        ("severity", "level = \"A\"\n".to_owned()),
        ("severity", format!("{level}update_every = \"soon\"\n")),
        ("severity", format!("{level}update_every = \"0m\"\n")),
        ("severity", format!("{level}hours = \"never\"\n")),
        ("severity", format!("{level}page = 1\n")),
        ("severity", format!("{level}name = 1\n")),
        ("severity", format!("{level}name = {{ ja = 1 }}\n")),
        ("severity", format!("{level}name = {{ fr = \"a\" }}\n")),
        ("severity", format!("{level}[[question]]\nid = \"q\"\n")),
        ("severity", format!("{level}[[question]]\nid = \"q\"\nask = \"?\"\nunsure = \"better\"\n")),
        ("severity", format!("{level}[[definition.first]]\nen = \"a\"\nproduct = \"app\"\n")),
        ("severity", format!("{level}[[rule]]\nwhen = {{}}\nlevel = \"A\"\n")),
        ("severity", format!("{level}[[rule]]\nwhen = {{ q = \"yes\" }}\nlevel = \"A\"\n")),
        ("severity", format!("{level}[[case]]\nname = \"a\"\n")),
        ("severity", format!("{level}[[field]]\nid = \"f\"\ntype = \"choice\"\n")),
        ("severity", format!("{level}[[field]]\nid = \"f\"\nrequired = \"yes\"\n")),
        ("severity", format!("{level}[[kinds]]\nid = \"k\"\n")),
        ("incident", "lang = \"fr\"\n".to_owned()),
        ("incident", "share = true\n".to_owned()),
        ("incident", "close_when = \"never\"\n".to_owned()),
        ("incident", "holidays = [\"soon\"]\n".to_owned()),
        ("incident", "[[status]]\nid = \"a\"\ncategory = \"open\"\n".to_owned()),
        ("incident", "[[status]]\nid = \"a\"\n".to_owned()),
        ("incident", "[[status]]\nid = \"a\"\ncategory = \"live\"\nstamps = [\"begun\"]\n".to_owned()),
        ("incident", "[[role]]\nname = \"a\"\n".to_owned()),
        ("incident", "[[role]]\nid = \"a\"\nlead = 1\n".to_owned()),
        ("incident", "[[step]]\nid = \"a\"\n".to_owned()),
        ("incident", "[[step]]\nid = \"a\"\ntext = \"b\"\nwithin = \"now\"\n".to_owned()),
        ("incident", "[[call]]\nby = \"fax\"\n".to_owned()),
        ("incident", "[[person]]\nname = \"a\"\n".to_owned()),
        ("incident", "[[tracker]]\nprefix = \"P\"\nurl = \"https://example.org\"\n".to_owned()),
    ] {
        let doubts =
            match name {
                "severity" => parse_policy("x", &text)
                    .map_or_else(|faults| faults.len(), |loaded| loaded.warnings.len()),
                _ => parse_settings("x", &text)
                    .map_or_else(|faults| faults.len(), |loaded| loaded.warnings.len()),
            };
        assert!(doubts > 0, "the program finds nothing wrong: {text}");
        assert!(!validator(name).is_valid(&toml(&text)), "the schema finds nothing wrong: {text}");
    }
}

/// Validates what commands print against the schema of the kind that they say it is.
#[derive(Default)]
struct Outputs {
    seen: BTreeSet<String>,
    exits: BTreeSet<u64>,
}

impl Outputs {
    #[track_caller]
    fn check(&mut self, ran: &Ran) {
        let text = if ran.stdout.is_empty() { &ran.stderr } else { &ran.stdout };
        for document in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
            let document = document.unwrap();
            let kind = document["kind"].as_str().expect("a kind").to_owned();
            valid(&strict(&kind), &document, &kind);
            valid(&validator(&kind), &document, &kind);
            self.exits.extend(document["exit"].as_u64());
            self.seen.insert(kind);
        }
    }
}

#[test]
fn every_output_of_a_short_incident_is_valid() {
    let env = TestEnv::new();
    let mut outputs = Outputs::default();
    let other = env.home().join("other").to_string_lossy().into_owned();
    for line in [
        vec!["init", other.as_str()],
        vec!["schema"],
        vec!["list"],
        vec![
            "new",
            "Checkout fails",
            "--kind",
            "outage",
            "--product",
            "web",
            "--answer",
            "all_down=yes",
            "--started",
            "-20m",
        ],
        vec!["assign", "commander", "me"],
        vec!["status", "fixing", "-m", "rolling back"],
        vec!["note", "--kind", "tried", "restart"],
        vec!["set", "impact=40%", "next_update=+30m", "detected_by=customer"],
        vec!["severity", "SEV2", "-m", "some can pay"],
        vec!["step"],
        vec!["brief"],
        vec!["who"],
        vec!["status", "monitoring", "--if-status", "closed"],
        vec!["status", "fixing"],
        vec!["show"],
        vec!["list"],
        vec!["timeline"],
        vec!["timeline", "--from-history"],
        vec!["policy", "explain", "Checkout"],
        vec!["policy", "explain"],
        vec!["policy", "explain", "--kind", "device"],
        vec!["policy", "check"],
        vec!["resolve"],
        vec!["handover", "--print"],
        vec!["postmortem", "--print"],
        vec!["postmortem"],
        vec!["postmortem", "--print"],
        vec!["check"],
        // Each way to fail.
        vec!["list", "--nothing"],
        vec!["show", "zzzz"],
        vec!["new"],
        vec!["schema", "zzz"],
        vec!["watch"],
    ] {
        outputs.check(&env.run(line.into_iter().chain(["--json"])));
    }
    valid(&validator("front-matter"), &front_matter(&env.incident_file()), "the incident");
    outputs.check(&env.run(["new", "Checkout fails again", "--severity", "SEV1", "--key", "k", "--json"]));
    let first = env.path_of("checkout-fails.md")[18..31].to_owned();
    let again = env.path_of("checkout-fails-again")[18..31].to_owned();
    outputs.check(&env.run(["decline", &again, "--duplicate-of", &first, "--json"]));
    outputs.check(&env.run(["show", &again, "--json"]));
    outputs.check(&env.run(["undo", &again, "--json"]));
    outputs.check(&env.run(["timeline", &again, "--all", "--json"]));
    env.declare("Another");
    env.declare("Yet another");
    outputs.check(&env.run(["note", "x", "--json"]));
    env.write("incidents/2026/11/20261102-hhhh-empty.md", "");
    env.write("severity.toml", "[[level]]\nid = 1\n");
    for line in [["list", "--json"], ["check", "--json"], ["new", "--json"]] {
        outputs.check(&env.run(line));
    }
    outputs.check(&env.run(["policy", "check", "--json"]));
    let team = Team::new(&["aoi"]);
    team.declare("aoi", "Checkout fails");
    outputs.check(&team.run("aoi", ["sync", "--json"]));
    let known: BTreeSet<String> = SCHEMAS.iter().map(|schema| schema.name.to_owned()).collect();
    let known: BTreeSet<String> = known.into_iter().filter(|name| name.starts_with("incident.")).collect();
    assert_eq!(outputs.seen, known, "every kind is played");
    assert_eq!(outputs.exits, BTreeSet::from([2, 3, 4, 5, 6]));
}
