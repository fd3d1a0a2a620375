//! Tokens of sessions, browsers and links: 256 random bits for who holds them, their SHA-256 in the database.

use sha2::{Digest, Sha256};
use uuid::Uuid;

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

    /// That of a link that goes by mail: it follows from the key of the installation, so that no mail that waits holds a secret.
    #[must_use]
    pub fn of_link(key: &[u8], link: Uuid) -> Self {
        Self(hmac_sha256(key, &[b"mailed link ", &link.as_bytes()[..]].concat()))
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

/// HMAC-SHA-256 (RFC 2104) with a key of at most 64 bytes, a block of SHA-256: who has not got the key cannot tell what a text
/// becomes.
#[must_use]
pub fn hmac_sha256(key: &[u8], text: &[u8]) -> [u8; 32] {
    let padded =
        |pad: u8| -> Vec<u8> { (0..64).map(|place| key.get(place).copied().unwrap_or_default() ^ pad).collect() };
    let inner = sha256(&[&padded(0x36), text].concat());
    sha256(&[padded(0x5c).as_slice(), &inner].concat())
}

/// SHA-256.
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::hmac_sha256;

    #[test]
    fn a_keyed_hash_is_that_of_the_standard() {
        let of = |key: &[u8], text: &[u8]| hex::encode(hmac_sha256(key, text));
        // RFC 4231, test cases 1 and 2.
        assert_eq!(of(&[0x0b; 20], b"Hi There"), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
        let jefe = of(b"Jefe", b"what do ya want for nothing?");
        assert_eq!(jefe, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
}
