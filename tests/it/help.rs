//! The help in Japanese: every command and every argument has one, and every text is about something that exists.

use std::collections::BTreeSet;
use std::ffi::OsString;

use clap::Command;
use incident::cli::{command, help};
use incident::domain::text::Lang;
use incident::locale::Locale;
use unicode_width::UnicodeWidthStr;

/// The commands that people see, each with the words that lead to it, the program's name first.
fn commands(command: &Command) -> Vec<(Vec<String>, &Command)> {
    let mut found = vec![(vec![command.get_name().to_owned()], command)];
    for below in command.get_subcommands().filter(|below| !below.is_hide_set() && below.get_name() != "help")
    {
        for (mut path, below) in commands(below) {
            path.insert(0, command.get_name().to_owned());
            found.push((path, below));
        }
    }
    found
}

fn is_japanese(text: &str) -> bool {
    text.contains(|c: char| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}'))
}

#[test]
fn every_command_and_argument_has_japanese_help() {
    let localized = help::localize(command(), &Locale::new(Lang::Ja));
    let mut missing = BTreeSet::new();
    for (path, command) in commands(&localized) {
        let path = path.join(" ");
        let has = |text: Option<String>| text.is_some_and(|text| is_japanese(&text));
        if !has(command.get_about().map(ToString::to_string)) {
            missing.insert(path.clone());
        }
        for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
            if !has(argument.get_help().map(ToString::to_string)) {
                missing.insert(format!("{path} {}", argument.get_id()));
            }
            let values = argument.get_possible_values();
            for value in values.iter().filter(|value| value.get_help().is_some()) {
                if !has(value.get_help().map(ToString::to_string)) {
                    missing.insert(format!("{path} {} {}", argument.get_id(), value.get_name()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "no Japanese help: {missing:#?}");
}

#[test]
fn every_japanese_help_text_is_about_something() {
    let mut command = command();
    command.build();
    let mut subjects: BTreeSet<String> = ["help-help", "help-help--subcommand"].map(str::to_owned).into();
    for (path, command) in commands(&command) {
        let path = if path.len() == 1 { path.join("-") } else { path[1..].join("-") };
        subjects.insert(format!("help-{path}"));
        subjects.insert(format!("examples-{path}"));
        for argument in command.get_arguments() {
            let argument_id = argument.get_id().as_str().replace('_', "-");
            for owner in [path.as_str(), "global"] {
                let key = format!("help-{owner}--{argument_id}");
                let values = argument.get_possible_values();
                subjects.extend(values.iter().map(|value| format!("{key}--{}", value.get_name())));
                subjects.insert(key);
            }
            if let Some(heading) = argument.get_help_heading() {
                subjects.insert(format!("help-heading-{}", heading.to_lowercase().replace(' ', "-")));
            }
        }
    }
    subjects.insert("examples-heading".to_owned());
    let files = [include_str!("../../locales/ja/help.ftl"), include_str!("../../locales/ja/examples.ftl")];
    let lines = files.iter().flat_map(|file| file.lines());
    let keys = lines.filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()));
    let stray: Vec<&str> = keys
        .filter_map(|line| line.split_once(" ="))
        .map(|(key, _)| key)
        .filter(|key| !subjects.contains(*key) && !subjects.contains(key.trim_end_matches("-long")))
        .collect();
    assert!(stray.is_empty(), "no such command or argument: {stray:#?}");
}

#[test]
fn help_fits_on_a_terminal_of_80_columns() {
    for lang in Lang::ALL {
        for (path, _) in commands(&command()) {
            for flag in ["-h", "--help"] {
                let arguments: Vec<OsString> = path.iter().map(OsString::from).chain([flag.into()]).collect();
                let help = help::asked(command(), &arguments, &Locale::new(lang), 80, false).unwrap();
                for line in help.lines() {
                    assert!(line.width() <= 80, "{lang} {path:?} {flag}: {line}");
                }
            }
        }
    }
}

/// The words of a shell line with double and single quotes.
fn shell_words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for character in line.trim().chars() {
        match (quote, character) {
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), _) if open == character => quote = None,
            (None, ' ') => words.push(String::new()),
            _ => words.last_mut().unwrap().push(character),
        }
    }
    words
}

#[test]
fn every_example_is_a_command_line_that_is_understood() {
    for lang in Lang::ALL {
        let locale = Locale::new(lang);
        for (path, _) in commands(&command()) {
            let path = if path.len() == 1 { path.join("-") } else { path[1..].join("-") };
            let examples = locale.optional(&format!("examples-{path}"), &[]).unwrap_or_default();
            let lines = examples.lines().flat_map(|line| line.split(" | "));
            for line in lines.filter(|line| line.starts_with("incident ")) {
                let line = line.split(" > ").next().unwrap_or(line);
                let understood = command().try_get_matches_from(shell_words(line));
                assert!(understood.is_ok(), "{lang}: {line}: {}", understood.unwrap_err());
            }
        }
    }
}
