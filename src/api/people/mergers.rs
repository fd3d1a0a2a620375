//! Two customers that are one.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{base::ids::CustomerId, people::mergers::MergePage as Meaning, problem::Problem};

access! {
    MergePage: Desk,
    MergeCustomer: Desk confirmed,
}

/// `/desk/customers/{customer}/merge?into=`.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers, [`Problem::NotFound`], [`Problem::MovedOn`].
#[server(endpoint = "mergers/page", input = GetUrl)]
pub async fn merge_page(customer: CustomerId, into: CustomerId) -> Result<Meaning, Problem> {
    use crate::server::{request, service::people::mergers};
    mergers::page(&request::app()?, &request::caller()?.desk()?, customer, into).await
}

/// Merges a customer into another one.
///
/// # Errors
/// [`Problem::Forbidden`] for all but dispatchers and managers, [`Problem::MergeWaits`], [`Problem::HasItsOwn`], [`Problem::Invalid`], [`Problem::Conflict`].
#[server(endpoint = "mergers/merge")]
pub async fn merge_customer(
    customer: CustomerId,
    into: CustomerId,
    goes_on: Option<CustomerId>,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::people::mergers},
    };
    mergers::merge(&request::app()?, &request::caller()?.confirmed()?.desk()?, customer, into, goes_on).await?;
    request::see_other(&paths::customer(into))
}
