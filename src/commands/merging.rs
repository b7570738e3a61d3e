//! Merging the versions of one file, as git's merge driver and `sync` do.

use std::path::Path;

use super::archive::{may_be_incident, mentions_id};
use super::hand_edit::merge_levels;
use super::session::{Session, config_env};
use crate::config::{POLICY_FILE, SETTINGS_FILE, Settings, parse_policy, parse_settings, preset_policy};
use crate::document::merge::{MergeRules, Merged, merge, merge_document};
use crate::document::vocabulary::Vocabulary;
use crate::domain::flow::Flow;
use crate::domain::id::IncidentId;
use crate::failure::{Exit, Failure};
use crate::locale::words::vocabulary;
use crate::store::{Store, StorePath};

/// What a merge knows of the store: its words, its statuses, its levels.
pub struct Rules {
    vocabulary: Vocabulary,
    flow: Flow,
    levels: Vec<String>,
}

impl Rules {
    pub fn of(session: &Session<'_>) -> Self {
        let (policy, settings) = (&session.policy, &session.settings);
        Self {
            vocabulary: vocabulary(settings.lang, &settings.flow, policy, &settings.staff),
            flow: settings.flow.clone(),
            levels: merge_levels(session),
        }
    }

    /// Those of the store at `directory`, read without a word: a merge of git's may be about these very files. What cannot
    /// be read is the default preset's.
    pub fn read(directory: &Path) -> Self {
        let store = Store::open(directory).and_then(|store| store.with_config_env(&config_env())).ok();
        let text = |store: &Option<Store>, name: &str| {
            let bytes = store.as_ref()?.read(&StorePath::parse(name).ok()?).ok()??;
            String::from_utf8(bytes).ok()
        };
        let read_settings = |store: &Option<Store>| {
            let parsed = text(store, SETTINGS_FILE).map(|text| parse_settings(SETTINGS_FILE, &text));
            parsed.and_then(Result::ok).map_or_else(Settings::preset, |loaded| loaded.value)
        };
        let settings = read_settings(&store);
        let store = store.and_then(|store| store.on_branch(settings.branch.as_deref()).ok());
        let settings = read_settings(&store);
        let parsed = text(&store, POLICY_FILE).map(|text| parse_policy(POLICY_FILE, &text));
        let policy = parsed.and_then(Result::ok).map_or_else(preset_policy, |loaded| loaded.value);
        Self {
            vocabulary: vocabulary(settings.lang, &settings.flow, &policy, &settings.staff),
            levels: policy.levels.iter().map(|level| level.id.clone()).collect(),
            flow: settings.flow,
        }
    }
}

/// Three versions of a file; no base where it is new on both sides.
#[derive(Clone, Copy)]
pub struct Versions<'a> {
    pub base: Option<&'a [u8]>,
    pub ours: &'a [u8],
    pub theirs: &'a [u8],
}

/// Merges the versions of the file at `path`: an incident by its structure, any other page line by line.
///
/// # Errors
/// One of the versions of an incident cannot be read, or they are different incidents.
pub fn merge_versions(
    path: &StorePath,
    versions: Versions<'_>,
    rules: &Rules,
) -> Result<Merged, Vec<Failure>> {
    let text = |bytes| std::str::from_utf8(bytes);
    let texts = (versions.base.map(text).transpose(), text(versions.ours), text(versions.theirs));
    let (Ok(base), Ok(ours), Ok(theirs)) = texts else {
        return Err(vec![Failure::new(Exit::Invalid, "not-utf8").at(path, 1, 1)]);
    };
    if !is_record(path, versions) {
        return Ok(merge_document(base.unwrap_or_default(), ours, theirs));
    }
    let rules = MergeRules { vocabulary: &rules.vocabulary, flow: &rules.flow, levels: &rules.levels };
    merge(path.as_str(), base, ours, theirs, &rules)
}

fn is_record(path: &StorePath, versions: Versions<'_>) -> bool {
    let is_named = IncidentId::leading(path.file_name()).is_some();
    may_be_incident(path) && (is_named || mentions_id(versions.ours) || mentions_id(versions.theirs))
}
