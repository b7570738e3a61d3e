//! A value as YAML text: plain where every reader takes it for the same string, quoted otherwise.

use crate::domain::change::Value;

use super::yaml::Style;

/// What a value has to fit into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Site {
    /// Between brackets or braces, where commas separate.
    pub(super) flow: bool,
    /// The quotes of the value that stands there now; they are kept.
    pub(super) style: Style,
}

impl Site {
    pub(super) const BLOCK: Self = Self { flow: false, style: Style::Plain };
    pub(super) const FLOW: Self = Self { flow: true, style: Style::Plain };
}

/// The value on one line.
pub(super) fn format(value: &Value, site: Site) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Text(text) => string(text, site),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|item| string(item, Site::FLOW)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Time(moment) if site == Site::BLOCK => moment.to_string(),
        Value::Time(moment) => string(&moment.to_string(), site),
    }
}

/// A string that reads back as itself.
pub(super) fn string(text: &str, site: Site) -> String {
    let printable = text.chars().all(is_printable);
    match site.style {
        Style::Single if printable => single(text),
        Style::Double => double(text),
        _ if printable && is_plain(text, site.flow) => text.to_owned(),
        _ if printable && text.contains(['"', '\\']) => single(text),
        _ => double(text),
    }
}

/// Any value on one line, lists and maps in brackets.
pub(super) fn flow(value: &serde_yaml::Value) -> String {
    use serde_yaml::Value as Yaml;
    match value {
        Yaml::String(text) => string(text, Site::FLOW),
        Yaml::Sequence(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Yaml::Mapping(map) => {
            let pairs = map.iter().map(|(key, value)| format!("{}: {}", flow(key), flow(value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
        Yaml::Null => "null".to_owned(),
        other => shown(other),
    }
}

/// A value as people are told it; nothing for null.
pub(super) fn shown(value: &serde_yaml::Value) -> String {
    use serde_yaml::Value as Yaml;
    match value {
        Yaml::Null => String::new(),
        Yaml::Bool(value) => value.to_string(),
        Yaml::Number(number) => number.to_string(),
        Yaml::String(text) => text.clone(),
        Yaml::Sequence(items) => items.iter().map(shown).collect::<Vec<_>>().join(", "),
        other => flow(other),
    }
}

/// A key of a map.
pub(super) fn key(text: &str) -> String {
    string(text, Site::FLOW)
}

fn single(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn double(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_printable(c) => out.push(c),
            c if u32::from(c) <= 0xff => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            c if u32::from(c) <= 0xffff => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push_str(&format!("\\U{:08x}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

/// Whether the character may stand for itself in every YAML reader, and breaks no line in any.
fn is_printable(c: char) -> bool {
    let breaks_or_hides = matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    !c.is_control() && !breaks_or_hides
}

/// Whether `text` without quotes is this very string to readers of YAML 1.1 and 1.2 alike.
fn is_plain(text: &str, flow: bool) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let starts_like_syntax = "-?:,[]{}#&*!|>'\"%@`~=<".contains(first);
    // A dash before the closing bracket is an item to some readers.
    let in_flow = flow && (text.contains([',', '[', ']', '{', '}', ':', '?']) || text.ends_with(" -"));
    let has_syntax = text.contains(": ") || text.contains(" #") || text.ends_with(':');
    let blank_ends = text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
    !(starts_like_syntax || in_flow || has_syntax || blank_ends || is_word(text) || looks_numeric(text))
}

/// Words that some reader takes for a truth value or for nothing.
fn is_word(text: &str) -> bool {
    let words = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nil", "none"];
    words.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Whether some reader may take it for a number, a date, a time or base-60: digits and the signs in those.
fn looks_numeric(text: &str) -> bool {
    let numeric = |c: char| c.is_ascii_hexdigit() || "+-_.:xoXOTtZz ".contains(c);
    let special = text.trim_start_matches(['+', '-', '.']).to_ascii_lowercase();
    let starts = text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
    starts && (text.chars().all(numeric) || matches!(special.as_str(), "inf" | "nan"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(string(text, Site::BLOCK), expected);
        assert_reads_back(text);
    }

    fn assert_reads_back(text: &str) {
        for style in [Style::Plain, Style::Single, Style::Double] {
            let block = format!("k: {}\n", string(text, Site { flow: false, style }));
            let flow = format!("k: [{}, x]\n", string(text, Site { flow: true, style }));
            let read = |yaml: &str| serde_yaml::from_str::<serde_yaml::Value>(yaml).unwrap()["k"].clone();
            assert_eq!(read(&block).as_str(), Some(text), "{block}");
            assert_eq!(read(&flow)[0].as_str(), Some(text), "{flow}");
        }
    }

    #[test]
    fn what_yaml_would_retype_is_quoted() {
        for text in
            ["no", "Yes", "0012345", "1e5", "~", "null", "2026-12-04", "12:30", "1.5", "-", ".inf", "0x1F"]
        {
            check(text, &format!("\"{text}\""));
        }
        for text in
            ["a: b", "x #y", "# x", "*star", "&a", "@at", "", "a ", " a", "ends:", "%", "`x`", "[a]", "- a"]
        {
            check(text, &format!("\"{text}\""));
        }
        check("say \"no\": now", "'say \"no\": now'");
        check("two\nlines", "\"two\\nlines\"");
        check("nel\u{85}\u{1b}\u{feff}", "\"nel\\x85\\x1b\\ufeff\"");
    }

    #[test]
    fn a_dash_at_the_end_is_quoted_between_brackets_alone() {
        check("Severity · -", "Severity · -");
        assert_eq!(string("Severity · -", Site::FLOW), "\"Severity · -\"");
    }

    #[test]
    fn ordinary_words_stay_plain() {
        for text in [
            "決済画面でエラーが出る",
            "SEV1",
            "20261120-k7qm",
            "a1b2c3d",
            "it's late",
            "a:b",
            "x#y",
            "🚒 fire",
            "https://x.y/z",
        ] {
            check(text, text);
        }
    }

    proptest! {
        #![proptest_config(crate::document::samples::cases(500))]
        #[test]
        fn any_string_reads_back(text in prop_oneof![crate::document::samples::word(), any::<String>()]) {
            assert_reads_back(&text);
        }
    }
}
