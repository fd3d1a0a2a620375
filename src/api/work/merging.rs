//! Requests that say the same.

use leptos::prelude::*;
use uuid::Uuid;

use crate::model::{
    base::{numbers::RequestNumber, seen::Seen},
    problem::Problem,
};

access! {
    MergeRequests: Desk,
}

/// Ends a request without a time in favour of another open one of the same customer.
///
/// # Errors
/// [`Problem::Invalid`] when there is no such request, [`Problem::Conflict`] when it has a time, or is over;
/// [`Problem::MovedOn`] for who has not seen what it means.
#[server(endpoint = "desk/merge")]
pub async fn merge_requests(
    number: RequestNumber,
    into: Option<RequestNumber>,
    #[server(default)] seen: Seen,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::work::merging},
    };
    merging::merge(&request::app()?, &request::caller()?.desk()?, number, into, &seen, key).await?;
    request::see_other(&paths::desk_request(number))
}
