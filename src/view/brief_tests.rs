//! The block in both languages, column by column.

use super::*;
use crate::document::format_report;
use crate::domain::event::EventKind;
use crate::domain::report::Estimate;
use crate::domain::samples::moment;
use crate::view::samples::{Desk, NIGHT};

/// The night of the sample after the impact ended and the third report was given.
fn night(desk: &Desk, report: &Report) -> IncidentFile {
    let entry = crate::document::format_entry(
        &Entry {
            at: moment("03:36"),
            kind: EventKind::Update { number: report.number },
            who: "高橋".to_owned(),
            text: format_report(report, moment("03:36"), &desk.vocabulary),
            recorded: None,
        },
        *moment("03:36").at.offset(),
        &desk.vocabulary,
    );
    let text = NIGHT
        .replacen(
            "next_update: 2026-11-20T03:30:00+09:00",
            "next_update: 2026-11-20T03:55:00+09:00\nexpected_end: ~2026-11-20T04:30:00+09:00",
            1,
        )
        .replacen("impact: 決済の 40% が失敗", "impact: すべての決済", 1)
        .replacen(
            "  acknowledged: 2026-11-20T02:58:00+09:00",
            "  acknowledged: 2026-11-20T02:58:00+09:00\n  mitigated: 2026-11-20T03:31:00+09:00",
            1,
        )
        .replacen("- 電話した\n", &format!("{entry}\n"), 1);
    desk.file(&text)
}

fn third() -> Report {
    Report {
        number: 3,
        bearing: Bearing::Plain,
        known: Known::Words("影響は止まりました。再発しないか確認しています。".into()),
        customers: Some("2時40分ごろから3時31分まで、決済がご利用いただけませんでした。現在はご利用いただけます。二重のお支払いがないか確認しており、9時までに改めてご案内します。".into()),
        not_yet: "原因、補償".into(),
        estimate: Estimate { words: "収束の判断".into(), at: Some(moment("~04:30")) },
        next: Some(moment("03:55")),
    }
}

#[track_caller]
fn check(lang: Lang, report: &Report, expected: &str) {
    let desk = Desk::new(lang);
    let file = night(&desk, report);
    let entry = file.timeline.entries().find(|entry| matches!(entry.kind, EventKind::Update { .. })).unwrap();
    let read = crate::document::parse_report(entry, &desk.vocabulary).unwrap();
    let clock = desk.clock();
    let brief = Brief {
        names: desk.names(),
        clock: &clock,
        invocation: &Invocation::default(),
        file: &file,
        report: Some((entry, &read)),
        is_latest: true,
        corrections: &[],
        last_words: None,
    };
    assert_eq!(brief.for_staff(), expected);
}

#[test]
fn the_block_stands_in_columns_in_both_languages() {
    check(
        Lang::Ja,
        &third(),
        "\
【第3報】決済が全部エラーになる（SEV1）　11/20(金) 03:36
状況　　　　影響は止まりました。再発しないか確認しています。
影響　　　　02:40ごろ〜03:31、すべての決済（約51分・確定前）
見込み　　　収束の判断 04:30ごろ
お客様に　　「2時40分ごろから3時31分まで、決済がご利用いただけませんでした。
　　　　　　　現在はご利用いただけます。二重のお支払いがないか確認しており、
　　　　　　　9時までに改めてご案内します。」
言わない　　原因、補償
次の連絡　　03:55（変わりがなくても連絡します）
指揮　　　　有田
問い合わせ　高橋
",
    );
    check(
        Lang::En,
        &third(),
        "\
[Update 3] 決済が全部エラーになる (SEV1)   Fri 20 Nov, 03:36 JST
Status     影響は止まりました。再発しないか確認しています。
Impact     about 02:40–03:31, すべての決済 (about 51 min, to be confirmed)
Estimate   収束の判断 about 04:30
Customers  “2時40分ごろから3時31分まで、決済がご利用いただけませんでした。現
            在はご利用いただけます。二重のお支払いがないか確認しており、9時ま
            でに改めてご案内します。”
Do not say 原因、補償
Next       03:55, whether or not there is news
Incident commander 有田
Contact    高橋
",
    );
}
