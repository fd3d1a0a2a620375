//! Earlier times: asking for one, and answering when one is held.

use leptos::prelude::*;
use uuid::Uuid;

use crate::model::{
    base::{ids::EarlierOfferId, numbers::RequestNumber},
    problem::Problem,
};

access! {
    AskEarlier: Orderer,
    LeaveEarlier: Orderer,
    TakeEarlier: Orderer,
    DeclineEarlier: Orderer,
}

/// Lets a request wait for an earlier time.
///
/// # Errors
/// [`Problem::Invalid`] for what is no day, [`Problem::Conflict`] when no time is agreed.
#[server(endpoint = "requests/ask-earlier")]
pub async fn ask_earlier(number: RequestNumber, #[server(default)] asked_until: String) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::earlier},
    };
    earlier::ask(&request::app()?, &request::caller()?.may_order()?, number, &asked_until).await?;
    request::see_other(&paths::request_earlier(number))
}

/// Lets it wait no more.
///
/// # Errors
/// [`Problem::NotFound`].
#[server(endpoint = "requests/leave-earlier")]
pub async fn leave_earlier(number: RequestNumber) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::earlier},
    };
    earlier::leave(&request::app()?, &request::caller()?.may_order()?, number).await?;
    request::see_other(&paths::request(number))
}

/// Takes the time that is held, in the place of the agreed one.
///
/// # Errors
/// [`Problem::HoldExpired`] for what is held no more; the agreed time stays.
#[server(endpoint = "requests/take-earlier")]
pub async fn take_earlier(number: RequestNumber, offer: EarlierOfferId, key: Uuid) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::earlier},
    };
    earlier::take(&request::app()?, &request::caller()?.may_order()?, number, offer, key).await?;
    request::see_other(&paths::request(number))
}

/// Leaves the time that is held to others, and goes on waiting.
///
/// # Errors
/// [`Problem::NotFound`].
#[server(endpoint = "requests/decline-earlier")]
pub async fn decline_earlier(number: RequestNumber, offer: EarlierOfferId) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::ordering::earlier},
    };
    earlier::decline(&request::app()?, &request::caller()?.may_order()?, number, offer).await?;
    request::see_other(&paths::request_earlier(number))
}
