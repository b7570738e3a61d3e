//! `incident policy`: the rules looked at, and the path from answers to a level.

use incident::config::defaults::PRESETS;
use serde_json::json;
use snapbox::str;

use crate::environment::TestEnv;

/// A policy with one of everything that is doubtful.
const DOUBTFUL: &str = r#"
[[level]]
id = "S0"

[[level]]
id = "S1"
page = ["comander"]

[[level]]
id = "S2"
postmortem = "clasic"

[[kind]]
id = "outage"
name = "Outage"

[[kind]]
id = "idea"
otherwise = "S2"

[[kind]]
id = "lost"
level = "S2"

[[question]]
id = "down"
ask = "Down?"
kinds = ["outage"]
yes = "S1"

[[question]]
id = "unused"
ask = "Raining?"
kinds = ["outage"]

[[question]]
id = "late"
ask = "Late?"
kinds = ["lost"]
yes = "S1"

[[question]]
id = "slow"
ask = "Slow?"
kinds = ["outage"]
yes = "S2"

[[rule]]
when = { down = true, slow = true }
level = "S1"

[[case]]
name = "it is down"
kind = "outage"
answers = { down = true }
expect = "S2"

[[case]]
name = "it is down"
kind = "outage"
answers = { down = true, late = true }
expect = "S1"
"#;

#[test]
fn a_sound_policy_is_one_line() {
    let env = TestEnv::new();
    env.run(["policy", "check"]).shows(str![[r#"
--- stderr
severity.toml: 4 levels, 16 questions, 6 cases pass

"#]]);
    env.run(["--lang=ja", "policy", "check"]).shows(str![[r#"
--- stderr
severity.toml: レベル 4、質問 16、例は6件とも合格

"#]]);
    env.run(["policy", "check", "--cases"]).shows(str![[r#"
✔  everything is unreachable, not only payments       SEV1  all_down=yes → SEV1
✔  a partner cannot import anything                   SEV2  partner_stopped=yes → SEV2
✔  search is slow but works                           SEV3  anyone=yes → SEV3
✔  a warning that 5 % of the disk is left             SEV4  no rule applies
✔  figures ten times too high were sent to customers  SEV2  seen=yes → SEV2
✔  a locked laptop left in a taxi                     SEV2  customer_data=yes → SEV2
--- stderr
severity.toml: 4 levels, 16 questions, 6 cases pass

"#]]);
}

#[test]
fn every_preset_is_sound() {
    let env = TestEnv::without_store();
    for preset in &PRESETS {
        env.write("severity.toml", preset.policy);
        env.write("incident.toml", preset.settings);
        let ran = env.run(["policy", "check", "--file", "severity.toml"]).succeeds();
        assert_eq!(ran.stdout, "", "{}", preset.name);
    }
}

#[test]
fn everything_doubtful_has_its_place() {
    let env = TestEnv::new();
    env.drop_checklists();
    env.write("severity.toml", DOUBTFUL);
    env.run(["policy", "check"]).shows(str![[r#"
severity.toml:3:6: warning no answers lead to S0; only a person can set it
severity.toml:7:9: error incident.toml has no role “comander”
  hint: did you mean commander?
severity.toml:10:6: error level “S2” wants the postmortem template “clasic”, which does not exist
  hint: did you mean classic?
severity.toml:14:6: note kind “outage” has no otherwise: where no rule applies it comes to S2, the last level
severity.toml:18:6: note kind “idea” asks nothing and always comes to S2; level = "S2" would say so
severity.toml:32:6: warning no rule depends on “unused”: give it a level with yes = "…", or a [[rule]]
severity.toml:37:6: warning “late” is never asked: its kinds have a fixed level
severity.toml:48:1: warning down=yes, slow=yes → S1 can never decide: whenever it applies, so does down=yes → S1
severity.toml:52:1: error the case “it is down” expects S2 and comes out as S1 (down=yes → S1)
severity.toml:58:1: warning another case is called “it is down” too
severity.toml:58:1: warning the case “it is down” answers “late”, which is not asked of its kind and products
--- stderr
severity.toml: 3 levels, 4 questions, 1 of 2 cases pass; 3 errors, 6 warnings
--- exit 5

"#]]);
    env.run(["--lang=ja", "policy", "check", "--cases"]).shows(str![[r#"
✘  it is down  S1  down=yes → S1
✔  it is down  S1  down=yes → S1
severity.toml:3:6: 注意 どう答えても S0 にはなりません。人が手で付けるときだけのレベルです
severity.toml:7:9: エラー incident.toml に「comander」という役割はありません
  ヒント: もしかして: commander
severity.toml:10:6: エラー レベル「S2」の振り返りに使うひな形「clasic」がありません
  ヒント: もしかして: classic
severity.toml:14:6: 参考 種類「outage」に otherwise がありません。どの規則にも当てはまらなければ、最後のレベル S2 になります
severity.toml:18:6: 参考 種類「idea」は何も聞かず、いつも S2 になります。level = "S2" と書くとはっきりします
severity.toml:32:6: 注意 「unused」を使う規則がありません。yes = "…" か [[rule]] でレベルを決めてください
severity.toml:37:6: 注意 「late」は聞かれません。対象の種類は、どれもレベルが決まっています
severity.toml:48:1: 注意 down=yes, slow=yes → S1 で決まることはありません。当てはまるときは、いつも down=yes → S1 も当てはまります
severity.toml:52:1: エラー 例「it is down」は S2 になるはずですが、S1 になります（down=yes → S1）
severity.toml:58:1: 注意 「it is down」という名前の例がほかにもあります
severity.toml:58:1: 注意 例「it is down」の答え「late」は、その種類とサービスでは聞かれません
--- stderr
severity.toml: レベル 3、質問 4、例は2件中1件が合格。エラー 3件、注意 6件
--- exit 5

"#]]);
    let found = env.run(["policy", "check", "--json"]);
    assert_eq!(found.code, 5);
    let found = found.json();
    assert_eq!((&found["kind"], &found["levels"]), (&json!("incident.policy.check"), &json!(3)));
    let case = json!({
        "name": "it is down", "kind": "outage", "products": [], "answers": {"down": true}, "expected": "S2",
        "found": "S1", "passes": false, "decided_by": "rule", "rule": {"when": {"down": true}, "level": "S1"},
    });
    assert_eq!(found["cases"][0], case);
    // The page for newcomers tells of the rules that stood here before.
    env.write("incidents/README.md", "# Ours\n");
    let general = env.run(["check", "--json"]).json();
    assert_eq!(general["findings"], found["findings"]);
}

#[test]
fn what_cannot_be_read_is_an_error() {
    let env = TestEnv::new();
    env.write(
        "severity.toml",
        "[[level]]\nid = \"S1\"\n[[question]]\nid = \"q\"\nask = \"?\"\nyes = \"S2\"\n",
    );
    env.run(["policy", "check"]).shows(str![[r#"
severity.toml:6:7: error there is no level “S2”
  hint: known here: S1
--- stderr
severity.toml cannot be used: 1 error, no warnings
--- exit 5

"#]]);
    env.run(["policy", "explain"]).shows(str![[r#"
--- stderr
error: severity.toml:6:7: there is no level “S2”
hint: known here: S1
hint: to see all that is wrong: incident check
hint: what is committed is fine; to go back to that: git -C [HOME]/incidents restore --staged --worktree severity.toml
--- exit 5

"#]]);
}

#[test]
fn names_in_the_settings_must_name_something() {
    let env = TestEnv::new();
    env.drop_checklists();
    let settings = env.read("incident.toml");
    env.write(
        "incident.toml",
        settings
            + "\n[[step]]\nid = \"look\"\ntext = \"Look\"\nstatuses = [\"fixin\"]\nlevels = [\"SEV5\"]\n",
    );
    env.run(["policy", "check"]).shows(str![[r#"
incident.toml:91:13: error incident.toml has no status “fixin”
  hint: did you mean fixing?
incident.toml:92:11: error severity.toml has no level “SEV5”
  hint: did you mean SEV1, SEV2, SEV3?
--- stderr
severity.toml: 4 levels, 16 questions, 6 cases pass; 2 errors, no warnings
--- exit 5

"#]]);
}

#[test]
fn a_file_is_checked_without_a_store() {
    let env = TestEnv::without_store();
    env.write("new.toml", "[[level]]\nid = \"S1\"\npage = [\"captain\"]\n");
    env.run(["policy", "check", "--file", "new.toml"]).shows(str![[r#"
new.toml:3:9: error incident.toml has no role “captain”
  hint: known here: commander, communications, scribe, responder
--- stderr
new.toml: 1 level, 0 questions, no cases; 1 error, no warnings
--- exit 5

"#]]);
    env.write("incident.toml", "[[role]]\nid = \"captain\"\n");
    env.run(["policy", "check", "--file", "new.toml"]).shows(str![[r#"
--- stderr
new.toml: 1 level, 0 questions, no cases

"#]]);
    env.run_with_input(["policy", "check", "--file", "-"], "[[level]]\nid = \"S1\"\n").shows(str![[r#"
--- stderr
-: 1 level, 0 questions, no cases

"#]]);
    env.run(["policy", "check", "--file", "gone.toml"]).shows(str![[r#"
--- stderr
error: cannot read gone.toml: No such file or directory (os error 2)
--- exit 1

"#]]);
    env.run(["policy", "check"]).shows(str![[r#"
--- stderr
error: there is no store for incidents here
hint: to create one: incident init ~/incidents
hint: to use another: incident -C DIR …, or default = "DIR" in ~/.config/incident/config.toml
--- exit 3

"#]]);
}

#[test]
fn the_whole_policy_is_a_table_per_kind() {
    let env = TestEnv::new();
    env.run(["policy", "explain"]).shows(str![[r#"
  SEV1  Critical — A main feature is down for everyone, or money, data or safety
        may be harmed beyond repair.
  SEV2  Major — Many people are stuck and can only wait.
  SEV3  Limited — Some people are affected, or there is another way to get
        things done.
  SEV4  Early sign — Nobody is affected yet, but somebody will be.

Service outage  outage
  SEV1  Is a main feature down for everyone?  all_down
  SEV1  Is money, data or anyone's safety being harmed?  harm · not sure = yes
  SEV2  Is a partner's work at a standstill?  partner_stopped · only Partner API
  SEV2  Does the app crash as soon as it opens?  app_crashes · only Mobile app
  SEV2  Are many people stuck, with nothing to do but wait?
        many_stuck · not sure = yes
  SEV3  Is even one person affected right now?  anyone · not sure = yes
  SEV4  where no rule applies

Wrong or lost data  data
  SEV1  Is any data gone for good, or possibly so?  gone · not sure = yes
  SEV2  Is it still getting worse as we speak?  growing · not sure = yes
  SEV2  Have customers already seen or used the wrong data?
        seen · not sure = yes
  SEV3  where no rule applies

Security  security
        recorded in the private store “security”
  SEV1  Has information got out, or might it have?  leaked · not sure = yes
  SEV1  Are there signs of an intruder or a stolen account?
        intruder · not sure = yes
  SEV2  Could the weakness still be abused right now?
        exploitable · not sure = yes
  SEV3  where no rule applies

Lost device or badge  device
        recorded in the private store “security”
  SEV1  Could the finder see what is on it?  readable · not sure = yes
  SEV2  Does it give access to customer data?  customer_data · not sure = yes
  SEV3  where no rule applies

Internal IT  it
  SEV1  Are all the ways to reach each other down?  no_contact
  SEV2  Are most staff unable to work?  staff_stuck · not sure = yes
  SEV3  where no rule applies

"#]]);
    env.run(["--lang=ja", "policy", "explain"]).shows(str![[r#"
  SEV1  緊急 — 主な機能を誰も使えない。または、お金・データ・人の安全に取り返し
        のつかない害が出うる。
  SEV2  重大 — 大勢が足止めされていて、待つしかない。
  SEV3  限定的 — 困っている人はいるが、一部か、ほかのやり方がある。
  SEV4  予兆 — まだ誰も困っていない。放っておくと困りそう。

サービス障害  outage
  SEV1  主な機能を、誰も使えない状態ですか  all_down
  SEV1  お金・データ・人の安全に、害が出ていますか  harm · わからない＝はい
  SEV2  取引先の業務が止まっている状態ですか  partner_stopped · 外部連携APIだけ
  SEV2  アプリが、開いた直後に落ちる状態ですか  app_crashes · スマホアプリだけ
  SEV2  大勢が足止めされて、待つしかない状態ですか
        many_stuck · わからない＝はい
  SEV3  困っている人が、1人でもいますか  anyone · わからない＝はい
  SEV4  どれにも当てはまらないとき

データの誤り・消失  data
  SEV1  戻せないデータがある、または戻せるか不明な状態ですか
        gone · わからない＝はい
  SEV2  間違いが、いまも増え続けていますか  growing · わからない＝はい
  SEV2  お客様がもう、その間違いを見た・使った状態ですか
        seen · わからない＝はい
  SEV3  どれにも当てはまらないとき

セキュリティ  security
        限られた人だけが見られる「security」に記録
  SEV1  情報が外に出た、または出たかもしれない状態ですか
        leaked · わからない＝はい
  SEV1  誰かが入った・乗っ取られた跡がありますか  intruder · わからない＝はい
  SEV2  その弱点を、いまも悪用できる状態ですか  exploitable · わからない＝はい
  SEV3  どれにも当てはまらないとき

端末・入館証の紛失  device
        限られた人だけが見られる「security」に記録
  SEV1  拾った人が、中身を見られる状態ですか  readable · わからない＝はい
  SEV2  お客様の情報を見られる端末ですか  customer_data · わからない＝はい
  SEV3  どれにも当てはまらないとき

社内システム障害  it
  SEV1  社員どうしの連絡手段が、すべて使えない状態ですか  no_contact
  SEV2  社員の大半が、仕事を続けられない状態ですか
        staff_stuck · わからない＝はい
  SEV3  どれにも当てはまらないとき

"#]]);
    let shown = env.run(["policy", "explain", "--json"]).json();
    assert_eq!(shown["path"], json!(null));
    assert_eq!(shown["kinds"][0]["reaches"], json!(["SEV1", "SEV2", "SEV3", "SEV4"]));
    assert_eq!(shown["kinds"][2]["store"], "security");
}

#[test]
fn rules_that_combine_answers_stand_below_the_questions() {
    let env = TestEnv::new();
    env.write(
        "severity.toml",
        "[[level]]\nid = \"P1\"\n[[level]]\nid = \"P2\"\n[[level]]\nid = \"P3\"\n\
         [[question]]\nid = \"heavy\"\nask = \"Important?\"\n[[question]]\nid = \"soon\"\nask = \"Urgent?\"\n\
         ask_when = \"later\"\n[[rule]]\nwhen = { heavy = true, soon = true }\nlevel = \"P1\"\n\
         [[rule]]\nwhen = { heavy = false, soon = true }\nlevel = \"P2\"\n",
    );
    env.run(["policy", "explain"]).shows(str![[r#"
  P1
  P2
  P3

  ·   Important?  heavy
  ·   Urgent?  soon · asked later
  P1  heavy=yes + soon=yes
  P2  heavy=no + soon=yes
  P3  where no rule applies

"#]]);
    env.run(["policy", "explain", "--answer", "heavy=yes"]).shows(str![[r#"
Questions, in asking order
  1  yes  Important?  heavy

Not asked
  asked later, by others
     Urgent?  soon

Level           Not rated yet
Because         nothing decides yet
Still possible  heavy=yes, soon=yes → P1

"#]]);
    env.run(["--lang=ja", "policy", "explain", "-a", "heavy=yes", "-a", "soon=no"]).shows(str![[r#"
質問（聞く順）
  1  はい    Important?  heavy
  2  いいえ  Urgent?  soon

レベル  P3
決め手  どれにも当てはまらないとき

"#]]);
}

#[test]
fn answers_on_the_command_line_are_followed_to_their_level() {
    let env = TestEnv::new();
    env.run([
        "policy",
        "explain",
        "--kind",
        "outage",
        "--product",
        "app",
        "-a",
        "many_stuck=yes",
        "-a",
        "harm=no",
    ])
    .shows(str![[r#"
Kind      Service outage
Products  Mobile app

Questions, in asking order
  1  open  Is a main feature down for everyone?  all_down → SEV1
  2  no    Is money, data or anyone's safety being harmed?  harm → SEV1
  3  open  Does the app crash as soon as it opens?  app_crashes → SEV2
  4  yes   Are many people stuck, with nothing to do but wait?
           many_stuck → SEV2

Not asked
  not for this product
     Is a partner's work at a standstill?  partner_stopped
  cannot make it worse any more
     Is even one person affected right now?  anyone
  10 questions are for other kinds

Level           SEV2 (Major)
Because         many_stuck=yes → SEV2
Still possible  all_down=yes → SEV1

"#]]);
    env.run(["--lang=ja", "policy", "explain", "--kind", "障害", "-a", "all_down=yes", "-a", "anyone=yes"])
        .shows(str![[r#"
--- stderr
エラー: 「障害」という種類はありません
ヒント: ここで使えるもの: outage (サービス障害), data (データの誤り・消失), security (セキュリティ), device (端末・入館証の紛失), it (社内システム障害)
--- exit 3

"#]]);
    env.run(["policy", "explain", "--kind", "device", "-a", "readable=unsure"]).shows(str![[r#"
Kind  Lost device or badge

Questions, in asking order
  1  not sure  Could the finder see what is on it?
               readable → SEV1 · not sure = yes

Not asked
  cannot make it worse any more
     Does it give access to customer data?  customer_data
  14 questions are for other kinds

Level    SEV1 (Critical)
Because  readable=yes → SEV1

"#]]);
    env.run(["policy", "explain", "-a", "readable=no"]).shows(str![[r#"
--- stderr
error: say what kind of thing it is
hint: --kind one of outage, data, security, device, it
--- exit 2

"#]]);
    env.run(["policy", "explain", "--kind", "outage", "-a", "all_dwn=no"]).shows(str![[r#"
--- stderr
error: there is no question “all_dwn”
hint: did you mean all_down?
--- exit 3

"#]]);
    env.run(["policy", "explain", "k7qm"]).shows(str![[r#"
--- stderr
error: nothing matches “k7qm”
hint: to see them all: incident list --all
--- exit 3

"#]]);
}

#[test]
fn an_incident_is_explained_with_what_a_person_made_of_it() {
    let env = TestEnv::new();
    let answers = ["--answer", "all_down=no", "--answer", "harm=no", "--answer", "many_stuck=yes"];
    let new = ["new", "Search is slow", "--kind", "outage", "--product", "web"];
    env.run(new.into_iter().chain(answers)).succeeds();
    let id = env.path_of("")[18..31].to_owned();
    env.run(["policy", "explain", &id]).shows(str![[r#"
4gv3  Search is slow
Kind      Service outage
Products  Customer web

Questions, in asking order
  1  no   Is a main feature down for everyone?  all_down → SEV1
  2  no   Is money, data or anyone's safety being harmed?  harm → SEV1
  3  yes  Are many people stuck, with nothing to do but wait?  many_stuck → SEV2

Not asked
  not for this product
     Is a partner's work at a standstill?  partner_stopped
     Does the app crash as soon as it opens?  app_crashes
  cannot make it worse any more
     Is even one person affected right now?  anyone
  10 questions are for other kinds

Level    SEV2 (Major)
Because  many_stuck=yes → SEV2

"#]]);
    env.run(["severity", "SEV1", "-m", "a key client is on stage"]).succeeds();
    env.run(["policy", "explain", &id]).shows(str![[r#"
4gv3  Search is slow
Kind      Service outage
Products  Customer web

Questions, in asking order
  1  no   Is a main feature down for everyone?  all_down → SEV1
  2  no   Is money, data or anyone's safety being harmed?  harm → SEV1
  3  yes  Are many people stuck, with nothing to do but wait?  many_stuck → SEV2

Not asked
  not for this product
     Is a partner's work at a standstill?  partner_stopped
     Does the app crash as soon as it opens?  app_crashes
  cannot make it worse any more
     Is even one person affected right now?  anyone
  10 questions are for other kinds

Level     SEV2 (Major)
Because   many_stuck=yes → SEV2
Recorded  SEV1 (Critical), 02:57, Aoi Arita: a key client is on stage

"#]]);
    env.run(["--lang=ja", "policy", "explain", &id]).shows(str![[r#"
4gv3  Search is slow
種類      サービス障害
サービス  お客様向けWeb

質問（聞く順）
  1  いいえ  主な機能を、誰も使えない状態ですか  all_down → SEV1
  2  いいえ  お金・データ・人の安全に、害が出ていますか  harm → SEV1
  3  はい    大勢が足止めされて、待つしかない状態ですか  many_stuck → SEV2

聞かない質問
  このサービスの質問ではない
     取引先の業務が止まっている状態ですか  partner_stopped
     アプリが、開いた直後に落ちる状態ですか  app_crashes
  これ以上重くならないので聞かない
     困っている人が、1人でもいますか  anyone
  ほかの種類の質問が10個

レベル  SEV2「重大」
決め手  many_stuck=yes → SEV2
記録    SEV1「緊急」（02:57 Aoi Arita）: a key client is on stage

"#]]);
    // What if it had been otherwise?
    env.run(["policy", "explain", &id, "--answer", "all_down=unsure", "--answer", "many_stuck=no"]).shows(
        str![[r#"
4gv3  Search is slow
Kind      Service outage
Products  Customer web

Questions, in asking order
  1  not sure  Is a main feature down for everyone?  all_down → SEV1
  2  no        Is money, data or anyone's safety being harmed?  harm → SEV1
  3  no        Are many people stuck, with nothing to do but wait?
               many_stuck → SEV2
  4  open      Is even one person affected right now?  anyone → SEV3

Not asked
  not for this product
     Is a partner's work at a standstill?  partner_stopped
     Does the app crash as soon as it opens?  app_crashes
  10 questions are for other kinds

Level           Not rated yet
Because         nothing decides yet
Still possible  all_down=yes → SEV1
                anyone=yes → SEV3
Recorded        SEV1 (Critical), 02:57, Aoi Arita: a key client is on stage
Next            incident severity -i 4gv3

"#]],
    );
    let shown = env.run(["policy", "explain", &id, "--json"]).json();
    assert_eq!((&shown["path"]["level"], &shown["path"]["decided_by"]), (&json!("SEV2"), &json!("rule")));
    assert_eq!(shown["path"]["recorded"]["reason"], "a key client is on stage");
    assert_eq!(
        shown["path"]["questions"][0],
        json!({
            "id": "all_down", "ask": "Is a main feature down for everyone?", "turn": "answered", "answer": "no",
        })
    );
}

#[test]
fn hostile_words_of_a_policy_are_shown_inert() {
    let env = TestEnv::new();
    env.write(
        "severity.toml",
        "[[level]]\nid = \"S1\"\n[[kind]]\nid = \"k\"\nname = \"a | b\"\notherwise = \"S1\"\n\
         [[question]]\nid = \"q\"\nask = \"\"\"one\ntwo \u{200b}?\"\"\"\nyes = \"S1\"\n",
    );
    env.run(["policy", "explain"]).shows(str![[r#"
  S1

a | b  k
  S1  one\ntwo \u{200b}?  q
  S1  where no rule applies

"#]]);
}
