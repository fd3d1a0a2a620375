//! How people come to their passwords: by a link that is shown once to whoever lets them in, and that they use once.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    model::{
        base::ids::{LoginId, StaffId},
        paths,
        people::passwords::{PasswordPage, check},
        problem::Problem,
    },
    server::{
        app::App,
        auth::{
            events::{SecurityEvent, record},
            tokens::Token,
        },
        db::{
            DbError, Tx,
            people::{passwords, sessions},
            retrying,
        },
    },
};

/// How long a link to choose a password is good: over a weekend.
const LINK_LIFE: TimeDelta = TimeDelta::hours(72);

/// For whom a link is.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn page(app: &App, token: &str) -> Result<PasswordPage, Problem> {
    let Some(token) = Token::parse(token) else { return Ok(PasswordPage { person: None }) };
    let mut tx = app.db.system().await?;
    Ok(PasswordPage { person: passwords::of_link(&mut tx, token.hash(), app.clock.now()).await? })
}

/// Stores the password that a person has chosen by a link, which is used up by it; whoever was signed in as that person is
/// signed out.
///
/// # Errors
/// [`Problem::Invalid`] for a password that is none; [`Problem::NotFound`] when the link is not good.
pub async fn choose(app: &App, token: &str, password: &str, again: &str) -> Result<(), Problem> {
    let token = Token::parse(token).ok_or(Problem::NotFound)?;
    let mut tx = app.db.system().await?;
    // Before anything is hashed for whoever guesses links.
    let known = passwords::of_link(&mut tx, token.hash(), app.clock.now()).await?;
    drop(tx);
    let (name, email) = known.ok_or(Problem::NotFound)?;
    check(password, again, &[&name, &email]).map_err(|fields| Problem::Invalid { fields })?;
    let hash = app.passwords.hash(password.to_owned()).await?;
    let login = retrying(|| async {
        let mut tx = app.db.system().await?;
        let used = passwords::use_link(&mut tx, token.hash(), &hash, app.clock.now()).await?;
        let login = used.ok_or(Problem::NotFound)?;
        sessions::delete_all(&mut tx, login).await?;
        tx.commit().await?;
        Ok(login)
    })
    .await?;
    record(SecurityEvent::PasswordChosen(login));
    Ok(())
}

/// Makes a new link the only one of a sign-in, and tells until when it is good; the old password is good until it is used.
///
/// # Errors
/// When the database fails.
pub(super) async fn put(
    tx: &mut Tx,
    app: &App,
    login: LoginId,
    by: Option<StaffId>,
    token: &Token,
) -> Result<DateTime<Utc>, DbError> {
    let now = app.clock.now();
    let until = now + LINK_LIFE;
    passwords::put_link(tx, login, token.hash(), by, now, until).await?;
    Ok(until)
}

/// The link that was made just now for who signs in with an address, if it has neither been used nor replaced meanwhile.
///
/// # Errors
/// When the database fails.
pub(super) async fn shown(tx: &mut Tx, app: &App, token: &Token, email: &str) -> Result<Option<String>, DbError> {
    let for_whom = passwords::of_link(tx, token.hash(), app.clock.now()).await?;
    Ok(for_whom.is_some_and(|(_, address)| address == email).then(|| link_of(app, token)))
}

/// The link of a secret, whole.
#[must_use]
pub fn link_of(app: &App, token: &Token) -> String {
    app.mail.link(&paths::password(&token.to_hex()))
}
