//! Merging what people have written, line by line.

/// How the lines of a conflict begin. The sides have no names, since which is whose depends on who merges.
pub(super) const MARKERS: [&str; 3] = ["<<<<<<< 1", "=======", ">>>>>>> 2"];

/// Where a conflict that a merge has left begins: a line of seven `<`, later one of `=`, then one of `>`.
pub fn conflict_marker(text: &str) -> Option<usize> {
    let mut at = 0;
    let (mut start, mut middle) = (None, false);
    for line in text.split_inclusive('\n') {
        let is = |sign: &str| {
            line.strip_prefix(sign).is_some_and(|rest| rest.trim_end().is_empty() || rest.starts_with(' '))
        };
        if is("<<<<<<<") {
            (start, middle) = (start.or(Some(at)), false);
        } else if is("=======") && start.is_some() {
            middle = true;
        } else if is(">>>>>>>") && middle {
            return start;
        }
        at += line.len();
    }
    None
}
