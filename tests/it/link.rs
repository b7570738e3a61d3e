//! `incident link`, the links in people's words, and the timeline as Markdown and as a diagram.

use snapbox::str;

use crate::environment::{TestEnv, same};

fn shop() -> TestEnv {
    let env = TestEnv::new();
    env.git(["remote", "add", "origin", "git@github.com:acme/shop.git"]);
    let tracker = "\n[[tracker]]\nprefix = \"PAY\"\nurl = \"https://tracker.example.org/{key}\"\n";
    env.write("incident.toml", env.read("incident.toml") + tracker);
    env.commit_by_hand("Name the tracker");
    env.declare("Checkout fails");
    env
}

/// The section of the links, with the hashes of this run taken out.
fn links(env: &TestEnv) -> String {
    let text = env.incident_file();
    text.split("<!-- incident:links -->").nth(1).unwrap().trim().to_owned()
}

#[test]
fn a_page_is_added_once_to_the_links_and_to_the_timeline() {
    let env = shop();
    env.run(["link", "https://github.com/acme/shop/pull/12"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Link — https://github.com/acme/shop/pull/12 ([COMMIT])

"#]]);
    env.run(["link", "https://example.org/a_(b)", "The [dashboard]"]).succeeds();
    let before = env.state();
    env.run(["link", "https://github.com/acme/shop/pull/12", "again"]).shows(str![[r#"
20261120-4gv3
--- stderr
Nothing changed: it is so already.

"#]]);
    assert_eq!(env.state(), before);
    same(
        &links(&env),
        str![[r#"
- [acme/shop#12](https://github.com/acme/shop/pull/12)
- [The \[dashboard\]](https://example.org/a_%28b%29)
"#]],
    );
    let events = env.run(["timeline", "--json"]).json()["events"].clone();
    assert_eq!(
        (&events[1]["type"], &events[1]["text"]),
        (&"link".into(), &"https://github.com/acme/shop/pull/12".into())
    );
    env.run(["check"]).succeeds();
}

#[test]
fn commits_and_tickets_are_links_where_somebody_knows_their_address() {
    let env = shop();
    let head = env.head();
    env.run(["link", &head[..9]]).succeeds();
    env.run(["link", "PAY-123", "refunds"]).succeeds();
    env.run(["link", "OPS-7"]).succeeds();
    for again in [&head[..8], "PAY-123", "OPS-7"] {
        assert!(env.run(["link", again]).stderr.contains("Nothing changed"), "{again}");
    }
    let expected = format!(
        "- [{} 20261120-4gv3: declared, Checkout fails (SEV1)](https://github.com/acme/shop/commit/{head})\n\
         - [PAY-123 refunds](https://tracker.example.org/PAY-123)\n- OPS-7",
        &head[..7]
    );
    assert_eq!(links(&env), expected);
}

#[test]
fn what_is_no_link_is_refused_with_a_way_out() {
    let env = shop();
    let before = env.state();
    env.run(["link", "javascript:alert(1)"]).shows(str![[r#"
--- stderr
error: “javascript:alert(1)” is no address that is safe to follow
hint: an address begins with https://, http:// or mailto:, a ticket is like PAY-123: incident link https://example.org/page "what it is"
--- exit 2

"#]]);
    env.run(["link", "deadbee1"]).shows(str![[r#"
--- stderr
error: no single commit of this repository begins with “deadbee1”
hint: to see the commits: git log --oneline
--- exit 3

"#]]);
    env.run(["--lang=ja", "link", "something"]).shows(str![[r#"
--- stderr
エラー: 「something」は、URL・コミット・チケットのどれでもありません
ヒント: URL は https://、http://、mailto: のどれかで始めます。チケットは PAY-123 の形です: incident link https://example.org/page "何のページか"
--- exit 2

"#]]);
    assert_eq!(env.run(["link"]).code, 2);
    assert_eq!(env.state(), before);
    env.write("incident.toml", "[[tracker]]\nprefix = \"PAY\"\nurl = \"https://tracker.example.org\"\n");
    env.run(["check"]).shows(str![[r#"
incident.toml:1:1: note since incident.toml cannot be read, the incidents were only looked at for their form
incident.toml:3:7: error “https://tracker.example.org” is no address with {key} in it
--- stderr
1 incident checked: 1 error, no warnings
--- exit 5

"#]]);
}

#[test]
fn addresses_in_a_note_are_collected_once_and_the_words_stay() {
    let env = TestEnv::japanese();
    env.declare("決済が全部エラー");
    env.run(["note", "原因は「https://example.org/x」。https://example.org/yを参照"]).shows(str![[r#"
20261120-4gv3
--- stderr
「参考」にも足しました: example.org/x · example.org/y
✔ 記録しました　4gv3 決済が全部エラー　メモ — 原因は「https://example.org/x」。https://example.org/yを参照（[COMMIT]）

"#]]);
    env.run(["status", "対処中", "-m", "https://example.org/x を見て戻す"]).succeeds();
    same(
        &links(&env),
        str![[r#"
- [example.org/x](https://example.org/x)
- [example.org/y](https://example.org/y)
"#]],
    );
    let text = env.incident_file();
    assert!(text.contains("原因は「https://example.org/x」。https://example.org/yを参照"), "{text}");
}

#[test]
fn a_review_elsewhere_counts_as_the_review() {
    let env = shop();
    env.run(["link", "--postmortem", "https://wiki.example.org/4gv3"]).shows(str![[r#"
20261120-4gv3
--- stderr
✔ Recorded 4gv3 Checkout fails: Postmortem — https://wiki.example.org/4gv3 ([COMMIT])

"#]]);
    assert!(
        env.run(["link", "--postmortem", "https://wiki.example.org/4gv3"]).stderr.contains("Nothing changed")
    );
    env.run(["postmortem", "4gv3"]).shows(str![[r#"
20261120-4gv3
--- stderr
Nothing changed: it is so already.
The review is written elsewhere: https://wiki.example.org/4gv3
To write one here as well: incident postmortem 4gv3 --template classic

"#]]);
    assert!(env.run(["postmortem", "4gv3", "--template=light"]).stderr.contains("A draft stands in"));
}

#[test]
fn the_timeline_is_a_table_with_links_for_github() {
    let env = shop();
    let commit = env.head();
    env.run([
        "note",
        &format!("Since {} | see PAY-7, 20261120-4gv3 and https://example.org/x. <b>", &commit[..16]),
    ])
    .succeeds();
    let table = env.run(["timeline", "--format=markdown"]).stdout;
    let (first, second) = (env.head(), commit);
    let table = table.replace(&first, "[HEAD]").replace(&second, "[DECLARED]");
    let table = table
        .replace(&first[..7], "[HEAD7]")
        .replace(&second[..16], "[WORD]")
        .replace(&second[..7], "[DECLARED7]");
    same(
        &table,
        str![[r#"
| When | What | Who | Commit |
|---|---|---|---|
| 2026-11-20 02:56 | Declared — SEV1 (stated) | Aoi Arita | [[DECLARED7]](https://github.com/acme/shop/commit/[DECLARED]) |
| 2026-11-20 02:57 | Note — Since [[WORD]](https://github.com/acme/shop/commit/[DECLARED]) \| see [PAY-7](https://tracker.example.org/PAY-7), [20261120-4gv3](https://github.com/acme/shop/blob/main/incidents/2026/11/20261120-4gv3-checkout-fails.md) and <https://example.org/x>. \<b> | Aoi Arita | [[HEAD7]](https://github.com/acme/shop/commit/[HEAD]) |

"#]],
    );
    env.git(["remote", "set-url", "origin", "https://git.example.org/acme/shop.git"]);
    let plain = env.run(["--lang=ja", "timeline", "--format=markdown"]).stdout;
    assert!(plain.contains(&format!("| {} |", &first[..7])) && !plain.contains("github.com"), "{plain}");
}

#[test]
fn the_diagram_ends_with_the_incident_and_obeys_no_word() {
    let env = TestEnv::japanese();
    let title = "決済: \"全部\" エラー; #1 %%{init: {}}%% <script>";
    env.run(["new", title, "--severity=SEV1", "--started=02:40"]).succeeds();
    env.run(["status", "対処中"]).succeeds();
    env.run(["note", "--kind=decision", "section x: 戻す"]).succeeds();
    env.run(["mitigate"]).succeeds();
    env.run(["resolve"]).succeeds();
    env.wait(3000);
    env.run(["close", "4gv3"]).succeeds();
    env.run(["timeline", "4gv3", "--format=mermaid"]).shows(str![[r#"
gantt
    title 20261120-4gv3 決済#58; #34;全部#34; エラー#59; #35;1 #37;#37;#123;init#58; #123;#125;#125;#37;#37; #60;script#62;
    dateFormat YYYY-MM-DD HH:mm
    axisFormat %H:%M
    todayMarker off
    section 状態
    確認中 :2026-11-20 02:55, 2026-11-20 02:56
    対処中 :2026-11-20 02:56, 2026-11-20 02:58
    経過観察 :2026-11-20 02:58, 2026-11-20 02:59
    振り返り中 :milestone, 2026-11-20 02:59, 0m
    section 影響
    影響 :crit, 2026-11-20 02:40, 2026-11-20 02:58
    section できごと
    02#58;40 影響開始 :milestone, 2026-11-20 02:40, 0m
    02#58;55 起票 :milestone, 2026-11-20 02:55, 0m
    02#58;56 引き受け :milestone, 2026-11-20 02:56, 0m
    02#58;57 決めたこと — section x#58; 戻す :milestone, 2026-11-20 02:57, 0m
    02#58;58 影響解消 :milestone, 2026-11-20 02:58, 0m
    02#58;59 収束 :milestone, 2026-11-20 02:59, 0m

"#]]);
    env.run(["--lang=en", "timeline", "4gv3", "--format=mermaid", "--json"]).succeeds();
}
