//! Chance that is the same every time: the demo's, and the simulation's.

use uuid::Uuid;

/// Chance that is the same every time (SplitMix64).
pub(super) struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from zero up to but not including `end`.
    pub fn below(&mut self, end: i64) -> i64 {
        i64::try_from(self.next() >> 1).unwrap_or(0) % end
    }

    /// A place in a list of that length.
    pub fn place(&mut self, length: usize) -> usize {
        i64::try_from(length).ok().and_then(|length| usize::try_from(self.below(length)).ok()).unwrap_or(0)
    }

    /// Whether it is so once in so many times.
    pub fn one_in(&mut self, times: i64) -> bool {
        self.below(times) == 0
    }

    /// One of several; none of none.
    pub fn pick<'a, T>(&mut self, several: &'a [T]) -> Option<&'a T> {
        if several.is_empty() { None } else { several.get(self.place(several.len())) }
    }

    /// An identity.
    pub fn uuid(&mut self) -> Uuid {
        Uuid::from_u64_pair(self.next(), self.next())
    }
}
