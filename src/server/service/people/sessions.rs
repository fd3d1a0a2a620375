//! Sessions: begun by whoever has proved who they are, in whichever way; after one factor, for who has a second, only with that.

use chrono::{DateTime, TimeDelta, Utc};

use super::guesses;
use crate::{
    model::{
        base::ids::LoginId,
        paths,
        people::{members::StaffRole, providers::domain_of},
        problem::Problem,
    },
    server::{
        app::App,
        auth::{
            Client, Person,
            events::{SecurityEvent, record},
            tokens::Token,
        },
        db::{
            DbError, Tx,
            people::{
                accounts::{self, Login},
                providers, second_factors, sessions,
            },
        },
        service::line::setup,
    },
};

/// How long a second factor may take.
const FACTOR_WITHIN: TimeDelta = TimeDelta::minutes(10);

/// A session that has just begun.
pub struct SignedIn {
    /// Its secret.
    pub token: Token,
    /// By what the browser is known from now on.
    pub device: Token,
    /// Where this person's work begins.
    pub home: &'static str,
    /// Whether the session begins only once a second factor is given.
    pub awaits_factor: bool,
}

/// What somebody who signs in has proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Factors {
    /// One thing: a password, or that a mailbox is theirs.
    One,
    /// All that is asked of anybody.
    All,
}

/// How somebody signs in.
#[derive(Debug, Clone, Copy)]
pub(super) struct By<'a> {
    /// With which address.
    pub email: &'a str,
    /// What was proved.
    pub factors: Factors,
    /// By which other provider, if by one.
    pub provider: Option<&'a str>,
}

impl<'a> By<'a> {
    /// Here, by what was proved.
    pub(super) const fn ourselves(email: &'a str, factors: Factors) -> Self {
        Self { email, factors, provider: None }
    }
}

/// Begins the session of who has proved who they are, whatever the browser had before. After one factor, it waits for the second of
/// who has one.
///
/// * `device` – by what the browser is known from now on
///
/// # Errors
/// [`Problem::ProviderRequired`] where another way is the only one.
pub(super) async fn begin(
    app: &App,
    mut tx: Tx,
    client: &Client,
    (login, device): (Login, Token),
    by: By<'_>,
) -> Result<SignedIn, Problem> {
    admit(&mut tx, app, by.email, by.provider).await?;
    let now = app.clock.now();
    let token = Token::new(&app.random);
    let session = app.random.uuid();
    sessions::replace(&mut tx, client, login.id, device.hash()).await?;
    let browser = (device.hash(), client.user_agent.as_str());
    sessions::insert(&mut tx, token.hash(), session, login.id, browser, now).await?;
    let awaits_factor = by.factors == Factors::One && second_factors::is_on(&mut tx, login.id).await?;
    if awaits_factor {
        sessions::hold_back(&mut tx, session, now + FACTOR_WITHIN).await?;
    }
    tx.commit().await?;
    if !awaits_factor {
        record(SecurityEvent::SignedIn(login.id));
    }
    if let Err(error) = sweep(app, now).await {
        tracing::warn!(%error, "what is over was not swept");
    }
    Ok(SignedIn { token, device, home: begins_at(app, &login.person).await, awaits_factor })
}

/// A session whose second factor was given.
///
/// # Errors
/// [`Problem::SignInRequired`] when its person is gone.
pub(super) async fn has_begun(
    app: &App,
    (login, email): (LoginId, &str),
    (token, device): (Token, Token),
) -> Result<SignedIn, Problem> {
    let known = accounts::login(&mut app.db.system().await?, email).await?.ok_or(Problem::SignInRequired)?;
    record(SecurityEvent::SignedIn(login));
    Ok(SignedIn { token, device, home: begins_at(app, &known.person).await, awaits_factor: false })
}

/// Refuses every way but the provider that addresses like this one are to use. One that is not set up any more is demanded of nobody,
/// or a vendor could lock itself out.
///
/// * `by` – the provider by which somebody signs in
///
/// # Errors
/// [`Problem::ProviderRequired`].
async fn admit(tx: &mut Tx, app: &App, email: &str, by: Option<&str>) -> Result<(), Problem> {
    let Some(required) = providers::required(tx, domain_of(email)).await? else { return Ok(()) };
    let set_up = app.oidc.list().into_iter().find(|provider| provider.key == required);
    match set_up {
        Some(provider) if by != Some(provider.key.as_str()) => Err(Problem::ProviderRequired { name: provider.name }),
        _ => Ok(()),
    }
}

/// Removes sessions and failures that are over.
async fn sweep(app: &App, now: DateTime<Utc>) -> Result<(), DbError> {
    let mut tx = app.db.system().await?;
    sessions::sweep(&mut tx, now).await?;
    guesses::sweep(&mut tx, now).await?;
    Ok(tx.commit().await?)
}

/// Where a person begins who has signed in: a manager there where something is to be set before the first order can come.
pub async fn begins_at(app: &App, person: &Person) -> &'static str {
    let manages = matches!(person, Person::Staff { roles, .. } if roles.contains(StaffRole::Manager));
    if manages && setup::is_anything_missing(app).await.unwrap_or_default() { paths::SETTINGS } else { home(person) }
}

/// Where a person's work begins.
#[must_use]
pub fn home(person: &Person) -> &'static str {
    match person {
        Person::Member { .. } => paths::HOME,
        Person::Staff { roles, .. }
            if roles.contains(StaffRole::Technician) && !roles.contains(StaffRole::Dispatcher) =>
        {
            paths::WORK
        }
        Person::Staff { .. } => paths::BOARD,
    }
}
