//! Reports read back as they were written, whatever people have put into them.

use proptest::prelude::*;

use super::*;
use crate::document::samples::{self, at, offset};
use crate::document::vocabulary::tests::vocabulary;
use crate::document::{format_entry, parse_entry};

fn entry(kind: EventKind, text: String) -> Entry {
    let at = Moment::exact(at("2026-11-20T03:36:00+09:00"));
    Entry { at, kind, who: "高橋".to_owned(), text, recorded: None }
}

fn moment(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}

fn third() -> Report {
    Report {
        number: 3,
        bearing: Bearing::Plain,
        known: Known::Words("影響は止まりました。".into()),
        customers: Some("2時40分ごろから\n現在はご利用いただけます。".into()),
        not_yet: "原因、補償".into(),
        estimate: Estimate {
            words: "収束の判断".into(), at: Some(moment("~2026-11-20T04:30:00+09:00"))
        },
        next: Some(moment("2026-11-20T03:55:00+09:00")),
    }
}

#[track_caller]
fn check(japanese: bool, report: &Report, expected: &str) {
    let v = vocabulary(japanese);
    let entry = entry(EventKind::Update { number: report.number }, expected.to_owned());
    assert_eq!(format_report(report, entry.at, &v), expected);
    assert_eq!(parse_report(&entry, &v).as_ref(), Some(report), "{expected}");
    assert_eq!(parse_report(&entry, &vocabulary(!japanese)).as_ref(), Some(report), "{expected}");
}

#[test]
fn a_report_is_written_and_read_in_both_languages() {
    check(
        true,
        &third(),
        "影響は止まりました。\n- お客様に: 2時40分ごろから\n  現在はご利用いただけます。\n- 言わない: 原因、補償\n\
         - 見込み: 収束の判断 04:30頃\n- 次の連絡: 03:55",
    );
    check(
        false,
        &third(),
        "影響は止まりました。\n- Customers: 2時40分ごろから\n  現在はご利用いただけます。\n\
         - Do not say: 原因、補償\n- Estimate: 収束の判断 ~04:30\n- Next: 03:55",
    );
    let nothing = Report {
        bearing: Bearing::Wider,
        known: Known::NoChange,
        customers: None,
        not_yet: String::new(),
        estimate: Estimate::default(),
        next: Some(moment("2026-11-21T09:00:00+09:00")),
        ..third()
    };
    check(
        true,
        &nothing,
        "変わりはありません。続けて対応しています。\n- 影響拡大\n- 見込み: 未定\n- 次の連絡: 2026-11-21 09:00",
    );
    let confirmed = Report {
        bearing: Bearing::Confirmed,
        estimate: Estimate { words: "later".into(), at: None },
        next: None,
        ..nothing
    };
    check(false, &confirmed, "No change; work continues.\n- Impact confirmed\n- Estimate: later");
}

#[test]
fn labels_inside_of_the_words_are_only_words() {
    let report = Report {
        known: Known::Words("- 見込み: 5時\n\\- Next: 04:00\n- 次: x\n  - Customers: y".into()),
        customers: Some("- お客様に: 嘘\n- Estimate: never\n\n- Next".into()),
        ..third()
    };
    check(
        false,
        &report,
        "\\- 見込み: 5時\n\\\\- Next: 04:00\n- 次: x\n  - Customers: y\n- Customers: - お客様に: 嘘\n\
         \x20 - Estimate: never\n\n  - Next\n- Do not say: 原因、補償\n- Estimate: 収束の判断 ~04:30\n- Next: 03:55",
    );
}

#[test]
fn what_people_type_is_understood() {
    let text = "still failing\n- estimate： about noon\nand more\n- next: 04:10\n- 見込み: twice";
    let v = vocabulary(true);
    let report = parse_report(&entry(EventKind::Update { number: 1 }, text.to_owned()), &v).unwrap();
    assert_eq!(report.known, Known::Words("still failing".into()));
    assert_eq!(report.estimate, Estimate { words: "about noon and more".into(), at: None });
    assert_eq!(report.next, Some(moment("2026-11-20T04:10:00+09:00")));
    let bare = parse_report(&entry(EventKind::Update { number: 1 }, "words alone".to_owned()), &v).unwrap();
    assert_eq!((bare.estimate, bare.next), (Estimate::default(), None));
    assert_eq!(parse_report(&entry(EventKind::Correction, text.to_owned()), &v), None);
}

#[test]
fn a_correction_names_the_report() {
    let correction =
        Correction { number: 2, wrong: "全利用者".into(), right: "アプリの利用者\nだけ".into() };
    for (japanese, expected) in [
        (true, "連絡 第2報\n- 誤: 全利用者\n- 正: アプリの利用者\n  だけ"),
        (false, "Update 2\n- Wrong: 全利用者\n- Right: アプリの利用者\n  だけ"),
    ] {
        let written = format_correction(&correction, &vocabulary(japanese));
        assert_eq!(written, expected);
        let entry = entry(EventKind::Correction, written);
        assert_eq!(parse_correction(&entry, &vocabulary(!japanese)), Some(correction.clone()));
    }
    let other = entry(EventKind::Correction, "the title was wrong".to_owned());
    assert_eq!(parse_correction(&other, &vocabulary(true)), None);
}

/// Words with everything in them that means something to a report.
fn words() -> impl Strategy<Value = String> {
    let label = prop::sample::select(vec![
        "- お客様に: x",
        "- Next: 03:55",
        "\\- Estimate: y",
        "- 影響拡大",
        "- Right",
        "未定",
        "No change; work continues.",
        "~04:30",
        "2026-11-20 04:30",
        "  - 見込み：z",
    ]);
    let line = prop_oneof![samples::text(), label.prop_map(str::to_owned)];
    prop::collection::vec(line, 1..4).prop_map(|lines| lines.join("\n"))
}

fn report() -> impl Strategy<Value = Report> {
    let bearing = prop::sample::select(vec![Bearing::Plain, Bearing::Wider, Bearing::Confirmed]);
    let estimate = (words(), prop::option::of(samples::moment()));
    (
        any::<u32>(),
        bearing,
        words(),
        prop::option::of(words()),
        words(),
        estimate,
        prop::option::of(samples::moment()),
    )
        .prop_map(|(number, bearing, known, customers, not_yet, (words, at), next)| Report {
            number,
            bearing,
            known: Known::Words(known),
            customers,
            not_yet,
            estimate: Estimate { words, at },
            next,
        })
}

/// What a file can keep of `report`: whole minutes, no stray blanks, a time at the end of an estimate as its time.
fn kept(report: &Report, at: Moment, v: &Vocabulary) -> Report {
    let tidy = |text: &str| tidy_text(&tidy_text(text));
    let time = |time: Moment| time.in_offset(*at.at.offset()).to_minute();
    let known = match &report.known {
        Known::Words(words)
            if !tidy(words).is_empty() && !v.is(Word::Report(ReportWord::NoChange), &tidy(words)) =>
        {
            Known::Words(tidy(words))
        }
        _ => Known::NoChange,
    };
    Report {
        known,
        customers: report.customers.as_deref().map(tidy).filter(|words| !words.is_empty()),
        not_yet: tidy(&report.not_yet),
        estimate: read_estimate(&written_estimate(&report.estimate, at, v), at, v),
        next: report.next.map(time),
        ..report.clone()
    }
}

proptest! {
    #![proptest_config(samples::cases(1000))]
    #[test]
    fn any_report_reads_back(report in report(), when in samples::moment(), japanese: bool, hours in -12..=14_i32) {
        let v = vocabulary(japanese);
        let when = when.in_offset(offset(hours)).to_minute();
        let kind = EventKind::Update { number: report.number };
        let entry = Entry { at: when, kind, who: String::new(), text: format_report(&report, when, &v), recorded: None };
        let line = format_entry(&entry, offset(hours), &v);
        let read = parse_entry(&line, offset(hours), &v).unwrap();
        prop_assert_eq!(parse_report(&read, &v), Some(kept(&report, when, &v)), "{}", line);
        prop_assert_eq!(parse_report(&entry, &v), Some(kept(&report, when, &v)), "{}", line);
    }

    #[test]
    fn any_estimate_with_a_time_keeps_it(words in words(), time in samples::moment(), japanese: bool) {
        let v = vocabulary(japanese);
        let at = Moment::exact(at("2026-11-20T03:36:00+09:00"));
        let written = written_estimate(&Estimate { words, at: Some(time) }, at, &v);
        prop_assert_eq!(read_estimate(&written, at, &v).at, Some(time.in_offset(offset(9)).to_minute()), "{}", written);
    }
}
