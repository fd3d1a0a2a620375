//! Passkeys.

use leptos::prelude::*;
use uuid::Uuid;

use crate::model::{base::ids::PasskeyId, people::passkeys as view, problem::Problem};

access! {
    BeginPasskey: SignedIn confirmed,
    AddPasskey: SignedIn confirmed,
    RemovePasskey: SignedIn confirmed,
    BeginPasskeySignIn: Public,
    SignInByPasskey: Public,
}

/// With what a browser begins to make a key: asked for by the page's script, which says so, as no page is answered.
///
/// # Errors
/// [`Problem::Malformed`] for who is no script, [`Problem::ConfirmRequired`], [`Problem::NotFound`] where there can be none.
#[server(endpoint = "account/passkeys/begin")]
pub async fn begin_passkey(by_script: bool) -> Result<view::Ceremony, Problem> {
    use crate::server::{request, service::people::passkeys};
    if !by_script {
        return Err(Problem::Malformed);
    }
    passkeys::begin_making(&request::app()?, &request::caller()?.confirmed()?).await
}

/// Keeps a key that the browser has made; the page shows recovery codes if it is the first second factor.
///
/// # Errors
/// [`Problem::Invalid`] for what is no name, and for a key that does not answer what was asked.
#[server(endpoint = "account/passkeys/add")]
pub async fn add_passkey(
    #[server(default)] ceremony: Uuid,
    #[server(default)] credential: String,
    #[server(default)] key_name: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::passkeys},
    };
    let (app, caller) = (request::app()?, request::caller()?);
    if let Some(made) = passkeys::add(&app, &caller.confirmed()?, (ceremony, &credential), &key_name).await? {
        request::hand_over_link(paths::SECOND_FACTOR, &made)?;
    }
    request::see_other(paths::SECOND_FACTOR)
}

/// Removes a key of one's own.
///
/// # Errors
/// [`Problem::NotFound`] when it is not one's own.
#[server(endpoint = "account/passkeys/remove")]
pub async fn remove_passkey(key: PasskeyId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::passkeys},
    };
    passkeys::remove(&request::app()?, &request::caller()?.confirmed()?, key).await?;
    request::see_other(paths::SECOND_FACTOR)
}

/// With what a browser begins to prove a key: asked for by the page's script, which says so, as no page is answered.
///
/// # Errors
/// [`Problem::Malformed`] for who is no script, [`Problem::NotFound`] where there can be none.
#[server(endpoint = "sign-in/passkey/begin")]
pub async fn begin_passkey_sign_in(by_script: bool) -> Result<view::Ceremony, Problem> {
    use crate::server::{request, service::people::passkeys};
    if !by_script {
        return Err(Problem::Malformed);
    }
    passkeys::begin_signing_in(&request::app()?).await
}

/// Signs in whoever has a key, and leads on.
///
/// # Errors
/// [`Problem::SignInFailed`] for what proves nothing.
#[server(endpoint = "sign-in/passkey")]
pub async fn sign_in_by_passkey(
    #[server(default)] ceremony: Uuid,
    #[server(default)] credential: String,
    next: Option<String>,
) -> Result<(), Problem> {
    use crate::server::{request, service::people::passkeys};
    let signed_in = passkeys::sign_in(&request::app()?, &request::client()?, ceremony, &credential).await?;
    request::begin_session(&signed_in, next.as_deref())
}
