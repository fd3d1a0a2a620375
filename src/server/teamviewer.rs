//! TeamViewer's interface (Web API, version 1): it makes sessions to which customers connect, and reports connections. Only what is asked
//! for is read of an answer, up to a size; nobody is followed elsewhere. The token travels in a header and shows itself nowhere.

use std::{fmt, sync::Arc, time::Duration};

use axum::{
    body::Bytes,
    http::{HeaderValue, Method, Request, StatusCode, Uri, header},
};
use chrono::{DateTime, SecondsFormat, Utc};
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::json;

use crate::model::work::{
    connection_reports::ToldConnection, remote_sessions::SessionLink, teamviewer::TeamviewerFailure,
};

/// Where TeamViewer answers.
pub const SITE: &str = "https://webapi.teamviewer.com";
/// How long it is waited for, name and connection included.
const TIMEOUT: Duration = Duration::from_secs(20);
/// The longest answer that is read.
const LONGEST: usize = 8 * 1024 * 1024;
/// In which group of the vendor's account sessions stand.
const GROUP: &str = "Linka";
/// How many pages of open sessions are looked through for one that was made already.
const SESSION_PAGES: usize = 20;

/// Asks TeamViewer; nobody without a token. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Teamviewer(Option<Arc<Asked>>);

struct Asked {
    site: String,
    pass: HeaderValue,
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
}

impl fmt::Debug for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Asked").field("site", &self.site).finish_non_exhaustive()
    }
}

/// Why it cannot be asked at all.
#[derive(Debug, thiserror::Error)]
pub enum TeamviewerUnfit {
    /// There is no TLS to ask by.
    #[error(transparent)]
    Tls(#[from] rustls::Error),
    /// The token cannot stand in a header.
    #[error("the token holds what no token does")]
    Token,
}

/// Why it told nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TeamviewerError {
    /// It takes the token for none, or for one that may not do this.
    #[error("TeamViewer refuses to answer: {0}")]
    Refused(StatusCode),
    /// It cannot answer now.
    #[error("TeamViewer wants to be asked later: {0}")]
    Busy(StatusCode),
    /// There is no connection, or no answer in time.
    #[error("TeamViewer cannot be asked: {0}")]
    Unreachable(&'static str),
    /// The answer is not what it says it would be.
    #[error("TeamViewer's answer cannot be read: {0}")]
    Unreadable(&'static str),
}

impl TeamviewerError {
    /// What people are told that it is.
    #[must_use]
    pub const fn failure(&self) -> TeamviewerFailure {
        match self {
            Self::Refused(_) => TeamviewerFailure::Refused,
            Self::Busy(_) => TeamviewerFailure::Busy,
            Self::Unreachable(_) => TeamviewerFailure::Unreachable,
            Self::Unreadable(_) => TeamviewerFailure::Unreadable,
        }
    }
}

/// A session that is to be made.
#[derive(Debug, Clone, Copy)]
pub struct NewSession<'a> {
    /// By what we know it again: the same for every try.
    pub key: &'a str,
    /// What technicians read of it.
    pub description: &'a str,
}

/// A part of a report, and where the next one begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportPage {
    /// What is told; those that go on are left for later.
    pub connections: Vec<ToldConnection>,
    /// After which record the next part begins; none at the end.
    pub next: Option<String>,
}

#[derive(Deserialize)]
struct SessionAnswer {
    end_customer_link: String,
    #[serde(default)]
    custom_api: Option<String>,
}

#[derive(Deserialize)]
struct SessionsAnswer {
    #[serde(default)]
    sessions: Vec<SessionAnswer>,
    next_offset: Option<String>,
}

#[derive(Deserialize)]
struct ReportAnswer {
    records: Vec<Record>,
    next_offset: Option<String>,
}

/// A record of a report. What is left out, or said to be nothing, is empty.
#[derive(Deserialize)]
struct Record {
    id: Option<String>,
    userid: Option<String>,
    username: Option<String>,
    deviceid: Option<String>,
    devicename: Option<String>,
    groupname: Option<String>,
    session_code: Option<String>,
    notes: Option<String>,
    start_date: Option<String>,
    end_date: Option<String>,
}

impl Record {
    /// What it tells; none of one that goes on.
    fn told(self) -> Option<ToldConnection> {
        let ended = self.end_date.filter(|end| !end.is_empty())?;
        Some(ToldConnection {
            report_id: self.id.unwrap_or_default(),
            user_key: self.userid.unwrap_or_default(),
            user_name: self.username.unwrap_or_default(),
            device_key: self.deviceid.unwrap_or_default(),
            device_name: self.devicename.unwrap_or_default(),
            group_name: self.groupname.unwrap_or_default(),
            session_code: self.session_code.unwrap_or_default(),
            notes: self.notes.unwrap_or_default(),
            started: self.start_date.unwrap_or_default(),
            ended,
        })
    }
}

impl Teamviewer {
    /// Asks TeamViewer at a site, as [`SITE`], with a token.
    ///
    /// # Errors
    /// [`TeamviewerUnfit`].
    pub fn new(site: &str, token: &str) -> Result<Self, TeamviewerUnfit> {
        let mut pass = HeaderValue::try_from(format!("Bearer {token}")).map_err(|_| TeamviewerUnfit::Token)?;
        pass.set_sensitive(true);
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
        Ok(Self(Some(Arc::new(Asked { site: site.trim_end_matches('/').to_owned(), pass, client }))))
    }

    /// Whether it is asked at all.
    #[must_use]
    pub const fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// Makes a session; none without a token.
    ///
    /// # Errors
    /// When TeamViewer makes none.
    pub async fn new_session(&self, new: NewSession<'_>) -> Result<Option<SessionLink>, TeamviewerError> {
        let Some(asked) = &self.0 else { return Ok(None) };
        let body = json!({ "groupname": GROUP, "description": new.description, "custom_api": new.key });
        let made: SessionAnswer = asked.ask(Method::POST, "api/v1/sessions", &[], body.to_string()).await?;
        link(made).map(Some)
    }

    /// The open session that was made under a key, if one was.
    ///
    /// # Errors
    /// When TeamViewer does not tell.
    pub async fn session(&self, key: &str) -> Result<Option<SessionLink>, TeamviewerError> {
        let Some(asked) = &self.0 else { return Ok(None) };
        let mut offset: Option<String> = None;
        for _ in 0..SESSION_PAGES {
            let mut query = vec![("state", "Open"), ("groupname", GROUP), ("full_list", "true")];
            query.extend(offset.as_deref().map(|offset| ("offset", offset)));
            let page: SessionsAnswer = asked.ask(Method::GET, "api/v1/sessions", &query, String::new()).await?;
            if let Some(found) = page.sessions.into_iter().find(|it| it.custom_api.as_deref() == Some(key)) {
                return link(found).map(Some);
            }
            match page.next_offset.filter(|next| !next.is_empty()) {
                Some(next) => offset = Some(next),
                None => break,
            }
        }
        Ok(None)
    }

    /// A part of what was connected from one instant to another; nothing without a token.
    ///
    /// * `after` – where the part before said that this one begins
    ///
    /// # Errors
    /// When TeamViewer does not tell.
    pub async fn connections(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
        after: Option<&str>,
    ) -> Result<ReportPage, TeamviewerError> {
        let Some(asked) = &self.0 else { return Ok(ReportPage { connections: Vec::new(), next: None }) };
        let [from, until] = [from, until].map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true));
        let mut query = vec![("from_date", from.as_str()), ("to_date", until.as_str())];
        query.extend(after.map(|after| ("offset_id", after)));
        let page: ReportAnswer = asked.ask(Method::GET, "api/v1/reports/connections", &query, String::new()).await?;
        Ok(ReportPage {
            connections: page.records.into_iter().filter_map(Record::told).collect(),
            next: page.next_offset.filter(|next| !next.is_empty()),
        })
    }
}

/// Where the customer lets the technician in; an answer that leads anywhere else than to TeamViewer is none.
fn link(session: SessionAnswer) -> Result<SessionLink, TeamviewerError> {
    SessionLink::parse(&session.end_customer_link)
        .ok_or(TeamviewerError::Unreadable("the session's address is not TeamViewer's"))
}

impl Asked {
    async fn ask<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        query: &[(&str, &str)],
        body: String,
    ) -> Result<T, TeamviewerError> {
        match tokio::time::timeout(TIMEOUT, self.answer(method, path, query, body)).await {
            Ok(answer) => answer,
            Err(_) => Err(TeamviewerError::Unreachable("it does not answer in time")),
        }
    }

    async fn answer<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        query: &[(&str, &str)],
        body: String,
    ) -> Result<T, TeamviewerError> {
        let query = serde_urlencoded::to_string(query).map_err(|_| TeamviewerError::Unreachable("no address"))?;
        let address = format!("{}/{path}?{query}", self.site);
        let address: Uri = address.parse().map_err(|_| TeamviewerError::Unreachable("no address"))?;
        let request = Request::builder()
            .method(method)
            .uri(address)
            .header(header::AUTHORIZATION, &self.pass)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/json")
            .body(Full::from(body))
            .map_err(|_| TeamviewerError::Unreachable("no request can be made"))?;
        let answer = self.client.request(request).await.map_err(|_| TeamviewerError::Unreachable("no connection"))?;
        match answer.status() {
            status if status.is_success() => {}
            status @ (StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT) => {
                return Err(TeamviewerError::Busy(status));
            }
            status if status.is_server_error() => return Err(TeamviewerError::Busy(status)),
            status => return Err(TeamviewerError::Refused(status)),
        }
        let body = Limited::new(answer.into_body(), LONGEST).collect().await;
        let body = body.map_err(|_| TeamviewerError::Unreachable("its answer breaks off or is too long"))?.to_bytes();
        serde_json::from_slice(&body).map_err(|_| TeamviewerError::Unreadable("it is not what the interface promises"))
    }
}
