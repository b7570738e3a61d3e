//! What a file says, and what is wrong with one that says it badly.

use super::*;
use crate::document::samples::at;
use crate::document::vocabulary::tests::vocabulary;
use crate::domain::action::ActionClass;
use crate::domain::event::{EventKind, Milestone};
use crate::domain::incident::{Answer, Mode};
use crate::domain::moment::Moment;

const FILE: &str = "\
---
schema: 1
id: 20261120-k7qm
title: 決済画面でエラーが出る
kind: outage
products: [web]
mode: drill                # real | drill | retrospective

severity: SEV1
status: fixing
detected_by: customer
x-own: [1, {a: b}]

roles:
  commander: alice
  investigator: [bob, 有田]
  scribe:

times:
  impact_started: ~2026-11-20T02:40:00+09:00
  declared: \"2026-11-20 02:55:12+09:00\"
  tested: never

next_update: unknown
answers: {all_users_down: true, one_platform: no, data_lost: unsure, later: }
fields:
  clients: 012
  urls: [a, b]
caused_by_change: 1e5
---

# 決済画面でエラーが出る

> ## 引用 <!-- incident:timeline -->

## 経過 <!-- incident:timeline +09:00 -->

<!-- 自動 -->

- 2026-11-20 02:40頃 · 影響開始 · 葉山 — 監視のエラー率が上昇（記録 02:55）
- 2026-11-20 02:55 · 起票 · 葉山 — SEV1（全員が使えない）
* 電話した
- 2026-11-20 02:58 · Triage → 調査中 · 有田

  続き

### 細目

## やること <!-- incident:actions -->

- [ ] A1 決済の再試行に上限を付ける — @bob 期限 2026-12-04 PAY-123（起こさない）
- 思いつき

## 参考 <!-- incident:links -->

- [ログ](https://x.y)
";

fn read(text: &str) -> Result<IncidentFile, Vec<String>> {
    let parsed = parse("a.md", text.as_bytes(), &vocabulary(true));
    parsed.map_err(|failures| failures.iter().map(ToString::to_string).collect())
}

#[test]
fn the_front_matter_is_the_present() {
    let incident = read(FILE).unwrap().incident;
    assert_eq!(parse_present("a.md", FILE.as_bytes()), Ok(incident.clone()));
    assert_eq!((incident.id.as_str(), incident.title.as_str()), ("20261120-k7qm", "決済画面でエラーが出る"));
    assert_eq!((incident.mode, incident.severity.as_deref()), (Mode::Drill, Some("SEV1")));
    assert_eq!(incident.holders("investigator"), ["bob", "有田"]);
    assert_eq!(
        incident.roles.iter().map(|(role, _)| role.as_str()).collect::<Vec<_>>(),
        ["commander", "investigator", "scribe"]
    );
    assert_eq!(incident.times[&Milestone::ImpactStarted], Moment::about(at("2026-11-20T02:40:00+09:00")));
    assert_eq!(incident.declared(), Some(Moment::exact(at("2026-11-20T02:55:12+09:00"))));
    assert_eq!(incident.next_update, None);
    let answers =
        [("all_users_down", Answer::Yes), ("data_lost", Answer::Unsure), ("one_platform", Answer::No)];
    assert_eq!(incident.answers, answers.map(|(id, answer)| (id.to_owned(), answer)).into());
    assert_eq!((incident.fields["clients"].as_str(), incident.fields["urls"].as_str()), ("012", "a, b"));
    assert_eq!(incident.caused_by_change.as_deref(), Some("1e5"), "a number is read as it is written");
}

#[test]
fn the_sections_are_the_record() {
    let file = read(FILE).unwrap();
    let kinds: Vec<Option<&EventKind>> = file
        .timeline
        .lines
        .iter()
        .map(|line| match line {
            TimelineLine::Entry { entry, .. } => Some(&entry.kind),
            TimelineLine::Other { .. } => None,
        })
        .collect();
    let status = EventKind::Status { from: "triage".into(), to: "investigating".into() };
    assert_eq!(
        kinds,
        [
            Some(&EventKind::Milestone(Milestone::ImpactStarted)),
            Some(&EventKind::Milestone(Milestone::Declared)),
            None,
            Some(&status),
            None,
        ]
    );
    assert_eq!(file.timeline.entries().last().map(|entry| entry.text.as_str()), Some("続き"));
    assert_eq!(file.timeline.lines[2], TimelineLine::Other { text: "* 電話した".into(), line: 42 });
    assert_eq!(file.actions.len(), 1);
    assert_eq!(file.actions[0].class, Some(ActionClass::Prevent));
    assert_eq!(file.links, ["[ログ](https://x.y)"]);
    let unknown: Vec<String> =
        file.unknown_keys.iter().map(|(key, place)| format!("{key} {place}")).collect();
    assert_eq!(unknown, ["times.tested a.md:22:3", "x-own a.md:12:1"]);
    assert!(file.body.starts_with("\n# 決済") && file.conflict.is_none());
}

#[test]
fn windows_line_ends_say_the_same() {
    let (unix, windows) =
        (read(FILE).unwrap(), read(&format!("\u{feff}{}", FILE.replace('\n', "\r\n"))).unwrap());
    assert_eq!((unix.incident, unix.actions), (windows.incident, windows.actions));
    assert!(unix.timeline.entries().eq(windows.timeline.entries()));
}

/// Front matter that should fail with these faults, all of them.
fn check(yaml: &str, expected: &[&str]) {
    let text = format!("---\n{yaml}---\n");
    let faults = read(&text).err().unwrap_or_default();
    assert_eq!(faults, expected, "{yaml}");
}

#[test]
fn every_fault_is_found_at_its_place() {
    let good = "id: 20261120-k7qm\ntitle: 題\nstatus: fixing\n";
    check(good, &[]);
    check(&format!("{good}severity: null\nmode:\nroles:\nproducts:\n"), &[]);
    check(
        "",
        &[
            "a.md:2:1 file-key-missing key=\"id\"",
            "a.md:2:1 file-key-missing key=\"title\"",
            "a.md:2:1 file-key-missing key=\"status\"",
        ],
    );
    check(
        "id: ../../x\ntitle: ''\nstatus: [a]\nschema: 2\n",
        &[
            "a.md:5:9 file-schema-newer schema=\"2\" known=\"1\"",
            "a.md:2:5 file-id-invalid key=\"id\" value=\"../../x\"",
            "a.md:3:8 file-key-empty key=\"title\"",
            "a.md:4:9 file-not-text key=\"status\"",
        ],
    );
    check(
        &format!(
            "{good}times: {{declared: 2023-07-94T13:00:00-00:00}}\nanswers:\n  全員: 多分\nmode: test\n"
        ),
        &[
            "a.md:5:19 file-time-invalid key=\"declared\" value=\"2023-07-94T13:00:00-00:00\"",
            "a.md:7:7 file-answer-invalid key=\"全員\" value=\"多分\"",
            "a.md:8:7 file-mode-unknown key=\"mode\" value=\"test\"",
        ],
    );
    check(
        &format!("{good}roles: alice\nproducts: {{a: b}}\nkind: [x]\n"),
        &[
            "a.md:5:8 file-not-a-map key=\"roles\"",
            "a.md:6:11 file-not-a-list key=\"products\"",
            "a.md:7:7 file-not-text key=\"kind\"",
        ],
    );
    check(&format!("{good}status: x\n"), &["a.md:5:1 yaml-duplicate-key key=\"status\""]);
    check(&format!("{good}...\na: 1\n"), &["a.md:6:1 yaml-two-documents"]);
    check(&format!("{good}? [a]\n: b\n"), &["a.md:5:3 yaml-key-not-text"]);
}

#[test]
fn faults_of_both_parts_are_found_together() {
    let body = "## a <!-- incident:links -->\n\n## b <!-- incident:links -->\n";
    let faults = read(&format!("---\nid: 20261120-k7qm\ntitle: x\n---\n{body}")).unwrap_err();
    assert_eq!(faults, ["a.md:2:1 file-key-missing key=\"status\"", "a.md:7:1 anchor-twice name=\"links\""]);
}

#[test]
fn a_bomb_is_refused_and_not_expanded() {
    let mut bomb = "a0: &a0 [x, x]\n".to_owned();
    for level in 1..40 {
        bomb.push_str(&format!("a{level}: &a{level} [*a{}, *a{}]\n", level - 1, level - 1));
    }
    let faults = read(&format!("---\n{bomb}---\n")).unwrap_err();
    assert!(faults.iter().all(|fault| fault.contains("yaml-alias")), "{faults:?}");
    let deep = format!("---\na: {}\n---\n", "[".repeat(200_000));
    assert_eq!(read(&deep).unwrap_err().len(), 1, "the reader stops where it is too deep");
    let wide = vec![b'x'; 9 * 1024 * 1024];
    assert!(
        parse("a.md", &wide, &vocabulary(true))
            .is_err_and(|faults| faults[0].message.key == "file-too-large")
    );
}
