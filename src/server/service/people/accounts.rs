//! Signing in and out, and one's own account.

use uuid::Uuid;

use super::{
    guesses, second_factors,
    sessions::{self, By, Factors, SignedIn},
};
use crate::{
    model::{
        base::fields::FieldCode,
        people::{audit::AuditSubject, members::Capability, pages::AccountPage},
        problem::Problem,
    },
    server::{
        app::App,
        auth::{
            Caller, Client, Confirmed, Member, Person, Session,
            events::{Claimed, SecurityEvent, record},
            tokens::hmac_sha256,
        },
        db::{
            installation,
            people::{accounts, audit, guesses as attempts, sessions as stored},
        },
    },
};

/// Longer ones are nobody's, and hashing them would only cost.
const LONGEST_PASSWORD: usize = 1_000;

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
    sessions::begin(app, tx, client, (login, device), By::ourselves(&email, Factors::One)).await
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
        second_factors::prove(app, client, session.login, code).await?;
    }
    let mut tx = app.db.system().await?;
    stored::note_confirmed(&mut tx, session.id, app.clock.now()).await?;
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
        stored::end(&mut tx, session.login, session.id, app.clock.now()).await?;
    }
    if let Some(device) = &client.device {
        stored::forget_browser(&mut tx, device.hash()).await?;
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
    let sessions = stored::list(&mut tx, session.login, session.id, app.clock.now()).await?;
    Ok(AccountPage { viewer: caller.viewer(), email: session.email.clone(), sessions })
}

/// Ends one of one's own sessions.
///
/// # Errors
/// [`Problem::NotFound`] when it is not one's own or has ended already.
pub async fn end_session(app: &App, caller: &Confirmed<'_>, id: Uuid) -> Result<(), Problem> {
    let session = caller.session()?;
    let mut tx = app.db.system().await?;
    let ended = stored::end(&mut tx, session.login, id, app.clock.now()).await?;
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
    stored::end_others(&mut tx, session.login, session.id, app.clock.now()).await?;
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
