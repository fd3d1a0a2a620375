//! How people come to their passwords: by a link that is shown once to whoever lets them in, and that they use once.

use chrono::TimeDelta;
use uuid::Uuid;

use super::{accounts, links as links_by_mail};
use crate::{
    model::{
        base::ids::{LoginId, StaffId},
        mails::{MailContent, MailedLink},
        paths,
        people::passwords::{PasswordPage, check},
        problem::Problem,
    },
    server::{
        app::App,
        auth::{
            Caller, Client,
            events::{SecurityEvent, record},
            tokens::Token,
        },
        db::{
            DbError, Tx, mails,
            people::{links, passwords, sessions},
            retrying,
        },
    },
};

/// How long a link to choose a password is good: over a weekend.
pub(super) const LINK_LIFE: TimeDelta = TimeDelta::hours(72);

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
    let (name, email) = known.ok_or(Problem::NotFound)?;
    refuse_guessed(&mut tx, (password, again), (&name, &email)).await?;
    drop(tx);
    let hash = app.passwords.hash(password.to_owned()).await?;
    let change = app.random.uuid();
    let login = retrying(|| async {
        let mut tx = app.db.system().await?;
        let used = passwords::use_link(&mut tx, token.hash(), &hash, app.clock.now()).await?;
        let (login, was_there) = used.ok_or(Problem::NotFound)?;
        sessions::delete_all(&mut tx, login).await?;
        links::forget(&mut tx, login).await?;
        if was_there {
            tell_changed(&mut tx, app, login, change).await?;
        }
        tx.commit().await?;
        Ok(login)
    })
    .await?;
    record(SecurityEvent::PasswordChosen(login));
    Ok(())
}

/// Stores another password of whoever is signed in, who says the former one; every other session ends, and every link.
///
/// # Errors
/// [`Problem::Invalid`] for a wrong former password and for a new one that is none, [`Problem::Throttled`],
/// [`Problem::Busy`] when too many sign in at once.
pub async fn change(
    app: &App,
    client: &Client,
    caller: &Caller,
    former: &str,
    (password, again): (&str, &str),
) -> Result<(), Problem> {
    let session = caller.session()?;
    let mut tx = app.db.system().await?;
    refuse_guessed(&mut tx, (password, again), (session.person.name(), &session.email)).await?;
    drop(tx);
    accounts::confirm(app, client, session, former).await?;
    let hash = app.passwords.hash(password.to_owned()).await?;
    let change = app.random.uuid();
    retrying(|| async {
        let mut tx = app.db.system().await?;
        passwords::set(&mut tx, session.login, &hash).await?;
        sessions::end_others(&mut tx, session.login, session.id, app.clock.now()).await?;
        links::forget(&mut tx, session.login).await?;
        tell_changed(&mut tx, app, session.login, change).await?;
        Ok(tx.commit().await?)
    })
    .await?;
    record(SecurityEvent::PasswordChosen(session.login));
    Ok(())
}

/// Refuses a password that is none, or that whoever knows the person tries first.
async fn refuse_guessed(
    tx: &mut Tx,
    (password, again): (&str, &str),
    (name, email): (&str, &str),
) -> Result<(), Problem> {
    let around = passwords::names_around(tx, email).await?;
    let about: Vec<&str> = [name, email].into_iter().chain(around.iter().map(String::as_str)).collect();
    check(password, again, &about).map_err(|fields| Problem::Invalid { fields })
}

/// Tells a person by mail that the password is another one: should it not have been they, they know.
async fn tell_changed(tx: &mut Tx, app: &App, login: LoginId, change: Uuid) -> Result<(), DbError> {
    let now = app.clock.now();
    let key = format!("password_changed:{change}");
    mails::to_login(tx, (login, None), &MailContent::PasswordChanged { at: now }, now, &key).await
}

/// A link that is about to be mailed, by which a password is chosen, and its secret.
///
/// * `id` – of the link, made before whatever may be repeated
///
/// # Errors
/// When the database fails.
pub(super) async fn mailed(tx: &mut Tx, app: &App, id: Uuid) -> Result<(MailedLink, Token), DbError> {
    links_by_mail::mailed(tx, app, id, LINK_LIFE).await
}

/// Makes a new link the only one of a sign-in; the old password is good until it is used.
///
/// # Errors
/// When the database fails.
pub(super) async fn put(
    tx: &mut Tx,
    app: &App,
    login: LoginId,
    by: Option<StaffId>,
    token: &Token,
) -> Result<(), DbError> {
    let now = app.clock.now();
    passwords::put_link(tx, login, token.hash(), by, now, now + LINK_LIFE).await
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
