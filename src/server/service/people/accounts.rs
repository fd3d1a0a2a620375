//! Signing in and out, and one's own account.

use chrono::{DateTime, TimeDelta, Utc};
use std::net::IpAddr;
use uuid::Uuid;

use crate::{
    model::{
        paths,
        people::{
            members::{Capability, StaffRole},
            pages::AccountPage,
        },
        problem::Problem,
    },
    server::{
        app::App,
        auth::{
            Caller, Client, Member, Person,
            tokens::{Token, sha256},
        },
        db::people::{accounts, sessions},
    },
};

/// How long failed sign-ins count.
const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// How many an account may have from one network in that time.
const PER_ACCOUNT_AND_NETWORK: i64 = 10;
/// How many an account may have from anywhere: far more, so that nobody can lock out another for a while by guessing.
const PER_ACCOUNT: i64 = 100;
/// How many a network may have over all accounts: a school behind one address has many people.
const PER_NETWORK: i64 = 60;
/// Longer ones are nobody's, and hashing them would only cost.
const LONGEST_PASSWORD: usize = 1_000;

/// A session that has just begun.
pub struct SignedIn {
    /// Its secret.
    pub token: Token,
    /// Where this person's work begins.
    pub home: &'static str,
}

/// Signs a person in: a new session with a new token, whatever the browser had before.
///
/// A wrong address takes as long as a wrong password and gets the same answer.
///
/// # Errors
/// [`Problem::SignInFailed`], [`Problem::Throttled`].
pub async fn sign_in(app: &App, client: &Client, email: &str, password: &str) -> Result<SignedIn, Problem> {
    let now = app.clock.now();
    let email = email.trim().to_lowercase();
    let account = sha256(email.as_bytes());
    let network = client.address.map_or([0; 32], network);
    let pair = sha256(&[account, network].concat());
    let limits = [(pair, PER_ACCOUNT_AND_NETWORK), (account, PER_ACCOUNT), (network, PER_NETWORK)];
    let mut tx = app.db.system().await?;
    // Noted before the password is looked at, so that many guesses at once count as many.
    for (subject, at_most) in limits {
        check_rate_limit(&mut tx, subject, at_most, now).await?;
        sessions::note_failure(&mut tx, subject, now).await?;
    }
    let login = accounts::login(&mut tx, &email).await?;
    tx.commit().await?;

    let stored = login.as_ref().map(|login| login.password_hash.clone());
    let password = if password.len() <= LONGEST_PASSWORD { password.to_owned() } else { String::new() };
    let matches = app.passwords.verify(stored, password).await?;
    let login = login.filter(|_| matches).ok_or(Problem::SignInFailed)?;

    let token = Token::new(&app.random);
    let mut tx = app.db.system().await?;
    // The right password clears the account here, and takes back what was noted above.
    sessions::forget_failures(&mut tx, pair).await?;
    for subject in [account, network] {
        sessions::take_back_failure(&mut tx, subject, now).await?;
    }
    if let Some(old) = &client.token {
        sessions::delete_by_token(&mut tx, old.hash()).await?;
    }
    sessions::insert(&mut tx, token.hash(), app.random.uuid(), login.id, &client.user_agent, now).await?;
    tx.commit().await?;
    let mut tx = app.db.system().await?;
    sessions::sweep(&mut tx, now, now - WINDOW).await?;
    tx.commit().await?;
    Ok(SignedIn { token, home: home(&login.person) })
}

/// Ends the caller's session, if there is one.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn sign_out(app: &App, caller: &Caller) -> Result<(), Problem> {
    if let Ok(session) = caller.session() {
        let mut tx = app.db.system().await?;
        sessions::delete(&mut tx, session.login, session.id).await?;
        tx.commit().await?;
    }
    Ok(())
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
pub async fn end_session(app: &App, caller: &Caller, id: Uuid) -> Result<(), Problem> {
    let session = caller.session()?;
    let mut tx = app.db.system().await?;
    let ended = sessions::delete(&mut tx, session.login, id).await?;
    tx.commit().await?;
    if ended { Ok(()) } else { Err(Problem::NotFound) }
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

/// Where a person's work begins.
#[must_use]
pub fn home(person: &Person) -> &'static str {
    match person {
        Person::Member { capabilities, .. }
            if capabilities.may(Capability::SeeBilling)
                && !capabilities.may(Capability::Order)
                && !capabilities.may(Capability::SeeAll) =>
        {
            paths::USAGE
        }
        Person::Member { .. } => paths::REQUESTS,
        Person::Staff { role: StaffRole::Technician, .. } => paths::WORK,
        Person::Staff { .. } => paths::DESK,
    }
}

async fn check_rate_limit(
    tx: &mut crate::server::db::Tx,
    subject: [u8; 32],
    at_most: i64,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let (failures, first) = sessions::failures(tx, subject, now - WINDOW).await?;
    if failures < at_most {
        return Ok(());
    }
    let free_at = first.unwrap_or(now) + WINDOW;
    let retry_after_s = u32::try_from((free_at - now).num_seconds().max(1)).unwrap_or(1);
    Err(Problem::Throttled { retry_after_s })
}

/// What stands for a client's address: the address itself, or the /64 of an IPv6 one, which one client may own whole.
fn network(address: IpAddr) -> [u8; 32] {
    match address.to_canonical() {
        IpAddr::V4(address) => sha256(&address.octets()),
        IpAddr::V6(address) => sha256(&address.octets()[..8]),
    }
}
