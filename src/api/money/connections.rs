//! Connections to the outside, and trying them.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{money::connections as view, problem::Problem};

access! {
    ConnectionsPage: Manager,
    TryMail: Manager,
    TryCards: Manager,
}

/// What `/settings/connections` shows.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "settings/connections", input = GetUrl)]
pub async fn connections_page() -> Result<view::ConnectionsPage, Problem> {
    use crate::server::{request, service::money::connections};
    connections::page(&request::app()?, &request::caller()?.manager()?).await
}

/// Sends a mail to the manager's own address.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "settings/try-mail")]
pub async fn try_mail() -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::connections},
    };
    connections::try_mail(&request::app()?, &request::caller()?.manager()?, request::locale()).await?;
    request::see_other(paths::SETTINGS_CONNECTIONS)
}

/// Asks Stripe whether it knows our key.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "settings/try-cards")]
pub async fn try_cards() -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::connections},
    };
    connections::try_cards(&request::app()?, &request::caller()?.manager()?).await?;
    request::see_other(paths::SETTINGS_CONNECTIONS)
}
