//! Passkeys: made by whoever is signed in, and proved by whoever signs in. A key asks its person itself (a finger, a face, a PIN), so
//! that it is both factors in one.

use chrono::TimeDelta;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use uuid::Uuid;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey as Key, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential,
    Webauthn,
};

use super::{
    guesses, second_factors,
    sessions::{self, By, Factors, SignedIn},
};
use crate::{
    model::{
        base::{
            fields::FieldCode,
            ids::{LoginId, PasskeyId},
        },
        people::passkeys::{Ceremony, keep_name},
        problem::Problem,
    },
    server::{
        app::App,
        auth::{
            Client, Confirmed,
            events::{Claimed, SecurityEvent, record},
            passkeys::site,
            tokens::{Token, hmac_sha256},
        },
        db::{
            OnConstraint, Tx, installation,
            people::{accounts as logins, passkeys},
            retrying,
        },
    },
};

/// How long making or using a key may take.
const CEREMONY_WITHIN: TimeDelta = TimeDelta::minutes(5);
/// How many keys somebody has at most.
const MOST_KEYS: usize = 20;

/// Begins to make a key.
///
/// # Errors
/// [`Problem::NotFound`] where there are none: the site has no name, or its person has many already.
pub async fn begin_making(app: &App, caller: &Confirmed<'_>) -> Result<Ceremony, Problem> {
    let session = caller.session()?;
    let site = keys(app)?;
    let id = app.random.uuid();
    let mut tx = app.db.system().await?;
    let known = passkeys::credential_ids(&mut tx, session.login).await?;
    if known.len() >= MOST_KEYS {
        return Err(Problem::NotFound);
    }
    let whose = handle(&mut tx, session.login).await?;
    let (begun, state) = site
        .start_passkey_registration(whose, &session.email, session.person.name(), Some(known))
        .map_err(|error| not_possible(&error))?;
    let mut options = written(&begun.public_key)?;
    // A key that can be found without an address being typed; browsers make no other by now.
    options["authenticatorSelection"]["residentKey"] = json!("required");
    options["authenticatorSelection"]["requireResidentKey"] = json!(true);
    passkeys::begin(&mut tx, id, Some(session.login), &written(&state)?, app.clock.now() + CEREMONY_WITHIN).await?;
    tx.commit().await?;
    Ok(Ceremony { id, options: options.to_string() })
}

/// Keeps a key that was just made; with the first second factor recovery codes are made too, which follow from what is returned.
///
/// # Errors
/// [`Problem::Invalid`] for what is no name, and for a key that does not answer what was asked, or too late.
pub async fn add(
    app: &App,
    caller: &Confirmed<'_>,
    (ceremony, credential): (Uuid, &str),
    name: &str,
) -> Result<Option<Token>, Problem> {
    let session = caller.session()?;
    let name = keep_name(name).map_err(|fields| Problem::Invalid { fields })?;
    let now = app.clock.now();
    let state: PasskeyRegistration = begun_with(app, ceremony, Some(session.login)).await?;
    let answer: RegisterPublicKeyCredential = serde_json::from_str(credential).map_err(|_| refused())?;
    let key = keys(app)?.finish_passkey_registration(&answer, &state).map_err(|_| refused())?;
    let (known_by, stored) = (key.cred_id().clone(), written(&key)?);
    let made = Token::new(&app.random);
    let first = retrying(|| async {
        let mut tx = app.db.system().await?;
        let is_first = !second_factors::is_on(&mut tx, session.login).await?;
        passkeys::insert(&mut tx, session.login, (&known_by, &stored), &name, now)
            .await
            .on_constraint("passkey_is_one_persons", refused())?;
        if is_first {
            second_factors::put_codes(&mut tx, session.login, &made).await?;
        }
        tx.commit().await?;
        Ok(is_first)
    })
    .await?;
    record(SecurityEvent::FactorAdded(session.login));
    Ok(first.then_some(made))
}

/// Removes a key of one's own.
///
/// # Errors
/// [`Problem::NotFound`] when it is not one's own, or gone already.
pub async fn remove(app: &App, caller: &Confirmed<'_>, id: PasskeyId) -> Result<(), Problem> {
    let session = caller.session()?;
    let mut tx = app.db.system().await?;
    let is_removed = passkeys::delete(&mut tx, session.login, id).await?;
    tx.commit().await?;
    if !is_removed {
        return Err(Problem::NotFound);
    }
    record(SecurityEvent::FactorRemoved(session.login));
    Ok(())
}

/// Begins to sign somebody in by a key: which, the browser asks.
///
/// # Errors
/// [`Problem::NotFound`] where there are none.
pub async fn begin_signing_in(app: &App) -> Result<Ceremony, Problem> {
    let (begun, state) = keys(app)?.start_discoverable_authentication().map_err(|error| not_possible(&error))?;
    let id = app.random.uuid();
    let mut tx = app.db.system().await?;
    passkeys::begin(&mut tx, id, None, &written(&state)?, app.clock.now() + CEREMONY_WITHIN).await?;
    tx.commit().await?;
    Ok(Ceremony { id, options: written(&begun.public_key)?.to_string() })
}

/// Signs in whoever has a key.
///
/// # Errors
/// [`Problem::SignInFailed`] for what proves nothing, or too late.
pub async fn sign_in(app: &App, client: &Client, ceremony: Uuid, credential: &str) -> Result<SignedIn, Problem> {
    let now = app.clock.now();
    let state: DiscoverableAuthentication = begun_with(app, ceremony, None).await.map_err(|problem| match problem {
        Problem::Invalid { .. } => Problem::SignInFailed,
        other => other,
    })?;
    let answer: PublicKeyCredential = serde_json::from_str(credential).map_err(|_| Problem::SignInFailed)?;
    let site = keys(app)?;
    let mut tx = app.db.system().await?;
    let found = passkeys::find(&mut tx, answer.get_credential_id()).await?.ok_or(Problem::SignInFailed)?;
    let login = logins::login(&mut tx, &found.email).await?.ok_or(Problem::SignInFailed)?;
    let mut key: Key = serde_json::from_value(found.credential).map_err(|_| Problem::Unavailable)?;
    let proved = site.finish_discoverable_authentication_v2(&answer, state, &key);
    let Some(proved) = proved.ok().filter(webauthn_rs::prelude::AuthenticationResult::user_verified) else {
        record(SecurityEvent::SignInFailed(Claimed::Login(login.id)));
        return Err(Problem::SignInFailed);
    };
    key.update_credential(&proved);
    passkeys::note_used(&mut tx, found.id, &written(&key)?, now).await?;
    let device = guesses::remember(app, &mut tx, client, login.id, now).await?;
    sessions::begin(app, tx, client, (login, device), By::ourselves(&found.email, Factors::All)).await
}

/// Forgets ceremonies that nobody ended.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
pub async fn sweep(app: &App) -> Result<(), Problem> {
    let mut tx = app.db.system().await?;
    passkeys::sweep(&mut tx, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

fn keys(app: &App) -> Result<Webauthn, Problem> {
    site(&app.mail.link("")).ok_or(Problem::NotFound)
}

/// Ends a ceremony whatever comes of it, so that nothing is proved by it twice.
async fn begun_with<T: DeserializeOwned>(app: &App, id: Uuid, login: Option<LoginId>) -> Result<T, Problem> {
    let mut tx = app.db.system().await?;
    let state = passkeys::end(&mut tx, id, login, app.clock.now()).await?;
    tx.commit().await?;
    serde_json::from_value(state.ok_or_else(refused)?).map_err(|_| Problem::Unavailable)
}

/// By what keys know their person, who is not to be read from it.
async fn handle(tx: &mut Tx, login: LoginId) -> Result<Uuid, Problem> {
    let digest = hmac_sha256(&installation::key(tx).await?, format!("passkeys of {login}").as_bytes());
    Uuid::from_slice(&digest[..16]).map_err(|_| Problem::Unavailable)
}

fn refused() -> Problem {
    Problem::field("credential", FieldCode::DoesNotMatch)
}

fn not_possible(error: &impl std::fmt::Display) -> Problem {
    tracing::error!(%error, "a passkey's ceremony does not begin");
    Problem::Unavailable
}

fn written(value: &impl Serialize) -> Result<Value, Problem> {
    serde_json::to_value(value).map_err(|_| Problem::Unavailable)
}
