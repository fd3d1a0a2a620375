//! Finding among the requests of a customer.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::numbers::RequestNumber,
    ordering::request_search::{FilterChoices, FoundRequests, RequestFilter},
    problem::Problem,
};

access! {
    FoundRequestsPage: Member,
    RequestChoices: Member,
}

/// The requests that fit a filter, the newest first: the member's own, or all of the customer's for a member with `see_all`.
/// `before` continues a former page.
///
/// # Errors
/// [`Problem::SignInRequired`], [`Problem::Forbidden`].
#[server(endpoint = "requests/found", input = GetUrl)]
pub async fn found_requests_page(
    #[server(default)] filter: RequestFilter,
    before: Option<RequestNumber>,
) -> Result<FoundRequests, Problem> {
    use crate::server::{request, service::ordering::request_search};
    request_search::found(&request::app()?, &request::caller()?.member()?, &filter, before).await
}

/// What can be chosen of a filter.
///
/// # Errors
/// [`Problem::SignInRequired`], [`Problem::Forbidden`].
#[server(endpoint = "requests/choices", input = GetUrl)]
pub async fn request_choices() -> Result<FilterChoices, Problem> {
    use crate::server::{request, service::ordering::request_search};
    request_search::choices(&request::app()?, &request::caller()?.member()?).await
}
