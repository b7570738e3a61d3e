//! Which incident somebody means by `k7`, `20261120`, an alias, or words of its title.

use chrono::{Datelike, NaiveDate};

use super::id::IncidentId;
use super::text::folded;

/// Fewer characters of the random part name nothing.
const LEAST_PREFIX: usize = 2;

/// How many incidents are offered in place of a name that names none.
const MOST_NEAR: usize = 5;

/// An incident that a name may mean.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    pub id: &'a IncidentId,
    pub aliases: &'a [String],
    pub title: &'a str,
    /// Neither closed nor declined.
    pub open: bool,
}

/// What the incident is wanted for. Writing to the wrong one is worse than being asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Reading,
    Writing,
    /// Writing what is written of an incident under review too: where none is live, the only one of those is meant.
    Following,
}

/// Indices into the candidates; of several, open ones come first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    One(usize),
    Many(Vec<usize>),
    /// Words of a title fit these, which is enough to look: before anything is written, a person has to say yes.
    ByTitle(Vec<usize>),
    /// Nothing has this name. `near` may have been meant, and is to be offered, never taken.
    None {
        near: Vec<usize>,
    },
}

/// The incident that `name` means: by id or file name, by the random part or the beginning of it, by alias, by date,
/// by words of the title; the first of these that fits anything decides.
///
/// Where open and closed ones fit, the only open one is meant. For writing, a closed incident needs its alias or all
/// of its random part.
pub fn resolve(name: &str, candidates: &[Candidate<'_>], purpose: Purpose) -> Resolution {
    let name = folded(name);
    if name.is_empty() {
        return Resolution::None { near: Vec::new() };
    }
    let fitting = |fits: &dyn Fn(&Candidate<'_>) -> bool| -> Vec<usize> {
        (0..candidates.len()).filter(|index| fits(&candidates[*index])).collect()
    };
    let loosely = |candidate: &Candidate<'_>| candidate.open || purpose == Purpose::Reading;
    let steps: [&dyn Fn(&Candidate<'_>) -> bool; 5] = [
        &|candidate| has_id(candidate, &name),
        &|candidate| candidate.id.short() == name,
        &|candidate| loosely(candidate) && has_prefix(candidate, &name),
        &|candidate| candidate.aliases.iter().any(|alias| folded(alias) == name),
        &|candidate| loosely(candidate) && has_date(candidate, &name),
    ];
    let named = steps.into_iter().map(fitting).find(|found| !found.is_empty());
    let titled = || fitting(&|candidate| has_words(candidate, &name));
    match named {
        Some(found) => settle(found, candidates),
        None => match (titled(), purpose) {
            (found, _) if found.is_empty() => Resolution::None { near: near(&name, candidates) },
            (found, Purpose::Reading) => settle(found, candidates),
            (found, _) => Resolution::ByTitle(open_first(found, candidates)),
        },
    }
}

fn settle(found: Vec<usize>, candidates: &[Candidate<'_>]) -> Resolution {
    let open: Vec<usize> = found.iter().copied().filter(|index| candidates[*index].open).collect();
    match (found.as_slice(), open.as_slice()) {
        ([only], _) | (_, [only]) => Resolution::One(*only),
        _ => Resolution::Many(open_first(found, candidates)),
    }
}

fn open_first(mut found: Vec<usize>, candidates: &[Candidate<'_>]) -> Vec<usize> {
    found.sort_by_key(|index| !candidates[*index].open);
    found
}

/// The id, or a path or file name that begins with it.
fn has_id(candidate: &Candidate<'_>, name: &str) -> bool {
    let file_name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    IncidentId::leading(file_name).is_some_and(|id| id == *candidate.id)
}

/// The beginning of the random part, after the date or without it.
fn has_prefix(candidate: &Candidate<'_>, name: &str) -> bool {
    let date = candidate.id.as_str().trim_end_matches(candidate.id.short());
    let prefix = name.strip_prefix(date).unwrap_or(name);
    prefix.len() >= LEAST_PREFIX && candidate.id.short().starts_with(prefix)
}

/// `20261120`, `2026-11-20`, `2026/11/20`, `1120`, `11-20` or `11/20`.
fn has_date(candidate: &Candidate<'_>, name: &str) -> bool {
    let date = candidate.id.date();
    let whole = ["%Y%m%d", "%Y-%m-%d", "%Y/%m/%d"];
    if whole.iter().any(|form| NaiveDate::parse_from_str(name, form) == Ok(date)) {
        return true;
    }
    let of_this_year = [("%m%d", ""), ("%m-%d", "-"), ("%m/%d", "/")];
    of_this_year.iter().any(|(form, separator)| {
        let dated = format!("{}{separator}{name}", date.year());
        NaiveDate::parse_from_str(&dated, &format!("%Y{separator}{form}")) == Ok(date)
    })
}

fn has_words(candidate: &Candidate<'_>, name: &str) -> bool {
    let title = folded(candidate.title);
    // One Latin letter is in nearly every title; one kanji may be the very word.
    name.len() >= 2 && name.split_whitespace().all(|word| title.contains(word))
}

/// What may have been meant: a closed incident that was named too loosely, an id with one slip.
fn near(name: &str, candidates: &[Candidate<'_>]) -> Vec<usize> {
    let last = name.rsplit('-').next().unwrap_or(name);
    let slipped = |candidate: &Candidate<'_>| {
        last.len() >= 3 && strsim::damerau_levenshtein(candidate.id.short(), last) <= 1
    };
    let close = |candidate: &Candidate<'_>| {
        has_prefix(candidate, name) || has_date(candidate, name) || slipped(candidate)
    };
    let mut near: Vec<usize> = (0..candidates.len()).filter(|index| close(&candidates[*index])).collect();
    near.sort_by_key(|index| !candidates[*index].open);
    near.truncate(MOST_NEAR);
    near
}

#[cfg(test)]
mod tests {
    use super::Purpose::{Reading, Writing};
    use super::Resolution::{ByTitle, Many, None as Nothing, One};
    use super::*;

    /// id, alias, title, open
    const INCIDENTS: [(&str, &str, &str, bool); 6] = [
        ("20261120-k7qm", "pay-1", "決済画面でエラーが出る", true),
        ("20261120-t4wr", "", "Checkout errors in Europe", true),
        ("20261119-t4xz", "k7qm", "決済が遅い", true),
        ("20261001-k7yy", "", "Login errors", false),
        ("20251120-m3hz", "", "古い障害", false),
        ("20251001-t4wr", "", "もっと古い障害", false),
    ];

    #[track_caller]
    fn check(name: &str, purpose: Purpose, expected: &Resolution) {
        let owned: Vec<(IncidentId, Vec<String>)> = INCIDENTS
            .iter()
            .map(|(id, alias, ..)| (id.parse().unwrap(), vec![(*alias).to_owned()]))
            .collect();
        let candidates: Vec<Candidate<'_>> = owned
            .iter()
            .zip(&INCIDENTS)
            .map(|((id, aliases), (.., title, open))| Candidate { id, aliases, title, open: *open })
            .collect();
        assert_eq!(resolve(name, &candidates, purpose), *expected, "{name} for {purpose:?}");
    }

    #[track_caller]
    fn check_both(name: &str, expected: &Resolution) {
        check(name, Reading, expected);
        check(name, Writing, expected);
    }

    #[test]
    fn an_id_or_its_file_names_the_incident() {
        check_both("20261120-k7qm", &One(0));
        check_both("20251001-t4wr", &One(5));
        check_both("20261120-k7qm-決済.md", &One(0));
        check_both("incidents/2026/11/20261120-t4wr-checkout.md", &One(1));
        check_both("20261120-k7", &One(0));
        check_both("２０２６１１２０-Ｋ７ＱＭ", &One(0));
    }

    #[test]
    fn the_random_part_is_enough_and_beats_an_alias() {
        check_both("k7qm", &One(0));
        check_both("K7QM", &One(0));
        check_both("k7q", &One(0));
        check_both("k7", &One(0));
        check("t4", Reading, &Many(vec![1, 2, 5]));
        check("t4", Writing, &Many(vec![1, 2]));
        check_both("t4wr", &One(1));
        check("t4w", Writing, &One(1));
    }

    #[test]
    fn a_closed_incident_is_written_only_by_its_whole_name() {
        check_both("m3hz", &One(4));
        check("m3", Reading, &One(4));
        check("m3", Writing, &Nothing { near: vec![4] });
        check("20251120", Reading, &One(4));
        check("20251120", Writing, &Nothing { near: vec![4] });
    }

    #[test]
    fn an_alias_is_exact() {
        check_both("pay-1", &One(0));
        check_both("PAY-1", &One(0));
        check_both("pay", &Nothing { near: vec![] });
    }

    #[test]
    fn a_date_that_only_one_open_incident_has_is_a_name() {
        for date in ["20261119", "1119", "2026-11-19", "11-19", "11/19"] {
            check_both(date, &One(2));
        }
        check("20261120", Writing, &Many(vec![0, 1]));
        check("1120", Reading, &Many(vec![0, 1, 4]));
        check("20261301", Reading, &Nothing { near: vec![] });
    }

    #[test]
    fn words_of_the_title_are_for_reading_and_to_be_confirmed_for_writing() {
        check("遅い", Reading, &One(2));
        check("errors checkout", Reading, &One(1));
        check("ERRORS login", Reading, &One(3));
        check("決済", Reading, &Many(vec![0, 2]));
        check("遅い", Writing, &ByTitle(vec![2]));
        check("決済", Writing, &ByTitle(vec![0, 2]));
        check("errors", Writing, &ByTitle(vec![1, 3]));
    }

    #[test]
    fn a_slip_is_pointed_out_and_not_taken() {
        check_both("k7mq", &Nothing { near: vec![0] });
        check_both("20261120-k7qn", &Nothing { near: vec![0] });
        check_both("k", &Nothing { near: vec![] });
        check_both("", &Nothing { near: vec![] });
    }
}
