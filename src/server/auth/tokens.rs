//! Tokens of sessions, browsers and links: 256 random bits for who holds them, their SHA-256 in the database.

use sha2::{Digest, Sha256};

use crate::server::random::Random;

/// A secret, known to its holder only.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

/// A secret does not show itself in a log.
impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// What the database keeps of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenHash(pub [u8; 32]);

impl Token {
    /// A new one.
    #[must_use]
    pub fn new(random: &Random) -> Self {
        Self(random.token())
    }

    /// Reads what a cookie or an address has; none unless it is 64 hexadecimal digits.
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(value, &mut bytes).ok()?;
        Some(Self(bytes))
    }

    /// As a cookie or an address has it.
    #[must_use]
    pub fn to_hex(&self) -> String {
        hex::encode(self.0)
    }

    /// What is looked up.
    #[must_use]
    pub fn hash(&self) -> TokenHash {
        TokenHash(sha256(&self.0))
    }
}

/// SHA-256.
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
