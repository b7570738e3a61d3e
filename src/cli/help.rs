//! Help in the user's language: what the commands do, clap's own words, examples, and lines folded for Japanese.
//!
//! The commands carry their English help as doc comments; `locales/` has the rest. Building this costs more than a
//! whole command does, so nothing here runs until somebody asks for help.

use std::ffi::OsString;
use std::fmt::Write as _;

use clap::builder::styling::Style;
use clap::builder::{PossibleValue, PossibleValuesParser, Resettable, StyledStr};
use clap::error::ErrorKind;
use clap::{Arg, Command, Error};

use crate::domain::text::Lang;
use crate::locale::Locale;

use super::fold::fold;

/// clap's own words, which it has in English only.
const CLAP_WORDS: [(&str, &str); 13] = [
    ("Usage:", "使い方:"),
    ("Commands:", "コマンド:"),
    ("Arguments:", "引数:"),
    ("Options:", "オプション:"),
    ("Possible values:", "選べる値:"),
    ("[OPTIONS]", "[オプション]"),
    ("[COMMAND]", "[コマンド]"),
    ("<COMMAND>", "<コマンド>"),
    ("[default: ", "[既定: "),
    ("[possible values: ", "[選べる値: "),
    ("[env: ", "[環境変数: "),
    ("[alias: ", "[別名: "),
    ("[aliases: ", "[別名: "),
];

/// The help or the version that `arguments` ask of `command`; none if they ask for neither.
pub fn asked(
    command: Command,
    arguments: &[OsString],
    locale: &Locale,
    columns: usize,
    colors: bool,
) -> Option<String> {
    // Before the commands below it are built, which take the width over.
    let command = localize(command.term_width(clap_width(locale, columns)), locale);
    let error = command.try_get_matches_from(arguments).err().filter(is_request)?;
    let text = error.render();
    let text = if colors { text.ansi().to_string() } else { text.to_string() };
    Some(typeset(&text, locale, columns))
}

/// Whether it is no mistake, but help or the version; help is also shown where a command is missing altogether.
pub fn is_request(error: &Error) -> bool {
    use ErrorKind::{DisplayHelp, DisplayHelpOnMissingArgumentOrSubcommand, DisplayVersion};
    matches!(error.kind(), DisplayHelp | DisplayHelpOnMissingArgumentOrSubcommand | DisplayVersion)
}

/// What clap has to fold at; Japanese is folded afterwards, as clap breaks lines at blanks only.
fn clap_width(locale: &Locale, columns: usize) -> usize {
    const NEVER: usize = 0;
    if locale.lang() == Lang::Ja { NEVER } else { columns }
}

/// `command` and everything below it with the help texts that `locale` has, and with the examples.
pub fn localize(mut command: Command, locale: &Locale) -> Command {
    command.build();
    let root = command.get_name().to_owned();
    describe(command, &Path { command: root, arguments: "global".to_owned() }, locale)
}

/// A help text as clap put it together, with clap's own words in the user's language and with lines that fit.
pub fn typeset(help: &str, locale: &Locale, columns: usize) -> String {
    if locale.lang() == Lang::En {
        return help.to_owned();
    }
    let words = CLAP_WORDS.iter().fold(help.to_owned(), |help, (english, own)| help.replace(english, own));
    fold(&words, columns)
}

/// Where the texts of a command stand: `help-policy-check`, `help-policy-check--json`.
struct Path {
    command: String,
    arguments: String,
}

impl Path {
    fn of(names: String) -> Self {
        Self { command: names.clone(), arguments: names }
    }

    /// The path of a command below this one.
    fn below(&self, name: &str) -> Self {
        let is_root = self.arguments == "global";
        Self::of(if is_root { name.to_owned() } else { format!("{}-{name}", self.command) })
    }
}

fn describe(mut command: Command, path: &Path, locale: &Locale) -> Command {
    let key = format!("help-{}", path.command);
    if let Some(about) = locale.optional(&key, &[]) {
        command = command.about(about).long_about(long(locale, &key));
    }
    if let Some(examples) = locale.optional(&format!("examples-{}", path.command), &[]) {
        let examples = after_help(&command, &locale.text("examples-heading"), &examples);
        command = command.after_help(examples);
    }
    if path.command == "help" {
        // Below it, clap has all commands once more, so that `help` completes their names.
        return command.mut_args(|argument| describe_argument(argument, path, locale));
    }
    command.mut_args(|argument| describe_argument(argument, path, locale)).mut_subcommands(|below| {
        let path = path.below(below.get_name());
        describe(below, &path, locale)
    })
}

fn describe_argument(mut argument: Arg, path: &Path, locale: &Locale) -> Arg {
    let id = argument.get_id().as_str().replace('_', "-");
    let own = format!("help-{}--{id}", path.arguments);
    let shared = format!("help-global--{id}");
    if let Some(heading) = argument.get_help_heading() {
        let key = format!("help-heading-{}", heading.to_lowercase().replace(' ', "-"));
        if let Some(heading) = locale.optional(&key, &[]) {
            argument = argument.help_heading(heading);
        }
    }
    let Some((key, help)) =
        [own, shared].into_iter().find_map(|key| Some((key.clone(), locale.optional(&key, &[])?)))
    else {
        return argument;
    };
    let values: Vec<PossibleValue> = argument.get_possible_values();
    if values.iter().any(|value| value.get_help().is_some()) {
        let described = values.into_iter().map(|value| describe_value(value, &key, locale));
        argument = argument.value_parser(PossibleValuesParser::new(described));
    }
    argument.help(help).long_help(long(locale, &key))
}

/// What `--help` says beyond `-h`; none takes the English one away.
fn long(locale: &Locale, key: &str) -> Resettable<StyledStr> {
    locale.optional(&format!("{key}-long"), &[]).map(StyledStr::from).into()
}

fn describe_value(value: PossibleValue, key: &str, locale: &Locale) -> PossibleValue {
    let key = format!("{key}--{}", value.get_name().replace('_', "-"));
    match locale.optional(&key, &[]) {
        Some(help) => value.help(help),
        None => value,
    }
}

/// The examples under their heading: commands stand out, remarks about them (`# …`) step back.
fn after_help(command: &Command, heading: &str, examples: &str) -> StyledStr {
    let header = command.get_styles().get_header();
    let remark = Style::new().dimmed();
    let mut text = StyledStr::new();
    let mut put =
        |line: std::fmt::Arguments<'_>| text.write_fmt(line).expect("a string takes all that is written");
    put(format_args!("{header}{heading}:{header:#}"));
    for line in examples.lines() {
        if line.starts_with('#') {
            put(format_args!("\n  {remark}{line}{remark:#}"));
        } else {
            put(format_args!("\n  {line}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use clap::{ArgAction, ValueEnum};
    use unicode_width::UnicodeWidthStr;

    use super::*;

    #[derive(Clone, ValueEnum)]
    enum Kind {
        /// What was found
        Checked,
    }

    fn sample() -> Command {
        let note = Command::new("note")
            .about("Leave a remark")
            .arg(Arg::new("text").help("The words"))
            .arg(Arg::new("kind").long("kind").help("What it is").value_parser(clap::value_parser!(Kind)))
            .arg(Arg::new("at").long("at").value_name("TIME").help("When"))
            .arg(Arg::new("no_verify").long("no-verify").action(ArgAction::SetTrue).help("Skip hooks"));
        Command::new("incident")
            .about("Incidents")
            .version("1.0")
            .arg(Arg::new("store").short('C').long("store").global(true).default_value(".").help("Where"))
            .subcommand(note)
    }

    fn shown(line: &str, lang: Lang) -> String {
        let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        asked(sample(), &arguments, &Locale::new(lang), 80, false).unwrap()
    }

    #[test]
    fn japanese_help_leaves_no_english_sentence() {
        let help = shown("incident note -h", Lang::Ja);
        let expected = "\
経過に一言を残す

使い方: incident note [オプション] [text]

引数:
  [text]  残す言葉。並べると空白でつなぎ、- なら標準入力から読む。省くとエディ
          ターが開く

オプション:
  -C, --store <store>  使う保管場所（フォルダーか、設定に書いた名前） [既定: .]
      --kind <kind>    メモの種類 [選べる値: checked]
      --at <TIME>      起きた時刻（02:40、-12m、15分前、昨日 23:50、02:40頃）。
                       省くと、いま
      --no-verify      git のフックを動かさずに記録する
  -h, --help           使い方を表示する（-h は短い版）

例:
  incident note \"成功率は 02:38 から 0%\"
  incident note --kind tried \"再起動した → 変わらない\" --at 5分前
";
        assert_eq!(help, expected);
    }

    #[test]
    fn english_help_stays_and_gets_its_examples() {
        let help = shown("incident note --help", Lang::En);
        assert!(help.starts_with("Leave a remark\n\nUsage: incident note [OPTIONS] [text]\n"), "{help}");
        assert!(help.contains("Examples:\n  incident note "), "{help}");
    }

    #[test]
    fn every_way_of_asking_is_answered() {
        for line in ["incident --help", "incident -h", "incident help note", "incident note --help"] {
            let help = shown(line, Lang::Ja);
            assert!(help.contains("使い方: incident"), "{line}: {help}");
            assert!(help.lines().all(|row| row.width() <= 80), "{line}: {help}");
        }
        assert!(shown("incident note --help", Lang::Ja).contains("- checked: 調べたこと"));
        assert_eq!(shown("incident --version", Lang::Ja), "incident 1.0\n");
        let refused = [OsString::from("incident"), OsString::from("--nonsense")];
        assert_eq!(asked(sample(), &refused, &Locale::new(Lang::Ja), 80, false), None);
    }
}
