//! S1: a start-up's first written rules. 報告 → 会議 → 対処 → 振り返り, three roles with a deputy each.

use super::Team;

const PEOPLE: &str = r#"
[[person]]
handle = "ishii"
name = "石井"
email = "ishii@example.org"
phone = "090-0000-0003"

[[person]]
handle = "noda"
name = "野田"
email = "noda@example.org"
phone = "090-0000-0001"

[[person]]
handle = "hara"
name = "原"
email = "hara@example.org"
phone = "090-0000-0002"

[[person]]
handle = "sano"
name = "佐野"
email = "sano@example.org"
phone = "090-0000-0004"

[[call]]
levels = ["SEV1"]
role = "commander"
people = ["noda", "hara"]
after = "5m"

[[call]]
levels = ["SEV1"]
role = "responder"
people = ["ishii", "hara"]
after = "5m"

[[call]]
levels = ["SEV1"]
role = "contact"
people = ["sano", "noda"]
after = "5m"

[[call]]
levels = ["SEV2", "SEV3"]
by = "chat"
hours = "business"
role = "commander"
people = ["noda"]
"#;

fn team() -> Team {
    let team = Team::new("four-step", PEOPLE);
    team.become_person("ishii", "石井");
    team
}

#[test]
fn two_keys_and_a_title_declare_an_incident() {
    let team = team();
    let keys = [("番号 [0]", "１"), ("続けられない状態ですか", "ｙ"), ("件名", "ログイン不可\r")];
    assert_eq!(team.keystrokes_to_declare(&keys), 2 + "ログイン不可\r".chars().count());
}
