//! The public register of organisations (ARES): what an organisation is called and where its seat is, by its IČO.
//!
//! Nothing waits for it for long and nothing depends on it: who is not found, or cannot be asked about, says so themselves.

use std::{fmt, time::Duration};

use axum::{
    body::Bytes,
    http::{Request, Uri, header},
};
use http_body_util::{BodyExt, Empty, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde::Deserialize;

use crate::model::people::{customers::Address, registrations::Organisation};

/// How long somebody waits for it, name and connection included.
const TIMEOUT: Duration = Duration::from_secs(2);
/// The longest answer that is read.
const LONGEST: usize = 256 * 1024;
/// Where it answers, below its site.
const PATH: &str = "/ekonomicke-subjekty-v-be/rest/ekonomicke-subjekty/";

type Connector = HttpsConnector<HttpConnector>;

/// Asks the register.
#[derive(Clone, Default)]
pub struct Ares {
    /// Its site and the client; none where nobody is to be asked.
    asked: Option<(String, Client<Connector, Empty<Bytes>>)>,
}

impl fmt::Debug for Ares {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ares").field("site", &self.asked.as_ref().map(|(site, _)| site)).finish()
    }
}

/// What it says of an organisation, as far as that is read.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Subject {
    obchodni_jmeno: String,
    dic: Option<String>,
    sidlo: Option<Seat>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Seat {
    nazev_ulice: Option<String>,
    nazev_casti_obce: Option<String>,
    nazev_obce: Option<String>,
    cislo_domovni: Option<u32>,
    cislo_orientacni: Option<u32>,
    cislo_orientacni_pismeno: Option<String>,
    psc: Option<u32>,
}

impl Ares {
    /// Asks the register at a site, as `https://ares.gov.cz`.
    ///
    /// # Errors
    /// When there is no TLS to ask by.
    pub fn new(site: &str) -> Result<Self, rustls::Error> {
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
        Ok(Self { asked: Some((site.trim_end_matches('/').to_owned(), client)) })
    }

    /// Whether it is asked at all.
    #[must_use]
    pub const fn is_on(&self) -> bool {
        self.asked.is_some()
    }

    /// An organisation by its IČO; none that is not found, and none when the register does not answer in time or in a way that
    /// is not understood.
    pub async fn look_up(&self, ico: &str) -> Option<Organisation> {
        let (site, client) = self.asked.as_ref()?;
        match tokio::time::timeout(TIMEOUT, ask(site, client, ico)).await {
            Ok(Ok(found)) => found,
            Ok(Err(error)) => {
                tracing::warn!(error, "the register of organisations cannot be asked");
                None
            }
            Err(_) => {
                tracing::warn!("the register of organisations does not answer");
                None
            }
        }
    }
}

async fn ask(site: &str, client: &Client<Connector, Empty<Bytes>>, ico: &str) -> Result<Option<Organisation>, String> {
    let address: Uri = format!("{site}{PATH}{ico}").parse().map_err(|_| "no address".to_owned())?;
    let request = Request::get(address)
        .header(header::ACCEPT, "application/json")
        .body(Empty::new())
        .map_err(|error| error.to_string())?;
    let answer = client.request(request).await.map_err(|error| error.to_string())?;
    match answer.status() {
        status if status.is_success() => {}
        // Which it says of who is not in it.
        status if status.is_client_error() => return Ok(None),
        status => return Err(status.to_string()),
    }
    let body = Limited::new(answer.into_body(), LONGEST).collect().await.map_err(|error| error.to_string())?;
    let subject: Subject = serde_json::from_slice(&body.to_bytes()).map_err(|error| error.to_string())?;
    Ok(Some(organisation(subject)))
}

fn organisation(subject: Subject) -> Organisation {
    let seat = subject.sidlo.unwrap_or_default();
    let number = match (seat.cislo_domovni, seat.cislo_orientacni) {
        (Some(house), Some(street)) => {
            format!("{house}/{street}{}", seat.cislo_orientacni_pismeno.unwrap_or_default())
        }
        (Some(house), None) => house.to_string(),
        (None, _) => String::new(),
    };
    // Villages have no streets: houses are numbered by their part of the place.
    let street = seat.nazev_ulice.or(seat.nazev_casti_obce).or_else(|| seat.nazev_obce.clone()).unwrap_or_default();
    Organisation {
        name: subject.obchodni_jmeno,
        address: Address {
            street: format!("{street} {number}").trim().to_owned(),
            city: seat.nazev_obce.unwrap_or_default(),
            postal_code: seat.psc.map(|code| code.to_string()).unwrap_or_default(),
            dic: subject.dic.unwrap_or_default(),
        },
    }
}
