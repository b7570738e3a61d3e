//! Merging what people have written, line by line.

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::Hash;
use std::ops::Range;

use similar::{Algorithm, DiffOp, MergeResolution, TextMerge, capture_diff_slices};

/// The lines around the two versions of a conflict. The sides have no names: whose is whose depends on who merges.
const MARKERS: [&str; 3] = ["<<<<<<< 1\n", "=======\n", ">>>>>>> 2\n"];

/// What to do with lines that both sides have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Conflicts {
    /// Both versions stand between markers.
    Marked,
    /// The lines of both stand one after the other, none of them twice.
    Joined,
}

/// Merges the texts, which end with a line end or are empty, and says whether a conflict is left in them.
///
/// Without a base, what the two have in common is taken for it.
pub(super) fn merge(base: Option<&str>, one: &str, other: &str, conflicts: Conflicts) -> (String, bool) {
    let common = base.is_none().then(|| common_lines(one, other));
    let base = base.or(common.as_deref()).unwrap_or_default();
    if one == other || other == base {
        return (one.to_owned(), false);
    }
    if one == base {
        return (other.to_owned(), false);
    }
    let merge = TextMerge::configure().algorithm(Algorithm::Histogram).merge_lines(base, one, other);
    let lines =
        |range: Range<usize>, of: &dyn Fn(usize) -> Option<String>| range.filter_map(of).collect::<String>();
    let mut out = String::new();
    let mut conflicted = false;
    for region in merge.regions() {
        let own = lines(region.ours_range(), &|index| merge.ours_line(index).map(str::to_owned));
        let theirs = lines(region.theirs_range(), &|index| merge.theirs_line(index).map(str::to_owned));
        match region.resolution() {
            MergeResolution::Theirs => out.push_str(&theirs),
            MergeResolution::Conflict if conflicts == Conflicts::Joined => {
                out.push_str(&joined(&own, &theirs));
            }
            MergeResolution::Conflict => {
                conflicted = true;
                out.push_str(&marked(&own, &theirs));
            }
            _ => out.push_str(&own),
        }
    }
    (out, conflicted)
}

/// The conflicts that [`merge`] has left in the text.
pub(super) fn conflicts(text: &str) -> impl Iterator<Item = &str> {
    text.split(MARKERS[0]).skip(1).map(|behind| behind.split(MARKERS[2]).next().unwrap_or(behind))
}

/// Both versions between markers, in an order that does not depend on who merges.
fn marked(one: &str, other: &str) -> String {
    let (first, second) = if one <= other { (one, other) } else { (other, one) };
    let (first, second) = (ended(first), ended(second));
    format!("{}{first}{}{second}{}", MARKERS[0], MARKERS[1], MARKERS[2])
}

/// `lines`, of which the last may be a file's last: what follows begins a line of its own.
fn ended(lines: &str) -> Cow<'_, str> {
    if lines.is_empty() || lines.ends_with('\n') { lines.into() } else { format!("{lines}\n").into() }
}

/// `above`, a list, and the prose behind it: a conflict is set off by a blank line, or it would become part of the list.
pub(super) fn behind_list(above: &str, prose: &str) -> String {
    let gap = if prose.starts_with(MARKERS[0]) && !above.is_empty() { "\n" } else { "" };
    format!("{above}{gap}{prose}")
}

fn joined(one: &str, other: &str) -> String {
    let (first, second) = if one <= other { (one, other) } else { (other, one) };
    let known: HashSet<&str> = first.split('\n').collect();
    let added = second.split_inclusive('\n').filter(|line| !known.contains(line.trim_end_matches('\n')));
    let added: String = added.collect();
    if added.is_empty() { first.to_owned() } else { format!("{}{added}", ended(first)) }
}

fn common_lines(one: &str, other: &str) -> String {
    let (one, other) = if one <= other { (one, other) } else { (other, one) };
    let lines = |text: &str| text.split_inclusive('\n').map(str::to_owned).collect::<Vec<_>>();
    let (one, other) = (lines(one), lines(other));
    let pairs = common(Algorithm::Histogram, &one, &other);
    pairs.into_iter().map(|(index, _)| one[index].clone()).collect()
}

/// The positions of a common subsequence of elements of which none is twice on a side: a longest one.
///
/// Two clones may each have added tens of thousands of them; Hunt's algorithm takes n log n steps for such.
pub(super) fn common_unique<T: Eq + Hash>(one: &[T], other: &[T]) -> Vec<(usize, usize)> {
    common(Algorithm::Hunt, one, other)
}

fn common<T: Eq + Hash>(algorithm: Algorithm, one: &[T], other: &[T]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for op in capture_diff_slices(algorithm, one, other) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            pairs.extend((0..len).map(|step| (old_index + step, new_index + step)));
        }
    }
    pairs
}

/// Where a conflict that a merge has left begins: a line of seven `<`, later one of `=`, then one of `>`.
pub fn conflict_marker(text: &str) -> Option<usize> {
    let mut at = 0;
    let (mut start, mut middle) = (None, false);
    for line in text.split_inclusive('\n') {
        let is = |sign: &str| {
            let rest = line.strip_prefix(sign);
            rest.is_some_and(|rest| rest.trim_end().is_empty() || rest.starts_with(' '))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(base: Option<&str>, one: &str, other: &str, expected: &str) {
        let merged = merge(base, one, other, Conflicts::Marked);
        assert_eq!(merged.0, expected);
        assert_eq!(
            merge(base, other, one, Conflicts::Marked),
            merged,
            "the order of the sides does not matter"
        );
        assert_eq!(conflict_marker(&merged.0).is_some(), merged.1);
    }

    #[test]
    fn distant_changes_are_joined_and_close_ones_marked() {
        let base = "a\nb\nc\nd\ne\n";
        check(Some(base), "A\nb\nc\nd\ne\n", "a\nb\nc\nd\nE\n", "A\nb\nc\nd\nE\n");
        check(
            Some(base),
            "a\nx\nc\nd\ne\n",
            "a\ny\nc\nd\ne\n",
            "a\n<<<<<<< 1\nx\n=======\ny\n>>>>>>> 2\nc\nd\ne\n",
        );
        check(Some(base), base, "z\n", "z\n");
        check(Some("a\n"), "x\n", "y\n", "<<<<<<< 1\nx\n=======\ny\n>>>>>>> 2\n");
        check(None, "a\nb\nc\n", "a\nc\nd\n", "a\nb\nc\nd\n");
        check(Some("a"), "x", "y", "<<<<<<< 1\nx\n=======\ny\n>>>>>>> 2\n");
        for (one, other, expected) in
            [("x\ny\n", "y\nz\n", "x\ny\nz\n"), ("x", "y", "x\ny"), ("x", "x\ny", "x\ny")]
        {
            assert_eq!(merge(Some("a\n"), one, other, Conflicts::Joined), (expected.into(), false));
        }
    }

    #[test]
    fn a_rule_or_a_heading_is_no_conflict() {
        for text in ["=======\n", "Heading\n=======\n>>>>>>> quote\n", "<<<<<<<x\n=======\n>>>>>>>\n", ""] {
            assert_eq!(conflict_marker(text), None, "{text}");
        }
        assert_eq!(conflict_marker("a\n<<<<<<< HEAD\nx\n||||||| base\n=======\r\ny\n>>>>>>> b\n"), Some(2));
    }
}
