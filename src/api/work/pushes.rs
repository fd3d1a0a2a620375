//! Notifications in the browsers of the vendor's people.

use leptos::prelude::*;
use uuid::Uuid;

use crate::model::{base::ids::PushDeviceId, problem::Problem};

access! {
    AddDevice: Staff,
    RemoveDevice: Staff,
    TryPush: Staff,
}

/// Notifies whoever is signed in in this browser, too.
///
/// # Errors
/// [`Problem::Forbidden`] for members, [`Problem::Malformed`] for what is no subscription of a push service.
#[server(endpoint = "account/push/add")]
pub async fn add_device(
    #[server(default)] endpoint: String,
    #[server(default)] p256dh: String,
    #[server(default)] auth: String,
) -> Result<(), Problem> {
    use crate::{
        model::{paths, work::pushes::TypedSubscription},
        server::{request, service::work::pushes},
    };
    let (caller, typed) = (request::caller()?, TypedSubscription { endpoint, p256dh, auth });
    let (session, agent) = (caller.session()?.id, request::client()?.user_agent);
    pushes::add(&request::app()?, &caller.staff()?, session, &agent, &typed).await?;
    request::see_other(paths::STAFF_MAILS)
}

/// Notifies whoever is signed in on one of their devices no more.
///
/// # Errors
/// [`Problem::Forbidden`] for members.
#[server(endpoint = "account/push/remove")]
pub async fn remove_device(device: PushDeviceId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::pushes},
    };
    pushes::remove(&request::app()?, &request::caller()?.staff()?, device).await?;
    request::see_other(paths::STAFF_MAILS)
}

/// Sends a notification to all devices of whoever is signed in, to see whether it arrives.
///
/// # Errors
/// [`Problem::Forbidden`] for members.
#[server(endpoint = "account/push/try")]
pub async fn try_push(key: Uuid) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::pushes},
    };
    pushes::try_out(&request::app()?, &request::caller()?.staff()?, key).await?;
    request::see_other(paths::STAFF_MAILS)
}
