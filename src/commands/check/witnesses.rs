//! `incident check --history`: what the commits are worth as witnesses: signatures, the order of times, and what a
//! squash or a shallow clone has made unverifiable.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use crate::commands::announce::short;
use crate::commands::session::Session;
use crate::document::consistency::{Remark, Weight};
use crate::document::trailers::recorded_times;
use crate::document::witness::{Version, brought_together};
use crate::failure::{Message, Place};
use crate::say;
use crate::store::{Signature, StorePath};

/// Clocks of different machines differ a little.
const TOLERATED_SECONDS: u64 = 60;

/// How many commits of each sort there are.
#[derive(Clone, Debug, Default, Serialize)]
pub struct HistoryJson {
    commits: usize,
    valid: usize,
    untrusted: usize,
    expired: usize,
    unverifiable: usize,
    bad: usize,
    unsigned: usize,
    /// Recorded, by their own times, before what they build on.
    backwards: usize,
    /// Committed again after they were recorded: a rebase, an amend.
    rewritten: usize,
    /// Several records that a squash has put into one.
    squashed: usize,
    /// Entries of one incident that came together, with no word of when each was recorded.
    together: usize,
    /// Whether the clone lacks the beginning of the history.
    shallow: bool,
}

/// Looks at every commit of the incidents' files.
pub fn of_histories(
    session: &Session<'_>,
    histories: &BTreeMap<StorePath, Vec<Version>>,
) -> anyhow::Result<(Vec<Remark>, HistoryJson)> {
    let commits: Vec<&str> = histories.values().flatten().map(|version| version.commit.as_str()).collect();
    let signatures = session.store.signatures(&commits)?;
    let mut look = Look {
        session,
        signatures,
        counted: HashSet::new(),
        together: HashSet::new(),
        counts: HistoryJson { shallow: session.store.is_shallow(), ..HistoryJson::default() },
        remarks: Vec::new(),
    };
    for (path, versions) in histories {
        look.file(path, versions)?;
    }
    look.counts.together = look.together.len();
    Ok((look.remarks, look.counts))
}

/// The counts in a line for people.
pub fn in_words(session: &Session<'_>, counts: &HistoryJson) -> String {
    let locale = &session.app.locale;
    let mut words = vec![say!(locale, "history-commits", count = counts.commits)];
    for (key, count) in [
        ("history-valid", counts.valid),
        ("history-untrusted", counts.untrusted),
        ("history-expired", counts.expired),
        ("history-unverifiable", counts.unverifiable),
        ("history-bad", counts.bad),
        ("history-unsigned", counts.unsigned),
        ("history-backwards", counts.backwards),
        ("history-rewritten", counts.rewritten),
        ("history-squashed", counts.squashed),
        ("history-together", counts.together),
    ] {
        if count > 0 {
            words.push(locale.say(&Message::new(key).with("count", count)));
        }
    }
    if counts.shallow {
        words.push(locale.text("history-shallow"));
    }
    words.join(" · ")
}

struct Look<'a> {
    session: &'a Session<'a>,
    signatures: HashMap<String, Signature>,
    /// A commit may change several incidents.
    counted: HashSet<String>,
    /// The commits that brought several entries of one incident.
    together: HashSet<String>,
    counts: HistoryJson,
    remarks: Vec<Remark>,
}

impl Look<'_> {
    fn file(&mut self, path: &StorePath, versions: &[Version]) -> anyhow::Result<()> {
        let together = brought_together(path.as_str(), versions, &self.session.vocabulary);
        let mut signers: HashSet<&str> = HashSet::new();
        for version in versions {
            let signature = self.signatures.get(&version.commit).copied().unwrap_or(Signature::Unsigned);
            let is_new = self.counted.insert(version.commit.clone());
            if is_new {
                self.count(signature);
            }
            let about = About { path, version };
            self.signature(&about, signature, signers.contains(version.author.as_str()));
            if signature != Signature::Unsigned {
                signers.insert(&version.author);
            }
            self.times(&about, is_new)?;
            if let Some(count) = together.get(version.commit.as_str()) {
                self.together.insert(version.commit.clone());
                let message = Message::new("check-commit-together").with("count", *count);
                self.remark(&about, Weight::Note, message);
            }
        }
        Ok(())
    }

    fn count(&mut self, signature: Signature) {
        self.counts.commits += 1;
        *match signature {
            Signature::Valid => &mut self.counts.valid,
            Signature::Untrusted => &mut self.counts.untrusted,
            Signature::Expired => &mut self.counts.expired,
            Signature::Unverifiable => &mut self.counts.unverifiable,
            Signature::Bad => &mut self.counts.bad,
            Signature::Unsigned => &mut self.counts.unsigned,
        } += 1;
    }

    fn signature(&mut self, about: &About<'_>, signature: Signature, signed_before: bool) {
        match signature {
            Signature::Bad => self.remark(about, Weight::Error, Message::new("check-signature-bad")),
            Signature::Unsigned if signed_before => {
                self.remark(about, Weight::Warning, Message::new("check-signature-missing"));
            }
            _ => {}
        }
    }

    fn times(&mut self, about: &About<'_>, is_new: bool) -> anyhow::Result<()> {
        let version = about.version;
        let early = self.session.store.seconds_before_parent(&version.commit)?;
        if let Some(seconds) = early.filter(|seconds| *seconds > TOLERATED_SECONDS) {
            self.counts.backwards += usize::from(is_new);
            let message = Message::new("check-times-backwards").with("minutes", seconds.div_ceil(60));
            self.remark(about, Weight::Warning, message);
        }
        match recorded_times(&version.message).as_slice() {
            [] => {}
            [recorded] => {
                let later = (version.committer_time - *recorded).num_seconds().unsigned_abs();
                if later > TOLERATED_SECONDS {
                    self.counts.rewritten += usize::from(is_new);
                    let at =
                        self.session.clock().time(version.committer_time.with_timezone(recorded.offset()));
                    self.remark(about, Weight::Note, Message::new("check-commit-rewritten").with("at", at));
                }
            }
            several => {
                self.counts.squashed += usize::from(is_new);
                let message = Message::new("check-commit-squashed").with("count", several.len());
                self.remark(about, Weight::Note, message);
            }
        }
        Ok(())
    }

    fn remark(&mut self, about: &About<'_>, weight: Weight, message: Message) {
        let place = Place { path: about.path.to_string(), line: 1, column: 1 };
        let message =
            message.with("commit", short(&about.version.commit)).with("author", &about.version.author);
        self.remarks.push(Remark::new(weight, place, message));
    }
}

/// One commit of one file.
struct About<'a> {
    path: &'a StorePath,
    version: &'a Version,
}
