//! The statement of a customer's account.

use chrono::NaiveDate;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{money::account_statements as view, problem::Problem};

access! {
    AccountStatement: BillingViewer,
}

/// `/documents/statement`: from one day to another; without them this year up to today.
///
/// # Errors
/// [`Problem::Forbidden`] without `see_billing`.
#[server(endpoint = "documents/statement", input = GetUrl)]
pub async fn account_statement(
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
) -> Result<view::AccountStatement, Problem> {
    use crate::server::{request, service::money::account_statements};
    account_statements::statement(&request::app()?, &request::caller()?.may_see_billing()?, from, until).await
}
