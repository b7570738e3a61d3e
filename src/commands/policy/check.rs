//! `incident policy check`: plays the policy's own cases, and says what in it decides nothing or names nothing.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::app::App;
use super::super::remarks::lines;
use super::super::session::Session;
use super::review::{Configuration, Reviewed, finding_token, verdict_token};
use crate::document::consistency::Weight;
use crate::domain::policy::{Case, Policy};
use crate::domain::triage::{Finding, Played, Reason};
use crate::failure::Exit;
use crate::say;
use crate::ui::Stream;
use crate::view::json::{FindingJson, finding};
use crate::view::palette::Style;
use crate::view::table::{Cell, Column, Fit, Table};

/// Play the policy's own cases, and find levels, questions and rules without effect
#[derive(clap::Args, Clone, Debug)]
pub struct Args {
    /// Check this file instead of the store's severity.toml, or standard input with -
    #[arg(long, value_name = "FILE")]
    pub file: Option<String>,

    /// Show every case: what it comes to and which rule decided
    #[arg(long)]
    pub cases: bool,
}

#[derive(Serialize)]
struct PolicyCheckJson {
    file: String,
    levels: usize,
    questions: usize,
    rules: usize,
    cases: Vec<CaseJson>,
    findings: Vec<FindingJson>,
}

#[derive(Serialize)]
struct CaseJson {
    name: String,
    kind: Option<String>,
    products: Vec<String>,
    answers: BTreeMap<String, bool>,
    /// A level, or `declined`.
    expected: String,
    /// A level, `declined`, or null where nothing decided.
    found: Option<String>,
    passes: bool,
    /// `rule`, `kind`, `otherwise` or `nothing`.
    decided_by: &'static str,
    rule: Option<RuleJson>,
}

/// A rule of the policy.
#[derive(Serialize)]
pub struct RuleJson {
    pub when: BTreeMap<String, bool>,
    pub level: String,
}

impl RuleJson {
    pub fn new(policy: &Policy, position: usize) -> Self {
        let rule = &policy.rules[position];
        Self { when: rule.when.clone(), level: rule.level.clone() }
    }
}

pub fn run(args: Args, app: &App) -> anyhow::Result<Exit> {
    let configuration = match &args.file {
        Some(path) => {
            // A file can be checked where there is no store.
            let store = Session::open_quietly(app).ok();
            Configuration::of_file(&app.context.cwd, path, store.as_ref())?
        }
        None => Configuration::of_store(&Session::open_quietly(app)?)?,
    };
    let reviewed = configuration.review(app.locale.lang());
    let failed = reviewed.remarks.iter().any(|remark| remark.weight == Weight::Error);
    let exit = if failed { Exit::Invalid } else { Exit::Done };
    if app.globals.json {
        app.print_json("incident.policy.check", &as_json(app, configuration.policy_path(), &reviewed))?;
        return Ok(exit);
    }
    if let Some(policy) = reviewed.policy.as_ref().filter(|_| args.cases) {
        app.ui.out(&case_table(app, policy, &reviewed.played))?;
    }
    let found: Vec<String> = reviewed.remarks.iter().flat_map(|remark| lines(app, remark)).collect();
    app.ui.out(&found.join("\n"))?;
    app.ui.say(&totals(app, configuration.policy_path(), &reviewed));
    Ok(exit)
}

/// The one line that is there when all is well.
fn totals(app: &App, file: &str, reviewed: &Reviewed) -> String {
    let locale = &app.locale;
    let count = |weight| reviewed.remarks.iter().filter(|remark| remark.weight == weight).count();
    let (errors, warnings) = (count(Weight::Error), count(Weight::Warning));
    let found = say!(locale, "policy-check-found", errors = errors, warnings = warnings);
    let Some(policy) = &reviewed.policy else {
        return say!(locale, "policy-check-unreadable", file = file, found = found);
    };
    let passing = reviewed.played.iter().filter(|played| played.passes).count();
    let count = reviewed.played.len();
    let cases = if passing == count {
        say!(locale, "policy-check-all-pass", count = count)
    } else {
        say!(locale, "policy-check-cases", count = count, passing = passing)
    };
    let (levels, questions) = (policy.levels.len(), policy.questions.len());
    let totals = say!(
        locale,
        "policy-check-totals",
        file = file,
        levels = levels,
        questions = questions,
        cases = cases
    );
    if errors + warnings == 0 {
        totals
    } else {
        say!(locale, "policy-check-found-too", totals = totals, found = found)
    }
}

fn case_table(app: &App, policy: &Policy, played: &[Played]) -> String {
    let column = |fit| Column::new("", fit);
    let mut table = Table::new(vec![
        column(Fit::Whole),
        column(Fit::Flexible),
        column(Fit::Whole),
        column(Fit::Flexible),
    ]);
    for (case, played) in policy.cases.iter().zip(played) {
        let mark =
            if played.passes { Cell::styled("✔", Style::Good) } else { Cell::styled("✘", Style::Bad) };
        let found = match &played.finding {
            Finding::Level(level) => level.clone(),
            Finding::Declined => app.locale.text("policy-declined"),
            Finding::Unrated => app.locale.text("severity-unrated"),
        };
        let because = match (&played.reason, played.rule) {
            (Reason::Answers(_), Some(rule)) => policy.rules[rule].to_string(),
            (Reason::Kind, _) => app.locale.text("policy-by-kind"),
            (Reason::Otherwise, _) => app.locale.text("policy-by-otherwise"),
            _ => String::new(),
        };
        let name = case.name.get(app.locale.lang());
        table.row(vec![mark, name.into(), found.into(), Cell::styled(&because, Style::Faint)]);
    }
    table.render(app.ui.limit(Stream::Out), app.ui.palette(Stream::Out)).trim_end().to_owned()
}

fn as_json(app: &App, file: &str, reviewed: &Reviewed) -> PolicyCheckJson {
    let findings = reviewed.remarks.iter().map(|remark| finding(remark, &app.locale)).collect();
    let empty = Policy::default();
    let policy = reviewed.policy.as_ref().unwrap_or(&empty);
    let case = |(case, played): (&Case, &Played)| CaseJson {
        name: case.name.get(app.locale.lang()).to_owned(),
        kind: case.kind.clone(),
        products: case.products.clone(),
        answers: case.answers.clone(),
        expected: verdict_token(&case.expect).to_owned(),
        found: Some(finding_token(&played.finding).to_owned()).filter(|_| played.finding != Finding::Unrated),
        passes: played.passes,
        decided_by: reason_token(&played.reason),
        rule: played.rule.map(|rule| RuleJson::new(policy, rule)),
    };
    PolicyCheckJson {
        file: file.to_owned(),
        levels: policy.levels.len(),
        questions: policy.questions.len(),
        rules: policy.rules.len(),
        cases: policy.cases.iter().zip(&reviewed.played).map(case).collect(),
        findings,
    }
}

/// What decided, as programs read it.
pub fn reason_token(reason: &Reason) -> &'static str {
    match reason {
        Reason::Kind => "kind",
        Reason::Answers(_) => "rule",
        Reason::Otherwise => "otherwise",
        Reason::Nothing => "nothing",
    }
}
