//! `incident postmortem`: the draft, and a person's words that stay.

use snapbox::str;

use crate::environment::{TestEnv, same};

fn over(env: &TestEnv) -> String {
    let new = ["new", "Checkout fails", "--severity=SEV1", "-k", "outage", "-p", "web", "--started=02:40"];
    let id = env.run(new).succeeds().stdout.trim().to_owned();
    env.run(["assign", "commander"]).succeeds();
    env.run(["status", "fixing", "-m", "Rolling back | to v2.4"]).succeeds();
    env.run(["mitigate"]).succeeds();
    env.run(["set", "impact=About 300 orders failed"]).succeeds();
    env.run(["resolve"]).succeeds();
    id
}

fn review_of(env: &TestEnv) -> String {
    env.path_of("checkout").replace(".md", ".postmortem.md")
}

#[test]
fn the_draft_is_filled_in() {
    let env = TestEnv::new();
    over(&env);
    env.run(["postmortem"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Postmortem ([COMMIT])
A draft stands in incidents/2026/11/20261120-4gv3-checkout-fails.postmortem.md. Edit it with any editor; run the same command again to bring the generated parts up to date.
Still empty: In one sentence, Impact, What came together, How we found out, What went well, What was hard, Where we got lucky, Actions, For the next person on call, Was the level right?

"#]]);
    same(
        &env.read(&review_of(&env)),
        str![[r#"
---
incident: 20261120-4gv3
state: draft # draft | in review | reviewed
author: "Aoi Arita"
---

# Postmortem: Checkout fails

<!-- incident:generated facts 417e7073 -->
| | |
|---|---|
| Incident | [20261120-4gv3](20261120-4gv3-checkout-fails.md) SEV1 (Critical) |
| Impact lasted | 18 min |
| Time to notice | unknown: “Noticed” is not recorded |
| Time to take on | 1 min |
| Time to mitigate | unknown: “Noticed” is not recorded |
| Time to resolve | 5 min |
| Incident commander | Aoi Arita |
| Due | Wed 25 Nov 2026 |
<!-- /incident:generated -->

> **Before you read** We start from the view that this could have happened to any of us.
> We do not ask who, but what could be seen at that moment and what could not.
> Names appear in the timeline only; below it we write roles. If somebody is here for the first time, we read this aloud.

## In one sentence

<!-- What happened to customers, without jargon. For example: for 51 minutes at night every card payment failed. -->

## Impact

<!-- incident:generated impact 9be1ad7b -->
From Fri 20 Nov 2026 02:40 to 02:58 (18 min).
- Impact (provisional): About 300 orders failed
<!-- /incident:generated -->

<!-- Who could not do what, how many, for how long. Give the source of every figure, and what was found not to have happened. -->

## Timeline

<!-- incident:generated diagram e4905b02 -->
```mermaid
gantt
    title 20261120-4gv3 Checkout fails
    dateFormat YYYY-MM-DD HH:mm
    axisFormat %H:%M
    todayMarker off
    section Status
    Triage :2026-11-20 02:55, 2026-11-20 02:57
    Fixing :2026-11-20 02:57, 2026-11-20 02:58
    Monitoring :2026-11-20 02:58, 2026-11-20 03:00
    Reviewing :milestone, 2026-11-20 03:00, 0m
    section Impact
    Impact :crit, 2026-11-20 02:40, 2026-11-20 02:58
    section What happened
    02#58;40 Impact began :milestone, 2026-11-20 02:40, 0m
    02#58;55 Declared :milestone, 2026-11-20 02:55, 0m
    02#58;56 Taken on :milestone, 2026-11-20 02:56, 0m
    02#58;58 Impact over :milestone, 2026-11-20 02:58, 0m
    03#58;00 Resolved :milestone, 2026-11-20 03:00, 0m
```
<!-- /incident:generated -->

<!-- incident:generated timeline ebb57909 -->
| When | What | Who |
|---|---|---|
| 2026-11-20 02:40 | Impact began | Aoi Arita |
| 2026-11-20 02:55 | Declared — SEV1 (stated) | Aoi Arita |
| 2026-11-20 02:56 | Role Incident commander +Aoi Arita | Aoi Arita |
| 2026-11-20 02:56 | Taken on | Aoi Arita |
| 2026-11-20 02:57 | Triage → Fixing — Rolling back \| to v2.4 | Aoi Arita |
| 2026-11-20 02:58 | Fixing → Monitoring | Aoi Arita |
| 2026-11-20 02:59 | Impact (provisional) — About 300 orders failed | Aoi Arita |
| 2026-11-20 03:00 | Monitoring → Reviewing | Aoi Arita |
<!-- /incident:generated -->

<!-- Filled in. Add what is missing with incident note --at 03:10 "…" and run incident postmortem again. -->

## What came together

<!-- There is seldom one cause. Three questions help:
     why did it happen / why did it spread / why was it not noticed or mended at once?
     If the answer is “nobody checked”: what would the check have shown, and where was it written? -->

## How we found out

<!-- How long it took, and what it would have taken to notice before the customers did. -->

## What went well

<!-- What you want to count on next time. Praise is welcome. -->

## What was hard

<!-- Where tools, information, procedures or roles held people up. -->

## Where we got lucky

<!-- What you cannot count on next time. -->

## Actions <!-- incident:actions -->

<!-- incident:generated actions bab0024d -->
None are recorded yet.
<!-- /incident:generated -->

<!-- One line each: what, who, by when, and how you will know that it is done. Classes: prevent / detect / mitigate / process.
     For example: - [ ] A1 limit payment retries — @bob due 2026-12-04 PAY-123 (prevent)
     Keep what you decided not to do as well, with the reason. -->

## For the next person on call

<!-- What to try first on seeing the same screen. Three lines at most. -->

## Was the level right?

<!-- If a question should change, propose one change to severity.toml. -->

"#]],
    );
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T03:01:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T03:01:12+09:00

20261120-4gv3: Postmortem

Incident: 20261120-4gv3
Incident-Event: postmortem {"who":"Aoi Arita"}
Incident-At: 2026-11-20T03:01:12+09:00
Incident-Recorded: 2026-11-20T03:01:12+09:00


M	incidents/2026/11/20261120-4gv3-checkout-fails.md
A	incidents/2026/11/20261120-4gv3-checkout-fails.postmortem.md

"#]],
    );
    assert_eq!(env.status_porcelain(), "");
    env.run(["check"]).shows(str![[r#"
--- stderr
1 incident checked: no errors, no warnings

"#]]);
    assert_eq!(env.run(["show", "--json"]).json()["incident"]["postmortem"], review_of(&env));
}

#[test]
fn the_draft_is_filled_in_in_japanese() {
    let env = TestEnv::japanese();
    over(&env);
    env.run(["postmortem"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ 記録しました　4gv3 Checkout fails　振り返り（[COMMIT]）
下書きを incidents/2026/11/20261120-4gv3-checkout-fails.postmortem.md に書きました。どのエディターでも書けます。自動の部分を新しくするには、同じコマンドをもう一度。
まだ空の節: ひとことで、影響、何が重なったか、どう気づいたか、うまくいったこと、難しかったこと、運がよかったこと、再発防止、次の当番へ、レベルの付け方は合っていたか

"#]]);
    same(
        &env.read(&review_of(&env)),
        str![[r#"
---
incident: 20261120-4gv3
state: draft # draft | in review | reviewed
author: "Aoi Arita"
---

# 振り返り: Checkout fails

<!-- incident:generated facts 71cec05e -->
| | |
|---|---|
| 事案 | [20261120-4gv3](20261120-4gv3-checkout-fails.md) SEV1「緊急」 |
| 困っていた時間 | 18分 |
| 気づくまで | 不明（「検知」の記録なし） |
| 引き受けるまで | 1分 |
| 気づいてから止まるまで | 不明（「検知」の記録なし） |
| 起票から収束まで | 5分 |
| 指揮 | Aoi Arita |
| 期限 | 2026/11/25(水) |
<!-- /incident:generated -->

> **読む前に** 誰がやっても起こりえた、というところから始めます。
> 知りたいのは「誰が」ではなく、「そのとき何が見えていて、何が見えていなかったか」です。
> 名前は経過だけに出し、ここから下は役割で書きます。初めての人がいたら、声に出して読み合わせます。

## ひとことで

<!-- お客様に何が起きたかを1文で。略語なし。例: 未明の51分間、カードでの支払いがすべて失敗した。 -->

## 影響

<!-- incident:generated impact 3f787b6b -->
2026/11/20(金) 02:40 〜 02:58（18分）
- 影響（仮）: About 300 orders failed
<!-- /incident:generated -->

<!-- 誰が・何を・何件。数字には出どころを。「なかったと確認できたこと」も書く（例: 二重請求は0件）。 -->

## 経過

<!-- incident:generated diagram 21f05e5d -->
```mermaid
gantt
    title 20261120-4gv3 Checkout fails
    dateFormat YYYY-MM-DD HH:mm
    axisFormat %H:%M
    todayMarker off
    section 状態
    確認中 :2026-11-20 02:55, 2026-11-20 02:57
    対処中 :2026-11-20 02:57, 2026-11-20 02:58
    経過観察 :2026-11-20 02:58, 2026-11-20 03:00
    振り返り中 :milestone, 2026-11-20 03:00, 0m
    section 影響
    影響 :crit, 2026-11-20 02:40, 2026-11-20 02:58
    section できごと
    02#58;40 影響開始 :milestone, 2026-11-20 02:40, 0m
    02#58;55 起票 :milestone, 2026-11-20 02:55, 0m
    02#58;56 引き受け :milestone, 2026-11-20 02:56, 0m
    02#58;58 影響解消 :milestone, 2026-11-20 02:58, 0m
    03#58;00 収束 :milestone, 2026-11-20 03:00, 0m
```
<!-- /incident:generated -->

<!-- incident:generated timeline 578685c2 -->
| いつ | 何が | だれ |
|---|---|---|
| 2026-11-20 02:40 | 影響開始 | Aoi Arita |
| 2026-11-20 02:55 | 起票 — SEV1（指定） | Aoi Arita |
| 2026-11-20 02:56 | 役割 指揮 +Aoi Arita | Aoi Arita |
| 2026-11-20 02:56 | 引き受け | Aoi Arita |
| 2026-11-20 02:57 | 確認中 → 対処中 — Rolling back \| to v2.4 | Aoi Arita |
| 2026-11-20 02:58 | 対処中 → 経過観察 | Aoi Arita |
| 2026-11-20 02:59 | 影響（仮） — About 300 orders failed | Aoi Arita |
| 2026-11-20 03:00 | 経過観察 → 振り返り中 | Aoi Arita |
<!-- /incident:generated -->

<!-- 自動で入る。足りない行は incident note --at 03:10 "…" で足し、もう一度 incident postmortem を。 -->

## 何が重なったか

<!-- 原因は一つとは限らない。次の三つに分けると出やすい。
     なぜ起きたか / なぜ広がったか / なぜすぐ気づけ（直せ）なかったか
     「確認不足」で止まったら、もう一段: 確認すると何がわかったはずか。それはどこに書いてあったか。 -->

## どう気づいたか

<!-- 気づくまでの時間。お客様より先に気づくには何が要ったか。 -->

## うまくいったこと

<!-- 次も当てにしたい備え。人をほめるのも歓迎。 -->

## 難しかったこと

<!-- 道具・情報・手順・体制の、どこで手が止まったか。 -->

## 運がよかったこと

<!-- 次は当てにできないこと。例: たまたま作った本人が起きていた。 -->

## 再発防止 <!-- incident:actions -->

<!-- incident:generated actions 88c656f6 -->
まだ記録されていません。
<!-- /incident:generated -->

<!-- 一行に、何を・誰が・いつまでに・どうなったら終わりか。分類は 起こさない / 早く気づく / 被害を小さく / 進め方を直す。
     例: - [ ] A1 決済の再試行に上限を付ける — @bob 期限 2026-12-04 PAY-123（起こさない）
     やらないと決めたことも、理由つきで残す。 -->

## 次の当番へ

<!-- 同じ画面を見たら、まず試すこと。3行まで。 -->

## レベルの付け方は合っていたか

<!-- 質問に直したい点があれば、severity.toml への変更案を1つ。 -->

"#]],
    );
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T03:01:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T03:01:12+09:00

20261120-4gv3: 振り返り

Incident: 20261120-4gv3
Incident-Event: postmortem {"who":"Aoi Arita"}
Incident-At: 2026-11-20T03:01:12+09:00
Incident-Recorded: 2026-11-20T03:01:12+09:00


M	incidents/2026/11/20261120-4gv3-checkout-fails.md
A	incidents/2026/11/20261120-4gv3-checkout-fails.postmortem.md

"#]],
    );
}

#[test]
fn a_second_run_keeps_every_word() {
    let env = TestEnv::new();
    let id = over(&env);
    env.run(["postmortem"]).succeeds();
    let before = env.state();
    env.run(["postmortem"]).shows(str![[r#"
20261120-4gv3
--- stderr
Nothing changed: it is so already.
Still empty: In one sentence, Impact, What came together, How we found out, What went well, What was hard, Where we got lucky, Actions, For the next person on call, Was the level right?

"#]]);
    assert_eq!(env.state(), before);
    let path = review_of(&env);
    let words = "The retry loop had no cap, and nobody had an alarm on it.\n";
    let text = env.read(&path);
    let heading = text.lines().filter(|line| line.starts_with("## ")).nth(1).unwrap().to_owned();
    env.replace(&path, &heading, &format!("{heading}\n\n{words}"));
    env.commit_by_hand("Write the review");
    env.run(["note", "A late report came in", "-i", &id]).succeeds();
    env.run(["postmortem"]).shows(str![[r#"
20261120-4gv3
--- stderr
The generated parts of incidents/2026/11/20261120-4gv3-checkout-fails.postmortem.md are up to date.
Still empty: In one sentence, What came together, How we found out, What went well, What was hard, Where we got lucky, Actions, For the next person on call, Was the level right?

"#]]);
    let after = env.read(&path);
    assert!(after.contains(words) && after.contains("A late report came in"));
    assert_eq!(env.status_porcelain(), "");
}

#[test]
fn a_generated_part_that_a_person_changed_is_left_alone() {
    let env = TestEnv::new();
    let id = over(&env);
    env.run(["postmortem"]).succeeds();
    let path = review_of(&env);
    env.replace(&path, "Rolling back \\| to v2.4", "Rolling back (took three tries)");
    env.commit_by_hand("Say how often");
    env.run(["note", "A late report came in", "-i", &id]).succeeds();
    env.run(["postmortem"]).shows(str![[r#"
20261120-4gv3
--- stderr
Nothing changed: it is so already.
Somebody has changed the generated part “timeline”; it was left as it is.
Still empty: In one sentence, Impact, What came together, How we found out, What went well, What was hard, Where we got lucky, Actions, For the next person on call, Was the level right?

"#]]);
    let after = env.read(&path);
    assert!(after.contains("took three tries") && !after.contains("A late report came in"));
}

#[test]
fn a_generated_part_that_has_lost_its_end_is_named() {
    let env = TestEnv::new();
    let id = over(&env);
    env.run(["postmortem"]).succeeds();
    let path = review_of(&env);
    env.replace(&path, "<!-- /incident:generated -->\n", "");
    env.commit_by_hand("Tidy the review");
    env.run(["severity", "SEV3", "-m", "few were affected", "-i", &id]).succeeds();
    env.run(["postmortem"]).shows(str![[r#"
20261120-4gv3
--- stderr
The other generated parts of incidents/2026/11/20261120-4gv3-checkout-fails.postmortem.md are up to date.
The generated part “facts” has lost its end, so it was left as it is, and may say what is no longer so.
To mend it, put this line behind its last one in incidents/2026/11/20261120-4gv3-checkout-fails.postmortem.md: <!-- /incident:generated -->
Still empty: In one sentence, Impact, What came together, How we found out, What went well, What was hard, Where we got lucky, Actions, For the next person on call, Was the level right?

"#]]);
    env.run(["check"]).shows(str![[r#"
incidents/2026/11/20261120-4gv3-checkout-fails.postmortem.md:9:1: warning the generated part “facts” has lost its end and cannot be brought up to date
  hint: behind its last line, put this one: <!-- /incident:generated -->
--- stderr
1 incident checked: no errors, 1 warning

"#]]);
    let text = env.read(&path);
    let start = text.find("<!-- incident:generated facts").unwrap();
    let end = start + text[start..].find("\n## ").unwrap();
    let mended = format!("{}\n<!-- /incident:generated -->\n{}", text[..end].trim_end(), &text[end..]);
    env.write(&path, &mended);
    env.run(["postmortem"]).succeeds();
    env.run(["check"]).succeeds();
    assert!(env.read(&path).contains("SEV3"));
}

#[test]
fn unsaved_words_in_the_review_are_kept() {
    let env = TestEnv::new();
    let id = over(&env);
    env.run(["postmortem"]).succeeds();
    let path = review_of(&env);
    env.write(&path, env.read(&path) + "\nNot committed yet.\n");
    env.run(["note", "A late report came in", "-i", &id]).succeeds();
    env.run(["postmortem"]).shows(str![[r#"
20261120-4gv3
--- stderr
Your edit of incidents/2026/11/20261120-4gv3-checkout-fails.postmortem.md was recorded first, as a commit of its own.
The generated parts of incidents/2026/11/20261120-4gv3-checkout-fails.postmortem.md are up to date.
Still empty: In one sentence, Impact, What came together, How we found out, What went well, What was hard, Where we got lucky, Actions, For the next person on call

"#]]);
    assert!(env.read(&path).contains("Not committed yet."));
}

#[test]
fn printing_writes_nothing() {
    let env = TestEnv::new();
    over(&env);
    let before = env.state();
    let printed = env.run(["postmortem", "--print", "-t", "light"]);
    printed.shows(str![[r#"
---
incident: 20261120-4gv3
state: draft # draft | in review | reviewed
author: "Aoi Arita"
---

# Short postmortem: Checkout fails

<!-- incident:generated facts 417e7073 -->
| | |
|---|---|
| Incident | [20261120-4gv3](20261120-4gv3-checkout-fails.md) SEV1 (Critical) |
| Impact lasted | 18 min |
| Time to notice | unknown: “Noticed” is not recorded |
| Time to take on | 1 min |
| Time to mitigate | unknown: “Noticed” is not recorded |
| Time to resolve | 5 min |
| Incident commander | Aoi Arita |
| Due | Wed 25 Nov 2026 |
<!-- /incident:generated -->

## What happened

<!-- incident:generated impact 9be1ad7b -->
From Fri 20 Nov 2026 02:40 to 02:58 (18 min).
- Impact (provisional): About 300 orders failed
<!-- /incident:generated -->

<!-- Two or three lines, for somebody who reads of it for the first time. -->

## Timeline

<!-- incident:generated diagram e4905b02 -->
```mermaid
gantt
    title 20261120-4gv3 Checkout fails
    dateFormat YYYY-MM-DD HH:mm
    axisFormat %H:%M
    todayMarker off
    section Status
    Triage :2026-11-20 02:55, 2026-11-20 02:57
    Fixing :2026-11-20 02:57, 2026-11-20 02:58
    Monitoring :2026-11-20 02:58, 2026-11-20 03:00
    Reviewing :milestone, 2026-11-20 03:00, 0m
    section Impact
    Impact :crit, 2026-11-20 02:40, 2026-11-20 02:58
    section What happened
    02#58;40 Impact began :milestone, 2026-11-20 02:40, 0m
    02#58;55 Declared :milestone, 2026-11-20 02:55, 0m
    02#58;56 Taken on :milestone, 2026-11-20 02:56, 0m
    02#58;58 Impact over :milestone, 2026-11-20 02:58, 0m
    03#58;00 Resolved :milestone, 2026-11-20 03:00, 0m
```
<!-- /incident:generated -->

<!-- incident:generated timeline ebb57909 -->
| When | What | Who |
|---|---|---|
| 2026-11-20 02:40 | Impact began | Aoi Arita |
| 2026-11-20 02:55 | Declared — SEV1 (stated) | Aoi Arita |
| 2026-11-20 02:56 | Role Incident commander +Aoi Arita | Aoi Arita |
| 2026-11-20 02:56 | Taken on | Aoi Arita |
| 2026-11-20 02:57 | Triage → Fixing — Rolling back \| to v2.4 | Aoi Arita |
| 2026-11-20 02:58 | Fixing → Monitoring | Aoi Arita |
| 2026-11-20 02:59 | Impact (provisional) — About 300 orders failed | Aoi Arita |
| 2026-11-20 03:00 | Monitoring → Reviewing | Aoi Arita |
<!-- /incident:generated -->

## What we learned

<!-- Why it happened; write about the system, not about people. -->

## Actions <!-- incident:actions -->

<!-- incident:generated actions bab0024d -->
None are recorded yet.
<!-- /incident:generated -->

<!-- Who, by when, and how you will know that it is done. If nothing is to be done, say why. -->

"#]]);
    env.run(["postmortem", "-t", "light", "-n"]).succeeds();
    assert_eq!(env.state(), before);
    env.run(["postmortem", "-t", "light", "-q"]).succeeds();
    assert_eq!(env.read(&review_of(&env)), printed.stdout);
}

#[test]
fn a_printed_draft_is_data_where_that_is_asked_for() {
    let env = TestEnv::new();
    let id = over(&env);
    let printed = env.run(["postmortem", "--print"]).succeeds().stdout;
    let json = env.run(["postmortem", "--print", "--json"]).json();
    assert_eq!(json["kind"], "incident.postmortem");
    assert_eq!((&json["id"], &json["path"]), (&id.into(), &review_of(&env).into()));
    assert_eq!((&json["written"], &json["text"]), (&false.into(), &printed.into()));
}

#[test]
fn another_template_takes_nothing_away() {
    let env = TestEnv::new();
    over(&env);
    env.run(["postmortem"]).succeeds();
    let before = env.state();
    env.run(["postmortem", "--template=light"]).shows(str![[r#"
--- stderr
error: incidents/2026/11/20261120-4gv3-checkout-fails.postmortem.md is written already, and another template would replace it
hint: to see the other template: incident postmortem 4gv3 --print --template light
hint: to start anew, take it away first: git rm incidents/2026/11/20261120-4gv3-checkout-fails.postmortem.md && git commit
--- exit 6

"#]]);
    env.run(["postmortem", "--template=light", "--lang=ja"]).shows(str![[r#"
--- stderr
エラー: incidents/2026/11/20261120-4gv3-checkout-fails.postmortem.md はもう書かれています。別のひな型では書き直せません
ヒント: 別のひな型を見る: incident postmortem 4gv3 --print --template light
ヒント: はじめから書くなら、先に取り除く: git rm incidents/2026/11/20261120-4gv3-checkout-fails.postmortem.md && git commit
--- exit 6

"#]]);
    assert_eq!(env.state(), before);
    let light = env.run(["postmortem", "--template=light", "--print"]).succeeds().stdout;
    assert_ne!(light, env.read(&review_of(&env)));
    env.git(["rm", "--quiet", &review_of(&env)]);
    env.git(["commit", "--quiet", "-m", "Take the draft away"]);
    env.run(["postmortem", "--template=light"]).succeeds();
    assert_eq!(env.read(&review_of(&env)), light);
}

#[test]
fn templates_of_the_teams_own_come_first() {
    let env = TestEnv::new();
    over(&env);
    env.write("templates/postmortem-ours.md", "# {{ title }}\n\n{{ region.timeline }}\n");
    env.write("templates/postmortem-broken.md", "# {{ title\n");
    env.write("templates/postmortem-unknown.md", "# {{ titel }}\n");
    env.write("templates/postmortem-leak.md", "{% include \"../../.gitconfig\" %}\n");
    env.commit_by_hand("Our own reviews");
    let before = env.state();
    env.run(["postmortem", "-t", "broken"]).shows(str![[r#"
--- stderr
error: templates/postmortem-broken.md:1:11: the template cannot be used: Unexpected end of input
--- exit 5

"#]]);
    env.run(["postmortem", "-t", "unknown"]).shows(str![[r#"
--- stderr
error: templates/postmortem-unknown.md:1:6: the template cannot be used: Variable `titel` is not defined. Available variables: author, id, lang, region, title
--- exit 5

"#]]);
    env.run(["postmortem", "-t", "leak"]).shows(str![[r#"
--- stderr
error: templates/postmortem-leak.md:1:1: the template cannot be used: Unknown template `../../.gitconfig`
--- exit 5

"#]]);
    env.run(["postmortem", "-t", "missing"]).shows(str![[r#"
--- stderr
error: there is no template “missing”
hint: known here: broken, classic, furikaeri, leak, light, memo, ours, prevention, report, unknown
--- exit 3

"#]]);
    env.run(["postmortem", "-t", "our"]).shows(str![[r#"
--- stderr
error: there is no template “our”
hint: did you mean ours?
--- exit 3

"#]]);
    env.run(["postmortem", "-t", "../incident"]).shows(str![[r#"
--- stderr
error: there is no template “../incident”
hint: known here: broken, classic, furikaeri, leak, light, memo, ours, prevention, report, unknown
--- exit 3

"#]]);
    env.run(["check"]).shows(str![[r#"
templates/postmortem-broken.md:1:11: error the template cannot be used: Unexpected end of input
templates/postmortem-leak.md:1:1: error the template cannot be used: Unknown template `../../.gitconfig`
--- stderr
1 incident checked: 2 errors, no warnings
--- exit 5

"#]]);
    assert_eq!(env.state(), before);
    env.run(["new", "A broken review template is no obstacle", "--severity=SEV3", "-q"]).succeeds();
    env.run(["postmortem", "4gv3", "-t", "ours", "-q"]).succeeds();
    same(
        &env.read(&review_of(&env)),
        str![[r#"
# Checkout fails

<!-- incident:generated timeline ebb57909 -->
| When | What | Who |
|---|---|---|
| 2026-11-20 02:40 | Impact began | Aoi Arita |
| 2026-11-20 02:55 | Declared — SEV1 (stated) | Aoi Arita |
| 2026-11-20 02:56 | Role Incident commander +Aoi Arita | Aoi Arita |
| 2026-11-20 02:56 | Taken on | Aoi Arita |
| 2026-11-20 02:57 | Triage → Fixing — Rolling back \| to v2.4 | Aoi Arita |
| 2026-11-20 02:58 | Fixing → Monitoring | Aoi Arita |
| 2026-11-20 02:59 | Impact (provisional) — About 300 orders failed | Aoi Arita |
| 2026-11-20 03:00 | Monitoring → Reviewing | Aoi Arita |
<!-- /incident:generated -->

"#]],
    );
}
