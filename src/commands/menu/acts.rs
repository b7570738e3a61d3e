//! What can be done now, and by which key.

use super::super::app::App;
use super::super::archive::Found;
use super::super::session::Session;
use crate::document::IncidentFile;
use crate::domain::checklist;
use crate::domain::flow::Category;
use crate::domain::incident::Incident;
use crate::view::width::{width, wrap};

/// Something to do, its key, and its word in the legend; an empty word is not shown.
#[derive(Clone, Debug)]
pub struct Act {
    pub key: char,
    pub label: String,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A command line, without the program's name.
    Command(Vec<String>),
    /// To be asked: which status, and why.
    Status(String),
    /// To be asked: what kind of note, and its words.
    Note(String),
    Choose(String),
    All,
    Quit,
}

/// The figures choose an incident, the letters do what needs none.
pub fn for_overview(app: &App, open: &[Found]) -> Vec<Act> {
    let text = |key: &'static str| app.locale.text(key);
    let mut acts: Vec<Act> = numbers()
        .zip(open)
        .enumerate()
        .map(|(index, (key, found))| Act {
            key,
            label: if index == 0 { text("menu-choose") } else { String::new() },
            what: What::Choose(found.incident.id.to_string()),
        })
        .collect();
    acts.extend([
        command('d', text("menu-declare"), &["new"]),
        command('a', text("menu-all"), &["list", "--all"]),
        Act { key: 'q', label: text("menu-quit"), what: What::Quit },
    ]);
    acts
}

/// The figures tick steps, the letters do what makes sense in the incident's category.
pub fn for_incident(session: &Session<'_>, file: &IncidentFile) -> Vec<Act> {
    let app = session.app;
    let text = |key: &'static str| app.locale.text(key);
    let incident = &file.incident;
    let id = incident.id.as_str();
    let live = session.settings.flow.category(&incident.status).is_live();
    let mut acts = steps(session, file);
    acts.extend(lead(session, incident).filter(|_| live));
    if live {
        acts.push(command('u', text("menu-update"), &["update", "-i", id]));
    }
    acts.push(Act { key: 's', label: text("menu-status"), what: What::Status(id.to_owned()) });
    acts.push(Act { key: 'n', label: text("menu-note"), what: What::Note(id.to_owned()) });
    if live {
        acts.push(command('l', text("menu-level"), &["severity", "-i", id]));
        acts.push(command('w', text("menu-who"), &["who", id]));
    }
    if session.settings.flow.category(&incident.status) == Category::Learning {
        acts.push(command('p', text("menu-postmortem"), &["postmortem", id]));
    }
    acts.extend([
        command('t', text("menu-page"), &["show", id]),
        command('e', text("menu-edit"), &["edit", id]),
        command('x', text("menu-undo"), &["undo", id]),
        command('d', text("menu-declare"), &["new"]),
        Act { key: 'b', label: text("menu-back"), what: What::All },
        Act { key: 'q', label: text("menu-quit"), what: What::Quit },
    ]);
    acts
}

/// The first nine steps of the checklist, each by its number: ticked if it is not, taken back if it is.
fn steps(session: &Session<'_>, file: &IncidentFile) -> Vec<Act> {
    let entries = file.timeline.to_entries();
    let items = checklist::checklist(&session.settings.steps, &file.incident, &entries);
    let id = file.incident.id.as_str();
    let act = |(key, item): (char, &checklist::Item<'_>)| {
        let mut words = vec!["step", item.step.id.as_str(), "-i", id];
        words.extend(item.ticked.map(|_| "--undo"));
        let label = if key == '1' { session.app.locale.text("menu-tick") } else { String::new() };
        command(key, label, &words)
    };
    numbers().zip(&items).map(act).collect()
}

/// Taking the lead where nobody has it, else handing it over.
fn lead(session: &Session<'_>, incident: &Incident) -> Option<Act> {
    let lead = session.settings.staff.lead()?;
    let (locale, id) = (&session.app.locale, incident.id.as_str());
    Some(if incident.holders(&lead.id).is_empty() {
        command('h', locale.text("menu-take"), &["assign", &lead.id, "me", "-i", id])
    } else {
        command('h', locale.text("menu-handover"), &["handover", "-i", id])
    })
}

fn numbers() -> std::ops::RangeInclusive<char> {
    '1'..='9'
}

fn command(key: char, label: String, words: &[&str]) -> Act {
    let words = words.iter().map(|word| (*word).to_owned()).collect();
    Act { key, label, what: What::Command(words) }
}

/// `1–3 choose one   d declare   q quit`, in as many lines as it takes.
pub fn legend(acts: &[Act], columns: usize) -> String {
    let figures = acts.iter().filter(|act| act.key.is_ascii_digit()).count();
    let shown = acts.iter().filter(|act| !act.label.is_empty()).map(|act| match act.key {
        '1' if figures > 1 => format!("1–{figures} {}", act.label),
        key => format!("{key} {}", act.label),
    });
    let mut lines: Vec<String> = Vec::new();
    for act in shown {
        match lines.last_mut().filter(|line| width(line) + 3 + width(&act) <= columns) {
            Some(line) => line.push_str(&format!("   {act}")),
            None => lines.extend(wrap(&act, columns)),
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_legend_is_folded_between_its_words() {
        let acts = [
            command('1', "選ぶ".into(), &["x"]),
            command('2', String::new(), &["x"]),
            command('d', "起票".into(), &["new"]),
            command('q', "抜ける".into(), &["x"]),
        ];
        assert_eq!(legend(&acts, 80), "1–2 選ぶ   d 起票   q 抜ける");
        assert_eq!(legend(&acts, 18), "1–2 選ぶ   d 起票\nq 抜ける");
        assert_eq!(legend(&acts[2..], 80), "d 起票   q 抜ける");
    }
}
