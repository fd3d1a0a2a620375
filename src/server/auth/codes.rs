//! One-time codes of an application (TOTP, RFC 6238) and recovery codes.

use totp_rs::{Builder, Secret, Totp};

use super::tokens::{Token, hmac_sha256, sha256};
use crate::model::people::second_factors::RECOVERY_CODES;

/// What an application and we share: 160 bits, as RFC 4226 wants it.
pub const SECRET_BYTES: usize = 20;
/// The letters and digits of a recovery code (base32, RFC 4648), five bits each.
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// How long one is: 120 bits, of which nobody finds out a plain hash. Those of before have 16 letters, and are as good.
const LENGTH: usize = 24;

/// The step of time in which a code was right, one before and one after included for clocks that differ; none for another code.
#[must_use]
pub fn step_of(secret: &[u8], code: &str, unix_time: u64) -> Option<i64> {
    totp(secret)?.check(code, unix_time).and_then(|step| i64::try_from(step).ok())
}

/// A secret as it is typed, and as it is scanned.
#[must_use]
pub fn spelled(secret: &[u8], email: &str) -> (String, String) {
    let typed = Secret::from(secret).to_base32();
    let account = percent_encoding::utf8_percent_encode(email, percent_encoding::NON_ALPHANUMERIC);
    let uri = format!("otpauth://totp/Linka:{account}?secret={typed}&issuer=Linka");
    (typed, uri)
}

/// Recovery codes: they follow from a secret that only the browser has which shows them.
#[must_use]
pub fn recovery_codes(secret: &Token) -> Vec<String> {
    let code = |place: usize| -> String {
        let bits = hmac_sha256(&secret.hash().0, format!("recovery code {place}").as_bytes());
        bits[..LENGTH].iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
    };
    (0..RECOVERY_CODES).map(code).collect()
}

/// What is kept of a recovery code.
#[must_use]
pub fn code_hash(code: &str) -> [u8; 32] {
    sha256(code.as_bytes())
}

fn totp(secret: &[u8]) -> Option<Totp> {
    Builder::new().with_secret(secret).build().ok()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{recovery_codes, spelled, step_of};
    use crate::server::{auth::tokens::Token, random::Random};

    const SECRET: &[u8] = b"12345678901234567890";

    #[test]
    fn a_code_is_that_of_the_standard_and_good_for_a_step_around() {
        // RFC 6238, appendix B, the last six digits.
        for (time, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924")] {
            let step = i64::try_from(time / 30).unwrap();
            for near in [time - 30, time, time + 30] {
                assert_eq!(step_of(SECRET, code, near), Some(step), "{code} at {near}");
            }
            assert_eq!(step_of(SECRET, code, time + 90), None);
        }
        for wrong in ["", "28708", "2870820", "abcdef"] {
            assert_eq!(step_of(SECRET, wrong, 59), None, "{wrong}");
        }
        assert_eq!(step_of(b"short", "287082", 59), None);
    }

    #[test]
    fn a_secret_is_spelled_for_the_application() {
        let (typed, uri) = spelled(SECRET, "jana+x@skola.cz");
        assert_eq!(typed, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(uri, format!("otpauth://totp/Linka:jana%2Bx%40skola%2Ecz?secret={typed}&issuer=Linka"));
    }

    #[test]
    fn recovery_codes_differ_follow_from_their_secret_and_have_more_bits_than_anybody_tries() {
        let secret = Token::new(&Random::System);
        let codes = recovery_codes(&secret);
        assert_eq!(codes, recovery_codes(&secret));
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), 10);
        assert!(codes.iter().all(|code| code.len() * 5 >= 112), "{codes:?}");
        assert_ne!(codes, recovery_codes(&Token::new(&Random::System)));
    }
}
