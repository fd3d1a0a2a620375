//! The desk's queue.

use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{
    base::numbers::RequestNumber,
    problem::Problem,
    work::lanes::{self as view, Rest},
};

access! {
    QueuePage: Desk,
    HandOver: Desk,
    PutOff: Desk,
    PutOffUntil: Desk,
    DeskCounts: Desk,
    CustomerCalled: Desk,
}

/// What waits at the desk; `part` is one lane, `mine` or `resting`, else all of it; with `everywhere` regions do not matter.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers.
#[server(endpoint = "desk/queue", input = GetUrl)]
pub async fn queue_page(
    #[server(default)] part: String,
    #[server(default)] everywhere: bool,
) -> Result<view::QueuePage, Problem> {
    use crate::server::{request, service::work::lanes};
    lanes::page(&request::app()?, &request::caller()?.desk()?, view::QueueView::from_code(&part), everywhere).await
}

/// Takes a request, hands it to a colleague, or releases it. `from` and `to` are people of the desk, or nobody when empty.
///
/// # Errors
/// [`Problem::Conflict`] when somebody else has it by now.
#[server(endpoint = "desk/hand-over")]
pub async fn hand_over(
    number: RequestNumber,
    #[server(default)] from: String,
    #[server(default)] to: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::lanes},
    };
    let (from, to) = (from.parse().ok(), to.parse().ok());
    lanes::hand_over(&request::app()?, &request::caller()?.desk()?, number, from, to).await?;
    request::see_other(&paths::desk_request(number))
}

/// Notes that the customer was called whose time was moved and who cannot be written to.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers, [`Problem::NotFound`].
#[server(endpoint = "desk/customer-called")]
pub async fn customer_called(number: RequestNumber, key: Uuid) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::lanes},
    };
    lanes::called(&request::app()?, &request::caller()?.desk()?, number, key).await?;
    request::see_other(&paths::desk_request(number))
}

/// Puts a request off; it comes back by itself.
///
/// # Errors
/// [`Problem::Conflict`] when it waits for nothing.
#[server(endpoint = "desk/put-off")]
pub async fn put_off(number: RequestNumber, rest: Option<Rest>) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::lanes},
    };
    lanes::put_off(&request::app()?, &request::caller()?.desk()?, number, rest).await?;
    request::see_other(&paths::desk_request(number))
}

/// Puts a request off until a day and a time of one's own choice, as a browser's field sends a local time.
///
/// # Errors
/// [`Problem::Conflict`] when it waits for nothing; [`Problem::Invalid`] for a time until which it may not rest.
#[server(endpoint = "desk/put-off-until")]
pub async fn put_off_until(number: RequestNumber, #[server(default)] rest_until: String) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::lanes},
    };
    lanes::put_off_until(&request::app()?, &request::caller()?.desk()?, number, &rest_until).await?;
    request::see_other(&paths::desk_request(number))
}

/// How much waits at the desk, for the navigation.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers.
#[server(endpoint = "desk/counts", input = GetUrl)]
pub async fn desk_counts() -> Result<view::DeskCounts, Problem> {
    use crate::server::{request, service::work::lanes};
    lanes::counts(&request::app()?, &request::caller()?.desk()?).await
}
