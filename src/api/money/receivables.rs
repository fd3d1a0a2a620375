//! What is owed on invoices past their due day.

use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::model::{money::receivables as view, problem::Problem};

access! {
    Receivables: Manager,
}

/// Who owes past the due day.
///
/// # Errors
/// [`Problem::Forbidden`] for all but managers.
#[server(endpoint = "sales/receivables", input = GetUrl)]
pub async fn receivables() -> Result<view::ReceivablesPage, Problem> {
    use crate::server::{request, service::money::receivables};
    receivables::page(&request::app()?, &request::caller()?.manager()?).await
}
