//! Notifications in the browsers of whoever is signed in.

use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{base::ids::PushDeviceId, problem::Problem, work::pushes as view};

access! {
    AddDevice: SignedIn,
    RenewDevice: Public,
    PushKey: Public,
    FailedPushes: Desk,
    RemoveDevice: SignedIn,
    TryPush: SignedIn,
}

/// Notifies whoever is signed in in this browser, too.
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor, [`Problem::Malformed`] for what is no subscription of a push service.
#[server(endpoint = "account/push/add")]
pub async fn add_device(
    #[server(default)] endpoint: String,
    #[server(default)] p256dh: String,
    #[server(default)] auth: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::pushes},
    };
    let (caller, typed) = (request::caller()?, view::TypedSubscription { endpoint, p256dh, auth });
    pushes::add(&request::app()?, &caller, &request::client()?.user_agent, &typed).await?;
    request::see_other(paths::NOTIFICATIONS)
}

/// Follows a browser whose push service has changed where it is written to; sent by its worker, whoever is signed in.
///
/// # Errors
/// [`Problem::Malformed`] for what is no subscription of a push service, [`Problem::NotFound`] where nobody is notified.
#[server(endpoint = "account/push/renew")]
pub async fn renew_device(
    #[server(default)] endpoint: String,
    #[server(default)] p256dh: String,
    #[server(default)] auth: String,
) -> Result<(), Problem> {
    use crate::server::{request, service::work::pushes};
    let typed = view::TypedSubscription { endpoint, p256dh, auth };
    pushes::renew(&request::app()?, &request::client()?, &typed).await
}

/// The public key of the installation, to which browsers subscribe.
///
/// # Errors
/// [`Problem::Unavailable`] when the database does not answer.
#[server(endpoint = "account/push/key", input = GetUrl)]
pub async fn push_key() -> Result<String, Problem> {
    use crate::server::{request, service::work::pushes};
    Ok(pushes::key(&request::app()?).await?.public_text())
}

/// Notifications that failed for good, the newest first.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers.
#[server(endpoint = "desk/failed-pushes", input = GetUrl)]
pub async fn failed_pushes() -> Result<Vec<view::FailedPush>, Problem> {
    use crate::server::{request, service::work::pushes};
    pushes::failed(&request::app()?, &request::caller()?.desk()?).await
}

/// Notifies whoever is signed in on one of their devices no more.
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor.
#[server(endpoint = "account/push/remove")]
pub async fn remove_device(device: PushDeviceId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::pushes},
    };
    pushes::remove(&request::app()?, &request::caller()?, device).await?;
    request::see_other(paths::NOTIFICATIONS)
}

/// Sends a notification to all devices of whoever is signed in, to see whether it arrives.
///
/// # Errors
/// [`Problem::SignInRequired`] for a visitor.
#[server(endpoint = "account/push/try")]
pub async fn try_push(key: Uuid) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::pushes},
    };
    pushes::try_out(&request::app()?, &request::caller()?, key).await?;
    request::see_other(paths::NOTIFICATIONS)
}
