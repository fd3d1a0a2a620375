//! Signing in by another provider, and for whom that is the only way.

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    guesses,
    sessions::{self, By, Factors, SignedIn},
};
use crate::{
    model::{
        paths,
        people::providers::{Provider, ProvidersPage, Rule},
        problem::Problem,
    },
    server::{
        app::App,
        auth::{
            Client, Manager,
            events::{SecurityEvent, record},
            tokens::{Token, hmac_sha256},
        },
        db::{
            Tx, installation,
            people::{accounts as logins, providers},
        },
        oidc::{Binding, Identity, OidcError},
    },
};

/// How long somebody may take at the provider.
const WITHIN: TimeDelta = TimeDelta::minutes(10);

/// A sign-in that has begun in a browser, which keeps this and nobody else: all that is asked of the provider follows from it and
/// the key of the installation.
#[derive(Debug, Clone)]
pub struct Begun {
    /// The secret of the browser.
    pub secret: Token,
    /// When it began.
    pub at: DateTime<Utc>,
}

/// The providers that there are.
#[must_use]
pub fn list(app: &App) -> Vec<Provider> {
    app.oidc.list()
}

/// Begins to sign somebody in: what the browser keeps, and where it is sent.
///
/// # Errors
/// [`Problem::NotFound`] for a provider that there is not, [`Problem::ProviderRefused`] for one that cannot be asked.
pub async fn begin(app: &App, provider: &str) -> Result<(Begun, String), Problem> {
    let begun = Begun { secret: Token::new(&app.random), at: app.clock.now() };
    let binding = bound(app, provider, &begun).await?;
    let address = app.oidc.address(provider, &binding, begun.at).await.map_err(|error| refused(provider, &error))?;
    Ok((begun, address))
}

/// Signs in whom the provider names, to a browser that began it a short while ago.
///
/// # Errors
/// [`Problem::ProviderRefused`] for whatever does not hold, for an answer that was taken already, and for who is nobody's here.
pub async fn sign_in(
    app: &App,
    client: &Client,
    provider: &str,
    begun: &Begun,
    (code, state): (&str, &str),
) -> Result<SignedIn, Problem> {
    let now = app.clock.now();
    let binding = bound(app, provider, begun).await?;
    // Digests of secrets are compared, so that no time tells how much of one was right.
    let is_ours = hmac_sha256(&[0], state.as_bytes()) == hmac_sha256(&[0], binding.state.as_bytes());
    if !is_ours || begun.at > now || now - begun.at >= WITHIN {
        return Err(Problem::ProviderRefused);
    }
    let mut tx = app.db.system().await?;
    let is_first = providers::take_answer(&mut tx, begun.secret.hash(), now).await?;
    tx.commit().await?;
    if !is_first {
        return Err(Problem::ProviderRefused);
    }
    let named = app.oidc.identity(provider, code, &binding, now).await.map_err(|error| refused(provider, &error))?;
    let mut tx = app.db.system().await?;
    let email = known_here(&mut tx, &named).await?.ok_or(Problem::ProviderRefused)?;
    let login = logins::login(&mut tx, &email).await?.ok_or(Problem::ProviderRefused)?;
    providers::remember(&mut tx, (&named.issuer, &named.subject), login.id, now).await?;
    let device = guesses::remember(app, &mut tx, client, login.id, now).await?;
    let by = By { email: &email, factors: Factors::One, provider: Some(provider) };
    sessions::begin(app, tx, client, (login, device), by).await
}

/// With which address whom the provider names signs in here: by what it knows the person for good, else by an address that it vouches
/// for.
async fn known_here(tx: &mut Tx, named: &Identity) -> Result<Option<String>, Problem> {
    let known = providers::email_of(tx, &named.issuer, &named.subject).await?;
    Ok(known.or_else(|| named.email.clone()))
}

/// What `/settings/sign-in` shows.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, _manager: &Manager) -> Result<ProvidersPage, Problem> {
    let mut tx = app.db.system().await?;
    let returns_to = app.mail.link(&paths::sign_in_return("…"));
    Ok(ProvidersPage { providers: app.oidc.list(), rules: providers::rules(&mut tx).await?, returns_to })
}

/// Makes a provider the only way for addresses of a domain; whoever of them is signed in stays so.
///
/// # Errors
/// [`Problem::Invalid`] for what is no domain or no provider.
pub async fn require(app: &App, _manager: &Manager, typed: &Rule) -> Result<(), Problem> {
    let rule = typed.check(&app.oidc.list()).map_err(|fields| Problem::Invalid { fields })?;
    let mut tx = app.db.system().await?;
    providers::put_rule(&mut tx, &rule).await?;
    Ok(tx.commit().await?)
}

/// Lets addresses of a domain sign in in every way again. Twice is once.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn release(app: &App, _manager: &Manager, domain: &str) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    providers::delete_rule(&mut tx, domain).await?;
    Ok(tx.commit().await?)
}

/// Forgets answers that are too old to be brought again.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn sweep(app: &App) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    providers::sweep(&mut tx, app.clock.now() - WITHIN - WITHIN).await?;
    Ok(tx.commit().await?)
}

async fn bound(app: &App, provider: &str, begun: &Begun) -> Result<Binding, Problem> {
    let mut tx = app.db.system().await?;
    let key = installation::key(&mut tx).await?;
    let of = |what: &str| {
        let text = format!("{what} {provider} {} {}", begun.secret.to_hex(), begun.at.timestamp());
        hex::encode(hmac_sha256(&key, text.as_bytes()))
    };
    let returns_to = app.mail.link(&paths::sign_in_return(provider));
    Ok(Binding { state: of("state"), nonce: of("nonce"), verifier: of("verifier"), returns_to })
}

fn refused(provider: &str, error: &OidcError) -> Problem {
    if let OidcError::Unknown = error {
        return Problem::NotFound;
    }
    tracing::warn!(provider, %error, "nobody is signed in by a provider");
    record(SecurityEvent::ProviderRefused);
    Problem::ProviderRefused
}
