//! Telling programs what happens, after the Standard Webhooks specification: signed, within bounds, at public addresses only. What is
//! told whom, and what becomes of it, is decided elsewhere (`server::service::work::webhooks`).

use std::{fmt, sync::Arc, time::Duration};

use axum::{
    body::Bytes,
    http::{Request, Uri, header},
};
use base64ct::{Base64, Encoding};
use chrono::{DateTime, Utc};
use http_body_util::{BodyExt, Full};
use tokio::time::timeout;

use super::{
    auth::tokens::hmac_sha256,
    reach::{Lookup, OutwardClient, Reach, client, told},
};
use crate::model::{base::text::lines, work::webhooks::WEBHOOK_ANSWER_MAX};

/// How long whoever is told may take for an answer, name and connection included.
pub const PATIENCE: Duration = Duration::from_secs(15);
/// How many bytes of an answer are read.
const ANSWER_BYTES: usize = 4_096;
/// How much is said of why nobody has answered, in characters.
const TROUBLE_MAX: usize = 500;

/// Tells programs what happens; cheap to clone.
#[derive(Clone)]
pub struct Webhooks {
    // Behind a pointer, as whoever asks for anything carries the application with them.
    client: Arc<OutwardClient>,
    reach: Reach,
    patience: Duration,
}

impl fmt::Debug for Webhooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhooks").field("reach", &self.reach).finish_non_exhaustive()
    }
}

/// What is told, as its headers and its body say it.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// By what whoever gets it twice knows it again.
    pub id: &'a str,
    /// JSON.
    pub body: &'a str,
    /// With what it is signed: while a secret is changed, both.
    pub secrets: &'a [&'a [u8]],
    /// When it leaves.
    pub at: DateTime<Utc>,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// The status; none where nobody has answered.
    pub status: Option<u16>,
    /// The beginning of what was said.
    pub text: String,
    /// Why nobody has answered.
    pub trouble: String,
}

impl Webhooks {
    /// One that goes no further than a reach.
    ///
    /// * `patience` – how long it waits for an answer
    ///
    /// # Errors
    /// When there is no TLS to speak.
    pub fn new(reach: Reach, lookup: Lookup, patience: Duration) -> Result<Self, rustls::Error> {
        let client = Arc::new(client(reach, lookup, patience)?);
        Ok(Self { client, reach, patience })
    }

    /// Whether an address is one that may be told anything.
    #[must_use]
    pub fn admits(&self, url: &str) -> bool {
        self.address(url).is_some()
    }

    fn address(&self, url: &str) -> Option<Uri> {
        url.parse().ok().filter(|address| self.reach.admits(address))
    }

    /// Tells something to whoever answers at an address, once.
    pub async fn tell(&self, url: &str, what: &Told<'_>) -> Answer {
        let trouble = |why: String| Answer { trouble: cut(&why, TROUBLE_MAX), ..Answer::default() };
        let Some(address) = self.address(url) else { return trouble("an address that is not called".to_owned()) };
        let stamp = what.at.timestamp();
        let request = Request::post(address)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::USER_AGENT, "Linka")
            .header("webhook-id", what.id)
            .header("webhook-timestamp", stamp)
            .header("webhook-signature", signatures(what))
            .body(Full::from(Bytes::copy_from_slice(what.body.as_bytes())));
        let request = match request {
            Ok(request) => request,
            Err(error) => return trouble(error.to_string()),
        };
        let asked = async {
            let answer = self.client.request(request).await.map_err(|error| told(&error))?;
            let status = answer.status().as_u16();
            let mut body = answer.into_body();
            let mut said = Vec::new();
            // However much there is: it says nothing more than the status does, and is there for whoever looks for a mistake.
            while said.len() < ANSWER_BYTES
                && let Some(Ok(frame)) = body.frame().await
            {
                said.extend(frame.data_ref().into_iter().flatten().take(ANSWER_BYTES - said.len()));
            }
            Ok::<_, String>(Answer { status: Some(status), text: readable(&said), trouble: String::new() })
        };
        match timeout(self.patience, asked).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(why)) => trouble(why),
            Err(_) => trouble(format!("no answer within {} s", self.patience.as_secs())),
        }
    }
}

/// The signatures of what is told, by each secret that is good.
fn signatures(what: &Told<'_>) -> String {
    let signed = format!("{}.{}.{}", what.id, what.at.timestamp(), what.body);
    let by = |secret: &&[u8]| format!("v1,{}", Base64::encode_string(&hmac_sha256(secret, signed.as_bytes())));
    what.secrets.iter().map(by).collect::<Vec<_>>().join(" ")
}

/// A secret as whoever checks a signature by it writes it down.
#[must_use]
pub fn spelled(secret: &[u8]) -> String {
    format!("whsec_{}", Base64::encode_string(secret))
}

/// What somebody said, as text that can be kept.
fn readable(said: &[u8]) -> String {
    cut(&String::from_utf8_lossy(said), WEBHOOK_ANSWER_MAX)
}

fn cut(text: &str, most: usize) -> String {
    // Cleaned once more where it was cut: its last blank may have stood in the middle.
    lines(&lines(text).chars().take(most).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_that_of_the_specification() {
        // The example of the specification's own libraries.
        let secret = Base64::decode_vec("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let what = Told {
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            body: r#"{"test": 2432232314}"#,
            secrets: &[&secret, b"former"],
            at: DateTime::from_timestamp(1_614_265_330, 0).unwrap(),
        };
        let said = signatures(&what);
        let (first, former) = said.split_once(' ').unwrap();
        assert_eq!(first, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assert!(former.starts_with("v1,") && former != first);
        assert_eq!(spelled(&secret), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    }

    #[test]
    fn what_is_kept_of_an_answer_is_text_and_has_an_end() {
        assert_eq!(readable(b"  ok\r\n\x00\xff "), "ok\n \u{fffd}");
        assert_eq!(readable("ž".repeat(WEBHOOK_ANSWER_MAX + 9).as_bytes()).chars().count(), WEBHOOK_ANSWER_MAX);
    }
}
