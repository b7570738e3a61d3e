//! Who signed which commit, as the user's `git` verifies it (`%G?` of git-log).

use std::collections::HashMap;

use anyhow::Result;

use super::Store;
use super::git::Call;
use super::object::object_id;

/// What a commit's signature is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Signature {
    /// Good, by a key that is trusted.
    Valid,
    /// Good, by a key that nobody has vouched for.
    Untrusted,
    /// Good when it was made: the signature or the key has expired.
    Expired,
    /// It cannot be checked here: the key is missing, or git is not told whom to trust (`gpg.ssh.allowedSignersFile`).
    Unverifiable,
    /// It does not fit the commit, or its key was revoked.
    Bad,
    Unsigned,
}

impl Signature {
    fn of_code(code: &str) -> Self {
        match code {
            "G" => Self::Valid,
            "U" => Self::Untrusted,
            "X" | "Y" => Self::Expired,
            "B" | "R" => Self::Bad,
            // `E`, and `N` where git has a signature before it and no way to check it.
            _ => Self::Unverifiable,
        }
    }
}

impl Store {
    /// The signatures of `commits`.
    ///
    /// # Errors
    /// The `git` program is missing or fails.
    pub fn signatures(&self, commits: &[&str]) -> Result<HashMap<String, Signature>> {
        let mut all = HashMap::new();
        let mut signed = Vec::new();
        for commit in commits {
            if self.is_signed(commit)? {
                signed.push(*commit);
            } else {
                all.insert((*commit).to_owned(), Signature::Unsigned);
            }
        }
        if signed.is_empty() {
            return Ok(all);
        }
        let input = signed.join("\n") + "\n";
        let call = Call::new(&[
            "log",
            "--no-walk=unsorted",
            "--stdin",
            "-z",
            "--no-show-signature",
            "--format=%H %G?",
        ]);
        let answer = self.git.output(&call.input(input.as_bytes()))?;
        for line in String::from_utf8_lossy(&answer).split('\0').map(str::trim) {
            if let Some((commit, code)) = line.split_once(' ') {
                all.insert(commit.to_owned(), Signature::of_code(code));
            }
        }
        Ok(all)
    }

    fn is_signed(&self, commit: &str) -> Result<bool> {
        let commit = self.commit(object_id(commit)?)?;
        Ok(["gpgsig", "gpgsig-sha256"].iter().any(|field| commit.header_field_bytes(field).is_ok()))
    }

    /// By how many seconds a commit says to have been recorded before one of its parents; none if it does not.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn seconds_before_parent(&self, commit: &str) -> Result<Option<u64>> {
        let commit = self.commit(object_id(commit)?)?;
        let own = commit.committer().when().seconds();
        // A parent beyond the end of a shallow clone cannot be asked.
        let latest = commit.parents().map(|parent| parent.committer().when().seconds()).max();
        Ok(latest.and_then(|latest| u64::try_from(latest - own).ok()).filter(|seconds| *seconds > 0))
    }
}
