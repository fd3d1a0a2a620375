//! Requests of customers that were merged into others.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{
    base::{ids::CustomerId, numbers::RequestNumber},
    ordering::{former_requests as view, pages::RequestPlace},
    problem::Problem,
};

access! {
    FormerRequestsPage: Member,
    CustomerRequestsPage: Desk,
}

/// What a customer had asked for that was merged into the member's own: the member's own requests, or all of them for a member with
/// `see_all`; `after` continues the list.
///
/// # Errors
/// [`Problem::NotFound`] for what is no such customer.
#[server(endpoint = "requests/former", input = GetUrl)]
pub async fn former_requests_page(
    customer: CustomerId,
    after: Option<RequestPlace>,
) -> Result<view::FormerRequests, Problem> {
    use crate::server::{request, service::ordering::former_requests};
    former_requests::list(&request::app()?, &request::caller()?.member()?, customer, after).await
}

/// All requests of a customer and of those who were merged into it; `before` continues the list.
///
/// # Errors
/// [`Problem::NotFound`], [`Problem::MovedOn`] for a customer that was merged.
#[server(endpoint = "desk/customer-requests", input = GetUrl)]
pub async fn customer_requests_page(
    customer: CustomerId,
    before: Option<RequestNumber>,
) -> Result<view::CustomerRequests, Problem> {
    use crate::server::{request, service::ordering::former_requests};
    former_requests::of_customer(&request::app()?, &request::caller()?.desk()?, customer, before).await
}
