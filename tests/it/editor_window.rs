//! Editor windows that are older than what was recorded since.

use snapbox::str;

use crate::environment::{TestEnv, same};

#[test]
fn an_editor_window_opened_before_three_notes_loses_none() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let path = env.path_of("");
    let opened = env.read(&path);
    for note in ["one", "two", "three"] {
        env.run(["note", note]).succeeds();
    }
    env.write(&path, opened.replacen("## Impact\n", "## Impact\n\nNobody can pay.\n", 1));
    env.run(["note", "four"]).shows(str![[r#"
20261120-4gv3
--- stderr
Your edit of incidents/2026/11/20261120-4gv3-checkout-fails.md was recorded first, as a commit of its own.
3 recorded entries that the edit would have dropped were kept.
✔ Recorded 4gv3 Checkout fails: Note — four ([COMMIT])

"#]]);
    same(
        &env.incident_file(),
        str![[r#"
---
schema: 1
id: 20261120-4gv3
title: Checkout fails

kind: null
severity: SEV1
mode: real
status: triage
detected_by: null
reporter: aoi

roles: {}

times:
  declared: 2026-11-20T02:55:12+09:00

products: []
---

# Checkout fails

## In one sentence

<!-- What happened to customers or staff, in one sentence. It can wait. -->

## Impact

Nobody can pay.

<!-- Who, what, from when to when, how many. Say “provisional” until it is confirmed, then name the source. -->

## Actions <!-- incident:actions -->

## Timeline <!-- incident:timeline +09:00 -->

- 2026-11-20 02:55 · Declared · Aoi Arita — SEV1 (stated)
- 2026-11-20 02:56 · Note · Aoi Arita — one
- 2026-11-20 02:57 · Note · Aoi Arita — two
- 2026-11-20 02:58 · Note · Aoi Arita — three
- 2026-11-20 02:59 · Note · Aoi Arita — four

## Links <!-- incident:links -->

"#]],
    );
    assert_eq!(env.status_porcelain(), "");
    env.run(["check"]).shows(str![[r#"
--- stderr
1 incident checked: no errors, no warnings

"#]]);
}

#[test]
fn what_a_merge_of_a_hand_edit_decided_is_said() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let path = env.path_of("");
    let opened = env.read(&path);
    env.run(["note", "one", "-q"]).succeeds();
    let section = "## In one sentence\n";
    env.write(&path, env.read(&path).replace(section, &format!("{section}\nNobody could pay.\n")));
    env.git(["commit", "-qam", "say it"]);
    env.write(&path, opened.replace(section, &format!("{section}\nEvery payment failed.\n")));
    env.run(["note", "two"]).shows(str![[r#"
20261120-4gv3
--- stderr
Your edit of incidents/2026/11/20261120-4gv3-checkout-fails.md was recorded first, as a commit of its own.
1 recorded entry that the edit would have dropped was kept.
both sides rewrote the same lines; both versions stand between marks
✔ Recorded 4gv3 Checkout fails: Note — two ([COMMIT])

"#]]);
    assert!(env.read(&path).contains("Nobody could pay."), "committed words stay");
}

/// `:w` in an editor window that was opened before the last record, with nothing changed in it.
#[test]
fn an_old_window_that_is_saved_as_it_is_gives_way() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let path = env.path_of("");
    for stage in [false, true] {
        let old = env.read(&path);
        env.run(["note", "Three calls so far"]).succeeds();
        env.write(&path, old);
        if stage {
            env.git(["add", &path]);
        }
        let commits = env.commits();
        let ran = env.run(["note", "after"]).succeeds();
        let said =
            if stage { "was staged as an older commit has it" } else { "held nothing that is not recorded" };
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
        assert_eq!((env.commits(), env.status_porcelain().as_str()), (commits + 1, ""));
    }
    let text = env.read(&path);
    assert_eq!((text.matches("Three calls").count(), text.matches("after").count()), (2, 2));
}
