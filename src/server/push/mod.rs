//! Notifications as they leave the house (Web Push): put into words in their reader's language, encrypted for one device (RFC 8291),
//! signed with the installation's key (RFC 8292), and handed to the push service that the device's browser has named; and short messages
//! ([`SmsGateway`]).
//!
//! Whom to tell what is decided elsewhere (`server::service::work::pushes`). An endpoint comes from a browser, that is from
//! outside: [`Pusher`] speaks to nothing but public addresses, by https, within bounds.

mod sealing;
mod sms;
mod words;

use std::{fmt, time::Duration};

use axum::http::{Request, StatusCode, Uri, header};
use chrono::{DateTime, TimeDelta, Utc};
use http_body_util::Full;

use self::sealing::{authorization, sealed};
pub use self::{
    sealing::{PushKey, subscription_keys},
    sms::SmsGateway,
    words::{body, sms_text, title},
};
use super::reach::{Lookup, OutwardClient, Reach, client, told};

/// How long a push service may take for an answer, name and connection included.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The longest address of a device.
const LONGEST_ENDPOINT: usize = 1_000;

/// Why a notification was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PushError {
    /// The push service knows the device no more: nobody will be reached there again.
    #[error("the device is known no more")]
    Gone,
    /// Trying again is useless.
    #[error("{0}")]
    Refused(String),
    /// It may work later.
    #[error("{0}")]
    Trouble(String),
}

/// A device, as its browser told it.
#[derive(Debug, Clone, Copy)]
pub struct Recipient<'a> {
    /// The address at its push service.
    pub endpoint: &'a str,
    /// Its public key.
    pub p256dh: &'a [u8],
    /// The secret that it shares with whoever may write to it.
    pub auth: &'a [u8],
}

/// What is sent.
#[derive(Debug, Clone, Copy)]
pub struct Notification<'a> {
    /// What the page's own script shows: JSON that [`body`] has made.
    pub body: &'a str,
    /// What it is about: the next one of the same topic takes its place while the device cannot be reached.
    pub topic: &'a str,
    /// How long the push service keeps it for a device that cannot be reached.
    pub keep_for: TimeDelta,
}

/// Sends notifications.
#[derive(Clone)]
pub struct Pusher {
    client: OutwardClient,
    reach: Reach,
}

impl fmt::Debug for Pusher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pusher").field("reach", &self.reach).finish_non_exhaustive()
    }
}

impl Pusher {
    /// A pusher that speaks to nothing beyond its reach.
    ///
    /// # Errors
    /// When there is no TLS to speak it with.
    pub fn new(reach: Reach) -> Result<Self, PushError> {
        let client = client(reach, Lookup::System, TIMEOUT).map_err(|error| PushError::Refused(error.to_string()))?;
        Ok(Self { client, reach })
    }

    /// Whether a device may have this address: one of a push service, that is by https and by name.
    #[must_use]
    pub fn admits(&self, endpoint: &str) -> bool {
        self.address(endpoint).is_some()
    }

    fn address(&self, endpoint: &str) -> Option<Uri> {
        let address = endpoint.parse().ok().filter(|_| endpoint.len() <= LONGEST_ENDPOINT)?;
        self.reach.admits(&address).then_some(address)
    }

    /// Sends a notification to a device, encrypted for it alone.
    ///
    /// * `contact` – whom a push service turns to when something is wrong with what we send, as `mailto:…`
    ///
    /// # Errors
    /// [`PushError::Gone`] when the device is to be forgotten, [`PushError::Refused`] when trying again is useless,
    /// [`PushError::Trouble`] when it is not.
    pub async fn send(
        &self,
        key: &PushKey,
        contact: &str,
        to: Recipient<'_>,
        what: &Notification<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), PushError> {
        let refused = |what: &str| PushError::Refused(what.to_owned());
        let address = self.address(to.endpoint).ok_or_else(|| refused("an address to which nothing is sent"))?;
        let body = sealed(what.body, &to).ok_or_else(|| refused("keys for which nothing can be encrypted"))?;
        let pass = authorization(key, &address, contact, now).ok_or_else(|| refused("an address without a host"))?;
        let request = Request::post(address)
            .header("TTL", what.keep_for.num_seconds().max(0).to_string())
            .header("Topic", what.topic)
            .header("Urgency", "high")
            .header(header::CONTENT_ENCODING, "aes128gcm")
            .header(header::CONTENT_TYPE, "application/octet-stream")
            .header(header::AUTHORIZATION, pass)
            .body(Full::from(body))
            .map_err(|error| PushError::Refused(error.to_string()))?;
        let answer = tokio::time::timeout(TIMEOUT, self.client.request(request))
            .await
            .map_err(|_| PushError::Trouble("the push service does not answer".to_owned()))?
            .map_err(|error| PushError::Trouble(told(&error)))?;
        // What else it says is not read: a push service owes us nothing, and can be anybody's.
        match answer.status() {
            status if status.is_success() => Ok(()),
            StatusCode::NOT_FOUND | StatusCode::GONE => Err(PushError::Gone),
            status if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() => {
                Err(PushError::Trouble(status.to_string()))
            }
            status => Err(PushError::Refused(status.to_string())),
        }
    }
}
