//! Links by mail for who cannot sign in.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    people::links::{self as view, LinkKind},
    problem::Problem,
};

access! {
    AskForLink: Public,
    SignInLinkPage: Public,
    SignInByLink: Public,
}

/// Has a link mailed, if somebody signs in with the address; whether anybody does is not told.
///
/// # Errors
/// [`Problem::Invalid`] for what is no address, [`Problem::Throttled`].
#[server(endpoint = "sign-in/ask-for-link")]
pub async fn ask_for_link(#[server(default)] email: String, kind: LinkKind) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::links},
    };
    links::ask(&request::app()?, &request::client()?, &email, kind).await?;
    request::see_other(paths::SIGN_IN)
}

/// `/sign-in/link`: whether a link is still good.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
#[server(endpoint = "sign-in/link-page", input = GetUrl)]
pub async fn sign_in_link_page(token: String) -> Result<view::SignInLinkPage, Problem> {
    use crate::server::{request, service::people::links};
    links::page(&request::app()?, &token).await
}

/// Signs in by a link, and leads on to where that person's work begins.
///
/// # Errors
/// [`Problem::NotFound`] when the link is not good.
#[server(endpoint = "sign-in/by-link")]
pub async fn sign_in_by_link(token: String) -> Result<(), Problem> {
    use crate::server::{request, service::people::links};
    let signed_in = links::sign_in(&request::app()?, &request::client()?, &token).await?;
    request::begin_session(&signed_in, None)
}
