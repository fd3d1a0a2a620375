//! Short messages to telephones, handed to whatever gateway the vendor has: one that takes a message by HTTP as
//! `{"id": …, "to": "+420…", "text": …}`. What it says is told to nobody else, the log included.

use std::{fmt, sync::Arc};

use axum::{
    body::Bytes,
    http::{HeaderValue, Request, StatusCode, Uri, header},
};
use http_body_util::Full;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};

use super::{PushError, TIMEOUT};
use crate::server::reach::told;

/// Sends short messages, where a gateway is set up; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct SmsGateway(Option<Arc<Gateway>>);

struct Gateway {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    address: Uri,
    pass: Option<HeaderValue>,
}

/// The pass does not show itself in a log.
impl fmt::Debug for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Gateway").field("address", &self.address.authority()).finish_non_exhaustive()
    }
}

impl SmsGateway {
    /// The gateway at an address.
    ///
    /// * `token` – by which it knows who sends, as a bearer's
    ///
    /// # Errors
    /// What cannot be used, without the token.
    pub fn new(address: &str, token: Option<&str>) -> Result<Self, PushError> {
        let refused = |what: &str| PushError::Refused(what.to_owned());
        let address: Uri = address.parse().map_err(|_| refused("no address"))?;
        if !matches!(address.scheme_str(), Some("http" | "https")) || address.host().is_none() {
            return Err(refused("an address that begins with neither http:// nor https://"));
        }
        let pass = match token {
            Some(token) => {
                let mut pass = HeaderValue::try_from(format!("Bearer {token}")).map_err(|_| refused("no token"))?;
                pass.set_sensitive(true);
                Some(pass)
            }
            None => None,
        };
        let tls = HttpsConnectorBuilder::new()
            .with_provider_and_webpki_roots(rustls::crypto::ring::default_provider())
            .map_err(|error| PushError::Refused(error.to_string()))?
            .https_or_http()
            .enable_http1()
            .build();
        let client = Client::builder(TokioExecutor::new()).build(tls);
        Ok(Self(Some(Arc::new(Gateway { client, address, pass }))))
    }

    /// Whether there is one.
    #[must_use]
    pub const fn is_set_up(&self) -> bool {
        self.0.is_some()
    }

    /// Which it is.
    #[must_use]
    pub fn host(&self) -> Option<String> {
        self.0.as_ref()?.address.host().map(ToOwned::to_owned)
    }

    /// Sends a text to a number.
    ///
    /// * `id` – the same for every try, so that the gateway can tell them from messages
    ///
    /// # Errors
    /// [`PushError::Trouble`] when it may work later, [`PushError::Refused`] when it will not.
    pub async fn send(&self, id: &str, to: &str, text: &str) -> Result<(), PushError> {
        let Some(gateway) = &self.0 else { return Err(PushError::Trouble("no gateway is set up".to_owned())) };
        let body = serde_json::json!({ "id": id, "to": to, "text": text }).to_string();
        let mut request = Request::post(gateway.address.clone())
            .header(header::CONTENT_TYPE, "application/json")
            .header("Idempotency-Key", id);
        if let Some(pass) = &gateway.pass {
            request = request.header(header::AUTHORIZATION, pass);
        }
        let request = request.body(Full::from(body)).map_err(|error| PushError::Refused(error.to_string()))?;
        let answer = tokio::time::timeout(TIMEOUT, gateway.client.request(request))
            .await
            .map_err(|_| PushError::Trouble("the gateway does not answer".to_owned()))?
            .map_err(|error| PushError::Trouble(told(&error)))?;
        // What else it says may repeat the message, and is not read.
        match answer.status() {
            status if status.is_success() => Ok(()),
            status if status.is_server_error() => Err(PushError::Trouble(status.to_string())),
            status @ (StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT) => {
                Err(PushError::Trouble(status.to_string()))
            }
            status => Err(PushError::Refused(status.to_string())),
        }
    }
}
