//! Chance that can be repeated: numbers that follow from a seed, and how many seeds a run tries.

/// SplitMix64.
pub struct Chance {
    state: u64,
}

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit).unwrap()).unwrap()
    }

    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }
}

/// The seeds of a run: `few`, or as many as `INCIDENT_CASES` says, from `INCIDENT_SEED_FROM` (0) on. Each is printed, so
/// that a failing one can be tried alone.
#[expect(clippy::print_stdout, reason = "shown where the test fails")]
pub fn seeds(few: u64) -> impl Iterator<Item = u64> {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let first: u64 = number("INCIDENT_SEED_FROM").unwrap_or(0);
    let cases = number("INCIDENT_CASES").unwrap_or(few);
    (first..first + cases).inspect(|seed| println!("seed {seed}"))
}
