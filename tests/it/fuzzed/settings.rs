//! Any file as `incident.toml`: statuses, roles and people whose names can stand in a file and be read again.

use incident::config::line_format::LineFormat;
use incident::config::{parse_settings, user};
use incident::document::{format_entry, parse_entry};
use incident::domain::event::{Entry, EventKind};
use incident::domain::moment::Moment;
use incident::domain::text::Lang;
use incident::locale::words::vocabulary;

use super::input::{self, Desk};
use super::policy::are_told;

const PATH: &str = "incident.toml";

pub fn holds(data: &[u8]) {
    let Some(text) = input::text(data) else { return };
    if let Err(faults) = user::parse("config.toml", text) {
        input::have_places(text, &faults);
    }
    let _ = LineFormat::new("--format", text);
    let loaded = match parse_settings(PATH, text) {
        Ok(loaded) => loaded,
        Err(faults) => {
            are_told(&faults);
            return input::have_places(text, &faults);
        }
    };
    if !loaded.warnings.is_empty() {
        input::have_places(text, &loaded.warnings);
        are_told(&loaded.warnings);
    }
    let settings = loaded.value;
    let (flow, staff) = (&settings.flow, &settings.staff);
    let policy = &Desk::of(Lang::Ja).policy;
    let statuses: Vec<&str> = flow.statuses().iter().map(|status| status.id.as_str()).take(6).collect();
    let roles: Vec<&str> = staff.roles.iter().map(|role| role.id.as_str()).take(4).collect();
    let people: Vec<&str> = staff.people.iter().map(|person| person.handle.as_str()).take(4).collect();
    let mut kinds = Vec::new();
    for from in &statuses {
        let pair = |to: &&str| EventKind::Status { from: (*from).to_owned(), to: (*to).to_owned() };
        kinds.extend(statuses.iter().map(pair));
    }
    for role in &roles {
        for person in &people {
            let (role, person) = ((*role).to_owned(), (*person).to_owned());
            let to = people[0].to_owned();
            kinds.push(EventKind::Handover { role: role.clone(), from: person.clone(), to: to.clone() });
            kinds.push(EventKind::HandoverOffered { role: role.clone(), from: person.clone(), to });
            kinds.push(EventKind::RoleTaken { role, person });
        }
    }
    kinds.extend(
        settings.steps.iter().take(4).map(|step| EventKind::Step { id: step.id.clone(), done: true }),
    );
    for lang in Lang::ALL {
        let vocabulary = vocabulary(lang, flow, policy, staff);
        for kind in &kinds {
            let at = Moment::exact(input::now());
            let entry = Entry::new(at, at.at, "葉山", kind.clone(), "");
            let written = format_entry(&entry, *at.at.offset(), &vocabulary);
            let read = parse_entry(&written, *at.at.offset(), &vocabulary);
            assert_eq!(read.map(|read| read.kind).as_ref(), Some(kind), "{written}");
        }
    }
}
