//! git's conversions between the bytes it stores and the bytes in the worktree (line ends, filters).
//!
//! libgit2 runs no filter programs, so where a conversion may matter the `git` program makes it.

use anyhow::Result;
use git2::{AttrCheckFlags, AttrValue, ObjectType, Oid};
use std::path::Path;

use super::failures::{git_failed, quoted};
use super::git::Call;
use super::{Store, StorePath};
use crate::failure::{Exit, Failure, Message};

/// What applies to one path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Conversion {
    None,
    /// Line ends become LF when stored, and stay LF in the worktree.
    StoredWithLf,
    /// Anything else: only git knows.
    Other,
}

impl Store {
    /// The bytes git would store for a worktree file with the bytes `raw`.
    pub(super) fn stored_bytes(&self, path: &StorePath, raw: Vec<u8>) -> Result<Vec<u8>> {
        if !self.is_converted_when_stored(path, &raw) {
            return Ok(raw);
        }
        let id = self.hash_as_stored(path, &raw)?;
        self.blob_at(id, path.as_str())
    }

    /// The id of the blob that git would store for a worktree file with the bytes `raw`.
    pub(super) fn stored_id(&self, path: &StorePath, raw: &[u8]) -> Result<Oid> {
        if self.is_converted_when_stored(path, raw) {
            return self.hash_as_stored(path, raw);
        }
        Oid::hash_object(ObjectType::Blob, raw).map_err(git_failed("reading"))
    }

    /// The bytes that a checkout of `blob` to `path` would write.
    pub(super) fn worktree_bytes(&self, path: &StorePath, blob: Oid) -> Result<Vec<u8>> {
        if self.conversion(path) != Conversion::Other {
            return self.blob_at(blob, path.as_str());
        }
        let path = format!("--path={}", self.in_repository(path));
        self.git.output(&Call::new(&["cat-file", "--filters", &path, &blob.to_string()]))
    }

    /// Refuses a path whose content git stores in another form than our text: encrypted, as a pointer, in another
    /// encoding. What we wrote there would be neither what git expects nor what the worktree shows.
    pub(super) fn refuse_filtered(&self, path: &StorePath, text: &[u8]) -> Result<()> {
        let Some(attribute) = self.changing_attribute(path, text)? else { return Ok(()) };
        let file = quoted(&self.root.join(".gitattributes"));
        let folder = path.as_str().split('/').next().unwrap_or_default();
        let command = format!("echo '/{folder}/** !filter !working-tree-encoding' >>{file}");
        Err(Failure::new(Exit::Refused, "store-filtered")
            .with("path", path)
            .with("attribute", attribute)
            .hint(Message::new("store-hint-except").with("command", command))
            .into())
    }

    /// The attribute that would change `text`, as one would write it.
    fn changing_attribute(&self, path: &StorePath, text: &[u8]) -> Result<Option<String>> {
        let name = self.in_repository(path);
        let set = |attribute: &str| {
            let value =
                self.repository.get_attr(Path::new(&name), attribute, AttrCheckFlags::FILE_THEN_INDEX);
            match AttrValue::from_string(value.ok()?) {
                AttrValue::String(value) => Some(value.to_owned()),
                _ => None,
            }
        };
        if let Some(encoding) = set("working-tree-encoding").filter(|name| !is_utf8(name)) {
            return Ok(Some(format!("working-tree-encoding={encoding}")));
        }
        let Some(filter) = set("filter") else { return Ok(None) };
        let plain = Oid::hash_object(ObjectType::Blob, text).map_err(git_failed("reading"))?;
        let changes = self.hash_as_stored(path, text)? != plain;
        Ok(changes.then(|| format!("filter={filter}")))
    }

    fn hash_as_stored(&self, path: &StorePath, raw: &[u8]) -> Result<Oid> {
        let path = format!("--path={}", self.in_repository(path));
        let call =
            Call::new(&["-c", "core.safecrlf=false", "hash-object", "-w", "--stdin", &path]).input(raw);
        let id = self.git.output(&call)?;
        Oid::from_str(String::from_utf8_lossy(&id).trim()).map_err(git_failed("reading"))
    }

    fn is_converted_when_stored(&self, path: &StorePath, raw: &[u8]) -> bool {
        match self.conversion(path) {
            Conversion::None => false,
            Conversion::StoredWithLf => raw.contains(&b'\r'),
            Conversion::Other => true,
        }
    }

    fn conversion(&self, path: &StorePath) -> Conversion {
        let path = self.in_repository(path);
        let attribute = |name: &str| {
            // An attribute that cannot be read counts as set.
            match self.repository.get_attr(Path::new(&path), name, AttrCheckFlags::FILE_THEN_INDEX) {
                Ok(value) => value.map(str::to_owned),
                Err(_) => Some("unreadable".to_owned()),
            }
        };
        if ["filter", "ident", "working-tree-encoding", "eol", "crlf"]
            .iter()
            .any(|name| attribute(name).is_some())
        {
            return Conversion::Other;
        }
        let autocrlf = self.config_value("core.autocrlf").unwrap_or_default().to_ascii_lowercase();
        let text = attribute("text");
        let is_off = matches!(autocrlf.as_str(), "" | "false" | "no" | "off" | "0");
        if text.is_none() && is_off {
            return Conversion::None;
        }
        let eol = self.config_value("core.eol").unwrap_or_default();
        let writes_lf =
            (is_off || autocrlf == "input") && !eol.eq_ignore_ascii_case("crlf") && !cfg!(windows);
        if writes_lf { Conversion::StoredWithLf } else { Conversion::Other }
    }
}

fn is_utf8(encoding: &str) -> bool {
    encoding.eq_ignore_ascii_case("utf-8") || encoding.eq_ignore_ascii_case("utf8")
}
