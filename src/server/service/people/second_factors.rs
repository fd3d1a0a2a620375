//! Second factors: turned on and off by their person, asked for at the sign-in, forgotten for who has lost them.

use chrono::{DateTime, Utc};

use super::{
    guesses,
    sessions::{self, SignedIn},
};
use crate::{
    model::{
        base::{fields::FieldCode, ids::LoginId},
        people::second_factors::{Authenticator, SecondFactorPage, TypedCode, grouped},
        problem::Problem,
    },
    server::{
        app::App,
        auth::{
            Caller, Client, Confirmed,
            codes::{SECRET_BYTES, code_hash, recovery_codes, spelled, step_of},
            events::{Claimed, SecurityEvent, record},
            passkeys::site,
            tokens::Token,
        },
        db::{
            DbError, Tx,
            people::{passkeys as keys, second_factors, sessions as stored},
            retrying,
        },
    },
};

/// The field of a code.
const FIELD: &str = "one_time_code";
/// How many wrong codes an account may have from anywhere within a quarter of an hour, each by somebody who has the password: of
/// a million codes three are right.
const MOST_WRONG: u32 = 20;
/// When to come again then, in seconds: wrong ones count so long.
const COME_AGAIN_S: u32 = 900;

/// What whoever asks has, and the recovery codes that were made just now.
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor.
pub async fn page(app: &App, caller: &Caller, made: Option<Token>) -> Result<SecondFactorPage, Problem> {
    let session = caller.session()?;
    let mut tx = app.db.system().await?;
    let authenticator = match second_factors::authenticator(&mut tx, session.login).await? {
        None => Authenticator::Off,
        Some(stored) => match stored.confirmed_at {
            Some(since) => Authenticator::On { since },
            None => {
                let (secret, uri) = spelled(&stored.secret, &session.email);
                Authenticator::Offered { secret: grouped(&secret), uri }
            }
        },
    };
    let own = keys::list(&mut tx, session.login).await?;
    // The cookie may be that of another account, or of codes that were replaced.
    let mut new_codes = Vec::new();
    for code in made.iter().flat_map(recovery_codes) {
        if second_factors::is_unused(&mut tx, session.login, &code_hash(&code)).await? {
            new_codes.push(grouped(&code));
        }
    }
    Ok(SecondFactorPage {
        is_required: caller.needs_factor(app.settings.demo),
        authenticator,
        passkeys: site(&app.mail.link("")).map(|_| own),
        codes_left: second_factors::codes_left(&mut tx, session.login).await?,
        new_codes,
    })
}

/// Offers an application a secret; where one is on, that stays.
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor.
pub async fn offer(app: &App, caller: &Confirmed<'_>) -> Result<(), Problem> {
    let session = caller.session()?;
    let secret = app.random.token();
    let mut tx = app.db.system().await?;
    second_factors::offer(&mut tx, session.login, &secret[..SECRET_BYTES], app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Turns the application on by its first code, and makes recovery codes, which follow from what is returned.
///
/// # Errors
/// [`Problem::Invalid`] for a wrong code, [`Problem::NotFound`] where none is offered.
pub async fn turn_on(app: &App, caller: &Confirmed<'_>, typed: &str) -> Result<Token, Problem> {
    let session = caller.session()?;
    let now = app.clock.now();
    let made = Token::new(&app.random);
    retrying(|| async {
        let mut tx = app.db.system().await?;
        let stored = second_factors::authenticator(&mut tx, session.login).await?.ok_or(Problem::NotFound)?;
        if !is_right(&mut tx, session.login, Some(&stored.secret), &TypedCode::read(typed), now).await? {
            return Err(Problem::field(FIELD, FieldCode::DoesNotMatch));
        }
        put_codes(&mut tx, session.login, &made).await?;
        Ok(tx.commit().await?)
    })
    .await?;
    record(SecurityEvent::FactorAdded(session.login));
    Ok(made)
}

/// Makes recovery codes anew; those of before are good no more.
///
/// # Errors
/// [`Problem::NotFound`] for who has no second factor.
pub async fn new_codes(app: &App, caller: &Confirmed<'_>) -> Result<Token, Problem> {
    let session = caller.session()?;
    let made = Token::new(&app.random);
    let mut tx = app.db.system().await?;
    if !second_factors::is_on(&mut tx, session.login).await? {
        return Err(Problem::NotFound);
    }
    put_codes(&mut tx, session.login, &made).await?;
    tx.commit().await?;
    Ok(made)
}

/// Turns one's own second factor off. Off already is as right.
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor.
pub async fn turn_off(app: &App, caller: &Confirmed<'_>) -> Result<(), Problem> {
    let session = caller.session()?;
    let mut tx = app.db.system().await?;
    forget(&mut tx, session.login).await?;
    tx.commit().await?;
    record(SecurityEvent::FactorRemoved(session.login));
    Ok(())
}

/// Forgets every second factor of who has lost it.
///
/// # Errors
/// When the database fails.
pub(super) async fn forget(tx: &mut Tx, login: LoginId) -> Result<(), DbError> {
    second_factors::forget(tx, login).await
}

/// Takes the code of who has signed in and has a second factor; only then the session is theirs.
///
/// # Errors
/// [`Problem::SignInRequired`] where nobody is asked for one, or too late; as [`prove`].
pub async fn give(app: &App, client: &Client, typed: &str) -> Result<SignedIn, Problem> {
    let now = app.clock.now();
    let token = client.token.as_ref().ok_or(Problem::SignInRequired)?;
    let mut tx = app.db.system().await?;
    let waiting = stored::awaiting_factor(&mut tx, token.hash(), now).await?.ok_or(Problem::SignInRequired)?;
    drop(tx);
    prove(app, client, waiting.login, typed).await?;
    let new_token = Token::new(&app.random);
    let mut tx = app.db.system().await?;
    if !stored::begin_after_factor(&mut tx, waiting.id, new_token.hash(), now).await? {
        return Err(Problem::SignInRequired);
    }
    let device = guesses::remember(app, &mut tx, client, waiting.login, now).await?;
    tx.commit().await?;
    sessions::has_begun(app, (waiting.login, &waiting.email), (new_token, device)).await
}

/// Takes a code of somebody, which is used up by it.
///
/// # Errors
/// [`Problem::Invalid`] for a wrong code, [`Problem::Throttled`] after too many of them.
pub(super) async fn prove(app: &App, client: &Client, login: LoginId, typed: &str) -> Result<(), Problem> {
    let now = app.clock.now();
    let counted = format!("code of {login}");
    let mut tx = app.db.system().await?;
    let attempt = guesses::admit(app, &mut tx, client, &counted, now).await?;
    // With this one, and while no other is noted: many at once find no more room than one after the other.
    if guesses::failed_attempts(&mut tx, &counted, now).await? > MOST_WRONG {
        record(SecurityEvent::SignInThrottled(Claimed::Login(login)));
        return Err(Problem::Throttled { retry_after_s: COME_AGAIN_S });
    }
    tx.commit().await?;
    let right = retrying(|| async {
        let mut tx = app.db.system().await?;
        let stored = second_factors::authenticator(&mut tx, login).await?;
        let secret = stored.as_ref().filter(|stored| stored.confirmed_at.is_some()).map(|stored| &stored.secret[..]);
        let right = is_right(&mut tx, login, secret, &TypedCode::read(typed), now).await?;
        tx.commit().await?;
        Ok::<_, Problem>(right)
    })
    .await?;
    if !right {
        record(SecurityEvent::SignInFailed(Claimed::Login(login)));
        return Err(Problem::field(FIELD, FieldCode::DoesNotMatch));
    }
    Ok(guesses::withdraw(app, &attempt).await?)
}

/// Whether a code is right, which uses it up.
async fn is_right(
    tx: &mut Tx,
    login: LoginId,
    secret: Option<&[u8]>,
    code: &TypedCode,
    now: DateTime<Utc>,
) -> Result<bool, DbError> {
    match (code, secret) {
        (TypedCode::OneTime(code), Some(secret)) => {
            let time = u64::try_from(now.timestamp()).unwrap_or_default();
            match step_of(secret, code, time) {
                Some(step) => second_factors::use_step(tx, login, step, now).await,
                None => Ok(false),
            }
        }
        (TypedCode::OneTime(_), None) => Ok(false),
        (TypedCode::Recovery(code), _) => second_factors::use_code(tx, login, &code_hash(code), now).await,
    }
}

/// Whether a second factor is asked of whoever signs in.
///
/// # Errors
/// When the database fails.
pub(super) async fn is_on(tx: &mut Tx, login: LoginId) -> Result<bool, DbError> {
    second_factors::is_on(tx, login).await
}

/// Puts recovery codes in the place of those of before; they follow from what is given.
///
/// # Errors
/// When the database fails.
pub(super) async fn put_codes(tx: &mut Tx, login: LoginId, made: &Token) -> Result<(), DbError> {
    let hashes: Vec<Vec<u8>> = recovery_codes(made).iter().map(|code| code_hash(code).to_vec()).collect();
    second_factors::put_codes(tx, login, &hashes).await
}
