//! Two languages: messages follow the person, documents the store.

use snapbox::str;

use crate::environment::TestEnv;

#[test]
fn the_language_of_messages_is_asked_for_in_this_order() {
    let env = TestEnv::new();
    env.unset("INCIDENT_LANG");
    let first_line = |env: &TestEnv, args: &[&str]| {
        let ran = env.run(args.iter().copied());
        ran.stderr.lines().next().unwrap_or_default().to_owned()
    };
    let english = "No incidents yet. To declare one: incident new";
    let japanese = "まだ何もありません。起票する: incident new";
    assert_eq!(first_line(&env, &["list"]), english);
    env.set("LANG", "ja_JP.UTF-8");
    assert_eq!(first_line(&env, &["list"]), japanese);
    env.set("LC_ALL", "C");
    assert_eq!(first_line(&env, &["list"]), english);
    env.set("INCIDENT_LANG", "ja");
    assert_eq!(first_line(&env, &["list"]), japanese);
    assert_eq!(first_line(&env, &["list", "--lang", "en"]), english);
    assert_eq!(first_line(&env, &["--lang=en", "list"]), english);
    env.run(["--lang=fr", "list"]).shows(str![[r#"
--- stderr
エラー: --lang <LANG> に「fr」は使えません（「fr」という言語では表示できません）
ヒント: ここで使えるもの: en, ja
--- exit 2

"#]]);
    env.run(["--lang=en", "lits"]).shows(str![[r#"
--- stderr
error: unknown command “lits”
hint: did you mean “incident list”?
hint: incident --help
--- exit 2

"#]]);
    env.run(["lits"]).shows(str![[r#"
--- stderr
エラー: 「lits」というコマンドはありません
ヒント: もしかして「incident list」
ヒント: incident --help
--- exit 2

"#]]);
}

#[test]
fn documents_stay_in_the_language_of_the_store() {
    let env = TestEnv::japanese();
    env.set("INCIDENT_LANG", "en");
    env.declare("決済が全部エラーになる");
    env.run(["status", "Fixing", "-m", "Rolling back"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 決済が全部エラーになる: Triage → Fixing — Rolling back ([COMMIT])
Skipped: Investigating. That is fine.
To do now
 1 □ Give the whole company a first report  Communications  by 03:16 (in 20 min)
     → The words to paste: incident update
 2 □ Tell the commander before and after you touch anything  Responder
 3 □ Report at the promised time, news or not  Communications
When it is done: incident step 1 -i 4gv3

"#]]);
    assert!(env.incident_file().contains("- 2026-11-20 02:56 · 確認中 → 対処中 · Aoi Arita — Rolling back"));
    env.run(["show"]).shows(str![[r#"
決済が全部エラーになる
20261120-4gv3  SEV1 (Critical)  Fixing since 02:56, 1 min

Incident commander  nobody yet: incident assign commander me -i 4gv3
Declared            02:55
Taken on            02:56
Time to take on     1 min
Reported by         Aoi Arita
File                incidents/2026/11/20261120-4gv3-決済が全部エラーになる.md

To do now
 1 □ Give the whole company a first report  Communications  by 03:16 (in 19 min)
 2 □ Tell the commander before and after you touch anything  Responder
 3 □ Report at the promised time, news or not  Communications

Timeline
Fri 20 Nov
  02:55  Declared · Aoi Arita
         SEV1（指定）
  02:56  Triage → Fixing · Aoi Arita
         Rolling back

"#]]);
}

#[test]
fn words_of_the_other_language_are_read_in_files() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let entry = "- 2026-11-20 02:58頃 · 調査中 → 対処中 · 有田 — 切り戻しを決定（記録 03:05）\n\n## Links";
    env.replace(&env.path_of(""), "\n## Links", entry);
    env.commit_by_hand("Typed on the web");
    env.run(["timeline"]).shows(str![[r#"
Fri 20 Nov
  02:55   Declared · Aoi Arita
          SEV1 (stated)
  ~02:58  Investigating → Fixing · 有田 · recorded 02:56 · by hand
          切り戻しを決定

"#]]);
    env.run(["check"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.md:9:1: warning status says triage, the timeline ends at fixing
--- stderr
1 incident checked: no errors, 1 warning

"#]]);
    env.run(["note", "Later"]).succeeds();
    assert!(env.incident_file().contains("02:58頃 · 調査中 → 対処中 · 有田 — 切り戻しを決定（記録 03:05）"));
}

#[test]
fn errors_under_json_are_objects_in_the_persons_language() {
    let env = TestEnv::japanese();
    let error = env.run(["show", "zzzz", "--json"]);
    error.shows(str![[r#"
--- stderr
{"schema":1,"kind":"incident.error","exit":3,"message":"「zzzz」に当てはまる事案はありません","hints":["一覧を見る: incident list --all"],"path":null,"line":null,"column":null}
--- exit 3

"#]]);
    assert_eq!(error.json_error()["kind"], "incident.error");
    env.run(["lits", "--json"]).shows(str![[r#"
--- stderr
{"schema":1,"kind":"incident.error","exit":2,"message":"「lits」というコマンドはありません","hints":["もしかして「incident list」","incident --help"],"path":null,"line":null,"column":null}
--- exit 2

"#]]);
    env.run(["new", "x", "-k", "outage", "--json"]).shows(str![[r#"
--- stderr
{"schema":1,"kind":"incident.error","exit":2,"message":"レベルを決めるには答えが要ります","hints":["「主な機能を、誰も使えない状態ですか」に答える: --answer all_down=yes|no|unsure","「お金・データ・人の安全に、害が出ていますか」に答える: --answer harm=yes|no|unsure","「大勢が足止めされて、待つしかない状態ですか」に答える: --answer many_stuck=yes|no|unsure","「困っている人が、1人でもいますか」に答える: --answer anyone=yes|no|unsure","レベルなしで記録する: --unrated"],"path":null,"line":null,"column":null}
--- exit 2

"#]]);
}
