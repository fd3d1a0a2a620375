//! The one source of randomness: the operating system's. A simulation draws from a seed instead, so that it is the same each time.

use std::sync::atomic::{AtomicU64, Ordering};

use uuid::Uuid;

use super::dice::Dice;

/// Makes tokens and keys that nobody can guess.
#[derive(Debug, Clone, Copy, Default)]
pub enum Random {
    /// The operating system's.
    #[default]
    System,
    /// What follows from a seed: for a simulation, as whoever knows the seed knows all of it.
    Seeded(&'static AtomicU64),
}

impl Random {
    /// What follows from a seed. Its state lives as long as the process does.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self::Seeded(Box::leak(Box::new(AtomicU64::new(seed))))
    }

    /// Goes on from another seed; the operating system's has none.
    pub fn go_on_from(&self, seed: u64) {
        if let Self::Seeded(state) = self {
            state.store(seed, Ordering::Relaxed);
        }
    }

    /// 256 random bits.
    ///
    /// # Panics
    /// When the operating system has no randomness to give: nothing that needs it could be safe then.
    #[must_use]
    pub fn token(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.fill(&mut bytes);
        bytes
    }

    /// A random UUID (RFC 9562, version 4).
    ///
    /// # Panics
    /// As [`Random::token`].
    #[must_use]
    pub fn uuid(&self) -> Uuid {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    fn fill(self, bytes: &mut [u8]) {
        match self {
            Self::System => fill_from_system(bytes),
            Self::Seeded(state) => {
                let mut dice = Dice(state.load(Ordering::Relaxed));
                for part in bytes.chunks_mut(8) {
                    let drawn = dice.next().to_le_bytes();
                    part.copy_from_slice(&drawn[..part.len()]);
                }
                state.store(dice.0, Ordering::Relaxed);
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks the operating system for randomness")]
#[expect(clippy::expect_used, reason = "without randomness no session is safe: better no answer than a weak one")]
fn fill_from_system(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system gives randomness");
}
