//! The generated parts of a review, in the language of the documents.

use super::*;
use crate::domain::text::Lang;
use crate::view::samples::{Desk, NIGHT};
use snapbox::{IntoData, assert_data_eq, str};

const LINKER: Linker<'static> = Linker { trackers: &[], lead: &|_, _| None };

const PATH: &str = "incidents/2026/11/20261120-k7qm-決済 画面 (web).postmortem.md";

fn content(lang: Lang, name: &str, text: &str) -> String {
    let desk = Desk::new(lang);
    let (file, clock) = (desk.file(text), desk.clock());
    let due = NaiveDate::from_ymd_opt(2026, 11, 25);
    let names = desk.names();
    let regions =
        Regions { names, clock: &clock, vocabulary: &desk.vocabulary, path: PATH, due, linker: LINKER };
    regions.content(name, &file)
}

/// The region of the file in which `old` is replaced by `new`.
#[track_caller]
fn check(lang: Lang, name: &str, (old, new): (&str, &str), expected: impl IntoData) {
    assert!(NIGHT.contains(old), "{old}");
    assert_data_eq!(content(lang, name, &NIGHT.replacen(old, new, 1)), expected.into_data().raw());
}

const AS_IT_IS: (&str, &str) = ("", "");
const OVER: (&str, &str) = ("times:\n", "times:\n  mitigated: 2026-11-20T03:31:00+09:00\n");

#[test]
fn the_facts_link_to_the_incident_and_tell_every_duration() {
    check(
        Lang::Ja,
        "facts",
        AS_IT_IS,
        str![[r#"
| | |
|---|---|
| 事案 | [20261120-k7qm](20261120-k7qm-決済%20画面%20%28web%29.md) SEV1「緊急」 |
| 困っていた時間 | 不明（「影響解消」の記録なし） |
| 気づくまで | 不明（「検知」の記録なし） |
| 引き受けるまで | 2分 |
| 気づいてから止まるまで | 不明（「検知」の記録なし） |
| 起票から収束まで | 不明（「収束」の記録なし） |
| 指揮 | 有田 |
| 対応者 | Alice、佐藤 |
| 期限 | 2026/11/25(水) |
"#]],
    );
    check(
        Lang::En,
        "facts",
        OVER,
        str![[r#"
| | |
|---|---|
| Incident | [20261120-k7qm](20261120-k7qm-決済%20画面%20%28web%29.md) SEV1 (Critical) |
| Impact lasted | about 51 min |
| Time to notice | unknown: “Noticed” is not recorded |
| Time to take on | 2 min |
| Time to mitigate | unknown: “Noticed” is not recorded |
| Time to resolve | unknown: “Resolved” is not recorded |
| Incident commander | 有田 |
| Responder | Alice, 佐藤 |
| Due | Wed 25 Nov 2026 |
"#]],
    );
}

#[test]
fn the_impact_names_its_days() {
    check(Lang::En, "impact", OVER, str!["From Fri 20 Nov 2026 ~02:40 to 03:31 (about 51 min)."]);
    check(Lang::Ja, "impact", OVER, str!["2026/11/20(金) 02:40ごろ 〜 03:31（約51分）"]);
    check(
        Lang::En,
        "impact",
        ("times:\n", "times:\n  mitigated: ~2026-11-21T03:31:00+09:00\n"),
        str!["From Fri 20 Nov 2026 ~02:40 to Sat 21 Nov 2026 ~03:31 (about 1 day)."],
    );
    check(
        Lang::En,
        "impact",
        AS_IT_IS,
        str!["When it began or ended is not recorded yet: incident set impact_started=… mitigated=…"],
    );
    let told = ("- 電話した", "- 2026-11-20 03:05 · Impact (confirmed) · Alice — <b>40%</b>\n  of all");
    check(Lang::En, "impact", told, str![[r#"- Impact (confirmed): \<b>40%\</b> of all"#]]);
}

#[test]
fn the_timeline_has_whole_dates() {
    check(
        Lang::Ja,
        "timeline",
        AS_IT_IS,
        str![[r#"
| いつ | 何が | だれ |
|---|---|---|
| 2026-11-19 23:50 | メモ — 夜間のリリース | Alice |
| 2026-11-20 02:40ごろ | 影響開始 | 有田 |
| 2026-11-20 02:55 | 起票 — SEV1（全員が使えない） | Alice |
| 2026-11-20 02:58 | 確認中 → 対処中 — 切り戻しを決定 | 有田 |
| 2026-11-20 03:06 | 次の連絡: 2026/11/20(金) 03:30 | 有田 |
"#]],
    );
    check(
        Lang::En,
        "timeline",
        AS_IT_IS,
        str![[r#"
| When | What | Who |
|---|---|---|
| 2026-11-19 23:50 | Note — 夜間のリリース | Alice |
| 2026-11-20 ~02:40 | Impact began | 有田 |
| 2026-11-20 02:55 | Declared — SEV1（全員が使えない） | Alice |
| 2026-11-20 02:58 | Triage → Fixing — 切り戻しを決定 | 有田 |
| 2026-11-20 03:06 | Next update: Fri 20 Nov 2026 03:30 | 有田 |
"#]],
    );
}

#[test]
fn the_timeline_leaves_out_the_review_itself() {
    let review = ("- 電話した", "- 2026-11-20 09:00 · 振り返り · Alice");
    assert!(!content(Lang::Ja, "timeline", &NIGHT.replacen(review.0, review.1, 1)).contains("振り返り"));
}

#[test]
fn actions_are_quoted_so_that_they_count_once() {
    check(
        Lang::Ja,
        "actions",
        AS_IT_IS,
        str![[r#"
> [ ] A1 決済の再試行に上限を付ける — @arita 期限 2026-12-04 PAY-123（起こさない）  
> [x] N1 設定を戻す
"#]],
    );
    let none = NIGHT.split("- [ ] A1").next().expect("a beginning");
    assert_eq!(content(Lang::En, "actions", none), "None are recorded yet.");
}

#[test]
fn a_document_says_the_same_on_every_day() {
    let desk = Desk::new(Lang::En);
    let file = desk.file(&NIGHT.replacen(OVER.0, OVER.1, 1));
    let later = Clock { now: crate::domain::samples::moment("2031-01-05T12:00:00+09:00").at, ..desk.clock() };
    let (names, vocabulary) = (desk.names(), &desk.vocabulary);
    let due = NaiveDate::from_ymd_opt(2026, 11, 25);
    for name in Regions::NAMES {
        let at = |clock| {
            Regions { names, clock, vocabulary, path: PATH, due, linker: LINKER }.content(name, &file)
        };
        assert_eq!(at(&desk.clock()), at(&later), "{name}");
    }
}

#[test]
fn hostile_words_stay_in_their_cells() {
    let text = NIGHT
        .replacen("切り戻しを決定", "a | b \\| c\n\n  <script>alert(1)</script>\n  | d | e |", 1)
        .replacen("起票 · Alice", "起票 · Al|ice\\<i>", 1)
        .replacen("  responder: [alice, 佐藤]", "  \"r|s<b>\": [\"p|q\\n<i>\"]", 1)
        .replacen("severity: SEV1", "severity: \"S|<b>\"", 1);
    let timeline = html(&content(Lang::En, "timeline", &text));
    for cell in
        [r"Triage → Fixing — a | b \| c &lt;script&gt;alert(1)&lt;/script&gt; | d | e |", "Al|ice&lt;i&gt;"]
    {
        assert!(timeline.contains(&format!("<td>{cell}</td>")), "{cell} in:\n{timeline}");
    }
    let facts = html(&content(Lang::En, "facts", &text));
    for cell in ["r|s&lt;b&gt;", "p|q &lt;i&gt;"] {
        assert!(facts.contains(&format!("<td>{cell}</td>")), "{cell} in:\n{facts}");
    }
    assert!(facts.contains("</a> S|&lt;b&gt;</td>"), "{facts}");
}

/// As GitHub shows it, with raw HTML let through.
fn html(markdown: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.render.r#unsafe = true;
    comrak::markdown_to_html(markdown, &options)
}

#[test]
fn links_are_encoded_but_for_letters() {
    for (name, expected) in [
        ("20261120-k7qm-checkout.md", "20261120-k7qm-checkout.md"),
        ("決済画面でエラー.md", "決済画面でエラー.md"),
        ("a b(c)[d]<e>#?%.md", "a%20b%28c%29%5Bd%5D%3Ce%3E%23%3F%25.md"),
        ("、「」🚒", "%E3%80%81%E3%80%8C%E3%80%8D%F0%9F%9A%92"),
    ] {
        assert_eq!(encoded(name), expected);
    }
}
