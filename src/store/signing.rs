//! Signed commits, made by `git commit-tree -S` with the program and the key the user has configured.

use std::io::ErrorKind;
use std::process::{Command, Stdio};

use anyhow::Result;
use chrono::{DateTime, FixedOffset};
use git2::Oid;

use super::failures::git_failed;
use super::git::Call;
use super::{CommitOptions, Proposal, Store};
use crate::failure::{Exit, Failure, Message};

impl Store {
    /// Whether a commit has to be signed.
    ///
    /// # Errors
    /// The setting is neither yes nor no: git refuses to commit then, too.
    pub fn must_sign(&self, options: CommitOptions) -> Result<bool> {
        Ok(options.sign && self.config_flag("commit.gpgsign")?)
    }

    /// Writes the commit, signed.
    ///
    /// # Errors
    /// It could not be signed; nothing unsigned is written instead.
    pub(super) fn write_signed_commit(
        &self,
        proposal: &Proposal,
        message: &str,
        tree: Oid,
        parents: &[Oid],
    ) -> Result<Oid> {
        let mut call = Call::new(&["-c", "i18n.commitEncoding=UTF-8", "commit-tree", "-S"]);
        for parent in parents {
            call = call.argument("-p").argument(parent.to_string());
        }
        let call = call
            .argument(tree.to_string())
            .environment("GIT_AUTHOR_NAME", &proposal.author.name)
            .environment("GIT_AUTHOR_EMAIL", &proposal.author.email)
            .environment("GIT_AUTHOR_DATE", git_date(proposal.author_time))
            .environment("GIT_COMMITTER_NAME", &proposal.committer.name)
            .environment("GIT_COMMITTER_EMAIL", &proposal.committer.email)
            .environment("GIT_COMMITTER_DATE", git_date(proposal.committer_time))
            .input(message.as_bytes());
        let answer = self.git.run(&call)?;
        if !answer.status.success() {
            return Err(signing_failed(&answer.words()).into());
        }
        Oid::from_str(String::from_utf8_lossy(&answer.stdout).trim()).map_err(git_failed("writing"))
    }

    /// Whether a signature could be made as far as that is known without making one: a key is named and is there, and the
    /// program starts.
    ///
    /// # Errors
    /// The first of them that is missing.
    pub(super) fn check_signing(&self) -> Result<()> {
        let format = self.config_value("gpg.format").unwrap_or_else(|| "openpgp".to_owned());
        let (key, default) = match format.as_str() {
            "ssh" => ("gpg.ssh.program", "ssh-keygen"),
            "x509" => ("gpg.x509.program", "gpgsm"),
            _ => ("gpg.program", "gpg"),
        };
        let own = if format == "openpgp" { self.config_value("gpg.openpgp.program") } else { None };
        let program = own.or_else(|| self.config_value(key)).unwrap_or_else(|| default.to_owned());
        if format == "ssh" {
            self.check_ssh_key()?;
        }
        if is_missing(&program) {
            return Err(no_signing("store-signing-program-missing").with("program", program).into());
        }
        Ok(())
    }

    fn check_ssh_key(&self) -> Result<()> {
        let Some(key) = self.config_value("user.signingkey") else {
            // git asks this command for a key.
            let asked = self.config_value("gpg.ssh.defaultKeyCommand").is_some();
            return if asked { Ok(()) } else { Err(no_signing("store-signing-key-unset").into()) };
        };
        if key.starts_with("key::") || key.starts_with("ssh-") {
            return Ok(());
        }
        let path = self.config_path("user.signingkey").unwrap_or_default();
        let top = self.repository.workdir().unwrap_or_else(|| self.repository.path());
        if top.join(&path).exists() {
            return Ok(());
        }
        Err(no_signing("store-signing-key-missing").with("key", path.display()).into())
    }
}

/// Whether the system cannot find `program`. What it answers does not matter.
fn is_missing(program: &str) -> bool {
    let started = Command::new(program)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    started.is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

fn signing_failed(words: &str) -> Failure {
    no_signing("store-signing-failed").with("output", words)
}

fn no_signing(key: &'static str) -> Failure {
    Failure::new(Exit::Git, key).hint(Message::new("store-hint-no-sign"))
}

/// git's raw date: seconds since 1970 and the offset.
fn git_date(time: DateTime<FixedOffset>) -> String {
    format!("@{} {}", time.timestamp(), time.format("%z"))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::super::testing::{TestRepository, failure, proposal, record};
    use super::*;

    /// A repository that signs with a new ssh key, and the key.
    fn signing_repository() -> (TestRepository, PathBuf) {
        let repository = TestRepository::with_commit();
        let key = repository.top.join(".git/key");
        let made = Command::new("ssh-keygen")
            .args(["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f"])
            .arg(&key)
            .status()
            .unwrap();
        assert!(made.success());
        for (name, value) in [("commit.gpgsign", "true"), ("gpg.format", "ssh")] {
            repository.git(&["config", name, value]);
        }
        repository.git(&["config", "user.signingkey", key.to_str().unwrap()]);
        (repository, key)
    }

    #[test]
    fn commits_are_signed_by_the_configured_program() {
        let (repository, key) = signing_repository();
        let public = std::fs::read_to_string(key.with_extension("pub")).unwrap();
        repository.write(".git/signers", &format!("committer@example.org {public}"));
        let signers = repository.top.join(".git/signers");
        repository.git(&["config", "gpg.ssh.allowedSignersFile", signers.to_str().unwrap()]);
        let store = repository.store();
        store.preflight(&CommitOptions::default()).unwrap();
        record(&store, &[("a.md", Some("a2\n"))]);
        repository.git(&["verify-commit", "HEAD"]);
        let dates = repository.git(&["log", "-1", "--format=%an %aI %cn %cI"]);
        assert_eq!(dates, "author 2026-11-20T02:40:00+09:00 committer 2026-11-20T02:55:12+09:00");
        assert_eq!(repository.status(), [""; 0]);
        repository.assert_sound();
    }

    #[test]
    fn without_its_key_nothing_is_recorded() {
        let (repository, key) = signing_repository();
        std::fs::remove_file(&key).unwrap();
        std::fs::remove_file(key.with_extension("pub")).unwrap();
        let store = repository.store();
        let tip = store.tip().unwrap();
        assert_eq!(
            failure(store.preflight(&CommitOptions::default())),
            ("store-signing-key-missing", Exit::Git)
        );
        let mut proposal = proposal(&[("a.md", Some("a2\n"))]);
        let result = store.lock().unwrap().commit(&proposal);
        assert_eq!(failure(result), ("store-signing-failed", Exit::Git));
        assert_eq!((store.tip().unwrap(), repository.status()), (tip, Vec::new()));
        repository.assert_sound();

        proposal.options.sign = false;
        store.preflight(&proposal.options).unwrap();
        store.lock().unwrap().commit(&proposal).unwrap();
        assert_eq!(repository.git(&["show", "HEAD:a.md"]), "a2");
    }

    #[test]
    fn a_signature_that_cannot_be_made_is_known_before_the_first_question() {
        let check = |settings: &[(&str, &str)], expected: Option<&str>| {
            let repository = TestRepository::empty();
            repository.git(&["config", "commit.gpgsign", "true"]);
            for (name, value) in settings {
                repository.git(&["config", name, value]);
            }
            let result = repository.store().preflight(&CommitOptions::default());
            assert_eq!(result.err().map(|error| failure::<()>(Err(error)).0), expected, "{settings:?}");
        };
        let ssh = ("gpg.format", "ssh");
        check(&[ssh], Some("store-signing-key-unset"));
        check(&[ssh, ("gpg.ssh.defaultKeyCommand", "ssh-add -L")], None);
        check(&[ssh, ("user.signingkey", "key::ssh-ed25519 AAAA")], None);
        check(&[ssh, ("user.signingkey", "/no/such/key")], Some("store-signing-key-missing"));
        check(&[("gpg.program", "no-such-program-anywhere")], Some("store-signing-program-missing"));
        check(&[("gpg.openpgp.program", "true")], None);
    }
}
