//! How people come to their passwords.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{people::passwords as view, problem::Problem};

access! {
    PasswordPage: Public,
    ChoosePassword: Public,
    ChangePassword: SignedIn,
}

/// `/password`: for whom a link is.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
#[server(endpoint = "password/page", input = GetUrl)]
pub async fn password_page(token: String) -> Result<view::PasswordPage, Problem> {
    use crate::server::{request, service::people::passwords};
    passwords::page(&request::app()?, &token).await
}

/// Stores the password that a person has chosen by a link, and leads on to the sign-in.
///
/// # Errors
/// [`Problem::Invalid`] for a password that is none, [`Problem::NotFound`] when the link is not good.
#[server(endpoint = "password/choose")]
pub async fn choose_password(
    token: String,
    #[server(default)] password: String,
    #[server(default)] password_again: String,
    next: Option<String>,
) -> Result<(), Problem> {
    use crate::{
        model::{base::site_path::SitePath, paths},
        server::{request, service::people::passwords},
    };
    passwords::choose(&request::app()?, &token, &password, &password_again).await?;
    match next.as_deref().and_then(SitePath::parse) {
        Some(next) => request::see_other(&paths::sign_in_before(&next)),
        None => request::see_other(paths::SIGN_IN),
    }
}

/// Stores another password of whoever is signed in.
///
/// # Errors
/// [`Problem::Invalid`] for a wrong former password and for a new one that is none, [`Problem::Throttled`].
#[server(endpoint = "account/change-password")]
pub async fn change_password(
    #[server(default)] own_password: String,
    #[server(default)] password: String,
    #[server(default)] password_again: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::passwords},
    };
    let (app, client, caller) = (request::app()?, request::client()?, request::caller()?);
    passwords::change(&app, &client, &caller, &own_password, (&password, &password_again)).await?;
    request::see_other(paths::ACCOUNT)
}
