//! Whatever stands in the files of a store, in its configuration or on the command line: nothing that the program
//! prints steers a terminal or shows text in another order. Colour is off, so not one escape code is its own either.

use std::fs;

use crate::environment::{Ran, TestEnv};

/// Colours, a title, a link (OSC 8), cursor movements, C1 controls, every control of the bidirectional algorithm.
const HOSTILE: &str = "\u{1b}[31m\u{1b}[2J\u{1b}]8;;http://x\u{7}L\u{1b}]0;t\u{7}\u{9b}1m\u{90}\u{8}\u{7f}\
                       \u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}Z";

/// What no rule of the configuration refuses, so that it reaches the pages.
const UNSEEN: &str = "\u{61c}\u{200e}\u{200f}Z";

/// The text as a quoted string of YAML and of TOML has it.
fn quoted(text: &str) -> String {
    text.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect()
}

/// An incident file in which every field, name and line is hostile.
fn incident_file() -> String {
    let (raw, q) = (HOSTILE, quoted(HOSTILE));
    format!(
        r#"---
schema: 1
id: 20261120-k7qm
title: "title {q}"
kind: "kind {q}"
products: ["product {q}"]
severity: "level {q}"
status: "status {q}"
detected_by: "noticed {q}"
reporter: "reporter {q}"
roles:
  commander: "person {q}"
  "role {q}": ["one {q}", two]
times:
  declared: 2026-11-20T02:50:12+09:00
  impact_started: 2026-11-20T02:40:12+09:00
impact: "impact {q}"
importance: "importance {q}"
urgency: "urgency {q}"
next_update: 2026-11-20T02:52:12+09:00
answers:
  "question {q}": yes
caused_by_change: "change {q}"
aliases: ["alias {q}"]
key: "key {q}"
fields:
  "field {q}": "value {q}"
"own {q}": 1
---

# Heading {raw}

## Section {raw}

Prose {raw}

## Actions <!-- incident:actions -->

- [ ] A1 act {raw} — @own{raw} due 2026-11-01 TK-{raw} (prevent)
- [x] A2 done {raw}

## Timeline <!-- incident:timeline +09:00 -->

- 2026-11-20 02:51 · Note · who{raw} — text {raw}
  more {raw}
- 2026-11-20 02:51 · one{raw} → two{raw} · w
- 2026-11-20 02:51 · Level one{raw} → two{raw} · w
- 2026-11-20 02:51 · Role role{raw} +person{raw} · w
- 2026-11-20 02:51 · Handover role a{raw} → b{raw} · w
- 2026-11-20 02:51 · Set key{raw}: a{raw} → b{raw} · w
- 2026-11-20 02:51 · Step +step{raw} · w
- 2026-11-20 02:52 · Update 1 · who{raw} — known {raw}
  Customers: told {raw}
  Estimate: soon {raw}
  Next: later {raw}
- 2026-11-20 02:52 · Impact (confirmed) · w — impact {raw}
- 2026-11-20 02:52 · Link · w — https://x.example/{raw}
- 2026-11-20 02:52 · Postmortem · w — https://p.example/{raw}
- 2026-11-20 02:52 · Decision · w — decided {raw}
- unread {raw}

## Links <!-- incident:links -->

- [link {raw}](https://x.example/{raw})
- bare {raw}
"#
    )
}

/// A store of such files, one of them under a name that is hostile too, and some that do not parse.
fn hostile_store() -> TestEnv {
    let env = TestEnv::new();
    let folder = "incidents/2026/11";
    let (raw, q) = (HOSTILE, quoted(HOSTILE));
    env.write(&format!("{folder}/20261120-k7qm-x\u{202e}\u{200f}.md"), incident_file());
    env.write(
        &format!("{folder}/20261120-t4wr-\u{202e}.md"),
        format!("---\nid: \"{q}\"\n{raw}: {raw}\n---\n"),
    );
    let values = format!(
        "status: \"{q}\"\ntitle: a\ntimes: {{declared: \"{q}\", \"m{q}\": 1}}\nschema: \"{q}\"\nmode: \"{q}\"\nanswers: {{a: \"{q}\"}}"
    );
    let broken = format!("---\nid: \"x {q}\"\n{values}\n---\n## T <!-- incident:timeline {raw} -->\n");
    env.write(&format!("{folder}/20261120-t5wr.md"), broken);
    fs::write(env.store.join(folder).join("na\u{1b}[2Jme.md"), "x").unwrap();
    env.write(
        "templates/postmortem-own.md",
        format!("# {{{{ title }}}} {raw}\n{{{{ region.facts }}}}\n{{{{ region.actions }}}}\n"),
    );
    env.write("templates/postmortem-bad.md", format!("{{{{ {raw}"));
    env.git(["config", "user.name", "Aoi\u{1b}[31m\u{202e}"]);
    env.commit_by_hand(&format!("Subject {raw}"));
    env.git(["config", "user.name", "Aoi Arita"]);
    env
}

/// Runs it in both languages, as text and as JSON, and holds what it prints to what this file says.
fn says_nothing_hostile(env: &TestEnv, args: &[&str]) {
    for lang in ["en", "ja"] {
        for json in [&[][..], &["--json"]] {
            let before = ["--lang", lang, "--color", "never", "--no-input"];
            is_inert(args, &env.run(before.iter().chain(json).chain(args).copied()));
        }
    }
}

fn is_inert(args: &[&str], ran: &Ran) {
    let steers = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    for (name, text) in [("stdout", &ran.stdout), ("stderr", &ran.stderr)] {
        assert!(!text.contains("panicked"), "{args:?}: {text}");
        if let Some(at) = text.find(steers) {
            let start = text[..at].char_indices().rev().nth(30).map_or(0, |(start, _)| start);
            let around: String = text[start..].chars().take(50).collect();
            panic!("{args:?} prints on {name}: {around:?}");
        }
    }
}

const READING: &[&[&str]] = &[
    &[],
    &["list", "--all"],
    &["list", "--all", "--format", "{{ id }} {{ title }} {{ roles }} {{ fields }}"],
    &["list", "--status", HOSTILE],
    &["list", "--since", HOSTILE],
    &["show", "k7qm"],
    &["show", HOSTILE],
    &["show", "t5wr"],
    &["timeline", "k7qm"],
    &["timeline", "k7qm", "--from-history"],
    &["timeline", "k7qm", "--format", "markdown"],
    &["timeline", "k7qm", "--format", "mermaid"],
    &["brief", "k7qm"],
    &["brief", "k7qm", "--for", "customers"],
    &["brief", "k7qm", "--for", "management"],
    &["brief", "k7qm", "--for", "newcomer"],
    &["who", "k7qm"],
    &["who", "--severity", "SEV1"],
    &["who", "--area", HOSTILE],
    &["check"],
    &["check", "--annotations", "github"],
    &["check", HOSTILE],
    &["postmortem", "k7qm", "--print"],
    &["postmortem", "k7qm", "--print", "--template", "own"],
    &["postmortem", "k7qm", "--print", "--template", "bad"],
    &["postmortem", "k7qm", "--print", "--template", HOSTILE],
    &["policy", "explain"],
    &["policy", "explain", "k7qm"],
    &["policy", "check"],
    &["watch", "--once"],
    &["watch", "k7qm", "--once"],
    &["step", "-i", "k7qm"],
    &["undo", "k7qm", "--dry-run"],
    &["schema", HOSTILE],
    &["help", HOSTILE],
    &[HOSTILE],
    &["-C", HOSTILE, "list"],
];

const WRITING: &[&[&str]] = &[
    &["note", "-i", "k7qm", HOSTILE],
    &["note", "-i", "k7qm", "x", "--by", HOSTILE],
    &["note", "-i", "k7qm", "x", "--at", HOSTILE],
    &["note", "-i", "k7qm", HOSTILE, "--dry-run"],
    &["status", HOSTILE, "-i", "k7qm"],
    &["status", "fixing", "-i", "k7qm", "-m", HOSTILE],
    &["severity", "SEV2", "-i", "k7qm", "-m", HOSTILE],
    &["assign", "commander", HOSTILE, "-i", "k7qm"],
    &["assign", HOSTILE, "x", "-i", "k7qm"],
    &["handover", HOSTILE, "-i", "k7qm", "-m", HOSTILE],
    &["link", "-i", "k7qm", HOSTILE],
    &["set", "-i", "k7qm", "--title", HOSTILE],
    &["set", "-i", "k7qm", "--impact", HOSTILE],
    &["update", "-i", "k7qm", "-m", HOSTILE],
    &["step", "1", "-i", "k7qm", "-m", HOSTILE],
    &["postmortem", "k7qm"],
    &["postmortem", "k7qm"],
    &["decline", "-i", "k7qm", "-m", HOSTILE],
    &["reopen", "-i", "k7qm", "-m", HOSTILE],
    &["undo", "k7qm"],
    &["new", HOSTILE, "--severity", HOSTILE],
    &["new", HOSTILE, "--severity", "SEV3"],
];

#[test]
fn no_file_steers_the_terminal_that_reads_it() {
    let env = hostile_store();
    READING.iter().for_each(|args| says_nothing_hostile(&env, args));
}

#[test]
fn no_words_steer_the_terminal_that_records_them() {
    let env = hostile_store();
    for args in WRITING {
        is_inert(args, &env.run(["--color", "never", "--no-input"].iter().chain(*args).copied()));
    }
    READING.iter().skip(1).take(30).for_each(|args| is_inert(args, &env.run(args.iter().copied())));
    env.remove("incidents/2026/11/na\u{1b}[2Jme.md");
}

#[test]
fn no_configuration_steers_the_terminal() {
    let env = hostile_store();
    let (policy, settings) = (env.read("severity.toml"), env.read("incident.toml"));
    let (raw, q) = (HOSTILE, quoted(HOSTILE));
    let named = |text: &str| {
        let words = ["name", "ask", "hint", "when", "en", "ja", "text"];
        words.iter().fold(text.to_owned(), |text, key| {
            let key = format!("{key} = \"");
            text.replace(&key, &format!("{key}{UNSEEN}"))
        })
    };
    let person = format!(
        "\n[[person]]\nhandle = \"a{UNSEEN}\"\nname = \"A {UNSEEN}\"\nphone = \"1{UNSEEN}\"\nchat = \"c{UNSEEN}\"\n"
    );
    let reference = format!("\n[[rule]]\nwhen = {{ \"x{q}\" = true }}\nlevel = \"y{q}\"\n");
    for (policy, settings) in [
        (named(&policy), named(&settings) + &person),
        (policy.replace("name = \"", &format!("name = \"{q}")), format!("{settings}\n\"k{q}\" = 1\n")),
        (format!("{policy}\nx = \"{raw}\n{raw} = {raw}"), format!("{settings}\nx = {raw}\n[{raw}")),
        (
            format!("{policy}{reference}"),
            format!("{settings}\n[[status]]\nid = \"z{q}\"\ncategory = \"{q}\"\n"),
        ),
    ] {
        env.write("severity.toml", policy);
        env.write("incident.toml", settings);
        READING.iter().for_each(|args| is_inert(args, &env.run(args.iter().copied())));
        is_inert(&["new"], &env.run(["new", "x", "--severity", "SEV3"]));
    }
}
