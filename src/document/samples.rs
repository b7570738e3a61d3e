//! Generated values for the tests of this layer: hostile on purpose.

use chrono::{DateTime, FixedOffset, TimeZone};
use proptest::prelude::*;

use crate::domain::event::{Entry, EventKind, Milestone, NoteKind};
use crate::domain::moment::Moment;

/// So many cases, and no file of past failures beside the sources: a failure worth keeping becomes a test.
///
/// `PROPTEST_CASES=25600` runs a hundred times as many.
pub(crate) fn cases(count: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    ProptestConfig { cases: count * default.cases / 256, failure_persistence: None, ..default }
}

pub(crate) fn offset(hours: i32) -> FixedOffset {
    FixedOffset::east_opt(hours * 3600).unwrap()
}

pub(crate) fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

/// Names and ids: mostly plain, sometimes built from everything that a line gives a meaning to.
pub(crate) fn word() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        " · ",
        " → ",
        " — ",
        "·",
        "→",
        "—",
        "\\",
        "\\u{61}",
        " ",
        "\n",
        "\r\n",
        "\t",
        "(recorded 02:57)",
        "（記録 02:57）",
        "-",
        "+",
        "−",
        ": ",
        "#",
        "Severity",
        "Level",
        "Set",
        "Role",
        "役割",
        "影響開始",
        "Closed",
        "closed",
        "調査中",
        "Incident commander",
        "SEV2",
        "not rated",
        "x",
        "葉山",
        "Update 2",
        "<!--",
        "-->",
        "`",
        "*",
        "\u{85}",
        "\u{2028}",
        "\u{0}",
        "\u{1b}",
        "🚒",
        "  ",
        "\u{3000}",
        "(",
    ]);
    prop_oneof![
        3 => prop::sample::select(vec!["alice", "fixing", "triage", "commander", "葉山", "A1", "title", "SEV1"])
            .prop_map(str::to_owned),
        2 => prop::collection::vec(pieces, 0..5).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

pub(crate) fn text() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        word(),
        prop::sample::select(vec![
            "",
            "- a list",
            "```",
            "<!-- open",
            "# heading",
            "    code",
            "> quote",
            "===",
            "---",
            "2. two",
            "[a]: b",
            "<script>",
            "## x <!-- incident:timeline +09:00 -->",
            "| a | b |",
            "- 2026-11-20 02:40 · Note · x — y"
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(line, 0..5).prop_map(|lines| lines.join("\n"))
}

pub(crate) fn kind() -> impl Strategy<Value = EventKind> {
    prop_oneof![
        prop::sample::select(Milestone::ALL.to_vec()).prop_map(EventKind::Milestone),
        prop::sample::select(NoteKind::ALL.to_vec()).prop_map(EventKind::Note),
        (word(), word()).prop_map(|(from, to)| EventKind::Status { from, to }),
        (prop::option::of(word()), prop::option::of(word()))
            .prop_map(|(from, to)| EventKind::Severity { from, to }),
        (word(), word()).prop_map(|(role, person)| EventKind::RoleTaken { role, person }),
        (word(), word()).prop_map(|(role, person)| EventKind::RoleLeft { role, person }),
        (word(), word(), word()).prop_map(|(role, from, to)| EventKind::Handover { role, from, to }),
        (word(), word(), word()).prop_map(|(role, from, to)| EventKind::HandoverOffered { role, from, to }),
        (word(), any::<bool>()).prop_map(|(id, done)| EventKind::Step { id, done }),
        any::<u32>().prop_map(|number| EventKind::Update { number }),
        any::<bool>().prop_map(|confirmed| EventKind::Impact { confirmed }),
        word().prop_map(|id| EventKind::ActionOpened { id }),
        word().prop_map(|id| EventKind::ActionDone { id }),
        word().prop_map(|id| EventKind::ActionDropped { id }),
        (word(), word(), word()).prop_map(|(key, from, to)| EventKind::Set { key, from, to }),
        prop::sample::select(vec![
            EventKind::Link,
            EventKind::Attach,
            EventKind::Run,
            EventKind::Postmortem,
            EventKind::Correction,
            EventKind::Undo,
        ]),
    ]
}

pub(crate) fn moment() -> impl Strategy<Value = Moment> {
    (1_700_000_000_i64..1_800_000_000, -12..=14_i32, any::<bool>()).prop_map(
        |(seconds, hours, approximate)| Moment {
            at: offset(hours).timestamp_opt(seconds, 0).unwrap(),
            approximate,
        },
    )
}

pub(crate) fn entry() -> impl Strategy<Value = Entry> {
    let recorded = prop::option::of((moment(), any::<bool>()));
    (moment(), kind(), word(), text(), recorded).prop_map(|(at, kind, who, text, recorded)| {
        let recorded =
            recorded.map(|(other, near)| if near { at.at + chrono::Duration::minutes(17) } else { other.at });
        Entry { at, kind, who, text, recorded }
    })
}
