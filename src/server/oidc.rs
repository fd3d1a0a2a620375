//! Other providers by which people sign in: OpenID Connect by the authorisation code, with PKCE (RFC 7636), state and nonce. The
//! checks are openidconnect's; what is asked of a provider goes through the tree's own client.

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    body::Bytes,
    http::{Request, Response},
};
use chrono::{DateTime, TimeDelta, Utc};
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, Scope, TokenResponse,
    core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata},
};
use serde::Deserialize;

use crate::model::people::providers::Provider;

/// How long a provider may take for an answer.
const TIMEOUT: Duration = Duration::from_secs(5);
/// The longest answer that is read.
const LONGEST: usize = 1024 * 1024;
/// How long what a provider says of itself is believed: its keys change, and are asked for anew when one is unknown.
const BELIEVED: TimeDelta = TimeDelta::minutes(10);

/// What providers said of themselves, and when.
type Known = BTreeMap<String, (DateTime<Utc>, CoreProviderMetadata)>;
type Http = Client<HttpsConnector<HttpConnector>, Full<Bytes>>;

/// What the operator says of a provider.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    key: String,
    name: String,
    issuer: IssuerUrl,
    client_id: ClientId,
    secret: ClientSecret,
    /// Whether each address that it tells is its person's, though it does not say so: of a provider that is one organisation's.
    #[serde(default)]
    emails_are_verified: bool,
}

/// The providers of this portal.
#[derive(Clone, Default)]
pub struct Oidc {
    providers: Arc<[Settings]>,
    http: Option<Http>,
    known: Arc<Mutex<Known>>,
}

impl fmt::Debug for Oidc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.providers.iter().map(|provider| &provider.key)).finish()
    }
}

/// Why a provider does not sign somebody in. What it says itself goes to the log only.
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// There is none such.
    #[error("no such provider")]
    Unknown,
    /// It cannot be asked.
    #[error("the provider cannot be asked: {0}")]
    Away(String),
    /// What it says is not to be believed, or it refuses.
    #[error("the provider's answer does not hold: {0}")]
    Refused(String),
}

/// What the operator has set is not understood.
#[derive(Debug, thiserror::Error)]
#[error("LINKA_OIDC: {0}")]
pub struct WrongSettings(String);

/// What one sign-in is bound to: secrets that only this browser and we know, and where the provider sends it back to.
#[derive(Debug, Clone)]
pub struct Binding {
    /// Comes back with the answer.
    pub state: String,
    /// Stands in what the provider signs.
    pub nonce: String,
    /// Proves that who brings the code asked for it; at least 43 characters.
    pub verifier: String,
    /// The whole address.
    pub returns_to: String,
}

/// Whom a provider names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The provider, as it calls itself.
    pub issuer: String,
    /// The person, for good.
    pub subject: String,
    /// The person's address, if the provider vouches for it.
    pub email: Option<String>,
}

/// A request that did not come to an answer.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct NoAnswer(String);

impl Oidc {
    /// Reads what the operator has set: a JSON list.
    ///
    /// # Errors
    /// When it cannot be read, or there is no TLS to ask by.
    pub fn new(settings: &str) -> Result<Self, WrongSettings> {
        let providers: Vec<Settings> =
            serde_json::from_str(settings).map_err(|error| WrongSettings(error.to_string()))?;
        for (place, provider) in providers.iter().enumerate() {
            let is_key = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            let is_named = (1..=40).contains(&provider.key.len()) && provider.key.chars().all(is_key);
            if !is_named || providers[..place].iter().any(|other| other.key == provider.key) {
                return Err(WrongSettings(format!("{:?} is no key, or another provider's", provider.key)));
            }
            if is_of_every_tenant(&provider.issuer) {
                let of = &provider.key;
                return Err(WrongSettings(format!(
                    "the issuer of {of:?} stands for every tenant: name one, each its own provider"
                )));
            }
        }
        let mut http = HttpConnector::new();
        http.enforce_http(false);
        http.set_connect_timeout(Some(TIMEOUT));
        let tls = HttpsConnectorBuilder::new()
            .with_provider_and_webpki_roots(rustls::crypto::ring::default_provider())
            .map_err(|error| WrongSettings(error.to_string()))?
            .https_or_http()
            .enable_http1()
            .wrap_connector(http);
        let http = Client::builder(TokioExecutor::new()).build(tls);
        Ok(Self { providers: providers.into(), http: Some(http), known: Arc::default() })
    }

    /// The providers, in the order in which they were set.
    #[must_use]
    pub fn list(&self) -> Vec<Provider> {
        let shown = |of: &Settings| Provider { key: of.key.clone(), name: of.name.clone() };
        self.providers.iter().map(shown).collect()
    }

    /// Where a browser is sent to sign in.
    ///
    /// # Errors
    /// [`OidcError::Unknown`], [`OidcError::Away`].
    pub async fn address(&self, key: &str, binding: &Binding, now: DateTime<Utc>) -> Result<String, OidcError> {
        let provider = self.of(key)?;
        let metadata = self.metadata(provider, true, now).await?;
        let verifier = PkceCodeVerifier::new(binding.verifier.clone());
        let (state, nonce) = (binding.state.clone(), binding.nonce.clone());
        let client =
            CoreClient::from_provider_metadata(metadata, provider.client_id.clone(), Some(provider.secret.clone()))
                .set_redirect_uri(redirect(binding)?);
        let (address, _, _) = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        Ok(address.to_string())
    }

    /// Whom a provider names for a code: issuer, audience, time, nonce and signature are checked.
    ///
    /// # Errors
    /// [`OidcError::Refused`] for what does not hold; [`OidcError::Unknown`], [`OidcError::Away`].
    pub async fn identity(
        &self,
        key: &str,
        code: &str,
        binding: &Binding,
        now: DateTime<Utc>,
    ) -> Result<Identity, OidcError> {
        let provider = self.of(key)?;
        let metadata = self.metadata(provider, false, now).await?;
        let client =
            CoreClient::from_provider_metadata(metadata, provider.client_id.clone(), Some(provider.secret.clone()))
                .set_redirect_uri(redirect(binding)?);
        let http = self.http.clone().ok_or(OidcError::Unknown)?;
        let call = |request: Request<Vec<u8>>| ask(http.clone(), request);
        let tokens = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|error| OidcError::Refused(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(binding.verifier.clone()))
            .request_async(&call)
            .await
            .map_err(|error| OidcError::Refused(error.to_string()))?;
        let token = tokens.id_token().ok_or_else(|| OidcError::Refused("no identity".to_owned()))?;
        let verifier = client.id_token_verifier().set_time_fn(move || now);
        let claims = token
            .claims(&verifier, &Nonce::new(binding.nonce.clone()))
            .map_err(|error| OidcError::Refused(error.to_string()))?;
        let is_vouched_for = provider.emails_are_verified || claims.email_verified() == Some(true);
        let email = claims.email().filter(|_| is_vouched_for).map(|email| email.as_str().trim().to_lowercase());
        Ok(Identity {
            issuer: claims.issuer().as_str().to_owned(),
            subject: claims.subject().as_str().to_owned(),
            email,
        })
    }

    fn of(&self, key: &str) -> Result<&Settings, OidcError> {
        self.providers.iter().find(|provider| provider.key == key).ok_or(OidcError::Unknown)
    }

    /// What a provider says of itself, and its keys.
    ///
    /// * `may_be_known` – whether what it said a while ago will do
    async fn metadata(
        &self,
        provider: &Settings,
        may_be_known: bool,
        now: DateTime<Utc>,
    ) -> Result<CoreProviderMetadata, OidcError> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&provider.key).cloned();
        if let Some((_, metadata)) = known.filter(|(at, _)| may_be_known && *at <= now && now < *at + BELIEVED) {
            return Ok(metadata);
        }
        let http = self.http.clone().ok_or(OidcError::Unknown)?;
        let call = |request: Request<Vec<u8>>| ask(http.clone(), request);
        let metadata = CoreProviderMetadata::discover_async(provider.issuer.clone(), &call)
            .await
            .map_err(|error| OidcError::Away(error.to_string()))?;
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(provider.key.clone(), (now, metadata.clone()));
        Ok(metadata)
    }
}

/// Whether an issuer of Microsoft Entra ID is an endpoint that signs in people of any tenant. Their identities name another issuer each, so
/// that nothing could be checked against what was set; and whoever runs a tenant of their own would say there what addresses its people
/// have.
fn is_of_every_tenant(issuer: &IssuerUrl) -> bool {
    let templates = ["common", "organizations", "consumers", "{tenantid}", "%7btenantid%7d"];
    issuer.as_str().to_lowercase().split('/').any(|part| templates.contains(&part))
}

fn redirect(binding: &Binding) -> Result<RedirectUrl, OidcError> {
    RedirectUrl::new(binding.returns_to.clone()).map_err(|error| OidcError::Away(error.to_string()))
}

/// Asks without following where it is led: a provider answers itself.
async fn ask(http: Http, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, NoAnswer> {
    let no_answer = |error: &dyn fmt::Display| NoAnswer(error.to_string());
    let answered = async {
        let answer = http.request(request.map(Full::from)).await.map_err(|error| no_answer(&error))?;
        let (parts, body) = answer.into_parts();
        let body = Limited::new(body, LONGEST).collect().await.map_err(|error| no_answer(&error))?;
        Ok::<_, NoAnswer>(Response::from_parts(parts, body.to_bytes().to_vec()))
    };
    tokio::time::timeout(TIMEOUT, answered).await.map_err(|error| no_answer(&error))?
}

#[cfg(test)]
mod tests {
    use super::Oidc;

    #[test]
    fn what_the_operator_sets_is_read_or_refused_at_the_start() {
        let one = |key: &str| {
            format!(
                r#"{{"key":"{key}","name":"Google","issuer":"https://accounts.google.com","client_id":"x","secret":"y"}}"#
            )
        };
        let names = |settings: &str| {
            Oidc::new(settings).map(|oidc| oidc.list().into_iter().map(|provider| provider.key).collect::<Vec<_>>())
        };
        assert_eq!(names(&format!("[{}]", one("google"))).ok(), Some(vec!["google".to_owned()]));
        assert_eq!(Oidc::default().list(), []);
        for wrong in
            ["", "{}", &format!("[{}]", one("Google!")), &format!("[{0},{0}]", one("google")), r#"[{"key":"x"}]"#]
        {
            assert!(names(wrong).is_err(), "{wrong}");
        }
        let tenant = |tenant: &str| {
            let issuer = format!("https://login.microsoftonline.com/{tenant}/v2.0");
            names(&format!("[{}]", one("entra").replace("https://accounts.google.com", &issuer)))
        };
        assert!(tenant("72f988bf-86f1-41af-91ab-2d7cd011db47").is_ok());
        for every in ["common", "organizations", "consumers", "{tenantid}"] {
            assert!(tenant(every).is_err(), "{every}");
        }
        let shown = format!("{:?}", Oidc::new(&format!("[{}]", one("google"))));
        assert!(!shown.contains('y'), "the secret does not show itself: {shown}");
    }
}
