//! Any word as the name of an incident, an id, a path or a title: it means what is there, or nothing, and never a place outside.

use std::path::{Component, Path};

use incident::domain::id::IncidentId;
use incident::domain::names::{Candidate, Purpose, Resolution, resolve};
use incident::domain::slug::slug;
use incident::domain::text::{Text, folded, named};
use incident::store::StorePath;
use incident::view::markdown::{encoded, relative};
use incident::view::sanitize::is_hostile;

use super::input;

/// The parts are a word, and incidents: one a line, `ID|ALIAS|open|TITLE`.
pub fn holds(data: &[u8]) {
    let Some(text) = input::text(data) else { return };
    let [word, listed] = input::some_parts(text);
    is_inside(word);
    is_a_file_name(word);
    if let Ok(id) = word.parse::<IncidentId>() {
        assert_eq!((id.as_str(), id.short().len()), (word, 4));
        assert_eq!(IncidentId::leading(word), Some(id));
    }
    IncidentId::leading(word);
    let incidents: Vec<Listed> = listed.lines().filter_map(Listed::read).take(50).collect();
    for purpose in [Purpose::Reading, Purpose::Writing, Purpose::Following] {
        means_what_is_there(word, &incidents, purpose);
    }
    let texts: Vec<(String, Text)> =
        incidents.iter().map(|one| (one.aliases.concat(), Text::plain(&one.title))).collect();
    named(&texts, word, |(id, name)| (id, name));
}

struct Listed {
    id: IncidentId,
    aliases: Vec<String>,
    open: bool,
    title: String,
}

impl Listed {
    fn read(line: &str) -> Option<Self> {
        let mut fields = line.splitn(4, '|');
        let mut next = || fields.next().unwrap_or_default();
        let (id, alias, open, title) =
            (next().parse().ok()?, next().to_owned(), next() == "open", next().to_owned());
        Some(Self { id, aliases: vec![alias], open, title })
    }
}

/// A path that is accepted lies below the root, whatever it is joined with, and in nothing of git's.
fn is_inside(word: &str) {
    let Ok(path) = StorePath::parse(word) else { return };
    let below = |path: &StorePath| {
        let parts: Vec<Component<'_>> = Path::new(path.as_str()).components().collect();
        assert!(!parts.is_empty() && parts.iter().all(|part| matches!(part, Component::Normal(_))), "{path}");
        assert!(parts.iter().all(|part| !part.as_os_str().eq_ignore_ascii_case(".git")), "{path}");
        assert_eq!(parts.len(), path.as_str().split('/').count(), "{path}");
        assert!(!path.as_str().contains(char::is_control), "{path}");
    };
    below(&path);
    assert_eq!(path.as_str(), word);
    let joined = path.join(word).expect("each part is accepted");
    below(&joined);
    assert!(path.join("..").is_err() && path.join("/etc").is_err() && path.join("").is_err());
    path.parent().iter().for_each(below);
    // A link on a page leads to the same place.
    let link = relative("incidents/2026/11/a.md", word);
    assert!(!link.contains(['(', ')', ' ', '<', '>']), "{link}");
    encoded(path.file_name());
}

/// A title gives a name of a file that is seen, short, and in its folder.
fn is_a_file_name(title: &str) {
    let Some(slug) = slug(title) else { return };
    let path = StorePath::parse(&slug).expect("a slug is a path");
    assert_eq!(path.parent(), None, "{slug:?}");
    assert!(slug.len() <= 50 && !slug.contains(['.', '\\', ' ', ':']), "{slug:?}");
    let mut before = None;
    assert!(slug.chars().all(|c| !is_hostile(c, before.replace(c))), "{slug:?}");
}

fn means_what_is_there(word: &str, incidents: &[Listed], purpose: Purpose) {
    let candidates: Vec<Candidate<'_>> = incidents
        .iter()
        .map(|Listed { id, aliases, open, title }| Candidate { id, aliases, title, open: *open })
        .collect();
    let all_there = |found: &[usize]| found.iter().all(|index| *index < candidates.len());
    match resolve(word, &candidates, purpose) {
        Resolution::One(index) => {
            let found = &candidates[index];
            let typed = folded(word);
            let is_named =
                typed.contains(found.id.short()) || found.aliases.iter().any(|alias| folded(alias) == typed);
            assert!(purpose == Purpose::Reading || found.open || is_named, "{word:?} writes to a closed one");
        }
        Resolution::Many(found) => {
            assert!(found.len() > 1 && all_there(&found));
            assert!(found.is_sorted_by_key(|index| !candidates[*index].open), "open ones come first");
        }
        Resolution::ByTitle(found) => assert!(!found.is_empty() && all_there(&found)),
        Resolution::None { near } => assert!(near.len() <= 5 && all_there(&near)),
    }
    for (index, candidate) in candidates.iter().enumerate() {
        let same = candidates.iter().filter(|other| other.id == candidate.id).count();
        let found = resolve(candidate.id.as_str(), &candidates, purpose);
        assert!(same > 1 || found == Resolution::One(index), "{} is itself", candidate.id);
    }
}
