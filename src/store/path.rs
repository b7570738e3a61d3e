//! Paths relative to the store's root that cannot lead out of it, nor into git's own files.

use std::fmt;
use std::path::Path;

use crate::failure::{Exit, Failure};

/// A path relative to the store's root, its components separated by `/`.
///
/// It has no `..`, `.`, empty or `.git` component and no control character, so that text from a file or from
/// the command line can be turned into a place without further thought.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StorePath(String);

impl StorePath {
    /// # Errors
    /// A usage failure that names the path, where it could lead out of the store.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let safe = text.split('/').all(is_safe_component);
        if safe { Ok(Self(text.to_owned())) } else { Err(refused(text)) }
    }

    /// The path of `rest` below this one.
    ///
    /// # Errors
    /// As `parse`, for `rest`.
    pub fn join(&self, rest: &str) -> Result<Self, Failure> {
        Self::parse(rest).map(|rest| Self(format!("{self}/{rest}")))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last component.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The first component.
    pub fn top(&self) -> &str {
        self.0.split('/').next().unwrap_or(&self.0)
    }

    /// The folder it is in, or none at the store's root.
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('/').map(|(parent, _)| Self(parent.to_owned()))
    }
}

impl AsRef<Path> for StorePath {
    fn as_ref(&self) -> &Path {
        Path::new(&self.0)
    }
}

impl fmt::Display for StorePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn refused(text: &str) -> Failure {
    Failure::new(Exit::Usage, "store-path-refused").with("path", text.escape_debug())
}

fn is_safe_component(component: &str) -> bool {
    let reserved = matches!(component, "" | "." | "..");
    let separator = cfg!(windows) && component.contains(['\\', ':']);
    !reserved && !separator && !component.chars().any(char::is_control) && !is_git_directory(component)
}

/// Whether some file system takes `component` for `.git`: HFS+ ignores invisible characters, NTFS has short names
/// and drops trailing dots and blanks (git's `verify_path`).
fn is_git_directory(component: &str) -> bool {
    let visible: String = component.chars().filter(|c| !is_ignored_by_hfs(*c)).collect();
    let bare = visible.trim_end_matches(['.', ' ']);
    bare.eq_ignore_ascii_case(".git") || bare.eq_ignore_ascii_case("git~1")
}

fn is_ignored_by_hfs(character: char) -> bool {
    matches!(character, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{206a}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_below_the_store_are_accepted() {
        let check = |text: &str, accepted: bool| {
            assert_eq!(StorePath::parse(text).is_ok(), accepted, "{text:?}");
        };
        check("severity.toml", true);
        check("incidents/2026/11/20261120-k7qm-決済.md", true);
        check("a/.github/x", true);
        check("a/..b", true);
        check("", false);
        check("/etc/passwd", false);
        check("a//b", false);
        check("a/", false);
        check("./a", false);
        check("../a", false);
        check("a/../../b", false);
        check("a\nb", false);
        check("a\u{1b}[2Jb", false);
        check(".git/config", false);
        check("a/.GIT/hooks/pre-commit", false);
        check("git~1/config", false);
        check(".g\u{200c}it/config", false);
        check(".git. /config", false);
    }

    #[test]
    fn parts_of_a_path() {
        let path = StorePath::parse("incidents/2026").unwrap().join("a.md").unwrap();
        assert_eq!(path.as_str(), "incidents/2026/a.md");
        assert_eq!(path.file_name(), "a.md");
        assert_eq!(path.parent().unwrap().as_str(), "incidents/2026");
        assert_eq!(StorePath::parse("a").unwrap().parent(), None);
        assert!(path.join("../x").is_err());
    }
}
