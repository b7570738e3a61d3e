//! Words that begin with a dash and are no options: items of a list (`- reboot`), figures (`-12%`), `-決済`.
//!
//! clap takes whatever begins with a dash for an option, unless an argument is to take every option that follows it as
//! its words. So such words are put behind a `--`.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};

use clap::Command;

/// `arguments` with such words behind a `--`, unless they are the value of an option of `command`.
pub fn set_apart(arguments: &[OsString], command: impl FnOnce() -> Command) -> Cow<'_, [OsString]> {
    let end = arguments.iter().position(|word| word == "--").unwrap_or(arguments.len());
    let (before, behind) = arguments.split_at(end);
    if !before.iter().any(|word| is_text(word)) {
        return Cow::Borrowed(arguments);
    }
    let command = command();
    let meant = meant(&command, before);
    let (mut kept, mut apart): (Vec<OsString>, Vec<OsString>) = Default::default();
    let mut last_is_apart = false;
    for (index, word) in before.iter().enumerate() {
        let is_value = index > 0 && takes_value(&meant, &before[index - 1]);
        // What follows it is of the same text.
        let follows = last_is_apart && !word.as_encoded_bytes().starts_with(b"-");
        last_is_apart = !is_value && (is_text(word) || follows);
        if last_is_apart { &mut apart } else { &mut kept }.push(word.clone());
    }
    kept.push(OsString::from("--"));
    kept.extend(apart);
    kept.extend(behind.iter().skip(1).cloned());
    Cow::Owned(kept)
}

/// A dash before anything but a letter of ours, another dash or nothing: no option is written so.
fn is_text(word: &OsStr) -> bool {
    let Some(rest) = word.to_str().and_then(|word| word.strip_prefix('-')) else { return false };
    rest.starts_with(|first: char| first != '-' && first != '=' && !first.is_ascii_alphabetic())
}

/// The commands that `words` lead through, the outermost first: the options of each are understood.
fn meant<'a>(command: &'a Command, words: &[OsString]) -> Vec<&'a Command> {
    let mut path = vec![command];
    for word in words.iter().skip(1).filter_map(|word| word.to_str()) {
        let below = path.last().and_then(|command| command.find_subcommand(word));
        path.extend(below);
    }
    path
}

/// Whether `word` is an option whose value is the word behind it.
fn takes_value(commands: &[&Command], word: &OsStr) -> bool {
    let Some(word) = word.to_str().filter(|word| !word.contains('=')) else { return false };
    let long = word.strip_prefix("--");
    // Of several letters behind one dash only the last can have a value.
    let short = word.strip_prefix('-').filter(|_| long.is_none()).and_then(|letters| letters.chars().last());
    let arguments = commands.iter().flat_map(|command| command.get_arguments());
    arguments.filter(|argument| argument.get_action().takes_values()).any(|argument| {
        let has_long = |name| argument.get_long_and_visible_aliases().unwrap_or_default().contains(&name);
        long.is_some_and(has_long) || (short.is_some() && argument.get_short() == short)
    })
}

#[cfg(test)]
mod tests {
    use clap::{Arg, ArgAction};

    use super::*;

    fn sample() -> Command {
        let note = Command::new("note")
            .arg(Arg::new("text").action(ArgAction::Append))
            .arg(Arg::new("kind").long("kind").short('k'))
            .arg(Arg::new("dry").long("dry-run").short('n').action(ArgAction::SetTrue))
            .arg(Arg::new("message").long("message").short('m').allow_hyphen_values(true));
        Command::new("incident").arg(Arg::new("store").short('C')).subcommand(note)
    }

    #[test]
    fn text_is_told_from_options() {
        for (words, expected) in [
            ("note|- a", "note|--|- a"),
            ("note|- a|b|-k|tried", "note|-k|tried|--|- a|b"),
            ("note|a|-k|tried|-5% errors", "note|a|-k|tried|--|-5% errors"),
            ("note|-決済|--|-k", "note|--|-決済|-k"),
            ("note|-m|- a", "note|-m|- a|--"),
            ("note|-nm|- a|- b", "note|-nm|- a|--|- b"),
            ("note|-n|- a", "note|-n|--|- a"),
            ("note|--message|-12m", "note|--message|-12m|--"),
            ("note|--message=x|- a", "note|--message=x|--|- a"),
            ("-C|-1|note", "-C|-1|note|--"),
            ("note|-|-x|--kidn", "note|-|-x|--kidn"),
            ("note|--|- a", "note|--|- a"),
        ] {
            let arguments: Vec<OsString> =
                ["incident"].into_iter().chain(words.split('|')).map(OsString::from).collect();
            let found = set_apart(&arguments, sample);
            let found: Vec<&str> = found.iter().skip(1).filter_map(|word| word.to_str()).collect();
            assert_eq!(found.join("|"), expected, "{words}");
        }
    }
}
