//! What Stripe tells of its own accord: whether it was Stripe, and what it is about.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sha2::{Digest, Sha256};
use stripe_webhook::{Webhook, WebhookError};

/// The header that bears the signature.
pub const SIGNATURE: &str = "stripe-signature";

/// Why a message is turned away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotStripe {
    /// It bears no signature of Stripe's.
    #[error("the signature is not Stripe's")]
    Forged,
    /// It was signed more than five minutes ago, or ahead of time.
    #[error("the signature is stale")]
    Stale,
}

/// An event that Stripe signed.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedEvent {
    /// Its identity, the same for every delivery.
    pub id: String,
    /// What it is about, such as `checkout.session.completed`.
    pub kind: String,
    /// All of it.
    pub payload: Value,
    /// Whether the client library could read it.
    pub readable: bool,
}

/// Reads a message as it came. Stripe's signature is checked first; what is in it is looked up again at Stripe anyway, so
/// that one that only the client library cannot read is as good as any.
///
/// # Errors
/// When it is not Stripe's.
pub fn read(body: &str, signature: &str, secret: &str, now: DateTime<Utc>) -> Result<SignedEvent, NotStripe> {
    match Webhook::construct_event_with_timestamp(body, signature, secret, now.timestamp()) {
        Ok(_) => Ok(signed(body, true)),
        Err(WebhookError::BadParse(_)) => Ok(signed(body, false)),
        Err(WebhookError::BadTimestamp(_)) => Err(NotStripe::Stale),
        Err(WebhookError::BadKey | WebhookError::BadHeader(_) | WebhookError::BadSignature) => Err(NotStripe::Forged),
    }
}

fn signed(body: &str, readable: bool) -> SignedEvent {
    // PostgreSQL's JSON holds every character but the zero byte: what has one is kept as text, in which it is spelt out.
    let payload = match serde_json::from_str(body) {
        Ok(payload) if !body.contains("\\u0000") => payload,
        _ => Value::String(body.replace('\0', "\u{fffd}")),
    };
    let text = |name: &str| payload.get(name).and_then(Value::as_str).map(str::to_owned);
    SignedEvent {
        // What has no identity is known by what it says.
        id: text("id").unwrap_or_else(|| format!("unreadable:{}", hex::encode(Sha256::digest(body)))),
        kind: text("type").unwrap_or_default(),
        payload,
        readable,
    }
}

/// The object that an event is about.
#[must_use]
pub fn object(payload: &Value) -> Option<&Value> {
    payload.get("data")?.get("object")
}
