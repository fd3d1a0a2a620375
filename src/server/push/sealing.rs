//! Keys: the installation's, by which push services know who sends, and those of a device, for which a notification is encrypted.

use axum::http::Uri;
use base64ct::{Base64UrlUnpadded, Encoding};
use chrono::{DateTime, TimeDelta, Utc};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use web_push_native::{Auth, p256::PublicKey};

use super::Recipient;
use crate::server::random::Random;

/// How long a pass is good; RFC 8292 allows a day, and clocks differ.
const GOOD_FOR: TimeDelta = TimeDelta::hours(12);

/// The installation's key pair (P-256).
#[derive(Debug, Clone)]
pub struct PushKey(SigningKey);

impl PushKey {
    /// A new one.
    #[must_use]
    pub fn make(random: Random) -> Self {
        loop {
            // All but one of 2³² numbers are keys.
            if let Some(key) = Self::from_private(&random.token()) {
                return key;
            }
        }
    }

    /// The pair of a private key; none when it is none.
    #[must_use]
    pub fn from_private(private: &[u8]) -> Option<Self> {
        SigningKey::from_slice(private).ok().map(Self)
    }

    /// The private key, to be kept.
    #[must_use]
    pub fn private(&self) -> Vec<u8> {
        self.0.to_bytes().to_vec()
    }

    /// The public key, uncompressed.
    #[must_use]
    pub fn public(&self) -> Vec<u8> {
        self.0.verifying_key().to_encoded_point(false).as_bytes().to_vec()
    }

    /// The public key as browsers want it.
    #[must_use]
    pub fn public_text(&self) -> String {
        Base64UrlUnpadded::encode_string(&self.public())
    }
}

/// The keys of a subscription as its browser says them, in base64url with or without padding: the public one and the secret. None
/// when nothing could be encrypted for them.
#[must_use]
pub fn subscription_keys(p256dh: &str, auth: &str) -> Option<(Vec<u8>, Vec<u8>)> {
    let bytes = |text: &str| Base64UrlUnpadded::decode_vec(text.trim().trim_end_matches('=')).ok();
    let (public, secret) = (bytes(p256dh)?, bytes(auth)?);
    // Uncompressed: what RFC 8291 writes, and columns hold.
    let is_uncompressed = public.len() == 65 && PublicKey::from_sec1_bytes(&public).is_ok();
    (is_uncompressed && secret.len() == 16).then_some((public, secret))
}

/// A text that only the device can read; none when its keys are none.
pub fn sealed(text: &str, to: &Recipient<'_>) -> Option<Vec<u8>> {
    let public = PublicKey::from_sec1_bytes(to.p256dh).ok()?;
    let secret: [u8; 16] = to.auth.try_into().ok()?;
    web_push_native::encrypt(text.as_bytes().to_vec(), &public, &Auth::from(secret)).ok()
}

/// The pass for a push service: a signed word of who sends, and until when it is good (RFC 8292). It is made here and not by the
/// crate that encrypts, as that would ask the machine's clock.
pub fn authorization(key: &PushKey, address: &Uri, contact: &str, now: DateTime<Utc>) -> Option<String> {
    let audience = format!("{}://{}", address.scheme_str()?, address.authority()?);
    let claims = serde_json::json!({ "aud": audience, "exp": (now + GOOD_FOR).timestamp(), "sub": contact });
    let part = |text: &str| Base64UrlUnpadded::encode_string(text.as_bytes());
    let signed = format!("{}.{}", part(r#"{"typ":"JWT","alg":"ES256"}"#), part(&claims.to_string()));
    let signature: Signature = key.0.sign(signed.as_bytes());
    let signature = Base64UrlUnpadded::encode_string(&signature.to_bytes());
    Some(format!("vapid t={signed}.{signature}, k={}", key.public_text()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_key_of_a_browser_is_refused() {
        let public = PushKey::make(Random::System).public_text();
        let secret = Base64UrlUnpadded::encode_string(&[7; 16]);
        assert!(subscription_keys(&public, &secret).is_some());
        assert!(subscription_keys(&format!("{public}="), &format!("{secret}==")).is_some(), "some browsers pad");
        let off_the_curve = Base64UrlUnpadded::encode_string(&[[4].as_slice(), &[1; 64]].concat());
        for (public, secret) in
            [("", ""), (off_the_curve.as_str(), secret.as_str()), (public.as_str(), "AAAA"), ("čau", secret.as_str())]
        {
            assert_eq!(subscription_keys(public, secret), None, "{public} {secret}");
        }
    }

    #[test]
    fn a_key_is_the_same_when_it_is_read_again() {
        let key = PushKey::make(Random::System);
        let again = PushKey::from_private(&key.private()).unwrap();
        assert_eq!((key.public(), key.public().len()), (again.public(), 65));
        assert!(PushKey::from_private(&[0; 32]).is_none());
    }
}
