//! Tokens of sessions, browsers and links: 256 random bits for who holds them, their SHA-256 in the database.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{model::base::ids::ApiTokenId, server::random::Random};

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

/// What a program shows to be let in, as its people copied it.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiSecret(String);

/// A secret does not show itself in a log.
impl std::fmt::Debug for ApiSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ApiSecret(…)")
    }
}

impl ApiSecret {
    /// How one begins that was made here, so that whoever finds one knows what it is.
    const BEGINS: &str = "linka_";
    /// How much of it everybody may know.
    const PREFIX: usize = Self::BEGINS.len() + 8;
    /// The longest that is looked up.
    const LONGEST: usize = 200;

    /// That of a token: 256 bits that follow from the key of the installation, so that it can be shown for a while and is kept nowhere.
    #[must_use]
    pub fn of(key: &[u8], token: ApiTokenId) -> Self {
        let bits = hmac_sha256(key, &[b"token of a program ", &token.0.as_bytes()[..]].concat());
        Self(format!("{}{}", Self::BEGINS, hex::encode(bits)))
    }

    /// Reads what a program shows; none for what no token looks like.
    #[must_use]
    pub fn parse(shown: &str) -> Option<Self> {
        let is_one = (1..=Self::LONGEST).contains(&shown.len()) && shown.bytes().all(|byte| byte.is_ascii_graphic());
        is_one.then(|| Self(shown.to_owned()))
    }

    /// All of it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// How it begins.
    #[must_use]
    pub fn prefix(&self) -> &str {
        self.0.get(..Self::PREFIX).unwrap_or(&self.0)
    }

    /// What is looked up.
    #[must_use]
    pub fn hash(&self) -> TokenHash {
        TokenHash(sha256(self.0.as_bytes()))
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
    use uuid::Uuid;

    use super::{ApiSecret, hmac_sha256};
    use crate::model::base::ids::ApiTokenId;

    #[test]
    fn the_secret_of_a_program_is_256_bits_of_which_eight_digits_are_no_secret() {
        let of = |key: &[u8], token| ApiSecret::of(key, ApiTokenId(Uuid::from_u128(token)));
        let secret = of(b"key", 7);
        assert_eq!(secret, of(b"key", 7));
        assert!(secret != of(b"key", 8) && secret != of(b"other", 7));
        assert_eq!((secret.text().len(), secret.prefix()), (6 + 64, &secret.text()[..14]));
        assert_eq!(ApiSecret::parse(secret.text()).map(|read| read.hash()), Some(secret.hash()));
        for wrong in ["", "linka 1", "linka_\u{e9}", &"x".repeat(201)] {
            assert_eq!(ApiSecret::parse(wrong), None, "{wrong}");
        }
        assert_eq!(ApiSecret::parse("demo-lipova").expect("one").prefix(), "demo-lipova");
        assert_eq!(format!("{secret:?}"), "ApiSecret(…)");
    }

    #[test]
    fn a_keyed_hash_is_that_of_the_standard() {
        let of = |key: &[u8], text: &[u8]| hex::encode(hmac_sha256(key, text));
        // RFC 4231, test cases 1 and 2.
        assert_eq!(of(&[0x0b; 20], b"Hi There"), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
        let jefe = of(b"Jefe", b"what do ya want for nothing?");
        assert_eq!(jefe, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
}
