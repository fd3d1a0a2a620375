//! Signing in and out, and one's own account.

use leptos::prelude::*;

use crate::model::{
    people::{accounts as view, members::Capability, pages},
    problem::Problem,
};

access! {
    Viewer: Public,
    SignIn: Public,
    SignOut: Public,
    ChooseLanguage: Public,
    AccountPage: SignedIn,
    Confirm: SignedIn,
    EndSession: SignedIn confirmed,
    EndOtherSessions: SignedIn confirmed,
    WhoMay: Member,
}

/// Who is signed in; never fails for a visitor.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
#[server(endpoint = "viewer", input = server_fn::codec::GetUrl)]
pub async fn viewer() -> Result<view::Viewer, Problem> {
    use crate::server::request;
    Ok(request::caller()?.viewer())
}

/// Signs a person in and leads on to `next`, or to where that person's work begins.
///
/// # Errors
/// [`Problem::SignInFailed`] for a wrong address or password alike, [`Problem::Throttled`] after too many of them.
#[server(endpoint = "sign-in")]
pub async fn sign_in(email: String, password: String, next: Option<String>) -> Result<(), Problem> {
    use crate::server::{request, service::people::accounts};
    let signed_in = accounts::sign_in(&request::app()?, &request::client()?, &email, &password).await?;
    request::begin_session(&signed_in, next.as_deref())
}

/// Ends the session.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
#[server(endpoint = "sign-out")]
pub async fn sign_out() -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::accounts},
    };
    accounts::sign_out(&request::app()?, &request::client()?, &request::caller()?).await?;
    request::clear_session_cookie()?;
    request::see_other(paths::HOME)
}

/// Remembers the language of the interface in this browser, and for mails to whoever is signed in; returns to the page.
///
/// # Errors
/// [`Problem::Malformed`] for a language that there is not.
#[server(endpoint = "language")]
pub async fn choose_language(language: String) -> Result<(), Problem> {
    use crate::server::{request, service::people::accounts};
    request::set_language_cookie(&language)?;
    accounts::choose_language(&request::app()?, &request::caller()?, &language).await
}

/// One's own account.
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor.
#[server(endpoint = "account", input = server_fn::codec::GetUrl)]
pub async fn account_page() -> Result<pages::AccountPage, Problem> {
    use crate::server::{request, service::people::accounts};
    accounts::page(&request::app()?, &request::caller()?).await
}

/// Proves anew who is signed in, and leads on to `next`, or to the account.
///
/// # Errors
/// [`Problem::Invalid`] for a wrong password or code, [`Problem::Throttled`] after too many of them.
#[server(endpoint = "account/confirm")]
pub async fn confirm(
    #[server(default)] own_password: String,
    #[server(default)] one_time_code: String,
    next: Option<String>,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::accounts},
    };
    let (app, client, caller) = (request::app()?, request::client()?, request::caller()?);
    accounts::confirm_session(&app, &client, caller.session()?, (&own_password, &one_time_code)).await?;
    request::see_other_or(next.as_deref(), paths::ACCOUNT)
}

/// Ends one of one's own sessions.
///
/// # Errors
/// [`Problem::NotFound`] when it is not one's own or has ended already.
#[server(endpoint = "account/end-session")]
pub async fn end_session(id: uuid::Uuid) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::accounts},
    };
    accounts::end_session(&request::app()?, &request::caller()?.confirmed()?, id).await?;
    request::see_other(paths::ACCOUNT)
}

/// Ends all of one's own sessions but this one.
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor.
#[server(endpoint = "account/end-other-sessions")]
pub async fn end_other_sessions() -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::accounts},
    };
    accounts::end_other_sessions(&request::app()?, &request::caller()?.confirmed()?).await?;
    request::see_other(paths::ACCOUNT)
}

/// Who of the same customer has a capability: whom to ask when one has not.
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor, [`Problem::Forbidden`] for staff.
#[server(endpoint = "account/who-may", input = server_fn::codec::GetUrl)]
pub async fn who_may(capability: Capability) -> Result<Vec<String>, Problem> {
    use crate::server::{request, service::people::accounts};
    accounts::who_may(&request::app()?, &request::caller()?.member()?, capability).await
}
