//! Names shown in either language are taken wherever an id is, whatever language the person speaks.

use snapbox::str;

use crate::environment::TestEnv;

/// Runs everything that takes a word, with the words of one language.
#[track_caller]
fn play(env: &TestEnv, words: &[(&str, &str)]) {
    let word = |id: &str| words.iter().find(|(known, _)| *known == id).expect("a word").1.to_owned();
    let run = |args: &[&str]| env.run(args.iter().copied()).succeeds();
    run(&[
        "new",
        "Checkout fails",
        "-k",
        &word("outage"),
        "-p",
        &word("web"),
        "-s",
        &word("SEV2"),
        "--detected-by",
        &word("customer"),
    ]);
    run(&["status", &word("fixing"), "--if-status", &word("triage")]);
    run(&["assign", &word("commander"), &word("me")]);
    run(&["severity", &word("SEV1"), "-m", "worse"]);
    for kind in ["premise", "checked", "thought", "tried", "decision", "contact", "note"] {
        run(&["note", "-k", &word(kind), "said"]);
    }
    run(&[
        "set",
        &format!("{}={}", word("kind"), word("data")),
        &format!("{}={}", word("mode"), word("drill")),
        &format!("{}={}", word("detected_by"), word("monitoring")),
        &format!("{}={}", word("products"), word("app")),
    ]);
    let list = env.run([
        "list",
        "--status",
        &word("fixing"),
        "--level",
        &word("SEV1"),
        "-k",
        &word("data"),
        "-p",
        &word("app"),
        "--role",
        &word("commander"),
        "--person",
        &word("me"),
        "--mode",
        &word("drill"),
        "--json",
    ]);
    let found = &list.json()["incidents"][0];
    assert_eq!(found["status"], "fixing");
    assert_eq!(found["severity"], "SEV1");
    assert_eq!(found["kind"], "data");
    assert_eq!(found["products"], serde_json::json!(["app"]));
    assert_eq!(found["mode"], "drill");
    assert_eq!(found["detected_by"], "monitoring");
    assert_eq!(found["roles"]["commander"][0], "aoi");
}

const JAPANESE: [(&str, &str); 24] = [
    ("outage", "サービス障害"),
    ("data", "データの誤り・消失"),
    ("web", "お客様向けWeb"),
    ("app", "スマホアプリ"),
    ("SEV1", "緊急"),
    ("SEV2", "ＳＥＶ２"),
    ("customer", "お客様"),
    ("monitoring", "監視"),
    ("triage", "確認中"),
    ("fixing", "対処中"),
    ("commander", "指揮"),
    ("me", "自分"),
    ("premise", "前提"),
    ("checked", "調べたこと"),
    ("thought", "考えたこと"),
    ("tried", "試したこと"),
    ("decision", "決めたこと"),
    ("contact", "連絡したこと"),
    ("note", "メモ"),
    ("kind", "種類"),
    ("mode", "区分"),
    ("drill", "訓練"),
    ("detected_by", "気づいたきっかけ"),
    ("products", "サービス"),
];

const ENGLISH: [(&str, &str); 24] = [
    ("outage", "service outage"),
    ("data", "Wrong or lost data"),
    ("web", "customer web"),
    ("app", "mobile app"),
    ("SEV1", "critical"),
    ("SEV2", "Major"),
    ("customer", "Customer"),
    ("monitoring", "MONITORING"),
    ("triage", "Triage"),
    ("fixing", "Fixing"),
    ("commander", "incident commander"),
    ("me", "ME"),
    ("premise", "Premise"),
    ("checked", "Checked"),
    ("thought", "Thought"),
    ("tried", "Tried"),
    ("decision", "Decision"),
    ("contact", "Contact"),
    ("note", "Note"),
    ("kind", "Kind"),
    ("mode", "Mode"),
    ("drill", "Drill"),
    ("detected_by", "Noticed by"),
    ("products", "Products"),
];

#[test]
fn japanese_names_are_taken_from_whoever_speaks_english() {
    play(&TestEnv::new(), &JAPANESE);
}

#[test]
fn english_names_are_taken_from_whoever_speaks_japanese() {
    play(&TestEnv::japanese(), &ENGLISH);
}

#[test]
fn a_slip_in_a_name_is_pointed_out_in_the_language_it_was_typed_in() {
    let env = TestEnv::japanese();
    env.declare("Checkout fails");
    env.run(["note", "-k", "決めたとこ", "said"]).shows(str![[r#"
--- stderr
エラー: --kind <KIND> に「決めたとこ」は使えません
ヒント: もしかして「決めたこと」
ヒント: 選べる値: note, premise, checked, thought, tried, decision, contact
--- exit 2

"#]]);
    env.run(["list", "--mode", "kunren"]).shows(str![[r#"
--- stderr
エラー: --mode <MODE> に「kunren」は使えません
ヒント: 選べる値: real, drill, retrospective
--- exit 2

"#]]);
    env.run(["status", "対応ちゅう"]).shows(str![[r#"
--- stderr
エラー: 「対応ちゅう」という状態はありません
ヒント: ここで使えるもの: triage (確認中), investigating (調査中), fixing (対処中), monitoring (経過観察), resolved (振り返り中), closed (完了), declined (対象外)
--- exit 3

"#]]);
    env.run(["assign", "指揮官"]).shows(str![[r#"
--- stderr
エラー: 「指揮官」という役割はありません
ヒント: もしかして: commander (指揮)
--- exit 3

"#]]);
    env.run(["set", "区分=訓錬"]).shows(str![[r#"
--- stderr
エラー: 「訓錬」という区分はありません
ヒント: ここで使えるもの: real, drill, retrospective
--- exit 2

"#]]);
}
