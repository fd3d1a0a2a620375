//! What is owed on invoices past their due day, and what managers decide about it.

use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{
    base::ids::CustomerId,
    money::receivables::{self as view, Age},
    problem::Problem,
};

access! {
    Receivables: Manager,
    Receivable: Manager,
    SetCreditLimit: Manager confirmed,
    WriteOff: Manager confirmed,
}

/// Who owes past the due day; only those who owe something of an age, if one is asked for.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "sales/receivables", input = GetUrl)]
pub async fn receivables(age: Option<Age>) -> Result<view::ReceivablesPage, Problem> {
    use crate::server::{request, service::money::receivables};
    receivables::page(&request::app()?, &request::caller()?.manager()?, age).await
}

/// What a customer owes, and what was decided about it.
///
/// # Errors
/// [`Problem::NotFound`].
#[server(endpoint = "sales/receivable", input = GetUrl)]
pub async fn receivable(customer: CustomerId) -> Result<view::ReceivableCase, Problem> {
    use crate::server::{request, service::money::receivables};
    receivables::case(&request::app()?, &request::caller()?.manager()?, customer).await
}

/// Decides how far a trusted customer is credited from a day on; empty for as far as it buys.
///
/// # Errors
/// [`Problem::Invalid`] with what is wrong.
#[server(endpoint = "sales/set-credit-limit")]
pub async fn set_credit_limit(
    customer: CustomerId,
    #[server(default)] limit: String,
    #[server(default)] limit_from: String,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::receivables},
    };
    let manager = request::caller()?.confirmed()?.manager()?;
    receivables::set_limit(&request::app()?, &manager, customer, (&limit, &limit_from)).await?;
    request::see_other(&paths::sales_receivable(customer))
}

/// Writes off what is owed on an invoice.
///
/// # Errors
/// [`Problem::Invalid`] without a reason, [`Problem::Conflict`] for what is not owed any more.
#[server(endpoint = "sales/write-off")]
pub async fn write_off(
    customer: CustomerId,
    #[server(default)] number: String,
    #[server(default)] reason: String,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::receivables},
    };
    let manager = request::caller()?.confirmed()?.manager()?;
    receivables::write_off(&request::app()?, &manager, customer, (key, &number), &reason).await?;
    request::see_other(&paths::sales_receivable(customer))
}
