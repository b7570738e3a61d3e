//! S2: a product team that does not hesitate. Quick check, call out, roll back where it can be done, two roles, two people.

use super::Team;

const PEOPLE: &str = r#"
[[person]]
handle = "mori"
name = "森"
email = "mori@example.org"
phone = "090-0000-0001"
areas = ["web"]

[[person]]
handle = "kato"
name = "加藤"
email = "kato@example.org"
phone = "090-0000-0002"

[[person]]
handle = "abe"
name = "阿部"
email = "abe@example.org"
phone = "090-0000-0003"
chat = "@abe"
areas = ["ios", "android"]

[[call]]
levels = ["SEV1", "SEV2"]
role = "commander"
people = ["mori", "kato"]
after = "10m"

[[call]]
levels = ["SEV1", "SEV2"]
role = "investigator"
products = ["ios", "android"]
people = ["abe"]

[[call]]
levels = ["SEV3"]
by = "chat"
hours = "business"
role = "investigator"
people = ["abe"]
"#;

fn team() -> Team {
    let team = Team::new("sev3", PEOPLE);
    team.become_person("abe", "阿部");
    team
}

#[test]
fn three_keys_and_a_title_declare_an_incident() {
    let team = team();
    let keys =
        [("番号 [1]", "１"), ("番号 [0]", "５"), ("使えない状態ですか", "はい"), ("件名", "再生できない\r")];
    assert_eq!(team.keystrokes_to_declare(&keys), 4 + "再生できない\r".chars().count());
}
