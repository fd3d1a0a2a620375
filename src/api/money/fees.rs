//! Fees of contracts.

use chrono::NaiveDate;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::model::{money::fees as view, problem::Problem};

access! {
    Fees: Manager,
    BeginFees: Manager confirmed,
    CreditFee: Manager confirmed,
}

/// What was invoiced, and what is to be; from which day on, as long as nobody has begun.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "sales/fees", input = GetUrl)]
pub async fn fees(from: Option<NaiveDate>) -> Result<view::FeesPage, Problem> {
    use crate::server::{request, service::money::fees};
    fees::page(&request::app()?, &request::caller()?.manager()?, from).await
}

/// Begins to invoice periods that begin on a day or later.
///
/// # Errors
/// [`Problem::Invalid`] for a day too far away, [`Problem::Conflict`] when another day was said.
#[server(endpoint = "sales/begin-fees")]
pub async fn begin_fees(from: NaiveDate) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::fees},
    };
    fees::begin(&request::app()?, &request::caller()?.confirmed()?.manager()?, from).await?;
    request::see_other(paths::SALES_FEES)
}

/// Credits the invoice of a fee.
///
/// # Errors
/// [`Problem::Invalid`] without a reason, [`Problem::NotFound`] for what is no such invoice, [`Problem::Conflict`] for one that is
/// credited.
#[server(endpoint = "sales/credit-fee")]
pub async fn credit_fee(
    #[server(default)] invoice: String,
    #[server(default)] reason: String,
    key: Uuid,
) -> Result<(), Problem> {
    use crate::{
        model::paths,
        server::{request, service::money::fees},
    };
    let manager = request::caller()?.confirmed()?.manager()?;
    fees::credit(&request::app()?, &manager, (key, &invoice), &reason).await?;
    request::see_other(paths::SALES_FEES)
}
