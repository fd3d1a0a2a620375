//! The one source of randomness: the operating system's.

use uuid::Uuid;

/// Makes tokens and keys that nobody can guess.
#[derive(Debug, Clone, Copy, Default)]
pub struct Random;

impl Random {
    /// 256 random bits.
    ///
    /// # Panics
    /// When the operating system has no randomness to give: nothing that needs it could be safe then.
    #[must_use]
    pub fn token(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        fill(&mut bytes);
        bytes
    }

    /// A random UUID (RFC 9562, version 4).
    ///
    /// # Panics
    /// As [`Random::token`].
    #[must_use]
    pub fn uuid(&self) -> Uuid {
        let mut bytes = [0; 16];
        fill(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks the operating system for randomness")]
#[expect(clippy::expect_used, reason = "without randomness no session is safe: better no answer than a weak one")]
fn fill(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system gives randomness");
}
