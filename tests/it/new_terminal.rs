//! `incident new` on a terminal, as a tired person finds it.

use std::fs;
use std::path::Path;

use unicode_width::UnicodeWidthStr;

use crate::environment::TestEnv;
use crate::pty::{Finished, Terminal};
use crate::screen::Screen;

const CTRL_C: &str = "\u{3}";

/// Runs `incident` with `args` and types each of the keys when the text beside it is shown.
#[track_caller]
fn play(env: &TestEnv, args: &[&str], columns: u16, keys: &[(&str, &str)]) -> Finished {
    play_in(env, &env.store, args, columns, keys)
}

#[track_caller]
fn play_in(env: &TestEnv, folder: &Path, args: &[&str], columns: u16, keys: &[(&str, &str)]) -> Finished {
    let mut command = env.incident(args.iter().copied());
    command.current_dir(folder);
    let mut terminal = Terminal::spawn(&command, columns);
    for (shown, keys) in keys {
        terminal.expect(shown);
        terminal.send(keys);
    }
    terminal.finish()
}

/// The lines from the one that begins with `first`.
#[track_caller]
fn from<'a>(finished: &'a Finished, first: &str) -> &'a [String] {
    let start = finished.screen.iter().position(|line| line.starts_with(first));
    &finished.screen[start.unwrap_or_else(|| panic!("{first:?} is not in {:#?}", finished.screen))..]
}

/// The subjects of the commits, the newest first.
fn subjects(env: &TestEnv) -> Vec<String> {
    env.git(["log", "--format=%s"]).lines().map(str::to_owned).collect()
}

/// The drafts that a store keeps, as they are written.
fn drafts(store: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(store.join(".git/incident")) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    let drafts = paths.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    drafts.map(|path| fs::read_to_string(path).unwrap()).collect()
}

/// Gives the policy's kinds a private store, or the one that is there no name.
fn name_private_store(env: &TestEnv) -> std::path::PathBuf {
    let private = env.home().join("private");
    env.run(["init", private.to_str().unwrap()]).succeeds();
    let config = env.home().join(".config/incident");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("config.toml"), "[stores]\nsecurity = \"~/private\"\n").unwrap();
    private
}

#[test]
fn three_keys_and_a_title_record_an_incident() {
    let env = TestEnv::japanese();
    let keys = [
        ("番号 [1]:", "1"),
        ("番号 [0]:", "1"),
        ("（あと3問）", "y"),
        ("件名", "決済が全部エラー\u{7f}\u{7f}\u{7f}失敗する\r"),
        ("いつから困っていましたか", CTRL_C),
    ];
    let finished = play(&env, &["new"], 80, &keys);
    assert_eq!(finished.code, 0, "{}", finished.output);
    let id = finished.screen.last().unwrap().clone();
    let short = id.split_once('-').unwrap().1;
    assert_eq!(
        from(&finished, "いま動いている")[..24],
        [
            "いま動いている事案はありません。",
            "何が起きましたか",
            "  1 サービス障害        使えない・遅い・表示がおかしい",
            "  2 データの誤り・消失  数字や中身が違う・消えた",
            "  3 セキュリティ        不正アクセス・漏えい・弱点（非公開で記録）",
            "  4 端末・入館証の紛失  なくした・盗まれた（非公開で記録）",
            "  5 社内システム障害    チャット・メール・ログイン・社内ネットワーク",
            "番号 [1]: 1 サービス障害",
            "どのサービスですか",
            "  1 お客様向けWeb",
            "  2 スマホアプリ",
            "  3 外部連携API",
            "  4 社内管理画面",
            "  5 共通基盤",
            "  0 わからない",
            "番号 [0]: 1 お客様向けWeb",
            "y はい  n いいえ  w わからない  ? 例  - 戻る  Enter あとで",
            "① 主な機能を、誰も使えない状態ですか（あと3問）                     はい",
            "",
            "SEV1「緊急」（最も重い）です。残りの質問はありません。",
            "件名 [お客様向けWebのサービス障害]: 決済が全部失敗する",
            &format!("✔ 記録しました　{short} 決済が全部失敗する　SEV1「緊急」　02:55"),
            "呼ぶ人: 指揮、連絡担当",
            "  全社に第一報。夜も止めない",
        ]
    );
    assert_eq!(subjects(&env)[0], format!("{id}: 起票 決済が全部失敗する（SEV1）"));
    assert_eq!(env.commits(), 2);
    let file = env.incident_file();
    assert!(file.contains("kind: outage\nseverity: SEV1\n") && file.contains("products: [web]"), "{file}");
    assert!(file.contains("answers:\n  all_down: true\n"), "{file}");
}

#[test]
fn an_input_method_left_on_gets_through_all_of_it() {
    let env = TestEnv::japanese();
    let keys = [
        ("番号 [1]:", "１"),
        ("番号 [0]:", "０"),
        ("（あと3問）", "？"),
        ("例: 自分でも、別の回線の同僚でも使えない", ""),
        ("（あと3問）", "いいえ"),
        ("（あと2問）", "ー"),
        ("（あと3問）", "ｎ"),
        ("（あと2問）", "決済"),
        ("日本語入力がオンのようです", ""),
        ("（あと2問）", "ｗ"),
        ("件名", "遅い\r"),
        ("いつから困っていましたか", "２５：９９\r"),
        ("という時刻はありません", ""),
        ("いつから困っていましたか", "０２：４０頃\r"),
        ("番号 [0]:", "２"),
        ("見えていること", "一行目\r\n二行目\r\r"),
    ];
    let finished = play(&env, &["new"], 80, &keys);
    assert_eq!(finished.code, 0, "{}", finished.output);
    let file = env.incident_file();
    assert!(file.contains("answers:\n  all_down: false\n  harm: unsure\n"), "{file}");
    assert!(file.contains("severity: SEV1") && file.contains("detected_by: customer"), "{file}");
    assert!(file.contains("impact_started: ~2026-11-20T02:40:00+09:00"), "{file}");
    assert!(file.contains("02:40頃 · 影響開始") && file.contains("一行目\n  二行目"), "{file}");
    assert_eq!(env.commits(), 3);
    assert!(env.status_porcelain().is_empty());
}

#[test]
fn forty_columns_are_enough() {
    let english = ["Number [1]:", "Number [0]:", "Title", "[not known]", "-12m"];
    let japanese = ["番号 [1]:", "番号 [0]:", "件名", "[わからない]", "-12m"];
    for (env, [kind, product, title, since, forms]) in
        [(TestEnv::new(), english), (TestEnv::japanese(), japanese)]
    {
        let keys = [
            (kind, "1"),
            (product, "2"),
            ("①", "x"),
            ("①", "？"),
            ("①", "n"),
            ("②", "w"),
            (title, "\r"),
            (since, "9\r"),
            (forms, CTRL_C),
        ];
        let finished = play(&env, &["new"], 40, &keys);
        assert_eq!(finished.code, 0, "{}", finished.output);
        // On an endless line nothing is wrapped by the terminal.
        for line in Screen::of(&finished.output, 10_000) {
            assert!(line.width() <= 40, "{line:?} in {:#?}", finished.screen);
        }
    }
}

#[test]
fn nothing_but_enter_records_an_incident_without_a_level() {
    let env = TestEnv::new();
    let later = "\r";
    let keys = [
        ("Number [1]:", later),
        ("Number [0]:", later),
        ("①", later),
        ("②", later),
        ("③", later),
        ("④", later),
        ("Not rated yet.", ""),
        ("Title [Service outage]:", later),
        ("Call only: Incident commander", ""),
        ("Since when", later),
        ("Number [0]:", later),
        ("What you see", later),
    ];
    let finished = play(&env, &["new"], 80, &keys);
    assert_eq!(finished.code, 0, "{}", finished.output);
    assert_eq!(env.commits(), 2, "the rest was empty: no second commit");
    assert!(env.incident_file().contains("severity: null"));
}

#[test]
fn a_title_and_a_level_ask_nothing() {
    let env = TestEnv::new();
    let finished = play(&env, &["new", "Checkout fails", "--severity", "SEV1"], 80, &[]);
    assert_eq!(finished.code, 0, "{}", finished.output);
    assert!(from(&finished, "✔")[0].contains("Checkout fails"));
    assert_eq!(env.commits(), 2);
}

#[test]
fn the_first_run_makes_a_store_that_is_not_where_the_person_stands() {
    let env = TestEnv::without_store();
    let product = env.home().join("src/payments");
    fs::create_dir_all(&product).unwrap();
    env.git_in(&product, ["init", "--quiet"]);
    let keys = [("Where should it be? [~/incidents]:", "\r"), ("Number [1]:", CTRL_C)];
    let finished = play_in(&env, &product, &["new"], 80, &keys);
    assert_eq!(finished.code, 130, "{}", finished.output);
    assert_eq!(fs::read_dir(&product).unwrap().count(), 1, "only .git");
    assert!(env.home().join("incidents/severity.toml").exists());
    // It is found again from here.
    env.run_in(&product, ["list"]).succeeds();
}

#[test]
fn a_store_is_made_where_the_person_says_so_and_nowhere_else() {
    let env = TestEnv::without_store();
    let finished = play(&env, &["-C", "./x", "new"], 80, &[("Create one?", "n")]);
    assert_eq!(finished.code, 3, "{}", finished.output);
    let product = env.home().join("product");
    fs::create_dir_all(&product).unwrap();
    env.git_in(&product, ["init", "--quiet"]);
    env.git_in(&product, ["commit", "--quiet", "--allow-empty", "-m", "product"]);
    let keys = [
        ("Where should it be?", "incidents\r"),
        ("inside the repository ~/product", ""),
        ("Create it there?", "\r"),
        ("Where should it be?", CTRL_C),
    ];
    let finished = play_in(&env, &product, &["new"], 80, &keys);
    assert_eq!(finished.code, 130, "{}", finished.output);
    assert!(!product.join("incidents").exists());
    let finished = play(&env, &["new"], 80, &[("Where should it be?", CTRL_C)]);
    assert_eq!(finished.code, 130, "{}", finished.output);
    assert!(!env.home().join("x").exists() && !env.home().join("incidents").exists());
    let finished = play(&env, &["-C", "./x", "new"], 80, &[("Create one?", "y"), ("Number [1]:", CTRL_C)]);
    assert_eq!(finished.code, 130, "{}", finished.output);
    assert!(env.home().join("x/severity.toml").exists());
}

#[test]
fn leaving_before_an_answer_keeps_nothing() {
    let env = TestEnv::new();
    let finished = play(&env, &["new"], 80, &[("Number [1]:", CTRL_C)]);
    assert_eq!(finished.code, 130, "{}", finished.output);
    assert_eq!(from(&finished, "Number")[1], "Nothing was recorded.");
    assert_eq!((drafts(&env.store).len(), env.commits()), (0, 1));
}

#[test]
fn what_was_answered_comes_back_after_ctrl_c() {
    let env = TestEnv::japanese();
    let keys = [("番号 [1]:", "1"), ("番号 [0]:", "1"), ("①", "n"), ("②", "\r"), ("③", CTRL_C)];
    let finished = play(&env, &["new"], 80, &keys);
    assert_eq!(finished.code, 130, "{}", finished.output);
    assert_eq!(from(&finished, "続き")[0], "続き: incident new --resume");
    assert_eq!(env.commits(), 1);

    // Plain `new` offers to go on; what is answered or left for later is not asked again, half a title is on its line.
    let keys = [("続きから始めますか", "y"), ("③", "n"), ("④", "n"), ("件名", "決済が"), ("決済が", CTRL_C)];
    let finished = play(&env, &["new"], 80, &keys);
    assert_eq!(finished.code, 130, "{}", finished.output);
    let keys = [("件名: 決済が", ""), ("決済が", "遅い\r"), ("いつから困っていましたか", CTRL_C)];
    let finished = play(&env, &["new", "--resume"], 80, &keys);
    assert_eq!(finished.code, 0, "{}", finished.output);
    let file = env.incident_file();
    assert!(file.contains("title: 決済が遅い"), "{file}");
    assert!(file.contains("answers:\n  all_down: false\n  anyone: false\n  many_stuck: false\n"), "{file}");
    assert!(file.contains("declared: 2026-11-20T02:55:12+09:00"), "as it began: {file}");
    assert!(file.contains("起票 · Aoi Arita — 未判定") && file.contains("（記録 0"), "{file}");
    assert_eq!(drafts(&env.store).len(), 0);
}

#[test]
fn a_new_beginning_keeps_the_draft() {
    let env = TestEnv::new();
    play(&env, &["new"], 80, &[("Number [1]:", "2"), ("Number [0]:", CTRL_C)]);
    let keys = [("Go on with it?", "n"), ("Number [1]:", "1"), ("Number [0]:", CTRL_C)];
    play(&env, &["new"], 80, &keys);
    assert_eq!(drafts(&env.store).len(), 2);
    let keys = [("1 02:56 Service outage", ""), ("2 02:55 Wrong or lost data", ""), ("Number [1]:", CTRL_C)];
    let finished = play(&env, &["new"], 80, &keys);
    assert_eq!(finished.code, 130, "{}", finished.output);
    let discarded = env.run(["new", "--discard"]).succeeds();
    assert!(discarded.stderr.contains("Kind: Service outage"), "{}", discarded.stderr);
    assert_eq!(drafts(&env.store).len(), 0);
}

#[test]
fn a_terminal_that_goes_keeps_the_draft() {
    let env = TestEnv::new();
    let mut terminal = Terminal::spawn(&env.incident(["new"]), 80);
    for (shown, keys) in [("Number [1]:", "1"), ("Number [0]:", "1"), ("①", "n"), ("②", "")] {
        terminal.expect(shown);
        terminal.send(keys);
    }
    drop(terminal);
    let kept = drafts(&env.store);
    assert!(kept.len() == 1 && kept[0].contains("\"all_down\": \"no\""), "{kept:?}");
}

#[test]
fn leaving_the_rest_records_what_was_said_and_keeps_what_was_half_typed() {
    let env = TestEnv::new();
    let keys = [
        ("Number [1]:", "1"),
        ("Number [0]:", "1"),
        ("①", "y"),
        ("Title", "Down\r"),
        ("Since when", "02:40\r"),
        ("Number [0]:", "1"),
        ("What you see", "first line\rhalf a l"),
        ("half a l", CTRL_C),
    ];
    let finished = play(&env, &["new"], 80, &keys);
    assert_eq!(finished.code, 0, "{}", finished.output);
    assert!(finished.output.contains("kept, and not recorded"), "{}", finished.output);
    assert!(finished.output.contains("incident new --resume"), "{}", finished.output);
    let file = env.incident_file();
    assert!(file.contains("detected_by: monitoring") && !file.contains("half a l"), "{file}");
    assert_eq!((env.commits(), drafts(&env.store).len()), (3, 1));
    env.run(["new", "--resume"]).succeeds();
    let file = env.incident_file();
    assert!(file.contains("first line (recorded 02:56)\n  half a l"), "{file}");
    assert_eq!(drafts(&env.store).len(), 0);
}

#[test]
fn half_a_report_about_a_live_incident_is_kept_and_not_recorded() {
    let env = TestEnv::new();
    env.declare("Checkout is slow");
    let commits = env.commits();
    let keys = [("Number [0]:", "1"), ("add", "the page is wh"), ("the page is wh", CTRL_C)];
    let finished = play(&env, &["new"], 80, &keys);
    assert_eq!((finished.code, env.commits()), (130, commits), "{}", finished.output);
    assert_eq!(drafts(&env.store).len(), 1);
    env.run(["new", "--resume"]).succeeds();
    assert!(env.incident_file().contains("the page is wh"));
}

#[test]
fn joining_a_live_incident_adds_a_report() {
    let env = TestEnv::japanese();
    let id = env.declare("決済が遅い");
    let keys = [("番号 [0]:", "１"), ("何を書き足しますか", "画面が真っ白\r\r")];
    let finished = play(&env, &["new"], 80, &keys);
    assert_eq!(finished.code, 0, "{}", finished.output);
    assert_eq!(finished.screen.last(), Some(&id));
    assert!(env.incident_file().contains("メモ · Aoi Arita — 画面が真っ白"));
    // In a drill nothing real is offered.
    play(&env, &["new", "--drill"], 80, &[("何が起きましたか", ""), ("番号 [1]:", CTRL_C)]);
}

#[test]
fn a_private_kind_leaves_no_word_in_the_public_store() {
    let env = TestEnv::new();
    let private = name_private_store(&env);
    let keys = [
        ("Number [1]:", "3"),
        ("which few can see", ""),
        ("Number [0]:", "0"),
        ("①", "n"),
        ("②", "y"),
        ("Title", "Keys leak"),
        ("Keys leak", CTRL_C),
    ];
    let finished = play(&env, &["new"], 80, &keys);
    assert_eq!(finished.code, 130, "{}", finished.output);
    assert_eq!(from(&finished, "Continue")[0], "Continue: incident -C security new --resume");
    assert_eq!((drafts(&env.store).len(), drafts(&private).len()), (0, 1));
    let nothing = env.run(["new", "--resume"]);
    assert!(nothing.code == 3 && nothing.stderr.contains("incident -C security new --resume"));
    let keys = [("Keys leak", "ed\r"), ("Since when", CTRL_C)];
    let finished = play(&env, &["-C", "security", "new", "--resume"], 80, &keys);
    assert_eq!(finished.code, 0, "{}", finished.output);
    assert_eq!(env.commits(), 1);
    assert!(env.git_in(&private, ["log", "-1", "--format=%s"]).contains("Keys leaked"));
}

#[test]
fn a_private_kind_without_its_store_is_the_persons_choice() {
    let env = TestEnv::new();
    let finished = play(&env, &["new"], 80, &[("Number [1]:", "4"), ("all the same?", "\r")]);
    assert_eq!(finished.code, 6, "{}", finished.output);
    assert_eq!((env.commits(), drafts(&env.store).len()), (1, 0));
    let keys = [
        ("Number [1]:", "4"),
        ("all the same?", "y"),
        ("①", "y"),
        ("Title", "A lost laptop\r"),
        ("Since when", CTRL_C),
    ];
    let finished = play(&env, &["new"], 80, &keys);
    assert_eq!(finished.code, 0, "{}", finished.output);
    let keys = [("Number [0]:", "0"), ("①", "y"), ("Since when", CTRL_C)];
    let finished = play(&env, &["new", "A badge", "--kind", "device", "--here"], 80, &keys);
    assert_eq!((finished.code, env.commits()), (0, 3), "{}", finished.output);
}

#[test]
fn words_are_kept_while_something_stands_in_the_way() {
    let env = TestEnv::new();
    env.git(["bisect", "start"]);
    let keys = [
        ("your words will be kept.", ""),
        ("Number [1]:", "1"),
        ("Number [0]:", "1"),
        ("①", "y"),
        ("Title", "Down\r"),
    ];
    let finished = play(&env, &["new"], 80, &keys);
    assert_eq!((finished.code, env.commits()), (6, 1), "{}", finished.output);
    assert!(finished.output.contains("your words are kept; when the way is clear: incident new --resume"));
    assert_eq!(env.run(["new", "--resume"]).code, 6);
    env.git(["bisect", "reset"]);
    play(&env, &["new"], 80, &[("Write now: incident new --resume", ""), ("Number [1]:", CTRL_C)]);
    let kept = drafts(&env.store);
    let resumed = env.run(["new", "--resume"]).succeeds();
    assert!(env.incident_file().contains("declared: 2026-11-20T02:55:12+09:00"));
    assert_eq!(subjects(&env)[0], format!("{}: declared, Down (SEV1)", resumed.stdout.trim()));
    assert_eq!(env.run(["new", "--resume"]).code, 3);
    // As if the program had ended between the commit and the end of the draft.
    env.write(".git/incident/draft-1.json", &kept[0]);
    let again = env.run(["new", "--resume"]).succeeds();
    assert_eq!((again.stdout, env.commits()), (resumed.stdout, 2), "it is recorded once");
}

#[test]
#[cfg(unix)]
fn a_hook_that_refuses_the_rest_loses_none_of_it() {
    use std::os::unix::fs::PermissionsExt;
    let env = TestEnv::new();
    let hook = env.store.join(".git/hooks/pre-commit");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    let keys =
        [("Number [1]:", "1"), ("Number [0]:", "1"), ("①", "y"), ("Title", "Down\r"), ("Since when", "")];
    let mut terminal = Terminal::spawn(&env.incident(["new"]), 80);
    for (shown, keys) in keys {
        terminal.expect(shown);
        terminal.send(keys);
    }
    fs::write(&hook, "#!/bin/sh\nexit 1\n").unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    terminal.send("02:40\r");
    terminal.expect("Number [0]:");
    terminal.send("2");
    terminal.expect("What you see");
    terminal.send("a blank page\r\r");
    let finished = terminal.finish();
    assert_eq!((finished.code, env.commits()), (7, 2), "{}", finished.output);
    fs::remove_file(&hook).unwrap();
    env.run(["new", "--resume"]).succeeds();
    let file = env.incident_file();
    assert!(file.contains("detected_by: customer") && file.contains("a blank page"), "{file}");
    assert_eq!((env.commits(), drafts(&env.store).len()), (3, 0));
}

#[test]
fn a_person_without_a_git_name_is_asked_once() {
    let env = TestEnv::japanese();
    fs::write(env.home().join(".gitconfig"), "").unwrap();
    let keys = [
        ("お名前を教えてください", "田中\r"),
        ("起票者 田中", ""),
        ("番号 [1]:", "1"),
        ("番号 [0]:", "1"),
        ("①", "y"),
        ("件名", "\r"),
        ("いつから困っていましたか", "02:40\r"),
        ("番号 [0]:", CTRL_C),
    ];
    let finished = play(&env, &["new"], 80, &keys);
    assert_eq!(finished.code, 0, "{}", finished.output);
    assert_eq!(env.git(["log", "-2", "--format=%an %cn"]), "田中 田中\n田中 田中\n");
    assert!(env.incident_file().contains("reporter: 田中"));
}

#[test]
fn answers_may_say_that_it_is_no_incident() {
    let env = TestEnv::new();
    env.replace("severity.toml", "id = \"it\"\n", "id = \"it\"\notherwise = \"declined\"\n");
    env.replace("severity.toml", "office network\" }\notherwise = \"SEV3\"", "office network\" }");
    env.commit_by_hand("decline");
    let keys = [
        ("Number [1]:", "5"),
        ("Number [0]:", "0"),
        ("①", "n"),
        ("②", "n"),
        ("Title", "Printer jam\r"),
        ("as not an incident", ""),
        ("Where did it go instead", "PROD-812\r"),
    ];
    let finished = play(&env, &["new"], 80, &keys);
    assert_eq!(finished.code, 0, "{}", finished.output);
    assert!(!finished.output.contains("Call"), "{}", finished.output);
    let file = env.incident_file();
    assert!(file.contains("status: declined") && file.contains("PROD-812"), "{file}");
}

#[test]
fn a_rehearsal_leaves_nothing_behind() {
    let env = TestEnv::new();
    let before = env.state();
    let keys = [("Number [1]:", "1"), ("Number [0]:", "1"), ("①", "y"), ("Title", "Down\r")];
    let finished = play(&env, &["new", "--dry-run"], 80, &keys);
    assert_eq!(finished.code, 0, "{}", finished.output);
    assert!(
        finished.output.contains("+title: Down") && !finished.output.contains("✔"),
        "{}",
        finished.output
    );
    assert!(env.state() == before && drafts(&env.store).is_empty());
}
