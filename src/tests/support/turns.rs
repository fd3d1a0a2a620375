//! Whose turn it is where `./test` tries some of many. What is left to chance follows from the seed that `./test` prints, so that a
//! short storm is the beginning, or a part, of the long one with the same seed.

use super::short_or_long;

/// All of them in `./test storms`; in `./test` the one whose turn it is in this place.
pub fn some_of<T>(all: &[T], place: usize) -> impl Iterator<Item = &T> {
    let turn = (seed() + place).checked_rem(all.len());
    all.iter().enumerate().filter(move |(at, _)| Some(*at) == turn || short_or_long(false, true)).map(|(_, one)| one)
}

/// What decides whose turn it is.
pub fn seed() -> usize {
    std::env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0)
}
