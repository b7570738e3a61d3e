//! The history of paths, as the user's `git log` walks it (libgit2 knows no changed-path filters).

use std::io::{BufRead, BufReader, Read};
use std::ops::ControlFlow;

use anyhow::Result;
use chrono::{DateTime, FixedOffset, NaiveDateTime, TimeDelta};
use git2::Oid;

use super::git::Call;
use super::{Store, StorePath, Writer};
use crate::failure::{Exit, Failure};

/// Commit, parents, author, committer, message; NUL between them. Names as written, not by the mailmap: they are
/// compared with the identity at hand.
const FORMAT: &str = "--format=%H%x00%P%x00%an%x00%ae%x00%aI%x00%cn%x00%ce%x00%cI%x00%B";

/// A commit that changed one of the paths asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    pub commit: String,
    pub parents: Vec<String>,
    pub author: Person,
    pub committer: Person,
    /// Subject, body and trailers.
    pub message: String,
    pub changes: Vec<FileChange>,
}

/// Who wrote or recorded a commit, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    pub email: String,
    pub time: DateTime<FixedOffset>,
}

/// A file before and after a commit, as ids for `Store::blob`; none where it did not exist.
/// `old` has one for each parent of a merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    pub path: StorePath,
    pub old: Vec<Option<String>>,
    pub new: Option<String>,
}

impl FileChange {
    /// Whether the file was in no parent and is there since.
    pub fn is_new(&self) -> bool {
        self.new.is_some() && self.old.iter().all(Option::is_none)
    }
}

impl Store {
    /// The commits that changed `paths` (files or folders; with none, the whole store), oldest first.
    /// A merge is among them where it differs from every parent.
    ///
    /// # Errors
    /// The `git` program is missing or fails.
    pub fn history(&self, paths: &[StorePath]) -> Result<Vec<Revision>> {
        self.history_up_to(self.tip_id()?, paths)
    }

    fn history_up_to(&self, tip: Option<Oid>, paths: &[StorePath]) -> Result<Vec<Revision>> {
        let mut revisions = Vec::new();
        self.walk_up_to(tip, paths, |revision| {
            revisions.push(revision);
            Ok(ControlFlow::Continue(()))
        })?;
        revisions.reverse();
        Ok(revisions)
    }

    /// All that one commit changed in the store, other incidents' files included; none where it changed nothing.
    ///
    /// # Errors
    /// The `git` program is missing or fails, or there is no such commit.
    pub fn revision(&self, commit: &str) -> Result<Option<Revision>> {
        let mut found = None;
        let call = log_call(commit, "--max-count=1");
        self.git.stream(&call, |stdout| {
            Reading { tokens: BufReader::new(stdout), prefix: &self.prefix, peeked: None }.read_all(
                |revision| {
                    found = Some(revision);
                    Ok(ControlFlow::Continue(()))
                },
            )
        })?;
        Ok(found)
    }

    /// As `history`, newest first and one at a time, so that a long one need not be held in memory, until `visit` has
    /// seen enough.
    ///
    /// # Errors
    /// The `git` program is missing or fails, or what `visit` returns.
    pub fn walk_history(
        &self,
        paths: &[StorePath],
        visit: impl FnMut(Revision) -> Result<ControlFlow<()>>,
    ) -> Result<()> {
        self.walk_up_to(self.tip_id()?, paths, visit)
    }

    fn walk_up_to(
        &self,
        tip: Option<Oid>,
        paths: &[StorePath],
        visit: impl FnMut(Revision) -> Result<ControlFlow<()>>,
    ) -> Result<()> {
        let Some(tip) = tip else { return Ok(()) };
        let call = paths
            .iter()
            .map(|path| self.in_repository(path))
            .fold(log_call(&tip.to_string(), "--max-count=-1"), Call::argument);
        let call =
            if paths.is_empty() && !self.prefix.is_empty() { call.argument(&self.prefix) } else { call };
        self.git.stream(&call, |stdout| {
            Reading { tokens: BufReader::new(stdout), prefix: &self.prefix, peeked: None }.read_all(visit)
        })
    }
}

impl Writer<'_> {
    /// As [`Store::history`], up to the commit that [`Writer::read`] reads: somebody may have added to it since.
    ///
    /// # Errors
    /// As [`Store::history`].
    pub fn history(&self, paths: &[StorePath]) -> Result<Vec<Revision>> {
        self.store.history_up_to(self.tip, paths)
    }
}

/// The options fix what the user's configuration could otherwise change (`log.follow`, `diff.renames`, …).
fn log_call(tip: &str, limit: &str) -> Call<'static> {
    Call::new(&[
        "-c",
        "log.follow=false",
        "-c",
        "log.showRoot=true",
        "log",
        "--full-history",
        "-c",
        "--raw",
        "--no-abbrev",
        "--no-renames",
        "--no-relative",
        "--no-show-signature",
        "--no-color",
        "--encoding=UTF-8",
        "-z",
        FORMAT,
        limit,
        tip,
        "--",
    ])
    .environment("GIT_LITERAL_PATHSPECS", "1")
}

struct Reading<'a, R> {
    tokens: BufReader<R>,
    prefix: &'a str,
    peeked: Option<String>,
}

impl<R: Read> Reading<'_, R> {
    fn read_all(
        mut self,
        mut visit: impl FnMut(Revision) -> Result<ControlFlow<()>>,
    ) -> Result<ControlFlow<()>> {
        while let Some(commit) = self.next_filled()? {
            let mut revision = self.revision(commit)?;
            while let Some(change) = self.change()? {
                revision.changes.extend(change);
            }
            if !revision.changes.is_empty() && visit(revision)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn revision(&mut self, commit: String) -> Result<Revision> {
        Ok(Revision {
            commit,
            parents: self.field()?.split_whitespace().map(str::to_owned).collect(),
            author: self.person()?,
            committer: self.person()?,
            message: self.field()?,
            changes: Vec::new(),
        })
    }

    fn person(&mut self) -> Result<Person> {
        let (name, email, time) = (self.field()?, self.field()?, self.field()?);
        Ok(Person { name, email, time: time_of(&time) })
    }

    /// The next changed file; the inner none stands for one outside the store or with an unusable name.
    fn change(&mut self) -> Result<Option<Option<FileChange>>> {
        let Some(token) = self.next_filled()? else { return Ok(None) };
        let Some(raw) = token.trim_start_matches('\n').strip_prefix(':') else {
            self.peeked = Some(token);
            return Ok(None);
        };
        let path = self.field()?;
        let path = path.strip_prefix(self.prefix).and_then(|path| StorePath::parse(path).ok());
        let Some(path) = path else { return Ok(Some(None)) };
        // `:` per parent, then its modes and the new one, its ids and the new one, and a letter.
        let parents = 1 + raw.bytes().take_while(|byte| *byte == b':').count();
        let ids: Vec<Option<String>> =
            raw.split_whitespace().skip(parents + 1).take(parents + 1).map(present).collect();
        let Some((new, old)) = ids.split_last() else { return Err(unreadable(raw).into()) };
        Ok(Some(Some(FileChange { path, old: old.to_vec(), new: new.clone() })))
    }

    fn field(&mut self) -> Result<String> {
        self.next()?.ok_or_else(|| unreadable("").into())
    }

    /// The next token that is not empty: git puts an empty one between a merge and its files.
    fn next_filled(&mut self) -> Result<Option<String>> {
        loop {
            match self.next()? {
                Some(token) if token.is_empty() => {}
                token => return Ok(token),
            }
        }
    }

    fn next(&mut self) -> Result<Option<String>> {
        if let Some(token) = self.peeked.take() {
            return Ok(Some(token));
        }
        let mut token = Vec::new();
        if self.tokens.read_until(0, &mut token)? == 0 {
            return Ok(None);
        }
        token.pop_if(|byte| *byte == 0);
        Ok(Some(String::from_utf8_lossy(&token).into_owned()))
    }
}

/// A commit's time as git writes it. git takes any hour east and any year for a commit, and one odd commit must not hide
/// the others: what is beyond our calendar is read in UTC, and what is no time at all as the first second of Unix.
fn time_of(text: &str) -> DateTime<FixedOffset> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return time;
    }
    let in_utc = || {
        let (local, offset) = text.split_at_checked(19)?;
        let local = NaiveDateTime::parse_from_str(local, "%Y-%m-%dT%H:%M:%S").ok()?;
        let (hours, minutes) = offset.split_once(':')?;
        let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
        let east = TimeDelta::minutes(hours * 60 + if offset.starts_with('-') { -minutes } else { minutes });
        Some(local.checked_sub_signed(east)?.and_utc())
    };
    in_utc().unwrap_or(DateTime::UNIX_EPOCH).fixed_offset()
}

/// git writes an absent file as an id of zeros.
fn present(id: &str) -> Option<String> {
    (!id.bytes().all(|byte| byte == b'0')).then(|| id.to_owned())
}

fn unreadable(text: &str) -> Failure {
    Failure::new(Exit::Git, "store-log-unreadable").with("text", text.escape_debug())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{TestRepository, path, record};
    use super::*;

    /// Each revision's subject with the paths it changed, `+` for a new one and `-` for a removed one.
    fn summary(revisions: &[Revision]) -> Vec<String> {
        let line = |revision: &Revision| {
            let mut line = revision.message.lines().next().unwrap_or_default().to_owned();
            for change in &revision.changes {
                let sign = match (change.old.iter().flatten().next(), &change.new) {
                    (None, _) => "+",
                    (_, None) => "-",
                    _ => "",
                };
                line.push_str(&format!(" {sign}{}*{}", change.path, change.old.len()));
            }
            line
        };
        revisions.iter().map(line).collect()
    }

    #[test]
    fn merged_side_branches_and_merges_with_changes_of_their_own() {
        let repository = TestRepository::with_commit();
        repository.git(&["checkout", "--quiet", "-b", "side"]);
        repository.write("a.md", "side\n");
        repository.commit_all("on the side");
        repository.git(&["checkout", "--quiet", "main"]);
        repository.write("a.md", "main\n");
        repository.commit_all("on main");
        assert!(!repository.run(&["merge", "side"]).status.success());
        repository.write("a.md", "both\n");
        repository.commit_all("merge by hand");
        repository.write("other.txt", "unrelated\n");
        repository.commit_all("unrelated");
        // A plain merge tells nothing that its parents do not.
        repository.git(&["checkout", "--quiet", "-b", "second", "HEAD^"]);
        repository.write("b.md", "b\n");
        repository.commit_all("second side");
        repository.git(&["checkout", "--quiet", "main"]);
        repository.git(&["merge", "--quiet", "--message", "plain merge", "second"]);
        repository.git(&["rm", "--quiet", "a.md"]);
        repository.commit_all("removed");

        let store = repository.store();
        let revisions = store.history(&[path("a.md"), path("b.md")]).unwrap();
        let mut lines = summary(&revisions);
        lines[1..3].sort();
        let expected = [
            "first +a.md*1",
            "on main a.md*1",
            "on the side a.md*1",
            "merge by hand a.md*2",
            "second side +b.md*1",
            "removed -a.md*1",
        ];
        assert_eq!(lines, expected);
        let merge = &revisions[3];
        assert_eq!(merge.parents.len(), 2);
        assert_eq!(store.blob(merge.changes[0].new.as_ref().unwrap()).unwrap(), b"both\n");
        let old = merge.changes[0].old.iter().flatten().map(|id| store.blob(id).unwrap());
        assert_eq!(old.collect::<Vec<_>>(), [b"main\n", b"side\n"]);
    }

    #[test]
    fn a_users_settings_change_nothing() {
        let repository = TestRepository::empty();
        let store = repository.store();
        assert_eq!(store.history(&[path("a.md")]).unwrap(), []);
        record(&store, &[("a.md", Some("the very same words\nof a template\n"))]);
        record(&store, &[("b.md", Some("the very same words\nof a template\n"))]);
        for (key, value) in [
            ("log.follow", "true"),
            ("log.showRoot", "false"),
            ("log.showSignature", "true"),
            ("log.diffMerges", "first-parent"),
            ("diff.renames", "copies"),
            ("diff.relative", "true"),
            ("color.ui", "always"),
            ("log.date", "relative"),
            ("core.quotePath", "true"),
        ] {
            repository.git(&["config", key, value]);
        }
        record(&store, &[("障害 \"x\".md", Some("x\n")), ("b[1].md", Some("x\n"))]);
        let paths = ["b.md", "障害 \"x\".md", "b[1].md"].map(path);
        let revisions = store.history(&paths).unwrap();
        let subject = "20261120-k7qm: subject";
        let second = format!("{subject} +b[1].md*1 +障害 \"x\".md*1");
        assert_eq!(summary(&revisions), [format!("{subject} +b.md*1"), second]);
        let revision = &revisions[0];
        assert_eq!(revision.message, "20261120-k7qm: subject\n\nbody\n\nIncident: 20261120-k7qm\n");
        assert_eq!(
            (revision.author.name.as_str(), revision.committer.name.as_str()),
            ("author", "committer")
        );
        assert_eq!(revision.author.time.to_rfc3339(), "2026-11-20T02:40:00+09:00");
        assert_eq!(revision.committer.time.to_rfc3339(), "2026-11-20T02:55:12+09:00");
    }

    #[test]
    fn a_commit_with_an_odd_date_hides_no_other() {
        for (text, expected) in [
            ("2026-11-20T02:40:00+09:00", "2026-11-20T02:40:00+09:00"),
            ("2023-11-19T01:13:20+99:00", "2023-11-14T22:13:20+00:00"),
            ("2023-11-10T19:13:20-99:30", "2023-11-14T22:43:20+00:00"),
            ("20230-11-10T19:13:20+00:00", "1970-01-01T00:00:00+00:00"),
            ("", "1970-01-01T00:00:00+00:00"),
        ] {
            assert_eq!(time_of(text).to_rfc3339(), expected, "{text}");
        }
        let repository = TestRepository::with_commit();
        repository.write("a.md", "a2\n");
        repository.git(&[
            "-c",
            "user.name=x",
            "commit",
            "--quiet",
            "--all",
            "-m",
            "odd",
            "--date",
            "@1700000000 +9900",
        ]);
        let revisions = repository.store().history(&[path("a.md")]).unwrap();
        assert_eq!(revisions.len(), 2);
        assert_eq!(revisions[1].author.time.timestamp(), 1_700_000_000);
    }

    #[test]
    fn reading_can_stop_early() {
        let repository = TestRepository::with_commit();
        let store = repository.store();
        record(&store, &[("a.md", Some("a2\n"))]);
        let mut seen = 0;
        let walked = store.walk_history(&[], |_| {
            seen += 1;
            Ok(ControlFlow::Break(()))
        });
        assert_eq!((walked.is_ok(), seen), (true, 1));
        let stopped = store.walk_history(&[], |_| Err(unreadable("enough").into()));
        assert_eq!(stopped.unwrap_err().to_string(), unreadable("enough").to_string());
    }
}
