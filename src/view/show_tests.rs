//! The page of an incident, at two widths and in both languages.

use super::*;
use crate::document::prose_sections;
use crate::domain::text::Lang;
use crate::view::samples::{Desk, NIGHT, PATH};
use snapbox::{IntoData, assert_data_eq, str};

fn page(lang: Lang, text: &str, width: usize, palette: Palette) -> String {
    let desk = Desk::new(lang);
    let (file, clock) = (desk.file(text), desk.clock());
    let content = Content {
        file: &file,
        path: PATH,
        timeline: "11/20(金)\n  02:55  …\n",
        earlier: 0,
        latest: "",
        to_do: None,
        related: &[],
        sections: &prose_sections(&file.body),
        postmortem: None,
    };
    Page {
        names: desk.names(),
        clock: &clock,
        invocation: &Invocation::default(),
        width,
        palette,
        show_zone: false,
    }
    .render(&content)
}

#[track_caller]
fn check(lang: Lang, columns: usize, expected: impl IntoData) {
    let shown = page(lang, NIGHT, columns, Palette::Plain);
    assert!(shown.lines().all(|line| width(line) <= columns && line.trim_end() == line), "{shown}");
    assert_data_eq!(shown, expected.into_data().raw());
}

#[test]
fn a_page_leads_with_what_counts_at_night() {
    check(
        Lang::Ja,
        80,
        str![[r#"
決済が全部エラーになる
20261120-k7qm  SEV1「緊急」  対処中（02:58から 42分）

影響                決済の 40% が失敗
指揮                有田
対応者              Alice、佐藤
次の連絡            03:30（10分遅れ）
影響開始            02:40ごろ
起票                02:55
引き受け            02:58
困っていた時間      約1時間（継続中）
引き受けるまで      2分
種類                サービス障害
サービス            お客様向けWeb — 一次: Web当番、二次: 基盤当番
気づいたきっかけ    お客様
報告者              Alice
影響クライアント数  12
ファイル            incidents/2026/11/20261120-k7qm-checkout.md

やること
□ A1 決済の再試行に上限を付ける  有田  期限 12/4(金)  PAY-123
✔ N1 設定を戻す

参考
ダッシュボード  https://example.org/d

経過
11/20(金)
  02:55  …

"#]],
    );
    check(
        Lang::En,
        80,
        str![[r#"
決済が全部エラーになる
20261120-k7qm  SEV1 (Critical)  Fixing since 02:58, 42 min

Impact              決済の 40% が失敗
Incident commander  有田
Responder           Alice, 佐藤
Next update         03:30 (10 min late)
Impact began        about 02:40
Declared            02:55
Taken on            02:58
Impact lasted       about 1 h so far
Time to take on     2 min
Kind                Service outage
Products            Customer web — first the web on-call, then the platform’s
Noticed by          Customer
Reported by         Alice
Clients affected    12
File                incidents/2026/11/20261120-k7qm-checkout.md

Actions
□ A1 決済の再試行に上限を付ける  有田  due Fri 4 Dec  PAY-123
✔ N1 設定を戻す

Links
ダッシュボード  https://example.org/d

Timeline
11/20(金)
  02:55  …

"#]],
    );
}

#[test]
fn a_narrow_page_wraps_labels_values_and_the_heading() {
    check(
        Lang::Ja,
        40,
        str![[r#"
決済が全部エラーになる
20261120-k7qm  SEV1「緊急」
対処中（02:58から 42分）

影響                決済の 40% が失敗
指揮                有田
対応者              Alice、佐藤
次の連絡            03:30（10分遅れ）
影響開始            02:40ごろ
起票                02:55
引き受け            02:58
困っていた時間      約1時間（継続中）
引き受けるまで      2分
種類                サービス障害
サービス            お客様向けWeb — 一
                    次: Web当番、二次:
                    基盤当番
気づいたきっかけ    お客様
報告者              Alice
影響クライアント数  12
ファイル            incidents/2026/11/20
                    261120-k7qm-checkout
                    .md

やること
□ A1 決済の再試行に上限を付ける  有田
  期限 12/4(金)  PAY-123
✔ N1 設定を戻す

参考
ダッシュボード  https://example.org/d

経過
11/20(金)
  02:55  …

"#]],
    );
    check(
        Lang::En,
        40,
        str![[r#"
決済が全部エラーになる
20261120-k7qm  SEV1 (Critical)
Fixing since 02:58, 42 min

Impact              決済の 40% が失敗
Incident commander  有田
Responder           Alice, 佐藤
Next update         03:30 (10 min late)
Impact began        about 02:40
Declared            02:55
Taken on            02:58
Impact lasted       about 1 h so far
Time to take on     2 min
Kind                Service outage
Products            Customer web — first
                    the web on-call,
                    then the platform’s
Noticed by          Customer
Reported by         Alice
Clients affected    12
File                incidents/2026/11/20
                    261120-k7qm-checkout
                    .md

Actions
□ A1 決済の再試行に上限を付ける  有田
  due Fri 4 Dec  PAY-123
✔ N1 設定を戻す

Links
ダッシュボード  https://example.org/d

Timeline
11/20(金)
  02:55  …

"#]],
    );
}

/// The page has this line, now that `old` is replaced by `new`; none where the label must not stand there.
#[track_caller]
fn check_row(old: &str, new: &str, label: &str, expected: Option<&str>) {
    assert!(NIGHT.contains(old), "{old}");
    let shown = page(Lang::En, &NIGHT.replacen(old, new, 1), 80, Palette::Plain);
    let row = shown.lines().find_map(|line| line.strip_prefix(label)).map(str::trim_start);
    assert_eq!(row, expected, "{shown}");
}

#[test]
fn each_fact_has_its_row() {
    check_row("title:", "importance: high\ntitle:", "Importance", Some("high"));
    check_row("title:", "urgency: low\ntitle:", "Urgency", Some("low"));
    check_row("title:", "mode: retrospective\ntitle:", "Mode", Some("Recorded later"));
    check_row("title:", "duplicate_of: 20261120-t4wr\ntitle:", "Same as", Some("20261120-t4wr"));
    check_row("change: unknown", "change: v2.5.0", "Caused by change", Some("v2.5.0"));
    check_row("change: unknown", "change: none", "Caused by change", None);
    check_row("detected_by: customer", "detected_by: unknown", "Noticed by", None);
    check_row("detected_by: customer", "detected_by: a neighbour", "Noticed by", Some("a neighbour"));
    check_row("clients: 12", "codes: [1, 2]", "codes", Some("1, 2"));
}

#[test]
fn promises_are_late_or_ahead_while_somebody_waits() {
    check_row("T03:30", "T03:30", "Next update", Some("03:30 (10 min late)"));
    check_row("T03:30", "T03:55", "Next update", Some("03:55 (in 15 min)"));
    check_row("next_update: ", "next_update: ~", "Next update", Some("about 03:30 (10 min late)"));
    check_row("next_update:", "expected_end:", "Estimate", Some("03:30 (10 min late)"));
    check_row("status: fixing", "status: resolved", "Next update", None);
}

#[test]
fn that_nobody_leads_is_said_while_somebody_should() {
    let nobody = Some("nobody yet: incident assign commander me -i k7qm");
    check_row("  commander: arita\n", "", "Incident commander", nobody);
    check_row("  commander: arita\n", "  commander: [有田, bob]\n", "Incident commander", Some("有田, bob"));
    let over = NIGHT.replacen("  commander: arita\n", "", 1).replacen("status: fixing", "status: closed", 1);
    assert!(!page(Lang::En, &over, 80, Palette::Plain).contains("Incident commander"));
}

#[test]
fn a_status_is_told_with_its_beginning_where_the_record_has_it() {
    let second_line = |old: &str, new: &str| {
        let shown = page(Lang::En, &NIGHT.replacen(old, new, 1), 80, Palette::Plain);
        shown.lines().nth(1).map(str::to_owned).unwrap_or_default()
    };
    let id = "20261120-k7qm";
    for (old, new, expected) in [
        ("", "", "SEV1 (Critical)  Fixing since 02:58, 42 min"),
        // The entry recorded last decides.
        (
            "- 電話した",
            "- 2026-11-19 22:00 · Fixing → 対処中 · 有田（記録 2026-11-20 03:20）",
            "SEV1 (Critical)  Fixing since Thu 19 Nov 22:00, 5 h 40 min",
        ),
        ("status: fixing", "status: monitoring", "SEV1 (Critical)  Monitoring"),
        ("severity: SEV1", "severity:", "Not rated yet  Fixing since 02:58, 42 min"),
        ("severity: SEV1", "severity: P0", "P0  Fixing since 02:58, 42 min"),
    ] {
        assert_eq!(second_line(old, new), format!("{id}  {expected}"), "{new}");
    }
    let fresh = NIGHT.replacen("status: fixing", "status: triage", 1).replacen(
        "- 2026-11-20 02:58 · 確認中 → 対処中 · 有田 — 切り戻しを決定\n",
        "",
        1,
    );
    assert!(page(Lang::En, &fresh, 80, Palette::Plain).contains("  Triage since 02:55, 44 min\n"));
}

#[test]
fn colour_is_for_what_burns() {
    let painted = |text: &str, part: &str| page(Lang::En, text, 80, Palette::Coloured).contains(part);
    let (bad, warning) = ("\u{1b}[1;31m", "\u{1b}[33m");
    let sev2 = NIGHT.replacen("SEV1", "SEV2", 1);
    let over = NIGHT.replacen("status: fixing", "status: closed", 1);
    assert!(painted(NIGHT, &format!("{bad}SEV1 (Critical)")));
    assert!(painted(NIGHT, &format!("{bad}03:30 (10 min late)")));
    assert!(painted(&sev2, &format!("{warning}SEV2 (Major)")));
    assert!(!painted(&over, bad) && !painted(&over, warning));
}

#[test]
fn the_zone_and_what_is_left_out_are_said() {
    let desk = Desk::new(Lang::En);
    let (file, clock) = (desk.file(NIGHT), desk.clock());
    let content = Content {
        file: &file,
        path: PATH,
        timeline: "x\n",
        earlier: 31,
        latest: "03:38 有田: Note — rolled back",
        to_do: None,
        related: &[],
        sections: &[],
        postmortem: Some("incidents/review.md"),
    };
    let page = Page {
        names: desk.names(),
        clock: &clock,
        invocation: &Invocation::default(),
        width: 80,
        palette: Palette::Plain,
        show_zone: true,
    };
    let shown = page.render(&content);
    for line in [
        "Times are of        Asia/Tokyo +09:00",
        "Postmortem          incidents/review.md",
        "… 31 earlier entries: incident timeline k7qm",
        "Latest              03:38 有田: Note — rolled back",
    ] {
        assert!(shown.lines().any(|found| found == line), "{line} in:\n{shown}");
    }
}

#[test]
fn hostile_words_are_shown_inert() {
    let text = NIGHT
        .replacen("title: 決済が全部エラーになる", "title: \"a\\e[2J\\u202Eb\"", 1)
        .replacen("severity: SEV1", "severity: \"S\\e[31m\"", 1)
        .replacen("status: fixing", "status: \"f\\nx\"", 1)
        .replacen("  clients: 12", "  \"c\\e[1m\": \"v\\e]0;t\\a\"", 1)
        .replacen("impact: 決済の 40% が失敗", "impact: \"one\\ntwo\\e[5m\"", 1)
        .replacen("設定を戻す", "設定\u{1b}[7mを戻す", 1)
        .replacen("(https://example.org/d)", "(https://example.org/\u{202e}d)", 1)
        .replacen("## 経過", "## 概要\u{1b}[8m\n\nwords\u{9b}31m\n\n## 経過", 1);
    let shown = page(Lang::En, &text, 60, Palette::Plain);
    let steers = |c: char| crate::view::sanitize::is_hostile(c, None) && c != '\n';
    assert!(!shown.contains(steers), "{shown}");
    for part in ["a\\u{1b}[2J\\u{202e}b", "S\\u{1b}[31m", "f\\nx", "c\\u{1b}[1m", "two\\u{1b}[5m"] {
        assert!(shown.contains(part), "{part} in:\n{shown}");
    }
}

#[test]
fn related_incidents_say_what_they_are_to_this_one() {
    let desk = Desk::new(Lang::Ja);
    let text = NIGHT.replacen("status: fixing", "duplicate_of: 20261120-x2yz\nstatus: declined", 1);
    let (file, clock) = (desk.file(&text), desk.clock());
    let other = |id: &str, title: &str, duplicate_of: &str| Incident {
        id: format!("20261120-{id}").parse().expect("an id"),
        title: title.to_owned(),
        duplicate_of: Some(duplicate_of.to_owned()).filter(|id| !id.is_empty()),
        ..crate::domain::samples::incident()
    };
    let original = other("x2yz", "決済画面でエラー", "");
    let same = other("t4wr", "カードで払えない", "20261120-k7qm");
    let named = other("m3hz", "設定ファイルの誤り", "");
    let content = Content {
        file: &file,
        path: PATH,
        timeline: "",
        earlier: 0,
        latest: "",
        to_do: None,
        related: &[&original, &same, &named],
        sections: &[],
        postmortem: None,
    };
    let page = Page {
        names: desk.names(),
        clock: &clock,
        invocation: &Invocation::default(),
        width: 80,
        palette: Palette::Plain,
        show_zone: false,
    };
    let shown = page.render(&content);
    for line in
        ["x2yz 決済画面でエラー", "2件。同じ事案:", "t4wr カードで払えない", "m3hz 設定ファイルの誤り"]
    {
        assert!(shown.contains(line), "{line} in:\n{shown}");
    }
}
