//! `incident update`: numbered reports, what they promise, and the block that people paste.

use snapbox::str;

use crate::environment::{TestEnv, same};
use crate::pty::Terminal;

fn timeline_of(env: &TestEnv) -> String {
    let file = env.incident_file();
    let entries = file.lines().skip_while(|line| !line.contains("incident:timeline")).skip(2);
    entries.take_while(|line| !line.starts_with('#')).map(|line| format!("{line}\n")).collect()
}

fn front_matter(env: &TestEnv, key: &str) -> Option<String> {
    let file = env.incident_file();
    file.lines().find_map(|line| line.strip_prefix(&format!("{key}: "))).map(str::to_owned)
}

#[test]
fn an_update_is_one_entry_one_commit_and_two_promises() {
    let env = TestEnv::japanese();
    env.declare("決済が全部エラーになる");
    env.run([
        "update",
        "設定を戻した。原因は調査中",
        "--customers",
        "現在はご利用いただけます。",
        "--estimate",
        "収束の判断 04:30頃",
    ])
    .shows(str![[r#"
20261120-4gv3
--- stderr
✔ 記録しました　4gv3 決済が全部エラーになる　連絡 第1報 — 設定を戻した。原因は調査中（[COMMIT]）
貼り付ける文面: incident brief 4gv3

"#]]);
    same(
        &timeline_of(&env),
        str![[r#"
- 2026-11-20 02:55 · 起票 · Aoi Arita — SEV1（指定）
- 2026-11-20 02:56 · 連絡 第1報 · Aoi Arita — 設定を戻した。原因は調査中
  - お客様に: 現在はご利用いただけます。
  - 言わない: 原因、補償
  - 見込み: 収束の判断 04:30頃
  - 次の連絡: 03:16


"#]],
    );
    assert_eq!(front_matter(&env, "next_update").as_deref(), Some("2026-11-20T03:16:00+09:00"));
    assert_eq!(front_matter(&env, "expected_end").as_deref(), Some("~2026-11-20T04:30:00+09:00"));
    same(
        &env.last_commit(),
        str![[r#"
Aoi Arita <aoi@example.org> 2026-11-20T02:56:12+09:00
Aoi Arita <aoi@example.org> 2026-11-20T02:56:12+09:00

20261120-4gv3: 連絡 第1報 — 設定を戻した。原因は調査中

Incident: 20261120-4gv3
Incident-Event: update {"number":1,"who":"Aoi Arita","text":"設定を戻した。原因は調査中\n- お客様に: 現在はご利用いただけます。\n- 言わない: 原因、補償\n- 見込み: 収束の判断 04:30頃\n- 次の連絡: 03:16"}
Incident-At: 2026-11-20T02:56:12+09:00
Incident-Recorded: 2026-11-20T02:56:12+09:00


M	incidents/2026/11/20261120-4gv3-決済が全部エラーになる.md

"#]],
    );
    env.run(["check"]).succeeds();
}

#[test]
fn what_is_not_said_stays_as_it_was() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run([
        "update",
        "Rolled back",
        "--customers",
        "It works again.",
        "--not-yet",
        "cause",
        "--estimate",
        "~05:00",
        "-q",
    ])
    .succeeds();
    env.run(["update", "--no-change", "-q"]).succeeds();
    env.run(["update", "--estimate", "unknown", "--customers", "none", "--next", "none", "-q"]).succeeds();
    same(
        &timeline_of(&env),
        str![[r#"
- 2026-11-20 02:55 · Declared · Aoi Arita — SEV1 (stated)
- 2026-11-20 02:56 · Update 1 · Aoi Arita — Rolled back
  - Customers: It works again.
  - Do not say: cause
  - Estimate: ~05:00
  - Next: 03:16
- 2026-11-20 02:57 · Update 2 · Aoi Arita — No change; work continues.
  - Customers: It works again.
  - Do not say: cause
  - Estimate: ~05:00
  - Next: 03:17
- 2026-11-20 02:58 · Update 3 · Aoi Arita — Rolled back
  - Do not say: cause
  - Estimate: no estimate yet


"#]],
    );
    assert_eq!(front_matter(&env, "next_update"), None);
    assert_eq!(front_matter(&env, "expected_end"), None);
}

#[test]
fn an_estimate_that_has_passed_is_no_estimate() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["update", "Rolled back", "--estimate", "03:00", "-q"]).succeeds();
    env.wait(10);
    env.run(["update", "Still watching", "-q"]).succeeds();
    assert_eq!(front_matter(&env, "expected_end"), None);
}

#[test]
fn the_next_update_is_as_the_level_asks_and_as_people_say() {
    let env = TestEnv::new();
    env.write(
        "severity.toml",
        "[[level]]\nid = \"P1\"\nupdate_every = \"30m\"\n[[level]]\nid = \"P2\"\nupdate_every = \"4h\"\nhours = \"business\"\n[[level]]\nid = \"P3\"\n",
    );
    env.commit_by_hand("Own policy");
    for (level, next, expected) in [
        ("P1", None, Some("2026-11-20T03:27:00+09:00")),
        // Friday, 03:00 and four hours: before anybody works.
        ("P2", None, Some("2026-11-20T09:00:00+09:00")),
        ("P3", None, None),
        ("P3", Some("20m"), Some("2026-11-20T03:26:00+09:00")),
        ("P3", Some("20分"), Some("2026-11-20T03:29:00+09:00")),
        ("P3", Some("9:00"), Some("2026-11-20T09:00:00+09:00")),
        ("P1", Some("なし"), None),
    ] {
        let id = env.run(["new", level, "--severity", level, "-q"]).succeeds().stdout.trim().to_owned();
        let next = next.map(|next| format!("--next={next}"));
        let args = ["update", "x", "-q", "-i", &id].into_iter().chain(next.as_deref());
        env.run(args).succeeds();
        let shown = env.run(["show", &id, "--json"]).json();
        assert_eq!(shown["incident"]["next_update"].as_str(), expected, "{level} {next:?}");
    }
}

#[test]
fn the_impact_is_provisional_then_wider_then_confirmed_and_all_of_it_stays() {
    let env = TestEnv::japanese();
    env.declare("決済が全部エラーになる");
    env.run(["update", "調べています", "--impact", "一部の決済", "-q"]).succeeds();
    env.run(["update", "広がっています", "--wider", "--impact", "すべての決済", "-q"]).succeeds();
    assert!(env.run(["brief"]).succeeds().stdout.starts_with("【第2報・影響拡大】"));
    env.run(["update", "--confirmed", "-q"]).succeeds();
    env.run(["brief"]).shows(str![[r#"
【第3報・影響確定】決済が全部エラーになる（SEV1）　11/20(金) 02:59
状況　　　　仮としてお伝えした範囲を確定します。
影響　　　　すべての決済（確定）
見込み　　　未定
お客様に　　まだお伝えできる文はありません
言わない　　原因、補償
次の連絡　　03:19（変わりがなくても連絡します）
問い合わせ　Aoi Arita

"#]]);
    same(
        &timeline_of(&env),
        str![[r#"
- 2026-11-20 02:55 · 起票 · Aoi Arita — SEV1（指定）
- 2026-11-20 02:56 · 連絡 第1報 · Aoi Arita — 調べています
  - 言わない: 原因、補償
  - 見込み: 未定
  - 次の連絡: 03:16
- 2026-11-20 02:56 · 影響（仮） · Aoi Arita — 一部の決済
- 2026-11-20 02:57 · 連絡 第2報 · Aoi Arita — 広がっています
  - 影響拡大
  - 言わない: 原因、補償
  - 見込み: 未定
  - 次の連絡: 03:17
- 2026-11-20 02:57 · 影響（仮） · Aoi Arita — すべての決済
- 2026-11-20 02:59 · 連絡 第3報 · Aoi Arita — 仮としてお伝えした範囲を確定します。
  - 影響確定
  - 言わない: 原因、補償
  - 見込み: 未定
  - 次の連絡: 03:19
- 2026-11-20 02:59 · 影響（確定） · Aoi Arita — すべての決済


"#]],
    );
    env.run(["update", "--confirmed", "--impact", "アプリの決済 1,204件", "-q"]).succeeds();
    let file = env.incident_file();
    assert!(file.contains("impact: アプリの決済 1,204件\n"), "{file}");
}

#[test]
fn an_update_that_was_wrong_is_corrected_and_stays() {
    let env = TestEnv::japanese();
    env.declare("決済が全部エラーになる");
    env.run(["update", "全利用者が使えない", "-q"]).succeeds();
    env.run(["update", "--corrects", "1", "アプリの利用者だけ", "--wrong", "全利用者"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ 記録しました　4gv3 決済が全部エラーになる　訂正 — 連絡 第1報（[COMMIT]）

"#]]);
    same(
        &timeline_of(&env),
        str![[r#"
- 2026-11-20 02:55 · 起票 · Aoi Arita — SEV1（指定）
- 2026-11-20 02:56 · 連絡 第1報 · Aoi Arita — 全利用者が使えない
  - 言わない: 原因、補償
  - 見込み: 未定
  - 次の連絡: 03:16
- 2026-11-20 02:57 · 訂正 · Aoi Arita — 連絡 第1報
  - 誤: 全利用者
  - 正: アプリの利用者だけ


"#]],
    );
    env.run(["brief"]).shows(str![[r#"
【第一報】決済が全部エラーになる（SEV1）　11/20(金) 02:56
状況　　　　全利用者が使えない
訂正　　　　誤: 全利用者　正: アプリの利用者だけ
影響　　　　確認中
見込み　　　未定
お客様に　　まだお伝えできる文はありません
言わない　　原因、補償
次の連絡　　03:16（変わりがなくても連絡します）
問い合わせ　Aoi Arita

"#]]);
    env.run(["update", "--corrects", "7", "x"]).shows(str![[r#"
--- stderr
エラー: 第7報はありません
ヒント: いちばん新しいのは第1報です
--- exit 3

"#]]);
    env.run(["update", "--corrects", "1"]).shows(str![[r#"
--- stderr
エラー: 正しい内容を書いてください
ヒント: 言葉を添える: -m "…"
--- exit 2

"#]]);
}

#[test]
fn a_correction_on_a_terminal_is_a_block_of_its_own() {
    let env = TestEnv::japanese();
    env.declare("決済が全部エラーになる");
    env.run(["update", "全利用者が使えない", "-q"]).succeeds();
    let args = ["update", "--corrects", "1", "アプリの利用者だけ", "--wrong", "全利用者"];
    let finished = Terminal::spawn(&env.incident(args), 80).finish();
    assert_eq!(finished.code, 0, "{}", finished.output);
    same(
        &finished.screen.join("\n"),
        str![[r#"
✔ 記録しました　4gv3 決済が全部エラーになる　訂正 — 連絡 第1報（[COMMIT]）
20261120-4gv3
──── このまま貼れます ────
【第1報の訂正】決済が全部エラーになる（SEV1）　11/20(金) 02:57
誤　　　　　全利用者
正　　　　　アプリの利用者だけ
次の連絡　　03:16（変わりがなくても連絡します）
問い合わせ　Aoi Arita
"#]],
    );
}

#[test]
fn that_customers_were_told_is_a_milestone_once_and_a_remark_after() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["update", "x", "--told"]).shows(str![[r#"
--- stderr
error: there are no words that customers may be given
hint: incident update -i 4gv3 --customers "what they may be told"
--- exit 2

"#]]);
    env.run(["update", "x", "--customers", "Sorry.", "--told", "-q"]).succeeds();
    env.run(["update", "y", "--told", "-q"]).succeeds();
    same(
        &timeline_of(&env),
        str![[r#"
- 2026-11-20 02:55 · Declared · Aoi Arita — SEV1 (stated)
- 2026-11-20 02:57 · Update 1 · Aoi Arita — x
  - Customers: Sorry.
  - Do not say: cause, compensation
  - Estimate: no estimate yet
  - Next: 03:17
- 2026-11-20 02:57 · Customers told · Aoi Arita
- 2026-11-20 02:58 · Update 2 · Aoi Arita — y
  - Customers: Sorry.
  - Do not say: cause, compensation
  - Estimate: no estimate yet
  - Next: 03:18
- 2026-11-20 02:58 · Contact · Aoi Arita — Customers were given the words of update 2


"#]],
    );
    assert_eq!(front_matter(&env, "  customers_told").as_deref(), Some("2026-11-20T02:57:12+09:00"));
}

#[test]
fn labels_in_the_words_promise_nothing() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run([
        "update",
        "-m",
        "seen:\n- Next: 23:00\n- Customers: all is lost\nend",
        "--customers",
        "Sorry.\n- Estimate: never",
        "-q",
    ])
    .succeeds();
    env.run(["brief"]).shows(str![[r#"
[First report] Checkout fails (SEV1)   Fri 20 Nov, 02:56 JST
Status     seen:
           - Next: 23:00
           - Customers: all is lost
           end
Impact     being checked
Estimate   no estimate yet
Customers  “Sorry.
            - Estimate: never”
Do not say cause, compensation
Next       03:16, whether or not there is news
Contact    Aoi Arita

"#]]);
    env.run(["check"]).succeeds();
}

#[test]
fn what_cannot_be_reported_says_why() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let before = env.state();
    env.run(["update"]).shows(str![[r#"
--- stderr
error: say what is known
hint: incident update "what is known"
hint: where nothing changed: incident update --no-change
--- exit 2

"#]]);
    env.run(["update", "x", "--next", "whenever"]).shows(str![[r#"
--- stderr
error: “whenever” is not a time
hint: 03:30, 20m, +1h30m, in 20 minutes, tomorrow 9:00, 11-20 03:30, 2026-11-20T03:30:00+09:00
--- exit 2

"#]]);
    env.run(["update", "x", "--next", "-5m"]).shows(str![[r#"
--- stderr
error: 02:53 has passed already
hint: for example --next 03:55, --next 20m, --next "tomorrow 9:00", --next none
--- exit 2

"#]]);
    env.run(["update", "x", "--estimate", "25:99"]).shows(str![[r#"
--- stderr
error: there is no such time: “25:99” (hours end at 29, minutes at 59)
hint: 02:40, ~02:40, -12m, 15 min ago, yesterday 23:50, 25:40, 11-19 23:50, 2026-11-19T23:50:00+09:00
--- exit 2

"#]]);
    env.run(["update", "--confirmed"]).shows(str![[r#"
--- stderr
error: no impact is written down that could be confirmed
hint: incident update -i 4gv3 --impact "who and what" --confirmed
--- exit 2

"#]]);
    env.run(["--lang=ja", "update", "--no-change", "x"]).shows(str![[r#"
--- stderr
エラー: --no-change は [TEXT]... と一緒には使えません
ヒント: --no-change か [TEXT]... の片方を外してください
--- exit 2

"#]]);
    assert_eq!(env.state(), before);
}

#[test]
fn a_rehearsal_changes_nothing() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let before = env.state();
    let ran = env.run(["update", "Rolled back", "--dry-run"]).succeeds();
    assert!(
        ran.stderr.contains("+- 2026-11-20 02:56 · Update 1 · Aoi Arita — Rolled back"),
        "{}",
        ran.stderr
    );
    assert_eq!(env.state(), before);
}

#[test]
fn two_laptops_may_give_the_same_number_and_both_stay() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["update", "one", "-q"]).succeeds();
    env.replace(&env.path_of(""), "— one", "— one\n- 2026-11-20 02:57 · Update 1 · Mio — two");
    env.commit_by_hand("Merge");
    assert!(env.run(["brief", "--report", "1"]).succeeds().stdout.contains("Status"));
    env.run(["update", "three", "-q"]).succeeds();
    assert!(timeline_of(&env).contains("Update 2 · Aoi Arita — three"));
}

/// Sends each of `keys` when the text beside it is shown.
#[track_caller]
fn type_in(terminal: &mut Terminal, keys: &[(&str, &str)]) {
    for (shown, key) in keys {
        terminal.expect(shown);
        terminal.send(key);
    }
}

#[test]
fn five_lines_on_a_terminal_and_the_block_to_paste() {
    let env = TestEnv::japanese();
    env.run(["new", "決済が全部エラーになる", "--severity", "SEV1", "--started", "02:40頃", "-q"]).succeeds();
    env.run(["update", "調べています", "--impact", "すべての決済", "-q"]).succeeds();
    let mut terminal = Terminal::spawn(&env.incident(["update"]), 80);
    type_in(
        &mut terminal,
        &[
            ("[前回のまま]: ", "設定を戻して止まった\r"),
            ("[まだ伝えない]: ", "現在はご利用いただけます。\r"),
            ("[原因、補償]: ", "\r"),
            ("[未定]: ", "25:99\r"),
            ("[未定]: ", "\u{15}収束の判断 04:30頃\r"),
            ("[03:17]: ", "\r"),
        ],
    );
    let finished = terminal.finish();
    assert_eq!(finished.code, 0, "{}", finished.output);
    same(
        &finished.screen.join("\n"),
        str![[r#"
第2報　4gv3 決済が全部エラーになる
いつでも Ctrl-C で抜けられます。書いた内容は下書きに残ります。
前回（第1報 02:56）: 調べています
いまわかっていること（社内向け、1〜2行） [前回のまま]: 設定を戻して止まった
お客様に伝えてよい文 [まだ伝えない]: 現在はご利用いただけます。
まだ言わないこと [原因、補償]:
復旧の見込み [未定]: 25:99
  「25:99」という時刻はありません（時は 29、分は 59 まで）
  書き方の例: 02:40　02:40頃　-12m　15分前　昨日 23:50　25:40　11/19 23:50
  2026-11-19T23:50:00+09:00
復旧の見込み [未定]: 収束の判断 04:30頃
次の連絡 [03:17]:
✔ 記録しました　4gv3 決済が全部エラーになる　連絡 第2報 — 設定を戻して止まった
（[COMMIT]）
20261120-4gv3
──── このまま貼れます ────
【第2報】決済が全部エラーになる（SEV1）　11/20(金) 02:57
状況　　　　設定を戻して止まった
影響　　　　02:40ごろから、すべての決済（確定前）
見込み　　　収束の判断 04:30ごろ
お客様に　　「現在はご利用いただけます。」
言わない　　原因、補償
次の連絡　　03:17（変わりがなくても連絡します）
問い合わせ　Aoi Arita
もう一度出す: incident brief 4gv3
"#]],
    );
}

#[test]
fn a_first_update_has_words_even_without_any() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let mut terminal = Terminal::spawn(&env.incident(["update"]), 80);
    type_in(
        &mut terminal,
        &[
            ("1–2 lines)", "\r"),
            ("none yet", "\r"),
            ("compensation", "\r"),
            ("estimate", "\r"),
            ("Next update", "\r"),
        ],
    );
    let finished = terminal.finish();
    assert_eq!(finished.code, 0, "{}", finished.output);
    same(
        &finished.screen.join("\n"),
        str![[r#"
Update 1 of 4gv3 Checkout fails
Ctrl-C is safe at any time: what you typed is kept as a draft.
What we know (staff, 1–2 lines) [Details are still being checked.]:

Words customers may be given [none yet]:
Do not say yet [cause, compensation]:
Expected end [no estimate yet]:
Next update [03:16]:
✔ Recorded 4gv3 Checkout fails: Update 1 — Details are still being checked.
([COMMIT])
20261120-4gv3
──── ready to paste ────
[First report] Checkout fails (SEV1)   Fri 20 Nov, 02:56 JST
Status     Details are still being checked.
Impact     being checked
Estimate   no estimate yet
Customers  no approved words yet
Do not say cause, compensation
Next       03:16, whether or not there is news
Contact    Aoi Arita
Print it again: incident brief 4gv3
"#]],
    );
}

#[test]
fn ctrl_c_keeps_what_was_typed_and_the_next_update_goes_on_from_it() {
    let env = TestEnv::japanese();
    env.declare("決済が全部エラーになる");
    let before = env.head();
    let mut terminal = Terminal::spawn(&env.incident(["update"]), 80);
    type_in(
        &mut terminal,
        &[("これから確認します。]:", "設定を戻した\r"), ("[まだ伝えない]: ", "ご迷惑を\u{3}")],
    );
    let finished = terminal.finish();
    assert_eq!(finished.code, 130, "{}", finished.output);
    same(
        &finished.screen.join("\n"),
        str![[r#"
第1報　4gv3 決済が全部エラーになる
いつでも Ctrl-C で抜けられます。書いた内容は下書きに残ります。
いまわかっていること（社内向け、1〜2行） [くわしいことはこれから確認します。]:
  設定を戻した
お客様に伝えてよい文 [まだ伝えない]: ご迷惑を
ここまでの答えを下書きにしました。
続き: incident update -i 4gv3
"#]],
    );
    assert_eq!(env.head(), before);
    let mut terminal = Terminal::spawn(&env.incident(["update"]), 80);
    type_in(
        &mut terminal,
        &[
            ("書きかけがあります", ""),
            ("設定を戻した", "\r"),
            ("ご迷惑を", "おかけしています。\r"),
            ("[原因、補償]: ", "\r"),
            ("[未定]: ", "\r"),
            ("次の連絡", "\r"),
        ],
    );
    assert_eq!(terminal.finish().code, 0);
    same(
        &timeline_of(&env),
        str![[r#"
- 2026-11-20 02:55 · 起票 · Aoi Arita — SEV1（指定）
- 2026-11-20 02:57 · 連絡 第1報 · Aoi Arita — 設定を戻した
  - お客様に: ご迷惑をおかけしています。
  - 言わない: 原因、補償
  - 見込み: 未定
  - 次の連絡: 03:17


"#]],
    );
    let mut terminal = Terminal::spawn(&env.incident(["update"]), 80);
    terminal.expect("[前回のまま]: ");
    terminal.send("\u{3}");
    let screen = terminal.finish().screen.join("\n");
    assert!(!screen.contains("下書きにしました"), "{screen}");
}

#[test]
fn words_that_cannot_be_recorded_are_kept() {
    let env = TestEnv::japanese();
    env.declare("決済が全部エラーになる");
    env.git(["config", "commit.gpgsign", "true"]);
    env.git(["config", "gpg.program", "/nowhere/gpg"]);
    let mut terminal = Terminal::spawn(&env.incident(["update"]), 80);
    let enter = ("]:", "\r");
    type_in(&mut terminal, &[("これから確認します。]:", "設定を戻した\r"), enter, enter, enter, enter]);
    let finished = terminal.finish();
    assert_eq!(finished.code, 7, "{}", finished.output);
    assert!(finished.output.contains("incident update -i 4gv3"), "{}", finished.output);
    env.git(["config", "commit.gpgsign", "false"]);
    let mut terminal = Terminal::spawn(&env.incident(["update"]), 80);
    type_in(&mut terminal, &[("  設定を戻した", "\r"), enter, enter, enter, enter]);
    assert_eq!(terminal.finish().code, 0);
    assert!(timeline_of(&env).contains("連絡 第1報 · Aoi Arita — 設定を戻した"));
}
