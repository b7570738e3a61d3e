//! What the presets of `init` are like to work with.

use snapbox::str;

use crate::environment::{TestEnv, same};
use crate::pty::Terminal;

const PRESETS: [&str; 5] = ["full", "sev3", "yes-no-5", "two-axis", "four-step"];

/// A store that began with `preset`, and a person, who speak `lang`.
fn store(preset: &str, lang: &str) -> TestEnv {
    let mut env = TestEnv::without_store();
    env.set("INCIDENT_LANG", lang);
    env.run(["init", "incidents", "--preset", preset]).succeeds();
    env.store.push("incidents");
    env
}

#[test]
fn a_new_store_of_any_preset_is_sound() {
    for preset in PRESETS {
        for lang in ["en", "ja"] {
            let mut env = TestEnv::without_store();
            env.set("INCIDENT_LANG", lang);
            env.run(["init", "incidents", "--templates", "--preset", preset]).succeeds();
            env.store.push("incidents");
            let checked = env.run(["check", "--json"]).succeeds().json();
            assert_eq!(checked["findings"], serde_json::json!([]), "{preset}");
            env.run(["new", "x", "--unrated", "--quiet"]).succeeds();
            env.run(["postmortem", "--quiet"]).succeeds();
            let checked = env.run(["check", "--json"]).succeeds().json();
            let severities = checked["findings"].as_array().unwrap().iter().map(|found| &found["severity"]);
            assert!(severities.into_iter().all(|severity| severity != "error"), "{preset}: {checked}");
        }
    }
}

#[test]
fn the_templates_written_are_those_of_the_presets_levels() {
    let files = |preset: &str| {
        let env = TestEnv::without_store();
        let made = env.run(["init", "incidents", "--json", "--templates", "--preset", preset]).json();
        let names = made["files"].as_array().unwrap().iter().filter_map(|file| file.as_str());
        names.filter(|file| file.starts_with("templates/")).collect::<Vec<_>>().join(" ")
    };
    for (preset, expected) in [
        ("full", "templates/incident.md templates/postmortem-classic.md templates/postmortem-light.md"),
        ("sev3", "templates/incident.md templates/postmortem-prevention.md templates/postmortem-light.md"),
        ("yes-no-5", "templates/incident.md templates/postmortem-report.md templates/postmortem-light.md"),
        ("two-axis", "templates/incident.md templates/postmortem-memo.md"),
        (
            "four-step",
            "templates/incident.md templates/postmortem-furikaeri.md templates/postmortem-light.md",
        ),
    ] {
        assert_eq!(files(preset), expected);
    }
}

#[test]
fn a_preset_with_an_incident_body_of_its_own_brings_it() {
    let env = store("two-axis", "ja");
    let made = env.git(["ls-files"]);
    assert!(made.contains("templates/incident.md"), "{made}");
    env.run(["new", "集計が1桁ずれる", "--kind=data"]).succeeds();
    assert!(env.incident_file().contains("\n## 影響範囲\n\n<!-- どの会社の"), "{}", env.incident_file());
}

#[test]
fn on_a_terminal_one_key_chooses_the_preset() {
    let mut env = TestEnv::without_store();
    env.set("INCIDENT_LANG", "ja");
    let mut terminal = Terminal::spawn(&env.incident(["init", "incidents"]), 80);
    terminal.expect("番号 [1]");
    terminal.send("３");
    let finished = terminal.finish();
    assert_eq!(finished.code, 0);
    same(
        &finished.screen[..7].join("\n"),
        str![[r#"
どの決まりに近いですか（あとから全部変えられます）
  1 full       全社で使う。4段階・4役、チャットが作戦室
  2 sev3       10人ほどの開発チームに。3段階・2役、まず切り戻す
  3 yes-no-5   何でも1つの窓口に。紛失物も。質問でレベル5（最も重い）〜1
  4 two-axis   企業向けサービスに。まず報告、重要・緊急はあとで決める
  5 four-step  初めて決まりを作るチームに。報告・会議・対処・振り返り
番号 [1]: 3 yes-no-5
"#]],
    );
    env.store.push("incidents");
    assert!(env.read("severity.toml").contains("\"LV5\""));
}

#[test]
fn leaving_the_choice_makes_nothing() {
    let env = TestEnv::without_store();
    let mut terminal = Terminal::spawn(&env.incident(["init", "incidents"]), 80);
    terminal.expect("[1]");
    terminal.send("\u{3}");
    assert_eq!(terminal.finish().code, 130);
    assert!(!env.home().join("incidents").exists());
}

#[test]
fn two_axes_are_judged_after_the_report() {
    let env = store("two-axis", "en");
    let ran = env.run(["new", "Sign-in fails", "-k", "fault", "-p", "employee"]).succeeds();
    assert!(ran.stderr.contains("\nCall only: Manager (decides)\n"), "{}", ran.stderr);
    assert!(ran.stderr.contains("\nRate it when you know more: incident severity -i"), "{}", ran.stderr);
    env.run(["severity", "--answer", "urgent=yes"]).shows(str![[r#"
--- stderr
error: the answers do not decide the level yet
hint: “Does it touch every client, or a client we must not let down?”: --answer important=yes|no|unsure
--- exit 2

"#]]);
    let mut terminal = Terminal::spawn(&env.incident(["severity"]), 80);
    terminal.expect("Does it touch every client");
    terminal.send("y");
    terminal.expect("deadline by tomorrow");
    terminal.send("y");
    assert_eq!(terminal.finish().code, 0);
    same(&env.run(["show", "--json"]).json()["incident"]["severity"].to_string(), str![[r#""P1""#]]);
}

#[test]
fn a_choice_of_a_teams_own_is_one_key() {
    let env = store("two-axis", "ja");
    let mut terminal = Terminal::spawn(&env.incident(["new", "並び順が違う", "-k", "fault"]), 80);
    for (shown, keys) in [
        ("番号 [0]", "1"),
        ("いつから", "\r"),
        ("番号 [0]", "2"),
        ("何をしたら", "社員番号で並べ替えた\r"),
        ("変えましたか", "\r"),
        ("一部ですか", "2"),
        ("報告しましたか", "\r"),
        ("助かりますか", "\r"),
        ("締め切り", "\r"),
        ("見えていること", "\r"),
    ] {
        terminal.expect(shown);
        terminal.send(keys);
    }
    assert_eq!(terminal.finish().code, 0);
    let shown = env.run(["show", "--json"]).json();
    assert_eq!(
        shown["incident"]["fields"],
        serde_json::json!({ "what": "社員番号で並べ替えた", "scope": "some" })
    );
}

/// Declares in Japanese with one key a prompt, takes the offered title, and leaves the rest: id of the level, keys.
#[track_caller]
fn declared(preset: &str, keys: &[(&str, &str)]) -> String {
    let env = store(preset, "ja");
    let mut terminal = Terminal::spawn(&env.incident(["new"]), 80);
    for (shown, key) in keys {
        terminal.expect(shown);
        terminal.send(key);
    }
    terminal.expect("件名");
    terminal.send("\r");
    terminal.expect("いつから困っていましたか");
    terminal.send("\u{3}");
    terminal.finish();
    let incident = &env.run(["show", "--json"]).json()["incident"];
    format!("{} {}", incident["severity"], keys.len() + 1)
}

const KIND: &str = "番号 [1]";
const PRODUCT: &str = "番号 [0]";

#[test]
fn the_worst_takes_four_keys_or_fewer() {
    let full = [(KIND, "1"), (PRODUCT, "1"), ("主な機能を、誰も使えない状態ですか", "y")];
    assert_eq!(declared("full", &full), "\"SEV1\" 4");
    let sev3 = [(KIND, "1"), (PRODUCT, "5"), ("再生やログイン", "y")];
    assert_eq!(declared("sev3", &sev3), "\"SEV1\" 4");
    // S3-07: the product's own question comes first.
    let form = [(KIND, "1"), (PRODUCT, "3"), ("決済がすべて失敗している状態ですか", "y")];
    assert_eq!(declared("yes-no-5", &form), "\"LV5\" 4");
    // S4-05: whoever reports judges nothing.
    assert_eq!(declared("two-axis", &[(KIND, "1"), (PRODUCT, "2")]), "null 3");
    // S1-09: only one kind, so nobody is asked for it.
    assert_eq!(declared("four-step", &[(PRODUCT, "1"), ("仕事を続けられない状態ですか", "y")]), "\"SEV1\" 3");
}

#[test]
fn a_lost_phone_is_rated_without_a_question() {
    // S3-05 and S3-07; the store for what few may see is not set up here.
    let keys = [(KIND, "4"), ("それでもここに記録しますか", "y")];
    assert_eq!(declared("yes-no-5", &keys), "\"LV2\" 3");
}
