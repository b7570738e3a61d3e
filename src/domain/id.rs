//! Incident ids: the date of declaration and four random characters, such as `20261120-k7qm`.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

/// What the random part is drawn from: no vowel and no `a`–`f`, so that an id is never taken for a hash, a word or a number.
pub const ALPHABET: &[u8; 24] = b"23456789ghjkmnpqrstvwxyz";

const RANDOM_LEN: usize = 4;

/// The identity of an incident. Read from the front matter, never from a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IncidentId(String);

impl IncidentId {
    /// The id of `date` whose random part is chosen by `random`, or none if that part would be all digits.
    ///
    /// `random` must be uniform; a byte of 240 or more is skipped so that every character is equally likely.
    pub fn from_random(date: NaiveDate, random: &[u8]) -> Option<Self> {
        let fair = random.iter().filter(|byte| usize::from(**byte) < 240);
        let tail: String = fair
            .take(RANDOM_LEN)
            .map(|byte| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()]))
            .collect();
        let usable = tail.len() == RANDOM_LEN && !tail.bytes().all(|byte| byte.is_ascii_digit());
        usable.then(|| Self(format!("{}-{tail}", date.format("%Y%m%d"))))
    }

    /// A new id of the same day for the incident at `path`, where `self` belongs to another: whoever mends the same files
    /// finds the same one. `taken` refuses.
    pub fn instead(&self, path: &str, taken: impl Fn(&Self) -> bool) -> Self {
        let attempts = (0_u64..).filter_map(|attempt| {
            let bytes = stirred(&format!("{self}\0{path}\0{attempt}"));
            Self::from_random(self.date(), &bytes)
        });
        attempts.into_iter().find(|id| !taken(id)).expect("a day has more ids than incidents")
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The day the incident was declared on, in the store's zone.
    pub fn date(&self) -> NaiveDate {
        NaiveDate::parse_from_str(&self.0[..8], "%Y%m%d").expect("checked when the id was parsed")
    }

    /// The random part, `k7qm`: what people type.
    pub fn short(&self) -> &str {
        &self.0[9..]
    }

    /// The id that the file name or path component `name` starts with, if it does.
    pub fn leading(name: &str) -> Option<Self> {
        let id: Self = name.get(..13)?.parse().ok()?;
        let rest = &name[13..];
        (rest.is_empty() || rest.starts_with(['-', '.'])).then_some(id)
    }
}

/// Bytes that follow from `text` alone, on every machine and in every version: FNV-1a, then `SplitMix64`.
fn stirred(text: &str) -> [u8; 16] {
    let seed = text.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    });
    let mut bytes = [0; 16];
    for (chunk, step) in bytes.chunks_mut(8).zip(1_u64..) {
        let mixed = seed.wrapping_add(step.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        chunk.copy_from_slice(&(mixed ^ (mixed >> 31)).to_le_bytes());
    }
    bytes
}

impl fmt::Display for IncidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `text` is not an incident id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnId;

impl FromStr for IncidentId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (date, tail) = text.split_once('-').ok_or(NotAnId)?;
        let date_is_real = date.len() == 8
            && date.bytes().all(|byte| byte.is_ascii_digit())
            && NaiveDate::parse_from_str(date, "%Y%m%d").is_ok();
        let tail_is_ours = tail.len() == RANDOM_LEN
            && tail.bytes().all(|byte| ALPHABET.contains(&byte))
            && !tail.bytes().all(|byte| byte.is_ascii_digit());
        if date_is_real && tail_is_ours { Ok(Self(text.to_owned())) } else { Err(NotAnId) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_id_follows_from_the_old_one_and_the_path() {
        let id: IncidentId = "20261120-k7qm".parse().unwrap();
        let new = |path: &str| id.instead(path, |_| false);
        assert_eq!(
            new("incidents/a.md").as_str(),
            "20261120-txjk",
            "never to change: other clones find it, too"
        );
        assert_ne!(new("incidents/b.md"), new("incidents/a.md"));
        let first = new("incidents/a.md");
        assert_ne!(id.instead("incidents/a.md", |id| *id == first), first);
    }

    #[test]
    fn only_the_exact_form_is_an_id() {
        for good in ["20261120-k7qm", "20240229-22z2"] {
            assert_eq!(good.parse::<IncidentId>().map(|id| id.to_string()).as_deref(), Ok(good));
        }
        for bad in [
            "20261120-k7q",
            "20261120-k7qmm",
            "20261120-2345",
            "20261120-abcd",
            "20260230-k7qm",
            "../../x",
            "20261120_k7qm",
            "２０２６１１２０-k7qm",
            "",
        ] {
            assert_eq!(bad.parse::<IncidentId>(), Err(NotAnId), "{bad}");
        }
    }

    #[test]
    fn random_bytes_give_an_id_that_parses() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a real day");
        assert_eq!(IncidentId::from_random(date, &[0, 1, 2, 3]), None, "all digits");
        assert_eq!(IncidentId::from_random(date, &[255, 255, 8, 9]), None, "too few fair bytes");
        let id = IncidentId::from_random(date, &[8, 255, 9, 10, 11]).expect("four fair bytes");
        assert_eq!(id.as_str(), "20261120-ghjk");
        assert_eq!(id.as_str().parse(), Ok(id.clone()));
        assert_eq!((id.date(), id.short()), (date, "ghjk"));
    }

    #[test]
    fn a_file_name_may_start_with_an_id() {
        assert!(IncidentId::leading("20261120-k7qm-checkout.md").is_some());
        assert!(IncidentId::leading("20261120-k7qm.md").is_some());
        assert!(IncidentId::leading("20261120-k7qmx.md").is_none());
        assert!(IncidentId::leading("決済画面でエラーが出る.md").is_none());
    }
}
