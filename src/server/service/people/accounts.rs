//! Signing in and out, and one's own account.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{guesses, providers, second_factors as factors};
use crate::{
    model::{
        base::{fields::FieldCode, ids::LoginId},
        paths,
        people::{
            audit::AuditSubject,
            members::{Capability, StaffRole},
            pages::AccountPage,
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::{
            Caller, Client, Confirmed, Member, Person, Session,
            events::{Claimed, SecurityEvent, record},
            tokens::{Token, hmac_sha256},
        },
        db::{
            DbError, Tx, installation,
            people::{
                accounts::{self, Login},
                audit, guesses as attempts, second_factors, sessions,
            },
        },
        service::line::setup,
    },
};

/// Longer ones are nobody's, and hashing them would only cost.
const LONGEST_PASSWORD: usize = 1_000;

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

/// Signs a person in: a new session with a new token, whatever the browser had before.
///
/// A wrong address takes as long as a wrong password and gets the same answer.
///
/// # Errors
/// [`Problem::SignInFailed`], [`Problem::Throttled`], [`Problem::Busy`] when too many sign in at once.
pub async fn sign_in(app: &App, client: &Client, email: &str, password: &str) -> Result<SignedIn, Problem> {
    let now = app.clock.now();
    let email = email.trim().to_lowercase();
    let mut tx = app.db.system().await?;
    let login = accounts::login(&mut tx, &email).await?;
    // Asked for whoever it is: an address that is known takes as long as one that is not.
    let unknown = hmac_sha256(&installation::key(&mut tx).await?, email.as_bytes());
    let claimed = login.as_ref().map_or(Claimed::Unknown(&unknown), |login| Claimed::Login(login.id));
    let attempt = guesses::admit(app, &mut tx, client, &email, now).await.inspect_err(|problem| {
        if let Problem::Throttled { .. } = problem {
            record(SecurityEvent::SignInThrottled(claimed));
        }
    })?;
    tx.commit().await?;
    app.clock.wait_until(attempt.turn).await;

    let stored = login.as_ref().and_then(|login| login.password_hash.clone());
    let password = if password.len() <= LONGEST_PASSWORD { password.to_owned() } else { String::new() };
    let matches = match app.passwords.verify(stored, password).await {
        Ok(matches) => matches,
        Err(not_looked_at) => {
            guesses::withdraw(app, &attempt).await?;
            return Err(not_looked_at);
        }
    };
    if !matches {
        record(SecurityEvent::SignInFailed(claimed));
    }
    let login = login.filter(|_| matches).ok_or(Problem::SignInFailed)?;

    let mut tx = app.db.system().await?;
    let device = guesses::succeed(app, &mut tx, client, &attempt, login.id, now).await?;
    begin(app, tx, client, (login, device), By::ourselves(&email, Factors::One)).await
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
    providers::admit(&mut tx, app, by.email, by.provider).await?;
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

/// Has whoever is signed in prove who they are, which counts for a while: by the password, or by a code.
///
/// # Errors
/// As [`confirm`], and for a wrong code.
pub async fn confirm_session(
    app: &App,
    client: &Client,
    session: &Session,
    (password, code): (&str, &str),
) -> Result<(), Problem> {
    if code.trim().is_empty() {
        confirm(app, client, session, password).await?;
    } else {
        factors::prove(app, client, session.login, code).await?;
    }
    let mut tx = app.db.system().await?;
    sessions::note_confirmed(&mut tx, session.id, app.clock.now()).await?;
    tx.commit().await?;
    record(SecurityEvent::Confirmed(session.login));
    Ok(())
}

/// Asks whoever is signed in for the password once more, before what cannot be undone. Guesses count as those of a sign-in.
///
/// # Errors
/// [`Problem::Invalid`] for a wrong password, [`Problem::Throttled`], [`Problem::Busy`] when too many sign in at once.
pub async fn confirm(app: &App, client: &Client, session: &Session, password: &str) -> Result<(), Problem> {
    let now = app.clock.now();
    let mut tx = app.db.system().await?;
    let login = accounts::login(&mut tx, &session.email).await?.ok_or(Problem::SignInRequired)?;
    let claimed = Claimed::Login(login.id);
    let attempt = guesses::admit(app, &mut tx, client, &session.email, now).await.inspect_err(|problem| {
        if let Problem::Throttled { .. } = problem {
            record(SecurityEvent::SignInThrottled(claimed));
        }
    })?;
    tx.commit().await?;
    app.clock.wait_until(attempt.turn).await;
    let password = if password.len() <= LONGEST_PASSWORD { password.to_owned() } else { String::new() };
    match app.passwords.verify(login.password_hash, password).await {
        Ok(true) => Ok(guesses::withdraw(app, &attempt).await?),
        Ok(false) => {
            record(SecurityEvent::SignInFailed(claimed));
            Err(Problem::field("own_password", FieldCode::DoesNotMatch))
        }
        Err(not_looked_at) => {
            guesses::withdraw(app, &attempt).await?;
            Err(not_looked_at)
        }
    }
}

/// Removes sessions and failures that are over.
async fn sweep(app: &App, now: DateTime<Utc>) -> Result<(), DbError> {
    let mut tx = app.db.system().await?;
    sessions::sweep(&mut tx, now).await?;
    guesses::sweep(&mut tx, now).await?;
    Ok(tx.commit().await?)
}

/// Forgets every failure to sign in with an address, so that attempts on it are looked at again at once; tells how many there
/// were. For staff who are asked by somebody on whose account strangers guess.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn unlock(app: &App, email: &str) -> Result<i64, Problem> {
    let email = email.trim().to_lowercase();
    let mut tx = app.db.system().await?;
    let login = accounts::login(&mut tx, &email).await?;
    let unknown = hmac_sha256(&installation::key(&mut tx).await?, email.as_bytes());
    let forgotten = attempts::forget(&mut tx, &guesses::account(&email)).await?;
    if let Some(login) = login.as_ref().filter(|_| forgotten > 0) {
        let customer = match &login.person {
            Person::Member { customer, .. } => Some(*customer),
            Person::Staff { .. } => None,
        };
        audit::note_deed(&mut tx, AuditSubject::SignInLock, customer, &email).await?;
    }
    tx.commit().await?;
    record(SecurityEvent::SignInUnlocked(login.map_or(Claimed::Unknown(&unknown), |login| Claimed::Login(login.id))));
    Ok(forgotten)
}

/// Ends the caller's session, if there is one, and the notifications in that browser: also where the session has ended by itself.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn sign_out(app: &App, client: &Client, caller: &Caller) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    if let Ok(session) = caller.session() {
        sessions::end(&mut tx, session.login, session.id, app.clock.now()).await?;
    }
    if let Some(device) = &client.device {
        sessions::forget_browser(&mut tx, device.hash()).await?;
    }
    Ok(tx.commit().await?)
}

/// One's own account.
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor.
pub async fn page(app: &App, caller: &Caller) -> Result<AccountPage, Problem> {
    let session = caller.session()?;
    let mut tx = app.db.system().await?;
    let sessions = sessions::list(&mut tx, session.login, session.id, app.clock.now()).await?;
    Ok(AccountPage { viewer: caller.viewer(), email: session.email.clone(), sessions })
}

/// Ends one of one's own sessions.
///
/// # Errors
/// [`Problem::NotFound`] when it is not one's own or has ended already.
pub async fn end_session(app: &App, caller: &Confirmed<'_>, id: Uuid) -> Result<(), Problem> {
    let session = caller.session()?;
    let mut tx = app.db.system().await?;
    let ended = sessions::end(&mut tx, session.login, id, app.clock.now()).await?;
    tx.commit().await?;
    if ended { Ok(()) } else { Err(Problem::NotFound) }
}

/// Ends all of one's own sessions but the one that asks. None that lives is as right as many: it may be asked twice.
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor.
pub async fn end_other_sessions(app: &App, caller: &Confirmed<'_>) -> Result<(), Problem> {
    let session = caller.session()?;
    let mut tx = app.db.system().await?;
    sessions::end_others(&mut tx, session.login, session.id, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Remembers in which language a signed-in person is written to; a visitor has no mails.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn choose_language(app: &App, caller: &Caller, language: &str) -> Result<(), Problem> {
    if let Ok(session) = caller.session() {
        let mut tx = app.db.system().await?;
        accounts::save_language(&mut tx, session.login, language).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Names of the customer's members with a capability.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn who_may(app: &App, member: &Member, capability: Capability) -> Result<Vec<String>, Problem> {
    let mut tx = app.db.member(member.customer()).await?;
    Ok(accounts::members_with(&mut tx, capability).await?)
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
