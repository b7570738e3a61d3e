//! The shapes that `--json` prints. Absent scalars are null, absent lists empty, times RFC 3339.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde::Serialize;

use crate::document::consistency::{Remark, Weight};
use crate::domain::action::{ActionClass, ActionItem};
use crate::domain::event::{Entry, EventKind};
use crate::domain::flow::Flow;
use crate::domain::incident::{Answer, Incident};
use crate::domain::moment::{Moment, rfc3339};
use crate::domain::policy::Policy;
use crate::domain::timeline::Undoing;
use crate::locale::Locale;

/// One incident of `incident.list` and `incident.show`.
#[derive(Clone, Debug, Serialize)]
pub struct IncidentJson {
    pub id: String,
    pub title: String,
    pub kind: Option<String>,
    pub severity: Option<String>,
    /// 0 for the worst level; null while it is not rated.
    pub rank: Option<usize>,
    pub status: String,
    /// `triage`, `live`, `learning`, `closed` or `declined`.
    pub category: &'static str,
    pub mode: &'static str,
    pub products: Vec<String>,
    pub roles: BTreeMap<String, Vec<String>>,
    pub times: BTreeMap<&'static str, String>,
    /// Of `times`, `next_update` and `expected_end`, those that are only about right.
    pub approximate: Vec<&'static str>,
    pub detected_by: Option<String>,
    pub reporter: Option<String>,
    pub fields: BTreeMap<String, String>,
    pub impact: Option<String>,
    pub importance: Option<String>,
    pub urgency: Option<String>,
    pub next_update: Option<String>,
    pub expected_end: Option<String>,
    pub caused_by_change: Option<String>,
    /// The id of the incident that this one is the same as.
    pub duplicate_of: Option<String>,
    pub aliases: Vec<String>,
    /// Relative to the store.
    pub path: String,
    /// Whether somebody has to act now: category `triage` or `live`.
    pub live: bool,
}

impl IncidentJson {
    pub fn new(incident: &Incident, path: &str, policy: &Policy, flow: &Flow) -> Self {
        let category = flow.category(&incident.status);
        let moment = |moment: &Option<Moment>| moment.map(|moment| rfc3339(moment.at));
        Self {
            id: incident.id.to_string(),
            title: incident.title.clone(),
            kind: incident.kind.clone(),
            severity: incident.severity.clone(),
            rank: incident.severity.as_deref().and_then(|level| policy.rank(level)),
            status: incident.status.clone(),
            category: category.token(),
            mode: incident.mode.token(),
            products: incident.products.clone(),
            roles: incident.roles.iter().cloned().collect(),
            times: incident.times.iter().map(|(name, at)| (name.token(), rfc3339(at.at))).collect(),
            approximate: approximate(incident),
            detected_by: incident.detected_by.clone(),
            reporter: incident.reporter.clone(),
            fields: incident.fields.clone(),
            impact: incident.impact.clone(),
            importance: incident.importance.clone(),
            urgency: incident.urgency.clone(),
            next_update: moment(&incident.next_update),
            expected_end: moment(&incident.expected_end),
            caused_by_change: incident.caused_by_change.clone(),
            duplicate_of: incident.duplicate_of.clone(),
            aliases: incident.aliases.clone(),
            path: path.to_owned(),
            live: category.is_live(),
        }
    }
}

fn approximate(incident: &Incident) -> Vec<&'static str> {
    let times = incident.times.iter().map(|(name, at)| (name.token(), Some(*at)));
    let promises = [("next_update", incident.next_update), ("expected_end", incident.expected_end)];
    let about = |(name, at): (&'static str, Option<Moment>)| at.filter(|at| at.approximate).map(|_| name);
    times.chain(promises).filter_map(about).collect()
}

/// One event of `incident.timeline`.
#[derive(Clone, Debug, Serialize)]
pub struct EventJson {
    /// When it happened.
    pub at: String,
    pub approximate: bool,
    /// When it was written down; null where only the file says that it happened.
    pub recorded: Option<String>,
    pub by: Option<String>,
    /// `milestone`, `status`, `severity`, `assign`, `note` …
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// What exactly: the milestone, the kind of note, the role, the key.
    pub subject: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub text: String,
    /// The commit that witnesses it.
    pub commit: Option<String>,
    /// `tool`, `hand` or `file`.
    pub source: &'static str,
    /// What took it back; null where it stands.
    pub undone: Option<UndoneJson>,
}

/// Who took an event back.
#[derive(Clone, Debug, Serialize)]
pub struct UndoneJson {
    pub by: String,
    pub at: String,
    pub commit: String,
}

impl From<&Undoing> for UndoneJson {
    fn from(undoing: &Undoing) -> Self {
        Self { by: undoing.by.clone(), at: rfc3339(undoing.at), commit: undoing.commit.clone() }
    }
}

impl EventJson {
    pub fn new(entry: &Entry) -> Self {
        let Parts { kind, subject, from, to } = Parts::of(&entry.kind);
        Self {
            at: rfc3339(entry.at.at),
            approximate: entry.at.approximate,
            recorded: entry.recorded.map(rfc3339),
            by: Some(entry.who.clone()).filter(|who| !who.is_empty()),
            kind,
            subject,
            from,
            to,
            text: entry.text.clone(),
            commit: None,
            source: "file",
            undone: None,
        }
    }

    /// An event that this run has just recorded.
    pub fn recorded_now(entry: &Entry, now: DateTime<FixedOffset>, commit: Option<&str>) -> Self {
        let commit = commit.map(str::to_owned);
        Self { recorded: Some(rfc3339(now)), commit, source: "tool", ..Self::new(entry) }
    }
}

/// The parts that kinds of events have in common.
struct Parts {
    kind: &'static str,
    subject: Option<String>,
    from: Option<String>,
    to: Option<String>,
}

impl Parts {
    fn new(kind: &'static str) -> Self {
        Self { kind, subject: None, from: None, to: None }
    }

    fn about(self, subject: impl Into<String>) -> Self {
        Self { subject: Some(subject.into()), ..self }
    }

    fn between(self, from: Option<&String>, to: Option<&String>) -> Self {
        let some = |value: Option<&String>| value.filter(|value| !value.is_empty()).cloned();
        Self { from: some(from), to: some(to), ..self }
    }

    fn of(kind: &EventKind) -> Self {
        match kind {
            EventKind::Milestone(milestone) => Self::new("milestone").about(milestone.token()),
            EventKind::Status { from, to } => Self::new("status").between(Some(from), Some(to)),
            EventKind::Severity { from, to } => Self::new("severity").between(from.as_ref(), to.as_ref()),
            EventKind::RoleTaken { role, person } => {
                Self::new("assign").about(role).between(None, Some(person))
            }
            EventKind::RoleLeft { role, person } => {
                Self::new("assign").about(role).between(Some(person), None)
            }
            EventKind::Handover { role, from, to } => {
                Self::new("assign").about(role).between(Some(from), Some(to))
            }
            EventKind::HandoverOffered { role, from, to } => {
                Self::new("offer").about(role).between(Some(from), Some(to))
            }
            EventKind::Step { id, done } => {
                let ticked = if *done { "done" } else { "open" };
                Self::new("step").about(id).between(None, Some(&ticked.to_owned()))
            }
            EventKind::Note(kind) => Self::new("note").about(kind.token()),
            EventKind::Update { number } => Self::new("update").about(number.to_string()),
            EventKind::Impact { confirmed } => {
                Self::new("impact").about(if *confirmed { "confirmed" } else { "provisional" })
            }
            EventKind::ActionOpened { id } => {
                Self::new("action").about(id).between(None, Some(&"open".to_owned()))
            }
            EventKind::ActionDone { id } => {
                Self::new("action").about(id).between(None, Some(&"done".to_owned()))
            }
            EventKind::ActionDropped { id } => {
                Self::new("action").about(id).between(None, Some(&"dropped".to_owned()))
            }
            EventKind::Set { key, from, to } => Self::new("set").about(key).between(Some(from), Some(to)),
            EventKind::Link => Self::new("link"),
            EventKind::Attach => Self::new("attach"),
            EventKind::Run => Self::new("run"),
            EventKind::Postmortem => Self::new("postmortem"),
            EventKind::Correction => Self::new("correction"),
            EventKind::Undo => Self::new("undo"),
        }
    }
}

/// An action item of `incident.show`.
#[derive(Clone, Debug, Serialize)]
pub struct ActionJson {
    pub id: String,
    pub done: bool,
    pub text: String,
    pub owner: Option<String>,
    pub due: Option<String>,
    pub ticket: Option<String>,
    pub class: Option<&'static str>,
}

impl ActionJson {
    pub fn new(action: &ActionItem) -> Self {
        Self {
            id: action.id.clone(),
            done: action.done,
            text: action.text.clone(),
            owner: action.owner.clone(),
            due: action.due.map(|due| due.to_string()),
            ticket: action.ticket.clone(),
            class: action.class.map(ActionClass::token),
        }
    }
}

/// The answers of `incident.show`: `yes`, `no` or `unsure` by question.
pub fn answers(answers: &BTreeMap<String, Answer>) -> BTreeMap<String, &'static str> {
    answers.iter().map(|(id, answer)| (id.clone(), answer.token())).collect()
}

/// One finding of `incident.check`.
#[derive(Clone, Debug, Serialize)]
pub struct FindingJson {
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// Stable name of the kind of finding.
    pub code: &'static str,
    pub path: Option<String>,
    pub line: Option<usize>,
    pub column: Option<usize>,
    pub message: String,
    pub hints: Vec<String>,
}

/// `remark` in the user's language.
pub fn finding(remark: &Remark, locale: &Locale) -> FindingJson {
    let place = remark.place.as_ref();
    FindingJson {
        severity: match remark.weight {
            Weight::Error => "error",
            Weight::Warning => "warning",
            Weight::Note => "note",
        },
        code: remark.message.key,
        path: place.map(|place| place.path.clone()),
        line: place.map(|place| place.line),
        column: place.map(|place| place.column),
        message: locale.say(&remark.message),
        hints: remark.hints.iter().map(|hint| locale.say(hint)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::event::{Milestone, NoteKind};
    use crate::domain::samples::{act, incident, moment};
    use crate::domain::text::Lang;
    use crate::failure::{Message, Place};
    use crate::view::samples::{Desk, NIGHT, PATH};
    use serde_json::{Value, json};

    fn shape(value: impl Serialize) -> Value {
        serde_json::to_value(value).expect("a JSON value")
    }

    fn of(incident: &Incident) -> Value {
        let desk = Desk::new(Lang::En);
        shape(IncidentJson::new(incident, PATH, &desk.policy, &desk.settings.flow))
    }

    #[test]
    fn what_is_absent_is_null_or_empty() {
        let expected = json!({
            "id": "20261120-k7qm", "title": "Checkout fails", "kind": null, "severity": null, "rank": null,
            "status": "triage", "category": "triage", "mode": "real", "products": [], "roles": {},
            "times": {"declared": "2026-11-20T02:55:00+09:00"}, "approximate": [], "detected_by": null,
            "reporter": null, "fields": {}, "impact": null, "importance": null, "urgency": null,
            "next_update": null, "expected_end": null, "caused_by_change": null, "duplicate_of": null,
            "aliases": [], "path": PATH, "live": true,
        });
        assert_eq!(of(&incident()), expected);
    }

    #[test]
    fn times_are_plain_and_the_approximate_ones_are_named() {
        let desk = Desk::new(Lang::En);
        let text =
            NIGHT.replacen("next_update: ", "expected_end: ~2026-11-20T04:00:00+09:00\nnext_update: ", 1);
        let shown = of(&desk.file(&text).incident);
        let expected = json!({
            "impact_started": "2026-11-20T02:40:00+09:00",
            "declared": "2026-11-20T02:55:12+09:00",
            "acknowledged": "2026-11-20T02:58:00+09:00",
        });
        assert_eq!(shown["times"], expected);
        assert_eq!(shown["approximate"], json!(["impact_started", "expected_end"]));
        assert_eq!(shown["expected_end"], "2026-11-20T04:00:00+09:00");
        assert_eq!(shown["roles"], json!({"commander": ["arita"], "responder": ["alice", "佐藤"]}));
        assert_eq!(shown["fields"], json!({"clients": "12"}));
        assert_eq!(
            (&shown["rank"], &shown["category"], &shown["live"]),
            (&json!(0), &json!("live"), &json!(true))
        );
    }

    #[test]
    fn a_level_or_status_that_is_gone_has_no_rank_and_is_live() {
        let gone = Incident { severity: Some("P0".into()), status: "mending".into(), ..incident() };
        let shown = of(&gone);
        assert_eq!((&shown["severity"], &shown["rank"]), (&json!("P0"), &json!(null)));
        assert_eq!((&shown["category"], &shown["live"]), (&json!("live"), &json!(true)));
        let closed = of(&Incident { status: "closed".into(), ..incident() });
        assert_eq!((&closed["category"], &closed["live"]), (&json!("closed"), &json!(false)));
    }

    /// Type, subject, from and to of an event.
    #[track_caller]
    fn check(kind: EventKind, expected: Value) {
        let shown = shape(EventJson::new(&act("03:00", "03:00", "").entry(kind.clone())));
        assert_eq!(
            json!([shown["type"], shown["subject"], shown["from"], shown["to"]]),
            expected,
            "{kind:?}"
        );
    }

    #[test]
    fn each_kind_of_event_has_its_type() {
        use EventKind as Kind;
        let text = str::to_owned;
        check(Kind::Milestone(Milestone::Detected), json!(["milestone", "detected", null, null]));
        check(
            Kind::Status { from: text("triage"), to: text("fixing") },
            json!(["status", null, "triage", "fixing"]),
        );
        check(Kind::Severity { from: None, to: Some(text("SEV1")) }, json!(["severity", null, null, "SEV1"]));
        let (role, person) = (text("commander"), text("alice"));
        check(
            Kind::RoleTaken { role: role.clone(), person: person.clone() },
            json!(["assign", "commander", null, "alice"]),
        );
        check(Kind::RoleLeft { role: role.clone(), person }, json!(["assign", "commander", "alice", null]));
        check(
            Kind::Handover { role, from: text("a"), to: text("b") },
            json!(["assign", "commander", "a", "b"]),
        );
        check(Kind::Note(NoteKind::Decision), json!(["note", "decision", null, null]));
        check(Kind::Update { number: 2 }, json!(["update", "2", null, null]));
        check(Kind::Impact { confirmed: true }, json!(["impact", "confirmed", null, null]));
        check(Kind::Impact { confirmed: false }, json!(["impact", "provisional", null, null]));
        check(Kind::ActionDone { id: text("A1") }, json!(["action", "A1", null, "done"]));
        check(
            Kind::Set { key: text("title"), from: text(""), to: text("b") },
            json!(["set", "title", null, "b"]),
        );
        check(Kind::Correction, json!(["correction", null, null, null]));
    }

    #[test]
    fn an_event_has_both_times_and_its_witness() {
        let entry = act("~02:50", "03:00", "words").entry(EventKind::Note(NoteKind::Note));
        let mut expected = json!({
            "at": "2026-11-20T02:50:00+09:00", "approximate": true, "recorded": "2026-11-20T03:00:00+09:00",
            "by": "Alice", "type": "note", "subject": "note", "from": null, "to": null, "text": "words",
            "commit": null, "source": "file", "undone": null,
        });
        assert_eq!(shape(EventJson::new(&entry)), expected);
        expected["recorded"] = "2026-11-20T03:00:30+09:00".into();
        expected["commit"] = "1234abc".into();
        expected["source"] = "tool".into();
        let now = moment("2026-11-20T03:00:30+09:00").at;
        assert_eq!(shape(EventJson::recorded_now(&entry, now, Some("1234abc"))), expected);
        let bare = Entry { who: String::new(), recorded: None, ..entry };
        let shown = shape(EventJson::new(&bare));
        assert_eq!((&shown["by"], &shown["recorded"]), (&json!(null), &json!(null)));
    }

    #[test]
    fn actions_and_answers() {
        let shown: Vec<ActionJson> =
            Desk::new(Lang::Ja).file(NIGHT).actions.iter().map(ActionJson::new).collect();
        let expected = json!([
            {"id": "A1", "done": false, "text": "決済の再試行に上限を付ける", "owner": "arita",
             "due": "2026-12-04", "ticket": "PAY-123", "class": "prevent"},
            {"id": "N1", "done": true, "text": "設定を戻す", "owner": null, "due": null, "ticket": null, "class": null},
        ]);
        assert_eq!(shape(shown), expected);
        let given = [("a", Answer::Yes), ("b", Answer::No), ("c", Answer::Unsure)];
        let given = given.map(|(question, answer)| (question.to_owned(), answer)).into();
        assert_eq!(shape(answers(&given)), json!({"a": "yes", "b": "no", "c": "unsure"}));
    }

    #[test]
    fn a_finding_is_in_the_readers_language() {
        let place = Place { path: PATH.to_owned(), line: 7, column: 1 };
        let mut remark =
            Remark::new(Weight::Warning, place, Message::new("check-unknown-status").with("name", "x"));
        let expected = json!({
            "severity": "warning", "code": "check-unknown-status", "path": PATH, "line": 7, "column": 1,
            "message": "incident.toml に「x」という状態はありません", "hints": [],
        });
        assert_eq!(shape(finding(&remark, &Locale::new(Lang::Ja))), expected);
        remark.place = None;
        let shown = shape(finding(&remark, &Locale::new(Lang::En)));
        assert_eq!((&shown["path"], &shown["line"]), (&json!(null), &json!(null)));
        assert_eq!(shown["message"], "incident.toml has no status “x”");
    }
}
