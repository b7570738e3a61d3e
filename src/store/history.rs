//! The history of paths, as the user's `git log` walks it (libgit2 knows no changed-path filters).

use std::io::{BufRead, BufReader, Read};

use anyhow::Result;
use chrono::{DateTime, FixedOffset};

use super::git::Call;
use super::{Store, StorePath};
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

impl Store {
    /// The commits that changed `paths` (files or folders; with none, the whole store), oldest first.
    /// A merge is among them where it differs from every parent.
    ///
    /// # Errors
    /// The `git` program is missing or fails.
    pub fn history(&self, paths: &[StorePath]) -> Result<Vec<Revision>> {
        let mut revisions = Vec::new();
        self.walk_history(paths, |revision| {
            revisions.push(revision);
            Ok(())
        })?;
        revisions.reverse();
        Ok(revisions)
    }

    /// As `history`, newest first and one at a time, so that a long one need not be held in memory.
    ///
    /// # Errors
    /// The `git` program is missing or fails, or what `visit` returns.
    pub fn walk_history(&self, paths: &[StorePath], visit: impl FnMut(Revision) -> Result<()>) -> Result<()> {
        let Some(tip) = self.tip_id()? else { return Ok(()) };
        let call = paths
            .iter()
            .map(|path| self.in_repository(path))
            .fold(log_call(&tip.to_string()), Call::argument);
        let call =
            if paths.is_empty() && !self.prefix.is_empty() { call.argument(&self.prefix) } else { call };
        self.git.stream(&call, |stdout| {
            Reading { tokens: BufReader::new(stdout), prefix: &self.prefix, peeked: None }.read_all(visit)
        })
    }
}

/// The options fix what the user's configuration could otherwise change (`log.follow`, `diff.renames`, …).
fn log_call(tip: &str) -> Call<'static> {
    Call::new(&[
        "-c",
        "log.follow=false",
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
    fn read_all(mut self, mut visit: impl FnMut(Revision) -> Result<()>) -> Result<()> {
        while let Some(commit) = self.next()? {
            if commit.is_empty() {
                continue;
            }
            let mut revision = self.revision(commit)?;
            while let Some(change) = self.change()? {
                revision.changes.extend(change);
            }
            if !revision.changes.is_empty() {
                visit(revision)?;
            }
        }
        Ok(())
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
        let time = DateTime::parse_from_rfc3339(&time).map_err(|_| unreadable(&time))?;
        Ok(Person { name, email, time })
    }

    /// The next changed file; the inner none stands for one outside the store or with an unusable name.
    fn change(&mut self) -> Result<Option<Option<FileChange>>> {
        let Some(token) = self.next()? else { return Ok(None) };
        let Some(raw) = token.trim_start_matches('\n').strip_prefix(':') else {
            // git ends the list of files with an empty token, and a commit without files has none.
            if !token.trim().is_empty() {
                self.peeked = Some(token);
            }
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

/// git writes an absent file as an id of zeros.
fn present(id: &str) -> Option<String> {
    (!id.bytes().all(|byte| byte == b'0')).then(|| id.to_owned())
}

fn unreadable(text: &str) -> Failure {
    Failure::new(Exit::Git, "store-log-unreadable").with("text", text.escape_debug())
}
