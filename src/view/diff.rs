//! What a command would change, as a unified diff.

use similar::TextDiff;

/// The unified diff of one file, with three lines of context; empty where nothing differs.
pub fn unified(path: &str, before: &str, after: &str) -> String {
    let old = if before.is_empty() { "/dev/null".to_owned() } else { format!("a/{path}") };
    TextDiff::from_lines(before, after)
        .unified_diff()
        .context_radius(3)
        .header(&old, &format!("b/{path}"))
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_file_comes_from_nothing() {
        assert_eq!(unified("x.md", "", "a\n"), "--- /dev/null\n+++ b/x.md\n@@ -0,0 +1 @@\n+a\n");
        assert_eq!(unified("x.md", "a\n", "a\n"), "");
    }
}
