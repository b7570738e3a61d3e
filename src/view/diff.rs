//! What a command would change, as a unified diff.

use similar::{ChangeTag, TextDiff};

/// The unified diff of one file, with three lines of context; empty where nothing differs.
pub fn unified(path: &str, before: &str, after: &str) -> String {
    let old = if before.is_empty() { "/dev/null".to_owned() } else { format!("a/{path}") };
    TextDiff::from_lines(before, after)
        .unified_diff()
        .context_radius(3)
        .header(&old, &format!("b/{path}"))
        .to_string()
}

/// How many lines differ between two texts, removed and added ones counted.
pub fn changed_lines(before: &str, after: &str) -> usize {
    let diff = TextDiff::from_lines(before, after);
    diff.iter_all_changes().filter(|change| change.tag() != ChangeTag::Equal).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_differ_are_counted() {
        assert_eq!(changed_lines("a\nb\n", "a\nb\n"), 0);
        assert_eq!(changed_lines("a\nb\n", "a\nc\nd\n"), 3);
    }

    #[test]
    fn a_new_file_comes_from_nothing() {
        assert_eq!(unified("x.md", "", "a\n"), "--- /dev/null\n+++ b/x.md\n@@ -0,0 +1 @@\n+a\n");
        assert_eq!(unified("x.md", "a\n", "a\n"), "");
    }
}
