//! The prompts on a terminal, as a person at the keyboard finds them.

use std::io::IsTerminal;
use std::process::Command;
use std::rc::Rc;

use incident::domain::text::Lang;
use incident::locale::Locale;
use incident::ui::{
    Choice, Item, LinePrompt, LinesPrompt, OnEnter, PromptSession, QuestionPrompt, Ui, UiSettings,
    YesNoPrompt,
};

use crate::pty::Terminal;

/// Names the prompt that [`asks`] shows.
const PROMPT: &str = "PROMPT_UNDER_TEST";

/// The program behind the terminal: this test, run again. Started by hand it shows nothing.
#[test]
fn asks() {
    let Ok(prompt) = std::env::var(PROMPT) else { return };
    let settings = UiSettings {
        stdin_is_terminal: std::io::stdin().is_terminal(),
        stdout_is_terminal: std::io::stdout().is_terminal(),
        stderr_is_terminal: std::io::stderr().is_terminal(),
        ..UiSettings::default()
    };
    let ui = Ui::new(settings, Rc::new(Locale::new(Lang::Ja)));
    let came = show(&prompt, &mut ui.session().unwrap());
    ui.say(&format!("=> {came}"));
}

fn show(prompt: &str, session: &mut PromptSession<'_>) -> String {
    let question = QuestionPrompt {
        number: 1,
        text: "決済がすべて失敗している状態ですか",
        hint: "別の回線の同僚も失敗する",
        remaining: Some(2),
        can_go_back: true,
    };
    match prompt {
        "question" => format!("{:?}", session.question(&question).unwrap()),
        "two questions" => {
            let first = session.question(&question).unwrap();
            let second =
                QuestionPrompt { number: 2, text: "お金が動きますか", remaining: None, ..question };
            format!("{first:?} {:?}", session.question(&second).unwrap())
        }
        "yes or no" => {
            let text = "これのことですか";
            let prompt = YesNoPrompt { text, yes: "それです", no: "別件", enter: Some(false) };
            format!("{:?}", session.yes_no(&prompt).unwrap())
        }
        "choice" => {
            let hints = ["使えない・遅い・おかしい", "見えた・送った・公開した", "請求・入金・送金"];
            let items = ["サービス障害", "情報の漏えい・誤送信", "お金の間違い"].iter().zip(hints);
            let items: Vec<Item> = items.map(|(label, hint)| Item::new(*label, hint)).collect();
            let choice = Choice {
                prompt: "何が起きましたか",
                items: &items,
                zero: Some("わからない"),
                enter: Some(1),
            };
            format!("{:?}", session.choose(&choice).unwrap())
        }
        "long choice" => {
            let items: Vec<Item> = (1..=12).map(|number| Item::new(format!("製品{number}"), "")).collect();
            format!("{:?}", session.pick("どれですか", &items).unwrap())
        }
        "line" => {
            let prompt = LinePrompt { enter: OnEnter::Take("決済の障害"), ..LinePrompt::new("件名") };
            format!("{:?}", session.line(&prompt).unwrap())
        }
        "lines" => format!("{:?}", session.lines(&LinesPrompt { label: "見えていること" }).unwrap()),
        "panic" => panic!("in the middle of a prompt"),
        other => panic!("no prompt is named {other}"),
    }
}

fn terminal(prompt: &str, columns: u16) -> Terminal {
    let mut program = Command::new(std::env::current_exe().unwrap());
    program.args(["--exact", "prompts::asks", "--nocapture", "--quiet"]).env(PROMPT, prompt);
    Terminal::spawn(&program, columns)
}

/// Sends each of `keys` when the text beside it is shown, and expects what came of it.
#[track_caller]
fn check(prompt: &str, keys: &[(&str, &str)], expected: &str) -> Vec<String> {
    let mut terminal = terminal(prompt, 80);
    for (shown, key) in keys {
        terminal.expect(shown);
        terminal.send(key);
    }
    terminal.expect(&format!("=> {expected}"));
    let finished = terminal.finish();
    assert_eq!(finished.code, 0, "{}", finished.output);
    finished.screen
}

/// The lines from the one that begins with `first` up to the result.
#[track_caller]
fn part(screen: &[String], first: &str) -> Vec<String> {
    let start = screen.iter().position(|line| line.starts_with(first));
    let end = screen.iter().position(|line| line.starts_with("=> "));
    screen[start.expect("the line is shown")..end.expect("the result is shown")].to_vec()
}

#[test]
fn an_input_method_left_on_answers_a_question() {
    let shown = [
        ("ｙ", "Value(Yes)"),
        ("Ｎ", "Value(No)"),
        ("はい", "Value(Yes)"),
        ("いいえ", "Value(No)"),
        ("わからない", "Value(Unsure)"),
        ("ｗ", "Value(Unsure)"),
        ("ー", "Value(Back)"),
        ("\r\n", "Value(Later)"),
        ("\n", "Value(Later)"),
    ];
    for (key, expected) in shown {
        check("question", &[("（あと2問）", key)], expected);
    }
}

#[test]
fn the_answer_stands_at_the_end_of_the_question() {
    let screen = check("question", &[("（あと2問）", "ｙ")], "Value(Yes)");
    assert_eq!(
        part(&screen, "y はい"),
        [
            "y はい  n いいえ  w わからない  ? 例  - 戻る  Enter あとで",
            "① 決済がすべて失敗している状態ですか（あと2問）                     はい",
        ]
    );
}

#[test]
fn nothing_of_a_key_that_is_not_known_ends_up_in_the_text() {
    let function_keys = "\u{1b}OP\u{1b}O5Q\u{1b}[15~\u{1b}[[A\u{1b}[1;5P\u{1b}\u{1b}[A";
    check("line", &[("件名", &format!("決{function_keys}済\r"))], r#"Value("決済")"#);
}

#[test]
fn a_key_that_is_not_understood_is_answered() {
    let screen = check(
        "question",
        &[
            ("（あと2問）", "決済が全部だめ"),
            ("日本語入力がオンのようです", ""),
            ("（あと2問）", "x"),
            ("例は ?", ""),
            ("（あと2問）", "\u{1b}[A"),
            ("例は ?", ""),
            ("（あと2問）", "？"),
            ("例: 別の回線の同僚も失敗する", ""),
            ("（あと2問）", "n"),
        ],
        "Value(No)",
    );
    assert_eq!(
        part(&screen, "①"),
        [
            "① 決済がすべて失敗している状態ですか（あと2問） 決済が全部…",
            "  y か n で答えてください（日本語入力がオンのようです）",
            "① 決済がすべて失敗している状態ですか（あと2問） x",
            "  y か n で答えてください（わからないなら w、あとにするなら Enter、例は ?）",
            "① 決済がすべて失敗している状態ですか（あと2問）",
            "  y か n で答えてください（わからないなら w、あとにするなら Enter、例は ?）",
            "① 決済がすべて失敗している状態ですか（あと2問）",
            "  例: 別の回線の同僚も失敗する",
            "① 決済がすべて失敗している状態ですか（あと2問）                     いいえ",
        ]
    );
}

#[test]
fn pasted_words_answer_nothing() {
    check(
        "question",
        &[("（あと2問）", "決済が落ちた\r"), ("日本語入力", ""), ("（あと2問）", "n")],
        "Value(No)",
    );
    let keys = [("（あと2問）", "payments are down\r"), ("例は ?", ""), ("（あと2問）", "n")];
    let screen = check("question", &keys, "Value(No)");
    assert!(part(&screen, "①")[0].ends_with("payments ar…"), "{screen:?}");
}

#[test]
fn keys_typed_ahead_wait_for_their_question() {
    let screen = check("two questions", &[("（あと2問）", "yw")], "Value(Yes) Value(Unsure)");
    assert!(part(&screen, "②")[0].ends_with("わからない"), "{screen:?}");
    check("two questions", &[("（あと2問）", "はいいいえ")], "Value(Yes) Value(No)");
    check("two questions", &[("（あと2問）", "\r\n\r\n")], "Value(Later) Value(Later)");
}

#[test]
fn enter_takes_the_likelier_of_two_answers() {
    check("yes or no", &[("Enter 別件", "\r")], "Value(false)");
    check("yes or no", &[("Enter 別件", "はい")], "Value(true)");
    check("yes or no", &[("Enter 別件", "？"), ("y か n", ""), ("Enter 別件", "Y")], "Value(true)");
}

#[test]
fn a_digit_chooses_full_width_or_not() {
    let screen = check("choice", &[("番号 [1]:", "３")], "Value(Some(2))");
    assert_eq!(
        part(&screen, "何が"),
        [
            "何が起きましたか",
            "  1 サービス障害          使えない・遅い・おかしい",
            "  2 情報の漏えい・誤送信  見えた・送った・公開した",
            "  3 お金の間違い          請求・入金・送金",
            "  0 わからない",
            "番号 [1]: 3 お金の間違い",
        ]
    );
    check("choice", &[("番号 [1]:", "\r")], "Value(Some(0))");
    check("choice", &[("番号 [1]:", "0")], "Value(None)");
    check("choice", &[("番号 [1]:", "9"), ("0〜3 の数字", "2")], "Value(Some(1))");
    check("choice", &[("番号 [1]:", "さん"), ("日本語入力", "2")], "Value(Some(1))");
}

#[test]
fn a_narrow_terminal_shows_hints_below_or_wrapped() {
    let mut terminal = terminal("choice", 40);
    terminal.expect("番号 [1]:");
    terminal.send("1");
    terminal.expect("=> Value(Some(0))");
    let screen = terminal.finish().screen;
    assert_eq!(
        part(&screen, "何が")[..5],
        [
            "何が起きましたか",
            "  1 サービス障害",
            "      使えない・遅い・おかしい",
            "  2 情報の漏えい・誤送信",
            "      見えた・送った・公開した",
        ]
    );
}

#[test]
fn more_than_nine_are_chosen_by_figures_and_enter() {
    check("long choice", &[("番号:", "１２\r")], "Value(11)");
    check("long choice", &[("番号:", "13\r"), ("1〜12 の数字", "2\r")], "Value(1)");
}

#[test]
fn erasing_a_wide_character_leaves_no_trace() {
    let keys = "決済がだめ\u{7f}\u{7f}エラー\u{17}決済が遅い\r";
    let screen = check("line", &[("[決済の障害]:", keys)], "Value(\"決済が遅い\")");
    assert_eq!(part(&screen, "件名"), ["件名 [決済の障害]: 決済が遅い"]);
    let screen = check("line", &[("[決済の障害]:", "\r")], "Value(\"決済の障害\")");
    assert_eq!(part(&screen, "件名"), ["件名 [決済の障害]: 決済の障害"]);
    check("line", &[("[決済の障害]:", "a\u{1b}[Db\u{1b}[3~c\u{202e}\r")], "Value(\"bc\")");
}

#[test]
fn a_long_line_is_whole_at_the_right_edge_of_a_narrow_terminal() {
    let mut terminal = terminal("line", 40);
    let text = "決済画面でエラーが出て誰も注文できない状態が続いている";
    terminal.expect("[決済の障害]:");
    terminal.send(text);
    terminal.send("\u{1b}[H\u{1b}[F\u{7f}\r");
    let typed = text.trim_end_matches('る');
    terminal.expect(&format!("=> Value(\"{typed}\")"));
    let screen = terminal.finish().screen;
    assert_eq!(
        part(&screen, "件名"),
        ["件名 [決済の障害]: 決済画面でエラーが出", "て誰も注文できない状態が続いてい"]
    );
}

#[test]
fn lines_end_with_a_blank_one_and_a_paste_keeps_its_own() {
    check("lines", &[("見えていること", "一行目\r二行目\r\r")], "Value([\"一行目\", \"二行目\"])");
    check("lines", &[("見えていること", "一\r\n\r\n二\r\n\r\n")], "Value([\"一\", \"\", \"二\"])");
    check("lines", &[("見えていること", "\r")], "Value([])");
}

#[test]
fn ctrl_c_gives_back_the_terminal_and_the_words() {
    check("question", &[("（あと2問）", "\u{3}")], "Interrupted { typed: \"\" }");
    check("choice", &[("番号 [1]:", "\u{4}")], "Interrupted { typed: \"\" }");
    check("line", &[("[決済の障害]:", "決済が\u{3}")], "Interrupted { typed: \"決済が\" }");
    check("lines", &[("見えていること", "一\r二\u{3}")], "Interrupted { typed: \"一\\n二\" }");
}

#[test]
fn a_panic_gives_back_the_terminal() {
    let finished = terminal("panic", 80).finish();
    assert_eq!(finished.code, 101, "{}", finished.output);
}
