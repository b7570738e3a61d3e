//! What is wrong with a command line, in the user's language: clap finds it, `locales/` words it.

use std::error::Error as _;
use std::num::ParseIntError;

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::config::nearest;
use crate::failure::Failure;
use crate::locale::{Locale, say};

/// The message and the hints for a command line that clap refused.
///
/// Not for the kinds that ask for help or the version: those are no errors.
pub fn render(error: &Error, locale: &Locale) -> (String, Vec<String>) {
    (message(error, locale), hints(error, locale))
}

fn message(error: &Error, locale: &Locale) -> String {
    let argument = words(error, ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            say!(locale, "usage-unknown-command", word = words(error, ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            say!(locale, "usage-unknown-option", word = argument)
        }
        ErrorKind::UnknownArgument => say!(locale, "usage-unexpected-word", word = argument),
        ErrorKind::MissingRequiredArgument => say!(locale, "usage-missing", arguments = argument),
        ErrorKind::MissingSubcommand => {
            say!(locale, "usage-missing-command", command = words(error, ContextKind::InvalidSubcommand))
        }
        ErrorKind::NoEquals => say!(locale, "usage-missing-equals", argument = argument),
        ErrorKind::ArgumentConflict => conflict(error, locale),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => refused_value(error, locale),
        ErrorKind::TooManyValues => {
            let value = words(error, ContextKind::InvalidValue);
            say!(locale, "usage-surplus-value", argument = argument, value = value)
        }
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => value_count(error, locale),
        ErrorKind::InvalidUtf8 => locale.text("usage-not-unicode"),
        kind => say!(locale, "usage-other", reason = kind.to_string()),
    }
}

fn conflict(error: &Error, locale: &Locale) -> String {
    let argument = match words(error, ContextKind::InvalidArg) {
        argument if argument.is_empty() => words(error, ContextKind::InvalidSubcommand),
        argument => argument,
    };
    let others = words(error, ContextKind::PriorArg);
    if others == argument {
        say!(locale, "usage-repeated", argument = argument)
    } else if others.is_empty() {
        say!(locale, "usage-conflict-unnamed", argument = argument)
    } else {
        say!(locale, "usage-conflict", argument = argument, others = others)
    }
}

fn refused_value(error: &Error, locale: &Locale) -> String {
    let argument = words(error, ContextKind::InvalidArg);
    let value = words(error, ContextKind::InvalidValue);
    // A parser that only says "no" gives the value back as its reason.
    let Some(source) = error.source().filter(|source| source.to_string() != value) else {
        return if value.is_empty() {
            say!(locale, "usage-missing-value", argument = argument)
        } else {
            say!(locale, "usage-refused-value", argument = argument, value = value)
        };
    };
    if source.is::<ParseIntError>() {
        return say!(locale, "usage-not-a-number", argument = argument, value = value);
    }
    let reason = match source.downcast_ref::<Failure>() {
        Some(failure) => locale.say(&failure.message),
        None => source.to_string(),
    };
    say!(locale, "usage-refused-value-because", argument = argument, value = value, reason = reason)
}

fn value_count(error: &Error, locale: &Locale) -> String {
    let argument = words(error, ContextKind::InvalidArg);
    let given = number(error, ContextKind::ActualNumValues).unwrap_or_default();
    if let Some(needed) = number(error, ContextKind::MinValues) {
        return say!(
            locale,
            "usage-value-count-at-least",
            argument = argument,
            needed = needed,
            given = given
        );
    }
    let needed = number(error, ContextKind::ExpectedNumValues).unwrap_or_default();
    say!(locale, "usage-value-count", argument = argument, needed = needed, given = given)
}

/// What mends it, from the most to the least likely: the word that was meant, the possible values, how the command is
/// written, its help.
fn hints(error: &Error, locale: &Locale) -> Vec<String> {
    let command = command(error);
    let mut hints = Vec::new();
    for subcommand in suggested_commands(error) {
        let full = format!("{command} {subcommand}");
        hints.push(say!(locale, "usage-hint-instead", word = full.trim_start()));
    }
    for kind in [ContextKind::SuggestedArg, ContextKind::SuggestedValue] {
        hints.extend(
            list(error, kind).into_iter().map(|word| say!(locale, "usage-hint-instead", word = word)),
        );
    }
    if !list(error, ContextKind::ValidValue).is_empty() {
        hints.push(say!(locale, "usage-hint-values", values = words(error, ContextKind::ValidValue)));
    }
    if error.kind() == ErrorKind::UnknownArgument
        && error.get(ContextKind::Suggested).is_some()
        && hints.is_empty()
    {
        hints.push(say!(locale, "usage-hint-as-value", word = words(error, ContextKind::InvalidArg)));
    }
    if let Some(failure) = error.source().and_then(|source| source.downcast_ref::<Failure>()) {
        hints.extend(failure.hints.iter().map(|hint| locale.say(hint)));
    }
    if hints.is_empty() {
        hints.extend(either(error, locale).or_else(|| synopsis(error)));
    }
    let unhelped = hints.is_empty() || error.kind() == ErrorKind::InvalidSubcommand;
    if unhelped && !command.is_empty() {
        hints.push(format!("{command} --help"));
    }
    hints
}

/// Of two arguments that do not go together either may be left out; the synopsis would have both.
fn either(error: &Error, locale: &Locale) -> Option<String> {
    let (one, other) = (words(error, ContextKind::InvalidArg), words(error, ContextKind::PriorArg));
    let both = error.kind() == ErrorKind::ArgumentConflict && one != other;
    (both && !one.is_empty() && !other.is_empty())
        .then(|| say!(locale, "usage-hint-either", one = one, other = other))
}

/// The commands that may have been meant, the likeliest first; clap has it last.
fn suggested_commands(error: &Error) -> Vec<String> {
    let mut suggested = list(error, ContextKind::SuggestedSubcommand);
    suggested.reverse();
    let word = words(error, ContextKind::InvalidSubcommand);
    let near = nearest(&word, suggested.iter().map(String::as_str));
    if near.is_empty() { suggested.clone() } else { near.into_iter().map(str::to_owned).collect() }
}

/// How the command is written, for mistakes that seeing it mends.
fn synopsis(error: &Error) -> Option<String> {
    let shape = matches!(
        error.kind(),
        ErrorKind::MissingRequiredArgument | ErrorKind::UnknownArgument | ErrorKind::ArgumentConflict
    );
    usage(error).filter(|_| shape)
}

/// clap's usage line without its heading: `incident assign [OPTIONS] <ROLE>`.
fn usage(error: &Error) -> Option<String> {
    let usage = words(error, ContextKind::Usage);
    let line = usage.lines().next()?.trim_start_matches("Usage:").trim().to_owned();
    (!line.is_empty()).then_some(line)
}

/// The command that was being read: the words of the usage line before its placeholders.
fn command(error: &Error) -> String {
    let usage = usage(error).unwrap_or_default();
    let names: Vec<&str> = usage.split(' ').take_while(|word| !word.starts_with(['[', '<', '-'])).collect();
    names.join(" ")
}

/// The context as text, several of them with commas between; empty if the error has none.
fn words(error: &Error, kind: ContextKind) -> String {
    error.get(kind).map(ToString::to_string).unwrap_or_default()
}

fn list(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::Strings(words)) => words.clone(),
        Some(ContextValue::String(word)) => vec![word.clone()],
        _ => Vec::new(),
    }
}

fn number(error: &Error, kind: ContextKind) -> Option<i64> {
    match error.get(kind) {
        Some(ContextValue::Number(number)) => i64::try_from(*number).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use clap::builder::PossibleValuesParser;
    use clap::{Arg, ArgAction, Command};

    use super::*;
    use crate::domain::text::Lang;
    use crate::failure::Exit;

    fn refuse(_: &str) -> Result<String, Failure> {
        Err(Failure::new(Exit::Usage, "usage-not-unicode"))
    }

    fn sample() -> Command {
        let assign = Command::new("assign")
            .arg(Arg::new("role").required(true).value_name("ROLE"))
            .arg(Arg::new("person").required(true).value_name("PERSON"))
            .arg(Arg::new("remove").long("remove").action(ArgAction::SetTrue).conflicts_with("from"))
            .arg(Arg::new("from").long("from").value_name("PERSON"));
        let list = Command::new("list")
            .arg(Arg::new("mode").long("mode").value_parser(PossibleValuesParser::new(["real", "drill"])))
            .arg(Arg::new("limit").long("limit").value_name("N").value_parser(clap::value_parser!(u32)))
            .arg(Arg::new("pair").long("pair").value_names(["A", "B"]).num_args(2))
            .arg(Arg::new("many").long("many").value_name("X").num_args(2..))
            .arg(Arg::new("key").long("key").value_name("K").require_equals(true))
            .arg(Arg::new("lang").long("lang").value_parser(|tag: &str| tag.parse::<Lang>()))
            .arg(Arg::new("since").long("since").value_name("TIME").value_parser(refuse));
        let policy = Command::new("policy").subcommand_required(true).subcommand(Command::new("check"));
        Command::new("incident").subcommand_required(true).subcommands([assign, list, policy])
    }

    fn check(line: &str, ja: (&str, &[&str]), en: (&str, &[&str])) {
        let error = sample().try_get_matches_from(line.split(' ')).unwrap_err();
        for (lang, (message, hints)) in [(Lang::Ja, ja), (Lang::En, en)] {
            let shown = render(&error, &Locale::new(lang));
            assert_eq!(
                (shown.0.as_str(), shown.1),
                (message, hints.iter().map(ToString::to_string).collect())
            );
        }
    }

    #[test]
    fn an_unknown_command_names_the_one_that_was_meant() {
        check(
            "incident asign",
            ("「asign」というコマンドはありません", &["もしかして「incident assign」", "incident --help"]),
            ("unknown command “asign”", &["did you mean “incident assign”?", "incident --help"]),
        );
        check(
            "incident policy xyz",
            ("「xyz」というコマンドはありません", &["incident policy --help"]),
            ("unknown command “xyz”", &["incident policy --help"]),
        );
        check(
            "incident",
            ("「incident」のあとにコマンドが要ります", &["incident --help"]),
            ("a command must follow “incident”", &["incident --help"]),
        );
    }

    #[test]
    fn an_unknown_argument_is_named() {
        check(
            "incident list --limt 3",
            ("「--limt」というオプションはありません", &["もしかして「--limit」"]),
            ("unknown option “--limt”", &["did you mean “--limit”?"]),
        );
        check(
            "incident assign a b c",
            ("「c」は余分です", &["incident assign [OPTIONS] <ROLE> <PERSON>"]),
            ("unexpected argument “c”", &["incident assign [OPTIONS] <ROLE> <PERSON>"]),
        );
        check(
            "incident assign -x",
            ("「-x」というオプションはありません", &["文字として渡すには: -- -x"]),
            ("unknown option “-x”", &["to pass it as text: -- -x"]),
        );
    }

    #[test]
    fn what_is_missing_or_does_not_go_together_is_named() {
        check(
            "incident assign commander",
            ("<PERSON> が要ります", &["incident assign <ROLE> <PERSON>"]),
            ("missing <PERSON>", &["incident assign <ROLE> <PERSON>"]),
        );
        check(
            "incident assign a b --remove --from c",
            (
                "--remove は --from <PERSON> と一緒には使えません",
                &["--remove か --from <PERSON> の片方を外してください"],
            ),
            ("--remove does not go with --from <PERSON>", &["leave out --remove or --from <PERSON>"]),
        );
        check(
            "incident list --limit 1 --limit 2",
            ("--limit <N> が2回あります", &["incident list [OPTIONS]"]),
            ("--limit <N> is given twice", &["incident list [OPTIONS]"]),
        );
    }

    #[test]
    fn a_value_that_is_refused_says_why() {
        check(
            "incident list --mode rael",
            ("--mode <mode> に「rael」は使えません", &["もしかして「real」", "選べる値: real, drill"]),
            ("“rael” is no value for --mode <mode>", &["did you mean “real”?", "one of real, drill"]),
        );
        check(
            "incident list --limit x",
            ("--limit <N> は数字で書いてください（「x」は数字ではありません）", &[]),
            ("“x” is no number, which --limit <N> needs", &[]),
        );
        check(
            "incident list --since x",
            ("--since <TIME> に「x」は使えません（UTF-8 として読めない引数があります）", &[]),
            ("“x” is no value for --since <TIME>: an argument is not valid UTF-8", &[]),
        );
        check(
            "incident list --lang fr",
            ("--lang <lang> に「fr」は使えません", &[]),
            ("“fr” is no value for --lang <lang>", &[]),
        );
        check(
            "incident list --limit",
            ("--limit <N> には値が要ります", &[]),
            ("--limit <N> needs a value", &[]),
        );
        check(
            "incident list --key k",
            ("--key=<K> の値は「=」に続けて書いてください", &["incident list --help"]),
            ("--key=<K> needs its value after an equals sign", &["incident list --help"]),
        );
    }

    #[test]
    fn values_are_counted() {
        check(
            "incident list --pair a",
            ("--pair <A> <B> の値は2個です（いまは1個）", &["incident list --help"]),
            ("--pair <A> <B> needs 2 values, not 1", &["incident list --help"]),
        );
        check(
            "incident list --many a",
            ("--many <X> <X>... の値は2個以上要ります（いまは1個）", &["incident list --help"]),
            ("--many <X> <X>... needs at least 2 values, not 1", &["incident list --help"]),
        );
    }
}
