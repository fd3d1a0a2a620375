//! Fio banka's interface for reading an account: the movements of some days, as the same table that one downloads by hand.
//!
//! The token reads one account and can do nothing else. Whoever asks more often than each 30 seconds is refused.

use std::{fmt, time::Duration};

use axum::{
    body::Bytes,
    http::{Request, StatusCode, Uri},
};
use chrono::NaiveDate;
use http_body_util::{BodyExt, Empty, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};

use crate::model::money::statements::SourceFailure;

/// Where the bank answers.
pub const SITE: &str = "https://fioapi.fio.cz";
/// How often the bank may be asked.
pub const PAUSE: Duration = Duration::from_secs(30);
/// How long it is waited for, name and connection included.
const TIMEOUT: Duration = Duration::from_secs(60);
/// The longest answer that is read.
const LONGEST: usize = 8 * 1024 * 1024;

type Connector = HttpsConnector<HttpConnector>;

/// Asks the bank; nobody without a token.
#[derive(Clone, Default)]
pub struct Fio {
    asked: Option<Asked>,
}

#[derive(Clone)]
struct Asked {
    site: String,
    token: String,
    client: Client<Connector, Empty<Bytes>>,
}

impl fmt::Debug for Fio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fio").field("site", &self.asked.as_ref().map(|asked| &asked.site)).finish_non_exhaustive()
    }
}

/// Why the bank told nothing. What it says never holds the token, which stands in the address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FioError {
    /// It was asked too early (409), or cannot answer now (5xx but 500): it is asked again later.
    #[error("the bank wants to be asked later: {0}")]
    Later(StatusCode),
    /// It will not answer this, however often it is asked: the token is wrong or no longer good, of which it says 500.
    #[error("the bank refuses to answer: {0}")]
    Refused(StatusCode),
    /// It cannot be reached, or its answer is too long.
    #[error("the bank cannot be asked: {0}")]
    Unreachable(&'static str),
}

impl FioError {
    /// What managers are told that it is.
    #[must_use]
    pub const fn failure(&self) -> SourceFailure {
        match self {
            Self::Later(_) => SourceFailure::Busy,
            Self::Refused(_) => SourceFailure::Refused,
            Self::Unreachable(_) => SourceFailure::Unreachable,
        }
    }
}

impl Fio {
    /// Asks the bank at a site, as [`SITE`], with a token.
    ///
    /// # Errors
    /// When there is no TLS to ask by.
    pub fn new(site: &str, token: &str) -> Result<Self, rustls::Error> {
        let mut http = HttpConnector::new();
        // What is no https is for the one below to decide.
        http.enforce_http(false);
        http.set_connect_timeout(Some(TIMEOUT));
        let tls = HttpsConnectorBuilder::new()
            .with_provider_and_webpki_roots(rustls::crypto::ring::default_provider())?
            .https_or_http()
            .enable_http1()
            .wrap_connector(http);
        let client = Client::builder(TokioExecutor::new()).build(tls);
        let (site, token) = (site.trim_end_matches('/').to_owned(), token.to_owned());
        Ok(Self { asked: Some(Asked { site, token, client }) })
    }

    /// Whether it is asked at all.
    #[must_use]
    pub const fn is_on(&self) -> bool {
        self.asked.is_some()
    }

    /// The movements from one day to another, as a file of CSV; none without a token.
    ///
    /// # Errors
    /// When the bank does not tell them.
    pub async fn movements(&self, from: NaiveDate, until: NaiveDate) -> Result<Option<Vec<u8>>, FioError> {
        let Some(asked) = &self.asked else { return Ok(None) };
        match tokio::time::timeout(TIMEOUT, asked.movements(from, until)).await {
            Ok(answer) => answer.map(Some),
            Err(_) => Err(FioError::Unreachable("it does not answer in time")),
        }
    }
}

impl Asked {
    async fn movements(&self, from: NaiveDate, until: NaiveDate) -> Result<Vec<u8>, FioError> {
        let Self { site, token, client } = self;
        let address = format!("{site}/v1/rest/periods/{token}/{from}/{until}/transactions.csv");
        let address: Uri = address.parse().map_err(|_| FioError::Unreachable("no address"))?;
        let request =
            Request::get(address).body(Empty::new()).map_err(|_| FioError::Unreachable("no request can be made"))?;
        let answer = client.request(request).await.map_err(|_| FioError::Unreachable("no connection"))?;
        match answer.status() {
            status if status.is_success() => {}
            // Which is what it says to whoever asks too often.
            StatusCode::INTERNAL_SERVER_ERROR => return Err(FioError::Refused(answer.status())),
            status if status == StatusCode::CONFLICT || status.is_server_error() => {
                return Err(FioError::Later(status));
            }
            status => return Err(FioError::Refused(status)),
        }
        let body = Limited::new(answer.into_body(), LONGEST).collect().await;
        Ok(body.map_err(|_| FioError::Unreachable("its answer breaks off or is too long"))?.to_bytes().to_vec())
    }
}
